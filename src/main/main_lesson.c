#include "main/main_lesson.h"

#include "app/actions/play.h"
#include "app/settings/course.h"
#include "app/settings/lesson.h"
#include "app/state/lecture.h"
#include "base/message.h"
#include "main/batch/main_say.h"
#include "main/main_player.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* ---- the check ---- */

/* Performs what is left of the step; what an item could not do becomes a fault. */
static void play_step_through(struct player *player, struct faults *faults)
{
    const struct lecture *lecture = ui_lecture(player->program.ui);
    const struct lesson_item *item;
    size_t step = lecture->at.step;

    while (lecture->at.step == step && (item = lecture_item(lecture))) {
        struct text file = {0};
        const char *trouble;
        player_key(player, ' ');
        trouble = item->kind == ITEM_ASK ? NULL : ui_trouble(player->program.ui);
        text_format(&file, "%s.txt", lecture->id);
        if (trouble)
            faults_add(faults, text_get(&file), item->line, "do: %s", trouble);
        text_clear(&file);
    }
}

static void check_step(struct player *player, struct faults *faults, bool *held)
{
    size_t before = faults->total;

    play_step_through(player, faults);
    play_holds(player->program.ui, faults);
    *held = *held && faults->total == before;
}

static void print_held(const struct lecture *lecture, const bool *held)
{
    for (size_t step = 0; step < lecture->page.step_count; step++)
        if (held[step])
            printf("%s.%zu ok\n", lecture->id, step + 1);
}

/* Opens the lesson at that step, from 1 on. */
static void open_at(struct player *player, const char *id, size_t step)
{
    struct text command = {0};

    text_format(&command, ":lessons %s.%zu", id, step);
    player_command(player, text_get(&command));
    text_clear(&command);
}

static const struct lecture *begin(struct player *player, const struct lesson *lesson, int width,
                                   int height)
{
    struct text command = {0};

    player_size(player, width, height);
    text_format(&command, ":lessons %s", lesson->id);
    player_command(player, text_get(&command));
    text_clear(&command);
    return ui_lecture(player->program.ui);
}

/* From the first step to the end card in that size; stops at the first fault. */
static void check_size(struct player *player, const struct lesson *lesson, int width, int height,
                       struct faults *faults, bool *held)
{
    const struct lecture *lecture = begin(player, lesson, width, height);

    for (size_t step = 0; step < lecture->page.step_count && !faults->total; step++) {
        check_step(player, faults, &held[step]);
        player_key(player, ' ');
    }
}

/* The screen as text. What was done and how much was looked up stays so when one goes back: the
 * marks of steps, the counts of the first row and of rows below a pane ("▾ 12 more", its digits
 * anywhere before the border goes on) are left out. */
static void take_screen(const struct player *player, struct text *out)
{
    const struct canvas *canvas = player->program.canvas;

    text_cut(out, 0);
    for (int y = 1; y < canvas_height(canvas); y++) {
        bool below = false;
        for (int x = 0; x < canvas_width(canvas); x++) {
            const char *glyph = canvas_cell(canvas, x, y)->glyph;
            bool mark = strcmp(glyph, "✓") == 0 || strcmp(glyph, "▸") == 0;
            below = strcmp(glyph, "▾") == 0 || (below && strcmp(glyph, "─") != 0);
            text_add(out, mark || (below && isdigit((unsigned char)*glyph)) ? " " : glyph);
        }
    }
}

/* What is checked of a state: it is the same on every way to it. */
struct place {
    struct player *player;
    struct faults *faults;
    const char *file;
    size_t line;
};

static void compare(const struct place *place, const struct text *screen, const char *fault)
{
    struct text now = {0};

    take_screen(place->player, &now);
    if (strcmp(text_get(screen), text_get(&now)) != 0)
        faults_add(place->faults, place->file, place->line, "%s", fault);
    text_clear(&now);
}

/* Back by b to the state before Space, and on again by Space. */
static void check_item(const struct place *place, struct text *screen)
{
    struct text after = {0};

    player_key(place->player, ' ');
    take_screen(place->player, &after);
    player_key(place->player, 'b');
    compare(place, screen, tr("b does not return to this state"));
    player_key(place->player, ' ');
    compare(place, &after, tr("after b, Space does not go on as before"));
    text_clear(&after);
}

static void check_ways(struct player *player, const struct lesson *lesson, struct faults *faults)
{
    const struct lecture *lecture = begin(player, lesson, 120, 36);
    struct text screen = {0}, file = {0};
    struct place place = {.player = player, .faults = faults};

    text_format(&file, "%s.txt", lesson->id);
    place.file = text_get(&file);
    while (lecture->at.step < lecture->page.step_count && !faults->total) {
        const struct lesson_item *item = lecture_item(lecture);
        place.line = item ? item->line : lecture_step(lecture)->line;
        take_screen(player, &screen);
        if (lecture->at.item == 0) {
            open_at(player, lesson->id, lecture->at.step + 1);
            lecture = ui_lecture(player->program.ui);
            compare(&place, &screen,
                    tr("the step opened by its number is not what Space leads to"));
        }
        check_item(&place, &screen);
    }
    text_clear(&screen);
    text_clear(&file);
}

static bool check_lesson(struct player *player, const struct lesson *lesson)
{
    static const int sizes[][2] = {{80, 24}, {100, 30}, {120, 36}};
    struct faults faults = {0};
    struct arena *arena = arena_new();
    struct lesson_page page;
    bool *held, good;

    if (lesson_read(lesson, &faults, arena, &page)) {
        held = arena_alloc(arena, page.step_count, sizeof *held);
        memset(held, true, page.step_count * sizeof *held);
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes && !faults.total; i++)
            check_size(player, lesson, sizes[i][0], sizes[i][1], &faults, held);
        if (!faults.total)
            check_ways(player, lesson, &faults);
        if (!faults.total)
            print_held(ui_lecture(player->program.ui), held);
    }
    good = !faults.total;
    say_faults(&faults);
    faults_clear(&faults);
    arena_free(arena);
    return good;
}

/* "all", the lesson, or one whose files are in the folder. */
static bool is_meant(const struct lesson *lesson, const struct lessons *lessons, const char *what)
{
    size_t length = strlen(what);

    return strcmp(what, "all") == 0 || lessons_find(lessons, what) == lesson ||
           (strncmp(lesson->file, what, length) == 0 && lesson->file[length] == '/');
}

/* Says what is wrong with the courses, and how much that is. */
static size_t check_courses(const struct lessons *lessons)
{
    struct courses courses;
    struct faults faults = {0};
    size_t total;

    courses_load(lessons, &faults, &courses);
    courses_clear(&courses);
    total = faults.total;
    say_faults(&faults);
    faults_clear(&faults);
    return total;
}

int main_check_lessons(struct source *source, const struct request *request,
                       const struct lessons *lessons)
{
    const char *what = request->options->check_lesson;
    struct player player = {0};
    int status = player_open(&player, source, request, lessons);
    size_t meant = 0, faulty;

    say_faults(&lessons->faults);
    faulty = check_courses(lessons);
    for (size_t i = 0; i < lessons->count && !status; i++)
        if (is_meant(&lessons->list[i], lessons, what)) {
            meant++;
            faulty += !check_lesson(&player, &lessons->list[i]);
        }
    if (!meant && !lessons->faults.total)
        main_say(tr("--check-lesson %s: no such lesson, and no folder with one"), what);
    player_close(&player);
    return status || lessons->faults.total || faulty || !meant ? EXIT_USAGE : 0;
}
