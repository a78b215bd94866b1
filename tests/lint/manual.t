#!/usr/bin/perl
# The manual page has the options and keys of the program's own tables, and is well-formed.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use House;
use Test::More;

my $build = $ENV{builddir} || '.';
my $source = root . '/help/mxtrail.1.in';

sub filled {
    my ($path) = @_;
    return run('sh', '-c', '"$1" <"$2"', 'sh', "$build/tests/lint/manual", $path);
}

sub complaints {
    my ($path) = @_;
    return split /\n/, run('sh', '-c', 'mandoc -T lint -W warning "$1" 2>&1', 'sh', $path);
}

SKIP: {
    skip 'the filter is not built ("make tests")', 3 unless -x "$build/tests/lint/manual";
    my $text = slurp($source);
    ok(filled($source) eq $text, 'the tables are up to date') or diag('"make manual" renews them');
    (my $stale = $text) =~ s/^(\.It Fl )/.It Fl -zzz\n$1/m;
    isnt(filled(planted(page => $stale) . '/page'), $stale, 'a stale table is seen');
    my $broken = planted(page => ".\\\" begin options\n");
    system('sh', '-c', '"$1" <"$2" >/dev/null', 'sh', "$build/tests/lint/manual", "$broken/page");
    isnt($?, 0, 'a page without its marks is refused');
}

SKIP: {
    skip 'mandoc is missing (./configure --install-deps=test)', 2 unless have('mandoc');
    like(join("\n", complaints(planted(page => ".Dd x\n.Zz\n") . '/page')), qr/macro/, 'a bad page is seen');
    clean('the manual is well-formed', complaints($source));
}
done_testing();
