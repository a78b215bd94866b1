#!/usr/bin/perl
# Parents are as bad as the worst of their children: rows, marks, titles and the journey are held to
# the findings, over all lessons and cases and so many domains of the grammar (ROUNDS, SEED).
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use Test::More;

my ($rounds, $seed) = ($ENV{ROUNDS} || 200, $ENV{SEED} || 1);

sub hold {
    my ($what, $domains, @arguments) = @_;
    my ($status, $said) = shell(join ' ', map { "'$_'" } ($ENV{builddir} || '.') . '/tests/replay/parents', @arguments);
    is($status, 0, "$what: what stands above findings agrees with them") or diag $said;
    my ($seen, $compared, $bad) = $said =~ /^(\d+) domains, (\d+) looks compared, (\d+) of them bad/m;
    is($seen, $domains, 'all were looked at');
    cmp_ok($bad, '>', $domains / 2, 'and there was something to agree about');
    note $said =~ /^(\d+ domains, .*)$/m;
    return;
}

my @files = Mxtrail::domains();
hold('lessons and cases', @files / 2, @files);
my @worlds = Mxtrail::unit_domains();
hold('worlds of unit tests', @worlds / 2, @worlds);
hold("seeds from $seed", $rounds, $seed, $rounds);
done_testing;
