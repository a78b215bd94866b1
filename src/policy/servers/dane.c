#include "policy/servers/dane.h"

#include "base/message.h"
#include "dns/formats/der.h"
#include "dns/formats/reply_why.h"
#include "dns/name.h"
#include "dns/type.h"
#include "policy/servers/exchanges.h"

#include <string.h>

static const char *const states[] = {
    [DANE_PENDING] = N_("waiting"),
    [DANE_UNKNOWN] = N_("unknown"),
    [DANE_ABSENT] = N_("none"),
    [DANE_USABLE] = N_("usable"),
    [DANE_MX_INSECURE] = N_("MX not secured"),
    [DANE_ONCE_SIGNED] = N_("usable once signed"),
    [DANE_INSECURE] = N_("not secured"),
    [DANE_UNSIGNED] = N_("not signed"),
    [DANE_UNUSABLE] = N_("not usable"),
};

const char *dane_state_text(enum dane_state state)
{
    return tr(states[state]);
}

/* Is a sender that uses DANE bound to the records, by this state? */
static bool binds(enum dane_state state)
{
    return state == DANE_USABLE || state == DANE_MX_INSECURE;
}

/* ---- one record (RFC 7672 3.1) ---- */

/* Data that is no digest is the certificate or the key itself (RFC 6698 2.1.3). */
static const char *fault_of_data(const struct record *record)
{
    struct octets data = record->tlsa.association;

    if (record->tlsa.matching == 1)
        return data.length == 32 ? NULL : tr("the data is not a SHA-256 digest of 32 octets");
    if (record->tlsa.matching == 2)
        return data.length == 64 ? NULL : tr("the data is not a SHA-512 digest of 64 octets");
    if (record->tlsa.selector == 0)
        return der_is_certificate(data) ? NULL : tr("the data is not a certificate");
    return der_is_public_key(data) ? NULL : tr("the data is not a public key");
}

static const char *fault_of(const struct record *record)
{
    if (record->tlsa.usage > 3)
        return tr("the certificate usage is unknown");
    if (record->tlsa.usage < 2)
        return tr("certificate usages 0 and 1 are not for SMTP (RFC 7672 3.1.3)");
    if (record->tlsa.selector > 1)
        return tr("the selector is unknown");
    if (record->tlsa.matching > 2)
        return tr("the matching type is unknown");
    return fault_of_data(record);
}

static struct dane_tlsa judge_record(const struct record *record)
{
    const char *fault = fault_of(record);

    if (fault)
        return (struct dane_tlsa){record, false, fault};
    return (struct dane_tlsa){
        record, true,
        record->tlsa.usage == 3 ? tr("DANE-EE: the server's own certificate or key")
                                : tr("DANE-TA: an authority the server's certificate comes from")};
}

/* ---- does DANE apply to the host? (RFC 7672 2.2.2) ---- */

struct judging {
    const struct lookup *lookup;
    struct arena *arena;
    struct dane *dane;
    const struct reply *mx;
};

/* Zone files have no resolver that could vouch for them; they are judged as if signed. */
static bool is_secure(const struct reply *reply)
{
    return reply && (reply->ad || reply_from_zone(reply));
}

static bool is_answered(const struct reply *reply)
{
    return reply && reply->outcome == OUTCOME_ANSWERED;
}

static bool has_failed(const struct reply *reply)
{
    return reply && outcome_is_temporary(reply->outcome);
}

static bool is_settled(struct dane_exchange *result, enum dane_state state, const char *why)
{
    result->state = state;
    result->why = why;
    return true;
}

/* Where the TLSA records are looked for: at `first`, and at `second` when nothing is there. */
struct bases {
    const char *first, *second; /* second NULL: none */
};

static bool is_insecure(const struct host_addresses *hosts)
{
    return (is_answered(hosts->a) && !is_secure(hosts->a)) ||
           (is_answered(hosts->aaaa) && !is_secure(hosts->aaaa));
}

/* The alias of an insecure name may itself be secure; then the name it has is the only one that
 * counts (RFC 7672 2.2.2). */
static bool settle_insecure(struct judging *judging, const struct exchange *exchange,
                            const struct reply *address, struct dane_exchange *result,
                            struct bases *bases)
{
    const struct reply *alias;

    if (address->alias_count > 0) {
        alias = lookup_find(judging->lookup, exchange->name, TYPE_CNAME);
        if (!alias) {
            judging->dane->complete = false;
            return true;
        }
        bases->first = exchange->name;
        if (is_answered(alias) && is_secure(alias))
            return false;
    }
    return is_settled(result, DANE_INSECURE,
                      tr("the addresses of the MX host are not validated (no AD), so senders do "
                         "not look up TLSA records (RFC 7672 2.2.2)"));
}

/* True when the TLSA records need not be asked for: the result is settled or must wait. */
static bool settle_host(struct judging *judging, const struct exchange *exchange,
                        struct dane_exchange *result, struct bases *bases)
{
    const struct host_addresses *hosts = &exchange->replies;
    const struct reply *address = is_answered(hosts->a) ? hosts->a : hosts->aaaa;

    is_settled(result, DANE_PENDING, tr("waiting for the answers"));
    if (!hosts->a || !hosts->aaaa)
        return true;
    if (!is_answered(hosts->a) && !is_answered(hosts->aaaa))
        return has_failed(hosts->a) || has_failed(hosts->aaaa)
                   ? is_settled(result, DANE_UNKNOWN,
                                tr("the addresses of the MX host are not known"))
                   : is_settled(result, DANE_ABSENT, tr("the MX host has no address"));
    if (is_insecure(hosts))
        return settle_insecure(judging, exchange, address, result, bases);
    bases->first = address->canonical;
    bases->second = address->alias_count > 0 ? exchange->name : NULL;
    return false;
}

/* ---- its TLSA records (RFC 7672 2.2.3) ---- */

/* NULL: the name is too long to have TLSA records. */
static const char *base_of(struct arena *arena, const char *host)
{
    char name[NAME_TEXT];

    return host && name_join("_25._tcp", host, name) == STATUS_OK ? arena_dup(arena, name) : NULL;
}

static const struct reply *find_tlsa(struct judging *judging, const char *base)
{
    const struct reply *reply = lookup_find(judging->lookup, base, TYPE_TLSA);

    judging->dane->complete &= reply != NULL;
    return reply;
}

/* True when there is no other name to ask. */
static bool ask_at(struct judging *judging, const char *host, struct dane_exchange *result)
{
    const char *base = base_of(judging->arena, host);

    if (!base)
        return false;
    result->base = base;
    result->reply = find_tlsa(judging, base);
    return !result->reply || is_answered(result->reply) || has_failed(result->reply);
}

/* "certificate usages 0 and 1 are not for SMTP (RFC 7672 3.1.3)", of each kind of fault once. */
static const char *reasons(struct arena *arena, const struct dane_tlsa *records, size_t count)
{
    const char *text = NULL;

    for (size_t i = 0; i < count; i++)
        if (!text)
            text = records[i].why;
        else if (!strstr(text, records[i].why))
            text = arena_format(arena, "%s; %s", text, records[i].why);
    return text;
}

static void judge_usable(const struct judging *judging, struct dane_exchange *result)
{
    if (reply_from_zone(result->reply) || reply_from_zone(judging->mx))
        is_settled(result, DANE_ONCE_SIGNED,
                   tr("a zone file is not validated: the records are usable once the zones of the "
                      "domain and of the MX host are signed"));
    else if (!is_secure(judging->mx))
        is_settled(result, DANE_MX_INSECURE,
                   tr("the MX records are not validated (no AD): senders that accept this still "
                      "require a matching certificate, as Postfix does (RFC 7672 2.2.1)"));
    else
        is_settled(result, DANE_USABLE, tr("senders that use DANE require a matching certificate"));
}

static void judge_records(struct judging *judging, struct dane_exchange *result)
{
    const struct reply *reply = result->reply;
    struct dane_tlsa *records =
        arena_alloc(judging->arena, reply->record_count + 1, sizeof *records);
    bool usable = false;

    result->records = records;
    result->count = reply->record_count;
    for (size_t i = 0; i < reply->record_count; i++) {
        records[i] = judge_record(reply->records[i]);
        usable |= records[i].usable;
    }
    if (!is_secure(reply))
        is_settled(result, DANE_UNSIGNED,
                   tr("the TLSA records are not validated (no AD), so senders ignore them"));
    else if (!usable)
        is_settled(
            result, DANE_UNUSABLE,
            arena_format(judging->arena,
                         tr("%s; senders that use DANE encrypt without checking the certificate"),
                         reasons(judging->arena, records, result->count)));
    else
        judge_usable(judging, result);
}

static const char *why_unknown(struct judging *judging, const char *base, enum outcome outcome)
{
    const char *lost = reply_lost_by(judging->arena, base, outcome);

    return outcome == OUTCOME_NOT_ASKED
               ? lost
               : arena_format(judging->arena, "%s: %s", lost,
                              tr("senders that use DANE defer the mail (RFC 7672 2.1.1)"));
}

static void judge_answer(struct judging *judging, struct dane_exchange *result)
{
    const struct reply *reply = result->reply;

    if (is_answered(reply))
        judge_records(judging, result);
    else if (!has_failed(reply))
        is_settled(result, DANE_ABSENT, tr("no TLSA record"));
    else if (reply_from_zone(reply))
        is_settled(result, DANE_UNKNOWN,
                   tr("the zone file does not say whether there are TLSA records"));
    else
        is_settled(result, DANE_UNKNOWN, why_unknown(judging, result->base, reply->outcome));
}

static void judge_exchange(struct judging *judging, const struct exchange *exchange,
                           struct dane_exchange *result)
{
    struct bases bases = {NULL, NULL};

    result->exchange = exchange->name;
    result->base = base_of(judging->arena, exchange->name);
    if (!result->base) {
        result->base = exchange->name;
        is_settled(result, DANE_ABSENT, tr("the name is too long to have TLSA records"));
        return;
    }
    if (settle_host(judging, exchange, result, &bases))
        return;
    if (!ask_at(judging, bases.first, result))
        ask_at(judging, bases.second, result);
    if (result->reply)
        judge_answer(judging, result);
}

static bool is_listed(const struct dane_exchange *list, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].exchange, name) == 0)
            return true;
    return false;
}

static bool is_in_use(enum dane_state state)
{
    return binds(state) || state == DANE_ONCE_SIGNED;
}

static void sum_up(struct dane *dane, const struct reply *mx)
{
    bool used = false, unused = false, pending = !dane->complete;

    dane->state = has_failed(mx) ? DANE_UNKNOWN : DANE_ABSENT;
    for (size_t i = 0; i < dane->count; i++) {
        enum dane_state state = dane->exchanges[i].state;

        dane->usable += binds(state);
        dane->state = state > dane->state ? state : dane->state;
        used |= is_in_use(state);
        unused |=
            state == DANE_INSECURE || (state == DANE_ABSENT && dane->exchanges[i].reply != NULL);
        pending |= state == DANE_PENDING;
    }
    dane->partial = used && unused;
    if (pending)
        dane->state = DANE_PENDING;
}

struct dane *dane_build(const struct lookup *lookup, struct arena *arena, const char *domain)
{
    const struct exchanges *exchanges = exchanges_build(lookup, arena, domain);
    struct dane *dane = arena_alloc(arena, 1, sizeof *dane);
    struct judging judging = {lookup, arena, dane, exchanges->mx};
    struct dane_exchange *list = arena_alloc(arena, exchanges->count + 1, sizeof *list);

    dane->exchanges = list;
    dane->complete = exchanges->complete;
    for (size_t i = 0; i < exchanges->count; i++) {
        const struct exchange *exchange = &exchanges->exchanges[i];

        if (name_is_root(exchange->name) || exchange->literal || exchange->localhost ||
            is_listed(list, dane->count, exchange->name))
            continue;
        judge_exchange(&judging, exchange, &list[dane->count++]);
    }
    sum_up(dane, exchanges->mx);
    return dane;
}
