/* What two surveys were answered, laid side by side: two names, two servers, or before and after a
 * change of a zone. */
#ifndef SURVEY_DIFF_H
#define SURVEY_DIFF_H

#include "survey/survey.h"

enum diff_state {
    DIFF_SAME,
    DIFF_OTHER,   /* one side has it, the other does not */
    DIFF_UNKNOWN, /* a lookup failed, or is not answered yet: nobody can say */
};
const char *diff_state_text(enum diff_state state); /* "same", "other", "unknown". Static. */

/* A record of one side or both; or, with two NULLs, an RRset that neither has. */
struct diff_line {
    const char *owner; /* without the survey's own domain: "mx1", "_dmarc"; "@" the domain itself,
                          "*" what a wildcard answers */
    uint16_t type;
    const char *left, *right; /* the record's data, names without the own domain; NULL: not here */
    const struct reply *left_reply, *right_reply; /* to that question; NULL: not answered yet */
    enum diff_state state;
};

struct diff_finding {
    const struct finding *finding;
    bool right; /* only on the right; else only on the left */
};

struct diff {
    const struct diff_line *lines; /* of the domain itself first, then by owner */
    size_t count;
    size_t other, unknown;               /* lines in that state */
    const struct diff_finding *findings; /* that one side alone has; those of the left first */
    size_t finding_count;
};

/* Compares every RRset that both were asked for. Of those neither has, only what every domain may
 * be asked about is listed; what a wildcard answers at many names only once. Lives in the arena;
 * replies and findings are those of the surveys. */
void diff_build(struct survey *left, struct survey *right, struct arena *arena, struct diff *diff);

#endif
