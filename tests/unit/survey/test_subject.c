#include "survey/subject.h"
#include "unit/check.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define LABEL_63 "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk"

struct typed {
    const char *typed;
    enum subject_kind kind;
    const char *name, *owner, *note; /* owner NULL: as name */
};

static void assert_parsed(const struct typed *expected)
{
    const char *owner = expected->owner ? expected->owner : expected->name;
    struct subject subject;
    char *why = NULL;

    if (subject_parse(expected->typed, &subject, &why) != STATUS_OK)
        fail_msg("%s: %s", expected->typed, why);
    assert_null(why);
    assert_string_equal(subject.name, expected->name);
    assert_string_equal(subject.owner, owner);
    assert_int_equal(subject.kind, expected->kind);
    if (expected->note) {
        assert_non_null(subject.note);
        assert_string_equal(subject.note, expected->note);
    } else {
        assert_null(subject.note);
    }
    subject_clear(&subject);
}

static void assert_all_parsed(const struct typed *cases, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_parsed(&cases[i]);
}

static void domains_and_hosts(void **state)
{
    static const struct typed cases[] = {
        {"example.com", SUBJECT_DOMAIN, "example.com.", NULL, NULL},
        {"Example.COM.", SUBJECT_DOMAIN, "example.com.", NULL, NULL},
        {"  mx1.example.com\t\r\n", SUBJECT_DOMAIN, "mx1.example.com.", NULL, NULL},
        {"localhost", SUBJECT_DOMAIN, "localhost.", NULL, NULL},
        {"com", SUBJECT_DOMAIN, "com.", NULL, NULL},
        {".", SUBJECT_DOMAIN, ".", NULL, NULL},
        {"*.example.com", SUBJECT_DOMAIN, "*.example.com.", NULL, NULL},
        {"3com.example", SUBJECT_DOMAIN, "3com.example.", NULL, NULL},
        {"example.com:25", SUBJECT_DOMAIN, "example.com.", NULL, "left out: :25"},
        {"example.com:", SUBJECT_DOMAIN, "example.com.", NULL, "left out: :"},
        {"example.com./", SUBJECT_DOMAIN, "example.com.", NULL, "left out: /"},
        {LABEL_63 ".example", SUBJECT_DOMAIN, LABEL_63 ".example.", NULL, NULL},
        /* As long as the longest address with a dot, and one more. */
        {"abcdefghijklmnopqrstuvwxyzabcdefghijkl.example", SUBJECT_DOMAIN,
         "abcdefghijklmnopqrstuvwxyzabcdefghijkl.example.", NULL, NULL},
        {"abcdefghijklmnopqrstuvwxyzabcdefghijklm.example", SUBJECT_DOMAIN,
         "abcdefghijklmnopqrstuvwxyzabcdefghijklm.example.", NULL, NULL},
    };

    (void)state;
    assert_all_parsed(cases, COUNT(cases));
}

static void mailboxes_rfc5321_4_1_2(void **state)
{
    static const struct typed cases[] = {
        {"user@example.com", SUBJECT_DOMAIN, "example.com.", NULL, "left out: user@"},
        {"user@example.com.", SUBJECT_DOMAIN, "example.com.", NULL, "left out: user@"},
        {"<user@example.com>", SUBJECT_DOMAIN, "example.com.", NULL, "left out: user@"},
        {"Ann Lee <ann@example.com>", SUBJECT_DOMAIN, "example.com.", NULL,
         "left out: the display name Ann Lee, ann@"},
        {"\"Lee, Ann\" <ann@example.com> (home)", SUBJECT_DOMAIN, "example.com.", NULL,
         "left out: the display name \"Lee, Ann\", (home), ann@"},
        {"Ann < ann@example.com >", SUBJECT_DOMAIN, "example.com.", NULL,
         "left out: the display name Ann, ann@"},
        {"\"a b@c\"@example.com", SUBJECT_DOMAIN, "example.com.", NULL, "left out: \"a b@c\"@"},
        {"\"a/b\"@example.com", SUBJECT_DOMAIN, "example.com.", NULL, "left out: \"a/b\"@"},
        {"dept/user@example.com", SUBJECT_DOMAIN, "example.com.", NULL, "left out: dept/user@"},
        {"user+tag@sub.example.com", SUBJECT_DOMAIN, "sub.example.com.", NULL,
         "left out: user+tag@"},
        {"@example.com", SUBJECT_DOMAIN, "example.com.", NULL, "left out: @"},
        {"user@[192.0.2.1]", SUBJECT_ADDRESS, "1.2.0.192.in-addr.arpa.", NULL, "left out: user@"},
        {"jürgen@bücher.example", SUBJECT_DOMAIN, "xn--bcher-kva.example.", NULL,
         "left out: jürgen@"},
    };

    (void)state;
    assert_all_parsed(cases, COUNT(cases));
}

static void urls_rfc3986_3(void **state)
{
    static const struct typed cases[] = {
        {"https://example.com", SUBJECT_DOMAIN, "example.com.", NULL, "left out: https://"},
        {"//example.com/x", SUBJECT_DOMAIN, "example.com.", NULL, "left out: //, /x"},
        {"example.com,", SUBJECT_DOMAIN, "example.com.", NULL, "left out: ,"},
        {"<example.com", SUBJECT_DOMAIN, "example.com.", NULL, "left out: <"},
        {"user@example.com>", SUBJECT_DOMAIN, "example.com.", NULL, "left out: >, user@"},
        {"'example.com';", SUBJECT_DOMAIN, "example.com.", NULL, "left out: ;, ', '"},
        {"https://user:secret@www.example.com:8443/a/b?c=d@e#f", SUBJECT_DOMAIN, "www.example.com.",
         NULL, "left out: https://, /a/b?c=d@e#f, user:secret@, :8443"},
        {"http://example.com?x=1", SUBJECT_DOMAIN, "example.com.", NULL, "left out: http://, ?x=1"},
        {"http://example.com#top", SUBJECT_DOMAIN, "example.com.", NULL, "left out: http://, #top"},
        {"http://[2001:db8::1]:8080/x", SUBJECT_ADDRESS,
         "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.", NULL,
         "left out: http://, /x, :8080"},
        {"http://192.0.2.1/", SUBJECT_ADDRESS, "1.2.0.192.in-addr.arpa.", NULL,
         "left out: http://, /"},
        {"ldap://dc1.example.com:389", SUBJECT_DOMAIN, "dc1.example.com.", NULL,
         "left out: ldap://, :389"},
        {"example.com/index.html", SUBJECT_DOMAIN, "example.com.", NULL, "left out: /index.html"},
        {"example.com/@ann", SUBJECT_DOMAIN, "example.com.", NULL, "left out: /@ann"},
        {"example.com:8080/a@b", SUBJECT_DOMAIN, "example.com.", NULL, "left out: /a@b, :8080"},
        {"mailto:user@example.com?subject=a%20b", SUBJECT_DOMAIN, "example.com.", NULL,
         "left out: mailto:, ?subject=a%20b, user@"},
        {"MAILTO:user@example.com", SUBJECT_DOMAIN, "example.com.", NULL,
         "left out: MAILTO:, user@"},
        {"sip:ann@example.com", SUBJECT_DOMAIN, "example.com.", NULL, "left out: sip:, ann@"},
        {"sip:5060", SUBJECT_DOMAIN, "sip.", NULL, "left out: :5060"},
    };

    (void)state;
    assert_all_parsed(cases, COUNT(cases));
}

static void addresses_and_literals_rfc5321_4_1_3(void **state)
{
    static const char v6[] =
        "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.";
    static const char link[] =
        "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.e.f.ip6.arpa.";
    const struct typed cases[] = {
        {"192.0.2.1", SUBJECT_ADDRESS, "1.2.0.192.in-addr.arpa.", NULL, NULL},
        {" 192.0.2.1 ", SUBJECT_ADDRESS, "1.2.0.192.in-addr.arpa.", NULL, NULL},
        {"192.0.2.1.", SUBJECT_ADDRESS, "1.2.0.192.in-addr.arpa.", NULL, NULL},
        {"[192.0.2.1]", SUBJECT_ADDRESS, "1.2.0.192.in-addr.arpa.", NULL, NULL},
        {"192.0.2.1:25", SUBJECT_ADDRESS, "1.2.0.192.in-addr.arpa.", NULL, "left out: :25"},
        {"[192.0.2.1]:25", SUBJECT_ADDRESS, "1.2.0.192.in-addr.arpa.", NULL, "left out: :25"},
        {"192.0.2.1/24", SUBJECT_ADDRESS, "1.2.0.192.in-addr.arpa.", NULL, "left out: /24"},
        {"192.0.2.0/32", SUBJECT_ADDRESS, "0.2.0.192.in-addr.arpa.", NULL, "left out: /32"},
        {"2001:db8::1/64", SUBJECT_ADDRESS, v6, NULL, "left out: /64"},
        {"2001:db8::1", SUBJECT_ADDRESS, v6, NULL, NULL},
        {"2001:DB8:0:0:0:0:0:1", SUBJECT_ADDRESS, v6, NULL, NULL},
        {"[2001:db8::1]", SUBJECT_ADDRESS, v6, NULL, NULL},
        {"[2001:db8::1]:25", SUBJECT_ADDRESS, v6, NULL, "left out: :25"},
        {"IPv6:2001:db8::1", SUBJECT_ADDRESS, v6, NULL, NULL},
        {"[IPv6:2001:db8::1]", SUBJECT_ADDRESS, v6, NULL, NULL},
        {"user@[ipv6:2001:db8::1]", SUBJECT_ADDRESS, v6, NULL, "left out: user@"},
        {"fe80::1%eth0", SUBJECT_ADDRESS, link, NULL, "left out: %eth0"},
        {"[fe80::1%25eth0]", SUBJECT_ADDRESS, link, NULL, "left out: %25eth0"},
    };

    (void)state;
    assert_all_parsed(cases, COUNT(cases));
}

static void services_rfc2782(void **state)
{
    static const struct typed cases[] = {
        {"_ldap._tcp.example.com", SUBJECT_SERVICE, "example.com.", "_ldap._tcp.example.com.",
         NULL},
        {"_LDAP._TCP.Example.com.", SUBJECT_SERVICE, "example.com.", "_ldap._tcp.example.com.",
         NULL},
        {"_ldap._tcp.dc._msdcs.example.com", SUBJECT_SERVICE, "example.com.",
         "_ldap._tcp.dc._msdcs.example.com.", NULL},
        {"_25._tcp.mx1.example.com", SUBJECT_SERVICE, "mx1.example.com.",
         "_25._tcp.mx1.example.com.", NULL},
        {"_sip._tcp.bücher.example", SUBJECT_SERVICE, "xn--bcher-kva.example.",
         "_sip._tcp.xn--bcher-kva.example.", NULL},
        /* one label alone is a name of its own, as SPF includes and policies have them */
        {"_spf.example.com", SUBJECT_DOMAIN, "_spf.example.com.", NULL, NULL},
        {"_dmarc.example.com", SUBJECT_DOMAIN, "_dmarc.example.com.", NULL, NULL},
        {"s1._domainkey.example.com", SUBJECT_KEY, "s1._domainkey.example.com.", NULL, NULL},
        {"_ldap._tcp", SUBJECT_DOMAIN, "_ldap._tcp.", NULL, NULL},
    };

    (void)state;
    assert_all_parsed(cases, COUNT(cases));
}

static void internationalised_names_rfc5891(void **state)
{
    static const struct typed cases[] = {
        {"bücher.example", SUBJECT_DOMAIN, "xn--bcher-kva.example.", NULL, NULL},
        {"BÜCHER.example.", SUBJECT_DOMAIN, "xn--bcher-kva.example.", NULL, NULL},
        {"日本語。jp", SUBJECT_DOMAIN, "xn--wgv71a119e.jp.", NULL, NULL},
        {"日本語．jp", SUBJECT_DOMAIN, "xn--wgv71a119e.jp.", NULL, NULL},
        {"user@日本語｡jp", SUBJECT_DOMAIN, "xn--wgv71a119e.jp.", NULL, "left out: user@"},
        {"https://bücher.example:443/für", SUBJECT_DOMAIN, "xn--bcher-kva.example.", NULL,
         "left out: https://, /für, :443"},
    };

    (void)state;
    assert_all_parsed(cases, COUNT(cases));
}

static void reverse_names_rfc2317(void **state)
{
    static const struct typed cases[] = {
        {"1.2.0.192.in-addr.arpa", SUBJECT_REVERSE, "1.2.0.192.in-addr.arpa.", NULL, NULL},
        {"0/25.2.0.192.in-addr.arpa", SUBJECT_REVERSE, "0/25.2.0.192.in-addr.arpa.", NULL, NULL},
        {"1.0/25.2.0.192.IN-ADDR.ARPA.", SUBJECT_REVERSE, "1.0/25.2.0.192.in-addr.arpa.", NULL,
         NULL},
        {"0/25.2.0.192.in-addr.arpa:53", SUBJECT_REVERSE, "0/25.2.0.192.in-addr.arpa.", NULL,
         "left out: :53"},
    };

    (void)state;
    assert_all_parsed(cases, COUNT(cases));
}

/* RFC 6376 3.6.2.1: selector, "_domainkey", domain. */
static void keys_are_told_from_domains(void **state)
{
    static const struct {
        const char *typed;
        enum subject_kind kind;
        const char *selector, *domain;
    } keys[] = {
        {"s1._domainkey.example.com", SUBJECT_KEY, "s1", "example.com."},
        {"a.b._domainkey.sub.example.com", SUBJECT_KEY, "a.b", "sub.example.com."},
        {"S1._DOMAINKEY.example.com.", SUBJECT_KEY, "s1", "example.com."},
        {"_domainkey.example.com", SUBJECT_DOMAIN, "", ""},
        {"*._domainkey.example.com", SUBJECT_DOMAIN, "", ""},
        {"s1._domainkey", SUBJECT_DOMAIN, "", ""},
        {"_dmarc.example.com", SUBJECT_DOMAIN, "", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct subject subject;

        assert_int_equal(subject_parse(keys[i].typed, &subject, NULL), STATUS_OK);
        assert_int_equal(subject.kind, keys[i].kind);
        assert_string_equal(subject.selector, keys[i].selector);
        assert_string_equal(subject.domain, keys[i].domain);
        subject_clear(&subject);
    }
}

static void what_is_no_name_is_told_exactly(void **state)
{
    static const struct {
        const char *typed, *why;
    } cases[] = {
        {"", "no name was given"},
        {" \t", "no name was given"},
        {"user@", "no name was given"},
        {"https://", "no name was given"},
        {"<>", "no name was given"},
        {"192.0.2.0/24",
         "\"192.0.2.0/24\" is an invalid name: it is a network; give one of its addresses"},
        {"2001:db8::/32",
         "\"2001:db8::/32\" is an invalid name: it is a network; give one of its addresses"},
        {"0.0.0.0/0",
         "\"0.0.0.0/0\" is an invalid name: it is a network; give one of its addresses"},
        {"exa mple.com", "\"exa mple.com\" is an invalid name: there is a space inside it"},
        {"Ann ann.example.com",
         "\"Ann ann.example.com\" is an invalid name: there is a space inside it"},
        {"a..b",
         "\"a..b\" is an invalid name: a label is empty (two dots in a row, or a dot in front)"},
        {".example.com", "\".example.com\" is an invalid name: a label is empty (two dots in a "
                         "row, or a dot in front)"},
        {"user@a..b",
         "\"a..b\" is an invalid name: a label is empty (two dots in a row, or a dot in front)"},
        {LABEL_63 "x.com",
         "\"" LABEL_63 "x.com\" is an invalid name: a label has more than 63 octets"},
        {"a\\300.com", "\"a\\300.com\" is an invalid name: a backslash is not followed by a "
                       "character or three digits "
                       "up to 255"},
        {"-ü.example", "\"-ü.example\" is an invalid name: a label starts or ends with a hyphen"},
        {"\xfc.example", "\"\\252.example\" is an invalid name: the name is not valid UTF-8"},
        {"☃.example", "\"☃.example\" is an invalid name: the name has a character that IDNA does "
                      "not allow in names "
                      "(RFC 5892)"},
        {"192.0.2.300",
         "\"192.0.2.300\" is an invalid name: it ends in a number, as no name does, and is "
         "no IP address either"},
        {"192.0.2",
         "\"192.0.2\" is an invalid name: it ends in a number, as no name does, and is no IP "
         "address either"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct subject subject = {.kind = SUBJECT_SERVICE};
        char *why = NULL;
        assert_int_not_equal(subject_parse(cases[i].typed, &subject, &why), STATUS_OK);
        assert_int_equal(subject.kind, SUBJECT_SERVICE); /* untouched */
        assert_non_null(why);
        assert_string_equal(why, cases[i].why);
        free(why);
        assert_int_not_equal(subject_parse(cases[i].typed, &subject, NULL), STATUS_OK);
    }
}

static void what_was_typed_is_kept_and_safe_to_show(void **state)
{
    struct subject subject;

    (void)state;
    assert_int_equal(subject_parse(" User@Ex\\097mple.com\x1b[31m/\xe2\x80\xae", &subject, NULL),
                     STATUS_OK);
    assert_string_equal(subject.input, " User@Ex\\097mple.com\\027[31m/\\226\\128\\174");
    assert_string_equal(subject.name, "example.com\\027[31m.");
    assert_string_equal(subject.note, "left out: User@, /\\226\\128\\174");
    subject_clear(&subject);
    assert_null(subject.input);
    subject_clear(&subject);
}

/* A megabyte pasted by mistake ends in a short sentence. */
static void long_input_is_quoted_by_its_beginning(void **state)
{
    enum { LONG = 1 << 20 };
    static const char *const fillings[] = {"a", "a.", "ü", "/", "@", ":1", "<", " x"};
    char *typed = malloc(LONG + 1);

    (void)state;
    for (size_t i = 0; i < COUNT(fillings); i++) {
        struct subject subject = {0};
        char *why = NULL;
        size_t length = strlen(fillings[i]);
        for (size_t j = 0; j < LONG; j++)
            typed[j] = fillings[i][j % length];
        typed[LONG - LONG % length] = '\0';
        assert_int_not_equal(subject_parse(typed, &subject, &why), STATUS_OK);
        assert_true(strlen(why) < 400);
        free(why);
    }
    memcpy(typed, "example.com/", 12);
    memset(typed + 12, 'x', LONG - 12);
    struct subject subject;
    assert_int_equal(subject_parse(typed, &subject, NULL), STATUS_OK);
    assert_string_equal(subject.name, "example.com.");
    assert_true(strlen(subject.note) < 400);
    assert_string_equal(subject.note + strlen(subject.note) - 3, "...");
    subject_clear(&subject);
    free(typed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(domains_and_hosts),
        cmocka_unit_test(mailboxes_rfc5321_4_1_2),
        cmocka_unit_test(urls_rfc3986_3),
        cmocka_unit_test(addresses_and_literals_rfc5321_4_1_3),
        cmocka_unit_test(services_rfc2782),
        cmocka_unit_test(internationalised_names_rfc5891),
        cmocka_unit_test(reverse_names_rfc2317),
        cmocka_unit_test(keys_are_told_from_domains),
        cmocka_unit_test(what_is_no_name_is_told_exactly),
        cmocka_unit_test(what_was_typed_is_kept_and_safe_to_show),
        cmocka_unit_test(long_input_is_quoted_by_its_beginning),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
