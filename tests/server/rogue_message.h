/* The messages a misbehaving server is made of (RFC 1035 4.1). */
#ifndef SERVER_ROGUE_MESSAGE_H
#define SERVER_ROGUE_MESSAGE_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { HEADER = 12, MESSAGE = 65535 };

struct message {
    uint8_t bytes[MESSAGE + 1];
    size_t length;
};

struct query {
    const uint8_t *bytes;
    size_t question_length; /* header and question */
    bool edns, tcp;
    unsigned count;    /* datagrams with this name so far, this one included */
    unsigned argument; /* of the behaviour */
    struct sockaddr_in from;
};

static inline void add(struct message *message, const void *bytes, size_t length)
{
    memcpy(message->bytes + message->length, bytes, length);
    message->length += length;
}

static inline void set_count(struct message *message, unsigned section, unsigned count)
{
    message->bytes[4 + 2 * section] = (uint8_t)(count >> 8);
    message->bytes[5 + 2 * section] = (uint8_t)count;
}

/* Header and question, no records. */
static inline void begin(struct message *message, const struct query *query, unsigned rcode)
{
    message->length = 0;
    add(message, query->bytes, query->question_length);
    message->bytes[2] = (uint8_t)(0x84 | (query->bytes[2] & 1));
    message->bytes[3] = (uint8_t)(0x80 | rcode);
    for (unsigned section = 1; section < 4; section++)
        set_count(message, section, 0);
}

static inline void add_address(struct message *message, uint8_t last)
{
    const uint8_t record[] = {0xc0, HEADER, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, last};

    add(message, record, sizeof record);
    set_count(message, 1, message->bytes[7] + 1U);
}

static inline void good(struct message *message, const struct query *query)
{
    begin(message, query, 0);
    add_address(message, 1);
}

static inline void forged(struct message *message, const struct query *query)
{
    begin(message, query, 0);
    add_address(message, 66);
}

static inline void add_additional(struct message *message, uint16_t type, uint8_t length)
{
    const uint8_t record[] = {0,     (uint8_t)(type >> 8), (uint8_t)type, 4, 0xd0, 0, 0, 0, 0, 0,
                              length};
    const uint8_t zeros[64] = {0};

    add(message, record, sizeof record);
    add(message, zeros, length);
    set_count(message, 3, message->bytes[11] + 1U);
}

#endif
