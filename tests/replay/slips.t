#!/usr/bin/perl
# Slips, each in a zone where nothing else is wrong: all that is said of it, and the record that is
# published instead. A row of the table:
#   mx, spf, dmarc  lines in the place of the good ones
#   more            other lines of the zone
#   name            what is looked up; example.com if not given
#   says            all findings, each "severity id subject", in the order of the report; not counted
#                   are a missing address and DKIM keys that are not found
#   cures           the records to publish: id => lines; of other findings there are none
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use Test::More;

my $rest = <<'END';
$ORIGIN example.com.
$TTL 3600
@ SOA ns1 hostmaster 1 7200 900 1209600 300
@ NS ns1
@ NS ns2
ns1 A 198.51.100.53
ns2 A 203.0.113.53
mx1 A 192.0.2.1
mx2 A 198.51.100.2
mx1 AAAA 2001:db8:1::1
mx2 AAAA 2001:db8:2::1
@ A 192.0.2.80
END
my %good = (mx => "\@ MX 10 mx1\n\@ MX 20 mx2", spf => '@ TXT "v=spf1 mx -all"', dmarc => '_dmarc TXT "v=DMARC1; p=reject"');

my @slips = (
    'SPF: an en dash' => {
        spf => '@ TXT "v=spf1 mx \\226\\128\\147all"',
        says => ['error spf-syntax example.com.'],
        cures => {'spf-syntax' => 'example.com. 3600 IN TXT "v=spf1 mx -all"'},
    },
    'SPF: a tab' => {
        spf => '@ TXT "v=spf1 mx\\009ip4:203.0.113.4\\009-all"',
        says => ['error spf-syntax example.com.'],
        cures => {'spf-syntax' => 'example.com. 3600 IN TXT "v=spf1 mx ip4:203.0.113.4 -all"'},
    },
    'SPF: quotation marks inside' => {
        spf => '@ TXT "v=spf1 mx \\"include:_spf.example.com\\" -all"',
        more => '_spf TXT "v=spf1 ip4:203.0.113.7 -all"',
        says => ['error spf-syntax example.com.'],
        cures => {'spf-syntax' => 'example.com. 3600 IN TXT "v=spf1 mx include:_spf.example.com -all"'},
    },
    'SPF: no blank in front of -all' => {
        spf => '@ TXT "v=spf1 mx ip4:203.0.113.4-all"',
        says => ['error spf-syntax example.com.'],
        cures => {'spf-syntax' => 'example.com. 3600 IN TXT "v=spf1 mx ip4:203.0.113.4 -all"'},
    },
    'SPF: a name misspelt' => {
        spf => '@ TXT "v=spf1 mx inlcude:_spf.example.com -all"',
        more => '_spf TXT "v=spf1 ip4:203.0.113.7 -all"',
        says => ['error spf-syntax example.com.'],
        cures => {'spf-syntax' => 'example.com. 3600 IN TXT "v=spf1 mx include:_spf.example.com -all"'},
    },
    'SPF: a name in the plural' => {
        spf => '@ TXT "v=spf1 mx includes:_spf.example.com -all"',
        more => '_spf TXT "v=spf1 ip4:203.0.113.7 -all"',
        says => ['error spf-syntax example.com.'],
        cures => {'spf-syntax' => 'example.com. 3600 IN TXT "v=spf1 mx include:_spf.example.com -all"'},
    },
    'SPF: host:' => {
        spf => '@ TXT "v=spf1 mx host:mx1.example.com -all"',
        says => ['error spf-syntax example.com.'],
        cures => {'spf-syntax' => 'example.com. 3600 IN TXT "v=spf1 mx a:mx1.example.com -all"'},
    },
    'SPF: a host alone' => {
        spf => '@ TXT "v=spf1 mx mx1.example.com -all"',
        says => ['error spf-syntax example.com.'],
        cures => {'spf-syntax' => 'example.com. 3600 IN TXT "v=spf1 mx a:mx1.example.com -all"'},
    },
    'SPF: two addresses' => {
        spf => '@ TXT "v=spf1 mx ip4:203.0.113.4,203.0.113.5 -all"',
        says => ['error spf-syntax example.com.'],
        cures => {'spf-syntax' => 'example.com. 3600 IN TXT "v=spf1 mx ip4:203.0.113.4 ip4:203.0.113.5 -all"'},
    },
    'SPF: a network with a star' => {
        spf => '@ TXT "v=spf1 mx ip4:203.0.113.* -all"',
        says => ['error spf-syntax example.com.'],
        cures => {'spf-syntax' => 'example.com. 3600 IN TXT "v=spf1 mx ip4:203.0.113.0/24 -all"'},
    },
    'SPF: a mask' => {
        spf => '@ TXT "v=spf1 mx ip4:203.0.113.0/255.255.255.0 -all"',
        says => ['error spf-syntax example.com.'],
        cures => {'spf-syntax' => 'example.com. 3600 IN TXT "v=spf1 mx ip4:203.0.113.0/24 -all"'},
    },
    'SPF: a backslash' => {
        spf => '@ TXT "v=spf1 mx\\\\; ip4:203.0.113.4 -all"',
        says => ['error spf-syntax example.com.'],
        cures => {'spf-syntax' => 'example.com. 3600 IN TXT "v=spf1 mx ip4:203.0.113.4 -all"'},
    },
    'SPF: an address that is a range' => {spf => '@ TXT "v=spf1 mx ip4:203.0.113.4-203.0.113.9 -all"', says => ['error spf-syntax example.com.']},
    'SPF: a page for a domain' => {
        spf => '@ TXT "v=spf1 mx include:https://_spf.example.com/ -all"',
        more => '_spf TXT "v=spf1 ip4:203.0.113.7 -all"',
        says => ['error spf-syntax example.com.'],
        cures => {'spf-syntax' => 'example.com. 3600 IN TXT "v=spf1 mx include:_spf.example.com -all"'},
    },
    'SPF: an include that runs into -all' => {
        spf => '@ TXT "v=spf1 mx include:_spf.example.com-all"',
        more => '_spf TXT "v=spf1 ip4:203.0.113.7 -all"',
        says => ['error spf-include _spf.example.com-all.'],
        cures => {'spf-include' => 'example.com. 3600 IN TXT "v=spf1 mx include:_spf.example.com -all"'},
    },
    'SPF: two records in one text' => {
        spf => '@ TXT "v=spf1 mx -all v=spf1 include:_spf.example.com -all"',
        more => '_spf TXT "v=spf1 ip4:203.0.113.7 -all"',
        says => ['warning spf-after-all example.com.', 'warning spf-slip example.com.'],
        cures => {'spf-after-all' => 'example.com. 3600 IN TXT "v=spf1 mx include:_spf.example.com -all"', 'spf-slip' => 'example.com. 3600 IN TXT "v=spf1 mx include:_spf.example.com -all"'},
    },
    'SPF: version without number' => {
        spf => '@ TXT "v=spf mx -all"',
        says => ['warning spf-none example.com.'],
        cures => {'spf-none' => 'example.com. 3600 IN TXT "v=spf1 mx -all"'},
    },
    'SPF: mx/0' => {spf => '@ TXT "v=spf1 mx/0 -all"', says => ['error spf-wide example.com.']},
    'SPF: the type that was given up, alone' => {
        spf => '@ SPF "v=spf1 mx -all"',
        says => ['warning spf-none example.com.'],
        cures => {'spf-none' => 'example.com. 3600 IN TXT "v=spf1 mx -all"'},
    },
    'SPF: the type that was given up, as well' => {more => '@ SPF "v=spf1 mx -all"', says => ['notice spf-type99 example.com.']},
    'SPF: an include that is nearly a record' => {
        spf => '@ TXT "v=spf1 mx include:_spf.example.com -all"',
        more => '_spf TXT v=spf1 ip4:203.0.113.7 -all',
        says => ['error spf-include _spf.example.com.'],
        cures => {'spf-include' => '_spf.example.com. 3600 IN TXT "v=spf1 ip4:203.0.113.7 -all"'},
    },
    'SPF: an include with two records' => {
        spf => '@ TXT "v=spf1 mx include:_spf.example.com -all"',
        more => '_spf TXT "v=spf1 ip4:203.0.113.7 -all"
_spf TXT "v=spf1 ip4:203.0.113.8 -all"',
        says => ['error spf-include _spf.example.com.'],
        cures => {'spf-include' => '_spf.example.com. 3600 IN TXT "v=spf1 ip4:203.0.113.7 ip4:203.0.113.8 -all"'},
    },
    'SPF: an include elsewhere' => {
        spf => '@ TXT "v=spf1 mx include:_spf.example.com -all"',
        more => '_spf.example.com TXT "v=spf1 ip4:203.0.113.7 -all"',
        says => ['error spf-include _spf.example.com.'],
        cures => {'spf-include' => '_spf.example.com. 3600 IN TXT "v=spf1 ip4:203.0.113.7 -all"'},
    },
    'SPF: hosts of one family' => {
        spf => '@ TXT "v=spf1 a:h1.example.com a:h2.example.com a:h3.example.com mx -all"',
        more => 'h1 AAAA 2001:db8:3::1
h2 AAAA 2001:db8:3::2
h3 AAAA 2001:db8:3::3',
        says => ['warning spf-voids example.com.'],
        cures => {'spf-voids' => 'example.com. 3600 IN TXT "v=spf1 ip6:2001:db8:3::1 ip6:2001:db8:3::2 ip6:2001:db8:3::3 mx -all"'},
    },
    'DMARC: commas for semicolons' => {
        dmarc => '_dmarc TXT "v=DMARC1; p=reject, rua=mailto:d@example.com"',
        says => ['error dmarc-syntax _dmarc.example.com.'],
        cures => {'dmarc-syntax' => '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=reject; rua=mailto:d@example.com"'},
    },
    'DMARC: the version last' => {
        dmarc => '_dmarc TXT "p=reject; v=DMARC1"',
        says => ['error dmarc-syntax _dmarc.example.com.'],
        cures => {'dmarc-syntax' => '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=reject"'},
    },
    'DMARC: a version without number' => {
        dmarc => '_dmarc TXT "v=DMARC; p=reject"',
        says => ['error dmarc-syntax _dmarc.example.com.'],
        cures => {'dmarc-syntax' => '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=reject"'},
    },
    'DMARC: another version' => {dmarc => '_dmarc TXT "v=DMARC2; p=reject"', says => ['error dmarc-syntax _dmarc.example.com.']},
    'DMARC: policy=' => {
        dmarc => '_dmarc TXT "v=DMARC1; policy=reject"',
        says => ['warning dmarc-syntax _dmarc.example.com.'],
        cures => {'dmarc-syntax' => '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=reject"'},
    },
    'DMARC: a policy nobody knows, with reports' => {
        dmarc => '_dmarc TXT "v=DMARC1; p=bogus; rua=mailto:d@example.com"',
        says => ['error dmarc-syntax _dmarc.example.com.'],
    },
    'DMARC: two tags at fault' => {
        dmarc => '_dmarc TXT "v=DMARC1; p=reject; adkim=strict; foo=bar"',
        says => ['notice dmarc-syntax _dmarc.example.com.'],
    },
    'DMARC: addresses without a comma' => {
        dmarc => '_dmarc TXT "v=DMARC1; p=reject; rua=mailto:a@example.com mailto:b@example.com"',
        says => ['warning dmarc-report-uri _dmarc.example.com.'],
        cures => {'dmarc-report-uri' => '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=reject; rua=mailto:a@example.com,mailto:b@example.com"'},
    },
    'DMARC: mailto: twice' => {
        dmarc => '_dmarc TXT "v=DMARC1; p=reject; rua=mailto:mailto:a@example.com"',
        says => ['warning dmarc-report-uri _dmarc.example.com.'],
        cures => {'dmarc-report-uri' => '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=reject; rua=mailto:a@example.com"'},
    },
    'DMARC: mailto://' => {
        dmarc => '_dmarc TXT "v=DMARC1; p=reject; ruf=mailto://a@example.com"',
        says => ['warning dmarc-report-uri _dmarc.example.com.'],
        cures => {'dmarc-report-uri' => '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=reject; ruf=mailto:a@example.com"'},
    },
    'DMARC: a blank in quotation marks' => {dmarc => '_dmarc TXT "v=DMARC1; p=reject; rua=mailto:\\"a b\\"@example.com"', says => []},
    'DMARC: none without reports' => {
        dmarc => '_dmarc TXT "v=DMARC1; p=none"',
        says => ['notice dmarc-policy-none _dmarc.example.com.'],
        cures => {'dmarc-policy-none' => '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=quarantine; rua=mailto:dmarc@example.com"'},
    },
    'DMARC: without the underscore' => {
        dmarc => 'dmarc TXT "v=DMARC1; p=reject"',
        says => ['warning dmarc-none example.com.'],
        cures => {'dmarc-none' => '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=reject"'},
    },
    'DMARC: none, and something else without the underscore' => {
        dmarc => 'dmarc TXT "x"',
        says => ['warning dmarc-none example.com.'],
        cures => {'dmarc-none' => '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=none; rua=mailto:dmarc@example.com"'},
    },
    'DMARC: an alias out of the file' => {dmarc => '_dmarc CNAME _dmarc.provider.test.', says => ['unknown dmarc-none _dmarc.example.com.']},
    'DMARC: delegated away' => {dmarc => '_dmarc NS ns.provider.test.', says => ['unknown dmarc-none _dmarc.example.com.']},
    'DMARC: an alias without its last dot' => {
        dmarc => '_dmarc CNAME _dmarc.provider.example.net',
        says => ['warning alias-dangling _dmarc.example.com.', 'warning dmarc-none example.com.'],
    },
    'DMARC: an alias with a dot too many' => {
        dmarc => "_dmarc CNAME dm.\ndm TXT \"v=DMARC1; p=reject\"",
        says => ['warning alias-dangling _dmarc.example.com.'],
        text => {'alias-dangling' => qr/not dm\.example\.com/},
        fixes => {'alias-dangling' => qr/Write "dm\.example\.com\." in the CNAME record/},
    },
    'MTA-STS: an alias with a dot too many' => {
        more => "_mta-sts CNAME sts.hosting.\nsts.hosting TXT \"v=STSv1; id=1\"",
        says => ['warning alias-dangling _mta-sts.example.com.'],
        fixes => {'alias-dangling' => qr/Write "sts\.hosting\.example\.com\." in the CNAME record/},
    },
    'MTA-STS: a host with a dot too many' => {
        more => "_mta-sts TXT \"v=STSv1; id=1\"\n_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:a\@example.com\"\nmta-sts CNAME web.\nweb A 192.0.2.81",
        says => ['warning alias-dangling mta-sts.example.com.'],
        fixes => {'alias-dangling' => qr/Write "web\.example\.com\." in the CNAME record/},
    },
    'DKIM: an alias with a dot too many' => {
        more => "k1._domainkey CNAME key.\nkey TXT \"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"",
        says => ['warning alias-dangling k1._domainkey.example.com.'],
    },
    'DKIM: in test mode, said first' => {
        more => 'k1._domainkey TXT "t=y; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="',
        says => ['notice dkim-testing k1._domainkey.example.com.'],
        cures => {'dkim-testing' => 'k1._domainkey.example.com. 3600 IN TXT "k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="'},
    },
    'DKIM: in test mode among flags' => {
        more => 'k1._domainkey TXT "v=DKIM1; t=s:y; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="',
        says => ['notice dkim-testing k1._domainkey.example.com.'],
        cures => {'dkim-testing' => 'k1._domainkey.example.com. 3600 IN TXT "v=DKIM1; t=s; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="'},
    },
    'DMARC: a slip below a stricter record' => {
        more => '_dmarc.sub TXT "v=dmarc1; p=none"
sub MX 10 mx1
sub MX 20 mx2
sub A 192.0.2.99
sub TXT "v=spf1 mx -all"',
        name => 'sub.example.com',
        says => ['error dmarc-syntax _dmarc.sub.example.com.'],
    },
    'DMARC: np=none of a name that is not there' => {
        dmarc => '_dmarc TXT "v=DMARC1; p=reject; np=none; sp=quarantine"',
        name => 'nothere.example.com',
        says => ['error mx-none nothere.example.com.', 'warning spf-none nothere.example.com.', 'warning dmarc-subdomains-none _dmarc.example.com.'],
        cures => {'spf-none' => 'nothere.example.com. 3600 IN TXT "v=spf1 -all"', 'dmarc-subdomains-none' => '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=reject; sp=quarantine"'},
    },
    'DMARC: none, of a name without mail' => {
        spf => '@ TXT "v=spf1 -all"',
        dmarc => '_dmarc TXT "v=DMARC1; p=none; rua=mailto:d@example.com"',
        mx => '@ MX 0 .',
        says => ['notice mx-null-open example.com.', 'ok mx-null example.com.'],
        cures => {'mx-null-open' => '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=reject; rua=mailto:d@example.com"'},
    },
    'DMARC: under a wildcard' => {dmarc => '* TXT "v=DMARC1; p=reject"', says => []},
    'MTA-STS: at the domain itself' => {more => '@ TXT "v=STSv1; id=1"', says => ['warning mta-sts-syntax _mta-sts.example.com.']},
    'MTA-STS: at the host' => {
        more => 'mta-sts TXT "v=STSv1; id=1"
mta-sts A 192.0.2.81',
        says => ['warning mta-sts-syntax _mta-sts.example.com.'],
        cures => {'mta-sts-syntax' => '_mta-sts.example.com. 3600 IN TXT "v=STSv1; id=1"'},
    },
    'MTA-STS: a host nobody reaches' => {
        more => '_mta-sts TXT "v=STSv1; id=1"
mta-sts A 10.0.0.1
_smtp._tls TXT "v=TLSRPTv1; rua=mailto:t@example.com"',
        says => ['error mta-sts-policy-host mta-sts.example.com.'],
    },
    'TLS-RPT: without the underscores' => {
        more => 'smtp.tls TXT "v=TLSRPTv1; rua=mailto:t@example.com"',
        says => ['warning tls-rpt-syntax _smtp._tls.example.com.'],
        cures => {'tls-rpt-syntax' => '_smtp._tls.example.com. 3600 IN TXT "v=TLSRPTv1; rua=mailto:t@example.com"'},
    },
    'BIMI: a share of the mail' => {
        dmarc => '_dmarc TXT "v=DMARC1; p=quarantine; pct=50"',
        more => 'default._bimi TXT "v=BIMI1; l=https://example.com/l.svg"',
        says => ['notice dmarc-syntax _dmarc.example.com.', 'notice bimi-unusable default._bimi.example.com.'],
        cures => {'dmarc-syntax' => '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=quarantine"'},
    },
    'TLSA: a dangling alias' => {more => '_25._tcp.mx1 CNAME gone', says => ['warning alias-dangling _25._tcp.mx1.example.com.']},
    'DKIM: a dangling alias for every selector' => {more => '*._domainkey CNAME gone', says => ['warning alias-dangling *._domainkey.example.com.']},
    'DNAME: nothing but its own' => {
        more => 'old DNAME new
a.new MX 10 mx1
a.new MX 20 mx2
a.new TXT "v=spf1 mx -all"
a.new A 192.0.2.9',
        name => 'a.old.example.com',
        says => [],
    },
    'a dangling wildcard' => {more => '* CNAME gone.mx1', says => ['warning alias-dangling *.example.com.']},
    'a circle of aliases' => {
        more => 'foo CNAME bar
bar CNAME foo',
        name => 'foo.example.com',
        says => ['error cname-loop foo.example.com.'],
    },
    'a chain without end' => {
        more => 'c0 CNAME c1
c1 CNAME c2
c2 CNAME c3
c3 CNAME c4
c4 CNAME c5
c5 CNAME c6
c6 CNAME c7
c7 CNAME c8
c8 CNAME c9
c9 CNAME c10
c10 CNAME c11
c11 CNAME c12
c12 CNAME c13
c13 CNAME c14
c14 CNAME c15
c15 CNAME c16
c16 CNAME c17
c17 CNAME c18
c18 CNAME c19
c19 CNAME c20
c20 MX 10 mx1',
        name => 'c0.example.com',
        says => ['error cname-chain-long c0.example.com.'],
    },
    'a circle at an exchange' => {
        mx => '@ MX 10 l1
@ MX 20 mx2',
        more => 'l1 CNAME l2
l2 CNAME l1',
        says => ['error cname-loop l1.example.com.'],
    },
    'a circle at an include' => {
        spf => '@ TXT "v=spf1 include:l1.example.com mx -all"',
        more => 'l1 CNAME l2
l2 CNAME l1',
        says => ['error cname-loop l1.example.com.'],
    },
    'an alias of nothing' => {more => 'foo CNAME gone', name => 'foo.example.com', says => ['error mx-none foo.example.com.']},
    'localhost beside a host' => {
        mx => '@ MX 10 localhost.
@ MX 20 mx2',
        says => ['error mx-localhost example.com.'],
    },
    'localhost alone' => {
        mx => '@ MX 10 localhost.',
        says => ['error mx-localhost example.com.'],
        cures => {'mx-localhost' => 'example.com. 3600 IN MX 0 .'},
    },
    'localhost of the domain' => {
        mx => '@ MX 10 localhost
@ MX 20 mx2',
        more => 'localhost A 127.0.0.1',
        says => ['error mx-localhost example.com.'],
    },
    'a host called localhost' => {
        mx => '@ MX 10 localhost
@ MX 20 mx2',
        more => 'localhost A 192.0.2.1',
        says => [],
    },
    'localhost.localdomain' => {
        mx => '@ MX 10 localhost.localdomain.
@ MX 20 mx2',
        says => ['error mx-localhost example.com.'],
    },
    'an exchange of another zone' => {
        mx => '@ MX 10 mx.provider.test.',
        says => ['notice mx-outside-domain example.com.', 'unknown mx-unresolvable mx.provider.test.'],
    },
    'an exchange without its last dot' => {
        mx => '@ MX 10 mx.provider.example.net
@ MX 20 mx2',
        says => ['error mx-dangling mx.provider.example.net.example.com.'],
    },
    'an exchange that is a page' => {
        mx => '@ MX 10 https://mail.example.com.
@ MX 20 mx2',
        says => ['error mx-dangling https://mail.example.com.', 'warning mx-hostname https://mail.example.com.'],
    },
    'TLSA: the zone twice' => {
        more => '_25._tcp.mx1.example.com TLSA 3 1 1 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
_25._tcp.mx2 TLSA 3 1 1 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
        says => ['warning dane-misplaced _25._tcp.mx1.example.com.'],
        cures => {'dane-misplaced' => '_25._tcp.mx1.example.com. 3600 IN TLSA 3 1 1 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'},
    },
    'TLSA: without underscores, and turned' => {
        more => '25.tcp.mx1 TLSA 3 1 1 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
_tcp._25.mx2 TLSA 3 1 1 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
        says => ['warning dane-misplaced _25._tcp.mx1.example.com.', 'warning dane-misplaced _25._tcp.mx2.example.com.'],
        cures => {'dane-misplaced' => "_25._tcp.mx1.example.com. 3600 IN TLSA 3 1 1 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n_25._tcp.mx2.example.com. 3600 IN TLSA 3 1 1 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
    },
    'TLSA: at the domain' => {more => '_25._tcp TLSA 3 1 1 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', says => ['warning dane-misplaced _25._tcp.example.com.']},
    'TLSA: at the domain, for one host' => {
        mx => '@ MX 10 mx1',
        more => '_25._tcp TLSA 3 1 1 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
        says => ['warning dane-misplaced _25._tcp.example.com.', 'notice mx-single example.com.'],
        cures => {'dane-misplaced' => '_25._tcp.mx1.example.com. 3600 IN TLSA 3 1 1 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'},
    },
    'TLSA: at the domain as well' => {more => join("\n", map { "_25._tcp$_ TLSA 3 1 1 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" } '', '.mx1', '.mx2'), says => []},
    'TLSA: at the domain, which takes the mail' => {
        mx => '@ MX 10 @',
        more => '_25._tcp TLSA 3 1 1 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
        says => ['notice mx-single example.com.', 'notice mx-v4-only example.com.'],
    },
    'TLSA: of a web server' => {more => '_443._tcp.mx1 TLSA 3 1 1 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', says => []},
    'DKIM: the zone twice' => {
        more => 's1._domainkey.example.com TXT "v=DKIM1; k=ed25519; p=VG/CcbEnl/+GEiknMp2fU8QQ7kp9lT95q9dSJ33N4Oc="',
        says => ['error dkim-misplaced s1._domainkey.example.com.'],
        cures => {'dkim-misplaced' => 's1._domainkey.example.com. 3600 IN TXT "v=DKIM1; k=ed25519; p=VG/CcbEnl/+GEiknMp2fU8QQ7kp9lT95q9dSJ33N4Oc="'},
    },
    'DKIM: without the underscore' => {
        more => 'mail.domainkey TXT "v=DKIM1; k=ed25519; p=VG/CcbEnl/+GEiknMp2fU8QQ7kp9lT95q9dSJ33N4Oc="',
        says => ['error dkim-misplaced mail._domainkey.example.com.'],
        cures => {'dkim-misplaced' => 'mail._domainkey.example.com. 3600 IN TXT "v=DKIM1; k=ed25519; p=VG/CcbEnl/+GEiknMp2fU8QQ7kp9lT95q9dSJ33N4Oc="'},
    },
    'DKIM: turned' => {
        more => '_domainkey.google TXT "v=DKIM1; k=ed25519; p=VG/CcbEnl/+GEiknMp2fU8QQ7kp9lT95q9dSJ33N4Oc="',
        says => ['error dkim-misplaced google._domainkey.example.com.'],
        cures => {'dkim-misplaced' => 'google._domainkey.example.com. 3600 IN TXT "v=DKIM1; k=ed25519; p=VG/CcbEnl/+GEiknMp2fU8QQ7kp9lT95q9dSJ33N4Oc="'},
    },
    'DKIM: at the domain itself' => {more => '@ TXT "v=DKIM1; k=ed25519; p=VG/CcbEnl/+GEiknMp2fU8QQ7kp9lT95q9dSJ33N4Oc="', says => ['warning dkim-misplaced example.com.']},
    'DKIM: the zone twice, beside one that is found' => {more => qq{s1._domainkey.example.com TXT "v=DKIM1; k=ed25519; p=VG/CcbEnl/+GEiknMp2fU8QQ7kp9lT95q9dSJ33N4Oc="\ns2._domainkey TXT "v=DKIM1; k=ed25519; p=VG/CcbEnl/+GEiknMp2fU8QQ7kp9lT95q9dSJ33N4Oc="}, says => []},
    'DMARC: its label twice' => {
        dmarc => '_dmarc._dmarc TXT "v=DMARC1; p=reject"',
        says => ['warning dmarc-none example.com.'],
        cures => {'dmarc-none' => '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=reject"'},
    },
    'DMARC: at a host' => {
        dmarc => '_dmarc.mx2 TXT "v=DMARC1; p=reject"',
        says => ['warning dmarc-none example.com.'],
        cures => {'dmarc-none' => '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=none; rua=mailto:dmarc@example.com"'},
    },
    'TLS-RPT: turned' => {
        more => '_tls._smtp TXT "v=TLSRPTv1; rua=mailto:t@example.com"',
        says => ['warning tls-rpt-syntax _smtp._tls.example.com.'],
        cures => {'tls-rpt-syntax' => '_smtp._tls.example.com. 3600 IN TXT "v=TLSRPTv1; rua=mailto:t@example.com"'},
    },
    'MTA-STS: its label twice' => {
        more => '_mta-sts._mta-sts TXT "v=STSv1; id=1"
mta-sts A 192.0.2.81
_smtp._tls TXT "v=TLSRPTv1; rua=mailto:t@example.com"',
        says => ['warning mta-sts-syntax _mta-sts.example.com.'],
        cures => {'mta-sts-syntax' => '_mta-sts.example.com. 3600 IN TXT "v=STSv1; id=1"'},
    },
    'DMARC: tags that were given up' => {
        dmarc => '_dmarc TXT "v=DMARC1; p=reject; pct=100; ri=86400; rf=afrf; fo=1"',
        says => ['notice dmarc-syntax _dmarc.example.com.'],
        cures => {'dmarc-syntax' => '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=reject"'},
    },
    'DMARC: an option nobody knows' => {
        dmarc => '_dmarc TXT "v=DMARC1; p=reject; ruf=mailto:d@example.com; fo=x"',
        says => ['notice dmarc-syntax _dmarc.example.com.'],
        cures => {'dmarc-syntax' => '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=reject; ruf=mailto:d@example.com"'},
    },
    'DMARC: tried out with no mail at all' => {
        dmarc => '_dmarc TXT "v=DMARC1; p=reject; pct=0"',
        says => ['notice dmarc-syntax _dmarc.example.com.'],
    },
    'SPF: a host by its first label' => {
        spf => '@ TXT "v=spf1 a:mx1 ?a:mx2/24 -all"',
        says => ['error spf-syntax example.com.'],
        cures => {'spf-syntax' => 'example.com. 3600 IN TXT "v=spf1 a:mx1.example.com ?a:mx2.example.com/24 -all"'},
    },
    'SPF: an include by its first label' => {
        spf => '@ TXT "v=spf1 mx include:_spf -all"',
        more => '_spf TXT "v=spf1 ip4:203.0.113.7 -all"',
        says => ['error spf-syntax example.com.'],
        cures => {'spf-syntax' => 'example.com. 3600 IN TXT "v=spf1 mx include:_spf.example.com -all"'},
    },
    'SPF: a first label of nothing' => {spf => '@ TXT "v=spf1 mx a:gone -all"', says => ['error spf-syntax example.com.']},
    'SPF: terms behind all, and redirect= in front of it' => {
        spf => '@ TXT "v=spf1 mx redirect=_spf.a.long.name.below.example.com -all ip4:203.0.113.7"',
        says => ['warning spf-after-all example.com.'],
        cures => {'spf-after-all' => 'example.com. 3600 IN TXT "v=spf1 mx ip4:203.0.113.7 -all"'},
    },
    'an exchange with a dot too many' => {
        mx => "\@ MX 10 mx1.\n\@ MX 20 mx2",
        says => ['error mx-dangling mx1.'],
        cures => {'mx-dangling' => 'example.com. 3600 IN MX 10 mx1.example.com.'},
    },
    'an alias with a dot too many' => {
        mx => "\@ MX 10 mail.\n\@ MX 20 mx2",
        more => 'mail CNAME mx1',
        says => ['error mx-dangling mail.'],
        cures => {'mx-dangling' => 'example.com. 3600 IN MX 10 mx1.example.com.'},
    },
    'a dot too many beside a wildcard' => {
        mx => "\@ MX 10 mail.\n\@ MX 20 mx2",
        more => '* A 192.0.2.77',
        says => ['notice mx-outside-domain example.com.', 'notice mx-bypasses-filter mx2.example.com.', 'unknown mx-unresolvable mail.'],
    },
    'a name server with a dot too many' => {
        more => "\@ NS ns3.\nns3 A 192.0.2.53",
        says => ['error ns-dangling ns3.'],
        cures => {'ns-dangling' => 'example.com. 3600 IN NS ns3.example.com.'},
    },
    'services with a dot too many' => {
        more => "_submission._tcp SRV 0 1 587 mx1.\n_imaps._tcp SRV 0 1 993 mx1.",
        says => ['error srv-dangling mx1.'],
        cures => {'srv-dangling' => "_submission._tcp.example.com. 3600 IN SRV 0 1 587 mx1.example.com.\n"
                . '_imaps._tcp.example.com. 3600 IN SRV 0 1 993 mx1.example.com.'},
    },
    'localhost where a host is known' => {
        mx => '@ MX 10 localhost.',
        more => "mail A 192.0.2.9\nmail AAAA 2001:db8:1::9",
        says => ['error mx-localhost example.com.'],
        cures => {'mx-localhost' => 'example.com. 3600 IN MX 10 mail.example.com.'},
    },
    'an address without its last dot' => {
        mx => '@ MX 10 192.0.2.25
@ MX 20 mx2',
        says => ['error mx-literal example.com.'],
        cures => {'mx-literal' => 'example.com. 3600 IN MX 10 mail.example.com.
mail.example.com. 3600 IN A 192.0.2.25'},
    },
    'a name server that is an address' => {more => '@ NS 203.0.113.54', says => ['error ns-dangling 203.0.113.54.example.com.']},
    'a service at an address' => {more => '_submission._tcp SRV 0 0 587 192.0.2.9', says => ['error srv-dangling 192.0.2.9.example.com.']},
);

is_deeply(findings_of({}), [[], {}], 'nothing is wrong where there is no slip');
while (my ($what, $slip) = splice @slips, 0, 2) {
    my ($says, $cures) = @{ findings_of($slip) };
    is_deeply($says, $slip->{says}, "$what: these findings and no others");
    is_deeply($cures, $slip->{cures} || {}, '... and these records to publish');
}
done_testing;

sub findings_of {
    my ($slip) = @_;
    my $zone = join "\n", $rest, (map { $slip->{$_} // $good{$_} } qw(mx spf dmarc)), $slip->{more} // '';
    my @findings = grep { $_->{id} !~ /^(?:dkim-none-found|a-none)$/ }
        @{ json('--zone', file('slip.zone', "$zone\n"), $slip->{name} || 'example.com')->{findings} };
    return [[map { "$_->{severity} $_->{id} $_->{subject}" } @findings], { map { $_->{id} => $_->{publish} } grep { $_->{publish} } @findings }];
}
