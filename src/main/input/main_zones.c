#include "main/input/main_zones.h"

#include "base/memory.h"
#include "base/message.h"
#include "main/batch/main_say.h"
#include "survey/subject.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void zones_free(struct zone **zones, size_t count)
{
    for (size_t i = 0; i < count; i++)
        zone_free(zones[i]);
    free(zones);
}

/* A recording must not be written over what it was made of. */
static bool is_recorded_over(const struct options *options, const struct zone *zone,
                             const char *option)
{
    struct stat about;

    if (!options->record || stat(options->record, &about) != 0 || !zone_is_from(zone, &about))
        return false;
    main_say(tr("%s: this is the same file as %s"), options->record, option);
    return true;
}

struct zone *zone_read_said(const struct options *options, const char *option, const char *path,
                            const char *origin)
{
    struct faults faults = {0}, warnings = {0};
    const struct zone_terms terms = {.origin = origin, .warnings = &warnings};
    struct zone *zone = NULL;

    if (zone_read(path, &terms, &faults, &zone) == STATUS_OK) {
        say_faults(&warnings);
        if (zone_origin(zone))
            main_say(tr("%s: names are relative to %s"), path, zone_origin(zone));
        if (is_recorded_over(options, zone, option)) {
            zone_free(zone);
            zone = NULL;
        }
    }
    say_faults(&faults);
    faults_clear(&faults);
    faults_clear(&warnings);
    return zone;
}

/* "NAME=FILE": the file, with the name as origin. A file that is called so as a whole wins, and
 * what stands before "=" must be a name. */
static const char *split(const char *argument, char origin[NAME_TEXT])
{
    const char *equals = strchr(argument, '=');
    char *name;
    bool is_name;

    if (!equals || access(argument, F_OK) == 0)
        return argument;
    name = memory_dup_bytes(argument, (size_t)(equals - argument));
    is_name = *name && !strchr(name, '/') && name_canonical(name, origin, NULL) == STATUS_OK;
    free(name);
    if (!is_name)
        *origin = '\0';
    return is_name ? equals + 1 : argument;
}

/* The origin that the names looked up give: the part of one that stands in the file's name, else
 * the first of them. A batch gives none. */
static void guess(const struct options *options, const char *path, char origin[NAME_TEXT])
{
    const char *part = NULL;

    for (size_t i = 0; i < options->names.count && !options->batch && !part; i++) {
        struct subject subject;
        if (subject_parse(options->names.list[i], &subject, NULL))
            continue;
        part = zone_origin_for(path, subject.name);
        if (part || !*origin)
            strcpy(origin, part ? part : subject.name);
        subject_clear(&subject);
    }
}

static struct zone *read_argument(const struct options *options, const char *argument)
{
    char origin[NAME_TEXT] = "";
    const char *path = split(argument, origin);

    if (!*origin && options->origin)
        name_canonical(options->origin, origin, NULL);
    if (!*origin)
        guess(options, path, origin);
    return zone_read_said(options, options->overlay ? "--overlay" : "--zone", path,
                          *origin ? origin : NULL);
}

struct zone **zones_read(const struct options *options)
{
    struct zone **zones = memory_new(options->zones.count, sizeof *zones);
    size_t read = 0;

    for (size_t i = 0; i < options->zones.count; i++)
        if ((zones[read] = read_argument(options, options->zones.list[i])))
            read++;
    if (read == options->zones.count)
        return zones;
    zones_free(zones, read);
    return NULL;
}
