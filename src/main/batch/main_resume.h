/* --resume: the names that an earlier run of a batch has answered. */
#ifndef MAIN_BATCH_MAIN_RESUME_H
#define MAIN_BATCH_MAIN_RESUME_H

#include <stdbool.h>
#include <stddef.h>

struct resumed;

/* Reads the JSON lines of a file. A file that is not there holds no names; a last line that is torn
 * does not count, which is said, and is taken away where standard output adds to the file. NULL
 * when the file cannot be read or is something else: said then. */
struct resumed *resumed_read(const char *path);
void resumed_free(struct resumed *resumed); /* NULL is allowed */
/* Has a line as typed (without blanks around it) been answered? */
bool resumed_has(const struct resumed *resumed, const char *typed);

#endif
