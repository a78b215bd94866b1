#!/usr/bin/perl
# Reports are the same every time, and plain where the terminal is.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use Test::More;

my $zone = example('good.zone', <<'END');
@ MX 10 mx1
@ MX 20 mx2
@ MX 20 mx3
mx1 A 192.0.2.1
mx2 A 192.0.2.2
mx3 A 192.0.2.3
@ TXT "gr\195\188n \226\128\174 \027[31m"
_ldap._tcp SRV 0 6 389 ldap1
_ldap._tcp SRV 0 4 389 ldap2
xn--bcher-kva.example. MX 10 mx.xn--bcher-kva.example.
mx.xn--bcher-kva.example. A 192.0.2.9
END

# ---- the same seed, the same bytes ----

my @draws = ('--zone', $zone, '--simulate=2000', '--srv', '_ldap._tcp', '--down', 'mx1', 'example.com');
for my $form ('--json', '--report') {
    my $once = report($form, '--seed', 7, @draws);
    is(report($form, '--seed', 7, @draws), $once, "$form: equal seeds give equal bytes");
    isnt(report($form, '--seed', 8, @draws), $once, "$form: another seed gives others");
    is(report($form, @draws), report($form, '--seed', 1, @draws), "$form: the seed is 1 unless given");
}
is(json('--seed', '9223372036854775807', @draws)->{simulation}{seed}, '9223372036854775807', 'the largest seed is told as it is');

# ---- nothing that changes from run to run ----

my $object = json('--zone', $zone, 'example.com');
is($object->{elapsed_ms}, 0, 'a zone takes no time');
is((grep { $_->{rtt_ms} != 0 } @{ $object->{queries} }), 0, 'nor do its questions');

# ---- the terminal's characters ----

my @idn = ('--zone', $zone, '--report', 'bücher.example');
my ($status, $out, $err) = mxtrail(@idn);
like($out, qr/^xn--bcher-kva\.example \(bücher\.example\): answered/, 'U-labels where the locale is UTF-8');
my @lines = split /\n/, report(@idn, '--simulate=1') =~ s/\n {4,}/ /gr;
is_deeply([grep { /mx\.xn--/ && !/mx\.xn--bcher-kva\.example \(mx\.bücher\.example\)/ } @lines], [], 'in sentences, too');
cmp_ok((grep { /mx\.bücher/ } @lines), '>=', 4, 'of which there are some');
for my $way ('LC_ALL=C "$M"', '"$M" --ascii') {
    ($status, $out, $err) = shell("$way --zone '$zone' --report bücher.example example.com jürgen\@bücher.example ü..x");
    unlike($out, qr/[^\n -~]/, "$way: nothing but ASCII");
    like($out, qr/^xn--bcher-kva\.example: answered/, 'and the A-label');
    like($out, qr/\(left out: j\\195\\188rgen\@\)/, 'what was typed is escaped');
    unlike($err, qr/[^\n -~]/, 'on standard error, too') if $way =~ /LC_ALL/;
}
($status, $out) = mxtrail('--zone', $zone, '--report', 'example.com');
like($out, qr/grün \\226\\128\\174 \\027\[31m|gr\\195\\188n \\226\\128\\174 \\027\[31m/, 'text from outside cannot steer the terminal');
is_deeply((json('--zone', $zone, 'bücher.example'))->{name_u}, "b\x{fc}cher.example.", 'JSON has both labels');

done_testing();
