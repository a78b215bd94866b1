#include "policy/servers/resolvers.h"

#include "dns/name.h"
#include "dns/type.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

const char *resolver_state_text(enum resolver_state state)
{
    static const char *const words[] = {"waiting", "same", "differs", "failed"};

    return words[state];
}

/* ---- the records as one text ---- */

/* Of the texts of a domain only those that are of this kind count. */
static bool counts(const struct resolver_row *row, const struct record *record)
{
    static const struct {
        const char *label, *start;
    } kinds[] = {{"SPF", "v=spf1"}, {"DMARC", "v=DMARC1"}};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(row->label, kinds[i].label) == 0)
            return strncasecmp((const char *)record->txt.joined.bytes, kinds[i].start,
                               strlen(kinds[i].start)) == 0;
    return true;
}

static int compare_records(const void *a, const void *b)
{
    return record_compare(*(const struct record *const *)a, *(const struct record *const *)b);
}

static const char *text_of(struct arena *arena, const struct resolver_row *row,
                           const struct reply *reply)
{
    const struct record **records = arena_alloc(arena, reply->record_count + 1, sizeof *records);
    struct text text = {0};
    const char *copy;
    size_t count = 0;

    for (size_t i = 0; i < reply->record_count; i++)
        if (counts(row, reply->records[i]))
            records[count++] = reply->records[i];
    if (count)
        qsort(records, count, sizeof *records, compare_records);
    for (size_t i = 0; i < count; i++)
        text_format(&text, "%s%s", i ? ", " : "", records[i]->rdata);
    copy = arena_dup(arena, text_get(&text));
    text_clear(&text);
    return copy;
}

/* ---- asking ---- */

static struct resolver_answer answer_of(struct arena *arena, const struct resolver_row *row,
                                        const struct reply *reply)
{
    struct resolver_answer answer = {.reply = reply, .text = ""};

    if (reply && outcome_is_temporary(reply->outcome))
        answer.state = RESOLVER_FAILED;
    else if (reply) {
        answer.state = RESOLVER_SAME;
        answer.text = text_of(arena, row, reply);
    }
    return answer;
}

static struct resolver_answer ask(const struct lookup *lookup, struct arena *arena,
                                  const struct resolver_row *row,
                                  const struct compared_resolver *server, uint8_t flags)
{
    struct question question = {.name = row->name,
                                .type = row->type,
                                .flags = flags,
                                .server = server->address,
                                .port = server->port,
                                .encrypted = server->encrypted};

    return answer_of(arena, row, lookup_question(lookup, &question));
}

/* The text that all are held against; NULL while there is none. */
static const char *measure_of(const struct resolver_row *row, size_t count)
{
    if (row->zone.state == RESOLVER_SAME)
        return row->zone.text;
    for (size_t i = 0; i < count; i++)
        if (row->answers[i].state == RESOLVER_SAME)
            return row->answers[i].text;
    return NULL;
}

static void compare(struct resolvers *resolvers, struct resolver_row *row,
                    struct resolver_answer *answers)
{
    const char *measure = measure_of(row, resolvers->count);

    for (size_t i = 0; i < resolvers->count; i++) {
        struct resolver_answer *answer = &answers[i];
        if (answer->state == RESOLVER_SAME && strcmp(answer->text, measure) != 0)
            answer->state = RESOLVER_DIFFERS;
        resolvers->differs += answer->state == RESOLVER_DIFFERS;
        resolvers->failed += answer->state == RESOLVER_FAILED;
        resolvers->complete &= answer->state != RESOLVER_PENDING;
    }
}

static void fill_row(struct resolvers *resolvers, struct resolver_row *row,
                     const struct lookup *lookup, struct arena *arena,
                     const struct authority *authority)
{
    const struct authority_server *first = authority ? authority->reference : NULL;
    struct resolver_answer *answers = arena_alloc(arena, resolvers->count, sizeof *answers);

    row->zone.text = "";
    if (first)
        row->zone = ask(lookup, arena, row, &(struct compared_resolver){.address = first->address},
                        QUESTION_NO_RECURSION);
    for (size_t i = 0; i < resolvers->count; i++)
        answers[i] = ask(lookup, arena, row, &resolvers->list[i], 0);
    row->answers = answers;
    compare(resolvers, row, answers);
    resolvers->agree &= row->zone.state == RESOLVER_SAME;
}

static size_t list_rows(struct arena *arena, struct resolver_row *rows, const char *domain,
                        const struct resolver_wish *wishes, size_t wish_count)
{
    static const struct {
        const char *label;
        uint16_t type;
    } usual[] = {{"MX", TYPE_MX}, {"A", TYPE_A}, {"AAAA", TYPE_AAAA}, {"SPF", TYPE_TXT}};
    char name[NAME_TEXT], type[TYPE_TEXT];
    size_t count = 0;

    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        rows[count++] =
            (struct resolver_row){.label = usual[i].label, .name = domain, .type = usual[i].type};
    if (name_join("_dmarc", domain, name) == STATUS_OK)
        rows[count++] = (struct resolver_row){
            .label = "DMARC", .name = arena_dup(arena, name), .type = TYPE_TXT};
    for (size_t i = 0; i < wish_count; i++)
        rows[count++] =
            (struct resolver_row){.label = arena_dup(arena, type_text(wishes[i].type, type)),
                                  .name = wishes[i].name,
                                  .type = wishes[i].type};
    return count;
}

struct resolvers *resolvers_build(const struct lookup *lookup, struct arena *arena,
                                  const char *domain, const struct authority *authority,
                                  const struct compared_resolver *list, size_t count,
                                  const struct resolver_wish *wishes, size_t wish_count)
{
    enum { USUAL = 5 };
    struct resolvers *resolvers = arena_alloc(arena, 1, sizeof *resolvers);
    struct resolver_row *rows = arena_alloc(arena, USUAL + wish_count, sizeof *rows);

    *resolvers = (struct resolvers){list, count, rows, 0, 0, 0, true, true};
    resolvers->row_count = list_rows(arena, rows, domain, wishes, wish_count);
    for (size_t i = 0; i < resolvers->row_count; i++)
        fill_row(resolvers, &rows[i], lookup, arena, authority);
    resolvers->agree &= resolvers->complete && !resolvers->differs && !resolvers->failed;
    return resolvers;
}
