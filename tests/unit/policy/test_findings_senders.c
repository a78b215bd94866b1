/* Findings about who sends: SPF, DMARC, DKIM. */
#include "base/text.h"
#include "unit/check.h"
#include "unit/policy/findings_world.h"

#include <stdlib.h>

#define DOMAIN    "example.com."
#define SILENT    "x.silent.example.com."
#define ROUTE     GOOD_SERVERS GOOD_MX GOOD_HOSTS GOOD_REVERSE
#define WITH_SPF  ROUTE GOOD_DMARC GOOD_DKIM
#define WITH_DKIM ROUTE GOOD_SPF GOOD_DMARC
#define WITH_MARC ROUTE GOOD_SPF GOOD_DKIM
#define RSA_512                                                                                    \
    "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBANeX3oK3ZuYr00wMQRSQOWYeiSr7G2Kv4qfJV91qGYmJOGdHcdEA7I0qi3SF" \
    "6GBM+2oiutqqzlZ8SRG6/Nau2EECAwEAAQ=="
#define RSA_1024                                                                                   \
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDGrGZuzB66M5kwAv9PUfwdqrQd2Q6MY4lvOifw0fNv3vjRkkolsLNE" \
    "rdKmmW6TU0bLmJjM00C6I3J5w17aYH62hmJEV7czj2G1nBfpcTRFi5TVBQz0EXM1jzNP+BD0ofJ+z5Wfqt6RZ3743ROg" \
    "LFnnEfASYXcS7K3VTKp8AC6kewIDAQAB"

static const struct finding_case spf_cases[] = {
    {"spf-none", SEVERITY_WARNING, DOMAIN, WITH_SPF},
    {"spf-multiple", SEVERITY_ERROR, DOMAIN, WITH_SPF GOOD_SPF "@ TXT \"v=spf1 ~all\"\n"},
    {"spf-syntax", SEVERITY_ERROR, DOMAIN, WITH_SPF "@ TXT \"v=spf1 ipv4:192.0.2.1 -all\"\n"},
    {"spf-syntax", SEVERITY_ERROR, "inc.example.com.",
     WITH_SPF "@ TXT \"v=spf1 include:inc.example.com -all\"\ninc TXT \"v=spf1 a:1.2.3.4\"\n"},
    {"spf-include", SEVERITY_ERROR, "gone.example.com.",
     WITH_SPF "@ TXT \"v=spf1 mx include:gone.example.com -all\"\n"},
    {"spf-include", SEVERITY_ERROR, "alias.example.com.",
     WITH_SPF "@ TXT \"v=spf1 mx include:alias.example.com -all\"\nalias CNAME gone\n"},
    {"spf-include", SEVERITY_UNKNOWN, SILENT,
     WITH_SPF "@ TXT \"v=spf1 mx include:x.silent.example.com -all\"\n"},
    {"spf-lookups", SEVERITY_ERROR, DOMAIN,
     WITH_SPF "@ TXT \"v=spf1 a a a a a a a a a a a -all\"\n"},
    {"spf-voids", SEVERITY_WARNING, DOMAIN,
     WITH_SPF "@ TXT \"v=spf1 mx a:g1.example.com a:g2.example.com a:g3.example.com -all\"\n"},
    {"spf-loop", SEVERITY_ERROR, DOMAIN,
     WITH_SPF "@ TXT \"v=spf1 mx include:inc.example.com -all\"\n"
              "inc TXT \"v=spf1 include:example.com -all\"\n"},
    {"spf-plus-all", SEVERITY_ERROR, DOMAIN, WITH_SPF "@ TXT \"v=spf1 mx +all\"\n"},
    {"spf-wide", SEVERITY_WARNING, DOMAIN, WITH_SPF "@ TXT \"v=spf1 mx ip4:198.0.0.0/15 -all\"\n"},
    {"spf-wide", SEVERITY_WARNING, DOMAIN, WITH_SPF "@ TXT \"v=spf1 mx mx/8 -all\"\n"},
    {"spf-wide", SEVERITY_ERROR, DOMAIN, WITH_SPF "@ TXT \"v=spf1 mx ip6:::/0 -all\"\n"},
    {"spf-wide", SEVERITY_WARNING, "inc.example.com.",
     WITH_SPF "@ TXT \"v=spf1 mx include:inc.example.com -all\"\n"
              "inc TXT \"v=spf1 ip6:2001:db8::/31 ?all\"\n"},
    {"spf-no-all", SEVERITY_NOTICE, DOMAIN, WITH_SPF "@ TXT \"v=spf1 mx\"\n"},
    {"spf-no-all", SEVERITY_NOTICE, DOMAIN, WITH_SPF "@ TXT \"v=spf1 mx ?all\"\n"},
    {"spf-ptr", SEVERITY_WARNING, DOMAIN, WITH_SPF "@ TXT \"v=spf1 mx ptr -all\"\n"},
    {"spf-voids", SEVERITY_WARNING, DOMAIN,
     WITH_SPF "@ TXT \"v=spf1 mx a:g1.example.com a:g1.example.com a:g1.example.com -all\"\n"
              "g1 A 192.0.2.9\n"},
    {"spf-voids", SEVERITY_NOTICE, DOMAIN,
     WITH_SPF "@ TXT \"v=spf1 ip4:192.0.2.1 a:g1.example.com a:g1.example.com a:g1.example.com "
              "-all\"\ng1 A 192.0.2.9\n"},
    {"spf-after-all", SEVERITY_WARNING, DOMAIN,
     WITH_SPF "@ TXT \"v=spf1 mx -all include:gone.example.com\"\n"},
    {"spf-after-all", SEVERITY_WARNING, DOMAIN,
     WITH_SPF "@ TXT \"v=spf1 redirect=gone.example.com mx ~all\"\n"},
    {"spf-mx-many", SEVERITY_ERROR, DOMAIN,
     WITH_SPF "@ TXT \"v=spf1 mx:m.example.com mx -all\"\nm MX 1 a\nm MX 1 b\nm MX 1 c\n"
              "m MX 1 d\nm MX 1 e\nm MX 1 f\nm MX 1 g\nm MX 1 h\nm MX 1 i\nm MX 1 j\nm MX 1 k\n"},
    {"spf-private", SEVERITY_NOTICE, "inc.example.com.",
     WITH_SPF "@ TXT \"v=spf1 mx include:inc.example.com -all\"\n"
              "inc TXT \"v=spf1 ip4:10.1.2.3 ip6:fd00::/8 -all\"\n"},
    {"spf-missing-mx", SEVERITY_NOTICE, "mx1.example.com.",
     WITH_SPF "@ TXT \"v=spf1 ip4:203.0.113.1 -all\"\n"},
    {"spf-type99", SEVERITY_NOTICE, DOMAIN,
     WITH_SPF GOOD_SPF "@ TYPE99 \\# 12 0b763d73706631202d616c6c\n"},
};

static const struct finding_case dmarc_cases[] = {
    {"dmarc-none", SEVERITY_WARNING, DOMAIN, WITH_MARC},
    {"dmarc-multiple", SEVERITY_ERROR, "_dmarc.example.com.",
     WITH_MARC GOOD_DMARC "_dmarc TXT \"v=DMARC1; p=none\"\n"},
    {"dmarc-syntax", SEVERITY_ERROR, "_dmarc.example.com.",
     WITH_MARC "_dmarc TXT \"v=DMARC1; p=block\"\n"},
    {"dmarc-syntax", SEVERITY_NOTICE, "_dmarc.example.com.",
     WITH_MARC "_dmarc TXT \"v=DMARC1; p=reject; pct=50\"\n"},
    {"dmarc-syntax", SEVERITY_WARNING, "_dmarc.example.com.",
     WITH_MARC "_dmarc TXT \"v=DMARC1\"\n"},
    {"dmarc-syntax", SEVERITY_ERROR, "_dmarc.example.com.",
     WITH_MARC "_dmarc TXT \"v=DMARC1; p=rejected; rua=mailto:d@example.com\"\n"},
    {"dmarc-subdomains-none", SEVERITY_WARNING, "_dmarc.example.com.",
     WITH_MARC "_dmarc TXT \"v=DMARC1; p=reject; sp=none\"\n"},
    {"dmarc-subdomains-none", SEVERITY_WARNING, "_dmarc.example.com.",
     WITH_MARC "_dmarc TXT \"v=DMARC1; p=quarantine; np=none\"\n"},
    {"dmarc-report-uri", SEVERITY_WARNING, "_dmarc.example.com.",
     WITH_MARC "_dmarc TXT \"v=DMARC1; p=reject; rua=d@example.com\"\n"},
    {"dmarc-policy-none", SEVERITY_NOTICE, "_dmarc.example.com.",
     WITH_MARC "_dmarc TXT \"v=DMARC1; p=none\"\n"},
    {"dmarc-report-unauthorised", SEVERITY_WARNING, "example.com._report._dmarc.other.example.",
     WITH_MARC "_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:d@other.example\"\n"},
};

static const struct finding_case dkim_cases[] = {
    {"dkim-none-found", SEVERITY_NOTICE, DOMAIN, WITH_DKIM},
    {"dkim-weak-key", SEVERITY_ERROR, "mail._domainkey.example.com.",
     WITH_DKIM "mail._domainkey TXT \"v=DKIM1; p=" RSA_512 "\"\n"},
    {"dkim-weak-key", SEVERITY_WARNING, "mail._domainkey.example.com.",
     WITH_DKIM "mail._domainkey TXT \"v=DKIM1; p=\" \"" RSA_1024 "\"\n"},
    {"dkim-testing", SEVERITY_NOTICE, "mail._domainkey.example.com.",
     WITH_DKIM "mail._domainkey TXT \"v=DKIM1; t=s:y; k=ed25519; "
               "p=VG/CcbEnl/+GEiknMp2fU8QQ7kp9lT95q9dSJ33N4Oc=\"\n"},
    {"dkim-syntax", SEVERITY_ERROR, "mail._domainkey.example.com.",
     WITH_DKIM "mail._domainkey TXT \"v=DKIM1; p=***\"\n"},
};

static void make_silent(struct findings_world *world)
{
    world->zone.silent = "silent.example.com.";
}

static void findings_about_spf(void **state)
{
    (void)state;
    assert_findings(spf_cases, sizeof spf_cases / sizeof spf_cases[0], make_silent);
}

static void spf_long_by_its_octets(void **state)
{
    struct text text = {0};
    struct findings_world world;

    (void)state;
    text_add(&text, WITH_SPF "@ TXT \"v=spf1 mx");
    for (int i = 0; i < 30; i++)
        text_format(&text, "%s ip4:198.51.100.%d", i % 10 == 9 ? "\" \"" : "", 100 + i);
    text_add(&text, " -all\"\n");
    findings_world_init(&world, text_get(&text));
    findings_world_judge(&world);
    assert_int_equal(findings_world_count(&world, "spf-long", NULL), 1);
    findings_world_clear(&world);
    text_clear(&text);
}

static void findings_about_dmarc(void **state)
{
    (void)state;
    assert_findings(dmarc_cases, sizeof dmarc_cases / sizeof dmarc_cases[0], NULL);
}

static void findings_about_dkim(void **state)
{
    (void)state;
    assert_findings(dkim_cases, sizeof dkim_cases / sizeof dkim_cases[0], NULL);
}

static void type_selectors(struct findings_world *world)
{
    static const char *const selectors[] = {"default", "typed"};

    make_silent(world);
    world->view.selectors = selectors;
    world->view.selector_count = 2;
}

static void a_selector_that_signs_has_a_key(void **state)
{
#define TYPED                                                                                      \
    "typed._domainkey TXT \"v=DKIM1; k=ed25519; "                                                  \
    "p=VG/CcbEnl/+GEiknMp2fU8QQ7kp9lT95q9dSJ33N4Oc=\"\n"
    static const struct list_case cases[] = {
        {GOOD_ZONE TYPED, ""},
        {GOOD_ZONE, "error dkim-missing typed._domainkey.example.com.\n"},
        {WITH_DKIM TYPED, "error dkim-missing default._domainkey.example.com.\n"},
        {GOOD_ZONE "typed._domainkey TXT \"v=DKIM1; p=***\"\n",
         "error dkim-syntax typed._domainkey.example.com.\n"},
    };
#undef TYPED

    (void)state;
    assert_lists(cases, sizeof cases / sizeof *cases, type_selectors);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(findings_about_spf),
        cmocka_unit_test(spf_long_by_its_octets),
        cmocka_unit_test(findings_about_dmarc),
        cmocka_unit_test(findings_about_dkim),
        cmocka_unit_test(a_selector_that_signs_has_a_key),
    };

    return cmocka_run_group_tests_name("findings_senders", tests, NULL, NULL);
}
