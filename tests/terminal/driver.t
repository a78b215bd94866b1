#!/usr/bin/perl
# The terminal floor alone, in a real terminal (tests/terminal/driver.c): every way out gives the
# terminal back, every size is taken, and keys, mouse and pasted text arrive.
use strict;
use warnings;
use utf8;
use FindBin;
use lib $FindBin::Bin;
use Test::More;
use Tmux;

plan skip_all => 'tmux is missing' if !Tmux::have();
binmode Test::More->builder->$_, ':encoding(UTF-8)' for qw(output failure_output todo_output);

my $driver = ($ENV{builddir} // '.') . '/tests/terminal/driver';
BAIL_OUT("$driver is not there") if !-x $driver;

sub start {
    my (%how) = @_;
    my $terminal = Tmux->new("$driver " . ($how{arguments} // ''), %how);
    $terminal->wait_for(qr/driver \d+x\d+/) if !$how{fails};
    return $terminal;
}

subtest 'keys, paste and title' => sub {
    my $t = start();
    $t->type('héllo')->keys('Left', 'x');
    ok($t->wait_for(qr/name ▸ héllxo/), 'typed text is edited');
    is($t->flag('cursor_x') . ',' . $t->flag('cursor_y'), '12,1', 'the cursor stands at the caret');
    ok($t->until_true(sub { $t->flag('pane_title') eq 'héllxo' }), 'the title is set');
    $t->keys('M-a', 'F1', 'BTab', 'PPage');
    ok($t->wait_for(qr/key 200061.*key 11000c.*key 11000b.*key 110006/s), 'keys have their codes');
    $t->keys('C-u')->paste("one\ttwo\nthree\n");
    ok($t->wait_for(qr/name ▸ one two of what was pasted only the beginning.*paste of one two /s), 'of what is pasted the first line arrives');
    is($t->flag('mouse_any_flag'), '1', 'the mouse is asked for');
    $t->keys('C-c');
    is($t->wait_for_end, '0', 'ends by itself');
    is($t->damage, '', 'the terminal is as it was');
    isnt($t->flag('pane_title'), 'one two', 'the title too');
    $t->close;
};

subtest 'every size' => sub {
    my $t = start();
    for my $size ([1, 1], [500, 200], [2, 50], [500, 1], [80, 24]) {
        $t->resize(@$size);
        ok($t->until_true(sub { $t->flag('pane_width') == $size->[0] }), "tmux made it @$size");
    }
    ok($t->wait_for(qr/driver 80x24 /), 'and the program is there after all of them');
    for my $i (1 .. 40) { $t->resize($i % 7 * 20 + 1, $i % 5 * 10 + 1) }
    $t->resize(60, 10);
    ok($t->wait_for(qr/driver 60x10 .*\n.*\n┌.*┐\n(│.*│\n){6}└─+┘/), 'a storm of sizes leaves a whole screen');
    $t->keys('C-c');
    is($t->wait_for_end, '0', 'ends by itself');
    is($t->damage, '', 'the terminal is as it was');
    $t->close;
};

subtest 'stop and go on' => sub {
    my $t = start();
    $t->type('kept')->keys('C-z');
    ok($t->until_true(sub { $t->state eq 'T' }), 'stopped');
    is($t->flag('alternate_on'), '0', 'the shell has its screen');
    is($t->flag('mouse_any_flag'), '0', 'and its mouse');
    $t->signal('CONT');
    ok($t->wait_for(qr/driver 80x24.*\nname ▸ kept/), 'everything is there again');
    is($t->flag('alternate_on'), '1', 'on its own screen');
    is($t->flag('mouse_any_flag'), '1', 'with the mouse');
    $t->signal('STOP');
    ok($t->until_true(sub { $t->state eq 'T' }), 'stopped from outside');
    $t->resize(50, 12)->signal('CONT');
    ok($t->wait_for(qr/driver 50x12.*\nname ▸ kept/), 'and goes on at the size there is now');
    $t->keys('C-c');
    is($t->wait_for_end, '0', 'ends by itself');
    is($t->damage, '', 'the terminal is as it was');
    $t->close;
};

my @ends = (
    ['SIGTERM', sub { $_[0]->signal('TERM') }, 0, qr/^$/],
    ['SIGHUP', sub { $_[0]->signal('HUP') }, 0, qr/^$/],
    ['SIGALRM', sub { $_[0]->signal('ALRM') }, 142, qr/^(?!driver)/],
    ['SIGUSR1', sub { $_[0]->signal('USR1') }, 138, qr/^(?!driver)/],
    ['SIGSEGV', sub { $_[0]->signal('SEGV') }, 139, qr/crashed/],
    ['SIGBUS', sub { $_[0]->signal('BUS') }, 135, qr/crashed/],
    ['abort', sub { $_[0]->keys('F8') }, 134, qr/crashed/],
    ['a used up stack', sub { $_[0]->keys('F6') }, 139, qr/crashed/],
    ['want of memory', sub { $_[0]->keys('F7') }, 70, qr/memory: none left/],
);
for my $end (@ends) {
    my ($name, $act, $status, $errors) = @$end;
    subtest "$name gives the terminal back" => sub {
        my $t = start(before => 'ulimit -c 0');
        $t->type('typed');
        $t->wait_for(qr/▸ typed/);
        $act->($t);
        is($t->wait_for_end, $status, 'status');
        is($t->damage, '', 'the terminal is as it was');
        like($t->errors, $errors, 'what it says');
        $t->close;
    };
}

subtest 'a terminal that goes away ends the program' => sub {
    my $t = start();
    my $pid = $t->pid;
    $t->close;
    ok($t->until_true(sub { !kill 0 => $pid }), 'no process is left');
};

for my $type ('dumb', 'no-such-terminal', '') {
    subtest "TERM=$type is refused" => sub {
        my $t = start(type => $type, fails => 1);
        is($t->wait_for_end, '2', 'status');
        like($t->errors, qr/TERM/, 'the reason names TERM');
        is($t->damage, '', 'the terminal is as it was');
        $t->close;
    };
}

subtest 'keys come from the terminal when standard input is none' => sub {
    for my $redirection ('</dev/null', '<&-') {
        my $t = start(arguments => $redirection);
        $t->type('works');
        ok($t->wait_for(qr/▸ works/), $redirection);
        $t->keys('C-c');
        is($t->wait_for_end, '0', 'ends by itself');
        is($t->damage, '', 'the terminal is as it was');
        $t->close;
    }
};

subtest 'NO_COLOR and ASCII' => sub {
    my $t = start(env => { NO_COLOR => '1' }, arguments => 'ascii');
    ok($t->wait_for(qr/^name >$/m), 'glyphs have substitutes');
    unlike($t->coloured_screen, qr/\e\[[0-9;:]*[34]8/, 'no colour');
    unlike($t->screen, qr/[^\x00-\x7f]/, 'ASCII only');
    $t->keys('C-c');
    $t->wait_for_end;
    $t->close;
};

subtest 'a million pasted characters' => sub {
    my $t = start();
    $t->paste('a' x 1_000_000);
    ok($t->wait_for(qr/name ▸ a{73}\n.*paste of a{50}/s), 'become one bounded line');
    $t->keys('C-u')->type('alive');
    ok($t->wait_for(qr/name ▸ alive/), 'and the next key is a key');
    $t->keys('C-c');
    is($t->wait_for_end, '0', 'ends by itself');
    $t->close;
};

done_testing();
