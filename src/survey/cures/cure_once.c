/* One term of an SPF record for several alike. */
#include "base/memory.h"
#include "survey/cures/cure.h"

#include <string.h>

bool cure_has_word(const struct text *text, struct octets term)
{
    struct octets rest = {(const uint8_t *)text->bytes, text->length}, word;

    while (octets_next(&rest, ' ', &word))
        if (word.length == term.length && memcmp(word.bytes, term.bytes, term.length) == 0)
            return true;
    return false;
}

struct octets cure_spf_once(struct arena *arena, struct octets text)
{
    struct text once = {0};
    struct octets rest = text, word;
    size_t words = 0, kept = 0;

    if (!spf_record_is(text))
        return text;
    while (octets_next(&rest, ' ', &word)) {
        words += word.length > 0;
        if (word.length == 0 || cure_has_word(&once, word))
            continue;
        text_add(&once, kept++ ? " " : "");
        text_add_bytes(&once, word.bytes, word.length);
    }
    if (kept < words)
        text = octets_of(arena_dup(arena, text_get(&once)));
    text_clear(&once);
    return text;
}
