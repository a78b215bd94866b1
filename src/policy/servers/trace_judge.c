#include "policy/servers/trace_walk.h"

#include "base/message.h"
#include "dns/formats/reply_why.h"
#include "dns/name.h"
#include "dns/type.h"
#include "policy/servers/dnssec.h"

#include <string.h>

/* ---- what a server says ---- */

static bool has_soa(const struct reply *reply)
{
    for (size_t i = 0; i < reply->authority.count; i++)
        if (reply->authority.records[i].type == TYPE_SOA)
            return true;
    return false;
}

/* The owner of the NS records in the authority section. */
static const char *referred_to(const struct reply *reply)
{
    for (size_t i = 0; i < reply->authority.count; i++)
        if (reply->authority.records[i].type == TYPE_NS)
            return reply->authority.records[i].owner;
    return NULL;
}

const char *trace_referral(const struct reply *reply, const char *zone, const char *name)
{
    const char *cut = referred_to(reply);

    if (!cut || reply->answer.count || reply->rcode != 0 || has_soa(reply))
        return NULL;
    return strcmp(cut, zone) != 0 && name_is_within(cut, zone) && name_is_within(name, cut) ? cut
                                                                                            : NULL;
}

static enum trace_state with_authority(const struct reply *reply)
{
    if (reply->outcome == OUTCOME_ANSWERED || reply->alias_count)
        return TRACE_ANSWER;
    if (reply->outcome == OUTCOME_NXDOMAIN)
        return TRACE_NXDOMAIN;
    return reply->outcome == OUTCOME_NODATA ? TRACE_NODATA : TRACE_LAME;
}

static enum trace_state state_of(const struct reply *reply, const char *zone, const char *name)
{
    if (reply->outcome == OUTCOME_TIMEOUT)
        return TRACE_SILENT;
    if (reply->outcome == OUTCOME_NOT_ASKED || reply->outcome == OUTCOME_INVALID)
        return TRACE_NOT_ASKED;
    if (reply->outcome >= OUTCOME_MALFORMED)
        return TRACE_FAILED;
    if (trace_referral(reply, zone, name))
        return TRACE_REFERRAL;
    if (reply->aa && reply->outcome != OUTCOME_SERVFAIL)
        return with_authority(reply);
    return reply->outcome == OUTCOME_REFUSED ? TRACE_REFUSED : TRACE_LAME;
}

static const char *why_lame(struct arena *arena, const struct reply *reply, const char *zone)
{
    const char *shown = name_shown(arena, zone), *cut = referred_to(reply);

    if (reply->outcome == OUTCOME_SERVFAIL)
        return arena_format(arena, tr("does not answer for %s: server failure (SERVFAIL)"), shown);
    if (cut && !reply->answer.count && !reply->aa)
        return arena_format(arena, tr("does not answer for %s: refers to %s, which leads nowhere"),
                            shown, name_shown(arena, cut));
    return arena_format(arena, tr("does not answer for %s: without authority (no AA)"), shown);
}

static const char *why(struct arena *arena, const struct trace_server *server, const char *zone)
{
    switch (server->state) {
    case TRACE_LAME:
        return why_lame(arena, server->reply, zone);
    case TRACE_SILENT:
    case TRACE_FAILED:
    case TRACE_NOT_ASKED:
        return reply_why(arena, server->reply);
    default:
        return NULL;
    }
}

void trace_judge(struct arena *arena, const struct trace_view *view, const char *zone,
                 struct trace_server *server)
{
    server->state = server->reply ? state_of(server->reply, zone, view->name) : TRACE_PENDING;
    server->why = why(arena, server, zone);
}

/* ---- DS and DNSKEY ---- */

/* RFC 4034 appendix B. */
static uint16_t key_tag(const struct record *key)
{
    uint32_t sum =
        (uint32_t)key->dnskey.flags + ((uint32_t)key->dnskey.protocol << 8 | key->dnskey.algorithm);

    for (size_t i = 0; i < key->dnskey.key.length; i++)
        sum += i & 1 ? key->dnskey.key.bytes[i] : (uint32_t)key->dnskey.key.bytes[i] << 8;
    return (uint16_t)(sum + (sum >> 16 & 0xffff));
}

static bool points_at(const struct record *ds, const struct reply *keys)
{
    for (size_t i = 0; i < keys->record_count; i++)
        if (keys->records[i]->dnskey.algorithm == ds->ds.algorithm &&
            key_tag(keys->records[i]) == ds->ds.key_tag)
            return true;
    return false;
}

static enum trace_ds held_against(const struct reply *ds, const struct reply *keys)
{
    bool known = false;

    for (size_t i = 0; i < ds->record_count; i++) {
        if (points_at(ds->records[i], keys))
            return TRACE_DS_GOOD;
        known = known || dnssec_ds_is_known(ds->records[i]);
    }
    return known ? TRACE_DS_OTHER_KEY : TRACE_DS_THERE;
}

enum trace_ds trace_judge_ds(const struct reply *ds, const struct reply *keys)
{
    if (!ds || (ds->outcome != OUTCOME_ANSWERED && !ds->aa) || outcome_is_temporary(ds->outcome))
        return TRACE_DS_UNKNOWN;
    if (ds->outcome != OUTCOME_ANSWERED)
        return TRACE_DS_NONE;
    if (!keys || !keys->aa || outcome_is_temporary(keys->outcome))
        return TRACE_DS_THERE;
    return keys->outcome == OUTCOME_ANSWERED ? held_against(ds, keys) : TRACE_DS_NO_KEYS;
}
