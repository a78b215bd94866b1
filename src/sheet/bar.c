#include "sheet/bar.h"

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
