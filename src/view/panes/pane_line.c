/* What the rows of all panes are put together from. */
#include "base/memory.h"
#include "base/message.h"
#include "base/utf8.h"
#include "dns/formats/reply_why.h"
#include "dns/name.h"
#include "dns/type.h"
#include "sheet/finding_look.h"
#include "sheet/words.h"
#include "view/panes/pane.h"

#include <stdio.h>
#include <string.h>

/* "192.168.100.200"; "  documentation" */
enum { IPV4_COLUMNS = 15, KIND_COLUMNS = 15 };

static int ttl_columns(const struct scene *scene)
{
    return scene->raw_ttl ? TTL_RAW_COLUMNS : TTL_COLUMNS;
}

/* Rows of one RRset have one TTL: where one of them ticks, all do. */
static bool ticks(const struct scene *scene, const struct row *row)
{
    const struct pane_state *state = &scene->page->panes[scene->page->focus];
    const struct row *focus = &state->rows.rows[state->cursor.selected];

    return state->cursor.selected < state->rows.count && focus->record &&
           focus->reply == row->reply && focus->record->type == row->record->type &&
           strcmp(focus->record->owner, row->record->owner) == 0;
}

int pane_ttl(const struct scene *scene, const struct row *row, struct canvas *canvas,
             struct area line, bool focused)
{
    char text[WORD_SIZE];

    if (!row->record)
        return line.width;
    words_ttl(focused || ticks(scene, row) ? page_ttl_left(scene, row->record, row->reply)
                                           : row->record->ttl,
              scene->raw_ttl, text);
    canvas_put(canvas, line, line.width - (int)strlen(text), 0, ROLE_TTL, text);
    return line.width - ttl_columns(scene);
}

struct mark pane_mark(const struct scene *scene, enum finding_topic topic, const char *name,
                      const struct record *record, struct mark natural)
{
    const char *id;
    enum severity worst =
        findings_worst_about(scene->page->facts->findings, topic, name, record, &id);
    struct finding_look look =
        finding_look(worst, (struct finding_look){natural.glyph, natural.role});
    bool told = *natural.word && *natural.glyph;

    if (worst > SEVERITY_WARNING)
        return natural;
    return (struct mark){look.role, look.glyph, told ? natural.word : strchr(id, '-') + 1};
}

int pane_mark_draw(struct canvas *canvas, struct area line, int end, int room, struct mark mark)
{
    char text[WORD_SIZE * 2];
    int columns;

    snprintf(text, sizeof text, "%s%s%s", mark.glyph, *mark.glyph && *mark.word ? " " : "",
             mark.word);
    columns = utf8_columns(text);
    if (columns > room) {
        snprintf(text, sizeof text, "%s", mark.glyph);
        columns = utf8_columns(text);
    }
    if (columns)
        canvas_put(canvas, line, end - columns, 0, mark.role, text);
    return columns ? end - columns - 2 : end;
}

void pane_why(const struct reply *reply, struct text *out)
{
    struct text why = {0};

    reply_why_add(reply->why, &why);
    text_format(out, tr("%s: %s."), words_reply(reply).word, text_get(&why));
    words_sentence_gap(out);
    text_clear(&why);
}

void pane_host_failure(const struct host *host, struct text *out)
{
    const struct reply *replies[] = {host->a, host->aaaa};

    for (size_t i = 0; i < 2; i++)
        if (replies[i] && replies[i]->why && outcome_is_temporary(replies[i]->outcome)) {
            pane_why(replies[i], out);
            return;
        }
}

static const char *state_glyph(const struct scene *scene, const struct row *row)
{
    return row->waiting ? words_spinner(scene->now_ms) : words_reply(row->reply).glyph;
}

bool pane_words(const struct scene *scene, const struct row *row, struct canvas *canvas,
                struct area line)
{
    const struct outcome_words words = words_reply(row->reply);
    int x = (int)row->depth * 2;

    if (!row->words || row->record)
        return false;
    if (row->waiting || row->reply) {
        x += canvas_put(canvas, line, x, 0, words.role, state_glyph(scene, row));
        x += 1;
        canvas_put_fit(canvas, line, x, 0, line.width - x, words.role, row->words);
    } else {
        canvas_put_fit(canvas, line, x, 0, line.width - x, ROLE_DIM, row->words);
    }
    return true;
}

int pane_name(const struct scene *scene, struct canvas *canvas, struct area line, int x,
              int columns, const char *name, bool best)
{
    const char *domain = scene->page->name;
    bool within = name_is_within(name, domain) && !name_is_root(domain);
    struct text text = {0};
    size_t own = strlen(name) - (within ? strlen(domain) : 0);
    int used;

    words_name(name, true, &text);
    if (utf8_columns(text_get(&text)) > columns) {
        text_cut(&text, 0);
        words_name(name, false, &text);
    }
    used = canvas_put_fit(canvas, line, x, 0, columns,
                          best     ? ROLE_MX_BEST
                          : within ? ROLE_NAME
                                   : ROLE_NAME_OUTSIDE,
                          text_get(&text));
    if (within && own > 0 && !best && (int)own - 1 < used)
        canvas_paint(canvas,
                     (struct area){line.x + x + (int)own - 1, line.y, used - (int)own + 1, 1},
                     ROLE_DIM);
    text_clear(&text);
    return used;
}

static void host_state_row(const struct host *host, struct arena *arena, struct rows *rows)
{
    struct row *row = rows_add(rows, arena);
    const struct reply *reply = host->a ? host->a : host->aaaa;

    if (reply && host->aaaa && reply->outcome != host->outcome)
        reply = host->aaaa;
    row->depth = 1;
    row->name = row->target = host->name;
    row->reply = host->waiting ? NULL : reply;
    row->waiting = host->waiting;
    row->kind = ROW_HOST, row->host = host;
    row->words = host->waiting ? tr("waiting for addresses") : words_outcome(host->outcome).word;
}

void pane_host_rows(const struct host *host, struct arena *arena, struct rows *rows)
{
    for (size_t i = 0; i < host->address_count; i++) {
        struct row *row = rows_add(rows, arena);
        row->depth = 1;
        row->record = host->addresses[i].record;
        row->reply = host->addresses[i].reply;
        row->name = host->name;
        row->kind = ROW_ADDRESS, row->address = &host->addresses[i];
        row->target = host->name;
    }
    if (!host->address_count)
        host_state_row(host, arena, rows);
}

/* "private", "loopback": the first word of what the address is registered for. */
static int draw_kind(const struct scene *scene, const struct row *row, struct canvas *canvas,
                     struct area line, int x, int columns)
{
    enum address_kind kind = address_kind(&row->record->address);
    struct mark mark = {kind == ADDRESS_DOCUMENTATION ? ROLE_DIM : ROLE_WARN, "", ""};
    const char *words = address_kind_text(kind);
    struct text text = {0};
    int used;

    text_add_bytes(&text, words,
                   kind == ADDRESS_THIS_NETWORK ? strcspn(words, "(") : strcspn(words, " "));
    mark = pane_mark(scene, TOPIC_MX, NULL, row->record, mark);
    mark = pane_mark(scene, TOPIC_NS, NULL, row->record, mark);
    used = canvas_put_fit(canvas, line, x, 0, columns, mark.role, text_get(&text));
    text_clear(&text);
    return used;
}

/* What there is to say of the address; "" for an ordinary one. */
static const char *kind_text(const struct scene *scene, const struct row *row)
{
    enum address_kind kind = address_kind(&row->record->address);

    return scene->lesson && kind == ADDRESS_DOCUMENTATION ? "" : address_kind_text(kind);
}

/* What follows addresses begins in one column behind all but the long ones, if there is room. */
static int address_columns(const char *text, int room)
{
    int columns = utf8_columns(text);

    return columns < IPV4_COLUMNS && room >= IPV4_COLUMNS + KIND_COLUMNS ? IPV4_COLUMNS : columns;
}

void pane_address_line(const struct scene *scene, const struct row *row, struct canvas *canvas,
                       struct area line, int x, bool focused)
{
    const struct address_row *fact = row->address;
    int end = pane_ttl(scene, row, canvas, line, focused);
    char text[ADDRESS_TEXT];

    address_text(&row->record->address, text);
    canvas_put_fit(canvas, line, x, 0, end - x, ROLE_ADDRESS, text);
    x += address_columns(text, end - x) + 2;
    if (*kind_text(scene, row) && end - x > 8)
        x += draw_kind(scene, row, canvas, line, x, end - x) + 2;
    if (fact->additional && end - x >= 10)
        x += canvas_put(canvas, line, x, 0, ROLE_DIM, tr("additional")) + 2;
    if (fact->ptr && fact->ptr->record_count && end - x >= 16) {
        struct text name = {0};
        words_name(fact->ptr->records[0]->target, false, &name);
        x += canvas_put(canvas, line, x, 0, ROLE_DIM, "PTR ");
        canvas_put_fit(canvas, line, x, 0, end - x, ROLE_DIM, text_get(&name));
        text_clear(&name);
    }
}

void pane_state_row(const struct reply *reply, const char *words, struct arena *arena,
                    struct rows *rows)
{
    struct row *row = rows_add(rows, arena);

    row->reply = reply;
    row->waiting = !reply;
    row->words = words;
}

void pane_summary(const struct reply *reply, size_t count, struct text *out)
{
    char number[WORD_SIZE];

    if (!reply || !reply->record_count)
        text_add(out, words_reply(reply).word);
    else
        text_add(out, number_words(count, number));
}

void pane_address_meaning(const struct scene *scene, const struct row *row, struct text *out)
{
    const struct address_row *fact = row->address;
    const char *kind = kind_text(scene, row);

    if (*kind)
        text_format(out, tr("Not globally reachable: %s."), kind);
    words_sentence_gap(out);
    if (fact->additional)
        text_add(out, tr("From the additional section of another response. A query of its own is "
                         "pending."));
    else if (fact->came_along)
        text_add(out,
                 tr("From the additional section of another response, then confirmed by a query "
                    "of its own."));
    words_sentence_gap(out);
    if (fact->ptr && fact->ptr->record_count) {
        struct text name = {0};
        words_name(fact->ptr->records[0]->target, true, &name);
        text_format(out, tr("Its PTR name is %s."), text_get(&name));
        text_clear(&name);
    } else if (fact->ptr) {
        bool none = fact->ptr->outcome == OUTCOME_NODATA || fact->ptr->outcome == OUTCOME_NXDOMAIN;
        text_format(out,
                    none ? tr("Its PTR name: %s. Many receivers reject mail from such an address.")
                         : tr("Its PTR name: %s."),
                    words_reply(fact->ptr).word);
    }
    if (out->length == 0)
        text_add(
            out,
            row->record->type == TYPE_A
                ? tr("An IPv4 address (RFC 1035 3.4.1). Address records have no preference; any "
                     "order is allowed.")
                : tr("An IPv6 address (RFC 3596). Address records have no preference; any order is "
                     "allowed."));
}
