/* A client's choice among the SRV records of one owner: app/actions/perform.h. */
#include "app/actions/perform.h"
#include "app/state/list.h"
#include "app/state/simulated.h"

#include "base/memory.h"
#include "base/message.h"
#include "dns/type.h"
#include "mail/client/client_walk.h"
#include "mail/clients/services.h"
#include "sheet/services/client_sheet.h"
#include "sheet/srv_sheet.h"
#include "sheet/words.h"
#include "survey/subject.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DRAWS = 10000 };

struct srv_state {
    char owner[NAME_TEXT];
    enum srv_algorithm algorithm;
    uint64_t draws;
    struct arena *arena; /* of the set; NULL until it is built */
    const struct srv_set *set;
    struct srv_draw *draw;
    const struct client *client; /* played at the right; NULL: the orders drawn */
    char site[CLIENT_SITE];      /* where it is; "" for nowhere known */
};

static void state_clear(struct srv_state *state)
{
    srv_draw_free(state->draw);
    arena_free(state->arena);
    state->draw = NULL;
    state->arena = NULL;
}

/* The set borrows the records, and those of a what-if edit are gone with the next one. */
static const struct record **copy_records(const struct reply *reply, struct arena *arena)
{
    const struct record **list = arena_alloc(arena, reply->record_count, sizeof *list);

    for (size_t i = 0; i < reply->record_count; i++) {
        struct record *copy = arena_alloc(arena, 1, sizeof *copy);
        *copy = *reply->records[i];
        copy->owner = arena_dup(arena, copy->owner);
        copy->rdata = arena_dup(arena, copy->rdata);
        copy->srv.target = arena_dup(arena, copy->srv.target);
        list[i] = copy;
    }
    return list;
}

static const struct reply *reply_of(struct ui *ui, const struct srv_state *state)
{
    struct lookup lookup = simulated_lookup(ui, ui_visit(ui));

    return lookup_find(&lookup, state->owner, TYPE_SRV);
}

static bool state_build(struct ui *ui, const struct window *window, struct srv_state *state)
{
    const struct reply *reply = reply_of(ui, state);

    state_clear(state);
    if (!reply || !reply->record_count)
        return false;
    state->arena = arena_new();
    state->set = srv_set_build(state->arena, state->owner, copy_records(reply, state->arena),
                               reply->record_count);
    state->draw = srv_draw_new(state->set, state->algorithm, ui->sender.seed, state->draws);
    srv_draw_step(state->draw, window->slice);
    return true;
}

/* What the edits change, above the shares. */
static void add_change(struct ui *ui, struct sheet *sheet, const struct srv_state *state)
{
    const struct visit *visit = ui_visit(ui);
    const struct srv_owner *before = facts_srv_owner(visit->page.facts, state->owner);

    if (visit->whatif && whatif_count(visit->whatif))
        srv_change_draw(sheet, before ? before->set : NULL, state->set, state->algorithm);
}

static const char *runs_title(const struct window *window, const struct srv_state *state)
{
    uint64_t drawn = window->grow_ms && state->draw ? srv_draw_done(state->draw) : state->draws;
    char number[WORD_SIZE];

    if (!state->draws)
        return tr("not drawn yet");
    return arena_format(window->arena, tr_plural("%s choice", "%s choices", drawn),
                        number_words(drawn, number));
}

/* The client at the right: what it looks up, and whom it gets. */
static void build_client(struct ui *ui, struct window *window, const struct srv_state *state)
{
    struct visit *visit = ui_visit(ui);
    struct lookup lookup = simulated_lookup(ui, visit);
    const struct client_place place = {
        .domain = visit->page.name,
        .site = *state->site ? state->site : NULL,
        .owner = state->owner,
    };
    struct client_walk *walk =
        client_walk(state->client, &lookup, &place, &ui->sender, window->arena);

    client_walk_draw(walk, place.domain, ui->sender.seed, state->draws);
    client_draw_sheet(list_side(ui, window, 1,
                                arena_format(window->arena, tr("Client: %s"), state->client->name),
                                *state->site ? state->site : tr("no site")),
                      walk, place.domain);
}

static void build(struct ui *ui, struct window *window)
{
    struct srv_state *state = window->state;
    struct text name = {0};
    struct sheet *left, *right;

    words_name(state->owner, true, &name);
    left = list_side(
        ui, window, 0, arena_format(window->arena, tr("A client's choice: %s"), text_get(&name)),
        arena_format(window->arena, tr("seed %llu"), (unsigned long long)ui->sender.seed));
    right = list_side(ui, window, 1, tr("Orders (p: next client)"), runs_title(window, state));
    text_clear(&name);
    if (state->client)
        build_client(ui, window, state);
    if (!state->draw && !state_build(ui, window, state)) {
        srv_shares_draw(left, NULL, NULL, reply_of(ui, state));
        return;
    }
    window->busy = window->busy || srv_draw_done(state->draw) < state->draws;
    add_change(ui, left, state);
    srv_shares_draw(left, state->set, state->draw, NULL);
    if (!left->blank)
        client_columns_draw(left, state->set, ui_visit(ui)->page.name);
    if (state->client)
        return;
    srv_orders_draw(right, state->set, state->draw);
}

static void close(struct ui *ui, struct window *window, struct effects *effects)
{
    (void)ui;
    (void)effects;
    state_clear(window->state);
}

static bool work(struct ui *ui, struct window *window)
{
    struct srv_state *state = window->state;

    if (!state->draw && !state_build(ui, window, state))
        return false;
    return srv_draw_step(state->draw, window->slice);
}

static void forget(struct window *window)
{
    state_clear(window->state);
}

/* What mail servers look up is chosen among by their algorithms; else by the clients that look it
 * up, behind them none. */
static void next_algorithm(struct ui *ui, struct srv_state *state)
{
    state->algorithm = (enum srv_algorithm)((state->algorithm + 1) % SRV_ALGORITHMS);
    ui_say(ui, ROLE_NOTICE, "%s: %s", srv_algorithm_text(state->algorithm),
           srv_algorithm_sentence(NULL, state->algorithm));
}

static bool is_asked_by(const struct client *client, const char *owner)
{
    return client_asks(client, owner) || strcmp(client->name, "rfc2782") == 0 ||
           strcmp(client->name, "nominal") == 0;
}

/* `given`: the client with its site. */
static void set_client(struct ui *ui, struct srv_state *state, const struct client *client,
                       const char *given)
{
    struct visit *visit = ui_visit(ui);

    state->client = client;
    if (!client) {
        ui_say(ui, ROLE_NOTICE, tr("no client is played: orders as drawn"));
        return;
    }
    survey_set_client(visit->survey, given);
    visit->stale = true;
    client = client_at_task(client, state->owner);
    ui_say(ui, ROLE_NOTICE, "%s: %s", tr(client->title), tr(client->summary));
}

static void next_client(struct ui *ui, struct srv_state *state)
{
    const struct client *client;
    struct text given = {0};
    size_t place = 0;

    while (state->client && clients_at(place) != state->client)
        place++;
    place += state->client != NULL;
    while (place < clients_count() && !is_asked_by(clients_at(place), state->owner))
        place++;
    client = place < clients_count() ? clients_at(place) : NULL;
    text_format(&given, "%s %s", client ? client->name : "", state->site);
    set_client(ui, state, client, text_get(&given));
    text_clear(&given);
}

static void next(struct ui *ui, struct window *window)
{
    struct srv_state *state = window->state;

    if (services_is_mail(state->owner) && !state->client)
        next_algorithm(ui, state);
    else
        next_client(ui, state);
    windows_forget(ui);
}

/* A target of the left or the right side is down, or up again. */
static void down(struct ui *ui, struct window *window, const struct sheet_line *line)
{
    const struct address none = {0};
    bool up;

    (void)window;
    if (!line->key || !strchr(line->key, '.')) {
        ui_say(ui, ROLE_NOTICE, tr("this line does not name a host"));
        return;
    }
    up = sender_stage(&ui->sender, line->key, NULL, &none, 0) != STAGE_ACCEPTS;
    sender_put(&ui->sender, line->key, none, up ? STAGE_ACCEPTS : STAGE_REFUSED);
    ui_say(ui, ROLE_NOTICE, up ? tr("%s is up again") : tr("%s is down"), line->key);
    simulated_changed(ui);
}

static bool edit(const struct window *window, const struct sheet_line *line, const char *verb,
                 const char *change, struct text *command)
{
    const struct srv_state *state = window->state;
    bool target = line->key && strchr(line->key, '.');

    if (target && strcmp(verb, "remove") == 0)
        text_format(command, "remove srv %s %s", state->owner, line->key);
    else if (target)
        text_format(command, "%s %s %s %s", verb, state->owner, line->key, change);
    return target;
}

static void subject(const struct window *window, char *out)
{
    snprintf(out, NAME_TEXT, "%s", ((const struct srv_state *)window->state)->owner);
}

static const struct window_kind window_srv = {
    .id = "srv",
    .context = CONTEXT_CHOICE,
    .place = OVERLAY_BESIDE,
    .two_sided = true,
    .help = "help/srv-choice.txt",
    .build = build,
    .close = close,
    .forget = forget,
    .next = next,
    .next_label = N_("client"),
    .edit = edit,
    .down = down,
    .work = work,
    .every_reply = true,
    .subject = subject,
    .reveals = true,
};

static bool typed_owner(struct ui *ui, const char *typed, char owner[NAME_TEXT])
{
    const char *why;

    if (subject_owner(typed, ui_visit(ui)->page.name, owner, &why) == STATUS_OK)
        return true;
    ui_say(ui, ROLE_ERROR, "%s: %s", typed, why);
    return false;
}

static bool row_owner(struct ui *ui, char owner[NAME_TEXT])
{
    const struct row *row = ui_row(ui);

    if (!row || !row->name || row->depth || ui_visit(ui)->page.focus != PANE_SRV) {
        ui_say(ui, ROLE_NOTICE, "this row has no record to choose from");
        return false;
    }
    memcpy(owner, row->name, strlen(row->name) + 1);
    return true;
}

static bool row_is_service(struct ui *ui)
{
    const struct row *row = ui_row(ui);

    return row && row->name && row->depth == 0 && ui_visit(ui)->page.focus == PANE_SRV &&
           row->kind == ROW_SRV;
}

/* "OWNER [ALGORITHM]", or the row under the cursor. */
static bool choose_owner(struct ui *ui, const char *argument, struct srv_state *state)
{
    const char *blank = argument ? strchr(argument, ' ') : NULL;
    char *typed;
    bool good;

    if (!argument || !*argument)
        return row_owner(ui, state->owner);
    if (blank && !srv_algorithm_parse(blank + 1, &state->algorithm)) {
        ui_say(ui, ROLE_ERROR, "no such algorithm: %s (rfc2782, nominal, postfix, exim)",
               blank + 1);
        return false;
    }
    typed = memory_dup_bytes(argument, blank ? (size_t)(blank - argument) : strlen(argument));
    good = typed_owner(ui, typed, state->owner);
    free(typed);
    return good;
}

/* One that no table has is asked for now. */
static void want_owner(struct ui *ui, const char *owner)
{
    struct visit *visit = ui_visit(ui);
    struct record_request request = {.name = owner, .type = TYPE_SRV};

    if (facts_srv_owner(visit->page.facts, owner))
        return;
    survey_request_records(visit->survey, &request);
    visit->stale = true;
}

static void open_window(struct ui *ui, const struct srv_state *chosen, struct effects *effects)
{
    struct srv_state *state = memory_new(1, sizeof *state);

    *state = *chosen;
    window_draw_runs(ui, window_open(ui, &window_srv, state, effects), state->draws);
}

void show_srv(struct ui *ui, const char *argument, struct effects *effects)
{
    struct srv_state chosen = {.algorithm = SRV_RFC2782, .draws = windows_reveal(ui) ? 0 : DRAWS};

    if (!ui_visit(ui) || !choose_owner(ui, argument, &chosen))
        return;
    want_owner(ui, chosen.owner);
    open_window(ui, &chosen, effects);
}

/* The first owner with SRV records here that it looks up, at its first task if there is one. */
static bool find_owner(struct ui *ui, const struct client *client, char owner[NAME_TEXT])
{
    const struct srv_list *list = &ui_visit(ui)->page.facts->srv;
    const char *found = NULL;
    bool first = false;

    for (size_t i = 0; i < list->count && !first; i++)
        if (list->owners[i].count && client_asks(client, list->owners[i].owner)) {
            first = client_at_task(client, list->owners[i].owner) == client;
            found = first || !found ? list->owners[i].owner : found;
        }
    if (found)
        memcpy(owner, found, strlen(found) + 1);
    return found != NULL;
}

/* "NAME [SITE]": in the window that is open, or one for its service. */
void show_client(struct ui *ui, const char *argument, struct effects *effects)
{
    struct srv_state chosen = {.algorithm = SRV_RFC2782, .draws = windows_reveal(ui) ? 0 : DRAWS};
    struct window *window = window_of(ui, &window_srv);
    struct srv_state *state = window ? window->state : &chosen;
    const struct client *client;
    char site[CLIENT_SITE];

    if (!ui_visit(ui))
        return;
    if (!argument || !client_parse(argument, &client, site)) {
        ui_say(ui, ROLE_ERROR, tr("no such client: %s (Tab lists them)"), argument ? argument : "");
        return;
    }
    if (!window && !row_is_service(ui) && !find_owner(ui, client, chosen.owner)) {
        ui_say(ui, ROLE_NOTICE, tr("%s finds no SRV records here"), tr(client->title));
        return;
    }
    if (!window && !*chosen.owner)
        row_owner(ui, chosen.owner);
    memcpy(state->site, site, sizeof site);
    set_client(ui, state, client, argument);
    if (window)
        windows_forget(ui);
    else
        open_window(ui, &chosen, effects);
}

void show_srv_draws(struct ui *ui, uint64_t draws)
{
    struct window *window = window_of(ui, &window_srv);
    struct srv_state *state = window ? window->state : NULL;

    if (!state)
        return;
    state->draws = draws;
    state_clear(state);
    window_draw_runs(ui, window, draws);
}
