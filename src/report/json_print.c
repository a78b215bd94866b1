#include "report/json_print.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

enum { REAL_BYTES = 64 };

static void print_real(const json_t *value, struct text *out)
{
    char real[REAL_BYTES];
    size_t length = json_dumpb(value, real, sizeof real,
                               JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(12));

    assert(length && length <= sizeof real);
    text_add_bytes(out, real, length);
}

static void print_integer(json_int_t value, struct text *out)
{
    if (value < 0)
        text_format(out, "%" JSON_INTEGER_FORMAT, value);
    else
        text_add_number(out, (uint64_t)value);
}

static bool is_plain(unsigned char c)
{
    return c >= ' ' && c != '"' && c != '\\';
}

static void print_escaped(unsigned char c, struct text *out)
{
    static const char letters[] = "\"\\bfnrt", octets[] = "\"\\\b\f\n\r\t";
    const char *found = c ? strchr(octets, c) : NULL;

    if (found)
        text_format(out, "\\%c", letters[found - octets]);
    else
        text_format(out, "\\u%04X", c);
}

static void print_string(const char *string, size_t length, struct text *out)
{
    const char *end = string + length;

    text_add_char(out, '"');
    while (string < end) {
        const char *plain = string;

        while (string < end && is_plain((unsigned char)*string))
            string++;
        text_add_bytes(out, plain, (size_t)(string - plain));
        if (string < end)
            print_escaped((unsigned char)*string++, out);
    }
    text_add_char(out, '"');
}

static void print_array(const json_t *array, struct text *out)
{
    text_add_char(out, '[');
    for (size_t i = 0; i < json_array_size(array); i++) {
        if (i)
            text_add_char(out, ',');
        json_print(json_array_get(array, i), out);
    }
    text_add_char(out, ']');
}

static void print_object(json_t *object, struct text *out)
{
    const char *key, *between = "";
    json_t *value;

    text_add_char(out, '{');
    json_object_foreach(object, key, value)
    {
        text_add(out, between);
        print_string(key, strlen(key), out);
        text_add_char(out, ':');
        json_print(value, out);
        between = ",";
    }
    text_add_char(out, '}');
}

void json_print_text(const char *text, struct text *out)
{
    print_string(text, strlen(text), out);
}

void json_print_thousandths(uint32_t count, struct text *out)
{
    size_t end;

    text_add_number(out, count / 1000);
    text_add_char(out, '.');
    for (uint32_t unit = 100; unit; unit /= 10)
        text_add_char(out, (char)('0' + count / unit % 10));
    for (end = out->length; out->bytes[end - 1] == '0' && out->bytes[end - 2] != '.'; end--)
        ;
    text_cut(out, end);
}

void json_print(const json_t *value, struct text *out)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        print_object((json_t *)value, out);
        break;
    case JSON_ARRAY:
        print_array(value, out);
        break;
    case JSON_STRING:
        print_string(json_string_value(value), json_string_length(value), out);
        break;
    case JSON_INTEGER:
        print_integer(json_integer_value(value), out);
        break;
    case JSON_REAL:
        print_real(value, out);
        break;
    case JSON_TRUE:
        text_add(out, "true");
        break;
    case JSON_FALSE:
        text_add(out, "false");
        break;
    case JSON_NULL:
        text_add(out, "null");
        break;
    }
}
