/* The parts of the text report, made for 80 columns. */
#ifndef REPORT_TEXT_PARTS_H
#define REPORT_TEXT_PARTS_H

#include "report/report.h"

enum { TEXT_INDENT = 2, TEXT_EXCHANGE = 16, TEXT_TARGET = 23 }; /* columns */

/* What the parts write with. */
struct text_report {
    struct text *out;
    const struct report *report;
    const struct facts *facts;
    int ttl_column; /* where TTLs stand in the rows of records */
};

/* A message on a line of its own, an empty line before it. */
void text_heading(struct text_report *paper, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Text indented and wrapped at 78 columns; lines after the first one deeper by `hang`. */
void text_paragraph(struct text_report *paper, int indent, int hang, const char *text);
/* The same for records: names as the DNS has them, without what people read. */
void text_data(struct text_report *paper, int indent, int hang, const char *text);
/* Pads the current line with spaces to the column (at least one space). `line` is where it starts.
 */
void text_column(struct text_report *paper, size_t line, int column);
/* An indented line of one message. */
void text_say(struct text_report *paper, int indent, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void text_name(struct text_report *paper, const char *name);
/* The same as a string, in the arena. */
const char *text_name_of(const struct text_report *paper, const char *name, struct arena *arena);
/* How many columns text_name would take. */
int text_name_columns(const struct text_report *paper, const char *name);

void text_records(struct text_report *paper); /* text_records.c: MX, addresses, NS; or PTR */
void text_others(struct text_report *paper);  /* text_records.c: SOA, TXT, what was asked for */
void text_srv(struct text_report *paper);     /* text_srv.c: the services */
/* A host's addresses, or why it has none. */
void text_host(struct text_report *paper, int indent, const struct host *host);
void text_route(struct text_report *paper);      /* text_route.c: the decision */
void text_loop(struct text_report *paper);       /* text_sheets.c: from exchange to exchange */
void text_simulation(struct text_report *paper); /* text_sheets.c: one delivery and many */
/* There must be one. */
void text_directory(struct text_report *paper);
void text_client(struct text_report *paper);
void text_timeline(struct text_report *paper);   /* text_sheets.c: outages and retries */
void text_comparison(struct text_report *paper); /* text_sheets.c: two senders side by side */
void text_diagram(struct text_report *paper);
void text_matrix(struct text_report *paper);         /* text_sheets.c: all of them */
void text_rotation(struct text_report *paper);       /* text_sheets.c: records without preference */
void text_whatif(struct text_report *paper);         /* text_sheets.c: before and after a change */
void text_srv_simulation(struct text_report *paper); /* text_sheets.c: a client's choice */
void text_policy(struct text_report *paper);         /* text_policy.c: SPF, DMARC, ... */
void text_findings(struct text_report *paper);       /* text_policy.c */
void text_trace(struct text_report *paper);          /* text_sheets.c: from the root */
void text_resolvers(struct text_report *paper);
void text_diff(struct text_report *paper); /* text_sheets.c: what is laid beside */

#endif
