#!/usr/bin/perl
# The profile exim against Exim where TLSA records decide: as it is, without DANE, and with it required.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Cases;
use Compare;
use DaneWorld;
use Mta;
use Test::More;

my $exim = '/usr/sbin/exim4';
plan skip_all => needs_dane() . ' is missing' if needs_dane();
enter('exim', $exim);
add_users(qw(Debian-exim));
listen_stages();
my @cells = start_dane();

# By the recipient's local part.
my %ways = (usual => [], without => ['hosts_try_dane=no'], required => ['hosts_require_dane=yes'],
    avoiding => ['hosts_avoid_tls=yes']);
my %options = (usual => '', without => "  hosts_try_dane =\n", required => "  hosts_require_dane = *\n",
    avoiding => "  hosts_avoid_tls = *\n");
my $spool = "$root/var/spool/exim4";
spew("$root/etc/exim4/exim4.conf", "primary_hostname = $me\nkeep_environment =\nspool_directory = /var/spool/exim4\n"
    . "log_file_path = /var/spool/exim4/%slog\nlog_selector = +outgoing_port\nsyslog_timestamp = false\ntls_advertise_hosts =\n"
    . "dns_dnssec_ok = 1\nbegin routers\nback:\n  driver = redirect\n  domains = $me\n  data = :blackhole:\n"
    . join('', map { "$_:\n  driver = dnslookup\n  local_parts = $_\n  dnssec_request_domains = *\n  ipv4_only = yes\n  transport = $_\n  no_more\n" } sort keys %ways)
    . "begin transports\n" . join('', map { "$_:\n  driver = smtp\n  dnssec_request_domains = *\n  hosts_try_chunking =\n  hosts_try_prdr =\n$options{$_}" } sort keys %ways)
    . "begin retry\n* * F,4d,15m\n");

# What the log says of one message, hints about hosts forgotten.
sub deliver {
    my ($to) = @_;
    unlink "$spool/mainlog", glob("$spool/db/*"), glob("$spool/input/*");
    open(my $pipe, '|-', inside($exim, '-odi', '-oi', '-f', "s\@$me", $to)) or die "$exim: $!";
    print $pipe "Subject: x\n\nx\n";
    close $pipe;
    my $verdict = '';
    my @log = grep { /[ <]\Q$to\E/ } split /\n/, slurp("$spool/mainlog"); # a message that was returned may still be under way
    for (@log) {
        $verdict = 'deliver' if / => /;
        $verdict = 'defer' if / == /;
        $verdict = 'bounce' if / \*\* /;
    }
    # Where it went, and how: over TLS or in clear.
    my ($relay, $tls) = "@log" =~ / => .* H=\S+ \[([0-9.]+)\]\S*( X=TLS)?/ ? ($1, $2 ? 'tls' : 'clear') : ('', '');
    return ($verdict, "$relay $tls");
}

for my $way (qw(usual required without avoiding)) {
    for my $cell (grep { $way eq 'usual' || $_->{name} !~ /^failed/ } @cells) { # each such lookup takes seconds
        my ($verdict, $where) = deliver("$way\@$cell->{name}.sig");
        my ($said) = @{ dane_simulated('exim', $cell, @{ $ways{$way} })->{simulation}{outcome} };
        my %address;
        @address{qw(a b)} = map { s/=.*//r } split /,/, $cell->{down};
        my ($relay) = ($said->{exchange} // '') =~ /^(\w)/ ? $address{$1} : '';
        my $tls = $said->{verdict} eq 'deliver' ? $said->{tls} =~ s/^re-//r : ''; # which connection in clear is not in the log
        is "$verdict $where", "$said->{verdict} $relay $tls", "$cell->{name} $way";
    }
}
done_testing();
