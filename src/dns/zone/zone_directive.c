/* $ORIGIN, $TTL and $INCLUDE. */
#include "dns/zone/zone_rdata.h"
#include "dns/zone/zone_reading.h"

#include "base/message.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { INCLUDE_DEPTH_MAX = 8 };

/* Makes the name the origin; false with a fault. */
static bool set_origin(struct zone_reading *reading, const char *name)
{
    const char *origin = zone_reading_origin(reading, name);
    char reason[ZONE_REASON], spelled[NAME_TEXT];

    if (!origin)
        return false;
    zone_reading_spell(reading, name, spelled);
    if (!zone_rdata_name(name, origin, reading->origin, reason)) {
        zone_reading_fault(reading, reason, "");
        return false;
    }
    memcpy(reading->origin_spelled, spelled, sizeof spelled);
    reading->is_origin_given = false;
    return reading->has_origin = true;
}

static void read_default_ttl(struct zone_reading *reading)
{
    if (reading->lines.token_count == 2 &&
        zone_rdata_ttl(zone_reading_token(reading, 1), &reading->default_ttl))
        reading->has_default_ttl = true;
    else
        zone_reading_fault(reading, tr("$TTL takes one number of seconds up to 2147483647"), "");
}

/* Opens the next part of a path below the folder `at`, which is closed; -1 with errno. */
static int descend(int at, const char *part, bool last)
{
    int flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK;
    int below = openat(at, part, last ? flags : flags | O_DIRECTORY);
    int error = errno;

    close(at);
    errno = error;
    return below;
}

/* Opens a path below a folder, no part of which is ".." or a symbolic link; -1 with *why. */
static int open_below(const char *folder, const char *path, const char **why)
{
    char *parts = memory_dup(path), *rest = parts;
    int file = open(*folder ? folder : ".", O_RDONLY | O_CLOEXEC | O_DIRECTORY);

    *why = NULL;
    if (*path == '/')
        *why = tr("outside the folder of the zone file");
    while (file >= 0 && !*why && rest) {
        char *part = strsep(&rest, "/");
        if (strcmp(part, "..") == 0)
            *why = tr("outside the folder of the zone file");
        else if (*part != '\0' && strcmp(part, ".") != 0)
            file = descend(file, part, !rest);
    }
    if (file < 0 && !*why)
        *why = errno == ELOOP || errno == ENOTDIR ? tr("a symbolic link, or no folder on the way")
                                                  : strerror(errno);
    if (*why && file >= 0) {
        close(file);
        file = -1;
    }
    free(parts);
    return file;
}

static bool load_below(struct zone_reading *reading, const char *path, struct text *text)
{
    const char *why;
    struct stat stat;
    int file = open_below(reading->folder, path, &why);
    bool loaded = false;

    if (file >= 0 && (fstat(file, &stat) != 0 || !S_ISREG(stat.st_mode)))
        why = "not a regular file";
    else if (file >= 0) {
        zone_note_file(reading->zone, &stat);
        loaded = zone_file_load(file, reading->memory_max, text, &why);
        why = why ? why : tr("too large");
    }
    if (file >= 0)
        close(file);
    if (!loaded)
        faults_add(reading->faults, reading->file, reading->lines.first_line, "$INCLUDE %.200s: %s",
                   path, why);
    return loaded;
}

/* Reads the file as if it stood here; origin and owner are afterwards what they were before. */
static void include(struct zone_reading *reading, const char *path, const struct text *text)
{
    const char *outer = reading->file, *included = reading->included;
    bool has_owner = reading->has_owner;
    char owner[NAME_TEXT], spelled[NAME_TEXT];
    struct text shown = {0};

    text_format(&shown, "%s%s", reading->folder, path);
    memcpy(owner, reading->owner, sizeof owner);
    memcpy(spelled, reading->owner_spelled, sizeof spelled);
    reading->file = text_get(&shown);
    reading->included = zone_keep_file(reading->zone, path);
    reading->depth++;
    zone_reading_text(reading, text_get(text), text->length, 1);
    reading->depth--;
    reading->file = outer;
    reading->included = included;
    memcpy(reading->owner, owner, sizeof owner);
    memcpy(reading->owner_spelled, spelled, sizeof spelled);
    reading->has_owner = has_owner;
    text_clear(&shown);
}

/* Obeys "$INCLUDE FILE [ORIGIN]" (RFC 1035 5.1): a regular file in or below the folder of the
 * first one, reached without ".." and symbolic links. */
static void include_file(struct zone_reading *reading)
{
    char path[1024], origin[NAME_TEXT], spelled[NAME_TEXT];
    bool has_origin = reading->has_origin, is_given = reading->is_origin_given;
    struct text text = {0};

    strncpy(path, zone_reading_token(reading, 1), sizeof path - 1);
    path[sizeof path - 1] = '\0';
    memcpy(origin, reading->origin, sizeof origin);
    memcpy(spelled, reading->origin_spelled, sizeof spelled);
    if (reading->lines.token_count < 2 || reading->lines.token_count > 3)
        zone_reading_fault(reading, tr("$INCLUDE takes a file, and an origin if it has another"),
                           "");
    else if (!reading->folder)
        zone_reading_fault(reading, tr("$INCLUDE: this zone is in no folder"), "");
    else if (reading->depth == INCLUDE_DEPTH_MAX)
        zone_reading_fault(reading, tr("$INCLUDE goes more than 8 files deep"), "");
    else if ((reading->lines.token_count < 3 ||
              set_origin(reading, zone_reading_token(reading, 2))) &&
             load_below(reading, path, &text))
        include(reading, path, &text);
    memcpy(reading->origin, origin, sizeof origin);
    memcpy(reading->origin_spelled, spelled, sizeof spelled);
    reading->has_origin = has_origin;
    reading->is_origin_given = is_given;
    text_clear(&text);
}

void zone_reading_directive(struct zone_reading *reading)
{
    const char *name = zone_reading_token(reading, 0);

    if (strcasecmp(name, "$TTL") == 0)
        read_default_ttl(reading);
    else if (strcasecmp(name, "$INCLUDE") == 0)
        include_file(reading);
    else if (strcasecmp(name, "$GENERATE") == 0)
        zone_reading_generate(reading);
    else if (strcasecmp(name, "$ORIGIN") != 0)
        zone_reading_fault(reading, tr("an unknown directive"), name);
    else if (reading->lines.token_count == 2)
        set_origin(reading, zone_reading_token(reading, 1));
    else
        zone_reading_fault(reading, tr("$ORIGIN takes one name"), "");
}
