#include "survey/facts.h"

#include "dns/type.h"
#include "mail/client/client_walk.h"
#include "policy/servers/dnssec.h"
#include "policy/servers/root_hints.h"
#include "survey/cures/cures.h"
#include "survey/facts_build.h"
#include "survey/facts_host.h"
#include "survey/facts_srv.h"
#include "survey/priority.h"
#include "survey/sender_security.h"

#include <stdlib.h>
#include <string.h>

static const struct reply *ask(const struct lookup *lookup, const char *name, uint16_t type,
                               int priority)
{
    struct lookup with = *lookup;

    with.priority = priority;
    return lookup_find(&with, name, type);
}

static int compare_mx(const void *left, const void *right)
{
    const struct mx_row *a = left, *b = right;

    if (a->record->mx.preference != b->record->mx.preference)
        return a->record->mx.preference < b->record->mx.preference ? -1 : 1;
    return name_compare(a->record->mx.exchange, b->record->mx.exchange);
}

static void number_levels(struct mx_row *rows, size_t count)
{
    for (size_t first = 0, level = 1, end; first < count; first = end, level++) {
        for (end = first + 1; end < count; end++)
            if (rows[end].record->mx.preference != rows[first].record->mx.preference)
                break;
        for (size_t i = first; i < end; i++) {
            rows[i].level = (unsigned)level;
            rows[i].group_index = i - first;
            rows[i].group_count = end - first;
        }
    }
}

static const struct host *meet_target(struct hosts *hosts, const char *target,
                                      const struct reply *parent, int priority)
{
    if (name_is_root(target))
        return NULL;
    return hosts_meet(hosts, target, parent, priority);
}

/* Has it one, or is that not known (yet)? */
static bool may_have_address(const struct host *host)
{
    return host->address_count || host->waiting || outcome_is_temporary(host->outcome);
}

/* What counts as the domain itself when exchanges are told from those of others: the zone the name
 * lives in, as far as it is known (mx1.example.com is no stranger to sales.example.com). */
static const char *home_of(const struct lookup *lookup, const char *name)
{
    struct lookup known = {.answers = lookup->answers};
    bool complete;
    const char *zone = dnssec_zone_of(&known, name, &complete);

    return zone && name_labels(zone) > 1 ? zone : name;
}

static void build_mx(struct arena *arena, struct hosts *hosts, const char *home,
                     struct facts *facts, bool reverse)
{
    const struct reply *reply = facts->mx.reply;
    size_t count = reply ? reply->record_count : 0;
    struct mx_row *rows = arena_alloc(arena, count, sizeof *rows);
    struct address literal;

    for (size_t i = 0; i < count; i++) {
        const char *exchange = reply->records[i]->mx.exchange;
        rows[i].record = reply->records[i];
        rows[i].outside = !name_is_within(exchange, home);
        rows[i].literal = exchange_literal(exchange, facts->subject->name, &literal);
    }
    qsort(rows, count, sizeof *rows, compare_mx);
    number_levels(rows, count);
    for (size_t i = 0; i < count; i++) {
        const char *exchange = rows[i].record->mx.exchange;
        rows[i].host = meet_target(hosts, exchange, reply, ASK_EXCHANGES);
        if (rows[i].host && reverse)
            hosts_reverse(hosts, exchange, ASK_REVERSE);
    }
    facts->mx.rows = rows;
    facts->mx.count = count;
    facts->mx.null_mx = count == 1 && !rows[0].host && rows[0].record->mx.preference == 0;
    if (reply && reply->outcome == OUTCOME_NODATA && may_have_address(&facts->self))
        facts->mx.implicit = &facts->self;
}

static int compare_ns(const void *left, const void *right)
{
    const struct ns_row *a = left, *b = right;

    return name_compare(a->record->target, b->record->target);
}

static void build_ns(struct arena *arena, struct hosts *hosts, struct facts *facts)
{
    const struct reply *reply = facts->ns.reply;
    size_t count = reply ? reply->record_count : 0;
    struct ns_row *rows = arena_alloc(arena, count, sizeof *rows);

    for (size_t i = 0; i < count; i++)
        rows[i].record = reply->records[i];
    qsort(rows, count, sizeof *rows, compare_ns);
    for (size_t i = 0; i < count; i++)
        rows[i].host = meet_target(hosts, rows[i].record->target, reply, ASK_NAME_SERVERS);
    facts->ns.rows = rows;
    facts->ns.count = count;
}

static void ask_details(struct facts *facts, const struct lookup *lookup)
{
    const char *name = facts->subject->name;

    facts->soa = ask(lookup, name, TYPE_SOA, ASK_DETAILS);
    facts->txt = ask(lookup, name, TYPE_TXT, ASK_DETAILS);
    facts->cname = ask(lookup, name, TYPE_CNAME, ASK_DETAILS);
    facts->caa = ask(lookup, name, TYPE_CAA, ASK_DETAILS);
    if (subject_takes_mail(facts->subject))
        facts->https = ask(lookup, name, TYPE_HTTPS, ASK_DETAILS);
}

/* Is it asked of every name? */
static bool is_shown_anyway(const struct facts *facts, const char *name, uint16_t type)
{
    static const uint16_t types[] = {TYPE_MX,  TYPE_A,   TYPE_AAAA,  TYPE_NS,   TYPE_SOA,
                                     TYPE_TXT, TYPE_CAA, TYPE_HTTPS, TYPE_CNAME};

    if (strcmp(name, facts->subject->name) != 0)
        return false;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (types[i] == type)
            return true;
    return facts->ptr && type == TYPE_PTR;
}

static bool is_listed(const struct facts *facts, const char *name, uint16_t type)
{
    for (size_t i = 0; i < facts->requested_count; i++)
        if (facts->requested[i].type == type && strcmp(facts->requested[i].name, name) == 0)
            return true;
    return false;
}

static void ask_requested(struct arena *arena, const struct lookup *lookup,
                          const struct survey_options *options, struct facts *facts)
{
    struct requested *list = arena_alloc(arena, options->request_count, sizeof *list);

    facts->requested = list;
    for (size_t i = 0; i < options->request_count; i++) {
        const struct record_request *request = &options->requests[i];
        const char *name = request->name ? request->name : facts->subject->name;
        const struct reply *reply;
        if (is_shown_anyway(facts, name, request->type) || is_listed(facts, name, request->type))
            continue;
        reply = ask(lookup, name, request->type, ASK_PANES);
        list[facts->requested_count++] = (struct requested){name, request->type, reply};
    }
}

static void judge_outcome(struct facts *facts)
{
    const struct reply *panes[] = {facts->mx.reply, facts->self.a, facts->self.aaaa,
                                   facts->ns.reply};
    bool address = facts->subject->kind == SUBJECT_ADDRESS;
    bool key = facts->subject->kind == SUBJECT_KEY;
    const struct reply *const *asked = address ? &facts->ptr : key ? &facts->txt : panes;
    size_t count = address || key ? 1 : sizeof panes / sizeof *panes;

    if (!host_outcome_of(asked, count, &facts->outcome))
        facts->outcome = OUTCOME_TIMEOUT;
    for (size_t i = 0; i < count; i++)
        facts->waiting = facts->waiting || !asked[i];
}

/* An address is shown with the hosts it names, so that forward and reverse can be compared. */
static void build_ptr(struct hosts *hosts, struct facts *facts, const struct lookup *lookup)
{
    facts->ptr = ask(lookup, facts->subject->name, TYPE_PTR, ASK_PANES);
    for (size_t i = 0; facts->ptr && i < facts->ptr->record_count; i++)
        meet_target(hosts, facts->ptr->records[i]->target, facts->ptr, ASK_EXCHANGES);
}

/* The names whose SRV records were asked, for the findings. */
static const char *const *srv_owners(struct arena *arena, const struct srv_list *srv)
{
    const char **owners = arena_alloc(arena, srv->count, sizeof *owners);

    for (size_t i = 0; i < srv->count; i++)
        owners[i] = srv->owners[i].owner;
    return owners;
}

static const struct setup_priorities later = {
    .reverse = ASK_REVERSE,
    .servers = ASK_SERVERS,
    .probes = ASK_PROBES,
    .old_names = ASK_OLD_NAMES,
};

/* Everything that decides about the domain's mail beside the panes. */
static void build_setup(struct arena *arena, const struct lookup *lookup,
                        const struct survey_request *request, struct facts *facts)
{
    const struct survey_options *options = &request->options;
    struct setup_view *view = arena_alloc(arena, 1, sizeof *view);
    struct lookup *own = arena_alloc(arena, 1, sizeof *own);
    struct findings *findings;

    *own = *lookup;
    own->priority = ASK_POLICY;
    *view = (struct setup_view){
        .lookup = own,
        .later = later,
        .domain = request->subject.name,
        .now = options->now,
        .probe = request->probe,
        .ask_servers = options->ask_servers,
        .names = options->names,
        .name_count = options->name_count,
        .selectors = options->selectors,
        .selector_count = options->selector_count,
        .sender = options->spf,
        .operators = options->operators,
        .srv_owners = srv_owners(arena, &facts->srv),
        .srv_count = facts->srv.count,
        .directory = facts->directory,
        .sts_policy = options->sts_policy,
        .trace = facts->trace,
        .zone_files = options->zone_files,
        .flaws = options->flaws,
        .ignored = options->ignored,
        .ignored_count = options->ignored_count,
    };
    facts->ignored = options->ignored;
    facts->ignored_count = options->ignored_count;
    facts->setup = facts->zone = setup_build(view, arena);
    findings = findings_build(facts->setup, arena);
    cures_build(facts->setup, findings, arena);
    facts->findings = findings;
    facts->verdict = facts->setup->verdict;
}

/* Of a reverse zone only the zone itself is judged. */
static void build_zone(struct arena *arena, const struct lookup *lookup,
                       const struct survey_request *request, struct facts *facts)
{
    const struct survey_options *options = &request->options;
    struct setup_view *view = arena_alloc(arena, 1, sizeof *view);
    struct lookup *own = arena_alloc(arena, 1, sizeof *own);

    *own = *lookup;
    own->priority = ASK_POLICY;
    *view = (struct setup_view){
        .lookup = own,
        .later = later,
        .domain = request->subject.name,
        .now = options->now,
        .ask_servers = options->ask_servers,
        .trace = facts->trace,
        .flaws = options->flaws,
        .ignored = options->ignored,
        .ignored_count = options->ignored_count,
    };
    facts->zone = setup_build_zone(view, arena);
    facts->findings = findings_build_zone(facts->zone, arena);
}

/* A name of the form selector._domainkey.domain is asked for its key and nothing else. */
static void build_key(struct arena *arena, const struct lookup *lookup,
                      const struct survey_request *request, struct facts *facts)
{
    struct setup_view *view = arena_alloc(arena, 1, sizeof *view);
    struct lookup *own = arena_alloc(arena, 1, sizeof *own);

    *own = *lookup;
    own->priority = ASK_PANES;
    *view = (struct setup_view){
        .lookup = own,
        .domain = request->subject.name,
        .ignored = request->options.ignored,
        .ignored_count = request->options.ignored_count,
    };
    facts->key = dkim_build_key(own, arena, request->subject.domain, request->subject.selector);
    facts->findings = findings_build_key(view, facts->key, arena);
}

/* An address has no mail setup, but whoever asked for a verdict gets it. */
static void build_verdict(struct arena *arena, const struct lookup *lookup,
                          const struct survey_request *request, struct facts *facts)
{
    struct lookup *own = arena_alloc(arena, 1, sizeof *own);

    *own = *lookup;
    own->priority = ASK_POLICY;
    if (request->options.spf && spf_names_sender(request->options.spf))
        facts->verdict = spf_check_of(own, arena, request->options.spf, request->subject.name);
}

static void build_route(struct arena *arena, const struct lookup *lookup,
                        const struct survey_request *request, struct facts *facts)
{
    struct lookup own = *lookup;

    own.priority = ASK_EXCHANGES;
    facts->route = route_build(&own, request->subject.name, &request->sender, arena);
}

static void build_directory(struct arena *arena, const struct lookup *lookup,
                            const struct survey_request *request, struct facts *facts)
{
    struct lookup guesses = *lookup, own = *lookup;
    const struct directory_view view = {
        .guesses = &guesses,
        .lookup = &own,
        .domain = facts->subject->name,
        .places = request->options.places,
        .place_count = request->options.place_count,
        .probe = request->probe,
    };
    bool complete;

    guesses.priority = ASK_SERVICES;
    own.priority = ASK_DIRECTORY;
    if (facts->subject->kind == SUBJECT_ADDRESS || facts->subject->kind == SUBJECT_KEY)
        return;
    facts->directory = directory_build(&view, arena, &complete);
}

/* The same records from several resolvers, those asked for by their type among them. */
static void build_resolvers(struct arena *arena, const struct lookup *lookup,
                            const struct survey_options *options, struct facts *facts)
{
    struct resolver_wish *wishes = arena_alloc(arena, facts->requested_count, sizeof *wishes);
    struct lookup own = *lookup;

    if (!options->resolver_count)
        return;
    own.priority = ASK_POLICY;
    for (size_t i = 0; i < facts->requested_count; i++)
        wishes[i] = (struct resolver_wish){facts->requested[i].name, facts->requested[i].type};
    facts->resolvers = resolvers_build(
        &own, arena, facts->subject->name, facts->zone ? facts->zone->authority : NULL,
        options->resolvers, options->resolver_count, wishes, facts->requested_count);
}

/* What is asked of the servers on the way. */
static uint16_t traced_type(const struct subject *subject)
{
    return subject->kind == SUBJECT_ADDRESS   ? TYPE_PTR
           : subject->kind == SUBJECT_KEY     ? TYPE_TXT
           : subject->kind == SUBJECT_REVERSE ? TYPE_SOA
                                              : TYPE_MX;
}

/* Zone files say themselves where the way begins, and whoever is asked of what they hold is asked
 * nowhere. */
static void build_trace(struct arena *arena, const struct lookup *lookup,
                        const struct survey_options *options, struct facts *facts)
{
    struct trace_view *view = arena_alloc(arena, 1, sizeof *view);
    struct lookup own = *lookup;
    bool files = options->ask_servers == REACH_NONE || options->ask_servers == REACH_ALL;

    if (!options->trace)
        return;
    own.priority = ASK_SERVERS;
    view->name = options->trace_name ? options->trace_name : facts->subject->name;
    view->type = options->trace_name ? TYPE_MX : traced_type(facts->subject);
    view->hints_given = options->hints.count > 0;
    if (view->hints_given || !options->networked)
        view->hints = options->hints;
    else
        view->hints = root_hints(arena);
    view->reach = !options->networked ? REACH_ALL : files ? REACH_HOSTS : options->ask_servers;
    facts->trace = trace_build(&own, arena, view);
}

static void build_panes(struct arena *arena, struct hosts *hosts, const struct lookup *lookup,
                        const struct survey_request *request, struct facts *facts)
{
    const struct subject *subject = facts->subject;

    facts->mx.reply = ask(lookup, subject->name, TYPE_MX, ASK_PANES);
    facts->self = *hosts_meet(hosts, subject->name, facts->mx.reply, ASK_PANES);
    facts->ns.reply = ask(lookup, subject->name, TYPE_NS, ASK_PANES);
    if (subject->kind == SUBJECT_ADDRESS || subject->kind == SUBJECT_REVERSE)
        build_ptr(hosts, facts, lookup);
    build_mx(arena, hosts, home_of(lookup, subject->name), facts, !request->options.panes_only);
    build_ns(arena, hosts, facts);
    ask_details(facts, lookup);
    if (!request->options.panes_only)
        build_directory(arena, lookup, request, facts);
    ask_requested(arena, lookup, &request->options, facts);
    facts_build_srv(arena, hosts, lookup, request, facts);
    facts->hosts = hosts_list(hosts, &facts->host_count);
}

/* What the client played looks up is asked, at each of its tasks, since the screen shows any owner;
 * who plays it looks at the answers. */
static void want_client(struct arena *arena, const struct lookup *lookup,
                        const struct survey_request *request, const struct facts *facts)
{
    struct lookup own = *lookup;
    const struct client *client;
    char site[CLIENT_SITE];
    struct client_place place = {
        .domain = facts->subject->name,
        .owner = request->options.owner_count ? request->options.owners[0] : NULL,
    };

    if (!request->options.client || !client_parse(request->options.client, &client, site))
        return;
    own.priority = ASK_SERVICES;
    place.site = *site ? site : NULL;
    client_walk(client, &own, &place, NULL, arena);
    for (place.owner = NULL; client; client = client->elsewhere)
        client_walk(client, &own, &place, NULL, arena);
}

struct facts *facts_build(struct arena *arena, struct lookup lookup, struct survey_request *request)
{
    struct facts *facts = arena_alloc(arena, 1, sizeof *facts);
    struct hosts *hosts = hosts_new(arena, &lookup);

    facts->subject = &request->subject;
    build_panes(arena, hosts, &lookup, request, facts);
    judge_outcome(facts);
    build_trace(arena, &lookup, &request->options, facts);
    if (!request->options.panes_only && request->subject.kind == SUBJECT_KEY)
        build_key(arena, &lookup, request, facts);
    else if (!request->options.panes_only && request->subject.kind == SUBJECT_REVERSE)
        build_zone(arena, &lookup, request, facts);
    else if (!request->options.panes_only && request->subject.kind != SUBJECT_ADDRESS)
        build_setup(arena, &lookup, request, facts);
    else if (!request->options.panes_only)
        build_verdict(arena, &lookup, request, facts);
    build_resolvers(arena, &lookup, &request->options, facts);
    sender_security_fill(&request->sender.security, facts->setup, request->options.as_if_signed);
    build_route(arena, &lookup, request, facts);
    want_client(arena, &lookup, request, facts);
    hosts_clear(hosts);
    return facts;
}

const struct srv_owner *facts_srv_owner(const struct facts *facts, const char *owner)
{
    for (size_t i = 0; i < facts->srv.count; i++)
        if (strcmp(facts->srv.owners[i].owner, owner) == 0)
            return &facts->srv.owners[i];
    return NULL;
}

const struct host *facts_host(const struct facts *facts, const char *name)
{
    for (size_t i = 0; i < facts->host_count; i++)
        if (strcmp(facts->hosts[i]->name, name) == 0)
            return facts->hosts[i];
    return NULL;
}

static bool are_together(const struct srv_owner *a, const struct srv_owner *b)
{
    if (a->group != b->group || a->typed != b->typed || !a->place != !b->place)
        return false;
    return !a->place || strcmp(a->place, b->place) == 0;
}

bool facts_srv_begins(const struct facts *facts, size_t owner)
{
    const struct srv_owner *owners = facts->srv.owners;
    size_t with = 0;

    while (with < facts->srv.count && owners[with].count)
        with++;
    if (!facts->directory || owner >= with || owners[owner].typed)
        return false;
    if (owner == 0)
        return !are_together(&owners[0], &owners[with - 1]);
    return !are_together(&owners[owner - 1], &owners[owner]);
}

const char *srv_owner_alias(const struct srv_owner *owner)
{
    return owner->reply && owner->reply->alias_count ? owner->reply->canonical : NULL;
}
