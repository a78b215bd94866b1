/* Findings about DMARC. */
#include "dns/type.h"
#include "policy/findings/finding_list.h"

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

/* One record at the organisational domain covers every name below it. */
static const char *suggested_name(const struct finding_list *list)
{
    return arena_format(list->arena, "_dmarc.%s", dmarc_of(list)->organisational_by_suffix);
}

/* Then there is something, and what is wrong with it is told. */
static bool has_unusable(const struct dmarc *dmarc)
{
    for (size_t i = 0; i < dmarc->step_count; i++)
        if (dmarc->steps[i].state == POLICY_SYNTAX || dmarc->steps[i].state == POLICY_MULTIPLE)
            return true;
    return false;
}

/* A domain that takes no mail sends none, and nobody reads its reports. */
static void suggest_record(struct finding_list *list, struct finding *finding)
{
    if (list->setup->exchanges->null_mx) {
        finding_fix(list, finding, "Have all mail in the name of the domain refused.");
        finding_publish(list, finding, "%s 3600 IN TXT \"v=DMARC1; p=reject\"",
                        suggested_name(list));
        return;
    }
    finding_fix(list, finding, "Begin with reports only; tighten the policy when they look right.");
    finding_publish(list, finding, "%s 3600 IN TXT \"v=DMARC1; p=none; rua=mailto:dmarc@%s\"",
                    suggested_name(list),
                    finding_name(list, dmarc_of(list)->organisational_by_suffix));
}

static void test_dmarc_none(struct finding_list *list)
{
    const struct dmarc *dmarc = dmarc_of(list);
    struct finding *finding;

    for (size_t i = 0; i < dmarc->step_count && dmarc->state == POLICY_UNKNOWN; i++)
        if (dmarc->steps[i].state == POLICY_UNKNOWN)
            finding_add_unknown(list, dmarc->steps[i].name, TYPE_TXT, dmarc->steps[i].reply);
    if (dmarc->state != POLICY_NONE || has_unusable(dmarc))
        return;
    finding = finding_add(list, SEVERITY_WARNING, dmarc->domain, TYPE_TXT,
                          own_step(list) ? own_step(list)->reply : NULL,
                          "There is no DMARC record for the name or above it: receivers decide "
                          "alone about forged mail, and nobody reports it.");
    suggest_record(list, finding);
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
                              "There are several DMARC records: receivers ignore all of them.");
        finding_record(list, finding, step->found);
        finding_fix(list, finding, "Keep one of them.");
    }
}

static void add_notes(struct finding_list *list, const struct dmarc_step *step)
{
    static const enum severity severities[] = {
        [DMARC_ODD] = SEVERITY_NOTICE,
        [DMARC_WEAKENED] = SEVERITY_WARNING,
        [DMARC_BROKEN] = SEVERITY_ERROR,
    };

    for (size_t i = 0; i < step->record->note_count; i++)
        finding_add(list, severities[step->record->notes[i].weight], step->name, TYPE_TXT,
                    step->reply, "In the DMARC record: %s.", step->record->notes[i].text);
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
        finding = finding_add(list, SEVERITY_ERROR, step->name, TYPE_TXT, step->reply,
                              "The DMARC record cannot be used: %s. Receivers act as if there were "
                              "none.",
                              step->record->error);
        finding_record(list, finding, step->found);
        finding_fix(list, finding, "Correct the record.");
        finding_publish(list, finding, "%s 3600 IN TXT \"v=DMARC1; p=none\"", step->name);
    }
    if (applied && applied->state == POLICY_FOUND)
        add_notes(list, applied);
}

/* The record as it is, but for the tag that says none. */
static void publish_stricter(struct finding_list *list, struct finding *finding,
                             const struct dmarc_step *step)
{
    const struct tags *tags = &step->record->tags;
    const char *weak = dmarc_of(list)->policy_tag;
    struct text text = {0};
    bool changed = false;

    for (size_t i = 0; i < tags->count; i++) {
        bool is_weak = octets_equal(tags->tags[i].name, weak);

        text_format(&text, "%s%s=%s", i > 0 ? "; " : "",
                    octets_shown(list->arena, tags->tags[i].name),
                    is_weak ? "quarantine" : octets_shown(list->arena, tags->tags[i].value));
        changed |= is_weak;
    }
    if (changed)
        finding_publish_text(list, finding, step->name, step->found->ttl, text_get(&text));
    text_clear(&text);
}

static void test_dmarc_policy_none(struct finding_list *list)
{
    const struct dmarc *dmarc = dmarc_of(list);
    const struct dmarc_step *step = step_of_record(dmarc);
    struct finding *finding;

    if (dmarc->state != POLICY_FOUND || dmarc->policy != DMARC_NONE || !step ||
        step->record->assumed)
        return;
    finding = finding_add(list, SEVERITY_NOTICE, step->name, TYPE_TXT, step->reply,
                          "The policy is %s=none: receivers report forged mail, but deliver it.",
                          dmarc->policy_tag);
    finding_fix(list, finding,
                "When the reports show that all your mail passes, go on to "
                "quarantine and reject.");
    publish_stricter(list, finding, step);
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
    finding_fix(
        list,
        finding_add(list, SEVERITY_WARNING, step->name, TYPE_TXT, step->reply,
                    "The policy is p=%s, but %s=none leaves %s below the domain without it: "
                    "forged mail from such names is delivered.",
                    dmarc_policy_text(step->record->p), names ? "sp" : "np",
                    names && missing ? "all names"
                    : names          ? "names that exist"
                                     : "names that do not exist"),
        "Remove %s=, or make it as strict as p=.", names ? "sp" : "np");
}

static void test_dmarc_report_uri(struct finding_list *list)
{
    const struct dmarc *dmarc = dmarc_of(list);
    const struct dmarc_step *step = step_of_record(dmarc);

    for (size_t i = 0; step && i < dmarc->report_count; i++) {
        const struct dmarc_report *report = &dmarc->reports[i];
        bool bare = !strchr(report->uri, ':') && strchr(report->uri, '@');

        if (report->authorisation != DMARC_REPORT_BAD_URI)
            continue;
        finding_fix(list,
                    finding_add(list, SEVERITY_WARNING, step->name, TYPE_TXT, step->reply,
                                bare ? "\"%s\" in %s= has no mailto: in front: no report is sent "
                                       "there."
                                     : "\"%s\" in %s= is no mailto: address: reports are sent by "
                                       "mail only, so none is sent there.",
                                report->uri, report->failure ? "ruf" : "rua"),
                    bare ? "Write mailto: in front of the address."
                         : "Write mailto: and a mail address.");
    }
}

static void add_unauthorised(struct finding_list *list, const struct dmarc_report *report)
{
    const struct dmarc_step *step = step_of_record(dmarc_of(list));
    struct finding *finding =
        finding_add(list, SEVERITY_WARNING, report->asked, TYPE_TXT, report->reply,
                    "Reports are to go to %s, but %s does not say that it wants them: they are not "
                    "sent.",
                    report->uri, finding_name(list, report->domain));

    if (step)
        finding_record(list, finding, step->found);
    finding_fix(list, finding,
                "Have the other domain publish the record, or use an address of "
                "your own.");
    finding_publish(list, finding, "%s 3600 IN TXT \"v=DMARC1\"", report->asked);
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

const struct finding_test findings_dmarc[] = {
    {{"dmarc-none", SEVERITY_WARNING, "no DMARC record", "RFC 9989 4.10", ""}, test_dmarc_none},
    {{"dmarc-multiple", SEVERITY_ERROR, "several DMARC records", "RFC 9989 4.10", ""},
     test_dmarc_multiple},
    {{"dmarc-syntax", SEVERITY_ERROR, "a DMARC record that cannot be used", "RFC 9989 4.7", ""},
     test_dmarc_syntax},
    {{"dmarc-policy-none", SEVERITY_NOTICE, "a policy that only reports", "RFC 9989 4.7", ""},
     test_dmarc_policy_none},
    {{"dmarc-subdomains-none", SEVERITY_WARNING, "names below are not protected", "RFC 9989 4.7",
      ""},
     test_dmarc_subdomains_none},
    {{"dmarc-report-uri", SEVERITY_WARNING, "a report address without mailto:", "RFC 9990 3", ""},
     test_dmarc_report_uri},
    {{"dmarc-report-unauthorised", SEVERITY_WARNING, "reports nobody may send", "RFC 9990 3", ""},
     test_dmarc_report_unauthorised},
    {{0}, NULL},
};
