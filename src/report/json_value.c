#include "report/json_value.h"

#include "base/text.h"
#include "dns/idn.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

json_t *json_text(const char *text)
{
    json_t *value = text ? json_string(text) : json_null();

    assert(value); /* everything in the model is valid UTF-8 */
    return value;
}

void json_set(json_t *object, const char *key, json_t *value)
{
    int failed = json_object_set_new_nocheck(object, key, value);

    assert(!failed);
    (void)failed;
}

void json_append(json_t *array, json_t *value)
{
    int failed = json_array_append_new(array, value);

    assert(!failed);
    (void)failed;
}

void json_set_name(json_t *object, const char *key, const char *name)
{
    struct text unicode = {0}, twin = {0};

    json_set(object, key, json_text(name));
    if (name && strstr(name, "xn--") && idn_to_unicode(name, &unicode)) {
        text_format(&twin, "%s_u", key);
        json_set(object, text_get(&twin), json_text(text_get(&unicode)));
    }
    text_clear(&unicode);
    text_clear(&twin);
}

json_t *json_address(const struct address *address)
{
    char text[ADDRESS_TEXT];

    return json_string(address_text(address, text));
}

json_t *json_outcome(const struct reply *reply)
{
    return json_string(reply ? outcome_text(reply->outcome) : "waiting");
}

json_t *json_share(double share)
{
    return share < 0 ? json_null() : json_real(share);
}

json_t *json_record(const struct record *record)
{
    struct text line = {0};
    json_t *value;

    record_print(record, &line);
    value = json_text(text_get(&line));
    text_clear(&line);
    return value;
}
