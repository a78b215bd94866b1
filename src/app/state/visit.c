#include "app/state/visit.h"

#include "app/settings/lesson.h"
#include "app/settings/places.h"
#include "base/array.h"
#include "base/memory.h"
#include "base/message.h"
#include "dns/type.h"
#include "survey/asking/inquiry.h"
#include "survey/watch_changes.h"
#include "view/panes/pane.h"

#include <stdlib.h>
#include <string.h>

static void page_clear(struct page *page)
{
    for (int i = 0; i < PANE_COUNT; i++)
        free(page->panes[i].filter);
    for (size_t i = 0; i < page->unfolded_count; i++)
        free(page->unfolded[i]);
    free(page->unfolded);
}

static void visit_free(struct visit *visit)
{
    survey_free(visit->survey);
    arena_free(visit->rows_arena);
    page_clear(&visit->page);
    for (int i = 0; i < PANE_COUNT; i++)
        free(visit->identities[i]);
    vantage_free(visit->vantage);
    free(visit->host);
    whatif_free(visit->whatif);
    changes_free(visit->changes);
    free(visit);
}

void visit_places(const struct visit *visit, struct strings *places, struct arena *arena)
{
    size_t count;
    const char *const *known = survey_places(visit->survey, &count);

    for (size_t i = 0; i < count; i++) {
        const char *wrong, *why;
        places_add_list(places, known[i], arena, &wrong, &why);
    }
}

/* The sites in the zone of the lesson, in place of those the program was started with. */
static void add_places(const char *id, struct survey_options *options, struct arena *arena)
{
    struct lessons lessons;
    const struct lesson *lesson;
    struct strings places = {0};

    lessons_load(&lessons);
    lesson = lessons_find(&lessons, id);
    if (lesson)
        places_add_lesson(&places, lesson, arena);
    lessons_clear(&lessons);
    options->places = places.list;
    options->place_count = places.count;
}

static struct visit *visit_new(struct ui *ui, const struct subject *subject)
{
    struct visit *visit = memory_new(1, sizeof *visit);
    struct survey_options options = ui->settings.survey;
    struct arena *arena = arena_new();

    options.sender = &ui->sender;
    options.ask_servers = ui->ask_servers;
    options.networked = options.networked && !ui->lesson;
    if (ui->lesson)
        options.sts_policy = lesson_policy(ui->lesson);
    if (ui->lesson)
        add_places(ui->lesson, &options, arena);
    visit->id = ++ui->last_visit_id;
    visit->survey = survey_new(subject, &options);
    arena_free(arena);
    visit->asker.survey = visit->survey;
    visit->page.name = survey_subject(visit->survey)->name;
    visit->page.note = survey_subject(visit->survey)->note;
    visit->page.begun_ms = visit->page.ended_ms = ui->now_ms;
    visit->page.waiting = true;
    visit->stale = true;
    memcpy(visit->page.places, ui->places, sizeof ui->places);
    return visit;
}

static void cancel(const struct question *question, void *effects)
{
    effects_add_question(effects, EFFECT_CANCEL, question, false);
}

/* Nobody waits for its questions any more; those that others share stay open. */
static void drop_questions(struct ui *ui, struct visit *visit, struct effects *effects)
{
    if (effects)
        asking_each_own(ui->asking, &visit->asker, cancel, effects);
    asking_drop(ui->asking, &visit->asker);
}

static void forget_visit(struct ui *ui, struct visit *visit, struct effects *effects)
{
    drop_questions(ui, visit, effects);
    visit_free(visit);
}

static void forget_from(struct ui *ui, size_t first, struct effects *effects)
{
    while (ui->visit_count > first)
        forget_visit(ui, ui->visits[--ui->visit_count], effects);
}

static void forget_oldest(struct ui *ui, struct effects *effects)
{
    forget_visit(ui, ui->visits[0], effects);
    memmove(ui->visits, ui->visits + 1, --ui->visit_count * sizeof *ui->visits);
}

/* The pane that shows records of a type. */
static enum pane pane_of(const char *name, const struct record_request *request)
{
    if (request->name && strcmp(request->name, name) != 0)
        return PANE_MAIL;
    switch (request->type) {
    case TYPE_MX:
        return PANE_MX;
    case TYPE_A:
    case TYPE_AAAA:
        return PANE_ADDRESS;
    case TYPE_NS:
        return PANE_NS;
    default:
        return PANE_MAIL;
    }
}

/* The line of the mail pane that shows them, once there is one. */
static void select_request(struct visit *visit, const struct record_request *request)
{
    struct pane_state *state = &visit->page.panes[PANE_MAIL];
    const char *name = request->name ? request->name : visit->page.name;
    char type[TYPE_TEXT];
    struct text key = {0};

    text_add(&key, type_text(request->type, type));
    for (int with_name = 0; with_name < 2; with_name++) {
        if (with_name)
            text_format(&key, " %s", name);
        for (size_t i = 0; i < state->rows.count; i++)
            if (state->rows.rows[i].words && !state->rows.rows[i].depth &&
                strcmp(state->rows.rows[i].words, text_get(&key)) == 0)
                state->cursor.selected = i;
    }
    text_clear(&key);
    visit_note_cursor(visit, PANE_MAIL);
}

void visit_show_records(struct ui *ui, struct visit *visit, const struct record_request *request)
{
    visit->page.focus = pane_of(visit->page.name, request);
    visit->stale = true;
    visit_refresh(ui, visit);
    if (visit->page.focus == PANE_MAIL)
        select_request(visit, request);
}

/* What was typed beside the name. */
static void apply_inquiry(struct ui *ui, struct visit *visit, const struct inquiry *inquiry)
{
    const struct survey_options *options = &ui->settings.survey;
    struct record_request request = {0};

    const struct vantage_spec *server = inquiry->has_server               ? &inquiry->server
                                        : ui->has_resolver && !ui->lesson ? &ui->resolver
                                                                          : NULL;

    if (server && server->server.family)
        visit->asker.vantage = visit->vantage =
            vantage_new_server(&server->server, server->port, server->encrypted);
    else if (server)
        visit_through(visit, server);
    inquiry_want(inquiry, visit->survey);
    if (inquiry->type_count)
        request.type = inquiry->types[0];
    if (!request.type && options->request_count)
        request = options->requests[0];
    if (request.type)
        visit_show_records(ui, visit, &request);
}

/* What is built from the answers goes while another page is looked at: there may be many. */
static void rest(struct visit *visit)
{
    for (int i = 0; i < PANE_COUNT; i++)
        visit->page.panes[i].rows = (struct rows){0};
    arena_free(visit->rows_arena);
    visit->rows_arena = NULL;
    visit->page.facts = NULL;
    survey_rest(visit->survey);
    visit->stale = true;
}

bool visit_reaches(const struct ui *ui, const char **why)
{
    const struct survey_options *options = &ui->settings.survey;

    if (ui->ask_servers != REACH_NONE ||
        (!ui->lesson && (options->networked || !options->zone_files)))
        return true;
    *why = ui->lesson ? tr("a lesson queries no resolver")
                      : tr("with zone files no name server is queried");
    return false;
}

enum status visit_open(struct ui *ui, const char *typed, struct effects *effects, char **why)
{
    const char *reason;
    struct inquiry inquiry;
    struct subject subject;
    enum status status = inquiry_subject(typed, &inquiry, &subject, why);
    struct visit *visit;

    if (status)
        return status;
    if (inquiry.has_server && !visit_reaches(ui, &reason)) {
        *why = memory_dup(reason);
        inquiry_clear(&inquiry);
        subject_clear(&subject);
        return STATUS_RANGE;
    }
    visit = visit_new(ui, &subject);
    subject_clear(&subject);
    apply_inquiry(ui, visit, &inquiry);
    inquiry_clear(&inquiry);
    forget_from(ui, ui->visit_count ? ui->current + 1 : 0, effects);
    if (ui->visit_count)
        rest(ui->visits[ui->current]);
    if (ui->visit_count == VISITS_MAX)
        forget_oldest(ui, effects);
    ARRAY_PUSH(ui->visits, ui->visit_count, ui->visit_capacity, visit);
    ui->current = ui->visit_count - 1;
    return STATUS_OK;
}

bool visit_step(struct ui *ui, int direction)
{
    if (direction < 0 ? ui->current == 0 : ui->current + 1 >= ui->visit_count)
        return false;
    rest(ui->visits[ui->current]);
    ui->current += (size_t)direction;
    ui->visits[ui->current]->stale = true;
    visit_refresh(ui, ui->visits[ui->current]);
    return true;
}

void visits_free(struct ui *ui)
{
    forget_from(ui, 0, NULL);
    while (ui->compared_count)
        forget_visit(ui, ui->compared[--ui->compared_count], NULL);
    free(ui->visits);
    free(ui->compared);
    asking_free(ui->asking);
}

void visits_forget(struct ui *ui, struct effects *effects)
{
    forget_from(ui, 0, effects);
    ui->current = 0;
}

bool visit_first(struct ui *ui, struct effects *effects)
{
    if (!ui->visit_count)
        return false;
    forget_from(ui, 1, effects);
    ui->current = 0;
    return true;
}

void visit_reset(struct visit *visit)
{
    struct page *page = &visit->page;

    page_clear(page);
    page->unfolded = NULL;
    page->unfolded_count = page->unfolded_capacity = 0;
    for (int i = 0; i < PANE_COUNT; i++) {
        page->panes[i] = (struct pane_state){.rows = page->panes[i].rows};
        free(visit->identities[i]);
        visit->identities[i] = NULL;
    }
    page->focus = PANE_MX;
    page->zoomed = visit->jumped = visit->watched = false;
    visit->next_watch_ms = 0;
    if (visit->whatif)
        whatif_reset(visit->whatif);
    visit->stale = true;
}

struct visit *visit_compared(struct ui *ui, const struct subject *subject, struct vantage *vantage)
{
    struct visit *visit = visit_new(ui, subject);

    visit->asker.vantage = visit->vantage = vantage;
    ARRAY_PUSH(ui->compared, ui->compared_count, ui->compared_capacity, visit);
    return visit;
}

void visit_through(struct visit *visit, const struct vantage_spec *server)
{
    visit->host = memory_dup(server->text);
    visit->host_type = TYPE_A;
    visit->host_port = server->port;
    visit->host_encrypted = server->encrypted;
}

void visit_close(struct ui *ui, struct visit *visit, struct effects *effects)
{
    for (size_t i = 0; i < ui->compared_count; i++)
        if (ui->compared[i] == visit) {
            ui->compared[i] = ui->compared[--ui->compared_count];
            forget_visit(ui, visit, effects);
            return;
        }
}

void visit_note_cursor(struct visit *visit, enum pane pane)
{
    const struct pane_state *state = &visit->page.panes[pane];
    struct text text = {0};

    free(visit->identities[pane]);
    visit->identities[pane] = NULL;
    if (state->cursor.selected >= state->rows.count || state->cursor.selected == 0)
        return; /* at the top it stays at the top, whatever comes in above */
    row_identity(&state->rows.rows[state->cursor.selected], &text);
    visit->identities[pane] = text_take(&text);
}

void visit_refresh(struct ui *ui, struct visit *visit)
{
    struct arena *old = visit->rows_arena;

    if (!visit->stale)
        return;
    visit->page.facts = survey_facts(visit->survey);
    visit->page.waiting = !survey_complete(visit->survey);
    if (visit->changes)
        visit->page.changed = changes_lines(visit->changes, &visit->page.changed_count);
    visit->rows_arena = arena_new();
    for (int i = 0; i < PANE_COUNT; i++) {
        pane_list(&ui->scene, &visit->page, (enum pane)i, visit->rows_arena, visit->identities[i]);
        visit_note_cursor(visit, (enum pane)i);
    }
    arena_free(old);
    visit->stale = false;
}
