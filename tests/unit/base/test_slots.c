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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_thing_is_found_and_no_other)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
