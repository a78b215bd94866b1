#include "policy/records/dmarc.h"

#include "base/array.h"
#include "base/message.h"
#include "base/text.h"
#include "dns/formats/octets.h"
#include "dns/formats/reply_why.h"
#include "dns/idn.h"
#include "dns/name.h"
#include "dns/type.h"
#include "policy/records/dmarc_tree.h"

#include <stdlib.h>
#include <string.h>

static const char *const authorisations[] = {
    [DMARC_REPORT_OWN] = N_("own"),
    [DMARC_REPORT_AUTHORISED] = N_("authorised"),
    [DMARC_REPORT_UNAUTHORISED] = N_("not authorised"),
    [DMARC_REPORT_PENDING] = N_("waiting"),
    [DMARC_REPORT_UNKNOWN] = "look-up failed",
    [DMARC_REPORT_BAD_URI] = N_("no mailto: address"),
};

const char *dmarc_authorisation_text(enum dmarc_authorisation authorisation)
{
    return authorisations[authorisation];
}

const char *dmarc_authorisation_word(enum dmarc_authorisation authorisation)
{
    return authorisation == DMARC_REPORT_UNKNOWN ? tr("lookup failed")
                                                 : tr(authorisations[authorisation]);
}

/* ---- the walk (RFC 9989 4.10) ---- */

/* A master file that says nothing of the parent domains says nothing against this policy either.
 * Where the file itself leads out of it, by an alias or a delegation, something is there. */
static bool outside_zone_file(const struct reply *reply)
{
    return reply->outcome == OUTCOME_NOT_IN_FILE && reply->alias_count == 0 &&
           reply->authority.count == 0;
}

static enum policy_state find_record(struct arena *arena, const struct reply *reply,
                                     struct near_miss *found)
{
    enum policy_state state = policy_state_of(arena, reply, NEAR_DMARC, found);

    return state == POLICY_UNKNOWN && outside_zone_file(reply) ? POLICY_NONE : state;
}

static void read_record(struct arena *arena, const struct near_miss *found, struct dmarc_step *step)
{
    struct dmarc_record *record = dmarc_record_parse(arena, found->record->txt.joined);

    if (found->why)
        record->error = found->why;
    if (record->error)
        step->state = POLICY_SYNTAX;
    step->record = record;
}

static const char *why_of(struct arena *arena, const struct dmarc_step *step)
{
    switch (step->state) {
    case POLICY_PENDING:
        return tr("not answered yet");
    case POLICY_UNKNOWN:
        return reply_failure(arena, step->reply);
    case POLICY_NONE:
        return outside_zone_file(step->reply) ? tr("not in the file: taken as no record")
                                              : arena_format(arena, tr("no DMARC record (%s)"),
                                                             outcome_word(step->reply->outcome));
    case POLICY_FOUND:
        return tr("a DMARC record");
    case POLICY_MULTIPLE:
        return tr("several DMARC records: all are ignored");
    case POLICY_SYNTAX:
        break;
    }
    return step->record->error;
}

static void take_step(const struct lookup *lookup, struct arena *arena, const char *name,
                      struct dmarc_step *step)
{
    struct near_miss found;
    char asked[NAME_TEXT];

    if (name_join("_dmarc", name, asked) != STATUS_OK) {
        *step = (struct dmarc_step){.name = name, .state = POLICY_NONE};
        step->why = tr("the name is too long to have one");
        return;
    }
    step->name = arena_dup(arena, asked);
    step->reply = lookup_find(lookup, asked, TYPE_TXT);
    step->state = find_record(arena, step->reply, &found);
    step->found = found.record;
    if (step->state == POLICY_FOUND || step->state == POLICY_SYNTAX)
        read_record(arena, &found, step);
    step->why = why_of(arena, step);
}

/* The walk ends at a record that says whether it is a public suffix. */
static bool ends_walk(const struct dmarc_step *step)
{
    return dmarc_step_counts(step) && step->record->psd != 'u';
}

static void walk(struct dmarc *dmarc, const struct lookup *lookup, struct arena *arena,
                 const char *names[DMARC_WALK_MAX])
{
    size_t count = dmarc_walk(dmarc->domain, names);
    struct dmarc_step *steps = arena_alloc(arena, count + 1, sizeof *steps);

    dmarc->steps = steps;
    for (size_t i = 0; i < count; i++) {
        take_step(lookup, arena, names[i], &steps[i]);
        dmarc->complete &= steps[i].reply || steps[i].state != POLICY_PENDING;
        dmarc->step_count = i + 1;
        if (ends_walk(&steps[i]))
            return;
    }
}

/* ---- the policy in effect (RFC 9989 4.10.1) ---- */

static const struct dmarc_step *step_at(const struct dmarc *dmarc, const char *const *names,
                                        const char *name)
{
    for (size_t i = 0; i < dmarc->step_count; i++)
        if (strcmp(names[i], name) == 0)
            return &dmarc->steps[i];
    return NULL;
}

/* Whatever is known or not known of the name itself comes before what is above it. */
static bool is_seen(const struct dmarc_step *step)
{
    return dmarc_step_counts(step) || step->state == POLICY_PENDING ||
           step->state == POLICY_UNKNOWN;
}

/* The name itself, else the organisational domain, else the public suffix above it. */
static const struct dmarc_step *find_applicable(const struct dmarc *dmarc, const char *const *names)
{
    const struct dmarc_step *own = &dmarc->steps[0], *last = &dmarc->steps[dmarc->step_count - 1];
    const struct dmarc_step *above = step_at(dmarc, names, dmarc->organisational);

    if (is_seen(own))
        return own;
    if (above && dmarc_step_counts(above))
        return above;
    if (dmarc_step_counts(last) && last->record->psd == 'y')
        return last;
    return own->state == POLICY_NONE ? NULL : own;
}

static void set_policy(struct dmarc *dmarc, bool inherited)
{
    const struct dmarc_record *record = dmarc->record;

    dmarc->policy = record->p;
    dmarc->policy_tag = "p";
    if (!inherited)
        return;
    if (record->sp != DMARC_ABSENT) {
        dmarc->policy = record->sp;
        dmarc->policy_tag = "sp";
    }
    if (record->np != DMARC_ABSENT && dmarc->non_existent) {
        dmarc->policy = record->np;
        dmarc->policy_tag = "np";
    }
}

/* t=y: reject becomes quarantine, quarantine none (RFC 9989 4.7). */
static enum dmarc_policy apply_test(const struct dmarc *dmarc)
{
    if (!dmarc->record->testing)
        return dmarc->policy;
    return dmarc->policy == DMARC_REJECT ? DMARC_QUARANTINE : DMARC_NONE;
}

static const char *explain_policy(struct arena *arena, const struct dmarc *dmarc)
{
    const char *tag = dmarc->policy_tag, *policy = dmarc_policy_text(dmarc->policy);
    const char *domain = name_shown(arena, dmarc->domain);
    const char *from = name_shown(arena, dmarc->found_at);
    const char *applied = dmarc_policy_text(dmarc->applied);
    bool own = strcmp(dmarc->found_at, dmarc->domain) == 0;

    if (dmarc->record->testing)
        return own ? arena_format(arena,
                                  tr("%s has a record of its own: %s=%s, in test mode: receivers "
                                     "act as if it were %s"),
                                  domain, tag, policy, applied)
                   : arena_format(arena,
                                  tr("%s inherits from %s: %s=%s, in test mode: receivers act as "
                                     "if it were %s"),
                                  domain, from, tag, policy, applied);
    return own ? arena_format(arena, tr("%s has a record of its own: %s=%s"), domain, tag, policy)
               : arena_format(arena, tr("%s inherits from %s: %s=%s"), domain, from, tag, policy);
}

/* Something not answered or failed at or below the place a record was looked for leaves it open. */
static enum policy_state state_of_walk(const struct dmarc *dmarc)
{
    enum policy_state state = POLICY_NONE;

    for (size_t i = 0; i < dmarc->step_count; i++) {
        if (dmarc->steps[i].state == POLICY_PENDING)
            return POLICY_PENDING;
        if (dmarc->steps[i].state == POLICY_UNKNOWN)
            state = POLICY_UNKNOWN;
    }
    return state;
}

bool dmarc_step_is_outside(const struct dmarc_step *step)
{
    return step->reply && outside_zone_file(step->reply);
}

/* Is a name above this one in no file, and below a top-level domain? */
static bool is_above_and_outside(const struct dmarc *dmarc, size_t step)
{
    return step > 0 && dmarc_step_is_outside(&dmarc->steps[step]) &&
           name_labels(dmarc->steps[step].name) > 2;
}

static bool is_cut_short(const struct dmarc *dmarc)
{
    for (size_t i = 0; i < dmarc->step_count; i++)
        if (is_above_and_outside(dmarc, i))
            return true;
    return false;
}

static void apply_record(struct dmarc *dmarc, struct arena *arena, const char *const *names)
{
    const struct dmarc_step *step = find_applicable(dmarc, names);
    enum policy_state walked = state_of_walk(dmarc);

    dmarc->state = step ? step->state : walked;
    if (step && step != &dmarc->steps[0] && walked != POLICY_NONE)
        dmarc->state = walked;
    dmarc->cut_short = dmarc->state == POLICY_NONE && is_cut_short(dmarc);
    dmarc->why = dmarc->cut_short
                     ? tr("there is no DMARC record at this name; the names above it are not in "
                          "the file")
                     : tr("there is no DMARC record for this name");
    if (dmarc->state == POLICY_PENDING || dmarc->state == POLICY_UNKNOWN)
        dmarc->why = tr("a lookup on the way is open or failed");
    if (dmarc->cut_short)
        dmarc->state = POLICY_UNKNOWN;
    if (!step || !step->record || dmarc->state == POLICY_PENDING ||
        dmarc->state == POLICY_UNKNOWN) {
        if (dmarc->state == POLICY_MULTIPLE)
            dmarc->why = tr("one name has several DMARC records: all are ignored");
        return;
    }
    dmarc->found_at = names[step - dmarc->steps];
    dmarc->record = step->record;
    dmarc->why = step->record->error;
    if (dmarc->state != POLICY_FOUND)
        return;
    set_policy(dmarc, step != &dmarc->steps[0]);
    dmarc->applied = apply_test(dmarc);
    dmarc->why = explain_policy(arena, dmarc);
}

/* ---- where reports go (RFC 9990 3, RFC 7489 7.1) ---- */

struct collecting {
    const struct lookup *lookup;
    struct arena *arena;
    struct dmarc *dmarc;
    struct dmarc_report *reports;
    size_t count, capacity;
};

static unsigned digit_of(uint8_t octet)
{
    return octet_is_digit(octet) ? octet - 0u - '0' : (octet | 0x20u) - 'a' + 10;
}

static bool is_hexadecimal(uint8_t octet)
{
    return octet_is_digit(octet) || ((octet | 0x20) >= 'a' && (octet | 0x20) <= 'f');
}

/* Percent-encoded octets decoded (RFC 3986 2.1), then A-labels for what is beyond ASCII. */
static bool host_name(struct octets host, char out[NAME_TEXT])
{
    struct text decoded = {0};
    const char *why;
    bool good = true;

    for (size_t i = 0; i < host.length; i++) {
        bool encoded = host.bytes[i] == '%' && i + 2 < host.length &&
                       is_hexadecimal(host.bytes[i + 1]) && is_hexadecimal(host.bytes[i + 2]);
        uint8_t octet =
            encoded ? (uint8_t)(digit_of(host.bytes[i + 1]) << 4 | digit_of(host.bytes[i + 2]))
                    : host.bytes[i];

        good &= octet != '\0';
        text_add_char(&decoded, (char)octet);
        i += encoded ? 2 : 0;
    }
    good = good && idn_to_name(text_get(&decoded), out, &why) == STATUS_OK;
    text_clear(&decoded);
    return good;
}

/* A blank, unless quotation marks keep it in a local part. */
static bool has_loose_blank(struct octets uri)
{
    return uri.length > 0 && memchr(uri.bytes, ' ', uri.length) &&
           !memchr(uri.bytes, '"', uri.length);
}

/* The domain of "mailto:local@domain", with what may follow it cut off: "!10m" or "?...". */
static bool mail_domain(struct octets uri, char out[NAME_TEXT])
{
    struct octets rest = uri;
    size_t begin = 0, end;

    if (!octets_begin(uri, "mailto:") || has_loose_blank(uri) ||
        octets_begin(uri, "mailto:mailto:") || octets_begin(uri, "mailto://"))
        return false;
    octets_next(&rest, '?', &uri); /* fields may have an "@", too (RFC 6068 2) */
    for (size_t i = 0; i < uri.length; i++)
        if (uri.bytes[i] == '@')
            begin = i + 1;
    for (end = begin; end < uri.length && uri.bytes[end] != '!';)
        end++;
    return begin > 0 && host_name(octets_part(uri, begin, end - begin), out);
}

static bool same_organisation(const struct dmarc *dmarc, const char *domain)
{
    return name_is_within(domain, dmarc->organisational) ||
           strcmp(dmarc_suffix_domain(domain, NULL), dmarc_suffix_domain(dmarc->found_at, NULL)) ==
               0;
}

static void ask_authorisation(struct collecting *collecting, struct dmarc_report *report)
{
    const char *prefix =
        arena_format(collecting->arena, "%s_report._dmarc", collecting->dmarc->found_at);
    struct near_miss found;
    enum policy_state state;
    char asked[NAME_TEXT];

    report->authorisation = DMARC_REPORT_BAD_URI;
    if (name_join(prefix, report->domain, asked) != STATUS_OK)
        return;
    report->asked = arena_dup(collecting->arena, asked);
    report->reply = lookup_find(collecting->lookup, asked, TYPE_TXT);
    state = policy_state_of(collecting->arena, report->reply, NEAR_DMARC, &found);
    collecting->dmarc->complete &= state != POLICY_PENDING;
    report->authorisation = state == POLICY_PENDING   ? DMARC_REPORT_PENDING
                            : state == POLICY_UNKNOWN ? DMARC_REPORT_UNKNOWN
                            : state == POLICY_NONE || state == POLICY_SYNTAX
                                ? DMARC_REPORT_UNAUTHORISED
                                : DMARC_REPORT_AUTHORISED;
}

static void collect_reports(struct collecting *collecting, const char *tag, bool failure)
{
    const struct octets *value = dmarc_record_value(collecting->dmarc->record, tag);
    struct octets rest = value ? *value : octets_of(""), uri;

    while (octets_next(&rest, ',', &uri)) {
        struct dmarc_report report = {.failure = failure, .authorisation = DMARC_REPORT_BAD_URI};
        char domain[NAME_TEXT];

        uri = octets_trim(uri);
        report.uri = octets_shown(collecting->arena, uri);
        if (mail_domain(uri, domain)) {
            report.domain = arena_dup(collecting->arena, domain);
            report.authorisation = DMARC_REPORT_OWN;
            if (!same_organisation(collecting->dmarc, domain))
                ask_authorisation(collecting, &report);
        }
        ARRAY_PUSH(collecting->reports, collecting->count, collecting->capacity, report);
    }
}

static void find_reports(struct dmarc *dmarc, const struct lookup *lookup, struct arena *arena)
{
    struct collecting collecting = {.lookup = lookup, .arena = arena, .dmarc = dmarc};
    struct dmarc_report *reports;

    collect_reports(&collecting, "rua", false);
    collect_reports(&collecting, "ruf", true);
    reports = arena_alloc(arena, collecting.count + 1, sizeof *reports);
    for (size_t i = 0; i < collecting.count; i++)
        reports[i] = collecting.reports[i];
    free(collecting.reports);
    dmarc->reports = reports;
    dmarc->report_count = collecting.count;
}

struct dmarc *dmarc_build(const struct lookup *lookup, struct arena *arena, const char *domain)
{
    struct dmarc *dmarc = arena_alloc(arena, 1, sizeof *dmarc);
    const char *names[DMARC_WALK_MAX];
    const struct reply *mx = lookup_find(lookup, domain, TYPE_MX);

    dmarc->domain = arena_dup(arena, domain);
    dmarc->complete = true;
    /* An alias exists, whatever its target does (RFC 8020 2). */
    dmarc->non_existent = mx && mx->outcome == OUTCOME_NXDOMAIN && mx->alias_count == 0;
    dmarc->organisational_by_suffix = dmarc_suffix_domain(dmarc->domain, &dmarc->suffix_rule);
    walk(dmarc, lookup, arena, names);
    if (dmarc->step_count == 0) {
        dmarc->organisational = dmarc->domain;
        dmarc->state = POLICY_NONE;
        dmarc->why = tr("the root has no DMARC record");
        return dmarc;
    }
    dmarc->organisational = dmarc_organisational(dmarc->steps, names, dmarc->step_count);
    apply_record(dmarc, arena, names);
    if (dmarc->state == POLICY_FOUND)
        find_reports(dmarc, lookup, arena);
    return dmarc;
}

static bool decides(const struct dmarc *dmarc, size_t step)
{
    if (dmarc->record)
        return dmarc->steps[step].record == dmarc->record;
    if (dmarc->cut_short)
        return is_above_and_outside(dmarc, step);
    return dmarc->steps[step].state == dmarc->state;
}

const struct reply *dmarc_reply(const struct dmarc *dmarc)
{
    for (size_t i = 0; i < dmarc->step_count; i++)
        if (decides(dmarc, i))
            return dmarc->steps[i].reply;
    return NULL;
}
