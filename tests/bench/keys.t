#!/usr/bin/perl
# What a user feels: how soon the first frame stands, how soon a key shows on the screen while
# questions are in flight, how many bytes it costs (a line of 9600 baud carries a thousand a
# second), silence while nothing happens, and memory.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../server";
use IO::Socket::IP;
use Servers;
use Socket qw(SOCK_DGRAM);
use Test::More;
use Time::HiRes qw(time);

my $mxtrail = $ENV{MXTRAIL} || program('mxtrail');
my $runs = $ENV{RUNS} || 9;

sub median { my @sorted = sort { $a <=> $b } @_; return $sorted[$#sorted / 2] }

# The figures of one run of tests/bench/keys.
sub keys_of {
    my (@arguments) = @_;
    my ($output, $status) = run_program(program('tests/bench/keys'), @arguments);
    BAIL_OUT("keys ends with status $status") if $status;
    return { $output =~ /^(\w+) ([\d.]+)$/mg };
}

# A port where every question ends unanswered.
my $silent = IO::Socket::IP->new(LocalHost => '127.0.0.1', Type => SOCK_DGRAM, Proto => 'udp') or die "socket: $@";
setsockopt $silent, SOL_SOCKET, SO_RCVBUF, 1 << 20;

sub questions_waiting {
    my $count = 0;
    $silent->blocking(0);
    $count++ while defined $silent->recv(my $question, 4096);
    return $count;
}

sub to_silence { return ($mxtrail, '--no-history', '@127.0.0.1', '-p', $silent->sockport, @_) }

subtest 'the first frame stands before dig says its first byte' => sub {
    plan skip_all => 'dig or nsd is missing' if !have('dig') || !have('nsd');
    my ($port) = start_nsd('127.0.0.1', free_port(), 'example.test' =>
          "\$TTL 60\n\@ IN SOA ns. host. 1 2 3 4 5\n\@ IN NS ns\n\@ IN A 192.0.2.1\nns IN A 127.0.0.1\n");
    my (@frame, @dig);
    for (1 .. $runs) {
        push @frame, keys_of('-n', 1, $mxtrail, '--no-history', '@127.0.0.1', '-p', $port, 'example.test')->{first_ms};
        push @dig, (run_program('dig', '@127.0.0.1', '-p', $port, 'example.test'))[2];
    }
    my ($frame, $dig) = (median(@frame), median(@dig));
    diag(sprintf '# first frame %.1f ms, dig %.1f ms, ratio %.2f', $frame, $dig, $frame / $dig);
    cmp_ok($frame, '<', $dig, 'first');
};

subtest 'typing while every question waits' => sub {
    my $figures = keys_of('-n', 600, to_silence('example.test'));
    my $asked = questions_waiting();
    diag(sprintf '# %d questions sent and unanswered; key to paint: median %.2f ms, 99th percentile %.2f ms',
        $asked, @$figures{qw(key_median_ms key_p99_ms)});
    cmp_ok($asked, '>=', 64, 'as many questions in flight as the program ever has');
    cmp_ok($figures->{key_p99_ms}, '<=', 5, '99 of 100 keys are painted within 5 ms');
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
