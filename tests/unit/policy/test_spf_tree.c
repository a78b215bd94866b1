/* The tree of an SPF record: what is opened, counted and named, whoever sends (RFC 7208 4.6.4). */
#include "policy/spf/spf.h"

#include "base/text.h"
#include "unit/worlds/zone_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

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
    assert_int_equal(branches[0].lookups, 1);
    assert_int_equal(branches[1].lookups, 5);
    assert_int_equal(branches[1].own_lookups, 4);
    assert_int_equal(branches[1].own_voids, 1);
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
    assert_string_equal(tree->void_breaker->text, "exists:x.example.com");
    zone_world_clear(&world);
}

static void a_host_with_one_family_is_not_void(void **state)
{
    struct zone_world world;
    struct spf_tree *tree;

    (void)state;
    tree = grow(&world, "@ TXT \"v=spf1 a:x.example.com -all\"\nx AAAA 2001:db8::1\n");
    assert_int_equal(tree->voids, 0);
    zone_world_clear(&world);
}

static void terms_behind_all_are_opened_but_not_counted(void **state)
{
    struct zone_world world;
    struct spf_tree *tree;

    (void)state;
    tree = grow(&world, "@ TXT \"v=spf1 -all include:one.example.com redirect=two.example.com\"\n"
                        "one TXT \"v=spf1 a -all\"\ntwo TXT \"v=spf1 -all\"\n");
    assert_int_equal(tree->lookups, 0);
    assert_int_equal(tree->root->branches[1].state, SPF_STATE_UNREACHABLE);
    assert_non_null(tree->root->branches[1].child->text);
    assert_int_equal(tree->root->branches[2].state, SPF_STATE_UNREACHABLE);
    zone_world_clear(&world);
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
        cmocka_unit_test(a_host_with_one_family_is_not_void),
        cmocka_unit_test(terms_behind_all_are_opened_but_not_counted),
        cmocka_unit_test(a_circle_is_named_and_not_walked),
        cmocka_unit_test(a_record_that_includes_itself_is_a_circle),
        cmocka_unit_test(macros_of_the_message_are_left_to_it),
        cmocka_unit_test(states_of_records_and_terms),
        cmocka_unit_test(who_passes_in_the_end),
        cmocka_unit_test(the_given_up_type_is_told),
        cmocka_unit_test(hostile_trees_are_bounded),
        cmocka_unit_test(long_records_are_bounded),
    };

    return cmocka_run_group_tests_name("spf_tree", tests, NULL, NULL);
}
