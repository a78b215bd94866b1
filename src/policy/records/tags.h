/* tag=value lists in TXT records, as DKIM, DMARC, MTA-STS, TLS-RPT and BIMI write them
 * (RFC 6376 3.2), and finding such records among the TXT records of a name. */
#ifndef POLICY_RECORDS_TAGS_H
#define POLICY_RECORDS_TAGS_H

#include "base/memory.h"
#include "dns/octets.h"
#include "dns/reply.h"

#include <stdbool.h>
#include <stddef.h>

struct tag {
    struct octets name, value; /* without the white space around them */
};

struct tags {
    const struct tag *tags;
    size_t count;
    const char *error; /* the first fault as a sentence, escaped; NULL when well formed */
};

/* Splits at ";". Points into text. The tags in front of and behind a fault are kept. */
struct tags tags_parse(struct arena *arena, struct octets text);
/* The value of the first tag of this name (tag names are case-sensitive); NULL without one. */
const struct octets *tags_value(const struct tags *tags, const char *name);

/* What is known of a policy record that should stand alone at a name. */
enum policy_state {
    POLICY_PENDING,
    POLICY_UNKNOWN, /* the look-up failed */
    POLICY_NONE,    /* no such record */
    POLICY_FOUND,
    POLICY_MULTIPLE, /* several: as if there were none */
    POLICY_SYNTAX,   /* one that cannot be used */
};
const char *policy_state_text(enum policy_state state); /* "found", "none", ... Static. */
/* PENDING, UNKNOWN, NONE, FOUND or MULTIPLE by the TXT records that begin with `prefix`; *record is
 * set with the last two. The record may still turn out to be unusable. */
enum policy_state policy_state_of(const struct reply *reply, const char *prefix,
                                  const struct record **record);
/* The sentence of the state; with POLICY_UNKNOWN what became of the look-up (outcome_failure). */
const char *policy_sentence(const char *const *sentences, enum policy_state state,
                            const struct reply *reply);

#endif
