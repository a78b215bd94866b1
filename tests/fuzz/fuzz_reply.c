/* Lines of a recording that say what a reply was. */
#include "base/text.h"
#include "dns/reply.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    char *line = malloc(length + 1);
    struct reply *reply = NULL;
    const char *why = NULL;

    assert(line);
    if (length > 0)
        memcpy(line, bytes, length);
    line[length] = '\0';
    if (reply_parse(line, &reply, &why) == STATUS_OK) {
        struct text printed = {0};

        reply_print(reply, &printed);
        assert(printed.length > 0);
        text_clear(&printed);
        reply_free(reply);
    } else {
        assert(why && !reply);
    }
    free(line);
    return 0;
}
