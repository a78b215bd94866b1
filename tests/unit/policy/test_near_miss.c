/* TXT records that are nearly what they are meant for. */
#include "base/text.h"
#include "dns/formats/octets.h"
#include "dns/zone/zone.h"
#include "policy/records/near_miss.h"
#include "unit/check.h"

#include <string.h>

static const struct miss_case {
    enum near_kind kind;
    const char *written; /* as in a master file */
    const char *meant;   /* NULL: not known */
    const char *why;     /* NULL: no near miss */
} cases[] = {
    {NEAR_SPF, "\"v=spf1 mx -all\"", NULL, NULL},
    {NEAR_SPF, "\"V=SPF1\"", NULL, NULL},
    {NEAR_SPF, "\"google-site-verification=spf1x\"", NULL, NULL},
    {NEAR_SPF, "\"\\\"v=spf1 mx -all\\\"\"", "v=spf1 mx -all",
     "a quotation mark is part of the text"},
    {NEAR_SPF, "\"'v=spf1 mx -all'\"", "v=spf1 mx -all", "a quotation mark is part of the text"},
    {NEAR_SPF, "\"\\226\\128\\156v=spf1 mx -all\\226\\128\\157\"", "v=spf1 mx -all",
     "a quotation mark is part of the text"},
    {NEAR_SPF, "\" v=spf1 mx -all\"", "v=spf1 mx -all", "a blank is before it"},
    {NEAR_SPF, "\"v=spf1; mx; -all\"", "v=spf1 mx -all",
     "its terms are separated by something other than blanks"},
    {NEAR_SPF, "\"v=spf1,mx, -all;\"", "v=spf1 mx -all",
     "its terms are separated by something other than blanks"},
    {NEAR_SPF, "\"v=spf1:mx -all\"", "v=spf1 mx -all",
     "its terms are separated by something other than blanks"},
    {NEAR_SPF, "\"spf1 mx -all\"", "v=spf1 mx -all", "\"v=\" is missing before the version"},
    {NEAR_SPF, "\"v= spf1 mx -all\"", "v=spf1 mx -all", "\"v=\" is not written so"},
    {NEAR_SPF, "\"v:spf1 mx -all\"", "v=spf1 mx -all", "\"v=\" is not written so"},
    {NEAR_SPF, "\"v=spf1mx -all\"", "v=spf1 mx -all", "a blank is missing after the version"},
    {NEAR_SPF, "v=spf1 ip4:192.0.2.1 -all", "v=spf1 ip4:192.0.2.1 -all",
     "its strings are joined without a blank, as happens to a text without quotation marks"},
    {NEAR_SPF, "\"\\\"spf1 mx -all\\\"\"", "v=spf1 mx -all",
     "a quotation mark is part of the text, and \"v=\" is missing before the version"},
    {NEAR_SPF, "\"v=spf2 mx -all\"", NULL, "it does not begin with \"v=spf1\""},
    {NEAR_SPF, "\"v=spf10 mx -all\"", NULL, "it does not begin with \"v=spf1\""},
    {NEAR_SPF, "\"mx -all v=spf1\"", NULL, "it does not begin with \"v=spf1\""},
    {NEAR_SPF, "\"v=DMARC1; p=none\"", NULL, NULL},
    {NEAR_DMARC, "\"v=DMARC1; p=none\"", NULL, NULL},
    {NEAR_DMARC, "\"v = DMARC1 ;p=none\"", NULL, NULL},
    {NEAR_DMARC, "\"v=dmarc1; p=reject\"", "v=DMARC1; p=reject",
     "\"dmarc1\" must be written DMARC1"},
    {NEAR_DMARC, "\"V=DMARC1; p=reject\"", NULL, NULL},
    {NEAR_DMARC, "\"DMARC1; p=reject\"", "v=DMARC1; p=reject",
     "\"v=\" is missing before the version"},
    {NEAR_DMARC, "\"v=DMARC1 p=none rua=mailto:a@x.test\"", "v=DMARC1; p=none; rua=mailto:a@x.test",
     "a semicolon is missing after the version"},
    {NEAR_DMARC, "\"v=DMARC1, p=none\"", "v=DMARC1; p=none",
     "a semicolon is missing after the version"},
    {NEAR_DMARC, "\"v=DMARC1\\\\; p=none\\\\; x=y\"", "v=DMARC1; p=none; x=y",
     "a backslash is part of the text"},
    {NEAR_DMARC, "\"p=none; v=DMARC1\"", "v=DMARC1; p=none", "the version is not at its beginning"},
    {NEAR_DMARC, "\"v=DMARC; p=none\"", "v=DMARC1; p=none", "the version is written DMARC1"},
    {NEAR_DMARC, "\"v=DMARC 1; p=none\"", "v=DMARC1; p=none", "the version is written DMARC1"},
    {NEAR_SPF, "\"v=spf mx -all\"", "v=spf1 mx -all", "the version is written spf1"},
    {NEAR_TLS_RPT, "\"v=TLSRPT; rua=mailto:a@b.test\"", "v=TLSRPTv1; rua=mailto:a@b.test",
     "the version is written TLSRPTv1"},
    {NEAR_DMARC, "\"v=DMARC2; p=none\"", NULL, "it does not begin with \"v=DMARC1\""},
    {NEAR_MTA_STS, "\"v=STSv1; id=1;\"", NULL, NULL},
    {NEAR_MTA_STS, "\"v=stsv1; id=1\"", "v=STSv1; id=1", "\"stsv1\" must be written STSv1"},
    {NEAR_MTA_STS, "\"V=STSv1; id=1\"", "v=STSv1; id=1", "the version begins with a capital \"V\""},
    {NEAR_MTA_STS, "\"v = STSv1; id=1\"", "v=STSv1; id=1", "\"v=\" is not written so"},
    {NEAR_BIMI, "\"v = BIMI1; l=\"", NULL, NULL},
    {NEAR_SPF, "\"\\239\\187\\191v=spf1 mx -all\"", "v=spf1 mx -all",
     "a character that cannot be seen is part of the text"},
    {NEAR_SPF, "\"v=spf1\\194\\160mx -all\"", "v=spf1 mx -all",
     "a character that cannot be seen is part of the text"},
    {NEAR_SPF, "\"IN TXT v=spf1 mx -all\"", "v=spf1 mx -all",
     "it begins with the type, which is no part of the text"},
    {NEAR_DMARC, "\"_dmarc IN TXT \\\"v=DMARC1; p=none\\\"\"", "v=DMARC1; p=none",
     "a quotation mark is part of the text, and it begins with the type, which is no part of the "
     "text"},
    {NEAR_MTA_STS, "\"v=STSv12; id=1\"", NULL, "it does not begin with \"v=STSv1\""},
    {NEAR_TLS_RPT, "\"v=TLSRPTv1 rua=mailto:a@x.test\"", "v=TLSRPTv1; rua=mailto:a@x.test",
     "a semicolon is missing after the version"},
    {NEAR_BIMI, "\"BIMI1; l=\"", "v=BIMI1; l=", "\"v=\" is missing before the version"},
    {NEAR_DKIM, "\"v=DKIM1\\\\; k=rsa\\\\; p=\"",
     "v=DKIM1; k=rsa; p=", "a backslash is part of the text"},
    /* what each kind is strict about */
    {NEAR_DKIM, "\"v = DKIM1 ; p=\"", NULL, NULL},
    {NEAR_DKIM, "\"v=dkim1; p=\"", "v=DKIM1; p=", "\"dkim1\" must be written DKIM1"},
    {NEAR_DKIM, "\"V=DKIM1; p=\"", "v=DKIM1; p=", "the version begins with a capital \"V\""},
    {NEAR_TLS_RPT, "\"v=tlsrptv1; rua=x\"", "v=TLSRPTv1; rua=x",
     "\"tlsrptv1\" must be written TLSRPTv1"},
    {NEAR_TLS_RPT, "\"V=TLSRPTv1; rua=x\"", "v=TLSRPTv1; rua=x",
     "the version begins with a capital \"V\""},
    {NEAR_TLS_RPT, "\"v = TLSRPTv1; rua=x\"", "v=TLSRPTv1; rua=x", "\"v=\" is not written so"},
    {NEAR_BIMI, "\"v=bimi1; l=\"", "v=BIMI1; l=", "\"bimi1\" must be written BIMI1"},
    {NEAR_BIMI, "\"V=BIMI1; l=\"", "v=BIMI1; l=", "the version begins with a capital \"V\""},
    /* marks between strings and before the end */
    {NEAR_SPF, "\"\\\"v=spf1 mx\\\" \\\"-all\\\"\"", "v=spf1 mx -all",
     "a quotation mark is part of the text"},
    {NEAR_DMARC, "\"\\\"v=DMARC1; p=no\\\" \\\"ne\\\"\"", "v=DMARC1; p=none",
     "a quotation mark is part of the text"},
    {NEAR_SPF, "\"\\\"v=spf1 exp=a\\\"b -all\"", "v=spf1 exp=a\"b -all",
     "a quotation mark is part of the text"},
    {NEAR_SPF, "\"v=spf1 mx -all\\226\\128\\157\"", NULL, NULL},
    {NEAR_SPF, "\"\\\\\\\"v=spf1 mx -all\\\\\\\"\"", "v=spf1 mx -all",
     "a backslash is part of the text, and a quotation mark is part of the text"},
    {NEAR_DMARC, "\"v=DMARC1\\\\; p=none\\\\; x=a\\\\b\"", "v=DMARC1; p=none; x=a\\b",
     "a backslash is part of the text"},
    /* strings */
    {NEAR_SPF, "v=spf1 -all", "v=spf1 -all",
     "its strings are joined without a blank, as happens to a text without quotation marks"},
    {NEAR_DMARC, "\"v=dmarc1; p=no\" \"ne\"", "v=DMARC1; p=none",
     "\"dmarc1\" must be written DMARC1"},
    {NEAR_MTA_STS, "\"V=STSv1\"", "",
     "the version begins with a capital \"V\", and nothing follows the version, as happens in a "
     "zone file without quotation marks, where a semicolon begins a comment"},
    /* tags without semicolons */
    {NEAR_DMARC, "\"v=DMARC1 p = none rua=x\"", "v=DMARC1; p = none; rua=x",
     "a semicolon is missing after the version"},
    {NEAR_DMARC, "\"v=DMARC1 p=none rua\"", "v=DMARC1; p=none rua",
     "a semicolon is missing after the version"},
    {NEAR_DMARC, "\"v=DMARC1 p=none =x\"", "v=DMARC1; p=none =x",
     "a semicolon is missing after the version"},
    {NEAR_DMARC, "\"v=DMARC1,\"", "",
     "a semicolon is missing after the version, and nothing follows the version, as happens in a "
     "zone file without quotation marks, where a semicolon begins a comment"},
    {NEAR_SPF, "\"v=spf1;\"", "v=spf1", "its terms are separated by something other than blanks"},
    /* the version, and words like it */
    {NEAR_SPF, "\"vspf1 mx -all\"", NULL, NULL},
    {NEAR_SPF, "\"mx v=spf1 -all\"", NULL, "it does not begin with \"v=spf1\""},
    {NEAR_SPF, "\"mx spf12 -all\"", NULL, NULL},
    {NEAR_SPF, "\"mx spf1a -all\"", NULL, NULL},
    {NEAR_SPF, "\"mx aspf1 -all\"", NULL, NULL},
    {NEAR_SPF, "\"spf mx -all\"", NULL, NULL},
    {NEAR_SPF, "\"v=spf\"", "v=spf1", "the version is written spf1"},
    {NEAR_SPF, "\"v=spf 1 mx -all\"", "v=spf1 mx -all", "the version is written spf1"},
    {NEAR_SPF, "\"v=spfmx -all\"", NULL, "it does not begin with \"v=spf1\""},
    {NEAR_DMARC, "\"v=DMARC p=none\"", NULL, "it does not begin with \"v=DMARC1\""},
    {NEAR_DMARC, "\"p=none;; v=DMARC1;\"", "v=DMARC1; p=none",
     "the version is not at its beginning"},
    /* the type in front of it, which is "TXT" and a blank */
    {NEAR_SPF, "\"TXT v=spf1 -all\"", "v=spf1 -all",
     "it begins with the type, which is no part of the text"},
    {NEAR_SPF, "\"TXTv=spf1 -all\"", NULL, "it does not begin with \"v=spf1\""},
};

static void near_misses_say_what_is_wrong_with_what_is_there(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena *arena = arena_new();
        struct faults faults = {0};
        struct text text = {0};
        struct near_miss miss = {0};
        struct zone *zone;
        bool found;

        print_message("# %s\n", cases[i].written);
        text_format(&text, "x. 60 IN TXT %s\n", cases[i].written);
        assert_int_equal(zone_read_text(text_get(&text), text.length, "t", NULL, &faults, &zone),
                         STATUS_OK);
        found = near_miss_of(arena, cases[i].kind, zone_record(zone, 0), &miss);
        assert_int_equal(found, cases[i].why != NULL);
        if (found)
            assert_string_equal(miss.why, cases[i].why);
        if (found && cases[i].meant)
            assert_true(octets_equal(miss.meant, cases[i].meant));
        else
            assert_int_equal(miss.meant.length, 0);
        zone_free(zone);
        text_clear(&text);
        arena_free(arena);
    }
}

/* What stands behind the text is not looked at. */
static void a_text_has_an_end(void **state)
{
    static const struct {
        enum near_kind kind;
        const char *around;
        size_t length;
        bool good;
    } ends[] = {
        {NEAR_DMARC, "v=DMARC1 x", 8, true},   {NEAR_DMARC, "v=DMARC1 x", 9, true},
        {NEAR_DMARC, "v=DMARC1 x", 10, false}, {NEAR_SPF, "v=spf1x", 6, true},
        {NEAR_SPF, "v=spf1x", 7, false},       {NEAR_SPF, "v=spf1 ", 5, false},
        {NEAR_DKIM, "v =DKIM1", 2, false},     {NEAR_DKIM, "v= DKIM1", 7, false},
        {NEAR_DKIM, "v= DKIM1", 8, true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct octets text = octets_part(octets_of(ends[i].around), 0, ends[i].length);

        if (near_miss_is_good(ends[i].kind, text) != ends[i].good)
            fail_msg("%zu octets of \"%s\"", ends[i].length, ends[i].around);
    }
}

/* One that is good, wherever it stands, leaves none; else the first counts. */
static void the_first_near_miss_of_a_reply_counts(void **state)
{
    static const char text[] = "x. 60 IN TXT other\nx. 60 IN TXT \" v=spf1 a\"\n"
                               "x. 60 IN TXT \"v=spf1,b\"\nx. 60 IN TXT \"v=spf1 c\"\n";
    const struct record *records[4];
    struct reply reply = {.records = records, .record_count = 3};
    struct arena *arena = arena_new();
    struct faults faults = {0};
    struct near_miss miss;
    struct zone *zone;

    (void)state;
    assert_int_equal(zone_read_text(text, strlen(text), "t", NULL, &faults, &zone), STATUS_OK);
    for (size_t i = 0; i < 4; i++)
        records[i] = zone_record(zone, i);
    miss = near_miss_find(arena, NEAR_SPF, &reply);
    assert_ptr_equal(miss.record, records[1]);
    assert_string_equal(miss.why, "a blank is before it");
    assert_true(octets_equal(miss.meant, "v=spf1 a"));
    reply.record_count = 4;
    assert_null(near_miss_find(arena, NEAR_SPF, &reply).record);
    reply.record_count = 1;
    assert_null(near_miss_find(arena, NEAR_SPF, &reply).record);
    assert_null(near_miss_find(arena, NEAR_SPF, NULL).record);
    zone_free(zone);
    arena_free(arena);
}

static void a_record_cut_behind_its_version_is_known(void **state)
{
    (void)state;
    for (int kind = NEAR_SPF; kind <= NEAR_BIMI; kind++) {
        static const char *const versions[] = {"v=spf1",  "v=DMARC1",   "v=DKIM1",
                                               "v=STSv1", "v=TLSRPTv1", "v=BIMI1"};
        struct text text = {0};

        assert_non_null(near_miss_cut(kind, octets_of(versions[kind])));
        assert_null(near_miss_cut(kind, octets_of("x")));
        text_format(&text, "%s%sx=y", versions[kind], kind == NEAR_SPF ? " " : "; ");
        assert_null(near_miss_cut(kind, octets_of(text_get(&text))));
        text_clear(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_has_an_end),
        cmocka_unit_test(the_first_near_miss_of_a_reply_counts),
        cmocka_unit_test(a_record_cut_behind_its_version_is_known),
        cmocka_unit_test(near_misses_say_what_is_wrong_with_what_is_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
