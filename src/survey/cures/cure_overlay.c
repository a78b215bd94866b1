/* The answers as they would be with the records of a cure. */
#include "dns/formats/published.h"
#include "dns/name.h"
#include "dns/type.h"
#include "dns/zone/zone.h"
#include "survey/cures/cure.h"

#include <string.h>

struct laying {
    const struct cure *cure;
    const struct answers *answers;
    struct answers *overlay;
    const struct zone *zone; /* the added lines, read as anybody would read them; NULL for none */
};

static size_t added_count(const struct laying *laying)
{
    return laying->zone ? zone_record_count(laying->zone) : 0;
}

/* With the TTLs that they are published with: beside records of a cache they would differ. */
static enum status read_added(const struct cure *cure, struct zone **zone)
{
    const struct answers *answers = cure->setup->view->lookup->answers;
    struct text text = {0};
    struct faults faults = {0};
    char type[TYPE_TEXT];
    enum status status;

    for (size_t i = 0; i < cure->added_count; i++) {
        const struct cure_line *line = &cure->added[i];

        text_format(&text, "%s %u IN %s %s\n", line->owner,
                    published_ttl(answers, line->owner, line->type, line->ttl).seconds,
                    type_text(line->type, type), line->rdata);
    }
    status = zone_read_text(text_get(&text), text.length, "cure", NULL, &faults, zone);
    faults_clear(&faults);
    text_clear(&text);
    return status;
}

/* ---- one reply ---- */

static bool is_removed(const struct cure *cure, const struct record *record)
{
    for (size_t i = 0; i < cure->removed_count; i++) {
        const struct record *removed = cure->removed[i];

        if (removed == record ||
            (removed->type == record->type && strcmp(removed->owner, record->owner) == 0 &&
             strcmp(removed->rdata, record->rdata) == 0))
            return true;
    }
    return false;
}

static bool belongs(const struct record *record, const char *owner, uint16_t type)
{
    return record->type == type && strcmp(record->owner, owner) == 0;
}

/* The records borrow from the old reply and from the zone; both outlive the overlay's use. */
static void lay_records(const struct laying *laying, const struct reply *before, const char *owner,
                        struct reply *reply)
{
    size_t old = before ? before->record_count : 0, count = 0;
    size_t most = old + added_count(laying) + 1;
    const struct record **list = arena_alloc(reply->arena, most, sizeof *list);
    struct record *records = arena_alloc(reply->arena, most, sizeof *records);

    for (size_t i = 0; i < old; i++)
        if (!is_removed(laying->cure, before->records[i]))
            records[count++] = *before->records[i];
    for (size_t i = 0; i < added_count(laying); i++)
        if (belongs(zone_record(laying->zone, i), owner, reply->question.type))
            records[count++] = *zone_record(laying->zone, i);
    for (size_t i = 0; i < count; i++)
        list[i] = &records[i];
    reply->answer = (struct section){records, count};
    reply->records = list;
    reply->record_count = count;
    reply->outcome = count ? OUTCOME_ANSWERED : OUTCOME_NODATA;
}

static struct reply *copy_of(const struct question *question, const struct reply *before)
{
    struct reply *reply = reply_new(question);
    struct arena *arena = reply->arena;
    struct question own = reply->question;

    *reply = *before;
    reply->arena = arena;
    reply->question = own;
    return reply;
}

static struct reply *canonical_reply(const struct question *question, const struct reply *before)
{
    struct reply *reply = copy_of(question, before);

    reply->aliases = NULL;
    reply->alias_count = 0;
    return reply;
}

static struct reply *changed_reply(const struct laying *laying, const struct question *question,
                                   const struct reply *before, const char *owner)
{
    struct reply *reply = before ? copy_of(question, before) : reply_new(question);

    if (!before)
        reply->canonical = reply->question.name;
    reply->rcode = RCODE_NOERROR;
    lay_records(laying, before, owner, reply);
    return reply;
}

/* ---- all replies ---- */

static bool touches(const struct laying *laying, const char *owner, uint16_t type)
{
    const struct cure *cure = laying->cure;

    for (size_t i = 0; i < cure->removed_count; i++)
        if (cure->removed[i]->type == type && strcmp(cure->removed[i]->owner, owner) == 0)
            return true;
    for (size_t i = 0; i < added_count(laying); i++)
        if (belongs(zone_record(laying->zone, i), owner, type))
            return true;
    return false;
}

/* A name that did not exist, and now does or has something below. */
static bool comes_to_be(const struct laying *laying, const struct reply *reply)
{
    if (reply->outcome != OUTCOME_NXDOMAIN)
        return false;
    for (size_t i = 0; i < added_count(laying); i++)
        if (name_is_within(zone_record(laying->zone, i)->owner, reply->canonical))
            return true;
    return false;
}

static void lay_known(struct laying *laying)
{
    for (size_t i = 0; i < answers_count(laying->answers); i++) {
        const struct reply *reply = answers_at(laying->answers, i);

        if (outcome_is_temporary(reply->outcome) || !reply->canonical)
            continue;
        if (touches(laying, reply->canonical, reply->question.type) || comes_to_be(laying, reply))
            answers_put(laying->overlay,
                        changed_reply(laying, &reply->question, reply, reply->canonical));
    }
}

/* The addresses of an alias are those of the name it leads to. */
static void lay_canonical(struct laying *laying)
{
    for (size_t i = 0; i < answers_count(laying->answers); i++) {
        const struct reply *reply = answers_at(laying->answers, i);
        struct question question = reply->question;

        question.name = reply->canonical;
        if (reply->alias_count == 0 || reply->alias_loop || outcome_is_temporary(reply->outcome) ||
            answers_find(laying->answers, &question) || answers_find(laying->overlay, &question))
            continue;
        answers_put(laying->overlay, canonical_reply(&question, reply));
    }
}

/* What nobody asked about yet. */
static void lay_new(struct laying *laying)
{
    for (size_t i = 0; i < added_count(laying); i++) {
        const struct record *record = zone_record(laying->zone, i);
        struct question question = {.name = record->owner, .type = record->type};

        if (!answers_find(laying->answers, &question) && !answers_find(laying->overlay, &question))
            answers_put(laying->overlay, changed_reply(laying, &question, NULL, record->owner));
    }
}

bool cure_overlay_init(struct cure_overlay *overlay, const struct cure *cure)
{
    const struct answers *answers = cure->setup->view->lookup->answers;
    struct laying laying = {.cure = cure, .answers = answers};

    overlay->zone = NULL;
    if (cure->added_count > 0 && read_added(cure, &overlay->zone) != STATUS_OK)
        return false;
    overlay->answers = laying.overlay = answers_new();
    laying.zone = overlay->zone;
    lay_known(&laying);
    lay_new(&laying);
    lay_canonical(&laying);
    return true;
}

void cure_overlay_clear(struct cure_overlay *overlay)
{
    answers_free(overlay->answers);
    zone_free(overlay->zone);
}
