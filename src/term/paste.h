/* Bracketed paste: of whatever is pasted, however much, the first line that says something. */
#ifndef TERM_PASTE_H
#define TERM_PASTE_H

#include "term/character.h"

#include <stdbool.h>
#include <stdint.h>

enum { PASTE_BYTES = 1023 };

struct paste {
    bool open; /* between the brackets */
    bool full; /* the line is complete: the rest is read and dropped */
    bool cut;  /* and something was */
    char text[PASTE_BYTES + 1];
    size_t length;
    struct character character;
    char sequence[8]; /* of the terminal, as far as it came; "" outside of one */
    int64_t heard_ms; /* when the last byte came */
};

void paste_begin(struct paste *paste, int64_t now_ms);
/* Controls, what may not be shown (base/escape.h) and sequences of the terminal are left out; a tab
 * becomes a space. Returns whether this was the end of the closing bracket. */
bool paste_byte(struct paste *paste, unsigned char byte, int64_t now_ms);
/* The line, "" when there was none; valid until the next paste_begin. */
const char *paste_end(struct paste *paste);

/* A closing bracket may never come (the terminal was reset); then silence ends the paste. */
int paste_patience_ms(const struct paste *paste, int64_t now_ms);
bool paste_stale(const struct paste *paste, int64_t now_ms);

#endif
