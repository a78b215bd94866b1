package Mta;

# A world of its own for one mail server: network, mounts, host name and processes in namespaces.
# Inside there is nothing but a loopback interface on which every address of the cases is local, a
# name server on 127.0.0.1, and a root folder $root in which the server runs: that of a Debian
# release unpacked by fetch, or the system's own, under a layer that takes what is written. When the
# test ends all of it is gone.
use strict;
use warnings;
use Cases;
use Exporter 'import';
use File::Basename qw(dirname);
use File::Path qw(make_path);
use IO::Select;
use IO::Socket::INET;
use IO::Socket::IP;
use IO::Socket::UNIX;
use Socket qw(SOCK_DGRAM);
use Test::More;
use Time::HiRes qw(sleep time);

our @EXPORT = qw($root enter have spew slurp output inside start stop wait_for wait_for_lines add_users log_system
    whole_log listen_stages listen_tls make_certificate can_tls in_parallel);
our $root;

my $here = dirname(__FILE__);
my $build = $ENV{builddir} // '.';
my $suite = $ENV{SUITE} // 'trixie';

sub have {
    my ($command) = @_;
    return grep { -x "$_/$command" } split /:/, $ENV{PATH};
}

sub spew {
    my ($path, $text) = @_;
    make_path(dirname($path));
    open my $file, '>', $path or die "$path: $!";
    print $file $text;
    close $file or die "$path: $!";
    return $path;
}

sub slurp {
    my ($path) = @_;
    open my $file, '<', $path or return '';
    local $/ = undef;
    return scalar(<$file>) // '';
}

# Standard output and error of a command, whatever its status.
sub output {
    my (@command) = @_;
    my $child = open(my $pipe, '-|') // die "fork: $!";
    if (!$child) {
        open STDIN, '<', '/dev/null';
        open STDERR, '>&', \*STDOUT;
        exec { $command[0] } @command or die "$command[0]: $!\n";
    }
    my $text = do { local $/ = undef; <$pipe> };
    close $pipe;
    return $text // '';
}

# The command, to be run in the root of the server.
sub inside { my (@command) = @_; return ('chroot', $root, @command) }

# In the background, its output into a file; the process ends with the world.
sub start {
    my ($log, @command) = @_;
    my $child = fork // die "fork: $!";
    if (!$child) {
        open STDIN, '<', '/dev/null';
        open STDOUT, '>>', $log or die "$log: $!";
        open STDERR, '>&', \*STDOUT;
        exec { $command[0] } @command or die "$command[0]: $!\n";
    }
    return $child;
}

sub stop {
    my ($child) = @_;
    kill 'TERM', $child;
    waitpid $child, 0;
    return;
}

sub wait_for {
    my ($what, $seconds, $holds) = @_;
    my $until = time + $seconds;
    until ($holds->()) {
        die "$what: not within $seconds seconds\n" if time > $until;
        sleep 0.02;
    }
    return;
}

# Until a file has so many lines that match; gives up when none comes for so many seconds, however long
# the whole takes. Only what is new is read.
sub wait_for_lines {
    my ($what, $seconds, $path, $pattern, $total) = @_;
    my ($count, $last, $rest, $file) = (0, time, '');
    until ($count >= $total) {
        $file = undef if !$file && !open $file, '<', $path;
        if ($file) {
            seek $file, 0, 1; # past the end of before
            while (defined(my $line = <$file>)) {
                $rest .= $line;
                next unless $rest =~ /\n\z/;
                ($count, $last) = ($count + 1, time) if $rest =~ $pattern;
                $rest = '';
            }
        }
        die "$what: $count of $total, and none more within $seconds seconds\n" if $count < $total && time > $last + $seconds;
        sleep 0.2;
    }
    return;
}

# Enters the world of the server, or skips the test with a word. The script is run anew in there.
sub enter {
    my ($server, $program) = @_;
    return furnish($server) if ($ENV{MTA_INSIDE} // '') eq $server;
    plan skip_all => 'only root can make namespaces with mounts' if $>;
    for my $tool (qw(unshare ip mount nsd)) {
        plan skip_all => "$tool is missing" unless have($tool);
    }
    if (($ENV{FETCH} // '') eq 'yes' && !-d "$build/mta/$suite/$server") {
        system "cd '$build' && SUITE='$suite' sh '$here/fetch' $server >&2";
    }
    plan skip_all => "$server is not installed; FETCH=yes unpacks it for this test"
        unless -d "$build/mta/$suite/$server" || -x $program;
    my @unshare = qw(unshare --net --mount --uts --ipc --pid --fork --kill-child --mount-proc);
    plan skip_all => 'namespaces cannot be made here' if system(@unshare, 'true');
    $ENV{MTA_INSIDE} = $server;
    exec @unshare, $^X, $0 or die "unshare: $!";
}

sub command {
    my (@command) = @_;
    my $said = output(@command);
    die "@command: $said" if $?;
    return;
}

sub furnish {
    my ($server) = @_;
    umask 022;
    my $layers = ($ENV{TMPDIR} // "/tmp") . "/world.$server";
    $root = "$layers/root";
    make_path($layers);
    command('mount', '-t', 'tmpfs', 'world', $layers);
    make_path("$root/run", "$root/tmp", "$root/proc", "$root/dev");
    chmod 01777, "$root/tmp";
    $ENV{TMPDIR} = '/tmp';
    my $below = -d "$build/mta/$suite/$server" ? "$build/mta/$suite/$server" : '';
    for my $top (qw(bin sbin lib lib64 usr etc var)) {
        if (-l "$below/$top") { symlink readlink("$below/$top"), "$root/$top" }
        elsif (-d "$below/$top") { overlay("$below/$top", "$root/$top", "$layers/$top") }
    }
    command('mount', '--bind', '/proc', "$root/proc");
    command('mount', '--bind', '/dev', "$root/dev");
    command('hostname', $me);
    spew("$root/etc/hosts", "127.0.0.1 localhost\n::1 localhost\n$own $me\n");
    spew("$root/etc/mailname", "$me\n");
    spew("$root/etc/resolv.conf", "nameserver 127.0.0.1\noptions timeout:5 attempts:2\n");
    spew("$root/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\nservices: files\n");
    command(qw(ip link set lo up));
    command('ip', 'address', 'add', "$own/32", 'dev', 'lo');
    command(qw(ip -6 address add fd00::1/128 dev lo));
    command(qw(ip route add local 10.0.0.0/8 dev lo));
    command(qw(ip -6 route add local fd00::/16 dev lo));
    spew('/proc/sys/net/ipv6/ip_nonlocal_bind', "1\n");
    start_name_server("$layers/nsd");
    return;
}

# The folder `below` with a layer over it that takes what is written.
sub overlay {
    my ($below, $path, $layer) = @_;
    make_path($path, $layer, "$layer.work");
    my $said = output('mount', '-t', 'overlay', 'overlay', '-o', "lowerdir=$below,upperdir=$layer,workdir=$layer.work", $path);
    plan skip_all => "no overlay mounts here: $said" if $?;
    return;
}

# Replies hold nothing but the answer, as those of most resolvers: Courier takes addresses from the
# additional section too, and shuffles the whole reply.
sub start_name_server {
    my ($base) = @_;
    spew("$base/test.zone", zone_text());
    spew("$base/root.zone", "\$TTL 300\n. SOA ns.test. hostmaster.test. 1 3600 600 86400 300\n. NS ns.test.\n"
        . "test. NS ns.test.\nns.test. A 127.0.0.1\nlocalhost. A 127.0.0.1\nlocalhost. AAAA ::1\n");
    my $conf = "server:\n ip-address: 127.0.0.1\n username: \"\"\n chroot: \"\"\n zonesdir: \"$base\"\n"
        . " database: \"\"\n pidfile: \"$base/pid\"\n xfrdfile: \"$base/xfrd\"\n xfrdir: \"$base\"\n"
        . " zonelistfile: \"$base/zones\"\n server-count: 1\n rrl-ratelimit: 0\n minimal-responses: yes\nremote-control:\n"
        . " control-enable: no\nzone:\n name: .\n zonefile: root.zone\nzone:\n name: test\n zonefile: test.zone\n";
    $conf .= "zone:\n name: $_\n zonefile: missing.zone\n" for broken_zones();
    spew("$base/nsd.conf", $conf);
    start("$base/log", 'nsd', '-d', '-c', "$base/nsd.conf");
    my $question = pack 'n6 C a4 C n2', 4711, 0, 1, 0, 0, 0, 4, 'test', 0, 6, 1;
    wait_for('nsd', 15, sub {
        my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1:53', Proto => 'udp') or return 0;
        $socket->send($question) or return 0;
        my $reply = '';
        return IO::Select->new($socket)->can_read(0.1) && defined $socket->recv($reply, 512) && length $reply;
    });
    return;
}

# Lines of passwd and group for the users a server wants.
sub add_users {
    my (@names) = @_;
    my ($passwd, $group) = (slurp("$root/etc/passwd"), slurp("$root/etc/group"));
    my $id = 700;
    for my $name (@names) {
        $id++;
        $passwd .= "$name:x:$id:$id:$name:/nonexistent:/bin/false\n" unless $passwd =~ /^\Q$name\E:/m;
        $group .= "$name:x:$id:\n" unless $group =~ /^\Q$name\E:/m;
    }
    spew("$root/etc/passwd", $passwd);
    spew("$root/etc/group", $group);
    return;
}

# A /dev of its own in which /dev/log is read into a file; returns that.
sub log_system {
    my $file = "$root/run/syslog";
    command('umount', "$root/dev");
    command('mount', '-t', 'tmpfs', 'dev', "$root/dev");
    my %minors = (null => 3, zero => 5, full => 7, random => 8, urandom => 9);
    command('mknod', '-m', '666', "$root/dev/$_", 'c', 1, $minors{$_}) for sort keys %minors;
    symlink '/proc/self/fd', "$root/dev/fd";
    spew($file, '');
    my $socket = IO::Socket::UNIX->new(Local => "$root/dev/log", Type => SOCK_DGRAM) or die "/dev/log: $!";
    chmod 0666, "$root/dev/log";
    return $file if fork // die "fork: $!";
    open my $log, '>>', $file or die "$file: $!";
    $log->autoflush(1);
    while (defined $socket->recv(my $line, 8192)) {
        $line =~ s/[\0\n]+$//;
        print $log "$line\n";
    }
    exit 1;
}

# What was logged up to now, or since an octet of the file.
my $ends = 0;
sub whole_log {
    my ($file, $since) = @_;
    my $socket = IO::Socket::UNIX->new(Peer => "$root/dev/log", Type => SOCK_DGRAM) or die "/dev/log: $!";
    my $end = 'the end ' . ++$ends;
    $socket->send($end);
    my $text = '';
    wait_for('the log', 60, sub { ($text = substr slurp($file), $since // 0) =~ /^$end$/m });
    return $text;
}

# What the server behind an address says, by its stage: the reply at each moment of a session. It
# never hangs up by itself.
my %says = (
    greeting4 => { greeting => '421 4.3.2 Later' },
    greeting5 => { greeting => '554 5.3.2 No service' },
    ehlo4 => { EHLO => '450 4.3.0 Later', HELO => '450 4.3.0 Later' },
    ehlo5 => { EHLO => '550 5.3.0 No', HELO => '550 5.3.0 No' },
    mail4 => { MAIL => '451 4.3.0 Later' },
    rcpt4 => { RCPT => '450 4.2.0 Later' },
    rcpt5 => { RCPT => '550 5.1.1 No such user' },
    data4 => { DATA => '451 4.3.0 Later' },
);
my %accepts = (greeting => '220 here ESMTP', EHLO => '250 here', HELO => '250 here', MAIL => '250 2.1.0 Ok',
    RCPT => '250 2.1.5 Ok', DATA => '354 Go on', RSET => '250 2.0.0 Ok', NOOP => '250 2.0.0 Ok',
    QUIT => '221 2.0.0 Bye');

# Every address of the cases that has a stage gets a server on port 25, all in one process.
sub listen_stages {
    my (%listeners, %stage_of, %session);
    my %places = map { $_->[0] => $_ } map { served($_) } cases();
    listen_tls([map { served($_) } tls_cases()]);
    for my $place (values %places) {
        my ($address, $stage) = @$place;
        my $listener = IO::Socket::IP->new(LocalHost => $address, LocalPort => 25, Listen => 64, ReuseAddr => 1)
            or die "$address: $!";
        $listeners{fileno $listener} = $listener;
        $stage_of{fileno $listener} = $stage;
    }
    my $child = fork // die "fork: $!";
    return if $child;
    my $select = IO::Select->new(values %listeners);
    while (1) {
        for my $handle ($select->can_read) {
            if ($listeners{fileno $handle}) {
                my $client = $handle->accept or next;
                visit($client->sockhost);
                $client->autoflush(1);
                $session{$client} = { says => { %accepts, %{ $says{ $stage_of{fileno $handle} } // {} } }, in => '' };
                print $client $session{$client}{says}{greeting}, "\r\n";
                $select->add($client);
                next;
            }
            next if sysread($handle, $session{$handle}{in}, 4096, length $session{$handle}{in})
                && converse($handle, $session{$handle});
            $select->remove($handle);
            delete $session{$handle};
            close $handle;
        }
    }
}

# Can sinks do TLS here? Otherwise those stages are left out.
sub can_tls { return eval { require IO::Socket::SSL; 1 } && have('openssl') }

# The key of all sinks and a certificate of it; returns its file. By default nobody vouches for it, else the
# authority of that name, made before, vouches for the hosts.
sub make_certificate {
    my ($name, $authority, @hosts) = @_;
    my $run = "$root/run";
    my $key = "$run/" . ($name eq 'authority' ? 'authority' : 'sink') . '.key';
    command(qw(openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out), $key) unless -f $key;
    my @vouched = $authority ? ('-CA', "$run/$authority.pem", '-CAkey', "$run/$authority.key", '-addext', 'basicConstraints=CA:FALSE',
        '-addext', 'subjectAltName=' . join ',', map { "DNS:$_" } @hosts) : ();
    command(qw(openssl req -x509 -days 2 -key), $key, '-out', "$run/$name.pem", '-subj', "/CN=$name.test", @vouched);
    return "$run/$name.pem";
}

# Addresses with a stage in TLS: a process for all of them, one more for each connection. A stage or an address
# may have a certificate of its own, stage => file.
sub listen_tls {
    my ($places, %certificates) = @_;
    diag('IO::Socket::SSL is missing: nothing about TLS is compared') unless can_tls();
    return unless @$places && can_tls();
    my $certificate = make_certificate('sink');
    my %stage_of;
    my $select = IO::Select->new;
    for my $place (@$places) {
        my $listener = IO::Socket::IP->new(LocalHost => $place->[0], LocalPort => 25, Listen => 64, ReuseAddr => 1)
            or die "$place->[0]: $!";
        $stage_of{fileno $listener} = $place->[1];
        $select->add($listener);
    }
    return if fork // die "fork: $!";
    $SIG{CHLD} = 'IGNORE';
    while (1) {
        for my $listener ($select->can_read) {
            my $client = $listener->accept or next;
            next if fork // die "fork: $!";
            my $stage = $stage_of{fileno $listener};
            visit($client->sockhost);
            converse_tls($client, $stage, "$root/run/sink.key", $certificates{ $client->sockhost } // $certificates{$stage} // $certificate);
            require POSIX;
            POSIX::_exit(0);
        }
    }
}

# Who was connected to, and "ADDRESS tls" or "ADDRESS clear" where a message was taken: a line each in
# /run/visits of the root, for servers whose log does not tell.
sub visit {
    my ($what) = @_;
    open my $file, '>>', "$root/run/visits" or die "visits: $!";
    print $file "$what\n";
    close $file;
    return;
}

sub converse_tls {
    my ($client, $stage, $key, $certificate) = @_;
    my %starttls = (starttls4 => '454 4.7.0 Later', starttls5 => '502 5.5.1 No');
    my ($secure, $message) = (0, 0);
    $client->autoflush(1);
    print $client "220 here ESMTP\r\n";
    while (defined(my $line = <$client>)) {
        if ($message) {
            next unless $line =~ /^\.\r?\n/;
            $message = 0;
            visit($client->sockhost . ($secure ? ' tls' : ' clear'));
            print $client "250 2.0.0 Taken\r\n";
            next;
        }
        my ($verb) = uc($line) =~ /^(\w+)/ or next;
        if ($verb eq 'STARTTLS') {
            print $client $starttls{$stage} // '220 2.0.0 Go', "\r\n";
            next if $starttls{$stage};
            return if $stage eq 'tls';
            IO::Socket::SSL->start_SSL($client, SSL_server => 1, SSL_key_file => $key, SSL_cert_file => $certificate) or return;
            return if $stage eq 'tls-drop';
            $secure = 1;
        }
        elsif ($verb eq 'EHLO') {
            print $client $secure || $stage eq 'no-starttls' ? "250 here\r\n" : "250-here\r\n250 STARTTLS\r\n";
        }
        else {
            $message = $verb eq 'DATA';
            print $client $accepts{$verb} // '500 5.5.1 What', "\r\n";
            return if $verb eq 'QUIT';
        }
    }
    return;
}

# Answers the whole lines received; false when the session is over.
sub converse {
    my ($handle, $session) = @_;
    while ($session->{in} =~ s/^(.*?)\r?\n//) {
        my $line = $1;
        if ($session->{message}) {
            next unless $line eq '.';
            $session->{message} = 0;
            print $handle "250 2.0.0 Taken\r\n";
            next;
        }
        my ($verb) = $line =~ /^(\w+)/ or next;
        my $reply = $session->{says}{ uc $verb } // '500 5.5.1 What';
        $session->{message} = 1 if $reply =~ /^354/;
        print $handle "$reply\r\n";
        return 0 if uc $verb eq 'QUIT';
    }
    return 1;
}

# Runs the function for each of the numbers 0..count-1, over as many processes as given; what it
# returns, one line of text each, in a list.
sub in_parallel {
    my ($processes, $count, $function) = @_;
    my @pipes;
    for my $part (0 .. $processes - 1) {
        my $child = open(my $pipe, '-|') // die "fork: $!";
        if (!$child) {
            for (my $i = $part; $i < $count; $i += $processes) {
                print $function->($i, $part), "\n";
            }
            close STDOUT;
            require POSIX;
            POSIX::_exit(0);
        }
        push @pipes, $pipe;
    }
    my @lines;
    for my $pipe (@pipes) {
        push @lines, <$pipe>;
        close $pipe;
    }
    chomp @lines;
    return @lines;
}

1;
