/* The authoritative view: states, serials, what differs, the parent's names. */
#include "sheet/authority_sheet.h"

#include "base/memory.h"
#include "dns/type.h"
#include "unit/check.h"

#include <stdio.h>
#include <string.h>

static struct reply mx_reply(struct record *record, const struct record **records)
{
    *records = record;
    return (struct reply){.question = {.name = "example.com.", .type = TYPE_MX},
                          .outcome = OUTCOME_ANSWERED,
                          .aa = true,
                          .records = records,
                          .record_count = 1};
}

static struct address address_of(const char *text)
{
    struct address address;

    assert_true(address_parse(text, &address));
    return address;
}

/* All lines of the sheet, each ended. */
static void print(const struct sheet *sheet, struct text *out)
{
    for (size_t i = 0; i < sheet->count; i++) {
        sheet_text(sheet, i, out);
        text_add_char(out, '\n');
    }
}

static void sees(const struct text *text, const char *wanted)
{
    if (!strstr(text_get(text), wanted))
        fail_msg("\"%s\" is not in\n%s", wanted, text_get(text));
}

/* The time stands behind the state of those that answered over a network, and of no other. */
static void each_server_has_its_latency(void **state)
{
    struct reply replies[] = {{.rtt_us = 20400, .rcode = 0, .outcome = OUTCOME_ANSWERED},
                              {.rtt_us = 0, .rcode = 0, .outcome = OUTCOME_ANSWERED},
                              {.rtt_us = 3000000, .rcode = -1, .outcome = OUTCOME_TIMEOUT},
                              {.rtt_us = 1234567, .rcode = 5, .outcome = OUTCOME_REFUSED}};
    static const char *const states[] = {"ok 20 ms", "ok", "timed out", "refuses 1.2 s"};
    struct authority_server servers[] = {
        {.name = "a.", .state = AUTHORITY_OK, .soa = &replies[0]},
        {.name = "b.", .state = AUTHORITY_OK, .soa = &replies[1]},
        {.name = "c.", .state = AUTHORITY_SILENT, .soa = &replies[2], .why = ""},
        {.name = "d.", .state = AUTHORITY_REFUSED, .soa = &replies[3], .why = ""}};
    struct authority authority = {.asked = true, .servers = servers, .count = 4};
    struct arena *arena = arena_new();
    struct sheet *sheet = sheet_new(arena, 78);

    (void)state;
    authority.reference = &servers[0];
    for (size_t i = 0; i < 4; i++)
        servers[i].address = address_of("192.0.2.1");
    authority_draw(sheet, &authority);
    for (size_t i = 0; i < 4; i++) {
        struct text line = {0}, wanted = {0};
        sheet_text(sheet, i + 1, &line);
        text_format(&wanted, " %s 192.0.2.1 %s - - - -", (const char *[]){"a", "b", "c", "d"}[i],
                    states[i]);
        sees(&line, text_get(&wanted));
        text_clear(&line);
        text_clear(&wanted);
    }
    arena_free(arena);
}

static void servers_that_disagree_are_told_apart(void **state)
{
    struct record here = {.type = TYPE_MX, .rdata = "10 mx1.example.com."};
    struct record there = {.type = TYPE_MX, .rdata = "20 old.example.com."};
    const struct record *lists[2];
    struct reply replies[] = {mx_reply(&here, &lists[0]), mx_reply(&there, &lists[1])};
    struct authority_server servers[] = {
        {.name = "ns1.example.com.",
         .state = AUTHORITY_OK,
         .mx = &replies[0],
         .serial = 7,
         .has_serial = true,
         .why = ""},
        {.name = "ns2.example.com.",
         .state = AUTHORITY_OK,
         .mx = &replies[1],
         .serial = 6,
         .has_serial = true,
         .mx_differs = true,
         .why = ""},
        {.name = "ns3.example.com.", .state = AUTHORITY_REFUSED, .why = "refuses to answer"},
    };
    const char *above[] = {"ns9.example.com."}, *below[] = {"ns3.example.com."};
    struct authority authority = {
        .complete = true,
        .asked = true,
        .zone = "example.com.",
        .servers = servers,
        .count = 3,
        .reference = &servers[0],
        .serials_differ = true,
        .parent = {.zone = "com.",
                   .server = "a.example.",
                   .known = true,
                   .only_parent = above,
                   .only_child = below,
                   .only_parent_count = 1,
                   .only_child_count = 1},
    };
    struct arena *arena = arena_new();
    struct sheet *sheet = sheet_new(arena, 78);
    struct text out = {0};

    (void)state;
    servers[0].address = address_of("192.0.2.1");
    servers[1].address = address_of("192.0.2.2");
    servers[2].address = address_of("192.0.2.3");
    authority.parent.address = address_of("192.0.2.9");
    authority_draw(sheet, &authority);
    print(sheet, &out);
    sees(&out, "ns2.example.com 192.0.2.2 compared with ns1.example.com 192.0.2.1");
    sees(&out, "192.0.2.2 ok 6 diff - - -");
    sees(&out, "serial 6, not 7");
    sees(&out, "20 old.example.com\n");
    sees(&out, "10 mx1.example.com\n");
    sees(&out, "refuses to answer");
    sees(&out, "ns9.example.com   listed by the parent, not by the zone");
    sees(&out, "ns3.example.com   listed by the zone, not by the parent");
    assert_string_equal(sheet->lines[2].value, "192.0.2.2");
    text_clear(&out);
    arena_free(arena);
}

static void a_zone_file_has_no_servers_to_ask(void **state)
{
    struct authority authority = {.complete = true};
    struct arena *arena = arena_new();
    struct sheet *sheet = sheet_new(arena, 78);
    struct text out = {0};

    (void)state;
    authority_draw(sheet, &authority);
    print(sheet, &out);
    sees(&out, "defines no server to query");
    text_clear(&out);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_server_has_its_latency),
        cmocka_unit_test(servers_that_disagree_are_told_apart),
        cmocka_unit_test(a_zone_file_has_no_servers_to_ask),
    };

    return cmocka_run_group_tests_name("authoritative view", tests, NULL, NULL);
}
