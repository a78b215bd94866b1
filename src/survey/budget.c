#include "survey/budget.h"

enum { PANES_LEAST = 8 };

/* Of a thousand questions of the own records, or of the guesses; and on the answers to which kind
 * the number of these depends: each open one may raise so many more. */
static const struct {
    size_t share;
    enum ask_priority parent;
    size_t raised;
} rules[ASK_PRIORITIES] = {
    [ASK_PANES] = {20, ASK_PANES, 0},          [ASK_EXCHANGES] = {230, ASK_PANES, 0},
    [ASK_NAME_SERVERS] = {40, ASK_PANES, 0},   [ASK_DETAILS] = {10, ASK_DETAILS, 0},
    [ASK_POLICY] = {280, ASK_POLICY, 0},       [ASK_REVERSE] = {150, ASK_EXCHANGES, 4},
    [ASK_DIRECTORY] = {120, ASK_DIRECTORY, 0}, [ASK_SERVERS] = {150, ASK_NAME_SERVERS, 12},
    [ASK_PROBES] = {400, ASK_PROBES, 0},       [ASK_SERVICES] = {200, ASK_SERVICES, 0},
    [ASK_TARGETS] = {300, ASK_SERVICES, 4},    [ASK_OLD_NAMES] = {100, ASK_OLD_NAMES, 0},
};

static bool is_guess(enum ask_priority kind)
{
    return kind >= ASK_GUESSES;
}

static size_t part_of(const struct budget *budget, bool guesses)
{
    size_t fifth = budget->limit / 5;

    return guesses ? fifth : budget->limit - fifth;
}

static size_t share_of(const struct budget *budget, enum ask_priority kind)
{
    return part_of(budget, is_guess(kind)) * rules[kind].share / 1000;
}

static size_t asked(const struct budget *budget, bool guesses)
{
    size_t sum = 0;

    for (int kind = 0; kind < ASK_PRIORITIES; kind++)
        if (is_guess((enum ask_priority)kind) == guesses)
            sum += budget->kinds[kind].asked;
    return sum;
}

/* Might more be wanted, when all is known, than the share has? */
static bool must_wait(const struct budget *budget, enum ask_priority kind)
{
    const struct budget_kind *own = &budget->kinds[kind];
    const struct budget_kind *parent = &budget->kinds[rules[kind].parent];
    size_t open = parent->open + parent->wanted;

    return own != parent && open &&
           own->asked + own->wanted + rules[kind].raised * open > share_of(budget, kind);
}

/* Shares of a small budget are too small to be of use. */
struct budget budget_new(size_t limit)
{
    struct budget budget = {.limit = limit};

    budget.lending[false] = budget.lending[true] = share_of(&budget, ASK_PANES) < PANES_LEAST;
    return budget;
}

bool budget_allows(const struct budget *budget, enum ask_priority kind)
{
    const struct budget_kind *own = &budget->kinds[kind];

    if (!own->wanted)
        return false;
    if (!budget->limit)
        return true;
    return !budget->lending[is_guess(kind)] && own->asked < share_of(budget, kind) &&
           !must_wait(budget, kind);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* What waited takes its share; true when any did. */
static bool end_waiting(struct budget *budget)
{
    bool any = false;

    for (int kind = 0; kind < ASK_PRIORITIES; kind++) {
        struct budget_kind *own = &budget->kinds[kind];
        size_t share = share_of(budget, (enum ask_priority)kind);

        if (!budget->lending[is_guess((enum ask_priority)kind)] && own->asked < share)
            own->lent = least(share - own->asked, own->wanted);
        any = any || own->lent;
    }
    return any;
}

bool budget_lend(struct budget *budget, enum ask_priority *kind)
{
    int first = 0;
    size_t left;

    if (end_waiting(budget))
        return true;
    while (!budget->kinds[first].wanted)
        first++;
    *kind = (enum ask_priority)first;
    left = is_guess(*kind) ? budget->limit - asked(budget, false) - asked(budget, true)
                           : part_of(budget, false) - asked(budget, false);
    budget->lending[is_guess(*kind)] = true;
    budget->kinds[first].lent = least(left, budget->kinds[first].wanted);
    return left > 0;
}
