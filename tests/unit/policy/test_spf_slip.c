/* What is meant by terms and records of SPF that are written wrong. */
#include "dns/formats/octets.h"
#include "dns/name.h"
#include "dns/zone/zone.h"
#include "policy/spf/spf_slip.h"
#include "unit/check.h"

#include <string.h>

struct slip_case {
    const char *written;     /* as in a master file */
    const char *meant, *why; /* NULL: nobody can say */
};

#define V4      "an IPv4 address is written with ip4:"
#define V6      "an IPv6 address is written with ip6:"
#define HOST    "the name of a host is written with a:"
#define ALL     "this resembles \"all\""
#define BLANKS  "terms are separated by blanks"
#define DASH    "there is a dash instead of a hyphen (\"-\")"
#define QUOTE   "a quotation mark is part of the term"
#define MASK    "the length of a network is a number of bits"
#define SCHEME  "a domain name has no scheme before it"
#define BARE    "what the name is for is missing"
#define MIDDLE  "a blank is in the middle of a term"
#define STRINGS "a blank is missing between its strings"

static const struct slip_case terms[] = {
    {"mx", NULL, NULL},
    {"a:mail.example.com", NULL, NULL},
    {"include:_spf.example.com", NULL, NULL},
    {"ip4:192.0.2.1", NULL, NULL},
    {"ip6:2001:db8::1", NULL, NULL},
    {"ptr", NULL, NULL},
    {"exists:%{i}.example.com", NULL, NULL},
    {"x=y", NULL, NULL},
    {"exp=why.example.com", NULL, NULL},
    {"redirect=example.net", NULL, NULL},
    {"192.0.2.1", "ip4:192.0.2.1", V4},
    {"-192.0.2.0/24", "-ip4:192.0.2.0/24", V4},
    {"~2001:db8::1", "~ip6:2001:db8::1", V6},
    {"2001:db8::/32", "ip6:2001:db8::/32", V6},
    {"?a:192.0.2.1", "?ip4:192.0.2.1", V4},
    {"mx:192.0.2.1", "ip4:192.0.2.1", V4},
    {"ip:192.0.2.1", "ip4:192.0.2.1", V4},
    {"ipv4:192.0.2.1", "ip4:192.0.2.1", V4},
    {"ipv6:2001:db8::1", "ip6:2001:db8::1", V6},
    {"ip4:2001:db8::1", "ip6:2001:db8::1", V6},
    {"ip6:192.0.2.1", "ip4:192.0.2.1", V4},
    {"include:192.0.2.1", "ip4:192.0.2.1", V4},
    {"ptr:192.0.2.1", "ip4:192.0.2.1", V4},
    {"ip4=192.0.2.1", "ip4:192.0.2.1", V4},
    {"a=2001:db8::1", "ip6:2001:db8::1", V6},
    {"exists:192.0.2.1", NULL, NULL},
    {"host:192.0.2.1", NULL, NULL},
    {"a:192.0.2", NULL, NULL},
    {"a:", "a", "a name is missing after the colon"},
    {"192.0.2.1\\\\000x", NULL, NULL},
    {"a:/24", NULL, NULL},
    {"ip4:1111111111111111111111111111111111111111111111", NULL, NULL},
    {"ip4:"
     "111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111"
     "11111111111111111111111111111111111111111111111",
     NULL, NULL},
    {"ip4:mail.example.com", "a:mail.example.com", HOST},
    {"ip6:mail.example.com", "a:mail.example.com", HOST},
    {"+ip:mail.example.com", "+a:mail.example.com", HOST},
    {"ipv4:mail.example.com", "a:mail.example.com", HOST},
    {"ipv6:mail.example.com", "a:mail.example.com", HOST},
    {"ip4:mail", NULL, NULL},
    {"ip4:1.2.3-4.5", NULL, NULL},
    {"ip4:", NULL, NULL},
    {"ip4:mail..example.com", NULL, NULL},
    {"ip4:mail.exam_ple.com", NULL, NULL},
    {"include=example.com", "include:example.com", "include is written with \":\""},
    {"-a=example.com", "-a:example.com", "a is written with \":\""},
    {"mx=example.com", "mx:example.com", "mx is written with \":\""},
    {"ptr=example.com", "ptr:example.com", "ptr is written with \":\""},
    {"exists=example.com", "exists:example.com", "exists is written with \":\""},
    {"ip4=x", "ip4:x", "ip4 is written with \":\""},
    {"ip6=x", "ip6:x", "ip6 is written with \":\""},
    {"redirect:example.com", "redirect=example.com", "redirect is written with \"=\""},
    {"exp:example.com", "exp=example.com", "exp is written with \"=\""},
    {"-redirect:example.com", NULL, NULL},
    {"-exp:example.com", NULL, NULL},
    {"include=", NULL, NULL},
    {"redirect:", NULL, NULL},
    {"all=x", NULL, NULL},
    {"mx:", "mx", "a name is missing after the colon"},
    {"-a:", "-a", "a name is missing after the colon"},
    {"ptr:", NULL, NULL},
    {"include:", NULL, NULL},
    {"a=", NULL, NULL},
    {"mx=", NULL, NULL},
    {"-al", "-all", ALL},
    {"-alll", "-all", ALL},
    {"~a11", "~all", ALL},
    {"?al1", "?all", ALL},
    {"+aall", "+all", ALL},
    {"-all.", "-all", ALL},
    {"--all", "-all", ALL},
    {"-~all", "-all", ALL},
    {"-al.", "-all", ALL},
    {"-all:", "-all", ALL},
    {"~all=", "~all", ALL},
    {"al", NULL, NULL},
    {"all.", NULL, NULL},
    {"-all:x", NULL, NULL},
    {"-al:x", NULL, NULL},
    {"v=spf1", "", "the version is written once"},
    {"v=spf2", "", "the version is written once"},
    {"v:spf1", NULL, NULL},
    {"v=DMARC1", NULL, NULL},
    {"w=spf1", NULL, NULL},
    {"mx,a", "mx a", BLANKS},
    {"mx;", "mx", BLANKS},
    {"mx,,a", "mx a", BLANKS},
    {",mx", "mx", BLANKS},
    {"mx\\\\009a", NULL, NULL},
    {"mx\\\\\\\\;a", "mx a", BLANKS},
    {"ip4:192.0.2.1,192.0.2.2", "ip4:192.0.2.1 ip4:192.0.2.2", BLANKS},
    {"ip4:192.0.2.1;2001:db8::1", "ip4:192.0.2.1 ip6:2001:db8::1", BLANKS},
    {"mx,\\\\000", NULL, NULL},
    {"a,\\\\195", NULL, NULL},
    {"\\226\\128\\144all", "-all", DASH},
    {"\\226\\128\\145all", "-all", DASH},
    {"\\226\\128\\146all", "-all", DASH},
    {"\\226\\128\\147all", "-all", DASH},
    {"\\226\\128\\148all", "-all", DASH},
    {"\\226\\128\\149all", "-all", DASH},
    {"\\226\\136\\146all", "-all", DASH},
    {"\\239\\188\\141all", "-all", DASH},
    {"\\226\\128\\147\\195", NULL, NULL},
    {"mx\\\"", "mx", QUOTE},
    {"mx'", "mx", QUOTE},
    {"mx`", "mx", QUOTE},
    {"mx\\226\\128\\156", "mx", QUOTE},
    {"mx\\226\\128\\157", "mx", QUOTE},
    {"mx\\226\\128\\152", "mx", QUOTE},
    {"mx\\226\\128\\153", "mx", QUOTE},
    {"\\\"include:example.com\\\"", "include:example.com", QUOTE},
    {"\\\"\\\"", "", QUOTE},
    {"'mx',a", NULL, NULL},
    {"includes:x.example", "include:x.example", "\"include\" is meant"},
    {"inlcude:x.example", "include:x.example", "\"include\" is meant"},
    {"nclude:x.example", "include:x.example", "\"include\" is meant"},
    {"includ:x.example", "include:x.example", "\"include\" is meant"},
    {"inclode:x.example", "include:x.example", "\"include\" is meant"},
    {"INCULDE:x.example", "include:x.example", "\"include\" is meant"},
    {"Xinclude:x.example", "include:x.example", "\"include\" is meant"},
    {"incl:x.example", NULL, NULL},
    {"ixclxde:x.example", NULL, NULL},
    {"includess:x.example", NULL, NULL},
    {"exist:x.example", "exists:x.example", "\"exists\" is meant"},
    {"exsits:x.example", "exists:x.example", "\"exists\" is meant"},
    {"redirekt=x.example", "redirect=x.example", "\"redirect\" is meant"},
    {"Redirct:x.example", "redirect=x.example", "\"redirect\" is meant"},
    {"-redirekt=x.example", NULL, NULL},
    {"rediretc=x.example", "redirect=x.example", "\"redirect\" is meant"},
    {"-redirekt:x.example", NULL, NULL},
    {"inlcude:", NULL, NULL},
    {"-host:mail.example.com", "-a:mail.example.com", "\"a\" is meant"},
    {"hostname:mail.example.com", "a:mail.example.com", "\"a\" is meant"},
    {"host:mail", NULL, NULL},
    {"includes", NULL, NULL},
    {"eixsts=x.example", "exists:x.example", "\"exists\" is meant"},
    {"include:x.example", NULL, NULL},
    {"iclnude:x.example", NULL, NULL},
    {"inlucde:x.example", NULL, NULL},
    {"nicludes:x.example", NULL, NULL},
    {"xinclud:x.example", NULL, NULL},
    {"incudel:x.example", NULL, NULL},
    {"mx1.example.com", "a:mx1.example.com", BARE},
    {"-_spf.example.com", "-include:_spf.example.com", BARE},
    {"_spf", NULL, NULL},
    {"_", NULL, NULL},
    {"_.com", NULL, NULL},
    {"~mail.example.com", "~a:mail.example.com", BARE},
    {"mail", NULL, NULL},
    {"1.2.3.4.5", NULL, NULL},
    {"mail.example.com:", NULL, NULL},
    {"example.com=x", NULL, NULL},
    {"*.example.com", NULL, NULL},
    {"ip4:192.0.2.1-all", "ip4:192.0.2.1 -all", "a blank is missing before \"-all\""},
    {"include:example.net~all", "include:example.net ~all", "a blank is missing before \"~all\""},
    {"mx-all", "mx -all", "a blank is missing before \"-all\""},
    {"ptr?all", "ptr ?all", "a blank is missing before \"?all\""},
    {"a-all", NULL, NULL},
    {"mx+all", "mx +all", "a blank is missing before \"+all\""},
    {"ip4:192.0.2.1:all", NULL, NULL},
    {"m-all", NULL, NULL},
    {":x-all", NULL, NULL},
    {"ip4:192.0.2.1-All", "ip4:192.0.2.1 -All", "a blank is missing before \"-All\""},
    {"include:a-all.com", NULL, NULL},
    {"mx_all", NULL, NULL},
    {"x:-all", NULL, NULL},
    {"mx--all", NULL, NULL},
    {"mx\\000all", NULL, NULL},
    {"include:https://example.net/", "include:example.net", SCHEME},
    {"a:http://example.net", "a:example.net", SCHEME},
    {"mx=http://example.net/x/y", "mx:example.net", SCHEME},
    {"include:https://", NULL, NULL},
    {"include:ftp://example.net", NULL, NULL},
    {"https://example.net", NULL, NULL},
    {"-include:http://example.net/", "-include:example.net", SCHEME},
    {"redirect=https://example.net/spf", "redirect=example.net", SCHEME},
    {"http://http://x", NULL, NULL},
    {"ip4:192.0.2.0/255.255.255.0", "ip4:192.0.2.0/24", MASK},
    {"ip4:192.0.2.1/255.255.255.255", "ip4:192.0.2.1/32", MASK},
    {"-ip4:10.0.0.0/255.0.0.0", "-ip4:10.0.0.0/8", MASK},
    {"ip4:0.0.0.0/0.0.0.0", "ip4:0.0.0.0/0", MASK},
    {"ip4:192.0.2.0/255.255.255.128", "ip4:192.0.2.0/25", MASK},
    {"ip4:192.0.2.0/255.0.255.0", NULL, NULL},
    {"ip4:192.0.2.0/0.0.0.1", NULL, NULL},
    {"ip4:192.0.2.0/254.255.255.255", NULL, NULL},
    {"ip4:192.0.2.*", "ip4:192.0.2.0/24", "a network is written with its length in bits"},
    {"~ip4:192.0.*", NULL, NULL},
    {"ip4:.*", NULL, NULL},
    {"ip4:2001:db8::.*", NULL, NULL},
    {"ip4:2001:db8::/255.0.0.0", NULL, NULL},
    {"ip4:192.0.2.0/ffff::", NULL, NULL},
    {"ip4:192.0.2.0/", NULL, NULL},
    {"ip4:/255.0.0.0", NULL, NULL},
    {"ip4:mail.example.com/255.0.0.0", NULL, NULL},
    {"ip6:192.0.2.0/255.255.255.0", NULL, NULL},
    {"a:192.0.2.0/255.255.255.0", NULL, NULL},
    {"ip4:192.0.2.*/24", NULL, NULL},
    {"ip4:x.*", NULL, NULL},
    {"ip4=192.0.2.*", "ip4:192.0.2.0/24", "a network is written with its length in bits"},
    {"ip4:192.0.2.0/255.255.255.0/24", NULL, NULL},
    {"ip4:192.0.2.0/1111111111111111111111111111111111111111111111", NULL, NULL},
    {"ip4:192.0.2.0/"
     "111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111"
     "11111",
     NULL, NULL},
    {"ip4:11111111111111111111111111111111111111111111.*", NULL, NULL},
    {"ip4:111111111111111111111111111111111111111111111.*", NULL, NULL},
    {"ip4:"
     "111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111"
     "11111111111111111.*",
     NULL, NULL},
    {"ip4:*", NULL, NULL},
    {"ip4:a.*", NULL, NULL},
    {"moo", NULL, NULL},
    {"-moo:x.example", NULL, NULL},
    {"\\000", NULL, NULL},
    {"\\000ip4:mail.example.com", NULL, NULL},
    {"+", NULL, NULL},
    {"-", NULL, NULL},
    {"mo\\195\\188", NULL, NULL},
    {"192.0.2.1\\000x", NULL, NULL},
    {"mx\\009a", "mx a", BLANKS},
    {"mx\\\\;a", "mx a", BLANKS},
    {"mx,\\000", NULL, NULL},
    {"a,\\195", NULL, NULL},
    {"foo=https://example.net/", NULL, NULL},
    {"include=https://example.net/", "include:example.net", SCHEME},
    {"ip4=x.*", "ip4:x.*", "ip4 is written with \":\""},
    {"-redirect=https://example.net", NULL, NULL},
    {"exp:https://example.net", "exp=example.net", SCHEME},
    {"ip4=192.0.2.0/33", "ip4:192.0.2.0/33", V4},
    {"x=192.0.2.1", NULL, NULL},
    {"x=-all", NULL, NULL},
    {"a=b-all", "a:b-all", "a is written with \":\""},
    {"inlcude=b", "include:b", "\"include\" is meant"},
    {"ip4:192.0.2.1-5", NULL, NULL},
    {"ip4=1.2.3-4.5", "ip4:1.2.3-4.5", "ip4 is written with \":\""},
    {"-moo:", NULL, NULL},
    {"redirect=a.example.com redirect=b.example.com", NULL, NULL},
    {"inlxude:x.example", NULL, NULL},
    {"inxcude:x.example", NULL, NULL},
    {"x=a:ball", NULL, NULL},
    {"include:x.ne-ptr", NULL, NULL},
    {"ip4=::ffff:192.0.2.*", "ip4:::ffff:192.0.2.*", "ip4 is written with \":\""},
    {"ip4=192.0.2.0/255.0.255.0", "ip4:192.0.2.0/255.0.255.0", V4},
};

static const struct slip_case texts[] = {
    {"\"v=spf1 mx -all\"", "v=spf1 mx -all", MIDDLE},
    {"\"v=spf1 mx\" \"-all\"", "v=spf1 mx -all", STRINGS},
    {"\"v=spf1\" \"mx\" \"-all\"", "v=spf1 mx -all", STRINGS},
    {"\"v=spf1 m\" \"x -al\" \"l\"", "v=spf1 mx -all", MIDDLE},
    {"v=spf1 mx -all", "v=spf1 mx -all", STRINGS},
    {"\"v=spf1 ip4: 192.0.2.1 -all\"", "v=spf1 ip4:192.0.2.1 -all", MIDDLE},
    {"\"v=spf1 ip4 :192.0.2.1 -all\"", "v=spf1 ip4:192.0.2.1 -all", MIDDLE},
    {"\"v=spf1 ip4:192.0.2.0/ 24 -all\"", "v=spf1 ip4:192.0.2.0/24 -all", MIDDLE},
    {"\"v=spf1 ip4:192.0.2.0 /24 -all\"", "v=spf1 ip4:192.0.2.0/24 -all", MIDDLE},
    {"\"v=spf1 mx - all\"", "v=spf1 mx -all", MIDDLE},
    {"\"v=spf1 mx ~ all\"", "v=spf1 mx ~all", MIDDLE},
    {"\"v=spf1 mx ? all\"", "v=spf1 mx ?all", MIDDLE},
    {"\"v=spf1 mx + all\"", "v=spf1 mx +all", MIDDLE},
    {"\"v=spf1 mx * all\"", NULL, NULL},
    {"\"v=spf1 mx \\000 all\"", NULL, NULL},
    {"\"v=spf1 mx a- all\"", NULL, NULL},
    {"\"v=spf1 mx -all\\\\\"", "v=spf1 mx -all", "a backslash is at its end"},
    {"\"v=spf1 mx -al\\\\\"", NULL, NULL},
    {"\"v=spf1 moo\"", NULL, NULL},
    {"\"v=spf1 moo\" \"x\"", NULL, NULL},
    {"\"v=spf1 : mx\"", NULL, NULL},
    {"\"v=spf1 mx -all :\"", NULL, NULL},
    {"\"v=spf1 a: mail.example.com mx: mail.example.com ~ all\"",
     "v=spf1 a:mail.example.com mx:mail.example.com ~all", MIDDLE},
    {"\"v=spf1 mx -\"", NULL, NULL},
    {"\"v=spf1 mx - \"", NULL, NULL},
    {"\"v=spf1 a:x.com- all\"", NULL, NULL},
    {"\"v=spf1 m x -all\"", NULL, NULL},
};

/* The record whose text a master file writes so. */
static const struct record *read(const char *rdata, struct arena *arena, struct zone **zone)
{
    const char *line = arena_format(arena, "x. 60 IN TXT %s\n", rdata);
    struct faults faults = {0};

    assert_int_equal(zone_read_text(line, strlen(line), "t", NULL, &faults, zone), STATUS_OK);
    return zone_record(*zone, 0);
}

static void assert_meant(const struct slip_case *wanted, const char *meant, const char *why)
{
    if (!wanted->why && !why)
        return;
    if (!wanted->why || !why)
        fail_msg("%s: %s", wanted->written, why ? why : "nothing is said");
    if (strcmp(meant, wanted->meant) != 0 || strcmp(why, wanted->why) != 0)
        fail_msg("%s: \"%s\", for %s", wanted->written, meant, why);
}

/* The last term before "-all". */
static void terms_written_wrong_say_what_is_meant(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        struct arena *arena = arena_new();
        struct spf_slip slip = {0};
        struct zone *zone;
        const struct record *record =
            read(arena_format(arena, "\"v=spf1 %s -all\"", terms[i].written), arena, &zone);
        bool is = spf_slip_of(arena, &spf_record_parse(arena, record->txt.joined)->terms[0], &slip);

        assert_meant(&terms[i], slip.instead, is ? slip.why : NULL);
        zone_free(zone);
        arena_free(arena);
    }
}

/* Longer than a name may be; at the limits of the buffer, too. */
static void long_terms_have_no_slip(void **state)
{
    static const char *const fronts[] = {"", "ip4:", "ip4:192.0.2.0/", "192.0.2.1/", "a:"};
    static const size_t lengths[] = {NAME_TEXT - 1, NAME_TEXT, 20000};

    (void)state;
    for (size_t i = 0; i < sizeof fronts / sizeof *fronts; i++)
        for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++) {
            struct arena *arena = arena_new();
            char *filling = arena_alloc(arena, lengths[k] + 1, 1);
            struct spf_term term = {.kind = SPF_FAULTY};
            struct spf_slip slip;

            memset(filling, 'a', lengths[k]);
            memcpy(filling + lengths[k] - 4, ".com", 4);
            term.text = octets_of(arena_format(arena, "%s%s", fronts[i], filling));
            assert_false(spf_slip_of(arena, &term, &slip));
            arena_free(arena);
        }
}

static void texts_with_blanks_too_many_or_too_few_say_what_is_meant(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct arena *arena = arena_new();
        struct zone *zone;
        struct spf_text_slip slip = spf_text_slip_of(arena, read(texts[i].written, arena, &zone));

        assert_meant(&texts[i], octets_shown(arena, slip.meant), slip.why);
        zone_free(zone);
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_written_wrong_say_what_is_meant),
        cmocka_unit_test(long_terms_have_no_slip),
        cmocka_unit_test(texts_with_blanks_too_many_or_too_few_say_what_is_meant),
    };

    return cmocka_run_group_tests_name("spf_slip", tests, NULL, NULL);
}
