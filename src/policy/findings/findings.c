#include "policy/findings/findings.h"

#include "base/message.h"
#include "dns/name.h"
#include "policy/findings/finding_list.h"
#include "policy/findings/finding_rows.h"

#include <stdlib.h>
#include <string.h>

static const struct finding_kind *const groups[] = {
    findings_view,
    findings_mx,
    findings_mx_hosts,
    findings_mx_set,
    findings_names,
    findings_ns,
    findings_authority,
    findings_srv,
    findings_spf,
    findings_spf_terms,
    findings_dmarc,
    findings_dkim,
    findings_transport,
    findings_dnssec,
    findings_slips,
    findings_directory,
    findings_directory_records,
    findings_sites,
    findings_forest,
    findings_kerberos,
    findings_services,
    findings_file,
};

enum { GROUPS = sizeof groups / sizeof groups[0] };

static const char *const severities[SEVERITIES] = {
    [SEVERITY_ERROR] = N_IN_("severity", "error"),
    [SEVERITY_WARNING] = N_IN_("severity", "warning"),
    [SEVERITY_NOTICE] = N_IN_("severity", "notice"),
    [SEVERITY_UNKNOWN] = N_IN_("severity", "unknown"),
    [SEVERITY_OK] = N_IN_("severity", "ok"),
};

const char *severity_text(enum severity severity)
{
    return severities[severity];
}

const char *severity_word(enum severity severity)
{
    return tr_in("severity", severities[severity]);
}

/* ---- the table ---- */

static const struct finding_kind *kind_at(size_t index)
{
    for (size_t group = 0; group < GROUPS; group++) {
        size_t count = 0;

        while (groups[group][count].test)
            count++;
        if (index < count)
            return &groups[group][index];
        index -= count;
    }
    return NULL;
}

size_t finding_kinds_count(void)
{
    size_t count = 0;

    while (kind_at(count))
        count++;
    return count;
}

const struct finding_kind *finding_kinds_at(size_t index)
{
    return kind_at(index);
}

const struct finding_kind *finding_kinds_find(const char *id)
{
    const struct finding_kind *kind;

    for (size_t i = 0; (kind = kind_at(i)); i++)
        if (strcmp(kind->id, id) == 0)
            return kind;
    return NULL;
}

/* ---- running it ---- */

static bool is_ignored(const struct setup_view *view, const char *id)
{
    for (size_t i = 0; i < view->ignored_count; i++)
        if (strcmp(view->ignored[i], id) == 0)
            return true;
    return false;
}

static void run_test(struct finding_list *list, const struct finding_kind *kind)
{
    list->kind = kind;
    list->begin = list->count;
    if (!is_ignored(list->setup->view, kind->id))
        kind->test(list);
    list->place++;
}

struct placed {
    struct finding finding;
    size_t place, added;
};

static int compare_sizes(size_t a, size_t b)
{
    return a < b ? -1 : a > b;
}

static int compare_placed(const void *a, const void *b)
{
    const struct placed *left = a, *right = b;
    int order = (int)left->finding.severity - (int)right->finding.severity;

    if (order == 0)
        order = compare_sizes(left->place, right->place);
    if (order == 0)
        order = name_compare(left->finding.subject, right->finding.subject);
    return order != 0 ? order : compare_sizes(left->added, right->added);
}

static bool are_alike(const struct finding *a, const struct finding *b)
{
    return a->severity == b->severity && a->id == b->id;
}

/* Folds the run of findings alike that begins at `first`; returns where the next one begins. */
static size_t fold_run(struct finding *findings, size_t first, size_t count)
{
    size_t end = first, also = 0;

    for (; end < count && are_alike(&findings[first], &findings[end]); end++)
        also += findings[end].also;
    if (end - first <= FINDINGS_LISTED + 1)
        return end;
    for (size_t i = first + FINDINGS_LISTED; i < end; i++)
        findings[i].folded = true;
    findings[first + FINDINGS_LISTED].more = end - first - FINDINGS_LISTED + also;
    return end;
}

bool finding_is_listed(const struct finding *finding)
{
    return !finding->folded || finding->more > 0;
}

static void keep_sorted(const struct finding_list *list, struct findings *findings)
{
    struct placed *placed = arena_alloc(list->arena, list->count + 1, sizeof *placed);
    struct finding *sorted = arena_alloc(list->arena, list->count + 1, sizeof *sorted);
    size_t count;

    for (size_t i = 0; i < list->count; i++)
        placed[i] = (struct placed){list->findings[i], list->places[i], i};
    qsort(placed, list->count, sizeof *placed, compare_placed);
    for (size_t i = 0; i < list->count; i++)
        sorted[i] = placed[i].finding;
    count = finding_rows_merge(list->arena, sorted, list->count);
    for (size_t i = 0; i < count; i++)
        findings->by_severity[sorted[i].severity] +=
            1 + (sorted[i].row_count > 0 ? 0 : sorted[i].also);
    for (size_t first = 0; first < count;)
        first = fold_run(sorted, first, count);
    findings->findings = sorted;
    findings->count = count;
}

/* Takes the list over. */
static struct findings *finish(struct finding_list *list)
{
    struct findings *findings = arena_alloc(list->arena, 1, sizeof *findings);

    keep_sorted(list, findings);
    findings->complete = list->complete;
    free(list->findings);
    free(list->places);
    return findings;
}

static struct findings *build(const struct setup *setup, struct arena *arena,
                              const struct finding_kind *const *tables, size_t count)
{
    struct finding_list list = {.arena = arena, .setup = setup, .complete = setup->complete};

    for (size_t i = 0; i < count; i++)
        for (const struct finding_kind *kind = tables[i]; kind->test; kind++)
            run_test(&list, kind);
    return finish(&list);
}

struct findings *findings_build(const struct setup *setup, struct arena *arena)
{
    return build(setup, arena, groups, GROUPS);
}

struct findings *findings_build_key(const struct setup_view *view, const struct dkim *dkim,
                                    struct arena *arena)
{
    static const struct finding_kind *const tables[] = {findings_dkim};
    struct setup *setup = arena_alloc(arena, 1, sizeof *setup);

    setup->view = view;
    setup->dkim = dkim;
    setup->complete = dkim->complete;
    return build(setup, arena, tables, 1);
}

struct findings *findings_build_zone(const struct setup *setup, struct arena *arena)
{
    static const struct finding_kind *const tables[] = {findings_ns, findings_authority,
                                                        findings_dnssec, findings_file};

    return build(setup, arena, tables, sizeof tables / sizeof *tables);
}
