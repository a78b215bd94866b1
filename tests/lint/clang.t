#!/usr/bin/perl
# clang finds nothing in the sources to warn of: gcc, which most of us build with, knows other
# warnings.
use strict;
use warnings;
use Cwd qw(abs_path);
use FindBin;
use lib $FindBin::Bin;
use House;
use Test::More;

plan skip_all => 'clang is missing' if run('sh', '-c', 'command -v clang') eq '';

my $root = abs_path(root);
my $folder = planted('.keep' => '');

# What a file is compiled with there.
my $compile = run('sh', '-c', 'cd "$1" && sh "$2/configure" CC=clang --enable-werror >/dev/null 2>&1; '
    . 'printf "include Makefile\nshow:\n\t@echo \$(COMPILE)\n" | make -s -f - show', 'sh', $folder, $root);
chomp $compile;
like($compile, qr/^clang .*-Werror\b/, 'clang is told to take warnings for errors');

# What it says of these sources.
sub said { return run('sh', '-c', 'cd "$0" && ' . $compile . ' -fsyntax-only "$@" 2>&1', $folder, @_) }

my @sources = sort map { chomp; $_ } qx(find "$root/src" "$root/tests" -name '*.c');
cmp_ok(scalar @sources, '>', 300, 'the sources are there');
is(said(@sources), '', 'and clang finds nothing in them');

my $faulty = planted('faulty.c' => "#include <stdbool.h>\nbool ask(int);\nbool both(void);\nbool both(void)\n{\n    return ask(1) | ask(2);\n}\n");
like(said("$faulty/faulty.c"), qr/faulty\.c:6:\d+: error: use of bitwise '\|' with boolean operands/, 'it would say so');

done_testing();
