#include "sheet/delivery_sheet.h"

#include "base/message.h"
#include "base/utf8.h"
#include "sheet/words.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { NUMBER_COLUMNS = 3, ADDRESSES_MOST = 256, SEQUENCES_SHOWN = 10 };
/* Columns from which on the exact share, and the difference in standard errors, have room. */
enum { WIDTH_EXACT = 38, WIDTH_ERROR = 50 };

int delivery_number(int host, int address)
{
    return host < 0 ? -1 : host * ADDRESSES_MOST + address + 1;
}

void delivery_number_read(int number, int *host, int *address)
{
    *host = number < 0 ? -1 : number / ADDRESSES_MOST;
    *address = number < 0 ? -1 : number % ADDRESSES_MOST - 1;
}

enum role delivery_role(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_DELIVER:
    case VERDICT_LOCAL:
        return ROLE_OK;
    case VERDICT_DEFER:
        return ROLE_WARN;
    case VERDICT_BOUNCE:
    case VERDICT_FREEZE:
    case VERDICT_LOOP:
        break;
    }
    return ROLE_ERROR;
}

static enum role step_role(const struct step *step)
{
    switch (step->kind) {
    case STEP_UNUSABLE:
    case STEP_SELF:
    case STEP_LIMIT:
    case STEP_SKIP:
    case STEP_CLEAR:
        return ROLE_WARN;
    case STEP_NULL_MX:
        return ROLE_MX_NULL;
    case STEP_VERDICT:
        return ROLE_MX_BEST;
    default:
        return ROLE_STEP;
    }
}

static void add_step(struct sheet *sheet, const struct step *step, size_t place, bool current)
{
    char key[WORD_SIZE];
    size_t first = sheet->count;

    sheet_line(sheet);
    snprintf(key, sizeof key, "%2zu", place + 1);
    sheet_add(sheet, ROLE_DIM, key);
    sheet_wrap(sheet, NUMBER_COLUMNS, step_role(step), step->text);
    sheet_reference(sheet, step->reference);
    for (size_t line = first; line < sheet->count; line++)
        sheet->lines[line].current = current;
    sheet->lines[first].selectable = true;
    sheet->lines[first].number = delivery_number(step->host, step->address);
    sheet->lines[first].key = arena_dup(sheet->arena, key);
    sheet->lines[first].value = step->text;
}

void delivery_steps_draw(struct sheet *sheet, const struct steps *steps, size_t current)
{
    size_t shown = 0;

    for (size_t i = 0; i < steps->count; i++)
        if (sheet_unit(sheet, i + 1)) {
            add_step(sheet, &steps->steps[i], i, i == current);
            shown++;
        }
    sheet_unit(sheet, 0);
    if (shown == steps->count)
        return;
    sheet_line(sheet);
    sheet_format(sheet, ROLE_DIM, "%2zu …", shown + 1);
}

/* "50.2% (50.0) +0.4": drawn, exact, the difference in standard errors. */
static void numbers(const struct sheet *sheet, const struct share *share, char out[WORD_SIZE])
{
    char drawn[WORD_SIZE], exact[WORD_SIZE] = "", error[WORD_SIZE] = "";
    bool known = share->expected >= 0;

    if (known)
        snprintf(exact, sizeof exact, "(%.*f)", share->expected < 1 && share->expected > 0,
                 share->expected * 100);
    if (known && share->error > 0)
        snprintf(error, sizeof error, "%+.1f", (share->share - share->expected) / share->error);
    number_share(share->share, drawn);
    if (sheet->width >= WIDTH_ERROR)
        snprintf(out, WORD_SIZE, "%.8s %7.7s %5.5s", drawn, exact, error);
    else if (sheet->width >= WIDTH_EXACT)
        snprintf(out, WORD_SIZE, "%.8s %7.7s", drawn, exact);
    else
        snprintf(out, WORD_SIZE, "%.8s", drawn);
}

static void add_bar(struct sheet *sheet, const struct share *share, enum role role)
{
    char text[WORD_SIZE];
    int room;

    if (sheet->blank)
        return;
    numbers(sheet, share, text);
    room = sheet->width - sheet_last(sheet)->end - (int)strlen(text) - 1;
    if (room >= 3)
        sheet_bar(sheet, room > 40 ? 40 : room, role, share->share, share->expected);
    sheet_right(sheet, ROLE_SRV_SHARE, text);
}

/* The longest exchange name or address, at most not quite half of the width. */
static int label_columns(struct sheet *sheet, const struct route *route)
{
    int longest = 16, most = sheet->width * 9 / 20;

    for (size_t i = 0; i < route->host_count; i++) {
        int columns = utf8_columns(sheet_name(sheet, route->hosts[i].exchange, route->domain)) + 5;
        longest = columns > longest ? columns : longest;
    }
    return longest < most ? longest : most;
}

static void add_label(struct sheet *sheet, int columns, enum role role, const char *text)
{
    int room = columns - sheet_last(sheet)->end;

    if (utf8_columns(text) > room)
        sheet_format(sheet, role, "%.*s…", (int)utf8_fit(text, room - 1), text);
    else
        sheet_add(sheet, role, text);
    sheet_tab(sheet, columns + 1);
}

static void add_address(struct sheet *sheet, const struct share *share, int columns)
{
    char text[ADDRESS_TEXT];

    sheet_line(sheet);
    sheet_add(sheet, ROLE_DIM, "     ");
    add_label(sheet, columns, ROLE_ADDRESS, address_text(&share->address, text));
    add_bar(sheet, share, ROLE_BAR);
    sheet_select(sheet, delivery_number(share->host, share->address_index), NULL);
}

const char *delivery_trouble(const struct route_host *host, const struct sender *sender)
{
    const struct address none = {0};
    enum stage stage = sender_stage(sender, host->exchange, host->alias_of,
                                    host->address_count ? &host->addresses[0].address : &none, 0);

    if (host->state != HOST_CANDIDATE)
        return host_state_word(host->state);
    return stage == STAGE_ACCEPTS ? NULL : stage_word(stage);
}

static void add_host(struct sheet *sheet, const struct route *route, const struct sender *sender,
                     const struct share *share, int columns)
{
    const struct route_host *host = &route->hosts[share->host];
    const char *trouble = delivery_trouble(host, sender);
    char preference[WORD_SIZE];

    sheet_line(sheet);
    snprintf(preference, sizeof preference, "%4u ", host->preference);
    sheet_add(sheet, ROLE_PREFERENCE, preference);
    add_label(sheet, columns,
              trouble            ? ROLE_WARN
              : host->level == 1 ? ROLE_MX_BEST
                                 : ROLE_NAME,
              sheet_name(sheet, host->exchange, route->domain));
    add_bar(sheet, share, ROLE_BAR);
    sheet_select(sheet, delivery_number(share->host, -1), NULL);
    if (trouble) {
        sheet_line(sheet);
        sheet_tab(sheet, 5);
        sheet_format(sheet, ROLE_WARN, tr("✗ down: %s"), trouble);
    }
}

static void add_first(struct sheet *sheet, const struct route *route, const struct sender *sender,
                      const struct simulation_result *result, int columns)
{
    sheet_heading(sheet, "Tried first", NULL);
    sheet_right(sheet, ROLE_DIM,
                sheet->width >= WIDTH_ERROR   ? tr("drawn (exact)  s.e.")
                : sheet->width >= WIDTH_EXACT ? tr("drawn (exact)")
                                              : "drawn");
    for (size_t i = 0; i < result->first_exchange_count; i++) {
        const struct share *host = &result->first_exchange[i];
        size_t addresses = 0;
        add_host(sheet, route, sender, host, columns);
        for (size_t k = 0; k < result->first_count; k++)
            addresses += result->first[k].host == host->host;
        for (size_t k = 0; addresses > 1 && k < result->first_count; k++)
            if (result->first[k].host == host->host)
                add_address(sheet, &result->first[k], columns);
    }
}

/* What the shares would be with hosts that nobody was asked about is not known. */
static void add_not_asked(struct sheet *sheet, const struct route *route)
{
    struct text names = {0};

    for (size_t i = 0; i < route->host_count; i++)
        if (route_host_is_not_asked(&route->hosts[i]))
            text_format(&names, "%s%s", names.length ? message_comma() : "",
                        sheet_name(sheet, route->hosts[i].exchange, route->domain));
    if (names.length) {
        sheet_gap(sheet);
        sheet_line(sheet);
        sheet_wrap(sheet, 2, ROLE_WARN,
                   arena_format(sheet->arena,
                                tr("? The shares leave out MX hosts that were not queried: %s"),
                                text_get(&names)));
    }
    text_clear(&names);
}

static struct share level_host(const struct level_share *levels, size_t count, uint64_t reached)
{
    struct share all = levels[0].share;

    for (size_t i = 1; i < count; i++) {
        const struct share *share = &levels[i].share;
        all.count += share->count;
        all.share += share->share;
        all.expected =
            all.expected < 0 || share->expected < 0 ? -1 : all.expected + share->expected;
    }
    all.address_index = -1;
    all.error = all.expected < 0 ? 0 : sqrt(all.expected * (1 - all.expected) / (double)reached);
    return all;
}

/* A host of a level, and its addresses when there are several. */
static void add_level_host(struct sheet *sheet, const struct route *route,
                           const struct level_share *levels, size_t count, uint64_t reached,
                           int columns)
{
    struct share all = level_host(levels, count, reached);

    sheet_line(sheet);
    sheet_add(sheet, ROLE_DIM, "     ");
    add_label(sheet, columns, ROLE_NAME, sheet_name(sheet, all.exchange, route->domain));
    add_bar(sheet, &all, ROLE_BAR);
    sheet_select(sheet, delivery_number(all.host, -1), NULL);
    for (size_t i = 0; count > 1 && i < count; i++)
        add_address(sheet, &levels[i].share, columns);
}

/* "when everything before 20 fails": only for levels with a choice. */
static void add_levels(struct sheet *sheet, const struct route *route,
                       const struct simulation_result *result, int columns)
{
    const struct level_share *levels = result->levels;

    for (size_t i = 0, end, next; i < result->level_count; i = end) {
        uint64_t reached = 0;
        for (end = i; end < result->level_count && levels[end].level == levels[i].level; end++)
            reached += levels[end].share.count;
        if (levels[i].level == 1 || end - i < 2 || reached == 0)
            continue;
        sheet_heading(sheet,
                      arena_format(sheet->arena, tr("Preference %u, when all before it failed"),
                                   route->hosts[levels[i].share.host].preference),
                      NULL);
        for (size_t host = i; host < end; host = next) {
            for (next = host; next < end && levels[next].share.host == levels[host].share.host;)
                next++;
            add_level_host(sheet, route, levels + host, next - host, reached, columns);
        }
    }
}

static void add_outcomes(struct sheet *sheet, const struct route *route,
                         const struct simulation_result *result, int columns)
{
    sheet_heading(sheet, "Outcome", NULL);
    for (size_t i = 0; i < result->ending_count; i++) {
        const struct ending_count *ending = &result->endings[i];
        enum role role = delivery_role(ending->verdict);
        const char *where = sheet_name(sheet, ending->share.exchange, route->domain);
        sheet_line(sheet);
        add_label(sheet, columns, role,
                  ending->verdict == VERDICT_DELIVER && *where
                      ? arena_format(sheet->arena, "✓ %s", where)
                      : arena_format(sheet->arena, "%s %s %s",
                                     ending->verdict == VERDICT_DEFER ? "↻" : "✗",
                                     verdict_word(ending->verdict), ending->code));
        add_bar(sheet, &ending->share, role);
        if (*tls_way_sentence(ending->way)) {
            sheet_line(sheet);
            sheet_tab(sheet, 5);
            sheet_add(sheet, ending->exposed ? ROLE_WARN : ROLE_DIM, tls_way_sentence(ending->way));
        }
    }
}

static void add_tries(struct sheet *sheet, const struct simulation_result *result, int columns)
{
    if (result->tries_count < 1)
        return;
    sheet_heading(sheet, "Addresses tried", NULL);
    for (size_t i = 0; i < result->tries_count; i++) {
        const struct tries_count *tries = &result->tries[i];
        struct share share = {.count = tries->deliveries,
                              .share = tries->share,
                              .expected = tries->expected,
                              .error = tries->error};
        sheet_line(sheet);
        add_label(sheet, columns, ROLE_TEXT, arena_format(sheet->arena, "%5u", tries->tries));
        add_bar(sheet, &share, ROLE_BAR);
    }
}

/* "50.2% (50.0) +0.4  192.0.2.1, 192.0.2.2": what was tried, in that order. */
static void add_order(struct sheet *sheet, const struct route *route,
                      const struct sequence_count *order)
{
    const struct share figures = {
        .share = order->share, .expected = order->expected, .error = order->error};
    struct text tries = {0};
    char text[WORD_SIZE], address[ADDRESS_TEXT];

    for (size_t i = 0; i < order->try_count; i++) {
        const struct route_host *host = &route->hosts[order->tries[i].host];
        text_format(&tries, "%s%s", i ? message_comma() : "",
                    address_text(&host->addresses[order->tries[i].address].address, address));
    }
    numbers(sheet, &figures, text);
    sheet_line(sheet);
    sheet_format(sheet, ROLE_SRV_SHARE, "%*s  ",
                 sheet->width >= WIDTH_ERROR   ? 22
                 : sheet->width >= WIDTH_EXACT ? 16
                                               : 8,
                 text);
    sheet_wrap(sheet, sheet_last(sheet)->end, ROLE_ADDRESS,
               tries.length ? text_get(&tries) : tr("none is tried"));
    text_clear(&tries);
}

static void add_sequences(struct sheet *sheet, const struct route *route,
                          const struct simulation_result *result)
{
    size_t shown =
        result->sequence_count < SEQUENCES_SHOWN ? result->sequence_count : SEQUENCES_SHOWN;

    if (result->sequences_total < 2)
        return;
    sheet_heading(sheet, "Orders", NULL);
    for (size_t i = 0; i < shown; i++)
        add_order(sheet, route, &result->sequences[i]);
    if (result->sequences_total > shown)
        sheet_pair(sheet, "", 0, ROLE_DIM,
                   arena_format(sheet->arena,
                                result->orders_cut ? tr("and at least %llu more orders")
                                                   : tr("and %llu more orders"),
                                (unsigned long long)(result->sequences_total - shown)));
}

void delivery_shares_draw(struct sheet *sheet, const struct route *route,
                          const struct sender *sender, const struct simulation_result *result,
                          uint64_t wanted)
{
    int columns = label_columns(sheet, route);

    if (result->deliveries < wanted) {
        char done[WORD_SIZE], all[WORD_SIZE];
        sheet_line(sheet);
        sheet_format(sheet, ROLE_WAITING, tr("%s of %s drawn; Esc stops"),
                     number_words(result->deliveries, done), number_words(wanted, all));
    }
    add_not_asked(sheet, route);
    if (result->first_exchange_count)
        add_first(sheet, route, sender, result, columns);
    if (sheet->blank) {
        sheet_draw_keys(sheet, false);
        return;
    }
    add_levels(sheet, route, result, columns);
    add_outcomes(sheet, route, result, columns);
    add_tries(sheet, result, columns);
    add_sequences(sheet, route, result);
}
