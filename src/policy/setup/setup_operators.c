#include "policy/setup/setup_operators.h"

#include <string.h>

struct matching {
    struct setup *setup;
    struct operator_match *matches;
    size_t count;
};

static void add(struct matching *matching, const char *name, enum operator_role role,
                const struct mail_operator *runner)
{
    struct operator_match *match;

    if (!runner)
        return;
    match = &matching->matches[matching->count++];
    match->name = name;
    match->role = role;
    match->operator= runner;
}

static bool is_first(const struct exchanges *exchanges, const struct exchange *exchange)
{
    return exchange->preference == exchanges->exchanges[0].preference;
}

static void match_exchanges(struct matching *matching)
{
    const struct exchanges *exchanges = matching->setup->exchanges;

    for (size_t i = 0; i < exchanges->count; i++) {
        const struct exchange *exchange = &exchanges->exchanges[i];
        const struct mail_operator *runner =
            operators_by_exchange(matching->setup->view->operators, exchange->name);

        add(matching, exchange->name, OPERATOR_EXCHANGE, runner);
        if (runner && strcmp(runner->kind, "filter") == 0 && is_first(exchanges, exchange))
            matching->matches[matching->count - 1].filter_in_front = true;
    }
}

static void match_includes(struct matching *matching)
{
    const struct spf_tree *spf = matching->setup->spf;

    for (size_t i = 0; i < spf->include_count; i++)
        add(matching, spf->includes[i], OPERATOR_SPF,
            operators_by_spf(matching->setup->view->operators, spf->includes[i]));
}

static void match_name_servers(struct matching *matching, const struct reply *ns)
{
    for (size_t i = 0; ns && i < ns->record_count; i++)
        add(matching, ns->records[i]->target, OPERATOR_NAME_SERVER,
            operators_by_name_server(matching->setup->view->operators, ns->records[i]->target));
}

static void match_selectors(struct matching *matching)
{
    const struct dkim *dkim = matching->setup->dkim;

    for (size_t i = 0; i < dkim->count && !dkim->wildcard; i++)
        if (dkim->keys[i].text)
            add(matching, dkim->keys[i].selector, OPERATOR_SELECTOR,
                operators_by_selector(matching->setup->view->operators, dkim->keys[i].selector));
}

void setup_match_operators(struct setup *setup, struct arena *arena)
{
    const struct reply *ns = setup->authority->ns;
    struct matching matching = {.setup = setup};
    size_t room = setup->exchanges->count + setup->spf->include_count +
                  (ns ? ns->record_count : 0) + setup->dkim->count;

    matching.matches = arena_alloc(arena, room + 1, sizeof *matching.matches);
    match_exchanges(&matching);
    match_includes(&matching);
    match_name_servers(&matching, ns);
    match_selectors(&matching);
    setup->matches = matching.matches;
    setup->match_count = matching.count;
}
