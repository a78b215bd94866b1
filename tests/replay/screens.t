#!/usr/bin/perl
# Recordings played at once without a network: the last screen is the one kept beside them, at every
# size. SCREENS=write in the environment writes the screens anew, SCREENS=record the answers in the
# recordings as well, as the lesson gives them now; look at the screens before committing.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use Test::More;

my $folder = "$FindBin::Bin/screens";
my @sizes = ([120, 36], [80, 24], [60, 20], [40, 10]);
# These in Japanese as well, NAME-ja-SIZE.txt.
my %japanese = map { $_ => 1 } qw(delivery findings journey secondary spf-budget);

sub read_file {
    my ($path) = @_;
    open my $in, '<:raw', $path or return;
    local $/;
    return scalar <$in>;
}

sub write_file {
    my ($path, $text) = @_;
    open my $out, '>:raw', $path or die "$path: $!";
    print $out $text;
    close $out or die "$path: $!";
}

# The recording with the terminal made that large after the last event.
sub resized {
    my ($recording, $width, $height) = @_;
    my ($last) = read_file($recording) =~ /^(\d+) .*\n\z/m;
    return file('resized.rec', read_file($recording) . "$last resize $width $height\n");
}

# All answers of a recording are of one lesson and come in one go.
sub record_anew {
    my ($recording) = @_;
    my $reply = qr/^\d+ repl(?:y|ies) .*\n/m;
    my $text = read_file($recording);
    my ($time, $lesson) = $text =~ /^(\d+) repl(?:y|ies) .*?"zone ([\w-]+)[^"]*\.zone"/m or return;
    my $seed = $text =~ /\A.*, seed (\d+)/ ? $1 : 1;
    my @options = $text =~ /^# option (--\S+)$/mg;
    mxtrail('--demo', $lesson, '--seed', $seed, @options, '--report', '--force', '--record', my $fresh = file('fresh.rec', '') . '.new');
    my $replies = join '', map { s/^\d+/$time/r } grep { /$reply/ } split /(?<=\n)/, read_file($fresh);
    $text =~ s/(?:$reply)+/$replies/;
    write_file($recording, $text);
}

for my $recording (sort glob "$folder/*.rec") {
    my ($name) = $recording =~ m{([^/]+)\.rec$};
    record_anew($recording) if ($ENV{SCREENS} // '') eq 'record';
    my ($status, $first) = mxtrail('--replay', $recording, '--dump');
    is $status, 0, "$name: plays to its end";
    for my $size (@sizes) {
        my ($width, $height) = @$size;
        my $path = "$folder/$name-${width}x$height.txt";
        my (undef, $screen, $err) = mxtrail('--replay', resized($recording, $width, $height), '--dump');
        write_file($path, $screen) if ($ENV{SCREENS} // '') =~ /^(?:write|record)$/;
        is $screen, read_file($path) // 'missing', "$name: the screen at ${width}x$height";
        is $err, '', "$name: nothing is said on the side at ${width}x$height";
    }
    for my $size ($japanese{$name} ? @sizes[0, 1] : ()) {
        my ($width, $height) = @$size;
        my $path = "$folder/$name-ja-${width}x$height.txt";
        my (undef, $screen, $err) = mxtrail('--lang', 'ja', '--replay', resized($recording, $width, $height), '--dump');
        write_file($path, $screen) if ($ENV{SCREENS} // '') =~ /^(?:write|record)$/;
        is $screen, read_file($path) // 'missing', "$name: the screen in Japanese at ${width}x$height";
        is $err, '', "$name: nothing is said on the side in Japanese at ${width}x$height";
    }
    my (undef, $again) = mxtrail('--replay', $recording, '--dump');
    is $again, $first, "$name: the same events give the same screen";
    my (undef, $ascii) = mxtrail('--replay', $recording, '--dump', '--ascii');
    unlike $ascii, qr/[^\x20-\x7e\n]/, "$name: --ascii keeps to ASCII";
}

# A recording that is none says where and why.
my ($status, undef, $err) = mxtrail('--replay', file('bad.rec', "0 resize 80 24\n5 dance\n"), '--dump');
is $status, 4, 'a malformed recording ends with status 4';
like $err, qr/bad\.rec:2: there is no such kind of event/, 'and names the line';

done_testing;
