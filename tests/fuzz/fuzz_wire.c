/*
 * Messages from a name server. The id and the QR bit are put right, so that the fuzzer gets past
 * the first comparison; a reply that comes out must be the same after a recording, and where ldns
 * reads the message its records must be those of ldns.
 */
#include "base/text.h"
#include "dns/rdata.h"
#include "dns/rr.h"
#include "dns/type.h"
#include "dns/wire.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

enum { ID = 0x4d58, HEADER = 12 };

static void check_recording(const struct reply *reply)
{
    struct text first = {0};
    struct text second = {0};
    struct reply *again = NULL;
    const char *why = NULL;

    reply_print(reply, &first);
    assert(!strchr(text_get(&first), '\n'));
    if (reply_parse(text_get(&first), &again, &why) == STATUS_OK) {
        reply_print(again, &second);
        assert(strcmp(text_get(&first), text_get(&second)) == 0);
        reply_free(again);
    } else {
        assert(why);
    }
    text_clear(&first);
    text_clear(&second);
}

/* Up to a record whose type has no shape here: its octets are shown, and ldns, which knows names in
 * it, may go on at another place than its length says. False then. */
static bool check_section(struct arena *arena, const struct section *section,
                          const ldns_rr_list *list)
{
    assert(section->count == ldns_rr_list_rr_count(list));
    for (size_t i = 0; i < section->count; i++) {
        struct text own = {0}, other = {0};
        struct record record = {0};
        if (!rdata_shape(section->records[i].type))
            return false;
        assert(rr_read(arena, ldns_rr_list_rr(list, i), "", &record));
        record_print(&section->records[i], &own);
        record_print(&record, &other);
        assert(strcmp(text_get(&own), text_get(&other)) == 0);
        text_clear(&own);
        text_clear(&other);
    }
    return true;
}

static void check_records(const struct reply *reply, const uint8_t *message, size_t length)
{
    struct arena *arena = arena_new();
    ldns_pkt *packet = NULL;

    if (reply->outcome != OUTCOME_MALFORMED &&
        ldns_wire2pkt(&packet, message, length) == LDNS_STATUS_OK &&
        check_section(arena, &reply->answer, ldns_pkt_answer(packet)) &&
        check_section(arena, &reply->authority, ldns_pkt_authority(packet)))
        check_section(arena, &reply->additional, ldns_pkt_additional(packet));
    ldns_pkt_free(packet);
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const uint16_t types[] = {TYPE_MX, TYPE_A, TYPE_TXT, TYPE_SRV};
    struct question question = {.name = "example.com.", .type = types[length % 4]};
    uint8_t *message = malloc(length + 1);
    struct reply *reply = NULL;

    assert(message);
    if (length > 0)
        memcpy(message, bytes, length);
    if (length >= HEADER) {
        message[0] = ID >> 8;
        message[1] = ID & 0xff;
        message[2] |= 0x80;
    }
    for (size_t i = 0; i < 4 && length >= HEADER; i++) {
        question.type = types[i];
        if (wire_judge(&question, ID, true, message, length, &reply) == WIRE_REPLY) {
            check_recording(reply);
            check_records(reply, message, length);
            reply_free(reply);
        }
    }
    free(message);
    return 0;
}
