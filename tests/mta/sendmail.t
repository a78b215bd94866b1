#!/usr/bin/perl
# The profile sendmail against Sendmail: attempts and verdicts of messages delivered at once, from
# its verbose output.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Cases;
use Compare;
use Mta;
use SendmailWorld;
use Socket qw(AF_INET6 inet_ntop inet_pton);
use Test::More;

enter('sendmail', $sendmail);
add_users(qw(smmta smmsp));
listen_stages();
my $log = log_system();

my $cf = configure_sendmail('queue', "define(`confLOG_LEVEL', `9')");
my $version = 'Sendmail ' . (output(inside($sendmail, '-C', $cf, '-d0.1', '-bt')) =~ /Version (\S+)/)[0];

# Delivers a message to the domains in one process; a line for each: DOMAIN ADDRESS ADDRESS ...
sub deliver {
    my ($options, @domains) = @_;
    my @command = ($sendmail, '-C', $cf, @$options, '-v', '-odi', '-oeq', '-d16.1', '-f', "root\@$me", map { "x\@$_" } @domains);
    my %tries = map { $_ => [] } @domains;
    my $domain = '';
    for (split /\n/, output(inside('sh', '-c', 'printf "Subject: x\n\nx\n" | exec "$0" "$@"', @command))) {
        $domain = $1 if /^x@(\S+?)\.\.\. Connecting to /;
        push @{ $tries{$domain} }, $1 if /^Connecting to \[(?:IPv6:)?([0-9a-f.:]+)\]\.25/;
    }
    return join ';', map { "$_ @{ $tries{$_} }" } keys %tries;
}

sub canonical {
    my ($address) = @_;
    return $address =~ /:/ ? inet_ntop(AF_INET6, inet_pton(AF_INET6, $address)) : $address;
}

sub read_log {
    my ($text) = @_;
    my %told;
    for (split /\n/, $text) {
        my ($domain, $code, $said) = / to=<?x@([^,>]+)>?, .* dsn=([\d.]+), (?:reply=.*?, )?stat=(.*)/ or next;
        my $verdict = $said =~ /^Sent/ ? 'deliver' : $said =~ /^(?:Deferred|queued)/ ? 'defer' : 'bounce';
        $told{$domain} = [$verdict, $verdict eq 'deliver' ? '' : $code];
    }
    return %told;
}

# Each process has one domain of every case that is left to chance; a case in which a host is listed
# twice, or one that other cases have too, has it for itself, since what is remembered depends on the connections had.
my @cases = (grep({ !$_->{srv} } cases()), can_tls() && !$ENV{ROUNDS} ? tls_cases() : ());
my (@messages, @chance, %shared);
for my $case (@cases) {
    my %named = map { $_ => 1 } grep { $_ ne 'me.test.' } $case->{zone} =~ /MX \d+ (\S*\.)$/mg;
    $shared{$_}++ for keys %named;
}
for my $case (@cases) {
    my %listed;
    $listed{$1}++ while $case->{zone} =~ /MX \d+ (\S+)$/mg;
    if (!$case->{draws}) { push @messages, [[], $case->{domain}] }
    elsif (!grep { $_ > 1 } values %listed, map { $shared{$_} // 0 } keys %listed) { push @chance, $case }
    else { push @messages, map { [[], "c$_.$case->{name}.test"] } 1 .. how_often($case, 1000, 60) }
}
while (my @some = splice @chance, 0, 40) {
    push @messages, map { my $n = $_; [[], map { "c$n.$_->{name}.test" } @some] } 1 .. how_often($some[0], 1000, 60);
}
# Of the random cases each goes by a fallback relay as well.
sub relay_of {
    my ($i) = @_;
    my ($own) = $cases[$i]{zone} =~ /^\* MX \d+ ([a-z]\w*)$/m;
    my @relays = (qw(relay.test me.test gone.nowhere.test [relay.test]), $own ? "$own.$cases[$i]{name}.test" : ());
    return $relays[$i % @relays];
}
for my $i ($ENV{ROUNDS} ? 0 .. $#cases : ()) {
    my $relay = relay_of($i);
    push @messages, map { [["-OFallbackMXhost=$relay"], "s$_.$cases[$i]{name}.test"] } 1 .. how_often($cases[$i], 1, 20);
}
my %tries;
for (map { split /;/ } in_parallel(2, scalar @messages, sub { deliver(@{ $messages[$_[0]] }) })) {
    my ($domain, @addresses) = split / /;
    $tries{$domain} = [map { canonical($_) } @addresses];
}
my %told = read_log(whole_log($log)); # nothing of those queued before a mailer was known
sub delivered {
    my (@domains) = @_;
    return map {
        my ($verdict, $code) = @{ $told{$_} // ['defer'] };
        { tries => $tries{$_}, verdict => $verdict, code => $code };
    } @domains;
}
for my $case (@cases) {
    my @domains = $case->{draws} ? map { "c$_.$case->{name}.test" } 1 .. how_often($case, 1000, 60) : $case->{domain};
    my $aspects = ['verdict', 'tries', @domains > 1 ? 'first choice' : (), 'order'];
    compare($case->{name}, $case, simulate('sendmail', $case), $aspects, delivered(@domains));
}
for my $i ($ENV{ROUNDS} ? 0 .. $#cases : ()) {
    my ($case, $relay) = ($cases[$i], relay_of($i));
    my @domains = map { "s$_.$case->{name}.test" } 1 .. how_often($case, 1, 20);
    compare("$case->{name} FallbackMX=$relay", $case, simulate('sendmail', $case, "FallbackMX=$relay"),
        ['verdict', 'tries', 'order'], delivered(@domains));
}
print_table($version);
done_testing();
