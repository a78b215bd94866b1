#!/usr/bin/perl
# A batch over a line that delays and loses, with names that nobody answers among the others: each
# name has its line, the window opens and memory stays flat. Nothing
# here is timed: tests/bench/batch.t does that.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Batch;
use JSON::XS;
use Servers;
use Test::More;

plan skip_all => 'nsd is missing (./configure --install-deps=test)' unless have('nsd');
plan skip_all => 'valgrind is too slow for many names' if $ENV{VALGRIND};

my $sanitized = ($ENV{COMPILE} // '') =~ /-fsanitize=/;
my $nsd = start_batch_nsd(120);

# Runs a batch through a proxy; returns the objects by input, what passed, and the memory in MiB.
sub run_batch {
    my ($names, $line, @options) = @_;
    my $proxy = start_line($nsd, @$line);
    my ($output, $status) = run_program(program('tests/server/measured'), 0, $ENV{MXTRAIL} || program('mxtrail'),
        '@127.0.0.1', '-p', $proxy->{port}, '--batch', spew('names', join '', map { "$_\n" } @$names), @options);
    my ($kib) = said() =~ /^resident (\d+) KiB$/m;
    my @facts = map { decode_json($_) } split /\n/, $output;
    my %by_input = map { $_->{input} => $_ } @facts;
    is(scalar @facts, @$names, "@$line: a line for each name");
    is_deeply([sort keys %by_input], [sort @$names], "@$line: and each name once");
    return (\%by_input, stop_line($proxy), $kib / 1024);
}

sub statuses { my ($facts) = @_; my %seen = map { $_->{status} => 1 } @{ $facts->{queries} }; return join ' ', sort keys %seen }

# A clean line: the window opens. (What is sent twice on it only a quiet machine can tell.)
my @live = live_names(120);
my ($facts, $passed) = run_batch(\@live, ['--delay', 5]);
is_deeply([grep { $facts->{$_}{status} ne 'answered' } @live], [], 'all are answered');
cmp_ok($passed->{peak}, '>', 64, 'the window opens') or diag explain $passed;
cmp_ok($passed->{peak}, '<=', 3 * 2048, 'but not for ever, with three sends of each');

# Loss, and names that nobody answers.
my @dead = dead_names(6);
($facts, $passed) = run_batch([map { $_ % 10 == 5 ? $dead[$_ / 10] : $live[$_] } 0 .. 59], ['--delay', 5, '--loss', 1, '--silent', 'dead'],
    '--timeout', 3000, '--tries', 2);
cmp_ok($passed->{lost}, '>', 0, 'the line loses');
my @others = grep { !/^dead/ } keys %$facts;
is_deeply([map { statuses($facts->{$_}) } grep { statuses($facts->{$_}) =~ /timeout/ } @others], [],
    'what is lost is asked again until it is answered');
for my $name (@dead) {
    is($facts->{$name}{status}, 'timeout', "$name: status");
    is($facts->{$name}{ended}, 'no query for this name got a response', "$name: why it ended");
    is($facts->{$name}{asked}, 16, "$name: no more is asked than shows it");
}

# In the order given, and as many that are done wait for the one in front as for nobody.
{
    my @names = ($dead[0], @live);
    my $proxy = start_line($nsd, '--silent', 'dead');
    my ($output) = run_program($ENV{MXTRAIL} || program('mxtrail'), '@127.0.0.1', '-p', $proxy->{port}, '--ordered',
        '--fields', 'name,elapsed_ms', '--timeout', 4000, '--tries', 1, '--batch', spew('ordered', join '', map { "$_\n" } @names));
    my @lines = map { decode_json($_) } split /\n/, $output;
    is_deeply([map { $_->{name} =~ s/\.$//r } @lines], \@names, '--ordered keeps the order');
    stop_line($proxy);
}

# As many such names as may wait at once.
SKIP: {
    skip 'sanitizers take memory themselves', 3 if $sanitized;
    my ($all, undef, $mib) = run_batch([map { $_ % 4 ? "dead$_.bench.test" : $live[$_ / 4] } 0 .. 319], ['--silent', 'dead'],
        '--timeout', 2000, '--tries', 1);
    cmp_ok($mib, '<=', 48, 'below 48 MiB whatever waits');
    note(sprintf '%.1f MiB resident', $mib);
}

done_testing();
