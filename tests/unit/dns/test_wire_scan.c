/* Messages that are sound, and all the ways in which they are not. */
#include "dns/name.h"
#include "dns/type.h"
#include "dns/wire.h"
#include "message.h"
#include "unit/check.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void assert_malformed(const struct message *message, const char *why, const char *section)
{
    struct reply *reply = message_reply(message);

    assert_int_equal(reply->outcome, OUTCOME_MALFORMED);
    assert_int_equal(reply->answer.count + reply->authority.count + reply->additional.count, 0);
    assert_int_equal(reply->record_count, 0);
    if (!strstr(reply->why, why) || !strstr(reply->why, section))
        fail_msg("%s", reply->why);
    reply_free(reply);
}

static void rdata_that_does_not_fit_its_type_is_malformed(void **state)
{
    static const struct {
        unsigned type;
        const char *rdata;
        size_t length;
    } cases[] = {
        {TYPE_A, "\300\0\2", 3},
        {TYPE_A, "\300\0\2\1\0", 5},
        {TYPE_AAAA, "\300\0\2\1", 4},
        {TYPE_MX, "\0", 1},
        {TYPE_MX, "\0\12", 2},
        {TYPE_MX, "\0\12\1a", 4},
        {TYPE_MX, "\0\12\1a\0\0", 6},
        {TYPE_MX, "\0\12\1a\300", 5},
        {TYPE_SRV, "\0\1\0\2\0", 5},
        {TYPE_SOA, "\0\0\0\0\0\1", 6},
        {TYPE_TXT, "\3ab", 3},
        {TYPE_TXT, "\1a\5b", 4},
        {TYPE_NS, "", 0},
        {TYPE_TLSA, "\3\1", 2},
        {TYPE_DS, "\0\1\10", 3},
        {TYPE_DNSKEY, "\1", 1},
        {TYPE_RRSIG, "\0\1\10\2", 4},
        {TYPE_CAA, "\0\5iss", 5},
        {TYPE_CAA, "\0\0x", 3},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        for (int section = MESSAGE_ANSWER; section <= MESSAGE_ADDITIONAL; section++) {
            static const char *const names[] = {"", "answer", "authority", "additional"};
            struct message message;
            message_start(&message, 0);
            message_add(&message, section, "", cases[i].type, 60, cases[i].rdata, cases[i].length);
            assert_malformed(&message, "malformed", names[section]);
        }
}

static void hostile_names_are_malformed(void **state)
{
    static const struct {
        const char *rdata;
        size_t length;
        const char *why;
    } cases[] = {
        {"\0\12\300\53", 4, "points ahead"},    /* to itself (the name starts at 41 + 2) */
        {"\0\12\300\377", 4, "points ahead"},   /* behind the end */
        {"\0\12\1a\300\53", 6, "points ahead"}, /* to its own first label */
        {"\0\12\100a", 4, "unknown form"},      /* extended label type */
        {"\0\12\200a", 4, "unknown form"},      {"\0\12\77abc", 6, "cut off"},
    };
    char labels[260];
    struct message message;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        message_start(&message, 0);
        message_add(&message, MESSAGE_ANSWER, "", TYPE_MX, 60, cases[i].rdata, cases[i].length);
        assert_malformed(&message, cases[i].why, "answer");
    }
    memset(labels, 1, sizeof labels);
    labels[0] = labels[1] = 0;
    labels[258] = 0;
    message_start(&message, 0);
    message_add(&message, MESSAGE_ANSWER, "", TYPE_MX, 60, labels, 259);
    assert_malformed(&message, "255", "answer");
}

static void counts_and_lengths_must_be_true(void **state)
{
    struct message message;
    size_t whole;

    (void)state;
    message_start(&message, 0);
    message_add_mx(&message, MESSAGE_ANSWER, "", 10, "mx1.example.com.");
    message_set_count(&message, MESSAGE_ANSWER, 2);
    assert_malformed(&message, "cut off", "answer");
    message_set_count(&message, MESSAGE_ANSWER, 0);
    assert_malformed(&message, "left over", "additional");
    message_set_count(&message, MESSAGE_ANSWER, 1);
    message_set_count(&message, MESSAGE_ADDITIONAL, 65535);
    assert_malformed(&message, "cut off", "additional");
    message_set_count(&message, MESSAGE_ADDITIONAL, 0);
    whole = message.length;
    for (message.length = 30; message.length < whole; message.length++)
        assert_malformed(&message, "cut off", "answer");
    message_put(&message, "", 1);
    assert_malformed(&message, "left over", "additional");
}

static void pseudo_records_out_of_place_are_malformed_rfc_6891_6_1(void **state)
{
    static const char tsig[] = "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    struct message message;

    (void)state;
    message_start(&message, 0);
    message_add_class(&message, MESSAGE_ADDITIONAL, ".", TYPE_OPT, 1232, 0, "", 0);
    message_add_class(&message, MESSAGE_ADDITIONAL, ".", TYPE_OPT, 1232, 0, "", 0);
    assert_malformed(&message, "second OPT", "additional");
    message_start(&message, 0);
    message_add_class(&message, MESSAGE_ANSWER, ".", TYPE_OPT, 1232, 0, "", 0);
    assert_malformed(&message, "out of place", "answer");
    message_start(&message, 0);
    message_add_class(&message, MESSAGE_ADDITIONAL, "", TYPE_OPT, 1232, 0, "", 0);
    assert_malformed(&message, "owner", "additional");
    message_start(&message, 0);
    message_add_class(&message, MESSAGE_ADDITIONAL, ".", TYPE_OPT, 1232, 0, "\0\17\0\5\0", 5);
    assert_malformed(&message, "option", "additional");
    message_start(&message, 0);
    message_add_class(&message, MESSAGE_ADDITIONAL, "key.", TYPE_TSIG, 255, 0, tsig,
                      sizeof tsig - 1);
    assert_malformed(&message, "signature", "additional");
    message_start(&message, 0);
    message_add(&message, MESSAGE_ADDITIONAL, ".", 24, 0, tsig,
                sizeof tsig - 1); /* SIG(0), RFC 2931 */
    assert_malformed(&message, "signature", "additional");
    message_start(&message, 0);
    message_add(&message, MESSAGE_ANSWER, "", TYPE_ANY, 0, "", 0);
    assert_malformed(&message, "questions only", "answer");
    message_start(&message, 0);
    message_add_class(&message, MESSAGE_ANSWER, "", TYPE_MX, 3, 60, "\0\1\0", 3);
    assert_malformed(&message, "class", "answer");
}

static void presentation_forms_are_those_of_master_files(void **state)
{
    static const struct {
        unsigned type;
        const char *rdata;
        size_t length;
        const char *text;
    } cases[] = {
        {TYPE_AAAA, "\40\1\15\270\0\0\0\0\0\0\0\0\0\0\0\1", 16, "2001:db8::1"},
        {TYPE_SRV, "\0\1\0\2\0\31\2mx\0", 10, "1 2 25 mx."},
        {TYPE_SRV, "\0\0\0\0\0\0\0", 7, "0 0 0 ."},
        {TYPE_TXT, "", 0, "\"\""}, /* RFC 6763 6.1 */
        {TYPE_TXT, "\3a\"b\0\2\\\33", 8, "\"a\\\"b\" \"\" \"\\\\\\027\""},
        {TYPE_CAA, "\200\5issueca.example", 17, "128 issue \"ca.example\""},
        {TYPE_TLSA, "\3\1\1\253\315", 5, "3 1 1 abcd"},
        {TYPE_DS, "\60\71\10\2\1\377", 6, "12345 8 2 01ff"},
        {TYPE_DNSKEY, "\1\1\3\10\1\2\3", 7, "257 3 8 AQID"},
        {TYPE_PTR, "\3a.b\3COM\0", 9, "a\\.b.com."},
        {65280, "\1\2\377", 3, "\\# 3 0102ff"},
        {65280, "", 0, "\\# 0"},
        {11, "\300\0\2\1\6\1", 6, "\\# 6 c00002010601"}, /* WKS: never by name */
        {TYPE_SPF, "\6v=spf1", 7, "\"v=spf1\""},
    };
    struct message message;
    struct reply *reply;

    (void)state;
    message_start(&message, 0);
    for (size_t i = 0; i < COUNT(cases); i++)
        message_add(&message, MESSAGE_ADDITIONAL, "", cases[i].type, 60, cases[i].rdata,
                    cases[i].length);
    reply = message_reply(&message);
    assert_int_equal(reply->outcome, OUTCOME_NODATA);
    assert_int_equal(reply->additional.count, COUNT(cases));
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(reply->additional.records[i].rdata, cases[i].text);
    reply_free(reply);
}

static void strings_of_a_txt_record_are_joined_rfc_7208_3_3(void **state)
{
    static const struct question question = {.name = "example.com.", .type = TYPE_TXT};
    static const char name[] = "\7example\3com";
    struct message message;
    struct reply *reply = NULL;

    (void)state;
    message_start_for(&message, 0, name, sizeof name, TYPE_TXT, 1);
    message_add(&message, MESSAGE_ANSWER, "", TYPE_TXT, 60, "\5v=spf\0\3\0\61 ", 11);
    message.bytes[message.length - 3] = '1';
    message.bytes[message.length - 2] = 0;
    assert_int_equal(wire_judge(&question, MESSAGE_ID, true, message.bytes, message.length, &reply),
                     WIRE_REPLY);
    assert_int_equal(reply->record_count, 1);
    assert_int_equal(reply->records[0]->txt.count, 3);
    assert_int_equal(reply->records[0]->txt.joined.length, 8);
    assert_memory_equal(reply->records[0]->txt.joined.bytes, "v=spf1\0 ", 8);
    reply_free(reply);
}

static void names_that_unfold_without_bound_are_malformed(void **state)
{
    static const struct question question = {.name = "example.com.", .type = TYPE_NS};
    static const char pointer[] = "\300\0\0\2\0\1\0\0\0\1\0\2\300";
    uint8_t *bytes = calloc(1, 65535);
    struct message message;
    struct reply *reply = NULL;
    char name[NAME_TEXT] = "";
    size_t length, at;

    (void)state;
    for (int i = 0; i < 250; i++)
        strcat(name, i % 63 == 62 ? "." : "\\001");
    message_start_for(&message, 0, "\7example\3com", 13, TYPE_NS, 1);
    at = message.length;
    message_add_name(&message, MESSAGE_ANSWER, name, TYPE_NS, ".");
    memcpy(bytes, message.bytes, message.length);
    for (length = message.length; length + 14 < 65535; length += 14) {
        memcpy(bytes + length, pointer, 13);
        bytes[length + 1] = bytes[length + 13] = (uint8_t)at;
    }
    bytes[6] = (uint8_t)(((length - message.length) / 14 + 1) >> 8);
    bytes[7] = (uint8_t)((length - message.length) / 14 + 1);
    assert_int_equal(wire_judge(&question, MESSAGE_ID, true, bytes, length, &reply), WIRE_REPLY);
    assert_int_equal(reply->outcome, OUTCOME_MALFORMED);
    assert_int_equal(reply->answer.count, 0);
    assert_true(arena_size(reply->arena) < 6u << 20);
    reply_free(reply);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rdata_that_does_not_fit_its_type_is_malformed),
        cmocka_unit_test(hostile_names_are_malformed),
        cmocka_unit_test(counts_and_lengths_must_be_true),
        cmocka_unit_test(pseudo_records_out_of_place_are_malformed_rfc_6891_6_1),
        cmocka_unit_test(presentation_forms_are_those_of_master_files),
        cmocka_unit_test(strings_of_a_txt_record_are_joined_rfc_7208_3_3),
        cmocka_unit_test(names_that_unfold_without_bound_are_malformed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
