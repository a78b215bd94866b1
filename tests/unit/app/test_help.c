/* ? on a row opens the page about it: every line of the mail policy has its own. */
#include "app/settings/resource.h"
#include "dns/outcome.h"
#include "drive.h"
#include "unit/check.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char zone[] =
    "$ORIGIN example.com.\n$TTL 3600\n@ SOA ns1 hostmaster 1 7200 900 1209600 300\n@ NS ns1\n"
    "ns1 A 192.0.2.53\n@ MX 10 mx1\nmx1 A 192.0.2.1\n@ TXT \"v=spf1 mx -all\"\n@ TXT \"other\"\n"
    "_dmarc TXT \"v=DMARC1; p=reject\"\n_25._tcp.mx1 TLSA 3 1 1 "
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"
    "@ CAA 0 issue \"ca.example.net\"\nwww A 192.0.2.80\n* MX 10 mx1\n";

/* The label of the line, and the title of its page. */
static const char *const pages[][2] = {
    {"SPF", "SPF: may this host send for this domain?"},
    {"DMARC", "DMARC: policy for unauthenticated mail"},
    {"DKIM", "DKIM: a key for signatures"},
    {"MTA-STS", "MTA-STS: senders must encrypt"},
    {"TLS-RPT", "TLS-RPT: reports of TLS failures"},
    {"BIMI", "BIMI: location of the logo"},
    {"DANE", "TLSA: the certificate to expect (DANE)"},
    {"DNSSEC", "DNSSEC: signed responses"},
    {"PTR", "PTR: the name of an address"},
    {"Wildcard", "mx-wildcard: "},
    {"Names", "Conventional service names"},
    {"SOA", "SOA: start of a zone"},
    {"TXT", "TXT: text"},
    {"CAA", "CAA: authorities that may issue certificates"},
};

enum { PAGES = sizeof pages / sizeof pages[0], LINES_MOST = 60 };

/* Goes down the pane and opens the help at each line; the pages not met are left true. */
static void walk_down(struct drive *drive, bool missing[PAGES])
{
    for (int line = 0; line < LINES_MOST; line++) {
        drive_keys(drive, "?");
        for (size_t i = 0; i < PAGES; i++)
            if (strstr(drive_screen(drive), pages[i][1]))
                missing[i] = false;
        drive_keys(drive, "Esc Down");
    }
}

static void every_line_of_the_mail_policy_has_its_page(void **state)
{
    struct drive drive = {0};
    bool missing[PAGES];

    (void)state;
    for (size_t i = 0; i < PAGES; i++)
        missing[i] = true;
    drive_open(&drive, 120, 46, zone);
    drive_name(&drive, "example.com");
    drive_keys(&drive, "5 Home");
    walk_down(&drive, missing);
    for (size_t i = 0; i < PAGES; i++)
        if (missing[i])
            fail_msg("? on %s does not open \"%s\"", pages[i][0], pages[i][1]);
    drive_close(&drive);
}

/* A line under another is about the same; two pages are never the same one twice. */
static void a_line_under_another_has_the_page_of_the_other(void **state)
{
    struct drive drive = {0};
    const char *screen;

    (void)state;
    drive_open(&drive, 120, 46, zone);
    drive_name(&drive, "example.com");
    drive_keys(&drive, "5 Home Space Down ?");
    screen = drive_screen(&drive);
    assert_non_null(strstr(screen, pages[0][1]));
    drive_keys(&drive, "Esc /");
    drive_type(&drive, "CAA");
    drive_keys(&drive, "Enter ?");
    screen = strstr(drive_screen(&drive), pages[PAGES - 1][1]);
    assert_non_null(screen);
    assert_null(strstr(screen + 1, pages[PAGES - 1][1]));
    drive_close(&drive);
}

static void expect(struct drive *drive, const char *title)
{
    if (!strstr(drive_screen(drive), title)) {
        fprintf(stderr, "%s\n", drive_screen(drive));
        fail_msg("\"%s\" is not on the screen", title);
    }
}

static void pages_are_gone_back_and_forward_through(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 100, 120, NULL);
    drive_name(&drive, "example.com");
    drive_keys(&drive, "? <");
    expect(&drive, "this is the first page");
    drive_keys(&drive, "g Down Enter");
    expect(&drive, "No MX at all");
    drive_keys(&drive, "Backspace");
    expect(&drive, " The MX pane ");
    drive_keys(&drive, "M-Right");
    expect(&drive, "No MX at all");
    drive_keys(&drive, "M-Right");
    expect(&drive, "this is the last page");
    drive_keys(&drive, "q");
    expect(&drive, " The MX pane ");
    drive_keys(&drive, "q M-Right");
    expect(&drive, "this is the last name");
    drive_close(&drive);
}

static void the_keys_come_before_the_page(void **state)
{
    struct drive drive = {.panes_only = true};
    const char *screen, *keys, *page;

    (void)state;
    drive_open(&drive, 100, 120, NULL);
    drive_name(&drive, "example.com");
    drive_keys(&drive, "?");
    screen = drive_screen(&drive);
    keys = strstr(screen, "Keys in the view you came from");
    page = strstr(screen, "MX: hosts that accept mail");
    assert_non_null(keys);
    assert_non_null(page);
    assert_true(keys < page);
    drive_command(&drive, "help spf");
    drive_misses(&drive, "Keys in the view you came from");
    drive_close(&drive);
}

static void a_search_of_the_help_goes_over_all_pages(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 100, 60, NULL);
    drive_name(&drive, "example.com");
    drive_keys(&drive, "?");
    drive_command(&drive, "search 7672");
    expect(&drive, "Pages that contain \"7672\"");
    expect(&drive, "tlsa");
    drive_command(&drive, "search no page has these words");
    expect(&drive, "not found: no page has these words");
    drive_keys(&drive, "Esc q");
    expect(&drive, " The MX pane ");
    drive_command(&drive, "search preference");
    drive_misses(&drive, "Pages with");
    drive_keys(&drive, "n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n");
    expect(&drive, "Pages that contain \"preference\"");
    drive_command(&drive, "help 5321");
    expect(&drive, "Pages that contain \"5321\"");
    drive_command(&drive, "help orange");
    expect(&drive, "there is no page about orange");
    drive_close(&drive);
}

/* The next heading of a page at or after `text`, without its mark; NULL: there is none. */
static const char *next_heading(const char *text, char heading[64])
{
    const char *found = strstr(text, "\n## ");

    if (!found)
        return NULL;
    snprintf(heading, 64, "%.*s", (int)strcspn(found + 4, "\n"), found + 4);
    return found + 4;
}

/* One section for each word that a lookup can end with, in the order of the table. */
static void the_page_of_states_has_every_outcome(void **state)
{
    const char *page = resource_find("help/states.txt")->bytes;
    char heading[64];

    (void)state;
    page = next_heading(page, heading);
    assert_string_equal(heading, "waiting");
    for (int i = 0; i < OUTCOME_COUNT; i++) {
        page = next_heading(page, heading);
        assert_non_null(page);
        assert_string_equal(heading, outcome_phrase((enum outcome)i));
    }
    page = next_heading(page, heading);
    assert_non_null(page);
    assert_null(next_heading(page, heading));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_line_of_the_mail_policy_has_its_page),
        cmocka_unit_test(a_line_under_another_has_the_page_of_the_other),
        cmocka_unit_test(the_keys_come_before_the_page),
        cmocka_unit_test(a_search_of_the_help_goes_over_all_pages),
        cmocka_unit_test(pages_are_gone_back_and_forward_through),
        cmocka_unit_test(the_page_of_states_has_every_outcome),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests_name("help", tests, NULL, NULL);
}
