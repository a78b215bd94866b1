#include "view/rotation_sheet.h"

#include "base/utf8.h"
#include "view/words.h"

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

void rotation_draw(struct sheet *sheet, const char *title, const struct rotation *rotation,
                   const char *const *labels, const bool *down)
{
    int columns = label_columns(labels, rotation->count, sheet->width / 2);
    char text[WORD_SIZE];

    sheet_heading(sheet, title, NULL);
    sheet_line(sheet);
    sheet_wrap(sheet, 0, ROLE_TEXT, rotation->text);
    for (size_t i = 0; i < rotation->count; i++) {
        const struct rotation_share *share = &rotation->shares[i];
        int room = sheet->width - columns - 14;
        sheet_line(sheet);
        sheet_add(sheet, down[i] ? ROLE_STRUCK : ROLE_ADDRESS, labels[i]);
        sheet_tab(sheet, columns + 2);
        sheet_bar(sheet, room > 50 ? 50 : room, down[i] ? ROLE_ERROR : ROLE_BAR,
                  share->served_share, share->even);
        sheet_right(sheet, ROLE_SRV_SHARE,
                    down[i] ? "✗ down" : words_share(share->served_share, text));
        sheet_select(sheet, (int)i, NULL);
    }
    if (rotation->extra_tries || rotation->unserved) {
        char tries[WORD_SIZE], lost[WORD_SIZE];
        sheet_line(sheet);
        sheet_format(sheet, ROLE_WARN, "%s tries in vain, %s users not served",
                     words_number(rotation->extra_tries, tries),
                     words_number(rotation->unserved, lost));
    }
}
