/* The user's own commands, of the [commands] section of the configuration file:
 *     swaks = swaks --to postmaster@%d --server %h
 * %h is the host of the row, %a its address, %d the domain of the page, %% a percent sign. They are
 * run without a shell, word by word, so that no name can be more than a word. */
#ifndef APP_STATE_OWN_COMMAND_H
#define APP_STATE_OWN_COMMAND_H

#include "base/memory.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct own_command {
    const char *name, *line;
};

/* What the placeholders stand for: names without their last dot; NULL for nothing. */
struct own_place {
    const char *host, *address, *domain;
};

/* Appends the words, a line end behind each. On failure false and *why, a static sentence: a
 * placeholder is not known, stands for nothing here, or for a name that is no host name. */
bool own_command_words(const char *line, const struct own_place *place, struct text *words,
                       const char **why);

#endif
