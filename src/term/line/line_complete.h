/* Tab: as far as certain, then through what is possible. */
#ifndef TERM_LINE_LINE_COMPLETE_H
#define TERM_LINE_LINE_COMPLETE_H

#include "base/text.h"
#include "term/line/line_edit.h"

#include <stdbool.h>
#include <stddef.h>

struct line_complete {
    bool cycling;
    struct text before; /* the text up to the caret when Tab was first pressed */
    size_t word;        /* where its last word starts */
    size_t count, at;   /* of the possible words */
};

/* The text to stand before the caret now in place of `before`; borrowed from `out`. NULL when
 * nothing is possible. `step` is 1, or -1 for Shift-Tab. */
const char *line_complete_step(struct line_complete *complete, const struct line_options *options,
                               const char *before, int step, struct text *out);
/* After any other key. */
void line_complete_end(struct line_complete *complete);
void line_complete_clear(struct line_complete *complete);

#endif
