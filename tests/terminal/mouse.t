#!/usr/bin/perl
# The mouse, with the bytes a terminal sends (SGR, 1006): what is pointed at is looked for on the
# screen first.
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
my $zone = ($ENV{srcdir} || "$FindBin::Bin/../..") . '/help/lessons/order.zone';
my $first = qr/1st +5 +mx1\.example\.com/;

sub start {
    my ($arguments, %how) = @_;
    my $t = Tmux->new("$mxtrail --no-history $arguments --zone $zone example.com", width => 100, height => 30, %how);
    $t->wait_for($first);
    return $t;
}

# Column and row, from 1, of what the pattern finds.
sub place {
    my ($t, $pattern) = @_;
    my $row = 0;
    for my $line (split /\n/, $t->screen) {
        $row++;
        return ($-[0] + 1, $row) if $line =~ $pattern;
    }
    return fail("$pattern is on the screen");
}

sub press {
    my ($t, $button, $pattern) = @_;
    my ($x, $y) = place($t, $pattern);
    $t->type("\e[<$button;$x;${y}M");
    $t->type("\e[<$button;$x;${y}m") if $button == 0;
    return $t;
}

sub click { return press($_[0], 0, $_[1]) }
sub row_of { my ($t) = @_; return $t->flag('cursor_y') + 1 }

subtest 'click, double click, wheel' => sub {
    my $t = start('');
    is($t->flag('mouse_any_flag'), '1', 'the mouse is asked for');
    my (undef, $second) = place($t, qr/2nd/);
    click($t, qr/2nd/);
    ok($t->until_true(sub { row_of($t) == $second }), 'a click puts the cursor on the row');
    click($t, qr/1st/);
    ok($t->until_true(sub { row_of($t) == $second - 1 }), 'and on another');
    press($t, 65, qr/1st/);
    ok($t->until_true(sub { row_of($t) > $second - 1 }), 'the wheel goes down');
    press($t, 64, qr/1st/);
    ok($t->until_true(sub { row_of($t) == $second - 1 }), 'and up');
    click($t, qr/3rd/);
    $t->until_true(sub { row_of($t) == $second + 1 });
    my ($x, $y) = place($t, qr/1st/);
    $t->type("\e[<0;$x;${y}M\e[<0;$x;${y}m\e[<65;$x;${y}M\e[<0;$x;${y}M\e[<0;$x;${y}m")->keys('j');
    ok($t->until_true(sub { row_of($t) == $second }), 'presses with the wheel in between are no double click');
    click($t, qr/3rd/);
    $t->until_true(sub { row_of($t) == $second + 1 });
    $t->type("\e[<0;$x;${y}M\e[<0;$x;${y}m" x 2);
    ok($t->wait_for(qr/Delivery to example\.com/), 'a double click is Enter');
    $t->keys('Q');
    is($t->wait_for_end, 0, 'status');
    is($t->damage, '', 'the terminal is as it was, without mouse');
    $t->close;
};

# Choices and past steps are pressed in the page; what is pressed beside it is not of the lesson.
subtest 'the page of a lesson' => sub {
    for my $size ([120, 36], [100, 30], [80, 24]) {
        my ($width, $height) = @$size;
        my $t = Tmux->new("$mxtrail --no-history --demo=3", width => $width, height => $height);
        $t->wait_for(qr/1 +mx1 .*mx\.example\.net|1 +mx1/);
        click($t, qr/2 +mx2 or mx3/);
        ok($t->wait_for(qr/▸ 2 +mx2 or mx3/), "a choice at $width columns");
        click($t, qr/3 +mx\.example\.net(?! out)/) if $width < 120;
        ok($t->wait_for(qr/▸ 3 +mx\.example\.net/), 'another in the same line') if $width < 120;
        $t->keys('Space', 'Space');
        ok($t->wait_for(qr/Delivery to example\.com/), 'the lesson goes on');
        click($t, $width > 80 ? qr/Tried first/ : qr/MX lookup for/);
        $t->keys('Space');
        ok($t->wait_for(qr/as the lesson has it/), 'beside the page one strays');
        $t->keys('Q');
        is($t->wait_for_end, 0, 'status');
        $t->close;
    }
    my $t = Tmux->new("$mxtrail --no-history --demo=3.3", width => 100, height => 30);
    $t->wait_for(qr/─ 3\/6 ─/);
    click($t, qr/2 mx1 is down/);
    ok($t->wait_for(qr/─ 2\/6 ─/), 'a past step is gone back to');
    press($t, 64, qr/► :down/) for 1 .. 3;
    ok($t->wait_for(qr/1 Every host is up/), 'the wheel scrolls the page');
    $t->keys('Q');
    $t->wait_for_end;
    $t->close;
};

subtest 'the key bar, the prompt, the tabs' => sub {
    my $t = start('');
    click($t, qr/Enter simulate/);
    ok($t->wait_for(qr/Delivery to example\.com/), 'a key in the bar is pressed');
    click($t, qr/\? help/);
    ok($t->wait_for(qr/Simulation of a delivery/), 'also over a window');
    $t->keys('Escape');
    $t->wait_for(qr/Delivery to/);
    click($t, qr/q back/);
    ok($t->wait_for($first), 'and q');
    click($t, qr/name ▸/);
    $t->type('plain.example.com')->keys('Enter');
    ok($t->wait_for(qr/1st +1 /), 'the prompt takes a name');
    $t->resize(50, 20);
    $t->wait_for(qr/▸1 MX/);
    click($t, qr/3 NS/);
    ok($t->wait_for(qr/▸3 NS/), 'a tab shows its pane');
    $t->keys('Q');
    is($t->wait_for_end, 0, 'status');
    $t->close;
};

subtest 'the mouse belongs to the terminal' => sub {
    my $t = start('--no-mouse');
    is($t->flag('mouse_any_flag'), '0', '--no-mouse');
    $t->keys('m');
    ok($t->until_true(sub { $t->flag('mouse_any_flag') eq '1' }), 'm takes it back');
    $t->keys('m');
    ok($t->until_true(sub { $t->flag('mouse_any_flag') eq '0' }), 'm leaves it');
    ok($t->wait_for(qr/the mouse belongs to the terminal/), 'and says so');
    $t->keys('Q');
    is($t->wait_for_end, 0, 'status');
    $t->close;
    $t = start('');
    is($t->flag('mouse_any_flag'), '0', 'what m said holds when the program starts again');
    $t->keys('m', 'Q');
    $t->wait_for_end;
    $t->close;
};

subtest 'panes exchanged stay so' => sub {
    my $t = start('');
    $t->keys('X');
    ok($t->wait_for(qr/1 A \/ AAAA.*2 MX/), 'two panes change places');
    $t->keys('Q');
    is($t->wait_for_end, 0, 'status');
    $t->close;
    $t = start('');
    ok($t->wait_for(qr/1 A \/ AAAA.*2 MX/), 'also when the program starts again');
    $t->keys('X', 'Q');
    $t->wait_for_end;
    $t->close;
};

done_testing;
