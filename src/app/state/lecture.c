#include "app/state/lecture.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

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
            lecture->asked[step][i].chosen = -1;
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
    free(lecture->marked);
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
            enum score score = lecture->asked[step][i].score;
            *counted += score == SCORE_WRONG || score == SCORE_RIGHT;
            right += score == SCORE_RIGHT;
        }
    return right;
}

bool lecture_before(struct position a, struct position b)
{
    return a.step < b.step || (a.step == b.step && a.item < b.item);
}

/* ---- marks ---- */

static const char signs[] = {
    [SCORE_NONE] = '.', [SCORE_UNCHOSEN] = 'o', [SCORE_WRONG] = '-', [SCORE_RIGHT] = '+'};

/* The score of the question of that number, from 0 on; NULL behind the last one. */
static enum score *score_of(const struct lecture *lecture, size_t number)
{
    for (size_t step = 0; step < lecture->page.step_count; step++)
        for (size_t i = 0; i < lecture->page.steps[step].item_count; i++)
            if (lecture->page.steps[step].items[i].kind == ITEM_ASK && number-- == 0)
                return &lecture->asked[step][i].score;
    return NULL;
}

bool lecture_mark(const struct lecture *lecture, struct lesson_mark *mark)
{
    size_t steps = lecture->page.step_count, questions = 0;
    const enum score *score;
    bool any = lecture->at.step > 0;

    if (strlen(lecture->id) > MARK_ID || steps > MARK_STEPS)
        return false;
    *mark = (struct lesson_mark){.step = lecture->at.step + 1, .hash = lecture->page.hash};
    memcpy(mark->id, lecture->id, strlen(lecture->id));
    for (size_t step = 0; step < steps; step++) {
        mark->steps[step] = lecture->done[step] ? 'x' : '-';
        any = any || lecture->done[step];
    }
    for (; questions < MARK_QUESTIONS && (score = score_of(lecture, questions)); questions++) {
        mark->questions[questions] = signs[*score];
        any = any || *score != SCORE_NONE;
    }
    return any;
}

static void take_scores(struct lecture *lecture, const char *questions)
{
    enum score *score;

    for (size_t i = 0; questions[i] && (score = score_of(lecture, i)); i++)
        for (size_t k = 0; k < sizeof signs; k++)
            if (signs[k] == questions[i])
                *score = (enum score)k;
}

size_t lecture_resume(struct lecture *lecture, const struct lesson_mark *mark)
{
    size_t steps = lecture->page.step_count;

    if (!mark || mark->hash != lecture->page.hash || strlen(mark->steps) != steps)
        return 0;
    for (size_t step = 0; step < steps; step++)
        lecture->done[step] = mark->steps[step] == 'x';
    if (mark->step < 2 || mark->step > steps)
        return 0;
    take_scores(lecture, mark->questions);
    return mark->step;
}
