/* The commands, narrowed by what is typed behind ":": app/actions/perform.h. */
#include "app/actions/perform.h"
#include "app/state/list.h"

#include "base/message.h"
#include "sheet/words.h"

#include <string.h>

enum { HELP_COLUMN = 12 };

/* The word of a command in the text; false when more than one word is typed. */
static bool one_word(const char *text, struct text *word)
{
    text += strspn(text, " :");
    text_add_bytes(word, text, strcspn(text, " "));
    return !strchr(text, ' ');
}

static void add_command(struct ui *ui, struct sheet *sheet, enum action action)
{
    const struct action_entry *entry = action_get(action);
    char key[WORD_ROOM] = "";

    sheet_line(sheet);
    sheet_cell(sheet, 0, HELP_COLUMN - 1, ROLE_KEY, entry->command);
    keymap_first(&ui->keymap, action, CONTEXT_LETTERS, key);
    sheet_cell(sheet, HELP_COLUMN, sheet->width - HELP_COLUMN - (int)strlen(key) - 1, ROLE_TEXT,
               action_help(action));
    sheet_right(sheet, ROLE_KEY, key);
    sheet_select(sheet, (int)action, entry->command);
}

/* The only one left, whole. */
static void explain(struct sheet *sheet, enum action action)
{
    const struct action_entry *entry = action_get(action);

    sheet_gap(sheet);
    sheet_line(sheet);
    sheet_format(sheet, ROLE_NAME, ":%s %s", entry->command, entry->argument);
    sheet_line(sheet);
    sheet_wrap(sheet, 0, ROLE_TEXT, action_help(action));
}

/* How well an action fits what is typed. */
enum fit { FIT_MEANT, FIT_BEGINS, FIT_HAS_IT, FIT_NOT };

static enum fit fit_of(enum action action, const char *word)
{
    const struct action_entry *entry = action_get(action);
    enum action meant;

    if (!*entry->command)
        return FIT_NOT;
    if (action_parse(word, &meant) && meant == action)
        return FIT_MEANT;
    if (strncmp(entry->command, word, strlen(word)) == 0)
        return FIT_BEGINS;
    return words_find(entry->command, word) || words_find(action_help(action), word) ? FIT_HAS_IT
                                                                                     : FIT_NOT;
}

static void build(struct ui *ui, struct window *window)
{
    struct sheet *sheet = list_sheet(ui, window, "Commands", NULL);
    struct text word = {0};

    one_word(text_get(&ui->line), &word);
    for (enum fit fit = FIT_MEANT; fit < FIT_NOT; fit++)
        for (int i = 0; i < ACTION_COUNT; i++)
            if (fit_of((enum action)i, text_get(&word)) == fit)
                add_command(ui, sheet, (enum action)i);
    if (sheet->count == 1)
        explain(sheet, (enum action)sheet->lines[0].number);
    else if (!sheet->count)
        sheet_pair(sheet, "", 0, ROLE_DIM, tr("no command contains this"));
    text_clear(&word);
}

static const struct window_kind window_commands = {
    .context = CONTEXT_LIST,
    .place = OVERLAY_WHOLE,
    .of_line = true,
    .help = "help/keys.txt",
    .build = build,
};

void commands_open(struct ui *ui, struct effects *effects)
{
    window_open(ui, &window_commands, NULL, effects);
}

bool commands_are_open(const struct ui *ui)
{
    return window_of(ui, &window_commands) != NULL;
}

void commands_narrow(struct ui *ui)
{
    struct window *window = window_of(ui, &window_commands);

    if (!window)
        return;
    window->view.sides[0] = (struct overlay_side){0};
    window->stale = true;
}

const struct action_entry *commands_chosen(struct ui *ui)
{
    struct window *window = window_of(ui, &window_commands);
    const struct sheet_line *line;
    struct text word = {0};
    bool open;

    if (!window)
        return NULL;
    windows_refresh(ui);
    line = window_line(window);
    open = one_word(text_get(&ui->line), &word);
    text_clear(&word);
    return open && line ? action_get((enum action)line->number) : NULL;
}
