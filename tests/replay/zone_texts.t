#!/usr/bin/perl
# The text of records, type by type, held against named-checkzone (BIND) and nsd-checkzone (NSD):
# what one of them loads is not refused, what both refuse is not accepted.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use Test::More;

my @peers = grep { my $peer = $_; grep { -x "$_/$peer" } split(/:/, $ENV{PATH}), '/usr/sbin', '/usr/bin' }
    qw(named-checkzone nsd-checkzone);
plan skip_all => 'named-checkzone (bind9-utils) or nsd-checkzone (nsd) is missing' if @peers < 2;

my $digest = 'ab' x 32;
my $key = 'AwEAAaetidLzsKWUt4swWR8yu0wPHPiUi8LUsAD0QPWU+wzt89epO6tHzkMBVDkC7qphQO2hTY4hHn9npWFRw5BYubE=';

# Type => rdata, good and bad of each.
my @texts = (
    A => ['192.0.2.1', '192.0.2.256', '192.0.2', '192.0.2.1 x', '::1', '', '\# 4 c0000201', '\# 3 c00002', '\# 4 c000020', '\# 5 c000020101',
        '192.000.002.001', '0xc0.0.2.1', '"192.0.2.1"'],
    AAAA => ['2001:db8::1', '::ffff:192.0.2.1', '2001:db8::g', '192.0.2.1', ':::', '2001:db8:0:0:0:0:0:0:1', '\# 16 20010db8000000000000000000000001'],
    NS => ['ns', 'ns.example.com.', '.', 'ns other', '', 'a..b', ('a' x 63), ('a' x 64), '\# 3 016100'],
    CNAME => ['x', '@', '\065', '\999', 'a\.b', 'x y', '"quoted"', '\# 2 c00c'],
    DNAME => ['x', 'x y', ''],
    PTR => ['x', 'x y', '_x', '*'],
    MX => ['10 mx', '0 .', '65535 mx', '65536 mx', '-1 mx', 'ten mx', '10', '10 mx mx2', '0x0a mx', '010 mx', '10 192.0.2.1', '1h mx', '"10" mx', '\# 4 000ac00c'],
    SRV => ['0 0 389 x', '0 0 389 .', '65535 65535 65535 x', '0 0 65536 x', '0 0 x', '0 0 389', '0 0 389 x y', '-1 0 0 x'],
    TXT => ['x', '"x y"', '"a" "b"', 'a b c', '""', '', '"' . 'x' x 255 . '"', '"' . 'x' x 256 . '"', '"x', '"\"', '"\""', 'a;b', '"a;b"', 'a\;b', '"\195\188"', '"\300"', '"\25"',
        "\"b\xc3\xbccher\"", "b\xc3\xbccher", 'v=spf1 -all', 'k="v"', 'a"b"', '\# 2 0161', '\# 2 0261', '( "a"' . "\n" . ' "b" )', "\"two\nlines\"", '@', '$', '\@'],
    SPF => ['"v=spf1 -all"', ''],
    SOA => [],
    HINFO => ['x y', '"x" "y z"', 'x', 'x y z', ''],
    RP => ['a b', 'a', 'a b c', '. .'],
    AFSDB => ['1 a', 'x a', '65536 a', '1'],
    NAPTR => ['10 100 "S" "SIP+D2U" "" _sip._udp.x.', '10 100 S SIP+D2U "" x', '10 100 "S" "SIP+D2U" ""', '70000 100 "" "" "" .', '10 100 "U" "E2U+sip" "!^.*$!sip:x@y!" .', '10 100 "1" "x" "" y z'],
    KX => ['10 a', '10', '99999 a'],
    CERT => ['1 0 0 aGk=', 'PGP 0 0 aGk=', '1 0 0', '1 0 0 a', '65536 0 0 aGk=', 'PKIX 1 RSASHA256 aGk=', '1 256 0 aGk=', 'FOO 0 0 aGk='],
    DS => ["1 8 2 $digest", "1 8 2 ${digest}a", "1 8 2 ab", "65536 8 2 $digest", "1 256 2 $digest", '1 8 2 zz', "1 RSASHA256 2 $digest", '1 8 2', '1 8 1 ' . 'ab' x 20, "1 8 2 abab " . 'ab' x 30,
        "1 8 200 abab", '1 8 4 ' . 'ab' x 48, "1 NOPE 2 $digest"],
    CDS => ["1 8 2 $digest", '0 0 0 00', '0 0 0 0'],
    SSHFP => ['1 1 ' . 'ab' x 20, '1 1 ' . 'ab' x 20 . 'a', '4 2 ' . $digest, '1 1', '256 1 abab', '1 1 xyz'],
    IPSECKEY => ['10 1 2 192.0.2.1 aGk=', '10 0 2 . aGk=', '10 3 2 gw.example.com. aGk=', '10 1 2 x aGk=', '256 0 2 . aGk=', '10 0 0 .', '10 0 2 .', '10 1 0 192.0.2.1', '10 2 0 2001:db8::1', '10 3 0 gw', '10 0 0 x', '10 1 0 ::1', '10 0 0'],
    DNSKEY => ["256 3 8 $key", "256 3 8", "65536 3 8 $key", "256 3 RSASHA256 $key", "256 3 8 !!!!", "256 256 8 $key", "257 3 13 a", "256 3 NOPE $key"],
    CDNSKEY => ["256 3 8 $key", '0 3 0 AA==', '0 3 0 A'],
    RRSIG => ["A 8 2 300 20300101000000 20200101000000 1 example.com. $key", "A 8 2 300 20300101000000 20200101000000 1 example.com.", "BLA 8 2 300 1 1 1 example.com. $key",
        "A 8 2 300 20301301000000 20200101000000 1 example.com. $key", "A 8 2 300 1893456000 1577836800 1 example.com. $key"],
    NSEC => ['b A MX', 'b', 'b A NOPE', 'b TYPE1234', ''],
    NSEC3PARAM => ['1 0 1 ab', '1 0 1 -', '1 0 1 a', '1 0 65536 -', '256 0 1 -'],
    TLSA => ["3 1 1 $digest", '3 1 1 abab', '3 1 2 ab ab', '3 1 1 aba', "3 1 1 ${digest}a", "3 1 256 $digest", "256 1 1 $digest", '3 1 0 ab', '3 1 1', '3 1 0 zz', "3 1 1 " . join(' ', ('abab') x 16), '-1 1 0 ab', "PKIX-TA 1 1 $digest"],
    SMIMEA => ["3 1 1 $digest", '3 1 1 abab', '3 1 2 abab', '3 1 1 aba', '3 1 0 abc', '3 1 0 ab'],
    OPENPGPKEY => ['aGk=', 'aGk', '', '====', 'a Gk =', 'aGk=' x 3000],
    CSYNC => ['1 3 A NS', '1 3', '1', '1 65536 A', '4294967296 3 A', '1 3 NOPE'],
    ZONEMD => ['1 1 1 ' . 'ab' x 48, '1 1 1 ab', '1 1 1 ' . 'ab' x 48 . 'a', '4294967296 1 1 ' . 'ab' x 48],
    SVCB => ['1 .', '0 x', '1 . alpn=h2', '1 . alpn="h2,h3"', '1 . alpn="h2" port=443', '1 . port=65536', '1 . ipv4hint=192.0.2.1,192.0.2.2', '1 . ipv4hint=x', '1 . ipv6hint="2001:db8::1"',
        '1 . key65400=x', '1 . key65400="a b"', '1 . mandatory=alpn alpn=h2', '1 . mandatory=port alpn=h2', '1 . no-default-alpn', '1 . no-default-alpn alpn=h2', '1 . foo=x', '1 . alpn=h2 alpn=h3', '65536 .', '1', '0 x alpn=h2', '1 . ech=aGk=', '1 . ech="!!"',
        '1 . alpn= "h2"', '1 . key65400', '1 . port="443"', '1 . dohpath=/dns-query{?dns}', '\# 3 000100', '\# 2 0001', '1 . mandatory=mandatory', '1 . mandatory=port,port port=1', '1 . mandatory=port,alpn alpn=h2 port=1',
        '1 . alpn', '1 . port', '1 . ipv4hint', '1 . ipv6hint', '1 . dohpath', '1 . key7', '1 . ech'],
    HTTPS => ['1 . alpn="h2,h3" ipv4hint="192.0.2.1"', '0 x', '1 . alpn=h2,h3', '1 . alpn=', '1 . alpn=""'],
    URI => ['10 1 "ftp://x"', '10 1 ""', '10 1', '65536 1 "x"', '10 1 x', '10 1 "' . 'x' x 300 . '"'],
    CAA => ['0 issue "letsencrypt.org"', '0 issue letsencrypt.org', '128 issue ";"', '256 issue "x"', '0 issue', '0 "issue" "x"', '0 is-sue "x"', '0 iodef "mailto:x@y"', '0 issue "' . 'x' x 300 . '"', '0 issue "a" "b"', '-1 issue "x"', '0 issue ""', '0 issuewild "x; policy=ev"'],
    LOC => ['51 30 12.748 N 00 07 39.611 W 0.00m 0.00m 0.00m 0.00m', '51 N 0 W 0', '91 N 0 W 0', '51 N 0 W', '51 30 N 0 7 W 0m 1m', 'x', '51 n 0 w 0m', '51 N 0 W 0M', '51 N 0 W 0m 1M'],
    APL => ['1:192.0.2.0/24', '!1:192.0.2.0/24 2:2001:db8::/32', '1:192.0.2.0/33', '3:x/1', ''],
    DHCID => ['aGk=', '!!'],
    EUI48 => ['00-00-5e-00-53-2a', '00-00-5e-00-53', '00:00:5e:00:53:2a'],
    EUI64 => ['00-00-5e-ef-10-00-00-2a', '00-00-5e-ef-10-00-00'],
    NID => ['10 0014:4fff:ff20:ee64', '10 0014:4fff:ff20', '65536 0014:4fff:ff20:ee64'],
    L32 => ['10 10.1.2.0', '10 x'],
    L64 => ['10 2001:0db8:1140:1000', '10 2001'],
    LP => ['10 l64.example.com.', '10'],
    HIP => ['2 200100107B1A74DF365639CC39F1D578 AwEAAbdxyhNuSutc5EMzxTs9LBPCIkOFH8cIvM4p9+LrV4e19WzK00+CI6zBCQTdtWsuxKbWIy87UOoJTwkUs7lBu+Upr1gsNrut79ryra+bSRGQb1slImA8YVJyuIDsj7kwzG7jnERNqnWxZ48AWkskmdHaVDP4BcelrTI3rMXdXF5D', '2 zz aGk='],
    TYPE65280 => ['\# 0', '\# 3 010203', '\# 3 0102 03', '\# 3 01020', '\# 2 010203', '010203', '\# 65536 00', '\# x 00', '\#', '\# 1 zz', '"\#" 1 00'],
    TYPE1 => ['\# 4 c0000201', '192.0.2.1'],
    TYPE15 => ['\# 6 000a026d7800', '10 mx'],
    NOPE => ['x'],
);

my $head = "\$ORIGIN example.com.\n\$TTL 300\n\@ SOA ns h 1 2 3 4 5\n\@ NS ns\nns A 192.0.2.53\n";

# NSD of old takes numbers modulo their width, and octets as they come. To us these are faults.
my $lax = qr/not a number|number is too large|octets that follow|bad escape|three digits up to 255|does not fit the type|digest of this kind/;

sub loads {
    my ($file) = @_;
    my ($named) = shell("named-checkzone -q -i none -k ignore -n ignore -m ignore -M ignore -r ignore -S ignore -T ignore -W ignore example.com '$file'");
    my ($nsd) = shell("PATH=\$PATH:/usr/sbin nsd-checkzone example.com '$file'");
    return ($named == 0, $nsd == 0);
}

my ($texts, $both, @wrong) = (0, 0);
sub compare {
    my ($what, $lines) = @_;
    my $file = file('text.zone', $head . $lines);
    my ($status, undef, $said) = mxtrail('--zone', $file, '--report', 'example.com');
    my ($named, $nsd) = loads($file);
    $texts++;
    $both += $named && $nsd;
    (my $why = $said) =~ s/^.*?zone:/zone:/mg;
    push @wrong, "$what is refused, but BIND " . ($named ? 'loads it' : 'does not') . ', NSD ' . ($nsd ? 'loads it' : 'does not') . ": $why"
        if $status == 4 && ($named || ($nsd && $said !~ $lax));
    push @wrong, "$what is accepted, but both refuse it" if $status != 4 && !$named && !$nsd && $said !~ /left out/;
    return;
}

while (my ($type, $list) = splice @texts, 0, 2) {
    compare("$type " . (length > 60 ? substr($_, 0, 60) . '...' : $_), "x $type $_\n") for @$list;
}

# Lines beyond the data of a record: TTLs, owners, directives.
compare("line $_", "$_\n") for 'x 2147483648 A 192.0.2.1', 'x 4294967295 A 192.0.2.1', 'x 1h30 A 192.0.2.1', 'x 1w2d3h4m5s A 192.0.2.1',
    'x 1h1x A 192.0.2.1', 'x -1 A 192.0.2.1', 'x 300 IN A 192.0.2.1', 'x IN 300 A 192.0.2.1', 'x IN 300 IN A 192.0.2.1', 'x CLASS1 A 192.0.2.1',
    'x 300 TYPE1 \# 4 c0000201', "b\xc3\xbccher A 192.0.2.1", '0/26 A 192.0.2.1', 'a\;b A 192.0.2.1', 'a..b A 192.0.2.1', '$GENERATE 1-2 h${-4} A 192.0.2.1',
    '$GENERATE 1-2 h${-4,2,x} A 192.0.2.1', '$GENERATE 10-12 h${0,3,X} A 192.0.2.$', '$GENERATE 1-2 ${0,5,n} PTR h', '$GENERATE 1-2 h$ 300 IN A 192.0.2.$',
    '$GENERATE 3-1 h$ A 192.0.2.$', '$TTL 1d', '$TTL', '$TTL x', '$ORIGIN a..b.', "x A ( 192.0.2.1\n )", 'x A 192.0.2.1 )', 'x A ( 192.0.2.1', "x A (\n192.0.2.1\ny A 192.0.2.1", 'x (', '(', '$GENERATE 1-2 \$$ A 192.0.2.1', '$GENERATE 1-2 $$$ TXT "\$ $$ $"', "x OPENPGPKEY ( AwEA\n AwEA )";
ok(!@wrong, "$texts texts, of which both load $both") or diag(join "\n", @wrong);
done_testing();
