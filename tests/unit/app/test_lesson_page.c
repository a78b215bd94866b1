#include "app/settings/lesson_page.h"
#include "unit/check.h"

#include <string.h>

/* The faults of a page, one a line. */
static char *faults_of(struct arena *arena, const char *text, struct lesson_page *page)
{
    struct faults faults = {0};
    char *lines = arena_dup(arena, "");

    lesson_page_read(text, strlen(text), "a.txt", &faults, arena, page);
    for (size_t i = 0; i < faults.kept; i++)
        lines = arena_format(arena, "%s%s\n", lines, faults.lines[i]);
    faults_clear(&faults);
    return lines;
}

static void assert_faults(const char *text, const char *wanted)
{
    struct arena *arena = arena_new();
    struct lesson_page page;

    assert_string_equal(faults_of(arena, text, &page), wanted);
    arena_free(arena);
}

#define STEP "# T\n\n## One\n\n"

static void a_page_is_steps_in_the_order_written(void **state)
{
    struct arena *arena = arena_new();
    struct lesson_page page;
    const struct lesson_step *step;

    (void)state;
    assert_string_equal(
        faults_of(
            arena,
            "# Title\n\nIntro.\n\n## One\n\nSaid\nfirst.\n\ndo: Enter  Space\n\n    example\n\n"
            "do: :down mx1.example.com\nask: Which?\n  Really?\n  - this\n    one\n  + that\n"
            "answer: That\n  one.\nnote: Wait.\n\nNote: said.\n"
            "expect: down=mx1 step=all\n  screen \"a  b\"\n\n## Two\n",
            &page),
        "");
    assert_string_equal(page.title, "Title");
    assert_string_equal(page.intro, "Intro.\n\n");
    assert_false(page.old);
    assert_int_equal(page.step_count, 2);
    step = &page.steps[0];
    assert_string_equal(step->title, "One");
    assert_int_equal(step->text_count, 3);
    assert_string_equal(step->texts[0].text, "Said\nfirst.\n\n");
    assert_int_equal(step->texts[0].before, 0);
    assert_string_equal(step->texts[1].text, "    example\n\n");
    assert_int_equal(step->texts[1].before, 2);
    assert_string_equal(step->texts[2].text, "Note: said.\n");
    assert_int_equal(step->texts[2].before, 4);
    assert_int_equal(step->item_count, 4);
    assert_int_equal(step->items[0].key, '\r');
    assert_string_equal(step->items[1].text, "Space");
    assert_int_equal(step->items[2].kind, ITEM_COMMAND);
    assert_string_equal(step->items[2].text, "down mx1.example.com");
    assert_string_equal(step->items[3].text, "Which? Really?");
    assert_int_equal(step->items[3].ask, ASK_CHOICES);
    assert_int_equal(step->items[3].choice_count, 2);
    assert_string_equal(step->items[3].choices[0], "this one");
    assert_int_equal(step->items[3].right, 1);
    assert_string_equal(step->items[3].answer, "That one.");
    assert_string_equal(step->note, "Wait.");
    assert_int_equal(step->condition_count, 3);
    assert_string_equal(step->conditions[0].value, "mx1");
    assert_int_equal(step->conditions[2].kind, EXPECT_SCREEN);
    assert_string_equal(step->conditions[2].value, "a  b");
    assert_int_equal(page.steps[1].item_count, 0);
    arena_free(arena);
}

static void a_page_without_words_is_one_step_with_its_answer_folded(void **state)
{
    struct arena *arena = arena_new();
    struct lesson_page page;

    (void)state;
    assert_string_equal(faults_of(arena,
                                  "# Old\n\n## Try it\n\nPress Enter.\n\n## Question\n\n"
                                  "*Why\nthat?*\n\nBecause.\nSo.\n",
                                  &page),
                        "");
    assert_true(page.old);
    assert_int_equal(page.step_count, 1);
    assert_string_equal(page.steps[0].title, "Old");
    assert_string_equal(page.steps[0].texts[0].text, "## Try it\n\nPress Enter.\n\n");
    assert_int_equal(page.steps[0].item_count, 1);
    assert_string_equal(page.steps[0].items[0].text, "Why that?");
    assert_string_equal(page.steps[0].items[0].answer, "Because.\nSo.\n\n");
    arena_free(arena);
}

static void the_hash_is_of_the_words_alone(void **state)
{
    struct arena *arena = arena_new();
    struct lesson_page page, other, changed;

    (void)state;
    faults_of(arena, STEP "Said.\n\ndo: Enter\n", &page);
    faults_of(arena, "# U\n\n## Other\n\nSomething else.\n\ndo: Enter\nnote: x\n", &other);
    faults_of(arena, STEP "Said.\n\ndo: Space\n", &changed);
    assert_true(page.hash == other.hash);
    assert_true(page.hash != changed.hash);
    arena_free(arena);
}

#define UNDENTED "a line needs two blanks in front; other text needs an empty line above it\n"

static void what_is_wrong_is_told_by_line(void **state)
{
    (void)state;
    assert_faults("T\n", "a.txt:1: the first line must be \"# TITLE\"\n");
    assert_faults("# T\n\xff\n", "a.txt:2: not valid UTF-8\n");
    assert_faults("# T\n\ndo: Enter\n", "a.txt:3: do: before the first \"## \" heading\n");
    assert_faults(STEP "do: Spce\n", "a.txt:5: do: no key \"Spce\" (:help keys)\n");
    assert_faults(STEP "do: :dwon mx1\n",
                  "a.txt:5: do: no command \":dwon\"; did you mean :down?\n");
    assert_faults(STEP "do: :qqqqqqq\n", "a.txt:5: do: no command \":qqqqqqq\" (:help keys)\n");
    assert_faults(STEP "answer: A.\n", "a.txt:5: answer: without an ask above it\n");
    assert_faults(STEP "ask: Q?\nanswer: A.\nanswer: B.\n",
                  "a.txt:7: answer: without an ask above it\n");
    assert_faults(STEP "ask: Q?\ndo: Enter\n", "a.txt:5: ask: no answer follows\n");
    assert_faults(STEP "ask: Q?\n\n## Two\n", "a.txt:5: ask: no answer follows\n");
    assert_faults(STEP "ask: Q\nx?\n\nanswer: A\nb.\ndo: Enter\nSaid.\nnote: N\n\nSaid.\n",
                  "a.txt:6: to go on with ask:, " UNDENTED
                  "a.txt:9: to go on with answer:, " UNDENTED);
    assert_faults(STEP "ask: Q?\n  + a\n  + b\nanswer: A.\n",
                  "a.txt:6: choices need exactly one \"+\", found 2\n");
    assert_faults(STEP "ask: Q?\n  - a\n  - b\nanswer: A.\n",
                  "a.txt:6: choices need exactly one \"+\", found 0\n");
    assert_faults(STEP "ask: Q?\n  + a\nanswer: A.\n",
                  "a.txt:6: a single choice is no choice; write 2 to 6, or none\n");
    assert_faults(STEP "ask: Q?\n  + a\n  - b\n  - c\n  - d\n  - e\n  - f\n  - g\nanswer: A.\n",
                  "a.txt:6: 7 choices; write 2 to 6\n");
    assert_faults(STEP "ask next: Q?\n  + a\n  - b\nanswer: A.\n",
                  "a.txt:5: ask next: takes no choices; they come from the route\n");
}

static void what_is_wrong_with_expect_is_told_by_line(void **state)
{
    (void)state;
    assert_faults(STEP "expect: windows=srv\n",
                  "a.txt:5: expect: unknown condition \"windows\"; known: window name pane row "
                  "down as sender seed step runs verdict screen\n");
    assert_faults(STEP "expect: step=x\n",
                  "a.txt:5: expect: step=x: must be a number or \"all\"\n");
    assert_faults(STEP "expect: seed=all\n", "a.txt:5: expect: seed=all: must be a number\n");
    assert_faults(STEP "expect: runs=7\n",
                  "a.txt:5: expect: runs=7: must be one of 0 1 100 10000 1000000\n");
    assert_faults(
        STEP "expect: verdict=lost\n",
        "a.txt:5: expect: verdict=lost: must be one of deliver local bounce defer freeze loop\n");
    assert_faults(STEP "expect: down=\n", "a.txt:5: expect: down= needs a value\n");
    assert_faults(STEP "expect: screen T\n", "a.txt:5: expect: screen needs \"TEXT\"\n");
    assert_faults(STEP "expect: step=1\nexpect: step=2\n",
                  "a.txt:6: second expect in this step (first: line 5)\n");
    assert_faults(STEP "expect: step=1\ndo: Enter\n",
                  "a.txt:5: expect: comes after the last do and ask of its step\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_is_steps_in_the_order_written),
        cmocka_unit_test(a_page_without_words_is_one_step_with_its_answer_folded),
        cmocka_unit_test(the_hash_is_of_the_words_alone),
        cmocka_unit_test(what_is_wrong_is_told_by_line),
        cmocka_unit_test(what_is_wrong_with_expect_is_told_by_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
