/* The tree of an SPF record: what is opened, counted and named, whoever sends (RFC 7208 4.6.4). */
#include "policy/spf/spf.h"

#include "base/text.h"
#include "dns/formats/octets.h"
#include "dns/type.h"
#include "unit/check.h"
#include "unit/worlds/zone_world.h"

#include <stdlib.h>

static struct spf_tree *grow(struct zone_world *world, const char *text)
{
    struct spf_tree *tree;

    zone_world_init(world, text);
    world->silent = "silent.example.com.";
    ZONE_WORLD_SETTLE(world, tree, spf_tree_build(&world->lookup, world->arena, "example.com."));
    return tree;
}

static void totals_run_through_the_includes(void **state)
{
    struct zone_world world;
    const struct spf_branch *branches;
    struct spf_tree *tree;

    (void)state;
    tree = grow(&world, "@ TXT \"v=spf1 a include:one.example.com mx ip4:192.0.2.1 -all\"\n"
                        "@ A 192.0.2.1\n@ MX 10 mx\nmx A 192.0.2.1\n"
                        "one TXT \"v=spf1 include:two.example.com exists:gone.example.com ~all\"\n"
                        "two TXT \"v=spf1 a:example.com ?all\"\n");
    branches = tree->root->branches;
    assert_true(tree->complete);
    assert_int_equal(tree->root->branch_count, 5);
    assert_int_equal(branches[0].number, 1);
    assert_int_equal(branches[0].lookups, 1);
    assert_int_equal(branches[1].number, 2);
    assert_int_equal(branches[1].child->branches[0].number, 3);
    assert_int_equal(branches[1].child->branches[1].number, 5);
    assert_int_equal(branches[2].number, 6);
    assert_int_equal(branches[3].number, 0);
    assert_int_equal(branches[1].lookups, 5);
    assert_int_equal(branches[1].own_lookups, 4);
    assert_int_equal(branches[1].child->branches[1].state, SPF_STATE_VOID);
    assert_int_equal(branches[2].lookups, 6);
    assert_int_equal(tree->lookups, 6);
    assert_int_equal(tree->voids, 1);
    assert_false(tree->over_lookups);
    assert_int_equal(tree->include_count, 2);
    assert_string_equal(tree->includes[1], "two.example.com.");
    assert_int_equal(tree->all_qualifier, '-');
    zone_world_clear(&world);
}

static void the_eleventh_look_up_is_named(void **state)
{
    struct zone_world world;
    struct spf_tree *tree;

    (void)state;
    tree = grow(&world, "@ TXT \"v=spf1 a a a a a a a a include:one.example.com -all\"\n"
                        "@ A 192.0.2.1\none TXT \"v=spf1 a:example.com a:example.com mx -all\"\n");
    assert_int_equal(tree->lookups, 12);
    assert_true(tree->over_lookups);
    assert_string_equal(tree->lookup_breaker->text, "a:example.com");
    assert_int_equal(tree->lookup_breaker->lookups, 11);
    zone_world_clear(&world);
}

static void the_third_void_is_named(void **state)
{
    struct zone_world world;
    struct spf_tree *tree;

    (void)state;
    tree = grow(&world, "@ TXT \"v=spf1 a:x.example.com mx:x.example.com exists:x.example.com\"\n");
    assert_int_equal(tree->voids, 3);
    assert_true(tree->over_voids);
    assert_string_equal(tree->ipv4.breaker->text, "exists:x.example.com");
    assert_string_equal(tree->ipv6.breaker->text, "exists:x.example.com");
    assert_int_equal(tree->void_term_count, 3);
    zone_world_clear(&world);
}

struct void_case {
    const char *zone;
    unsigned voids, voids4, voids6; /* whoever sends; over IPv4; over IPv6 */
    enum spf_state state;           /* of the tree */
};

static void voids_are_counted_for_each_family(void **state)
{
    static const struct void_case cases[] = {
        {"@ TXT \"v=spf1 a:x.example.com -all\"\nx AAAA 2001:db8::1\n", 0, 1, 0, SPF_STATE_OK},
        {"@ TXT \"v=spf1 a:x.example.com -all\"\nx A 192.0.2.1\n", 0, 0, 1, SPF_STATE_OK},
        {"@ TXT \"v=spf1 a:x.example.com -all\"\n", 1, 1, 1, SPF_STATE_OK},
        {"@ TXT \"v=spf1 exists:x.example.com -all\"\nx A 192.0.2.1\n", 0, 0, 0, SPF_STATE_OK},
        /* the exchanges of an mx together */
        {"@ TXT \"v=spf1 mx -all\"\n@ MX 10 x\n@ MX 20 y\nx A 192.0.2.1\ny AAAA 2001:db8::1\n", 0,
         0, 0, SPF_STATE_OK},
        {"@ TXT \"v=spf1 mx -all\"\n@ MX 10 x\n@ MX 20 y\nx A 192.0.2.1\n", 0, 0, 1, SPF_STATE_OK},
        {"@ TXT \"v=spf1 mx -all\"\n@ MX 10 x\n@ MX 20 y\n", 1, 1, 1, SPF_STATE_OK},
        {"@ TXT \"v=spf1 mx -all\"\n", 1, 1, 1, SPF_STATE_OK},
        {"@ TXT \"v=spf1 mx -all\"\n@ MX 0 .\n", 0, 0, 0, SPF_STATE_OK},
        /* three for one family only */
        {"@ TXT \"v=spf1 a:x.example.com a:x.example.com mx:m.example.com -all\"\n"
         "x A 192.0.2.1\nm MX 10 x\n",
         0, 0, 3, SPF_STATE_VOIDS},
        {"@ TXT \"v=spf1 a:x.example.com a:x.example.com a:z.example.com -all\"\nx AAAA "
         "2001:db8::1\n",
         1, 3, 1, SPF_STATE_VOIDS},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct zone_world world;
        struct spf_tree *tree = grow(&world, cases[i].zone);

        if (tree->voids != cases[i].voids || tree->ipv4.voids != cases[i].voids4 ||
            tree->ipv6.voids != cases[i].voids6)
            fail_msg("%u, %u and %u in %s", tree->voids, tree->ipv4.voids, tree->ipv6.voids,
                     cases[i].zone);
        assert_int_equal(spf_tree_state(tree), cases[i].state);
        zone_world_clear(&world);
    }
}

#define STOP "; receivers stop here with permerror"

/* What each term of the record says, one a line; "-" for nothing. */
static void void_terms_say_for_whom(void **state)
{
    static const struct {
        const char *zone, *said;
    } cases[] = {
        {"@ TXT \"v=spf1 a:no.example.com a:v4.example.com a:v6.example.com -all\"\n",
         "no.example.com finds nothing\nv4.example.com finds nothing for senders over IPv6\n"
         "v6.example.com finds nothing for senders over IPv4\n-\n"},
        {"@ TXT \"v=spf1 a:no.example.com a:no.example.com a:no.example.com a:no.example.com "
         "-all\"\n",
         "no.example.com finds nothing\nno.example.com finds nothing\n"
         "no.example.com finds nothing, the third time" STOP "\nno.example.com finds nothing\n-\n"},
        {"@ TXT \"v=spf1 a:v4.example.com a:v4.example.com a:v4.example.com -all\"\n",
         "v4.example.com finds nothing for senders over IPv6\n"
         "v4.example.com finds nothing for senders over IPv6\n"
         "v4.example.com finds nothing for senders over IPv6, the third time" STOP "\n-\n"},
        {"@ TXT \"v=spf1 a:v6.example.com a:v6.example.com a:v6.example.com -all\"\n",
         "v6.example.com finds nothing for senders over IPv4\n"
         "v6.example.com finds nothing for senders over IPv4\n"
         "v6.example.com finds nothing for senders over IPv4, the third time" STOP "\n-\n"},
        {"@ TXT \"v=spf1 a:v4.example.com a:no.example.com a:no.example.com a:no.example.com "
         "-all\"\n",
         "v4.example.com finds nothing for senders over IPv6\nno.example.com finds nothing\n"
         "no.example.com finds nothing, the third time for senders over IPv6" STOP
         "\nno.example.com finds nothing, the third time for senders over IPv4" STOP "\n-\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct zone_world world;
        struct text zone = {0}, said = {0};
        struct spf_tree *tree;

        text_format(&zone, "%sv4 A 192.0.2.1\nv6 AAAA 2001:db8::1\n", cases[i].zone);
        tree = grow(&world, text_get(&zone));
        for (size_t k = 0; k < tree->root->branch_count; k++) {
            const char *why = tree->root->branches[k].why;
            text_format(&said, "%s\n", why ? why : "-");
        }
        assert_string_equal(text_get(&said), cases[i].said);
        text_clear(&said);
        text_clear(&zone);
        zone_world_clear(&world);
    }
}

static void which_families_a_record_authorises(void **state)
{
    static const struct {
        const char *zone;
        bool v4, v6;
    } cases[] = {
        {"@ TXT \"v=spf1 ip4:192.0.2.1 -all\"\n", true, false},
        {"@ TXT \"v=spf1 ip6:2001:db8::1 -all\"\n", false, true},
        {"@ TXT \"v=spf1 a -all\"\n@ A 192.0.2.1\n", true, false},
        {"@ TXT \"v=spf1 mx -all\"\n@ MX 10 x\nx AAAA 2001:db8::1\n", false, true},
        {"@ TXT \"v=spf1 exists:%{i}.x.example.com -all\"\n", true, true},
        {"@ TXT \"v=spf1 include:i.example.com -all\"\ni TXT \"v=spf1 ip6:2001:db8::1 -all\"\n",
         false, true},
        {"@ TXT \"v=spf1 -ip4:192.0.2.1 -all\"\n", false, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct zone_world world;
        struct spf_tree *tree = grow(&world, cases[i].zone);

        assert_int_equal(tree->ipv4.authorised, cases[i].v4);
        assert_int_equal(tree->ipv6.authorised, cases[i].v6);
        zone_world_clear(&world);
    }
}

static void terms_behind_all_are_shown_but_not_opened(void **state)
{
    struct zone_world world;
    struct spf_tree *tree;

    (void)state;
    tree =
        grow(&world, "@ TXT \"v=spf1 -all include:one.example.com redirect=two.example.com\"\n"
                     "one TXT \"v=spf1 include:example.com ptr moo\"\ntwo TXT \"v=spf1 -all\"\n");
    assert_int_equal(tree->lookups, 0);
    for (size_t i = 1; i < 3; i++) {
        assert_int_equal(tree->root->branches[i].state, SPF_STATE_UNREACHABLE);
        assert_null(tree->root->branches[i].child);
    }
    assert_null(tree->loop);
    assert_false(tree->uses_ptr);
    assert_int_equal(tree->include_count, 0);
    assert_int_equal(spf_tree_state(tree), SPF_STATE_OK);
    zone_world_clear(&world);
}

/* What the line of the whole record says: never "ok" where its terms say otherwise. */
static void states_of_trees(void **state)
{
    static const struct {
        const char *zone;
        enum spf_state state;
    } cases[] = {
        {"@ TXT \"v=spf1 ip4:192.0.2.1 -all\"\n", SPF_STATE_OK},
        {"@ TXT \"v=spf1 +all\"\n", SPF_STATE_OPEN},
        {"@ TXT \"v=spf1 include:i.example.com -all\"\ni TXT \"v=spf1 all\"\n", SPF_STATE_OPEN},
        {"@ TXT \"v=spf1 include:example.com -all\"\n", SPF_STATE_LOOP},
        {"@ TXT \"v=spf1 include:gone.example.com -all\"\n", SPF_STATE_BROKEN},
        {"@ TXT \"v=spf1 include:i.example.com -all\"\ni TXT \"v=spf1 moo\"\n", SPF_STATE_BROKEN},
        {"@ TXT \"v=spf1 redirect=i.example.com\"\ni TXT \"v=spf1\"\ni TXT \"v=spf1 -all\"\n",
         SPF_STATE_BROKEN},
        {"@ TXT \"v=spf1 a a a a a a a a a a a -all\"\n@ A 192.0.2.1\n@ AAAA 2001:db8::1\n",
         SPF_STATE_LOOKUPS},
        {"@ TXT \"v=spf1 -all include:gone.example.com\"\n", SPF_STATE_OK},
        {"@ TXT \"v=spf1 -all\"\n@ TXT \"v=spf1 ~all\"\n", SPF_STATE_MULTIPLE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct zone_world world;
        struct spf_tree *tree = grow(&world, cases[i].zone);

        if (spf_tree_state(tree) != cases[i].state)
            fail_msg("%s: %s", cases[i].zone, spf_state_text(spf_tree_state(tree)));
        zone_world_clear(&world);
    }
}

/* Ten exchanges are looked at, eleven are a permerror (RFC 7208 4.6.4). */
static void eleven_exchanges_are_too_many(void **state)
{
    (void)state;
    for (int count = 10; count <= 11; count++) {
        struct text text = {0};
        struct zone_world world;
        struct spf_tree *tree;

        text_add(&text, "@ TXT \"v=spf1 mx -all\"\n");
        for (int i = 0; i < count; i++)
            text_format(&text, "@ MX 10 m%d\nm%d A 192.0.2.%d\n", i, i, i + 1);
        tree = grow(&world, text_get(&text));
        assert_int_equal(spf_tree_state(tree), count > 10 ? SPF_STATE_CROWDED : SPF_STATE_OK);
        assert_int_equal(tree->root->branches[0].state, spf_tree_state(tree));
        zone_world_clear(&world);
        text_clear(&text);
    }
}

static void private_networks_are_known_by_both_ends(void **state)
{
    static const struct {
        const char *term;
        bool is_private;
    } cases[] = {
        {"ip4:10.0.0.0/8", true},      {"ip4:10.0.0.0/7", false},    {"ip4:192.168.1.5", true},
        {"ip4:192.168.0.0/15", false}, {"ip4:172.31.255.255", true}, {"ip4:172.32.0.0", false},
        {"ip4:127.0.0.1", true},       {"ip4:100.64.0.0/10", true},  {"ip4:169.254.1.1/16", true},
        {"ip4:0.0.0.0/0", false},      {"ip4:224.0.0.0/4", true},    {"ip4:192.0.2.0/24", false},
        {"ip6:fd00::/8", true},        {"ip6:fe80::/10", true},      {"ip6:::1", true},
        {"ip6:::/127", false},         {"ip6:::/0", false},          {"ip6:2001:db8::/32", false},
        {"a:10.example.com", false},
    };
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct spf_record *record =
            spf_record_parse(arena, octets_of(arena_format(arena, "v=spf1 %s", cases[i].term)));

        assert_null(record->error);
        if (spf_term_is_private(&record->terms[0]) != cases[i].is_private)
            fail_msg("%s", cases[i].term);
    }
    arena_free(arena);
}

static void a_circle_is_named_and_not_walked(void **state)
{
    struct zone_world world;
    struct spf_tree *tree;

    (void)state;
    tree = grow(&world, "@ TXT \"v=spf1 include:one.example.com -all\"\n"
                        "one TXT \"v=spf1 include:example.com -all\"\n");
    assert_true(tree->complete);
    assert_string_equal(tree->loop, "example.com.");
    assert_int_equal(tree->root->branches[0].child->branches[0].state, SPF_STATE_LOOP);
    zone_world_clear(&world);
}

static void a_record_that_includes_itself_is_a_circle(void **state)
{
    struct zone_world world;
    struct spf_tree *tree;

    (void)state;
    tree = grow(&world, "@ TXT \"v=spf1 redirect=EXAMPLE.com\"\n");
    assert_string_equal(tree->loop, "example.com.");
    zone_world_clear(&world);
}

static void macros_of_the_message_are_left_to_it(void **state)
{
    struct zone_world world;
    struct spf_tree *tree;

    (void)state;
    tree = grow(&world, "@ TXT \"v=spf1 exists:%{i}.x.example.com include:%{d}.of.example.com "
                        "-all\"\nexample.com.of TXT \"v=spf1 ip4:192.0.2.1\"\n");
    assert_int_equal(tree->root->branches[0].state, SPF_STATE_BY_SENDER);
    assert_null(tree->root->branches[0].target);
    assert_string_equal(tree->root->branches[1].target, "example.com.of.example.com.");
    assert_non_null(tree->root->branches[1].child->text);
    assert_int_equal(tree->lookups, 2);
    zone_world_clear(&world);
}

static uint16_t late;

static bool is_late(const struct question *question)
{
    return question->type == late;
}

/* One family alone says neither that the term finds something nor that it does not. */
static void terms_wait_for_both_families(void **state)
{
    static const char *const zones[] = {
        "@ TXT \"v=spf1 a -all\"\n@ A 192.0.2.1\n", "@ TXT \"v=spf1 a -all\"\n@ AAAA 2001:db8::1\n",
        "@ TXT \"v=spf1 mx -all\"\n@ MX 10 x\nx A 192.0.2.1\n",
        "@ TXT \"v=spf1 mx -all\"\n@ MX 10 x\nx AAAA 2001:db8::1\n"};
    static const uint16_t types[] = {TYPE_A, TYPE_AAAA};

    (void)state;
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
        for (size_t k = 0; k < sizeof types / sizeof *types; k++) {
            struct zone_world world;
            struct spf_tree *tree;

            zone_world_init(&world, zones[i]);
            late = types[k];
            world.withholds = is_late;
            ZONE_WORLD_SETTLE(&world, tree,
                              spf_tree_build(&world.lookup, world.arena, "example.com."));
            assert_false(tree->complete);
            assert_int_equal(tree->root->branches[0].state, SPF_STATE_PENDING);
            assert_int_equal(tree->ipv4.voids + tree->ipv6.voids, 0);
            zone_world_clear(&world);
        }
}

struct case_of_state {
    const char *zone;
    enum spf_state root, first; /* of the record, of its first term */
};

static void states_of_records_and_terms(void **state)
{
    static const struct case_of_state cases[] = {
        {"@ TXT \"other\"\n", SPF_STATE_NONE, SPF_STATE_OK},
        {"@ TXT \"v=spf1 -all\"\n@ TXT \"v=spf1 ~all\"\n", SPF_STATE_MULTIPLE, SPF_STATE_OK},
        {"@ TXT \"v=spf1 moo -all\"\n", SPF_STATE_SYNTAX, SPF_STATE_SYNTAX},
        {"@ TXT \"v=spf1 include:none.example.com\"\nnone A 192.0.2.1\n", SPF_STATE_OK,
         SPF_STATE_NONE},
        {"@ TXT \"v=spf1 include:x.silent.example.com\"\n", SPF_STATE_OK, SPF_STATE_UNKNOWN},
        {"@ TXT \"v=spf1 a:x.silent.example.com\"\n", SPF_STATE_OK, SPF_STATE_UNKNOWN},
        {"@ TXT \"v=spf1 include:bad.example.com\"\nbad TXT \"v=spf1 a:\"\n", SPF_STATE_OK,
         SPF_STATE_SYNTAX},
        {"@ TXT \"v=spf1 ptr -all\"\n", SPF_STATE_OK, SPF_STATE_BY_SENDER},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct zone_world world;
        struct spf_tree *tree = grow(&world, cases[i].zone);

        assert_int_equal(tree->root->state, cases[i].root);
        if (tree->root->branch_count > 0)
            assert_int_equal(tree->root->branches[0].state, cases[i].first);
        zone_world_clear(&world);
    }
}

static void who_passes_in_the_end(void **state)
{
    static const struct {
        const char *zone;
        char qualifier;
    } cases[] = {
        {"@ TXT \"v=spf1 +all\"\n", '+'},
        {"@ TXT \"v=spf1 all\"\n", '+'},
        {"@ TXT \"v=spf1 ip4:192.0.2.1\"\n", '\0'},
        {"@ TXT \"v=spf1 redirect=x.example.com\"\nx TXT \"v=spf1 ~all\"\n", '~'},
        {"@ TXT \"v=spf1 include:x.example.com -all\"\nx TXT \"v=spf1 +all\"\n", '+'},
        {"@ TXT \"v=spf1 ?include:x.example.com -all\"\nx TXT \"v=spf1 +all\"\n", '?'},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct zone_world world;
        struct spf_tree *tree = grow(&world, cases[i].zone);

        assert_int_equal(tree->all_qualifier, cases[i].qualifier);
        assert_int_equal(tree->plus_all, cases[i].qualifier == '+');
        zone_world_clear(&world);
    }
}

static void the_given_up_type_is_told(void **state)
{
    struct zone_world world;
    struct spf_tree *tree;

    (void)state;
    tree = grow(&world, "@ TXT \"v=spf1 -all\"\n@ TYPE99 \\# 12 0b763d73706631202d616c6c\n");
    assert_string_equal(tree->type99, "v=spf1 -all");
    zone_world_clear(&world);
}

/* Fifty includes, and 2^20 paths through a tree of twice-included records: bounded. */
static void hostile_trees_are_bounded(void **state)
{
    struct text text = {0};
    struct zone_world world;
    struct spf_tree *tree;

    (void)state;
    text_add(&text, "@ TXT \"v=spf1 include:d0.example.com include:d0.example.com -all\"\n");
    for (int i = 0; i < 20; i++)
        text_format(&text,
                    "d%d TXT \"v=spf1 include:d%d.example.com include:d%d.example.com -all\"\n", i,
                    i + 1, i + 1);
    tree = grow(&world, text_get(&text));
    assert_true(tree->over_lookups);
    assert_true(world.asked < 60);
    assert_true(tree->lookups < 300);
    zone_world_clear(&world);
    text_clear(&text);
}

/* Records of 64 KB: what is beyond the room of a tree is counted, not held. */
static void long_records_are_bounded(void **state)
{
    struct text text = {0};
    struct zone_world world;
    struct spf_tree *tree;

    (void)state;
    text_add(&text, "@ TXT \"v=spf1 \"");
    for (int i = 0; i < 3000; i++)
        text_format(&text, " \" a:h%d.example.com\"", i);
    text_add(&text, "\n");
    tree = grow(&world, text_get(&text));
    assert_int_equal(tree->root->branch_count, 2000);
    assert_int_equal(tree->root->left_out, 1000);
    assert_true(world.asked < 250);
    assert_int_equal(tree->lookup_breaker->lookups, 11);
    zone_world_clear(&world);
    text_clear(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(totals_run_through_the_includes),
        cmocka_unit_test(the_eleventh_look_up_is_named),
        cmocka_unit_test(the_third_void_is_named),
        cmocka_unit_test(voids_are_counted_for_each_family),
        cmocka_unit_test(void_terms_say_for_whom),
        cmocka_unit_test(which_families_a_record_authorises),
        cmocka_unit_test(terms_behind_all_are_shown_but_not_opened),
        cmocka_unit_test(states_of_trees),
        cmocka_unit_test(eleven_exchanges_are_too_many),
        cmocka_unit_test(private_networks_are_known_by_both_ends),
        cmocka_unit_test(a_circle_is_named_and_not_walked),
        cmocka_unit_test(a_record_that_includes_itself_is_a_circle),
        cmocka_unit_test(macros_of_the_message_are_left_to_it),
        cmocka_unit_test(terms_wait_for_both_families),
        cmocka_unit_test(states_of_records_and_terms),
        cmocka_unit_test(who_passes_in_the_end),
        cmocka_unit_test(the_given_up_type_is_told),
        cmocka_unit_test(hostile_trees_are_bounded),
        cmocka_unit_test(long_records_are_bounded),
    };

    return cmocka_run_group_tests_name("spf_tree", tests, NULL, NULL);
}
