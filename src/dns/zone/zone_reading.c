#include "dns/zone/zone_reading.h"

#include "dns/zone/zone_rdata.h"

#include <string.h>

const char *zone_reading_token(const struct zone_reading *reading, size_t index)
{
    return index < reading->lines.token_count ? reading->lines.tokens[index].text : "";
}

void zone_reading_fault(struct zone_reading *reading, const char *what, const char *about)
{
    faults_add(reading->faults, reading->file, reading->lines.first_line, "%s%s%.80s%s", what,
               *about ? ": \"" : "", about, *about ? "\"" : "");
}

void zone_reading_spell(const struct zone_reading *reading, const char *name, char out[NAME_TEXT])
{
    char whole[2 * NAME_TEXT];
    size_t length = 0;

    if (strlen(name) < NAME_TEXT)
        length = zone_rdata_whole(name, reading->origin_spelled, whole);
    if (length < NAME_TEXT)
        memcpy(out, whole, length);
    out[length < NAME_TEXT ? length : 0] = '\0';
}
