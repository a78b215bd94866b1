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

# ---- names ----

# A name without the secondary that its siblings have has no plain tick.
my $zone = example('names.zone', join('', map { "$_ MX 10 mx1\n" . ($_ eq 'short' ? '' : "$_ MX 20 mx2\n") } '@', 'short', 'whole')
    . "mx1 A 192.0.2.1\nmx2 A 198.51.100.2\nlost A 192.0.2.9\n");
my $recording = scratch() . '/names.rec';
mxtrail('--report', '--record', $recording, '--names', 'short,whole,lost,gone', '--zone', $zone, 'example.com');
open my $in, '<', $recording or die $!;
my ($head, @events) = <$in>;
close $in or die $!;
my $events = join '', "0 resize 80 24\n0 submit example.com\n", grep({ /^0 reply/ } @events), "9 key :\n9 submit names short,whole,lost,gone\n";
my $screen = report('--replay', file('keys.rec', $head . $events), '--dump', '--ascii');
is_deeply([$screen =~ /^\|[> ] *(\S \S*example\.com)  /mg], ['* example.com', '! short.example.com', '* whole.example.com', '! lost.example.com',
        'x gone.example.com'], 'the marks of :names') or diag $screen;
done_testing;
