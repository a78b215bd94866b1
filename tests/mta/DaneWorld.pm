package DaneWorld;

# A signed zone behind a validating resolver: hosts of every kind of TLSA records at every stage of TLS, as
# two alike and before a good one.
use strict;
use warnings;
use Cases;
use Exporter 'import';
use JSON::XS;
use Mta;
use Test::More;

our @EXPORT = qw(needs_dane start_dane start_signed dane_simulated);

# What is missing here; nothing where all is there.
sub needs_dane {
    my ($missing) = grep { !have($_) } qw(unbound ldns-keygen ldns-signzone openssl dig);
    return $missing // (can_tls() ? () : 'IO::Socket::SSL');
}

my %tlsa;

# The TLSA records of a host; those of "failed" are in a zone whose server does not serve it.
sub kinds {
    my $key = output('sh', '-c', "openssl x509 -in $root/run/sink.pem -pubkey -noout"
        . ' | openssl pkey -pubin -outform der | openssl dgst -sha256 -r | cut -c1-64');
    chomp $key;
    return (key => "TLSA 3 1 1 $key", wrong => 'TLSA 3 1 1 ' . '0' x 64, pkix => "TLSA 1 1 1 $key", unusable => "TLSA 3 1 9 $key",
        beside => "TLSA 3 1 9 $key", none => '', failed => '');
}

sub host {
    my ($name, $address, $kind) = @_;
    my $text = "$name A $address\n";
    $text .= "_25._tcp.$name $tlsa{$kind}\n" if $tlsa{$kind};
    $text .= "_25._tcp.$name $tlsa{key}\n" if $kind eq 'beside';
    $text .= "_tcp.$name NS lame\n" if $kind eq 'failed';
    return $text;
}

# The zone, and its cells: pairs of a sink of the stage with another one, alike or good.
sub cells {
    my ($zone, @cells) = ('');
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
    return ($zone, @cells);
}

# The name servers run and are asked; the cells { name, down }, each the domain NAME.sig.
sub start_dane {
    %tlsa = kinds();
    my ($zone, @cells) = cells();
    start_signed($zone);
    return @cells;
}

# The same for any content of the zone sig.
sub start_signed {
    my ($zone) = @_;
    my $folder = "$root/run/dane";
    mkdir $folder;
    spew("$folder/sig", "\$ORIGIN sig.\n\$TTL 300\n@ SOA ns hostmaster 1 3600 600 86400 300\n@ NS ns\nns A 127.0.0.1\n"
        . "lame A 127.0.0.9\n$zone");
    my $said = output('sh', '-c', "cd $folder && key=\$(ldns-keygen -a ECDSAP256SHA256 -k sig.) && ldns-signzone -n -o sig. sig \$key");
    BAIL_OUT("the zone is not signed: $said") unless -f "$folder/sig.signed";
    my ($anchor) = map { slurp($_) } glob("$folder/*.ds");
    chomp $anchor;
    spew("$folder/nsd.conf", "server:\n ip-address: 127.0.0.1\@5300\n ip-address: 127.0.0.9\@53\n username: \"\"\n chroot: \"\"\n zonesdir: \"$folder\"\n"
        . " database: \"\"\n pidfile: \"$folder/nsd\"\n xfrdfile: \"$folder/xfrd\"\n xfrdir: \"$folder\"\n"
        . " zonelistfile: \"$folder/zones\"\n server-count: 1\n rrl-ratelimit: 0\nremote-control:\n control-enable: no\n"
        . "zone:\n name: sig\n zonefile: sig.signed\n");
    start("$folder/log", 'nsd', '-d', '-c', "$folder/nsd.conf");
    spew("$folder/unbound.conf", "server:\n interface: 127.0.0.2\n do-daemonize: no\n username: \"\"\n chroot: \"\"\n"
        . " pidfile: \"$folder/unbound\"\n use-syslog: no\n do-not-query-localhost: no\n access-control: 127.0.0.0/8 allow\n"
        . " module-config: \"validator iterator\"\n local-zone: \"test.\" nodefault\n rrset-roundrobin: no\n trust-anchor: \"" . join(' ', split ' ', $anchor) . "\"\n"
        . "stub-zone:\n name: sig\n stub-addr: 127.0.0.1\@5300\nforward-zone:\n name: .\n forward-addr: 127.0.0.1\n");
    start("$folder/log", 'unbound', '-c', "$folder/unbound.conf");
    wait_for('a validated answer', 20, sub { output('dig', '+adflag', '+tries=1', '+time=1', '@127.0.0.2', '-q', 'sig.', '-t', 'SOA') =~ /flags:[^;]* ad/ });
    spew("$root/etc/resolv.conf", "nameserver 127.0.0.2\noptions trust-ad edns0\n");
    return;
}

sub dane_simulated {
    my ($profile, $cell, @settings) = @_;
    my $text = output($ENV{MXTRAIL} // './mxtrail', '@127.0.0.2', '--json', '--profile', $profile, '--simulate=10',
        '--down', $cell->{down}, '--family', '4', (map { /^--/ ? split / / : ('--set', $_) } @settings), "$cell->{name}.sig");
    my ($line) = $text =~ /^(\{.*\})$/m;
    my $said = $line && eval { decode_json($line) };
    BAIL_OUT("mxtrail said: $text") unless $said && $said->{simulation};
    return $said;
}

1;
