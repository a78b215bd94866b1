#include "net/server.h"

#include "base/message.h"
#include "dns/encrypted.h"

#include <ctype.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>

enum { LITERAL_TEXT = 128 };

_Static_assert((int)SERVER_NAME_TEXT == (int)ENCRYPTED_TEXT, "the name of one fits into the other");

static bool number_parse(const char *text, unsigned long limit, unsigned long *number)
{
    unsigned long value = 0;

    if (!*text)
        return false;
    for (; isdigit((unsigned char)*text); text++)
        if ((value = value * 10 + (unsigned long)(*text - '0')) > limit)
            return false;
    *number = value;
    return !*text;
}

static enum status scope_parse(const char *text, uint32_t *scope)
{
    unsigned long number;

    if (number_parse(text, UINT32_MAX, &number))
        *scope = (uint32_t)number;
    else
        *scope = if_nametoindex(text);
    return *scope ? STATUS_OK : STATUS_NOT_FOUND;
}

enum status server_address_parse(const char *text, struct server *server)
{
    struct server parsed = {.port = 0};
    const char *percent = strchr(text, '%');
    size_t length = percent ? (size_t)(percent - text) : strlen(text);
    char literal[LITERAL_TEXT];

    if (length >= sizeof literal)
        return STATUS_SYNTAX;
    memcpy(literal, text, length);
    literal[length] = '\0';
    if (!address_parse(literal, &parsed.address))
        return STATUS_SYNTAX;
    if (percent && parsed.address.family != 6)
        return STATUS_SYNTAX;
    if (percent && scope_parse(percent + 1, &parsed.scope) != STATUS_OK)
        return STATUS_NOT_FOUND;
    *server = parsed;
    return STATUS_OK;
}

/* Cuts "host#port" or "[host]#port" apart; `host` has room for the whole text. */
static const char *spec_split(const char *text, char *host, uint16_t *port)
{
    const char *begin = text, *end, *rest;
    unsigned long number = 0;

    if (*text == '[') {
        begin = text + 1;
        end = strchr(begin, ']');
        if (!end)
            return tr("the closing bracket is missing");
        rest = end + 1;
    } else {
        end = rest = text + strcspn(text, "#");
    }
    if (*rest && (*rest != '#' || !number_parse(rest + 1, UINT16_MAX, &number) || !number))
        return tr("after the server only #port may follow, a number from 1 to 65535");
    if (end == begin)
        return tr("the name server is missing");
    memcpy(host, begin, (size_t)(end - begin));
    host[end - begin] = '\0';
    *port = (uint16_t)number;
    return NULL;
}

static bool is_host_name(const char *text)
{
    for (const char *c = text; *c; c++)
        if (!isalnum((unsigned char)*c) && !strchr("-_.", *c))
            return false;
    return *text != '.' && *text != '-' && !strstr(text, "..");
}

static enum status parse_encrypted(const char *text, struct server_spec *spec, const char **why)
{
    struct server_spec parsed = {.name = ""};
    struct encrypted_spec read;
    enum status status = encrypted_parse(text, &read, why);

    if (status)
        return status;
    parsed.server.address = read.address;
    parsed.server.port = read.port;
    parsed.server.encrypted = read.number;
    if (!read.address.family)
        memcpy(parsed.name, encrypted_at(read.number)->name, sizeof parsed.name);
    *spec = parsed;
    return STATUS_OK;
}

enum status server_spec_parse(const char *text, struct server_spec *spec, const char **why)
{
    struct server_spec parsed = {.name = ""};
    char host[SERVER_NAME_TEXT];
    uint16_t port = 0;
    enum status status;

    if (encrypted_is_meant(text))
        return parse_encrypted(text, spec, why);
    if (strlen(text) >= sizeof host) {
        *why = tr("the name is too long");
        return STATUS_SYNTAX;
    }
    *why = spec_split(text, host, &port);
    if (*why)
        return STATUS_SYNTAX;
    status = server_address_parse(host, &parsed.server);
    if (status == STATUS_NOT_FOUND) {
        *why = tr("there is no such network interface");
        return status;
    }
    if (status != STATUS_OK && !is_host_name(host)) {
        *why = tr("neither an address nor the name of a host");
        return STATUS_SYNTAX;
    }
    if (status != STATUS_OK)
        memcpy(parsed.name, host, sizeof host);
    parsed.server.port = port;
    *spec = parsed;
    return STATUS_OK;
}

void server_print(const struct server *server, struct text *out)
{
    char literal[ADDRESS_TEXT];

    if (server->encrypted) {
        encrypted_print(server->encrypted, &server->address, server->port, out);
        return;
    }
    address_text(&server->address, literal);
    if (server->address.family != 6)
        text_add(out, literal);
    else if (server->scope)
        text_format(out, "[%s%%%u]", literal, (unsigned)server->scope);
    else
        text_format(out, "[%s]", literal);
    text_format(out, "#%u", (unsigned)server->port);
}

bool server_equal(const struct server *a, const struct server *b)
{
    return address_equal(&a->address, &b->address) && a->scope == b->scope && a->port == b->port &&
           a->encrypted == b->encrypted;
}
