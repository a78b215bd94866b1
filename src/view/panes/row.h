/* A row of a pane: which fact it shows. The text is made when the row is drawn. */
#ifndef VIEW_PANES_ROW_H
#define VIEW_PANES_ROW_H

#include "base/text.h"
#include "dns/record.h"
#include "dns/reply.h"
#include "sheet/role.h"

#include <stdbool.h>
#include <stddef.h>

enum { WORD_ROOM = 24 };

enum row_kind {
    ROW_WORDS, /* nothing but its words, or a lookup */
    ROW_MX,
    ROW_NS,
    ROW_SRV,
    ROW_SERVICE,
    ROW_HOST,
    ROW_ADDRESS,
    ROW_POLICY,
    ROW_FINDING,
};

struct row {
    unsigned depth;              /* 1: shown under the row above */
    bool continued;              /* further record of the fact in the row above (same owner) */
    const char *bracket;         /* what ties it to rows of the same group beside it; NULL: no pane
                                    of groups. Static */
    bool foldable, unfolded;     /* has rows under it; they are shown */
    const struct record *record; /* NULL when the row shows no record */
    const struct reply *reply;   /* that brought the record, or says why there is none */
    bool waiting;                /* the reply has not come */
    const char *key;             /* what an open row is remembered by; NULL unless foldable */
    const char *name;            /* host, owner or other name the row is about; or NULL */
    const char *target;          /* where "follow" leads: canonical name, or NULL */
    enum row_kind kind;          /* what the row is about: which of these is set */
    union {
        const struct mx_row *mx;
        const struct ns_row *ns;
        const struct srv_row *srv;
        const struct srv_owner *service; /* without records */
        const struct host *host;         /* without addresses */
        const struct address_row *address;
        const struct policy_line *policy;
        const struct finding *finding;
    };
    const char *words;    /* a row of words: its text, else NULL */
    const char *line;     /* zone-file line when record is NULL; or NULL */
    const char *value;    /* to copy, when it is not the record's; or NULL */
    const char *sentence; /* what it means, when the pane knows it already; or NULL */
    const char *state;    /* in place of the state of the reply: "error"; or NULL */
    enum role state_role;
    const char *server; /* who said so, when it was not the reply's server; or NULL */
};

/* A list in an arena. */
struct rows {
    struct row *rows;
    size_t count, capacity;
    size_t hidden;               /* filtered out */
    size_t cut;                  /* beyond ROWS_SHOWN */
    const char *title;           /* what the pane's title says of all of them; NULL: nothing */
    int columns, columns_within; /* of the longest name; the domain's own part left out */
};

enum { ROWS_SHOWN = 512 };

/* A zeroed row at the end; beyond ROWS_SHOWN it is counted as cut and a spare one is given. */
struct row *rows_add(struct rows *rows, struct arena *arena);

/* What distinguishes the row from all others of its pane, so that a cursor finds it again. */
void row_identity(const struct row *row, struct text *out);
/* All the text of the row, for search and filter. */
void row_text(const struct row *row, struct text *out);
/* The value to copy: exchange, address, target, text; and as a zone-file line (nothing when there
 * is no record). */
void row_value(const struct row *row, struct text *out);
void row_line(const struct row *row, struct text *out);

#endif
