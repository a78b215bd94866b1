#include "survey/survey_edited.h"

#include "dns/type.h"

const struct route *survey_edited_route(struct survey *survey, struct arena *arena)
{
    const struct facts *facts = survey_facts(survey);
    struct lookup lookup = survey_edited_lookup(survey);

    if (!survey_is_edited(survey))
        return facts->route;
    return route_build(&lookup, facts->subject->name, survey_sender(survey), arena);
}

struct edited_srv survey_edited_srv(struct survey *survey, const char *name, struct arena *arena)
{
    const struct srv_owner *owner = facts_srv_owner(survey_facts(survey), name);
    struct lookup lookup = survey_edited_lookup(survey);
    struct edited_srv srv = {owner ? owner->reply : NULL, owner ? owner->set : NULL, NULL};

    if (!survey_is_edited(survey))
        return srv;
    srv.before = srv.set;
    srv.reply = lookup_find(&lookup, name, TYPE_SRV);
    srv.set = NULL;
    if (srv.reply && srv.reply->record_count)
        srv.set = srv_set_build(arena, name, srv.reply->records, srv.reply->record_count);
    return srv;
}
