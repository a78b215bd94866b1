/* Small helpers over jansson: every string is valid, safe UTF-8 and no member is ever lost. */
#ifndef REPORT_JSON_VALUE_H
#define REPORT_JSON_VALUE_H

#include "dns/reply.h"

#include <jansson.h>

/* NULL becomes null. Text from outside is escaped already where it enters the model; what should
 * not be UTF-8 all the same is escaped here. */
json_t *json_text(const char *text);
/* Sets `key` to the name and, where the U-label differs, `key`_u to that. NULL becomes null. */
void json_set_name(json_t *object, const char *key, const char *name);
/* Likewise the names of a reply's NS or PTR records, sorted, as arrays; NULL becomes an empty one.
 */
void json_set_targets(json_t *object, const char *key, const struct reply *reply);
void json_set(json_t *object, const char *key, json_t *value); /* takes the value */
void json_append(json_t *array, json_t *value);                /* takes the value */
json_t *json_address(const struct address *address);
/* "waiting" for NULL, else the outcome's word. */
json_t *json_outcome(const struct reply *reply);
/* The state of a record: `state`, or "not_asked" where the reply says so (NULL: none of its own).
 */
json_t *json_state(const char *state, const struct reply *reply);
json_t *json_share(double share); /* null below 0 */
/* The records of a reply in stable order; the array is the caller's to free. NULL has none. */
const struct record **json_sorted(const struct reply *reply, size_t *count);

#endif
