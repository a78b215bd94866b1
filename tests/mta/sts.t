#!/usr/bin/perl
# Postfix where an MTA-STS policy is to be enforced (ROUTING 9.7): what a policy server would say stands in a
# table, by which the client is told the host names of the policy. Hosts that it does not list are left out.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Cases;
use Compare;
use Mta;
use PostfixWorld;
use Test::More;

plan skip_all => 'IO::Socket::SSL or openssl is missing' unless can_tls();
enter('postfix', '/usr/sbin/postfix');
my ($major, $minor, $patch) = output(inside('/usr/sbin/postconf', '-dh', 'mail_version')) =~ /^(\d+)\.(\d+)(?:\.(\d+))?/m;
plan skip_all => 'before 3.10.5 Postfix knows no names of a policy' if $major < 3 || $minor < 10 || ($minor == 10 && ($patch // 0) < 5);
add_users(qw(postfix postdrop));
listen_stages();

# The names of each policy, of a case with so many hosts.
sub names_of {
    my ($policy, $case) = @_;
    my @hosts = map { "$_.$case->{name}.test" } $case->{zone} =~ /^\* MX \d+ (\w+)/mg;
    my %names = (listed => \@hosts, none => ['other.nowhere.test'], last => [$hosts[-1]], label => ["*.$case->{name}.test"], deep => ['*.test']);
    return @{$names{$policy}};
}

my $log = '/var/log/maillog'; # in its root
my @cases = grep { $_->{name} !~ /drop/ } tls_cases(); # the sinks' certificate is nobody's
spew("$root/etc/postfix/policies", join '', map {
    my ($case, $domain) = ($_, "sts.$_->{name}.test");
    map {
        my @names = names_of($_, $case);
        "$_-$domain secure servername=hostname match=" . join(':', map { s/^\*//r } @names) . " policy_type=sts policy_domain=$_-$domain "
            . join(' ', map { "mx_host_pattern=$_" } @names) . "\n"
    } @sts_policies
} @cases);
configure_postfix(join("\n", 'compatibility_level = 3.6', "myhostname = $me", 'mydestination =', 'local_recipient_maps =', 'alias_maps =',
    'inet_interfaces = all', 'inet_protocols = all', "maillog_file = $log", 'data_directory = /run/postfix', 'default_transport = smtp',
    'transport_maps =', 'smtp_connection_cache_on_demand = no', 'default_process_limit = 20', 'notify_classes =', 'minimal_backoff_time = 4000',
    'smtp_tls_security_level = may', 'smtp_tls_policy_maps = texthash:/etc/postfix/policies', 'smtp_tls_loglevel = 1', ''));
start_postfix();
my @asked = map { my $case = $_; map { [$_, $case, "$_-sts.$case->{name}.test"] } @sts_policies } @cases;
send_to("s\@$me", map { "x\@$_->[2]" } @asked);
wait_for_lines('deliveries', 120, "$root$log", qr/ to=<x@/, scalar @asked);
my $told = read_log(slurp("$root$log"));
output(inside('/usr/sbin/postfix', 'stop'));
for my $asked (@asked) {
    my ($policy, $case, $domain) = @$asked;
    spew("$root/run/policy", "version: STSv1\nmode: enforce\nmax_age: 86400\n" . join '', map { "mx: $_\n" } names_of($policy, $case));
    my $said = simulate('postfix', { %$case, domain => $domain }, 'smtp_tls_security_level=may', 'mta_sts=yes', "--mta-sts-policy $root/run/policy");
    compare("$case->{name} $policy", $case, $said, ['verdict', 'tries', 'order'], $told->{$domain});
}
print_table('Postfix, MTA-STS');
done_testing();
