#!/usr/bin/perl
# The program where the machine gives little, and where servers give too much: descriptors run out,
# answers are as large as messages can be. It says so or goes on, and stays below 64 MiB.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::XS;
use Servers;
use Test::More;

plan skip_all => 'nsd is missing (./configure --install-deps=test)' unless have('nsd');
plan skip_all => 'valgrind needs descriptors and memory itself' if $ENV{VALGRIND};

my $mxtrail = $ENV{MXTRAIL} || program('mxtrail');
plan skip_all => 'mxtrail is not built' unless -x $mxtrail;

# As much of each as a message of 64 KB can carry.
my $head = "\$TTL 300\n\@ IN SOA ns1 hostmaster 1 3600 600 86400 60\n\@ IN NS ns1\nns1 IN A 127.0.0.1\n";
my ($port) = start_nsd('127.0.0.1', free_port(),
    'small.test' => "$head\@ IN MX 10 mx\nmx IN A 192.0.2.1\n",
    'many.test' => join('', $head, (map { "\@ IN MX $_ m$_\nm$_ IN A 192.0.2.1\n" } 1 .. 2000)),
    'long.test' => join('', $head, "\@ IN MX 10 mx\nmx IN A 192.0.2.1\n",
        map { sprintf "\@ IN TXT \"v=spf1 %03d %s\"\n", $_, 'x' x 240 } 1 .. 230),
    'wide.test' => join('', $head, map { "\@ IN A 192.0.2." . ($_ % 256) . "\n\@ IN A 198.51." . ($_ >> 8)
        . '.' . ($_ % 256) . "\n" } 0 .. 1999));

# Runs a survey with a limit of descriptors (0: none); returns the object, the exit status, what
# was said, and the memory in MiB.
sub look_up {
    my ($descriptors, @arguments) = @_;
    my ($output, $status, $ms) = run_program(program('tests/server/measured'), $descriptors,
        $mxtrail, '@127.0.0.1', '-p', $port, @arguments);
    my $said = said();
    my ($kib) = $said =~ s/^resident (\d+) KiB\n//m ? $1 : 0;
    return ($arguments[0] eq '--json' ? eval { decode_json($output) } || {} : $output,
        $status >> 8, $said, $kib / 1024, $ms);
}

# Too few to begin with.
for my $descriptors (4 .. 12) {
    my ($facts, $status, $said) = look_up($descriptors, '--json', 'small.test');
    is($status, 4, "$descriptors descriptors: exit status");
    is($said, "mxtrail: no file descriptors left\n", "$descriptors descriptors: it says so");
}

# Enough for a few questions at a time: the others wait.
for my $descriptors (16, 20, 40) {
    my ($facts, $status) = look_up($descriptors, '--json', 'small.test');
    is($status, 0, "$descriptors descriptors: exit status");
    is_deeply([grep { $_->{status} eq 'timeout' } @{ $facts->{queries} }], [],
        "$descriptors descriptors: every question is asked and answered");
}

my $sanitized = ($ENV{COMPILE} // '') =~ /-fsanitize=/;

for (['many.test', 'mx', 2000], ['long.test', 'txt', 230], ['wide.test', 'a', 2256]) {
    my ($name, $key, $count) = @$_;
    for my $form ('--json', '--report') {
        my ($facts, $status, $said, $mib, $ms) = look_up(0, $form, $name);
        is($status, 0, "$name $form: exit status");
        is($said, '', "$name $form: nothing to complain of");
        is(scalar @{ $facts->{$key} }, $count, "$name: every record is told") if ref $facts;
        cmp_ok($ms, '<', 10_000, "$name $form: bounded in time");
      SKIP: {
            skip 'sanitizers take memory themselves', 1 if $sanitized;
            cmp_ok($mib, '<', 64, "$name $form: below 64 MiB");
            note(sprintf '%s %s: %.1f MiB, %.0f ms', $name, $form, $mib, $ms);
        }
    }
}

done_testing();
