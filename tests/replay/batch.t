#!/usr/bin/perl
# A batch loses nothing: a name that is hostile costs the others nothing, and whatever ends the
# program, what was finished is out in whole lines.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::XS;
use Mxtrail;
use POSIX qw(WTERMSIG);
use Test::More;

# ---- hostile names among 200 ----

my $label = 'a' x 63;
my %hostile = (
    'dmarc.h.' => '_dmarc.dmarc.h. TXT "v=dmarc1; p=reject; rua=mailto:a@y.test"',
    'mx.h.' => join("\n", map { "mx.h. MX $_ m$_.mx.h." } 1 .. 1500),
    'same.h.' => join("\n", map { "same.h. MX 10 m$_.same.h.\nm$_.same.h. A 192.0.2.1" } 1 .. 120),
    'loop.h.' => "loop.h. CNAME b.loop.h.\nb.loop.h. CNAME loop.h.",
    'chain.h.' => join("\n", 'chain.h. MX 1 c0.chain.h.', map { my $next = $_ + 1; "c$_.chain.h. CNAME c$next.chain.h." } 0 .. 30),
    'self.h.' => "self.h. MX 0 self.h.\nself.h. NS self.h.\nself.h. SRV 0 0 0 self.h.\n_ldap._tcp.self.h. CNAME self.h.",
    'spf.h.' => join("\n", map { my $n = $_; "s$n.spf.h. TXT \"v=spf1 " . join(' ', map { 'include:s' . ($n * 3 + $_) % 40 . '.spf.h' } 1 .. 9) . '"' } 0 .. 39)
        . "\nspf.h. TXT \"v=spf1 include:s1.spf.h redirect=spf.h\"",
    'wild.h.' => "*.wild.h. MX 0 .\n*.wild.h. TXT \"v=spf1 v=DMARC1 v=DKIM1; p=%{ir}\\000\\255\"\n*.wild.h. SRV 0 0 0 .\n*.wild.h. TLSA 9 9 9 00",
    'srv.h.' => join("\n", map { "_sip._tcp.srv.h. SRV $_ 65535 1 t$_.srv.h." } 0 .. 600),
    'txt.h.' => 'txt.h. TXT ' . join(' ', ('"v=spf1 ' . 'x' x 240 . '"') x 200),
    "$label.h." => "$label.h. MX 0 $label.$label.$label.h.\n$label.$label.$label.h. A 0.0.0.0",
    'null.h.' => "null.h. MX 0 .\nnull.h. MX 0 \\000\\.\\255.null.h.\nnull.h. MX 65535 192.0.2.1.",
);
my @good = map { "n$_.good." } 1 .. 200 - keys %hostile;
my $zone = file('world.zone', "\$TTL 60\n. SOA ns.test. h.test. 1 2 3 4 5\n. NS ns.zz.\n"
    . join('', map { "$_ MX 10 mx.$_\nmx.$_ A 192.0.2.1\n$_ TXT \"v=spf1 mx -all\"\n" } @good)
    . join('', map { "$hostile{$_}\n" } sort keys %hostile));
my @names = @good;
splice @names, 15 * $_, 0, (sort keys %hostile)[$_] for 0 .. keys(%hostile) - 1;
is(scalar @names, 200, '200 names');

my ($status, $out, $err) = mxtrail('--zone', $zone, '--batch', file('all', join '', map { "$_\n" } @names));
is($status, 0, 'a batch with hostile ones among them ends with status 0');
# The lines by name, but for the questions: one that two names share stands where it was asked first.
sub by_name {
    my ($lines) = @_;
    $lines =~ s/"queries":\[[^\]]*\]//g;
    return map { /"name":"([^"]*)"/ ? $1 : 'none', $_ } split /^/, $lines;
}

my @order = $out =~ /^\{[^{}]*?"name":"([^"]*)"/mg;
is_deeply(\@order, \@names, 'and each has its line, in the order given');
my %with = by_name($out);
my %alone = by_name(report('--zone', $zone, '--batch', file('good', join '', map { "$_\n" } @good)));
is(scalar keys %alone, scalar @good, 'the others alone');
is_deeply([grep { $with{$_} ne $alone{$_} } @good], [], 'have the same lines as with hostile ones among them');

# ---- ended in the middle ----

# The lines that came of so many names when the signal comes with more to be read, and the signal.
sub ended {
    my ($signal, $count, @arguments) = @_;
    my ($in_write, $out_read, $child) = conversation('--zone', $zone, '--batch', '-', @arguments);
    syswrite $in_write, join '', map { "$_\n" } @good[0 .. $count - 1];
    my @read = map { scalar <$out_read> } 1 .. $count;
    kill $signal, $child;
    push @read, <$out_read>;
    waitpid $child, 0;
    return (\@read, WTERMSIG($?));
}

for my $signal ('TERM', 'INT', 'HUP', 'KILL', 'ABRT') {
    my ($read, $number) = ended($signal, 20);
    is_deeply([map { /\n\z/ ? decode_json($_)->{name} : 'torn' } @$read], [@good[0 .. 19]],
        "after SIG$signal: the names that were finished, each a whole line");
    isnt($number, 0, 'and whoever asks is told of the signal');
}

done_testing();
