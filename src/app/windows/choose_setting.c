/* The settings of the sender, and of the screen: app/actions/perform.h. */
#include "app/actions/perform.h"
#include "app/state/editor.h"
#include "app/state/list.h"
#include "app/state/simulated.h"

#include "base/memory.h"
#include "base/message.h"
#include "mail/sender/profile.h"

#include <stdio.h>
#include <string.h>

static void add_setting(struct sheet *sheet, const struct settings *settings, size_t index)
{
    const struct setting *setting = profile_setting(settings->profile, index);
    bool initial = settings_is_initial(settings, index);
    char value[SETTING_TEXT_SIZE];

    sheet_line(sheet);
    sheet_add(sheet, ROLE_PREFERENCE, setting->name);
    sheet_tab(sheet, 34);
    settings_print(settings, index, value);
    sheet_add(sheet, initial ? ROLE_NAME : ROLE_CHANGED, *value ? value : tr("(none)"));
    if (!initial)
        sheet_format(sheet, ROLE_DIM, "  %s",
                     arena_format(sheet->arena, tr("(initially %s)"), setting->initial));
    sheet_select(sheet, (int)index, setting->name);
    sheet_line(sheet);
    sheet_tab(sheet, 2);
    sheet_wrap(sheet, 2, ROLE_DIM, tr(setting->text));
}

static void build(struct ui *ui, struct window *window)
{
    const struct profile *profile = ui->sender.profile;
    struct sheet *sheet =
        list_sheet(ui, window, "Settings", profile_full_title(profile, window->arena));

    sheet_line(sheet);
    sheet_wrap(sheet, 0, ROLE_TEXT, profile_summary(profile));
    sheet_heading(sheet, arena_format(window->arena, tr("Sender %s"), profile_title(profile)),
                  NULL);
    for (size_t i = 0; i < profile_setting_count(profile); i++)
        add_setting(sheet, &ui->sender.settings, i);
    if (!profile_setting_count(profile))
        sheet_pair(sheet, "none", 8, ROLE_DIM, tr("this sender has no settings"));
    sheet_heading(sheet, "Screen", NULL);
    sheet_pair(sheet, "theme", 34, ROLE_NAME, ui->theme);
    sheet_select(sheet, -1, "theme");
    sheet_pair(sheet, "mouse", 34, ROLE_NAME, ui->mouse ? tr("on") : tr("off"));
    sheet_select(sheet, -1, "mouse");
    sheet_pair(sheet, "times", 34, ROLE_NAME, ui->scene.raw_ttl ? tr("in seconds") : tr("rounded"));
    sheet_select(sheet, -1, "times");
}

/* "reveal=on|off|auto"; false when it is about something else. */
static bool set_reveal(struct ui *ui, const char *argument)
{
    static const char *const words[] = {
        [REVEAL_AUTO] = "reveal=auto", [REVEAL_ON] = "reveal=on", [REVEAL_OFF] = "reveal=off"};

    if (strncmp(argument, "reveal=", strlen("reveal=")) != 0)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(argument, words[i]) == 0) {
            ui->reveal = (enum reveal)i;
            windows_stale(ui, false);
            ui_say(ui, ROLE_NOTICE, "%s", argument);
            return true;
        }
    ui_say(ui, ROLE_ERROR, "reveal is on, off or auto: %s", argument);
    return true;
}

void edit_setting(struct ui *ui, const char *argument, struct effects *effects)
{
    const char *why;

    if (!argument || !*argument) {
        choose_setting(ui, NULL, effects);
        return;
    }
    if (set_reveal(ui, argument))
        return;
    if (settings_set(&ui->sender.settings, argument, &why)) {
        ui_say(ui, ROLE_ERROR, "%s", why);
        return;
    }
    simulated_changed(ui);
    ui_say(ui, ROLE_NOTICE, "%s", argument);
}

/* The value behind this one: of a switch or choice the next, of others what is typed. */
static void change(struct ui *ui, size_t index, struct effects *effects)
{
    const struct setting *setting = profile_setting(ui->sender.profile, index);
    long now = setting->type >= SETTING_TEXT ? 0 : ui->sender.settings.numbers[index];
    char value[SETTING_TEXT_SIZE], line[SETTING_TEXT_SIZE * 2];

    settings_print(&ui->sender.settings, index, value);
    if (setting->type == SETTING_SWITCH) {
        snprintf(line, sizeof line, "%s=%s", setting->name, now ? "no" : "yes");
        edit_setting(ui, line, effects);
    } else if (setting->type == SETTING_CHOICE) {
        const char *word = setting->choices + strspn(setting->choices, " ");
        for (long i = 0; i <= now && *word; i++)
            word += strcspn(word, " "), word += strspn(word, " ");
        word = *word ? word : setting->choices;
        snprintf(line, sizeof line, "%s=%.*s", setting->name, (int)strcspn(word, " "), word);
        edit_setting(ui, line, effects);
    } else {
        snprintf(line, sizeof line, "set %s=%s", setting->name, value);
        editor_open(ui, EDITOR_COMMAND, line, false, effects);
    }
}

static void choose(struct ui *ui, struct window *window, const struct sheet_line *line,
                   struct effects *effects)
{
    (void)window;
    if (line->number >= 0)
        change(ui, (size_t)line->number, effects);
    else if (strcmp(line->key, "theme") == 0)
        choose_theme(ui, NULL, effects);
    else if (strcmp(line->key, "mouse") == 0)
        program_mouse(ui, NULL, effects);
    else
        rows_raw_ttl(ui, NULL, effects);
    windows_stale(ui, false); /* with the theme's a window too many this one is gone */
}

static const struct window_kind window_settings = {
    .id = "settings",
    .context = CONTEXT_LIST,
    .place = OVERLAY_BESIDE,
    .help = "help/settings.txt",
    .build = build,
    .choose = choose,
};

void choose_setting(struct ui *ui, const char *argument, struct effects *effects)
{
    (void)argument;
    window_open(ui, &window_settings, NULL, effects);
}
