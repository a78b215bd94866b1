/* The text form of events: what is recorded is what is played. */
#include "app/events/event.h"

#include "dns/type.h"
#include "unit/check.h"

#include <stdlib.h>
#include <string.h>

static void lines_are_read_back_as_they_were_written(void **state)
{
    static const char *const lines[] = {
        "0 resize 80 24",
        "12 key Enter",
        "13 key M-x",
        "14 key C-d",
        "15 key PgUp",
        "16 key ü",
        "17 key F12",
        "18 edit 3 exa mple",
        "19 edit 0 ",
        "20 submit bücher.example",
        "21 paste a b",
        "22 mouse press 10 5",
        "23 mouse wheel-down 0 0",
        "24 tick",
        "25 hangup",
        "26 note copied: x",
        "27 key Space",
        "28 zone 4024545454c20a ./new zone",
        "29 zone - empty.zone",
        "30 silent 1003 2 3 127.0.0.1#53",
        "30 silent 0 0 0 -",
        "31 background light",
        "29 policy 6d6f64653a example.com.",
    };

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct text storage = {0}, out = {0};
        struct event event;
        const char *why = NULL;
        if (event_parse(lines[i], &storage, &event, &why))
            fail_msg("%s: %s", lines[i], why);
        event_print(&event, &out);
        assert_string_equal(text_get(&out), lines[i]);
        text_clear(&storage);
        text_clear(&out);
    }
}

static void replies_are_events_too(void **state)
{
    struct question question = {.name = "example.com.", .type = TYPE_MX};
    struct event event = {.kind = EVENT_REPLIES, .at_ms = 7}, parsed;
    struct text line = {0}, again = {0}, storage = {0};
    const char *why = NULL;

    (void)state;
    event.reply = reply_new(&question);
    event_print(&event, &line);
    assert_int_equal(event_parse(text_get(&line), &storage, &parsed, &why), STATUS_OK);
    assert_int_equal(parsed.at_ms, 7);
    assert_int_equal(parsed.kind, EVENT_REPLIES);
    assert_string_equal(parsed.reply->question.name, "example.com.");
    event_print(&parsed, &again);
    assert_string_equal(text_get(&line), text_get(&again));
    reply_free(event.reply);
    reply_free(parsed.reply);
    text_clear(&line);
    text_clear(&again);
    text_clear(&storage);
}

static void other_lines_are_refused_with_a_reason(void **state)
{
    static const char *const lines[] = {
        "",
        "x",
        "-1 tick",
        "5",
        "5 ",
        "5 dance",
        "5 key",
        "5 key NoSuchKey",
        "5 tick now",
        "5 resize 8",
        "5 resize 0 24",
        "5 resize 80 24 1",
        "5 mouse",
        "5 mouse press 1",
        "5 mouse press -1 2",
        "5 edit x y",
        "5 silent 1 2 127.0.0.1#53",
        "5 zone 40",
        "5 zone 4 a.zone",
        "5 zone 4x a.zone",
        "5 zone - a\tb",
        "5 submit a\tb",
        "5 submit \xff",
        "5 reply",
        "99999999999999999999x tick",
    };

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct text storage = {0};
        struct event event;
        const char *why = NULL;
        if (event_parse(lines[i], &storage, &event, &why) == STATUS_OK)
            fail_msg("taken: %s", lines[i]);
        assert_non_null(why);
        text_clear(&storage);
    }
}

static void a_line_longer_than_the_editor_allows_is_refused(void **state)
{
    char line[2048] = "5 submit ";
    struct text storage = {0};
    struct event event;
    const char *why = NULL;

    (void)state;
    memset(line + 9, 'a', 1023);
    assert_int_equal(event_parse(line, &storage, &event, &why), STATUS_OK);
    line[9 + 1023] = 'a';
    assert_int_not_equal(event_parse(line, &storage, &event, &why), STATUS_OK);
    text_clear(&storage);
}

static void every_key_has_a_name_of_its_own(void **state)
{
    (void)state;
    for (uint32_t key = 1; key < KEY_CODE_LAST; key = key == 0x2fff ? KEY_CODE_FIRST : key + 1) {
        char name[KEY_TEXT];
        uint32_t again = 0;
        if (key >= 0x7f && key < 0xa0)
            continue; /* controls no terminal sends as keys */
        if (!key_parse(key_text(key, name), &again) || again != key)
            fail_msg("%x is called %s, which is %x", (unsigned)key, name, (unsigned)again);
        assert_true(key_parse(key_text(key | KEY_ALT, name), &again));
        assert_int_equal(again, key | KEY_ALT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_read_back_as_they_were_written),
        cmocka_unit_test(replies_are_events_too),
        cmocka_unit_test(other_lines_are_refused_with_a_reason),
        cmocka_unit_test(a_line_longer_than_the_editor_allows_is_refused),
        cmocka_unit_test(every_key_has_a_name_of_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
