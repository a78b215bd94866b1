/* Findings about MTA-STS, TLS reports, DANE, reverse names and DNSSEC. */
#include "base/text.h"
#include "dns/type.h"
#include "unit/check.h"
#include "unit/policy/findings_world.h"

#include <stdlib.h>
#include <string.h>

#define DOMAIN   "example.com."
#define ROUTE    GOOD_SERVERS GOOD_MX GOOD_HOSTS GOOD_REVERSE
#define WITH_SPF ROUTE GOOD_DMARC GOOD_DKIM
#define HASH     "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const struct finding_case transport_cases[] = {
    {"mta-sts-syntax", SEVERITY_ERROR, "_mta-sts.example.com.",
     GOOD_ZONE "_mta-sts TXT \"v=STSv1; id=2026-01-01\"\nmta-sts A 192.0.2.1\n"},
    {"mta-sts-syntax", SEVERITY_ERROR, "_mta-sts.example.com.",
     GOOD_ZONE "_mta-sts TXT \"v=STSv1; id=1\"\n_mta-sts TXT \"v=STSv1; id=2\"\n"},
    {"mta-sts-policy-host", SEVERITY_ERROR, "mta-sts.example.com.",
     GOOD_ZONE "_mta-sts TXT \"v=STSv1; id=1\"\n"},
    {"tls-rpt-syntax", SEVERITY_ERROR, "_smtp._tls.example.com.",
     GOOD_ZONE "_smtp._tls TXT \"v=TLSRPTv1\"\n"},
    {"tls-rpt-syntax", SEVERITY_ERROR, "_smtp._tls.example.com.",
     GOOD_ZONE "_smtp._tls TXT \"v=TLSRPTv1; rua=tls@example.com\"\n"},
    {"tls-rpt-none", SEVERITY_NOTICE, "_smtp._tls.example.com.",
     GOOD_ZONE "_mta-sts TXT \"v=STSv1; id=1\"\nmta-sts A 192.0.2.1\n"},
    {"ptr-missing", SEVERITY_WARNING, "mx1.example.com.",
     GOOD_SERVERS GOOD_MX GOOD_HOSTS GOOD_POLICY},
    {"ptr-unconfirmed", SEVERITY_WARNING, "mx1.example.com.",
     GOOD_SERVERS GOOD_POLICY GOOD_MX
     "mx1 A 192.0.2.1\nmx2 A 198.51.100.1\n1.2.0.192.in-addr.arpa. PTR mx2\n"},
};

static void make_secure(struct findings_world *world)
{
    world->zone.secure = true;
}

static void findings_about_the_way(void **state)
{
    (void)state;
    assert_findings(transport_cases, sizeof transport_cases / sizeof transport_cases[0], NULL);
}

static void findings_about_tlsa_that_is_secure(void **state)
{
    static const struct finding_case cases[] = {
        {"dane-unusable", SEVERITY_ERROR, "_25._tcp.mx1.example.com.",
         GOOD_ZONE "_25._tcp.mx1 TLSA 1 1 1 " HASH "\n"},
        {"dane-unusable", SEVERITY_ERROR, "_25._tcp.mx1.example.com.",
         GOOD_ZONE "_25._tcp.mx1 TYPE52 \\# 35 030102" HASH "\n"},
        {"dane-partial", SEVERITY_WARNING, "_25._tcp.mx2.example.com.",
         GOOD_ZONE "_25._tcp.mx1 TLSA 3 1 1 " HASH "\n"},
    };
    struct findings_world world;

    (void)state;
    assert_findings(cases, sizeof cases / sizeof cases[0], make_secure);
    findings_world_init(&world, GOOD_ZONE "_25._tcp.mx1 TLSA 3 1 1 " HASH
                                          "\n_25._tcp.mx2 TLSA 2 0 1 " HASH "\n");
    make_secure(&world);
    findings_world_judge(&world);
    assert_int_equal(findings_world_count(&world, "dane-unusable", NULL), 0);
    assert_int_equal(findings_world_count(&world, "dane-partial", NULL), 0);
    findings_world_clear(&world);
}

/* ---- DNSSEC ---- */

#define KEYS                                                                                       \
    "@ DNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxIL"           \
    "fDLUT0rAK9iUzy1L53eKGQ==\n"
#define PARENT "@ DS 1 13 2 " HASH "\n"
/* The zone answers as a signed one would when asked with DO. */
static void add_signatures(struct reply *reply)
{
    static struct record signature;
    struct record *both;

    if (!(reply->question.flags & QUESTION_DNSSEC_OK) || reply->outcome != OUTCOME_ANSWERED)
        return;
    signature = (struct record){.owner = DOMAIN, .type = TYPE_RRSIG, .rdata = ""};
    signature.rrsig.covered = reply->question.type;
    signature.rrsig.signer = DOMAIN;
    signature.rrsig.expiration = 1700000000 + 2 * 86400;
    both = arena_alloc(reply->arena, reply->answer.count + 1, sizeof *both);
    memcpy(both, reply->answer.records, reply->answer.count * sizeof *both);
    both[reply->answer.count] = signature;
    reply->answer.records = both;
    reply->answer.count++;
}

static void signatures_near_their_end_by_the_given_time(void **state)
{
    struct findings_world world;
    const struct finding *finding = NULL;
    static const int64_t times[] = {1700000000, 1700000000 + 3 * 86400, 1700000000 - 9 * 86400};
    static const enum severity severities[] = {SEVERITY_WARNING, SEVERITY_ERROR, SEVERITY_OK};

    (void)state;
    for (int i = 0; i < 3; i++) {
        findings_world_init(&world, GOOD_ZONE KEYS);
        world.zone.adjust = add_signatures;
        world.view.now = times[i];
        findings_world_judge(&world);
        assert_int_equal(findings_world_count(&world, "dnssec-expiring", &finding),
                         severities[i] != SEVERITY_OK);
        if (severities[i] != SEVERITY_OK)
            assert_int_equal(finding->severity, severities[i]);
        findings_world_clear(&world);
    }
}

/* The SOA of a negative answer says who gave it. */
static void as_the_parent(struct reply *reply)
{
    struct record *soa;

    if (reply->question.type != TYPE_DS || reply->authority.count == 0)
        return;
    soa = arena_alloc(reply->arena, 1, sizeof *soa);
    *soa = reply->authority.records[0];
    soa->owner = "com.";
    reply->authority = (struct section){soa, 1};
}

static void assert_partial(void (*adjust)(struct reply *reply), size_t count)
{
    struct findings_world world;
    const struct finding *finding = NULL;

    findings_world_init(&world, GOOD_ZONE KEYS);
    world.zone.adjust = adjust;
    findings_world_judge(&world);
    assert_int_equal(findings_world_count(&world, "dnssec-partial", &finding), count);
    if (count)
        assert_int_equal(finding->severity, SEVERITY_WARNING);
    findings_world_clear(&world);
}

static void keys_without_ds_and_ds_without_keys(void **state)
{
    static const struct finding_case cases[] = {
        {"dnssec-partial", SEVERITY_ERROR, DOMAIN, GOOD_ZONE PARENT},
    };

    (void)state;
    assert_findings(cases, 1, NULL);
    assert_partial(as_the_parent, 1);
    assert_partial(NULL, 0); /* the zone itself cannot say what the parent has */
}

static void vouch_for_ds(struct reply *reply)
{
    reply->ad = reply->question.type == TYPE_DS;
}

static void vouch_for_all(struct reply *reply)
{
    reply->ad = true;
}

/* RFC 4035 5.2: a zone signed with what the validator does not know is insecure, not bogus and not
 * left without validation. */
static void what_validators_do_not_know_is_insecure(void **state)
{
    static const struct {
        const char *ds;
        void (*adjust)(struct reply *);
        enum dnssec_state state;
        size_t outdated;
    } cases[] = {
        {PARENT, NULL, DNSSEC_UNVALIDATED, 0},
        {PARENT, vouch_for_all, DNSSEC_SECURE, 0},
        {PARENT, vouch_for_ds, DNSSEC_INSECURE, 1},
        {"@ DS 1 200 2 " HASH "\n", NULL, DNSSEC_INSECURE, 1},
        {"@ DS 1 200 2 " HASH "\n", vouch_for_ds, DNSSEC_INSECURE, 1},
        {"@ DS 1 200 2 " HASH "\n", vouch_for_all, DNSSEC_SECURE, 0},
        {"@ DS 1 13 77 " HASH "\n", NULL, DNSSEC_INSECURE, 1},
        {PARENT "@ DS 1 200 2 " HASH "\n", NULL, DNSSEC_UNVALIDATED, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct findings_world world;
        struct text zone = {0};
        const struct dnssec *dnssec;

        text_format(&zone, GOOD_ZONE KEYS "%s", cases[i].ds);
        findings_world_init(&world, text_get(&zone));
        world.zone.adjust = cases[i].adjust;
        findings_world_judge(&world);
        dnssec = dnssec_build(&world.zone.lookup, world.zone.arena, DOMAIN, 0);
        if (dnssec->state != cases[i].state ||
            findings_world_count(&world, "dnssec-outdated", NULL) != cases[i].outdated)
            fail_msg("%s: %s", cases[i].ds, dnssec_state_text(dnssec->state));
        findings_world_clear(&world);
        text_clear(&zone);
    }
}

/* RFC 9904 */
static void algorithms_that_were_given_up(void **state)
{
    static const struct finding_case cases[] = {
        {"dnssec-outdated", SEVERITY_WARNING, DOMAIN,
         GOOD_ZONE "@ DNSKEY 257 3 5 AwEAAaetidLzsKWUt4swWR8yu0wPHPiUi8LU\n"},
        {"dnssec-outdated", SEVERITY_WARNING, DOMAIN,
         GOOD_ZONE "@ DS 1 13 1 0123456789abcdef0123456789abcdef01234567\n"},
    };
    struct findings_world world;

    (void)state;
    assert_findings(cases, 2, NULL);
    findings_world_init(&world, GOOD_ZONE KEYS PARENT
                        "@ DS 1 13 1 0123456789abcdef0123456789abcdef01234567\n");
    findings_world_judge(&world);
    assert_int_equal(findings_world_count(&world, "dnssec-outdated", NULL), 0);
    findings_world_clear(&world);
}

/* A validating resolver says SERVFAIL unless it is told not to check. */
static void refuse_unless_unchecked(struct reply *reply)
{
    if (reply->question.flags & QUESTION_CHECKING_DISABLED)
        return;
    reply->outcome = OUTCOME_SERVFAIL;
    reply->rcode = RCODE_SERVFAIL;
    reply->record_count = 0;
}

static void refuse_always(struct reply *reply)
{
    reply->outcome = OUTCOME_SERVFAIL;
    reply->rcode = RCODE_SERVFAIL;
    reply->record_count = 0;
}

static void bogus_is_told_from_broken_by_cd(void **state)
{
    struct findings_world world;

    (void)state;
    for (int broken = 0; broken < 2; broken++) {
        findings_world_init(&world, GOOD_ZONE);
        world.zone.adjust = broken ? refuse_always : refuse_unless_unchecked;
        findings_world_judge(&world);
        assert_int_equal(findings_world_count(&world, "dnssec-bogus", NULL), !broken);
        findings_world_clear(&world);
    }
}

/* ---- name servers asked directly ---- */

#define SECOND "\x7f\x00\x01\x35" /* 127.0.1.53 */
#define ABOVE  "\x7f\x00\x02\x35" /* 127.0.2.53 */
#define DIRECT                                                                                     \
    "@ NS ns1\n@ NS ns2\nns1 A 127.0.0.53\nns2 A 127.0.1.53\na.com. A 127.0.2.53\n" GOOD_MX        \
        GOOD_HOSTS GOOD_POLICY

static bool asked_of(const struct reply *reply, const char bytes[4])
{
    return reply->question.server.family == 4 &&
           memcmp(reply->question.server.bytes, bytes, 4) == 0;
}

static void second_is_lame(struct reply *reply)
{
    if (asked_of(reply, SECOND))
        reply->aa = false;
}

static void second_refuses(struct reply *reply)
{
    if (!asked_of(reply, SECOND))
        return;
    reply->outcome = OUTCOME_REFUSED;
    reply->rcode = RCODE_REFUSED;
}

/* Somebody in between who answers nothing without recursion. */
static void all_refuse_as_resolvers_do(struct reply *reply)
{
    if (!reply->question.server.family)
        return;
    reply->outcome = OUTCOME_REFUSED;
    reply->rcode = RCODE_REFUSED;
    reply->aa = false;
    reply->ra = true;
}

static void second_is_silent(struct reply *reply)
{
    if (asked_of(reply, SECOND))
        reply->outcome = OUTCOME_TIMEOUT;
}

static void second_is_old(struct reply *reply)
{
    struct record *record;
    const struct record **records;

    if (!asked_of(reply, SECOND) || reply->record_count == 0)
        return;
    record = arena_alloc(reply->arena, 1, sizeof *record);
    records = arena_alloc(reply->arena, reply->record_count, sizeof *records);
    *record = *reply->records[0];
    record->rdata = "something else";
    if (record->type == TYPE_SOA)
        record->soa.serial = 7;
    records[0] = record;
    for (size_t i = 1; i < reply->record_count; i++)
        records[i] = reply->records[i];
    reply->records = records;
}

struct direct {
    const char *id;
    enum severity severity;
    void (*adjust)(struct reply *reply);
};

static void findings_about_servers_asked_directly(void **state)
{
    static const struct direct cases[] = {
        {"ns-lame", SEVERITY_ERROR, second_is_lame},
        {"ns-lame", SEVERITY_ERROR, second_refuses},
        {"ns-lame", SEVERITY_UNKNOWN, second_is_silent},
        {"ns-intercepted", SEVERITY_UNKNOWN, all_refuse_as_resolvers_do},
        {"soa-serial-differs", SEVERITY_WARNING, second_is_old},
        {"mx-differs-between-servers", SEVERITY_ERROR, second_is_old},
        {"ns-differs-between-servers", SEVERITY_WARNING, second_is_old},
        {"txt-differs-between-servers", SEVERITY_WARNING, second_is_old},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (int shown = 0; shown < 2; shown++) {
            const struct finding *finding = NULL;
            struct findings_world world;

            findings_world_init(&world, DIRECT);
            world.view.ask_servers = REACH_HOSTS;
            world.zone.adjust = shown ? cases[i].adjust : NULL;
            findings_world_judge(&world);
            if (findings_world_count(&world, cases[i].id, &finding) != (size_t)shown)
                fail_msg("%s: %s", cases[i].id, finding ? finding->text : "not found");
            if (shown)
                assert_int_equal(finding->severity, cases[i].severity);
            findings_world_clear(&world);
        }
    }
}

/* As a resolver passes it on. */
static void take_authority(struct reply *reply)
{
    reply->aa = reply->aa && reply->question.server.family;
}

/* Documentation addresses are asked when the zone itself was answered from such a one, or an option
 * says so. */
static void what_is_asked_depends_on_which_servers_are_within_reach(void **state)
{
    static const struct {
        enum server_reach reach;
        bool direct, asked;
        enum authority_state state;
    } cases[] = {
        {REACH_NONE, true, false, AUTHORITY_PENDING},
        {REACH_HOSTS, false, true, AUTHORITY_NOWHERE},
        {REACH_HOSTS, true, true, AUTHORITY_OK},
        {REACH_DOCUMENTATION, false, true, AUTHORITY_OK},
        {REACH_PRIVATE, false, true, AUTHORITY_OK},
        {REACH_ALL, false, true, AUTHORITY_OK},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct authority *authority;
        struct findings_world world;

        findings_world_init(&world, GOOD_ZONE);
        world.zone.adjust = cases[i].direct ? NULL : take_authority;
        world.view.ask_servers = cases[i].reach;
        findings_world_judge(&world);
        authority = authority_build(&world.zone.lookup, world.zone.arena, world.view.domain,
                                    cases[i].reach, (struct authority_srv){NULL, 0});
        assert_int_equal(authority->asked, cases[i].asked);
        assert_int_equal(authority->count > 0, cases[i].asked);
        for (size_t k = 0; k < authority->count; k++)
            assert_int_equal(authority->servers[k].state, cases[i].state);
        findings_world_clear(&world);
    }
}

/* Lessons are made of documentation addresses, where nobody can be asked. */
static void servers_at_documentation_addresses_are_not_blamed(void **state)
{
    struct findings_world world;

    (void)state;
    findings_world_init(&world, GOOD_ZONE);
    world.zone.adjust = take_authority;
    world.view.ask_servers = REACH_HOSTS;
    findings_world_judge(&world);
    assert_int_equal(findings_world_count(&world, "ns-lame", NULL), 0);
    findings_world_clear(&world);
    findings_world_init(&world, GOOD_ZONE "@ NS ns3\nns3 A 0.0.0.0\n");
    world.zone.adjust = take_authority;
    world.view.ask_servers = REACH_HOSTS;
    findings_world_judge(&world);
    assert_int_equal(findings_world_count(&world, "ns-lame", NULL), 1);
    findings_world_clear(&world);
}

/* ---- the parent ---- */

static void answer_with(struct reply *reply, struct record record)
{
    struct record *kept = arena_alloc(reply->arena, 1, sizeof *kept);
    const struct record **records = arena_alloc(reply->arena, 1, sizeof *records);

    *kept = record;
    records[0] = kept;
    reply->outcome = OUTCOME_ANSWERED;
    reply->records = records;
    reply->record_count = 1;
}

/* com. has one server, a.com. */
static void add_parent(struct reply *reply)
{
    struct record record = {.owner = "com.", .type = reply->question.type, .rdata = "a.com."};

    if (strcmp(reply->question.name, "com.") != 0)
        return;
    if (record.type == TYPE_NS)
        record.target = "a.com.";
    else if (record.type == TYPE_SOA)
        record.soa.mname = record.soa.rname = "a.com.";
    else
        return;
    answer_with(reply, record);
}

static const char *const *delegated; /* to these, up to NULL */

static void add_parent_that_delegates(struct reply *reply)
{
    struct record *records = arena_alloc(reply->arena, 3, sizeof *records);
    size_t count = 0;

    add_parent(reply);
    if (!asked_of(reply, ABOVE))
        return;
    for (; delegated[count]; count++)
        records[count] = (struct record){.owner = DOMAIN,
                                         .type = TYPE_NS,
                                         .rdata = delegated[count],
                                         .target = delegated[count]};
    reply->answer = (struct section){0};
    reply->authority = (struct section){records, count};
    reply->outcome = OUTCOME_NODATA;
}

static void the_parent_names_other_servers(void **state)
{
    static const struct {
        const char *const names[4];
        const char *told; /* NULL: nothing is found */
    } cases[] = {
        {{"ns1.example.com.", "ns2.example.com."}, NULL},
        {{"ns1.example.com.", "ns2.example.com.", "ns9.example.com."},
         "The parent zone com and the zone itself name different servers (only the parent: "
         "ns9.example.com). Which ones are queried depends on what a resolver has seen."},
        {{"ns1.example.com."},
         "The parent zone com and the zone itself name different servers (only the zone: "
         "ns2.example.com). Which ones are queried depends on what a resolver has seen."},
        {{"ns9.example.com."},
         "The parent zone com and the zone itself name different servers (only the parent: "
         "ns9.example.com; only the zone: ns1.example.com, ns2.example.com). Which ones are "
         "queried depends on what a resolver has seen."},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct findings_world world;
        const struct finding *finding;

        findings_world_init(&world, DIRECT);
        world.view.ask_servers = REACH_PRIVATE;
        delegated = cases[i].names;
        world.zone.adjust = add_parent_that_delegates;
        findings_world_judge(&world);
        assert_int_equal(findings_world_count(&world, "ns-parent-differs", &finding),
                         cases[i].told ? 1 : 0);
        if (cases[i].told)
            assert_string_equal(finding->text, cases[i].told);
        findings_world_clear(&world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(findings_about_the_way),
        cmocka_unit_test(findings_about_tlsa_that_is_secure),
        cmocka_unit_test(signatures_near_their_end_by_the_given_time),
        cmocka_unit_test(keys_without_ds_and_ds_without_keys),
        cmocka_unit_test(what_validators_do_not_know_is_insecure),
        cmocka_unit_test(algorithms_that_were_given_up),
        cmocka_unit_test(bogus_is_told_from_broken_by_cd),
        cmocka_unit_test(findings_about_servers_asked_directly),
        cmocka_unit_test(what_is_asked_depends_on_which_servers_are_within_reach),
        cmocka_unit_test(servers_at_documentation_addresses_are_not_blamed),
        cmocka_unit_test(the_parent_names_other_servers),
    };

    return cmocka_run_group_tests_name("findings_policy", tests, NULL, NULL);
}
