/* DANE for SMTP: whether it applies to an exchange, and which TLSA records count (RFC 7672). */
#include "policy/servers/dane.h"

#include "base/text.h"
#include "dns/type.h"
#include "unit/check.h"
#include "unit/worlds/zone_world.h"

#include <stdlib.h>
#include <string.h>

#define DOMAIN "example.com."
#define HASH   "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define HOST   "@ MX 10 mx1\nmx1 A 192.0.2.1\n"

/* A key and a certificate for it, Ed25519, in DER. */
#define PUBLIC_KEY                                                                                 \
    "302a300506032b65700321006bbde6eb967484b8105b76c260df3eef891bb52e5811e5d44a054d73"             \
    "5b68afca"
#define CERTIFICATE                                                                                \
    "3082012c3081dfa00302010202147a42893bbf45b9397f026d5bbf62caabbfec97fe300506032b65"             \
    "70300c310a300806035504030c016d301e170d3236313132393137323431305a170d323631313330"             \
    "3137323431305a300c310a300806035504030c016d302a300506032b65700321006bbde6eb967484"             \
    "b8105b76c260df3eef891bb52e5811e5d44a054d735b68afcaa3533051301d0603551d0e04160414"             \
    "9ecf8ba56586577bd46b5d9833f0db308386c88d301f0603551d230418301680149ecf8ba5658657"             \
    "7bd46b5d9833f0db308386c88d300f0603551d130101ff040530030101ff300506032b6570034100"             \
    "c2a195359e3c56397e96c76215c54133d72112713908c1673f5ecc4b63ef580f3efa7a06c2d098ab"             \
    "364c7ba59044cb89563ca4d0e9b87f50b21ef0f268299806"

static bool was_asked(const struct zone_world *world, const char *name, uint16_t type)
{
    struct question question = {.name = name, .type = type};

    return answers_find(world->answers, &question) != NULL;
}

/* ---- one record ---- */

struct record_case {
    const char *tlsa; /* of mx1 */
    enum dane_state state;
    const char *why; /* a part of it */
};

#define REQUIRED  "senders that use DANE require a matching certificate"
#define UNCHECKED "; senders that use DANE encrypt without checking the certificate"

static const struct record_case record_cases[] = {
    {NULL, DANE_ABSENT, "no TLSA record"},
    {"TLSA 3 1 1 " HASH, DANE_USABLE, REQUIRED},
    {"TLSA 3 0 2 " HASH HASH, DANE_USABLE, REQUIRED},
    {"TLSA 2 0 1 " HASH, DANE_USABLE, REQUIRED},
    {"TLSA 3 1 0 " PUBLIC_KEY, DANE_USABLE, REQUIRED},
    {"TLSA 2 1 0 " PUBLIC_KEY, DANE_USABLE, REQUIRED},
    {"TLSA 3 0 0 " CERTIFICATE, DANE_USABLE, REQUIRED},
    {"TLSA 3 1 0 " CERTIFICATE, DANE_UNUSABLE, "the data is not a public key" UNCHECKED},
    {"TLSA 3 0 0 " PUBLIC_KEY, DANE_UNUSABLE, "the data is not a certificate" UNCHECKED},
    {"TLSA 3 1 0 " HASH, DANE_UNUSABLE, "the data is not a public key" UNCHECKED},
    {"TLSA 3 1 0 3082", DANE_UNUSABLE, "the data is not a public key" UNCHECKED},
    {"TLSA 2 0 0 " HASH, DANE_UNUSABLE, "the data is not a certificate" UNCHECKED},
    {"TLSA 3 1 0 " PUBLIC_KEY "00", DANE_UNUSABLE, "the data is not a public key" UNCHECKED},
    {"TLSA 0 0 1 " HASH, DANE_UNUSABLE,
     "certificate usages 0 and 1 are not for SMTP (RFC 7672 3.1.3)" UNCHECKED},
    {"TLSA 1 1 1 " HASH, DANE_UNUSABLE,
     "certificate usages 0 and 1 are not for SMTP (RFC 7672 3.1.3)" UNCHECKED},
    {"TLSA 4 1 1 " HASH, DANE_UNUSABLE, "the certificate usage is unknown" UNCHECKED},
    {"TLSA 3 2 1 " HASH, DANE_UNUSABLE, "the selector is unknown" UNCHECKED},
    {"TLSA 3 1 3 " HASH, DANE_UNUSABLE, "the matching type is unknown" UNCHECKED},
    {"TYPE52 \\# 36 030101" HASH "00", DANE_UNUSABLE,
     "the data is not a SHA-256 digest of 32 octets" UNCHECKED},
    {"TYPE52 \\# 35 030102" HASH, DANE_UNUSABLE,
     "the data is not a SHA-512 digest of 64 octets" UNCHECKED},
};

static void tlsa_records_are_usable_or_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof record_cases / sizeof record_cases[0]; i++) {
        const struct record_case *wanted = &record_cases[i];
        struct text text = {0};
        struct zone_world world;
        struct dane *dane;

        text_add(&text, HOST);
        if (wanted->tlsa)
            text_format(&text, "_25._tcp.mx1 %s\n", wanted->tlsa);
        zone_world_init(&world, text_get(&text));
        world.secure = true;
        ZONE_WORLD_SETTLE(&world, dane, dane_build(&world.lookup, world.arena, DOMAIN));
        assert_true(dane->complete);
        assert_int_equal(dane->count, 1);
        if (dane->exchanges[0].state != wanted->state ||
            strcmp(dane->exchanges[0].why, wanted->why) != 0)
            fail_msg("%s: %s: %s", wanted->tlsa, dane_state_text(dane->exchanges[0].state),
                     dane->exchanges[0].why);
        assert_int_equal(dane->state, wanted->state);
        assert_int_equal(dane->usable, wanted->state == DANE_USABLE);
        zone_world_clear(&world);
        text_clear(&text);
    }
}

/* ---- whether it applies ---- */

static void clear_ad(struct reply *reply, bool clear)
{
    reply->ad &= !clear;
}

static void mx_insecure(struct reply *reply)
{
    clear_ad(reply, reply->question.type == TYPE_MX);
}

static void address_insecure(struct reply *reply)
{
    clear_ad(reply, reply->question.type == TYPE_A || reply->question.type == TYPE_AAAA);
}

static void ipv6_insecure(struct reply *reply)
{
    clear_ad(reply, reply->question.type == TYPE_AAAA);
}

static void tlsa_insecure(struct reply *reply)
{
    clear_ad(reply, reply->question.type == TYPE_TLSA);
}

static void target_insecure(struct reply *reply)
{
    address_insecure(reply);
    clear_ad(reply, strcmp(reply->question.name, "_25._tcp.mx1.example.com.") == 0);
}

#define TLSA "_25._tcp.mx1 TLSA 3 1 1 " HASH "\n"

struct world_case {
    const char *what, *zone;
    void (*adjust)(struct reply *reply);
    const char *broken;
    bool offline;
    enum dane_state state;
    bool asked; /* for the TLSA records of mx1 */
};

static const struct world_case world_cases[] = {
    {"all secure", HOST TLSA, NULL, NULL, false, DANE_USABLE, true},
    {"MX not signed (2.2.1)", HOST TLSA, mx_insecure, NULL, false, DANE_MX_INSECURE, true},
    {"MX not signed, unusable", HOST "_25._tcp.mx1 TLSA 1 1 1 " HASH "\n", mx_insecure, NULL, false,
     DANE_UNUSABLE, true},
    {"addresses not signed (2.2.2)", HOST TLSA, address_insecure, NULL, false, DANE_INSECURE,
     false},
    {"one family not signed", HOST "mx1 AAAA 2001:db8::1\n" TLSA, ipv6_insecure, NULL, false,
     DANE_INSECURE, false},
    {"no address of that family", HOST TLSA, ipv6_insecure, NULL, false, DANE_USABLE, true},
    {"nothing signed, servers that fail for TLSA", HOST, address_insecure, "_tcp.mx1.example.com.",
     false, DANE_INSECURE, false},
    {"signed, servers that fail for TLSA", HOST, NULL, "_tcp.mx1.example.com.", false, DANE_UNKNOWN,
     true},
    {"TLSA not signed", HOST TLSA, tlsa_insecure, NULL, false, DANE_UNSIGNED, true},
    {"addresses not known", HOST TLSA, NULL, "mx1.example.com.", false, DANE_UNKNOWN, false},
    {"no address", "@ MX 10 mx1\n" TLSA, NULL, NULL, false, DANE_ABSENT, false},
    {"a zone file", HOST TLSA, NULL, NULL, true, DANE_ONCE_SIGNED, true},
    {"a zone file, unusable", HOST "_25._tcp.mx1 TLSA 0 0 1 " HASH "\n", NULL, NULL, true,
     DANE_UNUSABLE, true},
    {"a zone file without", HOST, NULL, NULL, true, DANE_ABSENT, true},
    {"the alias is secure, the target not", "@ MX 10 mx1\nmx1 CNAME a\na A 192.0.2.1\n" TLSA,
     address_insecure, NULL, false, DANE_USABLE, true},
    {"neither alias nor target is secure", "@ MX 10 mx1\nmx1 CNAME a\na A 192.0.2.1\n" TLSA,
     target_insecure, NULL, false, DANE_UNSIGNED, true},
};

static void first_it_is_found_out_whether_dane_applies(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof world_cases / sizeof world_cases[0]; i++) {
        const struct world_case *wanted = &world_cases[i];
        struct zone_world world;
        struct dane *dane;

        zone_world_init(&world, wanted->zone);
        world.secure = !wanted->offline;
        world.offline = wanted->offline;
        world.adjust = wanted->adjust;
        world.broken = wanted->broken;
        ZONE_WORLD_SETTLE(&world, dane, dane_build(&world.lookup, world.arena, DOMAIN));
        assert_true(dane->complete);
        if (dane->exchanges[0].state != wanted->state ||
            was_asked(&world, "_25._tcp.mx1.example.com.", TYPE_TLSA) != wanted->asked)
            fail_msg("%s: %s: %s", wanted->what, dane_state_text(dane->exchanges[0].state),
                     dane->exchanges[0].why);
        if (strstr(dane->exchanges[0].why, "defer") && wanted->state != DANE_UNKNOWN)
            fail_msg("%s: %s", wanted->what, dane->exchanges[0].why);
        zone_world_clear(&world);
    }
}

/* RFC 7672 2.2.3: the name an alias leads to comes first. */
static void tlsa_of_an_alias_is_found_at_its_target(void **state)
{
    struct zone_world world;
    struct dane *dane;

    (void)state;
    zone_world_init(&world, "@ MX 10 a\na CNAME mx1\nmx1 A 192.0.2.1\n" TLSA);
    world.secure = true;
    ZONE_WORLD_SETTLE(&world, dane, dane_build(&world.lookup, world.arena, DOMAIN));
    assert_string_equal(dane->exchanges[0].base, "_25._tcp.mx1.example.com.");
    assert_int_equal(dane->exchanges[0].state, DANE_USABLE);
    zone_world_clear(&world);
}

/* An address is no host: nothing is asked of it, and it counts for none. */
static void literals_are_no_hosts(void **state)
{
    struct zone_world world;
    struct dane *dane;

    (void)state;
    zone_world_init(&world, HOST TLSA "@ MX 20 192.0.2.9.\n@ MX 30 [192.0.2.9].\n"
                                      "@ MX 40 [IPv6:2001:db8::9].\n@ MX 50 2001:db8::9.\n");
    world.secure = true;
    ZONE_WORLD_SETTLE(&world, dane, dane_build(&world.lookup, world.arena, DOMAIN));
    assert_int_equal(dane->count, 1);
    assert_int_equal(dane->state, DANE_USABLE);
    zone_world_clear(&world);
}

/* ---- all exchanges together ---- */

static void the_whole_is_as_bad_as_its_worst_part(void **state)
{
    static const struct {
        const char *zone;
        enum dane_state state;
        bool partial;
        size_t usable;
    } cases[] = {
        {"", DANE_ABSENT, false, 0},
        {TLSA, DANE_USABLE, true, 1},
        {TLSA "_25._tcp.mx2 TLSA 3 1 1 " HASH "\n", DANE_USABLE, false, 2},
        {TLSA "_25._tcp.mx2 TLSA 1 1 1 " HASH "\n", DANE_UNUSABLE, false, 1},
        {"_25._tcp.mx2 TLSA 1 1 1 " HASH "\n", DANE_UNUSABLE, false, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct text text = {0};
        struct zone_world world;
        struct dane *dane;

        text_format(&text, HOST "@ MX 20 mx2\nmx2 A 192.0.2.2\n%s", cases[i].zone);
        zone_world_init(&world, text_get(&text));
        world.secure = true;
        ZONE_WORLD_SETTLE(&world, dane, dane_build(&world.lookup, world.arena, DOMAIN));
        assert_int_equal(dane->state, cases[i].state);
        assert_int_equal(dane->partial, cases[i].partial);
        assert_int_equal(dane->usable, cases[i].usable);
        zone_world_clear(&world);
        text_clear(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tlsa_records_are_usable_or_not),
        cmocka_unit_test(first_it_is_found_out_whether_dane_applies),
        cmocka_unit_test(tlsa_of_an_alias_is_found_at_its_target),
        cmocka_unit_test(literals_are_no_hosts),
        cmocka_unit_test(the_whole_is_as_bad_as_its_worst_part),
    };

    return cmocka_run_group_tests_name("dane", tests, NULL, NULL);
}
