#include "app/settings/recorded.h"

#include "base/array.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char option_mark[] = "# option --", setting_mark[] = "# setting ",
                  mark_mark[] = "# mark ", flaw_mark[] = "# flaw ";

/* ---- writing ---- */

static void print_option(struct text *out, const char *name, const char *value)
{
    if (!value || !utf8_valid(value, strlen(value)))
        return;
    for (const char *byte = value; *byte; byte++)
        if ((unsigned char)*byte < 0x20 || *byte == 0x7f)
            return;
    text_format(out, "%s%s=%s\n", option_mark, name, value);
}

static void print_switch(struct text *out, const char *name, bool on)
{
    if (on)
        text_format(out, "%s%s\n", option_mark, name);
}

static void print_options(struct text *out, const char *name, const struct strings *values)
{
    for (size_t i = 0; i < values->count; i++)
        print_option(out, name, values->list[i]);
}

void recorded_print_options(const struct options *options, struct text *out)
{
    static const char *const families[] = {[4] = "4", [6] = "6"};

    print_option(out, "profile", options->profile);
    print_options(out, "set", &options->sets);
    print_option(out, "as", options->as);
    print_options(out, "own-address", &options->own_addresses);
    print_options(out, "down", &options->downs);
    print_option(out, "family", families[options->family]);
    print_switch(out, "resolver-rotates", options->rotates);
    print_switch(out, "as-if-signed", options->as_if_signed);
    print_switch(out, "fetch-policy", options->fetch_policy);
    print_options(out, "ignore", &options->ignored);
    print_options(out, "dkim", &options->selectors);
    print_options(out, "site", &options->places);
    print_option(out, "client", options->client);
    print_options(out, "type", &options->types);
    print_option(out, "resolvers", options->resolvers);
    print_switch(out, "trace", options->trace);
    print_option(out, "spf-ip", options->spf_ip);
    print_option(out, "spf-from", options->spf_from);
    print_option(out, "spf-helo", options->spf_helo);
}

static void print_setting(struct text *out, const char *setting, const char *value)
{
    text_format(out, "%s%s = %s\n", setting_mark, setting, value);
}

void recorded_print_settings(const struct configuration *config, const char *lesson,
                             struct text *out)
{
    const char *panes = configuration_get(config, "ui.panes");

    print_setting(out, "ui.raw-ttl",
                  configuration_switch(config, "ui.raw-ttl", false) ? "yes" : "no");
    print_setting(out, "ui.panes", panes ? panes : "1 2 3 4 5 6");
    if (lesson)
        print_setting(out, "ui.lesson", lesson);
    for (size_t i = 0; i < config->count; i++)
        if (strncmp(config->pairs[i].setting, "keys.", 5) == 0)
            print_setting(out, config->pairs[i].setting, config->pairs[i].value);
}

void recorded_print_marks(const char *marks, struct text *out)
{
    while (*marks) {
        size_t length = strcspn(marks, "\n");
        text_format(out, "%s%.*s\n", mark_mark, (int)length, marks);
        marks += length + (marks[length] != '\0');
    }
}

void recorded_print_flaws(struct zone_flaws flaws, struct text *out)
{
    struct text line = {0};

    for (size_t i = 0; i < flaws.count; i++) {
        if (zone_flaw_print(&flaws.list[i], &line))
            text_format(out, "%s%s\n", flaw_mark, text_get(&line));
        text_clear(&line);
    }
}

/* ---- reading ---- */

enum { FLAWS_MOST = 4096 };

typedef void line_function(void *context, char *line);

/* Every line of the head, without its line end. */
static void read_head(const char *path, line_function *take, void *context)
{
    FILE *file = fopen(path, "re");
    size_t capacity = 0;
    char *line = NULL;

    while (file && getline(&line, &capacity, file) > 0 && *line == '#') {
        line[strcspn(line, "\n")] = '\0';
        take(context, line);
    }
    free(line);
    if (file)
        fclose(file);
}

struct arguments {
    struct arena *arena;
    struct strings *list;
};

static bool is_recorded(const char *option)
{
    static const char *const names[] = {
        "profile",   "set",        "as",           "own-address",     "down",     "family",
        "ignore",    "dkim",       "site",         "client",          "type",     "resolvers",
        "trace",     "hints",      "fetch-policy", "spf-ip",          "spf-from", "spf-helo",
        "questions", "time-limit", "as-if-signed", "resolver-rotates"};
    size_t length = strcspn(option, "=");

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == length && strncmp(names[i], option, length) == 0)
            return true;
    return false;
}

static void take_option(void *context, char *line)
{
    struct arguments *arguments = context;
    struct strings *list = arguments->list;
    const char **grown;

    if (strncmp(line, option_mark, strlen(option_mark)) != 0 ||
        !is_recorded(line + strlen(option_mark)))
        return;
    grown = arena_alloc(arguments->arena, list->count + 1, sizeof *grown);
    for (size_t i = 0; i < list->count; i++)
        grown[i] = list->list[i];
    grown[list->count++] = arena_dup(arguments->arena, line + strlen("# option "));
    list->list = grown;
}

void recorded_read_options(const char *path, struct arena *arena, struct strings *arguments)
{
    struct arguments reading = {arena, arguments};

    read_head(path, take_option, &reading);
}

static bool shapes_the_screen(const char *setting)
{
    return strcmp(setting, "ui.raw-ttl") == 0 || strcmp(setting, "ui.panes") == 0 ||
           strcmp(setting, "ui.lesson") == 0 || strncmp(setting, "keys.", 5) == 0;
}

static void take_setting(void *context, char *line)
{
    struct configuration *recorded = context;
    char *value = strstr(line, " = ");

    if (strncmp(line, setting_mark, strlen(setting_mark)) != 0 || !value)
        return;
    *value = '\0';
    if (shapes_the_screen(line + strlen(setting_mark)))
        configuration_set(recorded, line + strlen(setting_mark), value + 3);
}

void recorded_read_settings(const char *path, struct configuration *config)
{
    struct configuration recorded = {0};

    read_head(path, take_setting, &recorded);
    for (size_t i = 0; recorded.count && i < config->count; i++)
        if (shapes_the_screen(config->pairs[i].setting))
            configuration_unset(config, i--);
    for (size_t i = 0; i < recorded.count; i++)
        configuration_set(config, recorded.pairs[i].setting, recorded.pairs[i].value);
    configuration_clear(&recorded);
}

static void take_mark(void *context, char *line)
{
    if (strncmp(line, mark_mark, strlen(mark_mark)) == 0)
        text_format(context, "%s\n", line + strlen(mark_mark));
}

void recorded_read_marks(const char *path, struct text *marks)
{
    read_head(path, take_mark, marks);
}

struct flaws_reading {
    struct arena *arena;
    struct zone_flaw *list;
    size_t count, capacity;
};

static void take_flaw(void *context, char *line)
{
    struct flaws_reading *reading = context;
    struct zone_flaw flaw;

    if (reading->count < FLAWS_MOST && strncmp(line, flaw_mark, strlen(flaw_mark)) == 0 &&
        zone_flaw_parse(line + strlen(flaw_mark), reading->arena, &flaw))
        ARRAY_PUSH(reading->list, reading->count, reading->capacity, flaw);
}

struct zone_flaws recorded_read_flaws(const char *path, struct arena *arena)
{
    struct flaws_reading reading = {.arena = arena};
    struct zone_flaw *list;

    read_head(path, take_flaw, &reading);
    list = arena_alloc(arena, reading.count, sizeof *list);
    if (reading.count)
        memcpy(list, reading.list, reading.count * sizeof *list);
    free(reading.list);
    return (struct zone_flaws){list, reading.count};
}
