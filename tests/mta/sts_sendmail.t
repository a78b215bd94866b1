#!/usr/bin/perl
# The profile sendmail against Sendmail's FEATURE(sts) (ROUTING 9.7): what a policy server would say of a domain
# comes over a socket, in its protocol.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use DaneWorld;
use IO::Socket::INET;
use Mta;
use SendmailWorld;

use StsWorld;
use Test::More;

plan skip_all => needs_dane() . ' is missing' if needs_dane();
enter('sendmail', $sendmail);
plan skip_all => 'this Sendmail knows no MTA-STS' unless -f "$root/usr/share/sendmail/cf/feature/sts.m4";
add_users(qw(smmta smmsp));
my @cells = grep { !$ENV{ONLY} || $_->{name} =~ /$ENV{ONLY}/ } start_sts();
my $log = log_system();

# The policy server, netstrings in both directions: only what is to be enforced is told.
sub answer {
    my ($question, $cells) = @_;
    my ($domain) = $question =~ /^sts (.*)\.sig$/ or return 'PERM what';
    my $cell = $cells->{$domain};
    return 'NOTFOUND ' unless $cell && $cell->{mode} eq 'enforce';
    return 'OK secure match=' . join(':', map { s/^\*//r } policy_names($cell)) . ' servername=hostname';
}

sub start_policy_server {
    my %cells = map { $_->{name} => $_ } @cells;
    my $listener = IO::Socket::INET->new(LocalAddr => '127.0.0.1:5461', Listen => 8, ReuseAddr => 1) or die "policy server: $!";
    return if fork // die "fork: $!";
    while (my $client = $listener->accept) {
        $client->autoflush(1);
        my $in = '';
        while (sysread $client, $in, 4096, length $in) {
            while ($in =~ /^(\d+):/ && length $in >= length($1) + 2 + $1) {
                my $reply = answer(substr($in, length($1) + 1, $1), \%cells);
                substr($in, 0, length($1) + 2 + $1) = '';
                print $client length $reply, ":$reply,";
            }
        }
    }
    exit 0;
}

start_policy_server();
mkdir "$root/run/authorities";
output("sh", "-c", "cp $root/run/authority.pem $root/run/authorities && openssl rehash $root/run/authorities");
my $trust = "define(`confCACERT', `/run/authority.pem')\ndefine(`confCACERT_PATH', `/run/authorities')"; # one alone vouches for nothing
my %cf = (sts => configure_sendmail('sts', "FEATURE(`sts')", $trust), dane => configure_sendmail('dane', "FEATURE(`sts')", $trust, "define(`confDANE', `true')"),
    relay => configure_sendmail('relay', "FEATURE(`sts')", $trust, "define(`confFALLBACK_MX', `relay.hosts.sig')"));
for my $cell (@cells) {
    my @ways = $cell->{kind} ne 'no' ? 'dane' : ('sts', $cell->{stages}[0] eq $cell->{stages}[1] ? 'relay' : (), $cell->{policy} =~ /listed|last/ ? 'dane' : ());
    for my $way (@ways) {
        my @settings = $way eq 'dane' ? 'DANE=yes' : $way eq 'relay' ? 'FallbackMX=relay.hosts.sig' : ();
        my $said = sts_simulated('sendmail', $cell, @settings)->{simulation};
        my ($outcome) = @{ $said->{outcome} };
        my @tries = map { $_->{address} } @{ $said->{orders}[0]{tries} };
        my $did = deliver_sendmail($log, $cf{$way}, "$cell->{name}.sig");
        my $tls = $outcome->{verdict} eq 'deliver' ? ($outcome->{tls} // 'tls') =~ s/^re-//r : '';
        is "$did->{verdict} $did->{code} $did->{tls} @{$did->{tries}}", "$outcome->{verdict} $outcome->{code} $tls @tries", "$cell->{name} $way"
            or diag($did->{log});
    }
}
done_testing();
