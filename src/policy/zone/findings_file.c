/* Findings of a look through the whole zone file, at names that nobody looks up. What a lookup has
 * shown already is not told again, so that nothing is said before all answers are in. */
#include "policy/zone/findings_file.h"
#include "dns/type.h"
#include "policy/findings/finding_list.h"

#include <string.h>

/* ---- the flaws of the zone at hand ---- */

static const struct reply *look_at(const struct finding_list *list, const char *name, uint16_t type)
{
    struct lookup lookup = *list->setup->view->lookup;

    lookup.wants = NULL;
    return lookup_find(&lookup, name, type);
}

/* The zone file that an answer is from; NULL when it is from none. */
static const char *label_of(const struct reply *reply)
{
    static const char mark[] = "zone ";

    return finding_reply_answered(reply) && reply->alias_count == 0 && reply_from_zone(reply) &&
                   strncmp(reply->server, mark, strlen(mark)) == 0
               ? reply->server + strlen(mark)
               : NULL;
}

/* The file of the zone; of one without SOA the file that has records of the domain. */
static const char *label_at_hand(const struct finding_list *list)
{
    static const uint16_t types[] = {TYPE_MX, TYPE_A, TYPE_AAAA, TYPE_NS};
    const char *label = label_of(look_at(list, finding_zone(list), TYPE_SOA));

    for (size_t i = 0; !label && i < sizeof types / sizeof *types; i++)
        label = label_of(look_at(list, list->setup->view->domain, types[i]));
    return label;
}

struct file_walk finding_flaws(const struct finding_list *list, enum zone_flaw_kind kind)
{
    const struct zone_flaws *flaws = &list->setup->view->flaws;

    return (struct file_walk){flaws, flaws->count ? label_at_hand(list) : NULL, kind, 0};
}

const struct zone_flaw *finding_next_flaw(struct file_walk *walk)
{
    while (walk->label && walk->next < walk->flaws->count) {
        const struct zone_flaw *flaw = &walk->flaws->list[walk->next++];
        if (flaw->kind == walk->kind && strcmp(flaw->label, walk->label) == 0)
            return flaw;
    }
    return NULL;
}

/* ---- what is told already ---- */

/* A finding about the name whose id has this word. */
static bool is_told(const struct finding_list *list, const char *word, const char *name)
{
    for (size_t i = 0; i < list->begin; i++)
        if (strstr(list->findings[i].id, word) && strcmp(list->findings[i].subject, name) == 0)
            return true;
    return false;
}

static bool passes(const struct reply *reply, const char *name)
{
    for (size_t i = 0; i < reply->alias_count; i++)
        if (strcmp(reply->aliases[i]->owner, name) == 0)
            return true;
    return false;
}

/* Did a name that is told to lead into a loop come by this one? */
static bool is_loop_told(const struct finding_list *list, const char *name)
{
    const struct answers *answers = list->setup->view->lookup->answers;

    for (size_t i = 0; i < answers_count(answers); i++) {
        const struct reply *reply = answers_at(answers, i);
        if (reply->alias_loop && passes(reply, name) &&
            is_told(list, "cname-loop", reply->question.name))
            return true;
    }
    return false;
}

/* The records whose targets are looked up, and judged with what is found: the MX records of the
 * domain, the NS records of the zone, the services. */
static bool is_looked_up(const struct finding_list *list, const struct zone_flaw *flaw)
{
    return strcmp(flaw->owner,
                  flaw->type == TYPE_MX ? list->setup->view->domain : finding_zone(list)) == 0 ||
           (flaw->type == TYPE_SRV && look_at(list, flaw->owner, TYPE_SRV));
}

/* ---- the findings ---- */

static struct finding *place(struct finding_list *list, struct finding *finding,
                             const struct zone_flaw *flaw)
{
    finding->server = arena_format(list->arena, "zone %s", flaw->label);
    finding->also += flaw->more;
    finding->in_file = true;
    return finding;
}

static void test_no_soa(struct finding_list *list)
{
    struct file_walk walk = finding_flaws(list, ZONE_FLAW_NO_SOA);
    const struct zone_flaw *flaw = finding_next_flaw(&walk);

    if (flaw)
        finding_fix(
            list,
            place(list,
                  finding_add(list, SEVERITY_NOTICE, list->setup->view->domain, TYPE_SOA, NULL,
                              "The zone file has no SOA record. Name servers refuse to "
                              "load it, and mxtrail answers only from the records in it."),
                  flaw),
            "Begin the zone file with the SOA record of the zone.");
}

static void test_beside_alias(struct finding_list *list)
{
    struct file_walk walk = finding_flaws(list, ZONE_FLAW_BESIDE_ALIAS);
    const struct zone_flaw *flaw;
    char type[TYPE_TEXT];

    while (list->complete && (flaw = finding_next_flaw(&walk))) {
        if (is_told(list, "cname-and-other-data", flaw->owner))
            continue;
        finding_fix(list,
                    place(list,
                          finding_add(list, SEVERITY_ERROR, flaw->owner, TYPE_CNAME, NULL,
                                      flaw->type == TYPE_CNAME
                                          ? "%s is a CNAME and also has other %s records (%s, line "
                                            "%zu). Name servers refuse to load such a zone."
                                          : "%s is a CNAME and also has %s records (%s, line %zu). "
                                            "Name servers refuse to load such a zone.",
                                      finding_name(list, flaw->owner), type_text(flaw->type, type),
                                      flaw->file, flaw->line),
                          flaw),
                    "Remove the CNAME, or remove all other records of the name.");
    }
}

static void test_loop(struct finding_list *list)
{
    struct file_walk walk = finding_flaws(list, ZONE_FLAW_ALIAS_LOOP);
    const struct zone_flaw *flaw;

    while (list->complete && (flaw = finding_next_flaw(&walk)))
        if (!is_loop_told(list, flaw->owner))
            finding_fix(list,
                        place(list,
                              finding_add(list, SEVERITY_WARNING, flaw->owner, TYPE_CNAME, NULL,
                                          "The aliases lead from %s to %s and back (%s, line %zu). "
                                          "Nothing is found under this name.",
                                          finding_name(list, flaw->owner),
                                          finding_name(list, flaw->target), flaw->file, flaw->line),
                              flaw),
                        "Replace one of the aliases by the record that is wanted.");
}

static void test_alias_dangling(struct finding_list *list)
{
    struct file_walk walk = finding_flaws(list, ZONE_FLAW_ALIAS_DANGLING);
    const struct zone_flaw *flaw;

    while (list->complete && (flaw = finding_next_flaw(&walk))) {
        struct finding *finding;

        if (strcmp(flaw->owner, list->setup->view->domain) == 0 ||
            is_told(list, "dangling", flaw->owner) || is_told(list, "policy-host", flaw->owner))
            continue;
        finding = place(list,
                        finding_add(list, SEVERITY_WARNING, flaw->owner, TYPE_CNAME, NULL,
                                    "%s is an alias of %s, which the zone does not have (%s, line "
                                    "%zu). Nothing is found under this name.",
                                    finding_name(list, flaw->owner),
                                    finding_name(list, flaw->target), flaw->file, flaw->line),
                        flaw);
        if (!finding_fix_undotted(list, finding, flaw->target, "CNAME"))
            finding_fix(list, finding, "Remove the CNAME record, or publish the record at %s.",
                        finding_name(list, flaw->target));
    }
}

static struct finding *add_lacking(struct finding_list *list, const struct zone_flaw *flaw)
{
    return finding_add(list, SEVERITY_ERROR, flaw->owner, flaw->type, NULL,
                       flaw->type == TYPE_NS
                           ? "The NS record of %s names %s, which has no address in the zone (%s, "
                             "line %zu). Resolvers cannot query this name server."
                       : flaw->type == TYPE_MX
                           ? "The MX record of %s names %s, which has no address in the zone (%s, "
                             "line %zu). Senders cannot deliver mail there."
                           : "The SRV record of %s names %s, which has no address in the zone (%s, "
                             "line %zu). Clients cannot connect to it.",
                       finding_name(list, flaw->owner), finding_name(list, flaw->target),
                       flaw->file, flaw->line);
}

static void test_dangling(struct finding_list *list)
{
    struct file_walk walk = finding_flaws(list, ZONE_FLAW_NO_ADDRESS);
    const struct zone_flaw *flaw;
    char type[TYPE_TEXT];

    while (list->complete && (flaw = finding_next_flaw(&walk))) {
        struct finding *finding;

        if (is_looked_up(list, flaw) || is_told(list, "dangling", flaw->target))
            continue;
        type_text(flaw->type, type);
        finding = place(list, add_lacking(list, flaw), flaw);
        finding->cause = arena_format(list->arena, "%s %s", type, flaw->target);
        if (!finding_fix_undotted(list, finding, flaw->target, type))
            finding_fix(list, finding,
                        "Publish an address record (A or AAAA) of %s with the address of the host, "
                        "or remove the %s record.",
                        finding_name(list, flaw->target), type);
    }
}

const struct finding_kind findings_file[] = {
    {"zone-no-soa", SEVERITY_NOTICE, "a zone file without SOA", "RFC 1035 5.2", "", "SOA",
     test_no_soa},
    {"zone-cname-and-other-data", SEVERITY_ERROR, "a CNAME with other records in the zone file",
     "RFC 1034 3.6.2", "beside-alias", "SOA", test_beside_alias},
    {"zone-cname-loop", SEVERITY_WARNING, "a CNAME loop in the zone file", "RFC 1034 3.6.2", "",
     "SOA", test_loop},
    {"zone-cname-dangling", SEVERITY_WARNING, "an alias of nothing in the zone file",
     "RFC 1034 3.6.2", "", "SOA", test_alias_dangling},
    {"zone-dangling", SEVERITY_ERROR, "a host without address in the zone file", "RFC 1034 3.6", "",
     "SOA", test_dangling},
    {0},
};
