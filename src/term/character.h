/* A character put together from the bytes of UTF-8 as they come, one by one. */
#ifndef TERM_CHARACTER_H
#define TERM_CHARACTER_H

#include <stddef.h>
#include <stdint.h>

struct character {
    char bytes[4];
    size_t count; /* of an unfinished character */
};

enum character_state { CHARACTER_WHOLE, CHARACTER_PART, CHARACTER_BROKEN };

/* Takes the next byte. WHOLE: *out is a character; PART: more bytes are needed; BROKEN: what came
 * so far is no UTF-8 (RFC 3629) and dropped. A byte that cannot go on a character begins anew. */
enum character_state character_add(struct character *character, unsigned char byte, uint32_t *out);

#endif
