/* Findings a zone shows by itself: for each a zone that shows it, and the good zone that does not.
 */
#include "base/text.h"
#include "unit/check.h"
#include "unit/policy/findings_world.h"

#include <stdlib.h>
#include <string.h>

#define REST     GOOD_SERVERS GOOD_POLICY GOOD_REVERSE
#define MX_ZONE  REST GOOD_HOSTS
#define SRV_ZONE GOOD_ZONE "host A 192.0.2.9\n"
#define DOMAIN   "example.com."

static const struct finding_case mx_cases[] = {
    {"mx-none", SEVERITY_ERROR, DOMAIN, REST},
    {"mx-implicit", SEVERITY_NOTICE, DOMAIN, REST "@ A 192.0.2.80\n"},
    {"mx-null", SEVERITY_OK, DOMAIN, MX_ZONE "@ MX 0 .\n"},
    {"mx-null-mixed", SEVERITY_ERROR, DOMAIN, MX_ZONE "@ MX 0 .\n@ MX 10 mx1\n"},
    {"mx-null-preference", SEVERITY_WARNING, DOMAIN, MX_ZONE "@ MX 10 .\n"},
    {"mx-cname", SEVERITY_ERROR, "foo.example.com.", MX_ZONE "@ MX 10 foo\nfoo CNAME mx1\n"},
    {"mx-null-open", SEVERITY_NOTICE, DOMAIN, MX_ZONE "@ MX 0 .\n"},
    {"mx-hostname", SEVERITY_WARNING, "mx_1.example.com.",
     MX_ZONE "@ MX 10 mx1\n@ MX 20 mx_1\nmx_1 A 203.0.113.1\n"},
    {"mx-literal", SEVERITY_ERROR, DOMAIN, MX_ZONE "@ MX 10 192.0.2.1.\n"},
    {"mx-dangling", SEVERITY_ERROR, "gone.example.com.", MX_ZONE "@ MX 10 mx1\n@ MX 20 gone\n"},
    {"mx-dangling", SEVERITY_ERROR, "bare.example.com.",
     MX_ZONE "@ MX 10 bare\nbare TXT \"no address\"\n"},
    {"mx-unresolvable", SEVERITY_UNKNOWN, "mx.silent.example.com.",
     MX_ZONE "@ MX 10 mx1\n@ MX 20 mx.silent\n"},
    {"mx-private-address", SEVERITY_ERROR, "p.example.com.", MX_ZONE "@ MX 10 p\np A 10.1.2.3\n"},
    {"mx-private-address", SEVERITY_ERROR, "p.example.com.", MX_ZONE "@ MX 10 p\np A 100.64.0.1\n"},
    {"mx-private-address", SEVERITY_ERROR, "p.example.com.", MX_ZONE "@ MX 10 p\np AAAA fd00::1\n"},
    {"mx-private-address", SEVERITY_ERROR, "p.example.com.",
     MX_ZONE "@ MX 10 p\np AAAA 2002:c000:201::1\n"},
    {"mx-loopback", SEVERITY_ERROR, "l.example.com.", MX_ZONE "@ MX 10 l\nl A 127.0.0.1\n"},
    {"mx-loopback", SEVERITY_ERROR, "l.example.com.", MX_ZONE "@ MX 10 l\nl AAAA ::1\n"},
    {"mx-loopback", SEVERITY_ERROR, "l.example.com.", MX_ZONE "@ MX 10 l\nl A 0.0.0.0\n"},
    {"mx-localhost", SEVERITY_ERROR, DOMAIN, MX_ZONE "@ MX 10 localhost.\n"},
    {"mx-localhost", SEVERITY_ERROR, DOMAIN, MX_ZONE "@ MX 10 localhost\nlocalhost A 127.0.0.1\n"},
    {"mx-duplicate", SEVERITY_WARNING, DOMAIN, MX_ZONE "@ MX 10 mx1\n@ MX 20 mx1\n"},
    {"mx-shared-address", SEVERITY_NOTICE, "mx3.example.com.",
     MX_ZONE "@ MX 10 mx1\n@ MX 20 mx3\nmx3 A 192.0.2.1\n"},
    {"mx-single", SEVERITY_NOTICE, DOMAIN, MX_ZONE "@ MX 10 mx1\n"},
    {"mx-same-network", SEVERITY_NOTICE, DOMAIN,
     REST "@ MX 10 a\n@ MX 20 b\na A 192.0.2.1\nb A 192.0.2.2\n"},
    {"mx-same-network", SEVERITY_NOTICE, DOMAIN,
     REST "@ MX 10 a\n@ MX 20 b\na AAAA 2001:db8:5:1::1\nb AAAA 2001:db8:5:2::1\n"},
    {"mx-same-network", SEVERITY_NOTICE, DOMAIN,
     REST "@ MX 10 a\n@ MX 20 b\n@ MX 30 c\na A 192.0.2.1\nb A 192.0.2.2\nc A 203.0.113.1\n"},
    {"mx-many", SEVERITY_NOTICE, DOMAIN,
     MX_ZONE "@ MX 1 a1\n@ MX 1 a2\n@ MX 1 a3\n@ MX 1 a4\n@ MX 1 a5\n@ MX 1 a6\n@ MX 1 a7\n"
             "@ MX 1 a8\n@ MX 1 a9\n@ MX 1 a10\n@ MX 1 a11\n"},
    {"mx-ttl-short", SEVERITY_NOTICE, DOMAIN, MX_ZONE "@ 60 MX 10 mx1\n@ 60 MX 20 mx2\n"},
    {"mx-ttl-mixed", SEVERITY_WARNING, DOMAIN, MX_ZONE "@ 3600 MX 10 mx1\n@ 7200 MX 20 mx2\n"},
    {"mx-wildcard", SEVERITY_NOTICE, DOMAIN, GOOD_ZONE "* MX 10 mx1\n"},
    {"mx-v4-only", SEVERITY_NOTICE, DOMAIN, REST "@ MX 10 a\na A 192.0.2.1\n"},
    {"mx-v6-only", SEVERITY_WARNING, DOMAIN, REST "@ MX 10 a\na AAAA 2001:db8:1::1\n"},
    {"mx-outside-domain", SEVERITY_NOTICE, DOMAIN,
     MX_ZONE "@ MX 10 mx1\n@ MX 20 mx.example.net.\nmx.example.net. A 203.0.113.1\n"},
};

static const struct finding_case name_cases[] = {
    {"cname-and-other-data", SEVERITY_ERROR, DOMAIN,
     GOOD_ZONE "@ CNAME other\nother A 192.0.2.3\n"},
    {"cname-chain-long", SEVERITY_WARNING, "c1.example.com.",
     MX_ZONE "@ MX 10 c1\nc1 CNAME c2\nc2 CNAME c3\nc3 CNAME c4\nc4 CNAME c5\nc5 CNAME mx1\n"},
    {"cname-loop", SEVERITY_ERROR, "c1.example.com.",
     MX_ZONE "@ MX 10 c1\nc1 CNAME c2\nc2 CNAME c1\n"},
    {"a-none", SEVERITY_NOTICE, DOMAIN, REST GOOD_MX "mx1 A 192.0.2.1\nmx2 A 198.51.100.1\n"},
};

static const struct finding_case ns_cases[] = {
    {"ns-single", SEVERITY_WARNING, DOMAIN, GOOD_MX GOOD_HOSTS "@ NS ns1\nns1 A 192.0.2.53\n"},
    {"ns-single", SEVERITY_WARNING, DOMAIN,
     GOOD_MX GOOD_HOSTS "@ NS ns1\n@ NS ns2\nns1 A 192.0.2.53\nns2 A 192.0.2.53\n"},
    {"ns-same-network", SEVERITY_WARNING, DOMAIN,
     GOOD_MX GOOD_HOSTS "@ NS ns1\n@ NS ns2\nns1 A 192.0.2.53\nns2 A 192.0.2.54\n"},
    {"ns-private-address", SEVERITY_ERROR, "ns1.example.com.",
     GOOD_MX GOOD_HOSTS "@ NS ns1\n@ NS ns2\nns1 A 10.0.0.1\nns2 A 192.0.2.54\n"},
    {"ns-cname", SEVERITY_ERROR, "ns3.example.com.", GOOD_ZONE "@ NS ns3\nns3 CNAME ns1\n"},
    {"ns-dangling", SEVERITY_ERROR, "ns3.example.com.", GOOD_ZONE "@ NS ns3\n"},
};

static const struct finding_case srv_cases[] = {
    {"srv-cname", SEVERITY_ERROR, "alias.example.com.",
     SRV_ZONE "_ldap._tcp SRV 0 1 389 alias\nalias CNAME host\n"},
    {"srv-dangling", SEVERITY_ERROR, "gone.example.com.", SRV_ZONE "_ldap._tcp SRV 0 1 389 gone\n"},
    {"srv-dangling", SEVERITY_UNKNOWN, "ldap.silent.example.com.",
     SRV_ZONE "_ldap._tcp SRV 0 1 389 ldap.silent\n"},
    {"srv-zero-weight-only", SEVERITY_NOTICE, "_ldap._tcp.example.com.",
     SRV_ZONE "_ldap._tcp SRV 0 0 389 host\n_ldap._tcp SRV 0 0 389 mx1\n"},
    {"srv-not-offered", SEVERITY_OK, "_sip._udp.example.com.", SRV_ZONE "_sip._udp SRV 0 0 0 .\n"},
    {"srv-port-zero", SEVERITY_ERROR, "_ldap._tcp.example.com.",
     SRV_ZONE "_ldap._tcp SRV 0 1 0 host\n"},
};

static void make_silent(struct findings_world *world)
{
    world->zone.silent = "silent.example.com.";
}

static void findings_about_mx(void **state)
{
    (void)state;
    assert_findings(mx_cases, sizeof mx_cases / sizeof mx_cases[0], make_silent);
}

static void findings_about_names(void **state)
{
    (void)state;
    assert_findings(name_cases, sizeof name_cases / sizeof name_cases[0], NULL);
}

static void findings_about_name_servers(void **state)
{
    (void)state;
    assert_findings(ns_cases, sizeof ns_cases / sizeof ns_cases[0], NULL);
}

static void findings_about_srv(void **state)
{
    (void)state;
    assert_findings(srv_cases, sizeof srv_cases / sizeof srv_cases[0], make_silent);
}

/* ---- the good zone ---- */

static void nothing_is_wrong_with_the_good_zone(void **state)
{
    struct findings_world world;

    (void)state;
    findings_world_init(&world, GOOD_ZONE);
    findings_world_judge(&world);
    for (size_t i = 0; i < world.findings->count; i++)
        print_error("%s: %s\n", world.findings->findings[i].id, world.findings->findings[i].text);
    assert_int_equal(world.findings->count, 0);
    findings_world_clear(&world);
}

/* Equal preferences are load sharing. */
static void equal_preferences_are_no_finding(void **state)
{
    struct findings_world world;

    (void)state;
    findings_world_init(&world, REST GOOD_HOSTS "@ MX 10 mx1\n@ MX 10 mx2\n");
    findings_world_judge(&world);
    assert_int_equal(world.findings->count, 0);
    findings_world_clear(&world);
}

/* ---- options ---- */

static void names_in_addresses_need_mx_of_their_own(void **state)
{
    static const char *const names[] = {"sub1.example.com.", "sub2.example.com."};
    const struct finding *finding = NULL;
    struct findings_world world;

    (void)state;
    findings_world_init(&world, GOOD_ZONE "sub1 MX 10 mx1\nsub2 TXT \"no mail here\"\n");
    world.view.names = names;
    world.view.name_count = 2;
    findings_world_judge(&world);
    assert_int_equal(findings_world_count(&world, "name-without-mx", &finding), 1);
    assert_string_equal(finding->subject, "sub2.example.com.");
    findings_world_clear(&world);
}

static void all_exchanges_with_one_operator(void **state)
{
    struct operators *operators = operators_new();
    struct findings_world world;

    (void)state;
    assert_int_equal(operators_add(operators, "Example Mail", "mx", "mx1.example.com", NULL),
                     STATUS_OK);
    for (int both = 0; both < 2; both++) {
        if (both)
            assert_int_equal(
                operators_add(operators, "Example Mail", "mx", "mx2.example.com", NULL), STATUS_OK);
        findings_world_init(&world, GOOD_ZONE);
        world.view.operators = operators;
        findings_world_judge(&world);
        assert_int_equal(findings_world_count(&world, "mx-one-operator", NULL), both);
        findings_world_clear(&world);
    }
    operators_free(operators);
}

static void a_finding_can_be_switched_off_by_its_id(void **state)
{
    static const char *const ignored[] = {"mx-single"};
    struct findings_world world;

    (void)state;
    findings_world_init(&world, MX_ZONE "@ MX 10 mx1\n");
    world.view.ignored = ignored;
    world.view.ignored_count = 1;
    findings_world_judge(&world);
    assert_int_equal(findings_world_count(&world, "mx-single", NULL), 0);
    findings_world_clear(&world);
}

/* A time-out is never an "ok" and never an "error". */
static void a_failing_domain_is_unknown_and_nothing_else(void **state)
{
    struct findings_world world;

    (void)state;
    findings_world_init(&world, GOOD_ZONE);
    world.zone.silent = ".";
    findings_world_judge(&world);
    assert_true(world.findings->count > 3);
    assert_int_equal(world.findings->by_severity[SEVERITY_UNKNOWN], world.findings->count);
    findings_world_clear(&world);
}

/* A zone file alone knows neither reverse zones nor DNSSEC: no reason to complain. */
static void a_zone_file_is_not_blamed_for_the_rest_of_the_world(void **state)
{
    struct findings_world world;

    (void)state;
    findings_world_init(&world, GOOD_SERVERS GOOD_MX GOOD_HOSTS GOOD_POLICY
                        "_25._tcp.mx1 TLSA 3 1 1 "
                        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"
                        "_25._tcp.mx2 TLSA 3 1 1 "
                        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"
                        "_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:tls@example.com\"\n");
    world.zone.offline = true;
    findings_world_judge(&world);
    for (size_t i = 0; i < world.findings->count; i++)
        print_error("%s: %s\n", world.findings->findings[i].id, world.findings->findings[i].text);
    assert_int_equal(world.findings->count, 0);
    findings_world_clear(&world);
}

/* A cache counts TTL down, so a short one proves nothing; a server with authority does. */
static void take_authority(struct reply *reply)
{
    reply->aa = false;
}

static void a_short_ttl_counts_only_from_who_has_authority(void **state)
{
    struct findings_world world;

    (void)state;
    findings_world_init(&world, MX_ZONE "@ 60 MX 10 mx1\n@ 60 MX 20 mx2\n");
    world.zone.adjust = take_authority;
    findings_world_judge(&world);
    assert_int_equal(findings_world_count(&world, "mx-ttl-short", NULL), 0);
    findings_world_clear(&world);
}

/* Where an IP address stands for a name, that is the fault, not that the name does not exist. */
static void a_literal_is_one_fault(void **state)
{
    struct findings_world world;

    (void)state;
    findings_world_init(&world, MX_ZONE "@ MX 10 192.0.2.1.\n@ MX 20 mx1\n");
    findings_world_judge(&world);
    assert_int_equal(findings_world_count(&world, "mx-literal", NULL), 1);
    assert_int_equal(findings_world_count(&world, "mx-dangling", NULL), 0);
    assert_int_equal(findings_world_count(&world, "mx-outside-domain", NULL), 0);
    findings_world_clear(&world);
}

/* A domain without mail is well set up with the null MX and a record that names no sender. */
static void a_domain_without_mail_needs_no_key(void **state)
{
    struct findings_world world;

    (void)state;
    findings_world_init(&world,
                        GOOD_SERVERS GOOD_HOSTS GOOD_DMARC "@ MX 0 .\n@ TXT \"v=spf1 -all\"\n");
    findings_world_judge(&world);
    assert_int_equal(world.findings->count, 1);
    assert_string_equal(world.findings->findings[0].id, "mx-null");
    findings_world_clear(&world);
}

static void worst_findings_come_first(void **state)
{
    struct findings_world world;

    (void)state;
    findings_world_init(&world, GOOD_SERVERS "@ MX 20 gone\n@ MX 10 foo\nfoo CNAME mx1\n"
                                             "mx1 A 192.0.2.1\n");
    findings_world_judge(&world);
    for (size_t i = 1; i < world.findings->count; i++)
        assert_true(world.findings->findings[i - 1].severity <=
                    world.findings->findings[i].severity);
    assert_string_equal(world.findings->findings[0].id, "mx-cname");
    findings_world_clear(&world);
}

/* 2 000 MX, as a hostile zone may have them: bounded. */
static void two_thousand_exchanges_are_bounded(void **state)
{
    struct text text = {0};
    struct findings_world world;

    (void)state;
    for (int i = 0; i < 2000; i++)
        text_format(&text, "@ MX %d gone%d\n", i, i);
    findings_world_init(&world, text_get(&text));
    findings_world_judge(&world);
    assert_true(world.zone.asked < 400);
    assert_true(world.findings->count < 300);
    findings_world_clear(&world);
    text_clear(&text);
}

static void every_id_is_unique_and_explained(void **state)
{
    (void)state;
    assert_true(finding_kinds_count() >= 66);
    for (size_t i = 0; i < finding_kinds_count(); i++) {
        const struct finding_kind *kind = finding_kinds_at(i);

        assert_ptr_equal(finding_kinds_find(kind->id), kind);
        assert_true(strlen(kind->text) > 10);
    }
    assert_null(finding_kinds_find("mx-nonsense"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(findings_about_mx),
        cmocka_unit_test(findings_about_names),
        cmocka_unit_test(findings_about_name_servers),
        cmocka_unit_test(findings_about_srv),
        cmocka_unit_test(nothing_is_wrong_with_the_good_zone),
        cmocka_unit_test(equal_preferences_are_no_finding),
        cmocka_unit_test(names_in_addresses_need_mx_of_their_own),
        cmocka_unit_test(all_exchanges_with_one_operator),
        cmocka_unit_test(a_finding_can_be_switched_off_by_its_id),
        cmocka_unit_test(a_failing_domain_is_unknown_and_nothing_else),
        cmocka_unit_test(a_zone_file_is_not_blamed_for_the_rest_of_the_world),
        cmocka_unit_test(a_short_ttl_counts_only_from_who_has_authority),
        cmocka_unit_test(a_literal_is_one_fault),
        cmocka_unit_test(a_domain_without_mail_needs_no_key),
        cmocka_unit_test(worst_findings_come_first),
        cmocka_unit_test(two_thousand_exchanges_are_bounded),
        cmocka_unit_test(every_id_is_unique_and_explained),
    };

    return cmocka_run_group_tests_name("findings", tests, NULL, NULL);
}
