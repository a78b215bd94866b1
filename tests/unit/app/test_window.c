/* The windows: simulation, secondary, clients' choice, lists, help. */
#include "dns/type.h"
#include "drive.h"
#include "unit/check.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void open_at(struct drive *drive, const char *name, const char *keys)
{
    drive_open(drive, 120, 46, NULL);
    drive_name(drive, name);
    drive_keys(drive, keys);
    drive_wait(drive, 1);
}

/* L3: mx1, then mx2 or mx3 at random, then mx.example.net. */
static void a_delivery_goes_step_by_step(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    open_at(&drive, "example.com", "Enter");
    drive_sees(&drive, "Delivery to example.com  RFC 5321  seed 42");
    drive_sees(&drive, "▸  1 MX lookup for example.com: 4 records");
    drive_keys(&drive, "Space");
    drive_sees(&drive, "▸  2 ");
    drive_keys(&drive, "Space Space");
    drive_sees(&drive, "▸  4 ");
    drive_keys(&drive, "b");
    drive_sees(&drive, "▸  3 ");
    drive_close(&drive);
}

/* Issue 2: bars with the exact expectation beside the drawn share. */
static void many_deliveries_are_shares(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    open_at(&drive, "many.example.com", "Enter");
    drive_sees(&drive, "10,000 deliveries");
    drive_sees(&drive, "(33.3)");
    drive_keys(&drive, "2");
    drive_sees(&drive, "100 deliveries");
    drive_wait(&drive, 1);
    drive_misses(&drive, "Esc stops");
    drive_keys(&drive, "4");
    assert_true(ui_busy(drive.ui));
    drive_sees(&drive, "of 1,000,000 drawn; Esc stops");
    drive_keys(&drive, "Esc");
    assert_false(ui_busy(drive.ui));
    drive_sees(&drive, "stopped");
    drive_close(&drive);
}

static void hosts_are_put_down_and_up(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    open_at(&drive, "example.com", "Enter Tab Down d");
    drive_wait(&drive, 1);
    drive_close(&drive);
    drive = (struct drive){.panes_only = true};
    open_at(&drive, "example.com", "d Enter");
    drive_sees(&drive, "mx1.example.com 192.0.2.1 refused the connection");
    drive_sees(&drive, "✗ down: refused");
    drive_sees(&drive, "Preference 20, when all before it failed");
    drive_command(&drive, "down mx2=timeout");
    drive_wait(&drive, 1);
    drive_sees(&drive, "✗ down: timeout");
    drive_command(&drive, "down mx1=up");
    drive_wait(&drive, 1);
    drive_misses(&drive, "✗ down: refused");
    drive_command(&drive, "down mx1=nonsense");
    drive_sees(&drive, "no such stage: nonsense");
    drive_close(&drive);
}

static void everybody_down_means_another_try_later(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    open_at(&drive, "many.example.com", "d Down d Down d Enter");
    drive_sees(&drive, "↻ deferred");
    drive_close(&drive);
}

static void a_re_roll_names_its_seed(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    open_at(&drive, "many.example.com", "Enter r");
    drive_sees(&drive, "drawn again with seed 43");
    drive_command(&drive, "roll 7");
    drive_sees(&drive, "seed 7 ");
    drive_command(&drive, "roll seven");
    drive_sees(&drive, "seven: must be a whole number");
    drive_close(&drive);
}

/* L8: a secondary drops itself, its equals and everything less preferred; L9: the primary. */
static void a_secondary_strikes_itself_out(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    open_at(&drive, "example.com", "Down Enter S");
    drive_sees(&drive, "Routing as mx2.example.com");
    drive_keys(&drive, "Esc Esc");
    drive_close(&drive);
    drive = (struct drive){.panes_only = true};
    open_at(&drive, "example.com", "Down S");
    drive_sees(&drive, "Routing as mx2.example.com");
    drive_sees(&drive, "10  ✓ mx1.example.com");
    drive_sees(&drive, "20  ✗ mx2.example.com  this host");
    drive_sees(&drive, "20  ✗ mx3.example.com");
    drive_sees(&drive, "30  ✗ mx.example.net");
    drive_sees(&drive, "Hosts left to try");
    drive_keys(&drive, "d"); /* the line of the window, not the row of the pane */
    drive_sees(&drive, "mx1.example.com: refused the connection");
    drive_sees(&drive, "10  ✓ mx1.example.com  down: refused");
    drive_keys(&drive, "d Esc");
    drive_command(&drive, "as mx1");
    drive_sees(&drive, "Routing as mx1.example.com");
    drive_sees(&drive, "No host left to try");
    drive_command(&drive, "as none");
    drive_sees(&drive, "an outside host again");
    drive_close(&drive);
}

/* L16: 6:4 reads 60 / 59.1 / drawn, and Exim's 0 and 100. */
static void clients_choose_by_weight(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    open_at(&drive, "example.com", "4 Enter");
    drive_sees(&drive, "A client's choice: _ldap._tcp.example.com");
    drive_sees(&drive, "10,000 choices");
    drive_keys(&drive, "2");
    drive_wait(&drive, 1);
    drive_sees(&drive, "100 choices");
    drive_sees(&drive, " 60.0%    59.1%");
    drive_sees(&drive, "ldap1, ldap2");
    drive_keys(&drive, "p");
    drive_wait(&drive, 1);
    drive_sees(&drive, "Client: windows");
    drive_command(&drive, "client openldap hamburg");
    drive_wait(&drive, 1);
    drive_sees(&drive, "Client: openldap");
    drive_keys(&drive, "d");
    drive_sees(&drive, "ldap1:389 down");
    drive_close(&drive);
}

static void records_without_preference_rotate(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    open_at(&drive, "example.com", "3 Enter");
    drive_sees(&drive, "First address by user  example.com NS");
    drive_sees(&drive, "A resolver that keeps to the fastest");
    drive_sees(&drive, "  92.9%");
    drive_keys(&drive, "d");
    drive_sees(&drive, "✗ down");
    drive_close(&drive);
}

static void senders_are_compared(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    open_at(&drive, "example.com", "M");
    drive_sees(&drive, "All senders compared");
    drive_sees(&drive, "postfix");
    drive_keys(&drive, "Esc");
    drive_command(&drive, "compare postfix exim");
    drive_sees(&drive, "Postfix and Exim compared");
    drive_command(&drive, "compare postfix nobody");
    drive_sees(&drive, "no such sender: nobody");
    drive_command(&drive, "profile exim");
    drive_sees(&drive, "Exim");
    drive_close(&drive);
}

static void settings_of_the_sender_are_changed(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    open_at(&drive, "example.com", "Enter");
    drive_command(&drive, "profile postfix");
    drive_command(&drive, "settings");
    drive_sees(&drive, "smtp_mx_address_limit");
    drive_keys(&drive, "Esc");
    drive_command(&drive, "set smtp_mx_address_limit=2");
    drive_command(&drive, "settings");
    drive_sees(&drive, "2  (initially 5)");
    drive_keys(&drive, "Esc");
    drive_command(&drive, "set no_such_thing=1");
    drive_misses(&drive, "no_such_thing=1");
    drive_close(&drive);
}

/* The window too many closes all others, also the one whose line opens it. */
static void a_window_too_many_closes_those_before(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    open_at(&drive, "example.com", "");
    for (int i = 0; i < 8; i++)
        drive_command(&drive, "settings");
    drive_keys(&drive, "G Up Up Enter");
    drive_sees(&drive, "─ Themes ─");
    drive_keys(&drive, "Esc");
    drive_sees(&drive, "─ 1 MX ─");
    drive_close(&drive);
}

/* Issue 3: edits tried on the open simulation, never asked of the DNS, and saved to publish. */
static void what_if_changes_what_is_simulated(void **state)
{
    struct drive drive = {.panes_only = true};
    size_t asked;

    (void)state;
    open_at(&drive, "example.com", "Enter");
    asked = drive.total;
    drive_command(&drive, "remove mx1");
    drive_wait(&drive, 1);
    drive_sees(&drive, "what if");
    drive_sees(&drive, "MX lookup for example.com: 3 records");
    drive_command(&drive, "whatif save new.zone");
    assert_non_null(strstr(drive_effect(&drive, EFFECT_EXPORT), "mx2.example.com."));
    assert_null(strstr(drive_effect(&drive, EFFECT_EXPORT), "\nexample.com. 3600 IN MX 10 mx1"));
    drive_command(&drive, "whatif clear");
    drive_wait(&drive, 1);
    drive_sees(&drive, "MX lookup for example.com: 4 records");
    assert_int_equal(drive.total, asked);
    drive_close(&drive);
}

static void what_if_holds_for_outages_and_loops(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    open_at(&drive, "example.com", "Enter");
    drive_command(&drive, "remove mx1");
    drive_keys(&drive, "Esc O");
    drive_sees(&drive, "Outage timeline");
    drive_misses(&drive, "mx1");
    drive_keys(&drive, "Esc S");
    drive_sees(&drive, "mx2.example.com");
    drive_close(&drive);
}

static void before_and_after_stand_side_by_side(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    open_at(&drive, "many.example.com", "1");
    drive_command(&drive, "whatif");
    drive_sees(&drive, "= mx1.example.com");
    drive_sees(&drive, "None yet");
    drive_keys(&drive, "Esc");
    drive_command(&drive, "remove mx3");
    drive_command(&drive, "whatif");
    drive_sees(&drive, "10     33.3%      10     50.0%");
    drive_sees(&drive, "10     33.3%       -         -");
    drive_close(&drive);
}

static void the_sender_may_have_one_family_only(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    open_at(&drive, "example.com", "1");
    drive_command(&drive, "family 6");
    drive_keys(&drive, "Enter");
    drive_wait(&drive, 1);
    drive_misses(&drive, "mx1.example.com 192.0.2.1 accepted");
    drive_sees(&drive, "mx3.example.com 2001:db8::3 accepted");
    drive_command(&drive, "family 5");
    drive_sees(&drive, "4, 6 or any");
    drive_close(&drive);
}

/* L17 */
static void delivery_by_srv_stands_beside_delivery_by_mx(void **state)
{
    static const char zone[] =
        "$ORIGIN example.com.\n$TTL 60\n@ IN SOA ns1 h 1 1 1 1 1\n@ IN NS ns1\n"
        "ns1 IN A 192.0.2.53\n@ IN MX 10 mx1\nmx1 IN A 192.0.2.1\nmx2 IN A 192.0.2.2\n"
        "_smtp._tcp IN SRV 10 0 25 mx2\n";
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 120, 46, zone);
    drive_name(&drive, "example.com");
    drive_command(&drive, "compare srv");
    drive_sees(&drive, "by _smtp._tcp SRV");
    drive_sees(&drive, "mx1.example.com 192.0.2.1 accepted");
    drive_sees(&drive, "mx2.example.com 192.0.2.2 accepted");
    drive_command(&drive, "profile sendmail");
    drive_command(&drive, "compare srv");
    drive_sees(&drive, "never looks up SRV");
    drive_close(&drive);
}

/* L21: queued at the secondary until the primary is back. */
static void an_outage_is_drawn_hour_by_hour(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    open_at(&drive, "example.com", "O");
    drive_sees(&drive, "Outage timeline");
    drive_sees(&drive, "░");
    drive_sees(&drive, "mx1.example.com");
    drive_close(&drive);
}

/* L18 */
static void a_message_s_way_has_this_domain_s_records(void **state)
{
    struct drive drive = {0};

    (void)state;
    open_at(&drive, "example.com", "J");
    drive_sees(&drive, "Submitted");
    drive_sees(&drive, "10 mx1.example.com");
    drive_sees(&drive, "imap.example.com port 993");
    drive_sees(&drive, "v=spf1 mx include");
    drive_keys(&drive, "Esc L");
    drive_sees(&drive, "address of mx1.example.com");
    drive_sees(&drive, "1 hour");
    drive_close(&drive);
}

static void spf_judges_a_sender(void **state)
{
    struct drive drive = {0};

    (void)state;
    open_at(&drive, "example.com", "5");
    drive_command(&drive, "spf 203.0.113.7");
    drive_sees(&drive, "pass");
    drive_sees(&drive, "ip4:203.0.113.0/24");
    drive_keys(&drive, "Esc");
    drive_command(&drive, "spf 198.51.100.200");
    drive_sees(&drive, "fail");
    drive_command(&drive, "spf nobody");
    drive_sees(&drive, "an address is missing");
    drive_close(&drive);
}

/* L12 */
static void names_of_a_domain_stand_side_by_side(void **state)
{
    struct drive drive = {0};

    (void)state;
    open_at(&drive, "example.com", "1");
    drive_command(&drive, "names many,null,nothing");
    drive_sees(&drive, "! many.example.com"); /* without the secondaries of example.com */
    drive_sees(&drive, "null MX: accepts no mail");
    drive_sees(&drive, "✗ nothing.example.com");
    drive_close(&drive);
}

/* A lookup that failed says nothing about a name. */
static void a_name_that_was_not_found_out_is_not_said_to_be_well(void **state)
{
    struct drive drive = {0};

    (void)state;
    open_at(&drive, "example.com", "1");
    drive.silent = true;
    drive_command(&drive, "names many");
    assert_true(drive_fail_type(&drive, TYPE_MX, OUTCOME_REFUSED));
    drive_answer(&drive);
    drive_sees(&drive, "! many.example.com");
    drive_misses(&drive, "✓ many.example.com");
    drive_close(&drive);
}

static void the_reply_behind_a_row_is_shown_whole(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    open_at(&drive, "example.com", "v");
    drive_sees(&drive, "─ example.com MX ─");
    drive_sees(&drive, "Answer");
    drive_sees(&drive, "Additional");
    drive_keys(&drive, "Esc V");
    drive_sees(&drive, "Queries");
    drive_sees(&drive, "✓ MX     example.com");
    drive_keys(&drive, "Enter");
    drive_sees(&drive, "Answer");
    drive_close(&drive);
}

static void help_is_for_where_one_is(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 100, 120, NULL);
    drive_keys(&drive, "F1");
    drive_sees(&drive, "Getting started");
    drive_keys(&drive, "Esc");
    drive_name(&drive, "example.com");
    drive_keys(&drive, "?");
    drive_sees(&drive, "The MX pane");
    drive_sees(&drive, "MX: hosts that accept mail");
    drive_keys(&drive, "q");
    drive_keys(&drive, "4 ?");
    drive_sees(&drive, "panes/srv.txt");
    drive_keys(&drive, "q 1 Enter ?");
    drive_sees(&drive, "simulation.txt");
    drive_keys(&drive, "Esc");
    drive_sees(&drive, "Delivery to example.com");
    drive_command(&drive, "help mx-cname");
    drive_sees(&drive, "mx-cname");
    drive_command(&drive, "help nonsense");
    drive_sees(&drive, "there is no page about nonsense");
    drive_close(&drive);
}

static void help_has_every_key_of_the_place(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 100, 50, NULL);
    drive_name(&drive, "example.com");
    drive_keys(&drive, "?");
    drive_command(&drive, "search Keys that work where you were");
    drive_sees(&drive, "Keys that work where you were");
    drive_command(&drive, "search Deliver a message");
    drive_sees(&drive, "Deliver a message");
    drive_close(&drive);
}

/* The other side begins with its heading, however much stands above its first line to stand on. */
static void both_sides_begin_at_their_beginning(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 80, 24, NULL);
    drive_name(&drive, "example.com");
    drive_keys(&drive, "4 Enter");
    drive_wait(&drive, 1);
    drive_sees(&drive, "Orders drawn");
    drive_close(&drive);
}

/* Where a window tells who answered, it says no more than that it is the resolver. */
static void before_others_no_window_names_the_resolver(void **state)
{
    static const char *const commands[] = {"message", "queries", "nslookup", "confirm",
                                           "servers", "ttl",     "journey",  "diagram"};

    (void)state;
    for (int privacy = 0; privacy < 2; privacy++) {
        bool named = false;
        for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
            struct drive drive = {.panes_only = true, .silent = true, .privacy = privacy};
            drive_open(&drive, 120, 46, NULL);
            drive_name(&drive, "example.com");
            assert_true(drive_fail_type(&drive, TYPE_MX, OUTCOME_SERVFAIL));
            drive_answer(&drive);
            drive_command(&drive, commands[i]);
            named = named || strstr(drive_screen(&drive), "192.0.2.53#53");
            if (privacy)
                drive_misses(&drive, "192.0.2.53#53");
            if (strcmp(commands[i], "queries") == 0)
                drive_sees(&drive, privacy ? "resolver" : "192.0.2.53#53");
            drive_close(&drive);
        }
        assert_int_equal(named, !privacy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_delivery_goes_step_by_step),
        cmocka_unit_test(many_deliveries_are_shares),
        cmocka_unit_test(hosts_are_put_down_and_up),
        cmocka_unit_test(everybody_down_means_another_try_later),
        cmocka_unit_test(a_re_roll_names_its_seed),
        cmocka_unit_test(a_secondary_strikes_itself_out),
        cmocka_unit_test(clients_choose_by_weight),
        cmocka_unit_test(records_without_preference_rotate),
        cmocka_unit_test(senders_are_compared),
        cmocka_unit_test(settings_of_the_sender_are_changed),
        cmocka_unit_test(a_window_too_many_closes_those_before),
        cmocka_unit_test(what_if_changes_what_is_simulated),
        cmocka_unit_test(what_if_holds_for_outages_and_loops),
        cmocka_unit_test(before_and_after_stand_side_by_side),
        cmocka_unit_test(the_sender_may_have_one_family_only),
        cmocka_unit_test(delivery_by_srv_stands_beside_delivery_by_mx),
        cmocka_unit_test(an_outage_is_drawn_hour_by_hour),
        cmocka_unit_test(a_message_s_way_has_this_domain_s_records),
        cmocka_unit_test(spf_judges_a_sender),
        cmocka_unit_test(names_of_a_domain_stand_side_by_side),
        cmocka_unit_test(a_name_that_was_not_found_out_is_not_said_to_be_well),
        cmocka_unit_test(the_reply_behind_a_row_is_shown_whole),
        cmocka_unit_test(help_is_for_where_one_is),
        cmocka_unit_test(help_has_every_key_of_the_place),
        cmocka_unit_test(both_sides_begin_at_their_beginning),
        cmocka_unit_test(before_others_no_window_names_the_resolver),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
