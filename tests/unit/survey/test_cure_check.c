/* What a cure may not do, whoever made it: changes by hand, each of one record. */
#include "dns/type.h"
#include "survey/cures/cure.h"
#include "unit/check.h"
#include "unit/survey/cure_cases.h"
#include "unit/survey/survey_world.h"

#include <string.h>

/* It names hosts, so that no change of MX records changes who may send. */
#define NAMED "@ TXT \"v=spf1 ip4:192.0.2.1 ip4:198.51.100.2 ip4:9.9.9.9 -all\"\n"

static const struct change {
    const char *what, *zone;
    const char *id; /* the finding that is to go; NULL: no harm is all that is asked for */
    const char *owner;
    uint16_t type;
    const char *before, *after; /* rdata; NULL: there is none */
    bool heals;
} changes[] = {
    {"nobody reaches an address any more that is for examples", MX NAMED DMARC, NULL,
     "example.com.", TYPE_MX, "20 mx2.example.com.", NULL, false},
    {"nobody reaches an address any more", "@ MX 20 mx3\nmx3 A 9.9.9.9\n" MX NAMED DMARC, NULL,
     "example.com.", TYPE_MX, "20 mx3.example.com.", NULL, false},
    {"nobody reached the address", "@ MX 20 mx3\nmx3 A 10.9.9.9\n" MX NAMED DMARC, NULL,
     "example.com.", TYPE_MX, "20 mx3.example.com.", NULL, true},
    {"the address has another host", "@ MX 20 mx3\nmx3 A 198.51.100.2\n" MX NAMED DMARC, NULL,
     "example.com.", TYPE_MX, "20 mx3.example.com.", NULL, true},
    {"the host has no address", "@ MX 20 mx3\n" MX NAMED DMARC, NULL, "example.com.", TYPE_MX,
     "20 mx3.example.com.", NULL, true},
    {"a reverse name is wrong under the host's other name, too",
     "@ MX 10 m\nm CNAME mx1\n@ MX 20 mx2\n" HOSTS NAMED DMARC
     "1.2.0.192.in-addr.arpa. PTR x.example.net.\nx.example.net. A 203.0.113.9\n",
     "mx-cname", "example.com.", TYPE_MX, "10 m.example.com.", "10 mx1.example.com.", true},
    {"pass becomes neutral", MX DMARC "@ TXT \"v=spf1 mx ?all\"\n", NULL, "example.com.", TYPE_TXT,
     "\"v=spf1 mx ?all\"", "\"v=spf1 ip4:192.0.2.1 ?all\"", false},
    {"neutral becomes softfail", MX DMARC "@ TXT \"v=spf1 ?mx ~all\"\n", NULL, "example.com.",
     TYPE_TXT, "\"v=spf1 ?mx ~all\"", "\"v=spf1 ~all\"", false},
    {"softfail becomes fail", MX DMARC "@ TXT \"v=spf1 ~all\"\n", NULL, "example.com.", TYPE_TXT,
     "\"v=spf1 ~all\"", "\"v=spf1 -all\"", false},
    {"fail becomes softfail", MX DMARC "@ TXT \"v=spf1 -all\"\n", NULL, "example.com.", TYPE_TXT,
     "\"v=spf1 -all\"", "\"v=spf1 ~all\"", true},
    {"an address that is listed passes no longer",
     MX DMARC "@ TXT \"v=spf1 mx a:h.example.com -all\"\nh A 192.0.2.9\n", NULL, "example.com.",
     TYPE_TXT, "\"v=spf1 mx a:h.example.com -all\"", "\"v=spf1 mx -all\"", false},
    {"a private address that is listed passes no longer",
     MX DMARC "@ TXT \"v=spf1 mx ip4:10.1.1.1 -all\"\n", NULL, "example.com.", TYPE_TXT,
     "\"v=spf1 mx ip4:10.1.1.1 -all\"", "\"v=spf1 mx -all\"", true},
    {"a policy is less strict", MX SPF DMARC, NULL, "_dmarc.example.com.", TYPE_TXT,
     "\"v=DMARC1; p=reject\"", "\"v=DMARC1; p=quarantine\"", false},
    {"a policy is less strict for names below", MX SPF DMARC, NULL, "_dmarc.example.com.", TYPE_TXT,
     "\"v=DMARC1; p=reject\"", "\"v=DMARC1; p=reject; sp=quarantine; np=reject\"", false},
    {"a policy is less strict for names that do not exist", MX SPF DMARC, NULL,
     "_dmarc.example.com.", TYPE_TXT, "\"v=DMARC1; p=reject\"",
     "\"v=DMARC1; p=reject; np=quarantine\"", false},
    {"a policy is as strict", MX SPF DMARC, NULL, "_dmarc.example.com.", TYPE_TXT,
     "\"v=DMARC1; p=reject\"", "\"v=DMARC1; p=reject; sp=reject\"", true},
    {"a policy is stricter", MX SPF "_dmarc TXT \"v=DMARC1; p=quarantine\"\n", NULL,
     "_dmarc.example.com.", TYPE_TXT, "\"v=DMARC1; p=quarantine\"", "\"v=DMARC1; p=reject\"", true},
    {"a warning comes", MX SPF DMARC, NULL, "_dmarc.example.com.", TYPE_TXT,
     "\"v=DMARC1; p=reject\"", "\"v=DMARC1; p=reject; rua=d@example.com\"", false},
    {"a notice comes", MX DMARC "@ TXT \"v=spf1 mx ~all\"\n", NULL, "example.com.", TYPE_TXT,
     "\"v=spf1 mx ~all\"", "\"v=spf1 mx\"", true},
    {"the finding goes", MX SPF "_dmarc TXT \"v=DMARC1; p=reject; rua=d@example.com\"\n",
     "dmarc-report-uri", "_dmarc.example.com.", TYPE_TXT,
     "\"v=DMARC1; p=reject; rua=d@example.com\"", "\"v=DMARC1; p=reject\"", true},
    {"the finding stays", MX SPF "_dmarc TXT \"v=DMARC1; p=reject; rua=d@example.com\"\n",
     "dmarc-report-uri", "_dmarc.example.com.", TYPE_TXT,
     "\"v=DMARC1; p=reject; rua=d@example.com\"",
     "\"v=DMARC1; p=reject; rua=d@example.com; sp=reject\"", false},
    {"another of its kind goes, and it stays",
     MX SPF "_dmarc TXT \"v=DMARC1; p=reject; rua=d.test,e.test\"\n", "dmarc-report-uri",
     "_dmarc.example.com.", TYPE_TXT, "\"v=DMARC1; p=reject; rua=d.test,e.test\"",
     "\"v=DMARC1; p=reject; rua=d.test\"", false},
};

static const struct record *record_at(const struct setup *setup, const struct change *change)
{
    const struct reply *reply = lookup_find(setup->view->lookup, change->owner, change->type);

    assert_non_null(reply);
    for (size_t i = 0; i < reply->record_count; i++)
        if (strcmp(reply->records[i]->rdata, change->before) == 0)
            return reply->records[i];
    fail_msg("there is no %s", change->before);
    return NULL;
}

static bool heals(const struct survey_world *world, const struct change *change)
{
    const struct facts *facts = survey_facts(world->survey);
    struct arena *arena = arena_new();
    struct cure cure = {.arena = arena, .setup = facts->setup, .findings = facts->findings};
    struct cure_check *check = cure_check_new(facts->setup, facts->findings);
    bool better;

    if (change->id)
        cure.finding = survey_world_finding(world, change->id);
    if (change->before)
        cure_remove(&cure, record_at(facts->setup, change));
    if (change->after)
        cure_add(&cure, change->owner, change->type, CURE_TTL, "%s", change->after);
    better = cure_check_heals(check, &cure);
    cure_check_free(check);
    arena_free(arena);
    return better;
}

static void changes_heal_and_do_no_harm(void **state)
{
    struct survey_options options = {.seed = 1};

    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        struct survey_world world;

        print_message("# %s\n", changes[i].what);
        survey_world_init(&world, "example.com", changes[i].zone, &options);
        survey_world_run(&world);
        assert_int_equal(heals(&world, &changes[i]), changes[i].heals);
        survey_world_clear(&world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_heal_and_do_no_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
