#include "view/diff_sheet.h"

#include "base/utf8.h"
#include "dns/name.h"
#include "dns/type.h"
#include "mail/setup.h"
#include "view/words.h"

#include <stdlib.h>
#include <string.h>

enum { LINES_MOST = 200, MARGIN = 7 };

/* The lines of one RRset, sorted; or the word for why there are none. */
struct lines {
    const char *list[LINES_MOST];
    size_t count;
};

static int compare(const void *a, const void *b)
{
    const char *const *left = a, *const *right = b;

    return strcmp(*left, *right);
}

static const char *line_of(struct sheet *sheet, const struct record *record, const char *domain)
{
    struct text text = {0};
    const char *copy;

    switch (record->type) {
    case TYPE_MX:
        text_format(&text, "%u ", record->mx.preference);
        words_name_within(record->mx.exchange, domain, &text);
        break;
    case TYPE_SRV:
        text_format(&text, "%u %u %u ", record->srv.priority, record->srv.weight, record->srv.port);
        words_name_within(record->srv.target, domain, &text);
        break;
    case TYPE_NS:
    case TYPE_CNAME:
    case TYPE_PTR:
        words_name_within(record->target, domain, &text);
        break;
    default:
        text_add(&text, record->rdata);
    }
    copy = arena_dup(sheet->arena, text_get(&text));
    text_clear(&text);
    return copy;
}

static void collect(struct sheet *sheet, const struct reply *reply, const char *domain,
                    struct lines *lines)
{
    lines->count = 0;
    if (!reply || !reply->record_count) {
        lines->list[lines->count++] = arena_format(sheet->arena, "(%s)", words_reply(reply)->word);
        return;
    }
    for (size_t i = 0; i < reply->record_count && i < LINES_MOST; i++)
        lines->list[lines->count++] = line_of(sheet, reply->records[i], domain);
    qsort(lines->list, lines->count, sizeof *lines->list, compare);
}

static void add_cell(struct sheet *sheet, int column, int columns, enum role role, const char *text)
{
    sheet_tab(sheet, column);
    if (utf8_columns(text) > columns)
        sheet_format(sheet, role, "%.*s…", (int)utf8_fit(text, columns - 1), text);
    else
        sheet_add(sheet, role, text);
}

static void add_row(struct sheet *sheet, const char *label, const char *left, const char *right)
{
    int half = (sheet->width - MARGIN - 3) / 2;
    bool same = left && right;

    sheet_line(sheet);
    sheet_add(sheet, ROLE_PREFERENCE, label);
    if (left)
        add_cell(sheet, MARGIN, half, same ? ROLE_TEXT : ROLE_CHANGED, left);
    add_cell(sheet, MARGIN + half, 2, same ? ROLE_DIM : ROLE_WARN, same ? "=" : left ? "<" : ">");
    if (right)
        add_cell(sheet, MARGIN + half + 3, half, same ? ROLE_TEXT : ROLE_CHANGED, right);
    sheet_select(sheet, (int)sheet->count, NULL);
}

/* Merges two sorted lists; returns how many lines differ. */
static size_t merge(struct sheet *sheet, const char *label, const struct lines *left,
                    const struct lines *right)
{
    size_t l = 0, r = 0, different = 0;

    while (l < left->count || r < right->count) {
        int order = l == left->count    ? 1
                    : r == right->count ? -1
                                        : strcmp(left->list[l], right->list[r]);
        add_row(sheet, label, order <= 0 ? left->list[l] : NULL,
                order >= 0 ? right->list[r] : NULL);
        l += order <= 0;
        r += order >= 0;
        different += order != 0;
        label = "";
    }
    return different;
}

struct pair {
    const char *label;
    const struct reply *left, *right;
};

static const struct reply *spf_reply(const struct facts *facts)
{
    return facts->setup ? facts->setup->spf->root->reply : NULL;
}

static const struct reply *dmarc_reply(const struct facts *facts)
{
    return facts->setup && facts->setup->dmarc->step_count ? facts->setup->dmarc->steps[0].reply
                                                           : NULL;
}

static const struct srv_owner *same_service(const struct facts *facts, const char *owner,
                                            const char *domain)
{
    struct text wanted = {0}, found = {0};
    const struct srv_owner *same = NULL;

    words_name_within(owner, domain, &wanted);
    for (size_t i = 0; i < facts->srv.count && !same; i++) {
        text_cut(&found, 0);
        words_name_within(facts->srv.owners[i].owner, facts->subject->name, &found);
        if (strcmp(text_get(&wanted), text_get(&found)) == 0)
            same = &facts->srv.owners[i];
    }
    text_clear(&wanted);
    text_clear(&found);
    return same;
}

static size_t draw_pair(struct sheet *sheet, const struct pair *pair, const char *left,
                        const char *right)
{
    struct lines lines[2];

    collect(sheet, pair->left, left, &lines[0]);
    collect(sheet, pair->right, right, &lines[1]);
    return merge(sheet, pair->label, &lines[0], &lines[1]);
}

static size_t draw_services(struct sheet *sheet, const struct facts *left,
                            const struct facts *right)
{
    size_t different = 0;

    for (size_t i = 0; i < left->srv.count; i++) {
        const struct srv_owner *owner = &left->srv.owners[i], *other;
        struct text name = {0};
        other = same_service(right, owner->owner, left->subject->name);
        if (!other || (!owner->count && !other->count))
            continue;
        words_name_within(owner->owner, left->subject->name, &name);
        sheet_line(sheet);
        sheet_add(sheet, ROLE_DIM, text_get(&name));
        different += draw_pair(sheet, &(struct pair){"SRV", owner->reply, other->reply},
                               left->subject->name, right->subject->name);
        text_clear(&name);
    }
    return different;
}

void diff_draw(struct sheet *sheet, const struct facts *left, const char *left_title,
               const struct facts *right, const char *right_title)
{
    const struct pair pairs[] = {
        {"MX", left->mx.reply, right->mx.reply},
        {"A", left->self.a, right->self.a},
        {"AAAA", left->self.aaaa, right->self.aaaa},
        {"NS", left->ns.reply, right->ns.reply},
        {"SOA", left->soa, right->soa},
        {"TXT", spf_reply(left) ? spf_reply(left) : left->txt,
         spf_reply(right) ? spf_reply(right) : right->txt},
        {"DMARC", dmarc_reply(left), dmarc_reply(right)},
        {"CAA", left->caa, right->caa},
    };
    int half = (sheet->width - MARGIN - 3) / 2;
    size_t different = 0;

    sheet_line(sheet);
    add_cell(sheet, MARGIN, half, ROLE_OVERLAY_TITLE, left_title);
    add_cell(sheet, MARGIN + half + 3, half, ROLE_OVERLAY_TITLE, right_title);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        different += draw_pair(sheet, &pairs[i], left->subject->name, right->subject->name);
    different += draw_services(sheet, left, right);
    sheet_gap(sheet);
    sheet_line(sheet);
    sheet_format(sheet, different ? ROLE_WARN : ROLE_OK, "%zu line%s differ%s", different,
                 different == 1 ? "" : "s", different == 1 ? "s" : "");
}
