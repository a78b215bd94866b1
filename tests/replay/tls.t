#!/usr/bin/perl
# DANE and MTA-STS on the command line: what is found, and what each sender makes of it.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::XS;
use Mxtrail;
use Test::More;

my $key = '8D02536C887482BC34FF54E41D2BA659BF85B341A0A20AFADB5813DCFBCF286D';
my $zone = file('tls.zone', <<"END");
\$ORIGIN example.com.
\$TTL 3600
@ SOA ns hostmaster 1 7200 900 1209600 300
@ NS ns
ns A 192.0.2.53
@ MX 10 mx1
@ MX 20 mx2
mx1 A 192.0.2.1
mx2 A 192.0.2.2
_25._tcp.mx1 TLSA 3 1 1 $key
_mta-sts TXT "v=STSv1; id=1"
mta-sts A 192.0.2.80
END
my $policy = file('policy', "version: STSv1\nmode: enforce\nmx: mx1.example.com\nmax_age: 604800\n");

sub said {
    my (@options) = @_;
    my ($status, $out) = mxtrail('--zone', $zone, '--json', '--simulate=100', @options, 'example.com');
    is($status, 0, "@options: exit status");
    return decode_json($out);
}

sub outcomes {
    my ($said) = @_;
    return [map { join ' ', grep { defined && length } @$_{qw(verdict code tls)},
            $_->{in_clear_past_tlsa} ? 'exposed' : () } @{ $said->{simulation}{outcome} }];
}

# A strict best host with bad TLSA records beside a worse one without TLS.
my @trouble = ('--down', 'mx1=tlsa,mx2=no-starttls');
my @senders = (
    ['rfc5321'], ['postfix', '--set', 'smtp_tls_security_level=dane'], ['exim'],
    ['sendmail', '--set', 'DANE=yes'], ['postfix', '--set', 'smtp_tls_security_level=dane-only'],
);
is_deeply(outcomes(said('--profile', @$_, '--as-if-signed', @trouble)), ['deliver clear exposed'],
    "@$_: in clear past the TLSA records") for @senders[0 .. 3];
is_deeply(outcomes(said('--profile', @{ $senders[4] }, '--as-if-signed', @trouble)), ['defer 4.7.5'],
    'dane-only: none');
is_deeply(outcomes(said('--profile', 'exim', @trouble)), ['deliver tls'],
    'a zone file is not signed: its TLSA records do not count');

# The policy.
my @policy = ('--mta-sts-policy', $policy);
my $said = said(@policy);
is_deeply([map { "$_->{id} $_->{severity} $_->{subject}" } grep { $_->{id} =~ /mta-sts/ } @{ $said->{findings} }],
    ['mta-sts-mismatch error mx2.example.com.'], 'what is found: one host is not listed');
is_deeply($said->{policy}{mta_sts}{policy},
    { mode => 'enforce', max_age => 604800, mx => ['mx1.example.com.'], fault => undef }, 'the policy in JSON');
is_deeply(said()->{policy}{mta_sts}{policy}, undef, 'not given: null');
is_deeply(outcomes(said('--profile', @{ $_->[0] }, @policy, '--down', 'mx1')), $_->[1], "$_->[0][0]: $_->[1][0]")
    for [['rfc5321'], ['defer']], [['postfix', '--set', 'mta_sts=yes'], ['defer 4.4.1']], [['courier'], ['defer 4.4.1']],
    [['exim'], ['deliver']], [['postfix'], ['deliver']], [['sendmail', '--set', 'mta_sts=yes'], ['defer 4.0.0']];

my (undef, $text) = mxtrail('--zone', $zone, '--report', '--simulate=100', @policy, '--down', 'mx1', 'example.com');
like($text, qr/mx2\.example\.com 192\.0\.2\.2 is not connected to:\s+the\s+MTA-STS\s+policy\s+does\s+not\s+list\s+it/,
    'the story tells who is left out');

# The matrix: every sender with DANE, and with MTA-STS.
sub modes {
    my ($member, @options) = @_;
    my (undef, $out) = mxtrail('--zone', $zone, '--json', '--matrix', @options, 'example.com');
    return { map { my $mode = $_->{$member};
            $_->{profile} => $mode && join ' ', grep { defined && length } @$mode{qw(verdict code tls)},
                $mode->{in_clear_past_tlsa} ? 'exposed' : () } @{ decode_json($out)->{matrix} } };
}
is_deeply(modes('with_dane', '--as-if-signed', @trouble),
    { (map { $_ => 'deliver clear exposed' } qw(rfc5321 postfix exim sendmail)),
        (map { $_ => undef } qw(opensmtpd qmail courier naive)) }, 'with DANE');
is_deeply(modes('with_mta_sts', @policy, '--down', 'mx1'),
    { rfc5321 => 'defer', postfix => 'defer 4.4.1', sendmail => 'defer 4.0.0', courier => 'defer 4.4.1',
        (map { $_ => undef } qw(exim opensmtpd qmail naive)) }, 'with MTA-STS');
(undef, $text) = mxtrail('--zone', $zone, '--report', '--matrix', '--as-if-signed', @trouble, 'example.com');
like($text, qr{with DANE: delivered to mx2 in clear, past a host that\s+requires\s+TLS}, 'the matrix as text');

my $bad = file('bad', "<html>\n");
is_deeply([map { $_->{id} } grep { $_->{id} =~ /mta-sts/ } @{ said('--mta-sts-policy', $bad)->{findings} }],
    ['mta-sts-policy'], 'a page that is no policy');
my ($status, undef, $err) = mxtrail('--zone', $zone, '--json', '--mta-sts-policy', "$bad.not", 'example.com');
is($status, 4, 'a file that is not there: exit status 4');
like($err, qr/^mxtrail: --mta-sts-policy .*: No such file/, '... and why');
done_testing();
