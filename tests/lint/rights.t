#!/usr/bin/perl
# No test needs more rights than a user has who builds the program, and none leaves a mount behind.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use House;
use Test::More;

# cmocka before 1.1.6 writes "not ok" for what is skipped: a unit test that cannot run is left out.
sub skipped {
    my ($root) = @_;
    return grep { slurp("$root/$_") =~ /^\s*skip\(\);/m } sources($root, qr/\.c$/, 'tests');
}

# A file system of a test's own is mounted in a namespace of its own.
sub mounts {
    my ($root) = @_;
    return grep { my $text = slurp("$root/$_"); $text =~ /\bmount(?: -t|\()/ && $text !~ /\bunshare\b/ }
        grep { !m{^tests/lint/} } sources($root, qr/\.(?:c|t|pm|sh)$/, 'tests');
}

my $planted = planted('tests/unit/a.c' => "void f(void)\n{\n    skip();\n}\n", 'tests/unit/b.c' => "void skip(void);\n",
    'tests/c.t' => "system 'mount -t tmpfs none x';\n", 'tests/d.t' => "system 'unshare -m mount -t tmpfs none x';\n");
catches('a skipped unit test is seen', [skipped($planted)], qr{^tests/unit/a\.c$});
catches('a mount for all to see is seen', [mounts($planted)], qr{^tests/c\.t$});

clean('no unit test is skipped by cmocka', skipped(root));
clean('mounts are in namespaces of their own', mounts(root));
done_testing();
