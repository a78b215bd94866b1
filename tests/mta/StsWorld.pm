package StsWorld;

# Domains of a signed zone that have an MTA-STS policy: two hosts each, at every stage of TLS or as they should
# be, with certificates of an authority that the senders trust, or of none.
use strict;
use warnings;
use Exporter 'import';
use DaneWorld;
use Mta;

our @EXPORT = qw(start_sts policy_names policy_text sts_simulated);

our @stages = qw(good no-starttls starttls4 starttls5 tls tls-drop expired badname);
my @policies = qw(listed none last label deep);
my %tlsa;

sub address { my ($which, $stage) = @_; my ($i) = grep { $stages[$_] eq $stage } 0 .. $#stages; return "10.200.$i.$which" }

# A cell is a domain, most with two hosts: how its policy lists its hosts, the mode of that, the stage of the first host and of the
# second, what TLSA records they have.
sub cell {
    my ($policy, $mode, $first, $second, $kind) = @_;
    return { name => "$policy-$mode-$first-$second-$kind", policy => $policy, mode => $mode, stages => [$first, $second], kind => $kind,
        hosts => ["a-$first-$kind.hosts.sig", "b-$second-$kind.hosts.sig"] };
}

sub cells {
    my @cells;
    for my $stage (@stages) {
        my @seconds = $stage eq 'good' ? 'good' : ($stage, 'good');
        for my $second (@seconds) {
            push @cells, map { cell($_, 'enforce', $stage, $second, 'no') } @policies;
            push @cells, map { cell('listed', 'enforce', $stage, $second, $_) } sort keys %tlsa;
            push @cells, cell('none', 'enforce', $stage, $second, 'key'), cell('none', 'none', $stage, $second, 'no');
        }
        push @cells, cell('none', 'testing', $stage, 'good', 'no');
        push @cells, { %{ cell('none', 'none', $stage, $stage, 'no') }, name => "two-addresses-$stage", hosts => ["ab-$stage-no.hosts.sig"] };
    }
    return @cells;
}

# The names of the policy of a cell, as it is published, and its mode.
sub policy_names {
    my ($cell) = @_;
    my %names = (listed => $cell->{hosts}, none => ['other.nowhere.test'], last => [$cell->{hosts}[1]], label => ['*.hosts.sig'], deep => ['*.sig']);
    return @{ $names{ $cell->{policy} } };
}

sub policy_text {
    my ($cell) = @_;
    return "version: STSv1\nmode: $cell->{mode}\nmax_age: 86400\n" . join '', map { "mx: $_\n" } policy_names($cell);
}

# Sinks and name servers run; the cells. The authority's certificate is /run/authority.pem in the root.
sub start_sts {
    make_certificate('authority');
    my %certificates = (badname => make_certificate('badname', 'authority', 'nobody.test'));
    my ($key) = output('sh', '-c', "openssl x509 -in $certificates{badname} -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -r") =~ /^(\w{64})/m;
    %tlsa = (key => "3 1 1 $key", wrong => '3 1 1 ' . '0' x 64, pkix => "1 1 1 $key", unusable => "3 1 9 $key");
    my @cells = cells();
    my $zone = '';
    my %hosts = ('relay.hosts.sig' => [address(2, 'good')]);
    for my $cell (@cells) {
        my @hosts = @{ $cell->{hosts} };
        my @addresses = map { address($_ + 1, $cell->{stages}[$_]) } 0, 1;
        $zone .= join '', (map { "$cell->{name} MX $_ $hosts[$_].\n" } 0 .. $#hosts), "_mta-sts.$cell->{name} TXT \"v=STSv1; id=1\"\n";
        $hosts{ $hosts[$_] } = [@hosts > 1 ? $addresses[$_] : @addresses] for 0 .. $#hosts;
    }
    for my $host (sort keys %hosts) {
        my $tlsa = $tlsa{ $host =~ /-(\w+)\.hosts/ ? $1 : '' };
        $zone .= join '', (map { "$host. A $_\n" } @{ $hosts{$host} }), ($tlsa ? "_25._tcp.$host. TLSA $tlsa\n" : ());
    }
    for my $stage (qw(good tls-drop)) { # of the names at each address, and no others
        for my $address (map { address($_, $stage) } 1, 2) {
            my @named = sort grep { grep { $_ eq $address } @{ $hosts{$_} } } keys %hosts;
            $certificates{$address} = make_certificate("good.$address", 'authority', @named);
        }
    }
    listen_tls([map { my $which = $_; map { [address($which, $_), $_] } @stages } 1, 2], %certificates);
    start_signed($zone);
    return @cells;
}

sub sts_simulated {
    my ($profile, $cell, @settings) = @_;
    my $file = spew("$root/run/policy", policy_text($cell));
    my @down;
    for my $i (0, 1) {
        my $stage = $cell->{stages}[$i];
        $stage = 'tlsa' if $cell->{kind} eq 'wrong' && $stage =~ /^(?:good|expired|badname)$/;
        push @down, address($i + 1, $cell->{stages}[$i]) . "=$stage" unless $stage eq 'good';
    }
    return dane_simulated($profile, { name => $cell->{name}, down => join ',', @down }, 'mta_sts=yes', "--mta-sts-policy $file", @settings);
}

1;
