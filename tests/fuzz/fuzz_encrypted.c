/* Names of encrypted resolvers, as they stand behind "@", in lists, lines of a batch and the
 * configuration. What is read is printed so that it reads as the same again. */
#include "dns/encrypted.h"
#include "net/server.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void check_printable(const char *text)
{
    for (; *text; text++)
        assert(*text > ' ' && *text <= '~');
}

static void check_again(const struct encrypted_spec *spec)
{
    struct encrypted_spec again;
    struct address address;
    struct text out = {0};
    const char *why = NULL;

    assert(spec->port);
    encrypted_print(spec->number, &spec->address, spec->port, &out);
    check_printable(text_get(&out));
    assert(encrypted_parse(text_get(&out), &again, &why) == STATUS_OK);
    assert(again.number == spec->number && again.port == spec->port);
    assert(memcmp(&again.address, &spec->address, sizeof again.address) == 0);
    assert(encrypted_address(text_get(&out), &address) == (spec->address.family != 0));
    text_clear(&out);
}

static void check_encrypted(const struct encrypted *encrypted)
{
    check_printable(encrypted->name);
    check_printable(encrypted->path);
    assert((encrypted->protocol == ENCRYPTED_HTTPS) == (*encrypted->path == '/'));
}

/* What takes any server takes this one as it is. */
static void check_server(const char *text, const struct encrypted_spec *spec)
{
    struct server_spec server;
    const char *why = NULL;

    assert(server_spec_parse(text, &server, &why) == STATUS_OK);
    assert(server.server.encrypted == spec->number && server.server.port == spec->port);
    assert(server.server.address.family ? !*server.name : *server.name);
}

static void check(const char *text)
{
    struct encrypted_spec spec;
    struct server_spec server;
    const char *why = NULL;

    encrypted_forget();
    if (encrypted_parse(text, &spec, &why) != STATUS_OK) {
        assert(why);
        assert(!encrypted_is_meant(text) || server_spec_parse(text, &server, &why) != STATUS_OK);
        return;
    }
    assert(encrypted_is_meant(text));
    check_encrypted(encrypted_at(spec.number));
    check_server(text, &spec);
    check_again(&spec);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    char *text = malloc(length + 1);

    assert(text);
    if (length > 0)
        memcpy(text, bytes, length);
    text[length] = '\0';
    check(text);
    free(text);
    return 0;
}
