#!/usr/bin/perl
# The profile postfix against Postfix: every attempt and verdict from the log of one message to many
# recipients, each in a domain of its own.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Cases;
use Compare;
use Mta;
use PostfixWorld;
use RandomCases;
use Test::More;

enter('postfix', '/usr/sbin/postfix');
add_users(qw(postfix postdrop));
listen_stages();

my $log = '/var/log/maillog'; # in its root
my $version = 'Postfix ' . (output(inside('/usr/sbin/postconf', '-dh', 'mail_version')) =~ /^([\d.]+)/m)[0];
my @cases = grep { !$_->{srv} } cases();

# Settings besides the initial ones, each as a transport of its own: a recipient's domain that begins
# with the word is sent by it.
my @tls = can_tls() ? map { $_->{name} } tls_cases() : ();
my @unsent = qw(missing nxdomain nodata self-best self-second self-implicit servfail null refused-greeting4 rcpt4-accepts rcpt4-both
    rcpt5-both ehlo5-both preferences-12 missing-and-good servfail-host);
my %variants = (
    six => [['smtp_address_preference=ipv6'], qw(families uneven balance implicit)],
    four => [['smtp_address_preference=ipv4'], qw(families uneven balance implicit)],
    listed => [['smtp_randomize_addresses=no'], qw(families uneven balance levels implicit)],
    unbalanced => [['smtp_balance_inet_protocols=no'], qw(balance)],
    unbalancedsix => [['smtp_balance_inet_protocols=no', 'smtp_address_preference=ipv6'], qw(balance)],
    three => [['smtp_mx_address_limit=3'], qw(equals-12 balance four-by-three)],
    nolimit => [['smtp_mx_address_limit=0', 'smtp_mx_session_limit=0'], qw(balance uneven mail4-all)],
    fivesessions => [['smtp_mx_session_limit=5'], qw(mail4-all rcpt4-all)],
    noskip => [['smtp_skip_5xx_greeting=no'], qw(greeting5-all greeting5-accepts greeting5-refused)],
    onlyfour => [['inet_protocols=ipv4'], qw(families uneven balance implicit ipv4-pair)],
    onlysix => [['inet_protocols=ipv6'], qw(families balance implicit ipv4-pair)],
    srv => [['use_srv_lookup=smtp'], map { $_->{name} } grep { $_->{srv} } cases()],
    srvmx => [['use_srv_lookup=smtp', 'allow_srv_lookup_fallback=yes'], qw(srv-6-4 srv-dot srv-none)],
    fallbackmissing => [['smtp_fallback_relay=gone.nowhere.test'], @unsent],
    fallbackitself => [['smtp_fallback_relay=me.test'], @unsent],
    fallbackgood => [['smtp_fallback_relay=[relay.test]'], @unsent],
    best => [['best_mx_transport=discard'], qw(self-best self-implicit self-second self-missing)],
    tlsnone => [['smtp_tls_security_level=none'], @tls],
    tlsmay => [['smtp_tls_security_level=may'], @tls],
    tlsencrypt => [['smtp_tls_security_level=encrypt'], @tls],
    tlsverify => [['smtp_tls_security_level=verify'], grep { !/drop/ } @tls], # the sinks' certificate is nobody's
    tlssecure => [['smtp_tls_security_level=secure'], grep { !/drop/ } @tls],
    unresolved => [['smtp_defer_if_no_mx_address_found=yes'], qw(missing servfail-and-missing)],
);

# Of the random cases each goes by a set of settings as well.
if ($ENV{ROUNDS}) {
    my @sets = random_settings(24, smtp_address_preference => ['ipv6', 'ipv4'], smtp_randomize_addresses => ['no'],
        smtp_balance_inet_protocols => ['no'], smtp_mx_address_limit => [0, 1, 3, 8], smtp_mx_session_limit => [0, 1, 5],
        smtp_skip_5xx_greeting => ['no'], inet_protocols => ['ipv4', 'ipv6'], best_mx_transport => ['discard'],
        smtp_fallback_relay => ['gone.nowhere.test', 'me.test', '[relay.test]', 'relay.test', 'h.broken.test', '[relay.test],[me.test]'],
        smtp_defer_if_no_mx_address_found => ['yes'], ignore_mx_lookup_error => ['yes']);
    my @names = map { $_->{name} } @cases;
    %variants = map { my $i = $_; ("s$i" => [$sets[$i], map { $names[$_] } grep { $_ % @sets == $i } 0 .. $#names]) } 0 .. $#sets;
}

delete @variants{qw(srv srvmx)} if $version =~ / 3\.[0-7]\./;

sub configure {
    spew("$root/etc/postfix/transport", join '', map { "/\\\@$_-/ $_:\n" } sort keys %variants);
    configure_postfix(join("\n", 'compatibility_level = 3.6', "myhostname = $me", 'mydestination =',
        'local_recipient_maps =', 'alias_maps =', 'inet_interfaces = all', 'inet_protocols = all',
        "maillog_file = $log", 'data_directory = /run/postfix', 'default_transport = smtp',
        "transport_maps = inline:{ $me=discard: }, regexp:/etc/postfix/transport",
        'smtp_connection_cache_on_demand = no', 'default_process_limit = 20', 'notify_classes =',
        'minimal_backoff_time = 4000', 'qmgr_message_recipient_limit = 100000', 'smtp_tls_security_level = none', 'smtp_tls_loglevel = 1', ''),
        map { $_ => $variants{$_}[0] } keys %variants);
    return;
}

my @asked; # case, title, settings, domains
my $domains = sub {
    my ($case, $word) = @_;
    return $case->{domain} unless $case->{draws};
    return map { "$word$_.$case->{name}.test" } 1 .. how_often($case, served($case) ? (100, 40) : (1000, 200));
};
push @asked, [$_, $_->{name}, [], [$domains->($_, 'c')]] for @cases;
for my $word (sort keys %variants) {
    my ($settings, @names) = @{ $variants{$word} };
    for my $name (@names) {
        my ($case) = grep { $_->{name} eq $name } cases(), tls_cases();
        next unless $case;
        my @domains = $case->{draws} ? $domains->($case, "$word-")
            : $case->{domain} =~ /^$word-/ ? $case->{domain} : "$word-1.$name.test";
        push @asked, [$case, "$name $word", $settings, \@domains];
    }
}

configure();
start_postfix();
my $total = 0;
for my $asked (@asked) {
    $total += @{ $asked->[3] };
    send_to("s\@$me", map { "x\@$_" } @{ $asked->[3] });
}
wait_for_lines('deliveries', 120, "$root$log", qr/ to=<x@/, $total);
my $told = read_log(slurp("$root$log"));
output(inside('/usr/sbin/postfix', 'stop'));

for my $asked (@asked) {
    my ($case, $title, $settings, $names) = @$asked;
    my $aspects = ['verdict', 'tries', @$names > 1 ? 'first choice' : (), 'order'];
    my @settings = map { s/^inet_protocols=ipv/--family /r } @$settings;
    compare($title, $case, simulate('postfix', $case, @settings), $aspects, map { $told->{$_} } @$names);
}
note(map { "variant $_: @{ $variants{$_}[0] }\n" } sort keys %variants);
print_table($version);
done_testing();
