#include "main_say.h"

#include "base/escape.h"
#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void say(const char *format, ...)
{
    struct arena *arena = arena_new();
    struct text line = {0};
    const char *sentence;
    va_list arguments;

    va_start(arguments, format);
    sentence = arena_format_list(arena, format, arguments);
    va_end(arguments);
    escape_bytes(&line, sentence, strlen(sentence), ESCAPE_UTF8, false);
    fprintf(stderr, "mxtrail: %s\n", text_get(&line));
    text_clear(&line);
    arena_free(arena);
}

void say_faults(const struct faults *faults)
{
    for (size_t i = 0; i < faults->kept; i++)
        fprintf(stderr, "%s\n", faults->lines[i]);
    if (faults->total > faults->kept)
        say("%zu more faults", faults->total - faults->kept);
}
