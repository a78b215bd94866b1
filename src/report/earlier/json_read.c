#include "report/earlier/json_read.h"

#include "base/escape.h"
#include "base/message.h"
#include "dns/name.h"
#include "dns/type.h"
#include "dns/wire_decode.h"
#include "dns/wire_scan.h"

#include <ctype.h>
#include <jansson.h>
#include <string.h>

bool json_read_input(const char *line, size_t length, struct text *input)
{
    json_t *object = json_loadb(line, length, JSON_REJECT_DUPLICATES, NULL);
    const char *value = json_string_value(json_object_get(object, "input"));
    bool ours = value && json_is_integer(json_object_get(object, "mxtrail"));

    if (ours)
        text_add(input, value);
    json_decref(object);
    return ours;
}

/* ---- one query ---- */

static const char *word_of(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));

    return value ? value : "";
}

static bool is_set(const json_t *object, const char *key)
{
    return json_is_true(json_object_get(object, key));
}

/* null: the resolvers. */
static bool read_asked(const json_t *query, struct question *question)
{
    return json_is_null(json_object_get(query, "to")) ||
           (!question_read_server(word_of(query, "to"), question) && question->server.family);
}

/* NULL, or what is wrong. The name goes to `name`. */
static const char *read_question(const json_t *query, struct question *question,
                                 char name[NAME_TEXT])
{
    if (name_canonical(word_of(query, "qname"), name, NULL) || !*word_of(query, "qname"))
        return tr("a query without a name");
    question->name = name;
    if (!type_parse(word_of(query, "qtype"), &question->type))
        return tr("a query of no type");
    if (!json_is_boolean(json_object_get(query, "do")))
        return tr("it was printed by an older mxtrail, without the responses");
    question->flags = (uint8_t)((is_set(query, "rd") ? 0 : QUESTION_NO_RECURSION) |
                                (is_set(query, "cd") ? QUESTION_CHECKING_DISABLED : 0) |
                                (is_set(query, "do") ? QUESTION_DNSSEC_OK : 0));
    return read_asked(query, question) ? NULL : tr("a query to no address");
}

static int nibble(char c)
{
    if (isdigit((unsigned char)c))
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_octets(const char *text, struct arena *arena, struct octets *octets)
{
    size_t digits = strlen(text);
    uint8_t *bytes;

    if (digits % 2 || digits > 2 * (size_t)WIRE_MESSAGE_MAX ||
        strspn(text, "0123456789abcdef") != digits)
        return false;
    bytes = arena_alloc(arena, digits / 2 + 1, 1);
    for (size_t i = 0; i < digits / 2; i++)
        bytes[i] = (uint8_t)(nibble(text[2 * i]) << 4 | nibble(text[2 * i + 1]));
    *octets = (struct octets){bytes, digits / 2};
    return true;
}

/* What the status alone says. */
static const char *take_status(const json_t *query, struct reply *reply)
{
    static const struct {
        enum outcome outcome;
        int rcode;
    } rcodes[] = {{OUTCOME_NODATA, RCODE_NOERROR},
                  {OUTCOME_NXDOMAIN, RCODE_NXDOMAIN},
                  {OUTCOME_SERVFAIL, RCODE_SERVFAIL},
                  {OUTCOME_REFUSED, RCODE_REFUSED}};

    if (reply->outcome == OUTCOME_ANSWERED)
        return tr("an answer without its message");
    reply->aa = is_set(query, "aa");
    reply->ad = is_set(query, "ad");
    for (size_t i = 0; i < sizeof rcodes / sizeof *rcodes; i++)
        if (rcodes[i].outcome == reply->outcome && *word_of(query, "rcode"))
            reply->rcode = rcodes[i].rcode;
    return NULL;
}

static const char *take_message(struct reply *reply, const char *message)
{
    enum outcome outcome = reply->outcome;
    struct octets wire;

    if (!read_octets(message, reply->arena, &wire))
        return tr("a message that is not in hexadecimal");
    if (outcome == OUTCOME_TIMEOUT || outcome >= OUTCOME_MALFORMED)
        return NULL;
    if (!wire_reread(&wire, reply))
        return tr("a message that does not belong to its query");
    return reply->outcome == outcome ? NULL
                                     : tr("a message that says something else than its status");
}

static const char *read_reply(const json_t *query, struct reply *reply)
{
    const json_t *message = json_object_get(query, "message");
    const char *wrong;

    if (!outcome_parse(word_of(query, "status"), &reply->outcome))
        return tr("a query of no status");
    reply->server = escape_shown(reply->arena, word_of(query, "server"));
    transport_parse(word_of(query, "transport"), &reply->transport);
    wrong = message ? take_message(reply, word_of(query, "message")) : take_status(query, reply);
    if (!wrong && *word_of(query, "why"))
        reply->why = escape_shown(reply->arena, word_of(query, "why"));
    return wrong;
}

static const char *read_query(const json_t *query, struct answers *answers)
{
    struct question question = {0};
    char name[NAME_TEXT];
    struct reply *reply;
    const char *wrong = read_question(query, &question, name);

    if (wrong)
        return wrong;
    reply = reply_new(&question);
    wrong = read_reply(query, reply);
    if (wrong || answers_find(answers, &question))
        reply_free(reply);
    else
        answers_put(answers, reply);
    return wrong;
}

/* ---- the file ---- */

static const char *read_object(const json_t *object, struct answers *answers)
{
    const json_t *queries = json_object_get(object, "queries"), *query;
    const char *wrong = NULL;
    size_t index;

    if (!json_is_integer(json_object_get(object, "mxtrail")))
        return tr("this is no object that mxtrail --json printed");
    if (!queries && strcmp(word_of(object, "status"), outcome_text(OUTCOME_INVALID)) == 0)
        return NULL;
    if (!json_is_array(queries))
        return tr("it has no queries: was it printed with --fields or --summary?");
    json_array_foreach(queries, index, query) if (!wrong) wrong = read_query(query, answers);
    return wrong;
}

struct reading {
    const char *text;
    size_t length, at, line; /* of what comes next, from 0 and from 1 */
};

static void go_on(struct reading *reading, size_t octets)
{
    for (; octets && reading->at < reading->length; octets--)
        reading->line += reading->text[reading->at++] == '\n';
}

static bool skip_space(struct reading *reading)
{
    while (reading->at < reading->length && isspace((unsigned char)reading->text[reading->at]))
        go_on(reading, 1);
    return reading->at < reading->length;
}

static bool read_next(struct reading *reading, const char *file, struct answers *answers,
                      struct faults *faults)
{
    json_error_t error;
    json_t *object = json_loadb(reading->text + reading->at, reading->length - reading->at,
                                JSON_REJECT_DUPLICATES | JSON_DISABLE_EOF_CHECK, &error);
    const char *wrong;

    if (!object) {
        faults_add(faults, file, reading->line + (size_t)(error.line > 0 ? error.line - 1 : 0),
                   "%s", error.text);
        return false;
    }
    wrong = read_object(object, answers);
    json_decref(object);
    if (wrong) {
        faults_add(faults, file, reading->line, "%s", wrong);
        return false;
    }
    go_on(reading, (size_t)error.position);
    return true;
}

bool json_read_answers(const char *text, size_t length, const char *file, struct answers *answers,
                       struct faults *faults)
{
    struct reading reading = {text, length, 0, 1};
    bool good = true, any = false;

    while (good && skip_space(&reading)) {
        good = read_next(&reading, file, answers, faults);
        any = true;
    }
    if (good && !any)
        faults_add(faults, file, 0, tr("the file is empty"));
    return good && any;
}
