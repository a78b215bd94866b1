#include "sheet/rotation_sheet.h"

#include "base/message.h"
#include "base/utf8.h"
#include "sheet/reply_sheet.h"
#include "sheet/words.h"

#include <stdio.h>

static int label_columns(const char *const *labels, size_t count, int most)
{
    int longest = 8;

    for (size_t i = 0; i < count; i++) {
        int columns = utf8_columns(labels[i]);
        longest = columns > longest ? columns : longest;
    }
    return longest < most ? longest : most;
}

static void add_row(struct sheet *sheet, const struct rotation_rows *rows,
                    const struct rotation_case *played, size_t index, int columns, int number)
{
    const struct rotation_share *share = &played->rotation->shares[index];
    bool down = played->down[index];
    int room = sheet->width - columns - 14;
    char text[WORD_SIZE];

    sheet_line(sheet);
    sheet_add(sheet, down ? ROLE_STRUCK : ROLE_ADDRESS, rows->labels[index]);
    sheet_tab(sheet, columns + 2);
    sheet_bar(sheet, room > 50 ? 50 : room, down ? ROLE_ERROR : ROLE_BAR, share->served_share,
              share->even);
    sheet_right(sheet, ROLE_SRV_SHARE,
                down ? tr("✗ down") : number_share(share->served_share, text));
    sheet_select(sheet, number + (int)index, NULL);
}

static void add_losses(struct sheet *sheet, const struct rotation_rows *rows,
                       const struct rotation *rotation)
{
    char tries[WORD_SIZE], lost[WORD_SIZE];

    if (!rotation->extra_tries && !rotation->unserved)
        return;
    sheet_line(sheet);
    sheet_format(sheet, ROLE_WARN, tr("of %s: %s failed attempts, %s not served"),
                 rotation_rows_users(rows, sheet->arena),
                 number_words(rotation->extra_tries, tries),
                 number_words(rotation->unserved, lost));
}

void rotation_draw(struct sheet *sheet, const struct rotation_rows *rows,
                   const struct rotation_case *played, int number)
{
    int columns = label_columns(rows->labels, rows->count, sheet->width / 2);
    const char *then = rotation_rows_then(rows, played, sheet->arena);

    sheet_heading(sheet, played->title, NULL);
    sheet_line(sheet);
    sheet_wrap(sheet, 0, ROLE_TEXT, played->rotation->text);
    for (size_t i = 0; i < rows->count; i++)
        add_row(sheet, rows, played, i, columns, number);
    if (then) {
        sheet_line(sheet);
        sheet_wrap(sheet, 0, ROLE_DIM,
                   arena_format(sheet->arena, tr("in the following TTLs: %s"), then));
    }
    add_losses(sheet, rows, played->rotation);
}

void rotation_absence_draw(struct sheet *sheet, const struct reply *const *replies, size_t count)
{
    const struct reply *reply = NULL;

    for (size_t i = 0; i < count; i++) {
        reply = replies[i];
        if (!reply || outcome_is_temporary(reply->outcome))
            break;
    }
    absence_draw(sheet, reply, tr("There are no records to rotate."));
}
