#!/usr/bin/perl
# Records that only look like what they are meant for: screen, report, JSON and batch say what is
# wrong with them, whatever stands beside them, and take them for nothing they are not.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::XS;
use Mxtrail;
use Test::More;

# What may stand where a policy is looked for: V is the version the place wants, | parts two records.
my @texts = (
    'V', 'V;|V; p=none', 'V ', ' V', 'V=', 'V; p', '=', ';', ';;;=', '', 'x|V', 'V; p=reject; p=none', 'V; rua=',
    'V; p=reject; rua=mailto:a@y.test', 'V; p=x; ruf=mailto:a@y.test', 'V; sp=x; rua=mailto:,mailto:@',
    'x=1; V; rua=mailto:a@y.test', 'V2; rua=mailto:a@y.test', 'V; id=1; l=; k=rsa; p=', 'V a mx ~all',
    'V redirect=x.test', 'V include:%{i}.%{d} ptr', 'V a:%', 'V a:%{', 'V exp=%', 'a\000V', '\255',
);
my %places = (
    '' => 'v=spf1', '_dmarc.' => 'v=DMARC1', '_mta-sts.' => 'v=STSv1', '_smtp._tls.' => 'v=TLSRPTv1',
    'default._bimi.' => 'v=BIMI1', 'default._domainkey.' => 'v=DKIM1',
);

sub swapped { (my $version = $_[0]) =~ tr/a-zA-Z/A-Za-z/; return $version }

# ---- nothing of this kind ends the program ----

my ($zone, @names) = ("\$TTL 60\n. SOA ns.test. h.test. 1 2 3 4 5\n. NS ns.zz.\n");
for my $place (sort keys %places) {
    for my $text (@texts) {
        for my $version ($places{$place}, swapped($places{$place})) {
            my $name = 'd' . @names . '.test.';
            (my $written = $text) =~ s/V/$version/g;
            push @names, $name;
            $zone .= "$name MX 10 mx.$name\nmx.$name A 192.0.2.1\n";
            $zone .= "$place$name TXT \"$_\"\n" for $written eq '' ? '' : split /\|/, $written;
        }
    }
}
my $path = file('many.zone', $zone);
my $list = file('names', join '', map { "$_\n" } @names);
my ($status, $out, $err) = mxtrail('--zone', $path, '--batch', $list);
is($status, 0, 'a batch over all of them ends with status 0');
is($err, '', 'and nothing is said on the side');
my @objects = map { decode_json($_) } split /\n/, $out;
is_deeply([map { $_->{name} } @objects], \@names, 'each of ' . @names . ' names has its line');
my @some = map { "$names[5 * $_]" } 0 .. $#names / 5;
($status, $out) = mxtrail('--zone', $path, '--report', @some);
is($status, 0, 'so do reports');
is_deeply([$out =~ /^(d\d+\.test): answered/mg], [map { s/\.$//r } @some], 'each has its own');

# ---- DMARC: these findings and no others ----

my @cases = (
    ['only looks like one', '"v=dmarc1; p=reject; rua=mailto:a@y.test"', [], 'dmarc-syntax'],
    ['only looks like one, to one that would take them', '"v=dmarc1; p=reject; rua=mailto:a@z.test"', [], 'dmarc-syntax'],
    ['two that only look like one', "\"v=dmarc1\"\n_dmarc.x.test. TXT \"v=dmarc1; rua=mailto:a\@y.test\"", [], 'dmarc-syntax'],
    ['beside something else', "\"x\"\n_dmarc.x.test. TXT \"v=dmarc1; rua=mailto:a\@y.test\"", [], 'dmarc-syntax'],
    ['not the first tag', '"p=reject; v=DMARC1; rua=mailto:a@y.test"', [], 'dmarc-syntax'],
    ['an unknown policy', '"v=DMARC1; p=x; ruf=mailto:a@y.test"', [], 'dmarc-syntax'],
    ['several', "\"v=DMARC1; p=none; rua=mailto:a\@y.test\"\n_dmarc.x.test. TXT \"v=DMARC1; p=none\"", [], 'dmarc-multiple'],
    ['one that counts', "\"v=DMARC1; p=reject; rua=mailto:a\@y.test\"\n_dmarc.x.test. TXT \"x\"", ['a@y.test'], 'dmarc-report-unauthorised'],
    ['one that counts, to one that takes them', '"v=DMARC1; p=reject; rua=mailto:a@z.test"', ['a@z.test']],
    ['none', undef, [], 'dmarc-none'],
);
for my $case (@cases) {
    my ($what, $record, $reports, @findings) = @$case;
    my $written = file('dmarc.zone', "\$TTL 60\n. SOA ns.test. h.test. 1 2 3 4 5\n. NS ns.zz.\nx.test. A 192.0.2.1\n"
        . "*._report._dmarc.z.test. TXT \"v=DMARC1\"\n" . (defined $record ? "_dmarc.x.test. TXT $record\n" : ''));
    my $recording = scratch . "/$what.rec";
    my $object = json('--zone', $written, '--record', $recording, 'x.test');
    my @found = grep { $_->{id} =~ /^dmarc/ } @{ $object->{findings} };
    is_deeply([map { $_->{id} } @found], \@findings, "$what: these findings of DMARC and no others in JSON");
    is_deeply([map { $_->{uri} } @{ $object->{policy}{dmarc}{reports} }], [map { "mailto:$_" } @$reports],
        'reports are asked about only where receivers send them');
    my $report = report('--zone', $written, '--report', 'x.test');
    is_deeply([$report =~ /\b(dmarc-[a-z-]+)\b/g], \@findings, 'and in the report');
    my $replies = do { local $/; open my $in, '<', $recording or die; <$in> };
    my ($first, $rest) = $replies =~ /\A(#.*?\n)(.*)\z/s;
    my $screen = report('--replay', file('screen.rec', "${first}0 resize 120 60\n0 submit x.test\n${rest}9 key 6\n9 key z\n"), '--dump');
    is_deeply([sort { $a cmp $b } $screen =~ /\b(dmarc-[a-z-]+)\b/g], [sort @findings], 'and on the screen');
}
my ($slip) = grep { $_->{id} eq 'dmarc-syntax' } @{ json('--zone', file('slip.zone', <<'END'), 'x.test')->{findings} };
$TTL 60
. SOA ns.test. h.test. 1 2 3 4 5
. NS ns.zz.
x.test. A 192.0.2.1
_dmarc.x.test. TXT "beside it"
_dmarc.x.test. TXT "v=Dmarc1; p=reject"
END
like($slip->{text}, qr/"Dmarc1" must be written DMARC1/, 'the slip is named');
is($slip->{record}, '_dmarc.x.test. 60 IN TXT "v=Dmarc1; p=reject"', 'with the record it is in');

# ---- an owner without its last dot has the name of the zone twice ----

my @twice = (
    ['example.com TXT "v=spf1 mx -all"', 'spf-none', 'example.com. 3600 IN TXT "v=spf1 mx -all"'],
    ['_dmarc.example.com TXT "v=DMARC1; p=reject"', 'dmarc-none', '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=reject"'],
    ['_dmarc.example.com TXT "v=dmarc1; p=reject"', 'dmarc-none', '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=reject"'],
    ['_mta-sts.example.com TXT "v=STSv1; id=1"', 'mta-sts-syntax', ''],
    ["_mta-sts.example.com TXT \"v=STSv1; id=1\"\nmta-sts A 192.0.2.1", 'mta-sts-syntax', '_mta-sts.example.com. 3600 IN TXT "v=STSv1; id=1"'],
    ['_smtp._tls.example.com TXT "v=TLSRPTv1; rua=mailto:a@example.com"', 'tls-rpt-syntax',
        '_smtp._tls.example.com. 3600 IN TXT "v=TLSRPTv1; rua=mailto:a@example.com"'],
    ['default._bimi.example.com TXT "v=BIMI1; l="', 'bimi-unusable', 'default._bimi.example.com. 3600 IN TXT "v=BIMI1; l="'],
    ['s1._domainkey.example.com TXT "v=DKIM1; p="', 'dkim-missing', 's1._domainkey.example.com. 3600 IN TXT "v=DKIM1; p="', '--dkim', 's1'],
    ["@ MX 10 mx1\nmx1.example.com A 192.0.2.1\nmx1.example.com AAAA 2001:db8::1", 'mx-dangling',
        "mx1.example.com. 3600 IN A 192.0.2.1\nmx1.example.com. 3600 IN AAAA 2001:db8::1"],
    ["example.com MX 10 mx1\nmx1 A 192.0.2.1", 'mx-none', 'example.com. 3600 IN MX 10 mx1.example.com.'],
    ["\@ A 192.0.2.2\nexample.com MX 10 mx1\nmx1 A 192.0.2.1", 'mx-implicit', ''],
);
for my $case (@twice) {
    my ($lines, $id, $publish, @options) = @$case;
    my $path = example('twice.zone', "$lines\n");
    my @found = grep { $_->{id} eq $id } @{ json('--zone', $path, @options, 'example.com')->{findings} };
    is(scalar @found, 1, "$lines: $id");
    like("$found[0]{text} $found[0]{fix}", qr/the name of the zone is (?:twice )?in (?:its|their|the) owner/i, 'the slip is named');
    is($found[0]{publish}, $publish, 'and what was meant is published');
    my $report = report('--zone', $path, '--report', @options, 'example.com');
    like($report =~ s/\s+/ /gr, qr/the name of the zone is (?:twice )?in (?:its|their|the) owner/i, 'in the report as well');
}
for my $wildcard ('* TXT "v=spf1 -all"', '* TXT "v=DMARC1; p=none"', '* A 192.0.2.1', '* MX 10 mx') {
    my $object = json('--zone', example('any.zone', "\@ MX 10 gone\ngone TXT x\n$wildcard\n"), 'example.com');
    unlike(join("\n", map { $_->{text} } @{ $object->{findings} }), qr/zone is/, "$wildcard: a wildcard is no such slip");
}

# ---- what is written nearly right ----

my $mx = "\@ MX 10 mx1\nmx1 A 192.0.2.1\n";
for my $case (
    ['@ TXT "v=spf1 ip4 :192.0.2.1 -all"', 'spf-syntax', qr/a blank is in the middle of a term/, '"v=spf1 ip4:192.0.2.1 -all"'],
    ['@ TXT "v=spf1 mx ~ all"', 'spf-syntax', qr/a blank is in the middle of a term/, '"v=spf1 mx ~all"'],
    ['@ TXT "v=spf1 mx" "-all"', 'spf-syntax', qr/a blank is missing between its strings/, '"v=spf1 mx -all"'],
    ['@ TXT "v=spf1 mx -all\\\\"', 'spf-syntax', qr/a backslash is at its end/, '"v=spf1 mx -all"'],
    ['@ TXT "\\"v=spf1\\" \\"mx\\" \\"-all\\""', 'spf-none', qr/a quotation mark is part of the text/, '"v=spf1 mx -all"'],
    ['_dmarc TXT "v=DMARC1; reject"', 'dmarc-syntax', qr/p= is missing/, '"v=DMARC1; p=reject"'],
    ['_dmarc TXT "v=DMARC1; p:reject"', 'dmarc-syntax', qr/p= is missing/, '"v=DMARC1; p=reject"'],
    ['_dmarc TXT "v=DMARC1; p=reject; p=none"', 'dmarc-syntax', qr/p= is in it twice/, '"v=DMARC1; p=reject"'],
    ['_dmarc TXT "v=DMARC1; p=reject; rua=mailto: d@example.com"', 'dmarc-report-uri', qr/a blank after mailto:/,
        '"v=DMARC1; p=reject; rua=mailto:d@example.com"'],
    ["_dmarc TXT 'v=DMARC1; p=reject'", 'dmarc-syntax', qr/a quotation mark .* nothing follows the version/, ''],
    ['_mta-sts TXT "v=STS1; id=1"', 'mta-sts-syntax', qr/does not begin with "v=STSv1"/, ''],
    ['default._bimi TXT "v=bimi1; l="', 'bimi-unusable', qr/"bimi1" must be written BIMI1/, '"v=BIMI1; l="'],
) {
    my ($line, $id, $text, $publish) = @$case;
    my ($found) = grep { $_->{id} eq $id } @{ json('--zone', example('slip.zone', "$mx$line\n"), 'example.com')->{findings} };
    like($found->{text}, $text, "$line: the slip is named");
    is($found->{publish} =~ s/^\S+ \d+ IN TXT //r, $publish, 'and what was meant is published');
}

# ---- a semicolon outside quotation marks cuts the text ----

for my $case (['_dmarc TXT v=DMARC1; p=none', 'dmarc-syntax', 'warning'], ['_mta-sts TXT v=STSv1; id=1', 'mta-sts-syntax', 'error'],
    ['_smtp._tls TXT v=TLSRPTv1; rua=mailto:a@b', 'tls-rpt-syntax', 'error'], ['default._bimi TXT v=BIMI1; l=', 'bimi-unusable', 'warning'],
    ['s1._domainkey TXT v=DKIM1; p=', 'dkim-syntax', 'error'], ['@ TXT v=spf1; mx', 'spf-no-all', 'notice']) {
    my ($line, $id, $severity) = @$case;
    my @found = grep { $_->{id} eq $id } @{ json('--zone', example('cut.zone', "$line\n"), 'example.com')->{findings} };
    is_deeply([map { $_->{severity} } @found], [$severity], "$line: $severity $id");
    like($found[0]{text}, qr/nothing follows the version, as happens in a zone file without quotation marks/, 'and why');
}

done_testing();
