/* Who speaks with whom, as a sequence diagram: a column for each party, an arrow for each step. */
#ifndef SHEET_LESSONS_DIAGRAM_SHEET_H
#define SHEET_LESSONS_DIAGRAM_SHEET_H

#include "sheet/sheet.h"

enum diagram_end {
    DIAGRAM_PLAIN,  /* ► */
    DIAGRAM_TAKEN,  /* ✓ */
    DIAGRAM_FAILED, /* ✗ */
};

struct diagram_head {
    const char *name, *note; /* note: "10", below the name; "" for none */
};

struct diagram_arrow {
    const char *moment; /* "3", "+30m"; "" where it belongs to the one above */
    int foot, head;     /* columns; the same twice: something happens there, told by the label */
    const char *label;
    enum diagram_end end;
    const char *result; /* at the head: "refused"; "" for none */
};

/* A time in which a party is down, or has a message in its queue. */
enum diagram_bar { DIAGRAM_LINE, DIAGRAM_DOWN, DIAGRAM_QUEUE };

struct diagram {
    const char *title; /* of the window */
    const struct diagram_head *heads;
    size_t head_count;
    const struct diagram_arrow *arrows;
    size_t arrow_count;
    const unsigned char *bars; /* [arrow * head_count + column], enum diagram_bar */
    const char *end;           /* a last sentence; "" for none */
};

/* Each arrow is a unit (sheet_unit()), those of one moment together; below 60 columns a line. */
void diagram_draw(struct sheet *sheet, const struct diagram *diagram);

#endif
