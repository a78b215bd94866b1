#include "base/embedded.h"

#include <stdlib.h>
#include <string.h>

static int compare_path(const void *path, const void *file)
{
    return strcmp(path, ((const struct embedded *)file)->path);
}

const struct embedded *embedded_find(const char *path)
{
    return bsearch(path, embedded_files, embedded_count, sizeof embedded_files[0], compare_path);
}

const struct embedded *embedded_next(const char *prefix, const struct embedded *after)
{
    const struct embedded *file = after ? after + 1 : embedded_files;
    size_t length = strlen(prefix);

    while (file->path && strncmp(file->path, prefix, length) < 0)
        file++;
    return file->path && strncmp(file->path, prefix, length) == 0 ? file : NULL;
}
