/* Cures of one report that change the same record become one: who publishes any of them, or all,
 * has a record with everything mended, and never two records where one must be. And whoever does
 * all that a report says does no harm. */
#include "base/message.h"
#include "dns/type.h"
#include "survey/cures/cure.h"

#include <string.h>

/* What the cures of a group come to, from the answers as they are. */
struct joint {
    const struct cure_check *check;
    struct arena *arena;
    const struct setup *setup;
    const struct findings *findings;
    struct cure whole;
};

/* ---- which belong together ---- */

static bool is_same_record(const struct record *a, const struct record *b)
{
    return a->type == b->type && strcmp(a->owner, b->owner) == 0 && strcmp(a->rdata, b->rdata) == 0;
}

static bool is_line(const struct record *record, const struct cure_line *line)
{
    return record->type == line->type && strcmp(record->owner, line->owner) == 0 &&
           strcmp(record->rdata, line->rdata) == 0;
}

static bool is_same_line(const struct cure_line *a, const struct cure_line *b)
{
    return a->type == b->type && strcmp(a->owner, b->owner) == 0 && strcmp(a->rdata, b->rdata) == 0;
}

static bool share_removed(const struct cure *a, const struct cure *b)
{
    for (size_t i = 0; i < a->removed_count; i++)
        for (size_t k = 0; k < b->removed_count; k++)
            if (is_same_record(a->removed[i], b->removed[k]))
                return true;
    return false;
}

/* Two policies of a kind at one name: the quotation mark and "v=spf1" are alike. */
static bool are_rivals(const struct cure_line *a, const struct cure_line *b)
{
    enum { VERSION = 7 };

    return a->type == TYPE_TXT && b->type == TYPE_TXT && strcmp(a->owner, b->owner) == 0 &&
           strncmp(a->rdata, b->rdata, VERSION) == 0 && strcmp(a->rdata, b->rdata) != 0;
}

static bool add_rivals(const struct cure *a, const struct cure *b)
{
    for (size_t i = 0; i < a->added_count; i++)
        for (size_t k = 0; k < b->added_count; k++)
            if (are_rivals(&a->added[i], &b->added[k]))
                return true;
    return false;
}

/* groups[i] becomes the first of those that i belongs to. */
static void find_groups(struct cure *const *cures, size_t count, size_t *groups)
{
    for (size_t i = 0; i < count; i++) {
        groups[i] = i;
        for (size_t k = 0; k < i; k++) {
            size_t old = groups[i], new = groups[k];

            if (!cures[i] || !cures[k] || old == new ||
                (!share_removed(cures[i], cures[k]) && !add_rivals(cures[i], cures[k])))
                continue;
            for (size_t m = 0; m <= i; m++)
                if (groups[m] == (old > new ? old : new))
                    groups[m] = old > new ? new : old;
        }
    }
}

static bool is_alike(const struct cure *a, const struct cure *b)
{
    bool alike = a->removed_count == b->removed_count && a->added_count == b->added_count;

    for (size_t i = 0; alike && i < a->removed_count; i++)
        alike = is_same_record(a->removed[i], b->removed[i]);
    for (size_t i = 0; alike && i < a->added_count; i++)
        alike = is_same_line(&a->added[i], &b->added[i]);
    return alike;
}

/* ---- one after the other ---- */

/* What comes with the one before and goes with this one was never there. */
static bool take_back(struct cure *whole, const struct record *record)
{
    for (size_t i = 0; i < whole->added_count; i++) {
        if (!is_line(record, &whole->added[i]))
            continue;
        memmove(&whole->added[i], &whole->added[i + 1],
                (--whole->added_count - i) * sizeof whole->added[0]);
        return true;
    }
    return false;
}

/* What the cure is made of may go with the answers that it was made from. */
static const struct record *kept_record(struct arena *arena, const struct record *record)
{
    struct record *kept = arena_alloc(arena, 1, sizeof *kept);

    *kept = *record;
    return kept;
}

static bool goes_already(const struct cure *whole, const struct record *record)
{
    for (size_t i = 0; i < whole->removed_count; i++)
        if (is_same_record(whole->removed[i], record))
            return true;
    return false;
}

static void add_line(struct cure *whole, const struct cure_line *line)
{
    for (size_t i = 0; i < whole->added_count; i++)
        if (is_same_line(&whole->added[i], line))
            return;
    cure_add(whole, arena_dup(whole->arena, line->owner), line->type, line->ttl, "%s", line->rdata);
}

static void lay_on(struct cure *whole, const struct cure *next)
{
    for (size_t i = 0; i < next->removed_count; i++)
        if (!take_back(whole, next->removed[i]) && !goes_already(whole, next->removed[i]))
            cure_remove(whole, kept_record(whole->arena, next->removed[i]));
    for (size_t i = 0; i < next->added_count; i++)
        add_line(whole, &next->added[i]);
    whole->asks |= next->asks;
    whole->waiting |= next->waiting;
    whole->overfull |= next->overfull;
}

static const struct finding *find_again(const struct findings *findings,
                                        const struct finding *sought)
{
    for (size_t i = 0; i < findings->count; i++)
        if (strcmp(findings->findings[i].id, sought->id) == 0 &&
            strcmp(findings->findings[i].subject, sought->subject) == 0)
            return &findings->findings[i];
    return NULL;
}

/* The makers of the finding, over the setup that has what was joined so far. */
static void make_next(struct joint *joint, const struct finding *finding, const struct setup *setup,
                      const struct findings *findings)
{
    const struct finding *again = find_again(findings, finding);
    const struct cure_maker *maker = again ? cure_makers_of(again->id) : NULL;

    for (; maker; maker = cure_maker_next(maker)) {
        struct cure next = {
            .arena = joint->arena, .setup = setup, .findings = findings, .finding = again};
        struct cure whole = joint->whole;

        maker->make(&next);
        if (next.added_count + next.removed_count == 0 || !cure_place(&next))
            continue;
        lay_on(&whole, &next);
        whole.finding = finding;
        if (!whole.overfull && cure_check_heals(joint->check, &whole)) {
            joint->whole = whole;
            return;
        }
    }
}

static void join_next(struct joint *joint, const struct finding *finding)
{
    struct setup_view view = *joint->setup->view;
    struct lookup lookup = *view.lookup;
    struct cure_overlay overlay;
    struct arena *arena;
    const struct setup *setup;
    const struct findings *findings;

    if (!cure_overlay_init(&overlay, &joint->whole))
        return;
    arena = arena_new();
    lookup.overlay = overlay.answers;
    lookup.wants = joint->whole.asks ? lookup.wants : NULL;
    view.lookup = &lookup;
    setup = setup_build(&view, arena);
    findings = findings_build(setup, arena);
    joint->whole.waiting |= !findings->complete;
    make_next(joint, finding, setup, findings);
    arena_free(arena);
    cure_overlay_clear(&overlay);
}

/* ---- a group ---- */

static void tell_more(struct cure *cure, const char *more)
{
    const char *words = cure->told ? cure->told : cure->fix ? cure->fix : cure->finding->fix;

    cure_tell(cure, *words ? tr_in("sentences", "%s %s") : "%s%s", words, more);
}

/* The joint cure in the place of one of those that it is made of; false when it does not heal that
 * finding. */
static bool take_joint(const struct joint *joint, struct cure *cure)
{
    struct cure whole = joint->whole;

    whole.finding = cure->finding;
    whole.optional = cure->optional;
    whole.fix = cure->fix;
    whole.told = cure->told;
    if (!cure_check_heals(joint->check, &whole))
        return false;
    *cure = whole;
    return true;
}

struct group {
    struct cure **cures;
    size_t count;
    const size_t *of; /* each one's group */
    size_t which;
};

static struct cure *member(const struct group *group, size_t i, bool optional)
{
    struct cure *cure = group->cures[i];

    return cure && group->of[i] == group->which && cure->optional == optional ? cure : NULL;
}

static const struct cure *first_needed(const struct group *group)
{
    for (size_t i = 0; i < group->count; i++)
        if (member(group, i, false))
            return group->cures[i];
    return NULL;
}

static bool any_differs(const struct group *group, bool optional, const struct cure *from)
{
    for (size_t i = 0; i < group->count; i++)
        if (member(group, i, optional) && !is_alike(group->cures[i], from))
            return true;
    return false;
}

static void join_needed(struct joint *joint, const struct group *group)
{
    for (size_t i = 0; i < group->count; i++)
        if (member(group, i, false) && !joint->whole.waiting)
            join_next(joint, group->cures[i]->finding);
    for (size_t i = 0; i < group->count && !joint->whole.waiting; i++) {
        struct cure *cure = member(group, i, false);

        if (!cure)
            continue;
        if (take_joint(joint, cure))
            tell_more(
                cure,
                tr("The proposed records correct what other findings report about them, too."));
        else
            group->cures[i] = NULL;
    }
}

/* On top of what must be done in any case, but by itself. */
static void join_optional(const struct joint *joint, const struct group *group, bool needed)
{
    for (size_t i = 0; i < group->count; i++) {
        struct cure *cure = member(group, i, true);
        struct joint own = *joint;

        if (cure && needed) {
            join_next(&own, cure->finding);
            if (own.whole.waiting)
                continue;
            if (take_joint(&own, cure))
                tell_more(cure, tr("The proposed record has the other changes, too. Publish it "
                                   "instead of theirs."));
            else
                group->cures[i] = NULL;
        } else if (cure) {
            tell_more(cure, tr("Another finding changes this record, too. Publish one of the two, "
                               "and check again."));
        }
    }
}

static void join_group(struct joint *joint, const struct group *group)
{
    const struct cure *first = first_needed(group), *any = group->cures[group->which];

    if (!any_differs(group, false, any) && !any_differs(group, true, any))
        return;
    if (first)
        joint->whole = *first;
    if (first && any_differs(group, false, first))
        join_needed(joint, group);
    if (!first || !joint->whole.waiting)
        join_optional(joint, group, first != NULL);
}

/* ---- all of them ---- */

/* Is each finding healed, and nothing worse? Nothing is asked for that: each was looked at by
 * itself. */
static bool is_harmless(struct joint *joint, struct cure *all)
{
    all->finding = NULL;
    all->asks = false;
    return all->overfull || cure_check_heals(joint->check, all);
}

/* Those stay that do no harm together with the ones in front. What is optional is by itself. */
static void keep_harmless(struct joint *joint, struct cure **cures, size_t count)
{
    struct cure kept = {.arena = joint->arena, .setup = joint->setup, .findings = joint->findings};

    kept.others = arena_alloc(joint->arena, count + 1, sizeof *kept.others);
    for (size_t i = 0; i < count; i++) {
        struct cure all = kept;

        if (!cures[i] || cures[i]->optional)
            continue;
        lay_on(&all, cures[i]);
        all.others[all.other_count++] = cures[i]->finding;
        if (is_harmless(joint, &all))
            kept = all;
        else if (!all.waiting)
            cures[i] = NULL;
    }
}

static void try_all(struct joint *joint, struct cure **cures, size_t count)
{
    struct cure all = {.arena = joint->arena, .setup = joint->setup, .findings = joint->findings};
    size_t cured = 0;

    all.others = arena_alloc(joint->arena, count + 1, sizeof *all.others);
    for (size_t i = 0; i < count; i++)
        if (cures[i] && !cures[i]->optional) {
            lay_on(&all, cures[i]);
            all.others[all.other_count++] = cures[i]->finding;
            cured++;
        }
    if (cured > 1 && !is_harmless(joint, &all) && !all.waiting)
        keep_harmless(joint, cures, count);
}

void cures_join(const struct cure_check *check, const struct setup *setup,
                const struct findings *findings, struct cure **cures, struct arena *arena)
{
    size_t count = findings->count, *groups = arena_alloc(arena, count + 1, sizeof *groups);
    struct joint joint = {.check = check, .arena = arena, .setup = setup, .findings = findings};

    find_groups(cures, count, groups);
    for (size_t i = 0; i < count; i++) {
        struct group group = {cures, count, groups, i};

        if (cures[i] && groups[i] == i)
            join_group(&joint, &group);
    }
    try_all(&joint, cures, count);
}
