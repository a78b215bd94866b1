#!/usr/bin/perl
# src/README follows what happens from door to door: each file it names is there, and has the
# functions it names.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use House;
use Test::More;

# [file, what is said of it] of each line of the lists.
sub steps {
    my ($root) = @_;
    my ($lists) = slurp("$root/src/README") =~ /^FROM DOOR TO DOOR\n(.*?)\n\n\n/ms or return;
    return map { /^    (\S+\.c) +(\S.*)$/ ? [$1, $2] : () } split /\n/, $lists;
}

# What is named in front of the colon and is no function, or no table, of the file.
sub wrong_steps {
    my ($root) = @_;
    my @faults;
    for (steps($root)) {
        my ($file, $said) = @$_;
        push @faults, "$file is not there" and next unless -f "$root/src/$file";
        my $code = slurp("$root/src/$file");
        my @names = split /, /, $said =~ /^([a-z_, ]+)(?::|$)/ ? $1 : '';
        push @faults, "$file: no function is named" unless @names;
        push @faults, map { "$file: no $_" } grep { $code !~ /^(?!\s).*\b\Q$_\E(?:\(|\[)/m } @names;
    }
    return @faults;
}

my $planted = planted(
    'src/README'  => "FROM DOOR TO DOOR\n\nA key:\n    app/a.c   update: press\n    app/a.c   gone: lost\n    app/b.c   x: y\n\n\nNEXT\n",
    'src/app/a.c' => "void update(int a)\n{\n    gone(a);\n}\n",
);
catches('a file and a function that are gone are seen', [wrong_steps($planted)], qr{app/a\.c: no gone}, qr{app/b\.c is not there});
cmp_ok(scalar(steps(root)), '>=', 25, 'src/README has its lists');
clean('src/README names what is there', wrong_steps(root));
done_testing();
