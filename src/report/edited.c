#include "report/edited.h"

#include "dns/type.h"

static bool is_edited(const struct report *report)
{
    return report->whatif && whatif_count(report->whatif);
}

struct lookup edited_lookup(const struct report *report)
{
    struct lookup lookup = survey_lookup(report->survey);

    if (is_edited(report))
        lookup.overlay = whatif_answers(report->whatif, survey_answers(report->survey));
    return lookup;
}

const struct route *edited_route(const struct report *report, const struct facts *facts,
                                 struct arena *arena)
{
    struct lookup lookup = edited_lookup(report);

    if (!is_edited(report))
        return facts->route;
    return route_build(&lookup, facts->subject->name, survey_sender(report->survey), arena);
}

struct edited_srv edited_srv(const struct report *report, const struct facts *facts,
                             struct arena *arena)
{
    const struct srv_owner *owner = facts_srv_owner(facts, report->srv_owner);
    struct lookup lookup = edited_lookup(report);
    struct edited_srv srv = {owner ? owner->reply : NULL, owner ? owner->set : NULL, NULL};

    if (!is_edited(report))
        return srv;
    srv.before = srv.set;
    srv.reply = lookup_find(&lookup, report->srv_owner, TYPE_SRV);
    srv.set = NULL;
    if (srv.reply && srv.reply->record_count)
        srv.set =
            srv_set_build(arena, report->srv_owner, srv.reply->records, srv.reply->record_count);
    return srv;
}
