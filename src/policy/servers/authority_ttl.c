/* The TTLs of a zone: what a cache answered with is asked of one of the zone's servers, too. */
#include "policy/servers/authority_ttl.h"

#include "dns/name.h"
#include "dns/type.h"

#include <stdlib.h>
#include <string.h>

/* So many answers; in a giant domain the others have what a cache says, "at least". */
enum { TTLS_MAX = 64 };

static bool is_cached(const struct authority *authority, const struct reply *reply)
{
    return reply->outcome == OUTCOME_ANSWERED && !reply->aa && !reply->question.server.family &&
           reply->question.flags == 0 && name_is_within(reply->question.name, authority->zone);
}

static int compare_questions(const void *left, const void *right)
{
    const struct question *a = left, *b = right;
    int order = strcmp(a->name, b->name);

    return order ? order : (int)a->type - (int)b->type;
}

void authority_ask_ttls(const struct lookup *lookup, struct arena *arena,
                        struct authority *authority)
{
    const struct answers *answers = lookup->answers;
    const struct authority_server *server = authority->reference;
    size_t most = server ? answers_count(answers) : 0, count = 0;
    struct question *questions = arena_alloc(arena, most + 1, sizeof *questions);
    const struct reply **own;

    for (size_t i = 0; i < most; i++) {
        const struct reply *reply = answers_at(answers, i);

        if (is_cached(authority, reply))
            questions[count++] = (struct question){.name = reply->question.name,
                                                   .type = reply->question.type,
                                                   .flags = QUESTION_NO_RECURSION,
                                                   .server = server->address};
    }
    qsort(questions, count, sizeof *questions, compare_questions);
    count = count < TTLS_MAX ? count : TTLS_MAX;
    own = arena_alloc(arena, count + 1, sizeof(const struct reply *));
    for (size_t i = 0; i < count; i++) {
        own[i] = lookup_question(lookup, &questions[i]);
        authority->complete &= own[i] != NULL;
    }
    authority->own = own;
    authority->own_count = count;
}

static bool answers_the_same(const struct reply *own, const struct reply *reply)
{
    return own && own->aa && !outcome_is_temporary(own->outcome) &&
           own->question.type == reply->question.type &&
           strcmp(own->question.name, reply->question.name) == 0;
}

/* What the zone's server said to the same question; NULL when it was not asked. */
static const struct reply *own_reply(const struct authority *authority, const struct reply *reply)
{
    const struct authority_server *server = authority ? authority->reference : NULL;
    const struct reply *of_all[6] = {0};

    if (!server)
        return NULL;
    of_all[0] = server->soa;
    of_all[1] = server->ns;
    of_all[2] = server->mx;
    of_all[3] = server->txt;
    of_all[4] = server->a;
    of_all[5] = server->aaaa;
    for (size_t i = 0; i < sizeof of_all / sizeof *of_all; i++)
        if (answers_the_same(of_all[i], reply))
            return of_all[i];
    for (size_t i = 0; i < authority->own_count; i++)
        if (answers_the_same(authority->own[i], reply))
            return authority->own[i];
    return NULL;
}

/* The SOA record that a server of the zone gave for the zone which the reply says no from; NULL: it
 * is another zone's, or no server of it was asked. */
static const struct record *own_soa(const struct authority *authority, const struct reply *reply)
{
    const struct reply *soa = authority && authority->reference ? authority->reference->soa : NULL;

    if (!soa || !soa->aa || !soa->record_count)
        return NULL;
    for (size_t i = 0; i < reply->authority.count; i++) {
        const struct record *record = &reply->authority.records[i];
        if (record->type == TYPE_SOA && strcmp(record->owner, soa->records[0]->owner) == 0)
            return soa->records[0];
    }
    return NULL;
}

struct authority_ttl authority_ttl(const struct authority *authority, const struct reply *reply)
{
    const struct reply *own = own_reply(authority, reply), *from = own ? own : reply;
    const struct record *soa = from->record_count || from->aa ? NULL : own_soa(authority, from);

    if (soa)
        return (struct authority_ttl){.seconds = record_negative_ttl(soa)};
    return (struct authority_ttl){
        .seconds = from->record_count ? from->records[0]->ttl : from->negative_ttl,
        .least = !from->aa,
    };
}
