#!/usr/bin/perl
# The profile courier against Courier's real client, run by its daemon: hosts that answer at every stage (ROUTING
# 7, 9.9), TLS and MTA-STS (9.1, 9.7), the first message and a later one, with what it remembers of hosts that
# failed in TLS.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Cases;
use Compare;
use CourierWorld;
use DaneWorld;
use Mta;
use StsWorld;
use Test::More;

plan skip_all => needs_dane() . ' is missing' if needs_dane();
enter('courier', $courierd);
add_users(qw(courier));
my @cells = grep { $_->{kind} eq 'no' && (!$ENV{ONLY} || $_->{name} =~ /$ENV{ONLY}/) } start_sts();
listen_stages();
my $log = log_system();

# Name, route, lines of the configuration, settings of the profile.
my $trust = 'TLS_TRUSTCERTS=/run/authority.pem';
my @ways = (['usual', ''], ['never', '', ['ESMTP_USE_STARTTLS=0'], ['ESMTP_USE_STARTTLS=no']],
    ['peer', '', [$trust, 'TLS_VERIFYPEER=PEER'], ['TLS_VERIFYPEER=PEER']],
    ['verified', '', [$trust, 'TLS_VERIFYPEER=PEER', 'ESMTP_TLS_VERIFY_DOMAIN=1'], ['TLS_VERIFYPEER=PEER', 'ESMTP_TLS_VERIFY_DOMAIN=yes']],
    ['required', ':/SECURITY=REQUIRED', [], ['SECURITY=REQUIRED']], ['security', ':/SECURITY=STARTTLS', [], ['SECURITY=STARTTLS']],
    ['policy', '', [$trust], []]);

sub compare_cell {
    my ($name, $cell, @settings) = @_;
    my $did = deliver_courier($log, "$cell->{name}.sig");
    my $said = sts_simulated('courier', $cell, @settings)->{simulation};
    my ($outcome) = @{ $said->{outcome} };
    my @tries = map { $_->{address} } @{ $said->{orders}[0]{tries} };
    my $tls = $outcome->{verdict} eq 'deliver' ? $outcome->{tls} // ($name =~ /^never/ ? 'clear' : 'tls') : '';
    my @met = @{ $did->{tries} };
    @met = @tries if @{ $cell->{hosts} } < 2 && @met == @tries; # which address comes first is chance
    is "$did->{verdict} $did->{tls} @met", "$outcome->{verdict} $tls @tries", "$cell->{name} $name" or diag($did->{log});
    return;
}

# Who refuses connections is not among the visits.
sub compare_case {
    my ($case) = @_;
    my $said = simulate('courier', $case);
    my $did = deliver_courier($log, $case->{domain});
    my %served = map { $_->[0] => 1 } served($case);
    my ($outcome) = @{ $said->{simulation}{outcome} };
    my @tries = grep { $served{$_} } map { $_->{address} } @{ $said->{simulation}{orders}[0]{tries} };
    is "$did->{verdict} @{$did->{tries}}", "$outcome->{verdict} @tries", $case->{name} or diag($did->{log});
    return;
}

if (!$ENV{WAY}) {
    start_courier('');
    compare_case($_) for grep { !$_->{srv} && !$_->{draws} && (served($_) || $ENV{ROUNDS}) } cases();
    stop_courier();
}
for (@ways) {
    my ($way, $route, $lines, $settings) = @$_;
    next if $ENV{WAY} && $way ne $ENV{WAY};
    my %memory;
    for my $try ('first', 'later') { # in between all clients end with their connections
        start_courier($route, @{ $lines // [] });
        for my $cell (grep { ($way eq 'policy') == ($_->{mode} ne 'none') } @cells) {
            remember($try eq 'later' ? @{ $memory{ $cell->{name} } } : ());
            remember_policy("$cell->{name}.sig", policy_text($cell)) if $way eq 'policy';
            compare_cell("$way, $try", $cell, @{ $settings // [] }, "try=$try");
            $memory{ $cell->{name} } = [memory()];
        }
        stop_courier();
    }
}
done_testing();
