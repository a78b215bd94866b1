/* Does a cure heal, and is nothing worse with it? */
#include "dns/question_map.h"
#include "dns/type.h"
#include "mail/profiles/profiles.h"
#include "mail/route/route.h"
#include "survey/cures/cure.h"

#include <stdlib.h>
#include <string.h>

enum { ADDRESSES_MAX = 200 };

/* What a setup is worth to those who send and receive. */
struct worth {
    const struct findings *findings;
    const enum spf_result *results; /* of check->addresses */
    const struct route *route;
    enum dmarc_policy own, below, missing; /* what receivers apply: to the name, to names below, and
                                              to those that do not exist */
};

struct cure_check {
    struct arena *arena;
    const struct setup *setup;
    struct lookup lookup; /* that asks for nothing */
    struct sender stranger;
    struct address addresses[ADDRESSES_MAX]; /* of the exchanges, and those that SPF lists */
    size_t address_count;
    struct question_map *read; /* what their results come from */
    struct worth before;
};

/* ---- addresses whose SPF result must not get worse ---- */

static void add_address(struct cure_check *check, const struct address *address)
{
    if (check->address_count < ADDRESSES_MAX && address_kind(address) != ADDRESS_LOOPBACK &&
        !address_is_among(address, check->addresses, check->address_count))
        check->addresses[check->address_count++] = *address;
}

static void add_host(struct cure_check *check, const char *name)
{
    size_t count;
    const struct address *addresses =
        exchange_host_addresses(check->arena, lookup_addresses(&check->lookup, name), &count);

    for (size_t i = 0; i < count; i++)
        add_address(check, &addresses[i]);
}

static void add_listed(struct cure_check *check, const struct spf_node *node)
{
    for (size_t i = 0; i < node->branch_count; i++) {
        const struct spf_branch *branch = &node->branches[i];

        if (spf_branch_is_private(branch))
            continue; /* nobody comes from there */
        if (branch->term->kind == SPF_IP4 || branch->term->kind == SPF_IP6)
            add_address(check, &branch->term->network);
        else if (branch->term->kind == SPF_A && branch->target)
            add_host(check, branch->target);
        else if (branch->child)
            add_listed(check, branch->child);
    }
}

static void collect_addresses(struct cure_check *check)
{
    const struct exchanges *exchanges = check->setup->exchanges;

    for (size_t i = 0; i < exchanges->count; i++)
        for (size_t k = 0; k < exchanges->exchanges[i].address_count; k++)
            add_address(check, &exchanges->exchanges[i].addresses[k]);
    add_listed(check, check->setup->spf->root);
}

/* ---- the worth of a setup ---- */

static const enum spf_result *judge_addresses(const struct cure_check *check,
                                              const struct lookup *lookup, struct arena *arena)
{
    enum spf_result *results = arena_alloc(arena, check->address_count + 1, sizeof *results);
    const char *domain = check->setup->view->domain;

    for (size_t i = 0; i < check->address_count; i++) {
        struct arena *steps = arena_new(); /* many, and only the result is of interest */
        struct spf_sender sender = {.ip = check->addresses[i], .helo = domain};

        sender.from = arena_format(steps, "postmaster@%s", domain);
        results[i] = spf_check(lookup, steps, &sender)->result;
        arena_free(steps);
    }
    return results;
}

/* Are the results others with these answers? Most cures change nothing that SPF reads. */
static bool are_read(const struct cure_check *check, const struct answers *overlay)
{
    for (size_t i = 0; overlay && i < answers_count(overlay); i++)
        if (question_map_find(check->read, &answers_at(overlay, i)->question))
            return true;
    return false;
}

static enum dmarc_policy first_given(enum dmarc_policy a, enum dmarc_policy b)
{
    return a != DMARC_ABSENT ? a : b;
}

static void judge_dmarc(struct worth *worth, const struct dmarc *dmarc)
{
    const struct dmarc_record *record = dmarc->record;

    if (dmarc->state != POLICY_FOUND || !record)
        return;
    worth->own = dmarc->applied;
    worth->below = first_given(record->sp, record->p);
    worth->missing = first_given(record->np, worth->below);
}

static struct worth judge(const struct cure_check *check, const struct lookup *lookup,
                          const struct setup *setup, const struct findings *findings,
                          struct arena *arena)
{
    struct worth worth = {.findings = findings, .results = check->before.results};

    if (are_read(check, lookup->overlay))
        worth.results = judge_addresses(check, lookup, arena);
    worth.route = route_build(lookup, setup->view->domain, &check->stranger, arena);
    judge_dmarc(&worth, setup->dmarc);
    return worth;
}

/* ---- before and after ---- */

/* Pass, then neutral and none, softfail, fail; permerror is as bad as it gets. */
static int badness(enum spf_result result)
{
    static const int order[] = {
        [SPF_PASS] = 0, [SPF_NEUTRAL] = 1,   [SPF_NONE] = 1,      [SPF_SOFTFAIL] = 2,
        [SPF_FAIL] = 3, [SPF_TEMPERROR] = 4, [SPF_PERMERROR] = 4,
    };

    return order[result];
}

static bool spf_keeps(const struct cure_check *check, const struct worth *after)
{
    for (size_t i = 0; i < check->address_count; i++)
        if (badness(after->results[i]) > badness(check->before.results[i]))
            return false;
    return true;
}

static bool dmarc_keeps(const struct worth *before, const struct worth *after)
{
    return after->own >= before->own && after->below >= before->below &&
           after->missing >= before->missing;
}

static bool is_reachable(const struct address *address)
{
    enum address_kind kind = address_kind(address);

    return kind == ADDRESS_GLOBAL || kind == ADDRESS_DOCUMENTATION;
}

static bool delivers_to(const struct route *route, const struct address *address)
{
    for (size_t i = 0; i < route->host_count; i++)
        for (size_t k = 0; k < route->hosts[i].address_count; k++)
            if (route->hosts[i].state == HOST_CANDIDATE &&
                address_equal(&route->hosts[i].addresses[k].address, address))
                return true;
    return false;
}

static bool route_keeps(const struct route *before, const struct route *after)
{
    if (before->decision.verdict != VERDICT_DELIVER)
        return true;
    for (size_t i = 0; i < before->host_count; i++)
        for (size_t k = 0; k < before->hosts[i].address_count; k++) {
            const struct address *address = &before->hosts[i].addresses[k].address;

            if (before->hosts[i].state == HOST_CANDIDATE && is_reachable(address) &&
                !delivers_to(after, address))
                return false;
        }
    return true;
}

/* What is said of an address's reverse name is the same under another name of the host. */
static bool is_alike(const struct finding *a, const struct finding *b)
{
    return strcmp(a->id, b->id) == 0 &&
           (strcmp(a->subject, b->subject) == 0 ||
            (a->type == TYPE_PTR && b->type == TYPE_PTR && strcmp(a->text, b->text) == 0));
}

/* Those of its id and subject that are as bad as that. */
static size_t count_alike(const struct findings *findings, const struct finding *finding,
                          enum severity worst)
{
    size_t count = 0;

    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *other = &findings->findings[i];

        count += is_alike(other, finding) && other->severity <= worst;
    }
    return count;
}

/* One with the same words about the same name. */
static bool is_still_there(const struct findings *findings, const struct finding *finding)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *other = &findings->findings[i];

        if (strcmp(other->id, finding->id) == 0 && strcmp(other->subject, finding->subject) == 0 &&
            strcmp(other->text, finding->text) == 0)
            return true;
    }
    return false;
}

static bool is_gone(const struct findings *before, const struct findings *after,
                    const struct finding *finding)
{
    return !is_still_there(after, finding) &&
           count_alike(after, finding, SEVERITY_OK) < count_alike(before, finding, SEVERITY_OK);
}

static bool is_more(const struct findings *before, const struct findings *after,
                    const struct finding *finding, enum severity worst)
{
    return count_alike(after, finding, worst) > count_alike(before, finding, worst);
}

static bool adds_none(const struct findings *before, const struct findings *after)
{
    for (size_t i = 0; i < after->count; i++) {
        const struct finding *finding = &after->findings[i];

        if (finding->severity <= SEVERITY_WARNING &&
            (is_more(before, after, finding, finding->severity) ||
             is_more(before, after, finding, SEVERITY_OK)))
            return false;
    }
    return true;
}

/* The finding of the cure, and those of all that it is made of. */
static bool heals_all(const struct worth *before, const struct worth *after,
                      const struct cure *cure)
{
    bool gone = !cure->finding || is_gone(before->findings, after->findings, cure->finding);

    for (size_t i = 0; gone && i < cure->other_count; i++)
        gone = is_gone(before->findings, after->findings, cure->others[i]);
    return gone;
}

static bool is_better(const struct cure_check *check, const struct worth *after,
                      const struct cure *cure)
{
    const struct worth *before = &check->before;

    return heals_all(before, after, cure) && adds_none(before->findings, after->findings) &&
           spf_keeps(check, after) && dmarc_keeps(before, after) &&
           route_keeps(before->route, after->route);
}

/* ---- the whole ---- */

struct cure_check *cure_check_new(const struct setup *setup, const struct findings *findings)
{
    struct cure_check *check = memory_new(1, sizeof *check);
    struct lookup reading;

    check->arena = arena_new();
    check->setup = setup;
    check->lookup = *setup->view->lookup;
    check->lookup.wants = NULL;
    sender_init(&check->stranger, profile_find("rfc5321"));
    collect_addresses(check);
    check->read = question_map_new();
    reading = check->lookup;
    reading.read = check->read;
    check->before.results = judge_addresses(check, &reading, check->arena);
    check->before = judge(check, &check->lookup, setup, findings, check->arena);
    return check;
}

void cure_check_free(struct cure_check *check)
{
    sender_clear(&check->stranger);
    question_map_free(check->read);
    arena_free(check->arena);
    free(check);
}

bool cure_check_heals(const struct cure_check *check, struct cure *cure)
{
    struct lookup lookup = cure->asks ? *check->setup->view->lookup : check->lookup;
    struct setup_view view = *check->setup->view;
    struct cure_overlay overlay;
    struct arena *arena;
    struct worth after;
    struct setup *setup;
    bool better;

    if (!cure_overlay_init(&overlay, cure))
        return false;
    arena = arena_new();
    lookup.overlay = overlay.answers;
    view.lookup = &lookup;
    view.flaws = (struct zone_flaws){0}; /* they are those of the file without the cure */
    setup = setup_build(&view, arena);
    after = judge(check, &lookup, setup, findings_build(setup, arena), arena);
    better = is_better(check, &after, cure);
    cure->waiting |= cure->asks && !after.findings->complete;
    arena_free(arena);
    cure_overlay_clear(&overlay);
    return better;
}
