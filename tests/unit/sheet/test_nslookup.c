/* An answer as nslookup prints it: the listing of the lesson, line by line. */
#include "dns/type.h"
#include "dns/zone/zone.h"
#include "sheet/lessons/nslookup_sheet.h"
#include "unit/check.h"

#include <stdlib.h>
#include <string.h>

static const char zone_text[] = "$ORIGIN example.com.\n$TTL 3600\n"
                                "@ SOA ns1 hostmaster 1 7200 900 1209600 300\n"
                                "@ NS ns1\n@ NS mx1\n@ MX 10 mx1\n@ MX 20 mx2\n"
                                "ns1 A 192.0.2.53\nmx1 A 192.0.2.1\n"
                                "mx2 A 198.51.100.2\nmx2 AAAA 2001:db8:2::2\n";

static struct reply *look_up(const char *name, uint16_t type)
{
    const struct question question = {.name = name, .type = type};
    struct faults faults = {0};
    struct zone *zone = NULL;
    const struct zone *zones[1];
    struct reply *reply;

    zone_read_text(zone_text, strlen(zone_text), "test.zone", NULL, &faults, &zone);
    assert_int_equal(faults.total, 0);
    zones[0] = zone;
    reply = zone_answer(zones, 1, &question);
    zone_free(zone);
    return reply;
}

static void prints(const struct reply *reply, const struct reply *ns, const char *expected)
{
    struct arena *arena = arena_new();
    struct sheet *sheet = sheet_new(arena, 100);
    struct text out = {0};

    nslookup_draw(sheet, reply, ns);
    for (size_t i = 0; i < sheet->count; i++) {
        sheet_text(sheet, i, &out);
        text_add_char(&out, '\n');
    }
    assert_string_equal(text_get(&out), expected);
    text_clear(&out);
    arena_free(arena);
}

#define ANSWER                                                                                     \
    "example.com MX preference = 10, mail exchanger = mx1.example.com\n"                           \
    "example.com MX preference = 20, mail exchanger = mx2.example.com\n"
#define SERVERS                                                                                    \
    "example.com nameserver = ns1.example.com\n"                                                   \
    "example.com nameserver = mx1.example.com\n"
#define ADDRESSES                                                                                  \
    "Additional: addresses that come along\n"                                                      \
    "mx1.example.com internet address = 192.0.2.1\n"                                               \
    "mx2.example.com internet address = 198.51.100.2\n"                                            \
    "mx2.example.com AAAA IPv6 address = 2001:db8:2::2\n"
#define FILE_HEAD "Server: zone test.zone\nAddress: none: a zone file answers\n\n"

/* A file sends no name servers along: they are looked up, and that is said. Each address once. */
static void every_line_of_the_listing_is_there(void **state)
{
    struct reply *mx = look_up("example.com.", TYPE_MX), *ns = look_up("example.com.", TYPE_NS);

    (void)state;
    prints(mx, ns,
           FILE_HEAD "Answer:\n" ANSWER
                     "\nAuthority: name servers of the zone, by a lookup of their own\n" SERVERS
                     "\n" ADDRESSES "ns1.example.com internet address = 192.0.2.53\n");
    prints(mx, NULL, FILE_HEAD "Answer:\n" ANSWER "\n" ADDRESSES);
    prints(ns, ns,
           FILE_HEAD "Answer:\n" SERVERS "\nAdditional: addresses that come along\n"
                     "ns1.example.com internet address = 192.0.2.53\n"
                     "mx1.example.com internet address = 192.0.2.1\n");
    reply_free(mx);
    reply_free(ns);
}

/* A resolver that sends everything: its own sections, and nothing else. */
static void what_a_resolver_sends_is_its_own(void **state)
{
    struct reply *mx = look_up("example.com.", TYPE_MX), *ns = look_up("example.com.", TYPE_NS);

    (void)state;
    mx->aa = false;
    mx->transport = TRANSPORT_UDP;
    mx->server = "192.0.2.53#5353";
    mx->authority = ns->answer;
    prints(mx, ns,
           "Server: 192.0.2.53\nAddress: 192.0.2.53#5353\n\nNon-authoritative answer:\n" ANSWER
           "\nAuthority: name servers of the zone\n" SERVERS "\n" ADDRESSES);
    reply_free(mx);
    reply_free(ns);
}

static void what_is_not_found_is_said(void **state)
{
    struct reply *mx = look_up("none.example.com.", TYPE_MX);
    struct reply *ns = look_up("example.com.", TYPE_NS);

    (void)state;
    prints(mx, ns, FILE_HEAD "*** Can't find none.example.com: no such name\n");
    reply_free(mx);
    reply_free(ns);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_line_of_the_listing_is_there),
        cmocka_unit_test(what_a_resolver_sends_is_its_own),
        cmocka_unit_test(what_is_not_found_is_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
