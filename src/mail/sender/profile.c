#include "mail/sender/profile.h"

#include "mail/sender/rules.h"

#include <assert.h>
#include <string.h>

static const struct profile *const profiles[] = {
    &profile_rfc5321,   &profile_postfix, &profile_exim,    &profile_sendmail,
    &profile_opensmtpd, &profile_qmail,   &profile_courier, &profile_naive,
};

enum { PROFILES = sizeof profiles / sizeof *profiles };

const struct profile *profile_find(const char *name)
{
    for (size_t i = 0; i < PROFILES; i++)
        if (strcmp(profiles[i]->name, name) == 0)
            return profiles[i];
    return NULL;
}

size_t profile_count(void)
{
    return PROFILES;
}

const struct profile *profile_at(size_t index)
{
    assert(index < PROFILES);
    return profiles[index];
}

const char *profile_name(const struct profile *profile)
{
    return profile->name;
}

const char *profile_title(const struct profile *profile)
{
    return profile->title;
}

const char *profile_versions(const struct profile *profile)
{
    return profile->versions;
}

const char *profile_summary(const struct profile *profile)
{
    return profile->summary;
}

size_t profile_setting_count(const struct profile *profile)
{
    return profile->setting_count;
}

const struct setting *profile_setting(const struct profile *profile, size_t index)
{
    assert(index < profile->setting_count);
    return profile->settings + index;
}
