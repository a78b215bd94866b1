#include "unit/policy/findings_world.h"

#include "base/text.h"
#include "dns/type.h"
#include "unit/check.h"

#include <stdlib.h>
#include <string.h>

static const char *const srv_owners[] = {"_ldap._tcp.example.com.", "_sip._udp.example.com."};

void findings_world_init(struct findings_world *world, const char *zone)
{
    memset(world, 0, sizeof *world);
    zone_world_init(&world->zone, zone);
    world->view = (struct setup_view){
        .domain = "example.com.",
        .now = 1700000000,
        .probe = "nobody-has-this",
        .srv_owners = srv_owners,
        .srv_count = sizeof srv_owners / sizeof srv_owners[0],
    };
}

void findings_world_clear(struct findings_world *world)
{
    zone_world_clear(&world->zone);
}

static const struct findings *judge(struct findings_world *world)
{
    world->view.lookup = &world->zone.lookup;
    return findings_build(setup_build(&world->view, world->zone.arena), world->zone.arena);
}

void findings_world_judge(struct findings_world *world)
{
    ZONE_WORLD_SETTLE(&world->zone, world->findings, judge(world));
    assert_true(world->findings->complete);
}

size_t findings_world_count(const struct findings_world *world, const char *id,
                            const struct finding **first)
{
    size_t count = 0;

    for (size_t i = 0; i < world->findings->count; i++)
        if (strcmp(world->findings->findings[i].id, id) == 0 && count++ == 0 && first)
            *first = &world->findings->findings[i];
    return count;
}

const char *findings_world_list(struct findings_world *world)
{
    struct text text = {0};
    const char *list;

    for (size_t i = 0; i < world->findings->count; i++) {
        const struct finding *finding = &world->findings->findings[i];
        if (finding->severity != SEVERITY_OK)
            text_format(&text, "%s %s %s\n", severity_text(finding->severity), finding->id,
                        finding->subject);
    }
    list = arena_dup(world->zone.arena, text_get(&text));
    text_clear(&text);
    return list;
}

/* Of the questions, those of one type, or (type 0) each eighth by its name, are not answered yet.
 */
static struct {
    unsigned type, eighth;
    bool any; /* of them was wanted */
} late;

static bool is_late(const struct question *question)
{
    unsigned sum = question->type;
    bool is;

    for (const char *octet = question->name; *octet; octet++)
        sum = sum * 31 + (unsigned char)*octet;
    is = late.type ? question->type == late.type : sum % 8 == late.eighth;
    late.any |= is;
    return is;
}

/* What is said before all is known holds when it is, and it is not called all. */
static void assert_early(const char *zone, void (*prepare)(struct findings_world *),
                         const char *list)
{
    struct findings_world world;
    const struct findings *findings;

    findings_world_init(&world, zone);
    if (prepare)
        prepare(&world);
    world.zone.withholds = is_late;
    late.any = false;
    ZONE_WORLD_SETTLE(&world.zone, findings, judge(&world));
    if (late.any && findings->complete)
        fail_msg("complete while type %u or eighth %u is open\n%s", late.type, late.eighth, zone);
    world.findings = findings;
    for (char *line = strtok((char *)(uintptr_t)findings_world_list(&world), "\n"); line;
         line = strtok(NULL, "\n"))
        if (!strstr(list, line))
            fail_msg("%s is said while type %u or eighth %u is open, not afterwards\n%s\n%s", line,
                     late.type, late.eighth, list, zone);
    findings_world_clear(&world);
}

static void assert_all_early(const char *zone, void (*prepare)(struct findings_world *),
                             const char *list)
{
    static const unsigned types[] = {TYPE_A,    TYPE_AAAA,  TYPE_MX,  TYPE_NS,
                                     TYPE_SOA,  TYPE_TXT,   TYPE_PTR, TYPE_SRV,
                                     TYPE_TLSA, TYPE_CNAME, TYPE_DS,  TYPE_DNSKEY};

    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        late.type = types[i];
        assert_early(zone, prepare, list);
    }
    late.type = 0;
    for (late.eighth = 0; late.eighth < 8; late.eighth++)
        assert_early(zone, prepare, list);
}

static void assert_shown(const struct finding_case *wanted,
                         void (*prepare)(struct findings_world *))
{
    const struct finding *finding = NULL;
    struct findings_world world;

    findings_world_init(&world, wanted->zone);
    if (prepare)
        prepare(&world);
    findings_world_judge(&world);
    if (findings_world_count(&world, wanted->id, &finding) == 0)
        fail_msg("%s is not found in\n%s", wanted->id, wanted->zone);
    if (finding->severity != wanted->severity || strcmp(finding->subject, wanted->subject) != 0)
        fail_msg("%s: %s about %s: %s", wanted->id, severity_text(finding->severity),
                 finding->subject, finding->text);
    assert_true(strlen(finding->text) > 20);
    assert_null(strstr(finding->text, ".. "));
    assert_null(strstr(finding->fix, ".. "));
    assert_false(strlen(finding->fix) > 2 &&
                 strcmp(finding->fix + strlen(finding->fix) - 2, "..") == 0);
    assert_true(finding->text[strlen(finding->text) - 1] == '.');
    assert_true(strlen(finding->reference) > 3);
    assert_all_early(wanted->zone, prepare, findings_world_list(&world));
    findings_world_clear(&world);
}

static void assert_not_shown(const char *id, void (*prepare)(struct findings_world *))
{
    struct findings_world world;

    findings_world_init(&world, GOOD_ZONE);
    if (prepare)
        prepare(&world);
    findings_world_judge(&world);
    if (findings_world_count(&world, id, NULL) > 0)
        fail_msg("%s is found in the zone nothing is wrong with", id);
    findings_world_clear(&world);
}

void assert_findings(const struct finding_case *cases, size_t count,
                     void (*prepare)(struct findings_world *))
{
    for (size_t i = 0; i < count; i++) {
        assert_shown(&cases[i], prepare);
        assert_not_shown(cases[i].id, prepare);
    }
}

void assert_lists(const struct list_case *cases, size_t count,
                  void (*prepare)(struct findings_world *))
{
    for (size_t i = 0; i < count; i++) {
        struct findings_world world;

        findings_world_init(&world, cases[i].zone);
        if (prepare)
            prepare(&world);
        findings_world_judge(&world);
        if (strcmp(findings_world_list(&world), cases[i].findings) != 0)
            fail_msg("%s\nhas\n%s", cases[i].zone, findings_world_list(&world));
        assert_all_early(cases[i].zone, prepare, cases[i].findings);
        findings_world_clear(&world);
    }
}

static void add_words(struct text *text, const struct finding *finding)
{
    if (finding->severity != SEVERITY_OK)
        text_format(text, "%s %s %s: %s%s%s\n", severity_text(finding->severity), finding->id,
                    finding->subject, finding->text, *finding->fix ? " / " : "", finding->fix);
}

void assert_told(const struct list_case *cases, size_t count,
                 void (*prepare)(struct findings_world *))
{
    for (size_t i = 0; i < count; i++) {
        struct findings_world world;
        struct text text = {0};

        findings_world_init(&world, cases[i].zone);
        world.zone.silent = "silent.example.com.";
        if (prepare)
            prepare(&world);
        findings_world_judge(&world);
        for (size_t k = 0; k < world.findings->count; k++)
            add_words(&text, &world.findings->findings[k]);
        if (strcmp(text_get(&text), cases[i].findings) != 0)
            fail_msg("%s\nhas\n%snot\n%s", cases[i].zone, text_get(&text), cases[i].findings);
        text_clear(&text);
        findings_world_clear(&world);
    }
}
