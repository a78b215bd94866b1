#!/usr/bin/perl
# README opens with the two commands, .ci/run runs the second, and the version has one place.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use House;
use Test::More;

my @commands = ('./configure --install-deps && make && ./mxtrail --demo',
    './configure --install-deps=test --enable-werror && make -j2 check');

sub commands_of {
    my ($root) = @_;
    return slurp("$root/README") =~ /^    \$ (.+)$/mg;
}

# What .ci/run would run, with a shell in its way that only prints.
sub ci_command {
    my ($root) = @_;
    my $bin = planted(sh => "#!/bin/sh\nprintf 'RAN %s\\n' \"\$2\"\n");
    chmod 0755, "$bin/sh" or die $!;
    local $ENV{PATH} = "$bin:$ENV{PATH}";
    return run('/bin/sh', "$root/.ci/run") =~ /^RAN (.+)$/m ? $1 : 'nothing';
}

# The options, long and short, that a text names.
sub options_in {
    my ($text) = @_;
    my %seen = map { $_ => 1 } $text =~ /(?<![\w-])(--[a-z][a-z-]*[a-z])/g;
    return sort keys %seen;
}

# Man page source to plain names: "Fl Fl simulate" is --simulate.
sub manual_options {
    my ($text) = @_;
    my %seen = map { $_ => 1 } map { "--$_" } $text =~ /\bFl Fl ([a-z][a-z-]*[a-z])/g;
    return sort keys %seen;
}

is_deeply([commands_of(root)], \@commands, 'README opens with the two commands');
is(ci_command(root), $commands[1], '.ci/run runs the second command as it is written');
is(ci_command(planted('README' => "    \$ one\n    \$ two\n", '.ci/run' => slurp(root . '/.ci/run'))),
    'two', '.ci/run follows README');

my ($version) = slurp(root . '/configure') =~ /^version=(\S+)$/m;
my $manual = slurp(root . '/help/mxtrail.1.in');
my @manual = manual_options($manual);
is_deeply([manual_options("Fl Fl one\nFl t\n.It Fl Fl two-three Ns")], [qw(--one --two-three)],
    'options of a manual are read');

SKIP: {
    my $program = $ENV{MXTRAIL} || './mxtrail';
    skip 'mxtrail is not built', 3 unless -x $program;
    like(run($program, '--version'), qr/^mxtrail \Q$version\E$/m, '--version is that of configure');
    my $help = run($program, '--help');
    is_deeply(\@manual, [options_in($help)], 'the manual has the options of --help');
    my %known = map { $_ => 1 } @manual;
    my ($usage) = slurp(root . '/README') =~ /^COMMAND LINE\n(.*?)\n\n\n/ms;
    clean('README names no option that --help does not', grep { !$known{$_} } options_in($usage));
}

SKIP: {
    skip 'mandoc is missing (./configure --install-deps=test)', 1 unless have('mandoc');
    clean('the manual is well-formed', split /\n/,
        run('sh', '-c', 'mandoc -T lint -W warning "$1" 2>&1', 'sh', root . '/help/mxtrail.1.in'));
}
done_testing();
