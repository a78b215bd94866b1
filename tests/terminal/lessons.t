#!/usr/bin/perl
# Lessons before a person: what was done is kept for another day, and for nobody else; before an
# audience nothing is.
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

sub slurp {
    my ($path) = @_;
    open my $in, '<', $path or return '';
    local $/;
    return scalar <$in>;
}

sub spew {
    my ($path, $text) = @_;
    open my $out, '>', $path or die "$path: $!";
    print $out $text;
    close $out or die "$path: $!";
    return;
}

# A folder for states, with this file of marks.
sub state_folder {
    my ($marks) = @_;
    my $folder = tempdir(CLEANUP => 1);
    mkdir "$folder/mxtrail", 0700;
    spew("$folder/mxtrail/lessons", $marks) if defined $marks;
    return $folder;
}

sub start {
    my ($options, $state, %how) = @_;
    return Tmux->new("$mxtrail $options", width => 120, height => 36, env => { XDG_STATE_HOME => $state }, %how);
}

sub end {
    my ($t, $audience) = @_;
    $t->keys('Q');
    if ($audience) {
        ok($t->wait_for(qr/again to quit/), 'no quit by surprise');
        $t->keys('Q');
    }
    is($t->wait_for_end, 0, 'status');
    is($t->errors, '', 'nothing is said on the side');
    is($t->damage, '', 'the terminal is as it was');
    $t->close;
    return;
}

# Two steps of the lesson, by Space alone.
sub two_steps {
    my ($t) = @_;
    ok($t->wait_for(qr/1-3 choose, Space/), 'the question is open');
    $t->keys('1');
    ok($t->wait_for(qr/Your choice: 1/), 'a choice');
    $t->keys('Space');
    ok($t->wait_for(qr/mx1 +✓/), 'which is right');
    $t->keys(('Space') x 5);
    ok($t->wait_for(qr/─ 2\/6 ─/), 'the second step');
    return;
}

my $two = 'first-choice x----- +..... 2 7b27c8fc' . "\n";

subtest 'what was done is kept, and gone on with' => sub {
    my $state = state_folder("ties xx - 3 00000000\nno mark at all\nother x- - 2 0000");
    my $t = start('--demo=3', $state);
    two_steps($t);
    end($t);
    my $file = "$state/mxtrail/lessons";
    is(slurp($file), "ties xx - 3 00000000\n$two", 'beside those of other lessons');
    is((stat $file)[2] & 07777, 0600, 'for nobody else');
    is(join(' ', map { s/.*\///r } glob "$state/mxtrail/*"), 'lessons', 'and nothing besides');
    $t = start("--demo=3 --record $state/class.rec", $state);
    my $screen = $t->wait_for(qr/continued at step 2; :lesson 1 begins again/);
    like($screen, qr/✓ 1 Every host is up/, 'with what was done');
    end($t);
    is(slurp($file), "ties xx - 3 00000000\n$two", 'looking changes nothing');
    my $played = qx(XDG_STATE_HOME=$state/none $mxtrail --dump --replay $state/class.rec);
    utf8::decode($played);
    s/^ continued at .*|^ Space go on .*//m for $played, $screen; # Q took the message away
    is($played, $screen, 'a recording begins where it began');
    ok(!-e "$state/none", 'and keeps nothing');
};

# What chose the lesson is no key of the lesson, and none is lost.
subtest 'chosen from the list' => sub {
    my $state = state_folder();
    my $t = start('--demo', $state);
    ok($t->wait_for(qr/▸ +1 +What a single lookup/), 'the list');
    $t->keys('Down', 'Enter');
    ok($t->wait_for(qr/─ 1\/5 ─/), 'the lesson');
    $t->keys('Space');
    ok($t->wait_for(qr/► Enter/), 'the answer, and what is next');
    $t->keys('Space');
    my $screen = $t->wait_for(qr/Delivery to example\.com/);
    unlike($screen, qr/as the lesson has it/, 'nothing had to be made anew');
    end($t);
};

# In a strip nothing is cut without a word: the page has the rest.
subtest 'the strip' => sub {
    my $t = start('--demo=1.2', state_folder(), width => 80, height => 24);
    my $screen = $t->wait_for(qr/1-3 choose/);
    like($screen, qr/^│ +1 nothing +2 addresses of the MX hosts +│\n│ +3 the mail that waits for the domain +│$/m,
        'all choices, whole');
    $t->keys('3', 'Space');
    $screen = $t->wait_for(qr/hosts ✓/);
    like($screen, qr/^│ +2 addresses of the MX hosts ✓ +▸ 3 the mail that waits for the domain ✗ +│\n│  Addresses of .* … Tab │$/m,
        'the right one and the chosen one; the answer goes on in the page');
    $t->keys('Tab');
    ok($t->wait_for(qr/query would be for them\. Nobody has to believe them: see/), 'which is the page');
    end($t);
    $t = start('--demo=1.6', state_folder(), width => 80, height => 24);
    ok($t->wait_for(qr/as a line of a zone file: .* … Tab │\n│  ► Esc +│$/m), 'what is said, too');
    end($t);
};

subtest 'two programs at a time' => sub {
    my $state = state_folder();
    my @t = map { start("--demo=$_", $state) } 3, 'weights';
    two_steps($t[0]);
    ok($t[1]->wait_for(qr/─ 1\/\d+ ─/), 'the other lesson');
    $t[1]->keys(':');
    $t[1]->type("lesson 2\r");
    ok($t[1]->wait_for(qr/─ 2\/\d+ ─/), 'a step of it');
    end($_) for @t;
    my @lines = sort split /\n/, slurp("$state/mxtrail/lessons");
    is(scalar @lines, 2, 'both are kept');
    is("$lines[0]\n", $two, 'the one');
    like($lines[1], qr/^weights \S+ \S+ 2 [0-9a-f]{8}$/, 'the other');
};

# Two terminals: what is done on the one is told on the other while the recording grows.
subtest 'the notes follow' => sub {
    my $state = state_folder();
    my $t = start("--demo=3 --record $state/class.rec", $state);
    ok($t->wait_for(qr/1-3 choose, Space/), 'the question is open');
    my $notes = start("--notes $state/class.rec", $state, width => 80, height => 24);
    ok($notes->wait_for(qr/step 1 of 6 +00:00:\d\d\n.*^ ASK +Which host does the sender try first\?$/ms), 'as it is when they begin');
    $t->keys('3');
    ok($notes->wait_for(qr/chosen: 3 mx\.example\.net/), 'what the class chooses');
    $t->keys('Space');
    ok($notes->wait_for(qr/^ KEYS +✓ Space \(answer\) +► Enter/m), 'the key that is next');
    ok($notes->wait_for(qr/^ STATE +0 of 1 right .* class\.rec$/m), 'the score');
    $t->keys(('Space') x 5);
    ok($notes->wait_for(qr/step 2 of 6.*^ NOW +mx1 is down/ms), 'the next step');
    $t->keys(':');
    $t->type("lesson 5\r");
    ok($notes->wait_for(qr/step 5 of 6/), 'a leap');
    end($t);
    $notes->signal('TERM');
    $notes->wait_for_end;
    $notes->close;
};

# Before an audience: keys are seen, names looked up before are not, and Ctrl-C is no surprise.
subtest 'on the wall' => sub {
    my $state = state_folder();
    spew("$state/mxtrail/history", "private.example\n");
    chmod 0600, "$state/mxtrail/history";
    my $t = start('--demo=3 --present', $state);
    my $screen = $t->wait_for(qr/1-3 choose, Space/);
    unlike($screen, qr/\d+\/\d+ +\d+ ms/, 'no counts in the title');
    $t->keys('3');
    ok($t->wait_for(qr/ \[3\]$/m), 'the key pressed');
    $t->keys('Space');
    ok($t->wait_for(qr/ \[Space\]$/m), 'the next one');
    $t->keys('o');
    ok($t->wait_for(qr/name ▸ example\.com/), 'the prompt');
    $t->keys('Up', 'C-u', 'Up', 'x');
    $screen = $t->wait_for(qr/name ▸ x/);
    unlike($screen, qr/private/, 'nothing of what was looked up before');
    $t->keys('Escape');
    ok($t->wait_for(qr/name ▸ example\.com/), 'left again');
    $t->keys('C-c');
    ok($t->wait_for(qr/again to quit/), 'Ctrl-C asks');
    $t->keys('b');
    ok($t->wait_for(qr/ \[b\]$/m), 'another key takes it back');
    end($t, 1);
    is(slurp("$state/mxtrail/history"), "private.example\n", 'the history is as it was');
};

for my $option ('--no-history', '--present') {
    subtest "$option keeps nothing" => sub {
        my $state = state_folder($two);
        my $t = start("--demo=3 $option", $state);
        two_steps($t); # from the first step on
        end($t, $option eq '--present');
        is(slurp("$state/mxtrail/lessons"), $two, 'the file is as it was');
    };
}

subtest 'a link is not followed' => sub {
    my $state = state_folder();
    spew("$state/elsewhere", $two);
    symlink "$state/elsewhere", "$state/mxtrail/lessons";
    my $t = start('--demo=3', $state);
    ok($t->wait_for(qr/marks of lessons are not kept: their file is/), 'which is said');
    two_steps($t);
    $t->keys('Q');
    is($t->wait_for_end, 0, 'the lesson was held');
    ok(-l "$state/mxtrail/lessons", 'the link is there');
    is(slurp("$state/elsewhere"), $two, 'and what it leads to');
    $t->close;
};

subtest 'a place that cannot be written' => sub {
    my $state = state_folder();
    rmdir "$state/mxtrail";
    spew("$state/mxtrail", 'a file in place of the folder');
    my $t = start('--demo=3', $state);
    like($t->wait_for(qr/marks of lessons are not kept: /), qr/─ 1\/6 ─/, 'is said where the lesson is opened');
    $t->keys('Space');
    $t->keys('Space');
    my $screen = $t->wait_for(qr/✓ Enter/);
    unlike($screen, qr/not kept/, 'once');
    $t->keys('Q');
    is($t->wait_for_end, 0, 'and the lesson goes on');
    $t->close;
};

subtest 'own lessons with faults are told' => sub {
    my $config = tempdir(CLEANUP => 1);
    mkdir "$config/$_" for 'mxtrail', 'mxtrail/help', 'mxtrail/help/lessons';
    spew("$config/mxtrail/help/lessons/bad.zone", "; lesson: forty Ours\n; name: example.com\n");
    spew("$config/mxtrail/help/lessons/own.zone", "; lesson: 41 Ours\n; name: example.com\n\$ORIGIN example.com.\n\@ 60 SOA a b 1 2 3 4 5\n");
    spew("$config/mxtrail/help/lessons/own.txt", "# Ours\n\n## A step\n\ndo: Spce\n");
    my $t = start('--demo', undef, env => { XDG_STATE_HOME => state_folder(), XDG_CONFIG_HOME => $config });
    ok($t->wait_for(qr/! 1 fault in own lessons: Enter/), 'in the list, whose lesson is missing');
    $t->keys('Enter');
    ok($t->wait_for(qr/bad\.zone:1: lesson: "forty" is not a number from 1 to 999/), 'with its line');
    $t->keys(':');
    $t->type("lessons own\r");
    my $screen = $t->wait_for(qr/own\.txt:5: do: no key "Spce" \(:help keys\)/);
    like($screen, qr/✓ 1 Ours +│/, 'in the page, when it is opened, which is the text as it is');
    end($t);
};

# Theme, mouse, seconds: what the next class gets is as the configuration has it.
subtest 'settings changed in a lesson are not kept' => sub {
    my $config = tempdir(CLEANUP => 1);
    my $t = start('--demo=3', state_folder(), env => { XDG_STATE_HOME => state_folder(), XDG_CONFIG_HOME => $config });
    ok($t->wait_for(qr/─ 1\/6 ─/), 'the lesson is open');
    $t->keys('t');
    ok($t->wait_for(qr/ 3600 /), 'seconds');
    $t->keys('m');
    ok($t->wait_for(qr/the mouse belongs to the terminal/), 'the mouse');
    $t->keys('X', ':');
    $t->type("theme mono\r");
    ok($t->wait_for(qr/theme mono/), 'the theme');
    $t->keys('Space');
    ok($t->wait_for(qr/mx1 +✓/), 'the lesson goes on');
    end($t);
    is(join(' ', glob "$config/*"), '', 'nothing was written');
    $t = start('example.com --zone ' . ($ENV{srcdir} || "$FindBin::Bin/../..") . '/help/lessons/first-choice.zone',
        state_folder(), env => { XDG_STATE_HOME => state_folder(), XDG_CONFIG_HOME => $config });
    ok($t->wait_for(qr/1st +10 +mx1/), 'outside of lessons');
    $t->keys('m');
    ok($t->wait_for(qr/the mouse belongs to the terminal/), 'the same key');
    end($t);
    like(slurp("$config/mxtrail/config"), qr/mouse = no/, 'is kept');
};
done_testing();
