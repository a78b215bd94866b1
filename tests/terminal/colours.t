#!/usr/bin/perl
# Whether the screen has colours, how many, and which theme a terminal with a light ground gets.
use strict;
use warnings;
use utf8;
use FindBin;
use lib $FindBin::Bin;
use Test::More;
use Tmux;

plan skip_all => 'tmux is missing' if !Tmux::have();
binmode Test::More->builder->$_, ':encoding(UTF-8)' for qw(output failure_output todo_output);

my $mxtrail = $ENV{MXTRAIL} || ($ENV{builddir} // '.') . '/mxtrail';
BAIL_OUT("$mxtrail is not there") if !-x $mxtrail;
my $zone = ($ENV{srcdir} || "$FindBin::Bin/../..") . '/help/lessons/first-choice.zone';

sub start {
    my ($options, %how) = @_;
    my $t = Tmux->new("$mxtrail --no-history --no-config $options --zone $zone example.com", %how);
    ok($t->wait_for(qr/1st +10 +mx1\.example\.com/), join ' ', $options || 'no option', map { "$_ $how{$_}" } sort grep { !ref $how{$_} } keys %how);
    return $t;
}

sub end {
    my ($t) = @_;
    $t->keys('Q');
    is($t->wait_for_end, 0, 'status');
    is($t->errors, '', 'nothing is said on the side');
    is($t->damage, '', 'the terminal is as it was');
    $t->close;
    return;
}

# The kinds of colour on the screen: "8" (and the bright ones), "256".
sub colours {
    my ($t) = @_;
    my %kinds;
    for my $codes ($t->coloured_screen =~ /\x1b\[([\d;]*)m/g) {
        $kinds{256} = 1 if $codes =~ s/[34]8;5;\d+//g;
        $kinds{8} = 1 if $codes =~ /(?:^|;)(?:3[0-7]|4[0-7]|9[0-7]|10[0-7])(?:;|$)/;
    }
    return join ' ', sort { $a <=> $b } keys %kinds;
}

for (
    ['', 'xterm-256color', {}, '256'],
    ['--color=auto', 'xterm-256color', {}, '256'],
    ['--color=auto', 'xterm', {}, '8'],
    ['--color=never', 'xterm-256color', {}, ''],
    ['--color=never', 'xterm', {}, ''],
    ['--no-color', 'xterm-256color', {}, ''],
    ['--no-color --theme projector', 'xterm-256color', {}, ''],
    ['', 'xterm-256color', { NO_COLOR => 1 }, ''],
    ['', 'xterm-256color', { NO_COLOR => '' }, '256'],
    ['', 'vt100', {}, ''],
) {
    my ($options, $type, $env, $expected) = @$_;
    my $t = start($options, type => $type, env => $env);
    is(colours($t), $expected, "colours: '$expected'");
    end($t);
}

my $said = qx($mxtrail --color=sometimes --zone $zone example.com 2>&1 >/dev/null);
is($? >> 8, 2, 'another word is a usage error');
like($said, qr/^mxtrail: --color sometimes: .*never/, 'which names the words');

# What the terminal answers when it is asked for its ground.
sub answer { my ($t, $colour) = @_; return $t->tmux('send-keys', '-H', map { sprintf '%02x', ord } split //, "\e]11;rgb:$colour\e\\") }

for (
    ['', 'ffff/ffff/eeee', '48;5;231'],
    ['', '0000/1111/0000', '48;5;233'],
) {
    my ($options, $colour, $ground) = @$_;
    my $t = start($options, type => 'xterm-256color');
    answer($t, $colour);
    ok($t->until_true(sub { $t->coloured_screen =~ /\x1b\[$ground/ }), "the ground for $colour");
    like($t->screen, qr/Enter simulate/, 'no byte of the answer was a key');
    end($t);
}

# The screen in all its colours, once it has everything.
sub picture {
    my ($options, $config) = @_;
    my $t = Tmux->new("$mxtrail --no-history --config \$HOME/config $options --zone $zone example.com",
        type => 'xterm-256color', before => "printf '$config' >\$HOME/config\n");
    ok($t->wait_for(qr/1st +10 +mx1\.example\.com/), "$options $config");
    answer($t, 'ffff/ffff/eeee') if $options !~ /present/;
    my $picture = $t->coloured_screen;
    $t->keys('Q');
    $t->keys('Q') if $options =~ /present/ && $t->wait_for(qr/again to quit/);
    $t->wait_for_end;
    $t->close;
    return $picture;
}

my $projected = picture('--present --theme projector', '');
is(picture('--present', ''), $projected, 'an audience gets the theme for projectors');
for (['--present --theme mono', ''], ['--present', '[ui]\\ntheme = mono\\n']) {
    isnt(picture(@$_), $projected, "unless another is set: @$_");
}
done_testing();
