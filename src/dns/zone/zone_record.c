/* One record of a zone file: owner, TTL and class, type, rdata (RFC 1035 5.1). */
#include "dns/rdata.h"
#include "dns/type.h"
#include "dns/zone/zone_field.h"
#include "dns/zone/zone_rdata.h"
#include "dns/zone/zone_reading.h"

#include "base/message.h"

#include <string.h>
#include <strings.h>

enum { UNKNOWN_TTL = 3600, TYPES_LISTED = 200 };

const char *zone_reading_origin(struct zone_reading *reading, const char *name)
{
    if (!zone_rdata_is_relative(name))
        return "."; /* of no use, and none is missing */
    if (reading->is_origin_given)
        zone_take_origin(reading->zone, reading->origin);
    else if (!reading->has_origin && !reading->is_origin_missed) {
        reading->is_origin_missed = true;
        faults_add(reading->faults, reading->file, reading->lines.first_line,
                   tr("a relative name before any $ORIGIN: \"%.80s\" (--zone NAME=FILE or --origin "
                      "NAME gives one)"),
                   name);
    }
    return reading->has_origin ? reading->origin : NULL;
}

static bool read_owner(struct zone_reading *reading, size_t *index)
{
    const char *name = zone_reading_token(reading, 0), *origin;
    char reason[ZONE_REASON];

    if (reading->lines.indented) {
        if (!reading->has_owner && !reading->is_origin_missed)
            zone_reading_fault(reading, tr("the first record has no owner name"), "");
        return reading->has_owner;
    }
    *index = 1;
    origin = zone_reading_origin(reading, name);
    reading->has_owner = origin && zone_rdata_name(name, origin, reading->owner, reason);
    if (origin && !reading->has_owner)
        zone_reading_fault(reading, reason, "");
    zone_reading_spell(reading, name, reading->owner_spelled);
    return reading->has_owner;
}

static bool is_class(const char *token)
{
    static const char *const classes[] = {"IN", "CH", "CS", "HS", "ANY", "NONE"};

    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (classes[i][0] == (*token & ~0x20) && strcasecmp(classes[i], token) == 0)
            return true;
    return strncasecmp(token, "CLASS", 5) == 0 && token[5] != '\0' &&
           token[5 + strspn(token + 5, "0123456789")] == '\0';
}

static bool check_class(struct zone_reading *reading, const char *token)
{
    if (strcasecmp(token, "IN") == 0 || strcasecmp(token, "CLASS1") == 0)
        return true;
    zone_reading_fault(reading, tr("only class IN is read"), token);
    return false;
}

/* What exports of Windows put in front of the TTL of a record that ages: "[AGE:3642141]". */
static bool is_age(const char *token)
{
    return strncasecmp(token, "[AGE:", 5) == 0;
}

static void warn_of_ttl(struct zone_reading *reading, const char *token)
{
    uint32_t number;

    if (zone_field_number(token, UINT32_MAX, &number) && number > INT32_MAX)
        faults_add(reading->warnings, reading->file, reading->lines.first_line,
                   tr("a TTL over 2147483647 counts as 0 (RFC 2181 8): %s"), token);
}

/* The optional TTL and class in either order; false when one of them is bad. */
static bool read_ttl_and_class(struct zone_reading *reading, size_t *index, struct zone_rr *rr,
                               bool *has_ttl)
{
    bool has_class = false;

    *has_ttl = false;
    for (;; ++*index) {
        const char *token = zone_reading_token(reading, *index);
        if (!has_class && is_class(token)) {
            has_class = true;
            if (!check_class(reading, token))
                return false;
        } else if (!*has_ttl && *token >= '0' && *token <= '9') {
            *has_ttl = true;
            if (!zone_rdata_ttl(token, &rr->ttl)) {
                zone_reading_fault(
                    reading, tr("a TTL is a number of seconds below 4294967296, or 1w2d3h4m5s"),
                    token);
                return false;
            }
            warn_of_ttl(reading, token);
        } else if (!is_age(token)) {
            return true;
        }
    }
}

/* A record of a type that is not known, or of none that a zone can hold, is left out; each type is
 * told once. */
static void leave_out(struct zone_reading *reading, const char *type)
{
    struct text *types = &reading->unknown_types;
    const char *found = types->length ? strstr(text_get(types), type) : NULL;

    if (!types->length)
        reading->unknown_line = reading->lines.first_line;
    if ((found && (found[strlen(type)] == '\0' || found[strlen(type)] == ',')) ||
        types->length > TYPES_LISTED)
        return;
    text_format(types, "%s%.40s", types->length ? ", " : "", type);
}

/* Could it be the name of a type? A letter, then letters, digits and hyphens. */
static bool looks_like_type(const char *token)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    return strspn(token, letters) > 0 &&
           token[strspn(token, letters) + strspn(token + strspn(token, letters), "0123456789-")] ==
               '\0';
}

static bool is_for_records(uint16_t type)
{
    return type != 0 && type != TYPE_OPT && !(type >= 249 && type <= TYPE_ANY);
}

static bool read_type(struct zone_reading *reading, size_t *index, struct zone_rr *rr)
{
    const char *token = zone_reading_token(reading, *index);
    bool known = type_parse(token, &rr->type);

    if (*index >= reading->lines.token_count)
        zone_reading_fault(reading, tr("the record has no type"), "");
    else if (known && is_for_records(rr->type))
        return ++*index;
    else if (known || looks_like_type(token))
        leave_out(reading, token);
    else
        zone_reading_fault(reading, tr("not a record type"), token);
    return false;
}

static void keep(struct zone_reading *reading, const struct zone_rr *rr)
{
    if (zone_add(reading->zone, rr))
        zone_spell(reading->zone, rr->owner, reading->owner_spelled);
    else
        zone_reading_fault(reading, tr("a second SOA record that differs from the first"),
                           rr->owner);
}

/* The line of the token where a fault is. */
static size_t line_of(const struct zone_reading *reading, size_t index)
{
    const struct zone_lines *lines = &reading->lines;

    return index < lines->token_count ? lines->tokens[index].line : lines->first_line;
}

/* Asks for the origin when a name among the fields needs one; false when there is none. */
static bool has_origin_for(struct zone_reading *reading, size_t first, uint16_t type)
{
    const char *shape = rdata_shape(type);

    for (size_t i = 0; shape && shape[i] && strchr("124n", shape[i]); i++)
        if (shape[i] == 'n' && first + i < reading->lines.token_count &&
            strcmp(zone_reading_token(reading, first), "\\#") != 0 &&
            !zone_reading_origin(reading, zone_reading_token(reading, first + i)))
            return false;
    return true;
}

static bool encode(struct zone_reading *reading, size_t first, struct zone_rr *rr,
                   struct text *octets)
{
    char reason[ZONE_REASON];
    size_t at;
    struct zone_rdata rdata = {
        .owner = rr->owner,
        .origin = reading->has_origin ? reading->origin : NULL,
        .type = rr->type,
        .tokens = reading->lines.tokens + first,
        .count = reading->lines.token_count - first,
    };

    if (!has_origin_for(reading, first, rr->type))
        return false;
    if (!zone_rdata_encode(&rdata, octets, reason, &at)) {
        faults_add(reading->faults, reading->file, line_of(reading, first + at), "%s", reason);
        return false;
    }
    rr->rdata = (const uint8_t *)text_get(octets);
    rr->length = (uint16_t)octets->length;
    return true;
}

/* A TTL that neither the record states nor anything before it: that of the SOA minimum, its own or
 * of the one before, as BIND does; that of the SOA itself is then the default of the zone, as in
 * files of Windows. Warns once. */
static uint32_t assumed_ttl(struct zone_reading *reading, const struct zone_rr *rr)
{
    const struct zone_rr *soa = rr->type == TYPE_SOA ? rr : zone_soa(reading->zone);
    uint32_t ttl = soa ? zone_soa_minimum(soa) : UNKNOWN_TTL;

    faults_add(reading->warnings, reading->file, reading->lines.first_line,
               soa ? tr("no TTL is stated: %lu is taken, the minimum of the SOA")
                   : tr("no TTL is stated: %lu is taken"),
               (unsigned long)ttl);
    if (rr->type == TYPE_SOA) {
        reading->has_default_ttl = true;
        reading->default_ttl = ttl;
    }
    return ttl;
}

/* A TTL the record does not state itself (RFC 2308 4, RFC 1035 5.1). */
static uint32_t inherited_ttl(struct zone_reading *reading, const struct zone_rr *rr)
{
    if (reading->has_default_ttl)
        return reading->default_ttl;
    return reading->has_last_ttl ? reading->last_ttl : assumed_ttl(reading, rr);
}

void zone_reading_record(struct zone_reading *reading)
{
    struct text octets = {0};
    struct zone_rr rr = {.owner = reading->owner,
                         .file = reading->included,
                         .line = (uint32_t)reading->lines.first_line};
    size_t index = 0;
    bool has_ttl;

    if (!read_owner(reading, &index) || !read_ttl_and_class(reading, &index, &rr, &has_ttl) ||
        !read_type(reading, &index, &rr))
        return;
    if (encode(reading, index, &rr, &octets)) {
        if (!has_ttl)
            rr.ttl = inherited_ttl(reading, &rr);
        keep(reading, &rr);
    }
    if (has_ttl || octets.length) {
        reading->has_last_ttl = true;
        reading->last_ttl = rr.ttl;
    }
    text_clear(&octets);
}
