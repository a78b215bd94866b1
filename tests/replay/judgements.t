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
spf('v=spf1 mx +all', '', ['error spf-plus-all example.com.'], 'everybody', 'passes everybody');
spf('v=spf1 mx ip4:10.0.0.0/8 ip4:192.168.1.5 ip6:fe80::1 -all', '', ['notice spf-private example.com.'], 'private networks are one finding');
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
    { domain => 'example.com.', term => 'a:v4.example.com', target => 'v4.example.com.', ipv4 => JSON::PP::false, ipv6 => JSON::PP::true },
    { domain => 'example.com.', term => 'mx:none.example.com', target => 'none.example.com.', ipv4 => JSON::PP::true, ipv6 => JSON::PP::true },
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
like((keys %verdicts)[0], qr/^spf-missing-mx m\.example\.com\. .*fail for 198\.51\.100\.1,/, 'and it is the right one');

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

done_testing();
