#include "dns/rdata.h"
#include "dns/type.h"
#include "dns/zone/zone_field.h"
#include "dns/zone/zone_params.h"

#include "base/message.h"

#include <ldns/ldns.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* ldns takes numbers that are too large modulo their width. */
static bool check_numbers(const struct zone_rdata *rdata, const char *shape,
                          char reason[ZONE_REASON], size_t *at)
{
    for (*at = 0; shape && *at < rdata->count && strchr("12", shape[*at]) && shape[*at]; ++*at) {
        const char *token = rdata->tokens[*at].text;
        uint32_t number;
        if (token[strspn(token, "0123456789")] == '\0' &&
            !zone_field_number(token, shape[*at] == '1' ? UINT8_MAX : UINT16_MAX, &number))
            return zone_field_fail(reason, tr("a number is too large"), token);
    }
    return true;
}

/* ldns loses memory over a certificate type it does not know. */
static bool check_certificate(const struct zone_rdata *rdata, char reason[ZONE_REASON], size_t *at)
{
    const char *token = rdata->count > 0 ? rdata->tokens[0].text : "";
    uint32_t number;

    *at = 0;
    if (rdata->type != TYPE_CERT || ldns_lookup_by_name(ldns_cert_algorithms, token) ||
        (zone_field_number(token, UINT16_MAX, &number) && number > 0))
        return true;
    return zone_field_fail(reason, tr("an unknown certificate type"), token);
}

struct digest {
    uint16_t type;
    uint8_t field; /* which field tells the kind of digest */
    uint8_t kind;
    uint8_t octets;
};

/* RFC 4034 5.1.3, RFC 4509, RFC 5933, RFC 6605; RFC 4255 3.1.2, RFC 6594. Servers load TLSA and
 * SMIMEA with digests of any length. */
static const struct digest digests[] = {
    {TYPE_DS, 2, 1, 20},    {TYPE_DS, 2, 2, 32},    {TYPE_DS, 2, 3, 32},  {TYPE_DS, 2, 4, 48},
    {TYPE_CDS, 2, 1, 20},   {TYPE_CDS, 2, 2, 32},   {TYPE_CDS, 2, 3, 32}, {TYPE_CDS, 2, 4, 48},
    {TYPE_SSHFP, 1, 1, 20}, {TYPE_SSHFP, 1, 2, 32}, {TYPE_TLSA, 2, 0, 0}, {TYPE_SMIMEA, 2, 0, 0},
    {TYPE_ZONEMD, 2, 0, 0},
};

/* The octets the digest must have, by the kind that the record names; 0: any number. */
static size_t digest_octets(const struct zone_rdata *rdata)
{
    for (size_t i = 0; i < sizeof digests / sizeof *digests; i++) {
        const struct digest *digest = &digests[i];
        uint32_t kind;
        if (digest->type == rdata->type && digest->field < rdata->count &&
            zone_field_number(rdata->tokens[digest->field].text, UINT8_MAX, &kind) &&
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
static bool check_digest(const struct zone_rdata *rdata, char reason[ZONE_REASON], size_t *at)
{
    size_t wanted = digest_octets(rdata), length;
    struct text octets = {0};
    bool good;

    if (!has_digest(rdata->type))
        return true;
    *at = strlen(rdata_shape(rdata->type)) - 1;
    if (rdata->type == TYPE_CDS && *at + 1 == rdata->count &&
        strcmp(rdata->tokens[*at].text, "0") == 0) /* RFC 8078 4: "0 0 0 0" */
        return true;
    good = zone_rdata_hex(rdata, &octets, reason, at);
    length = octets.length;
    text_clear(&octets);
    if (!good || wanted == 0 || length == wanted)
        return good;
    snprintf(reason, ZONE_REASON, tr("a digest of this kind has %zu octets, not %zu"), wanted,
             length);
    return false;
}

/* ldns makes nothing of a type it does not know. */
static bool check_types(const struct zone_rdata *rdata, char reason[ZONE_REASON], size_t *at)
{
    static const struct {
        uint16_t type;
        uint8_t first, last;
    } places[] = {
        {TYPE_RRSIG, 0, 0}, {TYPE_NSEC, 1, 255}, {TYPE_NSEC3, 5, 255}, {TYPE_CSYNC, 2, 255}};

    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        for (*at = places[i].first;
             places[i].type == rdata->type && *at < rdata->count && *at <= places[i].last; ++*at) {
            const char *token = rdata->tokens[*at].text;
            uint16_t type;
            if (!type_parse(token, &type) && !ldns_get_rr_type_by_name(token))
                return zone_field_fail(reason, tr("an unknown record type"), token);
        }
    return true;
}

/* ldns knows mnemonics where nobody else does (RFC 7218). */
static bool check_mnemonics(const struct zone_rdata *rdata, const char *shape,
                            char reason[ZONE_REASON], size_t *at)
{
    bool has_none =
        rdata->type == TYPE_TLSA || rdata->type == TYPE_SMIMEA || rdata->type == TYPE_SSHFP;
    uint32_t number;

    for (*at = 0; has_none && *at < rdata->count && strchr("12", shape[*at]); ++*at)
        if (!zone_field_number(rdata->tokens[*at].text, UINT16_MAX, &number))
            return zone_field_fail(reason, tr("not a number"), rdata->tokens[*at].text);
    return true;
}

/* "51 30 N 0 7 W 10m": the altitude is not optional (RFC 1876 3). */
static bool check_location(const struct zone_rdata *rdata, char reason[ZONE_REASON], size_t *at)
{
    size_t last = rdata->count;

    *at = rdata->count;
    if (rdata->type != TYPE_LOC)
        return true;
    while (last > 0 && strcasecmp(rdata->tokens[last - 1].text, "E") != 0 &&
           strcasecmp(rdata->tokens[last - 1].text, "W") != 0)
        last--;
    if (last == rdata->count)
        return zone_field_incomplete(reason);
    for (*at = last; *at < rdata->count; ++*at)
        if (strchr(rdata->tokens[*at].text, 'M'))
            return zone_field_fail(reason, tr("metres are written \"m\""), rdata->tokens[*at].text);
    return true;
}

/* "1:192.0.2.0/24", "!2:2001:db8::/32": no longer prefix than addresses have (RFC 3123 5). */
static bool check_prefixes(const struct zone_rdata *rdata, char reason[ZONE_REASON], size_t *at)
{
    for (*at = 0; rdata->type == TYPE_APL && *at < rdata->count; ++*at) {
        const char *token = rdata->tokens[*at].text, *slash = strchr(token, '/');
        uint32_t bits, most = token[*token == '!'] == '1' ? 32 : 128;
        if (slash && !zone_field_number(slash + 1, most, &bits))
            return zone_field_fail(reason, tr("not the length of a prefix"), token);
    }
    return true;
}

bool zone_rdata_check(const struct zone_rdata *rdata, char reason[ZONE_REASON], size_t *at)
{
    const char *shape = rdata_shape(rdata->type);

    return check_numbers(rdata, shape, reason, at) && check_mnemonics(rdata, shape, reason, at) &&
           check_certificate(rdata, reason, at) && check_digest(rdata, reason, at) &&
           check_types(rdata, reason, at) && check_location(rdata, reason, at) &&
           check_prefixes(rdata, reason, at) && zone_params_check(rdata, reason, at);
}
