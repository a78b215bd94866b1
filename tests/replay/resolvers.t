#!/usr/bin/perl
# Several resolvers beside the zone's servers: what differs, in text, JSON and on screen; w watches
# until a change has arrived; :resolver.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use Test::More;

my @servers = ('192.0.2.53', '198.51.100.53', '203.0.113.53');
my $object = json('--demo=split-servers', '--no-config', '--resolvers', join(',', @servers))->{resolvers};
is_deeply([map { $_->{label} } @{$object->{rows}}], ['MX', 'A', 'AAAA', 'SPF', 'DMARC'], 'these records and no others');
my ($mx) = @{$object->{rows}};
is_deeply([map { "$_->{server} $_->{state}" } @{$mx->{answers}}],
    ['192.0.2.53 same', '198.51.100.53 differs', '203.0.113.53 failed'], 'the one like the zone, the other, the one that refuses');
is_deeply($mx->{zone}{records}, $mx->{answers}[0]{records}, 'the zone is the measure');
ok(!$object->{agree}, 'they do not agree');
is($object->{failed}, 5, 'one failed for every record');
my $same = json('--demo=split-servers', '--no-config', '--resolvers', '192.0.2.53')->{resolvers};
ok($same->{agree} && !$same->{differs}, 'one that is like the zone agrees');
like(report('--demo=split-servers', '--no-config', '--report', '--resolvers', join ',', @servers),
    qr/^Resolvers\n  \d+ answers differ, 5 failed\n\n  MX\n.*the zone .*\n  \* 192\.0\.2\.53 .*\n  ! 198\.51\.100\.53 /m, 'the text report has them');
is_deeply([mxtrail('--demo=ties', '--no-config', '--resolvers', '192.0.2.53', '--json')],
    [2, '', "mxtrail: --resolvers 192.0.2.53: with zone files no resolver is queried\n"], 'one zone does not answer for resolvers');
is_deeply([mxtrail('--resolvers', 'ns1.example', '--json', 'x')], [2, '', "mxtrail: --resolvers ns1.example: the address of a resolver is wanted\n"],
    'an address is wanted');

# ---- on screen ----

sub slurped { open my $in, '<', $_[0] or die; local $/; return scalar <$in> }

my $recording = scratch . '/split.rec';
report('--demo=split-servers', '--no-config', '--report', '--resolvers', '198.51.100.53#5300', '--record', $recording);
my ($head) = slurped($recording) =~ /\A([^\n]*\n)/;
my @replies = grep { /^\d+ reply / } split /(?<=\n)/, slurped($recording);
s/^\d+/1/ for @replies;
my @early = grep { / 198\.51\.100\.53#5300 / } @replies;
my @name = grep { !/ 198\.51\.100\.53#5300 / } @replies;
cmp_ok(scalar @early, '==', 5, 'five questions to the resolver');
push @early, grep { /^1 reply _dmarc\S* TXT \S+ 192\.0\.2\.53 / } @name; # of the zone, for the comparison
# Later on it says what the zone says.
my %zone;
for (@name) {
    my ($question, $answer) = /^1 reply (\S+ \S+) \S+ 192\.0\.2\.53 (.*)$/ or next;
    $zone{$question} //= $answer;
}
my @late = map { /^1 reply (\S+ \S+) (\S+) (198\S+) / or die; "10500 reply $1 $2 $3 " . ($zone{$1} // die "no $1") . "\n" } grep { / 198\.51\.100\.53#5300 / } @early;
my @asked_again = map { s/^1 /10500 /r } grep { my ($q) = /^1 reply (\S+ \S+) /; / 192\.0\.2\.53 / && grep { /^1 reply \Q$q\E / } @early } @name;

sub screen {
    my $path = file('screen.rec', join '', $head, "0 resize 100 40\n0 submit example.com\n", @name, "2 key :\n2 submit resolvers 198.51.100.53#5300\n", @_);
    return report('--replay', $path, '--dump', '--ascii');
}

my $first = screen(@early);
like($first, qr/Resolvers side by side.*answers differ.*the zone.*! 198\.51\.100\.53#5300/s, 'the window marks what differs');
like(screen(@early, "3 key w\n"), qr/watching: queried again every 10 s until all agree/, 'w watches');
my $waiting = screen(@early, "3 key w\n", "10004 tick\n");
like($waiting, qr/answers still come in/, 'after ten seconds they are asked again');
my $arrived = screen(@early, "3 key w\n", "10004 tick\n", @asked_again, @late);
like($arrived, qr/All agree with the zone's own servers/, 'the change has arrived');
like(screen(@early, "3 key w\n", "10004 tick\n", @asked_again, @late, "20006 tick\n"),
    qr/the change has arrived: all resolvers agree with the zone/, 'which is said, and ends the watching');

# ---- another resolver from now on ----

my $plain = example('plain.zone', "\@ MX 10 mx1\nmx1 A 192.0.2.1\n");
my $typed = scratch . '/typed.rec';
mxtrail('--zone', $plain, '--report', '--record', $typed, 'example.com');
my ($start, @events) = split /(?<=\n)/, slurped($typed);
@events = grep { /^\d+ reply / } @events;
my @through = map { s/^(\d+ reply \S+ \S+ \S+) \*/5 reply $1 192.0.2.99#5353/r =~ s/^5 reply \d+ reply/5 reply/r =~ s/ not_in_file -1 / refused 5 /r } @events; # as a server says it

(my $live = $start) =~ s/, zone files//;

sub switched {
    return report('--replay', file('switched.rec', join '', $live, "0 resize 100 30\n0 submit example.com\n", @events, @_), '--dump', '--ascii');
}

like(switched("4 key :\n4 submit resolver 192.0.2.99#5353\n"), qr/192\.0\.2\.99#5353 .*0\/.*queries go to 192\.0\.2\.99/s,
    'the page is asked anew, and the title says whom');
like(switched("4 key :\n4 submit resolver 192.0.2.99#5353\n", @through), qr/192\.0\.2\.99#5353 .*1st   10  mx1\.example\.com/s, 'its answers are shown');
like(switched("4 key :\n4 submit resolver 192.0.2.99#5353\n", "6 key :\n6 submit resolver system\n"), qr/queries go to /, 'and back');
like(switched("4 key :\n4 submit resolver a..b\n"), qr/a\.\.b: a label is empty/, 'what is no server is said');

# Zone files would answer in the place of all servers, so that none is said to be asked.
for my $typed ('resolver 192.0.2.99#5353', 'resolvers 192.0.2.99', 'diff @192.0.2.99', 'open example.com @192.0.2.99') {
    my $screen = report('--replay', file('files.rec', join '', $start, "0 resize 100 30\n0 submit example.com\n", @events, "4 key :\n4 submit $typed\n"), '--dump', '--ascii');
    like($screen, qr/\A mxtrail  example\.com  +replay files\.rec.*^ with zone files no name server is queried$/ms, "with zone files, $typed");
}
is_deeply([shell("echo 'example.com \@192.0.2.99' | \"\$M\" --zone '$plain' --batch - --report")],
    [3, '', "mxtrail: 192.0.2.99: with zone files no name server is queried\n"], 'nor in a batch');

done_testing;
