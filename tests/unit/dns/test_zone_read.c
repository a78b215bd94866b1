#include "dns/zone/zone.h"
#include "dns/zone/zone_store.h"
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define HEAD         "$ORIGIN example.\n$TTL 300\n"
#define HALF         "0123456789abcdef0123456789abcdef"
#define SHA1         "0123456789abcdef0123456789abcdef01234567"
#define SHA256       HALF HALF

/* ldns makes a record of its octets. */
static void assert_fits_a_message(const struct zone_rr *record)
{
    ldns_rr *rr = zone_rr_copy(record, record->owner);

    assert_non_null(rr);
    ldns_rr_free(rr);
}

static void assert_records(const char *text, const char *const *lines)
{
    struct faults faults = {0};
    struct zone *zone = NULL;
    size_t count = 0;

    if (zone_read_text(text, strlen(text), "z", NULL, &faults, &zone) != STATUS_OK)
        fail_msg("%s", faults.lines[0]);
    assert_int_equal(faults.total, 0);
    for (; lines[count]; count++) {
        struct text line = {0};
        assert_true(count < zone_record_count(zone));
        record_print(zone_record(zone, count), &line);
        assert_string_equal(text_get(&line), lines[count]);
        text_clear(&line);
        assert_fits_a_message(zone_rr_at(zone, count));
    }
    assert_int_equal(zone_record_count(zone), count);
    zone_free(zone);
}

static void owners_ttls_and_classes_may_be_left_out_rfc_1035_5_1(void **state)
{
    static const char *const lines[] = {
        "example. 3600 IN SOA ns.example. h.example. 1 7200 900 1209600 300",
        "example. 3600 IN NS ns.example.",
        "example. 60 IN NS ns.other.",
        "a.example. 60 IN A 192.0.2.1",
        "b.sub.example. 5400 IN A 192.0.2.2",
        "b.sub.example. 10 IN A 192.0.2.3",
        "sub.example. 10 IN MX 10 mx.sub.example.",
        "c.example. 604800 IN A 192.0.2.4",
        NULL,
    };

    (void)state;
    assert_records("$ORIGIN example.\n"
                   "@ 3600 IN SOA ns h ( 1 ; serial (not a parenthesis)\n"
                   "    2h 15m\n"
                   "    2w 300 )\n"
                   "  NS ns\n"
                   "  60 NS ns.other.\r\n"
                   "a A 192.0.2.1\n"
                   "\n; nothing\n   ; nothing\n"
                   "$ORIGIN sub\n"
                   "b IN 1h30m A 192.0.2.2\n"
                   "\t10 IN A 192.0.2.3\n"
                   "@ in mx 10 mx\n"
                   "$TTL 1w\n"
                   "c.example. A 192.0.2.4",
                   lines);
}

static void strings_and_escapes_rfc_1035_5_1(void **state)
{
    static const char *const lines[] = {
        "example. 300 IN TXT \"a;b\" \"(c)\" \"d\\\"e\" \"f g\" \"\"",
        "a\\.b.example. 300 IN TXT \"\\195\\188\\010\"",
        "x\\032y.example. 300 IN CNAME z\\;.example.",
        "\\@.example. 300 IN A 192.0.2.1",
        NULL,
    };

    (void)state;
    assert_records(HEAD "@ TXT \"a;b\" \"(c)\" \"d\\\"e\" f\\032g \"\"\n"
                        "a\\.b TXT \"\xc3\xbc\\010\"\n"
                        "x\\032y CNAME z\\;\n"
                        "\\@ A 192.0.2.1\n",
                   lines);
}

static void types_have_the_form_of_their_rfc(void **state)
{
    static const char *const lines[] = {
        "example. 300 IN AAAA 2001:db8::1",
        "example. 300 IN SRV 1 2 25 mx.example.",
        "example. 300 IN MX 0 .",
        "example. 300 IN CAA 0 issue \"ca.example; x=y\"",
        "example. 300 IN TLSA 3 1 1 " SHA256,
        "example. 300 IN TLSA 3 1 0 abcd",
        "example. 300 IN DS 12345 8 2 " SHA256,
        "example. 300 IN DS 12345 8 77 abcd",
        "example. 300 IN DNSKEY 257 3 8 AQID",
        "example. 300 IN NAPTR 1 2 \"u\" \"E2U+sip\" \"!^.*$!sip:a@b!\" .",
        "example. 300 IN SSHFP 1 1 " SHA1,
        "example. 300 IN NSEC a.example. A MX",
        "example. 300 IN RRSIG MX 8 2 300 20300101000000 20200101000000 7 example. AQID",
        "example. 300 IN NSEC3PARAM 1 0 5 -",
        "example. 300 IN TYPE65280 \\# 3 010203",
        "example. 300 IN MX 10 a.example.",
        NULL,
    };

    (void)state;
    assert_records(HEAD "@ AAAA 2001:DB8::1\n"
                        " SRV 1 2 25 mx\n"
                        " MX 0 .\n"
                        " CAA 0 issue \"ca.example; x=y\"\n"
                        " TLSA 3 1 1 ( 0123456789ABCDEF\n 0123456789abcdef" HALF " )\n"
                        " TLSA 3 1 0 abcd\n"
                        " DS 12345 8 2 " SHA256 "\n"
                        " DS 12345 8 77 abcd\n"
                        " DNSKEY 257 3 8 AQID\n"
                        " NAPTR 1 2 u E2U+sip \"!^.*$!sip:a@b!\" .\n"
                        " SSHFP 1 1 " SHA1 "\n"
                        " NSEC a A MX\n"
                        " RRSIG MX 8 2 300 20300101000000 20200101000000 7 @ AQID\n"
                        " NSEC3PARAM 1 0 5 -\n"
                        " TYPE65280 \\# 3 010203\n"
                        " TYPE15 \\# 13 000a 0161 076578616d706c6500\n",
                   lines);
}

static void the_same_record_twice_is_one_rfc_2181_5(void **state)
{
    static const char *const lines[] = {
        "example. 300 IN MX 10 a.example.",
        "example. 300 IN MX 20 a.example.",
        NULL,
    };

    (void)state;
    assert_records(HEAD "@ MX 10 a\n@ MX 20 a\n@ 60 MX 10 A\n", lines);
}

/* With as many records as there are, twice. */
static void large_record_sets_have_each_record_once(void **state)
{
    struct text text = {0};
    struct zone *zone = NULL;

    (void)state;
    for (size_t most = 1; most <= 70; most++) {
        struct faults faults = {0};
        text_cut(&text, 0);
        for (size_t i = 0; i < 2 * most; i++)
            text_format(&text, "a. 1 A 192.0.2.%zu\nb. 1 TXT %zu\n", i % most, i % most);
        assert_int_equal(zone_read_text(text_get(&text), text.length, "z", NULL, &faults, &zone),
                         STATUS_OK);
        assert_int_equal(zone_record_count(zone), 2 * most);
        for (size_t i = 0; i < most; i++)
            assert_int_equal(zone_record(zone, 2 * i)->address.bytes[3], i);
        zone_free(zone);
    }
    text_clear(&text);
}

static void every_fault_is_told_with_its_line(void **state)
{
    static const struct {
        const char *text, *fault;
    } cases[] = {
        {"", "z: there are no records"},
        {"; only a comment\n", "z: there are no records"},
        {"@ 1 A 192.0.2.1\n", "z:1: a relative name before any $ORIGIN: \"@\""},
        {"rel 1 A 192.0.2.1\n", "z:1: a relative name before any $ORIGIN: \"rel\""},
        {"  1 A 192.0.2.1\n", "z:1: the first record has no owner"},
        {HEAD "$INCLUDE /etc/passwd\n", "z:3: $INCLUDE: this zone is in no folder"},
        {HEAD "$INCLUDE\n", "z:3: $INCLUDE takes a file"},
        {HEAD "$GENERATE 9-1 a$ A 192.0.2.$\n", "z:3: $GENERATE takes"},
        {HEAD "$GENERATE 1-9 a$\n", "z:3: $GENERATE takes"},
        {HEAD "$GENERATE 1-9 a${x} A 192.0.2.$\n", "z:3: $GENERATE: a number"},
        {HEAD "$GENERATE 250-260 a$ A 192.0.2.$\n", "z:3: not an IPv4 address: \"192.0.2.256\""},
        {HEAD "$FOO\n", "z:3: an unknown directive: \"$FOO\""},
        {"$ORIGIN\n", "z:1: $ORIGIN takes one name"},
        {"$ORIGIN a..b.\n", "z:1: a label is empty"},
        {"$TTL soon\n", "z:1: $TTL takes"},
        {"$TTL 4294967296\n", "z:1: $TTL takes"},
        {HEAD "a 4294967296 A 192.0.2.1\n", "z:3: a TTL"},
        {HEAD "a CH TXT x\n", "z:3: only class IN is read: \"CH\""},
        {HEAD "a CLASS3 TXT x\n", "z:3: only class IN"},
        {HEAD "a 192.0.2.1\n", "z:3: a TTL is a number"},
        {HEAD "a IN mx.example.\n", "z:3: not a record type: \"mx.example.\""},
        {HEAD "a BLA x\n", "z: there are no records"},
        {HEAD "a IN\n", "z:3: the record has no type"},
        {HEAD "a\n", "z:3: the record has no type"},
        {HEAD "a MX\n", "z:3: the record is incomplete"},
        {HEAD "a MX 10\n", "z:3: the record is incomplete"},
        {HEAD "a MX 65536 b\n", "z:3: not a number from 0 to 65535: \"65536\""},
        {HEAD "a MX -1 b\n", "z:3: not a number from 0 to 65535: \"-1\""},
        {HEAD "a MX ten b\n", "z:3: not a number"},
        {HEAD "a MX 10 b c\n", "z:3: more than the record type has: \"c\""},
        {HEAD "a MX 10 b..c\n", "z:3: a label is empty"},
        {HEAD "a A 192.0.2.256\n", "z:3: not an IPv4 address: \"192.0.2.256\""},
        {HEAD "a A ::1\n", "z:3: not an IPv4 address"},
        {HEAD "a AAAA 192.0.2.1\n", "z:3: not an IPv6 address"},
        {HEAD "a TXT\n", "z:3: the record is incomplete"},
        {HEAD "a TXT \"open\n", "z:3: a quoted string is never closed"},
        {HEAD "a TXT x\\\r\n", "z:3: a backslash at the end"},
        {HEAD "a TXT x\\", "z:3: a backslash at the end"},
        {HEAD "a A x\\\nb A 192.0.2.1\n", "z:3: a backslash at the end"},
        {HEAD "a TXT x\\999\n", "z:3: a bad escape"},
        {HEAD "a TLSA 3 1 300 aa\n", "z:3: a number is too large: \"300\""},
        {HEAD "a TLSA 3 1 1 zz\n", "z:3: not hexadecimal: \"zz\""},
        {HEAD "a TLSA 3 1 1 " SHA256 "a\n", "z:3: an odd number of hexadecimal digits"},
        {HEAD "a TLSA 3 1 0 abc de fa\n", "z:3: an odd number of hexadecimal digits"},
        {HEAD "a SSHFP 4 7 abc\n", "z:3: an odd number of hexadecimal digits"},
        {HEAD "a DS 1 8 1 " SHA256 "\n", "z:3: a digest of this kind has 20 octets, not 32"},
        {HEAD "a DS 1 8 4 " SHA256 "\n", "z:3: a digest of this kind has 48 octets, not 32"},
        {HEAD "a CDS 1 8 2 " SHA1 "\n", "z:3: a digest of this kind has 32 octets, not 20"},
        {HEAD "a SSHFP 4 2 " SHA1 "\n", "z:3: a digest of this kind has 32 octets, not 20"},
        {HEAD "a CERT FOO 1 1 aaaa\n", "z:3: an unknown certificate type"},
        {HEAD "a TYPE1 \\# 3 010203\n", "z:3: the rdata does not fit"},
        {HEAD "a TYPE1 \\# 3 0102\n", "z:3: not the number of octets that follow: \"3\""},
        {HEAD "a TYPE1 (\n \\#\n 2\n 010 )\n", "z:6: an odd number of hexadecimal digits: \"010\""},
        {HEAD "a SRV ( 0\n 0\n 70000 x )\n", "z:5: not a number from 0 to 65535: \"70000\""},
        {HEAD "a TLSA ( 3 1 0\n abcd\n abc )\n", "z:5: an odd number"},
        {HEAD "a TYPE15 \\# 2 000a\n", "z:3: the rdata does not fit"},
        {HEAD "a TYPE15 \\# 4 000ac00c\n", "z:3: the rdata does not fit"},
        {HEAD "a TYPE5 \\# 2 c00c\n", "z:3: the rdata does not fit"},
        {HEAD "a NAPTR \\# 9 00000000000000c00c\n", "z:3: the rdata does not fit"},
        {HEAD "a CAA \\# 2 0000\n", "z:3: the rdata does not fit"},
        {HEAD "a A 192.0.2.1 )\n", "z:3: a closing parenthesis"},
        {HEAD "\na A (\n192.0.2.1\nb A 192.0.2.1\n", "z:4: a parenthesis is never closed"},
        {HEAD "a TXT \x1b[2J\n", "z:3: a control character"},
        {HEAD "@ SOA a b 1 2 3 4 5\n\n@ SOA a b 2 2 3 4 5\n", "z:5: a second SOA"},
        {HEAD "@ SOA a b 1 2 3 4 5\n\nx.other. SOA a b 1 2 3 4 5\n", "z:5: a second SOA"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct faults faults = {0};
        struct zone *zone = NULL;
        const char *text = cases[i].text;
        assert_int_equal(zone_read_text(text, strlen(text), "z", NULL, &faults, &zone),
                         STATUS_SYNTAX);
        assert_null(zone);
        assert_int_equal(faults.total, 1);
        if (strncmp(faults.lines[0], cases[i].fault, strlen(cases[i].fault)) != 0)
            fail_msg("%s: %s", text, faults.lines[0]);
        faults_clear(&faults);
    }
}

static void all_faults_are_told_up_to_twenty(void **state)
{
    struct faults faults = {0};
    struct zone *zone = NULL;
    struct text text = {0};

    (void)state;
    for (int i = 1; i <= 30; i++)
        text_format(&text, "n%d. 1 A 192.0.2.%s\n", i, i % 2 ? "x" : "1");
    assert_int_equal(zone_read_text(text_get(&text), text.length, "z", NULL, &faults, &zone),
                     STATUS_SYNTAX);
    assert_int_equal(faults.total, 15);
    assert_int_equal(faults.kept, 15);
    assert_string_equal(faults.lines[14], "z:29: not an IPv4 address: \"192.0.2.x\"");
    faults_clear(&faults);
    text_cut(&text, 0);
    for (int i = 1; i <= 30; i++)
        text_add(&text, "a. 1 A x\n");
    assert_int_equal(zone_read_text(text_get(&text), text.length, "z", NULL, &faults, &zone),
                     STATUS_SYNTAX);
    assert_int_equal(faults.total, 30);
    assert_int_equal(faults.kept, FAULTS_KEPT);
    assert_null(zone);
    faults_clear(&faults);
    text_clear(&text);
}

static void octets_behind_the_length_are_not_read(void **state)
{
    static const char text[] = "a. 1 A 192.0.2.1\nb. 1 A 192.0.2.1\n";
    struct faults faults = {0};
    struct zone *zone = NULL;
    char *exact = malloc(16);

    (void)state;
    memcpy(exact, text, 16);
    assert_int_equal(zone_read_text(exact, 16, "z", NULL, &faults, &zone), STATUS_OK);
    assert_int_equal(zone_record_count(zone), 1);
    zone_free(zone);
    assert_int_equal(zone_read_text("a. 1 A 192.0.2.1\0\n", 18, "z", NULL, &faults, &zone),
                     STATUS_SYNTAX);
    assert_string_equal(faults.lines[0], "z:1: a control character");
    faults_clear(&faults);
    free(exact);
}

static void long_txt_records_are_read_whole(void **state)
{
    struct faults faults = {0};
    struct zone *zone = NULL;
    struct text text = {0};

    (void)state;
    text_add(&text, "a. 1 TXT");
    for (int i = 0; i < 255; i++)
        text_format(&text, " %0255d", i);
    assert_int_equal(zone_read_text(text_get(&text), text.length, "z", NULL, &faults, &zone),
                     STATUS_OK);
    assert_int_equal(zone_record(zone, 0)->txt.joined.length, 255 * 255);
    zone_free(zone);
    text_add(&text, " \"\" x");
    for (int i = 0; i < 255; i++)
        text_add(&text, " x");
    assert_int_equal(zone_read_text(text_get(&text), text.length, "z", NULL, &faults, &zone),
                     STATUS_SYNTAX);
    assert_string_equal(faults.lines[0], "z:1: the record has more than 65535 octets of rdata");
    faults_clear(&faults);
    text_clear(&text);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void what_cannot_be_read_is_said(void **state)
{
    char folder[] = "/tmp/zone_read.XXXXXX", path[64];
    const struct zone_terms little = {.memory_max = 1 << 20};
    struct faults faults = {0};
    struct zone *zone = NULL;

    (void)state;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(zone_read(folder, NULL, &faults, &zone), STATUS_UNREADABLE);
    assert_non_null(strstr(faults.lines[0], "not a file of text"));
    snprintf(path, sizeof path, "%s/some.zone", folder);
    assert_int_equal(zone_read(path, NULL, &faults, &zone), STATUS_NOT_FOUND);
    write_file(path, "a. 1 A 192.0.2.1\n");
    assert_int_equal(zone_read(path, NULL, &faults, &zone), STATUS_OK);
    assert_string_equal(zone_label(zone), "some.zone");
    assert_null(zone_apex(zone));
    zone_free(zone);
    zone = zone_new("\xc2\x9bz\xe2\x80\xae\x1b.zone");
    assert_string_equal(zone_label(zone), "\\194\\155z\\226\\128\\174\\027.zone");
    zone_free(zone);
    assert_int_equal(truncate(path, (1 << 20) + 1), 0);
    assert_int_equal(zone_read(path, &little, &faults, &zone), STATUS_LIMIT);
    assert_non_null(strstr(faults.lines[2], "the file has more than 1 MiB"));
    write_file(path, HEAD "$GENERATE 1-2147483647 a A 192.0.2.1\n");
    assert_int_equal(zone_read(path, &little, &faults, &zone), STATUS_LIMIT);
    assert_non_null(strstr(faults.lines[3], ":3: the zone needs more than 1 MiB"));
    unlink(path);
    rmdir(folder);
    assert_int_equal(faults.total, 4);
    faults_clear(&faults);
}

/* RFC 1035 5.1, SAFETY: only below the folder of the file. */
static void includes_are_read_below_the_folder_only(void **state)
{
    static const struct {
        const char *line, *fault; /* NULL: read */
    } cases[] = {
        {"$INCLUDE part.inc\n", NULL},
        {"$INCLUDE ./below/more.inc sub\n", NULL},
        {"$INCLUDE ../part.inc\n", "outside the folder"},
        {"$INCLUDE below/../part.inc\n", "outside the folder"},
        {"$INCLUDE /etc/hostname\n", "outside the folder"},
        {"$INCLUDE link\n", "a symbolic link"},
        {"$INCLUDE away/more.inc\n", "a symbolic link"},
        {"$INCLUDE below\n", "not a regular file"},
        {"$INCLUDE none\n", "No such file"},
        {"$INCLUDE itself.zone\n", "more than 8 files deep"},
    };
    char folder[] = "/tmp/zone_read.XXXXXX";

    (void)state;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    assert_int_equal(mkdir("below", 0700), 0);
    assert_int_equal(symlink("part.inc", "link"), 0);
    assert_int_equal(symlink("below", "away"), 0);
    write_file("part.inc", "part A 192.0.2.7\n");
    write_file("below/more.inc", "$ORIGIN deeper\n@ A 192.0.2.8\n");
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct faults faults = {0};
        struct zone *zone = NULL;
        struct text text = {0};
        text_format(&text, HEAD "own A 192.0.2.1\n%s  A 192.0.2.9\n", cases[i].line);
        write_file("itself.zone", text_get(&text));
        text_clear(&text);
        if (!cases[i].fault) {
            assert_int_equal(zone_read("itself.zone", NULL, &faults, &zone), STATUS_OK);
            assert_int_equal(zone_record_count(zone), 3);
            assert_string_equal(zone_record(zone, 1)->owner,
                                i ? "deeper.sub.example." : "part.example.");
            assert_string_equal(zone_record(zone, 2)->owner, "own.example.");
            zone_free(zone);
        } else {
            assert_int_equal(zone_read("itself.zone", NULL, &faults, &zone), STATUS_SYNTAX);
            if (!strstr(faults.lines[0], cases[i].fault) || !strstr(faults.lines[0], ":4: "))
                fail_msg("%s: %s", cases[i].line, faults.lines[0]);
        }
        faults_clear(&faults);
    }
    assert_int_equal(system("rm -r part.inc below link away itself.zone"), 0);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(folder), 0);
}

static void what_a_file_leaves_out_is_taken_and_warned_of(void **state)
{
    static const struct {
        const char *text, *origin, *warning, *line; /* of the last record */
    } cases[] = {
        {"@ SOA n h 1 2 3 4 77\n", "ex.", "z:1: no TTL is stated: 77 is taken, the minimum",
         "ex. 77 IN SOA n.ex. h.ex. 1 2 3 4 77"},
        {"@ 5 SOA n h 1 2 3 4 77\na A 192.0.2.1\n", "ex.", NULL, "a.ex. 5 IN A 192.0.2.1"},
        {"@ SOA n h 1 2 3 4 77\n@ 5 NS n\na A 192.0.2.1\n", "ex.", "z:1: no TTL is stated: 77",
         "a.ex. 77 IN A 192.0.2.1"},
        {"a. 1 A ( 192.0.2.1\n", NULL, "z:1: a parenthesis is never closed", "a. 1 IN A 192.0.2.1"},
        {"\na. 1 TXT x\\\ny \"z\\\n\"\n", NULL, "z:3: a backslash at the end of a line",
         "a. 1 IN TXT \"x\\010y\" \"z\\010\""},
        {"a. A 192.0.2.1\n", NULL, "z:1: no TTL is stated: 3600 is taken",
         "a. 3600 IN A 192.0.2.1"},
        {"a. 1 WINS x\na. 1 FOO y\na. 1 AXFR\nb. 1 A 192.0.2.1\na. 1 FOO y\n", NULL,
         "z:1: record types unknown here are left out: WINS, FOO, AXFR", "b. 1 IN A 192.0.2.1"},
        {"a [AGE:3642141] 600 A 192.0.2.1\n", "ex.", NULL, "a.ex. 600 IN A 192.0.2.1"},
        {"\xef\xbb\xbf"
         "a 1 A 192.0.2.1\n",
         "ex.", NULL, "a.ex. 1 IN A 192.0.2.1"},
        {"a. 1 MX 10 m\n", "ex.", NULL, "a. 1 IN MX 10 m.ex."},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct faults faults = {0}, warnings = {0};
        const struct zone_terms terms = {.origin = cases[i].origin, .warnings = &warnings};
        struct zone *zone = NULL;
        struct text line = {0};
        if (zone_read_text(cases[i].text, strlen(cases[i].text), "z", &terms, &faults, &zone))
            fail_msg("%s", faults.lines[0]);
        record_print(zone_record(zone, zone_record_count(zone) - 1), &line);
        assert_string_equal(text_get(&line), cases[i].line);
        assert_int_equal(warnings.total, cases[i].warning ? 1 : 0);
        if (cases[i].warning && !strstr(warnings.lines[0], cases[i].warning))
            fail_msg("%s", warnings.lines[0]);
        assert_int_equal(!!zone_origin(zone), cases[i].origin != NULL);
        zone_free(zone);
        text_clear(&line);
        faults_clear(&warnings);
    }
}

static void dollar_generate_writes_what_bind_writes(void **state)
{
    static const char *const lines[] = {
        "h1.example. 300 IN A 192.0.2.11",
        "h3.example. 300 IN A 192.0.2.13",
        "x007.example. 60 IN MX 7 m1f.example.",
        "a\\$5.example. 300 IN TXT \"5\" \"$\"",
        "0.f.1.ip6.example. 300 IN CNAME p00.example.",
        "\\$1.example. 300 IN TXT \"$\" \"$\" \"1\"",
        "\\$1.example. 300 IN A 192.0.2.1",
        "w1.z.example. 300 IN A 192.0.2.1",
        "w1.0z.example. 300 IN A 192.0.2.1",
        "w1.0.z.example. 300 IN A 192.0.2.1",
        NULL,
    };

    (void)state;
    assert_records(HEAD "$GENERATE 1-4/2 h$ A 192.0.2.${10}\n"
                        "$GENERATE 7-7 x${0,3} 60 IN MX \"$ m${24,2,x}\"\n"
                        "$GENERATE 5-5 a$$$ TXT \"$ \\$\"\n"
                        "$GENERATE 496-496 ${0,5,n}.ip6 CNAME p${-496,2,d}\n"
                        "$GENERATE 1-1 $$$ TXT \"\\$ $$ $\"\n"
                        "$GENERATE 1-1 \\$$ A 192.0.2.1\n"
                        "$GENERATE 1-1 w${0,2,n}z A 192.0.2.1\n"
                        "$GENERATE 1-1 w${0,3,n}z A 192.0.2.1\n"
                        "$GENERATE 1-1 w${0,4,n}z A 192.0.2.1\n",
                   lines);
}

static void the_same_soa_again_ends_a_transfer(void **state)
{
    static const char *const lines[] = {
        "example. 300 IN SOA a.example. b.example. 1 2 3 4 5",
        "a.example. 300 IN HTTPS 1 . alpn=h2,h3 port=443",
        "a.example. 300 IN CAA 0 issue \"ca.test\"",
        NULL,
    };

    (void)state;
    assert_records("; <<>> DiG 9.18 <<>> example axfr\n" HEAD "@ SOA a b 1 2 3 4 5\n"
                   "a HTTPS 1 . alpn=\"h2,h3\" port=\"443\"\n"
                   "a CAA 0 issue ca.test\n"
                   "@ SOA a b 1 2 3 4 5\n;; Query time: 0 msec\n",
                   lines);
}

static void the_origin_is_that_in_the_name_of_the_file(void **state)
{
    static const char *const cases[][3] = {
        {"/etc/bind/db.example.com", "www.example.com.", "example.com."},
        {"example.com.zone", "example.com.", "example.com."},
        {"www.Example.COM_new", "a.www.example.com.", "www.example.com."},
        {"example@192.0.2.1.zone", "x.example.", "example."},
        {"myexample.com", "example.com.", "com."},
        {"zone", "example.com.", NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *origin = zone_origin_for(cases[i][0], cases[i][1]);
        assert_true(origin ? cases[i][2] && strcmp(origin, cases[i][2]) == 0 : !cases[i][2]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(owners_ttls_and_classes_may_be_left_out_rfc_1035_5_1),
        cmocka_unit_test(strings_and_escapes_rfc_1035_5_1),
        cmocka_unit_test(types_have_the_form_of_their_rfc),
        cmocka_unit_test(the_same_record_twice_is_one_rfc_2181_5),
        cmocka_unit_test(large_record_sets_have_each_record_once),
        cmocka_unit_test(every_fault_is_told_with_its_line),
        cmocka_unit_test(all_faults_are_told_up_to_twenty),
        cmocka_unit_test(octets_behind_the_length_are_not_read),
        cmocka_unit_test(long_txt_records_are_read_whole),
        cmocka_unit_test(what_cannot_be_read_is_said),
        cmocka_unit_test(includes_are_read_below_the_folder_only),
        cmocka_unit_test(what_a_file_leaves_out_is_taken_and_warned_of),
        cmocka_unit_test(dollar_generate_writes_what_bind_writes),
        cmocka_unit_test(the_same_soa_again_ends_a_transfer),
        cmocka_unit_test(the_origin_is_that_in_the_name_of_the_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
