#!/usr/bin/perl
# Every shell script is clean under shellcheck, and configure's helpers with it.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use House;
use Test::More;

plan skip_all => 'shellcheck is missing (./configure --install-deps=test)' unless have('shellcheck');

# configure, and whatever begins with #!/bin/sh or says it is read by a shell.
sub scripts {
    my ($root) = @_;
    return grep { slurp("$root/$_") =~ m{^(?:#!\s?/bin/sh|# shellcheck shell=sh)} }
        grep { -f "$root/$_" } 'configure', '.ci/run',
        sources($root, qr{/[^/.]+$|\.(?:sh|t)$}, qw(src tests screenshots));
}

sub complaints {
    my ($root, @scripts) = @_;
    return () unless @scripts;
    my $said = run('sh', '-c', 'cd "$1" && shift && shellcheck -x -f gcc "$@" 2>&1', 'sh', $root, @scripts);
    return split /\n/, $said;
}

my $planted = planted('configure' => "#!/bin/sh\nrm \$1\n", 'src/fine.sh' => "#!/bin/sh\nrm \"\$1\"\n");
catches('an unquoted word is seen', [complaints($planted, scripts($planted))], qr/^configure:2:.*SC2086/);

my @scripts = scripts(root);
cmp_ok(scalar @scripts, '>=', 4, 'the scripts are found');
clean('shellcheck has nothing to say', complaints(root, @scripts));
done_testing();
