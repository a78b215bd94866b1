#include "policy/servers/trace_words.h"

#include "base/message.h"
#include "dns/name.h"
#include "dns/type.h"

#include <string.h>

static const char *answer_words(struct arena *arena, const struct reply *reply)
{
    char type[TYPE_TEXT];

    if (reply->alias_count)
        return arena_format(arena, tr("is an alias of %s"), name_shown(arena, reply->canonical));
    type_text(reply->question.type, type);
    return arena_format(arena, tr_plural("%zu %s record", "%zu %s records", reply->record_count),
                        reply->record_count, type);
}

static const char *referral_words(struct arena *arena, const struct reply *reply)
{
    for (size_t i = 0; i < reply->authority.count; i++)
        if (reply->authority.records[i].type == TYPE_NS)
            return arena_format(arena, tr("refers to %s"),
                                name_shown(arena, reply->authority.records[i].owner));
    return "";
}

const char *trace_server_words(struct arena *arena, const struct trace_server *server)
{
    static const char *const words[] = {
        [TRACE_PENDING] = N_("waiting"),       [TRACE_LAME] = N_("lame"),
        [TRACE_REFUSED] = N_("refuses"),       [TRACE_NO_GLUE] = N_("no glue"),
        [TRACE_NO_ADDRESS] = N_("no address"), [TRACE_NOT_KNOWN] = N_("address unknown"),
    };

    switch (server->state) {
    case TRACE_REFERRAL:
        return referral_words(arena, server->reply);
    case TRACE_ANSWER:
        return answer_words(arena, server->reply);
    case TRACE_NODATA:
    case TRACE_NXDOMAIN:
    case TRACE_SILENT:
    case TRACE_FAILED:
        return outcome_word(server->reply->outcome);
    case TRACE_NOT_ASKED:
    case TRACE_SPARED:
        return outcome_word(OUTCOME_NOT_ASKED);
    default:
        return tr(words[server->state]);
    }
}

const char *trace_ds_words(enum trace_ds ds)
{
    static const char *const words[] = {
        [TRACE_DS_UNKNOWN] = N_("DS not known"),
        [TRACE_DS_NONE] = N_("no DS"),
        [TRACE_DS_GOOD] = N_("DS of a key of the zone"),
        [TRACE_DS_THERE] = N_("DS"),
        [TRACE_DS_NO_KEYS] = N_("DS, but no DNSKEY"),
        [TRACE_DS_OTHER_KEY] = N_("DS of no key of the zone"),
    };

    return tr(words[ds]);
}

const char *trace_zone_words(struct arena *arena, const char *zone)
{
    return name_is_root(zone) ? tr("the root") : name_shown(arena, zone);
}

/* "ns1.example.com", or its address where that is all that is known. */
static const char *server_name(struct arena *arena, const struct trace_server *server)
{
    char literal[ADDRESS_TEXT];

    return server->name ? name_shown(arena, server->name)
                        : arena_dup(arena, address_text(&server->address, literal));
}

static const char *broken(struct arena *arena, const struct trace_step *step)
{
    const char *zone = trace_zone_words(arena, step->zone);

    if (!step->parent)
        return arena_format(arena, tr("The way breaks at once: no server of %s answers for it."),
                            zone);
    return arena_format(
        arena, tr("The way breaks at the cut from %s to %s: no server of %s answers for it."),
        trace_zone_words(arena, step->parent), zone, zone);
}

static const char *unknown(struct arena *arena, const struct trace *trace)
{
    if (!trace->count)
        return tr("No server is known to begin with.");
    if (trace->intercepted)
        return tr("Something between you and the root servers answers instead of them (no AA, but "
                  "RA), so the way cannot be seen.");
    return arena_format(arena,
                        tr("How the way goes on from %s is not known: no server that was queried "
                           "answers for it."),
                        trace_zone_words(arena, trace->steps[trace->count - 1].zone));
}

static const char *whole(struct arena *arena, const struct trace *trace)
{
    const struct trace_step *last = &trace->steps[trace->count - 1];
    const char *server = server_name(arena, last->first), *name = name_shown(arena, trace->name);
    char type[TYPE_TEXT];

    if (trace->end == TRACE_END_NXDOMAIN)
        return arena_format(arena, tr("The way is whole. %s says that %s does not exist."), server,
                            name);
    if (trace->end == TRACE_END_NODATA)
        return arena_format(arena, tr("The way is whole. %s has no %s record of %s."), server,
                            type_text(trace->type, type), name);
    return arena_format(arena, tr("The way is whole. %s has the answer for %s."), server, name);
}

const char *trace_sentence(struct arena *arena, const struct trace *trace)
{
    switch (trace->end) {
    case TRACE_END_PENDING:
        return tr("answers still come in");
    case TRACE_END_BROKEN:
        return broken(arena, trace_break(trace));
    case TRACE_END_UNKNOWN:
        return unknown(arena, trace);
    default:
        return whole(arena, trace);
    }
}

const char *trace_unsafe_sentence(struct arena *arena, const struct trace *trace)
{
    const struct trace_step *step = trace->unsafe;

    if (!step)
        return NULL;
    return arena_format(arena,
                        step->ds == TRACE_DS_NO_KEYS
                            ? tr("The chain of trust breaks at the cut from %s to %s: there is a "
                                 "DS, but the zone has no DNSKEY.")
                            : tr("The chain of trust breaks at the cut from %s to %s: the DS is of "
                                 "no key that the zone has."),
                        trace_zone_words(arena, step->parent), trace_zone_words(arena, step->zone));
}
