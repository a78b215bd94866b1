#!/usr/bin/perl
# A recording as slides: Space goes to the next key, b to the one before, a lets time play it. Same
# events, same screen, whichever way one came.
use strict;
use warnings;
use utf8;
use FindBin;
use lib $FindBin::Bin;
use File::Temp qw(tempdir);
use Test::More;
use Tmux;

plan skip_all => 'tmux is missing' if !Tmux::have();
binmode Test::More->builder->$_, ':encoding(UTF-8)' for qw(output failure_output todo_output);

my $mxtrail = $ENV{MXTRAIL} || ($ENV{builddir} // '.') . '/mxtrail';
BAIL_OUT("$mxtrail is not there") if !-x $mxtrail;
my $folder = tempdir(CLEANUP => 1);

sub spew {
    my ($name, @lines) = @_;
    open my $out, '>:encoding(UTF-8)', "$folder/$name" or die "$name: $!";
    print $out map { "$_\n" } @lines;
    close $out or die "$name: $!";
    return "$folder/$name";
}

qx($mxtrail --demo=first-choice --report --record $folder/answers.rec);
open my $in, '<:encoding(UTF-8)', "$folder/answers.rec" or die $!;
my @answers = map { chomp; $_ } <$in>;
close $in;
my @head = ((shift @answers), '0 resize 80 24');
my @replies = map { s/^\d+/1/r } grep { /^\d+ repl/ } @answers;

# What was done, each with what came of it.
my @slides = (
    ['1 submit :lessons first-choice.2', @replies, '1 tick'],
    ['2 key Space', '2 tick'],
    ['3 key 1'],
    ['4 key Space'],
    ['5 key :', map { "5 edit @{[length]} $_" } qw(t th the them theme), '5 edit 10 theme mono'],
    ['6 submit theme mono'],
    ['7 resize 100 30', '100000 key Space', '100001 tick'],
);
$slides[5] = ['6 submit theme mono', '7 resize 100 30'];
$slides[6] = ['100000 key Space', '100001 tick'];

sub after {
    my ($count) = @_;
    my $path = spew('part.rec', @head, map { @{ $slides[$_ - 1] } } 1 .. $count);
    my $screen = qx($mxtrail --dump --replay $path);
    utf8::decode($screen);
    return $screen =~ s/ +$//mgr;
}

my @screens = map { after($_) } 0 .. @slides;
my $whole = spew('whole.rec', @head, map { @$_ } @slides);
my $end = ' the recording ends here';

sub start {
    my ($options) = @_;
    return Tmux->new("$mxtrail --no-history --no-config --replay $whole $options", width => 100, height => 30, type => 'xterm-256color');
}

# Looks until the upper left of the terminal is the screen, but for its last line.
sub shows {
    my ($t, $count, $name) = @_;
    my @expected = split /\n/, $screens[$count];
    pop @expected;
    my @seen;
    $t->until_true(sub {
        @seen = map { s/ +$//r } split /\n/, $t->screen;
        return if @seen < @expected;
        return join("\n", @seen[0 .. $#expected]) eq join "\n", @expected;
    });
    is_deeply([splice @seen, 0, scalar @expected], \@expected, $name);
    return;
}

# The colours that rows stand on.
sub grounds {
    my ($t) = @_;
    my %grounds = map { $_ => 1 } $t->coloured_screen =~ /48;5;\d+/g;
    return join ' ', sort keys %grounds;
}

sub end {
    my ($t) = @_;
    $t->keys('q');
    is($t->wait_for_end, 0, 'status');
    is($t->errors, '', 'nothing is said on the side');
    is($t->damage, '', 'the terminal is as it was');
    $t->close;
    return;
}

subtest 'forth and back' => sub {
    my $t = start('--speed step');
    ok($t->wait_for(qr/^ Space next key, b back, a plays, q quits$/m), 'it waits, and says for what');
    my $coloured;
    for my $slide (1 .. @slides) {
        $t->keys('Space');
        shows($t, $slide, "slide $slide");
        $coloured = grounds($t) if $slide == 1;
    }
    ok($t->wait_for(qr/^\Q$end\E$/m), 'the end is said');
    is(grounds($t), '', 'the theme that was chosen');
    $t->keys('Space');
    shows($t, scalar @slides, 'there is nothing behind it');
    for my $slide (reverse 1 .. @slides - 1) {
        $t->keys('b');
        shows($t, $slide, "back at $slide");
    }
    is(grounds($t), $coloured, 'the first theme again');
    $t->keys('b', 'b');
    ok($t->wait_for(qr/^ Space next key/m), 'nothing is before the beginning');
    $t->keys('Space');
    shows($t, 1, 'and forth again');
    end($t);
};

subtest 'time plays it' => sub {
    my $t = start('--speed step');
    ok($t->wait_for(qr/^ Space next key/m), 'it waits');
    $t->keys('a');
    shows($t, 6, 'up to where time stands long'); # the last key comes 100 s later
    $t->keys('Space');
    shows($t, 7, 'a key does not wait for it');
    $t->keys('b', 'b', 'a', 'a');
    shows($t, 5, 'a again stops it');
    end($t);
};

subtest 'a recording that runs is stopped by Space' => sub {
    my $t = start('');
    shows($t, 6, 'it runs at once');
    $t->keys('b');
    shows($t, 5, 'one back');
    $t->keys('Space', 'Space');
    shows($t, 7, 'and forth');
    $t->keys('a');
    ok($t->wait_for(qr/^\Q$end\E$/m), 'a at the end');
    $t->keys('?');
    ok($t->wait_for(qr/Enter open/), 'hands the keys over');
    $t->keys('Q');
    is($t->wait_for_end, 0, 'status');
    $t->close;
};

subtest 'a bad line' => sub {
    my $path = spew('bad.rec', @head, @{ $slides[0] }, @{ $slides[1] }, '3 nonsense', '4 key b');
    my $t = Tmux->new("$mxtrail --no-history --no-config --replay $path --speed step", width => 100, height => 30);
    ok($t->wait_for(qr/^ Space next key/m), 'it waits');
    $t->keys('Space');
    shows($t, 1, 'what is in front of it');
    $t->keys('Space');
    is($t->wait_for_end, 4, 'status');
    like($t->errors, qr/^mxtrail: \S+bad\.rec:\d+: /, 'told by its line');
    is($t->damage, '', 'the terminal is as it was');
    $t->close;
};
done_testing();
