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

/* Lower is told first. */
static int rank(enum outcome outcome)
{
    return outcome_is_temporary(outcome) ? 0 : outcome == OUTCOME_ANSWERED ? 2 : 1;
}

size_t words_srv_rests(const struct srv_list *list, struct srv_rest rests[SRV_RESTS])
{
    size_t count = 0;

    for (int wanted = 0; wanted <= 2; wanted++)
        for (int i = 0; i < OUTCOME_COUNT; i++) {
            enum outcome outcome = (enum outcome)i;
            size_t owners = outcome == OUTCOME_ANSWERED ? list->by_wildcard : list->rest[i];

            if (owners && rank(outcome) == wanted)
                rests[count++] = (struct srv_rest){outcome, owners};
        }
    return count;
}

const char *words_srv_rest(const struct srv_list *list, const struct srv_rest *rest,
                           struct arena *arena)
{
    size_t count = rest->count;

    return arena_format(arena,
                        list->record_count
                            ? tr_plural("%zu more service: %s", "%zu more services: %s", count)
                            : tr_plural("%zu service: %s", "%zu services: %s", count),
                        count,
                        rest->outcome == OUTCOME_ANSWERED ? tr("answered by the wildcard")
                                                          : outcome_phrase(rest->outcome));
}

enum outcome words_srv_outcome(const struct srv_list *list)
{
    enum outcome said = OUTCOME_NXDOMAIN;

    for (size_t i = 0; i < list->count; i++) {
        const struct reply *reply = list->owners[i].reply;

        if (reply && outcome_is_temporary(reply->outcome))
            return reply->outcome;
        if (reply && reply->outcome != OUTCOME_NXDOMAIN)
            said = OUTCOME_NODATA;
    }
    return list->count ? said : OUTCOME_NODATA;
}
