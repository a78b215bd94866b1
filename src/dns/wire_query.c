#include "dns/name.h"
#include "dns/type.h"
#include "dns/wire.h"
#include "dns/wire_scan.h"

#include <string.h>

enum { PADDING = 12 }; /* an EDNS option (RFC 7830) */

static size_t put_16(uint8_t *out, size_t at, unsigned number)
{
    out[at] = (uint8_t)(number >> 8);
    out[at + 1] = (uint8_t)number;
    return at + 2;
}

static unsigned flags_of(const struct question *question)
{
    unsigned flags = WIRE_AD;

    if (!(question->flags & QUESTION_NO_RECURSION))
        flags |= WIRE_RD;
    if (question->flags & QUESTION_CHECKING_DISABLED)
        flags |= WIRE_CD;
    return flags;
}

/* The OPT pseudo-record without options (RFC 6891 6.1.2). */
static size_t put_opt(uint8_t *out, size_t at, bool dnssec_ok)
{
    out[at++] = 0;
    at = put_16(out, at, TYPE_OPT);
    at = put_16(out, at, WIRE_UDP_PAYLOAD);
    at = put_16(out, at, 0);
    at = put_16(out, at, dnssec_ok ? 0x8000 : 0);
    return put_16(out, at, 0);
}

size_t wire_query(const struct question *question, uint16_t id, bool edns,
                  uint8_t out[WIRE_QUERY_MAX])
{
    uint8_t name[NAME_WIRE];
    size_t name_length = name_to_wire(question->name, name), at = 0;

    if (name_length == 0)
        return 0;
    at = put_16(out, at, id);
    at = put_16(out, at, flags_of(question));
    at = put_16(out, at, 1);
    at = put_16(out, at, 0);
    at = put_16(out, at, 0);
    at = put_16(out, at, edns);
    memcpy(out + at, name, name_length);
    at = put_16(out, at + name_length, question->type);
    at = put_16(out, at, WIRE_CLASS_IN);
    if (edns)
        at = put_opt(out, at, question->flags & QUESTION_DNSSEC_OK);
    return at;
}

/* The OPT record is the last one, and its data ends the message. */
size_t wire_pad(uint8_t query[WIRE_QUERY_MAX], size_t length)
{
    size_t bare = length + 4, padded = (bare + WIRE_PAD - 1) / WIRE_PAD * WIRE_PAD;

    put_16(query, length - 2, (unsigned)(padded - length));
    put_16(query, length, PADDING);
    put_16(query, length + 2, (unsigned)(padded - bare));
    memset(query + bare, 0, padded - bare);
    return padded;
}
