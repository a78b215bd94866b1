/* Both reports of one survey: text for people, JSON for programs, from the same facts. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/fault.h"
#include "base/text.h"
#include "mail/clients/srv_choice.h"
#include "mail/simulation/comparison.h"
#include "survey/survey.h"
#include "survey/whatif.h"

#include <stdint.h>

enum { SRV_DRAWS_DEFAULT = 10000 }; /* of --srv without --simulate */

struct report {
    const char *version;
    struct survey *survey;                                 /* complete, or as far as it came */
    const char *source_kind, *source_server, *source_file; /* "" where there is none */
    int64_t elapsed_ms;                                    /* 0 where no network was involved */
    uint64_t deliveries;                                   /* --simulate: how many; 0 none */
    const char *srv_owner;                                 /* --srv: canonical; NULL none */
    const char *client; /* --client: "windows=hamburg"; NULL none */
    enum srv_algorithm algorithm;
    struct survey *beside;    /* --diff: what the survey is compared with; NULL nothing */
    const char *beside_title; /* from where that is looked at: "192.0.2.53#53", "new.zone" */
    struct compared_senders compared; /* --compare */
    bool diagram;                     /* --diagram */
    bool matrix;                      /* --matrix: every sender's verdict */
    bool rotation;                    /* --round-robin: who gets which address first */
    struct whatif *whatif;            /* --whatif: records changed; NULL none */
    const struct faults *misses;      /* --expect: what is not so; NULL: nothing is expected */
    bool unicode;                     /* show U-labels in the text report */
    const char *const *fields;        /* --fields: the members of the JSON object that stay */
    size_t field_count;               /* 0: all */
    bool summary;                     /* --summary: little of those that stay, too */
};

/* Can the JSON object have a member of this name? */
bool report_has_field(const char *field);
/* The fields of --summary; *count of them. Static. */
const char *const *report_summary_fields(size_t *count);

/* Appends one JSON object and a line end (the contract is described in help/reports.txt). */
void report_json(const struct report *report, struct text *out);
/* The object for something typed that is not a name: status "invalid" and why; with the SPF
 * verdict, if one was asked for and can be given without DNS (else NULL). */
void report_json_invalid(const char *version, const char *input, const char *why,
                         const struct spf_verdict *verdict, struct text *out);

/* Is a host down for a part of the time only? Then the reports tell what happens over time. */
bool report_has_outage(const struct report *report);

/* Appends the text report as a block of Markdown under a heading, for a ticket. */
void report_markdown(const struct report *report, struct text *out);
/* Appends the text report. */
void report_text(const struct report *report, struct text *out);

#endif
