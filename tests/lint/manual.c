/*
 * Fills the generated parts of the manual page: reads its source on stdin and writes it to stdout
 * with everything between a line `.\" begin NAME` and the line `.\" end` replaced by the table of
 * that name. "make manual" takes the result over; tests/lint/manual.t checks that it did.
 */
#include "app/events/action.h"
#include "app/settings/options.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct part {
    const char *begin;
    void (*write)(struct text *out);
} parts[] = {
    {".\\\" begin options\n", options_manual},
    {".\\\" begin keys\n", action_manual},
};

static const struct part *part_at(const char *line)
{
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (strcmp(line, parts[i].begin) == 0)
            return &parts[i];
    return NULL;
}

int main(void)
{
    char line[4096];
    struct text out = {0};
    const struct part *inside = NULL;
    size_t filled = 0;

    while (fgets(line, sizeof line, stdin)) {
        const struct part *part = part_at(line);

        if (strcmp(line, ".\\\" end\n") == 0)
            inside = NULL;
        if (!inside)
            text_add(&out, line);
        if (part) {
            part->write(&out);
            inside = part;
            filled++;
        }
    }
    fputs(text_get(&out), stdout);
    text_clear(&out);
    return filled == sizeof parts / sizeof parts[0] && !inside ? EXIT_SUCCESS : EXIT_FAILURE;
}
