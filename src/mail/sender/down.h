/* What is down: a host or an address that lets a delivery come no further than a stage. */
#ifndef MAIL_SENDER_DOWN_H
#define MAIL_SENDER_DOWN_H

#include "base/status.h"
#include "dns/address.h"

#include <stdbool.h>
#include <stdint.h>

/* How far a host lets a delivery come. */
enum stage {
    STAGE_ACCEPTS, /* the message is taken */
    STAGE_REFUSED, /* TCP connection refused */
    STAGE_TIMEOUT, /* nobody answers */
    STAGE_GREETING4,
    STAGE_GREETING5,
    STAGE_EHLO4,
    STAGE_EHLO5,
    STAGE_NO_STARTTLS, /* STARTTLS is not offered; what that and the next lead to, the sender
                          decides: it may be that the message is taken all the same */
    STAGE_STARTTLS4,
    STAGE_STARTTLS5,
    STAGE_TLS,      /* the handshake fails */
    STAGE_TLS_DROP, /* closed right after it */
    STAGE_EXPIRED,  /* a certificate that has expired, or that nobody vouches for */
    STAGE_BADNAME,  /* one of another name */
    STAGE_TLSA,     /* one that no TLSA record of the host matches */
    STAGE_MAIL4,
    STAGE_RCPT4,
    STAGE_RCPT5,
    STAGE_DATA4,
    STAGE_COUNT,
};
enum { TLS_STAGES = STAGE_TLSA - STAGE_NO_STARTTLS + 1 };
bool stage_is_tls(enum stage stage);
const char *stage_text(enum stage stage);     /* "refused", "greeting4", as --down has it */
const char *stage_word(enum stage stage);     /* the same in the language */
const char *stage_sentence(enum stage stage); /* "refused the connection", "greeted with 421" */
bool stage_parse(const char *text, enum stage *stage);

/* One --down: every address of a host, one address, or all. */
struct down {
    bool all;
    char *host;             /* canonical name, owned; NULL for an address or all */
    struct address address; /* family 0 unless it is for one address */
    enum stage stage;
    bool bounded;        /* only for the timeline: from..until, else always */
    int64_t from, until; /* seconds after the message was written */
};

/* Reads one "HOST[=STAGE][@FROM-UNTIL]", cutting it apart in place; its host is the caller's to
 * free. On failure *why is a sentence, static. */
enum status down_read(char *text, struct down *down, const char **why);
/* Is it of the address, or, with family 0, of the host? */
bool down_is_of(const struct down *down, const char *host, const struct address *address);
/* How closely it speaks of the address of the host, also known as `alias_of` (may be NULL): 0 not
 * at all, the most for the address itself. */
int down_closeness(const struct down *down, const char *host, const char *alias_of,
                   const struct address *address);

#endif
