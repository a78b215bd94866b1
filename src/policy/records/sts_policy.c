#include "policy/records/sts_policy.h"

#include "base/array.h"
#include "base/message.h"
#include "dns/formats/octets.h"

#include <stdlib.h>
#include <string.h>

/* A policy while it is being read. */
struct reading {
    struct arena *arena;
    struct sts_policy *policy;
    struct sts_policy_mx *mx; /* owned until it is over */
    size_t count, capacity;
    bool version, mode, max_age; /* seen */
};

static const char *const modes[] = {"none", "testing", "enforce"};

const char *sts_policy_mode_text(enum sts_policy_mode mode)
{
    return modes[mode];
}

static void complain(struct reading *reading, const char *fault)
{
    if (!reading->policy->fault)
        reading->policy->fault = fault;
}

static bool is_word(struct octets octets, const char *word)
{
    return octets.length == strlen(word) && memcmp(octets.bytes, word, octets.length) == 0;
}

static void read_mode(struct reading *reading, struct octets value)
{
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (is_word(value, modes[i])) {
            reading->policy->mode = (enum sts_policy_mode)i;
            return;
        }
    complain(reading, tr("mode is not enforce, testing or none"));
}

static void read_max_age(struct reading *reading, struct octets value)
{
    int64_t seconds = 0;

    for (size_t i = 0; i < value.length && i < 10; i++) {
        if (!octet_is_digit(value.bytes[i]))
            value.length = 0;
        else
            seconds = seconds * 10 + (value.bytes[i] - '0');
    }
    if (value.length == 0 || value.length > 10)
        complain(reading, tr("max_age is not a number of seconds"));
    else if (seconds > STS_MAX_AGE_MOST)
        complain(reading, tr("max_age is more than 31557600 seconds, a year"));
    reading->policy->max_age = seconds;
}

static void read_mx(struct reading *reading, struct octets line, struct octets value,
                    unsigned number)
{
    struct sts_policy_mx mx = {.line = octets_shown(reading->arena, line), .number = number};
    char name[NAME_TEXT];

    if (!octets_canonical_name(value, name) ||
        !name_is_host(strncmp(name, "*.", 2) == 0 ? name + 2 : name)) {
        complain(reading, tr("an mx line has no host name, nor \"*.\" and one"));
        return;
    }
    mx.pattern = arena_dup(reading->arena, name);
    ARRAY_PUSH(reading->mx, reading->count, reading->capacity, mx);
}

/* Of fields that stand there twice the first counts (RFC 8461 3.2). */
static bool first_time(bool *seen)
{
    bool first = !*seen;

    *seen = true;
    return first;
}

static void read_line(struct reading *reading, struct octets line, unsigned number)
{
    const uint8_t *colon = memchr(line.bytes, ':', line.length);
    struct octets name, value;

    if (!colon) {
        if (octets_trim(line).length)
            complain(reading, tr("a line is not \"name: value\""));
        return;
    }
    name = (struct octets){line.bytes, (size_t)(colon - line.bytes)};
    value = octets_trim((struct octets){colon + 1, line.length - name.length - 1});
    if (is_word(name, "version") && first_time(&reading->version)) {
        if (!is_word(value, "STSv1"))
            complain(reading, tr("version is not STSv1"));
    } else if (is_word(name, "mode") && first_time(&reading->mode)) {
        read_mode(reading, value);
    } else if (is_word(name, "max_age") && first_time(&reading->max_age)) {
        read_max_age(reading, value);
    } else if (is_word(name, "mx")) {
        read_mx(reading, line, value, number);
    }
}

static void read_lines(struct reading *reading, const char *text, size_t length)
{
    unsigned number = 1;

    for (size_t at = 0; at < length; number++) {
        const char *end = memchr(text + at, '\n', length - at);
        size_t line = end ? (size_t)(end - text) - at : length - at, next = at + line + 1;
        if (line && text[at + line - 1] == '\r')
            line--;
        read_line(reading, (struct octets){(const uint8_t *)text + at, line}, number);
        at = next;
    }
}

const struct sts_policy *sts_policy_parse(struct arena *arena, const char *text, size_t length)
{
    struct sts_policy *policy = arena_alloc(arena, 1, sizeof *policy);
    struct reading reading = {.arena = arena, .policy = policy};

    if (length > STS_POLICY_MOST)
        complain(&reading, tr("it is longer than 64 kB"));
    else
        read_lines(&reading, text, length);
    if (!reading.version)
        complain(&reading, tr("the line \"version: STSv1\" is missing"));
    if (!reading.mode)
        complain(&reading, tr("the line \"mode:\" is missing"));
    if (!reading.max_age)
        complain(&reading, tr("the line \"max_age:\" is missing"));
    if (policy->mode != STS_POLICY_NONE && reading.count == 0)
        complain(&reading, tr("there is no \"mx:\" line"));
    if (reading.count)
        policy->mx = (const struct sts_policy_mx *)arena_dup_bytes(
            arena, reading.mx, reading.count * sizeof *reading.mx);
    policy->mx_count = reading.count;
    free(reading.mx);
    return policy;
}

bool sts_policy_lists(const struct sts_policy *policy, const char *exchange)
{
    for (size_t i = 0; i < policy->mx_count; i++)
        if (name_fits(policy->mx[i].pattern, exchange))
            return true;
    return false;
}
