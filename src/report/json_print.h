/* A JSON value as text: what json_dumps() makes of it, without a call for each character. */
#ifndef REPORT_JSON_PRINT_H
#define REPORT_JSON_PRINT_H

#include "base/text.h"

#include <jansson.h>
#include <stdint.h>

/* Appends the value on one line without blanks, members in the order they were set, numbers with
 * twelve digits (RFC 8259). */
void json_print(const json_t *value, struct text *out);
/* Valid UTF-8, as a string. */
void json_print_text(const char *text, struct text *out);
/* So many thousandths, as the real number they are. */
void json_print_thousandths(uint32_t count, struct text *out);

#endif
