/* Less than the whole object: --fields and --summary. */
#include "report/json_parts.h"

#include <string.h>

static const char *const known[] = {
    "mxtrail",   "version",    "input",      "note",      "name",        "status",
    "source",    "elapsed_ms", "asked",      "not_asked", "over_budget", "questions",
    "ended",     "mx",         "mx_status",  "null_mx",   "implicit_mx", "a",
    "aaaa",      "ns",         "ns_status",  "cname",     "soa",         "txt",
    "caa",       "https",      "requested",  "srv",       "srv_without", "announced",
    "directory", "ptr",        "ptr_status", "route",     "loop",        "simulation",
    "timeline",  "comparison", "matrix",     "whatif",    "round_robin", "srv_simulation",
    "policy",    "setup",      "findings",   "diff",      "queries",     "misses",
    "resolvers", "trace",      "why",        "ignored"};

static const char *const summary[] = {"mxtrail", "input", "name",   "status",  "why",
                                      "mx",      "route", "policy", "findings"};

/* What stays of the members that --summary has: "member: parts of it". */
static const struct {
    const char *member, *parts; /* blanks around each */
} short_forms[] = {
    {"mx", " preference exchange exchange_u "},
    {"route", " verdict code "},
    {"policy", " spf dmarc "},
    {"findings", " id severity "},
    {"spf", " state result "},
    {"dmarc", " state policy "},
};

bool report_has_field(const char *field)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i], field) == 0)
            return true;
    return false;
}

const char *const *report_summary_fields(size_t *count)
{
    *count = sizeof summary / sizeof *summary;
    return summary;
}

/* Is the key one of the words, or the U-label twin of one? */
static bool stays(const char *key, const char *const *words, size_t count)
{
    size_t length = strlen(key);

    for (size_t i = 0; i < count; i++)
        if (strncmp(words[i], key, strlen(words[i])) == 0 &&
            (length == strlen(words[i]) || strcmp(key + strlen(words[i]), "_u") == 0))
            return true;
    return false;
}

static void keep_fields(json_t *object, const char *const *words, size_t count)
{
    const char *key;
    void *next;
    json_t *value;

    json_object_foreach_safe(object, next, key, value) if (!stays(key, words, count))
        json_object_del(object, key);
}

static const char *short_form(const char *member)
{
    for (size_t i = 0; i < sizeof short_forms / sizeof *short_forms; i++)
        if (strcmp(short_forms[i].member, member) == 0)
            return short_forms[i].parts;
    return NULL;
}

static void shorten(const char *member, json_t *value);

static void shorten_object(const char *parts, json_t *object)
{
    const char *key;
    void *next;
    json_t *value;

    json_object_foreach_safe(object, next, key, value)
    {
        const char *found = strstr(parts, key);
        if (!found || found[-1] != ' ' || found[strlen(key)] != ' ')
            json_object_del(object, key);
        else
            shorten(key, value);
    }
}

/* The value of a member, or each element of it when it is an array. */
static void shorten(const char *member, json_t *value)
{
    const char *parts = short_form(member);
    size_t index;
    json_t *element;

    if (!parts)
        return;
    if (json_is_object(value))
        shorten_object(parts, value);
    json_array_foreach(value, index, element) shorten_object(parts, element);
}

void json_reduce(json_t *object, const struct report *report)
{
    const char *key;
    json_t *value;

    if (report->field_count)
        keep_fields(object, report->fields, report->field_count);
    if (report->summary)
        json_object_foreach(object, key, value) shorten(key, value);
}
