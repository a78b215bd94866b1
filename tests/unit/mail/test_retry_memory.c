/* What a sender remembers of addresses that failed: whose they are, and until when. */
#include "mail/timeline/retry_memory.h"
#include "unit/check.h"

static int64_t minutes(enum stage stage, unsigned failures, int64_t since, unsigned chance)
{
    (void)since;
    (void)chance;
    return stage == STAGE_TIMEOUT ? HOLD_FORGETS : 60 * (int64_t)failures;
}

/* One failure after the other, and what is kept of it then: 0 failures for nothing. */
static void failures_are_kept_by_address(void **state)
{
    static const struct {
        const char *host;
        uint8_t last; /* of the address */
        enum stage stage;
        int64_t now;
        struct kept {
            int64_t due;
            unsigned failures;
            size_t marks;
        } kept[2]; /* by the address alone; for host and address */
    } notes[] = {
        {"a.example.", 1, STAGE_REFUSED, 0, {{60, 1, 1}, {60, 1, 1}}},
        {"a.example.", 1, STAGE_REFUSED, 0, {{60, 1, 1}, {60, 1, 1}}}, /* in the same round */
        {"a.example.", 2, STAGE_REFUSED, 5, {{65, 1, 2}, {65, 1, 2}}},
        {"a.example.", 1, STAGE_REFUSED, 100, {{220, 2, 2}, {220, 2, 2}}},
        {"b.example.", 3, STAGE_REFUSED, 100, {{160, 1, 3}, {160, 1, 3}}},
        {"a.example.", 2, STAGE_TIMEOUT, 200, {{0, 0, 3}, {0, 0, 3}}},
        {"a.example.", 2, STAGE_REFUSED, 300, {{360, 1, 3}, {360, 1, 3}}},
        /* the address of another host */
        {"b.example.", 1, STAGE_REFUSED, 100, {{220, 2, 3}, {160, 1, 4}}},
    };

    (void)state;
    for (int by_host = 0; by_host <= 1; by_host++) {
        const struct retry_schedule retry = {.hold = minutes, .by_host = by_host};
        struct retry_memory memory;
        retry_memory_init(&memory, &retry);
        for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
            const struct address address = {.family = 4, .bytes = {192, 0, 2, notes[i].last}};
            const struct retry_mark *mark = retry_memory_note(&memory, notes[i].host, &address,
                                                              notes[i].stage, notes[i].now, 0);
            const struct kept *kept = &notes[i].kept[by_host];
            assert_int_equal(mark ? mark->failures : 0, kept->failures);
            assert_int_equal(memory.count, kept->marks);
            if (!mark)
                continue;
            assert_int_equal(mark->due, kept->due);
            assert_ptr_equal(retry_memory_holds(&memory, notes[i].host, &address, kept->due - 1),
                             mark);
            assert_null(retry_memory_holds(&memory, notes[i].host, &address, kept->due));
            assert_int_equal(retry_memory_due(&memory, notes[i].host, &address, kept->due - 1),
                             kept->due);
            assert_int_equal(retry_memory_due(&memory, notes[i].host, &address, kept->due + 7),
                             kept->due + 7);
        }
        retry_memory_clear(&memory);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(failures_are_kept_by_address),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
