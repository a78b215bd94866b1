/* The sending side of a simulation: whose rules, who it is, which addresses it can use, which hosts
 * are down for it. */
#ifndef MAIL_SENDER_SENDER_H
#define MAIL_SENDER_SENDER_H

#include "base/status.h"
#include "dns/address.h"
#include "mail/sender/down.h"
#include "mail/sender/profile.h"
#include "mail/sender/security.h"
#include "mail/sender/settings.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum family_choice { FAMILY_ANY = 0, FAMILY_4 = 4, FAMILY_6 = 6 };

struct sender {
    const struct profile *profile;
    struct settings settings;
    char *as;            /* canonical name of the host the sender is, owned; NULL for a stranger */
    struct address *own; /* --own-address; none: whatever `as` resolves to */
    size_t own_count, own_capacity;
    enum family_choice family;
    bool rotates; /* its resolver turns every answer: an RRset begins at another record each time */
    struct down *downs;
    size_t down_count, down_capacity;
    uint64_t seed;
    struct security security; /* what it can know of the domain; owned */
};

void sender_init(struct sender *sender, const struct profile *profile);
void sender_clear(struct sender *sender);
void sender_copy(struct sender *to, const struct sender *from); /* `to` is not initialised */
/* Another profile with its initial settings; everything else stays. */
void sender_set_profile(struct sender *sender, const struct profile *profile);
/* NULL: a stranger again. */
enum status sender_set_as(struct sender *sender, const char *host, const char **why);
/* What it can know of the domain from now on (copied). */
void sender_set_security(struct sender *sender, const struct security *security);
/* "192.0.2.1" or "192.0.2.1,2001:db8::1" */
enum status sender_add_own(struct sender *sender, const char *addresses, const char **why);
/* "HOST", "HOST=STAGE", "HOST@0h-6h", "HOST=timeout@30m-2d", several with commas; HOST is a name,
 * an address or "*". A host of one label that no name matches is completed by nobody: names are
 * absolute. */
enum status sender_add_down(struct sender *sender, const char *downs, const char **why);
void sender_clear_downs(struct sender *sender);
/* Puts a host (or one address of it, family != 0) down at the stage, or up again (STAGE_ACCEPTS),
 * replacing what was said of it before. */
void sender_put(struct sender *sender, const char *host, struct address address, enum stage stage);
/* What this sender meets at that address of that host, also known as `alias_of` (may be NULL); the
 * most special entry counts: address, then host, then all. Bounded entries count while they last:
 * `at` seconds after the start. */
enum stage sender_stage(const struct sender *sender, const char *host, const char *alias_of,
                        const struct address *address, int64_t at);

#endif
