/* What is wrong, or worth knowing, about a domain's mail: one table of tests with stable ids. A
 * lookup that failed gives "unknown", never "ok" and never "error"; one still under way nothing.
 */
#ifndef POLICY_FINDINGS_FINDINGS_H
#define POLICY_FINDINGS_FINDINGS_H

#include "policy/setup/setup.h"

#include <stdbool.h>

/* Worst first. */
enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTICE, SEVERITY_UNKNOWN, SEVERITY_OK };
enum { SEVERITIES = 5 };
const char *severity_text(enum severity severity); /* "error", ...: as JSON has it. Static. */
const char *severity_word(enum severity severity); /* the same in the language */

/* One of the things a finding is about, when it is about several. */
struct finding_row {
    const char *subject; /* canonical */
    const char *about;   /* what of the subject, "192.0.2.1"; NULL: the subject itself */
    const char *record;  /* as in struct finding */
};

struct finding {
    const char *id; /* "mx-cname" */
    enum severity severity;
    const char *subject; /* the name it is about, canonical */
    uint16_t type;       /* of the record that causes it; 0 when none does */
    const char *record;  /* that record as a zone-file line, escaped; NULL without one */
    const char *text;    /* one sentence: what is so, and what senders do about it */
    const char *fix;     /* what to change; "" when nothing need be */
    const char *publish; /* records to publish, one per line; "" for none */
    const char *remove;  /* records that go, one per line, those replaced among them; "" for none */
    const char *reference; /* "RFC 2181 10.3" */
    const char *server;    /* who said so; "" when nobody did */
    const char *lesson;    /* name of the built-in lesson; "" for none */
    const char *place;     /* of its kind */
    const char *about;     /* what of the subject it is about, "192.0.2.1"; NULL: the subject */
    const char *cause;     /* what findings of this id must share to be one; NULL: nothing */
    const struct finding_row *rows; /* itself first, when it stands for several */
    size_t row_count;               /* 0 when it stands for itself */
    size_t also;                    /* others of this test that are not kept, only counted */
    bool in_file;                   /* found by looking through a zone file, not by a lookup */
    bool folded;                    /* one of many alike: not listed where people read */
    size_t more; /* of the first folded one: how many are not listed, itself included */
};

/* Of findings of one id and severity so many are listed, and of one id so many kept. */
enum { FINDINGS_LISTED = 8, FINDINGS_KEPT = 512 };
/* Has it a line where people read? With `more` that line says how many there are. */
bool finding_is_listed(const struct finding *finding);

struct findings {
    const struct finding *findings; /* worst first, then in table order, then by subject */
    size_t count;
    size_t by_severity[SEVERITIES]; /* also those not kept */
    bool complete;
};

/* The findings of a setup, those of setup->view->ignored left out. */
struct findings *findings_build(const struct setup *setup, struct arena *arena);

/* Those about a zone without mail (setup_build_zone): its name servers and its signatures. */
struct findings *findings_build_zone(const struct setup *setup, struct arena *arena);

/* Those about one DKIM key, of which nothing else is known. */
struct findings *findings_build_key(const struct setup_view *view, const struct dkim *dkim,
                                    struct arena *arena);

/* A row of the table, which help, completion and --ignore read, too. */
struct finding_list;
struct finding_kind {
    const char *id;
    enum severity severity; /* the worst it can be */
    const char *text;       /* what it is about, a phrase */
    const char *reference;
    const char *lesson;
    const char
        *place; /* where its cause is seen: a pane, "mx", or a line of the mail policy, "SPF" */
    /* Adds what it finds (finding_list.h). Says nothing while its answers are still to come. */
    void (*test)(struct finding_list *list);
};
size_t finding_kinds_count(void);
const struct finding_kind *finding_kinds_at(size_t index);
const struct finding_kind *finding_kinds_find(const char *id); /* NULL: no such id */

#endif
