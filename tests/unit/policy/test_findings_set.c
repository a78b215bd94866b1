/* Findings that come of several records or answers, how many alike are told, and in what words. */
#include "base/memory.h"
#include "base/text.h"
#include "dns/type.h"
#include "unit/check.h"
#include "unit/policy/findings_world.h"

#include <stdlib.h>
#include <string.h>

#define REST GOOD_SERVERS GOOD_POLICY GOOD_REVERSE

static struct record *soa_of(struct reply *reply)
{
    bool is_soa = reply->question.type == TYPE_SOA && reply->record_count > 0;

    return is_soa ? (struct record *)(uintptr_t)reply->records[0] : NULL;
}

static struct soa_times {
    uint32_t refresh, retry, expire, minimum;
} times;

static void set_times(struct reply *reply)
{
    struct record *record = soa_of(reply);

    if (!record)
        return;
    record->soa.refresh = times.refresh;
    record->soa.retry = times.retry;
    record->soa.expire = times.expire;
    record->soa.minimum = times.minimum;
}

/* The AAAA answer for mx3 is that of another zone: an address, no alias. */
static void lose_the_alias_over_ipv6(struct reply *reply)
{
    struct record *record;
    const struct record **records;

    if (reply->alias_count == 0 || reply->question.type != TYPE_AAAA)
        return;
    record = arena_alloc(reply->arena, 1, sizeof *record);
    records = arena_alloc(reply->arena, 1, sizeof *records);
    *record = *reply->records[0];
    record->owner = reply->question.name;
    records[0] = record;
    reply->alias_count = 0;
    reply->canonical = reply->question.name;
    reply->records = records;
    reply->record_count = 1;
    reply->answer = (struct section){record, 1};
}

/* ".com. ", ".com.:" or ".com.)": the last dot of a name inside a sentence, or two dots at its end.
 */
static bool shows_absolute_name(const char *sentence)
{
    for (const char *dot = sentence; (dot = strchr(dot, '.')); dot++) {
        bool in_name = dot - sentence > 4 &&
                       (strncmp(dot - 4, ".com", 4) == 0 || strncmp(dot - 4, ".net", 4) == 0);
        if (in_name && dot[1] != '\0' && dot[1] != ' ')
            return true;
        if (in_name && dot[1] == ' ' && dot[2] >= 'a' && dot[2] <= 'z')
            return true;
    }
    return false;
}

/* A name that neither takes nor sends mail, and says both, is as it should be. */
static void a_closed_null_mx_is_no_finding(void **state)
{
    struct findings_world world;

    (void)state;
    findings_world_init(&world,
                        GOOD_SERVERS GOOD_HOSTS GOOD_DMARC "@ MX 0 .\n@ TXT \"v=spf1 -all\"\n");
    findings_world_judge(&world);
    assert_int_equal(findings_world_count(&world, "mx-null-open", NULL), 0);
    assert_int_equal(findings_world_count(&world, "mx-null", NULL), 1);
    findings_world_clear(&world);
}

/* RFC 1912 2.2 */
static void times_of_the_soa(void **state)
{
    static const struct {
        struct soa_times times;
        const char *text;
    } cases[] = {
        {{7200, 7200, 604800, 86400}, NULL},
        {{7200, 7200, 604799, 86400},
         "A time in the SOA record is unusual: expire is shorter than a week."},
        {{7200, 7201, 604800, 86400},
         "A time in the SOA record is unusual: retry is longer than refresh."},
        {{7200, 7200, 604800, 86401},
         "A time in the SOA record is unusual: the negative TTL (the last number) is longer than a "
         "day."},
        {{1, 2, 3, 86401}, "A time in the SOA record is unusual: expire is shorter than a week."},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct finding *finding = NULL;
        struct findings_world world;

        findings_world_init(&world, GOOD_ZONE);
        times = cases[i].times;
        world.zone.adjust = set_times;
        findings_world_judge(&world);
        assert_int_equal(findings_world_count(&world, "soa-times", &finding),
                         cases[i].text != NULL);
        if (finding)
            assert_string_equal(finding->text, cases[i].text);
        findings_world_clear(&world);
    }
}

/* ---- some of the exchanges in one network (L13) ---- */

struct sharing {
    const char *zone;
    size_t count;
    const char *text; /* of the first; NULL for any */
};

static void exchanges_share_a_network(void **state)
{
    static const struct sharing cases[] = {
        {"a A 192.0.2.1\nb A 192.0.2.2\nc A 203.0.113.1\n", 1,
         "a.example.com, b.example.com share the network 192.0.2.0/24. If it fails, all of them "
         "are down."},
        {"a A 192.0.2.1\na AAAA 2001:db8:1::1\nb A 192.0.2.2\nb AAAA 2001:db8:1::2\n"
         "c A 203.0.113.1\n",
         1,
         "a.example.com, b.example.com share the network 192.0.2.0/24 and 2001:db8:1::/48. If it "
         "fails, all of them are down."},
        /* all in one is one sentence */
        {"a A 192.0.2.1\nb A 192.0.2.2\nc A 192.0.2.3\n", 1,
         "All MX hosts are in 192.0.2.0/24. If that network fails, senders queue the mail."},
        {"a A 192.0.2.1\na A 192.0.2.9\nb A 192.0.2.2\nc A 192.0.2.3\n", 1,
         "All MX hosts are in 192.0.2.0/24. If that network fails, senders queue the mail."},
        /* a host with an address elsewhere stays reachable, of whatever family */
        {"a A 192.0.2.1\na A 198.51.100.7\nb A 192.0.2.2\nc A 203.0.113.1\n", 0, NULL},
        {"a A 192.0.2.1\nb A 192.0.2.2\nb AAAA 2001:db8:1::2\nc A 203.0.113.1\n", 0, NULL},
        {"a A 192.0.2.1\na AAAA 2001:db8:1::1\nb A 192.0.2.2\nb AAAA 2001:db8:2::1\n"
         "c A 203.0.113.1\n",
         0, NULL},
        {"a A 192.0.2.1\nb AAAA 2001:db8:1::2\nc A 192.0.2.9\nc AAAA 2001:db8:1::9\n", 0, NULL},
        /* one host under two names is another finding */
        {"a A 192.0.2.1\nb A 192.0.2.1\nc A 203.0.113.1\n", 0, NULL},
        {"a A 192.0.2.1\nb A 192.0.3.1\nc A 203.0.113.1\n", 0, NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct finding *finding = NULL;
        struct findings_world world;
        struct text zone = {0};

        text_format(&zone, REST "@ MX 10 a\n@ MX 20 b\n@ MX 30 c\n%s", cases[i].zone);
        findings_world_init(&world, text_get(&zone));
        findings_world_judge(&world);
        if (findings_world_count(&world, "mx-same-network", &finding) != cases[i].count)
            fail_msg("%s: %s", cases[i].zone, finding ? finding->text : "not found");
        if (cases[i].text)
            assert_string_equal(finding->text, cases[i].text);
        findings_world_clear(&world);
        text_clear(&zone);
    }
}

/* ---- an alias beside other records, whoever owns them ---- */

static void add_address_beside(struct reply *reply)
{
    struct record *records;

    if (reply->alias_count == 0 || reply->question.type != TYPE_A)
        return;
    records = arena_alloc(reply->arena, reply->answer.count + 1, sizeof *records);
    memcpy(records, reply->answer.records, reply->answer.count * sizeof *records);
    records[reply->answer.count] = records[0];
    records[reply->answer.count].type = TYPE_TXT;
    records[reply->answer.count].rdata = "\"beside\"";
    reply->answer = (struct section){records, reply->answer.count + 1};
}

#define ALSO(records)                                                                              \
    "The name is a CNAME and also has " records " records. Resolvers return one or the other, "    \
    "depending on their caches."

static void every_owner_may_break_the_rule_of_the_alias(void **state)
{
    static const char *const zones[][2] = {
        {"mx3.example.com.", GOOD_ZONE "@ MX 30 mx3\nmx3 CNAME mx1\n"},
        {"ns3.example.com.", GOOD_ZONE "@ NS ns3\nns3 CNAME ns1\n"},
        {"ldap.example.com.", GOOD_ZONE "_ldap._tcp SRV 0 1 389 ldap\nldap CNAME mx1\n"},
        {"www.example.com.", GOOD_ZONE "www CNAME mx1\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++) {
        for (int shown = 0; shown < 2; shown++) {
            const struct finding *finding = NULL;
            struct findings_world world;

            findings_world_init(&world, zones[i][1]);
            world.zone.adjust = shown ? add_address_beside : NULL;
            findings_world_judge(&world);
            assert_int_equal(findings_world_count(&world, "cname-and-other-data", &finding), shown);
            if (shown) {
                assert_string_equal(finding->subject, zones[i][0]);
                assert_string_equal(finding->text, ALSO("TXT"));
            }
            findings_world_clear(&world);
        }
    }
}

/* One server says alias, another has an address: the same fault, seen in two answers. */
static void aliases_of_one_answer_and_records_of_another(void **state)
{
    const struct finding *finding = NULL;
    struct findings_world world;

    (void)state;
    findings_world_init(&world, GOOD_ZONE "@ MX 30 mx3\nmx3 CNAME mx1\nother AAAA 2001:db8::1\n");
    world.zone.adjust = lose_the_alias_over_ipv6;
    findings_world_judge(&world);
    assert_int_equal(findings_world_count(&world, "cname-and-other-data", &finding), 1);
    assert_string_equal(finding->subject, "mx3.example.com.");
    assert_string_equal(finding->text, ALSO("AAAA"));
    findings_world_clear(&world);
}

/* RFC 2181 10.1 */
static void two_aliases_of_one_name_are_told_as_such(void **state)
{
    struct findings_world world;
    const struct finding *finding;

    (void)state;
    findings_world_init(&world, GOOD_ZONE "@ MX 30 mx3\nmx3 CNAME mx1\nmx3 CNAME mx2\n");
    findings_world_judge(&world);
    assert_int_equal(findings_world_count(&world, "cname-and-other-data", &finding), 1);
    assert_string_equal(finding->text, ALSO("other CNAME"));
    findings_world_clear(&world);
}

/* ---- many alike ---- */

/* No list on screen or paper grows with what strangers publish; nothing is lost in number. */
static void many_findings_alike_are_folded(void **state)
{
    struct findings_world world;
    struct text zone = {0};
    const struct finding *private = NULL;
    size_t listed = 0, folded = 0, more = 0;

    (void)state;
    text_add(&zone, REST GOOD_HOSTS);
    for (int i = 0; i < 2000; i++)
        text_format(&zone, "@ MX %d gone%d\np A 10.0.%d.%d\n", i + 1, i, i / 256, i % 256);
    text_add(&zone, "@ MX 0 p\n");
    findings_world_init(&world, text_get(&zone));
    findings_world_judge(&world);
    for (size_t i = 0; i < world.findings->count; i++) {
        const struct finding *finding = &world.findings->findings[i];

        if (strcmp(finding->id, "mx-dangling") != 0)
            continue;
        listed += finding_is_listed(finding) && !finding->more;
        folded += finding->folded;
        more += finding->more;
    }
    assert_int_equal(listed, FINDINGS_LISTED);
    assert_in_range(listed + folded, 20, EXCHANGES_MAX);
    assert_int_equal(listed + more, listed + folded);
    assert_int_equal(findings_world_count(&world, "mx-private-address", &private), 1);
    assert_int_equal(private->row_count, FINDINGS_KEPT);
    assert_string_equal(private->text,
                        "The MX host has the address 10.0.0.0 (private address (RFC 1918, RFC "
                        "4193)). Senders elsewhere cannot reach it, or reach another host. The "
                        "same applies to 10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4 and 1995 more.");
    findings_world_clear(&world);
    text_clear(&zone);
}

static void a_few_findings_alike_are_all_listed(void **state)
{
    struct findings_world world;
    struct text zone = {0};

    (void)state;
    text_add(&zone, REST GOOD_HOSTS);
    for (int i = 0; i < FINDINGS_LISTED + 1; i++)
        text_format(&zone, "@ MX %d gone%d\n", i, i);
    findings_world_init(&world, text_get(&zone));
    findings_world_judge(&world);
    assert_int_equal(findings_world_count(&world, "mx-dangling", NULL), FINDINGS_LISTED + 1);
    for (size_t i = 0; i < world.findings->count; i++)
        assert_true(finding_is_listed(&world.findings->findings[i]));
    findings_world_clear(&world);
    text_clear(&zone);
}

/* ---- one cause, one cure ---- */

/* The sentences of all findings of the id, one a line. */
static void assert_texts(const char *zone, const char *id, const char *texts)
{
    struct findings_world world;
    struct text text = {0};

    findings_world_init(&world, zone);
    findings_world_judge(&world);
    for (size_t i = 0; i < world.findings->count; i++)
        if (strcmp(world.findings->findings[i].id, id) == 0)
            text_format(&text, "%s\n", world.findings->findings[i].text);
    assert_string_equal(text_get(&text), texts);
    text_clear(&text);
    findings_world_clear(&world);
}

static void findings_with_one_cause_are_one(void **state)
{
    (void)state;
    assert_texts(REST GOOD_HOSTS "@ MX 10 a.x.net.\n@ MX 20 b.x.net.\n@ MX 30 c.x.net.\n",
                 "mx-outside-domain",
                 "The MX host a.x.net is outside the domain. Mail also depends on the name servers "
                 "of that domain. The same applies to b.x.net and c.x.net.\n");
    assert_texts(REST GOOD_HOSTS "@ MX 10 a.x.net.\n@ MX 20 mx1\n", "mx-outside-domain",
                 "The MX host a.x.net is outside the domain. Mail also depends on the name servers "
                 "of that domain.\n");
    /* two hosts that are not there are two faults */
    assert_texts(REST GOOD_HOSTS "@ MX 10 a\n@ MX 20 b\n@ MX 30 mx1\n", "mx-dangling",
                 "The MX host does not exist. Senders skip it, and bounce the mail when no other "
                 "is left.\n"
                 "The MX host does not exist. Senders skip it, and bounce the mail when no other "
                 "is left.\n");
}

/* ---- the record of a finding ---- */

static void a_shared_address_shows_its_own_record(void **state)
{
    static const char *const cases[][2] = {
        {"mx3 A 192.0.2.1\nmx3 AAAA 2001:db8:3::1\n", "mx3.example.com. 3600 IN A 192.0.2.1"},
        {"mx3 A 203.0.113.1\nmx3 AAAA 2001:db8:1::1\n",
         "mx3.example.com. 3600 IN AAAA 2001:db8:1::1"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct finding *finding = NULL;
        struct findings_world world;
        struct text zone = {0};

        text_format(&zone, GOOD_ZONE "@ MX 30 mx3\n%s", cases[i][0]);
        findings_world_init(&world, text_get(&zone));
        findings_world_judge(&world);
        assert_int_equal(findings_world_count(&world, "mx-shared-address", &finding), 1);
        assert_string_equal(finding->record, cases[i][1]);
        findings_world_clear(&world);
        text_clear(&zone);
    }
}

/* ---- names in sentences ---- */

/* Whoever reads sees names without their last dot; lines to publish have it. */
static void sentences_show_names_without_their_last_dot(void **state)
{
    static const char zone[] =
        REST GOOD_HOSTS "@ MX 10 foo\nfoo CNAME mx1\n@ MX 20 mx.example.net.\nmx.example.net. A "
                        "192.0.2.1\n@ NS ns3\nns3 CNAME ns1\n_ldap._tcp SRV 0 1 389 alias\n"
                        "_ldap._tcp SRV 0 1 0 gone\nalias CNAME mx1\n@ MX 30 l1\nl1 CNAME l2\n"
                        "l2 CNAME l1\n* MX 10 mx1\n_25._tcp.mx.example.net. TLSA 0 0 0 00\n"
                        "@ MX 40 x.silent\n@ MX 50 mx2\n";
    struct findings_world world;

    (void)state;
    findings_world_init(&world, zone);
    world.zone.silent = "silent.example.com.";
    world.zone.secure = true;
    findings_world_judge(&world);
    assert_true(world.findings->count > 10);
    for (size_t i = 0; i < world.findings->count; i++) {
        const struct finding *finding = &world.findings->findings[i];

        if (shows_absolute_name(finding->text) || shows_absolute_name(finding->fix))
            fail_msg("%s: %s %s", finding->id, finding->text, finding->fix);
    }
    findings_world_clear(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_closed_null_mx_is_no_finding),
        cmocka_unit_test(times_of_the_soa),
        cmocka_unit_test(exchanges_share_a_network),
        cmocka_unit_test(every_owner_may_break_the_rule_of_the_alias),
        cmocka_unit_test(two_aliases_of_one_name_are_told_as_such),
        cmocka_unit_test(aliases_of_one_answer_and_records_of_another),
        cmocka_unit_test(many_findings_alike_are_folded),
        cmocka_unit_test(a_few_findings_alike_are_all_listed),
        cmocka_unit_test(findings_with_one_cause_are_one),
        cmocka_unit_test(a_shared_address_shows_its_own_record),
        cmocka_unit_test(sentences_show_names_without_their_last_dot),
    };

    return cmocka_run_group_tests_name("findings_set", tests, NULL, NULL);
}
