#!/usr/bin/perl
# SPF from the command line to the JSON: --spf-ip, --spf-from and --spf-helo judged section by
# section of RFC 7208, each case from a zone file and from NSD. (The evaluator alone, with every
# rule: tests/unit/mail/test_spf_check.c.)
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::XS;
use Servers;
use Test::More;

plan skip_all => 'nsd is missing (./configure --install-deps=test)' unless have('nsd');
my $mxtrail = $ENV{MXTRAIL} || program('mxtrail');
plan skip_all => 'mxtrail is not built' unless -x $mxtrail;

my $host = '127.0.0.1';
my $long = 'l' x 60;
my $zone = <<"END" . join '', map { "many MX $_ mx$_\nmx$_ A 203.0.113.$_\n" } 1 .. 11;
\$ORIGIN spf.test.
\$TTL 300
\@ SOA ns1 hostmaster 1 7200 900 1209600 300
\@ NS ns1
ns1 A $host
plain TXT "v=spf1 ip4:192.0.2.0/24 -all"
two TXT "v=spf1 -all"
two TXT "v=spf1 +all"
joined TXT "v=spf1 ip4:192.0." "2.1 -a" "ll"
beside TXT "v=spf10 +all"
beside TXT "not-spf"
beside TXT "V=SPF1 -ALL"
error TXT "v=spf1 ip4:192.0.2.1 ip5:x -all"
high TXT "v=spf1 a:\\195\\164.spf.test -all"
unknown TXT "v=spf1 x-y=%{d}/a:b ip4:192.0.2.1 -all"
unknown-bad TXT "v=spf1 ip4:192.0.2.1 x-y=%q -all"
twice TXT "v=spf1 -all exp=why.spf.test exp=why.spf.test"
six TXT "v=spf1 ip6:2001:db8:a::/48 ~all"
host TXT "v=spf1 a/28//64 ?all"
host A 192.0.2.33
host AAAA 2001:db8:b::1
mail TXT "v=spf1 mx -all"
mail MX 10 host
many TXT "v=spf1 mx -all"
nobody A 192.0.2.99
include TXT "v=spf1 include:plain.spf.test ~all"
include-none TXT "v=spf1 include:nobody.spf.test +all"
redirect TXT "v=spf1 ip4:198.51.100.1 redirect=plain.spf.test"
redirect-none TXT "v=spf1 redirect=nobody.spf.test"
exists TXT "v=spf1 exists:%{ir}.%{v}.list.spf.test -all"
1.2.0.192.in-addr.list A 127.0.0.2
loop TXT "v=spf1 include:loop.spf.test -all"
ten TXT "v=spf1 a:h1.spf.test a:host.spf.test a:host.spf.test a:host.spf.test a:host.spf.test a:host.spf.test a:host.spf.test a:host.spf.test a:host.spf.test a:host.spf.test -all"
eleven TXT "v=spf1 a:host.spf.test a:host.spf.test a:host.spf.test a:host.spf.test a:host.spf.test a:host.spf.test a:host.spf.test a:host.spf.test a:host.spf.test a:host.spf.test a:host.spf.test -all"
voids TXT "v=spf1 a:v1.spf.test a:v2.spf.test ?all"
voids3 TXT "v=spf1 a:v1.spf.test a:v2.spf.test a:v3.spf.test ?all"
temp TXT "v=spf1 a:refused.elsewhere.example -all"
ptr TXT "v=spf1 ptr:names.spf.test -all"
one.names A 192.0.2.7
why TXT "%{i} is not of %{d}: see http://x.example/?s=%{S}&h=%{h} %{l}%% %{o} %{c} %{r} %{p} %{v}%-%_end"
exp TXT "v=spf1 -all exp=why.spf.test"
exp-redirect TXT "v=spf1 redirect=exp.spf.test exp=nobody.spf.test"
exp-void TXT "v=spf1 -all exp=gone.spf.test"
exp-two TXT "v=spf1 -all exp=texts.spf.test"
texts TXT "one"
texts TXT "two"
stamp TXT "at %{t}"
exp-time TXT "v=spf1 -all exp=stamp.spf.test"
parts TXT "v=spf1 exists:%{l1r-}.%{d2}.k.spf.test -all"
a.spf.test.k A 127.0.0.2
long TXT "v=spf1 exists:$long.$long.%{l}.%{l}.%{l}.end.spf.test -all"
macro-long TXT "v=spf1 a:%{h}.spf.test ~all"
macro-helo TXT "v=spf1 a:%{h} -all"
END
my $reverse = "\$ORIGIN 2.0.192.in-addr.arpa.\n\$TTL 300\n\@ SOA ns1.spf.test. hostmaster 1 7200 900 1209600 300\n"
    . "\@ NS ns1.spf.test.\n"
    . join '', map { "7 PTR n$_.spf.test.\n" } 'a' .. 'h';
$reverse .= "7 PTR one.names.spf.test.\n8 PTR one.names.spf.test.\n";

my $escaped = 'x%40exp.spf.test';
# section, --spf-ip, --spf-from ('-': not given), --spf-helo, result, explanation
my @cases = (
    ['2.3 HELO is what is checked without MAIL FROM', '192.0.2.1', '-', 'plain.spf.test', 'pass'],
    ['2.4 an empty MAIL FROM is postmaster at HELO', '198.51.100.1', '', 'plain.spf.test', 'fail'],
    ['2.4 MAIL FROM counts, not HELO', '192.0.2.1', 'x@plain.spf.test', 'two.spf.test', 'pass'],
    ['4.3 one label', '192.0.2.1', '', 'localhost', 'none'],
    ['4.3 an address', '192.0.2.1', 'x@[192.0.2.1]', 'h', 'none'],
    ['4.3 an address', '192.0.2.1', '', '[192.0.2.1]', 'none'],
    ['4.3 an empty label', '192.0.2.1', 'x@plain..spf.test', 'h', 'none'],
    ['4.3 a label over 63 octets', '192.0.2.1', 'x@' . 'y' x 64 . '.spf.test', 'h', 'none'],
    ['4.3 no local part', '192.0.2.1', '@plain.spf.test', 'h', 'pass'],
    ['4.4 no record', '192.0.2.1', 'x@nobody.spf.test', 'h', 'none'],
    ['4.4 no such name', '192.0.2.1', 'x@gone.spf.test', 'h', 'none'],
    ['4.5 two records', '192.0.2.1', 'x@two.spf.test', 'h', 'permerror'],
    ['4.5 strings joined without a space', '192.0.2.1', 'x@joined.spf.test', 'h', 'pass'],
    ['4.5 others beside, case', '192.0.2.1', 'x@beside.spf.test', 'h', 'fail'],
    ['4.6 errors first', '192.0.2.1', 'x@error.spf.test', 'h', 'permerror'],
    ['4.6 ASCII only', '192.0.2.1', 'x@high.spf.test', 'h', 'permerror'],
    ['4.6.4 ten lookups', '192.0.2.33', 'x@ten.spf.test', 'h', 'pass'],
    ['4.6.4 eleven lookups', '192.0.2.1', 'x@eleven.spf.test', 'h', 'permerror'],
    ['4.6.4 two void lookups', '192.0.2.1', 'x@voids.spf.test', 'h', 'neutral'],
    ['4.6.4 three void lookups', '192.0.2.1', 'x@voids3.spf.test', 'h', 'permerror'],
    ['4.6.4 eleven exchanges', '203.0.113.1', 'x@many.spf.test', 'h', 'permerror'],
    ['4.6.4 a record that includes itself', '192.0.2.1', 'x@loop.spf.test', 'h', 'permerror'],
    ['4.8 macros that give no name', '192.0.2.1', 'x@macro-long.spf.test', '[192.0.2.1]', 'softfail'],
    ['4.8 macros that give one label', '192.0.2.1', 'x@macro-helo.spf.test', 'ONELABEL', 'fail'],
    ['5.2 include', '192.0.2.1', 'x@include.spf.test', 'h', 'pass'],
    ['5.2 fail is no match', '198.51.100.1', 'x@include.spf.test', 'h', 'softfail'],
    ['5.2 nothing to include', '192.0.2.1', 'x@include-none.spf.test', 'h', 'permerror'],
    ['5.3 a, two prefix lengths', '192.0.2.40', 'x@host.spf.test', 'h', 'pass'],
    ['5.3 a, two prefix lengths', '2001:db8:b::ffff', 'x@host.spf.test', 'h', 'pass'],
    ['5.3 a, outside', '192.0.2.50', 'x@host.spf.test', 'h', 'neutral'],
    ['5.4 mx', '192.0.2.33', 'x@mail.spf.test', 'h', 'pass'],
    ['5.4 mx over IPv6', '2001:db8:b::1', 'x@mail.spf.test', 'h', 'pass'],
    ['5.5 ptr, confirmed', '192.0.2.7', 'x@ptr.spf.test', 'h', 'pass'],
    ['5.5 ptr, another address', '192.0.2.8', 'x@ptr.spf.test', 'h', 'fail'],
    ['5.6 ip6', '2001:db8:a:1::1', 'x@six.spf.test', 'h', 'pass'],
    ['5.6 ip6 is not for IPv4', '192.0.2.1', 'x@six.spf.test', 'h', 'softfail'],
    ['5.6 an IPv4 address in IPv6 clothes', '::ffff:192.0.2.9', 'x@plain.spf.test', 'h', 'pass'],
    ['5.7 exists', '192.0.2.1', 'x@exists.spf.test', 'h', 'pass'],
    ['5.7 exists', '192.0.2.2', 'x@exists.spf.test', 'h', 'fail'],
    ['4.4 a lookup that fails', '192.0.2.1', 'x@temp.spf.test', 'h', 'temperror'],
    ['6 an unknown modifier', '192.0.2.1', 'x@unknown.spf.test', 'h', 'pass'],
    ['6 its macros are checked', '192.0.2.1', 'x@unknown-bad.spf.test', 'h', 'permerror'],
    ['6 a modifier twice', '192.0.2.1', 'x@twice.spf.test', 'h', 'permerror'],
    ['6.1 redirect', '192.0.2.1', 'x@redirect.spf.test', 'h', 'pass'],
    ['6.1 redirect to nothing', '192.0.2.1', 'x@redirect-none.spf.test', 'h', 'permerror'],
    ['6.2 exp of the target', '192.0.2.200', 'x@exp-redirect.spf.test', 'h.test', 'fail',
        "192.0.2.200 is not of exp.spf.test: see http://x.example/?s=x%40exp-redirect.spf.test&h=h.test x% "
            . 'exp-redirect.spf.test 192.0.2.200 unknown unknown in-addr%20 end'],
    ['6.2 exp, IPv6', '2001:db8::1', 'x@exp.spf.test', 'h.test', 'fail',
        "2.0.0.1.0.D.B.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1 is not of exp.spf.test: see "
            . "http://x.example/?s=$escaped&h=h.test x% exp.spf.test 2001:db8::1 unknown unknown ip6%20 end"],
    ['6.2 no text', '192.0.2.1', 'x@exp-void.spf.test', 'h', 'fail'],
    ['6.2 two texts', '192.0.2.1', 'x@exp-two.spf.test', 'h', 'fail'],
    ['7.3 parts, reversed, split elsewhere', '192.0.2.1', 'a-b-c@parts.spf.test', 'h', 'pass'],
    ['7.3 labels dropped beyond 253 octets', '192.0.2.1', 'm' x 60 . '@long.spf.test', 'h', 'fail'],
);

# What mxtrail says, from that source.
sub verdict {
    my ($source, $ip, $from, $helo, @name) = @_;
    my ($output) = run_program($mxtrail, '--json', @$source, '--spf-ip', $ip,
        ($from eq '-' ? () : ('--spf-from', $from)), '--spf-helo', $helo, @name);
    my $spf = (eval { decode_json($output) } || {})->{policy}{spf} || {};
    return ($spf->{result} // 'nothing', $spf->{explanation}, $spf);
}

my $file = spew('spf.zone', $zone);
my $reverse_file = spew('reverse.zone', $reverse);
my ($port) = start_nsd($host, free_port(), 'spf.test' => $zone, '2.0.192.in-addr.arpa' => $reverse);
my %sources = (
    zone => ['--zone', $file, '--zone', $reverse_file],
    NSD => ["\@$host", '-p', $port],
);
for my $name (sort keys %sources) {
    my $wrong = 0;
    for (@cases) {
        my ($section, $ip, $from, $helo, $result, $explanation) = @$_;
        my ($got, $words) = verdict($sources{$name}, $ip, $from, $helo, 'spf.test');
        next if $got eq $result && ($words // '') eq ($explanation // '');
        $wrong++;
        diag("$name: RFC 7208 $section: $ip $from $helo: $got, not $result; '", $words // '', "'");
    }
    is($wrong, 0, "$name: " . @cases . ' senders are judged as RFC 7208 has it');
}

# Where the verdict stands, and that a name need not be given beside the sender's.
my (undef, undef, $spf) = verdict($sources{zone}, '192.0.2.1', 'x@plain.spf.test', 'h');
is($spf->{result}, 'pass', 'the domain of --spf-from is looked up when no other name is given');
is_deeply([@{ $spf->{check} }{qw(result identity domain ip)}], ['pass', 'mailfrom', 'plain.spf.test', '192.0.2.1'],
    'policy.spf.check has result, identity and domain');
is(scalar @{ $spf->{check}{path} }, 1, 'and the path that decided');
is((verdict($sources{zone}, '192.0.2.1', '-', 'plain.spf.test'))[2]{check}{identity}, 'helo',
    'nor beside --spf-helo');

# What is no name is a sender all the same.
for ('x@[192.0.2.1]', 'x@plain..spf.test', 'x@' . 'y' x 64 . '.spf.test') {
    is((verdict($sources{zone}, '192.0.2.1', $_, 'h', $_))[0], 'none', "$_: none, though it is no name");
}

# %{t} is the time now, in seconds; a zone file has none, so that its report is the same every time.
like((verdict($sources{NSD}, '192.0.2.1', 'x@exp-time.spf.test', 'h', 'spf.test'))[1], qr/^at \d{10}$/, '%{t}');
is((verdict($sources{zone}, '192.0.2.1', 'x@exp-time.spf.test', 'h', 'spf.test'))[1], 'at 0', '%{t} of a zone file');

done_testing;
