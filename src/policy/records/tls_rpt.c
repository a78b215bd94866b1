#include "policy/records/tls_rpt.h"

#include "base/message.h"
#include "dns/name.h"
#include "dns/type.h"

static size_t count_uris(struct octets rest)
{
    struct octets uri;
    size_t count = 0;

    while (octets_next(&rest, ',', &uri))
        count++;
    return count;
}

static const char *read_uris(struct tls_rpt *tls_rpt, struct arena *arena, struct octets rest)
{
    const char **list = arena_alloc(arena, count_uris(rest) + 1, sizeof *list);
    const char *fault = NULL;
    struct octets uri;

    tls_rpt->rua = list;
    while (octets_next(&rest, ',', &uri)) {
        uri = octets_trim(uri);
        list[tls_rpt->rua_count++] = octets_shown(arena, uri);
        if (!octets_begin(uri, "mailto:") && !octets_begin(uri, "https:"))
            fault = tr("a report address is neither mailto: nor https:");
    }
    return tls_rpt->rua_count > 0 ? fault : tr("rua= names no address");
}

static void read_record(struct tls_rpt *tls_rpt, struct arena *arena, struct octets text,
                        const char *near)
{
    struct tags tags = tags_parse(arena, text);
    const struct octets *rua = tags_value(&tags, "rua");
    const struct tag *repeated = tags_repeated(&tags, false);
    const char *fault =
        rua ? read_uris(tls_rpt, arena, *rua)
            : policy_missing(arena, NEAR_TLS_RPT, text, tr("the tag rua= is missing"));

    tls_rpt->repeated = repeated ? octets_shown(arena, repeated->name) : NULL;
    tls_rpt->text = octets_shown(arena, text);
    if (tags.error)
        fault = tags.error;
    if (near)
        fault = near;
    if (fault) {
        tls_rpt->state = POLICY_SYNTAX;
        tls_rpt->why = fault;
    }
}

static const char *const sentences[] = {
    [POLICY_PENDING] = N_("not answered yet"),
    [POLICY_NONE] = N_("no record: failed encryption is not reported"),
    [POLICY_FOUND] = N_("senders report once a day how encryption went"),
    [POLICY_MULTIPLE] = N_("several records: senders take none of them"),
    [POLICY_SYNTAX] = N_("the record cannot be used"),
};

struct tls_rpt *tls_rpt_build(const struct lookup *lookup, struct arena *arena, const char *domain)
{
    struct tls_rpt *tls_rpt = arena_alloc(arena, 1, sizeof *tls_rpt);
    struct near_miss found;
    char name[NAME_TEXT];

    tls_rpt->state = POLICY_NONE;
    tls_rpt->name = domain;
    tls_rpt->why = tr(sentences[POLICY_NONE]);
    if (name_join("_smtp._tls", domain, name) != STATUS_OK)
        return tls_rpt;
    tls_rpt->name = arena_dup(arena, name);
    tls_rpt->reply = lookup_find(lookup, name, TYPE_TXT);
    tls_rpt->state = policy_state_of(arena, tls_rpt->reply, NEAR_TLS_RPT, &found);
    tls_rpt->why = policy_sentence(arena, sentences, tls_rpt->state, tls_rpt->reply);
    if (tls_rpt->state == POLICY_FOUND || tls_rpt->state == POLICY_SYNTAX)
        read_record(tls_rpt, arena, found.record->txt.joined, found.why);
    return tls_rpt;
}
