/* A pseudo-terminal as standard input and output of a test; what the program sends to it is kept.
 */
#ifndef TESTS_FAKE_TERMINAL_H
#define TESTS_FAKE_TERMINAL_H

#include "base/text.h"

#include <stddef.h>

/* TERM and the size; the real standard input and output come back with fake_close(). */
void fake_open(const char *type, int columns, int rows);
void fake_close(void);
void fake_resize(int columns, int rows);
/* As if typed. */
void fake_type(const char *bytes, size_t length);
/* Everything sent since the last call, until the terminal is quiet; valid until the next. */
const struct text *fake_output(void);
/* The other end is gone. */
void fake_hang_up(void);

#endif
