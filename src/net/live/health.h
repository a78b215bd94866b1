/* How a name server is doing, learnt from every question put to it. Times in microseconds. */
#ifndef NET_LIVE_HEALTH_H
#define NET_LIVE_HEALTH_H

#include <stdbool.h>
#include <stdint.h>

struct health {
    int64_t rtt_us, variation_us; /* smoothed (RFC 6298 2); 0 before the first reply */
    unsigned silent;              /* sends in a row that stayed unanswered for their patience */
    bool no_edns;                 /* it has said that it does not know EDNS */
    bool quiet;                   /* something was sent since it was heard last */
    int64_t quiet_since_us;       /* when that was sent first */
    bool dead;         /* a whole question went by without any reply, and none has since */
    int64_t dead_us;   /* when the last such question ended */
    int64_t probed_us; /* when a question of another name was let through to it while quiet, or
                          it was found dead */
    bool busy;         /* most of what it was asked waits longer than its patience */
};

enum {
    HEALTH_PATIENCE_LEAST_US = 50000,
    HEALTH_PATIENCE_MOST_US = 1500000,
    HEALTH_PATIENCE_FIRST_US = 400000, /* for a server that has not answered yet */
    HEALTH_SILENT_MOST = 3,            /* more unanswered sends in a row: taken for dead */
    HEALTH_QUIET_US = 1000000,
    HEALTH_PROBES_US = 8000000, /* of silence */
    HEALTH_PROBE_PART = 8,
    HEALTH_MANY = 8 /* fewer open questions say nothing about the server */
};

/* A reply came, whatever it says, or after whatever time. */
void health_heard(struct health *health);
/* A reply came rtt_us after the question. */
void health_answered(struct health *health, int64_t rtt_us);
/* Something is sent now. */
void health_sent(struct health *health, int64_t now_us);
/* A question asked at started_us ends now without an answer. */
void health_gave_up(struct health *health, int64_t started_us, int64_t now_us);
/* Was it quiet for a second or longer? Then nothing more is sent to it but what is under way, and
 * probes. */
bool health_is_quiet(const struct health *health, int64_t now_us);
/* When a question of another name may go to a quiet server that is being asked, to see whether it
 * is only some name that it does not answer: an eighth of the silence lies between two of them, and
 * after 8 s there are none, so that they end with the others. INT64_MAX: no more. */
int64_t health_probe_due(const struct health *health);
/* A send stayed unanswered for its patience. */
void health_unanswered(struct health *health);

/* Has it answered in this run, and is it not silent since? */
bool health_is_proven(const struct health *health);
/* How long to wait before asking again: about three round trips (the smoothed one and four times
 * its variation, at least two and a half of it), within the limits above. */
int64_t health_patience(const struct health *health);
/* Takes stock: of `open` young questions it was asked last, `overdue` have waited longer than its
 * patience. Of many questions most are not lost on a line: the server looks things up, or is dead.
 */
void health_take_stock(struct health *health, unsigned open, unsigned overdue);
/* Order in which servers are asked: the quickest proven one, then those not known yet, then those
 * that are silent. Equal ones keep the order configured. */
int health_compare(const struct health *a, const struct health *b);

#endif
