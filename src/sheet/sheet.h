/* A sheet: lines of spans, made for a width, shown through a window that scrolls. What windows over
 * the panes show is a sheet. */
#ifndef SHEET_SHEET_H
#define SHEET_SHEET_H

#include "base/memory.h"
#include "base/text.h"
#include "sheet/role.h"

#include <stdbool.h>
#include <stddef.h>

struct span {
    enum role role;
    int column; /* where it begins */
    const char *text;
};

struct sheet_line {
    struct span *spans;
    size_t span_count, span_capacity;
    int end;           /* the column behind the last span */
    bool selectable;   /* the cursor can stand here */
    bool current;      /* the step just taken */
    int number;        /* what the line stands for, by whoever made the sheet; -1 for nothing */
    const char *key;   /* the same as text: a page, a name; NULL for nothing */
    size_t unit;       /* the unit it belongs to, see sheet_unit(); 0: none */
    const char *value; /* what `y` copies; NULL: the text of the line */
};

struct sheet {
    struct arena *arena;
    int width;
    size_t shown; /* units that are shown; 0: all are */
    size_t units; /* the most that was met */
    size_t unit;  /* the one being written */
    bool blank;   /* shares are not shown yet: nothing was drawn */
    bool plain;   /* names as the DNS has them, without what people read */
    struct sheet_line *lines;
    size_t count, capacity;
};

/* An empty sheet for that many columns, in the arena. */
struct sheet *sheet_new(struct arena *arena, int width);

/* The name without the domain where it lies within, else without its last dot; in the arena. */
const char *sheet_name(struct sheet *sheet, const char *name, const char *domain);

/* A new line; what is added next goes there. */
void sheet_line(struct sheet *sheet);
/* The line being written; there must be one. */
struct sheet_line *sheet_last(struct sheet *sheet);
/* Makes the line one the cursor can stand on. */
void sheet_select(struct sheet *sheet, int number, const char *key);
/* Adds text behind what the line has, cut at the width with a mark. The text is copied. */
void sheet_add(struct sheet *sheet, enum role role, const char *text);
void sheet_format(struct sheet *sheet, enum role role, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Goes on at this column (at least one space behind what is there). */
void sheet_tab(struct sheet *sheet, int column);
/* Adds text so that it ends at the right edge, if there is room for it. */
void sheet_right(struct sheet *sheet, enum role role, const char *text);
/* The source of what is said, at the right edge; on a line of its own when there is no room. */
void sheet_reference(struct sheet *sheet, const char *text);
/* Text broken at spaces over as many lines as it takes, each from `indent` on; the first goes on in
 * the line being written when it has room there (there must be a line). */
void sheet_wrap(struct sheet *sheet, int indent, enum role role, const char *text);
/* A record or a command from this column on: whole in the line being written, or else broken at
 * spaces, further to the left, and its other lines further in. */
void sheet_example(struct sheet *sheet, int column, enum role role, const char *text);
/* Empty line; heading; "label  text" with the text wrapped beside the label. Headings and labels
 * are messages. */
void sheet_gap(struct sheet *sheet);
void sheet_heading(struct sheet *sheet, const char *text, const char *reference);
void sheet_pair(struct sheet *sheet, const char *label, int indent, enum role role,
                const char *text);
/* A bar of `columns` columns with the exact share marked (none when below 0), then nothing. */
void sheet_bar(struct sheet *sheet, int columns, enum role role, double share, double expected);

/* What follows is unit n of what is revealed bit by bit, from 1 on; 0 ends them. Returns whether it
 * is shown: what is not must not be written. */
bool sheet_unit(struct sheet *sheet, size_t n);
/* Below what is blank: the keys that draw so many "deliveries" or "choices". */
void sheet_draw_keys(struct sheet *sheet, bool choices);

/* The text of a line, for search and copy. Appends. */
void sheet_text(const struct sheet *sheet, size_t line, struct text *out);
/* The next selectable line from `from` on in steps of +1 or -1 (from itself when it is one); the
 * count of lines when there is none. */
size_t sheet_next(const struct sheet *sheet, size_t from, int direction);

enum { SHEET_PARTS_MOST = 4 };
/* One text of several that stand side by side. */
struct sheet_part {
    int column, columns;
    enum role role;
    const char *text;
};
/* Each broken at spaces within its columns, in the line being written and as many as the longest
 * takes. */
void sheet_parts(struct sheet *sheet, const struct sheet_part *parts, size_t count);

/* Goes to a column and adds the text there, cut with an ellipsis when it has more columns. */
void sheet_cell(struct sheet *sheet, int column, int columns, enum role role, const char *text);

#endif
