#!/usr/bin/perl
# Files, standard input and output: unreadable, malformed, closed, full, broken, in pieces.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::XS;
use Mxtrail;
use Test::More;

my $zone = example('good.zone', "\@ MX 10 mx1\nmx1 A 192.0.2.1\nwww A 192.0.2.80\n");

# ---- zones ----

my $many = example('many.zone', join '', map { "\@ MX x$_ mx\n" } 1 .. 30);
my ($status, $out, $err) = mxtrail('--zone', $many, '--json', 'example.com');
my @faults = split /\n/, $err;
is($status, 4, 'a malformed zone: status 4');
is($out, '', 'nothing half-written');
is(scalar @faults, 21, '20 faults are listed, and one line for the rest');
like($faults[0], qr/^\Q$many\E:8: /, 'with file and line');
like($faults[19], qr/^\Q$many\E:27: /, 'each');
is($faults[20], 'mxtrail: 10 more faults', 'the rest is counted');

my $other = file('other.zone', "\$INCLUDE x\n");
($status, $out, $err) = mxtrail('--zone', $other, '--zone', $many, '--json', 'example.com');
like($err, qr/^\Q$other\E:1: .*INCLUDE.*\n\Q$many\E:8: /, 'all files are looked at');

for (['/nonexistent', qr/^mxtrail: \/nonexistent: No such file or directory$/],
    [scratch, qr/^mxtrail: .*: not a file of text$/]) {
    for my $option ('--zone', '--overlay') {
        ($status, $out, $err) = $option eq '--zone' ? mxtrail($option, $_->[0], '--json', 'example.com')
            : mxtrail("$option=$_->[0]", '--json', 'example.com');
        is("$status$out", '4', "$option $_->[0]: status 4");
        like($err, $_->[1], 'said why');
    }
}

# ---- overlay: known names come from the file, whatever stands behind ----

my $mx = sub { join ' ', map { "$_->{preference} $_->{exchange}" } @{ $_[0]{mx} } };
my @nowhere = ('@127.0.0.1', '-p', '9', '--timeout', '50', '--tries', '1');
for ([["--overlay=$zone"], '=FILE'], [['--overlay', $zone], 'FILE'], [['--overlay', '--zone', $zone], '--zone FILE']) {
    my $object = json(@{ $_->[0] }, @nowhere, 'example.com');
    is($mx->($object), '10 mx1.example.com.', "--overlay $_->[1]");
    is($object->{source}{kind}, 'overlay', 'the source says so');
}

# ---- batch ----

my $names = file('names', "\xef\xbb\xbfexample.com\n\n# a comment\n   \n  www.example.com \r\na..b\ngone\0.example.com\nmx1.example.com");
my @expected = ('example.com', 'www.example.com', 'a..b', 'gone\000.example.com', 'mx1.example.com');
for (["\"\$M\" --zone '$zone' --batch '$names'", 'a file'], ["\"\$M\" --zone '$zone' --batch - <'$names'", 'standard input'],
    ["cat '$names' | \"\$M\" --zone '$zone' --batch=-", 'a pipe']) {
    ($status, $out, $err) = shell($_->[0]);
    my @objects = map { decode_json($_) } split /\n/, $out;
    is($status, 0, "batch from $_->[1]");
    is_deeply([map { $_->{input} } @objects], \@expected, 'in the order given, one line each');
    is($objects[2]{status}, 'invalid', 'what is no name has its line');
    like($err, qr/\Amxtrail: "a\.\.b" is an invalid name: [^\n]*\n\z/, 'and is said');
}
($status, $out) = mxtrail('--zone', $zone, '--report', '--batch', $names);
is(() = $out =~ /: (answered|no such name), from good\.zone/g, 4, 'batch as text');
my $long = file('long', join '', map { "n$_.example.com\n" } 1 .. 300);
my @long = map { $_->{input} } map { decode_json($_) } split /\n/, report('--zone', $zone, '--batch', $long);
is_deeply(\@long, [map { "n$_.example.com" } 1 .. 300], '300 names keep their order');
is(report('--zone', $zone, '--batch', $long), report('--zone', $zone, '--batch', $long), 'and give the same bytes twice');

# A program that writes one name and waits for its answer is not kept waiting.
{
    my ($in_write, $out_read, $child) = conversation('--zone', $zone, '--batch', '-');
    my @answers;
    eval {
        local $SIG{ALRM} = sub { die "no answer\n" };
        alarm 60;
        for my $name ('example.com', 'www.example.com') {
            syswrite $in_write, "$name\n";
            push @answers, decode_json(scalar <$out_read>)->{input};
        }
        alarm 0;
    };
    close $in_write;
    waitpid $child, 0;
    is_deeply(\@answers, ['example.com', 'www.example.com'], 'question and answer in turn');
    is($?, 0, 'and it ends with the input');
}

for (["--batch /nonexistent", qr/^mxtrail: \/nonexistent: No such file/], ["--batch '" . scratch . "'", qr/^mxtrail: .*: Is a directory/],
    ["--batch - <&-", qr/^mxtrail: standard input: Bad file descriptor/]) {
    ($status, $out, $err) = shell("\"\$M\" --zone '$zone' $_->[0]");
    is("$status$out", '4', "$_->[0]: status 4");
    like($err, $_->[1], 'said why');
}
($status) = shell("\"\$M\" --zone '$zone' --batch -");
is($status, 3, 'no names at all: none could be looked up');
my $endless = file('endless', 'x' x 3_000_000 . "\nexample.com\n");
($status, $out, $err) = mxtrail('--zone', $zone, '--batch', $endless);
is($status, 0, 'an endless line does not stop the next');
cmp_ok(length $err, '<', 400, 'nor fill the screen');

# ---- standard output ----

my %shapes = ('--json' => '--json --demo=ties', '--report' => '--report --demo=ties', '--help' => '--help',
    '--version' => '--version', '--demo=list' => '--demo=list');
for my $shape (sort keys %shapes) {
    SKIP: {
        skip '/dev/full is missing', 2 unless -c '/dev/full';
        ($status, $out, $err) = shell("\"\$M\" $shapes{$shape} >/dev/full");
        is($status, 4, "$shape on a full disk: status 4");
        is($err, "mxtrail: standard output: No space left on device\n", 'said why');
    }
    ($status, $out, $err) = shell("\"\$M\" $shapes{$shape} >&-");
    is($status, 4, "$shape with standard output closed: status 4");
    is($err, "mxtrail: standard output: Bad file descriptor\n", 'said why');
}
($status, $out, $err) = shell("{ \"\$M\" --zone '$zone' --batch '$long'; echo \$? >&2; } | head -n 1 >/dev/null");
is($err, "mxtrail: standard output: Broken pipe\n4\n", 'a broken pipe ends it with a sentence');
SKIP: {
    skip 'valgrind needs them itself', 2 if ($ENV{VALGRIND} // '') eq 'yes';
    ($status, $out) = shell('"$M" --json --demo=ties <&- 2>&-');
    is($status, 0, 'closed standard input and error do not matter');
    like($out, qr/^\{"mxtrail":1,.*\}\n\z/, 'and nothing else gets between');
}

# ---- zones of one server each ----

my $all = example('all.zone', "@ MX 10 mx1\nmx1 A 192.0.2.1\n");
my $old = file('all@198.51.100.53.zone', <<'END');
$ORIGIN example.com.
$TTL 3600
@ SOA ns1 hostmaster 0 7200 900 1209600 300
@ NS ns1
@ NS ns2
@ MX 10 old
END
my @both = ('--zone', $all, '--zone', $old, 'example.com');
my $split = json(@both);
is($split->{mx}[0]{exchange}, 'mx1.example.com.', 'everybody gets what all of them have');
is(join(' ', map { "$_->{address} $_->{state} $_->{serial} @{[$_->{mx_differs} ? 'other' : 'same']}" } @{ $split->{setup}{servers} }),
    '192.0.2.53 ok 1 same 198.51.100.53 ok 0 other', 'each server is asked, and its own file answers');
is(join(' ', sort grep { /differs/ } map { $_->{id} } @{ $split->{findings} }),
    'mx-differs-between-servers soa-serial-differs', 'what they disagree about is found');
like(report('--report', @both, '--diff', '@198.51.100.53'), qr/^Compared with: .* from 198\.51\.100\.53\n    MX     < 10 mx1\n           > 10 old\n/m,
    'and laid beside');
my $single = json('--zone', $all, 'example.com');
is(scalar @{ $single->{setup}{servers} }, 0, 'a zone without such files asks no servers');
is($split->{asked} - $single->{asked}, 14, 'a server is asked six questions, and who has the parent two');
my $split_recording = scratch . '/split';
report('--json', '--record', $split_recording, @both);
is_deeply(json('--replay', $split_recording, 'example.com')->{findings}, $split->{findings}, 'a recording has it all');

# ---- recordings ----

my $recording = scratch . '/recording';
my $recorded = json('--zone', $zone, '--record', $recording, '--simulate=100', 'example.com');
my $replayed = json('--replay', $recording, '--simulate=100', 'example.com');
is($replayed->{source}{kind}, 'replay', 'a recording is a source');
for my $part ('mx', 'mx_status', 'a', 'ns', 'srv', 'soa', 'route', 'simulation', 'findings', 'status', 'asked') {
    is_deeply($replayed->{$part}, $recorded->{$part}, "the recording gives the same $part");
}
is(report('--json', '--replay', $recording, 'example.com'), report('--json', '--replay', $recording, 'example.com'), 'byte by byte, each time');
for (["--record /nonexistent/x", 'cannot be written'], ["--replay /nonexistent", 'cannot be read']) {
    ($status, $out, $err) = shell("\"\$M\" --json " . ($_->[0] =~ /record/ ? '--demo=ties ' : 'example.com ') . $_->[0]);
    is("$status$out", '4', "a recording that $_->[1]: status 4");
    like($err, qr/^mxtrail: \/nonexistent\S*: No such file/, 'said why');
}
my $torn = file('torn', "# mxtrail recording\n0 reply example.com. MX what\n");
($status, $out, $err) = mxtrail('--json', '--replay', $torn, 'example.com');
is("$status$out", '4', 'a malformed recording: status 4');
like($err, qr/^(mxtrail: )?\Q$torn\E:2: /, 'with file and line');

done_testing();
