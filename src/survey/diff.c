#include "survey/diff.h"

#include "base/array.h"
#include "base/message.h"
#include "base/text.h"
#include "dns/name.h"
#include "dns/type.h"

#include <stdlib.h>
#include <string.h>

/* What is listed of every domain, whether there are records or not, in this order. */
static const uint16_t customary[] = {TYPE_MX,  TYPE_A,   TYPE_AAAA, TYPE_NS,
                                     TYPE_SOA, TYPE_TXT, TYPE_CAA,  TYPE_HTTPS};
enum { CUSTOMARY = sizeof customary / sizeof *customary };

/* One RRset as a side was answered, under the name it has without the side's own domain. */
struct rrset {
    const char *owner;
    uint16_t type;
    size_t rank; /* in `customary`; CUSTOMARY when it is not there */
    const struct reply *reply;
};

struct side {
    const char *domain;
    struct rrset *sets; /* sorted */
    size_t count;
};

struct building {
    struct arena *arena;
    struct side sides[2];
    struct diff_line *lines; /* heap, until they are all there */
    size_t count, capacity;
    struct diff_finding *findings;
    size_t finding_count;
};

const char *diff_state_text(enum diff_state state)
{
    static const char *const words[] = {"same", "other", "unknown"};

    return words[state];
}

/* "mx1" of mx1.example.com. in example.com., "@" of the domain itself; other names keep the dot at
 * their end, as in a zone file. */
static const char *relative(struct arena *arena, const char *name, const char *domain)
{
    size_t length = strlen(name), suffix = strlen(domain);

    if (strcmp(name, domain) == 0)
        return "@";
    if (name_is_root(domain) || !name_is_within(name, domain))
        return name;
    return arena_dup_bytes(arena, name, length - suffix - 1);
}

static size_t rank_of(const char *owner, uint16_t type)
{
    size_t rank = 0;

    while (strcmp(owner, "@") == 0 && rank < CUSTOMARY)
        if (customary[rank++] == type)
            return rank - 1;
    return CUSTOMARY;
}

static int compare_sets(const void *a, const void *b)
{
    const struct rrset *left = a, *right = b;
    int order = strcmp(left->owner, right->owner);

    if (left->rank != right->rank)
        return left->rank < right->rank ? -1 : 1;
    return order ? order : (int)left->type - (int)right->type;
}

/* A name that nobody has was asked for what a wildcard says: "*" in the place of its label, which
 * may have an underscore in front. */
static const char *wildcard_owner(struct arena *arena, const char *owner, const char *probe)
{
    const char *label = owner + (*owner == '_');
    size_t length = strlen(probe);

    if (strncmp(label, probe, length) != 0 || (label[length] && label[length] != '.'))
        return owner;
    return arena_format(arena, "*%s", label + length);
}

/* Questions to a certain server, or with flags, are not about the domain but about its servers. */
static void collect(struct building *building, struct side *side, const struct survey *survey)
{
    const struct answers *answers = survey_answers(survey);

    side->domain = survey_subject(survey)->name;
    side->sets = arena_alloc(building->arena, answers_count(answers), sizeof *side->sets);
    for (size_t i = 0; i < answers_count(answers); i++) {
        const struct reply *reply = answers_at(answers, i);
        const struct question *question = &reply->question;
        struct rrset *set = &side->sets[side->count];
        if (question->flags || question->server.family)
            continue;
        set->owner =
            wildcard_owner(building->arena, relative(building->arena, question->name, side->domain),
                           survey_probe(survey));
        set->type = question->type;
        set->rank = rank_of(set->owner, set->type);
        set->reply = reply;
        side->count++;
    }
    qsort(side->sets, side->count, sizeof *side->sets, compare_sets);
}

static const char *record_text(struct arena *arena, const struct record *record, const char *domain)
{
    switch (record->type) {
    case TYPE_MX:
        return arena_format(arena, "%u %s", record->mx.preference,
                            relative(arena, record->mx.exchange, domain));
    case TYPE_SRV:
        return arena_format(arena, "%u %u %u %s", record->srv.priority, record->srv.weight,
                            record->srv.port, relative(arena, record->srv.target, domain));
    case TYPE_NS:
    case TYPE_CNAME:
    case TYPE_PTR:
        return relative(arena, record->target, domain);
    default:
        return record->rdata;
    }
}

struct texts {
    const char **list;
    size_t count;
};

static void read_texts(struct building *building, const struct rrset *set, const char *domain,
                       struct texts *texts)
{
    const struct reply *reply = set ? set->reply : NULL;

    *texts = (struct texts){0};
    if (!reply)
        return;
    texts->list =
        arena_alloc(building->arena, reply->alias_count + reply->record_count, sizeof(char *));
    for (size_t i = 0; i < reply->alias_count; i++)
        texts->list[texts->count++] =
            arena_format(building->arena, tr("alias of %s"),
                         relative(building->arena, reply->aliases[i]->target, domain));
    for (size_t i = 0; i < reply->record_count; i++)
        texts->list[texts->count++] = record_text(building->arena, reply->records[i], domain);
    if (texts->count)
        qsort(texts->list, texts->count, sizeof *texts->list, text_compare_numbers);
}

static bool is_unknown(const struct rrset *set)
{
    return !set || outcome_is_temporary(set->reply->outcome);
}

static void add_line(struct building *building, const struct rrset *left, const struct rrset *right,
                     const char *left_text, const char *right_text)
{
    const struct rrset *set = left ? left : right;
    struct diff_line line = {.owner = set->owner,
                             .type = set->type,
                             .left = left_text,
                             .right = right_text,
                             .left_reply = left ? left->reply : NULL,
                             .right_reply = right ? right->reply : NULL};

    if (is_unknown(left) || is_unknown(right))
        line.state = DIFF_UNKNOWN;
    else if (!left_text != !right_text)
        line.state = DIFF_OTHER;
    ARRAY_PUSH(building->lines, building->count, building->capacity, line);
}

/* One RRset: two sorted lists become lines that stand beside each other where they agree. */
static void merge(struct building *building, const struct rrset *left, const struct rrset *right)
{
    struct texts l, r;
    size_t i = 0, k = 0;

    read_texts(building, left, building->sides[0].domain, &l);
    read_texts(building, right, building->sides[1].domain, &r);
    while (i < l.count || k < r.count) {
        int order = i == l.count   ? 1
                    : k == r.count ? -1
                                   : text_compare_numbers(&l.list[i], &r.list[k]);
        add_line(building, left, right, order <= 0 ? l.list[i] : NULL,
                 order >= 0 ? r.list[k] : NULL);
        i += order <= 0;
        k += order >= 0;
    }
    if (!l.count && !r.count)
        add_line(building, left, right, NULL, NULL);
}

static bool is_empty(const struct rrset *set)
{
    return !set->reply->record_count && !set->reply->alias_count;
}

static bool matters(const struct rrset *left, const struct rrset *right)
{
    const struct rrset *set = left ? left : right;

    if (set->rank < CUSTOMARY)
        return true;
    return left && right &&
           (!is_empty(left) || !is_empty(right) || is_unknown(left) != is_unknown(right));
}

static bool are_same(struct building *building, const struct side *side, const struct rrset *a,
                     const struct rrset *b)
{
    struct texts one, other;

    read_texts(building, a, side->domain, &one);
    read_texts(building, b, side->domain, &other);
    for (size_t i = 0; one.count == other.count && i < one.count; i++)
        if (strcmp(one.list[i], other.list[i]) != 0)
            return false;
    return one.count == other.count;
}

/* What a name that nobody has was told next to it, or next to a name above it that is not beyond
 * the domain; NULL: nobody asked. */
static const struct rrset *find_any(struct building *building, const struct side *side,
                                    const struct rrset *set)
{
    struct rrset wanted = {.type = set->type, .rank = CUSTOMARY};
    const struct rrset *any;

    if (strcmp(set->owner, "@") == 0 || set->owner[strlen(set->owner) - 1] == '.')
        return NULL;
    for (const char *above = set->owner; *above;) {
        above += strcspn(above + 1, ".") + 1;
        wanted.owner = arena_format(building->arena, "*%s", above);
        any = bsearch(&wanted, side->sets, side->count, sizeof *side->sets, compare_sets);
        if (any && any != set)
            return any;
    }
    return NULL;
}

/* Is it what any name would be told, by a wildcard or because there is none? */
static bool is_as_any(struct building *building, const struct side *side, const struct rrset *set)
{
    const struct rrset *any = set && !is_unknown(set) ? find_any(building, side, set) : NULL;

    return any && !is_unknown(any) && are_same(building, side, set, any);
}

static void compare_sides(struct building *building)
{
    const struct side *left = &building->sides[0], *right = &building->sides[1];
    size_t i = 0, k = 0;

    while (i < left->count || k < right->count) {
        int order = i == left->count    ? 1
                    : k == right->count ? -1
                                        : compare_sets(&left->sets[i], &right->sets[k]);
        const struct rrset *one = order <= 0 ? &left->sets[i] : NULL;
        const struct rrset *other = order >= 0 ? &right->sets[k] : NULL;
        if (matters(one, other) &&
            !(is_as_any(building, left, one) && is_as_any(building, right, other)))
            merge(building, one, other);
        i += order <= 0;
        k += order >= 0;
    }
}

static bool has_finding(const struct findings *findings, const struct finding *wanted,
                        const char *subject, const char *domain, struct arena *arena)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->findings[i];
        if (strcmp(finding->id, wanted->id) == 0 && finding->severity == wanted->severity &&
            strcmp(relative(arena, finding->subject, domain), subject) == 0)
            return true;
    }
    return false;
}

/* A finding still in doubt, or one that says that all is well, tells the sides not apart; nor does
 * what was looked for on one side only, in its file. */
static void add_findings(struct building *building, const struct findings *own,
                         const struct findings *other, bool right)
{
    for (size_t i = 0; i < own->count; i++) {
        const struct finding *finding = &own->findings[i];
        const char *subject =
            relative(building->arena, finding->subject, building->sides[right].domain);
        if (finding->severity < SEVERITY_UNKNOWN && !finding->in_file &&
            !has_finding(other, finding, subject, building->sides[!right].domain, building->arena))
            building->findings[building->finding_count++] = (struct diff_finding){finding, right};
    }
}

static void compare_findings(struct building *building, struct survey *left, struct survey *right)
{
    const struct findings *one = survey_facts(left)->findings, *two = survey_facts(right)->findings;

    if (!one || !two || !one->complete || !two->complete)
        return;
    building->findings =
        arena_alloc(building->arena, one->count + two->count, sizeof *building->findings);
    add_findings(building, one, two, false);
    add_findings(building, two, one, true);
}

void diff_build(struct survey *left, struct survey *right, struct arena *arena, struct diff *diff)
{
    struct building building = {.arena = arena};
    struct diff_line *lines;

    *diff = (struct diff){0};
    collect(&building, &building.sides[0], left);
    collect(&building, &building.sides[1], right);
    compare_sides(&building);
    lines = arena_alloc(arena, building.count, sizeof *lines);
    for (size_t i = 0; i < building.count; i++) {
        lines[i] = building.lines[i];
        diff->other += lines[i].state == DIFF_OTHER;
        diff->unknown += lines[i].state == DIFF_UNKNOWN;
    }
    diff->lines = lines;
    diff->count = building.count;
    free(building.lines);
    compare_findings(&building, left, right);
    diff->findings = building.findings;
    diff->finding_count = building.finding_count;
}
