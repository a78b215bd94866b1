/* check_host() of RFC 7208 4. */
#include "base/array.h"
#include "base/message.h"
#include "dns/formats/octets.h"
#include "dns/formats/reply_why.h"
#include "dns/idn.h"
#include "dns/type.h"
#include "policy/spf/spf.h"
#include "policy/spf/spf_match.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name, *sentence;
} results[] = {
    [SPF_NONE] = {"none", N_("There is no SPF record. Receivers learn nothing about the sender.")},
    [SPF_NEUTRAL] = {"neutral", N_("The domain does not state whether this host may send. "
                                   "Receivers treat it as if there were no record.")},
    [SPF_PASS] = {"pass", N_("The host is authorised to send mail for the domain.")},
    [SPF_FAIL] =
        {"fail",
         N_("The host is not authorised. Receivers may reject the message with 550 5.7.23.")},
    [SPF_SOFTFAIL] = {"softfail", N_("The host is probably not authorised. Receivers accept the "
                                     "message and check it more closely.")},
    [SPF_TEMPERROR] =
        {"temperror",
         N_("A lookup failed for now. Receivers accept the message or defer it with 451 4.4.3.")},
    [SPF_PERMERROR] = {"permerror", N_("The records cannot be evaluated. Receivers may reject the "
                                       "message with 550 5.5.2 until the domain corrects them.")},
};

const char *spf_result_text(enum spf_result result)
{
    return results[result].name;
}

const char *spf_result_sentence(enum spf_result result)
{
    return tr(results[result].sentence);
}

/* The walk through the records. Something that is not answered yet leaves the result open, and the
 * walk goes on only to find out what else will be needed. */
struct check {
    struct spf_context context;
    struct spf_step *steps;
    size_t step_count, step_capacity;
    const struct spf_term *exp; /* of the record that decided */
    struct octets exp_domain;
    const char *mechanism; /* that decided, escaped */
    const char *why;
};

/* What came of one record, or of a term. */
struct judgement {
    bool pending;
    bool decided; /* of a term: the walk through the record ends with `result` */
    enum spf_result result;
};

static const struct judgement undecided = {false, false, SPF_NEUTRAL};

static struct judgement decide(enum spf_result result)
{
    return (struct judgement){false, true, result};
}

static struct judgement wait_for_reply(void)
{
    return (struct judgement){true, false, SPF_NEUTRAL};
}

static struct judgement check_domain(struct check *check, struct octets domain, size_t depth);

/* ---- steps ---- */

static size_t begin_step(struct check *check, const struct spf_term *term, size_t depth)
{
    struct arena *arena = check->context.arena;
    struct spf_step step = {
        .domain = octets_shown(arena, check->context.values.domain),
        .term = octets_shown(arena, term->text),
        .depth = depth,
        .outcome = SPF_STEP_NO_MATCH,
    };

    ARRAY_PUSH(check->steps, check->step_count, check->step_capacity, step);
    return check->step_count - 1;
}

static void end_step(struct check *check, size_t index, enum spf_step_outcome outcome,
                     const char *why)
{
    struct spf_step *step = &check->steps[index];

    step->outcome = outcome;
    step->why = why;
    step->lookups = check->context.lookups;
    step->voids = check->context.voids;
}

/* ---- terms ---- */

static enum spf_result result_of_qualifier(char qualifier)
{
    switch (qualifier) {
    case '-':
        return SPF_FAIL;
    case '~':
        return SPF_SOFTFAIL;
    case '?':
        return SPF_NEUTRAL;
    default:
        return SPF_PASS;
    }
}

static const char *too_many_lookups(const struct check *check)
{
    return arena_format(check->context.arena, tr("this is lookup %u of at most %d"),
                        check->context.lookups, SPF_LOOKUPS_MAX);
}

static struct judgement fail_with(struct check *check, enum spf_result result, const char *why)
{
    check->why = why;
    return decide(result);
}

static struct judgement judge_match(struct check *check, size_t step, const struct spf_term *term,
                                    enum spf_match match, const char *why)
{
    static const enum spf_step_outcome outcomes[] = {
        [SPF_MATCH_NO] = SPF_STEP_NO_MATCH,     [SPF_MATCH_YES] = SPF_STEP_MATCH,
        [SPF_MATCH_TEMPERROR] = SPF_STEP_ERROR, [SPF_MATCH_PERMERROR] = SPF_STEP_ERROR,
        [SPF_MATCH_PENDING] = SPF_STEP_PENDING,
    };

    end_step(check, step, outcomes[match], why);
    check->mechanism = check->steps[step].term;
    switch (match) {
    case SPF_MATCH_NO:
        return undecided;
    case SPF_MATCH_PENDING:
        return wait_for_reply();
    case SPF_MATCH_YES:
        return fail_with(check, result_of_qualifier(term->qualifier), why);
    case SPF_MATCH_TEMPERROR:
        return fail_with(check, SPF_TEMPERROR, why);
    case SPF_MATCH_PERMERROR:
        break;
    }
    return fail_with(check, SPF_PERMERROR, why);
}

/* What the verdict about the included record means for the including one (RFC 7208 5.2). */
static enum spf_match match_of_include(enum spf_result result)
{
    switch (result) {
    case SPF_PASS:
        return SPF_MATCH_YES;
    case SPF_TEMPERROR:
        return SPF_MATCH_TEMPERROR;
    case SPF_PERMERROR:
    case SPF_NONE:
        return SPF_MATCH_PERMERROR;
    default:
        return SPF_MATCH_NO;
    }
}

/* The record of another domain; the macros and exp= of this one are as before afterwards. */
static struct judgement check_elsewhere(struct check *check, const char *target, size_t depth)
{
    struct octets domain = check->context.values.domain;
    struct judgement judgement =
        check_domain(check, spf_domain_octets(check->context.arena, target), depth);

    check->context.values.domain = domain;
    return judgement;
}

static enum spf_match match_include(struct check *check, const struct spf_term *term, size_t depth,
                                    const char **why)
{
    char target[NAME_TEXT];
    enum spf_match match = spf_match_target(&check->context, term->spec, target);
    struct judgement judgement;

    *why = tr("what the macros give is no domain name");
    if (match != SPF_MATCH_YES)
        return match == SPF_MATCH_NO ? SPF_MATCH_PERMERROR : match;
    judgement = check_elsewhere(check, target, depth + 1);
    if (judgement.pending)
        return SPF_MATCH_PENDING;
    match = match_of_include(judgement.result);
    if (match == SPF_MATCH_NO || match == SPF_MATCH_YES)
        *why = arena_format(check->context.arena, tr("%s says %s"),
                            name_shown(check->context.arena, target),
                            spf_result_text(judgement.result));
    else
        *why = judgement.result == SPF_NONE
                   ? arena_format(check->context.arena, tr("%s has no SPF record"),
                                  name_shown(check->context.arena, target))
                   : check->why;
    return match;
}

static struct judgement evaluate_term(struct check *check, const struct spf_term *term,
                                      size_t depth)
{
    size_t step = begin_step(check, term, depth);
    enum spf_match match;
    const char *why = NULL;

    if (spf_kind_asks(term->kind) && ++check->context.lookups > SPF_LOOKUPS_MAX)
        return judge_match(check, step, term, SPF_MATCH_PERMERROR, too_many_lookups(check));
    if (term->kind == SPF_INCLUDE)
        match = match_include(check, term, depth, &why);
    else
        match = spf_match_term(&check->context, term, &why);
    return judge_match(check, step, term, match, why);
}

/* ---- records ---- */

/* Goes through the mechanisms; behind an open one only a certain match ends the walk. */
static struct judgement evaluate_mechanisms(struct check *check, const struct spf_record *record,
                                            size_t depth)
{
    bool pending = false;

    for (size_t i = 0; i < record->count; i++) {
        const struct spf_term *term = &record->terms[i];
        struct judgement judgement;

        if (term->qualifier == '\0')
            continue;
        judgement = evaluate_term(check, term, depth);
        pending |= judgement.pending;
        if (judgement.decided)
            return pending ? (struct judgement){true, true, judgement.result} : judgement;
    }
    return pending ? wait_for_reply() : undecided;
}

/* RFC 7208 6.1: the verdict about the target is the verdict; its having no record is a permerror.
 */
static struct judgement follow_redirect(struct check *check, const struct spf_term *redirect,
                                        size_t depth)
{
    size_t step = begin_step(check, redirect, depth);
    char target[NAME_TEXT];
    struct judgement judgement;
    enum spf_match match;

    if (++check->context.lookups > SPF_LOOKUPS_MAX)
        return judge_match(check, step, redirect, SPF_MATCH_PERMERROR, too_many_lookups(check));
    match = spf_match_target(&check->context, redirect->spec, target);
    if (match == SPF_MATCH_NO)
        return judge_match(check, step, redirect, SPF_MATCH_PERMERROR,
                           tr("what the macros give is no domain name"));
    if (match == SPF_MATCH_PENDING)
        return judge_match(check, step, redirect, match, NULL);
    end_step(check, step, SPF_STEP_FOLLOWED, tr("no term matched, so this record decides instead"));
    judgement = check_elsewhere(check, target, depth + 1);
    if (judgement.pending || judgement.result != SPF_NONE)
        return judgement;
    return judge_match(check, step, redirect, SPF_MATCH_PERMERROR,
                       arena_format(check->context.arena, tr("%s has no SPF record"),
                                    name_shown(check->context.arena, target)));
}

/* exp= counts for the record that fails, be it the first or one redirected to, never for an
 * included one: there `fail` is only a "no match" (RFC 7208 6.2). */
static void keep_explanation(struct check *check, const struct spf_record *record)
{
    check->exp = record->exp;
    check->exp_domain = check->context.values.domain;
}

static struct judgement evaluate_record(struct check *check, const struct spf_record *record,
                                        size_t depth)
{
    struct judgement judgement, redirected;

    check->mechanism = NULL;
    if (record->error)
        return fail_with(check, SPF_PERMERROR, record->error);
    judgement = evaluate_mechanisms(check, record, depth);
    if (judgement.decided || !record->redirect) {
        keep_explanation(check, record);
        if (!judgement.decided && !judgement.pending) {
            check->mechanism = NULL;
            check->why = tr("no term matches, so the result is neutral");
        }
        judgement.decided = true;
        return judgement;
    }
    redirected = follow_redirect(check, record->redirect, depth);
    redirected.pending |= judgement.pending;
    return redirected;
}

static struct judgement evaluate_reply(struct check *check, const char *name,
                                       const struct reply *reply, size_t depth)
{
    struct arena *arena = check->context.arena;
    const struct record *found = NULL;
    size_t count = 0;

    for (size_t i = 0; i < reply->record_count; i++) {
        if (spf_record_is(reply->records[i]->txt.joined)) {
            found = found ? found : reply->records[i];
            count++;
        }
    }
    if (count == 0)
        return fail_with(check, SPF_NONE,
                         arena_format(arena, tr("%s has no SPF record"), name_shown(arena, name)));
    if (count > 1)
        return fail_with(
            check, SPF_PERMERROR,
            arena_format(arena, tr("%s has %zu SPF records"), name_shown(arena, name), count));
    return evaluate_record(check, spf_record_parse(arena, found->txt.joined), depth);
}

static struct judgement check_domain(struct check *check, struct octets domain, size_t depth)
{
    struct arena *arena = check->context.arena;
    char name[NAME_TEXT];
    const struct reply *reply;

    check->context.values.domain = domain;
    if (!octets_canonical_name(domain, name) || name_labels(name) < 2 || domain.bytes[0] == '[')
        return fail_with(check, SPF_NONE,
                         arena_format(arena, tr("\"%s\" is not a full domain name"),
                                      octets_shown(arena, domain)));
    reply = lookup_find(check->context.lookup, name, TYPE_TXT);
    if (!reply)
        return wait_for_reply();
    if (reply_is_temporary(reply))
        return fail_with(
            check, SPF_TEMPERROR,
            reply_lost(arena,
                       arena_format(arena, tr("the TXT record of %s"), name_shown(arena, name)),
                       reply));
    return evaluate_reply(check, name, reply, depth);
}

/* ---- explanation (RFC 7208 6.2) ---- */

static bool is_ascii(struct octets text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.bytes[i] >= 0x80)
            return false;
    return true;
}

/* Anything wrong with it means there is none. False while a question is open. */
static bool explain(struct check *check, const char **explanation)
{
    struct text text = {0};
    char name[NAME_TEXT];
    const struct reply *reply;
    enum spf_match match;
    struct octets words;

    check->context.values.domain = check->exp_domain;
    match = spf_match_target(&check->context, check->exp->spec, name);
    if (match != SPF_MATCH_YES)
        return match != SPF_MATCH_PENDING;
    reply = lookup_find(check->context.lookup, name, TYPE_TXT);
    if (!reply)
        return false;
    if (reply->outcome != OUTCOME_ANSWERED || reply->record_count != 1)
        return true;
    words = reply->records[0]->txt.joined;
    if (!is_ascii(words) || !spf_macro_valid(words, true, NULL))
        return true;
    if (spf_macro_uses_p(words) && !spf_match_validate(&check->context))
        return false;
    spf_macro_expand(words, &check->context.values, &text);
    *explanation = octets_shown(check->context.arena, octets_of(text_get(&text)));
    text_clear(&text);
    return true;
}

/* ---- the sender ---- */

/* An IPv4 address in IPv6 clothes counts as IPv4 (RFC 7208 5). */
static struct address plain_address(const struct address *address)
{
    struct address plain = {.family = 4};

    if (address_kind(address) != ADDRESS_MAPPED)
        return *address;
    memcpy(plain.bytes, address->bytes + 12, 4);
    return plain;
}

static struct octets cut_final_dot(struct octets domain)
{
    if (domain.length > 1 && domain.bytes[domain.length - 1] == '.')
        domain.length--;
    return domain;
}

/* The domain with A-labels, as check_host() is given it (RFC 7208 4.3); what is no name at all
 * stays as it is. */
static struct octets domain_octets(struct arena *arena, const char *domain)
{
    char name[NAME_TEXT];
    const char *why;

    if (!is_ascii(octets_of(domain)) && idn_to_name(domain, name, &why) == STATUS_OK)
        return spf_domain_octets(arena, name);
    return cut_final_dot(octets_of(domain));
}

/* Splits the identity into local part and domain, "postmaster" standing in (RFC 7208 4.3). */
static void set_identity(struct spf_macro_values *values, struct arena *arena, const char *from,
                         const char *helo)
{
    bool by_helo = !from || *from == '\0';
    const char *identity = by_helo ? helo : from, *at = strrchr(identity, '@');

    values->local_part = octets_of("postmaster");
    if (at && at != identity && !by_helo)
        values->local_part = octets_of(arena_dup_bytes(arena, identity, (size_t)(at - identity)));
    values->sender_domain = domain_octets(arena, at && !by_helo ? at + 1 : identity);
    values->helo = domain_octets(arena, helo ? helo : "");
    if (values->helo.length == 0)
        values->helo = values->sender_domain;
    values->domain = values->sender_domain;
    values->sender = octets_of(
        arena_format(arena, "%s@%.*s", (const char *)values->local_part.bytes,
                     (int)values->sender_domain.length, (const char *)values->sender_domain.bytes));
}

static void set_sender(struct spf_macro_values *values, struct arena *arena,
                       const struct spf_sender *sender)
{
    set_identity(values, arena, sender->from, sender->helo ? sender->helo : "");
    values->ip = plain_address(&sender->ip);
    values->receiver = sender->receiver;
    values->now = sender->now;
}

static struct spf_step *keep_steps(struct check *check)
{
    size_t count = check->step_count;
    struct spf_step *steps = arena_alloc(check->context.arena, count + 1, sizeof *steps);

    if (count > 0)
        memcpy(steps, check->steps, count * sizeof *steps);
    free(check->steps);
    return steps;
}

struct spf_verdict *spf_check(const struct lookup *lookup, struct arena *arena,
                              const struct spf_sender *given)
{
    struct spf_verdict *verdict = arena_alloc(arena, 1, sizeof *verdict);
    struct check check = {.context = {.lookup = lookup, .arena = arena}};
    struct spf_sender sender = *given;
    struct judgement judgement;

    sender.from = spf_reverse_path(arena, given->from);
    set_sender(&check.context.values, arena, &sender);
    verdict->given = *given;
    verdict->identity = sender.from && *sender.from ? "mailfrom" : "helo";
    verdict->domain = octets_shown(arena, check.context.values.domain);
    judgement = check_domain(&check, check.context.values.domain, 0);
    verdict->complete = !judgement.pending;
    verdict->result = judgement.result;
    verdict->lookups = check.context.lookups;
    verdict->voids = check.context.voids;
    if (verdict->complete && verdict->result == SPF_FAIL && check.exp)
        verdict->complete = explain(&check, &verdict->explanation);
    verdict->mechanism = check.mechanism;
    verdict->why = check.why && !judgement.pending ? check.why : tr("questions are still open");
    verdict->step_count = check.step_count;
    verdict->steps = keep_steps(&check);
    return verdict;
}

const char *spf_reverse_path(struct arena *arena, const char *typed)
{
    size_t length = typed ? strcspn(typed, "<") : 0;
    const char *end = typed ? strrchr(typed, '>') : NULL, *colon;

    if (!typed)
        return NULL;
    if (!end || typed[length] == '\0' || (length > 0 && memchr(typed, '"', length)))
        return typed;
    typed = arena_dup_bytes(arena, typed + length + 1, (size_t)(end - typed) - length - 1);
    colon = *typed == '@' ? strchr(typed, ':') : NULL;
    return colon ? colon + 1 : typed;
}

bool spf_names_sender(const struct spf_sender *sender)
{
    bool has_from = sender->from && *sender->from && !strstr(sender->from, "<>");

    return has_from || (sender->helo && *sender->helo);
}

struct spf_verdict *spf_check_of(const struct lookup *lookup, struct arena *arena,
                                 const struct spf_sender *sender, const char *domain)
{
    bool has_helo = sender->helo && *sender->helo;
    struct spf_sender whole = *sender;
    struct spf_verdict *verdict;

    whole.from = spf_reverse_path(arena, sender->from);
    if (!whole.from && !has_helo)
        whole.from = arena_format(arena, "postmaster@%s", domain);
    else if (!has_helo && !*whole.from)
        whole.helo = domain;
    verdict = spf_check(lookup, arena, &whole);
    verdict->given = *sender;
    return verdict;
}
