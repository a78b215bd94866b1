#include "base/text.h"

#include "base/array.h"
#include "base/memory.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FORMAT_ROOM = 48 }; /* most formatted pieces fit at the first try */
enum { FIRST_ROOM = 64 };

static void reserve(struct text *text, size_t more)
{
    size_t wanted = text->length + more + 1;

    if (wanted <= text->capacity)
        return;
    if (wanted < FIRST_ROOM)
        wanted = FIRST_ROOM;
    text->bytes = array_reserve(text->bytes, &text->capacity, wanted, 1);
}

void text_add_bytes(struct text *text, const void *bytes, size_t length)
{
    reserve(text, length);
    if (length)
        memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

void text_add_char(struct text *text, char c)
{
    reserve(text, 1);
    text->bytes[text->length++] = c;
    text->bytes[text->length] = '\0';
}

void text_add_number(struct text *text, uint64_t number)
{
    char digits[20];
    size_t first = sizeof digits;

    do
        digits[--first] = (char)('0' + number % 10);
    while (number /= 10);
    text_add_bytes(text, digits + first, sizeof digits - first);
}

void text_add_hex(struct text *text, const void *bytes, size_t length)
{
    static const char digits[] = "0123456789abcdef";
    const unsigned char *byte = bytes;
    char *out;

    reserve(text, 2 * length);
    out = text->bytes + text->length;
    for (size_t i = 0; i < length; i++) {
        *out++ = digits[byte[i] >> 4];
        *out++ = digits[byte[i] & 15];
    }
    *out = '\0';
    text->length += 2 * length;
}

void text_format(struct text *text, const char *format, ...)
{
    va_list arguments, again;
    size_t room;
    int length;

    va_start(arguments, format);
    va_copy(again, arguments);
    reserve(text, FORMAT_ROOM);
    room = text->capacity - text->length;
    length = vsnprintf(text->bytes + text->length, room, format, arguments);
    assert(length >= 0);
    if ((size_t)length >= room) {
        reserve(text, (size_t)length);
        vsnprintf(text->bytes + text->length, (size_t)length + 1, format, again);
    }
    va_end(again);
    va_end(arguments);
    text->length += (size_t)length;
}

void text_cut(struct text *text, size_t length)
{
    if (length < text->length) {
        text->length = length;
        text->bytes[length] = '\0';
    }
}

void text_clear(struct text *text)
{
    free(text->bytes);
    *text = (struct text){0};
}

const char *text_get(const struct text *text)
{
    return text->bytes ? text->bytes : "";
}

char *text_take(struct text *text)
{
    char *bytes = text->bytes ? text->bytes : memory_dup("");

    *text = (struct text){0};
    return bytes;
}

int text_compare_numbers(const void *a, const void *b)
{
    const char *const *left = a, *const *right = b;
    unsigned long first = strtoul(*left, NULL, 10), second = strtoul(*right, NULL, 10);

    return first != second ? (first < second ? -1 : 1) : strcmp(*left, *right);
}
