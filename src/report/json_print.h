/* A JSON value as text: what json_dumps() makes of it, without a call for each character. */
#ifndef REPORT_JSON_PRINT_H
#define REPORT_JSON_PRINT_H

#include "base/text.h"

#include <jansson.h>

/* Appends the value on one line without blanks, members in the order they were set, numbers with
 * twelve digits (RFC 8259). */
void json_print(const json_t *value, struct text *out);

#endif
