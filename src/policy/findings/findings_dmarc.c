/* Findings about DMARC. */
#include "base/message.h"
#include "base/text.h"
#include "dns/formats/octets.h"
#include "dns/name.h"
#include "dns/type.h"
#include "policy/findings/finding_list.h"
#include "policy/records/near_miss.h"

#include <string.h>

static const struct dmarc *dmarc_of(const struct finding_list *list)
{
    return list->setup->dmarc;
}

static const struct dmarc_step *own_step(const struct finding_list *list)
{
    return dmarc_of(list)->step_count > 0 ? &dmarc_of(list)->steps[0] : NULL;
}

/* The step whose record applies. */
static const struct dmarc_step *step_of_record(const struct dmarc *dmarc)
{
    for (size_t i = 0; i < dmarc->step_count; i++)
        if (dmarc->record && dmarc->steps[i].record == dmarc->record)
            return &dmarc->steps[i];
    return NULL;
}

/* Then there is something, and what is wrong with it is told. */
static bool has_unusable(const struct dmarc *dmarc)
{
    for (size_t i = 0; i < dmarc->step_count; i++)
        if (dmarc->steps[i].state == POLICY_SYNTAX || dmarc->steps[i].state == POLICY_MULTIPLE)
            return true;
    return false;
}

/* A DMARC record at the name itself, where receivers do not look; NULL without one. */
static const struct record *record_at_apex(struct finding_list *list)
{
    return setup_text_of_kind(list->setup->spf->root->reply, NEAR_DMARC, list->arena);
}

static void add_misplaced(struct finding_list *list, const struct record *record)
{
    const char *domain = dmarc_of(list)->domain;
    struct finding *finding =
        finding_add(list, SEVERITY_WARNING, domain, TYPE_TXT, own_step(list)->reply,
                    "There is a DMARC record at %s itself, but receivers look it up at _dmarc.%s "
                    "only. No policy applies.",
                    finding_name(list, domain), finding_name(list, domain));

    finding_record(list, finding, record);
    finding_fix(list, finding, "Move the record to _dmarc.%s.", finding_name(list, domain));
}

/* " The record at ... applies to ... only."; NULL where the host has none of its own. */
static const char *told_of_host(struct finding_list *list, const char *host)
{
    const struct reply *reply;
    char name[NAME_TEXT];

    if (strcmp(host, dmarc_of(list)->domain) == 0 ||
        !name_is_within(host, dmarc_of(list)->domain) ||
        name_join("_dmarc", host, name) != STATUS_OK)
        return NULL;
    reply = finding_lookup(list, name, TYPE_TXT);
    if (!setup_text_of_kind(reply, NEAR_DMARC, list->arena))
        return NULL;
    return arena_format(list->arena, tr("The record at %s applies to %s only."),
                        finding_name(list, reply->canonical), finding_name(list, host));
}

/* A record for a host, where the domain has none, may be meant for the domain. */
static const char *told_of_hosts(struct finding_list *list)
{
    const struct setup *setup = list->setup;
    struct exchange_walk walk = finding_exchanges(list);
    const struct exchange *exchange;
    const char *told = NULL;

    for (size_t i = 0;
         setup->view->zone_files && list->complete && !told && i < setup->customary_count; i++)
        if (setup->customary[i].exists)
            told = told_of_host(list, setup->customary[i].name);
    while (setup->view->zone_files && list->complete && !told &&
           (exchange = finding_next_exchange(&walk)))
        told = told_of_host(list, exchange->name);
    return told;
}

static void test_dmarc_none(struct finding_list *list)
{
    const struct dmarc *dmarc = dmarc_of(list);
    struct finding *finding;
    const char *told;

    for (size_t i = 0; i < dmarc->step_count && dmarc->state == POLICY_UNKNOWN; i++)
        if (dmarc->steps[i].state == POLICY_UNKNOWN)
            finding_add_unknown(list, dmarc->steps[i].name, TYPE_TXT, dmarc->steps[i].reply);
    if ((dmarc->state != POLICY_NONE && !dmarc->cut_short) || has_unusable(dmarc))
        return;
    if (own_step(list) && record_at_apex(list)) {
        add_misplaced(list, record_at_apex(list));
        return;
    }
    if (own_step(list) && finding_add_misplaced(list, SEVERITY_WARNING, dmarc->domain,
                                                own_step(list)->name, NEAR_DMARC))
        return;
    finding = finding_add(list, dmarc->cut_short ? SEVERITY_UNKNOWN : SEVERITY_WARNING,
                          dmarc->domain, TYPE_TXT, own_step(list) ? own_step(list)->reply : NULL,
                          dmarc->cut_short
                              ? "There is no DMARC record for the name, and the file does not show "
                                "whether there is one above it. Without one, each receiver decides "
                                "what to do with forged mail, and none reports it."
                              : "There is no DMARC record for the name or above it. Each receiver "
                                "decides what to do with forged mail, and none reports it.");
    told = told_of_hosts(list);
    if (told)
        finding->text = arena_format(list->arena, tr_in("sentences", "%s %s"), finding->text, told);
    finding_fix(list, finding,
                dmarc->cut_short
                    ? "Give the file of the zone above as well (--zone), or look the name up."
                : list->setup->exchanges->null_mx
                    ? "Publish a policy that rejects all mail in the name of the domain."
                    : "Begin with reports only; tighten the policy when they look right.");
}

static void test_dmarc_multiple(struct finding_list *list)
{
    const struct dmarc *dmarc = dmarc_of(list);

    for (size_t i = 0; i < dmarc->step_count; i++) {
        const struct dmarc_step *step = &dmarc->steps[i];
        struct finding *finding;

        if (step->state != POLICY_MULTIPLE)
            continue;
        finding = finding_add(list, SEVERITY_ERROR, step->name, TYPE_TXT, step->reply,
                              "There are several DMARC records. Receivers ignore all of them.");
        finding_record(list, finding, step->found);
        finding_fix(list, finding, "Keep one of them.");
    }
}

/* All in one: whoever corrects the record corrects all of it. */
static void add_notes(struct finding_list *list, const struct dmarc_step *step)
{
    static const enum severity severities[] = {
        [DMARC_ODD] = SEVERITY_NOTICE,
        [DMARC_WEAKENED] = SEVERITY_WARNING,
        [DMARC_BROKEN] = SEVERITY_ERROR,
    };

    const struct dmarc_record *record = step->record;
    enum severity severity = SEVERITY_NOTICE;
    struct text text = {0};
    struct finding *finding;

    for (size_t i = 0; i < record->note_count; i++) {
        enum severity own = severities[record->notes[i].weight];

        severity = own < severity ? own : severity;
        text_format(&text, "%s%s", i > 0 ? "; " : "", record->notes[i].text);
    }
    finding = finding_add(list, severity, step->name, TYPE_TXT, step->reply,
                          "In the DMARC record: %s.", text_get(&text));
    text_clear(&text);
    finding_fix(list, finding,
                record->assumed ? "Write p=none, p=quarantine or p=reject."
                                : "Correct these tags, or remove them.");
}

static void test_dmarc_syntax(struct finding_list *list)
{
    const struct dmarc *dmarc = dmarc_of(list);
    const struct dmarc_step *applied = step_of_record(dmarc);

    for (size_t i = 0; i < dmarc->step_count; i++) {
        const struct dmarc_step *step = &dmarc->steps[i];
        struct finding *finding;

        if (step->state != POLICY_SYNTAX)
            continue;
        finding =
            finding_add(list, SEVERITY_ERROR, step->name, TYPE_TXT, step->reply,
                        "The DMARC record cannot be used: %s. Receivers act as if there were none.",
                        step->record->error);
        finding_record(list, finding, step->found);
        finding_fix(list, finding, "Correct the record.");
    }
    if (applied && applied->state == POLICY_FOUND && applied->record->note_count > 0)
        add_notes(list, applied);
}

/* Below a strict p= it is dmarc-subdomains-none, and for a name without mail mx-null-open. While it
 * is not known whether it has mail, either may come. */
static bool is_said_otherwise(const struct finding_list *list, const struct dmarc_step *step)
{
    const struct exchanges *exchanges = list->setup->exchanges;
    const struct spf_node *spf = list->setup->spf->root;

    return step->record->p > DMARC_NONE || !exchanges->mx ||
           (exchanges->null_mx && (spf->state != SPF_STATE_UNKNOWN || !spf->reply));
}

static void test_dmarc_policy_none(struct finding_list *list)
{
    const struct dmarc *dmarc = dmarc_of(list);
    const struct dmarc_step *step = step_of_record(dmarc);
    struct finding *finding;
    bool reported;

    if (dmarc->state != POLICY_FOUND || dmarc->policy != DMARC_NONE || !step ||
        step->record->assumed || is_said_otherwise(list, step))
        return;
    reported = dmarc_record_value(step->record, "rua") != NULL;
    finding = finding_add(
        list, SEVERITY_NOTICE, step->name, TYPE_TXT, step->reply,
        reported ? "The policy is %s=none. Receivers report forged mail, but deliver it."
                 : "The policy is %s=none without rua=. Receivers deliver forged mail and send no "
                   "reports.",
        dmarc->policy_tag);
    finding_fix(list, finding,
                reported ? "When the reports show that all your mail passes, go on to quarantine "
                           "and reject."
                         : "Request reports (rua=). When they show that all your mail passes, go "
                           "on to quarantine and reject.");
}

/* sp= or np= says none beside a stricter p=: what the record seems to forbid is free below it. */
static void test_dmarc_subdomains_none(struct finding_list *list)
{
    const struct dmarc *dmarc = dmarc_of(list);
    const struct dmarc_step *step = step_of_record(dmarc);
    bool names, missing;

    if (dmarc->state != POLICY_FOUND || !step || step->record->p <= DMARC_NONE)
        return;
    names = step->record->sp == DMARC_NONE;
    missing = step->record->np == DMARC_NONE || (names && step->record->np == DMARC_ABSENT);
    if (!names && !missing)
        return;
    finding_fix(list,
                finding_add(list, SEVERITY_WARNING, step->name, TYPE_TXT, step->reply,
                            "The policy is p=%s, but %s=none leaves %s below the domain without "
                            "it. Forged mail from such names is delivered.",
                            dmarc_policy_text(step->record->p), names ? "sp" : "np",
                            names && missing ? tr("all names")
                            : names          ? tr("names that exist")
                                             : tr("names that do not exist")),
                "Remove %s=, or make it as strict as p=.", names ? "sp" : "np");
}

static void test_dmarc_report_uri(struct finding_list *list)
{
    const struct dmarc *dmarc = dmarc_of(list);
    const struct dmarc_step *step = step_of_record(dmarc);

    for (size_t i = 0; step && i < dmarc->report_count; i++) {
        const struct dmarc_report *report = &dmarc->reports[i];
        bool bare = !strchr(report->uri, ':') && strchr(report->uri, '@');
        bool blank = octets_begin(octets_of(report->uri), "mailto: ");
        bool several = !blank && strchr(report->uri, ' ');
        bool doubled = octets_begin(octets_of(report->uri), "mailto:mailto:") ||
                       octets_begin(octets_of(report->uri), "mailto://");

        if (report->authorisation != DMARC_REPORT_BAD_URI)
            continue;
        finding_fix(
            list,
            finding_add(
                list, SEVERITY_WARNING, step->name, TYPE_TXT, step->reply,
                blank     ? "\"%s\" in %s= has a blank after mailto: so no report is sent there."
                : several ? "\"%s\" in %s= has a blank in it, although a comma separates "
                            "addresses. No report is sent there."
                : doubled ? "\"%s\" in %s= has more than mailto: before the address, so no report "
                            "is sent there."
                : bare    ? "\"%s\" in %s= does not begin with mailto: so no report is sent there."
                       : "\"%s\" in %s= is not a mailto: address. Reports are sent by mail only, "
                         "so none is sent there.",
                report->uri, report->failure ? "ruf" : "rua"),
            blank     ? "Remove the blank."
            : several ? "Separate the addresses by a comma, and write mailto: before each."
            : doubled ? "Write mailto: once, and the address after it."
            : bare    ? "Write mailto: before the address."
                      : "Write mailto: and a mail address.");
    }
}

static void add_unauthorised(struct finding_list *list, const struct dmarc_report *report)
{
    const struct dmarc_step *step = step_of_record(dmarc_of(list));
    struct finding *finding =
        finding_add(list, SEVERITY_WARNING, report->asked, TYPE_TXT, report->reply,
                    "Reports are addressed to %s, but %s does not authorise them, so receivers do "
                    "not send any.",
                    report->uri, finding_name(list, report->domain));

    if (step)
        finding_record(list, finding, step->found);
    finding_fix(list, finding,
                "Have the other domain publish the record, or use an address of your own.");
}

static void test_dmarc_report_unauthorised(struct finding_list *list)
{
    const struct dmarc *dmarc = dmarc_of(list);

    for (size_t i = 0; i < dmarc->report_count; i++) {
        const struct dmarc_report *report = &dmarc->reports[i];

        if (report->authorisation == DMARC_REPORT_UNAUTHORISED)
            add_unauthorised(list, report);
        else if (report->authorisation == DMARC_REPORT_UNKNOWN)
            finding_add_unknown(list, report->asked, TYPE_TXT, report->reply);
    }
}

const struct finding_kind findings_dmarc[] = {
    {"dmarc-none", SEVERITY_WARNING, "no DMARC record", "RFC 9989 4.10", "", "DMARC",
     test_dmarc_none},
    {"dmarc-multiple", SEVERITY_ERROR, "several DMARC records", "RFC 9989 4.10", "", "DMARC",
     test_dmarc_multiple},
    {"dmarc-syntax", SEVERITY_ERROR, "a DMARC record cannot be used", "RFC 9989 4.7", "", "DMARC",
     test_dmarc_syntax},
    {"dmarc-policy-none", SEVERITY_NOTICE, "DMARC policy only monitors", "RFC 9989 4.7", "",
     "DMARC", test_dmarc_policy_none},
    {"dmarc-subdomains-none", SEVERITY_WARNING, "subdomains are not protected", "RFC 9989 4.7", "",
     "DMARC", test_dmarc_subdomains_none},
    {"dmarc-report-uri", SEVERITY_WARNING, "a report address without mailto:", "RFC 9990 3", "",
     "DMARC", test_dmarc_report_uri},
    {"dmarc-report-unauthorised", SEVERITY_WARNING, "report address not authorised", "RFC 9990 3",
     "", "DMARC", test_dmarc_report_unauthorised},
    {0},
};
