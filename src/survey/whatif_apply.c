#include "survey/whatif_edit.h"

#include "base/message.h"
#include "dns/type.h"

#include <string.h>

enum { NEW_TTL = 3600 };

/* Does the edit speak of this record? */
static bool is_meant(const struct whatif_edit *edit, const struct record *record)
{
    switch (record->type) {
    case TYPE_MX:
        return strcmp(record->mx.exchange, edit->target) == 0;
    case TYPE_SRV:
        return strcmp(record->srv.target, edit->target) == 0;
    default:
        return edit->address.family == 0 || address_equal(&record->address, &edit->address);
    }
}

static void write_rdata(struct arena *arena, struct record *record)
{
    char address[ADDRESS_TEXT];

    switch (record->type) {
    case TYPE_MX:
        record->rdata = arena_format(arena, "%u %s", record->mx.preference, record->mx.exchange);
        break;
    case TYPE_SRV:
        record->rdata = arena_format(arena, "%u %u %u %s", record->srv.priority, record->srv.weight,
                                     record->srv.port, record->srv.target);
        break;
    default:
        record->rdata = arena_dup(arena, address_text(&record->address, address));
        break;
    }
}

/* What remains of a record of the types that are edited lives in the new reply's arena. */
static struct record copy_record(struct arena *arena, const struct record *record)
{
    struct record copy = *record;

    copy.owner = arena_dup(arena, record->owner);
    if (record->type == TYPE_MX)
        copy.mx.exchange = arena_dup(arena, record->mx.exchange);
    else if (record->type == TYPE_SRV)
        copy.srv.target = arena_dup(arena, record->srv.target);
    write_rdata(arena, &copy);
    return copy;
}

static uint16_t changed_number(const struct whatif_edit *edit, unsigned before)
{
    long number = edit->relative ? (long)before + edit->number : edit->number;

    return (uint16_t)(number < 0 ? 0 : number > UINT16_MAX ? UINT16_MAX : number);
}

static void change(const struct whatif_edit *edit, struct arena *arena, struct record *record)
{
    if (record->type == TYPE_MX)
        record->mx.preference = changed_number(edit, record->mx.preference);
    else if (edit->verb == WHATIF_FIRST)
        record->srv.priority = changed_number(edit, record->srv.priority);
    else
        record->srv.weight = changed_number(edit, record->srv.weight);
    write_rdata(arena, record);
}

static struct record new_record(const struct whatif_edit *edit, struct arena *arena,
                                const char *owner, uint32_t ttl)
{
    struct record record = {.owner = arena_dup(arena, owner), .type = edit->type, .ttl = ttl};

    if (edit->type == TYPE_MX) {
        record.mx.preference = edit->first;
        record.mx.exchange = arena_dup(arena, edit->target);
    } else if (edit->type == TYPE_SRV) {
        record.srv.priority = edit->first;
        record.srv.weight = edit->weight;
        record.srv.port = edit->port;
        record.srv.target = arena_dup(arena, edit->target);
    } else {
        record.address = edit->address;
    }
    write_rdata(arena, &record);
    return record;
}

/* Copies what stays and changes what is meant; returns how many records were meant. */
static size_t carry_over(const struct whatif_edit *edit, const struct reply *before,
                         struct reply *reply, struct record *records, size_t *count)
{
    size_t meant = 0;

    for (size_t i = 0; before && i < before->record_count; i++) {
        bool is = edit->verb != WHATIF_ADD && is_meant(edit, before->records[i]);
        meant += is;
        if (is && edit->verb == WHATIF_REMOVE)
            continue;
        records[*count] = copy_record(reply->arena, before->records[i]);
        if (is)
            change(edit, reply->arena, records + *count);
        ++*count;
    }
    return meant;
}

/* An RRset has no record twice (RFC 2181 5). */
static bool is_among(const struct record *records, size_t count, const struct record *record)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(records[i].rdata, record->rdata) == 0)
            return true;
    return false;
}

static size_t drop_repeated(struct record *records, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        if (!is_among(records, kept, &records[i]))
            records[kept++] = records[i];
    return kept;
}

static void take_records(struct reply *reply, const struct record *records, size_t count)
{
    const struct record **list = arena_alloc(reply->arena, count + 1, sizeof *list);

    for (size_t i = 0; i < count; i++)
        list[i] = records + i;
    reply->answer = (struct section){records, count};
    reply->records = list;
    reply->record_count = count;
    reply->outcome = count ? OUTCOME_ANSWERED : OUTCOME_NODATA;
    reply->rcode = RCODE_NOERROR;
    reply->server = "what if";
}

enum status whatif_edit_apply(const struct whatif_edit *edit, const struct reply *before,
                              struct reply **changed, const char **why)
{
    struct question question = {.name = edit->owner, .type = edit->type};
    struct reply *reply = reply_new(&question);
    size_t most = (before ? before->record_count : 0) + 1, count = 0;
    struct record *records = arena_alloc(reply->arena, most, sizeof *records);
    const char *owner = before && before->canonical ? before->canonical : (const char *)edit->owner;
    uint32_t ttl = before && before->record_count ? before->records[0]->ttl : NEW_TTL;
    size_t meant = carry_over(edit, before, reply, records, &count);

    *why = tr("there is no such record");
    if (edit->verb == WHATIF_ADD) {
        records[count] = new_record(edit, reply->arena, owner, ttl);
        meant = !is_among(records, count, &records[count]);
        count++;
        *why = tr("there is such a record already, and no RRset has one twice (RFC 2181 5)");
    }
    if (!meant) {
        reply_free(reply);
        return STATUS_NOT_FOUND;
    }
    reply->canonical = reply->question.name;
    take_records(reply, records, drop_repeated(records, count));
    *changed = reply;
    return STATUS_OK;
}
