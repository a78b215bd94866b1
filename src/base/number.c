#include "base/number.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

enum status number_read(const char *text, uint64_t least, uint64_t most, uint64_t *number,
                        struct text *why)
{
    char *end;
    uint64_t value;

    errno = 0;
    value = strtoull(text, &end, 10);
    if (*text >= '0' && *text <= '9' && *end == '\0' && !errno && value >= least && value <= most) {
        *number = value;
        return STATUS_OK;
    }
    text_format(why, "must be a whole number from %" PRIu64 " to %" PRIu64, least, most);
    return STATUS_RANGE;
}
