#include "sheet/glyph.h"

#include <string.h>

static const struct substitute {
    const char *glyphs; /* each stands as the character beside it */
    char ascii;
} substitutes[] = {
    {"─╌╍╴╶–—−▔▁", '-'}, {"│┃║╎╏▏▕", '|'},   {"┌┐└┘├┤┣┫┬┴┼╭╮╰╯╔╗╚╝╠╣╦╩╬", '+'},
    {"▸►▶▷→›»", '>'},    {"◂◄◀←‹«", '<'},    {"▴▲↑△", '^'},
    {"▾▼↓▽", 'v'},       {"✗×✕✘", 'x'},      {"↻⟳", '@'},
    {"█▉▊▋▓■▇▆▅", '#'},  {"▌▍▎▒▄▃▂━═", '='}, {"·∙", '.'},
    {"░", ':'},          {"…", '~'},         {"•●◆★✓", '*'},
    {"○◇", 'o'},         {"“”„", '"'},       {"‘’‚", '\''},
    {"≤", '<'},          {"≥", '>'},         {"≈", '~'},
    {"±†", '+'},         {"≠", '='},         {"⠋⠼⠇⣾⣟", '/'},
    {"⠙⠴⠏⣽⣯", '-'},      {"⠹⠦⣻⣷", '\\'},     {"⠸⠧⢿⡿", '|'},
};

/* strstr is enough: one valid UTF-8 character is never a part of another. */
char glyph_ascii(const char *glyph, size_t length)
{
    char one[5] = "";

    if (length == 1)
        return *glyph;
    if (length >= sizeof one)
        return '\0';
    memcpy(one, glyph, length);
    for (size_t i = 0; i < sizeof substitutes / sizeof *substitutes; i++)
        if (strstr(substitutes[i].glyphs, one))
            return substitutes[i].ascii;
    return '\0';
}
