/* A route while it is being built: shared by the parts of route_build only. */
#ifndef MAIL_ROUTE_ROUTE_DRAFT_H
#define MAIL_ROUTE_ROUTE_DRAFT_H

#include "mail/route/route.h"
#include "mail/sender/rules.h"

struct draft {
    const struct lookup *lookup;
    const struct sender *sender;
    const struct profile *profile;
    struct arena *arena;
    struct route *route;
    struct step *steps; /* owned until draft_finish */
    size_t step_count, step_capacity;
    bool decided;
    enum route_end end; /* once decided */
};

/* Adds a numbered sentence, with the reference of the profile's rule; host -1 for none. */
void draft_step(struct draft *draft, enum step_kind kind, enum route_rule rule, int host,
                const char *format, ...) __attribute__((format(printf, 5, 6)));
/* The route ends here, as the profile judges such an end. */
void draft_end(struct draft *draft, enum route_end end);
/* An answer is missing: the route is not complete. */
void draft_wait(struct draft *draft);
/* The host is not tried, by the rule. */
void draft_ignore(struct route_host *host, const struct rule *rule);
/* Nor one that stands at `first`, a better place, too: who remembers hosts knows it from there. */
void draft_ignore_repeat(struct draft *draft, struct route_host *host,
                         const struct route_host *first);

/* route_find.c: the hosts of SRV, MX or the domain itself, without addresses; or an end. */
void draft_find_hosts(struct draft *draft);
/* Has the answer more aliases in a row than this sender follows? */
bool draft_chain_is_broken(const struct draft *draft, const struct reply *reply);
/* route_addresses.c: the sender's own addresses; then those of every host, its state. */
void draft_find_own(struct draft *draft);
void draft_find_addresses(struct draft *draft);
void draft_look_up(struct draft *draft, struct route_host *host); /* one host's */
/* The address that the name is, unless the sender does not use its family. */
void draft_take_literal(struct draft *draft, struct route_host *host,
                        const struct address *address);
void draft_find_repeats(
    struct draft *draft); /* of hosts listed again, once it is known who stays */
/* route_self.c: which host is the sender; what is dropped for it. */
void draft_find_self(struct draft *draft);
void draft_prune(struct draft *draft);
bool draft_has_own(const struct route_host *host); /* one of the sender's addresses */
/* route_fallback.c: the relays that are tried when the domain's own hosts failed. */
void draft_add_fallbacks(struct draft *draft);

enum literal_rule draft_literal_rule(const struct draft *draft);
/* Does the name spell an IPv4 address ("192.0.2.1.") to this sender? */
bool draft_literal(const struct draft *draft, const char *name, struct address *address);

/* route_names.c: is it a host name by the rule? */
bool draft_name_is_allowed(const struct name_rule *rule, const char *name);
/* Is it allowed, and looked up as it stands? */
bool draft_name_is_found(const struct name_rule *rule, const char *name);
bool draft_name_is_foreign(const char *name); /* has octets beyond ASCII */
/* A number as inet_aton reads it: "12345." is 0.0.48.57, "10.2.3." is 10.2.0.3. */
bool draft_number(const char *name, struct address *address);

#endif
