/* Messages put together octet by octet, as a name server or somebody hostile might. */
#ifndef UNIT_DNS_MESSAGE_H
#define UNIT_DNS_MESSAGE_H

#include "dns/reply.h"

#include <stddef.h>
#include <stdint.h>

enum { MESSAGE_ID = 0x1234 };
enum { MESSAGE_ANSWER = 1, MESSAGE_AUTHORITY, MESSAGE_ADDITIONAL };

extern const struct question message_question; /* example.com. MX */

struct message {
    uint8_t bytes[4096];
    size_t length;
};

/* A response (QR, RA) to the question example.com. MX, with the flags given added. */
void message_start(struct message *message, unsigned flags);
/* One that repeats another question, its name in wire form. */
void message_start_for(struct message *message, unsigned flags, const char *name, size_t length,
                       unsigned type, unsigned rr_class);
/* Appends a record to a section and counts it. Owner "" is the
 * question's name by a pointer, "." the root; others are given in presentation form. */
void message_add(struct message *message, int section, const char *owner, unsigned type,
                 uint32_t ttl, const void *rdata, size_t length);
void message_add_class(struct message *message, int section, const char *owner, unsigned type,
                       unsigned rr_class, uint32_t ttl, const void *rdata, size_t length);
void message_add_name(struct message *message, int section, const char *owner, unsigned type,
                      const char *target);
void message_add_mx(struct message *message, int section, const char *owner, unsigned preference,
                    const char *exchange);
void message_put(struct message *message, const void *bytes, size_t length);
void message_set_count(struct message *message, int section, unsigned count);
/* What wire_judge makes of it, which must be a reply; the caller frees it. */
struct reply *message_reply(const struct message *message);

#endif
