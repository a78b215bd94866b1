/* Edits over the answers. */
#include "mail/simulation/whatif_change.h"
#include "survey/whatif.h"
#include "unit/check.h"
#include "unit/worlds/routing_world.h"

#include <stdlib.h>
#include <string.h>

#define TWO "@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n"

static void edit(struct routing *routing, struct whatif *whatif, const char *command)
{
    const char *why = "";

    if (whatif_edit(whatif, routing->world.answers, "example.com.", command, &why) != STATUS_OK)
        fail_msg("%s: %s", command, why);
}

static const char *hosts_with(struct routing *routing, struct whatif *whatif)
{
    do {
        routing->world.lookup.overlay = whatif_answers(whatif, routing->world.answers);
        routing->route = route_build(&routing->world.lookup, "example.com.", &routing->sender,
                                     routing->world.arena);
    } while (zone_world_answer(&routing->world));
    return routing_hosts(routing);
}

static void edits_change_the_route(void **state)
{
    struct routing routing;
    struct whatif *whatif = whatif_new();

    (void)state;
    routing_init(&routing, TWO "mx9 A 192.0.2.9\n", "rfc5321");
    routing_build(&routing);
    edit(&routing, whatif, "preference mx1 +20");
    assert_string_equal(hosts_with(&routing, whatif), "mx2 mx1");
    edit(&routing, whatif, "add mx 15 mx9.example.com.");
    assert_string_equal(hosts_with(&routing, whatif), "mx9 mx2 mx1");
    edit(&routing, whatif, "remove mx mx2");
    assert_string_equal(hosts_with(&routing, whatif), "mx9 mx1");
    assert_int_equal(whatif_count(whatif), 3);
    assert_true(whatif_undo(whatif));
    assert_string_equal(hosts_with(&routing, whatif), "mx9 mx2 mx1");
    whatif_reset(whatif);
    assert_string_equal(hosts_with(&routing, whatif), "mx1 mx2");
    assert_false(whatif_undo(whatif));
    whatif_free(whatif);
    routing_clear(&routing);
}

static void hosts_get_addresses(void **state)
{
    struct routing routing;
    struct whatif *whatif = whatif_new();

    (void)state;
    routing_init(&routing, TWO, "rfc5321");
    routing_build(&routing);
    edit(&routing, whatif, "add mx 5 new");
    assert_string_equal(hosts_with(&routing, whatif), "?new mx1 mx2");
    edit(&routing, whatif, "add a new 192.0.2.77");
    assert_string_equal(hosts_with(&routing, whatif), "new mx1 mx2");
    edit(&routing, whatif, "remove a mx1");
    assert_string_equal(hosts_with(&routing, whatif), "new ?mx1 mx2");
    edit(&routing, whatif, "remove a new 192.0.2.77");
    assert_string_equal(hosts_with(&routing, whatif), "?new ?mx1 mx2");
    whatif_free(whatif);
    routing_clear(&routing);
}

static void what_cannot_be_is_told(void **state)
{
    static const char form[] =
        "add mx N HOST, add a HOST ADDRESS, add srv OWNER N N PORT HOST, remove mx HOST, "
        "remove a HOST, remove srv OWNER HOST, preference HOST N, weight OWNER HOST N";
    static const char number[] = "a number from 0 to 65535 is wanted";
    static const char label[] = "a label is empty (two dots in a row, or a dot in front)";
    static const struct {
        const char *command;
        enum status status;
        const char *why;
    } cases[] = {
        {"remove mx nobody", STATUS_NOT_FOUND, "there is no such record"},
        {"add mx many mx1", STATUS_RANGE, number},
        {"add mx 65536 mx1", STATUS_RANGE, number},
        {"add mx -1 mx1", STATUS_RANGE, number},
        {"add mx 5x mx1", STATUS_RANGE, number},
        {"", STATUS_SYNTAX, form},
        {"add txt x", STATUS_SYNTAX, form},
        {"add a mx1", STATUS_SYNTAX, form},
        {"add a mx1 192.0.2.1 192.0.2.2", STATUS_SYNTAX, form},
        {"remove a", STATUS_SYNTAX, form},
        {"remove a mx1 192.0.2.1 more", STATUS_SYNTAX, form},
        {"add a mx1 nowhere", STATUS_SYNTAX, "an IPv4 address is wanted"},
        {"add a mx1 2001:db8::1", STATUS_SYNTAX, "an IPv4 address is wanted"},
        {"remove a mx1 2001:db8::1", STATUS_SYNTAX, "an IPv4 address is wanted"},
        {"add aaaa mx1 192.0.2.1", STATUS_SYNTAX, "an IPv6 address is wanted"},
        {"remove aaaa mx1 192.0.2.1", STATUS_SYNTAX, "an IPv6 address is wanted"},
        {"preference mx1", STATUS_SYNTAX, form},
        {"preference mx1 x", STATUS_RANGE, "a number from 0 to 65535 is wanted, or +N, -N"},
        {"explode", STATUS_SYNTAX, form},
        {"add mx 10 a..b", STATUS_SYNTAX, label},
        {"add a a..b 192.0.2.1", STATUS_SYNTAX, label}};
    struct routing routing;
    struct whatif *whatif = whatif_new();

    (void)state;
    routing_init(&routing, TWO, "rfc5321");
    routing_build(&routing);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *why = NULL;
        enum status status =
            whatif_edit(whatif, routing.world.answers, "example.com.", cases[i].command, &why);

        if (status != cases[i].status)
            fail_msg("%s: %d", cases[i].command, (int)status);
        assert_string_equal(why, cases[i].why);
    }
    assert_int_equal(whatif_count(whatif), 0);
    whatif_free(whatif);
    routing_clear(&routing);
}

/* What was edited, as it would be published. */
static void assert_published(const char *zone, const char *const *commands, size_t count,
                             const char *expected)
{
    struct routing routing;
    struct whatif *whatif = whatif_new();
    struct text text = {0};
    const char *why;

    routing_init(&routing, zone, "rfc5321");
    routing_build(&routing);
    lookup_find(&routing.world.lookup, "_x._tcp.example.com.", 33);
    zone_world_answer(&routing.world);
    for (size_t i = 0; i < count; i++)
        whatif_edit(whatif, routing.world.answers, "example.com.", commands[i], &why);
    whatif_print(whatif, routing.world.answers, &text);
    assert_string_equal(text_get(&text), expected);
    text_clear(&text);
    whatif_free(whatif);
    routing_clear(&routing);
}

static void a_record_that_is_there_is_not_added_again_rfc2181_5(void **state)
{
    static const char zone[] = TWO "mx1 AAAA 2001:db8::1\n_x._tcp SRV 0 6 389 mx1\n";
    static const char *const there[] = {"add a mx1 192.0.2.1", "add mx 10 mx1",
                                        "add aaaa mx1 2001:DB8:0::1",
                                        "add srv _x._tcp 0 6 389 MX1.example.com."};
    static const char *const twice[] = {"add mx 30 mx3", "add mx 30 mx3"};
    static const char *const met[] = {"add mx 20 mx1", "preference mx1 20"};
    static const char *const moved[] = {"add mx 5 mx1"};

    (void)state;
    assert_published(zone, there, 4, "");
    assert_published(zone, twice, 2,
                     "; example.com. MX\n"
                     "example.com. 3600 IN MX 10 mx1.example.com.\n"
                     "example.com. 3600 IN MX 20 mx2.example.com.\n"
                     "example.com. 3600 IN MX 30 mx3.example.com.\n");
    assert_published(zone, met, 2,
                     "; example.com. MX\n"
                     "; was: example.com. 3600 IN MX 10 mx1.example.com.\n"
                     "example.com. 3600 IN MX 20 mx1.example.com.\n"
                     "example.com. 3600 IN MX 20 mx2.example.com.\n");
    assert_published(zone, moved, 1,
                     "; example.com. MX\n"
                     "example.com. 3600 IN MX 10 mx1.example.com.\n"
                     "example.com. 3600 IN MX 20 mx2.example.com.\n"
                     "example.com. 3600 IN MX 5 mx1.example.com.\n");
}

static void saved_text_is_a_master_file(void **state)
{
    struct routing routing;
    struct whatif *whatif = whatif_new();
    struct text text = {0};
    struct faults faults = {0};
    struct zone *zone;

    (void)state;
    routing_init(&routing, TWO "_ldap._tcp SRV 0 6 389 a\n_ldap._tcp SRV 0 4 389 b\n", "rfc5321");
    routing_build(&routing);
    lookup_find(&routing.world.lookup, "_ldap._tcp.example.com.", 33);
    zone_world_answer(&routing.world);
    edit(&routing, whatif, "preference mx1 30");
    edit(&routing, whatif, "weight _ldap._tcp b +2");
    whatif_print(whatif, routing.world.answers, &text);
    assert_string_equal(text_get(&text),
                        "; example.com. MX\n"
                        "; was: example.com. 3600 IN MX 10 mx1.example.com.\n"
                        "example.com. 3600 IN MX 30 mx1.example.com.\n"
                        "example.com. 3600 IN MX 20 mx2.example.com.\n"
                        "; _ldap._tcp.example.com. SRV\n"
                        "; was: _ldap._tcp.example.com. 3600 IN SRV 0 4 389 b.example.com.\n"
                        "_ldap._tcp.example.com. 3600 IN SRV 0 6 389 a.example.com.\n"
                        "_ldap._tcp.example.com. 3600 IN SRV 0 6 389 b.example.com.\n");
    assert_int_equal(zone_read_text(text_get(&text), text.length, "whatif", NULL, &faults, &zone),
                     STATUS_OK);
    assert_int_equal(zone_record_count(zone), 4);
    zone_free(zone);
    faults_clear(&faults);
    text_clear(&text);
    whatif_free(whatif);
    routing_clear(&routing);
}

/* What is judged by them may be kept as long. */
static void changed_replies_stay_until_answers_or_edits_change(void **state)
{
    struct question mx = {.name = "example.com.", .type = 15}, other = {.name = "x.", .type = 15};
    struct routing routing;
    struct whatif *whatif = whatif_new();
    const struct answers *changed;
    const struct reply *reply;

    (void)state;
    routing_init(&routing, TWO, "rfc5321");
    routing_build(&routing);
    edit(&routing, whatif, "preference mx1 +20");
    changed = whatif_answers(whatif, routing.world.answers);
    reply = answers_find(changed, &mx);
    assert_int_equal(reply->record_count, 2);
    assert_ptr_equal(whatif_answers(whatif, routing.world.answers), changed);
    assert_ptr_equal(answers_find(changed, &mx), reply);
    answers_put(routing.world.answers, reply_new(&other));
    answers_forget(routing.world.answers, &mx);
    assert_null(answers_find(whatif_answers(whatif, routing.world.answers), &mx));
    whatif_free(whatif);
    routing_clear(&routing);
}

/* "mx1 1>2": the places before and after, 0 where it is not listed. */
static const char *rows_with(struct routing *routing, struct whatif *whatif)
{
    const struct whatif_change *change;
    struct text text = {0};
    const char *rows;

    do {
        struct lookup edited = routing->world.lookup;
        edited.overlay = whatif_answers(whatif, routing->world.answers);
        change = whatif_change_build(&routing->world.lookup, &edited, "example.com.",
                                     &routing->sender, routing->world.arena);
    } while (zone_world_answer(&routing->world));
    for (size_t i = 0; i < change->count; i++)
        text_format(&text, "%s%.*s %d>%d", i ? " " : "",
                    (int)strcspn(change->rows[i].exchange, "."), change->rows[i].exchange,
                    change->rows[i].before + 1, change->rows[i].after + 1);
    rows = arena_dup(routing->world.arena, text_get(&text));
    text_clear(&text);
    return rows;
}

static void rows_stand_before_and_after(void **state)
{
    static const struct {
        const char *commands[2], *rows;
    } cases[] = {
        {{NULL}, "mx1 1>1 mx2 2>2"},
        {{"remove mx mx1"}, "mx2 2>1 mx1 1>0"},
        {{"remove mx mx2"}, "mx1 1>1 mx2 2>0"},
        {{"remove mx mx1", "remove mx mx2"}, "example 0>1 mx1 1>0 mx2 2>0"},
        {{"preference mx1 +20"}, "mx2 2>1 mx1 1>2"},
        {{"add mx 15 new"}, "mx1 1>1 new 0>2 mx2 2>3"},
        {{"add mx 5 mx2"}, "mx2 0>1 mx1 1>2 mx2 2>3"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct routing routing;
        struct whatif *whatif = whatif_new();

        routing_init(&routing, TWO "@ A 192.0.2.9\n", "rfc5321");
        routing_build(&routing);
        for (size_t k = 0; k < 2 && cases[i].commands[k]; k++)
            edit(&routing, whatif, cases[i].commands[k]);
        assert_string_equal(rows_with(&routing, whatif), cases[i].rows);
        whatif_free(whatif);
        routing_clear(&routing);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edits_change_the_route),
        cmocka_unit_test(hosts_get_addresses),
        cmocka_unit_test(what_cannot_be_is_told),
        cmocka_unit_test(changed_replies_stay_until_answers_or_edits_change),
        cmocka_unit_test(a_record_that_is_there_is_not_added_again_rfc2181_5),
        cmocka_unit_test(saved_text_is_a_master_file),
        cmocka_unit_test(rows_stand_before_and_after),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
