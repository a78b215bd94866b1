#!/usr/bin/perl
# The configuration: faults are told on the screen, another file or none, and what others may see.
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
    return Tmux->new("$mxtrail --no-history $options example.com", width => 100, height => 30, %how);
}

# Before others (--present) the program asks once.
sub ends {
    my ($t, $presents) = @_;
    $t->keys('Q');
    if ($presents) {
        ok($t->wait_for(qr/again to quit/), 'no quit by surprise');
        $t->keys('Q');
    }
    is($t->wait_for_end, 0, 'status');
    $t->close;
    return;
}

subtest 'faults are told at the start' => sub {
    my $t = start("--zone $zone --config \$HOME/wrong", before => "printf '[ui]\\nfoo = 1\\nprivacy = maybe\\n' >\$HOME/wrong\n");
    ok($t->wait_for(qr{/wrong:2: no such setting: \[ui\] foo \(and 1 more\)}), 'the first, and how many');
    $t->keys('Down');
    ok($t->wait_for(qr/q quit/), 'a key makes room for the key bar');
    ends($t);
};

subtest 'a file that is not there' => sub {
    my $t = start("--zone $zone --config \$HOME/none");
    is($t->wait_for_end, 4, 'status');
    like($t->errors, qr{^mxtrail: --config .*/none: No such file}, 'said');
    $t->close;
};

# Nothing answers there; what is told is whom was asked.
my $resolver = '@127.0.0.1 -p 9 --timeout 50 --tries 1';
for my $case (
    ['', '', qr/127\.0\.0\.1#9/], ['--present', '', undef],
    ['--config $HOME/private', '[ui]\\nprivacy = yes\\n', undef],
    ['--config $HOME/private', '[ui]\\nprivacy = no\\n', qr/127\.0\.0\.1#9/],
) {
    my ($options, $config, $shown) = @$case;
    subtest "whom is asked: $options $config" => sub {
        my $t = start("$options $resolver", before => "printf '$config' >\$HOME/private\n");
        my $screen = $t->wait_for($shown // qr/^ mxtrail .*resolver/);
        unlike($screen, qr/127\.0\.0\.1/, 'no word of it') if !$shown;
        ends($t, $options eq '--present');
    };
}

subtest '--no-config keeps nothing' => sub {
    my $t = start("--zone $zone --no-config", env => { XDG_CONFIG_HOME => "$ENV{HOME}/kept" });
    ok($t->wait_for(qr/1st/), 'a screen');
    $t->keys('m');
    ok($t->wait_for(qr/the mouse belongs/), 'a setting that is kept else');
    ends($t);
    ok(!-e "$ENV{HOME}/kept", 'is not written');
};
done_testing;
