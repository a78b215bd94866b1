/* Answers that two sources gave together: what is "answered" has a record, whatever they were. */
#include "dns/reply_chain.h"

#include "dns/type.h"
#include "unit/check.h"
#include "unit/dns/message.h"

/* Says that example.com. is an alias of mail.example.net. */
static struct reply *front_reply(void)
{
    struct message message;

    message_start(&message, 0);
    message_add_name(&message, MESSAGE_ANSWER, "", TYPE_CNAME, "mail.example.net.");
    return message_reply(&message);
}

static void what_answers_behind_an_alias_answers_for_it(void **state)
{
    static const char name[] = "\4mail\7example\3net";
    struct reply *front = front_reply(), *back, *chain;
    const struct question question = {.name = "mail.example.net.", .type = TYPE_MX};
    struct message message;

    (void)state;
    message_start_for(&message, 0, name, sizeof name, TYPE_MX, 1);
    message_add_mx(&message, MESSAGE_ANSWER, "", 10, "mx.example.net.");
    back = reply_new(&question);
    back->wire.bytes = (const uint8_t *)arena_dup_bytes(back->arena, message.bytes, message.length);
    back->wire.length = message.length;
    back->outcome = OUTCOME_ANSWERED;
    chain = reply_chain(front, back);
    assert_int_equal(chain->outcome, OUTCOME_ANSWERED);
    assert_int_equal(chain->alias_count, 1);
    assert_int_equal(chain->record_count, 1);
    assert_string_equal(chain->records[0]->mx.exchange, "mx.example.net.");
    reply_free(front);
    reply_free(back);
    reply_free(chain);
}

static void an_answer_that_cannot_be_put_behind_an_alias_is_none(void **state)
{
    static const enum outcome outcomes[][2] = {
        {OUTCOME_ANSWERED, OUTCOME_SERVFAIL},
        {OUTCOME_TIMEOUT, OUTCOME_TIMEOUT},
        {OUTCOME_MALFORMED, OUTCOME_MALFORMED},
    };
    const struct question question = {.name = "mail.example.net.", .type = TYPE_MX};

    (void)state;
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++) {
        struct reply *front = front_reply(), *back = reply_new(&question), *chain;

        back->outcome = outcomes[i][0];
        chain = reply_chain(front, back);
        assert_int_equal(chain->outcome, outcomes[i][1]);
        assert_int_equal(chain->record_count, 0);
        reply_free(front);
        reply_free(back);
        reply_free(chain);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_answers_behind_an_alias_answers_for_it),
        cmocka_unit_test(an_answer_that_cannot_be_put_behind_an_alias_is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
