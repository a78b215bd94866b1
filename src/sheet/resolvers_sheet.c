#include "sheet/resolvers_sheet.h"

#include "base/message.h"
#include "base/utf8.h"
#include "dns/encrypted.h"
#include "sheet/words.h"

#include <string.h>

enum { GLYPH = 2, FLAGS = 6, TTL = 7, LATENCY = 8, RIGHT = FLAGS + TTL + LATENCY, NARROW = 16 };

const char *resolver_name(struct arena *arena, const struct compared_resolver *resolver)
{
    char literal[ADDRESS_TEXT];
    struct text text = {0};
    const char *name;
    bool bracketed = resolver->port && resolver->address.family == 6;

    if (resolver->encrypted) {
        encrypted_print(resolver->encrypted, &resolver->address, resolver->port, &text);
        name = arena_dup(arena, text_get(&text));
        text_clear(&text);
        return name;
    }
    address_text(&resolver->address, literal);
    if (!resolver->port)
        return arena_dup(arena, literal);
    return arena_format(arena, bracketed ? "[%s]#%u" : "%s#%u", literal, resolver->port);
}

static int names_end(struct sheet *sheet, const struct resolvers *resolvers)
{
    int end = 12;

    for (size_t i = 0; i < resolvers->count; i++) {
        int columns = utf8_columns(resolver_name(sheet->arena, &resolvers->list[i]));
        end = columns > end ? columns : end;
    }
    return GLYPH + end + 2;
}

/* Flags, TTL and latency, each in its column at the right. */
static void add_right(struct sheet *sheet, const struct reply *reply)
{
    char left[WORD_SIZE] = "", elapsed[WORD_SIZE] = "";

    if (!reply)
        return;
    if (reply->record_count)
        words_ttl(reply->records[0]->ttl, false, left);
    if (reply->rtt_us)
        words_elapsed(reply->rtt_us, elapsed);
    sheet_right(sheet, ROLE_DIM,
                arena_format(sheet->arena, "%-5s %6s %7s",
                             reply->aa   ? "AA"
                             : reply->ad ? "AD"
                                         : "",
                             left, elapsed));
}

static void add_answer(struct sheet *sheet, const char *name, int column,
                       const struct resolver_answer *answer)
{
    static const struct {
        const char *glyph;
        enum role role;
    } looks[] = {[RESOLVER_PENDING] = {"↻", ROLE_WAITING},
                 [RESOLVER_SAME] = {"✓", ROLE_OK},
                 [RESOLVER_DIFFERS] = {"!", ROLE_WARN},
                 [RESOLVER_FAILED] = {"?", ROLE_UNKNOWN}};
    const char *text = answer->text;
    enum role role = looks[answer->state].role;
    int columns = sheet->width - column - RIGHT - 1;
    bool narrow = columns < NARROW;

    if (!*text)
        text = tr(words_reply(answer->reply).word);
    sheet_line(sheet);
    sheet_format(sheet, role, "%s ", looks[answer->state].glyph);
    sheet_add(sheet, ROLE_ADDRESS, name);
    sheet_cell(sheet, column, narrow ? sheet->width - column : columns,
               answer->state == RESOLVER_SAME ? ROLE_TEXT : role, text);
    if (!narrow)
        add_right(sheet, answer->reply);
    sheet_select(sheet, -1, NULL);
    sheet_last(sheet)->value = arena_dup(sheet->arena, text);
}

static void add_row(struct sheet *sheet, const struct resolvers *resolvers,
                    const struct resolver_row *row, const char *domain)
{
    int column = names_end(sheet, resolvers);
    bool own = strcmp(row->name, domain) == 0;

    sheet_gap(sheet);
    sheet_line(sheet);
    sheet_add(sheet, ROLE_PREFERENCE, row->label);
    if (!own)
        sheet_format(sheet, ROLE_DIM, "  %s", sheet_name(sheet, row->name, domain));
    if (row->zone.reply)
        add_answer(sheet, tr("the zone"), column, &row->zone);
    for (size_t i = 0; i < resolvers->count; i++)
        add_answer(sheet, resolver_name(sheet->arena, &resolvers->list[i]), column,
                   &row->answers[i]);
}

static void add_sum(struct sheet *sheet, const struct resolvers *resolvers)
{
    sheet_line(sheet);
    if (!resolvers->complete)
        sheet_add(sheet, ROLE_WAITING, tr("answers still come in"));
    else if (resolvers->agree)
        sheet_add(sheet, ROLE_OK, tr("All agree with the zone's own servers."));
    else if (resolvers->differs || resolvers->failed)
        sheet_format(sheet, ROLE_WARN,
                     tr_plural("%zu answer differs, %zu failed", "%zu answers differ, %zu failed",
                               resolvers->differs),
                     resolvers->differs, resolvers->failed);
    else
        sheet_add(sheet, ROLE_NOTICE,
                  tr("All agree. The zone's own servers were not queried directly."));
}

void resolvers_draw(struct sheet *sheet, const struct resolvers *resolvers, const char *domain)
{
    add_sum(sheet, resolvers);
    for (size_t i = 0; i < resolvers->row_count; i++)
        add_row(sheet, resolvers, &resolvers->rows[i], domain);
}
