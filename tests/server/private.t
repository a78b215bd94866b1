#!/usr/bin/perl
# Name servers that a domain names are asked only where anybody may ask them (SAFETY.md: budgets):
# packets are counted in a network of their own.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::XS;
use Scripted;
use Servers;
use Test::More;

my @inside = qw(127.0.0.99 10.9.8.7 172.16.1.2 192.168.7.53 100.64.3.4 169.254.8.9 fd00::53 ::1);
my @embedded = qw(64:ff9b::a09:807 2002:a09:807::53);
my @lab = qw(192.0.2.53 203.0.113.53 2001:db8::53);
my @global = qw(5.6.7.8 2a00:1::53);
my @resolvers = qw(127.0.0.1 127.0.0.53 9.8.7.6 198.51.100.1);
in_namespace(grep { !/^127|^::1$/ } @inside, @embedded, @lab, @global, @resolvers);

my $mxtrail = $ENV{MXTRAIL} || program('mxtrail');
my @servers = (@inside, @embedded, @lab, @global);

sub host { my $n = 0; my %host = map { $_ => 'n' . $n++ } @servers; return \%host }
my %host = %{ host() };

# The zone; with authority where `aa` says so.
sub answer {
    my ($aa) = @_;
    return sub {
        my ($name, $type, $to) = @_;
        my %reply = (aa => $aa->($to), soa => 'example.test');
        my ($server) = $name =~ /^(n\d+)\.example\.test$/;
        if ($name eq 'example.test') {
            $reply{records} = $type eq 'NS' ? [map { ['NS', label($host{$_}) . "\xc0\x0c"] } @servers]
                : $type eq 'MX' ? [['MX', pack('n', 10) . label('mx') . "\xc0\x0c"]]
                : $type eq 'SOA' ? [['SOA', Scripted::soa('example.test')]] : [];
        } elsif ($server) {
            my ($address) = grep { $host{$_} eq $server } @servers;
            my $six = $address =~ /:/;
            $reply{records} = [[$type, Socket::inet_pton($six ? Socket::AF_INET6() : Socket::AF_INET(), $address)]]
                if $type eq ($six ? 'AAAA' : 'A');
        } else {
            $reply{rcode} = 3;
        }
        return \%reply;
    };
}

# resolver, does it answer with authority, options, addresses asked beside it
my @cases = (
    ['127.0.0.53', 0, [], [@global], 'a stub opens nothing'],
    ['9.8.7.6', 0, [], [@global], 'a resolver elsewhere opens nothing'],
    ['9.8.7.6', 1, [], [@global], 'authority from a global address opens nothing'],
    ['127.0.0.1', 1, [], [@inside, @embedded, @lab, @global], 'authority from loopback opens the inside'],
    ['10.9.8.7', 1, [], [@inside, @embedded, @lab, @global], 'authority from a private address does'],
    ['10.9.8.7', 0, [], [@global], 'a forwarder there does not'],
    ['198.51.100.1', 1, [], [@lab, @global], 'authority from a documentation address opens those'],
    ['127.0.0.53', 0, ['--ask-private'], [@inside, @embedded, @lab, @global], 'the option opens all'],
);
my $log = scripted(answer(sub { $ENV{AUTHORITY} && -e "$ENV{AUTHORITY}/$_[0]" || 0 }), 53,
    do { my %seen; grep { !$seen{$_}++ } @servers, @resolvers })
    if $ENV{AUTHORITY} = ($ENV{TMPDIR} || '/tmp') . "/authority.$$" and mkdir $ENV{AUTHORITY};

for (@cases) {
    my ($resolver, $aa, $options, $expected, $what) = @$_;
    my $mark = "$ENV{AUTHORITY}/$resolver";
    if ($aa) { open my $made, '>', $mark or die $! }
    queries($log);
    my ($output, $status) = run_program($mxtrail, '--json', @$options, "\@$resolver", 'example.test');
    unlink $mark;
    my %asked;
    $asked{ (split / /)[1] }++ for queries($log);
    my $facts = decode_json($output);
    is_deeply([sort grep { $_ ne $resolver } keys %asked], [sort grep { $_ ne $resolver } @$expected], "$what: asked");
    my %states = map { $_->{address} => $_ } @{ $facts->{setup}{servers} };
    my %may = map { $_ => 1 } @$expected;
    for my $server (@servers) {
        my $state = $states{$server};
        is($state->{state} eq 'not asked' ? 0 : 1, $may{$server} || 0, "$what: $server is told so");
        like($state->{why}, qr/^not queried: \S.* address/, "$what: $server has its reason") unless $may{$server};
    }
    my $sent = 0;
    $sent += $_ for values %asked;
    my $tries = 0;
    $tries += $_->{tries} for @{ $facts->{queries} };
    is($sent, $tries, "$what: as many packets as the report has tries");
}
rmdir $ENV{AUTHORITY};
done_testing();
