/* Reading what --json wrote. */
#ifndef REPORT_JSON_READ_H
#define REPORT_JSON_READ_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

/* The "input" of an object, one line: what was typed, escaped as it is there. Appends it. False
 * when the line is no JSON, or is no object of ours. */
bool json_read_input(const char *line, size_t length, struct text *input);

#endif
