/* Courses: which lessons, in which order, for one occasion (help/lessons/courses). */
#ifndef APP_SETTINGS_COURSE_H
#define APP_SETTINGS_COURSE_H

#include "app/settings/lesson.h"
#include "base/fault.h"

#include <stddef.h>

struct lesson_course {
    char *title;
    size_t *places; /* in the list of lessons */
    size_t count, capacity;
};

struct courses {
    struct lesson_course *list;
    size_t count, capacity;
};

/* Appends those of a text: a line each, "TITLE: 1 2 ties"; lines that begin with ";" are remarks.
 * What is wrong is told by the file's name and line, unless faults is NULL, and left out. */
void courses_read(const char *text, size_t length, const char *file, const struct lessons *lessons,
                  struct faults *faults, struct courses *courses);
/* Those of the program, and below them those of a file of the user. */
void courses_load(const struct lessons *lessons, struct faults *faults, struct courses *courses);
void courses_clear(struct courses *courses);

#endif
