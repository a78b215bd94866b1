#include "term/character.h"

#include "base/utf8.h"

static size_t length_by_first(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first < 0xe0)
        return 2;
    if (first >= 0xe0 && first < 0xf0)
        return 3;
    return first >= 0xf0 && first < 0xf5 ? 4 : 0;
}

enum character_state character_add(struct character *character, unsigned char byte, uint32_t *out)
{
    const char *cursor = character->bytes;
    size_t length;

    if ((byte & 0xc0) != 0x80)
        character->count = 0;
    character->bytes[character->count++] = (char)byte;
    length = length_by_first((unsigned char)character->bytes[0]);
    if (length > character->count)
        return CHARACTER_PART;
    character->count = 0;
    if (length == 0)
        return CHARACTER_BROKEN;
    *out = utf8_next(&cursor, character->bytes + length);
    return *out == UTF8_INVALID ? CHARACTER_BROKEN : CHARACTER_WHOLE;
}
