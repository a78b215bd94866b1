#include "dns/type.h"
#include "dns/wire.h"
#include "message.h"
#include "unit/check.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { AA = 0x0400, TC = 0x0200, AD = 0x0020 };

static enum wire_verdict judge(const struct message *message, bool edns, struct reply **reply)
{
    return wire_judge(&message_question, MESSAGE_ID, edns, message->bytes, message->length, reply);
}

static void what_does_not_repeat_id_and_question_is_no_answer_rfc_5452_9_1(void **state)
{
    static const char name[] = "\7example\3com", other[] = "\7example\3net";
    static const char compressed[] = "\7example\300\014";
    struct message message;
    struct reply *reply = NULL;

    (void)state;
    message_start(&message, 0);
    assert_int_equal(
        wire_judge(&message_question, MESSAGE_ID ^ 1, true, message.bytes, message.length, &reply),
        WIRE_MISMATCH);
    message.bytes[2] &= 0x7f; /* QR: a query, not a response */
    assert_int_equal(judge(&message, true, &reply), WIRE_MISMATCH);
    message_start(&message, 0x2000); /* opcode NOTIFY */
    assert_int_equal(judge(&message, true, &reply), WIRE_MISMATCH);
    message_start_for(&message, 0, other, sizeof other, TYPE_MX, 1);
    assert_int_equal(judge(&message, true, &reply), WIRE_MISMATCH);
    message_start_for(&message, 0, name, sizeof name, TYPE_A, 1);
    assert_int_equal(judge(&message, true, &reply), WIRE_MISMATCH);
    message_start_for(&message, 0, name, sizeof name, TYPE_MX, 3);
    assert_int_equal(judge(&message, true, &reply), WIRE_MISMATCH);
    message_start_for(&message, 0, compressed, sizeof compressed - 1, TYPE_MX, 1);
    assert_int_equal(judge(&message, true, &reply), WIRE_MISMATCH);
    message_start(&message, 0);
    message_set_count(&message, 0, 0);
    assert_int_equal(judge(&message, true, &reply), WIRE_MISMATCH);
    message_set_count(&message, 0, 2);
    assert_int_equal(judge(&message, true, &reply), WIRE_MISMATCH);
    message_set_count(&message, 0, 1);
    for (size_t length = 0; length < message.length; length++)
        assert_int_equal(
            wire_judge(&message_question, MESSAGE_ID, true, message.bytes, length, &reply),
            WIRE_MISMATCH);
    assert_null(reply);
}

static void question_name_is_compared_without_case_rfc_5452_9_1(void **state)
{
    static const char name[] = "\7eXaMpLe\3COM";
    struct message message;
    struct reply *reply;

    (void)state;
    message_start_for(&message, 0, name, sizeof name, TYPE_MX, 1);
    message_add_mx(&message, MESSAGE_ANSWER, "EXAMPLE.com.", 10, "MX1.Example.COM.");
    reply = message_reply(&message);
    assert_int_equal(reply->outcome, OUTCOME_ANSWERED);
    assert_int_equal(reply->record_count, 1);
    assert_string_equal(reply->records[0]->owner, "example.com.");
    assert_string_equal(reply->records[0]->mx.exchange, "mx1.example.com.");
    assert_int_equal(reply->records[0]->mx.preference, 10);
    assert_string_equal(reply->records[0]->rdata, "10 mx1.example.com.");
    reply_free(reply);
}

static void a_cut_message_asks_for_tcp_rfc_2181_9(void **state)
{
    struct message message;
    struct reply *reply = NULL;

    (void)state;
    message_start(&message, TC);
    message_add_mx(&message, MESSAGE_ANSWER, "", 10, "mx1.example.com.");
    message.length -= 3;
    assert_int_equal(judge(&message, true, &reply), WIRE_TRUNCATED);
    assert_null(reply);
}

static void servers_without_edns_are_asked_again_without_rfc_6891_7(void **state)
{
    static const unsigned rcodes[] = {RCODE_FORMERR, RCODE_NOTIMP};
    struct message message;
    struct reply *reply = NULL;

    (void)state;
    for (size_t i = 0; i < COUNT(rcodes); i++) {
        message_start(&message, rcodes[i]);
        assert_int_equal(judge(&message, true, &reply), WIRE_WITHOUT_EDNS);
        message_set_count(&message, 0, 0);
        message.length = 12;
        assert_int_equal(judge(&message, true, &reply), WIRE_WITHOUT_EDNS);
        assert_int_equal(judge(&message, false, &reply), WIRE_MISMATCH);
        message_start(&message, rcodes[i]);
        assert_int_equal(judge(&message, false, &reply), WIRE_REPLY);
        assert_int_equal(reply->outcome, OUTCOME_SERVFAIL);
        assert_int_equal(reply->rcode, rcodes[i]);
        assert_non_null(reply->why);
        reply_free(reply);
        reply = NULL;
    }
    message_start(&message, 0);
    message_add_class(&message, MESSAGE_ADDITIONAL, ".", TYPE_OPT, 1232, 0x01000000, "", 0);
    assert_int_equal(judge(&message, true, &reply), WIRE_WITHOUT_EDNS); /* BADVERS */
    assert_null(reply);
    message_start(&message, RCODE_SERVFAIL);
    message_set_count(&message, 0, 0);
    message.length = 12;
    assert_int_equal(judge(&message, true, &reply), WIRE_MISMATCH);
}

static void outcomes_follow_rcode_and_records_rfc_2308_2(void **state)
{
    static const struct {
        unsigned flags;
        bool with_record;
        enum outcome outcome;
    } cases[] = {
        {0, true, OUTCOME_ANSWERED},
        {AA, false, OUTCOME_NODATA},
        {RCODE_NXDOMAIN, false, OUTCOME_NXDOMAIN},
        {RCODE_NXDOMAIN, true, OUTCOME_NXDOMAIN},
        {RCODE_SERVFAIL, false, OUTCOME_SERVFAIL},
        {RCODE_SERVFAIL, true, OUTCOME_SERVFAIL},
        {RCODE_REFUSED, true, OUTCOME_REFUSED},
        {9, false, OUTCOME_SERVFAIL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct message message;
        struct reply *reply;
        message_start(&message, cases[i].flags);
        if (cases[i].with_record)
            message_add_mx(&message, MESSAGE_ANSWER, "", 10, "mx1.example.com.");
        reply = message_reply(&message);
        assert_int_equal(reply->outcome, cases[i].outcome);
        assert_int_equal(reply->record_count, cases[i].outcome == OUTCOME_ANSWERED);
        assert_int_equal(reply->rcode, cases[i].flags & 15);
        assert_int_equal(reply->aa, (cases[i].flags & AA) != 0);
        assert_true(reply->ra);
        assert_int_equal(reply->why != NULL, outcome_is_temporary(reply->outcome));
        reply_free(reply);
    }
}

static void only_records_that_follow_from_the_question_answer_it(void **state)
{
    struct message message;
    struct reply *reply;

    (void)state;
    message_start(&message, AD);
    message_add_mx(&message, MESSAGE_ANSWER, "victim.example.", 1, "evil.example.");
    message_add_name(&message, MESSAGE_ANSWER, "", TYPE_NS, "ns.example.");
    message_add_mx(&message, MESSAGE_ANSWER, "", 20, "mx2.example.com.");
    message_add_mx(&message, MESSAGE_ANSWER, "", 10, "mx1.example.com.");
    message_add(&message, MESSAGE_ADDITIONAL, "mx1.example.com.", TYPE_A, 60, "\300\0\2\1", 4);
    reply = message_reply(&message);
    assert_int_equal(reply->answer.count, 4);
    assert_int_equal(reply->additional.count, 1);
    assert_int_equal(reply->record_count, 2);
    assert_string_equal(reply->records[0]->mx.exchange, "mx2.example.com.");
    assert_string_equal(reply->records[1]->mx.exchange, "mx1.example.com.");
    assert_string_equal(reply->additional.records[0].rdata, "192.0.2.1");
    assert_true(reply->ad);
    reply_free(reply);
}

static void aliases_are_followed_in_any_order_rfc_1034_3_6_2(void **state)
{
    struct message message;
    struct reply *reply;

    (void)state;
    message_start(&message, 0);
    message_add_mx(&message, MESSAGE_ANSWER, "c.example.", 10, "mx.example.");
    message_add_name(&message, MESSAGE_ANSWER, "b.example.", TYPE_CNAME, "c.example.");
    message_add_name(&message, MESSAGE_ANSWER, "", TYPE_CNAME, "b.example.");
    reply = message_reply(&message);
    assert_int_equal(reply->outcome, OUTCOME_ANSWERED);
    assert_int_equal(reply->alias_count, 2);
    assert_string_equal(reply->aliases[0]->target, "b.example.");
    assert_string_equal(reply->aliases[1]->target, "c.example.");
    assert_string_equal(reply->canonical, "c.example.");
    assert_int_equal(reply->record_count, 1);
    reply_free(reply);
}

static void nxdomain_behind_an_alias_speaks_of_the_last_name_rfc_6604(void **state)
{
    struct message message;
    struct reply *reply;

    (void)state;
    message_start(&message, RCODE_NXDOMAIN);
    message_add_name(&message, MESSAGE_ANSWER, "", TYPE_CNAME, "gone.example.");
    reply = message_reply(&message);
    assert_int_equal(reply->outcome, OUTCOME_NXDOMAIN);
    assert_int_equal(reply->alias_count, 1);
    assert_string_equal(reply->canonical, "gone.example.");
    reply_free(reply);
}

static void alias_loops_are_named(void **state)
{
    struct message message;
    struct reply *reply;

    (void)state;
    message_start(&message, 0);
    message_add_name(&message, MESSAGE_ANSWER, "", TYPE_CNAME, "b.example.");
    message_add_name(&message, MESSAGE_ANSWER, "b.example.", TYPE_CNAME, "example.com.");
    message_add_mx(&message, MESSAGE_ANSWER, "", 10, "mx.example.");
    reply = message_reply(&message);
    assert_true(reply->alias_loop);
    assert_int_equal(reply->alias_count, 2);
    assert_int_equal(reply->record_count, 0);
    assert_int_equal(reply->outcome, OUTCOME_NODATA);
    assert_string_equal(reply->why, "the aliases form a loop: example.com comes again");
    reply_free(reply);
    message_start(&message, 0);
    message_add_name(&message, MESSAGE_ANSWER, "", TYPE_CNAME, "example.com.");
    reply = message_reply(&message);
    assert_true(reply->alias_loop);
    assert_int_equal(reply->alias_count, 1);
    reply_free(reply);
}

static void sixteen_aliases_are_followed_and_no_more(void **state)
{
    (void)state;
    for (int links = 16; links <= 17; links++) {
        char owner[] = "a.example.", target[] = "b.example.";
        struct message message;
        struct reply *reply;
        message_start(&message, 0);
        message_add_name(&message, MESSAGE_ANSWER, "", TYPE_CNAME, owner);
        for (int i = 1; i < links; i++, owner[0]++, target[0]++)
            message_add_name(&message, MESSAGE_ANSWER, owner, TYPE_CNAME, target);
        message_add_mx(&message, MESSAGE_ANSWER, owner, 10, "mx.example.");
        reply = message_reply(&message);
        assert_int_equal(reply->alias_count, 16);
        assert_int_equal(reply->alias_too_long, links == 17);
        assert_int_equal(reply->record_count, links == 16);
        reply_free(reply);
    }
}

static void asking_for_an_alias_does_not_follow_it(void **state)
{
    static const struct question question = {.name = "example.com.", .type = TYPE_CNAME};
    static const char name[] = "\7example\3com";
    struct message message;
    struct reply *reply = NULL;

    (void)state;
    message_start_for(&message, 0, name, sizeof name, TYPE_CNAME, 1);
    message_add_name(&message, MESSAGE_ANSWER, "", TYPE_CNAME, "b.example.");
    assert_int_equal(wire_judge(&question, MESSAGE_ID, true, message.bytes, message.length, &reply),
                     WIRE_REPLY);
    assert_int_equal(reply->outcome, OUTCOME_ANSWERED);
    assert_int_equal(reply->alias_count, 0);
    assert_string_equal(reply->records[0]->target, "b.example.");
    reply_free(reply);
}

static void negative_ttl_is_the_smaller_of_two_rfc_2308_5(void **state)
{
    static const char soa[] =
        "\1m\0\1r\0\0\0\0\1\0\0\0\2\0\0\0\3\0\0\0\4\0\0\1\54"; /* minimum 300 */
    static const struct {
        uint32_t ttl, negative;
    } cases[] = {{3600, 300}, {60, 60}, {0x80000000, 0}};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct message message;
        struct reply *reply;
        message_start(&message, RCODE_NXDOMAIN);
        message_add(&message, MESSAGE_AUTHORITY, "", TYPE_SOA, cases[i].ttl, soa, sizeof soa - 1);
        reply = message_reply(&message);
        assert_int_equal(reply->negative_ttl, cases[i].negative);
        assert_string_equal(reply->authority.records[0].rdata, "m. r. 1 2 3 4 300");
        reply_free(reply);
    }
}

static void ttl_with_the_top_bit_is_zero_rfc_2181_8(void **state)
{
    struct message message;
    struct reply *reply;

    (void)state;
    message_start(&message, 0);
    message_add(&message, MESSAGE_ANSWER, "", TYPE_MX, 0x80000001, "\0\1\0", 3);
    message_add(&message, MESSAGE_ANSWER, "", TYPE_MX, 0x7fffffff, "\0\2\0", 3);
    reply = message_reply(&message);
    assert_int_equal(reply->records[0]->ttl, 0);
    assert_int_equal(reply->records[1]->ttl, 0x7fffffff);
    assert_string_equal(reply->records[0]->mx.exchange, ".");
    reply_free(reply);
}

static void a_referral_is_not_nodata_rfc_2308_2_2(void **state)
{
    struct message message;
    struct reply *reply;

    (void)state;
    message_start(&message, 0);
    message.bytes[3] &= 0x7f; /* RA */
    message_add_name(&message, MESSAGE_AUTHORITY, "com.", TYPE_NS, "ns.example.");
    reply = message_reply(&message);
    assert_int_equal(reply->outcome, OUTCOME_REFUSED);
    assert_string_equal(
        reply->why, "the server only refers to others for example.com: it does not look names up");
    reply_free(reply);
    message.bytes[2] |= AA >> 8;
    reply = message_reply(&message);
    assert_int_equal(reply->outcome, OUTCOME_NODATA);
    reply_free(reply);
    message_start(&message, AA);
    message.bytes[3] &= 0x7f;
    message_add_name(&message, MESSAGE_ANSWER, "", TYPE_CNAME, "elsewhere.example.");
    reply = message_reply(&message);
    assert_int_equal(reply->outcome, OUTCOME_REFUSED);
    assert_string_equal(
        reply->why,
        "the server only refers to others for elsewhere.example: it does not look names up");
    reply_free(reply);
}

static void what_the_server_adds_to_an_error_is_told_and_escaped_rfc_8914(void **state)
{
    static const char option[] = "\0\17\0\7\0\6no\33[m";
    struct message message;
    struct reply *reply;

    (void)state;
    message_start(&message, RCODE_SERVFAIL);
    message_add_class(&message, MESSAGE_ADDITIONAL, ".", TYPE_OPT, 1232, 0, option,
                      sizeof option - 1);
    reply = message_reply(&message);
    assert_int_equal(reply->outcome, OUTCOME_SERVFAIL);
    assert_string_equal(reply->why, "the server says SERVFAIL: DNSSEC bogus (extended error 6): "
                                    "no\\027[m");
    assert_int_equal(reply->additional.count, 0);
    reply_free(reply);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_does_not_repeat_id_and_question_is_no_answer_rfc_5452_9_1),
        cmocka_unit_test(question_name_is_compared_without_case_rfc_5452_9_1),
        cmocka_unit_test(a_cut_message_asks_for_tcp_rfc_2181_9),
        cmocka_unit_test(servers_without_edns_are_asked_again_without_rfc_6891_7),
        cmocka_unit_test(outcomes_follow_rcode_and_records_rfc_2308_2),
        cmocka_unit_test(only_records_that_follow_from_the_question_answer_it),
        cmocka_unit_test(aliases_are_followed_in_any_order_rfc_1034_3_6_2),
        cmocka_unit_test(nxdomain_behind_an_alias_speaks_of_the_last_name_rfc_6604),
        cmocka_unit_test(alias_loops_are_named),
        cmocka_unit_test(sixteen_aliases_are_followed_and_no_more),
        cmocka_unit_test(asking_for_an_alias_does_not_follow_it),
        cmocka_unit_test(negative_ttl_is_the_smaller_of_two_rfc_2308_5),
        cmocka_unit_test(ttl_with_the_top_bit_is_zero_rfc_2181_8),
        cmocka_unit_test(a_referral_is_not_nodata_rfc_2308_2_2),
        cmocka_unit_test(what_the_server_adds_to_an_error_is_told_and_escaped_rfc_8914),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
