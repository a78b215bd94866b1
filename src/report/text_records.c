#include "base/message.h"
#include "dns/formats/reply_why.h"
#include "dns/type.h"
#include "report/text_parts.h"
#include "sheet/words.h"

#include <string.h>

/* "timed out: why" */
static const char *state_of(const struct reply *reply, struct arena *arena)
{
    const char *phrase = words_reply(reply).phrase;

    return reply && reply->why ? arena_format(arena, "%s: %s", phrase, reply_why(arena, reply))
                               : phrase;
}

static void say_state(struct text_report *paper, const struct reply *reply)
{
    struct arena *arena = arena_new();

    text_paragraph(paper, 2, 2, state_of(reply, arena));
    arena_free(arena);
}

static void say_no_address(struct text_report *paper, int indent, const struct reply *reply)
{
    struct arena *arena = arena_new();

    text_paragraph(paper, indent, 2,
                   arena_format(arena, tr("no address: %s"), state_of(reply, arena)));
    arena_free(arena);
}

static void ttl(struct text_report *paper, size_t line, uint32_t seconds)
{
    char word[WORD_SIZE];

    text_column(paper, line, paper->ttl_column);
    text_format(paper->out, "%5s", words_ttl(seconds, false, word));
}

static void aliases(struct text_report *paper, const struct reply *reply)
{
    struct arena *arena = arena_new();

    for (size_t i = 0; reply && i < reply->alias_count; i++)
        text_say(paper, 2, tr("alias: %s is %s"),
                 text_name_of(paper, reply->aliases[i]->owner, arena),
                 text_name_of(paper, reply->aliases[i]->target, arena));
    if (reply && reply->alias_loop)
        text_say(paper, 2, "%s", tr("the aliases form a loop: nothing is found"));
    else if (reply && reply->alias_too_long)
        text_say(paper, 2, "%s", tr("more than 16 aliases in a row: nothing is found"));
    arena_free(arena);
}

/* A zone file that knows nothing of the address is not worth a word. */
static void reverse_name(struct text_report *paper, const struct reply *ptr)
{
    if (!ptr || ptr->outcome == OUTCOME_NOT_IN_FILE)
        return;
    text_add(paper->out, "  PTR ");
    if (ptr->record_count) {
        struct arena *arena = arena_new();
        struct text names = {0};
        text_add(&names, text_name_of(paper, ptr->records[0]->target, arena));
        if (ptr->record_count > 1)
            message_more(&names, ptr->record_count - 1);
        text_add(paper->out, text_get(&names));
        text_clear(&names);
        arena_free(arena);
    } else {
        text_add(paper->out, outcome_word(ptr->outcome));
    }
}

static void address(struct text_report *paper, int indent, const struct address_row *row)
{
    char literal[ADDRESS_TEXT];
    size_t line = paper->out->length;

    text_format(paper->out, "%*s%s", indent, "", address_text(&row->record->address, literal));
    reverse_name(paper, row->ptr);
    ttl(paper, line, row->record->ttl);
    if (row->came_along)
        text_format(paper->out, "  %s", tr("additional"));
    text_add_char(paper->out, '\n');
}

static const struct reply *telling_reply(const struct host *host)
{
    return host->a && host->a->outcome == host->outcome ? host->a : host->aaaa;
}

void text_host(struct text_report *paper, int indent, const struct host *host)
{
    if (!host)
        return;
    if (host->alias_of) {
        struct arena *arena = arena_new();
        text_say(paper, indent, tr("alias of %s"), text_name_of(paper, host->alias_of, arena));
        arena_free(arena);
    }
    for (size_t i = 0; i < host->address_count; i++)
        address(paper, indent, &host->addresses[i]);
    if (!host->address_count && !host->waiting)
        say_no_address(paper, indent, telling_reply(host));
}

static const char *group_mark(const struct mx_row *row)
{
    if (row->group_count == 1)
        return " ";
    return row->group_index == 0 ? "/" : row->group_index + 1 == row->group_count ? "\\" : "|";
}

static void mx_row(struct text_report *paper, const struct mx_row *row)
{
    char rank[WORD_SIZE] = "";
    size_t line = paper->out->length;

    if (row->group_index == 0)
        words_ordinal(row->level, rank);
    text_format(paper->out, "  %s", rank);
    text_column(paper, line, 7);
    text_format(paper->out, "%s %5u  ", group_mark(row), row->record->mx.preference);
    text_name(paper, row->record->mx.exchange);
    ttl(paper, line, row->record->ttl);
    if (row->literal)
        text_format(paper->out, "  %s", tr("an address, no name"));
    else if (row->outside && row->host)
        text_format(paper->out, "  %s", tr_in("row", "outside"));
    text_add_char(paper->out, '\n');
    text_host(paper, TEXT_EXCHANGE + TEXT_INDENT, row->host);
}

static void mx(struct text_report *paper)
{
    const struct mx_list *list = &paper->facts->mx;
    char server[WORD_SERVER];

    if (list->reply && *list->reply->server)
        text_heading(paper,
                     list->reply->aa ? "MX (authoritative answer of %s)"
                                     : "MX (non-authoritative answer of %s)",
                     words_server(list->reply->server, server));
    else
        text_heading(paper, "MX");
    aliases(paper, list->reply);
    for (size_t i = 0; i < list->count; i++)
        mx_row(paper, &list->rows[i]);
    if (!list->count && !list->implicit)
        say_state(paper, list->reply);
    if (list->null_mx)
        text_paragraph(paper, 2, 0, tr("Null MX: this domain accepts no mail (RFC 7505)."));
    else if (list->implicit)
        text_paragraph(paper, 2, 0,
                       tr("No MX record (NODATA): mail goes to the domain's own addresses, as if "
                          "it had an MX of preference 0 (implicit MX, RFC 5321 5.1)."));
    else if (list->reply && list->reply->outcome == OUTCOME_NODATA)
        text_paragraph(paper, 2, 0,
                       tr("No address either: mail cannot be delivered (RFC 5321 5.1)."));
}

static void addresses(struct text_report *paper)
{
    const struct host *self = &paper->facts->self;

    text_heading(paper, "Addresses");
    if (self->address_count || self->waiting || self->outcome != OUTCOME_NODATA)
        text_host(paper, 2, self);
    else
        text_say(paper, 2, "%s",
                 tr("none: the name exists, but has no address of its own (NODATA)"));
}

static void ns(struct text_report *paper)
{
    const struct ns_list *list = &paper->facts->ns;

    text_heading(paper, "NS");
    for (size_t i = 0; i < list->count; i++) {
        size_t line = paper->out->length;
        text_add(paper->out, "  ");
        text_name(paper, list->rows[i].record->target);
        ttl(paper, line, list->rows[i].record->ttl);
        text_add_char(paper->out, '\n');
        text_host(paper, 4, list->rows[i].host);
    }
    if (list->reply && list->reply->outcome == OUTCOME_NODATA)
        text_say(paper, 2, "%s", tr("none: the name is not the top of a zone (NODATA)"));
    else if (!list->count)
        say_state(paper, list->reply);
}

/* A text beyond ASCII as text, below its escapes. */
static void txt(struct text_report *paper, const struct record *record)
{
    struct arena *arena = arena_new();
    const char *text = paper->report->unicode ? words_txt(arena, record) : NULL;

    if (text)
        text_paragraph(paper, 6, 0, text);
    arena_free(arena);
}

static void others_of(struct text_report *paper, const struct reply *reply)
{
    for (size_t i = 0; reply && i < reply->record_count; i++) {
        const struct record *record = reply->records[i];
        char type[TYPE_TEXT], word[WORD_SIZE];
        struct text line = {0};
        text_format(&line, "%s (%s) %s", type_text(record->type, type),
                    words_ttl(record->ttl, false, word), record->rdata);
        text_data(paper, 2, 4, text_get(&line));
        text_clear(&line);
        txt(paper, record);
    }
}

/* What was asked for by its type is told in any case. */
static void requested(struct text_report *paper, const struct requested *row)
{
    const struct reply *reply = row->reply;
    char type[TYPE_TEXT];
    struct arena *arena = arena_new();

    if (strcmp(row->name, paper->facts->subject->name) != 0 || !reply || !reply->record_count)
        text_paragraph(paper, 2, 2,
                       arena_format(arena, "%s %s: %s", type_text(row->type, type),
                                    text_name_of(paper, row->name, arena), state_of(reply, arena)));
    others_of(paper, reply);
    arena_free(arena);
}

void text_others(struct text_report *paper)
{
    const struct facts *facts = paper->facts;
    const struct reply *replies[] = {facts->soa, facts->txt, facts->caa, facts->https};
    bool any = facts->requested_count;

    for (size_t i = 0; i < sizeof replies / sizeof *replies; i++)
        any = any || (replies[i] && replies[i]->record_count);
    if (any)
        text_heading(paper, "Other records");
    for (size_t i = 0; i < sizeof replies / sizeof *replies; i++)
        others_of(paper, replies[i]);
    for (size_t i = 0; i < facts->requested_count; i++)
        requested(paper, &facts->requested[i]);
}

static void ptr(struct text_report *paper)
{
    const struct reply *reply = paper->facts->ptr;

    text_heading(paper, "PTR");
    aliases(paper, reply);
    for (size_t i = 0; reply && i < reply->record_count; i++) {
        size_t line = paper->out->length;
        text_add(paper->out, "  ");
        text_name(paper, reply->records[i]->target);
        ttl(paper, line, reply->records[i]->ttl);
        text_add_char(paper->out, '\n');
        text_host(paper, 4, facts_host(paper->facts, reply->records[i]->target));
    }
    if (!reply || !reply->record_count)
        say_state(paper, reply);
}

void text_records(struct text_report *paper)
{
    enum subject_kind kind = paper->facts->subject->kind;

    if (kind == SUBJECT_KEY)
        return;
    if (kind == SUBJECT_ADDRESS ||
        (kind == SUBJECT_REVERSE && paper->facts->ptr && paper->facts->ptr->record_count))
        ptr(paper);
    if (kind != SUBJECT_ADDRESS && kind != SUBJECT_REVERSE) {
        mx(paper);
        addresses(paper);
    }
    if (kind != SUBJECT_ADDRESS)
        ns(paper);
}
