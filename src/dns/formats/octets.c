#include "dns/formats/octets.h"

#include "base/escape.h"

#include <string.h>

bool octet_is_digit(uint8_t octet)
{
    return octet >= '0' && octet <= '9';
}

bool octet_is_letter(uint8_t octet)
{
    return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z');
}

static uint8_t lower(uint8_t octet)
{
    return octet >= 'A' && octet <= 'Z' ? (uint8_t)(octet + ('a' - 'A')) : octet;
}

struct octets octets_of(const char *string)
{
    return (struct octets){(const uint8_t *)(string ? string : ""), string ? strlen(string) : 0};
}

bool octets_begin(struct octets octets, const char *prefix)
{
    size_t length = strlen(prefix);

    if (octets.length < length)
        return false;
    for (size_t i = 0; i < length; i++)
        if (lower(octets.bytes[i]) != lower((uint8_t)prefix[i]))
            return false;
    return true;
}

bool octets_equal(struct octets octets, const char *string)
{
    return octets.length == strlen(string) && octets_begin(octets, string);
}

struct octets octets_part(struct octets octets, size_t begin, size_t length)
{
    if (begin > octets.length)
        begin = octets.length;
    if (length > octets.length - begin)
        length = octets.length - begin;
    return (struct octets){octets.bytes + begin, length};
}

static bool is_white(uint8_t octet)
{
    return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
}

struct octets octets_trim(struct octets octets)
{
    while (octets.length > 0 && is_white(octets.bytes[0]))
        octets = octets_part(octets, 1, octets.length);
    while (octets.length > 0 && is_white(octets.bytes[octets.length - 1]))
        octets.length--;
    return octets;
}

bool octets_next(struct octets *rest, char separator, struct octets *part)
{
    size_t length = 0;

    if (rest->length == 0)
        return false;
    while (length < rest->length && rest->bytes[length] != (uint8_t)separator)
        length++;
    *part = octets_part(*rest, 0, length);
    *rest = octets_part(*rest, length + 1, rest->length);
    return true;
}

static bool are_plain(struct octets octets)
{
    for (size_t i = 0; i < octets.length; i++)
        if (octets.bytes[i] < 0x20 || octets.bytes[i] >= 0x7f)
            return false;
    return true;
}

const char *octets_shown(struct arena *arena, struct octets octets)
{
    struct text text = {0};
    const char *shown;

    if (are_plain(octets))
        return arena_dup_bytes(arena, octets.bytes, octets.length);
    escape_bytes(&text, octets.bytes, octets.length, ESCAPE_ASCII, false);
    shown = arena_dup(arena, text_get(&text));
    text_clear(&text);
    return shown;
}

bool octets_canonical_name(struct octets name, char out[NAME_TEXT])
{
    char text[4 * (NAME_OCTETS_MAX + 2) + 1];
    size_t used = 0;

    if (name.length == 0 || name.length > NAME_OCTETS_MAX + 1)
        return false;
    for (size_t i = 0; i < name.length; i++) {
        uint8_t octet = name.bytes[i];

        if (octet == '.' || octet_is_letter(octet) || octet_is_digit(octet)) {
            text[used++] = (char)octet;
        } else {
            text[used++] = '\\';
            text[used++] = (char)('0' + octet / 100);
            text[used++] = (char)('0' + octet / 10 % 10);
            text[used++] = (char)('0' + octet % 10);
        }
    }
    text[used] = '\0';
    return name_canonical(text, out, NULL) == STATUS_OK;
}
