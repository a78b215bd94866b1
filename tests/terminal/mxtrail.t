#!/usr/bin/perl
# mxtrail in a real terminal, on a zone file: typing, sizes, stop, signals, crash, pasted text, and
# terminals that are poor, foreign or not there.
use strict;
use warnings;
use utf8;
use File::Temp qw(tempdir);
use FindBin;
use lib $FindBin::Bin;
use Test::More;
use Tmux;

plan skip_all => 'tmux is missing' if !Tmux::have();
binmode Test::More->builder->$_, ':encoding(UTF-8)' for qw(output failure_output todo_output);

my $mxtrail = $ENV{MXTRAIL} || ($ENV{builddir} // '.') . '/mxtrail';
BAIL_OUT("$mxtrail is not there") if !-x $mxtrail;
my $zone = ($ENV{srcdir} || "$FindBin::Bin/../..") . '/help/lessons/order.zone';
my $demo = "--no-history --zone $zone example.com";
my $first = qr/1st +5 +mx1\.example\.com/;

sub start { my ($arguments, %how) = @_; return Tmux->new("$mxtrail $arguments", %how) }

sub leaves {
    my ($t, $status) = @_;
    is($t->wait_for_end, $status // 0, 'status');
    is($t->damage, '', 'the terminal is as it was');
    $t->close;
    return;
}

subtest 'type a name, look, go back, leave' => sub {
    my $t = start($demo, width => 100, height => 30);
    ok($t->wait_for(qr/$first.*3rd +1000/s), 'the lesson stands there, sorted by preference');
    is($t->flag('cursor_y'), '3', 'the cursor is on the focused row');
    like($t->flag('pane_title'), qr/example\.com/, 'the window says what is looked at');
    $t->keys('o')->type('plain.example.com')->keys('Enter');
    ok($t->wait_for(qr/name ▸ plain\.example\.com.*1st +1 /s), 'another name is looked up: typing replaced the old one');
    $t->keys('<');
    ok($t->wait_for(qr/name ▸ example\.com.*$first/s), 'back like a browser');
    $t->keys('Enter');
    ok($t->wait_for(qr/Delivery to example\.com(?!.*Esc stops)/s), 'Enter simulates a delivery');
    $t->keys('q');
    ok($t->wait_for($first), 'q goes one step back');
    $t->keys('Q');
    leaves($t);
};

subtest 'the line editor in the prompt' => sub {
    my $t = start($demo, width => 100, height => 30);
    $t->wait_for($first);
    $t->keys('o', 'End')->type('.bücher')->keys('Left', 'BSpace', 'BSpace');
    ok($t->wait_for(qr/name ▸ example\.com\.bücr$/m), 'letters beyond ASCII are edited like others');
    $t->keys('C-a', 'C-k')->type('x')->keys('C-y');
    ok($t->wait_for(qr/name ▸ xexample\.com\.bücr$/m), 'what was cut is put back');
    $t->keys('Escape');
    ok($t->wait_for($first), 'Esc leaves the prompt');
    $t->keys('o', 'C-u')->type('plain.example.com')->keys('Enter');
    $t->wait_for(qr/1st +1 /);
    $t->keys('o', 'C-u', 'Up');
    ok($t->wait_for(qr/name ▸ plain\.example\.com$/m), 'the history has what was looked up');
    $t->keys('C-u', 'C-r')->type('lai');
    ok($t->wait_for(qr/name ▸ plain\.example\.com\n.*^ search back: lai/ms), 'and can be searched');
    $t->type('x');
    ok($t->wait_for(qr/^ not found: laix/m), 'what is not there is said');
    $t->keys('C-g', 'C-c');
    leaves($t);
};

subtest 'the history of two programs' => sub {
    my $state = tempdir(CLEANUP => 1);
    my %how = (width => 100, height => 30, env => { XDG_STATE_HOME => $state });
    my @programs = map { start("--zone $zone example.com", %how) } 1, 2;
    my $lines = sub { open my $in, '<', "$state/mxtrail/history" or return ''; return join ' ', map { s/\n\z//r } <$in> };
    $_->wait_for($first) for @programs;
    my $seen = 'example.com';
    for my $step ([0, 'a.example.com'], [1, 'b.example.com'], [1, 'c.example.com'], [0, 'd.example.com']) {
        my ($which, $name) = @$step;
        $programs[$which]->keys('o', 'C-u')->type($name)->keys('Enter');
        $seen .= " $name";
        ok($programs[$which]->until_true(sub { $lines->() eq $seen }), "$name is kept as soon as it is looked up") or diag($lines->());
    }
    $programs[0]->signal('KILL');
    $programs[1]->keys('Q');
    leaves($programs[1]);
    is($lines->(), $seen, 'whatever ends them');
    chmod 0666, "$state/mxtrail/history" or die $!;
    my $t = start("--zone $zone e.example.com", %how);
    $t->wait_for(qr/name ▸ e\.example\.com/);
    $t->keys('Q');
    $t->wait_for_end;
    like($t->errors, qr/the history can be written by others/, 'one that is not to be trusted is said');
    is($lines->(), $seen, 'and left as it was');
    $t->close;
};

subtest 'a recording for which there is no room' => sub {
    my $t = start("$demo --record /dev/full");
    is($t->wait_for_end, 4, 'none at all: status');
    like($t->errors, qr/^mxtrail: \/dev\/full: No space left on device$/m, 'said why');
    $t->close;
    $t = start("$demo --record \$HOME/long.rec", width => 100, height => 30, before => "ulimit -f 8\n");
    ok($t->wait_for(qr/the recording ends here: File too large/), 'for a part: said at once');
    $t->keys('Enter');
    ok($t->wait_for(qr/Delivery to example\.com/), 'the program goes on');
    $t->keys('Q');
    is($t->wait_for_end, 4, 'status');
    like($t->errors, qr/long\.rec: File too large$/m, 'said again');
    is($t->damage, '', 'the terminal is as it was');
    $t->close;
};

subtest 'every size' => sub {
    my $t = start($demo);
    $t->wait_for($first);
    for my $size ([1, 1], [500, 200], [40, 10], [60, 20], [39, 9], [500, 1], [200, 50]) {
        $t->resize(@$size);
        ok($t->until_true(sub { $t->flag('pane_width') == $size->[0] && ($t->screen =~ /\S/ || "@$size" eq '1 1') }),
            "@$size shows something");
    }
    for my $i (1 .. 40) { $t->resize($i * 37 % 150 + 1, $i * 11 % 50 + 1) }
    $t->resize(80, 24);
    ok($t->wait_for($first), 'and the screen is whole after a storm of sizes');
    $t->keys('Q');
    leaves($t);
};

subtest 'stop and go on' => sub {
    my $t = start($demo);
    $t->wait_for($first);
    $t->keys('C-z');
    ok($t->until_true(sub { $t->state eq 'T' }), '^Z stops');
    is($t->flag('alternate_on') . $t->flag('mouse_any_flag'), '00', 'the shell has its screen and mouse');
    $t->resize(100, 30)->signal('CONT');
    ok($t->wait_for($first), 'fg shows everything again');
    is($t->flag('alternate_on'), '1', 'on its own screen');
    ok($t->until_true(sub { $t->screen =~ /^(?:.*\n){29}.*help/ }), 'at the size there is now');
    $t->keys('o', 'C-u')->type('alive');
    ok($t->wait_for(qr/name ▸ alive/), 'keys arrive');
    $t->keys('C-c');
    leaves($t);
};

for my $end (['TERM', 143], ['HUP', 129], ['INT', 130], ['QUIT', 131], ['USR1', 138, qr{^(?!mxtrail)}], ['USR2', 140, qr{^(?!mxtrail)}], ['ALRM', 142, qr{^(?!mxtrail)}], ['VTALRM', 154, qr{^(?!mxtrail)}],
    ['PROF', 155, qr{^(?!mxtrail)}], ['SEGV', 139, qr{^mxtrail: crashed}], ['ABRT', 134, qr{^mxtrail: crashed}], ['FPE', 136, qr{^mxtrail: crashed}]) {
    my ($name, $status, $says) = @$end;
    subtest "SIG$name gives the terminal back" => sub {
        my $t = start($demo, before => 'ulimit -c 0');
        $t->wait_for($first);
        $t->signal($name);
        is($t->wait_for_end, $status, 'status');
        is($t->damage, '', 'the terminal is as it was');
        like($t->errors, $says || qr{^$}, 'what it says');
        $t->close;
    };
}

subtest 'a terminal that goes away ends the program' => sub {
    my $t = start($demo);
    $t->wait_for($first);
    my $pid = $t->pid;
    $t->close;
    ok($t->until_true(sub { !kill 0 => $pid }), 'no process is left');
};

for my $type ('dumb', 'no-such-terminal', '') {
    subtest "TERM=$type" => sub {
        my $t = start($demo, type => $type);
        is($t->wait_for_end, '2', 'is refused');
        like($t->errors, qr/^mxtrail: .*TERM.*--report/s, 'with the reason and the way that works');
        is($t->damage, '', 'the terminal is as it was');
        $t->close;
    };
}

subtest 'a terminal without UTF-8' => sub {
    for my $locale ('C', 'POSIX', 'xx_YY.nonsense') {
        my $t = start($demo, env => { LANG => $locale, LC_ALL => $locale });
        my $screen = $t->wait_for($first);
        unlike($screen, qr/[^\x00-\x7f]/, "LANG=$locale shows ASCII only");
        like($screen, qr/^\+-+ /m, 'with lines of - and +');
        $t->keys('Q');
        leaves($t);
    }
};

subtest 'NO_COLOR' => sub {
    my $t = start($demo, env => { NO_COLOR => '1' });
    $t->wait_for($first);
    my $screen = $t->coloured_screen;
    unlike($screen, qr/\e\[[0-9;:]*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])m/, 'no colour is sent');
    like($screen, qr/\e\[[0-9;]*7m(?:\e\[[0-9;]*m)*[^\e\n]*1st/, 'the selected row is still told');
    $t->keys('Q');
    leaves($t);
};

subtest 'standard input is no terminal' => sub {
    for my $redirection ('</dev/null', '<&-') {
        my $t = start("$demo $redirection");
        ok($t->wait_for($first), $redirection);
        $t->keys('Q');
        leaves($t);
    }
};

subtest 'standard output is no terminal: a report instead of a screen' => sub {
    my $t = start("$demo | cat");
    is($t->wait_for_end, '0', 'status');
    like($t->screen . $t->flag('history_size'), qr/\S/, 'something was written');
    is($t->damage, '', 'the terminal was never touched');
    $t->close;
};

subtest 'a million pasted characters' => sub {
    my $t = start($demo, width => 100, height => 30);
    $t->wait_for($first);
    $t->keys('o', 'C-u');
    $t->paste('a' x 1_000_000);
    ok($t->wait_for(qr/a{60}/), 'become one bounded line');
    $t->keys('C-u')->paste("\nexample.com\nsecond line\n");
    ok($t->wait_for(qr/name ▸ example\.com$/m), 'of several lines the first');
    $t->keys('Enter');
    ok($t->wait_for($first), 'which is a name like a typed one');
    $t->paste('qqqqq');
    ok($t->wait_for($first), 'text pasted beside the prompt is not taken for keys');
    is($t->slurp('status'), '', 'and does not end the program');
    $t->keys('Q');
    leaves($t);
};

subtest 'a path under ~' => sub {
    my $t = start($demo, width => 100, height => 30);
    $t->wait_for($first);
    $t->type(':export ~/' . "out-$$.json")->keys('Enter');
    ok($t->wait_for(qr{written: /\S*/out-$$\.json}), 'is one in the home folder');
    $t->type(":diff ~/none-$$")->keys('Enter');
    ok($t->wait_for(qr{^ /\S*/none-$$: No such file}m), 'for reading, too');
    $t->keys('Q');
    leaves($t);
};

subtest 'out of descriptors' => sub {
    plan skip_all => 'valgrind needs more descriptors itself' if ($ENV{VALGRIND} // '') eq 'yes';
    my $t = Tmux->new("sh -c 'ulimit -n 12; exec $mxtrail $demo'");
    ok(defined $t->wait_for_end, 'it ends');
    isnt($t->slurp('status'), '139', 'without a crash');
    is($t->damage, '', 'the terminal is as it was');
    like($t->errors, qr/^mxtrail: /, 'and says why');
    $t->close;
};

subtest 'hostile history' => sub {
    my $t = start("--zone $zone example.com", env => { XDG_STATE_HOME => '/dev' }, width => 100, height => 30);
    ok($t->wait_for($first), 'a state folder that is none does not matter');
    $t->keys('Q');
    is($t->wait_for_end, 0, 'status');
    is($t->damage, '', 'the terminal is as it was');
    $t->close;
};

done_testing();
