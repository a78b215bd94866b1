#include "dns/idn.h"
#include "unit/check.h"

#include <locale.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void typed_names_become_a_labels_and_back(void **state)
{
    static const struct {
        const char *typed, *name, *shown;
    } cases[] = {
        {"bücher.example", "xn--bcher-kva.example.", "bücher.example."},
        {"BÜCHER.Example.", "xn--bcher-kva.example.", "bücher.example."},
        {"faß.de", "xn--fa-hia.de.", "faß.de."}, /* IDNA2008 keeps the sharp s (RFC 5894 7.2) */
        {"日本語。jp", "xn--wgv71a119e.jp.", "日本語.jp."},
        {"_dmarc.bücher.example", "_dmarc.xn--bcher-kva.example.", "_dmarc.bücher.example."},
        {"*.bücher.example", "*.xn--bcher-kva.example.", "*.bücher.example."},
        {"xn--bcher-kva.example", "xn--bcher-kva.example.", "bücher.example."},
        {"Example.COM", "example.com.", NULL},
        {"xn--zzzzzz.example", "xn--zzzzzz.example.", NULL},
    };
    char name[NAME_TEXT];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct text shown = {0};
        assert_int_equal(idn_to_name(cases[i].typed, name, NULL), STATUS_OK);
        assert_string_equal(name, cases[i].name);
        assert_int_equal(idn_to_unicode(name, &shown), cases[i].shown != NULL);
        assert_string_equal(text_get(&shown), cases[i].shown ? cases[i].shown : "");
        text_clear(&shown);
    }
}

static void what_idna_forbids_is_told_why(void **state)
{
    static const struct {
        const char *typed, *why;
    } cases[] = {
        {"☃.example", "not allow"},
        {"a\xe2\x80\x8d"
         "b.example",
         "company"}, /* ZERO WIDTH JOINER */
        {"-ü.example", "hyphen"},
        {"ü..example", "empty"},
        {"\xfc.example", "UTF-8"},
        {"\xd9\xa1"
         "a.example",
         "directions"}, /* ARABIC-INDIC DIGIT ONE before a Latin letter */
        {"ü/x.example", "not allow"},
        {"", "empty"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char name[NAME_TEXT] = "untouched";
        const char *why = NULL;
        assert_int_not_equal(idn_to_name(cases[i].typed, name, &why), STATUS_OK);
        assert_string_equal(name, "untouched");
        assert_non_null(why);
        if (!strstr(why, cases[i].why))
            fail_msg("%s: %s", cases[i].typed, why);
    }
}

static void long_input_is_refused_without_work(void **state)
{
    static char typed[1 << 20];
    char name[NAME_TEXT];
    const char *why = NULL;

    (void)state;
    for (size_t i = 0; i + 2 < sizeof typed; i += 2)
        memcpy(typed + i, "\xc3\xbc", 2);
    assert_int_equal(idn_to_name(typed, name, &why), STATUS_RANGE);
    assert_non_null(why);
}

static void deceiving_characters_are_not_decoded(void **state)
{
    /* xn--a-ecp.ru encodes U+200C, xn--zz-xyz.. does not decode */
    static const char *const names[] = {"xn--a-ugn.example.", "xn--.example.", "xn--a.example.",
                                        "xn--0.example.", "xn--www-hoa\\007.example."};

    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        struct text shown = {0};
        assert_false(idn_to_unicode(names[i], &shown));
        assert_int_equal(shown.length, 0);
        text_clear(&shown);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typed_names_become_a_labels_and_back),
        cmocka_unit_test(what_idna_forbids_is_told_why),
        cmocka_unit_test(long_input_is_refused_without_work),
        cmocka_unit_test(deceiving_characters_are_not_decoded),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
