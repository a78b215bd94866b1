/* The profiles there are. A new one is a file mail/profiles/profile_NAME.c that defines
 * profile_NAME (mail/sender/rules.h), and a line here. */
#ifndef MAIL_PROFILES_PROFILES_H
#define MAIL_PROFILES_PROFILES_H

#include "mail/sender/profile.h"

#include <stddef.h>

/* In the order they are offered. */
#define PROFILE_LIST(profile)                                                                      \
    profile(rfc5321) profile(postfix) profile(exim) profile(sendmail) profile(opensmtpd)           \
        profile(qmail) profile(courier) profile(naive)

#define PROFILE_EXTERN(name) extern const struct profile profile_##name;
PROFILE_LIST(PROFILE_EXTERN)
#undef PROFILE_EXTERN

/* By name ("rfc5321", "postfix", "exim", "sendmail", "opensmtpd", "qmail", "courier", "naive");
 * NULL when there is none. */
const struct profile *profile_find(const char *name);
size_t profile_count(void);
/* In the order they are offered; rfc5321 is the first. */
const struct profile *profile_at(size_t index);

#endif
