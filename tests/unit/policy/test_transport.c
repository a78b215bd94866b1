/* The way from host to host: MTA-STS, TLS reports, BIMI, reverse names. */
#include "dns/type.h"
#include "policy/records/bimi.h"
#include "policy/records/mta_sts.h"
#include "policy/records/tls_rpt.h"
#include "policy/servers/ptr.h"

#include "base/text.h"
#include "unit/check.h"
#include "unit/worlds/zone_world.h"

#include <stdlib.h>
#include <string.h>

#define DOMAIN "example.com."

/* NULL and "" are told apart. */
static void assert_said(const char *said, const char *wanted, const char *zone)
{
    if (!said != !wanted || (said && strcmp(said, wanted) != 0))
        fail_msg("%s: \"%s\", not \"%s\"", zone, said ? said : "-", wanted ? wanted : "-");
}

/* ---- RFC 8461 3.1, ROUTING 9.6 ---- */

#define FETCHED "senders fetch the policy over HTTPS and keep to it; not fetched here"
#define CUT                                                                                        \
    " (nothing follows the version, as happens in a zone file without quotation marks, where a "   \
    "semicolon begins a comment)"
#define ID32 "12345678901234567890123456789012"

static void rule_9_6_1_mta_sts_records(void **state)
{
    static const struct {
        const char *zone;
        enum policy_state state;
        const char *id, *repeated, *why;
    } cases[] = {
        {"", POLICY_NONE, NULL, NULL,
         "no record: senders do not look for a policy and may fall back to plain text"},
        {"_mta-sts TXT \"v=STSv1; id=20160831085700Z;\"\n", POLICY_FOUND, "20160831085700Z", NULL,
         FETCHED},
        {"_mta-sts TXT \"v=STSv1;id=1\"\n_mta-sts TXT \"other\"\n", POLICY_FOUND, "1", NULL,
         FETCHED},
        {"_mta-sts CNAME _mta-sts.x\n_mta-sts.x TXT \"v=STSv1; id=1\"\n", POLICY_FOUND, "1", NULL,
         FETCHED},
        {"_mta-sts TXT \"v=STSv1; id=1\"\n_mta-sts TXT \"v=STSv1; id=2\"\n", POLICY_MULTIPLE, NULL,
         NULL, "several records: senders take none of them"},
        {"_mta-sts TXT \"v=STSv1; id=1; x=2; x=3\"\n", POLICY_FOUND, "1", "x", FETCHED},
        {"_mta-sts TXT \"v=STSv1; id=1; ID=2\"\n", POLICY_FOUND, "1", NULL, FETCHED},
        {"_mta-sts TXT \"v=STSv1\"\n", POLICY_SYNTAX, NULL, NULL, "the tag id= is missing" CUT},
        {"_mta-sts TXT \"v=STSv1; x=1\"\n", POLICY_SYNTAX, NULL, NULL, "the tag id= is missing"},
        {"_mta-sts TXT \"v=STSv1; id=1; moo\"\n", POLICY_SYNTAX, "1", NULL,
         "\"moo\" is not of the form tag=value"},
        {"_mta-sts TXT \"v=STSv1; id=\"\n", POLICY_SYNTAX, "", NULL,
         "id= is not 1 to 32 letters and digits"},
        {"_mta-sts TXT \"v=STSv1; id=a-b\"\n", POLICY_SYNTAX, "a-b", NULL,
         "id= is not 1 to 32 letters and digits"},
        {"_mta-sts TXT \"v=STSv1; id=" ID32 "\"\n", POLICY_FOUND, ID32, NULL, FETCHED},
        {"_mta-sts TXT \"v=STSv1; id=" ID32 "3\"\n", POLICY_SYNTAX, ID32 "3", NULL,
         "id= is not 1 to 32 letters and digits"},
        {"_mta-sts TXT \"v=STSv2; id=1\"\n", POLICY_SYNTAX, "1", NULL,
         "it does not begin with \"v=STSv1\""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct zone_world world;
        struct mta_sts *mta_sts;

        zone_world_init(&world, cases[i].zone);
        ZONE_WORLD_SETTLE(&world, mta_sts, mta_sts_build(&world.lookup, world.arena, DOMAIN, NULL));
        if (mta_sts->state != cases[i].state)
            fail_msg("%s: %s", cases[i].zone, mta_sts->why);
        assert_said(mta_sts->id, cases[i].id, cases[i].zone);
        assert_said(mta_sts->repeated, cases[i].repeated, cases[i].zone);
        assert_said(mta_sts->why, cases[i].why, cases[i].zone);
        zone_world_clear(&world);
    }
}

static bool is_aaaa_of_the_host(const struct question *question)
{
    return question->type == TYPE_AAAA && question->name[0] == 'm';
}

static void an_mta_sts_policy_needs_a_host(void **state)
{
    static const struct {
        const char *records, *silent;
        bool (*withholds)(const struct question *question);
        bool missing, waiting;
    } cases[] = {
        {"", NULL, NULL, true, false},
        {"mta-sts A 192.0.2.1\n", NULL, NULL, false, false},
        {"mta-sts AAAA 2001:db8::1\n", NULL, NULL, false, false},
        {"mta-sts TXT x\n", NULL, NULL, true, false},
        {"", "mta-sts.example.com.", NULL, false, false},
        {"", NULL, is_aaaa_of_the_host, false, true},
        {"mta-sts A 192.0.2.1\n", NULL, is_aaaa_of_the_host, false, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text zone = {0};
        struct zone_world world;
        struct mta_sts *mta_sts;

        text_format(&zone, "_mta-sts TXT \"v=STSv1; id=1\"\n%s", cases[i].records);
        zone_world_init(&world, text_get(&zone));
        world.silent = cases[i].silent;
        world.withholds = cases[i].withholds;
        ZONE_WORLD_SETTLE(&world, mta_sts, mta_sts_build(&world.lookup, world.arena, DOMAIN, NULL));
        assert_string_equal(mta_sts->policy_host, "mta-sts.example.com.");
        if (mta_sts->policy_host_missing != cases[i].missing ||
            mta_sts->policy_host_waiting != cases[i].waiting)
            fail_msg("case %zu: missing %d, waiting %d", i, mta_sts->policy_host_missing,
                     mta_sts->policy_host_waiting);
        zone_world_clear(&world);
        text_clear(&zone);
    }
}

/* A policy counts with a record only. */
static void a_policy_that_was_fetched_is_judged(void **state)
{
    static const struct {
        const char *zone, *policy, *why;
    } cases[] = {
        {"_mta-sts TXT \"v=STSv1; id=1\"\n", "version: STSv1\nmode: none\nmax_age: 1\n",
         "mode none: senders act as if there were no policy"},
        {"_mta-sts TXT \"v=STSv1; id=1\"\n", "version: STSv1\nmode: testing\nmx: a.b\nmax_age: 1\n",
         "mode testing: senders report what fails, and deliver as usual"},
        {"_mta-sts TXT \"v=STSv1; id=1\"\n", "version: STSv1\nmode: enforce\nmx: a.b\nmax_age: 1\n",
         "mode enforce: senders deliver to the hosts it lists only, over TLS, with a valid "
         "certificate"},
        {"_mta-sts TXT \"v=STSv1; id=1\"\n", "mode: none\nmax_age: 1\n",
         "the policy cannot be used; senders act as if there were none"},
        {"", "version: STSv1\nmode: none\nmax_age: 1\n",
         "no record: senders do not look for a policy and may fall back to plain text"},
        {"_mta-sts TXT \"v=STSv1; x=1\"\n", "version: STSv1\nmode: none\nmax_age: 1\n",
         "the tag id= is missing"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct zone_world world;
        struct mta_sts *mta_sts;

        zone_world_init(&world, cases[i].zone);
        ZONE_WORLD_SETTLE(&world, mta_sts,
                          mta_sts_build(&world.lookup, world.arena, DOMAIN, cases[i].policy));
        assert_said(mta_sts->why, cases[i].why, cases[i].policy);
        zone_world_clear(&world);
    }
}

/* ---- RFC 8460 3 ---- */

#define REPORTED "senders report once a day how encryption went"

static void tls_rpt_records(void **state)
{
    static const struct {
        const char *zone;
        enum policy_state state;
        const char *rua, *repeated, *why;
    } cases[] = {
        {"", POLICY_NONE, "", NULL, "no record: failed encryption is not reported"},
        {"_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:a@example.com, https://r.example/x\"\n",
         POLICY_FOUND, "mailto:a@example.com https://r.example/x ", NULL, REPORTED},
        {"_smtp._tls TXT \"v=TLSRPTv1; rua=https://r.example/x; x=1; x=2\"\n", POLICY_FOUND,
         "https://r.example/x ", "x", REPORTED},
        {"_smtp._tls TXT \"v=TLSRPTv1; rua=https://r.example/x; RUA=x\"\n", POLICY_FOUND,
         "https://r.example/x ", NULL, REPORTED},
        {"_smtp._tls TXT \"v=TLSRPTv1;\"\n", POLICY_SYNTAX, "", NULL, "the tag rua= is missing"},
        {"_smtp._tls TXT \"v=TLSRPTv1\"\n", POLICY_SYNTAX, "", NULL, "the tag rua= is missing" CUT},
        {"_smtp._tls TXT \"v=TLSRPTv1; rua=\"\n", POLICY_SYNTAX, "", NULL, "rua= names no address"},
        {"_smtp._tls TXT \"v=TLSRPTv1; rua=ftp://x,mailto:a@b\"\n", POLICY_SYNTAX,
         "ftp://x mailto:a@b ", NULL, "a report address is neither mailto: nor https:"},
        {"_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:a@b; moo\"\n", POLICY_SYNTAX, "mailto:a@b ", NULL,
         "\"moo\" is not of the form tag=value"},
        {"_smtp._tls TXT \"v=tlsrptv1; rua=mailto:a@b\"\n", POLICY_SYNTAX, "mailto:a@b ", NULL,
         "\"tlsrptv1\" must be written TLSRPTv1"},
        {"_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:a@b\"\n_smtp._tls TXT \"v=TLSRPTv1; "
         "rua=mailto:c@d\"\n",
         POLICY_MULTIPLE, "", NULL, "several records: senders take none of them"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct zone_world world;
        struct tls_rpt *tls_rpt;
        struct text rua = {0};

        zone_world_init(&world, cases[i].zone);
        ZONE_WORLD_SETTLE(&world, tls_rpt, tls_rpt_build(&world.lookup, world.arena, DOMAIN));
        if (tls_rpt->state != cases[i].state)
            fail_msg("%s: %s", cases[i].zone, tls_rpt->why);
        for (size_t k = 0; k < tls_rpt->rua_count; k++)
            text_format(&rua, "%s ", tls_rpt->rua[k]);
        assert_said(text_get(&rua), cases[i].rua, cases[i].zone);
        assert_said(tls_rpt->repeated, cases[i].repeated, cases[i].zone);
        assert_said(tls_rpt->why, cases[i].why, cases[i].zone);
        text_clear(&rua);
        zone_world_clear(&world);
    }
}

/* ---- BIMI ---- */

struct bimi_case {
    const char *zone, *dmarc;
    enum policy_state state;
    const char *why;
    bool by_share, declined; /* as in the struct */
};

#define LOGO "default._bimi TXT \"v=BIMI1; l=https://example.com/l.svg\"\n"

static const struct bimi_case bimi_cases[] = {
    {"", "p=reject", POLICY_NONE, "no record: no logo is shown", false, false},
    {LOGO, "p=reject", POLICY_FOUND, "receivers may show the logo", false, false},
    {LOGO, "p=quarantine", POLICY_FOUND, "receivers may show the logo", false, false},
    {LOGO, "p=none", POLICY_FOUND, "no logo is shown: DMARC must be at quarantine or reject", false,
     false},
    {LOGO, "p=reject; sp=none", POLICY_FOUND, "no logo is shown: DMARC must not have sp=none",
     false, false},
    {LOGO, "p=quarantine; pct=10", POLICY_FOUND, "no logo is shown: DMARC must apply to all mail",
     true, false},
    {LOGO, "p=quarantine; pct=99", POLICY_FOUND, "no logo is shown: DMARC must apply to all mail",
     true, false},
    {LOGO, "p=quarantine; pct=100", POLICY_FOUND, "receivers may show the logo", false, false},
    {LOGO, "p=reject; t=y", POLICY_FOUND, "no logo is shown: DMARC must apply to all mail", false,
     false},
    {LOGO, "p=x", POLICY_FOUND, "no logo is shown: DMARC must be at quarantine or reject", false,
     false},
    {LOGO, "p=reject; t=y; pct=10", POLICY_FOUND, "no logo is shown: DMARC must apply to all mail",
     false, false},
    {LOGO, "p=none; pct=10", POLICY_FOUND,
     "no logo is shown: DMARC must be at quarantine or reject", false, false},
    {LOGO, "p=reject; sp=none; pct=10", POLICY_FOUND,
     "no logo is shown: DMARC must not have sp=none", false, false},
    {"default._bimi TXT \"v=BIMI1; l=; a=https://example.com/a.pem\"\n", "p=reject", POLICY_FOUND,
     "receivers may show the logo", false, false},
    {"default._bimi TXT \"v=BIMI1; l=https://example.com/l.svg; moo\"\n", "p=reject", POLICY_SYNTAX,
     "\"moo\" is not of the form tag=value", false, false},
    {"default._bimi TXT \"v=BIMI1; l=; L=x\"\n", "p=reject", POLICY_FOUND,
     "the domain wants no logo shown", false, true},
    {"default._bimi TXT \"v=BIMI1; l=; l=\"\n", "p=reject", POLICY_SYNTAX, "a tag is in it twice",
     false, false},
    {"default._bimi TXT \"v=BIMI1; a=\"\n", "p=reject", POLICY_SYNTAX, "the tag l= is missing",
     false, false},
    {"default._bimi TXT \"v=BIMI1; l=https://example.com/l.svg#x.png\"\n", "p=reject", POLICY_FOUND,
     "receivers may show the logo", false, false},
    {"default._bimi TXT \"v=BIMI1; l=https://example.com/l.svg; a=\"\n", "p=reject", POLICY_FOUND,
     "receivers may show the logo", false, false},
    {"default._bimi TXT \"v=bimi1; l=https://example.com/l.svg\"\n", "p=reject", POLICY_SYNTAX,
     "\"bimi1\" must be written BIMI1", false, false},
    {"default._bimi TXT \"v=BIMI1; l=; a=\"\n", "p=reject", POLICY_FOUND,
     "the domain wants no logo shown", false, true},
    {"default._bimi TXT \"v=BIMI1; l=http://example.com/l.svg\"\n", "p=reject", POLICY_SYNTAX,
     "l= is not an https address", false, false},
    {"default._bimi TXT \"v=BIMI1; l=https://example.com/l.png\"\n", "p=reject", POLICY_SYNTAX,
     "l= does not name an SVG image", false, false},
    {"default._bimi TXT \"v=BIMI1; l=https://example.com/\"\n", "p=reject", POLICY_SYNTAX,
     "l= does not name an SVG image", false, false},
    {"default._bimi TXT \"v=BIMI1; l=https://example.com/L.SVGZ?v=2\"\n", "p=reject", POLICY_FOUND,
     "receivers may show the logo", false, false},
    {"default._bimi TXT \"v=BIMI1; l=https://example.com/l.svg; a=http://x.test/a.pem\"\n",
     "p=reject", POLICY_SYNTAX, "a= is not an https address", false, false},
    {"default._bimi TXT \"v=BIMI1; l=http://example.com/l.svg\"\n", "p=none", POLICY_SYNTAX,
     "l= is not an https address; no logo is shown: DMARC must be at quarantine or reject", false,
     false},
    {LOGO LOGO "default._bimi TXT \"v=BIMI1; l=\"\n", "p=reject", POLICY_MULTIPLE,
     "several records: none of them counts", false, false},
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
    assert_int_equal(bimi->by_share, wanted->by_share);
    assert_int_equal(bimi->declined, wanted->declined);
    assert_int_equal(bimi->fault != NULL,
                     wanted->state == POLICY_SYNTAX || wanted->state == POLICY_MULTIPLE);
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
    static const struct bimi_case above = {LOGO,         "p=reject",
                                           POLICY_FOUND, "receivers may show the logo",
                                           false,        false},
                                  own = {LOGO "default._bimi.sub TXT \"v=BIMI1; l=;\"\n",
                                         "p=reject",
                                         POLICY_FOUND,
                                         "the domain wants no logo shown",
                                         false,
                                         true},
                                  below = {LOGO,
                                           "p=reject; sp=none",
                                           POLICY_FOUND,
                                           "no logo is shown: DMARC must be at quarantine or "
                                           "reject",
                                           false,
                                           false},
                                  part = {LOGO,
                                          "p=none; sp=reject; pct=10",
                                          POLICY_FOUND,
                                          "no logo is shown: DMARC must be at quarantine or "
                                          "reject",
                                          false,
                                          false},
                                  none = {"",          "p=reject",
                                          POLICY_NONE, "no record: no logo is shown",
                                          false,       false};

    (void)state;
    assert_bimi("sub.example.com.", &above, "default._bimi.example.com.");
    assert_bimi("sub.example.com.", &part, "default._bimi.example.com.");
    assert_bimi("sub.example.com.", &below, "default._bimi.example.com.");
    assert_bimi("sub.example.com.", &own, "default._bimi.sub.example.com.");
    assert_bimi("sub.example.com.", &none, "default._bimi.sub.example.com.");
}

static bool is_of_dmarc(const struct question *question)
{
    return strncmp(question->name, "_dmarc.example", 14) == 0;
}

/* Whether DMARC is strict enough may not be known (yet). */
static void a_logo_waits_for_dmarc(void **state)
{
    (void)state;
    for (int open = 0; open < 2; open++) {
        struct zone_world world;
        struct bimi *bimi;

        zone_world_init(&world, LOGO "_dmarc TXT \"v=DMARC1; p=reject\"\n");
        world.silent = open ? NULL : "_dmarc.example.com.";
        world.withholds = open ? is_of_dmarc : NULL;
        ZONE_WORLD_SETTLE(&world, bimi,
                          bimi_build(&world.lookup, world.arena, DOMAIN,
                                     dmarc_build(&world.lookup, world.arena, DOMAIN)));
        assert_int_equal(bimi->state, POLICY_FOUND);
        assert_string_equal(bimi->why, "whether DMARC is strict enough is not known");
        assert_false(bimi->by_share);
        zone_world_clear(&world);
    }
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
        cmocka_unit_test(a_policy_that_was_fetched_is_judged),
        cmocka_unit_test(tls_rpt_records),
        cmocka_unit_test(bimi_needs_an_image_and_a_strict_dmarc_policy),
        cmocka_unit_test(the_organisational_domain_stands_in),
        cmocka_unit_test(a_logo_waits_for_dmarc),
        cmocka_unit_test(reverse_names_are_confirmed_by_the_way_back),
    };

    return cmocka_run_group_tests_name("transport", tests, NULL, NULL);
}
