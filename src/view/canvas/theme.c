#include "view/canvas/theme.h"

#include "base/memory.h"
#include "base/message.h"
#include "view/canvas/theme_file.h"

#include <stdlib.h>
#include <string.h>

struct theme {
    char *name;
    struct style styles[TIER_COUNT][ROLE_COUNT];
};

static const struct {
    const char *word;
    enum emphasis emphasis;
} emphases[] = {
    {"bold", EMPHASIS_BOLD}, {"underline", EMPHASIS_UNDERLINE}, {"reverse", EMPHASIS_REVERSE},
    {"dim", EMPHASIS_DIM},   {"italic", EMPHASIS_ITALIC},
};

/* A role line understood: colours and emphasis, before a tier is chosen. */
struct role_look {
    const struct colour *foreground, *background;
    unsigned emphasis;
};

static unsigned emphasis_of(const char *word)
{
    for (size_t i = 0; i < sizeof emphases / sizeof *emphases; i++)
        if (strcmp(emphases[i].word, word) == 0)
            return emphases[i].emphasis;
    return 0;
}

static const struct colour *colour_named(const struct theme_file *file,
                                         const struct role_line *line, const char *word,
                                         const struct colour *otherwise, struct faults *faults)
{
    const struct colour *colour = theme_file_colour(file, word);

    if (colour)
        return colour;
    faults_add(faults, line->file, line->line, tr("%s: no colour of the palette"), word);
    return otherwise;
}

/* "fg [on bg] [emphasis ...]"; what is not said or wrong is as in `ground`. */
static struct role_look read_look(const struct theme_file *file, const struct role_line *line,
                                  struct role_look ground, struct faults *faults)
{
    struct role_look look = {ground.foreground, ground.background, 0};
    char *words = memory_dup(line->words), *rest = NULL;
    char *word = strtok_r(words, " \t", &rest);

    if (word)
        look.foreground = colour_named(file, line, word, ground.foreground, faults);
    word = strtok_r(NULL, " \t", &rest);
    if (word && strcmp(word, "on") == 0) {
        word = strtok_r(NULL, " \t", &rest);
        if (word)
            look.background = colour_named(file, line, word, ground.background, faults);
        else
            faults_add(faults, line->file, line->line, tr("on: on what?"));
        word = word ? strtok_r(NULL, " \t", &rest) : NULL;
    }
    for (; word; word = strtok_r(NULL, " \t", &rest)) {
        if (!emphasis_of(word))
            faults_add(faults, line->file, line->line,
                       tr("%s: not bold, underline, reverse, dim or italic"), word);
        look.emphasis |= emphasis_of(word);
    }
    free(words);
    return look;
}

/* Direct terminals take the numbers 0 to 7 for the first eight of their own palette: right for a
 * colour that asks for one of those, and not to be confused with nearly black. */
static int direct_colour(const struct colour *colour)
{
    if (colour->rgb == COLOUR_DEFAULT || (colour->index >= 0 && colour->index < 8))
        return colour->index;
    return colour->rgb < 8 ? 0x000100 : colour->rgb;
}

static void set_styles(struct theme *theme, enum role role, struct role_look look)
{
    theme->styles[TIER_DIRECT][role] = (struct style){
        direct_colour(look.foreground), direct_colour(look.background), look.emphasis};
    theme->styles[TIER_256][role] =
        (struct style){look.foreground->index, look.background->index, look.emphasis};
    theme->styles[TIER_16][role] =
        (struct style){look.foreground->basic, look.background->basic, look.emphasis};
    theme->styles[TIER_MONO][role] = (struct style){COLOUR_DEFAULT, COLOUR_DEFAULT, look.emphasis};
}

static void resolve(struct theme *theme, const struct theme_file *file, struct faults *faults)
{
    const struct colour *own = theme_file_colour(file, "default");
    struct role_look ground = {own, own, 0};

    if (file->roles[ROLE_TEXT].words)
        ground = read_look(file, &file->roles[ROLE_TEXT], ground, faults);
    for (int role = 0; role < ROLE_COUNT; role++) {
        struct role_look look = ground;
        if (role != ROLE_TEXT && file->roles[role].words)
            look = read_look(file, &file->roles[role], ground, faults);
        else if (role == ROLE_ROW_SELECTED)
            look.emphasis = EMPHASIS_REVERSE;
        set_styles(theme, (enum role)role, look);
    }
}

/* No colours means the theme "mono", because a theme made for colours may tell the selected row
 * by its colour alone. */
static void take_mono(struct theme *theme, const struct theme_finder *finder, struct faults *faults)
{
    struct theme_file file;
    struct theme *mono = memory_new(1, sizeof *mono);

    if (theme_file_read(&file, "mono", finder, faults) == STATUS_OK) {
        resolve(mono, &file, faults);
        memcpy(theme->styles[TIER_MONO], mono->styles[TIER_MONO], sizeof mono->styles[TIER_MONO]);
    }
    theme_file_clear(&file);
    free(mono);
}

enum status theme_read(const char *name, const struct theme_finder *finder, struct faults *faults,
                       struct theme **theme)
{
    struct theme_file file;
    enum status status;

    if (!finder)
        finder = &theme_embedded;
    status = theme_file_read(&file, name, finder, faults);
    if (status == STATUS_OK) {
        *theme = memory_new(1, sizeof **theme);
        (*theme)->name = memory_dup(file.name);
        resolve(*theme, &file, faults);
        if (strcmp(name, "mono") != 0)
            take_mono(*theme, finder, faults);
    }
    theme_file_clear(&file);
    return status;
}

void theme_free(struct theme *theme)
{
    if (!theme)
        return;
    free(theme->name);
    free(theme);
}

const char *theme_name(const struct theme *theme)
{
    return theme->name;
}

struct style theme_style(const struct theme *theme, enum tier tier, enum role role)
{
    return theme->styles[tier][role];
}
