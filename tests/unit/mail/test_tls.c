/* What TLS does to the choice of a host, server by server: the tables of
 * ROUTING 9.1, 9.2, 9.4, 9.5, 9.7 and the corrections of 9.9. */
#include "unit/worlds/routing_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TWO "@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n"

/* What is known of both hosts beforehand. */
struct known {
    enum tlsa_state tlsa;
    bool mx_insecure, at_alias;
    enum sts_mode sts;
    const char *patterns; /* with spaces between them */
};

static void tell(struct routing *routing, const struct known *known)
{
    struct security *security = &routing->sender.security;
    char *copy = memory_dup(known->patterns ? known->patterns : ""), *rest = copy, *one;

    security->mx_secure = !known->mx_insecure;
    security->sts = known->sts;
    security_add_host(security, "mx1.example.com.", known->tlsa, known->at_alias);
    security_add_host(security, "mx2.example.com.", known->tlsa, known->at_alias);
    while ((one = strtok_r(rest, " ", &rest)))
        security_add_pattern(security, one);
    free(copy);
}

static void begin(struct routing *routing, const char *zone, const char *profile,
                  const char *settings, const struct known *known, const char *down)
{
    char *copy = memory_dup(settings), *rest = copy, *one;

    routing_init(routing, zone, profile);
    while ((one = strtok_r(rest, " ", &rest)))
        routing_set(routing, one);
    free(copy);
    tell(routing, known);
    if (*down)
        routing_down(routing, down);
    routing_build(routing);
}

/* c clear, r clear again, T over TLS, n next, s skipped, b stops there, . untold */
static char letter_of(struct routing *routing)
{
    static const char letters[] = {'.', 'c', 'r', 'T', 's', 'n'};
    struct delivery_plan *plan = delivery_plan_new(routing->route, &routing->sender, 0);
    struct delivery delivery;
    char letter;

    delivery_draw_nth(plan, 0, &delivery);
    if (delivery.skip_count && delivery.skips[0].before == 0)
        letter = delivery.verdict == VERDICT_BOUNCE && delivery.count == 0 ? 'b' : 's';
    else if (delivery.verdict == VERDICT_BOUNCE && delivery.count == 1)
        letter = 'b';
    else
        letter = letters[delivery.attempts[0].way];
    delivery_plan_free(plan);
    return letter;
}

enum { STAGES = TLS_STAGES + 1 };

/* The eight TLS stages and a host that does all well: what the sender does with the first of two
 * hosts while the second is good; and the ending when all hosts do so, "-" where the message is
 * taken. */
struct row {
    const char *rule, *profile, *settings;
    struct known known;
    const char *ways, *endings;
};

static const char *stage_name(size_t i)
{
    return i < TLS_STAGES ? stage_text((enum stage)(STAGE_NO_STARTTLS + i)) : "";
}

static void check_row(const struct row *row)
{
    char ways[STAGES + 1] = "", endings[512] = "";

    for (size_t i = 0; i < STAGES; i++) {
        struct routing routing;
        char down[64] = "";
        const char *ending;
        if (i < TLS_STAGES)
            snprintf(down, sizeof down, "mx1.example.com=%s", stage_name(i));
        begin(&routing, TWO, row->profile, row->settings, &row->known, down);
        ways[i] = letter_of(&routing);
        routing_clear(&routing);
        if (i < TLS_STAGES)
            snprintf(down, sizeof down, "*=%s", stage_name(i));
        begin(&routing, TWO, row->profile, row->settings, &row->known, down);
        ending = routing_ending(&routing);
        snprintf(endings + strlen(endings), sizeof endings - strlen(endings), "%s%s", i ? "|" : "",
                 strcmp(ending, "deliver") == 0 ? "-" : ending);
        routing_clear(&routing);
    }
    print_message("# %s: %s %s\n", row->rule, row->profile, row->settings);
    assert_string_equal(ways, row->ways);
    assert_string_equal(endings, row->endings);
}

#define CHECK(rows)                                                                                \
    do                                                                                             \
        for (size_t i = 0; i < sizeof(rows) / sizeof *(rows); i++)                                 \
            check_row((rows) + i);                                                                 \
    while (0)

#define OK "-|-|-|-|-|-|-|-|-"
#define P  "postfix"

static void rule_9_1_without_dane(void **state)
{
    static const struct row rows[] = {
        {"9.1", P, "smtp_tls_security_level=none", {0}, "cccccccc.", OK},
        {"9.1", P, "", {0}, "cccccccc.", OK},
        {"9.1 first try",
         P,
         "smtp_tls_security_level=may",
         {0},
         "cccnnTTT.",
         "-|-|-|defer 4.7.5|defer 4.4.2|-|-|-|-"},
        {"9.3 later try", P, "smtp_tls_security_level=may try=later", {0}, "cccrrTTT.", OK},
        {"9.1 dane as may",
         P,
         "smtp_tls_security_level=dane",
         {0},
         "cccnnTTT.",
         "-|-|-|defer 4.7.5|defer 4.4.2|-|-|-|-"},
        {"9.1 dane as may, later",
         P,
         "smtp_tls_security_level=dane try=later",
         {0},
         "cccrrTTT.",
         OK},
        {"9.1",
         P,
         "smtp_tls_security_level=encrypt",
         {0},
         "nnbnnTTT.",
         "defer 4.7.4|defer 4.7.0|bounce 5.5.1|defer 4.7.5|defer 4.4.2|-|-|-|-"},
        {"9.1 no later leniency",
         P,
         "smtp_tls_security_level=encrypt try=later",
         {0},
         "nnbnnTTT.",
         "defer 4.7.4|defer 4.7.0|bounce 5.5.1|defer 4.7.5|defer 4.4.2|-|-|-|-"},
        {"9.1",
         P,
         "smtp_tls_security_level=verify",
         {0},
         "nnbnnnnT.",
         "defer 4.7.4|defer 4.7.0|bounce 5.5.1|defer 4.7.5|defer 4.4.2|defer 4.7.5|defer "
         "4.7.5|-|-"},
        {"9.1",
         P,
         "smtp_tls_security_level=secure",
         {0},
         "nnbnnnnT.",
         "defer 4.7.4|defer 4.7.0|bounce 5.5.1|defer 4.7.5|defer 4.4.2|defer 4.7.5|defer "
         "4.7.5|-|-"},
        {"9.1", "exim", "", {0}, "cccrrTTT.", OK},
        {"9.1",
         "exim",
         "tls_tempfail_tryclear=no",
         {0},
         "cncnnTTT.",
         "-|defer|-|defer|defer|-|-|-|-"},
        {"9.1",
         "exim",
         "hosts_require_tls=yes",
         {0},
         "nnnnnTTT.",
         "defer|defer|defer|defer|defer|-|-|-|-"},
        {"9.1", "exim", "tls_verify_hosts=yes", {0}, "cccrrrrT.", OK},
        {"9.1",
         "exim",
         "tls_verify_hosts=yes hosts_require_tls=yes",
         {0},
         "nnnnnnnT.",
         "defer|defer|defer|defer|defer|defer|defer|-|-"},
        {"9.1", "sendmail", "", {0}, "cccnnTTT.", "-|-|-|defer 4.7.0|defer 4.4.2|-|-|-|-"},
        {"9.1",
         "sendmail",
         "TLSFallbacktoClear=yes",
         {0},
         "cccrnTTT.",
         "-|-|-|-|defer 4.4.2|-|-|-|-"},
        {"9.1",
         "sendmail",
         "TLS_Srv=ENCR:112",
         {0},
         "nnnnnTTT.",
         "defer 4.7.0|defer 4.7.0|defer 4.7.0|defer 4.7.0|defer 4.4.2|-|-|-|-"},
        {"9.1 after the last host",
         "sendmail",
         "TLS_Srv=PERM+ENCR:112",
         {0},
         "nnnnnTTT.",
         "bounce 5.7.0|bounce 5.7.0|bounce 5.7.0|defer 4.7.0|defer 4.4.2|-|-|-|-"},
        {"9.1 the name is not compared",
         "sendmail",
         "TLS_Srv=VERIFY:112",
         {0},
         "nnnnnnTT.",
         "defer 4.7.0|defer 4.7.0|defer 4.7.0|defer 4.7.0|defer 4.4.2|defer 4.7.0|-|-|-"},
        {"9.1", "opensmtpd", "", {0}, "cccrnTTT.", "-|-|-|-|defer 4.4.1|-|-|-|-"},
        {"9.1",
         "opensmtpd",
         "tls=yes no-verify=yes",
         {0},
         "nnnnnTTT.",
         "defer 4.4.1|defer 4.4.1|defer 4.4.1|defer 4.4.1|defer 4.4.1|-|-|-|-"},
        {"9.1",
         "opensmtpd",
         "tls=yes",
         {0},
         "nnnnnnnT.",
         "defer 4.4.1|defer 4.4.1|defer 4.4.1|defer 4.4.1|defer 4.4.1|defer 4.4.1|defer 4.4.1|-|-"},
        {"9.1", "courier", "", {0}, "cnnnnTTT.", "-|defer|defer|defer|defer|-|-|-|-"},
        {"9.1 remembered", "courier", "try=later", {0}, "cccccTTT.", OK},
        {"9.1",
         "courier",
         "ESMTP_TLS_VERIFY_DOMAIN=yes TLS_VERIFYPEER=PEER",
         {0},
         "cnnnnnnT.",
         "-|defer|defer|defer|defer|defer|defer|-|-"},
        {"9.1 remembered even with verification",
         "courier",
         "ESMTP_TLS_VERIFY_DOMAIN=yes TLS_VERIFYPEER=PEER try=later",
         {0},
         "cccccccT.",
         OK},
        {"9.1",
         "courier",
         "SECURITY=REQUIRED",
         {0},
         "nnnnnTTT.",
         "bounce|defer|defer|defer|defer|-|-|-|-"},
        {"9.1 remembered",
         "courier",
         "SECURITY=REQUIRED try=later",
         {0},
         "nnnnnTTT.",
         "bounce|bounce|bounce|bounce|bounce|-|-|-|-"},
        {"9.1 only another Courier",
         "courier",
         "SECURITY=STARTTLS",
         {0},
         "bbbbbbbbb",
         "bounce|bounce|bounce|bounce|bounce|bounce|bounce|bounce|bounce"},
        {"9.1", "courier", "ESMTP_USE_STARTTLS=no", {0}, "cccccccc.", OK},
        {"9 no TLS", "qmail", "", {0}, ".........", OK},
        {"9.8", "rfc5321", "", {0}, "cccnnTTT.", "-|-|-|defer|defer|-|-|-|-"},
    };

    (void)state;
    CHECK(rows);
}

#define NEXT_DANE "defer 4.7.4|defer 4.7.0|bounce 5.5.1|defer 4.7.5|defer 4.4.2"
#define ALL(ending)                                                                                \
    ending "|" ending "|" ending "|" ending "|" ending "|" ending "|" ending "|" ending "|" ending
#define DANE "smtp_tls_security_level=dane"
#define ONLY "smtp_tls_security_level=dane-only"

static void rule_9_4_dane(void **state)
{
    static const struct row rows[] = {
        {"9.4 usage 3", P, DANE, {.tlsa = TLSA_KEY}, "nnbnnTTn.", NEXT_DANE "|-|-|defer 4.7.5|-"},
        {"9.4 usage 3", P, ONLY, {.tlsa = TLSA_KEY}, "nnbnnTTn.", NEXT_DANE "|-|-|defer 4.7.5|-"},
        {"9.4 usage 2",
         P,
         DANE,
         {.tlsa = TLSA_ISSUER},
         "nnbnnnnn.",
         NEXT_DANE "|defer 4.7.5|defer 4.7.5|defer 4.7.5|-"},
        {"9.4 usages 0, 1", P, DANE, {.tlsa = TLSA_PKIX}, "nnbnnTTT.", NEXT_DANE "|-|-|-|-"},
        {"9.4 usages 0, 1", P, ONLY, {.tlsa = TLSA_PKIX}, "sssssssss", ALL("defer 4.7.5")},
        {"9.4 unknown type", P, DANE, {.tlsa = TLSA_UNUSABLE}, "nnbnnTTT.", NEXT_DANE "|-|-|-|-"},
        {"9.4 unknown type: connects, then next",
         P,
         ONLY,
         {.tlsa = TLSA_UNUSABLE},
         "nnbnnnnnn",
         NEXT_DANE "|defer 4.7.5|defer 4.7.5|defer 4.7.5|defer 4.7.5"},
        {"9.4 lookup fails", P, DANE, {.tlsa = TLSA_FAILED}, "sssssssss", ALL("defer 4.7.5")},
        {"9.4 lookup fails", P, ONLY, {.tlsa = TLSA_FAILED}, "sssssssss", ALL("defer 4.7.5")},
        {"9.4 none", P, ONLY, {.tlsa = TLSA_NONE}, "sssssssss", ALL("defer 4.7.5")},
        {"9.4 MX insecure",
         P,
         ONLY,
         {.tlsa = TLSA_KEY, .mx_insecure = true},
         "sssssssss",
         ALL("defer 4.7.5")},
        {"9.5 MX insecure: dane",
         P,
         DANE,
         {.tlsa = TLSA_KEY, .mx_insecure = true},
         "nnbnnTTn.",
         NEXT_DANE "|-|-|defer 4.7.5|-"},
        {"9.5 MX insecure: encrypt",
         P,
         DANE " smtp_tls_dane_insecure_mx_policy=encrypt",
         {.tlsa = TLSA_KEY, .mx_insecure = true},
         "nnbnnTTT.",
         NEXT_DANE "|-|-|-|-"},
        {"9.5 MX insecure: encrypt, lookup fails",
         P,
         DANE " smtp_tls_dane_insecure_mx_policy=encrypt",
         {.tlsa = TLSA_FAILED, .mx_insecure = true},
         "sssssssss",
         ALL("defer 4.7.5")},
        {"9.5 MX insecure: may",
         P,
         DANE " smtp_tls_dane_insecure_mx_policy=may",
         {.tlsa = TLSA_KEY, .mx_insecure = true},
         "cccnnTTT.",
         "-|-|-|defer 4.7.5|defer 4.4.2|-|-|-|-"},
        {"9.5 MX insecure: may, no lookup",
         P,
         DANE " smtp_tls_dane_insecure_mx_policy=may",
         {.tlsa = TLSA_FAILED, .mx_insecure = true},
         "cccnnTTT.",
         "-|-|-|defer 4.7.5|defer 4.4.2|-|-|-|-"},
        {"9.4 alias",
         P,
         DANE,
         {.tlsa = TLSA_KEY, .at_alias = true},
         "nnbnnTTn.",
         NEXT_DANE "|-|-|defer 4.7.5|-"},
        {"9.1 levels that ignore it",
         P,
         "smtp_tls_security_level=may",
         {.tlsa = TLSA_KEY},
         "cccnnTTT.",
         "-|-|-|defer 4.7.5|defer 4.4.2|-|-|-|-"},
        {"9.4 usage 3",
         "exim",
         "",
         {.tlsa = TLSA_KEY},
         "nnnnnTTn.",
         "defer|defer|defer|defer|defer|-|-|defer|-"},
        {"9.4 usage 2: no name compared",
         "exim",
         "",
         {.tlsa = TLSA_ISSUER},
         "nnnnnnTn.",
         "defer|defer|defer|defer|defer|defer|-|defer|-"},
        {"9.4 usages 0, 1",
         "exim",
         "",
         {.tlsa = TLSA_PKIX},
         "nnnnnTTT.",
         "defer|defer|defer|defer|defer|-|-|-|-"},
        {"9.4 lookup fails", "exim", "", {.tlsa = TLSA_FAILED}, "sssssssss", ALL("defer")},
        {"9.4 MX insecure", "exim", "", {.tlsa = TLSA_KEY, .mx_insecure = true}, "cccrrTTT.", OK},
        {"9.4 not tried", "exim", "hosts_try_dane=no", {.tlsa = TLSA_KEY}, "cccrrTTT.", OK},
        {"9.4 required, usage 3",
         "exim",
         "hosts_require_dane=yes",
         {.tlsa = TLSA_KEY},
         "nnnnnTTn.",
         "defer|defer|defer|defer|defer|-|-|defer|-"},
        {"9.4 required, none: returned at once",
         "exim",
         "hosts_require_dane=yes",
         {.tlsa = TLSA_NONE},
         "bbbbbbbbb",
         ALL("bounce")},
        {"9.4 required, MX insecure",
         "exim",
         "hosts_require_dane=yes",
         {.tlsa = TLSA_KEY, .mx_insecure = true},
         "bbbbbbbbb",
         ALL("bounce")},
        {"9.4 required, lookup fails",
         "exim",
         "hosts_require_dane=yes",
         {.tlsa = TLSA_FAILED},
         "sssssssss",
         ALL("defer")},
        {"9.4 usage 3",
         "sendmail",
         "DANE=yes",
         {.tlsa = TLSA_KEY},
         "nnnnnTTn.",
         "defer 4.0.0|defer 4.0.0|defer 4.0.0|defer 4.7.0|defer 4.4.2|-|-|defer 4.0.0|-"},
        {"9.4 usage 2",
         "sendmail",
         "DANE=yes",
         {.tlsa = TLSA_ISSUER},
         "nnnnnnnn.",
         "defer 4.0.0|defer 4.0.0|defer 4.0.0|defer 4.7.0|defer 4.4.2|defer 4.0.0|defer 4.0.0|"
         "defer 4.0.0|-"},
        {"9.4 lookup fails",
         "sendmail",
         "DANE=yes",
         {.tlsa = TLSA_FAILED},
         "sssssssss",
         ALL("defer 4.0.0")},
        {"9.4 alias: not found",
         "sendmail",
         "DANE=yes",
         {.tlsa = TLSA_KEY, .at_alias = true},
         "cccnnTTT.",
         "-|-|-|defer 4.7.0|defer 4.4.2|-|-|-|-"},
        {"9.4 MX insecure",
         "sendmail",
         "DANE=yes",
         {.tlsa = TLSA_KEY, .mx_insecure = true},
         "cccnnTTT.",
         "-|-|-|defer 4.7.0|defer 4.4.2|-|-|-|-"},
        {"9.4 not on",
         "sendmail",
         "",
         {.tlsa = TLSA_KEY},
         "cccnnTTT.",
         "-|-|-|defer 4.7.0|defer 4.4.2|-|-|-|-"},
        {"9.4 never asked for",
         "opensmtpd",
         "",
         {.tlsa = TLSA_KEY},
         "cccrnTTT.",
         "-|-|-|-|defer 4.4.1|-|-|-|-"},
        {"9.4 never asked for",
         "courier",
         "",
         {.tlsa = TLSA_FAILED},
         "cnnnnTTT.",
         "-|defer|defer|defer|defer|-|-|-|-"},
        {"7672 usage 3",
         "rfc5321",
         "",
         {.tlsa = TLSA_KEY},
         "nnnnnTTn.",
         "defer|defer|defer|defer|defer|-|-|defer|-"},
        {"7672 2.1.2 lookup fails",
         "rfc5321",
         "",
         {.tlsa = TLSA_FAILED},
         "sssssssss",
         ALL("defer")},
    };

    (void)state;
    CHECK(rows);
}

#define ENFORCED(names)                                                                            \
    {                                                                                              \
        .sts = STS_ENFORCE, .patterns = names                                                      \
    }
#define LISTED "mx1.example.com. mx2.example.com."

static void rule_9_7_mta_sts(void **state)
{
    static const struct row rows[] = {
        {"9.7 listed", P, "mta_sts=yes", ENFORCED(LISTED), "nnbnnnnT.",
         "defer 4.7.4|defer 4.7.0|bounce 5.5.1|defer 4.7.5|defer 4.4.2|defer 4.7.5|defer "
         "4.7.5|-|-"},
        {"9.7 none listed", P, "mta_sts=yes", ENFORCED("mx.example.net."), "sssssssss",
         ALL("defer 4.3.0")},
        {"9.7 one label", P, "mta_sts=yes", ENFORCED("*.com."), "sssssssss", ALL("defer 4.3.0")},
        {"9.7 one label", P, "mta_sts=yes", ENFORCED("*.example.com."), "nnbnnnnT.",
         "defer 4.7.4|defer 4.7.0|bounce 5.5.1|defer 4.7.5|defer 4.4.2|defer 4.7.5|defer "
         "4.7.5|-|-"},
        {"9.6.3 testing",
         P,
         "mta_sts=yes",
         {.sts = STS_TESTING, .patterns = "mx.example.net."},
         "cccccccc.",
         OK},
        {"9.6.3 none",
         P,
         "mta_sts=yes",
         {.sts = STS_NONE, .patterns = "mx.example.net."},
         "cccccccc.",
         OK},
        {"9.7 no policy server", P, "", ENFORCED("mx.example.net."), "cccccccc.", OK},
        {"9.7 listed", "sendmail", "mta_sts=yes", ENFORCED(LISTED), "nnnnnnnT.",
         "defer 4.7.0|defer 4.7.0|defer 4.7.0|defer 4.7.0|defer 4.4.2|defer 4.0.0|defer 4.0.0|-|-"},
        {"9.7 none listed: connects", "sendmail", "mta_sts=yes", ENFORCED("mx.example.net."),
         "nnnnnnnnn",
         "defer 4.7.0|defer 4.7.0|defer 4.7.0|defer 4.7.0|defer 4.4.2|defer 4.0.0|defer 4.0.0|"
         "defer 4.0.0|defer 4.0.0"},
        {"9.7 listed", "courier", "", ENFORCED(LISTED), "nnnnnnnT.",
         "defer|defer|defer|defer|defer|defer|defer|-|-"},
        {"9.7 none listed: returned", "courier", "", ENFORCED("mx.example.net."), "bbbbbbbbb",
         ALL("bounce")},
        {"9.7 any depth", "courier", "", ENFORCED("*.com."), "nnnnnnnT.",
         "defer|defer|defer|defer|defer|defer|defer|-|-"},
        {"9.7 no client", "exim", "", ENFORCED("mx.example.net."), "cccrrTTT.", OK},
        {"9.7 no client", "opensmtpd", "", ENFORCED("mx.example.net."), "cccrnTTT.",
         "-|-|-|-|defer 4.4.1|-|-|-|-"},
        {"9.6 listed", "rfc5321", "", ENFORCED(LISTED), "nnnnnnnT.",
         "defer|defer|defer|defer|defer|defer|defer|-|-"},
        {"9.6.3 none listed", "rfc5321", "", ENFORCED("mx.example.net."), "sssssssss",
         ALL("defer")},
        {"9.6.5 DANE decides alone",
         "rfc5321",
         "",
         {.tlsa = TLSA_KEY, .sts = STS_ENFORCE, .patterns = "mx.example.net."},
         "nnnnnTTn.",
         "defer|defer|defer|defer|defer|-|-|defer|-"},
    };

    (void)state;
    CHECK(rows);
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

#define SIX                                                                                        \
    "@ MX 10 mx1\n@ MX 20 mx2\n@ MX 30 mx3\n@ MX 40 mx4\n@ MX 50 mx5\n@ MX 60 mx6\n"               \
    "mx1 A 192.0.2.1\nmx2 A 192.0.2.2\nmx3 A 192.0.2.3\nmx4 A 192.0.2.4\nmx5 A 192.0.2.5\n"        \
    "mx6 A 192.0.2.6\n"
#define EIGHT                                                                                      \
    "@ MX 10 a\n@ MX 10 b\n@ MX 10 c\n@ MX 10 d\n@ MX 10 e\n@ MX 10 f\n@ MX 10 g\n@ MX 10 h\n"     \
    "@ MX 20 z\na A 192.0.2.1\nb A 192.0.2.2\nc A 192.0.2.3\nd A 192.0.2.4\ne A 192.0.2.5\n"       \
    "f A 192.0.2.6\ng A 192.0.2.7\nh A 192.0.2.8\nz A 192.0.2.9\n"

static size_t count_tries(struct routing *routing)
{
    struct delivery_plan *plan = delivery_plan_new(routing->route, &routing->sender, 0);
    struct delivery delivery;

    delivery_draw_nth(plan, 0, &delivery);
    delivery_plan_free(plan);
    return delivery.count;
}

static void rule_9_2_what_counts(void **state)
{
    static const struct {
        const char *rule, *profile, *settings, *zone, *stage;
        struct known known;
        size_t tries;
        const char *ending;
    } cases[] = {
        {"Postfix: handshakes count as addresses",
         P,
         "smtp_tls_security_level=may",
         SIX,
         "tls",
         {0},
         5,
         "defer 4.7.5"},
        {"Postfix: not as sessions",
         P,
         "smtp_tls_security_level=encrypt",
         SIX,
         "no-starttls",
         {0},
         5,
         "defer 4.7.4"},
        {"Postfix: neither do certificates",
         P,
         "smtp_tls_security_level=verify",
         SIX,
         "expired",
         {0},
         5,
         "defer 4.7.5"},
        {"Exim: five, and one of the next preference",
         "exim",
         "hosts_require_tls=yes",
         EIGHT,
         "tls",
         {0},
         6,
         "defer"},
        {"Sendmail: no limit", "sendmail", "", EIGHT, "tls", {0}, 9, "defer 4.7.0"},
        {"OpenSMTPD: goes round among the eight",
         "opensmtpd",
         "tls=yes",
         EIGHT,
         "tls",
         {0},
         8,
         "defer 4.4.1"},
        {"Courier: no limit", "courier", "", EIGHT, "tls", {0}, 9, "defer"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct routing routing;
        char down[64];
        snprintf(down, sizeof down, "*=%s", cases[i].stage);
        begin(&routing, cases[i].zone, cases[i].profile, cases[i].settings, &cases[i].known, down);
        print_message("# 9.2 %s\n", cases[i].rule);
        assert_int_equal(count_tries(&routing), cases[i].tries);
        assert_string_equal(routing_ending(&routing), cases[i].ending);
        routing_clear(&routing);
    }
}

/* Five hosts left out by the policy, and the sixth, which it lists, is not reached. */
static void rule_9_2_a_host_left_out_counts(void **state)
{
    static const struct known known = ENFORCED("mx6.example.com.");
    struct routing routing;

    (void)state;
    begin(&routing, SIX, P, "mta_sts=yes", &known, "");
    assert_int_equal(count_tries(&routing), 0);
    assert_string_equal(routing_ending(&routing), "defer 4.3.0");
    routing_clear(&routing);
    begin(&routing, SIX, P, "mta_sts=yes smtp_mx_address_limit=6", &known, "");
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
        routing_init(&routing, TWO, cases[i].profile);
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

/* The level secure wants the certificate to be of the domain. */
static void rule_9_5_secure_host_elsewhere(void **state)
{
    static const struct known known = {0};
    struct routing routing;

    (void)state;
    begin(&routing,
          "@ MX 10 mx.example.net.\n@ MX 20 mx2\nmx.example.net. A 192.0.2.1\n"
          "mx2 A 192.0.2.2\n",
          P, "smtp_tls_security_level=secure", &known, "");
    assert_int_equal(letter_of(&routing), 'n');
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
        cmocka_unit_test(rule_9_1_without_dane), cmocka_unit_test(rule_9_4_dane),
        cmocka_unit_test(rule_9_7_mta_sts),      cmocka_unit_test(rule_9_6_4_patterns),
        cmocka_unit_test(rule_9_2_what_counts),  cmocka_unit_test(rule_9_2_a_host_left_out_counts),
        cmocka_unit_test(rule_9_4_exposed),      cmocka_unit_test(rule_9_5_secure_host_elsewhere),
        cmocka_unit_test(rule_9_9_corrections),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
