/* Wildcards: what a name nobody chose has, and which names stand in the way (RFC 4592). */
#include "policy/servers/wildcard.h"

#include "base/text.h"
#include "dns/type.h"
#include "unit/check.h"
#include "unit/worlds/zone_world.h"

#include <string.h>

#define DOMAIN "example.com."

/* Of one type only, that the resolvers fail for. */
static uint16_t failing;

static void fail_one(struct reply *reply)
{
    if (reply->question.type == failing)
        reply->outcome = OUTCOME_SERVFAIL;
}

static bool withhold_one(const struct question *question)
{
    return question->type == failing;
}

/* "mx address alias=m.example.com. failed=MX open uncovered=a.example.com." */
static const char *told(const struct wildcard *wildcard, struct text *text)
{
    const struct reply *failure = wildcard_failure(wildcard);
    char type[TYPE_TEXT];

    text_add(text, wildcard->has_mx ? " mx" : "");
    text_add(text, wildcard->has_address ? " address" : "");
    if (wildcard->alias_of)
        text_format(text, " alias=%s", wildcard->alias_of);
    if (failure)
        text_format(text, " failed=%s", type_text(failure->question.type, type));
    text_add(text, wildcard->complete ? "" : " open");
    for (size_t i = 0; i < wildcard->uncovered_count; i++)
        text_format(text, " uncovered=%s", wildcard->uncovered[i]);
    return text_get(text);
}

static const char *const names[] = {DOMAIN, "host.example.com.", "mail.example.com.",
                                    "gone.example.com.", "host.example.net."};

static const struct {
    const char *what, *zone;
    uint16_t fails, withheld;
    const char *told;
} cases[] = {
    {"none", "", 0, 0, ""},
    {"of MX, which names that exist are not covered by",
     "* MX 10 mx\nhost A 192.0.2.1\nmail MX 10 mx\n", 0, 0, " mx uncovered=host.example.com."},
    {"of addresses", "* A 192.0.2.1\nhost TXT x\n", 0, 0, " address"},
    {"of both", "* MX 10 mx\n* A 192.0.2.1\n", 0, 0, " mx address"},
    {"of an alias", "* CNAME m\nm A 192.0.2.1\n", 0, 0, " address alias=m.example.com."},
    {"MX fails", "* A 192.0.2.1\n", TYPE_MX, 0, " address failed=MX"},
    {"A fails", "* MX 10 mx\n", TYPE_A, 0, " mx failed=A"},
    {"MX is not in", "* A 192.0.2.1\n", 0, TYPE_MX, " open"},
    {"A is not in", "* MX 10 mx\n", 0, TYPE_A, " open"},
};

static void wildcards_are_told_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct zone_world world;
        struct wildcard *wildcard;
        struct text text = {0};

        print_message("# %s\n", cases[i].what);
        zone_world_init(&world, cases[i].zone);
        failing = cases[i].fails | cases[i].withheld;
        world.adjust = cases[i].fails ? fail_one : NULL;
        world.withholds = cases[i].withheld ? withhold_one : NULL;
        ZONE_WORLD_SETTLE(&world, wildcard,
                          wildcard_build(&world.lookup, world.arena, DOMAIN, "probe", names,
                                         sizeof names / sizeof names[0]));
        assert_string_equal(wildcard->probe, "probe." DOMAIN);
        assert_string_equal(told(wildcard, &text), cases[i].told);
        text_clear(&text);
        zone_world_clear(&world);
    }
}

/* What stands in the way is not known before its own MX records are. */
static void names_are_looked_up(void **state)
{
    struct zone_world world;
    struct wildcard *wildcard;

    (void)state;
    zone_world_init(&world, "* MX 10 mx\nhost A 192.0.2.1\n");
    do
        wildcard = wildcard_build(&world.lookup, world.arena, DOMAIN, "probe", names,
                                  sizeof names / sizeof names[0]);
    while (!wildcard->mx && zone_world_answer(&world));
    assert_false(wildcard->complete);
    assert_int_equal(wildcard->uncovered_count, 0);
    zone_world_clear(&world);
}

static void without_a_label_nothing_is_asked(void **state)
{
    struct zone_world world;
    struct wildcard *wildcard;
    struct text text = {0};

    (void)state;
    zone_world_init(&world, "* MX 10 mx\n");
    wildcard = wildcard_build(&world.lookup, world.arena, DOMAIN, NULL, NULL, 0);
    assert_string_equal(wildcard->probe, DOMAIN);
    assert_string_equal(told(wildcard, &text), "");
    assert_int_equal(wants_count(world.lookup.wants), 0);
    text_clear(&text);
    zone_world_clear(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wildcards_are_told_whole),
        cmocka_unit_test(names_are_looked_up),
        cmocka_unit_test(without_a_label_nothing_is_asked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
