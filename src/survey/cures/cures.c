#include "survey/cures/cures.h"

#include "dns/formats/published.h"
#include "dns/type.h"
#include "survey/cures/cure.h"

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

/* Can it be applied, and does it heal? */
static bool try_cure(struct cure *cure, const struct cure_check *check, size_t *tried)
{
    return cure->added_count + cure->removed_count > 0 && cure_place(cure) &&
           (*tried)++ < CURES_TRIED && cure_check_heals(check, cure) && !cure->waiting;
}

/* Makers with one id are tried one after the other; the words of the last one that has any hold
 * where none heals. NULL without records. */
static struct cure *cure_finding(const struct setup *setup, const struct findings *findings,
                                 const struct cure_check *check, struct finding *finding,
                                 struct arena *arena, size_t *tried)
{
    const struct cure_maker *maker = cure_makers_of(finding->id);
    struct finding *as_found = arena_alloc(arena, 1, sizeof *as_found);

    *as_found = *finding;
    if (finding->severity >= SEVERITY_UNKNOWN || finding->folded)
        return NULL;
    for (; maker; maker = cure_maker_next(maker)) {
        struct cure *cure = arena_alloc(arena, 1, sizeof *cure);
        bool heals;

        *cure = (struct cure){
            .arena = arena, .setup = setup, .findings = findings, .finding = as_found};
        maker->make(cure);
        heals = try_cure(cure, check, tried);
        if (cure->waiting)
            return NULL;
        if (cure->fix)
            finding->fix = cure->fix;
        if (heals)
            return cure;
    }
    return NULL;
}

static void publish(const struct cure *cure, struct finding *finding)
{
    finding->publish = added_lines(cure);
    finding->remove = removed_lines(cure);
    if (cure->told)
        finding->fix = cure->told;
}

void cures_build(const struct setup *setup, struct findings *findings, struct arena *arena)
{
    struct finding *cured;
    struct cure **cures;
    struct cure_check *check;
    size_t tried = 0;

    if (!setup->complete || !findings->complete)
        return;
    cured = arena_alloc(arena, findings->count + 1, sizeof *cured);
    cures = arena_alloc(arena, findings->count + 1, sizeof(struct cure *));
    check = cure_check_new(setup, findings);
    for (size_t i = 0; i < findings->count; i++) {
        cured[i] = findings->findings[i];
        cures[i] = cure_finding(setup, findings, check, &cured[i], arena, &tried);
    }
    cures_join(check, setup, findings, cures, arena);
    for (size_t i = 0; i < findings->count; i++)
        if (cures[i])
            publish(cures[i], &cured[i]);
    cure_check_free(check);
    findings->findings = cured;
}
