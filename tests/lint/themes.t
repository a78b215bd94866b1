#!/usr/bin/perl
# Every shipped theme is complete, readable (WCAG 2 contrast) in the direct and the
# 256 colour tier, and its state colours stay apart for colour-blind eyes.
use strict;
use warnings;
use FindBin;
use Test::More;

my $root = $ENV{srcdir} || "$FindBin::Bin/../..";

my @roles = qw(text dim title title.value prompt prompt.label prompt.text frame frame.focus
    pane.title pane.title.focus row row.selected row.marked name name.outside address ttl
    preference mx.best mx.group mx.rank mx.null srv.bar srv.share bar bar.expected bar.rest
    ok notice warn error unknown waiting answered nodata nxdomain servfail refused timeout
    malformed struck step step.current reference key key.label tab tab.active scroll overlay
    overlay.title search.match changed spinner status);

my %graphic = map { $_ => 1 } qw(frame frame.focus mx.group srv.bar bar bar.expected bar.rest scroll);
my %attr    = map { $_ => 1 } qw(bold underline reverse dim italic);
my %colour16 =
    map { $_ => 1 } map { ($_, "bright$_") } qw(black red green yellow blue magenta cyan white);
my %strict = map { $_ => 1 } qw(projector high-contrast);
my %terminals_own = map { $_ => 1 } qw(ansi16 mono);

# Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
my %eyes = (
    protan => [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    deutan => [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    tritan => [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
);

sub read_theme {
    my ($path) = @_;
    my (%theme, $section);
    open my $file, '<', $path or die "$path: $!";
    while (my $line = <$file>) {
        next if $line =~ /^\s*$/;
        if ($line =~ /^\[(\w+)\]$/) { $section = $1; next }
        $line =~ /^([\w.-]+) = (\S.*)$/ or die "$path:$.: not 'name = value'";
        die "$path:$.: $1 twice" if exists $theme{$section}{$1};
        $theme{$section}{$1} = $2;
    }
    close $file;
    return \%theme;
}

sub linear { return map { $_ <= 0.04045 ? $_ / 12.92 : (($_ + 0.055) / 1.055)**2.4 } map { $_ / 255 } @_ }

sub luminance {
    my ($r, $g, $b) = linear(@_);
    return 0.2126 * $r + 0.7152 * $g + 0.0722 * $b;
}

sub contrast {
    my ($low, $high) = sort { $a <=> $b } map { luminance(@$_) } @_;
    return ($high + 0.05) / ($low + 0.05);
}

sub xterm {
    my ($index) = @_;
    return (8 + 10 * ($index - 232)) x 3 if $index >= 232;
    my @level = (0, 95, 135, 175, 215, 255);
    $index -= 16;
    return map { $level[$_] } int($index / 36), int($index / 6) % 6, $index % 6;
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
    my ($eye, @rgb) = @_;
    my @linear = linear(@rgb);
    return oklab(map { my $row = $_; $row->[0] * $linear[0] + $row->[1] * $linear[1] + $row->[2] * $linear[2] }
                 @{ $eyes{$eye} });
}

sub distance {
    my ($p, $q) = @_;
    my $sum = 0;
    $sum += ($p->[$_] - $q->[$_])**2 for 0 .. 2;
    return sqrt $sum;
}

sub parse_role {
    my ($value) = @_;
    my ($fg, $rest) = $value =~ /^(\S+)(.*)$/;
    my $bg = $rest =~ s/^ on (\S+)// ? $1 : undef;
    return ($fg, $bg, split ' ', $rest);
}

# tier: 0 the colour as written, 1 its place in the 256 colours
sub colour {
    my ($theme, $name, $tier) = @_;
    my ($hex, $index) = split ' ', $theme->{palette}{$name};
    return [$tier ? xterm($index) : map { hex } $hex =~ /^#(..)(..)(..)$/];
}

sub check_shape {
    my ($name, $theme) = @_;
    is($theme->{theme}{name}, $name, "$name: named after its file");
    ok(length($theme->{theme}{title} // '') > 0, "$name: has a title");
    is_deeply([sort keys %{ $theme->{roles} }], [sort @roles], "$name: every role, no other");
    my @bad = grep { $theme->{palette}{$_} !~ /^#[0-9a-f]{6} \d+ (\w+)$/ || !$colour16{$1} }
        keys %{ $theme->{palette} };
    is("@bad", '', "$name: palette lines have all three tiers");
    my @unknown;
    for my $role (@roles) {
        my ($fg, $bg, @attrs) = parse_role($theme->{roles}{$role});
        push @unknown, "$role=$_" for grep { $_ ne 'default' && !$theme->{palette}{$_} } $fg, $bg // 'default';
        push @unknown, "$role=$_" for grep { !$attr{$_} } @attrs;
    }
    is("@unknown", '', "$name: every word of a role is a colour or an attribute");
    isnt($theme->{roles}{'row.selected'}, $theme->{roles}{row}, "$name: the selected row looks different");
    return;
}

sub check_contrast {
    my ($name, $theme) = @_;
    for my $tier (0, 1) {
        my @low;
        for my $role (@roles) {
            my ($fg, $bg) = parse_role($theme->{roles}{$role});
            my $ratio = contrast(colour($theme, $fg, $tier), colour($theme, $bg, $tier));
            my $least = $strict{$name} ? 7 : $graphic{$role} ? 3 : 4.5;
            push @low, sprintf '%s %.2f < %s', $role, $ratio, $least if $ratio < $least;
        }
        is(join(', ', @low), '', "$name: contrast, " . ($tier ? '256 colours' : 'direct colour'));
    }
    my @dimmed = grep { $theme->{roles}{$_} =~ /\bdim\b/ } @roles;
    is("@dimmed", '', "$name: no role relies on dim") if $strict{$name};
    return;
}

sub visible {
    my ($theme, $role, $tier) = @_;
    my ($fg, $bg) = parse_role($theme->{roles}{$role});
    return $bg eq 'paper' ? colour($theme, $fg, $tier) : colour($theme, $bg, $tier);
}

sub check_colour_blind {
    my ($name, $theme) = @_;
    my @states = qw(ok notice warn error unknown);
    for my $tier (0, 1) {
        my @alike;
        for my $eye (sort keys %eyes) {
            my %seen = map { $_ => [seen_by($eye, @{ visible($theme, $_, $tier) })] } @states;
            for my $i (0 .. $#states) {
                for my $j ($i + 1 .. $#states) {
                    my $d = distance(@seen{ @states[$i, $j] });
                    push @alike, sprintf '%s/%s %s %.3f', @states[$i, $j], $eye, $d if $d < 0.02;
                }
            }
        }
        is(join(', ', @alike), '', "$name: states apart for colour-blind eyes, tier $tier");
    }
    return;
}

my @files = sort glob "$root/themes/*.ini";
ok(@files >= 6, 'six themes at least');
for my $path (@files) {
    my $theme = read_theme($path);
    my ($name) = $path =~ m{([^/]+)\.ini$};
    check_shape($name, $theme);
    next if $terminals_own{$name};
    check_contrast($name, $theme);
    check_colour_blind($name, $theme);
}
my $mono = read_theme("$root/themes/mono.ini");
my @coloured = grep { grep { $_ ne 'default' } grep { defined } (parse_role($mono->{roles}{$_}))[0, 1] } @roles;
is("@coloured", '', 'mono: attributes only');
done_testing();
