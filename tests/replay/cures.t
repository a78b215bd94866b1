#!/usr/bin/perl
# Cures heal: each record that a finding says to publish is put into the zone, and the zone judged
# again. The finding must be gone, no error or warning new, SPF no worse for any exchange or listed
# address, no DMARC policy looser, and mail must arrive where it did, by the rules of every sender.
# The same is asked when all that a report says is done, and then what the next report says, until
# there is no cure any more. The domains are those of all lessons and cases, and of a grammar: ROUNDS of them from SEED on.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use Test::More;

my $program = ($ENV{builddir} || '.') . '/tests/replay/cures';
my ($rounds, $seed) = ($ENV{ROUNDS} || 200, $ENV{SEED} || 1);

sub try_cures {
    my ($what, @arguments) = @_;
    my ($status, $said) = shell(join ' ', map { "'$_'" } $program, @arguments);
    is($status, 0, "$what: cures heal and do no harm") or diag $said;
    my ($domains, $cures) = $said =~ /^(\d+) domains, \d+ findings, (\d+) cures, /m;
    note $said =~ /^(\d+ domains, .*)$/m;
    like($said, qr/^[1-9]\d* reports with cures, all of them done: 0 do not/m, "$what: and so do all of a report together");
    return ($domains, $cures);
}

my @files = Mxtrail::domains();
my ($domains, $cures) = try_cures('lessons and cases', @files);
is($domains, @files / 2, 'all of them were looked at');
cmp_ok($cures, '>=', @files / 4, 'and many have cures');
my @worlds = Mxtrail::unit_domains();
cmp_ok(@worlds / 2, '>', 100, 'there are worlds of unit tests');
($domains, $cures) = try_cures('worlds of unit tests', @worlds);
is($domains, @worlds / 2, 'all of them were looked at');
($domains, $cures) = try_cures("seeds from $seed", $seed, $rounds);
is($domains, $rounds, 'all seeds were looked at');
cmp_ok($cures, '>=', $rounds, 'there is more than a cure for each');
# The one cure brings to life what the other has cured in another record.
try_cures('seed 75011', 75011, 1);
done_testing;
