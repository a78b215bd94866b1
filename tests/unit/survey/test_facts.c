#include "dns/type.h"
#include "survey/facts_host.h"
#include "unit/check.h"
#include "unit/survey/survey_world.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct facts *settle(struct survey_world *world, const char *typed, const char *zone)
{
    survey_world_init(world, typed, zone, NULL);
    survey_world_run(world);
    return survey_facts(world->survey);
}

/* ---- MX ---- */

static void exchanges_are_sorted_as_numbers_and_equals_are_grouped_rfc5321_5_1(void **state)
{
    static const struct {
        unsigned preference, level;
        size_t index, count;
        const char *exchange;
        bool outside;
    } expected[] = {
        {5, 1, 0, 1, "mx3.example.com.", false},   {20, 2, 0, 3, "mx1.example.com.", false},
        {20, 2, 1, 3, "mx2.example.com.", false},  {20, 2, 2, 3, "mx.example.net.", true},
        {100, 3, 0, 1, "mx4.example.com.", false}, {1000, 4, 0, 1, "notexample.com.", true},
    };
    struct survey_world world;
    const struct mx_list *mx =
        &settle(&world, "example.com",
                "@ MX 1000 notexample.com.\n@ MX 20 mx.example.net.\n@ MX 20 mx2\n@ MX 100 mx4\n"
                "@ MX 5 mx3\n@ MX 20 mx1\n")
             ->mx;

    (void)state;
    assert_int_equal(mx->count, COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++) {
        assert_int_equal(mx->rows[i].record->mx.preference, expected[i].preference);
        assert_string_equal(mx->rows[i].record->mx.exchange, expected[i].exchange);
        assert_int_equal(mx->rows[i].level, expected[i].level);
        assert_int_equal(mx->rows[i].group_index, expected[i].index);
        assert_int_equal(mx->rows[i].group_count, expected[i].count);
        assert_int_equal(mx->rows[i].outside, expected[i].outside);
        assert_false(mx->rows[i].literal);
    }
    survey_world_clear(&world);
}

static void a_null_mx_is_one_record_with_preference_0_rfc7505_3(void **state)
{
    static const struct {
        const char *zone;
        bool null_mx;
    } cases[] = {
        {"@ MX 0 .\n", true},
        {"@ MX 0 .\n@ A 192.0.2.80\n", true},
        {"@ MX 10 .\n", false},
        {"@ MX 0 .\n@ MX 10 mx1\nmx1 A 192.0.2.1\n", false},
        {"@ MX 0 mx1\nmx1 A 192.0.2.1\n", false},
        {"@ A 192.0.2.80\n", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct survey_world world;
        const struct facts *facts = settle(&world, "example.com", cases[i].zone);
        assert_int_equal(facts->mx.null_mx, cases[i].null_mx);
        for (size_t j = 0; j < facts->mx.count; j++) {
            const struct mx_row *row = &facts->mx.rows[j];
            assert_int_equal(row->host == NULL, strcmp(row->record->mx.exchange, ".") == 0);
        }
        survey_world_clear(&world);
    }
}

static void an_implicit_mx_needs_nodata_and_an_address_rfc5321_5_1(void **state)
{
    static const struct {
        const char *typed, *zone;
        bool implicit;
    } cases[] = {
        {"example.com", "@ A 192.0.2.80\n", true},
        {"example.com", "@ AAAA 2001:db8::80\n", true},
        {"example.com", "@ TXT \"nothing here\"\n", false},
        {"example.com", "@ A 192.0.2.80\n@ MX 10 gone\n", false},
        {"example.com", "@ A 192.0.2.80\n@ MX 0 .\n", false},
        {"nobody.example.com", "@ A 192.0.2.80\n", false},
        {"www.example.com", "www CNAME web\nweb A 192.0.2.81\n", true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct survey_world world;
        const struct facts *facts = settle(&world, cases[i].typed, cases[i].zone);
        assert_int_equal(facts->mx.implicit != NULL, cases[i].implicit);
        assert_true(!facts->mx.implicit || facts->mx.implicit == &facts->self);
        survey_world_clear(&world);
    }
}

/* While the addresses are not known, an implicit MX is not excluded; after a failed MX lookup
 * nothing is known. */
static void a_failed_look_up_never_denies(void **state)
{
    struct survey_world world;
    const struct facts *facts;

    (void)state;
    survey_world_init(&world, "example.com", "@ A 192.0.2.80\n", NULL);
    survey_world_ask(&world);
    survey_world_answer(&world, "example.com.", TYPE_MX);
    assert_non_null(survey_facts(world.survey)->mx.implicit);
    world.silent = "example.com.";
    survey_world_answer(&world, "example.com.", TYPE_A);
    survey_world_answer(&world, "example.com.", TYPE_AAAA);
    assert_non_null(survey_facts(world.survey)->mx.implicit);
    world.silent = NULL;
    world.broken = "example.com.";
    survey_world_answer(&world, "example.com.", TYPE_MX);
    facts = survey_facts(world.survey);
    assert_null(facts->mx.implicit);
    assert_int_equal(facts->mx.reply->outcome, OUTCOME_SERVFAIL);
    survey_world_clear(&world);
}

static void an_exchange_that_is_an_alias_names_its_target(void **state)
{
    struct survey_world world;
    const struct facts *facts =
        settle(&world, "example.com", "@ MX 10 mx1\n@ MX 20 foo\nmx1 CNAME foo\nfoo A 192.0.2.1\n");

    (void)state;
    assert_string_equal(facts->mx.rows[0].host->alias_of, "foo.example.com.");
    assert_int_equal(facts->mx.rows[0].host->address_count, 1);
    assert_string_equal(facts->mx.rows[0].host->addresses[0].record->owner, "foo.example.com.");
    assert_null(facts->mx.rows[1].host->alias_of);
    assert_null(facts->self.alias_of);
    survey_world_clear(&world);
}

static void an_alias_to_nowhere_is_still_an_alias(void **state)
{
    struct survey_world world;
    const struct facts *facts =
        settle(&world, "example.com",
               "@ MX 10 mx1\nmx1 CNAME gone\n@ MX 20 ring\nring CNAME ring2\n"
               "ring2 CNAME ring\n");

    (void)state;
    assert_string_equal(facts->mx.rows[0].host->alias_of, "gone.example.com.");
    assert_int_equal(facts->mx.rows[0].host->outcome, OUTCOME_NXDOMAIN);
    assert_int_equal(facts->mx.rows[0].host->address_count, 0);
    assert_true(facts->mx.rows[1].host->a->alias_loop);
    survey_world_clear(&world);
}

static void an_address_as_exchange_is_seen(void **state)
{
    struct survey_world world;
    const struct mx_list *mx = &settle(&world, "example.com",
                                       "@ MX 10 192.0.2.1.\n@ MX 20 192.0.2.300.\n@ MX 30 "
                                       "mx1.192.0.2.1.\n")
                                    ->mx;

    (void)state;
    assert_true(mx->rows[0].literal);
    assert_false(mx->rows[1].literal);
    assert_false(mx->rows[2].literal);
    survey_world_clear(&world);
}

/* L7: what came along is used until it has been asked, and told apart. */
static void additional_addresses_are_hints_until_asked_rfc2181_5_4_1(void **state)
{
    struct survey_world world;
    const struct host *host;

    (void)state;
    survey_world_init(&world, "example.com", "@ MX 10 mx1\nmx1 A 192.0.2.1\nmx1 AAAA 2001:db8::1\n",
                      NULL);
    survey_world_ask(&world);
    survey_world_answer(&world, "example.com.", TYPE_MX);
    host = survey_facts(world.survey)->mx.rows[0].host;
    assert_true(host->waiting);
    assert_int_equal(host->address_count, 2);
    assert_true(host->addresses[0].additional && host->addresses[1].additional);
    assert_int_equal(host->addresses[0].reply->question.type, TYPE_MX);
    survey_world_ask(&world);
    survey_world_answer(&world, "mx1.example.com.", TYPE_AAAA);
    host = survey_facts(world.survey)->mx.rows[0].host;
    assert_int_equal(host->address_count, 2);
    assert_true(host->addresses[0].additional);
    assert_false(host->addresses[1].additional);
    assert_int_equal(host->addresses[1].reply->question.type, TYPE_AAAA);
    survey_world_run(&world);
    survey_world_answer(&world, "mx1.example.com.", TYPE_A);
    host = survey_facts(world.survey)->mx.rows[0].host;
    assert_false(host->addresses[0].additional);
    assert_true(host->addresses[0].came_along && host->addresses[1].came_along);
    assert_false(survey_facts(world.survey)->ns.rows[0].host->waiting);
    assert_false(host->waiting);
    survey_world_clear(&world);
}

/* ---- hosts ---- */

static void every_host_is_met_once_in_order_of_meeting(void **state)
{
    static const char *const expected[] = {"example.com.",     "mx1.example.com.",
                                           "mx2.example.com.", "ns1.example.com.",
                                           "ns2.example.com.", "ldap1.example.com."};
    struct survey_world world;
    const struct facts *facts =
        settle(&world, "example.com",
               "@ MX 20 mx2\n@ MX 10 mx1\n@ MX 30 mx1\n_ldap._tcp SRV 0 0 389 ldap1\n"
               "_gc._tcp SRV 0 0 3268 mx2\n");

    (void)state;
    assert_int_equal(facts->host_count, COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++) {
        assert_string_equal(facts->hosts[i]->name, expected[i]);
        assert_ptr_equal(facts_host(facts, expected[i]), facts->hosts[i]);
    }
    assert_null(facts_host(facts, "nobody.example.com."));
    assert_ptr_equal(facts->mx.rows[0].host, facts->mx.rows[2].host);
    survey_world_clear(&world);
}

static void addresses_come_a_first_then_aaaa(void **state)
{
    struct survey_world world;
    const struct host *self =
        &settle(&world, "example.com", "@ AAAA 2001:db8::1\n@ A 192.0.2.2\n@ A 192.0.2.1\n")->self;

    (void)state;
    assert_int_equal(self->address_count, 3);
    assert_int_equal(self->addresses[0].record->type, TYPE_A);
    assert_int_equal(self->addresses[1].record->type, TYPE_A);
    assert_int_equal(self->addresses[2].record->type, TYPE_AAAA);
    survey_world_clear(&world);
}

static void name_servers_are_sorted_by_name(void **state)
{
    struct survey_world world;
    const struct ns_list *ns =
        &settle(&world, "example.com", "@ NS a.ns.example.net.\n@ NS ns0\nns0 A 192.0.2.9\n")->ns;

    (void)state;
    assert_int_equal(ns->count, 4);
    assert_string_equal(ns->rows[0].record->target, "ns0.example.com.");
    assert_string_equal(ns->rows[1].record->target, "ns1.example.com.");
    assert_string_equal(ns->rows[2].record->target, "ns2.example.com.");
    assert_string_equal(ns->rows[3].record->target, "a.ns.example.net.");
    assert_int_equal(ns->rows[3].host->outcome,
                     OUTCOME_NOT_IN_FILE); /* the zone knows nothing of it */
    survey_world_clear(&world);
}

/* ---- SRV ---- */

static void services_with_records_come_first_each_with_its_shares_rfc2782(void **state)
{
    struct survey_world world;
    const struct srv_list *srv =
        &settle(&world, "example.com",
                "_ldap._tcp SRV 0 4 389 ldap2\n_ldap._tcp SRV 0 6 389 ldap1\n"
                "_ldap._tcp SRV 5 0 389 spare\n_pop3._tcp SRV 0 0 0 .\n")
             ->srv;
    const struct srv_owner *ldap = &srv->owners[0], *pop = &srv->owners[1];

    (void)state;
    assert_string_equal(ldap->owner, "_ldap._tcp.example.com.");
    assert_string_equal(ldap->service, "LDAP directory");
    assert_int_equal(ldap->count, 3);
    assert_string_equal(ldap->rows[0].record->srv.target, "ldap1.example.com.");
    assert_int_equal(ldap->rows[0].level, 1);
    assert_int_equal(ldap->rows[2].level, 2);
    assert_true(ldap->rows[0].nominal > 0.5999 && ldap->rows[0].nominal < 0.6001);
    assert_true(ldap->rows[0].rfc2782 > 0.5909 && ldap->rows[0].rfc2782 < 0.5910);
    assert_true(ldap->rows[1].nominal > 0.3999 && ldap->rows[1].nominal < 0.4001);
    assert_string_equal(pop->owner, "_pop3._tcp.example.com.");
    assert_true(pop->rows[0].not_offered);
    assert_null(pop->rows[0].host);
    assert_int_equal(srv->record_count, 4);
    assert_int_equal(srv->waiting, 0);
    assert_int_equal(srv->rest[OUTCOME_NODATA] + srv->rest[OUTCOME_NXDOMAIN], srv->count - 2);
    survey_world_clear(&world);
}

static void a_typed_service_stands_first_and_once(void **state)
{
    struct survey_world world;
    const struct facts *facts =
        settle(&world, "_imap._tcp.example.com",
               "_imap._tcp SRV 0 0 143 mail\n_ldap._tcp SRV 0 0 389 ldap1\n");

    (void)state;
    assert_int_equal(facts->subject->kind, SUBJECT_SERVICE);
    assert_string_equal(facts->srv.owners[0].owner, "_imap._tcp.example.com.");
    assert_string_equal(facts->srv.owners[1].owner, "_ldap._tcp.example.com.");
    assert_int_equal(facts->srv.record_count, 2);
    survey_world_clear(&world);
}

/* ---- the whole ---- */

static void the_outcome_of_a_name_is_one_word_for_its_look_ups(void **state)
{
    static const struct {
        const char *typed;
        enum outcome outcome;
    } cases[] = {
        {"example.com", OUTCOME_ANSWERED},      {"text.example.com", OUTCOME_NODATA},
        {"gone.example.com", OUTCOME_NXDOMAIN}, {"example.org", OUTCOME_NOT_IN_FILE},
        {"mx1.example.com", OUTCOME_ANSWERED},  {"192.0.2.1", OUTCOME_ANSWERED},
        {"192.0.2.2", OUTCOME_NOT_IN_FILE},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct survey_world world;
        const struct facts *facts = settle(
            &world, cases[i].typed,
            "@ MX 10 mx1\nmx1 A 192.0.2.1\ntext TXT \"x\"\n1.2.0.192.in-addr.arpa. PTR mx1\n");
        assert_int_equal(facts->outcome, cases[i].outcome);
        assert_false(facts->waiting);
        survey_world_clear(&world);
    }
}

static void look_ups_are_weighed_against_each_other(void **state)
{
    static const struct {
        enum outcome left, right, whole;
    } cases[] = {
        {OUTCOME_NODATA, OUTCOME_ANSWERED, OUTCOME_ANSWERED},
        {OUTCOME_TIMEOUT, OUTCOME_ANSWERED, OUTCOME_ANSWERED},
        {OUTCOME_NODATA, OUTCOME_TIMEOUT, OUTCOME_TIMEOUT},
        {OUTCOME_NXDOMAIN, OUTCOME_SERVFAIL, OUTCOME_SERVFAIL},
        {OUTCOME_REFUSED, OUTCOME_NXDOMAIN, OUTCOME_REFUSED},
        {OUTCOME_NXDOMAIN, OUTCOME_NODATA, OUTCOME_NODATA},
        {OUTCOME_NXDOMAIN, OUTCOME_NXDOMAIN, OUTCOME_NXDOMAIN},
        {OUTCOME_MALFORMED, OUTCOME_NODATA, OUTCOME_MALFORMED},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct reply left = {.outcome = cases[i].left}, right = {.outcome = cases[i].right};
        const struct reply *both[] = {&left, NULL, &right}, *none[] = {NULL, NULL};
        enum outcome outcome;
        assert_true(host_outcome_of(both, COUNT(both), &outcome));
        assert_int_equal(outcome, cases[i].whole);
        assert_false(host_outcome_of(none, COUNT(none), &outcome));
    }
}

static void an_address_carries_the_hosts_it_names(void **state)
{
    struct survey_world world;
    const struct facts *facts =
        settle(&world, "[192.0.2.1]",
               "1.2.0.192.in-addr.arpa. PTR mx1\n1.2.0.192.in-addr.arpa. PTR gone\n"
               "mx1 A 192.0.2.1\n");

    (void)state;
    assert_int_equal(facts->ptr->record_count, 2);
    assert_int_equal(facts_host(facts, "mx1.example.com.")->address_count, 1);
    assert_int_equal(facts_host(facts, "gone.example.com.")->outcome, OUTCOME_NXDOMAIN);
    assert_int_equal(facts->srv.count, 0);
    assert_null(facts->setup);
    survey_world_clear(&world);
}

/* What every name is asked for anyway stands elsewhere; the rest is listed, each once. */
static void records_asked_for_by_type_are_listed_once(void **state)
{
    static const struct record_request requests[] = {
        {NULL, TYPE_MX},   {NULL, TYPE_PTR},
        {NULL, TYPE_TXT},  {"www.example.com.", TYPE_TXT},
        {NULL, TYPE_TLSA}, {"example.com.", TYPE_PTR},
        {NULL, TYPE_HTTPS}};
    static const struct {
        const char *typed, *listed;
    } cases[] = {
        {"example.com", "example.com. PTR, www.example.com. TXT, example.com. TLSA, "},
        {"192.0.2.1", "www.example.com. TXT, 1.2.0.192.in-addr.arpa. TLSA, example.com. PTR, "},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct survey_world world;
        struct text listed = {0};
        const struct facts *facts;

        survey_world_init(&world, cases[i].typed, "www TXT \"x\"\n", NULL);
        for (size_t k = 0; k < COUNT(requests); k++)
            survey_request_records(world.survey, &requests[k]);
        survey_world_run(&world);
        facts = survey_facts(world.survey);
        for (size_t k = 0; k < facts->requested_count; k++) {
            char type[TYPE_TEXT];

            text_format(&listed, "%s %s, ", facts->requested[k].name,
                        type_text(facts->requested[k].type, type));
        }
        assert_string_equal(text_get(&listed), cases[i].listed);
        text_clear(&listed);
        survey_world_clear(&world);
    }
}

static void facts_stay_until_something_changes(void **state)
{
    struct survey_world world;
    const struct facts *facts = settle(&world, "example.com", "@ MX 10 mx1\n");

    (void)state;
    assert_ptr_equal(survey_facts(world.survey), facts);
    assert_int_equal(facts->asked, facts->answered);
    survey_world_clear(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exchanges_are_sorted_as_numbers_and_equals_are_grouped_rfc5321_5_1),
        cmocka_unit_test(a_null_mx_is_one_record_with_preference_0_rfc7505_3),
        cmocka_unit_test(an_implicit_mx_needs_nodata_and_an_address_rfc5321_5_1),
        cmocka_unit_test(a_failed_look_up_never_denies),
        cmocka_unit_test(an_exchange_that_is_an_alias_names_its_target),
        cmocka_unit_test(an_alias_to_nowhere_is_still_an_alias),
        cmocka_unit_test(an_address_as_exchange_is_seen),
        cmocka_unit_test(additional_addresses_are_hints_until_asked_rfc2181_5_4_1),
        cmocka_unit_test(every_host_is_met_once_in_order_of_meeting),
        cmocka_unit_test(addresses_come_a_first_then_aaaa),
        cmocka_unit_test(name_servers_are_sorted_by_name),
        cmocka_unit_test(services_with_records_come_first_each_with_its_shares_rfc2782),
        cmocka_unit_test(a_typed_service_stands_first_and_once),
        cmocka_unit_test(the_outcome_of_a_name_is_one_word_for_its_look_ups),
        cmocka_unit_test(look_ups_are_weighed_against_each_other),
        cmocka_unit_test(an_address_carries_the_hosts_it_names),
        cmocka_unit_test(records_asked_for_by_type_are_listed_once),
        cmocka_unit_test(facts_stay_until_something_changes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
