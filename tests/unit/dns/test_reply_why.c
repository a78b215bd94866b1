/* dns/reply_why: reasons are English in the data and told in the language; what is none of the
 * known forms, and what stands in them, stays as it is. */
#include "dns/formats/reply_why.h"

#include "base/message.h"
#include "unit/check.h"

static const struct {
    const char *why, *japanese;
} reasons[] = {
    {"it is not in the recording", "記録にない"},
    {"the server says SERVFAIL", "サーバーの応答はSERVFAIL"},
    {"the server says SERVFAIL: DNSSEC bogus (extended error 6)",
     "サーバーの応答はSERVFAIL: DNSSEC検証失敗（拡張エラー6）"},
    {"the server says SERVFAIL: DNSSEC bogus (extended error 6): a: b (c)",
     "サーバーの応答はSERVFAIL: DNSSEC検証失敗（拡張エラー6）: a: b (c)"},
    {"the reply is malformed: a record is cut off in the answer section",
     "応答が不正です: answerセクション: レコードが途中で切れています"},
    {"no zone given for a.example", "a.exampleのゾーンが指定されていません"},
    {"no zone given for a.example, delegated at example",
     "a.exampleのゾーンが指定されていません（exampleで委任）"},
    {"no answer from 192.0.2.1, 2001:db8::1 within 5 s",
     "192.0.2.1, 2001:db8::1から5秒以内に応答なし"},
    {"no answer from 192.0.2.1 within 5 s; no connection was made",
     "192.0.2.1から5秒以内に応答なし。接続できませんでした"},
    {"2001:db8::1: connection refused", "2001:db8::1: 接続拒否"},
    {"192.0.2.1: over TCP: host is unreachable", "192.0.2.1: TCP: ホストに到達不能"},
    {"something else", "something else"},
    {"%s %n %2$s", "%s %n %2$s"},
    {"the server says %s%n: %2$s", "サーバーの応答は%s%n: %2$s"},
    {"no zone given for ", "no zone given for "},
    {": ", ": "},
    {"", ""},
};

static void told(const char *why, const char *expected)
{
    struct text text = {0};

    reply_why_add(why, &text);
    assert_string_equal(text_get(&text), expected);
    text_clear(&text);
}

static void reasons_are_told_in_the_language(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        message_language(NULL);
        told(reasons[i].why, reasons[i].why);
        message_language("ja");
        told(reasons[i].why, reasons[i].japanese);
    }
    message_language(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(reasons_are_told_in_the_language)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
