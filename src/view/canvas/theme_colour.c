#include "view/canvas/theme_file.h"

#include "base/message.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    int rgb; /* as xterm shows it */
} basics[16] = {
    {"black", 0x000000},       {"red", 0xcd0000},           {"green", 0x00cd00},
    {"yellow", 0xcdcd00},      {"blue", 0x0000ee},          {"magenta", 0xcd00cd},
    {"cyan", 0x00cdcd},        {"white", 0xe5e5e5},         {"brightblack", 0x7f7f7f},
    {"brightred", 0xff0000},   {"brightgreen", 0x00ff00},   {"brightyellow", 0xffff00},
    {"brightblue", 0x5c5cff},  {"brightmagenta", 0xff00ff}, {"brightcyan", 0x00ffff},
    {"brightwhite", 0xffffff},
};

/* Squared distance with the weights the eye gives to red, green and blue. */
static int distance(int left, int right)
{
    int red = (left >> 16 & 255) - (right >> 16 & 255);
    int green = (left >> 8 & 255) - (right >> 8 & 255);
    int blue = (left & 255) - (right & 255);

    return 3 * red * red + 6 * green * green + blue * blue;
}

/* The fixed part of the xterm palette: a 6x6x6 cube from 16 on, 24 greys from 232 on. */
static int xterm_rgb(int index)
{
    static const int levels[] = {0, 95, 135, 175, 215, 255};
    int grey = 8 + 10 * (index - 232), cube = index - 16;

    if (index >= 232)
        return grey << 16 | grey << 8 | grey;
    return levels[cube / 36] << 16 | levels[cube / 6 % 6] << 8 | levels[cube % 6];
}

int theme_nearest_256(int rgb)
{
    int nearest = 16, least = INT_MAX;

    for (int index = 16; index < 256; index++) {
        int far = distance(rgb, xterm_rgb(index));
        if (far < least)
            least = far, nearest = index;
    }
    return nearest;
}

int theme_nearest_16(int rgb)
{
    int nearest = 0, least = INT_MAX;

    for (int index = 0; index < 16; index++) {
        int far = distance(rgb, basics[index].rgb);
        if (far < least)
            least = far, nearest = index;
    }
    return nearest;
}

static bool parse_rgb(const char *word, size_t length, int *rgb)
{
    if (length != 7 || *word != '#' || strspn(word + 1, "0123456789abcdefABCDEF") < 6)
        return false;
    *rgb = (int)strtol(word + 1, NULL, 16);
    return true;
}

static bool parse_index(const char *word, size_t length, int *index)
{
    long value = strtol(word, NULL, 10);

    if (length > 3 || strspn(word, "0123456789") < length || value > 255)
        return false;
    *index = (int)value;
    return true;
}

static bool parse_basic(const char *word, size_t length, int *basic)
{
    for (int i = 0; i < 16; i++)
        if (strlen(basics[i].name) == length && strncmp(basics[i].name, word, length) == 0) {
            *basic = i;
            return true;
        }
    return false;
}

/* The length of the word *text stands at, after skipping the space before it. */
static size_t word_at(const char **text)
{
    *text += strspn(*text, " \t");
    return strcspn(*text, " \t");
}

bool colour_parse(const char *text, struct colour *colour, const char **why)
{
    size_t length = word_at(&text);

    *why = tr("a colour is #rrggbb, then if wanted its number (0 to 255) and its name among the "
              "sixteen");
    if (!parse_rgb(text, length, &colour->rgb))
        return false;
    colour->index = theme_nearest_256(colour->rgb);
    colour->basic = theme_nearest_16(colour->rgb);
    text += length;
    length = word_at(&text);
    if (length && parse_index(text, length, &colour->index)) {
        text += length;
        length = word_at(&text);
    }
    if (length && !parse_basic(text, length, &colour->basic))
        return false;
    text += length;
    return word_at(&text) == 0;
}

enum { BRIGHT = 8, BLACK = 0, GREEN = 2, YELLOW = 3, CYAN = 6, WHITE = 7 };

static bool is_light(int ground)
{
    return ground == GREEN || ground == YELLOW || ground == CYAN || ground == WHITE;
}

struct style theme_eight(struct style style)
{
    struct style eight = style;

    if (style.background >= BRIGHT)
        eight.background -= BRIGHT;
    if (style.foreground >= BRIGHT) {
        eight.foreground -= BRIGHT;
        eight.emphasis |= EMPHASIS_BOLD;
    }
    if (style.foreground == BRIGHT + BLACK && !is_light(eight.background))
        eight.foreground = eight.background == COLOUR_DEFAULT ? COLOUR_DEFAULT : WHITE;
    if (eight.foreground != COLOUR_DEFAULT && eight.foreground == eight.background)
        eight.foreground = eight.background == BLACK ? WHITE : BLACK;
    if (eight.foreground == BLACK || style.foreground == BRIGHT + BLACK ||
        is_light(eight.background))
        eight.emphasis &= ~(unsigned)EMPHASIS_BOLD;
    return eight;
}
