/* What DANE and MTA-STS do to the choice of a host, server by server: the tables of
 * ROUTING 9.4, 9.5, 9.6 and 9.7. */
#include "mail/sender/sts_cache.h"
#include "unit/check.h"
#include "unit/mail/tls_world.h"

#include <stdio.h>
#include <stdlib.h>

#define P         "postfix"
#define NEXT_DANE "defer 4.7.4|defer 4.7.0|bounce 5.5.1|defer 4.7.5|defer 4.4.2"
#define DANE      "smtp_tls_security_level=dane"
#define ONLY      "smtp_tls_security_level=dane-only"

static const struct tls_case_row dane[] = {
    {"9.4 usage 3", P, DANE, "key", "nnbnnTTn.", NEXT_DANE "|-|-|defer 4.7.5|-"},
    {"9.4 usage 3", P, ONLY, "key", "nnbnnTTn.", NEXT_DANE "|-|-|defer 4.7.5|-"},
    {"9.4 usage 2", P, DANE, "issuer", "nnbnnnnn.",
     NEXT_DANE "|defer 4.7.5|defer 4.7.5|defer 4.7.5|-"},
    {"9.4 usages 0, 1", P, DANE, "pkix", "nnbnnTTT.", NEXT_DANE "|-|-|-|-"},
    {"9.4 usages 0, 1", P, ONLY, "pkix", "sssssssss", TLS_ALL("defer 4.7.5")},
    {"9.4 unknown type", P, DANE, "unusable", "nnbnnTTT.", NEXT_DANE "|-|-|-|-"},
    {"9.4 unknown type: connects, then next; looked at before the connection drops", P, ONLY,
     "unusable", "nnbnnnnnn",
     "defer 4.7.4|defer 4.7.0|bounce 5.5.1|defer 4.7.5|defer 4.7.5|defer 4.7.5|defer 4.7.5|"
     "defer 4.7.5|defer 4.7.5"},
    {"9.4 lookup fails", P, DANE, "failed", "sssssssss", TLS_ALL("defer 4.7.5")},
    {"9.4 lookup fails", P, ONLY, "failed", "sssssssss", TLS_ALL("defer 4.7.5")},
    {"9.4 none", P, ONLY, "none", "sssssssss", TLS_ALL("defer 4.7.5")},
    {"9.4 MX insecure", P, ONLY, "key mx-insecure", "sssssssss", TLS_ALL("defer 4.7.5")},
    {"9.5 MX insecure: dane", P, DANE, "key mx-insecure", "nnbnnTTn.",
     NEXT_DANE "|-|-|defer 4.7.5|-"},
    {"9.5 MX insecure: encrypt", P, DANE " smtp_tls_dane_insecure_mx_policy=encrypt",
     "key mx-insecure", "nnbnnTTT.", NEXT_DANE "|-|-|-|-"},
    {"9.5 MX insecure: encrypt, lookup fails", P, DANE " smtp_tls_dane_insecure_mx_policy=encrypt",
     "failed mx-insecure", "sssssssss", TLS_ALL("defer 4.7.5")},
    {"9.5 MX insecure: may", P, DANE " smtp_tls_dane_insecure_mx_policy=may", "key mx-insecure",
     "cccnnTTT.", "-|-|-|defer 4.7.5|defer 4.4.2|-|-|-|-"},
    {"9.5 MX insecure: may, no lookup", P, DANE " smtp_tls_dane_insecure_mx_policy=may",
     "failed mx-insecure", "cccnnTTT.", "-|-|-|defer 4.7.5|defer 4.4.2|-|-|-|-"},
    {"9.4 alias", P, DANE, "key alias", "nnbnnTTn.", NEXT_DANE "|-|-|defer 4.7.5|-"},
    {"9.1 levels that ignore it", P, "smtp_tls_security_level=may", "key", "cccnnTTT.",
     "-|-|-|defer 4.7.5|defer 4.4.2|-|-|-|-"},
    {"9.4 usage 3", "exim", "", "key", "nnnnnTTn.", "defer|defer|defer|defer|defer|-|-|defer|-"},
    {"9.4 usage 2: no name compared", "exim", "", "issuer", "nnnnnnTn.",
     "defer|defer|defer|defer|defer|defer|-|defer|-"},
    {"9.4 usages 0, 1", "exim", "", "pkix", "nnnnnTTT.", "defer|defer|defer|defer|defer|-|-|-|-"},
    {"9.4 lookup fails", "exim", "", "failed", "sssssssss", TLS_ALL("defer")},
    {"9.4 MX insecure", "exim", "", "key mx-insecure", "cccrrTTT.", TLS_OK},
    {"9.4 avoided, none", "exim", "hosts_avoid_tls=yes", "none", "cccccccc.", TLS_OK},
    {"9.4 avoided, usage 3", "exim", "hosts_avoid_tls=yes", "key", "nnnnnnnnn", TLS_ALL("defer")},
    {"9.4 avoided, not tried", "exim", "hosts_avoid_tls=yes hosts_try_dane=no", "key", "cccccccc.",
     TLS_OK},
    {"9.4 not tried", "exim", "hosts_try_dane=no", "key", "cccrrTTT.", TLS_OK},
    {"9.4 required, usage 3", "exim", "hosts_require_dane=yes", "key", "nnnnnTTn.",
     "defer|defer|defer|defer|defer|-|-|defer|-"},
    {"9.4 required, none: returned at once", "exim", "hosts_require_dane=yes", "none", "bbbbbbbbb",
     TLS_ALL("bounce")},
    {"9.4 required, MX insecure", "exim", "hosts_require_dane=yes", "key mx-insecure", "bbbbbbbbb",
     TLS_ALL("bounce")},
    {"9.4 required, lookup fails", "exim", "hosts_require_dane=yes", "failed", "sssssssss",
     TLS_ALL("defer")},
    {"9.4 usage 3", "sendmail", "DANE=yes", "key", "nnnnnTTn.",
     "defer 4.0.0|defer 4.0.0|defer 4.0.0|defer 4.7.0|defer 4.4.2|-|-|defer 4.0.0|-"},
    {"9.4 usage 2", "sendmail", "DANE=yes", "issuer", "nnnnnnnn.",
     "defer 4.0.0|defer 4.0.0|defer 4.0.0|defer 4.7.0|defer 4.4.2|defer 4.0.0|defer 4.0.0|defer "
     "4.0.0|-"},
    {"9.4 lookup fails", "sendmail", "DANE=yes", "failed", "sssssssss", TLS_ALL("defer 4.0.0")},
    {"9.4 alias: not found", "sendmail", "DANE=yes", "key alias", "cccnnTTT.",
     "-|-|-|defer 4.7.0|defer 4.4.2|-|-|-|-"},
    {"9.4 MX insecure", "sendmail", "DANE=yes", "key mx-insecure", "cccnnTTT.",
     "-|-|-|defer 4.7.0|defer 4.4.2|-|-|-|-"},
    {"9.4 not on", "sendmail", "", "key", "cccnnTTT.", "-|-|-|defer 4.7.0|defer 4.4.2|-|-|-|-"},
    {"9.4 never asked for", "opensmtpd", "", "key", "cccrnTTT.", "-|-|-|-|defer 4.4.1|-|-|-|-"},
    {"9.4 never asked for", "courier", "", "failed", "cnnnnTTT.",
     "-|defer|defer|defer|defer|-|-|-|-"},
    {"7672 usage 3", "rfc5321", "", "key", "nnnnnTTn.",
     "defer|defer|defer|defer|defer|-|-|defer|-"},
    {"7672 2.1.2 lookup fails", "rfc5321", "", "failed", "sssssssss", TLS_ALL("defer")},
};

static void rule_9_4_dane(void **state)
{
    (void)state;
    tls_check(dane, sizeof dane / sizeof *dane);
}

#define LISTED "mx1.example.com. mx2.example.com."

static const struct tls_case_row mta_sts[] = {
    {"9.7 listed", P, "mta_sts=yes", "enforce " LISTED, "nnbnnnnT.",
     "defer 4.7.4|defer 4.7.0|bounce 5.5.1|defer 4.7.5|defer 4.4.2|defer 4.7.5|defer 4.7.5|-|-"},
    {"9.7 none listed", P, "mta_sts=yes", "enforce mx.example.net.", "sssssssss",
     TLS_ALL("defer 4.3.0")},
    {"9.7 one label", P, "mta_sts=yes", "enforce *.com.", "sssssssss", TLS_ALL("defer 4.3.0")},
    {"9.7 one label", P, "mta_sts=yes", "enforce *.example.com.", "nnbnnnnT.",
     "defer 4.7.4|defer 4.7.0|bounce 5.5.1|defer 4.7.5|defer 4.4.2|defer 4.7.5|defer 4.7.5|-|-"},
    {"9.7 before 3.10.5: listed", P, "mta_sts=yes smtp_tls_enforce_sts_mx_patterns=no",
     "enforce " LISTED, "nnbnnnnT.",
     "defer 4.7.4|defer 4.7.0|bounce 5.5.1|defer 4.7.5|defer 4.4.2|defer 4.7.5|defer 4.7.5|-|-"},
    {"9.7 before 3.10.5: none listed, connects", P,
     "mta_sts=yes smtp_tls_enforce_sts_mx_patterns=no", "enforce mx.example.net.", "nnbnnnnnn",
     "defer 4.7.4|defer 4.7.0|bounce 5.5.1|defer 4.7.5|defer 4.7.5|defer 4.7.5|defer 4.7.5|"
     "defer 4.7.5|defer 4.7.5"},
    {"9.7 before 3.10.5: any depth", P, "mta_sts=yes smtp_tls_enforce_sts_mx_patterns=no",
     "enforce *.com.", "nnbnnnnT.",
     "defer 4.7.4|defer 4.7.0|bounce 5.5.1|defer 4.7.5|defer 4.4.2|defer 4.7.5|defer 4.7.5|-|-"},
    {"9.6.3 testing", P, "mta_sts=yes", "testing mx.example.net.", "cccccccc.", TLS_OK},
    {"9.6.3 none", P, "mta_sts=yes", "none mx.example.net.", "cccccccc.", TLS_OK},
    {"9.7 no policy server", P, "", "enforce mx.example.net.", "cccccccc.", TLS_OK},
    {"9.7 listed", "sendmail", "mta_sts=yes", "enforce " LISTED, "nnnnnnnT.",
     "defer 4.7.0|defer 4.7.0|defer 4.7.0|defer 4.7.0|defer 4.4.2|defer 4.7.0|defer 4.0.0|-|-"},
    {"9.7 none listed: connects", "sendmail", "mta_sts=yes", "enforce mx.example.net.", "nnnnnnnnn",
     "defer 4.7.0|defer 4.7.0|defer 4.7.0|defer 4.7.0|defer 4.4.2|defer 4.7.0|defer 4.0.0|defer "
     "4.0.0|defer 4.0.0"},
    {"9.7 beside DANE: TLS for the policy, the rest by TLSA", "sendmail", "mta_sts=yes DANE=yes",
     "key enforce mx.example.net.", "nnnnnTTn.",
     "defer 4.7.0|defer 4.7.0|defer 4.7.0|defer 4.7.0|defer 4.4.2|-|-|defer 4.0.0|-"},
    {"9.7 listed", "courier", "", "enforce " LISTED, "nnnnnnnT.",
     "defer|defer|defer|defer|defer|defer|defer|-|-"},
    {"9.7 none listed: returned", "courier", "", "enforce mx.example.net.", "bbbbbbbbb",
     TLS_ALL("bounce")},
    {"9.7 any depth", "courier", "", "enforce *.com.", "nnnnnnnT.",
     "defer|defer|defer|defer|defer|defer|defer|-|-"},
    {"9.7 no client", "exim", "", "enforce mx.example.net.", "cccrrTTT.", TLS_OK},
    {"9.7 no client", "opensmtpd", "", "enforce mx.example.net.", "cccrnTTT.",
     "-|-|-|-|defer 4.4.1|-|-|-|-"},
    {"9.6 listed", "rfc5321", "", "enforce " LISTED, "nnnnnnnT.",
     "defer|defer|defer|defer|defer|defer|defer|-|-"},
    {"9.6.3 none listed", "rfc5321", "", "enforce mx.example.net.", "sssssssss", TLS_ALL("defer")},
    {"9.6.5 DANE decides alone", "rfc5321", "", "key enforce mx.example.net.", "nnnnnTTn.",
     "defer|defer|defer|defer|defer|-|-|defer|-"},
};

static void rule_9_7_mta_sts(void **state)
{
    (void)state;
    tls_check(mta_sts, sizeof mta_sts / sizeof *mta_sts);
}

/* Patterns stand for exactly one label. */
static void rule_9_6_4_patterns(void **state)
{
    struct security security = {0};

    (void)state;
    security_add_pattern(&security, "*.example.com.");
    security_add_pattern(&security, "mx.example.net.");
    assert_true(security_sts_lists(&security, "a.example.com.", false));
    assert_false(security_sts_lists(&security, "example.com.", false));
    assert_false(security_sts_lists(&security, "example.com.", true));
    assert_false(security_sts_lists(&security, "a.b.example.com.", false));
    assert_true(security_sts_lists(&security, "a.b.example.com.", true));
    assert_true(security_sts_lists(&security, "mx.example.net.", false));
    assert_false(security_sts_lists(&security, "a.mx.example.net.", true));
    assert_false(security_sts_lists(&security, ".", true));
    security_clear(&security);
}

#define RELAYED "@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\nrelay A 192.0.2.9\n"
/* The policy is that of the domain to which the message goes next: not for relays, but with
 * Sendmail. */
static void rule_9_6_1_whose_policy(void **state)
{
    static const struct {
        const char *settings, *down, *tries, *ending;
        bool matters;
        const char *profile;
    } cases[] = {
        {"mta_sts=yes", "", "mx2/2", "deliver", true, P},
        {"mta_sts=yes relayhost=[relay.example.com]", "", "relay/9", "deliver", false, P},
        {"mta_sts=yes relayhost=[relay.example.com]", "relay.example.com=no-starttls", "relay/9",
         "deliver", false, P},
        {"mta_sts=yes smtp_fallback_relay=[relay.example.com]", "mx2.example.com", "mx2/2 relay/9",
         "deliver", true, P},
        {"mta_sts=yes smtp_fallback_relay=[relay.example.com]",
         "mx2.example.com,relay.example.com=no-starttls", "mx2/2 relay/9", "deliver", true, P},
        /* Sendmail: measured; it asks for the recipient's domain wherever it goes */
        {"mta_sts=yes FallbackMX=[relay.example.com]", "mx2.example.com", "mx1/1 mx2/2 relay/9",
         "defer 4.0.0", true, "sendmail"},
        {"FallbackMX=[relay.example.com]", "mx1.example.com,mx2.example.com", "mx1/1 mx2/2 relay/9",
         "deliver", false, "sendmail"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct routing routing;

        tls_begin(&routing, RELAYED, cases[i].profile, cases[i].settings,
                  "enforce mx2.example.com.", cases[i].down);
        assert_string_equal(routing_tries(&routing, 0), cases[i].tries);
        assert_string_equal(routing_ending(&routing), cases[i].ending);
        assert_int_equal(sts_matters(&routing.sender), cases[i].matters);
        routing_clear(&routing);
    }
}

#define SIX                                                                                        \
    "@ MX 10 mx1\n@ MX 20 mx2\n@ MX 30 mx3\n@ MX 40 mx4\n@ MX 50 mx5\n@ MX 60 mx6\n"               \
    "mx1 A 192.0.2.1\nmx2 A 192.0.2.2\nmx3 A 192.0.2.3\nmx4 A 192.0.2.4\nmx5 A 192.0.2.5\n"        \
    "mx6 A 192.0.2.6\n"
/* Five hosts left out by the policy, and the sixth, which it lists, is not reached. */
static void rule_9_2_a_host_left_out_counts(void **state)
{
    static const char known[] = "enforce mx6.example.com.";
    struct routing routing;

    (void)state;
    tls_begin(&routing, SIX, P, "mta_sts=yes", known, "");
    assert_int_equal(tls_tries(&routing), 0);
    assert_string_equal(routing_ending(&routing), "defer 4.3.0");
    routing_clear(&routing);
    tls_begin(&routing, SIX, P, "mta_sts=yes smtp_mx_address_limit=6", known, "");
    assert_string_equal(routing_tries(&routing, 0), "mx6/6");
    routing_clear(&routing);
}

/* A strict best host with bad TLSA records beside a worse one without any and without TLS. */
static void rule_9_4_exposed(void **state)
{
    static const struct {
        const char *profile, *settings;
        bool exposed;
    } cases[] = {{P, DANE, true},
                 {P, ONLY, false},
                 {P, "smtp_tls_security_level=encrypt", false},
                 {"exim", "", true},
                 {"exim", "hosts_require_tls=yes", false},
                 {"sendmail", "DANE=yes", true},
                 {"sendmail", "", false},
                 {"opensmtpd", "", false},
                 {"courier", "", false},
                 {"rfc5321", "", true}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct routing routing;
        struct delivery_plan *plan;
        struct delivery delivery;
        routing_init(&routing, TLS_TWO, cases[i].profile);
        if (*cases[i].settings)
            routing_set(&routing, cases[i].settings);
        routing.sender.security.mx_secure = true;
        security_add_host(&routing.sender.security, "mx1.example.com.", TLSA_KEY, false);
        routing_down(&routing, "mx1.example.com=tlsa,mx2.example.com=no-starttls");
        routing_build(&routing);
        plan = delivery_plan_new(routing.route, &routing.sender, 0);
        delivery_draw_nth(plan, 0, &delivery);
        print_message("# 9.4 exposed: %s %s\n", cases[i].profile, cases[i].settings);
        assert_int_equal(delivery.exposed, cases[i].exposed);
        delivery_plan_free(plan);
        routing_clear(&routing);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rule_9_4_dane),
                                       cmocka_unit_test(rule_9_7_mta_sts),
                                       cmocka_unit_test(rule_9_6_1_whose_policy),
                                       cmocka_unit_test(rule_9_6_4_patterns),
                                       cmocka_unit_test(rule_9_2_a_host_left_out_counts),
                                       cmocka_unit_test(rule_9_4_exposed)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
