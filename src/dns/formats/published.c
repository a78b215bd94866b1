#include "dns/formats/published.h"

#include <string.h>

static const struct record *find(const struct reply *reply, const char *owner, uint16_t type)
{
    for (size_t i = 0; i < reply->record_count; i++)
        if (reply->records[i]->type == type && strcmp(reply->records[i]->owner, owner) == 0)
            return reply->records[i];
    return NULL;
}

struct published_ttl published_ttl(const struct answers *answers, const char *owner, uint16_t type,
                                   uint32_t seen)
{
    const struct record *own = NULL;
    bool cached = false;

    for (size_t i = 0; i < answers_count(answers); i++) {
        const struct reply *reply = answers_at(answers, i);
        const struct record *record = find(reply, owner, type);
        if (record && reply->aa)
            own = own ? own : record;
        else
            cached = cached || (record && record->ttl == seen);
    }
    return (struct published_ttl){.seconds = cached && own ? own->ttl : seen,
                                  .least = cached && !own};
}

const char *published_comment(const struct published_ttl *ttl)
{
    return ttl->least ? " ; TTL at least, as a cache has it" : "";
}

void published_print(const struct answers *answers, const struct record *record, struct text *out)
{
    struct published_ttl ttl = published_ttl(answers, record->owner, record->type, record->ttl);
    struct record published = *record;

    published.ttl = ttl.seconds;
    record_print(&published, out);
    text_add(out, published_comment(&ttl));
}
