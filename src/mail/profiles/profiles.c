#include "mail/profiles/profiles.h"

#include "mail/sender/rules.h"

#include <assert.h>
#include <string.h>

#define PROFILE_ROW(name) &profile_##name,
static const struct profile *const profiles[] = {PROFILE_LIST(PROFILE_ROW)};
#undef PROFILE_ROW

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
