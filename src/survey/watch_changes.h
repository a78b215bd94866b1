/* What changed between asking and asking again: a log of records that came and went. */
#ifndef SURVEY_WATCH_CHANGES_H
#define SURVEY_WATCH_CHANGES_H

#include "dns/answers.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct changes;

struct change {
    int64_t at_ms; /* event clock */
    bool came;     /* else it went */
    char *line;    /* zone-file line without the TTL's running down, or a state */
};

struct changes *changes_new(void);
void changes_free(struct changes *changes); /* NULL is allowed */
/* Remembers the answers as they are, before they are asked for again. */
void changes_keep(struct changes *changes, const struct answers *answers);
/* Compares a new reply with what was remembered of its question, and remembers the new one. */
void changes_note(struct changes *changes, const struct reply *reply);

size_t changes_count(const struct changes *changes);
const struct change *changes_at(const struct changes *changes, size_t index); /* oldest first */
/* The lines of the records that came; borrowed until the next changes_note. */
const char *const *changes_lines(struct changes *changes, size_t *count);

#endif
