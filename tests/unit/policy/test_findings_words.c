/* What findings about the way say, and what is to be done: all of it. */
#include "unit/check.h"
#include "unit/policy/findings_world.h"

#define ROUTE GOOD_SERVERS GOOD_MX GOOD_HOSTS GOOD_REVERSE

/* MX records and their hosts */
static const struct list_case mx_cases[] = {
    {GOOD_SERVERS "mx1 A 192.0.2.1\nmx1 AAAA 2001:db8:1::1\nmx2 A 198.51.100.1\nmx2 AAAA "
                  "2001:db8:2::1\n" GOOD_POLICY GOOD_REVERSE,
     "error mx-none example.com.: There is neither an MX nor an address record, so senders bounce "
     "mail for this name. / Publish MX records, or the null MX if the name accepts no mail.\n"
     "notice a-none example.com.: The name has no address. Mail does not need one, but browsers "
     "find nothing there.\n"},
    {GOOD_SERVERS GOOD_HOSTS GOOD_POLICY GOOD_REVERSE,
     "warning ptr-missing example.com.: 192.0.2.80 has no PTR record. When the host sends mail, "
     "many receivers reject it. / Have the owner of the address range publish the name.\n"
     "notice mx-implicit example.com.: There is no MX record. Senders deliver to the address of "
     "the name itself (implicit MX). / If the name accepts mail, publish an MX record; if not, "
     "publish the null MX.\n"},
    {GOOD_SERVERS "mx1 A 192.0.2.1\nmx1 AAAA 2001:db8:1::1\nmx2 A 198.51.100.1\nmx2 AAAA "
                  "2001:db8:2::1\n" GOOD_POLICY GOOD_REVERSE "example.com MX 10 mx1\n",
     "error mx-none example.com.: The MX records are at example.com.example.com, where they are "
     "never looked up. The name of the zone is in their owner twice, because the last dot is "
     "missing. / Write \"example.com.\" as the owner, with the last dot.\n"
     "notice a-none example.com.: The name has no address. Mail does not need one, but browsers "
     "find nothing there.\n"},
    {GOOD_SERVERS GOOD_HOSTS GOOD_POLICY GOOD_REVERSE "example.com MX 10 mx1\n",
     "warning mx-implicit example.com.: The MX records are at example.com.example.com, where they "
     "are never looked up. The name of the zone is in their owner twice, because the last dot is "
     "missing. / Write \"example.com.\" as the owner, with the last dot.\n"
     "warning ptr-missing example.com.: 192.0.2.80 has no PTR record. When the host sends mail, "
     "many receivers reject it. / Have the owner of the address range publish the name.\n"},
    {GOOD_SERVERS GOOD_HOSTS GOOD_POLICY GOOD_REVERSE "@ MX 0 .\n"
                                                      "@ MX 10 mx1\n"
                                                      "@ MX 20 mx2\n",
     "error mx-null-mixed example.com.: There is a null MX among real MX hosts. Postfix and "
     "Courier bounce all mail for the domain; others ignore the null MX. / Remove the record whose "
     "target is \".\", or all others.\n"},
    {GOOD_SERVERS GOOD_HOSTS GOOD_POLICY GOOD_REVERSE "@ MX 10 .\n",
     "warning mx-null-preference example.com.: The target is \".\", but the preference is not 0. "
     "Some senders treat it as a null MX, others as a broken record, and keep retrying. / Set the "
     "preference to 0.\n"},
    {GOOD_SERVERS GOOD_HOSTS GOOD_POLICY GOOD_REVERSE "@ MX 10 192.0.2.1\n"
                                                      "@ MX 20 mx2\n"
                                                      "@ MX 30 mx1\n",
     "error mx-literal example.com.: The MX target 192.0.2.1.example.com is an IP address followed "
     "by the domain. There is no such host, and mail for it bounces. / Give the address a name and "
     "use that.\n"},
    {GOOD_SERVERS GOOD_HOSTS GOOD_POLICY GOOD_REVERSE "@ MX 10 192.0.2.1.\n"
                                                      "@ MX 20 mx2\n"
                                                      "@ MX 30 mx1\n",
     "error mx-literal example.com.: The MX target 192.0.2.1 is an IP address, not a hostname. "
     "Exim cannot use it, and Courier bounces all mail for the domain. / Give the address a name "
     "and use that.\n"},
    {GOOD_SERVERS GOOD_HOSTS GOOD_POLICY GOOD_REVERSE "@ MX 10 localhost.\n"
                                                      "@ MX 20 mx2\n"
                                                      "@ MX 30 localhost\n"
                                                      "localhost A 127.0.0.1\n",
     "error mx-localhost example.com.: The MX host is localhost. Senders connect to themselves, "
     "and the mail loops or bounces. / Name the real mail host; for a name without mail publish "
     "the null MX.\n"
     "error mx-localhost example.com.: The MX host is localhost. Senders connect to themselves, "
     "and the mail loops or bounces. / Name the real mail host; for a name without mail publish "
     "the null MX.\n"},
    {GOOD_SERVERS GOOD_HOSTS GOOD_POLICY GOOD_REVERSE "@ MX 10 localhost\n"
                                                      "localhost A 192.0.2.1\n"
                                                      "@ MX 20 mx2\n",
     ""},
    {GOOD_ZONE "@ MX 30 mx2\n",
     "warning mx-duplicate example.com.: The MX host mx2.example.com is listed more than once. "
     "Postfix tries it again at the second preference; Exim and Sendmail ignore one of the two. / "
     "Remove this record; the lower preference stays.\n"},
    {GOOD_SERVERS GOOD_HOSTS GOOD_POLICY GOOD_REVERSE "@ MX 10 mx1\n",
     "notice mx-single example.com.: There is only one MX host. While it is down, senders queue "
     "the mail and retry for days.\n"},
    {GOOD_SERVERS GOOD_HOSTS GOOD_POLICY GOOD_REVERSE "@ MX 10 m0\n"
                                                      "@ MX 10 m1\n"
                                                      "@ MX 10 m2\n"
                                                      "@ MX 10 m3\n"
                                                      "@ MX 10 m4\n"
                                                      "@ MX 10 m5\n"
                                                      "@ MX 10 m6\n"
                                                      "@ MX 10 m7\n"
                                                      "@ MX 10 m8\n"
                                                      "@ MX 10 m9\n",
     "error mx-dangling m0.example.com.: The MX host does not exist. Senders skip it, and bounce "
     "the mail when no other is left. / Publish an address record (A or AAAA) of m0.example.com "
     "with the address of the host, or remove the MX record.\n"
     "error mx-dangling m1.example.com.: The MX host does not exist. Senders skip it, and bounce "
     "the mail when no other is left. / Publish an address record (A or AAAA) of m1.example.com "
     "with the address of the host, or remove the MX record.\n"
     "error mx-dangling m2.example.com.: The MX host does not exist. Senders skip it, and bounce "
     "the mail when no other is left. / Publish an address record (A or AAAA) of m2.example.com "
     "with the address of the host, or remove the MX record.\n"
     "error mx-dangling m3.example.com.: The MX host does not exist. Senders skip it, and bounce "
     "the mail when no other is left. / Publish an address record (A or AAAA) of m3.example.com "
     "with the address of the host, or remove the MX record.\n"
     "error mx-dangling m4.example.com.: The MX host does not exist. Senders skip it, and bounce "
     "the mail when no other is left. / Publish an address record (A or AAAA) of m4.example.com "
     "with the address of the host, or remove the MX record.\n"
     "error mx-dangling m5.example.com.: The MX host does not exist. Senders skip it, and bounce "
     "the mail when no other is left. / Publish an address record (A or AAAA) of m5.example.com "
     "with the address of the host, or remove the MX record.\n"
     "error mx-dangling m6.example.com.: The MX host does not exist. Senders skip it, and bounce "
     "the mail when no other is left. / Publish an address record (A or AAAA) of m6.example.com "
     "with the address of the host, or remove the MX record.\n"
     "error mx-dangling m7.example.com.: The MX host does not exist. Senders skip it, and bounce "
     "the mail when no other is left. / Publish an address record (A or AAAA) of m7.example.com "
     "with the address of the host, or remove the MX record.\n"
     "error mx-dangling m8.example.com.: The MX host does not exist. Senders skip it, and bounce "
     "the mail when no other is left. / Publish an address record (A or AAAA) of m8.example.com "
     "with the address of the host, or remove the MX record.\n"
     "error mx-dangling m9.example.com.: The MX host does not exist. Senders skip it, and bounce "
     "the mail when no other is left. / Publish an address record (A or AAAA) of m9.example.com "
     "with the address of the host, or remove the MX record.\n"},
    {GOOD_SERVERS GOOD_HOSTS GOOD_POLICY GOOD_REVERSE "@ MX 10 m0\n"
                                                      "@ MX 10 m1\n"
                                                      "@ MX 10 m2\n"
                                                      "@ MX 10 m3\n"
                                                      "@ MX 10 m4\n"
                                                      "@ MX 10 m5\n"
                                                      "@ MX 10 m6\n"
                                                      "@ MX 10 m7\n"
                                                      "@ MX 10 m8\n"
                                                      "@ MX 10 m9\n"
                                                      "@ MX 10 m10\n",
     "error mx-dangling m0.example.com.: The MX host does not exist. Senders skip it, and bounce "
     "the mail when no other is left. / Publish an address record (A or AAAA) of m0.example.com "
     "with the address of the host, or remove the MX record.\n"
     "error mx-dangling m1.example.com.: The MX host does not exist. Senders skip it, and bounce "
     "the mail when no other is left. / Publish an address record (A or AAAA) of m1.example.com "
     "with the address of the host, or remove the MX record.\n"
     "error mx-dangling m10.example.com.: The MX host does not exist. Senders skip it, and bounce "
     "the mail when no other is left. / Publish an address record (A or AAAA) of m10.example.com "
     "with the address of the host, or remove the MX record.\n"
     "error mx-dangling m2.example.com.: The MX host does not exist. Senders skip it, and bounce "
     "the mail when no other is left. / Publish an address record (A or AAAA) of m2.example.com "
     "with the address of the host, or remove the MX record.\n"
     "error mx-dangling m3.example.com.: The MX host does not exist. Senders skip it, and bounce "
     "the mail when no other is left. / Publish an address record (A or AAAA) of m3.example.com "
     "with the address of the host, or remove the MX record.\n"
     "error mx-dangling m4.example.com.: The MX host does not exist. Senders skip it, and bounce "
     "the mail when no other is left. / Publish an address record (A or AAAA) of m4.example.com "
     "with the address of the host, or remove the MX record.\n"
     "error mx-dangling m5.example.com.: The MX host does not exist. Senders skip it, and bounce "
     "the mail when no other is left. / Publish an address record (A or AAAA) of m5.example.com "
     "with the address of the host, or remove the MX record.\n"
     "error mx-dangling m6.example.com.: The MX host does not exist. Senders skip it, and bounce "
     "the mail when no other is left. / Publish an address record (A or AAAA) of m6.example.com "
     "with the address of the host, or remove the MX record.\n"
     "error mx-dangling m7.example.com.: The MX host does not exist. Senders skip it, and bounce "
     "the mail when no other is left. / Publish an address record (A or AAAA) of m7.example.com "
     "with the address of the host, or remove the MX record.\n"
     "error mx-dangling m8.example.com.: The MX host does not exist. Senders skip it, and bounce "
     "the mail when no other is left. / Publish an address record (A or AAAA) of m8.example.com "
     "with the address of the host, or remove the MX record.\n"
     "error mx-dangling m9.example.com.: The MX host does not exist. Senders skip it, and bounce "
     "the mail when no other is left. / Publish an address record (A or AAAA) of m9.example.com "
     "with the address of the host, or remove the MX record.\n"
     "error spf-mx-many example.com.: \"mx\" refers to more than 10 MX hosts. Receivers then "
     "return permerror for every sender that no earlier term matches. / Name the networks of the "
     "hosts with ip4: and ip6: instead.\n"
     "notice mx-many example.com.: There are 11 MX hosts. Most senders stop after five addresses, "
     "and SPF evaluates ten MX hosts at most. / Use two to four MX hosts; give the busy ones "
     "several addresses.\n"},
    {GOOD_SERVERS GOOD_HOSTS GOOD_POLICY GOOD_REVERSE "* MX 10 mx1\n"
                                                      "@ MX 10 mx1\n"
                                                      "@ MX 10 mx2\n",
     "notice mx-wildcard example.com.: A random name has MX records. A wildcard catches mail for "
     "mistyped names, but not for names that have any other record, such as mx1.example.com. / "
     "Give every name that accepts mail its own MX records, and remove the wildcard unless it is "
     "wanted.\n"},
    {GOOD_SERVERS "mx1 A 192.0.2.1\nmx1 AAAA 2001:db8:1::1\nmx2 A 198.51.100.1\nmx2 AAAA "
                  "2001:db8:2::1\n" GOOD_POLICY GOOD_REVERSE "@ MX 10 mx1\n"
                  "@ MX 20 mx2\n"
                  "* MX 10 mx1\n",
     "notice mx-wildcard example.com.: A random name has MX records. A wildcard catches mail for "
     "mistyped names, but not for names that have any other record, such as mx1.example.com. / "
     "Give every name that accepts mail its own MX records, and remove the wildcard unless it is "
     "wanted.\n"
     "notice a-none example.com.: The name has no address. Mail does not need one, but browsers "
     "find nothing there.\n"},
    {GOOD_ZONE "@ MX 30 mx_3\n"
               "mx_3 A 203.0.113.9\n"
               "9.113.0.203.in-addr.arpa. PTR mx_3\n",
     "warning mx-hostname mx_3.example.com.: The MX target is not a valid hostname. Only letters, "
     "digits and hyphens are allowed; some senders and certificate authorities reject it. / Give "
     "the host a name without other characters.\n"},
    {GOOD_ZONE "@ MX 30 mx3\n"
               "mx3 TXT \"x\"\n"
               "@ MX 40 mx4\n"
               "@ MX 50 mx5\n"
               "mx5 CNAME mx1.example.org\n",
     "error mx-cname mx5.example.com.: The MX target is an alias of mx1.example.org.example.com. "
     "Senders follow it at the cost of one more lookup, but a secondary may not recognise itself "
     "and mail may loop. / Name the host itself in the MX record.\n"
     "error mx-dangling mx3.example.com.: The MX host has no address. Senders skip it, and bounce "
     "the mail when no other is left. / Publish an address record (A or AAAA) of mx3.example.com "
     "with the address of the host, or remove the MX record.\n"
     "error mx-dangling mx4.example.com.: The MX host does not exist. Senders skip it, and bounce "
     "the mail when no other is left. / Publish an address record (A or AAAA) of mx4.example.com "
     "with the address of the host, or remove the MX record.\n"
     "error mx-dangling mx5.example.com.: The MX host does not exist. Senders skip it, and bounce "
     "the mail when no other is left. / If mx1.example.org is meant, the last dot is missing: "
     "write \"mx1.example.org.\" in the CNAME record.\n"},
    {GOOD_ZONE "@ MX 30 x.silent\n",
     "unknown mx-unresolvable x.silent.example.com.: The A lookup for x.silent.example.com failed "
     "(timed out), so this could not be checked.\n"
     "unknown spf-voids x.silent.example.com.: The A lookup for x.silent.example.com failed (timed "
     "out), so this could not be checked.\n"},
    {GOOD_ZONE
     "@ MX 30 mx3\n"
     "mx3 A 192.0.2.1\n"
     "mx3 AAAA 2001:db8:3::1\n"
     "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.3.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. PTR mx3\n",
     "notice mx-shared-address mx3.example.com.: 192.0.2.1 is also the address of mx1.example.com. "
     "These are two names of one host; Postfix tries the address twice. / Keep one of the two MX "
     "records.\n"},
    {GOOD_ZONE "@ MX 30 mx3\n"
               "mx3 AAAA 2001:db8:1::1\n",
     "notice mx-shared-address mx3.example.com.: 2001:db8:1::1 is also the address of "
     "mx1.example.com. These are two names of one host; Postfix tries the address twice. / Keep "
     "one of the two MX records.\n"},
    {GOOD_ZONE "@ MX 30 mx3\n"
               "mx3 A 127.0.0.1\n"
               "mx3 AAAA ::1\n",
     "error mx-loopback mx3.example.com.: The MX host has the address 127.0.0.1 (loopback address "
     "(RFC 1122, RFC 4291)). Every sender connects to itself, and the mail loops or bounces. / "
     "Publish the address of the mail host; for a name without mail the null MX.\n"
     "error mx-loopback mx3.example.com.: The MX host has the address ::1 (loopback address (RFC "
     "1122, RFC 4291)). Every sender connects to itself, and the mail loops or bounces. / Publish "
     "the address of the mail host; for a name without mail the null MX.\n"},
    {GOOD_ZONE "@ MX 30 mx3\n"
               "mx3 A 10.0.0.1\n"
               "mx3 A 10.0.0.2\n"
               "mx3 AAAA fd00::1\n",
     "error mx-private-address mx3.example.com.: The MX host has the address 10.0.0.1 (private "
     "address (RFC 1918, RFC 4193)). Senders elsewhere cannot reach it, or reach another host. The "
     "same applies to 10.0.0.2. / Publish a public address; serve private ones from internal name "
     "servers only.\n"
     "error mx-private-address mx3.example.com.: The MX host has the address fd00::1 (private "
     "address (RFC 1918, RFC 4193)). Senders elsewhere cannot reach it, or reach another host. / "
     "Publish a public address; serve private ones from internal name servers only.\n"},
    {GOOD_SERVERS "@ A 192.0.2.80\n" GOOD_POLICY GOOD_REVERSE "@ MX 10 mx1\n"
                  "@ MX 20 mx2\n"
                  "mx1 AAAA 2001:db8:1::1\n"
                  "mx2 AAAA 2001:db8:2::1\n",
     "warning mx-v6-only example.com.: No MX host has an IPv4 address. Most senders still use "
     "IPv4, and bounce the mail. / Give at least one MX host an A record.\n"},
    {GOOD_SERVERS "@ A 192.0.2.80\n" GOOD_POLICY GOOD_REVERSE "@ MX 10 mx1\n"
                  "@ MX 20 mx2\n"
                  "mx1 A 192.0.2.1\n"
                  "mx2 A 198.51.100.1\n",
     "notice mx-v4-only example.com.: No MX host has an IPv6 address. Senders without IPv4 cannot "
     "deliver. / Give at least one MX host an AAAA record.\n"},
    {GOOD_SERVERS "@ A 192.0.2.80\n" GOOD_POLICY GOOD_REVERSE "@ MX 10 m1\n"
                  "m1 A 192.0.2.1\n"
                  "@ MX 10 m2\n"
                  "m2 A 192.0.2.2\n"
                  "@ MX 10 m3\n"
                  "m3 A 192.0.2.3\n"
                  "@ MX 10 m4\n"
                  "m4 A 192.0.2.4\n"
                  "@ MX 20 mx2\n"
                  "mx2 A 198.51.100.1\n",
     "warning ptr-missing m2.example.com.: 192.0.2.2 has no PTR record. When the host sends mail, "
     "many receivers reject it. / Have the owner of the address range publish the name.\n"
     "warning ptr-missing m3.example.com.: 192.0.2.3 has no PTR record. When the host sends mail, "
     "many receivers reject it. / Have the owner of the address range publish the name.\n"
     "warning ptr-missing m4.example.com.: 192.0.2.4 has no PTR record. When the host sends mail, "
     "many receivers reject it. / Have the owner of the address range publish the name.\n"
     "warning ptr-unconfirmed m1.example.com.: The reverse name of 192.0.2.1 is mx1.example.com. "
     "That name does not have this address, so receivers treat it as forged. / Give the name this "
     "address, or the address another name.\n"
     "notice mx-same-network example.com.: m1.example.com, m2.example.com, m3.example.com, "
     "m4.example.com share the network 192.0.2.0/24. If it fails, all of them are down. / Put one "
     "of them on another network.\n"
     "notice mx-v4-only example.com.: No MX host has an IPv6 address. Senders without IPv4 cannot "
     "deliver. / Give at least one MX host an AAAA record.\n"},
    {GOOD_SERVERS "@ A 192.0.2.80\n" GOOD_POLICY GOOD_REVERSE "@ MX 1 m1\n"
                  "m1 A 192.0.2.11\n"
                  "11.2.0.192.in-addr.arpa. PTR m1\n"
                  "@ MX 2 m2\n"
                  "m2 A 192.0.2.12\n"
                  "12.2.0.192.in-addr.arpa. PTR m2\n"
                  "@ MX 3 m3\n"
                  "m3 A 192.0.2.13\n"
                  "13.2.0.192.in-addr.arpa. PTR m3\n"
                  "@ MX 4 m4\n"
                  "m4 A 192.0.2.14\n"
                  "14.2.0.192.in-addr.arpa. PTR m4\n"
                  "@ MX 5 m5\n"
                  "m5 A 192.0.2.15\n"
                  "15.2.0.192.in-addr.arpa. PTR m5\n"
                  "@ MX 20 mx2\n"
                  "mx2 A 198.51.100.1\n",
     "notice mx-same-network example.com.: m1.example.com, m2.example.com, m3.example.com, "
     "m4.example.com and 1 more share the network 192.0.2.0/24. If it fails, all of them are down. "
     "/ Put one of them on another network.\n"
     "notice mx-v4-only example.com.: No MX host has an IPv6 address. Senders without IPv4 cannot "
     "deliver. / Give at least one MX host an AAAA record.\n"},
};

/* aliases */
static const struct list_case names_cases[] = {
    {GOOD_ZONE "@ MX 30 c0\n"
               "c0 CNAME c1\n"
               "c1 CNAME c2\n"
               "c2 CNAME c3\n"
               "c3 CNAME mx1\n",
     "error mx-cname c0.example.com.: The MX target is an alias of mx1.example.com. Senders follow "
     "it at the cost of one more lookup, but a secondary may not recognise itself and mail may "
     "loop. / Name the host itself in the MX record.\n"},
    {GOOD_ZONE "@ MX 30 c0\n"
               "c0 CNAME c1\n"
               "c1 CNAME c2\n"
               "c2 CNAME c3\n"
               "c3 CNAME c4\n"
               "c4 CNAME mx1\n",
     "error mx-cname c0.example.com.: The MX target is an alias of mx1.example.com. Senders follow "
     "it at the cost of one more lookup, but a secondary may not recognise itself and mail may "
     "loop. / Name the host itself in the MX record.\n"
     "warning cname-chain-long c0.example.com.: The name leads through 5 aliases to "
     "mx1.example.com; resolvers give up after 8 to 16, and each is one more thing that can break. "
     "/ Point the name at its target directly.\n"},
    {GOOD_ZONE "@ MX 30 l0\n"
               "l0 CNAME l1\n"
               "l1 CNAME l0\n"
               "_smtp._tls CNAME t1\n"
               "t1 CNAME _smtp._tls\n",
     "error cname-loop _smtp._tls.example.com.: The aliases form a loop at _smtp._tls.example.com. "
     "Nothing is found under this name. / Replace one of the aliases by the record that is "
     "wanted.\n"
     "error cname-loop l0.example.com.: The aliases form a loop at l0.example.com. No sender finds "
     "an address. / Let one of the aliases point to a real host.\n"},
    {ROUTE GOOD_DMARC GOOD_DKIM "@ TXT \"v=spf1 mx include:l0.example.com -all\"\n"
                                "l0 CNAME l1\n"
                                "l1 CNAME l0\n",
     "error cname-loop l0.example.com.: The aliases form a loop at l0.example.com. Nothing is "
     "found under this name. / Replace one of the aliases by the record that is wanted.\n"},
    {GOOD_ZONE "_smtp._tls CNAME gone\n"
               "_mta-sts CNAME gone.x.test.\n"
               "default._bimi CNAME mx1\n",
     "warning alias-dangling default._bimi.example.com.: The name is an alias of mx1.example.com, "
     "which has no such record. No policy is found there. / Remove the CNAME record, or publish "
     "the record at mx1.example.com.\n"
     "warning alias-dangling _mta-sts.example.com.: The name is an alias of gone.x.test, which "
     "does not exist. No policy is found there, and whoever gets hold of that name can publish "
     "one. / Remove the CNAME record, or have the record published at gone.x.test.\n"
     "warning alias-dangling _smtp._tls.example.com.: The name is an alias of gone.example.com, "
     "which does not exist. No policy is found there. / Remove the CNAME record, or publish the "
     "record at gone.example.com.\n"},
    {GOOD_ZONE "_smtp._tls CNAME t.example.com\n"
               "t TXT \"v=TLSRPTv1; rua=mailto:t@example.com\"\n",
     "warning alias-dangling _smtp._tls.example.com.: The name is an alias of "
     "t.example.com.example.com, which does not exist. No policy is found there. / If "
     "t.example.com is meant, the last dot is missing: write \"t.example.com.\" in the CNAME "
     "record.\n"},
    {GOOD_ZONE "*._domainkey CNAME gone.x.test.\n",
     "warning alias-dangling *._domainkey.example.com.: The name is an alias of gone.x.test, which "
     "does not exist. No policy is found there, and whoever gets hold of that name can publish "
     "one. / Remove the CNAME record, or have the record published at gone.x.test.\n"},
    {GOOD_SERVERS
     "mx1 A 192.0.2.1\nmx2 A 198.51.100.1\nmx1 AAAA 2001:db8:1::1\nmx2 AAAA 2001:db8:2::1\n" GOOD_MX
         GOOD_POLICY GOOD_REVERSE,
     "notice a-none example.com.: The name has no address. Mail does not need one, but browsers "
     "find nothing there.\n"},
};

/* MTA-STS, TLS reports, BIMI, reverse names */
static const struct list_case transport_cases[] = {
    {GOOD_ZONE "_mta-sts TXT \"v=STSv1; id=2026-01-01\"\n"
               "mta-sts A 192.0.2.1\n",
     "error mta-sts-syntax _mta-sts.example.com.: The MTA-STS record cannot be used: id= is not 1 "
     "to 32 letters and digits. Senders act as if there were no policy. / Publish one record with "
     "an id of letters and digits, and change the id with the policy.\n"},
    {GOOD_ZONE
     "_mta-sts TXT \"v=STSv1; id=1; id=2\"\n"
     "mta-sts A 10.0.0.1\n"
     "_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:a@example.com; rua=mailto:b@example.com\"\n",
     "error mta-sts-policy-host mta-sts.example.com.: The MTA-STS record announces a policy, but "
     "the host it is fetched from has no address that senders can reach. They find no policy. / "
     "Give the host a public address, and serve the policy there.\n"
     "warning mta-sts-syntax _mta-sts.example.com.: In the MTA-STS record, id= is written twice. "
     "Which one counts is not defined, so senders differ. / Remove one of the two.\n"
     "warning tls-rpt-syntax _smtp._tls.example.com.: In the TLS report record, rua= is written "
     "twice. Which one counts is not defined, so senders differ. / Remove one of the two.\n"},
    {GOOD_ZONE "_mta-sts TXT \"v=STSv1; id=1\"\n"
               "_smtp._tls TXT \"v=TLSRPTv1\"\n",
     "error mta-sts-policy-host mta-sts.example.com.: The MTA-STS record announces a policy, but "
     "the host it is fetched from has no address. Senders find no policy. / Give the host an "
     "address and serve the policy there, or remove the record at _mta-sts.example.com.\n"
     "error tls-rpt-syntax _smtp._tls.example.com.: The TLS report record cannot be used: the tag "
     "rua= is missing (nothing follows the version, as happens in a zone file without quotation "
     "marks, where a semicolon begins a comment). No reports are sent. / Publish one record with "
     "an address for the reports.\n"},
    {GOOD_ZONE "_mta-sts TXT \"v=STSv1; id=1\"\n"
               "mta-sts CNAME gone\n",
     "error mta-sts-policy-host mta-sts.example.com.: The MTA-STS record announces a policy, but "
     "the host it is fetched from is an alias of gone.example.com, which does not exist. Senders "
     "find no policy. / Let the host lead to one that serves the policy, or remove the CNAME "
     "record and the record at _mta-sts.example.com.\n"
     "notice tls-rpt-none _smtp._tls.example.com.: MTA-STS makes senders require encryption, but "
     "no report is sent when it fails and mail does not arrive. / Publish an address for the daily "
     "reports.\n"},
    {GOOD_ZONE "_mta-sts TXT \"v=STSv1; id=1\"\n"
               "mta-sts CNAME gone.x.test.\n",
     "error mta-sts-policy-host mta-sts.example.com.: The MTA-STS record announces a policy, but "
     "the host it is fetched from is an alias of gone.x.test, which does not exist. Senders find "
     "no policy, and whoever gets hold of that name can serve one. / Let the host lead to one that "
     "serves the policy, or remove the CNAME record and the record at _mta-sts.example.com.\n"
     "notice tls-rpt-none _smtp._tls.example.com.: MTA-STS makes senders require encryption, but "
     "no report is sent when it fails and mail does not arrive. / Publish an address for the daily "
     "reports.\n"},
    {GOOD_ZONE "_mta-sts TXT \"v=STSv1; id=1\"\n"
               "mta-sts A 10.0.0.1\n"
               "mta-sts AAAA 2001:db8::1\n",
     "notice tls-rpt-none _smtp._tls.example.com.: MTA-STS makes senders require encryption, but "
     "no report is sent when it fails and mail does not arrive. / Publish an address for the daily "
     "reports.\n"},
    {GOOD_ZONE "_mta-sts.example.com TXT \"v=STSv1; id=1\"\n"
               "_smtp._tls.example.com TXT \"v=TLSRPTv1; rua=mailto:a@example.com\"\n",
     ""},
    {GOOD_ZONE "@ TXT \"v=STSv1; id=1\"\n"
               "@ TXT \"v=TLSRPTv1; rua=mailto:a@example.com\"\n",
     "warning mta-sts-syntax _mta-sts.example.com.: The MTA-STS record is at example.com "
     "itself, but it is looked up at _mta-sts.example.com only. / Move the record to "
     "_mta-sts.example.com.\n"
     "warning tls-rpt-syntax _smtp._tls.example.com.: The TLS report record is at example.com "
     "itself, but it is looked up at _smtp._tls.example.com only. / Move the record to "
     "_smtp._tls.example.com.\n"},
    {GOOD_SERVERS GOOD_MX GOOD_HOSTS GOOD_POLICY
     "1.2.0.192.in-addr.arpa. PTR mx2\n"
     "1.100.51.198.in-addr.arpa. PTR mx2\n"
     "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. PTR mx2\n"
     "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. PTR ns1\n"
     "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.2.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. PTR mx1.arpa.\n",
     "warning ptr-unconfirmed mx1.example.com.: The reverse name of 192.0.2.1 is mx2.example.com. "
     "That name does not have this address, so receivers treat it as forged. / Give the name this "
     "address, or the address another name.\n"
     "warning ptr-unconfirmed mx1.example.com.: The reverse names of 2001:db8:1::1 are "
     "mx2.example.com and 1 more. Those names do not have this address, so receivers treat them as "
     "forged. / Give the name this address, or the address another name.\n"
     "warning ptr-unconfirmed mx2.example.com.: The reverse name of 2001:db8:2::1 is mx1.arpa. "
     "That name does not have this address, so receivers treat it as forged. / The last dot is "
     "missing in the PTR record: the name of the reverse zone follows the one that is meant.\n"},
    {GOOD_SERVERS GOOD_MX GOOD_HOSTS GOOD_SPF GOOD_DKIM GOOD_REVERSE
     "_dmarc TXT \"v=DMARC1; p=quarantine; pct=50\"\n"
     "default._bimi TXT \"v=BIMI1; l=https://example.com/l.gif\"\n",
     "warning bimi-unusable default._bimi.example.com.: The BIMI record has no effect: l= does not "
     "name an SVG image; no logo is shown: DMARC must apply to all mail. / Publish one record "
     "whose l= is the https address of an SVG image. Set the DMARC policy to quarantine or reject, "
     "for subdomains too.\n"
     "notice dmarc-syntax _dmarc.example.com.: In the DMARC record: pct= is obsolete (RFC 9989); "
     "old receivers still apply it. / Correct these tags, or remove them.\n"},
    {GOOD_SERVERS GOOD_MX GOOD_HOSTS GOOD_SPF GOOD_DKIM GOOD_REVERSE
     "_dmarc TXT \"v=DMARC1; p=quarantine; pct=50\"\n"
     "default._bimi TXT \"v=BIMI1; l=https://example.com/l.svg\"\n",
     "notice dmarc-syntax _dmarc.example.com.: In the DMARC record: pct= is obsolete (RFC 9989); "
     "old receivers still apply it. / Correct these tags, or remove them.\n"
     "notice bimi-unusable default._bimi.example.com.: The BIMI record has no effect: no logo is "
     "shown: DMARC must apply to all mail. / Remove pct= from the DMARC record.\n"},
};

static void words_about_mx(void **state)
{
    (void)state;
    assert_told(mx_cases, sizeof mx_cases / sizeof *mx_cases, NULL);
}

static void words_about_aliases(void **state)
{
    (void)state;
    assert_told(names_cases, sizeof names_cases / sizeof *names_cases, NULL);
}

static void words_about_policies_of_the_way(void **state)
{
    (void)state;
    assert_told(transport_cases, sizeof transport_cases / sizeof *transport_cases, NULL);
}

static const char *policy;

static void fetch_policy(struct findings_world *world)
{
    world->view.sts_policy = policy;
}

#define ANNOUNCED                                                                                  \
    GOOD_ZONE "_mta-sts TXT \"v=STSv1; id=1\"\nmta-sts A 192.0.2.1\n"                              \
              "_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:t@example.com\"\n"
#define POLICY(mode) "version: STSv1\nmode: " mode "\nmax_age: 86400\n"

static void words_about_policies_that_were_fetched(void **state)
{
    static const struct list_case cases[] = {
        {POLICY("enforce") "mx: mx1.example.com\nmx: mx2.example.com\n", ""},
        {POLICY("none"), ""},
        {POLICY("enforce") "mx: mx1.example.com\n",
         "error mta-sts-mismatch mx2.example.com.: The MTA-STS policy does not list this MX host "
         "(it lists \"mx: mx1.example.com\"). Senders that follow the policy never deliver to it. "
         "/ Add the line \"mx: mx2.example.com\" to the policy, then change the id in "
         "_mta-sts.example.com.\n"},
        {POLICY("testing") "mx: mx1.example.com\n",
         "warning mta-sts-mismatch mx2.example.com.: The MTA-STS policy does not list this MX host "
         "(it lists \"mx: mx1.example.com\"). Senders report it, and will not deliver to it once "
         "the mode is enforce. / Add the line \"mx: mx2.example.com\" to the policy, then change "
         "the id in _mta-sts.example.com.\n"},
        {POLICY("testing") "mx: mx2.example.com\nmx: *.example.net\nmx: c.example.net\n",
         "warning mta-sts-mismatch mx1.example.com.: The MTA-STS policy does not list this MX host "
         "(it lists \"mx: mx2.example.com and 2 other lines\"). Senders report it, and will not "
         "deliver to it once the mode is enforce. / Add the line \"mx: mx1.example.com\" to the "
         "policy, then change the id in _mta-sts.example.com.\n"},
        {"version: STSv1\n",
         "error mta-sts-policy _mta-sts.example.com.: The MTA-STS policy cannot be used. In it the "
         "line \"mode:\" is missing. Senders act as if there were no policy. / Serve a text with "
         "the lines version, mode, max_age, and mx for every MX host.\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct list_case wanted = {ANNOUNCED, cases[i].findings};

        policy = cases[i].zone;
        assert_told(&wanted, 1, fetch_policy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_about_mx),
        cmocka_unit_test(words_about_aliases),
        cmocka_unit_test(words_about_policies_of_the_way),
        cmocka_unit_test(words_about_policies_that_were_fetched),
    };

    return cmocka_run_group_tests_name("findings_words", tests, NULL, NULL);
}
