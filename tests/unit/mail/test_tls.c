/* What TLS does to the choice of a host without DANE, server by server: the tables of ROUTING 9.1
 * and 9.2 and the corrections of 9.9. */
#include "unit/check.h"
#include "unit/mail/tls_world.h"

#include <stdio.h>
#include <stdlib.h>

#define P   "postfix"
#define TWO TLS_TWO

static const struct tls_case_row without_dane[] = {
    {"9.1", P, "smtp_tls_security_level=none", "", "cccccccc.", TLS_OK},
    {"9.1", P, "", "", "cccccccc.", TLS_OK},
    {"9.1 first try", P, "smtp_tls_security_level=may", "", "cccnnTTT.",
     "-|-|-|defer 4.7.5|defer 4.4.2|-|-|-|-"},
    {"9.3 later try", P, "smtp_tls_security_level=may try=later", "", "cccrrTTT.", TLS_OK},
    {"9.1 dane as may", P, "smtp_tls_security_level=dane", "", "cccnnTTT.",
     "-|-|-|defer 4.7.5|defer 4.4.2|-|-|-|-"},
    {"9.1 dane as may, later", P, "smtp_tls_security_level=dane try=later", "", "cccrrTTT.",
     TLS_OK},
    {"9.1", P, "smtp_tls_security_level=encrypt", "", "nnbnnTTT.",
     "defer 4.7.4|defer 4.7.0|bounce 5.5.1|defer 4.7.5|defer 4.4.2|-|-|-|-"},
    {"9.1 no later leniency", P, "smtp_tls_security_level=encrypt try=later", "", "nnbnnTTT.",
     "defer 4.7.4|defer 4.7.0|bounce 5.5.1|defer 4.7.5|defer 4.4.2|-|-|-|-"},
    {"9.1", P, "smtp_tls_security_level=verify", "", "nnbnnnnT.",
     "defer 4.7.4|defer 4.7.0|bounce 5.5.1|defer 4.7.5|defer 4.4.2|defer 4.7.5|defer 4.7.5|-|-"},
    {"9.1", P, "smtp_tls_security_level=secure", "", "nnbnnnnT.",
     "defer 4.7.4|defer 4.7.0|bounce 5.5.1|defer 4.7.5|defer 4.4.2|defer 4.7.5|defer 4.7.5|-|-"},
    {"9.1", "exim", "", "", "cccrrTTT.", TLS_OK},
    {"9.1", "exim", "tls_tempfail_tryclear=no", "", "cncnnTTT.", "-|defer|-|defer|defer|-|-|-|-"},
    {"9.1", "exim", "hosts_require_tls=yes", "", "nnnnnTTT.",
     "defer|defer|defer|defer|defer|-|-|-|-"},
    {"9.1", "exim", "tls_verify_hosts=yes", "", "cccrrrrT.", TLS_OK},
    {"9.1", "exim", "tls_verify_hosts=yes hosts_require_tls=yes", "", "nnnnnnnT.",
     "defer|defer|defer|defer|defer|defer|defer|-|-"},
    {"9.1", "sendmail", "", "", "cccnnTTT.", "-|-|-|defer 4.7.0|defer 4.4.2|-|-|-|-"},
    {"9.1", "sendmail", "TLSFallbacktoClear=yes", "", "cccrnTTT.", "-|-|-|-|defer 4.4.2|-|-|-|-"},
    {"9.1", "sendmail", "TLS_Srv=ENCR:112", "", "nnnnnTTT.",
     "defer 4.7.0|defer 4.7.0|defer 4.7.0|defer 4.7.0|defer 4.4.2|-|-|-|-"},
    {"9.1 after the last host", "sendmail", "TLS_Srv=PERM+ENCR:112", "", "nnnnnTTT.",
     "bounce 5.7.0|bounce 5.7.0|bounce 5.7.0|bounce 5.7.0|defer 4.4.2|-|-|-|-"},
    {"9.1 the name is not compared", "sendmail", "TLS_Srv=VERIFY:112", "", "nnnnnnTT.",
     "defer 4.7.0|defer 4.7.0|defer 4.7.0|defer 4.7.0|defer 4.4.2|defer 4.7.0|-|-|-"},
    {"9.1", "opensmtpd", "", "", "cccrnTTT.", "-|-|-|-|defer 4.4.1|-|-|-|-"},
    {"9.1", "opensmtpd", "tls=yes no-verify=yes", "", "nnnnnTTT.",
     "defer 4.4.1|defer 4.4.1|defer 4.4.1|defer 4.4.1|defer 4.4.1|-|-|-|-"},
    {"9.1", "opensmtpd", "tls=yes", "", "nnnnnnnT.",
     "defer 4.4.1|defer 4.4.1|defer 4.4.1|defer 4.4.1|defer 4.4.1|defer 4.4.1|defer 4.4.1|-|-"},
    {"9.1", "courier", "", "", "cnnnnTTT.", "-|defer|defer|defer|defer|-|-|-|-"},
    {"9.1 remembered", "courier", "try=later", "", "cccccTTT.", TLS_OK},
    {"9.1", "courier", "ESMTP_TLS_VERIFY_DOMAIN=yes TLS_VERIFYPEER=PEER", "", "cnnnnnnT.",
     "-|defer|defer|defer|defer|defer|defer|-|-"},
    {"9.1 remembered even with verification", "courier",
     "ESMTP_TLS_VERIFY_DOMAIN=yes TLS_VERIFYPEER=PEER try=later", "", "cccccccT.", TLS_OK},
    {"9.1", "courier", "SECURITY=REQUIRED", "", "nnnnnTTT.",
     "bounce|defer|defer|defer|defer|-|-|-|-"},
    {"9.1 remembered", "courier", "SECURITY=REQUIRED try=later", "", "nnnnnTTT.",
     "bounce|bounce|bounce|bounce|bounce|-|-|-|-"},
    {"9.1 only another Courier", "courier", "SECURITY=STARTTLS", "", "bbbbbbbbb",
     "bounce|bounce|bounce|bounce|bounce|bounce|bounce|bounce|bounce"},
    {"9.1", "courier", "ESMTP_USE_STARTTLS=no", "", "cccccccc.", TLS_OK},
    {"9 no TLS", "qmail", "", "", ".........", TLS_OK},
    {"9.8", "rfc5321", "", "", "cccnnTTT.", "-|-|-|defer|defer|-|-|-|-"},
};

static void rule_9_1_without_dane(void **state)
{
    (void)state;
    tls_check(without_dane, sizeof without_dane / sizeof *without_dane);
}

#define SIX                                                                                        \
    "@ MX 10 mx1\n@ MX 20 mx2\n@ MX 30 mx3\n@ MX 40 mx4\n@ MX 50 mx5\n@ MX 60 mx6\n"               \
    "mx1 A 192.0.2.1\nmx2 A 192.0.2.2\nmx3 A 192.0.2.3\nmx4 A 192.0.2.4\nmx5 A 192.0.2.5\n"        \
    "mx6 A 192.0.2.6\n"
#define EIGHT                                                                                      \
    "@ MX 10 a\n@ MX 10 b\n@ MX 10 c\n@ MX 10 d\n@ MX 10 e\n@ MX 10 f\n@ MX 10 g\n@ MX 10 h\n"     \
    "@ MX 20 z\na A 192.0.2.1\nb A 192.0.2.2\nc A 192.0.2.3\nd A 192.0.2.4\ne A 192.0.2.5\n"       \
    "f A 192.0.2.6\ng A 192.0.2.7\nh A 192.0.2.8\nz A 192.0.2.9\n"

static void rule_9_2_what_counts(void **state)
{
    static const struct {
        const char *rule, *profile, *settings, *zone, *stage;
        size_t tries;
        const char *ending;
    } cases[] = {
        {"Postfix: handshakes count as addresses", P, "smtp_tls_security_level=may", SIX, "tls", 5,
         "defer 4.7.5"},
        {"Postfix: not as sessions", P, "smtp_tls_security_level=encrypt", SIX, "no-starttls", 5,
         "defer 4.7.4"},
        {"Postfix: neither do certificates", P, "smtp_tls_security_level=verify", SIX, "expired", 5,
         "defer 4.7.5"},
        {"Exim: five, and one of the next preference", "exim", "hosts_require_tls=yes", EIGHT,
         "tls", 6, "defer"},
        {"Sendmail: no limit", "sendmail", "", EIGHT, "tls", 9, "defer 4.7.0"},
        {"OpenSMTPD: goes round among the eight", "opensmtpd", "tls=yes", EIGHT, "tls", 8,
         "defer 4.4.1"},
        {"Courier: no limit", "courier", "", EIGHT, "tls", 9, "defer"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct routing routing;
        char down[64];
        snprintf(down, sizeof down, "*=%s", cases[i].stage);
        tls_begin(&routing, cases[i].zone, cases[i].profile, cases[i].settings, "", down);
        print_message("# 9.2 %s\n", cases[i].rule);
        assert_int_equal(tls_tries(&routing), cases[i].tries);
        assert_string_equal(routing_ending(&routing), cases[i].ending);
        routing_clear(&routing);
    }
}

#define BOTH  "@ MX 10 mx1\nmx1 A 192.0.2.1\nmx1 A 192.0.2.2\n"
#define AGAIN "@ MX 10 mx1\n@ MX 20 mx2\n@ MX 30 mx1\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n"
/* It remembers the name of a host that failed, so at the host's other address, or where it is
 * listed again, STARTTLS is not tried in the same delivery (measured: check-mta). */
static void rule_9_1_courier_remembers_names(void **state)
{
    static const struct {
        const char *settings, *zone, *down;
        size_t tries;
        const char *ending;
        enum tls_way way;
    } cases[] = {
        {"", BOTH, "*=tls", 2, "deliver", TLS_CLEAR},
        {"", BOTH, "*=starttls4", 2, "deliver", TLS_CLEAR},
        {"", BOTH, "*=expired", 1, "deliver", TLS_USED},
        {"TLS_VERIFYPEER=PEER", BOTH, "*=expired", 2, "deliver", TLS_CLEAR},
        {"TLS_VERIFYPEER=PEER try=later", BOTH, "*=expired", 1, "deliver", TLS_CLEAR},
        {"SECURITY=REQUIRED", BOTH, "*=tls", 2, "bounce", TLS_UNTOLD},
        {"SECURITY=REQUIRED", BOTH, "*=no-starttls", 2, "bounce", TLS_UNTOLD},
        {"", BOTH, "*=mail4", 1, "defer 4.3.0", TLS_UNTOLD},
        {"", AGAIN, "*=tls", 3, "deliver", TLS_CLEAR},
        {"", AGAIN, "mx1.example.com=tls,mx2.example.com", 3, "deliver", TLS_CLEAR},
        {"SECURITY=REQUIRED", AGAIN, "mx1.example.com=tls,mx2.example.com", 3, "bounce",
         TLS_UNTOLD},
        {"try=later", AGAIN, "192.0.2.1=tls", 1, "deliver", TLS_CLEAR},
        {"try=later", BOTH, "192.0.2.1=tls", 1, "deliver", TLS_CLEAR}, /* whichever comes first */
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct routing routing;
        tls_begin(&routing, cases[i].zone, "courier", cases[i].settings, "", cases[i].down);
        print_message("# 9.1 courier %s, %s\n", cases[i].settings, cases[i].down);
        assert_int_equal(tls_tries(&routing), cases[i].tries);
        assert_string_equal(routing_ending(&routing), cases[i].ending);
        assert_int_equal(tls_way_taken(&routing), cases[i].way);
        routing_clear(&routing);
    }
}

/* The level secure wants the certificate to be of the domain. */
static void rule_9_5_secure_host_elsewhere(void **state)
{
    struct routing routing;

    (void)state;
    tls_begin(&routing,
              "@ MX 10 mx.example.net.\n@ MX 20 mx2\nmx.example.net. A 192.0.2.1\n"
              "mx2 A 192.0.2.2\n",
              P, "smtp_tls_security_level=secure", "", "");
    assert_int_equal(tls_letter(&routing), 'n');
    routing_clear(&routing);
}

static const struct routing_case live_client[] = {
    {"9.9.2 a greeting 421 stops", TWO, NULL, NULL, "mx1.example.com=greeting4", NULL,
     "defer 4.3.2"},
    {"9.9.2 a greeting 554 returns", TWO, NULL, NULL, "mx1.example.com=greeting5", NULL,
     "bounce 5.3.2"},
    {"9.9.2 EHLO 450 stops", TWO, NULL, NULL, "mx1.example.com=ehlo4", NULL, "defer 4.3.0"},
    {"9.9.2 EHLO and HELO 550 return", TWO, NULL, NULL, "mx1.example.com=ehlo5", NULL,
     "bounce 5.3.0"},
    {"9.9.2 refused: next", TWO, NULL, NULL, "mx1.example.com", NULL, "deliver"},
    {"9.9.2 MAIL 451 stops", TWO, NULL, NULL, "mx1.example.com=mail4", NULL, "defer 4.3.0"},
};
static const struct routing_case ehlo5_next[] = {
    {"9.9.3 EHLO and HELO 550: next", TWO, NULL, NULL, "mx1.example.com=ehlo5", NULL, "deliver"},
    {"9.9.3 EHLO and HELO 450: next", TWO, NULL, NULL, "mx1.example.com=ehlo4", NULL, "deliver"},
};
static const struct routing_case ehlo5_bounce[] = {
    {"9.9.1 EHLO and HELO 550: returned", TWO, NULL, NULL, "mx1.example.com=ehlo5", NULL,
     "bounce 5.3.0"},
    {"9.9.1 EHLO and HELO 450: next", TWO, NULL, NULL, "mx1.example.com=ehlo4", NULL, "deliver"},
};

static void rule_9_9_corrections(void **state)
{
    (void)state;
    routing_check("courier", live_client, sizeof live_client / sizeof *live_client);
    routing_check("exim", ehlo5_next, 2);
    routing_check("sendmail", ehlo5_next, 2);
    routing_check("opensmtpd", ehlo5_next, 2);
    routing_check("postfix", ehlo5_bounce, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule_9_1_without_dane), cmocka_unit_test(rule_9_2_what_counts),
        cmocka_unit_test(rule_9_1_courier_remembers_names),
        cmocka_unit_test(rule_9_5_secure_host_elsewhere), cmocka_unit_test(rule_9_9_corrections)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
