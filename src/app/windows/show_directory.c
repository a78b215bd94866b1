/* The directory of the domain: app/actions/perform.h. */
#include "app/actions/perform.h"
#include "app/state/list.h"
#include "app/state/visit.h"

#include "base/message.h"
#include "sheet/services/directory_sheet.h"

#include <string.h>

static const struct directory *directory_of(struct ui *ui)
{
    return ui_visit(ui)->page.facts->directory;
}

static void build(struct ui *ui, struct window *window)
{
    const struct directory *directory = directory_of(ui);

    if (directory)
        directory_draw(list_sheet(ui, window, directory_title(window->arena, directory),
                                  "Enter goes to the record"),
                       directory);
    else
        sheet_pair(list_sheet(ui, window, "The directory", NULL), "", 0, ROLE_DIM,
                   tr("No directory is announced here: neither Active Directory nor FreeIPA."));
}

static bool shows(const struct row *row, const char *owner, const char *host)
{
    return row->kind == ROW_SRV && row->name && strcmp(row->name, owner) == 0 &&
           (!row->target || strcmp(row->target, host) == 0);
}

static void choose(struct ui *ui, struct window *window, const struct sheet_line *line,
                   struct effects *effects)
{
    struct visit *visit = ui_visit(ui);
    const struct directory *directory = directory_of(ui);
    struct pane_state *state = &visit->page.panes[PANE_SRV];
    const char *owner =
        directory && line->number >= 0 ? directory->names[line->number].owner : NULL;
    size_t found = 0;

    (void)window;
    if (!owner || !line->key)
        return;
    while (found < state->rows.count && !shows(&state->rows.rows[found], owner, line->key))
        found++;
    if (found == state->rows.count) {
        ui_say(ui, ROLE_NOTICE, "there is no SRV record of this server here");
        return;
    }
    visit->page.focus = visit->jumped_to = PANE_SRV;
    visit->jumped = true;
    state->cursor.selected = found;
    visit_note_cursor(visit, PANE_SRV);
    window_close(ui, effects);
}

const struct window_kind window_directory = {
    .id = "directory",
    .context = CONTEXT_LIST,
    .place = OVERLAY_WHOLE,
    .help = "help/directory.txt",
    .build = build,
    .choose = choose,
    .every_reply = true,
};
