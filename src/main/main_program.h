/* The interactive program: what the main_*.c files of the screen share. */
#ifndef MAIN_MAIN_PROGRAM_H
#define MAIN_MAIN_PROGRAM_H

#include "main/main_state.h"

/* main/main_program.c: reads configuration, theme and history, makes the state; request, lessons,
 * source and now must be set. Returns 0 or the exit status; program_close() is due in any case. */
int program_open(struct program *program);
/* Returns 0 or the exit status: of a recording that is not whole. */
int program_close(struct program *program);
/* Gives the event its time, records it, updates the state and does the effects; then the same for
 * the events that come of these. */
void program_event(struct program *program, struct event *event);
/* An event for each reply that is in, those that came at the same time together: what they ask for
 * is asked after the last. False when there was none. */
bool program_replies(struct program *program);
/* The state is as it was before the first event. */
void program_restart(struct program *program);
/* The event in a line of a recording. On failure nothing was done, and *why says what is wrong
 * (static sentence). */
enum status program_line(struct program *program, const char *line, const char **why);
/* The size of the terminal is that of the screen. */
void program_size(struct program *program);
/* The events that are in the inbox. */
void program_inbox(struct program *program);
/* A sentence for the message line. */
void program_note(struct program *program, const char *sentence);

/* main/main_effect.c: does everything in program->effects and empties it. */
void program_do_effects(struct program *program);
/* Gives a policy that is being fetched up, if there is one. */
void program_end_fetch(struct program *program);
/* Reads and shows a theme; says what is wrong with its file. */
bool program_set_theme(struct program *program, const char *name, struct faults *faults);

/* main/main_replay.c: applies the events of a recording, at once or at their own pace times speed.
 */
struct replay;
int replay_open(const char *path, struct replay **replay);
void replay_close(struct replay *replay);
/* Was it recorded on the screen? A report records replies only: its names are looked up anew, in
 * what it holds. Stands before the first event afterwards. */
bool replay_is_session(struct replay *replay);
/* The sentence for its end. Static. */
const char *replay_end_text(const struct replay *replay);
/* Milliseconds on the event clock of the next event; -1 at the end. */
int64_t replay_next_ms(const struct replay *replay);
/* Applies the next event. Returns 0, or the exit status for a bad line. */
int replay_step(struct replay *replay, struct program *program);
/* A slide is a key, a line, a paste or a click with what came of it. The next one; the one before,
 * made anew from the beginning; what is there before the first. As above. */
int replay_slide(struct replay *replay, struct program *program);
int replay_back(struct replay *replay, struct program *program);
int replay_begin(struct replay *replay, struct program *program);
/* Has the first slide been shown? */
bool replay_is_begun(const struct replay *replay);

/* main_run.c: runs the words, each with a line end behind it, without a shell, and waits for it and
 * for Enter. What came of it is noted. */
void program_run(struct program *program, const char *words);

#endif
