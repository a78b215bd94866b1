#!/usr/bin/perl
# Replies that are forged, cut off, late, malformed or missing (RFC 5452 9, RFC 6891 7, RFC 7766):
# each question ends, in time, with the outcome it deserves.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Servers;
use Test::More;

my $port = start_rogue();
my $server = "127.0.0.1#$port";

# label, outcome, transport, milliseconds at least and at most, what why must match
my @cases = (
    ['good', 'answered', 'udp', 0, 1000],
    ['twice', 'answered', 'udp', 0, 1000],
    ['case', 'answered', 'udp', 0, 1000],
    ['nxdomain', 'nxdomain', 'udp', 0, 1000],
    ['servfail', 'servfail', 'udp', 0, 1000, qr/SERVFAIL/],
    ['refused', 'refused', 'udp', 0, 1000, qr/REFUSED/],
    ['large', 'answered', 'udp', 0, 1000],
    ['id', 'answered', 'udp', 20, 2000],
    ['name', 'answered', 'udp', 20, 2000],
    ['type', 'answered', 'udp', 20, 2000],
    ['class', 'answered', 'udp', 20, 2000],
    ['opcode', 'answered', 'udp', 20, 2000],
    ['echo', 'answered', 'udp', 20, 2000],
    ['stranger', 'answered', 'udp', 20, 2000],
    ['empty', 'answered', 'udp', 20, 2000],
    ['flood', 'answered', 'tcp', 0, 2000, qr/over TCP after 3 replies that did not match/],
    ['cut', 'answered', 'tcp', 0, 2000],
    ['cut-always', 'malformed', 'tcp', 0, 2000, qr/over TCP says it is cut off/],
    ['cut-close', 'connection_reset', 'none', 0, 2000, qr/closed the TCP connection/],
    ['cut-reset', 'connection_reset', 'none', 0, 2000, qr/reset/],
    ['cut-half', 'connection_reset', 'none', 0, 2000, qr/closed the TCP connection/],
    ['short-record', 'malformed', 'udp', 0, 1000, qr/answer section/],
    ['count', 'malformed', 'udp', 0, 1000, qr/malformed/],
    ['pointer', 'malformed', 'udp', 0, 1000, qr/malformed/],
    ['two-opt', 'malformed', 'udp', 0, 1000, qr/second OPT/],
    ['tsig', 'malformed', 'udp', 0, 1000, qr/signature/],
    ['no-edns', 'answered', 'udp', 0, 1000],
    ['bad-version', 'answered', 'udp', 0, 1000],
    ['format-error', 'servfail', 'udp', 0, 1000, qr/FORMERR/],
    ['lost', 'answered', 'udp', 100, 3000],
    ['late', 'answered', 'udp', 900, 1900],
    ['silent', 'timeout', 'none', 9900, 10900, qr/no answer from \Q$server\E within 10 s/],
    ['cut-drip', 'timeout', 'none', 4900, 10900, qr/no answer/],
    ['cut-hold', 'timeout', 'none', 4900, 10900, qr/no answer/],
    ['cut-huge', 'timeout', 'none', 4900, 10900, qr/no answer/],
);

sub check {
    my ($output, $label, $outcome, $transport, $least, $most, $why) = @_;
    my $reply = reply_to($output, "$label.test.");
    is($reply->{outcome}, $outcome, "$label: outcome");
    is($reply->{transport}, $transport, "$label: transport");
    is($reply->{server}, $transport eq 'none' ? '-' : $server, "$label: server");
    cmp_ok($reply->{ms}, '>=', $least, "$label: not too soon");
    cmp_ok($reply->{ms}, '<=', $most, "$label: in time");
    like($reply->{why}, $why || qr/^-$/, "$label: why");
    return;
}

# All at once first: they must not disturb each other.
my $together = ask("\@$server", map { "$_->[0].test/A" } @cases);
check($together, @$_) for @cases;
like($together, qr/^left 0$/m, 'nothing is left over');

# One alone, where the server's speed is not known from others.
for my $case (grep { $_->[4] <= 3000 } @cases) {
    my $alone = ask("\@$server", "$case->[0]1.test/A");
    is(reply_to($alone, "$case->[0]1.test.")->{outcome}, $case->[1], "$case->[0] alone: outcome");
}

# A datagram sent again may bring the same forgery again, so there can be more.
my %unmatched = (id => 1, name => 1, type => 1, class => 1, opcode => 1, echo => 1, empty => 2,
    flood => 3);
cmp_ok(reply_to($together, "$_.test.")->{unmatched}, '>=', $unmatched{$_},
    "$_: replies dropped are counted") for sort keys %unmatched;
is(reply_to($together, "$_.test.")->{unmatched}, 0, "$_: no reply is dropped")
    for qw(good stranger twice late cut);

# More questions than may be in flight, and nobody answers: those behind do not wait longer.
my $silence = ask("\@$server", map { "silent$_.test/A" } 100 .. 300);
my @sent = grep { $_->{tries} } replies($silence);
is(scalar(replies($silence)), 201, 'all end');
is(scalar(grep { $_->{outcome} eq 'timeout' } @sent), scalar @sent, 'those sent time out');
is(scalar(grep { $_->{outcome} eq 'not_asked' && !$_->{tries} } replies($silence)), 201 - @sent,
    'those behind them are not queried, and say so');
cmp_ok(scalar @sent, '<', 201, 'and there are some');
cmp_ok((sort { $b <=> $a } map { $_->{ms} } replies($silence))[0], '<=', 10900, 'in 10 s together');

# The first two datagrams with a name are lost: the tries tell what was asked and what remembered.
sub tries {
    my ($name, @options) = @_;
    return join ' ', map { $_->{tries} } replies(ask("\@$server", '--rounds', 2, @options, "$name.test/A"));
}
is(tries('lost2'), '3 3', 'asked again within its TTL, a question is answered from memory');
is(tries('lost3', '--forget'), '3 1', 'a forgotten one goes out again');
is(tries('servfail2'), '1 1', 'failures are not remembered');

done_testing();
