#!/usr/bin/perl
# Many names: queries a second over loopback as it is and at 20 ms, beside a program that only sends
# and counts the same questions (dnsperf; massdns with MASSDNS=its path); what loss and names that
# nobody answers cost; how much is asked twice; memory; two processes side by side.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin, "$FindBin::Bin/../server";
use Batch;
use JSON::XS;
use Network qw(aim median cpu_of_children floor_says);
use Servers;
use Test::More;
use Time::HiRes qw(time);

plan skip_all => 'nsd is missing (./configure --install-deps=test)' unless have('nsd');

my $mxtrail = $ENV{MXTRAIL} || program('mxtrail');
my $count = $ENV{NAMES} || 500;
my $runs = $ENV{RUNS} || 5;
my $nsd = start_batch_nsd($count);
my @live = live_names($count);
my @mixed = map { $_ % 50 == 25 ? "dead$_.bench.test" : $live[$_] } 0 .. $count - 1;

sub list { my ($name, @names) = @_; return spew($name, join '', map { "$_\n" } @names) }

# One run over a fresh line: seconds until the last name that is answered is printed, how many these
# are, what passed, memory in MiB, milliseconds of a processor.
sub batch {
    my ($names, @line) = @_;
    my $line = start_line($nsd, @line);
    my ($start, $cpu) = (time, cpu_of_children());
    my ($last, $answered) = (0, 0);
    open(my $pipe, '-|', 'sh', '-c', 'exec "$0" 0 "$@" 2>"$SAID"', program('tests/server/measured'), $mxtrail, '@127.0.0.1',
        '-p', $line->{port}, '--batch', $names) // die "mxtrail: $!";
    while (<$pipe>) {
        next if /"input": ?"dead/;
        $last = time - $start;
        $answered++;
    }
    close $pipe;
    $cpu = cpu_of_children() - $cpu;
    my ($kib) = slurp($ENV{SAID}) =~ /^resident (\d+) KiB$/m;
    return { s => $last, answered => $answered, passed => stop_line($line), mib => $kib / 1024, cpu => $cpu };
}
$ENV{SAID} = spew('said', '');

# The questions of some names as one run asks them, as "name type" lines.
my ($facts) = run_program($mxtrail, '@127.0.0.1', '-p', $nsd, '--batch', list('some', @live));
my %questions = map { map { ("$_->{qname} $_->{qtype}" => 1) } @{ $_->{queries} } } map { decode_json($_) } split /\n/, $facts;
my $questions = spew('questions', join '', map { "$_\n" } grep { !/ (?:SPF|TYPE\d+)$/ } sort keys %questions);
$facts = undef;

# Queries a second of the peer over such a line; 0 without one.
sub peer {
    my (@line) = @_;
    my $line = start_line($nsd, @line);
    my $rate = $ENV{MASSDNS} ? massdns($line->{port}, @line) : dnsperf($line->{port});
    stop_line($line);
    return $rate;
}

sub dnsperf {
    my ($port) = @_;
    return 0 unless have('dnsperf');
    my ($output) = run_program('dnsperf', '-s', '127.0.0.1', '-p', $port, '-d', $questions, '-q', 1000, '-n', 1);
    return $output =~ /Queries per second:\s+([\d.]+)/ ? $1 : 0;
}

# It takes one type a run: the names of all the questions, as often as there are types. As many at once
# as lose nothing, since what is lost waits for half a second: less where no line holds them.
sub massdns {
    my ($port, @line) = @_;
    my @names = map { s/ .*//r } split /\n/, slurp($questions);
    my (undef, undef, $ms) = run_program($ENV{MASSDNS}, '-q', $> ? () : '--root', '-s', @line ? 2000 : 500, '-r',
        spew('resolvers', "127.0.0.1:$port\n"), '-t', 'A', '-o', 'J', list('names', @names));
    return @names / ($ms / 1000);
}

my $peer = $ENV{MASSDNS} ? 'massdns -o J' : 'dnsperf';
my $names = list('live', @live);
my $mixed = list('mixed', @mixed);
my %median;

# Each with its peer in turn, so that both meet the same machine.
for (['0 ms'], ['20 ms', '--delay', 10]) {
    my ($what, @line) = @$_;
    my (@rates, @peers, @ratios, @s, $run);
    for (1 .. $runs) {
        $run = batch($names, @line);
        push @s, $run->{s};
        push @rates, $run->{passed}{queries} / $run->{s};
        push @peers, peer(@line);
        push @ratios, $peers[-1] ? $rates[-1] / $peers[-1] : 0;
    }
    $median{$what} = median(@s);
    diag(sprintf '%s: %.0f queries/s, %.1f names/s; %s %.0f queries/s; ratio %.2f (%.2f to %.2f); %.1f MiB',
        $what, median(@rates), $count / median(@s), $peer, median(@peers), median(@ratios),
        (sort { $a <=> $b } @ratios)[0, -1], $run->{mib});
    my $passed = $run->{passed};
    diag(sprintf '%s: %d queries, %d different, %.2f %% asked twice, at most %d datagrams on their way', $what,
        @{$passed}{qw(queries distinct)}, 100 * ($passed->{queries} / $passed->{distinct} - 1), $passed->{peak});
    aim($passed->{queries}, '<=', 1.01 * $passed->{distinct}, "$what: asked twice is 1 % at most");
    cmp_ok($run->{mib}, '<=', 48, "$what: below 48 MiB");
  SKIP: {
        skip 'neither dnsperf nor MASSDNS= is there', 1 unless $peers[0];
        aim(median(@ratios), '>=', 0.5, "$what: half of what $peer sends");
    }
}

# What a question costs, beside a client that only asks and looks whether there is a reply (floor.c). It
# asks nothing again: no more at once than the buffer of a socket holds.
my @asked = map { [split / /] } split /\n/, slurp($questions);
my $floor = floor_says($nsd, 0, map { [1 + int($_ / 50), @{ $asked[$_] }] } 0 .. $#asked);
my $us = median(map { my $run = batch($names); 1000 * $run->{cpu} / $run->{passed}{queries} } 1 .. $runs);
my $floor_us = 1000 * $floor->{cpu} / @asked;
diag(sprintf 'processor: %.1f us a question; the floor client %.1f us; %.2f x', $us, $floor_us, $us / $floor_us);
aim($us, '<=', 2 * $floor_us, 'at most twice the processor of the floor client');

# Beside the line without loss and silence, again in turn.
for (['1 % loss', 0.9, $names, '--delay', 10, '--loss', 0.5], ['2 % silent names', 0.8, $mixed, '--delay', 10, '--silent', 'dead']) {
    my ($what, $aim, $list, @line) = @$_;
    my (@ratios, $run);
    for my $seed (1 .. $runs) {
        my $clean = batch($names, '--delay', 10);
        $run = batch($list, @line, '--seed', $seed);
        push @ratios, ($run->{answered} / $run->{s}) / ($clean->{answered} / $clean->{s});
    }
    diag(sprintf '%s: %.2f (%.2f to %.2f) of the names a second without; %.1f MiB', $what, median(@ratios),
        (sort { $a <=> $b } @ratios)[0, -1], $run->{mib});
    aim(median(@ratios), '>=', $aim, "$what: $aim of it");
}

# GNU parallel with two processes, beside one.
SKIP: {
    skip 'GNU parallel is missing', 1 unless have('parallel');
    my (@one, @two);
    for (1 .. $runs) {
        for ([1, \@one], [2, \@two]) {
            my ($processes, $walls) = @$_;
            my ($output, $status, $ms) = run_program('sh', '-c', 'parallel --will-cite --pipe -N50 -j"$1" "$2" @127.0.0.1 -p "$3"'
                . ' --batch - <"$4"', 'sh', $processes, $mxtrail, $nsd, $names);
            is(scalar(split /\n/, $output), $count, "$processes processes: a line for each name");
            push @$walls, $ms;
        }
    }
    my $ratio = median(@one) / median(@two);
    diag(sprintf 'GNU parallel: %.1f s with one process, %.1f s with two: %.2f x', median(@one) / 1000, median(@two) / 1000, $ratio);
    aim($ratio, '>', 1, 'two processes are faster than one');
}

done_testing();
