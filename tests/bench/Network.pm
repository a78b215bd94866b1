package Network;

# The network of a benchmark: NSD behind a proxy that delays and loses, the program asked through
# it, and what the network itself takes, since a figure is worth no more than its peer.
use strict;
use warnings;
use Exporter 'import';
use IO::Select;
use IO::Socket::IP;
use JSON::PP;
use List::Util qw(max);
use Servers;
use Socket qw(SOCK_DGRAM);
use Test::More;
use Time::HiRes qw(time);

our @EXPORT = qw(median start_proxy stop_proxy survey soa rounds network_says repeat);

my $mxtrail = $ENV{MXTRAIL} || program('mxtrail');
my $runs = $ENV{RUNS} || 9;

sub median { my @sorted = sort { $a <=> $b } @_; return $sorted[$#sorted / 2] }

# The beginning of a zone.
sub soa {
    my ($server) = @_;
    return "\$TTL 300\n\@ IN SOA $server hostmaster.example.test. 1 3600 600 86400 60\n\@ IN NS $server\n";
}

# A proxy in front of the port, with so many milliseconds for the round trip.
sub start_proxy {
    my ($upstream, $rtt, $loss, $seed) = @_;
    my $child = open(my $pipe, '-|', program('tests/server/proxy'), '--upstream', $upstream,
        '--delay', $rtt / 2, '--loss', $loss, '--seed', $seed) // die "proxy: $!";
    my ($port) = readline($pipe) =~ /^port (\d+)/ or BAIL_OUT('the proxy does not start');
    return { port => $port, pipe => $pipe, child => $child };
}

# What passed the proxy: queries, replies, lost, distinct, connections.
sub stop_proxy {
    my ($proxy) = @_;
    kill 'TERM', $proxy->{child};
    my %passed = split / /, readline($proxy->{pipe}) =~ s/\n//r;
    close $proxy->{pipe};
    return \%passed;
}

# One survey through the proxy: milliseconds from the start of the program to its end, and the facts.
sub survey {
    my ($proxy, @arguments) = @_;
    my ($output, $status, $ms) = run_program($mxtrail, '--json', '@127.0.0.1', '-p', $proxy->{port}, @arguments);
    BAIL_OUT("mxtrail ends with status $status") if $status;
    return ($ms, decode_json($output));
}

# Milliseconds until so many questions sent at once are all answered.
sub burst {
    my ($port, $count) = @_;
    my $socket = IO::Socket::IP->new(PeerHost => '127.0.0.1', PeerPort => $port, Type => SOCK_DGRAM,
        Proto => 'udp') or die "socket: $@";
    my $select = IO::Select->new($socket);
    my $start = time;
    $socket->send(pack('n6 (C/a)* C n2', $_, 0, 1, 0, 0, 0, "b$_", 'example', 'test', 0, 1, 1)) for 1 .. $count;
    for (1 .. $count) {
        $select->can_read(5) && defined $socket->recv(my $reply, 512) or BAIL_OUT('the network loses');
    }
    return 1000 * (time - $start);
}

# What the network takes for one question and for 64 at once, said and returned.
sub network_says {
    my ($upstream, $rtt) = @_;
    my $proxy = start_proxy($upstream, $rtt, 0, 1);
    my $one = median(map { burst($proxy->{port}, 1) } 1 .. $runs);
    my $many = median(map { burst($proxy->{port}, 64) } 1 .. $runs);
    stop_proxy($proxy);
    diag(sprintf 'RTT %3d ms: the network itself takes %.1f ms for one question, %.1f ms for 64 at once',
        $rtt, $one, $many);
    return ($one, $many);
}

# Surveys of the name through fresh proxies: a hash with the median, least and greatest
# milliseconds, and the facts and traffic of the last one.
sub repeat {
    my ($upstream, $rtt, $loss, @arguments) = @_;
    my (@walls, $facts, $passed);
    for my $seed (1 .. $runs) {
        my $proxy = start_proxy($upstream, $rtt, $loss, $seed);
        (my $ms, $facts) = survey($proxy, @arguments);
        $passed = stop_proxy($proxy);
        push @walls, $ms;
    }
    @walls = sort { $a <=> $b } @walls;
    return { best => $walls[0], median => median(@walls), worst => $walls[-1], facts => $facts,
        passed => $passed };
}

# Says a time and how often the shortest time possible goes into it; returns that of the median.
sub rounds {
    my ($measured, $what, $chain, $rtt) = @_;
    my $least = $chain * $rtt;
    diag(sprintf '%s: median %.0f ms = %.2f x %d x RTT, best %.0f ms = %.2f x, worst %.0f ms = %.2f x', $what,
        $measured->{median}, $measured->{median} / $least, $chain, $measured->{best},
        $measured->{best} / $least, $measured->{worst}, $measured->{worst} / $least);
    return $measured->{median} / $least;
}

1;
