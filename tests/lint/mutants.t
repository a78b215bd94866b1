#!/usr/bin/perl
# tests/mutants/run in a tree of one small file: of its four mutants one is seen by its test, one
# with sanitizers alone, one by nobody, and one changes nothing. What is said to change nothing in the
# tree itself is a line that stands there once.
use strict;
use warnings;
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use FindBin;
use lib $FindBin::Bin;
use House;
use Test::More;

my $cc = $ENV{CC} || 'cc';
plan skip_all => 'gcov is missing' if system('command -v gcov >/dev/null');
plan skip_all => 'not gcc' if `$cc --version 2>/dev/null` !~ /gcc|Free Software/i;

my $tree = tempdir(CLEANUP => 1) . '/tree';

sub put {
    my ($path, $text) = @_;
    make_path("$tree/$path" =~ s{/[^/]+\z}{}r);
    open my $out, '>', "$tree/$path" or BAIL_OUT("$path: $!");
    print $out $text;
    close $out or BAIL_OUT("$path: $!");
    return;
}

put('src/mail/sum.c', <<'END');
int sum(const int *list, int count)
{
    int all = 0;

    for (int i = 0; i < count; i++)
        all = all + list[i];
    return all;
}

int is_large(int number)
{
    if (number < 0)
        return 0;
    return number > 9;
}
END
put('tests/mutants/equal', "# why\n\nsrc/mail/sum.c\nif (number < 0)\n< <=\nnor is 0\n");
put("src/$_/none.c", "extern int none;\n") for qw(policy survey);
put('tests/unit/mail/test_sum.c', <<'END');
#include <stdio.h>
#include <stdlib.h>

int sum(const int *list, int count);
int is_large(int number);

int main(void)
{
    int *list = calloc(2, sizeof *list), good;

    list[0] = 1;
    list[1] = 2;
    good = sum(list, 2) == 3 && is_large(100) && !is_large(1);
    printf("1..1\n%sok 1 - sum\n", good ? "" : "not ");
    free(list);
    return !good;
}
END
put('Makefile.in', <<'END');
mxtrail tests: tests/unit/mail/test_sum
src/mail/sum.o: src/mail/sum.c
	$(CC) $(CFLAGS) $(SANITIZE) -c -o $@ src/mail/sum.c
tests/unit/mail/test_sum: tests/unit/mail/test_sum.c src/mail/sum.o
	$(CC) $(CFLAGS) $(SANITIZE) $(LDFLAGS) -o $@ tests/unit/mail/test_sum.c src/mail/sum.o
END
put('configure', <<"END");
#!/bin/sh
{
	echo "CC = $cc"
	case \$1 in --enable-sanitizers) echo 'SANITIZE = -fsanitize=address' ;; esac
	cat Makefile.in
} >Makefile
END
chmod 0755, "$tree/configure";
put('tests/run', slurp(root() . '/tests/run'));

my $program = root() . '/tests/mutants/run';
my $said = do {
    local @ENV{qw(srcdir MUTANTS SEED)} = ($tree, 9, 3);
    delete local @ENV{qw(KEEP ONLY LONGEST MAKEFLAGS MAKELEVEL MXTRAIL builddir)};
    `perl '$program' 2>&1`;
};
my $status = $? >> 8;
my ($plain, $sanitized) = split /^with sanitizers:\n/m, $said;
my $sum = 'tests/unit/mail/test_sum';
my @plain = sort split /\n/, $plain // '';
is_deeply(\@plain, ["src/mail/sum.c:14: ' > ' became ' >= ': alive, seen by 1", "src/mail/sum.c:5: ' < ' became ' <= ': alive, seen by 1",
    "src/mail/sum.c:6: ' + ' became ' - ': killed by $sum"], 'a test sees one') or diag $said;
my @sanitized = sort split /\n/, $sanitized // '';
is_deeply(\@sanitized, ['2 of 3 killed', "src/mail/sum.c:14: ' > ' became ' >= ': alive, seen by 1",
    "src/mail/sum.c:5: ' < ' became ' <= ': killed by $sum", "survivor: src/mail/sum.c:14: ' > ' became ' >= '"],
    'a sanitizer another, and the last lives');
is($status, 1, 'that is more than one of twenty');

for (split /\n\n+/, slurp(root() . '/tests/mutants/equal')) {
    next if /^#/;
    my ($file, $line, $flip, $why) = split /\n/;
    my @found = grep { s/^\s+//r eq $line } split /\n/, slurp(root() . "/$file");
    is(scalar @found, 1, "$file: $line");
    like("$flip: $why", qr/^\S+ \S+: .{10}/, '... with its flip, and why');
}
done_testing;
