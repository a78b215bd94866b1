#include "dns/address.h"
#include "unit/check.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct address address_of(const char *text)
{
    struct address address;

    assert_true(address_parse(text, &address));
    return address;
}

static void text_is_that_of_rfc_5952(void **state)
{
    static const struct {
        const char *typed, *text;
    } cases[] = {
        {"192.0.2.1", "192.0.2.1"},
        {"255.255.255.255", "255.255.255.255"},
        {"::", "::"},
        {"::1", "::1"},
        {"2001:DB8:0:0:0:0:0:1", "2001:db8::1"},
        {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
        {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
        {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
        {"1:0:0:0:0:0:0:0", "1::"},
        {"fe80::0204:61ff:fe9d:f156", "fe80::204:61ff:fe9d:f156"},
        {"::ffff:192.0.2.1", "::ffff:192.0.2.1"},
        {"64:ff9b::c000:201", "64:ff9b::c000:201"},
    };
    char text[ADDRESS_TEXT];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct address address = address_of(cases[i].typed), again;
        assert_string_equal(address_text(&address, text), cases[i].text);
        again = address_of(text);
        assert_true(address_equal(&address, &again));
    }
}

static void what_is_no_address_is_refused(void **state)
{
    static const char *const cases[] = {
        "",           "192.0.2",           "192.0.2.256", "192.0.2.1.",   "192.0.2.1 ",
        " 192.0.2.1", "0x7f.0.0.1",        "[::1]",       "fe80::1%eth0", "::1::",
        ":::",        "1:2:3:4:5:6:7:8:9", "example",     "192.0.2.1:53", "12345::",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct address address = {.family = 77};
        assert_false(address_parse(cases[i], &address));
        assert_int_equal(address.family, 77);
    }
}

static void reverse_names_are_those_of_rfc_1035_3_5_and_rfc_3596_2_5(void **state)
{
    struct address four = address_of("192.0.2.1"), six = address_of("4321:0:1:2:3:4:567:89ab");
    char name[ADDRESS_REVERSE_TEXT];

    (void)state;
    assert_string_equal(address_reverse(&four, name), "1.2.0.192.in-addr.arpa.");
    assert_string_equal(address_reverse(&six, name),
                        "b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4."
                        "ip6.arpa.");
}

static void order_puts_ipv4_first_then_goes_by_number(void **state)
{
    static const char *const ordered[] = {
        "0.0.0.0", "9.255.255.255", "10.0.0.0", "::", "::1", "2001:db8::", "ff02::1"};

    (void)state;
    for (size_t i = 0; i < COUNT(ordered); i++)
        for (size_t j = 0; j < COUNT(ordered); j++) {
            struct address a = address_of(ordered[i]), b = address_of(ordered[j]);
            int order = address_compare(&a, &b);
            assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
        }
}

static void prefixes_agree_bit_by_bit(void **state)
{
    static const struct {
        const char *address, *prefix;
        unsigned bits;
        bool within;
    } cases[] = {
        {"192.0.2.255", "192.0.2.0", 24, true},
        {"192.0.3.0", "192.0.2.0", 24, false},
        {"192.0.3.0", "192.0.2.0", 23, true},
        {"1.2.3.4", "255.0.0.0", 0, true},
        {"192.0.2.1", "192.0.2.1", 32, true},
        {"192.0.2.0", "192.0.2.1", 32, false},
        {"192.0.2.1", "192.0.2.1", 33, false},
        {"2001:db8:7fff::", "2001:db8::", 33, true},
        {"2001:db8:8000::", "2001:db8::", 33, false},
        {"2001:db8::1", "2001:db8::1", 128, true},
        {"::", "0.0.0.0", 0, false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct address address = address_of(cases[i].address), prefix = address_of(cases[i].prefix);
        assert_int_equal(address_in_prefix(&address, &prefix, cases[i].bits), cases[i].within);
    }
}

static void kinds_are_those_of_the_special_purpose_registries(void **state)
{
    static const struct {
        const char *address;
        enum address_kind kind;
    } cases[] = {
        {"8.8.8.8", ADDRESS_GLOBAL},
        {"0.0.0.0", ADDRESS_UNSPECIFIED},
        {"0.1.2.3", ADDRESS_THIS_NETWORK},
        {"10.255.0.1", ADDRESS_PRIVATE},
        {"11.0.0.0", ADDRESS_GLOBAL},
        {"100.63.255.255", ADDRESS_GLOBAL},
        {"100.64.0.0", ADDRESS_CGNAT},
        {"100.127.255.255", ADDRESS_CGNAT},
        {"100.128.0.0", ADDRESS_GLOBAL},
        {"127.0.0.1", ADDRESS_LOOPBACK},
        {"169.254.1.1", ADDRESS_LINK_LOCAL},
        {"172.15.255.255", ADDRESS_GLOBAL},
        {"172.16.0.0", ADDRESS_PRIVATE},
        {"172.31.255.255", ADDRESS_PRIVATE},
        {"172.32.0.0", ADDRESS_GLOBAL},
        {"192.0.0.9", ADDRESS_GLOBAL},
        {"192.0.0.8", ADDRESS_RESERVED},
        {"192.0.2.1", ADDRESS_DOCUMENTATION},
        {"192.88.99.1", ADDRESS_6TO4},
        {"192.168.1.1", ADDRESS_PRIVATE},
        {"198.17.255.255", ADDRESS_GLOBAL},
        {"198.19.0.1", ADDRESS_BENCHMARK},
        {"198.51.100.7", ADDRESS_DOCUMENTATION},
        {"203.0.113.7", ADDRESS_DOCUMENTATION},
        {"224.0.0.1", ADDRESS_MULTICAST},
        {"240.0.0.1", ADDRESS_RESERVED},
        {"255.255.255.255", ADDRESS_RESERVED},
        {"2606:4700::1", ADDRESS_GLOBAL},
        {"::", ADDRESS_UNSPECIFIED},
        {"::1", ADDRESS_LOOPBACK},
        {"::2", ADDRESS_RESERVED},
        {"::ffff:10.0.0.1", ADDRESS_MAPPED},
        {"64:ff9b::1", ADDRESS_GLOBAL},
        {"2001::1", ADDRESS_TEREDO},
        {"2001:2::1", ADDRESS_BENCHMARK},
        {"2001:20::1", ADDRESS_RESERVED},
        {"2001:db8::1", ADDRESS_DOCUMENTATION},
        {"2002:c000:201::", ADDRESS_6TO4},
        {"3fff:fff::1", ADDRESS_DOCUMENTATION},
        {"3fff:1000::1", ADDRESS_GLOBAL},
        {"4000::1", ADDRESS_RESERVED},
        {"fd00::1", ADDRESS_PRIVATE},
        {"fe80::1", ADDRESS_LINK_LOCAL},
        {"ff02::1", ADDRESS_MULTICAST},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct address address = address_of(cases[i].address);
        if (address_kind(&address) != cases[i].kind)
            fail_msg("%s is %s", cases[i].address, address_kind_text(address_kind(&address)));
    }
    assert_string_equal(address_kind_text(ADDRESS_GLOBAL), "");
    assert_non_null(strstr(address_kind_text(ADDRESS_PRIVATE), "RFC 1918"));
}

/* SAFETY: which servers that a domain names are asked. */
static void servers_are_within_reach_by_their_kind(void **state)
{
    static const struct {
        const char *address;
        bool hosts, documentation, private;
    } cases[] = {
        {"8.8.4.4", true, true, true},
        {"2a00::53", true, true, true},
        {"64:ff9b::808:404", true, true, true},
        {"2002:808:404::1", true, true, true},
        {"10.0.0.1", false, false, true},
        {"172.31.255.255", false, false, true},
        {"192.168.1.1", false, false, true},
        {"127.0.0.53", false, false, true},
        {"169.254.1.1", false, false, true},
        {"100.64.0.1", false, false, true},
        {"::1", false, false, true},
        {"fe80::1", false, false, true},
        {"fd00::1", false, false, true},
        {"::ffff:10.0.0.1", false, false, true},
        {"::ffff:8.8.4.4", false, false, true},
        {"64:ff9b::a00:1", false, false, true},
        {"64:ff9b::7f00:1", false, false, true},
        {"2002:a00:1::53", false, false, true},
        {"192.0.2.1", false, true, true},
        {"198.51.100.1", false, true, true},
        {"2001:db8::1", false, true, true},
        {"64:ff9b::c000:201", false, true, true},
        {"198.18.0.1", false, false, true},
        {"0.0.0.0", false, false, false},
        {"::", false, false, false},
        {"224.0.0.1", false, false, false},
        {"255.255.255.255", false, false, false},
        {"ff02::1", false, false, false},
        {"64:ff9b::e000:1", false, false, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct address address;

        assert_true(address_parse(cases[i].address, &address));
        if (server_reach_has(REACH_HOSTS, &address) != cases[i].hosts ||
            server_reach_has(REACH_DOCUMENTATION, &address) != cases[i].documentation ||
            server_reach_has(REACH_PRIVATE, &address) != cases[i].private)
            fail_msg("%s", cases[i].address);
        assert_true(server_reach_has(REACH_ALL, &address));
        assert_false(server_reach_has(REACH_NONE, &address));
    }
}

static void an_answer_from_inside_opens_the_inside(void **state)
{
    static const struct {
        const char *address;
        enum server_reach within;
    } cases[] = {{"10.0.0.1", REACH_PRIVATE},
                 {"127.0.0.1", REACH_PRIVATE},
                 {"fd00::1", REACH_PRIVATE},
                 {"64:ff9b::a00:1", REACH_PRIVATE},
                 {"100.64.0.1", REACH_PRIVATE},
                 {"192.0.2.1", REACH_DOCUMENTATION},
                 {"2001:db8::1", REACH_DOCUMENTATION},
                 {"8.8.4.4", REACH_HOSTS},
                 {"2a00::53", REACH_HOSTS},
                 {"198.18.0.1", REACH_HOSTS}};
    static const enum server_reach fixed[] = {REACH_NONE, REACH_ALL, REACH_DOCUMENTATION,
                                              REACH_PRIVATE};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct address address;

        assert_true(address_parse(cases[i].address, &address));
        assert_int_equal(server_reach_within(REACH_HOSTS, &address), cases[i].within);
        for (size_t k = 0; k < sizeof fixed / sizeof *fixed; k++)
            assert_int_equal(server_reach_within(fixed[k], &address), fixed[k]);
    }
}

static void an_address_is_looked_for_in_a_list(void **state)
{
    struct address list[2], other;

    (void)state;
    assert_true(address_parse("192.0.2.1", &list[0]));
    assert_true(address_parse("2001:db8::1", &list[1]));
    assert_true(address_parse("192.0.2.2", &other));
    assert_true(address_is_among(&list[1], list, 2));
    assert_false(address_is_among(&list[1], list, 1));
    assert_false(address_is_among(&other, list, 2));
    assert_false(address_is_among(&other, NULL, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_that_of_rfc_5952),
        cmocka_unit_test(what_is_no_address_is_refused),
        cmocka_unit_test(reverse_names_are_those_of_rfc_1035_3_5_and_rfc_3596_2_5),
        cmocka_unit_test(order_puts_ipv4_first_then_goes_by_number),
        cmocka_unit_test(prefixes_agree_bit_by_bit),
        cmocka_unit_test(kinds_are_those_of_the_special_purpose_registries),
        cmocka_unit_test(servers_are_within_reach_by_their_kind),
        cmocka_unit_test(an_answer_from_inside_opens_the_inside),
        cmocka_unit_test(an_address_is_looked_for_in_a_list),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
