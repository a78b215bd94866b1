/* Two senders side by side, and all of them: app/actions/perform.h. */
#include "app/actions/perform.h"
#include "app/state/list.h"
#include "app/state/simulated.h"

#include "base/memory.h"
#include "base/message.h"
#include "mail/profiles/profiles.h"
#include "mail/simulation/comparison.h"
#include "sheet/compare_sheet.h"

#include <stdlib.h>
#include <string.h>

static void build(struct ui *ui, struct window *window)
{
    const struct compared_senders *compared = window->state;
    struct visit *visit = ui_visit(ui);
    struct lookup lookup = simulated_lookup(ui, visit);
    struct sheet *sheet = list_sheet(ui, window, comparison_title(compared, window->arena),
                                     arena_format(window->arena, tr("same draw, seed %llu"),
                                                  (unsigned long long)ui->sender.seed));

    comparison_draw(sheet,
                    comparison_of(&lookup, visit->page.name, &ui->sender, compared, window->arena));
}

/* `p`: the right one becomes the next profile. */
static void next(struct ui *ui, struct window *window)
{
    struct compared_senders *compared = window->state;
    size_t place = 0;

    while (profile_at(place) != compared->right)
        place++;
    compared->right = profile_at((place + 1) % profile_count());
    ui_say(ui, ROLE_NOTICE, "%s: %s", profile_title(compared->right),
           profile_summary(compared->right));
    window->stale = true;
}

static const struct window_kind window_comparison = {
    .id = "compare",
    .context = CONTEXT_CHOICE,
    .place = OVERLAY_BESIDE,
    .help = "help/compare.txt",
    .build = build,
    .next = next,
    .next_label = N_("other sender"),
    .every_reply = true,
};

/* Cuts a profile's name off the front of *words; NULL where there is none. */
static const struct profile *take_profile(struct ui *ui, const char **words)
{
    size_t length = strcspn(*words, ", ");
    char *name = memory_dup_bytes(*words, length);
    const struct profile *profile = *name ? profile_find(name) : NULL;

    if (*name && !profile)
        ui_say(ui, ROLE_ERROR, "no such sender: %s (Tab lists them)", name);
    *words += length + strspn(*words + length, ", ");
    free(name);
    return profile;
}

/* L17: the same sender by MX and by SRV. */
static void open_by_srv(struct ui *ui, struct effects *effects)
{
    struct compared_senders *compared;
    struct sender sender;
    bool able;

    sender_copy(&sender, &ui->sender);
    able = comparison_by_srv(&sender);
    sender_clear(&sender);
    if (!able) {
        ui_say(ui, ROLE_NOTICE, "%s never looks up SRV records for mail",
               profile_title(ui->sender.profile));
        return;
    }
    compared = memory_new(1, sizeof *compared);
    *compared = (struct compared_senders){ui->sender.profile, ui->sender.profile, true};
    window_open(ui, &window_comparison, compared, effects);
}

void show_comparison(struct ui *ui, const char *argument, struct effects *effects)
{
    const char *words = argument ? argument : "";
    struct compared_senders *compared;
    const struct profile *first = NULL, *second = NULL;

    if (!ui_visit(ui))
        return;
    if (window_top(ui) && window_top(ui)->kind->compare) {
        window_top(ui)->kind->compare(ui, window_top(ui), argument);
        return;
    }
    if (strcmp(words, "srv") == 0) {
        open_by_srv(ui, effects);
        return;
    }
    if (*words && !(first = take_profile(ui, &words)))
        return;
    if (*words && !(second = take_profile(ui, &words)))
        return;
    compared = memory_new(1, sizeof *compared);
    compared->left = second ? first : ui->sender.profile;
    compared->right = second ? second : first ? first : profile_find("postfix");
    if (compared->left == compared->right)
        compared->left = profile_at(0);
    window_open(ui, &window_comparison, compared, effects);
}

/* ---- all of them ---- */

static void build_matrix(struct ui *ui, struct window *window)
{
    struct visit *visit = ui_visit(ui);
    struct lookup lookup = simulated_lookup(ui, visit);
    struct sheet *sheet =
        list_sheet(ui, window, "All senders compared", "Enter switches to this sender");

    if (sheet->width > 116)
        sheet->width = 116;
    matrix_draw(sheet, matrix_build(&lookup, visit->page.name, &ui->sender, window->arena),
                visit->page.name);
}

static void choose_profile(struct ui *ui, struct window *window, const struct sheet_line *line,
                           struct effects *effects)
{
    char *name = memory_dup(line->key ? line->key : "");

    (void)window;
    window_close(ui, effects);
    edit_profile(ui, name, effects);
    free(name);
    if (!window_top(ui))
        show_delivery(ui, NULL, effects);
}

const struct window_kind window_matrix = {
    .id = "matrix",
    .context = CONTEXT_LIST,
    .place = OVERLAY_BESIDE,
    .help = "help/profiles.txt",
    .build = build_matrix,
    .choose = choose_profile,
    .every_reply = true,
};
