/* Cures: which records a finding says to publish and to remove. That they heal is shown by
 * tests/replay/cures.t on every domain there is. */
#include "base/text.h"
#include "unit/check.h"
#include "unit/survey/cure_cases.h"
#include "unit/survey/survey_world.h"

#include <string.h>

static const struct cure_case cases[] = {
    {"the alias gives way to the host", "mx-cname",
     "@ MX 10 m\nm CNAME mx1\n" HOSTS SPF DMARC "@ MX 20 mx2\n",
     "example.com. 3600 IN MX 10 mx1.example.com.", "example.com. 3600 IN MX 10 m.example.com."},
    {"an alias of a host that is listed goes", "mx-cname", "@ MX 10 m\nm CNAME mx1\n" MX SPF DMARC,
     "", "example.com. 3600 IN MX 10 m.example.com."},
    {"an alias that leads nowhere has words only", "mx-cname",
     "@ MX 10 m\nm CNAME gone\n" MX SPF DMARC, "", ""},
    {"localhost goes, the others stay", "mx-localhost", MX "@ MX 5 localhost.\n" SPF DMARC, "",
     "example.com. 3600 IN MX 5 localhost."},
    {"the TTL of a set is that of each record", "mx-ttl-short",
     HOSTS SPF DMARC "@ 60 MX 10 mx1\n@ 60 MX 20 mx2\n",
     "example.com. 3600 IN MX 10 mx1.example.com.\nexample.com. 3600 IN MX 20 mx2.example.com.",
     "example.com. 60 IN MX 10 mx1.example.com.\nexample.com. 60 IN MX 20 mx2.example.com."},
    {"~all takes the place of +all, and the exchange stays named", "spf-plus-all",
     MX DMARC "@ TXT \"v=spf1 ip4:203.0.113.9 +all\"\n",
     "example.com. 3600 IN TXT "
     "\"v=spf1 ip4:192.0.2.1 ip4:198.51.100.2 ip4:203.0.113.9 ~all\"",
     "example.com. 3600 IN TXT \"v=spf1 ip4:203.0.113.9 +all\""},
    {"what stands behind all goes with it", "spf-missing-mx",
     MX DMARC "@ TXT \"v=spf1  ip4:198.51.100.2 x=y -all include:gone.example.net\"\n",
     "example.com. 3600 IN TXT \"v=spf1 ip4:192.0.2.1  ip4:198.51.100.2 x=y -all\"",
     "example.com. 3600 IN TXT \"v=spf1  ip4:198.51.100.2 x=y -all include:gone.example.net\""},
    {"the tag at fault is the one that changes", "dmarc-policy-none",
     MX SPF "_dmarc 60 TXT \"v=DMARC1;p=none ; rua=mailto:d@example.com;n=\\\"x\\\\\\200\"\n",
     "_dmarc.example.com. 60 IN TXT "
     "\"v=DMARC1;p=quarantine ; rua=mailto:d@example.com;n=\\\"x\\\\\\200\"",
     "_dmarc.example.com. 60 IN TXT \"v=DMARC1;p=none ; "
     "rua=mailto:d@example.com;n=\\\"x\\\\\\200\""},
    {"nothing is published next to a CNAME", "dmarc-none",
     MX SPF "_dmarc CNAME _dmarc.provider.example.net.\n", "", ""},
    {"an alias within the zone passes a new record on", "dmarc-none", MX SPF "_dmarc CNAME d\n",
     "d.example.com. 3600 IN TXT \"v=DMARC1; p=none; rua=mailto:dmarc@example.com\"", ""},
    {"a name without mail wants no reports", "dmarc-none", "@ MX 0 .\n" SPF,
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject\"", ""},
    {"a policy that is missing is none", "dmarc-syntax", MX SPF "_dmarc TXT \"v=DMARC1\"\n",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=none\"",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1\""},
    {"a policy mistyped", "dmarc-syntax", MX SPF "_dmarc TXT \"v=DMARC1; p=rejct\"\n",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject\"",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=rejct\""},
    {"a semicolon forgotten", "dmarc-syntax", MX SPF "_dmarc TXT \"v=DMARC1 p=reject\"\n",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject\"",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1 p=reject\""},
    {"the version comes first", "dmarc-syntax", MX SPF "_dmarc TXT \"p=reject; v=DMARC1\"\n",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject\"",
     "_dmarc.example.com. 3600 IN TXT \"p=reject; v=DMARC1\""},
    {"subdomains have the policy of the domain", "dmarc-subdomains-none",
     MX SPF "_dmarc TXT \"v=DMARC1; p=quarantine; sp=none; rua=mailto:a@example.com\"\n",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=quarantine; rua=mailto:a@example.com\"",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=quarantine; sp=none; "
     "rua=mailto:a@example.com\""},
    {"the last tag goes with the semicolon in front of it", "dmarc-subdomains-none",
     MX SPF "_dmarc TXT \"v=DMARC1; p=reject; sp=none\"\n",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject\"",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject; sp=none\""},
    {"mailto: where it is missing only", "dmarc-report-uri",
     MX SPF "_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:a@example.com,b@example.com\"\n",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject; "
     "rua=mailto:a@example.com,mailto:b@example.com\"",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject; "
     "rua=mailto:a@example.com,b@example.com\""},
    {"the host behind a name server's alias", "ns-cname",
     MX SPF DMARC "@ NS ns1\n@ NS ns3\nns1 A 192.0.2.53\nns3 CNAME host\nhost A 203.0.113.3\n",
     "example.com. 3600 IN NS host.example.com.", "example.com. 3600 IN NS ns3.example.com."},
    {"the alias of a name server that is listed goes", "ns-cname",
     MX SPF DMARC "@ NS ns1\n@ NS ns3\nns1 A 192.0.2.53\nns3 CNAME ns1\n", "",
     "example.com. 3600 IN NS ns3.example.com."},
    {"a name server without address has words only", "ns-dangling",
     MX SPF DMARC "@ NS ns1\n@ NS ns3\nns1 A 192.0.2.53\n", "", ""},
    {"the host behind a target's alias", "srv-cname",
     MX SPF DMARC "_ldap._tcp SRV 0 0 389 l\nl CNAME mx1\n",
     "_ldap._tcp.example.com. 3600 IN SRV 0 0 389 mx1.example.com.",
     "_ldap._tcp.example.com. 3600 IN SRV 0 0 389 l.example.com."},
    {"nobody knows whether a name without address takes mail", "mx-none", SPF DMARC, "", ""},
    {"the domain's own host becomes its MX host", "mx-implicit", SPF DMARC "@ A 192.0.2.1\n",
     "example.com. 3600 IN MX 10 example.com.", ""},
    {"the null MX among others goes", "mx-null-mixed", MX SPF DMARC "@ MX 0 .\n", "",
     "example.com. 3600 IN MX 0 ."},
    {"the null MX has preference 0", "mx-null-preference", SPF DMARC "@ MX 10 .\n",
     "example.com. 3600 IN MX 0 .", "example.com. 3600 IN MX 10 ."},
    {"of a host listed twice the higher preference goes", "mx-duplicate",
     MX SPF DMARC "@ MX 30 mx1\n", "", "example.com. 3600 IN MX 30 mx1.example.com."},
    {"MX hosts are what is known of senders", "spf-none", MX DMARC,
     "example.com. 3600 IN TXT \"v=spf1 mx ~all\"", ""},
    {"a name without mail sends none", "spf-none", DMARC "@ MX 0 .\n",
     "example.com. 3600 IN TXT \"v=spf1 -all\"", ""},
    {"a name without mail permits nobody", "mx-null-open", SPF DMARC "@ MX 0 .\n",
     "example.com. 3600 IN TXT \"v=spf1 -all\"", "example.com. 3600 IN TXT \"v=spf1 mx -all\""},
    {"a mechanism mistyped", "spf-syntax", MX DMARC "@ TXT \"v=spf1 mx ipv4:192.0.2.9 -all\"\n",
     "example.com. 3600 IN TXT \"v=spf1 mx ip4:192.0.2.9 -all\"",
     "example.com. 3600 IN TXT \"v=spf1 mx ipv4:192.0.2.9 -all\""},
    {"the last term mistyped", "spf-syntax", MX DMARC "@ TXT \"v=spf1 mx -al\"\n",
     "example.com. 3600 IN TXT \"v=spf1 mx -all\"", "example.com. 3600 IN TXT \"v=spf1 mx -al\""},
    {"an address that is none has words only", "spf-syntax",
     MX DMARC "@ TXT \"v=spf1 mx ip4:192.0.2.9.1 -all\"\n", "", ""},
    {"three terms that find nothing", "spf-voids",
     MX DMARC "@ TXT \"v=spf1 mx a:g1.example.com a:g2.example.com a:g3.example.com -all\"\n",
     "example.com. 3600 IN TXT \"v=spf1 mx -all\"",
     "example.com. 3600 IN TXT \"v=spf1 mx a:g1.example.com a:g2.example.com a:g3.example.com "
     "-all\""},
    {"an end where there is none", "spf-no-all", MX DMARC "@ TXT \"v=spf1 mx\"\n",
     "example.com. 3600 IN TXT \"v=spf1 mx ~all\"", "example.com. 3600 IN TXT \"v=spf1 mx\""},
    {"?all is no end", "spf-no-all", MX DMARC "@ TXT \"v=spf1 mx ?all\"\n",
     "example.com. 3600 IN TXT \"v=spf1 mx ~all\"", "example.com. 3600 IN TXT \"v=spf1 mx ?all\""},
    {"an id that is none has words only", "mta-sts-syntax",
     MX SPF DMARC "_mta-sts TXT \"v=STSv1; id=2026-11\"\n", "", ""},
    {"a short expire, nothing else", "soa-times",
     MX SPF DMARC "@ SOA ns1 hostmaster 7 7200 900 604799 86400\n",
     "example.com. 3600 IN SOA ns1.example.com. hostmaster.example.com. 8 7200 900 1209600 86400",
     "example.com. 3600 IN SOA ns1.example.com. hostmaster.example.com. 7 7200 900 604799 86400"},
    {"a long negative TTL, nothing else", "soa-times",
     MX SPF DMARC "@ SOA ns1 hostmaster 7 900 900 604800 86401\n",
     "example.com. 3600 IN SOA ns1.example.com. hostmaster.example.com. 8 900 900 604800 3600",
     "example.com. 3600 IN SOA ns1.example.com. hostmaster.example.com. 7 900 900 604800 86401"},
    {"a late retry, nothing else", "soa-times",
     MX SPF DMARC "@ SOA ns1 hostmaster 7 900 901 604800 86400\n",
     "example.com. 3600 IN SOA ns1.example.com. hostmaster.example.com. 8 7200 1800 604800 86400",
     "example.com. 3600 IN SOA ns1.example.com. hostmaster.example.com. 7 900 901 604800 86400"},
    {"all three, and the last serial", "soa-times",
     MX SPF DMARC "@ SOA ns1 hostmaster 4294967295 1 2 3 86401\n",
     "example.com. 3600 IN SOA ns1.example.com. hostmaster.example.com. 0 7200 1800 1209600 3600",
     "example.com. 3600 IN SOA ns1.example.com. hostmaster.example.com. 4294967295 1 2 3 86401"},
    {"TTLs that differ become the longest", "mx-ttl-mixed",
     HOSTS SPF DMARC "@ 300 MX 10 mx1\n@ 299 MX 20 mx2\n",
     "example.com. 300 IN MX 10 mx1.example.com.\nexample.com. 300 IN MX 20 mx2.example.com.",
     "example.com. 300 IN MX 10 mx1.example.com.\nexample.com. 299 IN MX 20 mx2.example.com."},
    {"a policy without its tag", "dmarc-syntax", MX SPF "_dmarc TXT \"v=DMARC1; reject\"\n",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject\"",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; reject\""},
    {"a policy with a colon", "dmarc-syntax",
     MX SPF "_dmarc TXT \"v=DMARC1; p:reject; sp:quarantine\"\n",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject; sp=quarantine\"",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p:reject; sp:quarantine\""},
    {"a comma for a semicolon", "dmarc-syntax",
     MX SPF "_dmarc TXT \"v=DMARC1; p=reject, rua=mailto:a@example.com,mailto:b@example.com\"\n",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject; "
     "rua=mailto:a@example.com,mailto:b@example.com\"",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject, "
     "rua=mailto:a@example.com,mailto:b@example.com\""},
    {"a tag by its long name", "dmarc-syntax", MX SPF "_dmarc TXT \"v=DMARC1; policy=reject\"\n",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject\"",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; policy=reject\""},
    {"of two policies the stricter, of other tags the first", "dmarc-syntax",
     MX SPF "_dmarc TXT \"v=DMARC1; p=quarantine; p=reject; rua=mailto:a@example.com; "
            "rua=mailto:b@example.com\"\n",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject; rua=mailto:a@example.com\"",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=quarantine; p=reject; "
     "rua=mailto:a@example.com; rua=mailto:b@example.com\""},
    {"of two policies the stricter, which is the first", "dmarc-syntax",
     MX SPF "_dmarc TXT \"v=DMARC1; p=reject; p=quarantine\"\n",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject\"",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject; p=quarantine\""},
    {"a policy that nobody knows has words only", "dmarc-syntax",
     MX SPF "_dmarc TXT \"v=DMARC1; p=x\"\n", "", ""},
    {"policies of names below that nobody knows go", "dmarc-syntax",
     MX SPF "_dmarc TXT \"v=DMARC1; p=reject; sp=x; np=y\"\n",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject\"",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject; sp=x; np=y\""},
    {"tags given up go", "dmarc-syntax",
     MX SPF "_dmarc TXT \"v=DMARC1; p=reject; pct=100; rf=afrf; ri=86400; fo=1\"\n",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject\"",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject; pct=100; rf=afrf; ri=86400; fo=1\""},
    {"a part of the mail becomes all of it", "dmarc-syntax",
     MX SPF "_dmarc TXT \"v=DMARC1; p=reject; pct=50; ruf=mailto:a@example.com; fo=1\"\n",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject; ruf=mailto:a@example.com; fo=1\"",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject; pct=50; ruf=mailto:a@example.com; "
     "fo=1\""},
    {"none of the mail may be meant", "dmarc-syntax",
     MX SPF "_dmarc TXT \"v=DMARC1; p=reject; pct=0; ruf=mailto:a@example.com; fo=x\"\n", "", ""},
    {"a record at the domain itself moves", "dmarc-none",
     MX SPF "@ TXT \"x\"\n@ TXT \"v=DMARC1; p=reject\"\n",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject\"",
     "example.com. 3600 IN TXT \"v=DMARC1; p=reject\""},
    {"what is nearly one moves, too", "dmarc-none", MX SPF "@ TXT \"v=DMARC1 p=reject\"\n",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject\"",
     "example.com. 3600 IN TXT \"v=DMARC1 p=reject\""},
    {"addresses with a scheme too many", "dmarc-report-uri",
     MX SPF
     "_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:mailto:a@example.com,mailto://b@example.com\"\n",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject; "
     "rua=mailto:a@example.com,mailto:b@example.com\"",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject; "
     "rua=mailto:mailto:a@example.com,mailto://b@example.com\""},
    {"addresses with blanks between them", "dmarc-report-uri",
     MX SPF "_dmarc TXT \"v=DMARC1; p=reject; rua=a@example.com mailto: b@example.com; "
            "ruf=c@example.com\"\n",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject; "
     "rua=mailto:a@example.com,mailto:b@example.com; ruf=mailto:c@example.com\"",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject; rua=a@example.com mailto: "
     "b@example.com; ruf=c@example.com\""},
    {"the address of a web page has words only", "dmarc-report-uri",
     MX SPF "_dmarc TXT \"v=DMARC1; p=reject; rua=https://example.com/a@b,d@example.com\"\n", "",
     ""},
    {"an address with a quoted part is one", "dmarc-report-uri",
     MX SPF "_dmarc TXT \"v=DMARC1; p=reject; rua=\\\"a b\\\"@example.com\"\n",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject; rua=mailto:\\\"a b\\\"@example.com\"",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject; rua=\\\"a b\\\"@example.com\""},
    {"what is no address has words only", "dmarc-report-uri",
     MX SPF "_dmarc TXT \"v=DMARC1; p=reject; rua=example.com\"\n", "", ""},
    {"the strictest of several records stays", "dmarc-multiple",
     MX SPF "_dmarc TXT \"x\"\n_dmarc TXT \"v=DMARC1; p=none\"\n_dmarc TXT \"v=DMARC1; "
            "p=quarantine\"\n_dmarc TXT \"v=DMARC1; p=quarantine; sp=none\"\n",
     "",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=none\"\n_dmarc.example.com. 3600 IN TXT "
     "\"v=DMARC1; p=quarantine; sp=none\""},
    {"reports go where they went", "dmarc-policy-none",
     MX SPF "_dmarc TXT \"v=DMARC1; p=none; rua=mailto:a@example.com\"\n",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=quarantine; rua=mailto:a@example.com\"",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=none; rua=mailto:a@example.com\""},
    {"nobody gets reports without mail", "dmarc-policy-none",
     SPF "@ A 192.0.2.1\n@ MX 10 gone\n_dmarc TXT \"v=DMARC1; p=none\"\n",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=quarantine\"",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=none\""},
    {"names that do not exist have the policy of the domain", "dmarc-subdomains-none",
     MX SPF "_dmarc TXT \"v=DMARC1; p=reject; np=none; sp=none\"\n",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject\"",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject; np=none; sp=none\""},
    {"names below with a policy keep it", "dmarc-subdomains-none",
     MX SPF "_dmarc TXT \"v=DMARC1; p=reject; np=none; sp=quarantine\"\n",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject; sp=quarantine\"",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject; np=none; sp=quarantine\""},
    {"a name without mail that has a policy rejects all", "mx-null-open",
     "@ MX 0 .\n@ TXT \"v=spf1 -all\"\n_dmarc TXT \"v=DMARC1; p=quarantine\"\n",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject\"",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=quarantine\""},
    {"a name without mail and records", "mx-null-open", "@ MX 0 .\n",
     "example.com. 3600 IN TXT \"v=spf1 -all\"\n_dmarc.example.com. 3600 IN TXT \"v=DMARC1; "
     "p=reject\"",
     ""},
    {"an id with a hyphen", "mta-sts-syntax",
     MX SPF DMARC "_mta-sts TXT \"v=STSv1; id=2026-11;\"\nmta-sts A 192.0.2.1\n",
     "_mta-sts.example.com. 3600 IN TXT \"v=STSv1; id=202611;\"",
     "_mta-sts.example.com. 3600 IN TXT \"v=STSv1; id=2026-11;\""},
    {"no id", "mta-sts-syntax", MX SPF DMARC "_mta-sts TXT \"v=STSv1;\"\nmta-sts A 192.0.2.1\n",
     "_mta-sts.example.com. 3600 IN TXT \"v=STSv1; id=1;\"",
     "_mta-sts.example.com. 3600 IN TXT \"v=STSv1;\""},
    {"a part that is no tag goes", "mta-sts-syntax",
     MX SPF DMARC "_mta-sts TXT \"v=STSv1; id=1; x\"\nmta-sts A 192.0.2.1\n",
     "_mta-sts.example.com. 3600 IN TXT \"v=STSv1; id=1\"",
     "_mta-sts.example.com. 3600 IN TXT \"v=STSv1; id=1; x\""},
    {"an id is 32 characters long", "mta-sts-syntax",
     MX SPF DMARC
     "_mta-sts TXT \"v=STSv1; id=123456789012345678901234567890123;\"\nmta-sts A 192.0.2.1\n",
     "_mta-sts.example.com. 3600 IN TXT \"v=STSv1; id=12345678901234567890123456789012;\"",
     "_mta-sts.example.com. 3600 IN TXT \"v=STSv1; id=123456789012345678901234567890123;\""},
    {"no address for reports", "tls-rpt-syntax", MX SPF DMARC "_smtp._tls TXT \"v=TLSRPTv1\"\n",
     "_smtp._tls.example.com. 3600 IN TXT \"v=TLSRPTv1; rua=mailto:tls@example.com\"",
     "_smtp._tls.example.com. 3600 IN TXT \"v=TLSRPTv1\""},
    {"an empty address for reports", "tls-rpt-syntax",
     MX SPF DMARC "_smtp._tls TXT \"v=TLSRPTv1; rua=\"\n",
     "_smtp._tls.example.com. 3600 IN TXT \"v=TLSRPTv1; rua=mailto:tls@example.com\"",
     "_smtp._tls.example.com. 3600 IN TXT \"v=TLSRPTv1; rua=\""},
    {"an address for reports without scheme", "tls-rpt-syntax",
     MX SPF DMARC "_smtp._tls TXT \"v=TLSRPTv1; rua=a@example.com\"\n",
     "_smtp._tls.example.com. 3600 IN TXT \"v=TLSRPTv1; rua=mailto:a@example.com\"",
     "_smtp._tls.example.com. 3600 IN TXT \"v=TLSRPTv1; rua=a@example.com\""},
    {"no reports yet", "tls-rpt-none",
     MX SPF DMARC "_mta-sts TXT \"v=STSv1; id=1;\"\nmta-sts A 192.0.2.1\n",
     "_smtp._tls.example.com. 3600 IN TXT \"v=TLSRPTv1; rua=mailto:tls@example.com\"", ""},
    {"no reports without mail", "tls-rpt-none",
     SPF DMARC "@ MX 10 gone\n_mta-sts TXT \"v=STSv1; id=1;\"\nmta-sts A 192.0.2.1\n", "", ""},
    {"a semicolon forgotten in a logo", "bimi-unusable",
     MX SPF DMARC "default._bimi TXT \"v=BIMI1 l=https://example.com/a.svg\"\n",
     "default._bimi.example.com. 3600 IN TXT \"v=BIMI1; l=https://example.com/a.svg\"",
     "default._bimi.example.com. 3600 IN TXT \"v=BIMI1 l=https://example.com/a.svg\""},
    {"a host with the name of a mail host", "mx-none", SPF DMARC "@ TXT \"x\"\nmail A 192.0.2.1\n",
     "example.com. 3600 IN MX 10 mail.example.com.", ""},
    {"an alias with such a name is none", "mx-none", SPF DMARC "mail CNAME h\nh A 192.0.2.1\n", "",
     ""},
    {"MX records whose owner ends in the zone twice", "mx-none",
     SPF DMARC "example.com MX 10 mx1.example.com.\nmx1 A 192.0.2.1\n",
     "example.com. 3600 IN MX 10 mx1.example.com.",
     "example.com.example.com. 3600 IN MX 10 mx1.example.com."},
    {"under a wildcard they have words only", "mx-none",
     SPF DMARC "example.com MX 10 mx1.example.com.\nmx1 A 192.0.2.1\n* A 192.0.2.9\n", "", ""},
    {"an address has the name of its host", "mx-literal",
     SPF DMARC "@ MX 10 192.0.2.1\nmail A 192.0.2.1\n",
     "example.com. 3600 IN MX 10 mail.example.com.",
     "example.com. 3600 IN MX 10 192.0.2.1.example.com."},
    {"localhost alone is the null MX", "mx-localhost", SPF DMARC "@ MX 10 localhost.\n",
     "example.com. 3600 IN MX 0 .", "example.com. 3600 IN MX 10 localhost."},
    {"localhost beside a host with the name of a mail host", "mx-localhost",
     SPF DMARC "@ MX 10 localhost.\nmail A 192.0.2.1\n",
     "example.com. 3600 IN MX 10 mail.example.com.", "example.com. 3600 IN MX 10 localhost."},
    {"localhost below the domain", "mx-localhost",
     MX SPF DMARC "@ MX 5 localhost\nlocalhost A 127.0.0.1\n", "",
     "example.com. 3600 IN MX 5 localhost.example.com."},
    {"a target without its last dot that is listed with it", "mx-dangling",
     MX SPF DMARC "@ MX 30 mx1.example.com\n", "",
     "example.com. 3600 IN MX 30 mx1.example.com.example.com."},
    {"a target without its last dot that is not", "mx-dangling",
     SPF DMARC "@ MX 10 mx1.example.com\nmx1 A 192.0.2.1\n",
     "example.com. 3600 IN MX 10 mx1.example.com.",
     "example.com. 3600 IN MX 10 mx1.example.com.example.com."},
    {"addresses whose owner ends in the zone twice", "mx-dangling",
     SPF DMARC "@ MX 10 m\nm.example.com A 192.0.2.1\nm.example.com AAAA 2001:db8::1\n@ MX 20 "
               "mx2\nmx2 A 198.51.100.2\n",
     "m.example.com. 3600 IN A 192.0.2.1\nm.example.com. 3600 IN AAAA 2001:db8::1",
     "m.example.com.example.com. 3600 IN A 192.0.2.1\nm.example.com.example.com. 3600 IN AAAA "
     "2001:db8::1"},
    {"a target that is nowhere has words only", "mx-dangling", MX SPF DMARC "@ MX 30 gone\n", "",
     ""},
    {"a TTL that is just too short", "mx-ttl-short",
     HOSTS SPF DMARC "@ 299 MX 10 mx1\n@ 299 MX 20 mx2\n",
     "example.com. 3600 IN MX 10 mx1.example.com.\nexample.com. 3600 IN MX 20 mx2.example.com.",
     "example.com. 299 IN MX 10 mx1.example.com.\nexample.com. 299 IN MX 20 mx2.example.com."},
    {"a name server without its last dot", "ns-dangling",
     MX SPF DMARC "@ NS ns3.example.com\nns3 A 203.0.113.3\n",
     "example.com. 3600 IN NS ns3.example.com.",
     "example.com. 3600 IN NS ns3.example.com.example.com."},
    {"a name server without its last dot that is listed with it", "ns-dangling",
     MX SPF DMARC "@ NS ns1.example.com\n", "",
     "example.com. 3600 IN NS ns1.example.com.example.com."},
    {"a service's target without its last dot", "srv-dangling",
     MX SPF DMARC "_ldap._tcp SRV 0 0 389 mx1.example.com\n_ldap._tcp SRV 0 0 389 mx2\n",
     "_ldap._tcp.example.com. 3600 IN SRV 0 0 389 mx1.example.com.",
     "_ldap._tcp.example.com. 3600 IN SRV 0 0 389 mx1.example.com.example.com."},
    {"blanks between good addresses stay", "dmarc-report-uri",
     MX SPF "_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:a@example.com, mailto:b@example.com; "
            "ruf=c@example.com\"\n",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject; rua=mailto:a@example.com, "
     "mailto:b@example.com; ruf=mailto:c@example.com\"",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject; rua=mailto:a@example.com, "
     "mailto:b@example.com; ruf=c@example.com\""},
    {"blanks for commas are all that is wrong", "dmarc-report-uri",
     MX SPF "_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:a@example.com mailto:b@example.com\"\n",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject; "
     "rua=mailto:a@example.com,mailto:b@example.com\"",
     "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=reject; rua=mailto:a@example.com "
     "mailto:b@example.com\""},
};

static void cures_are_these_records(void **state)
{
    (void)state;
    cure_cases_check(cases, sizeof cases / sizeof cases[0]);
}

static void names_in_addresses_have_the_exchanges_of_the_domain(void **state)
{
    static const char *const names[] = {"sub.example.com."};
    struct survey_options options = {.names = names, .name_count = 1, .seed = 1};
    struct survey_world world;

    (void)state;
    survey_world_init(&world, "example.com", MX SPF DMARC "sub TXT x\n", &options);
    survey_world_run(&world);
    assert_string_equal(survey_world_finding(&world, "name-without-mx")->publish,
                        "sub.example.com. 3600 IN MX 10 mx1.example.com.\n"
                        "sub.example.com. 3600 IN MX 20 mx2.example.com.");
    survey_world_clear(&world);
}

/* The record in strings of at most 255 octets. */
static void add_strings(const char *record, struct text *out)
{
    enum { STRING = 255 };
    size_t length = strlen(record);

    for (size_t at = 0; at < length; at += STRING)
        text_format(out, "%s\"%.*s\"", at ? " " : "", STRING, record + at);
}

/* Longer texts are published in several strings, and giants not at all. */
static void texts_are_cut_into_strings(void **state)
{
    static const size_t lengths[] = {255, 256, 510, 511, 4096, 4097};
    struct survey_options options = {.seed = 1};

    (void)state;
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        struct text before = {0}, after = {0}, zone = {0}, publish = {0};
        struct survey_world world;

        text_add(&before, "v=DMARC1; p=none; rua=mailto:dmarc@example.com; x=");
        text_add(&after, "v=DMARC1; p=quarantine; rua=mailto:dmarc@example.com; x=");
        while (after.length < lengths[i]) {
            text_format(&before, "%zu", after.length % 10);
            text_format(&after, "%zu", after.length % 10);
        }
        text_add(&zone, MX SPF "_dmarc TXT ");
        add_strings(text_get(&before), &zone);
        text_add_char(&zone, '\n');
        text_add(&publish, "_dmarc.example.com. 3600 IN TXT ");
        add_strings(text_get(&after), &publish);
        survey_world_init(&world, "example.com", text_get(&zone), &options);
        survey_world_run(&world);
        assert_string_equal(survey_world_finding(&world, "dmarc-policy-none")->publish,
                            lengths[i] > 4096 ? "" : text_get(&publish));
        survey_world_clear(&world);
        text_clear(&before);
        text_clear(&after);
        text_clear(&zone);
        text_clear(&publish);
    }
}

/* Octets that are no letters are escaped, and no escape is cut in two. */
static void octets_are_escaped(void **state)
{
    struct survey_options options = {.seed = 1};
    struct survey_world world;
    struct text zone = {0}, publish = {0};

    (void)state;
    text_add(&zone, MX SPF "_dmarc TXT \"v=DMARC1; p=none; x=");
    text_add(&publish, "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=quarantine; "
                       "rua=mailto:dmarc@example.com; x=");
    for (size_t at = sizeof "v=DMARC1; p=quarantine; rua=mailto:dmarc@example.com; x=" - 1;
         at < 300; at++) {
        text_add(&zone, at == 200 ? "\\000\" \"" : "\\000");
        text_add(&publish, at == 254 ? "\\000\" \"" : "\\000");
    }
    text_add(&zone, "\"\n");
    text_add_char(&publish, '"');
    survey_world_init(&world, "example.com", text_get(&zone), &options);
    survey_world_run(&world);
    assert_string_equal(survey_world_finding(&world, "dmarc-policy-none")->publish,
                        text_get(&publish));
    survey_world_clear(&world);
    text_clear(&zone);
    text_clear(&publish);
}

/* What is not known yet may still show that a cure does harm. */
static void nothing_is_published_while_answers_are_missing(void **state)
{
    struct survey_options options = {.seed = 1};
    struct survey_world world;

    (void)state;
    survey_world_init(&world, "example.com", MX SPF, &options);
    survey_world_ask(&world);
    survey_world_answer(&world, "_dmarc.example.com.", 16);
    survey_world_answer(&world, "example.com.", 15);
    for (size_t i = 0; i < survey_facts(world.survey)->findings->count; i++)
        assert_string_equal(survey_facts(world.survey)->findings->findings[i].publish, "");
    survey_world_clear(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cures_are_these_records),
        cmocka_unit_test(names_in_addresses_have_the_exchanges_of_the_domain),
        cmocka_unit_test(texts_are_cut_into_strings),
        cmocka_unit_test(octets_are_escaped),
        cmocka_unit_test(nothing_is_published_while_answers_are_missing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
