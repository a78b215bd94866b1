#include "base/fault.h"

#include "base/escape.h"
#include "base/memory.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void faults_add(struct faults *faults, const char *file, size_t line, const char *format, ...)
{
    struct text text = {0};
    struct arena *arena;
    const char *message;
    va_list arguments;

    if (faults->total++ >= FAULTS_KEPT)
        return;
    arena = arena_new();
    va_start(arguments, format);
    message = arena_format_list(arena, format, arguments);
    va_end(arguments);
    escape_bytes(&text, file, strlen(file), ESCAPE_UTF8, false);
    if (line)
        text_format(&text, ":%zu", line);
    text_add(&text, ": ");
    escape_bytes(&text, message, strlen(message), ESCAPE_UTF8, false);
    arena_free(arena);
    faults->lines[faults->kept++] = text_take(&text);
}

void faults_clear(struct faults *faults)
{
    for (size_t i = 0; i < faults->kept; i++)
        free(faults->lines[i]);
    *faults = (struct faults){0};
}
