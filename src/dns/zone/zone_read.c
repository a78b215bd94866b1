#include "base/array.h"
#include "dns/name.h"
#include "dns/type.h"
#include "dns/zone/zone_lines.h"
#include "dns/zone/zone_rdata.h"
#include "dns/zone/zone_store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ZONE_BYTES_MAX = 4 << 20 };

struct reading {
    struct zone *zone;
    struct faults *faults;
    const char *file;
    struct zone_lines lines;
    char origin[NAME_TEXT], owner[NAME_TEXT];
    bool has_origin, has_owner, has_default_ttl, has_last_ttl;
    uint32_t default_ttl, last_ttl; /* of $TTL (RFC 2308 4), of the record before (RFC 1035 5.1) */
};

static const char *token_at(const struct reading *reading, size_t index)
{
    return index < reading->lines.token_count ? reading->lines.tokens[index].text : "";
}

static void fault(struct reading *reading, const char *what, const char *about)
{
    faults_add(reading->faults, reading->file, reading->lines.first_line, "%s%s%.80s%s", what,
               *about ? ": \"" : "", about, *about ? "\"" : "");
}

static bool read_origin(struct reading *reading)
{
    char reason[ZONE_REASON];

    if (reading->lines.token_count != 2) {
        fault(reading, "$ORIGIN takes one name", "");
        return false;
    }
    if (!zone_rdata_name(token_at(reading, 1), reading->has_origin ? reading->origin : NULL,
                         reading->origin, reason)) {
        fault(reading, reason, "");
        return false;
    }
    return reading->has_origin = true;
}

static bool read_default_ttl(struct reading *reading)
{
    if (reading->lines.token_count != 2 ||
        !zone_rdata_ttl(token_at(reading, 1), &reading->default_ttl)) {
        fault(reading, "$TTL takes one number of seconds up to 2147483647", "");
        return false;
    }
    return reading->has_default_ttl = true;
}

static void read_directive(struct reading *reading)
{
    const char *name = token_at(reading, 0);

    if (strcasecmp(name, "$ORIGIN") == 0)
        read_origin(reading);
    else if (strcasecmp(name, "$TTL") == 0)
        read_default_ttl(reading);
    else if (strcasecmp(name, "$INCLUDE") == 0 || strcasecmp(name, "$GENERATE") == 0)
        fault(reading, "this directive is not supported: write its records into the file", name);
    else
        fault(reading, "an unknown directive", name);
}

static bool read_owner(struct reading *reading, size_t *index)
{
    char reason[ZONE_REASON];

    if (reading->lines.indented) {
        if (!reading->has_owner)
            fault(reading, "the first record has no owner name", "");
        return reading->has_owner;
    }
    if (!zone_rdata_name(token_at(reading, (*index)++),
                         reading->has_origin ? reading->origin : NULL, reading->owner, reason)) {
        reading->has_owner = false;
        fault(reading, reason, "");
        return false;
    }
    return reading->has_owner = true;
}

static bool is_class(const char *token)
{
    static const char *const classes[] = {"IN", "CH", "CS", "HS", "ANY", "NONE"};

    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (strcasecmp(classes[i], token) == 0)
            return true;
    return strncasecmp(token, "CLASS", 5) == 0 && token[5] != '\0' &&
           token[5 + strspn(token + 5, "0123456789")] == '\0';
}

static bool check_class(struct reading *reading, const char *token)
{
    if (strcasecmp(token, "IN") == 0 || strcasecmp(token, "CLASS1") == 0)
        return true;
    fault(reading, "only class IN is read", token);
    return false;
}

/* The optional TTL and class in either order, then the type. */
static bool read_type(struct reading *reading, size_t *index, struct zone_rr *rr, bool *has_ttl)
{
    bool has_class = false;

    *has_ttl = false;
    for (;; ++*index) {
        const char *token = token_at(reading, *index);
        if (!has_class && is_class(token)) {
            has_class = true;
            if (!check_class(reading, token))
                return false;
        } else if (!*has_ttl && *token >= '0' && *token <= '9') {
            *has_ttl = true;
            if (!zone_rdata_ttl(token, &rr->ttl)) {
                fault(reading, "a TTL is a number of seconds up to 2147483647", token);
                return false;
            }
        } else {
            break;
        }
    }
    if (*index >= reading->lines.token_count)
        fault(reading, "the record has no type", "");
    else if (!type_parse(token_at(reading, *index), &rr->type))
        fault(reading, "an unknown record type", token_at(reading, *index));
    else if (rr->type == 0 || rr->type == TYPE_OPT || (rr->type >= 249 && rr->type <= TYPE_ANY))
        fault(reading, "this type is not for records", token_at(reading, *index));
    else
        return ++*index;
    return false;
}

/* A TTL the record does not state itself (RFC 2308 4, RFC 1035 5.1). */
static bool inherit_ttl(struct reading *reading, struct zone_rr *rr)
{
    if (reading->has_default_ttl)
        rr->ttl = reading->default_ttl;
    else if (reading->has_last_ttl)
        rr->ttl = reading->last_ttl;
    else
        fault(reading, "no TTL: state one, or put $TTL in front", "");
    return reading->has_default_ttl || reading->has_last_ttl;
}

static void keep(struct reading *reading, const struct zone_rr *rr)
{
    switch (zone_add(reading->zone, rr)) {
    case ZONE_FAULT_NONE:
        break;
    case ZONE_FAULT_SECOND_SOA:
        fault(reading, "a second SOA record", rr->owner);
        break;
    case ZONE_FAULT_SECOND_DNAME:
        fault(reading, "a second DNAME record at this name", rr->owner);
        break;
    case ZONE_FAULT_CROWDED:
        fault(reading, "more than 4096 records at one name", rr->owner);
        break;
    case ZONE_FAULT_UNSOUND:
        fault(reading, "the rdata does not fit the type", "");
        break;
    }
}

static bool encode(struct reading *reading, size_t first, struct zone_rr *rr, struct text *octets)
{
    char reason[ZONE_REASON];
    struct zone_rdata rdata = {
        .owner = rr->owner,
        .origin = reading->has_origin ? reading->origin : NULL,
        .type = rr->type,
        .tokens = reading->lines.tokens + first,
        .count = reading->lines.token_count - first,
    };

    if (!zone_rdata_encode(&rdata, octets, reason)) {
        fault(reading, reason, "");
        return false;
    }
    rr->rdata = (const uint8_t *)text_get(octets);
    rr->length = (uint16_t)octets->length;
    return true;
}

static void read_record(struct reading *reading)
{
    struct zone_rr rr = {.owner = reading->owner};
    struct text octets = {0};
    size_t index = 0;
    bool has_ttl;

    if (!read_owner(reading, &index) || !read_type(reading, &index, &rr, &has_ttl) ||
        (!has_ttl && !inherit_ttl(reading, &rr)))
        return;
    reading->has_last_ttl = true;
    reading->last_ttl = rr.ttl;
    if (encode(reading, index, &rr, &octets))
        keep(reading, &rr);
    text_clear(&octets);
}

static bool is_directive(const struct reading *reading)
{
    return !reading->lines.indented && !reading->lines.tokens[0].quoted &&
           token_at(reading, 0)[0] == '$';
}

static void read_lines(struct reading *reading)
{
    while (zone_lines_next(&reading->lines)) {
        if (reading->lines.fault)
            faults_add(reading->faults, reading->file, reading->lines.fault_line, "%s",
                       reading->lines.fault);
        else if (is_directive(reading))
            read_directive(reading);
        else
            read_record(reading);
    }
    zone_lines_clear(&reading->lines);
}

static enum status read_bytes(const char *text, size_t length, const char *file, const char *label,
                              struct faults *faults, struct zone **zone)
{
    struct reading *reading = memory_new(1, sizeof *reading);
    size_t before = faults->total;

    reading->zone = zone_new(label);
    reading->faults = faults;
    reading->file = file;
    reading->lines = (struct zone_lines){.cursor = text, .end = text + length, .line = 1};
    read_lines(reading);
    if (faults->total == before && zone_record_count(reading->zone) == 0)
        faults_add(faults, file, 0, "there are no records in it");
    if (faults->total == before) {
        zone_finish(reading->zone);
        *zone = reading->zone;
    } else {
        zone_free(reading->zone);
    }
    free(reading);
    return faults->total == before ? STATUS_OK : STATUS_SYNTAX;
}

enum status zone_read_text(const char *text, size_t length, const char *label,
                           struct faults *faults, struct zone **zone)
{
    return read_bytes(text, length, label, label, faults, zone);
}

/* Reads to the end of the file, at most one octet more than allowed. */
static bool read_all(int file, struct text *text)
{
    char chunk[16384];

    while (text->length <= ZONE_BYTES_MAX) {
        ssize_t got = read(file, chunk, sizeof chunk);
        if (got == 0)
            return true;
        if (got < 0 && errno != EINTR)
            return false;
        if (got > 0)
            text_add_bytes(text, chunk, (size_t)got);
    }
    return true;
}

static enum status refuse(struct faults *faults, const char *path, enum status status,
                          const char *why)
{
    faults_add(faults, path, 0, "%s", why);
    return status;
}

static enum status load(int file, const char *path, struct faults *faults, struct text *text)
{
    struct stat stat;

    if (fstat(file, &stat) != 0)
        return refuse(faults, path, STATUS_UNREADABLE, strerror(errno));
    if (!S_ISREG(stat.st_mode))
        return refuse(faults, path, STATUS_UNREADABLE, "not a regular file");
    if (!read_all(file, text))
        return refuse(faults, path, STATUS_UNREADABLE, strerror(errno));
    if (text->length > ZONE_BYTES_MAX)
        return refuse(faults, path, STATUS_LIMIT, "a zone file has at most 4 MiB");
    return STATUS_OK;
}

enum status zone_read(const char *path, struct faults *faults, struct zone **zone)
{
    const char *slash = strrchr(path, '/');
    struct text text = {0};
    enum status status;
    int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);

    if (file < 0)
        return refuse(faults, path, errno == ENOENT ? STATUS_NOT_FOUND : STATUS_UNREADABLE,
                      strerror(errno));
    status = load(file, path, faults, &text);
    close(file);
    if (status == STATUS_OK)
        status =
            read_bytes(text_get(&text), text.length, path, slash ? slash + 1 : path, faults, zone);
    text_clear(&text);
    return status;
}
