/* Cures of findings about SPF: which records they say to publish and to remove. */
#include "base/text.h"
#include "unit/check.h"
#include "unit/survey/cure_cases.h"
#include "unit/survey/survey_world.h"

static const struct cure_case cases[] = {
    {"an address of two MX hosts is named once", "spf-missing-mx",
     DMARC "@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx1 A 192.0.2.2\nmx2 A 192.0.2.2\nmx2 A "
           "192.0.2.3\n@ TXT \"v=spf1 -all\"\n",
     "example.com. 3600 IN TXT \"v=spf1 ip4:192.0.2.1 ip4:192.0.2.2 ip4:192.0.2.3 -all\"",
     "example.com. 3600 IN TXT \"v=spf1 -all\""},
    {"MX hosts that are refused softly are named, too", "spf-missing-mx",
     MX DMARC "@ TXT \"v=spf1 ~all\"\n",
     "example.com. 3600 IN TXT \"v=spf1 ip4:192.0.2.1 ip4:198.51.100.2 ~all\"",
     "example.com. 3600 IN TXT \"v=spf1 ~all\""},
    {"hosts of others are not, nor addresses that are not on the Internet", "spf-missing-mx",
     MX DMARC "@ MX 30 mx.example.net.\n@ MX 40 mx3\nmx.example.net. A 203.0.113.5\nmx3 A "
              "10.1.1.1\n@ TXT \"v=spf1 -all\"\n",
     "example.com. 3600 IN TXT \"v=spf1 ip4:192.0.2.1 ip4:198.51.100.2 -all\"",
     "example.com. 3600 IN TXT \"v=spf1 -all\""},
    {"who is refused before stays so", "spf-plus-all",
     MX DMARC "@ TXT \"v=spf1 -ip4:198.51.100.2 +all\"\n",
     "example.com. 3600 IN TXT \"v=spf1 ip4:192.0.2.1 -ip4:198.51.100.2 ~all\"",
     "example.com. 3600 IN TXT \"v=spf1 -ip4:198.51.100.2 +all\""},
    {"the domain's own host sends", "spf-none", DMARC "@ A 192.0.2.1\n",
     "example.com. 3600 IN TXT \"v=spf1 a ~all\"", ""},
    {"a name without host and mail sends nothing", "spf-none", DMARC "@ TXT \"x\"\n",
     "example.com. 3600 IN TXT \"v=spf1 -all\"", ""},
    {"ten MX hosts are what mx may stand for", "spf-none",
     MX DMARC "@ MX 30 m3\n@ MX 30 m4\n@ MX 30 m5\n@ MX 30 m6\n@ MX 30 m7\n@ MX 30 m8\n@ MX 30 "
              "m9\n@ MX 30 m10\n",
     "example.com. 3600 IN TXT \"v=spf1 mx ~all\"", ""},
    {"eleven have words only", "spf-none",
     MX DMARC "@ MX 30 m3\n@ MX 30 m4\n@ MX 30 m5\n@ MX 30 m6\n@ MX 30 m7\n@ MX 30 m8\n@ MX 30 "
              "m9\n@ MX 30 m10\n@ MX 30 m11\n",
     "", ""},
    {"a record of the obsolete type", "spf-none", MX DMARC "@ SPF \"v=spf1 mx -all\"\n",
     "example.com. 3600 IN TXT \"v=spf1 mx -all\"", "example.com. 3600 IN SPF \"v=spf1 mx -all\""},
    {"a version mistyped", "spf-none", MX DMARC "@ TXT \"v=spf1: mx -all\"\n",
     "example.com. 3600 IN TXT \"v=spf1 mx -all\"", "example.com. 3600 IN TXT \"v=spf1: mx -all\""},
    {"a host that has no MX records", "spf-slip",
     MX DMARC "@ TXT \"v=spf1 mx ?mx:mx1.example.com -all\"\n",
     "example.com. 3600 IN TXT \"v=spf1 mx ?a:mx1.example.com -all\"",
     "example.com. 3600 IN TXT \"v=spf1 mx ?mx:mx1.example.com -all\""},
    {"a host over IPv6 that has none", "spf-slip",
     MX DMARC "h AAAA 2001:db8::1\n@ TXT \"v=spf1 mx mx:h.example.com -all\"\n",
     "example.com. 3600 IN TXT \"v=spf1 mx a:h.example.com -all\"",
     "example.com. 3600 IN TXT \"v=spf1 mx mx:h.example.com -all\""},
    {"mx without a name stays, whatever it finds", "spf-slip",
     DMARC "@ A 192.0.2.1\n@ TXT \"v=spf1 mx a include=_spf.example.com -all\"\n_spf TXT \"v=spf1 "
           "ip4:203.0.113.9 -all\"\n",
     "example.com. 3600 IN TXT \"v=spf1 mx a include:_spf.example.com -all\"",
     "example.com. 3600 IN TXT \"v=spf1 mx a include=_spf.example.com -all\""},
    {"a short name of a host", "spf-syntax", MX DMARC "@ TXT \"v=spf1 mx ?a:mx1 -all\"\n",
     "example.com. 3600 IN TXT \"v=spf1 mx ?a:mx1.example.com -all\"",
     "example.com. 3600 IN TXT \"v=spf1 mx ?a:mx1 -all\""},
    {"a short name of a host over IPv6", "spf-syntax",
     MX DMARC "h AAAA 2001:db8::1\n@ TXT \"v=spf1 mx a:h -all\"\n",
     "example.com. 3600 IN TXT \"v=spf1 mx a:h.example.com -all\"",
     "example.com. 3600 IN TXT \"v=spf1 mx a:h -all\""},
    {"a short name of a record", "spf-syntax",
     MX DMARC "_spf TXT \"v=spf1 ip4:203.0.113.9 -all\"\n@ TXT \"v=spf1 mx include:_spf -all\"\n",
     "example.com. 3600 IN TXT \"v=spf1 mx include:_spf.example.com -all\"",
     "example.com. 3600 IN TXT \"v=spf1 mx include:_spf -all\""},
    {"a short name of nothing has words only", "spf-syntax",
     MX DMARC "@ TXT \"v=spf1 mx a:h -all\"\n", "", ""},
    {"a short name of an alias has words only", "spf-syntax",
     MX DMARC "h CNAME mx1\n@ TXT \"v=spf1 mx a:h -all\"\n", "", ""},
    {"the include of a hole goes", "spf-plus-all",
     MX DMARC
     "@ TXT \"v=spf1 mx include:_spf.example.net -all\"\n_spf.example.net. TXT \"v=spf1 +all\"\n",
     "example.com. 3600 IN TXT \"v=spf1 mx -all\"",
     "example.com. 3600 IN TXT \"v=spf1 mx include:_spf.example.net -all\""},
    {"what an include means, and a record that is there", "spf-include",
     MX DMARC
     "@ TXT \"v=spf1 mx include:_spf.example.com-all\"\n_spf TXT \"v=spf1 ip4:203.0.113.9 -all\"\n",
     "example.com. 3600 IN TXT \"v=spf1 mx include:_spf.example.com -all\"",
     "example.com. 3600 IN TXT \"v=spf1 mx include:_spf.example.com-all\""},
    {"what an include means, and no record there", "spf-include",
     MX DMARC "@ TXT \"v=spf1 mx include:_spf.example.com-all\"\n",
     "example.com. 3600 IN TXT \"v=spf1 mx\"",
     "example.com. 3600 IN TXT \"v=spf1 mx include:_spf.example.com-all\""},
    {"what an include means, and a record nobody can read", "spf-include",
     MX DMARC "@ TXT \"v=spf1 mx include:_spf.example.com-all\"\n_spf TXT \"v=spf1 mxx:1 -all\"\n",
     "example.com. 3600 IN TXT \"v=spf1 mx\"",
     "example.com. 3600 IN TXT \"v=spf1 mx include:_spf.example.com-all\""},
    {"several records of an include", "spf-include",
     MX DMARC "@ TXT \"v=spf1 mx include:_spf.example.com -all\"\n_spf TXT \"v=spf1 "
              "ip4:203.0.113.9 -all\"\n_spf TXT \"v=spf1 ip4:203.0.113.10 ~all\"\n",
     "_spf.example.com. 3600 IN TXT \"v=spf1 ip4:203.0.113.10 ip4:203.0.113.9 -all\"",
     "_spf.example.com. 3600 IN TXT \"v=spf1 ip4:203.0.113.10 ~all\"\n_spf.example.com. 3600 IN "
     "TXT \"v=spf1 ip4:203.0.113.9 -all\""},
    {"several records that redirect have words only", "spf-include",
     MX DMARC
     "@ TXT \"v=spf1 mx redirect=_spf.example.com\"\n_spf TXT \"v=spf1 ip4:203.0.113.9 "
     "redirect=a.example.com\"\n_spf TXT \"v=spf1 ip4:203.0.113.10 redirect=b.example.com\"\n",
     "", ""},
    {"a redirect to nothing has words only", "spf-include",
     MX DMARC "@ TXT \"v=spf1 mx redirect=_spf.example.com\"\n", "", ""},
    {"an include of what is nearly a record", "spf-include",
     MX DMARC "@ TXT \"v=spf1 mx include:_spf.example.com -all\"\n_spf TXT \"v=spf1: "
              "ip4:203.0.113.9 -all\"\n",
     "_spf.example.com. 3600 IN TXT \"v=spf1 ip4:203.0.113.9 -all\"",
     "_spf.example.com. 3600 IN TXT \"v=spf1: ip4:203.0.113.9 -all\""},
    {"a circle is opened at both of its terms", "spf-loop",
     MX DMARC "@ TXT \"v=spf1 mx include:example.com include:example.com -all\"\n",
     "example.com. 3600 IN TXT \"v=spf1 mx -all\"",
     "example.com. 3600 IN TXT \"v=spf1 mx include:example.com include:example.com -all\""},
    {"a circle of others has words only", "spf-loop",
     MX DMARC "@ TXT \"v=spf1 mx include:_a.example.net -all\"\n_a.example.net. TXT \"v=spf1 "
              "include:_a.example.net -all\"\n",
     "", ""},
    {"the last terms are no hosts any more until ten lookups are left", "spf-lookups",
     MX DMARC "a A 192.0.2.1\nb A 192.0.2.2\n@ TXT \"v=spf1 mx mx a:a.example.com a:b.example.com "
              "a:b.example.com a:a.example.com a:a.example.com mx a:b.example.com a:b.example.com "
              "a:mx1.example.com a:mx2.example.com -all\"\n",
     "example.com. 3600 IN TXT \"v=spf1 mx a:a.example.com a:b.example.com ip4:192.0.2.1 "
     "ip4:198.51.100.2 -all\"",
     "example.com. 3600 IN TXT \"v=spf1 mx mx a:a.example.com a:b.example.com a:b.example.com "
     "a:a.example.com a:a.example.com mx a:b.example.com a:b.example.com a:mx1.example.com "
     "a:mx2.example.com -all\""},
    {"hosts of one family", "spf-voids",
     MX DMARC "@ TXT \"v=spf1 a:mx1.example.com a:mx2.example.com ~a:mx1.example.com -all\"\n",
     "example.com. 3600 IN TXT \"v=spf1 ip4:192.0.2.1 ip4:198.51.100.2 ~ip4:192.0.2.1 -all\"",
     "example.com. 3600 IN TXT \"v=spf1 a:mx1.example.com a:mx2.example.com ~a:mx1.example.com "
     "-all\""},
    {"a prefix stays", "spf-voids",
     MX DMARC
     "@ TXT \"v=spf1 a:mx1.example.com/31 a:mx2.example.com/32 a:mx1.example.com//64 -all\"\n",
     "example.com. 3600 IN TXT \"v=spf1 ip4:192.0.2.1/31 ip4:198.51.100.2 ip4:192.0.2.1 -all\"",
     "example.com. 3600 IN TXT \"v=spf1 a:mx1.example.com/31 a:mx2.example.com/32 "
     "a:mx1.example.com//64 -all\""},
    {"the second record in one text goes", "spf-after-all",
     MX DMARC "@ TXT \"v=spf1 mx -all v=spf1 a:mx1.example.com -all\"\n",
     "example.com. 3600 IN TXT \"v=spf1 mx a:mx1.example.com -all\"",
     "example.com. 3600 IN TXT \"v=spf1 mx -all v=spf1 a:mx1.example.com -all\""},
    {"two records of a name without mail have words only", "mx-null-open",
     DMARC "@ MX 0 .\n@ TXT \"v=spf1 mx\"\n@ TXT \"v=spf1 a\"\n", "", ""},
    {"a name without mail permits nobody and rejects all", "mx-null-open",
     SPF "@ MX 0 .\n_dmarc TXT \"v=DMARC1; p=none\"\n",
     "example.com. 3600 IN TXT \"v=spf1 -all\"\n_dmarc.example.com. 3600 IN TXT \"v=DMARC1; "
     "p=reject\"",
     "example.com. 3600 IN TXT \"v=spf1 mx -all\"\n_dmarc.example.com. 3600 IN TXT \"v=DMARC1; "
     "p=none\""},
    {"a term that is there twice goes", "spf-lookups",
     MX DMARC "h A 192.0.2.9\n@ TXT \"v=spf1 mx a:h.example.com a:mx1.example.com "
              "a:mx2.example.com a:h.example.com/31 a:h.example.com/30 a:h.example.com/29 "
              "a:h.example.com/28 a:h.example.com/27 a:h.example.com/26 mx -all\"\n",
     "example.com. 3600 IN TXT \"v=spf1 mx a:h.example.com a:mx1.example.com a:mx2.example.com "
     "a:h.example.com/31 a:h.example.com/30 a:h.example.com/29 a:h.example.com/28 "
     "a:h.example.com/27 a:h.example.com/26 -all\"",
     "example.com. 3600 IN TXT \"v=spf1 mx a:h.example.com a:mx1.example.com a:mx2.example.com "
     "a:h.example.com/31 a:h.example.com/30 a:h.example.com/29 a:h.example.com/28 "
     "a:h.example.com/27 a:h.example.com/26 mx -all\""},
};

static void cures_of_spf_are_these_records(void **state)
{
    (void)state;
    cure_cases_check(cases, sizeof cases / sizeof cases[0]);
}

/* More addresses than that are a network, which only its owner can name. */
static void so_many_addresses_are_named(void **state)
{
    enum { MOST = 16 };
    struct survey_options options = {.seed = 1};

    (void)state;
    for (unsigned count = MOST - 1; count <= MOST + 1; count++) {
        struct text zone = {0}, publish = {0};
        struct survey_world world;

        text_add(&zone, DMARC "@ MX 10 mx\n@ TXT \"v=spf1 -all\"\n");
        text_add(&publish, "example.com. 3600 IN TXT \"v=spf1 ");
        for (unsigned i = 10; i < 10 + count; i++) {
            text_format(&zone, "mx A 192.0.2.%u\n", i);
            text_format(&publish, "ip4:192.0.2.%u ", i);
        }
        text_add(&publish, "-all\"");
        survey_world_init(&world, "example.com", text_get(&zone), &options);
        survey_world_run(&world);
        assert_string_equal(survey_world_finding(&world, "spf-missing-mx")->publish,
                            count > MOST ? "" : text_get(&publish));
        survey_world_clear(&world);
        text_clear(&zone);
        text_clear(&publish);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cures_of_spf_are_these_records),
        cmocka_unit_test(so_many_addresses_are_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
