#!/usr/bin/perl
# Who knows dig need not learn anew: types, @server, -t, -x, -V and what is said about "+short".
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use Test::More;

my $zone = example('dig.zone', <<'END');
@ MX 10 mx1
@ HTTPS 1 . alpn=h2,h3
@ TYPE999 \# 2 abcd
mx1 A 192.0.2.1
_dmarc TXT "v=DMARC1; p=none"
END
my $reverse = file('2.0.192.in-addr.arpa.zone', <<'END');
$ORIGIN 2.0.192.in-addr.arpa.
$TTL 3600
@ SOA ns1.example.com. hostmaster.example.com. 1 7200 900 1209600 300
@ NS ns1.example.com.
@ NS ns2.example.com.
1 PTR mx1.example.com.
END

# ---- types ----

my @requested = (
    [['example.com', 'TYPE999'], ['example.com. TYPE999 answered \# 2 abcd']],
    [['-t', 'type999', 'example.com'], ['example.com. TYPE999 answered \# 2 abcd']],
    [['CERT', 'example.com', 'IN', 'loc'], ['example.com. CERT nodata', 'example.com. LOC nodata']],
    [['example.com', 'MX', 'HTTPS'], []],       # members of their own
    [['example.com TYPE999 IN'], ['example.com. TYPE999 answered \# 2 abcd']],
    [['example.com', '-t', 'CERT', '-tCERT'], ['example.com. CERT nodata']],
);
for (@requested) {
    my ($arguments, $expected) = @$_;
    my $object = json('--zone', $zone, @$arguments);
    is_deeply([map { join ' ', "$_->{name} $_->{type} $_->{status}", map { $_->{rdata} } @{$_->{records}} }
                @{$object->{requested} // []}], $expected, "@$arguments: asked for, and nothing else");
    is($object->{name}, 'example.com.', "@$arguments: the name is left");
}
is_deeply(json('--zone', $zone, 'example.com')->{https}, [{rdata => '1 . alpn=h2,h3', ttl => 3600}],
    'HTTPS is asked of every domain');
like(report('--zone', $zone, 'example.com', '-tTYPE999', '-tCERT'),
    qr/\nOther records\n  SOA .*\n  HTTPS \(1h\) 1 \. alpn=h2,h3\n  TYPE999 \(1h\) \\# 2 abcd\n  CERT example\.com: no data/,
    'the text report has them');
my (undef, $types) = mxtrail('--zone', $zone, '--fields', 'name', 'mx', 'ns');
is($types, qq({"name":"mx."}\n{"name":"ns."}\n), 'words that are types are names where no other is');

my @refused = (
    [['example.com', 'ANY'], '--type ANY: records of that type cannot be queried'],
    [['-t', 'MXX', 'example.com'], '--type MXX: there is no such record type; TYPE65280 gives one by its number'],
    [['-t', 'TYPE65536', 'example.com'], '--type TYPE65536: there is no such record type; TYPE65280 gives one by its number'],
    [['-x', 'example.com'], '--reverse example.com: is not an IP address'],
    [['example.com', '+short'], '+short: this is an option of dig; --fields mx,a,aaaa prints those records alone, as JSON'],
    [['+trace', 'example.com'], '+trace: this is an option of dig; use --trace, or :trace (key R)'],
    [['+tries=2', 'example.com'], '+tries=2: this is an option of dig; use --tries N'],
    [['+nocomments', 'example.com'], '+nocomments: this is an option of dig; --help lists those of mxtrail'],
);
for (@refused) {
    my ($arguments, $said) = @$_;
    my ($status, $out, $err) = mxtrail('--json', '--zone', $zone, @$arguments);
    is("$status $out$err", "2 mxtrail: $said\n", "@$arguments: status 2 and a sentence");
}
like(report('-V'), qr/^mxtrail \d/, '-V is the version');

# ---- lines of a batch ----

my $names = file('names', "example.com TYPE999\n\@192.0.2.7#54 example.com\nexample.com +short\n-x 192.0.2.1\n");
my $of_server = file('example@192.0.2.7.zone', slurped($zone)); # else no server is queried
my ($status, $out, $err) = mxtrail('--batch', $names, '--zone', $zone, '--zone', $of_server, '--zone', $reverse, '--fields', 'input,name,requested,why');
$out =~ s/"version":"[^"]*",//;
is($out, <<'END', 'each line as dig would take it');
{"input":"example.com TYPE999","name":"example.com.","requested":[{"name":"example.com.","type":"TYPE999","status":"answered","records":[{"rdata":"\\# 2 abcd","ttl":3600}]}]}
{"input":"@192.0.2.7#54 example.com","name":"example.com."}
{"mxtrail":1,"input":"example.com +short","name":null,"status":"invalid","why":"+short: this is an option of dig; --fields mx,a,aaaa prints those records alone, as JSON"}
{"input":"-x 192.0.2.1","name":"1.2.0.192.in-addr.arpa."}
END

# A recording holds what one line asked of its own server.
my $recording = scratch . '/server.rec';
mxtrail('--batch', file('one', "example.com \@192.0.2.7\n"), '--zone', $of_server, '--record', $recording);
my ($asked) = slurped($recording) =~ /^\d+ reply example\.com\. MX \S+ (\S+)/m;
is($asked, '192.0.2.7', 'the question goes to the server of the line');

sub slurped { open my $in, '<', $_[0] or die; local $/; return scalar <$in> }

# ---- reverse zones ----

my $object = json('--zone', $reverse, '2.0.192.in-addr.arpa');
is($object->{route}, undef, 'a reverse zone: no decision of a sender');
is($object->{policy}, undef, 'no policy');
is_deeply([sort keys %{$object->{setup}}], ['delegation', 'dnssec', 'servers'], 'the zone itself is looked at');
is_deeply([grep { !/^(?:ns|dnssec|soa)-/ } map { $_->{id} } @{$object->{findings}}], [], 'and findings are about that alone');
my $text = report('--zone', $reverse, '2.0.192.in-addr.arpa');
unlike($text, qr/mail|SPF|deliver|bounce/i, 'nothing about mail in the text');
like($text, qr/^NS\n  ns1\.example\.com.*^Zone\n  DNSSEC/ms, 'the name servers and the zone');
is_deeply(json('--zone', $reverse, '1.2.0.192.in-addr.arpa')->{ptr}, ['mx1.example.com.'], 'a name in it has its PTR');

# ---- on screen: a type as typed, :query ----

my $replies = scratch . '/replies.rec';
report('--zone', $zone, '--record', $replies, '--report', 'example.com', '-t', 'TYPE999');
my ($head, $events) = slurped($replies) =~ /\A([^\n]*\n)(?:#[^\n]*\n)*(.*)\z/s;

sub screen {
    my @typed = @_;
    my $path = file('screen.rec', join '', $head, "0 resize 110 44\n0 submit example.com\n", $events, map { "9 $_\n" } @typed);
    return report('--replay', $path, '--dump', '--ascii');
}

my $dmarc = slurped($replies) =~ /^\d+ (reply _dmarc\.example\.com\. TXT .*)$/m ? $1 : die 'no such reply';
my $of_type = slurped($replies) =~ /^\d+ (reply example\.com\. TYPE999 .*)$/m ? $1 : die 'no such reply';
like(screen('key :', 'submit query TYPE999', $of_type), qr/^\|> TYPE999\s+\S 1 record\s+\\# 2 abcd/m, ':query shows the records and goes to them');
like(screen('key :', 'submit query TXT _dmarc', $dmarc), qr/^\|> TXT\s+\S 1 record\s+_dmarc\.example\.com/m,
    'of another name with that in front');
like(screen('key :', 'submit query NONE'), qr/NONE: there is no such record type/, 'no type: a sentence');

done_testing;
