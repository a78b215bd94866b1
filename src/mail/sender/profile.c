#include "mail/sender/profile.h"

#include "base/message.h"
#include "mail/sender/rules.h"

#include <assert.h>

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

const char *profile_full_title(const struct profile *profile, struct arena *arena)
{
    return arena_format(arena, "%s%s%s", profile->title, *profile->versions ? " " : "",
                        profile->versions);
}

const char *profile_summary(const struct profile *profile)
{
    return tr(profile->summary);
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
