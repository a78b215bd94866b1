#!/usr/bin/perl
# The profile opensmtpd against OpenSMTPD: attempts and verdicts from its log, one message to all.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Cases;
use Compare;
use Mta;
use Test::More;

enter('opensmtpd', '/usr/sbin/smtpd');
add_users(qw(opensmtpd opensmtpq));
listen_stages();

output(inside('chgrp', 'opensmtpq', '/usr/sbin/smtpctl'));
chmod 02755, "$root/usr/sbin/smtpctl";
my $log = "$root/run/smtpd.log";
spew("$root/etc/ssl/certs/ca-certificates.crt", '');
my $version = 'OpenSMTPD ' . (output(inside('/usr/sbin/smtpd', '-h')) =~ /OpenSMTPD (\S+)/)[0];

# Of the random cases every third goes by a backup, and every third by one that is the first exchange.
# A backup does not connect to itself, so its own address may be in the list.
my (%settings, $actions, $matches);
for my $case ($ENV{ROUNDS} ? cases() : ()) {
    my ($kind, $n) = ($case->{number} % 3, $case->{number});
    my ($first) = $case->{zone} =~ /MX \d+ ([\w-]*[a-z]\w*)$/m;
    next if !$kind || ($kind == 2 && !defined $first);
    $case->{domain} =~ s/^c1\./b$n./ or next;
    my $name = $kind == 2 ? "$first.$case->{name}.test" : '';
    $settings{$n} = $kind == 2 ? ["backup_mx=$name"] : ['backup=yes'];
    $actions .= "action b$n relay backup" . ($name ? " mx \"$name\"" : '') . "\n";
    $matches .= "match from local for domain \"$case->{domain}\" action b$n\n";
}
spew("$root/etc/smtpd.conf", "action out relay\n" . ($actions // '') . ($matches // '') . "match from local for any action out\n");

# Addresses that fail are left alone for 15 seconds, so every case is sent to once. Which case an
# attempt is for, its address tells; the sender's own address does not.
my @cases = grep {
    my $own_name = ($settings{ $_->{number} // 0 }[0] // '') eq 'backup=yes' ? 'CNAME me\.' : ' me\.';
    !$_->{srv} && $_->{zone} !~ /$own_name| treated\.|\Q$own\E| localhost/;
} cases(),
    can_tls() && !$ENV{ROUNDS} ? tls_cases() : ();
known(map { $_ => 'before version 7 a null MX was a failure for now' } qw(null null-and-address)) if $version =~ / [1-6]\./;
my $smtpd = start($log, inside('/usr/sbin/smtpd', '-d', '-v', '-T', 'mta', '-f', '/etc/smtpd.conf'));
wait_for('OpenSMTPD', 15, sub { -S "$root/run/smtpd.sock" });
for my $case (@cases) {
    output(inside('sh', '-c', 'printf "Subject: x\n\nx\n" | sendmail -f "$0" "$1"', "root\@$me", "x\@$case->{domain}"));
}

sub read_log {
    my ($text) = @_;
    my (%tries, %told);
    my %verdicts = (Ok => 'deliver', TempFail => 'defer', PermFail => 'bounce');
    for (split /\n/, $text) {
        if (m{ mta connecting address=\w+://\[?(?:IPv6:)?(10\.(\d+)\.[\d.]+|fd00:([0-9a-f]+):[0-9a-f:]+)\]?:25 }) {
            my ($address, $number) = ($1, $2 // $3);
            next if $address eq $own; # of no case
            my $tries = $tries{$number} //= [];
            # A second connection in clear is no other try.
            push @$tries, $address unless $told{$number} || (@$tries && $tries->[-1] eq $address);
        }
        elsif (/ to=<x@([^>]+)> .*result="?(\w+)"?/) {
            my ($case) = grep { $_->{domain} eq $1 } @cases;
            $told{ $case->{number} } //= { verdict => $verdicts{$2}, tries => $tries{ $case->{number} } // [] };
        }
    }
    return \%told;
}

# More than seven dead addresses are gone round without end: for those there is no verdict to wait for.
my @ending = grep {
    my %dead = map { $_->[0] => 1 } grep { $_->[1] =~ /^(?:refused|greeting|ehlo)/ } addresses_of($_);
    keys %dead <= 7;
} @cases;
my $told = {};
wait_for('verdicts', 100, sub { $told = read_log(slurp($log)); !grep { !$told->{ $_->{number} } } @ending });
for my $case (@ending) {
    my $result = $told->{ $case->{number} };
    my @aspects = ('verdict', 'tries', $case->{draws} ? () : 'order');
    my @set = @{ $settings{ $case->{number} // 0 } // [] };
    compare("$case->{name} @set", $case, simulate('opensmtpd', $case, @set), \@aspects, $result);
}
stop($smtpd);
print_table($version);
done_testing();
