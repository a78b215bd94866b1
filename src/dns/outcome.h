/* How a lookup ends: the one table of outcomes and of the words for them. Screen, reports, routes
 * and findings take their words from here; glyphs and roles are the screen's. */
#ifndef DNS_OUTCOME_H
#define DNS_OUTCOME_H

#include <stdbool.h>

enum outcome {
    OUTCOME_ANSWERED, /* at least one record of the type asked for */
    OUTCOME_NODATA,   /* the name exists, the type does not (RFC 2308 2.2); so is a chain of aliases
                         that is too long or goes in a circle. With QUESTION_NO_RECURSION also a
                         referral: NS but no SOA in the authority section. */
    OUTCOME_NXDOMAIN, /* no such name */
    OUTCOME_SERVFAIL, /* and every other error rcode that is not REFUSED */
    OUTCOME_REFUSED,  /* also a referral from a server that was asked to look the name up */
    OUTCOME_TIMEOUT,  /* sent, and nobody answered in time */
    OUTCOME_MALFORMED,          /* answered with something that is not a DNS reply */
    OUTCOME_INVALID,            /* never asked: the name is not one */
    OUTCOME_UNREACHABLE,        /* the system has no way to the server */
    OUTCOME_CONNECTION_REFUSED, /* nobody listens there */
    OUTCOME_CONNECTION_RESET,   /* the server closed the connection before the reply was whole */
    OUTCOME_UNTRUSTED,   /* the certificate of an encrypted resolver does not prove who it is */
    OUTCOME_NO_TLS,      /* it does not speak TLS, or not as it should */
    OUTCOME_NO_MATCH,    /* only replies to other questions came */
    OUTCOME_NOT_ASKED,   /* never sent, although the name is one: `why` says for what reason */
    OUTCOME_NOT_IN_FILE, /* there are zone files only, and none of them covers the name */
    OUTCOME_COUNT
};

/* "nodata", "connection_refused": as the JSON report and recordings have it. Static, as all here.
 */
const char *outcome_text(enum outcome outcome);
/* Reads outcome_text back; false when it is none. */
bool outcome_parse(const char *text, enum outcome *outcome);
/* "no such name": the word on the screen and in the reports, at most 22 columns. */
const char *outcome_word(enum outcome outcome);
/* "no such name (NXDOMAIN)": the word with its code, for sentences; the word where there is none,
 * or where both are the same. */
const char *outcome_phrase(enum outcome outcome);
/* What it means for whoever asked: one or two whole sentences. */
const char *outcome_sentence(enum outcome outcome);

/* Is nothing known, and may a later try say otherwise? Everything but answers, NODATA, NXDOMAIN and
 * names that are none. */
bool outcome_is_temporary(enum outcome outcome);

#endif
