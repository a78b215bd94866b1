package PostfixWorld;

# Postfix in its world: its processes, messages to it, and what its log says of them.
use strict;
use warnings;
use Exporter 'import';
use Mta;

our @EXPORT = qw(configure_postfix start_postfix send_to read_log);

# main.cf as given; the transports, word => [settings of its client], beside "smtp" itself.
sub configure_postfix {
    my ($main, %transports) = @_;
    my %public = map { $_ => 1 } qw(pickup cleanup qmgr postlog);
    my $daemon = sub {
        my ($name, $type, $wakeup, $most, $command) = @_;
        return join(' ', $name, $type, $public{$name} ? 'n' : '-', '- n', $wakeup, $most, $command) . "\n";
    };
    spew("$root/etc/postfix/main.cf", $main);
    spew("$root/etc/postfix/master.cf", join '', map { $daemon->(@$_) } ['pickup', 'unix', '60', '1', 'pickup'],
        ['cleanup', 'unix', '-', '0', 'cleanup'], ['qmgr', 'unix', '300', '1', 'qmgr'],
        ['rewrite', 'unix', '-', '-', 'trivial-rewrite'], ['retry', 'unix', '-', '-', 'error'],
        ['postlog', 'unix-dgram', '-', '1', 'postlogd'], ['tlsmgr', 'unix', '1000?', '1', 'tlsmgr'],
        (map { [$_, 'unix', '-', '0', 'bounce'] } qw(bounce defer trace)),
        (map { [$_, 'unix', '-', '-', $_] } qw(smtp error discard proxymap scache)),
        map { [$_, 'unix', '-', '-', join ' ', 'smtp', map { "-o $_" } @{ $transports{$_} }] } sort keys %transports);
    mkdir "$root/run/postfix";
    output(inside('chown', 'postfix', '/run/postfix'));
    return;
}

sub start_postfix {
    output(inside('/usr/sbin/postfix', 'start'));
    wait_for('Postfix', 30, sub { -S "$root/var/spool/postfix/public/pickup" });
    return;
}

sub send_to {
    my ($sender, @recipients) = @_;
    my @command = inside('/usr/sbin/sendmail', '-i', '-t', '-f', $sender);
    my $child = open(my $pipe, '|-', @command) or die "sendmail: $!";
    print $pipe map { "Bcc: $_\n" } @recipients;
    print $pipe "Subject: x\n\nx\n";
    close $pipe or die 'sendmail did not take the message';
    return;
}

# The log, recipient by recipient: a delivery agent handles one at a time.
sub read_log {
    my ($text) = @_;
    my %verdicts = (sent => 'deliver', bounced => 'bounce', deferred => 'defer');
    my (%pending, %secured, %told);
    for (split /\n/, $text) {
        my ($program, $agent, $line) = m{postfix/(?:[\w-]+/)?(smtp|discard)\[(\d+)\]: (.*)} or next;
        my $try = sub { # an address may have been noted for its TLS already
            push @{ $pending{$agent} }, $_[0] unless (delete $secured{$agent} // '') eq $_[0];
        };
        if ($line =~ /to=<x@([^>]+)>, relay=(?:none|\S+?\[([0-9a-f.:]+)\]:25), .* dsn=([\d.]+), status=(\w+)/) {
            my ($domain, $relay, $code, $status) = ($1, $2, $3, $4);
            $try->($relay) if defined $relay;
            delete $secured{$agent};
            my @tries = @{ delete $pending{$agent} // [] };
            my $verdict = $program eq 'discard' ? 'local' : $verdicts{$status}; # best_mx_transport
            $told{$domain} = { tries => \@tries, verdict => $verdict, code => $status eq 'sent' ? '' : $code };
        }
        elsif ($line =~ /^(?:SSL_connect error to|\w+ TLS connection established to) \S+?\[([0-9a-f.:]+)\]:25/) {
            $try->($1);
            $secured{$agent} = $1;
        }
        elsif ($line =~ /^connect to \S+?\[([0-9a-f.:]+)\]:25: / || $line =~ /^\w+: (?:host|lost connection with) \S+?\[([0-9a-f.:]+)\] /
            || $line =~ /^\w+: TLS is required, but (?:was not offered by )?host \S+?\[([0-9a-f.:]+)\]/) {
            $try->($1);
        }
    }
    return \%told;
}


1;
