#include "dns/rdata.h"

#include "base/escape.h"
#include "dns/name.h"
#include "dns/type.h"

#include <string.h>

struct shape {
    uint16_t type;
    const char *fields;
};

/* All types whose names a server may compress are here (RFC 3597 4). */
static const struct shape shapes[] = {
    {TYPE_A, "a"},
    {TYPE_NS, "n"},
    {3, "n"}, /* MD */
    {4, "n"}, /* MF */
    {TYPE_CNAME, "n"},
    {TYPE_SOA, "nn44444"},
    {7, "n"}, /* MB */
    {8, "n"}, /* MG */
    {9, "n"}, /* MR */
    {TYPE_PTR, "n"},
    {13, "ss"}, /* HINFO */
    {14, "nn"}, /* MINFO */
    {TYPE_MX, "2n"},
    {TYPE_TXT, "S"},
    {17, "nn"},        /* RP */
    {18, "2n"},        /* AFSDB */
    {21, "2n"},        /* RT */
    {24, "2114442nx"}, /* SIG */
    {26, "2nn"},       /* PX */
    {TYPE_AAAA, "A"},
    {30, "nx"}, /* NXT */
    {TYPE_SRV, "222n"},
    {TYPE_NAPTR, "22sssn"},
    {36, "2n"}, /* KX */
    {TYPE_CERT, "221x"},
    {TYPE_DNAME, "n"},
    {TYPE_DS, "211x"},
    {TYPE_SSHFP, "11x"},
    {TYPE_RRSIG, "2114442nx"},
    {TYPE_NSEC, "nx"},
    {TYPE_DNSKEY, "211x"},
    {TYPE_NSEC3, "112hhx"},
    {51, "112h"}, /* NSEC3PARAM */
    {TYPE_TLSA, "111x"},
    {TYPE_SMIMEA, "111x"},
    {TYPE_CDS, "211x"},
    {TYPE_CDNSKEY, "211x"},
    {TYPE_OPENPGPKEY, "X"},
    {TYPE_CSYNC, "42x"},
    {TYPE_ZONEMD, "411x"},
    {TYPE_SVCB, "2nx"},
    {TYPE_HTTPS, "2nx"},
    {TYPE_SPF, "S"},
    {TYPE_URI, "22x"},
    {TYPE_CAA, "1sx"},
};

const char *rdata_shape(uint16_t type)
{
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (shapes[i].type == type)
            return shapes[i].fields;
    return NULL;
}

/* Reads fields one after the other; after a field that is not there `failed` stays set. */
struct reader {
    struct arena *arena;
    const uint8_t *bytes;
    size_t left;
    bool failed;
};

static const uint8_t *take(struct reader *reader, size_t count)
{
    static const uint8_t nothing[16];
    const uint8_t *bytes = reader->bytes;

    if (reader->failed || reader->left < count) {
        reader->failed = true;
        return nothing;
    }
    reader->bytes += count;
    reader->left -= count;
    return bytes;
}

static uint32_t take_number(struct reader *reader, size_t octets)
{
    const uint8_t *bytes = take(reader, octets);
    uint32_t number = 0;

    for (size_t i = 0; i < octets; i++)
        number = number << 8 | bytes[i];
    return number;
}

static uint8_t take_8(struct reader *reader)
{
    return (uint8_t)take_number(reader, 1);
}

static uint16_t take_16(struct reader *reader)
{
    return (uint16_t)take_number(reader, 2);
}

static uint32_t take_32(struct reader *reader)
{
    return take_number(reader, 4);
}

static const char *take_name(struct reader *reader)
{
    char name[NAME_TEXT];
    size_t used;

    if (reader->failed || !name_from_wire(reader->bytes, reader->left, name, &used)) {
        reader->failed = true;
        return ".";
    }
    take(reader, used);
    return arena_dup(reader->arena, name);
}

static struct octets take_octets(struct reader *reader, size_t count)
{
    struct octets octets = {.bytes = (const uint8_t *)""};
    const uint8_t *bytes = take(reader, count);

    if (!reader->failed) {
        octets.bytes = (const uint8_t *)arena_dup_bytes(reader->arena, bytes, count);
        octets.length = count;
    }
    return octets;
}

static struct octets take_string(struct reader *reader)
{
    return take_octets(reader, take_8(reader));
}

static struct octets take_rest(struct reader *reader)
{
    return take_octets(reader, reader->left);
}

static void decode_address(struct reader *reader, struct record *record)
{
    size_t octets = record->type == TYPE_A ? 4 : 16;

    record->address.family = record->type == TYPE_A ? 4 : 6;
    memcpy(record->address.bytes, take(reader, octets), octets);
}

static void print_address(const struct record *record, struct text *out)
{
    char text[ADDRESS_TEXT];

    text_add(out, address_text(&record->address, text));
}

static void decode_target(struct reader *reader, struct record *record)
{
    record->target = take_name(reader);
}

static void print_target(const struct record *record, struct text *out)
{
    text_add(out, record->target);
}

static void decode_mx(struct reader *reader, struct record *record)
{
    record->mx.preference = take_16(reader);
    record->mx.exchange = take_name(reader);
}

static void print_mx(const struct record *record, struct text *out)
{
    text_format(out, "%u %s", record->mx.preference, record->mx.exchange);
}

static void decode_srv(struct reader *reader, struct record *record)
{
    record->srv.priority = take_16(reader);
    record->srv.weight = take_16(reader);
    record->srv.port = take_16(reader);
    record->srv.target = take_name(reader);
}

static void print_srv(const struct record *record, struct text *out)
{
    text_format(out, "%u %u %u %s", record->srv.priority, record->srv.weight, record->srv.port,
                record->srv.target);
}

static void decode_uri(struct reader *reader, struct record *record)
{
    record->uri.priority = take_16(reader);
    record->uri.weight = take_16(reader);
    record->uri.target = take_rest(reader);
}

static void decode_naptr(struct reader *reader, struct record *record)
{
    record->naptr.order = take_16(reader);
    record->naptr.preference = take_16(reader);
    record->naptr.flags = take_string(reader);
    record->naptr.services = take_string(reader);
    record->naptr.regexp = take_string(reader);
    record->naptr.replacement = take_name(reader);
}

static void decode_soa(struct reader *reader, struct record *record)
{
    record->soa.mname = take_name(reader);
    record->soa.rname = take_name(reader);
    record->soa.serial = take_32(reader);
    record->soa.refresh = take_32(reader);
    record->soa.retry = take_32(reader);
    record->soa.expire = take_32(reader);
    record->soa.minimum = take_32(reader);
}

static void print_soa(const struct record *record, struct text *out)
{
    const uint32_t numbers[] = {record->soa.serial, record->soa.refresh, record->soa.retry,
                                record->soa.expire, record->soa.minimum};

    text_add(out, record->soa.mname);
    text_add_char(out, ' ');
    text_add(out, record->soa.rname);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        text_add_char(out, ' ');
        text_add_number(out, numbers[i]);
    }
}

static size_t count_strings(const uint8_t *bytes, size_t length)
{
    size_t count = 0;

    for (size_t at = 0; at < length; at += bytes[at] + 1u)
        count++;
    return count;
}

static void decode_txt(struct reader *reader, struct record *record)
{
    size_t count = count_strings(reader->bytes, reader->left), joined = 0;
    struct octets *strings = arena_alloc(reader->arena, count + 1, sizeof *strings);
    uint8_t *all = arena_alloc(reader->arena, reader->left + 1, 1);

    strings[0] = (struct octets){.bytes = all, .length = 0};
    for (size_t i = 0; i < count; i++) {
        strings[i] = take_string(reader);
        memcpy(all + joined, strings[i].bytes, strings[i].length);
        joined += strings[i].length;
    }
    record->txt.strings = strings;
    record->txt.count = count ? count : 1; /* RFC 6763 6.1: none counts as one that is empty */
    record->txt.joined = (struct octets){.bytes = all, .length = joined};
}

static void print_quoted(const struct octets *octets, struct text *out)
{
    text_add_char(out, '"');
    escape_bytes(out, octets->bytes, octets->length, ESCAPE_ASCII, true);
    text_add_char(out, '"');
}

static void print_txt(const struct record *record, struct text *out)
{
    for (size_t i = 0; i < record->txt.count; i++) {
        if (i > 0)
            text_add_char(out, ' ');
        print_quoted(&record->txt.strings[i], out);
    }
}

static void decode_tlsa(struct reader *reader, struct record *record)
{
    record->tlsa.usage = take_8(reader);
    record->tlsa.selector = take_8(reader);
    record->tlsa.matching = take_8(reader);
    record->tlsa.association = take_rest(reader);
}

static void print_tlsa(const struct record *record, struct text *out)
{
    text_format(out, "%u %u %u ", record->tlsa.usage, record->tlsa.selector, record->tlsa.matching);
    text_add_hex(out, record->tlsa.association.bytes, record->tlsa.association.length);
}

static void decode_ds(struct reader *reader, struct record *record)
{
    record->ds.key_tag = take_16(reader);
    record->ds.algorithm = take_8(reader);
    record->ds.digest_type = take_8(reader);
    record->ds.digest = take_rest(reader);
}

static void print_ds(const struct record *record, struct text *out)
{
    text_format(out, "%u %u %u ", record->ds.key_tag, record->ds.algorithm, record->ds.digest_type);
    text_add_hex(out, record->ds.digest.bytes, record->ds.digest.length);
}

static void decode_dnskey(struct reader *reader, struct record *record)
{
    record->dnskey.flags = take_16(reader);
    record->dnskey.protocol = take_8(reader);
    record->dnskey.algorithm = take_8(reader);
    record->dnskey.key = take_rest(reader);
}

static void decode_rrsig(struct reader *reader, struct record *record)
{
    record->rrsig.covered = take_16(reader);
    record->rrsig.algorithm = take_8(reader);
    record->rrsig.labels = take_8(reader);
    record->rrsig.original_ttl = take_32(reader);
    record->rrsig.expiration = take_32(reader);
    record->rrsig.inception = take_32(reader);
    record->rrsig.key_tag = take_16(reader);
    record->rrsig.signer = take_name(reader);
    take_rest(reader);
}

static void decode_caa(struct reader *reader, struct record *record)
{
    record->caa.flags = take_8(reader);
    record->caa.tag = take_string(reader);
    record->caa.value = take_rest(reader);
    reader->failed |= record->caa.tag.length == 0;
}

static void print_caa(const struct record *record, struct text *out)
{
    text_format(out, "%u ", record->caa.flags);
    escape_bytes(out, record->caa.tag.bytes, record->caa.tag.length, ESCAPE_ASCII, true);
    text_add_char(out, ' ');
    print_quoted(&record->caa.value, out);
}

struct native {
    uint16_t type;
    void (*decode)(struct reader *reader, struct record *record);
    void (*print)(const struct record *record, struct text *out); /* NULL: text comes from ldns */
};

static const struct native natives[] = {
    {TYPE_A, decode_address, print_address},
    {TYPE_AAAA, decode_address, print_address},
    {TYPE_NS, decode_target, print_target},
    {TYPE_CNAME, decode_target, print_target},
    {TYPE_PTR, decode_target, print_target},
    {TYPE_DNAME, decode_target, print_target},
    {TYPE_MX, decode_mx, print_mx},
    {TYPE_SRV, decode_srv, print_srv},
    {TYPE_SOA, decode_soa, print_soa},
    {TYPE_TXT, decode_txt, print_txt},
    {TYPE_SPF, decode_txt, print_txt},
    {TYPE_TLSA, decode_tlsa, print_tlsa},
    {TYPE_DS, decode_ds, print_ds},
    {TYPE_DNSKEY, decode_dnskey, NULL},
    {TYPE_RRSIG, decode_rrsig, NULL},
    {TYPE_CAA, decode_caa, print_caa},
    {TYPE_URI, decode_uri, NULL},
    {TYPE_NAPTR, decode_naptr, NULL},
};

static const struct native *native_of(uint16_t type)
{
    for (size_t i = 0; i < sizeof natives / sizeof *natives; i++)
        if (natives[i].type == type)
            return &natives[i];
    return NULL;
}

bool rdata_is_native(uint16_t type)
{
    const struct native *native = native_of(type);

    return native && native->print;
}

static void print_opaque(const uint8_t *bytes, size_t length, struct text *out)
{
    struct octets octets = {.bytes = bytes, .length = length};

    text_format(out, length ? "\\# %zu " : "\\# %zu", length);
    text_add_hex(out, octets.bytes, octets.length);
}

bool rdata_decode(struct arena *arena, const uint8_t *bytes, size_t length, const char *foreign,
                  struct record *record)
{
    struct reader reader = {.arena = arena, .bytes = bytes, .left = length};
    const struct native *native = native_of(record->type);
    struct text out = {0};

    if (native) {
        native->decode(&reader, record);
        if (reader.failed || reader.left > 0)
            return false;
    }
    if (native && native->print == print_target) {
        record->rdata = record->target;
        return true;
    }
    if (native && native->print)
        native->print(record, &out);
    else if (foreign)
        escape_bytes(&out, foreign, strlen(foreign), ESCAPE_ASCII, false);
    else
        print_opaque(bytes, length, &out);
    record->rdata = arena_dup_bytes(arena, text_get(&out), out.length);
    text_clear(&out);
    return true;
}
