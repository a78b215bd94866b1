/* The lines about how mail travels and who answers: MTA-STS, TLS-RPT, BIMI, DANE, DNSSEC, reverse
 * names, name servers, wildcard, conventional names, operators. */
#include "base/memory.h"
#include "base/message.h"
#include "dns/type.h"
#include "sheet/authority_sheet.h"
#include "sheet/policy/policy_line.h"
#include "sheet/words.h"

#include <string.h>

static void add_sts(struct policy_lines *list)
{
    const struct mta_sts *sts = list->setup->mta_sts;
    struct policy_line line = policy_line_look("MTA-STS", sts->state, sts->reply,
                                               words_policy(list->arena, sts->reply, sts->text));

    if (sts->state == POLICY_FOUND && sts->policy_host_missing)
        line.glyph = "!", line.role = ROLE_WARN, line.state = tr("no policy host");
    line.waiting |= sts->policy_host_waiting;
    policy_line_add(list, 0, "MTA-STS", false, line, sts->why);
    policy_line_source(list, sts->reply, sts->policy_host);
}

static struct policy_line dane_look(enum dane_state state, bool partial)
{
    static const struct {
        const char *glyph;
        enum role role;
    } looks[] = {
        [DANE_PENDING] = {"↻", ROLE_WAITING},    [DANE_ABSENT] = {"-", ROLE_NODATA},
        [DANE_INSECURE] = {"-", ROLE_NODATA},    [DANE_USABLE] = {"✓", ROLE_OK},
        [DANE_ONCE_SIGNED] = {"!", ROLE_NOTICE}, [DANE_MX_INSECURE] = {"!", ROLE_NOTICE},
        [DANE_UNKNOWN] = {"?", ROLE_UNKNOWN},    [DANE_UNSIGNED] = {"!", ROLE_WARN},
        [DANE_UNUSABLE] = {"✗", ROLE_ERROR},
    };
    bool mixed = partial && state < DANE_UNKNOWN;

    return (struct policy_line){.label = "",
                                .right = "",
                                .text = "",
                                .waiting = state == DANE_PENDING,
                                .glyph = mixed ? "!" : looks[state].glyph,
                                .role = mixed ? ROLE_WARN : looks[state].role,
                                .state = mixed ? tr("not everywhere") : dane_state_text(state)};
}

static void add_dane(struct policy_lines *list)
{
    const struct dane *dane = list->setup->dane;
    struct policy_line line = dane_look(dane->state, dane->partial);

    line.label = "DANE";
    line.text = arena_format(
        list->arena,
        tr_plural("usable at %zu of %zu MX host", "usable at %zu of %zu MX hosts", dane->count),
        dane->usable, dane->count);
    policy_line_add(list, 0, "DANE", dane->count > 0, line,
                    tr("TLSA records say which key an MX host must show. They count only where its "
                       "addresses are signed (RFC 7672)."));
    for (size_t i = 0; i < dane->count; i++) {
        const struct dane_exchange *exchange = &dane->exchanges[i];
        struct policy_line under = dane_look(exchange->state, false);
        under.text = policy_line_name(list, exchange->exchange);
        policy_line_add(list, 1, exchange->base, false, under, exchange->why);
        policy_line_source(list, exchange->reply, exchange->exchange);
    }
}

void policy_lines_transport(struct policy_lines *list)
{
    const struct setup *setup = list->setup;

    add_sts(list);
    policy_line_add(
        list, 0, "TLS-RPT", false,
        policy_line_look("TLS-RPT", setup->tls_rpt->state, setup->tls_rpt->reply,
                         words_policy(list->arena, setup->tls_rpt->reply, setup->tls_rpt->text)),
        setup->tls_rpt->why);
    policy_line_source(list, setup->tls_rpt->reply, NULL);
    policy_line_add(
        list, 0, "BIMI", false,
        policy_line_look("BIMI", setup->bimi->state, setup->bimi->reply,
                         words_policy(list->arena, setup->bimi->reply, setup->bimi->text)),
        setup->bimi->why);
    policy_line_source(list, setup->bimi->reply, NULL);
    add_dane(list);
}

/* "MX  ends in 2 days  2026-11-24T06:00:00Z  by example.com, key 12345" */
static void add_signature(struct policy_lines *list, size_t index)
{
    const struct dnssec_signature *signature = &list->setup->dnssec->signatures[index];
    bool over = signature->remaining < 0, near = signature->remaining <= DNSSEC_NEAR;
    struct policy_line line = {.label = "",
                               .glyph = over   ? "✗"
                                        : near ? "!"
                                               : "✓",
                               .role = over   ? ROLE_ERROR
                                       : near ? ROLE_WARN
                                              : ROLE_OK,
                               .right = ""};
    char type[TYPE_TEXT], left[WORD_SIZE];
    int64_t seconds = over ? -signature->remaining : signature->remaining;
    struct text moment = {0};

    words_moment(signature->expires, &moment);
    line.state = arena_dup(list->arena, type_text(signature->covered, type));
    line.text = arena_format(
        list->arena, tr("%s %s  %s  by %s, key %u"), over ? tr("expired since") : tr("expires in"),
        words_duration((uint32_t)(seconds > INT32_MAX ? INT32_MAX : seconds), left),
        text_get(&moment), policy_line_name(list, signature->signer), signature->key_tag);
    text_clear(&moment);
    policy_line_add(
        list, 1, arena_format(list->arena, "RRSIG %zu", index), false, line,
        tr("A signature is valid until it expires. The zone must be signed again before that."));
}

static void add_dnssec(struct policy_lines *list)
{
    const struct dnssec *dnssec = list->setup->dnssec;
    enum dnssec_state state = dnssec->state;
    struct policy_line line = {.label = "DNSSEC",
                               .right = "",
                               .text = dnssec->zone ? policy_line_name(list, dnssec->zone) : ""};

    line.state = words_state(dnssec_state_word(state), dnssec->missing);
    line.waiting = state == DNSSEC_PENDING;
    line.glyph = state == DNSSEC_SECURE                             ? "✓"
                 : state == DNSSEC_UNSIGNED                         ? "-"
                 : state == DNSSEC_UNKNOWN                          ? "?"
                 : state == DNSSEC_BOGUS || state == DNSSEC_NO_KEYS ? "✗"
                                                                    : "!";
    line.role = *line.glyph == '-'       ? ROLE_NODATA
                : *line.glyph == '?'     ? ROLE_UNKNOWN
                : *line.glyph == '!'     ? ROLE_NOTICE
                : state == DNSSEC_SECURE ? ROLE_OK
                                         : ROLE_ERROR;
    policy_line_add(list, 0, "DNSSEC", dnssec->signature_count > 0, line, dnssec->why);
    policy_line_source(list, dnssec->dnskey, NULL);
    for (size_t i = 0; i < dnssec->signature_count; i++)
        add_signature(list, i);
}

static void add_ptrs(struct policy_lines *list)
{
    const struct ptrs *ptrs = list->setup->ptrs;
    struct policy_line line = {.label = "PTR", .right = "", .state = ""};
    size_t good = 0, bad = 0;

    for (size_t i = 0; i < ptrs->count; i++) {
        enum ptr_state state = ptrs->addresses[i].state;
        good += state == PTR_CONFIRMED;
        bad += state == PTR_MISSING || state == PTR_UNCONFIRMED;
    }
    line.waiting = !ptrs->complete;
    if (bad)
        line.glyph = "!", line.role = ROLE_WARN, line.state = tr("not all");
    else if (good < ptrs->count || ptrs->lacking)
        line.glyph = "?", line.role = ROLE_UNKNOWN,
        line.state = good ? tr("not all known") : tr("not known");
    else if (good)
        line.glyph = "✓", line.role = ROLE_OK, line.state = tr("confirmed");
    else
        line.glyph = "-", line.role = ROLE_NODATA, line.state = tr("none queried");
    line.text =
        arena_format(list->arena, tr("%zu of %zu addresses forward-confirmed"), good, ptrs->count);
    policy_line_add(list, 0, "PTR", ptrs->count > 0, line,
                    tr("PTR names of the MX hosts' addresses, and whether they are "
                       "forward-confirmed (RFC 1912 2.1)."));
    for (size_t i = 0; i < ptrs->count; i++) {
        const struct ptr_address *address = &ptrs->addresses[i];
        bool confirmed = address->state == PTR_CONFIRMED;
        char text[ADDRESS_TEXT];
        struct policy_line under = {.label = "",
                                    .glyph = confirmed                       ? "✓"
                                             : address->state == PTR_UNKNOWN ? "?"
                                                                             : "!",
                                    .role = confirmed                       ? ROLE_OK
                                            : address->state == PTR_UNKNOWN ? ROLE_UNKNOWN
                                                                            : ROLE_WARN,
                                    .state =
                                        words_state(ptr_state_word(address->state), address->reply),
                                    .right = ""};
        under.waiting = address->state == PTR_PENDING;
        under.text =
            arena_format(list->arena, "%s  %s", address_text(&address->address, text),
                         address->name_count ? policy_line_name(list, address->names[0]) : "");
        policy_line_add(list, 1, address->name, false, under, NULL);
        policy_line_source(list, address->reply, address->name_count ? address->names[0] : NULL);
    }
}

/* Appends ", other MX, other TXT": the sets in which it differs. */
static void add_differences(struct text *text, const struct authority_server *server)
{
    const struct {
        bool said;
        const char *word;
    } words[] = {
        {server->only_parent, N_("at the parent only")},
        {server->mx_differs, N_("other MX")},
        {server->ns_differs, N_("other NS")},
        {server->txt_differs, N_("other TXT")},
        {server->address_differs, N_("other addresses")},
        {server->srv_differs, N_("other SRV")},
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].said)
            text_format(text, "%s%s", message_comma(), tr(words[i].word));
}

static void add_server(struct policy_lines *list, const struct authority_server *server)
{
    bool differs = authority_server_differs(server);
    struct authority_look look = authority_look(server, differs);
    char text[ADDRESS_TEXT];
    struct text named = {0};
    struct policy_line line = {.label = "",
                               .glyph = look.glyph,
                               .role = look.role,
                               .state = differs ? tr("differs") : authority_word(server),
                               .right = ""};

    line.waiting = server->state == AUTHORITY_PENDING;
    text_format(&named, "%s  %s", policy_line_name(list, server->name),
                address_text(&server->address, text));
    add_differences(&named, server);
    line.text = arena_dup(list->arena, text_get(&named));
    text_clear(&named);
    if (server->has_serial)
        line.right = arena_format(list->arena, tr("serial %u"), server->serial);
    policy_line_add(list, 1, arena_format(list->arena, "server %s %s", server->name, text), false,
                    line, server->why);
    policy_line_source(list, server->soa, server->name);
}

/* The names as a list, in the arena; NULL for none. */
static const char *listed(struct policy_lines *list, const char *const *names, size_t count)
{
    const char *all = count ? policy_line_name(list, names[0]) : NULL;

    for (size_t i = 1; i < count; i++)
        all = arena_format(list->arena, "%s%s%s", all, message_comma(),
                           policy_line_name(list, names[i]));
    return all;
}

/* What the parent zone delegates to, beside what the zone itself says. */
static void add_parent(struct policy_lines *list, const struct authority_parent *parent)
{
    struct policy_line line = {.label = "", .right = "", .glyph = "✓", .role = ROLE_OK};
    struct text text = {0};
    char address[ADDRESS_TEXT];

    if (!parent->known)
        return;
    if (parent->only_parent_count)
        text_format(&text, tr("only the parent lists %s"),
                    listed(list, parent->only_parent, parent->only_parent_count));
    if (parent->only_child_count) {
        text_add(&text, text.length ? "; " : "");
        text_format(&text, tr("only the zone lists %s"),
                    listed(list, parent->only_child, parent->only_child_count));
    }
    for (size_t i = 0; i < parent->glue_count; i++)
        if (parent->glue[i].differs) {
            text_add(&text, text.length ? "; " : "");
            text_format(&text, tr("only the parent gives %s to %s"),
                        address_text(&parent->glue[i].address, address),
                        policy_line_name(list, parent->glue[i].name));
        }
    line.state = tr("parent agrees");
    if (text.length)
        line.glyph = "!", line.role = ROLE_WARN, line.state = tr("parent differs");
    line.text = arena_dup(list->arena, text_get(&text));
    text_clear(&text);
    policy_line_add(
        list, 1, "parent", false, line,
        tr("Resolvers begin with the servers that the parent zone lists (RFC 1034 4.2.2)."));
    policy_line_source(list, parent->ns, parent->zone);
}

static bool parent_differs(const struct authority_parent *parent)
{
    return parent->known &&
           parent->only_parent_count + parent->only_child_count + parent->glue_differs > 0;
}

static void add_authority(struct policy_lines *list)
{
    const struct authority *authority = list->setup->authority;
    struct policy_line line = {
        .label = N_("Servers"), .right = "", .glyph = "-", .role = ROLE_NODATA};
    bool differs = parent_differs(&authority->parent);
    size_t good = 0;

    if (!authority->asked)
        return;
    for (size_t i = 0; i < authority->count; i++) {
        good += authority->servers[i].state == AUTHORITY_OK;
        differs = differs || authority_server_differs(&authority->servers[i]);
    }
    line.waiting = !authority->complete;
    if (authority->count) {
        bool fine = good == authority->count && !authority->serials_differ && !differs;
        line.glyph = fine ? "✓" : "!";
        line.role = fine ? ROLE_OK : ROLE_WARN;
    }
    line.state = authority->serials_differ ? tr("serials differ") : differs ? tr("differ") : "";
    if (!authority->count)
        line.state = tr("none queried");
    line.text =
        arena_format(list->arena, tr("%zu of %zu answer with authority"), good, authority->count);
    policy_line_add(
        list, 0, "Servers", authority->count > 0, line,
        tr("Every address of every name server, queried directly and without recursion."));
    for (size_t i = 0; i < authority->count; i++)
        add_server(list, &authority->servers[i]);
    add_parent(list, &authority->parent);
}

static void add_wildcard(struct policy_lines *list)
{
    const struct wildcard *wildcard = list->setup->wildcard;
    struct policy_line line = {
        .label = N_("Wildcard"),
        .right = "",
        .text = wildcard->has_mx && wildcard->probe ? policy_line_name(list, wildcard->probe) : ""};

    line.waiting = !wildcard->complete;
    line.glyph = wildcard->failed ? "?" : wildcard->has_mx ? "!" : "-";
    line.role = wildcard->failed ? ROLE_UNKNOWN : wildcard->has_mx ? ROLE_NOTICE : ROLE_NODATA;
    line.state = wildcard->failed        ? outcome_word(wildcard_failure(wildcard)->outcome)
                 : wildcard->has_mx      ? tr("catches mail")
                 : wildcard->has_address ? tr("addresses only")
                 : wildcard->alias_of    ? tr("alias only")
                                         : tr("none");
    if (wildcard->alias_of && !wildcard->failed)
        line.text = arena_format(list->arena, tr("alias of %s"),
                                 policy_line_name(list, wildcard->alias_of));
    policy_line_add(list, 0, "Wildcard", wildcard->uncovered_count > 0, line,
                    wildcard->failed ? tr("Whether a random name has an MX record is not known.")
                    : wildcard->has_mx
                        ? tr("A random name has an MX record (wildcard). It catches mistyped "
                             "names, but not names with records of their own (RFC 4592).")
                        : tr("A random name has no MX record."));
    for (size_t i = 0; i < wildcard->uncovered_count; i++) {
        struct policy_line under = {.label = "",
                                    .glyph = "!",
                                    .role = ROLE_NOTICE,
                                    .right = "",
                                    .state = tr("not covered"),
                                    .text = policy_line_name(list, wildcard->uncovered[i])};
        policy_line_add(
            list, 1, arena_format(list->arena, "* %s", wildcard->uncovered[i]), false, under,
            tr("It has other records, so the wildcard MX does not apply to it (RFC 4592)."));
    }
}

/* "www.example.com = web1.example.com  192.0.2.80  web server" */
static const char *customary_text(struct policy_lines *list, const struct customary_host *host)
{
    struct text text = {0};
    char address[ADDRESS_TEXT];
    const char *copy;

    text_add(&text, policy_line_name(list, host->name));
    if (host->alias_of)
        text_format(&text, " = %s", policy_line_name(list, host->alias_of));
    for (size_t i = 0; i < host->address_count; i++)
        text_format(&text, "  %s", address_text(&host->addresses[i], address));
    text_format(&text, "  %s", tr(host->word));
    copy = arena_dup(list->arena, text_get(&text));
    text_clear(&text);
    return copy;
}

struct customary_count {
    size_t asked, exist, by_wildcard, waiting, failed;
    const struct reply *failure; /* the first */
};

static struct customary_count count_customary(const struct setup *setup, bool old)
{
    struct customary_count count = {0};

    for (size_t i = 0; i < setup->customary_count; i++) {
        const struct customary_host *host = &setup->customary[i];

        if (host->old != old)
            continue;
        count.asked++;
        count.exist += host->exists;
        count.by_wildcard += host->by_wildcard;
        count.waiting += host->waiting && !host->failure;
        count.failed += host->failure != NULL;
        count.failure = count.failure ? count.failure : host->failure;
    }
    return count;
}

/* Those that programs of today look for, or the rest of RFC 2219. */
static void add_customary(struct policy_lines *list, bool old)
{
    const struct setup *setup = list->setup;
    struct customary_count count = count_customary(setup, old);
    struct policy_line line = {.label = old ? "RFC 2219" : N_("Names"),
                               .glyph = "-",
                               .role = ROLE_NODATA,
                               .right = "",
                               .state = tr("none")};

    line.waiting = count.waiting > 0;
    if (count.failure) {
        struct outcome_words words = words_reply(count.failure);
        line.glyph = words.glyph, line.role = words.role, line.state = words.word;
    } else if (count.exist) {
        line.glyph = "✓", line.role = ROLE_OK, line.state = tr("found");
    }
    line.text = arena_format(list->arena,
                             old ? tr("%zu of %zu old names have an address")
                                 : tr("%zu of %zu conventional names have an address"),
                             count.exist, count.asked);
    if (count.by_wildcard)
        line.text = arena_format(list->arena, tr("%s; %zu answer by the wildcard"), line.text,
                                 count.by_wildcard);
    if (count.failed)
        line.text = arena_format(list->arena, tr("%s; %zu not known"), line.text, count.failed);
    policy_line_add(list, 0, old ? "Names RFC 2219" : "Names", count.exist > 0, line,
                    old ? tr("Names of historic services: archie, gopher and so on (RFC 2219).")
                        : tr("Names that programs and people use: www, mail, autodiscover and so "
                             "on. A name that only the wildcard answers proves nothing."));
    for (size_t i = 0; i < setup->customary_count; i++) {
        const struct customary_host *host = &setup->customary[i];
        struct policy_line under = {
            .label = "", .glyph = "✓", .role = ROLE_OK, .right = "", .state = ""};
        if (!host->exists || host->old != old)
            continue;
        under.text = customary_text(list, host);
        policy_line_add(list, 1, host->name, false, under, NULL);
        policy_line_source(list, host->replies.a, host->name);
    }
}

/* "sub.example.com  10 mx1.example.com, 20 mx2.example.com" */
static const char *name_text(struct policy_lines *list, const struct mail_name *name)
{
    const char *text = policy_line_name(list, name->name);

    for (size_t i = 0; i < name->exchanges->count; i++)
        text = arena_format(list->arena, "%s%s%u %s", text, i ? message_comma() : "  ",
                            name->exchanges->exchanges[i].preference,
                            policy_line_name(list, name->exchanges->exchanges[i].name));
    return text;
}

static const char *name_sentence(struct policy_lines *list, const struct mail_name *name)
{
    const char *lacking = setup_lacking(list->setup, name->exchanges);

    if (name->missing)
        return tr("Mail to it cannot be delivered: neither MX nor address.");
    if (name->exchanges->implicit)
        return tr("No MX: mail goes to its own addresses.");
    if (lacking)
        return arena_format(list->arena, tr("It does not use %s, which a sibling has."),
                            policy_line_name(list, lacking));
    return tr("Every name used in mail addresses needs its own MX.");
}

static void add_names(struct policy_lines *list)
{
    const struct setup *setup = list->setup;

    for (size_t i = 0; i < setup->name_count; i++) {
        const struct mail_name *name = &setup->names[i];
        const struct reply *mx = name->exchanges->mx;
        const struct outcome_words words = words_reply(mx);
        struct policy_line line = {.label = i ? "" : N_("Also"), .right = ""};
        line.waiting = !name->exchanges->complete;
        if (name->missing)
            line.glyph = "✗", line.role = ROLE_ERROR, line.state = tr("no MX");
        else if (name->exchanges->implicit)
            line.glyph = "!", line.role = ROLE_WARN, line.state = tr("implicit MX");
        else if (setup_lacking(setup, name->exchanges))
            line.glyph = "!", line.role = ROLE_WARN, line.state = tr("fewer MX");
        else if (mx && outcome_is_temporary(mx->outcome))
            line.glyph = words.glyph, line.role = words.role, line.state = words.word;
        else
            line.glyph = "✓", line.role = ROLE_OK, line.state = "MX";
        line.text = name_text(list, name);
        policy_line_add(list, i ? 1 : 0, arena_format(list->arena, "name %s", name->name), false,
                        line, name_sentence(list, name));
        policy_line_source(list, name->exchanges->mx, name->name);
    }
}

static void add_operators(struct policy_lines *list)
{
    static const char *const roles[] = {N_("MX host"), "SPF", N_("name server"), N_("selector")};
    const struct setup *setup = list->setup;

    for (size_t i = 0; i < setup->match_count; i++) {
        const struct operator_match *match = &setup->matches[i];
        struct policy_line line = {.label = i ? "" : tr("Run by"),
                                   .glyph = "✓",
                                   .role = ROLE_NOTICE,
                                   .right = tr(roles[match->role])};
        line.state = match->operator->name;
        line.text = policy_line_name(list, match->name);
        policy_line_add(
            list, i ? 1 : 0, arena_format(list->arena, "%s %s", roles[match->role], match->name),
            false, line,
            match->filter_in_front ? tr("Accepts mail first and relays it: a filtering service, "
                                        "placed first by its lower preference.")
                                   : NULL);
        policy_line_last(list)->target = match->name;
    }
}

void policy_lines_zone(struct policy_lines *list)
{
    add_dnssec(list);
    add_authority(list);
}

void policy_lines_servers(struct policy_lines *list)
{
    add_dnssec(list);
    add_ptrs(list);
    add_authority(list);
    add_wildcard(list);
    add_customary(list, false);
    add_customary(list, true);
    add_names(list);
    add_operators(list);
}
