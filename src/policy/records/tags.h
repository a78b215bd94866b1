/* tag=value lists in TXT records, as DKIM, DMARC, MTA-STS, TLS-RPT and BIMI write them
 * (RFC 6376 3.2), and finding such records among the TXT records of a name. */
#ifndef POLICY_RECORDS_TAGS_H
#define POLICY_RECORDS_TAGS_H

#include "base/memory.h"
#include "base/text.h"
#include "dns/formats/octets.h"
#include "dns/reply.h"
#include "policy/records/near_miss.h"

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
/* Appends "name=value; name=value". */
void tags_print(const struct tags *tags, struct text *out);
/* The first tag whose name stood in the list before; NULL when none did. RFC 6376 3.2 makes such a
 * list invalid as a whole; where no RFC says so, receivers take the one or the other. With
 * `any_case` names that differ in case only are the same. */
const struct tag *tags_repeated(const struct tags *tags, bool any_case);
/* The first tag of this name, in capitals or not, as DMARC has them (RFC 9989 4.8, RFC 5234 2.3);
 * NULL without one. */
const struct tag *tags_find_any_case(const struct tags *tags, const char *name);
/* The value of the first tag of this name (tag names are case-sensitive); NULL without one. */
const struct octets *tags_value(const struct tags *tags, const char *name);

/* What is known of a policy record that should stand alone at a name. */
enum policy_state {
    POLICY_PENDING,
    POLICY_UNKNOWN, /* the lookup failed */
    POLICY_NONE,    /* no such record */
    POLICY_FOUND,
    POLICY_MULTIPLE, /* several: as if there were none */
    POLICY_SYNTAX,   /* one that cannot be used */
};
const char *policy_state_text(enum policy_state state); /* "found", "none", ...: JSON. Static. */
const char *policy_state_word(enum policy_state state); /* the same as people read it */
/* PENDING, UNKNOWN, NONE, FOUND or MULTIPLE by the good TXT records of the kind, others are
 * discarded first. SYNTAX: there is none, but a near miss. found->record is set with the last
 * three, the first of its sort, and found->why with SYNTAX. A record that is FOUND may still turn
 * out to be unusable. */
enum policy_state policy_state_of(struct arena *arena, const struct reply *reply,
                                  enum near_kind kind, struct near_miss *found);
/* "the tag id= is missing", and why, where the record was cut behind its version. In the arena. */
const char *policy_missing(struct arena *arena, enum near_kind kind, struct octets text,
                           const char *what);
/* The sentence of the state; with POLICY_UNKNOWN what became of the lookup (reply_failure). */
const char *policy_sentence(struct arena *arena, const char *const *sentences,
                            enum policy_state state, const struct reply *reply);

#endif
