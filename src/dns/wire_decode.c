#include "dns/wire_decode.h"

#include "base/escape.h"
#include "base/message.h"
#include "dns/rr.h"
#include "dns/type.h"

#include <ldns/ldns.h>

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

static bool read_section(struct reply *reply, const ldns_rr_list *list, struct section *section)
{
    size_t count = ldns_rr_list_rr_count(list);
    struct record *records = arena_alloc(reply->arena, count, sizeof *records);
    const char *likely = reply->question.name;
    bool read = true;

    for (size_t i = 0; read && i < count; i++) {
        read = rr_read(reply->arena, ldns_rr_list_rr(list, i), likely, &records[i]) &&
               arena_size(reply->arena) < DECODED_MAX;
        likely = records[i].owner;
    }
    if (read)
        *section = (struct section){.records = records, .count = count};
    return read;
}

static void read_sections(struct reply *reply, const ldns_pkt *packet)
{
    static const char fault[] =
        N_("a record does not fit its type, or all of them take too much room");

    if (!read_section(reply, ldns_pkt_answer(packet), &reply->answer))
        malformed(reply, fault, WIRE_ANSWER);
    else if (!read_section(reply, ldns_pkt_authority(packet), &reply->authority))
        malformed(reply, fault, WIRE_AUTHORITY);
    else if (!read_section(reply, ldns_pkt_additional(packet), &reply->additional))
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
    ldns_pkt *packet = NULL;
    bool sound = wire_scan_records(scan);
    ldns_status status;

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
    explain(reply, scan);
    status = ldns_wire2pkt(&packet, scan->bytes, scan->length);
    if (status == LDNS_STATUS_MEM_ERR)
        memory_checked(NULL);
    if (status == LDNS_STATUS_OK)
        read_sections(reply, packet);
    else
        malformed(reply, N_("a record does not fit its type"), WIRE_ANSWER);
    ldns_pkt_free(packet);
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
