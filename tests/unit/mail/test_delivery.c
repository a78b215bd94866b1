/* What holds for every sender: properties of routes and deliveries, and the story told of them. */
#include "mail/delivery/delivery.h"
#include "mail/profiles/profiles.h"
#include "mail/simulation/comparison.h"
#include "mail/simulation/matrix.h"
#include "unit/check.h"
#include "unit/worlds/routing_world.h"

#include <stdlib.h>
#include <string.h>

#define MANY                                                                                       \
    "mx1 A 192.0.2.1\nmx1 A 192.0.2.11\nmx2 A 192.0.2.2\nmx2 AAAA 2001:db8::2\nmx3 A 192.0.2.3\n"  \
    "mx4 A 192.0.2.4\nmx4 AAAA 2001:db8::4\nmx4 AAAA 2001:db8::14\nmx5 A 192.0.2.5\n"

/* The same six records (mx6 does not exist) in several orders of the answer. */
static const char *const listings[] = {
    "@ MX 10 mx1\n@ MX 20 mx2\n@ MX 20 mx3\n@ MX 20 mx4\n@ MX 30 mx5\n@ MX 10 mx6\n" MANY,
    "@ MX 30 mx5\n@ MX 20 mx4\n@ MX 10 mx6\n@ MX 20 mx3\n@ MX 20 mx2\n@ MX 10 mx1\n" MANY,
    "@ MX 20 mx3\n@ MX 10 mx6\n@ MX 10 mx1\n@ MX 30 mx5\n@ MX 20 mx2\n@ MX 20 mx4\n" MANY,
};
enum { LISTINGS = sizeof listings / sizeof *listings };

static bool is_tried(const struct routing *routing, const char *exchange)
{
    const struct simulation_result *result = routing->result;

    for (size_t i = 0; i < result->sequence_count; i++)
        for (size_t j = 0; j < result->sequences[i].try_count; j++)
            if (strcmp(routing->route->hosts[result->sequences[i].tries[j].host].exchange,
                       exchange) == 0)
                return true;
    return false;
}

/* A secondary of preference 20 tries mx1 alone, whoever it is, however listed. */
static void pruned_is_never_tried(void **state)
{
    static const char *const knowing[] = {"rfc5321",  "postfix", "exim",
                                          "sendmail", "qmail",   "courier"};

    (void)state;
    for (size_t i = 0; i < sizeof knowing / sizeof *knowing; i++)
        for (size_t j = 0; j < LISTINGS; j++) {
            struct routing routing;
            routing_init(&routing, listings[j], knowing[i]);
            routing_as(&routing, "mx3.example.com");
            routing_down(&routing, "*");
            routing_simulate(&routing, 300);
            assert_true(is_tried(&routing, "mx1.example.com."));
            for (int host = 2; host <= 5; host++) {
                char name[32] = "mx?.example.com.";
                name[2] = (char)('0' + host);
                assert_false(is_tried(&routing, name));
            }
            routing_clear(&routing);
        }
}

/* Who shuffles evenly does not care how the answer lists the records. */
static void listing_changes_nothing(void **state)
{
    static const char *const even[] = {"rfc5321", "postfix", "sendmail"};

    (void)state;
    for (size_t i = 0; i < sizeof even / sizeof *even; i++) {
        double expected[3] = {0};
        for (size_t j = 0; j < LISTINGS; j++) {
            struct routing routing;
            routing_init(&routing, listings[j], even[i]);
            routing_down(&routing, "mx1.example.com");
            routing_simulate(&routing, 3000);
            routing_assert_fits(&routing);
            for (size_t k = 0; k < routing.result->level_count; k++) {
                const struct level_share *level = routing.result->levels + k;
                if (strcmp(level->share.exchange, "mx2.example.com.") == 0)
                    expected[j] += level->share.expected;
            }
            assert_true(expected[j] > 0);
            assert_float_equal(expected[j], expected[0], 1e-9);
            routing_clear(&routing);
        }
    }
}

/* No try before one of a better preference is done with (naive excepted), none twice (Postfix tries
 * what is listed twice, so nothing is here). */
static void preference_is_kept_and_nothing_tried_twice(void **state)
{
    (void)state;
    for (size_t i = 0; i < profile_count(); i++)
        for (size_t j = 0; j < LISTINGS; j++) {
            struct routing routing;
            const struct simulation_result *result;
            bool naive = strcmp(profile_name(profile_at(i)), "naive") == 0;
            routing_init(&routing, listings[j], profile_name(profile_at(i)));
            routing_down(&routing, "*");
            result = routing_simulate(&routing, 200);
            for (size_t k = 0; k < result->sequence_count; k++)
                for (size_t t = 0; t < result->sequences[k].try_count; t++) {
                    const struct attempt *tries = result->sequences[k].tries;
                    const struct route_host *hosts = routing.route->hosts;
                    if (t > 0 && !naive)
                        assert_true(hosts[tries[t].host].preference >=
                                    hosts[tries[t - 1].host].preference);
                    for (size_t before = 0; before < t; before++)
                        assert_int_not_equal(tries[before].target, tries[t].target);
                }
            routing_clear(&routing);
        }
}

static void every_profile_fits_its_enumeration(void **state)
{
    (void)state;
    for (size_t i = 0; i < profile_count(); i++)
        for (size_t j = 0; j < LISTINGS; j++) {
            struct routing routing;
            routing_init(&routing, listings[j], profile_name(profile_at(i)));
            routing_down(&routing, j == 1 ? "mx1.example.com" : "mx1.example.com,mx2.example.com");
            routing_simulate(&routing, 10000);
            routing_assert_fits(&routing);
            routing_clear(&routing);
        }
}

#define HOSTS(n)                                                                                   \
    "@ MX 10 h1\n@ MX 10 h2\n@ MX 10 h3\n@ MX 10 h4\n@ MX 10 h5\n@ MX 10 h6\n@ MX 10 h7\n" n       \
    "h1 A 192.0.2.1\nh2 A 192.0.2.2\nh3 A 192.0.2.3\nh4 A 192.0.2.4\nh5 A 192.0.2.5\n"             \
    "h6 A 192.0.2.6\nh7 A 192.0.2.7\n"
#define EIGHT HOSTS("@ MX 10 h8\nh8 A 192.0.2.8\n")
#define NINE  HOSTS("@ MX 10 h8\nh8 A 192.0.2.8\n@ MX 10 h9\nh9 A 192.0.2.9\n")

/* Issue 3: whole sequences are enumerated up to 8!, in every profile. */
static void whole_orders_are_exact_up_to_eight_hosts(void **state)
{
    (void)state;
    for (size_t i = 0; i < profile_count(); i++) {
        struct routing routing;
        double sum = 0;
        routing_init(&routing, EIGHT, profile_name(profile_at(i)));
        routing_down(&routing, "*");
        routing_simulate(&routing, 2000);
        if (!routing.result->exact)
            fail_msg("%s is not enumerated", profile_name(profile_at(i)));
        for (size_t j = 0; j < routing.result->sequence_count; j++)
            sum += routing.result->sequences[j].expected;
        assert_true(sum > 0 && sum < 1 + 1e-9);
        routing_clear(&routing);
    }
}

/* Beyond what memory tells apart, the sequences that are kept are counted on. */
static void orders_kept_are_counted_to_the_end(void **state)
{
    enum { DELIVERIES = 400000 };
    struct routing routing;
    const struct sequence_count *kept;
    struct delivery_plan *plan;
    uint64_t count = 0;

    (void)state;
    routing_init(&routing, NINE, "rfc5321");
    routing_down(&routing, "*");
    routing_simulate(&routing, DELIVERIES);
    assert_true(routing.result->orders_cut);
    kept = routing.result->sequences;
    plan = delivery_plan_new(routing.route, &routing.sender, 0);
    for (uint64_t i = 0; i < DELIVERIES; i++) {
        struct delivery delivery;
        size_t place = 0;
        delivery_draw_nth(plan, i, &delivery);
        while (place < delivery.count && place < kept->try_count &&
               delivery.attempts[place].target == kept->tries[place].target)
            place++;
        count += place == delivery.count && place == kept->try_count;
    }
    assert_int_equal(count, kept->count);
    delivery_plan_free(plan);
    routing_clear(&routing);
}

static void slicing_changes_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < profile_count(); i++) {
        struct routing routing;
        struct simulation *odd;
        const struct simulation_result *result;
        routing_init(&routing, listings[0], profile_name(profile_at(i)));
        routing_down(&routing, "mx1.example.com");
        routing_simulate(&routing, 3000);
        odd = simulation_new(routing.route, &routing.sender, 3000);
        while (!simulation_slice(odd, 7))
            continue;
        result = simulation_result(odd, routing.world.arena);
        assert_int_equal(result->sequences_total, routing.result->sequences_total);
        for (size_t j = 0; j < result->first_count; j++)
            assert_int_equal(result->first[j].count, routing.result->first[j].count);
        simulation_free(odd);
        routing_clear(&routing);
    }
}

/* Adds the numbers up: every delivery is in one bar of each kind. */
static void tallies_add_up(void **state)
{
    (void)state;
    for (size_t i = 0; i < profile_count(); i++) {
        struct routing routing;
        uint64_t firsts = 0, exchanges = 0, tries = 0, endings = 0, sequences = 0;
        const struct simulation_result *result;
        routing_init(&routing, listings[2], profile_name(profile_at(i)));
        routing_down(&routing, "mx1.example.com,mx3.example.com=rcpt4,mx4.example.com=greeting5");
        result = routing_simulate(&routing, 2500);
        for (size_t j = 0; j < result->first_count; j++)
            firsts += result->first[j].count;
        for (size_t j = 0; j < result->first_exchange_count; j++)
            exchanges += result->first_exchange[j].count;
        for (size_t j = 0; j < result->tries_count; j++)
            tries += result->tries[j].deliveries;
        for (size_t j = 0; j < result->ending_count; j++)
            endings += result->endings[j].share.count;
        for (size_t j = 0; j < result->sequence_count; j++)
            sequences += result->sequences[j].count;
        assert_true(firsts == 2500 && exchanges == 2500 && tries == 2500 && endings == 2500);
        assert_true(sequences == 2500 || result->sequences_total > SIMULATION_SEQUENCES);
        routing_clear(&routing);
    }
}

static struct steps tell(struct routing *routing)
{
    struct delivery_plan *plan = delivery_plan_new(routing->route, &routing->sender, 0);
    struct delivery delivery;
    struct steps steps;

    delivery_draw_nth(plan, 0, &delivery);
    steps = delivery_steps(plan, &delivery, routing->world.arena);
    delivery_plan_free(plan);
    return steps;
}

static size_t count_steps(const struct steps *steps, enum step_kind kind)
{
    size_t count = 0;

    for (size_t i = 0; i < steps->count; i++)
        count += steps->steps[i].kind == kind;
    return count;
}

static void the_story_names_every_step(void **state)
{
    struct routing routing;
    struct steps steps;

    (void)state;
    routing_init(&routing, listings[0], "rfc5321");
    routing_down(&routing, "mx1.example.com");
    routing_build(&routing);
    steps = tell(&routing);
    assert_int_equal(steps.steps[0].kind, STEP_LOOKUP);
    assert_string_equal(steps.steps[0].text, "MX lookup for example.com: 6 records");
    assert_string_equal(steps.steps[0].reference, "RFC 5321 5.1");
    assert_int_equal(count_steps(&steps, STEP_SORT), 1);
    assert_int_equal(count_steps(&steps, STEP_UNUSABLE), 1);
    assert_int_equal(count_steps(&steps, STEP_SHUFFLE), 1);
    assert_int_equal(count_steps(&steps, STEP_ATTEMPT), 3);
    assert_int_equal(steps.steps[steps.count - 1].kind, STEP_VERDICT);
    assert_string_equal(steps.steps[steps.count - 1].text, "Delivered: the delivery is complete");
    routing_clear(&routing);
}

/* Every profile has a sentence and a source for whatever it says. */
static void every_step_has_a_source(void **state)
{
    static const char *const worlds[] = {
        "@ MX 0 .\n", "@ MX 10 gone\n", "@ A 192.0.2.1\n", "@ TXT x\n",
        ("@ MX 10 mx1\nmx1 CNAME foo\nfoo A 192.0.2.1\nfoo A 192.0.2.2\n@ MX 10 mx2\n"
         "mx2 A 192.0.2.3\n@ MX 0 .\n")};

    (void)state;
    for (size_t i = 0; i < profile_count(); i++)
        for (size_t j = 0; j < sizeof worlds / sizeof *worlds; j++) {
            struct routing routing;
            struct steps steps;
            routing_init(&routing, worlds[j], profile_name(profile_at(i)));
            routing_down(&routing, "*");
            routing_build(&routing);
            steps = tell(&routing);
            assert_true(steps.count >= 2);
            for (size_t k = 0; k < steps.count; k++)
                assert_true(strlen(steps.steps[k].text) > 5 &&
                            strlen(steps.steps[k].reference) > 3);
            assert_true(count_steps(&steps, STEP_VERDICT) == 1);
            routing_clear(&routing);
        }
}

static void missing_answers_are_wanted(void **state)
{
    struct answers *answers = answers_new();
    struct lookup lookup = {.answers = answers, .wants = wants_new()};
    struct arena *arena = arena_new();
    struct sender sender;
    const struct route *route;

    (void)state;
    sender_init(&sender, profile_at(0));
    sender_set_as(&sender, "mx2.example.com", NULL);
    route = route_build(&lookup, "example.com.", &sender, arena);
    assert_false(route->complete);
    assert_int_equal(route->kind, ROUTE_UNDECIDED);
    assert_int_equal(wants_count(lookup.wants), 3);
    sender_clear(&sender);
    arena_free(arena);
    wants_free(lookup.wants);
    answers_free(answers);
}

static void the_matrix_has_all_profiles(void **state)
{
    struct routing routing;
    const struct matrix *matrix;

    (void)state;
    routing_init(&routing, listings[0], "postfix");
    routing_down(&routing, "*");
    ZONE_WORLD_SETTLE(
        &routing.world, matrix,
        matrix_build(&routing.world.lookup, "example.com.", &routing.sender, routing.world.arena));
    assert_true(matrix->complete);
    assert_int_equal(matrix->count, profile_count());
    for (size_t i = 0; i < matrix->count; i++) {
        assert_true(strlen(matrix->rows[i].why) > 5);
        assert_true(matrix->rows[i].tries_least <= matrix->rows[i].tries_most);
        assert_true(matrix->rows[i].first_count >= 1);
        if (strcmp(profile_name(matrix->rows[i].profile), "postfix") == 0)
            assert_int_equal(matrix->rows[i].tries_most, 5);
    }
    routing_clear(&routing);
}

static void two_profiles_side_by_side(void **state)
{
    struct routing routing;
    struct sender other;
    const struct comparison *comparison;
    size_t reasons = 0;

    (void)state;
    routing_init(&routing, listings[0], "postfix");
    routing_down(&routing, "*");
    sender_copy(&other, &routing.sender);
    sender_set_profile(&other, profile_find("exim"));
    ZONE_WORLD_SETTLE(&routing.world, comparison,
                      comparison_build(&routing.world.lookup, "example.com.", &routing.sender,
                                       &other, 0, routing.world.arena));
    assert_true(comparison->complete && comparison->differs);
    for (size_t i = 0; i < comparison->count; i++)
        reasons += *comparison->rows[i].why != '\0';
    assert_int_equal(reasons, 1);
    ZONE_WORLD_SETTLE(&routing.world, comparison,
                      comparison_build(&routing.world.lookup, "example.com.", &other, &other, 3,
                                       routing.world.arena));
    assert_false(comparison->differs);
    sender_clear(&other);
    routing_clear(&routing);
}

/* What is left out for its name alone is told, as what has no address is. */
static void names_that_are_left_out_are_steps(void **state)
{
    static const struct {
        const char *profile, *mx, *text;
    } cases[] = {
        {"opensmtpd", "@ MX 10 localhost.\n", "localhost is left out: "},
        {"rfc5321", "@ MX 10 192.0.2.9.\n", "192.0.2.9 is left out: "},
        {"exim", "@ MX 10 192.0.2.9.\n", "192.0.2.9 is left out: "},
        {"rfc5321", "@ MX 0 .\n", ". is left out: "},
        {"rfc5321", "@ MX 10 mx1\n", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct routing routing;
        struct text zone = {0};
        const struct route *route;
        size_t told = 0;

        text_format(&zone, "@ MX 20 mx1\nmx1 A 192.0.2.1\n%s", cases[i].mx);
        routing_init(&routing, text_get(&zone), cases[i].profile);
        route = routing_build(&routing);
        for (size_t k = 0; k < route->step_count; k++)
            if (route->steps[k].kind == STEP_UNUSABLE)
                told += !cases[i].text ||
                        strncmp(route->steps[k].text, cases[i].text, strlen(cases[i].text)) == 0;
        assert_int_equal(told, cases[i].text != NULL);
        routing_clear(&routing);
        text_clear(&zone);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pruned_is_never_tried),
        cmocka_unit_test(listing_changes_nothing),
        cmocka_unit_test(preference_is_kept_and_nothing_tried_twice),
        cmocka_unit_test(every_profile_fits_its_enumeration),
        cmocka_unit_test(whole_orders_are_exact_up_to_eight_hosts),
        cmocka_unit_test(orders_kept_are_counted_to_the_end),
        cmocka_unit_test(slicing_changes_nothing),
        cmocka_unit_test(tallies_add_up),
        cmocka_unit_test(the_story_names_every_step),
        cmocka_unit_test(every_step_has_a_source),
        cmocka_unit_test(missing_answers_are_wanted),
        cmocka_unit_test(the_matrix_has_all_profiles),
        cmocka_unit_test(two_profiles_side_by_side),
        cmocka_unit_test(names_that_are_left_out_are_steps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
