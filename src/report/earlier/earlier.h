/* What mxtrail wrote earlier, read again to be laid beside what there is now: a recording, or what
 * --json printed. */
#ifndef REPORT_EARLIER_EARLIER_H
#define REPORT_EARLIER_EARLIER_H

#include "base/fault.h"
#include "dns/answers.h"

#include <stdbool.h>
#include <stddef.h>

/* Does the text begin as one of them does? */
bool earlier_begins(const char *text, size_t length);
/* Its answers, of which the first to each question counts; the caller's. NULL when a fault was
 * found, with its line. */
struct answers *earlier_read(const char *text, size_t length, const char *file,
                             struct faults *faults);
/* Was the name (canonical) looked up, not only met on the way to another? */
bool earlier_knows(const struct answers *answers, const char *name);

#endif
