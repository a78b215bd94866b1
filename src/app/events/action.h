/* What a person can make the program do. One table drives the dispatch of keys, the key bar, the
 * help, the manual and the completion of commands. */
#ifndef APP_EVENTS_ACTION_H
#define APP_EVENTS_ACTION_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

/* Where an action is to be had; the contexts of an action are a set of these. */
enum context {
    CONTEXT_MX = 1 << 0, /* 1 << enum pane, for each of the panes there are or could be */
    CONTEXT_ADDRESS = 1 << 1,
    CONTEXT_NS = 1 << 2,
    CONTEXT_SRV = 1 << 3,
    CONTEXT_MAIL = 1 << 4,
    CONTEXT_FINDINGS = 1 << 5,
    CONTEXT_PANES = 0xff,
    CONTEXT_SIMULATION = 1 << 8, /* the delivery, step by step */
    CONTEXT_VIEW = 1 << 9,       /* every other overlay that shows something */
    CONTEXT_LIST = 1 << 10,      /* an overlay to choose from: lessons, themes, settings */
    CONTEXT_HELP = 1 << 11,
    CONTEXT_LINE = 1 << 12,     /* a line is being edited: name, command, search */
    CONTEXT_EMPTY = 1 << 13,    /* no name was looked up yet */
    CONTEXT_CHOICE = 1 << 14,   /* windows about how senders or clients choose */
    CONTEXT_LESSON = 1 << 15,   /* a lesson is open; in front of all other places */
    CONTEXT_QUESTION = 1 << 16, /* a question about the simulation */
    CONTEXT_OVERLAYS = CONTEXT_SIMULATION | CONTEXT_CHOICE | CONTEXT_VIEW | CONTEXT_LIST |
                       CONTEXT_HELP | CONTEXT_QUESTION,
    CONTEXT_LETTERS = CONTEXT_PANES | CONTEXT_OVERLAYS | CONTEXT_EMPTY, /* letters are keys */
    CONTEXT_ALL = CONTEXT_LETTERS | CONTEXT_LINE, /* a place of its own: CONTEXT_LESSON */
};

/* ACTION(identifier, "command", "default keys", contexts, "argument", bar, "label", "help")
 * The command is what ":" takes ("" for none), the argument what may follow it, bar the place in
 * the key bar (1 first, 0 never). Of several actions on one key the first whose context fits is
 * run. */
#include "app/events/actions.h"

#define ACTION_ENUM(identifier, ...) ACTION_##identifier,
enum action { ACTIONS(ACTION_ENUM) ACTION_COUNT };
#undef ACTION_ENUM

struct action_entry {
    const char *command, *keys;
    unsigned contexts;
    const char *argument;
    int bar;
    const char *label, *help;
};

/* Static, for any enum action. */
const struct action_entry *action_get(enum action action);
/* The action of that command name, or of the one command it is the beginning of; "q" quits. */
bool action_parse(const char *command, enum action *action);
/* What the key bar and the help say of it, in the language of the process. */
const char *action_label(enum action action);
const char *action_help(enum action action);
/* "on MX rows", "in the simulation", "everywhere": where the contexts are. Static. */
const char *action_where(unsigned contexts);

/* The table as part of the manual page (mdoc), for the key list and for the commands. */
void action_manual(struct text *out);

#endif
