#include "app/settings/configuration.h"

#include "app/settings/resource.h"
#include "base/array.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/message.h"
#include "view/panes/page.h"

#include <errno.h>
#include <fcntl.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const known[] = {
    "ui.theme",        "ui.mouse",       "ui.raw-ttl",    "ui.panes",  "ui.privacy", "ui.lang",
    "findings.ignore", "mail.selectors", "dns.resolvers", "dns.hints", "dns.ca"};

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
    return strncmp(setting, "keys.", 5) == 0 || strncmp(setting, "commands.", 9) == 0;
}

static struct configuration_pair *find(const struct configuration *config, const char *setting)
{
    for (size_t i = 0; i < config->count; i++)
        if (strcmp(config->pairs[i].setting, setting) == 0)
            return &config->pairs[i];
    return NULL;
}

void configuration_set(struct configuration *config, const char *setting, const char *value)
{
    struct configuration_pair *pair = find(config, setting), added = {0};

    if (!pair) {
        added.setting = memory_dup(setting);
        ARRAY_PUSH(config->pairs, config->count, config->capacity, added);
        pair = &config->pairs[config->count - 1];
    }
    free(pair->value);
    pair->value = memory_dup(value);
    pair->line = 0;
}

static void pair_clear(struct configuration_pair *pair)
{
    free(pair->setting);
    free(pair->value);
}

void configuration_unset(struct configuration *config, size_t index)
{
    pair_clear(&config->pairs[index]);
    memmove(&config->pairs[index], &config->pairs[index + 1],
            (--config->count - index) * sizeof *config->pairs);
}

static bool is_one_of(const char *value, const char *const words[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(value, words[i]) == 0)
            return true;
    return false;
}

/* Six different numbers from 1 to 6. */
static bool is_order(const char *value)
{
    unsigned seen = 0;
    int count = 0;

    for (; *value; value++) {
        if (*value == ' ')
            continue;
        if (*value < '1' || *value > '0' + PANE_COUNT || seen & 1u << (*value - '0'))
            return false;
        seen |= 1u << (*value - '0');
        count++;
    }
    return count == PANE_COUNT;
}

/* What is wrong with the value; NULL when it can be. Names of themes, findings and keys are looked
 * at by whoever knows them. */
static const char *why_not(const char *setting, const char *value)
{
    static const char *const switches[] = {"yes", "no", "on", "off"};

    if ((strcmp(setting, "ui.mouse") == 0 || strcmp(setting, "ui.raw-ttl") == 0 ||
         strcmp(setting, "ui.privacy") == 0) &&
        !is_one_of(value, switches, sizeof switches / sizeof *switches))
        return tr("must be yes or no");
    if (strcmp(setting, "ui.lang") == 0 && !message_find(value))
        return tr("no such language");
    if (strcmp(setting, "ui.panes") == 0 && !is_order(value))
        return tr("must be the numbers 1 to 6, each once");
    return NULL;
}

static void take_known(struct reading *reading, const char *setting, const char *value)
{
    const char *why = why_not(setting, value);

    if (why) {
        faults_add(reading->faults, reading->config->file, reading->line, "%s = %s: %s",
                   strchr(setting, '.') + 1, value, why);
        return;
    }
    configuration_set(reading->config, setting, value);
    find(reading->config, setting)->line = reading->line;
}

static int take_pair(void *context, const char *section, const char *name, const char *value)
{
    struct reading *reading = context;
    struct text setting = {0};

    text_format(&setting, "%s.%s", section, name);
    if (is_known(text_get(&setting)))
        take_known(reading, text_get(&setting), value);
    else
        faults_add(reading->faults, reading->config->file, reading->line,
                   tr("no such setting: [%s] %s"), section, name);
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
                   tr("neither [section] nor name = value"));
}

void configuration_load(struct configuration *config, const char *path, struct faults *faults)
{
    struct reading reading = {.config = config, .faults = faults};
    struct stat about;

    *config = (struct configuration){.unkept = path && !*path};
    if (!config->unkept)
        config->file = path ? memory_dup(path) : configuration_path();
    if (!config->file || stat(config->file, &about) != 0)
        return;
    if (!S_ISREG(about.st_mode)) {
        faults_add(faults, config->file, 0, tr("not a regular file"));
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
    for (size_t i = 0; i < config->count; i++)
        pair_clear(&config->pairs[i]);
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

size_t configuration_line(const struct configuration *config, const char *setting)
{
    const struct configuration_pair *pair = find(config, setting);

    return pair ? pair->line : 0;
}

/* ---- keeping a setting ---- */

enum { FILE_BYTES = 1 << 20 };

/* The file that is meant, what is in it and how it is kept; *path is owned. Nothing is read where
 * there is none yet. False with errno when it may not be written over. */
static bool read_old(const char *file, char **path, struct text *text, struct stat *about)
{
    int fd = -1;
    bool good;

    *about = (struct stat){0};
    *path = realpath(file, NULL);
    if (!*path) {
        *path = memory_dup(file);
        return errno == ENOENT && lstat(file, about) != 0;
    }
    good = stat(*path, about) == 0 && access(*path, W_OK) == 0;
    if (good && !S_ISREG(about->st_mode)) {
        errno = EINVAL;
        return false;
    }
    fd = good ? open(*path, O_RDONLY | O_CLOEXEC) : -1;
    good = fd >= 0 && file_read(fd, FILE_BYTES, text);
    if (fd >= 0)
        close(fd);
    return good;
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

enum status configuration_keep(struct configuration *config, const char *setting, const char *value,
                               struct text *why)
{
    struct text old = {0}, changed = {0};
    struct stat about;
    char *path;
    bool kept;

    configuration_set(config, setting, value);
    if (config->unkept)
        return STATUS_OK;
    if (!config->file) {
        text_add(why, tr("there is no place for a configuration file: HOME is not set"));
        return STATUS_NOT_FOUND;
    }
    file_make_folders(config->file);
    kept = read_old(config->file, &path, &old, &about);
    rewrite(text_get(&old), setting, value, &changed);
    kept = kept && file_replace(path, &changed, about.st_mode ? &about : NULL);
    if (!kept)
        text_format(why, "%s: %s", config->file, strerror(errno));
    text_clear(&old);
    text_clear(&changed);
    free(path);
    return kept ? STATUS_OK : STATUS_UNREADABLE;
}
