/* UTF-8 in, UTF-8 out, and how many columns a character takes. Widths come from wcwidth(), so the
 * program must have set a UTF-8 LC_CTYPE (main does, whatever the user's locale is). */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_INVALID UINT32_MAX

/* Decodes the character at *cursor (< end) and moves *cursor behind it. A malformed sequence
 * (RFC 3629: overlong, surrogate, above 10FFFF, cut off) gives UTF8_INVALID and moves one byte. */
uint32_t utf8_next(const char **cursor, const char *end);
/* Writes the 1..4 bytes of a character into out (no NUL) and returns how many. */
size_t utf8_from(uint32_t character, char out[4]);
bool utf8_valid(const char *bytes, size_t length);

/* Columns of one character: 0, 1 or 2; unprintable counts as 0. */
int utf8_width(uint32_t character);
/* Columns of a string of valid UTF-8. */
int utf8_columns(const char *string);
/* Bytes in front of the n-th character (from 0); the whole string when it has fewer. */
size_t utf8_offset(const char *string, int n);
/* How many bytes of the string fit into `columns` columns, never cutting a character. */
size_t utf8_fit(const char *string, int columns);

#endif
