#include "dns/wire_scan.h"

#include "base/message.h"
#include "dns/rdata.h"
#include "dns/type.h"

#include <string.h>

enum { TYPE_SIG = 24, TYPE_TKEY = 249, OPTION_EXTENDED_ERROR = 15, MAX_POINTERS = 127 };

static bool fail(struct wire_scan *scan, const char *fault)
{
    scan->fault = fault;
    return false;
}

static uint16_t number_at(const struct wire_scan *scan, size_t at)
{
    return (uint16_t)(scan->bytes[at] << 8 | scan->bytes[at + 1]);
}

bool wire_scan_header(struct wire_scan *scan, const uint8_t *bytes, size_t length)
{
    *scan = (struct wire_scan){.bytes = bytes, .length = length, .extended_error = -1};
    if (length < WIRE_HEADER || length > WIRE_MESSAGE_MAX)
        return fail(scan, N_("no header"));
    scan->id = number_at(scan, 0);
    scan->flags = number_at(scan, 2);
    for (size_t i = 0; i < 4; i++)
        scan->counts[i] = number_at(scan, 4 + 2 * i);
    scan->rcode = scan->flags & WIRE_RCODE;
    scan->at = WIRE_HEADER;
    return true;
}

bool wire_scan_question(struct wire_scan *scan, char name[NAME_TEXT], uint16_t *type,
                        uint16_t *rr_class)
{
    size_t used;

    if (scan->counts[WIRE_QUESTION] != 1 ||
        !name_from_wire(scan->bytes + scan->at, scan->length - scan->at, name, &used))
        return false;
    scan->at += used;
    if (scan->length - scan->at < 4)
        return false;
    *type = number_at(scan, scan->at);
    *rr_class = number_at(scan, scan->at + 2);
    scan->at += 4;
    return true;
}

/* Moves *at behind the name that starts there and must end before `end`. A pointer must lead to
 * before the piece of the name it is found in, so that following it comes to an end. */
static bool scan_name(struct wire_scan *scan, size_t *at, size_t end)
{
    size_t cursor = *at, piece = *at, octets = 0, pointers = 0;

    for (;;) {
        size_t limit = pointers ? scan->length : end;
        uint8_t first;
        if (cursor >= limit)
            return fail(scan, N_("a name is cut off"));
        first = scan->bytes[cursor];
        if (first >= 0xc0) {
            if (limit - cursor < 2)
                return fail(scan, N_("a name is cut off"));
            if (pointers == 0)
                *at = cursor + 2;
            cursor = number_at(scan, cursor) & 0x3fff;
            if (cursor >= piece || ++pointers > MAX_POINTERS)
                return fail(scan, N_("a compressed name points ahead or loops"));
            piece = cursor;
            continue;
        }
        if (first >= 0x40)
            return fail(scan, N_("a label has an unknown form"));
        octets += first + 1u;
        cursor += first + 1u;
        if (octets > NAME_WIRE)
            return fail(scan, N_("a name has more than 255 octets"));
        if (first == 0)
            break;
    }
    if (pointers == 0)
        *at = cursor;
    return true;
}

static bool skip(struct wire_scan *scan, size_t *at, size_t end, size_t octets)
{
    if (end - *at < octets)
        return fail(scan, N_("a record is too short for its type"));
    *at += octets;
    return true;
}

static bool skip_string(struct wire_scan *scan, size_t *at, size_t end)
{
    return skip(scan, at, end, 1) && skip(scan, at, end, scan->bytes[*at - 1]);
}

/* None at all is taken for one empty string (RFC 6763 6.1): servers do send such TXT records. */
static bool skip_strings(struct wire_scan *scan, size_t *at, size_t end)
{
    while (*at < end)
        if (!skip_string(scan, at, end))
            return false;
    return true;
}

static bool scan_field(struct wire_scan *scan, char field, size_t *at, size_t end)
{
    switch (field) {
    case '1':
    case '2':
    case '4':
        return skip(scan, at, end, (size_t)(field - '0'));
    case 'a':
        return skip(scan, at, end, 4);
    case 'A':
        return skip(scan, at, end, 16);
    case 'n':
        return scan_name(scan, at, end);
    case 's':
    case 'h':
        return skip_string(scan, at, end);
    case 'S':
        return skip_strings(scan, at, end);
    case 'X':
        return skip(scan, at, end, 1) && skip(scan, at, end, end - *at);
    default:
        return skip(scan, at, end, end - *at);
    }
}

static bool scan_rdata(struct wire_scan *scan, uint16_t type, size_t at, size_t end)
{
    const char *shape = rdata_shape(type);

    if (!shape)
        return true;
    for (; *shape != '\0'; shape++)
        if (!scan_field(scan, *shape, &at, end))
            return false;
    return at == end || fail(scan, N_("a record is too long for its type"));
}

static bool scan_options(struct wire_scan *scan, size_t at, size_t end)
{
    while (at < end) {
        size_t length;
        if (end - at < 4)
            return fail(scan, N_("an EDNS option is cut off"));
        length = number_at(scan, at + 2);
        if (end - at - 4 < length)
            return fail(scan, N_("an EDNS option is cut off"));
        if (number_at(scan, at) == OPTION_EXTENDED_ERROR && length >= 2 &&
            scan->extended_error < 0) {
            scan->extended_error = number_at(scan, at + 4);
            scan->extra = scan->bytes + at + 6;
            scan->extra_length = length - 2;
        }
        at += 4 + length;
    }
    return true;
}

/* The pseudo-record: its owner is the root, its TTL holds the upper bits of the rcode. */
static bool scan_opt(struct wire_scan *scan, size_t owner, size_t fixed, size_t end)
{
    if (scan->section != WIRE_ADDITIONAL)
        return fail(scan, N_("an OPT record is out of place"));
    if (scan->has_opt)
        return fail(scan, N_("there is a second OPT record"));
    if (fixed - owner != 1)
        return fail(scan, N_("the OPT record has an owner"));
    scan->has_opt = true;
    scan->rcode |= scan->bytes[fixed + 4] << 4;
    scan->opt_size = number_at(scan, fixed + 2);
    scan->opt_flags = number_at(scan, fixed + 6);
    scan->options = scan->bytes + fixed + 10;
    scan->options_length = end - fixed - 10;
    return scan_options(scan, fixed + 10, end);
}

static bool is_signature(const struct wire_scan *scan, uint16_t type, size_t rdata, size_t end)
{
    return type == TYPE_TSIG ||
           (type == TYPE_SIG && end - rdata >= 2 && number_at(scan, rdata) == 0);
}

static bool scan_record(struct wire_scan *scan)
{
    size_t owner = scan->at, fixed = scan->at, rdata, end;
    uint16_t type;

    if (!scan_name(scan, &fixed, scan->length))
        return false;
    if (scan->length - fixed < 10)
        return fail(scan, N_("a record is cut off"));
    type = number_at(scan, fixed);
    rdata = fixed + 10;
    if (scan->length - rdata < number_at(scan, fixed + 8))
        return fail(scan, N_("a record is cut off"));
    end = scan->at = rdata + number_at(scan, fixed + 8);
    if (type == TYPE_OPT)
        return scan_opt(scan, owner, fixed, end);
    if (is_signature(scan, type, rdata, end))
        return fail(scan, N_("there is a transaction signature that was not requested"));
    if (type == 0 || (type >= TYPE_TKEY && type <= TYPE_ANY))
        return fail(scan, N_("a record has a type that is for questions only"));
    if (number_at(scan, fixed + 2) != WIRE_CLASS_IN)
        return fail(scan, N_("a record is not of class IN"));
    return scan_rdata(scan, type, rdata, end);
}

bool wire_scan_records(struct wire_scan *scan)
{
    for (int section = WIRE_ANSWER; section <= WIRE_ADDITIONAL; section++) {
        scan->section = (enum wire_section)section;
        for (unsigned i = 0; i < scan->counts[section]; i++)
            if (!scan_record(scan))
                return false;
    }
    return scan->at == scan->length || fail(scan, N_("there are octets left over"));
}

/* ---- what was found sound, without compression ---- */

struct wire_record wire_record_at(const struct wire_scan *scan, size_t at)
{
    struct wire_scan own = *scan;
    struct wire_record record = {.owner = at};

    scan_name(&own, &at, scan->length);
    record.type = number_at(scan, at);
    record.ttl = (uint32_t)number_at(scan, at + 4) << 16 | number_at(scan, at + 6);
    record.rdata = at + 10;
    record.end = record.rdata + number_at(scan, at + 8);
    return record;
}

size_t wire_unfold_name(const struct wire_scan *scan, size_t at, uint8_t *out)
{
    size_t used = 0;

    for (uint8_t octets; (octets = scan->bytes[at]) > 0;)
        if (octets < 0xc0) {
            memcpy(out + used, scan->bytes + at, octets + 1u);
            used += octets + 1u;
            at += octets + 1u;
        } else {
            at = number_at(scan, at) & 0x3fff;
        }
    out[used++] = 0;
    return used;
}

/* Room for the rdata with its names unfolded. */
static uint8_t *rdata_room(const char *shape, const struct wire_record *record)
{
    size_t room = record->end - record->rdata + 1;

    for (; *shape != '\0'; shape++)
        room += *shape == 'n' ? NAME_WIRE : 0;
    return memory_new(room, 1);
}

size_t wire_unfold_rdata(const struct wire_scan *scan, const struct wire_record *record,
                         uint8_t **out)
{
    const char *known = rdata_shape(record->type), *shape = known ? known : "";
    size_t at = record->rdata, used = 0;
    struct wire_scan own = *scan;

    *out = rdata_room(shape, record);
    for (; *shape != '\0'; shape++) {
        size_t field = at;
        scan_field(&own, *shape, &at, record->end);
        if (*shape == 'n') {
            used += wire_unfold_name(scan, field, *out + used);
        } else {
            memcpy(*out + used, scan->bytes + field, at - field);
            used += at - field;
        }
    }
    memcpy(*out + used, scan->bytes + at, record->end - at);
    return used + record->end - at;
}

const char *wire_section_text(enum wire_section section)
{
    static const char *const texts[] = {"question", "answer", "authority", "additional"};

    return texts[section];
}
