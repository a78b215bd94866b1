#include "survey/asking/inquiry.h"

#include "base/escape.h"
#include "base/memory.h"
#include "base/message.h"
#include "dns/type.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const char *inquiry_type(const char *word, uint16_t *type)
{
    uint16_t read;

    if (!type_parse(word, &read))
        return tr("there is no such record type; TYPE65280 gives one by its number");
    if (!type_is_askable(read))
        return tr("records of that type cannot be queried");
    *type = read;
    return NULL;
}

/* ---- words beginning with "+" ---- */

void inquiry_say_plus(const char *word, struct text *out)
{
    static const struct {
        const char *word, *use;
    } known[] = {
        {"short", N_("--fields mx,a,aaaa prints those records alone, as JSON")},
        {"trace", N_("use --trace, or :trace (key R)")},
        {"tcp", N_("use --tcp")},
        {"vc", N_("use --tcp")},
        {"time", N_("use --timeout MS")},
        {"timeout", N_("use --timeout MS")},
        {"tries", N_("use --tries N")},
        {"retry", N_("use --tries N")},
        {"tls", N_("name the server as @tls://ADDRESS")},
        {"https", N_("name the server as @https://NAME/dns-query")},
        {"tls-ca", N_("use --ca FILE")},
        {"tls-hostname", N_("name the server as @tls://ADDRESS/NAME")},
        {"nssearch", N_("the report compares the SOA of every name server (key A)")},
        {"norecurse", N_("every name server is queried without recursion anyway (key A)")},
        {"dnssec", N_("signatures are queried anyway; see DNSSEC under Mail policy")},
        {"nsid", N_("key v shows the NSID of a response that has one")},
        {"json", N_("use --json")},
        {"yaml", N_("use --json")},
    };
    const char *use = tr("--help lists those of mxtrail");
    struct text shown = {0};
    size_t length;

    word += *word == '+';
    length = strcspn(word, "=");
    text_add_char(&shown, '+');
    escape_bytes(&shown, word, strlen(word), ESCAPE_UTF8, false);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i].word) == length && strncasecmp(known[i].word, word, length) == 0)
            use = tr(known[i].use);
    text_format(out, tr("%s: this is an option of dig; %s"), text_get(&shown), use);
    text_clear(&shown);
}

/* ---- the line ---- */

struct reading {
    char *words; /* a copy of the line */
    struct inquiry *inquiry;
    char *why;
};

static char *last_word(char *line)
{
    size_t length = strlen(line);

    while (length && isspace((unsigned char)line[length - 1]))
        line[--length] = '\0';
    while (length && !isspace((unsigned char)line[length - 1]))
        length--;
    return line + length;
}

static void fail(struct reading *reading, const char *word, const char *why)
{
    struct text text = {0};

    if (*word == '+') {
        inquiry_say_plus(word, &text);
    } else {
        escape_bytes(&text, word, strlen(word), ESCAPE_UTF8, false);
        text_format(&text, ": %s", why);
    }
    reading->why = text_take(&text);
}

static bool take_server(struct reading *reading, const char *word)
{
    const char *why = NULL;

    if (reading->inquiry->has_server)
        fail(reading, word, tr("one server is enough"));
    else if (vantage_spec_parse(word, &reading->inquiry->server, &why))
        fail(reading, word, why);
    reading->inquiry->has_server = true;
    return true;
}

/* "MX", and the class dig is given in front of it. Without a dot no other name has such a word. */
static bool take_type(struct reading *reading, const char *word)
{
    struct inquiry *inquiry = reading->inquiry;
    uint16_t type;

    if (strcasecmp(word, "IN") == 0)
        return true;
    if (!type_parse(word, &type))
        return false;
    if (!type_is_askable(type))
        fail(reading, word, tr("records of that type cannot be queried"));
    else if (inquiry->type_count == INQUIRY_TYPES)
        fail(reading, word, tr("so many types at once are too many"));
    else
        inquiry->types[inquiry->type_count++] = type;
    return true;
}

/* Does the word belong to the line around the name? */
static bool take_word(struct reading *reading, const char *word)
{
    if (*word == '@' && word[1])
        return take_server(reading, word);
    if (*word == '+' && isalpha((unsigned char)word[1])) {
        fail(reading, word, NULL);
        return true;
    }
    if (strcmp(word, "-t") == 0 || strcmp(word, "-x") == 0)
        return true;
    return take_type(reading, word);
}

/* One of several words; a server may stand alone. */
static bool may_take(const char *line, const char *word)
{
    return *word && (line[strcspn(line, " \t")] || (*word == '@' && word[1]));
}

static void take_ends(struct reading *reading)
{
    char *line = reading->words, *word;

    for (word = last_word(line); !reading->why && may_take(line, word); word = last_word(line)) {
        if (!take_word(reading, word))
            break;
        *word = '\0';
        last_word(line);
    }
    while (!reading->why && may_take(line, line)) {
        size_t length = strcspn(line, " \t");
        char *first = memory_dup_bytes(line, length);
        bool taken = take_word(reading, first);
        free(first);
        if (!taken)
            break;
        line += length + strspn(line + length, " \t");
    }
    reading->inquiry->rest = memory_dup(line);
}

enum status inquiry_parse(const char *typed, struct inquiry *inquiry, char **why)
{
    struct inquiry read = {0};
    struct reading reading = {.inquiry = &read};

    typed += strspn(typed, " \t");
    reading.words = memory_dup(typed);
    take_ends(&reading);
    free(reading.words);
    if (!reading.why) {
        *inquiry = read;
        return STATUS_OK;
    }
    free(read.rest);
    if (why)
        *why = reading.why;
    else
        free(reading.why);
    return STATUS_SYNTAX;
}

void inquiry_clear(struct inquiry *inquiry)
{
    free(inquiry->rest);
    *inquiry = (struct inquiry){0};
}

enum status inquiry_subject(const char *typed, struct inquiry *inquiry, struct subject *subject,
                            char **why)
{
    struct text input = {0};
    enum status status = inquiry_parse(typed, inquiry, why);

    if (status)
        return status;
    if ((status = subject_parse(inquiry->rest, subject, why))) {
        inquiry_clear(inquiry);
        return status;
    }
    free(subject->input);
    escape_bytes(&input, typed, strlen(typed), ESCAPE_UTF8, false);
    subject->input = text_take(&input);
    return STATUS_OK;
}

void inquiry_want(const struct inquiry *inquiry, struct survey *survey)
{
    for (size_t i = 0; i < inquiry->type_count; i++)
        survey_request_records(survey, &(struct record_request){.type = inquiry->types[i]});
}

static enum status read_resolver(const char *word, struct compared_resolver *resolver,
                                 const char **why)
{
    struct vantage_spec spec;
    struct text text = {0};
    enum status status;

    text_format(&text, "%s%s", *word == '@' ? "" : "@", word);
    status = vantage_spec_parse(text_get(&text), &spec, why);
    text_clear(&text);
    if (!status && !spec.server.family) {
        *why = tr("the address of a resolver is wanted");
        status = STATUS_SYNTAX;
    }
    if (!status)
        *resolver = (struct compared_resolver){spec.server, spec.port, spec.encrypted};
    return status;
}

enum status inquiry_resolvers(const char *text, struct arena *arena,
                              const struct compared_resolver **list, size_t *count,
                              const char **wrong, const char **why)
{
    struct compared_resolver *read = arena_alloc(arena, strlen(text) + 1, sizeof *read);
    size_t found = 0;

    while (*(text += strspn(text, ", \t"))) {
        const char *word = arena_dup_bytes(arena, text, strcspn(text, ", \t"));
        enum status status = read_resolver(word, &read[found++], why);
        *wrong = word;
        if (status)
            return status;
        text += strlen(word);
    }
    *list = read;
    *count = found;
    return STATUS_OK;
}
