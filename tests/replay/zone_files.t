#!/usr/bin/perl
# Zone files as people have them: without $ORIGIN, from pipes, of any size, and with --zone told
# what they are.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::XS;
use Mxtrail;
use POSIX qw(mkfifo);
use Test::More;

my $relative = "\@ 300 IN SOA ns h 1 2 3 4 5\n\@ NS ns\nns A 192.0.2.53\n\@ MX 10 mx\nmx A 192.0.2.1\nwww MX 20 mx\n";
my $db = file('db.example.com', $relative);
my $plain = file('zone', $relative);
my $odd = file('example.org=zone', $relative);

# [arguments] => [MX seen, what is said]
my $said = sub { "mxtrail: $_[0]: names are relative to $_[1]\n" };
for (
    [['--zone', $db, 'example.com'], '10 mx.example.com.', $said->($db, 'example.com.'), 'the origin in the name of the file'],
    [['--zone', $db, 'www.example.com'], '20 mx.example.com.', $said->($db, 'example.com.'), 'for a name below it too'],
    [['--zone', $plain, 'example.net'], '10 mx.example.net.', $said->($plain, 'example.net.'), 'else the name looked up'],
    [['--zone', $db, '--origin', 'example.net', 'example.net'], '10 mx.example.net.', $said->($db, 'example.net.'), '--origin before both'],
    [['--zone', "example.org=$db", '--origin', 'example.net', 'example.org'], '10 mx.example.org.', $said->($db, 'example.org.'), 'NAME= before all'],
    [['--zone', $odd, 'example.net'], '10 mx.example.net.', $said->($odd, 'example.net.'), 'a file of that whole name wins'],
    [['--zone', file('own.zone', "\$ORIGIN example.com.\n$relative"), 'www.example.com'], '20 mx.example.com.', '', 'a file that says its own needs none'],
) {
    my ($arguments, $mx, $message, $name) = @$_;
    my ($status, $out, $err) = mxtrail('--json', @$arguments);
    my $object = decode_json($out);
    is(join(' ', map { "$_->{preference} $_->{exchange}" } @{ $object->{mx} }), $mx, $name);
    is($err, $message, 'and it is said');
}

my $names = file('names', "example.com\nwww.example.com\n");
my ($status, $out, $err) = mxtrail('--zone', $db, '--batch', $names);
is("$status$out", '4', 'a batch must be told the origin');
like($err, qr/^\Q$db\E:1: a relative name before any \$ORIGIN: "\@" \(--zone NAME=FILE or --origin NAME gives one\)\n\z/, 'once, and how');
($status, $out, $err) = mxtrail('--zone', "example.com=$db", '--batch', $names);
is("$status " . ($out =~ tr/\n//), '0 2', 'and then it goes');

for (["\"\$M\" --json --zone - example.com <'$db'", 'standard input'], ["cat '$db' | \"\$M\" --json --zone=/dev/stdin example.com", 'a pipe']) {
    ($status, $out, $err) = shell($_->[0]);
    is("$status " . decode_json($out)->{mx}[0]{exchange}, '0 mx.example.com.', "a zone from $_->[1]");
}
my $fifo = scratch . '/fifo';
mkfifo($fifo, 0600) or die $!;
($status, $out, $err) = shell("cat '$db' >'$fifo' & \"\$M\" --json --zone '$fifo' example.com");
is("$status " . decode_json($out)->{mx}[0]{exchange}, '0 mx.example.com.', 'a zone from a FIFO');

my $other = file('with.zone', "\$ORIGIN example.com.\n\$TTL 60\n\@ SOA ns h 1 2 3 4 5\n\@ NS ns\nns A 192.0.2.53\n\@ MX 10 h2\n\@ ALIAS x\n\$GENERATE 1-3 h\$ A 192.0.2.\${10}\n");
($status, $out, $err) = mxtrail('--zone', $other, '--json', 'example.com');
is($err, "$other:7: record types unknown here are left out: ALIAS\n", 'an unknown type is a warning');
is_deeply([map { $_->{address} } @{ decode_json($out)->{mx}[0]{addresses} }], ['192.0.2.12'], 'and all else is read');

# What is wrong with the zone as a whole never refuses a file.
my $whole = file('whole.zone', "\$ORIGIN example.com.\n\$TTL 60\n\@ SOA ns h 1 2 3 4 5\n\@ MX 10 gone\na CNAME b\na TXT \"x\"\na CNAME c\n"
    . "d DNAME e\nd DNAME f\nother.test. A 192.0.2.1\n" . join '', map { "many A 10.0." . int($_ / 250) . '.' . $_ % 250 . "\n" } 1 .. 5000);
($status, $out, $err) = mxtrail('--zone', $whole, '--json', 'example.com');
is("$status$err", '0', 'a zone that is wrong as a whole is read');

# It is told: the file is looked through once, with the lines. A recording says the same, and what is in
# one file only is no difference to another.
sub told {
    return [map { "$_->{severity} $_->{id} $_->{subject}" . ($_->{text} =~ /(\([^()]*line \d+)/ ? " $1" : '') }
            grep { $_->{id} =~ /^zone-/ } map { @{ $_->{findings} } } @_];
}
my @whole = ('error zone-cname-and-other-data a.example.com. (whole.zone, line 5',
    'notice zone-outside example.com. (line 10');
is_deeply(told(decode_json($out)), \@whole, 'and what is wrong is told, with the lines');
my $recording = scratch . '/whole.rec';
mxtrail('--zone', $whole, '--json', '--record', $recording, 'example.com');
is_deeply(told(json('--replay', $recording, 'example.com')), \@whole, 'as the recording tells');
file('part', "w MX 10 gone\n");
my $including = file('including.zone', "\$ORIGIN example.com.\n\$TTL 60\n\@ SOA ns h 1 2 3 4 5\n\@ NS ns\nns A 192.0.2.53\n\$INCLUDE part\nx MX 10 gone2\n");
is_deeply(told(json('--zone', $including, 'example.com')),
    ['error zone-dangling w.example.com. (part, line 1', 'error zone-dangling x.example.com. (including.zone, line 7'], 'with the file included');
is_deeply(told(json('--zone', file('bare.zone', "example.com. 60 MX 10 mx.example.com.\nmx.example.com. 60 A 192.0.2.1\n"), 'example.com')),
    ['notice zone-no-soa example.com.'], 'a file without SOA');
is_deeply(told(json('--zone', file('reverse.zone', "\$ORIGIN 2.0.192.in-addr.arpa.\n\$TTL 60\n\@ SOA ns.example. h.example. 1 2 3 4 5\n\@ NS ns.example.\n"
                . "7 CNAME 7.sub\n7 PTR x.example.\n"), '2.0.192.in-addr.arpa')),
    ['error zone-cname-and-other-data 7.2.0.192.in-addr.arpa. (reverse.zone, line 5'],
    'a reverse zone');
is_deeply(told(json('--zone', $including, '--zone', $whole, 'example.com')),
    ['error zone-dangling w.example.com. (part, line 1', 'error zone-dangling x.example.com. (including.zone, line 7'], 'of the file that answers');
($status, $out, $err) = mxtrail('--zone', $including, '--report', '--diff', file('other.zone', "\$ORIGIN example.com.\n\@ 60 SOA ns h 1 2 3 4 5\n\@ 60 NS ns2\nns2 60 A 192.0.2.53\n"), '--check', 'example.com');
like($out, qr/^  . .*ns2/m, 'beside another file the records differ');
unlike($out =~ s/.*^Compared with//rms, qr/zone-dangling/, 'and what was looked for in one file only does not');
done_testing();
