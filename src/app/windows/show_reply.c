/* Windows about replies: the one behind a row, all of them, how to confirm one, what changed. */
#include "app/actions/perform.h"
#include "app/state/list.h"
#include "survey/watch_changes.h"

#include "base/memory.h"
#include "base/message.h"
#include "dns/encrypted.h"
#include "dns/type.h"
#include "policy/findings/findings.h"
#include "sheet/reply_sheet.h"
#include "sheet/words.h"

#include <stdlib.h>
#include <string.h>

/* The question a window is about; the reply is looked up each time, for it may be asked again. */
struct reply_state {
    struct question question; /* name owned */
    char *host;               /* MX host of the row, owned; NULL without */
};

static struct reply_state *new_state(const struct question *question)
{
    struct reply_state *state = memory_new(1, sizeof *state);

    state->question = *question;
    state->question.name = memory_dup(question->name);
    return state;
}

static void close_reply(struct ui *ui, struct window *window, struct effects *effects)
{
    struct reply_state *state = window->state;

    (void)ui;
    (void)effects;
    free((char *)state->question.name);
    free(state->host);
}

static const char *question_title(const struct question *question, struct arena *arena)
{
    char type[TYPE_TEXT];
    struct text name = {0};
    const char *title;

    words_name(question->name, true, &name);
    title = arena_format(arena, "%s %s", text_get(&name), type_text(question->type, type));
    text_clear(&name);
    return title;
}

/* ---- one reply ---- */

static void build_message(struct ui *ui, struct window *window)
{
    const struct reply_state *state = window->state;
    const struct reply *reply =
        answers_find(survey_answers(ui_visit(ui)->survey), &state->question);
    struct sheet *sheet =
        list_sheet(ui, window, question_title(&state->question, window->arena), "the response");

    if (reply)
        reply_draw(sheet, reply);
    else
        sheet_pair(sheet, words_spinner(ui->now_ms), 2, ROLE_WAITING,
                   tr("waiting for the response"));
}

static const struct window_kind window_message = {
    .id = "message",
    .context = CONTEXT_VIEW,
    .place = OVERLAY_WHOLE,
    .help = "help/message.txt",
    .build = build_message,
    .close = close_reply,
    .every_reply = true,
};

void show_message(struct ui *ui, const char *argument, struct effects *effects)
{
    const struct row *row = ui_row(ui);

    (void)argument;
    if (!row || !row->reply)
        ui_say(ui, ROLE_NOTICE, "no response has arrived for this row");
    else
        window_open(ui, &window_message, new_state(&row->reply->question), effects);
}

/* ---- all of them ---- */

static void build_queries(struct ui *ui, struct window *window)
{
    struct visit *visit = ui_visit(ui);
    size_t asked = survey_asked(visit->survey), answered = survey_ended(visit->survey);
    struct sheet *sheet =
        list_sheet(ui, window, "Queries",
                   arena_format(window->arena, tr("%zu answered of %zu"), answered, asked));

    queries_draw(sheet, survey_answers(visit->survey), asked - answered);
}

static void choose_query(struct ui *ui, struct window *window, const struct sheet_line *line,
                         struct effects *effects)
{
    const struct answers *answers = survey_answers(ui_visit(ui)->survey);

    (void)window;
    if (line->number >= 0 && (size_t)line->number < answers_count(answers))
        window_open(ui, &window_message,
                    new_state(&answers_at(answers, (size_t)line->number)->question), effects);
}

const struct window_kind window_queries = {
    .id = "queries",
    .context = CONTEXT_LIST,
    .place = OVERLAY_WHOLE,
    .help = "help/queries.txt",
    .build = build_queries,
    .choose = choose_query,
    .every_reply = true,
};

/* ---- confirming ---- */

/* "127.0.0.1#5353" -> "127.0.0.1" and "5353", when there was a network at all. */
static void split_server(const struct reply *reply, struct arena *arena, const char **server,
                         const char **port)
{
    const char *hash = reply ? strchr(reply->server, '#') : NULL;

    *server = *port = "";
    if (!hash || reply->transport == TRANSPORT_ZONE)
        return;
    *server = arena_dup_bytes(arena, reply->server, (size_t)(hash - reply->server));
    if (**server == '[') /* "[2001:db8::1]" */
        *server = arena_dup_bytes(arena, *server + 1, strcspn(*server + 1, "]"));
    *port = strcmp(hash + 1, "53") == 0 ? "" : arena_dup(arena, hash + 1);
}

static void build_confirm(struct ui *ui, struct window *window)
{
    const struct reply_state *state = window->state;
    const struct reply *reply =
        answers_find(survey_answers(ui_visit(ui)->survey), &state->question);
    struct sheet *sheet = list_sheet(ui, window, "Check it yourself", "Enter or y copies");
    const char *server, *port;

    split_server(reply, window->arena, &server, &port);
    if (reply && encrypted_is_meant(reply->server))
        confirm_encrypted_draw(sheet, &state->question, reply->server);
    else
        confirm_draw(sheet, &state->question, server, port);
    if (state->host)
        confirm_host_draw(sheet, state->host, ui_visit(ui)->page.name);
}

static void choose_command(struct ui *ui, struct window *window, const struct sheet_line *line,
                           struct effects *effects)
{
    if (line->value)
        effects_add_text(effects, EFFECT_COPY, line->value, false);
    (void)window;
    window_close(ui, effects);
}

static const struct window_kind window_confirm = {
    .id = "confirm",
    .context = CONTEXT_LIST,
    .place = OVERLAY_BESIDE,
    .help = "help/panes/detail.txt",
    .build = build_confirm,
    .close = close_reply,
    .choose = choose_command,
};

/* On a finding: what to publish goes to the clipboard. */
static bool copy_fix(struct ui *ui, const struct row *row, struct effects *effects)
{
    if (ui_visit(ui)->page.focus != PANE_FINDINGS)
        return false;
    if (row->kind == ROW_FINDING && *row->finding->publish)
        effects_add_text(effects, EFFECT_COPY, row->finding->publish, false);
    else if (row->kind == ROW_FINDING && *row->finding->remove)
        ui_say(ui, ROLE_NOTICE, "remove %s", row->finding->remove);
    else
        ui_say(ui, ROLE_NOTICE, "this finding needs no record to be published");
    return true;
}

void show_commands(struct ui *ui, const char *argument, struct effects *effects)
{
    const struct row *row = ui_row(ui);
    struct reply_state *state;

    (void)argument;
    if (!row || copy_fix(ui, row, effects))
        return;
    if (!row->reply) {
        ui_say(ui, ROLE_NOTICE, "no query was sent for this row");
        return;
    }
    state = new_state(&row->reply->question);
    if (ui_visit(ui)->page.focus == PANE_MX && row->target)
        state->host = memory_dup(row->target);
    window_open(ui, &window_confirm, state, effects);
}

/* ---- changes ---- */

static void build_changes(struct ui *ui, struct window *window)
{
    const struct changes *changes = ui_visit(ui)->changes;
    size_t count = changes ? changes_count(changes) : 0;
    struct sheet *sheet = list_sheet(ui, window, "Changes since the first query", NULL);
    char elapsed[WORD_SIZE];

    for (size_t i = 0; i < count; i++) {
        const struct change *change = changes_at(changes, count - 1 - i);
        sheet_line(sheet);
        words_elapsed((ui->now_ms - change->at_ms) * 1000, elapsed);
        sheet_format(sheet, ROLE_DIM, tr("%s ago"), elapsed);
        sheet_tab(sheet, 14);
        sheet_add(sheet, change->came ? ROLE_OK : ROLE_ERROR, change->came ? "+ " : "- ");
        sheet_add(sheet, change->came ? ROLE_CHANGED : ROLE_STRUCK, change->line);
        sheet_select(sheet, (int)(count - 1 - i), NULL);
        sheet_last(sheet)->value = change->line;
    }
    if (!count)
        sheet_pair(sheet, "", 0, ROLE_DIM,
                   changes ? tr("Nothing has changed so far.")
                           : tr("Queried once. Press r to query again, w to watch."));
}

const struct window_kind window_changes = {
    .id = "changes",
    .context = CONTEXT_VIEW,
    .place = OVERLAY_WHOLE,
    .help = "help/watch.txt",
    .build = build_changes,
    .every_reply = true,
};
