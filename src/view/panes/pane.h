/* The kinds of panes: a table of functions each, in a file of its own. */
#ifndef VIEW_PANES_PANE_H
#define VIEW_PANES_PANE_H

#include "sheet/finding_look.h"
#include "view/panes/page.h"

struct pane_kind {
    const char *title;
    const char *tab;           /* its title where panes are tabs */
    const char *page;          /* of the help, for a row that has none of its own */
    const char *const *orders; /* names of the ways to sort, the natural one first; NULL ended */
    /* Lists the rows there are to show. */
    void (*rows)(const struct scene *scene, const struct page *page, struct arena *arena,
                 struct rows *rows);
    /* Draws one row into a line; `focused`: it has the cursor. */
    void (*draw)(const struct scene *scene, const struct row *row, struct canvas *canvas,
                 struct area line, bool focused);
    /* Appends what stands at the right of the title: counts and states. */
    void (*summary)(const struct scene *scene, struct text *out);
    /* Appends one sentence on what the row means. */
    void (*meaning)(const struct scene *scene, const struct row *row, struct text *out);
    /* Is a before b in that order? NULL: the order of rows() is the only one. */
    int (*compare)(const struct row *a, const struct row *b, unsigned order);
    /* The rows are as they will be shown: ties those together that stand together; NULL: nothing is
     * tied. */
    void (*arrange)(struct rows *rows);
    /* Heads of columns for the frame above a row that draw() would draw into `line`: the text, and
     * the column where it begins; NULL: none are needed. */
    const char *(*heads)(const struct scene *scene, struct area line, int *x);
};

#define PANE_EXTERN(identifier, name) extern const struct pane_kind pane_##name;
PANE_LIST(PANE_EXTERN)
#undef PANE_EXTERN

const struct pane_kind *pane_kind(enum pane pane);

/* Makes page->panes[pane].rows anew: listed, filtered, sorted. The cursor is put back on the row
 * of that identity (may be NULL), else stays at its place. */
void pane_list(const struct scene *scene, struct page *page, enum pane pane, struct arena *arena,
               const char *identity);
/* The row under the cursor; NULL for none. */
const struct row *pane_row(const struct page *page, enum pane pane);

/* Draws the rows into the inside of a frame (one column of margin on either side is part of it).
 * Shows from the cursor's top on; scrolls so far that the cursor is seen. */
void pane_draw(const struct scene *scene, enum pane pane, struct canvas *canvas, struct area area);
/* Appends how many rows are not seen when that many lines show the pane; nothing when all are. */
void pane_hidden(const struct pane_state *state, int height, struct text *out);
/* The first row shown when `height` lines show a list with this cursor. */
size_t cursor_top(const struct cursor *cursor, size_t count, int height);

/* ---- what the panes share ---- */

/* The columns at the end of a line that hold the TTL. */
enum { TTL_COLUMNS = 5, TTL_RAW_COLUMNS = 8 };
/* Draws the TTL of the row at the right end of the line and returns the columns left of it. */
int pane_ttl(const struct scene *scene, const struct row *row, struct canvas *canvas,
             struct area line, bool focused);
/* What is remarkable about a row: a glyph and a word or two; "" for none. */
struct mark {
    enum role role;
    const char *glyph, *word;
};
/* The mark that the worst finding of the topic about this name or record gives (NULL: none), its
 * word the finding's; else `natural`. */
struct mark pane_mark(const struct scene *scene, enum finding_topic topic, const char *name,
                      const struct record *record, struct mark natural);
/* Draws it to end at column `end`, without its word where it needs more than `room`; returns the
 * columns left. */
int pane_mark_draw(struct canvas *canvas, struct area line, int end, int room, struct mark mark);
/* A row of words, or of the state of a lookup: glyph and words. True when the row is one. */
bool pane_words(const struct scene *scene, const struct row *row, struct canvas *canvas,
                struct area line);
/* A name in its role, the part that is the domain's own made weaker; returns columns used. */
int pane_name(const struct scene *scene, struct canvas *canvas, struct area line, int x,
              int columns, const char *name, bool best);
/* The addresses of a host as rows of depth 1 (or its state, when it has none). */
void pane_host_rows(const struct host *host, struct arena *arena, struct rows *rows);
/* An address row made by pane_host_rows, from column x on. */
void pane_address_line(const struct scene *scene, const struct row *row, struct canvas *canvas,
                       struct area line, int x, bool focused);
/* A row that says how a whole lookup ended when it brought nothing. */
void pane_state_row(const struct reply *reply, const char *words, struct arena *arena,
                    struct rows *rows);
/* "4" or "waiting" or "no data": the state of a lookup and the count of what it brought. */
void pane_summary(const struct reply *reply, size_t count, struct text *out);
/* The state of a lookup and why, where that is known: a sentence with a gap behind it. */
void pane_why(const struct reply *reply, struct text *out);
/* Why the addresses of a host are not known, where somebody said why: a sentence with a blank
 * behind it; else nothing. */
void pane_host_failure(const struct host *host, struct text *out);
/* What an address row means. */
void pane_address_meaning(const struct scene *scene, const struct row *row, struct text *out);

#endif
