#!/usr/bin/perl
# Own commands of the configuration: run on the terminal with the row's host, and back.
use strict;
use warnings;
use utf8;
use FindBin;
use lib $FindBin::Bin;
use Test::More;
use Tmux;

plan skip_all => 'tmux is missing' if !Tmux::have();

my $mxtrail = $ENV{MXTRAIL} || ($ENV{builddir} // '.') . '/mxtrail';
BAIL_OUT("$mxtrail is not there") if !-x $mxtrail;
my $zone = ($ENV{srcdir} || "$FindBin::Bin/../..") . '/help/lessons/first-choice.zone';
my $config = "printf '[commands]\\nshow = echo host %%h addr %%a domain %%d end\\nfail = false\\nnone = /no/such\\nloop = sh %s\\n' \"\$HOME/loop\" >\$HOME/own\nprintf 'echo looping\\nsleep 1000\\n' >\$HOME/loop\n";

sub start { return Tmux->new("$mxtrail --no-history --zone $zone --config \$HOME/own example.com", width => 100, height => 30, before => $config) }

my $t = start();
ok($t->wait_for(qr/1 MX/), 'the panes');
$t->type(':run show');
$t->keys('Enter');
ok($t->wait_for(qr/host mx1\.example\.com addr 192\.0\.2\.1 domain example\.com end.*\[0\] press Enter/s), 'the command has the terminal');
$t->keys('Enter');
ok($t->wait_for(qr/1 MX.*echo ended with status 0/s), 'and the screen is back');
$t->type('!');
ok($t->wait_for(qr/:run/), '! asks which');
$t->type('fail');
$t->keys('Enter');
ok($t->wait_for(qr/\[1\] press Enter/), 'the status of one that fails');
$t->keys('Enter');
$t->type(':run none');
$t->keys('Enter');
ok($t->wait_for(qr/\/no\/such: No such file.*\[127\] press Enter/s), 'one that is not there');
$t->keys('Enter');
ok($t->wait_for(qr/1 MX/), 'back again');
$t->type(':run loop');
$t->keys('Enter');
ok($t->wait_for(qr/looping/), 'it runs');
$t->keys('C-c');
ok($t->wait_for(qr/\[130\] press Enter/), '^C ends the command alone');
$t->keys('Enter');
ok($t->wait_for(qr/1 MX.*sh ended with status 130/s), 'the program lives on');
$t->type(':help keys');
$t->keys('Enter');
ok($t->wait_for(qr/keys/), 'the help');
$t->keys('G');
ok($t->wait_for(qr/:run loop +sh /), 'lists them at its end');
$t->keys('Q');
is($t->wait_for_end, 0, 'status');
$t->close;

done_testing;
