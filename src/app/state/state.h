/* The inside of struct ui, for app/ alone. */
#ifndef APP_STATE_STATE_H
#define APP_STATE_STATE_H

#include "app/events/action.h"
#include "app/events/effect.h"
#include "app/events/event.h"
#include "app/events/keymap.h"
#include "app/settings/marks.h"
#include "app/state/ui.h"
#include "app/state/window.h"
#include "mail/sender/sender.h"
#include "survey/asking/asking.h"
#include "survey/whatif.h"
#include "view/panes/page.h"

enum { OPEN_QUESTIONS_MAX = 64, VISITS_MAX = 64, WINDOWS_MAX = 16, HINTS_MAX = 24 };

_Static_assert(CONTEXT_FINDINGS == 1u << PANE_FINDINGS, "a pane is a context");
_Static_assert((CONTEXT_PANES & ((1u << PANE_COUNT) - 1)) == (1u << PANE_COUNT) - 1,
               "each of them");

enum reveal { REVEAL_AUTO, REVEAL_ON, REVEAL_OFF };

/* One name looked up: its survey and how it is shown. */
struct visit {
    unsigned id;
    struct survey *survey;
    struct vantage *vantage; /* whom its questions go to; NULL: as the program was started */
    struct asker asker;      /* the two, as they ask */
    char *host;         /* the server wanted, as long as its address is not known; NULL: none */
    uint16_t host_type; /* asked of it next: A, AAAA, then 0: it has no address */
    uint16_t host_port, host_encrypted; /* where and how it shall be asked */
    struct page page;
    struct arena *rows_arena;     /* of page.panes[].rows */
    char *identities[PANE_COUNT]; /* of the row under each cursor; NULL for none */
    bool stale;                   /* the rows are not those of the answers */
    struct whatif *whatif;        /* edits tried on this domain */
    struct changes *changes;      /* what watching has seen; NULL before anything changed */
    bool again;                   /* asked again: do not answer from the cache */
    bool watched;                 /* asked again whenever a TTL runs out */
    int64_t next_watch_ms;        /* when that is; 0: not planned */
    bool jumped;                  /* from a finding to the pane of its cause */
    enum pane jumped_to;
};

struct lecture;

struct ui {
    struct arena *arena;         /* of what the settings were copied into */
    struct ui_settings settings; /* sender-related members are kept in `sender` */
    struct keymap keymap;
    struct scene scene;
    int width, height;
    int64_t now_ms;

    struct visit **visits; /* oldest first; owned */
    size_t visit_count, visit_capacity, current;
    unsigned last_visit_id;
    unsigned titled; /* whose name the window's title has, and whether answers were awaited */
    bool titled_waiting;
    struct visit **compared; /* surveys looked at beside the pages; owned */
    size_t compared_count, compared_capacity;
    struct asking *asking; /* which of them waits for which question */

    enum editor editor;
    bool editor_due;       /* the line editor must be opened with the next update */
    struct text line;      /* the line being typed, whichever it is */
    int caret;             /* in characters */
    bool marked;           /* the line is as it was put in, and marked */
    struct text candidate; /* the word last given by ui_complete */
    struct text candidates;
    char *search;

    struct text message;
    char pressed[KEY_TEXT]; /* the key pressed last, for scene.pressed */
    struct text silent;     /* the server that answers nothing; empty for none */
    struct silence silence;
    struct hint hints[HINTS_MAX];

    struct window *windows[WINDOWS_MAX]; /* owned, the topmost last */
    struct overlay_view views[WINDOWS_MAX];
    size_t window_count;

    struct sender sender;  /* whose mail is simulated */
    struct sender started; /* the one the program was started with */
    char *theme;           /* that is kept */
    char *theme_shown;     /* that is looked at while choosing; NULL: `theme` */
    bool mouse;
    bool quit_asked;       /* before an audience: the next of these keys quits */
    size_t edits_given_up; /* so many what-if edits were there when leaving was asked about */
    enum pane places[PANE_COUNT]; /* of the panes of a new page */
    bool has_resolver;            /* queries go to `resolver`, not as the program was started */
    struct vantage_spec resolver;
    enum server_reach ask_servers; /* by the source or lesson that answers */
    struct overlay_view panel;     /* the lesson's page, when it is shown */
    struct arena *panel_arena;
    enum reveal reveal;        /* as set; REVEAL_AUTO: in lessons, and where others look on */
    struct lecture *lecture;   /* of the lesson that is open; NULL: none is, or not as steps */
    bool for_lessons;          /* the program was started in one: its options are meant for them */
    struct lesson_marks marks; /* what was done of the lessons, now or earlier */
    unsigned opened;           /* how many lessons were opened so far */
    size_t course;             /* it was chosen from, from 1 on; 0: from all lessons */
    char *lesson; /* answered from; NULL: from the source the program was started with */
    char *source; /* as the title bar shows it */
};

/* Says something in the place of the key bar until the next key. */
void ui_say(struct ui *ui, enum role role, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A number typed behind ":", checked as on the command line; what is wrong is said. */
bool ui_number(struct ui *ui, const char *typed, uint64_t least, uint64_t most, uint64_t *number);

/* Do the keys of a lesson work here: one is open, and no help, list or line over it? */
bool ui_plays(const struct ui *ui);
/* Where keys go now. */
enum context ui_context(const struct ui *ui);

/* What one step back leads to. */
enum way_out {
    WAY_CLOSE,   /* a window, line, search, filter or zoom is open */
    WAY_JUMP,    /* the findings, from where one went to a cause */
    WAY_NAME,    /* the name looked at before */
    WAY_LESSONS, /* their list, from one of them */
    WAY_QUIT,    /* nothing is left to go back to */
};
enum way_out ui_way_out(const struct ui *ui);

/* The page shown, its rows as the answers are now; NULL before the first name. */
struct visit *ui_visit(struct ui *ui);
/* The row under the cursor of the page shown; NULL for none. */
const struct row *ui_row(struct ui *ui);
/* Brings everything that is derived up to date: rows, windows, hints, the scene. */
void ui_refresh(struct ui *ui);

/* A function for each action. The argument is what followed the command, "" for none, NULL when a
 * key was pressed. */
typedef void action_function(struct ui *ui, const char *argument, struct effects *effects);
/* A function for several actions, which differ by the number in their rows: lines, steps, messages.
 */
typedef void action_number_function(struct ui *ui, long number, struct effects *effects);
void action_perform(struct ui *ui, enum action action, const char *argument,
                    struct effects *effects);

#endif
