package Cases;

# The domains on which mxtrail and real mail servers are compared, as zone and as list of cases.
#
# A case is a domain NAME.test. Its records are written relative to that; "*" is the domain of a
# recipient, so that c1.NAME.test, c2.NAME.test, ... are as many deliveries for a server that would
# otherwise put them together. Addresses are written short:
#     A 3            10.CASE.0.3         nothing listens there: connections are refused
#     AAAA 3         fd00:CASE::3        the same
#     A mail4/3      10.CASE.6.3         a server that lets a delivery come that far (@stages)
#     A me           the host that sends
# and MX 10 #3 is a literal address in place of a name. Names under broken.test cannot be looked up
# (SERVFAIL). With `draws` the order is left to chance.
#
# ROUNDS=200 SEED=7 in the environment: not the cases below but so many random ones.
use strict;
use warnings;
use Exporter 'import';
use RandomCases;

our @EXPORT = qw(@stages @tls_stages @sts_policies tls_cases $me $own $relay $treated cases how_often zone_text broken_zones addresses_of served);

my @plain = qw(refused accepts greeting4 greeting5 ehlo4 ehlo5 mail4 rcpt4 rcpt5 data4);
# What a host does in TLS; "expired" is a certificate that nobody vouches for.
our @tls_stages = qw(no-starttls starttls4 starttls5 tls tls-drop expired);
our @stages = (@plain, @tls_stages);
our @sts_policies = qw(listed none last label deep);
our ($me, $own, $relay, $treated) = ('me.test', '10.250.0.1', '10.250.0.2', '10.250.0.3');

sub hosts {
    my ($count, $preference) = @_;
    return join '', map { '* MX ' . $preference->($_) . " h$_\nh$_ A $_\n" } 1 .. $count;
}

# The domain an alias of an alias ..., so many links to its exchange.
sub links {
    my ($count) = @_;
    return "* CNAME x1\n" . join('', map { "x$_ CNAME x" . ($_ + 1) . "\n" } 1 .. $count - 1) . "x$count A 1\n";
}

my @cases = (
    { name => 'ties', draws => 1, zone => hosts(3, sub { 10 }) },
    { name => 'uneven', draws => 1, zone => "* MX 10 a\n* MX 10 b\n* MX 10 c\na A 1\na A 2\na A 3\n"
        . "b A 4\nb A 5\nc A 6\n" },
    { name => 'families', draws => 1, zone => "* MX 10 a\n* MX 10 b\n* MX 10 c\na A 1\na AAAA 1\n"
        . "b A 2\nc A 3\nc AAAA 3\n" },
    { name => 'ipv4-pair', draws => 1, zone => "* MX 10 a\n* MX 10 b\na A 1\na A 2\nb AAAA 3\n" },
    { name => 'balance', draws => 1, zone => "* MX 10 a\n* MX 20 b\n" . join('', map { "a A $_\n" } 1 .. 6)
        . "a AAAA 1\nb A 7\nb AAAA 7\n" },
    { name => 'levels', draws => 1, zone => "* MX 10 a\n* MX 20 b\n* MX 20 c\n* MX 30 d\na A 1\n"
        . "b A 2\nc A 3\nd A 4\n" },
    { name => 'same-address', draws => 1, zone => "* MX 10 a\n* MX 10 b\n* MX 10 c\na A 1\nb A 1\nc A 2\n" },
    { name => 'implicit', draws => 1, zone => "* A 1\n* A 2\n* AAAA 1\n" },
    { name => 'equals-12', draws => 1, zone => hosts(12, sub { 10 }) },
    { name => 'preferences-12', zone => hosts(12, sub { 10 * $_[0] }) },
    { name => 'four-by-three', draws => 1, zone => hosts(12, sub { 10 * int(($_[0] + 2) / 3) }) },
    { name => 'six-and-two', draws => 1, zone => hosts(8, sub { $_[0] < 7 ? 10 : 20 }) },
    { name => 'same-host', zone => "* MX 10 a\n* MX 30 a\n* MX 20 b\na A 1\nb A 2\n" },

    { name => 'alias', zone => "* MX 10 al\n* MX 20 b\nal CNAME real\nreal A 1\nb A 2\n" },
    { name => 'domain-alias', zone => "* CNAME there\nthere MX 10 a\nthere MX 20 b\na A 1\nb A 2\n" },
    { name => 'domain-alias-implicit', zone => "* CNAME there\nthere A 1\n" },
    { name => 'null', zone => "* MX 0 .\n" },
    { name => 'null-7', zone => "* MX 7 .\n" },
    { name => 'null-and-address', zone => "* MX 0 .\n* A 1\n" },
    { name => 'null-mixed', zone => "* MX 0 .\n* MX 10 a\na A 1\n" },
    { name => 'null-mixed-worse', zone => "* MX 20 .\n* MX 10 a\na A 1\n" },
    { name => 'alias-of-none', zone => "* CNAME gone.nowhere.test.\n" },
    { name => 'nodata', zone => "* TXT x\n" },
    { name => 'nxdomain', zone => "a A 1\n" },
    { name => 'missing', zone => "* MX 10 gone.nowhere.test.\n" },
    { name => 'target-nodata', zone => "* MX 10 a\na TXT x\n" },
    { name => 'missing-and-address', zone => "* MX 10 gone.nowhere.test.\n* A 1\n" },
    { name => 'missing-and-good', zone => "* MX 10 gone.nowhere.test.\n* MX 20 a\na A 1\n" },
    { name => 'servfail', domain => 'c1.broken.test', zone => '' },
    { name => 'servfail-host', zone => "* MX 10 h.broken.test.\n" },
    { name => 'servfail-and-good', zone => "* MX 10 h.broken.test.\n* MX 20 a\na A 1\n" },
    { name => 'servfail-and-missing', zone => "* MX 10 gone.nowhere.test.\n* MX 20 h.broken.test.\n" },
    { name => 'missing-and-servfail', zone => "* MX 20 gone.nowhere.test.\n* MX 10 h.broken.test.\n" },
    { name => 'literal', zone => "* MX 10 #1\n" },
    { name => 'literal-and-good', zone => "* MX 10 #1\n* MX 20 a\na A 2\n" },

    { name => 'self-best', zone => "* MX 10 me.test.\n* MX 20 a\na A 1\n" },
    { name => 'self-equal', zone => "* MX 10 me.test.\n* MX 10 a\na A 1\n" },
    { name => 'self-second', zone => "* MX 10 a\n* MX 20 me.test.\n* MX 20 b\n* MX 30 c\na A 1\nb A 2\nc A 3\n" },
    { name => 'self-alias', zone => "* MX 10 a\n* MX 20 al\nal CNAME me.test.\na A 1\n" },
    { name => 'self-other-name', zone => "* MX 10 a\n* MX 20 b\n* MX 30 c\na A 1\nb A me\nc A 2\n" },
    { name => 'self-implicit', zone => "* A me\n" },
    { name => 'self-missing', zone => "* MX 10 gone.nowhere.test.\n* MX 20 me.test.\n" },
    { name => 'self-servfail', zone => "* MX 10 h.broken.test.\n* MX 20 me.test.\n" },

    { name => 'alias-10', zone => links(10) },
    { name => 'alias-11', zone => links(11) },
    { name => 'alias-12', zone => links(12) },
    { name => 'alias-loop', zone => "* CNAME x1\nx1 CNAME x2\nx2 CNAME x1\n" },
    { name => 'host-alias-11', zone => "* MX 10 x0\n" . links(11) =~ s/^\* /x0 /r },
    { name => 'host-alias-loop', zone => "* MX 10 x1\nx1 CNAME x2\nx2 CNAME x1\n" },
    { name => 'host-alias-loop-good', zone => "* MX 10 x1\n* MX 20 b\nx1 CNAME x2\nx2 CNAME x1\nb A 2\n" },

    { name => 'self-cut-failed', draws => 1, zone => "* MX 10 gone-self.nowhere.test.\n* MX 20 me.test.\n* MX 20 a\n"
        . "* MX 20 h.broken.test.\na A 1\n" },
    { name => 'self-cut-two', draws => 1, zone => "* MX 10 gone-self.nowhere.test.\n* MX 20 me.test.\n* MX 20 a\n* MX 20 b\n"
        . "* MX 30 h.broken.test.\na A 1\nb A 2\n" },
    { name => 'self-better-failed', draws => 1, zone => "* MX 10 h.broken.test.\n* MX 20 me.test.\n* MX 20 a\na A 1\n" },
    { name => 'self-better-failed-two', draws => 1, zone => "* MX 10 h.broken.test.\n* MX 20 me.test.\n* MX 20 a\n* MX 20 b\n"
        . "a A 1\nb A 2\n" },
    { name => 'self-better-mixed', draws => 1, zone => "* MX 10 h.broken.test.\n* MX 15 gone.nowhere.test.\n* MX 20 me.test.\n"
        . "* MX 20 a\na A 1\n" },
    { name => 'self-worse-failed', draws => 1, zone => "* MX 10 gone-self.nowhere.test.\n* MX 20 me.test.\n* MX 20 a\n"
        . "* MX 30 h.broken.test.\na A 1\n" },
    { name => 'self-six', draws => 1, zone => "* MX 10 h.broken.test.\n* MX 20 me.test.\n* MX 20 a\na AAAA 1\na A 1\n" },
    { name => 'self-cut-bare', draws => 1, zone => "* MX 10 h.broken.test.\n* MX 20 me.test.\n* MX 20 gone2.nowhere.test.\n" },
    { name => 'equals-60', draws => 1, zone => hosts(60, sub { 10 }) },
);
for my $stage (@plain[2 .. $#plain]) {
    push @cases, { name => "$stage-accepts", zone => "* MX 10 a\n* MX 20 b\na A $stage/1\nb A accepts/2\n" };
    push @cases, { name => "$stage-all", draws => 1,
        zone => join '', map { "* MX 10 h$_\nh$_ A $stage/$_\n" } 1 .. 6 };
    push @cases, { name => "$stage-both", zone => "* MX 10 a\n* MX 20 b\na A $stage/1\nb A $stage/2\n" };
    push @cases, { name => "refused-$stage", zone => "* MX 10 a\n* MX 20 b\na A 1\nb A $stage/2\n" };
    push @cases, { name => "$stage-refused", zone => "* MX 10 a\n* MX 20 b\na A $stage/1\nb A 2\n" };
}

# Hosts listed a second time, after they failed; and one failure after another.
sub listed {
    my ($name, @stages_of) = @_;
    my ($zone, $preference, %seen) = ('', 0);
    for (@stages_of) {
        my ($host, $stage) = split /=/;
        $preference += 10;
        $zone .= "* MX $preference $host\n";
        $zone .= "$host A " . ($stage eq 'refused' ? '' : "$stage/") . keys(%seen) . "\n" unless $seen{$host}++;
    }
    return { name => $name, zone => $zone };
}
for my $stage (grep { !/accepts|rcpt5/ } @plain) {
    push @cases, listed("$stage-again", "a=$stage", 'b=refused', 'a='),
        listed("$stage-again-later", "a=$stage", 'b=greeting5', 'a='),
        listed("rcpt4-$stage-greeting5", 'a=rcpt4', "b=$stage", 'c=greeting5'),
        listed("rcpt4-data4-then-$stage", 'a=rcpt4', 'b=data4', "c=$stage");
}
push @cases, listed('rcpt4-thrice-again', 'a=rcpt4', 'b=rcpt4', 'a=', 'c=rcpt4', 'b='),
    listed('data4-rcpt4-again', 'a=data4', 'b=rcpt4', 'a=', 'c=refused', 'b='),
    { name => 'missing-again', zone => "* MX 10 gone.nowhere.test.\n* MX 20 a\n* MX 30 gone.nowhere.test.\na A 1\n" },
    { name => 'again-among-equals', draws => 1, zone => "* MX 10 a\n* MX 20 a\n* MX 20 b\n* MX 20 c\n"
        . "a A greeting5/1\nb A 2\nc A ehlo4/3\n" };

sub srv {
    my ($name, $more, @weights) = @_;
    my $zone = $more;
    while (my ($i, $weight) = each @weights) {
        my $n = $i + 1;
        $zone .= "* SRV 10 $weight 25 h$n\nh$n A $n\n";
    }
    return { name => $name, srv => 1, draws => 1, zone => $zone };
}
my $later = "* SRV 20 0 25 later\nlater A 9\n";
push @cases, srv('srv-6-4', '', 6, 4), srv('srv-6-4-later', $later, 6, 4), srv('srv-0-1-4', '', 0, 1, 4),
    srv('srv-0-1-4-later', $later, 0, 1, 4), srv('srv-10-20-30-40', '', 10, 20, 30, 40),
    srv('srv-10-20-30-40-later', $later, 10, 20, 30, 40), srv('srv-zero', '', 0, 0, 0),
    srv('srv-heavy', "* SRV 11 0 25 later\nlater A 9\n", 5000, 60),
    srv('srv-dot', "* SRV 0 0 0 .\n"),
    { name => 'srv-none', srv => 1, zone => "* MX 10 a\na A 1\n" },
    { name => 'srv-servfail', srv => 1, domain => 'srv-servfail.test', zone => "@ MX 10 a\na A 1\n" };


# Exchanges whose names are no host names; each is looked up like any other and has an address.
my @odd = qw(-h h- bad!h user\\@h under_h _h 12345 a/b h--x x.-h x.h- 1.2.3 under_ a*b 0x7f a+b);
while (my ($i, $name) = each @odd) {
    push @cases, { name => "odd-$i", zone => "* MX 10 $name\n$name A 1\n" },
        { name => "odd-$i-good", zone => "* MX 10 $name\n* MX 20 b\n$name A 1\nb A 2\n" },
        { name => "odd-$i-alias", zone => "* MX 10 al\nal CNAME $name\n$name A 1\n" },
        { name => "good-odd-$i", zone => "* MX 10 b\n* MX 20 $name\n$name A 1\nb A 2\n" },
        { name => "good-odd-$i-alias", zone => "* MX 10 b\n* MX 20 al\nal CNAME $name\n$name A 1\nb A 2\n" };
}
push @cases, map { { name => "odd-domain-$_->[0]", zone => "* CNAME $_->[1]\n$_->[1] MX 10 a\na A 1\n" } } [hyphen => '-h'],
    [bang => 'b!h'], [end => 'h-'];
push @cases, { name => 'number-root', zone => "* MX 10 12345.\n* MX 20 b\nb A 2\n" },
    { name => 'number-root-alone', zone => "* MX 10 12345.\n" },
    { name => 'numbers-root', zone => "* MX 10 10.2.3.\n* MX 20 b\nb A 2\n" };

for my $stage (@tls_stages) {
    push @cases, { name => "tls-$stage-both", tls => 1, zone => "* MX 10 a\n* MX 20 b\na A $stage/1\nb A $stage/2\n" },
        { name => "tls-$stage-good", tls => 1, zone => "* MX 10 a\n* MX 20 b\na A $stage/1\nb A expired/2\n" },
        { name => "tls-$stage-six", tls => 1, zone => join '', map { my $p = 10 * $_; "* MX $p h$_\nh$_ A $stage/$_\n" } 1 .. 6 };
}

# With MTA-STS each of them by domains of their own, for a policy each.
for my $case (grep { $_->{tls} } @cases) {
    for my $policy (@sts_policies) {
        $case->{zone} .= join '', map { "$policy-sts $_\n" } $case->{zone} =~ /^\* (MX .*)/mg;
        $case->{zone} .= "_mta-sts.$policy-sts TXT \"v=STSv1; id=1\"\n";
    }
}

@cases = random_cases($ENV{ROUNDS}, $ENV{SEED} // 1) if $ENV{ROUNDS};
@cases = grep { $_->{name} =~ /$ENV{ONLY}/ } @cases if $ENV{ONLY};
my $number = 0;
for my $case (@cases) {
    $number++;
    $case->{number} = $number;
    $case->{domain} //= "c1.$case->{name}.test";
    my $i = 0;
    my %stage = map { $_ => $i++ } @stages;
    for ($case->{zone}) {
        s/ A (\d+)$/ A 10.$number.0.$1/mg;
        s/ AAAA (\d+)$/ AAAA fd00:$number\::$1/mg;
        s{ A ([\w-]+)/(\d+)$}{ A 10.$number.$stage{$1}.$2}mg;
        s{ AAAA (\w+)/(\d+)$}{ AAAA fd00:$number:$stage{$1}::$2}mg;
        s/ A me$/ A $own/mg;
        s/ #(\d+)$/ 10.$number.0.$1./mg;
    }
}

# Those for settings about TLS are not among the others: plainly sent to, they say nothing.
sub cases { return grep { !$_->{tls} } @cases }

sub tls_cases { return grep { $_->{tls} } @cases }

# How many deliveries: where chance decides as often as given, for one of the random cases.
sub how_often {
    my ($case, $often, $if_random) = @_;
    return !$case->{draws} ? 1 : $ENV{ROUNDS} ? $if_random : $often;
}

# The zone test., for a name server.
sub zone_text {
    my $text = "\$ORIGIN test.\n\$TTL 300\n@ SOA ns hostmaster 1 3600 600 86400 300\n@ NS ns\nns A 127.0.0.1\n"
        . "me A $own\nrelay A $relay\ntreated A $treated\n";
    for my $case (@cases) {
        my $zone = $case->{zone};
        $zone =~ s/^(\S+)/$1 eq '@' ? $case->{name} : "$1.$case->{name}"/mge;
        $zone =~ s/ (MX \d+|CNAME|SRV \d+ \d+ \d+) ([^\s#]*[^\s.])$/ $1 $2.$case->{name}/mg;
        $text .= $zone;
    }
    return $text;
}

# Zones to be configured that have no content.
sub broken_zones { return ('broken.test', '_tcp.srv-servfail.test') }

# The addresses of a case and how far each lets a delivery come: [address, stage].
sub addresses_of {
    my ($case) = @_;
    return map { [$_, $_ ne $own && /^(?:10\.\d+\.|fd00:\d+:)(\d+)/ ? $stages[$1] : 'refused'] }
        $case->{zone} =~ / (?:A|AAAA|MX \d+) (10\.\d+\.\d+\.\d+|fd00:[\da-f:]+)\.?$/mg;
}

# Those where a server answers.
sub served {
    my ($case) = @_;
    return grep { $_->[1] ne 'refused' } addresses_of($case);
}

1;
