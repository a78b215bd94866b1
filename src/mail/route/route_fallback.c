#include "base/message.h"
#include "mail/route/route_draft.h"

#include "dns/name.h"
#include "dns/type.h"

#include <stdlib.h>
#include <string.h>

enum { RELAYS_MOST = 8 };

/* One relay as the list has it: "relay.example.net", "[relay.example.net]:587", "[192.0.2.9]". */
struct relay {
    char name[NAME_TEXT];
    bool itself; /* in brackets: not looked up by MX */
    unsigned port;
};

static bool read_relay(const char *word, size_t length, struct relay *relay)
{
    char text[NAME_TEXT], *name = text, *end;
    const char *why;

    if (length >= sizeof text)
        return false;
    memcpy(text, word, length);
    text[length] = '\0';
    relay->itself = *text == '[';
    if (relay->itself) {
        end = strchr(++name, ']');
        if (!end)
            return false;
        *end++ = '\0';
    } else {
        end = strchr(name, ':');
    }
    relay->port = end && *end == ':' ? (unsigned)strtoul(end + 1, NULL, 10) : 25;
    if (end)
        *end = '\0';
    return name_canonical(name, relay->name, &why) == STATUS_OK;
}

static struct route_host *append_host(struct draft *draft, const char *name, unsigned relay)
{
    struct route *route = draft->route;
    struct route_host *hosts = arena_alloc(draft->arena, route->host_count + 1, sizeof *hosts);
    struct route_host *host = hosts + route->host_count;
    const struct rule *rule = draft->profile->rules + RULE_FALLBACK;

    if (route->host_count)
        memcpy(hosts, route->hosts, route->host_count * sizeof *hosts);
    host->exchange = host->shown = arena_dup(draft->arena, name);
    host->relay = relay;
    host->port = 25;
    host->why = tr(rule->text);
    host->reference = rule->reference;
    host->listed = (unsigned)route->host_count;
    route->hosts = hosts;
    route->host_count++;
    return host;
}

static bool is_literal(const char *name, struct address *address)
{
    char text[NAME_TEXT];
    size_t length = strlen(name);

    memcpy(text, name, length);
    text[length - 1] = '\0';
    return address_parse(text, address);
}

static void find_addresses(struct draft *draft, struct route_host *host)
{
    struct address address;

    host->literal = is_literal(host->exchange, &address);
    if (!host->literal) {
        draft_look_up(draft, host);
        return;
    }
    host->known = true;
    draft_take_literal(draft, host, &address);
}

static void add_itself(struct draft *draft, const struct relay *relay, unsigned number)
{
    struct route_host *host = append_host(draft, relay->name, number);

    host->level = ++draft->route->level_count;
    host->port = relay->port;
    find_addresses(draft, host);
}

static int by_preference(const void *left, const void *right)
{
    const struct record *const *a = left, *const *b = right;

    return (*a)->mx.preference - (*b)->mx.preference;
}

static void add_exchanges(struct draft *draft, const struct reply *reply, unsigned number)
{
    const struct record **records = arena_alloc(draft->arena, reply->record_count, sizeof *records);

    memcpy(records, reply->records, reply->record_count * sizeof *records);
    qsort(records, reply->record_count, sizeof *records, by_preference);
    for (size_t i = 0; i < reply->record_count; i++) {
        struct route_host *host = append_host(draft, records[i]->mx.exchange, number);
        host->preference = records[i]->mx.preference;
        host->ttl = records[i]->ttl;
        if (i == 0 || host->preference != host[-1].preference)
            draft->route->level_count++;
        host->level = draft->route->level_count;
        find_addresses(draft, host);
    }
}

static void add_relay(struct draft *draft, const struct relay *relay, unsigned number)
{
    struct address address;
    const struct reply *reply;

    if (relay->itself || !draft->profile->fallback->by_mx || is_literal(relay->name, &address)) {
        add_itself(draft, relay, number);
        return;
    }
    reply = lookup_find(draft->lookup, arena_dup(draft->arena, relay->name), TYPE_MX);
    if (!reply)
        draft_wait(draft);
    else if (reply->outcome == OUTCOME_ANSWERED)
        add_exchanges(draft, reply, number);
    else
        add_itself(draft, relay, number);
}

static bool has_candidate(const struct route *route)
{
    for (size_t i = 0; i < route->host_count; i++)
        if (route->hosts[i].state == HOST_CANDIDATE && route->hosts[i].address_count > 0)
            return true;
    return false;
}

/* Whether relays are used after what came of the domain's own hosts. */
static bool are_used(const struct draft *draft)
{
    if (draft->profile->fallback->unrouted)
        return !draft->decided || !draft->profile->fallback->null_mx_binds ||
               draft->end != END_NULL_MX;
    return !draft->decided && has_candidate(draft->route);
}

/* The sender is a relay of its own list: it does not fall back to itself. */
static bool is_sender(const struct draft *draft, const struct relay *relay)
{
    return draft->sender->as && strcmp(draft->sender->as, relay->name) == 0;
}

/* Who watches for relays that cannot be used finds itself among their hosts, too: it and those not
 * better are left out. */
static void drop_itself(struct draft *draft, unsigned relay)
{
    bool dropped = false;
    unsigned own = 0;

    for (size_t i = draft->route->listed_count; i < draft->route->host_count; i++) {
        struct route_host *host = draft->route->hosts + i;
        if (host->relay != relay)
            continue;
        if (!dropped && draft_has_own(host)) {
            dropped = true;
            own = host->preference;
        }
    }
    for (size_t i = draft->route->listed_count; dropped && i < draft->route->host_count; i++) {
        struct route_host *host = draft->route->hosts + i;
        if (host->relay == relay && host->preference >= own)
            draft_ignore(host, draft->profile->rules + RULE_SELF);
    }
}

/* What is to be said of a relay as the last: NULL when it has a host to try. */
static const struct round_end *judge_relay(struct draft *draft, unsigned relay)
{
    const struct route *route = draft->route;
    const struct round_end *end = draft->profile->fallback->lost;

    for (size_t i = route->listed_count; i < route->host_count; i++) {
        const struct route_host *host = route->hosts + i;
        if (host->relay != relay)
            continue;
        if (host->state == HOST_CANDIDATE && (host->address_count > 0 || !host->known))
            return NULL;
        if (outcome_is_temporary(host->outcome))
            end = draft->profile->fallback->failed;
    }
    return end;
}

static void add_relays(struct draft *draft, const char *list)
{
    const char *separators = draft->profile->fallback->separators;
    struct route *route = draft->route;

    for (list += strspn(list, separators); *list; list += strspn(list, separators)) {
        size_t length = strcspn(list, separators);
        struct relay relay;
        if (!read_relay(list, length, &relay) || is_sender(draft, &relay)) {
            route->relay_end = draft->profile->fallback->lost;
        } else if (route->relay_count < RELAYS_MOST) {
            add_relay(draft, &relay, ++route->relay_count);
            if (draft->profile->fallback->lost) {
                drop_itself(draft, route->relay_count);
                route->relay_end = judge_relay(draft, route->relay_count);
            }
        }
        list += length;
    }
}

/* Relays that are hosts of the domain, too: what came of them there is remembered. */
static void recall_hosts(struct draft *draft)
{
    struct route *route = draft->route;

    for (size_t i = route->listed_count; i < route->host_count; i++) {
        struct route_host *host = route->hosts + i;
        size_t first = 0;
        while (strcmp(route->hosts[first].exchange, host->exchange) != 0)
            first++;
        if (first < i && route->hosts[first].state != HOST_IGNORED)
            draft_ignore_repeat(draft, host, route->hosts + first);
    }
}

/* No host of the domain and no relay is left, and the last relay is to blame. */
static void end_for_relay(struct draft *draft)
{
    const struct round_end *end = draft->route->relay_end;

    draft->route->decision = (struct decision){end->ending.verdict, end->ending.code,
                                               end->rule.text, end->rule.reference};
    draft->decided = true;
}

void draft_add_fallbacks(struct draft *draft)
{
    const struct fallback *fallback = draft->profile->fallback;
    struct route *route = draft->route;
    const char *list;

    route->listed_count = route->host_count;
    if (!fallback)
        return;
    list = settings_text(&draft->sender->settings, fallback->setting);
    if (!*list)
        return;
    if (route->self_found) {
        draft_step(draft, STEP_FALLBACK, RULE_FALLBACK, -1,
                   tr("%s is not used: the sender is an MX host of the domain itself"),
                   fallback->setting);
        return;
    }
    if (route->complete && are_used(draft)) {
        add_relays(draft, list);
        if (draft->profile->duplicates == DUPLICATES_REMEMBERED)
            recall_hosts(draft);
        draft->decided = draft->decided && route->relay_count == 0;
        if (route->relay_end && route->complete && !has_candidate(route))
            end_for_relay(draft);
    }
}
