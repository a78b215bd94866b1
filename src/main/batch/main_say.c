#include "main/batch/main_say.h"

#include "base/escape.h"
#include "base/memory.h"
#include "base/message.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static enum escape_form form = ESCAPE_UTF8;

void say_in_ascii(void)
{
    form = ESCAPE_ASCII;
}

void main_say(const char *format, ...)
{
    struct arena *arena = arena_new();
    struct text line = {0};
    const char *sentence;
    va_list arguments;

    va_start(arguments, format);
    sentence = arena_format_list(arena, format, arguments);
    va_end(arguments);
    escape_bytes(&line, sentence, strlen(sentence), form, false);
    fprintf(stderr, "mxtrail: %s\n", text_get(&line));
    text_clear(&line);
    arena_free(arena);
}

/* "file:12: message" */
static bool names_a_line(const char *fault)
{
    for (; (fault = strchr(fault, ':')); fault++) {
        size_t digits = strspn(fault + 1, "0123456789");
        if (digits && fault[1 + digits] == ':')
            return true;
    }
    return false;
}

void say_faults(const struct faults *faults)
{
    for (size_t i = 0; i < faults->kept; i++) {
        struct text line = {0};
        if (!names_a_line(faults->lines[i]))
            text_add(&line, "mxtrail: ");
        escape_bytes(&line, faults->lines[i], strlen(faults->lines[i]), form, false);
        fprintf(stderr, "%s\n", text_get(&line));
        text_clear(&line);
    }
    if (faults->total > faults->kept)
        main_say(tr_plural("%zu more fault", "%zu more faults", faults->total - faults->kept),
                 faults->total - faults->kept);
}
