/* Is what stands above findings as bad as the worst of them? Rows of the mail pane, exchanges, name
 * servers and services, titles of panes, and the journey of a message are held to the findings.
 * Arguments as judged_each has them. Prints what differs, and how much was compared; fails when
 * anything differs. */
#include "base/memory.h"
#include "sheet/finding_look.h"
#include "sheet/journey_sheet.h"
#include "sheet/policy/policy_line.h"
#include "unit/worlds/judged_domain.h"
#include "view/panes/pane.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct tally {
    size_t domains, compared, bad, faults;
};

struct watched {
    const char *label; /* of the domain */
    const struct facts *facts;
    struct scene *scene;
    struct arena *arena;
    struct tally *tally;
};

static const struct {
    const char *label;
    enum finding_topic topic;
} policies[] = {
    {"SPF", TOPIC_SPF},         {"DMARC", TOPIC_DMARC},     {"DKIM", TOPIC_DKIM},
    {"MTA-STS", TOPIC_MTA_STS}, {"TLS-RPT", TOPIC_TLS_RPT}, {"BIMI", TOPIC_BIMI},
    {"DANE", TOPIC_DANE},       {"DNSSEC", TOPIC_DNSSEC},   {"PTR", TOPIC_PTR},
    {"Servers", TOPIC_SERVERS},
};

static enum finding_topic topic_of(const char *label)
{
    for (size_t i = 0; i < sizeof policies / sizeof policies[0]; i++)
        if (strcmp(policies[i].label, label) == 0)
            return policies[i].topic;
    return TOPIC_OTHER;
}

/* As bad as the worst finding; where there is none as bad as a warning, no worse than a notice. */
static void compare(struct watched *watched, const char *what, enum severity worst,
                    const char *glyph, enum role role)
{
    const char *wanted = finding_look(worst, (struct finding_look){"", ROLE_TEXT}).glyph;
    bool worse = role == ROLE_ERROR || role == ROLE_WARN;
    bool fits = *wanted ? strcmp(glyph, wanted) == 0 : !worse;

    watched->tally->compared++;
    watched->tally->bad += *wanted != '\0';
    if (fits)
        return;
    watched->tally->faults++;
    printf("# %s: %s is shown as \"%s\", and the worst finding is %s\n", watched->label, what,
           glyph, severity_text(worst));
}

static void expect(struct watched *watched, bool right, const char *what, const char *text)
{
    watched->tally->compared++;
    if (right)
        return;
    watched->tally->faults++;
    printf("# %s: %s: %s\n", watched->label, what, text);
}

/* ---- rows ---- */

static void compare_policy(struct watched *watched, const struct row *row)
{
    const struct policy_line *line = row->kind == ROW_POLICY ? row->policy : NULL;
    enum finding_topic topic = row->depth == 0 && line ? topic_of(line->label) : TOPIC_OTHER;
    enum severity worst = findings_worst(watched->facts->findings, topic);

    if (topic == TOPIC_OTHER)
        return;
    compare(watched, line->label, worst, line->glyph, line->role);
    expect(watched, worst > SEVERITY_WARNING || strcmp(line->state, "ok") != 0, line->label,
           line->state);
}

/* The first of these that is drawn in the line. */
static const char *drawn_mark(const struct canvas *canvas)
{
    static const char *const marks[] = {"✗", "!", "?"};

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        for (int x = 0; x < canvas_width(canvas); x++)
            if (strcmp(canvas_cell(canvas, x, 0)->glyph, marks[i]) == 0)
                return marks[i];
    return "";
}

static void compare_record(struct watched *watched, enum pane pane, const struct row *row,
                           enum finding_topic topic)
{
    struct canvas *canvas = canvas_new(200, 1);
    const char *id;
    enum severity worst;
    struct text line = {0};

    if (!row->record || row->depth > 0) {
        canvas_free(canvas);
        return;
    }
    worst = findings_worst_about(watched->facts->findings, topic, row->target, row->record, &id);
    pane_kind(pane)->draw(watched->scene, row, canvas, canvas_area(canvas), false);
    record_print(row->record, &line);
    if (worst <= SEVERITY_WARNING)
        compare(watched, text_get(&line), worst, drawn_mark(canvas), ROLE_ERROR);
    text_clear(&line);
    canvas_free(canvas);
}

static void compare_rows(struct watched *watched, struct page *page)
{
    for (int pane = 0; pane < PANE_COUNT; pane++) {
        pane_list(watched->scene, page, pane, watched->arena, NULL);
        for (size_t i = 0; i < page->panes[pane].rows.count; i++) {
            const struct row *row = &page->panes[pane].rows.rows[i];

            if (pane == PANE_MAIL)
                compare_policy(watched, row);
            else if (pane == PANE_MX)
                compare_record(watched, pane, row, TOPIC_MX);
            else if (pane == PANE_NS)
                compare_record(watched, pane, row, TOPIC_NS);
            else if (pane == PANE_SRV)
                compare_record(watched, pane, row, TOPIC_SRV);
        }
    }
}

/* ---- titles ---- */

/* The state of the row, or what receivers return for it. */
static bool is_word_of(const char *title, const struct policy_line *line)
{
    const char *at = strstr(title, line->label), *state = line->state;
    size_t length;

    if (!at)
        return false;
    at += strlen(line->label) + 1;
    length = strcspn(at, ",");
    if (strncmp(state, "p=", 2) == 0 && strncmp(at, "p=", 2) != 0)
        state += 2;
    return (length == strlen(state) && strncmp(at, state, length) == 0) ||
           (length == strlen("permerror") && strncmp(at, "permerror", length) == 0 &&
            (line->role == ROLE_ERROR || strcmp(line->state, "too many voids") == 0));
}

/* A title says what its rows say: of policies each, and the same of a pane without a record. */
static void compare_words(struct watched *watched, enum pane pane, const char *title)
{
    const struct rows *rows = &watched->scene->page->panes[pane].rows;
    bool without = pane == PANE_SRV && !watched->facts->srv.record_count && rows->count;
    bool empty = (rows->count == 1 || without) && !rows->rows[0].record && rows->rows[0].words;

    for (size_t i = 0; pane == PANE_MAIL && i < rows->count; i++) {
        const struct policy_line *line =
            rows->rows[i].kind == ROW_POLICY ? rows->rows[i].policy : NULL;

        if (line && line->depth == 0 &&
            (strcmp(line->label, "SPF") == 0 || strcmp(line->label, "DMARC") == 0) &&
            watched->facts->setup)
            expect(watched, is_word_of(title, line), title,
                   arena_format(watched->arena, "the row of %s says %s", line->label, line->state));
    }
    if (empty && (pane == PANE_MX || pane == PANE_NS || pane == PANE_ADDRESS || pane == PANE_SRV))
        expect(watched, strstr(rows->rows[0].words, title) != NULL, title, rows->rows[0].words);
}

static void compare_titles(struct watched *watched)
{
    static const char *const words[] = {"error", "warning", "notice", "unknown"};
    const struct findings *findings = watched->facts->findings;

    for (int pane = 0; pane < PANE_COUNT; pane++) {
        struct text title = {0};

        pane_kind(pane)->summary(watched->scene, &title);
        compare_words(watched, pane, text_get(&title));
        if (pane == PANE_MAIL && findings_worst(findings, TOPIC_SPF) <= SEVERITY_WARNING)
            expect(watched, !strstr(text_get(&title), "SPF ok"), "title", text_get(&title));
        if (pane == PANE_MAIL && findings_worst(findings, TOPIC_DMARC) == SEVERITY_UNKNOWN)
            expect(watched, !strstr(text_get(&title), "DMARC none"), "title", text_get(&title));
        for (int i = 0; pane == PANE_FINDINGS && i < SEVERITY_OK; i++) {
            const char *count =
                arena_format(watched->arena, "%zu %s", findings->by_severity[i], words[i]);

            if (findings->by_severity[i] > 0)
                expect(watched, strstr(text_get(&title), count), "title", text_get(&title));
        }
        text_clear(&title);
    }
}

/* ---- the journey ---- */

static void compare_journey(struct watched *watched)
{
    struct sheet *sheet = sheet_new(watched->arena, 100);

    journey_draw(sheet, watched->facts);
    for (size_t i = 0; i < sheet->count; i++) {
        const struct sheet_line *line = &sheet->lines[i];
        enum finding_topic topic =
            line->span_count < 2 ? TOPIC_OTHER : topic_of(line->spans[0].text);
        char glyph[8] = "";

        if (topic == TOPIC_OTHER)
            continue;
        snprintf(glyph, sizeof glyph, "%.*s", (int)strcspn(line->spans[1].text, " "),
                 line->spans[1].text);
        compare(watched, arena_format(watched->arena, "%s of the journey", line->spans[0].text),
                findings_worst(watched->facts->findings, topic), glyph, line->spans[1].role);
    }
}

static void watch(const char *label, const char *zone, size_t length, const char *name,
                  void *context)
{
    struct watched watched = {.label = label, .tally = context};
    struct page page = {0};
    struct scene scene = {.page = &page};
    struct judged judged;

    watched.tally->domains++;
    if (!judged_init(&judged, zone, length, name)) {
        watched.tally->faults++;
        return;
    }
    watched.arena = arena_new();
    watched.facts = page.facts = judged.facts;
    watched.scene = &scene;
    page.name = judged.facts->subject->name;
    for (int i = 0; i < PANE_COUNT; i++)
        page.places[i] = i;
    compare_rows(&watched, &page);
    if (judged.facts->findings) {
        compare_titles(&watched);
        compare_journey(&watched);
    }
    arena_free(watched.arena);
    judged_clear(&judged);
}

int main(int argc, char **argv)
{
    struct tally tally = {0};

    setlocale(LC_ALL, "C.UTF-8");
    judged_each(argc, argv, watch, &tally);
    printf("%zu domains, %zu looks compared, %zu of them bad, %zu differ\n", tally.domains,
           tally.compared, tally.bad, tally.faults);
    return tally.faults ? EXIT_FAILURE : EXIT_SUCCESS;
}
