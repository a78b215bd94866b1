#include "dns/encrypted.h"
#include "dns/reply.h"
#include "dns/type.h"
#include "message.h"
#include "unit/check.h"

#include <locale.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
/* A response to example.com. MX with one record, in hexadecimal. */
#define QUESTION_HEX "076578616d706c6503636f6d00000f0001"
#define ANSWER_HEX   "123480800001000100000000" QUESTION_HEX "c00c000f00010000012c0005000a016d00"
#define NODATA_HEX   "123480800001000000000000" QUESTION_HEX

static void assert_same(const struct reply *a, const struct reply *b)
{
    struct text line_of_a = {0}, line_of_b = {0};

    assert_int_equal(a->record_count, b->record_count);
    assert_int_equal(a->alias_count, b->alias_count);
    assert_int_equal(a->additional.count, b->additional.count);
    reply_print(a, &line_of_a);
    reply_print(b, &line_of_b);
    assert_string_equal(text_get(&line_of_a), text_get(&line_of_b));
    text_clear(&line_of_a);
    text_clear(&line_of_b);
}

/* Packed and unfolded, or copied at once, it is the same. */
static void assert_copies(const struct reply *reply)
{
    struct reply *copy = reply_dup(reply), *packed = reply_pack(reply),
                 *unfolded = reply_dup(packed);

    assert_same(copy, reply);
    assert_same(unfolded, reply);
    assert_int_equal(packed->record_count, 0);
    reply_free(copy);
    reply_free(packed);
    reply_free(unfolded);
}

static void assert_reads_back(const struct reply *reply)
{
    struct text line = {0};
    struct reply *parsed = NULL;
    const char *why = NULL;

    reply_print(reply, &line);
    assert_null(strchr(text_get(&line), '\n'));
    if (reply_parse(text_get(&line), &parsed, &why) != STATUS_OK)
        fail_msg("%s: %s", why, text_get(&line));
    assert_true(question_equal(&parsed->question, &reply->question));
    assert_int_equal(parsed->outcome, reply->outcome);
    assert_int_equal(parsed->rcode, reply->rcode);
    assert_int_equal(parsed->wire.length, reply->wire.length);
    assert_int_equal(parsed->transport, reply->transport);
    assert_int_equal(parsed->rtt_us, reply->rtt_us);
    assert_int_equal(parsed->received_ms, reply->received_ms);
    assert_int_equal(parsed->why != NULL, reply->why != NULL);
    assert_same(parsed, reply);
    assert_copies(reply);
    reply_free(parsed);
    text_clear(&line);
}

static void an_answer_reads_back_with_all_it_says(void **state)
{
    struct message message;
    struct reply *reply;

    (void)state;
    message_start(&message, 0);
    message_add_name(&message, MESSAGE_ANSWER, "", TYPE_CNAME, "b.example.");
    message_add_mx(&message, MESSAGE_ANSWER, "b.example.", 10, "mx.example.");
    message_add(&message, MESSAGE_ADDITIONAL, "mx.example.", TYPE_A, 60, "\300\0\2\1", 4);
    reply = message_reply(&message);
    reply->server = "[2001:db8::1]#53";
    reply->transport = TRANSPORT_TCP;
    reply->rtt_us = UINT32_MAX;
    reply->tries = 3;
    reply->unmatched = 2;
    reply->received_ms = INT64_MAX;
    assert_reads_back(reply);
    reply_free(reply);
}

static void failures_read_back_with_their_sentence(void **state)
{
    struct question question = {
        .name = "a\\032b.example.", .type = 65280, .flags = QUESTION_NO_RECURSION};
    struct reply *reply;

    (void)state;
    assert_true(address_parse("2001:db8::53", &question.server));
    reply = reply_new(&question);
    assert_reads_back(reply);
    reply->why = "a \"quoted\" \\ sentence with b\xc3\xbc"
                 "cher";
    reply->server = "zone my file.zone";
    reply->received_ms = -5;
    assert_reads_back(reply);
    reply->question.port = 5353;
    assert_reads_back(reply);
    reply_free(reply);
}

static void encrypted_servers_read_back(void **state)
{
    static const char *const servers[] = {"tls://192.0.2.53#853", "tls://[2001:db8::53]#53/a.test",
                                          "https://a.test:8443/dns-query@192.0.2.53",
                                          "https://[2001:db8::53]/dns-query"};
    struct question question = {.name = "example.", .type = TYPE_MX};

    (void)state;
    for (size_t i = 0; i < COUNT(servers); i++) {
        struct encrypted_spec spec;
        struct address address = {0};
        struct reply *reply;
        const char *why;
        assert_int_equal(encrypted_parse(servers[i], &spec, &why), STATUS_OK);
        question.server = spec.address;
        question.port = spec.port;
        question.encrypted = spec.number;
        reply = reply_new(&question);
        reply->outcome = OUTCOME_UNTRUSTED;
        reply->server = servers[i];
        assert_reads_back(reply);
        assert_true(reply_from_address(reply, &address));
        assert_true(address_equal(&address, &spec.address));
        reply_free(reply);
    }
}

static void malformed_messages_are_kept_as_they_came(void **state)
{
    struct message message;
    struct reply *reply;

    (void)state;
    message_start(&message, 0);
    message_add(&message, MESSAGE_ANSWER, "", TYPE_A, 60, "\1\2\3", 3);
    reply = message_reply(&message);
    assert_int_equal(reply->outcome, OUTCOME_MALFORMED);
    assert_reads_back(reply);
    reply_free(reply);
}

static void records_come_from_the_message_in_the_line(void **state)
{
    static const char line[] =
        "example.com. MX 0 * answered 0 udp 1500 1 0 42 \"127.0.0.1#53\" \"\" " ANSWER_HEX;
    struct reply *reply = NULL;
    const char *why = NULL;

    (void)state;
    assert_int_equal(reply_parse(line, &reply, &why), STATUS_OK);
    assert_int_equal(reply->record_count, 1);
    assert_string_equal(reply->records[0]->rdata, "10 m.");
    assert_string_equal(reply->server, "127.0.0.1#53");
    assert_int_equal(reply->rtt_us, 1500);
    assert_null(reply->why);
    reply_free(reply);
}

static void what_is_shown_of_a_line_is_escaped(void **state)
{
    static const char line[] = "example.com. MX 0 * timeout -1 none 0 0 0 0 "
                               "\"\\027]0;x\\007\" \"\x1b[2J\xe2\x80\xae\" -";
    struct reply *reply = NULL;
    const char *why = NULL;

    (void)state;
    assert_int_equal(reply_parse(line, &reply, &why), STATUS_OK);
    assert_string_equal(reply->server, "\\027]0;x\\007");
    assert_string_equal(reply->why, "\\027[2J\\226\\128\\174");
    reply_free(reply);
}

static void lines_that_are_not_true_are_refused(void **state)
{
    static const struct {
        const char *line, *why;
    } cases[] = {
        {"", "missing"},
        {"example.com.", "missing"},
        {"example.com MX 0 * timeout -1 none 0 0 0 0 \"\" \"\" -", "canonical"},
        {"EXAMPLE.com. MX 0 * timeout -1 none 0 0 0 0 \"\" \"\" -", "canonical"},
        {"a..b. MX 0 * timeout -1 none 0 0 0 0 \"\" \"\" -", "canonical"},
        {"example.com. MXX 0 * timeout -1 none 0 0 0 0 \"\" \"\" -", "type"},
        {"example.com. MX 8 * timeout -1 none 0 0 0 0 \"\" \"\" -", "range"},
        {"example.com. MX +1 * timeout -1 none 0 0 0 0 \"\" \"\" -", "number"},
        {"example.com. MX 1x * timeout -1 none 0 0 0 0 \"\" \"\" -", "number"},
        {"example.com. MX 0 192.0.2.1#0 timeout -1 none 0 0 0 0 \"\" \"\" -", "port"},
        {"example.com. MX 0 192.0.2.1#65536 timeout -1 none 0 0 0 0 \"\" \"\" -", "port"},
        {"example.com. MX 0 192.0.2.1#5x timeout -1 none 0 0 0 0 \"\" \"\" -", "port"},
        {"example.com. MX 0 *#53 timeout -1 none 0 0 0 0 \"\" \"\" -", "server"},
        {"example.com. MX 0 localhost timeout -1 none 0 0 0 0 \"\" \"\" -", "server"},
        {"example.com. MX 0 tls:// timeout -1 none 0 0 0 0 \"\" \"\" -", "server"},
        {"example.com. MX 0 tls://a.test timeout -1 none 0 0 0 0 \"\" \"\" -", "no address"},
        {"example.com. MX 0 tls://192.0.2.53#x timeout -1 none 0 0 0 0 \"\" \"\" -", "port"},
        {"example.com. MX 0 * late -1 none 0 0 0 0 \"\" \"\" -", "outcome"},
        {"example.com. MX 0 * timeout 4096 none 0 0 0 0 \"\" \"\" -", "range"},
        {"example.com. MX 0 * timeout -2 none 0 0 0 0 \"\" \"\" -", "range"},
        {"example.com. MX 0 * timeout -1 pigeon 0 0 0 0 \"\" \"\" -", "transport"},
        {"example.com. MX 0 * timeout -1 none 4294967296 0 0 0 \"\" \"\" -", "range"},
        {"example.com. MX 0 * timeout -1 none 0 0 0 9223372036854775808 \"\" \"\" -", "number"},
        {"example.com. MX 0 * timeout -1 none 0 0 0 0 x \"\" -", "quoted"},
        {"example.com. MX 0 * timeout -1 none 0 0 0 0 \"\" \"open -", "quoted"},
        {"example.com. MX 0 * timeout -1 none 0 0 0 0 \"\\000\" \"\" -", "escape"},
        {"example.com. MX 0 * timeout -1 none 0 0 0 0 \"\\400\" \"\" -", "escape"},
        {"example.com. MX 0 * timeout -1 none 0 0 0 0 \"\\x\" \"\" -", "escape"},
        {"example.com. MX 0 * timeout -1 none 0 0 0 0 \"\" \"\"", "missing"},
        {"example.com. MX 0 * timeout -1 none 0 0 0 0 \"\" \"\" ", "hexadecimal"},
        {"example.com. MX 0 * timeout -1 none 0 0 0 0 \"\" \"\" abc", "hexadecimal"},
        {"example.com. MX 0 * timeout -1 none 0 0 0 0 \"\" \"\" ABCD", "hexadecimal"},
        {"example.com. MX 0 * timeout -1 none 0 0 0 0 \"\" \"\" - ", "hexadecimal"},
        {"example.com. MX 0 * answered 0 udp 0 1 0 0 \"\" \"\" -", "message is missing"},
        {"example.com. MX 0 * nodata 0 udp 0 1 0 0 \"\" \"\" " ANSWER_HEX, "follow"},
        {"example.com. MX 0 * answered 0 udp 0 1 0 0 \"\" \"\" " NODATA_HEX, "follow"},
        {"example.com. MX 0 * answered 0 udp 0 1 0 0 \"\" \"\" " ANSWER_HEX "00", "follow"},
        {"example.com. A 0 * answered 0 udp 0 1 0 0 \"\" \"\" " ANSWER_HEX, "belong"},
        {"example.net. MX 0 * answered 0 udp 0 1 0 0 \"\" \"\" " ANSWER_HEX, "belong"},
        {"example.com. MX 0 * answered 0 udp 0 1 0 0 \"\" \"\" 1234", "belong"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct reply *reply = NULL;
        const char *why = NULL;
        assert_int_equal(reply_parse(cases[i].line, &reply, &why), STATUS_SYNTAX);
        assert_null(reply);
        if (!strstr(why, cases[i].why))
            fail_msg("%s: %s", cases[i].line, why);
    }
}

static void every_beginning_of_a_line_is_refused(void **state)
{
    static const char line[] =
        "example.com. MX 0 * answered 0 udp 1500 1 0 42 \"127.0.0.1#53\" \"\" " ANSWER_HEX;
    char cut[sizeof line];

    (void)state;
    for (size_t length = 0; length + 1 < sizeof line; length++) {
        struct reply *reply = NULL;
        const char *why = NULL;
        memcpy(cut, line, length);
        cut[length] = '\0';
        assert_int_equal(reply_parse(cut, &reply, &why), STATUS_SYNTAX);
        assert_non_null(why);
    }
}

static void names_of_outcomes_and_transports_read_back(void **state)
{
    (void)state;
    for (int i = OUTCOME_ANSWERED; i < OUTCOME_COUNT; i++) {
        enum outcome outcome = OUTCOME_ANSWERED;
        assert_true(outcome_parse(outcome_text((enum outcome)i), &outcome));
        assert_int_equal(outcome, i);
    }
    for (int i = TRANSPORT_UDP; i <= TRANSPORT_NONE; i++) {
        enum transport transport = TRANSPORT_UDP;
        assert_true(transport_parse(transport_text((enum transport)i), &transport));
        assert_int_equal(transport, i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_reads_back_with_all_it_says),
        cmocka_unit_test(failures_read_back_with_their_sentence),
        cmocka_unit_test(encrypted_servers_read_back),
        cmocka_unit_test(malformed_messages_are_kept_as_they_came),
        cmocka_unit_test(records_come_from_the_message_in_the_line),
        cmocka_unit_test(what_is_shown_of_a_line_is_escaped),
        cmocka_unit_test(lines_that_are_not_true_are_refused),
        cmocka_unit_test(every_beginning_of_a_line_is_refused),
        cmocka_unit_test(names_of_outcomes_and_transports_read_back),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
