#include "sheet/policy/policy_lines.h"

#include "base/memory.h"
#include "base/message.h"
#include "base/utf8.h"

struct policy_lines *policy_lines_build(const struct facts *facts, bool decoded,
                                        struct arena *arena)
{
    struct policy_lines *list = arena_alloc(arena, 1, sizeof *list);

    *list = (struct policy_lines){facts, facts->setup, arena, decoded, NULL, 0, 0};
    if (facts->key)
        policy_lines_key(list, &facts->key->keys[0], 0);
    else if (!facts->setup && facts->verdict)
        policy_lines_verdict(list, facts->verdict);
    if (!facts->setup && facts->zone) {
        list->setup = facts->zone;
        policy_lines_zone(list);
    }
    if (!facts->setup)
        return list;
    policy_lines_spf(list);
    policy_lines_dmarc(list);
    policy_lines_dkim(list);
    policy_lines_transport(list);
    policy_lines_servers(list);
    return list;
}

int policy_lines_label_columns(const struct policy_lines *list)
{
    int widest = 0;

    for (size_t i = 0; i < list->count; i++) {
        const char *label = list->lines[i].label;
        int columns = list->lines[i].depth || !*label ? 0 : utf8_columns(tr(label));
        if (columns > widest)
            widest = columns;
    }
    return widest;
}
