package CourierWorld;

# Courier's daemon with its client in their world: configuration, queue, and what comes of a message.
use strict;
use warnings;
use Cases;
use Exporter 'import';
use Mta;

our @EXPORT = qw($courierd start_courier stop_courier remember_policy remember memory deliver_courier);
our $courierd = '/usr/lib/courier/courier/courierd';

my $state = '/var/lib/courier';
my ($daemon, $usual);

# With more lines for its configuration and a route for every domain, "" for none.
sub start_courier {
    my ($route, @lines) = @_;
    my $etc = "$root/etc/courier";
    $usual //= slurp("$etc/courierd");
    spew("$etc/courierd", join "\n", $usual, @lines, '');
    spew("$root/etc/environment", '');
    spew("$etc/$_", "$me\n") for qw(me defaultdomain locals);
    spew("$etc/esmtproutes", $route ? "$route\n" : '');
    spew("$etc/retryalpha", "1h\n");
    mkdir "$root$state/sts";
    output(inside('chown', '-R', 'courier:courier', $state, '/etc/courier'));
    unlink "$root$state/tmp/trigger";
    $daemon = start("$root/run/courierd", inside('/bin/sh', '-c', "set -a; . /etc/courier/courierd; exec $courierd"));
    wait_for('courierd', 20, sub { -p "$root$state/tmp/trigger" });
    return;
}

sub stop_courier {
    stop($daemon);
    return;
}

# From now on these are the hosts that failed in TLS, as memory() gave them; without them none.
sub remember {
    my (%files) = @_;
    unlink glob("$root$state/track/*");
    spew($_, $files{$_}) for keys %files;
    output(inside('chown', '-R', 'courier:courier', "$state/track"));
    return;
}

sub memory { return map { $_ => slurp($_) } glob("$root$state/track/*") }

# The domain's MTA-STS policy as if it had been fetched just now.
sub remember_policy {
    my ($domain, $policy) = @_;
    spew("$root$state/sts/$domain", "1\nid:1\n\n$policy");
    output(inside('chown', 'courier:courier', "$state/sts/$domain"));
    return;
}

# One message, the first to the domain since the start: { verdict, relay => the address that took it, tls => tls or clear, tries, log }.
sub deliver_courier {
    my ($log, $domain) = @_;
    my ($before, $visits) = (length slurp($log), length slurp("$root/run/visits"));
    output(inside('sh', '-c', 'printf "Subject: x\n\nx\n" | exec /usr/sbin/sendmail -f "$0" "$1"', "s\@$me", "x\@$domain"));
    my ($text, $id) = ('');
    wait_for("the message to $domain", 30, sub {
        $text = substr slurp($log), $before;
        ($id) = $text =~ /started,id=([\w.]+),from=<[^>]*>,module=esmtp,host=\Q$domain\E,/;
        return $id && $text =~ /completed,id=\Q$id\E$/m;
    });
    my ($status) = reverse $text =~ /id=\Q$id\E,.*,status: (\w+)/g; # one for each host, the last counts
    my ($inode) = map { hex } $id =~ /^(\w+)/;
    my ($kept) = glob("$root$state/msgs/*/D$inode");
    $status //= 'deferred' if $kept; # still in the queue, and nothing to tell of it
    my %verdicts = (success => 'deliver', failure => 'bounce', deferred => 'defer');
    my (@tries, %did);
    for (split /\n/, substr slurp("$root/run/visits"), $visits) {
        if (/^(\S+) (\w+)$/) { @did{qw(relay tls)} = ($1, $2) }
        else { push @tries, $_ }
    }
    return { relay => '', tls => '', %did, verdict => $verdicts{ $status // '' } // 'unknown', tries => \@tries, log => $text };
}

1;
