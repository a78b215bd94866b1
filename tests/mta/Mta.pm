package Mta;

# A world of its own for one mail server: network, mounts, host name and processes in namespaces.
# Inside there is nothing but a loopback interface on which every address of the cases is local, a
# name server on 127.0.0.1, and the server's files laid over /usr, /etc and /var. When the test ends
# all of it is gone.
use strict;
use warnings;
use Cases;
use Exporter 'import';
use File::Basename qw(dirname);
use File::Path qw(make_path);
use IO::Select;
use IO::Socket::INET;
use IO::Socket::UNIX;
use Socket qw(SOCK_DGRAM);
use Test::More;
use Time::HiRes qw(sleep time);

our @EXPORT = qw(enter have spew slurp output start stop wait_for add_users log_system listen_stages
    in_parallel);

my $here = dirname(__FILE__);
my $build = $ENV{builddir} // '.';

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

# Enters the world of the server, or skips the test with a word. The script is run anew in there.
sub enter {
    my ($server, $program) = @_;
    return furnish($server) if ($ENV{MTA_INSIDE} // '') eq $server;
    plan skip_all => 'only root can make namespaces with mounts' if $>;
    for my $tool (qw(unshare ip mount nsd)) {
        plan skip_all => "$tool is missing" unless have($tool);
    }
    if (($ENV{FETCH} // '') eq 'yes' && !-d "$build/mta/$server") {
        system "cd '$build' && sh '$here/fetch' $server >&2";
    }
    plan skip_all => "$server is not installed; FETCH=yes unpacks it for this test"
        unless -d "$build/mta/$server" || -x $program;
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
    make_path($layers);
    command('mount', '-t', 'tmpfs', 'world', $layers);
    my $unpacked = -d "$build/mta/$server" ? "$build/mta/$server" : '';
    for my $top (qw(usr etc var)) {
        make_path("$layers/$top", "$layers/$top.work");
        my $lower = $unpacked ? "$unpacked/$top:/$top" : "/$top";
        my $said = output('mount', '-t', 'overlay', 'overlay', '-o',
            "lowerdir=$lower,upperdir=$layers/$top,workdir=$layers/$top.work", "/$top");
        plan skip_all => "no overlay mounts here: $said" if $?;
    }
    command('mount', '-t', 'tmpfs', 'run', '/run');
    command('hostname', $me);
    spew('/etc/hosts', "127.0.0.1 localhost\n$own $me\n");
    spew('/etc/mailname', "$me\n");
    spew('/etc/resolv.conf', "nameserver 127.0.0.1\noptions timeout:2 attempts:1\n");
    spew('/etc/nsswitch.conf', "passwd: files\ngroup: files\nhosts: files dns\nservices: files\n");
    command(qw(ip link set lo up));
    command('ip', 'address', 'add', "$own/32", 'dev', 'lo');
    command(qw(ip -6 address add fd00::1/128 dev lo));
    command(qw(ip route add local 10.0.0.0/8 dev lo));
    command(qw(ip -6 route add local fd00::/16 dev lo));
    start_name_server("$layers/nsd");
    return;
}

# Replies hold nothing but the answer, as those of most resolvers: Courier takes addresses from the
# additional section too, and shuffles the whole reply.
sub start_name_server {
    my ($base) = @_;
    spew("$base/test.zone", zone_text());
    spew("$base/root.zone", "\$TTL 300\n. SOA ns.test. hostmaster.test. 1 3600 600 86400 300\n. NS ns.test.\n"
        . "test. NS ns.test.\nns.test. A 127.0.0.1\n");
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
    my ($passwd, $group) = (slurp('/etc/passwd'), slurp('/etc/group'));
    my $id = 700;
    for my $name (@names) {
        $id++;
        $passwd .= "$name:x:$id:$id:$name:/nonexistent:/bin/false\n" unless $passwd =~ /^\Q$name\E:/m;
        $group .= "$name:x:$id:\n" unless $group =~ /^\Q$name\E:/m;
    }
    spew('/etc/passwd', $passwd);
    spew('/etc/group', $group);
    return;
}

# A /dev of its own in which /dev/log is read into a file; returns that.
sub log_system {
    my $file = '/run/syslog';
    command('mkdir', '/run/dev');
    command('mount', '--rbind', '/dev', '/run/dev');
    command('mount', '-t', 'tmpfs', 'dev', '/dev');
    symlink "/run/dev/$_", "/dev/$_" for qw(null zero full random urandom tty ptmx pts shm fd stdin stdout stderr);
    spew($file, '');
    my $socket = IO::Socket::UNIX->new(Local => '/dev/log', Type => SOCK_DGRAM) or die "/dev/log: $!";
    chmod 0666, '/dev/log';
    return $file if fork // die "fork: $!";
    open my $log, '>>', $file or die "$file: $!";
    $log->autoflush(1);
    while (defined $socket->recv(my $line, 8192)) {
        $line =~ s/[\0\n]+$//;
        print $log "$line\n";
    }
    exit 1;
}

# What the server behind an address says, by its stage: the reply at each moment of a session. After
# EHLO was refused for good it hangs up, unless the last number of its address is over 100.
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

# Every address of the cases that has a stage gets a server on port 25, all in one process. Each
# connection writes a line "ADDRESS STAGE" to a file, which visits() reads.
sub listen_stages {
    my $file = '/run/visits';
    my (%listeners, %stage_of);
    for my $place (map { served($_) } cases()) {
        my ($address, $stage) = @$place;
        my $listener = IO::Socket::INET->new(LocalAddr => $address, LocalPort => 25, Listen => 64, ReuseAddr => 1)
            or die "$address: $!";
        $listeners{fileno $listener} = $listener;
        $stage_of{fileno $listener} = $stage;
    }
    my $child = fork // die "fork: $!";
    return if $child;
    open my $log, '>>', $file or die "$file: $!";
    $log->autoflush(1);
    my $select = IO::Select->new(values %listeners);
    my %session;
    while (1) {
        for my $handle ($select->can_read) {
            if ($listeners{fileno $handle}) {
                my $client = $handle->accept or next;
                my $stage = $stage_of{fileno $handle};
                print $log $client->sockhost, " $stage\n";
                $client->autoflush(1);
                my $hangs_up = $stage eq 'ehlo5' && $client->sockhost !~ /\.\d\d\d$/;
                $session{$client} = { hangs_up => $hangs_up, says => { %accepts, %{ $says{$stage} // {} } }, in => '' };
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
        return 0 if uc $verb eq 'QUIT' || $session->{hangs_up} && $reply =~ /^[45]/;
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
