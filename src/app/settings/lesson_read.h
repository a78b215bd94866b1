/* Inside the reader of lesson pages: its state, and the words that have a grammar of their own. */
#ifndef APP_SETTINGS_LESSON_READ_H
#define APP_SETTINGS_LESSON_READ_H

#include "app/settings/lesson_page.h"

struct lesson_reader {
    const char *file;
    struct faults *faults;
    struct arena *arena;
    struct lesson_page *page;
    struct lesson_step *step; /* NULL before the first heading */
};

/* What follows "do:", "ask KIND:", "expect:". `body` has the line and those that go on from it,
 * joined by line ends. */
void lesson_read_do(struct lesson_reader *reader, const char *body, size_t line);
void lesson_read_ask(struct lesson_reader *reader, enum ask_kind kind, char *body, size_t line);
void lesson_read_expect(struct lesson_reader *reader, char *body, size_t line);

#endif
