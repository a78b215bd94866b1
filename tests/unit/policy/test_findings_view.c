/* Findings about the set as others run it and as it is seen: filters in front, the inside view. The
 * whole list of findings is compared. */
#include "unit/check.h"
#include "unit/policy/findings_world.h"

#include <stdlib.h>
#include <string.h>

/* ---- the filter in front (L6) ---- */

#define FILTERED(mx) GOOD_SERVERS GOOD_HOSTS GOOD_POLICY GOOD_REVERSE mx
#define FILTER_HOSTS                                                                               \
    "a.filter.test. A 203.0.113.1\na.filter.test. AAAA 2001:db8:5::1\n"                            \
    "b.filter.test. A 198.51.100.9\n1.113.0.203.in-addr.arpa. PTR a.filter.test.\n"                \
    "9.100.51.198.in-addr.arpa. PTR b.filter.test.\nx.box.test. A 203.0.113.77\n"                  \
    "77.113.0.203.in-addr.arpa. PTR x.box.test.\n"                                                 \
    "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.5.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. PTR "               \
    "a.filter.test.\n@ TXT \"other\"\n"
#define IN_FRONT FILTER_HOSTS "@ MX 10 a.filter.test.\n@ MX 10 b.filter.test.\n"
#define OUTSIDE  "notice mx-outside-domain example.com.\n"

static struct operators *operators;

static void know_operators(struct findings_world *world)
{
    world->view.operators = operators;
}

static void hosts_behind_a_filter_in_the_same_list(void **state)
{
    static const struct list_case cases[] = {
        {FILTERED(IN_FRONT "@ MX 50 mx1\n"),
         "warning mx-bypasses-filter mx1.example.com.\n" OUTSIDE},
        {FILTERED(IN_FRONT "@ MX 50 mx1\n@ MX 60 mx2\n"),
         "warning mx-bypasses-filter mx1.example.com.\n" OUTSIDE},
        {FILTERED(IN_FRONT "@ MX 10 mx1\n"),
         "warning mx-bypasses-filter mx1.example.com.\n" OUTSIDE},
        {FILTERED(IN_FRONT "@ MX 50 x.box.test.\n"),
         "warning mx-bypasses-filter x.box.test.\n" OUTSIDE},
        /* nothing goes round it */
        {FILTERED(IN_FRONT), OUTSIDE "notice mx-one-operator example.com.\n"},
        {FILTERED(IN_FRONT "@ MX 50 second.test.\nsecond.test. A 192.0.2.200\n"
                           "200.2.0.192.in-addr.arpa. PTR second.test.\n"),
         OUTSIDE},
        /* a filter behind is in front of nobody */
        {FILTERED(FILTER_HOSTS "@ MX 10 mx1\n@ MX 50 a.filter.test.\n"), OUTSIDE},
    };
    static const char text[] = "[Filter]\nkind = filter\nmx = filter.test\n"
                               "[Second]\nkind = filter\nmx = second.test\n"
                               "[Box]\nkind = mailbox\nmx = box.test\n";
    const char *why;
    size_t line;

    (void)state;
    operators = operators_new();
    assert_int_equal(operators_read(operators, text, &line, &why), STATUS_OK);
    assert_lists(cases, sizeof cases / sizeof cases[0], know_operators);
    operators_free(operators);
}

/* ---- inside ---- */

#define INSIDE_SERVERS "@ NS ns1\n@ NS ns2\nns1 A 10.1.0.53\nns2 A 10.2.0.53\n"
#define INSIDE_HOSTS   GOOD_MX "mx1 A 10.1.0.1\nmx2 A 10.2.0.1\n" GOOD_POLICY
#define DIRECTORY      "_ldap._tcp.dc._msdcs SRV 0 100 389 ns1\n"
#define V4_ONLY        "notice mx-v4-only example.com.\n"
#define PRIVATE        "error mx-private-address mx1.example.com.\nerror mx-private-address "

static void look_for_directory(struct findings_world *world)
{
    static const char *const owners[] = {"_ldap._tcp.example.com.",
                                         "_ldap._tcp.dc._msdcs.example.com."};

    world->view.srv_owners = owners;
    world->view.srv_count = 2;
}

static void the_inside_view_is_said_once(void **state)
{
    static const struct list_case cases[] = {
        {INSIDE_SERVERS INSIDE_HOSTS "@ A 10.1.0.80\n",
         "notice inside-view example.com.\n" V4_ONLY},
        {INSIDE_SERVERS INSIDE_HOSTS DIRECTORY "@ A 10.1.0.80\n",
         "notice inside-view example.com.\n" V4_ONLY},
        /* the web server of a directory may be outside */
        {INSIDE_SERVERS INSIDE_HOSTS DIRECTORY "@ A 192.0.2.80\n",
         "notice inside-view example.com.\n" V4_ONLY},
        {INSIDE_SERVERS INSIDE_HOSTS "@ A 192.0.2.80\n",
         PRIVATE "mx2.example.com.\nerror ns-private-address ns1.example.com.\n"
                 "error ns-private-address ns2.example.com.\n" V4_ONLY},
        {GOOD_SERVERS INSIDE_HOSTS "@ A 10.1.0.80\n", PRIVATE "mx2.example.com.\n" V4_ONLY},
        /* outside by IPv6 alone */
        {INSIDE_SERVERS INSIDE_HOSTS "@ A 10.1.0.80\nmx1 AAAA 2001:db8:1::1\n"
                                     "mx2 AAAA 2001:db8:2::1\n",
         PRIVATE "mx2.example.com.\nerror ns-private-address ns1.example.com.\n"
                 "error ns-private-address ns2.example.com.\nwarning ptr-missing "
                 "mx1.example.com.\nwarning ptr-missing mx2.example.com.\n"},
        {GOOD_ZONE, ""},
    };
    (void)state;
    assert_lists(cases, sizeof cases / sizeof cases[0], look_for_directory);
}

/* ---- one host ---- */

static void a_single_host_is_one_with_one_address(void **state)
{
    static const struct list_case cases[] = {
        {FILTERED("@ MX 10 mx1\n"), "notice mx-single example.com.\n"},
        {FILTERED("@ MX 10 mx1\nmx1 A 192.0.2.2\n2.2.0.192.in-addr.arpa. PTR mx1\n"), ""},
        {FILTERED("@ MX 10 mx1\n@ MX 20 mx1\n"),
         "warning mx-duplicate example.com.\nnotice mx-single example.com.\n"},
        {FILTERED("@ MX 10 gone\n"), "error mx-dangling gone.example.com.\n"},
    };

    (void)state;
    assert_lists(cases, sizeof cases / sizeof cases[0], NULL);
}

/* ---- the logo ---- */

#define LOGO(l) GOOD_ZONE "default._bimi TXT \"v=BIMI1; l=" l "\"\n"
#define LENIENT                                                                                    \
    GOOD_SERVERS GOOD_MX GOOD_HOSTS GOOD_SPF GOOD_DKIM GOOD_REVERSE                                \
        "_dmarc TXT \"v=DMARC1; p=none; rua=mailto:d@example.com\"\n"
#define ONLY_REPORTS "notice dmarc-policy-none _dmarc.example.com.\n"
#define BIMI         " bimi-unusable default._bimi.example.com.\n"

static void a_logo_that_is_not_shown(void **state)
{
    static const struct list_case cases[] = {
        {LOGO("https://example.com/l.svg"), ""},
        {LOGO(""), ""},
        {LOGO("http://example.com/l.svg"), "warning" BIMI},
        {LENIENT "default._bimi TXT \"v=BIMI1; l=https://example.com/l.svg\"\n",
         ONLY_REPORTS "notice" BIMI},
        {LENIENT "default._bimi TXT \"v=BIMI1; l=https://example.com/l.gif\"\n",
         "warning" BIMI ONLY_REPORTS},
        {LENIENT, ONLY_REPORTS},
    };

    (void)state;
    assert_lists(cases, sizeof cases / sizeof cases[0], NULL);
}

/* ---- where policies are (RFC 1034 3.6.2) ---- */

#define UNFINISHED GOOD_SERVERS GOOD_MX GOOD_HOSTS GOOD_SPF GOOD_DKIM GOOD_REVERSE

static void aliases_at_policy_names(void **state)
{
    static const struct list_case cases[] = {
        {GOOD_ZONE "_dmarc CNAME _dmarc.x.test.\n_dmarc.x.test. TXT \"v=DMARC1; p=none\"\n",
         "warning cname-and-other-data _dmarc.example.com.\n"},
        {GOOD_ZONE "default._domainkey CNAME k.x.test.\nk.x.test. TXT \"v=DKIM1; p=\"\n",
         "warning cname-and-other-data default._domainkey.example.com.\n"},
        {UNFINISHED "_dmarc CNAME _dmarc.x.test.\n_dmarc.x.test. TXT \"v=DMARC1; p=reject\"\n", ""},
        {UNFINISHED "_dmarc CNAME dm.\ndm TXT \"v=DMARC1; p=reject\"\n",
         "warning alias-dangling _dmarc.example.com.\nwarning dmarc-none example.com.\n"},
        {UNFINISHED "_dmarc CNAME gone.x.test.\n",
         "warning alias-dangling _dmarc.example.com.\nwarning dmarc-none example.com.\n"},
        {UNFINISHED "_dmarc CNAME bare.x.test.\nbare.x.test. A 192.0.2.1\n",
         "warning alias-dangling _dmarc.example.com.\nwarning dmarc-none example.com.\n"},
        {GOOD_ZONE "_mta-sts CNAME a.x.test.\n_smtp._tls CNAME b.x.test.\n"
                   "selector1._domainkey CNAME c.x.test.\ndefault._bimi CNAME d.x.test.\n",
         "warning alias-dangling default._bimi.example.com.\n"
         "warning alias-dangling selector1._domainkey.example.com.\n"
         "warning alias-dangling _mta-sts.example.com.\n"
         "warning alias-dangling _smtp._tls.example.com.\n"},
    };

    (void)state;
    assert_lists(cases, sizeof cases / sizeof cases[0], NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hosts_behind_a_filter_in_the_same_list),
        cmocka_unit_test(the_inside_view_is_said_once),
        cmocka_unit_test(a_single_host_is_one_with_one_address),
        cmocka_unit_test(a_logo_that_is_not_shown),
        cmocka_unit_test(aliases_at_policy_names),
    };

    return cmocka_run_group_tests_name("findings of the view", tests, NULL, NULL);
}
