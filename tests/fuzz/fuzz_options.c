/* The command line, an argument in each line. */
#include "app/settings/options.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

enum { ARGUMENTS_MOST = 40 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static char program[] = "mxtrail";
    char *text = malloc(length + 1), *arguments[ARGUMENTS_MOST + 2] = {program};
    struct arena *arena = arena_new();
    struct text why = {0};
    struct options options;
    int count = 1;

    assert(text);
    if (length > 0)
        memcpy(text, bytes, length);
    text[length] = '\0';
    for (char *line = text; line && count <= ARGUMENTS_MOST; count++) {
        char *end = strchr(line, '\n');
        arguments[count] = line;
        if (end)
            *end++ = '\0';
        line = end;
    }
    if (options_parse(count, arguments, arena, &options, &why) == STATUS_OK) {
        assert(options.profile && options.names.count <= ARGUMENTS_MOST);
        assert(options.family == 0 || options.family == 4 || options.family == 6);
    } else {
        assert(why.length > 0);
    }
    text_clear(&why);
    arena_free(arena);
    free(text);
    return 0;
}
