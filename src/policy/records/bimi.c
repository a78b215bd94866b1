#include "policy/records/bimi.h"

#include "base/message.h"
#include "dns/name.h"
#include "dns/type.h"

#include <string.h>

static const char *const sentences[] = {
    [POLICY_PENDING] = N_("not answered yet"),
    [POLICY_NONE] = N_("no record: no logo is shown"),
    [POLICY_FOUND] = N_("receivers may show the logo"),
    [POLICY_MULTIPLE] = N_("several records: none of them counts"),
    [POLICY_SYNTAX] = N_("the record cannot be used"),
};

static const char *value_shown(struct arena *arena, const struct tags *tags, const char *name)
{
    const struct octets *value = tags_value(tags, name);

    return value && value->length > 0 ? octets_shown(arena, *value) : NULL;
}

/* A logo needs a policy that is enforced on all mail, of subdomains too. */
static const char *lacking(const struct dmarc *dmarc, bool *by_share)
{
    const struct dmarc_record *record = dmarc->record;

    if (dmarc->state == POLICY_PENDING || dmarc->state == POLICY_UNKNOWN)
        return tr("whether DMARC is strict enough is not known");
    if (dmarc->state != POLICY_FOUND || dmarc->policy < DMARC_QUARANTINE || record->p == DMARC_NONE)
        return tr("no logo is shown: DMARC must be at quarantine or reject");
    if (record->sp == DMARC_NONE)
        return tr("no logo is shown: DMARC must not have sp=none");
    *by_share = !record->testing && record->percent < 100;
    return record->testing || *by_share ? tr("no logo is shown: DMARC must apply to all mail")
                                        : NULL;
}

/* Does the path of the URI end so? */
static bool has_suffix(struct octets uri, const char *suffix)
{
    size_t length = strlen(suffix), end = 0;

    while (end < uri.length && uri.bytes[end] != '?' && uri.bytes[end] != '#')
        end++;
    return octets_equal(octets_part(uri, end - length, length), suffix);
}

static const char *fault_of(struct arena *arena, const struct tags *tags, struct octets text)
{
    const struct octets *logo = tags_value(tags, "l"), *authority = tags_value(tags, "a");

    if (tags->error)
        return tags->error;
    if (tags_repeated(tags, false))
        return tr("a tag is in it twice");
    if (!logo)
        return policy_missing(arena, NEAR_BIMI, text, tr("the tag l= is missing"));
    if (logo->length > 0 && !octets_begin(*logo, "https://"))
        return tr("l= is not an https address");
    if (logo->length > 0 && !has_suffix(*logo, ".svg") && !has_suffix(*logo, ".svgz"))
        return tr("l= does not name an SVG image");
    if (authority && authority->length > 0 && !octets_begin(*authority, "https://"))
        return tr("a= is not an https address");
    return NULL;
}

static void read_record(struct bimi *bimi, struct arena *arena, const struct near_miss *found,
                        const struct dmarc *dmarc)
{
    struct octets text = found->record->txt.joined;
    struct tags tags = tags_parse(arena, text);

    bimi->text = octets_shown(arena, text);
    bimi->logo = value_shown(arena, &tags, "l");
    bimi->authority = value_shown(arena, &tags, "a");
    bimi->fault = found->why ? found->why : fault_of(arena, &tags, text);
    bimi->declined = !bimi->fault && !bimi->logo && !bimi->authority;
    bimi->lacking = bimi->declined ? NULL : lacking(dmarc, &bimi->by_share);
    if (bimi->fault)
        bimi->state = POLICY_SYNTAX;
    if (bimi->declined)
        bimi->why = tr("the domain wants no logo shown");
    else if (bimi->fault && bimi->lacking)
        bimi->why = arena_format(arena, "%s; %s", bimi->fault, bimi->lacking);
    else if (bimi->fault || bimi->lacking)
        bimi->why = bimi->fault ? bimi->fault : bimi->lacking;
}

/* Looks at one domain. True when there is nothing, so that another one may be looked at. */
static bool look_at(struct bimi *bimi, const struct lookup *lookup, struct arena *arena,
                    const char *domain, const struct dmarc *dmarc)
{
    struct near_miss found;
    char name[NAME_TEXT];

    if (name_join("default._bimi", domain, name) != STATUS_OK)
        return true;
    bimi->name = arena_dup(arena, name);
    bimi->reply = lookup_find(lookup, name, TYPE_TXT);
    bimi->state = policy_state_of(arena, bimi->reply, NEAR_BIMI, &found);
    bimi->why = policy_sentence(arena, sentences, bimi->state, bimi->reply);
    if (bimi->state == POLICY_MULTIPLE)
        bimi->fault = tr(sentences[POLICY_MULTIPLE]);
    if (bimi->state == POLICY_FOUND || bimi->state == POLICY_SYNTAX)
        read_record(bimi, arena, &found, dmarc);
    return bimi->state == POLICY_NONE;
}

struct bimi *bimi_build(const struct lookup *lookup, struct arena *arena, const char *domain,
                        const struct dmarc *dmarc)
{
    struct bimi *bimi = arena_alloc(arena, 1, sizeof *bimi);
    struct bimi above = {0};

    bimi->state = POLICY_NONE;
    bimi->name = domain;
    bimi->why = tr(sentences[POLICY_NONE]);
    if (look_at(bimi, lookup, arena, domain, dmarc) && strcmp(dmarc->organisational, domain) != 0 &&
        !look_at(&above, lookup, arena, dmarc->organisational, dmarc))
        *bimi = above;
    return bimi;
}
