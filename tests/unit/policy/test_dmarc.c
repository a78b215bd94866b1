/* DMARC: discovery, inheritance, the tags and who may receive reports (RFC 9989, RFC 7489). */
#include "policy/records/dmarc.h"
#include "policy/records/dmarc_tags.h"
#include "policy/records/dmarc_tree.h"

#include "unit/check.h"
#include "unit/worlds/zone_world.h"

#include <stdlib.h>
#include <string.h>

static struct dmarc *find(struct zone_world *world, const char *text, const char *domain)
{
    struct dmarc *dmarc;

    zone_world_init(world, text);
    world->silent = "silent.example.com.";
    ZONE_WORLD_SETTLE(world, dmarc, dmarc_build(&world->lookup, world->arena, domain));
    assert_true(dmarc->complete);
    return dmarc;
}

struct discovery {
    const char *section, *zone, *domain;
    enum policy_state state;
    enum dmarc_policy policy;
    const char *tag, *found_at, *organisational;
};

#define REJECT "\"v=DMARC1; p=reject\"\n"

static const struct discovery discoveries[] = {
    {"none", "@ A 192.0.2.1\n", "example.com.", POLICY_NONE, DMARC_ABSENT, NULL, NULL,
     "example.com."},
    {"own", "_dmarc TXT " REJECT, "example.com.", POLICY_FOUND, DMARC_REJECT, "p", "example.com.",
     "example.com."},
    {"own before the organisational", "_dmarc TXT " REJECT "_dmarc.a TXT \"v=DMARC1;p=none\"\n",
     "a.example.com.", POLICY_FOUND, DMARC_NONE, "p", "a.example.com.", "example.com."},
    {"inherited p", "_dmarc TXT " REJECT "a.b A 192.0.2.1\n", "a.b.example.com.", POLICY_FOUND,
     DMARC_REJECT, "p", "example.com.", "example.com."},
    {"inherited sp", "_dmarc TXT \"v=DMARC1; p=reject; sp=quarantine; np=none\"\na A 192.0.2.1\n",
     "a.example.com.", POLICY_FOUND, DMARC_QUARANTINE, "sp", "example.com.", "example.com."},
    {"np for names that do not exist",
     "_dmarc TXT \"v=DMARC1; p=none; sp=quarantine; np=reject\"\n", "gone.example.com.",
     POLICY_FOUND, DMARC_REJECT, "np", "example.com.", "example.com."},
    {"sp without np", "_dmarc TXT \"v=DMARC1; p=none; sp=quarantine\"\n", "gone.example.com.",
     POLICY_FOUND, DMARC_QUARANTINE, "sp", "example.com.", "example.com."},
    {"sp does not count for the name itself", "_dmarc TXT \"v=DMARC1; p=none; sp=reject\"\n",
     "example.com.", POLICY_FOUND, DMARC_NONE, "p", "example.com.", "example.com."},
    {"psd=n ends the walk", "_dmarc TXT " REJECT "_dmarc.a TXT \"v=DMARC1; p=none; psd=n\"\n",
     "x.a.example.com.", POLICY_FOUND, DMARC_NONE, "p", "a.example.com.", "a.example.com."},
    {"psd=y: one label below",
     "_dmarc TXT \"v=DMARC1; p=none; sp=reject; psd=y\"\nx.a A "
     "192.0.2.1\n",
     "x.a.example.com.", POLICY_FOUND, DMARC_REJECT, "sp", "example.com.", "a.example.com."},
    {"several are none", "_dmarc TXT " REJECT "_dmarc TXT \"v=DMARC1; p=none\"\n", "example.com.",
     POLICY_MULTIPLE, DMARC_ABSENT, NULL, NULL, "example.com."},
    {"several below one",
     "_dmarc TXT " REJECT "_dmarc.a TXT " REJECT "_dmarc.a TXT \"v=DMARC1;p=none\"\n",
     "a.example.com.", POLICY_FOUND, DMARC_REJECT, "p", "example.com.", "example.com."},
    {"others beside",
     "_dmarc TXT " REJECT "_dmarc TXT \"something\"\n_dmarc TXT \"v=DMARC2; p=x\"\n",
     "example.com.", POLICY_FOUND, DMARC_REJECT, "p", "example.com.", "example.com."},
    {"white space", "_dmarc TXT \"v = DMARC1 ; p = reject ; \"\n", "example.com.", POLICY_FOUND,
     DMARC_REJECT, "p", "example.com.", "example.com."},
    {"a leading blank: no record", "_dmarc TXT \" v=DMARC1; p=reject\"\n", "example.com.",
     POLICY_SYNTAX, DMARC_ABSENT, NULL, "example.com.", "example.com."},
    {"a tag twice: invalid", "_dmarc TXT \"v=DMARC1; p=none; p=reject\"\n", "example.com.",
     POLICY_SYNTAX, DMARC_ABSENT, NULL, "example.com.", "example.com."},
    {"a tag twice, once in capitals", "_dmarc TXT \"v=DMARC1; p=none; P=reject\"\n", "example.com.",
     POLICY_SYNTAX, DMARC_ABSENT, NULL, "example.com.", "example.com."},
    {"an unknown tag twice", "_dmarc TXT \"v=DMARC1; p=none; x=1; x=2\"\n", "example.com.",
     POLICY_SYNTAX, DMARC_ABSENT, NULL, "example.com.", "example.com."},
    {"a broken record at the organisation is no invitation to the suffix",
     "_dmarc TXT \"v=DMARC1; p=none; sp=reject; psd=y\"\n_dmarc.a TXT \"v=DMARC1; p=x\"\n"
     "b.a A 192.0.2.1\n",
     "b.a.example.com.", POLICY_SYNTAX, DMARC_ABSENT, NULL, "a.example.com.", "a.example.com."},
    {"psd=n of a broken record ends the walk, too",
     "_dmarc TXT " REJECT "_dmarc.a TXT \"v=DMARC1; p=x; psd=n\"\nb.a A 192.0.2.1\n",
     "b.a.example.com.", POLICY_SYNTAX, DMARC_ABSENT, NULL, "a.example.com.", "a.example.com."},
    {"any valid URI is one for a bad p", "_dmarc TXT \"v=DMARC1; p=x; rua=https://r.example/\"\n",
     "example.com.", POLICY_FOUND, DMARC_NONE, "p", "example.com.", "example.com."},
    {"an address without scheme is none", "_dmarc TXT \"v=DMARC1; p=x; rua=d@example.com\"\n",
     "example.com.", POLICY_SYNTAX, DMARC_ABSENT, NULL, "example.com.", "example.com."},
    {"np does not count for an alias that leads nowhere",
     "_dmarc TXT \"v=DMARC1; p=none; sp=quarantine; np=reject\"\na CNAME gone\n", "a.example.com.",
     POLICY_FOUND, DMARC_QUARANTINE, "sp", "example.com.", "example.com."},
    {"strings joined", "_dmarc TXT \"v=DMARC1; p=re\" \"ject\"\n", "example.com.", POLICY_FOUND,
     DMARC_REJECT, "p", "example.com.", "example.com."},
    {"bad p with reports counts as none",
     "_dmarc TXT \"v=DMARC1; p=strict; rua=mailto:d@example.com\"\n", "example.com.", POLICY_FOUND,
     DMARC_NONE, "p", "example.com.", "example.com."},
    {"bad p without reports", "_dmarc TXT \"v=DMARC1; p=strict\"\n", "example.com.", POLICY_SYNTAX,
     DMARC_ABSENT, NULL, "example.com.", "example.com."},
    {"bad p with an address nobody can send to", "_dmarc TXT \"v=DMARC1; p=strict; rua=mailto:\"\n",
     "example.com.", POLICY_SYNTAX, DMARC_ABSENT, NULL, "example.com.", "example.com."},
    {"bad sp with reports counts as none",
     "_dmarc TXT \"v=DMARC1; p=reject; sp=x; rua=mailto:d@example.com\"\n", "a.example.com.",
     POLICY_FOUND, DMARC_NONE, "p", "example.com.", "example.com."},
    {"bad np without reports", "_dmarc TXT \"v=DMARC1; p=reject; np=x\"\n", "example.com.",
     POLICY_SYNTAX, DMARC_ABSENT, NULL, "example.com.", "example.com."},
    {"no p is none", "_dmarc TXT \"v=DMARC1; sp=reject\"\n", "example.com.", POLICY_FOUND,
     DMARC_NONE, "p", "example.com.", "example.com."},
    {"without p, sp does not count", "_dmarc TXT \"v=DMARC1; sp=reject\"\na A 192.0.2.1\n",
     "a.example.com.", POLICY_FOUND, DMARC_NONE, "p", "example.com.", "example.com."},
    {"what is no tag is ignored", "_dmarc TXT \"v=DMARC1; p=reject; moo; =x; sp=none\"\n",
     "example.com.", POLICY_FOUND, DMARC_REJECT, "p", "example.com.", "example.com."},
    {"tags in any order", "_dmarc TXT \"v=DMARC1; sp=none; x=y; p=reject\"\n", "example.com.",
     POLICY_FOUND, DMARC_REJECT, "p", "example.com.", "example.com."},
    {"v comes first", "_dmarc TXT \"p=reject; v=DMARC1\"\n", "example.com.", POLICY_SYNTAX,
     DMARC_ABSENT, NULL, "example.com.", "example.com."},
    {"capitals", "_dmarc TXT \"V=DMARC1; P=Reject\"\n", "example.com.", POLICY_FOUND, DMARC_REJECT,
     "p", "example.com.", "example.com."},
    {"v=DMARC1 goes to its end", "_dmarc TXT \"v=DMARC1x; p=reject\"\n_dmarc TXT " REJECT,
     "example.com.", POLICY_FOUND, DMARC_REJECT, "p", "example.com.", "example.com."},
    {"small letters beside", "_dmarc TXT \"v=dmarc1; p=none\"\n_dmarc TXT " REJECT, "example.com.",
     POLICY_FOUND, DMARC_REJECT, "p", "example.com.", "example.com."},
    {"small letters are not seen: inherited",
     "_dmarc.a TXT \"v=dmarc1; p=none\"\n_dmarc TXT " REJECT, "a.example.com.", POLICY_FOUND,
     DMARC_REJECT, "p", "example.com.", "example.com."},
    {"a bad policy is seen: not inherited", "_dmarc.a TXT \"v=DMARC1; p=x\"\n_dmarc TXT " REJECT,
     "a.example.com.", POLICY_SYNTAX, DMARC_ABSENT, NULL, "a.example.com.", "example.com."},
    {"psd=y at the name itself: it is the organisation",
     "_dmarc TXT \"v=DMARC1; p=reject; psd=y\"\n", "example.com.", POLICY_FOUND, DMARC_REJECT, "p",
     "example.com.", "example.com."},
    {"the fewest labels are the organisation",
     "_dmarc.b TXT \"v=DMARC1; p=none\"\n_dmarc TXT " REJECT "x.a.b A 192.0.2.1\n",
     "x.a.b.example.com.", POLICY_FOUND, DMARC_REJECT, "p", "example.com.", "example.com."},
    {"labels between are skipped",
     "_dmarc.f.g.h.i.j TXT \"v=DMARC1; p=none; psd=n\"\n"
     "_dmarc.b.c.d.e.f.g.h.i.j TXT " REJECT "a.b.c.d.e.f.g.h.i.j A 192.0.2.1\n",
     "a.b.c.d.e.f.g.h.i.j.example.com.", POLICY_FOUND, DMARC_NONE, "p", "f.g.h.i.j.example.com.",
     "f.g.h.i.j.example.com."},
    {"small letters", "_dmarc TXT \"v=dmarc1; p=none\"\n", "example.com.", POLICY_SYNTAX,
     DMARC_ABSENT, NULL, "example.com.", "example.com."},
    {"a time-out is unknown", "@ A 192.0.2.1\n", "a.silent.example.com.", POLICY_UNKNOWN,
     DMARC_ABSENT, NULL, NULL, "a.silent.example.com."},
    {"a time-out below is unknown", "_dmarc TXT " REJECT, "a.silent.example.com.", POLICY_UNKNOWN,
     DMARC_ABSENT, NULL, NULL, "example.com."},
};

static bool equal(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static void discovery_of_the_policy(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof discoveries / sizeof discoveries[0]; i++) {
        const struct discovery *wanted = &discoveries[i];
        struct zone_world world;
        struct dmarc *dmarc = find(&world, wanted->zone, wanted->domain);

        if (dmarc->state != wanted->state || dmarc->policy != wanted->policy ||
            !equal(dmarc->policy_tag, wanted->tag) || !equal(dmarc->found_at, wanted->found_at) ||
            !equal(dmarc->organisational, wanted->organisational))
            fail_msg("%s: %s, policy \"%s\" by %s at %s, organisational %s; %s", wanted->section,
                     policy_state_text(dmarc->state), dmarc_policy_text(dmarc->policy),
                     dmarc->policy_tag ? dmarc->policy_tag : "-",
                     dmarc->found_at ? dmarc->found_at : "-", dmarc->organisational, dmarc->why);
        assert_non_null(dmarc->why);
        zone_world_clear(&world);
    }
}

/* RFC 9989 4.10: from eight labels and more the walk goes on at seven. */
static void a_walk_asks_at_most_eight_names(void **state)
{
    const char *names[DMARC_WALK_MAX];

    (void)state;
    assert_int_equal(dmarc_walk("a.mail.example.com.", names), 4);
    assert_string_equal(names[0], "a.mail.example.com.");
    assert_string_equal(names[3], "com.");
    assert_int_equal(dmarc_walk("a.b.c.d.e.f.g.h.i.j.mail.example.com.", names), 8);
    assert_string_equal(names[1], "g.h.i.j.mail.example.com.");
    assert_string_equal(names[7], "com.");
    assert_int_equal(dmarc_walk("b.c.d.e.f.mail.example.com.", names), 8);
    assert_string_equal(names[1], "c.d.e.f.mail.example.com.");
    assert_int_equal(dmarc_walk(".", names), 0);
}

static void organisational_domain_by_suffix(void **state)
{
    static const char *const cases[][2] = {
        {"example.com.", "example.com."},
        {"a.b.example.com.", "example.com."},
        {"a.example.co.uk.", "example.co.uk."},
        {"example.co.uk.", "example.co.uk."},
        {"a.example.uk.", "example.uk."},
        {"a.example.de.", "example.de."},
        {"co.uk.", "co.uk."},
        {"com.", "com."},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(dmarc_suffix_domain(cases[i][0], NULL), cases[i][1]);
}

/* RFC 9989 4.7: t=y asks for one step less. */
static void a_test_is_one_step_milder(void **state)
{
    static const struct {
        const char *tags;
        enum dmarc_policy policy, applied;
    } cases[] = {
        {"p=reject; t=y", DMARC_REJECT, DMARC_QUARANTINE},
        {"p=quarantine; t=Y", DMARC_QUARANTINE, DMARC_NONE},
        {"p=none; t=y", DMARC_NONE, DMARC_NONE},
        {"p=reject; t=n", DMARC_REJECT, DMARC_REJECT},
        {"p=reject; t=maybe", DMARC_REJECT, DMARC_REJECT},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct text zone = {0};
        struct zone_world world;
        struct dmarc *dmarc;

        text_format(&zone, "_dmarc TXT \"v=DMARC1; %s\"\n", cases[i].tags);
        dmarc = find(&world, text_get(&zone), "example.com.");
        assert_int_equal(dmarc->policy, cases[i].policy);
        assert_int_equal(dmarc->applied, cases[i].applied);
        assert_int_equal(!!strstr(dmarc->why, "in test mode: receivers act as if it were"),
                         dmarc->record->testing);
        zone_world_clear(&world);
        text_clear(&zone);
    }
}

/* What is odd is told, and does no harm. */
static void oddities_become_notes(void **state)
{
    static const char *const cases[][2] = {
        {"v=DMARC1; p=none; fo=1:x; ruf=mailto:a@b.example",
         "fo=1:x is none of 0, 1, d, s and d:s; receivers may ignore it"},
        {"v=DMARC1; p=none; fo=0:1; ruf=mailto:a@b.example",
         "fo=0:1 is none of 0, 1, d, s and d:s; receivers may ignore it"},
        {"v=DMARC1; p=none; fo=d:s", "fo= has no effect without ruf="},
        {"v=DMARC1; p=none; rua=mailto:a@b\xc3\xbc.example",
         "rua=mailto:a@b\\195\\188.example has letters outside ASCII: reports are sent by "
         "receivers that convert it only"},
        {"v=DMARC1; p=none; fo=1", "fo= has no effect without ruf="},
        {"v=DMARC1; p=none; rua=mailto:a@b.example!10m",
         "rua=mailto:a@b.example!10m has a size limit, which is obsolete (RFC 9989)"},
        {"v=DMARC1; p=none; rf=afrf", "rf= is obsolete (RFC 9989): there is one form of reports"},
        {"v=DMARC1; p=none; ri=86400",
         "ri= is obsolete (RFC 9989): aggregate reports are sent once a day"},
        {"v=DMARC1; p=none; pct=50", "pct= is obsolete (RFC 9989); old receivers still apply it"},
        {"v=DMARC1; aspf=s; p=none", "p= is not next to v=; older receivers may ignore the record"},
        {"v=DMARC1; p=none; x=1", "x=1 is not a known tag and is ignored"},
        {"v=DMARC1; p=none; moo", "\"moo\" is not of the form tag=value and is ignored"},
        {"v=DMARC1; rua=mailto:a@b.example",
         "p= is missing: receivers take it as none, older ones may ignore the record"},
        {"v=DMARC1; p=none; adkim=x", "adkim=x is not a known value and is ignored"},
        {"v=DMARC1; p=none; aspf=x", "aspf=x is not a known value and is ignored"},
        {"v=DMARC1; p=none; ruf=mailto:a@b.example!10m",
         "ruf=mailto:a@b.example!10m has a size limit, which is obsolete (RFC 9989)"},
        {"v=DMARC1; p=none; ruf=mailto:a@b\xc3\xbc.example",
         "ruf=mailto:a@b\\195\\188.example has letters outside ASCII: reports are sent by "
         "receivers that convert it only"},
        {"v=DMARC1; p=none; rua=mailto:a@b\x80.example",
         "rua=mailto:a@b\\128.example has letters outside ASCII: reports are sent by receivers "
         "that convert it only"},
        {"v=DMARC1; p=x; rua=mailto:a@b.example",
         "p=x is none of none, quarantine and reject: receivers take the record as p=none"},
    };
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct dmarc_record *record = dmarc_record_parse(arena, octets_of(cases[i][0]));

        assert_null(record->error);
        assert_int_equal(record->note_count, 1);
        if (strcmp(record->notes[0].text, cases[i][1]) != 0)
            fail_msg("%s: %s", cases[i][0], record->notes[0].text);
    }
    arena_free(arena);
}

static void tags_are_read(void **state)
{
    struct arena *arena = arena_new();
    struct dmarc_record *record = dmarc_record_parse(
        arena, octets_of("v=DMARC1; p=quarantine; adkim=s; aspf=r; t=y; fo=d:s; pct=20; x=y; "
                         "ruf=mailto:a@b.example"));

    (void)state;
    assert_null(record->error);
    assert_true(record->testing);
    assert_int_equal(record->percent, 20);
    assert_int_equal(record->psd, 'u');
    assert_int_equal(record->note_count, 2);
    record = dmarc_record_parse(arena, octets_of("v=DMARC1; p=none; pct=2000000000000; psd=q"));
    assert_int_equal(record->percent, 100);
    assert_int_equal(record->psd, 'u');
    record = dmarc_record_parse(arena, octets_of("p=none"));
    assert_string_equal(record->error, "it does not begin with v=DMARC1");
    assert_int_equal(record->note_count, 0);
    arena_free(arena);
}

/* A share that is none of 0 to 100 is that of all mail. */
static void shares_are_read(void **state)
{
    static const struct {
        const char *share;
        int percent;
    } cases[] = {{"0", 0},    {"99", 99},  {"100", 100}, {"101", 100},  {"0100", 100}, {"", 100},
                 {"5x", 100}, {"-1", 100}, {"10 ", 10},  {"1010", 100}, {"007", 7}};
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (dmarc_record_parse(
                arena, octets_of(arena_format(arena, "v=DMARC1; p=none; pct=%s", cases[i].share)))
                ->percent != cases[i].percent)
            fail_msg("pct=%s", cases[i].share);
    arena_free(arena);
}

/* Without policy the record counts with a report address only, which is a URI (RFC 3986). */
static void report_addresses_are_uris(void **state)
{
    static const struct {
        const char *address;
        bool good;
    } cases[] = {
        {"mailto:a@b.example", true},
        {"mailto:a", false},
        {"a:b", true},
        {"a:", false},
        {":b", false},
        {"1a:b", false},
        {"a1+.-x:b", true},
        {"a b:c", false},
        {"a:b c", false},
        {"a:\x7f", false},
        {"a:~", true},
        {"a:!", true},
        {"a:<b>", false},
        {"a:b\x80", false},
        {"abc", false},
        {"", false},
        {",, x:y", true},
        {"no, nor this", false},
        {"a:\x1f", false},
        {"mailto:a@b.example!", true},
        {"a_b:c", false},
    };
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct dmarc_record *record = dmarc_record_parse(
            arena, octets_of(arena_format(arena, "v=DMARC1; p=x; rua=%s", cases[i].address)));

        assert_true(record->assumed);
        if (!record->error != cases[i].good)
            fail_msg("rua=%s: %s", cases[i].address, record->error ? record->error : "taken");
    }
    arena_free(arena);
}

static bool is_between(const struct question *question)
{
    return strcmp(question->name, "_dmarc.b.example.com.") == 0;
}

struct reporting {
    const char *zone, *uri;
    enum dmarc_authorisation authorisation;
};

#define COLLECTOR "example.com._report._dmarc.collector.example. TXT \"v=DMARC1\"\n"

static void report_addresses_elsewhere_need_a_record(void **state)
{
    static const struct reporting cases[] = {
        {"", "mailto:d@example.com", DMARC_REPORT_OWN},
        {"", "mailto:d@reports.example.com", DMARC_REPORT_OWN},
        {"", "mailto:d@collector.example", DMARC_REPORT_UNAUTHORISED},
        {"example.com._report._dmarc.collector.example. TXT \"v=DMARC1\"\n",
         "mailto:d@Collector.example!10m", DMARC_REPORT_AUTHORISED},
        {"example.com._report._dmarc.collector.example. TXT \"no\"\n", "mailto:d@collector.example",
         DMARC_REPORT_UNAUTHORISED},
        {"", "https://collector.example/", DMARC_REPORT_BAD_URI},
        {"", "mailto:nobody", DMARC_REPORT_BAD_URI},
        {"", "d@example.com", DMARC_REPORT_BAD_URI},
        {"example.com._report._dmarc.xn--bcher-kva.example. TXT \"v=DMARC1\"\n",
         "mailto:d@b\\195\\188cher.example", DMARC_REPORT_AUTHORISED},
        {"example.com._report._dmarc.xn--bcher-kva.example. TXT \"v=DMARC1;\"\n",
         "mailto:d@b%C3%BCcher.example", DMARC_REPORT_AUTHORISED},
        {"example.com._report._dmarc.collector.example. TXT \"v=dmarc1\"\n",
         "mailto:d@collector.example", DMARC_REPORT_UNAUTHORISED},
        {"example.com._report._dmarc.collector.example. TXT \"v=DMARC10\"\n",
         "mailto:d@collector.example", DMARC_REPORT_UNAUTHORISED},
        /* several records are as good as one */
        {COLLECTOR COLLECTOR "example.com._report._dmarc.collector.example. TXT \"v=DMARC1;x=1\"\n",
         "mailto:d@collector.example", DMARC_REPORT_AUTHORISED},
        /* where the address ends, and which "@" counts */
        {COLLECTOR, "mailto:d@example.com@collector.example?subject=@x", DMARC_REPORT_AUTHORISED},
        {"", "mailto:d@", DMARC_REPORT_BAD_URI},
        {"", "mailto:d@!10m", DMARC_REPORT_BAD_URI},
        {"", "mailto:mailto:d@example.com", DMARC_REPORT_BAD_URI},
        {"", "mailto://d@example.com", DMARC_REPORT_BAD_URI},
        {"", "mailto:a d@example.com", DMARC_REPORT_BAD_URI},
        {"", "mailto:\\\"a d\\\"@example.com", DMARC_REPORT_OWN},
        /* octets in percent, of digits and letters up to f */
        {COLLECTOR, "mailto:d@c%6Fll%65ct%6fr.exampl%65", DMARC_REPORT_AUTHORISED},
        {COLLECTOR, "mailto:d@collector.exampl%6", DMARC_REPORT_UNAUTHORISED},
        {"", "mailto:d@example%00.com", DMARC_REPORT_BAD_URI},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct text text = {0};
        struct zone_world world;
        struct dmarc *dmarc;

        text_format(&text, "%s_dmarc TXT \"v=DMARC1; p=none; ruf=%s\"\n", cases[i].zone,
                    cases[i].uri);
        dmarc = find(&world, text_get(&text), "example.com.");
        assert_int_equal(dmarc->report_count, 1);
        assert_true(dmarc->reports[0].failure);
        if (dmarc->reports[0].authorisation != cases[i].authorisation)
            fail_msg("%s: %s", cases[i].uri,
                     dmarc_authorisation_text(dmarc->reports[0].authorisation));
        zone_world_clear(&world);
        text_clear(&text);
    }
}

static void several_addresses_are_separated_by_commas(void **state)
{
    struct zone_world world;
    struct dmarc *dmarc;

    (void)state;
    dmarc = find(&world,
                 "_dmarc TXT \"v=DMARC1; p=none; rua=mailto:a@example.com, "
                 "mailto:b@x.example,mailto:c@y.example\"\n",
                 "example.com.");
    assert_int_equal(dmarc->report_count, 3);
    assert_string_equal(dmarc->reports[1].asked, "example.com._report._dmarc.x.example.");
    zone_world_clear(&world);
}

static void a_failed_look_up_authorises_nobody_and_accuses_nobody(void **state)
{
    struct zone_world world;
    struct dmarc *dmarc;

    (void)state;
    zone_world_init(&world, "_dmarc TXT \"v=DMARC1; p=none; rua=mailto:a@x.example\"\n");
    world.silent = "x.example.";
    ZONE_WORLD_SETTLE(&world, dmarc, dmarc_build(&world.lookup, world.arena, "example.com."));
    assert_int_equal(dmarc->reports[0].authorisation, DMARC_REPORT_UNKNOWN);
    zone_world_clear(&world);
}

/* A lookup on the way that is open or failed leaves the policy open, whatever stands above it. */
static void what_is_open_on_the_way_leaves_the_policy_open(void **state)
{
    (void)state;
    for (int pending = 0; pending < 2; pending++) {
        struct zone_world world;
        struct dmarc *dmarc;

        zone_world_init(&world, "_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:a@x.example\"\n"
                                "a.b A 192.0.2.1\n");
        world.silent = pending ? NULL : "_dmarc.b.example.com.";
        world.withholds = pending ? is_between : NULL;
        ZONE_WORLD_SETTLE(&world, dmarc,
                          dmarc_build(&world.lookup, world.arena, "a.b.example.com."));
        assert_int_equal(dmarc->complete, !pending);
        assert_int_equal(dmarc->state, pending ? POLICY_PENDING : POLICY_UNKNOWN);
        assert_int_equal(dmarc->policy, DMARC_ABSENT);
        assert_null(dmarc->policy_tag);
        assert_null(dmarc->found_at);
        assert_null(dmarc->record);
        assert_string_equal(dmarc->organisational, "example.com.");
        assert_string_equal(dmarc->why, "a lookup on the way is open or failed");
        assert_int_equal(dmarc->report_count, 0);
        assert_int_equal(dmarc->step_count, 4);
        assert_ptr_equal(dmarc_reply(dmarc), dmarc->steps[1].reply);
        zone_world_clear(&world);
    }
}

static const char *meaning(const char *name, const char *value)
{
    struct tag tag = {octets_of(name), octets_of(value)};

    return dmarc_tag_text(&tag);
}

/* RFC 9989 4.7 */
static void tags_are_explained(void **state)
{
    (void)state;
    assert_string_equal(meaning("p", "reject"), "forged mail is rejected");
    assert_string_equal(meaning("p", "maybe"), "no policy that receivers know");
    assert_string_equal(meaning("sp", "none"), "forged mail of names below is delivered");
    assert_string_equal(meaning("rua", "mailto:a@example.com"), "where aggregate reports are sent");
    assert_string_equal(meaning("x", "1"), "no tag or value that receivers know: ignored");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tags_are_explained),
        cmocka_unit_test(discovery_of_the_policy),
        cmocka_unit_test(a_walk_asks_at_most_eight_names),
        cmocka_unit_test(organisational_domain_by_suffix),
        cmocka_unit_test(a_test_is_one_step_milder),
        cmocka_unit_test(oddities_become_notes),
        cmocka_unit_test(tags_are_read),
        cmocka_unit_test(shares_are_read),
        cmocka_unit_test(report_addresses_are_uris),
        cmocka_unit_test(report_addresses_elsewhere_need_a_record),
        cmocka_unit_test(several_addresses_are_separated_by_commas),
        cmocka_unit_test(what_is_open_on_the_way_leaves_the_policy_open),
        cmocka_unit_test(a_failed_look_up_authorises_nobody_and_accuses_nobody),
    };

    return cmocka_run_group_tests_name("dmarc", tests, NULL, NULL);
}
