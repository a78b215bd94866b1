#include "base/message.h"
#include "dns/type.h"
#include "dns/wire_decode.h"

#include <stdlib.h>
#include <string.h>

enum { ALIASES_MAX = 16 };

static const struct record *find_alias(const struct section *section, const char *owner)
{
    for (size_t i = 0; i < section->count; i++)
        if (section->records[i].type == TYPE_CNAME && strcmp(section->records[i].owner, owner) == 0)
            return &section->records[i];
    return NULL;
}

static bool was_visited(const struct reply *reply, const struct record *const *aliases,
                        const char *name)
{
    if (strcmp(reply->question.name, name) == 0)
        return true;
    for (size_t i = 0; i < reply->alias_count; i++)
        if (strcmp(aliases[i]->target, name) == 0)
            return true;
    return false;
}

/* Follows CNAMEs from the question's name through the answer section (RFC 1034 3.6.2). */
static void follow_aliases(struct reply *reply)
{
    const struct record **aliases =
        arena_alloc(reply->arena, ALIASES_MAX, sizeof(const struct record *));
    const struct record *alias;

    reply->aliases = aliases;
    while ((alias = find_alias(&reply->answer, reply->canonical)) && !reply->alias_loop) {
        if (reply->alias_count == ALIASES_MAX) {
            reply->alias_too_long = true;
            return;
        }
        reply->alias_loop = was_visited(reply, aliases, alias->target);
        aliases[reply->alias_count++] = alias;
        reply->canonical = alias->target;
    }
}

static bool answers(const struct reply *reply, const struct record *record)
{
    return (record->type == reply->question.type || reply->question.type == TYPE_ANY) &&
           strcmp(record->owner, reply->canonical) == 0;
}

static int compare_rdata(const void *left, const void *right)
{
    const struct record *const *a = left, *const *b = right;

    return strcmp((*a)->rdata, (*b)->rdata);
}

/* A set has no order (RFC 1034 3.6): no judgement about texts and reverse names may hang on the
 * one they came in. */
static void sort_records(const struct reply *reply, const struct record **records)
{
    switch (reply->question.type) {
    case TYPE_TXT:
    case TYPE_SPF:
    case TYPE_PTR:
        qsort(records, reply->record_count, sizeof(const struct record *), compare_rdata);
        break;
    default:
        break;
    }
}

static void collect_records(struct reply *reply)
{
    const struct record **records =
        arena_alloc(reply->arena, reply->answer.count, sizeof(const struct record *));

    reply->records = records;
    if (reply->rcode != RCODE_NOERROR || reply_is_endless(reply))
        return;
    for (size_t i = 0; i < reply->answer.count; i++)
        if (answers(reply, &reply->answer.records[i]))
            records[reply->record_count++] = &reply->answer.records[i];
    sort_records(reply, records);
}

static const struct record *authority_of(const struct reply *reply, uint16_t type)
{
    for (size_t i = 0; i < reply->authority.count; i++)
        if (reply->authority.records[i].type == type)
            return &reply->authority.records[i];
    return NULL;
}

/* A server that was asked to look the name up, and says neither where it ends nor that there is
 * nothing (RFC 2308 2.2: no SOA), but only refers to others, does not serve us. */
static bool is_referral(const struct reply *reply)
{
    bool elsewhere = reply->answer.count == 0 ? !reply->aa && authority_of(reply, TYPE_NS)
                                              : reply->alias_count > 0 && !reply_is_endless(reply);

    return elsewhere && reply->record_count == 0 && !reply->ra &&
           !(reply->question.flags & QUESTION_NO_RECURSION) && !authority_of(reply, TYPE_SOA);
}

static enum outcome judge(const struct reply *reply)
{
    switch (reply->rcode) {
    case RCODE_NOERROR:
        if (is_referral(reply))
            return OUTCOME_REFUSED;
        return reply->record_count > 0 ? OUTCOME_ANSWERED : OUTCOME_NODATA;
    case RCODE_NXDOMAIN:
        return OUTCOME_NXDOMAIN;
    case RCODE_REFUSED:
        return reply_from_zone(reply) && !reply->question.server.family ? OUTCOME_NOT_IN_FILE
                                                                        : OUTCOME_REFUSED;
    default:
        return OUTCOME_SERVFAIL;
    }
}

static const char *explain(const struct reply *reply)
{
    if (reply->alias_loop)
        return arena_format(reply->arena, "the aliases form a loop: %s comes again",
                            name_shown(reply->arena, reply->canonical));
    if (reply->alias_too_long)
        return N_("the chain of aliases has more than 16 links");
    if (reply->rcode == RCODE_NOERROR && is_referral(reply))
        return arena_format(reply->arena,
                            "the server only refers to others for %s: it does not look names up",
                            name_shown(reply->arena, reply->canonical));
    return NULL;
}

void reply_derive(struct reply *reply)
{
    const struct record *soa;

    if (reply->question.type != TYPE_CNAME && reply->question.type != TYPE_ANY)
        follow_aliases(reply);
    collect_records(reply);
    soa = authority_of(reply, TYPE_SOA);
    if (soa)
        reply->negative_ttl = record_negative_ttl(soa);
    reply->outcome = judge(reply);
    if (reply->outcome == OUTCOME_NOT_IN_FILE)
        reply->rcode = -1;
    if (!reply->why)
        reply->why = explain(reply);
}
