/* The lexical part of master files (RFC 1035 5.1): comments, quotes and parentheses. */
#ifndef DNS_ZONE_ZONE_LINES_H
#define DNS_ZONE_ZONE_LINES_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct zone_token {
    const char *text; /* NUL terminated, escapes left as they are, quotes taken off; octets beyond
                       * ASCII outside quotes are escaped (\\195) */
    size_t line;      /* the physical line it begins on */
    bool quoted;
    bool glued; /* no white space between it and the one before: key="value" (RFC 9460 2.1) */
};

/* A logical line: what parentheses and quotes hold together is one (a quoted string over several
 * lines, and an escaped line end, are read as NSD does). Zero-initialise `lines` but for the first
 * three, and clear it in the end. */
struct zone_lines {
    const char *cursor, *end;
    size_t line; /* number of the physical line at the cursor, from 1 */

    size_t first_line; /* number of the one the logical line starts at */
    bool indented;     /* it starts with white space: same owner as before */
    struct zone_token *tokens;
    size_t token_count, token_capacity;
    bool unclosed;     /* the text ends within its parentheses */
    size_t joined;     /* the physical line with a backslash at its end; 0: none */
    const char *fault; /* what is wrong with the line, or NULL */
    size_t fault_line;

    struct text bytes;     /* what the tokens point into */
    const char *token_end; /* behind the last token */
    size_t *starts;        /* of the tokens, while bytes still grows */
    size_t start_capacity;
};

/* Reads the next logical line that has tokens or a fault; false at the end. */
bool zone_lines_next(struct zone_lines *lines);
void zone_lines_clear(struct zone_lines *lines);

/* Reads one octet of a token, escaped or not, and moves the cursor behind it; -1 for a bad escape.
 */
int zone_token_octet(const char **cursor);

#endif
