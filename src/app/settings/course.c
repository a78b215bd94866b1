#include "app/settings/course.h"

#include "app/settings/resource.h"
#include "base/array.h"
#include "base/embedded.h"
#include "base/memory.h"
#include "base/message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH "help/lessons/courses"

static void course_clear(struct lesson_course *course)
{
    free(course->title);
    free(course->places);
}

/* The numbers and names behind the title, blanks between. */
static void read_lessons(char *words, const char *file, size_t line, const struct lessons *lessons,
                         struct faults *faults, struct lesson_course *course)
{
    char *rest = NULL;

    for (char *word = strtok_r(words, " \t\r", &rest); word;
         word = strtok_r(NULL, " \t\r", &rest)) {
        const struct lesson *lesson = lessons_find(lessons, word);
        if (lesson)
            ARRAY_PUSH(course->places, course->count, course->capacity,
                       (size_t)(lesson - lessons->list));
        else if (faults)
            faults_add(faults, file, line, tr("no lesson %s"), word);
    }
}

static void read_line(char *text, const char *file, size_t line, const struct lessons *lessons,
                      struct faults *faults, struct courses *courses)
{
    struct lesson_course course = {0};
    char *colon = strchr(text, ':');

    if (!text[strspn(text, " \t\r")] || *text == ';')
        return;
    if (!colon || colon == text) {
        if (faults)
            faults_add(faults, file, line, tr("a course is \"TITLE: 1 2 3\""));
        return;
    }
    course.title = memory_dup_bytes(text, (size_t)(colon - text));
    read_lessons(colon + 1, file, line, lessons, faults, &course);
    if (course.count)
        ARRAY_PUSH(courses->list, courses->count, courses->capacity, course);
    else
        course_clear(&course);
}

void courses_read(const char *text, size_t length, const char *file, const struct lessons *lessons,
                  struct faults *faults, struct courses *courses)
{
    const char *end = text + length;

    for (size_t line = 1; text < end; line++) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        char *copy = memory_dup_bytes(text, (size_t)((stop ? stop : end) - text));
        read_line(copy, file, line, lessons, faults, courses);
        free(copy);
        text = stop ? stop + 1 : end;
    }
}

/* Those of the program, with titles in the language where there are such. */
static const struct embedded *built_in(void)
{
    const char *code = message_code();
    const struct embedded *own = NULL;
    char path[sizeof PATH + 8];

    if (code) {
        snprintf(path, sizeof path, "help/%.4s/lessons/courses", code);
        own = embedded_find(path);
    }
    return own ? own : embedded_find(PATH);
}

void courses_load(const struct lessons *lessons, struct faults *faults, struct courses *courses)
{
    const struct embedded *own = built_in(), *english = embedded_find(PATH);
    const struct resource *found = resource_find(PATH);

    *courses = (struct courses){0};
    if (own)
        courses_read((const char *)own->bytes, own->length, "courses", lessons, faults, courses);
    if (found && (!own || found->bytes != (const char *)own->bytes) &&
        (!english || found->bytes != (const char *)english->bytes))
        courses_read(found->bytes, found->length, found->file, lessons, faults, courses);
}

void courses_clear(struct courses *courses)
{
    for (size_t i = 0; i < courses->count; i++)
        course_clear(&courses->list[i]);
    free(courses->list);
    *courses = (struct courses){0};
}
