#include "dns/type.h"
#include "dns/wire.h"
#include "dns/wire_decode.h"
#include "dns/wire_scan.h"

static bool wants_plain_query(int rcode)
{
    return rcode == RCODE_FORMERR || rcode == RCODE_NOTIMP;
}

static bool is_header_only(const struct wire_scan *scan)
{
    for (size_t i = 0; i < 4; i++)
        if (scan->counts[i] != 0)
            return false;
    return true;
}

enum wire_verdict wire_judge(const struct question *question, uint16_t id, bool edns,
                             const uint8_t *bytes, size_t length, struct reply **reply)
{
    struct wire_scan scan;
    struct reply *decoded;
    bool plain;

    if (!wire_scan_header(&scan, bytes, length) || scan.id != id || !(scan.flags & WIRE_QR) ||
        scan.flags & WIRE_OPCODE)
        return WIRE_MISMATCH;
    plain = edns && wants_plain_query(scan.rcode);
    if (plain && is_header_only(&scan))
        return WIRE_WITHOUT_EDNS;
    if (!wire_repeats_question(&scan, question))
        return WIRE_MISMATCH;
    if (plain)
        return WIRE_WITHOUT_EDNS;
    if (scan.flags & WIRE_TC)
        return WIRE_TRUNCATED;
    decoded = reply_new(question);
    wire_decode(&scan, decoded);
    if (edns && decoded->outcome != OUTCOME_MALFORMED && decoded->rcode == RCODE_BADVERS) {
        reply_free(decoded);
        return WIRE_WITHOUT_EDNS;
    }
    *reply = decoded;
    return WIRE_REPLY;
}
