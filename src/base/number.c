#include "base/number.h"

#include "base/message.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum status number_read(const char *text, uint64_t least, uint64_t most, uint64_t *number,
                        struct text *why)
{
    char *end, from[24], to[24];
    uint64_t value;

    errno = 0;
    value = strtoull(text, &end, 10);
    if (*text >= '0' && *text <= '9' && *end == '\0' && !errno && value >= least && value <= most) {
        *number = value;
        return STATUS_OK;
    }
    snprintf(from, sizeof from, "%" PRIu64, least);
    snprintf(to, sizeof to, "%" PRIu64, most);
    text_format(why, tr("must be a whole number from %s to %s"), from, to);
    return STATUS_RANGE;
}

const char *number_words(uint64_t number, char out[WORD_SIZE])
{
    char digits[WORD_SIZE];
    size_t length = (size_t)snprintf(digits, sizeof digits, "%" PRIu64, number), used = 0;

    for (size_t i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0 && length > 4)
            out[used++] = ',';
        out[used++] = digits[i];
    }
    out[used] = '\0';
    return out;
}

const char *number_share(double share, char out[WORD_SIZE])
{
    snprintf(out, WORD_SIZE, "%.1f%%", share * 100);
    return out;
}
