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
    my ($root, $page) = @_;
    return slurp("$root/" . ($page // 'README')) =~ /^    \$ (.+)$/mg;
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
    my %seen = map { $_ => 1 } $text =~ /(?<![\w-])(--[a-z][a-z0-9-]*[a-z0-9])/g;
    return sort keys %seen;
}

is_deeply([commands_of(root)], \@commands, 'README opens with the two commands');
is_deeply([ (commands_of(root, 'help/ja/README'))[0, 1] ], \@commands, 'and so does its translation');
is(ci_command(root), $commands[1], '.ci/run runs the second command as it is written');
is(ci_command(planted('README' => "    \$ one\n    \$ two\n", '.ci/run' => slurp(root . '/.ci/run'))),
    'two', '.ci/run follows README');

my ($version) = slurp(root . '/configure') =~ /^version=(\S+)$/m;

SKIP: {
    my $program = $ENV{MXTRAIL} || './mxtrail';
    skip 'mxtrail is not built', 5 unless -x $program;
    like(run($program, '--version'), qr/^mxtrail \Q$version\E$/m, '--version is that of configure');
    my $help = run($program, '--help');
    my %known = map { $_ => 1 } options_in($help);
    my %letter = reverse $help =~ /^  (-\w), (--[\w-]+)/mg;
    cmp_ok(scalar keys %known, '>=', 20, '--help has options');
    my ($usage) = slurp(root . '/README') =~ /^COMMAND LINE\n(.*?)\n\n\n/ms;
    clean('README names no option that --help does not', grep { !$known{$_} } options_in($usage));
    my %named = map { $_ => 1 } options_in($usage), $usage =~ /(?<!\S)(-\w)\b/g;
    my ($translated) = slurp(root . '/help/ja/README') =~ /^コマンドライン\n(.*?)\n\n\n/ms;
    is_deeply([options_in($translated)], [options_in($usage)], 'its translation names the same');
    clean('README names every option that --help does', grep { !$named{$_} && !$named{ $letter{$_} // '' } } sort keys %known);
}
done_testing();
