/* The lessons: the list, and opening one: app/actions/perform.h. */
#include "app/actions/perform.h"
#include "app/actions/play.h"
#include "app/settings/course.h"
#include "app/settings/lesson.h"
#include "app/state/list.h"
#include "app/state/visit.h"

#include "base/memory.h"
#include "base/message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- opening one ---- */

static void leave_source(struct ui *ui, const char *id, const char *label, enum server_reach reach,
                         struct effects *effects)
{
    visits_forget(ui, effects);
    windows_close_all(ui, effects);
    lecture_free(ui->lecture);
    ui->lecture = NULL;
    free(ui->lesson);
    ui->lesson = *id ? memory_dup(id) : NULL;
    free(ui->source);
    ui->source = memory_dup(label);
    ui->ask_servers = reach;
    effects_add_text(effects, EFFECT_LESSON, id, false);
}

static void say_first(struct ui *ui, const struct faults *faults)
{
    if (faults->total > 1)
        ui_say(ui, ROLE_ERROR, "%s (and %zu more: mxtrail --check-lesson)", faults->lines[0],
               faults->total - 1);
    else if (faults->total)
        ui_say(ui, ROLE_ERROR, "%s", faults->lines[0]);
}

/* Its neighbour in the course; NULL: there is none. *within: is it of the course at all? */
static const struct lesson *neighbour_in(const struct lessons *lessons,
                                         const struct lesson_course *course, const char *id,
                                         int direction, bool *within)
{
    *within = false;
    for (size_t i = 0; i < course->count; i++)
        if (strcmp(lessons->list[course->places[i]].id, id) == 0) {
            bool more = direction < 0 ? i > 0 : i + 1 < course->count;
            *within = true;
            return more ? &lessons->list[course->places[direction < 0 ? i - 1 : i + 1]] : NULL;
        }
    return NULL;
}

/* The lesson before (-1) or behind (1) the one that is open, in the course it was chosen from, else
 * by number; NULL: there is none. */
static const struct lesson *neighbour(const struct lessons *lessons, size_t place, const char *id,
                                      int direction)
{
    struct courses courses;
    bool within = false;
    const struct lesson *next = NULL;

    courses_load(lessons, NULL, &courses);
    if (place && place <= courses.count)
        next = neighbour_in(lessons, &courses.list[place - 1], id, direction, &within);
    courses_clear(&courses);
    if (within)
        return next;
    for (size_t i = 0; i < lessons->count; i++)
        if (strcmp(lessons->list[i].id, id) == 0)
            return (direction < 0 ? i > 0 : i + 1 < lessons->count) ? &lessons->list[i] + direction
                                                                    : NULL;
    return lessons->count ? &lessons->list[0] : NULL;
}

static void open_lesson(struct ui *ui, const struct lessons *lessons, const struct lesson *lesson,
                        size_t step, struct effects *effects)
{
    const struct lesson *next = neighbour(lessons, ui->course, lesson->id, 1);
    struct faults faults = {0};
    char label[256];

    snprintf(label, sizeof label, tr("lesson %ld %s"), lesson->number, lesson->id);
    leave_source(ui, lesson->id, label, lesson->server_count ? REACH_ALL : REACH_NONE, effects);
    ui->lecture = lecture_new(lesson, &faults);
    ui->opened++;
    if (!step && (step = lecture_resume(ui->lecture, marks_find(&ui->marks, lesson->id))))
        ui->lecture->resumed = true;
    if (next)
        ui->lecture->next = arena_format(ui->lecture->arena, "%ld %s", next->number, next->title);
    play_go(ui, (struct position){step ? step - 1 : 0, 0}, effects);
    say_first(ui, &faults);
    faults_clear(&faults);
}

static void go_to_step(struct ui *ui, const char *argument, struct effects *effects)
{
    uint64_t step;

    if (!ui->lecture)
        ui_say(ui, ROLE_NOTICE, "no lesson is open: :lessons lists them");
    else if (ui_number(ui, argument, 1, ui->lecture->page.step_count, &step))
        play_go(ui, (struct position){(size_t)step - 1, 0}, effects);
}

/* Where there is no room beside the panes, the page comes over them. */
static void toggle_page(struct ui *ui)
{
    struct lecture *lecture = ui->lecture;

    if (ui->scene.panel || lecture->hidden) {
        lecture->hidden = !lecture->hidden && !lecture->over;
        lecture->focused = false;
    } else {
        lecture->focused = true;
    }
    windows_stale(ui, false);
}

/* The lesson that the program was started in, at its beginning. */
static void adopt_lesson(struct ui *ui)
{
    struct lessons lessons;
    const struct lesson *lesson;
    struct faults faults = {0};

    lessons_load(&lessons);
    lesson = lessons_find(&lessons, ui->lesson);
    if (lesson)
        ui->lecture = lecture_new(lesson, &faults);
    say_first(ui, &faults);
    faults_clear(&faults);
    lessons_clear(&lessons);
}

void show_narration(struct ui *ui, const char *argument, struct effects *effects)
{
    bool adopted = !ui->lecture && ui->lesson;

    if (adopted)
        adopt_lesson(ui);
    if (argument && *argument)
        go_to_step(ui, argument, effects);
    else if (!ui->lecture)
        choose_lesson(ui, NULL, effects);
    else if (!adopted)
        toggle_page(ui);
}

/* ---- the list ---- */

/* Steps of the lesson that are done, of how many; 0 of 0 where nothing is known of it. */
static size_t done_of(const struct ui *ui, const struct lesson *lesson, size_t *steps)
{
    const struct lesson_mark *mark = marks_find(&ui->marks, lesson->id);

    *steps = mark ? strlen(mark->steps) : 0;
    return mark ? marks_done(mark) : 0;
}

static bool is_done(const struct ui *ui, const struct lesson *lesson)
{
    size_t steps, done = done_of(ui, lesson, &steps);

    return done && done == steps;
}

/* A lesson of the course of that number, 0 for all lessons. */
static void add_lesson(const struct ui *ui, struct sheet *sheet, const struct lesson *lesson,
                       size_t course)
{
    size_t steps, done = done_of(ui, lesson, &steps);
    bool whole = is_done(ui, lesson);

    sheet_line(sheet);
    sheet_add(sheet, whole ? ROLE_OK : ROLE_TITLE, whole ? "✓" : steps ? "▸" : " ");
    sheet_format(sheet, ROLE_PREFERENCE, " %3ld  ", lesson->number);
    sheet_add(sheet, ROLE_TEXT, lesson->title);
    sheet_right(sheet, ROLE_DIM,
                steps && !whole ? arena_format(sheet->arena, "%zu/%zu  %s", done, steps, lesson->id)
                                : lesson->id);
    sheet_select(sheet, (int)course, lesson->id);
}

/* "2 of 7", or how many there are as long as none is done. */
static const char *done_text(struct arena *arena, size_t done, size_t count)
{
    return done ? arena_format(arena, tr("%zu of %zu done"), done, count)
                : arena_format(arena, "%zu", count);
}

static void add_head(struct sheet *sheet, const char *title, size_t done, size_t count)
{
    sheet_line(sheet);
    sheet_add(sheet, ROLE_OVERLAY_TITLE, title);
    sheet_right(sheet, ROLE_DIM, done_text(sheet->arena, done, count));
}

static size_t done_in(const struct ui *ui, const struct lessons *lessons,
                      const struct lesson_course *course)
{
    size_t done = 0;

    for (size_t i = 0; i < course->count; i++)
        done += is_done(ui, &lessons->list[course->places[i]]);
    return done;
}

static size_t done_in_all(const struct ui *ui, const struct lessons *lessons)
{
    size_t done = 0;

    for (size_t i = 0; i < lessons->count; i++)
        done += is_done(ui, &lessons->list[i]);
    return done;
}

static void add_courses(const struct ui *ui, struct sheet *sheet, const struct lessons *lessons)
{
    struct courses courses;

    courses_load(lessons, NULL, &courses);
    for (size_t place = 0; place < courses.count; place++) {
        const struct lesson_course *course = &courses.list[place];
        add_head(sheet, arena_dup(sheet->arena, course->title), done_in(ui, lessons, course),
                 course->count);
        for (size_t i = 0; i < course->count; i++)
            add_lesson(ui, sheet, &lessons->list[course->places[i]], place + 1);
        sheet_gap(sheet);
    }
    courses_clear(&courses);
}

enum { LINE_LEAVE = -1, LINE_FAULTS = -2 };

/* A lesson with a faulty head is none: that it is missing must not be silent. */
static void add_faults(struct sheet *sheet, const struct faults *faults)
{
    if (!faults->total)
        return;
    sheet_line(sheet);
    sheet_format(sheet, ROLE_ERROR, "! %s",
                 arena_format(sheet->arena,
                              tr_plural("%zu fault in own lessons: Enter",
                                        "%zu faults in own lessons: Enter", faults->total),
                              faults->total));
    sheet_select(sheet, LINE_FAULTS, "");
    sheet_gap(sheet);
}

static void say_faults_of_own(struct ui *ui)
{
    struct lessons lessons;

    lessons_load(&lessons);
    say_first(ui, &lessons.faults);
    lessons_clear(&lessons);
}

static void build_list(struct ui *ui, struct window *window)
{
    struct sheet *sheet;
    struct lessons lessons;
    size_t done;

    lessons_load(&lessons);
    done = done_in_all(ui, &lessons);
    sheet = list_sheet(ui, window, "Lessons, no network needed",
                       done_text(window->arena, done, lessons.count));
    add_faults(sheet, &lessons.faults);
    add_courses(ui, sheet, &lessons);
    add_head(sheet, tr("All lessons"), done, lessons.count);
    for (size_t i = 0; i < lessons.count; i++)
        add_lesson(ui, sheet, &lessons.list[i], 0);
    if (ui->lesson) {
        sheet_line(sheet);
        sheet_format(sheet, ROLE_TEXT, "     %s",
                     arena_format(sheet->arena, tr("Leave the lessons: %s"), ui->settings.source));
        sheet_select(sheet, LINE_LEAVE, "");
    }
    lessons_clear(&lessons);
}

static void choose(struct ui *ui, struct window *window, const struct sheet_line *line,
                   struct effects *effects)
{
    char *id = memory_dup(line->key ? line->key : "");

    (void)window;
    if (line->number == LINE_FAULTS) {
        say_faults_of_own(ui);
        free(id);
        return;
    }
    ui->course = line->number > 0 ? (size_t)line->number : 0;
    choose_lesson(ui, *id ? id : "off", effects);
    free(id);
}

static const struct window_kind window_lessons = {
    .id = "lessons",
    .context = CONTEXT_LIST,
    .place = OVERLAY_WHOLE,
    .help = "help/lessons.txt",
    .build = build_list,
    .choose = choose,
};

void choose_lesson(struct ui *ui, const char *argument, struct effects *effects)
{
    struct lessons lessons;
    const struct lesson *lesson;
    size_t step;

    if (!argument || !*argument) {
        struct window *window = window_open(ui, &window_lessons, NULL, effects);
        window->own = true;
        if (ui->lesson)
            list_place(ui, window, ui->lesson);
        return;
    }
    if (strcmp(argument, "off") == 0) {
        leave_source(ui, "", ui->settings.source, ui->settings.survey.ask_servers, effects);
        browse_open(ui, NULL, effects);
        return;
    }
    lessons_load(&lessons);
    lesson = lessons_find_step(&lessons, argument, &step);
    if (lesson)
        open_lesson(ui, &lessons, lesson, step, effects);
    else
        ui_say(ui, ROLE_ERROR, "no such lesson or step: %s", argument);
    lessons_clear(&lessons);
}

static void choose_neighbour(struct ui *ui, long direction, struct effects *effects)
{
    struct lessons lessons;
    const struct lesson *lesson;

    lessons_load(&lessons);
    lesson = neighbour(&lessons, ui->course, ui->lesson ? ui->lesson : "", direction);
    if (lesson)
        open_lesson(ui, &lessons, lesson, 0, effects);
    else
        ui_say(ui, ROLE_NOTICE,
               direction < 0 ? "this is the first lesson" : "this is the last lesson");
    lessons_clear(&lessons);
}

/* In the list, from one that is not done to the next one, and from the last to the first. */
static void go_to_undone(struct ui *ui, struct window *window, long direction,
                         struct effects *effects)
{
    struct overlay_side *side = window_side(window);
    struct lessons lessons;
    long count = (long)side->sheet->count, at = (long)side->cursor.selected;

    lessons_load(&lessons);
    for (long i = 1; i <= count; i++) {
        long place = (at + direction * i % count + count) % count;
        const char *id = side->sheet->lines[place].key;
        const struct lesson *lesson = id && *id ? lessons_find(&lessons, id) : NULL;
        if (lesson && !is_done(ui, lesson)) {
            window_jump(ui, window, (size_t)place, effects);
            lessons_clear(&lessons);
            return;
        }
    }
    lessons_clear(&lessons);
    ui_say(ui, ROLE_OK, "all lessons are done");
}

void choose_beside(struct ui *ui, long direction, struct effects *effects)
{
    struct window *list = window_of(ui, &window_lessons);

    if (list)
        go_to_undone(ui, list, direction, effects);
    else
        choose_neighbour(ui, direction, effects);
}
