#!/usr/bin/perl
# The profile exim against Exim: its list of hosts as "exim -bt" prints it, a thousand times; tries
# and verdicts from the log of deliveries.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Cases;
use Compare;
use Mta;
use RandomCases;
use Test::More;

my $exim = '/usr/sbin/exim4';
enter('exim', $exim);
add_users('Debian-exim');
listen_stages();
mkdir "$root/var/spool/exim4", 0777;
chmod 0777, "$root/var/spool/exim4";

# Of the random cases each goes by a set of settings as well, told by the first label of its domain.
my %of_router = map { $_ => 1 } qw(self ipv4_prefer mx_fail_domains fail_defer_domains);
my @sets = $ENV{ROUNDS} ? random_settings(24, self => [qw(freeze defer fail send)], ipv4_prefer => ['yes'], mx_fail_domains => ['yes'],
    fail_defer_domains => ['yes'], hosts_max_try => [1, 3, 10], hosts_max_try_hardlimit => [2, 6],
    fallback_hosts => ['relay.test', 'me.test', 'gone.nowhere.test', 'relay.test:me.test']) : ();
my @always = $ENV{ROUNDS} ? 'hosts_treat_as_local=treated.test' : ();
my $treats = $ENV{ROUNDS} ? 'hosts_treat_as_local = treated.test' : '';

# "domains" settings are lists, which here hold all or none.
sub options_of {
    my ($of_router, @settings) = @_;
    my @mine = grep { my ($name) = /^(\w+)=/; !$of_router{$name} == !$of_router } @settings;
    return join '', map { my $line = $_; $line =~ s/_domains=yes/_domains = */; "  $line\n" } @mine;
}
my ($routers, $transports) = ('', '');
for my $i (0 .. $#sets) {
    my @settings = @{ $sets[$i] };
    $routers .= "s$i:\n  driver = dnslookup\n  domains = ^s$i\\\\.\n  transport = s$i\n  no_more\n" . options_of(1, @settings);
    $transports .= "s$i:\n  driver = smtp\n  hosts_avoid_tls = *\n  hosts_try_chunking =\n  hosts_try_prdr =\n" . options_of(0, @settings);
}

# Parts that deliver at the same time have spools of their own.
spew("$root/etc/exim4/exim4.conf", <<"END");
primary_hostname = $me
keep_environment = SPOOL
spool_directory = /var/spool/exim4/\${env{SPOOL}{\$value}{0}}
log_file_path = /var/spool/exim4/%slog.\${env{SPOOL}{\$value}{0}}
log_selector = +outgoing_port
syslog_timestamp = false
tls_advertise_hosts =
$treats
begin routers
back:
  driver = redirect
  domains = $me
  data = :blackhole:
${routers}tlsusual:
  driver = dnslookup
  domains = ^tlsusual\\\\.
  transport = tlsusual
  no_more
tlsnotry:
  driver = dnslookup
  domains = ^tlsnotry\\\\.
  transport = tlsnotry
  no_more
tlsrequired:
  driver = dnslookup
  domains = ^tlsrequired\\\\.
  transport = tlsrequired
  no_more
srv:
  driver = dnslookup
  domains = ^(.+\\\\.)?srv-
  check_srv = smtp
  transport = smtp
  no_more
mx:
  driver = dnslookup
  transport = smtp
begin transports
${transports}tlsusual:
  driver = smtp
  hosts_try_chunking =
  hosts_try_prdr =
tlsnotry:
  driver = smtp
  tls_tempfail_tryclear = false
  hosts_try_chunking =
  hosts_try_prdr =
tlsrequired:
  driver = smtp
  hosts_require_tls = *
  hosts_try_chunking =
  hosts_try_prdr =
smtp:
  driver = smtp
  hosts_avoid_tls = *
  hosts_try_chunking =
  hosts_try_prdr =
begin retry
* * F,4d,15m
END

# One process of "exim -bt" for all of the cases, as its random numbers start anew in each: a line of
# NAME=ADDRESS,ADDRESS for every case.
sub lists {
    my (@asked) = @_;
    my %case_of = map { ("x\@$_->{domain}" => $_->{name}) } @asked;
    my (%list, $name);
    for (split /\n/, output(inside('sh', '-c', 'exec "$0" -bt "$@" 2>/dev/null', $exim, keys %case_of))) {
        $name = $case_of{$1} if /^(\S+@\S+)/;
        push @{ $list{$name} }, $1 if $name && /^  host .*\[([0-9a-f.:]+)\]/;
    }
    return join ' ', map { "$_=" . join ',', @{ $list{$_} } } keys %list;
}

# Hints about hosts that failed before are forgotten, so that every delivery is a first one.
sub deliver {
    my ($domain, $part) = @_;
    local $ENV{SPOOL} = $part;
    my $spool = "$root/var/spool/exim4";
    my $log = "$spool/mainlog.$part";
    unlink $log, glob("$spool/$part/db/*"), glob("$spool/$part/input/*");
    my $child = open(my $pipe, '|-', inside($exim, '-odi', '-oi', '-f', "s\@$me", "x\@$domain")) or die "$exim: $!";
    print $pipe "Subject: x\n\nx\n";
    close $pipe;
    return slurp($log);
}

sub read_log {
    my ($text) = @_;
    my ($verdict, @tries) = ('');
    for (split /\n/, $text) {
        push @tries, $1 if (/ H=\S+ \[([0-9a-f.:]+)\]/ || / \[([0-9a-f.:]+)\].* TLS /) && !grep { $_ eq $1 } @tries;
        $verdict = 'deliver' if / => / && !/ R=back$/;
        $verdict = 'defer' if / == /;
        $verdict = 'bounce' if / \*\* /;
        $verdict = 'freeze' if /\bFrozen\b/;
    }
    return { tries => \@tries, verdict => $verdict };
}

my @cases = cases();
known(map { $_->{name} => 'an exchange with an "@" is looked up without it, which the wildcard answers' }
    grep { $_->{zone} =~ /MX \d+ u\\\@/ && $_->{zone} =~ /^\* A/m } @cases);
my @chance = grep { $_->{draws} && ($ENV{ROUNDS} || !served($_)) } @cases;
my %drawn;
for my $line (in_parallel(2, $ENV{ROUNDS} ? 200 : 1000, sub { lists(@chance) })) {
    for (split / /, $line) {
        my ($name, $addresses) = split /=/;
        push @{ $drawn{$name} }, { tries => [split /,/, $addresses] };
    }
}
for my $case (@chance) {
    my $lists = $drawn{ $case->{name} } or next; # no list: the delivery below tells why
    my $said = simulate('exim', { %$case, dead => 1 }, @always, 'hosts_max_try=1000', $case->{srv} ? 'check_srv=smtp' : ());
    compare("$case->{name} listed", $case, $said, ['first choice', 'order'], @$lists);
}

# Where the verdict is left to chance, often enough to tell its share.
sub deliveries_of {
    my ($case, $said) = @_;
    my %verdicts = map { $_->{verdict} => 1 } @{ $said->{simulation}{outcome} };
    return keys %verdicts > 1 ? 300 : how_often($case, 20, 10);
}

my %said = map { $_->{name} => simulate('exim', $_, @always, $_->{srv} ? 'check_srv=smtp' : ()) } @cases;
my @deliveries = map { my $case = $_; map { $case } 1 .. deliveries_of($case, $said{ $case->{name} }) } @cases;
my %delivered;
for my $line (in_parallel(2, scalar @deliveries, sub {
    my ($i, $part) = @_;
    my $told = read_log(deliver($deliveries[$i]{domain}, $part));
    return join ' ', $deliveries[$i]{name}, $told->{verdict}, @{ $told->{tries} };
})) {
    my ($name, $verdict, @tries) = split / /, $line;
    push @{ $delivered{$name} }, { tries => \@tries, verdict => $verdict };
}
# What is set in TLS, by the first label of the domain.
my %tls = (tlsusual => [], tlsnotry => ['tls_tempfail_tryclear=no'], tlsrequired => ['hosts_require_tls=yes']);
for my $word (can_tls() && !$ENV{ROUNDS} ? sort keys %tls : ()) {
    for my $case (tls_cases()) {
        my $told = read_log(deliver("$word.$case->{name}.test", 0));
        # Of handshakes that fail only the last is in the log.
        my @aspects = ('verdict', $case->{name} =~ /^tls-tls-(?:both|good|six)$/ ? () : ('tries', 'order'));
        compare("$case->{name} $word", $case, simulate('exim', $case, @{ $tls{$word} }), \@aspects, $told);
    }
}
for my $case (@cases) {
    compare($case->{name}, $case, $said{ $case->{name} }, ['verdict', 'tries', 'order'], @{ $delivered{ $case->{name} } });
}
for my $i (@sets ? 0 .. $#cases : ()) {
    my ($case, $set) = ($cases[$i], $i % @sets);
    my $domain = $case->{domain} =~ s/^c1\./s$set./r;
    my $said = simulate('exim', { %$case, domain => $domain }, @always, @{ $sets[$set] });
    my @told = map { my ($verdict, @tries) = split / /; { tries => \@tries, verdict => $verdict } }
        in_parallel(2, deliveries_of($case, $said), sub {
            my $told = read_log(deliver($domain, $_[1]));
            return join ' ', $told->{verdict}, @{ $told->{tries} };
        });
    compare("$case->{name} @{ $sets[$set] }", $case, $said, ['verdict', 'tries', 'order'], @told);
}
print_table((split /\n/, output(inside($exim, '-bV')))[0]);
done_testing();
