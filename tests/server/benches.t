#!/usr/bin/perl
# Each benchmark runs to its end and has its figures, whatever they are: small, and without timing.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Servers;
use Test::More;

plan skip_all => 'nsd is missing (./configure --install-deps=test)' unless have('nsd');
plan skip_all => 'valgrind is too slow for benchmarks' if $ENV{VALGRIND};
plan skip_all => 'a program made to find faults takes more memory' if ($ENV{COMPILE} // '') =~ /-fsanitize=/;

my @benches = sort glob "$FindBin::Bin/../bench/*.t";
is_deeply([map { m{([^/]+)\.t$} } @benches], [qw(batch deliveries files gathering keys survey)], 'the benchmarks');
for my $path (@benches) {
    my ($name) = $path =~ m{([^/]+)$};
    my ($output, $status) = run_program('sh', '-c',
        'SMOKE=yes RUNS=1 NAMES=20 exec "$0" "$@" 2>&1', $^X, $path);
    my @failed = grep { /^ *not ok/ && !/# (?:TODO|SKIP)/ } split /\n/, $output;
    is_deeply([$status, @failed], [0], "$name: to its end, and nothing fails") or diag $output;
    like($output, qr/^ *# .*\d/m, "$name: has figures");
}

done_testing;
