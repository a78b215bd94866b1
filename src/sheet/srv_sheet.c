#include "sheet/srv_sheet.h"

#include "base/message.h"
#include "base/utf8.h"
#include "dns/name.h"
#include "mail/clients/services.h"
#include "sheet/reply_sheet.h"
#include "sheet/words.h"

#include <stdio.h>
#include <string.h>

enum { COLUMN = 9, COLUMNS_ALL = 5, COLUMNS_FEW = 3 };

/* The target's first label, or all of it when it is of another place than the owner. */
static const char *target_label(struct sheet *sheet, const struct srv_set *set,
                                const struct srv_target *target)
{
    const char *domain = name_parent(name_parent(set->owner));

    return sheet_name(sheet, target->record->srv.target, domain);
}

static void share_cell(struct sheet *sheet, int column, double share)
{
    char text[WORD_SIZE];

    sheet_tab(sheet, column);
    sheet_format(sheet, ROLE_SRV_SHARE, "%8s", number_share(share, text));
}

/* How many columns of shares there are: without Postfix and Exim on narrow screens, and for owners
 * that no mail server looks up. */
static int columns_of(const struct sheet *sheet, const struct srv_set *set)
{
    return services_is_mail(set->owner) && sheet->width >= COLUMNS_ALL * COLUMN + 2 ? COLUMNS_ALL
                                                                                    : COLUMNS_FEW;
}

static void add_head(struct sheet *sheet, const struct srv_set *set, int first)
{
    static const char *const heads[] = {N_("nominal"), "RFC 2782", "Postfix", "Exim"};
    int columns = columns_of(sheet, set);

    sheet_line(sheet);
    for (int i = 0; i < columns; i++) {
        const char *head = tr(i == columns - 1 ? N_("drawn") : heads[i]);
        int width = utf8_columns(head);
        sheet_tab(sheet, first + i * COLUMN + (width < 8 ? 8 - width : 0));
        sheet_add(sheet, ROLE_DIM, head);
    }
}

static double drawn_share(const struct srv_draw *draw, const struct srv_level *level, size_t target)
{
    uint64_t all = 0;

    for (size_t i = 0; i < level->count; i++)
        all += srv_draw_first_of_level(draw, level->begin + i);
    return all ? (double)srv_draw_first_of_level(draw, target) / (double)all : 0;
}

static void add_target(struct sheet *sheet, const struct srv_set *set, const struct srv_draw *draw,
                       const struct srv_level *level, size_t index, int first)
{
    const struct srv_target *target = &set->targets[index];
    static const enum srv_algorithm shown[] = {SRV_NOMINAL, SRV_RFC2782, SRV_POSTFIX, SRV_EXIM};
    double drawn = drawn_share(draw, level, index);
    int last = columns_of(sheet, set) - 1;

    sheet_line(sheet);
    sheet_format(sheet, ROLE_PREFERENCE, "%5u  ", target->record->srv.weight);
    sheet_add(sheet, ROLE_NAME, target_label(sheet, set, target));
    sheet_select(sheet, (int)index, target->record->srv.target);
    if (sheet_last(sheet)->end >= first)
        sheet_line(sheet);
    if (sheet->blank)
        return;
    for (int i = 0; i < last; i++)
        share_cell(sheet, first + i * COLUMN, target->share[shown[i]].exact);
    share_cell(sheet, first + last * COLUMN, drawn);
    sheet_line(sheet);
    sheet_tab(sheet, 7);
    sheet_bar(sheet, sheet->width - 8 > 60 ? 60 : sheet->width - 8, ROLE_SRV_BAR, drawn,
              target->share[srv_draw_algorithm(draw)].exact);
}

/* "6/11 or 7/11 by the order of the answer" */
static void add_spread(struct sheet *sheet, const struct srv_set *set,
                       const struct srv_level *level)
{
    for (size_t i = level->begin; i < level->begin + level->count; i++) {
        const struct srv_share *share = &set->targets[i].share[SRV_RFC2782];
        char low[WORD_SIZE], high[WORD_SIZE];
        if (share->high - share->low < 0.0005)
            continue;
        sheet_line(sheet);
        sheet_wrap(
            sheet, 2, ROLE_DIM,
            arena_format(sheet->arena,
                         tr("%s: %s or %s by RFC 2782, depending on the order of the records"),
                         target_label(sheet, set, &set->targets[i]), number_share(share->low, low),
                         number_share(share->high, high)));
    }
}

void srv_shares_draw(struct sheet *sheet, const struct srv_set *set, const struct srv_draw *draw,
                     const struct reply *reply)
{
    int first;

    if (!set || !set->count) {
        absence_draw(sheet, reply, tr("There are no records to choose from."));
        return;
    }
    first = sheet->width - columns_of(sheet, set) * COLUMN;
    first = first > 34 ? 34 : first < 2 ? 2 : first;
    if (set->not_offered) {
        sheet_line(sheet);
        sheet_wrap(sheet, 0, ROLE_MX_NULL,
                   tr("Target \".\": this service is explicitly not offered (RFC 2782)."));
        return;
    }
    for (size_t i = 0; i < set->level_count; i++) {
        const struct srv_level *level = &set->levels[i];
        sheet_heading(sheet,
                      arena_format(sheet->arena,
                                   i ? tr("Priority %u: when all before it failed")
                                     : tr("Priority %u: tried first"),
                                   level->priority),
                      NULL);
        if (level->zero_only && level->count > 1)
            sheet_pair(sheet, "", 2, ROLE_TEXT,
                       tr("all weights are 0: no load balancing is intended"));
        if (level->count > 1)
            add_head(sheet, set, first);
        for (size_t k = level->begin; k < level->begin + level->count; k++)
            add_target(sheet, set, draw, level, k, first);
        if (!sheet->blank)
            add_spread(sheet, set, level);
    }
    if (sheet->blank)
        sheet_draw_keys(sheet, true);
}

static const struct srv_target *find_target(const struct srv_set *set, const char *name)
{
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(set->targets[i].record->srv.target, name) == 0)
            return &set->targets[i];
    return NULL;
}

static bool same_record(const struct srv_target *before, const struct srv_target *after)
{
    return before && after && before->record->srv.priority == after->record->srv.priority &&
           before->record->srv.weight == after->record->srv.weight;
}

static bool same_sets(const struct srv_set *before, const struct srv_set *after)
{
    bool same = before->count == after->count;

    for (size_t i = 0; same && i < after->count; i++)
        same = same_record(find_target(before, after->targets[i].record->srv.target),
                           &after->targets[i]);
    return same;
}

enum { SIDE = 20 }; /* columns of "priority weight share" */

static void add_target_side(struct sheet *sheet, const struct srv_target *target,
                            enum srv_algorithm algorithm, int column, enum role role)
{
    char text[WORD_SIZE];

    sheet_tab(sheet, column);
    if (target)
        sheet_format(sheet, role, "%4u %5u %8s", target->record->srv.priority,
                     target->record->srv.weight, number_share(target->first[algorithm], text));
    else
        sheet_format(sheet, ROLE_STRUCK, "%4s %5s %8s", "-", "-", "-");
}

static void add_changed(struct sheet *sheet, const struct srv_set *set, const char *name,
                        const struct srv_target *before, const struct srv_target *after,
                        enum srv_algorithm algorithm)
{
    double change = (after ? after->first[algorithm] : 0) - (before ? before->first[algorithm] : 0);
    bool same = same_record(before, after) && change < 0.0005 && change > -0.0005;
    int column = sheet->width - 2 * SIDE;

    sheet_line(sheet);
    sheet_add(sheet, same ? ROLE_DIM : ROLE_WARN, same ? "= " : "! ");
    sheet_add(sheet, ROLE_NAME, target_label(sheet, set, before ? before : after));
    if (sheet_last(sheet)->end >= column)
        sheet_line(sheet);
    add_target_side(sheet, before, algorithm, column, ROLE_TEXT);
    add_target_side(sheet, after, algorithm, column + SIDE, same ? ROLE_TEXT : ROLE_CHANGED);
    sheet_select(sheet, -1, name);
}

void srv_change_draw(struct sheet *sheet, const struct srv_set *before, const struct srv_set *after,
                     enum srv_algorithm algorithm)
{
    static const struct srv_set none;

    before = before ? before : &none;
    after = after ? after : &none;
    if (same_sets(before, after))
        return;
    sheet_heading(sheet, "Tried first, before and after the edits", NULL);
    sheet_right(sheet, ROLE_DIM, srv_algorithm_text(algorithm));
    for (size_t i = 0; i < after->count; i++) {
        const char *name = after->targets[i].record->srv.target;
        add_changed(sheet, after, name, find_target(before, name), &after->targets[i], algorithm);
    }
    for (size_t i = 0; i < before->count; i++) {
        const char *name = before->targets[i].record->srv.target;
        if (!find_target(after, name))
            add_changed(sheet, before, name, &before->targets[i], NULL, algorithm);
    }
}

static void add_order(struct sheet *sheet, const struct srv_set *set, const struct srv_draw *draw,
                      const struct srv_order_tally *tally)
{
    struct text order = {0};
    char share[WORD_SIZE];
    double drawn = (double)tally->count / (double)srv_draw_done(draw);

    for (size_t i = 0; i < set->count && i < 8; i++)
        text_format(&order, "%s%s", i ? message_comma() : "",
                    target_label(sheet, set, &set->targets[tally->order[i]]));
    sheet_line(sheet);
    sheet_format(sheet, ROLE_SRV_SHARE, "%8s  ", number_share(drawn, share));
    sheet_add(sheet, ROLE_NAME, text_get(&order));
    text_clear(&order);
}

void srv_orders_draw(struct sheet *sheet, const struct srv_set *set, const struct srv_draw *draw)
{
    static const enum srv_algorithm algorithms[] = {SRV_RFC2782, SRV_NOMINAL, SRV_POSTFIX,
                                                    SRV_EXIM};
    struct srv_order_tally orders[SRV_ORDERS_SHOWN];
    size_t count = srv_draw_done(draw) ? srv_draw_orders(draw, orders) : 0;

    if (sheet->blank)
        return;
    sheet_heading(sheet, "Orders drawn", NULL);
    sheet_right(sheet, ROLE_DIM, srv_algorithm_text(srv_draw_algorithm(draw)));
    for (size_t i = 0; i < count && i < 24; i++)
        add_order(sheet, set, draw, &orders[i]);
    if (srv_draw_orders_total(draw) > 24)
        sheet_pair(sheet, "", 10, ROLE_DIM,
                   arena_format(sheet->arena,
                                tr_plural("and %zu more order", "and %zu more orders",
                                          srv_draw_orders_total(draw) - 24),
                                srv_draw_orders_total(draw) - 24));
    sheet_heading(sheet, "How clients choose", NULL);
    for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++) {
        bool drawn = algorithms[i] == srv_draw_algorithm(draw);
        bool of_mail = algorithms[i] == SRV_POSTFIX || algorithms[i] == SRV_EXIM;
        if (of_mail && !drawn && !services_is_mail(set->owner))
            continue;
        sheet_line(sheet);
        sheet_format(sheet, drawn ? ROLE_MX_BEST : ROLE_NAME, "%s%s", drawn ? "▸ " : "  ",
                     srv_algorithm_text(algorithms[i]));
        sheet_select(sheet, (int)algorithms[i], srv_algorithm_text(algorithms[i]));
        sheet_tab(sheet, 11);
        sheet_wrap(sheet, 11, ROLE_TEXT, srv_algorithm_sentence(set, algorithms[i]));
    }
}
