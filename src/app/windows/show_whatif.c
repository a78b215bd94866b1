/* What-if edits before and after, side by side: app/actions/perform.h. */
#include "app/actions/perform.h"
#include "app/state/list.h"
#include "app/state/simulated.h"
#include "app/state/visit.h"

#include "sheet/whatif_sheet.h"

static void add_edits(struct sheet *sheet, const struct whatif *whatif)
{
    sheet_heading(sheet, "What was changed", ":whatif save FILE, undo, clear");
    for (size_t i = 0; whatif && i < whatif_count(whatif); i++)
        sheet_pair(sheet, "", 2, ROLE_CHANGED, whatif_at(whatif, i));
    if (!whatif || !whatif_count(whatif))
        sheet_pair(sheet, "", 2, ROLE_DIM,
                   "Nothing yet: + - x in the simulation, :add mx 15 mx9, :remove mx2");
}

static void build(struct ui *ui, struct window *window)
{
    struct visit *visit = ui_visit(ui);
    struct lookup lookup = survey_lookup(visit->survey), edited = deliver_lookup(ui, visit);
    struct sheet *sheet =
        list_sheet(ui, window, "What if", deliver_profile(ui->sender.profile, window->arena));

    whatif_draw(
        sheet, whatif_change_build(&lookup, &edited, visit->page.name, &ui->sender, window->arena));
    add_edits(sheet, visit->whatif);
}

static const struct window_kind window_whatif = {
    .context = CONTEXT_CHOICE,
    .place = OVERLAY_BESIDE,
    .help = "help/whatif.txt",
    .build = build,
    .every_reply = true,
};

void show_whatif(struct ui *ui, const char *argument, struct effects *effects)
{
    (void)argument;
    if (ui_visit(ui))
        window_open(ui, &window_whatif, NULL, effects);
}
