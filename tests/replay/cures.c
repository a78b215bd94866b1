/* Do cures heal? Each record that a finding says to publish is put into the zone, and the domain is
 * judged again, from nothing; then all those of the report together.
 *   cures FIRST COUNT      the domains of so many seeds
 *   cures NAME FILE ...    master files, and the name that is looked up in them
 * Prints what does not heal or does harm, or is told twice, and a line with the numbers; fails when
 * there is any. */
#include "dns/type.h"
#include "dns/zone/zone.h"
#include "mail/profiles/profiles.h"
#include "mail/route/route.h"
#include "unit/worlds/judged_domain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct tally {
    size_t domains, findings, cures, faults, reports, clashes;
};

/* ---- the zone with the cure ---- */

static bool has_alias(const struct zone *zone, const char *owner)
{
    bool alias = false, other = false;

    for (size_t i = 0; i < zone_record_count(zone); i++) {
        const struct record *record = zone_record(zone, i);

        if (strcmp(record->owner, owner) != 0)
            continue;
        alias |= record->type == TYPE_CNAME;
        other |= record->type != TYPE_CNAME;
    }
    return alias && other;
}

static bool is_beside_alias(const struct judged *before, const struct judged *after)
{
    for (size_t i = 0; i < zone_record_count(after->zone); i++) {
        const char *owner = zone_record(after->zone, i)->owner;

        if (has_alias(after->zone, owner) && !has_alias(before->zone, owner))
            return true;
    }
    return false;
}

/* ---- what must not get worse ---- */

/* What is said of an address's reverse name is the same under another name of the host. */
static bool is_alike(const struct finding *a, const struct finding *b)
{
    return strcmp(a->id, b->id) == 0 &&
           (strcmp(a->subject, b->subject) == 0 ||
            (a->type == TYPE_PTR && b->type == TYPE_PTR && strcmp(a->text, b->text) == 0));
}

static size_t count_alike(const struct findings *findings, const struct finding *finding, bool text)
{
    size_t count = 0;

    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *other = &findings->findings[i];

        count += is_alike(other, finding) && (!text || strcmp(other->text, finding->text) == 0);
    }
    return count;
}

static const struct finding *new_finding(const struct findings *before,
                                         const struct findings *after)
{
    for (size_t i = 0; i < after->count; i++)
        if (after->findings[i].severity <= SEVERITY_WARNING &&
            count_alike(after, &after->findings[i], false) >
                count_alike(before, &after->findings[i], false))
            return &after->findings[i];
    return NULL;
}

static int spf_badness(const struct judged *judged, struct arena *arena,
                       const struct address *address)
{
    static const int order[] = {
        [SPF_PASS] = 0, [SPF_NEUTRAL] = 1,   [SPF_NONE] = 1,      [SPF_SOFTFAIL] = 2,
        [SPF_FAIL] = 3, [SPF_TEMPERROR] = 4, [SPF_PERMERROR] = 4,
    };
    struct lookup lookup = {.answers = judged->answers, .wants = wants_new()};
    const char *name = judged->facts->subject->name;
    struct spf_sender sender = {.ip = *address, .helo = name};
    const struct spf_verdict *verdict;
    int badness;

    sender.from = arena_format(arena, "postmaster@%s", name);
    JUDGED_SETTLE(judged, lookup, verdict = spf_check(&lookup, arena, &sender));
    badness = order[verdict->result];
    wants_free(lookup.wants);
    return badness;
}

static bool spf_is_worse(const struct judged *before, const struct judged *after,
                         struct arena *arena, const struct address *address)
{
    return spf_badness(after, arena, address) > spf_badness(before, arena, address);
}

static bool listed_is_worse(const struct judged *before, const struct judged *after,
                            struct arena *arena, const struct spf_node *node)
{
    for (size_t i = 0; i < node->branch_count; i++) {
        const struct spf_branch *branch = &node->branches[i];
        bool is_network = (branch->term->kind == SPF_IP4 || branch->term->kind == SPF_IP6) &&
                          !spf_term_is_private(branch->term);

        if (is_network && spf_is_worse(before, after, arena, &branch->term->network))
            return true;
        if (branch->child && listed_is_worse(before, after, arena, branch->child))
            return true;
    }
    return false;
}

/* From loopback addresses (MX localhost) no mail comes to anybody. */
static bool exchange_is_worse(const struct judged *before, const struct judged *after,
                              struct arena *arena)
{
    const struct exchanges *exchanges = before->facts->setup->exchanges;

    for (size_t i = 0; i < exchanges->count; i++)
        for (size_t k = 0; k < exchanges->exchanges[i].address_count; k++) {
            const struct address *address = &exchanges->exchanges[i].addresses[k];

            if (address_kind(address) != ADDRESS_LOOPBACK &&
                spf_is_worse(before, after, arena, address))
                return true;
        }
    return false;
}

static enum dmarc_policy policy_for(const struct judged *judged, struct arena *arena,
                                    const char *name)
{
    struct lookup lookup = {.answers = judged->answers, .wants = wants_new()};
    const struct dmarc *dmarc;
    enum dmarc_policy policy;

    JUDGED_SETTLE(judged, lookup, dmarc = dmarc_build(&lookup, arena, name));
    policy = dmarc->state == POLICY_FOUND ? dmarc->applied : DMARC_ABSENT;
    wants_free(lookup.wants);
    return policy;
}

static bool dmarc_is_looser(const struct judged *before, const struct judged *after,
                            struct arena *arena)
{
    const char *name = before->facts->subject->name;
    const char *names[] = {name, arena_format(arena, "nobody.%s", name), "example.com.",
                           "www.example.com.", "mx1.example.com."};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (policy_for(after, arena, names[i]) < policy_for(before, arena, names[i]))
            return true;
    return false;
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

/* qmail alone goes to an address in place of a name, and before all others; a name in its place
 * stands where it is listed, and is left out with all that is not better than the sender. */
static bool is_lost(const struct route *before, const struct route *after)
{
    for (size_t i = 0; i < before->host_count; i++)
        for (size_t k = 0; k < before->hosts[i].address_count; k++) {
            const struct address *address = &before->hosts[i].addresses[k].address;
            bool meant =
                address_kind(address) == ADDRESS_DOCUMENTATION && !before->hosts[i].literal;

            if (meant && before->hosts[i].state == HOST_CANDIDATE && !delivers_to(after, address))
                return true;
        }
    return false;
}

static const struct route *route_of(const struct judged *judged, struct arena *arena,
                                    const struct sender *sender)
{
    struct lookup lookup = {.answers = judged->answers, .wants = wants_new()};
    const struct route *route;

    JUDGED_SETTLE(judged, lookup,
                  route = route_build(&lookup, judged->facts->subject->name, sender, arena));
    wants_free(lookup.wants);
    return route;
}

/* By the rules of every sender. */
static bool route_is_lost(const struct judged *before, const struct judged *after,
                          struct arena *arena)
{
    bool lost = false;

    for (size_t i = 0; i < profile_count() && !lost; i++) {
        struct sender sender;
        const struct route *route;

        sender_init(&sender, profile_at(i));
        route = route_of(before, arena, &sender);
        lost = route->decision.verdict == VERDICT_DELIVER &&
               is_lost(route, route_of(after, arena, &sender));
        sender_clear(&sender);
    }
    return lost;
}

/* ---- what reads badly ---- */

/* A term that stands in front already decides nothing. */
static bool has_word_twice(const char *line, size_t length)
{
    for (size_t i = 0, size; i < length; i += size + 1) {
        size = strcspn(line + i, " \"\n");
        for (size_t k = i + size + 1; size > 0 && k + size <= length; k++)
            if (memcmp(line + i, line + k, size) == 0 && strchr(" \"", line[k - 1]) &&
                strchr(" \"", line[k + size]))
                return true;
    }
    return false;
}

static bool has_term_twice(const char *lines)
{
    for (; *lines; lines += strcspn(lines, "\n"), lines += *lines == '\n') {
        const char *spf = strstr(lines, "\"v=spf1 ");
        size_t length = strcspn(lines, "\n");

        if (spf && spf < lines + length &&
            has_word_twice(spf + 1, (size_t)(lines + length - spf) - 1))
            return true;
    }
    return false;
}

static bool is_told_before(const struct findings *findings, size_t at)
{
    const struct finding *one = &findings->findings[at];

    for (size_t i = 0; i < at; i++) {
        const struct finding *other = &findings->findings[i];

        if (strcmp(one->id, other->id) == 0 && strcmp(one->subject, other->subject) == 0 &&
            strcmp(one->text, other->text) == 0 && strcmp(one->remove, other->remove) == 0 &&
            strcmp(one->record ? one->record : "", other->record ? other->record : "") == 0)
            return true;
    }
    return false;
}

/* ---- one cure ---- */

static const char *harm_of(const struct judged *before, const struct judged *after,
                           struct arena *arena)
{
    const struct finding *new = new_finding(before->facts->findings, after->facts->findings);

    if (new)
        return arena_format(arena, "it brings %s %s: %s", new->id, new->subject, new->text);
    if (is_beside_alias(before, after))
        return "it puts a record next to an alias";
    if (exchange_is_worse(before, after, arena))
        return "SPF is worse for an exchange";
    if (listed_is_worse(before, after, arena, before->facts->setup->spf->root))
        return "SPF is worse for a listed address";
    if (dmarc_is_looser(before, after, arena))
        return "the DMARC policy is looser";
    if (route_is_lost(before, after, arena))
        return "mail does not arrive any more where it did";
    return NULL;
}

static bool is_cured(const struct finding *finding)
{
    return *finding->publish || *finding->remove;
}

/* `finding` is one of those before, or NULL for all that have a cure. */
static const char *fault_of(const struct judged *before, const struct judged *after,
                            const struct finding *finding, struct arena *arena)
{
    const struct findings *then = before->facts->findings, *now = after->facts->findings;

    for (size_t i = 0; i < then->count; i++) {
        const struct finding *one = &then->findings[i];

        if (finding ? one != finding : !is_cured(one))
            continue;
        if (count_alike(now, one, true) > 0 ||
            count_alike(now, one, false) >= count_alike(then, one, false))
            return arena_format(arena, "%s %s is still there", one->id, one->subject);
    }
    return harm_of(before, after, arena);
}

static const char *try_lines(const struct judged *before, const struct finding *lines,
                             const struct finding *finding, struct arena *arena)
{
    struct text zone = {0};
    struct judged after;
    const char *fault = judged_apply(before->zone, lines, &zone);

    if (!fault && !judged_init(&after, text_get(&zone), zone.length, before->facts->subject->name))
        fault = "the zone cannot be read with it";
    else if (!fault) {
        fault = fault_of(before, &after, finding, arena);
        judged_clear(&after);
    }
    text_clear(&zone);
    return fault;
}

/* ---- all cures of a report ---- */

/* So many reports are read one after the other; then there are no cures any more. */
enum { REPORTS_READ = 10 };

static bool has_all(const char *zone, const char *lines)
{
    while (*lines) {
        size_t end = strcspn(lines, "\n");

        if (!judged_has_line(zone, lines, end))
            return false;
        lines += end + (lines[end] == '\n');
    }
    return true;
}

/* The lines without those of `gone`, and then those of `come`, each once. */
static void change_lines(struct text *zone, const char *gone, const char *come)
{
    struct text changed = {0};

    for (const char *lines = text_get(zone); *lines; lines += strcspn(lines, "\n") + 1)
        if (!judged_has_line(gone, lines, strcspn(lines, "\n")))
            text_format(&changed, "%.*s\n", (int)strcspn(lines, "\n"), lines);
    for (const char *lines = come; *lines;) {
        size_t end = strcspn(lines, "\n");

        if (!judged_has_line(text_get(&changed), lines, end))
            text_format(&changed, "%.*s\n", (int)end, lines);
        lines += end + (lines[end] == '\n');
    }
    text_clear(zone);
    *zone = changed;
}

static void print_zone(const struct zone *zone, struct text *out)
{
    for (size_t i = 0; i < zone_record_count(zone); i++) {
        record_print(zone_record(zone, i), out);
        text_add_char(out, '\n');
    }
}

/* Does all that the report says, from the first finding on; what another one has changed already is
 * left for the next report. `done` are those that were done. */
static size_t do_all(const struct findings *findings, struct text *zone, bool *done)
{
    size_t count = 0;

    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->findings[i];

        done[i] =
            is_cured(finding) && has_all(text_get(zone), finding->remove) &&
            !(*finding->publish && !*finding->remove && has_all(text_get(zone), finding->publish));
        if (!done[i])
            continue;
        change_lines(zone, finding->remove, finding->publish);
        count++;
    }
    return count;
}

static const char *after_all(const struct judged *before, const struct judged *after,
                             const bool *done, struct arena *arena)
{
    for (size_t i = 0; i < before->facts->findings->count; i++) {
        const struct finding *finding = &before->facts->findings->findings[i];

        if (done[i] && count_alike(after->facts->findings, finding, true) > 0)
            return arena_format(arena, "%s %s is still there", finding->id, finding->subject);
    }
    return harm_of(before, after, arena);
}

/* One report; `zone` is what it is about, and then what it leads to. */
static const char *try_report(struct text *zone, const char *name, bool *any, struct arena *arena)
{
    struct judged before, after;
    const char *fault = NULL;
    bool *done;

    *any = false;
    if (!judged_init(&before, text_get(zone), zone->length, name))
        return NULL; /* it was made of records, and no file has them so */
    done = arena_alloc(arena, before.facts->findings->count + 1, sizeof *done);
    *any = do_all(before.facts->findings, zone, done) > 0;
    if (*any && !judged_init(&after, text_get(zone), zone->length, name)) {
        fault = "the zone cannot be read then";
    } else if (*any) {
        fault = after_all(&before, &after, done, arena);
        judged_clear(&after);
    }
    judged_clear(&before);
    return fault;
}

/* Whoever does all that the report says, and all that the next one says, has a good domain. */
static void try_all(const struct judged *judged, const char *label, struct tally *tally)
{
    const char *name = judged->facts->subject->name, *fault = NULL;
    struct text zone = {0}, before = {0};
    bool any = true;

    print_zone(judged->zone, &zone);
    for (size_t i = 0; any && !fault; i++) {
        struct arena *arena = arena_new();

        text_clear(&before);
        text_add(&before, text_get(&zone));
        fault = i == REPORTS_READ ? "there is always one more cure"
                                  : try_report(&zone, name, &any, arena);
        tally->reports += any;
        if (fault) {
            printf("# %s: %s, all cures: %s\n--- zone\n%s--- then\n%s", label, name, fault,
                   text_get(&before), text_get(&zone));
            tally->clashes++;
        }
        arena_free(arena);
    }
    text_clear(&before);
    text_clear(&zone);
}

static void try_domain(const char *label, const char *zone, size_t length, const char *name,
                       void *context)
{
    struct tally *tally = context;
    struct judged judged;

    tally->domains++;
    if (!judged_init(&judged, zone, length, name)) {
        printf("# %s: cannot be judged\n", label);
        tally->faults++;
        return;
    }
    for (size_t i = 0; judged.facts->findings && i < judged.facts->findings->count; i++) {
        const struct finding *finding = &judged.facts->findings->findings[i];
        struct arena *arena = arena_new();
        const char *fault = NULL;

        tally->findings++;
        if (is_cured(finding)) {
            tally->cures++;
            fault = has_term_twice(finding->publish) ? "it has a term of SPF twice"
                                                     : try_lines(&judged, finding, finding, arena);
        }
        if (is_told_before(judged.facts->findings, i))
            fault = "it is told twice";
        if (fault) {
            printf("# %s: %s, %s %s: %s\n-%s\n+%s\n", label, name, finding->id, finding->subject,
                   fault, finding->remove, finding->publish);
            tally->faults++;
        } else if (getenv("WORDS") && !is_cured(finding))
            printf("# %s: %s, %s %s: words: %s\n", label, name, finding->id, finding->subject,
                   finding->fix);
        arena_free(arena);
    }
    if (judged.facts->findings)
        try_all(&judged, label, tally);
    judged_clear(&judged);
}

int main(int argc, char **argv)
{
    struct tally tally = {0};

    judged_each(argc, argv, try_domain, &tally);
    printf("%zu domains, %zu findings, %zu cures, %zu do not heal or do harm (%.3f %%)\n",
           tally.domains, tally.findings, tally.cures, tally.faults,
           tally.cures ? 100.0 * (double)tally.faults / (double)tally.cures : 0.0);
    printf("%zu reports with cures, all of them done: %zu do not heal or do harm (%.3f %%)\n",
           tally.reports, tally.clashes,
           tally.reports ? 100.0 * (double)tally.clashes / (double)tally.reports : 0.0);
    return tally.faults || tally.clashes ? EXIT_FAILURE : EXIT_SUCCESS;
}
