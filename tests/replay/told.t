#!/usr/bin/perl
# What is told of domains, whole, as tests/replay/whole/ has it: of the lessons, of the cases, and of
# seeds of the grammar that show most between them. Sentences are not in it. After a change that is
# meant, TOLD=write writes the files anew: read what differs.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use Test::More;

my @seeds = (
    13, 27, 66, 97, 98, 100, 101, 107, 129, 140, 154, 163, 164, 173, 184, 196, 217, 247, 251, 254, 255, 267, 293,
    314, 339, 342, 373, 402, 412, 447, 460, 462, 496, 535, 554, 581, 586, 595, 602, 619, 623, 649, 656, 731, 733,
    736, 751, 763, 789, 798, 808, 845, 884, 912, 922, 935, 958, 976, 1002, 1048, 1100, 1113, 1123, 1126, 1150,
    1152, 1166, 1198, 1287, 1290, 1293, 1304, 1310, 1336, 1341, 1353, 1389, 1412, 1434, 1435, 1449, 1456, 1478,
    1517, 1521, 1523, 1524, 1537, 1539, 1541, 1557, 1581, 1602, 1605, 1644, 1660, 1677, 1689, 1692, 1696, 1735,
    1746, 1750, 1751, 1753, 1762, 1766, 1785, 1787, 1797, 1821, 1839, 1860, 1862, 1870, 1887, 1902, 1946, 1969,
    1973,
);

Mxtrail::compare_whole('told.files', Mxtrail::domains());
Mxtrail::compare_whole('told.seeds', map { (seed => $_) } @seeds);
done_testing;
