/* The way from the root, over worlds in which every server has its own zones. */
#include "policy/servers/trace.h"
#include "policy/servers/trace_words.h"

#include "base/text.h"
#include "dns/type.h"
#include "dns/zone/zone.h"
#include "unit/check.h"

#include <stdlib.h>
#include <string.h>

enum { ZONES_MAX = 8 };

/* Zones are "LABEL@ADDRESS.zone" for a server, others are what the resolver knows. Addresses in
 * `silent` say nothing; those in `resolvers` answer what the resolver knows, as one. */
struct world {
    struct zone *zones[ZONES_MAX];
    size_t count;
    const char *silent, *resolvers;
    struct answers *answers;
    struct arena *arena;
    struct lookup lookup;
    struct trace_view view;
    struct text asked; /* of each server, in order: "192.0.2.1 example.com. MX\n" */
};

#define DIGEST "AABBCCDDAABBCCDDAABBCCDDAABBCCDDAABBCCDDAABBCCDDAABBCCDDAABBCCDD"
#define SOA    "@ 60 SOA ns h 1 7200 900 1209600 60\n"
#define ROOT                                                                                       \
    "$ORIGIN .\n$TTL 60\n. SOA a.root.test. h. 1 7200 900 1209600 60\n. NS a.root.test.\n"         \
    ". NS b.root.test.\ncom NS ns.com.\nns.com. A 192.0.2.2\n"
#define COM "$ORIGIN com.\n$TTL 60\n" SOA "@ NS ns\nns A 192.0.2.2\n"
#define EXAMPLE                                                                                    \
    "$ORIGIN example.com.\n$TTL 60\n" SOA                                                          \
    "@ NS ns1\n@ NS ns2\nns1 A 192.0.2.3\nns2 A 192.0.2.4\n@ MX 10 mx\n"
#define DELEGATION                                                                                 \
    "example NS ns1.example\nexample NS ns2.example\nns1.example A 192.0.2.3\nns2.example A "      \
    "192.0.2.4\n"

static void add_zone(struct world *world, const char *label, const char *text)
{
    struct faults faults = {0};

    if (zone_read_text(text, strlen(text), label, NULL, &faults, &world->zones[world->count++]))
        fail_msg("%s", faults.lines[0]);
}

static struct trace_hint hints[2];

/* The root on 192.0.2.1, com. on 192.0.2.2. */
static void world_init(struct world *world, const char *root, const char *com)
{
    *world = (struct world){.answers = answers_new(), .arena = arena_new()};
    add_zone(world, "root@192.0.2.1.zone", root);
    add_zone(world, "com@192.0.2.2.zone", com);
    hints[0].name = "a.root.test.";
    hints[1].name = "b.root.test.";
    assert_true(address_parse("192.0.2.1", &hints[0].address));
    assert_true(address_parse("192.0.2.9", &hints[1].address));
    world->view = (struct trace_view){
        .name = "example.com.", .type = TYPE_MX, .hints = {hints, 2}, .reach = REACH_ALL};
}

static void world_clear(struct world *world)
{
    for (size_t i = 0; i < world->count; i++)
        zone_free(world->zones[i]);
    answers_free(world->answers);
    arena_free(world->arena);
    text_clear(&world->asked);
}

static bool lists(const char *list, const struct address *address)
{
    char literal[ADDRESS_TEXT];

    return list && address->family && strstr(list, address_text(address, literal));
}

static struct reply *answer(struct world *world, const struct question *question)
{
    const struct zone *zones[ZONES_MAX];
    struct question plain = *question;
    size_t count = 0;
    struct reply *reply;
    bool as_one = lists(world->resolvers, &question->server);

    if (as_one)
        plain.server = (struct address){0};
    for (size_t i = 0; i < world->count; i++) {
        struct address server = zone_server(world->zones[i]);
        if (address_equal(&server, &plain.server))
            zones[count++] = world->zones[i];
    }
    reply = lists(world->silent, &question->server) ? reply_new(question)
                                                    : zone_answer(zones, count, &plain);
    if (as_one) {
        reply->question.server = question->server;
        reply->aa = false;
        reply->ra = true;
    }
    return reply;
}

static bool answer_all(struct world *world)
{
    bool any = wants_count(world->lookup.wants) > 0;

    for (size_t i = 0; i < wants_count(world->lookup.wants); i++) {
        const struct question *question = &wants_at(world->lookup.wants, i)->question;
        char literal[ADDRESS_TEXT] = "-", type[TYPE_TEXT];

        if (question->server.family)
            address_text(&question->server, literal);
        text_format(&world->asked, "%s %s %s\n", literal, question->name,
                    type_text(question->type, type));
        answers_put(world->answers, answer(world, question));
    }
    wants_free(world->lookup.wants);
    return any;
}

static const struct trace *trace_of(struct world *world)
{
    const struct trace *trace;

    do {
        arena_free(world->arena);
        world->arena = arena_new();
        world->lookup = (struct lookup){.answers = world->answers, .wants = wants_new()};
        trace = trace_build(&world->lookup, world->arena, &world->view);
        assert_true(trace->end != TRACE_END_PENDING || wants_count(world->lookup.wants));
    } while (answer_all(world));
    return trace;
}

static void print_server(const struct trace_server *server, struct text *out)
{
    char literal[ADDRESS_TEXT] = "-";

    if (server->address.family)
        address_text(&server->address, literal);
    text_format(out, "  %s %s %s %s%s%s\n", server->name, literal,
                server->address.family ? trace_origin_text(server->origin) : "-",
                trace_state_text(server->state), server->why ? ": " : "",
                server->why ? server->why : "");
}

/* The whole trace as text. */
static void assert_trace(struct world *world, const char *expected)
{
    const struct trace *trace = trace_of(world);
    struct text text = {0};

    text_format(&text, "%s%s\n", trace_end_text(trace->end),
                trace->intercepted ? " intercepted" : "");
    for (size_t i = 0; i < trace->count; i++) {
        const struct trace_step *step = &trace->steps[i];
        text_format(&text, "%s %s%s\n", step->zone, step->parent ? trace_ds_text(step->ds) : "-",
                    step->same_servers ? " same" : "");
        for (size_t k = 0; k < step->count; k++)
            print_server(&step->servers[k], &text);
    }
    assert_string_equal(text_get(&text), expected);
    text_clear(&text);
}

#define ABOVE ". -\n  a.root.test. 192.0.2.1 hint referral\n  b.root.test. 192.0.2.9 hint refused\n"

static void a_way_that_is_whole(void **state)
{
    struct world world;

    (void)state;
    world_init(&world, ROOT, COM DELEGATION);
    add_zone(&world, "a@192.0.2.3.zone", EXAMPLE);
    add_zone(&world, "a@192.0.2.4.zone", EXAMPLE);
    assert_trace(&world, "answer\n" ABOVE "com. none\n"
                         "  ns.com. 192.0.2.2 glue referral\n"
                         "example.com. none\n"
                         "  ns1.example.com. 192.0.2.3 glue answer\n"
                         "  ns2.example.com. 192.0.2.4 glue answer\n");
    /* Nobody but those on the way was asked, and nothing but this. */
    assert_string_equal(text_get(&world.asked),
                        "192.0.2.1 example.com. MX\n192.0.2.9 example.com. MX\n"
                        "192.0.2.1 com. DS\n192.0.2.2 example.com. MX\n"
                        "192.0.2.2 example.com. DS\n192.0.2.3 example.com. MX\n"
                        "192.0.2.4 example.com. MX\n");
    world_clear(&world);
}

static void where_it_breaks(void **state)
{
    static const struct {
        const char *com, *first, *second, *silent; /* zones of 192.0.2.3 and .4; NULL: refused */
        const char *expected;
    } cases[] = {
        {COM DELEGATION, NULL, EXAMPLE, NULL,
         "answer\n" ABOVE "com. none\n  ns.com. 192.0.2.2 glue referral\nexample.com. none\n"
         "  ns1.example.com. 192.0.2.3 glue refused\n"
         "  ns2.example.com. 192.0.2.4 glue answer\n"},
        {COM DELEGATION, NULL, NULL, NULL,
         "broken\n" ABOVE "com. none\n  ns.com. 192.0.2.2 glue referral\nexample.com. none\n"
         "  ns1.example.com. 192.0.2.3 glue refused\n"
         "  ns2.example.com. 192.0.2.4 glue refused\n"},
        {COM DELEGATION, NULL, EXAMPLE, "192.0.2.3 192.0.2.4",
         "broken\n" ABOVE "com. none\n  ns.com. 192.0.2.2 glue referral\nexample.com. none\n"
         "  ns1.example.com. 192.0.2.3 glue timeout\n"
         "  ns2.example.com. 192.0.2.4 glue timeout\n"},
        {COM "example NS ns1.example\nexample NS ns2.example\n", EXAMPLE, EXAMPLE, NULL,
         "broken\n" ABOVE "com. none\n  ns.com. 192.0.2.2 glue referral\nexample.com. none\n"
         "  ns1.example.com. - - no_glue: is within example.com, and the referral has no address "
         "of it\n"
         "  ns2.example.com. - - no_glue: is within example.com, and the referral has no address "
         "of it\n"},
        /* It refers upwards. */
        {COM DELEGATION, "$ORIGIN com.\n$TTL 60\n" SOA "example NS ns.else\n", EXAMPLE, NULL,
         "answer\n" ABOVE "com. none\n  ns.com. 192.0.2.2 glue referral\nexample.com. none\n"
         "  ns1.example.com. 192.0.2.3 glue lame: does not answer for example.com: refers to "
         "example.com, which leads nowhere\n"
         "  ns2.example.com. 192.0.2.4 glue answer\n"},
        {COM "example NS ns.far.test.\nexample NS gone.far.test.\n", EXAMPLE, EXAMPLE, NULL,
         "answer\n" ABOVE "com. none\n  ns.com. 192.0.2.2 glue referral\nexample.com. none\n"
         "  gone.far.test. - - no_address: has no address\n"
         "  ns.far.test. 192.0.2.4 lookup answer\n"},
        {COM, NULL, NULL, NULL,
         "nxdomain\n" ABOVE "com. none\n  ns.com. 192.0.2.2 glue nxdomain\n"},
        {COM, NULL, NULL, "192.0.2.1 192.0.2.9",
         "unknown\n. -\n  a.root.test. 192.0.2.1 hint timeout\n"
         "  b.root.test. 192.0.2.9 hint timeout\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct world world;
        world_init(&world, ROOT, cases[i].com);
        add_zone(&world, "resolver", "$ORIGIN far.test.\n$TTL 60\n" SOA "ns A 192.0.2.4\n");
        if (cases[i].first)
            add_zone(&world, "a@192.0.2.3.zone", cases[i].first);
        if (cases[i].second)
            add_zone(&world, "a@192.0.2.4.zone", cases[i].second);
        world.silent = cases[i].silent;
        assert_trace(&world, cases[i].expected);
        world_clear(&world);
    }
}

/* A key whose tag is 1302, by RFC 4034 appendix B: 0x0101 + 0x030d + 0x0102 + 0x0300 - and others.
 */
#define KEY "@ DNSKEY 257 3 13 AQID\n"

static void ds_and_keys(void **state)
{
    static const struct {
        const char *ds, *keys, *expected;
    } cases[] = {
        {"", "", "none"},
        {"", KEY, "none"},
        {"example DS 2064 13 2 " DIGEST "\n", KEY, "good"},
        {"example DS 1 13 2 " DIGEST "\nexample DS 2064 13 2 " DIGEST "\n", KEY, "good"},
        {"example DS 2065 13 2 " DIGEST "\n", KEY, "other_key"},
        {"example DS 2064 8 2 " DIGEST "\n", KEY, "other_key"},
        {"example DS 2064 13 2 " DIGEST "\n", "", "no_keys"},
        {"example DS 2065 99 2 " DIGEST "\n", KEY, "there"}, /* nobody validates that */
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text com = {0}, zone = {0};
        const struct trace *trace;
        struct world world;

        text_format(&com, "%s%s%s", COM, DELEGATION, cases[i].ds);
        text_format(&zone, "%s%s", EXAMPLE, cases[i].keys);
        world_init(&world, ROOT, text_get(&com));
        add_zone(&world, "a@192.0.2.3.zone", text_get(&zone));
        add_zone(&world, "a@192.0.2.4.zone", text_get(&zone));
        trace = trace_of(&world);
        assert_int_equal(trace->end, TRACE_END_ANSWER);
        if (strcmp(trace_ds_text(trace->steps[2].ds), cases[i].expected) != 0)
            fail_msg("%zu: %s", i, trace_ds_text(trace->steps[2].ds));
        assert_ptr_equal(trace->unsafe,
                         trace_ds_is_broken(trace->steps[2].ds) ? &trace->steps[2] : NULL);
        world_clear(&world);
        text_clear(&com);
        text_clear(&zone);
    }
}

static void a_cut_between_zones_of_one_server_is_seen(void **state)
{
    struct world world;

    (void)state;
    world_init(&world, ROOT, COM);
    add_zone(&world, "example@192.0.2.2.zone",
             "$ORIGIN example.com.\n$TTL 60\n" SOA "@ NS ns.com.\n@ MX 10 mx\n");
    add_zone(&world, "resolver", "$ORIGIN com.\n$TTL 60\n" SOA "ns A 192.0.2.2\n");
    world.view.name = "www.example.com.";
    assert_trace(&world, "nxdomain\n" ABOVE "com. none\n"
                         "  ns.com. 192.0.2.2 glue nxdomain\n"
                         "example.com. none same\n"
                         "  ns.com. 192.0.2.2 glue nxdomain\n");
    world_clear(&world);
}

static void only_what_is_in_reach_is_asked(void **state)
{
    struct world world;

    (void)state;
    world_init(&world, ROOT,
               COM "example NS ns1.example\nexample NS ns2.example\n"
                   "ns1.example A 10.0.0.1\nns2.example A 127.0.0.1\n");
    world.view.reach = REACH_DOCUMENTATION;
    assert_trace(
        &world,
        "unknown\n" ABOVE "com. none\n"
        "  ns.com. 192.0.2.2 glue referral\n"
        "example.com. none\n"
        "  ns1.example.com. 10.0.0.1 glue not_asked: private address (RFC 1918, RFC 4193)\n"
        "  ns2.example.com. 127.0.0.1 glue not_asked: loopback address (RFC 1122, RFC 4291)\n");
    assert_null(strstr(text_get(&world.asked), "10.0.0.1"));
    assert_null(strstr(text_get(&world.asked), "127.0.0.1"));
    world_clear(&world);
}

/* Whoever chooses a root may choose one inside, and its neighbours are asked then. */
static void hints_that_are_given_are_asked_wherever_they_are(void **state)
{
    struct world world;

    (void)state;
    world_init(&world, ROOT, COM);
    world.view.reach = REACH_HOSTS;
    assert_trace(&world, "unknown\n. -\n"
                         "  a.root.test. 192.0.2.1 hint not_asked: documentation address (RFC "
                         "5737, RFC 3849, RFC 9637)\n"
                         "  b.root.test. 192.0.2.9 hint not_asked: documentation address (RFC "
                         "5737, RFC 3849, RFC 9637)\n");
    world.view.hints_given = true;
    assert_trace(&world, "nxdomain\n" ABOVE "com. none\n  ns.com. 192.0.2.2 glue nxdomain\n");
    world_clear(&world);
}

static void root_servers_are_spared(void **state)
{
    struct trace_hint many[8];
    struct world world;
    const struct trace *trace;

    (void)state;
    world_init(&world, ROOT, COM);
    for (size_t i = 0; i < 8; i++) {
        many[i].name = "x.root.test.";
        many[i].address = hints[1].address;
        many[i].address.bytes[3] = (uint8_t)(100 + i);
    }
    many[7].address = hints[0].address;
    world.view.hints = (struct trace_hints){many, 8};
    trace = trace_of(&world);
    assert_int_equal(trace->steps[0].servers[5].state, TRACE_REFUSED);
    assert_int_equal(trace->steps[0].servers[6].state, TRACE_SPARED);
    assert_int_equal(trace->steps[0].servers[7].state, TRACE_SPARED);
    assert_int_equal(trace->end, TRACE_END_UNKNOWN);
    world_clear(&world);
    world_init(&world, ROOT, COM);
    many[2].address = hints[0].address;
    many[7].address = many[6].address;
    world.view.hints = (struct trace_hints){many, 8};
    trace = trace_of(&world);
    assert_ptr_equal(trace->steps[0].first, &trace->steps[0].servers[2]);
    for (size_t i = 4; i < 8; i++)
        assert_int_equal(trace->steps[0].servers[i].state, TRACE_SPARED);
    world_clear(&world);
}

static void a_resolver_in_the_way_is_seen(void **state)
{
    struct world world;

    (void)state;
    world_init(&world, ROOT, COM);
    add_zone(&world, "resolver", EXAMPLE);
    world.resolvers = "192.0.2.1 192.0.2.9";
    assert_trace(&world, "unknown intercepted\n. -\n"
                         "  a.root.test. 192.0.2.1 hint lame: does not answer for .: without "
                         "authority (no AA)\n"
                         "  b.root.test. 192.0.2.9 hint lame: does not answer for .: without "
                         "authority (no AA)\n");
    world_clear(&world);
}

/* A server speaks of its own zone only: what it says of others is no glue. */
static void addresses_of_other_zones_are_no_glue(void **state)
{
    struct world world;

    (void)state;
    world_init(&world, ROOT "far.test. A 192.0.2.66\n", COM "example NS ns.far.test.\n");
    add_zone(&world, "resolver", "$ORIGIN far.test.\n$TTL 60\n" SOA "ns A 192.0.2.4\n");
    add_zone(&world, "a@192.0.2.4.zone", EXAMPLE);
    assert_trace(&world, "answer\n" ABOVE "com. none\n"
                         "  ns.com. 192.0.2.2 glue referral\n"
                         "example.com. none\n"
                         "  ns.far.test. 192.0.2.4 lookup answer\n");
    world_clear(&world);
}

static void without_hints_it_begins_with_the_topmost_zone(void **state)
{
    struct world world;

    (void)state;
    world_init(&world, ROOT, COM DELEGATION);
    world.view.hints.count = 0;
    add_zone(&world, "resolver", COM DELEGATION);
    add_zone(&world, "a@192.0.2.3.zone", EXAMPLE);
    assert_trace(&world, "answer\ncom. -\n"
                         "  ns.com. 192.0.2.2 lookup referral\n"
                         "example.com. none\n"
                         "  ns1.example.com. 192.0.2.3 glue answer\n"
                         "  ns2.example.com. 192.0.2.4 glue refused\n");
    world_clear(&world);
    world_init(&world, ROOT, COM);
    world.view.hints.count = 0;
    assert_trace(&world, "unknown\n");
    world_clear(&world);
}

static void the_sentence_names_the_cut(void **state)
{
    struct world world;
    const struct trace *trace;

    (void)state;
    world_init(&world, ROOT, COM DELEGATION "example DS 1 13 2 " DIGEST "\n");
    trace = trace_of(&world);
    assert_string_equal(trace_sentence(world.arena, trace),
                        "The way breaks at the cut from com to example.com: no server of "
                        "example.com answers for it.");
    assert_null(trace_unsafe_sentence(world.arena, trace));
    assert_string_equal(trace_break(trace)->zone, "example.com.");
    assert_ptr_equal(trace_find(trace, "com."), &trace->steps[1]);
    assert_null(trace_find(trace, "net."));
    world_clear(&world);
    world_init(&world, ROOT, COM DELEGATION "example DS 1 13 2 " DIGEST "\n");
    add_zone(&world, "a@192.0.2.3.zone", EXAMPLE);
    trace = trace_of(&world);
    assert_string_equal(trace_sentence(world.arena, trace),
                        "The way is whole. ns1.example.com has the answer for example.com.");
    assert_string_equal(trace_unsafe_sentence(world.arena, trace),
                        "The chain of trust breaks at the cut from com to example.com: there is a "
                        "DS, but the zone has no DNSKEY.");
    world_clear(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_way_that_is_whole),
        cmocka_unit_test(where_it_breaks),
        cmocka_unit_test(ds_and_keys),
        cmocka_unit_test(a_cut_between_zones_of_one_server_is_seen),
        cmocka_unit_test(only_what_is_in_reach_is_asked),
        cmocka_unit_test(hints_that_are_given_are_asked_wherever_they_are),
        cmocka_unit_test(root_servers_are_spared),
        cmocka_unit_test(a_resolver_in_the_way_is_seen),
        cmocka_unit_test(addresses_of_other_zones_are_no_glue),
        cmocka_unit_test(without_hints_it_begins_with_the_topmost_zone),
        cmocka_unit_test(the_sentence_names_the_cut),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
