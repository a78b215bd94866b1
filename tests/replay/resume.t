#!/usr/bin/perl
# --resume: a batch that was cut off goes on, each name once.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::XS;
use Mxtrail;
use Test::More;

my $zone = example('some.zone', join '', map { "n$_ MX 10 mx\n" } 1 .. 9);
my @names = ((map { "n$_.example.com" } 1 .. 9), 'a..b', 'N1.example.com');
my $batch = file('names', join("\n", '# names', @names) . "\n");
my ($status, $whole) = mxtrail('--zone', $zone, '--batch', $batch, '--summary');
my @lines = $whole =~ /(.*\n)/g;
is(scalar @lines, 11, 'a line for each name');

for my $had (0, 4, 10, 11) {
    my $file = file('before.json', join '', @lines[0 .. $had - 1]);
    ($status, my $rest, my $err) = mxtrail('--zone', $zone, '--batch', $batch, '--summary', '--resume', $file);
    is("$status " . join('', @lines[0 .. $had - 1]) . $rest, "0 $whole", "$had lines are there: the others follow");
}
my $torn = file('torn.json', join('', @lines[0 .. 3]) . substr $lines[4], 0, 40);
($status, my $rest, my $err) = mxtrail('--zone', $zone, '--batch', $batch, '--summary', '--resume', $torn);
is($rest, join('', @lines[4 .. 10]), 'a torn line is no answer');
like($err, qr/^mxtrail: \Q$torn\E:5: the last line is torn, so its name is looked up again$/m, 'and that is said');
# Added to the file itself: after a torn line, and after a whole one without its end.
for my $cut (40, length($lines[4]) - 1) {
    my $added = file("added.$cut", join('', @lines[0 .. 3]) . substr $lines[4], 0, $cut);
    shell("\"\$M\" --zone $zone --batch $batch --summary --resume $added >>$added 2>/dev/null");
    open my $in, '<', $added or die $!;
    is(join('', <$in>), $whole, "cut after $cut octets of a line, and added to");
}
($status, $rest) = mxtrail('--zone', $zone, '--batch', $batch, '--summary', '--resume', scratch . '/none');
is($rest, $whole, 'a file that is not there holds nothing');

my $other = file('other.json', $lines[0] . "{\"a\":1}\n" . $lines[1]);
is_deeply([mxtrail('--zone', $zone, '--batch', $batch, '--resume', $other)],
    [4, '', "mxtrail: $other:2: not a line that mxtrail --json wrote\n"], 'another file is an error with its line');
is_deeply([mxtrail('--zone', $zone, '--resume', $other, 'example.com')],
    [2, '', "mxtrail: --resume: needs --batch and JSON\n"], 'only with a batch');
done_testing();
