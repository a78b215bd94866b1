#!/usr/bin/perl
# The profile postfix against Postfix where TLSA records decide: a signed zone behind a validating
# resolver, hosts of every kind of TLSA records at every stage of TLS, as two alike and before a good
# one, by the levels dane and dane-only.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Cases;
use Compare;
use JSON::PP;
use Mta;
use PostfixWorld;
use Test::More;

for my $tool (qw(unbound ldns-keygen ldns-signzone openssl)) {
    plan skip_all => "$tool is missing" unless have($tool);
}
plan skip_all => 'IO::Socket::SSL is missing' unless can_tls();
enter('postfix', '/usr/sbin/postfix');
add_users(qw(postfix postdrop));
listen_stages();

my $folder = "$root/run/dane";
mkdir $folder;
my $key = output('sh', '-c', "openssl x509 -in $root/run/sink.pem -pubkey -noout"
    . ' | openssl pkey -pubin -outform der | openssl dgst -sha256 -r | cut -c1-64');
chomp $key;

# The TLSA records of a host; those of "failed" are in a zone that nobody serves.
my %tlsa = (
    key => "TLSA 3 1 1 $key",
    wrong => 'TLSA 3 1 1 ' . '0' x 64,
    pkix => "TLSA 1 1 1 $key",
    unusable => "TLSA 3 1 9 $key",
    beside => "TLSA 3 1 9 $key",
    none => '',
    failed => '',
);

sub host {
    my ($name, $address, $kind) = @_;
    my $text = "$name A $address\n";
    $text .= "_25._tcp.$name $tlsa{$kind}\n" if $tlsa{$kind};
    $text .= "_25._tcp.$name $tlsa{key}\n" if $kind eq 'beside';
    $text .= "_tcp.$name NS dead\n" if $kind eq 'failed';
    return $text;
}

# Pairs of a sink of the stage with another one: alike, or good.
my (@cells, $zone);
for my $case (grep { $_->{name} =~ /^tls-.*-(?:both|good)$/ } tls_cases()) {
    my ($stage, $pair) = $case->{name} =~ /^tls-(.*)-(both|good)$/;
    my %address = $case->{zone} =~ /^([ab]) A (\S+)$/mg;
    for my $kind (sort keys %tlsa) {
        next if $kind eq 'wrong' && $stage eq 'tls-drop'; # one trouble at a time
        my $name = "$kind-$stage-$pair";
        my $met = $stage eq 'expired' && $kind eq 'wrong' ? 'tlsa' : $stage;
        $zone .= "$name MX 10 a.$name\n$name MX 20 b.$name\n" . host("a.$name", $address{a}, $kind)
            . host("b.$name", $address{b}, $pair eq 'both' ? $kind : 'key');
        push @cells, { name => $name, zone => '', down => join ',', "$address{a}=$met", "$address{b}=" . ($pair eq 'both' ? $met : 'expired') };
    }
}

sub start_resolver {
    spew("$folder/sig", "\$ORIGIN sig.\n\$TTL 300\n@ SOA ns hostmaster 1 3600 600 86400 300\n@ NS ns\nns A 127.0.0.1\n"
        . "dead A 127.0.0.9\n$zone");
    my $said = output('sh', '-c', "cd $folder && key=\$(ldns-keygen -a ECDSAP256SHA256 -k sig.) && ldns-signzone -n -o sig. sig \$key");
    BAIL_OUT("the zone is not signed: $said") unless -f "$folder/sig.signed";
    my ($anchor) = map { slurp($_) } glob("$folder/*.ds");
    chomp $anchor;
    spew("$folder/nsd.conf", "server:\n ip-address: 127.0.0.1\@5300\n username: \"\"\n chroot: \"\"\n zonesdir: \"$folder\"\n"
        . " database: \"\"\n pidfile: \"$folder/nsd\"\n xfrdfile: \"$folder/xfrd\"\n xfrdir: \"$folder\"\n"
        . " zonelistfile: \"$folder/zones\"\n server-count: 1\n rrl-ratelimit: 0\nremote-control:\n control-enable: no\n"
        . "zone:\n name: sig\n zonefile: sig.signed\n");
    start("$folder/log", 'nsd', '-d', '-c', "$folder/nsd.conf");
    spew("$folder/unbound.conf", "server:\n interface: 127.0.0.2\n do-daemonize: no\n username: \"\"\n chroot: \"\"\n"
        . " pidfile: \"$folder/unbound\"\n use-syslog: no\n do-not-query-localhost: no\n access-control: 127.0.0.0/8 allow\n"
        . " module-config: \"validator iterator\"\n trust-anchor: \"" . join(' ', split ' ', $anchor) . "\"\n"
        . "stub-zone:\n name: sig\n stub-addr: 127.0.0.1\@5300\nforward-zone:\n name: .\n forward-addr: 127.0.0.1\n");
    start("$folder/log", 'unbound', '-c', "$folder/unbound.conf");
    wait_for('a validated answer', 20, sub { output('dig', '+adflag', '+tries=1', '+time=1', '@127.0.0.2', '-q', 'sig.', '-t', 'SOA') =~ /flags:[^;]* ad/ });
    spew("$root/etc/resolv.conf", "nameserver 127.0.0.2\noptions trust-ad edns0\n");
    return;
}

plan skip_all => 'dig is missing' unless have('dig');
start_resolver();

my $log = '/var/log/maillog';
my %levels = (dane => ['smtp_tls_security_level=dane'], only => ['smtp_tls_security_level=dane-only']);
spew("$root/etc/postfix/transport", join '', map { "/^$_\@/ $_:\n" } sort keys %levels);
configure_postfix(join("\n", 'compatibility_level = 3.6', "myhostname = $me", 'mydestination =', 'local_recipient_maps =',
    'alias_maps =', 'inet_interfaces = all', 'inet_protocols = ipv4', "maillog_file = $log", 'data_directory = /run/postfix',
    'default_transport = smtp', "transport_maps = inline:{ $me=discard: }, regexp:/etc/postfix/transport",
    'smtp_connection_cache_on_demand = no', 'default_process_limit = 20', 'notify_classes =', 'minimal_backoff_time = 4000',
    'smtp_dns_support_level = dnssec', 'smtp_host_lookup = dns', 'dnssec_probe =', 'smtp_tls_loglevel = 1', ''), %levels);
start_postfix();

sub simulated {
    my ($cell, @settings) = @_;
    my $text = output($ENV{MXTRAIL} // './mxtrail', '@127.0.0.2', '--json', '--profile', 'postfix', '--simulate=10',
        '--down', $cell->{down}, '--family', '4', (map { ('--set', $_) } @settings), "$cell->{name}.sig");
    my ($line) = $text =~ /^(\{.*\})$/m;
    my $said = $line && eval { decode_json($line) };
    BAIL_OUT("mxtrail said: $text") unless $said && $said->{simulation};
    return $said;
}

for my $level (sort keys %levels) {
    spew("$root$log", '');
    send_to("s\@$me", map { "$level\@$_->{name}.sig" } @cells);
    wait_for_lines('deliveries', 120, "$root$log", qr/ to=<$level@/, scalar @cells);
    my $told = read_log(slurp("$root$log") =~ s/ to=<$level@/ to=<x@/gr);
    for my $cell (@cells) {
        compare("$cell->{name} $levels{$level}[0]", { %$cell, draws => 0 }, simulated($cell, @{ $levels{$level} }),
            ['verdict', 'tries'], $told->{"$cell->{name}.sig"});
    }
}
output(inside('/usr/sbin/postfix', 'stop'));
print_table('Postfix with DANE');
done_testing();
