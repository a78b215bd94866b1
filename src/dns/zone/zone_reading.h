/* A zone file while it is read: what its lines share. */
#ifndef DNS_ZONE_ZONE_READING_H
#define DNS_ZONE_ZONE_READING_H

#include "dns/name.h"
#include "dns/zone/zone_lines.h"
#include "dns/zone/zone_store.h"

struct zone_reading {
    struct zone *zone;
    struct faults *faults, *warnings;
    const char *file;             /* for messages: the one that is read now */
    const char *included;         /* its name for the records; NULL: the zone's own */
    const char *folder;           /* of the first file, where $INCLUDE may look; NULL: nowhere */
    unsigned depth;               /* of $INCLUDE */
    size_t memory_max, generated; /* octets; those that $GENERATE has written */
    bool is_full;                 /* the memory is used up: nothing more is read */
    struct zone_lines lines;
    char origin[NAME_TEXT], owner[NAME_TEXT];
    char origin_spelled[NAME_TEXT],
        owner_spelled[NAME_TEXT]; /* the same, in the letters of the file */
    bool has_origin, has_owner, has_default_ttl, has_last_ttl;
    bool is_origin_given, is_origin_missed; /* by the caller; needed, and nobody gave one */
    uint32_t default_ttl, last_ttl; /* of $TTL (RFC 2308 4), of the record before (RFC 1035 5.1) */
    struct text unknown_types;      /* ", " between; each once */
    size_t unknown_line;            /* of the first */
};

/* The text of a token of the line at hand; "" beyond the last. */
const char *zone_reading_token(const struct zone_reading *reading, size_t index);
/* Notes a fault of the line at hand: `what`, and in quotes what it is about unless that is "". */
void zone_reading_fault(struct zone_reading *reading, const char *what, const char *about);
/* The origin for relative names, NULL while there is none. Asked for a name that is relative: an
 * origin that the caller gave is taken from now on (zone_origin), a missing one is a fault, told
 * once. */
const char *zone_reading_origin(struct zone_reading *reading, const char *name);

/* The name in the letters of the file: a relative one with the origin as that is written. "" when
 * it is too long. */
void zone_reading_spell(const struct zone_reading *reading, const char *name, char out[NAME_TEXT]);

/* Reads the lines of a text into the zone; `line` is the number of its first one. */
void zone_reading_text(struct zone_reading *reading, const char *text, size_t length, size_t line);
/* Reads the record on the line at hand. */
void zone_reading_record(struct zone_reading *reading);
/* Obeys the directive on the line at hand: $ORIGIN, $TTL (RFC 2308 4), $INCLUDE, $GENERATE. */
void zone_reading_directive(struct zone_reading *reading);
/* Obeys "$GENERATE RANGE LEFT [TTL] [CLASS] TYPE RIGHT" as BIND does. */
void zone_reading_generate(struct zone_reading *reading);

/* Reads a whole file that is open, at most `most` octets. False with *why (static, or of strerror)
 * when that does not work. */
bool zone_file_load(int file, size_t most, struct text *text, const char **why);

#endif
