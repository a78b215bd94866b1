#!/usr/bin/perl
# Every C file is as clang-format leaves it.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use House;
use Test::More;

plan skip_all => 'clang-format is missing (./configure --install-deps=test)' unless have('clang-format');
my ($major) = run('clang-format', '--version') =~ /version (\d+)/;
plan skip_all => "clang-format $major breaks lines in its own way; 14 is the one asked" if $major != 14;

sub misshapen {
    my ($style, $root) = @_;
    my @paths = sources($root, qr/\.[ch]$/, 'src', 'tests') or return;
    my $said = run('sh', '-c', 'cd "$1" && shift && clang-format --dry-run "$@" 2>&1', 'sh', $root,
        "--style=file:$style", @paths);
    my %hit = map { $_ => 1 } $said =~ /^(\S+?):\d+:\d+: (?:warning|error)/mg;
    return sort keys %hit;
}

my $style = root . '/.clang-format';
my $planted = planted('src/a.c' => "int f(void){return 1;}\n", 'src/b.c' => "int x = 1;\n");
catches('a file in another shape is seen', [misshapen($style, $planted)], qr{^src/a\.c});
clean('clang-format would change nothing', misshapen($style, root));
done_testing();
