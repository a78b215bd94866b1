#include "view/canvas/theme_file.h"

#include "base/embedded.h"
#include "base/escape.h"
#include "base/message.h"
#include "base/text.h"

#include <ini.h>
#include <string.h>

#define BASE_THEME "okabe-dark"
enum { ANCESTORS = 8 };

/* One file being read. */
struct reading {
    struct theme_file *theme;
    struct faults *faults;
    const char *file, *rest; /* rest: what inih has not been given yet */
    size_t line;
    int depth;
    const char *inherits; /* NULL: not said */
    size_t inherits_line;
};

/* Gives inih the next line, without the blanks before it (to inih they would mean that the line
 * above goes on) and not longer than it can take. */
static char *next_line(char *out, int room, void *context)
{
    struct reading *reading = context;
    const char *start = reading->rest;
    size_t length = strcspn(start, "\n");

    if (!*start)
        return NULL;
    reading->line++;
    reading->rest = start + length + (start[length] == '\n');
    for (; length && (*start == ' ' || *start == '\t'); length--)
        start++;
    if (length + 2 > (size_t)room) {
        faults_add(reading->faults, reading->file, reading->line, tr("longer than %d bytes"),
                   room - 2);
        length = 0;
    }
    memcpy(out, start, length);
    memcpy(out + length, "\n", 2);
    return out;
}

static void read_head(struct reading *reading, const char *name, const char *value)
{
    struct theme_file *theme = reading->theme;

    if (strcmp(name, "inherits") == 0) {
        reading->inherits = arena_dup(theme->arena, value);
        reading->inherits_line = reading->line;
    } else if (strcmp(name, "name") == 0) {
        if (reading->depth == 0)
            theme->name = escape_shown(theme->arena, value);
    } else if (strcmp(name, "title") != 0) {
        faults_add(reading->faults, reading->file, reading->line,
                   tr("%s: [theme] has name, title and inherits"), name);
    }
}

static struct colour *find_colour(const struct theme_file *theme, const char *name)
{
    for (struct colour *colour = theme->palette; colour; colour = colour->next)
        if (strcmp(colour->name, name) == 0)
            return colour;
    return NULL;
}

const struct colour *theme_file_colour(const struct theme_file *theme, const char *name)
{
    return find_colour(theme, name);
}

static struct colour *add_colour(struct theme_file *theme, const char *name, int depth)
{
    struct colour *colour = arena_alloc(theme->arena, 1, sizeof *colour);

    colour->name = arena_dup(theme->arena, name);
    colour->rgb = colour->index = colour->basic = COLOUR_DEFAULT;
    colour->depth = depth;
    colour->next = theme->palette;
    return theme->palette = colour;
}

static void read_colour(struct reading *reading, const char *name, const char *value)
{
    struct colour *known = find_colour(reading->theme, name), said = {0};
    const char *why;

    if (strcmp(name, "default") == 0 || strcmp(name, "on") == 0)
        faults_add(reading->faults, reading->file, reading->line, tr("%s: means something already"),
                   name);
    else if (!colour_parse(value, &said, &why))
        faults_add(reading->faults, reading->file, reading->line, "%s: %s", value, why);
    else if (!known || known->depth == reading->depth) {
        if (!known)
            known = add_colour(reading->theme, name, reading->depth);
        known->rgb = said.rgb;
        known->index = said.index;
        known->basic = said.basic;
    }
}

static void read_role(struct reading *reading, const char *name, const char *value)
{
    struct role_line *known;
    enum role role;

    if (!role_parse(name, &role)) {
        faults_add(reading->faults, reading->file, reading->line, tr("%s: no such role"), name);
        return;
    }
    known = &reading->theme->roles[role];
    if (known->words && known->depth < reading->depth)
        return;
    known->words = arena_dup(reading->theme->arena, value);
    known->file = arena_dup(reading->theme->arena, reading->file);
    known->line = reading->line;
    known->depth = reading->depth;
}

static int read_entry(void *context, const char *section, const char *name, const char *value)
{
    struct reading *reading = context;

    if (strcmp(section, "theme") == 0)
        read_head(reading, name, value);
    else if (strcmp(section, "palette") == 0)
        read_colour(reading, name, value);
    else if (strcmp(section, "roles") == 0)
        read_role(reading, name, value);
    else
        faults_add(reading->faults, reading->file, reading->line,
                   tr("%s: not in [theme], [palette] or [roles]"), name);
    return 1;
}

static bool find_embedded(void *context, const char *name, const char **file, const char **text)
{
    const struct embedded *found;
    struct text path = {0};

    (void)context;
    text_format(&path, "themes/%s.ini", name);
    found = embedded_find(text_get(&path));
    text_clear(&path);
    if (!found)
        return false;
    *file = found->path;
    *text = (const char *)found->bytes;
    return true;
}

const struct theme_finder theme_embedded = {find_embedded, NULL};

/* The files read so far; a theme is its own ancestor only by mistake. */
struct ancestry {
    const char *files[ANCESTORS];
    int count;
};

static bool is_ancestor(const struct ancestry *ancestry, const char *file)
{
    for (int i = 0; i < ancestry->count; i++)
        if (strcmp(ancestry->files[i], file) == 0)
            return true;
    return false;
}

/* A user's theme may bear the name of an embedded one and inherit from that. */
static enum status find_next(const struct ancestry *ancestry, const char *name,
                             const struct theme_finder *finder, const char **file,
                             const char **text)
{
    bool found = finder->find(finder->context, name, file, text);

    if (!found || is_ancestor(ancestry, *file))
        found = theme_embedded.find(NULL, name, file, text) || found;
    if (!found)
        return STATUS_NOT_FOUND;
    return is_ancestor(ancestry, *file) ? STATUS_RANGE : STATUS_OK;
}

static void read_text(struct reading *reading)
{
    int line = ini_parse_stream(next_line, reading, read_entry, reading);

    if (line > 0)
        faults_add(reading->faults, reading->file, (size_t)line, tr("not \"name = value\""));
}

enum status theme_file_read(struct theme_file *theme, const char *name,
                            const struct theme_finder *finder, struct faults *faults)
{
    struct ancestry ancestry = {0};
    struct reading reading = {.theme = theme, .faults = faults};

    *theme = (struct theme_file){.arena = arena_new()};
    add_colour(theme, "default", -1);
    for (reading.depth = 0; reading.depth < ANCESTORS; reading.depth++) {
        const char *wanted = reading.depth == 0 ? name
                             : reading.inherits ? reading.inherits
                                                : BASE_THEME;
        const char *file, *text;
        enum status status = find_next(&ancestry, wanted, finder, &file, &text);

        if (status != STATUS_OK && reading.inherits)
            faults_add(faults, reading.file, reading.inherits_line, tr("inherits %s: %s"), wanted,
                       status == STATUS_RANGE ? tr("that inherits from this")
                                              : tr("no such theme"));
        if (status != STATUS_OK)
            break;
        ancestry.files[ancestry.count++] = arena_dup(theme->arena, file);
        reading.file = ancestry.files[ancestry.count - 1];
        reading.rest = text;
        reading.line = 0;
        reading.inherits = NULL;
        read_text(&reading);
    }
    if (!theme->name)
        theme->name = escape_shown(theme->arena, name);
    return ancestry.count ? STATUS_OK : STATUS_NOT_FOUND;
}

void theme_file_clear(struct theme_file *theme)
{
    arena_free(theme->arena);
    *theme = (struct theme_file){0};
}
