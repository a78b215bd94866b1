/* Flaws of a zone as lines, as they stand at the head of a recording. */
#include "base/escape.h"
#include "base/utf8.h"
#include "dns/name.h"
#include "dns/type.h"
#include "dns/zone/zone_flaws.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS = 8, FILE_OCTETS = 255 };

static const char *const words[ZONE_FLAW_KINDS] = {
    [ZONE_FLAW_NO_SOA] = "no-soa",
    [ZONE_FLAW_OUTSIDE] = "outside",
    [ZONE_FLAW_BESIDE_ALIAS] = "beside-alias",
    [ZONE_FLAW_NO_ADDRESS] = "no-address",
    [ZONE_FLAW_ALIAS_LOOP] = "alias-loop",
    [ZONE_FLAW_ALIAS_DANGLING] = "alias-dangling",
};

static bool is_fit(const char *file)
{
    const char *end = file + strlen(file);

    if (file == end || end - file > FILE_OCTETS || !utf8_valid(file, (size_t)(end - file)))
        return false;
    while (file < end)
        if (!escape_showable(utf8_next(&file, end)))
            return false;
    return true;
}

bool zone_flaw_print(const struct zone_flaw *flaw, struct text *out)
{
    char type[TYPE_TEXT];

    if (!is_fit(flaw->label) || !is_fit(flaw->file))
        return false;
    text_format(out, "%s\t%s\t%s\t%s\t%s\t%s\t%zu\t%zu", words[flaw->kind], flaw->label,
                flaw->owner, type_text(flaw->type, type), flaw->target, flaw->file, flaw->line,
                flaw->more);
    return true;
}

static bool read_kind(const char *word, enum zone_flaw_kind *kind)
{
    for (int i = 0; i < ZONE_FLAW_KINDS; i++)
        if (strcmp(words[i], word) == 0) {
            *kind = (enum zone_flaw_kind)i;
            return true;
        }
    return false;
}

static bool read_name(const char *text, struct arena *arena, const char **name)
{
    char canonical[NAME_TEXT];

    if (strlen(text) >= NAME_TEXT || name_canonical(text, canonical, NULL) != STATUS_OK)
        return false;
    *name = arena_dup(arena, canonical);
    return true;
}

static bool read_number(const char *text, size_t *number)
{
    size_t length = strspn(text, "0123456789");

    *number = strtoul(text, NULL, 10);
    return length > 0 && length < 10 && text[length] == '\0';
}

/* Cuts the line at its tabs; false unless there are as many fields as there must be. */
static bool cut(char *line, const char *fields[FIELDS])
{
    size_t count = 0;

    for (char *field; (field = strsep(&line, "\t")); count++)
        if (count < FIELDS)
            fields[count] = field;
    return count == FIELDS;
}

bool zone_flaw_parse(const char *line, struct arena *arena, struct zone_flaw *flaw)
{
    const char *fields[FIELDS];
    struct zone_flaw read = {0};

    if (!cut(arena_dup(arena, line), fields) || !read_kind(fields[0], &read.kind) ||
        !is_fit(fields[1]) || !read_name(fields[2], arena, &read.owner) ||
        !type_parse(fields[3], &read.type) || !read_name(fields[4], arena, &read.target) ||
        !is_fit(fields[5]) || !read_number(fields[6], &read.line) ||
        !read_number(fields[7], &read.more))
        return false;
    read.label = fields[1];
    read.file = fields[5];
    *flaw = read;
    return true;
}
