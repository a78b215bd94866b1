/* Replies as lines of a recording. Such a line may come from anybody: it is believed only as far as
 * the message in it. */
#include "base/escape.h"
#include "dns/encrypted.h"
#include "dns/name.h"
#include "dns/reply.h"
#include "dns/type.h"
#include "dns/wire_decode.h"

#include "base/message.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { FIELD_MAX = NAME_TEXT, RCODE_MAX = 4095 };

static void print_quoted(struct text *out, const char *string)
{
    text_add(out, " \"");
    escape_bytes(out, string, strlen(string), ESCAPE_ASCII, true);
    text_add_char(out, '"');
}

void question_print_server(const struct question *question, struct text *out)
{
    char literal[ADDRESS_TEXT];

    if (question->encrypted) {
        encrypted_print(question->encrypted, &question->server, question->port, out);
        return;
    }
    text_add(out, question->server.family ? address_text(&question->server, literal) : "*");
    if (question->port)
        text_format(out, "#%u", question->port);
}

void reply_print(const struct reply *reply, struct text *out)
{
    const struct question *question = &reply->question;
    char type[TYPE_TEXT];

    text_format(out, "%s %s %u ", question->name, type_text(question->type, type), question->flags);
    question_print_server(question, out);
    text_format(out, " %s %d %s %" PRIu32 " %u %u %" PRId64, outcome_text(reply->outcome),
                reply->rcode, transport_text(reply->transport), reply->rtt_us, reply->tries,
                reply->unmatched, reply->received_ms);
    print_quoted(out, reply->server);
    print_quoted(out, reply->why ? reply->why : "");
    text_add(out, reply->wire.length ? " " : " -");
    text_add_hex(out, reply->wire.bytes, reply->wire.length);
}

/* Goes through the fields of a line; after the first fault `why` stays set and nothing more is
 * read. */
struct fields {
    const char *cursor;
    const char *why;
};

static void fail(struct fields *fields, const char *why)
{
    if (!fields->why)
        fields->why = why;
}

static void skip_space(struct fields *fields)
{
    if (fields->why)
        return;
    if (*fields->cursor != ' ')
        fail(fields, tr("a field is missing"));
    else
        fields->cursor++;
}

/* The next field, up to a space or the end, into out. */
static bool next_field(struct fields *fields, char out[FIELD_MAX])
{
    size_t length = strcspn(fields->cursor, " ");

    out[0] = '\0';
    if (fields->why)
        return false;
    if (length == 0 || length >= FIELD_MAX) {
        fail(fields, length == 0 ? tr("a field is missing") : tr("a field is too long"));
        return false;
    }
    memcpy(out, fields->cursor, length);
    out[length] = '\0';
    fields->cursor += length;
    return true;
}

static int64_t next_number(struct fields *fields, int64_t least, int64_t most)
{
    char field[FIELD_MAX], *end;
    long long number;

    skip_space(fields);
    if (!next_field(fields, field))
        return least;
    errno = 0;
    number = strtoll(field, &end, 10);
    if (*end != '\0' || errno != 0 || strchr("+ \t\n\v\f\r", field[0]))
        fail(fields, tr("a number is not one"));
    else if (number < least || number > most)
        fail(fields, tr("a number is out of range"));
    else
        return number;
    return least;
}

static const char *read_encrypted(const char *text, struct question *question)
{
    struct encrypted_spec spec;
    const char *why;

    if (encrypted_parse(text, &spec, &why))
        return why;
    if (!spec.address.family)
        return tr("the encrypted server has no address");
    question->server = spec.address;
    question->port = spec.port;
    question->encrypted = spec.number;
    return NULL;
}

const char *question_read_server(const char *text, struct question *question)
{
    size_t length = strcspn(text, "#");
    char literal[ADDRESS_TEXT], *end = NULL;
    unsigned long port = 0;

    if (strcmp(text, "*") == 0)
        return NULL;
    if (encrypted_is_meant(text))
        return read_encrypted(text, question);
    if (text[length])
        port = isdigit((unsigned char)text[length + 1]) ? strtoul(text + length + 1, &end, 10) : 0;
    if (text[length] && (port == 0 || port > UINT16_MAX || *end))
        return tr("the port of the server is not one");
    memcpy(literal, text, length < sizeof literal ? length : 0);
    literal[length < sizeof literal ? length : 0] = '\0';
    question->port = (uint16_t)port;
    return address_parse(literal, &question->server) ? NULL
                                                     : tr("the server is neither an address nor *");
}

static void next_question(struct fields *fields, char name[NAME_TEXT], struct question *question)
{
    char field[FIELD_MAX];
    const char *why;

    if (!next_field(fields, field) || name_canonical(field, name, NULL) != STATUS_OK ||
        strcmp(field, name) != 0)
        fail(fields, tr("the name is not one in canonical form"));
    question->name = name;
    skip_space(fields);
    if (next_field(fields, field) && !type_parse(field, &question->type))
        fail(fields, tr("the record type is unknown"));
    question->flags = (uint8_t)next_number(fields, 0, 7);
    skip_space(fields);
    if (next_field(fields, field) && (why = question_read_server(field, question)))
        fail(fields, why);
}

static enum outcome next_outcome(struct fields *fields)
{
    enum outcome outcome = OUTCOME_TIMEOUT;
    char field[FIELD_MAX];

    skip_space(fields);
    if (next_field(fields, field) && !outcome_parse(field, &outcome))
        fail(fields, tr("the outcome is unknown"));
    return outcome;
}

static enum transport next_transport(struct fields *fields)
{
    enum transport transport = TRANSPORT_NONE;
    char field[FIELD_MAX];

    skip_space(fields);
    if (next_field(fields, field) && !transport_parse(field, &transport))
        fail(fields, tr("the transport is unknown"));
    return transport;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The octet an escape stands for, the cursor being behind the backslash; -1 when it is none. */
static int next_escape(struct fields *fields)
{
    const char *cursor = fields->cursor;
    int octet;

    if (*cursor == '"' || *cursor == '\\') {
        fields->cursor++;
        return *cursor;
    }
    if (!is_digit(cursor[0]) || !is_digit(cursor[1]) || !is_digit(cursor[2]))
        return -1;
    octet = (cursor[0] - '0') * 100 + (cursor[1] - '0') * 10 + (cursor[2] - '0');
    fields->cursor += 3;
    return octet <= 255 ? octet : -1;
}

/* A string in quotes, made fit to be shown. */
static const char *next_quoted(struct fields *fields, struct arena *arena)
{
    struct text raw = {0};
    const char *string;

    skip_space(fields);
    if (*fields->cursor == '"')
        fields->cursor++;
    else
        fail(fields, tr("a quoted string is missing"));
    while (!fields->why && *fields->cursor != '"') {
        int octet = (unsigned char)*fields->cursor;
        if (octet != '\0')
            fields->cursor++;
        if (octet == '\\')
            octet = next_escape(fields);
        if (octet <= 0)
            fail(fields, tr("a quoted string has a bad escape or no end"));
        else
            text_add_char(&raw, (char)octet);
    }
    if (!fields->why)
        fields->cursor++;
    string = escape_shown(arena, text_get(&raw));
    text_clear(&raw);
    return string;
}

static int hex_value(char c)
{
    if (is_digit(c))
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static struct octets next_wire(struct fields *fields, struct arena *arena)
{
    size_t digits;
    uint8_t *bytes;

    skip_space(fields);
    if (fields->why || strcmp(fields->cursor, "-") == 0)
        return (struct octets){.bytes = (const uint8_t *)""};
    digits = strlen(fields->cursor);
    if (digits == 0 || digits % 2 != 0 || digits > 2 * WIRE_MESSAGE_MAX ||
        strspn(fields->cursor, "0123456789abcdef") != digits) {
        fail(fields, tr("the message is not in hexadecimal"));
        return (struct octets){.bytes = (const uint8_t *)""};
    }
    bytes = arena_alloc(arena, digits / 2 + 1, 1);
    for (size_t i = 0; i < digits / 2; i++)
        bytes[i] =
            (uint8_t)(hex_value(fields->cursor[2 * i]) << 4 | hex_value(fields->cursor[2 * i + 1]));
    return (struct octets){.bytes = bytes, .length = digits / 2};
}

static bool needs_message(enum outcome outcome)
{
    return outcome == OUTCOME_ANSWERED || outcome == OUTCOME_NODATA || outcome == OUTCOME_NXDOMAIN;
}

/* Outcomes that are told of a message, or of none, not by it. */
static bool stands_alone(enum outcome outcome)
{
    return outcome == OUTCOME_TIMEOUT ||
           (outcome >= OUTCOME_MALFORMED && outcome != OUTCOME_NOT_IN_FILE);
}

/* Reads the message; what it says must be what the line says, or an older one called refused. */
static void read_message(struct fields *fields, struct octets wire, struct reply *reply)
{
    enum outcome outcome = reply->outcome;
    int rcode = reply->rcode;

    reply->wire = wire;
    if (fields->why || stands_alone(outcome))
        return;
    if (wire.length == 0) {
        if (needs_message(outcome))
            fail(fields, tr("the message is missing"));
        return;
    }
    if (!wire_reread(&wire, reply))
        fail(fields, tr("the message does not belong to the question"));
    else if ((reply->outcome != outcome || reply->rcode != rcode) &&
             !(outcome == OUTCOME_REFUSED && reply->outcome == OUTCOME_NOT_IN_FILE))
        fail(fields, tr("the outcome does not follow from the message"));
}

static void next_origin(struct fields *fields, struct reply *reply)
{
    reply->outcome = next_outcome(fields);
    reply->rcode = (int)next_number(fields, -1, RCODE_MAX);
    reply->transport = next_transport(fields);
    reply->rtt_us = (uint32_t)next_number(fields, 0, UINT32_MAX);
    reply->tries = (unsigned)next_number(fields, 0, UINT32_MAX);
    reply->unmatched = (unsigned)next_number(fields, 0, UINT32_MAX);
    reply->received_ms = next_number(fields, INT64_MIN, INT64_MAX);
    reply->server = next_quoted(fields, reply->arena);
}

enum status reply_parse(const char *line, struct reply **reply, const char **why)
{
    struct fields fields = {.cursor = line};
    struct question question = {0};
    struct reply *parsed;
    const char *reason;
    char name[NAME_TEXT] = ".";

    next_question(&fields, name, &question);
    parsed = reply_new(&question);
    next_origin(&fields, parsed);
    reason = next_quoted(&fields, parsed->arena);
    read_message(&fields, next_wire(&fields, parsed->arena), parsed);
    if (fields.why) {
        *why = fields.why;
        reply_free(parsed);
        return STATUS_SYNTAX;
    }
    parsed->why = *reason != '\0' ? reason : NULL;
    *reply = parsed;
    return STATUS_OK;
}

static struct octets octets_dup(struct arena *arena, struct octets octets)
{
    octets.bytes = (const uint8_t *)arena_dup_bytes(arena, octets.bytes, octets.length);
    return octets;
}

static struct reply *origin_dup(const struct reply *reply)
{
    struct reply *copy = reply_new(&reply->question);

    copy->outcome = reply->outcome;
    copy->rcode = reply->rcode;
    copy->transport = reply->transport;
    copy->rtt_us = reply->rtt_us;
    copy->tries = reply->tries;
    copy->unmatched = reply->unmatched;
    copy->received_ms = reply->received_ms;
    copy->server = arena_dup(copy->arena, reply->server);
    return copy;
}

static const char *why_dup(struct arena *arena, const struct reply *reply)
{
    return reply->why ? arena_dup(arena, reply->why) : NULL;
}

struct reply *reply_pack(const struct reply *reply)
{
    struct reply *copy = origin_dup(reply);

    copy->why = why_dup(copy->arena, reply);
    copy->wire = octets_dup(copy->arena, reply->wire);
    return copy;
}

struct reply *reply_dup(const struct reply *reply)
{
    struct reply *copy;
    bool same;

    if (stands_alone(reply->outcome) || reply->wire.length == 0)
        return reply_pack(reply);
    copy = origin_dup(reply);
    same = wire_reread(&reply->wire, copy) && copy->outcome == reply->outcome;
    assert(same);
    copy->why = why_dup(copy->arena, reply);
    return copy;
}
