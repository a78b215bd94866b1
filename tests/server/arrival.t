#!/usr/bin/perl
# Has the change arrived? A zone changes while three resolvers still remember what it was; :resolvers
# watches until the last of them has forgotten it. What is recorded becomes an asciicast (version 2);
# CAST=FILE keeps that, as screenshots/arrival.cast is kept.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin, "$FindBin::Bin/../terminal";
use File::Copy qw(copy);
use File::Temp qw(tempdir);
use JSON::XS;
use Scripted;
use Servers;
use Test::More;
use Tmux;

for (['nsd', have('nsd')], ['unbound', have('unbound')], ['tmux', Tmux::have()]) {
    plan skip_all => "$_->[0] is missing: ./configure --install-deps=test" unless $_->[1];
}
my $server = '192.0.2.53';
my @resolvers = ('198.51.100.1', '198.51.100.2', '203.0.113.3');
my @seconds = (1, 14, 30); # that each remembers
in_namespace($server, @resolvers);
my $mxtrail = $ENV{MXTRAIL} || program('mxtrail');
my $folder = tempdir(CLEANUP => 1);

sub zone {
    my ($serial, $mx) = @_;
    return "\$ORIGIN example.com.\n\$TTL 3600\n\@ SOA ns1 hostmaster $serial 3600 900 604800 3600\n\@ NS ns1\n"
        . "\@ MX 10 $mx\n\@ TXT \"v=spf1 mx -all\"\n_dmarc TXT \"v=DMARC1; p=reject\"\n"
        . "ns1 A $server\nold A 192.0.2.10\nnew A 192.0.2.11\n\@ A 192.0.2.80\n";
}

my (undef, $old) = start_nsd($server, 53, 'example.com' => zone(1, 'old'));
start_cache($resolvers[$_], 'example.com.', $server, $seconds[$_]) for 0 .. 2;
my @options = ('--no-config', '--ask-private', "\@$resolvers[0]");

# What each says of MX: "same", "differs".
sub states {
    my ($output) = run_program($mxtrail, @options, '--json', '--resolvers', join(',', @resolvers), 'example.com');
    my $mx = decode_json($output)->{resolvers}{rows}[0];
    return map { "$_->{state} @{ $_->{records} }" } $mx->{zone}, @{ $mx->{answers} };
}
is_deeply([states()], [('same 10 old.example.com.') x 4], 'before the change all say the same');
stop_server($old);
start_nsd($server, 53, 'example.com' => zone(2, 'new'));

my $recording = "$folder/arrival.rec";
my $t = Tmux->new("$mxtrail @options --no-history --record $recording example.com", width => 80, height => 24);
ok($t->wait_for(qr/1st +10 +\S+\.example\.com/), 'the page is there');
$t->keys(':')->type('resolvers ' . join ',', @resolvers)->keys('Enter');
ok($t->wait_for(qr/Resolvers side by side.*[1-9]\d* answers? differ.*! 203\.0\.113\.3 +10 old/s), 'the last one remembers');
like($t->screen, qr/the zone +10 new\.example\.com/, 'what the zone does not say any more');
$t->keys('w');
ok($t->wait_for(qr/watching: queried again every 10 s until all agree/), 'w watches');
my $seen = '';
for (1 .. 4) { # each of 20 s
    $seen = $t->until_true(sub { $t->screen =~ /the change has arrived: all resolvers agree with the zone/ }) and last;
}
ok($seen, 'until it has arrived') or diag($t->screen);
like($t->screen, qr/All agree with the zone's own servers.*203\.0\.113\.3 +10 new/s, 'and all say the new one');
$t->keys('Q');
$t->wait_for_end;

# ---- as a cast ----

my $cast = "$folder/arrival.cast";
my ($said, $status) = run_program($mxtrail, '--no-config', '--replay', $recording, '--cast', $cast);
is($status, 0, 'the recording becomes a cast') or diag($said, said());
my ($head, @frames) = map { decode_json($_) } split /\n/, slurp($cast);
is("$head->{version} $head->{width} $head->{height}", '2 80 24', 'an asciicast, version 2');
my ($now, @order) = (0);
for my $frame (@frames) {
    ok(0, 'time goes forward') if $frame->[0] < $now;
    $now = $frame->[0];
    push @order, grep { !@order || $order[-1] ne $_ } $frame->[2] =~ /(answers? differ|All agree|change has arrived)/g;
}
is_deeply([map { s/answers/answer/r } @order], ['answer differ', 'All agree', 'change has arrived'], 'which shows it arrive');
cmp_ok($now, '>', 10, 'in the time it took');
copy($cast, $ENV{CAST}) if $ENV{CAST};
done_testing();
