#!/usr/bin/perl
# What real clients look up, compared with what --client says: in a namespace of its own (root) with a name
# server on loopback that notes each question. Clients that are not there are skipped; CLIENTS=FOLDER takes
# those of Debian packages that were unpacked below FOLDER (dpkg -x), without installing them.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../replay";
use IO::Socket::INET;
use Mxtrail;
use Test::More;

my @unshare = qw(unshare --net --mount --fork --kill-child);
if (!$ENV{CLIENTS_INSIDE}) {
    plan skip_all => 'not root' if $>;
    plan skip_all => 'namespaces cannot be made here' if system(@unshare, 'true');
    $ENV{CLIENTS_INSIDE} = 1;
    exec @unshare, $^X, $0 or die "unshare: $!";
}

my $root = $ENV{CLIENTS} // '';
local $ENV{PATH} = join ':', (map { "$root$_" } qw(/usr/bin /usr/sbin /bin)), $ENV{PATH} if $root;
local $ENV{LD_LIBRARY_PATH} = "$root/usr/lib/x86_64-linux-gnu" if $root;
sub have { my ($tool) = @_; return scalar grep { -x "$_/$tool" } split /:/, $ENV{PATH} }

my %srv = (
    '_ldap._tcp.ad.example.net' => [389, 'dc1', 'dc2'],
    '_kerberos._udp.ad.example.net' => [88, 'dc1'],
    '_kerberos._tcp.ad.example.net' => [88, 'dc1', 'dc2'],
);
my %zone_line = map { my $owner = $_; $owner => join '', map { "$owner. SRV 0 100 $srv{$owner}[0] $_.ad.example.net.\n" } @{$srv{$owner}}[1 .. $#{$srv{$owner}}] } keys %srv;
my $zone = file('ad.zone', "\$ORIGIN ad.example.net.\n\$TTL 600\n\@ SOA ns host 1 7200 900 604800 600\n\@ NS ns\nns A 127.0.0.1\n"
    . "dc1 A 127.0.0.11\ndc2 A 127.0.0.12\n" . join '', map { $zone_line{$_} } sort keys %zone_line);

# ---- the name server ----

sub name { return join('', map { chr(length) . $_ } split /\./, $_[0]) . "\0" }

sub answer {
    my ($query) = @_;
    my ($id, $at, @labels) = (substr($query, 0, 2), 12);
    while (my $length = ord substr $query, $at, 1) {
        push @labels, lc substr $query, $at + 1, $length;
        $at += $length + 1;
    }
    my ($type) = unpack 'n', substr $query, $at + 1, 2;
    my ($name, $question) = (join('.', @labels), substr $query, 12, $at + 5 - 12);
    my @data;
    if ($type == 33 && $srv{$name}) {
        my ($port, @hosts) = @{$srv{$name}};
        @data = map { pack('nnn', 0, 100, $port) . name("$_.ad.example.net") } @hosts;
    } elsif ($type == 1 && $name =~ /^dc([12])\.ad\.example\.net$/) {
        @data = pack 'C4', 127, 0, 0, 10 + $1;
    }
    my $known = @data || $srv{$name} || $name =~ /^dc[12]\./;
    my $reply = $id . pack('nnnnn', $known ? 0x8580 : 0x8583, 1, scalar @data, 0, 0) . $question;
    $reply .= "\xc0\x0c" . pack('nnNn', $type, 1, 600, length) . $_ for @data;
    return ($reply, $type, $name);
}

sub serve {
    my ($log) = @_;
    my $socket = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => 53, Proto => 'udp') or die "port 53: $!";
    my $child = fork // die "fork: $!";
    return $child if $child;
    open my $out, '>>', $log or die "$log: $!";
    $out->autoflush(1);
    while (defined $socket->recv(my $query, 4096)) {
        my ($reply, $type, $name) = answer($query);
        print $out "$type $name\n";
        $socket->send($reply);
    }
    exit;
}

system qw(ip link set lo up) and plan skip_all => 'no loopback';
system 'mount', '--bind', file('resolv.conf', "nameserver 127.0.0.1\noptions attempts:1 timeout:2\n"), '/etc/resolv.conf' and plan skip_all => 'no mounts';
my $log = file('questions', '');
my $server = serve($log);
END { kill 'TERM', $server if $server && ($ENV{CLIENTS_INSIDE} // '') }

# ---- the clients ----

my %types = (33 => 'SRV', 256 => 'URI');

# The SRV and URI questions of a command, each once, in their order.
sub asked {
    my (@command) = @_;
    truncate $log, 0;
    system 'sh', '-c', 'timeout 20 "$@" >/dev/null 2>&1 </dev/null', 'sh', @command;
    open my $in, '<', $log or die "$log: $!";
    my %seen;
    return [grep { !$seen{$_}++ } map { /^(33|256) (.*)/ ? "$types{$1} $2" : () } <$in>];
}

sub told {
    my ($client) = @_;
    my $played = json('--zone', $zone, "--client=$client", 'ad.example.net')->{srv_simulation}{client};
    return [map { ($_->{type} // '') =~ /^(?:SRV|URI)$/ && $_->{owner} ? "$_->{type} $_->{owner}" =~ s/\.$//r : () } @{$played->{questions}}];
}

my $krb5 = file('krb5.conf', "[libdefaults]\ndns_lookup_kdc = true\ndns_canonicalize_hostname = false\n");
my @clients = (
    ['openldap', 'ldapsearch', 'ldapsearch', '-x', '-o', 'nettimeout=2', '-H', 'ldap:///dc%3Dad%2Cdc%3Dexample%2Cdc%3Dnet', '-b', '', '-s', 'base'],
    ['mit', 'kinit', 'env', "KRB5_CONFIG=$krb5", 'kinit', '-V', 'user@AD.EXAMPLE.NET'],
);
for (@clients) {
    my ($client, $tool, @command) = @$_;
  SKIP: {
        skip "$tool is not there", 1 unless have($tool);
        is_deeply asked(@command), told($client), "$client: $tool looks up what --client=$client says";
    }
}
done_testing;
