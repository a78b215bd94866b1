#!/usr/bin/perl
# What is to be seen in a window of its own is in both reports, too: senders side by side, the matrix,
# what-if edits, the timeline as an axis, records without preference.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use Test::More;

my $zone = example('views.zone', <<'END');
@ NS ns1
@ NS ns2
ns1 A 192.0.2.53
ns2 A 192.0.2.54
@ A 192.0.2.81
@ A 192.0.2.82
@ A 192.0.2.83
@ MX 10 mx1
@ MX 10 mx2
@ MX 20 mx3
mx1 A 192.0.2.1
mx1 A 192.0.2.11
mx2 A 192.0.2.2
mx3 A 192.0.2.3
mx9 A 192.0.2.9
_smtp._tcp SRV 0 1 25 mx3
END
my @zone = ('--zone', $zone);

# ---- two senders ----

my $object = json(@zone, '--compare', 'postfix,exim', '--down', '*', 'example.com');
my $comparison = $object->{comparison};
is("$comparison->{left} $comparison->{right}", 'postfix exim', 'two senders are compared');
is(scalar @{ $comparison->{rows} }, 5, 'four attempts and the verdict of each');
ok(!!$comparison->{differs}, 'they differ');
is(scalar(grep { $_->{why} } @{ $comparison->{rows} }), 1, 'one sentence says why');
my $text = report('--report', @zone, '--compare', 'postfix,exim', '--down', '*', 'example.com');
like($text, qr/^Postfix and Exim compared \(same draw, seed 1\)$/m, 'the same in text');
like($text, qr/^   1 \S+ 192\.0\.2\.\d+ .*[!=] \S/m, 'side by side');
is((json(@zone, '--compare', 'exim', 'example.com'))->{comparison}{left}, 'rfc5321', 'one name: beside --profile');
$comparison = (json(@zone, '--compare', 'srv', '--profile', 'exim', 'example.com'))->{comparison};
like($comparison->{rows}[0]{right}, qr/^mx3\.example\.com /, 'srv: the right one goes by SRV');
# List 2: what equal preferences share evenly, weights share 1:4; mxtrail's generic client reads RFC
# 2782 to the letter, which gives the lighter one a little more.
my @list = ('--demo=srv-mail', '--compare', 'srv');
sub share_lines { return [map { join ' ', $_->{exchange}, $_->{preference}, $_->{weight} // '-', 0 + $_->{share} } @{ $_[0] }] }
$comparison = (json(@list))->{comparison};
is_deeply(share_lines($comparison->{left_shares}),
    ['mx1.example.com. 10 - 1', 'mx2.example.com. 20 - 0.5', 'mx3.example.com. 20 - 0.5', 'mx.example.net. 30 - 1'], 'shares by MX');
is_deeply(share_lines($comparison->{right_shares}),
    ['mx1.example.com. 10 0 1', 'mx2.example.com. 20 1 0.25', 'mx3.example.com. 20 4 0.75', 'mx.example.net. 30 0 1'], 'shares by SRV');
$text = report('--report', @list);
like($text, qr/^ +20 +mx2 +50\.0% +20 +1 of 5 +mx2 +25\.0%\n +20 +mx3 +50\.0% +20 +4 of 5 +mx3 +75\.0%$/m, 'side by side in text');
my ($status, undef, $err) = mxtrail(@zone, '--json', '--compare', 'posfix', 'example.com');
is($status, 2, 'an unknown sender is a fault of usage');
like($err, qr/--compare posfix: must be srv, or one or two of these: rfc5321, /, 'which names the known ones');

# ---- diagrams ----

# The lines of the report under that heading, up to the next empty line.
sub section {
    my ($text, $heading) = @_;
    return $text =~ /^\Q$heading\E\n(.*?)\n\n/ms ? $1 : '';
}

$text = report('--report', '--ascii', '--demo=weights', '--diagram', '--srv', '_ldap._tcp.example.com');
is(section($text, "A client's choice") . "\n", <<'END', 'a client and its targets');
        client          resolver            ldap1             ldap2
                                             0/6               0/4
       1   +--------------->|                 |                 |
           | SRV _ldap._tcp |                 |                 |
           |< 2 records ----+                 |                 |
       2   | priority 0, weights: ldap1 6, ldap2 4              |
       3   +- port 389 ---------------------->* first           |
       4   +- port 389 ---------------------------------------->|
           |                |                 |           if that fails
END
unlike($text, qr/^Delivery: who connects to whom$/m, 'and no delivery of mail besides');
$text = report('--report', '--ascii', '--demo=secondary', '--diagram', '--as', 'mx2.example.com', 'example.com');
like(section($text, 'Hops, if no host ignores any record'), qr/^ +1 .* accepted\n +2 .* again$/m, 'a loop');
$text = report('--report', '--ascii', '--demo=outage', '--diagram', '--down', 'mx1.example.com@0-6h', 'example.com');
like(section($text, 'An outage: who connects to whom'), qr/^ +\+0s +\|?.* refused/m, 'an outage');
$text = report('--report', '--ascii', '--demo=first-choice', '--diagram', '--down', 'mx1.example.com', 'example.com');
like(section($text, 'Delivery: who connects to whom'), qr/x refused.*\* accepted/s, 'a delivery');

# ---- drawn beside exact ----

my $simulation = (json(@zone, '--simulate=2000', '--down', '*', 'example.com'))->{simulation};
ok(!!$simulation->{exact}, 'whole orders are enumerated');
for my $share (@{ $simulation->{first_exchange} }[0, 1], @{ $simulation->{orders} }) {
    my $error = sqrt($share->{expected} * (1 - $share->{expected}) / 2000);
    is(sprintf('%.6f', $share->{error}), sprintf('%.6f', $error), 'the standard error');
    is(sprintf('%.3f', $share->{standard_errors}), sprintf('%.3f', ($share->{share} - $share->{expected}) / $error), 'and how many of them apart');
}
is($simulation->{tries}[0]{expected}, 1, 'the number of tries is certain');
is($simulation->{outcome}[0]{standard_errors}, undef, 'and what is certain has no error');
$text = report('--report', @zone, '--simulate=2000', '--down', '*', 'example.com');
like($text, qr/^  Orders\n +\d\d\.\d% +\(50\.0\) +[-+]\d\.\d  192\.0\.2\./m, 'orders beside their expectation in text');

# ---- a client's choice ----

my $weights = example('weights.zone', <<'END');
_ldap._tcp SRV 0 6 389 ldap1
_ldap._tcp SRV 0 4 389 ldap2
ldap1 A 192.0.2.1
ldap2 A 192.0.2.2
END
my $first = (json('--zone', $weights, '--srv', '_ldap._tcp', 'example.com'))->{srv_simulation}{first}[0];
is(sprintf('%.4f %.4f %.4f', @{$first}{qw(rfc2782 rfc2782_low rfc2782_high)}), '0.5909 0.5455 0.6364', '6:4 is 6/11 or 7/11 by the order of the records');
like(report('--report', '--zone', $weights, '--srv', '_ldap._tcp', 'example.com'), qr{^    ldap1: 54\.5% or 63\.6% by RFC 2782, depending on the order\s+of the\s+records$}m, 'and so in text');

# ---- all senders ----

my $matrix = (json(@zone, '--matrix', '--down', '*', 'example.com'))->{matrix};
is(scalar @$matrix, 8, 'the matrix has a row for each profile');
my ($exim) = grep { $_->{profile} eq 'exim' } @$matrix;
is("$exim->{verdict} $exim->{tries_least} $exim->{tries_most}", 'defer 4 4', 'verdict and tries');
my ($postfix) = grep { $_->{profile} eq 'postfix' } @$matrix;
is(sprintf('%.4f', $postfix->{first}[0]{expected}), '0.6667', 'Postfix: two of three addresses are of mx1');
$text = report('--report', @zone, '--matrix', '--down', '*', 'example.com');
like($text, qr/^  postfix +deferred 4\.4\.1 +4 attempts +3\.7-3\.12\n +mx1 +#+=? +66\.7%$/m, 'the same in text');

# ---- what if ----

my @edits = map { ('--whatif', $_) } 'add mx 5 mx9', 'remove mx mx2', 'preference mx3 10';
my $whatif = (json(@zone, @edits, 'example.com'))->{whatif};
my %row = map { $_->{exchange} => $_ } @{ $whatif->{rows} };
is($row{'mx9.example.com.'}{before}, undef, 'what is added was not there');
is($row{'mx9.example.com.'}{after}{first}, 1, 'and is tried first');
is($row{'mx2.example.com.'}{after}, undef, 'what is removed is gone');
is($whatif->{after}{hosts}[0]{addresses}[0]{address}, '192.0.2.9', 'the new host was looked up');
like($whatif->{zone}, qr/^example\.com\. 3600 IN MX 5 mx9\.example\.com\.$/m, 'ready to publish');
$text = report('--report', @zone, @edits, 'example.com');
like($text, qr/^  ! mx9 +- +- +5 +100\.0%$/m, 'side by side in text');
($status, undef, $err) = mxtrail(@zone, '--json', '--whatif', 'remove mx nothere', 'example.com');
like($err, qr/^mxtrail: --whatif remove mx nothere: /m, 'an edit that cannot be made is told');

# Draws are of the records as edited, as on the screen.
my @weigh = ('--zone', $weights, '--srv', '_ldap._tcp', '--whatif', 'weight _ldap._tcp ldap1 1', 'example.com');
my $chosen = (json(@weigh))->{srv_simulation};
is(join(' ', map { "$_->{target}=$_->{weight}:@{[sprintf '%.1f', $_->{nominal}]}" } @{ $chosen->{first} }),
    'ldap2.example.com.=4:0.8 ldap1.example.com.=1:0.2', 'a client chooses by the edited weights');
cmp_ok($chosen->{first}[0]{count}, '>', 7000, 'and is drawn so');
is(join(' ', map { "$_->{target}=$_->{weight}" } @{ $chosen->{before} }), 'ldap1.example.com.=6 ldap2.example.com.=4', 'those of DNS beside them');
is($first->{before}, undef, 'not without edits');
like(report('--report', @weigh), qr/^  ! ldap2 +0 +4 +40\.9% +0 +4 +\d\d\.\d%\n  ! ldap1 +0 +6 +59\.1% +0 +1 +\d\d\.\d%$/m, 'and in text');
is((json('--zone', $weights, '--srv', '_ldap._tcp', (map { ('--whatif', "remove srv _ldap._tcp $_") } 'ldap1', 'ldap2'), 'example.com'))->{srv_simulation}{first}[0],
    undef, 'no choice when all are removed');
my @removed = ('--whatif', 'remove mx mx2', '--simulate=200', '--as', 'mx3', '--down', 'mx1@0h-1h', 'example.com');
my $edited = json(@zone, @removed);
for my $part ('simulation', 'timeline', 'loop') {
    unlike(JSON::XS->new->encode($edited->{$part}), qr/mx2/, "the $part is without a removed exchange");
}
like(JSON::XS->new->encode($edited->{route}), qr/mx2/, 'the decision is that of DNS');
unlike(join('', report('--report', @zone, @removed) =~ /^(Hops.*?)^What if/ms), qr/mx2/, 'so in text');
my $beside = json(@zone, '--whatif', 'remove mx mx2', '--compare', 'postfix,exim', '--matrix', 'example.com');
unlike(JSON::XS->new->encode([@{$beside}{qw(comparison matrix)}]), qr/mx2/, 'and senders are compared by it');

# ---- the timeline ----

my @outage = ('--profile', 'qmail', '--down', 'mx1=timeout@0h-1h,mx2=timeout@0h-1h,mx3=timeout@0h-3h');
$text = report('--report', @zone, @outage, 'example.com');
like($text, qr/^ +composed +\+\d/m, 'an axis of time');
like($text, qr/^  mx1 +x[:x]+\.+-*\*-*$/m, 'with a row for each host');
like($text, qr/^    queued +=+$/m, 'and for the queue');
my $timeline = (json(@zone, @outage, 'example.com'))->{timeline};
is($timeline->{outages}[0]{until_s}, 3600, 'outages are in JSON');
ok((grep { $_->{kind} eq 'passed' } @{ $timeline->{events} }) > 0, 'and what is passed over');

# Two senders over one axis: each as it is alone, and the events of both by time.
my @both = ('--compare=exim', @outage);
my ($over) = report('--report', @zone, @both, 'example.com') =~ /^Over time.*?\n(.*?)^\S/ms;
like($over, qr/\A +composed [^\n]*\n\n  qmail\n(?:  .*\n)+\n  Exim\n(?:  .*\n)+\n  qmail: \w+ .*\n(?:    .*\n)?  Exim: \w+ /, 'two senders under one axis');
is(() = $over =~ /^ +composed /mg, 1, 'which is there once');
my @told = $over =~ /^  (\+\S+(?: \d+h)?) +(?:qmail|Exim) /mg;
sub seconds {
    my ($sum, %of) = (0, s => 1, m => 60, h => 3600, d => 86400);
    $_[0] =~ /h(\d\d)$/ and $sum += 60 * $1;
    $sum += $1 * $of{$2} while $_[0] =~ /(\d+)([smhd])/g;
    return $sum;
}
is_deeply([map { seconds($_) } @told], [sort { $a <=> $b } map { seconds($_) } @told], 'their events by time');
my $left = json(@zone, @outage, 'example.com')->{timeline};
my $right = json(@zone, '--profile', 'exim', @outage[2 .. $#outage], 'example.com')->{timeline};
my $laid = json(@zone, @both, 'example.com')->{timeline};
is(scalar @told, @{ $left->{events} } + @{ $right->{events} }, 'all of them');
is($left->{beside}, undef, 'one alone has nothing beside it');
is_deeply($laid->{beside}, $right, 'in JSON the other one as it is alone');
is_deeply({ %$laid, beside => undef }, $left, 'and this one');
is(json(@zone, '--compare=postfix,exim', @outage, 'example.com')->{timeline}{profile}, 'postfix', 'of two others the first is this one');

# ---- records without preference ----

my $robin = (json(@zone, '--round-robin', '--down', '192.0.2.82', 'example.com'))->{round_robin};
is(join(' ', map { $_->{type} } @$robin), 'A NS', 'every set has its cases');
my $cached = $robin->[0]{cases}[1];
is($cached->{shares}[0]{first}, 1, 'behind one cache all get the same address');
is_deeply($cached->{then}, ['192.0.2.82', '192.0.2.83', '192.0.2.81'], 'until the TTL is over');
ok(!!$cached->{shares}[1]{down}, 'an address is down');
is($robin->[0]{cases}[2]{waits} * 2, $robin->[0]{cases}[2]{lookups}, 'half of the lookups meet the silent name server');
$text = report('--report', @zone, '--round-robin', 'example.com');
like($text, qr/in the following TTLs: then 192\.0\.2\.82, 192\.0\.2\.83, 192\.0\.2\.81/, 'the same in text');

# A view that has nothing to show says so.
my $none = file('none.zone', "\$ORIGIN none.test.\n\$TTL 60\n\@ SOA ns h 1 1 1 1 1\n\@ MX 10 mx\nmx A 192.0.2.1\n");
like(report('--report', '--zone', $none, '--round-robin', 'none.test'),
    qr/^First record by user\n  There are no records to rotate\.\n/m, 'nothing to rotate');

# ---- hosts that were not queried for ----

my @few = ('--zone', file('few.zone', "\$ORIGIN few.test.\n\$TTL 60\n\@ SOA ns h 1 1 1 1 1\n\@ NS ns\n\@ MX 10 mx\nns A 192.0.2.53\n"),
    '--questions', 3, 'few.test');
my $few = report('--report', @few);
like($few, qr/^  $_\.+ not queried/m, "$_: not queried, and not a failure") for qw(SPF DMARC DKIM DNSSEC MTA-STS TLS-RPT BIMI);
unlike($few, qr/waiting/, 'nothing is waited for in a report');
is((json(@few))->{setup}{dnssec}{state}, 'not_asked', 'JSON has the same state');

for (['4', 'mx1, mx2'], ['7', 'mx2'], ['1000', '']) {
    my ($questions, $missing) = @$_;
    my $two = file('two.zone', "\$ORIGIN two.test.\n\$TTL 60\n\@ SOA ns h 1 1 1 1 1\n\@ NS ns\n\@ MX 10 mx1\n\@ MX 20 mx2\n"
          . "ns A 192.0.2.53\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n");
    my @arguments = ('--zone', $two, '--questions', $questions, '--simulate', 'two.test');
    my ($said) = report('--report', @arguments) =~ /^ +\? The shares leave out MX hosts that were not queried: (.*)$/m;
    is($said // '', $missing, "$questions queries: what the shares rest on is said");
    is(join(', ', map { s/\.two\.test\.\z//r } @{ json(@arguments)->{simulation}{not_asked} }), $missing, 'and in JSON');
}

# A relay for all mail: said once, and no word about addresses in place of MX.
my @relay = ('--profile=postfix', '--set=relayhost=[mx1.example.com]', '--zone', $zone);
my $relayed = report('--report', '--simulate=10', @relay, 'example.com');
like $relayed, qr/^Decision of a sender .*\n  mx1\.example\.com: all mail goes to this relay, so the domain's MX records do\n    not matter \(relayhost\) .*\n  deliver/m,
    'a relay stands before the decision';
unlike $relayed, qr/addresses are used/, 'and is not taken for a domain without MX';
is json(@relay, 'example.com')->{route}{relay}, 'mx1.example.com.', 'in JSON, too';
is json('--zone', $zone, 'example.com')->{route}{relay}, undef, 'none';
done_testing();
