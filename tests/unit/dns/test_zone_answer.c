#include "dns/type.h"
#include "dns/zone/zone.h"
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define DIGEST       "aabbccddaabbccddaabbccddaabbccddaabbccddaabbccddaabbccddaabbccdd"
#define SOA          "@ SOA ns h 1 7200 900 1209600 60\n"

/* The zone of RFC 4592 section 2.2.1. */
static const char rfc_4592[] = "$ORIGIN example.\n"
                               "@                 3600 IN SOA ns h 1 7200 900 1209600 60\n"
                               "@                 3600 NS    ns.example.com.\n"
                               "@                 3600 NS    ns.example.net.\n"
                               "*                 3600 TXT   \"this is a wildcard\"\n"
                               "*                 3600 MX    10 host1.example.\n"
                               "sub.*             3600 TXT   \"this is not a wildcard\"\n"
                               "host1             3600 A     192.0.2.1\n"
                               "_ssh._tcp.host1   3600 SRV   0 0 22 host1\n"
                               "_ssh._tcp.host2   3600 SRV   0 0 22 host2\n"
                               "subdel            3600 NS    ns.example.com.\n"
                               "subdel            3600 NS    ns.example.net.\n";

static struct zone *zone_of(const char *text, const char *label)
{
    struct faults faults = {0};
    struct zone *zone = NULL;

    if (zone_read_text(text, strlen(text), label, NULL, &faults, &zone) != STATUS_OK)
        fail_msg("%s", faults.lines[0]);
    return zone;
}

static struct reply *ask(const struct zone *const *zones, size_t count, const char *name,
                         uint16_t type)
{
    struct question question = {.name = name, .type = type};
    struct reply *reply = zone_answer(zones, count, &question);

    assert_int_equal(reply->transport, TRANSPORT_ZONE);
    assert_int_equal(reply->tries, 1);
    assert_int_equal(reply->rtt_us, 0);
    assert_int_equal(reply->aa, reply->outcome != OUTCOME_NOT_IN_FILE || reply->answer.count > 0);
    assert_true(reply->wire.length > 12);
    return reply;
}

/* What the zones answer, in one line: outcome, then each record of the answer. */
static void assert_answer(const struct zone *const *zones, size_t count, const char *name,
                          uint16_t type, const char *expected)
{
    struct reply *reply = ask(zones, count, name, type);
    struct text said = {0};

    text_add(&said, outcome_text(reply->outcome));
    for (size_t i = 0; i < reply->answer.count; i++) {
        const struct record *record = &reply->answer.records[i];
        char text[TYPE_TEXT];
        text_format(&said, " | %s %s %s", record->owner, type_text(record->type, text),
                    record->rdata);
    }
    assert_string_equal(text_get(&said), expected);
    text_clear(&said);
    reply_free(reply);
}

static void wildcards_answer_as_rfc_4592_section_2_2_1_says(void **state)
{
    static const struct {
        const char *name;
        uint16_t type;
        const char *answer;
    } cases[] = {
        {"host3.example.", TYPE_MX, "answered | host3.example. MX 10 host1.example."},
        {"host3.example.", TYPE_A, "nodata"},
        {"foo.bar.example.", TYPE_TXT, "answered | foo.bar.example. TXT \"this is a wildcard\""},
        {"host1.example.", TYPE_MX, "nodata"},
        {"sub.*.example.", TYPE_MX, "nodata"},
        {"_telnet._tcp.host1.example.", TYPE_SRV, "nxdomain"},
        {"host.subdel.example.", TYPE_A, "not_in_file"},
        {"ghost.*.example.", TYPE_MX, "nxdomain"},
        {"*.example.", TYPE_MX, "answered | *.example. MX 10 host1.example."},
        /* empty non-terminals exist and are not covered: section 2.2.2 */
        {"_tcp.host1.example.", TYPE_A, "nodata"},
        {"host2.example.", TYPE_MX, "nodata"},
        {"x.host2.example.", TYPE_MX, "nxdomain"},
    };
    const struct zone *zone = zone_of(rfc_4592, "z");

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_answer(&zone, 1, cases[i].name, cases[i].type, cases[i].answer);
    zone_free((struct zone *)zone);
}

static void negative_answers_carry_the_soa_rfc_2308_3(void **state)
{
    const struct zone *zone = zone_of(rfc_4592, "z");
    struct reply *reply = ask(&zone, 1, "_telnet._tcp.host1.example.", TYPE_SRV);

    (void)state;
    assert_int_equal(reply->rcode, RCODE_NXDOMAIN);
    assert_int_equal(reply->authority.count, 1);
    assert_int_equal(reply->authority.records[0].type, TYPE_SOA);
    assert_int_equal(reply->authority.records[0].ttl, 60);
    assert_int_equal(reply->negative_ttl, 60);
    assert_string_equal(reply->server, "zone z");
    assert_null(reply->why);
    reply_free(reply);
    zone_free((struct zone *)zone);
}

static void aliases_wildcard_aliases_and_dname(void **state)
{
    static const struct {
        const char *name;
        uint16_t type;
        const char *answer;
    } cases[] = {
        {"www.example.", TYPE_A,
         "answered | www.example. CNAME web.example. | "
         "web.example. A 192.0.2.1"},
        {"www.example.", TYPE_CNAME, "answered | www.example. CNAME web.example."},
        {"www.example.", TYPE_MX, "nodata | www.example. CNAME web.example."},
        {"gone.example.", TYPE_A, "nxdomain | gone.example. CNAME no.example."},
        {"x.w.example.", TYPE_A,
         "answered | x.w.example. CNAME web.example. | "
         "web.example. A 192.0.2.1"},
        {"a.b.old.example.", TYPE_A,
         "answered | old.example. DNAME new.example. | "
         "a.b.old.example. CNAME a.b.new.example. | "
         "a.b.new.example. A 192.0.2.2"},
        {"old.example.", TYPE_A, "nodata"},
        {"old.example.", TYPE_DNAME, "answered | old.example. DNAME new.example."},
        {"z.old.example.", TYPE_A,
         "nxdomain | old.example. DNAME new.example. | "
         "z.old.example. CNAME z.new.example."},
        {"out.example.", TYPE_A, "not_in_file | out.example. CNAME www.other."},
        {"loop.example.", TYPE_A,
         "nodata | loop.example. CNAME pool.example. | "
         "pool.example. CNAME loop.example."},
        {"self.example.", TYPE_A, "nodata | self.example. CNAME self.example."},
        {"both.example.", TYPE_MX, "answered | both.example. MX 10 web.example."},
        {"both.example.", TYPE_A,
         "answered | both.example. CNAME web.example. | "
         "web.example. A 192.0.2.1"},
    };
    const struct zone *zone = zone_of("$ORIGIN example.\n$TTL 60\n" SOA "www CNAME web\n"
                                      "web A 192.0.2.1\n"
                                      "gone CNAME no\n"
                                      "*.w CNAME web\n"
                                      "old DNAME new\n"
                                      "a.b.new A 192.0.2.2\n"
                                      "out CNAME www.other.\n"
                                      "loop CNAME pool\n"
                                      "pool CNAME loop\n"
                                      "self CNAME self\n"
                                      "both CNAME web\n"
                                      "both MX 10 web\n",
                                      "z");

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_answer(&zone, 1, cases[i].name, cases[i].type, cases[i].answer);
    zone_free((struct zone *)zone);
}

static void a_dname_that_makes_the_name_too_long_is_yxdomain_rfc_6672_2_2(void **state)
{
    static const char label[] = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefgh";
    const struct zone *zone;
    struct text text = {0}, name = {0};
    struct reply *reply;

    (void)state;
    text_format(&text, "$ORIGIN e.\n$TTL 60\n" SOA "d DNAME %s.%s\n", label, label);
    text_format(&name, "%s.%s.%s.d.e.", label, label, label);
    zone = zone_of(text_get(&text), "z");
    reply = ask(&zone, 1, text_get(&name), TYPE_A);
    assert_int_equal(reply->outcome, OUTCOME_SERVFAIL);
    assert_string_equal(reply->why, "the server says YXDOMAIN");
    reply_free(reply);
    zone_free((struct zone *)zone);
    text_clear(&text);
    text_clear(&name);
}

static void long_chains_are_named(void **state)
{
    struct text text = {0};
    const struct zone *zone;
    struct reply *reply;

    (void)state;
    text_add(&text, "$ORIGIN example.\n$TTL 60\n" SOA);
    for (int i = 0; i < 30; i++)
        text_format(&text, "c%d CNAME c%d\n", i, i + 1);
    text_add(&text, "c30 A 192.0.2.1\n");
    zone = zone_of(text_get(&text), "z");
    reply = ask(&zone, 1, "c14.example.", TYPE_A);
    assert_int_equal(reply->alias_count, 16);
    assert_int_equal(reply->outcome, OUTCOME_ANSWERED);
    reply_free(reply);
    reply = ask(&zone, 1, "c13.example.", TYPE_A);
    assert_true(reply->alias_too_long);
    assert_int_equal(reply->outcome, OUTCOME_NODATA);
    reply_free(reply);
    zone_free((struct zone *)zone);
    text_clear(&text);
}

static void delegation_ends_the_zone_rfc_1034_4_2(void **state)
{
    const struct zone *zones[] = {
        zone_of("$ORIGIN example.\n$TTL 60\n" SOA "sub NS ns.sub\nns.sub A 192.0.2.53\n"
                "sub DS 1 8 5 aa\nw CNAME www.sub\n",
                "parent"),
        zone_of("$ORIGIN sub.example.\n$TTL 60\n" SOA "www A 192.0.2.80\n", "child"),
    };
    struct reply *reply;

    (void)state;
    assert_answer(zones, 1, "sub.example.", TYPE_MX, "not_in_file");
    assert_answer(zones, 1, "ns.sub.example.", TYPE_A, "not_in_file");
    assert_answer(zones, 1, "w.example.", TYPE_A,
                  "not_in_file | w.example. CNAME www.sub.example.");
    assert_answer(zones, 1, "sub.example.", TYPE_DS, "answered | sub.example. DS 1 8 5 aa");
    assert_answer(zones, 2, "sub.example.", TYPE_DS, "answered | sub.example. DS 1 8 5 aa");
    assert_answer(zones, 2, "sub.example.", TYPE_MX, "nodata");
    assert_answer(zones, 2, "w.example.", TYPE_A,
                  "answered | w.example. CNAME www.sub.example. | "
                  "www.sub.example. A 192.0.2.80");
    assert_answer(zones + 1, 1, "sub.example.", TYPE_DS, "nodata");
    reply = ask(zones, 1, "x.sub.example.", TYPE_A);
    assert_string_equal(reply->why, "no zone given for x.sub.example, delegated at sub.example");
    reply_free(reply);
    reply = ask(zones, 2, "other.", TYPE_A);
    assert_string_equal(reply->why, "no zone given for other");
    reply_free(reply);
    for (size_t i = 0; i < 2; i++)
        zone_free((struct zone *)zones[i]);
}

static void what_a_zone_knows(void **state)
{
    static const struct {
        const char *name;
        uint16_t type;
        bool known, decides;
    } cases[] = {
        {"example.", TYPE_MX, true, true},       {"nobody.example.", TYPE_A, true, true},
        {"sub.example.", TYPE_A, false, false},  {"x.sub.example.", TYPE_A, false, false},
        {"mx.other.", TYPE_A, true, true},       {"mx.other.", TYPE_AAAA, true, false},
        {"alias.other.", TYPE_AAAA, true, true}, {"other.", TYPE_A, false, false},
        {"x.mx.other.", TYPE_A, false, false},   {"ample.", TYPE_A, false, false},
    };
    const struct zone *zone =
        zone_of("$ORIGIN example.\n$TTL 60\n" SOA "sub NS ns.other.\nmx.other. A 192.0.2.1\n"
                "alias.other. CNAME mx.other.\n",
                "z");

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(zone_knows(zone, cases[i].name), cases[i].known);
        assert_int_equal(zone_decides(zone, cases[i].name, cases[i].type), cases[i].decides);
    }
    assert_string_equal(zone_apex(zone), "example.");
    assert_answer(&zone, 1, "mx.other.", TYPE_A, "answered | mx.other. A 192.0.2.1");
    assert_answer(&zone, 1, "mx.other.", TYPE_AAAA, "nodata");
    assert_answer(&zone, 1, "x.mx.other.", TYPE_A, "not_in_file");
    zone_free((struct zone *)zone);
}

/* Names of others may stand in a file; a wildcard among them covers what is not there by itself. */
static void wildcards_outside_of_the_zone_match_as_names_do(void **state)
{
    static const char first[] = "$ORIGIN example.com.\n$TTL 60\n" SOA "@ NS ns\n"
                                "*._report._dmarc.example.net. TXT \"any\"\n"
                                "own.example._report._dmarc.example.net. TXT \"own\"\n"
                                "there.example.org. A 192.0.2.1\n*.example.org. CNAME ns\n";
    static const char second[] = "$TTL 60\nexact._report._dmarc.example.net. TXT \"second\"\n";
    static const struct {
        const char *name;
        uint16_t type;
        const char *expected;
    } cases[] = {
        {"a._report._dmarc.example.net.", TYPE_TXT,
         "answered | a._report._dmarc.example.net. TXT \"any\""},
        {"a.b._report._dmarc.example.net.", TYPE_TXT,
         "answered | a.b._report._dmarc.example.net. TXT \"any\""},
        {"own.example._report._dmarc.example.net.", TYPE_TXT,
         "answered | own.example._report._dmarc.example.net. TXT \"own\""},
        {"exact._report._dmarc.example.net.", TYPE_TXT,
         "answered | exact._report._dmarc.example.net. TXT \"second\""},
        {"a._report._dmarc.example.net.", TYPE_A, "nodata"},
        {"below.own.example._report._dmarc.example.net.", TYPE_TXT, "not_in_file"},
        {"_dmarc.example.net.", TYPE_TXT, "not_in_file"},
        {"x.example.org.", TYPE_A, "nxdomain | x.example.org. CNAME ns.example.com."},
        {"there.example.org.", TYPE_A, "answered | there.example.org. A 192.0.2.1"},
        {"x.there.example.org.", TYPE_A, "not_in_file"},
        {"example.org.", TYPE_A, "not_in_file"},
    };
    struct zone *zones[] = {zone_of(first, "first"), zone_of(second, "second")};
    const struct zone *const both[] = {zones[0], zones[1]};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_answer(both, COUNT(both), cases[i].name, cases[i].type, cases[i].expected);
    assert_true(zone_decides(zones[0], "a._report._dmarc.example.net.", TYPE_TXT));
    assert_false(zone_decides(zones[0], "a._report._dmarc.example.net.", TYPE_A));
    zone_free(zones[0]);
    zone_free(zones[1]);
}

static void a_fragment_without_soa_knows_its_rrsets(void **state)
{
    const struct zone *zone =
        zone_of("example. 60 MX 10 mx.example.\n*.example. 60 A 192.0.2.1\n", "z");

    (void)state;
    assert_null(zone_apex(zone));
    assert_true(zone_decides(zone, "example.", TYPE_MX));
    assert_false(zone_decides(zone, "example.", TYPE_A));
    assert_answer(&zone, 1, "example.", TYPE_MX, "answered | example. MX 10 mx.example.");
    assert_answer(&zone, 1, "example.", TYPE_A, "nodata");
    assert_answer(&zone, 1, "mx.example.", TYPE_A, "answered | mx.example. A 192.0.2.1");
    assert_answer(&zone, 1, "mx.example.", TYPE_MX, "nodata");
    assert_answer(&zone, 1, "mx.example.net.", TYPE_A, "not_in_file");
    zone_free((struct zone *)zone);
}

static void addresses_of_targets_are_added(void **state)
{
    const struct zone *zone =
        zone_of("$ORIGIN example.\n$TTL 60\n" SOA "@ MX 10 mx\n@ MX 20 mx\n@ MX 30 alias\n"
                "@ MX 40 mx.other.\n@ MX 50 .\nmx A 192.0.2.1\nmx AAAA 2001:db8::1\n"
                "alias CNAME mx\nmx.other. A 192.0.2.2\n",
                "z");
    struct reply *reply = ask(&zone, 1, "example.", TYPE_MX);

    (void)state;
    assert_int_equal(reply->record_count, 5);
    assert_int_equal(reply->additional.count, 3);
    assert_string_equal(reply->additional.records[0].rdata, "192.0.2.1");
    assert_string_equal(reply->additional.records[1].rdata, "2001:db8::1");
    assert_string_equal(reply->additional.records[2].owner, "mx.other.");
    reply_free(reply);
    zone_free((struct zone *)zone);
}

static void order_and_ttl_stay_as_in_the_file(void **state)
{
    const struct zone *zone =
        zone_of("$ORIGIN example.\n$TTL 60\n" SOA "@ 300 MX 30 c\n@ MX 10 a\n@ MX 20 b\n", "z");
    struct reply *reply = ask(&zone, 1, "example.", TYPE_MX);

    (void)state;
    assert_string_equal(reply->records[0]->mx.exchange, "c.example.");
    assert_int_equal(reply->records[0]->ttl, 300);
    assert_string_equal(reply->records[1]->mx.exchange, "a.example.");
    assert_string_equal(reply->records[2]->mx.exchange, "b.example.");
    reply_free(reply);
    zone_free((struct zone *)zone);
}

static void large_rrsets_are_whole_and_too_large_ones_are_told(void **state)
{
    struct text text = {0};
    const struct zone *zone;
    struct reply *reply;

    (void)state;
    text_add(&text, "$ORIGIN example.\n$TTL 60\n" SOA);
    for (int i = 0; i < 2000; i++)
        text_format(&text, "@ MX %d mx%d\nmx%d A 192.0.2.1\n", i, i, i);
    for (int i = 0; i < 4000; i++)
        text_format(&text, "t TXT \"%016d\"\n", i);
    zone = zone_of(text_get(&text), "z");
    reply = ask(&zone, 1, "example.", TYPE_MX);
    assert_int_equal(reply->outcome, OUTCOME_ANSWERED);
    assert_int_equal(reply->record_count, 2000);
    assert_true(reply->wire.length <= 65535);
    reply_free(reply);
    reply = ask(&zone, 1, "t.example.", TYPE_TXT);
    assert_int_equal(reply->outcome, OUTCOME_SERVFAIL);
    assert_string_equal(reply->why,
                        "the answer has more than 65535 octets, which no message can hold");
    reply_free(reply);
    zone_free((struct zone *)zone);
    text_clear(&text);
}

/* A section in one line: "a NS b | a A 192.0.2.1". */
static void assert_section(const struct section *section, const char *expected)
{
    struct text said = {0};

    for (size_t i = 0; i < section->count; i++) {
        const struct record *record = &section->records[i];
        char text[TYPE_TEXT];
        text_format(&said, "%s%s %s %s", i ? " | " : "", record->owner,
                    type_text(record->type, text), record->rdata);
    }
    assert_string_equal(text_get(&said), expected);
    text_clear(&said);
}

static void a_server_refers_to_what_it_delegates_rfc_1034_4_3_2(void **state)
{
    static const struct {
        const char *name;
        uint16_t type;
        uint8_t flags;
        bool server;
        const char *authority, *additional;
    } cases[] = {
        {"www.sub.example.", TYPE_MX, QUESTION_NO_RECURSION, true,
         "sub.example. NS ns.sub.example. | sub.example. NS ns2.example. | sub.example. NS "
         "far.test. | sub.example. DS 1 13 2 " DIGEST,
         "ns.sub.example. A 192.0.2.1 | ns.sub.example. AAAA 2001:db8::1 | ns2.example. A "
         "192.0.2.2"},
        {"bare.example.", TYPE_MX, QUESTION_NO_RECURSION, true, "bare.example. NS ns.bare.example.",
         ""},
        /* The DS is the parent's to answer, and who looks up for others gives no referrals. */
        {"sub.example.", TYPE_DS, QUESTION_NO_RECURSION, true, "", ""},
        {"www.sub.example.", TYPE_MX, 0, true, "", ""},
        {"www.sub.example.", TYPE_MX, QUESTION_NO_RECURSION, false,
         "sub.example. NS ns.sub.example. | sub.example. NS ns2.example. | sub.example. NS "
         "far.test. | sub.example. DS 1 13 2 " DIGEST,
         "ns.sub.example. A 192.0.2.1 | ns.sub.example. AAAA 2001:db8::1 | ns2.example. A "
         "192.0.2.2"},
        {"www.sub.example.", TYPE_MX, 0, false,
         "sub.example. NS ns.sub.example. | sub.example. NS ns2.example. | sub.example. NS "
         "far.test.",
         ""},
        {"alias.example.", TYPE_MX, QUESTION_NO_RECURSION, true, "", ""},
    };
    const struct zone *zone =
        zone_of("$ORIGIN example.\n$TTL 60\n" SOA "@ NS ns2\nns2 A 192.0.2.2\n"
                "sub NS ns.sub\nsub NS ns2\nsub NS far.test.\n"
                "sub DS 1 13 2 " DIGEST "\nns.sub A 192.0.2.1\n"
                "ns.sub AAAA 2001:db8::1\nfar.test. A 192.0.2.9\n"
                "bare NS ns.bare\nalias CNAME www.sub\n",
                "z");

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct question question = {
            .name = cases[i].name, .type = cases[i].type, .flags = cases[i].flags};
        bool refers = *cases[i].authority != '\0' && cases[i].flags & QUESTION_NO_RECURSION;
        struct reply *reply;

        if (cases[i].server)
            assert_true(address_parse("192.0.2.2", &question.server));
        reply = zone_answer(&zone, 1, &question);
        assert_section(&reply->authority, cases[i].authority);
        assert_section(&reply->additional, cases[i].additional);
        assert_int_equal(reply->outcome, refers                     ? OUTCOME_NODATA
                                         : cases[i].type == TYPE_DS ? OUTCOME_ANSWERED
                                         : cases[i].server          ? OUTCOME_REFUSED
                                                                    : OUTCOME_NOT_IN_FILE);
        if (refers)
            assert_false(reply->aa || reply->ra);
        reply_free(reply);
    }
    zone_free((struct zone *)zone);
}

static void who_serves_a_zone_is_said_by_it_and_by_its_parent(void **state)
{
    static const struct {
        const char *apex, *server;
        bool serves;
    } cases[] = {
        {"example.", "192.0.2.1", true},       {"example.", "192.0.2.2", false},
        {"sub.example.", "192.0.2.2", true},   {"sub.example.", "2001:db8::3", true},
        {"sub.example.", "192.0.2.1", false},  {"sub.example.", "192.0.2.4", true},
        {"none.example.", "192.0.2.1", false},
    };
    const struct zone *zones[] = {
        zone_of("$ORIGIN example.\n$TTL 60\n" SOA "@ NS ns\nns A 192.0.2.1\n"
                "sub NS ns.sub\nns.sub A 192.0.2.4\n",
                "above"),
        zone_of("$ORIGIN sub.example.\n$TTL 60\n" SOA "@ NS ns\n@ NS ns3.example.\nns A 192.0.2.2\n"
                "ns3.example. AAAA 2001:db8::3\n",
                "below"),
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct address server;

        assert_true(address_parse(cases[i].server, &server));
        if (zone_is_served_by(zones, 2, cases[i].apex, &server) != cases[i].serves)
            fail_msg("%s %s", cases[i].apex, cases[i].server);
    }
    zone_free((struct zone *)zones[0]);
    zone_free((struct zone *)zones[1]);
}

static void no_zone_at_all_refuses(void **state)
{
    (void)state;
    assert_answer(NULL, 0, "example.", TYPE_A, "not_in_file");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wildcards_answer_as_rfc_4592_section_2_2_1_says),
        cmocka_unit_test(negative_answers_carry_the_soa_rfc_2308_3),
        cmocka_unit_test(aliases_wildcard_aliases_and_dname),
        cmocka_unit_test(a_dname_that_makes_the_name_too_long_is_yxdomain_rfc_6672_2_2),
        cmocka_unit_test(long_chains_are_named),
        cmocka_unit_test(delegation_ends_the_zone_rfc_1034_4_2),
        cmocka_unit_test(what_a_zone_knows),
        cmocka_unit_test(wildcards_outside_of_the_zone_match_as_names_do),
        cmocka_unit_test(a_fragment_without_soa_knows_its_rrsets),
        cmocka_unit_test(addresses_of_targets_are_added),
        cmocka_unit_test(order_and_ttl_stay_as_in_the_file),
        cmocka_unit_test(large_rrsets_are_whole_and_too_large_ones_are_told),
        cmocka_unit_test(a_server_refers_to_what_it_delegates_rfc_1034_4_3_2),
        cmocka_unit_test(who_serves_a_zone_is_said_by_it_and_by_its_parent),
        cmocka_unit_test(no_zone_at_all_refuses),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
