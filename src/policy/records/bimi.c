#include "policy/records/bimi.h"

#include "dns/name.h"
#include "dns/type.h"

static const char *const sentences[] = {
    [POLICY_PENDING] = "not answered yet",
    [POLICY_NONE] = "no record: no logo is shown",
    [POLICY_FOUND] = "receivers may show the logo",
    [POLICY_MULTIPLE] = "several records: none of them counts",
    [POLICY_SYNTAX] = "the record cannot be used",
};

static const char *value_shown(struct arena *arena, const struct tags *tags, const char *name)
{
    const struct octets *value = tags_value(tags, name);

    return value && value->length > 0 ? octets_shown(arena, *value) : NULL;
}

/* A logo needs a policy that is enforced on all mail. */
static const char *lacking(const struct dmarc *dmarc)
{
    if (dmarc->state == POLICY_PENDING || dmarc->state == POLICY_UNKNOWN)
        return "whether DMARC is strict enough is not known";
    if (dmarc->state != POLICY_FOUND || dmarc->policy < DMARC_QUARANTINE)
        return "no logo is shown: DMARC must be at quarantine or reject";
    if (dmarc->record->testing || dmarc->record->percent < 100)
        return "no logo is shown: DMARC must apply to all mail";
    return NULL;
}

static const char *fault_of(const struct tags *tags)
{
    const struct octets *logo = tags_value(tags, "l");

    if (tags->error)
        return tags->error;
    if (tags_repeated(tags, false))
        return "a tag stands in it twice";
    if (!logo)
        return "the tag l= is missing";
    return logo->length == 0 || octets_begin(*logo, "https://") ? NULL
                                                                : "l= is not an https address";
}

static void read_record(struct bimi *bimi, struct arena *arena, struct octets text,
                        const struct dmarc *dmarc)
{
    struct tags tags = tags_parse(arena, text);
    const char *fault =
        bimi->state == POLICY_SYNTAX ? policy_version_fault(arena, "v=BIMI1") : fault_of(&tags);

    bimi->text = octets_shown(arena, text);
    bimi->logo = value_shown(arena, &tags, "l");
    bimi->authority = value_shown(arena, &tags, "a");
    bimi->declined = !bimi->logo && !bimi->authority;
    if (fault) {
        bimi->state = POLICY_SYNTAX;
        bimi->why = fault;
    } else if (bimi->declined) {
        bimi->why = "the domain wants no logo shown";
    } else if (lacking(dmarc)) {
        bimi->why = lacking(dmarc);
    }
}

struct bimi *bimi_build(const struct lookup *lookup, struct arena *arena, const char *domain,
                        const struct dmarc *dmarc)
{
    struct bimi *bimi = arena_alloc(arena, 1, sizeof *bimi);
    const struct record *record = NULL;
    char name[NAME_TEXT];

    bimi->state = POLICY_NONE;
    bimi->name = domain;
    bimi->why = sentences[POLICY_NONE];
    if (name_join("default._bimi", domain, name) != STATUS_OK)
        return bimi;
    bimi->name = arena_dup(arena, name);
    bimi->reply = lookup_find(lookup, name, TYPE_TXT);
    bimi->state = policy_state_of(bimi->reply, "v=BIMI1", &record);
    bimi->why = policy_sentence(arena, sentences, bimi->state, bimi->reply);
    if (bimi->state == POLICY_FOUND || bimi->state == POLICY_SYNTAX)
        read_record(bimi, arena, record->txt.joined, dmarc);
    return bimi;
}
