#!/usr/bin/perl
# What is said while answers are still open holds when all are in: over all lessons and cases and so
# many domains of the grammar (ROUNDS, SEED): findings, and the lines of the mail policy that wait for
# nothing. What is taken back was said too early: it has to wait for what can change it.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use Test::More;

my ($rounds, $seed) = ($ENV{ROUNDS} || 60, $ENV{SEED} || 1);

sub hold {
    my ($what, $domains, @arguments) = @_;
    my ($status, $said) = shell(join ' ', map { "'$_'" } ($ENV{builddir} || '.') . '/tests/replay/early', @arguments);
    is($status, 0, "$what: nothing is taken back") or diag $said;
    my ($seen, $findings, $lines) = $said =~ /^(\d+) domains, \d+ looks, (\d+) findings and (\d+) lines compared/m;
    is($seen, $domains, 'all were looked at');
    cmp_ok($findings, '>', $domains, 'and there were findings to take back');
    cmp_ok($lines, '>', 10 * $domains, 'and lines');
    return;
}

my @files = Mxtrail::domains();
hold('lessons and cases', @files / 2, @files);
hold("seeds from $seed", $rounds, $seed, $rounds);
done_testing;
