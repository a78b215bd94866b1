/* The configuration file, $XDG_CONFIG_HOME/mxtrail/config: an INI file.
 *   [ui]        theme = NAME, mouse = yes|no, raw-ttl = yes|no, panes = 1 2 3 4 5 6
 *   [keys]      COMMAND = keys          (":help keys" lists the commands)
 *   [findings]  ignore = ID ID ... */
#ifndef APP_CONFIGURATION_H
#define APP_CONFIGURATION_H

#include "app/ui.h"
#include "base/fault.h"
#include "base/status.h"
#include "base/text.h"

#include <stddef.h>

struct configuration_pair {
    char *setting; /* "ui.theme" */
    char *value;
    size_t line;
};

/* Zero-initialised is an empty one. */
struct configuration {
    struct configuration_pair *pairs;
    size_t count, capacity;
    char *file; /* NULL when there is no place for one */
};

/* Reads the file if there is one. Unknown settings are faults ("file:line: what"); the rest counts.
 */
void configuration_load(struct configuration *config, struct faults *faults);
void configuration_clear(struct configuration *config);
/* NULL when not set. */
const char *configuration_get(const struct configuration *config, const char *setting);
/* yes, no, or `otherwise` when not set. */
bool configuration_switch(const struct configuration *config, const char *setting, bool otherwise);
void configuration_bind_keys(const struct configuration *config, struct ui *ui);
/* Sets it in memory and in the file, whose other lines stay as they are (a new file is written
 * beside it and renamed over it). On failure `why` says what went wrong. */
enum status configuration_keep(struct configuration *config, const char *setting, const char *value,
                               struct text *why);

#endif
