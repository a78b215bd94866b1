/* Playing a lesson: its items are actions with their argument, and a state is a function of the
 * position. */
#ifndef APP_ACTIONS_PLAY_H
#define APP_ACTIONS_PLAY_H

#include "app/state/lecture.h"
#include "app/state/state.h"

/* Makes the state of that position anew from the beginning of the lesson: same position, same
 * state. What answers are missing for comes about as they come. */
void play_go(struct ui *ui, struct position position, struct effects *effects);
/* Performs what is due and can be: to be called behind every event. Judges the step. */
void play_go_on(struct ui *ui, struct effects *effects);
/* How far one is, when that has changed: to be called behind every event. */
void play_mark(struct ui *ui, struct effects *effects);
/* A key that is not the lesson's was pressed, a command typed (NULL: none): it is the next item, or
 * one strays from the lesson. */
void play_note_key(struct ui *ui, uint32_t key, enum action action);
void play_note_command(struct ui *ui, const char *command);
/* One moved beside the page, by Tab or the mouse, and strays from the lesson. */
void play_note_moved(struct ui *ui);
/* The items of the step come by themselves, up to the next question or key; or no longer. False
 * where that is none of the lesson's business. */
bool play_auto(struct ui *ui);
/* A tick: the next item, when it is due. */
void play_tick(struct ui *ui, struct effects *effects);
/* A key while the page has the keys; false when it means nothing there. */
bool play_page_key(struct ui *ui, enum action action, struct effects *effects);
/* The mouse over the page: the wheel scrolls it, a press chooses what stands there; false when it
 * was elsewhere. */
bool play_page_mouse(struct ui *ui, const struct event *event, struct effects *effects);
/* Does the state fulfil what the step at hand expects? Faults are told by file and line; none:
 * nothing but its items is expected. */
bool play_holds(struct ui *ui, struct faults *faults);

/* play_print.c: the window on top as text, as wide as a hand-out has it. Appends; nothing where
 * only panes are shown. */
void play_print_window(struct ui *ui, struct text *out);
/* play_try.c: what "mxtrail --demo=LESSON LINE" shows. */
void play_try(struct ui *ui, const char *line, struct effects *effects);
/* play_ask.c: the choices of a question, from the page or from the route as it is now. */
void play_offer(struct ui *ui, const struct lesson_item *item, struct asked *asked,
                struct arena *arena);

#endif
