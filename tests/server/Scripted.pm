package Scripted;
# A name server made of a function: it answers over UDP and TCP at every address of the host, counts
# every query with the address it was sent to, and is killed at the end.
use strict;
use warnings;
use Exporter 'import';
use IO::Select;
use Socket qw(:DEFAULT inet_pton inet_ntop IPPROTO_IPV6 IPV6_V6ONLY SOL_SOCKET SO_REUSEADDR);

our @EXPORT = qw(in_namespace scripted queries label name);

my %types = (1 => 'A', 2 => 'NS', 5 => 'CNAME', 6 => 'SOA', 12 => 'PTR', 15 => 'MX', 16 => 'TXT', 28 => 'AAAA',
    33 => 'SRV', 35 => 'NAPTR', 43 => 'DS', 48 => 'DNSKEY', 51 => 'NSEC3PARAM', 52 => 'TLSA', 64 => 'SVCB', 65 => 'HTTPS',
    99 => 'SPF', 256 => 'URI', 257 => 'CAA');
my %numbers = reverse %types;
my @children;
END { kill 'KILL', @children if @children }

# Runs the test again in a network of its own with these addresses; skips where that cannot be.
sub in_namespace {
    my (@addresses) = @_;
    if (!$ENV{SCRIPTED_NETWORK}) {
        Test::More::plan(skip_all => 'network namespaces cannot be made here')
            if system('unshare -n ip link set lo up >/dev/null 2>&1');
        $ENV{SCRIPTED_NETWORK} = 1;
        exec 'unshare', '-n', $^X, $0 or die "unshare: $!";
    }
    system('ip', 'link', 'set', 'lo', 'up') and die 'ip';
    for (@addresses) {
        my @flags = /:/ ? ('nodad') : ();
        system('ip', 'address', 'add', $_ . (/:/ ? '/128' : '/32'), 'dev', 'lo', @flags) and die "ip: $_";
    }
}

sub label { join '', map { chr(length) . $_ } split /\./, $_[0] }
sub name { label($_[0]) . "\0" }

# The question of a query: name in lower case, type, octets behind the header.
sub question_of {
    my ($query) = @_;
    my ($at, @labels) = (12);
    while ((my $length = ord substr $query, $at, 1)) {
        push @labels, substr $query, $at + 1, $length;
        $at += $length + 1;
    }
    my $number = unpack 'n', substr $query, $at + 1, 2;
    return (lc(join('.', @labels)), $types{$number} || "TYPE$number", substr $query, 12, $at - 12 + 5);
}

# `answer` gets name, type and the address asked; it returns a hash: rcode, aa, records (a list of
# [type, rdata]), soa (of the zone, in the authority section), or undef: silence.
sub reply_to {
    my ($query, $to, $answer, $most) = @_;
    my ($name, $type, $question) = question_of($query);
    my $reply = $answer->($name, $type, $to) || return '';
    my @records = map { "\xc0\x0c" . pack('nnNn/a*', $numbers{$_->[0]}, 1, 300, $_->[1]) } @{ $reply->{records} || [] };
    my $soa = @records || !$reply->{soa} ? ''
        : name($reply->{soa}) . pack('nnNn/a*', 6, 1, 300, soa($reply->{soa}));
    my $flags = 0x8000 | (unpack('n', substr $query, 2, 2) & 0x0100) | 0x0080 | ($reply->{rcode} || 0)
        | ($reply->{aa} ? 0x0400 : 0);
    my $rest = join('', @records) . $soa;
    my $cut = 12 + length($question) + length($rest) > $most;
    return substr($query, 0, 2)
        . pack('nnnnn', $flags | ($cut ? 0x0200 : 0), 1, $cut ? 0 : scalar @records, $cut || !$soa ? 0 : 1, 0)
        . $question . ($cut ? '' : $rest);
}

sub soa { name("ns1.$_[0]") . name("h.$_[0]") . pack('NNNNN', 1, 3600, 600, 86400, 60) }

sub address_of {
    my ($packed) = @_;
    my $family = sockaddr_family($packed);
    return $family == AF_INET ? inet_ntoa((unpack_sockaddr_in($packed))[1])
        : inet_ntop(AF_INET6, (Socket::unpack_sockaddr_in6($packed))[1]);
}

sub open_socket {
    my ($address, $port, $kind) = @_;
    my $six = $address =~ /:/;
    socket(my $socket, $six ? AF_INET6 : AF_INET, $kind, 0) or die "socket: $!";
    setsockopt($socket, SOL_SOCKET, SO_REUSEADDR, 1);
    setsockopt($socket, IPPROTO_IPV6, IPV6_V6ONLY, 1) if $six;
    my $packed = inet_pton($six ? AF_INET6 : AF_INET, $address);
    bind($socket, $six ? Socket::pack_sockaddr_in6($port, $packed) : pack_sockaddr_in($port, $packed))
        or die "bind $address#$port: $!";
    listen($socket, 128) if $kind == SOCK_STREAM;
    return $socket;
}

sub read_exactly {
    my ($socket, $length) = @_;
    my $bytes = '';
    while (length $bytes < $length) {
        sysread($socket, $bytes, $length - length $bytes, length $bytes) or return;
    }
    return $bytes;
}

# One connection after the other stays open until the client closes it; `peak` notes how many were
# open at once.
sub run {
    my ($log, $answer, $port, @addresses) = @_;
    my %to;
    my $all = IO::Select->new;
    my (%udp, %listening);
    for my $address (@addresses) {
        my ($udp, $tcp) = map { open_socket($address, $port, $_) } SOCK_DGRAM, SOCK_STREAM;
        $to{$udp} = $to{$tcp} = $address;
        $udp{$udp} = $listening{$tcp} = 1;
        $all->add($udp, $tcp);
    }
    syswrite $log, "ready\n";
    my ($open, $peak) = (0, 0);
    while (my @ready = $all->can_read) {
        for my $socket (@ready) {
            if ($udp{$socket}) {
                my $from = recv($socket, my $query, 65535, 0);
                syswrite $log, join(' ', 'udp', $to{$socket}, (question_of($query))[0, 1]) . "\n";
                my $reply = reply_to($query, $to{$socket}, $answer, 1232);
                send($socket, $reply, 0, $from) if length $reply;
            } elsif ($listening{$socket}) {
                accept(my $connection, $socket) or next;
                $to{$connection} = $to{$socket};
                $all->add($connection);
                $peak = ++$open if $open >= $peak;
                $open = $open > $peak ? $open : $open;
                syswrite $log, "peak $peak\n";
            } else {
                my $length = read_exactly($socket, 2);
                my $query = defined $length ? read_exactly($socket, unpack 'n', $length) : undef;
                if (!defined $query) {
                    $all->remove($socket);
                    close $socket;
                    $open--;
                    next;
                }
                syswrite $log, join(' ', 'tcp', $to{$socket}, (question_of($query))[0, 1]) . "\n";
                my $reply = reply_to($query, $to{$socket}, $answer, 65535);
                syswrite($socket, pack('n/a*', $reply)) if length $reply;
            }
        }
    }
}

# Starts it at a port of the given addresses; returns the path of its log.
sub scripted {
    my ($answer, $port, @addresses) = @_;
    my $path = ($ENV{TMPDIR} || '/tmp') . "/scripted.$$." . scalar(@children);
    open my $log, '>', $path or die "$path: $!";
    my $child = fork // die "fork: $!";
    if (!$child) {
        @children = ();
        run($log, $answer, $port, @addresses);
        exit 0;
    }
    push @children, $child;
    select undef, undef, undef, 0.02 until -s $path || waitpid($child, 1) == $child;
    return $path;
}

# What came since the last call: lines "udp ADDRESS NAME TYPE".
my %read;
sub queries {
    my ($path) = @_;
    open my $log, '<', $path or die "$path: $!";
    seek $log, $read{$path} || 0, 0;
    my @lines = map { chomp; $_ } <$log>;
    $read{$path} = tell $log;
    return grep { /^(?:udp|tcp) / } @lines;
}

1;
