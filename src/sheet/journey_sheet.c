#include "sheet/journey_sheet.h"

#include "base/message.h"
#include "base/utf8.h"
#include "dns/name.h"
#include "policy/setup/setup.h"
#include "sheet/finding_look.h"
#include "sheet/words.h"

#include <stdio.h>
#include <string.h>

enum { LABEL = 14 };

struct journey {
    struct sheet *sheet;
    const struct facts *facts;
    unsigned stations;
};

static void station(struct journey *journey, const char *title, const char *reference)
{
    sheet_gap(journey->sheet);
    sheet_line(journey->sheet);
    sheet_format(journey->sheet, ROLE_MX_RANK, "%2u ", ++journey->stations);
    sheet_add(journey->sheet, ROLE_OVERLAY_TITLE, tr(title));
    sheet_right(journey->sheet, ROLE_REFERENCE, reference);
}

/* "   MX          ✓ mx1.example.com" */
static void fact(struct journey *journey, const char *label, const char *glyph, enum role role,
                 const char *text)
{
    sheet_line(journey->sheet);
    sheet_tab(journey->sheet, 3);
    sheet_add(journey->sheet, ROLE_DIM, tr(label));
    sheet_tab(journey->sheet, LABEL);
    sheet_format(journey->sheet, role, "%s ", glyph);
    sheet_wrap(journey->sheet, LABEL + 2, ROLE_TEXT, text);
}

/* A fact that findings are about. */
static void judged(struct journey *journey, const char *label, enum finding_topic topic,
                   const char *glyph, enum role role, const char *text)
{
    struct finding_look look = finding_look(findings_worst(journey->facts->findings, topic),
                                            (struct finding_look){glyph, role});

    fact(journey, label, look.glyph, look.role, text);
}

static const struct srv_owner *find_service(const struct facts *facts, const char *prefix)
{
    size_t length = strlen(prefix);

    for (size_t i = 0; i < facts->srv.count; i++) {
        const char *owner = facts->srv.owners[i].owner;
        if (strncmp(owner, prefix, length) == 0 && owner[length] == '.' &&
            strcmp(owner + length + 1, facts->subject->name) == 0)
            return &facts->srv.owners[i];
    }
    return NULL;
}

static void service(struct journey *journey, const char *label, const char *prefix)
{
    const struct srv_owner *owner = find_service(journey->facts, prefix);
    const struct outcome_words words =
        owner ? words_reply(owner->reply) : words_outcome(OUTCOME_NOT_ASKED);
    struct sheet *sheet = journey->sheet;

    if (!owner || !owner->count) {
        bool absent = owner && owner->reply && !outcome_is_temporary(owner->reply->outcome);
        fact(journey, label, absent ? "-" : words.glyph, absent ? ROLE_NODATA : words.role,
             arena_format(sheet->arena, "%s: %s", prefix,
                          absent ? tr("not announced") : words.word));
        return;
    }
    for (size_t i = 0; i < owner->count && i < 4; i++) {
        const struct srv_row *row = &owner->rows[i];
        fact(journey, i ? "" : label, row->not_offered ? "-" : "✓",
             row->not_offered ? ROLE_NODATA : ROLE_OK,
             row->not_offered ? tr("not offered here (target \".\")")
                              : arena_format(sheet->arena, tr("%s port %u"),
                                             name_shown(sheet->arena, row->record->srv.target),
                                             row->record->srv.port));
    }
}

static void exchange(struct journey *journey, const char *label, const struct mx_row *row,
                     const char *text)
{
    const char *id;
    enum severity worst = findings_worst_about(
        journey->facts->findings, TOPIC_MX, row->host ? row->host->name : NULL, row->record, &id);
    struct finding_look look =
        finding_look(worst, (struct finding_look){"✓", row->level == 1 ? ROLE_MX_BEST : ROLE_OK});

    fact(journey, label, look.glyph, look.role, text);
}

static void exchanges(struct journey *journey)
{
    const struct mx_list *mx = &journey->facts->mx;
    const struct outcome_words words = words_reply(mx->reply);
    struct sheet *sheet = journey->sheet;

    station(journey, tr("Next server looked up"), "MX, RFC 5321 5.1");
    if (mx->null_mx)
        fact(journey, "MX", "✗", ROLE_MX_NULL,
             tr("null MX: no mail is accepted, so the journey ends here"));
    else if (mx->implicit)
        judged(journey, "MX", TOPIC_MX, "-", ROLE_NODATA,
               tr("no MX record: the domain itself is the MX host"));
    else if (!mx->count)
        judged(journey, "MX", TOPIC_MX, words.glyph, words.role, words.word);
    for (size_t i = 0; !mx->null_mx && i < mx->count; i++)
        exchange(journey, i ? "" : "MX", &mx->rows[i],
                 arena_format(sheet->arena, "%u %s", mx->rows[i].record->mx.preference,
                              name_shown(sheet->arena, mx->rows[i].record->mx.exchange)));
}

static void host(struct journey *journey, const struct host *host)
{
    struct text text = {0};
    const struct outcome_words words = words_outcome(host->outcome);

    for (size_t i = 0; i < host->address_count && i < 6; i++) {
        char address[ADDRESS_TEXT];
        text_format(&text, "%s%s", i ? message_comma() : "",
                    address_text(&host->addresses[i].record->address, address));
    }
    if (host->address_count)
        fact(journey, N_("address"), "✓", ROLE_OK,
             arena_format(journey->sheet->arena, "%s  %s",
                          name_shown(journey->sheet->arena, host->name), text_get(&text)));
    else
        fact(journey, N_("address"), host->waiting ? "↻" : words.glyph,
             host->waiting ? ROLE_WAITING : words.role,
             arena_format(journey->sheet->arena, "%s  %s",
                          name_shown(journey->sheet->arena, host->name),
                          host->waiting ? tr("waiting") : words.word));
    text_clear(&text);
}

static void policy(struct journey *journey, const char *label, enum finding_topic topic,
                   enum policy_state state, const char *why)
{
    bool found = state == POLICY_FOUND, unknown = state == POLICY_UNKNOWN;

    judged(journey, label, topic,
           found     ? "✓"
           : unknown ? "?"
                     : "-",
           found                      ? ROLE_OK
           : unknown                  ? ROLE_UNKNOWN
           : state == POLICY_PENDING  ? ROLE_WAITING
           : state == POLICY_MULTIPLE ? ROLE_ERROR
                                      : ROLE_NODATA,
           why ? why : policy_state_word(state));
}

/* A lookup that failed is no fault of the domain. */
static void reverse_names(struct journey *journey, const struct ptrs *ptrs)
{
    size_t confirmed = 0, unknown = 0;
    bool all, open;

    for (size_t i = 0; i < ptrs->count; i++) {
        confirmed += ptrs->addresses[i].state == PTR_CONFIRMED;
        unknown += ptrs->addresses[i].state <= PTR_UNKNOWN;
    }
    all = confirmed == ptrs->count && !ptrs->lacking;
    open = !all && confirmed + unknown == ptrs->count;
    if (ptrs->count == 0 && !open) {
        judged(journey, "PTR", TOPIC_PTR, "-", ROLE_NODATA, tr("none queried"));
        return;
    }
    judged(journey, "PTR", TOPIC_PTR,
           all    ? "✓"
           : open ? "?"
                  : "!",
           all    ? ROLE_OK
           : open ? ROLE_UNKNOWN
                  : ROLE_WARN,
           unknown
               ? arena_format(journey->sheet->arena,
                              tr("%zu of %zu addresses forward-confirmed, %zu unknown"), confirmed,
                              ptrs->count, unknown)
               : arena_format(journey->sheet->arena, tr("%zu of %zu addresses forward-confirmed"),
                              confirmed, ptrs->count));
}

/* "usable at 2 of 2 MX hosts"; else the state that is the worst. */
static void dane(struct journey *journey, const struct dane *dane)
{
    bool fine = dane->state == DANE_USABLE && !dane->partial;

    judged(journey, "DANE", TOPIC_DANE,
           fine                                                         ? "✓"
           : dane->state == DANE_ABSENT || dane->state == DANE_INSECURE ? "-"
           : dane->state == DANE_UNKNOWN || dane->state == DANE_PENDING ? "?"
                                                                        : "!",
           fine                                                         ? ROLE_OK
           : dane->state == DANE_ABSENT || dane->state == DANE_INSECURE ? ROLE_NODATA
           : dane->state == DANE_UNKNOWN || dane->state == DANE_PENDING ? ROLE_UNKNOWN
           : dane->state <= DANE_MX_INSECURE && !dane->partial          ? ROLE_NOTICE
                                                                        : ROLE_WARN,
           dane->usable ? arena_format(journey->sheet->arena, tr("usable at %zu of %zu MX hosts"),
                                       dane->usable, dane->count)
                        : dane_state_text(dane->state));
}

/* A policy whose host has no address is none that senders find. */
static void transport_policy(struct journey *journey, const struct mta_sts *sts)
{
    if (sts->state == POLICY_FOUND && sts->policy_host_missing)
        judged(journey, "MTA-STS", TOPIC_MTA_STS, "!", ROLE_WARN,
               tr("announced, but the policy host has no address"));
    else
        policy(journey, "MTA-STS", TOPIC_MTA_STS, sts->state, sts->why);
}

/* Names of MX hosts, those that a policy lists or those that it does not, in the arena. */
static const char *hosts_by_policy(struct journey *journey, const struct sts_policy *policy,
                                   bool listed)
{
    const struct mx_list *mx = &journey->facts->mx;
    struct text names = {0};
    const char *copy;

    for (size_t i = 0; i < mx->count; i++) {
        const struct host *host = mx->rows[i].host;
        if (!host || sts_policy_lists(policy, host->name) != listed)
            continue;
        text_add(&names, names.length ? message_comma() : "");
        words_name_within(host->name, journey->facts->subject->name, &names);
    }
    copy = arena_dup(journey->sheet->arena, text_get(&names));
    text_clear(&names);
    return copy;
}

/* Which hosts remain for whom. */
static void hosts_left(struct journey *journey)
{
    const struct setup *setup = journey->facts->setup;
    const struct sts_policy *policy = setup->mta_sts->policy;
    struct arena *arena = journey->sheet->arena;
    const char *kept, *left_out;

    if (setup->dane->partial)
        fact(journey, "", "!", ROLE_WARN,
             tr("senders with DANE: hosts with TLSA records over TLS only, the others even in "
                "clear"));
    if (!policy || policy->fault || policy->mode != STS_POLICY_ENFORCE ||
        setup->mta_sts->state != POLICY_FOUND)
        return;
    kept = hosts_by_policy(journey, policy, true);
    left_out = hosts_by_policy(journey, policy, false);
    fact(journey, "", *left_out ? "!" : "►", *left_out ? ROLE_WARN : ROLE_NOTICE,
         !*left_out ? tr("senders with MTA-STS: every host, over TLS with a valid certificate")
         : !*kept
             ? tr("senders with MTA-STS: none of the hosts")
             : arena_format(arena, tr("senders with MTA-STS: %s only, never %s"), kept, left_out));
}

static void transfer(struct journey *journey)
{
    const struct setup *setup = journey->facts->setup;
    const struct mx_list *mx = &journey->facts->mx;

    station(journey, N_("Transferred"), tr("SMTP, port 25"));
    for (size_t i = 0; i < mx->count && i < 6; i++)
        if (mx->rows[i].host)
            host(journey, mx->rows[i].host);
    if (mx->implicit)
        host(journey, mx->implicit);
    if (!setup)
        return;
    reverse_names(journey, setup->ptrs);
    dane(journey, setup->dane);
    transport_policy(journey, setup->mta_sts);
    hosts_left(journey);
}

/* "✗ too many lookups: v=spf1 ..." */
static void spf_fact(struct journey *journey, const struct spf_tree *tree)
{
    enum spf_state state = spf_tree_state(tree);
    const char *word =
        finding_state(findings_worst(journey->facts->findings, TOPIC_SPF), spf_tree_word(tree));
    const char *text = tree->root->text;
    bool none = state == SPF_STATE_NONE, good = strcmp(word, spf_state_word(SPF_STATE_OK)) == 0;
    bool unknown = state == SPF_STATE_UNKNOWN || state == SPF_STATE_PENDING;

    if (text && !good)
        text = arena_format(journey->sheet->arena, "%s: %s", word, text);
    judged(journey, "SPF", TOPIC_SPF,
           good      ? "✓"
           : none    ? "-"
           : unknown ? "?"
                     : "!",
           good      ? ROLE_OK
           : none    ? ROLE_NODATA
           : unknown ? ROLE_UNKNOWN
                     : ROLE_WARN,
           text ? text : word);
}

static void dkim_fact(struct journey *journey, const struct dkim *dkim)
{
    bool faulty = dkim_faulty(dkim) != NULL;

    judged(journey, "DKIM", TOPIC_DKIM,
           faulty                   ? "!"
           : dkim->found            ? "✓"
           : dkim_has_unknown(dkim) ? "?"
                                    : "-",
           faulty                   ? ROLE_WARN
           : dkim->found            ? ROLE_OK
           : dkim_has_unknown(dkim) ? ROLE_UNKNOWN
                                    : ROLE_NODATA,
           !dkim->found && dkim_has_unknown(dkim)
               ? words_state(dkim_summary(dkim), dkim_failed(dkim))
               : arena_format(journey->sheet->arena, "%s%s%s", faulty ? dkim_summary(dkim) : "",
                              faulty ? ": " : "",
                              arena_format(journey->sheet->arena,
                                           tr("selectors with a key: %zu of %zu"), dkim->found,
                                           dkim->tried)));
}

static void checks(struct journey *journey)
{
    const struct setup *setup = journey->facts->setup;

    station(journey, tr("Sender authenticated"), tr("when this domain sends mail to others"));
    if (!setup) {
        fact(journey, "", "-", ROLE_NODATA, tr("checked for domains only"));
        return;
    }
    spf_fact(journey, setup->spf);
    dkim_fact(journey, setup->dkim);
    policy(journey, "DMARC", TOPIC_DMARC, setup->dmarc->state, setup->dmarc->why);
}

static void filters(struct journey *journey)
{
    const struct setup *setup = journey->facts->setup;
    bool any = false;

    station(journey, N_("Filtered"),
            tr("visible in the DNS only through who operates the MX hosts"));
    for (size_t i = 0; setup && i < setup->match_count; i++) {
        const struct operator_match *match = &setup->matches[i];
        if (match->role != OPERATOR_EXCHANGE)
            continue;
        any = true;
        fact(journey, tr("run by"), match->filter_in_front ? "▸" : "✓", ROLE_NOTICE,
             arena_format(journey->sheet->arena, "%s  %s %s", match->operator->name, match->name,
                          match->filter_in_front ? tr("(filter)") : ""));
    }
    if (!any)
        fact(journey, "", "-", ROLE_NODATA, tr("the names of the MX hosts show no known operator"));
}

void journey_draw(struct sheet *sheet, const struct facts *facts)
{
    struct journey journey = {sheet, facts, 0};

    station(&journey, N_("Composed"), tr("to an address at this domain"));
    fact(&journey, N_("domain"), "✓", ROLE_OK, name_shown(sheet->arena, facts->subject->name));
    station(&journey, tr("Submitted (authenticated)"), "RFC 6409, RFC 8314");
    service(&journey, "TLS", "_submissions._tcp");
    service(&journey, "STARTTLS", "_submission._tcp");
    exchanges(&journey);
    if (facts->mx.null_mx)
        return;
    transfer(&journey);
    checks(&journey);
    filters(&journey);
    station(&journey, N_("Stored"), tr("by the final server"));
    fact(&journey, "", "-", ROLE_NODATA, tr("the DNS does not say where"));
    station(&journey, N_("Retrieved"), "RFC 6186, RFC 8620");
    service(&journey, "IMAP", "_imaps._tcp");
    service(&journey, "", "_imap._tcp");
    service(&journey, "POP", "_pop3s._tcp");
    service(&journey, "", "_pop3._tcp");
    service(&journey, "JMAP", "_jmap._tcp");
}

/* ---- when a change is noticed ---- */

struct notice {
    const char *what;
    uint32_t ttl;
    bool least; /* a cache said so */
};

enum { NOTICES_MOST = 64 };

struct notices {
    struct notice list[NOTICES_MOST];
    size_t count;
};

static void note(struct notices *notices, const char *what, struct authority_ttl ttl)
{
    if (notices->count < NOTICES_MOST)
        notices->list[notices->count++] = (struct notice){what, ttl.seconds, ttl.least};
}

static const struct authority *authority_of(const struct facts *facts)
{
    return facts->setup ? facts->setup->authority : NULL;
}

static void note_reply(struct notices *notices, struct sheet *sheet, const struct facts *facts,
                       const char *what, const struct reply *reply)
{
    if (reply && reply->record_count)
        note(notices, what, authority_ttl(authority_of(facts), reply));
    else if (reply && !outcome_is_temporary(reply->outcome))
        note(notices, arena_format(sheet->arena, tr("no %s (negative)"), what),
             authority_ttl(authority_of(facts), reply));
}

static void note_address(struct notices *notices, struct sheet *sheet, const struct facts *facts,
                         const struct host *host)
{
    const struct record *record = host->addresses[0].record;
    const struct reply *reply = host->addresses[0].reply;
    struct authority_ttl ttl = {record->ttl, !reply->aa};

    if (reply->question.type == record->type) /* else it is of another response */
        ttl = authority_ttl(authority_of(facts), reply);
    note(notices,
         arena_format(sheet->arena, tr("address of %s"), name_shown(sheet->arena, host->name)),
         ttl);
}

/* What is not there is not there for min(SOA TTL, SOA minimum) (RFC 2308 5). */
static void note_negative(struct notices *notices, const struct facts *facts)
{
    struct authority_ttl ttl = authority_ttl(authority_of(facts), facts->soa);
    uint32_t minimum = facts->soa->records[0]->soa.minimum;

    if (minimum < ttl.seconds)
        ttl = (struct authority_ttl){minimum, false};
    note(notices, tr("names that do not exist yet (SOA)"), ttl);
}

static void collect(struct notices *notices, struct sheet *sheet, const struct facts *facts)
{
    const struct setup *setup = facts->setup;

    note_reply(notices, sheet, facts, "MX", facts->mx.reply);
    note_reply(notices, sheet, facts, "NS", facts->ns.reply);
    for (size_t i = 0; i < facts->mx.count && i < 12; i++)
        if (facts->mx.rows[i].host && facts->mx.rows[i].host->address_count)
            note_address(notices, sheet, facts, facts->mx.rows[i].host);
    if (facts->soa && facts->soa->record_count)
        note_negative(notices, facts);
    if (!setup)
        return;
    note_reply(notices, sheet, facts, "SPF", setup->spf->root->reply);
    if (setup->dmarc->step_count)
        note_reply(notices, sheet, facts, "DMARC", setup->dmarc->steps[0].reply);
    note_reply(notices, sheet, facts, "MTA-STS", setup->mta_sts->reply);
    note_reply(notices, sheet, facts, "TLS-RPT", setup->tls_rpt->reply);
}

static void sort_notices(struct notices *notices)
{
    for (size_t i = 1; i < notices->count; i++)
        for (size_t k = i; k > 0 && notices->list[k - 1].ttl > notices->list[k].ttl; k--) {
            struct notice moved = notices->list[k];
            notices->list[k] = notices->list[k - 1];
            notices->list[k - 1] = moved;
        }
}

static const char *notice_text(const struct notice *notice, struct arena *arena)
{
    char text[WORD_SIZE];

    return arena_format(arena, notice->least ? tr("at least %s") : "%s",
                        words_duration(notice->ttl, text));
}

static int widest_notice(const struct notices *notices, struct arena *arena)
{
    int widest = 8;

    for (size_t i = 0; i < notices->count; i++) {
        int columns = utf8_columns(notice_text(&notices->list[i], arena));
        widest = columns > widest ? columns : widest;
    }
    return widest;
}

static bool any_least(const struct notices *notices)
{
    for (size_t i = 0; i < notices->count; i++)
        if (notices->list[i].least)
            return true;
    return false;
}

void ttl_axis_draw(struct sheet *sheet, const struct facts *facts)
{
    struct notices notices = {.count = 0};
    uint32_t longest = 1;
    int label = sheet->width / 2 < 40 ? sheet->width / 2 : 40, bar;

    collect(&notices, sheet, facts);
    sort_notices(&notices);
    if (notices.count)
        longest = notices.list[notices.count - 1].ttl;
    bar = sheet->width - label - widest_notice(&notices, sheet->arena) - 2;
    for (size_t i = 0; i < notices.count; i++) {
        const struct notice *notice = &notices.list[i];
        sheet_line(sheet);
        sheet_cell(sheet, 0, label - 1, ROLE_NAME, notice->what);
        sheet_tab(sheet, label);
        sheet_bar(sheet, bar > 1 ? bar : 1, ROLE_BAR, longest ? (double)notice->ttl / longest : 0,
                  -1);
        sheet_right(sheet, ROLE_TTL, notice_text(notice, sheet->arena));
    }
    if (notices.count) {
        char text[WORD_SIZE];
        sheet_gap(sheet);
        sheet_line(sheet);
        sheet_wrap(
            sheet, 0, ROLE_TEXT,
            arena_format(sheet->arena,
                         tr("A change made now has reached every cache %s after all name servers "
                            "have it. Lower the TTL that long before you change something."),
                         words_duration(longest, text)));
        if (any_least(&notices)) {
            sheet_line(sheet);
            sheet_wrap(sheet, 0, ROLE_TEXT,
                       tr("Where only a cache was queried, it may take longer."));
        }
    } else {
        sheet_pair(sheet, "", 0, ROLE_WAITING, tr("Waiting for answers."));
    }
}
