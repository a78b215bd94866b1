#!/usr/bin/perl
# What is said about records: whole lists of findings, the same on screen, in the report and in
# JSON. Each kind has a zone that shows it and one that must not.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use Test::More;

my $number = 0;
# The findings, no others; the report has the same; --check fails for errors only.
sub judged {
    my ($family, $zone, $wanted, $name, @options) = @_;
    my $path = example('zone' . $number++, $zone);
    my ($object) = json('--zone', $path, @options, 'example.com');
    my @all = grep { $_->{severity} ne 'ok' } @{ $object->{findings} };
    my ($status, $report) = mxtrail('--zone', $path, '--report', '--check', @options, 'example.com');
    my @said = map { "$_->{severity} $_->{id} $_->{subject}" } @all;
    (my @printed) = $report =~ /^  (error|warning|notice|unknown) +(\S+), (\S+)/gm;
    my @pairs;
    push @pairs, join ' ', splice @printed, 0, 3 while @printed;
    is_deeply([grep { / (?:$family)-/ } @said], $wanted, $name);
    is_deeply([map { "$_." } @pairs], \@said, '... and the report says the same');
    is($status, (grep { /^error/ } @said) ? 1 : 0, '... and the exit status');
    return $object;
}

my $hosts = <<'END';
@ MX 10 mx1
@ MX 20 mx2
mx1 A 192.0.2.1
mx2 A 198.51.100.2
mx1 AAAA 2001:db8:1::1
mx2 AAAA 2001:db8:2::1
@ A 192.0.2.80
END

# ---- the filter in front ----

my $front = "mx.front.example.net. A 203.0.113.25\nmx1 A 192.0.2.1\nmx1 AAAA 2001:db8:1::1\nmx2 A 198.51.100.2\n";
my $outside = 'notice mx-outside-domain example.com.';
judged('mx', "\@ MX 10 mx.front.example.net.\n\@ MX 20 mx1\n$front", [$outside, 'notice mx-bypasses-filter mx1.example.com.'],
    'a host of somebody else in front of an own one may be a filter');
judged('mx', "\@ MX 10 mx.front.example.net.\n\@ MX 10 mx1\n$front", [$outside], 'nothing is in front of its equal');
judged('mx', "\@ MX 10 mx1\n\@ MX 20 mx.front.example.net.\n$front", [$outside], 'a secondary elsewhere is no filter');
judged('mx', "\@ MX 10 aspmx.l.google.com.\n\@ MX 20 mx1\naspmx.l.google.com. A 203.0.113.26\n$front", [$outside],
    'a known keeper of mailboxes is none');

# ---- the zone as a whole ----

judged('zone|ns', "$hosts\@ TXT \"v=spf1 a:h.example.net -all\"\nh.example.net. A 203.0.113.9\n", ['notice zone-outside example.com.'],
    'data outside the zone');
judged('zone', "$hosts\@ TXT \"v=spf1 a:mx1 -all\"\n", [], 'data of the zone alone');
judged('zone', $hosts . join('', map { "h.$_.test. A 203.0.113.9\n" } 'a' .. 'f'), ['notice zone-outside example.com.'], 'much of it is one finding');

# At names that nobody looks up; what a lookup has shown is not told again.
for (
    ["www CNAME mx1\nwww TXT x\n", ['error zone-cname-and-other-data www.example.com.'], 'a CNAME and other data'],
    ["_dmarc CNAME d\n_dmarc TXT \"v=DMARC1; p=none\"\nd TXT \"v=DMARC1; p=none\"\n", [], 'at a policy'],
    ["a CNAME b\nb CNAME c\nc CNAME a\n", ['warning zone-cname-loop a.example.com.'], 'a loop'],
    ["\@ TXT \"v=spf1 include:c.example.com -all\"\na CNAME b\nb CNAME c\nc CNAME a\n", [], 'a loop that SPF leads into'],
    ["shop CNAME gone\n", ['warning zone-cname-dangling shop.example.com.'], 'an alias of nothing'],
    ["_dmarc CNAME gone\n", [], 'of a policy'],
    ["\@ MX 30 gone\n\@ NS gone2\n_submission._tcp SRV 0 1 587 gone3\n", [], 'hosts without address that are looked up'],
    ["sub MX 10 gone\nsub2 MX 10 gone\nsub3 MX 10 gone2\nx NS ns.x\n_foo._tcp SRV 0 1 1 gone\n",
        ['error zone-dangling _foo._tcp.example.com.', 'error zone-dangling sub.example.com.', 'error zone-dangling sub3.example.com.',
            'error zone-dangling x.example.com.'], 'and that are not'],
) {
    my ($more, $wanted, $name) = @$_;
    judged('zone', $hosts . $more, $wanted, "$name in the zone file");
}
for my $ns ('', "\@ NS ns1\nns1 A 192.0.2.53\n") {
    my $path = file('none.zone', "\$ORIGIN example.com.\n\$TTL 3600\n\@ SOA ns1 hostmaster 1 7200 900 1209600 300\n$ns$hosts");
    my @found = grep { /ns-none/ } map { "$_->{severity} $_->{id} $_->{subject}" } @{ json('--zone', $path, 'example.com')->{findings} };
    is_deeply(\@found, $ns ? [] : ['warning ns-none example.com.'], $ns ? 'a zone with NS records' : 'a zone without NS records');
}

# ---- SPF ----

sub spf {
    my ($record, $more, $wanted, $name, $state) = @_;
    my $object = judged('spf', qq{$hosts\@ TXT "$record"\n$more}, $wanted, "$name: $record");
    is($object->{policy}{spf}{state}, $state // 'ok', '... and the state') or diag $record;
    return $object;
}

spf('v=spf1 mx -all', '', [], 'nothing wrong');
spf('v=spf1 mx -all include:gone.example.com', '', ['warning spf-after-all example.com.'], 'a term behind all');
spf('v=spf1 mx -all include:example.com ptr +mx/0', '', ['warning spf-after-all example.com.'], 'terms behind all');
spf('v=spf1 mx exp=e.example.com -all x=y', '', [], 'modifiers are behind all by right');
spf('v=spf1 redirect=r.example.com mx -all', 'r TXT "v=spf1 +all"', ['warning spf-after-all example.com.'], 'redirect= beside all');
spf('v=spf1 mx redirect=r.example.com', 'r TXT "v=spf1 -all"', [], 'redirect= without all');
spf('v=spf1 mx -all moo', '', ['error spf-syntax example.com.'], 'a fault is one wherever it is', 'syntax error');
spf('v=spf1 mx include:i.example.com -all', 'i TXT "v=spf1 moo -all"', ['error spf-syntax i.example.com.'], 'a fault in an included record', 'broken include');
spf('v=spf1 mx +all', '', ['error spf-plus-all example.com.'], 'everybody', 'passes all hosts');
spf('v=spf1 mx ip4:10.0.0.0/8 ip4:192.168.1.5 ip6:fe80::1 -all', '', ['notice spf-private example.com.'], 'private networks are one finding');
spf('v=spf1 mx a:in.example.com -all', "in A 10.1.2.3\nin AAAA fd00::1\n", ['notice spf-private example.com.'], 'so is a host inside');
spf('v=spf1 mx a:in.example.com -all', "in A 10.1.2.3\nin A 192.0.2.9\n", [], 'a host with an address outside, too, is not');
spf('v=spf1 mx ip4:192.0.2.0/24 -all', '', [], 'a network that is not private');
spf('v=spf1 mx ip4:198.0.0.0/15 -all', '', ['warning spf-wide example.com.'], 'a large network');
my $outlook = 'spf.protection.outlook.com. TXT "v=spf1 ip4:40.92.0.0/15 ip4:52.100.0.0/15 ip6:2a01:111::/31 -all"';
spf('v=spf1 include:spf.protection.outlook.com mx -all', $outlook, [], 'large networks of an operator that is known');
spf('v=spf1 include:spf.protection.outlook.com mx -all', 'spf.protection.outlook.com. TXT "v=spf1 ip4:0.0.0.0/0 -all"',
    ['error spf-wide spf.protection.outlook.com.'], 'the whole Internet is nobody\'s network');
spf('v=spf1 mx include:i.example.com -all', 'i TXT "v=spf1 ip4:40.92.0.0/15 -all"', ['warning spf-wide i.example.com.'], 'the same network in a record of nobody known');

my $three = 'a:v4.example.com a:v4.example.com a:v4.example.com';
spf("v=spf1 mx $three -all", "v4 A 192.0.2.9\n", ['warning spf-voids example.com.'], 'void for senders over IPv6', 'too many voids');
spf("v=spf1 mx $three -all", "v4 A 192.0.2.9\nv4 AAAA 2001:db8::9\n", [], 'void for nobody');
spf("v=spf1 ip4:192.0.2.1 ip4:198.51.100.2 $three ~all", "v4 A 192.0.2.9\n",
    ['notice spf-voids example.com.'],
    'where nobody may send over IPv6', 'too many voids');
my $object = spf('v=spf1 mx a:v4.example.com mx:none.example.com -all', "v4 A 192.0.2.9\nnone MX 10 gone\nnone MX 20 gone2\n", [], 'two are allowed');
is_deeply($object->{policy}{spf}{void_terms}, [
    { domain => 'example.com.', term => 'a:v4.example.com', target => 'v4.example.com.', ipv4 => JSON::XS::false, ipv6 => JSON::XS::true },
    { domain => 'example.com.', term => 'mx:none.example.com', target => 'none.example.com.', ipv4 => JSON::XS::true, ipv6 => JSON::XS::true },
], 'the void terms are listed');

for my $count (10, 11) {
    my $zone = join '', map { "\@ MX 10 m$_\nm$_ A 192.0.2.$_\nm$_ AAAA 2001:db8::$_\n" } 1 .. $count;
    judged('spf', qq{$zone\@ TXT "v=spf1 mx ip4:198.51.100.1 -all"\n}, $count > 10 ? ['error spf-mx-many example.com.'] : [], "$count exchanges");
}

# Every order of the addresses of an exchange gives the same.
my @addresses = ('198.51.100.1', map { "192.0.2.$_" } 1 .. 8);
my %verdicts;
for my $first (0 .. $#addresses) {
    my $zone = join '', map { "m A $_\n" } @addresses[$first .. $#addresses], @addresses[0 .. $first - 1];
    my $path = example('order.zone', qq{\@ MX 10 m\n\@ TXT "v=spf1 ip4:192.0.2.0/24 -all"\n$zone});
    $verdicts{ join "\n", map { "$_->{id} $_->{subject} $_->{text}" } grep { $_->{id} =~ /^spf/ } @{ json('--zone', $path, 'example.com')->{findings} } }++;
}
is(keys %verdicts, 1, 'no order of addresses, no other finding');
like((keys %verdicts)[0], qr/^spf-missing-mx m\.example\.com\. .*fail for 198\.51\.100\.1, an MX host of the domain\. [^.]*\.$/, 'and it is the right one');

# Of several records none is judged, in whichever order they come.
for my $records (['v=spf1 mx -all', 'v=spf1 moo +all'], ['v=spf1 moo +all', 'v=spf1 mx -all']) {
    my $zone = $hosts . join '', map { qq{\@ TXT "$_"\n} } @$records;
    my $object = judged('spf', $zone, ['error spf-multiple example.com.'], 'several records');
    is_deeply([@{ $object->{policy}{spf} }{qw(state record lookups all)}], ['several records', undef, 0, undef], 'and none is shown for the other');
}

# ---- the sender SPF is asked about ----

sub verdict {
    my ($zone, $name, @options) = @_;
    my $check = json('--zone', example('verdict' . $number++, $zone), '--spf-ip', '192.0.2.1', @options, $name)->{policy}{spf}{check};
    return join ' ', @$check{qw(result identity domain)};
}

my $idn = qq{xn--bcher-kva TXT "v=spf1 -all"\n\@ TXT "v=spf1 ip4:192.0.2.1 -all"\n};
is(verdict($idn, 'example.com', '--spf-from', $_), 'fail mailfrom xn--bcher-kva.example.com', "sender $_")
    for 'x@bücher.example.com', '<x@bücher.example.com>', 'from=<x@BÜCHER.example.com>,', '<@relay.example:x@xn--bcher-kva.example.com>';
is(verdict($idn, 'example.com', '--spf-helo', 'bücher.example.com'), 'fail helo xn--bcher-kva.example.com', 'HELO has A-labels too');
is(verdict($idn, 'example.com', '--spf-from', '<>'), 'pass helo example.com', 'a null reverse-path is judged by HELO');
is(verdict($idn, 'example.com', '--spf-from', '<>', '--spf-helo', 'bücher.example.com'), 'fail helo xn--bcher-kva.example.com', 'the one that is given');
is(verdict($idn, 'example.com', '--spf-from', '"<a>"@example.com'), 'pass mailfrom example.com', 'brackets in a quoted local part stay');
my ($status, $out, $err) = mxtrail('--zone', example('none.zone', $idn), '--report', '--spf-ip', '192.0.2.1', '--spf-from', '<>');
is($status, 2, 'without any name there is nothing to judge');
like($err, qr/a name is missing/, 'which is said');

is(verdict(qq{a CNAME b\nb CNAME c\nc CNAME b\n}, 'example.com', '--spf-from', 'x@a.example.com'), 'temperror mailfrom a.example.com', 'a circle of aliases is a temperror');
is(verdict(qq{\@ TXT "v=spf1 include:a.example.com -all"\na CNAME b\nb CNAME a\n}, 'example.com'), 'temperror mailfrom example.com', 'in an include as well');
is(verdict(qq{\@ TXT "v=spf1 a:a.example.com -all"\na CNAME b\nb A 192.0.2.9\n}, 'example.com'), 'fail mailfrom example.com', 'an alias that ends is none');

# ---- DMARC ----

sub dmarc {
    my ($records, $wanted, $name, $state) = @_;
    my $object = judged('dmarc', qq{$hosts\@ TXT "v=spf1 mx -all"\n$records\n}, $wanted, "$name: $records");
    is($object->{policy}{dmarc}{state}, $state // 'found', '... and the state');
    return $object->{policy}{dmarc};
}

my $_dmarc = '_dmarc.example.com.';
dmarc('_dmarc TXT "v=DMARC1; p=reject"', [], 'nothing wrong');
dmarc('_dmarc TXT "v=DMARC1; p=none; p=reject; rua=mailto:a@example.com"', ["error dmarc-syntax $_dmarc"], 'a tag twice', 'syntax error');
dmarc('_dmarc TXT "v=DMARC1; p=reject; adkim=s; ADKIM=r"', ["error dmarc-syntax $_dmarc"], 'in capitals once', 'syntax error');
dmarc('_dmarc TXT " v=DMARC1; p=reject"', ["error dmarc-syntax $_dmarc"], 'a leading blank', 'syntax error');
dmarc('_dmarc TXT "v=dmarc1; p=reject; rua=mailto:a@y.test"', ["error dmarc-syntax $_dmarc"], 'small letters, and no authorisation asked for', 'syntax error');
dmarc('_dmarc TXT "v=DMARC1; p=rejected; rua=mailto:d@example.com"', ["error dmarc-syntax $_dmarc"], 'a policy nobody knows');
dmarc('_dmarc TXT "v=DMARC1; p=rejected"', ["error dmarc-syntax $_dmarc"], '... without reports', 'syntax error');
dmarc('_dmarc TXT "v=DMARC1"', ["warning dmarc-syntax $_dmarc"], 'no policy at all');
dmarc('_dmarc TXT "v=DMARC1; p=none"', ["notice dmarc-policy-none $_dmarc"], 'none on purpose');
dmarc('_dmarc TXT "v=DMARC1; p=reject; sp=none"', ["warning dmarc-subdomains-none $_dmarc"], 'none below');
dmarc('_dmarc TXT "v=DMARC1; p=reject; sp=quarantine; np=none"', ["warning dmarc-subdomains-none $_dmarc"], 'none where nothing is');
dmarc('_dmarc TXT "v=DMARC1; p=reject; sp=quarantine"', [], 'milder, but not none');
dmarc('_dmarc TXT "v=DMARC1; p=reject; rua=d@example.com"', ["warning dmarc-report-uri $_dmarc"], 'no mailto:');
dmarc('_dmarc TXT "v=DMARC1; p=reject; rua=https://example.com/r"', ["warning dmarc-report-uri $_dmarc"], 'no mail');
dmarc('_dmarc TXT "v=DMARC1; p=reject; fo=0:1; ruf=mailto:d@example.com"', ["notice dmarc-syntax $_dmarc"], 'fo=0:1');
dmarc('_dmarc TXT "v=DMARC1; p=reject; fo=d:s; ruf=mailto:d@example.com"', [], 'fo=d:s');
dmarc('_dmarc TXT "v=DMARC1; p=reject; rua=mailto:r@b\195\188cher.example.com"', ["warning dmarc-syntax $_dmarc"], 'a U-label in a report address');
dmarc('_dmarc TXT "v=DMARC1; p=reject; rua=mailto:r@xn--bcher-kva.example.com"', [], 'an A-label');
for my $records (['v=DMARC1; p=none', 'v=DMARC1; p=reject'], ['v=DMARC1; p=reject', 'v=DMARC1; p=none']) {
    my $policy = dmarc(join('', map { qq{_dmarc TXT "$_"\n} } @$records), ["error dmarc-multiple $_dmarc"], 'several', 'several');
    is($policy->{policy}, undef, '... of which none is taken');
}

# What is advised: at the organisational domain, and p=reject alone where no mail is.
sub advice {
    my ($zone, $name) = @_;
    my $path = example('advice' . $number++, $zone);
    return join "\n", map { $_->{publish} // '' } grep { $_->{id} eq 'dmarc-none' } @{ json('--zone', $path, $name)->{findings} };
}
is(advice($hosts, 'example.com'), '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=none; rua=mailto:dmarc@example.com"', 'advice for a domain with mail');
like(advice("sub A 192.0.2.80\n", 'sub.example.com'), qr/^_dmarc\.example\.com\. /, 'advice for a name below it');
is(advice("\@ MX 0 .\n", 'example.com'), '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=reject"', 'advice for a domain without mail');

# ---- versions ----

sub version {
    my ($records, $wanted, $name, $policy, $state) = @_;
    my $object = judged('mta-sts|tls-rpt', "${hosts}mta-sts A 192.0.2.80\n$records", $wanted, "$name: $records");
    is($object->{policy}{$policy}{state}, $state // 'found', '... and the state');
}

my ($sts, $rpt) = ('_mta-sts.example.com.', '_smtp._tls.example.com.');
my $reports = qq{_smtp._tls TXT "v=TLSRPTv1; rua=mailto:t\@example.com"\n};
version(qq{$reports\_mta-sts TXT "v=STSv1; id=1"\n_mta-sts TXT "v=STSv10; id=2"\n}, [], 'another version beside', 'mta_sts');
version(qq{$reports\_mta-sts TXT "v=STSv1 ;id=1;"\n}, [], 'a blank before the semicolon', 'mta_sts');
version(qq{$reports\_mta-sts TXT "v=stsv1; id=1"\n}, ["error mta-sts-syntax $sts"], 'small letters', 'mta_sts', 'syntax error');
version(qq{$reports\_mta-sts TXT "v=STSv10; id=1"\n}, ["error mta-sts-syntax $sts"], 'another version alone', 'mta_sts', 'syntax error');
version(qq{$reports\_mta-sts TXT " v=STSv1; id=1"\n}, ["error mta-sts-syntax $sts"], 'a leading blank', 'mta_sts', 'syntax error');
version(qq{$reports\_mta-sts TXT "something else"\n}, [], 'something else', 'mta_sts', 'none');
version(qq{$reports\_mta-sts TXT "v=STSv1; id=1; id=2"\n}, ["warning mta-sts-syntax $sts"], 'a tag twice', 'mta_sts');
version(qq{_smtp._tls TXT "v=TLSRPTv1;rua=mailto:a\@example.com"\n_smtp._tls TXT "v=TLSRPTv2;rua=x"\n}, [], 'another version beside', 'tls_rpt');
version(qq{_smtp._tls TXT "v=tlsrptv1;rua=mailto:a\@example.com"\n}, ["error tls-rpt-syntax $rpt"], 'small letters', 'tls_rpt', 'syntax error');
version(qq{_smtp._tls TXT "v=TLSRPTv1;rua=mailto:a\@example.com;rua=mailto:b\@example.com"\n}, ["warning tls-rpt-syntax $rpt"], 'a tag twice', 'tls_rpt');

# ---- DKIM ----

sub dkim {
    my ($records, $wanted, $name, @options) = @_;
    my $zone = qq{$hosts\@ TXT "v=spf1 mx -all"\n_dmarc TXT "v=DMARC1; p=reject"\n$records\n};
    return judged('dkim', $zone, $wanted, "$name: $records", @options);
}

my $good = 'k=ed25519; p=VG/CcbEnl/+GEiknMp2fU8QQ7kp9lT95q9dSJ33N4Oc=';
my $key = 's1._domainkey.example.com.';
dkim(qq{s1._domainkey TXT "v=DKIM1; $good"}, [], 'a good key');
dkim(qq{s1._domainkey TXT "v=DKIM1; h=sha1; $good"}, ["error dkim-syntax $key"], 'no hash that is accepted');
dkim(qq{s1._domainkey TXT "v=DKIM1; h=sha256:sha1; $good"}, [], 'one hash that is');
dkim(qq{s1._domainkey TXT "v=DKIM1; s=tlsrpt; $good"}, ["error dkim-syntax $key"], 'not for mail');
dkim(qq{s1._domainkey TXT "v=DKIM1; $good; $good"}, ["error dkim-syntax $key"], 'tags twice');
dkim(qq{s1._domainkey TXT "v=DKIM2; $good"}, ["error dkim-syntax $key"], 'another version');
dkim(qq{s1._domainkey TXT "v=DKIM1; $good"\ns1._domainkey TXT "v=DKIM2; p=x"}, [], 'another version beside');
dkim('', ['notice dkim-none-found example.com.'], 'no key');
for my $zone (qq{*._domainkey TXT "v=DKIM1; p="}, qq{*._domainkey CNAME x\nx TXT "v=DKIM1; $good"}) {
    my $object = dkim($zone, [], 'a wildcard');
    is_deeply([map { "$_->{selector} $_->{state}" } @{ $object->{policy}{dkim} }], [$zone =~ /p="/ ? '* revoked' : '* wildcard'], '... is one line');
    is_deeply([grep { $_->{role} eq 'selector' } @{ $object->{setup}{operators} }], [], '... and names no operator');
}
my $object_of_failed = dkim('_domainkey NS ns.esp.example.net.', ['unknown dkim-none-found _domainkey.example.com.'], 'nothing below is known');
is_deeply([map { "$_->{selector} $_->{state}" } @{ $object_of_failed->{policy}{dkim} }], ['* not_in_file'], '... which is one line');
dkim(qq{own._domainkey TXT "v=DKIM1; $good"}, [], 'an own selector', '--dkim', 'own');
dkim(qq{own._domainkey TXT "v=DKIM1; h=sha1; $good"}, ['error dkim-syntax own._domainkey.example.com.'], 'an own selector with a fault', '--dkim', 'own');
dkim(qq{own._domainkey TXT "v=DKIM1; $good"}, ['error dkim-missing other._domainkey.example.com.'], 'one that has no key', '--dkim', 'own,other');
dkim(qq{*._domainkey TXT "v=DKIM1; p="\nown._domainkey TXT "v=DKIM1; $good"}, [], 'an own one beside a wildcard', '--dkim', 'own');
my $home = scratch;
mkdir "$home/mxtrail";
file('mxtrail/config', "[mail]\nselectors = own other\n");
{
    local $ENV{XDG_CONFIG_HOME} = $home;
    dkim(qq{own._domainkey TXT "v=DKIM1; $good"}, ['error dkim-missing other._domainkey.example.com.'], 'selectors of the configuration file');
}

# A key at the prompt is judged, and nothing else.
my $cut = substr 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAryyMZVwye2wlc25YQg0HjSCfeKWCJ3fhDN4kTkpLZepgBrY2z8K5x16d', 0, 100;
my $keys = example('keys.zone', qq{${hosts}odd._domainkey TXT "v=DKIM1; k=rsa; p=$cut"\nok._domainkey TXT "v=DKIM1; $good"\n});
for ([odd => ['error dkim-syntax odd._domainkey.example.com.']], [ok => []], [gone => ['error dkim-missing gone._domainkey.example.com.']]) {
    my ($selector, $wanted) = @$_;
    my (undef, $out) = mxtrail('--zone', $keys, '--json', "$selector._domainkey.example.com");
    my $object = JSON::XS::decode_json($out);
    is_deeply([map { "$_->{severity} $_->{id} $_->{subject}" } @{ $object->{findings} }], $wanted, "the key $selector and nothing else");
    is_deeply([keys %{ $object->{policy} }], ['dkim'], '... in the policy as well');
}
like((mxtrail('--zone', $keys, '--report', 'odd._domainkey.example.com'))[1], qr/DKIM.*syntax error: odd\n\s+the key is cut off in the middle/, 'a key that is cut off is told');

# ---- a policy host that anybody may take ----

my $others = file('others.zone', "\$ORIGIN others.test.\n\$TTL 3600\n\@ SOA ns1 hostmaster 1 7200 900 1209600 300\n\@ NS ns1\nns1 A 192.0.2.53\n");
for (['gone.others.test.', 'others'], ['gone', 'its own']) {
    my ($target, $whose) = @$_;
    my $object = judged('mta-sts|zone', $hosts . qq{_mta-sts TXT "v=STSv1; id=1"\nmta-sts CNAME $target\n}, ['error mta-sts-policy-host mta-sts.example.com.'],
        "the host of the policy is an alias of a name of $whose", '--zone', $others);
    my ($said) = grep { $_->{id} eq 'mta-sts-policy-host' } @{ $object->{findings} };
    like($said->{text}, qr/alias of gone\.\w+\.\w+, which does not exist\. Senders find no policy/, '... which is said');
    is($said->{text} =~ /whoever gets hold of that name can serve one/ ? 'others' : 'its own', $whose, '... and that others may take it');
}

# ---- guesses ----

my $many = json('--zone', example('wild.zone', "$hosts* A 192.0.2.80\nmail A 192.0.2.25\n*._tcp SRV 0 0 389 mx1\n_imaps._tcp SRV 0 0 993 mx1\n"), 'example.com');
is_deeply([map { $_->{name} } @{ $many->{setup}{customary} }], ['mail.example.com.'], 'under a wildcard only a name with an address of its own is found');
is_deeply([sort map { $_->{owner} } @{ $many->{srv} }], ['*._tcp.example.com.', '_imaps._tcp.example.com.'], 'and services likewise');
my $plain = json('--zone', example('plain.zone', "${hosts}www A 192.0.2.80\nftp A 192.0.2.80\n_sip._tls SRV 0 0 443 mx1\n_vlmcs._tcp SRV 0 0 1688 mx1\n"), 'example.com');
is_deeply([map { "$_->{name} " . ($_->{old} ? 1 : 0) } @{ $plain->{setup}{customary} }], ['www.example.com. 0', 'ftp.example.com. 1'], 'without one all are, the old ones as such');
is_deeply([sort map { $_->{owner} } @{ $plain->{srv} }], ['_sip._tls.example.com.', '_vlmcs._tcp.example.com.'], 'services of today');

# ---- reverse names ----

# Whichever of many names leads back, and whatever their order, the verdict is the same.
sub reverse_of {
    my (@names) = @_;
    my $forward = example('forward.zone', "\@ MX 10 m\nm A 192.0.2.1\n");
    my $back = file('back.zone', "2.0.192.in-addr.arpa. 3600 IN SOA ns. h. 1 1 1 1 1\n"
        . join '', map { "1.2.0.192.in-addr.arpa. 3600 IN PTR $_.example.com.\n" } @names);
    my $object = json('--zone', $forward, '--zone', $back, 'example.com');
    return join "\n", map { "$_->{id} $_->{text}" } grep { $_->{id} =~ /^ptr-/ } @{ $object->{findings} };
}
my @bad = map { "bad$_" } 0 .. 11;
is(reverse_of(@$_), '', 'one of thirteen names leads back') for [@bad, 'm'], ['m', @bad], [reverse @bad, 'm'], [@bad[0 .. 5], 'm', @bad[6 .. 11]];
my %said = map { reverse_of(@$_) => 1 } [@bad], [reverse @bad], [@bad[6 .. 11], @bad[0 .. 5]];
is_deeply([keys %said], ['ptr-unconfirmed The reverse names of 192.0.2.1 are bad0.example.com and 11 more. Those names do not have this address, so receivers treat them as forged.'],
    'none does, and how many there are is said');
like(reverse_of(map { sprintf 'bad%03d', $_ } 1 .. 150), qr/^ptr-unconfirmed Of the 150 reverse names of 192\.0\.2\.1, the first 100 are bad001/, 'and how many were looked at');

done_testing();
