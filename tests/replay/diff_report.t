#!/usr/bin/perl
# --diff beside what --json printed earlier: nothing is lost on the way, a change is that change and
# no other, and a broken file is refused with its line.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::XS;
use Mxtrail;
use Test::More;

my $zone = example('before.zone', "\@ MX 10 mx1\n\@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\nwww CNAME mx1\n\@ TXT \"v=spf1 mx -all\"\n");
my $changed = example('after.zone', "\@ MX 10 mx1\n\@ MX 30 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\nwww CNAME mx1\n\@ TXT \"v=spf1 a -all\"\n");

sub saved {
    my ($name, @arguments) = @_;
    return file($name, (mxtrail('--json', '--no-config', @arguments))[1]);
}

sub lines {
    my ($diff, $state) = @_;
    return [map { "$_->{owner} $_->{type} " . ($_->{left} // '-') . ' | ' . ($_->{right} // '-') } grep { $_->{state} eq $state } @{$diff->{lines}}];
}

# ---- what was printed is what there was ----

for my $lesson (map { /^(\S+)/ } split /\n/, report('--demo=list')) {
    my $before = saved('lesson.json', "--demo=$lesson");
    my ($status, $out) = mxtrail('--json', '--no-config', "--demo=$lesson", '--diff', $before, '--check');
    my $diff = decode_json($out)->{diff};
    is_deeply([lines($diff, 'other'), $diff->{findings}], [[], []], "$lesson: nothing differs from its own report");
    is_deeply([map { "$_->{owner} $_->{type}" } grep { $_->{left_status} ne $_->{right_status} } @{$diff->{lines}}], [],
        "$lesson: no status is another");
}

# ---- a change ----

my $before = saved('before.json', '--zone', $zone, 'example.com');
my $diff = json('--no-config', '--zone', $changed, '--diff', $before, 'example.com')->{diff};
is_deeply(lines($diff, 'other'), ['@ MX - | 20 mx2', '@ MX 30 mx2 | -', '@ TXT "v=spf1 a -all" | -', '@ TXT - | "v=spf1 mx -all"'],
    'those records and no others');
is_deeply(lines($diff, 'unknown'), [], 'and all is known');
is($diff->{from}, $before, 'the file is named');
my $check = sub { (mxtrail('--no-config', '--json', '--zone', $_[0], '--diff', $_[1], '--check', 'example.com'))[0] };
is($check->($changed, $before), 1, '--check: a difference is 1');
is($check->($zone, $before), 0, 'none is 0');
like(report('--no-config', '--report', '--zone', $changed, '--diff', $before, 'example.com'), qr/^Compared with: example\.com, from \Q$before\E$/m, 'the text report, too');

# ---- as people keep such files ----

my $pretty = file('pretty.json', JSON::XS->new->pretty->encode(decode_json(do { open my $in, '<', $before or die; local $/; <$in> })));
is($check->($zone, $pretty), 0, 'laid out over many lines');
is($check->($changed, $pretty), 1, 'it is the same');
my $two = saved('two.json', '--zone', $zone, 'mx1.example.com', 'example.com', 'a..b');
is($check->($zone, $two), 0, 'several names in one file, and one that is none');
is($check->($changed, $two), 1, 'each is found');

# ---- what is wrong with a file ----

sub broken {
    my ($text) = @_;
    my $path = file('broken.json', $text);
    my ($status, $out, $err) = mxtrail('--no-config', '--json', '--zone', $zone, '--diff', $path, 'example.com');
    $err =~ s/\Q$path\E/F/g;
    return [$status, $out, $err];
}

my $object = decode_json(do { open my $in, '<', $before or die; local $/; <$in> });

sub altered {
    my ($alter) = @_;
    my $copy = decode_json(encode_json($object));
    $alter->($copy);
    return "\n" . encode_json($copy) . "\n";
}

sub answered { return (grep { $_->{message} } @{$_[0]{queries}})[0] }
my ($other) = map { $_->{message} } grep { $_->{message} && $_->{qtype} eq 'NS' } @{$object->{queries}};

my @wrong = (
    ["{\"mxtrail\":1,\n\"queries\":[\n", qr/^F:3: .*near end of file/],
    ["\n\n{\"mxtrail\":1,\n x}\n", qr/^F:4: /],
    ["{\"mxtrail\":1,\"queries\":[]}\n{\"a\":1}\n", qr/^F:2: this is no object that mxtrail --json printed$/],
    ["{}", qr/^F:1: this is no object that mxtrail --json printed$/],
    ["{\"mxtrail\":1}", qr/^F:1: it has no queries: was it printed with --fields or --summary\?$/],
    ["{\"mxtrail\":1,\"queries\":[]}", qr/^mxtrail: F: nothing about example\.com in this file$/],
    ["{\"mxtrail\":1,\"queries\":[1]}", qr/^F:1: a query without a name$/],
    ["{\"mxtrail\":1,\"mxtrail\":1}", qr/^F:1: duplicate object key/],
    ['{"a":' . '[' x 100000, qr/^F:1: maximum parsing depth reached/],
    [altered(sub { delete answered($_[0])->{do} }), qr/^F:2: it was printed by an older mxtrail, without the responses$/],
    [altered(sub { delete answered($_[0])->{message} }), qr/^F:2: an answer without its message$/],
    [altered(sub { answered($_[0])->{message} = 'abc' }), qr/^F:2: a message that is not in hexadecimal$/],
    [altered(sub { answered($_[0])->{message} = 'GG' }), qr/^F:2: a message that is not in hexadecimal$/],
    [altered(sub { answered($_[0])->{message} = '00' }), qr/^F:2: a message that does not belong to its query$/],
    [altered(sub { answered($_[0])->{message} = $other }), qr/^F:2: a message that does not belong to its query$/],
    [altered(sub { answered($_[0])->{message} .= '00' x 70000 }), qr/^F:2: a message that is not in hexadecimal$/],
    [altered(sub { answered($_[0])->{status} = 'nodata' }), qr/^F:2: a message that says something else than its status$/],
    [altered(sub { answered($_[0])->{status} = 'fine' }), qr/^F:2: a query of no status$/],
    [altered(sub { answered($_[0])->{qtype} = 'MXX' }), qr/^F:2: a query of no type$/],
    [altered(sub { answered($_[0])->{qname} = 'a..b' }), qr/^F:2: a query without a name$/],
    [altered(sub { answered($_[0])->{to} = 'here' }), qr/^F:2: a query to no address$/],
    [altered(sub { answered($_[0])->{to} = '192.0.2.1#0' }), qr/^F:2: a query to no address$/],
);
for (@wrong) {
    my ($text, $fault) = @$_;
    my $said = broken($text);
    is_deeply([@$said[0, 1]], [4, ''], "status 4, nothing printed: $fault");
    like($said->[2], $fault, 'and the fault');
}
# What was typed is shown and no terminal is harmed.
unlike(broken("{\"mxtrail\":1,\"queries\":\e[2J")->[2], qr/\e/, 'escapes are shown');
is((mxtrail('--no-config', '--json', '--zone', $zone, '--diff', saved('other.json', '--zone', $zone, 'mx1.example.com'), 'www.example.net'))[0], 4,
    'a name that the file does not have');

# ---- on screen ----

sub slurped { open my $in, '<', $_[0] or die "$_[0]: $!"; local $/; return scalar <$in> }

my $recording = scratch . '/now.rec';
mxtrail('--no-config', '--zone', $changed, '--report', '--record', $recording, 'example.com');
my ($head, @now) = grep { /^# mxtrail |^\d+ reply / } split /(?<=\n)/, slurped($recording);
s/^\d+/1/ for @now;

sub screen {
    my ($path) = @_;
    my $typed = file('typed.rec', join '', $head, "0 resize 100 40\n0 submit example.com\n", @now,
        "2 key :\n2 submit diff ./earlier.json\n3 zone " . unpack('H*', slurped($path)) . " ./earlier.json\n");
    return report('--no-config', '--replay', $typed, '--dump', '--ascii');
}

for (['what --json printed', $before], ['a recording', do { my $path = scratch . '/then.rec'; mxtrail('--no-config', '--zone', $zone, '--report', '--record', $path, 'example.com'); $path }]) {
    my ($what, $path) = @$_;
    like(screen($path), qr/> example\.com  \.\/earlier\.json.*MX +< 30 mx2.*\n.*> 20 mx2/s, ":diff lays $what beside");
}
like(screen(saved('else.json', '--zone', $zone, 'mx1.example.com')), qr{\./earlier\.json: nothing about example\.com in this file}, 'one without the name is not');
like(screen(file('faulty.json', '{"mxtrail":1,')), qr{\./earlier\.json:1: }, 'faults are listed');

done_testing;
