#!/usr/bin/perl
# What is read from files: a zone of 100,000 records, of addresses only and of seven types, beside the
# checkers of BIND and NSD; 2,000 exchanges beside 1,000; the memory that an 80 MB recording takes.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin, "$FindBin::Bin/../server";
use Batch;
use Network qw(aim median soa cpu_of_children);
use Servers;
use Test::More;

my $mxtrail = $ENV{MXTRAIL} || program('mxtrail');
my $runs = $ENV{RUNS} || 9;
my $records = $ENV{SMOKE} ? 800 : 100_000;

# Milliseconds of a command, and those of a processor; what it says is of no interest.
sub run_of {
    my @command = @_;
    my $before = cpu_of_children();
    my (undef, $status, $ms) = run_program(@command);
    BAIL_OUT("$command[0] ends with status $status: " . said()) if $status;
    return ($ms, cpu_of_children() - $before);
}

# ---- zone files ----

my $head = "\$ORIGIN files.test.\n" . soa('ns1') . "\@ IN MX 10 mx\nmx IN A 192.0.2.1\nns1 IN A 192.0.2.2\n";

sub addresses { return map { sprintf "h%d A 10.%d.%d.%d\n", $_, $_ >> 16, $_ >> 8 & 255, $_ & 255 } 1 .. $records }

sub mixed {
    return map {
        sprintf("h%d A 10.%d.%d.%d\n", $_, $_ >> 16, $_ >> 8 & 255, $_ & 255)
            . sprintf("h%d AAAA 2001:db8::%x\n", $_, $_)
            . "h$_ 3600 IN MX 10 mx$_.example.net.\nh$_ TXT \"v=spf1 include:_spf.example.net ip4:192.0.2.0/24 -all\"\n"
            . "H$_ SRV 10 5 25 h$_\nw$_ CNAME h$_\nd$_ NS ns$_.example.net.\nz$_.sub IN TXT \"some text; $_\"\n"
    } 1 .. $records / 8;
}

my @peers = grep { have($_->[0]) } ['named-checkzone', '-i', 'none'], ['nsd-checkzone'];
for (['addresses', addresses()], ['seven types', mixed()]) {
    my ($what, @lines) = @$_;
    my $file = spew('files.test.zone', join '', $head, @lines);
    my (@walls, @cpu, %walls);
    for (1 .. $runs) {
        my ($ms, $cpu) = run_of($mxtrail, '--zone', $file, '--report', 'files.test');
        push @walls, $ms;
        push @cpu, $cpu;
        push @{ $walls{ $_->[0] } }, (run_of(@$_, 'files.test', $file))[0] for @peers;
    }
    diag(sprintf '%d records, %s: median %.0f ms, worst %.0f ms, %.0f ms of a processor%s', scalar(() = join('', @lines) =~ /\n/g),
        $what, median(@walls), (sort { $a <=> $b } @walls)[-1], median(@cpu),
        join '', map { sprintf '; %s %.0f ms, ratio %.2f', $_, median(@{ $walls{$_} }), median(@walls) / median(@{ $walls{$_} }) }
            sort keys %walls);
    aim(median(@walls), '<=', 300, "$what: a zone of 100,000 records opens in 0.3 s");
}

# ---- many exchanges ----

my %exchanges = map { my $file = spew("mx$_.zone", join '', "\$ORIGIN files.test.\n", soa('ns1'), "ns1 IN A 192.0.2.2\n",
        map { my $n = $_; sprintf "\@ IN MX %d mx%d\nmx%d IN A 10.0.%d.%d\n", $n, $n, $n, $n >> 8, $n & 255 } 1 .. $_);
    $_ => $file } $ENV{SMOKE} ? (10, 20) : (1000, 2000);
my ($few, $many) = sort { $a <=> $b } keys %exchanges;
my @ratios;
for (1 .. $runs) {
    my %cpu = map { $_ => (run_of($mxtrail, '--zone', $exchanges{$_}, '--json', 'files.test'))[1] } $few, $many;
    push @ratios, $cpu{$many} / $cpu{$few};
}
diag(sprintf '%d exchanges take %.2f x the processor of %d', $many, median(@ratios), $few);
aim(median(@ratios), '<=', 2.2, 'twice the exchanges take 2.2 x at most');

# ---- a large recording ----

my $count = $ENV{SMOKE} ? 2 : 1100;
my $names = spew('names', join '', map { "$_\n" } live_names($count));
my $recording = spew('large.rec', '');
run_of($mxtrail, '--zone', spew('bench.test.zone', "\$ORIGIN bench.test.\n" . Batch::zone($count)), '--batch', $names,
    '--summary', '--force', '--record', $recording);
for (['one name', '--report', 'n1.bench.test'], ['all names', '--batch', $names, '--summary'], ['the screen', '--dump']) {
    my ($what, @arguments) = @$_;
    my ($ms) = run_of(program('tests/server/measured'), 0, $mxtrail, '--replay', $recording, @arguments);
    my ($kib) = said() =~ /^resident (\d+) KiB$/m;
    diag(sprintf 'a recording of %.0f MB, %s: %.1f s, %.1f MiB', (-s $recording) / 1e6, $what, $ms / 1000, $kib / 1024);
    cmp_ok($kib / 1024, '<=', 64, "$what: below 64 MiB");
}

done_testing();
