/* DKIM keys: records, flags, and the bits of the key (RFC 6376 3.6.1, RFC 8301, RFC 8463). */
#include "policy/records/dkim.h"

#include "base/text.h"
#include "policy/records/dkim_key.h"
#include "unit/check.h"
#include "unit/worlds/zone_world.h"

#include <stdlib.h>
#include <string.h>

#define RSA_512                                                                                    \
    "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBANeX3oK3ZuYr00wMQRSQOWYeiSr7G2Kv4qfJV91qGYmJOGdHcdEA7I0qi3SF" \
    "6GBM+2oiutqqzlZ8SRG6/Nau2EECAwEAAQ=="
#define RSA_1024                                                                                   \
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDGrGZuzB66M5kwAv9PUfwdqrQd2Q6MY4lvOifw0fNv3vjRkkolsLNE" \
    "rdKmmW6TU0bLmJjM00C6I3J5w17aYH62hmJEV7czj2G1nBfpcTRFi5TVBQz0EXM1jzNP+BD0ofJ+z5Wfqt6RZ3743ROg" \
    "LFnnEfASYXcS7K3VTKp8AC6kewIDAQAB"
/* The same key as a bare RSAPublicKey. */
#define RSA_1024_BARE                                                                              \
    "MIGJAoGBAMasZm7MHrozmTAC/09R/B2qtB3ZDoxjiW86J/DR82/e+NGSSiWws0St0qaZbpNTRsuYmMzTQLojcnnDXtpg" \
    "fraGYkRXtzOPYbWcF+lxNEWLlNUFDPQRczWPM0/4EPSh8n7PlZ+q3pFnfvjdE6AsWecR8BJhdxLsrdVMqnwALqR7AgMB" \
    "AAE="
#define RSA_2048                                                                                   \
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAvq49/phjGmw/KqJWS76o0HgqyPE6flL9MiKlsbjisn5m/Bx0" \
    "7pVSnFHyD2OWXzDnA2QJhLywH8V5eQmILu8hWGCoUK3iFFYXhZGX6uFaXrLYDFlslbF6Cp4GeW1gZzaUbH21o0S6Y4NG" \
    "4+yJCWE2+omH9xPoWUG+7CG5OHeUmPO5fhghvBedE/yaGPbDb9smaYUhDnW+zTlrKPNFyJCmJKf8Wrrpy4lKVlfdy0Bg" \
    "PlMWmZlQF7L67BVMXavAkaTFfwj7QYMRaXk28/7fu5Cp5tx9dN8eJJLUE0ucHlwOsmAFWBrgvdxYr8eDwtwhBuPfr9s7" \
    "RSe0yP1gjTFTeIfX7wIDAQAB"
#define ED25519 "VG/CcbEnl/+GEiknMp2fU8QQ7kp9lT95q9dSJ33N4Oc="

struct key_case {
    const char *record; /* the strings of the TXT record */
    enum dkim_state state;
    unsigned bits;
    const char *algorithm;
    bool testing;
    const char *why;
};

#define NO_RSA "the key is not an RSA public key"

static const struct key_case cases[] = {
    {"\"v=DKIM1; p=" RSA_1024 "\"", DKIM_WEAK, 1024, "rsa", false,
     "RSA with 1024 bits; 2048 are advised (RFC 8301 3.2)"},
    {"\"p=" RSA_1024_BARE "\"", DKIM_WEAK, 1024, "rsa", false,
     "RSA with 1024 bits; 2048 are advised (RFC 8301 3.2)"},
    {"\"v=DKIM1; p=" RSA_512 "; t=y\"", DKIM_WEAK, 512, "rsa", true,
     "512 bits: receivers must not accept fewer than 1024 (RFC 8301 3.2)"},
    {"\"v=DKIM1; k=ed25519; t=s; p=" ED25519 "\"", DKIM_OK, 256, "ed25519", false, "Ed25519"},
    {"\"v=DKIM1; k=ed25519; t=s : y; p=VG/C cbEn l/+GEiknMp2fU8QQ7kp9lT95q9dSJ33N4Oc=\"", DKIM_OK,
     256, "ed25519", true, "Ed25519"},
    {"\"v=DKIM1; k=ed25519; p=" RSA_512 "\"", DKIM_SYNTAX, 0, "ed25519", false,
     "an Ed25519 key has 32 octets (RFC 8463 4)"},
    {"\"v=DKIM1; p=\"", DKIM_REVOKED, 0, "rsa", false,
     "p= is empty: signatures of this selector fail"},
    {"\"v=DKIM1; k=rsa\"", DKIM_SYNTAX, 0, "rsa", false, "there is no p= tag, so no key"},
    {"\"v=DKIM1; k=dsa; p=" RSA_512 "\"", DKIM_SYNTAX, 0, "dsa", false,
     "k= is neither rsa nor ed25519"},
    {"\"v=DKIM2; p=" RSA_512 "\"", DKIM_SYNTAX, 0, "rsa", false,
     "it does not begin with \"v=DKIM1\""},
    {"\"k=rsa; v=DKIM1; p=" RSA_512 "\"", DKIM_SYNTAX, 0, "rsa", false,
     "the version is not at its beginning"},
    {"\"v=DKIM1; p=!\"", DKIM_SYNTAX, 0, "rsa", false, "p= is not base64"},
    {"\"v=DKIM1; p=AAAA\"", DKIM_SYNTAX, 0, "rsa", false, NO_RSA},
    {"\"something else\"", DKIM_ABSENT, 0, NULL, false, "no key record"},
    {"\"v=DKIM1; p=-----BEGIN PUBLIC KEY-----" RSA_512 "\"", DKIM_SYNTAX, 0, "rsa", false,
     "p= has the first and last line of a PEM file"},
    {"\"v=DKIM1; p=MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBANeX3oK3\"", DKIM_SYNTAX, 0, "rsa", false,
     "the key is cut off in the middle"},
    {"\"v=DKIM1\"", DKIM_SYNTAX, 0, "rsa", false,
     "there is no p= tag, so no key (nothing follows the version, as happens in a zone file "
     "without quotation marks, where a semicolon begins a comment)"},
    {"\"k=ed25519; v=DKIM2; p=" ED25519 "\"", DKIM_SYNTAX, 0, "ed25519", false,
     "v= is not the first tag"},
    {"\"v=DKIM; p=\"", DKIM_SYNTAX, 0, "rsa", false, "the version is written DKIM1"},
    {"\"p=" ED25519 "; k=ed25519; moo\"", DKIM_SYNTAX, 0, "ed25519", false,
     "\"moo\" is not of the form tag=value"},
    {"\"k=ed25519; p=" ED25519 "; p=\"", DKIM_SYNTAX, 0, "ed25519", false,
     "p= is in it twice, which makes the whole record invalid (RFC 6376 3.2)"},
    {"\"k=ed25519; p=" ED25519 "; P=\"", DKIM_OK, 256, "ed25519", false, "Ed25519"},
    {"\"k=ed25519; s=x; p=" ED25519 "\"", DKIM_UNUSABLE, 256, "ed25519", false,
     "s= is neither * nor email, so the key is not for mail"},
    {"\"h=sha1; p=" RSA_1024 "\"", DKIM_UNUSABLE, 1024, "rsa", false,
     "h= does not allow sha256, and receivers accept no other hash (RFC 8301 3.1)"},
    {"\"v=DMARC1; p=none\"", DKIM_ABSENT, 0, NULL, false, "no key record"},
    {"\"p=" ED25519 "; k=ed25519\"\nmail._domainkey TXT \"k=rsa; p=\"", DKIM_SYNTAX, 0, "rsa",
     false, "there are several key records: which one counts is not defined"},
};

static struct dkim *find(struct zone_world *world, const char *zone, const char *const *typed,
                         size_t count)
{
    struct dkim *dkim;

    zone_world_init(world, zone);
    world->silent = "s2._domainkey.example.com.";
    ZONE_WORLD_SETTLE(world, dkim,
                      dkim_build(&world->lookup, &world->lookup, world->arena, "example.com.",
                                 typed, count, "nobody-has-this"));
    assert_true(dkim->complete);
    return dkim;
}

static const struct dkim_key *key_of(const struct dkim *dkim, const char *selector)
{
    for (size_t i = 0; i < dkim->count; i++)
        if (strcmp(dkim->keys[i].selector, selector) == 0)
            return &dkim->keys[i];
    fail_msg("%s was not tried", selector);
    return NULL;
}

static void keys_are_judged(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct text text = {0};
        struct zone_world world;
        const struct dkim_key *key;

        text_format(&text, "mail._domainkey TXT %s\n", cases[i].record);
        key = key_of(find(&world, text_get(&text), NULL, 0), "mail");
        if (key->state != cases[i].state || key->bits != cases[i].bits ||
            key->testing != cases[i].testing || strcmp(key->why, cases[i].why) != 0)
            fail_msg("%s: %s, %u bits: %s", cases[i].record, dkim_state_text(key->state), key->bits,
                     key->why);
        if (cases[i].algorithm)
            assert_string_equal(key->algorithm, cases[i].algorithm);
        zone_world_clear(&world);
        text_clear(&text);
    }
}

static void a_long_key_is_joined_from_its_strings(void **state)
{
    struct text text = {0};
    struct zone_world world;
    const struct dkim_key *key;

    (void)state;
    text_format(&text, "mail._domainkey TXT \"v=DKIM1; p=%.200s\" \"%s\"\n", RSA_2048,
                &RSA_2048[200]);
    key = key_of(find(&world, text_get(&text), NULL, 0), "mail");
    assert_int_equal(key->state, DKIM_OK);
    assert_int_equal(key->bits, 2048);
    zone_world_clear(&world);
    text_clear(&text);
}

static void bits_of_broken_der_are_none(void **state)
{
    struct arena *arena = arena_new();
    struct octets der;

    (void)state;
    assert_true(dkim_base64(arena, octets_of(RSA_1024), &der));
    assert_int_equal(dkim_rsa_bits(der), 1024);
    for (size_t length = 0; length < der.length; length++)
        assert_int_equal(dkim_rsa_bits(octets_part(der, 0, length)), 0);
    for (size_t i = 0; i < der.length; i++) {
        uint8_t *copy = (uint8_t *)arena_dup_bytes(arena, der.bytes, der.length);

        copy[i] ^= 0xff;
        assert_true(dkim_rsa_bits((struct octets){copy, der.length}) <= 65536);
    }
    arena_free(arena);
}

static void base64_is_strict_about_its_letters(void **state)
{
    static const char *const good[] = {"", "QQ==", "QUI=", "QUJD", "Q U J D", "QQ"};
    static const char *const bad[] = {"Q", "QQ=Q", "QU-D", "QUJDQ", "QQ==-"};
    struct arena *arena = arena_new();
    struct octets out;

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_true(dkim_base64(arena, octets_of(good[i]), &out));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(dkim_base64(arena, octets_of(bad[i]), &out));
    assert_true(dkim_base64(arena, octets_of("bXh0cmFpbA=="), &out));
    assert_int_equal(out.length, 7);
    assert_memory_equal(out.bytes, "mxtrail", 7);
    arena_free(arena);
}

static void typed_selectors_come_first(void **state)
{
    static const char *const typed[] = {"a.b", "mail"};
    struct zone_world world;
    struct dkim *dkim;

    (void)state;
    dkim = find(&world, "a.b._domainkey TXT \"v=DKIM1; p=\"\n", typed, 2);
    assert_string_equal(dkim->keys[0].name, "a.b._domainkey.example.com.");
    assert_int_equal(dkim->keys[0].state, DKIM_REVOKED);
    assert_true(dkim->keys[1].typed);
    assert_int_equal(dkim->found, 1);
    assert_int_equal(dkim->tried, dkim_selectors_count() + 1);
    assert_false(dkim->wildcard);
    zone_world_clear(&world);
}

static void an_alias_shows_where_the_key_is_kept(void **state)
{
    struct zone_world world;
    const struct dkim_key *key;

    (void)state;
    key = key_of(find(&world,
                      "selector1._domainkey CNAME key.other.example.\n"
                      "key.other.example. TXT \"v=DKIM1; p=\"\n",
                      NULL, 0),
                 "selector1");
    assert_string_equal(key->delegated, "key.other.example.");
    assert_string_equal(key->service, "Microsoft");
    zone_world_clear(&world);
}

/* Only what was typed is asked then, and one line says what every selector has. */
static void a_wildcard_proves_nothing(void **state)
{
    static const char *const typed[] = {"mine"};
    struct zone_world world;
    struct dkim *dkim;

    (void)state;
    dkim = find(&world, "*._domainkey TXT \"v=DKIM1; p=\"\n", typed, 1);
    assert_true(dkim->wildcard);
    assert_true(dkim->complete);
    assert_int_equal(dkim->tried, 1);
    assert_int_equal(dkim->count, 2);
    assert_int_equal(dkim->keys[0].state, DKIM_REVOKED);
    assert_string_equal(dkim->keys[1].selector, "*");
    assert_string_equal(dkim->keys[1].name, "*._domainkey.example.com.");
    assert_int_equal(dkim->keys[1].state, DKIM_REVOKED);
    assert_int_equal(dkim->found, 1); /* the typed one */
    zone_world_clear(&world);
}

/* Texts that are no keys hide none. */
static void a_wildcard_without_a_key_is_none(void **state)
{
    struct zone_world world;
    struct dkim *dkim;

    (void)state;
    dkim = find(&world, "* TXT \"v=spf1 -all\"\ns1._domainkey TXT \"v=DKIM1; p=\"\n", NULL, 0);
    assert_false(dkim->wildcard);
    assert_int_equal(dkim->found, 1);
    zone_world_clear(&world);
}

static void failed_selectors_are_one_line(void **state)
{
    struct zone_world world;
    struct dkim *dkim;

    (void)state;
    zone_world_init(&world, "s1._domainkey TXT \"v=DKIM1; p=\"\n");
    world.silent = "_domainkey.example.com.";
    ZONE_WORLD_SETTLE(&world, dkim,
                      dkim_build(&world.lookup, &world.lookup, world.arena, "example.com.", NULL, 0,
                                 "nobody-has-this"));
    assert_int_equal(dkim->failed, dkim_selectors_count());
    assert_int_equal(dkim->count, 1);
    assert_string_equal(dkim->keys[0].selector, "*");
    assert_string_equal(dkim->keys[0].name, "_domainkey.example.com.");
    assert_int_equal(dkim->keys[0].state, DKIM_UNKNOWN);
    zone_world_clear(&world);
    zone_world_init(&world, "s1._domainkey TXT \"v=DKIM1; p=\"\n");
    world.silent = "s2._domainkey.example.com.";
    ZONE_WORLD_SETTLE(&world, dkim,
                      dkim_build(&world.lookup, &world.lookup, world.arena, "example.com.", NULL, 0,
                                 "nobody-has-this"));
    assert_int_equal(dkim->failed, 1);
    assert_int_equal(dkim->count, dkim_selectors_count());
    assert_int_equal(dkim->found, 1);
    zone_world_clear(&world);
}

static void what_a_key_must_have_for_mail(void **state)
{
#define ED "p=VG/CcbEnl/+GEiknMp2fU8QQ7kp9lT95q9dSJ33N4Oc="
    static const struct {
        const char *record;
        enum dkim_state state;
    } keys[] = {
        {"v=DKIM1; k=ed25519; " ED, DKIM_OK},
        {"k=ed25519; " ED, DKIM_OK},
        {"v=DKIM1; k=ed25519; s=*; " ED, DKIM_OK},
        {"v=DKIM1; k=ed25519; s=email:tlsrpt; " ED, DKIM_OK},
        {"v=DKIM1; k=ed25519; s=tlsrpt; " ED, DKIM_UNUSABLE},
        {"v=DKIM1; k=ed25519; h=sha1:sha256; " ED, DKIM_OK},
        {"v=DKIM1; k=ed25519; h=sha1; " ED, DKIM_UNUSABLE},
        {"v=DKIM1; k=ed25519; h=sha1; p=", DKIM_REVOKED},
        {"v=DKIM1; k=ed25519; t=y; t=s; " ED, DKIM_SYNTAX},
        {"v=DKIM2; k=ed25519; " ED, DKIM_SYNTAX},
        {"v=dkim1; k=ed25519; " ED, DKIM_SYNTAX},
        {"k=ed25519; v=DKIM1; " ED, DKIM_SYNTAX},
    };

    (void)state;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct text zone = {0};
        struct zone_world world;
        struct dkim *dkim;

        text_format(&zone, "s1._domainkey TXT \"%s\"\n", keys[i].record);
        dkim = find(&world, text_get(&zone), NULL, 0);
        if (key_of(dkim, "s1")->state != keys[i].state)
            fail_msg("%s: %s", keys[i].record, key_of(dkim, "s1")->why);
        assert_int_equal(dkim_faulty(dkim) != NULL,
                         keys[i].state == DKIM_SYNTAX || keys[i].state == DKIM_UNUSABLE);
        assert_string_equal(dkim_summary(dkim),
                            dkim_faulty(dkim) ? dkim_state_text(keys[i].state) : "found");
        zone_world_clear(&world);
        text_clear(&zone);
    }
}

/* What says another version is discarded before keys are counted (RFC 6376 3.6.1). */
static void another_version_beside_is_no_second_key(void **state)
{
    struct zone_world world;
    struct dkim *dkim;

    (void)state;
    dkim = find(&world,
                "s1._domainkey TXT \"v=DKIM2; p=x\"\ns1._domainkey TXT \"v=DKIM1; k=ed25519; " ED
                "\"\n",
                NULL, 0);
    assert_int_equal(key_of(dkim, "s1")->state, DKIM_OK);
    zone_world_clear(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_judged),
        cmocka_unit_test(a_long_key_is_joined_from_its_strings),
        cmocka_unit_test(bits_of_broken_der_are_none),
        cmocka_unit_test(base64_is_strict_about_its_letters),
        cmocka_unit_test(typed_selectors_come_first),
        cmocka_unit_test(an_alias_shows_where_the_key_is_kept),
        cmocka_unit_test(a_wildcard_proves_nothing),
        cmocka_unit_test(a_wildcard_without_a_key_is_none),
        cmocka_unit_test(failed_selectors_are_one_line),
        cmocka_unit_test(what_a_key_must_have_for_mail),
        cmocka_unit_test(another_version_beside_is_no_second_key),
    };

    return cmocka_run_group_tests_name("dkim", tests, NULL, NULL);
}
