/* What a look through a zone finds: whole lists, "kind owner type target line more". */
#include "dns/type.h"
#include "dns/zone/zone_flaws.h"
#include "unit/check.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define HEAD         "$ORIGIN example.\n$TTL 300\n@ SOA ns h 1 2 3 4 5\n@ NS ns\nns A 192.0.2.53\n"

/* The flaws of the text as lines, their fields with blanks between, without the names of files. */
static void print_flaws(const char *text, bool partial, struct text *out)
{
    struct faults faults = {0};
    struct arena *arena = arena_new();
    struct zone *zone = NULL;
    struct zone_flaws flaws;

    if (zone_read_text(text, strlen(text), "z", NULL, &faults, &zone) != STATUS_OK)
        fail_msg("%s", faults.lines[0]);
    flaws = zone_flaws_find(&zone, 1, partial, arena);
    for (size_t i = 0; i < flaws.count; i++) {
        struct text line = {0}, again = {0};
        struct zone_flaw read;
        char type[TYPE_TEXT];

        assert_true(zone_flaw_print(&flaws.list[i], &line));
        assert_true(zone_flaw_parse(text_get(&line), arena, &read));
        assert_true(zone_flaw_print(&read, &again));
        assert_string_equal(text_get(&line), text_get(&again));
        text_format(out, "%.*s %s %s %s %zu %zu\n", (int)strcspn(text_get(&line), "\t"),
                    text_get(&line), read.owner, type_text(read.type, type), read.target, read.line,
                    read.more);
        text_clear(&line);
        text_clear(&again);
    }
    zone_free(zone);
    arena_free(arena);
}

static void a_zone_is_looked_through(void **state)
{
    static const char *const cases[][2] = {
        {HEAD "@ MX 10 ns\n@ MX 20 mx.other.\n@ MX 30 .\nwww CNAME ns\n*.w CNAME www\n", ""},
        {"$ORIGIN example.\n$TTL 300\nns A 192.0.2.53\n", "no-soa . SOA . 0 0\n"},
        /* owners */
        {HEAD "a.other. A 192.0.2.1\na.other. TXT x\nlocalhost. A 127.0.0.1\nb.other. TXT x\n"
              "a.other. MX 10 x\n",
         "outside a.other. A . 6 0\noutside b.other. TXT . 9 0\n"},
        /* aliases and other data; what DNSSEC puts there may stand there */
        {HEAD "a CNAME ns\na TXT x\nb TXT x\nb CNAME ns\nc CNAME ns\nc CNAME ns\nc CNAME www\n"
              "www CNAME ns\nd CNAME ns\nd NSEC e CNAME\nd RRSIG CNAME 13 2 300 20300101000000 "
              "20200101000000 1 example. AAAA\nx.del CNAME ns\nx.del A 192.0.2.1\n",
         "beside-alias a.example. TXT . 6 0\nbeside-alias b.example. TXT . 9 0\n"
         "beside-alias c.example. CNAME . 10 0\nbeside-alias x.del.example. A . 17 0\n"},
        /* loops: each once; what only leads into one is none of its names */
        {HEAD "c CNAME a\nb CNAME c\na CNAME b\ninto CNAME b\ns CNAME s\n*.w CNAME x.w\n",
         "alias-loop a.example. CNAME b.example. 8 0\nalias-loop s.example. CNAME s.example. 10 0\n"
         "alias-loop *.w.example. CNAME x.w.example. 11 0\n"},
        /* aliases of nothing; elsewhere and below a delegation nobody knows */
        {HEAD "a CNAME gone\nb CNAME gone.other.\nc CNAME x.del\ndel NS ns\nd CNAME x.w\n"
              "*.w A 192.0.2.1\ne CNAME empty\nx.empty TXT x\nf CNAME x.dn\ndn DNAME other.\n",
         "alias-dangling a.example. CNAME gone.example. 6 0\n"},
        /* targets */
        {HEAD "@ NS gone\n@ MX 10 gone\nsub MX 10 six\nsub MX 20 txt\nsix AAAA 2001:db8::1\n"
              "txt TXT x\n_s._tcp SRV 0 0 1 gone\n_t._tcp SRV 0 0 0 .\nm MX 10 alias\n"
              "alias CNAME ns\nw MX 10 x.w\n*.w TXT x\nv MX 10 x.v6\n*.v6 AAAA 2001:db8::1\n",
         "no-address example. NS gone.example. 6 0\nno-address example. MX gone.example. 7 0\n"
         "no-address sub.example. MX txt.example. 9 0\n"
         "no-address _s._tcp.example. SRV gone.example. 12 0\n"
         "no-address w.example. MX x.w.example. 16 0\n"},
        /* servers of a delegation: below it their addresses must be here, elsewhere the other zone
         * has them; what is below a delegation is not served */
        {HEAD "del NS ns.del\ndel NS ns.two\ndel NS ns2.del\nns2.del A 192.0.2.9\ntwo NS ns.two\n"
              "ns.two AAAA 2001:db8::9\nthree NS ns.three.del\nx.del MX 10 gone\ndel MX 10 gone\n"
              "*.x NS gone\n",
         "no-address del.example. NS ns.del.example. 6 0\n"
         "no-address *.x.example. NS gone.example. 15 0\n"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct text out = {0};

        print_flaws(cases[i][0], false, &out);
        assert_string_equal(text_get(&out), cases[i][1]);
        text_clear(&out);
    }
}

static void the_line_is_that_of_the_record(void **state)
{
    struct text out = {0};

    (void)state;
    print_flaws(HEAD "; a note\na\t( CNAME ; another\n gone )\n$GENERATE 1-2 h$ MX 10 gone\n",
                false, &out);
    assert_string_equal(text_get(&out), "alias-dangling a.example. CNAME gone.example. 7 0\n"
                                        "no-address h1.example. MX gone.example. 9 0\n"
                                        "no-address h2.example. MX gone.example. 9 0\n");
    text_clear(&out);
}

static void part_of_a_zone_needs_no_soa(void **state)
{
    struct text out = {0};

    (void)state;
    print_flaws("a.example. 60 CNAME b.example.\na.example. 60 TXT x\n"
                "c.example. 60 CNAME d.example.\nd.example. 60 CNAME c.example.\n",
                true, &out);
    assert_string_equal(text_get(&out), "beside-alias a.example. TXT . 1 0\n"
                                        "alias-loop c.example. CNAME d.example. 3 0\n");
    text_clear(&out);
}

static void so_many_of_a_kind_are_kept_and_the_rest_counted(void **state)
{
    struct text zone = {0}, out = {0};
    size_t lines = 0;

    (void)state;
    text_add(&zone, HEAD);
    for (int i = 0; i < 1000; i++)
        text_format(&zone, "h%d MX 10 gone%d\n", i, i);
    text_add(&zone, "a CNAME gone\n");
    print_flaws(text_get(&zone), false, &out);
    for (const char *line = text_get(&out); (line = strchr(line, '\n')); line++)
        lines++;
    assert_int_equal(lines, ZONE_FLAWS_KEPT + 1);
    assert_non_null(strstr(text_get(&out), "no-address h31.example. MX gone31.example. 37 968\n"));
    assert_non_null(strstr(text_get(&out), "alias-dangling a.example. CNAME gone.example. 1006 0"));
    text_clear(&zone);
    text_clear(&out);
}

static void lines_of_strangers_are_read_with_care(void **state)
{
    static const char *const lines[] = {
        "",
        "outside",
        "outside\tz\ta.other.\tA\t.\tz\t6",
        "outside\tz\ta.other.\tA\t.\tz\t6\t0\t0",
        "beyond\tz\ta.other.\tA\t.\tz\t6\t0",
        "outside\t\ta.other.\tA\t.\tz\t6\t0",
        "outside\tz\x1b\ta.other.\tA\t.\tz\t6\t0",
        "outside\tz\ta..other.\tA\t.\tz\t6\t0",
        "outside\tz\ta.other.\tNO-TYPE\t.\tz\t6\t0",
        "outside\tz\ta.other.\tA\t..\tz\t6\t0",
        "outside\tz\ta.other.\tA\t.\tz\xff\t6\t0",
        "outside\tz\xc2\x9b\ta.other.\tA\t.\tz\t6\t0",
        "outside\tz\ta.other.\tA\t.\tz\xe2\x80\xae\t6\t0",
        "outside\tz\ta.other.\tA\t.\tz\t-6\t0",
        "outside\tz\ta.other.\tA\t.\tz\t6\t99999999999999999999",
    };
    struct arena *arena = arena_new();
    struct zone_flaw flaw;

    (void)state;
    for (size_t i = 0; i < COUNT(lines); i++)
        assert_false(zone_flaw_parse(lines[i], arena, &flaw));
    assert_true(zone_flaw_parse("outside\tz\tA.other\tA\t.\tz\t6\t0", arena, &flaw));
    assert_string_equal(flaw.owner, "a.other.");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_zone_is_looked_through),
        cmocka_unit_test(the_line_is_that_of_the_record),
        cmocka_unit_test(part_of_a_zone_needs_no_soa),
        cmocka_unit_test(so_many_of_a_kind_are_kept_and_the_rest_counted),
        cmocka_unit_test(lines_of_strangers_are_read_with_care),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
