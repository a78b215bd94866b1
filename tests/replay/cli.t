#!/usr/bin/perl
# The command line: exit statuses, what is said about wrong use, names from all sides.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use Test::More;

my $zone = example('good.zone', <<'END');
@ MX 10 mx1
@ A 192.0.2.80
mx1 A 192.0.2.1
END

# ---- status 2: the command line is wrong ----

my @wrong = (
    [['--no-such'], '--no-such: no such option; see --help'],
    [['-y'], '-y: no such option; see --help'],
    [['name', '-4y'], '-y: no such option; see --help'],
    [['--json=1'], '--json: takes no value'],
    [['--seed'], '--seed: a value is missing'],
    [['-p'], '-p: a value is missing'],
    [['--seed', '-1'], '--seed -1: must be a whole number from 0 to 9223372036854775807'],
    [['--seed', '1x'], '--seed 1x: must be a whole number from 0 to 9223372036854775807'],
    [['-p', '65536'], '--port 65536: must be a whole number from 1 to 65535'],
    [['--simulate=0'], '--simulate 0: must be a whole number from 1 to 1000000000'],
    [['--timeout', '0'], '--timeout 0: must be a whole number from 1 to 60000'],
    [['--tries', '21'], '--tries 21: must be a whole number from 1 to 20'],
    [['--family', '5'], '--family 5: must be any, 4 or 6'],
    [['--speed', '0'], '--speed 0: must be a number above 0, max, or step'],
    [['--json'], 'a name is missing; see --help'],
    [['--dump'], '--dump: needs --replay'],
    [['--overlay'], '--overlay: needs a file, here or by --zone'],
    [['--demo', '--zone', $zone], '--demo cannot be combined with --zone'],
    [['--zone', $zone, '@192.0.2.1', 'x'], '@server: not queried with --zone or --demo; --overlay asks it for the rest'],
    [['--demo=ties', '@192.0.2.1'], '@server: not queried with --zone or --demo; --overlay asks it for the rest'],
    [['--replay', 'x', '--demo'], '--replay cannot be combined with --demo, --zone or @server'],
    [['--algorithm', 'exim', 'x.example'], '--algorithm: needs --srv'],
    [['--spf-helo', 'x', 'x.example'], '--spf-from, --spf-helo: need --spf-ip'],
    [['--demo=nothing', '--json'], '--demo nothing: no such lesson or step; --demo=list lists the lessons'],
    [['--demo=3.9', '--json'], '--demo 3.9: no such lesson or step; --demo=list lists the lessons'],
    [['--demo=3.0', '--json'], '--demo 3.0: no such lesson or step; --demo=list lists the lessons'],
    [['--json', 'x.example', '--profile', 'x'], qr/^mxtrail: --profile x: must be one of rfc5321, /],
    [['--json', 'x.example', '--algorithm', 'x', '--srv', 'x'], '--algorithm x: must be rfc2782, nominal, postfix or exim'],
    [['--json', 'x.example', '--as', 'a..b'], qr/^mxtrail: --as a\.\.b: a label is empty/],
    [['--json', 'x.example', '--srv', 'a..b'], qr/^mxtrail: --srv a\.\.b: a label is empty/],
    [['--json', 'x.example', '--names', 'a,b..c'], qr/^mxtrail: --names b\.\.c: a label is empty/],
    [['--json', 'x.example', '--down', 'a=never'], qr/^mxtrail: --down a=never: .*refused timeout/],
    [['--json', 'x.example', '--own-address', 'x'], qr/^mxtrail: --own-address x: not an IPv4/],
    [['--json', 'x.example', '--set', 'x=y'], qr/^mxtrail: --set x=y: /],
    [['--json', 'x.example', '--spf-ip', 'x'], '--spf-ip x: is not an IP address'],
    [['--json', 'x.example', '--ignore', 'x'], '--ignore x: there is no such finding'],
    [["--\e[31m"], '--\\027[31m: no such option; see --help'],
);
for (@wrong) {
    my ($arguments, $said) = @$_;
    my ($status, $out, $err) = mxtrail(@$arguments);
    $said = "mxtrail: $said\n" unless ref $said;
    is($status, 2, "@$arguments: status 2");
    ref $said ? like($err, $said, 'said why') : is($err, $said, 'said why');
    is($out, '', 'nothing on standard output');
}

# ---- status 0 and 3: could a name be looked up? ----

my @names = (
    [0, 'example.com', 'answered'],
    [0, 'gone.example.com', 'nxdomain'],
    [0, 'ns1.example.com', 'answered'],
    [3, 'elsewhere.example', 'not_in_file', qr/^mxtrail: elsewhere\.example is not in the file$/],
    [3, 'a..b', 'invalid', qr/^mxtrail: "a\.\.b" is an invalid name: a label is empty/],
    [3, '192.0.2.300', 'invalid', qr/ends in a number/],
);
for (@names) {
    my ($expected, $name, $word, $said) = @$_;
    my ($status, $out, $err) = mxtrail('--zone', $zone, '--json', $name);
    is($status, $expected, "$name: status $expected");
    like($out, qr/^\{"mxtrail":1,.*"status":"$word"/, "$name: $word");
    like($err, $said || qr/^\z/, "$name: standard error");
}
my ($status, $out, $err) = mxtrail('--zone', $zone, '--json', 'a..b', 'example.com', 'elsewhere.example');
is($status, 0, 'one name of several is enough');
is(() = $out =~ /\n/g, 3, 'each name has its line');
($status, $out) = mxtrail('--zone', $zone, '--report', 'a..b');
is("$status$out", '3', 'the text report of what is no name is empty');

# ---- status 1: --check ----

my $bad = example('bad.zone', "\@ MX 10 gone\n");
is((mxtrail('--zone', $bad, '--json', 'example.com'))[0], 0, 'an error found is no failure');
is((mxtrail('--zone', $bad, '--json', '--check', 'example.com'))[0], 1, 'unless --check is given');
is((mxtrail('--zone', $bad, '--json', '--check', '--ignore', 'mx-dangling', 'example.com'))[0], 0,
    'a finding not wanted does not count');
is((mxtrail('--zone', $zone, '--json', '--check', 'example.com'))[0], 0, 'warnings are no errors');
unlike(report('--zone', $bad, '--json', '--ignore', 'mx-dangling,spf-none', 'example.com'),
    qr/"id":"(mx-dangling|spf-none)"/, '--ignore takes them out');

# ---- what to look up ----

($status, $out) = shell(qq("\$M" --zone '$zone' example.com));
like($out, qr/^example\.com: answered/, 'without a terminal the report is the default');
is(json('--zone', $zone, '--srv', '_ldap._tcp.example.com')->{name}, 'example.com.',
    'the owner of --srv is a name, too');
is(json('--zone', $zone, 'example.com', '--srv', '_ldap._tcp')->{srv_simulation}{owner},
    '_ldap._tcp.example.com.', 'a relative owner is one of the name');
is(json('--demo=ties')->{name}, 'example.com.', 'a lesson brings its name');
is(json('--demo', 'ties', 'mail1.example.com')->{name}, 'mail1.example.com.', 'unless one is given');
is(json('--zone', $zone, 'Ann <ann@Example.com>')->{note},
    'left out: the display name Ann, ann@', 'what was left out is said');
is(json('--zone', $zone, '--', 'example.com')->{name}, 'example.com.', '-- ends the options');

# ---- help, version, list ----

for (['--help', qr/^usage: mxtrail .*exit status: 0/s], ['-h', qr/^usage: /],
    ['--version', qr/^mxtrail \d+\.\d+\.\d+\n\z/], ['--demo=list', qr/^lookup\s+1  \S.*\nmta-sts\s+31  /ms]) {
    ($status, $out, $err) = mxtrail($_->[0]);
    is("$status$err", '0', "$_->[0]: status 0");
    like($out, $_->[1], "$_->[0]: text");
}
is((grep { length > 80 } split /\n/, report('--help')), 0, 'the help fits into 80 columns');

like((mxtrail('--zone', $zone, '--json', '--spf-ip', '192.0.2.1', '[192.0.2.80]'))[2],
    qr/^mxtrail: \[192\.0\.2\.80\]: no SPF verdict: /m, 'an address has no SPF verdict, and that is said');

done_testing();
