#include "report/json_value.h"

#include "base/escape.h"
#include "base/memory.h"
#include "base/text.h"
#include "dns/idn.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

json_t *json_text(const char *text)
{
    json_t *value = text ? json_string(text) : json_null();
    struct text escaped = {0};

    if (!value) {
        escape_bytes(&escaped, text, strlen(text), ESCAPE_ASCII, false);
        value = json_string(text_get(&escaped));
        text_clear(&escaped);
    }
    assert(value);
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

static int compare(const void *left, const void *right)
{
    return record_compare(*(const struct record *const *)left,
                          *(const struct record *const *)right);
}

const struct record **json_sorted(const struct reply *reply, size_t *count)
{
    const struct record **sorted;

    *count = reply ? reply->record_count : 0;
    sorted = memory_new(*count, sizeof *sorted);
    for (size_t i = 0; i < *count; i++)
        sorted[i] = reply->records[i];
    if (*count)
        qsort(sorted, *count, sizeof *sorted, compare);
    return sorted;
}

void json_set_targets(json_t *object, const char *key, const struct reply *reply)
{
    json_t *names = json_array(), *decoded = json_array();
    struct text twin = {0};
    bool differs = false;
    size_t count;
    const struct record **sorted = json_sorted(reply, &count);

    for (size_t i = 0; i < count; i++) {
        struct text unicode = {0};
        bool has_twin = idn_to_unicode(sorted[i]->target, &unicode);
        json_append(names, json_text(sorted[i]->target));
        json_append(decoded, json_text(has_twin ? text_get(&unicode) : sorted[i]->target));
        differs = differs || has_twin;
        text_clear(&unicode);
    }
    json_set(object, key, names);
    text_format(&twin, "%s_u", key);
    if (differs)
        json_set(object, text_get(&twin), json_incref(decoded));
    json_decref(decoded);
    text_clear(&twin);
    free(sorted);
}

json_t *json_state(const char *state, const struct reply *reply)
{
    bool unsent =
        reply && (reply->outcome == OUTCOME_NOT_ASKED || reply->outcome == OUTCOME_NOT_IN_FILE);

    return json_text(unsent ? outcome_text(reply->outcome) : state);
}
