#include "app/settings/lesson.h"

#include "app/settings/resource.h"
#include "base/array.h"
#include "base/escape.h"
#include "base/memory.h"
#include "base/message.h"
#include "base/text.h"
#include "survey/subject.h"

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

/* A header being read: faults are told by the name of the file. */
struct header {
    struct lesson *lesson;
    struct faults *faults;
    const char *file;
    size_t line;
};

static void take_title(struct header *header, char *value)
{
    struct lesson *lesson = header->lesson;
    size_t digits = strspn(value, "0123456789");
    const char *word = value;

    lesson->number = digits && digits < 4 ? atol(value) : 0;
    free(lesson->title);
    lesson->title = memory_dup(value + digits + strspn(value + digits, " "));
    if (lesson->number < 1)
        faults_add(header->faults, header->file, header->line,
                   tr("lesson: \"%.*s\" is not a number from 1 to 999"), (int)strcspn(word, " "),
                   word);
    free(value);
}

static void take_name(struct header *header, char *value)
{
    struct subject subject;
    char *why;

    free(header->lesson->name);
    header->lesson->name = value;
    if (subject_parse(value, &subject, &why)) {
        faults_add(header->faults, header->file, header->line, "name: %s", why);
        free(why);
    } else {
        subject_clear(&subject);
    }
}

/* Only what is about the sender is fixed for a lesson. */
static bool is_start(const char *word)
{
    static const char *const allowed[] = {"--seed", "--profile", "--as",
                                          "--down", "--family",  "--set"};

    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        if (strncmp(word, allowed[i], strlen(allowed[i])) == 0 &&
            (word[strlen(allowed[i])] == '\0' || word[strlen(allowed[i])] == '='))
            return true;
    return false;
}

enum status lesson_options(const char *line, struct arena *arena, struct options *options,
                           struct text *why)
{
    enum { WORDS_MOST = 64 };
    char program[] = "mxtrail", *words[WORDS_MOST + 1] = {program}, *rest = NULL;
    char *copy = arena_dup(arena, line);
    int count = 1;

    for (char *word = strtok_r(copy, " ", &rest); word && count < WORDS_MOST;
         word = strtok_r(NULL, " ", &rest))
        words[count++] = word;
    return options_parse(count, words, arena, options, why);
}

static void take_start(struct header *header, char *value)
{
    struct arena *arena = arena_new();
    struct options options;
    struct text why = {0};
    char *copy = arena_dup(arena, value), *rest = NULL;

    free(header->lesson->start);
    header->lesson->start = value;
    if (lesson_options(value, arena, &options, &why))
        faults_add(header->faults, header->file, header->line, "start: %s", text_get(&why));
    else
        for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
            if (strncmp(word, "--", 2) == 0 && !is_start(word))
                faults_add(
                    header->faults, header->file, header->line,
                    tr("start: %s is not one of --seed --profile --as --down --family --set"),
                    word);
    text_clear(&why);
    arena_free(arena);
}

static void read_line(struct header *header, const char *line, size_t length)
{
    struct lesson *lesson = header->lesson;
    char *value;
    size_t capacity = lesson->try_count;

    if ((value = value_of(line, length, "lesson"))) {
        take_title(header, value);
    } else if ((value = value_of(line, length, "name"))) {
        take_name(header, value);
    } else if ((value = value_of(line, length, "start"))) {
        take_start(header, value);
    } else if ((value = value_of(line, length, "try"))) {
        lesson->tries = array_reserve(lesson->tries, &capacity, capacity + 1, sizeof(char *));
        lesson->tries[lesson->try_count++] = value;
        lesson->try_line = header->line;
    }
}

/* Directives stand in the comments before the first other line. */
static void read_directives(struct header *header)
{
    const char *line = header->lesson->zone, *end = line + header->lesson->zone_length;

    while (line < end && *line == ';') {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        size_t length = (size_t)((stop ? stop : end) - line);
        header->line++;
        read_line(header, line, length);
        line = stop ? stop + 1 : end;
    }
    if (!header->lesson->title)
        faults_add(header->faults, header->file, 0,
                   tr("no \"; lesson: NUMBER TITLE\" before the first record"));
    if (!header->lesson->name)
        faults_add(header->faults, header->file, 0,
                   tr("no \"; name: DOMAIN\" before the first record"));
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
    free(lesson->start);
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

/* The page that belongs to the zone. */
static const struct resource *find_text(const char *id)
{
    struct text path = {0};
    const struct resource *resource;

    text_format(&path, FOLDER "%s.txt", id);
    resource = resource_find(text_get(&path));
    text_clear(&path);
    return resource;
}

/* The title is that of the page where there is one in the language of the process. */
static void translate_title(struct lesson *lesson)
{
    const struct resource *page = message_code() ? lesson->text : NULL;

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
    size_t faults = lessons->faults.total;
    struct lesson lesson = {0};
    struct header header = {&lesson, &lessons->faults, path + strlen(FOLDER), 0};

    if (!resource || strchr(path, '@'))
        return;
    lesson.id = memory_dup_bytes(path + strlen(FOLDER), id_length);
    lesson.zone = resource->bytes;
    lesson.zone_length = resource->length;
    lesson.file = resource->file;
    lesson.text = find_text(lesson.id);
    read_directives(&header);
    translate_title(&lesson);
    if (lessons->faults.total == faults)
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

/* Two lessons of one number: that with a name of its own file further on is told. */
static void check_numbers(struct lessons *lessons)
{
    for (size_t i = 1; i < lessons->count; i++) {
        struct text file = {0};
        if (lessons->list[i].number != lessons->list[i - 1].number)
            continue;
        text_format(&file, "%s.zone", lessons->list[i].id);
        faults_add(&lessons->faults, text_get(&file), 1, tr("number %ld is also that of %s"),
                   lessons->list[i].number, lessons->list[i - 1].id);
        text_clear(&file);
    }
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
    check_numbers(lessons);
}

void lessons_clear(struct lessons *lessons)
{
    for (size_t i = 0; i < lessons->count; i++)
        lesson_clear(&lessons->list[i]);
    free(lessons->list);
    faults_clear(&lessons->faults);
    *lessons = (struct lessons){0};
}

static bool is_called(const struct lesson *lesson, const char *word, size_t length)
{
    size_t digits = strspn(word, "0123456789");

    if (length && digits >= length)
        return length < 4 && atol(word) == lesson->number;
    return strlen(lesson->id) == length && strncmp(lesson->id, word, length) == 0;
}

static const struct lesson *find_called(const struct lessons *lessons, const char *word,
                                        size_t length)
{
    for (size_t i = 0; i < lessons->count; i++)
        if (is_called(&lessons->list[i], word, length))
            return &lessons->list[i];
    return NULL;
}

const struct lesson *lessons_find(const struct lessons *lessons, const char *id)
{
    return find_called(lessons, id, strlen(id));
}

/* The text as it is, where its words could not be read. */
static void read_plain(const struct lesson *lesson, struct arena *arena, struct lesson_page *page)
{
    struct lesson_step *step = arena_alloc(arena, 1, sizeof *step);
    struct lesson_text *text = arena_alloc(arena, 1, sizeof *text);
    const char *title = arena_dup(arena, lesson->title);

    text->text = lesson->text ? lesson->text->bytes + strcspn(lesson->text->bytes, "\n") : "";
    *step = (struct lesson_step){.title = title, .texts = text, .text_count = *text->text != '\0'};
    *page = (struct lesson_page){
        .title = title, .intro = "", .steps = step, .step_count = 1, .old = true};
}

/* What is to be tried comes before the question of an old page. */
static void add_tries(const struct lesson *lesson, struct arena *arena, struct lesson_page *page)
{
    struct lesson_step *step = &page->steps[0];
    size_t count = lesson->try_count + step->item_count;
    struct lesson_item *items = arena_alloc(arena, count, sizeof *items);

    for (size_t i = 0; i < lesson->try_count; i++)
        items[i] =
            (struct lesson_item){.kind = ITEM_TRY, .text = arena_dup(arena, lesson->tries[i])};
    for (size_t i = 0; i < step->item_count; i++)
        items[lesson->try_count + i] = step->items[i];
    step->items = items;
    step->item_count = step->item_capacity = count;
}

bool lesson_read(const struct lesson *lesson, struct faults *faults, struct arena *arena,
                 struct lesson_page *page)
{
    size_t before = faults->total;
    const char *zone = arena_format(arena, "%s.zone", lesson->id);
    const char *text = arena_format(arena, "%s.txt", lesson->id);

    if (!lesson->text)
        faults_add(faults, zone, 0,
                   tr("there is no %s; make one, or: mxtrail --export-lesson ties ."), text);
    else
        lesson_page_read(lesson->text->bytes, lesson->text->length, text, faults, arena, page);
    if (lesson->text && lesson->try_count && !page->old)
        faults_add(faults, zone, lesson->try_line,
                   tr("try: cannot be combined with steps (%s:%zu)"), text, page->steps[0].line);
    if (faults->total != before)
        read_plain(lesson, arena, page);
    if (page->old && lesson->try_count)
        add_tries(lesson, arena, page);
    return faults->total == before;
}

static size_t count_steps(const struct lesson *lesson)
{
    struct arena *arena = arena_new();
    struct faults faults = {0};
    struct lesson_page page;
    size_t count;

    lesson_read(lesson, &faults, arena, &page);
    count = page.step_count;
    faults_clear(&faults);
    arena_free(arena);
    return count;
}

const struct lesson *lessons_find_step(const struct lessons *lessons, const char *typed,
                                       size_t *step)
{
    const char *dot = strrchr(typed, '.');
    size_t digits = dot ? strspn(dot + 1, "0123456789") : 0;
    const struct lesson *lesson;

    *step = 0;
    if (!dot || !digits || dot[1 + digits] || digits > 3)
        return lessons_find(lessons, typed);
    *step = (size_t)atol(dot + 1);
    lesson = find_called(lessons, typed, (size_t)(dot - typed));
    return lesson && *step && *step <= count_steps(lesson) ? lesson : NULL;
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
