/* A lesson beside what it talks about: its steps, and of the step at hand what is said, done and
 * asked so far. As a page, or in three lines where there is room for no more. */
#ifndef SHEET_LESSONS_LESSON_SHEET_H
#define SHEET_LESSONS_LESSON_SHEET_H

#include "sheet/sheet.h"

enum lesson_part_kind {
    LESSON_SAID,  /* text of a page (page_sheet.h) */
    LESSON_DONE,  /* a key or command that was performed */
    LESSON_DUE,   /* the one that Space performs next */
    LESSON_ASKED, /* a question */
};

struct lesson_part {
    enum lesson_part_kind kind;
    const char *text;
    const char *const *choices;
    size_t choice_count, right;
    int chosen;         /* place of a choice; -1: none */
    const char *answer; /* NULL while it is not shown */
};

struct lesson_view {
    const char *intro; /* "" where another step is at hand */
    const char *const *titles;
    const bool *done;
    size_t step_count, at;           /* at: the step at hand, step_count at the end */
    const struct lesson_part *parts; /* in the order of the page */
    size_t part_count;
    size_t right, counted; /* answers */
    const char *next;      /* the lesson that comes behind this one; NULL: none */
};

/* The number of a selectable line: a step, or a choice of the open question; of a line with all
 * choices side by side. */
enum { LESSON_CHOICE = 1000, LESSON_CHOICES = 2000 };

/* The step or choice that this cell stands for, by its number; -1: neither. */
int lesson_number_at(const struct sheet *sheet, size_t line, int column);

void lesson_page_draw(struct sheet *sheet, const struct lesson_view *lesson);
void lesson_strip_draw(struct sheet *sheet, const struct lesson_view *lesson);

#endif
