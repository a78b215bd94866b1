/* $GENERATE: lines from a pattern, as in BIND's reference manual. */
#include "dns/zone/zone_reading.h"

#include "base/message.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH_MAX = 255 };

struct range {
    uint32_t first, last, step;
};

/* "1-9" or "1-9/2": numbers up to 2147483647. */
static bool read_range(const char *text, struct range *range)
{
    unsigned long values[3] = {0, 0, 1};
    static const char separators[] = {'-', '/', '\0'};

    for (size_t i = 0; i < 3; i++) {
        size_t digits = strspn(text, "0123456789");
        if (digits == 0 || digits > 10)
            return false;
        values[i] = strtoul(text, NULL, 10);
        if (values[i] > INT32_MAX)
            return false;
        text += digits;
        if (*text == '\0' && i > 0)
            break;
        if (*text++ != separators[i])
            return false;
    }
    *range = (struct range){(uint32_t)values[0], (uint32_t)values[1], (uint32_t)values[2]};
    return range->first <= range->last && range->step > 0;
}

/* The number in nibbles with dots behind them, the lowest first, `width` characters at least: as in
 * BIND the last may be a dot. */
static void put_nibbles(struct text *out, uint32_t number, unsigned width, bool upper)
{
    const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    size_t end = out->length + width;

    do {
        text_add_char(out, digits[number & 15]);
        number >>= 4;
        if (number > 0 || out->length < end)
            text_add_char(out, '.');
    } while (number > 0 || out->length < end);
}

struct format {
    long offset;
    unsigned width;
    char base; /* d o x X n N */
};

/* What stands between "${" and "}"; false when it is not understood. *end is behind the brace. */
static bool read_format(const char *text, struct format *format, const char **end)
{
    int used = 0;

    *format = (struct format){.base = 'd'};
    if (sscanf(text, "%9ld%n", &format->offset, &used) != 1)
        return false;
    text += used;
    if (*text == ',') {
        if (sscanf(text, ",%3u%n", &format->width, &used) != 1 || format->width > WIDTH_MAX)
            return false;
        text += used;
        if (*text == ',' && text[1] != '\0') {
            format->base = text[1];
            text += 2;
        }
    }
    *end = text + 1;
    return *text == '}' && strchr("doxXnN", format->base);
}

static bool put_number(struct text *out, uint32_t number, const struct format *format)
{
    int64_t value = (int64_t)number + format->offset;
    int width = (int)format->width;

    if (value > UINT32_MAX)
        return false;
    switch (format->base) {
    case 'o':
        text_format(out, "%0*" PRIo32, width, (uint32_t)value);
        break;
    case 'x':
        text_format(out, "%0*" PRIx32, width, (uint32_t)value);
        break;
    case 'X':
        text_format(out, "%0*" PRIX32, width, (uint32_t)value);
        break;
    case 'n':
    case 'N':
        put_nibbles(out, (uint32_t)value, format->width, format->base == 'N');
        break;
    default:
        text_format(out, "%0*" PRId64, width, value);
    }
    return true;
}

/* Appends the pattern with "$" and "${...}" as the number; "\$" and "$$" are a dollar, which begins
 * no directive. */
static bool put_pattern(struct text *out, const char *pattern, uint32_t number)
{
    struct format format;

    while (*pattern != '\0') {
        char c = *pattern++;
        if (c == '\\' && *pattern != '\0') {
            text_add_char(out, c);
            text_add_char(out, *pattern++);
        } else if (c == '$' && *pattern == '$') {
            text_add_char(out, '\\');
            text_add_char(out, *pattern++);
        } else if (c == '$') {
            format = (struct format){.base = 'd'};
            if ((*pattern == '{' && !read_format(pattern + 1, &format, &pattern)) ||
                !put_number(out, number, &format))
                return false;
        } else {
            text_add_char(out, c);
        }
    }
    return true;
}

/* The line of one number. The last field is taken as it stands, quotes off: it may be several. */
static bool put_record(const struct zone_reading *reading, struct text *out, uint32_t number)
{
    size_t last = reading->lines.token_count - 1;

    if (!put_pattern(out, zone_reading_token(reading, 2), number))
        return false;
    for (size_t i = 3; i < last; i++)
        text_format(out, " %s", zone_reading_token(reading, i));
    text_add_char(out, ' ');
    return put_pattern(out, zone_reading_token(reading, last), number);
}

void zone_reading_generate(struct zone_reading *reading)
{
    size_t before = reading->faults->total, line = reading->lines.first_line;
    struct range range;
    struct text text = {0};

    if (reading->lines.token_count < 5 || !read_range(zone_reading_token(reading, 1), &range)) {
        zone_reading_fault(reading,
                           tr("$GENERATE takes FIRST-LAST[/STEP], a name, a type and data"), "");
        return;
    }
    for (uint64_t number = range.first;
         number <= range.last && !reading->is_full && reading->faults->total == before;
         number += range.step) {
        text_cut(&text, 0);
        if (!put_record(reading, &text, (uint32_t)number)) {
            zone_reading_fault(
                reading, tr("$GENERATE: a number or its form ${OFFSET,WIDTH,BASE} is bad"), "");
            break;
        }
        reading->generated += text.length;
        zone_reading_text(reading, text_get(&text), text.length, line);
    }
    text_clear(&text);
}
