/* base/message: a language is named by a locale, and what has no translation is English. */
#include "base/message.h"
#include "unit/check.h"

static void languages_are_named_by_locales(void **state)
{
    (void)state;
    assert_string_equal(message_find("ja"), "ja");
    assert_string_equal(message_find("ja_JP.UTF-8"), "ja");
    assert_string_equal(message_find("en_GB.UTF-8"), "en");
    assert_string_equal(message_find("C.UTF-8"), "en");
    assert_null(message_find("j"));
    assert_null(message_find("jav"));
}

static void english_is_the_ids_themselves(void **state)
{
    (void)state;
    message_language(NULL);
    assert_null(message_code());
    assert_string_equal(tr("answered"), "answered");
    assert_string_equal(tr_in("key", "back"), "back");
    assert_string_equal(tr_plural("one", "many", 1), "one");
    assert_string_equal(tr_plural("one", "many", 0), "many");
    assert_string_equal(tr_plural("one", "many", 2), "many");
}

static void every_message_of_the_catalogues_is_found(void **state)
{
    (void)state;
    for (const struct catalogue *c = catalogues; c->language; c++) {
        message_language(c->language);
        assert_string_equal(message_code(), c->language);
        for (size_t i = 0; i < c->count; i++)
            assert_ptr_equal(tr_in(c->messages[i].context, c->messages[i].id), c->messages[i].text);
        assert_string_equal(tr("nobody says this"), "nobody says this");
        assert_string_equal(tr(""), "");
    }
    message_language("de");
    assert_null(message_code());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(languages_are_named_by_locales),
        cmocka_unit_test(english_is_the_ids_themselves),
        cmocka_unit_test(every_message_of_the_catalogues_is_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
