/* The MTA-STS policy that a domain serves over HTTPS (RFC 8461 3.3), fetched by libcurl. The
 * library is loaded with the first fetch and not before; where it is not installed, a fetch ends
 * with a sentence that says so. */
#ifndef NET_POLICY_FETCH_H
#define NET_POLICY_FETCH_H

#include "base/text.h"

#include <stddef.h>

struct uv_loop_s; /* uv_loop_t */
struct policy_fetch;

/* Called in the loop, once: the policy's text, or NULL and why there is none: a sentence, escaped.
 * Both are borrowed. */
typedef void policy_fetched(void *context, const struct text *policy, const char *why);

/* Begins to fetch the policy of a domain (canonical, a host name) from the host "mta-sts" below it.
 * `addresses`: those of the host, with "," between, IPv6 ones in brackets; no others are connected
 * to, and no proxy.
 * No redirect is followed; certificate and name are checked (a file of trusted certificates in
 * SSL_CERT_FILE stands in for the system's); beyond `most` octets or `time_ms` it fails. */
struct policy_fetch *policy_fetch_new(struct uv_loop_s *loop, const char *domain,
                                      const char *addresses, size_t most, unsigned time_ms,
                                      policy_fetched *done, void *context);
/* Ends it, whether it is done or not: `done` is not called any more. The loop has to run until it
 * is idle before it is closed. NULL is allowed. */
void policy_fetch_free(struct policy_fetch *fetch);

#endif
