#include "policy/servers/dane.h"

#include "dns/name.h"
#include "dns/type.h"
#include "policy/servers/exchanges.h"

#include <string.h>

static const char *const states[] = {
    [DANE_PENDING] = "waiting", [DANE_UNKNOWN] = "look-up failed", [DANE_ABSENT] = "none",
    [DANE_USABLE] = "usable",   [DANE_INSECURE] = "not secured",   [DANE_UNUSABLE] = "not usable",
};

const char *dane_state_text(enum dane_state state)
{
    return states[state];
}

/* ---- one record (RFC 7672 3.1) ---- */

static const char *fault_of(const struct record *record)
{
    size_t length = record->tlsa.association.length;

    if (record->tlsa.usage > 3)
        return "the certificate usage is not a known one";
    if (record->tlsa.usage < 2)
        return "usages 0 and 1 are not for SMTP (RFC 7672 3.1.3)";
    if (record->tlsa.selector > 1)
        return "the selector is not a known one";
    if (record->tlsa.matching > 2)
        return "the matching type is not a known one";
    if ((record->tlsa.matching == 1 && length != 32) ||
        (record->tlsa.matching == 2 && length != 64) || length == 0)
        return "the data does not have the length of the hash";
    return NULL;
}

static struct dane_tlsa judge_record(const struct record *record)
{
    const char *fault = fault_of(record);

    if (fault)
        return (struct dane_tlsa){record, false, fault};
    return (struct dane_tlsa){record, true,
                              record->tlsa.usage == 3
                                  ? "DANE-EE: the server's own certificate or key"
                                  : "DANE-TA: an authority the server's certificate comes from"};
}

/* ---- one exchange (RFC 7672 2.2) ---- */

struct judging {
    const struct lookup *lookup;
    struct arena *arena;
    struct dane *dane;
};

static const struct reply *find_tlsa(struct judging *judging, const char *host, const char **base)
{
    char name[NAME_TEXT];

    if (name_join("_25._tcp", host, name) != STATUS_OK)
        return NULL;
    *base = arena_dup(judging->arena, name);
    return lookup_find(judging->lookup, name, TYPE_TLSA);
}

/* The records may stand at the name an alias leads to; that one comes first (RFC 7672 2.2.3). */
static void find_records(struct judging *judging, const struct exchange *exchange,
                         struct dane_exchange *result)
{
    const struct reply *address =
        exchange->replies.a ? exchange->replies.a : exchange->replies.aaaa;
    const struct reply *expanded = NULL;
    const char *base = NULL;

    result->reply = find_tlsa(judging, exchange->name, &result->base);
    if (!address || address->alias_count == 0)
        return;
    expanded = find_tlsa(judging, address->canonical, &base);
    if (!expanded || expanded->outcome == OUTCOME_ANSWERED) {
        result->reply = expanded;
        result->base = base;
    }
}

static bool is_secure(const struct reply *reply)
{
    return reply && reply->ad;
}

static bool addresses_secure(const struct host_addresses *replies)
{
    return (is_secure(replies->a) && replies->a->outcome == OUTCOME_ANSWERED) ||
           (is_secure(replies->aaaa) && replies->aaaa->outcome == OUTCOME_ANSWERED);
}

/* Zone files have no resolver that could vouch for them; they are judged as if signed. */
static const char *missing_security(const struct dane_exchange *result)
{
    if (reply_from_zone(result->reply))
        return NULL;
    if (!result->mx_secure)
        return "the MX answer is not validated (no AD): senders do not use DANE";
    if (!result->address_secure)
        return "the address of the exchange is not validated (no AD): senders do not use DANE";
    if (!result->tlsa_secure)
        return "the TLSA answer is not validated (no AD): senders do not use DANE";
    return NULL;
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
    result->state = DANE_INSECURE;
    result->why = missing_security(result);
    if (result->why)
        return;
    result->state = usable ? DANE_USABLE : DANE_UNUSABLE;
    result->why = usable
                      ? "senders that know DANE insist on a matching certificate"
                      : "no record can be used: senders encrypt without checking the certificate";
}

static void judge_exchange(struct judging *judging, const struct reply *mx,
                           const struct exchange *exchange, struct dane_exchange *result)
{
    result->exchange = exchange->name;
    find_records(judging, exchange, result);
    result->mx_secure = is_secure(mx);
    result->address_secure = addresses_secure(&exchange->replies);
    result->tlsa_secure = is_secure(result->reply);
    result->state = DANE_PENDING;
    result->why = "not answered yet";
    if (!result->base) {
        result->state = DANE_ABSENT;
        result->why = "the name is too long to have TLSA records";
    } else if (!result->reply) {
        judging->dane->complete = false;
    } else if (outcome_is_temporary(result->reply->outcome)) {
        result->state = DANE_UNKNOWN;
        result->why = arena_format(judging->arena, "%s; senders that know DANE put the message off",
                                   outcome_failure(result->reply->outcome));
    } else if (result->reply->outcome != OUTCOME_ANSWERED) {
        result->state = DANE_ABSENT;
        result->why = "no TLSA record";
    } else {
        judge_records(judging, result);
    }
}

static bool is_listed(const struct dane_exchange *list, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].exchange, name) == 0)
            return true;
    return false;
}

struct dane *dane_build(const struct lookup *lookup, struct arena *arena, const char *domain)
{
    const struct exchanges *exchanges = exchanges_build(lookup, arena, domain);
    struct dane *dane = arena_alloc(arena, 1, sizeof *dane);
    struct judging judging = {lookup, arena, dane};
    struct dane_exchange *list = arena_alloc(arena, exchanges->count + 1, sizeof *list);

    dane->exchanges = list;
    dane->complete = exchanges->complete;
    for (size_t i = 0; i < exchanges->count; i++) {
        const struct exchange *exchange = &exchanges->exchanges[i];

        if (name_is_root(exchange->name) || is_listed(list, dane->count, exchange->name))
            continue;
        judge_exchange(&judging, exchanges->mx, exchange, &list[dane->count]);
        dane->usable += list[dane->count++].state == DANE_USABLE;
    }
    return dane;
}
