/* SRV selection: the rows of the table of weights (ROUTING 8, and 2.14 for Postfix), exactly and by
 * drawing. */
#include "mail/clients/srv_choice.h"
#include "mail/clients/srv_draw.h"

#include "dns/type.h"
#include "mail/clients/services.h"
#include "unit/check.h"
#include "unit/mail/srv_world.h"

#include <stdlib.h>

/* ---- the table of weights, exactly ---- */

struct row {
    const char *label;
    size_t count;
    struct srv_entry entries[4];
    enum srv_algorithm algorithm;
    double first[4]; /* of the entries, before all others */
};

#define SIX_FOUR                                                                                   \
    2,                                                                                             \
    {                                                                                              \
        {0, 6},                                                                                    \
        {                                                                                          \
            0, 4                                                                                   \
        }                                                                                          \
    }
#define SIX_FOUR_LATER                                                                             \
    3,                                                                                             \
    {                                                                                              \
        {0, 6}, {0, 4},                                                                            \
        {                                                                                          \
            5, 1                                                                                   \
        }                                                                                          \
    }
#define ZERO_ONE_FOUR                                                                              \
    3,                                                                                             \
    {                                                                                              \
        {0, 0}, {0, 1},                                                                            \
        {                                                                                          \
            0, 4                                                                                   \
        }                                                                                          \
    }
#define ZERO_LATER                                                                                 \
    4,                                                                                             \
    {                                                                                              \
        {0, 0}, {0, 1}, {0, 4},                                                                    \
        {                                                                                          \
            1, 9                                                                                   \
        }                                                                                          \
    }
#define TENS                                                                                       \
    4,                                                                                             \
    {                                                                                              \
        {0, 10}, {0, 20}, {0, 30},                                                                 \
        {                                                                                          \
            0, 40                                                                                  \
        }                                                                                          \
    }
#define ALL_ZERO                                                                                   \
    3,                                                                                             \
    {                                                                                              \
        {0, 0}, {0, 0},                                                                            \
        {                                                                                          \
            0, 0                                                                                   \
        }                                                                                          \
    }

static const struct row rows[] = {
    {"6:4", SIX_FOUR, SRV_NOMINAL, {.6, .4}},
    {"6:4", SIX_FOUR, SRV_RFC2782, {6.5 / 11, 4.5 / 11}},
    {"6:4", SIX_FOUR, SRV_POSTFIX, {6.5 / 11, 4.5 / 11}},
    {"6:4", SIX_FOUR, SRV_EXIM, {0, 1}},
    {"6:4 and a later priority", SIX_FOUR_LATER, SRV_RFC2782, {6.5 / 11, 4.5 / 11, 0}},
    {"6:4 and a later priority", SIX_FOUR_LATER, SRV_POSTFIX, {6.5 / 11, 4.5 / 11, 0}},
    {"6:4 and a later priority", SIX_FOUR_LATER, SRV_EXIM, {6.0 / 11, 5.0 / 11, 0}},
    {"0,1,4", ZERO_ONE_FOUR, SRV_NOMINAL, {0, .2, .8}},
    {"0,1,4", ZERO_ONE_FOUR, SRV_RFC2782, {1.0 / 6, 1.0 / 6, 4.0 / 6}},
    {"0,1,4", ZERO_ONE_FOUR, SRV_POSTFIX, {1.0 / 18, 4.0 / 18, 13.0 / 18}},
    {"0,1,4 alone", ZERO_ONE_FOUR, SRV_EXIM, {.5, .5, 0}},
    {"0,1,4 and a later priority", ZERO_LATER, SRV_EXIM, {1.0 / 6, 1.0 / 6, 4.0 / 6, 0}},
    {"10,20,30,40", TENS, SRV_NOMINAL, {.1, .2, .3, .4}},
    {"10,20,30,40", TENS, SRV_RFC2782, {10.25 / 101, 20.25 / 101, 30.25 / 101, 40.25 / 101}},
    {"10,20,30,40", TENS, SRV_POSTFIX, {10.25 / 101, 20.25 / 101, 30.25 / 101, 40.25 / 101}},
    {"all zero", ALL_ZERO, SRV_NOMINAL, {1.0 / 3, 1.0 / 3, 1.0 / 3}},
    {"all zero", ALL_ZERO, SRV_RFC2782, {1.0 / 3, 1.0 / 3, 1.0 / 3}},
    {"all zero", ALL_ZERO, SRV_POSTFIX, {1.0 / 3, 1.0 / 3, 1.0 / 3}},
    {"all zero: DNS order", ALL_ZERO, SRV_EXIM, {1, 0, 0}},
};

static void exact_first_choice_of_every_row_of_the_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct srv_world world;

        srv_world_init(&world, rows[i].entries, rows[i].count);
        for (size_t k = 0; k < rows[i].count; k++)
            assert_near(world.set->targets[srv_world_index(&world, k)].first[rows[i].algorithm],
                        rows[i].first[k]);
        srv_world_clear(&world);
    }
}

static void drawn_first_choice_of_every_row_fits_by_chi_square(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct srv_world world;
        struct srv_draw *draw;
        uint64_t counts[4];

        srv_world_init(&world, rows[i].entries, rows[i].count);
        draw = srv_draw_new(world.set, rows[i].algorithm, 7 + i, 20000);
        while (srv_draw_step(draw, 777))
            ;
        for (size_t k = 0; k < rows[i].count; k++)
            counts[k] = srv_draw_first(draw, srv_world_index(&world, k));
        assert_fits(counts, rows[i].first, rows[i].count, 20000);
        srv_draw_free(draw);
        srv_world_clear(&world);
    }
}

/* ---- the mean over all orders of the answer, proved by walking through them ---- */

/* The chance of target `wanted` to be first of one priority in this listing, as RFC 2782 words it:
 * count the numbers 0..sum for which it is the first whose running total reaches them. */
static double chance_in_listing(const struct srv_set *set, const unsigned *listing, size_t wanted,
                                bool zeros_first)
{
    unsigned queue[TARGETS];
    size_t queued = 0;
    uint32_t sum = 0, hits = 0;

    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < set->count; i++)
            if ((zeros_first && set->targets[listing[i]].record->srv.weight > 0) == (pass == 1))
                queue[queued++] = listing[i];
    for (size_t i = 0; i < set->count; i++)
        sum += set->targets[i].record->srv.weight;
    for (uint32_t number = 0; number <= sum; number++) {
        uint32_t total = 0;
        size_t i = 0;

        while ((total += set->targets[queue[i]].record->srv.weight) < number)
            i++;
        hits += queue[i] == wanted;
    }
    return (double)hits / (sum + 1.0);
}

struct extremes {
    double sum, low, high;
    size_t listings;
};

/* Heap's algorithm over all listings. */
static void walk(const struct srv_set *set, unsigned *listing, size_t count, size_t wanted,
                 bool zeros_first, struct extremes *extremes)
{
    if (count == 1) {
        double chance = chance_in_listing(set, listing, wanted, zeros_first);

        extremes->sum += chance;
        extremes->low = chance < extremes->low ? chance : extremes->low;
        extremes->high = chance > extremes->high ? chance : extremes->high;
        extremes->listings++;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        size_t other = count % 2 ? 0 : i;
        unsigned kept;

        walk(set, listing, count - 1, wanted, zeros_first, extremes);
        kept = listing[other];
        listing[other] = listing[count - 1];
        listing[count - 1] = kept;
    }
}

static void assert_enumeration_agrees(const struct srv_entry *entries, size_t count)
{
    struct srv_world world;

    srv_world_init(&world, entries, count);
    for (int postfix = 0; postfix < 2; postfix++) {
        for (size_t wanted = 0; wanted < count; wanted++) {
            const struct srv_target *target = &world.set->targets[wanted];
            struct srv_share share = target->share[postfix ? SRV_POSTFIX : SRV_RFC2782];
            struct extremes extremes = {.low = 2, .high = -1};
            unsigned listing[TARGETS] = {0, 1, 2, 3, 4, 5, 6, 7};

            walk(world.set, listing, count, wanted, !postfix, &extremes);
            assert_near(share.exact, extremes.sum / (double)extremes.listings);
            assert_near(share.low, extremes.low);
            assert_near(share.high, extremes.high);
        }
    }
    srv_world_clear(&world);
}

static void enumerating_all_listings_gives_the_exact_share_and_its_spread(void **state)
{
    static const struct srv_entry six_four[] = {{0, 6}, {0, 4}};
    static const struct srv_entry zero_one_four[] = {{0, 0}, {0, 1}, {0, 4}};
    static const struct srv_entry zeros[] = {{0, 0}, {0, 0}, {0, 0}, {0, 3}, {0, 5}};
    static const struct srv_entry eight[] = {{0, 1}, {0, 2}, {0, 3}, {0, 4},
                                             {0, 0}, {0, 0}, {0, 7}, {0, 8}};
    static const struct srv_entry one[] = {{0, 9}};

    (void)state;
    assert_enumeration_agrees(one, 1);
    assert_enumeration_agrees(six_four, 2);
    assert_enumeration_agrees(zero_one_four, 3);
    assert_enumeration_agrees(zeros, 5);
    assert_enumeration_agrees(eight, 8);
}

static void six_to_four_spreads_from_six_to_seven_elevenths(void **state)
{
    static const struct srv_entry six_four[] = {{0, 6}, {0, 4}};
    struct srv_world world;

    (void)state;
    srv_world_init(&world, six_four, 2);
    assert_near(world.set->targets[0].share[SRV_RFC2782].low, 6.0 / 11);
    assert_near(world.set->targets[0].share[SRV_RFC2782].high, 7.0 / 11);
    srv_world_clear(&world);
}

/* ---- whole orders ---- */

static double sum_of_orders(const struct srv_set *set, enum srv_algorithm algorithm,
                            unsigned *order, size_t count)
{
    double sum = 0;

    if (count == 1)
        return srv_order_probability(set, algorithm, order);
    for (size_t i = 0; i < count; i++) {
        size_t other = count % 2 ? 0 : i;
        unsigned kept;

        sum += sum_of_orders(set, algorithm, order, count - 1);
        kept = order[other];
        order[other] = order[count - 1];
        order[count - 1] = kept;
    }
    return sum;
}

static void the_chances_of_all_orders_add_up_to_one(void **state)
{
    static const struct srv_entry entries[] = {{0, 0}, {0, 3}, {0, 5}, {7, 0}, {7, 0}, {7, 9}};

    (void)state;
    for (int algorithm = 0; algorithm < SRV_ALGORITHMS; algorithm++) {
        unsigned order[TARGETS] = {0, 1, 2, 3, 4, 5};
        struct srv_world world;

        srv_world_init(&world, entries, 6);
        assert_near(sum_of_orders(world.set, (enum srv_algorithm)algorithm, order, 6), 1);
        srv_world_clear(&world);
    }
}

static void drawn_orders_come_as_often_as_their_chance_says(void **state)
{
    static const struct srv_entry entries[] = {{0, 0}, {0, 3}, {0, 5}, {7, 2}};
    enum { DRAWS = 60000 };

    (void)state;
    for (int a = 0; a < SRV_ALGORITHMS; a++) {
        enum srv_algorithm algorithm = (enum srv_algorithm)a;
        struct srv_order_tally orders[SRV_ORDERS_SHOWN];
        uint64_t counts[SRV_ORDERS_SHOWN];
        double chances[SRV_ORDERS_SHOWN], all = 0;
        struct srv_world world;
        struct srv_draw *draw;
        size_t count;

        srv_world_init(&world, entries, 4);
        draw = srv_draw_new(world.set, algorithm, 3, DRAWS);
        while (srv_draw_step(draw, 10000))
            ;
        count = srv_draw_orders(draw, orders);
        assert_int_equal(count, srv_draw_orders_total(draw));
        for (size_t i = 0; i < count; i++) {
            unsigned order[4];

            for (size_t k = 0; k < 4; k++)
                order[k] = orders[i].order[k];
            counts[i] = orders[i].count;
            chances[i] = srv_order_probability(world.set, algorithm, order);
            all += chances[i];
            assert_true(i == 0 || orders[i - 1].count >= orders[i].count);
        }
        assert_near(all, 1);
        assert_fits(counts, chances, count, DRAWS);
        srv_draw_free(draw);
        srv_world_clear(&world);
    }
}

/* Of more orders than are shown the most frequent ones, each once, equal ones by their order. */
static void only_the_most_frequent_orders_are_shown(void **state)
{
    static const struct srv_entry entries[] = {{0, 1}, {0, 2}, {0, 1}, {0, 1}, {0, 1}};
    struct srv_order_tally orders[SRV_ORDERS_SHOWN];
    struct srv_world world;
    struct srv_draw *draw;
    uint64_t all = 0;

    (void)state;
    srv_world_init(&world, entries, 5);
    draw = srv_draw_new(world.set, SRV_NOMINAL, 3, 5000);
    while (srv_draw_step(draw, 1000))
        ;
    assert_int_equal(srv_draw_orders_total(draw), 120);
    assert_int_equal(srv_draw_orders(draw, orders), SRV_ORDERS_SHOWN);
    for (size_t i = 0; i < SRV_ORDERS_SHOWN; i++) {
        int order = i ? memcmp(orders[i - 1].order, orders[i].order, 5 * sizeof(uint16_t)) : -1;

        assert_true(i == 0 || orders[i - 1].count >= orders[i].count);
        assert_true(i == 0 || orders[i - 1].count > orders[i].count || order < 0);
        all += orders[i].count;
    }
    assert_true(all > 5000 - 20 * orders[SRV_ORDERS_SHOWN - 1].count - 1 && all < 5000);
    srv_draw_free(draw);
    srv_world_clear(&world);
}

/* ---- priorities, "." and repeatability ---- */

static void a_lower_priority_is_exhausted_before_the_next(void **state)
{
    static const struct srv_entry entries[] = {{20, 1}, {10, 0}, {20, 4}, {30, 0}};
    struct srv_world world;
    struct random random;

    (void)state;
    srv_world_init(&world, entries, 4);
    assert_int_equal(world.set->level_count, 3);
    assert_true(world.set->levels[0].zero_only);
    assert_false(world.set->levels[1].zero_only);
    random_init(&random, 1);
    for (int i = 0; i < 400; i++) {
        unsigned order[4];

        srv_order_draw(world.set, (enum srv_algorithm)(i % SRV_ALGORITHMS), &random, order);
        assert_int_equal(order[0], srv_world_index(&world, 1));
        assert_int_equal(order[3], srv_world_index(&world, 3));
    }
    srv_world_clear(&world);
}

static void later_priorities_have_shares_of_their_own_but_are_never_first(void **state)
{
    static const struct srv_entry entries[] = {{10, 0}, {20, 1}, {20, 4}};
    const struct srv_target *light;
    struct srv_world world;

    (void)state;
    srv_world_init(&world, entries, 3);
    light = &world.set->targets[srv_world_index(&world, 1)];
    assert_near(light->share[SRV_NOMINAL].exact, .2);
    assert_near(light->share[SRV_RFC2782].exact, 1.5 / 6);
    assert_near(light->first[SRV_NOMINAL], 0);
    srv_world_clear(&world);
}

static void a_single_root_target_is_not_offered(void **state)
{
    struct arena *arena = arena_new();
    struct record record = {.owner = "_sip._udp.example.", .type = TYPE_SRV, .rdata = "0 0 0 ."};
    const struct record *list[] = {&record};
    struct srv_set *set;

    (void)state;
    record.srv.target = ".";
    set = srv_set_build(arena, record.owner, list, 1);
    assert_true(set->not_offered);
    assert_false(set->targets[0].offered);
    set = srv_set_build(arena, record.owner, list, 0);
    assert_int_equal(set->count, 0);
    assert_false(set->not_offered);
    arena_free(arena);
}

static void equal_seeds_give_equal_draws_however_sliced(void **state)
{
    static const struct srv_entry entries[] = {{0, 6}, {0, 4}, {0, 1}};
    struct srv_world world;

    (void)state;
    srv_world_init(&world, entries, 3);
    for (int a = 0; a < SRV_ALGORITHMS; a++) {
        struct srv_draw *whole = srv_draw_new(world.set, (enum srv_algorithm)a, 99, 5000);
        struct srv_draw *sliced = srv_draw_new(world.set, (enum srv_algorithm)a, 99, 5000);

        assert_false(srv_draw_step(whole, 5000));
        while (srv_draw_step(sliced, 7))
            ;
        assert_int_equal(srv_draw_done(sliced), 5000);
        for (size_t i = 0; i < 3; i++) {
            assert_int_equal(srv_draw_first(whole, i), srv_draw_first(sliced, i));
            assert_int_equal(srv_draw_first_of_level(whole, i), srv_draw_first(whole, i));
        }
        srv_draw_free(whole);
        srv_draw_free(sliced);
    }
    srv_world_clear(&world);
}

static void two_thousand_records_are_cut_to_the_ones_tried_first(void **state)
{
    enum { COUNT = 2000 };
    struct arena *arena = arena_new();
    struct record *records = arena_alloc(arena, COUNT, sizeof *records);
    const struct record **list = arena_alloc(arena, COUNT, sizeof *list);
    struct srv_draw *draw;
    struct srv_set *set;

    (void)state;
    for (size_t i = 0; i < COUNT; i++) {
        records[i].owner = "_x._tcp.example.";
        records[i].type = TYPE_SRV;
        records[i].rdata = "";
        records[i].srv.priority = (uint16_t)(COUNT - i);
        records[i].srv.target = "h.example.";
        list[i] = &records[i];
    }
    set = srv_set_build(arena, "_x._tcp.example.", list, COUNT);
    assert_int_equal(set->count, SRV_TARGETS_MAX);
    assert_int_equal(set->left_out, COUNT - SRV_TARGETS_MAX);
    assert_ptr_equal(set->targets[0].record, &records[COUNT - 1]);
    draw = srv_draw_new(set, SRV_RFC2782, 1, 10);
    assert_false(srv_draw_step(draw, 10));
    assert_int_equal(srv_draw_first(draw, 0), 10);
    srv_draw_free(draw);
    arena_free(arena);
}

static void algorithms_are_found_by_their_names(void **state)
{
    enum srv_algorithm algorithm = SRV_EXIM;

    (void)state;
    for (int i = 0; i < SRV_ALGORITHMS; i++) {
        assert_true(srv_algorithm_parse(srv_algorithm_text((enum srv_algorithm)i), &algorithm));
        assert_int_equal(algorithm, i);
    }
    assert_false(srv_algorithm_parse("RFC", &algorithm));
}

static void services_are_found_by_their_longest_prefix(void **state)
{
    (void)state;
    assert_string_equal(services_find("_ldap._tcp.example.com.")->word, "LDAP directory");
    assert_string_equal(services_find("_ldap._tcp.dc._msdcs.example.com.")->word,
                        "Active Directory domain controllers");
    assert_null(services_find("_ldap._tcpx.example.com."));
    assert_null(services_find("_unheard-of._tcp.example.com."));
    assert_int_equal(customary_names_count(), 23);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_first_choice_of_every_row_of_the_table),
        cmocka_unit_test(drawn_first_choice_of_every_row_fits_by_chi_square),
        cmocka_unit_test(enumerating_all_listings_gives_the_exact_share_and_its_spread),
        cmocka_unit_test(six_to_four_spreads_from_six_to_seven_elevenths),
        cmocka_unit_test(the_chances_of_all_orders_add_up_to_one),
        cmocka_unit_test(drawn_orders_come_as_often_as_their_chance_says),
        cmocka_unit_test(only_the_most_frequent_orders_are_shown),
        cmocka_unit_test(a_lower_priority_is_exhausted_before_the_next),
        cmocka_unit_test(later_priorities_have_shares_of_their_own_but_are_never_first),
        cmocka_unit_test(a_single_root_target_is_not_offered),
        cmocka_unit_test(equal_seeds_give_equal_draws_however_sliced),
        cmocka_unit_test(two_thousand_records_are_cut_to_the_ones_tried_first),
        cmocka_unit_test(algorithms_are_found_by_their_names),
        cmocka_unit_test(services_are_found_by_their_longest_prefix),
    };

    return cmocka_run_group_tests_name("srv_choice", tests, NULL, NULL);
}
