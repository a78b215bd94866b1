#!/usr/bin/perl
# What no master file covers is not known: no row says "none" of it, and nothing is said of what a parent
# has or has not. Whole rows of the report.
use strict;
use warnings;
use FindBin;
use JSON::PP;
use lib $FindBin::Bin;
use Mxtrail;
use Test::More;

# The row and what is below it, one line each, blanks as one.
sub row {
    my ($label, @arguments) = @_;
    my ($lines) = (mxtrail('--report', @arguments))[1] =~ /^  \Q$label\E\.+ (.*?\n)(?=  \S|\n)/ms;
    return [map { s/\A\s+|\s+\z//gr =~ s/\s+/ /gr } split /\n/, $lines // 'no row'];
}

sub zone {
    my ($origin, $records) = @_;
    return file("$origin.zone", "\$ORIGIN $origin.\n\$TTL 3600\n\@ SOA ns1 hostmaster 1 7200 900 1209600 300\n\@ NS ns1\nns1 A 192.0.2.53\n"
        . "\@ MX 10 mx1\nmx1 A 192.0.2.1\n$records");
}
my $above = 'there is no DMARC record at this name; the names above it are';

# ---- DMARC ----

my $sub = zone('sub.example.com', '');
is_deeply(row('DMARC', '--zone', $sub, 'sub.example.com'), ['not known: 0 records at 1 name queried', $above, 'not in the file',
        'none: _dmarc.sub.example.com', 'not in the file: _dmarc.example.com', 'not in the file: _dmarc.com'],
    'a file that begins below the domain says nothing of the domain');
my $domain = zone('example.com', '');
is_deeply(row('DMARC', '--zone', $domain, 'example.com'), ['none: 0 records at 1 name queried', 'there is no DMARC record for this name',
        'none: _dmarc.example.com', 'not in the file: _dmarc.com'], 'the domain itself has none');
is_deeply(row('DMARC', '--zone', $sub, '--zone', $domain, 'sub.example.com'), ['none: 0 records at 2 names queried',
        'there is no DMARC record for this name', 'none: _dmarc.sub.example.com', 'none: _dmarc.example.com', 'not in the file: _dmarc.com'],
    'with both files there is none');
is_deeply([grep { /example/ } @{ row('DMARC', '--zone', zone('own.example.com', '_dmarc TXT "v=DMARC1; p=reject"' . "\n"), 'own.example.com') }],
    ['own.example.com has a record of its own: p=reject', 'found: _dmarc.own.example.com', 'not in the file: _dmarc.example.com'],
    'a record of its own is enough');
my ($none) = grep { $_->{id} eq 'dmarc-none' } @{ json('--zone', $sub, 'sub.example.com')->{findings} };
like($none->{text}, qr/the file does not show whether there is one above it/, 'and the finding agrees');
is($none->{severity}, 'unknown', 'which is no fault');
is_deeply([@{ json('--zone', $sub, 'sub.example.com')->{policy}{dmarc} }{qw(state why)}], ['not_in_file', "$above not in the file"],
    'so does JSON');

# The word of a policy in the title of the pane, and in its row.
sub words {
    my ($policy, @arguments) = @_;
    my $recording = scratch() . '/title.rec';
    mxtrail('--report', '--record', $recording, '--force', @arguments);
    my $screen = report('--ascii', '--replay', $recording, '--dump', $arguments[-1]);
    my ($title) = $screen =~ /Mail policy -.*\b\Q$policy\E ([^,]+?) [-+]/;
    my ($row) = $screen =~ /^\| +\Q$policy\E +\S (.*?)  /m;
    return [$title // $screen, $row // $screen];
}
is_deeply(words('DMARC', '--zone', $sub, 'sub.example.com'), [('not known') x 2], 'title and row as well');
is_deeply(words('DMARC', '--zone', $domain, 'example.com'), [('none') x 2], 'both know that there is none');

# ---- SPF ----

my $included = zone('inc.example', "\@ TXT \"v=spf1 include:spf.other.test -all\"\n");
is_deeply([grep { /file|known/ } @{ row('SPF', '--zone', $included, 'inc.example') }], [
        'partly known: v=spf1 include:spf.other.test -all (1/10)', 'Who may send for this domain (RFC 7208), as far as it is known:',
        'not known: spf.other.test is not in the file.', 'not in the file: include:spf.other.test (lookup 1)',
        'spf.other.test is not in the file'],
    'what is included from elsewhere has not failed');
is_deeply([@{ json('--zone', $included, 'inc.example')->{policy}{spf} }{qw(state record)}], ['not_in_file', 'v=spf1 include:spf.other.test -all'],
    'nor in JSON');

# What becomes of a sender that no term names is said where the whole record is known, and as it is.
for (
    ["\@ TXT \"v=spf1 ip4:192.0.2.1 -all\"\n", qr/: 0 lookups, .* All others fail\./, 'all is known'],
    ["\@ TXT \"v=spf1 include:spf.other.test -all\"\n", qr/, as far as .* What all others get is not known: spf\.other\.test is not in the file\./, 'an include'],
    ["\@ TXT \"v=spf1 redirect=spf.other.test\"\n", qr/ What all others get is not known: spf\.other\.test is not in the file\./, 'a redirect'],
    ["\@ TXT \"v=spf1 a:spf.other.test ?all\"\n", qr/ What all others get is not known: spf\.other\.test is not in the file\./, 'the addresses of a host'],
    ["\@ TXT \"v=spf1 include:i.inc.example +all\"\ni TXT \"v=spf1 exists:e.other.test -all\"\n",
        qr/ What all others get is not known: e\.other\.test is not in the file\./, 'a term below an include'],
    ["\@ TXT \"v=spf1 include:ns1.inc.example -all\"\n", qr/ A term below gives permerror to senders that match no earlier one\./, 'an include without a record'],
    ["\@ TXT \"v=spf1 include:inc.example -all\"\n", qr/ permerror/, 'a loop'],
    ["\@ TXT \"v=spf1 a:ns1 a:mx1 a:m -all\"\n" =~ s/(a:\w+)/$1.inc.example/gr . "m A 192.0.2.9\n", qr/ over IPv6 that match no earlier term \(RFC 7208 4\.6\.4\)\./, 'voids over IPv6'],
) {
    my ($records, $wanted, $name) = @$_;
    my $said = join ' ', @{ row('SPF', '--zone', zone('inc.example', $records), 'inc.example') };
    like($said, $wanted, "what others get: $name");
    is(scalar(() = $said =~ /All others|What all others|permerror (?:to|for) senders/g), 1, '... and nothing else of them');
}

# ---- what is asked of the domain's own names ----

my $elsewhere = zone('else.example', "\@ MX 20 mx.other.test.\n* CNAME web.other.test.\nwww A 192.0.2.80\n")
    =~ s/^/else.example=/r;
my $moved = file('moved.zone', "\$TTL 3600\n\@ SOA ns1 h 1 7200 900 1209600 300\n\@ NS ns1.other.test.\n\@ CNAME mail.other.test.\n");
is((row('Names', '--zone', $elsewhere, 'else.example'))->[0], 'not in the file: 1 of 12 conventional names have an address; 11',
    'names that lead elsewhere');
is_deeply(row('Wildcard', '--zone', $elsewhere, 'else.example'), ['not in the file',
        'Whether a random name has an MX record is not known.'], 'a random name that leads elsewhere');
is((row('PTR', '--zone', "moved.example=$moved", 'moved.example'))->[0], 'not known: 0 of 0 addresses forward-confirmed', 'PTR of no host known');
is((row('DANE', '--zone', "moved.example=$moved", 'moved.example'))->[0], 'unknown: usable at 0 of 0 MX hosts', 'DANE of no host known');
my $alias = zone('alias.example', "* CNAME gone.mx1\n");
is_deeply(row('Wildcard', '--zone', $alias, 'alias.example'), ['alias only: alias of gone.mx1.alias.example', 'A random name has no MX record.'],
    'a wildcard alias that leads nowhere is there');
is_deeply(json('--zone', $alias, 'alias.example')->{setup}{wildcard},
    {mx => JSON::PP::false, address => JSON::PP::false, status => 'nxdomain', alias_of => 'gone.mx1.alias.example.', uncovered => []}, 'so JSON says');

# ---- DNSSEC ----

my $key = "\@ DNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==\n";
my $delegation = "\$ORIGIN test.\n\$TTL 3600\n\@ SOA ns1.example hostmaster 1 7200 900 1209600 300\n\@ NS ns1.example\nexample NS ns1.example\nns1.example A 192.0.2.53\n";
my $parent = file('test.zone', $delegation);

sub signed {
    my ($zone, @options) = @_;
    my @found = grep { /dnssec/ } map { "$_->{severity} $_->{id}" } @{ json('--zone', $zone, @options, 'example.test')->{findings} };
    return [@{ row('DNSSEC', '--zone', $zone, @options, 'example.test') }, @found];
}
is_deeply(signed(zone('example.test', '')), ['not signed: example.test', 'the zone has no DNSKEY'], 'a zone without keys');
is_deeply(signed(zone('example.test', $key)), ['signed, not validated: example.test', 'the zone is signed; whether the parent has a DS is not known'],
    'a zone with keys: the parent is not in its file');
is_deeply(signed(zone('example.test', $key), '--zone', $parent), ['signed, but no DS: example.test',
        'the zone has keys, but the parent has no DS: not validated', 'warning dnssec-partial'], 'the parent is in a file, and has none');
is_deeply(signed(zone('example.test', ''), '--zone', $parent), ['not signed: example.test', 'there is neither a DS at the parent nor a DNSKEY'],
    'neither of them has any');
done_testing;
