#!/usr/bin/perl
# How long ten thousand and a million simulated deliveries take in every profile: 12 exchanges with 4 addresses each,
# all of one preference and each of its own, with one of ten addresses down and with all down. The
# time is that of the processor; the best of some runs counts.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin, "$FindBin::Bin/../server";
use List::Util qw(max min);
use Network;
use Servers;
use Test::More;

my $runs = $ENV{RUNS} || 3;

# By deliveries and share of addresses down.
my %aim = ('1000000 10' => 200, '1000000 100' => 700, '10000 10' => 10, '10000 100' => 10);
my (%best, @order);

for my $deliveries ($ENV{SMOKE} ? 10_000 : (10_000, 1_000_000)) {
    for (1 .. $runs) {
        my ($output, $status) = run_program(program('tests/bench/deliveries'), $deliveries);
        BAIL_OUT("deliveries ends with status $status") if $status;
        while ($output =~ /^ *(\w+) +(\d+) preferences? +(\d+) % down +(\d+) deliveries +([\d.]+) ms$/mg) {
            my $key = "$1 $2 $3 $4";
            push @order, $key unless exists $best{$key};
            $best{$key} = min($best{$key} // 1e9, $5);
        }
    }
}
BAIL_OUT('no figures') unless @order;
for my $key (@order) {
    my ($profile, $preferences, $down, $deliveries) = split / /, $key;
    note(sprintf '%-10s %2d preferences %3d %% down %7d deliveries %7.1f ms', $profile, $preferences, $down, $deliveries, $best{$key});
}
for my $kind (sort keys %aim) {
    my ($deliveries, $down) = split / /, $kind;
    my @keys = grep { / $down $deliveries$/ } @order or next;
    my $worst = max(map { $best{$_} } @keys);
    aim($worst, '<=', $aim{$kind}, "$deliveries deliveries, $down % down, in every profile: at most $aim{$kind} ms");
}
done_testing();
