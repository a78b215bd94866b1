/* ^R: what was typed so far is looked for in the history, newest first. */
#ifndef TERM_LINE_LINE_SEARCH_H
#define TERM_LINE_LINE_SEARCH_H

#include "base/text.h"
#include "term/line/history.h"

#include <stdbool.h>
#include <stdint.h>

struct line_search {
    bool active;
    struct text needle;
    struct text note;   /* "back: needle" */
    struct text before; /* the line when the search began */
    size_t back;        /* where the search stands in the history */
};

void line_search_begin(struct line_search *search, const char *line);
void line_search_end(struct line_search *search);
void line_search_clear(struct line_search *search);

/* Each gives the line to show now, NULL for the one shown already. Borrowed from the history or
 * the search. */
const char *line_search_type(struct line_search *search, const struct history *history,
                             uint32_t character);
const char *line_search_erase(struct line_search *search, const struct history *history);
const char *line_search_further(struct line_search *search, const struct history *history);

#endif
