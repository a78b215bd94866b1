/* Who sends, and which hosts are down: app/actions/perform.h. */
#include "app/actions/perform.h"
#include "app/state/simulated.h"

#include "base/memory.h"
#include "base/message.h"
#include "dns/name.h"
#include "mail/profiles/profiles.h"
#include "sheet/words.h"

#include <stdlib.h>
#include <string.h>

/* ---- hosts down and up ---- */

static void put(struct ui *ui, const char *host, struct address address, enum stage stage)
{
    char text[ADDRESS_TEXT];
    struct text name = {0};

    sender_put(&ui->sender, host, address, stage);
    simulated_changed(ui);
    words_name(host, false, &name);
    if (address.family)
        text_format(&name, " %s", address_text(&address, text));
    if (stage == STAGE_ACCEPTS)
        ui_say(ui, ROLE_NOTICE, "%s is up again", text_get(&name));
    else
        ui_say(ui, ROLE_NOTICE, "%s: %s", text_get(&name), stage_sentence(stage));
    text_clear(&name);
}

/* "STAGE" or "up"; nothing given turns round what is. */
static bool parse_stage(struct ui *ui, const char *host, const char *text, enum stage *stage)
{
    const struct address none = {0};

    if (!text) {
        *stage = sender_stage(&ui->sender, host, NULL, &none, 0) == STAGE_ACCEPTS ? STAGE_REFUSED
                                                                                  : STAGE_ACCEPTS;
        return true;
    }
    if (strcmp(text, "up") == 0) {
        *stage = STAGE_ACCEPTS;
        return true;
    }
    if (stage_parse(text, stage))
        return true;
    ui_say(ui, ROLE_ERROR, "no such stage: %s (up, refused, timeout, greeting4, rcpt5, ...)", text);
    return false;
}

static bool is_tried(struct ui *ui, const char *host)
{
    struct arena *arena = arena_new();
    const struct route *route = simulated_route(ui, &ui->sender, arena);
    bool found = false;

    for (size_t i = 0; route && i < route->host_count && !found; i++)
        found = strcmp(route->hosts[i].exchange, host) == 0;
    arena_free(arena);
    return found;
}

static void put_typed(struct ui *ui, const char *argument)
{
    char host[NAME_TEXT], *typed = memory_dup(argument), *equals = strchr(typed, '=');
    enum stage stage;

    if (equals)
        *equals++ = '\0';
    if (simulated_parse_host(ui, typed, host) && parse_stage(ui, host, equals, &stage))
        put(ui, host, (struct address){0}, stage);
    else
        host[0] = '\0';
    if (*host && ui_visit(ui) && !is_tried(ui, host))
        text_format(&ui->message, " (%s)", tr("no message to this domain goes there"));
    free(typed);
}

void edit_down(struct ui *ui, const char *argument, struct effects *effects)
{
    struct window *window = window_top(ui);
    struct address address;
    char host[NAME_TEXT];

    (void)effects;
    if (argument && *argument) {
        put_typed(ui, argument);
        return;
    }
    if (window && window->kind->down) {
        if (window_line(window))
            window->kind->down(ui, window, window_line(window));
        return;
    }
    if (!simulated_host(ui, host, &address)) {
        ui_say(ui, ROLE_NOTICE, "this line does not name a host");
        return;
    }
    put(ui, host, address,
        sender_stage(&ui->sender, host, NULL, &address, 0) == STAGE_ACCEPTS ? STAGE_REFUSED
                                                                            : STAGE_ACCEPTS);
}

/* ---- whose rules ---- */

static size_t profile_place(const struct profile *profile)
{
    size_t place = 0;

    while (place < profile_count() && profile_at(place) != profile)
        place++;
    return place;
}

void edit_profile(struct ui *ui, const char *argument, struct effects *effects)
{
    struct window *window = window_top(ui);
    const struct profile *profile;

    (void)effects;
    if (!argument && window && window->kind->next) {
        window->kind->next(ui, window);
        return;
    }
    if (argument && *argument)
        profile = profile_find(argument);
    else
        profile = profile_at((profile_place(ui->sender.profile) + 1) % profile_count());
    if (!profile) {
        ui_say(ui, ROLE_ERROR, "no such sender: %s (Tab lists them)", argument);
        return;
    }
    sender_set_profile(&ui->sender, profile);
    simulated_changed(ui);
    ui_say(ui, ROLE_NOTICE, "%s: %s", profile_title(profile), profile_summary(profile));
}

void edit_family(struct ui *ui, const char *argument, struct effects *effects)
{
    static const struct {
        const char *word;
        enum family_choice family;
    } families[] = {{"any", FAMILY_ANY}, {"4", FAMILY_4}, {"6", FAMILY_6}};

    (void)effects;
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (argument && strcmp(argument, families[i].word) == 0) {
            ui->sender.family = families[i].family;
            simulated_changed(ui);
            ui_say(ui, ROLE_NOTICE,
                   families[i].family ? "the sender has IPv%s only"
                                      : "the sender has IPv4 and IPv6",
                   families[i].word);
            return;
        }
    ui_say(ui, ROLE_ERROR, "the family must be 4, 6 or any: :family 4");
}

void edit_rotates(struct ui *ui, const char *argument, struct effects *effects)
{
    bool on = argument && strcmp(argument, "on") == 0;

    (void)effects;
    if (argument && *argument && !on && strcmp(argument, "off") != 0) {
        ui_say(ui, ROLE_ERROR, "the resolver rotates or not: :rotates on, :rotates off");
        return;
    }
    ui->sender.rotates = argument && *argument ? on : !ui->sender.rotates;
    simulated_changed(ui);
    ui_say(ui, ROLE_NOTICE,
           ui->sender.rotates ? "the resolver rotates: every delivery finds another order"
                              : "the resolver keeps the order of its answers");
}
