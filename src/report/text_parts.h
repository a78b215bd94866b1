/* The parts of the text report. */
#ifndef REPORT_TEXT_PARTS_H
#define REPORT_TEXT_PARTS_H

#include "report/report.h"

/* What the parts write with. */
struct sheet {
    struct text *out;
    const struct report *report;
    const struct facts *facts;
};

/* "NAME" on a line of its own, an empty line before it. */
void text_heading(struct sheet *sheet, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Text indented and wrapped at 78 columns; lines after the first one deeper by `hang`. */
void text_paragraph(struct sheet *sheet, int indent, int hang, const char *text);
/* Pads the current line with spaces to the column (at least one space). `line` is where it starts.
 */
void text_column(struct sheet *sheet, size_t line, int column);
void text_name(struct sheet *sheet, const char *name);

void text_records(struct sheet *sheet);        /* text_records.c: the four panes */
void text_route(struct sheet *sheet);          /* text_route.c: the decision */
void text_simulation(struct sheet *sheet);     /* text_simulation.c: one delivery and many */
void text_srv_simulation(struct sheet *sheet); /* text_simulation.c: a client's choice */
void text_policy(struct sheet *sheet);         /* text_policy.c: SPF, DMARC, ... */
void text_findings(struct sheet *sheet);       /* text_policy.c */

#endif
