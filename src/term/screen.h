/* The terminal as a sheet: opens it, shows canvases on it and gives it back as it was. A process
 * has one terminal, so there is one screen and no object for it. Nothing but this floor knows
 * curses. */
#ifndef TERM_SCREEN_H
#define TERM_SCREEN_H

#include "base/status.h"
#include "view/canvas/canvas.h"
#include "view/canvas/theme.h"

#include <stdbool.h>

struct screen_options {
    bool ascii; /* --ascii, or the user's codeset is not UTF-8: substitutes for all other glyphs */
    bool mono;  /* NO_COLOR, or asked for */
    bool mouse; /* take the mouse from the terminal */
    const struct theme *theme; /* borrowed until screen_theme or screen_close */
};

/* Takes over the terminal of standard output; LC_CTYPE must already be a UTF-8 locale. Keys come
 * from standard input, or from the controlling terminal when that is no terminal. From here on
 * crashes (SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT) and want of memory restore the terminal.
 * STATUS_UNSUPPORTED: TERM is unset, unknown or too dumb; STATUS_UNREADABLE: no terminal. *why
 * is then a sentence (static, without line end) to print behind "mxtrail: ". */
enum status screen_open(const struct screen_options *options, const char **why);
/* Gives the terminal back: may be called twice, and before screen_open. */
void screen_close(void);

/* Becomes readable when keys are waiting: poll it, then call input_next(); -1 when not open. */
int screen_fd(void);
/* What the terminal can show; TIER_MONO when not open. */
enum tier screen_tier(void);

/* Shows a canvas, from this column and row of it on: sends what differs from what the terminal
 * shows, and nothing when nothing differs. A canvas of another size than the screen is cut or
 * leaves the rest blank. */
void screen_paint(const struct canvas *canvas, int left, int top);
/* Draws everything anew with the next paint (^L, or another program wrote over it). */
void screen_redraw(void);
/* Changes the look; the next paint shows it. Borrowed like screen_options.theme. */
void screen_theme(const struct theme *theme);
void screen_mouse(bool wanted);
/* Sets the title of the window where the terminal has one; the title is escaped here, shortened to
 * 120 columns, and the title before screen_open comes back at the end. */
void screen_title(const char *title);

/* Asks the terminal whether its ground is light or dark, where it is likely to know the question.
 * Whether it was asked. */
bool screen_ask_background(void);

/* Columns and rows now; 80x24 when not open. */
void screen_size(int *width, int *height);
/* After SIGWINCH: asks the terminal for its size. Returns whether it changed. */
bool screen_resize(void);
/* Around a stop: the shell gets its terminal (call, then raise(SIGSTOP)), and is taken over again
 * (after SIGCONT; also asks for the size). */
void screen_suspend(void);
void screen_resume(void);

#endif
