#include "unit/report/report_world.h"

#include "base/utf8.h"
#include "unit/check.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char rich[] =
    "@ MX 10 mx1\n@ MX 20 mx2\n@ MX 20 mx3\n@ MX 30 mx.example.net.\n@ A 192.0.2.80\n"
    "@ TXT \"v=spf1 mx -all\"\nmx1 A 192.0.2.1\nmx1 AAAA 2001:db8::1\nmx2 CNAME mx1\n"
    "1.2.0.192.in-addr.arpa. PTR mx1\n"
    "_ldap._tcp SRV 0 6 389 ldap1\n_ldap._tcp SRV 0 4 389 ldap2\nldap1 A 192.0.2.31\n"
    "_imap._tcp SRV 0 0 143 ldap1\n_imap._tcp SRV 0 0 143 ldap2\n_pop3._tcp SRV 0 0 0 .\n";

/* Every part stands somewhere in the report. */
static void assert_tells(const struct report_request *request, const char *const *parts,
                         size_t count)
{
    char *text = report_world_text(request);

    for (size_t i = 0; i < count; i++)
        if (!strstr(text, parts[i]))
            fail_msg("\"%s\" is not in:\n%s", parts[i], text);
    free(text);
}

static void the_panes_are_told_in_words_and_columns(void **state)
{
    static const char *const parts[] = {
        "example.com: answered, from test.zone, ",
        "\nMX (authoritative answer of zone test.zone)\n",
        "  1st       10  mx1.example.com ",
        "                  192.0.2.1  PTR mx1.example.com ",
        "                  2001:db8::1 ",
        "  2nd  /    20  mx2.example.com ",
        "                  alias of mx1.example.com\n",
        "       \\    20  mx3.example.com ",
        "                  no address: no such name (NXDOMAIN)\n",
        "  3rd       30  mx.example.net ",
        "  outside\n",
        "\nAddresses\n  192.0.2.80 ",
        "\nNS\n  ns1.example.com ",
        "\nSRV\n    prio weight  port  target",
        "  _ldap._tcp.example.com  LDAP directory\n",
        "       0      6   389  ldap1.example.com ",
        " 60.0%    59.1%\n",
        "    no weights at priority 0: no balancing is intended (RFC 2782)\n",
        "    not offered here (target \".\", RFC 2782)\n",
        "  49 more services: no such name (NXDOMAIN)\n",
        "  TXT (1h) \"v=spf1 mx -all\"\n",
        "\nDecision of a sender (RFC 5321)\n",
        "\nMail policy\n",
        "\nFindings: ",
    };
    static const struct report_request request = {.zone = rich};

    (void)state;
    assert_tells(&request, parts, COUNT(parts));
}

static void each_state_has_its_own_words(void **state)
{
    static const struct {
        const char *name, *silent, *said;
    } cases[] = {
        {"text.example.com", NULL, "No address either: mail cannot be delivered"},
        {"text.example.com", NULL, "none: the name exists, but has no address of its own"},
        {"text.example.com", NULL, "none: the name is not the top of a zone (NODATA)"},
        {"gone.example.com", NULL, "no such name (NXDOMAIN)"},
        {"example.org", NULL, "not in the file: no zone given for example.org"},
        {"example.com", "example.com.", "timed out"},
        {"a.example.com", NULL, "(implicit MX, RFC 5321 5.1)"},
        {"null.example.com", NULL, "Null MX: this domain accepts no mail (RFC 7505)."},
        {"192.0.2.1", NULL, "\nPTR\n  mx1.example.com "},
        {"192.0.2.9", NULL, "\nPTR\n  not in the file"},
        {"loop.example.com", NULL, "the aliases form a loop"},
        {"User@a.example.com:25", NULL, "\n(left out: User@, :25)\n"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct report_request request = {
            .zone = "text TXT \"x\"\na A 192.0.2.7\nnull MX 0 .\nmx1 A 192.0.2.1\n"
                    "1.2.0.192.in-addr.arpa. PTR mx1\nloop CNAME ring\nring CNAME loop\n",
            .name = cases[i].name,
            .silent = cases[i].silent};
        assert_tells(&request, &cases[i].said, 1);
    }
}

static void a_time_out_is_not_told_as_absence(void **state)
{
    static const char *const parts[] = {"  1 more service: timed out\n",
                                        "  48 more services: no such name (NXDOMAIN)\n"};
    static const struct report_request request = {.zone = rich, .silent = "_sip._udp.example.com."};

    (void)state;
    assert_tells(&request, parts, COUNT(parts));
}

static void each_reason_why_a_service_has_no_records_is_a_line(void **state)
{
    static const char *const parts[] = {
        "  *._tcp.example.com  every service (wildcard)\n",
        "  1 more service: timed out\n  1 more service: no data (NODATA)\n"
        "  11 more services: no such name (NXDOMAIN)\n"
        "  39 more services: answered by the wildcard\n\nOther records\n"};
    static const struct report_request request = {
        .zone = "*._tcp SRV 0 0 5 a\na A 192.0.2.1\n_sip._udp TXT \"x\"\n",
        .silent = "_kerberos._udp.example.com."};

    (void)state;
    assert_tells(&request, parts, COUNT(parts));
}

static void a_simulation_is_told_step_by_step_and_as_bars(void **state)
{
    static const char *const parts[] = {
        "\nOne delivery, step by step (seed 42)\n   1 MX lookup for example.com: 4 records ",
        "\n1000 deliveries (seed 42)\n",
        "\n  Tried first                                            drawn (exact)  s.e.\n"
        "    10 mx1            ################################# 100.0%   (100)\n",
        "\n  Outcome\n"
        "  * mx1               ################################# 100.0%   (100)\n\n"
        "  Addresses tried\n"
        "      1               ################################# 100.0%   (100)\n",
        "\nA client's choice among the SRV records of _ldap._tcp.example.com\n",
        "\n  Priority 0: tried first\n"
        "                                     nominal RFC 2782    drawn\n"
        "      6  ldap1                         60.0%    59.1%",
    };
    static const struct report_request request = {
        .zone = rich, .deliveries = 1000, .seed = 42, .srv_owner = "_ldap._tcp.example.com."};

    (void)state;
    assert_tells(&request, parts, COUNT(parts));
}

static void the_secondary_is_told_what_it_must_not_try_rfc5321_5_1(void **state)
{
    static const char *const parts[] = {
        "\nDecision of a sender (RFC 5321, being mx3.example.com)\n",
        "  mx3.example.com (20) is ignored: ",
        "  mx.example.net (30) is ignored: ",
    };
    static const struct report_request request = {
        .zone = "@ MX 10 mx1\n@ MX 20 mx3\n@ MX 30 mx.example.net.\nmx1 A 192.0.2.1\n"
                "mx3 A 192.0.2.3\nmx.example.net. A 203.0.113.1\n",
        .as = "mx3.example.com"};

    (void)state;
    assert_tells(&request, parts, COUNT(parts));
}

/* All but records to publish, which are never wrapped. */
static void lines_fit_into_80_columns(void **state)
{
    static const struct report_request request = {
        .zone = "@ MX 10 example-com.mail.protection.outlook.example.\n@ MX 20 mx2\n"
                "mx2 A 192.0.2.2\nmx2 AAAA 2001:db8:1234:5678:9abc:def0:1234:5678\n"
                "_ldap._tcp SRV 0 6 389 directory-server-one\n_ldap._tcp SRV 0 4 389 ldap2\n"
                "@ TXT \"v=spf1 include:spf.protection.outlook.example ip4:192.0.2.0/24 "
                "ip4:198.51.100.0/24 ip4:203.0.113.0/24 -all\"\n",
        .deliveries = 1000,
        .down = "example-com.mail.protection.outlook.example",
        .srv_owner = "_ldap._tcp.example.com."};
    char *text = report_world_text(&request), *rest = NULL;

    (void)state;
    for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
        if (utf8_columns(line) > 80 && !strstr(line, " IN "))
            fail_msg("%d columns: %s", utf8_columns(line), line);
    free(text);
}

static void u_labels_are_shown_where_the_terminal_can_rfc5890(void **state)
{
    static const char zone[] = "xn--bcher-kva.example. MX 10 mx.xn--bcher-kva.example.\n"
                               "xn--bcher-kva.example. TXT \"gr\\195\\188n\"\n";
    static const char *const decoded[] = {"xn--bcher-kva.example (bücher.example): answered"};
    struct report_request request = {
        .zone = zone, .name = "jürgen@bücher.example", .unicode = true, .deliveries = 10};
    char *text;

    (void)state;
    assert_tells(&request, decoded, COUNT(decoded));
    request.unicode = false;
    text = report_world_text(&request);
    for (const char *c = text; *c; c++)
        assert_true(*c == '\n' || ((unsigned char)*c >= 0x20 && (unsigned char)*c < 0x7f));
    assert_non_null(strstr(text, "(left out: j\\195\\188rgen@)"));
    assert_non_null(strstr(text, "xn--bcher-kva.example: answered"));
    free(text);
}

static void hostile_text_cannot_steer_a_terminal(void **state)
{
    static const struct report_request request = {
        .zone =
            "@ MX 10 \\027]0\\;x\\007.\\226\\128\\174\n@ TXT \"\\027[2J\\013\\010fake: answered\"\n"
            "@ TXT \"v=spf1 exp=\\027[2J -all\"\n_dmarc TXT \"v=DMARC1; p=\\027[2J\"\n",
        .unicode = true};
    char *text = report_world_text(&request);

    (void)state;
    assert_null(strpbrk(text, "\x1b\x07\r\x7f"));
    assert_null(strstr(text, "\xe2\x80\xae"));
    assert_null(strstr(text, "\nfake"));
    free(text);
}

static void what_was_not_asked_is_admitted(void **state)
{
    struct text zone = {0};
    struct report_request request = {0};
    static const char *const said[] = {
        ", 100 of 100 queries answered\n",
        "more were not queried: --questions allows 100 for one name)\n",
        "no address: not queried: the queries allowed for one name are used up\n"};

    (void)state;
    for (unsigned i = 0; i < 150; i++)
        text_format(&zone, "@ MX %u mx%u\nmx%u A 192.0.2.%u\n", i, i, i, i);
    request.zone = text_get(&zone);
    request.questions = 100;
    assert_tells(&request, said, 3);
    text_clear(&zone);
}

static void equal_requests_give_equal_bytes(void **state)
{
    static const struct report_request request = {.zone = rich, .deliveries = 1000, .seed = 3};
    char *once = report_world_text(&request), *again = report_world_text(&request);

    (void)state;
    assert_string_equal(once, again);
    free(once);
    free(again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_panes_are_told_in_words_and_columns),
        cmocka_unit_test(each_state_has_its_own_words),
        cmocka_unit_test(a_time_out_is_not_told_as_absence),
        cmocka_unit_test(each_reason_why_a_service_has_no_records_is_a_line),
        cmocka_unit_test(a_simulation_is_told_step_by_step_and_as_bars),
        cmocka_unit_test(the_secondary_is_told_what_it_must_not_try_rfc5321_5_1),
        cmocka_unit_test(lines_fit_into_80_columns),
        cmocka_unit_test(u_labels_are_shown_where_the_terminal_can_rfc5890),
        cmocka_unit_test(hostile_text_cannot_steer_a_terminal),
        cmocka_unit_test(what_was_not_asked_is_admitted),
        cmocka_unit_test(equal_requests_give_equal_bytes),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
