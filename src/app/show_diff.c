/* Another name, or another server's answers, beside the page shown: app/perform.h. */
#include "app/edit.h"
#include "app/list.h"
#include "app/perform.h"
#include "app/visit.h"

#include "base/memory.h"
#include "view/diff_sheet.h"
#include "view/words.h"

#include <stdlib.h>
#include <string.h>

struct diff_state {
    struct visit *other; /* owned, closed with the window */
};

/* Who answered: a zone file or lesson does so whatever server was named. */
static const char *source_of(const struct ui *ui, const struct visit *visit)
{
    const struct reply *reply = survey_facts(visit->survey)->mx.reply;

    if (!visit->server_text || (reply && reply->transport == TRANSPORT_ZONE))
        return ui->source;
    return visit->server_text;
}

static const char *title_of(struct ui *ui, const struct visit *visit, struct arena *arena)
{
    struct text name = {0};
    const char *title;

    words_name(visit->page.name, true, &name);
    title = arena_format(arena, "%s  %s", text_get(&name), source_of(ui, visit));
    text_clear(&name);
    return title;
}

static void build(struct ui *ui, struct window *window)
{
    const struct diff_state *state = window->state;
    struct visit *visit = ui_visit(ui);
    bool waiting = !survey_complete(state->other->survey) || !survey_complete(visit->survey);
    struct sheet *sheet =
        list_sheet(ui, window, "Side by side", waiting ? "answers still come in" : NULL);

    diff_draw(sheet, survey_facts(visit->survey), title_of(ui, visit, window->arena),
              survey_facts(state->other->survey), title_of(ui, state->other, window->arena));
}

static void close(struct ui *ui, struct window *window, struct effects *effects)
{
    struct diff_state *state = window->state;

    visit_close(ui, state->other, effects);
}

static const struct window_kind window_diff = {
    .context = CONTEXT_VIEW,
    .place = OVERLAY_WHOLE,
    .help = "help/compare.txt",
    .build = build,
    .close = close,
    .every_reply = true,
};

void show_diff(struct ui *ui, const char *argument, struct effects *effects)
{
    struct visit *visit = ui_visit(ui);
    struct diff_state *state;
    struct subject subject;
    struct address server = {0};
    const char *typed = argument ? argument : "";
    char *why;

    if (!visit)
        return;
    if (*typed == '@' && !address_parse(typed + 1, &server)) {
        ui_say(ui, ROLE_ERROR, "a server is given by its address: :diff @192.0.2.53");
        return;
    }
    if (!*typed) {
        edit_open(ui, EDITOR_COMMAND, "diff ", false, effects);
        return;
    }
    if (subject_parse(server.family ? survey_subject(visit->survey)->input : typed, &subject,
                      &why)) {
        ui_say(ui, ROLE_ERROR, "%s", why);
        free(why);
        return;
    }
    state = memory_new(1, sizeof *state);
    state->other = visit_beside(ui, &subject, server.family ? &server : NULL);
    subject_clear(&subject);
    window_open(ui, &window_diff, state, effects);
}
