#!/usr/bin/perl
# The way from a root of our own: three NSD on loopback are the root, a top-level domain and a domain.
# Whole, lame, without glue, a DS without keys, nobody there; what the findings make of it.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::XS;
use Servers;
use Test::More;

plan skip_all => 'nsd is missing' unless have('nsd');
my ($root, $tld, $domain, $nobody) = map { "127.0.0.$_" } 1 .. 4;
plan skip_all => 'there is one loopback address only' unless IO::Socket::IP->new(LocalHost => $nobody, Proto => 'udp', Type => 2);
my $port = free_port($root);
my $soa = '@ 60 SOA ns.nic.test. h.nic.test. 1 7200 900 1209600 60';
my $digest = 'AABBCCDD' x 8;

start_nsd($root, $port, '.' => <<"END");
\$ORIGIN .
\$TTL 60
$soa
\@ NS a.root.test.
a.root.test. A $root
test NS ns.nic.test.
ns.nic.test. A $tld
END
start_nsd($tld, $port, 'test' => <<"END");
\$ORIGIN test.
\$TTL 60
$soa
\@ NS ns.nic
ns.nic A $tld
example NS ns1.example
example NS ns2.example
ns1.example A $domain
ns2.example A $nobody
bare NS ns.bare
signed NS ns1.example
signed DS 1 13 2 $digest
other NS ns1.example
gone NS ns.gone
ns.gone A $nobody
END
start_nsd($domain, $port, map { $_->[0] => <<"END" } ['example.test', "shop NS ns.shop\nns.shop A $tld\nwww MX 5 \@\n"], ['signed.test', '']);
\$ORIGIN $_->[0].
\$TTL 60
\@ SOA ns1.example.test. h 1 7200 900 1209600 60
\@ NS ns1.example.test.
\@ MX 10 mx
mx A 192.0.2.1
$_->[1]
END

my $hints = spew('root.hints', ". 3600 NS a.root.test.\na.root.test. 3600 A $root\n");
my $mxtrail = $ENV{MXTRAIL} || program('mxtrail');

sub traced {
    my ($name, @more) = @_;
    my $said = `'$mxtrail' \@$domain -p $port --timeout 1000 --tries 1 --json --no-config --trace --hints '$hints' @more $name 2>/dev/null`;
    return decode_json($said);
}

sub servers {
    my ($step) = @_;
    return [$step->{zone}, $step->{ds}, map { join ' ', $_->{name}, $_->{address} // '-', $_->{address_by} // '-', $_->{state} } @{$step->{servers}}];
}

my @above = (
    ['.', undef, "a.root.test. $root hint referral"],
    ['test.', 'none', "ns.nic.test. $tld glue referral"],
);
my @example = ("ns1.example.test. $domain glue", "ns2.example.test. $nobody glue");

# name, end, where it breaks, where trust breaks, the steps below test.
my @cases = (
    ['example.test', 'answer', undef, undef, ['example.test.', 'none', "$example[0] answer", "$example[1] failed"]],
    ['mx.example.test', 'nodata', undef, undef, ['example.test.', 'none', "$example[0] nodata", "$example[1] failed"]],
    ['none.example.test', 'nxdomain', undef, undef, ['example.test.', 'none', "$example[0] nxdomain", "$example[1] failed"]],
    ['shop.example.test', 'broken', 'shop.example.test.', undef,
        ['example.test.', 'none', "$example[0] referral", "$example[1] failed"],
        ['shop.example.test.', 'none', "ns.shop.example.test. $tld glue lame"]],
    ['bare.test', 'broken', 'bare.test.', undef, ['bare.test.', 'none', 'ns.bare.test. - - no_glue']],
    ['other.test', 'broken', 'other.test.', undef, ['other.test.', 'none', "ns1.example.test. $domain glue refused"]],
    ['gone.test', 'broken', 'gone.test.', undef, ['gone.test.', 'none', "ns.gone.test. $nobody glue failed"]],
    ['signed.test', 'answer', undef, 'signed.test.', ['signed.test.', 'no_keys', "ns1.example.test. $domain glue answer"]],
    ['void.test', 'nxdomain', undef, undef],
);
my %said;
for (@cases) {
    my ($name, $end, $broken, $unsafe, @below) = @$_;
    my $object = $said{$name} = traced($name);
    my $trace = $object->{trace};
    my @steps = map { servers($_) } @{$trace->{steps}};
    my @wanted = (@above, @below);
    $wanted[1] = ['test.', 'none', "ns.nic.test. $tld glue nxdomain"] if $name eq 'void.test';
    is_deeply(\@steps, \@wanted, "$name: each cut and each server") or diag(explain(\@steps));
    is_deeply([@$trace{qw(end broken_at trust_broken_at)}], [$end, $broken, $unsafe], "$name: how it ends");
}
cmp_ok($said{'example.test'}{trace}{steps}[0]{servers}[0]{rtt_ms}, '>', 0, 'the root was really asked');

sub finding {
    my ($name, $id) = @_;
    return [map { "$_->{severity} $_->{subject} $_->{text}" } grep { $_->{id} eq $id } @{$said{$name}{findings}}];
}

is_deeply(finding('signed.test', 'dnssec-partial'),
    ['error signed.test. The parent has a DS, but the zone has no keys. Validating resolvers reject every answer.'
        . ' On the way from the root this is at the cut from test to signed.test.'], 'the DS without keys is one finding, with its place');
is_deeply(finding('bare.test', 'ns-dangling'),
    ['error ns.bare.test. The name server is within the zone that it serves, and the parent zone test gives no address for it (no glue),'
        . ' so resolvers cannot query it. On the way from the root this is at the cut from test to bare.test.'], 'so is the glue that is missing');
is_deeply(finding('shop.example.test', 'ns-lame'),
    ["error ns.shop.example.test. The server at $tld is listed by the parent zone, but does not answer for shop.example.test: refers to example.test, which leads nowhere. The zone shop.example.test does not resolve."
        . ' On the way from the root this is at the cut from example.test to shop.example.test.'], 'and the lame server');
is_deeply(finding('other.test', 'ns-lame'),
    ["error ns1.example.test. The server at $domain is listed by the parent zone, but refuses to answer. The zone other.test does not resolve."
        . ' On the way from the root this is at the cut from test to other.test.'], 'one that refuses is one, too');
is_deeply(finding($_, 'ns-lame'), [], "$_: nobody is lame") for qw(bare.test signed.test);

# What was asked on the way is recorded, over a zone file, too; and a replay goes the same way.
my $over = spew('over.zone', "\$ORIGIN example.test.\n\$TTL 60\n\@ SOA ns1 h 1 7200 900 1209600 60\n\@ NS ns1\n\@ MX 20 other\n");
for (['', 'mx.'], ["--overlay='$over'", 'other.']) {
    my ($option, $host) = @$_;
    my $recording = spew('way.rec', '');
    my $live = traced('example.test', $option, '--force', '--record', $recording);
    my $again = decode_json(`'$mxtrail' --json --no-config --replay '$recording' example.test 2>/dev/null`);
    is($live->{mx}[0]{exchange}, "${host}example.test.", 'the answer is of who was to give it');
    is_deeply([map { $_->{zone} } @{$live->{trace}{steps}}], ['.', 'test.', 'example.test.'], 'the way is that of the servers');
    is_deeply($again->{trace}, $live->{trace}, 'a replay goes the same way');
}

done_testing;
