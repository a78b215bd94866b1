#include "main/input/main_record.h"

#include "app/settings/configuration.h"
#include "base/memory.h"
#include "base/message.h"
#include "main/batch/main_say.h"
#include "main/input/main_marks.h"
#include "term/line/history.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The longest that is kept for a recording that may begin later: two hundred names. */
enum { KEPT_BYTES = 8 << 20 };

struct recording {
    char *path; /* NULL: there is no file yet */
    FILE *file;
    struct text kept; /* until there is one */
    bool too_much;    /* was kept, so that it is gone */
    int error;
};

/* ---- what the run reads or writes beside it ---- */

struct use {
    const struct stat *record;
    const char *name; /* of the other use, once one was found */
};

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static void look_at_path(struct use *use, const char *path, const char *name)
{
    struct stat about;

    if (path && !use->name && stat(path, &about) == 0 && is_same(&about, use->record))
        use->name = name;
}

static void look_at_descriptor(struct use *use, int fd, const char *name)
{
    struct stat about;

    if (!use->name && fstat(fd, &about) == 0 && is_same(&about, use->record))
        use->name = name;
}

static void look_at_own_files(struct use *use, const struct options *options)
{
    struct configuration config;
    struct faults faults = {0};
    char *history = history_path(), *marks = marks_path();

    configuration_load(&config, options->config, &faults);
    look_at_path(use, config.file, tr("the configuration"));
    look_at_path(use, history, tr("the history"));
    look_at_path(use, marks, tr("the file of what was done in lessons"));
    look_at_path(use, "/etc/resolv.conf", tr("the list of name servers"));
    configuration_clear(&config);
    faults_clear(&faults);
    free(history);
    free(marks);
}

/* What else the regular file is in this run; NULL: nothing. Zone files were looked at when they
 * were read. */
static const char *other_use(const struct options *options, const struct stat *record)
{
    struct use use = {.record = record};

    look_at_path(&use, options->replay, "--replay");
    look_at_path(&use, options->batch, "--batch");
    look_at_path(&use, options->resume, "--resume");
    look_at_path(&use, options->mta_sts_policy, "--mta-sts-policy");
    look_at_descriptor(&use, STDIN_FILENO, "standard input");
    look_at_descriptor(&use, STDOUT_FILENO, "standard output");
    look_at_descriptor(&use, STDERR_FILENO, "standard error");
    look_at_own_files(&use, options);
    return use.name;
}

/* ---- opening ---- */

/* Says what keeps the run from writing to the open file; "" when nothing does. */
static void object(const struct options *options, int fd, struct text *why)
{
    struct stat about;
    const char *other;

    if (fstat(fd, &about) < 0)
        text_add(why, strerror(errno));
    else if (S_ISFIFO(about.st_mode) || S_ISCHR(about.st_mode))
        ;
    else if (!S_ISREG(about.st_mode))
        text_add(why, tr("not a file to write to"));
    else if ((other = other_use(options, &about)))
        text_format(why, tr("this is the same file as %s"), other);
    else if (!options->force)
        text_add(why, tr("the file exists; --force overwrites it"));
    else if (ftruncate(fd, 0) < 0)
        text_add(why, strerror(errno));
}

/* What is there already: emptied when that is wanted, and not waited for. */
static int open_present(const struct options *options, struct text *why)
{
    int fd = open(options->record, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

    if (fd < 0) {
        text_add(why, errno == ENXIO ? tr("nobody reads it") : strerror(errno));
        return -1;
    }
    object(options, fd, why);
    if (!why->length && fcntl(fd, F_SETFL, 0) == 0)
        return fd;
    close(fd);
    return -1;
}

static int open_file(const struct options *options, struct text *why)
{
    int fd = open(options->record, O_WRONLY | O_CREAT | O_EXCL | O_NOCTTY | O_CLOEXEC, 0666);

    if (fd < 0 && errno == EEXIST)
        return open_present(options, why);
    if (fd < 0)
        text_add(why, strerror(errno));
    return fd;
}

static void put(struct recording *recording, const char *text)
{
    if (!recording->error && (fputs(text, recording->file) < 0 || fflush(recording->file) != 0))
        recording->error = errno;
}

static void write_to(struct recording *recording, const char *path, int fd)
{
    recording->path = memory_dup(path);
    recording->file = memory_checked(fdopen(fd, "w"));
}

int recording_open(const struct options *options, const char *head, struct recording **recording)
{
    struct text why = {0};
    int fd = options->record ? open_file(options, &why) : -1;

    *recording = NULL;
    if (why.length)
        main_say("%s: %s", options->record, text_get(&why));
    text_clear(&why);
    if (fd < 0)
        return options->record ? EXIT_INPUT : 0;
    *recording = memory_new(1, sizeof **recording);
    write_to(*recording, options->record, fd);
    put(*recording, head);
    return (*recording)->error ? EXIT_INPUT : 0;
}

struct recording *recording_keep(const char *head)
{
    struct recording *recording = memory_new(1, sizeof *recording);

    text_add(&recording->kept, head);
    return recording;
}

bool recording_begin(struct recording *recording, const char *path, struct text *why)
{
    int fd = -1;

    if (recording->file)
        text_format(why, tr("recording already: %s"), recording->path);
    else if (recording->too_much)
        text_add(why, tr("too much happened since the start: begin with --record FILE"));
    else if ((fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOCTTY | O_CLOEXEC, 0666)) < 0)
        text_format(why, "%s: %s", path, strerror(errno));
    if (why->length)
        return false;
    write_to(recording, path, fd);
    put(recording, text_get(&recording->kept));
    text_clear(&recording->kept);
    return true;
}

static void keep(struct recording *recording, const char *line)
{
    text_add(&recording->kept, line);
    recording->too_much = recording->kept.length > KEPT_BYTES;
    if (recording->too_much)
        text_clear(&recording->kept);
}

void recording_event(struct recording *recording, const struct event *event)
{
    struct text line = {0};

    if (!recording || recording->too_much)
        return;
    event_print(event, &line);
    text_add_char(&line, '\n');
    if (recording->file)
        put(recording, text_get(&line));
    else
        keep(recording, text_get(&line));
    text_clear(&line);
}

int recording_error(const struct recording *recording)
{
    return recording->error;
}

bool recording_close(struct recording *recording)
{
    bool good = true;

    if (!recording)
        return true;
    if (recording->file && fclose(recording->file) != 0 && !recording->error)
        recording->error = errno;
    if (recording->error) {
        main_say("%s: %s", recording->path, strerror(recording->error));
        good = false;
    }
    text_clear(&recording->kept);
    free(recording->path);
    free(recording);
    return good;
}

bool recording_is_torn(const char *line, size_t length)
{
    struct text storage = {0};
    struct event event = {0};
    const char *why;
    bool torn;

    if (length == 0 || line[length - 1] == '\n' || *line == '#')
        return false;
    torn = event_parse(line, &storage, &event, &why) != STATUS_OK;
    if (!torn)
        reply_free(event.reply);
    text_clear(&storage);
    return torn;
}
