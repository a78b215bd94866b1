#!/usr/bin/perl
# --expect: what is not as the file has it is said with file and line; --check of a diff.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::XS;
use Mxtrail;
use Test::More;

my $text = "\@ MX 10 mx1\n\@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 198.51.100.2\n\@ TXT \"v=spf1 mx exists:%{l}.ok.example.com -all\"\n"
    . "sales.ok A 127.0.0.2\nparked MX 0 .\n_dmarc TXT \"v=DMARC1; p=reject\"\n";
my $zone = example('expect.zone', $text);

# Exit status, and what is said, without the path.
sub compared {
    my ($expected, @more) = @_;
    my $path = file('mail.expect', $expected);
    my ($status, $out, $err) = mxtrail('--zone', $zone, '--no-config', '--expect', $path, '--json', @more);
    $err =~ s/^\Q$path\E/F/mg;
    my @misses = map { @{decode_json($_)->{misses} // []} } split /\n/, $out;
    s/^\Q$path\E/F/ for @misses;
    is(join('', map { "$_\n" } @misses), $err, 'the JSON has what is said') if $status < 2;
    return ($status, $err);
}

my $met = "# mail\n[example.com]\nmx = 20 mx2.example.com, 10 mx1.example.com\nspf 192.0.2.1 = pass\n"
    . "spf 203.0.113.9 = fail\nspf 203.0.113.9 sales\@example.com = pass\nfindings =\n[parked.example.com]\nmx = null\n";
is_deeply([compared($met)], [0, ''], 'all is met, for every name of the file');

my @missed = (
    ['mx = 10 mx1.example.com', "F:2: example.com: mx: expected 10 mx1.example.com., is 10 mx1.example.com., 20 mx2.example.com.\n"],
    ['mx = none', "F:2: example.com: mx: expected none, is 10 mx1.example.com., 20 mx2.example.com.\n"],
    ['mx = null', "F:2: example.com: mx: expected 0 ., is 10 mx1.example.com., 20 mx2.example.com.\n"],
    ['spf 203.0.113.9 = pass', "F:2: example.com: spf 203.0.113.9: expected pass, is fail\n"],
    ["spf 203.0.113.9 ann\@example.com = pass", "F:2: example.com: spf 203.0.113.9: expected pass, is fail\n"],
);
for (@missed) {
    my ($line, $said) = @$_;
    is_deeply([compared("[example.com]\n$line\n")], [1, $said], "$line: status 1, and what is");
}
my ($status, $said) = compared("[parked.example.com]\nfindings = dkim-none-found\n");
is($status, 1, 'findings that are not allowed');
is_deeply([sort $said =~ /^F:2: parked\.example\.com: findings: ([a-z-]+) is not allowed/mg],
    [sort map { $_->{id} } grep { $_->{severity} =~ /^(?:error|warning)$/ }
            @{json('--zone', $zone, 'parked.example.com')->{findings}}], 'all errors and warnings, and no notice');
is_deeply([compared("[other.example]\nmx = none\n", 'example.com')], [0, ''], 'of a name that is not in the file nothing is expected');

my @wrong = (
    ["[a\n", 'F:1: the closing bracket is missing: [a'],
    ["mx = none\n", 'F:1: a line like [example.com] must come first: mx = none'],
    ["[a]\n\nmx = x\n", 'F:3: an MX record is a preference and a host, like 10 mx1.example.com: x'],
    ["[a]\nmx =\n", 'F:2: a list of MX records is missing, or null, or none'],
    ["[a]\nspf 1 = pass\n", 'F:2: no IP address: 1'],
    ["[a]\nspf 192.0.2.1 = good\n", 'F:2: no SPF result (pass, fail, softfail, neutral, none, permerror, temperror): good'],
    ["[a]\nfindings = none-such\n", 'F:2: there is no such finding: none-such'],
    ["[a]\nrotate = x\n", 'F:2: mx, spf ADDRESS or findings is expected: rotate'],
    ["[a]\nwhat\n", 'F:2: "=" is missing: what'],
);
for (@wrong) {
    my ($file, $fault) = @$_;
    is_deeply([compared($file, 'example.com')], [4, "$fault\n"], "status 4: $fault");
}
is((mxtrail('--expect', scratch . '/none', '--zone', $zone, 'example.com'))[0], 4, 'a file that is not there');
like(report('--report', '--zone', $zone, '--expect', file('mail.expect', $met)), qr/^Expectations: met$/m, 'the text report says so, too');

# ---- --diff with --check ----

my $changed = example('changed.zone', $text =~ s/20 mx2/30 mx2/r);
is((mxtrail('--zone', $zone, '--json', '--diff', $changed, '--check', 'example.com'))[0], 1, 'a record differs: 1');
is((mxtrail('--zone', $zone, '--json', '--diff', $changed, 'example.com'))[0], 0, 'without --check 0');
is((mxtrail('--zone', $zone, '--json', '--diff', $zone, '--check', 'example.com'))[0], 0, 'nothing differs: 0');

# A recording made before the change; what it does not have is not known, and no difference.
my $before = scratch . '/before.rec';
mxtrail('--zone', $zone, '--json', '--record', $before, 'example.com');
is((mxtrail('--zone', $changed, '--json', '--diff', $before, '--check', 'example.com'))[0], 1, 'beside a recording a record differs: 1');
is((mxtrail('--zone', $zone, '--json', '--diff', $before, '--check', 'example.com'))[0], 0, 'nothing differs from it: 0');
my $diff = json('--zone', $changed, '--diff', $before, 'example.com')->{diff};
is_deeply([map { "$_->{owner} $_->{type} " . ($_->{left} // '-') . ' ' . ($_->{right} // '-') } grep { $_->{state} eq 'other' } @{$diff->{lines}}],
    ['@ MX - 20 mx2', '@ MX 30 mx2 -'], 'that record and no other');
is((mxtrail('--zone', $zone, '--json', '--diff', file('torn.rec', "# mxtrail 0 recording\n5 reply x\n"), 'example.com'))[0], 4, 'a recording that is none: 4');

# ---- Markdown ----

my $markdown = report('--report=md', '--zone', $zone, 'example.com');
my $plain = report('--report=text', '--zone', $zone, 'example.com');
is($markdown, "## mxtrail: example.com\n\n```text\n$plain```\n", '--report=md is the report behind a fence');
is_deeply([mxtrail('--report=html', 'x')], [2, '', "mxtrail: --report html: must be text or md\n"], 'no other form');

done_testing;
