/* The strips around the panes: title bar, tabs, key bar. */
#include "drive.h"
#include "unit/check.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void a_long_message_is_shown_whole(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 60, 20, NULL);
    drive_name(&drive, "example..com");
    drive_sees(&drive, "is an invalid name: a label is empty");
    drive_sees(&drive, "or a dot in front)");
    drive_close(&drive);
}

static void click(struct drive *drive, const char *text)
{
    const char *screen = drive_screen(drive), *found = strstr(screen, text);
    struct event event = {.kind = EVENT_MOUSE, .mouse = MOUSE_PRESS};

    if (!found)
        fail_msg("\"%s\" is not on the screen", text);
    for (; screen < found; screen++) {
        if (*screen == '\n') {
            event.y++;
            event.x = 0;
        } else if (((unsigned char)*screen & 0xc0) != 0x80) {
            event.x++;
        }
    }
    drive_event(drive, event);
}

static void silence(struct drive *drive, int try)
{
    struct event event = {
        .kind = EVENT_SILENT, .text = "192.0.2.53#53", .x = 1000, .y = try, .most = 3};

    drive_event(drive, event);
}

/* From the second second on the bar tells which server is waited for, and how long already. */
static void a_silent_server_is_named(void **state)
{
    struct drive drive = {.panes_only = true, .silent = true};

    (void)state;
    drive_open(&drive, 120, 36, NULL);
    drive_name(&drive, "example.com");
    silence(&drive, 1);
    drive_sees(&drive,
               " no response from 192.0.2.53#53 for 1 s, try 1 of 3; further queries wait  Enter");
    drive_wait(&drive, 2000);
    drive_sees(&drive, "for 3 s, try 1 of 3");
    drive_resize(&drive, 80, 24);
    drive_sees(&drive, " no response for 3 s, try 1 of 3  Enter simulate");
    drive_resize(&drive, 40, 10);
    drive_sees(&drive, " try 1 of 3, 3 s  ? help  q quit");
    silence(&drive, 0);
    drive_misses(&drive, "try 1");
    silence(&drive, 2);
    drive_sees(&drive, " try 2 of 3, 1 s  ? help  q quit");
    drive_answer(&drive);
    drive_misses(&drive, "try 2");
    drive_close(&drive);
}

/* A mouse press on the key bar is the key; on a tab it shows the pane. */
static void strips_can_be_clicked(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 80, 24, NULL);
    drive_name(&drive, "example.com");
    click(&drive, "Enter simulate");
    drive_wait(&drive, 1);
    drive_sees(&drive, "Delivery to example.com");
    click(&drive, "q back");
    drive_misses(&drive, "Delivery to example.com");
    click(&drive, "name ");
    assert_int_equal(ui_editor(drive.ui), EDITOR_NAME);
    drive_keys(&drive, "Esc");
    drive_resize(&drive, 50, 20);
    click(&drive, "4 SRV");
    drive_sees(&drive, "▸4 SRV");
    drive_close(&drive);
}

/* What another view asks later does not count the time in between as waited for. */
static void idle_time_is_not_waited_for(void **state)
{
    struct drive drive = {.silent = true};

    (void)state;
    drive_open(&drive, 100, 30, NULL);
    drive_name(&drive, "many.example.com");
    drive.now_ms += 40;
    drive_answer(&drive);
    drive_sees(&drive, "   40 ms");
    drive_wait(&drive, 60000);
    drive_command(&drive, "names sub.example.com");
    assert_true(drive.asked_count > 0);
    drive.now_ms += 20;
    drive_answer(&drive);
    drive_keys(&drive, "Esc");
    drive_sees(&drive, "   60 ms");
    drive_close(&drive);
}

/* L1, L7: how an address came; and a reverse lookup that failed is no judgement. */
static void the_strip_tells_how_an_address_came(void **state)
{
    struct drive drive = {0};

    (void)state;
    drive_open(&drive, 160, 40,
               "$ORIGIN example.com.\n$TTL 3600\n@ SOA ns1 h 1 7200 900 1209600 300\n"
               "@ NS ns1\nns1 A 192.0.2.53\n@ A 192.0.2.80\n@ MX 10 mx1\nmx1 A 192.0.2.1\n");
    drive_name(&drive, "example.com");
    drive_keys(&drive, "2 Home");
    drive_sees(&drive, "example.com. 3600 IN A 192.0.2.80");
    drive_misses(&drive, "Came along");
    drive_keys(&drive, "Down");
    drive_sees(&drive, "From the additional section");
    drive_sees(&drive, "Its PTR name: not in the file.");
    drive_misses(&drive, "many receivers refuse");
    drive_close(&drive);
}

static void what_if_edits_are_told_beside_the_prompt(void **state)
{
    static const int widths[] = {40, 60, 80, 120};

    (void)state;
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        struct drive drive = {.panes_only = true};
        drive_open(&drive, widths[i], 24, NULL);
        drive_name(&drive, "example.com");
        drive_misses(&drive, "what if:");
        drive_command(&drive, "add mx 5 mx9");
        drive_sees(&drive, "what if: 1 edit");
        drive_command(&drive, "remove mx2");
        drive_sees(&drive, "what if: 2 edits");
        drive_command(&drive, "whatif clear");
        drive_misses(&drive, "what if:");
        drive_close(&drive);
    }
}

static void a_command_without_argument_refuses_one(void **state)
{
    static const char *const commands[] = {"server 11.0.1.53", "matrix x", "ttl 5", "journey now",
                                           "back 2"};
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 100, 24, NULL);
    drive_name(&drive, "example.com");
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        drive_command(&drive, commands[i]);
        drive_sees(&drive, " takes no argument: ");
        drive_sees(&drive, "1 MX");
    }
    drive_command(&drive, "mouse perhaps");
    drive_sees(&drive, "the mouse can be on or off, not perhaps");
    drive_command(&drive, "pane 7");
    drive_sees(&drive, "7: must be a whole number from 1 to 6");
    drive_command(&drive, "exchange -1");
    drive_sees(&drive, "-1: must be a whole number from 1 to 6");
    drive_command(&drive, "q");
    assert_non_null(drive_effect(&drive, EFFECT_QUIT));
    drive_close(&drive);
}

/* The last line, whole: what matters most stays longest. */
static void the_bar_of_the_simulation_has_what_matters(void **state)
{
    static const struct {
        int columns;
        const char *bar;
    } cases[] = {
        {80, " Space next step  d mark down  p sender  1-4 run  Tab side  ? help  q back"},
        {120, " Space next step  d mark down  p sender  1-4 run  Tab side  S secondary  a auto  "
              "P compare  M matrix  ? help  q back"},
        {160, " Space next step  d mark down  p sender  1-4 run  Tab side  S secondary  a auto  "
              "P compare  M matrix  b step back  r draw again  z zoom  ? help  q back"},
    };
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 80, 24, NULL);
    drive_name(&drive, "example.com");
    drive_keys(&drive, "Enter");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        drive_resize(&drive, cases[i].columns, 36);
        drive_sees(&drive, cases[i].bar);
    }
    drive_close(&drive);
}

/* Who cannot be tried shares nothing, and nobody shares with it. */
static void an_exchange_that_cannot_be_tried_shares_no_load(void **state)
{
    static const char head[] = "$ORIGIN example.org.\n@ 60 SOA ns1 h 1 1 1 1 1\n@ 60 MX 10 a\n"
                               "@ 60 MX 10 b\n@ 60 MX 10 c\n@ 60 MX 20 d\na 60 A 192.0.2.1\n";
    static const struct {
        const char *more, *told[4];
    } cases[] = {
        {"b 60 TXT x\n",
         {"Tried first: no MX host", "No address: ", "No address: ", "No address: "}},
        {"b 60 A 192.0.2.2\nd 60 A 192.0.2.4\n",
         {"One of 2 hosts with preference 10 that can be tried.",
          "One of 2 hosts with preference 10 that can be tried.",
          "No address: ", "Tried last (2nd)"}},
        {"b 60 A 192.0.2.2\nc 60 A 192.0.2.3\n",
         {"One of 3 hosts with preference 10. ", "One of 3 hosts with preference 10. ",
          "One of 3 hosts with preference 10. ", "No address: "}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct drive drive = {.panes_only = true};
        char zone[400];

        snprintf(zone, sizeof zone, "%s%s", head, cases[i].more);
        drive_open(&drive, 100, 30, zone);
        drive_name(&drive, "example.org");
        for (size_t k = 0; k < sizeof cases[i].told / sizeof *cases[i].told; k++) {
            drive_sees(&drive, cases[i].told[k]);
            if (!strstr(cases[i].told[k], "One of "))
                drive_misses(&drive, "they share the load");
            drive_keys(&drive, "Down");
        }
        drive_close(&drive);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_bar_of_the_simulation_has_what_matters),
        cmocka_unit_test(an_exchange_that_cannot_be_tried_shares_no_load),
        cmocka_unit_test(what_if_edits_are_told_beside_the_prompt),
        cmocka_unit_test(a_command_without_argument_refuses_one),
        cmocka_unit_test(a_long_message_is_shown_whole),
        cmocka_unit_test(a_silent_server_is_named),
        cmocka_unit_test(strips_can_be_clicked),
        cmocka_unit_test(idle_time_is_not_waited_for),
        cmocka_unit_test(the_strip_tells_how_an_address_came),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
