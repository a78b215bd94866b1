/* What-if edits before and after, side by side: app/actions/perform.h. */
#include "app/actions/edit_records.h"

#include "app/actions/perform.h"
#include "app/state/list.h"
#include "app/state/simulated.h"
#include "base/message.h"

#include "sheet/whatif_sheet.h"

#include <string.h>

static void add_edits(struct sheet *sheet, struct whatif *whatif, const struct answers *answers)
{
    sheet_heading(sheet, "Edits", ":whatif save FILE, undo, clear");
    for (size_t i = 0; whatif && i < whatif_count(whatif); i++) {
        const char *why = whatif_fault(whatif, answers, i);
        sheet_pair(sheet, "", 2, why ? ROLE_DIM : ROLE_CHANGED, whatif_at(whatif, i));
        if (why)
            sheet_pair(sheet, "", 4, ROLE_WARN, why);
    }
    if (!whatif || !whatif_count(whatif))
        sheet_pair(sheet, "", 2, ROLE_DIM,
                   tr("None yet. Use + - x in the simulation, :add mx 15 mx9, :remove mx2"));
}

static void build(struct ui *ui, struct window *window)
{
    struct visit *visit = ui_visit(ui);
    struct lookup lookup = survey_lookup(visit->survey), edited = simulated_lookup(ui, visit);
    struct sheet *sheet =
        list_sheet(ui, window, "What if", profile_full_title(ui->sender.profile, window->arena));

    whatif_draw(
        sheet, whatif_change_build(&lookup, &edited, visit->page.name, &ui->sender, window->arena));
    add_edits(sheet, visit->whatif, survey_answers(visit->survey));
}

static const struct window_kind window_whatif = {
    .id = "whatif",
    .context = CONTEXT_CHOICE,
    .place = OVERLAY_BESIDE,
    .help = "help/whatif.txt",
    .build = build,
    .every_reply = true,
};

static void save_whatif(struct ui *ui, struct visit *visit, const char *path,
                        struct effects *effects)
{
    struct text text = {0};

    path += strspn(path, " ");
    if (!*path) {
        ui_say(ui, ROLE_ERROR, "a file is missing: :whatif save FILE");
        return;
    }
    whatif_print(visit->whatif, survey_answers(visit->survey), &text);
    effects_add_file(effects, EFFECT_EXPORT, path, text_get(&text));
    text_clear(&text);
}

void edit_whatif(struct ui *ui, const char *argument, struct effects *effects)
{
    struct visit *visit = ui_visit(ui);
    const char *words = argument ? argument : "";
    bool edited = visit && visit->whatif && whatif_count(visit->whatif);

    if (!visit) {
        ui_say(ui, ROLE_NOTICE, "look up a name first");
    } else if (!*words) {
        window_open(ui, &window_whatif, NULL, effects);
    } else if (!edited && (strcmp(words, "undo") == 0 || strcmp(words, "clear") == 0 ||
                           strncmp(words, "save", 4) == 0)) {
        ui_say(ui, ROLE_NOTICE, "there are no edits");
    } else if (strncmp(words, "save", 4) == 0) {
        save_whatif(ui, visit, words + 4, effects);
    } else if (strcmp(words, "undo") == 0) {
        whatif_undo(visit->whatif);
        simulated_changed(ui);
    } else if (strcmp(words, "clear") == 0) {
        whatif_reset(visit->whatif);
        simulated_changed(ui);
        ui_say(ui, ROLE_NOTICE, "the records are those of the DNS again");
    } else {
        edit_records(ui, words);
    }
}
