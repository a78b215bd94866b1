package Colour;

# Colours as theme files write them, how bright they are, and how eyes tell them apart.
use strict;
use warnings;
use Exporter 'import';

our @EXPORT = qw(hex_rgb xterm_rgb contrast closest_eye);

# Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
my %eyes = (
    protan => [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    deutan => [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    tritan => [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
);

# "#rrggbb" to [red, green, blue] of 0..255.
sub hex_rgb {
    my ($text) = @_;
    return [map { hex } $text =~ /^#(..)(..)(..)$/];
}

# One of the fixed colours 16..255 of xterm.
sub xterm_rgb {
    my ($index) = @_;
    return [(8 + 10 * ($index - 232)) x 3] if $index >= 232;
    my @level = (0, 95, 135, 175, 215, 255);
    $index -= 16;
    return [map { $level[$_] } int($index / 36), int($index / 6) % 6, $index % 6];
}

sub linear {
    my ($rgb) = @_;
    return map { $_ <= 0.04045 ? $_ / 12.92 : (($_ + 0.055) / 1.055)**2.4 } map { $_ / 255 } @$rgb;
}

sub luminance {
    my ($r, $g, $b) = linear($_[0]);
    return 0.2126 * $r + 0.7152 * $g + 0.0722 * $b;
}

# WCAG 2.
sub contrast {
    my ($low, $high) = sort { $a <=> $b } map { luminance($_) } @_;
    return ($high + 0.05) / ($low + 0.05);
}

sub oklab {
    my ($r, $g, $b) = map { $_ < 0 ? 0 : $_ > 1 ? 1 : $_ } @_;
    my $l = (0.4122214708 * $r + 0.5363325363 * $g + 0.0514459929 * $b)**(1 / 3);
    my $m = (0.2119034982 * $r + 0.6806995451 * $g + 0.1073969566 * $b)**(1 / 3);
    my $s = (0.0883024619 * $r + 0.2817188376 * $g + 0.6299787005 * $b)**(1 / 3);
    return (0.2104542553 * $l + 0.7936177850 * $m - 0.0040720468 * $s,
        1.9779984951 * $l - 2.4285922050 * $m + 0.4505937099 * $s,
        0.0259040371 * $l + 0.7827717662 * $m - 0.8086757660 * $s);
}

sub seen_by {
    my ($eye, $rgb) = @_;
    my @linear = linear($rgb);
    return oklab(map {
        my $row = $_;
        $row->[0] * $linear[0] + $row->[1] * $linear[1] + $row->[2] * $linear[2]
    } @{ $eyes{$eye} });
}

# The colour-blind eye to which two colours are nearest, and how near (OKLab).
sub closest_eye {
    my ($one, $other) = @_;
    my ($who, $least);
    for my $eye (sort keys %eyes) {
        my @one = seen_by($eye, $one);
        my @other = seen_by($eye, $other);
        my $sum = 0;
        $sum += ($one[$_] - $other[$_])**2 for 0 .. 2;
        ($who, $least) = ($eye, sqrt $sum) if !defined $least || sqrt $sum < $least;
    }
    return ($who, $least);
}

1;
