#!/usr/bin/perl
# The wall time of a whole survey, from the start of the program to its end, over the shortest time
# the network allows (longest chain of dependent questions times round trip), with and without
# loss, beside the same questions asked by dig, 64 at a time.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin, "$FindBin::Bin/../server";
use Network;
use Servers;
use Test::More;

plan skip_all => 'nsd is missing (./configure --install-deps=test)' unless have('nsd');

my $mxtrail = $ENV{MXTRAIL} || program('mxtrail');
my $runs = $ENV{RUNS} || 9;

# A domain with five exchanges, three name servers and twenty services. Its longest chain of
# questions: MX; address of an exchange; PTR of the address; address of the PTR's name.
my $chain = 4;
my @services = qw(_ldap._tcp _kerberos._tcp _kerberos._udp _kpasswd._tcp _gc._tcp _submission._tcp
    _submissions._tcp _imap._tcp _imaps._tcp _pop3s._tcp _sip._udp _sips._tcp _xmpp-client._tcp
    _xmpp-server._tcp _caldavs._tcp _carddavs._tcp _autodiscover._tcp _jmap._tcp _sieve._tcp
    _turn._udp);

my $soa = soa('ns1.example.test.');
my $zone = $soa . join '',
    "\@ IN A 192.0.2.80\n\@ IN AAAA 2001:db8::80\n\@ IN TXT \"v=spf1 mx -all\"\n",
    "_dmarc IN TXT \"v=DMARC1; p=reject\"\n",
    (map { "\@ IN NS ns$_\n" } 2, 3), (map { "ns$_ IN A 127.0.0.1\n" } 1 .. 3),
    (map { "\@ IN MX ${_}0 mx$_\nmx$_ IN A 192.0.2.$_\npeer$_ IN A 192.0.2.$_\n" } 1 .. 5),
    (map { "$services[$_] IN SRV 0 5 1000 host$_\nhost$_ IN A 192.0.2.1$_\n" } 0 .. $#services);
my $reverse = $soa . join '', (map { "$_ IN PTR peer$_.example.test.\n" } 1 .. 5), "80 IN PTR example.test.\n";

my ($upstream) = start_nsd('127.0.0.1', free_port(), 'example.test' => $zone,
    '2.0.192.in-addr.arpa' => $reverse);

# Every question of the survey without its chain, so many at a time: the best that dig can do.
sub dig {
    my ($proxy, $queries, $at_once) = @_;
    my $list = spew('questions', join '', map { "$_->{qname} $_->{qtype}\n" } @$queries);
    my ($output, $status, $ms) = run_program('sh', '-c',
        'xargs -P "$3" -L 1 dig +short +tries=3 @127.0.0.1 -p "$1" <"$2"', 'sh', $proxy->{port}, $list, $at_once);
    BAIL_OUT("dig ends with status $status") if $status;
    return $ms;
}

my ($start) = map { median(@$_) } [map { (run_program($mxtrail, '--version'))[2] } 1 .. $runs];
diag(sprintf 'start and end of the program alone: %.1f ms', $start);

for my $rtt (round_trips) {
    my ($one, $many) = network_says($upstream, $rtt);
    my $measured = repeat($upstream, $rtt, 0, 'example.test');
    my $ratio = rounds($measured, "RTT $rtt ms", $chain, $rtt);
    diag(sprintf 'over the network as it is: %.2f x', $measured->{median} / ($chain * $many));
    my @queries = @{ $measured->{facts}{queries} };
    my $passed = $measured->{passed};
    diag(sprintf '%d questions, %d datagrams sent, %d different ones, %d connections',
        scalar(@queries), @{$passed}{qw(queries distinct connections)});
    cmp_ok(scalar @queries, '>=', 90, "RTT $rtt: a domain of about a hundred questions");
    aim($passed->{queries}, '<=', $passed->{distinct}, "RTT $rtt: nothing is asked twice");
    aim($ratio, '<=', 1.25, "RTT $rtt: within 1.25 x chain x RTT");
    diag('dig is missing') unless have('dig');
    for my $at_once (!have('dig') ? () : $ENV{SMOKE} ? 64 : (8, 64)) {
        my $proxy = start_proxy($upstream, $rtt, 0, 1);
        my $dig = dig($proxy, \@queries, $at_once);
        stop_proxy($proxy);
        diag(sprintf 'RTT %3d ms: dig, %d at a time and without the chain, %.0f ms = %.1f x ours', $rtt, $at_once,
            $dig, $dig / $measured->{median});
        aim($dig, '>=', 8 * $measured->{median}, "RTT $rtt: eight times as fast as dig, $at_once at a time")
            if $rtt == 20; # at 100 ms our four round trips alone are a third of what dig takes
    }
}

my %aims = (1 => 2.5, 5 => 5);
for my $rtt (round_trips) {
    for my $loss (1, 5) {
        my $measured = repeat($upstream, $rtt, $loss, 'example.test');
        my $ratio = rounds($measured, "RTT $rtt ms, loss $loss %", $chain, $rtt);
        aim($ratio, '<=', $aims{$loss}, "RTT $rtt, loss $loss %: within $aims{$loss} x");
        aim($measured->{worst}, '<=', 2000, "RTT $rtt, loss $loss %: never over 2 s");
    }
}

done_testing();
