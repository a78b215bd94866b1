#!/usr/bin/perl
# The whole mail setup of a domain with five exchanges, SPF that includes and includes again, and
# forty services, over the shortest time the network allows; and that no question is asked twice.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin, "$FindBin::Bin/../server";
use Network;
use Servers;
use Test::More;

plan skip_all => 'nsd is missing (./configure --install-deps=test)' unless have('nsd');

my @name = ('example.test', '--srv', '_one-more._tcp.example.test');

# All services mxtrail asks for and one more, offered by eight hosts. Its longest chain: TXT; three
# includes, one in the other; the addresses of the last one's "a".
my $chain = 5;
my @services = slurp("$FindBin::Bin/../../src/mail/clients/services.c") =~ /\{"(_[\w.-]+)",[^}]*TYPE_SRV\}/g;
push @services, '_one-more._tcp';
BAIL_OUT('there are no forty services') unless @services >= 40;

my $soa = soa('ns1.example.test.');
my $zone = $soa . join '',
    "\@ IN NS ns2\nns1 IN A 127.0.0.1\nns2 IN A 127.0.0.1\n\@ IN A 192.0.2.80\n",
    "\@ IN TXT \"v=spf1 include:_spf.example.test include:partner.test mx -all\"\n",
    "_spf IN TXT \"v=spf1 include:_spf2.example.test ip4:192.0.2.0/28 ~all\"\n",
    "_spf2 IN TXT \"v=spf1 include:_spf3.example.test ~all\"\n",
    "_spf3 IN TXT \"v=spf1 a:out.example.test ~all\"\nout IN A 192.0.2.90\n",
    "_dmarc IN TXT \"v=DMARC1; p=reject; rua=mailto:dmarc\@partner.test\"\n",
    "_mta-sts IN TXT \"v=STSv1; id=1\"\n_smtp._tls IN TXT \"v=TLSRPTv1; rua=mailto:tls\@example.test\"\n",
    (map { "\@ IN MX ${_}0 mx$_\nmx$_ IN A 192.0.2.$_\nmx$_ IN AAAA 2001:db8::$_\n" } 1 .. 5),
    (map { "host$_ IN A 192.0.2.2$_\n" } 0 .. 7),
    (map { "$services[$_] IN SRV 0 5 1000 host" . $_ % 8 . "\n" } 0 .. $#services);
my $partner = $soa . "\@ IN TXT \"v=spf1 ip4:198.51.100.0/24 -all\"\n"
    . "example.test._report._dmarc IN TXT \"v=DMARC1\"\n";
my $reverse = $soa . join '', map { "$_ IN PTR mx$_.example.test.\n" } 1 .. 5;

my ($upstream) = start_nsd('127.0.0.1', free_port(), 'example.test' => $zone,
    'partner.test' => $partner, '2.0.192.in-addr.arpa' => $reverse);

my @waves = waves($upstream, @name);
my %aims = (20 => 1.15, 100 => 1.03);
for my $rtt (round_trips) {
    my ($one, $many) = network_says($upstream, $rtt);
    my $measured = repeat($upstream, $rtt, 0, @name);
    my $ratio = rounds($measured, "RTT $rtt ms", $chain, $rtt);
    my ($facts, $passed) = @{$measured}{qw(facts passed)};
    diag(sprintf '%d questions, %d datagrams sent, %d different ones, %d connections',
        scalar @{ $facts->{queries} }, @{$passed}{qw(queries distinct connections)});
    my %asked;
    $asked{ join ' ', map { $_ // '' } @{$_}{qw(qname qtype server)} }++ for @{ $facts->{queries} };
    is($facts->{over_budget} ? 1 : 0, 0, "RTT $rtt: the budget suffices");
    is(scalar(grep { /^out\.example\.test\. A / } keys %asked), 1, "RTT $rtt: SPF is followed to its end");
    my %offered = map { $_->{owner} => 1 } @{ $facts->{srv} };
    is(scalar keys %offered, scalar @services, "RTT $rtt: every service is found");
    aim($passed->{queries}, '<=', $passed->{distinct}, "RTT $rtt: no question is asked twice");
    cmp_ok($ratio, '>=', 1, "RTT $rtt: the chain is as long as said");
    aim($waves[-1][0], '==', $chain, "RTT $rtt: there are as many waves as the chain is long");
    aim($ratio, '<=', $aims{$rtt}, "RTT $rtt: within $aims{$rtt} x chain x RTT");
    aim($measured->{worst} / ($chain * $rtt), '<=', 1.25, "RTT $rtt: no single run over 1.25");
    my $floor = floor_says($upstream, $rtt, @waves);
    diag(sprintf 'RTT %3d ms: the floor client %.0f ms = %.2f x chain x RTT; ours takes %.2f x that, and of a processor '
        . '%.1f ms beside %.1f ms = %.1f x', $rtt, $floor->{median}, $floor->{median} / ($chain * $rtt),
        $measured->{median} / $floor->{median}, $measured->{cpu}, $floor->{cpu}, $measured->{cpu} / ($floor->{cpu} || 1));
    aim($measured->{cpu}, '<=', 2 * $floor->{cpu}, "RTT $rtt: at most twice the processor of the floor client");
  SKIP: {
        skip 'dig is missing', 1 unless have('dig');
        my ($best) = sort { $a <=> $b } map { dig_says($upstream, $rtt, $_, @waves) } $ENV{SMOKE} ? 64 : (8, 64);
        diag(sprintf 'RTT %3d ms: dig, the same questions in the same waves, %.0f ms = %.1f x ours', $rtt, $best,
            $best / $measured->{median});
        aim($best, '>=', 8 * $measured->{median}, "RTT $rtt: eight times as fast as dig") if $rtt == 20;
    }
}

done_testing();
