#include "base/wrap.h"

#include "base/utf8.h"

#include <string.h>

static const char never_first[] = "、。，．・：；？！）」』】〕〉》ー々ゝゞ〜…‐"
                                  "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
                                  ",.:;?!)]}%";
static const char never_last[] = "（「『【〔〈《([{";

/* Is the character of that many bytes in the list? */
static bool is_in(const char *list, const char *character, size_t length)
{
    char one[8] = "";

    memcpy(one, character, length < sizeof one ? length : sizeof one - 1);
    return strstr(list, one) != NULL;
}

static bool may_break(const char *left, const char *right, const char *end, bool wide)
{
    return wide && !is_in(never_last, left, (size_t)(right - left)) &&
           !is_in(never_first, right, (size_t)(end - right));
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n';
}

size_t wrap_word(const char *text)
{
    const char *stop = text + strlen(text), *cursor = text + strspn(text, " \n"), *before = cursor;
    int width = 0;

    while (cursor < stop && !is_blank(*cursor)) {
        const char *end = cursor;
        int wide = utf8_width(utf8_next(&end, stop));
        if (cursor > before && wide > 0 && may_break(before, cursor, end, width == 2 || wide == 2))
            break;
        if (wide > 0) {
            before = cursor;
            width = wide;
        }
        cursor = end;
    }
    return (size_t)(cursor - text);
}

size_t wrap_fit(const char *text, int columns)
{
    size_t room = utf8_fit(text, columns), taken = 0;

    while (text[taken]) {
        size_t end = taken + wrap_word(text + taken);
        if (end > room)
            break;
        taken = end;
    }
    return taken;
}

size_t wrap_line(const char *text, int columns)
{
    size_t length = wrap_fit(text, columns);

    return length ? length : utf8_fit(text, columns);
}

static bool is_wide_first(const char *text)
{
    return *text && utf8_width(utf8_next(&text, text + strlen(text))) == 2;
}

bool wrap_is_wide_last(const char *text)
{
    const char *end = text + strlen(text), *last = end;

    while (last > text && ((unsigned char)*--last & 0xc0) == 0x80)
        ;
    return last < end && is_wide_first(last);
}

void wrap_join(struct text *out, const char *line, size_t length)
{
    if (out->length && !(wrap_is_wide_last(text_get(out)) && is_wide_first(line)))
        text_add_char(out, ' ');
    text_add_bytes(out, line, length);
}
