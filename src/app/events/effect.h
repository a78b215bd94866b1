/* What update() wants done in the world. It is data: only main/main.c does it. */
#ifndef APP_EVENTS_EFFECT_H
#define APP_EVENTS_EFFECT_H

#include "dns/reply.h"

#include <stdbool.h>
#include <stddef.h>

enum effect_kind {
    EFFECT_ASK,    /* question: ask it; one EVENT_REPLY must come, whatever happens. `flag`: ask
                      anew, do not answer from the cache */
    EFFECT_CANCEL, /* question: nobody waits for it any longer; no reply needs to come */
    EFFECT_END,    /* question: it has waited long enough; its EVENT_REPLY comes now, and says so */
    EFFECT_EDIT,   /* text: open the line editor with it, or put it in; `flag`: marked, so that
                      the first character typed replaces it */
    EFFECT_EDIT_END, /* close the line editor */
    EFFECT_COPY,     /* text: to the clipboard; what came of it is said by an EVENT_NOTE */
    EFFECT_EXPORT,   /* path, text: write the file; what came of it is said by an EVENT_NOTE */
    EFFECT_ZONE,     /* text: read the master file of that name; it comes as an EVENT_ZONE, or what
                        is wrong as an EVENT_NOTE */
    EFFECT_FETCH,    /* text: a domain; path: the addresses of its policy host, as policy_fetch.h
                        has them: fetch its MTA-STS policy; it comes as an EVENT_POLICY, or why not
                        as an EVENT_NOTE */
    EFFECT_RECORD,   /* path: write every event to that new file, those since the start too; what
                        came of it is said by an EVENT_NOTE */
    EFFECT_HISTORY,  /* text: a name that was looked up, to be remembered */
    EFFECT_CONFIG,   /* path (setting, "ui.theme"), text (value): to be kept in the config file */
    EFFECT_THEME,    /* text: name of the theme to show from now on */
    EFFECT_MOUSE,    /* flag: on or off */
    EFFECT_TITLE,    /* text: the title of the terminal's window */
    EFFECT_LESSON,   /* text: a lesson ("order"); questions are answered from its zone from now on;
                        "" goes back to the source the program was started with */
    EFFECT_MARK, /* text: how far one is in a lesson, a line of app/settings/marks.h, to be kept */
    EFFECT_RUN,  /* text: a program of the user's and its words, a line end behind each */
    EFFECT_SUSPEND, /* stop as ^Z does, come back with a full redraw */
    EFFECT_REDRAW,  /* paint every cell again */
    EFFECT_QUIT,
};

struct effect {
    enum effect_kind kind;
    bool flag;
    struct question question; /* name owned by the effect */
    char *text, *path;        /* owned by the effect, or NULL */
};

/* In the order they are to be done. Zero-initialised is empty. */
struct effects {
    struct effect *list;
    size_t count, capacity;
};

void effects_add(struct effects *effects, enum effect_kind kind);
void effects_add_flag(struct effects *effects, enum effect_kind kind, bool flag);
void effects_add_text(struct effects *effects, enum effect_kind kind, const char *text, bool flag);
void effects_add_file(struct effects *effects, enum effect_kind kind, const char *path,
                      const char *text);
void effects_add_question(struct effects *effects, enum effect_kind kind,
                          const struct question *question, bool flag);
/* Empties the list and keeps its memory for the next update; _free gives that back too. */
void effects_clear(struct effects *effects);
void effects_free(struct effects *effects);

#endif
