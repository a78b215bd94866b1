#!/usr/bin/perl
# Options that ask to see something open it on the screen as soon as the answers are in.
use strict;
use warnings;
use utf8;
use Encode qw(decode);
use FindBin;
use lib $FindBin::Bin;
use Test::More;
use Tmux;

plan skip_all => 'tmux is missing' if !Tmux::have();
binmode Test::More->builder->$_, ':encoding(UTF-8)' for qw(output failure_output todo_output);

my $mxtrail = $ENV{MXTRAIL} || ($ENV{builddir} // '.') . '/mxtrail';
BAIL_OUT("$mxtrail is not there") if !-x $mxtrail;
my $lessons = ($ENV{srcdir} || "$FindBin::Bin/../..") . '/help/lessons';

sub start {
    my ($lesson, $options) = @_;
    return Tmux->new("$mxtrail --no-history --zone $lessons/$lesson.zone $options", width => 120, height => 50);
}

my @views = (
    ['first-choice', "example.com --simulate=7", qr/Delivery to example\.com.* 7 deliveries/],
    ['first-choice', "example.com --names a,b", qr/Names used in mail addresses/],
    ['first-choice', "example.com --as mx2", qr/Routing as mx2\.example\.com/],
    ['first-choice', "example.com --matrix", qr/All senders compared/],
    ['first-choice', "example.com --compare postfix,exim", qr/Postfix and Exim compared/],
    ['first-choice', "example.com --round-robin", qr/First address by user.*NS records/s],
    ['first-choice', "example.com --down mx1\@0h-6h", qr/Outage timeline/],
    ['first-choice', "example.com --whatif 'add mx 1 mx9'", qr/What if.*add mx 1 mx9/s],
    ['first-choice', "example.com --diff plain.example.com", qr/Compared.*no such name/s],
    ['first-choice', "example.com --spf-ip 192.0.2.1", qr/SPF check/],
    ['srv', "example.com --srv _ldap._tcp --algorithm exim", qr/A client's choice.*▸ exim/s],
);
for my $view (@views) {
    my ($lesson, $options, $shown) = @$view;
    my $t = start($lesson, $options);
    ok($t->wait_for($shown), $options);
    $t->keys('Q');
    is($t->wait_for_end, 0, 'status');
    is($t->errors, '', 'nothing is said on the side');
    $t->close;
}

subtest 'findings alone on the screen have their whole sentence, and the records' => sub {
    my $t = Tmux->new("$mxtrail --no-history --zone $lessons/alias.zone example.com", width => 80, height => 24);
    ok($t->wait_for(qr/mx-cname/), 'the finding');
    $t->keys('6', 'g', 'z');
    ok($t->wait_for(qr/Name the host itself in the MX record\..*; was: example\.com\. 3600 IN MX 10 mx1\.example\.com\. .*example\.com\. 3600 IN MX 10 foo\.example\.com\. /s),
        'what is said, what goes and what comes');
    $t->keys('Q');
    $t->close;
};

subtest 'several views lie over each other, and the edits are in all of them' => sub {
    my $t = start('first-choice', "example.com --simulate --whatif 'remove mx mx1' --matrix");
    ok($t->wait_for(qr/What if.*remove mx mx1/s), 'on top what the edits change');
    $t->keys('Escape');
    ok($t->wait_for(qr/All senders compared(?!.*mx1)/s), 'under it the matrix, without the host removed');
    $t->keys('Escape');
    ok($t->wait_for(qr/Delivery to example\.com.*what if/), 'under that the simulation');
    $t->keys('Q');
    $t->close;
};

subtest 'a name typed later is looked at as well' => sub {
    my $t = start('first-choice', '--matrix');
    ok($t->wait_for(qr/name ▸/), 'the prompt waits');
    $t->type('example.com')->keys('Enter');
    ok($t->wait_for(qr/All senders compared/), 'the view opens when the name is there');
    $t->keys('Q');
    $t->close;
};

subtest 'what is exported is the report' => sub {
    for my $from (
        "--zone $lessons/first-choice.zone --dkim default --ignore spf-none example.com",
        "--zone $lessons/first-choice.zone --whatif 'add mx 1 mx3' example.com",
        '--demo first-choice')
    {
        my $t = Tmux->new("$mxtrail --no-history $from", width => 120, height => 50);
        ok($t->wait_for(qr{(\d+)/\1 }), $from);
        $t->keys(':')->type("export $t->{folder}/got.txt")->keys('Enter');
        ok($t->wait_for(qr/written: /), 'written');
        $t->keys('Q');
        $t->wait_for_end;
        is(scalar qx(cat $t->{folder}/got.txt), scalar qx($mxtrail $from --report), 'to the byte');
        $t->close;
    }
};

subtest 'what is recorded plays again' => sub {
    my $t = start('first-choice', "example.com --record \$HOME/views.rec --matrix");
    ok($t->wait_for(qr/All senders compared/), 'recorded');
    $t->keys('Q');
    is($t->wait_for_end, 0, 'status');
    $t->close;
    my $screen = qx($mxtrail --replay "\$HOME/views.rec" --dump);
    like($screen, qr/All senders compared/, 'played');
};

subtest 'a recording larger than the terminal scrolls, and says so' => sub {
    my $slow = Tmux->new('true')->spew('slow.rec', <<"END");
# mxtrail 0.1.0 recording, seed 1, time 0, servers 0
0 resize 120 36
1 submit example.com
2 submit :help
900000 tick
END
    my $t = Tmux->new("$mxtrail --replay $slow", width => 80, height => 20);
    ok($t->wait_for(qr/ recorded at 120x36, this is 80x20: arrows scroll, q quits/), 'said');
    like($t->screen, qr/\A mxtrail  example\.com/, 'its upper left corner is shown');
    $t->keys(('Right') x 9, ('Down') x 30);
    ok($t->wait_for(qr/more ─┘ *\n*\z/), 'the lower right one, to its end');
    unlike($t->screen, qr/mxtrail  example/, 'and not the title');
    $t->keys(('Left') x 9, ('PPage') x 3);
    ok($t->wait_for(qr/\A mxtrail  example\.com/), 'and back');
    $t->resize(120, 36);
    ok($t->wait_for(qr/q back *\n*\z/), 'where there is room, nothing is said');
    $t->keys('q');
    is($t->wait_for_end, 0, 'status');
    $t->close;
};

subtest 'a recording begun from inside has what came before' => sub {
    my $t = start('first-choice', 'example.com');
    my $file = "$t->{folder}/inside.rec";
    $t->wait_for(qr{(\d+)/\1 });
    $t->keys('Enter', 'Space', ':')->type("record $file")->keys('Enter');
    ok($t->wait_for(qr/recording to .*inside\.rec, what was typed and answered before too/), 'begun');
    $t->keys('r');
    ok($t->wait_for(qr/seed 2/), 'goes on');
    $t->keys(':')->type("record $file.2")->keys('Enter');
    ok($t->wait_for(qr/recording already/), 'one at a time');
    $t->keys('Space', 'Space');
    my $live;
    $t->until_true(sub { $live = $t->screen; $live !~ /recording already/ });
    $t->keys('Q');
    is($t->wait_for_end, 0, 'status');
    $t->close;
    my ($played) = map { s/\s+\z//r } decode('UTF-8', scalar qx($mxtrail --replay $file --dump));
    my @live = split /\n/, $live =~ s/\s+\z//r;
    my @played = split /\n/, $played;
    shift @live, shift @played; # the source
    is_deeply(\@played, \@live, 'played: the same screen');
    $t = start('first-choice', 'example.com');
    $t->wait_for(qr{(\d+)/\1 });
    $t->keys(':')->type("record $file")->keys('Enter');
    ok($t->wait_for(qr/inside\.rec: File exists/), 'a file that is there is left alone');
    $t->keys('Q');
    $t->close;
};
done_testing();
