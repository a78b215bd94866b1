#!/usr/bin/perl
# Which language the program speaks: by --lang, the configuration file, then the environment, and
# only where the character set is UTF-8. JSON is English always.
use strict;
use warnings;
use File::Temp qw(tempdir);
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use Test::More;

# The line of --help about the language, under an environment.
sub language_line {
    my ($environment, @arguments) = @_;
    local @ENV{ keys %$environment } = values %$environment;
    my $help = `'$ENV{MXTRAIL}' --help @arguments 2>&1`;
    return $help =~ /^ +--lang CODE +(.*)/m ? $1 : $help;
}

my $english = 'language of messages: en, ja (default: by locale)';
my $japan = language_line({}, '--lang', 'ja');
isnt($japan, $english, 'Japanese is not English');
my @cases = (
    [{ LANG => 'ja_JP.UTF-8' }, '', $japan],
    [{ LANG => 'ja_JP.utf8' }, '', $japan],
    [{ LANG => 'C.UTF-8', LC_ALL => 'ja_JP.UTF-8' }, '', $japan],
    [{ LANG => 'en_GB.UTF-8', LANGUAGE => 'xx:ja' }, '', $japan],
    [{ LANG => 'ja_JP.UTF-8', LANGUAGE => 'en' }, '', $english],
    [{ LANG => 'ja_JP.UTF-8', LC_MESSAGES => 'C' }, '', $english],
    [{ LANG => 'ja_JP.UTF-8' }, '--lang en', $english],
    [{ LANG => 'de_DE.UTF-8' }, '', $english],
    [{ LANG => 'ja_JP.eucJP' }, '', $english],
    [{ LANG => 'C', LC_ALL => 'C' }, '', $english],
);
for my $case (@cases) {
    my ($environment, $arguments, $line) = @$case;
    is(language_line($environment, $arguments), $line, join ' ', %$environment, $arguments);
}
my $folder = tempdir(CLEANUP => 1);
open my $file, '>', "$folder/config" or die $!;
print $file "[ui]\nlang = ja\n";
close $file;
is(language_line({}, "--config $folder/config"), $japan, 'by the configuration file');
is(language_line({}, "--config $folder/config --lang en"), $english, 'the option counts more');
is(`'$ENV{MXTRAIL}' --lang xx --help 2>&1`, "mxtrail: --lang xx: no such language; known are en, ja\n", 'none');
is($? >> 8, 2, 'and it is a fault of the command line');
is(`LC_ALL=C '$ENV{MXTRAIL}' --lang ja --version 2>&1 >/dev/null`,
    "mxtrail: --lang ja: the character set of the terminal is not UTF-8\n", 'not without UTF-8');
is(`'$ENV{MXTRAIL}' --lang ja --json --demo=ties`, `'$ENV{MXTRAIL}' --json --demo=ties`, 'JSON is English');
done_testing();
