#include "main/input/main_language.h"

#include "app/settings/configuration.h"
#include "base/message.h"
#include "main/batch/main_say.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The first of the variables that is set, as setlocale() takes them; "" for none. */
static const char *locale_of(const char *category)
{
    const char *const names[] = {"LC_ALL", category, "LANG"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return value;
    }
    return "";
}

static bool says_utf8(const char *locale)
{
    const char *charset = strchr(locale, '.');

    return charset &&
           (strncasecmp(charset, ".UTF-8", 6) == 0 || strncasecmp(charset, ".utf8", 5) == 0);
}

bool language_set_charset(void)
{
    bool utf8 = setlocale(LC_CTYPE, "") ? strcmp(nl_langinfo(CODESET), "UTF-8") == 0
                                        : says_utf8(locale_of("LC_CTYPE"));

    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0 && !setlocale(LC_CTYPE, "C.UTF-8"))
        setlocale(LC_CTYPE, "en_US.UTF-8");
    return utf8;
}

void language_from_environment(bool utf8)
{
    const char *locale = locale_of("LC_MESSAGES"), *list = getenv("LANGUAGE"), *found = NULL;

    if (!utf8 || !*locale)
        return;
    if (strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0)
        list = NULL;
    while (list && *list && !found) {
        size_t length = strcspn(list, ":");
        char *one = strndup(list, length);
        found = one ? message_find(one) : NULL;
        free(one);
        list += length + (list[length] == ':');
    }
    message_language(found ? found : locale);
}

void language_from_arguments(int argc, char **argv, bool utf8)
{
    for (int i = 1; utf8 && i < argc && strcmp(argv[i], "--") != 0; i++) {
        const char *word = strcmp(argv[i], "--lang") == 0        ? argv[i + 1]
                           : strncmp(argv[i], "--lang=", 7) == 0 ? argv[i] + 7
                                                                 : NULL;
        if (word && message_find(word))
            message_language(message_find(word));
    }
}

static void say_known(const char *code)
{
    struct text list = {0};

    for (const struct catalogue *c = catalogues; c->language; c++)
        text_format(&list, ", %s", c->language);
    main_say(tr("--lang %s: no such language; known are en%s"), code, text_get(&list));
    text_clear(&list);
}

static void set_configured(const struct options *options)
{
    struct configuration config;
    struct faults faults = {0}; /* said by whoever reads the rest of the file */
    const char *code;

    configuration_load(&config, options->config, &faults);
    if ((code = configuration_get(&config, "ui.lang")))
        message_language(code);
    configuration_clear(&config);
    faults_clear(&faults);
}

bool language_choose(const struct options *options, bool utf8)
{
    const char *code = options->lang ? message_find(options->lang) : NULL;

    if (options->lang && !code) {
        say_known(options->lang);
        return false;
    }
    if (options->output == OUTPUT_JSON || options->completion || !utf8)
        message_language(NULL);
    else if (code)
        message_language(code);
    else
        set_configured(options);
    if (code && strcmp(code, "en") != 0 && !utf8)
        main_say(tr("--lang %s: the character set of the terminal is not UTF-8"), code);
    return true;
}
