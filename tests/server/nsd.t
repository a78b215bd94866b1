#!/usr/bin/perl
# The live source against NSD: answer classes, several servers, dead ones, TCP, IPv6, no question
# asked twice, more questions than may be in flight or than there are descriptors for.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Servers;
use Test::More;

plan skip_all => 'nsd is missing (./configure --install-deps=test)' unless have('nsd');

my $many = join '', map { "n$_ IN A 192.0.2." . ($_ % 250 + 1) . "\n" } 1 .. 300;
my $long = join '', map { "long IN TXT \"" . ('x' x 200) . "$_\"\n" } 1 .. 40;
my $zone = <<"END";
\$ORIGIN example.test.
\$TTL 300
@ IN SOA ns1 hostmaster 1 3600 600 86400 60
@ IN NS ns1
@ IN MX 10 mx1
@ IN MX 20 mx2
ns1 IN A 127.0.0.1
mx1 IN A 192.0.2.1
mx1 IN AAAA 2001:db8::1
mx2 IN A 192.0.2.2
alias IN CNAME mx1
$many$long
END

my $host = '127.0.0.1';
my ($port, $child) = start_nsd($host, free_port(), 'example.test' => $zone);
my $server = "$host#$port";

sub outcome_is {
    my ($output, $name, %expected) = @_;
    my $reply = reply_to($output, $name);
    is($reply->{$_}, $expected{$_}, "$name: $_") for sort keys %expected;
    return $reply;
}

my $output = ask("\@$host", '-p', $port, qw(example.test/MX alias.example.test/A
    mx2.example.test/AAAA nothing.example.test/A other.test/A));
outcome_is($output, 'example.test.', outcome => 'answered', records => 2, transport => 'udp',
    server => $server, tries => 1);
outcome_is($output, 'alias.example.test.', outcome => 'answered', records => 1);
outcome_is($output, 'mx2.example.test.', outcome => 'nodata');
outcome_is($output, 'nothing.example.test.', outcome => 'nxdomain');
outcome_is($output, 'other.test.', outcome => 'refused');
like($output, qr/^servers \Q$server\E$/m, 'the server is named with its port');

# RFC 7766 5
outcome_is(ask("\@$server", 'long.example.test/TXT'), 'long.example.test.',
    outcome => 'answered', transport => 'tcp', records => 40);
outcome_is(ask("\@$server", '--tcp', 'example.test/MX'), 'example.test.',
    outcome => 'answered', transport => 'tcp', tries => 1);

# Several servers: a port where nobody listens, a silent one, then the good one.
my $closed = free_port();
my ($rogue, $rogue_child) = start_rogue();
my $reply = outcome_is(ask("\@$host#$closed", "\@$server", 'example.test/MX'), 'example.test.',
    outcome => 'answered', server => $server);
cmp_ok($reply->{ms}, '<', 1000, 'a server that refuses costs next to nothing');
outcome_is(ask("\@$host#$closed", 'example.test/MX'), 'example.test.', outcome => 'connection_refused',
    why => "$host#$closed: connection refused", server => '-');
$output = ask("\@$host#$rogue", "\@$server", map { "silent$_.test/A" } 1 .. 3);
outcome_is($output, 'silent1.test.', outcome => 'refused', server => $server);
kill 'STOP', $rogue_child;
$output = ask("\@$host#$rogue", "\@$server", map { "n$_.example.test/A" } 1 .. 100);
is(scalar(grep { $_->{outcome} eq 'answered' } replies($output)), 100,
    'a first server that went silent does not lose questions');
cmp_ok((sort { $b <=> $a } map { $_->{ms} } replies($output))[0], '<', 3000,
    'and costs less than 3 s');
kill 'CONT', $rogue_child;

# A question to one server only; equal questions.
outcome_is(ask("\@$host#$closed", '-p', $port, 'example.test/SOA/127.0.0.1'), 'example.test.',
    outcome => 'answered', server => $server);
$output = ask("\@$server", 'example.test/MX', 'example.test/MX', 'example.test/MX');
is(scalar(replies($output)), 1, 'a question that is waiting is joined: one reply');

# More questions than may be in flight; all at once, in any order, each once.
my @all = map { "n$_.example.test/A" } 1 .. 300;
$output = ask("\@$server", @all);
is(scalar(grep { $_->{outcome} eq 'answered' } replies($output)), 300, '300 questions: 300 answers');
like($output, qr/^left 0$/m, 'and none is left over');
($output) = run_program('sh', '-c', 'ulimit -n 20; exec "$@"', 'sh', program('tests/server/ask'),
    "\@$server", @all);
is(scalar(grep { $_->{outcome} eq 'answered' } replies($output)), 300,
    'nor are they lost when descriptors run out');
$output = ask("\@$server", '--cancel', '--rounds', 5, @all);
is(scalar(replies($output)), 0, 'cancelled questions bring no replies');
like($output, qr/^left 0$/m, 'and leave nothing behind');

# Families, resolv.conf.
outcome_is(ask("\@$server", '-6', 'example.test/MX'), 'example.test.', outcome => 'not_asked',
    why => 'there is no name server with an IPv6 address');
my $conf = spew('resolv.conf', "# nameserver 192.0.2.1\nnameserver moo\nnameserver $host\nsearch\n");
$output = ask('--resolv-conf', $conf, '-p', $port, 'example.test/MX');
outcome_is($output, 'example.test.', outcome => 'answered', server => $server);
like($output, qr/^warning \Q$conf\E:2: .*moo/m, 'a bad line is a warning');
$output = ask('--resolv-conf', "$conf.missing", '-p', $port, 'example.test/MX');
outcome_is($output, 'example.test.', outcome => 'answered', server => $server);
like($output, qr/^warning .*missing: .*127\.0\.0\.1/m, 'a missing file: the local server, and said');

SKIP: {
    my $v6_port = free_port('::1') or skip 'no IPv6 on loopback', 3;
    start_nsd('::1', $v6_port, 'example.test' => $zone);
    outcome_is(ask("\@[::1]#$v6_port", '-6', 'example.test/MX'), 'example.test.',
        outcome => 'answered', server => "[::1]#$v6_port");
}

# Stopped while replies come, for longer than a question lasts: they are read all the same.
{
    my $limit = 1000; # ms; it must not be over before the process is stopped
    my $child = open(my $pipe, '-|', program('tests/server/ask'), '--timeout', $limit, '--tries', 1,
        "\@$host#$rogue", 'late.test/A', 'silent.test/A', 'id.test/A') // die "ask: $!";
    1 until readline($pipe) eq "asked\n";
    kill 'STOP', $child;
    select undef, undef, undef, 1.2 + $limit / 1000; # longer than the reply takes, and than the limit
    kill 'CONT', $child;
    my $said = join '', readline $pipe;
    close $pipe;
    outcome_is($said, 'late.test.', outcome => 'answered');
    outcome_is($said, 'silent.test.', outcome => 'timeout');
}

# Killed, all servers at once, and back: the process goes on asking, and finds the new one.
{
    stop_server($child);
    kill 'STOP', $rogue_child;
    my $asking = open(my $pipe, '-|', program('tests/server/ask'), '--timeout', 700, '--tries', 1, '--rounds', 9,
        "\@$host#$closed", "\@$host#$rogue", "\@$server", 'example.test/MX') // die "ask: $!";
    1 until readline($pipe) eq "asked\n";
    like(readline($pipe), qr/ timeout .* why .*\Q$host#$rogue\E/, 'all servers at once: the question ends');
    start_nsd($host, $port, 'example.test' => $zone);
    my @said = readline $pipe;
    close $pipe;
    is(pop @said, "left 0\n", 'none is left over');
    like(pop @said, qr/ answered udp \Q$server\E /, 'and back: the question is answered');
    kill 'CONT', $rogue_child;
}

done_testing();
