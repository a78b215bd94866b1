/* What may follow "@", and how servers are shown. */
#include "net/server.h"
#include "unit/check.h"

#include <string.h>

static const struct {
    const char *text, *name, *shown; /* shown: NULL for a name */
    uint16_t port;
} good[] = {
    {"192.0.2.53", "", "192.0.2.53#0", 0},
    {"192.0.2.53#5353", "", "192.0.2.53#5353", 5353},
    {"2001:db8::53", "", "[2001:db8::53]#0", 0},
    {"2001:DB8:0::53#53", "", "[2001:db8::53]#53", 53},
    {"[2001:db8::53]#5353", "", "[2001:db8::53]#5353", 5353},
    {"[192.0.2.53]", "", "192.0.2.53#0", 0},
    {"fe80::1%1#53", "", "[fe80::1%1]#53", 53},
    {"tls://192.0.2.53/dns.example", "", "tls://192.0.2.53#853/dns.example", 853},
    {"https://dns.example:8443/q@192.0.2.53", "", "https://dns.example:8443/q@192.0.2.53", 8443},
    {"tls://dns.example", "dns.example", NULL, 853},
    {"https://dns.example", "dns.example", NULL, 443},
    {"localhost", "localhost", NULL, 0},
    {"ns1.example.com#65535", "ns1.example.com", NULL, 65535},
    {"ns1.example.com.", "ns1.example.com.", NULL, 0},
    {"_dns.example.com", "_dns.example.com", NULL, 0},
};

static const char *const bad[] = {
    "",
    "#53",
    "192.0.2.53#",
    "192.0.2.53#0",
    "192.0.2.53#65536",
    "[::1",
    "[::1]x",
    "[]#53",
    "192.0.2.53#5x",
    "ns1.example.com#-1",
    "a b",
    "-x",
    ".example",
    "ns..example",
    "ns1.example:53",
    "a\033[0m",
    "192.0.2.1%1",
    "fe80::1%no-such-interface",
    "ns1/24",
    "tls://",
    "https://dns.example/a b",
    "tcp://192.0.2.53",
};

static void addresses_and_names_are_told_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct server_spec spec;
        struct text shown = {0};
        const char *why = NULL;

        assert_int_equal(server_spec_parse(good[i].text, &spec, &why), STATUS_OK);
        assert_string_equal(spec.name, good[i].name);
        assert_int_equal(spec.server.port, good[i].port);
        if (good[i].shown) {
            server_print(&spec.server, &shown);
            assert_string_equal(text_get(&shown), good[i].shown);
        }
        text_clear(&shown);
    }
}

static void what_is_neither_is_refused_with_a_reason(void **state)
{
    char endless[600];

    (void)state;
    memset(endless, 'a', sizeof endless - 1);
    endless[sizeof endless - 1] = '\0';
    for (size_t i = 0; i <= sizeof bad / sizeof *bad; i++) {
        const char *text = i < sizeof bad / sizeof *bad ? bad[i] : endless;
        struct server_spec spec = {.name = "untouched"};
        const char *why = NULL;

        assert_int_not_equal(server_spec_parse(text, &spec, &why), STATUS_OK);
        assert_non_null(why);
        assert_string_equal(spec.name, "untouched");
    }
}

static void servers_differ_by_address_scope_and_port(void **state)
{
    static const char *const texts[] = {"fe80::1%1#53", "fe80::1%2#53", "fe80::1%1#54",
                                        "fe80::2%1#53"};
    enum { COUNT = sizeof texts / sizeof *texts };
    struct server_spec specs[COUNT];
    const char *why;

    (void)state;
    for (size_t i = 0; i < COUNT; i++)
        assert_int_equal(server_spec_parse(texts[i], &specs[i], &why), STATUS_OK);
    for (size_t i = 0; i < COUNT; i++)
        for (size_t j = 0; j < COUNT; j++)
            assert_int_equal(server_equal(&specs[i].server, &specs[j].server), i == j);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_and_names_are_told_apart),
        cmocka_unit_test(what_is_neither_is_refused_with_a_reason),
        cmocka_unit_test(servers_differ_by_address_scope_and_port),
    };

    return cmocka_run_group_tests_name("server", tests, NULL, NULL);
}
