#include "policy/servers/dnssec.h"

#include "base/message.h"
#include "dns/formats/reply_why.h"
#include "dns/type.h"

#include <stdlib.h>
#include <string.h>

static const char *const states[] = {
    [DNSSEC_PENDING] = N_("waiting"),
    [DNSSEC_UNKNOWN] = "look-up failed",
    [DNSSEC_UNSIGNED] = N_("not signed"),
    [DNSSEC_SECURE] = N_("secure"),
    [DNSSEC_UNVALIDATED] = N_("signed, not validated"),
    [DNSSEC_INSECURE] = N_("insecure"),
    [DNSSEC_NO_DS] = N_("signed, but no DS"),
    [DNSSEC_NO_KEYS] = N_("DS, but no keys"),
    [DNSSEC_BOGUS] = N_("bogus"),
};

static const char *const sentences[] = {
    [DNSSEC_PENDING] = N_("not answered yet"),
    [DNSSEC_UNKNOWN] = N_("the lookups failed"),
    [DNSSEC_UNSIGNED] = N_("there is neither a DS at the parent nor a DNSKEY"),
    [DNSSEC_SECURE] = N_("the zone is signed and the resolver has validated it (AD)"),
    [DNSSEC_UNVALIDATED] = N_("the zone is signed; this resolver does not say that it validates"),
    [DNSSEC_INSECURE] = N_("the zone is signed, but in a way that the resolver does not support, "
                           "so it is treated as unsigned (RFC 4035 5.2)"),
    [DNSSEC_NO_DS] = N_("the zone has keys, but the parent has no DS: not validated"),
    [DNSSEC_NO_KEYS] = N_("the parent has a DS, but the zone has no DNSKEY: validation fails"),
    [DNSSEC_BOGUS] = N_("the resolver answers only when told not to check: validation fails"),
};

const char *dnssec_state_text(enum dnssec_state state)
{
    return states[state];
}

const char *dnssec_state_word(enum dnssec_state state)
{
    return state == DNSSEC_UNKNOWN ? tr("lookup failed") : tr(states[state]);
}

/* ---- where the zone begins ---- */

static const char *soa_owner(const struct section *section)
{
    for (size_t i = 0; i < section->count; i++)
        if (section->records[i].type == TYPE_SOA)
            return section->records[i].owner;
    return NULL;
}

const char *dnssec_zone_of(const struct lookup *lookup, const char *name, bool *complete)
{
    const struct reply *reply = lookup_find(lookup, name, TYPE_SOA);

    *complete = reply != NULL;
    if (!reply || outcome_is_temporary(reply->outcome))
        return NULL;
    if (reply->outcome == OUTCOME_ANSWERED)
        return reply->records[0]->owner;
    return soa_owner(&reply->authority);
}

/* ---- signatures ---- */

struct gathering {
    struct arena *arena;
    struct dnssec *dnssec;
    struct dnssec_signature *signatures;
    int64_t now;
};

/* Expiry is a serial number (RFC 4034 3.1.5): the nearest moment with these 32 bits. */
static int64_t moment(uint32_t serial, int64_t now)
{
    return now + (int32_t)(serial - (uint32_t)now);
}

static size_t count_signatures(const struct reply *reply)
{
    size_t count = 0;

    for (size_t i = 0; reply && i < reply->answer.count; i++)
        count += reply->answer.records[i].type == TYPE_RRSIG;
    return count;
}

static void gather(struct gathering *gathering, const struct reply *reply)
{
    for (size_t i = 0; reply && i < reply->answer.count; i++) {
        const struct record *record = &reply->answer.records[i];
        struct dnssec_signature *signature =
            &gathering->signatures[gathering->dnssec->signature_count];

        if (record->type != TYPE_RRSIG)
            continue;
        signature->covered = record->rrsig.covered;
        signature->signer = record->rrsig.signer;
        signature->key_tag = record->rrsig.key_tag;
        signature->expires = moment(record->rrsig.expiration, gathering->now);
        signature->remaining = signature->expires - gathering->now;
        gathering->dnssec->signature_count++;
    }
}

static int compare_signatures(const void *a, const void *b)
{
    const struct dnssec_signature *left = a, *right = b;

    if (left->expires != right->expires)
        return left->expires < right->expires ? -1 : 1;
    return left->covered - right->covered;
}

static void gather_signatures(struct gathering *gathering, const struct reply *keys,
                              const struct reply *mx)
{
    size_t room = count_signatures(keys) + count_signatures(mx);

    if (gathering->now == 0)
        return;
    gathering->signatures = arena_alloc(gathering->arena, room + 1, sizeof *gathering->signatures);
    gather(gathering, keys);
    gather(gathering, mx);
    qsort(gathering->signatures, gathering->dnssec->signature_count, sizeof *gathering->signatures,
          compare_signatures);
    gathering->dnssec->signatures = gathering->signatures;
}

/* ---- the state ---- */

static bool failed(const struct reply *reply)
{
    return reply && outcome_is_temporary(reply->outcome);
}

static bool answered(const struct reply *reply)
{
    return reply && reply->outcome == OUTCOME_ANSWERED;
}

/* SERVFAIL that goes away when checking is switched off (RFC 6840 5.9). */
static bool is_bogus(const struct lookup *lookup, struct dnssec *dnssec, const char *domain)
{
    struct question question = {
        .name = domain, .type = TYPE_MX, .flags = QUESTION_CHECKING_DISABLED | QUESTION_DNSSEC_OK};

    if (!dnssec->plain || dnssec->plain->outcome != OUTCOME_SERVFAIL)
        return false;
    dnssec->unchecked = lookup_question(lookup, &question);
    dnssec->complete &= dnssec->unchecked != NULL;
    return dnssec->unchecked && !outcome_is_temporary(dnssec->unchecked->outcome);
}

bool dnssec_ds_is_known(const struct record *ds)
{
    uint8_t algorithm = ds->ds.algorithm, digest = ds->ds.digest_type;

    return (digest == 1 || digest == 2 || digest == 4) &&
           (algorithm == 5 || algorithm == 7 || algorithm == 8 || algorithm == 10 ||
            (algorithm >= 13 && algorithm <= 16));
}

/* A resolver that vouches for the DS and not for the zone validates, but cannot here. */
static bool is_unsupported(const struct dnssec *dnssec)
{
    if (dnssec->ds->ad)
        return true;
    for (size_t i = 0; i < dnssec->ds->record_count; i++)
        if (dnssec_ds_is_known(dnssec->ds->records[i]))
            return false;
    return true;
}

/* A zone without parents in sight, as a master file, says itself that it has no DS: that is the
 * parent's to say (RFC 4035 3.1.4.1). */
static bool is_own_word(const struct dnssec *dnssec)
{
    const char *owner = dnssec->ds ? soa_owner(&dnssec->ds->authority) : NULL;

    return owner && dnssec->ds->outcome == OUTCOME_NODATA && strcmp(owner, dnssec->zone) == 0;
}

static enum dnssec_state judge(const struct dnssec *dnssec)
{
    if (!dnssec->complete)
        return DNSSEC_PENDING;
    if (!dnssec->zone || failed(dnssec->ds) || failed(dnssec->dnskey))
        return DNSSEC_UNKNOWN;
    if (!answered(dnssec->dnskey))
        return answered(dnssec->ds) ? DNSSEC_NO_KEYS : DNSSEC_UNSIGNED;
    if (!answered(dnssec->ds))
        return is_own_word(dnssec) ? DNSSEC_UNVALIDATED : DNSSEC_NO_DS;
    if (dnssec->ad)
        return DNSSEC_SECURE;
    return is_unsupported(dnssec) ? DNSSEC_INSECURE : DNSSEC_UNVALIDATED;
}

static const struct reply *ask_signed(const struct lookup *lookup, const char *name, uint16_t type)
{
    struct question question = {.name = name, .type = type, .flags = QUESTION_DNSSEC_OK};

    return lookup_question(lookup, &question);
}

static void look_at_zone(const struct lookup *lookup, struct dnssec *dnssec, const char *domain)
{
    dnssec->ds = lookup_find(lookup, dnssec->zone, TYPE_DS);
    dnssec->dnskey = ask_signed(lookup, dnssec->zone, TYPE_DNSKEY);
    dnssec->complete &= dnssec->ds && dnssec->dnskey;
    dnssec->ad = (answered(dnssec->dnskey) && dnssec->dnskey->ad) ||
                 (answered(dnssec->plain) && dnssec->plain->ad);
    if (!answered(dnssec->dnskey) || dnssec->unchecked)
        return;
    dnssec->mx = ask_signed(lookup, domain, TYPE_MX);
    dnssec->complete &= dnssec->mx != NULL;
}

static const struct reply *missing_reply(const struct lookup *lookup, const struct dnssec *dnssec,
                                         const char *domain)
{
    if (!dnssec->zone)
        return lookup_find(lookup, domain, TYPE_SOA);
    return failed(dnssec->ds) ? dnssec->ds : dnssec->dnskey;
}

static const char *explain(const struct dnssec *dnssec, struct arena *arena)
{
    if (dnssec->missing)
        return reply_failure(arena, dnssec->missing);
    if (dnssec->state == DNSSEC_UNSIGNED && is_own_word(dnssec))
        return tr("the zone has no DNSKEY");
    if (dnssec->state == DNSSEC_UNVALIDATED && is_own_word(dnssec))
        return tr("the zone is signed; whether the parent has a DS is not known");
    return tr(sentences[dnssec->state]);
}

struct dnssec *dnssec_build(const struct lookup *lookup, struct arena *arena, const char *domain,
                            int64_t now)
{
    struct dnssec *dnssec = arena_alloc(arena, 1, sizeof *dnssec);
    struct gathering gathering = {.arena = arena, .dnssec = dnssec, .now = now};
    bool bogus;

    dnssec->plain = lookup_find(lookup, domain, TYPE_MX);
    dnssec->zone = dnssec_zone_of(lookup, domain, &dnssec->complete);
    dnssec->complete &= dnssec->plain != NULL;
    bogus = is_bogus(lookup, dnssec, domain);
    if (dnssec->zone)
        look_at_zone(lookup, dnssec, domain);
    gather_signatures(&gathering, dnssec->dnskey,
                      dnssec->unchecked ? dnssec->unchecked : dnssec->mx);
    dnssec->state = bogus ? DNSSEC_BOGUS : judge(dnssec);
    if (dnssec->state == DNSSEC_UNKNOWN)
        dnssec->missing = missing_reply(lookup, dnssec, domain);
    if (!dnssec->zone)
        dnssec->zone = arena_dup(arena, domain);
    dnssec->why = explain(dnssec, arena);
    return dnssec;
}
