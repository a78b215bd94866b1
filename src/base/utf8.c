#include "base/utf8.h"

#include <string.h>
#include <wchar.h>

/* Length of the sequence a first byte starts, and the bits it carries; 0 for no first byte. */
static size_t sequence(unsigned char first, uint32_t *bits)
{
    if (first < 0x80)
        return *bits = first, 1;
    if (first >= 0xc2 && first < 0xe0)
        return *bits = first & 0x1fu, 2;
    if (first >= 0xe0 && first < 0xf0)
        return *bits = first & 0x0fu, 3;
    if (first >= 0xf0 && first < 0xf5)
        return *bits = first & 0x07u, 4;
    return 0;
}

uint32_t utf8_next(const char **cursor, const char *end)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *bytes = (const unsigned char *)*cursor;
    uint32_t character;
    size_t length = sequence(bytes[0], &character);

    ++*cursor;
    if (length == 0 || (size_t)(end - *cursor) + 1 < length)
        return UTF8_INVALID;
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xc0) != 0x80)
            return UTF8_INVALID;
        character = character << 6 | (bytes[i] & 0x3f);
    }
    if (character < smallest[length] || character > 0x10ffff ||
        (character >= 0xd800 && character < 0xe000))
        return UTF8_INVALID;
    *cursor += length - 1;
    return character;
}

size_t utf8_from(uint32_t c, char out[4])
{
    if (c < 0x80)
        return out[0] = (char)c, 1;
    if (c < 0x800) {
        out[0] = (char)(0xc0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xe0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3f));
        out[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3f));
    out[2] = (char)(0x80 | (c >> 6 & 0x3f));
    out[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}

bool utf8_valid(const char *bytes, size_t length)
{
    for (const char *cursor = bytes, *end = bytes + length; cursor < end;)
        if ((unsigned char)*cursor < 0x80)
            cursor++;
        else if (utf8_next(&cursor, end) == UTF8_INVALID)
            return false;
    return true;
}

int utf8_width(uint32_t character)
{
    int width = character < 0x7f && character >= 0x20 ? 1 : wcwidth((wchar_t)character);

    return width < 0 ? 0 : width;
}

int utf8_columns(const char *string)
{
    const char *end = string + strlen(string);
    int columns = 0;

    while (string < end)
        columns += utf8_width(utf8_next(&string, end));
    return columns;
}

size_t utf8_fit(const char *string, int columns)
{
    const char *end = string + strlen(string), *cursor = string, *fits = string;
    int used = 0;

    while (cursor < end) {
        used += utf8_width(utf8_next(&cursor, end));
        if (used > columns)
            break;
        fits = cursor;
    }
    return (size_t)(fits - string);
}

size_t utf8_offset(const char *string, int n)
{
    const char *cursor = string, *end = string + strlen(string);

    while (cursor < end && n-- > 0)
        utf8_next(&cursor, end);
    return (size_t)(cursor - string);
}
