#include "report/json_read.h"

#include <jansson.h>

bool json_read_input(const char *line, size_t length, struct text *input)
{
    json_t *object = json_loadb(line, length, JSON_REJECT_DUPLICATES, NULL);
    const char *value = json_string_value(json_object_get(object, "input"));
    bool ours = value && json_is_integer(json_object_get(object, "mxtrail"));

    if (ours)
        text_add(input, value);
    json_decref(object);
    return ours;
}
