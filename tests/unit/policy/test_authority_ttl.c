/* How long caches keep a reply: the TTL of the zone's own servers, or at least what a cache says.
 */
#include "dns/type.h"
#include "policy/servers/authority.h"
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cache_says_how_long_at_least),
        cmocka_unit_test(the_servers_of_the_zone_say_how_long),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
