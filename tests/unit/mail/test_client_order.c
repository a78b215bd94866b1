/* How clients choose among equals of a priority: exact shares, and draws that agree with them. */
#include "base/text.h"
#include "mail/client/client.h"
#include "mail/client/client_order.h"
#include "mail/client/client_walk.h"
#include "unit/check.h"
#include "unit/worlds/zone_world.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WEIGHTS_MOST = 4, DRAWS = 100000 };

struct shares {
    enum client_order order;
    size_t count;
    uint16_t weights[WEIGHTS_MOST];
    double per_thousand[WEIGHTS_MOST]; /* of first choices */
};

/* As computed in public for the first three sets: 6:4, 50:100:100 and 0:100. */
static const struct shares table[] = {
    {CLIENT_NOMINAL, 2, {6, 4}, {600, 400}},
    {CLIENT_HEIMDAL, 2, {6, 4}, {600, 400}},
    {CLIENT_RFC2782, 2, {6, 4}, {590.9, 409.1}},
    {CLIENT_INSIDE, 2, {6, 4}, {590.9, 409.1}},
    {CLIENT_OPENLDAP, 2, {6, 4}, {636.4, 363.6}},
    {CLIENT_LISTED, 2, {6, 4}, {1000, 0}},
    {CLIENT_HEAVIEST, 2, {6, 4}, {1000, 0}},
    {CLIENT_NOMINAL, 3, {50, 100, 100}, {200, 400, 400}},
    {CLIENT_RFC2782, 3, {50, 100, 100}, {200.5, 399.7, 399.7}},
    {CLIENT_OPENLDAP, 3, {50, 100, 100}, {199.2, 402.4, 398.4}},
    {CLIENT_LISTED, 3, {50, 100, 100}, {1000, 0, 0}},
    {CLIENT_HEAVIEST, 3, {50, 100, 100}, {0, 500, 500}},
    {CLIENT_NOMINAL, 2, {0, 100}, {0, 1000}},
    {CLIENT_HEIMDAL, 2, {0, 100}, {9.9, 990.1}},
    {CLIENT_RFC2782, 2, {0, 100}, {9.9, 990.1}},
    {CLIENT_OPENLDAP, 2, {0, 100}, {0, 1000}},
    {CLIENT_HEAVIEST, 2, {0, 100}, {0, 1000}},
    {CLIENT_RFC2782, 3, {0, 0, 0}, {333.3, 333.3, 333.3}},
    {CLIENT_NOMINAL, 3, {0, 0, 0}, {333.3, 333.3, 333.3}},
    {CLIENT_HEIMDAL, 3, {0, 0, 6}, {71.4, 71.4, 857.1}},
    {CLIENT_OPENLDAP, 2, {0, 0}, {1000, 0}},
    {CLIENT_OPENLDAP, 3, {7, 7, 5}, {400, 350, 250}},
    {CLIENT_HEIMDAL, 4, {0, 0, 6, 0}, {47.6, 47.6, 857.1, 47.6}},
    {CLIENT_HEIMDAL, 3, {0, 0, 0}, {333.3, 333.3, 333.3}},
    {CLIENT_HEAVIEST, 4, {9, 5, 9, 9}, {333.3, 0, 333.3, 333.3}},
    {CLIENT_HEAVIEST, 2, {0, 0}, {500, 500}},
    {CLIENT_NOMINAL, 1, {0}, {1000}},
    {CLIENT_RFC2782, 4, {0, 0, 1, 2}, {125, 125, 250, 500}},
};

/* What stands behind the last is no record of this priority, and counts for nothing. */
static void fill(const struct shares *row, struct client_item *items)
{
    for (size_t i = 0; i <= WEIGHTS_MOST; i++)
        items[i] = (struct client_item){UINT16_MAX, 0, true};
    for (size_t i = 0; i < row->count; i++)
        items[i] = (struct client_item){row->weights[i], i + 1, true};
}

static void shares_are_those_of_each_program(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct client_item items[WEIGHTS_MOST + 1];
        double shares[WEIGHTS_MOST + 1];

        fill(&table[i], items);
        shares[table[i].count] = -1;
        client_shares(table[i].order, items, table[i].count, shares);
        for (size_t k = 0; k < table[i].count; k++)
            assert_float_equal(shares[k] * 1000, table[i].per_thousand[k], 0.06);
        assert_true(shares[table[i].count] == -1);
    }
}

/* Chi-square of the counts against the exact shares: 99.99 % of fair draws are below the limit. */
static void draws_agree_with_the_shares(void **state)
{
    static const double limits[] = {1e-9, 15.2, 18.5, 21.2};

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct client_item items[WEIGHTS_MOST + 1];
        double shares[WEIGHTS_MOST], sum = 0;
        size_t counts[WEIGHTS_MOST] = {0};
        struct random random;

        fill(&table[i], items);
        client_shares(table[i].order, items, table[i].count, shares);
        random_init(&random, 7 + i);
        for (size_t k = 0; k < DRAWS; k++)
            counts[client_draw(table[i].order, items, table[i].count, &random)]++;
        for (size_t k = 0; k < table[i].count; k++) {
            double expected = shares[k] * DRAWS, off = (double)counts[k] - expected;
            if (expected == 0)
                assert_int_equal(counts[k], 0);
            else
                sum += off * off / expected;
        }
        assert_true(sum < limits[table[i].count - 1]);
    }
}

static void hosts_inside_the_domain_come_first(void **state)
{
    static const struct {
        const char *about;
        size_t count;
        struct client_item items[4];
        double shares[3];
    } cases[] = {
        {"one outside", 3, {{100, 0, false}, {10, 1, true}, {10, 2, true}}, {0, .5, .5}},
        {"one inside", 3, {{10, 0, false}, {10, 1, true}, {10, 2, false}}, {0, 1, 0}},
        {"the last is inside", 2, {{10, 0, false}, {10, 1, true}}, {0, 1}},
        {"none inside", 2, {{10, 0, false}, {10, 1, false}, {10, 2, true}}, {.5, .5}},
        {"a lone one outside", 1, {{100, 0, false}, {10, 1, true}}, {1}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double shares[3];
        struct random random;
        client_shares(CLIENT_INSIDE, cases[i].items, cases[i].count, shares);
        random_init(&random, 1);
        for (size_t k = 0; k < cases[i].count; k++)
            if (fabs(shares[k] - cases[i].shares[k]) > 1e-9)
                fail_msg("%s: %zu", cases[i].about, k);
        for (size_t k = 0; k < 100; k++)
            if (cases[i]
                    .shares[client_draw(CLIENT_INSIDE, cases[i].items, cases[i].count, &random)] ==
                0)
                fail_msg("%s: drawn", cases[i].about);
    }
}

/* As many as a priority can have, and each order can end at the last of them. */
static void the_most_that_there_can_be(void **state)
{
    static const enum client_order orders[] = {CLIENT_RFC2782,  CLIENT_NOMINAL, CLIENT_HEIMDAL,
                                               CLIENT_OPENLDAP, CLIENT_LISTED,  CLIENT_HEAVIEST,
                                               CLIENT_INSIDE};
    enum { LAST = CLIENT_ITEMS_MAX - 1 };

    (void)state;
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        struct client_item items[CLIENT_ITEMS_MAX];
        double shares[CLIENT_ITEMS_MAX], sum = 0;
        struct random random;
        random_init(&random, 1);
        for (size_t k = 0; k < CLIENT_ITEMS_MAX; k++)
            items[k] = (struct client_item){k == LAST ? UINT16_MAX : 0, LAST - k, true};
        client_shares(orders[i], items, CLIENT_ITEMS_MAX, shares);
        for (size_t k = 0; k < CLIENT_ITEMS_MAX; k++)
            sum += shares[k];
        assert_float_equal(sum, 1, 1e-9);
        assert_true(shares[LAST] > 0.999);
        assert_int_equal(client_draw(orders[i], items, CLIENT_ITEMS_MAX, &random), LAST);
    }
}

static void clients_ask_their_owners_and_no_others(void **state)
{
    static const char *const owners[] = {"_ldap._tcp.example.com.",
                                         "_ldap._tcp.dc._msdcs.example.com.",
                                         "_ldap._tcp.kiel._sites.dc._msdcs.example.com.",
                                         "_ldap._tcp.kiel._sites.example.com.",
                                         "_kerberos._udp.example.com.",
                                         "_xmpps-client._tcp.example.com.",
                                         "_carddav._tcp.example.com.",
                                         "_jmap._tcp.example.com.",
                                         "_foo._tcp.example.com."};
    static const char *const asked[] = {"windows samba sssd openldap ",
                                        "windows samba ",
                                        "windows samba ",
                                        "windows sssd ",
                                        "mit heimdal ",
                                        "xmpp ",
                                        "carddav ",
                                        "jmap ",
                                        ""};

    (void)state;
    for (size_t i = 0; i < sizeof owners / sizeof *owners; i++) {
        char names[128] = "";
        for (size_t k = 0; k < clients_count(); k++)
            if (client_asks(clients_at(k), owners[i])) {
                strcat(names, clients_at(k)->name);
                strcat(names, " ");
            }
        assert_string_equal(names, asked[i]);
    }
}

/* Which of its tasks looks up an owner; of what none looks up it is played at the first. */
static void a_client_is_played_at_the_task_of_the_owner(void **state)
{
    static const struct {
        const char *client, *owner, *pattern;
    } tasks[] = {
        {"windows", NULL, "_ldap._tcp.dc._msdcs"},
        {"windows", "_ldap._tcp.dc._msdcs.example.com.", "_ldap._tcp.dc._msdcs"},
        {"windows", "_ldap._tcp.kiel._sites.dc._msdcs.example.com.", "_ldap._tcp.dc._msdcs"},
        {"windows", "_ldap._tcp.example.com.", "_ldap._tcp"},
        {"windows", "_ldap._tcp.kiel._sites.example.com.", "_ldap._tcp"},
        {"windows", "_sip._tcp.example.com.", "_ldap._tcp.dc._msdcs"},
        {"samba", NULL, "_ldap._tcp.dc._msdcs"},
        {"samba", "_ldap._tcp.example.com.", "_ldap._tcp"},
        {"samba", "_ldap._tcp.kiel._sites.example.com.", "_ldap._tcp.dc._msdcs"},
        {"openldap", "_ldap._tcp.dc._msdcs.example.com.", "_ldap._tcp"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof tasks / sizeof *tasks; i++) {
        const struct client *client = clients_find(tasks[i].client);
        const struct client *task = client_at_task(client, tasks[i].owner);
        const struct client_question *question = task->questions;

        while (question[1].sentence)
            question++;
        assert_string_equal(task->name, tasks[i].client);
        assert_string_equal(question->pattern, tasks[i].pattern);
    }
}

static void a_client_is_named_with_its_site(void **state)
{
    const struct client *client = NULL;
    char site[CLIENT_SITE];

    (void)state;
    assert_true(client_parse("windows=Luebeck", &client, site));
    assert_ptr_equal(client, clients_find("windows"));
    assert_string_equal(site, "Luebeck");
    assert_true(client_parse("mit", &client, site));
    assert_string_equal(site, "");
    assert_false(client_parse("window", &client, site));
    assert_false(client_parse("", &client, site));
}

/* The likeliest of those left is next, though it stands last, and there are as many as may be. */
static void a_full_priority_is_ranked_to_its_end(void **state)
{
    const struct client_place place = {"example.com.", NULL, NULL};
    struct text zone = {0};
    struct client_walk *walk;
    struct zone_world world;

    (void)state;
    for (unsigned i = 1; i <= CLIENT_ITEMS_MAX; i++)
        text_format(&zone, "_ldap._tcp SRV 0 %u 389 h%u\nh%u A 192.0.2.1\n", i, i, i);
    zone_world_init(&world, text_get(&zone));
    ZONE_WORLD_SETTLE(&world, walk,
                      client_walk(&client_openldap, &world.lookup, &place, NULL, world.arena));
    assert_int_equal(walk->count, CLIENT_ITEMS_MAX);
    for (size_t i = 0; i < walk->count; i++) {
        assert_int_equal(walk->targets[i].rank, i);
        assert_int_equal(walk->targets[i].weight, CLIENT_ITEMS_MAX - i);
    }
    zone_world_clear(&world);
    text_clear(&zone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_are_those_of_each_program),
        cmocka_unit_test(draws_agree_with_the_shares),
        cmocka_unit_test(hosts_inside_the_domain_come_first),
        cmocka_unit_test(the_most_that_there_can_be),
        cmocka_unit_test(clients_ask_their_owners_and_no_others),
        cmocka_unit_test(a_client_is_played_at_the_task_of_the_owner),
        cmocka_unit_test(a_client_is_named_with_its_site),
        cmocka_unit_test(a_full_priority_is_ranked_to_its_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
