/* What the survey's sender knows of the domain's TLS: DNSSEC, TLSA records, an MTA-STS policy. */
#include "unit/check.h"
#include "unit/survey/survey_world.h"

#include <stdio.h>
#include <stdlib.h>

#define KEY    "8D02536C887482BC34FF54E41D2BA659BF85B341A0A20AFADB5813DCFBCF286D"
#define POLICY "version: STSv1\nmode: enforce\nmx: mx1.example.com\nmax_age: 604800\n"
#define TWO    "@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n"

static const struct {
    const char *rule, *zone, *policy;
    bool as_if_signed;
    const char *known; /* mx-secure or not, of each host its TLSA state, mode and patterns */
} cases[] = {
    {"a zone file is not signed", TWO "_25._tcp.mx1 TLSA 3 1 1 " KEY "\n", NULL, false,
     "insecure none none"},
    {"... unless told so", TWO "_25._tcp.mx1 TLSA 3 1 1 " KEY "\n", NULL, true, "secure key none"},
    {"usage 2 alone", TWO "_25._tcp.mx1 TLSA 2 1 1 " KEY "\n", NULL, true, "secure issuer none"},
    {"usages 2 and 3", TWO "_25._tcp.mx1 TLSA 2 1 1 " KEY "\n_25._tcp.mx1 TLSA 3 1 1 " KEY "\n",
     NULL, true, "secure key none"},
    {"usage 1", TWO "_25._tcp.mx2 TLSA 1 1 1 " KEY "\n", NULL, true, "secure none pkix"},
    {"unknown matching type", TWO "_25._tcp.mx2 TLSA 3 1 9 " KEY "\n", NULL, true,
     "secure none unusable"},
    {"a usable one beside an unusable one",
     TWO "_25._tcp.mx2 TLSA 3 1 9 " KEY "\n_25._tcp.mx2 TLSA 3 1 1 " KEY "\n", NULL, true,
     "secure none key"},
    {"at the name an alias leads to",
     "@ MX 10 mx1\n@ MX 20 mx2\nmx1 CNAME real\nreal A 192.0.2.1\nmx2 A 192.0.2.2\n"
     "_25._tcp.real TLSA 3 1 1 " KEY "\n",
     NULL, true, "secure key@alias none"},
    {"no MX: the domain itself", "@ A 192.0.2.1\n_25._tcp TLSA 3 1 1 " KEY "\n", NULL, true,
     "secure key"},
    {"an announced policy", TWO "_mta-sts TXT \"v=STSv1; id=1\"\n", POLICY, false,
     "insecure none none enforce mx1.example.com."},
    {"a policy nobody announces", TWO, POLICY, false, "insecure none none"},
    {"a policy that cannot be used", TWO "_mta-sts TXT \"v=STSv1; id=1\"\n", "mode: enforce\n",
     false, "insecure none none"},
    {"two records are none", TWO "_mta-sts TXT \"v=STSv1; id=1\"\n_mta-sts TXT \"v=STSv1; id=2\"\n",
     POLICY, false, "insecure none none"},
};

static const char *known_of(const struct security *security, struct text *text)
{
    static const char *const states[] = {"none", "failed", "key", "issuer", "pkix", "unusable"};
    static const char *const modes[] = {"", " none", " testing", " enforce"};

    text_cut(text, 0);
    text_add(text, security->mx_secure ? "secure" : "insecure");
    for (size_t i = 0; i < security->host_count; i++)
        text_format(text, " %s%s", states[security->hosts[i].tlsa],
                    security->hosts[i].at_alias && security->hosts[i].tlsa ? "@alias" : "");
    text_add(text, modes[security->sts]);
    for (size_t i = 0; i < security->pattern_count; i++)
        text_format(text, " %s", security->patterns[i]);
    return text_get(text);
}

static void states_are_those_of_the_domain(void **state)
{
    struct text text = {0};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct survey_options options = {.sts_policy = cases[i].policy,
                                         .as_if_signed = cases[i].as_if_signed};
        struct survey_world world;
        survey_world_init(&world, "example.com", cases[i].zone, &options);
        survey_world_run(&world);
        survey_facts(world.survey);
        print_message("# %s\n", cases[i].rule);
        assert_string_equal(known_of(&survey_sender(world.survey)->security, &text),
                            cases[i].known);
        survey_world_clear(&world);
    }
    text_clear(&text);
}

/* With the panes alone nothing is known, and nothing claimed. */
static void nothing_is_known_without_a_setup(void **state)
{
    struct text text = {0};
    struct survey_world world;

    (void)state;
    survey_world_init(&world, "example.com", TWO, NULL);
    survey_world_run(&world);
    survey_facts(world.survey);
    assert_string_equal(known_of(&survey_sender(world.survey)->security, &text), "insecure");
    survey_world_clear(&world);
    text_clear(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(states_are_those_of_the_domain),
                                       cmocka_unit_test(nothing_is_known_without_a_setup)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
