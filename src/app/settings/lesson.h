/* The built-in lessons: a zone that begins with directives, and a page of narration
 * (help/lessons/README tells their form). */
#ifndef APP_SETTINGS_LESSON_H
#define APP_SETTINGS_LESSON_H

#include <stdbool.h>
#include <stddef.h>

struct resource;

struct lesson {
    char *id;    /* "ties" */
    long number; /* orders the list */
    char *title;
    char *name;   /* looked up first, as typed */
    char **tries; /* command-line options that show the point */
    size_t try_count;
    const char *zone; /* text of the master file, borrowed from the resources */
    size_t zone_length;
    const char *file;                /* where the zone is from, for messages */
    const struct resource **servers; /* ID@ADDRESS.zone: zones of one server each, borrowed */
    size_t server_count;
};

struct lessons {
    struct lesson *list; /* by number, then id */
    size_t count, capacity;
};

/* All that app/settings/resource.h finds. Zones without "; lesson:" are no lessons. */
void lessons_load(struct lessons *lessons);
void lessons_clear(struct lessons *lessons);
/* The MTA-STS policy of the lesson's first name (help/lessons/ID.policy), borrowed from the
 * resources; NULL: it has none. */
const char *lesson_policy(const char *id);
const struct lesson *lessons_find(const struct lessons *lessons, const char *id);

#endif
