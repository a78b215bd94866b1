/* The lines about the domain's other records: SOA, TXT, CAA, HTTPS, those asked for by
 * their type, and CNAME where it is an alias. */
#include "base/memory.h"
#include "base/message.h"
#include "dns/type.h"
#include "sheet/policy/policy_line.h"
#include "sheet/words.h"

#include <string.h>

/* Text beyond ASCII as text: the record below the panes has the escapes. */
static const char *data_of(const struct policy_lines *list, const struct record *record)
{
    const char *text = list->decoded ? words_txt(list->arena, record) : NULL;

    return text ? text : record->rdata;
}

static struct policy_line look_of(struct policy_lines *list, const struct reply *reply)
{
    const struct outcome_words words = words_reply(reply);
    size_t count = reply ? reply->record_count : 0;
    struct policy_line line = {.label = "", .glyph = words.glyph, .role = words.role, .right = ""};

    line.waiting = !reply;
    line.state =
        count ? arena_format(list->arena, tr_plural("%zu record", "%zu records", count), count)
              : words.word;
    line.text = count == 1 ? data_of(list, reply->records[0]) : "";
    if (count)
        line.glyph = "✓", line.role = ROLE_OK;
    return line;
}

static void add_record(struct policy_lines *list, const char *label, const struct reply *reply,
                       size_t index)
{
    const struct record *record = reply->records[index];
    struct policy_line line = {.label = "",
                               .glyph = "-",
                               .role = ROLE_TEXT,
                               .state = "",
                               .right = "",
                               .text = data_of(list, record)};

    policy_line_add(list, 1, arena_format(list->arena, "%s %zu", label, index), false, line, NULL);
    policy_line_source(list, reply, NULL);
    policy_line_last(list)->record = record;
}

/* One record stands in the line itself, several under it. */
static void add_type(struct policy_lines *list, const char *label, const struct reply *reply,
                     const char *sentence)
{
    struct policy_line line = look_of(list, reply);
    bool several = reply && reply->record_count > 1;

    line.label = label;
    policy_line_add(list, 0, label, several, line, sentence);
    policy_line_source(list, reply, NULL);
    if (reply && reply->record_count == 1)
        policy_line_last(list)->record = reply->records[0];
    for (size_t i = 0; several && i < reply->record_count; i++)
        add_record(list, label, reply, i);
}

/* What was asked of another name has that in front of its data. */
static void add_requested(struct policy_lines *list, const struct requested *row)
{
    const struct reply *reply = row->reply;
    struct policy_line line = look_of(list, reply);
    bool several = reply && reply->record_count > 1;
    char type[TYPE_TEXT];
    const char *key;

    line.label = arena_dup(list->arena, type_text(row->type, type));
    key = arena_format(list->arena, "%s %s", line.label, row->name);
    if (strcmp(row->name, list->facts->subject->name) != 0)
        line.text =
            arena_format(list->arena, "%s  %s", policy_line_name(list, row->name), line.text);
    policy_line_add(list, 0, key, several, line, tr("Queried by its type (:query)."));
    policy_line_source(list, reply, NULL);
    if (reply && reply->record_count == 1)
        policy_line_last(list)->record = reply->records[0];
    for (size_t i = 0; several && i < reply->record_count; i++)
        add_record(list, key, reply, i);
}

void policy_lines_requested(struct policy_lines *list)
{
    for (size_t i = 0; i < list->facts->requested_count; i++)
        add_requested(list, &list->facts->requested[i]);
}

void policy_lines_records(struct policy_lines *list)
{
    const struct facts *facts = list->facts;

    add_type(list, "SOA", facts->soa,
             tr("The serial number of the zone, and how long secondaries and negative caches may "
                "keep it (RFC 1035 3.3.13, RFC 2308)."));
    add_type(list, "TXT", facts->txt,
             tr("Text records: SPF, and tokens that prove to services that you own the domain."));
    add_type(list, "CAA", facts->caa,
             tr("Who may issue certificates for the names of the domain (RFC 8659)."));
    if (subject_takes_mail(facts->subject))
        add_type(
            list, "HTTPS", facts->https,
            tr("How web clients reach the name: other hosts, ports and protocols (RFC 9460)."));
    policy_lines_requested(list);
    if (facts->cname && facts->cname->record_count)
        add_type(list, "CNAME", facts->cname,
                 tr("The name is an alias. It must not have other records (RFC 1034 3.6.2)."));
}
