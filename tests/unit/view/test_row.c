/* Rows of panes: identity, text, filter, order, and the window of rows that is seen. */
#include "sheet/words.h"
#include "view/panes/pane.h"

#include "base/memory.h"
#include "dns/type.h"
#include "unit/check.h"

#include <locale.h>
#include <stdio.h>

static void the_cursor_is_always_among_the_rows_shown(void **state)
{
    (void)state;
    for (size_t count = 0; count < 30; count++)
        for (int height = 0; height < 12; height++)
            for (size_t selected = 0; selected < count; selected++)
                for (size_t top = 0; top < 40; top += 3) {
                    struct cursor cursor = {selected, top};
                    size_t first = cursor_top(&cursor, count, height);
                    size_t lines = height > 0 ? (size_t)height : 1;
                    assert_true(first <= selected && selected < first + lines);
                    assert_true(first == 0 || first + lines <= count);
                }
}

static void too_many_rows_are_counted_not_kept(void **state)
{
    struct arena *arena = arena_new();
    struct rows rows = {0};

    (void)state;
    for (int i = 0; i < 2000; i++)
        rows_add(&rows, arena)->depth = 1;
    assert_int_equal(rows.count, ROWS_SHOWN);
    assert_int_equal(rows.cut, 2000 - ROWS_SHOWN);
    arena_free(arena);
}

static void rows_of_different_records_are_told_apart(void **state)
{
    struct record records[] = {
        {.owner = "a.example.", .type = TYPE_A, .rdata = "192.0.2.1"},
        {.owner = "a.example.", .type = TYPE_A, .rdata = "192.0.2.2"},
        {.owner = "b.example.", .type = TYPE_A, .rdata = "192.0.2.1"},
    };
    struct text texts[3] = {{0}};

    (void)state;
    for (int i = 0; i < 3; i++) {
        struct row row = {.record = &records[i], .name = records[i].owner};
        row_identity(&row, &texts[i]);
        for (int k = 0; k < i; k++)
            assert_string_not_equal(text_get(&texts[i]), text_get(&texts[k]));
    }
    for (int i = 0; i < 3; i++)
        text_clear(&texts[i]);
}

/* UX: each state in different words, with a glyph of its own or at least a role; what was not sent
 * looks like nothing that was. */
static void every_outcome_reads_differently(void **state)
{
    struct outcome_words unsent = words_outcome(OUTCOME_NOT_ASKED);

    (void)state;
    for (int i = 0; i < OUTCOME_COUNT; i++) {
        struct outcome_words words = words_outcome((enum outcome)i);
        assert_true(*words.glyph && *words.word && *words.phrase && *words.sentence);
        for (int k = 0; k < i; k++) {
            struct outcome_words other = words_outcome((enum outcome)k);
            assert_string_not_equal(words.word, other.word);
            assert_string_not_equal(words.phrase, other.phrase);
            assert_string_not_equal(words.sentence, other.sentence);
            assert_true(k > OUTCOME_INVALID || i > OUTCOME_INVALID || words.role != other.role);
        }
        assert_string_not_equal(words.word, words_reply(NULL).word);
        assert_true(i >= OUTCOME_NOT_ASKED || unsent.role != words.role);
    }
}

static void a_running_ttl_is_drawn_again_when_it_reads_otherwise(void **state)
{
    static const int64_t lefts[] = {172800000, 90061000, 3599000, 61500, 59999, 1000};

    (void)state;
    for (size_t i = 0; i < sizeof lefts / sizeof *lefts; i++) {
        char before[WORD_SIZE], just[WORD_SIZE], after[WORD_SIZE];
        int64_t wait = words_ttl_change_ms(lefts[i], false);
        words_ttl((uint32_t)(lefts[i] / 1000), false, before);
        words_ttl((uint32_t)((lefts[i] - wait + 1) / 1000), false, just);
        words_ttl((uint32_t)((lefts[i] - wait) / 1000), false, after);
        assert_true(wait > 0);
        assert_string_equal(before, just);
        assert_string_not_equal(before, after);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cursor_is_always_among_the_rows_shown),
        cmocka_unit_test(too_many_rows_are_counted_not_kept),
        cmocka_unit_test(rows_of_different_records_are_told_apart),
        cmocka_unit_test(every_outcome_reads_differently),
        cmocka_unit_test(a_running_ttl_is_drawn_again_when_it_reads_otherwise),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
