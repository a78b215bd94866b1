/* Completion of the command line for shells, from the table of options. */
#ifndef APP_SETTINGS_COMPLETION_H
#define APP_SETTINGS_COMPLETION_H

#include "base/text.h"

#include <stdbool.h>

/* The words that values can be; blanks between. */
struct completion_words {
    const char *themes, *lessons, *profiles, *findings;
};

/* Appends the script for "bash", "zsh" or "fish"; false for any other shell. */
bool completion_write(const char *shell, const struct completion_words *words, struct text *out);

#endif
