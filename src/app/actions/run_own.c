/* The user's own commands on a row: app/actions/perform.h. */
#include "app/actions/perform.h"

#include "app/state/editor.h"
#include "app/state/own_command.h"
#include "base/message.h"
#include "dns/name.h"

#include <string.h>

static const char *without_dot(struct arena *arena, const char *name)
{
    return name ? arena_dup_bytes(arena, name, (size_t)name_shown_length(name)) : NULL;
}

static const struct address *first_address(const struct row *row, const struct facts *facts,
                                           const char *host)
{
    const struct host *met = host ? facts_host(facts, host) : NULL;

    if (row->kind == ROW_ADDRESS)
        return &row->address->record->address;
    return met && met->address_count ? &met->addresses[0].record->address : NULL;
}

static struct own_place place_of(struct ui *ui, struct arena *arena)
{
    const struct visit *visit = ui_visit(ui);
    const struct row *row = ui_row(ui);
    const char *host = row ? (row->target ? row->target : row->name) : NULL;
    const struct address *address = row ? first_address(row, visit->page.facts, host) : NULL;
    struct own_place place = {0};

    place.host = without_dot(arena, host);
    place.domain = without_dot(arena, visit->page.name);
    if (address)
        place.address = address_text(address, arena_alloc(arena, ADDRESS_TEXT, 1));
    return place;
}

static const struct own_command *find(const struct ui *ui, const char *name)
{
    const struct ui_settings *settings = &ui->settings;

    for (size_t i = 0; i < settings->command_count; i++)
        if (strcmp(settings->commands[i].name, name) == 0)
            return &settings->commands[i];
    return NULL;
}

void run_own(struct ui *ui, const char *argument, struct effects *effects)
{
    const struct own_command *command = argument ? find(ui, argument) : NULL;
    struct arena *arena;
    struct text words = {0};
    const char *why = NULL;
    struct own_place place;

    if (!ui_visit(ui))
        return;
    if (!ui->settings.command_count) {
        ui_say(ui, ROLE_NOTICE, "%s",
               tr("the configuration file has no [commands]: see :help commands"));
        return;
    }
    if (!argument || !*argument) {
        editor_open(ui, EDITOR_COMMAND, "run ", false, effects);
        return;
    }
    if (!command) {
        ui_say(ui, ROLE_ERROR, tr("no such command in the configuration: %s"), argument);
        return;
    }
    arena = arena_new();
    place = place_of(ui, arena);
    if (own_command_words(command->line, &place, &words, &why))
        effects_add_text(effects, EFFECT_RUN, text_get(&words), false);
    else
        ui_say(ui, ROLE_ERROR, "%s: %s", command->name, tr(why));
    text_clear(&words);
    arena_free(arena);
}
