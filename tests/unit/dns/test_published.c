/* The TTL of the zone's own servers, and where only a cache was asked. */
#include "dns/formats/published.h"

#include "dns/address.h"
#include "dns/type.h"
#include "unit/check.h"

/* An A record of a.test, by the resolver or by a server of the zone. */
static void put(struct answers *answers, uint32_t ttl, bool aa, bool server)
{
    struct question question = {.name = "a.test.", .type = TYPE_A};
    struct reply *reply;
    const struct record **records;
    struct record *record;

    if (server)
        address_parse("192.0.2.53", &question.server);
    reply = reply_new(&question);
    reply->outcome = OUTCOME_ANSWERED;
    reply->aa = aa;
    record = arena_alloc(reply->arena, 1, sizeof *record);
    *record = (struct record){.owner = "a.test.", .type = TYPE_A, .ttl = ttl, .rdata = "192.0.2.1"};
    records = arena_alloc(reply->arena, 1, sizeof *records);
    records[0] = record;
    reply->records = records;
    reply->record_count = 1;
    answers_put(answers, reply);
}

static void check(struct answers *answers, uint32_t seen, uint32_t seconds, bool least)
{
    struct published_ttl ttl = published_ttl(answers, "a.test.", TYPE_A, seen);

    assert_int_equal(ttl.seconds, seconds);
    assert_int_equal(ttl.least, least);
    ttl = published_ttl(answers, "b.test.", TYPE_A, seen);
    assert_int_equal(ttl.seconds, seen);
    assert_false(ttl.least);
    ttl = published_ttl(answers, "a.test.", TYPE_MX, seen);
    assert_int_equal(ttl.seconds, seen);
}

static void the_zone_s_own_ttl_counts(void **state)
{
    struct answers *answers = answers_new();

    (void)state;
    check(answers, 17, 17, false);
    put(answers, 17, false, false);
    check(answers, 17, 17, true);
    check(answers, 3600, 3600, false); /* chosen, not copied */
    put(answers, 300, true, true);
    check(answers, 17, 300, false);
    check(answers, 3600, 3600, false);
    check(answers, 300, 300, false);
    answers_free(answers);
}

static void an_authoritative_answer_needs_no_other(void **state)
{
    struct answers *answers = answers_new();

    (void)state;
    put(answers, 60, true, false);
    check(answers, 60, 60, false);
    answers_free(answers);
}

static void the_line_says_when_it_may_be_more(void **state)
{
    struct answers *answers = answers_new();
    struct record record = {.owner = "a.test.", .type = TYPE_A, .ttl = 17, .rdata = "192.0.2.1"};
    struct text out = {0};

    (void)state;
    put(answers, 17, false, false);
    published_print(answers, &record, &out);
    assert_string_equal(text_get(&out),
                        "a.test. 17 IN A 192.0.2.1 ; TTL at least, as a cache has it");
    put(answers, 300, true, true);
    text_cut(&out, 0);
    published_print(answers, &record, &out);
    assert_string_equal(text_get(&out), "a.test. 300 IN A 192.0.2.1");
    text_clear(&out);
    answers_free(answers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_zone_s_own_ttl_counts),
        cmocka_unit_test(an_authoritative_answer_needs_no_other),
        cmocka_unit_test(the_line_says_when_it_may_be_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
