#!/usr/bin/perl
# Signed zones, made with ldns-keygen and ldns-signzone and served by NSD: signatures that end, the
# parent's word missing or false. Where unbound is installed it validates them, so that "secure" and
# "bogus" are what a real resolver says; without it a server that answers with CD alone has to do.
use strict;
use warnings;
use File::Temp qw(tempdir);
use FindBin;
use lib $FindBin::Bin;
use JSON::XS;
use POSIX qw(strftime);
use Servers;
use Test::More;

for my $needed (qw(nsd ldns-keygen ldns-signzone)) {
    plan skip_all => "$needed is missing (./configure --install-deps=test)" unless have($needed);
}
my $mxtrail = $ENV{MXTRAIL} || program('mxtrail');
plan skip_all => 'mxtrail is not built' unless -x $mxtrail;

my $host = '127.0.0.1';
my $day = 86400;
my $base = tempdir(CLEANUP => 1);
my $hash = '0123456789abcdef' x 4;

sub zone {
    my ($origin, @records) = @_;
    return join '', "\$ORIGIN $origin.\n\$TTL 300\n",
        "\@ IN SOA ns1 hostmaster 1 7200 900 1209600 300\n\@ IN NS ns1\nns1 IN A $host\n", @records;
}

sub slurp_all {
    my ($path) = @_;
    open my $file, '<', $path or die "$path: $!";
    local $/ = undef;
    return scalar <$file>;
}

sub quietly {
    my (@command) = @_;
    my $words = join ' ', map { "'$_'" } @command;
    my $said = `cd '$base' && $words 2>&1`;
    BAIL_OUT("$command[0]: $said") if $?;
    chomp $said;
    return $said;
}

# The zone signed until so many seconds from now, and the DS of its key.
sub sign {
    my ($origin, $text, $until, $algorithm, @size) = @_;
    my $key = quietly('ldns-keygen', '-a', $algorithm || 'ECDSAP256SHA256', @size, '-k', $origin);
    open my $file, '>', "$base/$origin" or die "$base/$origin: $!";
    print $file $text;
    close $file;
    my ($from, $to) = map { strftime('%Y%m%d%H%M%S', gmtime(time + $_)) } -30 * $day, $until;
    quietly('ldns-signzone', '-i', $from, '-e', $to, '-o', $origin, $origin, $key);
    my ($ds) = slurp_all("$base/$key.ds") =~ /^(\S.*\S)\s*$/m;
    return (slurp_all("$base/$origin.signed"), $ds);
}

my $records = "\@ IN MX 10 mx1\nmx1 IN A 192.0.2.1\n_25._tcp.mx1 IN TLSA 3 1 1 $hash\n";
my %tlsa = (useless => '1 1 1', partial => '3 1 1');
my (%zones, %ds);
for my $name (sort keys %tlsa) {
    ($zones{"$name.test"}, $ds{$name}) = sign("$name.test", zone("$name.test", "\@ IN MX 10 mx1\n",
        "\@ IN MX 20 mx2\nmx1 IN A 192.0.2.1\nmx2 IN A 192.0.2.2\n_25._tcp.mx1 IN TLSA $tlsa{$name} $hash\n"), 40 * $day);
}
$zones{'plain.test'} = zone('plain.test', "\@ IN MX 10 mx1.fresh.test.\n\@ IN MX 20 mx1\nmx1 IN A 192.0.2.9\n");
for (['fresh', 40], ['soon', 2], ['over', -9], ['no-ds', 40], ['broken', 40]) {
    my ($name, $days) = @$_;
    ($zones{"$name.test"}, $ds{$name}) = sign("$name.test", zone("$name.test", $records), $days * $day);
}
($zones{'old.test'}, $ds{old}) = sign('old.test', zone('old.test', $records), 40 * $day, 'RSASHA1', '-b', 1024);
$zones{'no-keys.test'} = zone('no-keys.test', $records);
($ds{'no-keys'} = $ds{fresh}) =~ s/^fresh/no-keys/;
delete $ds{'no-ds'};
($ds{odd} = $ds{fresh}) =~ s/^fresh(.*\sDS\s+\d+\s+)13\b/odd${1}200/ or BAIL_OUT('no DS to change');
$zones{'odd.test'} = $zones{'fresh.test'} =~ s/fresh\.test/odd.test/gr;    # its signatures say nothing
$zones{'broken.test'} =~ s/(\tMX\t)10 mx1/${1}20 mx1/ or BAIL_OUT('nothing to break');    # after signing
($zones{test}, my $anchor) = sign('test', zone('test',
    map({ "$_ IN NS ns1\n" } map { /^(.+)\.test$/ ? $1 : () } keys %zones),
    map { "$_\n" } values %ds), 40 * $day);
my ($nsd) = start_nsd($host, free_port(), %zones);

sub look_up {
    my ($port, $name) = @_;
    # Behind a resolver the servers of a zone are at a private address here, and asked all the same.
    my ($output) = run_program($mxtrail, '--json', '--ask-private', "\@$host", '-p', $port, $name);
    my $facts = eval { decode_json($output) } || {};
    my %findings = map { $_->{id} => $_ } grep { $_->{id} =~ /^dnssec-/ } @{ $facts->{findings} };
    return ($facts->{setup}{dnssec} || {}, \%findings, $facts);
}

# "mx1.test. usable" for each MX host, in order.
sub dane {
    my ($facts) = @_;
    return [map { "$_->{exchange} $_->{state}" } @{ $facts->{policy}{dane} }];
}

# "severity id subject" of the findings whose ids begin so.
sub about {
    my ($facts, $begin) = @_;
    return [map { "$_->{severity} $_->{id} $_->{subject}" } grep { $_->{id} =~ /^$begin/ } @{ $facts->{findings} }];
}

# What the records say, whoever validates: name, state, findings with severity.
for (
    ['fresh', 'signed, not validated', {}],
    ['soon', 'signed, not validated', { 'dnssec-expiring' => 'warning' }],
    ['over', 'signed, not validated', { 'dnssec-expiring' => 'error' }],
    ['no-ds', 'signed, but no DS', { 'dnssec-partial' => 'warning' }],
    ['old', 'signed, not validated', { 'dnssec-outdated' => 'warning' }],
    ['odd', 'insecure', { 'dnssec-outdated' => 'warning' }],
    ['no-keys', 'DS, but no keys', { 'dnssec-partial' => 'error' }],
) {
    my ($name, $state, $wanted) = @$_;
    my ($dnssec, $findings) = look_up($nsd, "$name.test");
    is($dnssec->{state}, $state, "$name: state");
    is_deeply({ map { $_ => $findings->{$_}{severity} } keys %$findings }, $wanted, "$name: findings");
}

# The facts about signatures in the JSON: soonest end first, by whom, until when.
my ($dnssec, $findings) = look_up($nsd, 'soon.test');
my @signatures = @{ $dnssec->{signatures} };
is_deeply([sort map { $_->{covered} } @signatures], ['DNSKEY', 'MX'], 'signatures over DNSKEY and MX');
for (@signatures) {
    is($_->{signer}, 'soon.test.', "$_->{covered}: signer");
    like($_->{key_tag}, qr/^\d+$/, "$_->{covered}: key tag");
    cmp_ok(abs($_->{remaining_s} - 2 * $day), '<', 300, "$_->{covered}: seconds that remain");
    is(substr($_->{expires}, 0, 10), strftime('%Y-%m-%d', gmtime(time + $_->{remaining_s})),
        "$_->{covered}: when it ends");
}
is($dnssec->{ds}, 'answered', 'DS: answered');
is($dnssec->{dnskey}, 'answered', 'DNSKEY: answered');
like($findings->{'dnssec-expiring'}{text}, qr/expires in 4[78] hours/, 'the finding says how long it is');
my ($unsigned) = look_up($nsd, 'no-keys.test');
is_deeply($unsigned->{signatures}, [], 'no signatures where there are no keys');

# SERVFAIL that goes away with CD.
my $rogue = start_rogue();
($dnssec, $findings) = look_up($rogue, 'bogus.test');
is($dnssec->{state}, 'bogus', 'CD tells bogus: state');
is($findings->{'dnssec-bogus'}{severity}, 'error', 'CD tells bogus: dnssec-bogus is an error');
($dnssec, $findings) = look_up($rogue, 'servfail.test');
isnt($dnssec->{state}, 'bogus', 'SERVFAIL with CD too is no bogus');
ok(!$findings->{'dnssec-bogus'}, 'and no dnssec-bogus');

SKIP: {
    skip 'unbound is missing: ./configure --install-deps=test', 24 unless have('unbound');
    my ($unbound) = start_unbound($nsd, $anchor, keys %zones);
    ($dnssec, $findings, my $facts) = look_up($unbound, 'fresh.test');
    is($dnssec->{state}, 'secure', 'validated: secure');
    ok($dnssec->{ad}, 'validated: AD');
    is_deeply($findings, {}, 'validated: nothing to find');
    is_deeply(dane($facts), ['mx1.fresh.test. usable'], 'validated: DANE is usable');
    is_deeply(about($facts, 'ns-(?!single)'), ['unknown ns-intercepted fresh.test.'],
        'a resolver that answers for all name servers is none of them, and they are not lame');
    is($facts->{setup}{servers}[0]{state}, 'not reached', 'as their state says');
    ($dnssec, $findings, $facts) = look_up($unbound, 'plain.test');
    is_deeply(dane($facts), ['mx1.fresh.test. MX not secured', 'mx1.plain.test. not secured'],
        'DANE where the MX records, or the addresses, are not signed');
    ok(!(grep { $_->{qname} eq '_25._tcp.mx1.plain.test.' } @{ $facts->{queries} }),
        'no TLSA record is asked for where the addresses are not signed (RFC 7672 2.2.2)');
    is_deeply(about($facts, 'dane'), ['warning dane-partial _25._tcp.mx1.plain.test.'], 'and what is found');
    ($dnssec, $findings, $facts) = look_up($unbound, 'useless.test');
    is_deeply(dane($facts), ['mx1.useless.test. not usable', 'mx2.useless.test. none'], 'TLSA 1 1 1 is not usable');
    like($facts->{policy}{dane}[0]{why}, qr/usages 0 and 1 are not for SMTP/, 'and the reason is said');
    is_deeply(about($facts, 'dane'), ['error dane-unusable _25._tcp.mx1.useless.test.'], 'and found');
    ($dnssec, $findings, $facts) = look_up($unbound, 'partial.test');
    is_deeply(about($facts, 'dane'), ['warning dane-partial _25._tcp.mx2.partial.test.'], 'TLSA at one MX host only');
    ($dnssec, $findings) = look_up($unbound, 'odd.test');
    is($dnssec->{state}, 'insecure', 'an algorithm that the resolver does not know: insecure');
    is($findings->{'dnssec-outdated'}{severity}, 'warning', 'and found');
    for my $name ('over', 'broken') {
        ($dnssec, $findings) = look_up($unbound, "$name.test");
        is($dnssec->{state}, 'bogus', "$name: bogus");
        is($findings->{'dnssec-bogus'}{severity}, 'error', "$name: dnssec-bogus");
        is($dnssec->{unchecked}, 'answered', "$name: the answer comes with CD");
        is(!!$findings->{'dnssec-expiring'}, $name eq 'over', "$name: whether it is for the time");
    }
    ($dnssec, $findings) = look_up($unbound, 'no-ds.test');
    is_deeply([keys %$findings], ['dnssec-partial'], 'no DS: not bogus, only unfinished');
}

done_testing;
