#!/usr/bin/perl
# Every shipped theme is complete, readable (WCAG 2 contrast) in direct colour and in the 256
# colours of xterm, and its judgements stay apart for colour-blind eyes.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Colour;
use House;
use Test::More;

my %graphic = map { $_ => 1 } qw(frame frame.focus mx.group srv.bar bar bar.expected scroll);
my %strict = map { $_ => 1 } qw(projector high-contrast);
my %terminals_own = map { $_ => 1 } qw(ansi16 mono);
my @judgements = qw(ok notice warn error unknown);
my %attribute = map { $_ => 1 } qw(bold underline reverse dim italic);
my %colour16 =
    map { $_ => 1 } map { ($_, "bright$_") } qw(black red green yellow blue magenta cyan white);

# The roles there are: ROLE(TEXT, "text") in src/sheet/role.h.
sub roles {
    my ($root) = @_;
    return slurp("$root/src/sheet/role.h") =~ /ROLE\(\w+, "([\w.]+)"\)/g;
}

# section -> name -> value; what is no entry goes to {faults}.
sub read_theme {
    my ($root, $path) = @_;
    my %theme = (faults => [], map { $_ => {} } qw(theme palette roles));
    my ($section, $number) = ('', 0);
    for my $line (split /\n/, slurp("$root/$path")) {
        $number++;
        next if $line eq '';
        if ($line =~ /^\[(theme|palette|roles)\]$/) { $section = $1; next }
        my ($name, $value) = $line =~ /^([\w.-]+) = (\S.*)$/;
        push @{ $theme{faults} }, "$path:$number: no entry" if !defined $value || $section eq '';
        next unless defined $value && $section ne '';
        push @{ $theme{faults} }, "$path:$number: $name again" if exists $theme{$section}{$name};
        $theme{$section}{$name} = $value;
    }
    return \%theme;
}

# "fg on bg bold": colour, ground, attributes.
sub role_of {
    my ($theme, $role) = @_;
    my ($fg, $rest) = ($theme->{roles}{$role} // 'default') =~ /^(\S+)(.*)$/;
    my $bg = $rest =~ s/^ on (\S+)// ? $1 : 'default';
    return ($fg, $bg, split ' ', $rest);
}

# The two colours of a role; in 256 colours when `index` is true. None if one is the terminal's.
sub colours_of {
    my ($theme, $role, $index) = @_;
    my @entries = grep { defined } map { $theme->{palette}{$_} } (role_of($theme, $role))[0, 1];
    return () if @entries != 2;
    return map { my @words = split ' '; $index ? xterm_rgb($words[1]) : hex_rgb($words[0]) } @entries;
}

sub shape_faults {
    my ($root, $path, $theme) = @_;
    my ($name) = $path =~ m{([^/]+)\.ini$};
    my @faults = @{ $theme->{faults} };
    push @faults, "$path: not named after its file" if ($theme->{theme}{name} // '') ne $name;
    push @faults, "$path: no title" unless $theme->{theme}{title};
    for my $colour (sort keys %{ $theme->{palette} }) {
        push @faults, "$path: $colour: not in three ways"
            unless $theme->{palette}{$colour} =~ /^#[0-9a-f]{6} \d+ (\w+)$/ && $colour16{$1};
    }
    for my $role (roles($root)) {
        push @faults, "$path: no $role" unless exists $theme->{roles}{$role};
        my ($fg, $bg, @attributes) = role_of($theme, $role);
        push @faults, map { "$path: $role: no colour $_" }
            grep { $_ ne 'default' && !$theme->{palette}{$_} } $fg, $bg;
        push @faults, map { "$path: $role: no attribute $_" } grep { !$attribute{$_} } @attributes;
        push @faults, "$path: $role: dimmed" if $strict{$name} && grep { $_ eq 'dim' } @attributes;
        push @faults, "$path: $role: a colour" if $name eq 'mono' && "$fg $bg" ne 'default default';
    }
    push @faults, "$path: the selected row looks as any"
        if ($theme->{roles}{'row.selected'} // '') eq ($theme->{roles}{text} // '');
    return @faults;
}

sub contrast_faults {
    my ($root, $path, $theme) = @_;
    my ($name) = $path =~ m{([^/]+)\.ini$};
    return () if $terminals_own{$name};
    my @faults;
    for my $role (roles($root)) {
        my $least = $strict{$name} ? 7 : $graphic{$role} ? 3 : 4.5;
        for my $index (0, 1) {
            my @pair = colours_of($theme, $role, $index);
            push @faults, "$path: $role: contrast unknown" unless @pair;
            next unless @pair && contrast(@pair) < $least;
            push @faults, sprintf '%s: %s: contrast %.2f < %s%s', $path, $role, contrast(@pair),
                $least, $index ? ' in 256 colours' : '';
        }
    }
    return @faults;
}

# The sixteen colours as the Linux console and as xterm have them.
my @sixteen = (
    [map { hex_rgb("#$_") } qw(000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa
        555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff)],
    [map { hex_rgb("#$_") } qw(000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5
        7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff)]);
my @order = qw(black red green yellow blue magenta cyan white);
my %number = map { ($order[$_] => $_, "bright$order[$_]" => $_ + 8) } 0 .. 7;
my %light = map { $_ => 1 } 2, 3, 6, 7;

# What eight colours make of two of the sixteen (theme_eight() in src/view/canvas/theme_colour.c): the
# foregrounds that may be seen, as bold may make them bright, and the ground.
sub eight_of {
    my ($fg, $bg, $bold) = @_;
    my ($dim, $bright) = ($fg == 8, $bold || $fg >= 8);
    $bg %= 8;
    $fg %= 8;
    $fg = 7 if $dim && !$light{$bg};
    $fg = $bg ? 0 : 7 if $fg == $bg;
    $bright = 0 if $fg == 0 || $dim || $light{$bg};
    return ($bg, $fg, $bright ? $fg + 8 : ());
}

# In sixteen and in eight colours, whichever of the two palettes: what has a ground of its own is read
# on it.
sub basic_faults {
    my ($root, $path, $theme) = @_;
    my @faults;
    for my $role (roles($root)) {
        my ($fg, $bg, @attributes) = role_of($theme, $role);
        my ($front, $ground) = map { $number{ (split ' ', $theme->{palette}{$_} // '')[2] // '' } } $fg, $bg;
        next if !defined $front || !defined $ground;
        my ($plain, @seen) = eight_of($front, $ground, scalar grep { $_ eq 'bold' } @attributes);
        for my $palette (@sixteen) {
            my ($least) = sort { $a <=> $b } (map { contrast($palette->[$_], $palette->[$plain]) } @seen),
                contrast($palette->[$front], $palette->[$ground]);
            push @faults, sprintf '%s: %s: contrast %.2f < 2.5 in 16 or 8 colours', $path, $role, $least if $least < 2.5;
        }
    }
    my ($fg, $bg, @attributes) = role_of($theme, 'row.selected');
    push @faults, "$path: the selected row has no ground of its own"
        if ($fg eq 'default' || $bg eq 'default') && !grep { $_ eq 'reverse' } @attributes;
    return @faults;
}

# What one sees of a judgement: its colour on the common ground, or else the ground it has itself.
sub seen {
    my ($theme, $role, $index) = @_;
    my ($fg, $bg) = colours_of($theme, $role, $index);
    return (role_of($theme, $role))[1] eq (role_of($theme, 'text'))[1] ? $fg : $bg;
}

sub alike_faults {
    my ($path, $theme) = @_;
    my ($name) = $path =~ m{([^/]+)\.ini$};
    return () if $terminals_own{$name};
    my @faults;
    for my $index (0, 1) {
        for my $i (0 .. $#judgements) {
            for my $j ($i + 1 .. $#judgements) {
                my @pair = map { seen($theme, $_, $index) } @judgements[$i, $j];
                next if grep { !defined } @pair;
                my ($eye, $distance) = closest_eye(@pair);
                push @faults, "$path: $judgements[$i] and $judgements[$j] are alike to $eye eyes"
                    if $distance < 0.02;
            }
        }
    }
    return @faults;
}

sub faults {
    my ($root) = @_;
    my @faults;
    for my $path (sources($root, qr/\.ini$/, 'themes')) {
        my $theme = read_theme($root, $path);
        push @faults, shape_faults($root, $path, $theme), contrast_faults($root, $path, $theme),
            alike_faults($path, $theme), basic_faults($root, $path, $theme);
    }
    return @faults;
}

my @some = ('text', 'row.selected', @judgements);
my $header = join '', map { sprintf "ROLE(%s, \"%s\")\n", uc s/\W/_/gr, $_ } @some;
my $palette = "[palette]\nink = #111111 233 black\npaper = #ffffff 231 brightwhite\n"
    . "brown = #7a5200 94 red\nred = #a63f00 124 red\nblue = #00558c 24 blue\n"
    . "green = #006b4f 22 green\nviolet = #8c3f6b 96 magenta\ngrey = #a0a0a0 247 white\n";
my $roles = "[roles]\ntext = ink on paper\nrow.selected = paper on ink\n"
    . "ok = green on paper\nnotice = blue on paper\nunknown = violet on paper\n";
my $planted = planted('src/sheet/role.h' => $header,
    'themes/pale.ini' => "[theme]\nname = pale\ntitle = Pale\n\n$palette\n$roles"
        . "warn = grey on paper\nerror = red on paper\n",
    'themes/alike.ini' => "[theme]\nname = alike\ntitle = Alike\n\n$palette\n$roles"
        . "warn = brown on paper\nerror = red on paper bold\n",
    'themes/projector.ini' => "[theme]\nname = beamer\n\n$palette\n$roles"
        . "warn = ink on paper dim\nerror = rde on paper\n",
    'themes/night.ini' => "[theme]\nname = night\ntitle = Night\n\n$palette"
        . "dusk = #767676 243 brightblack\n\n[roles]\ntext = paper on ink\nrow.selected = paper on default\n"
        . "ok = paper on ink\nnotice = paper on ink underline\nunknown = paper on ink bold\n"
        . "warn = blue on ink\nerror = red on paper\n",
    'themes/mono.ini' => "[theme]\nname = mono\ntitle = Mono\n\n[roles]\ntext\n"
        . join('', map { "$_ = default\n" } @some[0 .. 5]));
my @found = faults($planted);
catches('faults of themes are seen', [grep { !/projector.*contrast|in 16 or 8|night/ } @found],
    qr/pale.*warn: contrast 2\.6\d < 4\.5$/, qr/pale.*warn: contrast 2\.6\d < 4\.5 in 256/,
    qr/alike.*warn and error are alike to protan/,
    qr/projector.*not named/, qr/projector.*no title/, qr/projector.*warn: dimmed/, qr/projector.*no colour rde/,
    qr/mono.*no entry/, qr/mono.*selected row looks/, qr/mono.*no ground/, qr/mono.*no unknown/);
is_deeply([map { s/.*?: //r } grep { /night.*(?:in 16 or 8|no ground)/ } @found],
    ['warn: contrast 1.58 < 2.5 in 16 or 8 colours', 'warn: contrast 2.23 < 2.5 in 16 or 8 colours',
        'the selected row has no ground of its own'],
    'so are those in sixteen and eight colours');
ok((grep { /projector.*ok: contrast 6\.\d+ < 7$/ } @found), 'a projector needs 7:1');

my @themes = sources(root, qr/\.ini$/, 'themes');
cmp_ok(scalar @themes, '>=', 6, 'themes are there');
clean('themes are complete, readable and told apart', faults(root));
done_testing();
