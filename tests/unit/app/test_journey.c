/* A message's journey: what TLS makes of its transfer. */
#include "app/state/state.h"
#include "drive.h"
#include "unit/check.h"

/* RFC 8461, RFC 7672: which hosts remain for whom, at the station where mail is transferred. */
static void the_journey_tells_which_hosts_remain(void **state)
{
    static const char zone[] =
        "$ORIGIN example.com.\n$TTL 3600\n@ SOA ns hm 1 7200 900 1209600 300\n@ NS ns\n"
        "ns A 192.0.2.53\n@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n"
        "_mta-sts TXT \"v=STSv1; id=1\"\n_25._tcp.mx1 TLSA 3 1 1 "
        "8D02536C887482BC34FF54E41D2BA659BF85B341A0A20AFADB5813DCFBCF286D\n";
    static const struct {
        const char *policy, *sees;
    } cases[] = {
        {"version: STSv1\nmode: enforce\nmx: mx1.example.com\nmax_age: 1\n",
         "senders with MTA-STS: mx1 only, never mx2"},
        {"version: STSv1\nmode: enforce\nmx: *.example.com\nmax_age: 1\n",
         "senders with MTA-STS: every host"},
        {"version: STSv1\nmode: enforce\nmx: other.example.com\nmax_age: 1\n",
         "senders with MTA-STS: none of the hosts"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct drive drive = {0};
        drive_open(&drive, 120, 60, zone);
        drive.ui->settings.survey.sts_policy = cases[i].policy;
        drive_name(&drive, "example.com");
        drive_command(&drive, "journey");
        drive_sees(&drive, cases[i].sees);
        drive_sees(&drive, "senders with DANE: hosts with TLSA records over TLS only");
        drive_close(&drive);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_journey_tells_which_hosts_remain)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
