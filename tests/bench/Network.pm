package Network;

# The network of a benchmark: NSD behind a proxy that delays and loses, the program asked through
# it, and what the network itself takes, since a figure is worth no more than its peer.
use strict;
use warnings;
use Config;
use Exporter 'import';
use IO::Select;
use IO::Socket::IP;
use JSON::XS;
use List::Util qw(max);
use Servers;
use Socket qw(SOCK_DGRAM);
use Test::More;
use Time::HiRes qw(time);

our @EXPORT = qw(aim round_trips median start_proxy stop_proxy survey soa rounds network_says repeat waves floor_says dig_says
    cpu_of_children);

my $mxtrail = $ENV{MXTRAIL} || program('mxtrail');
my $runs = $ENV{RUNS} || 9;

# A figure that depends on the machine, and what it should be. With SMOKE=yes it is enough that there
# is one: "make check" runs the benchmarks so, that they do not rot.
sub aim {
    my ($figure, $operator, $aim, $name) = @_;
    return Test::More::ok(defined $figure, "$name (not timed)") if $ENV{SMOKE};
    return Test::More::cmp_ok($figure, $operator, $aim, $name);
}

# Milliseconds of the round trips to measure at.
sub round_trips { return $ENV{SMOKE} ? 20 : (20, 100) }

sub median { my @sorted = sort { $a <=> $b } @_; return $sorted[$#sorted / 2] }

# The beginning of a zone.
sub soa {
    my ($server) = @_;
    return "\$TTL 300\n\@ IN SOA $server hostmaster.example.test. 1 3600 600 86400 60\n\@ IN NS $server\n";
}

my %proxies; # under way; whoever ends early does not wait for one

END {
    kill 'TERM', keys %proxies;
}

# A proxy in front of the port, with so many milliseconds for the round trip.
sub start_proxy {
    my ($upstream, $rtt, $loss, $seed) = @_;
    my $child = open(my $pipe, '-|', program('tests/server/proxy'), '--upstream', $upstream,
        '--delay', $rtt / 2, '--loss', $loss, '--seed', $seed) // die "proxy: $!";
    my ($port) = readline($pipe) =~ /^port (\d+)/ or BAIL_OUT('the proxy does not start');
    $proxies{$child} = 1;
    return { port => $port, pipe => $pipe, child => $child };
}

# What passed the proxy: queries, replies, lost, distinct, connections.
sub stop_proxy {
    my ($proxy) = @_;
    kill 'TERM', $proxy->{child};
    my %passed = split / /, readline($proxy->{pipe}) =~ s/\n//r;
    close $proxy->{pipe};
    delete $proxies{ $proxy->{child} };
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
    my (@walls, $facts, $passed, $cpu);
    for my $seed (1 .. $runs) {
        my $proxy = start_proxy($upstream, $rtt, $loss, $seed);
        my $before = cpu_of_children();
        (my $ms, $facts) = survey($proxy, @arguments);
        $cpu += cpu_of_children() - $before;
        $passed = stop_proxy($proxy);
        push @walls, $ms;
    }
    @walls = sort { $a <=> $b } @walls;
    return { best => $walls[0], median => median(@walls), worst => $walls[-1], facts => $facts,
        passed => $passed, cpu => $cpu / $runs };
}

# Milliseconds that all children that have ended took of a processor. times() counts hundredths of a
# second, twice what the floor client takes; getrusage(2) counts microseconds.
my $getrusage = $Config{archname} =~ /^x86_64/ ? 98 : $Config{archname} =~ /^aarch64/ ? 165 : undef;

sub cpu_of_children {
    my $usage = "\0" x 256;
    if (defined $getrusage && syscall($getrusage, -1, $usage) == 0) {
        my ($s, $us, $system_s, $system_us) = unpack 'q4', $usage;
        return 1000 * ($s + $system_s) + ($us + $system_us) / 1000;
    }
    my (undef, undef, $user, $system) = times;
    return 1000 * ($user + $system);
}

# ---- the same questions in the same waves, asked by others ----

# A survey at 100 ms, where it is plain which replies came together: a list of [wave, name, type].
sub waves {
    my ($upstream, @arguments) = @_;
    my ($rtt, $recording) = (100, spew('waves.rec', ''));
    my $proxy = start_proxy($upstream, $rtt, 0, 1);
    survey($proxy, '--force', '--record', $recording, @arguments);
    stop_proxy($proxy);
    my @asked = map { /^(\d+) reply (\S+) (\S+) / ? [$1, $2, $3] : () } split /\n/, slurp($recording);
    my $first = $asked[0][0];
    return map { [1 + int(($_->[0] - $first + $rtt / 3) / $rtt), @{$_}[1, 2]] } @asked;
}

my %numbers = (A => 1, NS => 2, CNAME => 5, SOA => 6, PTR => 12, MX => 15, TXT => 16, AAAA => 28, SRV => 33,
    NAPTR => 35, DS => 43, DNSKEY => 48, TLSA => 52, SVCB => 64, HTTPS => 65, SPF => 99, URI => 256, CAA => 257);

# The least a client can do (floor.c): as repeat() says it, without facts.
sub floor_says {
    my ($upstream, $rtt, @waves) = @_;
    my $list = spew('floor.list', join '', map { my $type = $numbers{ $_->[2] } || $_->[2] =~ s/TYPE//r; "$_->[0] $_->[1] $type\n" } @waves);
    my (@walls, $cpu);
    for my $seed (1 .. $runs) {
        my $proxy = start_proxy($upstream, $rtt, 0, $seed);
        my $before = cpu_of_children();
        my (undef, $status, $ms) = run_program('sh', '-c', 'exec "$1" "$2" <"$3"', 'sh', program('tests/bench/floor'),
            $proxy->{port}, $list);
        $cpu += cpu_of_children() - $before;
        BAIL_OUT('the floor client: ' . said()) if $status;
        stop_proxy($proxy);
        push @walls, $ms;
    }
    return { median => median(@walls), cpu => $cpu / $runs };
}

# The best that dig can do: a process for each question, all of a wave at once. Milliseconds.
sub dig_says {
    my ($upstream, $rtt, $at_once, @waves) = @_;
    my ($sum, %lists) = (0);
    $lists{ $_->[0] } .= "$_->[1] $_->[2]\n" for @waves;
    my $proxy = start_proxy($upstream, $rtt, 0, 1);
    for my $wave (sort { $a <=> $b } keys %lists) {
        my (undef, $status, $ms) = run_program('sh', '-c',
            'xargs -P "$3" -L 1 dig +short +tries=3 @127.0.0.1 -p "$1" <"$2"', 'sh', $proxy->{port},
            spew('dig.list', $lists{$wave}), $at_once);
        BAIL_OUT("dig ends with status $status") if $status;
        $sum += $ms;
    }
    stop_proxy($proxy);
    return $sum;
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
