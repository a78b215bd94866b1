#include "app/state/lecture_view.h"

#include "app/state/lecture.h"
#include "base/memory.h"
#include "sheet/lessons/lesson_sheet.h"
#include "view/screen/layout.h"

#include <string.h>

/* ---- what is to be seen of the step at hand ---- */

struct parts {
    struct arena *arena;
    struct lesson_part *list;
    size_t count;
};

static void add_texts(struct parts *parts, const struct lesson_step *step, size_t before)
{
    for (size_t i = 0; i < step->text_count; i++)
        if (step->texts[i].before == before)
            parts->list[parts->count++] =
                (struct lesson_part){.kind = LESSON_SAID, .text = step->texts[i].text};
}

static void add_item(struct parts *parts, const struct lesson_item *item, const struct asked *asked,
                     bool performed)
{
    struct lesson_part *part = &parts->list[parts->count++], *last;

    if (item->kind == ITEM_ASK) {
        *part = (struct lesson_part){.kind = LESSON_ASKED,
                                     .text = item->text,
                                     .choices = asked->choices,
                                     .choice_count = asked->count,
                                     .right = asked->right,
                                     .chosen = asked->chosen,
                                     .answer = performed ? item->answer : NULL};
        return;
    }
    *part = (struct lesson_part){.kind = performed ? LESSON_DONE : LESSON_DUE};
    part->text =
        item->kind == ITEM_COMMAND ? arena_format(parts->arena, ":%s", item->text) : item->text;
    last = parts->count > 1 ? part - 1 : NULL;
    if (item->kind == ITEM_KEY && last && last->kind == part->kind && *last->text != ':') {
        last->text = arena_format(parts->arena, "%s %s", last->text, item->text);
        parts->count--; /* keys stand in one line */
    }
}

/* Up to the question that is open, or the item that Space performs next. */
static void list_parts(const struct lecture *lecture, struct parts *parts)
{
    const struct lesson_step *step = lecture_step(lecture);

    if (!step)
        return;
    parts->list =
        arena_alloc(parts->arena, step->text_count + step->item_count, sizeof *parts->list);
    for (size_t i = 0; i <= step->item_count; i++) {
        add_texts(parts, step, i);
        if (i < step->item_count && i <= lecture->at.item)
            add_item(parts, &step->items[i], &lecture->asked[lecture->at.step][i],
                     i < lecture->at.item);
        if (i >= lecture->at.item)
            break;
    }
}

static void describe(const struct lecture *lecture, struct arena *arena, struct lesson_view *lesson)
{
    const char **titles = arena_alloc(arena, lecture->page.step_count, sizeof *titles);
    struct parts parts = {.arena = arena};

    for (size_t i = 0; i < lecture->page.step_count; i++)
        titles[i] = lecture->page.steps[i].title;
    list_parts(lecture, &parts);
    *lesson = (struct lesson_view){.intro = lecture->at.step == 0 ? lecture->page.intro : "",
                                   .titles = titles,
                                   .done = lecture->done,
                                   .step_count = lecture->page.step_count,
                                   .at = lecture->at.step,
                                   .parts = parts.list,
                                   .part_count = parts.count,
                                   .next = lecture->next};
    lesson->right = lecture_right(lecture, &lesson->counted);
}

/* ---- the panel ---- */

static const char *place_of(const struct lecture *lecture, struct arena *arena)
{
    size_t steps = lecture->page.step_count, at = lecture->at.step;

    return steps > 1 ? arena_format(arena, "%zu/%zu", at < steps ? at + 1 : steps, steps) : NULL;
}

/* What was said or asked last is in sight. */
static void show_last(struct lecture *lecture, const struct sheet *sheet, int height)
{
    lecture->top = sheet->count > (size_t)height ? sheet->count - (size_t)height : 0;
    lecture->line = lecture->top;
}

void lecture_view_refresh(struct ui *ui)
{
    struct lecture *lecture = ui->lecture;
    struct overlay_view *panel = &ui->panel;
    struct lesson_view lesson;
    struct layout layout;
    struct overlay_side *side = &panel->sides[0];

    ui->scene.panel = NULL;
    arena_free(ui->panel_arena);
    ui->panel_arena = arena_new();
    if (!lecture || lecture->hidden)
        return;
    *panel = (struct overlay_view){.place = OVERLAY_LESSON, .focused = lecture->focused};
    ui->scene.panel = panel;
    layout_compute(&ui->scene, ui->width, ui->height, &layout);
    if (!layout.lesson.width) {
        ui->scene.panel = NULL;
        return;
    }
    lecture->over = layout.lesson_place == LESSON_OVER;
    describe(lecture, ui->panel_arena, &lesson);
    side->title = arena_format(ui->panel_arena, "%ld %s", lecture->number, lecture->title);
    side->right = place_of(lecture, ui->panel_arena);
    side->sheet = sheet_new(ui->panel_arena, overlay_columns(panel, &layout, 0));
    if (layout.lesson_place == LESSON_STRIP)
        lesson_strip_draw(side->sheet, &lesson);
    else
        lesson_page_draw(side->sheet, &lesson);
    if (!lecture->moved)
        show_last(lecture, side->sheet, layout.lesson.height - 2);
    side->cursor = (struct cursor){lecture->line, lecture->top};
}

/* Lines of the page that are seen at once, and how many there are. */
static long seen_lines(struct ui *ui, long *count)
{
    const struct sheet *sheet = ui->panel.sides[0].sheet;
    struct layout layout;

    layout_compute(&ui->scene, ui->width, ui->height, &layout);
    *count = ui->scene.panel && sheet ? (long)sheet->count : 0;
    return layout.lesson.height - 2;
}

void lecture_view_scroll(struct ui *ui, long lines)
{
    long count, height = seen_lines(ui, &count), top = (long)ui->lecture->top;

    top = lines > count - height - top ? count - height : top + lines;
    ui->lecture->moved = true;
    ui->lecture->top = top > 0 ? (size_t)top : 0;
    ui->lecture->line = ui->lecture->top;
}

void lecture_view_move(struct ui *ui, int direction)
{
    const struct sheet *sheet = ui->panel.sides[0].sheet;
    long count, height = seen_lines(ui, &count);
    struct lecture *lecture = ui->lecture;
    size_t next = sheet ? sheet_next(sheet, lecture->line + (size_t)direction, direction) : 0;

    if (!sheet || next >= sheet->count || next < lecture->top ||
        next >= lecture->top + (size_t)height) {
        lecture_view_scroll(ui, direction);
        return;
    }
    lecture->moved = true;
    lecture->line = next;
}
