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
# What is wrong with a command line or a zone file is said in that language, too, and why a reply did
# not come.
sub said { my ($command) = @_; return `$command 2>&1` }
is(said("'$ENV{MXTRAIL}' --simulate=x --lang ja"), "mxtrail: --simulate x: 1から1000000000までの整数でなければなりません\n", 'a number');
is(said("printf 'a A 1\\n' | '$ENV{MXTRAIL}' --lang=ja --origin t.test --zone - t.test"),
    "standard input:1: IPv4アドレスではありません: \"1\"\n", 'a fault of a zone file');
my $small = file('small.zone', "\$ORIGIN t.test.\n\$TTL 60\n\@ IN SOA ns h 1 1 1 1 1\n\@ IN NS ns\nns IN A 192.0.2.1\n\@ IN MX 10 mx.a.example.\n");
like(said("'$ENV{MXTRAIL}' --lang ja --zone $small --report t.test"), qr/a\.exampleのゾーンが指定され/, 'a reason');
unlike(said("'$ENV{MXTRAIL}' --lang ja --zone $small --json t.test"), qr/ゾーン/, 'in JSON it is English');
for my $lesson (map { (split)[0] } split /\n/, `'$ENV{MXTRAIL}' --demo=list`) {
    is(`'$ENV{MXTRAIL}' --lang ja --json --demo=$lesson`, `'$ENV{MXTRAIL}' --json --demo=$lesson`, "$lesson: JSON is English");
}

# Six tabs whose words are wider than the English ones, in 40 columns.
my $played = Mxtrail::slurp(root . '/tests/replay/screens/delivery.rec');
my ($last) = $played =~ /^(\d+) .*\n\z/m;
my (undef, $narrow) = mxtrail('--lang', 'ja', '--replay', file('narrow.rec', "$played$last resize 40 10\n"), '--dump');
like($narrow, qr/^.*1 MX .*5 メール.6 指摘$/m, 'the last tab is whole');

# Parts that do not fit each other leave two marks in a row.
my @domains = Mxtrail::domains();
while (my ($name, $zone) = splice @domains, 0, 2) {
    my ($status, $text, $err) = mxtrail('--lang', 'ja', '--zone', $zone, '--report', '--simulate=100', '--down', '*', '--compare', 'postfix,exim',
        '--diagram', '--round-robin', '--spf-ip', '192.0.2.1', '--whatif', 'add mx 15 mx9', $name);
    is(join("\n", grep { /: :(?![a-z])|: (?:。|、)|(?:。|、)(?:。|、)|（）|。;|%\d?\$?[sdzu]/ } split /\n/, $text . $err), '', "$zone: marks and conversions");
}

# A text that is valid UTF-8 is shown as text as well, but for characters that deceive.
sub texts {
    my ($text, @arguments) = @_;
    my $zone = file('text.zone', "\$ORIGIN t.test.\n\$TTL 60\n\@ IN SOA ns h 1 1 1 1 1\n\@ IN NS ns\nns IN A 192.0.2.1\n\@ IN TXT \"$text\"\n");
    my (undef, $report) = mxtrail('--zone', $zone, '--report', @arguments, 't.test');
    return $report =~ /^  TXT \(1m\)\s+(.*?)\n\n/ms ? $1 =~ s/\n +/\n/gr : $report;
}
is(texts("\xe8\xaa\xac"), qq{"\\232\\170\\172"\n"\xe8\xaa\xac"}, 'a text beyond ASCII, below its escapes');
is(texts("\xe8\xaa\xac\xe2\x80\xae"), qq{"\\232\\170\\172\\226\\128\\174"\n"\xe8\xaa\xac\\226\\128\\174"}, 'what turns a line stays escaped');
is(texts("\xe8\xaa\xac", '--ascii'), q{"\232\170\172"}, 'not with --ascii');
is(texts("\xe8\xaa"), q{"\232\170"}, 'nor where it is no UTF-8');
is(texts('plain'), '"plain"', 'nor where the escapes are none');
done_testing();
