/* The configuration file, $XDG_CONFIG_HOME/mxtrail/config: an INI file.
 *   [ui]        theme = NAME, mouse = yes|no, raw-ttl = yes|no, panes = 1 2 3 4 5 6, lang = CODE
 *   [keys]      COMMAND = keys          (":help keys" lists the commands)
 *   [findings]  ignore = ID ID ...
 *   [commands]  NAME = PROGRAM WORD ...   (app/state/own_command.h)
 *   [dns]       resolvers = ADDRESS ADDRESS ...   (:resolver offers them),
 *               hints = FILE    (root servers for :trace and --trace),
 *               ca = FILE       (whose certificates encrypted resolvers must have) */
#ifndef APP_SETTINGS_CONFIGURATION_H
#define APP_SETTINGS_CONFIGURATION_H

#include "base/fault.h"
#include "base/status.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct configuration_pair {
    char *setting; /* "ui.theme" */
    char *value;
    size_t line; /* of the file; 0 when it does not come from there */
};

/* Zero-initialised is an empty one. */
struct configuration {
    struct configuration_pair *pairs;
    size_t count, capacity;
    char *file;  /* NULL when there is no place for one */
    bool unkept; /* no file is wanted: settings hold until the program ends */
};

/* Reads the file `path`, or that of the user when NULL, if there is one; "" is no file at all, and
 * nothing is kept then. Unknown settings and values that cannot be are faults ("file:line: what");
 * the rest counts. */
void configuration_load(struct configuration *config, const char *path, struct faults *faults);
void configuration_clear(struct configuration *config);
/* NULL when not set. */
const char *configuration_get(const struct configuration *config, const char *setting);
/* yes, no, or `otherwise` when not set. */
bool configuration_switch(const struct configuration *config, const char *setting, bool otherwise);
/* The line a setting stands at; 0 when it does not come from the file. */
size_t configuration_line(const struct configuration *config, const char *setting);
/* In memory alone. */
void configuration_set(struct configuration *config, const char *setting, const char *value);
void configuration_unset(struct configuration *config, size_t index);
/* Sets it in memory and in the file, whose other lines stay as they are (a new file is written
 * beside it and renamed over it). A link stays a link, a mode what it is, and a file that cannot be
 * read and written is left alone. On failure `why` says what went wrong. */
enum status configuration_keep(struct configuration *config, const char *setting, const char *value,
                               struct text *why);

#endif
