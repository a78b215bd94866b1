/* Drawing and enumerating by the same code. */
#include "mail/order/biased_shuffle.h"
#include "mail/order/chance.h"
#include "mail/order/key_set.h"
#include "unit/check.h"

#include <stdlib.h>
#include <string.h>

static void all_ways_are_gone_once(void **state)
{
    static struct chance chance;
    bool seen[2][3][4] = {{{false}}};
    double sum = 0;
    unsigned ways = 0;

    (void)state;
    for (chance_enumerate(&chance); chance_again(&chance);) {
        unsigned a = chance_pick(&chance, 2), b = chance_pick(&chance, 3);
        unsigned c = a ? chance_pick(&chance, 4) : 0;
        assert_false(seen[a][b][c]);
        seen[a][b][c] = true;
        sum += chance.probability;
        ways++;
    }
    assert_int_equal(ways, 3 + 12);
    assert_float_equal(sum, 1, 1e-12);
}

static void no_choice_is_one_way(void **state)
{
    static struct chance chance;
    unsigned ways = 0;

    (void)state;
    for (chance_enumerate(&chance); chance_again(&chance);)
        ways += 1 + chance_pick(&chance, 1);
    assert_int_equal(ways, 1);
}

static void too_deep_is_impossible(void **state)
{
    static struct chance chance;

    (void)state;
    chance_enumerate(&chance);
    assert_true(chance_again(&chance));
    for (int i = 0; i <= CHANCE_DEPTH; i++)
        chance_pick(&chance, 2);
    assert_true(chance.impossible);
    assert_false(chance_again(&chance));
}

static void picks_are_even(void **state)
{
    static const unsigned bounds[] = {2, 3, 7, 12, 500, 4096, 4097};
    static struct chance chance;
    struct random random;

    (void)state;
    random_init(&random, 7);
    chance_draw(&chance, &random);
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
        unsigned bound = bounds[i], draws = 200 * bound;
        unsigned *counts = calloc(bound, sizeof *counts);
        double sum = 0;
        for (unsigned j = 0; j < draws; j++)
            counts[chance_pick(&chance, bound)]++;
        for (unsigned j = 0; j < bound; j++)
            sum += ((double)counts[j] - 200) * ((double)counts[j] - 200) / 200;
        free(counts);
        /* Mean bound - 1, standard deviation sqrt(2 (bound - 1)): six of them. */
        assert_true((sum - (bound - 1)) * (sum - (bound - 1)) < 36.0 * 2 * (bound - 1) + 100);
    }
}

/* How many keys of the third thing put the three into this order, given the keys of the first two?
 * Equal keys keep the order of coming, so the third stands behind its equals. */
static long keys_for(const uint16_t order[3], const long keys[2])
{
    long low = 0, high = KEY_BOUND, before = -1;
    bool behind = false;

    for (unsigned i = 0; i < 3; i++) {
        unsigned thing = order[i];
        if (thing == 2) {
            behind = true;
            continue;
        }
        if (before >= 0 && (thing == 0 ? keys[0] <= keys[1] : keys[1] < keys[0]))
            return 0;
        before = keys[thing];
        if (behind)
            high = keys[thing] < high ? keys[thing] : high;
        else
            low = keys[thing];
    }
    return high > low ? high - low : 0;
}

static void keys_against_counting(void **state)
{
    static const uint16_t orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                         {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    struct arena *arena = arena_new();
    static struct chance chance;
    double found[6] = {0};
    struct key_set set;

    (void)state;
    key_set_init(&set, arena, 3);
    for (chance_enumerate(&chance); chance_again(&chance);) {
        uint16_t order[3];

        key_set_begin(&set, &chance, 3);
        for (unsigned i = 0; i < 3; i++)
            order[i] = (uint16_t)key_set_take(&set, &chance);
        for (unsigned o = 0; o < 6; o++)
            if (memcmp(order, orders[o], sizeof order) == 0)
                found[o] += chance.probability;
    }
    for (unsigned o = 0; o < 6; o++) {
        double ways = 0;
        for (long a = 0; a < KEY_BOUND; a++)
            for (long b = 0; b < KEY_BOUND; b++)
                ways += (double)keys_for(orders[o], (const long[]){a, b});
        assert_float_equal(found[o], ways / 125e6, 1e-12);
    }
    arena_free(arena);
}

/* An order of four things, two bits each. */
static unsigned key_of(const uint16_t things[4])
{
    return things[0] | (unsigned)things[1] << 2 | (unsigned)things[2] << 4 |
           (unsigned)things[3] << 6;
}

static void biased_against_all_ways(void **state)
{
    struct arena *arena = arena_new();
    static struct chance chance;
    struct biased_shuffle shuffle;
    double counts[256] = {0}, found[256] = {0};
    uint16_t things[4];

    (void)state;
    biased_shuffle_init(&shuffle, arena);
    for (unsigned way = 0; way < 256; way++) {
        for (unsigned i = 0; i < 4; i++)
            things[i] = (uint16_t)i;
        for (unsigned i = 0; i < 4; i++) {
            unsigned j = way >> 2 * i & 3;
            uint16_t kept = things[i];
            things[i] = things[j];
            things[j] = kept;
        }
        counts[key_of(things)]++;
    }
    for (chance_enumerate(&chance); chance_again(&chance);) {
        biased_shuffle_draw(&shuffle, &chance, things, 4);
        found[key_of(things)] += chance.probability;
    }
    for (unsigned key = 0; key < 256; key++)
        assert_float_equal(found[key], counts[key] / 256, 1e-12);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_ways_are_gone_once), cmocka_unit_test(no_choice_is_one_way),
        cmocka_unit_test(too_deep_is_impossible), cmocka_unit_test(picks_are_even),
        cmocka_unit_test(keys_against_counting),  cmocka_unit_test(biased_against_all_ways),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
