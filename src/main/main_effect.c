#include "app/settings/resource.h"
#include "base/file.h"
#include "main/input/main_marks.h"
#include "main/input/main_policy.h"
#include "main/main_program.h"
#include "main/main_source.h"
#include "term/clipboard.h"
#include "term/screen.h"

#include "base/message.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ZONE_BYTES = 16 << 20 }; /* the longest master file that is laid beside a page */

/* ---- themes ---- */

static bool find_theme(void *context, const char *name, const char **file, const char **text)
{
    struct text path = {0};
    const struct resource *resource;

    (void)context;
    text_format(&path, "themes/%s.ini", name);
    resource = strchr(name, '/') ? NULL : resource_find(text_get(&path));
    text_clear(&path);
    if (!resource)
        return false;
    *file = resource->file;
    *text = resource->bytes;
    return true;
}

bool program_set_theme(struct program *program, const char *name, struct faults *faults)
{
    static const struct theme_finder finder = {find_theme, NULL};
    struct theme *theme = NULL;

    if (theme_read(name, &finder, faults, &theme) == STATUS_NOT_FOUND || !theme)
        return false;
    screen_theme(theme);
    theme_free(program->theme);
    program->theme = theme;
    return true;
}

static void change_theme(struct program *program, const char *name)
{
    struct faults faults = {0};

    if (!program_set_theme(program, name, &faults))
        inbox_note(&program->inbox, tr("there is no such theme"));
    else if (faults.kept)
        inbox_note(&program->inbox, faults.lines[0]);
    faults_clear(&faults);
}

/* ---- files ---- */

/* "~/" in front is the home folder, as a shell has it. The result is in `out`. */
static const char *home_path(const char *path, struct text *out)
{
    const char *home = getenv("HOME");

    if (strncmp(path, "~/", 2) == 0 && home && *home == '/')
        text_format(out, "%s%s", home, path + 1);
    else
        text_add(out, path);
    return text_get(out);
}

/* A new file only: what is there already is never overwritten. */
static void export_text(struct program *program, const char *typed, const char *text)
{
    struct text storage = {0};
    const char *path = home_path(typed, &storage);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    size_t length = strlen(text), written = 0;
    struct text said = {0};
    ssize_t got = 0;

    while (fd >= 0 && written < length && (got = write(fd, text + written, length - written)) > 0)
        written += (size_t)got;
    if (fd < 0 || got < 0 || close(fd) < 0) {
        text_format(&said, "%s: %s", path, strerror(errno));
        if (fd >= 0)
            unlink(path);
    } else {
        text_format(&said, tr("written: %s (%zu bytes)"), path, length);
    }
    inbox_note(&program->inbox, text_get(&said));
    text_clear(&said);
    text_clear(&storage);
}

static void record(struct program *program, const char *typed)
{
    struct text said = {0}, storage = {0};
    const char *path = home_path(typed, &storage);

    if (recording_begin(program->recording, path, &said))
        text_format(&said, tr("recording to %s, what was typed and answered before too"), path);
    inbox_note(&program->inbox, text_get(&said));
    text_clear(&said);
    text_clear(&storage);
}

/* What is in the file; its error number, or 0. */
static int read_bytes(const char *path, struct text *bytes)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC), error = 0;

    if (fd < 0)
        return errno;
    if (!file_read(fd, ZONE_BYTES, bytes))
        error = errno;
    close(fd);
    return error;
}

static void read_zone(struct program *program, const char *typed)
{
    struct text bytes = {0}, said = {0}, storage = {0};
    const char *path = home_path(typed, &storage);
    int error = read_bytes(path, &bytes);

    if (error) {
        text_format(&said, "%s: %s", path, strerror(error));
        inbox_note(&program->inbox, text_get(&said));
    } else {
        inbox_zone(&program->inbox, path, text_get(&bytes), bytes.length);
    }
    text_clear(&bytes);
    text_clear(&said);
    text_clear(&storage);
}

/* What is changed in a lesson, or before an audience, is not kept for the next one. */
static void keep_setting(struct program *program, const char *setting, const char *value)
{
    const struct options *options = program->request->options;
    struct text why = {0};

    if (program->lesson || options->demo || options->present)
        return;
    if (configuration_keep(&program->config, setting, value, &why))
        inbox_note(&program->inbox, text_get(&why));
    text_clear(&why);
}

/* ---- a policy ---- */

static void on_fetched(void *context, const struct text *policy, const char *why)
{
    struct program *program = context;
    struct text said = {0};

    if (policy)
        inbox_policy(&program->inbox, program->fetched_domain, text_get(policy), policy->length);
    else
        text_format(&said, tr("the MTA-STS policy was not fetched: %s"), tr(why));
    if (said.length)
        inbox_note(&program->inbox, text_get(&said));
    text_clear(&said);
    program_end_fetch(program);
}

static void fetch(struct program *program, const struct effect *effect)
{
    const char *barred = main_policy_barred(program_source(program));

    if (barred || program->fetch) {
        inbox_note(&program->inbox, barred ? barred : tr("a policy is being fetched already"));
        return;
    }
    program->fetched_domain = memory_dup(effect->text);
    program->fetch = main_policy_fetch(program->uv, program->request, effect->text, effect->path,
                                       on_fetched, program);
}

void program_end_fetch(struct program *program)
{
    policy_fetch_free(program->fetch);
    free(program->fetched_domain);
    program->fetch = NULL;
    program->fetched_domain = NULL;
}

/* ---- lines ---- */

static void open_line(struct program *program, const char *text, bool marked)
{
    program->editing = ui_editor(program->ui) == EDITOR_NAME ? program->name_line : program->line;
    if (program->editing)
        line_edit_set(program->editing, text ? text : "", marked);
}

static void copy(struct program *program, const char *text)
{
    struct text said = {0};

    clipboard_copy(text, &said);
    inbox_note(&program->inbox, text_get(&said));
    text_clear(&said);
}

/* The file is shared with other programs that run, and has each name as soon as it is looked up. */
static void remember(struct program *program, const char *name)
{
    const char *why;

    history_add(program->history, name);
    if (program->history_path && history_keep(program->history_path, name, &why))
        inbox_note(&program->inbox, why);
}

/* What cannot be kept is said once. */
static void keep_mark(struct program *program, const char *line)
{
    struct text why = {0};

    if (program->marks_path && !marks_keep(program->marks_path, line, &why)) {
        inbox_note(&program->inbox, text_get(&why));
        free(program->marks_path);
        program->marks_path = NULL;
    }
    text_clear(&why);
}

/* ---- questions ---- */

static void ask(struct program *program, const struct effect *effect)
{
    struct source *source = program_source(program);

    if (effect->flag)
        source_forget(source, &effect->question);
    source_ask(source, &effect->question, 0);
}

static void change_lesson(struct program *program, const char *id)
{
    const struct lesson *lesson;
    struct lessons lessons;

    lessons_load(&lessons);
    lesson = lessons_find(&lessons, id);
    source_free(program->lesson);
    program->lesson = lesson ? source_open_lesson(lesson) : NULL;
    lessons_clear(&lessons);
}

/* What reaches out of the program; left undone while a recording plays. */
static void do_outside(struct program *program, const struct effect *effect)
{
    switch (effect->kind) {
    case EFFECT_ASK:
        ask(program, effect);
        break;
    case EFFECT_CANCEL:
        source_drop(program_source(program), &effect->question);
        break;
    case EFFECT_END:
        source_end(program_source(program), &effect->question, survey_time_is_up);
        break;
    case EFFECT_COPY:
        copy(program, effect->text);
        break;
    case EFFECT_EXPORT:
        export_text(program, effect->path, effect->text);
        break;
    case EFFECT_RECORD:
        record(program, effect->path);
        break;
    case EFFECT_ZONE:
        read_zone(program, effect->text);
        break;
    case EFFECT_FETCH:
        fetch(program, effect);
        break;
    case EFFECT_HISTORY:
        remember(program, effect->text);
        break;
    case EFFECT_CONFIG:
        keep_setting(program, effect->path, effect->text);
        break;
    case EFFECT_LESSON:
        change_lesson(program, effect->text);
        break;
    case EFFECT_MARK:
        keep_mark(program, effect->text);
        break;
    case EFFECT_RUN:
        program_run(program, effect->text);
        break;
    case EFFECT_SUSPEND:
        program->suspend = true;
        break;
    default:
        break;
    }
}

static void do_effect(struct program *program, const struct effect *effect)
{
    switch (effect->kind) {
    case EFFECT_EDIT:
        open_line(program, effect->text, effect->flag);
        break;
    case EFFECT_EDIT_END:
        program->editing = NULL;
        break;
    case EFFECT_THEME:
        change_theme(program, effect->text);
        break;
    case EFFECT_MOUSE:
        screen_mouse(effect->flag);
        break;
    case EFFECT_TITLE:
        screen_title(effect->text);
        break;
    case EFFECT_REDRAW:
        program->redraw = true;
        break;
    case EFFECT_QUIT: /* that of a recording leaves its last screen to be looked at */
        program->quit = program->quit || !program->playing;
        break;
    default:
        if (!program->playing)
            do_outside(program, effect);
        break;
    }
}

void program_do_effects(struct program *program)
{
    for (size_t i = 0; i < program->effects.count; i++)
        do_effect(program, &program->effects.list[i]);
    effects_free(&program->effects);
}
