/* Themes, help pages and lessons: from the user's folder, the data folder, or the program itself.
 * Paths are as in the source tree: "themes/okabe-dark.ini", "help/lessons/ties.zone". */
#ifndef APP_SETTINGS_RESOURCE_H
#define APP_SETTINGS_RESOURCE_H

#include <stdbool.h>
#include <stddef.h>

struct resource {
    const char *path;  /* "help/start.txt" */
    const char *file;  /* where it was found, for messages; the path itself when embedded */
    const char *bytes; /* NUL terminated beyond length */
    size_t length;
    bool untranslated; /* a page of help that is not there in the language of the process */
};

/* $XDG_CONFIG_HOME/mxtrail, or ~/.config/mxtrail; NULL when neither variable holds an absolute
 * path. The caller frees it. */
char *resource_user_folder(void);

/* Files of lessons ("help/lessons/...") are looked for in this folder before all others. Borrowed.
 */
void resource_lessons(const char *folder);
/* Looked for in $XDG_CONFIG_HOME/mxtrail (or ~/.config/mxtrail), in the data folder the program was
 * installed to, then in the program. Files must be regular and at most 1 MiB, else they are passed
 * over. NULL when there is none. A text of help/ is looked for below help/LANGUAGE first, folder by
 * folder, so that a user's own page counts more than a translation. Found ones are kept: valid
 * until resource_forget(). */
const struct resource *resource_find(const char *path);

/* All paths known under a prefix ("help/lessons/") with a suffix (".zone"), sorted, each once,
 * without translations; the list is the caller's to free, the paths stay valid until
 * resource_forget(). */
const char **resource_list(const char *prefix, const char *suffix, size_t *count);

void resource_forget(void);

#endif
