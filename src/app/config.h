/* The configuration file, $XDG_CONFIG_HOME/mxtrail/config: an INI file.
 *   [ui]        theme = NAME, mouse = yes|no, raw-ttl = yes|no
 *   [keys]      COMMAND = keys          (":help keys" lists the commands)
 *   [findings]  ignore = ID ID ... */
#ifndef APP_CONFIG_H
#define APP_CONFIG_H

#include "app/ui.h"
#include "base/fault.h"
#include "base/status.h"
#include "base/text.h"

#include <stddef.h>

struct config_pair {
    char *setting; /* "ui.theme" */
    char *value;
    size_t line;
};

/* Zero-initialised is an empty one. */
struct config {
    struct config_pair *pairs;
    size_t count, capacity;
    char *file; /* NULL when there is no place for one */
};

/* Reads the file if there is one. Unknown settings are faults ("file:line: what"); the rest counts.
 */
void config_load(struct config *config, struct faults *faults);
void config_clear(struct config *config);
/* NULL when not set. */
const char *config_get(const struct config *config, const char *setting);
/* yes, no, or `otherwise` when not set. */
bool config_switch(const struct config *config, const char *setting, bool otherwise);
void config_bind_keys(const struct config *config, struct ui *ui);
/* Sets it in memory and in the file, whose other lines stay as they are (a new file is written
 * beside it and renamed over it). On failure `why` says what went wrong. */
enum status config_keep(struct config *config, const char *setting, const char *value,
                        struct text *why);

#endif
