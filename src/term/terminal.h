/* What the modules of this floor share about the terminal screen.c has open. */
#ifndef TERM_TERMINAL_H
#define TERM_TERMINAL_H

#include <curses.h>
#include <stddef.h>

/* Reading keys from this window never draws anything; NULL when not open. */
WINDOW *terminal_keys(void);
/* A string of the terminal's terminfo entry, extended ones too; NULL when it has none. Borrowed. */
const char *terminal_string(const char *name);
/* Sends bytes as they are, past curses: nothing that moves its cursor or changes its cells. */
void terminal_send(const char *bytes, size_t length);

#endif
