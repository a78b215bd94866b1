/* Everything a frame is drawn from: a name looked up, as its panes show it, and what stands around
 * it. app/ writes it, the views only read it. */
#ifndef VIEW_PANES_PAGE_H
#define VIEW_PANES_PAGE_H

#include "survey/facts.h"
#include "view/canvas/canvas.h"
#include "view/panes/row.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The panes, in the places they have at first; pane_NAME.c defines each as pane_NAME (pane.h). */
#define PANE_LIST(pane)                                                                            \
    pane(MX, mx) pane(ADDRESS, address) pane(NS, ns) pane(SRV, srv) pane(MAIL, mail)               \
        pane(FINDINGS, findings)

#define PANE_ENUM(identifier, name) PANE_##identifier,
enum pane { PANE_LIST(PANE_ENUM) PANE_COUNT };
#undef PANE_ENUM

/* Where one is in a list of rows. */
struct cursor {
    size_t selected, top;
};

struct pane_state {
    struct cursor cursor;
    struct rows rows;  /* derived from the facts, the filter and the order */
    char *filter;      /* NULL: every row is shown */
    unsigned sort;     /* place in the pane's list of orders */
    bool reversed;     /* the order turned round */
    bool all_unfolded; /* everything under every row is shown */
};

/* One name looked up, as shown. */
struct page {
    const char *name;          /* canonical; of a service: the owner typed */
    const char *note;          /* what was cut off the text typed; NULL for nothing */
    const struct facts *facts; /* NULL before the first answer could be put in order */
    struct pane_state panes[PANE_COUNT];
    enum pane places[PANE_COUNT]; /* place on the screen -> pane */
    enum pane focus;
    bool zoomed;
    char **unfolded; /* names of the hosts, or terms, whose rows below are shown */
    size_t unfolded_count, unfolded_capacity;
    const char *const *changed; /* zone-file lines that were not there when first asked */
    size_t changed_count;
    int64_t begun_ms, ended_ms; /* first question, last answer */
    bool waiting;
    size_t pages, place; /* how many pages there are; which one this is, from 1 */
};

/* A line being typed, as the line editor has it. */
struct line {
    const char *label; /* "name", ":", "/" */
    const char *text;
    int caret; /* in characters */
    bool active;
    bool marked; /* the first character typed replaces it all */
};

/* A key and what it does, for the key bar. */
struct hint {
    char key[WORD_ROOM];
    const char *label;
};

/* A server that answers nothing, while something is waited for. */
struct silence {
    const char *server; /* NULL: none is silent */
    int64_t since_ms;   /* event clock */
    int try, tries;
};

struct overlay_view;

struct scene {
    const char *source; /* "127.0.0.1:53" */
    int64_t now_ms;     /* event clock */
    bool raw_ttl;
    bool watching;
    bool privacy;  /* others look on: no word of the resolver */
    bool audience; /* the screen is on a wall: no figures that distract */
    bool lesson;   /* made of documentation addresses, so that no word is said of them */
    size_t edits;  /* what-if edits in force: views go by them, the panes show what the DNS has */
    const struct page *page; /* NULL before the first name */
    struct line prompt;      /* always there */
    struct line command;     /* `:`, search or filter, over the key bar while active */
    const char *candidates;  /* what the command could become, for beside it; NULL: nothing */
    const char *search;      /* text to mark; NULL: none */
    const char *pressed;     /* the key pressed last, for an audience; NULL: not shown */
    const char *message;     /* what just happened; NULL: nothing to say */
    enum role message_role;
    struct silence silence;
    const struct hint *hints;            /* in the order they are to be shown */
    size_t hint_count, hint_last;        /* the last hint_last ones are shown whatever the width */
    const struct overlay_view *overlays; /* the windows open, the topmost last */
    size_t overlay_count;
    const struct overlay_view *panel; /* the page of a lesson, beside all else; NULL: none */
};

/* Are the rows shown that are under the host or term of that name? */
bool page_unfolded(const struct page *page, enum pane pane, const char *name);

/* What is left of the TTL of a record of the reply, on the event clock. */
uint32_t page_ttl_left(const struct scene *scene, const struct record *record,
                       const struct reply *reply);

#endif
