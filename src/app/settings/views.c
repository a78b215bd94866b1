#include "app/settings/views.h"

#include <string.h>

static bool asks_word(const char *word, struct text *argument)
{
    if (word)
        text_add(argument, word);
    return word != NULL;
}

static bool asks_policy(const struct options *options, struct text *argument)
{
    if (options->fetch_policy)
        text_add(argument, "policy");
    return options->fetch_policy;
}

static bool asks_names(const struct options *options, struct text *argument)
{
    for (size_t i = 0; i < options->sub_names.count; i++)
        text_format(argument, "%s%s", i ? "," : "", options->sub_names.list[i]);
    return options->sub_names.count > 0;
}

static bool asks_simulation(const struct options *options, struct text *argument)
{
    if (options->simulate)
        text_format(argument, "%lu", options->simulate);
    return options->simulate > 0;
}

/* The sender has the host already. */
static bool asks_secondary(const struct options *options, struct text *argument)
{
    (void)argument;
    return options->as != NULL;
}

static bool asks_comparison(const struct options *options, struct text *argument)
{
    return asks_word(options->compare, argument);
}

static bool asks_matrix(const struct options *options, struct text *argument)
{
    (void)argument;
    return options->matrix;
}

static bool asks_diagram(const struct options *options, struct text *argument)
{
    (void)argument;
    return options->diagram;
}

static bool asks_rotation(const struct options *options, struct text *argument)
{
    (void)argument;
    return options->round_robin;
}

static bool asks_service(const struct options *options, struct text *argument)
{
    asks_word(options->srv, argument);
    if (options->srv && options->algorithm)
        text_format(argument, " %s", options->algorithm);
    return options->srv != NULL;
}

/* The survey has the SPF sender already. */
static bool asks_spf(const struct options *options, struct text *argument)
{
    (void)argument;
    return options->spf_ip != NULL;
}

/* An outage is a host that is down from one time to another; the sender has it already. */
static bool asks_timeline(const struct options *options, struct text *argument)
{
    (void)argument;
    for (size_t i = 0; i < options->downs.count; i++)
        if (strchr(options->downs.list[i], '@'))
            return true;
    return false;
}

static bool asks_edits(const struct options *options, struct text *argument)
{
    (void)argument;
    return options->edits.count > 0;
}

static bool asks_diff(const struct options *options, struct text *argument)
{
    return asks_word(options->diff, argument);
}

static bool asks_resolvers(const struct options *options, struct text *argument)
{
    (void)argument;
    return options->resolvers != NULL;
}

static bool asks_trace(const struct options *options, struct text *argument)
{
    (void)argument;
    return options->trace;
}

static const struct view views[] = {
    {"fetch-policy", "fetch", asks_policy},
    {"names", "names", asks_names},
    {"simulate", "simulate", asks_simulation},
    {"as", "as", asks_secondary},
    {"matrix", "matrix", asks_matrix},
    {"compare", "compare", asks_comparison},
    {"round-robin", "rotate", asks_rotation},
    {"srv", "srv", asks_service},
    {"spf-ip", "spf", asks_spf},
    {"down", "timeline", asks_timeline},
    {"whatif", "whatif", asks_edits},
    {"diff", "diff", asks_diff},
    {"diagram", "diagram", asks_diagram},
    {"resolvers", "resolvers", asks_resolvers},
    {"trace", "trace", asks_trace},
};
enum { VIEWS = sizeof views / sizeof *views };

const struct view *views_list(size_t *count)
{
    *count = VIEWS;
    return views;
}

static void add(struct arena *arena, struct strings *commands, const char *command,
                const char *argument)
{
    commands->list[commands->count++] =
        arena_format(arena, "%s%s%s", command, *argument ? " " : "", argument);
}

void views_asked(const struct options *options, struct arena *arena, struct strings *commands)
{
    struct text argument = {0};

    commands->count = 0;
    commands->capacity = options->edits.count + VIEWS;
    commands->list = arena_alloc(arena, commands->capacity, sizeof *commands->list);
    for (size_t i = 0; i < options->edits.count; i++)
        add(arena, commands, "whatif", options->edits.list[i]);
    for (size_t i = 0; i < VIEWS; i++) {
        text_cut(&argument, 0);
        if (views[i].asked(options, &argument))
            add(arena, commands, views[i].command, text_get(&argument));
    }
    text_clear(&argument);
}
