#!/usr/bin/perl
# --diff: another name, another server or a changed zone file beside the name asked for.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use Test::More;

my $records = "\@ MX 5 mx1\n\@ MX 10 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\nsub MX 5 mx.sub\nmx.sub A 192.0.2.3\n";
my $now = example('now.zone', $records);
(my $changed = $records) =~ s/MX 10 mx2/MX 20 mx2/;
$changed =~ s/192\.0\.2\.2/192.0.2.22/;
my $new = example('new.zone', $changed . "www CNAME far.example.net.\n");
my @ask = ('--zone', $now, 'example.com');

sub lines {
    my ($diff, $state) = @_;
    return [map { "$_->{owner} $_->{type} " . ($_->{left} // '-') . ' | ' . ($_->{right} // '-') }
            grep { $_->{state} eq $state } @{ $diff->{lines} }];
}

# ---- a zone file ----

my $diff = json('--diff', $new, @ask)->{diff};
is($diff->{from}, 'new.zone', 'the file is named');
is_deeply(lines($diff, 'other'),
    ['@ MX 10 mx2 | -', '@ MX - | 20 mx2', 'mx2 A 192.0.2.2 | -', 'mx2 A - | 192.0.2.22'],
    'what differs, by owner and type');
is($diff->{other}, 4, 'counted');
is_deeply([grep { /^mx1/ } @{ lines($diff, 'same') }], ['mx1 A 192.0.2.1 | 192.0.2.1'], 'what is the same');
is_deeply([grep { /^www A / } @{ lines($diff, 'unknown') }],
    ['www A - | alias of far.example.net.'], 'an alias to what cannot be asked here');
my $far = file('far.zone', "far.example.net. 60 A 192.0.2.77\n");
is_deeply([grep { /^www A / } @{ lines(json('--diff', $new, '--zone', $far, @ask)->{diff}, 'other') }],
    ['www A - | alias of far.example.net.', 'www A - | 192.0.2.77'], 'to what can be asked');
ok(!exists json(@ask)->{diff}, 'no such field without the option');
is(scalar(json('--diff', $new, @ask)->{queries}->@*), scalar(json(@ask)->{queries}->@*),
    'the questions of the name itself are those there were');

my $text = report('--diff', $new, '--report', @ask);
like($text, qr/^Compared with: example\.com, from new\.zone\n    MX     < 10 mx2\n           > 20 mx2\n  mx2\n    A      < 192\.0\.2\.2\n           > 192\.0\.2\.22\n/m, 'as text');
like($text, qr/^  4 lines differ, \d+ are the same/m, 'with the sum');
unlike($text, qr/^  mx1\n    A /m, 'what is the same is not repeated');

# ---- a name ----

$diff = json('--diff', 'sub.example.com', @ask)->{diff};
is($diff->{name}, 'sub.example.com.', 'another name');
ok((grep { $_ eq '@ MX 5 mx1 | -' } @{ lines($diff, 'other') }), 'and its records');
ok((grep { $_->{side} eq 'right' && $_->{id} eq 'mx-single' } @{ $diff->{findings} }), 'a finding of that side alone');

# ---- for every name of a batch ----

my ($status, $out, $err) = shell("printf 'example.com\\nsub.example.com\\n' | \$M --batch - --zone $now --diff $new");
is("$status$err", '0', 'a batch with --diff');
is(scalar(() = $out =~ /"diff":/g), 2, 'each name has its own');

# ---- what cannot be had ----

my $bad = example('bad.zone', "\@ MX ten mx\n\@ A 1.2.3\n");
($status, $out, $err) = mxtrail('--diff', $bad, '--json', @ask);
is("$status$out", '4', 'a malformed file: status 4, nothing written');
like($err, qr/^\Q$bad\E:8: .*\n\Q$bad\E:9: /, 'every fault with its line');
for (['@192.0.2.53#0', 2, qr/a server is given as/], ['@a..b', 2, qr/a label is empty/],
    ['./gone', 4, qr/^mxtrail: \.\/gone: No such file/]) {
    ($status, $out, $err) = mxtrail('--diff', $_->[0], '--json', @ask);
    is("$status$out", $_->[1], "--diff $_->[0]: status $_->[1]");
    like($err, $_->[2], 'said why');
}

# A word that may be a name or a file: taken for a name, nothing would differ, and --check would pass.
($status, $out, $err) = shell("cp $new sub.example.com && \$M --diff sub.example.com --check --json --zone $now example.com; s=\$?; rm sub.example.com; exit \$s");
is("$status$out", '2', 'a file of that name: status 2');
is($err, "mxtrail: --diff sub.example.com: there is a file of that name: ./sub.example.com is the file, sub.example.com. the name\n", 'and how each is written');
($status, $out, $err) = shell("cp $new sub.example.com && \$M --diff sub.example.com. --check --json --zone $now example.com >/dev/null; s=\$?; rm sub.example.com; exit \$s");
is("$status$err", '1', 'with a dot it is the name');

# No zone file answers in the place of a server: all would be the same.
for my $source (['--zone', $now, 'example.com'], ['--demo=ties']) {
    ($status, $out, $err) = mxtrail('--diff', '@127.0.0.1#1', '--check', '--json', @$source);
    is("$status$out", '2', "@$source[0]: status 2");
    is($err, 'mxtrail: --diff @127.0.0.1#1: with zone files no server is queried; the other way round it is: '
            . "mxtrail \@127.0.0.1#1 --diff ./FILE\n", 'and how it is done');
}

done_testing;
