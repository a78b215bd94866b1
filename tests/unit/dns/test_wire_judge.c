#include "dns/name.h"
#include "dns/type.h"
#include "dns/wire.h"
#include "message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { AA = 0x0400, TC = 0x0200, AD = 0x0020 };
enum { ANSWER = 1, AUTHORITY, ADDITIONAL };

static const struct question mx_question = {.name = "example.com.", .type = TYPE_MX};

static enum wire_verdict judge(const struct message *message, bool edns, struct reply **reply)
{
    return wire_judge(&mx_question, MESSAGE_ID, edns, message->bytes, message->length, reply);
}

static struct reply *read_reply(const struct message *message)
{
    struct reply *reply = NULL;

    assert_int_equal(judge(message, true, &reply), WIRE_REPLY);
    assert_non_null(reply);
    assert_int_equal(reply->wire.length, message->length);
    assert_memory_equal(reply->wire.bytes, message->bytes, message->length);
    return reply;
}

static void assert_malformed(const struct message *message, const char *why, const char *section)
{
    struct reply *reply = read_reply(message);

    assert_int_equal(reply->outcome, OUTCOME_MALFORMED);
    assert_int_equal(reply->answer.count + reply->authority.count + reply->additional.count, 0);
    assert_int_equal(reply->record_count, 0);
    if (!strstr(reply->why, why) || !strstr(reply->why, section))
        fail_msg("%s", reply->why);
    reply_free(reply);
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
        wire_judge(&mx_question, MESSAGE_ID ^ 1, true, message.bytes, message.length, &reply),
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
        assert_int_equal(wire_judge(&mx_question, MESSAGE_ID, true, message.bytes, length, &reply),
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
    message_add_mx(&message, ANSWER, "EXAMPLE.com.", 10, "MX1.Example.COM.");
    reply = read_reply(&message);
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
    message_add_mx(&message, ANSWER, "", 10, "mx1.example.com.");
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
    message_add_class(&message, ADDITIONAL, ".", TYPE_OPT, 1232, 0x01000000, "", 0);
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
            message_add_mx(&message, ANSWER, "", 10, "mx1.example.com.");
        reply = read_reply(&message);
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
    message_add_mx(&message, ANSWER, "victim.example.", 1, "evil.example.");
    message_add_name(&message, ANSWER, "", TYPE_NS, "ns.example.");
    message_add_mx(&message, ANSWER, "", 20, "mx2.example.com.");
    message_add_mx(&message, ANSWER, "", 10, "mx1.example.com.");
    message_add(&message, ADDITIONAL, "mx1.example.com.", TYPE_A, 60, "\300\0\2\1", 4);
    reply = read_reply(&message);
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
    message_add_mx(&message, ANSWER, "c.example.", 10, "mx.example.");
    message_add_name(&message, ANSWER, "b.example.", TYPE_CNAME, "c.example.");
    message_add_name(&message, ANSWER, "", TYPE_CNAME, "b.example.");
    reply = read_reply(&message);
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
    message_add_name(&message, ANSWER, "", TYPE_CNAME, "gone.example.");
    reply = read_reply(&message);
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
    message_add_name(&message, ANSWER, "", TYPE_CNAME, "b.example.");
    message_add_name(&message, ANSWER, "b.example.", TYPE_CNAME, "example.com.");
    message_add_mx(&message, ANSWER, "", 10, "mx.example.");
    reply = read_reply(&message);
    assert_true(reply->alias_loop);
    assert_int_equal(reply->alias_count, 2);
    assert_int_equal(reply->record_count, 0);
    assert_int_equal(reply->outcome, OUTCOME_NODATA);
    assert_non_null(strstr(reply->why, "example.com."));
    reply_free(reply);
    message_start(&message, 0);
    message_add_name(&message, ANSWER, "", TYPE_CNAME, "example.com.");
    reply = read_reply(&message);
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
        message_add_name(&message, ANSWER, "", TYPE_CNAME, owner);
        for (int i = 1; i < links; i++, owner[0]++, target[0]++)
            message_add_name(&message, ANSWER, owner, TYPE_CNAME, target);
        message_add_mx(&message, ANSWER, owner, 10, "mx.example.");
        reply = read_reply(&message);
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
    message_add_name(&message, ANSWER, "", TYPE_CNAME, "b.example.");
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
        message_add(&message, AUTHORITY, "", TYPE_SOA, cases[i].ttl, soa, sizeof soa - 1);
        reply = read_reply(&message);
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
    message_add(&message, ANSWER, "", TYPE_MX, 0x80000001, "\0\1\0", 3);
    message_add(&message, ANSWER, "", TYPE_MX, 0x7fffffff, "\0\2\0", 3);
    reply = read_reply(&message);
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
    message_add_name(&message, AUTHORITY, "com.", TYPE_NS, "ns.example.");
    reply = read_reply(&message);
    assert_int_equal(reply->outcome, OUTCOME_REFUSED);
    assert_non_null(strstr(reply->why, "com."));
    reply_free(reply);
    message.bytes[2] |= AA >> 8;
    reply = read_reply(&message);
    assert_int_equal(reply->outcome, OUTCOME_NODATA);
    reply_free(reply);
    message_start(&message, AA);
    message.bytes[3] &= 0x7f;
    message_add_name(&message, ANSWER, "", TYPE_CNAME, "elsewhere.example.");
    reply = read_reply(&message);
    assert_int_equal(reply->outcome, OUTCOME_REFUSED);
    assert_non_null(strstr(reply->why, "elsewhere.example."));
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
    message_add_name(&message, ANSWER, name, TYPE_NS, ".");
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

static void what_the_server_adds_to_an_error_is_told_and_escaped_rfc_8914(void **state)
{
    static const char option[] = "\0\17\0\7\0\6no\33[m";
    struct message message;
    struct reply *reply;

    (void)state;
    message_start(&message, RCODE_SERVFAIL);
    message_add_class(&message, ADDITIONAL, ".", TYPE_OPT, 1232, 0, option, sizeof option - 1);
    reply = read_reply(&message);
    assert_int_equal(reply->outcome, OUTCOME_SERVFAIL);
    assert_string_equal(reply->why, "the server says SERVFAIL: DNSSEC bogus (extended error 6): "
                                    "no\\027[m");
    assert_int_equal(reply->additional.count, 0);
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
        {TYPE_TXT, "", 0},
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
        for (int section = ANSWER; section <= ADDITIONAL; section++) {
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
        message_add(&message, ANSWER, "", TYPE_MX, 60, cases[i].rdata, cases[i].length);
        assert_malformed(&message, cases[i].why, "answer");
    }
    memset(labels, 1, sizeof labels);
    labels[0] = labels[1] = 0;
    labels[258] = 0;
    message_start(&message, 0);
    message_add(&message, ANSWER, "", TYPE_MX, 60, labels, 259);
    assert_malformed(&message, "255", "answer");
}

static void counts_and_lengths_must_be_true(void **state)
{
    struct message message;
    size_t whole;

    (void)state;
    message_start(&message, 0);
    message_add_mx(&message, ANSWER, "", 10, "mx1.example.com.");
    message_set_count(&message, ANSWER, 2);
    assert_malformed(&message, "cut off", "answer");
    message_set_count(&message, ANSWER, 0);
    assert_malformed(&message, "left over", "additional");
    message_set_count(&message, ANSWER, 1);
    message_set_count(&message, ADDITIONAL, 65535);
    assert_malformed(&message, "cut off", "additional");
    message_set_count(&message, ADDITIONAL, 0);
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
    message_add_class(&message, ADDITIONAL, ".", TYPE_OPT, 1232, 0, "", 0);
    message_add_class(&message, ADDITIONAL, ".", TYPE_OPT, 1232, 0, "", 0);
    assert_malformed(&message, "second OPT", "additional");
    message_start(&message, 0);
    message_add_class(&message, ANSWER, ".", TYPE_OPT, 1232, 0, "", 0);
    assert_malformed(&message, "out of place", "answer");
    message_start(&message, 0);
    message_add_class(&message, ADDITIONAL, "", TYPE_OPT, 1232, 0, "", 0);
    assert_malformed(&message, "owner", "additional");
    message_start(&message, 0);
    message_add_class(&message, ADDITIONAL, ".", TYPE_OPT, 1232, 0, "\0\17\0\5\0", 5);
    assert_malformed(&message, "option", "additional");
    message_start(&message, 0);
    message_add_class(&message, ADDITIONAL, "key.", TYPE_TSIG, 255, 0, tsig, sizeof tsig - 1);
    assert_malformed(&message, "signature", "additional");
    message_start(&message, 0);
    message_add(&message, ADDITIONAL, ".", 24, 0, tsig, sizeof tsig - 1); /* SIG(0), RFC 2931 */
    assert_malformed(&message, "signature", "additional");
    message_start(&message, 0);
    message_add(&message, ANSWER, "", TYPE_ANY, 0, "", 0);
    assert_malformed(&message, "questions only", "answer");
    message_start(&message, 0);
    message_add_class(&message, ANSWER, "", TYPE_MX, 3, 60, "\0\1\0", 3);
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
        message_add(&message, ADDITIONAL, "", cases[i].type, 60, cases[i].rdata, cases[i].length);
    reply = read_reply(&message);
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
    message_add(&message, ANSWER, "", TYPE_TXT, 60, "\5v=spf\0\3\0\61 ", 11);
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
        cmocka_unit_test(names_that_unfold_without_bound_are_malformed),
        cmocka_unit_test(what_the_server_adds_to_an_error_is_told_and_escaped_rfc_8914),
        cmocka_unit_test(rdata_that_does_not_fit_its_type_is_malformed),
        cmocka_unit_test(hostile_names_are_malformed),
        cmocka_unit_test(counts_and_lengths_must_be_true),
        cmocka_unit_test(pseudo_records_out_of_place_are_malformed_rfc_6891_6_1),
        cmocka_unit_test(presentation_forms_are_those_of_master_files),
        cmocka_unit_test(strings_of_a_txt_record_are_joined_rfc_7208_3_3),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
