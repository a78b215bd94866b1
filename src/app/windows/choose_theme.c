/* The themes, shown while one chooses: app/actions/perform.h. */
#include "app/actions/perform.h"
#include "app/state/list.h"

#include "base/memory.h"
#include "base/message.h"

#include <stdlib.h>
#include <string.h>

static void build(struct ui *ui, struct window *window)
{
    static const char *const words[] = {"ok", "notice", "warning", "error", "unknown"};
    struct sheet *sheet = list_sheet(ui, window, "Themes", NULL);

    for (size_t i = 0; i < ui->settings.theme_count; i++) {
        const char *name = ui->settings.themes[i];
        sheet_line(sheet);
        sheet_add(sheet, ROLE_TEXT, name);
        if (strcmp(name, ui->theme) == 0)
            sheet_right(sheet, ROLE_OK, tr("✓ kept"));
        sheet_select(sheet, (int)i, name);
    }
    sheet_gap(sheet);
    sheet_line(sheet);
    for (int role = ROLE_OK; role <= ROLE_UNKNOWN; role++) {
        sheet_add(sheet, (enum role)role, tr_in("severity", words[role - ROLE_OK]));
        sheet_add(sheet, ROLE_TEXT, " ");
    }
    sheet_line(sheet);
    sheet_format(sheet, ROLE_MX_BEST, "%s ", tr("best"));
    sheet_format(sheet, ROLE_NAME, "%s ", tr("name"));
    sheet_add(sheet, ROLE_ADDRESS, "192.0.2.1 ");
    sheet_add(sheet, ROLE_PREFERENCE, "10 ");
    sheet_add(sheet, ROLE_SRV_BAR, "████");
}

static void show(struct ui *ui, const char *name, struct effects *effects)
{
    free(ui->theme_shown);
    ui->theme_shown = memory_dup(name);
    effects_add_text(effects, EFFECT_THEME, name, false);
}

static void moved(struct ui *ui, struct window *window, struct effects *effects)
{
    const struct sheet_line *line = window_line(window);

    if (line && line->key)
        show(ui, line->key, effects);
}

static void keep(struct ui *ui, const char *name, struct effects *effects)
{
    free(ui->theme);
    ui->theme = memory_dup(name);
    free(ui->theme_shown);
    ui->theme_shown = NULL;
    effects_add_text(effects, EFFECT_THEME, name, false);
    effects_add_file(effects, EFFECT_CONFIG, "ui.theme", name);
    ui_say(ui, ROLE_NOTICE, "theme %s", name);
}

static void choose(struct ui *ui, struct window *window, const struct sheet_line *line,
                   struct effects *effects)
{
    char *name = memory_dup(line->key ? line->key : ui->theme);

    (void)window;
    keep(ui, name, effects);
    window_close(ui, effects);
    free(name);
}

/* Closed without a choice: as it was before. */
static void close(struct ui *ui, struct window *window, struct effects *effects)
{
    (void)window;
    if (ui->theme_shown)
        effects_add_text(effects, EFFECT_THEME, ui->theme, false);
    free(ui->theme_shown);
    ui->theme_shown = NULL;
}

static const struct window_kind window_themes = {
    .id = "theme",
    .context = CONTEXT_LIST,
    .place = OVERLAY_SMALL,
    .help = "help/themes.txt",
    .build = build,
    .close = close,
    .choose = choose,
    .moved = moved,
};

static bool is_theme(const struct ui *ui, const char *name)
{
    for (size_t i = 0; i < ui->settings.theme_count; i++)
        if (strcmp(ui->settings.themes[i], name) == 0)
            return true;
    return false;
}

void choose_theme(struct ui *ui, const char *argument, struct effects *effects)
{
    if (argument && *argument) {
        if (is_theme(ui, argument))
            keep(ui, argument, effects);
        else
            ui_say(ui, ROLE_ERROR, "no such theme: %s (Tab lists them)", argument);
        return;
    }
    list_place(ui, window_open(ui, &window_themes, NULL, effects), ui->theme);
}
