#include "app/settings/resource.h"

#include "base/array.h"
#include "base/embedded.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/message.h"
#include "base/text.h"
#include "config.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HELP "help/"

enum { RESOURCE_BYTES_MAX = 1 << 20 };

struct entry {
    struct resource resource;
    char *path, *file, *bytes;
    char *translated; /* where it is in the language of the process; NULL for what has none */
    UT_hash_handle hh;
};

static struct entry *found; /* by path; an entry without bytes says that there is none */

char *resource_user_folder(void)
{
    return file_of_user("XDG_CONFIG_HOME", ".config", "");
}

/* The folders looked into before the program itself; the caller frees them. */
static size_t folders(char *list[2])
{
    char *user = resource_user_folder();
    size_t count = 0;

    if (user)
        list[count++] = user;
    list[count++] = memory_dup(DATADIR);
    return count;
}

static const char lessons[] = "help/lessons/";
static const char *lessons_folder; /* of resource_lessons() */

void resource_lessons(const char *folder)
{
    lessons_folder = folder;
}

/* The file of a lesson in that folder; NULL for other paths, or without one. */
static char *lesson_file(const char *path)
{
    struct text file = {0};

    if (!lessons_folder || strncmp(path, lessons, strlen(lessons)) != 0)
        return NULL;
    text_format(&file, "%s/%s", lessons_folder, path + strlen(lessons));
    return text_take(&file);
}

static char *read_all(int fd, size_t size, size_t *length)
{
    char *bytes = memory_new(size + 1, 1);
    ssize_t got = 0;

    for (*length = 0; *length < size && (got = read(fd, bytes + *length, size - *length)) > 0;)
        *length += (size_t)got;
    if (got >= 0)
        return bytes;
    free(bytes);
    return NULL;
}

static char *read_file(const char *file, size_t *length)
{
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat about;
    char *bytes = NULL;

    if (fd < 0)
        return NULL;
    if (fstat(fd, &about) == 0 && S_ISREG(about.st_mode) && about.st_size <= RESOURCE_BYTES_MAX)
        bytes = read_all(fd, (size_t)about.st_size, length);
    close(fd);
    return bytes;
}

static void read_below(struct entry *entry, const char *folder, const char *path)
{
    struct text file = {0};

    if (!path || entry->bytes)
        return;
    text_format(&file, "%s/%s", folder, path);
    entry->bytes = read_file(text_get(&file), &entry->resource.length);
    if (entry->bytes)
        entry->file = text_take(&file);
    text_clear(&file);
    entry->resource.untranslated = entry->translated && path == entry->path;
}

static void find_lesson_file(struct entry *entry)
{
    char *file = lesson_file(entry->path);

    if (file && (entry->bytes = read_file(file, &entry->resource.length)))
        entry->file = file;
    else
        free(file);
}

static bool find_file(struct entry *entry)
{
    char *list[2];
    size_t count = folders(list);

    find_lesson_file(entry);
    for (size_t i = 0; i < count; i++) {
        read_below(entry, list[i], entry->translated);
        read_below(entry, list[i], entry->path);
        free(list[i]);
    }
    entry->resource.bytes = entry->bytes;
    entry->resource.file = entry->file;
    return entry->bytes != NULL;
}

static void find_embedded(struct entry *entry)
{
    const struct embedded *embedded = entry->translated ? embedded_find(entry->translated) : NULL;

    entry->resource.untranslated = entry->translated && !embedded;
    if (!embedded && !(embedded = embedded_find(entry->path)))
        return;
    entry->resource.bytes = (const char *)embedded->bytes;
    entry->resource.length = embedded->length;
    entry->resource.file = embedded->path;
}

/* "help/ja/start.txt" for "help/start.txt"; NULL in English and for what is no text of help. */
static char *translated_path(const char *path)
{
    const char *code = message_code(), *end = strrchr(path, '.');
    struct text text = {0};

    if (!code || strncmp(path, HELP, strlen(HELP)) != 0 || !end || strcmp(end, ".txt") != 0)
        return NULL;
    text_format(&text, HELP "%s/%s", code, path + strlen(HELP));
    return text_take(&text);
}

static struct entry *look_up(const char *path)
{
    struct entry *entry;

    HASH_FIND_STR(found, path, entry);
    if (entry)
        return entry;
    entry = memory_new(1, sizeof *entry);
    entry->path = memory_dup(path);
    entry->resource.path = entry->path;
    entry->translated = translated_path(path);
    HASH_ADD_KEYPTR(hh, found, entry->path, strlen(entry->path), entry);
    if (!find_file(entry))
        find_embedded(entry);
    return entry;
}

const struct resource *resource_find(const char *path)
{
    const struct entry *entry = look_up(path);

    return entry->resource.bytes ? &entry->resource : NULL;
}

struct listing {
    const char *prefix, *suffix;
    const char **paths;
    size_t count, capacity;
};

/* Is it below help/LANGUAGE? */
static bool is_translation(const char *path)
{
    const char *name = path + strlen(HELP);
    size_t length = strcspn(name, "/");

    if (strncmp(path, HELP, strlen(HELP)) != 0 || !name[length])
        return false;
    for (const struct catalogue *c = catalogues; c->language; c++)
        if (strlen(c->language) == length && strncmp(name, c->language, length) == 0)
            return true;
    return false;
}

static void list_add(struct listing *listing, const char *path)
{
    size_t length = strlen(path), suffix = strlen(listing->suffix);

    if (is_translation(path))
        return;
    if (length < suffix || strcmp(path + length - suffix, listing->suffix) != 0)
        return;
    ARRAY_PUSH(listing->paths, listing->count, listing->capacity, look_up(path)->path);
}

static void list_files(struct listing *listing, const char *folder)
{
    struct text path = {0};
    struct dirent *file;
    DIR *directory = opendir(folder);

    while (directory && (file = readdir(directory))) {
        text_cut(&path, 0);
        text_format(&path, "%s%s", listing->prefix, file->d_name);
        list_add(listing, text_get(&path));
    }
    if (directory)
        closedir(directory);
    text_clear(&path);
}

static void list_folder(struct listing *listing, const char *folder)
{
    struct text path = {0};

    text_format(&path, "%s/%s", folder, listing->prefix);
    list_files(listing, text_get(&path));
    text_clear(&path);
}

static int compare_paths(const void *left, const void *right)
{
    const char *const *a = left, *const *b = right;

    return strcmp(*a, *b);
}

const char **resource_list(const char *prefix, const char *suffix, size_t *count)
{
    struct listing listing = {.prefix = prefix, .suffix = suffix};
    char *list[2];
    size_t folder_count = folders(list), kept = 0;

    if (lessons_folder && strcmp(prefix, lessons) == 0)
        list_files(&listing, lessons_folder);
    for (size_t i = 0; i < folder_count; i++) {
        list_folder(&listing, list[i]);
        free(list[i]);
    }
    for (const struct embedded *e = embedded_next(prefix, NULL); e; e = embedded_next(prefix, e))
        list_add(&listing, e->path);
    if (listing.count)
        qsort(listing.paths, listing.count, sizeof *listing.paths, compare_paths);
    for (size_t i = 0; i < listing.count; i++)
        if (kept == 0 || listing.paths[kept - 1] != listing.paths[i])
            listing.paths[kept++] = listing.paths[i];
    *count = kept;
    return listing.paths;
}

void resource_forget(void)
{
    struct entry *entry, *next;

    HASH_ITER(hh, found, entry, next)
    {
        HASH_DEL(found, entry);
        free(entry->path);
        free(entry->translated);
        free(entry->file);
        free(entry->bytes);
        free(entry);
    }
}
