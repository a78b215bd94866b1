#include "app/actions/command.h"

#include "app/actions/perform.h"
#include "app/state/editor.h"
#include "base/memory.h"
#include "dns/name.h"
#include "mail/profiles/profiles.h"
#include "mail/sender/profile.h"

#include <stdlib.h>
#include <string.h>

/* The n-th candidate for the word that begins at text[word]; NULL behind the last. */
typedef const char *candidate_function(struct ui *ui, size_t n);

static const char *command_candidate(struct ui *ui, size_t n)
{
    (void)ui;
    for (int i = 0; i < ACTION_COUNT; i++)
        if (*action_get((enum action)i)->command && n-- == 0)
            return action_get((enum action)i)->command;
    return NULL;
}

static const char *theme_candidate(struct ui *ui, size_t n)
{
    return n < ui->settings.theme_count ? ui->settings.themes[n] : NULL;
}

static const char *profile_candidate(struct ui *ui, size_t n)
{
    (void)ui;
    return n < profile_count() ? profile_name(profile_at(n)) : NULL;
}

static const char *setting_candidate(struct ui *ui, size_t n)
{
    const struct profile *profile = ui->sender.profile;

    return n < profile_setting_count(profile) ? profile_setting(profile, n)->name : NULL;
}

/* Without its last dot, in ui->candidate. */
static const char *shown_name(struct ui *ui, const char *name)
{
    text_cut(&ui->candidate, 0);
    text_add_bytes(&ui->candidate, name, (size_t)name_shown_length(name));
    return text_get(&ui->candidate);
}

static const char *exchange_candidate(struct ui *ui, size_t n)
{
    struct visit *visit = ui_visit(ui);
    const struct facts *facts = visit ? visit->page.facts : NULL;

    return facts && n < facts->mx.count ? shown_name(ui, facts->mx.rows[n].record->mx.exchange)
                                        : NULL;
}

/* Names met on the page shown, then those looked up before. */
static const char *name_candidate(struct ui *ui, size_t n)
{
    struct visit *visit = ui_visit(ui);
    const struct facts *facts = visit ? visit->page.facts : NULL;
    size_t met = facts ? facts->host_count : 0;

    if (n < met)
        return shown_name(ui, facts->hosts[n]->name);
    n -= met;
    return n < ui->settings.name_count ? ui->settings.names[n] : NULL;
}

static const char *topic_candidate(struct ui *ui, size_t n)
{
    static const char *const topics[] = {"start",    "keys",   "simulation", "senders",
                                         "findings", "themes", "records",    "lessons"};

    (void)ui;
    return n < sizeof topics / sizeof *topics ? topics[n] : NULL;
}

static const char *own_candidate(struct ui *ui, size_t n)
{
    return n < ui->settings.command_count ? ui->settings.commands[n].name : NULL;
}

/* Those of the configuration, those the program was started with, and some that everybody may ask:
 * none is asked unless it is chosen. */
static const char *resolver_candidate(struct ui *ui, size_t n)
{
    static const char *const open_to_all[] = {"9.9.9.9",
                                              "1.1.1.1",
                                              "8.8.8.8",
                                              "208.67.222.222",
                                              "2620:fe::fe",
                                              "2606:4700:4700::1111",
                                              "tls://9.9.9.9/dns.quad9.net",
                                              "tls://1.1.1.1/one.one.one.one",
                                              "tls://8.8.8.8/dns.google",
                                              "https://dns.quad9.net/dns-query@9.9.9.9",
                                              "https://one.one.one.one/dns-query@1.1.1.1",
                                              "https://dns.google/dns-query@8.8.8.8"};
    const char *lists[] = {ui->settings.resolvers, ui->settings.source_server};

    if (n-- == 0)
        return "system";
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (const char *at = lists[i]; at && *(at += strspn(at, ", ")); at += strcspn(at, ", "))
            if (n-- == 0) {
                text_cut(&ui->candidate, 0);
                text_add_bytes(&ui->candidate, at, strcspn(at, ", "));
                return text_get(&ui->candidate);
            }
    return n < sizeof open_to_all / sizeof *open_to_all ? open_to_all[n] : NULL;
}

/* What may stand behind a command. */
static candidate_function *argument_candidates(enum action action)
{
    switch (action) {
    case ACTION_THEME:
        return theme_candidate;
    case ACTION_PROFILE:
    case ACTION_COMPARE:
        return profile_candidate;
    case ACTION_SET:
        return setting_candidate;
    case ACTION_SECONDARY:
    case ACTION_DOWN:
    case ACTION_WHATIF_REMOVE:
    case ACTION_TIMELINE:
        return exchange_candidate;
    case ACTION_RUN:
        return own_candidate;
    case ACTION_RESOLVER:
        return resolver_candidate;
    case ACTION_HELP:
        return topic_candidate;
    case ACTION_OPEN:
    case ACTION_DIFF:
    case ACTION_NAMES:
    case ACTION_TRACE:
        return name_candidate;
    default:
        return NULL;
    }
}

/* Cuts the command word off the text; *rest is what follows, without blanks in front. */
static bool split_command(const char *text, enum action *action, const char **rest)
{
    char word[32];
    size_t length;

    text += strspn(text, " :");
    length = strcspn(text, " ");
    if (length == 0 || length >= sizeof word)
        return false;
    memcpy(word, text, length);
    word[length] = '\0';
    *rest = text + length + strspn(text + length, " ");
    if (strcmp(word, "q!") == 0) {
        *action = ACTION_QUIT;
        *rest = "!";
        return true;
    }
    return action_parse(word, action);
}

bool command_parse(const char *text, enum action *action)
{
    const char *rest;

    return split_command(text, action, &rest);
}

const char *ui_complete(struct ui *ui, const char *before, size_t word, size_t n)
{
    candidate_function *candidates = NULL;
    enum action action;
    const char *rest;

    if (ui->editor == EDITOR_NAME)
        candidates = name_candidate;
    else if (ui->editor == EDITOR_COMMAND && before[strspn(before, " ")] != '\0' && word > 0 &&
             split_command(before, &action, &rest))
        candidates = argument_candidates(action);
    else if (ui->editor == EDITOR_COMMAND && word == 0 && *before && !commands_are_open(ui))
        candidates = command_candidate;
    for (size_t i = 0; candidates; i++) {
        const char *candidate = candidates(ui, i);
        if (!candidate)
            return NULL;
        if (strncmp(candidate, before + word, strlen(before + word)) == 0 && n-- == 0)
            return candidate;
    }
    return NULL;
}

/* Beside the line: what the command does, or what it could become. */
static void list_candidates(struct ui *ui, const char *text)
{
    const char *blank = strrchr(text, ' '), *candidate, *rest;
    size_t word = blank ? (size_t)(blank - text) + 1 : 0;
    enum action action;

    text_cut(&ui->candidates, 0);
    if (split_command(text, &action, &rest) && (word || *action_get(action)->argument == '\0'))
        text_format(&ui->candidates, "%s  ", action_get(action)->argument);
    for (size_t n = 0; (candidate = ui_complete(ui, text, word, n)) && ui->candidates.length < 300;
         n++)
        text_format(&ui->candidates, "%s  ", candidate);
    if (split_command(text, &action, &rest))
        text_add(&ui->candidates, action_help(action));
}

static void show_theme(struct ui *ui, const char *name, struct effects *effects)
{
    const char *shown = ui->theme_shown ? ui->theme_shown : ui->theme;

    if (strcmp(shown, name) == 0)
        return;
    free(ui->theme_shown);
    ui->theme_shown = memory_dup(name);
    effects_add_text(effects, EFFECT_THEME, name, false);
}

void command_changed(struct ui *ui, const char *text, struct effects *effects)
{
    enum action action;
    const char *rest;

    commands_narrow(ui);
    list_candidates(ui, text);
    if (!split_command(text, &action, &rest) || action != ACTION_THEME || !*rest)
        return;
    for (size_t i = 0; i < ui->settings.theme_count; i++)
        if (strcmp(ui->settings.themes[i], rest) == 0)
            show_theme(ui, rest, effects);
}

bool command_is_empty(const struct ui *ui)
{
    const char *text = text_get(&ui->line);

    return ui->editor == EDITOR_COMMAND && text[strspn(text, " ")] == '\0';
}

void command_put(struct ui *ui, const struct action_entry *entry, struct effects *effects)
{
    struct text line = {0};

    text_format(&line, "%s%s", entry->command, *entry->argument ? " " : "");
    editor_open(ui, EDITOR_COMMAND, text_get(&line), false, effects);
    command_changed(ui, text_get(&line), effects);
    text_clear(&line);
}

void command_cancelled(struct ui *ui, struct effects *effects)
{
    if (ui->theme_shown)
        show_theme(ui, ui->theme, effects);
    free(ui->theme_shown);
    ui->theme_shown = NULL;
}

void command_run(struct ui *ui, const char *text, struct effects *effects)
{
    enum action action;
    const char *rest;
    char *argument;
    size_t length;

    text += strspn(text, " :");
    if (!*text)
        return;
    if (!split_command(text, &action, &rest)) {
        ui_say(ui, ROLE_ERROR, "no such command: %s (Tab completes, F1 lists them)", text);
        command_cancelled(ui, effects);
        return;
    }
    argument = memory_dup(rest);
    for (length = strlen(argument); length && argument[length - 1] == ' ';)
        argument[--length] = '\0';
    if (action != ACTION_THEME)
        command_cancelled(ui, effects);
    if (*argument && *action_get(action)->argument == '\0')
        ui_say(ui, ROLE_ERROR, ":%s takes no argument: %s", action_get(action)->command, argument);
    else
        action_perform(ui, action, argument, effects);
    free(argument);
}
