#include "sheet/compare_sheet.h"

#include "base/message.h"
#include "mail/simulation/comparison.h"
#include "sheet/delivery_sheet.h"
#include "sheet/words.h"

#include <stdio.h>

static const char *title_of(struct sheet *sheet, const struct route *route)
{
    const char *title = profile_full_title(route->profile, sheet->arena);

    return route->kind == ROUTE_SRV ? arena_format(sheet->arena, tr("%s, by SRV"), title) : title;
}

/* "1 of 5": a weight beside the sum of those of its priority. */
static const char *weight_words(struct arena *arena, const struct route *route,
                                const struct route_host *host)
{
    unsigned sum = 0;

    for (size_t i = 0; i < route->host_count; i++)
        if (route->hosts[i].level == host->level && route->hosts[i].relay == host->relay)
            sum += route->hosts[i].weight;
    return sum ? arena_format(arena, tr("%u of %u"), host->weight, sum) : "0";
}

/* Preference (or priority and weight), host and share of the one at `index`, where there is one. */
static void add_share(struct sheet *sheet, const struct route *route,
                      const struct comparison_shares *shares, size_t index, int column, int columns)
{
    const struct comparison_share *share = shares->list + index;
    int weights = route->kind == ROUTE_SRV ? 8 : 0;
    struct text name = {0};
    char text[WORD_SIZE];

    if (index >= shares->count)
        return;
    words_name_within(share->host->exchange, route->domain, &name);
    sheet_cell(sheet, column, 5, ROLE_PREFERENCE,
               arena_format(sheet->arena, "%u", share->host->preference));
    if (weights)
        sheet_cell(sheet, column + 6, weights - 1, ROLE_PREFERENCE,
                   weight_words(sheet->arena, route, share->host));
    sheet_cell(sheet, column + 6 + weights, columns - weights - 14, ROLE_NAME, text_get(&name));
    sheet_cell(sheet, column + columns - 7, 7, ROLE_SRV_SHARE,
               arena_format(sheet->arena, "%7s", number_share(share->share, text)));
    text_clear(&name);
}

static void add_shares(struct sheet *sheet, const struct comparison *comparison, int half)
{
    size_t count = comparison->left_shares.count;

    if (comparison->right_shares.count > count)
        count = comparison->right_shares.count;
    if (!count)
        return;
    sheet_gap(sheet);
    sheet_line(sheet);
    sheet_wrap(sheet, 0, ROLE_TEXT,
               tr("How often each host is tried first within its preference, after every more "
                  "preferred host has failed:"));
    for (size_t i = 0; i < count; i++) {
        sheet_line(sheet);
        add_share(sheet, comparison->left_route, &comparison->left_shares, i, 3, half - 1);
        add_share(sheet, comparison->right_route, &comparison->right_shares, i, half + 5, half);
    }
}

void comparison_draw(struct sheet *sheet, const struct comparison *comparison)
{
    int half = (sheet->width - 5) / 2;

    sheet_line(sheet);
    sheet_cell(sheet, 3, half, ROLE_OVERLAY_TITLE, title_of(sheet, comparison->left_route));
    sheet_cell(sheet, half + 5, half, ROLE_OVERLAY_TITLE, title_of(sheet, comparison->right_route));
    for (size_t i = 0; i < comparison->count; i++) {
        const struct comparison_row *row = &comparison->rows[i];
        enum role role = row->differs ? ROLE_CHANGED : ROLE_TEXT;
        const struct sheet_part parts[] = {
            {0, 2, ROLE_DIM, arena_format(sheet->arena, "%2zu", i + 1)},
            {3, half - 1, role, row->left},
            {half + 3, 1, row->differs ? ROLE_WARN : ROLE_DIM, row->differs ? "!" : "="},
            {half + 5, half, role, row->right}};
        sheet_line(sheet);
        sheet_select(sheet, (int)i, NULL);
        sheet_parts(sheet, parts, 4);
        if (*row->why) {
            sheet_line(sheet);
            sheet_wrap(sheet, 5, ROLE_WARN, row->why);
        }
    }
    add_shares(sheet, comparison, half);
    sheet_gap(sheet);
    sheet_line(sheet);
    sheet_wrap(sheet, 0, comparison->differs ? ROLE_WARN : ROLE_OK,
               !comparison->complete ? tr("Some answers are still missing.")
               : comparison->differs
                   ? tr("They differ on this delivery. With another seed they may not.")
                   : tr("Both do the same on this delivery. With another seed they may differ."));
}

static void add_first(struct sheet *sheet, const struct matrix_row *row, const char *domain)
{
    for (size_t i = 0; i < row->first_count; i++) {
        const struct share *share = &row->first[i];
        double value = share->expected >= 0 ? share->expected : share->share;
        struct text name = {0};
        char text[WORD_SIZE];
        if (value <= 0)
            continue;
        words_name_within(share->exchange, domain, &name);
        sheet_line(sheet);
        sheet_tab(sheet, 14);
        sheet_add(sheet, ROLE_NAME, text_get(&name));
        if (sheet_last(sheet)->end >= 33)
            sheet_line(sheet);
        sheet_tab(sheet, 33);
        sheet_bar(sheet, sheet->width - 44 > 40 ? 40 : sheet->width - 44, ROLE_BAR, value, -1);
        sheet_right(sheet, ROLE_SRV_SHARE, number_share(value, text));
        text_clear(&name);
    }
}

static const char *mode_words(const char *what, const struct matrix_mode *mode, const char *domain,
                              struct arena *arena)
{
    const char *way = tls_way_sentence(mode->way);
    struct text name = {0};
    const char *words;

    if (!mode->can)
        return NULL;
    if (*mode->exchange)
        words_name_within(mode->exchange, domain, &name);
    words = arena_format(arena, "%s%s%s", verdict_word(mode->verdict), *mode->code ? " " : "",
                         mode->code);
    if (*mode->exchange)
        words =
            arena_format(arena, mode->verdict == VERDICT_DELIVER ? tr("%s to %s") : tr("%s by %s"),
                         words, text_get(&name));
    words = arena_format(arena, tr("with %s: %s"), what, words);
    if (*way)
        words = arena_format(arena, "%s %s", words, tr(way));
    if (mode->exposed)
        words = arena_format(arena, tr("%s, past a host that requires TLS"), words);
    text_clear(&name);
    return words;
}

static void add_mode(struct sheet *sheet, const char *words, const struct matrix_mode *mode)
{
    if (!words)
        return;
    sheet_line(sheet);
    sheet_wrap(sheet, 14, mode->exposed ? ROLE_WARN : delivery_role(mode->verdict), words);
}

void matrix_draw(struct sheet *sheet, const struct matrix *matrix, const char *domain)
{
    for (size_t i = 0; i < matrix->count; i++) {
        const struct matrix_row *row = &matrix->rows[i];
        const char *tries =
            row->tries_least == row->tries_most
                ? arena_format(sheet->arena,
                               tr_plural("%u attempt", "%u attempts", row->tries_most),
                               row->tries_most)
                : arena_format(sheet->arena, tr("%u-%u attempts"), row->tries_least,
                               row->tries_most);
        sheet_line(sheet);
        sheet_cell(sheet, 0, 13, ROLE_PREFERENCE, profile_name(row->profile));
        sheet_tab(sheet, 14);
        sheet_format(sheet, delivery_role(row->verdict), "%s %s", verdict_word(row->verdict),
                     row->code);
        sheet_tab(sheet, 33);
        sheet_add(sheet, ROLE_TEXT, tries);
        sheet_right(sheet, ROLE_DIM, profile_versions(row->profile));
        sheet_select(sheet, (int)i, profile_name(row->profile));
        add_first(sheet, row, domain);
        if (row->verdict != VERDICT_DELIVER) {
            sheet_line(sheet);
            sheet_wrap(sheet, 14, ROLE_DIM, tr(row->why));
            sheet_reference(sheet, row->reference);
        }
        if (matrix->has_dane)
            add_mode(sheet, mode_words("DANE", &row->dane, domain, sheet->arena), &row->dane);
        if (matrix->has_mta_sts)
            add_mode(sheet, mode_words("MTA-STS", &row->mta_sts, domain, sheet->arena),
                     &row->mta_sts);
    }
}
