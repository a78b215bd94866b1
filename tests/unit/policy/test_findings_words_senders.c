/* What findings about who sends say, and what is to be done: all of it. */
#include "unit/check.h"
#include "unit/policy/findings_world.h"

#define ROUTE GOOD_SERVERS GOOD_MX GOOD_HOSTS GOOD_REVERSE
#define RSA_512                                                                                    \
    "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBANeX3oK3ZuYr00wMQRSQOWYeiSr7G2Kv4qfJV91qGYmJOGdHcdEA7I0qi3SF" \
    "6GBM+2oiutqqzlZ8SRG6/Nau2EECAwEAAQ=="
#define RSA_1024                                                                                   \
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDGrGZuzB66M5kwAv9PUfwdqrQd2Q6MY4lvOifw0fNv3vjRkkolsLNE" \
    "rdKmmW6TU0bLmJjM00C6I3J5w17aYH62hmJEV7czj2G1nBfpcTRFi5TVBQz0EXM1jzNP+BD0ofJ+z5Wfqt6RZ3743ROg" \
    "LFnnEfASYXcS7K3VTKp8AC6kewIDAQAB"

/* SPF */
static const struct list_case senders_cases[] = {
    {ROUTE GOOD_DMARC GOOD_DKIM "@ TXT \"v=spf1 mx include:bad.example.com -all\"\n"
                                "bad TXT \"v=spf1 moo\"\n",
     "error spf-syntax bad.example.com.: The SPF record cannot be read: \"moo\": there is no such "
     "mechanism. \"include:bad.example.com\" leads to it, so every sender that no earlier term "
     "matches gets permerror. / Correct the term, or remove it.\n"},
    {ROUTE GOOD_DMARC GOOD_DKIM "@ TXT \"v=spf1 redirect=bad.example.com\"\n"
                                "bad TXT \"v=spf1 moo\"\n",
     "error spf-syntax bad.example.com.: The SPF record cannot be read: \"moo\": there is no such "
     "mechanism. \"redirect=bad.example.com\" leads to it, so every sender that no term matches "
     "gets permerror. / Correct the term, or remove it.\n"},
    {ROUTE GOOD_DMARC GOOD_DKIM "@ TXT \"v=spf1 mx include: bad.example.com -all\"\n"
                                "bad TXT \"v=spf1 mx:example.com -all\"\n",
     "error spf-syntax example.com.: The SPF record cannot be read: \"include:\": the name is "
     "missing; a blank is in the middle of a term. Every receiver returns permerror. / Publish "
     "\"v=spf1 mx include:bad.example.com -all\" instead.\n"},
    {ROUTE GOOD_DMARC GOOD_DKIM "@ TXT \"v=spf1 mx include:two.example.com -all\"\n"
                                "two TXT \"v=spf1 -all\"\n"
                                "two TXT \"v=spf1 ~all\"\n",
     "error spf-include two.example.com.: \"include:two.example.com\" leads to a name with several "
     "SPF records. Receivers that get there return permerror. / Remove the term, or have the "
     "record corrected.\n"},
    {ROUTE GOOD_DMARC GOOD_DKIM "@ TXT \"v=spf1 mx include:example.net-all\"\n",
     "error spf-include example.net-all.: \"include:example.net-all\" leads to a name without an "
     "SPF record. Receivers that get there return permerror. / Write \"include:example.net -all\": "
     "a blank is missing before \"-all\".\n"},
    {ROUTE GOOD_DMARC GOOD_DKIM "@ TXT \"v=spf1 mx include:x.silent.example.com-all\"\n",
     "error spf-include x.silent.example.com-all.: \"include:x.silent.example.com-all\" leads to a "
     "name without an SPF record. Receivers that get there return permerror. / Write "
     "\"include:x.silent.example.com -all\": a blank is missing before \"-all\".\n"},
    {ROUTE GOOD_DMARC GOOD_DKIM "@ TXT \"v=spf1 mx a:x.silent.example.com -all\"\n",
     "unknown spf-voids x.silent.example.com.: The A lookup for x.silent.example.com failed (timed "
     "out), so this could not be checked.\n"},
    {ROUTE GOOD_DMARC GOOD_DKIM
     "@ TXT \"v=spf1 mx a:g1.example.com a:g1.example.com a:g1.example.com -all\"\n"
     "g1 A 192.0.2.9\n",
     "warning spf-voids example.com.: For senders over IPv6, 3 lookups of the record find nothing; "
     "two are allowed. Receivers stop at \"a:g1.example.com\" with permerror. / Write the "
     "addresses of the hosts with ip4: and ip6: instead: such terms look nothing up.\n"},
    {ROUTE GOOD_DMARC GOOD_DKIM
     "@ TXT \"v=spf1 ip4:192.0.2.1 ip4:198.51.100.1 ip6:2001:db8:1::1 ip6:2001:db8:2::1 "
     "a:g1.example.com a:g1.example.com a:g1.example.com -all\"\n"
     "g1 AAAA 2001:db8::9\n",
     "warning spf-voids example.com.: For senders over IPv4, 3 lookups of the record find nothing; "
     "two are allowed. Receivers stop at \"a:g1.example.com\" with permerror. / Write the "
     "addresses of the hosts with ip4: and ip6: instead: such terms look nothing up.\n"},
    {ROUTE GOOD_DMARC GOOD_DKIM "@ TXT \"v=spf1 mx ip4:198.51.0.0/16 ip6:2001:db8::/32 -all\"\n",
     ""},
    {ROUTE GOOD_DMARC GOOD_DKIM
     "@ TXT \"v=spf1 mx ip4:198.50.0.0/15 ip6:2001:da8::/31 -ip4:0.0.0.0/0 -all\"\n",
     "warning spf-wide example.com.: \"ip4:198.50.0.0/15\" lets every host of a very large network "
     "pass. Anyone with an address in it may send in the domain's name. / Name the networks of the "
     "sending hosts only.\n"
     "warning spf-wide example.com.: \"ip6:2001:da8::/31\" lets every host of a very large network "
     "pass. Anyone with an address in it may send in the domain's name. / Name the networks of the "
     "sending hosts only.\n"},
    {ROUTE GOOD_DMARC GOOD_DKIM "@ TXT \"v=spf1 mx a/16//32 mx//31 mx/15 a//0 -all\"\n",
     "error spf-wide example.com.: \"a//0\" lets every host of a very large network pass. Anyone "
     "with an address in it may send in the domain's name. / Name the networks of the sending "
     "hosts only.\n"
     "warning spf-wide example.com.: \"mx//31\" lets every host of a very large network pass. "
     "Anyone with an address in it may send in the domain's name. / Name the networks of the "
     "sending hosts only.\n"
     "warning spf-wide example.com.: \"mx/15\" lets every host of a very large network pass. "
     "Anyone with an address in it may send in the domain's name. / Name the networks of the "
     "sending hosts only.\n"},
    {ROUTE GOOD_DMARC GOOD_DKIM "@ TXT \"v=spf1\"\n",
     "notice spf-no-all example.com.: The record names no host: nothing follows the version, as "
     "happens in a zone file without quotation marks, where a semicolon begins a comment. / End "
     "the record with ~all, and with -all when all senders are known.\n"},
    {ROUTE GOOD_DMARC GOOD_DKIM "@ TXT \"v=spf1 mx ?all\"\n",
     "notice spf-no-all example.com.: The record ends with ?all. What no term matches is neutral, "
     "as without a record. / End the record with ~all, and with -all when all senders are "
     "known.\n"},
    {ROUTE GOOD_DMARC GOOD_DKIM "@ TXT \"v=spf1 ip4:203.0.113.1 ~all\"\n",
     "notice spf-missing-mx mx1.example.com.: SPF gives softfail for 192.0.2.1, an MX host of the "
     "domain. If the host sends mail too, receivers mistrust it. The same applies to "
     "2001:db8:1::1, 198.51.100.1 and 2001:db8:2::1. / If the MX hosts send, add mx or their "
     "addresses to the record.\n"},
    {ROUTE GOOD_DMARC GOOD_DKIM
     "@ TXT \"v=spf1 mx -all a:a1.example.com a:a2.example.com a:a3.example.com a:a4.example.com "
     "a:a5.example.com a:a6.example.com\"\n",
     "warning spf-after-all example.com.: \"all\" matches every host, so \"a:a1.example.com\", "
     "\"a:a2.example.com\", \"a:a3.example.com\", \"a:a4.example.com\", \"a:a5.example.com\", "
     "\"a:a6.example.com\" are ignored and let no host pass. / Put the terms that are wanted "
     "before \"all\", and remove the others.\n"},
    {ROUTE GOOD_DMARC GOOD_DKIM
     "@ TXT \"v=spf1 mx -all a:a1.example.com a:a2.example.com a:a3.example.com a:a4.example.com "
     "a:a5.example.com a:a6.example.com a:a7.example.com\"\n",
     "warning spf-after-all example.com.: \"all\" matches every host, so \"a:a1.example.com\", "
     "\"a:a2.example.com\", \"a:a3.example.com\", \"a:a4.example.com\", \"a:a5.example.com\", "
     "\"a:a6.example.com\" and 1 more are ignored and let no host pass. / Put the terms that are "
     "wanted before \"all\", and remove the others.\n"},
    {ROUTE GOOD_DMARC GOOD_DKIM "@ TXT \"v=spf1 mx ip4:10.0.0.1 -all\"\n",
     "notice spf-private example.com.: \"ip4:10.0.0.1\" never matches on the Internet. No mail "
     "comes from a network that is not routed there. / Remove the term; name the address that "
     "other servers see.\n"},
    {ROUTE GOOD_DMARC GOOD_DKIM
     "@ TXT \"v=spf1 mx ip4:10.0.0.1 ip4:10.0.0.2 -all ip4:10.0.0.3 redirect=example.net\"\n",
     "warning spf-after-all example.com.: \"all\" matches every host, so \"ip4:10.0.0.3\", "
     "\"redirect=example.net\" are ignored and let no host pass. / Decide between \"all\" and "
     "redirect=, and remove the other.\n"
     "notice spf-private example.com.: \"ip4:10.0.0.1\", \"ip4:10.0.0.2\" never match on the "
     "Internet. No mail comes from networks that are not routed there. / Remove the terms; name "
     "the address that other servers see.\n"},
    {ROUTE GOOD_DMARC GOOD_DKIM
     "@ TXT \"v=spf1 mx:mx1.example.com x:y=z include=mx1.example.com -all\"\n",
     "error spf-syntax example.com.: The SPF record cannot be read: \"x:y=z\": there is no such "
     "mechanism. Every receiver returns permerror. / Correct the term, or remove it.\n"
     "warning spf-slip example.com.: \"mx:mx1.example.com\" finds nothing: mx1.example.com is a "
     "host and has no MX records. / Write \"a:mx1.example.com\" for the addresses of the host.\n"
     "warning spf-slip example.com.: \"include=mx1.example.com\" is an unknown modifier, which "
     "receivers ignore: include is written with \":\". / Write \"include:mx1.example.com\".\n"},
    {ROUTE GOOD_DMARC GOOD_DKIM "@ TXT \"v=spf1 mx mx:mx1.example.com mx:gone.example.com "
                                "include=mx1.example.com v=spf1 -all\"\n",
     "warning spf-slip example.com.: \"mx:mx1.example.com\" finds nothing: mx1.example.com is a "
     "host and has no MX records. / Write \"a:mx1.example.com\" for the addresses of the host.\n"
     "warning spf-slip example.com.: \"include=mx1.example.com\" is an unknown modifier, which "
     "receivers ignore: include is written with \":\". / Write \"include:mx1.example.com\".\n"
     "warning spf-slip example.com.: \"v=spf1\" is an unknown modifier, which receivers ignore: "
     "the version is written once. / Remove the term.\n"},
};

/* DMARC */
static const struct list_case dmarc_cases[] = {
    {ROUTE GOOD_SPF GOOD_DKIM "@ TXT \"v=DMARC1; p=none\"\n",
     "warning dmarc-none example.com.: There is a DMARC record at example.com itself, but "
     "receivers look it up at _dmarc.example.com only. No policy applies. / Move the record to "
     "_dmarc.example.com.\n"},
    {ROUTE GOOD_SPF GOOD_DKIM "_dmarc.example.com TXT \"v=DMARC1; p=none\"\n",
     "warning dmarc-none example.com.: The DMARC record is at _dmarc.example.com.example.com, "
     "where it is never looked up. The name of the zone is in its owner twice, because the last "
     "dot is missing. / Write \"_dmarc.example.com.\" as the owner, with the last dot.\n"},
    {ROUTE GOOD_SPF GOOD_DKIM "_dmarc TXT \"v=DMARC1; p=none; rua=mailto:d@example.com\"\n",
     "notice dmarc-policy-none _dmarc.example.com.: The policy is p=none. Receivers report forged "
     "mail, but deliver it. / When the reports show that all your mail passes, go on to quarantine "
     "and reject.\n"},
    {ROUTE GOOD_SPF GOOD_DKIM "_dmarc TXT \"v=DMARC1; p=none\"\n",
     "notice dmarc-policy-none _dmarc.example.com.: The policy is p=none without rua=. Receivers "
     "deliver forged mail and send no reports. / Request reports (rua=). When they show that all "
     "your mail passes, go on to quarantine and reject.\n"},
    {ROUTE GOOD_SPF GOOD_DKIM "_dmarc TXT \"v=DMARC1; p=reject; sp=none\"\n",
     "warning dmarc-subdomains-none _dmarc.example.com.: The policy is p=reject, but sp=none "
     "leaves all names below the domain without it. Forged mail from such names is delivered. / "
     "Remove sp=, or make it as strict as p=.\n"},
    {ROUTE GOOD_SPF GOOD_DKIM "_dmarc TXT \"v=DMARC1; p=reject; np=none\"\n",
     "warning dmarc-subdomains-none _dmarc.example.com.: The policy is p=reject, but np=none "
     "leaves names that do not exist below the domain without it. Forged mail from such names is "
     "delivered. / Remove np=, or make it as strict as p=.\n"},
    {ROUTE GOOD_SPF GOOD_DKIM "_dmarc TXT \"v=DMARC1; p=reject; sp=none; np=none\"\n",
     "warning dmarc-subdomains-none _dmarc.example.com.: The policy is p=reject, but sp=none "
     "leaves all names below the domain without it. Forged mail from such names is delivered. / "
     "Remove sp=, or make it as strict as p=.\n"},
    {ROUTE GOOD_SPF GOOD_DKIM "_dmarc TXT \"v=DMARC1; p=reject; sp=none; np=quarantine\"\n",
     "warning dmarc-subdomains-none _dmarc.example.com.: The policy is p=reject, but sp=none "
     "leaves names that exist below the domain without it. Forged mail from such names is "
     "delivered. / Remove sp=, or make it as strict as p=.\n"},
    {ROUTE GOOD_SPF GOOD_DKIM "_dmarc TXT \"v=DMARC1; p=quarantine; rua=mailto: "
                              "d@example.com,d@example.com,https://example.com/"
                              ",mailto:mailto:d@example.com,mailto:a@example.com "
                              "mailto:b@example.com; ruf=mailto://d@example.com\"\n",
     "warning dmarc-report-uri _dmarc.example.com.: \"mailto: d@example.com\" in rua= has a blank "
     "after mailto: so no report is sent there. / Remove the blank.\n"
     "warning dmarc-report-uri _dmarc.example.com.: \"d@example.com\" in rua= does not begin with "
     "mailto: so no report is sent there. / Write mailto: before the address.\n"
     "warning dmarc-report-uri _dmarc.example.com.: \"https://example.com/\" in rua= is not a "
     "mailto: address. Reports are sent by mail only, so none is sent there. / Write mailto: and a "
     "mail address.\n"
     "warning dmarc-report-uri _dmarc.example.com.: \"mailto:mailto:d@example.com\" in rua= has "
     "more than mailto: before the address, so no report is sent there. / Write mailto: once, and "
     "the address after it.\n"
     "warning dmarc-report-uri _dmarc.example.com.: \"mailto:a@example.com mailto:b@example.com\" "
     "in rua= has a blank in it, although a comma separates addresses. No report is sent there. / "
     "Separate the addresses by a comma, and write mailto: before each.\n"
     "warning dmarc-report-uri _dmarc.example.com.: \"mailto://d@example.com\" in ruf= has more "
     "than mailto: before the address, so no report is sent there. / Write mailto: once, and the "
     "address after it.\n"},
    {ROUTE GOOD_SPF GOOD_DKIM
     "_dmarc TXT \"v=DMARC1; p=reject; pct=50; rua=mailto:d@other.example; adkim=x\"\n",
     "warning dmarc-report-unauthorised example.com._report._dmarc.other.example.: Reports are "
     "addressed to mailto:d@other.example, but other.example does not authorise them, so receivers "
     "do not send any. / Have the other domain publish the record, or use an address of your own.\n"
     "notice dmarc-syntax _dmarc.example.com.: In the DMARC record: adkim=x is not a known value "
     "and is ignored; pct= is obsolete (RFC 9989); old receivers still apply it. / Correct these "
     "tags, or remove them.\n"},
    {ROUTE GOOD_SPF GOOD_DKIM "_dmarc TXT \"v=DMARC1; p=reject; adkim=x; pct=50\"\n",
     "notice dmarc-syntax _dmarc.example.com.: In the DMARC record: adkim=x is not a known value "
     "and is ignored; pct= is obsolete (RFC 9989); old receivers still apply it. / Correct these "
     "tags, or remove them.\n"},
    {ROUTE GOOD_SPF GOOD_DKIM "_dmarc TXT \"v=DMARC1; rua=mailto:d@example.com\"\n",
     "warning dmarc-syntax _dmarc.example.com.: In the DMARC record: p= is missing: receivers take "
     "it as none, older ones may ignore the record. / Write p=none, p=quarantine or p=reject.\n"},
    {ROUTE GOOD_SPF GOOD_DKIM "_dmarc TXT \"v=DMARC1; p=none; sp=\"\n",
     "error dmarc-syntax _dmarc.example.com.: The DMARC record cannot be used: sp= is none of "
     "none, quarantine and reject. Receivers act as if there were none. / Correct the record.\n"},
    {GOOD_SERVERS GOOD_HOSTS GOOD_REVERSE GOOD_DKIM "@ MX 0 .\n"
                                                    "@ TXT \"v=spf1 -all\"\n",
     "warning dmarc-none example.com.: There is no DMARC record for the name or above it. Each "
     "receiver decides what to do with forged mail, and none reports it. / Publish a policy that "
     "rejects all mail in the name of the domain.\n"
     "notice mx-null-open example.com.: The name accepts no mail, but does not state that it sends "
     "none. Forgers like such names. / Publish an SPF record with only -all and a DMARC policy of "
     "reject.\n"},
    {GOOD_SERVERS GOOD_HOSTS GOOD_REVERSE GOOD_DKIM "@ MX 0 .\n"
                                                    "@ TXT \"v=spf1 -all\"\n"
                                                    "_dmarc TXT \"v=DMARC1; p=none\"\n",
     "notice mx-null-open example.com.: The name accepts no mail, but does not state that it sends "
     "none. Forgers like such names. / Publish an SPF record with only -all and a DMARC policy of "
     "reject.\n"},
};

/* DKIM */
static const struct list_case dkim_cases[] = {
    {ROUTE GOOD_SPF GOOD_DMARC,
     "notice dkim-none-found example.com.: None of 35 selectors in common use has a DKIM key. "
     "Selectors cannot be listed, so there may be keys under others.\n"},
    {ROUTE GOOD_SPF GOOD_DMARC "default._domainkey TXT \"v=DKIM1; p=\" \"" RSA_1024 "\"\n",
     "warning dkim-weak-key default._domainkey.example.com.: The RSA key has 1024 bits. It is "
     "accepted, but 2048 bits are advised. / Sign with a new selector and an RSA key of 2048 "
     "bits.\n"},
    {ROUTE GOOD_SPF GOOD_DMARC "default._domainkey TXT \"v=DKIM1; t=y; p=" RSA_512 "\"\n",
     "error dkim-weak-key default._domainkey.example.com.: The RSA key has 512 bits. Receivers do "
     "not accept its signatures. / Sign with a new selector and an RSA key of 2048 bits.\n"
     "notice dkim-testing default._domainkey.example.com.: The key is in test mode (t=y). "
     "Receivers may treat what it signs as if it were not signed. / Remove t=y from the record "
     "when signing works.\n"},
    {ROUTE GOOD_SPF GOOD_DMARC
     "@ TXT \"v=DKIM1; k=ed25519; p=VG/CcbEnl/+GEiknMp2fU8QQ7kp9lT95q9dSJ33N4Oc=\"\n",
     "warning dkim-misplaced example.com.: The DKIM record is at example.com itself, but it is "
     "looked up at SELECTOR._domainkey.example.com only. / Move the record to the name of its "
     "selector, which the signing program says.\n"},
    {ROUTE GOOD_SPF GOOD_DMARC "default._domainkey.example.com TXT \"v=DKIM1; k=ed25519; "
                               "p=VG/CcbEnl/+GEiknMp2fU8QQ7kp9lT95q9dSJ33N4Oc=\"\n",
     "error dkim-misplaced default._domainkey.example.com.: The DKIM record is at "
     "default._domainkey.example.com.example.com, where it is never looked up. The name of the "
     "zone is in its owner twice, because the last dot is missing. / Write "
     "\"default._domainkey.example.com.\" as the owner, with the last dot.\n"},
    {ROUTE GOOD_SPF GOOD_DMARC "default._domainkey TXT \"v=DKIM1; k=dsa; p=VG/C\"\n",
     "error dkim-syntax default._domainkey.example.com.: The key record cannot be used: k= is "
     "neither rsa nor ed25519. Signatures of this selector fail. / Publish the record again as the "
     "signing program prints it.\n"},
    {ROUTE GOOD_SPF GOOD_DMARC
     "@ TXT \"v=DKIM1; k=ed25519; p=VG/CcbEnl/+GEiknMp2fU8QQ7kp9lT95q9dSJ33N4Oc=\"\n"
     "default._domainkey.example.com TXT \"v=DKIM1; k=ed25519; "
     "p=VG/CcbEnl/+GEiknMp2fU8QQ7kp9lT95q9dSJ33N4Oc=\"\n",
     "warning dkim-misplaced example.com.: The DKIM record is at example.com itself, but it is "
     "looked up at SELECTOR._domainkey.example.com only. / Move the record to the name of its "
     "selector, which the signing program says.\n"},
};

static void words_about_spf(void **state)
{
    (void)state;
    assert_told(senders_cases, sizeof senders_cases / sizeof *senders_cases, NULL);
}

static void words_about_dmarc(void **state)
{
    (void)state;
    assert_told(dmarc_cases, sizeof dmarc_cases / sizeof *dmarc_cases, NULL);
}

static void words_about_dkim(void **state)
{
    (void)state;
    assert_told(dkim_cases, sizeof dkim_cases / sizeof *dkim_cases, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_about_spf),
        cmocka_unit_test(words_about_dmarc),
        cmocka_unit_test(words_about_dkim),
    };

    return cmocka_run_group_tests_name("findings_words_senders", tests, NULL, NULL);
}
