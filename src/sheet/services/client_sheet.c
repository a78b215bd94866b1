#include "sheet/services/client_sheet.h"

#include "base/message.h"
#include "base/utf8.h"
#include "dns/name.h"
#include "mail/client/client_order.h"
#include "sheet/words.h"

#include <string.h>

enum { INDENT = 4, COLUMN = 10, HOST = 16, BESIDE = 9 /* columns of a client beside others */ };

/* ---- questions ---- */

static enum role role_of(const struct client_step *step)
{
    switch (step->outcome) {
    case CLIENT_FOUND:
        return ROLE_ANSWERED;
    case CLIENT_FAILED:
        return ROLE_TIMEOUT;
    case CLIENT_WAITING:
        return ROLE_WAITING;
    case CLIENT_SKIPPED:
        return ROLE_DIM;
    default:
        return ROLE_NODATA;
    }
}

static const char *type_of(const struct client_step *step)
{
    static const char *const types[] = {
        [CLIENT_SRV] = "SRV",   [CLIENT_URI] = "URI",  [CLIENT_NAPTR] = "NAPTR",
        [CLIENT_ADDRESS] = "A", [CLIENT_PATH] = "TXT", [CLIENT_URL] = "",
        [CLIENT_OTHER] = ""};

    return types[step->question->kind];
}

static void add_step(struct sheet *sheet, const struct client_walk *walk, size_t place,
                     const char *domain)
{
    const struct client_step *step = &walk->steps[place];

    sheet_line(sheet);
    sheet_format(sheet, ROLE_STEP, "%2zu ", place + 1);
    if (step->owner)
        sheet_format(sheet, ROLE_NAME, "%s %s  ", type_of(step),
                     sheet_name(sheet, step->owner, domain));
    sheet_wrap(sheet, INDENT, ROLE_TEXT, tr(step->question->sentence));
    sheet_reference(sheet, step->question->reference);
    sheet_line(sheet);
    sheet_wrap(sheet, INDENT, role_of(step), step->text);
}

/* ---- targets ---- */

static void share(struct sheet *sheet, int column, int columns, double share, enum role role)
{
    char text[WORD_SIZE];

    sheet_tab(sheet, column);
    if (share < 0)
        sheet_format(sheet, ROLE_DIM, "%*s", columns - 1, "-");
    else
        sheet_format(sheet, role, "%*s", columns - 1, number_share(share, text));
}

static void add_head(struct sheet *sheet, int first)
{
    static const char *const heads[] = {N_("first"), N_("drawn"), N_("reached"), N_("drawn")};

    sheet_line(sheet);
    for (int i = 0; i < 4; i++) {
        int columns = utf8_columns(tr(heads[i]));
        sheet_tab(sheet, first + i * COLUMN + (columns < 9 ? 9 - columns : 0));
        sheet_add(sheet, ROLE_DIM, tr(heads[i]));
    }
}

static void add_target(struct sheet *sheet, const struct client_walk *walk, size_t place,
                       const char *domain, int first)
{
    const struct client_target *target = &walk->targets[place];
    double draws = walk->draws ? (double)walk->draws : 1;

    sheet_line(sheet);
    sheet_select(sheet, (int)place, target->host);
    sheet_format(sheet, ROLE_PREFERENCE, "%3u %3u  ", target->priority, target->weight);
    sheet_add(sheet, target->down ? ROLE_STRUCK : ROLE_NAME,
              sheet_name(sheet, target->host, domain));
    sheet_format(sheet, ROLE_DIM, ":%u", target->port);
    if (target->down)
        sheet_format(sheet, ROLE_ERROR, " %s", target->down);
    if (sheet_last(sheet)->end >= first)
        sheet_line(sheet);
    share(sheet, first, COLUMN, target->first, ROLE_SRV_SHARE);
    share(sheet, first + COLUMN, COLUMN, walk->draws ? (double)target->drawn_first / draws : -1,
          ROLE_TEXT);
    share(sheet, first + 2 * COLUMN, COLUMN, target->reached, ROLE_SRV_SHARE);
    share(sheet, first + 3 * COLUMN, COLUMN,
          walk->draws ? (double)target->drawn_reached / draws : -1, ROLE_TEXT);
}

static void add_targets(struct sheet *sheet, const struct client_walk *walk, const char *domain)
{
    int first = sheet->width - 4 * COLUMN;

    sheet_heading(sheet, "Servers it tries, in this order", NULL);
    if (!walk->count) {
        sheet_pair(sheet, "", 2, ROLE_NODATA, tr("It finds no server."));
        return;
    }
    add_head(sheet, first < 2 ? 2 : first);
    for (size_t i = 0; i < walk->count; i++) {
        const struct client_target *target = &walk->targets[i];
        if (i == 0 || target->group != walk->targets[i - 1].group ||
            strcmp(target->owner, walk->targets[i - 1].owner) != 0) {
            sheet_line(sheet);
            sheet_add(sheet, ROLE_DIM, sheet_name(sheet, target->owner, domain));
            if (target->group != walk->targets[0].group)
                sheet_add(sheet, ROLE_DIM, tr(": when no server before it answers"));
        }
        add_target(sheet, walk, i, domain, first < 2 ? 2 : first);
    }
    if (walk->nobody > 0)
        sheet_pair(sheet, "", 2, ROLE_ERROR, tr("No server can be reached."));
}

void client_draw_sheet(struct sheet *sheet, const struct client_walk *walk, const char *domain)
{
    sheet_heading(sheet, tr(walk->client->title), NULL);
    for (size_t i = 0; i < walk->step_count; i++)
        add_step(sheet, walk, i, domain);
    add_targets(sheet, walk, domain);
    sheet_heading(sheet, "How it chooses", walk->client->reference);
    sheet_line(sheet);
    sheet_wrap(sheet, 2, ROLE_TEXT, tr(walk->client->summary));
    sheet_line(sheet);
    sheet_wrap(sheet, 2, ROLE_TEXT, tr(walk->client->when_down));
}

/* ---- side by side ---- */

struct columns {
    const struct client *clients[16];
    size_t count;
};

static struct columns columns_of(const struct srv_set *set)
{
    struct columns columns = {{clients_find("nominal"), clients_find("rfc2782")}, 2};

    for (size_t i = 0; i < clients_count(); i++)
        if (client_asks(clients_at(i), set->owner))
            columns.clients[columns.count++] = client_at_task(clients_at(i), set->owner);
    return columns;
}

static void fill_items(const struct srv_set *set, const struct srv_level *level, const char *domain,
                       struct client_item *items)
{
    for (size_t i = 0; i < level->count; i++) {
        size_t target = level->begin + i, place = 0;
        while (place < set->count && set->received[place] != target)
            place++;
        items[i] =
            (struct client_item){set->targets[target].record->srv.weight, place,
                                 name_is_within(set->targets[target].record->srv.target, domain)};
    }
}

static void add_level(struct sheet *sheet, const struct srv_set *set, const struct srv_level *level,
                      const struct client *const *clients, size_t count, const char *domain)
{
    struct client_item items[CLIENT_ITEMS_MAX];
    double shares[8][CLIENT_ITEMS_MAX];

    fill_items(set, level, domain, items);
    for (size_t i = 0; i < count; i++)
        client_shares(clients[i]->order, items, level->count, shares[i]);
    sheet_line(sheet);
    for (size_t i = 0; i < count; i++) {
        sheet_tab(sheet, HOST + (int)i * BESIDE);
        sheet_format(sheet, ROLE_DIM, "%*s", BESIDE - 1, clients[i]->name);
    }
    for (size_t k = 0; k < level->count; k++) {
        const struct record *record = set->targets[level->begin + k].record;
        sheet_line(sheet);
        sheet_format(sheet, ROLE_PREFERENCE, "%4u ", record->srv.weight);
        sheet_cell(sheet, 5, HOST - 6, ROLE_NAME, sheet_name(sheet, record->srv.target, domain));
        for (size_t i = 0; i < count; i++)
            share(sheet, HOST + (int)i * BESIDE, BESIDE, shares[i][k], ROLE_SRV_SHARE);
    }
}

void client_columns_draw(struct sheet *sheet, const struct srv_set *set, const char *domain)
{
    struct columns columns = columns_of(set);
    int room = (sheet->width - HOST) / BESIDE;
    size_t fit = room < 2 ? 2 : room > 8 ? 8 : (size_t)room;

    if (columns.count < 3 || set->not_offered)
        return;
    for (size_t i = 0; i < set->level_count; i++) {
        if (set->levels[i].count < 2)
            continue;
        sheet_heading(sheet,
                      arena_format(sheet->arena, tr("Tried first of priority %u, by client"),
                                   set->levels[i].priority),
                      NULL);
        for (size_t from = 0; from < columns.count; from += fit)
            add_level(sheet, set, &set->levels[i], &columns.clients[from],
                      columns.count - from < fit ? columns.count - from : fit, domain);
    }
}
