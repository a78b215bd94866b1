#!/usr/bin/perl
# --record writes a new file: never over what the run reads, nor over what is there already, unless
# --force says so.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use POSIX qw(mkfifo);
use Test::More;

my $text = <<'END';
$ORIGIN example.com.
$TTL 3600
@ SOA ns1 hostmaster 1 7200 900 1209600 300
@ NS ns1
@ MX 10 mx1
mx1 A 192.0.2.1
END
my $zone = file('good.zone', $text);
my $other = file('other.zone', $text);
my $names = file('names', "example.com\n");
my $recording = scratch . '/recording';
report('--json', '--zone', $zone, '--record', $recording, 'example.com');
my $folder = scratch . '/folder';
mkdir $folder;

sub content { my ($path) = @_; local $/; open my $in, '<', $path or return 'none'; return scalar <$in> // '' }

# ---- what the run reads ----

my $inner = file('inner.zone', "@ MX 10 mx1\n");
my $outer = file('outer.zone', "\$ORIGIN example.org.\n\$TTL 60\n@ SOA ns h 1 2 3 4 5\n@ NS ns\n\$INCLUDE inner.zone\n");
my $policy = file('policy', "version: STSv1\nmode: enforce\nmx: mx1.example.com\nmax_age: 86400\n");
my $lines = file('lines', report('--zone', $zone, '--batch', $names));
my %inputs = ($policy => content($policy), $inner => content($inner), $lines => content($lines), $zone => $text, $other => $text, $names => "example.com\n", $recording => content($recording));
link $zone, scratch . '/hard.zone' or die;
symlink $zone, scratch . '/soft.zone' or die;
my @runs = (
    ['--zone', "--json --zone '$zone' --record '$zone' example.com"],
    ['--zone', "--report --zone '$zone' --record '" . scratch . "/hard.zone' example.com", 'by another name'],
    ['--zone', "--json --zone '$zone' --record '" . scratch . "/soft.zone' example.com", 'by a link'],
    ['--zone', "--json --zone '" . scratch . "/soft.zone' --record '$zone' example.com", 'read by a link'],
    ['--zone', "--json --zone '$zone' --zone '$other' --record '$other' example.com", 'the second'],
    ['--zone', "--json --zone 'example.com=$zone' --record '$zone' example.com", 'with its name'],
    ['--zone', "--json --zone '$outer' --record '$inner' example.org", 'one that is included'],
    ['--diff', "--json --zone '$zone' --diff '$outer' --record '$inner' example.com", 'one that is included'],
    ['--overlay', "--json \@127.0.0.1 --tries 1 --overlay='$zone' --record '$zone' example.com"],
    ['--replay', "--json --replay '$recording' --record '$recording' example.com"],
    ['--replay', "--replay '$recording' --dump --record '$recording'", 'on the screen'],
    ['--batch', "--zone '$zone' --batch '$names' --record '$names'"],
    ['--resume', "--zone '$zone' --batch '$names' --resume '$lines' --record '$lines'"],
    ['--mta-sts-policy', "--json --zone '$zone' --mta-sts-policy '$policy' --record '$policy' example.com"],
    ['standard input', "--zone '$zone' --batch - --record '$names' <'$names'"],
    ['--diff', "--json --zone '$zone' --diff '$other' --record '$other' example.com"],
    ['standard output', "--json --zone '$zone' --record '" . scratch . "/out' example.com >'" . scratch . "/out'"],
);
for my $run (@runs) {
    my ($what, $command, $how) = @$run;
    for my $force ('', ' --force') {
        my ($status, $out, $err) = shell("\"\$M\" $command$force");
        my $name = $what . ($how ? ", $how" : '') . $force;
        is($status, 4, "$name: refused");
        is($out, '', 'nothing comes out');
        like($err, qr/^mxtrail: \S+: this is the same file as \Q$what\E$/m, 'the file is named, and what it is');
        is(content($_), $inputs{$_}, 'the file is as it was') for grep { $command =~ /--record '\Q$_\E'/ } keys %inputs;
        is(content($zone), $text, 'and so is the zone');
    }
}
mkdir "$ENV{HOME}/.config";
mkdir "$ENV{HOME}/.config/mxtrail";
my $config = "$ENV{HOME}/.config/mxtrail/config";
open my $written, '>', $config or die "$config: $!";
print $written "[ui]\nmouse = no\n";
close $written;
my ($status, undef, $err) = mxtrail('--json', '--zone', $zone, '--record', $config, '--force', 'example.com');
like("$status $err", qr/^4 .*: this is the same file as the configuration$/, 'the configuration is read, too');
is(content($config), "[ui]\nmouse = no\n", 'and left alone');
unlink $config;

# ---- what is there already ----

my $present = file('present', "kept\n");
($status, my $out, $err) = mxtrail('--json', '--zone', $zone, '--record', $present, 'example.com');
is("$status$out", '4', 'an existing file is refused');
is($err, "mxtrail: $present: the file exists; --force overwrites it\n", 'said so');
is(content($present), "kept\n", 'and left as it was');
($status, $out) = mxtrail('--json', '--zone', $zone, '--record', $present, '--force', 'example.com');
is($status, 0, '--force overwrites it');
is(content($present), content($recording), 'whole');
my $long = file('long', "kept\n" x 100_000);
mxtrail('--json', '--zone', $zone, '--record', $long, '--force', 'example.com');
is(content($long), content($recording), 'nothing of a longer one is left');
($status, undef, $err) = mxtrail('--json', '--zone', $zone, '--force', 'example.com');
is("$status $err", "2 mxtrail: --force: needs --record\n", '--force alone means nothing');
symlink scratch . '/nothing', scratch . '/dangling' or die;
($status) = mxtrail('--json', '--zone', $zone, '--record', scratch . '/dangling', 'example.com');
is($status, 4, 'a link to nothing is refused');
ok(!-e scratch . '/nothing', 'and makes no file');
($status, undef, $err) = mxtrail('--json', '--zone', $zone, '--record', $folder, '--force', 'example.com');
is("$status $err", "4 mxtrail: $folder: Is a directory\n", 'a folder is no file');
($status) = mxtrail('--json', '--zone', scratch . '/no.zone', '--record', scratch . '/new', 'example.com');
is($status, 4, 'a zone that cannot be read');
ok(!-e scratch . '/new', 'leaves no recording behind');

# ---- what is no regular file ----

($status, $out) = mxtrail('--json', '--zone', $zone, '--record', '/dev/null', 'example.com');
is($status, 0, '/dev/null takes a recording');
like($out, qr/^\{"mxtrail":1/, 'beside the report');
my $fifo = scratch . '/fifo';
mkfifo($fifo, 0600) or die "$fifo: $!";
($status, $out, $err) = mxtrail('--json', '--zone', $zone, '--record', $fifo, 'example.com');
is("$status$out$err", "4mxtrail: $fifo: nobody reads it\n", 'a FIFO without a reader is an error at once');
open my $held, '+<', $fifo or die "$fifo: $!"; # so that neither end waits for the other
my $reader = fork // die;
if (!$reader) {
    open STDOUT, '>', scratch . '/read' or exit 1;
    exec 'cat', $fifo or exit 1;
}
($status) = mxtrail('--json', '--zone', $zone, '--record', $fifo, 'example.com');
is($status, 0, 'with a reader it takes a recording');
close $held;
waitpid $reader, 0;
is(content(scratch . '/read'), content($recording), 'which is whole');

done_testing();
