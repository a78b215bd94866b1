#include "app/settings/views.h"

#include <string.h>

static const char *names_of(const struct options *options, struct arena *arena)
{
    struct text list = {0};
    const char *names;

    for (size_t i = 0; i < options->sub_names.count; i++)
        text_format(&list, "%s%s", i ? "," : "", options->sub_names.list[i]);
    names = arena_dup(arena, text_get(&list));
    text_clear(&list);
    return names;
}

static const char *service_of(const struct options *options, struct arena *arena)
{
    if (!options->srv || !options->algorithm)
        return options->srv;
    return arena_format(arena, "%s %s", options->srv, options->algorithm);
}

/* An outage is a host that is down from one time to another. */
static bool has_outage(const struct options *options)
{
    for (size_t i = 0; i < options->downs.count; i++)
        if (strchr(options->downs.list[i], '@'))
            return true;
    return false;
}

static void add(struct arena *arena, struct strings *commands, const char *command,
                const char *argument)
{
    commands->list[commands->count++] =
        arena_format(arena, "%s%s%s", command, *argument ? " " : "", argument);
}

void views_asked(const struct options *options, struct arena *arena, struct strings *commands)
{
    /* In the order they are opened: the last one ends on top. Sender and survey have what stands
     * for an argument already where none is given here. */
    const struct {
        const char *command;
        bool asked;
        const char *argument;
    } views[] = {
        {"fetch", options->fetch_policy, "policy"},
        {"names", options->sub_names.count > 0, names_of(options, arena)},
        {"simulate", options->simulate > 0, arena_format(arena, "%lu", options->simulate)},
        {"as", options->as, ""},
        {"matrix", options->matrix, ""},
        {"compare", options->compare, options->compare},
        {"rotate", options->round_robin, ""},
        {"srv", options->srv, service_of(options, arena)},
        {"spf", options->spf_ip, ""},
        {"timeline", has_outage(options), ""},
        {"whatif", options->edits.count > 0, ""},
        {"diff", options->diff, options->diff},
        {"diagram", options->diagram, ""},
        {"resolvers", options->resolvers, ""},
        {"trace", options->trace, ""},
    };
    const size_t count = sizeof views / sizeof *views;

    commands->count = 0;
    commands->capacity = options->edits.count + count;
    commands->list = arena_alloc(arena, commands->capacity, sizeof *commands->list);
    for (size_t i = 0; i < options->edits.count; i++)
        add(arena, commands, "whatif", options->edits.list[i]);
    for (size_t i = 0; i < count; i++)
        if (views[i].asked)
            add(arena, commands, views[i].command, views[i].argument);
}
