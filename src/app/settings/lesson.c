#include "app/settings/lesson.h"

#include "app/settings/resource.h"
#include "base/array.h"
#include "base/escape.h"
#include "base/memory.h"
#include "base/message.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define FOLDER "help/lessons/"
#define SUFFIX ".zone"

/* The value of "; key: value" in a line, escaped; NULL when it is another line. */
static char *value_of(const char *line, size_t length, const char *key)
{
    size_t key_length = strlen(key);
    struct text text = {0};

    if (length < key_length + 4 || strncmp(line, "; ", 2) != 0 ||
        strncmp(line + 2, key, key_length) != 0 || line[2 + key_length] != ':')
        return NULL;
    line += key_length + 3;
    length -= key_length + 3;
    for (; length && *line == ' '; line++)
        length--;
    escape_bytes(&text, line, length, ESCAPE_UTF8, false);
    return text_take(&text);
}

static void take_title(struct lesson *lesson, char *value)
{
    char *rest;

    lesson->number = strtol(value, &rest, 10);
    free(lesson->title);
    lesson->title = memory_dup(rest + strspn(rest, " "));
    free(value);
}

static void read_line(struct lesson *lesson, const char *line, size_t length)
{
    char *value;
    size_t capacity = lesson->try_count;

    if ((value = value_of(line, length, "lesson"))) {
        take_title(lesson, value);
    } else if ((value = value_of(line, length, "name"))) {
        free(lesson->name);
        lesson->name = value;
    } else if ((value = value_of(line, length, "try"))) {
        lesson->tries = array_reserve(lesson->tries, &capacity, capacity + 1, sizeof(char *));
        lesson->tries[lesson->try_count++] = value;
    }
}

/* Directives stand in the comments before the first other line. */
static void read_directives(struct lesson *lesson)
{
    const char *line = lesson->zone, *end = line + lesson->zone_length;

    while (line < end && *line == ';') {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        size_t length = (size_t)((stop ? stop : end) - line);
        read_line(lesson, line, length);
        line = stop ? stop + 1 : end;
    }
}

static void lesson_clear(struct lesson *lesson)
{
    for (size_t i = 0; i < lesson->try_count; i++)
        free(lesson->tries[i]);
    free(lesson->tries);
    free(lesson->servers);
    free(lesson->id);
    free(lesson->title);
    free(lesson->name);
}

/* Is it the path of ID@ADDRESS.zone? */
static bool is_server_of(const char *path, const char *id)
{
    const char *name = path + strlen(FOLDER);

    return strncmp(name, id, strlen(id)) == 0 && name[strlen(id)] == '@';
}

static void find_servers(struct lesson *lesson, const char *const *paths, size_t count)
{
    lesson->servers = memory_new(count, sizeof *lesson->servers);
    for (size_t i = 0; i < count; i++) {
        const struct resource *resource =
            is_server_of(paths[i], lesson->id) ? resource_find(paths[i]) : NULL;
        if (resource)
            lesson->servers[lesson->server_count++] = resource;
    }
}

/* The title is that of the page where there is one in the language of the process. */
static void translate_title(struct lesson *lesson)
{
    struct text path = {0};
    const struct resource *page;

    text_format(&path, "%s%s.txt", FOLDER, lesson->id);
    page = message_code() ? resource_find(text_get(&path)) : NULL;
    text_clear(&path);
    if (!page || page->untranslated || !lesson->title)
        return;
    free(lesson->title);
    lesson->title = memory_dup_bytes(page->bytes + strspn(page->bytes, "# "),
                                     strcspn(page->bytes + strspn(page->bytes, "# "), "\n"));
}

static void load(struct lessons *lessons, const char *path)
{
    const struct resource *resource = resource_find(path);
    size_t id_length = strlen(path) - strlen(FOLDER) - strlen(SUFFIX);
    struct lesson lesson = {0};

    if (!resource || strchr(path, '@'))
        return;
    lesson.id = memory_dup_bytes(path + strlen(FOLDER), id_length);
    lesson.zone = resource->bytes;
    lesson.zone_length = resource->length;
    lesson.file = resource->file;
    read_directives(&lesson);
    translate_title(&lesson);
    if (lesson.title && lesson.name)
        ARRAY_PUSH(lessons->list, lessons->count, lessons->capacity, lesson);
    else
        lesson_clear(&lesson);
}

static int compare(const void *left, const void *right)
{
    const struct lesson *a = left, *b = right;

    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return strcmp(a->id, b->id);
}

void lessons_load(struct lessons *lessons)
{
    size_t count;
    const char **paths = resource_list(FOLDER, SUFFIX, &count);

    *lessons = (struct lessons){0};
    for (size_t i = 0; i < count; i++)
        load(lessons, paths[i]);
    for (size_t i = 0; i < lessons->count; i++)
        find_servers(&lessons->list[i], paths, count);
    free(paths);
    if (lessons->count)
        qsort(lessons->list, lessons->count, sizeof *lessons->list, compare);
}

void lessons_clear(struct lessons *lessons)
{
    for (size_t i = 0; i < lessons->count; i++)
        lesson_clear(&lessons->list[i]);
    free(lessons->list);
    *lessons = (struct lessons){0};
}

const struct lesson *lessons_find(const struct lessons *lessons, const char *id)
{
    for (size_t i = 0; i < lessons->count; i++)
        if (strcmp(lessons->list[i].id, id) == 0)
            return &lessons->list[i];
    return NULL;
}

const char *lesson_policy(const char *id)
{
    struct text path = {0};
    const struct resource *resource;

    text_format(&path, "help/lessons/%s.policy", id);
    resource = resource_find(text_get(&path));
    text_clear(&path);
    return resource ? resource->bytes : NULL;
}
