/* Findings about the name servers asked one by one: lame ones, and where they disagree. */
#include "base/message.h"
#include "dns/type.h"
#include "policy/findings/finding_list.h"

#include <string.h>

/* The NS record that names the server. */
static void name_record(struct finding_list *list, struct finding *finding, const char *name)
{
    const struct reply *ns = list->setup->authority->ns;

    for (size_t i = 0; finding_reply_answered(ns) && i < ns->record_count; i++)
        if (strcmp(ns->records[i]->target, name) == 0) {
            finding_record(list, finding, ns->records[i]);
            return;
        }
}

static void add_lame(struct finding_list *list, const struct authority_server *server)
{
    char address[ADDRESS_TEXT];
    struct finding *finding;

    if (server->state == AUTHORITY_SILENT || server->state == AUTHORITY_FAILED ||
        (server->state == AUTHORITY_NOWHERE && authority_could_be_asked(server))) {
        finding_add(list, SEVERITY_UNKNOWN, server->name, TYPE_SOA, server->soa,
                    "The server at %s could not be checked (%s).",
                    address_text(&server->address, address), server->why);
        return;
    }
    finding = finding_add(list, SEVERITY_ERROR, server->name, TYPE_NS, server->soa,
                          server->only_parent
                              ? "The server at %s is listed by the parent zone only, but %s. "
                                "Lookups are slower, and fail when the others are down."
                              : "The server at %s is listed, but %s. Lookups are slower, and fail "
                                "when the others are down.",
                          address_text(&server->address, address), server->why);
    name_record(list, finding, server->name);
    finding_fix(list, finding,
                "Serve %s there, or remove the server from the NS records here and at the parent.",
                finding_name(list, finding_zone(list)));
    finding_at_cut(list, finding, finding_step(list, finding_zone(list)));
}

/* Servers of the zone at which the way from the root breaks; of those further down nobody knows. */
static void add_broken(struct finding_list *list, const struct trace_step *step)
{
    for (size_t i = 0; i < step->count; i++) {
        const struct trace_server *server = &step->servers[i];
        const char *name = server->name ? server->name : step->zone;
        char address[ADDRESS_TEXT];
        struct finding *finding;

        if (server->state != TRACE_LAME && server->state != TRACE_REFUSED)
            continue;
        finding = finding_add(
            list, SEVERITY_ERROR, name, TYPE_NS, server->reply,
            "The server at %s is listed by the parent zone, but %s. The zone %s does not resolve.",
            address_text(&server->address, address),
            server->why ? server->why : tr("refuses to answer"), finding_name(list, step->zone));
        finding->about = arena_dup(list->arena, address);
        finding_fix(list, finding,
                    "Serve %s there, or remove the server from the NS records here and "
                    "at the parent.",
                    finding_name(list, step->zone));
        finding_at_cut(list, finding, step);
    }
}

/* Lessons are made of documentation addresses; that nobody is there is no fault of theirs. */
static bool is_in_a_lesson(const struct authority_server *server)
{
    return server->state == AUTHORITY_NOWHERE &&
           address_kind(&server->address) == ADDRESS_DOCUMENTATION;
}

static const struct trace_step *broken_step(struct finding_list *list)
{
    const struct trace *trace = finding_trace(list);
    const struct trace_step *broken = trace ? trace_break(trace) : NULL;

    return broken && broken->parent ? broken : NULL;
}

static void test_ns_lame(struct finding_list *list)
{
    const struct authority *authority = list->setup->authority;
    const struct trace_step *broken;

    for (size_t i = 0; i < authority->count; i++) {
        const struct authority_server *server = &authority->servers[i];

        if (server->state > AUTHORITY_OK && server->state != AUTHORITY_INTERCEPTED &&
            !is_in_a_lesson(server))
            add_lame(list, server);
    }
    broken = authority->count == 0 && authority->complete ? broken_step(list) : NULL;
    if (broken)
        add_broken(list, broken);
}

/* A forwarder or a middlebox that takes all DNS for itself: nothing is known of the servers. */
static void test_ns_intercepted(struct finding_list *list)
{
    const struct authority *authority = list->setup->authority;

    for (size_t i = 0; i < authority->count; i++)
        if (authority->servers[i].state == AUTHORITY_INTERCEPTED) {
            finding_add(list, SEVERITY_UNKNOWN, finding_zone(list), TYPE_NS,
                        authority->servers[i].soa,
                        "Every name server of the zone answers without authority (no AA) and "
                        "offers recursion (RA). Something between you and the servers answers "
                        "instead of them, so they could not be checked.");
            return;
        }
}

static void test_ns_glue_differs(struct finding_list *list)
{
    const struct authority_parent *parent = &list->setup->authority->parent;

    for (size_t i = 0; i < parent->glue_count; i++) {
        const struct authority_glue *glue = &parent->glue[i];
        char text[ADDRESS_TEXT];
        struct finding *finding;

        if (!glue->differs)
            continue;
        address_text(&glue->address, text);
        finding = finding_add(
            list, SEVERITY_WARNING, glue->name, glue->address.family == 6 ? TYPE_AAAA : TYPE_A,
            parent->ns,
            "The parent zone gives the address %s for %s, but the zone itself gives another one. "
            "Resolvers that use the glue may query a server that is no longer there.",
            text, finding_name(list, glue->name));
        finding->about = arena_dup(list->arena, text);
        finding_fix(list, finding, "Change the address of %s at the registry.",
                    finding_name(list, glue->name));
    }
}

static void test_soa_serial_differs(struct finding_list *list)
{
    const struct authority *authority = list->setup->authority;
    const struct authority_server *first = NULL;

    for (size_t i = 0; i < authority->count; i++) {
        const struct authority_server *server = &authority->servers[i];
        struct finding *finding;
        char address[ADDRESS_TEXT];

        if (!server->has_serial)
            continue;
        first = first ? first : server;
        if (server->serial == first->serial)
            continue;
        finding = finding_add(
            list, SEVERITY_WARNING, server->name, TYPE_SOA, server->soa,
            "%s has serial %u, %s has %u. Some senders see an old zone until they agree.",
            address_text(&server->address, address), server->serial,
            finding_name(list, first->name), first->serial);
        finding_fix(list, finding,
                    "For some minutes after a change this is normal. If it stays, check that the "
                    "server transfers the zone and that the serial is raised with each change.");
    }
}

static const char *join(struct finding_list *list, const char *const *names, size_t count)
{
    struct text text = {0};
    const char *joined;

    for (size_t i = 0; i < count; i++)
        text_format(&text, "%s%s", i > 0 ? message_comma() : "", finding_name(list, names[i]));
    joined = arena_dup(list->arena, text_get(&text));
    text_clear(&text);
    return joined;
}

/* "only the parent: ns3.example.com; only the zone: ns4.example.com" */
static const char *named_by_one(struct finding_list *list, const struct authority_parent *parent)
{
    const char *above = join(list, parent->only_parent, parent->only_parent_count);
    const char *below = join(list, parent->only_child, parent->only_child_count);

    if (!parent->only_child_count)
        return arena_format(list->arena, tr("only the parent: %s"), above);
    if (!parent->only_parent_count)
        return arena_format(list->arena, tr("only the zone: %s"), below);
    return arena_format(list->arena, tr("only the parent: %s; only the zone: %s"), above, below);
}

static void test_ns_parent_differs(struct finding_list *list)
{
    const struct authority_parent *parent = &list->setup->authority->parent;
    struct finding *finding;

    if (!parent->known || (!parent->only_parent_count && !parent->only_child_count))
        return;
    finding = finding_add(list, SEVERITY_WARNING, finding_zone(list), TYPE_NS, parent->ns,
                          "The parent zone %s and the zone itself name different servers (%s). "
                          "Which ones are queried depends on what a resolver has seen.",
                          finding_name(list, parent->zone), named_by_one(list, parent));
    finding_fix(list, finding,
                "Use the same names in the NS records of the zone and at the registry.");
}

/* ---- sets that differ ---- */

/* A record that the server has and the first one has not; NULL when it lacks one instead. */
static const struct record *odd_record(const struct reply *first, const struct reply *reply)
{
    for (size_t i = 0; i < reply->record_count; i++) {
        size_t k = 0;

        while (k < first->record_count &&
               strcmp(first->records[k]->rdata, reply->records[i]->rdata) != 0)
            k++;
        if (k == first->record_count)
            return reply->records[i];
    }
    return NULL;
}

static void add_difference(struct finding_list *list, enum severity severity, const char *owner,
                           const struct authority_server *server, const struct reply *theirs,
                           const struct reply *firsts, const char *consequence)
{
    const struct authority_server *first = list->setup->authority->reference;
    const struct record *record = odd_record(firsts, theirs);
    char address[ADDRESS_TEXT], type[TYPE_TEXT];
    struct finding *finding =
        finding_add(list, severity, owner, theirs->question.type, theirs,
                    "%s (%s) has other %s records than %s: %s.", finding_name(list, server->name),
                    address_text(&server->address, address), type_text(theirs->question.type, type),
                    finding_name(list, first->name), tr(consequence));

    if (record)
        finding_record(list, finding, record);
    finding_fix(list, finding, "Let all name servers serve one version of the zone.");
}

typedef const struct reply *(*set_of)(const struct authority_server *server);

static const struct reply *mx_of(const struct authority_server *server)
{
    return server->mx;
}

static const struct reply *ns_of(const struct authority_server *server)
{
    return server->ns;
}

static const struct reply *txt_of(const struct authority_server *server)
{
    return server->txt;
}

static const struct reply *a_of(const struct authority_server *server)
{
    return server->a;
}

static const struct reply *aaaa_of(const struct authority_server *server)
{
    return server->aaaa;
}

/* What each server has otherwise than the first. */
static void compare(struct finding_list *list, enum severity severity, const char *owner, set_of of,
                    const char *consequence)
{
    const struct authority *authority = list->setup->authority;
    const struct authority_server *first = authority->reference;

    for (size_t i = 0; first && i < authority->count; i++) {
        const struct authority_server *server = &authority->servers[i];

        if (server->state == AUTHORITY_OK &&
            authority_replies_differ(list->arena, of(first), of(server)))
            add_difference(list, severity, owner, server, of(server), of(first), consequence);
    }
}

static void test_mx_differs(struct finding_list *list)
{
    compare(list, SEVERITY_ERROR, list->setup->view->domain, mx_of,
            N_("where mail goes depends on which one is queried"));
}

static void test_ns_differs(struct finding_list *list)
{
    compare(list, SEVERITY_WARNING, finding_zone(list), ns_of,
            N_("which servers a resolver queries next depends on which one it reached"));
}

static void test_txt_differs(struct finding_list *list)
{
    compare(list, SEVERITY_WARNING, list->setup->view->domain, txt_of,
            N_("SPF is published there, and receivers use the one they get"));
}

static void test_address_differs(struct finding_list *list)
{
    const char *consequence = N_("where clients connect depends on which one is queried");

    compare(list, SEVERITY_WARNING, list->setup->view->domain, a_of, consequence);
    compare(list, SEVERITY_WARNING, list->setup->view->domain, aaaa_of, consequence);
}

static void test_srv_differs(struct finding_list *list)
{
    const struct authority *authority = list->setup->authority;
    const struct authority_server *first = authority->reference;

    for (size_t i = 0; first && i < authority->count; i++) {
        const struct authority_server *server = &authority->servers[i];

        for (size_t k = 0; server->state == AUTHORITY_OK && k < authority->srv_count; k++)
            if (authority_replies_differ(list->arena, first->srv[k], server->srv[k]))
                add_difference(list, SEVERITY_WARNING, authority->srv_owners[k], server,
                               server->srv[k], first->srv[k],
                               N_("which server clients use depends on which one is queried"));
    }
}

const struct finding_kind findings_authority[] = {
    {"ns-lame", SEVERITY_ERROR, "a lame name server", "RFC 1912 2.8", "split-servers", "ns",
     test_ns_lame},
    {"ns-intercepted", SEVERITY_UNKNOWN, "another server answers for the name servers",
     "RFC 1035 4.1.1", "", "ns", test_ns_intercepted},
    {"ns-glue-differs", SEVERITY_WARNING, "glue differs from the zone", "RFC 2181 5.4.1", "", "ns",
     test_ns_glue_differs},
    {"ns-parent-differs", SEVERITY_WARNING, "parent and zone list different servers",
     "RFC 1034 4.2.2", "", "ns", test_ns_parent_differs},
    {"soa-serial-differs", SEVERITY_WARNING, "name servers serve different versions",
     "RFC 1034 4.3.5", "split-servers", "ns", test_soa_serial_differs},
    {"mx-differs-between-servers", SEVERITY_ERROR, "name servers disagree about the MX",
     "RFC 1034 4.3.5", "split-servers", "mx", test_mx_differs},
    {"ns-differs-between-servers", SEVERITY_WARNING, "name servers disagree about NS",
     "RFC 1034 4.2.2", "", "ns", test_ns_differs},
    {"txt-differs-between-servers", SEVERITY_WARNING, "name servers disagree about TXT and SPF",
     "RFC 1034 4.3.5", "", "SPF", test_txt_differs},
    {"address-differs-between-servers", SEVERITY_WARNING, "name servers disagree about addresses",
     "RFC 1034 4.3.5", "", "address", test_address_differs},
    {"srv-differs-between-servers", SEVERITY_WARNING, "name servers disagree about SRV",
     "RFC 1034 4.3.5", "", "srv", test_srv_differs},
    {0},
};
