#include "app/configuration.h"

#include "app/resource.h"
#include "base/array.h"
#include "base/memory.h"

#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const known[] = {"ui.theme", "ui.mouse", "ui.raw-ttl", "ui.panes",
                                    "findings.ignore"};

static char *configuration_path(void)
{
    char *folder = resource_user_folder();
    struct text path = {0};

    if (!folder)
        return NULL;
    text_format(&path, "%s/config", folder);
    free(folder);
    return text_take(&path);
}

struct reading {
    struct configuration *config;
    struct faults *faults;
    FILE *stream;
    size_t line; /* the one read last */
};

static bool is_known(const char *setting)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(setting, known[i]) == 0)
            return true;
    return strncmp(setting, "keys.", 5) == 0;
}

static struct configuration_pair *find(const struct configuration *config, const char *setting)
{
    for (size_t i = 0; i < config->count; i++)
        if (strcmp(config->pairs[i].setting, setting) == 0)
            return &config->pairs[i];
    return NULL;
}

static void set(struct configuration *config, const char *setting, const char *value)
{
    struct configuration_pair *pair = find(config, setting), added = {0};

    if (!pair) {
        added.setting = memory_dup(setting);
        ARRAY_PUSH(config->pairs, config->count, config->capacity, added);
        pair = &config->pairs[config->count - 1];
    }
    free(pair->value);
    pair->value = memory_dup(value);
}

static int take_pair(void *context, const char *section, const char *name, const char *value)
{
    struct reading *reading = context;
    struct text setting = {0};

    text_format(&setting, "%s.%s", section, name);
    if (is_known(text_get(&setting)))
        set(reading->config, text_get(&setting), value);
    else
        faults_add(reading->faults, reading->config->file, reading->line,
                   "no such setting: [%s] %s", section, name);
    text_clear(&setting);
    return 1;
}

static char *next_line(char *line, int size, void *context)
{
    struct reading *reading = context;

    reading->line++;
    return fgets(line, size, reading->stream);
}

static void read_stream(struct reading *reading)
{
    int line = ini_parse_stream(next_line, reading, take_pair, reading);

    if (line > 0)
        faults_add(reading->faults, reading->config->file, (size_t)line,
                   "neither [section] nor name = value");
}

void configuration_load(struct configuration *config, struct faults *faults)
{
    struct reading reading = {.config = config, .faults = faults};
    struct stat about;

    *config = (struct configuration){.file = configuration_path()};
    if (!config->file || stat(config->file, &about) != 0)
        return;
    if (!S_ISREG(about.st_mode)) {
        faults_add(faults, config->file, 0, "not a regular file");
        return;
    }
    reading.stream = fopen(config->file, "re");
    if (!reading.stream) {
        faults_add(faults, config->file, 0, "%s", strerror(errno));
        return;
    }
    read_stream(&reading);
    fclose(reading.stream);
}

void configuration_clear(struct configuration *config)
{
    for (size_t i = 0; i < config->count; i++) {
        free(config->pairs[i].setting);
        free(config->pairs[i].value);
    }
    free(config->pairs);
    free(config->file);
    *config = (struct configuration){0};
}

const char *configuration_get(const struct configuration *config, const char *setting)
{
    const struct configuration_pair *pair = find(config, setting);

    return pair ? pair->value : NULL;
}

bool configuration_switch(const struct configuration *config, const char *setting, bool otherwise)
{
    const char *value = configuration_get(config, setting);

    return value ? strcmp(value, "yes") == 0 || strcmp(value, "on") == 0 : otherwise;
}

void configuration_bind_keys(const struct configuration *config, struct ui *ui)
{
    for (size_t i = 0; i < config->count; i++)
        if (strncmp(config->pairs[i].setting, "keys.", 5) == 0)
            ui_bind(ui, config->pairs[i].setting + 5, config->pairs[i].value);
}

/* ---- keeping a setting ---- */

/* The file's text so far; empty without one. */
static void read_text(const char *path, struct text *text)
{
    FILE *file = fopen(path, "re");
    char buffer[4096];
    size_t got;

    while (file && (got = fread(buffer, 1, sizeof buffer, file)) > 0)
        text_add_bytes(text, buffer, got);
    if (file)
        fclose(file);
}

static bool is_header(const char *line, const char *section, size_t length)
{
    line += strspn(line, " \t");
    return *line == '[' && strncmp(line + 1, section, length) == 0 && line[1 + length] == ']';
}

static bool is_setting(const char *line, const char *name)
{
    size_t length = strlen(name);

    line += strspn(line, " \t");
    return strncmp(line, name, length) == 0 && line[length + strspn(line + length, " \t")] == '=';
}

/* Copies the file line by line, replacing the setting's line or adding it at the end of its section
 * (or, with the section, at the end of the file). */
static void rewrite(const char *old, const char *setting, const char *value, struct text *out)
{
    size_t section = strcspn(setting, ".");
    const char *name = setting + section + 1;
    bool inside = false, done = false;

    while (*old) {
        size_t length = strcspn(old, "\n"), whole = length + (old[length] == '\n');
        bool header = old[strspn(old, " \t")] == '[';
        if (inside && !done && (header || is_setting(old, name))) {
            text_format(out, "%s = %s\n", name, value);
            done = true;
            if (!header) {
                old += whole;
                continue;
            }
        }
        if (header)
            inside = is_header(old, setting, section);
        text_add_bytes(out, old, length);
        text_add_char(out, '\n');
        old += whole;
    }
    if (!done && !inside)
        text_format(out, "[%.*s]\n", (int)section, setting);
    if (!done)
        text_format(out, "%s = %s\n", name, value);
}

static void make_folders(const char *path)
{
    char *copy = memory_dup(path);

    for (char *slash = strchr(copy + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(copy, 0700);
        *slash = '/';
    }
    free(copy);
}

static bool write_text(const char *path, const struct text *text)
{
    FILE *file = fopen(path, "we");
    bool good = file && fwrite(text_get(text), 1, text->length, file) == text->length &&
                fflush(file) == 0 && fsync(fileno(file)) == 0;

    if (file && fclose(file) != 0)
        good = false;
    return good;
}

enum status configuration_keep(struct configuration *config, const char *setting, const char *value,
                               struct text *why)
{
    struct text old = {0}, changed = {0}, beside = {0};
    enum status status = STATUS_OK;

    set(config, setting, value);
    if (!config->file) {
        text_add(why, "there is no place for a configuration file: HOME is not set");
        return STATUS_NOT_FOUND;
    }
    read_text(config->file, &old);
    rewrite(text_get(&old), setting, value, &changed);
    text_format(&beside, "%s.new", config->file);
    make_folders(config->file);
    if (!write_text(text_get(&beside), &changed) || rename(text_get(&beside), config->file) != 0) {
        text_format(why, "%s: %s", config->file, strerror(errno));
        unlink(text_get(&beside));
        status = STATUS_UNREADABLE;
    }
    text_clear(&old);
    text_clear(&changed);
    text_clear(&beside);
    return status;
}
