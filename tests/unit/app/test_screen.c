/* Whole screens at the sizes the layout knows, and in the states a lookup can end in. */
#include "drive.h"

#include "dns/type.h"
#include "unit/check.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

static const struct {
    int width, height;
} sizes[] = {{200, 50}, {120, 36}, {80, 24}, {60, 20}, {40, 10}, {30, 5}};

enum { SIZES = sizeof sizes / sizeof *sizes };

static void at_all_sizes(struct drive *drive, const char *name)
{
    for (int i = 0; i < SIZES; i++) {
        char golden[64];
        drive_resize(drive, sizes[i].width, sizes[i].height);
        snprintf(golden, sizeof golden, "%s-%dx%d", name, sizes[i].width, sizes[i].height);
        drive_golden(drive, golden);
    }
}

static void welcome_at_all_sizes(void **state)
{
    struct drive drive = {0};

    (void)state;
    drive_open(&drive, 80, 24, NULL);
    at_all_sizes(&drive, "welcome");
    drive_close(&drive);
}

static void domain_at_all_sizes(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 80, 24, NULL);
    drive_name(&drive, "user@Example.com");
    at_all_sizes(&drive, "domain");
    drive_close(&drive);
}

/* Issue 4: the SPF tree opens; findings have the record that causes them in the strip below. */
static void mail_policy_and_findings(void **state)
{
    struct drive drive = {0};

    (void)state;
    drive_open(&drive, 120, 36, NULL);
    drive_name(&drive, "example.com");
    drive_sees(&drive, "SPF ok, DMARC reject");
    drive_keys(&drive, "5 Enter");
    drive_sees(&drive, "▸ SPF      ✓ ok          ▾ v=spf1 mx");
    drive_sees(&drive, "✓ ▸ include:_spf.example.net          2");
    drive_keys(&drive, "Down Down Enter");
    drive_sees(&drive, "✓ ip4:203.0.113.0/24");
    drive_keys(&drive, "6");
    drive_command(&drive, "search mx-outside-domain");
    drive_sees(&drive, "example.com. 3600 IN MX 30 mx.example.net.");
    drive_sees(&drive, "├ i notice mx-");
    drive_keys(&drive, "Enter");
    drive_sees(&drive, "▸ 3rd   30  mx.example.net");
    drive_keys(&drive, "6");
    drive_command(&drive, "search dkim-none-found");
    drive_keys(&drive, "Enter");
    drive_sees(&drive, "▸ DKIM ");
    drive_close(&drive);
}

/* What the MX pane says for each way the answer can end. */
static void each_outcome_has_its_own_words(void **state)
{
    (void)state;
    for (int i = 0; i < OUTCOME_COUNT; i++) {
        enum outcome outcome = (enum outcome)i;
        struct drive drive = {.panes_only = true, .silent = true};
        if (!outcome_is_temporary(outcome))
            continue;
        drive_open(&drive, 120, 36, NULL);
        drive_name(&drive, "example.com");
        assert_non_null(strstr(drive_screen(&drive), "waiting for the MX records"));
        assert_true(drive_fail_type(&drive, TYPE_MX, outcome));
        assert_non_null(strstr(drive_screen(&drive), outcome_phrase(outcome)));
        assert_null(strstr(drive_screen(&drive), "waiting for the MX records"));
        drive_close(&drive);
    }
}

static void names_without_exchanges_say_why(void **state)
{
    static const struct {
        const char *name, *words;
    } cases[] = {
        {"null.example.com", "no mail here"},
        {"null.example.com", "null MX"},
        {"implicit.example.com", "no MX record: implicit MX"},
        {"missing.example.com", "no such name (NXDOMAIN)"},
        {"broken.example.com", "no such name"},
        {"broken.example.com", "alias"},
        {"broken.example.com", "an address"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct drive drive = {.panes_only = true};
        drive_open(&drive, 120, 36, NULL);
        drive_name(&drive, cases[i].name);
        if (!strstr(drive_screen(&drive), cases[i].words))
            fail_msg("%s: \"%s\" is missing in\n%s", cases[i].name, cases[i].words,
                     drive_screen(&drive));
        drive_close(&drive);
    }
}

/* UX: U-label beside the A-label. */
static void international_names_are_shown_both_ways(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    drive_open(&drive, 120, 36, NULL);
    drive_name(&drive, "bücher.example.com");
    assert_non_null(strstr(drive_screen(&drive), "xn--bcher-kva.example.com (bücher.example.com)"));
    assert_non_null(strstr(drive_screen(&drive),
                           "│ xn--bcher-kva.example.com. 3600 IN MX 10 xn--mx-fka.example.com.  "
                           "bücher.example.com, "));
    drive_resize(&drive, 60, 24);
    assert_non_null(strstr(drive_screen(&drive), "│ bücher.example.com, "));
    drive_close(&drive);
}

/* SAFETY: bytes of names from the network never reach a cell as they are. */
static void hostile_names_are_escaped(void **state)
{
    struct drive drive = {.panes_only = true};
    const char *screen;

    (void)state;
    drive_open(&drive, 120, 36, NULL);
    drive_name(&drive, "hostile.example.com");
    screen = drive_screen(&drive);
    assert_non_null(strstr(screen, "a\\027b\\032c"));
    for (; *screen; screen++)
        assert_true((unsigned char)*screen >= 0x20 || *screen == '\n');
    drive_close(&drive);
}

static void answers_fill_the_panes_one_by_one(void **state)
{
    struct drive drive = {.panes_only = true, .silent = true};

    (void)state;
    drive_open(&drive, 100, 24, NULL);
    drive_name(&drive, "example.com");
    drive_golden(&drive, "waiting-100x24");
    assert_true(drive_answer_type(&drive, TYPE_MX));
    drive_golden(&drive, "mx-only-100x24");
    drive_answer(&drive);
    assert_null(strstr(drive_screen(&drive), "waiting"));
    drive_close(&drive);
}

/* Any size, any pane, any window: nothing is drawn outside, nothing breaks. */
static void every_size_can_be_drawn(void **state)
{
    static const char *const keys[] = {"Enter", "Esc", "S", "Esc",       "4 Enter", "Esc", "?",
                                       "Esc",   "z",   "2", "Down Down", "z",       ":"};
    struct drive drive = {0};

    (void)state;
    drive_open(&drive, 80, 24, NULL);
    drive_name(&drive, "example.com");
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        drive_keys(&drive, keys[k]);
        for (int width = 1; width <= 210; width += 13)
            for (int height = 1; height <= 60; height += 7) {
                drive_resize(&drive, width, height);
                assert_non_null(drive_screen(&drive));
            }
        drive_resize(&drive, 80, 24);
    }
    drive_close(&drive);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(welcome_at_all_sizes),
        cmocka_unit_test(domain_at_all_sizes),
        cmocka_unit_test(mail_policy_and_findings),
        cmocka_unit_test(each_outcome_has_its_own_words),
        cmocka_unit_test(names_without_exchanges_say_why),
        cmocka_unit_test(international_names_are_shown_both_ways),
        cmocka_unit_test(hostile_names_are_escaped),
        cmocka_unit_test(answers_fill_the_panes_one_by_one),
        cmocka_unit_test(every_size_can_be_drawn),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
