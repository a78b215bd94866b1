/* What a sender that keeps to MTA-STS does over time: with a policy in its cache or none, when the
 * id of the domain's record changes, when the policy cannot be fetched, when max_age is over (RFC
 * 8461 3.1, 3.3, 5.1; ROUTING 9.6, 9.7). */
#ifndef MAIL_SENDER_STS_CACHE_H
#define MAIL_SENDER_STS_CACHE_H

#include "mail/sender/sender.h"
#include "mail/sender/verdict.h"

enum sts_habit {
    STS_NEVER,   /* knows no MTA-STS */
    STS_RFC8461, /* looks at the id before each delivery */
    STS_LATE,    /* not before half of max_age is over, and fetches only for another id (Courier) */
};

/* The settings of such a profile, for its table. */
#define STS_CACHE_SETTINGS(CACHE, ID, FETCH)                                                       \
    [CACHE] = {.name = "mta_sts_cache",                                                            \
               .type = SETTING_CHOICE,                                                             \
               .initial = "empty",                                                                 \
               .choices = "empty held half old",                                                   \
               .text =                                                                             \
                   N_("the MTA-STS policy in its cache: none, a new one, one past half of its "    \
                      "max_age, one past all of it")},                                             \
    [ID] = {.name = "mta_sts_id",                                                                  \
            .type = SETTING_CHOICE,                                                                \
            .initial = "same",                                                                     \
            .choices = "same new none",                                                            \
            .text = N_("the id in the domain's record, compared with the one in the cache")},      \
    [FETCH] = {.name = "mta_sts_fetch",                                                            \
               .type = SETTING_CHOICE,                                                             \
               .initial = "works",                                                                 \
               .choices = "works fails",                                                           \
               .text = N_("whether the policy can be fetched")}

/* What comes of it. */
struct sts_view {
    bool applies;     /* the policy counts for this delivery */
    bool renews;      /* from now on max_age runs anew */
    struct rule rule; /* why */
};

/* Does it keep to a policy of the domain that is to be enforced, if it has one, and does not send
 * all mail to a relay, whose domain's policy would count (RFC 8461 3.4)? */
bool sts_matters(const struct sender *sender);
/* Of a sender for which it matters. */
struct sts_view sts_view(const struct settings *settings);
/* Do its settings say more than that the policy is there for the asking? */
bool sts_is_told(const struct settings *settings);
/* Sets what is in the cache: a policy fetched `age` seconds ago, or none (below 0). */
void sts_set_age(struct settings *settings, int64_t age, int64_t max_age);
/* The other way round: how old what the settings tell of is; -1 for none. */
int64_t sts_age(const struct settings *settings, int64_t max_age);

#endif
