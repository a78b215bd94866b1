/* Bytes from the terminal become events: keys, mouse, pasted text, the terminal gone. */
#ifndef TERM_INPUT_H
#define TERM_INPUT_H

#include "app/events/event.h"

#include <stdbool.h>

/* Begins reading keys: to be called when the screen is open. Teaches curses the sequences that
 * terminfo may not have. */
void input_open(void);

/* The next event that is waiting, without waiting for one: call until false whenever screen_fd()
 * is readable, and once more when input_pending_ms() has passed. Only `kind` and the members that
 * belong to it are set; at_ms is the caller's. Events are EVENT_KEY (Enter is '\r', Backspace
 * KEY_CODE_BACKSPACE, ^Z 0x1a and ^C 3 arrive as keys), EVENT_MOUSE, EVENT_PASTE (text: the first
 * line that is not empty, controls left out, at most 1023 bytes, valid until the next call; may be
 * "") and EVENT_HANGUP (then nothing more will come). Invalid UTF-8 is dropped. */
bool input_next(struct event *event);

/* Milliseconds after which input_next() must be called though no byte came (an unfinished
 * paste), -1 for never. */
int input_pending_ms(void);

/* The terminal was asked for the colour of its ground: what it answers is an EVENT_BACKGROUND. */
void input_await_answer(bool awaited);

/* Forgets half-read sequences and pastes: after screen_resume(). */
void input_reset(void);

#endif
