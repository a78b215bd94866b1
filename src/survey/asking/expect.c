#include "survey/asking/expect.h"

#include "base/array.h"
#include "base/hash.h"
#include "base/message.h"
#include "base/text.h"
#include "dns/idn.h"
#include "dns/name.h"
#include "policy/findings/findings.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum expected { EXPECT_MX, EXPECT_SPF, EXPECT_FINDINGS };

struct expectation {
    enum expected kind;
    const char *name; /* canonical */
    size_t line;
    const char *value; /* of EXPECT_MX: sorted, "10 mx1.example.com., 20 ..." */
    struct spf_sender sender;
    const char *const *ids; /* EXPECT_FINDINGS */
    size_t id_count;
};

struct known_name {
    const char *name;
    UT_hash_handle hh;
};

struct expectations {
    struct arena *arena;
    struct known_name *known; /* in the arena */
    const char **names;       /* each once, in the order of the file */
    size_t name_count, name_capacity;
    const char *file;
    struct expectation *list;
    size_t count, capacity;
};

/* A file being read. */
struct reading {
    struct expectations *into;
    struct faults *faults;
    size_t line;
    const char *name; /* of the section; NULL before the first */
};

static const char *trimmed(struct arena *arena, const char *text, size_t length)
{
    while (length && isspace((unsigned char)*text))
        text++, length--;
    while (length && isspace((unsigned char)text[length - 1]))
        length--;
    return arena_dup_bytes(arena, text, length);
}

static void fault(struct reading *reading, const char *what, const char *word)
{
    faults_add(reading->faults, reading->into->file, reading->line, "%s%s%s", what,
               *word ? ": " : "", word);
}

static void add_name(struct expectations *into, const char *name)
{
    struct known_name *known;

    HASH_FIND_STR(into->known, name, known);
    if (known)
        return;
    known = arena_alloc(into->arena, 1, sizeof *known);
    known->name = name;
    HASH_ADD_KEYPTR(hh, into->known, known->name, strlen(known->name), known);
    ARRAY_PUSH(into->names, into->name_count, into->name_capacity, name);
}

static void add(struct reading *reading, struct expectation expectation)
{
    struct expectations *into = reading->into;

    expectation.name = reading->name;
    expectation.line = reading->line;
    add_name(into, reading->name);
    ARRAY_PUSH(into->list, into->count, into->capacity, expectation);
}

/* ---- lists with commas ---- */

struct list {
    const char **words;
    size_t count;
};

static struct list split(struct arena *arena, const char *text)
{
    struct list list = {arena_alloc(arena, strlen(text) + 1, sizeof *list.words), 0};

    while (*text) {
        size_t length = strcspn(text, ",");
        const char *word = trimmed(arena, text, length);
        if (*word)
            list.words[list.count++] = word;
        text += length + (text[length] == ',');
    }
    return list;
}

static const char *joined(struct arena *arena, struct list *list)
{
    struct text text = {0};
    const char *copy;

    qsort(list->words, list->count, sizeof *list->words, text_compare_numbers);
    for (size_t i = 0; i < list->count; i++)
        text_format(&text, "%s%s", i ? ", " : "", list->words[i]);
    copy = arena_dup(arena, text_get(&text));
    text_clear(&text);
    return copy;
}

/* ---- the values ---- */

static const char *mx_word(struct reading *reading, const char *word)
{
    char *end, name[NAME_TEXT];
    const char *why;
    unsigned long preference = strtoul(word, &end, 10);

    if (end == word || !isspace((unsigned char)*end) || preference > UINT16_MAX) {
        fault(reading, tr("an MX record is a preference and a host, like 10 mx1.example.com"),
              word);
        return NULL;
    }
    end += strspn(end, " \t");
    if (idn_to_name(end, name, &why)) {
        fault(reading, why, end);
        return NULL;
    }
    return arena_format(reading->into->arena, "%lu %s", preference, name);
}

static void read_mx(struct reading *reading, const char *value)
{
    struct arena *arena = reading->into->arena;
    struct expectation expectation = {.kind = EXPECT_MX};
    struct list list = split(arena, value);
    bool good = true;

    if (strcmp(value, "null") == 0)
        expectation.value = "0 .";
    else if (strcmp(value, "none") == 0)
        expectation.value = "";
    else if (!list.count)
        fault(reading, tr("a list of MX records is missing, or null, or none"), "");
    else {
        for (size_t i = 0; i < list.count; i++)
            good = (list.words[i] = mx_word(reading, list.words[i])) && good;
        if (good)
            expectation.value = joined(arena, &list);
    }
    if (expectation.value)
        add(reading, expectation);
}

static bool is_spf_result(const char *word)
{
    for (int result = SPF_NONE; result <= SPF_PERMERROR; result++)
        if (strcmp(spf_result_text((enum spf_result)result), word) == 0)
            return true;
    return false;
}

/* "192.0.2.1", "192.0.2.1 user@example.com" */
static void read_spf(struct reading *reading, const char *key, const char *value)
{
    struct arena *arena = reading->into->arena;
    struct expectation expectation = {.kind = EXPECT_SPF, .value = value};
    const char *address = key + strspn(key, " \t");
    size_t length = strcspn(address, " \t");
    const char *from = trimmed(arena, address + length, strlen(address + length));

    address = arena_dup_bytes(arena, address, length);
    if (!address_parse(address, &expectation.sender.ip))
        fault(reading, tr("no IP address"), address);
    else if (!is_spf_result(value))
        fault(reading,
              tr("no SPF result (pass, fail, softfail, neutral, none, permerror, temperror)"),
              value);
    else {
        expectation.sender.from = *from ? from : NULL;
        add(reading, expectation);
    }
}

static void read_findings(struct reading *reading, const char *value)
{
    struct list list = split(reading->into->arena, value);
    struct expectation expectation = {.kind = EXPECT_FINDINGS};

    for (size_t i = 0; i < list.count; i++)
        if (!finding_kinds_find(list.words[i])) {
            fault(reading, tr("there is no such finding"), list.words[i]);
            return;
        }
    expectation.ids = list.words;
    expectation.id_count = list.count;
    add(reading, expectation);
}

static void read_section(struct reading *reading, const char *line)
{
    size_t length = strlen(line);
    const char *inside, *why;
    char name[NAME_TEXT];

    reading->name = NULL;
    if (line[length - 1] != ']') {
        fault(reading, tr("the closing bracket is missing"), line);
        return;
    }
    inside = trimmed(reading->into->arena, line + 1, length - 2);
    if (idn_to_name(inside, name, &why))
        fault(reading, why, inside);
    else
        reading->name = arena_dup(reading->into->arena, name);
}

static void read_line(struct reading *reading, const char *line)
{
    struct arena *arena = reading->into->arena;
    const char *equals = strchr(line, '='), *key, *value;

    if (!*line || *line == '#' || *line == ';')
        return;
    if (*line == '[') {
        read_section(reading, line);
        return;
    }
    if (!equals || !reading->name) {
        fault(reading,
              equals ? tr("a line like [example.com] must come first") : tr("\"=\" is missing"),
              line);
        return;
    }
    key = trimmed(arena, line, (size_t)(equals - line));
    value = trimmed(arena, equals + 1, strlen(equals + 1));
    if (strcmp(key, "mx") == 0)
        read_mx(reading, value);
    else if (strncmp(key, "spf", 3) == 0 && isspace((unsigned char)key[3]))
        read_spf(reading, key + 3, value);
    else if (strcmp(key, "findings") == 0)
        read_findings(reading, value);
    else
        fault(reading, tr("mx, spf ADDRESS or findings is expected"), key);
}

struct expectations *expectations_read(const char *text, const char *file, struct faults *faults)
{
    struct expectations *read = memory_new(1, sizeof *read);
    struct reading reading = {.into = read, .faults = faults};
    size_t before = faults->total;

    read->arena = arena_new();
    read->file = arena_dup(read->arena, file);
    while (*text) {
        size_t length = strcspn(text, "\n");
        reading.line++;
        read_line(&reading, trimmed(read->arena, text, length));
        text += length + (text[length] == '\n');
    }
    if (faults->total == before)
        return read;
    expectations_free(read);
    return NULL;
}

void expectations_free(struct expectations *expectations)
{
    if (!expectations)
        return;
    HASH_CLEAR(hh, expectations->known);
    free(expectations->names);
    free(expectations->list);
    arena_free(expectations->arena);
    free(expectations);
}

const char *const *expectations_names(const struct expectations *expectations, size_t *count)
{
    *count = expectations->name_count;
    return expectations->names;
}

/* ---- SPF ---- */

static const struct expectation *spf_at(const struct expectations *expectations, const char *name,
                                        size_t n)
{
    for (size_t i = 0; i < expectations->count; i++) {
        const struct expectation *expectation = &expectations->list[i];
        if (expectation->kind == EXPECT_SPF && strcmp(expectation->name, name) == 0 && n-- == 0)
            return expectation;
    }
    return NULL;
}

bool expectations_spf(const struct expectations *expectations, const char *name, size_t n,
                      struct spf_sender *sender)
{
    const struct expectation *expectation = spf_at(expectations, name, n);

    if (expectation)
        *sender = expectation->sender;
    return expectation != NULL;
}

static void miss(const struct expectations *expectations, const struct expectation *expectation,
                 struct faults *misses, const char *what, const char *is)
{
    faults_add(misses, expectations->file, expectation->line, tr("%.*s: %s: expected %s, is %s"),
               name_shown_length(expectation->name), expectation->name, what,
               *expectation->value ? expectation->value : "none", is);
}

void expectations_check_spf(const struct expectations *expectations, const char *name, size_t n,
                            const struct spf_verdict *verdict, struct faults *misses)
{
    const struct expectation *expectation = spf_at(expectations, name, n);
    const char *result = verdict ? spf_result_text(verdict->result) : tr("not judged");
    char address[ADDRESS_TEXT];
    struct text what = {0};

    if (strcmp(result, expectation->value) == 0)
        return;
    text_format(&what, "spf %s", address_text(&expectation->sender.ip, address));
    miss(expectations, expectation, misses, text_get(&what), result);
    text_clear(&what);
}

/* ---- MX and findings ---- */

static void check_mx(const struct expectations *expectations, const struct expectation *expectation,
                     const struct facts *facts, struct faults *misses)
{
    const struct reply *reply = facts->mx.reply;
    struct arena *arena = arena_new();
    struct list list = {arena_alloc(arena, facts->mx.count + 1, sizeof *list.words), 0};
    const char *found;

    for (size_t i = 0; i < facts->mx.count; i++)
        list.words[list.count++] =
            arena_format(arena, "%u %s", facts->mx.rows[i].record->mx.preference,
                         facts->mx.rows[i].record->mx.exchange);
    found = joined(arena, &list);
    if (!reply || outcome_is_temporary(reply->outcome))
        miss(expectations, expectation, misses, "mx", tr("not known: the lookup failed"));
    else if (strcmp(found, expectation->value) != 0)
        miss(expectations, expectation, misses, "mx", *found ? found : "none");
    arena_free(arena);
}

static bool is_allowed(const struct expectation *expectation, const char *id)
{
    for (size_t i = 0; i < expectation->id_count; i++)
        if (strcmp(expectation->ids[i], id) == 0)
            return true;
    return false;
}

static void check_findings(const struct expectations *expectations,
                           const struct expectation *expectation, const struct facts *facts,
                           struct faults *misses)
{
    const struct findings *findings = facts->findings;

    for (size_t i = 0; findings && i < findings->count; i++) {
        const struct finding *finding = &findings->findings[i];
        if (finding->severity > SEVERITY_WARNING || is_allowed(expectation, finding->id))
            continue;
        faults_add(misses, expectations->file, expectation->line,
                   tr("%.*s: findings: %s is not allowed: %s"),
                   name_shown_length(expectation->name), expectation->name, finding->id,
                   finding->text);
    }
}

void expectations_check(const struct expectations *expectations, const struct facts *facts,
                        struct faults *misses)
{
    for (size_t i = 0; i < expectations->count; i++) {
        const struct expectation *expectation = &expectations->list[i];
        if (strcmp(expectation->name, facts->subject->name) != 0)
            continue;
        if (expectation->kind == EXPECT_MX)
            check_mx(expectations, expectation, facts, misses);
        else if (expectation->kind == EXPECT_FINDINGS)
            check_findings(expectations, expectation, facts, misses);
    }
}
