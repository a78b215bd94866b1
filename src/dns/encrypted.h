/* Encrypted resolvers: DNS over TLS (RFC 7858) and over HTTPS (RFC 8484), as people write them:
 *
 *     tls://192.0.2.53              the certificate must be for the address
 *     tls://192.0.2.53#853/NAME     for the name
 *     tls://NAME                    likewise; the address of NAME must be looked up
 *     https://NAME/dns-query        likewise
 *     https://NAME/dns-query@192.0.2.53
 *     https://192.0.2.53:8443/dns-query
 *
 * What is beside address and port (the protocol, the name, the path) has a number in this run,
 * which questions carry, so that no answer is taken for one of another resolver; 0 is plain DNS. */
#ifndef DNS_ENCRYPTED_H
#define DNS_ENCRYPTED_H

#include "base/status.h"
#include "base/text.h"
#include "dns/address.h"

#include <stdbool.h>
#include <stdint.h>

enum encrypted_protocol { ENCRYPTED_TLS, ENCRYPTED_HTTPS };

enum {
    ENCRYPTED_MOST = 64, /* of one run; further ones are refused */
    ENCRYPTED_TEXT = 256,
    ENCRYPTED_TLS_PORT = 853,
    ENCRYPTED_HTTPS_PORT = 443
};

struct encrypted {
    enum encrypted_protocol protocol;
    char name[ENCRYPTED_TEXT]; /* the host the certificate must be for, without a last dot; "": the
                                  address */
    char path[ENCRYPTED_TEXT]; /* of HTTPS: "/dns-query"; else "" */
};

struct encrypted_spec {
    uint16_t number;        /* for encrypted_at() */
    struct address address; /* family 0: that of the name must be looked up */
    uint16_t port;          /* never 0 */
};

/* Does the text begin with tls:// or https://? */
bool encrypted_is_meant(const char *text);
/* Reads such a text. On failure *why is a static sentence and *spec untouched. */
enum status encrypted_parse(const char *text, struct encrypted_spec *spec, const char **why);
/* The address in such a text; false when it has none. Nothing gets a number. */
bool encrypted_address(const char *text, struct address *address);
/* All numbers given so far mean nothing any more; for programs that read any number of texts. */
void encrypted_forget(void);
/* What has that number; never NULL for those that encrypted_parse gave. Static. */
const struct encrypted *encrypted_at(uint16_t number);
/* Appends it with the address (family 0: without) and the port: encrypted_parse reads that back. */
void encrypted_print(uint16_t number, const struct address *address, uint16_t port,
                     struct text *out);

#endif
