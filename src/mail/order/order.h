/* The orders in which senders go through a route, each lazy: only what is tried is drawn. Shared by
 * delivery*.c, order_*.c and the profiles only. */
#ifndef MAIL_ORDER_ORDER_H
#define MAIL_ORDER_ORDER_H

#include "mail/order/attempt.h"
#include "mail/order/chance.h"
#include "mail/route/route.h"
#include "mail/sender/rules.h"

/* What an attempt at a target leads to. */
enum fate {
    FATE_ACCEPTS = 1,
    FATE_STOPS = 2,     /* fails, and nothing else is tried */
    FATE_SESSION = 4,   /* a session that counts */
    FATE_SOFT = 8,      /* may be different later */
    FATE_PASSED = 16,   /* not tried at all: passed over */
    FATE_LEAVES = 32,   /* fails, and so do the host's other addresses, untried */
    FATE_LASTS = 64,    /* fails, and what comes later does not change the ending */
    FATE_LIFTS = 128,   /* fails, and what lasted till now does so no more */
    FATE_SKIPS = 256,   /* left out in its turn, for TLS */
    FATE_UNSEEN = 512,  /* ... and so that it names the ending only where nothing else does */
    FATE_STRICT = 1024, /* fails, and its TLSA records insist on TLS */
    FATE_NOTED = 2048,  /* fails in TLS, and the host's name is noted */
};

struct plan_target {
    struct attempt attempt;                /* as it will be noted */
    const struct consequence *consequence; /* NULL: plainly taken */
    uint16_t slot;                         /* its plan_host */
    uint16_t twin;                         /* the same number for equal addresses */
    uint8_t family;
    bool meets_self; /* it is the sender that answers */
};

enum { NO_SLOT = UINT16_MAX }; /* of a record that is no plan_host */

struct plan_host {
    uint16_t host; /* in the route */
    uint16_t level;
    uint16_t first, count; /* targets; none for a host kept in the list without address */
    uint16_t leading;      /* how many of them are of the family that stands first */
    uint16_t repeats;      /* 1 + the plan_host of the same host at a better place; 0: none */
    uint16_t named;        /* the first plan_host of that name, with `notes` */
};

struct plan_level {
    uint16_t first_host, host_count;
};

struct delivery_plan {
    const struct route *route;
    const struct sender *sender;
    const struct profile *profile;
    const struct order *order;
    struct limits limits;
    bool limited; /* there is one */
    const struct consequence *consequences[STAGE_COUNT];
    struct arena *arena; /* holds everything below */
    struct plan_target *targets;
    struct plan_host *hosts; /* by level, as listed */
    struct plan_level *levels;
    unsigned target_count, host_count, level_count, twin_count;
    unsigned count4, count6;     /* targets by family */
    unsigned passed_over;        /* targets */
    void *state;                 /* of the order */
    unsigned relay;              /* whose hosts: 0 the domain's, else of that fallback relay */
    unsigned base;               /* targets of the plans before */
    struct delivery_plan *scan;  /* of the route's scan_level, dropped or not; NULL without one */
    struct round_end scanned[2]; /* when the sender comes first there, and when another does */
    bool scans;                  /* it is such a plan itself */
    struct delivery_plan *next;  /* of the next fallback relay; owned by the first plan */
    uint16_t *fates;             /* of the targets, enum fate */
    bool notes;                  /* some are FATE_NOTED: behind the targets they stand once more, in
                                    the same order, as they are where their host's name is noted */
    bool *noted;                 /* by plan_host, in the delivery under way */
    struct skip *skips;
    struct attempt *attempts;
    uint16_t *tried;
    struct random seed;
};

/* What stands at the end of the list, behind all that was tried: a host without address, or one
 * that is only remembered. */
struct last_listed {
    int host;      /* in the route; -1: nothing */
    int target;    /* how it failed, when it was tried; -1: it has no address */
    bool outlived; /* another connection took its place since */
    bool lasts;    /* whatever was tried behind it */
};

struct order {
    void (*prepare)(struct delivery_plan *plan); /* makes plan->state, in plan->arena */
    void (*begin)(struct delivery_plan *plan, struct chance *chance);
    /* The targets that come next, one or more in a row; 0 at the end of the list. They are borrowed
     * until the next call. */
    size_t (*next)(struct delivery_plan *plan, struct chance *chance, const uint16_t **targets);
    /* On to the next level, leaving the rest out; false when this is the last. NULL where no limit
     * asks for it. */
    bool (*skip_level)(struct delivery_plan *plan);
    /* Is anything listed behind the targets just given? NULL where nobody asks. */
    bool (*more)(const struct delivery_plan *plan);
    /* At the end of the list: did hosts without address stand behind all that was given? NULL where
     * nobody asks. */
    bool (*ends_unusable)(const struct delivery_plan *plan);
    /* At the end of the list. NULL where nobody asks. */
    struct last_listed (*trailing)(const struct delivery_plan *plan);
};

extern const struct order order_hosts;       /* equal hosts shuffled, addresses as they are */
extern const struct order order_pot;         /* addresses of equal hosts shuffled (Postfix) */
extern const struct order order_as_listed;   /* no chance at all */
extern const struct order order_holes;       /* the last moves into the hole (qmail) */
extern const struct order order_pool;        /* dead addresses come back (OpenSMTPD) */
extern const struct order order_keys;        /* sorted by small random keys (Exim) */
extern const struct order order_biased;      /* swaps with any index, reversed (Courier) */
extern const struct order order_srv_plain;   /* RFC 2782, addresses as they are */
extern const struct order order_srv_postfix; /* its own selection, addresses as they are */
extern const struct order order_srv_keys;    /* Exim's selection, its addresses by keys */

/* A bag of numbers drawn without putting back, in no order but chance's. */
struct bag {
    uint16_t *things, *swaps;
    uint16_t count, taken;
};
void bag_init(struct bag *bag, struct arena *arena, size_t count); /* room; fill in `things` */
unsigned bag_take(struct bag *bag, struct chance *chance);
void bag_refill(struct bag *bag); /* as it was before anything was taken */

#endif
