/* The lines about how mail travels and who answers: MTA-STS, TLS-RPT, BIMI, DANE, DNSSEC, reverse
 * names, name servers, wildcard, customary names, operators. */
#include "base/memory.h"
#include "dns/type.h"
#include "sheet/authority_sheet.h"
#include "sheet/words.h"
#include "view/panes/mail_line.h"

#include <string.h>

static void add_sts(struct mail_list *list)
{
    const struct mta_sts *sts = list->setup->mta_sts;
    struct mail_line line = mail_line_policy("MTA-STS", sts->state, sts->reply,
                                             words_policy(list->arena, sts->reply, sts->text));

    if (sts->state == POLICY_FOUND && sts->policy_host_missing)
        line.glyph = "!", line.role = ROLE_WARN, line.state = "no policy host";
    mail_line_add(list, 0, "MTA-STS", false, line, sts->why);
    mail_line_source(list, sts->reply, sts->policy_host);
}

static struct mail_line dane_look(enum dane_state state, bool partial)
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

    return (struct mail_line){.label = "",
                              .right = "",
                              .text = "",
                              .waiting = state == DANE_PENDING,
                              .glyph = mixed ? "!" : looks[state].glyph,
                              .role = mixed ? ROLE_WARN : looks[state].role,
                              .state = mixed ? "not everywhere" : dane_state_text(state)};
}

static void add_dane(struct mail_list *list)
{
    const struct dane *dane = list->setup->dane;
    struct mail_line line = dane_look(dane->state, dane->partial);

    line.label = "DANE";
    line.text = arena_format(list->arena, "usable at %zu of %zu MX host%s", dane->usable,
                             dane->count, dane->count == 1 ? "" : "s");
    if (!mail_line_add(list, 0, "DANE", dane->count > 0, line,
                       "TLSA records say which key an MX host must show. They count only where "
                       "its addresses are signed (RFC 7672)."))
        return;
    for (size_t i = 0; i < dane->count; i++) {
        const struct dane_exchange *exchange = &dane->exchanges[i];
        struct mail_line under = dane_look(exchange->state, false);
        under.text = mail_line_name(list, exchange->exchange);
        mail_line_add(list, 1, exchange->base, false, under, exchange->why);
        mail_line_source(list, exchange->reply, exchange->exchange);
    }
}

void mail_transport_lines(struct mail_list *list)
{
    const struct setup *setup = list->setup;

    add_sts(list);
    mail_line_add(
        list, 0, "TLS-RPT", false,
        mail_line_policy("TLS-RPT", setup->tls_rpt->state, setup->tls_rpt->reply,
                         words_policy(list->arena, setup->tls_rpt->reply, setup->tls_rpt->text)),
        setup->tls_rpt->why);
    mail_line_source(list, setup->tls_rpt->reply, NULL);
    mail_line_add(
        list, 0, "BIMI", false,
        mail_line_policy("BIMI", setup->bimi->state, setup->bimi->reply,
                         words_policy(list->arena, setup->bimi->reply, setup->bimi->text)),
        setup->bimi->why);
    mail_line_source(list, setup->bimi->reply, NULL);
    add_dane(list);
}

/* "MX  ends in 2 days  2026-11-24T06:00:00Z  by example.com, key 12345" */
static void add_signature(struct mail_list *list, size_t index)
{
    const struct dnssec_signature *signature = &list->setup->dnssec->signatures[index];
    bool over = signature->remaining < 0, near = signature->remaining <= DNSSEC_NEAR;
    struct mail_line line = {.label = "",
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
        list->arena, "%s %s  %s  by %s, key %u", over ? "over since" : "ends in",
        words_duration((uint32_t)(seconds > INT32_MAX ? INT32_MAX : seconds), left),
        text_get(&moment), mail_line_name(list, signature->signer), signature->key_tag);
    text_clear(&moment);
    mail_line_add(list, 1, arena_format(list->arena, "RRSIG %zu", index), false, line,
                  "A signature holds until its end; the zone must be signed again before.");
}

static void add_dnssec(struct mail_list *list)
{
    const struct dnssec *dnssec = list->setup->dnssec;
    enum dnssec_state state = dnssec->state;
    struct mail_line line = {.label = "DNSSEC",
                             .right = "",
                             .text = dnssec->zone ? mail_line_name(list, dnssec->zone) : ""};
    bool open;

    line.state = dnssec_state_text(state);
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
    open = mail_line_add(list, 0, "DNSSEC", dnssec->signature_count > 0, line, dnssec->why);
    mail_line_source(list, dnssec->dnskey, NULL);
    for (size_t i = 0; open && i < dnssec->signature_count; i++)
        add_signature(list, i);
}

static void add_ptrs(struct mail_list *list)
{
    const struct ptrs *ptrs = list->setup->ptrs;
    struct mail_line line = {.label = "PTR", .right = "", .state = ""};
    size_t good = 0, bad = 0;

    for (size_t i = 0; i < ptrs->count; i++) {
        enum ptr_state state = ptrs->addresses[i].state;
        good += state == PTR_CONFIRMED;
        bad += state == PTR_MISSING || state == PTR_UNCONFIRMED;
    }
    line.waiting = !ptrs->complete;
    line.glyph = ptrs->count == 0 ? "-" : bad ? "!" : good == ptrs->count ? "✓" : "?";
    line.role = ptrs->count == 0      ? ROLE_NODATA
                : bad                 ? ROLE_WARN
                : good == ptrs->count ? ROLE_OK
                                      : ROLE_UNKNOWN;
    line.state = ptrs->count == 0      ? "none asked"
                 : bad                 ? "not all"
                 : good == ptrs->count ? "confirmed"
                 : good                ? "not all known"
                                       : "not known";
    line.text = arena_format(list->arena, "%zu of %zu addresses lead back", good, ptrs->count);
    if (!mail_line_add(list, 0, "PTR", ptrs->count > 0, line,
                       "Reverse names of the exchanges' addresses, and whether they lead back "
                       "(RFC 1912 2.1)."))
        return;
    for (size_t i = 0; i < ptrs->count; i++) {
        const struct ptr_address *address = &ptrs->addresses[i];
        bool confirmed = address->state == PTR_CONFIRMED;
        char text[ADDRESS_TEXT];
        struct mail_line under = {.label = "",
                                  .glyph = confirmed                       ? "✓"
                                           : address->state == PTR_UNKNOWN ? "?"
                                                                           : "!",
                                  .role = confirmed ? ROLE_OK : ROLE_WARN,
                                  .state =
                                      words_state(ptr_state_text(address->state), address->reply),
                                  .right = ""};
        under.waiting = address->state == PTR_PENDING;
        under.text =
            arena_format(list->arena, "%s  %s", address_text(&address->address, text),
                         address->name_count ? mail_line_name(list, address->names[0]) : "");
        mail_line_add(list, 1, address->name, false, under, NULL);
        mail_line_source(list, address->reply, address->name_count ? address->names[0] : NULL);
    }
}

static void add_server(struct mail_list *list, const struct authority_server *server)
{
    bool differs = authority_server_differs(server);
    struct authority_look look = authority_look(server, differs);
    char text[ADDRESS_TEXT];
    struct mail_line line = {.label = "",
                             .glyph = look.glyph,
                             .role = look.role,
                             .state = differs ? "differs" : authority_word(server),
                             .right = ""};

    line.waiting = server->state == AUTHORITY_PENDING;
    line.text = arena_format(list->arena, "%s  %s", mail_line_name(list, server->name),
                             address_text(&server->address, text));
    if (server->has_serial)
        line.right = arena_format(list->arena, "serial %u", server->serial);
    mail_line_add(list, 1, arena_format(list->arena, "server %s %s", server->name, text), false,
                  line, server->why);
    mail_line_source(list, server->soa, server->name);
}

static void add_authority(struct mail_list *list)
{
    const struct authority *authority = list->setup->authority;
    struct mail_line line = {.label = "Servers", .right = "", .glyph = "-", .role = ROLE_NODATA};
    size_t good = 0;

    if (!authority->asked)
        return;
    for (size_t i = 0; i < authority->count; i++)
        good += authority->servers[i].state == AUTHORITY_OK;
    line.waiting = !authority->complete;
    if (authority->count) {
        bool fine = good == authority->count && !authority->serials_differ;
        line.glyph = fine ? "✓" : "!";
        line.role = fine ? ROLE_OK : ROLE_WARN;
    }
    line.state = authority->serials_differ ? "serials differ" : "";
    line.text =
        arena_format(list->arena, "%zu of %zu answer with authority", good, authority->count);
    if (!mail_line_add(list, 0, "Servers", authority->count > 0, line,
                       "Every address of every name server, asked directly and without recursion."))
        return;
    for (size_t i = 0; i < authority->count; i++)
        add_server(list, &authority->servers[i]);
}

static void add_wildcard(struct mail_list *list)
{
    const struct wildcard *wildcard = list->setup->wildcard;
    struct mail_line line = {
        .label = "Wildcard",
        .right = "",
        .text = wildcard->has_mx && wildcard->probe ? mail_line_name(list, wildcard->probe) : ""};

    line.waiting = !wildcard->complete;
    line.glyph = wildcard->failed ? "?" : wildcard->has_mx ? "!" : "-";
    line.role = wildcard->failed ? ROLE_UNKNOWN : wildcard->has_mx ? ROLE_NOTICE : ROLE_NODATA;
    line.state = wildcard->failed        ? "unknown"
                 : wildcard->has_mx      ? "catches mail"
                 : wildcard->has_address ? "addresses only"
                                         : "none";
    if (!mail_line_add(list, 0, "Wildcard", wildcard->uncovered_count > 0, line,
                       wildcard->has_mx
                           ? "A name nobody chose has an MX: mistyped names are caught, but names "
                             "with records of their own are not (RFC 4592)."
                           : "A name nobody chose has no MX."))
        return;
    for (size_t i = 0; i < wildcard->uncovered_count; i++) {
        struct mail_line under = {.label = "",
                                  .glyph = "!",
                                  .role = ROLE_NOTICE,
                                  .right = "",
                                  .state = "not covered",
                                  .text = mail_line_name(list, wildcard->uncovered[i])};
        mail_line_add(list, 1, wildcard->uncovered[i], false, under,
                      "Owns other records, so the wildcard MX does not apply to it (RFC 4592).");
    }
}

/* "www.example.com = web1.example.com  192.0.2.80  web server" */
static const char *customary_text(struct mail_list *list, const struct customary_host *host)
{
    struct text text = {0};
    char address[ADDRESS_TEXT];
    const char *copy;

    text_add(&text, mail_line_name(list, host->name));
    if (host->alias_of)
        text_format(&text, " = %s", mail_line_name(list, host->alias_of));
    for (size_t i = 0; i < host->address_count; i++)
        text_format(&text, "  %s", address_text(&host->addresses[i], address));
    text_format(&text, "  %s", host->word);
    copy = arena_dup(list->arena, text_get(&text));
    text_clear(&text);
    return copy;
}

struct customary_count {
    size_t asked, exist, by_wildcard;
};

static struct customary_count count_customary(const struct setup *setup, bool old)
{
    struct customary_count count = {0};

    for (size_t i = 0; i < setup->customary_count; i++) {
        count.asked += setup->customary[i].old == old;
        count.exist += setup->customary[i].old == old && setup->customary[i].exists;
        count.by_wildcard += setup->customary[i].old == old && setup->customary[i].by_wildcard;
    }
    return count;
}

/* Those that programs of today look for, or the rest of RFC 2219. */
static void add_customary(struct mail_list *list, bool old)
{
    const struct setup *setup = list->setup;
    struct customary_count count = count_customary(setup, old);
    struct mail_line line = {
        .label = "Names", .glyph = "-", .role = ROLE_NODATA, .right = "", .state = "none"};

    if (count.exist)
        line.glyph = "✓", line.role = ROLE_OK, line.state = "found";
    line.text = arena_format(list->arena, "%zu of %zu %s have an address", count.exist, count.asked,
                             old ? "old names (RFC 2219)" : "customary names");
    if (count.by_wildcard)
        line.text = arena_format(list->arena, "%s; %zu answer by the wildcard", line.text,
                                 count.by_wildcard);
    if (!mail_line_add(list, 0, old ? "Names RFC 2219" : "Names", count.exist > 0, line,
                       old ? "Names for services of former times: archie, gopher and so on (RFC "
                             "2219)."
                           : "Names that programs and people look for: www, mail, autodiscover and "
                             "so on. What a random name answers, too, proves nothing."))
        return;
    for (size_t i = 0; i < setup->customary_count; i++) {
        const struct customary_host *host = &setup->customary[i];
        struct mail_line under = {
            .label = "", .glyph = "✓", .role = ROLE_OK, .right = "", .state = ""};
        if (!host->exists || host->old != old)
            continue;
        under.text = customary_text(list, host);
        mail_line_add(list, 1, host->name, false, under, NULL);
        mail_line_source(list, host->replies.a, host->name);
    }
}

static void add_names(struct mail_list *list)
{
    const struct setup *setup = list->setup;

    for (size_t i = 0; i < setup->name_count; i++) {
        const struct mail_name *name = &setup->names[i];
        const struct reply *mx = name->exchanges->mx;
        const struct outcome_words words = words_reply(mx);
        struct mail_line line = {.label = i ? "" : "Also", .right = ""};
        line.waiting = !name->exchanges->complete;
        if (name->missing)
            line.glyph = "✗", line.role = ROLE_ERROR, line.state = "no MX";
        else if (name->exchanges->implicit)
            line.glyph = "!", line.role = ROLE_WARN, line.state = "implicit MX";
        else if (setup_lacking(setup, name->exchanges))
            line.glyph = "!", line.role = ROLE_WARN, line.state = "fewer MX";
        else if (mx && outcome_is_temporary(mx->outcome))
            line.glyph = words.glyph, line.role = words.role, line.state = words.word;
        else
            line.glyph = "✓", line.role = ROLE_OK, line.state = "MX";
        line.text = mail_line_name(list, name->name);
        mail_line_add(list, i ? 1 : 0, arena_format(list->arena, "name %s", name->name), false,
                      line, "Every name used in mail addresses needs its own MX.");
        mail_line_source(list, name->exchanges->mx, name->name);
    }
}

static void add_operators(struct mail_list *list)
{
    static const char *const roles[] = {"exchange", "SPF", "name server", "selector"};
    const struct setup *setup = list->setup;

    for (size_t i = 0; i < setup->match_count; i++) {
        const struct operator_match *match = &setup->matches[i];
        struct mail_line line = {.label = i ? "" : "Run by",
                                 .glyph = "✓",
                                 .role = ROLE_NOTICE,
                                 .right = roles[match->role]};
        line.state = match->operator->name;
        line.text = mail_line_name(list, match->name);
        mail_line_add(list, i ? 1 : 0,
                      arena_format(list->arena, "%s %s", roles[match->role], match->name), false,
                      line,
                      match->filter_in_front ? "Takes the mail first and hands it on: a filter in "
                                               "front, by its lower preference."
                                             : NULL);
        mail_line_row(list)->target = match->name;
    }
}

void mail_zone_lines(struct mail_list *list)
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
