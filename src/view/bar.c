#include "view/bar.h"

#include <string.h>

static const char *const parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};

static int eighths_of(double share, int columns)
{
    int eighths = (int)(share * columns * 8 + 0.5);

    if (eighths == 0 && share > 0)
        eighths = 1;
    return eighths < 0 ? 0 : eighths > columns * 8 ? columns * 8 : eighths;
}

const char *bar_text(double share, int columns, char out[BAR_TEXT])
{
    int eighths = eighths_of(share, columns > BAR_COLUMNS ? BAR_COLUMNS : columns);

    out[0] = '\0';
    for (; eighths >= 8; eighths -= 8)
        strcat(out, "█");
    strcat(out, parts[eighths]);
    return out;
}

void bar_draw(struct canvas *canvas, struct area area, int x, int y, int columns, double share,
              double expected, enum role role)
{
    char text[BAR_TEXT];

    columns = columns > BAR_COLUMNS ? BAR_COLUMNS : columns;
    canvas_put(canvas, area, x, y, role, bar_text(share, columns, text));
    if (expected > 0 && expected < 1) {
        int at = (int)(expected * columns + 0.5);
        canvas_put(canvas, area, x + (at < columns ? at : columns - 1), y, ROLE_BAR_EXPECTED, "│");
    }
}
