#!/usr/bin/perl
# How much is asked about one name (SAFETY.md: budgets): large domains are complete, giant ones
# stop, the server counts as many questions as the report lists, and each run asks the same.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::XS;
use Scripted;
use Servers;
use Test::More;

my @servers = map { ["10.0.0.$_", sprintf 'fd00::%x', $_] } 1 .. 13;
in_namespace(map { @$_ } @servers);
my $mxtrail = $ENV{MXTRAIL} || program('mxtrail');

# mNN.test has NN exchanges of both families, each address with a name that leads back, 13 name
# servers, and an SPF record of ten lookups.
my %tree = (
    '' => 'v=spf1 mx a include:s1.%s include:s2.%s include:s3.%s -all', s1 => 'v=spf1 include:s4.%s a:h.%s -all',
    s2 => 'v=spf1 include:s5.%s include:s6.%s -all', s3 => 'v=spf1 exists:h.%s -all', map { $_ => 'v=spf1 -all' } qw(s4 s5 s6));
my $last;

sub text { my ($spf, $apex) = @_; $spf =~ s/%s/$apex/g; return [['TXT', pack('C/a*', $spf)]] }
sub four { Socket::inet_aton($_[0]) }
sub six { Socket::inet_pton(Socket::AF_INET6(), $_[0]) }

sub records {
    my ($host, $type, $apex, $count) = @_;
    if ($host eq '') {
        return [map { ['MX', pack('n', $_) . label("mx$_") . "\xc0\x0c"] } 1 .. $count] if $type eq 'MX';
        return [map { ['NS', label("n$_") . "\xc0\x0c"] } 1 .. 13] if $type eq 'NS';
        return [['SOA', Scripted::soa($apex)]] if $type eq 'SOA';
    }
    return text($tree{$host}, $apex) if exists $tree{$host} && $type eq 'TXT';
    return [[A => four(sprintf '5.%d.%d.1', $1 >> 8, $1 & 255)]] if $host =~ /^mx(\d+)$/ && $type eq 'A';
    return [[AAAA => six(sprintf '2a00::%x', $1)]] if $host =~ /^mx(\d+)$/ && $type eq 'AAAA';
    return [[A => four($servers[$1 - 1][0])]] if $host =~ /^n(\d+)$/ && $type eq 'A';
    return [[AAAA => six($servers[$1 - 1][1])]] if $host =~ /^n(\d+)$/ && $type eq 'AAAA';
    return [[A => four('5.5.5.5')]] if $host eq 'h' && $type eq 'A';
    return [];
}

sub answer {
    my ($name, $type) = @_;
    if ($name =~ /^((?:.*\.)?)(m(\d+)\.test)$/) {
        my ($host, $apex, $count) = ($1, $2, $3);
        chop $host;
        $last = $apex;
        my $known = $host eq '' || exists $tree{$host} || $host =~ /^(?:mx|n)\d+$|^h$/;
        return { aa => 1, soa => $apex, rcode => $known ? 0 : 3, records => records($host, $type, $apex, $count) };
    }
    return { aa => 1, soa => 'in-addr.arpa', records => [[PTR => name('mx' . ($1 + 256 * $2) . ".$last")]] }
        if $name =~ /^1\.(\d+)\.(\d+)\.5\.in-addr\.arpa$/ && $type eq 'PTR';
    return { aa => 1, soa => 'ip6.arpa', records => [[PTR => name('mx' . hex(join '', reverse split /\./, $1) . ".$last")]] }
        if $name =~ /^((?:[0-9a-f]\.){4})(?:0\.){24}0\.0\.a\.2\.ip6\.arpa$/ && $type eq 'PTR';
    return { aa => 1, soa => 'test', rcode => 3 };
}

my $log = scripted(\&answer, 53, '127.0.0.1', map { @$_ } @servers);

# The report, and what the server was asked: each question once, with the server it went to.
sub survey {
    my ($name, @options) = @_;
    queries($log);
    my ($output, $status, $ms) = run_program($mxtrail, '--json', '--seed', 5, @options, '@127.0.0.1', $name);
    my @queries = queries($log);
    my $facts = decode_json($output);
    my %sent;
    $sent{ join ' ', (split / /)[1, 2, 3] }++ for @queries;
    my @listed = map { my ($to) = $_->{server} =~ /^\[?([^\]#]+)/; my $type = $_->{qtype};
        lc(join ' ', $to, $_->{qname} =~ s/\.$//r) . " $type" } @{ $facts->{queries} };
    my @sent = keys %sent;
    my (%unique, %unique_listed);
    @unique{@sent} = @unique_listed{@listed} = ();
    return ($facts, [sort keys %unique], [sort keys %unique_listed], $ms, scalar keys %sent);
}

# The same run without what may differ: times.
sub without_times {
    my ($facts) = @_;
    my $copy = decode_json(encode_json($facts));
    delete $copy->{elapsed_ms};
    delete @$_{qw(rtt_ms tries)} for @{ $copy->{queries} };
    @{ $copy->{queries} } = sort { encode($a) cmp encode($b) } @{ $copy->{queries} };
    return $copy;
}
sub encode { JSON::XS->new->canonical->encode($_[0]) }

for my $count (10, 60, 100) {
    my ($facts, $sent, $listed) = survey("m$count.test");
    is_deeply($sent, $listed, "$count MX: the server was asked what the report lists");
    ok(!$facts->{over_budget}, "$count MX: the budget suffices");
    is($facts->{not_asked}, 0, "$count MX: nothing is left out");
    is($facts->{asked}, scalar @{ $facts->{queries} }, "$count MX: as many queries as told");
    is(scalar(grep { @{ $_->{addresses} } == 2 } @{ $facts->{mx} }), $count, "$count MX: both addresses of each");
    is(scalar(grep { @{ $_->{ptr} || [] } } map { @{ $_->{addresses} } } @{ $facts->{mx} }), 2 * $count,
        "$count MX: and their names");
    is(scalar @{ $facts->{setup}{servers} }, 26, "$count MX: 13 name servers at 26 addresses");
    is_deeply([grep { $_->{state} ne 'ok' } @{ $facts->{setup}{servers} }], [], "$count MX: all were asked");
    is_deeply([grep { $_->{status} ne 'answered' } @{ $facts->{mx} }], [], "$count MX: all exchanges are known");
}

for my $options ([], ['--questions', 700], ['--questions', 90], ['--questions', 12]) {
    my $limit = $options->[1] || 2000;
    my ($facts, $sent, $listed, $ms) = survey('m2000.test', @$options);
    is_deeply($sent, $listed, "2000 MX, $limit: the server was asked what the report lists");
    ok($facts->{over_budget}, "2000 MX, $limit: over budget");
    is($facts->{questions}, $limit, "2000 MX, $limit: which one");
    cmp_ok($facts->{asked}, '<=', $limit, "2000 MX, $limit: no more than that");
    cmp_ok($facts->{asked}, '>=', $limit * 4 / 5, "2000 MX, $limit: nor much less");
    is(scalar @{ $facts->{mx} }, 2000, "2000 MX, $limit: all are named");
    is(scalar(grep { $_->{status} eq 'not_asked' } @{ $facts->{mx} }),
        scalar(grep { !@{ $_->{addresses} } } @{ $facts->{mx} }), "2000 MX, $limit: those without address were not queried");
    unlike(encode_json($facts), qr/"(?:waiting|timeout|silent)"/, "2000 MX, $limit: nothing waits, nothing timed out");
    my ($again, $sent_again) = survey('m2000.test', @$options);
    is_deeply($sent_again, $sent, "2000 MX, $limit: the same questions again");
    is(encode(without_times($again)), encode(without_times($facts)), "2000 MX, $limit: the same report again");
}

# A name to compare with has a budget of its own, and the same.
for my $limit (90, 2000) {
    my ($facts, $sent) = survey('m10.test', '--questions', $limit, '--diff', 'm100.test');
    my @second = grep { / (?:\S+\.)?m100\.test / } @$sent;
    my @first = grep { / (?:\S+\.)?m10\.test / } @$sent;
    cmp_ok(scalar @second, '<=', $limit, "--diff, $limit: no more for the second name");
    cmp_ok(scalar @second, '>', $limit == 90 ? 60 : 300, "--diff, $limit: nor much less");
    cmp_ok(scalar @first, '<=', $limit, "--diff, $limit: no more for the first");
    cmp_ok(scalar @$sent, '<=', 2 * $limit, "--diff, $limit: and both together");
    is($facts->{over_budget} ? 1 : 0, $limit == 90 ? 1 : 0, "--diff, $limit: and it is said");
}

# The time of a survey: what was sent has timed out, the rest was not sent.
{
    my $slow = scripted(sub { $_[1] eq 'MX' ? answer(@_) : undef }, 53, '127.0.0.2');
    my ($output, $status, $ms) = run_program($mxtrail, '--json', '--time-limit', 1, '@127.0.0.2', 'm100.test');
    my $facts = decode_json($output);
    my %sent = map { join(' ', (split / /)[2, 3]) => 1 } queries($slow);
    cmp_ok($ms, '<', 6000, 'the time limit ends a survey');
    is($status >> 8, 0, 'which has an answer');
    like($facts->{ended}, qr/--time-limit/, 'and says why it ended');
    is(scalar @{ $facts->{queries} }, scalar keys %sent, 'the server was asked what the report lists');
    is_deeply([sort keys %{ { map { $_->{status} => 1 } @{ $facts->{queries} } } }], ['answered', 'timeout'], 'those timed out');
    cmp_ok($facts->{not_asked}, '>', 0, 'the rest was not queried');
    unlike($output, qr/"waiting"/, 'and nothing waits');
    my ($text) = run_program($mxtrail, '--report', '--time-limit', 1, '@127.0.0.2', 'm100.test');
    like($text, qr/^\(\d+ more were not queried: the time limit for one name has expired \(--time-limit\)\)$/m, 'the report says it');
}

# No more than ten connections at once.
my ($facts) = survey('m60.test', '--tcp');
is_deeply([grep { $_->{transport} ne 'tcp' } @{ $facts->{queries} }], [], 'all over TCP');
open my $whole, '<', $log or die $log;
my ($peak) = sort { $b <=> $a } map { /^peak (\d+)/ ? $1 : () } <$whole>;
cmp_ok($peak, '<=', 10 * 27, 'TCP connections open at once: ten to each server');
done_testing();
