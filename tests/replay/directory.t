#!/usr/bin/perl
# Directories: which findings are told of them. directory/*.zone are three whole domains, whose comments say what
# they must show; the table has a complete Active Directory and a complete FreeIPA with one thing changed in each
# row. Of the families below the whole list is compared, so that a row tells what must not be said, too.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::XS;
use Mxtrail;
use Test::More;

my $families = qr/^(?:ad|krb|ipa|kms|sip|matrix|srv)-|-private-address$|^ns-dangling$/;

sub findings {
    my ($name, @options) = @_;
    my (undef, $out) = mxtrail('--json', @options, $name);
    my $domain = decode_json($out);
    return $domain, map { "$_->{severity} $_->{id} $_->{subject}" } @{$domain->{findings}};
}

sub told {
    my ($name, @options) = @_;
    my ($domain, @all) = findings($name, @options);
    return [grep { (split)[1] =~ $families } @all];
}

# ---- the three domains ----

my $folder = "$FindBin::Bin/directory";

sub zones { return map { ('--zone', "$folder/$_.zone") } @_ }

is_deeply told('corp.example.com', zones('small')),
    ['notice mx-private-address corp.example.com.', 'notice ns-private-address dc1.corp.example.com.',
    'notice ad-single-dc dc1.corp.example.com.', 'notice ad-mail-to-dc corp.example.com.'], 'small.zone';
is_deeply told('ad.example.net', zones('medium', 'medium-msdcs')),
    ['error ns-dangling dc0.ad.example.net.', 'warning ad-stale-dc dc0.ad.example.net.', 'warning ad-apex-foreign ad.example.net.',
    'notice mx-private-address mail.ad.example.net.', 'notice ns-private-address dc1.ad.example.net.',
    'notice ad-rodc-only-site _ldap._tcp.luebeck._sites.dc._msdcs.ad.example.net.'], 'medium.zone';
my @ipa = zones('freeipa', 'freeipa@10.30.1.11', 'freeipa@10.30.1.12', 'freeipa@10.30.2.11');
is_deeply told('ipa.example.org', @ipa), ['notice ns-private-address ipa1.ipa.example.org.'], 'freeipa.zone';

# The whole lists: what is told of any domain, too; but for DMARC, whose record may stand above, where no file is.
is_deeply [(findings('corp.example.com', zones('small')))[1 .. 10]],
    ['warning ns-single corp.example.com.', 'warning spf-none corp.example.com.',
    'notice inside-view corp.example.com.', 'notice mx-implicit corp.example.com.', 'notice mx-private-address corp.example.com.',
    'notice ns-private-address dc1.corp.example.com.', 'notice dkim-none-found corp.example.com.',
    'notice ad-single-dc dc1.corp.example.com.', 'notice ad-mail-to-dc corp.example.com.', 'unknown dmarc-none corp.example.com.'],
    'small.zone: all';
my ($medium, @medium) = findings('ad.example.net', zones('medium', 'medium-msdcs'));
is_deeply \@medium, ['error ns-dangling dc0.ad.example.net.', 'warning ns-same-network ad.example.net.',
    'warning spf-none ad.example.net.', 'warning ad-stale-dc dc0.ad.example.net.',
    'warning ad-apex-foreign ad.example.net.', 'notice inside-view ad.example.net.', 'notice mx-single ad.example.net.',
    'notice mx-private-address mail.ad.example.net.', 'notice mx-v4-only ad.example.net.',
    'notice ns-private-address dc1.ad.example.net.', 'notice dkim-none-found ad.example.net.',
    'notice ad-rodc-only-site _ldap._tcp.luebeck._sites.dc._msdcs.ad.example.net.', 'unknown dmarc-none ad.example.net.'], 'medium.zone: all';
like +(grep { $_->{id} eq 'ad-stale-dc' } @{$medium->{findings}})[0]{text}, qr/_ldap\._tcp\.ad\.example\.net.* and \d+ more/,
    'medium.zone: the names that lead to the server that is gone';
my (undef, @freeipa) = findings('ipa.example.org', @ipa);
is_deeply \@freeipa, ['error mx-none ipa.example.org.', 'warning spf-none ipa.example.org.',
    'notice inside-view ipa.example.org.', 'notice a-none ipa.example.org.', 'notice ns-private-address ipa1.ipa.example.org.',
    'notice dkim-none-found ipa.example.org.', 'unknown dmarc-none ipa.example.org.'], 'freeipa.zone: all, and no server disagrees';

# ---- one thing changed ----

my ($g, @d) = ('c0ffee11-2233-4455-8677-8899aabbccdd', map { "11111111-aaaa-4bbb-8ccc-00000000000$_" } 1 .. 9);

# The generic names of a domain controller and those of its sites, as the server itself registers them.
sub dc {
    my ($host, $address, $guid, @sites) = @_;
    my $lines = "$host A $address\n\@ A $address\ngc._msdcs A $address\n$guid._msdcs CNAME $host\n";
    $lines .= "$_ SRV 0 100 389 $host\n" for '_ldap._tcp', '_ldap._tcp.dc._msdcs', "_ldap._tcp.$g.domains._msdcs";
    $lines .= "$_ SRV 0 100 3268 $host\n" for '_gc._tcp', '_ldap._tcp.gc._msdcs';
    $lines .= "$_ SRV 0 100 88 $host\n" for '_kerberos._tcp', '_kerberos._udp', '_kerberos._tcp.dc._msdcs';
    $lines .= "$_ SRV 0 100 464 $host\n" for '_kpasswd._tcp', '_kpasswd._udp';
    return $lines . join '', map { site($host, $_) } @sites;
}

sub site {
    my ($host, $site) = @_;
    return join '', "_ldap._tcp.$site._sites SRV 0 100 389 $host\n", "_ldap._tcp.$site._sites.dc._msdcs SRV 0 100 389 $host\n",
        "_kerberos._tcp.$site._sites SRV 0 100 88 $host\n", "_kerberos._tcp.$site._sites.dc._msdcs SRV 0 100 88 $host\n",
        "_gc._tcp.$site._sites SRV 0 100 3268 $host\n", "_ldap._tcp.$site._sites.gc._msdcs SRV 0 100 3268 $host\n";
}

my $head = "\$ORIGIN ad.example.com.\n\$TTL 600\n\@ SOA ns1 host 1 7200 900 604800 600\n\@ NS ns1\n\@ NS ns2\n\@ MX 10 mail\n"
    . "ns1 A 10.1.0.53\nns2 A 10.2.0.53\nmail A 10.1.0.25\n";
my $ad = $head . dc('dc1', '10.1.0.10', $d[0], 'berlin') . dc('dc2', '10.1.0.11', $d[1], 'berlin')
    . "_ldap._tcp.pdc._msdcs SRV 0 100 389 dc1\n";
my $freeipa = "\$ORIGIN ad.example.com.\n\$TTL 3600\n\@ SOA ipa1 host 1 7200 900 604800 600\n\@ NS ipa1\n\@ NS ipa2\n\@ MX 10 mail\n"
    . "mail A 10.1.0.25\n_kerberos TXT \"AD.EXAMPLE.COM\"\n" . join '', map {
        my ($n) = @$_;
        my $lines = "ipa$n A 10.$n.0.10\nipa-ca A 10.$n.0.10\n";
        $lines .= "$_ SRV 0 100 389 ipa$n\n" for '_ldap._tcp', '_ldap._tcp.lisbon._locations';
        $lines .= "$_ SRV 0 100 88 ipa$n\n" for map { ("${_}._tcp", "${_}._udp") } '_kerberos', '_kerberos-master';
        $lines .= "$_ SRV 0 100 88 ipa$n\n" for '_kerberos._tcp.lisbon._locations', '_kerberos._udp.lisbon._locations';
        $lines .= "$_ SRV 0 100 464 ipa$n\n" for '_kpasswd._tcp', '_kpasswd._udp';
        $lines . "_kerberos URI 0 100 \"krb5srv:m:tcp:ipa$n.ad.example.com.\"\n_kpasswd URI 0 100 \"krb5srv:m:tcp:ipa$n.ad.example.com.\"\n"
    } [1], [2];

my $inside = ['notice mx-private-address mail.ad.example.com.', 'notice ns-private-address ns1.ad.example.com.'];

# The zone without the lines that match.
sub without { my ($zone, $pattern) = @_; return $zone =~ s/^(?:$pattern).*\n//mgr }

my @cases = (
    # what, the zone, what is told beside the inner addresses; more options
    ['a whole directory', $ad],
    ['a whole FreeIPA', $freeipa],
    ['ad-stale-dc', without($ad, 'dc2 A '), ['warning ad-stale-dc dc2.ad.example.com.', 'warning ad-apex-foreign ad.example.com.',
        'notice ad-single-dc dc1.ad.example.com.']],
    ['ad-stale-dc of FreeIPA', without($freeipa, 'ipa2 A |@ NS ipa2|ipa-ca A 10\.2'), ['warning ad-stale-dc ipa2.ad.example.com.']],
    ['ad-site-gap', $ad, ['warning ad-site-gap _ldap._tcp.bonn._sites.dc._msdcs.ad.example.com.'], '--site=bonn'],
    ['no ad-site-gap for a guess', $ad, [], '--site=berlin'],
    ['ad-site-kdc-missing: none', without($ad, '_kerberos\._tcp\.berlin'),
        ['error ad-site-kdc-missing _kerberos._tcp.berlin._sites.dc._msdcs.ad.example.com.']],
    ['ad-site-kdc-missing: one tree', without($ad, '_kerberos\._tcp\.berlin\._sites\.dc'),
        ['error ad-site-kdc-missing _kerberos._tcp.berlin._sites.dc._msdcs.ad.example.com.']],
    ['ad-site-gc-missing', without($ad, '(?:_gc\._tcp\.berlin|_ldap\._tcp\.berlin\._sites\.gc)'),
        ['notice ad-site-gc-missing _gc._tcp.berlin._sites.ad.example.com.']],
    ['no ad-site-gc-missing with one of the two', without($ad, '_gc\._tcp\.berlin')],
    ['ad-partial-registration', without($ad, '(?:_kerberos\._tcp|_ldap\._tcp\.dc\._msdcs) SRV 0 100 \d+ dc2'),
        ['warning ad-partial-registration dc2.ad.example.com.', 'warning krb-udp-tcp-differ _kerberos._udp.ad.example.com.']],
    ['ad-kpasswd-missing', without($ad, '_kpasswd\._udp'), ['warning ad-kpasswd-missing _kpasswd._udp.ad.example.com.']],
    ['ad-kpasswd-missing: both are one', without($ad, '_kpasswd'), ['warning ad-kpasswd-missing _kpasswd._tcp.ad.example.com.']],
    ['ad-dsa-alias-missing', without($ad, $d[1]), ['error ad-dsa-alias-missing dc2.ad.example.com.']],
    ['ad-dsa-alias-missing: typed', $ad, ["error ad-dsa-alias-missing $d[7]._msdcs.ad.example.com."], "--site=$d[7]"],
    ['ad-dsa-alias-dangling', $ad . "$d[4]._msdcs CNAME old\n", ["error ad-dsa-alias-dangling $d[4]._msdcs.ad.example.com."]],
    ['ad-pdc-missing', without($ad, '_ldap\._tcp\.pdc'), ['error ad-pdc-missing _ldap._tcp.pdc._msdcs.ad.example.com.']],
    ['ad-pdc-many', $ad . "_ldap._tcp.pdc._msdcs SRV 0 100 389 dc2\n", ['error ad-pdc-many _ldap._tcp.pdc._msdcs.ad.example.com.']],
    ['ad-gc-missing', without($ad, '(?:_gc\._tcp|_ldap\._tcp\.gc\._msdcs|_ldap\._tcp\.berlin\._sites\.gc|gc\._msdcs)'),
        ['error ad-gc-missing _ldap._tcp.gc._msdcs.ad.example.com.', 'notice ad-site-gc-missing _gc._tcp.berlin._sites.ad.example.com.']],
    ['ad-port', $ad =~ s/^_ldap\._tcp SRV 0 100 389 dc1/_ldap._tcp SRV 0 100 636 dc1/mr, ['error ad-port _ldap._tcp.ad.example.com.']],
    ['ad-weight-differs', $ad =~ s/^_kerberos\._udp SRV 0 100 88 dc1/_kerberos._udp SRV 0 50 88 dc1/mr,
        ['warning ad-weight-differs dc1.ad.example.com.']],
    ['no ad-weight-differs between servers', $ad =~ s/SRV 0 100 (\d+) dc1/SRV 0 50 $1 dc1/gr],
    ['ad-duplicate-target', $ad . "_ldap._tcp SRV 0 10 389 dc1\n", ['warning ad-duplicate-target _ldap._tcp.ad.example.com.']],
    ['ad-priority-alone', $ad =~ s/SRV 0 100 (\d+) dc2/SRV 10 100 $1 dc2/gr,
        ['notice ad-priority-alone _ldap._tcp.dc._msdcs.ad.example.com.']],
    ['ad-multihomed: its own link', $ad . "dc1 A 169.254.7.7\n", ['warning ad-multihomed dc1.ad.example.com.']],
    ['ad-multihomed: another network', $ad . "dc1 A 172.17.0.1\n", ['warning ad-multihomed dc1.ad.example.com.']],
    ['no ad-multihomed: the same network', $ad . "dc1 A 10.1.7.1\ndc1 AAAA fd00:1::1\n"],
    ['ad-apex-foreign: a web server', $ad . "\@ A 10.1.0.80\n", ['warning ad-apex-foreign ad.example.com.']],
    ['ad-apex-foreign: a server absent', without($ad, '@ A 10\.1\.0\.11'), ['warning ad-apex-foreign dc2.ad.example.com.']],
    ['ad-msdcs-delegation', without($ad, '\S*_msdcs') . "_msdcs NS old\n", ['error ad-msdcs-delegation _msdcs.ad.example.com.']],
    ['ad-target-suffix', $ad . "_kerberos._tcp SRV 0 100 88 dc3.ad.example.com\n_kerberos._udp SRV 0 100 88 dc3.ad.example.com\n",
        ['error ad-target-suffix dc3.ad.example.com.ad.example.com.']],
    ['ad-target-suffix: a zone of its own', $ad . "_ldap._tcp.gc._msdcs SRV 0 100 3268 dc3.ad.example.com._msdcs\n",
        ['error ad-target-suffix dc3.ad.example.com._msdcs.ad.example.com.']],
    ['an alias is one finding, of however many names', $ad =~ s/^dc1 A .*/dc1 CNAME real\nreal A 10.1.0.10/mr, ['error srv-cname dc1.ad.example.com.']],
    ['and so is a host of several services', $head . join('', map { "_$_ SRV 0 1 5060 gone\n" } qw(sip._tcp sip._udp sips._tcp)),
        ['error srv-dangling gone.ad.example.com.'], 'plain'],
    ['weights of 0 everywhere', $ad =~ s/SRV 0 100/SRV 0 0/gr, ['notice srv-zero-weight-only _kerberos._tcp.berlin._sites.dc._msdcs.ad.example.com.']],
    ['ad-not-here', without($ad, '\S*_msdcs'), ['notice ad-not-here _ldap._tcp.dc._msdcs.ad.example.com.']],
    ['ad-private-filtered', without($ad, '(?:dc\d|@|gc\._msdcs) A'), ['notice ad-private-filtered ad.example.com.']],
    ['ad-public', $ad =~ s/^(ns\d A) 10\.(\d)\.0\.53/$1 8.$2.8.8/mgr =~ s/^mail A .*/mail A 8.1.8.25/mr,
        ['warning ad-public _ldap._tcp.dc._msdcs.ad.example.com.'], 'public'],
    ['ad-rodc-only-site', $ad . "rodc A 10.1.0.12\n$d[2]._msdcs CNAME rodc\n" . site('rodc', 'bonn'),
        ['notice ad-rodc-only-site _ldap._tcp.bonn._sites.dc._msdcs.ad.example.com.']],
    ['no ad-rodc-only-site beside another', $ad . "rodc A 10.1.0.12\n$d[2]._msdcs CNAME rodc\n" . site('rodc', 'berlin')],
    ['ad-site-covered', $ad . site('dc1', 'bonn'), ['notice ad-site-covered dc1.ad.example.com.']],
    ['ad-generic-branch', $head . dc('dc1', '10.1.0.10', $d[0], 'berlin') . dc('dc2', '10.1.0.11', $d[1], 'bonn')
        . dc('dc3', '10.1.0.12', $d[2], 'kiel') . "_ldap._tcp.pdc._msdcs SRV 0 100 389 dc1\n",
        ['notice ad-generic-branch _ldap._tcp.dc._msdcs.ad.example.com.']],
    ['ad-mixed-directory', $ad . "ipa1 A 10.1.0.40\n_kerberos-master._tcp SRV 0 100 88 ipa1\n_ldap._tcp SRV 0 100 389 ipa1\n",
        ['error ad-mixed-directory ad.example.com.']],
    ['ad-mixed-directory: by ipa-ca', $ad . "ipa1 A 10.1.0.40\nipa-ca A 10.1.0.40\n_ldap._tcp SRV 0 100 389 ipa1\n",
        ['error ad-mixed-directory ad.example.com.']],
    ['no ad-mixed-directory: an LDAP server', $ad . "ldap1 A 10.1.0.40\nipa-ca A 10.1.0.41\n_ldap._tcp SRV 0 100 389 ldap1\n",
        ['warning ad-partial-registration ldap1.ad.example.com.']],
    ['ad-realm-mismatch', $ad . "_kerberos TXT \"ad.example.com\"\n", ['warning ad-realm-mismatch _kerberos.ad.example.com.']],
    ['no ad-realm-mismatch', $ad . "_kerberos TXT \"AD.EXAMPLE.COM\"\n"],
    ['krb-uri-hides-srv', without($freeipa, '_kerberos URI .*ipa2'), ['notice krb-uri-hides-srv _kerberos.ad.example.com.']],
    ['krb-udp-tcp-differ', without($freeipa, '_kerberos\._udp SRV .* ipa2'), ['warning krb-udp-tcp-differ _kerberos._udp.ad.example.com.']],
    ['kms-stale', $ad . "_vlmcs._tcp SRV 0 0 1688 kms\n", ['warning kms-stale kms.ad.example.com.']],
    ['kms-stale: many', $ad . join('', map { "_vlmcs._tcp SRV 0 10 1688 kms$_\nkms$_ A 10.1.0.6$_\n" } 1 .. 3),
        ['notice kms-stale _vlmcs._tcp.ad.example.com.']],
    ['no kms-stale', $ad . join('', map { "_vlmcs._tcp SRV 0 10 1688 kms$_\nkms$_ A 10.1.0.6$_\n" } 1 .. 2)],
    ['ipa-location-partial: none of its own', $freeipa =~ s/(lisbon\._locations SRV) 0/$1 50/gr,
        ['warning ipa-location-partial _kerberos._tcp.lisbon._locations.ad.example.com.']],
    ['ipa-location-partial: some aliases', without($freeipa, '_ldap\._tcp SRV') . "_ldap._tcp CNAME _ldap._tcp.lisbon._locations\n",
        ['warning ipa-location-partial ad.example.com.']],
    ['ipa-ca-stale', $freeipa . "ipa-ca A 10.3.0.10\n", ['warning ipa-ca-stale ipa-ca.ad.example.com.']],
    ['sip-naptr-dangling', $ad . "\@ NAPTR 10 50 \"s\" \"SIPS+D2T\" \"\" _sips._tcp\n", ['error sip-naptr-dangling _sips._tcp.ad.example.com.']],
    ['no sip-naptr-dangling', $ad . "\@ NAPTR 10 50 \"s\" \"SIPS+D2T\" \"\" _sips._tcp\n_sips._tcp SRV 0 1 5061 mail\n"],
    ['matrix-old-name', $ad . "_matrix._tcp SRV 0 1 8448 mail\n", ['notice matrix-old-name _matrix-fed._tcp.ad.example.com.']],
    ['no matrix-old-name', $ad . "_matrix._tcp SRV 0 1 8448 mail\n_matrix-fed._tcp SRV 0 1 8448 mail\n"],
    ['ad-ttl-long', $ad =~ s/^_ldap\._tcp SRV/_ldap._tcp 86400 SRV/mr, ['notice ad-ttl-long _ldap._tcp.ad.example.com.']],
    ['ad-single-dc', without($ad, '(?:dc2|.*[ ]dc2$|.*10\.1\.0\.11)'), ['notice ad-single-dc dc1.ad.example.com.']],
    ['ad-mail-to-dc', without($ad, '(?:@ MX|mail)'), ['notice ad-mail-to-dc ad.example.com.'], 'implicit'],
    # several things at their limits, and beside what is told
    ['nothing: an hour, other flags of NAPTR, one network', ($ad =~ s/^(_ldap\._tcp) SRV/$1 3600 SRV/mgr)
        . "\@ NAPTR 10 50 \"u\" \"SIPS+D2T\" \"!.*!x!\" _sips._tcp\n\@ NAPTR 10 50 \"s\" \"SIP+D2T\" \"\" .\ndc1 AAAA 2001:db8:1::1\ndc1 AAAA 2001:db8:1:2::1\n"],
    ['a second more, a letter more, three times, three of four, a capital flag, a link', ($ad =~ s/^(_ldap\._tcp) SRV (.*dc1)/$1 3601 SRV $2/mr)
        . "_kerberos TXT \"AD.EXAMPLE.COMM\"\n_gc._tcp SRV 0 10 3268 dc1\n_gc._tcp SRV 0 20 3268 dc1\n\@ NAPTR 10 50 \"S\" \"SIPS+D2T\" \"\" _sips._tcp\ndc1 AAAA fe80::1\n"
        . join('', map { "_vlmcs._tcp SRV 0 10 1688 kms$_\n" } 1 .. 4) . join('', map { "kms$_ A 10.1.0.6$_\n" } 1 .. 3),
        ['error sip-naptr-dangling _sips._tcp.ad.example.com.', 'warning ad-realm-mismatch _kerberos.ad.example.com.', 'warning ad-duplicate-target _gc._tcp.ad.example.com.',
            'warning ad-multihomed dc1.ad.example.com.', 'warning kms-stale kms4.ad.example.com.', 'notice kms-stale _vlmcs._tcp.ad.example.com.', 'notice ad-ttl-long _ldap._tcp.ad.example.com.']],
    ['the longest TTL, and two networks of IPv6', ($ad =~ s/^(_ldap\._tcp) SRV/$1 7200 SRV/mgr =~ s/^(_kerberos\._tcp) SRV/$1 86400 SRV/mgr)
        . "dc1 AAAA 2001:db8:1::1\ndc1 AAAA 2001:db8:2::1\n", ['warning ad-multihomed dc1.ad.example.com.', 'notice ad-ttl-long _kerberos._tcp.ad.example.com.']],
    ['no ad-generic-branch: two sites', $head . dc('dc1', '10.1.0.10', $d[0], 'berlin') . dc('dc2', '10.1.0.11', $d[1], 'bonn')
        . dc('dc3', '10.1.0.12', $d[2], 'bonn') . "_ldap._tcp.pdc._msdcs SRV 0 100 389 dc1\n"],
    ['ad-rodc-only-site: the other server is gone', without($ad, 'dc2 A ') . "rodc A 10.1.0.12\n$d[2]._msdcs CNAME rodc\n" . site('rodc', 'bonn') . site('dc2', 'bonn'),
        ['warning ad-stale-dc dc2.ad.example.com.', 'warning ad-apex-foreign ad.example.com.', 'notice ad-rodc-only-site _ldap._tcp.bonn._sites.dc._msdcs.ad.example.com.']],
    ['ad-site-gap: letters in the other order', $ad =~ s/^_ldap\._tcp\.berlin\._sites\.dc/_ldap._tcp.belrin._sites.dc/mgr,
        ['warning ad-site-gap _ldap._tcp.belrin._sites.dc._msdcs.ad.example.com.']],
    ['no ad-mail-to-dc: another host', without($ad, '(?:@ MX|mail|@ A)') . "\@ A 10.1.0.99\n",
        ['warning ad-apex-foreign ad.example.com.', 'warning ad-apex-foreign dc1.ad.example.com.'], 'implicit'],
    ['weight 0 once in a priority, port 0, and what is not offered', $head . "_sip._tcp SRV 0 0 0 mail\n_sip._tcp SRV 1 0 5060 ns1\n_sips._tcp SRV 0 0 0 .\n",
        ['error srv-port-zero _sip._tcp.ad.example.com.', 'ok srv-not-offered _sips._tcp.ad.example.com.'], 'plain'],
    ['FreeIPA: an alias into no location, and Kerberos of a host that is gone', without($freeipa, '_ldap\._tcp SRV') . "_ldap._tcp CNAME _ldap._tcp.all\n"
        . join('', map { "_ldap._tcp.all SRV 0 100 389 ipa$_\n" } 1, 2) . "_kerberos._udp SRV 0 100 88 gone\n", ['warning ad-stale-dc gone.ad.example.com.']],
    ['FreeIPA: no Kerberos over UDP, a certificate server over IPv6', without($freeipa, '_kerberos\._udp SRV') . "ipa-ca AAAA 2001:db8::9\n",
        ['warning krb-udp-tcp-differ _kerberos._udp.ad.example.com.', 'warning ipa-ca-stale ipa-ca.ad.example.com.']],
    ['a wildcard is no directory', "$head*._tcp SRV 0 1 99 mail\n", [], 'plain'],
);

for my $case (@cases) {
    my ($what, $zone, $told, @options) = @$case;
    my ($odd) = map { ($_ // '') =~ /^[a-z]/ ? shift @options : () } $options[0] // '';
    my %beside = (public => [], plain => [], implicit => ['notice mx-private-address ad.example.com.', $inside->[1]]);
    my @beside = @{$beside{$odd // ''} // ($zone =~ /ipa1 host/ ? [$inside->[0], 'notice ns-private-address ipa1.ad.example.com.'] : $inside)};
    my $got = told('ad.example.com', '--zone', file('case.zone', $zone), @options);
    is_deeply [sort @$got], [sort @beside, @{$told // []}], $what;
}

# ---- _msdcs as a zone of its own ----

# The zone without what is below _msdcs, delegated to these servers, and _msdcs itself.
sub split_off {
    my ($zone, @servers) = @_;
    return delegated($zone, \@servers, @servers);
}

sub delegated {
    my ($zone, $above_servers, @servers) = @_;
    my ($above, $below) = (without($zone, '\S*_msdcs'), "\$ORIGIN _msdcs.ad.example.com.\n\$TTL 600\n\@ SOA dc1.ad.example.com. host.ad.example.com. 1 7200 900 604800 600\n");
    $below .= "\@ NS $_.ad.example.com.\n" for @servers;
    $below .= join '', map { s/\._msdcs / /r =~ s/ (dc\d)$/ $1.ad.example.com./mr } grep { /^\S*\._msdcs / } split /^/, $zone;
    return map { ('--zone', $_) } file('above.zone', $above . join '', map { "_msdcs NS $_\n" } @$above_servers), file('_msdcs.ad.example.com', $below);
}

is_deeply [sort @{told('ad.example.com', split_off($ad, 'dc1', 'dc2'))}], [sort @$inside], 'a zone _msdcs of its own';
is_deeply [sort @{told('ad.example.com', split_off(without($ad, 'dc2 A '), 'dc1', 'dc2'))}],
    [sort @$inside, 'warning ad-stale-dc dc2.ad.example.com.', 'warning ad-apex-foreign ad.example.com.', 'notice ad-single-dc dc1.ad.example.com.'],
    'a server that is gone is one finding, though it is to serve _msdcs';
is_deeply [sort @{told('ad.example.com', split_off($ad, 'dc1', 'old'))}],
    [sort @$inside, 'error ad-msdcs-delegation _msdcs.ad.example.com.'], 'a name server of _msdcs that is no server of the directory';

for (['old'], ['dc1', 'old'], ['mail']) {
    is_deeply [sort @{told('ad.example.com', delegated($ad, $_, 'dc1', 'dc2'))}],
        [sort @$inside, 'error ad-msdcs-delegation _msdcs.ad.example.com.'], "delegated to @$_";
}
is_deeply [sort @{told('ad.example.com', delegated($ad, ['dc2'], 'dc1', 'dc2'))}], [sort @$inside], 'delegated to fewer';
for (['dc2', 'dc1'], ['dc1']) {
    is_deeply [sort @{told('ad.example.com', delegated(without($ad, 'dc2 A '), ['dc2', 'dc1'], @$_))}],
        [sort @$inside, 'warning ad-stale-dc dc2.ad.example.com.', 'warning ad-apex-foreign ad.example.com.', 'notice ad-single-dc dc1.ad.example.com.'],
        "delegated to a server that is gone, too, and served by @$_";
}
is_deeply [sort @{told('ad.example.com', delegated(without($ad, 'dc2 A '), ['dc2'], 'dc1'))}],
    [sort @$inside, 'error ad-msdcs-delegation _msdcs.ad.example.com.', 'warning ad-stale-dc dc2.ad.example.com.', 'warning ad-apex-foreign ad.example.com.',
    'notice ad-single-dc dc1.ad.example.com.'], 'delegated to nobody but a server that is gone';

# ---- a child domain ----

my $child = dc('dc1', '10.1.0.10', $d[0], 'berlin') . dc('dc2', '10.1.0.11', $d[1], 'berlin') . "_ldap._tcp.pdc._msdcs SRV 0 100 389 dc1\n";
$child = without($child, '(?:_gc|_ldap\._tcp\.gc|_ldap\._tcp\.berlin\._sites\.gc|gc\.|\S+ CNAME|\S*domains)');
my $root = "\$ORIGIN example.com.\n\@ SOA ns1.ad host 1 7200 900 604800 600\n\@ NS ns1.ad\nad NS ns1.ad\n_gc._tcp SRV 0 100 3268 dc1.ad\n";
my $whole = $root . "_ldap._tcp.gc._msdcs SRV 0 100 3268 dc1.ad\n_ldap._tcp.$g.domains._msdcs SRV 0 100 389 dc1.ad\n"
    . "_ldap._tcp.$g.domains._msdcs SRV 0 100 389 dc2.ad\n" . join '', map { "$d[$_ - 1]._msdcs CNAME dc$_.ad\n" } 1, 2;
for ([$whole, []], [$root, ['warning ad-msdcs-forest _ldap._tcp.gc._msdcs.example.com.']]) {
    my ($forest, $told) = @$_;
    my $got = told('ad.example.com', '--zone', file('child.zone', $head . $child), '--zone', file('root.zone', $forest), '--ignore=ad-site-gc-missing');
    is_deeply [sort @$got], [sort @$inside, @$told], 'a child domain: ' . ($told->[0] // 'its forest root has the global catalog');
}

my $label = ($ad =~ s/\$ORIGIN ad\.example\.com\./\$ORIGIN corp./r);
is_deeply told('corp', '--zone', file('corp.zone', $label)),
    [map { s/ad\.example\.com/corp/r } @$inside, 'notice ad-single-label corp.'], 'ad-single-label';
my $disjoint = $ad =~ s/^(dc2) A/$1.other.example. A/mr =~ s/(SRV .*|CNAME) dc2$/$1 dc2.other.example./mgr;
is_deeply told('ad.example.com', '--zone', file('disjoint.zone', $disjoint)),
    [@$inside, 'notice ad-target-suffix dc2.other.example.'], 'a server with a name outside the domain';

# ---- the table of servers and names ----

my $table = $medium->{directory};
is_deeply [@$table{qw(kind forest guid sites)}],
    ['active-directory', 'ad.example.net.', $g, ['Hamburg', 'Luebeck']], 'medium.zone: what it is, and its sites';
my $hosts = join ' ', map {
    my $host = $_;
    join '', $host->{name} =~ /^(\w+)/, map { "/$_" } grep { $host->{$_} } qw(gone read_only global_catalog primary)
} @{$table->{hosts}};
is $hosts, 'dc0/gone/global_catalog dc1/global_catalog/primary dc2/global_catalog rodc1/read_only/global_catalog', 'its servers';
my %marks;
for my $name (@{$table->{names}}) {
    $marks{$name->{column} . ($name->{place} ? "\@$name->{place}" : '')}
        = join '', map { substr $name->{hosts}{"$_.ad.example.net."}, 0, 1 } qw(dc0 dc1 dc2 rodc1);
}
my %site = map { ("$_\@Hamburg" => 'nttn', "$_\@Luebeck" => 'nnnt') } 'ldap', 'dc', 'kdc ms', 'kdc tcp', 'gc', 'gc ms', 'domzone', 'forzone';
is_deeply \%marks, {(map { ($_ => 'attn') } 'ldap', 'dc', "guid\@$g", 'gc ms', 'gc', 'kdc ms', 'kdc tcp'),
    (map { ($_ => 'nttn') } 'kdc udp', 'pwd tcp', 'pwd udp', 'A', 'gc A', 'domzone', 'dz A', 'forzone', 'fz A'),
    pdc => 'ntnn', alias => 'attt', %site, "dc\@Hamburg" => 'attn'}, 'how each server stands to each name';

my $lacking = without($ad, '_kpasswd\._udp SRV 0 100 464 dc2');
my ($half) = findings('ad.example.com', '--zone', file('lacking.zone', $lacking));
my @publish = map { @{$_->{publish}} } @{$half->{directory}{names}};
is_deeply \@publish, ['_kpasswd._udp.ad.example.com. 600 IN SRV 0 100 464 dc2.ad.example.com.'], 'what is missing, as a line to publish';
my (undef, $report) = mxtrail('--report', '--zone', file('lacking.zone', $lacking), 'ad.example.com');
like $report, qr/^\s+dc2 .*\bx\b/m, 'the report has the mark';
like $report, qr/^\s+\Q$publish[0]\E$/m, 'and the line';
my ($typed) = findings('ad.example.com', '--zone', file('plain.zone', without($ad, "_ldap\._tcp\.$g")), '--ignore=spf-none');
is +(grep { $_->{column} eq 'guid' } @{$typed->{directory}{names}})[0]{hosts}{'dc1.ad.example.com.'}, 'not queried',
    'a GUID that nobody told is not queried, and not missing';

# Names of sites in the letters of the file, of the option, or as everybody has the first one.
my $spelled = $ad =~ s/berlin/Berlin-Mitte/gr;
is_deeply [(findings('ad.example.com', '--zone', file('spelled.zone', "$spelled\$ORIGIN Kiel._sites.ad.example.com.\n_ldap._tcp SRV 0 100 389 dc1.ad.example.com.\n"),
    '--site=BONN,berlin-mitte'))[0]{directory}{sites}], [['BONN', 'berlin-mitte', 'Kiel']], 'sites in their own letters';
my ($kept) = findings('ad.example.com', '--zone', file('spelled.zone', $spelled));
is_deeply $kept->{directory}{sites}, ['Berlin-Mitte'], 'those of the file';
is_deeply [map { $_->{there} } grep { ($_->{place} // '') eq 'Berlin-Mitte' } @{$kept->{directory}{names}}], [2, 2, 2, 2, 2, 2, 0, 0], 'are found by them';
(undef, $report) = mxtrail('--report', '--zone', file('spelled.zone', $spelled), 'ad.example.com');
like $report, qr/^\s+Sites Berlin-Mitte$/m, 'in the report';
like $report, qr/^\s+-- directory, site Berlin-Mitte$/m, 'and above their records';

# ---- clients ----

# The hosts a client tries, with the exact share of first choices and of ends: "dc1 20/60".
sub client {
    my ($client, $name, @options) = @_;
    my ($object) = findings($name, "--client=$client", @options);
    my $played = $object->{srv_simulation}{client};
    my $targets = join ' ', map {
        ($_->{target} =~ /^(\w+)/)[0] . ($_->{level} > 1 ? '+' : '') . sprintf(':%.0f/%.0f', 100 * $_->{first}, 100 * $_->{reached})
    } @{$played->{targets}};
    for (@{$played->{targets}}) {
        my ($n, $p) = (10000, $_->{reached});
        my $error = sqrt($p * (1 - $p) / $n);
        ok abs($_->{reached_drawn} - $p) <= 4.5 * $error + 1e-9, "$client: $_->{target} is drawn as often as computed";
    }
    return join ' ', "$targets |", map { ($_->{owner} // '-') =~ s/\.\Q$name\E\.$//r . "=$_->{outcome},$_->{next}" } @{$played->{questions}};
}

my @medium_zones = zones('medium', 'medium-msdcs');
my %played = (
    'windows=luebeck' => 'rodc1:100/100 dc2+:0/0 dc0+:0/0 dc1+:0/0 | -=skipped,next _ldap._tcp.luebeck._sites.dc._msdcs=found,take and next _ldap._tcp.dc._msdcs=found,take',
    'windows=bonn' => 'dc2:40/67 dc0:40/0 dc1:20/33 | -=skipped,next _ldap._tcp.bonn._sites.dc._msdcs=none,next _ldap._tcp.dc._msdcs=found,take',
    'sssd=luebeck' => 'rodc1:100/100 dc2+:0/0 dc0+:0/0 dc1+:0/0 | -=skipped,next _ldap._tcp.luebeck._sites=found,take and next _ldap._tcp=found,take',
    'samba' => 'dc2:50/100 dc0:50/0 dc1:0/0 | -=skipped,next -=skipped,next _ldap._tcp.dc._msdcs=found,take',
    'openldap' => 'dc2:40/67 dc0:40/0 dc1:20/33 | _ldap._tcp=found,take',
    'mit' => 'dc1:100/100 dc2:0/0 dc1+:0/0 dc2+:0/0 dc0+:0/0 | _kerberos=none,next -=skipped,next _kerberos._udp=found,take and next -=skipped,next _kerberos._tcp=found,take',
);
is client($_, 'ad.example.net', @medium_zones), $played{$_}, "medium.zone: $_" for sort keys %played;
# At a name that none of these tasks looks up it is the same; where another task of a program looks it up, that is played.
my %at = (
    'windows=luebeck _sip._tcp' => $played{'windows=luebeck'},
    'windows=luebeck _ldap._tcp.dc._msdcs' => $played{'windows=luebeck'},
    'windows=luebeck _ldap._tcp' => 'rodc1:100/100 dc2+:0/0 dc0+:0/0 dc1+:0/0 | _ldap._tcp.luebeck._sites=found,take and next _ldap._tcp=found,take',
    'windows=bonn _ldap._tcp' => 'dc2:40/67 dc0:40/0 dc1:20/33 | _ldap._tcp.bonn._sites=none,next _ldap._tcp=found,take',
    'samba=luebeck _ldap._tcp' => 'dc2:50/100 dc0:50/0 dc1:0/0 | _ldap._tcp=found,take',
    'samba=luebeck _ldap._tcp.luebeck._sites.dc._msdcs' =>
        'rodc1:100/100 dc2+:0/0 dc0+:0/0 dc1+:0/0 | -=skipped,next _ldap._tcp.luebeck._sites.dc._msdcs=found,take and next _ldap._tcp.dc._msdcs=found,take',
    'rfc2782 _ldap._tcp' => 'dc2:40/67 dc0:40/0 dc1:20/33 | _ldap._tcp=found,take',
    'nominal _ldap._tcp' => 'dc2:40/67 dc0:40/0 dc1:20/33 | _ldap._tcp=found,take',
);
for my $at (sort keys %at) {
    my ($client, $owner) = split / /, $at;
    is client($client, 'ad.example.net', @medium_zones, "--srv=$owner"), $at{$at}, "medium.zone: $client at $owner";
}
like client('windows=luebeck', 'ad.example.net', @medium_zones, '--down=rodc1.ad.example.net'), qr{^rodc1:100/0 dc2\+:0/67 dc0\+:0/0 dc1\+:0/33 },
    'medium.zone: a client in a dead site falls back to the generic name';
my @lisbon = ('--zone', file('lisbon.zone', do { local (@ARGV, $/) = "$folder/freeipa\@10.30.1.11.zone"; <> }));
like client('sssd', 'ipa.example.org', @lisbon), qr{^ipa1:67/67 ipa2:33/33 ipa3\+:0/0 }, 'freeipa.zone: a client in lisbon';
like client('mit', 'ipa.example.org', @lisbon), qr{\| _kerberos=found,take$}, 'freeipa.zone: MIT krb5 reads URI and nothing else';

my $many = "\$ORIGIN ad.example.com.\n\@ SOA ns1 host 1 7200 900 604800 600\n\@ NS ns1\nns1 A 192.0.2.53\n\@ A 192.0.2.1\na A 192.0.2.2\nb A 192.0.2.3\n";
sub plays { return client(shift, 'ad.example.com', '--zone', file('many.zone', $many . shift)) }
is plays('xmpp', "_xmpp-client._tcp SRV 10 1 5222 a\n_xmpps-client._tcp SRV 5 1 5223 b\n"),
    'b:100/100 a+:0/0 | _xmpp-client._tcp=found,mix _xmpps-client._tcp=found,take', 'XMPP mixes both sets by priority';
is plays('xmpp', ''), 'ad:100/100 | _xmpp-client._tcp=none,next _xmpps-client._tcp=none,next =found,take' =~ s/ =found/ ad.example.com.=found/r,
    'and falls back to the address';
is plays('sip', "\@ NAPTR 10 1 \"s\" \"SIP+D2T\" \"\" _sip._tcp\n_sip._tcp SRV 0 1 5060 a\n_sip._udp SRV 0 1 5060 b\n"),
    'a:100/100 | ad.example.com.=found,take', 'SIP takes what NAPTR names';
is plays('matrix', "_matrix._tcp SRV 0 1 8448 a\n"), 'a:100/100 | -=skipped,next _matrix-fed._tcp=none,next _matrix._tcp=found,take', 'Matrix by its old name';
is plays('mail', "_imaps._tcp SRV 10 1 993 a\n_pop3s._tcp SRV 5 1 995 b\n_submission._tcp SRV 0 0 0 .\n"),
    'b:100/100 a+:0/0 | _imaps._tcp=found,mix _imap._tcp=none,next _pop3s._tcp=found,mix _pop3._tcp=none,next _submissions._tcp=none,next _submission._tcp=not offered,stop',
    'a mail program compares priorities across the sets, and stops at "."';
like plays('outlook', "_autodiscover._tcp SRV 0 0 443 a\n"), qr{^ad:100/100 a\+:0/0 }, 'an address of the domain answers Outlook before SRV';
# What is not offered ends its own service only; then the addresses say nothing.
is plays('xmpp', "_xmpp-client._tcp SRV 0 0 0 .\n_xmpps-client._tcp SRV 0 1 5223 a\n"),
    'a:100/100 | _xmpp-client._tcp=not offered,next _xmpps-client._tcp=found,take', 'XMPP with TLS from the start alone';
is plays('xmpp', "_xmpps-client._tcp SRV 0 0 0 .\n"), ' | _xmpp-client._tcp=none,next _xmpps-client._tcp=not offered,next -=skipped,next',
    'and no address where one is not offered';
is plays('mail', "_imap._tcp SRV 0 0 0 .\n_pop3s._tcp SRV 0 1 995 b\n_submission._tcp SRV 0 1 587 a\n"),
    'b:100/100 a+:0/0 | _imaps._tcp=none,next _imap._tcp=not offered,next _pop3s._tcp=found,mix _pop3._tcp=none,next _submissions._tcp=none,next '
    . '_submission._tcp=found,take', 'a mail program goes on where IMAP is not offered';

is plays('xmpp', "_xmpp-client._tcp SRV 0 1 5222 a\n"), 'a:100/100 | _xmpp-client._tcp=found,mix _xmpps-client._tcp=none,next -=skipped,next',
    'nor where there are SRV records';
is plays('sip', "_sips._tcp SRV 0 1 5061 a\n"), 'a:100/100 | ad.example.com.=none,next _sips._tcp=found,take and next _sip._tcp=none,next '
    . '_sip._udp=none,next -=skipped,next', 'for SIP alike';

# Calendars, address books, JMAP: the path, and where they connect to.
sub url { my ($client, $zone) = @_;
    return (findings('ad.example.com', "--client=$client", '--zone', file('url.zone', $many . $zone)))[0]{srv_simulation}{client}{questions}[-1]{result} }
my $calendar = "_caldavs._tcp SRV 5 1 8443 b\n_caldavs._tcp SRV 0 1 443 a\n";
is plays('caldav', "${calendar}_caldavs._tcp TXT \"path=/dav/\"\n"), 'a:100/100 b+:0/0 | _caldavs._tcp=found,take _caldavs._tcp=found,next -=skipped,next',
    'a calendar program takes the path beside its servers';
is url('caldav', "${calendar}_caldavs._tcp TXT \"path=/dav/\"\n"), 'https://a.ad.example.com/dav/, https://b.ad.example.com:8443/dav/', 'by TXT';
is url('caldav', $calendar), 'https://a.ad.example.com/.well-known/caldav, https://b.ad.example.com:8443/.well-known/caldav', 'or the well-known one';
is url('caldav', "${calendar}_caldavs._tcp TXT \"path=dav\"\n"), url('caldav', $calendar), 'what is no path is none';
is url('carddav', "_carddavs._tcp SRV 0 0 0 .\n_carddav._tcp SRV 0 1 80 a\n_carddav._tcp TXT \"path=/book\"\n"), 'http://a.ad.example.com/book',
    'an address book without TLS';
is url('carddav', "_carddavs._tcp TXT \"path=/book\"\n"), 'https://ad.example.com/.well-known/carddav', 'TXT without SRV means nothing';
is url('jmap', "_jmap._tcp SRV 0 1 443 a\n"), 'https://a.ad.example.com/.well-known/jmap', 'JMAP by SRV';
is url('jmap', ''), 'https://ad.example.com/.well-known/jmap', 'and by the domain';

# Lookups that fail: a recording in which one name timed out, or was refused.
my $failing = $ad . "_kerberos TXT \"AD.EXAMPLE.COM\"\n" . join '', map { "$_ SRV 0 1 5000 mail\n" } '_matrix-fed._tcp', '_matrix._tcp', '_xmpp-client._tcp',
    '_xmpps-client._tcp', '_sip._tcp', '_sip._udp', '_imaps._tcp', '_submission._tcp', '_caldavs._tcp', '_caldav._tcp', '_jmap._tcp', '_autodiscover._tcp';
my %line = (timeout => 'timeout -1 none 0 0 0 0 "" "" -', servfail => 'servfail 2 none 0 0 0 0 "" "" -', refused => 'refused 5 none 0 0 0 0 "" "" -');

sub plays_failing {
    my ($client, $owner, $type, $outcome) = @_;
    my $recording = scratch . '/failing.rec';
    my ($name, $at) = split / /, $client;
    my @played = ('--site=berlin', "--client=$name", $at ? "--srv=$at" : ());
    report('--json', '--zone', file('failing.zone', $failing), @played, '--record', $recording, '--force', 'ad.example.com');
    my $text = do { local (@ARGV, $/) = $recording; <> };
    $text =~ s/^(0 reply \Q$owner\E\.ad\.example\.com\. $type 0 \*) .*$/$1 $line{$outcome}/m or die "$owner $type was not asked";
    my $played = json('--replay', file('failed.rec', $text), @played, 'ad.example.com')->{srv_simulation}{client};
    my %hosts = map { ($_->{target} =~ /^(\w+)/)[0] => 1 } @{$played->{targets}};
    return join ' ', join(',', sort keys %hosts), '|',
        map { ($_->{owner} // '-') =~ s/\.ad\.example\.com\.$//r . '=' . ($_->{status} ? "$_->{status}," : '') . $_->{next} } @{$played->{questions}};
}

my @fails = (
    # client (at an owner), owner, type, hosts and questions
    ['windows=berlin', '_ldap._tcp.berlin._sites.dc._msdcs', 'SRV', 'dc1,dc2 | -=next _ldap._tcp.berlin._sites.dc._msdcs=FAIL,next _ldap._tcp.dc._msdcs=answered,take'],
    ['windows=berlin', '_ldap._tcp.dc._msdcs', 'SRV', 'dc1,dc2 | -=next _ldap._tcp.berlin._sites.dc._msdcs=answered,take and next _ldap._tcp.dc._msdcs=FAIL,stop'],
    # Samba gives up where nothing came back, as tests/clients shows; what a server refuses leads on.
    ['samba=berlin', '_ldap._tcp.berlin._sites.dc._msdcs', 'SRV', 'dc1,dc2 | -=next _ldap._tcp.berlin._sites.dc._msdcs=FAIL,next _ldap._tcp.dc._msdcs=answered,take',
        ' | -=next _ldap._tcp.berlin._sites.dc._msdcs=timeout,stop'],
    ['samba _ldap._tcp', '_ldap._tcp', 'SRV', ' | _ldap._tcp=FAIL,stop'],
    ['windows=berlin _ldap._tcp', '_ldap._tcp.berlin._sites', 'SRV', 'dc1,dc2 | _ldap._tcp.berlin._sites=FAIL,next _ldap._tcp=answered,take'],
    ['windows=berlin _ldap._tcp', '_ldap._tcp', 'SRV', 'dc1,dc2 | _ldap._tcp.berlin._sites=answered,take and next _ldap._tcp=FAIL,stop'],
    ['rfc2782 _xmpp-client._tcp', '_xmpp-client._tcp', 'SRV', ' | _xmpp-client._tcp=FAIL,stop'],
    ['nominal _xmpp-client._tcp', '_xmpp-client._tcp', 'SRV', ' | _xmpp-client._tcp=FAIL,stop'],
    ['sssd=berlin', '_ldap._tcp.berlin._sites', 'SRV', 'dc1,dc2 | -=next _ldap._tcp.berlin._sites=FAIL,next _ldap._tcp=answered,take'],
    ['sssd=berlin', '_ldap._tcp', 'SRV', 'dc1,dc2 | -=next _ldap._tcp.berlin._sites=answered,take and next _ldap._tcp=FAIL,stop'],
    ['mit', '_kerberos', 'URI', 'dc1,dc2 | _kerberos=FAIL,next -=next _kerberos._udp=answered,take and next -=next _kerberos._tcp=answered,take'],
    ['mit', '_kerberos._udp', 'SRV', 'dc1,dc2 | _kerberos=nodata,next -=next _kerberos._udp=FAIL,next -=next _kerberos._tcp=answered,take'],
    ['heimdal', '_kerberos._udp', 'SRV', 'dc1,dc2 | -=next _kerberos._udp=FAIL,next _kerberos._tcp=answered,take and next _kerberos._http=nxdomain,next kerberos=nxdomain,stop'],
    ['openldap', '_ldap._tcp', 'SRV', ' | _ldap._tcp=FAIL,stop'],
    ['outlook', '_autodiscover._tcp', 'SRV', 'ad | -=next ad.example.com.=answered,take and next autodiscover=nxdomain,next _autodiscover._tcp=FAIL,next -=next'],
    ['sip', '_sip._tcp', 'SRV', 'mail | ad.example.com.=nodata,next _sips._tcp=nxdomain,next _sip._tcp=FAIL,next _sip._udp=answered,take'],
    ['xmpp', '_xmpp-client._tcp', 'SRV', 'mail | _xmpp-client._tcp=FAIL,next _xmpps-client._tcp=answered,take'],
    ['matrix', '_matrix-fed._tcp', 'SRV', 'mail | -=next _matrix-fed._tcp=FAIL,next _matrix._tcp=answered,take'],
    ['mail', '_imaps._tcp', 'SRV', 'mail | _imaps._tcp=FAIL,next _imap._tcp=nxdomain,next _pop3s._tcp=nxdomain,next _pop3._tcp=nxdomain,next _submissions._tcp=nxdomain,next _submission._tcp=answered,take'],
    ['caldav', '_caldavs._tcp', 'SRV', 'mail | _caldavs._tcp=FAIL,next _caldav._tcp=answered,take _caldav._tcp=not_asked,next -=next'],
    ['jmap', '_jmap._tcp', 'SRV', 'ad | _jmap._tcp=FAIL,next ad.example.com.=answered,take -=next'],
);
for my $fail (@fails) {
    my ($client, $owner, $type, $played, $silent) = @$fail;
    for my $outcome (sort keys %line) {
        my $got = plays_failing($client, $owner, $type, $outcome);
        is $got, $silent && $outcome eq 'timeout' ? $silent : $played =~ s/FAIL/$outcome/r, "$client: $owner $outcome";
    }
}

is plays('heimdal', "kerberos A 192.0.2.9\n"), 'kerberos:100/100 | -=skipped,next _kerberos._udp=none,next _kerberos._tcp=none,next _kerberos._http=none,next kerberos=found,take',
    'Heimdal tries the usual name at last';
my ($status, undef, $err) = mxtrail('--report', '--client=vms', '--zone', file('many.zone', $many), 'ad.example.com');
is $status, 2, 'no such client';
like $err, qr/--client.*vms.*windows, samba/, 'and which there are';
my (undef, $shown) = mxtrail('--report', '--srv=_ldap._tcp', @medium_zones, 'ad.example.net');
like $shown, qr/nominal +rfc2782 +windows +samba +sssd +openldap\n.*\b50 +dc1 +20\.0% +20\.1% +20\.1% +0\.0% +20\.1% +19\.9%/s, 'who looks up this owner, side by side';

done_testing;
