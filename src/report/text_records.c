#include "dns/type.h"
#include "report/text_parts.h"
#include "sheet/words.h"

#include <string.h>

/* "  no address: timed out: why" */
static void say_state(struct text_report *paper, int indent, const char *what,
                      const struct reply *reply)
{
    struct text line = {0};

    text_format(&line, "%s%s", what, words_reply(reply).phrase);
    if (reply && reply->why)
        text_format(&line, ": %s", reply->why);
    text_paragraph(paper, indent, 2, text_get(&line));
    text_clear(&line);
}

static void ttl(struct text_report *paper, size_t line, uint32_t seconds)
{
    char word[WORD_SIZE];

    text_column(paper, line, paper->ttl_column);
    text_format(paper->out, "%5s", words_ttl(seconds, false, word));
}

static void aliases(struct text_report *paper, const struct reply *reply)
{
    for (size_t i = 0; reply && i < reply->alias_count; i++) {
        text_add(paper->out, "  alias: ");
        text_name(paper, reply->aliases[i]->owner);
        text_add(paper->out, " is ");
        text_name(paper, reply->aliases[i]->target);
        text_add_char(paper->out, '\n');
    }
    if (reply && reply->alias_loop)
        text_add(paper->out, "  the aliases form a loop: nothing is found\n");
    else if (reply && reply->alias_too_long)
        text_add(paper->out, "  more than 16 aliases in a row: nothing is found\n");
}

/* A zone file that knows nothing of the address is not worth a word. */
static void reverse_name(struct text_report *paper, const struct reply *ptr)
{
    if (!ptr || (ptr->outcome == OUTCOME_REFUSED && reply_from_zone(ptr)))
        return;
    text_add(paper->out, "  PTR ");
    if (ptr->record_count)
        text_name(paper, ptr->records[0]->target);
    else
        text_add(paper->out, outcome_word(ptr->outcome));
    if (ptr->record_count > 1)
        text_format(paper->out, " and %zu more", ptr->record_count - 1);
}

static void address(struct text_report *paper, int indent, const struct address_row *row)
{
    char literal[ADDRESS_TEXT];
    size_t line = paper->out->length;

    text_format(paper->out, "%*s%s", indent, "", address_text(&row->record->address, literal));
    reverse_name(paper, row->ptr);
    ttl(paper, line, row->record->ttl);
    if (row->came_along)
        text_add(paper->out, "  came along");
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
        text_format(paper->out, "%*salias of ", indent, "");
        text_name(paper, host->alias_of);
        text_add_char(paper->out, '\n');
    }
    for (size_t i = 0; i < host->address_count; i++)
        address(paper, indent, &host->addresses[i]);
    if (!host->address_count && !host->waiting)
        say_state(paper, indent, "no address: ", telling_reply(host));
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
    text_format(paper->out, "  %-4s %s %5u  ", rank, group_mark(row), row->record->mx.preference);
    text_name(paper, row->record->mx.exchange);
    ttl(paper, line, row->record->ttl);
    if (row->literal)
        text_add(paper->out, "  an address, no name");
    else if (row->outside && row->host)
        text_add(paper->out, "  outside");
    text_add_char(paper->out, '\n');
    text_host(paper, TEXT_EXCHANGE + TEXT_INDENT, row->host);
}

static void mx(struct text_report *paper)
{
    const struct mx_list *list = &paper->facts->mx;

    if (list->reply && *list->reply->server)
        text_heading(paper, "MX (%s answer of %s)",
                     list->reply->aa ? "authoritative" : "non-authoritative", list->reply->server);
    else
        text_heading(paper, "MX");
    aliases(paper, list->reply);
    for (size_t i = 0; i < list->count; i++)
        mx_row(paper, &list->rows[i]);
    if (!list->count && !list->implicit)
        say_state(paper, 2, "", list->reply);
    if (list->null_mx)
        text_paragraph(paper, 2, 0, "Null MX: this domain takes no mail at all (RFC 7505).");
    else if (list->implicit)
        text_paragraph(paper, 2, 0,
                       "No MX record (NODATA): mail goes to the domain's own addresses, as if it "
                       "had an MX of preference 0 (implicit MX, RFC 5321 5.1).");
    else if (list->reply && list->reply->outcome == OUTCOME_NODATA)
        text_paragraph(paper, 2, 0, "No address either: mail cannot be delivered (RFC 5321 5.1).");
}

static void addresses(struct text_report *paper)
{
    const struct host *self = &paper->facts->self;

    text_heading(paper, "Addresses");
    if (self->address_count || self->waiting || self->outcome != OUTCOME_NODATA)
        text_host(paper, 2, self);
    else
        text_add(paper->out, "  none: the name exists, but has no address of its own (NODATA)\n");
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
        text_add(paper->out, "  none: the name is not the top of a zone (NODATA)\n");
    else if (!list->count)
        say_state(paper, 2, "", list->reply);
}

static void others_of(struct text_report *paper, const struct reply *reply)
{
    for (size_t i = 0; reply && i < reply->record_count; i++) {
        const struct record *record = reply->records[i];
        char type[TYPE_TEXT], word[WORD_SIZE];
        struct text line = {0};
        text_format(&line, "%s (%s) %s", type_text(record->type, type),
                    words_ttl(record->ttl, false, word), record->rdata);
        text_paragraph(paper, 2, 4, text_get(&line));
        text_clear(&line);
    }
}

/* What was asked for by its type is told in any case. */
static void requested(struct text_report *paper, const struct requested *row)
{
    const struct reply *reply = row->reply;
    char type[TYPE_TEXT];
    struct text label = {0};

    if (strcmp(row->name, paper->facts->subject->name) != 0 || !reply || !reply->record_count) {
        text_format(&label, "%s ", type_text(row->type, type));
        words_name(row->name, false, &label);
        text_add(&label, ": ");
        say_state(paper, 2, text_get(&label), reply);
    }
    others_of(paper, reply);
    text_clear(&label);
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
        say_state(paper, 2, "", reply);
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
