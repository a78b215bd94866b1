/* From a message whose header and question were scanned to everything a reply says. */
#ifndef DNS_WIRE_DECODE_H
#define DNS_WIRE_DECODE_H

#include "dns/reply.h"
#include "dns/wire_scan.h"

/* Reads the question of a message whose header was scanned: is it this one (RFC 5452 9.1)? */
bool wire_repeats_question(struct wire_scan *scan, const struct question *question);

/* Keeps a copy of the message in the reply and fills rcode, flags, sections, all that follows from
 * them, and the outcome. A message that is unsound anywhere leaves the sections empty, with
 * OUTCOME_MALFORMED and why. */
void wire_decode(struct wire_scan *scan, struct reply *reply);

/* Reads a message that is kept: header, question and all the rest. False, with nothing read, when
 * it is no reply to the reply's question. */
bool wire_reread(const struct octets *wire, struct reply *reply);

/* Fills what follows from rcode, flags and sections: aliases, canonical, records, negative_ttl,
 * outcome, and why for failures that have none yet. */
void reply_derive(struct reply *reply);

#endif
