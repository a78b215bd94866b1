/* Windows over the panes: each kind is a table of functions, in a file of its own. */
#ifndef APP_STATE_WINDOW_H
#define APP_STATE_WINDOW_H

#include "app/events/action.h"
#include "app/events/effect.h"
#include "view/screen/overlay.h"

struct ui;
struct route;
struct window;

enum {
    AUTO_MS = 900,       /* between two things that come by themselves */
    WINDOW_SLICE = 2500, /* deliveries or choices drawn in one tick at most */
};

struct window_kind {
    enum context context;
    enum overlay_place place;
    bool two_sided, stacked; /* as in struct overlay_view */
    bool reads;              /* text to be read, with a line to stand on here and there */
    const char *id;          /* as "expect: window=" of a lesson has it */
    const char *help;        /* the page `?` opens: "help/simulation.txt" */
    /* Makes the titles and sheets of window->view anew, in window->arena. */
    void (*build)(struct ui *ui, struct window *window);
    /* Frees window->state; NULL when it is nothing but memory of its own. */
    void (*close)(struct ui *ui, struct window *window, struct effects *effects);
    /* Enter on a line; NULL when that does nothing. */
    void (*choose)(struct ui *ui, struct window *window, const struct sheet_line *line,
                   struct effects *effects);
    /* To the page before (-1) or behind (1) the one it shows; false when there is none. NULL: it
     * has no pages. */
    bool (*step)(struct window *window, int step);
    /* A search found nothing more in what is shown: goes to a list of all that has the text; false
     * where there is none. NULL: the search ends here. */
    bool (*find)(struct window *window, const char *text);
    /* The cursor moved to another line; NULL when that means nothing. */
    void (*moved)(struct ui *ui, struct window *window, struct effects *effects);
    /* Drops what was derived from the answers and the sender, for they have changed; NULL: nothing
     * was. build() or work() derive it again. */
    void (*forget)(struct window *window);
    /* `p`: the next algorithm; NULL: the next sender. What the key bar calls it. */
    void (*next)(struct ui *ui, struct window *window);
    const char *next_label;
    /* `P`: another sender is laid beside this one; NULL: in a window of its own. */
    void (*compare)(struct ui *ui, struct window *window, const char *argument);
    /* `=`: everything, or only what matters, in turn; NULL: it always shows all it has. */
    void (*show_all)(struct window *window);
    /* `d` on a line; NULL: hosts of the sender are put down. */
    void (*down)(struct ui *ui, struct window *window, const struct sheet_line *line);
    /* The route whose hosts the numbers of its lines stand for (sheet/delivery_sheet.h), once there
     * is one; NULL: they stand for something else. */
    const struct route *(*route)(const struct window *window);
    /* A slice of work; false when there is none left. NULL: never busy. */
    bool (*work)(struct ui *ui, struct window *window);
    /* The what-if edit for this line, like "weight _ldap._tcp.example.com. ldap1.example.com. +1":
     * `verb` is "weight" or "remove". NULL: hosts of the route are meant. */
    bool (*edit)(const struct window *window, const struct sheet_line *line, const char *verb,
                 const char *change, struct text *command);
    /* Copies the name it is about to `out` (NAME_TEXT); NULL: the name of the page. */
    void (*subject)(const struct window *window, char *out);
    bool reveals;     /* what it shows can be revealed bit by bit (sheet_unit()) */
    bool every_reply; /* built anew when an answer comes */
    bool of_line;     /* it goes with the line being typed */
};

struct window {
    const struct window_kind *kind;
    struct overlay_view view;
    struct arena *arena; /* of the titles and sheets; freed before they are built anew */
    bool stale;          /* to be built anew */
    bool busy;           /* work() wants to be called */
    bool own;    /* of the program, as the list of lessons: no part of a lesson, which leaves
                  * its keys alone */
    bool bottom; /* one step back from here leaves the program */
    size_t shown, units; /* how far it is revealed, of how much there is; units 0: it has none */
    uint64_t runs;       /* deliveries or choices asked to be drawn; 0: none */
    int grow_ms;         /* what is drawn grows, a slice in so many ms; 0: as fast as it can */
    uint64_t slice;      /* of those, how many work() draws at once */
    int64_t auto_ms;     /* when it goes on by itself, on the event clock; 0: it does not */
    void *state;         /* the kind's own; heap */
};

/* Opens a window on top; the oldest gives way when there are too many. The window takes `state`
 * over. */
struct window *window_open(struct ui *ui, const struct window_kind *kind, void *state,
                           struct effects *effects);
/* The second topmost gives way where it is of the same kind as the topmost. */
void windows_drop_double(struct ui *ui, struct effects *effects);
/* Closes the topmost; false when there is none. */
bool window_close(struct ui *ui, struct effects *effects);
void windows_close_all(struct ui *ui, struct effects *effects);
/* The topmost; NULL for none. */
struct window *window_top(const struct ui *ui);
/* The topmost when it is of that kind, else NULL. */
struct window *window_of(const struct ui *ui, const struct window_kind *kind);
/* Builds what is stale. */
void windows_refresh(struct ui *ui);
/* Everything must be built anew (the page, its answers or the size of the screen changed). */
void windows_stale(struct ui *ui, bool by_reply);
/* The answers were dropped, or the sender changed: so is what was derived from them. */
void windows_forget(struct ui *ui);

/* The topmost goes to the page before or behind; false where it has none. */
bool window_step(const struct ui *ui, int step);

/* The side with the keys, the line under its cursor (NULL when none is to be stood on). */
struct overlay_side *window_side(struct window *window);
const struct sheet_line *window_line(struct window *window);
/* Moves the cursor over selectable lines by that many; scrolls where there are none. */
void window_move(struct ui *ui, struct window *window, long lines, struct effects *effects);
/* Is what windows show revealed bit by bit? */
bool windows_reveal(const struct ui *ui);
/* One unit more is shown, and the cursor stands on it; false when all are. */
bool window_reveal(struct ui *ui, struct window *window, struct effects *effects);
/* The last one shown is hidden again; false when only the first is shown, or nothing is hidden. */
bool window_conceal(struct ui *ui, struct window *window, struct effects *effects);
/* So many deliveries or choices are to be drawn anew. Where windows reveal, their counts grow for a
 * second. */
void window_draw_runs(const struct ui *ui, struct window *window, uint64_t runs);
/* What is being drawn comes as fast as it can. */
void windows_hurry(struct ui *ui);
/* Nothing goes on by itself any more. */
void windows_stop_auto(struct ui *ui);
/* So many units are shown: 0 where nothing is hidden. */
size_t window_shown(const struct ui *ui, const struct window *window);
/* Puts the cursor on this line (or the next one it can stand on). */
void window_jump(struct ui *ui, struct window *window, size_t line, struct effects *effects);

#endif
