/* A question, and what came of it. Failures are outcomes, not errors. */
#ifndef DNS_REPLY_H
#define DNS_REPLY_H

#include "base/memory.h"
#include "base/status.h"
#include "base/text.h"
#include "dns/address.h"
#include "dns/outcome.h"
#include "dns/record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum question_flags {
    QUESTION_NO_RECURSION = 1,      /* RD clear: ask the server itself */
    QUESTION_CHECKING_DISABLED = 2, /* CD set: the resolver need not validate */
    QUESTION_DNSSEC_OK = 4,         /* DO set: signatures wanted */
};

/* Two questions are the same when all fields are. */
struct question {
    const char *name; /* canonical */
    uint16_t type;
    uint8_t flags;         /* enum question_flags */
    struct address server; /* family 0: the configured resolvers; else this name server */
    uint16_t port;         /* of `server`; 0: 53, or the port the user gave with -p */
    uint16_t encrypted;    /* how `server` is asked: a number of dns/encrypted.h; 0: plain DNS */
};

bool question_equal(const struct question *a, const struct question *b);
/* Appends whom it is asked: "*" for the configured resolvers, "192.0.2.1", "2001:db8::1#5300", or
 * as encrypted_print has it. */
void question_print_server(const struct question *question, struct text *out);
/* Reads that back into the question. Returns NULL, or what is wrong (static). */
const char *question_read_server(const char *text, struct question *question);

enum transport {
    TRANSPORT_UDP,
    TRANSPORT_TCP,
    TRANSPORT_TLS,
    TRANSPORT_HTTPS,
    TRANSPORT_ZONE,
    TRANSPORT_REPLAY,
    TRANSPORT_NONE
};
/* "udp", "tcp", "tls", "https", "zone", "replay", "none" */
const char *transport_text(enum transport transport); /* "zone": JSON and recordings */
const char *transport_word(enum transport transport); /* the same in the language */
bool transport_parse(const char *text, enum transport *transport);

struct section {
    const struct record *records; /* in the order received */
    size_t count;
};

struct reply {
    struct arena *arena;      /* holds everything below and the reply itself */
    struct question question; /* name in the arena */
    enum outcome outcome;
    int rcode; /* extended rcode; -1 when no message came */
    bool aa, ad, ra, tc;
    struct section answer, authority, additional;
    /* Derived from the answer section (RFC 1034 4.3.2, RFC 2308 2.1): */
    const struct record *const *aliases; /* CNAMEs followed, in order */
    size_t alias_count;
    const char *canonical;               /* name the chain ends at; question.name without aliases */
    const struct record *const *records; /* of the type asked, owned by `canonical`: TXT, SPF and
                                            PTR sorted by their text, others as received */
    size_t record_count;
    bool alias_loop, alias_too_long; /* chain comes back to itself, or has more than 16 links */
    uint32_t negative_ttl;           /* min(SOA TTL, SOA minimum), 0 without SOA */
    /* Where it came from: */
    const char *server; /* "127.0.0.1#5353", "[2001:db8::1]#53", as encrypted_print has it,
                           "zone lessons.zone", "" when nobody */
    enum transport transport;
    uint32_t rtt_us;     /* 0 where no network was involved */
    int64_t received_ms; /* on the event clock */
    unsigned tries, unmatched;
    const char *why;    /* sentence for failures: "reply cut off in the answer section"; or NULL */
    struct octets wire; /* the message as received; length 0 when none came */
    bool optionless;    /* the message is known to have no EDNS options */
};

/* An empty reply (outcome TIMEOUT, rcode -1, TRANSPORT_NONE, server "") to a copy of the question.
 */
struct reply *reply_new(const struct question *question);
void reply_free(struct reply *reply); /* NULL is allowed */
/* Was the question sent to anybody (or looked up in a zone)? */
bool reply_was_sent(const struct reply *reply);
/* The address it came from; false when no server sent it. */
bool reply_from_address(const struct reply *reply, struct address *address);
/* Did a response come, whatever it says? */
bool reply_was_heard(const struct reply *reply);
/* Do the aliases lead round in a circle, or too far? */
bool reply_is_endless(const struct reply *reply);
/* May a later try say otherwise? As outcome_is_temporary, and of aliases without an end, for which
 * resolvers answer SERVFAIL. */
bool reply_is_temporary(const struct reply *reply);
/* Does it lead into a location of FreeIPA ("_ldap._tcp.lisbon._locations.example.com.")? Servers
 * answer so differently on purpose. */
bool reply_is_by_location(const struct reply *reply);
/* The record of that address in a reply of A or AAAA records (NULL is allowed); NULL without one.
 */
const struct record *reply_address(const struct reply *reply, const struct address *address);
/* Did a master file say so, now or when it was recorded? */
bool reply_from_zone(const struct reply *reply);
/* A copy that shares nothing with it: the message read once more. */
struct reply *reply_dup(const struct reply *reply);
/* The message and where it came from, without what was read from the message: small, to be kept
 * until reply_dup makes a reply of it again. */
struct reply *reply_pack(const struct reply *reply);

/* One line, no line end, that reply_parse reads back: the form a reply has in recordings. Its
 * fields: name type flags server outcome rcode transport rtt_us tries unmatched received_ms "from"
 * "why" wire server is "*" for the configured resolvers, as encrypted_print has it, wire the
 * message in hexadecimal or "-". The records are read from the message again, so a line cannot say
 * something else than its message. */
void reply_print(const struct reply *reply, struct text *out);
/* On failure *why says what is wrong (static sentence). The transport becomes TRANSPORT_REPLAY only
 * in the source that plays it; here it is kept. */
enum status reply_parse(const char *line, struct reply **reply, const char **why);

#endif
