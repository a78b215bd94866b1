/* What the rule of RFC 5321 5.1 is for: a message on its way from one of the exchanges, with the
 * rule and without. */
#ifndef MAIL_TIMELINE_LOOP_CASES_H
#define MAIL_TIMELINE_LOOP_CASES_H

#include "mail/timeline/loop.h"

enum { LOOP_CASES = 3 };

struct loop_case {
    const char *title;
    const struct loop *loop;
};

/* For a sender that is a host (sender->as) and its route: by its rules, and when it is one of the
 * exchanges also while the better ones are down (if there are any, and the message then goes
 * another way) and without the rule. Returns how many; the titles and loops are in the arena. */
size_t loop_cases(const struct lookup *lookup, const struct route *route,
                  const struct sender *sender, struct arena *arena,
                  struct loop_case cases[LOOP_CASES]);

#endif
