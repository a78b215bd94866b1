/* All makers of cures, by the ids of findings. */
#include "survey/cures/cure.h"

#include <string.h>

static const struct cure_maker *const groups[] = {cure_makers_mx,        cure_makers_spf,
                                                  cure_makers_spf_terms, cure_makers_dmarc,
                                                  cure_makers_tags,      cure_makers_hosts};

const struct cure_maker *cure_makers_of(const char *id)
{
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
        for (const struct cure_maker *maker = groups[i]; maker->id; maker++)
            if (strcmp(maker->id, id) == 0)
                return maker;
    return NULL;
}

const struct cure_maker *cure_maker_next(const struct cure_maker *maker)
{
    return maker[1].id && strcmp(maker[1].id, maker->id) == 0 ? maker + 1 : NULL;
}
