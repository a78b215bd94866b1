#include "main/batch/main_resume.h"

#include "base/array.h"
#include "base/escape.h"
#include "base/fnv.h"
#include "base/memory.h"
#include "base/message.h"
#include "base/text.h"
#include "main/batch/main_say.h"
#include "report/earlier/json_read.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Of each name 64 bits, sorted: a million take 8 MiB, and that two names are taken for one happens
 * once in 30 million such batches. */
struct resumed {
    uint64_t *names;
    size_t count, capacity;
};

static uint64_t hash_of(const char *name)
{
    uint64_t hash = fnv_64(FNV_64, name, strlen(name));

    return hash ^ hash >> 32;
}

static int compare(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;

    return *x < *y ? -1 : *x > *y;
}

/* Where the answers are added to the file that was read, the next line must not be glued to a last
 * one without end: what is torn is taken away, what is whole is ended. */
static bool mend_end(FILE *file, const char *path, off_t start, bool torn)
{
    struct stat read, written;
    bool same = fstat(fileno(file), &read) == 0 && fstat(STDOUT_FILENO, &written) == 0 &&
                S_ISREG(read.st_mode) && read.st_dev == written.st_dev &&
                read.st_ino == written.st_ino;
    bool good =
        !same || (torn ? ftruncate(STDOUT_FILENO, start) == 0 : write(STDOUT_FILENO, "\n", 1) == 1);

    if (!good)
        main_say("%s: %s", path, strerror(errno));
    return good;
}

/* False with a message when a line in the middle is none of ours. */
static bool read_lines(struct resumed *resumed, FILE *file, const char *path)
{
    char *line = NULL;
    size_t capacity = 0, number = 0;
    struct text input = {0};
    bool good = true;
    off_t start = 0;
    ssize_t length;

    while (good && (length = getline(&line, &capacity, file)) > 0) {
        bool ended = line[length - 1] == '\n', ours;
        number++;
        text_cut(&input, 0);
        if ((ours = json_read_input(line, (size_t)length, &input)))
            ARRAY_PUSH(resumed->names, resumed->count, resumed->capacity,
                       hash_of(text_get(&input)));
        else if (ended && length > 1) {
            main_say(tr("%s:%zu: not a line that mxtrail --json wrote"), path, number);
            good = false;
        } else if (!ended)
            main_say(tr("%s:%zu: the last line is torn, so its name is looked up again"), path,
                     number);
        if (!ended)
            good = mend_end(file, path, start, !ours);
        start += length;
    }
    if (ferror(file)) {
        main_say("%s: %s", path, strerror(errno));
        good = false;
    }
    free(line);
    text_clear(&input);
    return good;
}

struct resumed *resumed_read(const char *path)
{
    struct resumed *resumed = memory_new(1, sizeof *resumed);
    FILE *file = fopen(path, "re");
    bool good = file ? read_lines(resumed, file, path) : errno == ENOENT;

    if (!file && !good)
        main_say("%s: %s", path, strerror(errno));
    if (file)
        fclose(file);
    if (good && resumed->count)
        qsort(resumed->names, resumed->count, sizeof *resumed->names, compare);
    if (good)
        return resumed;
    resumed_free(resumed);
    return NULL;
}

void resumed_free(struct resumed *resumed)
{
    if (!resumed)
        return;
    free(resumed->names);
    free(resumed);
}

bool resumed_has(const struct resumed *resumed, const char *typed)
{
    struct text input = {0};
    uint64_t name;

    escape_bytes(&input, typed, strlen(typed), ESCAPE_UTF8, false);
    name = hash_of(text_get(&input));
    text_clear(&input);
    return resumed->count &&
           bsearch(&name, resumed->names, resumed->count, sizeof name, compare) != NULL;
}
