#include "dns/rr.h"

#include "dns/name.h"
#include "dns/rdata.h"
#include "dns/wire_scan.h"

#include <stdlib.h>
#include <string.h>

static void cut_trailing_space(ldns_buffer *buffer)
{
    size_t length = ldns_buffer_position(buffer);

    while (length > 0 && ldns_buffer_read_u8_at(buffer, length - 1) == ' ')
        length--;
    ldns_buffer_set_position(buffer, length);
}

static bool has_foreign_text(uint16_t type)
{
    return !rdata_is_native(type) && rdata_shape(type);
}

/* The presentation form of rdata that has no text of its own in rdata.c; free() it. NULL for types
 * whose text ldns must not be asked for. */
static char *foreign_text(const ldns_rr *rr, uint16_t type)
{
    ldns_buffer *buffer;
    char *text = NULL;

    if (!has_foreign_text(type))
        return NULL;
    buffer = memory_checked(ldns_buffer_new(LDNS_MIN_BUFLEN));
    for (size_t i = 0; i < ldns_rr_rd_count(rr); i++) {
        if (i > 0)
            ldns_buffer_printf(buffer, " ");
        if (ldns_rdf2buffer_str(buffer, ldns_rr_rdf(rr, i)) != LDNS_STATUS_OK)
            goto out;
        cut_trailing_space(buffer);
    }
    text = memory_checked(ldns_buffer_export2str(buffer));
out:
    ldns_buffer_free(buffer);
    return text;
}

/* Type, class, TTL and length, which stand between owner and rdata. */
static size_t put_fixed(uint8_t *out, const struct rr_parts *parts)
{
    const unsigned numbers[] = {parts->type, WIRE_CLASS_IN, parts->ttl >> 16, parts->ttl & 0xffff,
                                (unsigned)parts->length};
    size_t count = sizeof numbers / sizeof *numbers;

    for (size_t i = 0; i < count; i++) {
        out[2 * i] = (uint8_t)(numbers[i] >> 8);
        out[2 * i + 1] = (uint8_t)numbers[i];
    }
    return 2 * count;
}

size_t rr_rdata(const ldns_rr *rr, uint8_t **octets)
{
    uint8_t *out;
    size_t length = 0;

    for (size_t i = 0; i < ldns_rr_rd_count(rr); i++)
        length += ldns_rdf_size(ldns_rr_rdf(rr, i));
    out = memory_new(length + 1, 1);
    *octets = out;
    for (size_t i = 0; i < ldns_rr_rd_count(rr); i++) {
        const ldns_rdf *field = ldns_rr_rdf(rr, i);
        if (ldns_rdf_size(field) > 0)
            memcpy(out, ldns_rdf_data(field), ldns_rdf_size(field));
        out += ldns_rdf_size(field);
    }
    return length;
}

static bool decode(struct arena *arena, const struct rr_parts *parts, const char *foreign,
                   const char *likely, struct record *record)
{
    record->owner = strcmp(parts->owner, likely) == 0 ? likely : arena_dup(arena, parts->owner);
    record->type = parts->type;
    record->ttl = parts->ttl > INT32_MAX ? 0 : parts->ttl;
    return rdata_decode(arena, parts->rdata, parts->length, foreign, record);
}

bool rr_read(struct arena *arena, const ldns_rr *rr, const char *likely, struct record *record)
{
    const ldns_rdf *owner = ldns_rr_owner(rr);
    struct rr_parts parts = {.type = (uint16_t)ldns_rr_get_type(rr), .ttl = ldns_rr_ttl(rr)};
    uint8_t *rdata = NULL;
    char name[NAME_TEXT], *foreign;
    size_t used;
    bool read;

    if (!name_from_wire(ldns_rdf_data(owner), ldns_rdf_size(owner), name, &used))
        return false;
    parts.owner = name;
    parts.length = rr_rdata(rr, &rdata);
    parts.rdata = rdata;
    foreign = foreign_text(rr, parts.type);
    read = decode(arena, &parts, foreign, likely, record);
    free(foreign);
    free(rdata);
    return read;
}

bool rr_decode(struct arena *arena, const struct rr_parts *parts, const char *likely,
               struct record *record)
{
    ldns_rr *rr;
    bool read;

    if (!has_foreign_text(parts->type))
        return decode(arena, parts, NULL, likely, record);
    rr = rr_new(parts);
    read = rr && rr_read(arena, rr, likely, record);
    ldns_rr_free(rr);
    return read;
}

ldns_rr *rr_new(const struct rr_parts *parts)
{
    struct wire_scan scan;
    size_t at = WIRE_HEADER, length;
    uint8_t *message = memory_new(WIRE_HEADER + NAME_WIRE + 10 + parts->length, 1);
    ldns_rr *rr = NULL;

    message[7] = 1; /* one answer */
    at += name_to_wire(parts->owner, message + at);
    length = put_fixed(message + at, parts);
    memcpy(message + at + length, parts->rdata, parts->length);
    at += length + parts->length;
    length = at;
    at = WIRE_HEADER;
    if (!wire_scan_header(&scan, message, length) || !wire_scan_records(&scan) ||
        ldns_wire2rr(&rr, message, length, &at, LDNS_SECTION_ANSWER) != LDNS_STATUS_OK)
        rr = NULL;
    free(message);
    return rr;
}
