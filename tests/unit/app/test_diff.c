/* What is laid beside a page: another name, another server, a changed zone file. */
#include "dns/type.h"
#include "drive.h"
#include "survey/asking/vantage.h"
#include "unit/check.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void names_servers_and_files_are_told_apart(void **state)
{
    static const struct {
        const char *typed;
        enum vantage_kind kind;
        const char *text, *address;
        unsigned port;
    } cases[] = {
        {"other.example", VANTAGE_NAME, "other.example", NULL, 0},
        {"new.zone.", VANTAGE_NAME, "new.zone.", NULL, 0},
        {"new.zone", VANTAGE_FILE, "new.zone", NULL, 0},
        {"./example.com", VANTAGE_FILE, "./example.com", NULL, 0},
        {"example.db", VANTAGE_FILE, "example.db", NULL, 0},
        {"@192.0.2.53", VANTAGE_SERVER, NULL, "192.0.2.53", 0},
        {"@192.0.2.53#5353", VANTAGE_SERVER, NULL, "192.0.2.53", 5353},
        {"@192.0.2.53 -p 5353", VANTAGE_SERVER, NULL, "192.0.2.53", 5353},
        {"@2001:db8::53", VANTAGE_SERVER, NULL, "2001:db8::53", 0},
        {"@[2001:db8::53]#54", VANTAGE_SERVER, NULL, "2001:db8::53", 54},
        {"@NS1.example -p5353", VANTAGE_SERVER, "ns1.example.", NULL, 5353},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct vantage_spec spec;
        const char *why = NULL;
        char literal[ADDRESS_TEXT] = "";
        if (vantage_spec_parse(cases[i].typed, &spec, &why))
            fail_msg("%s: %s", cases[i].typed, why);
        if (spec.server.family)
            address_text(&spec.server, literal);
        if (spec.kind != cases[i].kind || spec.port != cases[i].port ||
            (cases[i].text && strcmp(spec.text, cases[i].text) != 0) ||
            strcmp(literal, cases[i].address ? cases[i].address : "") != 0)
            fail_msg("%s is read as %d %s %s#%u", cases[i].typed, (int)spec.kind, spec.text,
                     literal, spec.port);
    }
}

static void what_is_no_server_is_refused(void **state)
{
    static const char *const cases[] = {"@",        "@192.0.2.53#",      "@192.0.2.53#0",
                                        "@[::1",    "@192.0.2.53#65536", "@192.0.2.53 -p x",
                                        "@a..b",    "@192.0.2.53 x",     "@[]#53",
                                        "@host#-1", "@host -p"};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct vantage_spec spec;
        const char *why = NULL;
        if (!vantage_spec_parse(cases[i], &spec, &why))
            fail_msg("%s is taken", cases[i]);
        assert_non_null(why);
    }
}

static void open_many(struct drive *drive)
{
    drive_open(drive, 120, 40, NULL);
    drive_name(drive, "many.example.com");
    drive_answer(drive);
}

static void the_port_named_is_the_one_asked(void **state)
{
    struct drive drive = {.silent = true, .panes_only = true};

    (void)state;
    open_many(&drive);
    drive_command(&drive, "diff @192.0.2.53#5353");
    assert_true(drive.asked_count > 0);
    for (size_t i = 0; i < drive.asked_count; i++) {
        assert_int_equal(drive.asked[i].server.family, 4);
        assert_int_equal(drive.asked[i].port, 5353);
    }
    drive_answer(&drive);
    drive_sees(&drive, " 0 lines differ");
    drive_close(&drive);
}

static void a_server_s_name_is_looked_up_first(void **state)
{
    struct drive drive = {.silent = true, .panes_only = true};

    (void)state;
    open_many(&drive);
    drive_command(&drive, "diff @ns2.example.com");
    assert_int_equal(drive.asked_count, 1);
    assert_string_equal(drive.asked[0].name, "ns2.example.com.");
    assert_true(drive_answer_type(&drive, TYPE_A));
    assert_true(drive.asked_count > 1);
    assert_int_equal(drive.asked[0].server.bytes[0], 198);
    drive_answer(&drive);
    drive_sees(&drive, " 0 lines differ");
    drive_keys(&drive, "Esc");
    drive_command(&drive, "diff @nobody.example.com");
    assert_true(drive_answer_type(&drive, TYPE_A));
    assert_true(drive_answer_type(&drive, TYPE_AAAA));
    assert_int_equal(drive.asked_count, 0);
    drive_sees(&drive, "that server has no address");
    drive_close(&drive);
}

static void send_zone(struct drive *drive, const char *text)
{
    struct event event = {.kind = EVENT_ZONE, .text = "./new.zone"};

    event.bytes = (struct octets){(const uint8_t *)text, strlen(text)};
    drive_event(drive, event);
}

/* What the file has comes from it, all else from where it came before. */
static void a_zone_file_lies_over_what_there_is(void **state)
{
    static const char after[] = "$ORIGIN many.example.com.\n$TTL 60\n@ SOA ns h 2 1 1 1 1\n"
                                "@ NS ns1.example.com.\n@ MX 10 mx1.example.com.\n"
                                "@ MX 70 mx9\nmx9 A 192.0.2.99\n";
    struct drive drive = {.panes_only = true};

    (void)state;
    open_many(&drive);
    drive_command(&drive, "diff ./new.zone");
    assert_string_equal(drive_effect(&drive, EFFECT_ZONE), "./new.zone");
    send_zone(&drive, after);
    drive_sees(&drive, "many.example.com  ./new.zone");
    drive_sees(&drive, "|  70 mx9");
    drive_keys(&drive, "=");
    drive_sees(&drive, "=  10 mx1.example.com.");
    drive_close(&drive);
}

static void faults_of_the_file_are_listed_with_their_lines(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    open_many(&drive);
    send_zone(&drive,
              "$ORIGIN example.com.\n$TTL 60\n@ SOA ns h 2 1 1 1 1\n@ MX ten mx\n@ A 1.2.3\n");
    drive_sees(&drive, "./new.zone:4: ");
    drive_sees(&drive, "./new.zone:5: ");
    drive_keys(&drive, "Esc");
    drive_sees(&drive, "1 MX");
    drive_close(&drive);
}

/* What changed stands opposite each other, records about the same host first; what did not change
 * is shown when that is wanted. */
static void only_differences_are_shown_at_first(void **state)
{
    static const char before[] = "$ORIGIN example.com.\n$TTL 60\n@ SOA ns h 1 1 1 1 1\n"
                                 "@ NS ns\nns A 192.0.2.53\n@ MX 10 a\n@ MX 20 b\n@ MX 30 c\n"
                                 "@ MX 40 d\n";
    static const char after[] = "$ORIGIN example.com.\n$TTL 60\n@ SOA ns h 1 1 1 1 1\n"
                                "@ NS ns\nns A 192.0.2.54\n@ MX 10 b\n@ MX 20 e\n@ MX 30 c\n";
    static const char changed[] = "▸   MX     10 a                                               "
                                  "|  20 e ";
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 120, 40, before);
    drive_name(&drive, "example.com");
    drive_command(&drive, "diff ./new.zone");
    send_zone(&drive, after);
    drive_sees(&drive, changed);
    drive_sees(&drive, "           20 b                                               |  10 b ");
    drive_sees(&drive, "           40 d                                               < ");
    drive_sees(&drive,
               "    A      192.0.2.53                                         |  192.0.2.54 ");
    drive_misses(&drive, "30 c");
    drive_sees(&drive, "= all/changed");
    drive_keys(&drive, "=");
    drive_sees(&drive, "           30 c                                               =  30 c ");
    drive_sees(&drive, changed);
    drive_keys(&drive, "=");
    drive_misses(&drive, "30 c");
    drive_close(&drive);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_differences_are_shown_at_first),
        cmocka_unit_test(names_servers_and_files_are_told_apart),
        cmocka_unit_test(what_is_no_server_is_refused),
        cmocka_unit_test(the_port_named_is_the_one_asked),
        cmocka_unit_test(a_server_s_name_is_looked_up_first),
        cmocka_unit_test(a_zone_file_lies_over_what_there_is),
        cmocka_unit_test(faults_of_the_file_are_listed_with_their_lines),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
