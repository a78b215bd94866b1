#include "dns/encrypted.h"

#include "base/message.h"
#include "dns/idn.h"
#include "dns/name.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>

static const struct {
    const char *scheme;
    uint16_t port;
} protocols[] = {[ENCRYPTED_TLS] = {"tls://", ENCRYPTED_TLS_PORT},
                 [ENCRYPTED_HTTPS] = {"https://", ENCRYPTED_HTTPS_PORT}};

enum { GIVEN_TEXT = 3 * ENCRYPTED_TEXT }; /* a name, a port, a path and an address */

static const char usual_path[] = "/dns-query", template[] = "{?dns}";

/* Those named so far; a number is a place from 1 on. */
static struct encrypted known[ENCRYPTED_MOST];
static uint16_t known_count;

/* A text being taken apart. */
struct reading {
    struct encrypted encrypted;
    struct encrypted_spec spec;
    const char *why;
};

static bool protocol_of(const char *text, enum encrypted_protocol *protocol, const char **rest)
{
    for (size_t i = 0; i < sizeof protocols / sizeof *protocols; i++)
        if (strncmp(text, protocols[i].scheme, strlen(protocols[i].scheme)) == 0) {
            *protocol = (enum encrypted_protocol)i;
            *rest = text + strlen(protocols[i].scheme);
            return true;
        }
    return false;
}

bool encrypted_is_meant(const char *text)
{
    enum encrypted_protocol protocol;
    const char *rest;

    return protocol_of(text, &protocol, &rest);
}

static bool read_host(struct reading *reading, const char *host)
{
    char name[NAME_TEXT];
    size_t length;

    if (idn_to_name(host, name, &reading->why))
        return false;
    length = strlen(name) - 1;
    if (!name_is_host(name) || length >= sizeof reading->encrypted.name) {
        reading->why = tr("neither an address nor the name of a host");
        return false;
    }
    memcpy(reading->encrypted.name, name, length);
    reading->encrypted.name[length] = '\0';
    return true;
}

static bool read_port(struct reading *reading, const char *text)
{
    unsigned long number = 0;

    for (; isdigit((unsigned char)*text) && number <= UINT16_MAX; text++)
        number = number * 10 + (unsigned long)(*text - '0');
    if (*text || !number || number > UINT16_MAX) {
        reading->why = tr("after the server only #port may follow, a number from 1 to 65535");
        return false;
    }
    reading->spec.port = (uint16_t)number;
    return true;
}

/* Where the host ends: at its bracket, at "#", or at the one ":" that there is. */
static char *end_of_host(char *text)
{
    char *colon = strchr(text, ':');

    if (*text == '[')
        return strchr(text, ']');
    if (colon && !strchr(colon + 1, ':'))
        return text + strcspn(text, "#:");
    return text + strcspn(text, "#");
}

/* "192.0.2.53", "[2001:db8::53]#853", "dns.example:853"; in place. */
static bool read_authority(struct reading *reading, char *text)
{
    char *end = end_of_host(text), *port;
    bool bracketed = *text == '[';

    reading->why = tr("the closing bracket is missing");
    if (!end)
        return false;
    port = end + bracketed;
    reading->why = tr("after the server only #port may follow, a number from 1 to 65535");
    if (*port && *port != '#' && *port != ':')
        return false;
    if (*port && !read_port(reading, port + 1))
        return false;
    *end = '\0';
    text += bracketed;
    reading->why = tr("the name server is missing");
    if (!*text)
        return false;
    reading->why = tr("neither an address nor the name of a host");
    return address_parse(text, &reading->spec.address) || (!bracketed && read_host(reading, text));
}

/* Behind the slash of tls://: the name in the certificate. */
static bool read_certified(struct reading *reading, const char *name)
{
    if (!*name)
        return true;
    reading->why = tr("a name after the slash belongs to an address before it");
    return reading->spec.address.family && read_host(reading, name);
}

/* Cuts "@192.0.2.53" off the path. */
static bool read_address(struct reading *reading, char *path)
{
    char *at = strrchr(path, '@');

    if (!at)
        return true;
    *at = '\0';
    reading->why = tr("the address after @ belongs to the host before it");
    return !reading->spec.address.family && address_parse(at + 1, &reading->spec.address);
}

static bool read_path(struct reading *reading, char *path)
{
    size_t length = strlen(path);

    if (!read_address(reading, path))
        return false;
    length = strlen(path);
    if (length > strlen(template) && strcmp(path + length - strlen(template), template) == 0)
        path[length -= strlen(template)] = '\0';
    reading->why = tr("the path has characters that cannot be in one");
    for (const char *c = path; *c; c++)
        if (!isalnum((unsigned char)*c) && !strchr("/-._~%+=:", *c))
            return false;
    reading->why = tr("the path is too long");
    if (length >= sizeof reading->encrypted.path)
        return false;
    memcpy(reading->encrypted.path, path, length + 1);
    return true;
}

static bool read_text(struct reading *reading, const char *text)
{
    char copy[GIVEN_TEXT], path[GIVEN_TEXT];
    char *slash;
    const char *rest;

    reading->why = tr("an encrypted resolver begins with tls:// or https://");
    if (!protocol_of(text, &reading->encrypted.protocol, &rest))
        return false;
    reading->why = tr("the name is too long");
    if (strlen(rest) >= sizeof copy)
        return false;
    reading->spec.port = protocols[reading->encrypted.protocol].port;
    memcpy(copy, rest, strlen(rest) + 1);
    slash = copy + strcspn(copy, "/");
    memcpy(path, slash, strlen(slash) + 1);
    *slash = '\0';
    if (!read_authority(reading, copy))
        return false;
    if (reading->encrypted.protocol == ENCRYPTED_TLS)
        return read_certified(reading, *path ? path + 1 : path);
    if (strlen(path) < 2)
        memcpy(path, usual_path, sizeof usual_path);
    return read_path(reading, path);
}

/* The number of what was read; 0 when there is none left. */
static uint16_t number_of(const struct encrypted *encrypted)
{
    for (uint16_t i = 0; i < known_count; i++)
        if (known[i].protocol == encrypted->protocol &&
            strcmp(known[i].name, encrypted->name) == 0 &&
            strcmp(known[i].path, encrypted->path) == 0)
            return (uint16_t)(i + 1);
    if (known_count == ENCRYPTED_MOST)
        return 0;
    known[known_count++] = *encrypted;
    return known_count;
}

enum status encrypted_parse(const char *text, struct encrypted_spec *spec, const char **why)
{
    struct reading reading = {0};

    if (!read_text(&reading, text)) {
        *why = reading.why;
        return STATUS_SYNTAX;
    }
    if (!(reading.spec.number = number_of(&reading.encrypted))) {
        *why = tr("no more than 64 encrypted resolvers can be named");
        return STATUS_LIMIT;
    }
    *spec = reading.spec;
    return STATUS_OK;
}

void encrypted_forget(void)
{
    known_count = 0;
}

bool encrypted_address(const char *text, struct address *address)
{
    struct reading reading = {0};

    if (!encrypted_is_meant(text) || !read_text(&reading, text) || !reading.spec.address.family)
        return false;
    *address = reading.spec.address;
    return true;
}

const struct encrypted *encrypted_at(uint16_t number)
{
    assert(number > 0 && number <= known_count);
    return &known[number - 1];
}

static void print_address(const struct address *address, struct text *out)
{
    char literal[ADDRESS_TEXT];

    address_text(address, literal);
    text_format(out, address->family == 6 ? "[%s]" : "%s", literal);
}

static void print_tls(const struct encrypted *encrypted, const struct address *address,
                      uint16_t port, struct text *out)
{
    if (address->family)
        print_address(address, out);
    else
        text_add(out, encrypted->name);
    text_format(out, "#%u", port);
    if (address->family && *encrypted->name)
        text_format(out, "/%s", encrypted->name);
}

static void print_https(const struct encrypted *encrypted, const struct address *address,
                        uint16_t port, struct text *out)
{
    char literal[ADDRESS_TEXT];

    if (*encrypted->name)
        text_add(out, encrypted->name);
    else
        print_address(address, out);
    if (port != ENCRYPTED_HTTPS_PORT)
        text_format(out, ":%u", port);
    text_add(out, encrypted->path);
    if (strcmp(encrypted->path, "/") == 0) /* without more it would read as the usual one */
        text_add(out, template);
    if (*encrypted->name && address->family)
        text_format(out, "@%s", address_text(address, literal));
}

void encrypted_print(uint16_t number, const struct address *address, uint16_t port,
                     struct text *out)
{
    const struct encrypted *encrypted = encrypted_at(number);

    text_add(out, protocols[encrypted->protocol].scheme);
    if (encrypted->protocol == ENCRYPTED_TLS)
        print_tls(encrypted, address, port, out);
    else
        print_https(encrypted, address, port, out);
}
