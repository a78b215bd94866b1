#include "policy/findings/finding_policies.h"

#include "dns/name.h"

#include <string.h>

enum { OTHERS = 6 };

static bool leads_anywhere(const struct reply *reply)
{
    return reply && (reply->alias_count > 0 || reply->outcome == OUTCOME_ANSWERED);
}

/* Is the selector an alias only as a name nobody chose is one, too? */
static bool is_everybodys(const struct dkim *dkim, const struct dkim_key *key)
{
    const struct reply *nobody = dkim->nobody;

    return !key->typed && nobody && nobody->alias_count > 0 && key->reply->alias_count > 0 &&
           strcmp(nobody->aliases[0]->target, key->reply->aliases[0]->target) == 0;
}

const struct policy_name *finding_policies(struct finding_list *list, size_t *count)
{
    const struct setup *setup = list->setup;
    struct policy_name *names =
        arena_alloc(list->arena, setup->dkim->count + setup->dane->count + OTHERS, sizeof *names);
    char nobody[NAME_TEXT];

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
        if (leads_anywhere(setup->dkim->keys[i].reply) &&
            !is_everybodys(setup->dkim, &setup->dkim->keys[i]))
            names[(*count)++] = (struct policy_name){setup->dkim->keys[i].reply->question.name,
                                                     setup->dkim->keys[i].reply};
    if (!setup->dkim->wildcard && setup->dkim->nobody && setup->dkim->nobody->alias_count > 0 &&
        name_join("*._domainkey", setup->view->domain, nobody) == STATUS_OK)
        names[(*count)++] =
            (struct policy_name){arena_dup(list->arena, nobody), setup->dkim->nobody};
    for (size_t i = 0; i < setup->dane->count; i++)
        names[(*count)++] =
            (struct policy_name){setup->dane->exchanges[i].base, setup->dane->exchanges[i].reply};
    return names;
}
