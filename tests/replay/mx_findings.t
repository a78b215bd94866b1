#!/usr/bin/perl
# Every finding about MX records, and what each sender does with a domain that has it: which hosts it
# may try, in which it fails, how it ends when all is well and when nobody answers. A finding without
# a row is a fault, and so is a row whose domain does not show it.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use Test::More;

my $two = "\@ MX 10 mx1\n\@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 198.51.100.2\n";

# Finding, domain, then senders => how a delivery ends and after how many attempts; the same with every
# host down.
my @rows = (
    ['mx-bypasses-filter', "\@ MX 10 mx.front.example.net.\n\@ MX 20 mx1\nmx.front.example.net. A 203.0.113.25\nmx1 A 192.0.2.1\n",
        'naive' => 'deliver 1, bounce 5.4.1 2',
        'postfix sendmail opensmtpd qmail courier' => 'deliver 1, defer 4.4.1 2',
        'rfc5321 exim' => 'deliver 1, defer 2'],
    ['mx-cname', "\@ MX 10 al\nal CNAME mx1\nmx1 A 192.0.2.1\n",
        'naive' => 'deliver 1, bounce 5.4.1 1',
        'postfix sendmail opensmtpd qmail courier' => 'deliver 1, defer 4.4.1 1',
        'rfc5321 exim' => 'deliver 1, defer 1'],
    ['mx-dangling', "\@ MX 10 gone\n\@ MX 20 mx2\nmx2 A 198.51.100.2\n",
        'naive' => 'deliver 1, bounce 5.4.1 1',
        'postfix sendmail opensmtpd qmail courier' => 'deliver 1, defer 4.4.1 1',
        'rfc5321 exim' => 'deliver 1, defer 1'],
    ['mx-dangling', "\@ MX 10 gone\n",
        'exim' => 'bounce 0, bounce 0',
        'opensmtpd' => 'defer 4.4.4 0, defer 4.4.4 0',
        'rfc5321 postfix qmail naive' => 'bounce 5.4.4 0, bounce 5.4.4 0',
        'sendmail courier' => 'bounce 5.1.2 0, bounce 5.1.2 0'],
    ['mx-differs-between-servers', '--demo=split-servers',
        'naive' => 'deliver 1, bounce 5.4.1 2',
        'postfix sendmail opensmtpd courier' => 'deliver 1, defer 4.4.1 3',
        'qmail' => 'deliver 1, defer 4.4.1 2',
        'rfc5321 exim' => 'deliver 1, defer 3'],
    ['mx-duplicate', "\@ MX 10 mx1\n\@ MX 20 mx1\n\@ MX 30 mx2\nmx1 A 192.0.2.1\nmx2 A 198.51.100.2\n",
        'exim' => 'deliver 1, defer 2',
        'naive' => 'deliver 1, bounce 5.4.1 3',
        'postfix qmail courier' => 'deliver 1, defer 4.4.1 3',
        'rfc5321' => 'deliver 1, defer 3',
        'sendmail opensmtpd' => 'deliver 1, defer 4.4.1 2'],
    ['mx-hostname', "\@ MX 10 bad!name\n\@ MX 20 mx2\nbad!name A 192.0.2.1\nmx2 A 198.51.100.2\n",
        'exim' => 'deliver 1, defer 1',
        'naive' => 'deliver 1, bounce 5.4.1 2',
        'postfix sendmail opensmtpd' => 'deliver 1, defer 4.4.1 1',
        'qmail courier' => 'deliver 1, defer 4.4.1 2',
        'rfc5321' => 'deliver 1, defer 2'],
    ['mx-hostname', "\@ MX 10 -name\n\@ MX 20 mx2\n-name A 192.0.2.1\nmx2 A 198.51.100.2\n",
        'courier' => 'bounce 5.4.4 0, bounce 5.4.4 0',
        'exim' => 'deliver 1, defer 1',
        'naive' => 'deliver 1, bounce 5.4.1 2',
        'postfix sendmail opensmtpd' => 'deliver 1, defer 4.4.1 1',
        'qmail' => 'deliver 1, defer 4.4.1 2',
        'rfc5321' => 'deliver 1, defer 2'],
    ['mx-hostname', "\@ MX 10 name-\nname- A 192.0.2.1\n",
        'exim' => 'bounce 0, bounce 0',
        'naive' => 'deliver 1, bounce 5.4.1 1',
        'postfix courier' => 'bounce 5.4.4 0, bounce 5.4.4 0',
        'rfc5321' => 'deliver 1, defer 1',
        'sendmail opensmtpd qmail' => 'deliver 1, defer 4.4.1 1'],
    ['mx-implicit', "\@ A 192.0.2.1\n",
        'naive' => 'deliver 1, bounce 5.4.1 1',
        'postfix sendmail opensmtpd qmail courier' => 'deliver 1, defer 4.4.1 1',
        'rfc5321 exim' => 'deliver 1, defer 1'],
    ['mx-literal', "\@ MX 10 192.0.2.1.\n\@ MX 20 mx2\nmx2 A 198.51.100.2\n",
        'courier' => 'bounce 5.4.4 0, bounce 5.4.4 0',
        'naive' => 'deliver 1, bounce 5.4.1 2',
        'postfix sendmail opensmtpd qmail' => 'deliver 1, defer 4.4.1 2',
        'rfc5321 exim' => 'deliver 1, defer 1'],
    ['mx-localhost', "\@ MX 10 localhost.\n\@ MX 20 mx2\nlocalhost. A 127.0.0.1\nmx2 A 198.51.100.2\n",
        'exim' => 'freeze 0, freeze 0',
        'naive' => 'loop 5.4.6 1, bounce 5.4.1 2',
        'opensmtpd' => 'deliver 1, defer 4.4.1 1',
        'rfc5321 postfix qmail courier' => 'bounce 5.4.6 0, bounce 5.4.6 0',
        'sendmail' => 'bounce 5.3.5 0, bounce 5.3.5 0'],
    ['mx-loopback', "\@ MX 10 mx1\n\@ MX 20 mx2\nmx1 A 127.0.0.1\nmx2 A 198.51.100.2\n",
        'exim' => 'freeze 0, freeze 0',
        'naive' => 'loop 5.4.6 1, bounce 5.4.1 2',
        'opensmtpd' => 'loop 5.4.6 1, defer 4.4.1 2',
        'rfc5321 postfix qmail courier' => 'bounce 5.4.6 0, bounce 5.4.6 0',
        'sendmail' => 'bounce 5.3.5 1, defer 4.4.1 2'],
    ['mx-many', join('', map { "\@ MX 10 h$_\nh$_ A 192.0.2.$_\n" } 1 .. 12),
        'exim' => 'deliver 1, defer 5',
        'naive' => 'deliver 1, bounce 5.4.1 12',
        'opensmtpd' => 'deliver 1, defer 4.4.1 8',
        'postfix' => 'deliver 1, defer 4.4.1 5',
        'rfc5321' => 'deliver 1, defer 12',
        'sendmail qmail courier' => 'deliver 1, defer 4.4.1 12'],
    ['mx-none', "\@ TXT \"x\"\n",
        'exim' => 'bounce 0, bounce 0',
        'opensmtpd' => 'defer 4.4.4 0, defer 4.4.4 0',
        'rfc5321 postfix naive' => 'bounce 5.4.4 0, bounce 5.4.4 0',
        'sendmail qmail courier' => 'bounce 5.1.2 0, bounce 5.1.2 0'],
    ['mx-null', "\@ MX 0 .\n",
        'exim' => 'bounce 0, bounce 0',
        'postfix' => 'bounce 5.1.0 0, bounce 5.1.0 0',
        'qmail naive' => 'bounce 5.4.4 0, bounce 5.4.4 0',
        'rfc5321 sendmail opensmtpd courier' => 'bounce 5.1.10 0, bounce 5.1.10 0'],
    ['mx-null-mixed', "\@ MX 0 .\n\@ MX 10 mx1\nmx1 A 192.0.2.1\n",
        'courier' => 'bounce 5.1.10 0, bounce 5.1.10 0',
        'naive' => 'deliver 1, bounce 5.4.1 1',
        'postfix' => 'bounce 5.1.0 0, bounce 5.1.0 0',
        'rfc5321 exim' => 'deliver 1, defer 1',
        'sendmail opensmtpd qmail' => 'deliver 1, defer 4.4.1 1'],
    ['mx-null-open', "\@ MX 0 .\n",
        'exim' => 'bounce 0, bounce 0',
        'postfix' => 'bounce 5.1.0 0, bounce 5.1.0 0',
        'qmail naive' => 'bounce 5.4.4 0, bounce 5.4.4 0',
        'rfc5321 sendmail opensmtpd courier' => 'bounce 5.1.10 0, bounce 5.1.10 0'],
    ['mx-null-preference', "\@ MX 7 .\n",
        'courier' => 'bounce 5.1.10 0, bounce 5.1.10 0',
        'exim' => 'bounce 0, bounce 0',
        'opensmtpd' => 'defer 4.4.4 0, defer 4.4.4 0',
        'postfix' => 'bounce 5.1.0 0, bounce 5.1.0 0',
        'rfc5321 qmail naive' => 'bounce 5.4.4 0, bounce 5.4.4 0',
        'sendmail' => 'bounce 5.1.2 0, bounce 5.1.2 0'],
    ['mx-one-operator', "\@ MX 10 aspmx.l.google.com.\n\@ MX 20 alt1.aspmx.l.google.com.\naspmx.l.google.com. A 203.0.113.26\nalt1.aspmx.l.google.com. A 198.51.100.26\n",
        'naive' => 'deliver 1, bounce 5.4.1 2',
        'postfix sendmail opensmtpd qmail courier' => 'deliver 1, defer 4.4.1 2',
        'rfc5321 exim' => 'deliver 1, defer 2'],
    ['mx-outside-domain', "\@ MX 10 mx.example.net.\nmx.example.net. A 203.0.113.25\n",
        'naive' => 'deliver 1, bounce 5.4.1 1',
        'postfix sendmail opensmtpd qmail courier' => 'deliver 1, defer 4.4.1 1',
        'rfc5321 exim' => 'deliver 1, defer 1'],
    ['mx-private-address', "\@ MX 10 mx1\nmx1 A 10.0.0.1\n",
        'naive' => 'deliver 1, bounce 5.4.1 1',
        'postfix sendmail opensmtpd qmail courier' => 'deliver 1, defer 4.4.1 1',
        'rfc5321 exim' => 'deliver 1, defer 1'],
    ['mx-same-network', "\@ MX 10 mx1\n\@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n",
        'naive' => 'deliver 1, bounce 5.4.1 2',
        'postfix sendmail opensmtpd qmail courier' => 'deliver 1, defer 4.4.1 2',
        'rfc5321 exim' => 'deliver 1, defer 2'],
    ['mx-shared-address', "\@ MX 10 mx1\n\@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.1\n",
        'exim' => 'deliver 1, defer 1',
        'naive' => 'deliver 1, bounce 5.4.1 2',
        'opensmtpd' => 'deliver 1, defer 4.4.1 1',
        'postfix sendmail qmail courier' => 'deliver 1, defer 4.4.1 2',
        'rfc5321' => 'deliver 1, defer 2'],
    ['mx-single', "\@ MX 10 mx1\nmx1 A 192.0.2.1\n",
        'naive' => 'deliver 1, bounce 5.4.1 1',
        'postfix sendmail opensmtpd qmail courier' => 'deliver 1, defer 4.4.1 1',
        'rfc5321 exim' => 'deliver 1, defer 1'],
    ['mx-ttl-mixed', "\@ 3600 MX 10 mx1\n\@ 60 MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 198.51.100.2\n",
        'naive' => 'deliver 1, bounce 5.4.1 2',
        'postfix sendmail opensmtpd qmail courier' => 'deliver 1, defer 4.4.1 2',
        'rfc5321 exim' => 'deliver 1, defer 2'],
    ['mx-ttl-short', "\@ 30 MX 10 mx1\n\@ 30 MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 198.51.100.2\n",
        'naive' => 'deliver 1, bounce 5.4.1 2',
        'postfix sendmail opensmtpd qmail courier' => 'deliver 1, defer 4.4.1 2',
        'rfc5321 exim' => 'deliver 1, defer 2'],
    ['mx-unresolvable', "\@ MX 10 mx.broken.example.\n\@ MX 20 mx2\nmx2 A 198.51.100.2\n",
        'naive' => 'deliver 1, bounce 5.4.1 1',
        'postfix sendmail opensmtpd qmail courier' => 'deliver 1, defer 4.4.1 1',
        'rfc5321 exim' => 'deliver 1, defer 1'],
    ['mx-v4-only', $two,
        'naive' => 'deliver 1, bounce 5.4.1 2',
        'postfix sendmail opensmtpd qmail courier' => 'deliver 1, defer 4.4.1 2',
        'rfc5321 exim' => 'deliver 1, defer 2'],
    ['mx-v6-only', "\@ MX 10 mx1\nmx1 AAAA 2001:db8::1\n",
        'naive' => 'deliver 1, bounce 5.4.1 1',
        'postfix sendmail opensmtpd courier' => 'deliver 1, defer 4.4.1 1',
        'qmail' => 'bounce 5.4.4 0, bounce 5.4.4 0',
        'rfc5321 exim' => 'deliver 1, defer 1'],
    ['mx-wildcard', "* MX 10 mx1\n$two",
        'naive' => 'deliver 1, bounce 5.4.1 2',
        'postfix sendmail opensmtpd qmail courier' => 'deliver 1, defer 4.4.1 2',
        'rfc5321 exim' => 'deliver 1, defer 2'],
);

sub ending {
    my ($row) = @_;
    return join ' ', grep { length } @$row{qw(verdict code)},
        $row->{tries_least} == $row->{tries_most} ? $row->{tries_least} : "$row->{tries_least}-$row->{tries_most}";
}

my %covered;
while (my ($number, $row) = each @rows) {
    my ($id, $zone, %wanted) = @$row;
    my @at = $zone =~ /^--/ ? $zone : ('--zone', example("mx$number", $zone), 'example.com');
    my ($up, $down) = map { json(@$_, '--matrix', @at) } [], ['--down', '*'];
    my %does;
    while (my ($i, $sender) = each @{ $up->{matrix} }) {
        my $ending = ending($sender) . ', ' . ending($down->{matrix}[$i]);
        $does{$ending} = join ' ', grep { defined } $does{$ending}, $sender->{profile};
    }
    $covered{$id}++;
    ok((grep { $_->{id} eq $id } @{ $up->{findings} }), "$id is found");
    is_deeply({ reverse %does }, \%wanted, '... and this is what senders do');
}

my @ids = map { m{(mx-[\w-]+)\.txt$} } glob(root . '/help/findings/mx-*.txt');
is_deeply([sort keys %covered], [sort @ids], 'every finding about MX records is gone through');
done_testing();
