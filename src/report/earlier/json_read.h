/* Reading what --json wrote. */
#ifndef REPORT_EARLIER_JSON_READ_H
#define REPORT_EARLIER_JSON_READ_H

#include "base/fault.h"
#include "base/text.h"
#include "dns/answers.h"

#include <stdbool.h>
#include <stddef.h>

/* The "input" of an object, one line: what was typed, escaped as it is there. Appends it. False
 * when the line is no JSON, or is no object of ours. */
bool json_read_input(const char *line, size_t length, struct text *input);

/* Puts what the queries of the objects were answered into `answers`; the first answer to each
 * question counts. The text is one object or several, on a line each or as a reader laid them out.
 * False when a fault was found, with its line. */
bool json_read_answers(const char *text, size_t length, const char *file, struct answers *answers,
                       struct faults *faults);

#endif
