/* SPF records of every kind, good and bad, as the lines of a zone under example.com. Names below
 * "silent" and "broken" are to fail. */
#ifndef TESTS_SPF_ZONE_H
#define TESTS_SPF_ZONE_H

extern const char *const spf_zone[]; /* ends with NULL */

#endif
