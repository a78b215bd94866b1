#include "survey/cures/cures.h"

#include "base/message.h"
#include "dns/formats/published.h"
#include "dns/name.h"
#include "dns/type.h"
#include "survey/cures/cure.h"

#include <string.h>

static const struct cure_maker *const groups[] = {cure_makers_mx,        cure_makers_spf,
                                                  cure_makers_spf_terms, cure_makers_dmarc,
                                                  cure_makers_tags,      cure_makers_hosts};

/* The first of its makers; those of one id follow one another. */
static const struct cure_maker *find_maker(const char *id)
{
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
        for (const struct cure_maker *maker = groups[i]; maker->id; maker++)
            if (strcmp(maker->id, id) == 0)
                return maker;
    return NULL;
}

static const struct cure_maker *next_maker(const struct cure_maker *maker)
{
    return maker[1].id && strcmp(maker[1].id, maker->id) == 0 ? maker + 1 : NULL;
}

/* ---- where a record may be published ---- */

static void say_whose(struct cure *cure, const char *name)
{
    const char *words = cure->fix ? cure->fix : cure->finding->fix, *whose;

    cure_drop(cure);
    whose = arena_format(cure->arena,
                         tr("%s is not in a zone of %s; whoever runs it must make the change."),
                         name_shown(cure->arena, name),
                         name_shown(cure->arena, cure->setup->dmarc->organisational_by_suffix));
    cure_say(cure, *words ? tr_in("sentences", "%s %s") : "%s%s", words, whose);
}

static void say_alias(struct cure *cure, const char *owner, const char *target)
{
    cure_drop(cure);
    cure_say(
        cure,
        "%s is an alias of %s: have the record there changed, or replace the CNAME by a record "
        "of your own.",
        name_shown(cure->arena, owner), name_shown(cure->arena, target));
}

/* A name that only a wildcard answers for loses that answer with the first record at or below it.
 * The zone's own name is there in any case. */
static bool may_be_wildcard(struct cure *cure, const char *owner)
{
    const char *domain = cure->setup->view->domain;
    const char *zone = cure->setup->authority->zone, *probe = cure->setup->view->probe;
    static const uint16_t types[] = {TYPE_MX, TYPE_A, TYPE_AAAA, TYPE_TXT};
    char sibling[NAME_TEXT];
    bool answered = false;

    if (!probe || !name_is_within(owner, domain) || (zone && strcmp(zone, domain) == 0) ||
        name_join(probe, name_parent(domain), sibling) != STATUS_OK)
        return false;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        const struct reply *reply = cure_lookup(cure, sibling, types[i]);

        answered |= reply && (reply->outcome == OUTCOME_ANSWERED || reply->alias_count > 0);
    }
    return answered;
}

/* Is the name that an alias leads to one that any name beside it could be? Then nothing is there
 * that could be changed. */
static bool is_by_wildcard(struct cure *cure, const char *owner, uint16_t type)
{
    const char *probe = cure->setup->view->probe;
    char sibling[NAME_TEXT];
    const struct reply *reply;

    if (!probe || strcmp(owner, cure->setup->view->domain) == 0 ||
        strcmp(owner, cure->finding->subject) == 0 ||
        name_join(probe, name_parent(owner), sibling) != STATUS_OK)
        return false;
    reply = cure_lookup(cure, sibling, type);
    return reply && reply->outcome == OUTCOME_ANSWERED;
}

/* Does the name of the zone follow a whole name? Then nothing shall be published there. */
static bool is_slip(struct cure *cure, const char *name)
{
    return cure_meant(cure, name) || setup_undotted(cure->setup, name, cure->arena);
}

/* Moves a line to where the owner's alias leads, or says who must do it. */
static bool place_line(struct cure *cure, struct cure_line *line)
{
    const struct reply *reply =
        line->type == TYPE_CNAME ? NULL : cure_lookup(cure, line->owner, line->type);

    if (reply && reply->alias_count > 0) {
        if (is_slip(cure, reply->canonical)) {
            cure_drop(cure);
            cure_say(cure, "Correct the CNAME record of %s first.",
                     name_shown(cure->arena, line->owner));
            return false;
        }
        if (reply->alias_loop || !cure_is_own(cure, reply->canonical) || cure_has_wildcard(cure)) {
            say_alias(cure, line->owner, reply->canonical);
            return false;
        }
        line->owner = reply->canonical;
    }
    if (!cure_is_own(cure, line->owner)) {
        say_whose(cure, line->owner);
        return false;
    }
    if (may_be_wildcard(cure, line->owner)) {
        cure_drop(cure);
        return false;
    }
    return true;
}

/* A record that an alias leads to out of the domain is changed there. */
static bool may_remove(struct cure *cure, const struct record *record)
{
    const struct reply *reply;
    bool aliased;

    if (strcmp(record->owner, cure->setup->view->domain) == 0 ||
        (cure_is_own(cure, record->owner) && strcmp(record->owner, cure->finding->subject) == 0))
        return true;
    reply = cure_lookup(cure, cure->finding->subject, record->type);
    aliased = reply && reply->alias_count > 0 && strcmp(reply->canonical, record->owner) == 0;
    if (cure_is_own(cure, record->owner))
        return !aliased || !is_by_wildcard(cure, record->owner, record->type);
    if (aliased)
        say_alias(cure, cure->finding->subject, record->owner);
    else
        say_whose(cure, record->owner);
    return false;
}

static bool place(struct cure *cure)
{
    for (size_t i = 0; i < cure->removed_count; i++)
        if (!may_remove(cure, cure->removed[i]))
            return false;
    for (size_t i = 0; i < cure->added_count; i++)
        if (!place_line(cure, &cure->added[i]))
            return false;
    return !cure->waiting && !cure->overfull;
}

/* ---- the lines ---- */

static const char *added_lines(const struct cure *cure)
{
    const struct answers *answers = cure->setup->view->lookup->answers;
    struct text text = {0};
    char type[TYPE_TEXT];
    const char *lines;

    for (size_t i = 0; i < cure->added_count; i++) {
        const struct cure_line *line = &cure->added[i];
        struct published_ttl ttl = published_ttl(answers, line->owner, line->type, line->ttl);
        text_format(&text, "%s%s %u IN %s %s%s", i > 0 ? "\n" : "", line->owner, ttl.seconds,
                    type_text(line->type, type), line->rdata, published_comment(&ttl));
    }
    lines = arena_dup(cure->arena, text_get(&text));
    text_clear(&text);
    return lines;
}

static const char *removed_lines(const struct cure *cure)
{
    struct text text = {0};
    const char *lines;

    for (size_t i = 0; i < cure->removed_count; i++) {
        if (i > 0)
            text_add_char(&text, '\n');
        published_print(cure->setup->view->lookup->answers, cure->removed[i], &text);
    }
    lines = arena_dup(cure->arena, text_get(&text));
    text_clear(&text);
    return lines;
}

/* ---- the whole ---- */

/* Each cure is tried on the whole setup; strangers do not say how often. */
enum { CURES_TRIED = 64 };

static bool has_lines(const struct cure *cure)
{
    return cure->added_count + cure->removed_count > 0;
}

/* True when the cure can be applied and heals; then the finding has it. */
static bool try_cure(struct cure *cure, const struct cure_check *check, struct finding *finding,
                     size_t *tried)
{
    if (!has_lines(cure) || !place(cure) || (*tried)++ >= CURES_TRIED ||
        !cure_check_heals(check, cure) || cure->waiting)
        return false;
    finding->publish = added_lines(cure);
    finding->remove = removed_lines(cure);
    return true;
}

/* Makers with one id are tried one after the other; the words of the last one that has any hold
 * where none heals. */
static void cure_finding(const struct setup *setup, const struct findings *findings,
                         const struct cure_check *check, struct finding *finding,
                         struct arena *arena, size_t *tried)
{
    const struct cure_maker *maker = find_maker(finding->id);
    const struct finding as_found = *finding;
    bool heals = false;

    if (finding->severity >= SEVERITY_UNKNOWN || finding->folded)
        return;
    for (; maker && !heals; maker = next_maker(maker)) {
        struct cure cure = {
            .arena = arena, .setup = setup, .findings = findings, .finding = &as_found};

        maker->make(&cure);
        heals = try_cure(&cure, check, finding, tried);
        if (cure.waiting)
            return;
        if (cure.fix)
            finding->fix = cure.fix;
        if (heals && cure.told)
            finding->fix = cure.told;
    }
}

void cures_build(const struct setup *setup, struct findings *findings, struct arena *arena)
{
    struct finding *cured;
    struct cure_check *check;
    size_t tried = 0;

    if (!setup->complete || !findings->complete)
        return;
    cured = arena_alloc(arena, findings->count + 1, sizeof *cured);
    check = cure_check_new(setup, findings);
    for (size_t i = 0; i < findings->count; i++) {
        cured[i] = findings->findings[i];
        cure_finding(setup, findings, check, &cured[i], arena, &tried);
    }
    cure_check_free(check);
    findings->findings = cured;
}
