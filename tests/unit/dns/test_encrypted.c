/* How encrypted resolvers are written, and that they are never taken for one another. */
#include "dns/encrypted.h"

#include "dns/question_map.h"
#include "dns/type.h"
#include "unit/check.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *text, *shown, *name, *path;
} good[] = {
    {"tls://192.0.2.53", "tls://192.0.2.53#853", "", ""},
    {"tls://192.0.2.53/", "tls://192.0.2.53#853", "", ""},
    {"tls://192.0.2.53#8853", "tls://192.0.2.53#8853", "", ""},
    {"tls://192.0.2.53:8853", "tls://192.0.2.53#8853", "", ""},
    {"tls://192.0.2.53/dns.example", "tls://192.0.2.53#853/dns.example", "dns.example", ""},
    {"tls://192.0.2.53#65535/DNS.Example.", "tls://192.0.2.53#65535/dns.example", "dns.example",
     ""},
    {"tls://2001:db8::53", "tls://[2001:db8::53]#853", "", ""},
    {"tls://2001:db8::53#8853", "tls://[2001:db8::53]#8853", "", ""},
    {"tls://[2001:db8::53]:8853/dns.example", "tls://[2001:db8::53]#8853/dns.example",
     "dns.example", ""},
    {"tls://dns.example", "tls://dns.example#853", "dns.example", ""},
    {"tls://dns.example#8853", "tls://dns.example#8853", "dns.example", ""},
    {"https://dns.example", "https://dns.example/dns-query", "dns.example", "/dns-query"},
    {"https://dns.example/", "https://dns.example/dns-query", "dns.example", "/dns-query"},
    {"https://dns.example/q/1{?dns}", "https://dns.example/q/1", "dns.example", "/q/1"},
    {"https://dns.example:8443/q@192.0.2.53", "https://dns.example:8443/q@192.0.2.53",
     "dns.example", "/q"},
    {"https://dns.example/q@2001:db8::53", "https://dns.example/q@2001:db8::53", "dns.example",
     "/q"},
    {"https://192.0.2.53", "https://192.0.2.53/dns-query", "", "/dns-query"},
    {"https://[2001:db8::53]#8443/q", "https://[2001:db8::53]:8443/q", "", "/q"},
    {"https://b\303\274cher.example", "https://xn--bcher-kva.example/dns-query",
     "xn--bcher-kva.example", "/dns-query"},
};

static void each_is_read_and_written_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct encrypted_spec spec, again;
        struct text text = {0};
        const char *why = NULL;

        assert_int_equal(encrypted_parse(good[i].text, &spec, &why), STATUS_OK);
        encrypted_print(spec.number, &spec.address, spec.port, &text);
        assert_string_equal(text_get(&text), good[i].shown);
        assert_string_equal(encrypted_at(spec.number)->name, good[i].name);
        assert_string_equal(encrypted_at(spec.number)->path, good[i].path);
        assert_int_equal(encrypted_at(spec.number)->protocol,
                         *good[i].path ? ENCRYPTED_HTTPS : ENCRYPTED_TLS);
        assert_int_equal(encrypted_parse(text_get(&text), &again, &why), STATUS_OK);
        assert_int_equal(again.number, spec.number);
        assert_int_equal(again.port, spec.port);
        assert_true(address_equal(&again.address, &spec.address));
        text_clear(&text);
    }
}

static const char *const bad[] = {
    "",
    "tls:",
    "tls://",
    "tls:///dns.example",
    "tls://#853",
    "tls://[2001:db8::53",
    "tls://[dns.example]",
    "tls://[192.0.2.53]x",
    "tls://192.0.2.53#",
    "tls://192.0.2.53#0",
    "tls://192.0.2.53#65536",
    "tls://192.0.2.53#99999999999999999999",
    "tls://192.0.2.53#853x",
    "tls://192.0.2.53/a b",
    "tls://192.0.2.53/192.0.2.54",
    "tls://192.0.2.53/a/b",
    "tls://dns.example/other.example",
    "tls://dns_.example",
    "tls://-dns.example",
    "tls://dns..example",
    "tls://dns.example:853:853",
    "TLS://192.0.2.53",
    "http://192.0.2.53",
    "https://",
    "https:///dns-query",
    "https://user@dns.example/dns-query",
    "https://dns.example/dns-query@",
    "https://dns.example/dns-query@dns.example",
    "https://dns.example/dns-query@192.0.2.53@192.0.2.53",
    "https://192.0.2.53/dns-query@192.0.2.53",
    "https://dns.example/a b",
    "https://dns.example/a,b",
    "https://dns.example/a\"b",
    "https://dns.example/$(id)",
    "https://dns.example/\033[0m",
    "https://dns.example/\303\274",
};

static void nothing_else_is_one(void **state)
{
    char longest[400] = "https://dns.example/";
    struct encrypted_spec spec = {.number = 4711};
    const char *why;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        why = NULL;
        if (encrypted_parse(bad[i], &spec, &why) != STATUS_SYNTAX)
            fail_msg("%s is taken", bad[i]);
        assert_non_null(why);
        assert_int_equal(spec.number, 4711);
    }
    memset(longest + strlen(longest), 'x', sizeof longest - strlen(longest) - 1);
    assert_int_equal(encrypted_parse(longest, &spec, &why), STATUS_SYNTAX);
}

static void an_address_is_found_without_a_number(void **state)
{
    struct address address = {0}, wanted;

    (void)state;
    assert_true(address_parse("192.0.2.53", &wanted));
    assert_true(encrypted_address("https://only.here.example/q@192.0.2.53", &address));
    assert_true(address_equal(&address, &wanted));
    assert_false(encrypted_address("https://only.here.example/q", &address));
    assert_false(encrypted_address("192.0.2.53#53", &address));
}

/* No answer of one is taken for an answer of another, nor for one in plain. */
static void questions_to_each_are_different(void **state)
{
    static const char *const texts[] = {"tls://192.0.2.53#443", "tls://192.0.2.53#443/a.example",
                                        "https://192.0.2.53/a", "https://192.0.2.53/b",
                                        "https://a.example/a@192.0.2.53"};
    enum { COUNT = sizeof texts / sizeof *texts };
    struct question questions[COUNT + 1] = {{0}};
    struct question_map *map = question_map_new();
    const char *why;

    (void)state;
    for (size_t i = 0; i <= COUNT; i++) {
        struct encrypted_spec spec = {.port = 443};
        assert_true(address_parse("192.0.2.53", &spec.address));
        if (i < COUNT)
            assert_int_equal(encrypted_parse(texts[i], &spec, &why), STATUS_OK);
        questions[i] = (struct question){.name = "example.com.",
                                         .type = TYPE_MX,
                                         .server = spec.address,
                                         .port = spec.port,
                                         .encrypted = spec.number};
        assert_null(question_map_find(map, &questions[i]));
        question_map_put(map, &questions[i], &questions[i]);
        for (size_t k = 0; k < i; k++)
            assert_false(question_equal(&questions[i], &questions[k]));
    }
    for (size_t i = 0; i <= COUNT; i++)
        assert_ptr_equal(question_map_find(map, &questions[i]), &questions[i]);
    question_map_free(map);
}

/* Last: afterwards no other can be named. */
static void there_is_an_end_to_them(void **state)
{
    struct encrypted_spec spec;
    enum status status = STATUS_OK;
    char text[64];
    const char *why;
    int named = 0;

    (void)state;
    for (; status == STATUS_OK && named < 2 * ENCRYPTED_MOST; named++) {
        snprintf(text, sizeof text, "tls://192.0.2.53/n%d.example", named);
        status = encrypted_parse(text, &spec, &why);
    }
    assert_int_equal(status, STATUS_LIMIT);
    assert_true(named <= ENCRYPTED_MOST + 1);
    assert_int_equal(encrypted_parse("tls://192.0.2.54/n0.example", &spec, &why), STATUS_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_read_and_written_back),
        cmocka_unit_test(nothing_else_is_one),
        cmocka_unit_test(an_address_is_found_without_a_number),
        cmocka_unit_test(questions_to_each_are_different),
        cmocka_unit_test(there_is_an_end_to_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
