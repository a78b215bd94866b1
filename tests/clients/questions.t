#!/usr/bin/perl
# What real clients look up, compared with what --client says: in a namespace of its own (root) with a name
# server on loopback that notes each question. Clients that are not there are skipped; CLIENTS=FOLDER lays
# Debian packages that were unpacked below FOLDER (dpkg -x) over the system, for this test only: krb5-user,
# ldap-utils, samba, samba-common-bin, sssd-ad and what they need.
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

# Folders of the system with a layer that takes what is written, and with one that holds the packages.
my $root = $ENV{CLIENTS} // '';
my $layers = scratch . '/layers';
mkdir $layers;
die "$root: /lib of the packages must be moved into /usr/lib\n" if $root && -d "$root/lib";
system('mount', '-t', 'tmpfs', 'layers', $layers) and plan skip_all => 'no mounts';
for my $top (qw(usr etc var)) {
    mkdir "$layers/$_" for $top, "$top.work";
    my $below = join ':', (grep { -d } $root ? "$root/$top" : ()), "/$top";
    system('mount', '-t', 'overlay', 'overlay', '-o', "lowerdir=$below,upperdir=$layers/$top,workdir=$layers/$top.work", "/$top")
        and plan skip_all => 'no overlay mounts here';
}
sub have { my ($tool) = @_; return scalar grep { -x "$_/$tool" } split(/:/, $ENV{PATH}), '/usr/sbin' }
sub write_file { my ($path, $text) = @_; system 'mkdir', '-p', $path =~ s{/[^/]+$}{}r; open my $out, '>', $path or die "$path: $!"; print $out $text; return close $out }

my %srv = (
    (map { ($_ . 'ad.example.net' => [389, 'dc1', 'dc2']) } '_ldap._tcp.', '_ldap._tcp.dc._msdcs.'),
    (map { ($_ . 'ad.example.net' => [389, 'dc2']) } '_ldap._tcp.berlin._sites.', '_ldap._tcp.berlin._sites.dc._msdcs.'),
    '_kerberos._udp.ad.example.net' => [88, 'dc1'],
    '_kerberos._tcp.ad.example.net' => [88, 'dc1', 'dc2'],
);
my %weighed = ('_ldap._tcp.heavy-first.example.net' => [389, 'dc1/6', 'dc2/4'], '_ldap._tcp.heavy-last.example.net' => [389, 'dc2/4', 'dc1/6']);
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
    my $service = $srv{$name} // $weighed{$name};
    if ($type == 33 && $service) {
        my ($port, @hosts) = @$service;
        @data = map { pack('nnn', 0, m{/(\d+)} ? $1 : 100, $port) . name(s{/.*}{}r . '.ad.example.net') } @hosts;
    } elsif ($type == 1 && $name =~ /^dc([12])\.ad\.example\.net$/) {
        @data = pack 'C4', 127, 0, 0, 10 + $1;
    }
    return (undef, $type, $name) if $name =~ /\.silent\._sites\./;
    return ($id . pack('nnnnn', 0x8580 + ($1 eq 'refused' ? 5 : 2), 1, 0, 0, 0) . $question, $type, $name) if $name =~ /\.(refused|servfail)\._sites\./;
    my $known = @data || $service || $name =~ /^dc[12]\./;
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
        $socket->send($reply) if defined $reply;
    }
    exit;
}

system qw(ip link set lo up) and plan skip_all => 'no loopback';
my $resolv = file('resolv.conf', "nameserver 127.0.0.1\noptions attempts:1 timeout:2\n");
system('mount', '--bind', $resolv, '/etc/resolv.conf') and plan skip_all => 'no mounts';
my $log = file('questions', '');
my $server = serve($log);
END {
    if ($server && $ENV{CLIENTS_INSIDE}) {
        kill 'TERM', $server;
        output('umount', '-l', $_) for '/etc/resolv.conf', '/usr', '/etc', '/var', $layers;
    }
}

# ---- the clients ----

my %types = (33 => 'SRV', 256 => 'URI');

# The SRV and URI questions of a command, each once, in their order.
sub asked {
    my (@command) = @_;
    truncate $log, 0;
    system 'sh', '-c', 'timeout -k 1 30 "$@" >/dev/null 2>&1 </dev/null', 'sh', @command;
    open my $in, '<', $log or die "$log: $!";
    my %seen;
    return [grep { !$seen{$_}++ } map { /^(33|256) (.*)/ ? "$types{$1} $2" : () } <$in>];
}

# What a command says, which nobody wants to know.
sub output { my (@command) = @_; return system 'sh', '-c', '"$@" >/dev/null 2>&1 </dev/null', 'sh', @command }

sub told {
    my ($client) = @_;
    my ($name, $owner) = split / /, $client;
    my $played = json('--zone', $zone, "--client=$name", ($owner ? "--srv=$owner" : ()), 'ad.example.net')->{srv_simulation}{client};
    return [map { ($_->{type} // '') =~ /^(?:SRV|URI)$/ && $_->{owner} ? "$_->{type} $_->{owner}" =~ s/\.$//r : () } @{$played->{questions}}];
}

sub compare {
    my ($client, $tool, $expected, @command) = @_;
  SKIP: {
        skip "$tool is not there", 1 unless have($tool);
        is_deeply asked(@command), $expected // told($client), "$client: $tool looks up what --client=$client says";
    }
    return;
}

write_file('/etc/krb5.conf', "[libdefaults]\ndefault_realm = AD.EXAMPLE.NET\ndns_lookup_kdc = true\ndns_canonicalize_hostname = false\n");
compare('openldap', 'ldapsearch', undef, 'ldapsearch', '-x', '-o', 'nettimeout=2', '-H', 'ldap:///dc%3Dad%2Cdc%3Dexample%2Cdc%3Dnet', '-b', '', '-s', 'base');
compare('mit', 'kinit', undef, 'kinit', '-V', 'user@AD.EXAMPLE.NET');

# ---- members of a domain: Samba and SSSD ----

# What failed says is not in a zone file: what Samba and SSSD are to look up then stands here, and
# tests/replay/directory.t holds the program to the same.
my %dc = map { ($_ => "SRV _ldap._tcp.$_._sites.dc._msdcs.ad.example.net") } qw(berlin bonn silent refused servfail);
my %site = map { ($_ => "SRV _ldap._tcp.$_._sites.ad.example.net") } keys %dc;
my @failing = qw(silent refused servfail);
my %fails = (samba => { map { ($_ => [$dc{$_}, $_ eq 'silent' ? () : 'SRV _ldap._tcp.dc._msdcs.ad.example.net']) } @failing },
    sssd => { map { ($_ => [$site{$_}, 'SRV _ldap._tcp.ad.example.net']) } @failing });

my $folder = scratch . '/samba';
mkdir $folder;
my $smb = file('smb.conf', "[global]\nworkgroup = AD\nrealm = AD.EXAMPLE.NET\nsecurity = ads\nlog file = $folder/log\n"
    . join '', map { "$_ = $folder\n" } 'private dir', map { "$_ directory" } qw(lock state cache pid));
for my $site ('', sort keys %dc) {
    unlink glob "$folder/*.tdb";
    output('net', '-s', $smb, 'cache', 'add', 'AD_SITENAME/DOMAIN/AD.EXAMPLE.NET', $site, '3600') if $site && have('net'); # as learned last time
    compare($site ? "samba=$site" : 'samba', 'net', $fails{samba}{$site}, 'net', '-s', $smb, 'ads', 'join', '-U', 'user%secret', '--no-dns-updates');
}

# samba-tool looks for a server to replicate from. It looks up the addresses of the hosts in the order in which it tries
# them: the greater weight first, however the answer lists them.
my @tool = ('samba-tool', 'domain', 'join', '--site=berlin', '-s', $smb, '-U', 'user%secret');
compare('samba=berlin _ldap._tcp', 'samba-tool', undef, @tool, 'ad.example.net', 'DC');
for my $domain (qw(heavy-first.example.net heavy-last.example.net)) {
  SKIP: {
        skip 'samba-tool is not there', 1 unless have('samba-tool');
        asked(@tool, $domain, 'DC');
        open my $in, '<', $log or die "$log: $!";
        my %seen;
        is join(' ', grep { !$seen{$_}++ } map { /^(?:1|28) (dc\d)\./ } <$in>), 'dc1 dc2', "samba-tool takes 6 before 4: $domain";
    }
}

# A machine account with some key; no server is there to ask for it.
my @sssd_folders = (map({ "/var/lib/sss/$_" } qw(db mc pipes/private pubconf/krb5.include.d keytabs secrets gpo_cache deskprofile)), '/var/log/sssd', '/run/sssd');
system 'mkdir', '-p', @sssd_folders;
if (have('ktutil')) {
    open my $ktutil, '|-', 'ktutil >/dev/null 2>&1' or die "ktutil: $!";
    print $ktutil "addent -password -p MEMBER\$\@AD.EXAMPLE.NET -k 1 -e aes256-cts-hmac-sha1-96\nsecret\nwkt /etc/krb5.keytab\nquit\n";
    close $ktutil;
}
for my $site ('', sort keys %dc) {
    unlink glob '/var/lib/sss/db/*';
    write_file('/etc/sssd/sssd.conf', "[sssd]\ndomains = ad.example.net\nservices = nss\n[domain/ad.example.net]\nid_provider = ad\nad_domain = ad.example.net\n"
        . "ad_hostname = member.ad.example.net\nkrb5_realm = AD.EXAMPLE.NET\ndyndns_update = false\n" . ($site ? "ad_site = $site\n" : ''));
    chmod 0600, '/etc/sssd/sssd.conf';
    compare($site ? "sssd=$site" : 'sssd', 'sssd', $fails{sssd}{$site}, 'sssd', '-i');
}
done_testing;
