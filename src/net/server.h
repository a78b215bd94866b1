/* Where questions are sent: the address, scope and port of a name server. */
#ifndef NET_SERVER_H
#define NET_SERVER_H

#include "base/status.h"
#include "base/text.h"
#include "dns/address.h"

#include <stdbool.h>
#include <stdint.h>

enum { SERVER_PORT = 53, SERVER_NAME_TEXT = 256 };

struct server {
    struct address address;
    uint32_t scope; /* interface index of a link-local address (RFC 4007 11), 0 for none */
    uint16_t port;
    uint16_t encrypted; /* a number of dns/encrypted.h; 0: plain DNS */
};

/* What "@server" says: an address or a host name, "name", "192.0.2.53#5353", "[2001:db8::1]#53",
 * "fe80::1%eth0", or an encrypted resolver (dns/encrypted.h). */
struct server_spec {
    char name[SERVER_NAME_TEXT]; /* "" when `server` holds an address */
    struct server server;        /* port 0: none was given */
};

/* Reads the text behind "@". On failure *why is a static sentence and *spec untouched. */
enum status server_spec_parse(const char *text, struct server_spec *spec, const char **why);

/* Reads a literal with an optional scope ("fe80::1%eth0", "fe80::1%2"), no brackets, no port.
 * STATUS_NOT_FOUND when there is no such interface; the port becomes 0. */
enum status server_address_parse(const char *text, struct server *server);

/* Appends "192.0.2.53#53" or "[fe80::1%2]#53", or what encrypted_print has. */
void server_print(const struct server *server, struct text *out);
bool server_equal(const struct server *a, const struct server *b);

#endif
