/* The page of a lesson as steps (help/lessons.txt tells the form): what is said, done, asked and
 * expected, in the order written. A page without those words is an old one: a single step, whose
 * question is the one under "## Question". */
#ifndef APP_SETTINGS_LESSON_PAGE_H
#define APP_SETTINGS_LESSON_PAGE_H

#include "base/fault.h"
#include "base/memory.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CHOICES_MOST = 6 };

enum item_kind {
    ITEM_KEY,
    ITEM_COMMAND,
    ITEM_ASK,
    ITEM_TRY, /* options of the command line: a "; try:" of a page without steps */
};

/* Where the choices of a question come from. */
enum ask_kind {
    ASK_OPEN,    /* there are none; it is not scored */
    ASK_CHOICES, /* the page */
    ASK_FIRST,   /* the route: which host is tried first */
    ASK_NEXT,    /* which host is tried next */
    ASK_VERDICT, /* what becomes of the message */
};

/* What one Space performs. */
struct lesson_item {
    enum item_kind kind;
    uint32_t key;     /* of ITEM_KEY */
    const char *text; /* the key's name, the command without ":", the question, the options */
    enum ask_kind ask;
    const char *choices[CHOICES_MOST];
    size_t choice_count, right; /* right: the place of the "+" */
    const char *answer;
    size_t line;
};

/* The conditions of "expect:", in the order of their words. */
enum condition_kind {
    EXPECT_WINDOW,
    EXPECT_NAME,
    EXPECT_PANE,
    EXPECT_ROW,
    EXPECT_DOWN,
    EXPECT_AS,
    EXPECT_SENDER,
    EXPECT_SEED,
    EXPECT_STEP,
    EXPECT_RUNS,
    EXPECT_VERDICT,
    EXPECT_SCREEN,
    EXPECT_COUNT,
};
/* "window", "name", ... */
const char *condition_word(enum condition_kind kind);

struct lesson_condition {
    enum condition_kind kind;
    const char *value;
};

/* Lines of the page that are said before the item of that number is reached. */
struct lesson_text {
    const char *text;
    size_t before;
};

struct lesson_step {
    const char *title;
    struct lesson_text *texts;
    struct lesson_item *items;
    struct lesson_condition *conditions;
    size_t text_count, item_count, condition_count;
    size_t text_capacity, item_capacity, condition_capacity;
    const char *note; /* for the presenter; NULL: none */
    size_t line, expect_line;
};

/* Everything lives in the arena of the reading. */
struct lesson_page {
    const char *title;
    const char *intro; /* what stands before the first step; "" for nothing */
    struct lesson_step *steps;
    size_t step_count, step_capacity;
    bool old;
    uint32_t hash; /* of the words that make the steps: another hash is another lesson */
};

/* Faults are told by the file's name and the line. A page with faults holds what could be read. */
void lesson_page_read(const char *text, size_t length, const char *file, struct faults *faults,
                      struct arena *arena, struct lesson_page *page);

#endif
