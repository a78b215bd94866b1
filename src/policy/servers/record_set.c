#include "policy/servers/record_set.h"

#include <stdlib.h>
#include <string.h>

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char **sorted_data(struct arena *arena, const struct reply *reply)
{
    const char **data = arena_alloc(arena, reply->record_count + 1, sizeof *data);

    for (size_t i = 0; i < reply->record_count; i++)
        data[i] = reply->records[i]->rdata;
    qsort(data, reply->record_count, sizeof *data, compare_texts);
    return data;
}

bool record_sets_equal(struct arena *arena, const struct reply *a, const struct reply *b)
{
    const char **left, **right;

    if (a->record_count != b->record_count)
        return false;
    left = sorted_data(arena, a);
    right = sorted_data(arena, b);
    for (size_t i = 0; i < a->record_count; i++)
        if (strcmp(left[i], right[i]) != 0)
            return false;
    return true;
}
