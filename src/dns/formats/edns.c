#include "dns/formats/edns.h"

#include "base/escape.h"
#include "base/message.h"
#include "dns/type.h"
#include "dns/wire_scan.h"

#include <string.h>

bool edns_read(const struct octets *message, struct edns *edns)
{
    struct wire_scan scan;
    char name[NAME_TEXT];
    uint16_t type, rr_class;

    if (!wire_scan_header(&scan, message->bytes, message->length) ||
        !wire_scan_question(&scan, name, &type, &rr_class) || !wire_scan_records(&scan) ||
        !scan.has_opt)
        return false;
    edns->payload = scan.opt_size;
    edns->dnssec_ok = scan.opt_flags & EDNS_DO;
    edns->rest = (struct octets){scan.options, scan.options_length};
    return true;
}

static uint16_t number_at(const uint8_t *bytes)
{
    return (uint16_t)(bytes[0] << 8 | bytes[1]);
}

bool edns_next(struct edns *edns, struct edns_option *option)
{
    const uint8_t *at = edns->rest.bytes;

    if (edns->rest.length < 4)
        return false;
    option->code = number_at(at);
    option->value = (struct octets){at + 4, number_at(at + 2)};
    edns->rest.bytes += 4 + option->value.length;
    edns->rest.length -= 4 + option->value.length;
    return true;
}

void edns_print_name(const struct edns_option *option, struct text *out)
{
    static const char *const names[] = {[EDNS_NSID] = "NSID",
                                        [EDNS_SUBNET] = N_("client subnet"),
                                        [EDNS_COOKIE] = N_("cookie"),
                                        [EDNS_PADDING] = N_("padding"),
                                        [EDNS_ERROR] = "EDE"};

    if (option->code < sizeof names / sizeof *names && names[option->code])
        text_add(out, tr(names[option->code]));
    else
        text_format(out, tr("option %u"), option->code);
}

static void print_error(const struct octets *value, struct text *out)
{
    int code = number_at(value->bytes);

    text_format(out, "%d %s", code, tr(type_extended_error_text(code)));
    if (value->length == 2)
        return;
    text_add(out, ": ");
    escape_bytes(out, value->bytes + 2, value->length - 2, ESCAPE_UTF8, false);
}

static bool is_printable(const struct octets *value)
{
    for (size_t i = 0; i < value->length; i++)
        if (value->bytes[i] < 0x20 || value->bytes[i] > 0x7e)
            return false;
    return value->length > 0;
}

/* Servers may put anything into it; most put a name (RFC 5001 2.3). */
static void print_nsid(const struct octets *value, struct text *out)
{
    if (is_printable(value)) {
        escape_bytes(out, value->bytes, value->length, ESCAPE_UTF8, false);
        text_add(out, " (");
    }
    text_add_hex(out, value->bytes, value->length);
    text_add(out, is_printable(value) ? ")" : "");
}

enum { CLIENT_COOKIE = 8 };

static void print_cookie(const struct octets *value, struct text *out)
{
    struct text client = {0}, server = {0};

    text_add_hex(&client, value->bytes, CLIENT_COOKIE);
    text_add_hex(&server, value->bytes + CLIENT_COOKIE, value->length - CLIENT_COOKIE);
    if (server.length)
        text_format(out, tr("client %s, server %s"), text_get(&client), text_get(&server));
    else
        text_format(out, tr("client %s"), text_get(&client));
    text_clear(&client);
    text_clear(&server);
}

static bool print_subnet(const struct octets *value, struct text *out)
{
    static const uint8_t families[] = {[1] = 4, [2] = 6};
    unsigned family = number_at(value->bytes);
    struct address address = {0};
    char text[ADDRESS_TEXT];

    if (family < 1 || family > 2 || value->length - 4 > (family == 1 ? 4 : 16))
        return false;
    address.family = families[family];
    memcpy(address.bytes, value->bytes + 4, value->length - 4);
    text_format(out, tr("%s/%u scope %u"), address_text(&address, text), value->bytes[2],
                value->bytes[3]);
    return true;
}

void edns_print_value(const struct edns_option *option, struct text *out)
{
    const struct octets *value = &option->value;

    if (option->code == EDNS_ERROR && value->length >= 2)
        print_error(value, out);
    else if (option->code == EDNS_NSID)
        print_nsid(value, out);
    else if (option->code == EDNS_COOKIE && value->length >= CLIENT_COOKIE)
        print_cookie(value, out);
    else if (option->code == EDNS_PADDING)
        text_format(out, tr("%zu octets"), value->length);
    else if (option->code != EDNS_SUBNET || value->length < 4 || !print_subnet(value, out))
        text_add_hex(out, value->bytes, value->length);
}
