#include "policy/findings/finding_policies.h"

#include "dns/name.h"

enum { OTHERS = 5 };

static bool leads_anywhere(const struct reply *reply)
{
    return reply && (reply->alias_count > 0 || reply->outcome == OUTCOME_ANSWERED);
}

const struct policy_name *finding_policies(struct finding_list *list, size_t *count)
{
    const struct setup *setup = list->setup;
    struct policy_name *names =
        arena_alloc(list->arena, setup->dkim->count + OTHERS, sizeof *names);

    *count = 0;
    if (setup->dmarc->step_count > 0)
        names[(*count)++] =
            (struct policy_name){setup->dmarc->steps[0].name, setup->dmarc->steps[0].reply};
    names[(*count)++] = (struct policy_name){setup->mta_sts->name, setup->mta_sts->reply};
    if (setup->mta_sts->policy_host)
        names[(*count)++] =
            (struct policy_name){setup->mta_sts->policy_host, setup->mta_sts->policy_address.a};
    names[(*count)++] = (struct policy_name){setup->tls_rpt->name, setup->tls_rpt->reply};
    names[(*count)++] = (struct policy_name){setup->bimi->name, setup->bimi->reply};
    for (size_t i = 0; i < setup->dkim->count && !setup->dkim->wildcard; i++)
        if (leads_anywhere(setup->dkim->keys[i].reply))
            names[(*count)++] =
                (struct policy_name){setup->dkim->keys[i].name, setup->dkim->keys[i].reply};
    return names;
}
