/* The state of the interactive program, beside that of its screen. */
#ifndef MAIN_MAIN_STATE_H
#define MAIN_MAIN_STATE_H

#include "app/events/event.h"
#include "app/settings/configuration.h"
#include "app/settings/lesson.h"
#include "app/state/ui.h"
#include "app/update.h"
#include "main/input/main_inbox.h"
#include "main/input/main_record.h"
#include "main/input/main_request.h"
#include "net/policy_fetch.h"
#include "net/source.h"
#include "term/line/history.h"
#include "term/line/line_edit.h"
#include "view/canvas/canvas.h"
#include "view/canvas/theme.h"

#include <stdio.h>

struct program {
    const struct request *request;
    const struct lessons *lessons;
    struct configuration config;
    struct text fault; /* the first of the configuration and theme, for the message line */
    struct ui *ui;
    struct canvas *canvas;
    struct effects effects; /* of the update under way */
    struct inbox inbox;     /* what comes of them */

    struct uv_loop_s *uv;  /* borrowed */
    struct source *source; /* borrowed: the one the program was started with */
    struct source *lesson; /* owned: of the lesson chosen since; NULL: ask `source` */

    struct policy_fetch *fetch; /* owned: under way; NULL: none is */
    char *fetched_domain;       /* owned: whose policy that is */

    struct theme *theme;
    char *first_theme; /* the one it was started with */
    struct history *history;
    char *history_path;                 /* NULL: neither read nor written */
    char *marks_path;                   /* of the lessons' marks; the same */
    struct text marks;                  /* those of earlier runs, or of the recording */
    struct line_edit *name_line, *line; /* for names; for commands, searches, filters */
    struct line_edit *editing;          /* the one being typed in, or NULL */

    struct recording *recording;
    bool recording_lost;                     /* it could not be gone on with, which is said */
    bool keeps_marks;                        /* a person is at the keys: set before opening */
    bool playing;                            /* events come from a recording: effects stay inside */
    int64_t (*now)(struct program *program); /* milliseconds on the event clock */
    int64_t event_ms;                        /* when the last event was */
    bool dirty;                              /* the screen no longer shows the state */
    bool redraw;                             /* paint every cell again */
    bool suspend;                            /* stop as ^Z does, when the loop comes round */
    bool quit;
};

#endif
