/*
 * Messages from a name server. The id and the QR bit are put right, so that the fuzzer gets past
 * the first comparison; a reply that comes out must be the same after a recording.
 */
#include "base/text.h"
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
            reply_free(reply);
        }
    }
    free(message);
    return 0;
}
