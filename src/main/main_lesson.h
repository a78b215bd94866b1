/* Lessons played without a screen. */
#ifndef MAIN_MAIN_LESSON_H
#define MAIN_MAIN_LESSON_H

#include "app/settings/lesson.h"
#include "main/input/main_request.h"
#include "net/source.h"

/* --check-lesson: plays every step at three sizes of the screen, tells each that holds on standard
 * output and what is wrong on standard error. Returns the exit status: 2 with a fault. */
int main_check_lessons(struct source *source, const struct request *request,
                       const struct lessons *lessons);

/* --print: the lesson (NULL: all of them) as a hand-out on standard output: its page, records and
 * screens, questions, the answers last, never the notes. Returns the exit status. */
int main_print_lessons(struct source *source, const struct request *request,
                       const struct lessons *lessons, const struct lesson *one);
/* --export-lesson: copies both files of it to a folder, over nothing. Returns the exit status. */
int main_export_lesson(const struct lessons *lessons, const char *id, const char *folder);

#endif
