/* Timelines drawn: moments, columns, spans, and what stands in each row. */
#include "base/memory.h"
#include "mail/timeline/timeline_axis.h"
#include "unit/check.h"

#include <string.h>

enum { HOUR = 3600, DAY = 86400 };

#define COUNT(list) (sizeof(list) / sizeof *(list))

static void moments_change_their_unit_at_its_first_second(void **state)
{
    static const struct {
        int64_t at;
        const char *text;
    } cases[] = {
        {0, "+0s"},        {59, "+59s"},      {60, "+1m"},       {119, "+1m"},
        {3599, "+59m"},    {3600, "+1h00"},   {3660, "+1h01"},   {7199, "+1h59"},
        {86399, "+23h59"}, {86400, "+1d 0h"}, {89999, "+1d 0h"}, {90000, "+1d 1h"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[MOMENT_SIZE];
        assert_string_equal(timeline_moment(cases[i].at, text), cases[i].text);
    }
}

static void a_moment_outside_lies_in_the_nearest_column(void **state)
{
    static const struct timeline_axis axis = {.columns = 40, .span = 4000};
    static const struct {
        int64_t at;
        int column;
    } cases[] = {{-200, 0}, {-100, 0},  {0, 0},     {99, 0},    {100, 1},
                 {199, 1},  {3899, 38}, {3900, 39}, {4000, 39}, {9000, 39}};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(timeline_axis_column(&axis, cases[i].at), cases[i].column);
}

/* An hour at least, and outages that last less than four times as long. */
static void the_span_shows_outages_in_proportion(void **state)
{
    static const struct {
        int64_t end, until[2], span;
    } cases[] = {
        {0, {0, 0}, HOUR},
        {HOUR, {0, 0}, HOUR},
        {HOUR + 1, {0, 0}, HOUR + 1},
        {2 * HOUR, {2 * HOUR, HOUR}, 2 * HOUR},
        {2 * HOUR, {2 * HOUR + 1, 0}, 2 * HOUR + 1},
        {2 * HOUR, {8 * HOUR - 1, 0}, 8 * HOUR - 1},
        {2 * HOUR, {8 * HOUR, 0}, 2 * HOUR},
        {2 * HOUR, {3 * HOUR, 9 * HOUR}, 9 * HOUR},
        {2 * HOUR, {9 * HOUR, 3 * HOUR}, 3 * HOUR},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct timeline_outage outages[] = {
            {.until = cases[i].until[0]}, {.until = cases[i].until[1]}, {.until = 5 * HOUR}};
        const struct timeline timeline = {
            .end = cases[i].end, .outages = outages, .outage_count = 2};
        assert_int_equal(timeline_axis_span(&timeline), cases[i].span + cases[i].span / 20);
    }
}

/* The shortest step whose labels have room, be it to the column; else the longest. */
static void steps_leave_room_for_their_labels(void **state)
{
    static const struct {
        int64_t span, step;
    } cases[] = {
        {6000, 600},           {6001, 1800},
        {18000, 1800},         {10 * HOUR, HOUR},
        {20 * HOUR, 2 * HOUR}, {30 * HOUR, 3 * HOUR},
        {5 * DAY, 12 * HOUR},  {10 * DAY, DAY},
        {20 * DAY, 2 * DAY},   {20 * DAY + 1, 2 * DAY},
        {90 * DAY, 2 * DAY},   {0, 600}, /* its own span: 3780 */
    };
    static const struct route route = {.host_count = 0};
    static const struct timeline timeline = {.route = &route};
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct timeline_axis *axis =
            timeline_axis_build(&timeline, cases[i].span, 100, 10, arena);
        assert_int_equal(axis->step, cases[i].step);
        assert_int_equal(axis->span, cases[i].span ? cases[i].span : 3780);
        assert_int_equal(axis->row_count, 1);
    }
    arena_free(arena);
}

static const char *told(const struct timeline_axis *axis, struct arena *arena)
{
    const char *text = "";

    for (size_t i = 0; i < axis->row_count; i++) {
        const struct timeline_row *row = &axis->rows[i];
        text = arena_format(arena, "%s%d%s ", text, row->host, row->queue ? "q" : "");
        for (int k = 0; k < axis->columns; k++)
            text = arena_format(arena, "%s%c", text, " -.:x=>*"[row->marks[k]]);
        text = arena_format(arena, "%s\n", text);
    }
    return text;
}

/* Of the sender only what it comes to, of a host what happens there, of a queue what lies in it. */
static void rows_are_told_whole(void **state)
{
    static const struct timeline_event relayed[] = {
        {0, 0, TIMELINE_WRITTEN, TIMELINE_SENDER, -1, 0, NULL, NULL},
        {200, 700, TIMELINE_ATTEMPT, TIMELINE_SENDER, 0, 1, NULL, NULL},
        {300, 300, TIMELINE_ATTEMPT, TIMELINE_SENDER, 1, 1, NULL, NULL},
        {300, 900, TIMELINE_DEFERRED, TIMELINE_SENDER, -1, 1, NULL, NULL},
        {900, 900, TIMELINE_ACCEPTED, TIMELINE_SENDER, 1, 2, NULL, NULL},
        {1000, 1000, TIMELINE_ATTEMPT, 1, 0, 1, NULL, NULL},
        {1000, 1400, TIMELINE_DEFERRED, 1, -1, 1, NULL, NULL},
        {1200, 1200, TIMELINE_WARNED, 1, -1, 1, NULL, NULL},
        {1400, 1400, TIMELINE_DELIVERED, 1, 0, 2, NULL, NULL},
    };
    static const struct timeline_event local[] = {
        {0, 0, TIMELINE_WRITTEN, TIMELINE_SENDER, -1, 0, NULL, NULL},
        {500, 500, TIMELINE_DELIVERED, TIMELINE_SENDER, -1, 1, NULL, NULL},
    };
    static const struct timeline_outage outages[] = {{0, 0, 1100, STAGE_REFUSED},
                                                     {1, 100, 300, STAGE_TIMEOUT}};
    static const struct {
        const struct timeline_event *events;
        size_t count, outages;
        const char *told;
    } cases[] = {
        {relayed, COUNT(relayed), 2,
         "-1 --xx----->------------------------------\n"
         "-1q    =======                              \n"
         "0 ::x:::::::x:--*-------------------------\n"
         "1 -::x----->------------------------------\n"
         "1q           =====                         \n"},
        {relayed, 2, 0,
         "-1 --x-------------------------------------\n"
         "0 --x.....--------------------------------\n"
         "1 ----------------------------------------\n"},
        {local, COUNT(local), 1,
         "-1 -----*----------------------------------\n"
         "0 ::::::::::::----------------------------\n"
         "1 ----------------------------------------\n"},
    };
    static const struct route route = {.host_count = 2};
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct timeline timeline = {.route = &route,
                                          .events = cases[i].events,
                                          .event_count = cases[i].count,
                                          .outages = outages,
                                          .outage_count = cases[i].outages};
        assert_string_equal(told(timeline_axis_build(&timeline, 4000, 40, 8, arena), arena),
                            cases[i].told);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_change_their_unit_at_its_first_second),
        cmocka_unit_test(a_moment_outside_lies_in_the_nearest_column),
        cmocka_unit_test(the_span_shows_outages_in_proportion),
        cmocka_unit_test(steps_leave_room_for_their_labels),
        cmocka_unit_test(rows_are_told_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
