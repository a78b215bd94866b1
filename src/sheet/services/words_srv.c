#include "sheet/services/words_srv.h"

#include "base/message.h"

#include <stdio.h>

const char *words_srv_group(const struct facts *facts, const struct srv_owner *owner,
                            char out[WORDS_GROUP])
{
    const struct directory *directory = facts->directory;
    bool location = directory && directory->kind == DIRECTORY_FREEIPA;

    if (owner->place)
        snprintf(out, WORDS_GROUP, location ? tr("%s, location %s") : tr("%s, site %s"),
                 service_group_word(owner->group), owner->place);
    else
        snprintf(out, WORDS_GROUP, "%s", service_group_word(owner->group));
    return out;
}
