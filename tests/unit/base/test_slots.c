#include "base/slots.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool is_equal(const void *thing, const void *key)
{
    return *(const int *)thing == *(const int *)key;
}

/* Hashes that collide, whole and in their lowest bits, and such that begin at the last slot. */
static const unsigned masks[] = {~0u, 3, 0, ~15u};

static unsigned hash_of(int number, unsigned mask)
{
    return ((unsigned)number * 2654435761u | 15) & mask;
}

static void each_thing_is_found_and_no_other(void **state)
{
    int numbers[500];

    (void)state;
    for (size_t m = 0; m < sizeof masks / sizeof *masks; m++) {
        struct slots slots = {0};
        for (int i = 0; i < 500; i++) {
            int missing = i + 1000;
            numbers[i] = i;
            assert_null(slots_find(&slots, hash_of(i, masks[m]), is_equal, &i));
            slots_add(&slots, hash_of(i, masks[m]), &numbers[i]);
            assert_ptr_equal(slots_find(&slots, hash_of(i, masks[m]), is_equal, &i), &numbers[i]);
            assert_null(slots_find(&slots, hash_of(missing, masks[m]), is_equal, &missing));
        }
        for (int i = 0; i < 500; i++)
            assert_ptr_equal(slots_find(&slots, hash_of(i, masks[m]), is_equal, &i), &numbers[i]);
        assert_int_equal(slots.taken, 500);
        slots_clear(&slots);
        assert_int_equal(slots_octets(&slots), 0);
    }
}

static size_t met;

static void meet(void *thing)
{
    met += (size_t) * (int *)thing;
}

/* In an order of their own, so that gaps are closed from all sides. */
static void what_is_taken_out_is_gone_and_nothing_else(void **state)
{
    int numbers[97];

    (void)state;
    for (size_t m = 0; m < sizeof masks / sizeof *masks; m++) {
        struct slots slots = {0};
        for (int i = 0; i < 97; i++) {
            numbers[i] = i;
            slots_add(&slots, hash_of(i, masks[m]), &numbers[i]);
        }
        for (int step = 0; step < 97; step++) {
            int gone = step * 31 % 97;
            slots_remove(&slots, hash_of(gone, masks[m]), &numbers[gone]);
            for (int i = 0; i < 97; i++) {
                bool taken = i * 72 % 97 <= step; /* 31 * 72 = 1 (mod 97) */
                assert_ptr_equal(slots_find(&slots, hash_of(i, masks[m]), is_equal, &i),
                                 taken ? NULL : &numbers[i]);
            }
            if (step == 0) {
                met = 0;
                slots_each(&slots, meet);
                assert_int_equal(met, 97 * 96 / 2);
            }
        }
        assert_int_equal(slots.taken, 0);
        slots_clear(&slots);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_thing_is_found_and_no_other),
        cmocka_unit_test(what_is_taken_out_is_gone_and_nothing_else),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
