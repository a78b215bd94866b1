/* What a lesson without steps says is to be tried: app/actions/play.h. */
#include "app/actions/play.h"

#include "app/actions/command.h"
#include "app/settings/views.h"
#include "app/state/sender_options.h"
#include "app/state/simulated.h"

/* The options of the line, as the shell would hand them over. */
static bool read_try(struct ui *ui, const char *line, struct arena *arena, struct options *options)
{
    struct text why = {0};
    bool good = lesson_options(line, arena, options, &why) == STATUS_OK;

    if (!good)
        ui_say(ui, ROLE_ERROR, "%s", text_get(&why));
    text_clear(&why);
    return good;
}

static bool take_sender(struct ui *ui, const struct options *options)
{
    struct sender sender;
    struct text why = {0};
    bool good = sender_options_read(options, ui->started.seed, ui_visit(ui)->page.name, &sender,
                                    &why) == STATUS_OK;

    if (good) {
        sender_clear(&ui->sender);
        ui->sender = sender;
        simulated_changed(ui);
    } else {
        ui_say(ui, ROLE_ERROR, "%s", text_get(&why));
    }
    text_clear(&why);
    return good;
}

static void take_spf(struct ui *ui, const struct options *options)
{
    struct spf_sender sender = {
        .from = options->spf_from, .helo = options->spf_helo, .now = ui->settings.survey.now};

    if (options->spf_ip && address_parse(options->spf_ip, &sender.ip))
        survey_set_spf(ui_visit(ui)->survey, &sender);
}

/* What "mxtrail --demo=LESSON LINE" shows. */
void play_try(struct ui *ui, const char *line, struct effects *effects)
{
    struct arena *arena = arena_new();
    struct options options;
    struct strings commands;

    if (read_try(ui, line, arena, &options) && take_sender(ui, &options)) {
        take_spf(ui, &options);
        views_asked(&options, arena, &commands);
        for (size_t i = 0; i < commands.count; i++)
            command_run(ui, commands.list[i], effects);
    }
    arena_free(arena);
}
