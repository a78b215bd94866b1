/* The whole setup: operators, customary names, wildcards, and in how many rounds it is known. */
#include "policy/setup/setup.h"

#include "dns/type.h"
#include "unit/check.h"
#include "unit/worlds/zone_world.h"

#include <stdlib.h>
#include <string.h>

/* ---- operators ---- */

static const char known[] = "; who is who\n"
                            "[Big Mail]\n"
                            "kind = mailbox\n"
                            "mx = big.example  *.only-below.example\n"
                            "spf = _spf.big.example\n"
                            "\n"
                            "# a filter\n"
                            "[Clean Mail]\r\n"
                            "kind=filter\r\n"
                            "mx=filter.big.example, clean.example\r\n"
                            "ns = ns.clean.example\n"
                            "dkim = c1 c2\n";

static struct operators *read_operators(const char *text)
{
    struct operators *operators = operators_new();
    const char *why = NULL;
    size_t line = 0;

    if (operators_read(operators, text, &line, &why) != STATUS_OK)
        fail_msg("line %zu: %s", line, why);
    return operators;
}

static void the_longest_name_decides_who_runs_a_host(void **state)
{
    struct operators *operators = read_operators(known);

    (void)state;
    assert_string_equal(operators_by_exchange(operators, "mx.big.example.")->name, "Big Mail");
    assert_string_equal(operators_by_exchange(operators, "big.example.")->kind, "mailbox");
    assert_string_equal(operators_by_exchange(operators, "a.filter.big.example.")->name,
                        "Clean Mail");
    assert_string_equal(operators_by_exchange(operators, "x.only-below.example.")->name,
                        "Big Mail");
    assert_null(operators_by_exchange(operators, "only-below.example."));
    assert_null(operators_by_exchange(operators, "toobig.example."));
    assert_string_equal(operators_by_spf(operators, "_spf.big.example.")->name, "Big Mail");
    assert_string_equal(operators_by_name_server(operators, "ns.clean.example.")->name,
                        "Clean Mail");
    assert_string_equal(operators_by_selector(operators, "c2")->name, "Clean Mail");
    assert_null(operators_by_selector(operators, "c3"));
    assert_null(operators_by_exchange(NULL, "big.example."));
    operators_free(operators);
}

/* Sections of one name are one operator; of patterns that are alike the first counts. */
static void sections_of_one_name_are_one(void **state)
{
    struct operators *operators =
        read_operators("[A]\nurl = https://a.test/\nmx = x.test\n"
                       "[ B ]\n\tmx\t=\tx.test,\ty.test\t\n"
                       "[A]\nkind = filter\nspf = x.test\nkind = mailbox");

    (void)state;
    assert_string_equal(operators_by_exchange(operators, "x.test.")->name, "A");
    assert_string_equal(operators_by_exchange(operators, "x.test.")->kind, "mailbox");
    assert_string_equal(operators_by_exchange(operators, "x.test.")->url, "https://a.test/");
    assert_string_equal(operators_by_exchange(operators, "y.test.")->name, "B");
    assert_string_equal(operators_by_exchange(operators, "y.test.")->kind, "");
    assert_string_equal(operators_by_exchange(operators, "y.test.")->url, "");
    assert_ptr_equal(operators_by_spf(operators, "x.test."),
                     operators_by_exchange(operators, "x.test."));
    assert_null(operators_by_name_server(operators, "x.test."));
    assert_null(operators_by_selector(operators, "x.test"));
    operators_free(operators);
}

static void bad_lines_are_named(void **state)
{
    static const struct {
        const char *text;
        enum status status;
        size_t line;
        const char *why;
    } cases[] = {
        {"mx = a.example\n", STATUS_SYNTAX, 1, "there is a line before the first section"},
        {"[A]\nmx a.example\n", STATUS_SYNTAX, 2, "this is not of the form key = value"},
        {"[A\n", STATUS_SYNTAX, 1, "a section is a name in brackets"},
        {"[]\n", STATUS_SYNTAX, 1, "a section is a name in brackets"},
        {"[A]x\n", STATUS_SYNTAX, 1, "a section is a name in brackets"},
        {"[A]\n\nmax = a.example\n", STATUS_NOT_FOUND, 3,
         "the keys are mx, spf, ns, dkim, kind and url"},
        {"[A]\nmx = a..example\n", STATUS_SYNTAX, 2, "this is no domain name"},
        {"[A]\nmx = .\n", STATUS_SYNTAX, 2, "this is no domain name"},
        {"[A]\nmx = a..example\nmax = x\n", STATUS_SYNTAX, 2, "this is no domain name"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct operators *operators = operators_new();
        const char *why = NULL;
        size_t line = 0;

        assert_int_equal(operators_read(operators, cases[i].text, &line, &why), cases[i].status);
        assert_int_equal(line, cases[i].line);
        assert_string_equal(why, cases[i].why);
        operators_free(operators);
    }
}

/* ---- the setup ---- */

static struct setup *setup_of(struct zone_world *world, struct setup_view *view)
{
    view->lookup = &world->lookup;
    view->domain = "example.com.";
    view->probe = "nobody-has-this";
    return setup_build(view, world->arena);
}

static struct setup *build(struct zone_world *world, struct setup_view *view)
{
    struct setup *setup;

    ZONE_WORLD_SETTLE(world, setup, setup_of(world, view));
    assert_true(setup->complete);
    return setup;
}

static const char *matches_of(const struct setup *setup, struct arena *arena)
{
    static const char *const roles[] = {[OPERATOR_EXCHANGE] = "mx",
                                        [OPERATOR_SPF] = "spf",
                                        [OPERATOR_NAME_SERVER] = "ns",
                                        [OPERATOR_SELECTOR] = "dkim"};
    const char *list = "";

    for (size_t i = 0; i < setup->match_count; i++)
        list = arena_format(arena, "%s%s %s %s%s\n", list, roles[setup->matches[i].role],
                            setup->matches[i].name, setup->matches[i].operator->name,
                            setup->matches[i].filter_in_front ? ", in front" : "");
    return list;
}

/* L6: a filter that takes the mail first, by its preference. */
static void operators_are_matched_and_a_filter_in_front_is_seen(void **state)
{
    static const char *const selectors[] = {"c1", "c2"};
    struct operators *operators = read_operators(known);
    struct setup_view view = {.operators = operators, .selectors = selectors, .selector_count = 2};
    struct zone_world world;
    struct setup *setup;

    (void)state;
    zone_world_init(&world, "@ MX 10 in.clean.example.\n@ MX 20 mx.big.example.\n"
                            "@ MX 10 other\n@ MX 20 late.clean.example.\n"
                            "@ NS ns.clean.example.\n@ NS ns1\n"
                            "@ TXT \"v=spf1 include:_spf.big.example -all\"\n"
                            "c1._domainkey TXT \"v=DKIM1; p=\"\n"
                            "in.clean.example. A 192.0.2.1\nmx.big.example. A 198.51.100.1\n"
                            "_spf.big.example. TXT \"v=spf1 -all\"\n");
    setup = build(&world, &view);
    assert_string_equal(matches_of(setup, world.arena),
                        "mx in.clean.example. Clean Mail, in front\n"
                        "mx mx.big.example. Big Mail\n"
                        "mx late.clean.example. Clean Mail\n"
                        "spf _spf.big.example. Big Mail\n"
                        "ns ns.clean.example. Clean Mail\n"
                        "dkim c1 Clean Mail\n");
    zone_world_clear(&world);
    operators_free(operators);
}

/* L14: customary names, those of RFC 2219 as one group. */
static void customary_names_are_probed(void **state)
{
    struct setup_view view = {0};
    struct zone_world world;
    struct setup *setup;
    size_t existing = 0;

    (void)state;
    zone_world_init(&world, "www A 192.0.2.80\nftp CNAME www\nntp AAAA 2001:db8::1\nmail TXT x\n");
    setup = build(&world, &view);
    assert_int_equal(setup->customary_count, 23);
    for (size_t i = 0; i < setup->customary_count; i++) {
        const struct customary_host *host = &setup->customary[i];
        existing += host->exists;
        assert_int_equal(host->old, i >= 12);
        assert_int_equal(host->address_count, host->exists);
        assert_int_equal(host->alias_of != NULL, strcmp(host->name, "ftp.example.com.") == 0);
    }
    assert_int_equal(existing, 3);
    zone_world_clear(&world);
}

/* What a random name answers as well is no name of its own (RFC 4592). */
static void customary_names_under_a_wildcard_prove_nothing(void **state)
{
    struct setup_view view = {0};
    struct zone_world world;
    struct setup *setup;

    (void)state;
    zone_world_init(&world, "* A 192.0.2.80\nwww A 192.0.2.80\nmail A 192.0.2.25\n");
    view.probe = "nobody-has-this";
    setup = build(&world, &view);
    for (size_t i = 0; i < setup->customary_count; i++) {
        const struct customary_host *host = &setup->customary[i];
        bool mail = strcmp(host->name, "mail.example.com.") == 0;

        assert_int_equal(host->exists, mail);
        assert_int_equal(host->by_wildcard, !mail);
    }
    zone_world_clear(&world);
}

/* L11, RFC 4592 2.2.1: a name that owns anything is not covered by the wildcard. */
static void a_wildcard_skips_names_that_exist(void **state)
{
    struct setup_view view = {0};
    struct zone_world world;
    struct setup *setup;

    (void)state;
    zone_world_init(&world, "@ MX 10 mx1\n* MX 10 mx1\nmx1 A 192.0.2.1\nwww A 192.0.2.80\n"
                            "ftp A 192.0.2.81\nftp MX 10 mx1\n");
    setup = build(&world, &view);
    assert_true(setup->wildcard->has_mx);
    assert_false(setup->wildcard->has_address);
    assert_int_equal(setup->wildcard->uncovered_count, 2);
    assert_string_equal(setup->wildcard->uncovered[0], "mx1.example.com.");
    assert_string_equal(setup->wildcard->uncovered[1], "www.example.com.");
    zone_world_clear(&world);
}

/* One of two address lookups. */
static void fail_half(struct reply *reply)
{
    if (reply->question.type == TYPE_AAAA && strcmp(reply->question.name, "half.example.com.") == 0)
        reply->outcome = OUTCOME_SERVFAIL;
}

/* L12: more names, side by side. */
static void more_names_are_looked_at(void **state)
{
    static const struct {
        const char *name;
        bool implicit, missing;
    } names[] = {
        {"a.example.com.", false, false},      {"b.example.com.", true, false},
        {"c.example.com.", false, true},       {"text.example.com.", true, true},
        {"six.example.com.", true, false},     {"gone.example.com.", false, false},
        {"silent.example.com.", false, false}, {"half.example.com.", true, false},
    };
    const char *list[8];
    struct setup_view view = {.names = list, .name_count = 8};
    struct zone_world world;
    struct setup *setup;

    (void)state;
    for (size_t i = 0; i < 8; i++)
        list[i] = names[i].name;
    zone_world_init(&world, "@ MX 10 mx1\nmx1 A 192.0.2.1\na MX 10 mx1\nb A 192.0.2.2\n"
                            "text TXT x\nsix AAAA 2001:db8::1\ngone MX 10 none\nhalf TXT x\n");
    world.silent = "silent.example.com.";
    world.adjust = fail_half;
    setup = build(&world, &view);
    assert_int_equal(setup->name_count, 8);
    for (size_t i = 0; i < 8; i++)
        if (setup->names[i].missing != names[i].missing ||
            setup->names[i].exchanges->implicit != names[i].implicit)
            fail_msg("%s: missing %d, implicit %d", setup->names[i].name, setup->names[i].missing,
                     setup->names[i].exchanges->implicit);
    zone_world_clear(&world);
}

/* Neither given: the domain sends. HELO alone, or with an empty MAIL FROM: HELO is checked. */
static void a_verdict_is_about_the_domain_unless_told_otherwise(void **state)
{
    static const struct {
        const char *from, *helo, *domain, *identity;
    } cases[] = {
        {NULL, NULL, "example.com", "mailfrom"},
        {NULL, "mx1.example.com", "mx1.example.com", "helo"},
        {"", NULL, "example.com", "helo"},
        {"", "mx1.example.com", "mx1.example.com", "helo"},
        {"x@other.example", NULL, "other.example", "mailfrom"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct spf_sender sender = {.from = cases[i].from, .helo = cases[i].helo};
        struct setup_view view = {.sender = &sender};
        struct zone_world world;
        struct setup *setup;

        assert_true(address_parse("192.0.2.1", &sender.ip));
        zone_world_init(&world, "@ TXT \"v=spf1 -all\"\n");
        setup = build(&world, &view);
        assert_string_equal(setup->verdict->domain, cases[i].domain);
        assert_string_equal(setup->verdict->identity, cases[i].identity);
        zone_world_clear(&world);
    }
}

/* The verdict that was asked for has the budget of questions to itself until it is given. */
static void a_verdict_comes_before_everything_else(void **state)
{
    struct spf_sender sender = {.from = "x@example.com"};
    struct setup_view view = {.sender = &sender};
    struct zone_world world;
    struct setup *setup;

    (void)state;
    assert_true(address_parse("192.0.2.1", &sender.ip));
    zone_world_init(&world, "@ TXT \"v=spf1 include:a.example.com -all\"\na TXT \"v=spf1 mx\"\n");
    do {
        setup = setup_of(&world, &view);
        if (!setup->verdict->complete)
            assert_int_equal(wants_count(world.lookup.wants), 1);
    } while (zone_world_answer(&world));
    assert_true(setup->complete);
    assert_int_equal(setup->verdict->result, SPF_FAIL);
    zone_world_clear(&world);
}

/* Everything that does not depend on an answer is asked in the first round: what takes long is the
 * chain of includes, not the number of questions. */
static void rounds_follow_the_longest_chain(void **state)
{
    struct setup_view view = {0};
    struct zone_world world;

    (void)state;
    zone_world_init(&world, "@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 198.51.100.1\n"
                            "@ TXT \"v=spf1 include:i1.example.com -all\"\n"
                            "i1 TXT \"v=spf1 include:i2.example.com -all\"\n"
                            "i2 TXT \"v=spf1 include:i3.example.com -all\"\n"
                            "i3 TXT \"v=spf1 a:mx1.example.com -all\"\n");
    build(&world, &view);
    assert_int_equal(world.rounds, 5); /* four TXT in a row; the fifth finds nothing left to ask */
    zone_world_clear(&world);
}

/* ---- what is not known yet ---- */

enum { QUESTIONS_MOST = 1000 };

static struct question withheld, questions[QUESTIONS_MOST];
static size_t question_count;

static bool is_withheld(const struct question *question)
{
    return withheld.name && question_equal(question, &withheld);
}

static void note_question(struct reply *reply)
{
    assert_true(question_count < QUESTIONS_MOST);
    questions[question_count] = reply->question;
    questions[question_count++].name = memory_dup(reply->question.name);
}

static void assert_is_waited_for(const char *zone, struct setup_view *view,
                                 const struct question *question)
{
    struct zone_world held, *world = &held;
    struct setup *setup;

    zone_world_init(world, zone);
    withheld = *question;
    world->withholds = is_withheld;
    ZONE_WORLD_SETTLE(world, setup, setup_of(world, view));
    if (setup->complete)
        fail_msg("complete without %s %u", question->name, question->type);
    zone_world_clear(world);
}

/* Whatever single answer is missing: the setup does not say that it is all. */
static void nothing_is_complete_without_each_answer(void **state)
{
    static const char zone[] =
        "@ MX 10 mx1\n@ NS ns1\nns1 A 192.0.2.53\nmx1 A 192.0.2.1\n"
        "@ TXT \"v=spf1 mx -all\"\n_dmarc TXT \"v=DMARC1; p=reject\"\n"
        "_mta-sts TXT \"v=STSv1; id=1\"\nmta-sts A 192.0.2.2\n_25._tcp.mx1 TLSA 3 1 1 00\n";
    const char *names[] = {"sub.example.com."};
    struct setup_view view = {.names = names, .name_count = 1};
    struct zone_world world;

    (void)state;
    zone_world_init(&world, zone);
    world.adjust = note_question;
    build(&world, &view);
    zone_world_clear(&world);
    for (size_t i = 0; i < question_count; i++)
        assert_is_waited_for(zone, &view, &questions[i]);
    for (size_t i = 0; i < question_count; i++)
        free((char *)questions[i].name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_longest_name_decides_who_runs_a_host),
        cmocka_unit_test(sections_of_one_name_are_one),
        cmocka_unit_test(bad_lines_are_named),
        cmocka_unit_test(operators_are_matched_and_a_filter_in_front_is_seen),
        cmocka_unit_test(customary_names_are_probed),
        cmocka_unit_test(customary_names_under_a_wildcard_prove_nothing),
        cmocka_unit_test(a_wildcard_skips_names_that_exist),
        cmocka_unit_test(more_names_are_looked_at),
        cmocka_unit_test(a_verdict_is_about_the_domain_unless_told_otherwise),
        cmocka_unit_test(a_verdict_comes_before_everything_else),
        cmocka_unit_test(rounds_follow_the_longest_chain),
        cmocka_unit_test(nothing_is_complete_without_each_answer),
    };

    return cmocka_run_group_tests_name("setup", tests, NULL, NULL);
}
