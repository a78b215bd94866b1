#!/usr/bin/perl
# SPF verdicts over random records, held against two other implementations where they are installed:
# pyspf (Debian: python3-spf) and Mail::SPF (libmail-spf-perl). ROUNDS=100 SEED=7 compares so many
# random zones; the same seed gives the same zones. Void lookups are counted differently by each,
# so a verdict that hangs on their number is not compared.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use JSON::XS;
use Test::More;

my $rounds = $ENV{ROUNDS} || 20;
my $seed = $ENV{SEED} || 1;
my $python = '/usr/bin/python3';
my $has_pyspf = -x $python && system("$python -c 'import spf' >/dev/null 2>&1") == 0;
my $has_mail_spf = eval { require Mail::SPF; require Net::DNS; 1 };

plan skip_all => 'neither python3-spf nor libmail-spf-perl is installed' unless $has_pyspf || $has_mail_spf;
diag 'python3-spf is not installed' unless $has_pyspf;
diag 'libmail-spf-perl is not installed' unless $has_mail_spf;

# ---- zones ----

srand $seed;
sub one_of { return $_[rand @_] }
sub chance { return rand() < $_[0] }

my @domains = map { "d$_.test" } 0 .. 5;
my @hosts = map { "h$_.test" } 0 .. 4;
my @senders = ('192.0.2.1', '192.0.2.130', '198.51.100.7', '2001:db8::1', '2001:db8:5::9');

# A record that includes itself is a permerror for pyspf before it is looked at, which no RFC says.
sub term {
    my ($domain) = @_;
    my @others = grep { $_ ne $domain } @domains;
    my $qualifier = one_of('', '', '', '+', '-', '~', '?');
    my $kind = one_of(qw(ip4 ip4 ip6 a a mx include include exists macro ptr));
    return $qualifier . one_of('ip4:192.0.2.1', 'ip4:192.0.2.128/25', 'ip4:198.51.100.0/24', 'ip4:192.0.2.1/32') if $kind eq 'ip4';
    return $qualifier . one_of('ip6:2001:db8::1', 'ip6:2001:db8:5::/48', 'ip6:2001:db8::/127') if $kind eq 'ip6';
    return $qualifier . 'a' . one_of('', ':' . one_of(@hosts)) . one_of('', '', '/25', '//64', '/25//64') if $kind eq 'a';
    return $qualifier . 'mx' . one_of('', ':' . one_of(@domains)) . one_of('', '', '/25', '//64') if $kind eq 'mx';
    return $qualifier . 'include:' . one_of(@others, @others, 'gone.test') if $kind eq 'include';
    return $qualifier . 'exists:' . one_of(@hosts, 'gone.test') if $kind eq 'exists';
    return $qualifier . one_of('exists:%{i}.e.test', 'exists:%{ir}.e.test', 'a:%{d}', 'a:%{o}', 'exists:%{l}.%{d}') if $kind eq 'macro';
    return $qualifier . 'ptr' . one_of('', ':test');
}

sub record {
    my ($domain) = @_;
    my @terms = map { term($domain) } 1 .. 1 + int rand 4;
    push @terms, one_of('moo', 'ip4:192.0.2.300', 'a:', 'include', 'ip4:192.0.2.0/33') if chance(0.05);
    push @terms, chance(0.5) ? one_of('-all', '~all', '?all', 'all') : chance(0.4) ? 'redirect=' . one_of(grep { $_ ne $domain } @domains) : ();
    return join ' ', 'v=spf1', @terms;
}

# Name, type, data of every record.
sub random_zone {
    my @records;
    for my $domain (@domains) {
        push @records, [$domain, 'TXT', record($domain)] unless chance(0.08);
        push @records, [$domain, 'TXT', record($domain)] if chance(0.04);
        push @records, [$domain, 'TXT', 'something else'] if chance(0.3);
        push @records, [$domain, 'A', one_of(grep { !/:/ } @senders)] if chance(0.6);
        push @records, [$domain, 'MX', 10 * (1 + int rand 3) . ' ' . $_] for grep { chance(0.4) } @hosts;
    }
    for my $host (@hosts) {
        push @records, [$host, 'A', $_] for grep { !/:/ && chance(0.35) } @senders;
        push @records, [$host, 'AAAA', $_] for grep { /:/ && chance(0.35) } @senders;
    }
    push @records, ['192.0.2.1.e.test', 'A', '127.0.0.2'], ['1.2.0.192.in-addr.arpa', 'PTR', one_of(@hosts)];
    return \@records;
}

sub master_file {
    my ($number, $records) = @_;
    my $text = "\$TTL 60\ntest. SOA ns.test. h.test. 1 2 3 4 5\ne.test. TXT x\n";
    my %zones = (test => $text, 'in-addr.arpa' => "\$TTL 60\nin-addr.arpa. SOA ns.test. h.test. 1 2 3 4 5\n",
        'ip6.arpa' => "\$TTL 60\nip6.arpa. SOA ns.test. h.test. 1 2 3 4 5\n");
    for (@$records) {
        my ($name, $type, $data) = @$_;
        my ($zone) = $name =~ /(test|in-addr\.arpa)$/;
        my $written = $type eq 'TXT' ? qq{"$data"} : $type =~ /^(?:MX|PTR)$/ ? "$data." : $data;
        $zones{$zone} .= "$name. $type $written\n";
    }
    return map { ('--zone', file("$number-$_.zone", $zones{$_})) } sort keys %zones;
}

# ---- the three ----

sub of_mxtrail {
    my ($number, $records, $sender) = @_;
    return map { $_->{policy}{spf}{check} } json(master_file($number, $records), '--spf-ip', $sender, @domains);
}

my $helper = file('peer.py', <<'END');
import json, socket, sys
import spf

zone = {}

def lookup(name, qtype, strict=True, timeout=20):
    for kind, data in zone.get(name.lower().rstrip('.'), []):
        if kind == qtype:
            if kind == 'AAAA':
                data = socket.inet_pton(socket.AF_INET6, data)
            elif kind == 'TXT':
                data = (data.encode(),)
            elif kind == 'MX':
                preference, host = data.split()
                data = (int(preference), host)
            yield ((name, kind), data)

spf.DNSLookup = lookup
spf.MAX_VOID_LOOKUPS = 1000000
for line in sys.stdin:
    records, sender, domains = json.loads(line)
    zone.clear()
    for name, kind, data in records:
        zone.setdefault(name, []).append((kind, data))
    print(json.dumps([spf.query(sender, 'postmaster@' + d, d, strict=True).check()[0] for d in domains]))
END

# All questions go over at once, so that the interpreter starts once.
sub of_pyspf {
    my (@questions) = @_;
    my $in = file('peer.in', join '', map { encode_json($_) . "\n" } @questions);
    my ($status, $out, $err) = shell("$python '$helper' <'$in'");
    die "pyspf: $err" if $status;
    return map { decode_json($_) } split /\n/, $out;
}

package Resolver {
    sub new { my ($class, $records) = @_; return bless { records => $records, error => '' }, $class }
    sub errorstring { return $_[0]{error} }
    sub send {
        my ($self, $name, $type) = @_;
        my $packet = Net::DNS::Packet->new($name, $type);
        $name = lc($name) =~ s/\.$//r;
        my @of_name = grep { $_->[0] eq $name } @{ $self->{records} };
        for (grep { $_->[1] eq $type } @of_name) {
            my $data = $type eq 'TXT' ? qq{"$_->[2]"} : $_->[2];
            $packet->push(answer => Net::DNS::RR->new("$name. 60 IN $type $data"));
        }
        $packet->header->rcode(@of_name ? 'NOERROR' : 'NXDOMAIN');
        return $packet;
    }
    sub can { my ($self, $method) = @_; return UNIVERSAL::can($self, $method) }
}

sub of_mail_spf {
    my ($records, $sender, $domain) = @_;
    my $server = Mail::SPF::Server->new(dns_resolver => Resolver->new($records), max_void_dns_lookups => undef);
    my $request = Mail::SPF::Request->new(versions => [1], scope => 'mfrom', identity => "postmaster\@$domain",
        ip_address => $sender, helo_identity => $domain);
    return $server->process($request)->code;
}

# ---- the comparison ----

my (@questions, @verdicts);
for my $round (1 .. $rounds) {
    my $records = random_zone();
    my $sender = one_of(@senders);
    push @questions, [$records, $sender, \@domains];
    push @verdicts, [of_mxtrail($round, $records, $sender)];
}
my %peers;
$peers{pyspf} = [of_pyspf(@questions)] if $has_pyspf;
$peers{'Mail::SPF'} = [map { my ($records, $sender) = @$_; [map { of_mail_spf($records, $sender, $_) } @domains] } @questions] if $has_mail_spf;

for my $peer (sort keys %peers) {
    my ($compared, @differences) = 0;
    for my $round (0 .. $#questions) {
        for my $place (0 .. $#domains) {
            my ($own, $other) = ($verdicts[$round][$place], $peers{$peer}[$round][$place]);
            next if $own->{voids} > 2;
            $compared++;
            push @differences, "round $round, $domains[$place], $questions[$round][1]: $own->{result} ($own->{why}), $peer says $other"
                if $own->{result} ne $other;
        }
    }
    is_deeply(\@differences, [], "$compared verdicts are those of $peer");
    diag map { "$_\n" } @differences[0 .. ($#differences < 4 ? $#differences : 4)] if @differences;
}
done_testing();
