#include "term/line/line_edit.h"

#include "app/events/event.h"
#include "unit/check.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LIMIT = 253, ESC = 0x1b };

static const char *complete_host(void *context, const char *before, size_t word, size_t n)
{
    static const char *const hosts[] = {"mail.example.com", "mail.example.net", "mx1.example.com",
                                        "müller.example", "mütze.example"};
    size_t length = strlen(before + word);

    (void)context;
    for (size_t i = 0; length > 0 && i < sizeof hosts / sizeof *hosts; i++)
        if (strncmp(hosts[i], before + word, length) == 0 && n-- == 0)
            return hosts[i];
    return NULL;
}

/* A home folder of its own, with this ~/.editrc (NULL: none). */
static void set_editrc(const char *lines)
{
    const char *folder = getenv("TMPDIR");
    char path[4096];
    FILE *file;

    snprintf(path, sizeof path, "%s/editrc-of-test", folder ? folder : "/tmp");
    if (!lines) {
        remove(path);
    } else {
        file = fopen(path, "w");
        assert_non_null(file);
        fputs(lines, file);
        fclose(file);
    }
    setenv("EDITRC", path, 1);
}

static struct history *history;
static struct line_edit *emacs, *vi, *bound;

static struct line_edit *edit_new(const char *editrc)
{
    struct line_options options = {history, LIMIT, complete_host, NULL};
    struct line_edit *edit;

    set_editrc(editrc);
    assert_int_equal(line_edit_new(&options, &edit), STATUS_OK);
    return edit;
}

static int open_editors(void **state)
{
    (void)state;
    history = history_new();
    history_add(history, "example.org");
    history_add(history, "mail.example.com");
    history_add(history, "example.net");
    emacs = edit_new(NULL);
    vi = edit_new("bind -v\n");
    bound = edit_new("bind ^T ed-move-to-beg\nmxtrail:bind ^P em-delete-next-word\n"
                     "other:bind ^A ed-end\nedit off\nnonsense \\\n\"\n");
    return 0;
}

static int close_editors(void **state)
{
    (void)state;
    line_edit_free(emacs);
    line_edit_free(vi);
    line_edit_free(bound);
    history_free(history);
    return 0;
}

/* Types keys written as in recordings, with spaces between them. */
static enum line_result type(struct line_edit *edit, const char *keys)
{
    static const struct {
        const char *name;
        uint32_t key;
    } names[] = {
        {"Up", KEY_CODE_UP},
        {"Down", KEY_CODE_DOWN},
        {"Left", KEY_CODE_LEFT},
        {"Right", KEY_CODE_RIGHT},
        {"Home", KEY_CODE_HOME},
        {"End", KEY_CODE_END},
        {"Del", KEY_CODE_DELETE},
        {"BS", KEY_CODE_BACKSPACE},
        {"Enter", '\r'},
        {"Esc", ESC},
        {"Tab", '\t'},
        {"S-Tab", KEY_CODE_BACKTAB},
        {"Space", ' '},
        {"F1", KEY_CODE_F1},
        {"PgUp", KEY_CODE_PAGE_UP},
    };
    enum line_result result = LINE_IGNORED;
    char *copy = strdup(keys), *rest = NULL;

    for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        uint32_t key = 0, alt = 0;
        if (strncmp(word, "M-", 2) == 0 && word[2]) {
            alt = KEY_ALT;
            word += 2;
        }
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (strcmp(names[i].name, word) == 0)
                key = names[i].key;
        if (!key && strncmp(word, "C-", 2) == 0)
            key = (uint32_t)word[2] & 0x1f;
        if (!key)
            mbtowc((wchar_t *)&key, word, strlen(word));
        result = line_edit_key(edit, key | alt);
    }
    free(copy);
    return result;
}

static void check(struct line_edit *edit, const char *text, int caret)
{
    assert_string_equal(line_edit_text(edit), text);
    assert_int_equal(line_edit_caret(edit), caret);
}

static void emacs_keys_edit(void **state)
{
    static const struct {
        const char *set, *keys, *text;
        int caret;
    } cases[] = {
        {"", "a b c", "abc", 3},
        {"abc", "C-a x", "xabc", 1},
        {"abc", "Home x End y", "xabcy", 5},
        {"abc", "Left Left Del", "ac", 1},
        {"abc", "BS BS BS BS", "", 0},
        {"", "BS q", "q", 1},
        {"abc def", "C-w", "abc ", 4},
        {"abc def", "C-a C-k", "", 0},
        {"abc def", "C-w C-y C-y", "abc defdef", 10},
        {"abc def", "M-b", "abc def", 4},
        {"abc def", "M-Left x M-Right", "abc xdef", 8},
        {"abc def", "M-BS", "abc ", 4},
        {"abc", "C-u z", "z", 1},
        {"", "é 漢 ü Left BS", "éü", 1},
        {"ab", "C-t", "ba", 2},
        {"abc", "Left C-d", "ab", 2},
        {"abc", "Right Right x", "abcx", 4},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct line_edit *edit = emacs;
        line_edit_set(edit, cases[i].set, false);
        assert_int_equal(type(edit, cases[i].keys), LINE_EDITED);
        check(edit, cases[i].text, cases[i].caret);
    }
}

static void keys_of_the_program_are_ignored(void **state)
{
    static const char *const keys[] = {"Esc", "F1",  "PgUp", "C-c", "C-l", "C-z", "C-q",
                                       "C-s", "C-v", "C-o",  "M-z", "M-a", "C-g"};
    struct line_edit *edit = emacs;

    (void)state;
    line_edit_set(edit, "abc", false);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        assert_int_equal(type(edit, keys[i]), LINE_IGNORED);
        check(edit, "abc", 3);
    }
    line_edit_set(edit, "", false);
    assert_int_equal(type(edit, "C-d"), LINE_IGNORED);
    assert_int_equal(type(edit, "Tab"), LINE_IGNORED);
    assert_int_equal(type(edit, "x"), LINE_EDITED);
    check(edit, "x", 1);
}

static void enter_submits_and_keeps_the_text(void **state)
{
    struct line_edit *edit = emacs;

    (void)state;
    line_edit_set(edit, "", false);
    assert_int_equal(type(edit, "a b Enter"), LINE_SUBMITTED);
    check(edit, "ab", 2);
    line_edit_set(edit, "next", false);
    assert_int_equal(type(edit, "Enter"), LINE_SUBMITTED);
    check(edit, "next", 4);
}

static void a_marked_line_is_replaced(void **state)
{
    static const struct {
        const char *keys, *text;
    } cases[] = {
        {"x", "x"},  {"x y", "xy"},     {"Left x", "olxd"}, {"BS", ""}, {"C-u x", "x"},
        {"Del", ""}, {"End x", "oldx"}, {"M-b x", "xold"},  {"é", "é"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct line_edit *edit = emacs;
        line_edit_set(edit, "old", true);
        assert_true(line_edit_marked(edit));
        type(edit, cases[i].keys);
        assert_false(line_edit_marked(edit));
        assert_string_equal(line_edit_text(edit), cases[i].text);
    }
}

static void history_is_walked_and_the_line_comes_back(void **state)
{
    struct line_edit *edit = emacs;

    (void)state;
    line_edit_set(edit, "", false);
    type(edit, "n e w Up");
    check(edit, "example.net", 11);
    type(edit, "Up");
    check(edit, "mail.example.com", 16);
    type(edit, "Up Up Up");
    check(edit, "example.org", 11);
    type(edit, "C-n");
    check(edit, "mail.example.com", 16);
    type(edit, "Down Down");
    assert_string_equal(line_edit_text(edit), "new");
}

static void history_seen_by_the_editor_is_the_current_one(void **state)
{
    struct line_edit *edit = emacs;

    (void)state;
    line_edit_set(edit, "", false);
    type(edit, "Up Enter");
    history_add(history, "later.example");
    line_edit_set(edit, "", false);
    type(edit, "Up");
    check(edit, "later.example", 13);
}

static void search_finds_back_and_gives_up(void **state)
{
    struct line_edit *edit = emacs;

    (void)state;
    line_edit_set(edit, "", false);
    type(edit, "o l d C-r");
    assert_string_equal(line_edit_note(edit), "search back: ");
    type(edit, "e x");
    assert_string_equal(line_edit_text(edit), "example.net");
    assert_string_equal(line_edit_note(edit), "search back: ex");
    type(edit, "C-r");
    assert_string_equal(line_edit_text(edit), "mail.example.com");
    type(edit, "C-r C-r");
    assert_string_equal(line_edit_text(edit), "example.org");
    assert_string_equal(line_edit_note(edit), "not found: ex");
    type(edit, "Esc");
    assert_string_equal(line_edit_note(edit), "");
    check(edit, "old", 3);
    type(edit, "C-r m a i l BS BS BS BS");
    assert_string_equal(line_edit_text(edit), "old");
    type(edit, "m a Left");
    check(edit, "mail.example.com", 15);
    assert_int_equal(type(edit, "C-r o r g Enter"), LINE_EDITED);
    check(edit, "example.org", 11);
}

static void completion_goes_as_far_as_certain_then_cycles(void **state)
{
    static const struct {
        const char *keys, *text;
    } cases[] = {
        {"m x Tab", "mx1.example.com"},
        {"m a Tab", "mail.example."},
        {"m a Tab Tab", "mail.example.com"},
        {"m a Tab Tab Tab", "mail.example.net"},
        {"m a Tab Tab Tab Tab", "mail.example.com"},
        {"m a Tab S-Tab", "mail.example.net"},
        {"m a Tab Tab x", "mail.example.comx"},
        {"m ü Tab", "mü"}, /* only whole characters are in common: the first of two comes */
        {"x Space m x Tab", "x mx1.example.com"},
        {"z z Left Left m x Tab", "mx1.example.comzz"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct line_edit *edit = emacs;
        line_edit_set(edit, "", false);
        assert_int_equal(type(edit, cases[i].keys), LINE_EDITED);
        if (strcmp(cases[i].text, "mü") == 0)
            assert_string_equal(line_edit_text(edit), "müller.example");
        else
            assert_string_equal(line_edit_text(edit), cases[i].text);
    }
}

static void vi_keys_edit(void **state)
{
    static const struct {
        const char *set, *keys, *text;
        int caret;
    } cases[] = {
        {"abc", "Esc 0 x", "bc", 0},
        {"abc", "Esc i x", "abxc", 3},
        {"abc def ghi", "Esc 0 f e x", "abc df ghi", 5},
        {"abc def ghi", "Esc 0 d f e", "f ghi", 0},
        {"abc def ghi", "Esc 0 w d w", "abc ghi", 4},
        {"abc def ghi", "Esc $ F d D", "abc ", 3},
        {"abc", "Esc 0 r z", "zbc", 0},
        {"abc", "Esc d d i x", "x", 1},
        {"", "f t F T", "ftFT", 4},
        {"abc", "Esc / ? : @ v 0 i x", "xabc", 1},
        {"abc", "Esc k", "example.net", 0},
        {"abc", "Left Del Home x", "xab", 1},
        {"abc def ghi", "Esc 0 2 x", "c def ghi", 0},
        {"abc def ghi", "Esc 0 d 2 w", "ghi", 0},
        {"abc def ghi", "Esc 0 2 f e x", "bc def ghi", 0},
        {"abc def ghi", "Esc 2 b i x", "abc xdef ghi", 5},
        {"abc def ghi", "Esc 9 9 b i x", "xabc def ghi", 1},
        {"abc def ghi", "Esc d 2 b", "abc i", 4},
        {"abc def ghi", "Esc 2 d b", "abc i", 4},
        {"abc def ghi", "Esc 2 c b x", "abc xi", 5},
        {"abc def ghi", "Esc d B 2 .", "i", 0},
        {"abc def ghi", "M-2 b i x", "abc xdef ghi", 5},
        {"abc", "Esc 0 ~ ~", "ABc", 2},
        {"a", "Esc ~", "A", 0},
        {"abc def ghi", "Esc 0 c c x", "x", 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct line_edit *edit = vi;
        line_edit_set(edit, cases[i].set, false);
        type(edit, cases[i].keys);
        check(edit, cases[i].text, cases[i].caret);
    }
}

static void vi_second_escape_is_for_the_program(void **state)
{
    struct line_edit *edit = vi;

    (void)state;
    line_edit_set(edit, "abc", false);
    assert_int_equal(type(edit, "Esc"), LINE_EDITED);
    assert_int_equal(type(edit, "Esc"), LINE_IGNORED);
    line_edit_set(edit, "abc", false); /* in insert mode again */
    type(edit, "x");
    check(edit, "abcx", 4);
}

static void editrc_binds_keys_and_cannot_switch_editing_off(void **state)
{
    struct line_edit *edit = bound;

    (void)state;
    line_edit_set(edit, "abc def", false);
    type(edit, "C-t C-p x");
    check(edit, "x def", 1);
}

static void the_line_stays_within_its_limit(void **state)
{
    static char big[1 << 20];
    struct line_edit *edit = emacs;
    clock_t start = clock();

    (void)state;
    line_edit_set(edit, "", false);
    memset(big, 'a', sizeof big - 1);
    assert_int_equal(line_edit_paste(edit, big, false), LINE_EDITED);
    assert_int_equal(strlen(line_edit_text(edit)), LIMIT);
    assert_non_null(strstr(line_edit_note(edit), "only the beginning"));
    line_edit_key(edit, KEY_CODE_LEFT);
    assert_string_equal(line_edit_note(edit), "");
    for (int i = 0; i < 2000; i++)
        line_edit_key(edit, 'b');
    assert_int_equal(strlen(line_edit_text(edit)), LIMIT);
    type(edit, "C-u C-y C-y");
    assert_int_equal(strlen(line_edit_text(edit)), LIMIT);
    line_edit_set(edit, big, false);
    assert_int_equal(strlen(line_edit_text(edit)), LIMIT);
    memset(big + LIMIT - 1, 0, 8);
    memcpy(big + LIMIT - 1, "é", 3); /* would end one byte behind the limit */
    line_edit_set(edit, big, false);
    assert_int_equal(strlen(line_edit_text(edit)), LIMIT - 1);
    assert_true((clock() - start) / CLOCKS_PER_SEC < 10);
}

static void unshowable_characters_never_get_in(void **state)
{
    struct line_edit *edit = emacs;

    (void)state;
    line_edit_set(edit, "a\033[31mb\xff\xc3(c\u202e\u200bd\r\n\te", false);
    assert_string_equal(line_edit_text(edit), "a[31mb(cde");
    line_edit_set(edit, "", false);
    line_edit_paste(edit, "x\ny\033z\u2066", false);
    assert_string_equal(line_edit_text(edit), "xyz");
    line_edit_key(edit, 0x202e);
    line_edit_key(edit, 0x85);
    line_edit_key(edit, 0x1c);
    assert_string_equal(line_edit_text(edit), "xyz");
}

/* Whatever is typed: valid text within the limit, a caret within the text. */
static void random_keys_keep_the_line_whole(void **state)
{
    struct line_edit *const modes[] = {emacs, vi};
    uint32_t seed = 12345;

    (void)state;
    for (size_t mode = 0; mode < 2; mode++) {
        struct line_edit *edit = modes[mode];
        for (int i = 0; i < 20000; i++) {
            uint32_t key;
            seed = seed * 1664525 + 1013904223;
            key = seed >> 8 & 0x7f;
            if ((seed >> 20 & 7) == 0)
                key = KEY_CODE_FIRST + (seed >> 24) % (KEY_CODE_LAST - KEY_CODE_FIRST);
            if ((seed >> 16 & 15) == 0)
                key = 0xa0 + (seed >> 10 & 0x3fff);
            if ((seed >> 23 & 31) == 0)
                key |= KEY_ALT;
            line_edit_key(edit, key);
            assert_true(strlen(line_edit_text(edit)) <= LIMIT);
            assert_in_range(line_edit_caret(edit), 0, mbstowcs(NULL, line_edit_text(edit), 0));
            assert_null(strpbrk(line_edit_text(edit), "\n\r\t\033\177"));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(emacs_keys_edit),
        cmocka_unit_test(keys_of_the_program_are_ignored),
        cmocka_unit_test(enter_submits_and_keeps_the_text),
        cmocka_unit_test(a_marked_line_is_replaced),
        cmocka_unit_test(history_is_walked_and_the_line_comes_back),
        cmocka_unit_test(search_finds_back_and_gives_up),
        cmocka_unit_test(completion_goes_as_far_as_certain_then_cycles),
        cmocka_unit_test(vi_keys_edit),
        cmocka_unit_test(vi_second_escape_is_for_the_program),
        cmocka_unit_test(editrc_binds_keys_and_cannot_switch_editing_off),
        cmocka_unit_test(the_line_stays_within_its_limit),
        cmocka_unit_test(unshowable_characters_never_get_in),
        cmocka_unit_test(random_keys_keep_the_line_whole),
        cmocka_unit_test(history_seen_by_the_editor_is_the_current_one),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, open_editors, close_editors);
}
