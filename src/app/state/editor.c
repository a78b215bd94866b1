#include "app/state/editor.h"

#include "base/utf8.h"

#include <string.h>

static int characters(const char *text)
{
    const char *end = text + strlen(text);
    int count = 0;

    for (; text < end; count++)
        utf8_next(&text, end);
    return count;
}

void editor_put(struct ui *ui, const char *text, int caret)
{
    text_cut(&ui->line, 0);
    text_add(&ui->line, text);
    ui->caret = caret == EDITOR_END ? characters(text) : caret;
}

void editor_open(struct ui *ui, enum editor editor, const char *text, bool marked,
                 struct effects *effects)
{
    ui->editor = editor;
    ui->marked = marked;
    editor_put(ui, text, EDITOR_END);
    text_cut(&ui->candidates, 0);
    effects_add_text(effects, EFFECT_EDIT, text, marked);
}

void editor_close(struct ui *ui, struct effects *effects)
{
    if (ui->editor == EDITOR_NONE)
        return;
    ui->editor = EDITOR_NONE;
    if (window_top(ui) && window_top(ui)->kind->of_line)
        window_close(ui, effects);
    text_cut(&ui->line, 0);
    text_cut(&ui->candidates, 0);
    effects_add(effects, EFFECT_EDIT_END);
}
