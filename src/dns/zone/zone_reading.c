#include "dns/zone/zone_reading.h"

#include "dns/zone/zone_rdata.h"

#include <stdio.h>
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
    const char *origin = reading->origin_spelled;
    int length;

    if (strcmp(name, "@") == 0)
        length = snprintf(out, NAME_TEXT, "%s", origin);
    else if (zone_rdata_is_relative(name))
        length = snprintf(out, NAME_TEXT, "%s.%s", name, strcmp(origin, ".") == 0 ? "" : origin);
    else
        length = snprintf(out, NAME_TEXT, "%s", name);
    if (length < 0 || length >= NAME_TEXT)
        out[0] = '\0';
}
