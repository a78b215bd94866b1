#include "sheet/services/words_srv.h"

#include <stdio.h>

const char *words_srv_group(const struct facts *facts, const struct srv_owner *owner,
                            char out[WORDS_GROUP])
{
    const struct directory *directory = facts->directory;
    const char *kind = directory && directory->kind == DIRECTORY_FREEIPA ? "location" : "site";

    if (owner->place)
        snprintf(out, WORDS_GROUP, "%s, %s %s", service_group_text(owner->group), kind,
                 owner->place);
    else
        snprintf(out, WORDS_GROUP, "%s", service_group_text(owner->group));
    return out;
}
