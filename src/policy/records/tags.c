#include "policy/records/tags.h"

#include <string.h>

static size_t count_parts(struct octets rest)
{
    struct octets part;
    size_t count = 0;

    while (octets_next(&rest, ';', &part))
        count++;
    return count;
}

/* tag = name "=" value; white space around both is allowed. */
static bool read_tag(struct octets part, struct tag *tag)
{
    struct octets rest = part;

    if (!octets_next(&rest, '=', &tag->name) || tag->name.length == part.length)
        return false;
    tag->name = octets_trim(tag->name);
    tag->value = octets_trim(rest);
    return tag->name.length > 0;
}

struct tags tags_parse(struct arena *arena, struct octets text)
{
    struct tag *list = arena_alloc(arena, count_parts(text) + 1, sizeof *list);
    struct tags tags = {.tags = list};
    struct octets part;

    while (octets_next(&text, ';', &part)) {
        part = octets_trim(part);
        if (part.length == 0)
            continue;
        if (read_tag(part, &list[tags.count]))
            tags.count++;
        else if (!tags.error)
            tags.error = arena_format(arena, "\"%s\" is not of the form tag=value",
                                      octets_shown(arena, part));
    }
    return tags;
}

const struct octets *tags_value(const struct tags *tags, const char *name)
{
    for (size_t i = 0; i < tags->count; i++)
        if (tags->tags[i].name.length == strlen(name) &&
            memcmp(tags->tags[i].name.bytes, name, strlen(name)) == 0)
            return &tags->tags[i].value;
    return NULL;
}

/* The TXT records whose joined text begins with `prefix` (without case); *first is the first. */
static size_t matching(const struct reply *reply, const char *prefix, const struct record **first)
{
    size_t count = 0;

    for (size_t i = 0; reply && i < reply->record_count; i++)
        if (octets_begin(reply->records[i]->txt.joined, prefix) && count++ == 0)
            *first = reply->records[i];
    return count;
}

static const char *const states[] = {
    [POLICY_PENDING] = "waiting",  [POLICY_UNKNOWN] = "look-up failed",
    [POLICY_NONE] = "none",        [POLICY_FOUND] = "found",
    [POLICY_MULTIPLE] = "several", [POLICY_SYNTAX] = "syntax error",
};

const char *policy_state_text(enum policy_state state)
{
    return states[state];
}

enum policy_state policy_state_of(const struct reply *reply, const char *prefix,
                                  const struct record **record)
{
    size_t count;

    if (!reply)
        return POLICY_PENDING;
    if (outcome_is_temporary(reply->outcome))
        return POLICY_UNKNOWN;
    count = matching(reply, prefix, record);
    return count == 0 ? POLICY_NONE : count == 1 ? POLICY_FOUND : POLICY_MULTIPLE;
}

const char *policy_sentence(const char *const *sentences, enum policy_state state,
                            const struct reply *reply)
{
    return state == POLICY_UNKNOWN ? outcome_failure(reply->outcome) : sentences[state];
}
