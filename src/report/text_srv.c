#include "base/message.h"
#include "base/utf8.h"
#include "dns/type.h"
#include "report/text_parts.h"
#include "sheet/services/words_srv.h"
#include "sheet/words.h"

static void row(struct text_report *paper, const struct srv_owner *owner, const struct srv_row *row)
{
    const struct record *record = row->record;
    char word[WORD_SIZE];
    size_t line = paper->out->length;

    if (row->not_offered) {
        text_say(paper, 4, "%s", tr("not offered here (target \".\", RFC 2782)"));
        return;
    }
    text_format(paper->out, "   %5u %6u %5u  ", record->srv.priority, record->srv.weight,
                record->srv.port);
    text_name(paper, record->srv.target);
    text_column(paper, line, paper->ttl_column);
    text_format(paper->out, "%5s", words_ttl(record->ttl, false, word));
    if (owner->set->levels[row->level - 1].count > 1) {
        text_format(paper->out, " %9s", number_share(row->nominal, word));
        text_format(paper->out, " %8s", number_share(row->rfc2782, word));
    }
    text_add_char(paper->out, '\n');
    text_host(paper, TEXT_TARGET + TEXT_INDENT, row->host);
}

static void without_weights(struct text_report *paper, const struct srv_owner *owner)
{
    const struct srv_level *levels = owner->set->levels;

    for (size_t i = 0; i < owner->set->level_count; i++)
        if (levels[i].zero_only && levels[i].count > 1)
            text_say(paper, 4, tr("no weights at priority %u: no balancing is intended (RFC 2782)"),
                     levels[i].priority);
}

/* "directory, site hamburg" above what belongs to it. */
static void head(struct text_report *paper, const struct srv_owner *owner)
{
    char words[WORDS_GROUP];

    text_format(paper->out, "  -- %s\n", words_srv_group(paper->facts, owner, words));
}

static void owner_rows(struct text_report *paper, const struct srv_owner *owner)
{
    text_add(paper->out, "  ");
    text_name(paper, owner->owner);
    text_format(paper->out, "%s%s\n", *owner->service ? "  " : "", owner->service);
    if (srv_owner_alias(owner)) {
        struct arena *arena = arena_new();
        text_say(paper, 4, tr("alias of %s"), text_name_of(paper, srv_owner_alias(owner), arena));
        arena_free(arena);
    }
    for (size_t i = 0; i < owner->count; i++)
        row(paper, owner, &owner->rows[i]);
    without_weights(paper, owner);
}

/* What announces a service otherwise: "  _kerberos.example.com  TXT  Kerberos realm". */
static void announcement(struct text_report *paper, const struct announcement *found)
{
    char type[TYPE_TEXT];

    text_add(paper->out, "  ");
    text_name(paper, found->owner);
    text_format(paper->out, "  %s  %s\n", type_text(found->service->type, type),
                tr(found->service->word));
    for (size_t i = 0; i < found->reply->record_count; i++)
        text_format(paper->out, "    %s\n", found->reply->records[i]->rdata);
}

/* "  3 services: timed out", one line for each outcome met; what was typed by its name. */
static void say_rest(struct text_report *paper)
{
    const struct srv_list *list = &paper->facts->srv;
    struct srv_rest rests[SRV_RESTS];
    size_t count = words_srv_rests(list, rests);
    struct arena *arena = arena_new();

    for (size_t i = 0; i < list->count; i++)
        if (list->owners[i].typed && list->owners[i].reply && !list->owners[i].count)
            text_say(paper, 2, "%s  %s", text_name_of(paper, list->owners[i].owner, arena),
                     outcome_phrase(list->owners[i].reply->outcome));
    for (size_t i = 0; i < count; i++)
        text_say(paper, 2, "%s", words_srv_rest(list, &rests[i], arena));
    if (list->waiting)
        text_say(paper, 2,
                 tr_plural("waiting for %zu service", "waiting for %zu services", list->waiting),
                 list->waiting);
    arena_free(arena);
}

/* A head over a column of numbers that ends there. */
static void right(struct text_report *paper, size_t line, int end, const char *head)
{
    int begin = end - utf8_columns(head);

    if (utf8_columns(text_get(paper->out) + line) < begin)
        text_column(paper, line, begin);
    else if (line < paper->out->length)
        text_add_char(paper->out, ' ');
    text_add(paper->out, head);
}

void text_srv(struct text_report *paper)
{
    const struct srv_list *list = &paper->facts->srv;
    size_t line;

    text_heading(paper, "SRV");
    line = paper->out->length;
    if (list->record_count) {
        right(paper, line, 8, tr("prio"));
        right(paper, line, 15, tr("weight"));
        right(paper, line, 21, tr("port"));
        text_format(paper->out, "  %s", tr("target"));
        text_column(paper, line, paper->ttl_column);
        right(paper, line, paper->ttl_column + 5, "TTL");
        right(paper, line, paper->ttl_column + 15, tr("by weight"));
        text_add(paper->out, " RFC 2782\n");
    }
    for (size_t i = 0; i < list->count && list->owners[i].count; i++) {
        if (facts_srv_begins(paper->facts, i))
            head(paper, &list->owners[i]);
        owner_rows(paper, &list->owners[i]);
    }
    for (size_t i = 0; i < paper->facts->announcement_count; i++)
        announcement(paper, &paper->facts->announcements[i]);
    say_rest(paper);
}
