#include "main/batch/main_print.h"

#include "app/settings/completion.h"
#include "app/settings/options.h"
#include "app/settings/resource.h"
#include "base/message.h"
#include "config.h"
#include "mail/profiles/profiles.h"
#include "main/batch/main_say.h"
#include "policy/findings/findings.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int print(struct text *text)
{
    int status = EXIT_ANSWERED;

    if (fputs(text_get(text), stdout) < 0 || fflush(stdout) != 0) {
        main_say(tr("standard output: %s"), strerror(errno));
        status = EXIT_INPUT;
    }
    text_clear(text);
    return status;
}

int print_help(void)
{
    struct text text = {0};

    options_help(&text);
    return print(&text);
}

int print_version(void)
{
    struct text text = {0};

    text_add(&text, "mxtrail " VERSION "\n");
    return print(&text);
}

int print_page(const char *path)
{
    const struct resource *page = resource_find(path);
    struct text text = {0};

    if (page)
        text_add(&text, page->bytes);
    return print(&text);
}

int print_lessons(const struct lessons *lessons)
{
    struct text text = {0};

    for (size_t i = 0; i < lessons->count; i++) {
        const struct lesson *lesson = &lessons->list[i];
        text_format(&text, "%-16s %2ld  %s\n", lesson->id, lesson->number, lesson->title);
    }
    return print(&text);
}

static void add_word(struct text *words, const char *word, size_t length)
{
    text_format(words, "%s%.*s", words->length ? " " : "", (int)length, word);
}

static void add_themes(struct text *words)
{
    static const char prefix[] = "themes/", suffix[] = ".ini";
    size_t count;
    const char **paths = resource_list(prefix, suffix, &count);

    for (size_t i = 0; i < count; i++)
        add_word(words, paths[i] + strlen(prefix),
                 strlen(paths[i]) - strlen(prefix) - strlen(suffix));
    free(paths);
}

int print_completion(const char *shell, const struct lessons *lessons)
{
    struct text text = {0}, themes = {0}, ids = {0}, profiles = {0}, findings = {0};
    int status = EXIT_USAGE;

    add_themes(&themes);
    add_word(&ids, "list", strlen("list"));
    for (size_t i = 0; i < lessons->count; i++)
        add_word(&ids, lessons->list[i].id, strlen(lessons->list[i].id));
    for (size_t i = 0; i < profile_count(); i++)
        add_word(&profiles, profile_name(profile_at(i)), strlen(profile_name(profile_at(i))));
    for (size_t i = 0; i < finding_kinds_count(); i++)
        add_word(&findings, finding_kinds_at(i)->id, strlen(finding_kinds_at(i)->id));
    if (completion_write(shell,
                         &(struct completion_words){text_get(&themes), text_get(&ids),
                                                    text_get(&profiles), text_get(&findings)},
                         &text))
        status = print(&text);
    else
        main_say(tr("--completion %s: known are bash, zsh and fish"), shell);
    text_clear(&themes);
    text_clear(&ids);
    text_clear(&profiles);
    text_clear(&findings);
    return status;
}
