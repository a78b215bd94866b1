#!/usr/bin/perl
# The profile sendmail against Sendmail where TLSA records decide: with DANE, and as it is without.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use DaneWorld;
use Mta;
use SendmailWorld;
use Test::More;

plan skip_all => needs_dane() . ' is missing' if needs_dane();
enter('sendmail', $sendmail);
add_users(qw(smmta smmsp));
listen_stages();
my @cells = start_dane();
my $log = log_system();

# Settings of the profile, and lines of the configuration; TLS_Srv stands in an access map of one line.
spew("$root/run/access.$_", "TLS_Srv:\t$_\n") for qw(ENCR:112 PERM+ENCR:112 VERIFY:112);
sub access_map { my ($requires) = @_; return "FEATURE(`access_db', `text -T<TMPF> -k0 -v1 /run/access.$requires')" }
my %ways = (dane => [['DANE=yes'], "define(`confDANE', `true')"], without => [['DANE=no']],
    fallback => [['TLSFallbacktoClear=yes'], "define(`confTLS_FALLBACK_TO_CLEAR', `true')"],
    map { $_ => [["TLS_Srv=$_"], access_map($_)] } qw(ENCR:112 PERM+ENCR:112 VERIFY:112));
for my $way (grep { !$ENV{WAY} || /$ENV{WAY}/ } sort keys %ways) {
    my ($settings, @lines) = @{ $ways{$way} };
    my $cf = configure_sendmail($way, @lines);
    my $which = $way eq 'dane' ? qr/./ : $way eq 'without' ? qr/^(?!failed)/ : qr/^none-(?!tls-drop)/; # the sinks' certificate is nobody's
    for my $cell (grep { $_->{name} =~ $which } @cells) {
        my $said = dane_simulated('sendmail', $cell, @$settings)->{simulation}{outcome}[0];
        my %address;
        @address{qw(a b)} = map { s/=.*//r } split /,/, $cell->{down};
        my ($relay) = ($said->{exchange} // '') =~ /^(\w)/ ? $address{$1} : '';
        my $tls = $said->{verdict} eq 'deliver' ? $said->{tls} =~ s/^re-//r : '';
        my $did = deliver_sendmail($log, $cf, "$cell->{name}.sig");
        is "$did->{verdict} $did->{code} $did->{relay} $did->{tls}", "$said->{verdict} $said->{code} $relay $tls", "$cell->{name} $way" or diag($did->{log});
    }
}
done_testing();
