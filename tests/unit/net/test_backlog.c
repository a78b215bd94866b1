/* The order in which questions get their turn. */
#include "net/live/backlog.h"
#include "unit/check.h"

#include <stdlib.h>

static struct question question_of(const char *name)
{
    return (struct question){.name = name, .type = 1};
}

static void add(struct backlog *backlog, const char *name, int priority)
{
    struct question question = question_of(name);

    backlog_add(backlog, &question, priority, 7);
}

static void hurry(struct backlog *backlog, const char *name, int priority)
{
    struct question question = question_of(name);

    backlog_hurry(backlog, &question, priority);
}

static void expect(struct backlog *backlog, const char *const *names)
{
    struct backlog_entry first;

    for (; *names; names++) {
        assert_true(backlog_take(backlog, &first));
        assert_string_equal(first.question.name, *names);
        assert_int_equal(first.asked_us, 7);
        free((char *)(uintptr_t)first.question.name);
    }
    assert_false(backlog_take(backlog, &first));
}

static void by_priority_then_in_the_order_added(void **state)
{
    static const char *const order[] = {"c.", "e.", "a.", "b.", "d.", NULL};
    struct backlog backlog = {0};

    (void)state;
    add(&backlog, "a.", 5);
    add(&backlog, "b.", 5);
    add(&backlog, "c.", 1);
    add(&backlog, "d.", 9);
    add(&backlog, "e.", 1);
    expect(&backlog, order);
    backlog_clear(&backlog);
}

static void hurry_moves_forward_but_never_back(void **state)
{
    static const char *const order[] = {"c.", "a.", "b.", NULL};
    struct backlog backlog = {0};

    (void)state;
    add(&backlog, "a.", 1);
    add(&backlog, "b.", 2);
    add(&backlog, "c.", 3);
    hurry(&backlog, "c.", 0);
    hurry(&backlog, "a.", 9);
    hurry(&backlog, "not-there.", 0);
    expect(&backlog, order);
    backlog_clear(&backlog);
}

static void clear_drops_all(void **state)
{
    struct backlog backlog = {0};
    struct backlog_entry first;

    (void)state;
    for (int i = 0; i < 100; i++)
        add(&backlog, "a.", i % 7);
    backlog_clear(&backlog);
    assert_false(backlog_take(&backlog, &first));
    backlog_clear(&backlog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_priority_then_in_the_order_added),
        cmocka_unit_test(hurry_moves_forward_but_never_back),
        cmocka_unit_test(clear_drops_all),
    };

    return cmocka_run_group_tests_name("backlog", tests, NULL, NULL);
}
