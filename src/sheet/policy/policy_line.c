#include "sheet/policy/policy_line.h"

#include "base/memory.h"
#include "sheet/finding_look.h"
#include "sheet/words.h"

#include <string.h>

static enum finding_topic topic_of(const char *label)
{
    static const struct {
        const char *label;
        enum finding_topic topic;
    } topics[] = {
        {"SPF", TOPIC_SPF},         {"DMARC", TOPIC_DMARC},     {"DKIM", TOPIC_DKIM},
        {"MTA-STS", TOPIC_MTA_STS}, {"TLS-RPT", TOPIC_TLS_RPT}, {"BIMI", TOPIC_BIMI},
        {"DANE", TOPIC_DANE},       {"DNSSEC", TOPIC_DNSSEC},   {"PTR", TOPIC_PTR},
        {"Servers", TOPIC_SERVERS},
    };

    for (size_t i = 0; i < sizeof topics / sizeof topics[0]; i++)
        if (strcmp(label, topics[i].label) == 0)
            return topics[i].topic;
    return TOPIC_OTHER;
}

/* A line looks as bad as the worst finding of what it is about. */
static void judge(const struct policy_lines *list, struct policy_line *line)
{
    enum finding_topic topic = topic_of(line->label);
    enum severity worst = findings_worst(list->facts->findings, topic);
    struct finding_look look = finding_look(worst, (struct finding_look){line->glyph, line->role});

    if (topic == TOPIC_OTHER)
        return;
    line->glyph = look.glyph;
    line->role = look.role;
    line->state = finding_state(worst, line->state);
    if (line->brief)
        line->brief = finding_state(worst, line->brief);
}

void policy_line_add(struct policy_lines *list, unsigned depth, const char *key, bool foldable,
                     struct policy_line line, const char *sentence)
{
    if (depth == 0)
        judge(list, &line);
    line.depth = depth;
    line.key = arena_dup(list->arena, key);
    line.foldable = foldable;
    line.sentence = sentence;
    list->lines =
        arena_grow(list->arena, list->lines, list->count, &list->capacity, sizeof *list->lines);
    list->lines[list->count++] = line;
}

struct policy_line *policy_line_last(struct policy_lines *list)
{
    return &list->lines[list->count - 1];
}

void policy_line_source(struct policy_lines *list, const struct reply *reply, const char *target)
{
    struct policy_line *line = policy_line_last(list);
    struct text text = {0};

    line->reply = reply;
    line->target = target;
    if (!reply || !reply->record_count)
        return;
    record_print(reply->records[0], &text);
    line->line = arena_dup(list->arena, text_get(&text));
    text_clear(&text);
}

const char *policy_line_name(struct policy_lines *list, const char *name)
{
    struct text text = {0};
    const char *copy;

    words_name(name, list->decoded, &text);
    copy = arena_dup(list->arena, text_get(&text));
    text_clear(&text);
    return copy;
}

struct policy_line policy_line_look(const char *label, enum policy_state state,
                                    const struct reply *reply, const char *text)
{
    static const struct {
        const char *glyph;
        enum role role;
    } looks[] = {
        [POLICY_PENDING] = {"", ROLE_WAITING}, [POLICY_UNKNOWN] = {"?", ROLE_UNKNOWN},
        [POLICY_NONE] = {"-", ROLE_NODATA},    [POLICY_FOUND] = {"✓", ROLE_OK},
        [POLICY_MULTIPLE] = {"✗", ROLE_ERROR}, [POLICY_SYNTAX] = {"✗", ROLE_ERROR},
    };

    return (struct policy_line){
        .label = label,
        .glyph = looks[state].glyph,
        .role = looks[state].role,
        .state = words_state(policy_state_word(state), state == POLICY_UNKNOWN ? reply : NULL),
        .text = text ? text : "",
        .right = "",
        .waiting = state == POLICY_PENDING};
}
