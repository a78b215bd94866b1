/* How long caches keep a reply: the TTL of the zone's own servers, or at least what a cache says.
 */
#include "base/text.h"
#include "dns/type.h"
#include "policy/servers/authority_ttl.h"
#include "unit/check.h"

static const struct record aged = {.ttl = 40}, whole = {.ttl = 3600};
static const struct record *const aged_list[] = {&aged}, *const whole_list[] = {&whole};

static struct reply reply(const char *name, const struct record *const *records, bool aa)
{
    return (struct reply){.question = {.name = name, .type = TYPE_MX},
                          .records = records,
                          .record_count = records != NULL,
                          .outcome = records ? OUTCOME_ANSWERED : OUTCOME_NODATA,
                          .negative_ttl = aa ? 300 : 7,
                          .aa = aa};
}

static void assert_ttl(const struct authority *authority, const struct reply *said,
                       uint32_t seconds, bool least)
{
    struct authority_ttl ttl = authority_ttl(authority, said);

    assert_int_equal(ttl.seconds, seconds);
    assert_int_equal(ttl.least, least);
}

static void a_cache_says_how_long_at_least(void **state)
{
    struct reply cached = reply("a.", aged_list, false), none = reply("a.", NULL, false);
    struct reply own = reply("a.", whole_list, true), own_none = reply("a.", NULL, true);

    (void)state;
    assert_ttl(NULL, &cached, 40, true);
    assert_ttl(NULL, &none, 7, true);
    assert_ttl(NULL, &own, 3600, false);
    assert_ttl(NULL, &own_none, 300, false);
}

static void the_servers_of_the_zone_say_how_long(void **state)
{
    struct reply cached = reply("a.", aged_list, false), other = reply("b.", aged_list, false);
    struct reply none = reply("a.", NULL, false), own = reply("a.", whole_list, true);
    struct reply own_none = reply("a.", NULL, true), lame = reply("a.", whole_list, false);
    struct authority_server server = {.mx = &own};
    struct authority authority = {.reference = &server};

    (void)state;
    assert_ttl(&authority, &cached, 3600, false);
    assert_ttl(&authority, &other, 40, true);
    server.mx = &own_none;
    assert_ttl(&authority, &none, 300, false);
    server.mx = &lame;
    assert_ttl(&authority, &cached, 40, true);
    authority.reference = NULL;
    assert_ttl(&authority, &cached, 40, true);
}

/* Of each type that all servers are asked for anyway, and of what was asked for its TTL. */
static void the_reply_to_the_same_question_says_it(void **state)
{
    static const uint16_t types[] = {TYPE_SOA, TYPE_NS,   TYPE_MX, TYPE_TXT,
                                     TYPE_A,   TYPE_AAAA, TYPE_SRV};
    enum { TYPES = sizeof types / sizeof types[0] };
    struct record records[TYPES];
    const struct record *lists[TYPES];
    struct reply own[TYPES];
    const struct reply *last = &own[TYPES - 1];
    struct authority_server server = {.soa = &own[0],
                                      .ns = &own[1],
                                      .mx = &own[2],
                                      .txt = &own[3],
                                      .a = &own[4],
                                      .aaaa = &own[5]};
    struct authority authority = {.reference = &server, .own = &last, .own_count = 1};

    (void)state;
    for (uint32_t i = 0; i < TYPES; i++) {
        records[i] = (struct record){.ttl = 1000 + i};
        lists[i] = &records[i];
        own[i] = reply("a.", &lists[i], true);
        own[i].question.type = types[i];
    }
    for (uint32_t i = 0; i < TYPES; i++) {
        struct reply cached = reply("a.", aged_list, false);

        cached.question.type = types[i];
        assert_ttl(&authority, &cached, 1000 + i, false);
        own[i].outcome = OUTCOME_TIMEOUT;
        assert_ttl(&authority, &cached, 40, true);
    }
}

/* A cache that says no names the zone that it has this from. */
static void no_is_kept_as_the_zone_says(void **state)
{
    static const struct record soa = {
        .owner = "a.", .type = TYPE_SOA, .ttl = 3600, .soa.minimum = 500};
    static const struct record *const soas[] = {&soa};
    struct record sections[] = {{.owner = "a.", .type = TYPE_NS},
                                {.owner = "a.", .type = TYPE_SOA}};
    struct reply own = reply("a.", soas, true), none = reply("x.a.", NULL, false);
    struct authority_server server = {.soa = &own};
    struct authority authority = {.reference = &server};

    (void)state;
    none.authority = (struct section){sections, 2};
    assert_ttl(NULL, &none, 7, true);
    assert_ttl(&authority, &none, 500, false);
    sections[1].owner = "b.";
    assert_ttl(&authority, &none, 7, true);
    sections[1] = (struct record){.owner = "a.", .type = TYPE_TXT};
    assert_ttl(&authority, &none, 7, true);
    sections[1].type = TYPE_SOA;
    own.aa = false;
    assert_ttl(&authority, &none, 7, true);
    own.aa = true;
    own.record_count = 0;
    assert_ttl(&authority, &none, 7, true);
    server.soa = NULL;
    assert_ttl(&authority, &none, 7, true);
    server.soa = &own;
    own.record_count = 1;
    none.aa = true;
    assert_ttl(&authority, &none, 7, false);
    authority.reference = NULL;
    none.aa = false;
    assert_ttl(&authority, &none, 7, true);
}

/* ---- what is asked ---- */

static struct reply *put_to(struct answers *answers, struct question question)
{
    struct reply *said = reply_new(&question);

    said->outcome = OUTCOME_ANSWERED;
    answers_put(answers, said);
    return said;
}

static struct reply *put(struct answers *answers, const char *name, uint16_t type)
{
    return put_to(answers, (struct question){.name = name, .type = type});
}

/* In their order, with the server. */
static void assert_asked(const struct lookup *lookup, const char *list)
{
    struct text text = {0};
    char type[TYPE_TEXT], address[ADDRESS_TEXT];

    for (size_t i = 0; i < wants_count(lookup->wants); i++) {
        const struct question *question = &wants_at(lookup->wants, i)->question;

        assert_int_equal(question->flags, QUESTION_NO_RECURSION);
        text_format(&text, "%s %s %s\n", question->name, type_text(question->type, type),
                    address_text(&question->server, address));
    }
    assert_string_equal(text_get(&text), list);
    text_clear(&text);
}

static void what_a_cache_said_of_the_zone_is_asked(void **state)
{
    struct answers *answers = answers_new();
    struct lookup lookup = {.answers = answers, .wants = wants_new()};
    struct arena *arena = arena_new();
    struct authority_server server = {0};
    struct authority authority = {.zone = "a.", .complete = true};

    (void)state;
    assert_true(address_parse("192.0.2.53", &server.address));
    put(answers, "x.a.", TYPE_A);
    put(answers, "x.a.", TYPE_TXT);
    put(answers, "x.a.", TYPE_MX);
    put(answers, "a.", TYPE_MX);
    put(answers, "none.a.", TYPE_A)->outcome = OUTCOME_NXDOMAIN;
    put(answers, "own.a.", TYPE_A)->aa = true;
    put(answers, "other.b.", TYPE_A);
    put_to(answers, (struct question){.name = "to.a.", .type = TYPE_A, .server = server.address});
    put_to(answers,
           (struct question){.name = "flag.a.", .type = TYPE_A, .flags = QUESTION_NO_RECURSION});
    authority_ask_ttls(&lookup, arena, &authority);
    assert_int_equal(authority.own_count, 0);
    assert_true(authority.complete);
    assert_asked(&lookup, "");
    authority.reference = &server;
    authority_ask_ttls(&lookup, arena, &authority);
    assert_int_equal(authority.own_count, 4);
    assert_false(authority.complete);
    assert_asked(&lookup,
                 "a. MX 192.0.2.53\nx.a. A 192.0.2.53\nx.a. MX 192.0.2.53\nx.a. TXT 192.0.2.53\n");
    wants_free(lookup.wants);
    answers_free(answers);
    arena_free(arena);
}

/* In a giant domain not all are asked. */
static void so_many_are_asked(void **state)
{
    enum { MOST = 64 };

    (void)state;
    for (size_t count = MOST - 1; count <= MOST + 1; count++) {
        struct answers *answers = answers_new();
        struct lookup lookup = {.answers = answers, .wants = wants_new()};
        struct arena *arena = arena_new();
        struct authority_server server = {0};
        struct authority authority = {.zone = "a.", .reference = &server, .complete = true};

        for (size_t i = 0; i < count; i++)
            put(answers, arena_format(arena, "n%zu.a.", i), TYPE_A);
        authority_ask_ttls(&lookup, arena, &authority);
        assert_int_equal(authority.own_count, count < MOST ? count : MOST);
        assert_int_equal(wants_count(lookup.wants), authority.own_count);
        wants_free(lookup.wants);
        answers_free(answers);
        arena_free(arena);
    }
}

/* ---- beside the others ---- */

static void a_server_differs_by_any_of_its_records(void **state)
{
    static const struct authority_server servers[] = {
        {.mx_differs = true},      {.ns_differs = true},  {.txt_differs = true},
        {.address_differs = true}, {.srv_differs = true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof servers / sizeof servers[0]; i++)
        assert_true(authority_server_differs(&servers[i]));
    assert_false(authority_server_differs(&(struct authority_server){.serial = 7}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cache_says_how_long_at_least),
        cmocka_unit_test(the_servers_of_the_zone_say_how_long),
        cmocka_unit_test(the_reply_to_the_same_question_says_it),
        cmocka_unit_test(no_is_kept_as_the_zone_says),
        cmocka_unit_test(what_a_cache_said_of_the_zone_is_asked),
        cmocka_unit_test(so_many_are_asked),
        cmocka_unit_test(a_server_differs_by_any_of_its_records),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
