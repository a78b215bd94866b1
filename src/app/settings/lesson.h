/* The lessons: a zone that begins with directives, and a page (help/lessons.txt tells their form).
 */
#ifndef APP_SETTINGS_LESSON_H
#define APP_SETTINGS_LESSON_H

#include "app/settings/lesson_page.h"
#include "app/settings/options.h"

#include <stdbool.h>
#include <stddef.h>

struct resource;

struct lesson {
    char *id;    /* "ties" */
    long number; /* orders the list */
    char *title;
    char *name;   /* looked up first, as typed */
    char *start;  /* command-line options that hold for all its steps; NULL: "--seed 1" */
    char **tries; /* command-line options that show the point; of a page without steps */
    size_t try_count, try_line;
    const char *zone; /* text of the master file, borrowed from the resources */
    size_t zone_length;
    const char *file;                /* where the zone is from, for messages */
    const struct resource *text;     /* the page, borrowed; NULL: there is none */
    const struct resource **servers; /* ID@ADDRESS.zone: zones of one server each, borrowed */
    size_t server_count;
};

struct lessons {
    struct lesson *list; /* by number, then id */
    size_t count, capacity;
    struct faults faults; /* of their headers */
};

/* All that app/settings/resource.h finds; a zone whose header has a fault is no lesson. */
void lessons_load(struct lessons *lessons);
void lessons_clear(struct lessons *lessons);
/* The page as steps, in the arena; what is wrong with it, its header and both together becomes
 * faults. False when that was anything: the page is then an old one, with the text as it is. */
bool lesson_read(const struct lesson *lesson, struct faults *faults, struct arena *arena,
                 struct lesson_page *page);
/* The MTA-STS policy of the lesson's first name (help/lessons/ID.policy), borrowed from the
 * resources; NULL: it has none. */
const char *lesson_policy(const char *id);
/* By its id, or by its number. */
const struct lesson *lessons_find(const struct lessons *lessons, const char *id);
/* "3", "3.2", "ties.2": the lesson, and the step from 1 on (0: none is named). NULL: no such
 * lesson, or no such step number. */
const struct lesson *lessons_find_step(const struct lessons *lessons, const char *typed,
                                       size_t *step);
/* Reads a list of options as the shell would hand them over, or of a "; start:". The strings live
 * in the arena. */
enum status lesson_options(const char *line, struct arena *arena, struct options *options,
                           struct text *why);

#endif
