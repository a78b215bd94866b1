#include "base/escape.h"

#include "base/utf8.h"

#include <string.h>
#include <wchar.h>

struct range {
    uint32_t first, last;
};

/* Characters a terminal or a reader would be deceived by, though some C libraries call them
 * printable. */
static const struct range hidden[] = {
    {0x00, 0x1f},     {0x7f, 0x9f},       {0xad, 0xad},        {0x61c, 0x61c},   {0x180e, 0x180e},
    {0x200b, 0x200f}, {0x2028, 0x202e},   {0x2060, 0x206f},    {0xd800, 0xf8ff}, {0xfeff, 0xfeff},
    {0xfff9, 0xfffb}, {0xe0000, 0xe0fff}, {0xf0000, 0x10ffff},
};

bool escape_showable(uint32_t character)
{
    if (character >= 0x20 && character < 0x7f)
        return true;
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        if (character >= hidden[i].first && character <= hidden[i].last)
            return false;
    return character <= 0x10ffff && wcwidth((wchar_t)character) >= 0;
}

static void add_octets(struct text *out, const char *bytes, const char *end)
{
    for (; bytes < end; bytes++)
        text_format(out, "\\%03u", (unsigned char)*bytes);
}

/* The first octet that is not to be added as it is, in any form. */
static const char *plain_end(const char *bytes, const char *end)
{
    while (bytes < end && *bytes >= 0x20 && *bytes < 0x7f && *bytes != '"' && *bytes != '\\')
        bytes++;
    return bytes;
}

void escape_bytes(struct text *out, const void *bytes, size_t length, enum escape_form form,
                  bool quote)
{
    const char *cursor = bytes, *end = cursor + length;

    while (cursor < end) {
        const char *start = cursor;
        uint32_t character;
        bool ascii;

        if ((cursor = plain_end(start, end)) > start) {
            text_add_bytes(out, start, (size_t)(cursor - start));
            continue;
        }
        character = utf8_next(&cursor, end);
        ascii = character >= 0x20 && character < 0x7f;
        if (ascii && quote && (character == '"' || character == '\\'))
            text_add_char(out, '\\');
        if (ascii || (form == ESCAPE_UTF8 && escape_showable(character)))
            text_add_bytes(out, start, (size_t)(cursor - start));
        else
            add_octets(out, start, cursor);
    }
}

const char *escape_shown(struct arena *arena, const char *string)
{
    struct text text = {0};
    const char *shown;

    escape_bytes(&text, string, strlen(string), ESCAPE_UTF8, false);
    shown = arena_dup(arena, text_get(&text));
    text_clear(&text);
    return shown;
}
