#include "mail/sender/settings.h"

#include "base/memory.h"
#include "base/message.h"
#include "dns/name.h"
#include "mail/sender/rules.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* One sentence at a time, so the last is kept here. */
static char complaint[512];

static const char *complain_number(const struct setting *setting)
{
    snprintf(complaint, sizeof complaint, tr("%s takes a number from %ld to %ld"), setting->name,
             setting->minimum, setting->maximum);
    return complaint;
}

static const char *complain_words(const struct setting *setting, const char *words)
{
    snprintf(complaint, sizeof complaint, tr("%s takes one of: %s"), setting->name, words);
    return complaint;
}

static const char *complain_name(const struct setting *setting, const char *fault)
{
    snprintf(complaint, sizeof complaint, tr("%s takes a name: %s"), setting->name, fault);
    return complaint;
}

static const char *complain_unknown(const struct profile *profile)
{
    size_t used = (size_t)snprintf(complaint, sizeof complaint,
                                   profile->setting_count ? tr("%s has only these settings:")
                                                          : tr("%s has no settings"),
                                   profile->title);

    for (size_t i = 0; i < profile->setting_count && used < sizeof complaint; i++)
        used += (size_t)snprintf(complaint + used, sizeof complaint - used, " %s",
                                 profile->settings[i].name);
    return complaint;
}

/* The place of a word of `length` bytes in a list separated by spaces, or -1. */
static long word_place(const char *words, const char *word, size_t length)
{
    for (long place = 0; *words; place++) {
        size_t end = strcspn(words, " ");
        if (end == length && memcmp(words, word, length) == 0)
            return place;
        words += end + (words[end] == ' ');
    }
    return -1;
}

static enum status read_number(const struct setting *setting, const char *text, long *number)
{
    char *end;
    long read;

    errno = 0;
    read = strtol(text, &end, 10);
    if (end == text || *end)
        return STATUS_SYNTAX;
    if (errno || read < setting->minimum || read > setting->maximum)
        return STATUS_RANGE;
    *number = read;
    return STATUS_OK;
}

static enum status read_word(const char *words, const char *text, long *number)
{
    long place = word_place(words, text, strlen(text));

    if (place < 0)
        return STATUS_RANGE;
    *number = place;
    return STATUS_OK;
}

static enum status read_name(const struct setting *setting, const char *text, char **copy,
                             const char **why)
{
    char name[NAME_TEXT] = "";
    const char *fault;
    enum status status = *text ? name_canonical(text, name, &fault) : STATUS_OK;

    if (status == STATUS_OK)
        *copy = memory_dup(name);
    else
        *why = complain_name(setting, fault);
    return status;
}

static const char switch_words[] = "no yes";

/* As the servers' own configurations spell a switch, and lists of hosts with all of them or none.
 */
static enum status read_switch(const char *text, long *number)
{
    static const char *const spellings[][2] = {
        {"no", "yes"}, {"false", "true"}, {"0", "1"}, {"off", "on"}, {"", "*"}};

    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
        for (long value = 0; value < 2; value++)
            if (strcasecmp(text, spellings[i][value]) == 0) {
                *number = value;
                return STATUS_OK;
            }
    return STATUS_RANGE;
}

/* Reads a value into number or, for a text, *copy (owned by the caller). */
static enum status read_value(const struct setting *setting, const char *text, long *number,
                              char **copy, const char **why)
{
    enum status status = STATUS_OK;

    switch (setting->type) {
    case SETTING_NUMBER:
        status = read_number(setting, text, number);
        if (status != STATUS_OK)
            *why = complain_number(setting);
        break;
    case SETTING_SWITCH:
        status = read_switch(text, number);
        if (status != STATUS_OK)
            *why = complain_words(setting, switch_words);
        break;
    case SETTING_CHOICE:
        status = read_word(setting->choices, text, number);
        if (status != STATUS_OK)
            *why = complain_words(setting, setting->choices);
        break;
    case SETTING_TEXT:
        *copy = memory_dup(text);
        break;
    case SETTING_NAME:
        status = read_name(setting, text, copy, why);
        break;
    }
    return status;
}

void settings_init(struct settings *settings, const struct profile *profile)
{
    const char *why;

    memset(settings, 0, sizeof *settings);
    settings->profile = profile;
    assert(profile->setting_count <= SETTINGS_MOST);
    for (size_t i = 0; i < profile->setting_count; i++) {
        const struct setting *setting = profile->settings + i;
        enum status status =
            read_value(setting, setting->initial, settings->numbers + i, settings->texts + i, &why);
        assert(status == STATUS_OK);
        (void)status;
    }
}

void settings_clear(struct settings *settings)
{
    for (size_t i = 0; i < SETTINGS_MOST; i++)
        free(settings->texts[i]);
    memset(settings, 0, sizeof *settings);
}

void settings_copy(struct settings *to, const struct settings *from)
{
    *to = *from;
    for (size_t i = 0; i < SETTINGS_MOST; i++)
        if (from->texts[i])
            to->texts[i] = memory_dup(from->texts[i]);
}

/* The setting whose name is the first `length` bytes, or -1. */
static int find(const struct profile *profile, const char *name, size_t length)
{
    for (size_t i = 0; i < profile->setting_count; i++)
        if (strlen(profile->settings[i].name) == length &&
            memcmp(profile->settings[i].name, name, length) == 0)
            return (int)i;
    return -1;
}

enum status settings_set(struct settings *settings, const char *assignment, const char **why)
{
    const char *equals = strchr(assignment, '='), *unused;
    char *copy = NULL;
    enum status status;
    int index;

    if (!why)
        why = &unused;
    if (!equals) {
        *why = tr("a setting is written NAME=VALUE");
        return STATUS_SYNTAX;
    }
    index = find(settings->profile, assignment, (size_t)(equals - assignment));
    if (index < 0) {
        *why = complain_unknown(settings->profile);
        return STATUS_NOT_FOUND;
    }
    status = read_value(settings->profile->settings + index, equals + 1, settings->numbers + index,
                        &copy, why);
    if (copy) {
        free(settings->texts[index]);
        settings->texts[index] = copy;
    }
    return status;
}

static size_t index_of(const struct settings *settings, const char *name)
{
    int index = find(settings->profile, name, strlen(name));

    assert(index >= 0);
    return (size_t)index;
}

long settings_number(const struct settings *settings, const char *name)
{
    return settings->numbers[index_of(settings, name)];
}

const char *settings_text(const struct settings *settings, const char *name)
{
    const char *text = settings->texts[index_of(settings, name)];

    return text ? text : "";
}

/* The word at a place of a list separated by spaces, into out. */
static void word_at(const char *words, long place, char out[SETTING_TEXT_SIZE])
{
    for (; place > 0; place--) {
        words += strcspn(words, " ");
        words += *words == ' ';
    }
    snprintf(out, SETTING_TEXT_SIZE, "%.*s", (int)strcspn(words, " "), words);
}

const char *settings_print(const struct settings *settings, size_t index,
                           char out[SETTING_TEXT_SIZE])
{
    const struct setting *setting = profile_setting(settings->profile, index);

    switch (setting->type) {
    case SETTING_NUMBER:
        snprintf(out, SETTING_TEXT_SIZE, "%ld", settings->numbers[index]);
        break;
    case SETTING_SWITCH:
        word_at(switch_words, settings->numbers[index], out);
        break;
    case SETTING_CHOICE:
        word_at(setting->choices, settings->numbers[index], out);
        break;
    case SETTING_TEXT:
        snprintf(out, SETTING_TEXT_SIZE, "%s", settings->texts[index]);
        break;
    case SETTING_NAME:
        snprintf(out, SETTING_TEXT_SIZE, "%.*s", name_shown_length(settings->texts[index]),
                 settings->texts[index]);
        break;
    }
    return out;
}

bool settings_is_initial(const struct settings *settings, size_t index)
{
    char value[SETTING_TEXT_SIZE];

    return strcmp(settings_print(settings, index, value),
                  settings->profile->settings[index].initial) == 0;
}
