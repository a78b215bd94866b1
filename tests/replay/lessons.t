#!/usr/bin/perl
# Lessons with steps, played by Space alone: from the first step to the end card at three sizes, back
# again by b, and into each step. Same position, same screen. SCREENS=write writes the last screens
# anew; look at them before committing.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use Test::More;

my $folder = "$FindBin::Bin/lessons";
my @lessons = qw(first-choice secondary); # every state of these, by a recording
my @sizes = ([80, 24], [100, 30], [120, 36]);
my $ticks = join '', map { "9 tick\n" } 1 .. 20; # what was begun is drawn

sub slurp {
    my ($path) = @_;
    open my $in, '<:raw', $path or return 'missing';
    local $/;
    return scalar <$in>;
}

# The answers of the lesson, as a recording has them.
sub answers {
    my ($lesson) = @_;
    my $path = file("$lesson.rec", '') . '.new';
    mxtrail('--demo', $lesson, '--report', '--force', '--record', $path);
    my @lines = split /(?<=\n)/, slurp($path);
    my ($head) = $lines[0] =~ /(.*)\n/;
    return ($lines[0], join '', map { s/^\d+/1/r } grep { /^\d+ repl(?:y|ies) / } @lines);
}

sub screen {
    my ($lesson, $size, $place, @keys) = @_;
    my ($head, $replies) = @{ $lesson->{answers} };
    my ($status, $out, $err) = mxtrail('--dump', '--replay', file('lesson.rec', join '', $head,
        "0 resize $size->[0] $size->[1]\n", "0 submit :lessons $place\n", $replies, $ticks,
        map { "9 key $_\n$ticks" } @keys));
    is($status . $err, 0, "$place plays") if $status || $err ne '';
    return $out;
}

# How many times Space leads to the end card: 1 for each item, 1 for each step.
sub spaces {
    my ($lesson) = @_;
    my $text = slurp("$ENV{srcdir}/help/lessons/$lesson.txt");
    my $count = () = $text =~ /^## /mg;
    $count += () = $text =~ /^(?:ask(?: first| next| verdict)?|do): (?!\s)/mg;
    $count += split(' ', $1) - 1 while $text =~ /^do: ([^:].*)$/mg;
    return $count;
}

# The screen that a file has; the file is written where one wants that.
sub is_kept {
    my ($screen, $name, $size) = @_;
    my $path = "$folder/$name-$size->[0]x$size->[1].txt";
    if (($ENV{SCREENS} // '') eq 'write') {
        open my $out, '>:raw', $path or die "$path: $!";
        print $out $screen;
        close $out;
    }
    is($screen, slurp($path), "$name: the last screen at $size->[0]x$size->[1]");
    return;
}

# ---- each lesson, from the first step to the last ----

# Steps by their titles, as the page of the end card marks them.
sub titles {
    my ($lesson) = @_;
    return slurp("$ENV{srcdir}/help/lessons/$lesson.txt") =~ /^## (.*)$/mg;
}

# The lesson by Space alone, as its check records it: the events of each size, with a head in front.
# At last the check goes other ways: each Space is followed by b and Space, each step opened by its
# number.
sub plays {
    my ($lesson) = @_;
    my $path = file("$lesson.check", '') . '.rec';
    my ($status, $out, $err) = mxtrail('--check-lesson', $lesson, '--record', $path, '--force');
    my ($head, @plays) = split /^(?=\d+ resize )/m, slurp($path);
    is($status . $err, 0, "$lesson holds");
    my $back = pop @plays;
    is(join(' ', sort { $a cmp $b } keys %{ { map { $_ => 1 } map { /^\d+ key (.*)$/mg } @plays } }), 'Space', "$lesson: by Space alone");
    my @there = $plays[-1] =~ /^\d+ key (.*)$/mg;
    is(join(' ', $back =~ /^\d+ key (.*)$/mg), join(' ', ('Space b Space') x @there), "$lesson: from everywhere back, and on again");
    is(join(' ', $back =~ /^\d+ submit :lessons \Q$lesson\E\.(\d+)$/mg), join(' ', 1 .. (() = titles($lesson))), "$lesson: each step by its number");
    return map { $head . $_ } @plays;
}

my @all = sort map { m{([^/]+)\.txt$} } glob "$ENV{srcdir}/help/lessons/*.txt";
cmp_ok(scalar @all, '>=', 32, 'all lessons are played');
my %whole = map { $_ => 1 } @lessons, 'weights';
for my $name (@all) {
    my @plays = plays($name);
    is(scalar @plays, scalar @sizes, "$name: at three sizes");
    for my $i (0 .. $#sizes) {
        my $size = $sizes[$i];
        my (undef, $last) = mxtrail('--dump', '--replay', file("$name.rec", $plays[$i]));
        is_kept($last, $name, $size) if $whole{$name} || $size->[0] == 120;
        like($last, qr/The end of this lesson/, "$name: it is the end card at $size->[0]x$size->[1]");
        next if $size->[0] < 120;
        my @done = $last =~ /(?:│|┤)  ✓ (\d+) /g;
        my @titles = titles($name);
        is_deeply(\@done, [1 .. @titles], "$name: all its steps are done, and no others");
    }
}

# ---- every state ----

for my $name (@lessons) {
    my $lesson = { name => $name, answers => [answers($name)] };
    my $count = spaces($name);
    my $size = $sizes[2];
    my @up = map { screen($lesson, $size, $name, ('Space') x $_) } 0 .. $count;
    my $unmarked = sub { $_[0] =~ s/✓|▸/ /gr }; # where one was counts only for the marks
    for my $back (1, 2, $count) {
        my $screen = screen($lesson, $size, $name, ('Space') x $count, ('b') x $back);
        is($unmarked->($screen), $unmarked->($up[$count - $back]), "$name: $back back from the end");
    }
    my $second = screen($lesson, $size, "$name.2");
    my ($at) = grep { $up[$_] =~ m{2/\d+ ─┐} } 0 .. $count;
    ok($at, "$name: its second step comes");
    is($unmarked->($second), $unmarked->($up[$at // 0]), "$name.2 is the state that Space leads to");
}

# ---- strays, and back ----

my $lesson = { name => 'first-choice', answers => [answers('first-choice')] };
my @two = (('Space') x 6, 'Space');
my $as_it_is = screen($lesson, $sizes[2], 'first-choice', @two, 'Space', 'Space');
my $strayed = screen($lesson, $sizes[2], 'first-choice', @two, 'r', 'r', 'Space', 'Space');
like($strayed, qr/as the lesson has it/, 'Space after free play says so');
is((split /\n/, $strayed)[6], (split /\n/, $as_it_is)[6], 'and the lesson goes on where it was');
my $open = screen($lesson, $sizes[2], 'first-choice', '1');
like($open, qr/Your choice: 1/, 'a choice is kept while the question is open');
unlike($open, qr/mx1 +✓/, 'and not judged before its answer');
like(screen($lesson, $sizes[2], 'first-choice', '2', 'Space'), qr/2 .*✗/, 'a wrong one is marked');

# ---- whose mail ----

# Options are meant for the lesson that stands beside them, and for no lesson opened on the way.
for (['', 'RFC 5321'], ["# setting ui.lesson = first-choice\n", 'Postfix']) {
    my ($setting, $title) = @$_;
    my ($head, $replies) = @{ $lesson->{answers} };
    my $with = { answers => ["$head# option --profile=postfix\n$setting", $replies] };
    like(screen($with, $sizes[2], 'first-choice', 'Space', 'Space'), qr/Delivery to example\.com  $title/, "the sender is $title");
}
done_testing();
