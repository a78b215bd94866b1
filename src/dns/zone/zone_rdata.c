#include "dns/zone/zone_rdata.h"

#include "base/escape.h"
#include "dns/address.h"
#include "dns/name.h"
#include "dns/rdata.h"
#include "dns/rr.h"
#include "dns/type.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TYPE_CERT = 37, TYPE_SSHFP = 44, TYPE_SMIMEA = 53, TYPE_CDS = 59 };
enum { RDATA_MAX = 65535, STRING_MAX = 255, LINE_MAX_BYTES = 8192 };

static bool fail(char reason[ZONE_REASON], const char *what, const char *token)
{
    snprintf(reason, ZONE_REASON, "%s: \"%.80s%s\"", what, token, strlen(token) > 80 ? "..." : "");
    return false;
}

static bool is_relative(const char *token)
{
    size_t length = strlen(token), backslashes = 0;

    if (length == 0 || token[length - 1] != '.')
        return true;
    while (backslashes + 1 < length && token[length - 2 - backslashes] == '\\')
        backslashes++;
    return backslashes % 2 != 0;
}

bool zone_rdata_name(const char *token, const char *origin, char out[], char reason[ZONE_REASON])
{
    const char *why = "the name has more than 255 octets";
    bool at = strcmp(token, "@") == 0, relative = is_relative(token);
    char whole[2 * NAME_TEXT];

    if ((at || relative) && !origin)
        return fail(reason, "a relative name before any $ORIGIN", token);
    if (strlen(token) >= NAME_TEXT)
        return fail(reason, why, token);
    if (at)
        snprintf(whole, sizeof whole, "%s", origin);
    else if (relative)
        snprintf(whole, sizeof whole, "%s.%s", token, name_is_root(origin) ? "" : origin);
    else
        snprintf(whole, sizeof whole, "%s", token);
    return name_canonical(whole, out, &why) == STATUS_OK || fail(reason, why, token);
}

static bool parse_number(const char *token, uint32_t most, uint32_t *number)
{
    unsigned long long value;
    size_t digits = strspn(token, "0123456789");

    if (digits == 0 || digits > 10 || token[digits] != '\0')
        return false;
    value = strtoull(token, NULL, 10);
    if (value > most)
        return false;
    *number = (uint32_t)value;
    return true;
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

    if (parse_number(token, INT32_MAX, ttl))
        return true;
    if (*token == '\0')
        return false;
    while (*token != '\0') {
        size_t digits = strspn(token, "0123456789");
        uint64_t unit = unit_seconds(token[digits]);
        if (digits == 0 || digits > 10 || unit == 0)
            return false;
        total += strtoull(token, NULL, 10) * unit;
        if (total > INT32_MAX)
            return false;
        token += digits + 1;
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

    if (!parse_number(token, most, &number) && !(octets == 4 && zone_rdata_ttl(token, &number))) {
        char what[64];
        snprintf(what, sizeof what, "not a number from 0 to %lu", (unsigned long)most);
        return fail(reason, what, token);
    }
    put_number(out, number, octets);
    return true;
}

static bool put_address(const char *token, uint8_t family, struct text *out,
                        char reason[ZONE_REASON])
{
    struct address address;

    if (!address_parse(token, &address) || address.family != family)
        return fail(reason, family == 4 ? "not an IPv4 address" : "not an IPv6 address", token);
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
            return fail(reason, "a bad escape", token);
        text_add_char(out, (char)octet);
    }
    if (out->length - start - 1 > STRING_MAX)
        return fail(reason, "a string has more than 255 octets", token);
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
    default:
        return put_field_number(token, (unsigned)(field - '0'), out, reason);
    }
}

static bool put_fields(const struct zone_rdata *rdata, const char *shape, struct text *out,
                       char reason[ZONE_REASON])
{
    for (size_t i = 0; i < rdata->count; i++) {
        if (*shape == '\0')
            return fail(reason, "more than the record type has", rdata->tokens[i].text);
        if (!put_field(rdata, *shape, rdata->tokens[i].text, out, reason))
            return false;
        if (*shape != 'S' || i + 1 == rdata->count)
            shape++;
    }
    if (*shape != '\0') {
        snprintf(reason, ZONE_REASON, "the record is incomplete");
        return false;
    }
    return true;
}

/* One line of text for ldns, every octet outside printable ASCII escaped. */
static void put_line(const struct zone_rdata *rdata, struct text *line)
{
    text_format(line, "%s 0 IN TYPE%u", rdata->owner, rdata->type);
    for (size_t i = 0; i < rdata->count; i++) {
        const char *quote = rdata->tokens[i].quoted ? "\"" : "";
        text_format(line, " %s", quote);
        escape_bytes(line, rdata->tokens[i].text, strlen(rdata->tokens[i].text), ESCAPE_ASCII,
                     false);
        text_add(line, quote);
    }
}

/* Is it in the form of RFC 3597? */
static bool is_generic(const struct zone_rdata *rdata)
{
    return rdata->count > 0 && !rdata->tokens[0].quoted &&
           strcmp(rdata->tokens[0].text, "\\#") == 0;
}

/* ldns takes numbers that are too large modulo their width, so they are looked at before. */
static bool check_numbers(const struct zone_rdata *rdata, const char *shape,
                          char reason[ZONE_REASON])
{
    for (size_t i = 0; shape && i < rdata->count && strchr("12", shape[i]) && shape[i]; i++) {
        const char *token = rdata->tokens[i].text;
        uint32_t number;
        if (token[strspn(token, "0123456789")] == '\0' &&
            !parse_number(token, shape[i] == '1' ? UINT8_MAX : UINT16_MAX, &number))
            return fail(reason, "a number is too large", token);
    }
    return true;
}

/* ldns loses memory over a certificate type it does not know. */
static bool check_certificate(const struct zone_rdata *rdata, char reason[ZONE_REASON])
{
    const char *token = rdata->count > 0 ? rdata->tokens[0].text : "";
    uint32_t number;

    if (rdata->type != TYPE_CERT || strcmp(token, "\\#") == 0 ||
        ldns_lookup_by_name(ldns_cert_algorithms, token) ||
        (parse_number(token, UINT16_MAX, &number) && number > 0))
        return true;
    return fail(reason, "an unknown certificate type", token);
}

struct digest {
    uint16_t type;
    uint8_t field; /* which field tells the kind of digest */
    uint8_t kind;
    uint8_t octets;
};

/* RFC 4034 5.1.3, RFC 4509, RFC 5933, RFC 6605; RFC 4255 3.1.2, RFC 6594; RFC 6698 2.1.3 */
static const struct digest digests[] = {
    {TYPE_DS, 2, 1, 20},     {TYPE_DS, 2, 2, 32},     {TYPE_DS, 2, 3, 32},   {TYPE_DS, 2, 4, 48},
    {TYPE_CDS, 2, 1, 20},    {TYPE_CDS, 2, 2, 32},    {TYPE_CDS, 2, 3, 32},  {TYPE_CDS, 2, 4, 48},
    {TYPE_SSHFP, 1, 1, 20},  {TYPE_SSHFP, 1, 2, 32},  {TYPE_TLSA, 2, 1, 32}, {TYPE_TLSA, 2, 2, 64},
    {TYPE_SMIMEA, 2, 1, 32}, {TYPE_SMIMEA, 2, 2, 64},
};

/* The octets the digest must have, by the kind that the record names; 0: any number. */
static size_t digest_octets(const struct zone_rdata *rdata)
{
    for (size_t i = 0; i < sizeof digests / sizeof *digests; i++) {
        const struct digest *digest = &digests[i];
        uint32_t kind;
        if (digest->type == rdata->type && digest->field < rdata->count &&
            parse_number(rdata->tokens[digest->field].text, UINT8_MAX, &kind) &&
            kind == digest->kind)
            return digest->octets;
    }
    return 0;
}

static bool has_digest(uint16_t type)
{
    for (size_t i = 0; i < sizeof digests / sizeof *digests; i++)
        if (digests[i].type == type)
            return true;
    return false;
}

/* ldns fills up half an octet, and counts none. */
static bool check_digest(const struct zone_rdata *rdata, const char *shape,
                         char reason[ZONE_REASON])
{
    size_t digits = 0, octets = digest_octets(rdata);

    if (!has_digest(rdata->type) || is_generic(rdata))
        return true;
    for (size_t i = strlen(shape) - 1; i < rdata->count; i++)
        digits += strlen(rdata->tokens[i].text);
    if (digits % 2 == 0 && (octets == 0 || digits == 2 * octets))
        return true;
    if (digits % 2 != 0)
        snprintf(reason, ZONE_REASON, "an odd number of hexadecimal digits: %zu", digits);
    else
        snprintf(reason, ZONE_REASON, "a digest of this kind has %zu octets, not %zu", octets,
                 digits / 2);
    return false;
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
        snprintf(reason, ZONE_REASON, "the record has more than %d characters", LINE_MAX_BYTES);
    else if (ldns_rr_new_frm_str(&rr, text_get(&line), 0, origin, NULL) != LDNS_STATUS_OK)
        snprintf(reason, ZONE_REASON, "the fields are not those of the record type");
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

/* May the fields be encoded here? Hexadecimal, base64 and bit maps are left to ldns, and so is the
 * form of RFC 3597. */
static bool has_plain_shape(const struct zone_rdata *rdata, const char *shape)
{
    return shape && !is_generic(rdata) && !strpbrk(shape, "hxX");
}

bool zone_rdata_encode(const struct zone_rdata *rdata, struct text *out, char reason[ZONE_REASON])
{
    const char *shape = rdata_shape(rdata->type);
    bool encoded = has_plain_shape(rdata, shape)
                       ? put_fields(rdata, shape, out, reason)
                       : check_numbers(rdata, shape, reason) && check_certificate(rdata, reason) &&
                             encode_by_ldns(rdata, out, reason) &&
                             check_digest(rdata, shape, reason);

    if (encoded && out->length > RDATA_MAX) {
        snprintf(reason, ZONE_REASON, "the record has more than 65535 octets of rdata");
        return false;
    }
    return encoded;
}
