#!/usr/bin/perl
# The records that cures publish, whole: what is said to go, and what comes in its place; one by one,
# and those of one record together. That they heal and do no harm is asked of all of them in cures.t.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use Test::More;

my $hosts = "\@ MX 10 mx1\n\@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 198.51.100.2\n";
my $spf = 'example.com. 3600 IN TXT';
my @many = map { "192.0.2.$_" } 1 .. 12;
my $addresses = join ' ', map { "a:h$_.example.com" } 1 .. 11;

# What is in the zone, the finding, what goes, what comes; '' for both: words must do.
for my $case (
    ['@ TXT "v=spf1 mx -all"' . "\n" . '@ TXT "v=spf1 ip4:203.0.113.9 ~all"', 'spf-multiple',
        "$spf \"v=spf1 ip4:203.0.113.9 ~all\"\n$spf \"v=spf1 mx -all\"", "$spf \"v=spf1 ip4:203.0.113.9 mx -all\""],
    ['@ TXT "v=spf1 mx redirect=a.example.com"' . "\n" . '@ TXT "v=spf1 redirect=b.example.com"', 'spf-multiple', '', ''],
    ["\@ TXT \"v=spf1 $addresses -all\"\n" . join('', map { "h$_ A 192.0.2.1$_\nh$_ AAAA 2001:db8::$_\n" } 1 .. 9, 10, 11), 'spf-lookups',
        "$spf \"v=spf1 $addresses -all\"", "$spf \"v=spf1 " . $addresses =~ s/a:h11\.example\.com/ip4:192.0.2.111 ip6:2001:db8::11/r . ' -all"'],
    ["\@ TXT \"v=spf1 mx -all\"\n" . join('', map { "\@ MX 30 n$_\nn$_ A 192.0.2." . (20 + $_) . "\n" } 1 .. 9), 'spf-mx-many', "$spf \"v=spf1 mx -all\"",
        "$spf \"v=spf1 ip4:192.0.2.1 ip4:198.51.100.2 " . join(' ', map { 'ip4:192.0.2.' . (20 + $_) } 1 .. 9) . ' -all"'],
    ['@ TXT "v=spf1 -all mx"', 'spf-after-all', "$spf \"v=spf1 -all mx\"", "$spf \"v=spf1 mx -all\""],
    ['@ TXT "v=spf1 mx -all include:gone.example.com"', 'spf-after-all', "$spf \"v=spf1 mx -all include:gone.example.com\"", "$spf \"v=spf1 mx -all\""],
    ['@ TXT "v=spf1 mx redirect=a.example.com -all"', 'spf-after-all', '', ''],
    ['@ TXT "v=spf1 ip4:10.0.0.0/8 mx ip4:192.168.1.1 -all"', 'spf-private', "$spf \"v=spf1 ip4:10.0.0.0/8 mx ip4:192.168.1.1 -all\"", "$spf \"v=spf1 mx -all\""],
    ['@ TXT "v=spf1 redirect=_spf.example.com"' . "\n" . '_spf TXT "v=spf1 mx:example.com +all"', 'spf-plus-all', '_spf.example.com. 3600 IN TXT "v=spf1 mx:example.com +all"',
        '_spf.example.com. 3600 IN TXT "v=spf1 mx:example.com ~all"'],
    ['@ TXT "v=spf1 redirect=_spf.example.net"' . "\n" . '_spf.example.net. TXT "v=spf1 mx +all"', 'spf-plus-all', '', ''],
    ['@ TXT "v=spf1 -all"' . "\n" . join('', map { "mx1 A $many[$_]\n" } 1 .. 11) . join('', map { "mx2 A 198.51.100." . (10 + $_) . "\n" } 1 .. 9), 'spf-missing-mx', '', ''],
    ['_dmarc TXT "v=DMARC1; p=none"' . "\n" . '_dmarc TXT "v=DMARC1; p=reject"', 'dmarc-multiple', '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=none"', ''],
    ["\@ MX 30 192.0.2.7\n\@ MX 40 192.0.2.8", 'mx-literal', "example.com. 3600 IN MX 30 192.0.2.7.example.com.\nexample.com. 3600 IN MX 40 192.0.2.8.example.com.",
        "example.com. 3600 IN MX 30 mail.example.com.\nmail.example.com. 3600 IN A 192.0.2.7\nexample.com. 3600 IN MX 40 mx3.example.com.\nmx3.example.com. 3600 IN A 192.0.2.8"],
) {
    my ($records, $id, $remove, $publish) = @$case;
    my @found = grep { $_->{id} eq $id } @{ json('--zone', example('cure.zone', "$hosts$records\n"), 'example.com')->{findings} };
    my ($name) = $records =~ /\A([^\n]{1,60})/;
    ok(@found > 0, "$id is found: $name");
    for my $finding (@found) {
        is($finding->{remove}, $remove, '... what goes');
        is($finding->{publish}, $publish, '... what comes');
        isnt($finding->{fix}, '', '... and words');
    }
}

# Where a wildcard makes every name an alias, nothing is published at its target, nor next to what may be
# an alias of its own; and what a slip means may be an alias itself.
sub lines {
    my ($records, @ids) = @_;
    my %of = map { $_->{id} => $_->{publish} } @{ json('--zone', example('wild.zone', $records), 'example.com')->{findings} };
    return [@of{@ids}];
}
is_deeply(lines("$hosts* CNAME www\nwww A 192.0.2.80\n\@ TXT \"v=spf1 mx -all\"\n", 'dmarc-none'),
    [''], 'words must do');
is_deeply(lines("$hosts* CNAME www\nwww AAAA 2001:db8::80\n\@ TXT \"v=spf1 mx -all\"\n_dmarc CNAME www\n", 'dmarc-none', 'tls-rpt-none'),
    ['', undef], 'and so they must for an alias that is there');
is_deeply(lines("$hosts\_ldap._tcp SRV 0 0 389 www.example.com\nwww CNAME web\nweb A 192.0.2.80\n\@ MX 30 www.example.com\n", 'srv-dangling', 'mx-dangling'),
    ['_ldap._tcp.example.com. 3600 IN SRV 0 0 389 web.example.com.', 'example.com. 3600 IN MX 30 web.example.com.'], 'the host behind what is meant');

# Cures of the same record: all that is in a report, the id with what goes, what comes, and the words that
# say how they belong together.
my ($together, $place, $either) = ('correct what other findings', 'instead of theirs', 'Publish one of the two');
my $mx = 'example.com. 3600 IN MX';

sub joined {
    my ($what, $records, %wanted) = @_;
    my @found = @{ json('--zone', example('cure.zone', "$records\n"), 'example.com')->{findings} };
    my %got = map { my $f = $_; $f->{id} => [$f->{remove}, $f->{publish}, grep { $f->{fix} =~ /\Q$_\E/ } $together, $place, $either] }
        grep { $_->{publish} ne '' || $_->{remove} ne '' } @found;
    is_deeply(\%got, \%wanted, "together: $what") or diag explain \%got;
    return;
}

my $reject = '_dmarc TXT "v=DMARC1; p=reject"' . "\n";
joined('an all in front, and a soft one', "$hosts$reject\@ TXT \"v=spf1 ?all mx -all\"",
    'spf-after-all' => ["$spf \"v=spf1 ?all mx -all\"", "$spf \"v=spf1 mx ?all\""],
    'spf-no-all' => ["$spf \"v=spf1 ?all mx -all\"", "$spf \"v=spf1 mx ~all\"", $place]);
joined('a slip, and hosts that may not send', "$hosts$reject\@ TXT \"v=spf1 include=_spf.example.com -all\"\n_spf TXT \"v=spf1 ip4:203.0.113.9 -all\"",
    'spf-slip' => ["$spf \"v=spf1 include=_spf.example.com -all\"", "$spf \"v=spf1 include:_spf.example.com -all\""],
    'spf-missing-mx' => ["$spf \"v=spf1 include=_spf.example.com -all\"", "$spf \"v=spf1 ip4:192.0.2.1 ip4:198.51.100.2 include:_spf.example.com -all\"", $place]);
joined('nowhere to report to, and nothing refused', "$hosts\@ TXT \"v=spf1 mx -all\"\n_dmarc TXT \"v=DMARC1; p=none; rua=d\@example.com\"",
    'dmarc-report-uri' => ['_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=none; rua=d@example.com"', '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=none; rua=mailto:d@example.com"'],
    'dmarc-policy-none' => ['_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=none; rua=d@example.com"',
        '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=quarantine; rua=mailto:d@example.com"', $place]);
joined('an address as exchange, and a TTL', "$reject\@ TXT \"v=spf1 mx -all\"\n\@ 60 MX 10 mx1\n\@ MX 20 192.0.2.7.\nmx1 A 192.0.2.1\n",
    map { $_ => ["$mx 20 192.0.2.7.\nexample.com. 60 IN MX 10 mx1.example.com.", "mail.example.com. 3600 IN A 192.0.2.7\n$mx 10 mx1.example.com.\n$mx 20 mail.example.com.", $together] }
        'mx-literal', 'mx-ttl-mixed', 'mx-ttl-short');

my @lone = map { lines("$hosts$reject\@ TXT \"v=spf1 include:$_ -all\"\n", 'spf-include', 'spf-loop') } 'gone.example.com', 'example.com';
is_deeply(\@lone, [["$spf \"v=spf1 ip4:192.0.2.1 ip4:198.51.100.2 -all\"", undef], [undef, "$spf \"v=spf1 ip4:192.0.2.1 ip4:198.51.100.2 -all\""]],
    'without the only include the MX hosts may still send');

my ($soa) = grep { $_->{id} eq 'soa-times' } @{ json('--zone', file('soa.zone', <<'END'), 'example.com')->{findings} };
$ORIGIN example.com.
$TTL 3600
@ SOA ns1 hostmaster 7 7200 900 3600 300
@ NS ns1
ns1 A 192.0.2.53
END
is($soa->{remove}, 'example.com. 3600 IN SOA ns1.example.com. hostmaster.example.com. 7 7200 900 3600 300', 'the SOA goes');
is($soa->{publish}, 'example.com. 3600 IN SOA ns1.example.com. hostmaster.example.com. 8 7200 900 1209600 300', 'with another expire, and a serial');

done_testing();
