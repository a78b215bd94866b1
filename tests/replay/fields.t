#!/usr/bin/perl
# --fields and --summary: parts of the JSON object, under the names of the whole one.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::XS;
use Mxtrail;
use Test::More;

my @zone = ('--zone', example('some.zone', "\@ MX 10 mx1\n\@ MX 20 xn--bcher-kva\nmx1 A 192.0.2.1\nxn--bcher-kva A 192.0.2.2\n\@ TXT \"v=spf1 mx -all\"\n_dmarc TXT \"v=DMARC1; p=none\"\n"), 'example.com');
my $whole = json(@zone);

my $two = json('--fields', 'route,name', @zone);
is_deeply($two, { name => $whole->{name}, route => $whole->{route} }, 'two members, as in the whole object');
is_deeply([mxtrail('--fields', 'name,nmae', @zone)], [2, '', "mxtrail: --fields nmae: the JSON object has no such member\n"], 'a member there is not is an error');
is_deeply([mxtrail('--fields', 'name', '--summary', @zone)], [2, '', "mxtrail: --summary: cannot be combined with --fields\n"], 'one of the two');
# Every member there can be has a name that --fields takes.
my @views = ('--simulate=10', '--compare', 'postfix,exim', '--matrix', '--whatif', 'add mx 5 mx1', '--round-robin', '--srv', '_ldap._tcp', '--as', 'mx1.example.com', '--down', 'mx1.example.com');
for my $object (json(@views, @zone), json('--zone', file('reverse.zone', "\$TTL 1\n1.2.0.192.in-addr.arpa. PTR mx1.example.com.\n"), '192.0.2.1')) {
    is_deeply([grep { !/_u$/ && (mxtrail('--fields', $_, @zone))[0] == 2 } sort keys %$object], [], 'all members are known');
}

my $short = json('--summary', @zone);
my $pick = sub { my ($from, @keys) = @_; return { map { $_ => $from->{$_} } grep { exists $from->{$_} } @keys } };
is_deeply($short, {
    %{ $pick->($whole, qw(mxtrail input name status)) },
    mx => [map { $pick->($_, qw(preference exchange exchange_u)) } @{ $whole->{mx} }],
    route => $pick->($whole->{route}, qw(verdict code)),
    policy => { spf => $pick->($whole->{policy}{spf}, qw(state result)), dmarc => $pick->($whole->{policy}{dmarc}, qw(state policy)) },
    findings => [map { $pick->($_, qw(id severity)) } @{ $whole->{findings} }],
}, 'the summary is what it says, and nothing else');
ok(exists $short->{mx}[1]{exchange_u}, 'with U-labels');
cmp_ok(length encode_json($short), '<', length(encode_json($whole)) / 10, 'and short');
done_testing();
