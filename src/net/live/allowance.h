/* How many young questions a name server may have at once: as many as it has shown it can take.
 *
 * A question is young in its first second; what is older waits for a name that is looked up slowly
 * or not at all, and says nothing about the line. The window begins at 64, grows by one with each
 * answer while it is in use, and is looked at again whenever as many questions have been answered
 * as it is wide. Did more than an eighth of these answers come only after the server's patience,
 * the window is halved, and grows back by an eighth of an answer from there on; a line that loses
 * one in a hundred by chance keeps its allowance, and so does a server that is asked for names that
 * nobody answers.
 */
#ifndef NET_LIVE_ALLOWANCE_H
#define NET_LIVE_ALLOWANCE_H

#include <stdbool.h>

enum {
    ALLOWANCE_LEAST = 8,
    ALLOWANCE_FIRST = 64,
    ALLOWANCE_MOST = 512,       /* for one name */
    ALLOWANCE_MOST_BATCH = 2048 /* for many */
};

struct allowance {           /* zeroed is as it begins */
    unsigned most;           /* it grows to; 0: ALLOWANCE_MOST */
    unsigned width;          /* 0: ALLOWANCE_FIRST */
    unsigned safe;           /* above it grows slowly; 0: it was never halved */
    unsigned answered, lost; /* since it was looked at last */
    unsigned slowly;         /* answers above safe that did not widen it */
};

unsigned allowance_width(const struct allowance *allowance);
/* A question was answered within the server's patience while so many were young. */
void allowance_answered(struct allowance *allowance, unsigned young);
/* A question was answered later than that: it was lost at first, or the server has too much to do.
 */
void allowance_lost(struct allowance *allowance);

#endif
