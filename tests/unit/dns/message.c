#include "message.h"

#include "dns/name.h"
#include "dns/type.h"
#include "dns/wire.h"
#include "unit/check.h"

#include <assert.h>
#include <string.h>

const struct question message_question = {.name = "example.com.", .type = TYPE_MX};

enum { SECTION_COUNTS = 4, CLASS_IN = 1, QR_RA = 0x8080 };

void message_put(struct message *message, const void *bytes, size_t length)
{
    assert(message->length + length <= sizeof message->bytes);
    memcpy(message->bytes + message->length, bytes, length);
    message->length += length;
}

static void put_16(struct message *message, unsigned number)
{
    uint8_t bytes[] = {(uint8_t)(number >> 8), (uint8_t)number};

    message_put(message, bytes, sizeof bytes);
}

void message_set_count(struct message *message, int section, unsigned count)
{
    message->bytes[SECTION_COUNTS + 2 * section] = (uint8_t)(count >> 8);
    message->bytes[SECTION_COUNTS + 2 * section + 1] = (uint8_t)count;
}

void message_start_for(struct message *message, unsigned flags, const char *name, size_t length,
                       unsigned type, unsigned rr_class)
{
    message->length = 0;
    put_16(message, MESSAGE_ID);
    put_16(message, QR_RA | flags);
    put_16(message, 1);
    put_16(message, 0);
    put_16(message, 0);
    put_16(message, 0);
    message_put(message, name, length);
    put_16(message, type);
    put_16(message, rr_class);
}

void message_start(struct message *message, unsigned flags)
{
    static const char name[] = "\7example\3com";

    message_start_for(message, flags, name, sizeof name, TYPE_MX, CLASS_IN);
}

static void put_name(struct message *message, const char *name)
{
    uint8_t wire[NAME_WIRE];

    if (*name == '\0')
        message_put(message, "\300\014", 2);
    else
        message_put(message, wire, name_to_wire(name, wire));
}

void message_add_class(struct message *message, int section, const char *owner, unsigned type,
                       unsigned rr_class, uint32_t ttl, const void *rdata, size_t length)
{
    const uint8_t *counts = message->bytes + SECTION_COUNTS + 2 * section;

    message_set_count(message, section, (unsigned)(counts[0] << 8 | counts[1]) + 1);
    put_name(message, owner);
    put_16(message, type);
    put_16(message, rr_class);
    put_16(message, ttl >> 16);
    put_16(message, ttl & 0xffff);
    put_16(message, (unsigned)length);
    message_put(message, rdata, length);
}

void message_add(struct message *message, int section, const char *owner, unsigned type,
                 uint32_t ttl, const void *rdata, size_t length)
{
    message_add_class(message, section, owner, type, CLASS_IN, ttl, rdata, length);
}

void message_add_name(struct message *message, int section, const char *owner, unsigned type,
                      const char *target)
{
    uint8_t wire[NAME_WIRE];

    message_add(message, section, owner, type, 300, wire, name_to_wire(target, wire));
}

void message_add_mx(struct message *message, int section, const char *owner, unsigned preference,
                    const char *exchange)
{
    uint8_t rdata[2 + NAME_WIRE] = {(uint8_t)(preference >> 8), (uint8_t)preference};

    message_add(message, section, owner, TYPE_MX, 300, rdata,
                2 + name_to_wire(exchange, rdata + 2));
}

struct reply *message_reply(const struct message *message)
{
    struct reply *reply = NULL;

    assert_int_equal(
        wire_judge(&message_question, MESSAGE_ID, true, message->bytes, message->length, &reply),
        WIRE_REPLY);
    assert_non_null(reply);
    assert_int_equal(reply->wire.length, message->length);
    assert_memory_equal(reply->wire.bytes, message->bytes, message->length);
    return reply;
}
