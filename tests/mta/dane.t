#!/usr/bin/perl
# The profile postfix against Postfix where TLSA records decide, by the levels dane and dane-only.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Cases;
use Compare;
use DaneWorld;
use Mta;
use PostfixWorld;
use Test::More;

plan skip_all => needs_dane() . ' is missing' if needs_dane();
enter('postfix', '/usr/sbin/postfix');
add_users(qw(postfix postdrop));
listen_stages();
my @cells = start_dane();

my $log = '/var/log/maillog';
my %levels = (dane => ['smtp_tls_security_level=dane'], only => ['smtp_tls_security_level=dane-only']);
spew("$root/etc/postfix/transport", join '', map { "/^$_\@/ $_:\n" } sort keys %levels);
configure_postfix(join("\n", 'compatibility_level = 3.6', "myhostname = $me", 'mydestination =', 'local_recipient_maps =',
    'alias_maps =', 'inet_interfaces = all', 'inet_protocols = ipv4', "maillog_file = $log", 'data_directory = /run/postfix',
    'default_transport = smtp', "transport_maps = inline:{ $me=discard: }, regexp:/etc/postfix/transport",
    'smtp_connection_cache_on_demand = no', 'default_process_limit = 20', 'notify_classes =', 'minimal_backoff_time = 4000',
    'smtp_dns_support_level = dnssec', 'smtp_host_lookup = dns', 'dnssec_probe =', 'smtp_tls_loglevel = 1', ''), %levels);
start_postfix();

for my $level (sort keys %levels) {
    spew("$root$log", '');
    send_to("s\@$me", map { "$level\@$_->{name}.sig" } @cells);
    wait_for_lines('deliveries', 120, "$root$log", qr/ to=<$level@/, scalar @cells);
    my $told = read_log(slurp("$root$log") =~ s/ to=<$level@/ to=<x@/gr);
    for my $cell (@cells) {
        compare("$cell->{name} $levels{$level}[0]", { %$cell, draws => 0 }, dane_simulated('postfix', $cell, @{ $levels{$level} }),
            ['verdict', 'tries'], $told->{"$cell->{name}.sig"});
    }
}
output(inside('/usr/sbin/postfix', 'stop'));
print_table('Postfix with DANE');
done_testing();
