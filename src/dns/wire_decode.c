#include "dns/wire_decode.h"

#include "base/escape.h"
#include "base/message.h"
#include "dns/rr.h"
#include "dns/type.h"

#include <stdlib.h>

/* Compressed names unfold to many times their size; no honest message comes near this. */
enum { DECODED_MAX = 4 << 20 };

static void malformed(struct reply *reply, const char *fault, enum wire_section section)
{
    static const struct section nothing;

    reply->answer = reply->authority = reply->additional = nothing;
    reply->outcome = OUTCOME_MALFORMED;
    reply->why = arena_format(reply->arena, "the reply is malformed: %s in the %s section", fault,
                              wire_section_text(section));
}

static bool read_record(const struct wire_scan *scan, const struct wire_record *found,
                        const char *likely, struct reply *reply, struct record *record)
{
    struct rr_parts parts = {.type = found->type, .ttl = found->ttl};
    char owner[NAME_TEXT];
    uint8_t wire[NAME_WIRE], *rdata;
    size_t used;
    bool read;

    if (!name_from_wire(wire, wire_unfold_name(scan, found->owner, wire), owner, &used))
        return false;
    parts.owner = owner;
    parts.length = wire_unfold_rdata(scan, found, &rdata);
    parts.rdata = rdata;
    read =
        rr_decode(reply->arena, &parts, likely, record) && arena_size(reply->arena) < DECODED_MAX;
    free(rdata);
    return read;
}

/* Reads the records that begin at *at, without the OPT record. */
static bool read_section(const struct wire_scan *scan, enum wire_section which, size_t *at,
                         struct reply *reply, struct section *section)
{
    size_t count = scan->counts[which] - (which == WIRE_ADDITIONAL && scan->has_opt);
    struct record *records = count ? arena_alloc(reply->arena, count, sizeof *records) : NULL;
    const char *likely = reply->question.name;

    for (size_t i = 0; i < count;) {
        struct wire_record found = wire_record_at(scan, *at);
        *at = found.end;
        if (found.type == TYPE_OPT)
            continue;
        if (!read_record(scan, &found, likely, reply, &records[i]))
            return false;
        likely = records[i++].owner;
    }
    *section = (struct section){.records = records, .count = count};
    return true;
}

static void read_sections(const struct wire_scan *scan, size_t at, struct reply *reply)
{
    static const char fault[] =
        N_("a record does not fit its type, or all of them take too much room");

    if (!read_section(scan, WIRE_ANSWER, &at, reply, &reply->answer))
        malformed(reply, fault, WIRE_ANSWER);
    else if (!read_section(scan, WIRE_AUTHORITY, &at, reply, &reply->authority))
        malformed(reply, fault, WIRE_AUTHORITY);
    else if (!read_section(scan, WIRE_ADDITIONAL, &at, reply, &reply->additional))
        malformed(reply, fault, WIRE_ADDITIONAL);
    else
        reply_derive(reply);
}

/* What the server adds to an error rcode (RFC 8914); its text is escaped. */
static void explain(struct reply *reply, const struct wire_scan *scan)
{
    struct text text = {0};
    char rcode[RCODE_TEXT];

    if (reply->rcode == RCODE_NOERROR || reply->rcode == RCODE_NXDOMAIN)
        return;
    text_format(&text, "the server says %s", type_rcode_text(reply->rcode, rcode));
    if (scan->extended_error >= 0)
        text_format(&text, ": %s (extended error %d)",
                    type_extended_error_text(scan->extended_error), scan->extended_error);
    if (scan->extra_length > 0) {
        text_add(&text, ": ");
        escape_bytes(&text, scan->extra, scan->extra_length, ESCAPE_UTF8, false);
    }
    reply->why = arena_dup(reply->arena, text_get(&text));
    text_clear(&text);
}

bool wire_repeats_question(struct wire_scan *scan, const struct question *question)
{
    char name[NAME_TEXT];
    uint16_t type, rr_class;

    return wire_scan_question(scan, name, &type, &rr_class) && rr_class == WIRE_CLASS_IN &&
           type == question->type && strcmp(name, question->name) == 0;
}

void wire_decode(struct wire_scan *scan, struct reply *reply)
{
    size_t at = scan->at;
    bool sound = wire_scan_records(scan);

    reply->wire.bytes = (const uint8_t *)arena_dup_bytes(reply->arena, scan->bytes, scan->length);
    reply->wire.length = scan->length;
    reply->rcode = scan->rcode;
    reply->aa = scan->flags & WIRE_AA;
    reply->tc = scan->flags & WIRE_TC;
    reply->ra = scan->flags & WIRE_RA;
    reply->ad = scan->flags & WIRE_AD;
    if (!sound) {
        malformed(reply, scan->fault, scan->section);
        return;
    }
    reply->optionless = scan->options_length == 0;
    explain(reply, scan);
    read_sections(scan, at, reply);
}

bool wire_reread(const struct octets *wire, struct reply *reply)
{
    struct wire_scan scan;

    if (!wire_scan_header(&scan, wire->bytes, wire->length) || !(scan.flags & WIRE_QR) ||
        !wire_repeats_question(&scan, &reply->question))
        return false;
    wire_decode(&scan, reply);
    return true;
}
