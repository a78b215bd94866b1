package Batch;

# A name server for batches: names nN.bench.test with MX, address, SPF and DMARC, at fifty hosters
# that they share, and lines to it that delay, lose, or leave names that begin with "dead" silent.
use strict;
use warnings;
use Exporter 'import';
use Servers;
use Test::More;

our @EXPORT = qw(start_batch_nsd live_names dead_names start_line stop_line);

my $hosters = 50;

sub live_names { my ($count) = @_; return map { "n$_.bench.test" } 0 .. $count - 1 }
sub dead_names { my ($count) = @_; return map { "dead$_.bench.test" } 0 .. $count - 1 }

sub zone {
    my ($count) = @_;
    return join '', "\$TTL 3600\n\@ IN SOA ns1 hostmaster 1 3600 600 86400 600\n\@ IN NS ns1\n\@ IN NS ns2\n",
        "ns1 IN A 127.0.0.1\nns2 IN A 127.0.0.1\n",
        (map { "mx1.h$_ IN A 192.0.2.$_\nmx1.h$_ IN AAAA 2001:db8::$_\nmx2.h$_ IN A 198.51.100.$_\n"
                . "_spf.h$_ IN TXT \"v=spf1 ip4:192.0.2.0/24 ip4:198.51.100.0/24 -all\"\n" } 0 .. $hosters - 1),
        map { my $h = $_ % $hosters; "n$_ IN MX 10 mx1.h$h\nn$_ IN MX 20 mx2.h$h\nn$_ IN A 203.0.113." . $_ % 250
                . "\nn$_ IN TXT \"v=spf1 mx include:_spf.h$h.bench.test -all\"\n_dmarc.n$_ IN TXT \"v=DMARC1; p=reject\"\n" }
        0 .. $count - 1;
}

# The port of a server that knows so many names.
sub start_batch_nsd {
    my ($count) = @_;
    my ($port) = start_nsd('127.0.0.1', free_port(), 'bench.test' => zone($count));
    return $port;
}

# A proxy in front of the port, with these options of tests/server/proxy.
sub start_line {
    my ($upstream, @options) = @_;
    my $child = open(my $pipe, '-|', program('tests/server/proxy'), '--upstream', $upstream, @options) // die "proxy: $!";
    my ($port) = readline($pipe) =~ /^port (\d+)/ or BAIL_OUT('the proxy does not start');
    return { port => $port, pipe => $pipe, child => $child };
}

# What passed: queries, replies, lost, silent, distinct, connections, peak.
sub stop_line {
    my ($line) = @_;
    kill 'TERM', $line->{child};
    my %passed = split / /, readline($line->{pipe}) =~ s/\n//r;
    close $line->{pipe};
    return \%passed;
}

1;
