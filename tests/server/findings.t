#!/usr/bin/perl
# The findings over real name servers: NSD serves a zone for each that shows it, and one nothing is
# wrong with. What needs several servers that disagree is asked of two NSD with different zones.
# (Zones NSD refuses to load, and answers no server of ours gives, are in tests/unit/mail.)
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::XS;
use Servers;
use Test::More;

plan skip_all => 'nsd is missing (./configure --install-deps=test)' unless have('nsd');

my $mxtrail = $ENV{MXTRAIL} || program('mxtrail');
plan skip_all => 'mxtrail is not built' unless -x $mxtrail;

my ($first, $second) = ('127.0.0.1', '127.0.1.1');    # not in one /24
my $key = 'p=VG/CcbEnl/+GEiknMp2fU8QQ7kp9lT95q9dSJ33N4Oc=';
my $short_key = 'p=MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBANeX3oK3ZuYr00wMQRSQOWYeiSr7G2Kv4qfJV91qGYmJOGdH'
    . 'cdEA7I0qi3SF6GBM+2oiutqqzlZ8SRG6/Nau2EECAwEAAQ==';
my $dnskey = 'DNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT'
    . '0rAK9iUzy1L53eKGQ==';

# The parts of a zone that nothing is wrong with; a case leaves out what it replaces.
my %good = (
    servers => "\@ NS ns1\n\@ NS ns2\nns1 A $first\nns2 A $second\n",
    mx      => "\@ MX 10 mx1\n\@ MX 20 mx2\n",
    hosts   => "\@ A 192.0.2.80\nmx1 A 192.0.2.1\nmx1 AAAA 2001:db8:1::1\nmx2 A 198.51.100.1\n"
        . "mx2 AAAA 2001:db8:2::1\n",
    spf     => "\@ TXT \"v=spf1 mx -all\"\n",
    dmarc   => "_dmarc TXT \"v=DMARC1; p=reject\"\n",
    dkim    => "default._domainkey TXT \"v=DKIM1; k=ed25519; $key\"\n",
);

# id, severity, the part it replaces ('' for none, several with blanks), records, name of the zone
# when it is not the id
my @cases = (
    ['mx-none', 'error', 'mx hosts', ''],
    ['mx-implicit', 'notice', 'mx', ''],
    ['mx-null', 'ok', 'mx', "\@ MX 0 .\n"],
    ['mx-null-mixed', 'error', 'mx', "\@ MX 0 .\n\@ MX 10 mx1\n"],
    ['mx-null-preference', 'warning', 'mx', "\@ MX 10 .\n"],
    ['mx-cname', 'error', 'mx', "\@ MX 10 foo\nfoo CNAME mx1\n"],
    ['mx-null-open', 'notice', 'mx', "\@ MX 0 .\n"],
    ['mx-hostname', 'warning', 'mx', "\@ MX 10 mx1\n\@ MX 20 mx_2\nmx_2 A 192.0.2.9\n"],
    ['mx-literal', 'error', 'mx', "\@ MX 10 192.0.2.1.\n"],
    ['mx-dangling', 'error', 'mx', "\@ MX 10 mx1\n\@ MX 20 gone\n"],
    ['mx-unresolvable', 'unknown', 'mx', "\@ MX 10 mx1\n\@ MX 20 mx.refused.example.\n"],
    ['mx-private-address', 'error', 'mx', "\@ MX 10 p\np A 10.1.2.3\n"],
    ['mx-loopback', 'error', 'mx', "\@ MX 10 l\nl A 127.0.0.9\n"],
    ['mx-localhost', 'error', 'mx', "\@ MX 10 localhost.\n"],
    ['mx-duplicate', 'warning', 'mx', "\@ MX 10 mx1\n\@ MX 20 mx1\n"],
    ['mx-shared-address', 'notice', 'mx', "\@ MX 10 mx1\n\@ MX 20 mx3\nmx3 A 192.0.2.1\n"],
    ['mx-single', 'notice', 'mx', "\@ MX 10 mx1\n"],
    ['mx-same-network', 'notice', 'mx', "\@ MX 10 a\n\@ MX 20 b\na A 192.0.2.5\nb A 192.0.2.6\n"],
    ['mx-same-network', 'notice', 'mx',
        "\@ MX 10 a\n\@ MX 20 b\n\@ MX 30 mx2\na A 192.0.2.5\nb A 192.0.2.6\n", 'mx-same-network-2'],
    ['mx-one-operator', 'notice', 'mx', "\@ MX 1 aspmx.l.google.com.\n\@ MX 5 alt1.aspmx.l.google.com.\n"],
    ['mx-many', 'notice', 'mx', join('', map { "\@ MX 1 many$_\n" } 1 .. 11)],
    ['mx-ttl-short', 'notice', 'mx', "\@ 60 MX 10 mx1\n\@ 60 MX 20 mx2\n"],
    ['mx-wildcard', 'notice', '', "* MX 10 mx1\n"],
    ['mx-v4-only', 'notice', 'mx', "\@ MX 10 a\na A 192.0.2.5\n"],
    ['mx-v6-only', 'warning', 'mx', "\@ MX 10 a\na AAAA 2001:db8:1::5\n"],
    ['mx-outside-domain', 'notice', 'mx', "\@ MX 10 mx1\n\@ MX 20 mx1.good.test.\n"],
    ['cname-chain-long', 'warning', 'mx',
        "\@ MX 10 c1\nc1 CNAME c2\nc2 CNAME c3\nc3 CNAME c4\nc4 CNAME c5\nc5 CNAME mx1\n"],
    ['cname-loop', 'error', 'mx', "\@ MX 10 c1\nc1 CNAME c2\nc2 CNAME c1\n"],
    ['a-none', 'notice', 'hosts', "mx1 A 192.0.2.1\nmx2 A 198.51.100.1\n"],
    ['ns-single', 'warning', 'servers', "\@ NS ns1\nns1 A $first\n"],
    ['ns-same-network', 'warning', 'servers',
        "\@ NS ns1\n\@ NS ns2\nns1 A $first\nns2 A 127.0.0.3\n"],
    ['ns-private-address', 'error', '', "\@ NS ns3\nns3 A 10.9.8.7\n"],
    ['ns-cname', 'error', '', "\@ NS ns3\nns3 CNAME ns1\n"],
    ['ns-dangling', 'error', '', "\@ NS ns3\n"],
    ['srv-cname', 'error', '', "_ldap._tcp SRV 0 1 389 alias\nalias CNAME mx1\n"],
    ['srv-dangling', 'error', '', "_ldap._tcp SRV 0 1 389 gone\n"],
    ['srv-zero-weight-only', 'notice', '', "_ldap._tcp SRV 0 0 389 mx1\n_ldap._tcp SRV 0 0 389 mx2\n"],
    ['srv-not-offered', 'ok', '', "_sip._udp SRV 0 0 0 .\n"],
    ['srv-port-zero', 'error', '', "_ldap._tcp SRV 0 1 0 mx1\n"],
    ['spf-none', 'warning', 'spf', ''],
    ['spf-multiple', 'error', '', "\@ TXT \"v=spf1 ~all\"\n"],
    ['spf-syntax', 'error', 'spf', "\@ TXT \"v=spf1 ipv4:192.0.2.1 -all\"\n"],
    ['spf-include', 'error', 'spf', "\@ TXT \"v=spf1 mx include:gone.test -all\"\n"],
    ['spf-lookups', 'error', 'spf', "\@ TXT \"v=spf1 a a a a a a a a a a a -all\"\n"],
    ['spf-voids', 'warning', 'spf', "\@ TXT \"v=spf1 mx a:g1.test a:g2.test a:g3.test -all\"\n"],
    ['spf-loop', 'error', 'spf', "\@ TXT \"v=spf1 mx include:spf-loop.test -all\"\n"],
    ['spf-plus-all', 'error', 'spf', "\@ TXT \"v=spf1 mx +all\"\n"],
    ['spf-wide', 'warning', 'spf', "\@ TXT \"v=spf1 mx ip4:198.0.0.0/8 -all\"\n"],
    ['spf-no-all', 'notice', 'spf', "\@ TXT \"v=spf1 mx\"\n"],
    ['spf-ptr', 'warning', 'spf', "\@ TXT \"v=spf1 mx ptr -all\"\n"],
    ['spf-missing-mx', 'notice', 'spf', "\@ TXT \"v=spf1 ip4:203.0.113.1 -all\"\n"],
    ['spf-long', 'notice', 'spf',
        "\@ TXT \"v=spf1 mx\"" . join('', map { " \" ip4:198.51.100.$_\"" } 100 .. 129) . " \" -all\"\n"],
    ['spf-type99', 'notice', '', "\@ TYPE99 \\# 12 0b763d73706631202d616c6c\n"],
    ['dmarc-none', 'warning', 'dmarc', ''],
    ['dmarc-multiple', 'error', '', "_dmarc TXT \"v=DMARC1; p=none\"\n"],
    ['dmarc-syntax', 'error', 'dmarc', "_dmarc TXT \"v=DMARC1; p=block\"\n"],
    ['dmarc-policy-none', 'notice', 'dmarc', "_dmarc TXT \"v=DMARC1; p=none\"\n"],
    ['dmarc-report-unauthorised', 'warning', 'dmarc',
        "_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:d\@good.test\"\n"],
    ['dkim-none-found', 'notice', 'dkim', ''],
    ['dkim-weak-key', 'error', '', "mail._domainkey TXT \"v=DKIM1; $short_key\"\n"],
    ['dkim-testing', 'notice', '', "mail._domainkey TXT \"v=DKIM1; t=y; k=ed25519; $key\"\n"],
    ['dkim-syntax', 'error', '', "mail._domainkey TXT \"v=DKIM1; p=***\"\n"],
    ['mta-sts-syntax', 'error', '', "_mta-sts TXT \"v=STSv1; id=a-b\"\nmta-sts A 192.0.2.80\n"],
    ['mta-sts-policy-host', 'error', '', "_mta-sts TXT \"v=STSv1; id=1\"\n"],
    ['tls-rpt-syntax', 'error', '', "_smtp._tls TXT \"v=TLSRPTv1\"\n"],
    ['tls-rpt-none', 'notice', '', "_mta-sts TXT \"v=STSv1; id=1\"\nmta-sts A 192.0.2.80\n"],
    ['ptr-missing', 'warning', 'mx', "\@ MX 10 a\na A 192.0.2.99\n"],
    ['ptr-unconfirmed', 'warning', 'mx', "\@ MX 10 a\na A 192.0.2.2\n"],
    ['dnssec-partial', 'warning', '', "\@ $dnskey\n"],
);

sub zone {
    my ($origin, $serial, @parts) = @_;
    return "\$ORIGIN $origin.\n\$TTL 3600\n"
        . "\@ SOA ns1 hostmaster $serial 7200 900 1209600 300\n" . join '', @parts;
}

sub good_but {
    my ($left_out) = @_;
    my %left_out = map { $_ => 1 } split ' ', $left_out;
    return map { $left_out{$_} ? () : $good{$_} } sort keys %good;
}

my %zones = ('good.test' => zone('good.test', 1, good_but('')));
$_->[4] ||= $_->[0] for @cases;
$zones{"$_->[4].test"} = zone("$_->[4].test", 1, good_but($_->[2]), $_->[3]) for @cases;

$zones{'soa-times.test'} = zone('soa-times.test', 1, good_but('')) =~ s/ 1209600 / 3600 /r;

# Served differently by the second server, or not at all.
my %second = %zones;
$zones{'differs.test'} = zone('differs.test', 1, good_but(''));
$zones{'differs.test'} .= "_ldap._tcp SRV 0 1 389 mx1\n";
$second{'differs.test'} = zone('differs.test', 2, good_but('mx'),
    "\@ MX 10 mx2\n\@ NS ns3\nns3 A $second\n\@ TXT \"other\"\n\@ A 192.0.2.99\n"
    . "_ldap._tcp SRV 0 1 390 mx1\n");
# The parent names a server that the zone does not, and gives another address.
my $parent = '127.0.2.1';
$zones{'glue.test'} = $second{'glue.test'} = zone('glue.test', 1, good_but(''), "ns9 A $parent\n");
$zones{'lame.test'} = zone('lame.test', 1, good_but(''));

# The zones above, and the reverse names of the good hosts.
my %around = (
    'test' => zone('test', 1, "\@ NS parent\nparent A $parent\n"),
    '2.0.192.in-addr.arpa' => zone('2.0.192.in-addr.arpa', 1,
        "\@ NS ns1.good.test.\n1 PTR mx1.good.test.\n2 PTR mx1.good.test.\n"),
    '100.51.198.in-addr.arpa' => zone('100.51.198.in-addr.arpa', 1,
        "\@ NS ns1.good.test.\n1 PTR mx2.good.test.\n"),
    '8.b.d.0.1.0.0.2.ip6.arpa' => zone('8.b.d.0.1.0.0.2.ip6.arpa', 1, "\@ NS ns1.good.test.\n",
        map { '1' . '.0' x 19 . ".$_.0.0.0 PTR mx$_.good.test.\n" } 1, 2),
);
my $port = free_port();
start_nsd($first, $port, %zones, %around);
start_nsd($second, $port, %second, %around);

start_nsd($parent, $port, 'test' => zone('test', 1, "\@ NS parent\nparent A $parent\n",
    "glue NS ns1.glue\nglue NS ns2.glue\nglue NS ns9.glue\nglue NS ns8.glue\nns1.glue A 127.0.9.9\n"
    . "ns2.glue A $second\nns8.glue A $parent\nns9.glue A $parent\n"));

# The findings of each name, by id.
sub findings {
    my ($output) = run_program($mxtrail, '--json', "\@$first", '-p', $port, @_);
    my %findings;
    for (map { eval { decode_json($_) } || () } split /\n/, $output) {
        my $name = $_->{name};
        push @{ $findings{$name}{ $_->{id} } }, $_ for @{ $_->{findings} };
    }
    return \%findings;
}

my $all = findings(map { "$_->[4].test" } @cases);
# Of these there is no one record to blame: it is missing, failed, or there are many.
my %without_record = map { $_ => 1 } qw(a-none dkim-none-found dmarc-none
    dnssec-partial mx-implicit mx-many mx-none mx-one-operator mx-same-network mx-unresolvable mx-v4-only
    mx-v6-only ns-same-network ptr-missing spf-include spf-none srv-zero-weight-only tls-rpt-none);
for (@cases) {
    my ($id, $severity, $zone) = @{$_}[0, 1, 4];
    my $found = $all->{"$zone.test."}{$id};
    ok($found, "$id is found") or next;
    is($found->[0]{severity}, $severity, "$id is of severity $severity");
    like($found->[0]{text}, qr/.{20}\.$/, "$id says what senders do");
    like($found->[0]{record} // '', qr/ IN [A-Z0-9]+ ./, "$id names the record") unless $without_record{$id};
}

# The record to publish is whole: everything else of it stays as it is.
for my $case (['spf-no-all', 'v=spf1 mx ~all'], ['spf-plus-all', 'v=spf1 mx ~all'],
    ['spf-missing-mx', qr{v=spf1(?: ip[46]:[\da-f:.]+){4} ip4:203\.0\.113\.1 -all}], ['dmarc-policy-none', 'v=DMARC1; p=quarantine; rua=mailto:dmarc@dmarc-policy-none.test']) {
    my ($id, $text) = @$case;
    $text = qr/\Q$text\E/ unless ref $text;
    like($all->{"$id.test."}{$id}[0]{publish}, qr/ 3600 IN TXT "$text"$/, "$id: what to publish");
}

my $good = findings('good.test')->{'good.test.'} || {};
is_deeply([sort keys %{$good}], [], 'nothing is wrong with the good zone');

my $times = findings('soa-times.test')->{'soa-times.test.'} || {};
is($times->{'soa-times'}[0]{severity}, 'notice', 'soa-times is found');

my $servers = findings('differs.test', 'lame.test');
for my $id ('soa-serial-differs', map { "$_-differs-between-servers" } qw(mx ns txt address srv)) {
    my $found = $servers->{'differs.test.'}{$id};
    ok($found, "$id is found");
    like($found->[0]{server}, qr/^\Q$second\E#/, "$id names the server");
    ok(!$servers->{'lame.test.'}{$id}, "$id needs two answers");
}
like($servers->{'differs.test.'}{'ns-differs-between-servers'}[0]{record}, qr/ NS ns3\.differs\.test\.$/,
    'and the record that the others have not');
is($servers->{'lame.test.'}{'ns-lame'}[0]{severity}, 'error', 'ns-lame is found');
ok(!$servers->{'differs.test.'}{'ns-lame'}, 'ns-lame is not found where both serve the zone');

my $glue = findings('glue.test')->{'glue.test.'};
is_deeply([sort map { my $id = $_; map { "$_->{severity} $id $_->{subject}" } @{ $glue->{$id} } } keys %$glue],
    ['error ns-lame ns8.glue.test.', 'error ns-lame ns9.glue.test.', 'warning ns-glue-differs ns1.glue.test.', 'warning ns-parent-differs glue.test.'],
    'delegation: what the parent alone names is asked, at its glue where the zone has no such name, and its addresses are compared');
like($glue->{'ns-lame'}[0]{text}, qr/listed by the parent zone only/, 'and the finding says who names it');
like($glue->{'ns-glue-differs'}[0]{text}, qr/gives the address 127\.0\.9\.9/, 'and which address is meant');

my $named = findings('--names', 'www.good.test', 'good.test')->{'good.test.'} || {};
ok($named->{'name-without-mx'}, 'name-without-mx is found');
my $ignored = findings('--ignore', 'mx-single', 'mx-single.test')->{'mx-single.test.'} || {};
ok(!$ignored->{'mx-single'}, 'a finding is switched off by its id');

# --check makes errors the exit status, and nothing less.
for my $case (['mx-dangling.test', 1], ['mx-single.test', 0]) {
    my (undef, $status) = run_program($mxtrail, '--json', '--check', "\@$first", '-p', $port, $case->[0]);
    is($status >> 8, $case->[1], "--check: exit status of $case->[0]");
}

done_testing;
