/* Who sends, which hosts are down, and what if the records were others: app/actions/perform.h. */
#include "app/actions/perform.h"
#include "app/state/simulated.h"

#include "base/memory.h"
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
    deliver_changed(ui);
    words_name(host, false, &name);
    ui_say(ui, ROLE_NOTICE, "%s%s%s %s", text_get(&name), address.family ? " at " : "",
           address.family ? address_text(&address, text) : "",
           stage == STAGE_ACCEPTS ? "is up again" : stage_sentence(stage));
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
    const struct route *route = deliver_route(ui, &ui->sender, arena);
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
    if (deliver_parse_host(ui, typed, host) && parse_stage(ui, host, equals, &stage))
        put(ui, host, (struct address){0}, stage);
    else
        host[0] = '\0';
    if (*host && ui_visit(ui) && !is_tried(ui, host))
        text_add(&ui->message, "; no message to this domain goes there");
    free(typed);
}

void deliver_down(struct ui *ui, const char *argument, struct effects *effects)
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
    if (!deliver_host(ui, host, &address)) {
        ui_say(ui, ROLE_NOTICE, "this line is not about a host");
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

void deliver_sender(struct ui *ui, const char *argument, struct effects *effects)
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
    deliver_changed(ui);
    ui_say(ui, ROLE_NOTICE, "%s: %s", profile_title(profile), profile_summary(profile));
}

void deliver_set(struct ui *ui, const char *argument, struct effects *effects)
{
    const char *why;

    if (!argument || !*argument) {
        choose_setting(ui, NULL, effects);
        return;
    }
    if (settings_set(&ui->sender.settings, argument, &why)) {
        ui_say(ui, ROLE_ERROR, "%s", why);
        return;
    }
    deliver_changed(ui);
    ui_say(ui, ROLE_NOTICE, "%s", argument);
}

/* ---- what if ---- */

/* The command with its names as the screen has them: without their last dots. */
static void say_edit(struct ui *ui, const char *command)
{
    struct text text = {0};

    for (const char *c = command; *c; c++)
        if (*c != '.' || (c[1] != ' ' && c[1] != '\0') || c == command || c[-1] == ' ')
            text_add_char(&text, *c);
    ui_say(ui, ROLE_NOTICE, "what if: %s (:whatif undo takes it back)", text_get(&text));
    text_clear(&text);
}

static void edit(struct ui *ui, const char *command)
{
    struct visit *visit = ui_visit(ui);
    const char *why;

    if (!visit)
        return;
    if (!visit->whatif)
        visit->whatif = whatif_new();
    if (whatif_edit(visit->whatif, survey_answers(visit->survey), visit->page.name, command,
                    &why)) {
        ui_say(ui, ROLE_ERROR, "%s", why);
        return;
    }
    survey_set_whatif(visit->survey, visit->whatif);
    deliver_changed(ui);
    say_edit(ui, command);
}

/* The route that the window on top shows; NULL for none. */
static const struct route *shown_route(struct ui *ui)
{
    const struct window *window = window_top(ui);

    return window && window->kind->route ? window->kind->route(window) : NULL;
}

/* `change` of the host's preference, or of its weight where the route goes by SRV records; none: it
 * is removed. */
static void edit_host(struct ui *ui, const char *change)
{
    const struct route *route = shown_route(ui);
    bool by_srv = route && route->kind == ROUTE_SRV;
    struct address address;
    struct text command = {0};
    char host[NAME_TEXT];

    if (!deliver_host(ui, host, &address)) {
        ui_say(ui, ROLE_NOTICE, "this line is not about a host");
        return;
    }
    if (!change)
        text_add(&command, by_srv ? "remove srv " : "remove mx ");
    else
        text_add(&command, by_srv ? "weight " : "preference ");
    if (by_srv)
        text_format(&command, "%s ", route->srv_owner);
    text_format(&command, "%s%s%s", host, change ? " " : "", change ? change : "");
    edit(ui, text_get(&command));
    text_clear(&command);
}

/* The edit that the window on top makes of this line; false when it makes none. */
static bool edit_line(struct ui *ui, const char *verb, const char *change)
{
    struct window *window = window_top(ui);
    struct text command = {0};

    if (!window || !window->kind->edit)
        return false;
    if (window_line(window) &&
        window->kind->edit(window, window_line(window), verb, change, &command))
        edit(ui, text_get(&command));
    else
        ui_say(ui, ROLE_NOTICE, "this line is not about a record");
    text_clear(&command);
    return true;
}

void deliver_more(struct ui *ui, const char *argument, struct effects *effects)
{
    (void)argument;
    (void)effects;
    if (!edit_line(ui, "weight", "+1"))
        edit_host(ui, "+1");
}

void deliver_less(struct ui *ui, const char *argument, struct effects *effects)
{
    (void)argument;
    (void)effects;
    if (!edit_line(ui, "weight", "-1"))
        edit_host(ui, "-1");
}

void deliver_add(struct ui *ui, const char *argument, struct effects *effects)
{
    struct text command = {0};

    (void)effects;
    text_format(&command, "add %s", argument ? argument : "");
    edit(ui, text_get(&command));
    text_clear(&command);
}

void deliver_remove(struct ui *ui, const char *argument, struct effects *effects)
{
    struct text command = {0};
    char host[NAME_TEXT];

    (void)effects;
    if (!argument || !*argument) {
        if (!edit_line(ui, "remove", ""))
            edit_host(ui, NULL);
        return;
    }
    if (strchr(argument, ' '))
        text_format(&command, "remove %s", argument);
    else if (deliver_parse_host(ui, argument, host))
        text_format(&command, "remove mx %s", host);
    if (command.length)
        edit(ui, text_get(&command));
    text_clear(&command);
}

static void save_whatif(struct ui *ui, struct visit *visit, const char *path,
                        struct effects *effects)
{
    struct text text = {0};

    path += strspn(path, " ");
    if (!*path) {
        ui_say(ui, ROLE_ERROR, "say which file: :whatif save FILE");
        return;
    }
    whatif_print(visit->whatif, survey_answers(visit->survey), &text);
    effects_add_file(effects, EFFECT_EXPORT, path, text_get(&text));
    text_clear(&text);
}

void deliver_whatif(struct ui *ui, const char *argument, struct effects *effects)
{
    struct visit *visit = ui_visit(ui);
    const char *words = argument ? argument : "";
    bool edited = visit && visit->whatif && whatif_count(visit->whatif);

    if (!visit) {
        ui_say(ui, ROLE_NOTICE, "look a name up first");
    } else if (!*words) {
        show_whatif(ui, NULL, effects);
    } else if (!edited && (strcmp(words, "undo") == 0 || strcmp(words, "clear") == 0 ||
                           strncmp(words, "save", 4) == 0)) {
        ui_say(ui, ROLE_NOTICE, "nothing is changed");
    } else if (strncmp(words, "save", 4) == 0) {
        save_whatif(ui, visit, words + 4, effects);
    } else if (strcmp(words, "undo") == 0) {
        whatif_undo(visit->whatif);
        deliver_changed(ui);
    } else if (strcmp(words, "clear") == 0) {
        whatif_reset(visit->whatif);
        deliver_changed(ui);
        ui_say(ui, ROLE_NOTICE, "the records are as the DNS has them again");
    } else {
        edit(ui, words);
    }
}

void deliver_family(struct ui *ui, const char *argument, struct effects *effects)
{
    static const struct {
        const char *word;
        enum family_choice family;
    } families[] = {{"any", FAMILY_ANY}, {"4", FAMILY_4}, {"6", FAMILY_6}};

    (void)effects;
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (argument && strcmp(argument, families[i].word) == 0) {
            ui->sender.family = families[i].family;
            deliver_changed(ui);
            ui_say(ui, ROLE_NOTICE, "the sender has %s%s", families[i].family ? "IPv" : "",
                   families[i].family ? families[i].word : "both families");
            return;
        }
    ui_say(ui, ROLE_ERROR, "a sender has :family 4, 6 or any");
}
