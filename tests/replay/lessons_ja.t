#!/usr/bin/perl
# The steps of every lesson hold on a Japanese screen, too.
use strict;
use warnings;
use Test::More tests => 1;

my $mxtrail = $ENV{MXTRAIL} || ($ENV{builddir} // '.') . '/mxtrail';
is(`LC_ALL=C.UTF-8 '$mxtrail' --lang ja --check-lesson all 2>&1 >/dev/null`, '', 'every step holds');
