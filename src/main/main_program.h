/* The interactive program: what the main_*.c files of the screen share. */
#ifndef MAIN_MAIN_PROGRAM_H
#define MAIN_MAIN_PROGRAM_H

#include "app/events/event.h"
#include "app/settings/configuration.h"
#include "app/settings/lesson.h"
#include "app/state/ui.h"
#include "app/update.h"
#include "main/main_record.h"
#include "main/main_request.h"
#include "net/source.h"
#include "term/line/history.h"
#include "term/line/line_edit.h"
#include "view/canvas/canvas.h"
#include "view/canvas/theme.h"

struct program {
    const struct request *request;
    const struct lessons *lessons;
    struct configuration config;
    struct ui *ui;
    struct canvas *canvas;
    struct effects effects; /* of the update under way */

    struct source *source; /* borrowed: the one the program was started with */
    struct source *lesson; /* owned: of the lesson chosen since; NULL: ask `source` */

    struct theme *theme;
    struct history *history;
    char *history_path;                 /* NULL: neither read nor written */
    struct line_edit *name_line, *line; /* for names; for commands, searches, filters */
    struct line_edit *editing;          /* the one being typed in, or NULL */

    struct recording *recording;             /* NULL: not recording */
    bool recording_lost;                     /* it could not be gone on with, which is said */
    bool playing;                            /* events come from a recording: effects stay inside */
    int64_t (*now)(struct program *program); /* milliseconds on the event clock */
    int64_t event_ms;                        /* when the last event was */
    bool dirty;                              /* the screen no longer shows the state */
    bool redraw;                             /* paint every cell again */
    bool suspend;                            /* stop as ^Z does, when the loop comes round */
    bool quit;
};

/* main/main_program.c: reads configuration, theme and history, makes the state; request, lessons,
 * source and now must be set. Returns 0 or the exit status; program_close() is due in any case. */
int program_open(struct program *program);
void program_save_history(struct program *program);
/* Returns 0 or the exit status: of a recording that is not whole. */
int program_close(struct program *program);
/* Gives the event its time, records it, updates the state and does the effects. */
void program_event(struct program *program, struct event *event);
/* A sentence for the message line. */
void program_note(struct program *program, const char *sentence);
/* Where questions go now. */
struct source *program_source(const struct program *program);

/* main/main_effect.c: does everything in program->effects and empties it. */
void program_do_effects(struct program *program);
/* Reads and shows a theme; says what is wrong with its file. */
bool program_set_theme(struct program *program, const char *name, struct faults *faults);

/* main/main_replay.c: applies the events of a recording, at once or at their own pace times speed.
 */
struct replay;
int replay_open(const char *path, struct replay **replay);
void replay_close(struct replay *replay);
/* The sentence for its end. Static. */
const char *replay_end_text(const struct replay *replay);
/* Milliseconds on the event clock of the next event; -1 at the end. */
int64_t replay_next_ms(const struct replay *replay);
/* Applies the next event. Returns 0, or the exit status for a bad line. */
int replay_step(struct replay *replay, struct program *program);

#endif
