/* Where a record may be published: at the end of an alias, in a zone of the domain, not next to a
 * wildcard. */
#include "base/message.h"
#include "dns/name.h"
#include "dns/type.h"
#include "survey/cures/cure.h"

#include <string.h>

static void say_whose(struct cure *cure, const char *name)
{
    const char *words = cure->fix ? cure->fix : cure->finding->fix, *whose;

    whose = arena_format(cure->arena,
                         tr("%s is not in a zone of %s. Whoever runs it must make the change."),
                         name_shown(cure->arena, name),
                         name_shown(cure->arena, cure->setup->dmarc->organisational_by_suffix));
    cure_say(cure, *words ? tr_in("sentences", "%s %s") : "%s%s", words, whose);
}

static void say_alias(struct cure *cure, const char *owner, const char *target)
{
    cure_say(
        cure,
        "%s is an alias of %s: have the record there changed, or replace the CNAME by a record "
        "of your own.",
        name_shown(cure->arena, owner), name_shown(cure->arena, target));
}

/* What a name nobody chose has, beside those below `parent`; NULL where that is not known. */
static const struct reply *of_nobody(struct cure *cure, const char *parent, uint16_t type)
{
    const char *probe = cure->setup->view->probe;
    char name[NAME_TEXT];

    if (!probe || name_join(probe, parent, name) != STATUS_OK)
        return NULL;
    return cure_lookup(cure, name, type);
}

/* A name that only a wildcard answers for loses that answer with the first record at or below it.
 * The zone's own name is there in any case. */
static bool may_be_wildcard(struct cure *cure, const char *owner)
{
    const char *domain = cure->setup->view->domain;
    const char *zone = cure->setup->authority->zone;
    static const uint16_t types[] = {TYPE_MX, TYPE_A, TYPE_AAAA, TYPE_TXT};
    bool answered = false;

    if (!name_is_within(owner, domain) || (zone && strcmp(zone, domain) == 0))
        return false;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        const struct reply *reply = of_nobody(cure, name_parent(domain), types[i]);

        answered |= reply && (reply->outcome == OUTCOME_ANSWERED || reply->alias_count > 0);
    }
    return answered;
}

/* Is the name that an alias leads to one that any name beside it could be? Then nothing is there
 * that could be changed. */
static bool is_by_wildcard(struct cure *cure, const char *owner, uint16_t type)
{
    const struct reply *reply;

    if (strcmp(owner, cure->setup->view->domain) == 0 || strcmp(owner, cure->finding->subject) == 0)
        return false;
    reply = of_nobody(cure, name_parent(owner), type);
    return reply && reply->outcome == OUTCOME_ANSWERED;
}

/* Is the name an alias as any name beside it is? Then it may be by a wildcard, and what is
 * published at the target would be far from where it belongs. */
static bool is_alias_by_wildcard(struct cure *cure, const char *owner, const struct reply *reply)
{
    const struct reply *nobody;

    if (strcmp(owner, cure->setup->view->domain) == 0)
        return false;
    nobody = of_nobody(cure, name_parent(owner), reply->question.type);
    return nobody && nobody->alias_count > 0 && strcmp(nobody->canonical, reply->canonical) == 0;
}

/* Does the name of the zone follow a whole name? Then nothing shall be published there. */
static bool is_slip(struct cure *cure, const char *name)
{
    return cure_meant(cure, name) || setup_undotted(cure->setup, name, cure->arena);
}

/* Moves a line to where the owner's alias leads, or says who must do it. */
static bool place_line(struct cure *cure, struct cure_line *line)
{
    const struct reply *reply =
        line->type == TYPE_CNAME ? NULL : cure_lookup(cure, line->owner, line->type);

    if (reply && reply->alias_count > 0) {
        if (is_slip(cure, reply->canonical)) {
            cure_say(cure, "Correct the CNAME record of %s first.",
                     name_shown(cure->arena, line->owner));
            return false;
        }
        if (reply->alias_loop || !cure_is_own(cure, reply->canonical) || cure_has_wildcard(cure) ||
            is_alias_by_wildcard(cure, line->owner, reply)) {
            say_alias(cure, line->owner, reply->canonical);
            return false;
        }
        line->owner = reply->canonical;
    }
    if (!cure_is_own(cure, line->owner)) {
        say_whose(cure, line->owner);
        return false;
    }
    return !may_be_wildcard(cure, line->owner);
}

/* A record that an alias leads to out of the domain is changed there. */
static bool may_remove(struct cure *cure, const struct record *record)
{
    const struct reply *reply;
    bool aliased;

    if (strcmp(record->owner, cure->setup->view->domain) == 0 ||
        (cure_is_own(cure, record->owner) && strcmp(record->owner, cure->finding->subject) == 0))
        return true;
    reply = cure_lookup(cure, cure->finding->subject, record->type);
    aliased = reply && reply->alias_count > 0 && strcmp(reply->canonical, record->owner) == 0;
    if (cure_is_own(cure, record->owner))
        return !aliased || !is_by_wildcard(cure, record->owner, record->type);
    if (aliased)
        say_alias(cure, cure->finding->subject, record->owner);
    else
        say_whose(cure, record->owner);
    return false;
}

bool cure_place(struct cure *cure)
{
    for (size_t i = 0; i < cure->removed_count; i++)
        if (!may_remove(cure, cure->removed[i]))
            return false;
    for (size_t i = 0; i < cure->added_count; i++)
        if (!place_line(cure, &cure->added[i]))
            return false;
    return !cure->waiting && !cure->overfull;
}
