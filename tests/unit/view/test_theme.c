#include "unit/check.h"
#include "view/canvas/theme.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Themes by name; the last has none. The first is read. */
struct shelf {
    const char *name, *text;
};

static bool find(void *context, const char *name, const char **file, const char **text)
{
    for (const struct shelf *shelf = context; shelf->name; shelf++)
        if (strcmp(shelf->name, name) == 0) {
            *file = shelf->name;
            *text = shelf->text;
            return true;
        }
    return false;
}

static struct theme *read_theme(const struct shelf *shelf, struct faults *faults)
{
    struct theme_finder finder = {find, (void *)(uintptr_t)shelf};
    struct theme *theme = NULL;

    assert_int_equal(theme_read(shelf->name, &finder, faults, &theme), STATUS_OK);
    return theme;
}

static void check_style(const struct theme *theme, enum tier tier, enum role role, int foreground,
                        int background, unsigned emphasis)
{
    struct style style = theme_style(theme, tier, role);

    if (style.foreground != foreground || style.background != background ||
        style.emphasis != emphasis)
        fail_msg("%s in tier %d: %d on %d, emphasis %u", role_name(role), (int)tier,
                 style.foreground, style.background, style.emphasis);
}

static void every_role_has_a_name_of_its_own(void **state)
{
    (void)state;
    for (int i = 0; i < ROLE_COUNT; i++) {
        enum role role;
        assert_true(role_parse(role_name((enum role)i), &role));
        assert_int_equal(role, i);
    }
    assert_false(role_parse("no.such", &(enum role){ROLE_TEXT}));
    assert_false(role_parse("", &(enum role){ROLE_TEXT}));
}

static void the_carried_themes_are_without_fault(void **state)
{
    static const char *const names[] = {"okabe-dark",    "okabe-light", "projector",
                                        "high-contrast", "ansi16",      "mono"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct faults faults = {0};
        struct theme *theme;

        assert_int_equal(theme_read(names[i], NULL, &faults, &theme), STATUS_OK);
        if (faults.total)
            fail_msg("%s", faults.lines[0]);
        assert_string_equal(theme_name(theme), names[i]);
        for (int tier = 0; tier < TIER_COUNT; tier++) {
            struct style row = theme_style(theme, (enum tier)tier, ROLE_TEXT);
            struct style selected = theme_style(theme, (enum tier)tier, ROLE_ROW_SELECTED);
            assert_memory_not_equal(&row, &selected, sizeof row);
        }
        theme_free(theme);
    }
}

static void colours_are_resolved_for_each_tier(void **state)
{
    static const struct shelf shelf[] = {
        {"t", "[theme]\nname = t\n[palette]\n"
              "paper = #101418 233 black\nink = #E8e8E4 254 white\npure = #0000ff\n"
              "own = #cd0000 1 red\nblackish = #000003\n"
              "[roles]\ntext = ink on paper\nok = pure\nwarn = default on ink bold underline\n"
              "error = own on blackish dim italic reverse\nstatus = default\n"},
        {NULL, NULL}};
    struct faults faults = {0};
    struct theme *theme = read_theme(shelf, &faults);

    (void)state;
    assert_int_equal(faults.total, 0);
    check_style(theme, TIER_DIRECT, ROLE_TEXT, 0xe8e8e4, 0x101418, 0);
    check_style(theme, TIER_256, ROLE_TEXT, 254, 233, 0);
    check_style(theme, TIER_16, ROLE_TEXT, 7, 0, 0);
    check_style(theme, TIER_DIRECT, ROLE_OK, 0x0000ff, 0x101418, 0);
    check_style(theme, TIER_256, ROLE_OK, 21, 233, 0);
    check_style(theme, TIER_16, ROLE_OK, 4, 0, 0);
    check_style(theme, TIER_256, ROLE_WARN, COLOUR_DEFAULT, 254,
                EMPHASIS_BOLD | EMPHASIS_UNDERLINE);
    check_style(theme, TIER_DIRECT, ROLE_ERROR, 1, 0x000100,
                EMPHASIS_DIM | EMPHASIS_ITALIC | EMPHASIS_REVERSE);
    check_style(theme, TIER_16, ROLE_STATUS, COLOUR_DEFAULT, 0, 0);
    theme_free(theme);
}

static void no_colours_means_the_theme_mono(void **state)
{
    static const struct shelf own_mono[] = {{"t", "[roles]\nrow.selected = default\n"},
                                            {"mono", "[roles]\nok = default italic\n"},
                                            {NULL, NULL}};
    struct faults faults = {0};
    struct theme *theme;

    (void)state;
    assert_int_equal(theme_read("okabe-dark", NULL, &faults, &theme), STATUS_OK);
    check_style(theme, TIER_MONO, ROLE_ROW_SELECTED, COLOUR_DEFAULT, COLOUR_DEFAULT,
                EMPHASIS_REVERSE);
    check_style(theme, TIER_MONO, ROLE_OK, COLOUR_DEFAULT, COLOUR_DEFAULT, 0);
    theme_free(theme);
    theme = read_theme(own_mono, &faults);
    check_style(theme, TIER_MONO, ROLE_OK, COLOUR_DEFAULT, COLOUR_DEFAULT, EMPHASIS_ITALIC);
    theme_free(theme);
    assert_int_equal(faults.total, 0);
}

static void what_is_missing_is_inherited(void **state)
{
    static const struct shelf shelf[] = {
        {"child", "[theme]\ninherits = parent\n[palette]\nred = #ff0000 196 brightred\n"},
        {"parent", "[theme]\nname = parent\ntitle = Parent\ninherits = grand\n"
                   "[palette]\nred = #800000 88 red\ngreen = #008000 28 green\n"
                   "[roles]\nerror = red on green\nok = green on green\n"},
        {"grand", "[roles]\nok = default\ntext = default on default\nwarn = red\n"},
        {NULL, NULL}};
    struct faults faults = {0};
    struct theme *theme = read_theme(shelf, &faults);

    (void)state;
    assert_int_equal(faults.total, 0);
    assert_string_equal(theme_name(theme), "child");
    check_style(theme, TIER_256, ROLE_ERROR, 196, 28, 0); /* the nearer palette counts */
    check_style(theme, TIER_256, ROLE_OK, 28, 28, 0);
    check_style(theme, TIER_256, ROLE_WARN, 196, COLOUR_DEFAULT, 0);
    check_style(theme, TIER_256, ROLE_KEY, 178, 236, EMPHASIS_BOLD); /* from okabe-dark */
    theme_free(theme);
}

static void a_users_theme_may_take_the_name_of_a_carried_one(void **state)
{
    static const struct shelf shelf[] = {{"okabe-dark", "[palette]\nblue = #0000ff 21 blue\n"},
                                         {NULL, NULL}};
    struct faults faults = {0};
    struct theme *theme = read_theme(shelf, &faults);

    (void)state;
    assert_int_equal(faults.total, 0);
    check_style(theme, TIER_256, ROLE_ADDRESS, 21, 233, 0);
    theme_free(theme);
}

static void faults_are_told_with_file_and_line(void **state)
{
    static const struct shelf shelf[] = {{"bad", "[theme]\nauthor = me\n"       /* 2 */
                                                 "[palette]\nred = crimson\n"   /* 4 */
                                                 "default = #000000\n"          /* 5 */
                                                 "blue = #0000ff 256\n"         /* 6 */
                                                 "pink = #ffccdd 200 pinkish\n" /* 7 */
                                                 "[roles]\nno.such = ink\n"     /* 9 */
                                                 "\n   ok = nobody on paper\n"  /* 11 */
                                                 "warn = ink on\n"              /* 12 */
                                                 "error = ink blinking\n"       /* 13 */
                                                 "[colours]\nx = y\n"},         /* 15 */
                                         {NULL, NULL}};
    static const char *const expected[] = {
        "bad:2: author: [theme] has name, title and inherits",
        ("bad:4: crimson: a colour is #rrggbb, then if wanted its number (0 to 255) and its name "
         "among the sixteen"),
        "bad:5: default: means something already",
        "bad:6: #0000ff 256: a colour is",
        "bad:7: #ffccdd 200 pinkish: a colour is",
        "bad:9: no.such: no such role",
        "bad:15: x: not in [theme], [palette] or [roles]",
        "bad:11: nobody: no colour of the palette",
        "bad:12: on: on what?",
        "bad:13: blinking: not bold, underline, reverse, dim or italic",
    };
    struct faults faults = {0};
    struct theme *theme = read_theme(shelf, &faults);
    size_t count = sizeof expected / sizeof *expected;

    (void)state;
    for (size_t i = 0; i < count; i++) {
        bool found = false;
        for (size_t k = 0; k < faults.kept; k++)
            found = found || strncmp(faults.lines[k], expected[i], strlen(expected[i])) == 0;
        if (!found)
            fail_msg("not told: %s", expected[i]);
    }
    assert_int_equal(faults.total, count);
    check_style(theme, TIER_256, ROLE_OK, 254, 233, 0); /* the rest is used */
    faults_clear(&faults);
    theme_free(theme);
}

static void a_line_without_value_or_too_long_is_told(void **state)
{
    char text[600] = "[roles]\nok\nwarn = ";
    struct shelf shelf[] = {{"long", text}, {NULL, NULL}};
    struct faults faults = {0};
    struct theme *theme;

    (void)state;
    memset(text + strlen(text), 'x', 400);
    strcat(text, "\nerror = ink bold");
    theme = read_theme(shelf, &faults);
    assert_int_equal(faults.total, 2);
    assert_non_null(strstr(faults.lines[0], "long:3: longer than"));
    assert_string_equal(faults.lines[1], "long:2: not \"name = value\"");
    check_style(theme, TIER_256, ROLE_ERROR, 254, 233, EMPHASIS_BOLD);
    faults_clear(&faults);
    theme_free(theme);
}

static void ancestry_ends(void **state)
{
    static const struct shelf itself[] = {{"loop", "[theme]\ninherits = loop\n"}, {NULL, NULL}};
    static const struct shelf pair[] = {
        {"a", "[theme]\ninherits = b\n"}, {"b", "[theme]\ninherits = a\n"}, {NULL, NULL}};
    static const struct shelf orphan[] = {{"o", "\n[theme]\ninherits = nobody\n"}, {NULL, NULL}};
    struct faults faults = {0};

    (void)state;
    theme_free(read_theme(itself, &faults));
    theme_free(read_theme(pair, &faults));
    theme_free(read_theme(orphan, &faults));
    assert_int_equal(faults.total, 3);
    assert_string_equal(faults.lines[0], "loop:2: inherits loop: that inherits from this");
    assert_string_equal(faults.lines[1], "b:2: inherits a: that inherits from this");
    assert_string_equal(faults.lines[2], "o:3: inherits nobody: no such theme");
    faults_clear(&faults);
}

static void an_unknown_theme_is_not_found(void **state)
{
    static const char *const names[] = {"", "none", "../README", "okabe-dark.ini"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct faults faults = {0};
        struct theme *theme = NULL;
        assert_int_equal(theme_read(names[i], NULL, &faults, &theme), STATUS_NOT_FOUND);
        assert_null(theme);
        assert_int_equal(faults.total, 0);
    }
}

static void a_name_cannot_steer_the_terminal(void **state)
{
    static const struct shelf shelf[] = {
        {"t", "[theme]\nname = a\033[2Jb\xe2\x80\xaey\ntitle = x\n"}, {NULL, NULL}};
    struct faults faults = {0};
    struct theme *theme = read_theme(shelf, &faults);

    (void)state;
    assert_string_equal(theme_name(theme), "a\\027[2Jb\\226\\128\\174y");
    theme_free(theme);
    faults_clear(&faults);
}

static void the_nearest_colour_of_the_palettes_is_found(void **state)
{
    (void)state;
    assert_int_equal(theme_nearest_256(0x000000), 16);
    assert_int_equal(theme_nearest_256(0xffffff), 231);
    assert_int_equal(theme_nearest_256(0x0000fe), 21);
    assert_int_equal(theme_nearest_256(0x808080), 244);
    assert_int_equal(theme_nearest_256(0xd7af87), 180);
    assert_int_equal(theme_nearest_16(0x000000), 0);
    assert_int_equal(theme_nearest_16(0xff0101), 9);
    assert_int_equal(theme_nearest_16(0xc00000), 1);
    assert_int_equal(theme_nearest_16(0xffffff), 15);
}

static void eight_colours_have_no_bold_black(void **state)
{
    static const struct {
        struct style sixteen, eight;
    } cases[] = {
        {{15, 0, 0}, {7, 0, EMPHASIS_BOLD}},
        {{8, 0, 0}, {7, 0, 0}},
        {{8, COLOUR_DEFAULT, 0}, {COLOUR_DEFAULT, COLOUR_DEFAULT, 0}},
        {{8, 15, 0}, {0, 7, 0}},
        {{0, 6, EMPHASIS_BOLD}, {0, 6, 0}},
        {{0, 4, EMPHASIS_BOLD | EMPHASIS_UNDERLINE}, {0, 4, EMPHASIS_UNDERLINE}},
        {{1, 15, EMPHASIS_BOLD}, {1, 7, 0}},
        {{1, COLOUR_DEFAULT, EMPHASIS_BOLD}, {1, COLOUR_DEFAULT, EMPHASIS_BOLD}},
        {{9, 0, 0}, {1, 0, EMPHASIS_BOLD}},
        {{15, 7, 0}, {0, 7, 0}},
        {{12, 4, 0}, {0, 4, 0}},
        {{COLOUR_DEFAULT, COLOUR_DEFAULT, EMPHASIS_REVERSE | EMPHASIS_BOLD},
         {COLOUR_DEFAULT, COLOUR_DEFAULT, EMPHASIS_REVERSE | EMPHASIS_BOLD}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct style eight = theme_eight(cases[i].sixteen);
        assert_int_equal(eight.foreground, cases[i].eight.foreground);
        assert_int_equal(eight.background, cases[i].eight.background);
        assert_int_equal(eight.emphasis, cases[i].eight.emphasis);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eight_colours_have_no_bold_black),
        cmocka_unit_test(every_role_has_a_name_of_its_own),
        cmocka_unit_test(the_carried_themes_are_without_fault),
        cmocka_unit_test(colours_are_resolved_for_each_tier),
        cmocka_unit_test(no_colours_means_the_theme_mono),
        cmocka_unit_test(what_is_missing_is_inherited),
        cmocka_unit_test(a_users_theme_may_take_the_name_of_a_carried_one),
        cmocka_unit_test(faults_are_told_with_file_and_line),
        cmocka_unit_test(a_line_without_value_or_too_long_is_told),
        cmocka_unit_test(ancestry_ends),
        cmocka_unit_test(an_unknown_theme_is_not_found),
        cmocka_unit_test(a_name_cannot_steer_the_terminal),
        cmocka_unit_test(the_nearest_colour_of_the_palettes_is_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
