/* Exchanges whose names are no host names (ROUTING 2a): who connects, who skips them, who refuses
 * the whole domain. */
#include "unit/check.h"
#include "unit/worlds/routing_world.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const profiles[] = {"postfix", "exim",  "sendmail", "opensmtpd",
                                       "courier", "qmail", "rfc5321"};
enum { PROFILES = sizeof profiles / sizeof *profiles };

#define LONG_LABEL "h23456789012345678901234567890123456789012345678901234567890123"

/* For each profile: c connects, s skips it, r refuses the domain. */
static const struct {
    const char *name, *does;
} cases[] = {
    {"-h", "ssssrcc"},     {"h-", "ssccrcc"},
    {"x.-h", "ssccrcc"},   {"x.h-", "ssccrcc"},
    {"bad!h", "ssssccc"},  {"user\\@h", "ssssccc"},
    {"a+b", "ssssccc"},    {"a*b", "ssssccc"},
    {"a\\.b", "ssssscc"},  {"\\228h", "ssssscc"},
    {"h\\228", "ssssscc"}, {"\\127h", "ssssccc"},
    {"a/b", "scssccc"},    {"under_h", "ccccccc"},
    {"_h", "ccccccc"},     {"h_", "ccccccc"},
    {"h--x", "ccccccc"},   {"ab--x", "ccccrcc"},
    {"x.a1--", "ssccrcc"}, {"xn--bcher-kva", "ccccccc"},
    {"12345", "ccccccc"},  {"1.2.3", "ccccccc"},
    {"0x7f", "ccccccc"},   {LONG_LABEL, "ccccccc"},
};

/* The letter of what the profile does with the name at 10 while a good host stands at 20. */
static char what_it_does(const char *profile, const char *zone)
{
    struct routing routing;
    const struct route *route;
    char does = '?';

    routing_init(&routing, zone, profile);
    route = routing_build(&routing);
    if (route->decision.verdict == VERDICT_BOUNCE)
        does = 'r';
    else if (route->hosts[0].state != HOST_CANDIDATE && route->candidate_count == 1)
        does = 's';
    else if (route->candidate_count == 2)
        does = 'c';
    routing_clear(&routing);
    return does;
}

static void rule_2a_beside_a_good_host(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char zone[512], does[PROFILES + 1] = "";
        snprintf(zone, sizeof zone, "@ MX 10 %s\n@ MX 20 b\n%s A 192.0.2.1\nb A 192.0.2.2\n",
                 cases[i].name, cases[i].name);
        for (size_t j = 0; j < PROFILES; j++)
            does[j] = what_it_does(profiles[j], zone);
        print_message("# %s\n", cases[i].name);
        assert_string_equal(does, cases[i].does);
    }
}

static const struct routing_case postfix[] = {
    {"2a alone: no attempt", "@ MX 10 -h\n-h A 192.0.2.1\n", NULL, NULL, NULL, "--h",
     "bounce 5.4.4"},
    {"2a as if it were not there", "@ MX 10 -h\n@ MX 20 mx2\n-h A 192.0.2.1\nmx2 A 192.0.2.2\n",
     NULL, "mx2.example.com", NULL, "--h -mx2", "bounce 5.4.6"},
    {"2a the last lookup names the code", "@ MX 10 broken\n@ MX 20 12345.\n", NULL, NULL, NULL,
     "?broken -12345.", "defer 4.4.3"},
    {"2a number", "@ MX 10 12345.\n@ MX 20 b\nb A 192.0.2.2\n", NULL, NULL, NULL, "-12345. b",
     "deliver"},
    {"2a number with the first and the last digit", "@ MX 10 909.\n@ MX 20 b\nb A 192.0.2.2\n",
     NULL, NULL, NULL, "-909. b", "deliver"},
    {"2a alias of such a name", "@ MX 10 al\nal CNAME h-\nh- A 192.0.2.1\n", NULL, NULL, NULL,
     "?al", "bounce 5.4.4"},
    {"2a domain an alias of such a name", "@ CNAME -h\n-h MX 10 a\na A 192.0.2.1\n", NULL, NULL,
     NULL, NULL, "bounce 5.4.4"},
};
static const struct routing_case exim[] = {
    {"2a alone: no attempt", "@ MX 10 h-\nh- A 192.0.2.1\n", NULL, NULL, NULL, "?h-", "bounce"},
    {"2a alias of such a name", "@ MX 10 al\nal CNAME h-\nh- A 192.0.2.1\n", NULL, NULL, NULL, "h-",
     "deliver"},
};

/* Exim asks for AAAA first and takes the canonical name; under that it asks for no A. */
static void rule_2a_exim_renames_before_a(void **state)
{
    struct routing routing;

    (void)state;
    routing_init(&routing, "@ MX 10 al\nal CNAME h-\nh- A 192.0.2.1\nh- AAAA 2001:db8::1\n",
                 "exim");
    routing_build(&routing);
    assert_int_equal(routing.route->hosts[0].address_count, 1);
    assert_int_equal(routing.route->hosts[0].addresses[0].address.family, 6);
    routing_clear(&routing);
}
static const struct routing_case sendmail[] = {
    {"2a alone: no attempt", "@ MX 10 -h\n-h A 192.0.2.1\n", NULL, NULL, NULL, "?-h",
     "bounce 5.1.2"},
    {"2a a number is an address", "@ MX 10 12345.\n@ MX 20 b\nb A 192.0.2.2\n", NULL, NULL, NULL,
     "12345. b", "deliver"},
    {"2a three parts", "@ MX 10 10.2.3.\n", NULL, NULL, NULL, "10.2.3.", "deliver"},
    {"2a a part beyond an octet", "@ MX 10 300.2.3.\n", NULL, NULL, NULL, "?300.2.3.",
     "bounce 5.1.2"},
    {"2a five parts", "@ MX 10 1.2.3.4.5.\n", NULL, NULL, NULL, "?1.2.3.4.5.", "bounce 5.1.2"},
    {"2a beyond 32 bits", "@ MX 10 4294967296.\n", NULL, NULL, NULL, "?4294967296.",
     "bounce 5.1.2"},
    {"2a a last part beyond 24 bits", "@ MX 10 1.16777216.\n", NULL, NULL, NULL, "?1.16777216.",
     "bounce 5.1.2"},
    {"2a no octal digit", "@ MX 10 08.\n", NULL, NULL, NULL, "?08.", "bounce 5.1.2"},
};
static const struct routing_case opensmtpd[] = {
    {"2a alone: kept", "@ MX 10 bad!h\nbad!h A 192.0.2.1\n", NULL, NULL, NULL, "?bad!h",
     "defer 4.4.4"},
    {"2a number", "@ MX 10 12345.\n", NULL, NULL, NULL, "?12345.", "defer 4.4.4"},
};
static const struct routing_case courier[] = {
    {"2a alone", "@ MX 10 h-\nh- A 192.0.2.1\n", NULL, NULL, NULL, NULL, "bounce 5.4.4"},
    {"2a alias of such a name",
     "@ MX 10 b\n@ MX 20 al\nal CNAME h-\nh- A 192.0.2.1\nb A 192.0.2.2\n", NULL, NULL, NULL, NULL,
     "bounce 5.4.4"},
    {"2a ... and no host is tried",
     "@ MX 10 b\n@ MX 20 al\nal CNAME h-\nh- A 192.0.2.1\nb A 192.0.2.2\n", NULL, NULL, "*",
     "-b -al", "bounce 5.4.4"},
    {"2a number", "@ MX 10 12345.\n@ MX 20 b\nb A 192.0.2.2\n", NULL, NULL, NULL, NULL,
     "bounce 5.4.4"},
    {"2a beyond ASCII alone", "@ MX 10 \\228h\n\\228h A 192.0.2.1\n", NULL, NULL, NULL, "?\\228h",
     "bounce 5.1.2"},
    {"2a alias of a name with a dot in a label", "@ MX 10 al\nal CNAME a\\.b\na\\.b A 192.0.2.1\n",
     NULL, NULL, NULL, "al", "deliver"},
    {"2a alias of a name beyond ASCII",
     "@ MX 10 al\n@ MX 20 b\nal CNAME \\228h\n\\228h A 192.0.2.1\nb A 192.0.2.2\n", NULL, NULL,
     NULL, NULL, "bounce 5.4.4"},
    {"2a domain an alias of a reserved name", "@ CNAME ab--x\nab--x MX 10 b\nb A 192.0.2.2\n", NULL,
     NULL, NULL, "b", "deliver"},
    {"2a domain an alias of a name beyond ASCII", "@ CNAME \\228h\n\\228h MX 10 b\nb A 192.0.2.2\n",
     NULL, NULL, NULL, NULL, "bounce 5.4.4"},
    {"2a alias without end", "@ MX 10 b\n@ MX 20 x\nx CNAME y\ny CNAME x\nb A 192.0.2.2\n", NULL,
     NULL, NULL, NULL, "bounce 5.4.4"},
};

static void rule_2a_by_server(void **state)
{
    (void)state;
    routing_check("postfix", postfix, sizeof postfix / sizeof *postfix);
    routing_check("exim", exim, sizeof exim / sizeof *exim);
    routing_check("sendmail", sendmail, sizeof sendmail / sizeof *sendmail);
    routing_check("opensmtpd", opensmtpd, sizeof opensmtpd / sizeof *opensmtpd);
    routing_check("courier", courier, sizeof courier / sizeof *courier);
}

/* Which address the number is. */
static void rule_2a_number_is_0_0_48_57(void **state)
{
    static const struct {
        const char *zone, *address;
    } numbers[] = {
        {"@ MX 10 12345.\n", "0.0.48.57"},           {"@ MX 10 10.2.3.\n", "10.2.0.3"},
        {"@ MX 10 10.65536.\n", "10.1.0.0"},         {"@ MX 10 010.1.1.1.\n", "8.1.1.1"},
        {"@ MX 10 255.1.1.1.\n", "255.1.1.1"},       {"@ MX 10 1.16777215.\n", "1.255.255.255"},
        {"@ MX 10 4294967295.\n", "255.255.255.255"}};

    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct routing routing;
        char text[ADDRESS_TEXT];
        routing_init(&routing, numbers[i].zone, "sendmail");
        routing_build(&routing);
        assert_string_equal(address_text(&routing.route->hosts[0].addresses[0].address, text),
                            numbers[i].address);
        routing_clear(&routing);
    }
}

static const struct {
    const char *profile, *eleven, *loop;
} chains[] = {
    {"postfix", "deliver", "bounce 5.4.4"},      {"exim", "deliver", "bounce"},
    {"sendmail", "deliver", "bounce 5.1.2"},     {"opensmtpd", "deliver", "defer 4.4.3"},
    {"courier", "bounce 5.1.2", "bounce 5.1.2"}, {"rfc5321", "deliver", "defer 4.4.3"},
};

#define NINE                                                                                       \
    "@ CNAME x1\nx1 CNAME x2\nx2 CNAME x3\nx3 CNAME x4\nx4 CNAME x5\nx5 CNAME x6\nx6 CNAME x7\n"   \
    "x7 CNAME x8\nx8 CNAME x9\n"
#define TEN    NINE "x9 CNAME x10\nx10 A 192.0.2.1\n"
#define ELEVEN NINE "x9 CNAME x10\nx10 CNAME x11\nx11 A 192.0.2.1\n"

static void rule_2a_domain_aliases(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof chains / sizeof *chains; i++) {
        const struct routing_case each[] = {
            {"2a 10 links in one answer", TEN, NULL, NULL, NULL, NULL, "deliver"},
            {"2a 11 links in one answer", ELEVEN, NULL, NULL, NULL, NULL, chains[i].eleven},
            {"2a aliases without end", "@ CNAME x\nx CNAME y\ny CNAME x\n", NULL, NULL, NULL, NULL,
             chains[i].loop},
        };
        routing_check(chains[i].profile, each, 3);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule_2a_exim_renames_before_a),
        cmocka_unit_test(rule_2a_beside_a_good_host), cmocka_unit_test(rule_2a_by_server),
        cmocka_unit_test(rule_2a_number_is_0_0_48_57), cmocka_unit_test(rule_2a_domain_aliases)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
