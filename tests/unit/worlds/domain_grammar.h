/* Domains that nobody thought of, as master files: MX, SPF, DMARC, DKIM and the rest, aliases,
 * wildcards, and the slips that people make. A grammar says what may be; dice say which of it. */
#ifndef TESTS_DOMAIN_GRAMMAR_H
#define TESTS_DOMAIN_GRAMMAR_H

#include "base/random.h"
#include "base/text.h"

#include <stdint.h>

/* Where the choices come from: a seed, or the octets of a fuzzer, which decide as long as there are
 * any. */
struct dice {
    struct random random;
    const uint8_t *bytes; /* NULL: by the seed alone */
    size_t length, at;
};

struct dice dice_seeded(uint64_t seed);
struct dice dice_of(const uint8_t *bytes, size_t length);

/* Appends the master file of a domain: a zone of example.com., with records of other names next to
 * it. It is always well-formed; what is wrong in it is wrong by meaning. */
void domain_print(struct dice *dice, struct text *zone);
/* What is to be looked up in it: example.com. nearly always, else a name below. Static. */
const char *domain_subject(struct dice *dice);

#endif
