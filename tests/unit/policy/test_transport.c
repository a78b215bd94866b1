/* The way from host to host: MTA-STS, TLS reports, BIMI, reverse names. */
#include "policy/records/bimi.h"
#include "policy/records/mta_sts.h"
#include "policy/records/tls_rpt.h"
#include "policy/servers/ptr.h"

#include "base/text.h"
#include "unit/check.h"
#include "unit/worlds/zone_world.h"

#include <stdlib.h>

#define DOMAIN "example.com."

struct record_case {
    const char *zone;
    enum policy_state state;
};

/* ---- RFC 8461 3.1, ROUTING 9.6 ---- */

static void rule_9_6_1_mta_sts_records(void **state)
{
    static const struct record_case cases[] = {
        {"", POLICY_NONE},
        {"_mta-sts TXT \"v=STSv1; id=20160831085700Z;\"\n", POLICY_FOUND},
        {"_mta-sts TXT \"v=STSv1;id=1\"\n_mta-sts TXT \"other\"\n", POLICY_FOUND},
        {"_mta-sts CNAME _mta-sts.x\n_mta-sts.x TXT \"v=STSv1; id=1\"\n", POLICY_FOUND},
        {"_mta-sts TXT \"v=STSv1; id=1\"\n_mta-sts TXT \"v=STSv1; id=2\"\n", POLICY_MULTIPLE},
        {"_mta-sts TXT \"v=STSv1\"\n", POLICY_SYNTAX},
        {"_mta-sts TXT \"v=STSv1; id=\"\n", POLICY_SYNTAX},
        {"_mta-sts TXT \"v=STSv1; id=a-b\"\n", POLICY_SYNTAX},
        {"_mta-sts TXT \"v=STSv1; id=123456789012345678901234567890123\"\n", POLICY_SYNTAX},
        {"_mta-sts TXT \"v=STSv2; id=1\"\n", POLICY_SYNTAX},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct zone_world world;
        struct mta_sts *mta_sts;

        zone_world_init(&world, cases[i].zone);
        ZONE_WORLD_SETTLE(&world, mta_sts, mta_sts_build(&world.lookup, world.arena, DOMAIN, NULL));
        if (mta_sts->state != cases[i].state)
            fail_msg("%s: %s", cases[i].zone, mta_sts->why);
        zone_world_clear(&world);
    }
}

static void an_mta_sts_policy_needs_a_host(void **state)
{
    struct zone_world world;
    struct mta_sts *mta_sts;

    (void)state;
    for (int there = 0; there < 2; there++) {
        zone_world_init(&world, there ? "_mta-sts TXT \"v=STSv1; id=1\"\nmta-sts AAAA 2001:db8::1\n"
                                      : "_mta-sts TXT \"v=STSv1; id=1\"\n");
        ZONE_WORLD_SETTLE(&world, mta_sts, mta_sts_build(&world.lookup, world.arena, DOMAIN, NULL));
        assert_string_equal(mta_sts->policy_host, "mta-sts.example.com.");
        assert_int_equal(mta_sts->policy_host_missing, !there);
        zone_world_clear(&world);
    }
}

/* ---- RFC 8460 3 ---- */

static void tls_rpt_records(void **state)
{
    static const struct record_case cases[] = {
        {"", POLICY_NONE},
        {"_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:a@example.com,https://r.example/x\"\n",
         POLICY_FOUND},
        {"_smtp._tls TXT \"v=TLSRPTv1;\"\n", POLICY_SYNTAX},
        {"_smtp._tls TXT \"v=TLSRPTv1; rua=\"\n", POLICY_SYNTAX},
        {"_smtp._tls TXT \"v=TLSRPTv1; rua=ftp://x\"\n", POLICY_SYNTAX},
        {"_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:a@b; moo\"\n", POLICY_SYNTAX},
        {"_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:a@b\"\n_smtp._tls TXT \"v=TLSRPTv1; "
         "rua=mailto:c@d\"\n",
         POLICY_MULTIPLE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct zone_world world;
        struct tls_rpt *tls_rpt;

        zone_world_init(&world, cases[i].zone);
        ZONE_WORLD_SETTLE(&world, tls_rpt, tls_rpt_build(&world.lookup, world.arena, DOMAIN));
        if (tls_rpt->state != cases[i].state)
            fail_msg("%s: %s", cases[i].zone, tls_rpt->why);
        assert_int_equal(tls_rpt->rua_count, i == 1 ? 2 : i == 4 || i == 5 ? 1 : 0);
        zone_world_clear(&world);
    }
}

/* ---- BIMI ---- */

struct bimi_case {
    const char *zone, *dmarc;
    enum policy_state state;
    const char *why;
};

#define LOGO "default._bimi TXT \"v=BIMI1; l=https://example.com/l.svg\"\n"

static const struct bimi_case bimi_cases[] = {
    {"", "p=reject", POLICY_NONE, "no record: no logo is shown"},
    {LOGO, "p=reject", POLICY_FOUND, "receivers may show the logo"},
    {LOGO, "p=quarantine", POLICY_FOUND, "receivers may show the logo"},
    {LOGO, "p=none", POLICY_FOUND, "no logo is shown: DMARC must be at quarantine or reject"},
    {LOGO, "p=reject; sp=none", POLICY_FOUND, "no logo is shown: DMARC must not have sp=none"},
    {LOGO, "p=quarantine; pct=10", POLICY_FOUND, "no logo is shown: DMARC must apply to all mail"},
    {"default._bimi TXT \"v=BIMI1; l=; a=\"\n", "p=reject", POLICY_FOUND,
     "the domain wants no logo shown"},
    {"default._bimi TXT \"v=BIMI1; l=http://example.com/l.svg\"\n", "p=reject", POLICY_SYNTAX,
     "l= is not an https address"},
    {"default._bimi TXT \"v=BIMI1; l=https://example.com/l.png\"\n", "p=reject", POLICY_SYNTAX,
     "l= does not name an SVG image"},
    {"default._bimi TXT \"v=BIMI1; l=https://example.com/\"\n", "p=reject", POLICY_SYNTAX,
     "l= does not name an SVG image"},
    {"default._bimi TXT \"v=BIMI1; l=https://example.com/L.SVGZ?v=2\"\n", "p=reject", POLICY_FOUND,
     "receivers may show the logo"},
    {"default._bimi TXT \"v=BIMI1; l=https://example.com/l.svg; a=http://x.test/a.pem\"\n",
     "p=reject", POLICY_SYNTAX, "a= is not an https address"},
    {"default._bimi TXT \"v=BIMI1; l=http://example.com/l.svg\"\n", "p=none", POLICY_SYNTAX,
     "l= is not an https address; no logo is shown: DMARC must be at quarantine or reject"},
    {LOGO LOGO "default._bimi TXT \"v=BIMI1; l=\"\n", "p=reject", POLICY_MULTIPLE,
     "several records: none of them counts"},
};

static void assert_bimi(const char *domain, const struct bimi_case *wanted, const char *name)
{
    struct text text = {0};
    struct zone_world world;
    struct bimi *bimi;

    text_format(&text, "%s_dmarc TXT \"v=DMARC1; %s\"\n", wanted->zone, wanted->dmarc);
    zone_world_init(&world, text_get(&text));
    ZONE_WORLD_SETTLE(&world, bimi,
                      bimi_build(&world.lookup, world.arena, domain,
                                 dmarc_build(&world.lookup, world.arena, domain)));
    if (bimi->state != wanted->state)
        fail_msg("%s: %s", text_get(&text), bimi->why);
    assert_string_equal(bimi->why, wanted->why);
    assert_string_equal(bimi->name, name);
    zone_world_clear(&world);
    text_clear(&text);
}

static void bimi_needs_an_image_and_a_strict_dmarc_policy(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bimi_cases / sizeof bimi_cases[0]; i++)
        assert_bimi(DOMAIN, &bimi_cases[i], "default._bimi.example.com.");
}

static void the_organisational_domain_stands_in(void **state)
{
    static const struct bimi_case above = {LOGO, "p=reject", POLICY_FOUND,
                                           "receivers may show the logo"},
                                  own = {LOGO "default._bimi.sub TXT \"v=BIMI1; l=;\"\n",
                                         "p=reject", POLICY_FOUND,
                                         "the domain wants no logo shown"},
                                  none = {"", "p=reject", POLICY_NONE,
                                          "no record: no logo is shown"};

    (void)state;
    assert_bimi("sub.example.com.", &above, "default._bimi.example.com.");
    assert_bimi("sub.example.com.", &own, "default._bimi.sub.example.com.");
    assert_bimi("sub.example.com.", &none, "default._bimi.sub.example.com.");
}

/* ---- RFC 1912 2.1 ---- */

static void reverse_names_are_confirmed_by_the_way_back(void **state)
{
    static const char zone[] =
        "@ MX 10 ok\n@ MX 10 bad\n@ MX 10 none\n@ MX 10 dead\n@ MX 10 inner\n"
        "ok A 192.0.2.1\nbad A 192.0.2.2\nnone A 192.0.2.3\ndead A 192.0.2.4\ninner A 10.0.0.1\n"
        "1.2.0.192.in-addr.arpa. PTR bad\n1.2.0.192.in-addr.arpa. PTR ok\n"
        "2.2.0.192.in-addr.arpa. PTR ok\n";
    static const enum ptr_state wanted[] = {PTR_UNCONFIRMED, PTR_UNKNOWN, PTR_MISSING,
                                            PTR_CONFIRMED};
    struct zone_world world;
    struct ptrs *ptrs;

    (void)state;
    zone_world_init(&world, zone);
    world.silent = "4.2.0.192.in-addr.arpa.";
    ZONE_WORLD_SETTLE(&world, ptrs,
                      ptrs_build(&world.lookup, world.arena,
                                 exchanges_build(&world.lookup, world.arena, DOMAIN)));
    assert_true(ptrs->complete);
    assert_int_equal(ptrs->count, 4); /* bad, dead, none, ok; not the inner one */
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(ptrs->addresses[i].state, wanted[i]);
    assert_string_equal(ptrs->addresses[3].confirmed, "ok.example.com.");
    zone_world_clear(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule_9_6_1_mta_sts_records),
        cmocka_unit_test(an_mta_sts_policy_needs_a_host),
        cmocka_unit_test(tls_rpt_records),
        cmocka_unit_test(bimi_needs_an_image_and_a_strict_dmarc_policy),
        cmocka_unit_test(the_organisational_domain_stands_in),
        cmocka_unit_test(reverse_names_are_confirmed_by_the_way_back),
    };

    return cmocka_run_group_tests_name("transport", tests, NULL, NULL);
}
