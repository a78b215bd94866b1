/* The state of the interactive program: the names looked at, one after the other as pages of a
 * browser, and how they are shown. Only update() (app/update.h) changes it. */
#ifndef APP_STATE_UI_H
#define APP_STATE_UI_H

#include "app/settings/configuration.h"
#include "app/state/own_command.h"
#include "survey/survey.h"
#include "view/canvas/canvas.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ui;
struct lecture;

/* What the program was started with. Everything is copied. NULL and 0 are good values. */
struct ui_settings {
    const char *source; /* as the title bar shows it: "127.0.0.1:53", "zone lessons.zone" */
    /* the same for what is exported, as in struct report; NULL is "" */
    const char *source_kind, *source_server, *source_file;
    bool networked;            /* answers take time, which reports tell */
    bool recorded;             /* replies come out of a recording, in the order of that */
    bool ascii;                /* nothing outside ASCII in what is exported as text */
    const char *lesson;        /* the one the program was started in; NULL for none */
    const char *marks;         /* lines of app/settings/marks.h; NULL for none */
    const char *version;       /* for the help */
    const char *theme;         /* name of the theme that is shown */
    const char *const *themes; /* names of all themes, for the picker */
    size_t theme_count;
    const struct own_command *commands; /* of the configuration, by name */
    size_t command_count;
    const char *resolvers;    /* of the configuration, blanks between; NULL */
    const char *const *names; /* looked up earlier, newest first, for completion */
    size_t name_count;
    struct survey_options survey; /* for every name looked up */
    int64_t time_limit_ms;        /* for one name; 0: none */
    bool mouse;
    bool raw_ttl;
    bool present;      /* the screen is shown to others: no word that is private */
    bool privacy;      /* others look on: no word of the resolver */
    const char *panes; /* their places, "1 2 3 4 5 6" by their first numbers; else in that order */
    const struct sender *sender; /* whose mail is simulated; NULL: a stranger by RFC 5321 */
};

struct ui *ui_new(const struct ui_settings *settings);
void ui_free(struct ui *ui); /* NULL is allowed */

/* Those of the configuration; commands and keys in its file that are unknown are faults. */
void ui_bind_keys(struct ui *ui, const struct configuration *config, struct faults *faults);

/* Draws the whole screen in the size of the canvas. */
void ui_draw(struct ui *ui, struct canvas *canvas);

/* A line being edited. While it is not NONE, keys go to the line editor first; what it makes of
 * them comes as EVENT_EDIT and EVENT_SUBMIT, and the keys it has no use for as EVENT_KEY. */
enum editor { EDITOR_NONE, EDITOR_NAME, EDITOR_COMMAND, EDITOR_SEARCH, EDITOR_FILTER };
enum editor ui_editor(const struct ui *ui);
/* The n-th word (from 0) that may stand in place of before[word..], where `before` is the text up
 * to the caret of the line being edited; NULL behind the last one. Borrowed until the next call. */
const char *ui_complete(struct ui *ui, const char *before, size_t word, size_t n);

/* A computation is under way: send EVENT_TICK again and again, looking for keys in between. One
 * tick works less than 5 ms. */
bool ui_busy(const struct ui *ui);
/* Milliseconds from the last event until a tick could change the screen; -1 when only other events
 * can (then the program sleeps). */
int ui_tick_ms(const struct ui *ui);
/* Are all questions of the page shown answered? (for --dump, the window title, tests) */
bool ui_settled(const struct ui *ui);

/* What went wrong with the last key or command; NULL: nothing. Borrowed until the next event. */
const char *ui_trouble(const struct ui *ui);
/* The lesson that is played; NULL: none is. */
const struct lecture *ui_lecture(const struct ui *ui);
/* The survey of the page shown; NULL before the first name. */
const struct survey *ui_survey(const struct ui *ui);

#endif
