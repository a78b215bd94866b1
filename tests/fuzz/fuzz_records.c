/* The text of policy records as they stand in the DNS: SPF and its macros, DMARC, lists of tags,
 * and keys in base64 and DER. */
#include "policy/records/dkim_key.h"
#include "policy/records/dmarc.h"
#include "policy/records/tags.h"
#include "policy/spf/spf_macro.h"
#include "policy/spf/spf_record.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void expand(struct octets text)
{
    struct spf_macro_values values = {.sender = octets_of("a.b-c@example.com"),
                                      .local_part = octets_of("a.b-c"),
                                      .sender_domain = octets_of("example.com"),
                                      .domain = octets_of("mail.example.com"),
                                      .helo = octets_of("mx.example.com"),
                                      .receiver = "unknown",
                                      .now = 1700000000};
    struct text out = {0};
    char name[NAME_TEXT];
    const char *why = NULL;

    address_parse("2001:db8::1", &values.ip);
    for (int explanation = 0; explanation < 2; explanation++) {
        if (!spf_macro_valid(text, explanation, &why)) {
            assert(why);
            continue;
        }
        spf_macro_varies(text);
        spf_macro_uses_p(text);
        spf_macro_expand(text, &values, &out);
        if (!explanation && spf_macro_name(text, &values, name))
            assert(strlen(name) < NAME_TEXT);
    }
    text_clear(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena *arena = arena_new();
    struct octets text, key;
    uint8_t *exact = malloc(length + !length); /* no byte more, so that a sanitizer sees */
    struct tags tags;

    assert(exact);
    if (length > 0)
        memcpy(exact, bytes, length);
    text = (struct octets){exact, length};
    spf_record_is(text);
    assert(spf_record_parse(arena, text));
    assert(dmarc_record_parse(arena, text));
    tags = tags_parse(arena, text);
    for (size_t i = 0; i < tags.count; i++)
        tags_value(&tags, "p");
    if (dkim_base64(arena, text, &key))
        assert(dkim_rsa_bits(key) <= key.length * 8);
    assert(dkim_rsa_bits(text) <= length * 8);
    expand(text);
    free(exact);
    arena_free(arena);
    return 0;
}
