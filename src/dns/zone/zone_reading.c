#include "dns/zone/zone_reading.h"

const char *zone_reading_token(const struct zone_reading *reading, size_t index)
{
    return index < reading->lines.token_count ? reading->lines.tokens[index].text : "";
}

void zone_reading_fault(struct zone_reading *reading, const char *what, const char *about)
{
    faults_add(reading->faults, reading->file, reading->lines.first_line, "%s%s%.80s%s", what,
               *about ? ": \"" : "", about, *about ? "\"" : "");
}
