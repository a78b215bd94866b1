#include "app/settings/completion.h"

#include "app/settings/option_table.h"
#include "app/settings/options.h"

#include <stddef.h>
#include <string.h>

/* What the value of an option is. */
struct values {
    bool is_file, is_list; /* a list has commas between */
    const char *words;     /* NULL: anything */
};

static struct values values_of(size_t id, const struct completion_words *words)
{
    const struct values known[OPTION_COUNT] = {
        [OPTION_BATCH] = {.is_file = true},
        [OPTION_ZONE] = {.is_file = true},
        [OPTION_OVERLAY] = {.is_file = true},
        [OPTION_RECORD] = {.is_file = true},
        [OPTION_RESUME] = {.is_file = true},
        [OPTION_REPLAY] = {.is_file = true},
        [OPTION_DIFF] = {.is_file = true},
        [OPTION_EXPECT] = {.is_file = true},
        [OPTION_REPORT] = {.words = "text md"},
        [OPTION_DEMO] = {.words = words->lessons},
        [OPTION_THEME] = {.words = words->themes},
        [OPTION_PROFILE] = {.words = words->profiles},
        [OPTION_COMPARE] = {.words = words->profiles, .is_list = true},
        [OPTION_IGNORE] = {.words = words->findings, .is_list = true},
        [OPTION_FAMILY] = {.words = "any 4 6"},
        [OPTION_ALGORITHM] = {.words = "rfc2782 nominal postfix exim"},
        [OPTION_SPEED] = {.words = "max 1 2 10"},
        [OPTION_COMPLETION] = {.words = "bash zsh fish"},
    };

    return known[id];
}

static bool takes_value(size_t id)
{
    return *option_rows[id].argument != '\0';
}

/* ---- bash ---- */

static void put_bash_case(size_t id, const struct values *values, struct text *out)
{
    text_format(out, "    --%s%s%c) ", option_rows[id].name, option_rows[id].letter ? "|-" : "",
                option_rows[id].letter ? option_rows[id].letter : ' ');
    if (values->is_file)
        text_add(out, "compopt -o filenames; COMPREPLY=($(compgen -f -- \"$word\"))");
    else if (values->is_list)
        text_format(
            out,
            "COMPREPLY=($(compgen -P \"${word%%\"${word##*,}\"}\" -W '%s' -- \"${word##*,}\"))",
            values->words);
    else if (values->words)
        text_format(out, "COMPREPLY=($(compgen -W '%s' -- \"$word\"))", values->words);
    text_add(out, "; return ;;\n");
}

static void put_bash(const struct completion_words *words, struct text *out)
{
    text_add(out, "# bash completion of mxtrail\n"
                  "_mxtrail() {\n"
                  "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
                  "    COMPREPLY=()\n"
                  "    [ \"$word\" != = ] || word=\n"
                  "    [ \"$before\" != = ] || before=${COMP_WORDS[COMP_CWORD-2]}\n"
                  "    case $before in\n");
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        struct values values = values_of(i, words);
        if (values.is_file || values.words)
            put_bash_case(i, &values, out);
    }
    text_add(out, "    esac\n    case $word in -*) COMPREPLY=($(compgen -W '");
    for (size_t i = 0; i < OPTION_COUNT; i++)
        text_format(out, "%s--%s", i ? " " : "", option_rows[i].name);
    text_add(out, "' -- \"$word\")) ;; esac\n}\ncomplete -F _mxtrail mxtrail\n");
}

/* ---- zsh ---- */

/* Text inside '[...]' of _arguments. */
static void put_zsh_help(const char *help, struct text *out)
{
    for (; *help; help++) {
        if (*help == '\'')
            text_add(out, "'\\'");
        else if (strchr("[]:\\", *help))
            text_add_char(out, '\\');
        text_add_char(out, *help);
    }
}

static void put_zsh(const struct completion_words *words, struct text *out)
{
    text_add(out, "#compdef mxtrail\n_arguments -s -S \\\n");
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        struct values values = values_of(i, words);
        text_format(out, "    '*--%s%s[", option_rows[i].name,
                    options_is_optional(option_rows[i].argument) ? "=-"
                    : takes_value(i)                             ? "="
                                                                 : "");
        put_zsh_help(option_rows[i].help, out);
        text_add_char(out, ']');
        if (takes_value(i))
            text_format(out, "%s:value:", options_is_optional(option_rows[i].argument) ? ":" : "");
        if (values.is_file)
            text_add(out, "_files");
        else if (values.words)
            text_format(out, values.is_list ? "_sequence compadd - %s" : "(%s)", values.words);
        text_add(out, "' \\\n");
    }
    text_add(out, "    '*:name:_hosts'\n");
}

/* ---- fish ---- */

static void put_fish_help(const char *help, struct text *out)
{
    for (; *help; help++) {
        if (*help == '\'' || *help == '\\')
            text_add_char(out, '\\');
        text_add_char(out, *help);
    }
}

static void put_fish(const struct completion_words *words, struct text *out)
{
    text_add(out, "# fish completion of mxtrail\ncomplete -c mxtrail -f\n");
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        struct values values = values_of(i, words);
        text_format(out, "complete -c mxtrail -l %s", option_rows[i].name);
        if (option_rows[i].letter)
            text_format(out, " -s %c", option_rows[i].letter);
        if (takes_value(i))
            text_add(out, values.is_file ? " -r -F" : " -x");
        if (values.words)
            text_format(out, " -a '%s'", values.words);
        text_add(out, " -d '");
        put_fish_help(option_rows[i].help, out);
        text_add(out, "'\n");
    }
}

bool completion_write(const char *shell, const struct completion_words *words, struct text *out)
{
    static const struct {
        const char *shell;
        void (*put)(const struct completion_words *words, struct text *out);
    } shells[] = {{"bash", put_bash}, {"zsh", put_zsh}, {"fish", put_fish}};

    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
        if (strcmp(shells[i].shell, shell) == 0) {
            shells[i].put(words, out);
            return true;
        }
    return false;
}
