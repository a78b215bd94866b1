#include "dns/zone/zone_rdata.h"

#include "base/message.h"
#include "dns/zone/zone_field.h"

#include "base/escape.h"
#include "dns/address.h"
#include "dns/name.h"
#include "dns/rdata.h"
#include "dns/rr.h"
#include "dns/type.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RDATA_MAX = 65535, STRING_MAX = 255, ROOMY = 65000, LINE_MAX_BYTES = 8192 };

bool zone_rdata_is_relative(const char *token)
{
    size_t length = strlen(token), backslashes = 0;

    if (length == 0 || token[length - 1] != '.')
        return true;
    while (backslashes + 1 < length && token[length - 2 - backslashes] == '\\')
        backslashes++;
    return backslashes % 2 != 0;
}

size_t zone_rdata_whole(const char *token, const char *origin, char out[])
{
    size_t length = 0, rest = strlen(origin);

    if (strcmp(token, "@") != 0) {
        length = strlen(token);
        memcpy(out, token, length);
        if (!zone_rdata_is_relative(token))
            rest = 0;
        else
            out[length++] = '.';
        rest -= rest == 1; /* the root */
    }
    memcpy(out + length, origin, rest);
    out[length + rest] = '\0';
    return length + rest;
}

bool zone_rdata_name(const char *token, const char *origin, char out[], char reason[ZONE_REASON])
{
    const char *why = "the name has more than 255 octets";
    bool relative = zone_rdata_is_relative(token);
    char whole[2 * NAME_TEXT];

    if (relative && !origin)
        return zone_field_fail(reason, tr("a relative name before any $ORIGIN"), token);
    if (strlen(token) >= NAME_TEXT)
        return zone_field_fail(reason, why, token);
    if (relative && strcmp(token, "@") != 0 && name_join(token, origin, out) == STATUS_OK)
        return true;
    zone_rdata_whole(token, relative ? origin : "", whole);
    return name_canonical(whole, out, &why) == STATUS_OK || zone_field_fail(reason, why, token);
}

static uint64_t unit_seconds(char unit)
{
    switch (unit | 0x20) {
    case 's':
        return 1;
    case 'm':
        return 60;
    case 'h':
        return 3600;
    case 'd':
        return 86400;
    case 'w':
        return 604800;
    default:
        return 0;
    }
}

bool zone_rdata_ttl(const char *token, uint32_t *ttl)
{
    uint64_t total = 0;

    if (zone_field_number(token, UINT32_MAX, ttl)) {
        *ttl = *ttl > INT32_MAX ? 0 : *ttl;
        return true;
    }
    if (*token == '\0')
        return false;
    while (*token != '\0') {
        size_t digits = strspn(token, "0123456789");
        bool last = token[digits] == '\0'; /* "1h30": seconds */
        uint64_t unit = last ? 1 : unit_seconds(token[digits]);
        if (digits == 0 || digits > 10 || unit == 0)
            return false;
        total += strtoull(token, NULL, 10) * unit;
        if (total > INT32_MAX)
            return false;
        token += digits + !last;
    }
    *ttl = (uint32_t)total;
    return true;
}

static void put_number(struct text *out, uint32_t number, unsigned octets)
{
    while (octets-- > 0)
        text_add_char(out, (char)(uint8_t)(number >> 8 * octets));
}

static bool put_field_number(const char *token, unsigned octets, struct text *out,
                             char reason[ZONE_REASON])
{
    uint32_t most = octets == 4 ? UINT32_MAX : (1u << 8 * octets) - 1, number;

    if (!zone_field_number(token, most, &number) &&
        !(octets == 4 && zone_rdata_ttl(token, &number))) {
        char what[64];
        snprintf(what, sizeof what, tr("not a number from 0 to %lu"), (unsigned long)most);
        return zone_field_fail(reason, what, token);
    }
    put_number(out, number, octets);
    return true;
}

static bool put_address(const char *token, uint8_t family, struct text *out,
                        char reason[ZONE_REASON])
{
    struct address address;

    if (!address_parse(token, &address) || address.family != family)
        return zone_field_fail(
            reason, family == 4 ? tr("not an IPv4 address") : tr("not an IPv6 address"), token);
    text_add_bytes(out, address.bytes, family == 4 ? 4 : 16);
    return true;
}

static bool put_name(const struct zone_rdata *rdata, const char *token, struct text *out,
                     char reason[ZONE_REASON])
{
    char name[NAME_TEXT];
    uint8_t wire[NAME_WIRE];

    if (!zone_rdata_name(token, rdata->origin, name, reason))
        return false;
    text_add_bytes(out, wire, name_to_wire(name, wire));
    return true;
}

static bool put_string(const char *token, struct text *out, char reason[ZONE_REASON])
{
    size_t start = out->length;

    text_add_char(out, 0);
    for (const char *cursor = token; *cursor != '\0';) {
        int octet = zone_token_octet(&cursor);
        if (octet < 0)
            return zone_field_fail(reason, tr("a bad escape"), token);
        text_add_char(out, (char)octet);
    }
    if (out->length - start - 1 > STRING_MAX)
        return zone_field_fail(reason, tr("a string has more than 255 octets"), token);
    out->bytes[start] = (char)(out->length - start - 1);
    return true;
}

static bool put_field(const struct zone_rdata *rdata, char field, const char *token,
                      struct text *out, char reason[ZONE_REASON])
{
    switch (field) {
    case 'a':
        return put_address(token, 4, out, reason);
    case 'A':
        return put_address(token, 6, out, reason);
    case 'n':
        return put_name(rdata, token, out, reason);
    case 's':
    case 'S':
        return put_string(token, out, reason);
    case '.': /* there is none, whatever stands there */
        return true;
    default:
        return put_field_number(token, (unsigned)(field - '0'), out, reason);
    }
}

static bool put_fields(const struct zone_rdata *rdata, const char *shape, struct text *out,
                       char reason[ZONE_REASON], size_t *at)
{
    for (*at = 0; *at < rdata->count; ++*at) {
        const char *token = rdata->tokens[*at].text;
        if (*shape == '\0')
            return zone_field_fail(reason, tr("more than the record type has"), token);
        if (!put_field(rdata, *shape, token, out, reason))
            return false;
        if (*shape != 'S' || *at + 1 == rdata->count)
            shape++;
    }
    return *shape == '\0' || zone_field_incomplete(reason);
}

/* RFC 3597 5: "\\#", the number of octets, and these in hexadecimal. */
static bool put_generic(const struct zone_rdata *rdata, struct text *out, char reason[ZONE_REASON],
                        size_t *at)
{
    size_t start = out->length;
    uint32_t length;

    *at = 1;
    if (rdata->count < 2)
        return zone_field_incomplete(reason);
    if (!zone_field_number(rdata->tokens[1].text, RDATA_MAX, &length))
        return zone_field_fail(reason, tr("not a number from 0 to 65535"), rdata->tokens[1].text);
    *at = 2;
    if (!zone_rdata_hex(rdata, out, reason, at))
        return false;
    if (out->length - start == length)
        return true;
    *at = 1;
    return zone_field_fail(reason, tr("not the number of octets that follow"),
                           rdata->tokens[1].text);
}

/* Is the token the quoted value of key="value" (RFC 9460 2.1)? */
static bool is_joined(const struct zone_rdata *rdata, size_t i)
{
    const char *before = i > 0 ? rdata->tokens[i - 1].text : "";
    size_t length = strlen(before);

    return (rdata->type == TYPE_SVCB || rdata->type == TYPE_HTTPS) && rdata->tokens[i].glued &&
           rdata->tokens[i].quoted && length > 0 && before[length - 1] == '=';
}

/* ldns wants the last field of CAA and URI quoted, which people leave out (RFC 8659 4.1.1), and the
 * others not. */
static bool is_quoted(const struct zone_rdata *rdata, size_t i)
{
    if (rdata->type == TYPE_CAA || rdata->type == TYPE_URI)
        return i == 2;
    return rdata->tokens[i].quoted;
}

/* Where a place lies is a capital letter to ldns (RFC 1876 3). */
static void put_token(const struct zone_rdata *rdata, const char *token, struct text *line)
{
    if (rdata->type == TYPE_LOC && strlen(token) == 1 && strchr("nsew", *token))
        text_add_char(line, (char)(*token - 'a' + 'A'));
    else
        escape_bytes(line, token, strlen(token), ESCAPE_ASCII, false);
}

/* One line of text for ldns, every octet outside printable ASCII escaped. */
static void put_line(const struct zone_rdata *rdata, struct text *line)
{
    text_format(line, "%s 0 IN TYPE%u", rdata->owner, rdata->type);
    for (size_t i = 0; i < rdata->count; i++) {
        const char *quote = is_quoted(rdata, i) ? "\"" : "";
        text_format(line, "%s%s", is_joined(rdata, i) ? "" : " ", quote);
        put_token(rdata, rdata->tokens[i].text, line);
        text_add(line, quote);
    }
}

static bool encode_by_ldns(const struct zone_rdata *rdata, struct text *out,
                           char reason[ZONE_REASON])
{
    struct text line = {0};
    ldns_rdf *origin = rdata->origin ? ldns_dname_new_frm_str(rdata->origin) : NULL;
    ldns_rr *rr = NULL;
    uint8_t *octets;
    size_t length;
    bool encoded = false;

    put_line(rdata, &line);
    if (line.length > LINE_MAX_BYTES)
        snprintf(reason, ZONE_REASON, tr("the record has more than %d characters"), LINE_MAX_BYTES);
    else if (ldns_rr_new_frm_str(&rr, text_get(&line), 0, origin, NULL) != LDNS_STATUS_OK)
        snprintf(reason, ZONE_REASON, tr("the fields are not those of the record type"));
    else {
        length = rr_rdata(rr, &octets);
        text_add_bytes(out, octets, length);
        free(octets);
        encoded = true;
    }
    ldns_rr_free(rr);
    ldns_rdf_deep_free(origin);
    text_clear(&line);
    return encoded;
}

static bool is_generic(const struct zone_rdata *rdata)
{
    return rdata->count > 0 && !rdata->tokens[0].quoted &&
           strcmp(rdata->tokens[0].text, "\\#") == 0;
}

static bool has_numbers(const struct zone_rdata *rdata, size_t count)
{
    uint32_t number;

    for (size_t i = 0; i < count; i++)
        if (i >= rdata->count || !zone_field_number(rdata->tokens[i].text, UINT16_MAX, &number))
            return false;
    return true;
}

/* Numbers, then base64 in any number of tokens; keys may be longer than a line of ldns. */
static bool put_base64(const struct zone_rdata *rdata, const char *shape, struct text *out,
                       char reason[ZONE_REASON], size_t *at)
{
    struct text joined = {0};
    ldns_rdf *octets = NULL;
    bool good;

    for (*at = 0; *at + 1 < strlen(shape); ++*at)
        if (!put_field(rdata, shape[*at], rdata->tokens[*at].text, out, reason))
            return false;
    if (*at == rdata->count)
        return zone_field_incomplete(reason);
    for (size_t i = *at; i < rdata->count; i++)
        text_add(&joined, rdata->tokens[i].text);
    good = ldns_str2rdf_b64(&octets, text_get(&joined)) == LDNS_STATUS_OK;
    if (good)
        text_add_bytes(out, ldns_rdf_data(octets), ldns_rdf_size(octets));
    ldns_rdf_deep_free(octets);
    text_clear(&joined);
    return good || zone_field_fail(reason, tr("not base64"), rdata->tokens[*at].text);
}

/* Is the rdata numbers and then base64? With a mnemonic among the numbers ldns reads it. */
static bool is_base64(const struct zone_rdata *rdata, const char *shape)
{
    static const uint16_t types[] = {TYPE_DNSKEY, TYPE_CDNSKEY, TYPE_CERT, TYPE_OPENPGPKEY};

    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (types[i] == rdata->type)
            return has_numbers(rdata, strlen(shape) - 1);
    return false;
}

/* The fields that there are of records whose last one may be missing: IPSECKEY without a key (RFC
 * 4025 2.4), CSYNC without types (RFC 7477 2.1.1.2); NULL: it is not missing. */
static const char *shortened(const struct zone_rdata *rdata)
{
    static const char *const gateways[] = {"111.", "111a", "111A", "111n"};
    uint32_t kind;

    if (rdata->type == TYPE_CSYNC && rdata->count == 2)
        return "42";
    if (rdata->type != TYPE_IPSECKEY || rdata->count != 4 ||
        !zone_field_number(rdata->tokens[1].text, sizeof gateways / sizeof *gateways - 1, &kind))
        return NULL;
    return gateways[kind];
}

/* Are there fields, each of a form that is written here? */
static bool has_plain_fields(uint16_t type)
{
    const char *shape = rdata_shape(type);

    return shape && !strpbrk(shape, "hxX");
}

static bool put_rdata(const struct zone_rdata *rdata, struct text *out, char reason[ZONE_REASON],
                      size_t *at)
{
    const char *shape = rdata_shape(rdata->type), *shorter = shortened(rdata);

    if (is_generic(rdata))
        return put_generic(rdata, out, reason, at);
    if (shorter)
        return put_fields(rdata, shorter, out, reason, at);
    if (has_plain_fields(rdata->type))
        return put_fields(rdata, shape, out, reason, at);
    if (is_base64(rdata, shape))
        return put_base64(rdata, shape, out, reason, at);
    if (!zone_rdata_check(rdata, reason, at))
        return false;
    *at = rdata->count;
    return encode_by_ldns(rdata, out, reason);
}

/* Does a message give back the octets that were put into it? Not so where they have a compressed
 * name, which would mean another one in each message. */
static bool is_kept(const ldns_rr *rr, const struct text *octets)
{
    uint8_t *again;
    size_t length = rr_rdata(rr, &again);
    bool kept = length == octets->length && memcmp(again, text_get(octets), length) == 0;

    free(again);
    return kept;
}

static bool is_readable(const struct rr_parts *parts)
{
    struct arena *arena = arena_new();
    struct record record = {0};
    bool readable = rr_decode(arena, parts, parts->owner, &record);

    arena_free(arena);
    return readable;
}

/* Can it be put into a message and read from it, with the shape of its type? Fields that were put
 * one by one have that shape, unless there is no room for them. */
static bool is_sound(const struct zone_rdata *rdata, const struct text *octets)
{
    struct rr_parts parts = {.owner = rdata->owner,
                             .type = rdata->type,
                             .rdata = (const uint8_t *)text_get(octets),
                             .length = octets->length};
    ldns_rr *rr;
    bool sound;

    if (octets->length < ROOMY && !is_generic(rdata) && has_plain_fields(rdata->type))
        return true;
    rr = rr_new(&parts);
    sound = rr && is_kept(rr, octets) && is_readable(&parts);
    ldns_rr_free(rr);
    return sound;
}

bool zone_rdata_encode(const struct zone_rdata *rdata, struct text *out, char reason[ZONE_REASON],
                       size_t *at)
{
    if (!put_rdata(rdata, out, reason, at))
        return false;
    *at = rdata->count;
    if (out->length > RDATA_MAX)
        snprintf(reason, ZONE_REASON, tr("the record has more than 65535 octets of rdata"));
    else if (!is_sound(rdata, out))
        snprintf(reason, ZONE_REASON, tr("the rdata does not fit the type"));
    else
        return true;
    return false;
}
