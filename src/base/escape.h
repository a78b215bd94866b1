/* The one sanitiser for all text from outside: network, files, command line, clipboard. */
#ifndef BASE_ESCAPE_H
#define BASE_ESCAPE_H

#include "base/memory.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum escape_form {
    ESCAPE_ASCII, /* everything but printable ASCII becomes \DDD (RFC 1035 5.1) */
    ESCAPE_UTF8,  /* valid UTF-8 stays, except what could deceive or steer a terminal */
};

/* Appends the bytes to out as text that is safe in a cell, a line or JSON. A backslash is doubled
 * only in ESCAPE_ASCII form and only when `quote` is set; quote also escapes the double quote. */
void escape_bytes(struct text *out, const void *bytes, size_t length, enum escape_form form,
                  bool quote);

/* The string as UTF-8 that is safe to show, in the arena; a backslash is left as it is. */
const char *escape_shown(struct arena *arena, const char *string);

/* May this character be shown as it is? False for C0, DEL, C1, bidi controls, zero-width, line and
 * paragraph separators, tags, private use, surrogates and unassigned (unprintable) characters. */
bool escape_showable(uint32_t character);

#endif
