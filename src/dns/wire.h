/* The codec between questions, replies and DNS messages (RFC 1035 4, RFC 6891), over ldns.
 * Every message is scanned before ldns sees it (two OPT, unasked TSIG/SIG(0), counts, bounds). */
#ifndef DNS_WIRE_H
#define DNS_WIRE_H

#include "dns/reply.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WIRE_QUERY_MAX = 512, WIRE_UDP_PAYLOAD = 1232, WIRE_PAD = 128 };

/* Writes the query message: RD unless NO_RECURSION, AD set (RFC 6840 5.7), CD and DO by the flags,
 * EDNS with WIRE_UDP_PAYLOAD unless edns is false. Returns its length, 0 when the name cannot be
 * encoded. */
size_t wire_query(const struct question *question, uint16_t id, bool edns,
                  uint8_t out[WIRE_QUERY_MAX]);

/* Pads a query that wire_query wrote with EDNS to a multiple of WIRE_PAD octets, so that its length
 * does not tell the name (RFC 7830, RFC 8467 4.1). Returns its new length. */
size_t wire_pad(uint8_t query[WIRE_QUERY_MAX], size_t length);

enum wire_verdict {
    WIRE_REPLY,       /* *reply is set: its outcome may be an error rcode or malformed */
    WIRE_MISMATCH,    /* not an answer to this question: count it, wait on */
    WIRE_TRUNCATED,   /* TC set: ask over TCP */
    WIRE_WITHOUT_EDNS /* FORMERR, NOTIMP or BADVERS that asks for a plain query */
};

/* Judges `length` bytes that came for the question under `id` (RFC 5452 9: id, QR, opcode, QDCOUNT,
 * QNAME without case, QTYPE, QCLASS). Records that do not follow from the question are kept in
 * their section but not among reply->records. A malformed message that matches is a WIRE_REPLY with
 * OUTCOME_MALFORMED and why. `edns` says whether the query had it. The caller fills server,
 * transport, rtt, tries, unmatched, received. */
enum wire_verdict wire_judge(const struct question *question, uint16_t id, bool edns,
                             const uint8_t *bytes, size_t length, struct reply **reply);

#endif
