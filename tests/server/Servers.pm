package Servers;

# Name servers on loopback ports for the tests that ask over the network. What is started here is
# ended when the test ends, whatever happens.
use strict;
use warnings;
use Exporter 'import';
use File::Temp qw(tempdir);
use FindBin;
use IO::Select;
use IO::Socket::IP;
use Socket qw(SOCK_DGRAM SOCK_STREAM);
use Test::More;
use Time::HiRes qw(sleep time);

our @EXPORT = qw(program have free_port start_rogue start_nsd start_testns start_unbound start_encrypted start_dnsdist start_cache start_https start_rogue_tls authority certify stop_server ask replies
    reply_to spew slurp run_program said);

my %running;    # by process id: what to call it
my $main = $$;
my $folder = tempdir(CLEANUP => 1);

$SIG{$_} = sub { exit 1 } for qw(INT TERM HUP);
END {
    if ($$ == $main) {
        my $status = $?;
        stop_server($_) for keys %running;
        $? = $status;
    }
}

# A program of the build folder.
sub program { return ($ENV{builddir} || '.') . "/$_[0]" }

sub have {
    my ($command) = @_;
    return grep { -x "$_/$command" } split(/:/, $ENV{PATH}), '/usr/sbin', '/usr/local/sbin';
}

sub spew {
    my ($name, $text) = @_;
    open my $file, '>', "$folder/$name" or die "$folder/$name: $!";
    print $file $text;
    close $file or die "$folder/$name: $!";
    return "$folder/$name";
}

sub slurp {
    my ($path) = @_;
    open my $file, '<', $path or return '';
    local $/ = undef;
    return scalar(<$file>) // '';
}

# A port that is free for UDP and TCP now. It is below those that the system gives to whoever asks for
# any: of the many sockets of the tests beside this one, none takes it before the server does.
sub free_port {
    my ($host) = @_;
    $host //= '127.0.0.1';
    for (1 .. 50) {
        my $port = 10_000 + int rand 20_000;
        my $tcp = IO::Socket::IP->new(LocalHost => $host, LocalPort => $port, Type => SOCK_STREAM, Listen => 1) or next;
        my $udp = IO::Socket::IP->new(LocalHost => $host, LocalPort => $port, Type => SOCK_DGRAM, Proto => 'udp') or next;
        return $port;
    }
    return;
}

# Starts a program, its output into a file; returns its process id and that file.
sub start {
    my ($name, @command) = @_;
    my $output = "$folder/$name." . scalar(keys %running) . '.out';
    my $child = fork // die "fork: $!";
    if (!$child) {
        open STDIN, '<', '/dev/null';
        open STDOUT, '>', $output or die "$output: $!";
        open STDERR, '>&', \*STDOUT;
        exec @command or die "$command[0]: $!\n";
    }
    $running{$child} = $name;
    return ($child, $output);
}

sub stop_server {
    my ($child) = @_;
    delete $running{$child} or return;
    kill 'TERM', $child;
    my $until = time + 5;
    while (waitpid($child, 1) == 0) {
        kill 'KILL', $child if time > $until;
        sleep 0.01;
    }
    return;
}

# Waits until the condition holds; fails the whole test when it never does.
sub wait_for {
    my ($what, $child, $output, $holds) = @_;
    my $until = time + 15;
    until ($holds->()) {
        my $gone = waitpid($child, 1) == $child;
        delete $running{$child} if $gone;
        BAIL_OUT("$what does not come up: " . slurp($output)) if $gone || time > $until;
        sleep 0.02;
    }
    return;
}

# The first byte of a reply to any question tells that a server is up.
sub answers {
    my ($host, $port) = @_;
    my $socket = IO::Socket::IP->new(PeerHost => $host, PeerPort => $port, Type => SOCK_DGRAM,
        Proto => 'udp') or return 0;
    $socket->send(pack 'n6 C n2', 4711, 0, 1, 0, 0, 0, 0, 6, 1) or return 0;
    return 0 unless IO::Select->new($socket)->can_read(0.1);
    my $reply = '';
    return defined $socket->recv($reply, 512) && length $reply;
}

# The misbehaving server; returns its port and process id.
sub start_rogue {
    my (@arguments) = @_;
    my ($child, $output) = start('rogue', program('tests/server/rogue'), @arguments);
    my $port;
    wait_for('rogue', $child, $output, sub { ($port) = slurp($output) =~ /^port (\d+)$/m });
    return wantarray ? ($port, $child) : $port;
}

# The DNS over TLS server that misbehaves; returns its port, process id and what it says.
sub start_rogue_tls {
    my ($certificate, @how) = @_;
    my ($child, $output) = start('rogue_tls', program('tests/server/rogue_tls'), "$certificate.pem",
        "$certificate.key", @how);
    my $port;
    wait_for('rogue_tls', $child, $output, sub { ($port) = slurp($output) =~ /^port (\d+)$/m });
    return ($port, $child, $output);
}

sub openssl {
    system("openssl $_[0] >/dev/null 2>&1") and die "openssl $_[0]";
    return;
}

my $new_key = 'req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes';

# The certificate of the authority of this test; its key is beside it.
sub authority {
    openssl("$new_key -x509 -subj /CN=authority -keyout $folder/authority.key"
        . " -out $folder/authority.pem -days 2") unless -f "$folder/authority.pem";
    return "$folder/authority.pem";
}

# A certificate of that authority at PLACE.pem, its key at PLACE.key, for names as
# "DNS:host.test,IP:127.0.0.1"; it lasts two days, or is of yesterday (-1). Returns PLACE.
sub certify {
    my ($place, $names, $days) = @_;
    my $extensions = spew('extensions', "subjectAltName=$names\n");
    my $signer = authority() =~ s/\.pem$//r;
    openssl("$new_key -subj /CN=server -keyout $place.key -out $folder/request");
    openssl("x509 -req -in $folder/request -CA $signer.pem -CAkey $signer.key -CAcreateserial"
        . ' -days ' . ($days // 2) . " -extfile $extensions -out $place.pem");
    return $place;
}

# An HTTPS server on port 443 of the address, which answers a request with the file of that name below
# the folder, head and all; the certificate is in cert.pem and cert.key there.
sub start_https {
    my ($address, $files) = @_;
    my $place = $address =~ /:/ ? "[$address]:443" : "$address:443";
    my ($child, $output) = start('openssl', 'sh', '-c', 'cd "$1" && exec openssl s_server -HTTP -accept "$2"'
        . ' -cert cert.pem -key cert.key', 'sh', $files, $place);
    wait_for('openssl', $child, $output, sub { IO::Socket::IP->new(PeerHost => $address, PeerPort => 443) });
    return $child;
}

# NSD with the zones given, origin => text; returns its port and process id.
sub start_nsd {
    my ($host, $port, %zones) = @_;
    my $base = tempdir(DIR => $folder);
    my $conf = "server:\n ip-address: $host\n port: $port\n username: \"\"\n chroot: \"\"\n"
        . " zonesdir: \"$base\"\n database: \"\"\n pidfile: \"$base/pid\"\n"
        . " xfrdfile: \"$base/xfrd\"\n xfrdir: \"$base\"\n zonelistfile: \"$base/zones\"\n"
        . " server-count: 1\n rrl-ratelimit: 0\nremote-control:\n control-enable: no\n";
    while (my ($origin, $text) = each %zones) {
        open my $file, '>', "$base/$origin.zone" or die "$base/$origin.zone: $!";
        print $file $text;
        close $file;
        $conf .= "zone:\n name: $origin\n zonefile: $base/$origin.zone\n";
    }
    open my $file, '>', "$base/nsd.conf" or die "$base/nsd.conf: $!";
    print $file $conf;
    close $file;
    my ($child, $output) = start('nsd', 'nsd', '-d', '-c', "$base/nsd.conf");
    wait_for('nsd', $child, $output, sub { answers($host, $port) });
    return ($port, $child);
}

# ldns-testns with premade answers; returns its port and process id.
sub start_testns {
    my ($text) = @_;
    my $port = free_port();
    my ($child, $output) = start('testns', 'ldns-testns', '-p', $port, spew("answers.$port", $text));
    wait_for('ldns-testns', $child, $output, sub { slurp($output) =~ /Listening on port/i });
    return ($port, $child);
}

# Unbound at that address and port, with these lines below "server:" and the clauses behind.
sub run_unbound {
    my ($host, $port, $lines, $clauses) = @_;
    my $base = tempdir(DIR => $folder);
    open my $file, '>', "$base/unbound.conf" or die "$base/unbound.conf: $!";
    print $file join "\n ", 'server:', "interface: $host\@$port", "port: $port", 'username: ""', 'chroot: ""',
        "directory: \"$base\"", "pidfile: \"$base/pid\"", 'use-syslog: no', 'do-daemonize: no', @$lines;
    print $file "\nremote-control:\n control-enable: no\n", $clauses // '';
    close $file or die "$base/unbound.conf: $!";
    my ($child, $output) = start('unbound', 'unbound', '-d', '-c', "$base/unbound.conf");
    wait_for('unbound', $child, $output, sub { answers($host, $port) });
    return $child;
}

# A resolver that answers from the records given, and speaks TLS and HTTPS with that certificate;
# returns its ports, by "plain", "tls" and "https".
sub start_encrypted {
    my ($certificate, @records) = @_;
    my %port = map { $_ => free_port() } qw(plain tls https);
    run_unbound('127.0.0.1', $port{plain}, ["interface: 127.0.0.1\@$port{tls}", "interface: 127.0.0.1\@$port{https}",
        "tls-port: $port{tls}", "https-port: $port{https}", "tls-service-pem: \"$certificate.pem\"",
        "tls-service-key: \"$certificate.key\"", 'module-config: "iterator"', 'local-zone: "test." static',
        map { "local-data: '$_'" } @records]);
    return %port;
}

# dnsdist in front of the plain server at that port of 127.0.0.1; returns its ports, as above.
sub start_dnsdist {
    my ($certificate, $backend) = @_;
    my %port = map { $_ => free_port() } qw(plain tls https);
    my $pair = "\"$certificate.pem\", \"$certificate.key\"";
    my $configuration = spew("dnsdist.$port{plain}", <<"END");
setLocal("127.0.0.1:$port{plain}")
addTLSLocal("127.0.0.1:$port{tls}", $pair)
addDOHLocal("127.0.0.1:$port{https}", $pair, "/dns-query")
setSecurityPollSuffix("")
newServer("127.0.0.1:$backend"):setUp()
END
    my ($child, $output) = start('dnsdist', 'dnsdist', '--supervised', '--disable-syslog', '-C', $configuration);
    wait_for('dnsdist', $child, $output, sub { answers('127.0.0.1', $port{plain}) });
    return %port;
}

# A validating resolver that asks nobody but the server on that port, which serves these zones, and
# trusts the DS record given; returns its port and process id.
sub start_unbound {
    my ($upstream, $anchor, @zones) = @_;
    my $port = free_port();
    my $child = run_unbound('127.0.0.1', $port, ['access-control: 127.0.0.0/8 allow_snoop', 'do-not-query-localhost: no',
        'module-config: "validator iterator"', 'local-zone: "test." nodefault', "trust-anchor: \"$anchor\""],
        join '', map { "stub-zone:\n name: \"$_\"\n stub-addr: 127.0.0.1\@$upstream\n" } '.', @zones);
    return ($port, $child);
}

# A resolver at port 53 of that address, which asks the server given for the zone, remembers its
# answers for so many seconds, and knows of nothing else.
sub start_cache {
    my ($host, $zone, $server, $seconds) = @_;
    return run_unbound($host, 53, ["access-control: 0.0.0.0/0 allow_snoop", 'module-config: "iterator"',
        'do-not-query-localhost: no', "cache-max-ttl: $seconds", "cache-max-negative-ttl: $seconds",
        'local-zone: "." static', "local-zone: \"$zone\" transparent"],
        "stub-zone:\n name: \"$zone\"\n stub-addr: $server\n");
}

# Runs a program to its end; returns its standard output, exit status and milliseconds. What it
# says beside that is what said() returns.
sub run_program {
    my (@command) = @_;
    my $start = time;
    my $child = open(my $pipe, '-|') // die "fork: $!";
    if (!$child) {
        open STDERR, '>', "$folder/stderr" or die "$folder/stderr: $!";
        exec @command or die "$command[0]: $!\n";
    }
    my $output = do { local $/ = undef; <$pipe> };
    close $pipe;
    return ($output // '', $?, 1000 * (time - $start));
}

# What the program run last said on standard error.
sub said { return slurp("$folder/stderr") }

# Asks through tests/server/ask and returns what it said.
sub ask {
    my (@arguments) = @_;
    my ($output, $status) = run_program(program('tests/server/ask'), @arguments);
    is($status, 0, "ask @arguments[0 .. ($#arguments > 5 ? 5 : $#arguments)]") or diag($output);
    return $output;
}

# The replies in what ask said, in order: hashes with name, type, outcome, transport, server,
# tries, unmatched, records, ms, why.
sub replies {
    my ($output) = @_;
    my @replies;
    for (split /\n/, $output) {
        next unless /^(\S+)\ (\S+)\ (\S+)\ (\S+)\ (\S+)\ tries\ (\d+)\ unmatched\ (\d+)
            \ records\ (\d+)\ ms\ (\d+)\ why\ (.*)$/x;
        push @replies, { name => $1, type => $2, outcome => $3, transport => $4, server => $5,
            tries => $6, unmatched => $7, records => $8, ms => $9, why => $10 };
    }
    return @replies;
}

# The one reply to a question; an empty hash when there is not exactly one.
sub reply_to {
    my ($output, $name) = @_;
    my @found = grep { $_->{name} eq $name } replies($output);
    is(scalar @found, 1, "one reply for $name") or diag($output);
    return @found == 1 ? $found[0] : {};
}

1;
