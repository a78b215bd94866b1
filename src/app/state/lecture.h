/* A lesson being played: its steps, how far one is, what was chosen. The state is a function of the
 * position: app/actions/play.h performs, condition.h judges. */
#ifndef APP_STATE_LECTURE_H
#define APP_STATE_LECTURE_H

#include "app/settings/lesson.h"
#include "app/settings/lesson_page.h"
#include "app/settings/marks.h"

#include <stdbool.h>
#include <stddef.h>

struct ui;

/* So many items of that step are performed, and all of the steps before it. The step behind the
 * last one is the end card. */
struct position {
    size_t step, item;
};

/* What came of a question when its answer was shown for the first time. */
enum score { SCORE_NONE, SCORE_UNCHOSEN, SCORE_WRONG, SCORE_RIGHT };

/* What a question offers, and what was made of it. */
struct asked {
    const char *choices[CHOICES_MOST]; /* in the play's arena; 0 for an open question */
    size_t count;
    size_t right;  /* place of the right one */
    int chosen;    /* -1: none */
    bool answered; /* the answer was shown once: what was chosen by then counts */
    enum score score;
};

struct lecture {
    char *id, *name, *title, *start; /* of the lesson; start may be NULL */
    long number;
    struct arena *arena; /* of all that follows */
    struct lesson_page page;
    struct asked **asked;       /* [step][item] */
    bool *done;                 /* [step]: what it expects came true once */
    struct position at, wanted; /* they differ while answers are awaited */
    bool strayed;               /* something was done that is not of the lesson */
    bool restored;              /* the state was made anew: said when it has come */
    bool resumed;               /* one goes on where one stopped: the same */
    char *marked;               /* the mark as it was last kept; NULL: none was */
    bool due;                   /* the question at hand is to be offered once the answers are in */
    bool remade;                /* the state is being made anew: nothing is waited for to be seen */
    int64_t auto_ms;            /* when its next item comes by itself; 0: it does not */
    bool focused;               /* the keys move in the page */
    bool over;                  /* it is over all else, for want of room beside */
    bool hidden;                /* the page is put away */
    size_t top, line;           /* of the page: how far it is scrolled, where the cursor is */
    bool moved;                 /* it was scrolled by hand since the position last changed */
    const char *next;           /* the lesson behind this one, in the arena; NULL: none */
};

/* Makes a play of the lesson: at its beginning, nothing performed. What is wrong with its files
 * becomes faults. */
struct lecture *lecture_new(const struct lesson *lesson, struct faults *faults);
void lecture_free(struct lecture *lecture); /* NULL is allowed */

/* The step at hand; NULL at the end card. */
const struct lesson_step *lecture_step(const struct lecture *lecture);
/* The next item of that step; NULL when all are performed. */
const struct lesson_item *lecture_item(const struct lecture *lecture);
/* The question that is open now; NULL: none is. */
struct asked *lecture_open(const struct lecture *lecture);
/* How far one is, for another day; false as long as there is nothing to be kept. */
bool lecture_mark(const struct lecture *lecture, struct lesson_mark *mark);
/* Steps and answers count as they did when the mark was made, of a page that is the same. Returns
 * the step to go on with, from 1 on; 0: one begins at the beginning. */
size_t lecture_resume(struct lecture *lecture, const struct lesson_mark *mark);
/* Questions answered rightly, and those that counted. */
size_t lecture_right(const struct lecture *lecture, size_t *counted);
bool lecture_before(struct position a, struct position b);

#endif
