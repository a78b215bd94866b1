#!/usr/bin/perl
# What senders make of domains, whole, as told.t has what is told: of the lessons, and of seeds of the
# grammar.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use Test::More;

my @seeds = (
    2, 3, 6, 18, 23, 42, 65, 67, 75, 78, 96, 100, 124, 140, 152, 155, 164, 167, 173, 187, 202, 210, 232, 235, 247,
    279, 322, 342, 347, 403, 413, 464, 478, 513, 545, 574, 583, 593, 594, 601, 609, 626, 647, 664, 686, 712, 717,
    757, 774, 786, 787, 799, 812, 913, 915, 916, 952, 955, 973, 990,
);

my @files = Mxtrail::domains();
Mxtrail::compare_whole('sent.lessons',
    map { @files[2 * $_, 2 * $_ + 1] } grep { $files[2 * $_ + 1] =~ m{/lessons/} } 0 .. $#files / 2);
Mxtrail::compare_whole('sent.seeds', map { (seed => $_) } @seeds);
done_testing;
