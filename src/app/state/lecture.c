#include "app/state/lecture.h"

#include "base/memory.h"

#include <stdlib.h>

struct lecture *lecture_new(const struct lesson *lesson, struct faults *faults)
{
    struct lecture *lecture = memory_new(1, sizeof *lecture);
    const struct lesson_page *page = &lecture->page;

    lecture->arena = arena_new();
    lecture->id = memory_dup(lesson->id);
    lecture->name = memory_dup(lesson->name);
    lecture->title = memory_dup(lesson->title);
    lecture->start = lesson->start ? memory_dup(lesson->start) : NULL;
    lecture->number = lesson->number;
    lesson_read(lesson, faults, lecture->arena, &lecture->page);
    lecture->asked = arena_alloc(lecture->arena, page->step_count, sizeof *lecture->asked);
    lecture->done = arena_alloc(lecture->arena, page->step_count, sizeof *lecture->done);
    for (size_t step = 0; step < page->step_count; step++) {
        size_t items = page->steps[step].item_count;
        lecture->asked[step] = arena_alloc(lecture->arena, items, sizeof **lecture->asked);
        for (size_t i = 0; i < items; i++)
            lecture->asked[step][i].chosen = lecture->asked[step][i].scored = -1;
    }
    return lecture;
}

void lecture_free(struct lecture *lecture)
{
    if (!lecture)
        return;
    arena_free(lecture->arena);
    free(lecture->id);
    free(lecture->name);
    free(lecture->title);
    free(lecture->start);
    free(lecture);
}

const struct lesson_step *lecture_step(const struct lecture *lecture)
{
    return lecture->at.step < lecture->page.step_count ? &lecture->page.steps[lecture->at.step]
                                                       : NULL;
}

const struct lesson_item *lecture_item(const struct lecture *lecture)
{
    const struct lesson_step *step = lecture_step(lecture);

    return step && lecture->at.item < step->item_count ? &step->items[lecture->at.item] : NULL;
}

struct asked *lecture_open(const struct lecture *lecture)
{
    const struct lesson_item *item = lecture_item(lecture);

    return item && item->kind == ITEM_ASK ? &lecture->asked[lecture->at.step][lecture->at.item]
                                          : NULL;
}

size_t lecture_right(const struct lecture *lecture, size_t *counted)
{
    size_t right = 0;

    *counted = 0;
    for (size_t step = 0; step < lecture->page.step_count; step++)
        for (size_t i = 0; i < lecture->page.steps[step].item_count; i++) {
            const struct asked *asked = &lecture->asked[step][i];
            if (!asked->answered || asked->scored < 0)
                continue;
            ++*counted;
            right += (size_t)asked->scored == asked->right;
        }
    return right;
}

bool lecture_before(struct position a, struct position b)
{
    return a.step < b.step || (a.step == b.step && a.item < b.item);
}
