/* The way of a message handed to one of a domain's exchanges, hop by hop, each host being a sender
 * of the same profile: how the rule of RFC 5321 5.1 keeps it from going round, and what happens
 * without the rule or despite it (an exchange listed under an alias). */
#ifndef MAIL_TIMELINE_LOOP_H
#define MAIL_TIMELINE_LOOP_H

#include "mail/route/route.h"

enum loop_rule {
    LOOP_AS_PROFILE,   /* as these servers do */
    LOOP_WITHOUT_RULE, /* nobody drops itself from the list */
};

struct loop_hop {
    const char *from, *to; /* host names; `to` is NULL at the last hop */
    const char *address;   /* text of the address connected to, "" for none */
    bool again;            /* `to` has had the message before */
    const char *text, *reference;
};

struct loop {
    bool complete;
    bool loops; /* it came back */
    const struct loop_hop *hops;
    size_t count;
    struct decision
        decision; /* how it ends: LOOP (endless), BOUNCE 5.4.6, FREEZE, DEFER, DELIVER */
};

/* Starts at sender->as (at a stranger when NULL); hosts put down by the sender are down for all.
 * The best host that is up takes the message for the domain's last stop when `primary_delivers`. */
const struct loop *loop_play(const struct lookup *lookup, const char *domain,
                             const struct sender *sender, enum loop_rule rule,
                             bool primary_delivers, struct arena *arena);

#endif
