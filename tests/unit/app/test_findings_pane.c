/* The findings pane with more of a kind than anybody wants to read. */
#include "drive.h"
#include "policy/findings/findings.h"
#include "unit/check.h"

#include <locale.h>
#include <string.h>

enum { GONE = 30 };

static void open_with_dangling_exchanges(struct drive *drive, size_t count)
{
    struct text zone = {0};

    text_add(&zone, "$ORIGIN example.com.\n$TTL 3600\n@ SOA ns1 h 1 7200 900 1209600 300\n"
                    "@ NS ns1\nns1 A 192.0.2.53\n");
    for (size_t i = 0; i < count; i++)
        text_format(&zone, "@ MX %zu gone%zu\n", i, i);
    drive_open(drive, 120, 46, text_get(&zone));
    drive_name(drive, "example.com");
    drive_keys(drive, "6 z Home");
    text_clear(&zone);
}

static size_t count_lines(struct drive *drive, const char *text)
{
    size_t count = 0;

    for (const char *at = drive_screen(drive); (at = strstr(at, text)); at++)
        count++;
    return count;
}

/* Eight are listed, the ninth line says how many more there are; the title counts them all. */
static void many_alike_have_a_line_that_counts_them(void **state)
{
    struct drive drive = {0};

    (void)state;
    open_with_dangling_exchanges(&drive, GONE);
    assert_int_equal(count_lines(&drive, "✗ mx-dangling"), 9);
    assert_int_equal(count_lines(&drive, "and 22 more"), 1);
    assert_non_null(strstr(drive_screen(&drive), "30 errors"));
    drive_keys(&drive, "Down Down Down Down Down Down Down Down ?");
    assert_non_null(strstr(drive_screen(&drive), "mx-dangling: "));
    drive_close(&drive);
}

static void a_few_are_all_listed(void **state)
{
    struct drive drive = {0};

    (void)state;
    open_with_dangling_exchanges(&drive, 9);
    assert_int_equal(count_lines(&drive, "✗ mx-dangling"), 9);
    assert_int_equal(count_lines(&drive, " more"), 0);
    drive_close(&drive);
}

/* A pane, or a line of the mail policy with a page of its own (test_help has those). */
static void every_finding_points_to_where_its_cause_is_seen(void **state)
{
    static const char *const places[] = {"mx",   "address",  "ns",      "srv",  "SPF",  "DMARC",
                                         "DKIM", "MTA-STS",  "TLS-RPT", "BIMI", "DANE", "DNSSEC",
                                         "PTR",  "Wildcard", "Also",    "SOA"};
    bool used[sizeof places / sizeof *places] = {false};

    (void)state;
    for (size_t i = 0; i < finding_kinds_count(); i++) {
        const struct finding_kind *kind = finding_kinds_at(i);
        size_t place = 0;
        while (place < sizeof places / sizeof *places && strcmp(places[place], kind->place) != 0)
            place++;
        if (place == sizeof places / sizeof *places)
            fail_msg("%s points to %s", kind->id, kind->place);
        used[place] = true;
    }
    for (size_t place = 0; place < sizeof places / sizeof *places; place++)
        assert_true(used[place]);
}

/* Where the sentence is not shown whole, the id has a quarter of the line. */
static void the_sentence_gets_the_room(void **state)
{
    struct drive drive = {0};

    (void)state;
    open_with_dangling_exchanges(&drive, 1);
    drive_sees(&drive, "✗ mx-dangling ");
    drive_resize(&drive, 40, 12);
    drive_sees(&drive, "▸ ✗ mx-dang…  The MX host ");
    drive_sees(&drive, "✗ error mx-d"); /* in the strip */
    drive_close(&drive);
}

static size_t rows_beside(struct drive *drive, const char *title)
{
    const char *at = strstr(drive_screen(drive), title);
    size_t rows = 0;

    assert_non_null(at);
    for (at = strchr(at, '\n'); at && strncmp(at + 1, "│", 3) == 0; at = strchr(at + 1, '\n'))
        rows++;
    return rows;
}

/* A pane beside that of the focus takes no lines from those that have use for them. */
static void many_addresses_leave_room_for_findings(void **state)
{
    struct drive drive = {0};
    struct text zone = {0};

    (void)state;
    text_add(&zone, "$ORIGIN example.com.\n$TTL 3600\n@ SOA ns1 h 1 7200 900 1209600 300\n"
                    "@ NS ns1\n@ MX 10 mx\nns1 A 192.0.2.53\n");
    for (int i = 1; i < 40; i++)
        text_format(&zone, "mx A 192.0.2.%d\n", i);
    drive_open(&drive, 120, 36, text_get(&zone));
    drive_name(&drive, "example.com");
    assert_in_range(rows_beside(&drive, "6 Findings"), 10, 14);
    text_clear(&zone);
    drive_close(&drive);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_alike_have_a_line_that_counts_them),
        cmocka_unit_test(a_few_are_all_listed),
        cmocka_unit_test(every_finding_points_to_where_its_cause_is_seen),
        cmocka_unit_test(the_sentence_gets_the_room),
        cmocka_unit_test(many_addresses_leave_room_for_findings),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests_name("findings_pane", tests, NULL, NULL);
}
