/* Whose behaviour is simulated: a profile is a table of policies, a table of settings and an order
 * of trying, over the one routing core (mail/route, mail/order, mail/delivery). */
#ifndef MAIL_SENDER_PROFILE_H
#define MAIL_SENDER_PROFILE_H

#include "base/memory.h"

#include <stddef.h>

struct profile; /* its inside is for the core and the profiles only: mail/sender/rules.h */
struct setting; /* mail/sender/settings.h */

const char *profile_name(const struct profile *profile);
const char *profile_title(const struct profile *profile);    /* "Postfix" */
const char *profile_versions(const struct profile *profile); /* "3.7-3.12"; "" for rules */
/* "Postfix 3.7-3.12", "RFC 5321". In the arena. */
const char *profile_full_title(const struct profile *profile, struct arena *arena);
const char *profile_summary(const struct profile *profile); /* one sentence: what is special */

size_t profile_setting_count(const struct profile *profile);
const struct setting *profile_setting(const struct profile *profile, size_t index);

#endif
