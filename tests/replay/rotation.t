#!/usr/bin/perl
# --down and --round-robin: "*" means the MX hosts, whatever else is named; what is down by name or
# address is down here as well.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use Test::More;

my $zone = example('zone', "\@ A 192.0.2.1\n\@ A 192.0.2.2\n\@ AAAA 2001:db8::1\n\@ MX 10 mx1\nmx1 A 192.0.2.9\n");

# The records that are down in the first case of each RRset; later ones put one down themselves.
sub down {
    my (@arguments) = @_;
    my %down;
    my $report = report('--zone', $zone, '--report', '--round-robin', @arguments, 'example.com');
    for my $type ($report =~ /^First (?:record by user|server that a resolver queries):.*\n((?:  .*\n)*)/mg) {
        $down{$1}++ while $type =~ /^  (\S+) +[#=| ]* x down$/mg;
    }
    return join ' ', sort keys %down;
}
is down(), '', 'none';
for my $case (
    ['*', ''], ['*,mx1', ''], ['*=timeout', ''], ['*@0h-6h', ''],
    ['192.0.2.1', '192.0.2.1'], ['*,192.0.2.1', '192.0.2.1'], ['192.0.2.1,*', '192.0.2.1'],
    ['*,ns1', 'ns1.example.com'], ['ns1,ns2,*', 'ns1.example.com ns2.example.com'],
    ['*,example.com', '192.0.2.1 192.0.2.2 2001:db8::1'], ['*,2001:db8::1@0h-6h', ''],
) {
    my ($hosts, $down) = @$case;
    is down('--down', $hosts), $down, "--down $hosts";
}
done_testing;
