#!/usr/bin/perl
# The way from the root over zone files: report, JSON and screen say the same; --hints, and what is
# wrong with it.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::XS;
use Mxtrail;
use Test::More;

my $digest = 'AABBCCDD' x 8;
my $soa = '@ SOA ns.nic h 1 7200 900 1209600 300';
my $parent = file('parent.zone', <<"END");
\$ORIGIN example.
\$TTL 3600
$soa
\@ NS ns.nic
ns.nic A 192.0.2.1
child NS ns1.child
child NS ns2.child
child DS 1 13 2 $digest
ns1.child A 192.0.2.53
bare NS ns.bare
END
my $child = file('child.zone', <<"END");
\$ORIGIN child.example.
\$TTL 3600
\@ SOA ns1 h 1 7200 900 1209600 300
\@ NS ns1
\@ NS ns2
ns1 A 192.0.2.53
ns2 A 192.0.2.54
\@ MX 10 mx
mx A 192.0.2.10
END
my @zones = ('--no-config', '--zone', $parent, '--zone', $child);

sub steps {
    my ($trace) = @_;
    return [map {
        my $step = $_;
        [$step->{zone}, $step->{parent}, $step->{ds},
            map { join ' ', $_->{name} // '-', $_->{address} // '-', $_->{address_by} // '-', $_->{state} } @{$step->{servers}}]
    } @{$trace->{steps}}];
}

my $trace = json(@zones, '--trace', 'child.example')->{trace};
is_deeply(steps($trace), [
    ['example.', undef, undef, 'ns.nic.example. 192.0.2.1 lookup referral'],
    ['child.example.', 'example.', 'no_keys', 'ns1.child.example. 192.0.2.53 glue answer', 'ns2.child.example. - - no_glue'],
], 'each cut, its servers and what they say');
is_deeply([@$trace{qw(name type end broken_at trust_broken_at why)}],
    ['child.example.', 'MX', 'answer', undef, 'child.example.', 'The way is whole. ns1.child.example has the answer for child.example.'],
    'the way is whole, the chain of trust is not');
ok(!exists json(@zones, 'child.example')->{trace}, 'nobody is asked who was not to be');
my ($status, $out) = mxtrail(@zones, '--trace', '--json', 'www.bare.example');
my $bare = decode_json($out)->{trace};
is($status, 3, 'a name that cannot be looked up');
is_deeply([@$bare{qw(end broken_at)}], ['broken', 'bare.example.'], 'a delegation without glue breaks the way');
is(json(@zones, '--trace', 'gone.example')->{trace}{end}, 'nxdomain', 'a name that is not there');
is(json(@zones, '--trace', 'mx.child.example')->{trace}{end}, 'nodata', 'one without the records');

# ---- what the findings make of it ----

my $lost = file('lost.zone', "\$ORIGIN example.\n\$TTL 3600\n$soa\n\@ NS ns.nic\nns.nic A 192.0.2.1\nlost NS ns.lost\nns.lost A 192.0.2.66\nbare NS ns.bare\n");
my $else = file('else@192.0.2.66.zone', "\$ORIGIN else.example.\n\$TTL 3600\n\@ SOA ns h 1 7200 900 1209600 300\n\@ NS ns\n");

sub findings {
    my @arguments = @_;
    return [map { "$_->{severity} $_->{id} $_->{subject} $_->{text}" } grep { $_->{id} =~ /^(?:ns|dnssec)-(?!single|same)/ }
        @{decode_json((mxtrail('--no-config', '--json', '--trace', @arguments))[1])->{findings}}];
}

is_deeply(findings('--zone', $lost, '--zone', $else, 'lost.example'),
    ['error ns-lame ns.lost.example. The server at 192.0.2.66 is listed by the parent zone, but refuses to answer. The zone lost.example does not resolve.'
        . ' On the way from the root this is at the cut from example to lost.example.'], 'a lame server is one finding, with its place');
is_deeply(findings('--zone', $lost, 'bare.example'),
    ['error ns-dangling ns.bare.example. The name server is within the zone that it serves, and the parent zone example gives no address for it'
        . ' (no glue), so resolvers cannot query it. On the way from the root this is at the cut from example to bare.example.'], 'so is missing glue');
is_deeply(findings(@zones[1 .. $#zones], 'child.example'),
    ['error dnssec-partial child.example. The parent has a DS, but the zone has no keys. Validating resolvers reject every answer.'
        . ' On the way from the root this is at the cut from example to child.example.',
     'warning ns-dangling ns2.child.example. The name server is within the zone that it serves, and the parent zone example gives no address for it'
        . ' (no glue), so resolvers cannot query it. On the way from the root this is at the cut from example to child.example.'], 'so is a DS without keys');

my $shown = <<'END';
  The way is whole. ns1.child.example has the answer for child.example.
  The chain of trust breaks at the cut from example to child.example: there
  is a DS, but the zone has no DNSKEY.

  example  the first zone of which a server is known
  * ns.nic.example     192.0.2.1   refers to child.example            lookup

  child.example  delegated by example; DS, but no DNSKEY
  * ns1.child.example  192.0.2.53  1 MX record                          glue
  x ns2.child.example              no glue
      is within child.example, and the referral has no address of it
END
like(report(@zones, '--report', '--trace', 'child.example'), qr/^From the root to child\.example\n\Q$shown\E/m, 'the report has all of it');

# ---- on screen ----

my $recording = scratch . '/trace.rec';
report(@zones, '--report', '--trace', '--record', $recording, 'child.example');
open my $in, '<', $recording or die;
my ($head, @replies) = grep { /^# mxtrail |^\d+ reply / } <$in>;
close $in;
# What the servers said is asked once the key is pressed; the root is looked up first.
my @name = map { s/^\d+/1/r } grep { !/^\d+ reply \S+ \S+ \S+ 192/ } @replies;
my @way = map { s/^\d+/3/r } grep { /^\d+ reply (?:\. NS|example\. NS|ns\.nic\.|\S+ \S+ \S+ 192)/ } @replies;
like($head, qr/zone files$/, 'the recording says whence the answers are');

sub screen {
    my ($size, @more) = @_;
    my $path = file('screen.rec', join '', $head, "0 resize $size\n0 submit child.example\n", @name, @more);
    return report('--replay', $path, '--dump', '--ascii');
}

(my $words = $shown) =~ s/\s+/ /g;
for my $size ('120 36', '80 24') {
    (my $screen = screen($size, "2 key R\n", @way)) =~ s/[|\s]+/ /g;
    my ($servers) = $words =~ /(refers to.*)/;
    for my $part ('From the root to child.example', 'The way is whole. ns1.child.example has the answer for child.example.',
        'child.example delegated by example; DS, but no DNSKEY', 'ns2.child.example no glue') {
        like($screen, qr/\Q$part\E/, "$size: $part");
    }
}
like(screen('40 20', "2 key R\n", @way), qr/ns\.nic\.example +192\.0\.2\.1.*\n.*refers to child\.example/, 'in a narrow window what a server says is below');
like(screen('80 24', "2 key :\n2 submit trace gone.example\n"), qr/From the root to gone\.example .*answers still come in/s, ':trace NAME goes another way');

# ---- hints ----

my $hints = file('root.hints', ". 3600000 NS A.ROOT.TEST.\nA.ROOT.TEST. 3600000 A 192.0.2.1\nA.ROOT.TEST. 60 AAAA 2001:db8::1\n. 60 NS b.root.test.\nelse.test. 60 A 192.0.2.9\n");
for (["$hints", 'a.root.test.', '192.0.2.1', '2001:db8::1'], ['A.Root.Test=192.0.2.1,2001:db8::1', 'a.root.test.', '192.0.2.1', '2001:db8::1']) {
    my ($given, $name, @addresses) = @$_;
    my $first = json(@zones, '--trace', '--hints', $given, 'child.example')->{trace}{steps}[0];
    is_deeply([map { $_->{address} } @{$first->{servers}}], \@addresses, 'those servers and no others');
    is_deeply([$first->{zone}, $first->{servers}[0]{name}, $first->{servers}[0]{address_by}], ['.', $name, 'hint'], 'the root is asked first');
}
is_deeply([mxtrail(@zones, '--trace', '--hints', 'a b,c', 'child.example')],
    [2, '', "mxtrail: --hints a b,c: is neither a file nor a list of addresses\n"], 'what is no list of addresses');
my $bad = file('bad.hints', ". 60 NS a.\na. 60 A 192.0.2.300\n");
is_deeply([(mxtrail(@zones, '--trace', '--hints', $bad, 'child.example'))[0, 1]], [4, ''], 'a faulty file is refused');
like((mxtrail(@zones, '--trace', '--hints', $bad, 'child.example'))[2], qr/^\Q$bad\E:2: /, 'with its line');
my $none = file('none.hints', ". 60 NS a.\n");
like((mxtrail(@zones, '--trace', '--hints', $none, 'child.example'))[2], qr/\Q$none\E: no NS record of the root with an address in this file/, 'one without servers, too');
like((mxtrail(@zones, '--trace', '--hints', scratch . '/gone', 'child.example'))[2], qr{/gone: }, 'one that is not there, too');

my $config = file('config', "[dns]\nhints = $hints\n");
is(json('--config', $config, @zones[1 .. $#zones], '--trace', 'child.example')->{trace}{steps}[0]{zone}, '.', 'the configuration file has some, too');

my $astray = file('astray', "[dns]\nhints = /nowhere\n");
my ($fine, undef, $complaint) = mxtrail('--config', $astray, @zones[1 .. $#zones], '--json', 'mx.child.example');
is_deeply([$fine, $complaint], [0, "mxtrail: /nowhere: No such file or directory\n"], 'one that is not there does not keep anybody from looking up');

my $kept = scratch . '/hints.rec';
my $before = json(@zones, '--trace', '--hints', $hints, '--record', $kept, 'child.example')->{trace};
unlink $hints;
is_deeply(json('--replay', $kept, 'child.example')->{trace}, $before, 'a recording keeps the hints');

done_testing;
