#include "policy/records/tags.h"

#include <string.h>
#include <strings.h>

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

static bool is_same_name(const struct tag *a, const struct tag *b, bool any_case)
{
    if (a->name.length != b->name.length)
        return false;
    return any_case ? strncasecmp((const char *)a->name.bytes, (const char *)b->name.bytes,
                                  a->name.length) == 0
                    : memcmp(a->name.bytes, b->name.bytes, a->name.length) == 0;
}

const struct tag *tags_repeated(const struct tags *tags, bool any_case)
{
    for (size_t i = 1; i < tags->count; i++)
        for (size_t k = 0; k < i; k++)
            if (is_same_name(&tags->tags[i], &tags->tags[k], any_case))
                return &tags->tags[i];
    return NULL;
}

bool policy_version_is(struct octets text, const char *version)
{
    size_t length = strlen(version);

    if (text.length < length || memcmp(text.bytes, version, length) != 0)
        return false;
    text = octets_trim(octets_part(text, length, text.length));
    return text.length == 0 || text.bytes[0] == ';';
}

/* Meant for a record of that version: its name is in the text, in whatever case. */
static bool looks_like(struct octets text, const char *version)
{
    const char *name = strchr(version, '=') + 1;

    for (size_t i = 0; i < text.length; i++)
        if (octets_begin(octets_part(text, i, text.length), name))
            return true;
    return false;
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

static size_t matching(const struct reply *reply, const char *version,
                       bool (*matches)(struct octets text, const char *version),
                       const struct record **first)
{
    size_t count = 0;

    for (size_t i = 0; i < reply->record_count; i++)
        if (matches(reply->records[i]->txt.joined, version) && count++ == 0)
            *first = reply->records[i];
    return count;
}

enum policy_state policy_state_of(const struct reply *reply, const char *version,
                                  const struct record **record)
{
    size_t count;

    if (!reply)
        return POLICY_PENDING;
    if (outcome_is_temporary(reply->outcome))
        return POLICY_UNKNOWN;
    count = matching(reply, version, policy_version_is, record);
    if (count > 0)
        return count == 1 ? POLICY_FOUND : POLICY_MULTIPLE;
    return matching(reply, version, looks_like, record) > 0 ? POLICY_SYNTAX : POLICY_NONE;
}

const char *policy_version_fault(struct arena *arena, const char *version)
{
    return arena_format(arena,
                        "it does not begin with \"%s;\" in these letters, capital and small, so it "
                        "is discarded",
                        version);
}

const char *policy_sentence(struct arena *arena, const char *const *sentences,
                            enum policy_state state, const struct reply *reply)
{
    return state == POLICY_UNKNOWN ? reply_failure(arena, reply) : sentences[state];
}
