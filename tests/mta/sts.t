#!/usr/bin/perl
# Postfix where an MTA-STS policy is to be enforced (ROUTING 9.7): what a policy server would say stands in a
# table, with the host names of the policy, by which hosts are left out (since 3.10.5), or as names that a
# certificate may have.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Cases;
use DaneWorld;
use Mta;
use PostfixWorld;
use StsWorld;
use Test::More;

plan skip_all => needs_dane() . ' is missing' if needs_dane();
enter('postfix', '/usr/sbin/postfix');
my ($major, $minor, $patch) = output(inside('/usr/sbin/postconf', '-dh', 'mail_version')) =~ /^(\d+)\.(\d+)(?:\.(\d+))?/m;
plan skip_all => 'before 3.10.5 Postfix knows no names of a policy' if $major < 3 || $minor < 10 || ($minor == 10 && ($patch // 0) < 5);
add_users(qw(postfix postdrop));
my @cells = grep { $_->{kind} =~ /^(?:no|key)$/ && (!$ENV{ONLY} || $_->{name} =~ /$ENV{ONLY}/) } start_sts();

# Recipients x@ go by the names of hosts, y@ by those of certificates alone: a table, a transport each.
my $log = '/var/log/maillog'; # in its root
my %ways = (x => ['patterns'], y => ['match', 'smtp_tls_enforce_sts_mx_patterns=no']);
for my $cell (@cells) {
    next if $cell->{mode} ne 'enforce'; # of others a policy server says nothing
    my @names = policy_names($cell);
    $cell->{x} = 'secure servername=hostname match=' . join ':', map { s/^\*//r } @names;
    $cell->{y} = $cell->{x};
    $cell->{x} .= " policy_type=sts policy_domain=$cell->{name}.sig " . join ' ', map { "mx_host_pattern=$_" } @names;
}
for my $way (keys %ways) {
    spew("$root/etc/postfix/$way", join '', map { $_->{$way} ? "$_->{name}.sig $_->{$way}\n" : () } @cells);
}
configure_postfix(join("\n", 'compatibility_level = 3.6', "myhostname = $me", 'mydestination =', 'local_recipient_maps =', 'alias_maps =',
    'inet_interfaces = all', 'inet_protocols = ipv4', "maillog_file = $log", 'data_directory = /run/postfix', 'default_transport = smtp',
    'transport_maps = regexp:/etc/postfix/transports', 'smtp_connection_cache_on_demand = no', 'default_process_limit = 20', 'notify_classes =',
    'minimal_backoff_time = 4000', 'smtp_tls_security_level = may', 'smtp_tls_CAfile = /etc/postfix/authority.pem', 'smtp_tls_loglevel = 1', ''),
    map { $_ => ["smtp_tls_policy_maps=texthash:/etc/postfix/$_", "syslog_name=postfix/$_"] } qw(x y));
spew("$root/etc/postfix/transports", "/^x\@/ x:\n/^y\@/ y:\n");
spew("$root/etc/postfix/authority.pem", slurp("$root/run/authority.pem"));
start_postfix();
for my $way (sort keys %ways) {
    send_to("s\@$me", map { "$way\@$_->{name}.sig" } @cells);
    wait_for_lines('deliveries', 120, "$root$log", qr/ to=<$way@/, scalar @cells);
    my $text = join '', grep { m{postfix/$way/smtp\[} } split /^/m, slurp("$root$log");
    my $told = read_log($text =~ s/ to=<\w@/ to=<x\@/gr);
    my ($name, @settings) = @{ $ways{$way} };
    for my $cell (@cells) {
        my $said = sts_simulated('postfix', $cell, 'smtp_tls_security_level=may', @settings)->{simulation};
        my @tries = map { $_->{address} } @{ $said->{orders}[0]{tries} };
        my $did = $told->{"$cell->{name}.sig"} // {};
        my @met = @{ $did->{tries} // [] };
        @met = @tries if @{ $cell->{hosts} } < 2 && @met == @tries; # which address comes first is chance
        is join(' ', $did->{verdict} // '', $did->{code} // '', @met), join(' ', $said->{outcome}[0]{verdict}, $said->{outcome}[0]{code}, @tries),
            "$cell->{name} $name";
    }
}
output(inside('/usr/sbin/postfix', 'stop'));
done_testing();
