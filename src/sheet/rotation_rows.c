#include "sheet/rotation_rows.h"

#include "base/message.h"
#include "dns/type.h"
#include "mail/clients/server_choice.h"
#include "sheet/words.h"

#include <string.h>

static const char *label_of(const struct record *record, struct arena *arena)
{
    struct text text = {0};
    const char *label;

    if (record->type == TYPE_NS)
        words_name(record->target, false, &text);
    else
        text_add(&text, record->rdata);
    label = arena_dup(arena, text_get(&text));
    text_clear(&text);
    return label;
}

/* What is said of all hosts is meant for the exchanges, what is said of a time for an outage. */
static struct sender without_exchanges(const struct sender *sender, struct arena *arena)
{
    struct sender of = *sender;

    of.downs = arena_alloc(arena, sender->down_count + 1, sizeof *of.downs);
    of.down_count = 0;
    for (size_t i = 0; i < sender->down_count; i++)
        if (!sender->downs[i].all && !sender->downs[i].bounded)
            of.downs[of.down_count++] = sender->downs[i];
    return of;
}

static bool is_down(const struct sender *sender, const struct record *record)
{
    static const struct address none = {0};
    bool named = record->type == TYPE_NS;

    return sender_stage(sender, named ? record->target : record->owner, NULL,
                        named ? &none : &record->address, 0) != STAGE_ACCEPTS;
}

/* The shortest time in which one of its addresses answered. */
static uint32_t measured(const struct facts *facts, const char *server)
{
    const struct authority *authority = facts && facts->setup ? facts->setup->authority : NULL;
    uint32_t least = 0;

    for (size_t i = 0; authority && i < authority->count; i++) {
        const struct authority_server *asked = &authority->servers[i];
        if (strcmp(asked->name, server) != 0 || !asked->soa || asked->state != AUTHORITY_OK)
            continue;
        if (!least || asked->soa->rtt_us < least)
            least = asked->soa->rtt_us;
    }
    return least;
}

static const uint32_t *measure(const struct reply *reply, size_t count, const struct facts *facts,
                               struct arena *arena)
{
    uint32_t *times = arena_alloc(arena, count + 1, sizeof *times);

    for (size_t i = 0; i < count; i++)
        times[i] = measured(facts, reply->records[i]->target);
    return times;
}

const char *rotation_rows_users(const struct rotation_rows *rows, struct arena *arena)
{
    char number[WORD_SIZE];

    return arena_format(arena, rows->name_servers ? tr("%s queries") : tr("%s users"),
                        number_words(ROTATION_USERS, number));
}

void rotation_rows_build(const struct reply *reply, const struct facts *facts,
                         const struct sender *sender, struct arena *arena,
                         struct rotation_rows *rows)
{
    size_t count = reply && reply->outcome == OUTCOME_ANSWERED ? reply->record_count : 0;
    struct sender of = without_exchanges(sender, arena);
    const char **labels;

    count = count > ROTATION_RECORDS_MOST ? ROTATION_RECORDS_MOST : count;
    labels = arena_alloc(arena, count + 1, sizeof *labels);
    *rows = (struct rotation_rows){.count = count, .labels = labels};
    rows->down = arena_alloc(arena, ROTATION_RECORDS_MOST, sizeof *rows->down);
    rows->servers = facts && facts->ns.count ? (unsigned)facts->ns.count : 1;
    rows->name_servers = count && reply->records[0]->type == TYPE_NS;
    if (rows->name_servers)
        rows->rtt_us = measure(reply, count, facts, arena);
    for (size_t i = 0; i < count; i++) {
        labels[i] = label_of(reply->records[i], arena);
        rows->down[i] = is_down(&of, reply->records[i]);
    }
}

size_t rotation_rows_play(const struct rotation_rows *rows, uint64_t seed, struct arena *arena,
                          struct rotation_case cases[ROTATION_CASES])
{
    struct rotation_set set = {.records = rows->count,
                               .servers = rows->servers,
                               .down = rows->down,
                               .rtt_us = rows->rtt_us,
                               .seed = seed};

    if (!rows->count)
        return 0;
    return rows->name_servers ? server_choice_cases(&set, arena, cases)
                              : rotation_cases(&set, arena, cases);
}

const char *rotation_rows_then(const struct rotation_rows *rows, const struct rotation_case *played,
                               struct arena *arena)
{
    struct text text = {0};
    const char *then;

    if (!played->then_count)
        return NULL;
    for (size_t i = 0; i < played->then_count; i++)
        text_format(&text, "%s%s", i ? message_comma() : "", rows->labels[played->then[i]]);
    then = arena_format(arena, tr("then %s"), text_get(&text));
    text_clear(&text);
    return then;
}
