#include "policy/records/tags.h"

#include "base/message.h"
#include "dns/formats/reply_why.h"

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
            tags.error = arena_format(arena, tr("\"%s\" is not of the form tag=value"),
                                      octets_shown(arena, part));
    }
    return tags;
}

void tags_print(const struct tags *tags, struct text *out)
{
    for (size_t i = 0; i < tags->count; i++) {
        text_add(out, i > 0 ? "; " : "");
        text_add_bytes(out, tags->tags[i].name.bytes, tags->tags[i].name.length);
        text_add_char(out, '=');
        text_add_bytes(out, tags->tags[i].value.bytes, tags->tags[i].value.length);
    }
}

const struct tag *tags_find_any_case(const struct tags *tags, const char *name)
{
    for (size_t i = 0; i < tags->count; i++)
        if (octets_equal(tags->tags[i].name, name))
            return &tags->tags[i];
    return NULL;
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

static const char *const states[] = {
    [POLICY_PENDING] = N_("waiting"),  [POLICY_UNKNOWN] = "look-up failed",
    [POLICY_NONE] = N_("none"),        [POLICY_FOUND] = N_("found"),
    [POLICY_MULTIPLE] = N_("several"), [POLICY_SYNTAX] = N_("syntax error"),
};

const char *policy_state_text(enum policy_state state)
{
    return states[state];
}

const char *policy_state_word(enum policy_state state)
{
    return state == POLICY_UNKNOWN ? tr("lookup failed") : tr(states[state]);
}

enum policy_state policy_state_of(struct arena *arena, const struct reply *reply,
                                  enum near_kind kind, struct near_miss *found)
{
    size_t count = 0;

    *found = (struct near_miss){0};
    if (!reply)
        return POLICY_PENDING;
    if (reply_is_temporary(reply))
        return POLICY_UNKNOWN;
    for (size_t i = 0; i < reply->record_count; i++)
        if (near_miss_is_good(kind, reply->records[i]->txt.joined) && count++ == 0)
            found->record = reply->records[i];
    if (count > 0)
        return count == 1 ? POLICY_FOUND : POLICY_MULTIPLE;
    *found = near_miss_find(arena, kind, reply);
    return found->record ? POLICY_SYNTAX : POLICY_NONE;
}

const char *policy_missing(struct arena *arena, enum near_kind kind, struct octets text,
                           const char *what)
{
    const char *cut = near_miss_cut(kind, text);

    return cut ? arena_format(arena, "%s (%s)", what, cut) : what;
}

const char *policy_sentence(struct arena *arena, const char *const *sentences,
                            enum policy_state state, const struct reply *reply)
{
    return state == POLICY_UNKNOWN ? reply_failure(arena, reply) : tr(sentences[state]);
}
