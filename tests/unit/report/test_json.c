#include "unit/check.h"
#include "unit/report/report_world.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char rich[] =
    "@ MX 20 mx2\n@ MX 10 mx1\n@ MX 20 alias\n@ MX 30 mx.xn--bcher-kva.example.\n"
    "@ A 192.0.2.81\n@ A 192.0.2.80\n@ AAAA 2001:db8::80\n"
    "@ TXT \"v=spf1 mx include:_spf.example.com -all\"\n@ TXT \"another\"\n"
    "@ CAA 0 issue \"ca.example.net\"\n"
    "_spf TXT \"v=spf1 ip4:192.0.2.0/24 -all\"\n"
    "_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:d@example.com\"\n"
    "_mta-sts TXT \"v=STSv1; id=1\"\n_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:t@example.com\"\n"
    "default._bimi TXT \"v=BIMI1; l=https://example.com/logo.svg\"\n"
    "default._domainkey TXT \"v=DKIM1; k=ed25519; "
    "p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"\n"
    "_25._tcp.mx1 TLSA 3 1 1 "
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"
    "mx1 A 192.0.2.2\nmx1 A 192.0.2.1\nmx1 AAAA 2001:db8::1\nmx2 A 198.51.100.2\n"
    "alias CNAME real\nreal A 192.0.2.3\nwww A 192.0.2.80\n"
    "_ldap._tcp SRV 0 6 389 ldap1\n_ldap._tcp SRV 0 4 389 ldap2\n_pop3._tcp SRV 0 0 0 .\n"
    "ldap1 A 192.0.2.31\nldap2 A 192.0.2.32\n"
    "1.2.0.192.in-addr.arpa. PTR mx1\nmx.xn--bcher-kva.example. A 203.0.113.9\n";

/* ---- the shape ---- */

/* "mx[].addresses[].address" is in every element; types: s string, i integer, r real or integer,
 * b boolean, a array, o object, 0 null. `least`: so many are met. */
struct member {
    const char *path, *types;
    size_t least;
};

static bool has_type(const json_t *value, const char *types)
{
    for (; *types; types++)
        switch (*types) {
        case 's':
            if (json_is_string(value))
                return true;
            break;
        case 'i':
            if (json_is_integer(value))
                return true;
            break;
        case 'r':
            if (json_is_number(value))
                return true;
            break;
        case 'b':
            if (json_is_boolean(value))
                return true;
            break;
        case 'a':
            if (json_is_array(value))
                return true;
            break;
        case 'o':
            if (json_is_object(value))
                return true;
            break;
        default:
            if (json_is_null(value))
                return true;
        }
    return false;
}

/* Counts the values at the path below `value`; fails when one is missing or of another type. */
static size_t check_member(const json_t *value, const char *path, const struct member *member)
{
    size_t length = strcspn(path, ".["), count = 0;
    char key[64];

    if (*path == '\0') {
        if (!has_type(value, member->types))
            fail_msg("%s is not of type %s", member->path, member->types);
        return 1;
    }
    if (strncmp(path, "[]", 2) == 0) {
        for (size_t i = 0; i < json_array_size(value); i++)
            count += check_member(json_array_get(value, i), path + 2 + (path[2] == '.'), member);
        return count;
    }
    assert_true(length < sizeof key);
    memcpy(key, path, length);
    key[length] = '\0';
    value = json_object_get(value, key);
    if (!value)
        fail_msg("%s: no member %s", member->path, key);
    return check_member(value, path + length + (path[length] == '.'), member);
}

static void check_shape(const json_t *object, const struct member *members, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t met = check_member(object, members[i].path, &members[i]);
        if (met < members[i].least)
            fail_msg("%s: %zu of them, not %zu", members[i].path, met, members[i].least);
    }
}

static const struct member contract[] = {
    {"mxtrail", "i", 1},
    {"version", "s", 1},
    {"input", "s", 1},
    {"name", "s", 1},
    {"status", "s", 1},
    {"source.kind", "s", 1},
    {"source.server", "s0", 1},
    {"source.file", "s0", 1},
    {"elapsed_ms", "i", 1},
    {"mx[].preference", "i", 4},
    {"mx[].exchange", "s", 4},
    {"mx[].ttl", "i", 4},
    {"mx[].level", "i", 4},
    {"mx[].alias_of", "s0", 4},
    {"mx[].status", "s", 4},
    {"mx[].addresses[].address", "s", 6},
    {"mx[].addresses[].family", "i", 6},
    {"mx[].addresses[].ttl", "i", 6},
    {"mx[].addresses[].ptr[]", "s", 1},
    {"mx[].addresses[].from", "s", 6},
    {"mx[].addresses[].came_along", "b", 6},
    {"mx_status", "s", 1},
    {"null_mx", "b", 1},
    {"implicit_mx", "b", 1},
    {"a[].address", "s", 2},
    {"a[].ttl", "i", 2},
    {"aaaa[].address", "s", 1},
    {"aaaa[].ttl", "i", 1},
    {"ns[].target", "s", 2},
    {"ns[].ttl", "i", 2},
    {"ns[].addresses[].address", "s", 2},
    {"cname", "s0", 1},
    {"soa.mname", "s", 1},
    {"soa.serial", "i", 1},
    {"soa.minimum", "i", 1},
    {"txt[]", "s", 2},
    {"caa[].tag", "s", 1},
    {"srv[].owner", "s", 3},
    {"srv[].ttl", "i", 3},
    {"srv[].priority", "i", 3},
    {"srv[].weight", "i", 3},
    {"srv[].port", "i", 3},
    {"srv[].target", "s", 3},
    {"srv[].not_offered", "b", 3},
    {"srv[].share.nominal", "r", 3},
    {"srv[].share.rfc2782", "r", 3},
    {"srv[].addresses[].address", "s", 2},
    {"route.profile", "s", 1},
    {"route.as", "s0", 1},
    {"route.verdict", "s", 1},
    {"route.code", "s", 1},
    {"route.why", "s", 1},
    {"route.reference", "s", 1},
    {"route.hosts[].exchange", "s", 4},
    {"route.hosts[].preference", "i", 4},
    {"route.hosts[].level", "i", 4},
    {"route.hosts[].state", "s", 4},
    {"route.hosts[].why", "s", 4},
    {"route.hosts[].reference", "s", 4},
    {"route.hosts[].addresses[].address", "s", 6},
    {"simulation.profile", "s", 1},
    {"simulation.seed", "i", 1},
    {"simulation.deliveries", "i", 1},
    {"simulation.as", "s0", 1},
    {"simulation.down[]", "s", 1},
    {"simulation.first[].exchange", "s", 1},
    {"simulation.first[].address", "s", 1},
    {"simulation.first[].count", "i", 1},
    {"simulation.first[].share", "r", 1},
    {"simulation.first[].expected", "r0", 1},
    {"simulation.first_exchange[].exchange", "s", 1},
    {"simulation.first_exchange[].count", "i", 1},
    {"simulation.first_exchange[].share", "r", 1},
    {"simulation.first_exchange[].expected", "r0", 1},
    {"simulation.orders[].tries[].exchange", "s", 1},
    {"simulation.orders[].tries[].address", "s", 1},
    {"simulation.orders[].count", "i", 1},
    {"simulation.orders_total", "i", 1},
    {"simulation.tries[].count", "i", 1},
    {"simulation.tries[].deliveries", "i", 1},
    {"simulation.outcome[].verdict", "s", 1},
    {"simulation.outcome[].code", "s", 1},
    {"simulation.outcome[].exchange", "s0", 1},
    {"simulation.outcome[].count", "i", 1},
    {"srv_simulation.owner", "s", 1},
    {"srv_simulation.algorithm", "s", 1},
    {"srv_simulation.seed", "i", 1},
    {"srv_simulation.draws", "i", 1},
    {"srv_simulation.first[].target", "s", 2},
    {"srv_simulation.first[].port", "i", 2},
    {"srv_simulation.first[].priority", "i", 2},
    {"srv_simulation.first[].weight", "i", 2},
    {"srv_simulation.first[].count", "i", 2},
    {"srv_simulation.first[].share", "r", 2},
    {"srv_simulation.first[].nominal", "r", 2},
    {"srv_simulation.first[].rfc2782", "r", 2},
    {"srv_simulation.orders[].count", "i", 1},
    {"policy.spf", "o", 1},
    {"policy.spf.state", "s", 1},
    {"policy.spf.lookups", "i", 1},
    {"policy.spf.tree.terms[].term", "s", 3},
    {"policy.spf.check.result", "s", 1},
    {"policy.dmarc", "o", 1},
    {"policy.dmarc.policy", "s", 1},
    {"policy.mta_sts", "o", 1},
    {"policy.tls_rpt", "o", 1},
    {"policy.bimi", "o", 1},
    {"policy.dkim[].selector", "s", 1},
    {"policy.dane[].exchange", "s", 1},
    {"policy.dane[].records[].usable", "b", 1},
    {"findings[].id", "s", 1},
    {"findings[].severity", "s", 1},
    {"findings[].subject", "s", 1},
    {"findings[].text", "s", 1},
    {"findings[].fix", "s", 1},
    {"findings[].reference", "s", 1},
    {"findings[].server", "s0", 1},
    {"queries[].qname", "s", 50},
    {"queries[].qtype", "s", 50},
    {"queries[].server", "s", 50},
    {"queries[].transport", "s", 50},
    {"queries[].status", "s", 50},
    {"queries[].rcode", "s0", 50},
    {"queries[].rtt_ms", "r", 50},
    {"queries[].tries", "i", 50},
    {"queries[].aa", "b", 50},
    {"queries[].ad", "b", 50},
    {"queries[].tc", "b", 50},
    {"queries[].unmatched", "i", 50},
};

static void every_member_of_the_contract_is_there(void **state)
{
    static const struct report_request request = {
        .zone = rich,
        .deliveries = 200,
        .srv_owner = "_ldap._tcp.example.com.",
        .down = "mx1.example.com=greeting4",
        .spf_ip = "192.0.2.1",
        .spf_from = "a@example.com",
    };
    json_t *object = report_world_object(&request);

    (void)state;
    check_shape(object, contract, COUNT(contract));
    json_decref(object);
}

static void parts_not_asked_for_are_left_out(void **state)
{
    static const struct report_request request = {.zone = rich};
    json_t *object = report_world_object(&request);

    (void)state;
    assert_null(json_object_get(object, "simulation"));
    assert_null(json_object_get(object, "srv_simulation"));
    assert_null(json_object_get(object, "note"));
    assert_null(json_object_get(object, "ptr"));
    json_decref(object);
}

/* ---- what it says ---- */

static const char *string_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static json_t *element(const json_t *object, const char *key, size_t index)
{
    return json_array_get(json_object_get(object, key), index);
}

static void arrays_are_in_stable_order(void **state)
{
    static const char *const exchanges[] = {"mx1.example.com.", "alias.example.com.",
                                            "mx2.example.com.", "mx.xn--bcher-kva.example."};
    static const struct report_request request = {.zone = rich};
    json_t *object = report_world_object(&request), *hosts, *mx1;

    (void)state;
    hosts = json_object_get(json_object_get(object, "route"), "hosts");
    for (size_t i = 0; i < COUNT(exchanges); i++) {
        assert_string_equal(string_at(element(object, "mx", i), "exchange"), exchanges[i]);
        assert_string_equal(string_at(json_array_get(hosts, i), "exchange"), exchanges[i]);
    }
    mx1 = element(object, "mx", 0);
    assert_string_equal(string_at(element(mx1, "addresses", 0), "address"), "192.0.2.1");
    assert_string_equal(string_at(element(mx1, "addresses", 1), "address"), "192.0.2.2");
    assert_string_equal(string_at(element(mx1, "addresses", 2), "address"), "2001:db8::1");
    assert_string_equal(string_at(element(object, "a", 0), "address"), "192.0.2.80");
    assert_string_equal(string_at(element(object, "a", 1), "address"), "192.0.2.81");
    assert_string_equal(json_string_value(element(object, "txt", 0)), "another");
    json_decref(object);
}

static void facts_are_told(void **state)
{
    static const struct report_request request = {.zone = rich, .name = "User@Example.com"};
    json_t *object = report_world_object(&request), *srv;

    (void)state;
    assert_string_equal(string_at(object, "input"), "User@Example.com");
    assert_string_equal(string_at(object, "note"), "left out: User@");
    assert_string_equal(string_at(object, "name"), "example.com.");
    assert_string_equal(string_at(object, "status"), "answered");
    assert_string_equal(string_at(object, "mx_status"), "answered");
    assert_string_equal(string_at(object, "version"), "1.2.3");
    assert_int_equal(json_integer_value(json_object_get(object, "elapsed_ms")), 0);
    assert_int_equal(json_integer_value(json_object_get(element(object, "mx", 1), "level")), 2);
    assert_int_equal(json_integer_value(json_object_get(element(object, "mx", 3), "level")), 3);
    assert_string_equal(string_at(element(object, "mx", 1), "alias_of"), "real.example.com.");
    assert_true(json_is_null(json_object_get(element(object, "mx", 0), "alias_of")));
    srv = element(object, "srv", 2);
    assert_string_equal(string_at(srv, "owner"), "_pop3._tcp.example.com.");
    assert_true(json_is_true(json_object_get(srv, "not_offered")));
    assert_string_equal(string_at(srv, "target"), ".");
    srv = json_object_get(object, "srv_without");
    assert_int_equal(json_object_size(srv), 1);
    assert_int_equal(json_integer_value(json_object_get(srv, "nxdomain")), 50);
    json_decref(object);
}

static void names_have_their_u_labels_beside_them_rfc5890(void **state)
{
    static const char zone[] =
        "xn--bcher-kva.example. MX 10 mail.xn--bcher-kva.example.\n"
        "xn--bcher-kva.example. NS ns.xn--bcher-kva.example.\n"
        "_ldap._tcp.xn--bcher-kva.example. SRV 0 0 389 ldap.xn--bcher-kva.example.\n"
        "mail.xn--bcher-kva.example. A 192.0.2.1\n"
        "1.2.0.192.in-addr.arpa. PTR mail.xn--bcher-kva.example.\n"
        "1.2.0.192.in-addr.arpa. PTR mail.example.com.\n";
    static const struct report_request request = {
        .zone = zone, .name = "bücher.example", .deliveries = 10};
    json_t *object = report_world_object(&request), *address;

    (void)state;
    assert_string_equal(string_at(object, "name"), "xn--bcher-kva.example.");
    assert_string_equal(string_at(object, "name_u"), "bücher.example.");
    assert_string_equal(string_at(object, "input"), "bücher.example");
    assert_string_equal(string_at(element(object, "mx", 0), "exchange_u"), "mail.bücher.example.");
    assert_string_equal(string_at(element(object, "ns", 0), "target_u"), "ns.bücher.example.");
    assert_string_equal(string_at(element(object, "srv", 0), "owner_u"),
                        "_ldap._tcp.bücher.example.");
    assert_string_equal(string_at(element(object, "srv", 0), "target_u"), "ldap.bücher.example.");
    address = element(element(object, "mx", 0), "addresses", 0);
    assert_string_equal(json_string_value(element(address, "ptr", 0)), "mail.example.com.");
    assert_string_equal(json_string_value(element(address, "ptr_u", 0)), "mail.example.com.");
    assert_string_equal(json_string_value(element(address, "ptr_u", 1)), "mail.bücher.example.");
    address = element(json_object_get(object, "simulation"), "first", 0);
    assert_string_equal(string_at(address, "exchange_u"), "mail.bücher.example.");
    json_decref(object);
}

static void names_without_u_labels_have_no_twin(void **state)
{
    static const struct report_request request = {.zone = rich};
    json_t *object = report_world_object(&request);

    (void)state;
    assert_null(json_object_get(object, "name_u"));
    assert_null(json_object_get(element(object, "mx", 0), "exchange_u"));
    assert_string_equal(string_at(element(object, "mx", 3), "exchange_u"), "mx.bücher.example.");
    json_decref(object);
}

static void null_and_implicit_mx_are_flags(void **state)
{
    static const struct {
        const char *zone;
        bool null_mx, implicit;
        const char *mx_status;
    } cases[] = {
        {"@ MX 0 .\n@ A 192.0.2.80\n", true, false, "answered"},
        {"@ A 192.0.2.80\n", false, true, "nodata"},
        {"@ TXT \"x\"\n", false, false, "nodata"},
        {"@ MX 0 .\n@ MX 10 mx1\n", false, false, "answered"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct report_request request = {.zone = cases[i].zone};
        json_t *object = report_world_object(&request);
        assert_int_equal(json_is_true(json_object_get(object, "null_mx")), cases[i].null_mx);
        assert_int_equal(json_is_true(json_object_get(object, "implicit_mx")), cases[i].implicit);
        assert_string_equal(string_at(object, "mx_status"), cases[i].mx_status);
        json_decref(object);
    }
}

static void each_state_of_a_name_has_its_word(void **state)
{
    static const struct {
        const char *name, *silent, *status;
    } cases[] = {
        {"example.com", NULL, "answered"},          {"text.example.com", NULL, "nodata"},
        {"gone.example.com", NULL, "nxdomain"},     {"example.org", NULL, "not_in_file"},
        {"example.com", "example.com.", "timeout"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct report_request request = {.zone = "@ MX 10 mx1\ntext TXT \"x\"\n",
                                         .name = cases[i].name,
                                         .silent = cases[i].silent};
        json_t *object = report_world_object(&request);
        assert_string_equal(string_at(object, "status"), cases[i].status);
        json_decref(object);
    }
}

static void an_address_tells_its_names(void **state)
{
    static const struct report_request request = {.zone = rich, .name = "[192.0.2.1]"};
    json_t *object = report_world_object(&request);

    (void)state;
    assert_string_equal(string_at(object, "name"), "1.2.0.192.in-addr.arpa.");
    assert_string_equal(json_string_value(element(object, "ptr", 0)), "mx1.example.com.");
    assert_string_equal(string_at(object, "ptr_status"), "answered");
    assert_true(json_is_null(json_object_get(object, "policy")));
    json_decref(object);
}

static void what_is_no_name_is_an_object_too(void **state)
{
    struct text out = {0};
    json_t *object;

    (void)state;
    report_json_invalid("1.2.3", "a..b", "\"a..b\" is no name: \xff", NULL, &out);
    object = json_loads(text_get(&out), 0, NULL);
    assert_non_null(object);
    assert_int_equal(json_integer_value(json_object_get(object, "mxtrail")), 1);
    assert_string_equal(string_at(object, "input"), "a..b");
    assert_string_equal(string_at(object, "status"), "invalid");
    assert_true(json_is_null(json_object_get(object, "name")));
    assert_string_equal(string_at(object, "why"), "\"a..b\" is no name: \\255");
    assert_int_equal(out.bytes[out.length - 1], '\n');
    json_decref(object);
    text_clear(&out);
}

/* ---- the same every time ---- */

static void equal_requests_give_equal_bytes(void **state)
{
    static const struct report_request request = {
        .zone = rich, .deliveries = 1000, .seed = 42, .srv_owner = "_ldap._tcp.example.com."};
    char *once = report_world_json(&request), *again = report_world_json(&request);

    (void)state;
    assert_string_equal(once, again);
    free(once);
    free(again);
}

static char *backwards(const char *zone)
{
    struct text text = {0};
    const char *end = zone + strlen(zone);

    while (end > zone) {
        const char *start = end - 1;
        while (start > zone && start[-1] != '\n')
            start--;
        text_add_bytes(&text, start, (size_t)(end - start));
        end = start;
    }
    return text_take(&text);
}

/* Resolvers rotate what they send. The questions themselves stand in the order they were asked. */
static void the_order_of_records_changes_nothing(void **state)
{
    char *other = backwards(rich);
    struct report_request request = {.zone = rich}, reversed = {.zone = other};
    json_t *once = report_world_object(&request), *again = report_world_object(&reversed);

    (void)state;
    json_object_del(once, "queries");
    json_object_del(again, "queries");
    assert_true(json_equal(once, again));
    json_decref(once);
    json_decref(again);
    free(other);
}

static void another_seed_gives_other_draws(void **state)
{
    struct report_request request = {.zone = rich, .deliveries = 1000, .seed = 1};
    char *once, *again;

    (void)state;
    request.down = "mx1.example.com";
    once = report_world_json(&request);
    request.seed = 2;
    again = report_world_json(&request);
    assert_string_not_equal(once, again);
    free(once);
    free(again);
}

/* ---- hostile text ---- */

static void check_strings(const json_t *value)
{
    static const char *const unsafe[] = {"\x1b",         "\x07",         "\x7f",
                                         "\xc2\x9b",     "\xe2\x80\xae", "\xe2\x80\x8b",
                                         "\xef\xbb\xbf", "\r",           "\xf3\xa0\x81\x81"};
    const char *key;
    json_t *member;

    if (json_is_string(value))
        for (size_t i = 0; i < COUNT(unsafe); i++)
            assert_null(strstr(json_string_value(value), unsafe[i]));
    for (size_t i = 0; i < json_array_size(value); i++)
        check_strings(json_array_get(value, i));
    json_object_foreach((json_t *)value, key, member)
    {
        json_t *name = json_string(key);
        check_strings(name);
        check_strings(member);
        json_decref(name);
    }
}

static const char *const hostile[] = {
    "\\255\\254\\000\\001\\027[2J\\226\\128\\174\\194\\155\\013\\010",
    "\\239\\187\\191\\226\\128\\139\\243\\160\\129\\129\\195\\040",
};

static void hostile_records_stay_safe_and_valid(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(hostile); i++) {
        const char *h = hostile[i];
        struct text zone = {0};
        struct report_request request = {.deliveries = 10,
                                         .spf_ip = "192.0.2.1",
                                         .spf_from = "\xff\x1b@example.com",
                                         .srv_owner = "_ldap._tcp.example.com."};
        json_t *object;
        text_format(&zone, "@ MX 10 %s\n%s A 192.0.2.1\n@ NS %s\n", h, h, h);
        text_format(&zone, "_ldap._tcp SRV 0 0 389 %s\n1.2.0.192.in-addr.arpa. PTR %s\n", h, h);
        text_format(&zone, "@ TXT \"v=spf1 include:%s a:%s exp=%s %s=x -all\"\n", h, h, h, h);
        text_format(&zone, "@ TXT \"%s\"\n@ CAA 0 issue \"%s\"\n", h, h);
        text_format(&zone, "_dmarc TXT \"v=DMARC1; p=none; %s=%s; rua=mailto:%s\"\n", h, h, h);
        text_format(&zone, "default._domainkey TXT \"v=DKIM1; k=%s; p=%s\"\n", h, h);
        text_format(&zone, "_mta-sts TXT \"v=STSv1; id=%s\"\n", h);
        text_format(&zone, "_smtp._tls TXT \"v=TLSRPTv1; rua=%s\"\n", h);
        text_format(&zone, "default._bimi TXT \"v=BIMI1; l=%s; a=%s\"\n", h, h);
        request.zone = text_get(&zone);
        object = report_world_object(&request);
        check_strings(object);
        assert_int_equal(json_array_size(json_object_get(object, "mx")), 1);
        json_decref(object);
        text_clear(&zone);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_member_of_the_contract_is_there),
        cmocka_unit_test(parts_not_asked_for_are_left_out),
        cmocka_unit_test(arrays_are_in_stable_order),
        cmocka_unit_test(facts_are_told),
        cmocka_unit_test(names_have_their_u_labels_beside_them_rfc5890),
        cmocka_unit_test(names_without_u_labels_have_no_twin),
        cmocka_unit_test(null_and_implicit_mx_are_flags),
        cmocka_unit_test(each_state_of_a_name_has_its_word),
        cmocka_unit_test(an_address_tells_its_names),
        cmocka_unit_test(what_is_no_name_is_an_object_too),
        cmocka_unit_test(equal_requests_give_equal_bytes),
        cmocka_unit_test(the_order_of_records_changes_nothing),
        cmocka_unit_test(another_seed_gives_other_draws),
        cmocka_unit_test(hostile_records_stay_safe_and_valid),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
