/* What was done of the lessons, kept between runs: a line for each,
 *   first-choice xxx--- +-o. 4 5f0c21aa
 * its steps, done (x) or not; its questions in order, answered rightly, wrongly, without a choice
 * (o) or not yet (.); the step to go on with, one behind the last at its end; the hash of its page.
 * A lesson without questions has "-" there. Files come from anywhere: what is no such line is left
 * out. */
#ifndef APP_SETTINGS_MARKS_H
#define APP_SETTINGS_MARKS_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MARK_ID = 64, MARK_STEPS = 99, MARK_QUESTIONS = 198, MARKS_MOST = 999 };

struct lesson_mark {
    char id[MARK_ID + 1];
    char steps[MARK_STEPS + 1];         /* "xx-" */
    char questions[MARK_QUESTIONS + 1]; /* "+-o."; "" for none */
    size_t step;                        /* from 1 on */
    uint32_t hash;
};

/* Zero-initialised is none. */
struct lesson_marks {
    struct lesson_mark *list; /* a lesson at most once, in the order in which they came */
    size_t count, capacity;
};

/* Adds the lines of the text; a later line counts instead of an earlier one. */
void marks_read(struct lesson_marks *marks, const char *text, size_t length);
void marks_put(struct lesson_marks *marks, const struct lesson_mark *mark);
/* NULL: nothing is known of that lesson. */
const struct lesson_mark *marks_find(const struct lesson_marks *marks, const char *id);
void marks_clear(struct lesson_marks *marks);

/* A line without its end; false when it is none. */
bool marks_parse(const char *line, size_t length, struct lesson_mark *mark);
void marks_print(const struct lesson_mark *mark, struct text *out);
/* Steps that are done. */
size_t marks_done(const struct lesson_mark *mark);

#endif
