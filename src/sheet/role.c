#include "sheet/role.h"

#include <string.h>

#define ROLE_NAME(identifier, name) name,
static const char *const names[ROLE_COUNT] = {ROLES(ROLE_NAME)};
#undef ROLE_NAME

const char *role_name(enum role role)
{
    return names[role];
}

bool role_parse(const char *name, enum role *role)
{
    for (int i = 0; i < ROLE_COUNT; i++)
        if (strcmp(names[i], name) == 0) {
            *role = (enum role)i;
            return true;
        }
    return false;
}
