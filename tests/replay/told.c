/* What is told of a domain, without the sentences: findings with the records they want changed, the
 * lines of the mail policy, and what a diff says of the domain and the one cured. Arguments as
 * judged_each has them. */
#include "base/memory.h"
#include "dns/type.h"
#include "sheet/policy/policy_lines.h"
#include "survey/diff.h"
#include "unit/worlds/judged_domain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_lines(const char *mark, const char *lines)
{
    for (; *lines; lines += strcspn(lines, "\n"), lines += *lines == '\n')
        printf("    %s %.*s\n", mark, (int)strcspn(lines, "\n"), lines);
}

static void print_finding(const struct finding *finding)
{
    printf("  %s %s %s %s%s%s", severity_text(finding->severity), finding->id, finding->subject,
           finding->place, finding->about ? " " : "", finding->about ? finding->about : "");
    if (finding->row_count || finding->also || finding->folded || finding->more)
        printf(" (%zu rows, %zu more, %s %zu)", finding->row_count, finding->also,
               finding->folded ? "folded" : "listed", finding->more);
    printf("%s%s\n", finding->server[0] ? " by " : "", finding->server);
    print_lines("-", finding->remove);
    print_lines("+", finding->publish);
}

static void print_findings(const struct findings *findings)
{
    for (size_t i = 0; findings && i < findings->count; i++)
        print_finding(&findings->findings[i]);
    if (findings && !findings->complete)
        puts("  and more is to come");
}

static void print_policy(const struct facts *facts)
{
    struct arena *arena = arena_new();
    const struct policy_lines *list = policy_lines_build(facts, false, arena);

    for (size_t i = 0; i < list->count; i++) {
        const struct policy_line *line = &list->lines[i];

        printf("  %*s%s %s %s %s\n", 2 * (int)line->depth, "", line->key, line->glyph, line->state,
               line->right);
    }
    arena_free(arena);
}

/* ---- the domain cured ---- */

/* The first finding that says what to publish; NULL when there is none. */
static const struct finding *find_cured(const struct findings *findings)
{
    for (size_t i = 0; findings && i < findings->count; i++)
        if (*findings->findings[i].publish)
            return &findings->findings[i];
    return NULL;
}

static void print_differences(const struct judged *judged, const struct judged *cured)
{
    struct arena *arena = arena_new();
    struct diff diff;

    diff_build(judged->survey, cured->survey, arena, &diff);
    printf("  diff: %zu lines, %zu other, %zu unknown\n", diff.count, diff.other, diff.unknown);
    for (size_t i = 0; i < diff.count; i++) {
        const struct diff_line *line = &diff.lines[i];
        char type[TYPE_TEXT];

        if (line->state != DIFF_SAME)
            printf("    %s %s %s: %s | %s\n", diff_state_text(line->state), line->owner,
                   type_text(line->type, type), line->left ? line->left : "",
                   line->right ? line->right : "");
    }
    for (size_t i = 0; i < diff.finding_count; i++)
        printf("    %s %s %s\n", diff.findings[i].right ? "right" : "left",
               diff.findings[i].finding->id, diff.findings[i].finding->subject);
    arena_free(arena);
}

static void compare_cured(const struct judged *judged)
{
    const struct finding *finding = find_cured(judged->facts->findings);
    struct text zone = {0};
    struct judged cured;

    if (!finding)
        return;
    judged_apply(judged->zone, finding, &zone);
    if (judged_init(&cured, text_get(&zone), zone.length, judged->facts->subject->name)) {
        print_differences(judged, &cured);
        judged_clear(&cured);
    }
    text_clear(&zone);
}

static void tell(const char *label, const char *zone, size_t length, const char *name,
                 void *context)
{
    struct judged judged;

    (void)context;
    if (!judged_begin(&judged, label, zone, length, name))
        return;
    print_findings(judged.facts->findings);
    print_policy(judged.facts);
    compare_cured(&judged);
    judged_clear(&judged);
}

int main(int argc, char **argv)
{
    judged_each(argc, argv, tell, NULL);
    return EXIT_SUCCESS;
}
