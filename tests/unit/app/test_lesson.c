#include "app/settings/lesson.h"

#include "app/settings/course.h"
#include "app/settings/resource.h"
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char folder[] = "/tmp/mxtrail-lesson-XXXXXX";

static void write_file(const char *name, const char *content)
{
    char path[256];
    FILE *file;

    snprintf(path, sizeof path, "%s/mxtrail/help/lessons/%s", folder, name);
    file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(content, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void make_folder(const char *below)
{
    char path[256];

    snprintf(path, sizeof path, "%s/%s", folder, below);
    assert_int_equal(mkdir(path, 0700), 0);
}

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    make_folder("mxtrail");
    make_folder("mxtrail/help");
    make_folder("mxtrail/help/lessons");
    setenv("XDG_CONFIG_HOME", folder, 1);
    write_file("own.zone", "; lesson: 99  My own\x1b lesson \n; name: example.com\n"
                           "; try: --simulate\n; try: --as mx2\n; remark: none\n"
                           "$ORIGIN example.com.\n; name: too.late\n");
    write_file("own@192.0.2.53.zone", "; lesson: 98 None\n; name: example.com\n");
    write_file("own@192.0.2.54.zone", "; what that server says\n");
    write_file("early.zone", "; lesson: 1 Before all\n; name: a.example\n");
    write_file("plain.zone", "; a zone, no lesson\n$ORIGIN example.com.\n");
    write_file("nameless.zone", "; lesson: 5 Without a name\n");
    write_file("ties.zone", "; lesson: 4 Mine\n; name: mine.example");
    return 0;
}

static int tear_down(void **state)
{
    char command[128];

    (void)state;
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

static void directives_before_the_first_record_make_a_lesson(void **state)
{
    struct lessons lessons;
    const struct lesson *own;

    (void)state;
    lessons_load(&lessons);
    own = lessons_find(&lessons, "own");
    assert_non_null(own);
    assert_int_equal(own->number, 99);
    assert_string_equal(own->title, "My own\\027 lesson ");
    assert_string_equal(own->name, "example.com");
    assert_int_equal(own->try_count, 2);
    assert_string_equal(own->tries[1], "--as mx2");
    assert_non_null(strstr(own->zone, "$ORIGIN"));
    assert_int_equal(strlen(own->zone), own->zone_length);
    assert_non_null(strstr(own->file, folder));
    lessons_clear(&lessons);
    assert_int_equal(lessons.count, 0);
    resource_forget();
}

static void zones_of_single_servers_belong_to_their_lesson(void **state)
{
    struct lessons lessons;
    const struct lesson *own;

    (void)state;
    lessons_load(&lessons);
    own = lessons_find(&lessons, "own");
    assert_int_equal(own->server_count, 2);
    assert_string_equal(own->servers[0]->path, "help/lessons/own@192.0.2.53.zone");
    assert_non_null(strstr(own->servers[1]->bytes, "what that server says"));
    assert_null(lessons_find(&lessons, "own@192.0.2.53"));
    assert_int_equal(lessons_find(&lessons, "order")->server_count, 0);
    lessons_clear(&lessons);
    resource_forget();
}

static void zones_without_them_are_no_lessons(void **state)
{
    struct lessons lessons;

    (void)state;
    lessons_load(&lessons);
    assert_null(lessons_find(&lessons, "plain"));
    assert_null(lessons_find(&lessons, "nameless"));
    assert_null(lessons_find(&lessons, ""));
    lessons_clear(&lessons);
    resource_forget();
}

static void lessons_are_ordered_by_number_and_the_users_own_win(void **state)
{
    struct lessons lessons;

    (void)state;
    lessons_load(&lessons);
    assert_string_equal(lessons.list[0].id, "early");
    assert_string_equal(lessons.list[lessons.count - 1].id, "own");
    for (size_t i = 1; i < lessons.count; i++)
        assert_true(lessons.list[i - 1].number <= lessons.list[i].number);
    assert_string_equal(lessons_find(&lessons, "ties")->name, "mine.example");
    assert_string_equal(lessons_find(&lessons, "order")->name, "example.com");
    assert_string_equal(lessons_find(&lessons, "order")->file, "help/lessons/order.zone");
    lessons_clear(&lessons);
    resource_forget();
}

/* A line is a course; what is wrong is told, and the rest of the line holds. */
static void courses_are_lists_of_lessons(void **state)
{
    static const char text[] = "; a remark\n"
                               "First: 1  ties\n"
                               "\n"
                               "Second: 99 nothing 4\n"
                               "no colon\n"
                               "Empty: 98";
    struct courses courses = {0};
    struct faults faults = {0};
    struct lessons lessons;

    (void)state;
    lessons_load(&lessons);
    courses_read(text, sizeof text - 1, "courses", &lessons, &faults, &courses);
    assert_int_equal(courses.count, 2);
    assert_string_equal(courses.list[0].title, "First");
    assert_int_equal(courses.list[0].count, 2);
    assert_string_equal(lessons.list[courses.list[0].places[1]].id, "ties");
    assert_string_equal(courses.list[1].title, "Second");
    assert_int_equal(courses.list[1].count, 2);
    assert_string_equal(lessons.list[courses.list[1].places[0]].id, "own");
    assert_string_equal(lessons.list[courses.list[1].places[1]].id, "ties");
    assert_int_equal(faults.total, 3);
    assert_string_equal(faults.lines[0], "courses:4: no lesson nothing");
    assert_string_equal(faults.lines[1], "courses:5: a course is \"TITLE: 1 2 3\"");
    assert_string_equal(faults.lines[2], "courses:6: no lesson 98");
    courses_clear(&courses);
    faults_clear(&faults);
    lessons_clear(&lessons);
}

/* The user's courses come behind those of the program. */
static void own_courses_are_added_below(void **state)
{
    struct courses courses;
    struct lessons lessons;
    size_t built_in;

    (void)state;
    lessons_load(&lessons);
    courses_load(&lessons, NULL, &courses);
    built_in = courses.count;
    assert_true(built_in >= 3);
    assert_string_equal(courses.list[0].title, "A mail hour");
    courses_clear(&courses);
    lessons_clear(&lessons);
    resource_forget();
    write_file("courses", "Ours: own 1\n");
    lessons_load(&lessons);
    courses_load(&lessons, NULL, &courses);
    assert_int_equal(courses.count, built_in + 1);
    assert_string_equal(courses.list[built_in].title, "Ours");
    assert_int_equal(courses.list[built_in].count, 2);
    courses_clear(&courses);
    lessons_clear(&lessons);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(directives_before_the_first_record_make_a_lesson),
        cmocka_unit_test(zones_of_single_servers_belong_to_their_lesson),
        cmocka_unit_test(zones_without_them_are_no_lessons),
        cmocka_unit_test(lessons_are_ordered_by_number_and_the_users_own_win),
        cmocka_unit_test(courses_are_lists_of_lessons),
        cmocka_unit_test(own_courses_are_added_below),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
