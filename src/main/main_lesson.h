/* Lessons played without a screen. */
#ifndef MAIN_MAIN_LESSON_H
#define MAIN_MAIN_LESSON_H

#include "app/settings/lesson.h"
#include "main/main_request.h"
#include "net/source.h"

/* --check-lesson: plays every step at three sizes of the screen, tells each that holds on standard
 * output and what is wrong on standard error. Returns the exit status: 2 with a fault. */
int main_check_lessons(struct source *source, const struct request *request,
                       const struct lessons *lessons);

#endif
