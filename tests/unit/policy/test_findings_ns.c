/* Findings about the name servers of a zone: all that is told of them, whole. */
#include "base/text.h"
#include "dns/type.h"
#include "unit/check.h"
#include "unit/policy/findings_world.h"

#include <stdlib.h>
#include <string.h>

#define MAIL GOOD_MX GOOD_HOSTS
#define TWO  "@ NS ns1\n@ NS ns2\n"

static const struct {
    const char *zone, *silent, *told;
} cases[] = {
    {TWO "ns1 A 192.0.2.53\nns2 A 198.51.100.53\n", NULL, ""},
    {"", NULL,
     "warning ns-none example.com.: The zone has no NS record. Name servers refuse to load such a "
     "zone, and a delegation to it leads to no server.\n"},
    {"@ NS ns1\nns1 A 192.0.2.53\n", NULL,
     "warning ns-single example.com.: There is only one name server. While it is down, the domain "
     "does not resolve and mail is deferred.\n"},
    /* several names of one server */
    {TWO "ns1 A 192.0.2.53\nns2 A 192.0.2.53\n", NULL,
     "warning ns-single example.com.: There is only one name server, under several names. While it "
     "is down, the domain does not resolve and mail is deferred.\n"},
    {TWO "@ NS ns3\nns1 A 192.0.2.53\nns2 A 192.0.2.53\nns3 A 198.51.100.53\n", NULL, ""},
    {TWO "ns1 A 192.0.2.53\nns2 A 192.0.2.53\nns2 AAAA 2001:db8:1::53\n", NULL, ""},
    {TWO "ns1 A 192.0.2.53\n", NULL,
     "error ns-dangling ns2.example.com.: The name server does not exist, so it cannot be "
     "queried.\n"
     "warning ns-single example.com.: Only one of the name servers has an address. While it is "
     "down, the domain does not resolve and mail is deferred.\n"},
    {TWO "ns1 A 192.0.2.53\n", "ns2.example.com.",
     "unknown ns-dangling ns2.example.com.: The A lookup for ns2.example.com failed (timed out), "
     "so this could not be checked.\n"},
    {TWO "ns1 A 192.0.2.53\nns1 A 192.0.2.54\n", NULL,
     "error ns-dangling ns2.example.com.: The name server does not exist, so it cannot be "
     "queried.\n"},
    {TWO, NULL,
     "error ns-dangling ns1.example.com.: The name server does not exist, so it cannot be "
     "queried.\n"
     "error ns-dangling ns2.example.com.: The name server does not exist, so it cannot be "
     "queried.\n"},
    /* half of the addresses of a server is not known: nothing is said of one server or network */
    {"@ NS ns1\n@ NS half\nns1 A 192.0.2.53\nhalf A 192.0.2.53\n", NULL, ""},
    {"@ NS ns1\n@ NS half\nns1 A 192.0.2.53\nhalf A 192.0.2.54\n", NULL, ""},
    {"@ NS ns1\n@ NS six\nns1 AAAA 2001:db8::1\nsix AAAA 2001:db8::1\n", NULL, ""},
    {"@ NS ns1\n@ NS six\nns1 AAAA 2001:db8::1\nsix AAAA 2001:db8::2\n", NULL, ""},
    /* one network */
    {TWO "ns1 A 192.0.2.53\nns2 A 192.0.2.54\n", NULL,
     "warning ns-same-network example.com.: All name servers are in 192.0.2.0/24. If that network "
     "fails, the domain does not resolve and mail is deferred.\n"},
    {TWO "ns1 AAAA 2001:db8:5:1::1\nns2 AAAA 2001:db8:5:2::1\n", NULL,
     "warning ns-same-network example.com.: All name servers are in 2001:db8:5::/48. If that "
     "network fails, the domain does not resolve and mail is deferred.\n"},
    {TWO "ns1 A 192.0.2.53\nns1 AAAA 2001:db8:5:1::1\nns2 A 192.0.2.54\nns2 AAAA "
         "2001:db8:5:2::1\n",
     NULL,
     "warning ns-same-network example.com.: All name servers are in 192.0.2.0/24 and "
     "2001:db8:5::/48. If that network fails, the domain does not resolve and mail is deferred.\n"},
    {TWO "@ NS ns3\nns1 A 192.0.2.53\nns2 A 192.0.2.54\n", NULL,
     "error ns-dangling ns3.example.com.: The name server does not exist, so it cannot be "
     "queried.\n"
     "warning ns-same-network example.com.: All name servers are in 192.0.2.0/24. If that network "
     "fails, the domain does not resolve and mail is deferred.\n"},
    {TWO "@ NS ns3\nns1 A 192.0.2.53\nns2 A 192.0.2.54\n", "ns3.example.com.",
     "unknown ns-dangling ns3.example.com.: The A lookup for ns3.example.com failed (timed out), "
     "so this could not be checked.\n"},
    {TWO "@ NS ns3\nns1 A 192.0.2.53\nns2 A 192.0.2.54\nns3 A 203.0.113.1\n", NULL, ""},
    {TWO "ns1 A 192.0.2.53\nns1 A 203.0.113.1\nns2 A 192.0.2.54\n", NULL, ""},
    {TWO "ns1 A 192.0.2.53\nns2 AAAA 2001:db8:5:2::1\n", NULL, ""},
    /* names and addresses */
    {TWO "ns1 A 192.0.2.53\nns2 CNAME ns3\nns3 A 198.51.100.53\n", NULL,
     "error ns-cname ns2.example.com.: The name server is an alias of ns3.example.com. Many "
     "resolvers do not query it.\n"},
    {TWO "ns1 A 192.0.2.53\nns2 TXT x\n", NULL,
     "error ns-dangling ns2.example.com.: The name server has no address, so it cannot be "
     "queried.\n"
     "warning ns-single example.com.: Only one of the name servers has an address. While it is "
     "down, the domain does not resolve and mail is deferred.\n"},
    {TWO "ns1 A 192.0.2.53\nns2 A 10.0.0.1\n", NULL,
     "error ns-private-address ns2.example.com.: The name server has the address 10.0.0.1 (private "
     "address (RFC 1918, RFC 4193)). Resolvers elsewhere cannot query it and lose time.\n"},
    {TWO "ns1 A 192.0.2.53\nns2 AAAA fd00::1\nns2 A 198.51.100.53\n", NULL,
     "error ns-private-address ns2.example.com.: The name server has the address fd00::1 (private "
     "address (RFC 1918, RFC 4193)). Resolvers elsewhere cannot query it and lose time.\n"},
    {TWO "ns1 A 192.0.2.53\nns2 A 127.0.0.1\n", NULL, ""},
    {TWO "ns1 A 10.0.0.1\nns2 A 10.1.0.1\nns2 A 10.1.0.2\n", NULL,
     "error ns-private-address ns1.example.com.: The name server has the address 10.0.0.1 (private "
     "address (RFC 1918, RFC 4193)). Resolvers elsewhere cannot query it and lose time.\n"
     "error ns-private-address ns2.example.com.: The name server has the address 10.1.0.1 (private "
     "address (RFC 1918, RFC 4193)). Resolvers elsewhere cannot query it and lose time. The same "
     "applies to 10.1.0.2.\n"},
};

static void fail_half(struct reply *reply)
{
    if ((reply->question.type == TYPE_AAAA && !strcmp(reply->question.name, "half.example.com.")) ||
        (reply->question.type == TYPE_A && !strcmp(reply->question.name, "six.example.com.")))
        reply->outcome = OUTCOME_SERVFAIL;
}

static bool is_about_servers(const struct finding *finding)
{
    return strncmp(finding->id, "ns-", 3) == 0;
}

static void what_is_told_of_name_servers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text zone = {0}, told = {0};
        struct findings_world world;

        text_format(&zone, MAIL "%s", cases[i].zone);
        findings_world_init(&world, text_get(&zone));
        world.zone.silent = cases[i].silent;
        world.zone.adjust = fail_half;
        findings_world_judge(&world);
        for (size_t k = 0; k < world.findings->count; k++) {
            const struct finding *finding = &world.findings->findings[k];

            if (is_about_servers(finding))
                text_format(&told, "%s %s %s: %s\n", severity_text(finding->severity), finding->id,
                            finding->subject, finding->text);
        }
        if (strcmp(text_get(&told), cases[i].told) != 0)
            fail_msg("%s\n%s", cases[i].zone, text_get(&told));
        findings_world_clear(&world);
        text_clear(&zone);
        text_clear(&told);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_told_of_name_servers)};

    return cmocka_run_group_tests_name("findings_ns", tests, NULL, NULL);
}
