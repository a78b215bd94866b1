/* Where a line of text may end: at a blank, and between two characters of which one is wide, but
 * for those that no line begins or ends with (Japanese text, JIS X 4051: a full stop, a closing
 * bracket, a small kana does not come first, an opening bracket not last). Text is valid UTF-8. */
#ifndef BASE_WRAP_H
#define BASE_WRAP_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

/* Bytes up to the next place where a line may end; blanks at the beginning count as text. */
size_t wrap_word(const char *text);
/* How many bytes of the text go into a line of that many columns; 0 where not even its first word
 * does. What follows begins with the blanks that the break takes away. */
size_t wrap_fit(const char *text, int columns);
/* The same, but where not even its first word does, as much of it as does. */
size_t wrap_line(const char *text, int columns);
/* Goes on with a line of that length (up to a line end or NUL): a blank comes between it and what
 * is there, but none between two wide characters. */
void wrap_join(struct text *out, const char *line, size_t length);
/* Is the last character of the text wide? */
bool wrap_is_wide_last(const char *text);

#endif
