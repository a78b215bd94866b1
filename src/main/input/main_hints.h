/* The servers that a trace begins with: --hints. */
#ifndef MAIN_INPUT_MAIN_HINTS_H
#define MAIN_INPUT_MAIN_HINTS_H

#include "base/fault.h"
#include "base/status.h"
#include "base/text.h"
#include "policy/servers/trace.h"

/* Reads a hints file (records as IANA publishes them: NS of the root, and addresses) or a list of
 * "ADDRESS" or "NAME=ADDRESS" with "," between. Everything is in the arena. STATUS_SYNTAX when it
 * is neither; another failure has faults with file and line. */
enum status hints_read(const char *given, struct arena *arena, struct trace_hints *hints,
                       struct faults *faults);
/* Appends them as such a list. */
void hints_print(struct trace_hints hints, struct text *out);

#endif
