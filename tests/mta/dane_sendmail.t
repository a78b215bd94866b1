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

my %ways = (dane => [['DANE=yes'], "define(`confDANE', `true')"], without => [['DANE=no']]);
for my $way (qw(dane without)) {
    my ($settings, @lines) = @{ $ways{$way} };
    my $cf = configure_sendmail($way, @lines);
    for my $cell (grep { $way eq 'dane' || $_->{name} !~ /^failed/ } @cells) {
        my $said = dane_simulated('sendmail', $cell, @$settings)->{simulation}{outcome}[0];
        my %address;
        @address{qw(a b)} = map { s/=.*//r } split /,/, $cell->{down};
        my ($relay) = ($said->{exchange} // '') =~ /^(\w)/ ? $address{$1} : '';
        my $tls = $said->{verdict} eq 'deliver' ? $said->{tls} =~ s/^re-//r : '';
        my $did = deliver_sendmail($log, $cf, "$cell->{name}.sig");
        is "$did->{verdict} $did->{code} $did->{relay} $did->{tls}", "$said->{verdict} $said->{code} $relay $tls", "$cell->{name} $way";
    }
}
done_testing();
