#!/usr/bin/perl
# What is sent more than once: nothing over a line that only delays, and of a name whose answers come
# late two datagrams at most beside the first. The proxy counts.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Batch;
use JSON::XS;
use Servers;
use Test::More;

plan skip_all => 'nsd is missing (./configure --install-deps=test)' unless have('nsd');
plan skip_all => 'valgrind is late itself' if $ENV{VALGRIND};

my $nsd = start_batch_nsd(20);

# The objects of the run over such a line, and what passed.
sub run_over {
    my ($line, @options) = @_;
    my $proxy = start_line($nsd, @$line);
    my ($output) = run_program($ENV{MXTRAIL} || program('mxtrail'), '@127.0.0.1', '-p', $proxy->{port}, @options);
    my %passed = (%{ stop_line($proxy) }, objects => [map { decode_json($_) } split /\n/, $output]);
    return \%passed;
}

sub unanswered {
    my ($passed) = @_;
    return [map { my $at = $_->{input}; map { "$at: $_->{qname} $_->{qtype} $_->{status}" } grep { $_->{status} eq 'timeout' } @{ $_->{queries} } }
            @{ $passed->{objects} }];
}

# The round trips are long beside what a busy machine keeps a program waiting.
for my $round_trip (100, 200) {
    my $passed = run_over(['--delay', $round_trip / 2], '--json', 'n7.bench.test');
    cmp_ok($passed->{distinct}, '>', 100, "$round_trip ms: a whole survey");
    is($passed->{queries}, $passed->{distinct}, "$round_trip ms: nothing is sent twice");
    is_deeply(unanswered($passed), [], "$round_trip ms: and all is answered");
}

# n1 and n10 to n19 come late, though within the first second (a datagram more goes out after it),
# with all that belongs to them; the others do not. How long a busy machine takes over all of them
# is not what is asked here.
my $names = spew('names', join '', map { "$_\n" } live_names(20));
for my $late (400, 800) {
    my $passed = run_over(['--delay', 25, '--slow', "n1=$late"], '--time-limit', 60, '--batch', $names);
    is(scalar @{ $passed->{objects} }, 20, "$late ms late: a line for each name");
    cmp_ok($passed->{most}, '<=', 3, "$late ms late: no question has more than two extra datagrams");
    is_deeply(unanswered($passed), [], "$late ms late: and all is answered");
    my $slow = grep { $_->{qname} =~ /\bn1\d?\.bench/ } map { @{ $_->{queries} } } @{ $passed->{objects} };
    cmp_ok($passed->{queries} - $passed->{distinct}, '<=', 2 * $slow, "$late ms late: of those alone");
}

done_testing;
