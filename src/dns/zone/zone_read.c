#include "base/file.h"
#include "dns/zone/zone_reading.h"

#include "base/message.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MEMORY_MAX = 512 << 20 };

static bool is_directive(const struct zone_reading *reading)
{
    return !reading->lines.indented && !reading->lines.tokens[0].quoted &&
           zone_reading_token(reading, 0)[0] == '$';
}

static void check_memory(struct zone_reading *reading)
{
    if (reading->is_full || zone_size(reading->zone) + reading->generated <= reading->memory_max)
        return;
    reading->is_full = true;
    faults_add(reading->faults, reading->file, reading->lines.first_line,
               tr("the zone needs more than %zu MiB of memory"), reading->memory_max >> 20);
}

static void read_line(struct zone_reading *reading)
{
    if (reading->lines.fault)
        faults_add(reading->faults, reading->file, reading->lines.fault_line, "%s",
                   reading->lines.fault);
    else if (is_directive(reading))
        zone_reading_directive(reading);
    else
        zone_reading_record(reading);
}

/* A line that NSD reads and BIND refuses, as `why` says: read, with a warning, if it is a record
 * for all that; else this is what is wrong. */
static void read_odd(struct zone_reading *reading, size_t line, const char *why)
{
    struct faults *faults = reading->faults, within = {0};

    reading->faults = &within;
    if (reading->lines.token_count)
        read_line(reading);
    reading->faults = faults;
    faults_add(within.total ? faults : reading->warnings, reading->file, line, "%s", why);
    faults_clear(&within);
}

void zone_reading_text(struct zone_reading *reading, const char *text, size_t length, size_t line)
{
    struct zone_lines outer = reading->lines;

    reading->lines = (struct zone_lines){.cursor = text, .end = text + length, .line = line};
    while (!reading->is_full && zone_lines_next(&reading->lines)) {
        if (reading->lines.unclosed)
            read_odd(reading, reading->lines.first_line, tr("a parenthesis is never closed"));
        else if (reading->lines.joined)
            read_odd(reading, reading->lines.joined, tr("a backslash at the end of a line"));
        else
            read_line(reading);
        check_memory(reading);
    }
    zone_lines_clear(&reading->lines);
    reading->lines = outer;
}

static bool is_marked(const char *text, size_t length)
{
    return length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0;
}

/* The whole text behind a byte order mark, and what is said in the end. */
static void read_whole(struct zone_reading *reading, const char *text, size_t length)
{
    size_t before = reading->faults->total, mark = is_marked(text, length) ? 3 : 0;

    zone_reading_text(reading, text + mark, length - mark, 1);
    if (reading->faults->total == before && zone_record_count(reading->zone) == 0)
        faults_add(reading->faults, reading->file, 0, tr("there are no records in it"));
    if (reading->unknown_types.length)
        faults_add(reading->warnings, reading->file, reading->unknown_line,
                   tr("record types unknown here are left out: %s"),
                   text_get(&reading->unknown_types));
    text_clear(&reading->unknown_types);
}

static void use_terms(struct zone_reading *reading, const struct zone_terms *terms)
{
    reading->memory_max = terms && terms->memory_max ? terms->memory_max : MEMORY_MAX;
    if (!terms || !terms->origin)
        return;
    strncpy(reading->origin, terms->origin, sizeof reading->origin - 1);
    memcpy(reading->origin_spelled, reading->origin, sizeof reading->origin);
    reading->has_origin = reading->is_origin_given = true;
}

/* Of a text, or of the file at `path` (NULL: none). */
static enum status read_named(const char *text, size_t length, const char *path, const char *label,
                              const struct zone_terms *terms, struct faults *faults,
                              struct zone **zone)
{
    struct zone_reading *reading = memory_new(1, sizeof *reading);
    struct faults unwanted = {0};
    size_t before = faults->total;
    enum status status = STATUS_OK;
    char *folder = path ? memory_dup_bytes(path, strlen(path) - strlen(label)) : NULL;

    reading->zone = zone_new(label);
    reading->faults = faults;
    reading->warnings = terms && terms->warnings ? terms->warnings : &unwanted;
    reading->file = path ? path : label;
    reading->folder = folder;
    use_terms(reading, terms);
    read_whole(reading, text, length);
    if (faults->total == before) {
        zone_finish(reading->zone);
        *zone = reading->zone;
    } else {
        zone_free(reading->zone);
        status = reading->is_full ? STATUS_LIMIT : STATUS_SYNTAX;
    }
    free(folder);
    faults_clear(&unwanted);
    free(reading);
    return status;
}

enum status zone_read_text(const char *text, size_t length, const char *label,
                           const struct zone_terms *terms, struct faults *faults,
                           struct zone **zone)
{
    return read_named(text, length, NULL, label, terms, faults, zone);
}

bool zone_file_load(int file, size_t most, struct text *text, const char **why)
{
    char chunk[65536];
    ssize_t got;

    while ((got = read(file, chunk, sizeof chunk)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            *why = strerror(errno);
            return false;
        }
        text_add_bytes(text, chunk, (size_t)got);
        if (text->length > most) {
            *why = NULL;
            return false;
        }
    }
    return true;
}

static enum status refuse(struct faults *faults, const char *path, enum status status,
                          const char *why)
{
    faults_add(faults, path, 0, "%s", why);
    return status;
}

static enum status load(int file, const char *path, size_t most, struct faults *faults,
                        struct text *text)
{
    struct stat stat;
    const char *why;

    if (fstat(file, &stat) != 0)
        return refuse(faults, path, STATUS_UNREADABLE, strerror(errno));
    if (S_ISDIR(stat.st_mode) || S_ISBLK(stat.st_mode))
        return refuse(faults, path, STATUS_UNREADABLE, tr("not a file of text"));
    if (zone_file_load(file, most, text, &why))
        return STATUS_OK;
    if (why)
        return refuse(faults, path, STATUS_UNREADABLE, why);
    faults_add(faults, path, 0, tr("the file has more than %zu MiB"), most >> 20);
    return STATUS_LIMIT;
}

enum status zone_read(const char *path, const struct zone_terms *terms, struct faults *faults,
                      struct zone **zone)
{
    bool is_input = strcmp(path, "-") == 0, is_known;
    const char *shown = is_input ? "standard input" : path;
    size_t most = terms && terms->memory_max ? terms->memory_max : MEMORY_MAX;
    struct text text = {0};
    struct stat about;
    enum status status;
    int file = is_input ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

    if (file < 0)
        return refuse(faults, shown, errno == ENOENT ? STATUS_NOT_FOUND : STATUS_UNREADABLE,
                      strerror(errno));
    status = load(file, shown, most, faults, &text);
    is_known = fstat(file, &about) == 0;
    close(file);
    if (status == STATUS_OK)
        status =
            read_named(text_get(&text), text.length, shown, file_name(shown), terms, faults, zone);
    if (status == STATUS_OK && is_known)
        zone_note_file(*zone, &about);
    text_clear(&text);
    return status;
}
