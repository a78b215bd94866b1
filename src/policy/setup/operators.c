#include "policy/setup/operators.h"

#include "base/array.h"
#include "base/memory.h"
#include "base/message.h"
#include "dns/name.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum kind { KIND_EXCHANGE, KIND_SPF, KIND_NAME_SERVER, KIND_SELECTOR, KINDS };

struct pattern {
    const char *name; /* canonical; of a selector as written */
    size_t length;    /* of that */
    bool below_only;  /* "*.x": x itself does not fit */
    size_t owner;     /* index */
};

struct patterns {
    struct pattern *patterns;
    size_t count, capacity;
};

struct operators {
    struct arena *arena; /* all strings */
    struct mail_operator *operators;
    size_t count, capacity;
    struct patterns kinds[KINDS];
};

struct operators *operators_new(void)
{
    struct operators *operators = memory_new(1, sizeof *operators);

    operators->arena = arena_new();
    return operators;
}

void operators_free(struct operators *operators)
{
    if (!operators)
        return;
    for (int kind = 0; kind < KINDS; kind++)
        free(operators->kinds[kind].patterns);
    free(operators->operators);
    arena_free(operators->arena);
    free(operators);
}

/* ---- reading ---- */

static enum status fail(enum status status, const char *reason, const char **why)
{
    if (why)
        *why = reason;
    return status;
}

static size_t operator_index(struct operators *operators, const char *name)
{
    struct mail_operator added = {.kind = "", .url = ""};

    for (size_t i = operators->count; i-- > 0;) /* most are of the section read last */
        if (strcmp(operators->operators[i].name, name) == 0)
            return i;
    added.name = arena_dup(operators->arena, name);
    ARRAY_PUSH(operators->operators, operators->count, operators->capacity, added);
    return operators->count - 1;
}

/* What the word is a pattern for; false when it is no name. */
static bool read_pattern(struct arena *arena, enum kind kind, const char *word,
                         struct pattern *pattern)
{
    char name[NAME_TEXT];

    if (kind == KIND_SELECTOR) {
        pattern->name = word;
    } else {
        pattern->below_only = strncmp(word, "*.", 2) == 0;
        if (name_canonical(pattern->below_only ? word + 2 : word, name, NULL) != STATUS_OK ||
            name_is_root(name))
            return false;
        pattern->name = arena_dup(arena, name);
    }
    pattern->length = strlen(pattern->name);
    return true;
}

static enum status add_words(struct operators *operators, enum kind kind, size_t owner,
                             const char *value, const char **why)
{
    struct patterns *patterns = &operators->kinds[kind];

    while (*(value += strspn(value, " \t,"))) {
        size_t length = strcspn(value, " \t,");
        struct pattern pattern = {.owner = owner};

        if (!read_pattern(operators->arena, kind, arena_dup_bytes(operators->arena, value, length),
                          &pattern))
            return fail(STATUS_SYNTAX, tr("this is no domain name"), why);
        ARRAY_PUSH(patterns->patterns, patterns->count, patterns->capacity, pattern);
        value += length;
    }
    return STATUS_OK;
}

enum status operators_add(struct operators *operators, const char *name, const char *key,
                          const char *value, const char **why)
{
    static const char *const keys[KINDS] = {"mx", "spf", "ns", "dkim"};
    size_t index = operator_index(operators, name);

    if (strcmp(key, "kind") == 0) {
        operators->operators[index].kind = arena_dup(operators->arena, value);
        return STATUS_OK;
    }
    if (strcmp(key, "url") == 0) {
        operators->operators[index].url = arena_dup(operators->arena, value);
        return STATUS_OK;
    }
    for (int kind = 0; kind < KINDS; kind++)
        if (strcmp(key, keys[kind]) == 0)
            return add_words(operators, (enum kind)kind, index, value, why);
    return fail(STATUS_NOT_FOUND, tr("the keys are mx, spf, ns, dkim, kind and url"), why);
}

static char *trim(char *text)
{
    char *end;

    while (*text == ' ' || *text == '\t')
        text++;
    end = text + strlen(text);
    while (end > text && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r'))
        *--end = '\0';
    return text;
}

static enum status read_section(char *line, char **section, const char **why)
{
    size_t length = strlen(line);

    if (length < 3 || line[length - 1] != ']')
        return fail(STATUS_SYNTAX, tr("a section is a name in brackets"), why);
    line[length - 1] = '\0';
    free(*section);
    *section = memory_dup(trim(line + 1));
    return STATUS_OK;
}

static enum status read_line(struct operators *operators, char *line, char **section,
                             const char **why)
{
    char *equals;

    line = trim(line);
    if (*line == '\0' || *line == '#' || *line == ';')
        return STATUS_OK;
    if (*line == '[')
        return read_section(line, section, why);
    equals = strchr(line, '=');
    if (!equals || !*section)
        return fail(STATUS_SYNTAX,
                    *section ? tr("this is not of the form key = value")
                             : tr("there is a line before the first section"),
                    why);
    *equals = '\0';
    return operators_add(operators, *section, trim(line), trim(equals + 1), why);
}

enum status operators_read(struct operators *operators, const char *text, size_t *line,
                           const char **why)
{
    enum status first = STATUS_OK;
    char *section = NULL;

    for (size_t number = 1; *text; number++) {
        size_t length = strcspn(text, "\n");
        char *copy = memory_dup_bytes(text, length);
        const char *reason = NULL;
        enum status status = read_line(operators, copy, &section, &reason);

        if (status != STATUS_OK && first == STATUS_OK) {
            first = status;
            *line = number;
            fail(status, reason, why);
        }
        free(copy);
        text += length + (text[length] == '\n');
    }
    free(section);
    return first;
}

/* ---- matching ---- */

/* Of hundreds of patterns nearly all end in other letters than the name. */
static bool fits(const struct pattern *pattern, const char *name, size_t length)
{
    return length >= pattern->length + pattern->below_only &&
           strcmp(name + length - pattern->length, pattern->name) == 0 &&
           name_is_within(name, pattern->name);
}

static const struct mail_operator *find(const struct operators *operators, enum kind kind,
                                        const char *name)
{
    const struct pattern *best = NULL;
    size_t length = strlen(name);

    for (size_t i = 0; operators && i < operators->kinds[kind].count; i++) {
        const struct pattern *pattern = &operators->kinds[kind].patterns[i];

        if (fits(pattern, name, length) && (!best || pattern->length > best->length))
            best = pattern;
    }
    return best ? &operators->operators[best->owner] : NULL;
}

const struct mail_operator *operators_by_exchange(const struct operators *operators,
                                                  const char *name)
{
    return find(operators, KIND_EXCHANGE, name);
}

const struct mail_operator *operators_by_spf(const struct operators *operators, const char *name)
{
    return find(operators, KIND_SPF, name);
}

const struct mail_operator *operators_by_name_server(const struct operators *operators,
                                                     const char *name)
{
    return find(operators, KIND_NAME_SERVER, name);
}

const struct mail_operator *operators_by_selector(const struct operators *operators,
                                                  const char *selector)
{
    for (size_t i = 0; operators && i < operators->kinds[KIND_SELECTOR].count; i++) {
        const struct pattern *pattern = &operators->kinds[KIND_SELECTOR].patterns[i];

        if (strcmp(pattern->name, selector) == 0)
            return &operators->operators[pattern->owner];
    }
    return NULL;
}
