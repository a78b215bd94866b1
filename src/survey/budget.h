/* How many questions a survey may ask, and which when it wants more.
 *
 * What the domain's own records name has four fifths of them, guesses the rest; in both each kind
 * (survey/priority.h) has a share. As long as the shares suffice everything is asked as soon as it
 * is wanted. A kind that might want more than its share waits for what it hangs from, and takes the
 * first ones then. Where a share does not suffice there are no shares any more: whenever nothing is
 * open, the first kind that wants something has what is left, guesses only when the own records are
 * complete. A small budget begins so. So the same answers lead to the same questions, in whatever
 * order they come. */
#ifndef SURVEY_BUDGET_H
#define SURVEY_BUDGET_H

#include "survey/priority.h"

#include <stdbool.h>
#include <stddef.h>

struct budget_kind {
    size_t wanted; /* known to be wanted, not asked yet: told by the survey */
    size_t asked;  /* handed out */
    size_t open;   /* of these, not answered yet */
    size_t lent;   /* to be asked beyond the share, at once: set by budget_lend */
};

struct budget {
    size_t limit;    /* 0: none */
    bool lending[2]; /* there are no shares any more: of the own records, of the guesses */
    struct budget_kind kinds[ASK_PRIORITIES];
};

struct budget budget_new(size_t limit);
/* May one more of this kind be asked now? */
bool budget_allows(const struct budget *budget, enum ask_priority kind);
/* Nothing is open, and nothing may be asked, although something is wanted: sets what is lent to
 * each kind, of the first that are wanted; whoever takes them counts them as asked and clears
 * `lent`. False when nothing of the limit is left for the first kind that wants something (*kind):
 * it is to be refused, as far as it is wanted now. */
bool budget_lend(struct budget *budget, enum ask_priority *kind);

#endif
