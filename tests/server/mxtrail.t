#!/usr/bin/perl
# The program against name servers: what the world does wrong shows as status and exit status, each
# told apart, in time, and the sources of UX.md answer alike.
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

my $zone = <<'END';
$ORIGIN example.test.
$TTL 300
@ IN SOA ns1 hostmaster 1 3600 600 86400 60
@ IN NS ns1
@ IN MX 20 mx2
@ IN MX 10 mx1
@ IN TXT "v=spf1 mx -all"
ns1 IN A 127.0.0.1
mx1 IN A 192.0.2.1
mx1 IN AAAA 2001:db8::1
mx2 IN CNAME mail
mail IN A 192.0.2.2
_ldap._tcp IN SRV 0 6 389 mx1
null IN MX 0 .
END

my $host = '127.0.0.1';
my $slowness = $ENV{VALGRIND} ? 5 : 1;
my ($nsd) = start_nsd($host, free_port(), 'example.test' => $zone);
my $rogue = start_rogue();

# Runs mxtrail --json; returns the object, exit status and milliseconds.
sub look_up {
    my (@arguments) = @_;
    my ($output, $status, $ms) = run_program($mxtrail, '--json', @arguments);
    my @lines = split /\n/, $output;
    is(scalar @lines, 1, "one line for @arguments") or diag($output);
    return (eval { decode_json($lines[0] // '') } || {}, $status >> 8, $ms);
}

# The whole survey of a sound domain.
my ($facts, $status) = look_up("\@$host", '-p', $nsd, 'user@EXAMPLE.test');
is($status, 0, 'answered: exit status 0');
is($facts->{status}, 'answered', 'answered: status');
is(join(' ', map { $_->{exchange} } @{ $facts->{mx} }), 'mx1.example.test. mx2.example.test.',
    'exchanges in the order of preference');
is_deeply($facts->{source}, { kind => 'live', server => "$host#$nsd", file => undef }, 'source');
my %asked;
$asked{ join ' ', map { $_ // '' } @{$_}{qw(qname qtype server)} }++ for @{ $facts->{queries} };
cmp_ok(scalar keys %asked, '>=', 40, 'a survey asks many questions');
is_deeply([grep { $asked{$_} > 2 } keys %asked], [], 'and none more often than with and without RD');
is(scalar(grep { $_->{transport} ne 'udp' } @{ $facts->{queries} }), 0, 'all over UDP');
my ($over_tcp, undef, $tcp_ms) = look_up('--tcp', "\@$host", '-p', $nsd, 'example.test');
is(scalar(grep { $_->{transport} ne 'tcp' } @{ $over_tcp->{queries} }), 0, '--tcp: all over TCP');
is(scalar @{ $over_tcp->{mx} || [] }, 2, '--tcp: the same exchanges');
cmp_ok($tcp_ms, '<', 5000, '--tcp: whoever waits for a connection has one when another ends');
is((look_up("\@$host#$nsd", 'null.example.test'))[0]{null_mx}, JSON::XS::true, 'null MX');

# What went wrong, told apart: name, status, exit status, milliseconds at most.
for (
    ['nothing.example.test', $nsd, 'nxdomain', 0, 5000],
    ['ns1.example.test', $nsd, 'answered', 0, 5000],
    ['servfail.test', $rogue, 'servfail', 3, 5000],
    ['refused.test', $rogue, 'refused', 3, 5000],
    ['short-record.test', $rogue, 'malformed', 3, 5000],
    ['two-opt.test', $rogue, 'malformed', 3, 5000],
    ['flood.test', $rogue, 'answered', 0, 21000],
    ['silent.test', $rogue, 'timeout', 3, 21000],
) {
    my ($name, $port, $outcome, $exit, $most) = @$_;
    ($facts, $status, my $ms) = look_up("\@$host#$port", $name);
    is($facts->{status}, $outcome, "$name: status");
    is($status, $exit, "$name: exit status");
    cmp_ok($ms, '<=', $most * $slowness, "$name: in time");
}
(undef, $status, my $ms) = look_up('--timeout', 300, '--tries', 1, "\@$host#$rogue", 'silent.test');
cmp_ok($ms, '<=', 3000 * $slowness, '--timeout and --tries shorten the wait');
is($status, 3, 'and the exit status is the same');
($facts, $status) = look_up("\@$host#" . free_port(), 'example.test');
is($facts->{status}, 'connection_refused', 'nobody listens: status');
is($status, 3, 'nobody listens: exit status');

# Servers by name: looked up first, and without one nothing is asked at all.
SKIP: {
    skip 'this system does not know localhost', 2 unless gethostbyname 'localhost';
    ($facts) = look_up("\@localhost#$nsd", '-4', 'example.test');
    is($facts->{source}{server}, "127.0.0.1#$nsd", '@localhost is looked up');
}
my ($unknown, $exit) = run_program($mxtrail, '--json', '@no-such-host.invalid', 'example.test');
is($exit >> 8, 3, 'an unknown server: exit status');
is($unknown, '', 'an unknown server: nothing is reported');

# Zone file, overlay: names in the file are answered from it, the rest is asked.
my $file = spew('lab.zone', "\$ORIGIN lab.test.\n\$TTL 60\n\@ IN SOA ns h 1 2 3 4 5\n"
    . "\@ IN MX 10 mx1.example.test.\n\@ IN MX 20 here\nhere IN A 192.0.2.77\nfar IN CNAME mx1.example.test.\n");
($facts, $status) = look_up('--zone', $file, '--overlay', "\@$host#$nsd", 'lab.test');
is($facts->{source}{kind}, 'overlay', 'overlay: source');
is(join(' ', map { join '=', $_->{exchange}, $_->{addresses}[0]{address} } @{ $facts->{mx} }),
    'mx1.example.test.=192.0.2.1 here.lab.test.=192.0.2.77', 'overlay: both sources answer');
($facts) = look_up('--zone', $file, '--overlay', "\@$host#$nsd", 'far.lab.test');
is($facts->{a}[0]{address}, '192.0.2.1', 'overlay: an alias out of the zone is followed');
($facts) = look_up('--zone', $file, 'lab.test');
is($facts->{mx}[0]{status}, 'not_in_file', 'zone alone: what it does not know is not in the file');

# Several names in one run share what was answered.
my ($batch) = run_program($mxtrail, '--json', "\@$host#$nsd", 'example.test', 'null.example.test',
    'example.test');
is(scalar(split /\n/, $batch), 3, 'a line for each name');

# A batch is printed as its answers come, with --ordered in the order of its names.
# However long is waited for the name that nobody answers, it keeps no other waiting, and nothing else
# of it is asked.
my $names = spew('names', "silent.test\nnxdomain.test\nexample..test\n");
my @batch;
for my $timeout (2000, 400) {
    @batch = ('--batch', $names, "\@$host#$rogue", '--timeout', $timeout * $slowness, '--tries', 1);
    my @facts = map { decode_json($_) } split /\n/, (run_program($mxtrail, @batch))[0];
    my $silent = pop @facts;
    is($silent->{input}, 'silent.test', "$timeout ms: the name whose servers are silent keeps nobody waiting");
    is_deeply([sort map { $_->{input} } @facts], ['example..test', 'nxdomain.test'], 'and the others are there');
    is($silent->{ended}, 'no query for this name got a response', 'it ends soon');
    is($silent->{asked}, 16, 'with its first queries');
    cmp_ok((grep { $_->{input} eq 'nxdomain.test' } @facts)[0]{elapsed_ms}, '<', $timeout * $slowness,
        'the others do not wait for its timeout');
}
my @inputs = map { decode_json($_)->{input} } split /\n/, (run_program($mxtrail, @batch, '--ordered'))[0];
is("@inputs", 'silent.test nxdomain.test example..test', '--ordered keeps them in the order given');

done_testing();
