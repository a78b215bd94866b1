#!/usr/bin/perl
# What strangers may publish to hurt who looks at it: loops, crowds, giants, lies. Each lookup ends
# in time and in bounded memory, asks no more than its budget, and says what is wrong by name.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::XS;
use Servers;
use Test::More;
use Time::HiRes qw(sleep time);

plan skip_all => 'nsd is missing (./configure --install-deps=test)' unless have('nsd');
my $mxtrail = $ENV{MXTRAIL} || program('mxtrail');
plan skip_all => 'mxtrail is not built' unless -x $mxtrail;

my $host = '127.0.0.1';
my $slowness = $ENV{VALGRIND} ? 10 : 1;
my $measured = !$ENV{VALGRIND} && -e '/proc/self/status'
    && system('grep', '-q', '__asan_init', $mxtrail) != 0;
my $soa = "\@ SOA ns1 hostmaster 1 7200 900 1209600 300\n\@ NS ns1\nns1 A $host\n";

sub zone { return "\$ORIGIN $_[0].\n\$TTL 300\n$soa$_[1]" }

# A TXT record of that many octets, all in strings of 255.
sub giant {
    my ($owner, $begin, $octets) = @_;
    my $text = $begin . ' ip4:192.0.2.1' x ($octets / 14);
    return "$owner TXT " . join(' ', map { "\"$_\"" } unpack '(A255)*', $text =~ s/ /_/gr) =~ s/_/ /gr . "\n";
}

my %zones = (
    'self.test' => "\@ TXT \"v=spf1 include:self.test -all\"\n\@ MX 10 \@\n",
    'ring.test' => "\@ TXT \"v=spf1 include:a.ring.test -all\"\n"
        . "a TXT \"v=spf1 redirect=b.ring.test\"\nb TXT \"v=spf1 include:ring.test ~all\"\n",
    'chain.test' => "\@ TXT \"v=spf1 include:i1.chain.test -all\"\n"
        . join('', map { "i$_ TXT \"v=spf1 include:i" . ($_ + 1) . ".chain.test ?all\"\n" } 1 .. 50),
    'greedy.test' => '@ TXT ' . join(' ', '"v=spf1"', map { "\" mx:g$_.greedy.test\"" } 0 .. 9) . " \" -all\"\n"
        . join('', map { "g" . int($_ / 10) . " MX $_ x$_\nx$_ A 203.0.113.$_\n" } 0 .. 99),
    'fan.test' => '@ TXT ' . join(' ', '"v=spf1"', map { "\" include:i$_.fan.test\"" } 1 .. 50) . "\n"
        . join('', map { "i$_ TXT \"v=spf1 include:j$_.fan.test a:h$_.fan.test ?all\"\n"
            . "j$_ TXT \"v=spf1 mx:m$_.fan.test ?all\"\n" } 1 .. 50),
    'giant.test' => giant('@', 'v=spf1', 60_000) . "\@ MX 10 ns1\n",
    'giants.test' => join('', map { giant("\@", "v=spf1 exists:$_", 5000) } 1 .. 12) . "_dmarc TXT \"v=DMARC1; "
        . join('', map { "x$_=y; " } 1 .. 30) . "p=none\"\n" . giant('default._domainkey', 'v=DKIM1;p=', 60_000),
    'mx-gone.test' => join('', map { "\@ MX $_ gone$_\n" } 1 .. 2000),
    'mx-refused.test' => join('', map { "\@ MX $_ m$_.x.example.\n" } 1 .. 2000),
    'mx-here.test' => join('', map { "\@ MX 10 m$_\nm$_ A 10.0." . int($_ / 250) . '.' . $_ % 250 . "\n" } 1 .. 2000),
    'addresses.test' => "\@ MX 10 m\n" . join('', map { "m A 10.1." . int($_ / 250) . '.' . $_ % 250 . "\n" } 1 .. 3500),
    'srv.test' => join('', map { "_ldap._tcp SRV 0 0 389 s$_\n" } 1 .. 1300),
    'ns.test' => join('', map { "\@ NS n$_.ns.test.\n" } 1 .. 1500),
    'alias.test' => "\@ MX 10 c0\n\@ MX 20 r0\nr0 CNAME r1\nr1 CNAME r0\n"
        . join('', map { "c$_ CNAME c" . ($_ + 1) . "\n" } 0 .. 30),
    'reports.test' => '_dmarc TXT ' . join(' ', '"v=DMARC1; p=none; rua="',
        map { "\"mailto:a\@r$_.example,\"" } 1 .. 500) . "\n",
);
my %served = (test => zone('test', ''), map { $_ => zone($_, $zones{$_}) } keys %zones);
my ($port) = start_nsd($host, free_port(), %served);

# Runs mxtrail; returns what it said, its milliseconds and, as far as it was seen, its peak memory.
sub watch {
    my (@arguments) = @_;
    my $output = spew('output', '');
    my ($start, $peak) = (time, 0);
    my $child = fork // die "fork: $!";
    if (!$child) {
        open STDOUT, '>', $output or die $!;
        open STDERR, '>', '/dev/null' or die $!;
        exec $mxtrail, @arguments or die $!;
    }
    while (waitpid($child, 1) == 0) {
        ($peak) = (slurp("/proc/$child/status") =~ /^VmHWM:\s+(\d+)/m, $peak);
        sleep 0.005;
    }
    return (slurp($output), 1000 * (time - $start), $peak);
}

# What must be found, by id, and how often at least; and what the SPF verdict is.
my %wanted = (
    'self.test' => [['spf-loop', 1], 'permerror'],
    'ring.test' => [['spf-loop', 1], 'permerror'],
    'chain.test' => [['spf-lookups', 1], 'permerror'],
    'fan.test' => [['spf-lookups', 1], 'permerror'],
    'greedy.test' => [['ns-single', 1], 'fail'],
    'giant.test' => [['spf-long', 1], 'neutral'],
    'giants.test' => [['spf-multiple', 1], 'permerror'],
    'mx-gone.test' => [['mx-many', 1], 'none'],
    'mx-refused.test' => [['mx-many', 1], 'none'],
    'mx-here.test' => [['mx-private-address', 1], 'none'],
    'addresses.test' => [['mx-private-address', 1], 'none'],
    'srv.test' => [['srv-zero-weight-only', 1], 'none'],
    'ns.test' => [['mx-none', 1], 'none'],
    'alias.test' => [['cname-loop', 1], 'none'],
    'reports.test' => [['dmarc-policy-none', 1], 'none'],
);
for my $name (sort keys %zones) {
    my ($finding, $verdict) = @{ $wanted{$name} };
    my @asked = ("\@$host", '-p', $port, '--spf-ip', '198.51.100.9', $name);
    my ($json, $ms, $peak) = watch('--json', @asked);
    my $facts = eval { decode_json($json) } || {};
    my $count = grep { $_->{id} eq $finding->[0] } @{ $facts->{findings} };
    is($facts->{status}, 'answered', "$name: status");
    cmp_ok($count, '>=', $finding->[1], "$name: $finding->[0]") or diag(join ' ', map { $_->{id} } @{ $facts->{findings} });
    is($facts->{policy}{spf}{result}, $verdict, "$name: SPF");
    cmp_ok($facts->{asked}, '<=', 2000, "$name: within the budget of questions");
    cmp_ok($ms, '<=', 21_000 * $slowness, "$name: in time");
    cmp_ok($peak, '<=', 64 * 1024, "$name: within 64 MiB") if $measured;
    my ($text) = watch('--report', @asked);
    my %lines;
    $lines{"$1 $2"}++ while $text =~ /^  (error|warning|notice|unknown) +([a-z0-9-]+)[,:]/mg;
    is_deeply([grep { $lines{$_} > 9 } keys %lines], [], "$name: no finding fills the paper");
    like($text =~ s/\n +/ /gr, qr/mx-private-address(?:, .* and \d+ more\.|: and \d+ more)/, "$name: how many more are said")
        if $finding->[0] eq 'mx-private-address';
}

# Answers of others, before the right one comes: none is taken.
my $rogue = start_rogue();
# A survey ends after 20 s by itself.
for my $lie ('stranger', 'id', 'name', 'type', 'class', 'echo', 'flood') {
    my ($json, $ms) = watch('--json', "\@$host", '-p', $rogue, "$lie.test");
    my $facts = eval { decode_json($json) } || {};
    is(join(' ', map { $_->{address} } @{ $facts->{a} }), '192.0.2.1', "$lie: the forged address is not taken");
    unlike($json, qr/192\.0\.2\.66/, "$lie: nor shown");
    cmp_ok($ms, '<=', 21_000 * $slowness, "$lie: in time");
}

done_testing;
