/* Cures of single findings, as rows: what stands in a zone, and which records a cure says to
 * publish and to remove. */
#ifndef TESTS_CURE_CASES_H
#define TESTS_CURE_CASES_H

#include <stddef.h>

#define HOSTS "mx1 A 192.0.2.1\nmx2 A 198.51.100.2\n"
#define MX    "@ MX 10 mx1\n@ MX 20 mx2\n" HOSTS
#define SPF   "@ TXT \"v=spf1 mx -all\"\n"
#define DMARC "_dmarc TXT \"v=DMARC1; p=reject\"\n"

struct cure_case {
    const char *what, *id;        /* of the finding */
    const char *zone;             /* of example.com */
    const char *publish, *remove; /* whole; "" for both: words must do */
};

/* Fails the test where the first finding of that id has other records, or is missing. */
void cure_cases_check(const struct cure_case *cases, size_t count);

#endif
