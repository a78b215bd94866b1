/* The OPT record of a message (RFC 6891): what a server says beside the answer. */
#ifndef DNS_FORMATS_EDNS_H
#define DNS_FORMATS_EDNS_H

#include "base/text.h"
#include "dns/record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    EDNS_NSID = 3,     /* RFC 5001 */
    EDNS_SUBNET = 8,   /* RFC 7871 */
    EDNS_COOKIE = 10,  /* RFC 7873 */
    EDNS_PADDING = 12, /* RFC 7830 */
    EDNS_ERROR = 15,   /* RFC 8914 */
};
enum { EDNS_DO = 0x8000 };

struct edns {
    uint16_t payload;   /* octets a datagram to it may have */
    bool dnssec_ok;     /* DO */
    struct octets rest; /* the options not walked over yet; borrowed from the message */
};

struct edns_option {
    uint16_t code;
    struct octets value;
};

/* Reads the OPT record of a whole message; false when it has none, or is unsound. */
bool edns_read(const struct octets *message, struct edns *edns);
/* Takes the next option; false behind the last. */
bool edns_next(struct edns *edns, struct edns_option *option);

/* "EDE", "NSID", "cookie", "client subnet", "padding", or "option 65001". Appended. */
void edns_print_name(const struct edns_option *option, struct text *out);
/* "6 DNSSEC bogus: text", "ns1.lon (6e73312e6c6f6e)", "client 0011..., server 8899...",
 * "192.0.2.0/24 scope 0", "404 octets"; hexadecimal where it is none of these or does not fit its
 * form. Appended, escaped. */
void edns_print_value(const struct edns_option *option, struct text *out);

#endif
