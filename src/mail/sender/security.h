/* What a sender can find out about a domain beforehand that has to do with TLS: what DNSSEC vouches
 * for, TLSA records (RFC 7672), an MTA-STS policy (RFC 8461). Filled in by who knows the domain. */
#ifndef MAIL_SENDER_SECURITY_H
#define MAIL_SENDER_SECURITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The TLSA records of one host, taken together; only where the host's address is secure. */
enum tlsa_state {
    TLSA_NONE,     /* none, or none that counts: something on the way is not signed */
    TLSA_FAILED,   /* the lookup failed */
    TLSA_KEY,      /* usable, at least one of usage 3: name and expiry do not matter */
    TLSA_ISSUER,   /* usable, all of usage 2 */
    TLSA_PKIX,     /* none usable, but there are some of usage 0 or 1 */
    TLSA_UNUSABLE, /* none usable, and none of usage 0 or 1 either */
};

struct host_security {
    char *exchange; /* canonical, as the MX record has it; owned */
    enum tlsa_state tlsa;
    bool at_alias; /* they are found only at the name the exchange is an alias of */
};

enum sts_mode { STS_NO_POLICY, STS_NONE, STS_TESTING, STS_ENFORCE };

struct security {
    bool mx_secure; /* the MX records, or that there are none */
    struct host_security *hosts;
    size_t host_count, host_capacity;
    enum sts_mode sts;
    int64_t sts_max_age; /* of the policy, in seconds */
    char **patterns;     /* of the policy: "mx1.example.com.", "*.example.com."; canonical, owned */
    size_t pattern_count, pattern_capacity;
};

/* Nothing known: zeros. */
void security_clear(struct security *security);
void security_copy(struct security *to, const struct security *from); /* `to` is not initialised */
void security_add_host(struct security *security, const char *exchange, enum tlsa_state tlsa,
                       bool at_alias);
void security_add_pattern(struct security *security, const char *pattern);
/* What is known of the host; of one never told of, nothing. Never NULL. */
const struct host_security *security_of(const struct security *security, const char *exchange);
/* Does the policy list the host (RFC 8461 4.1)? "*" stands for one label, with any_depth for more.
 * Names are canonical. */
bool security_sts_lists(const struct security *security, const char *exchange, bool any_depth);

#endif
