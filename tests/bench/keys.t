#!/usr/bin/perl
# What a user feels: how soon the first frame stands, how soon a key shows on the screen while
# questions are in flight, how many bytes it costs (a line of 9600 baud carries a thousand a
# second), silence while nothing happens, and memory.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin, "$FindBin::Bin/../server";
use IO::Socket::IP;
use JSON::XS;
use Network;
use Servers;
use Socket qw(SOCK_DGRAM);
use Test::More;
use Time::HiRes qw(time);

my $mxtrail = $ENV{MXTRAIL} || program('mxtrail');
my $runs = $ENV{RUNS} || 9;
my $keys = $ENV{SMOKE} ? 60 : 600;

# The figures of one run of tests/bench/keys.
sub keys_of {
    my (@arguments) = @_;
    my ($output, $status) = run_program(program('tests/bench/keys'), @arguments);
    BAIL_OUT("keys ends with status $status") if $status;
    return { $output =~ /^(\w+) ([\d.]+)$/mg };
}

# A port where every question ends unanswered.
my $silent = IO::Socket::IP->new(LocalHost => '127.0.0.1', Type => SOCK_DGRAM, Proto => 'udp') or die "socket: $@";
my @to_silence = ('@127.0.0.1', '-p', $silent->sockport);

my $zone = soa('ns.example.test.') . join '', "\@ IN A 192.0.2.1\nns IN A 127.0.0.1\n",
    map { "\@ IN MX $_ mx$_\nmx$_ IN A 192.0.2.$_\n" } 1 .. 5;
my ($port) = have('nsd') ? start_nsd('127.0.0.1', free_port(), 'example.test' => $zone) : ();

# Milliseconds until the first byte that a program says.
sub first_byte {
    my $start = time;
    open(my $pipe, '-|', @_) // die "$_[0]: $!";
    sysread $pipe, my $byte, 1;
    my $ms = 1000 * (time - $start);
    1 while sysread $pipe, $byte, 4096;
    close $pipe;
    return $ms;
}

# The frame is the one drawn before any answer is looked at, so nobody answers: else what is drawn
# for the answers would count for it. dig is answered at once.
subtest 'the first frame stands before dig says its first byte' => sub {
    plan skip_all => 'dig or nsd is missing' if !have('dig') || !$port;
    my (@frame, @dig);
    for (1 .. 2 * $runs) {
        push @frame, keys_of('-n', 1, $mxtrail, '--no-history', @to_silence, 'example.test')->{first_ms};
        push @dig, first_byte('dig', '@127.0.0.1', '-p', $port, 'example.test');
    }
    my ($frame, $dig) = (median(@frame), median(@dig));
    diag(sprintf '# first frame %.1f ms, dig %.1f ms, ratio %.2f; later than dig in %d of %d runs', $frame, $dig,
        $frame / $dig, scalar(grep { $frame[$_] >= $dig[$_] } 0 .. $#frame), scalar @frame);
    aim($frame, '<', $dig, 'first');
};

# How many questions a survey begins with, when none is answered. So many each name waits for; of
# all of them 64 are on the way at a time, those of the name looked at first.
my ($asked) = map { decode_json($_)->{asked} }
    (run_program($mxtrail, '--json', '--timeout', 100, '--tries', 1, @to_silence, 'example.test'))[0];
my @names = map { "name$_.example.test" } 1 .. 8;

# The terminal and the machine have their share of a key's way: that of a program which gives each
# letter back at once.
my $echo = 'system "stty raw -echo"; $SIG{TERM} = sub { exit }; $| = 1; print "ready";'
    . ' syswrite STDOUT, $_ while sysread STDIN, $_, 4096';

sub typing {
    my ($what, @server) = @_;
    my $peer = keys_of('-n', $keys, $^X, '-e', $echo);
    my $figures = keys_of('-n', $keys, '-l', join(',', @names), $mxtrail, '--no-history', @server, 'example.test');
    my $waiting = $asked * (@names + 1);
    diag(sprintf '# %s: %d questions of %d names unanswered, 64 of them on the way at a time;'
        . ' key to paint: median %.2f ms, 99th percentile %.2f ms', $what, $waiting, @names + 1,
        @$figures{qw(key_median_ms key_p99_ms)});
    diag(sprintf '# a mere echo: median %.2f ms, 99th percentile %.2f ms', @$peer{qw(key_median_ms key_p99_ms)});
    cmp_ok($waiting, '>=', 500, "$what: 500 questions wait");
    aim($figures->{key_median_ms}, '<=', 5, "$what: the median key is painted within 5 ms");
    aim($figures->{key_p99_ms} - $peer->{key_p99_ms}, '<=', 5, "$what: 99 of 100 are, beyond a mere echo");
    return;
}

subtest 'typing while every question waits' => sub { typing('silence', @to_silence) };

# 64 answers every 250 ms to the name looked at, and something follows from many of them.
subtest 'typing while answers come' => sub {
    plan skip_all => 'nsd is missing' unless $port;
    my $proxy = start_proxy($port, 250, 0, 1);
    typing('answers', '@127.0.0.1', '-p', $proxy->{port});
    stop_proxy($proxy);
};

subtest 'moving through a lesson' => sub {
    my $figures = keys_of('-k', 'jjj3jjkkk1zz', '-n', 240, $mxtrail, '--no-history', '--demo=order');
    diag(sprintf '# bytes a key: median %d, most %d; idle %d bytes a second; %.1f MiB resident; median %.2f ms, 99th %.2f ms',
        @$figures{qw(key_bytes_median key_bytes_most idle_bytes)}, $figures->{resident_kib} / 1024,
        @$figures{qw(key_median_ms key_p99_ms)});
    cmp_ok($figures->{key_bytes_median}, '<=', 600, 'at most 600 bytes a key');
    is($figures->{idle_bytes}, 0, 'not a byte while nothing happens');
    cmp_ok($figures->{resident_kib}, '<=', 10 * 1024, 'at most 10 MiB resident');
};

done_testing();
