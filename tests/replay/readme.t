#!/usr/bin/perl
# The screens in README and its translation are of this program.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use Test::More;

my $zone = example('my.zone', <<'END');
@ NS ns1
@ NS ns2
ns1 A 192.0.2.53
ns2 A 198.51.100.53
@ MX 10 mx1
@ MX 20 mx2
@ MX 20 mx3
mx1 A 192.0.2.1
mx2 A 198.51.100.2
mx3 A 203.0.113.3
END

sub slurp {
    my ($path) = @_;
    open my $in, '<', $path or die "$path: $!";
    local $/;
    return scalar <$in>;
}

my $recording = scratch . '/my.rec';
json('--zone', $zone, '--record', $recording, 'example.com');
my ($head, $replies) = slurp($recording) =~ /\A(#.*?\n)(.*)\z/s;
open my $out, '>', $recording or die "$recording: $!";
print {$out} "${head}0 resize 76 12\n0 submit example.com\n", grep { !/^# option/ } map { "$_\n" } split /\n/, $replies;
close $out or die "$recording: $!";

for (['README', qr/zone my\.zone/], ['help/ja/README', qr/ゾーンmy\.zone/, '--lang', 'ja']) {
    my ($page, $of, @lang) = @$_;
    my ($title, @shown) = split /\n/, report(@lang, '--replay', $recording, '--dump', '--ascii');
    my ($block) = slurp("$ENV{srcdir}/$page") =~ /^(     mxtrail .*?)\n\n/ms;
    my ($pictured, @lines) = map { s/^    //r } split /\n/, $block;
    is_deeply(\@lines, \@shown, "$page: line by line");
    my ($queries) = $title =~ m{ (\d+)/\1 };
    like($pictured, qr{^ mxtrail  example\.com +$of   (\d+)/\1   0 ms$}, "$page: and the title");
    my ($told) = $pictured =~ m{ (\d+)/};
    cmp_ok(abs($told - $queries), '<=', $queries / 5, "$page: with about as many queries");
}
done_testing();
