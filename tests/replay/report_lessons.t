#!/usr/bin/perl
# Every lesson runs as text and as JSON and shows its point (help/lessons/README has the numbers).
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use Test::More;

sub findings { return map { "$_->{id} $_->{subject}" } @{ $_[0]{findings} } }

sub finding { my ($id) = @_; return sub { grep { /^\Q$id\E / } findings($_[0]) } }

sub first_shares { return map { sprintf '%s %.3f', @$_{qw(exchange expected)} } @{ $_[0]{simulation}{first_exchange} } }

sub states { return join ' ', map { "$_->{exchange}=$_->{state}" } @{ $_[0]{route}{hosts} } }

# lesson => [options, what the text says, what the JSON must have]
my @down = ('--down', 'mx1', '--simulate', '--seed', '42');
my %points = (
    lookup => [[], qr/^MX \(authoritative answer of zone lookup\.zone\)\n  1st +10  mx1\.example\.com +1h\n +192\.0\.2\.1  PTR mx1\.example\.com +1h  additional\n/m,
        sub { @{ $_[0]{ns} } == 2 && $_[0]{queries}[0]{aa} }],
    order => [[], qr/1st +5  mx1.*2nd +40  mx2.*3rd +1000  mx3/s, sub { "@{[map { $_->{level} } @{ $_[0]{mx} }]}" eq '1 2 3' }],
    'first-choice' => [\@down, qr/mx1\.example\.com 192\.0\.2\.1 refused the connection/,
        sub { 2 == grep { $_->{exchange} =~ /^mx[23]\./ && abs($_->{count} - 5000) < 250 } @{ $_[0]{simulation}{outcome} } }],
    ties => [['--simulate', '--seed', '42'], qr/^ +10 mail1 +\S+ +\d+\.\d% +\(33\.3\)/m,
        sub { 3 == grep { / 0\.333$/ } first_shares($_[0]) }],
    'many-addresses' => [[], qr/198\.51\.100\.26 /, sub { "@{[map { scalar @{ $_->{addresses} } } @{ $_[0]{mx} }]}" eq '3 6 1' }],
    filter => [[], qr/1st  \/ +10  mx1\.filter\.example\.net +1h  outside/, sub { "@{[map { $_->{outside} ? 1 : 0 } @{ $_[0]{mx} }]}" eq '1 1 0' }],
    additional => [[], qr/2001:db8::1  PTR mx1\.example\.com +1h  additional/, sub { $_[0]{mx}[0]{addresses}[0]{came_along} }],
    secondary => [['--as', 'mx2'], qr/mx3\.example\.com \(20\) is ignored: .* otherwise it\s+could\s+loop/s,
        sub { states($_[0]) eq 'mx1.example.com.=candidate mx2.example.com.=ignored mx3.example.com.=ignored mx.example.net.=ignored' }],
    primary => [['--as', 'mx1'], qr/bounced 5\.4\.6: .*no host is left to try/s, sub { $_[0]{route}{code} eq '5.4.6' }],
    alias => [[], qr/alias of foo\.example\.com/, sub { $_[0]{mx}[0]{alias_of} eq 'foo.example.com.' && finding('mx-cname')->($_[0]) }],
    wildcard => [[], qr/mx-wildcard/, sub { $_[0]{setup}{wildcard}{mx} }],
    'every-name' => [['--names', 'sub1,sub2,sub3'], qr/^ +implicit MX: sub2\.example\.com .*\n +No MX: mail goes to its own addresses\.$/m,
        sub { "@{[map { $_->{implicit_mx} ? 1 : 0 } @{ $_[0]{setup}{names} }]}" eq '0 1 0' }],
    'other-network' => [[], qr/mx-same-network/, finding('mx-same-network')],
    'service-names' => [[], qr/^  Names\.+ found: 1?\d of 12 conventional names .*^ +www\.example\.com /ms, sub { 6 <= @{ $_[0]{setup}{customary} } }],
    srv => [[], qr/_ldap\._tcp\.dc\._msdcs\.example\.com  Active Directory domain controllers/, sub { 13 < @{ $_[0]{srv} } }],
    weights => [['--srv', '_ldap._tcp', '--seed', '42'], qr/^ +6  ldap1 +60\.0% +59\.1%/m,
        sub { my $heavy = $_[0]{srv_simulation}{first}[0]; abs($heavy->{nominal} - .6) < 1e-9 && abs($heavy->{share} - 13 / 22) < .02 }],
    'srv-mail' => [['--srv', '_smtp._tcp', '--seed', '42'], qr/20      4    25  mx3\.example\.com/,
        sub { my ($mx3) = grep { $_->{target} eq 'mx3.example.com.' } @{ $_[0]{srv_simulation}{first} }; abs($mx3->{nominal} - .8) < 1e-9 }],
    journey => [[], qr/_submissions\._tcp\.example\.com .*DMARC\.+ p=quarantine/s, sub { $_[0]{policy}{mta_sts}{state} eq 'found' && @{ $_[0]{policy}{dkim} } }],
    implicit => [[], qr/implicit MX, RFC 5321 5\.1/, sub { $_[0]{implicit_mx} && !@{ $_[0]{mx} } }],
    'round-robin' => [[], qr/192\.0\.2\.81.*192\.0\.2\.82.*192\.0\.2\.83/s, sub { @{ $_[0]{a} } == 3 }],
    outage => [['--down', 'mx1@0h-6h'], qr/^Over time: .*^  \+0s +.*mx2\.example\.com.*^  \+7h00 +mx2\.example\.com -> mx1\.example\.com: accepted/ms,
        sub { my %at = map { $_->{kind} => $_->{at_s} } @{ $_[0]{timeline}{events} }; $at{accepted} == 0 && $at{delivered} >= 6 * 3600 }],
    provider => [[], qr/1st +10  spool\.mail\.example\.net +30m  outside.*2nd +50  fb\.mail\.example\.net/s,
        sub { $_[0]{mx}[0]{ttl} == 1800 && $_[0]{ns}[0]{ttl} == 172800 }],
    'beside-alias' => [[], qr/cname-and-other-data/, finding('cname-and-other-data')],
    'null-mx' => [['--simulate=100'], qr/Null MX: this domain accepts no mail \(RFC 7505\)/, sub { $_[0]{null_mx} && $_[0]{route}{verdict} eq 'bounce' }],
    'null-mixed' => [[], qr/mx-null-mixed/, finding('mx-null-mixed')],
    literal => [[], qr/an address, no name/, sub { $_[0]{mx}[0]{literal} && finding('mx-literal')->($_[0]) }],
    dangling => [[], qr/no address: no such name \(NXDOMAIN\)/, finding('mx-dangling')],
    loopback => [[], qr/mx-loopback/, finding('mx-loopback')],
    'spf-budget' => [['--spf-ip', '203.0.113.77', '--spf-from', 'news@example.com'], qr/12 lookups, 10 allowed/,
        sub { $_[0]{policy}{spf}{lookups} == 12 && $_[0]{policy}{spf}{result} eq 'permerror' }],
    'split-servers' => [[], qr/^ +differs: ns2\.example\.com 198\.51\.100\.53, other MX, other TXT\n +\(serial 2025110700\)\n.*^ +refuses: ns3/ms,
        sub { my ($json) = @_; 4 == grep { finding($_)->($json) } qw(ns-lame mx-differs-between-servers soa-serial-differs txt-differs-between-servers) }],
    'which-dc' => [[], qr/ad-stale-dc/, sub { "@{[map { $_->{gone} ? $_->{name} : () } @{ $_[0]{directory}{hosts} }]}" eq 'dc0.example.com.' }],
    'from-the-root' => [['--trace'], qr/^From the root to example\.com\n  The way is whole\. ns1\.example\.com has the answer/m,
        sub { "@{[map { $_->{zone} } @{ $_[0]{trace}{steps} }]}" eq '. com. example.com.' && $_[0]{trace}{end} eq 'answer' }],
    'mta-sts' => [[], qr/MTA-STS\.+ found/, sub { $_[0]{policy}{mta_sts}{state} eq 'found' }],
);

my @lessons = map { /^(\S+)/ } split /\n/, report('--demo=list');
is_deeply([sort @lessons], [sort keys %points], 'each lesson has its point here');

for my $lesson (@lessons) {
    my ($options, $said, $has) = @{ $points{$lesson} || next };
    like(report("--demo=$lesson", '--report', @$options), $said, "$lesson: the report shows it");
    my $object = json("--demo=$lesson", @$options);
    ok($has->($object), "$lesson: the JSON has it") or diag(join "\n", findings($object));
    is($object->{source}{kind}, 'demo', "$lesson: no network");
}

# What else a lesson teaches.
my @more = (
    ['wildcard: a name that exists', ['--demo=wildcard', 'host.example.com'], qr/implicit MX, RFC 5321 5\.1/,
        sub { $_[0]{implicit_mx} && $_[0]{route}{hosts}[0]{exchange} eq 'host.example.com.' }],
    ['wildcard: a name that does not', ['--demo=wildcard', 'saels.example.com'], qr/1st +10  mx1\.example\.com/,
        sub { $_[0]{route}{verdict} eq 'deliver' && $_[0]{mx}[0]{exchange} eq 'mx1.example.com.' }],
    ['implicit: the null MX', ['--demo=implicit', 'silent.example.com'], qr/bounced 5\.1\.10/, sub { $_[0]{null_mx} }],
    ['implicit: an MX record that does not work', ['--demo=implicit', 'broken.example.com'], qr/bounced 5\.4\.4/,
        sub { !$_[0]{implicit_mx} && $_[0]{route}{code} eq '5.4.4' }],
    ['round-robin: a shared cache', ['--demo=round-robin', '--round-robin'], qr/192\.0\.2\.82 +\S* +0\.0 ?%/,
        sub { grep { $_->{record} eq '192.0.2.82' && $_->{first} == 0 } map { @{ $_->{shares} } } map { @{ $_->{cases} } } @{ $_[0]{round_robin} } }],
    ['first-choice: every host is down', ['--demo=first-choice', '--down', '*', '--simulate=100'], qr/deferred/,
        sub { "@{[map { $_->{verdict} } @{ $_[0]{simulation}{outcome} }]}" eq 'defer' }],
    ['secondary: the loop', ['--demo=secondary', '--as', 'mx2', '--down', 'mx1'], qr/mx3\.example\.com > mx2\.example\.com  @ again/,
        sub { 1 == grep { $_->{verdict} eq 'loop' && $_->{hops}[1]{again} } @{ $_[0]{loop} } }],
);
for my $more (@more) {
    my ($title, $options, $said, $has) = @$more;
    like(report('--report', @$options), $said, "$title: the report shows it");
    ok($has->(scalar json(@$options)), "$title: the JSON has it");
}

done_testing();
