#include "policy/records/mta_sts.h"

#include "base/message.h"
#include "dns/name.h"
#include "dns/type.h"

#include <string.h>

/* id: 1 to 32 letters and digits (RFC 8461 3.1) */
static bool is_id(struct octets id)
{
    for (size_t i = 0; i < id.length; i++)
        if (!octet_is_letter(id.bytes[i]) && !octet_is_digit(id.bytes[i]))
            return false;
    return id.length >= 1 && id.length <= 32;
}

static const char *fault_of(struct arena *arena, const struct tags *tags, struct octets text)
{
    const struct octets *id = tags_value(tags, "id");

    if (tags->error)
        return tags->error;
    if (!id)
        return policy_missing(arena, NEAR_MTA_STS, text, tr("the tag id= is missing"));
    return is_id(*id) ? NULL : tr("id= is not 1 to 32 letters and digits");
}

static void read_record(struct mta_sts *mta_sts, struct arena *arena, const char *near)
{
    struct octets text = mta_sts->record->txt.joined;
    struct tags tags = tags_parse(arena, text);
    const struct octets *id = tags_value(&tags, "id");
    const struct tag *repeated = tags_repeated(&tags, false);
    const char *fault = near ? near : fault_of(arena, &tags, text);

    mta_sts->repeated = repeated ? octets_shown(arena, repeated->name) : NULL;
    mta_sts->text = octets_shown(arena, text);
    mta_sts->id = id ? octets_shown(arena, *id) : NULL;
    if (fault) {
        mta_sts->state = POLICY_SYNTAX;
        mta_sts->why = fault;
    }
}

static void look_for_policy_host(struct mta_sts *mta_sts, const struct lookup *lookup,
                                 struct arena *arena, const char *domain)
{
    char name[NAME_TEXT];
    const struct reply *a, *aaaa;

    if (name_join("mta-sts", domain, name) != STATUS_OK)
        return;
    mta_sts->policy_host = arena_dup(arena, name);
    mta_sts->policy_address = lookup_addresses(lookup, name);
    a = mta_sts->policy_address.a;
    aaaa = mta_sts->policy_address.aaaa;
    if ((a && a->outcome == OUTCOME_ANSWERED) || (aaaa && aaaa->outcome == OUTCOME_ANSWERED))
        return;
    mta_sts->policy_host_waiting = !a || !aaaa;
    mta_sts->policy_host_missing =
        a && aaaa && !outcome_is_temporary(a->outcome) && !outcome_is_temporary(aaaa->outcome);
}

static const char *const sentences[] = {
    [POLICY_PENDING] = N_("not answered yet"),
    [POLICY_NONE] =
        N_("no record: senders do not look for a policy and may fall back to plain text"),
    [POLICY_FOUND] = N_("senders fetch the policy over HTTPS and keep to it; not fetched here"),
    [POLICY_MULTIPLE] = N_("several records: senders take none of them"),
    [POLICY_SYNTAX] = N_("the record cannot be used"),
};

static const char *judge_policy(const struct sts_policy *policy)
{
    static const char *const says[] = {
        [STS_POLICY_NONE] = N_("mode none: senders act as if there were no policy"),
        [STS_POLICY_TESTING] = N_("mode testing: senders report what fails, and deliver as usual"),
        [STS_POLICY_ENFORCE] = N_("mode enforce: senders deliver to the hosts it lists only, over "
                                  "TLS, with a valid certificate")};

    return policy->fault ? tr("the policy cannot be used; senders act as if there were none")
                         : tr(says[policy->mode]);
}

struct mta_sts *mta_sts_build(const struct lookup *lookup, struct arena *arena, const char *domain,
                              const char *policy)
{
    struct mta_sts *mta_sts = arena_alloc(arena, 1, sizeof *mta_sts);
    struct near_miss found;
    char name[NAME_TEXT];

    if (policy)
        mta_sts->policy = sts_policy_parse(arena, policy, strlen(policy));
    if (name_join("_mta-sts", domain, name) != STATUS_OK) {
        mta_sts->state = POLICY_NONE;
        mta_sts->name = domain;
        mta_sts->why = tr(sentences[POLICY_NONE]);
        return mta_sts;
    }
    mta_sts->name = arena_dup(arena, name);
    mta_sts->reply = lookup_find(lookup, name, TYPE_TXT);
    mta_sts->state = policy_state_of(arena, mta_sts->reply, NEAR_MTA_STS, &found);
    mta_sts->record = found.record;
    mta_sts->why = policy_sentence(arena, sentences, mta_sts->state, mta_sts->reply);
    if (mta_sts->state == POLICY_FOUND || mta_sts->state == POLICY_SYNTAX)
        read_record(mta_sts, arena, found.why);
    if (mta_sts->policy && mta_sts->state == POLICY_FOUND)
        mta_sts->why = judge_policy(mta_sts->policy);
    if (mta_sts->state == POLICY_FOUND)
        look_for_policy_host(mta_sts, lookup, arena, domain);
    return mta_sts;
}
