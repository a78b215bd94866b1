#!/usr/bin/perl
# Postfix at a later try (ROUTING 9.3): a message that was put off may go in clear to a host where TLS fails,
# at the levels may and dane only, before any other host. The third try of each message is compared.
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
add_users(qw(postfix postdrop));
listen_stages();

my $log = '/var/log/maillog'; # in its root
my $pause = 2; # seconds, in place of minimal_backoff_time's 300
my @levels = qw(may encrypt verify);
spew("$root/etc/postfix/transport", join '', map { "/\\\@$_-/ $_:\n" } @levels);
configure_postfix(join("\n", 'compatibility_level = 3.6', "myhostname = $me", 'mydestination =', 'local_recipient_maps =', 'alias_maps =',
    'inet_interfaces = all', 'inet_protocols = all', "maillog_file = $log", 'data_directory = /run/postfix', 'default_transport = smtp',
    'transport_maps = regexp:/etc/postfix/transport', 'smtp_connection_cache_on_demand = no', 'default_process_limit = 20', 'notify_classes =',
    "minimal_backoff_time = $pause", "maximal_backoff_time = $pause", "queue_run_delay = $pause", 'smtp_tls_loglevel = 1', ''),
    map { $_ => ["smtp_tls_security_level=$_"] } @levels);
start_postfix();

my @asked; # level, case, domain
for my $level (@levels) {
    my @cases = grep { $level ne 'verify' || $_->{name} !~ /drop/ } tls_cases(); # the sinks' certificate is nobody's
    push @asked, map { [$level, $_, "$level-1.$_->{name}.test"] } @cases;
}
send_to("s\@$me", "x\@$_->[2]") for @asked;

# The log, where only the third try of each message has its recipient, or one before that ended it: the second
# may come a moment too early to be a later one.
sub last_tries {
    my (%tries, %kept, $text);
    for (split /^/, slurp("$root$log")) {
        my ($domain, $status) = / to=<x@([^>]+)>, .* status=(\w+)/;
        if ($domain) {
            my $counts = !$kept{$domain} && (++$tries{$domain} == 3 || $status ne 'deferred');
            $kept{$domain} = 1 if $counts;
            s/ to=<x@/ to=<x\@other./ unless $counts;
        }
        $text .= $_;
    }
    return keys %kept == @asked ? ($text, \%tries) : ();
}
my ($text, $tries);
wait_for('later tries', 120, sub { ($text, $tries) = last_tries(); return $text });
my $told = read_log($text);
output(inside('/usr/sbin/postfix', 'stop'));
for my $asked (@asked) {
    my ($level, $case, $domain) = @$asked;
    my ($last, $did) = ('', $told->{$domain});
    $did->{tries} = [grep { $_ ne $last && ($last = $_) } @{$did->{tries}}]; # the connection in clear is to the same address
    my $later = $tries->{$domain} > 1;
    my @settings = ("smtp_tls_security_level=$level", $later ? 'try=later' : ());
    compare("$case->{name} $level" . ($later ? ', later' : ''), $case, simulate('postfix', $case, @settings), ['verdict', 'tries', 'order'], $did);
}
print_table('Postfix, later tries');
done_testing();
