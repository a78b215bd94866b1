/* The way back: what must reach the terminal on every exit, kept ready so that a signal handler
 * can send it. */
#ifndef TERM_RESTORE_H
#define TERM_RESTORE_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

/* From here on restore_now() writes these bytes (at most 255; more are left out) to fd and sets
 * its modes, and so do crashes and want of memory. */
void restore_arm(int fd, const struct termios *modes, const char *bytes, size_t length);
/* Async-signal-safe and idempotent: does nothing when not armed. */
void restore_now(void);
/* The terminal is back, or will be brought back otherwise. */
void restore_disarm(void);

#endif
