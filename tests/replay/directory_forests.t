#!/usr/bin/perl
# Directories as organisations have them, whole and with faults in them: a Samba domain of three servers at two
# sites, FreeIPA with three locations, a Windows forest of two domains whose servers stand together in the global
# catalog and cover each other's sites. Of the families below the whole list is compared.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::XS;
use Mxtrail;
use Test::More;

my $families = qr/^(?:ad|krb|ipa|kms|sip|matrix|srv)-|-private-address$|^ns-(?:dangling|lame)$|^mx-dangling$/;

sub told {
    my ($name, @zones) = @_;
    my (undef, $out) = mxtrail('--json', (map { ('--zone', file("$_->[0].zone", $_->[1])) } @zones), $name);
    return [map { "$_->{severity} $_->{id} " . ($_->{subject} =~ s/\.\Q$name\E\.$//r) } grep { $_->{id} =~ $families } @{decode_json($out)->{findings}}];
}

# What a server registers below its domain, and below the forest root.
sub server {
    my ($host, $address, $ttl, $guid, $alias, $site) = @_;
    my $own = "$host $ttl A $address\n\@ $ttl A $address\n";
    $own .= "$_ $ttl SRV 0 100 389 $host\n" for '_ldap._tcp', '_ldap._tcp.dc._msdcs', "_ldap._tcp.$site._sites", "_ldap._tcp.$site._sites.dc._msdcs";
    $own .= "$_ $ttl SRV 0 100 88 $host\n" for '_kerberos._tcp', '_kerberos._udp', '_kerberos._tcp.dc._msdcs',
        "_kerberos._tcp.$site._sites", "_kerberos._tcp.$site._sites.dc._msdcs";
    $own .= "$_ $ttl SRV 0 100 464 $host\n" for '_kpasswd._tcp', '_kpasswd._udp';
    my $forest = "_ldap._tcp.$guid.domains._msdcs $ttl SRV 0 100 389 $host\n$alias._msdcs $ttl CNAME $host\ngc._msdcs $ttl A $address\n";
    $forest .= "$_ $ttl SRV 0 100 3268 $host\n" for '_gc._tcp', '_ldap._tcp.gc._msdcs', "_gc._tcp.$site._sites", "_ldap._tcp.$site._sites.gc._msdcs";
    return ($own, $forest);
}

sub alias { return sprintf 'dddddddd-%04d-4000-8000-00000000000d', shift }

# ---- Samba ----

my $samba = "\$ORIGIN intra.example.net.\n\$TTL 900\n\@ SOA sdc1 hostmaster 42 900 600 86400 3600\n\@ NS sdc1\n\@ NS sdc2\n\@ MX 10 post\npost A 192.168.5.25\n"
    . "_ldap._tcp.pdc._msdcs SRV 0 100 389 sdc1\n";
for (['sdc1', '192.168.5.10', 1, 'Zentrale'], ['sdc2', '192.168.5.11', 2, 'Zentrale'], ['sdc3', '192.168.5.12', 3, 'Werk-Nord']) {
    my ($host, $address, $n, $site) = @$_;
    $samba .= join '', server($host, $address, 900, '5b1e7c1a-0c5e-4d43-9a44-1f6ad0d6c001', alias($n), $site),
        map { ("_ldap._tcp.$_ SRV 0 100 389 $host\n", "$_ A $address\n", "_ldap._tcp.$site._sites.$_ SRV 0 100 389 $host\n") } 'DomainDnsZones', 'ForestDnsZones';
}
my @samba = ('notice mx-private-address post', 'notice ns-private-address sdc1');

sub samba { return [sort @{told('intra.example.net', ['samba', shift])}] }
is_deeply samba($samba), [sort @samba], 'Samba: whole';
my $first = $samba =~ s/^_kpasswd\._udp 900 SRV 0 100 464 sdc3\n//mr =~ s/^_kerberos\._tcp\.dc\._msdcs 900 SRV 0 100 88 sdc3\n//mr
    =~ s/^_gc\._tcp 900 SRV 0 100 3268 sdc2/_gc._tcp 900 SRV 0 10 3268 sdc2/mr . "sdc1 900 A 172.17.0.1\n";
is_deeply samba($first), [sort @samba, 'warning ad-partial-registration sdc3', 'warning ad-weight-differs sdc2', 'warning ad-multihomed sdc1'],
    'Samba: two names not registered, a weight, an address of containers';
my $second = $samba =~ s/^_ldap\._tcp\.pdc.*\n//mr =~ s/^_ldap\._tcp\.Werk-Nord\._sites\.gc.*\n//mgr =~ s/^_gc\._tcp\.Werk-Nord.*\n//mgr
    =~ s/^_kerberos\._udp 900 SRV 0 100 88 sdc2/_kerberos._udp 900 SRV 0 100 750 sdc2/mr . "_vlmcs._tcp SRV 0 0 1688 kmsold\n";
is_deeply samba($second), [sort @samba, 'error ad-pdc-missing _ldap._tcp.pdc._msdcs', 'error ad-port _kerberos._udp', 'warning kms-stale kmsold',
    'notice ad-site-gc-missing _gc._tcp.werk-nord._sites'], 'Samba: no primary, a site without catalog, an old port, an old KMS host';

my $third = $samba =~ s/^_ldap\._tcp\.Werk-Nord\._sites\.dc\._msdcs/_ldap._tcp.Werk-Nrod._sites.dc._msdcs/mr
    =~ s/^_gc\._tcp\.Zentrale\._sites 900 SRV 0 100 3268 sdc2/_gc._tcp.Zentrale._sites 900 SRV 0 100 389 sdc2/mr . "\@ 900 A 192.168.5.80\n";
is_deeply samba($third), [sort @samba, 'warning ad-site-gap _ldap._tcp.werk-nrod._sites.dc._msdcs', 'error ad-port _gc._tcp.zentrale._sites',
    'warning ad-apex-foreign intra.example.net.'], 'Samba: a site whose name is mistaken once, a port, a web server';
for (['_kerberos._tcp.Werk-Nord._sites', '_kerberos._tcp.Werk-Nordd._sites'], ['_gc._tcp.Werk-Nord._sites', '_gc._tcp.Werk-Nor._sites'],
    ['_ldap._tcp.Zentrale._sites 900 SRV 0 100 389 sdc2', '_ldap._tcp.Zentrala._sites 900 SRV 0 100 389 sdc2']) {
    my ($right, $wrong) = @$_;
    is_deeply samba($samba =~ s/^\Q$right\E/$wrong/mr), [sort @samba, 'warning ad-site-gap ' . lc $wrong =~ s/ .*//r], "Samba: $wrong";
}
# A site of its own with a name like that of another is none.
is_deeply samba($samba . join '', map { "$_._sites SRV 0 100 389 sdc3\n$_._sites.dc._msdcs SRV 0 100 389 sdc3\n" =~ s/389/88/gr =~ s/(_ldap.*) 88/$1 389/gr }
    '_ldap._tcp.Werk-Nord2', '_kerberos._tcp.Werk-Nord2'),
    [sort @samba, 'notice ad-site-covered sdc3', 'notice ad-site-gc-missing _gc._tcp.werk-nord2._sites', 'notice ad-generic-branch _ldap._tcp.dc._msdcs'],
    'Samba: Werk-Nord2 is another site';

# One story is one finding, however many names it touches.
is_deeply samba($samba =~ s/^_kerberos\._udp 900 SRV 0 100 88 sdc3/_kerberos._udp 900 SRV 0 100 88 sdc3.intra.example.net/mr),
    [sort @samba, 'error ad-target-suffix sdc3.intra.example.net'], 'Samba: a missing dot';
is_deeply samba($samba . "ipa9 A 192.168.5.99\n_ldap._tcp SRV 0 100 389 ipa9\n_kerberos-master._tcp SRV 0 100 88 ipa9\n_kerberos._tcp SRV 0 100 88 ipa9\n"
    . "_kerberos URI 0 100 \"krb5srv:m:tcp:ipa9.intra.example.net.\"\n"), [sort @samba, 'error ad-mixed-directory intra.example.net.'], 'Samba: FreeIPA in the same domain';

# ---- FreeIPA ----

my %ports = ('_ldap._tcp' => 389, (map { ($_ => 88) } '_kerberos._tcp', '_kerberos._udp', '_kerberos-master._tcp', '_kerberos-master._udp'),
    '_kpasswd._tcp' => 464, '_kpasswd._udp' => 464);
my $ipa = "\$ORIGIN linux.example.org.\n\$TTL 3600\n\@ SOA i1 hostmaster 7 3600 900 1209600 3600\n" . join('', map { "\@ NS i$_\n" } 1 .. 3)
    . "\@ MX 10 mx\nmx A 172.16.9.25\n_kerberos TXT \"LINUX.EXAMPLE.ORG\"\n";
my @locations = qw(oslo rome kyoto);
for my $n (1 .. 3) {
    $ipa .= "i$n A 172.16.$n.10\nipa-ca A 172.16.$n.10\n";
    for my $name (sort keys %ports) {
        $ipa .= "$name SRV 0 100 $ports{$name} i$n\n";
        $ipa .= "$name.$locations[$_]._locations SRV " . ($_ == $n - 1 ? 0 : 50) . " 100 $ports{$name} i$n\n" for 0 .. 2;
    }
    for my $name ('_kerberos', '_kpasswd') {
        $ipa .= "$name URI 0 100 \"krb5srv:m:$_:i$n.linux.example.org.\"\n" for 'tcp', 'udp';
    }
}
my @ipa = ('notice mx-private-address mx', 'notice ns-private-address i1');

sub ipa { return [sort @{told('linux.example.org', ['ipa', shift])}] }
is_deeply ipa($ipa), [sort @ipa], 'FreeIPA: whole';
$first = $ipa =~ s/^_kerberos\._tcp\.kyoto\._locations SRV 0 100 88 i3/_kerberos._tcp.kyoto._locations SRV 50 100 88 i3/mr
    =~ s/^_kerberos URI .*:i2\..*\n//mgr =~ s/^_kerberos\._udp SRV 0 100 88 i3\n//mr . "ipa-ca A 172.16.4.10\n";
is_deeply ipa($first), [sort @ipa, 'warning krb-udp-tcp-differ _kerberos._udp', 'warning ipa-location-partial _kerberos._tcp.kyoto._locations',
    'warning ipa-ca-stale ipa-ca', 'notice krb-uri-hides-srv _kerberos'], 'FreeIPA: an address of ipa-ca, a location, URI, UDP';
$second = $ipa =~ s/^i2 A.*\n//mr =~ s/^\@ NS i2\n//mr =~ s/^ipa-ca A 172\.16\.2.*\n//mr =~ s/"LINUX\.EXAMPLE\.ORG"/"linux.example.org"/r
    . "\@ NAPTR 10 50 \"s\" \"SIP+D2U\" \"\" _sip._udp\n";
is_deeply ipa($second), [sort @ipa, 'error sip-naptr-dangling _sip._udp', 'warning ad-stale-dc i2', 'warning ad-realm-mismatch _kerberos'],
    'FreeIPA: a server that is gone, a realm in small letters, NAPTR to nothing';

$third = $ipa =~ s/^_kerberos URI (.*):i3\./_kerberos URI $1:old3./mgr =~ s/^_ldap\._tcp SRV 0 100 389 i3/_ldap._tcp SRV 0 100 636 i3/mr
    . "_matrix._tcp SRV 0 1 8448 mx\n";
is_deeply ipa($third), [sort @ipa, 'error ad-port _ldap._tcp', 'warning ad-stale-dc old3', 'notice krb-uri-hides-srv _kerberos',
    'notice matrix-old-name _matrix-fed._tcp'], 'FreeIPA: a URI that leads nowhere, a port, an old name of Matrix';

# ---- a forest of two domains ----

my ($root_guid, $sales_guid) = ('bbbbbbbb-1111-4000-8000-00000000000b', 'cccccccc-2222-4000-8000-00000000000c');
my $root = "\$ORIGIN corp.example.com.\n\$TTL 600\n\@ SOA rdc1 hostmaster 5 900 600 86400 3600\n\@ NS rdc1\n\@ NS rdc2\n\@ MX 10 mail\nmail A 10.50.0.25\n"
    . "sales NS cdc1.sales\nsales NS cdc2.sales\ncdc1.sales A 10.60.0.10\ncdc2.sales A 10.60.0.11\n_ldap._tcp.pdc._msdcs SRV 0 100 389 rdc1\n";
my $sales = "\$ORIGIN sales.corp.example.com.\n\$TTL 600\n\@ SOA cdc1 hostmaster 5 900 600 86400 3600\n\@ NS cdc1\n\@ NS cdc2\n\@ MX 10 mail.corp.example.com.\n"
    . "_ldap._tcp.pdc._msdcs SRV 0 100 389 cdc2\n";
sub below { my ($forest) = @_; return $forest =~ s/ (cdc\d)$/ $1.sales/mgr }
for my $n (1, 2) {
    $root .= join '', server("rdc$n", '10.50.0.1' . ($n - 1), 600, $root_guid, alias($n), 'Wien');
    my ($own, $forest) = server("cdc$n", '10.60.0.1' . ($n - 1), 600, $sales_guid, alias($n + 2), 'Graz');
    ($sales, $root) = ($sales . $own, $root . below($forest));
}

# Sites without a server of the domain are covered by the nearest ones.
sub covers {
    my ($site, @hosts) = @_;
    return join '', map { my $host = $_; map { ("_ldap._tcp.$site._sites$_ SRV 0 100 389 $host\n", "_kerberos._tcp.$site._sites$_ SRV 0 100 88 $host\n") } '', '.dc._msdcs' } @hosts;
}
my ($bare_root, $bare_sales) = ($root, $sales);
$root .= covers('Graz', 'rdc1', 'rdc2');
$sales .= covers('Wien', 'cdc1', 'cdc2');
my @root = ('notice mx-private-address mail', 'notice ns-private-address rdc1', map { "notice ad-site-covered rdc$_" } 1, 2);
my @sales = ('notice mx-private-address mail.corp.example.com.', 'notice ns-private-address cdc1', map { "notice ad-site-covered cdc$_" } 1, 2);

sub forest {
    my ($name, @zones) = @_;
    return [sort @{told($name, ['root', $zones[0]], ['sales', $zones[1]])}];
}
sub both { my (@zones) = @_; return (forest('corp.example.com', @zones), forest('sales.corp.example.com', @zones)) }

is_deeply [both($root, $sales)], [[sort @root], [sort @sales]], 'forest: whole; servers of the one domain are none of the other';
is_deeply [both($bare_root, $bare_sales)], [[sort 'warning ad-site-gap _ldap._tcp.graz._sites.dc._msdcs', grep { !/covered/ } @root],
    [sort 'warning ad-site-gap _ldap._tcp.wien._sites.dc._msdcs', grep { !/covered/ } @sales]], 'forest: sites that nobody covers';

# The zone of the forest root is not at hand: what stands there is not known, and nothing is missing.
is_deeply [sort @{told('sales.corp.example.com', ['sales', $sales])}],
    [sort 'unknown ad-gc-missing _gc._tcp.corp.example.com.', grep { !/mx-private/ } @sales], 'forest: a child domain alone';

my ($own, $forest) = server('cdc3', '10.60.0.12', 600, $sales_guid, alias(5), 'Graz'); # gone: only its names are left
my @zones = ($root =~ s/^dddddddd-0004\S+ 600 CNAME.*\n//mr . "_ldap._tcp.pdc._msdcs SRV 0 100 389 rdc2\n" . below($forest =~ s/^gc\._msdcs.*\n//mr),
    ($sales . $own =~ s/^(?:cdc3|\@) 600 A.*\n//mgr) =~ s/^_kerberos\._tcp\.Graz\._sites.*\n//mgr . "\@ A 10.9.9.80\n");
is_deeply [both(@zones)],
    [[sort @root, 'error ad-dsa-alias-missing cdc2.sales', 'error ad-pdc-many _ldap._tcp.pdc._msdcs', 'warning ad-stale-dc cdc3.sales'],
    [sort @sales, 'error ad-dsa-alias-missing cdc2', 'error ad-site-kdc-missing _kerberos._tcp.graz._sites.dc._msdcs', 'warning ad-stale-dc cdc3',
    'warning ad-apex-foreign sales.corp.example.com.']], 'forest: an alias, two primaries, a site without Kerberos, a web server, a server that is gone';

@zones = ($root =~ s/SRV 0 100 (\d+) cdc1\.sales$/SRV 10 100 $1 cdc1.sales/mgr . "_matrix._tcp SRV 0 1 8448 mail\nrdc2 600 A 169.254.3.4\n",
    $sales =~ s/SRV 0 100 (\d+) cdc1$/SRV 10 100 $1 cdc1/mgr =~ s/^_kerberos\._tcp 600/_kerberos._tcp 7200/mgr . "_ldap._tcp SRV 0 0 389 cdc2\n");
is_deeply [both(@zones)], [[sort @root, 'warning ad-multihomed rdc2', 'notice matrix-old-name _matrix-fed._tcp'],
    [sort @sales, 'warning ad-duplicate-target _ldap._tcp', 'notice ad-priority-alone _ldap._tcp.dc._msdcs', 'notice ad-ttl-long _kerberos._tcp']],
    'forest: an address of its own link, an old name of Matrix; a host twice, one alone in its priority, a long TTL';

# ---- what each client asks in a domain of a forest, in order, where it finds nothing ----

my @child = map { ('--zone', $_) }
    file('child.zone', "\$ORIGIN child.forest.test.\n\$TTL 900\n\@ SOA ns1.forest.test. host 1 7200 900 604800 600\n\@ NS ns1.forest.test.\n"),
    file('forest.zone', "\$ORIGIN forest.test.\n\$TTL 900\n\@ SOA ns1 host 1 7200 900 604800 600\n\@ NS ns1\nns1 A 192.0.2.53\ndc1 A 192.0.2.1\n"
        . "_ldap._tcp.dc._msdcs SRV 0 100 389 dc1\n_ldap._tcp.gc._msdcs SRV 0 100 3268 dc1\n_gc._tcp SRV 0 100 3268 dc1\n");
my %asks = (
    windows => '-=skipped,next _ldap._tcp.hq._sites.dc._msdcs=none,next _ldap._tcp.dc._msdcs=none,stop',
    'windows --srv=_ldap._tcp' => '_ldap._tcp.hq._sites=none,next _ldap._tcp=none,stop',
    samba => '-=skipped,next _ldap._tcp.hq._sites.dc._msdcs=none,next _ldap._tcp.dc._msdcs=none,stop',
    'samba --srv=_ldap._tcp' => '_ldap._tcp=none,stop',
    sssd => '-=skipped,next _ldap._tcp.hq._sites=none,next _ldap._tcp=none,stop',
    mit => '_kerberos=none,next _kerberos._udp.hq._sites=none,next _kerberos._udp=none,next _kerberos._tcp.hq._sites=none,next _kerberos._tcp=none,stop',
    heimdal => '_kerberos._tcp.hq._sites=none,next _kerberos._udp=none,next _kerberos._tcp=none,next _kerberos._http=none,next kerberos=none,stop',
    openldap => '_ldap._tcp=none,stop',
    rfc2782 => '-=skipped,next child.forest.test.=none,stop',
    nominal => '-=skipped,next',
    outlook => '-=skipped,next child.forest.test.=none,next autodiscover=none,next _autodiscover._tcp=none,next -=skipped,next',
    sip => 'child.forest.test.=none,next _sips._tcp=none,next _sip._tcp=none,next _sip._udp=none,next child.forest.test.=none,stop',
    xmpp => '_xmpp-client._tcp=none,next _xmpps-client._tcp=none,next child.forest.test.=none,stop',
    matrix => '-=skipped,next _matrix-fed._tcp=none,next _matrix._tcp=none,next child.forest.test.=none,stop',
    mail => '_imaps._tcp=none,next _imap._tcp=none,next _pop3s._tcp=none,next _pop3._tcp=none,next _submissions._tcp=none,next _submission._tcp=none,stop',
    caldav => '_caldavs._tcp=none,next _caldav._tcp=none,next child.forest.test.=none,stop',
    carddav => '_carddavs._tcp=none,next _carddav._tcp=none,next child.forest.test.=none,stop',
    jmap => '_jmap._tcp=none,next child.forest.test.=none,stop',
);
my ($clients) = (mxtrail('--client', '?', @child, 'child.forest.test'))[2] =~ /must be one of (.*)/;
is_deeply [sort split /, /, $clients // ''], [sort grep { !/ / } keys %asks], 'each client has its row';
for (sort keys %asks) {
    my ($client, @at) = split / /;
    my (undef, $out) = mxtrail('--json', @child, "--client=$client=hq", @at, 'child.forest.test');
    is join(' ', map { ($_->{owner} // '-') =~ s/\.child\.forest\.test\.$//r . "=$_->{outcome},$_->{next}" } @{decode_json($out)->{srv_simulation}{client}{questions}}),
        $asks{$_}, "$_: these questions";
}

done_testing;
