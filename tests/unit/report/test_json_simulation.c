#include "unit/check.h"
#include "unit/report/report_world.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { DELIVERIES = 5000 };

static const char levels[] = "@ MX 10 mx1\n@ MX 20 mx2\n@ MX 20 mx3\n@ MX 30 mx4\n"
                             "mx1 A 192.0.2.1\nmx2 A 192.0.2.2\nmx3 A 192.0.2.3\n"
                             "mx3 A 192.0.2.33\nmx4 A 192.0.2.4\n";
static const char directory[] = "_ldap._tcp SRV 0 6 389 ldap1\n_ldap._tcp SRV 0 4 389 ldap2\n"
                                "_ldap._tcp SRV 10 0 636 ldap3\nldap1 A 192.0.2.31\n";

static const char *string_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static json_int_t integer_at(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

static double number_at(const json_t *object, const char *key)
{
    return json_number_value(json_object_get(object, key));
}

static json_int_t sum(const json_t *object, const char *array, const char *key)
{
    json_int_t sum = 0;
    json_t *member;
    size_t i;

    json_array_foreach(json_object_get(object, array), i, member) sum += integer_at(member, key);
    return sum;
}

/* Each tally counts every delivery once, and shares are what they say. */
static void check_sums(const json_t *simulation, json_int_t deliveries)
{
    json_t *share;
    double expected = 0;
    size_t i;

    assert_int_equal(integer_at(simulation, "deliveries"), deliveries);
    assert_int_equal(sum(simulation, "first", "count"), deliveries);
    assert_int_equal(sum(simulation, "first_exchange", "count"), deliveries);
    assert_int_equal(sum(simulation, "tries", "deliveries"), deliveries);
    assert_int_equal(sum(simulation, "outcome", "count"), deliveries);
    assert_int_equal(sum(simulation, "orders", "count"), deliveries);
    assert_int_equal(integer_at(simulation, "orders_total"),
                     json_array_size(json_object_get(simulation, "orders")));
    json_array_foreach(json_object_get(simulation, "first"), i, share)
    {
        double count = (double)integer_at(share, "count");
        assert_true(fabs(number_at(share, "share") - count / (double)deliveries) < 1e-9);
        assert_true(json_is_real(json_object_get(share, "expected")));
        expected += number_at(share, "expected");
    }
    assert_true(fabs(expected - 1) < 1e-9);
}

static json_t *simulate(const char *as, const char *down, json_t **object)
{
    struct report_request request = {
        .zone = levels, .deliveries = DELIVERIES, .seed = 42, .as = as, .down = down};

    *object = report_world_object(&request);
    return json_object_get(*object, "simulation");
}

static void counts_add_up_at_every_stage_of_failure(void **state)
{
    static const char *const stages[] = {"refused", "timeout", "greeting4", "greeting5", "ehlo4",
                                         "ehlo5",   "mail4",   "rcpt4",     "rcpt5",     "data4"};
    static const char *const hosts[] = {"mx1.example.com", "192.0.2.33", "*"};

    (void)state;
    for (size_t s = 0; s < COUNT(stages); s++)
        for (size_t h = 0; h < COUNT(hosts); h++) {
            struct text down = {0};
            json_t *object, *simulation;
            text_format(&down, "%s=%s", hosts[h], stages[s]);
            simulation = simulate(NULL, text_get(&down), &object);
            check_sums(simulation, DELIVERIES);
            assert_non_null(
                strstr(json_string_value(json_array_get(json_object_get(simulation, "down"), 0)),
                       stages[s]));
            json_decref(object);
            text_clear(&down);
        }
}

static void hosts_are_written_with_the_stage_they_fail_at(void **state)
{
    json_t *object, *simulation = simulate(NULL, "mx1.example.com,192.0.2.2=rcpt5", &object);
    json_t *down = json_object_get(simulation, "down");

    (void)state;
    assert_string_equal(json_string_value(json_array_get(down, 0)), "mx1.example.com.=refused");
    assert_string_equal(json_string_value(json_array_get(down, 1)), "192.0.2.2=rcpt5");
    json_decref(object);
    simulation = simulate(NULL, "*", &object);
    down = json_object_get(simulation, "down");
    assert_string_equal(json_string_value(json_array_get(down, 0)), "*=refused");
    json_decref(object);
}

/* L3: mx1 first; when it is down, mx2 or mx3 at random; then mx4. */
static void first_choices_follow_preference_rfc5321_5_1(void **state)
{
    json_t *object, *simulation = simulate(NULL, NULL, &object), *first;

    (void)state;
    first = json_object_get(simulation, "first_exchange");
    assert_string_equal(string_at(json_array_get(first, 0), "exchange"), "mx1.example.com.");
    assert_int_equal(integer_at(json_array_get(first, 0), "count"), DELIVERIES);
    assert_true(number_at(json_array_get(first, 0), "expected") == 1);
    json_decref(object);
}

static void equals_share_what_a_dead_first_leaves_rfc5321_5_1(void **state)
{
    json_t *object, *simulation = simulate(NULL, "mx1.example.com", &object), *outcome, *member;
    size_t i, met = 0;

    (void)state;
    check_sums(simulation, DELIVERIES);
    outcome = json_object_get(simulation, "outcome");
    json_array_foreach(outcome, i, member)
    {
        const char *exchange = string_at(member, "exchange");
        assert_string_equal(string_at(member, "verdict"), "deliver");
        met +=
            strcmp(exchange, "mx2.example.com.") == 0 || strcmp(exchange, "mx3.example.com.") == 0;
        assert_in_range(integer_at(member, "count"), DELIVERIES * 45 / 100, DELIVERIES * 55 / 100);
    }
    assert_int_equal(json_array_size(outcome), 2);
    assert_int_equal(met, 2);
    assert_int_equal(integer_at(json_array_get(json_object_get(simulation, "tries"), 0), "count"),
                     2);
    json_decref(object);
}

static void nobody_there_means_later_not_never_rfc5321_4_5_4_1(void **state)
{
    static const struct {
        const char *down, *verdict;
    } cases[] = {
        {"*", "defer"},       {"*=timeout", "defer"}, {"*=greeting4", "defer"},
        {"*=rcpt4", "defer"}, {"*=data4", "defer"},   {"*=rcpt5", "bounce"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        json_t *object, *simulation = simulate(NULL, cases[i].down, &object), *member;
        size_t j;
        json_array_foreach(json_object_get(simulation, "outcome"), j, member)
            assert_string_equal(string_at(member, "verdict"), cases[i].verdict);
        json_decref(object);
    }
}

/* L8, L9 */
static void the_secondary_drops_itself_its_equals_and_worse_rfc5321_5_1(void **state)
{
    static const char *const states[] = {"candidate", "ignored", "ignored", "ignored"};
    json_t *object, *simulation = simulate("mx2.example.com", NULL, &object), *route, *hosts;

    (void)state;
    route = json_object_get(object, "route");
    hosts = json_object_get(route, "hosts");
    assert_string_equal(string_at(route, "as"), "mx2.example.com.");
    assert_string_equal(string_at(simulation, "as"), "mx2.example.com.");
    assert_string_equal(string_at(route, "verdict"), "deliver");
    for (size_t i = 0; i < COUNT(states); i++) {
        assert_string_equal(string_at(json_array_get(hosts, i), "state"), states[i]);
        assert_int_equal(*string_at(json_array_get(hosts, i), "why") != '\0', i > 0);
    }
    check_sums(simulation, DELIVERIES);
    json_decref(object);
    simulation = simulate("mx1.example.com", NULL, &object);
    route = json_object_get(object, "route");
    assert_string_not_equal(string_at(route, "verdict"), "deliver");
    assert_int_equal(sum(simulation, "first", "count"), 0);
    assert_int_equal(sum(simulation, "outcome", "count"), DELIVERIES);
    json_decref(object);
}

/* ---- SRV ---- */

static void weights_are_shared_as_promised_and_as_written_rfc2782(void **state)
{
    static const struct report_request request = {.zone = directory,
                                                  .deliveries = DELIVERIES,
                                                  .srv_owner = "_ldap._tcp.example.com.",
                                                  .seed = 42};
    json_t *object = report_world_object(&request), *simulation, *heavy, *spare;

    (void)state;
    simulation = json_object_get(object, "srv_simulation");
    heavy = json_array_get(json_object_get(simulation, "first"), 0);
    spare = json_array_get(json_object_get(simulation, "first"), 2);
    assert_string_equal(string_at(simulation, "status"), "answered");
    assert_string_equal(string_at(simulation, "algorithm"), "rfc2782");
    assert_int_equal(integer_at(simulation, "draws"), DELIVERIES);
    assert_int_equal(sum(simulation, "first", "count"), DELIVERIES);
    assert_int_equal(sum(simulation, "orders", "count"), DELIVERIES);
    assert_true(fabs(number_at(heavy, "nominal") - 0.6) < 1e-9);
    assert_true(fabs(number_at(heavy, "rfc2782") - 13.0 / 22) < 1e-9); /* mean of 6/11 and 7/11 */
    assert_true(fabs(number_at(heavy, "share") - 13.0 / 22) < 0.03);
    assert_int_equal(integer_at(spare, "count"), 0);
    assert_int_equal(integer_at(spare, "count_in_priority"), DELIVERIES);
    json_decref(object);
}

static void each_algorithm_draws_its_own_way(void **state)
{
    (void)state;
    for (int a = 0; a < SRV_ALGORITHMS; a++) {
        struct report_request request = {.zone = directory,
                                         .deliveries = DELIVERIES,
                                         .srv_owner = "_ldap._tcp.example.com.",
                                         .algorithm = (enum srv_algorithm)a,
                                         .seed = 7};
        json_t *object = report_world_object(&request), *simulation, *heavy;
        const char *word = srv_algorithm_text(request.algorithm);
        simulation = json_object_get(object, "srv_simulation");
        heavy = json_array_get(json_object_get(simulation, "first"), 0);
        assert_string_equal(string_at(simulation, "algorithm"), word);
        assert_true(fabs(number_at(heavy, "share") - number_at(heavy, word)) < 0.05);
        json_decref(object);
    }
}

static void an_owner_without_records_says_so(void **state)
{
    static const struct report_request request = {.zone = directory,
                                                  .srv_owner = "_sip._udp.example.com."};
    json_t *object = report_world_object(&request), *simulation;

    (void)state;
    simulation = json_object_get(object, "srv_simulation");
    assert_string_equal(string_at(simulation, "status"), "nxdomain");
    assert_int_equal(json_array_size(json_object_get(simulation, "first")), 0);
    assert_int_equal(json_array_size(json_object_get(simulation, "orders")), 0);
    json_decref(object);
}

static void a_service_not_offered_is_drawn_from_without_harm(void **state)
{
    static const struct report_request request = {.zone = "_pop3._tcp SRV 0 0 0 .\n",
                                                  .deliveries = 10,
                                                  .srv_owner = "_pop3._tcp.example.com."};
    json_t *object = report_world_object(&request), *first;

    (void)state;
    first = json_object_get(json_object_get(object, "srv_simulation"), "first");
    assert_string_equal(string_at(json_array_get(first, 0), "target"), ".");
    json_decref(object);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_add_up_at_every_stage_of_failure),
        cmocka_unit_test(hosts_are_written_with_the_stage_they_fail_at),
        cmocka_unit_test(first_choices_follow_preference_rfc5321_5_1),
        cmocka_unit_test(equals_share_what_a_dead_first_leaves_rfc5321_5_1),
        cmocka_unit_test(nobody_there_means_later_not_never_rfc5321_4_5_4_1),
        cmocka_unit_test(the_secondary_drops_itself_its_equals_and_worse_rfc5321_5_1),
        cmocka_unit_test(weights_are_shared_as_promised_and_as_written_rfc2782),
        cmocka_unit_test(each_algorithm_draws_its_own_way),
        cmocka_unit_test(an_owner_without_records_says_so),
        cmocka_unit_test(a_service_not_offered_is_drawn_from_without_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
