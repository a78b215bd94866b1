#!/usr/bin/perl
# What is published carries the TTL of the zone, not what a cache has left of it: cures, exports, the
# line that Y copies and what :whatif save writes are tried before a cache that has let an hour shrink
# to less than forty seconds.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin, "$FindBin::Bin/../terminal";
use File::Temp qw(tempdir);
use JSON::XS;
use Scripted;
use Servers;
use Test::More;
use Tmux;

for (['nsd', have('nsd')], ['unbound', have('unbound')], ['tmux', Tmux::have()]) {
    plan skip_all => "$_->[0] is missing: ./configure --install-deps=test" unless $_->[1];
}
my ($server, $cache) = ('192.0.2.53', '198.51.100.1');
in_namespace($server, $cache);
my $mxtrail = $ENV{MXTRAIL} || program('mxtrail');
my $folder = tempdir(CLEANUP => 1);

start_nsd($server, 53, 'example.com' => <<"END");
\$ORIGIN example.com.
\$TTL 7200
\@ SOA ns1 hostmaster 1 3600 900 604800 3600
\@ NS ns1
ns1 86400 A $server
\@ 3600 MX 10 mx1
\@ 3600 MX 20 alias
\@ 1800 TXT "v=spf1 ip4:192.0.2.0/24 ?all"
_dmarc TXT "v=DMARC1; p=none; rua=d\@example.com"
mx1 A 192.0.2.1
mx2 900 A 198.51.100.2
alias CNAME mx2
\@ A 192.0.2.80
END
start_cache($cache, 'example.com.', $server, 40);
my @options = ('--no-config', '--ask-private', "\@$cache");

sub object {
    my ($output, $status) = run_program($mxtrail, @options, '--json', @_, 'example.com');
    is($status, 0, "answered: @_") or diag(said());
    return decode_json($output);
}

# ---- cures ----

my $object = object();
ok((grep { $_->{ttl} <= 40 } @{ $object->{mx} }) == 2, 'the cache has seconds left');
my %lines;
for my $finding (@{ $object->{findings} }) {
    $lines{$_}{$finding->{id}} = 1 for grep { $_ ne '' } map { split /\n/, $finding->{$_} } qw(remove publish);
}
my $spf = 'example.com. 1800 IN TXT';
is_deeply([sort keys %lines], [sort
    '_dmarc.example.com. 7200 IN TXT "v=DMARC1; p=none; rua=d@example.com"',
    '_dmarc.example.com. 7200 IN TXT "v=DMARC1; p=none; rua=mailto:d@example.com"',
    '_dmarc.example.com. 7200 IN TXT "v=DMARC1; p=quarantine; rua=mailto:d@example.com"',
    'example.com. 3600 IN MX 20 alias.example.com.', 'example.com. 3600 IN MX 20 mx2.example.com.',
    "$spf \"v=spf1 ip4:192.0.2.0/24 ?all\"", "$spf \"v=spf1 ip4:198.51.100.2 ip4:192.0.2.0/24 ~all\""],
    'all lines of all cures have the TTL of the zone') or diag explain \%lines;

# Without a server of the zone nobody knows more than what is left.
($object) = map { decode_json($_) } (run_program($mxtrail, '--no-config', "\@$cache", '--json', 'example.com'))[0];
my ($cure) = grep { $_->{id} eq 'mx-cname' } @{ $object->{findings} };
like($cure->{publish}, qr/^example\.com\. [1-4]?\d IN MX 20 mx2\.example\.com\. ; .*at least/, 'else it says "at least"');

# ---- on the screen ----

sub screen {
    my $t = Tmux->new("$mxtrail @options --no-history example.com @_", width => 120, height => 36);
    ok($t->wait_for(qr/1st +10 +mx1/), 'the page is there');
    ok($t->wait_for(qr/mx-cname/), 'and the findings');
    return $t;
}

# What the window says, row by row.
sub notices {
    my ($t, $words) = @_;
    $t->keys('L');
    ok($t->wait_for($words), 'how long until a change is seen');
    my @rows = $t->screen =~ /^\x{2502} +(\S.*?) {2,}[\x{2588}-\x{258f}]+ +(\S.*?) +\x{2502}$/mg;
    $t->keys('q');
    return \@rows;
}

my $t = screen();
is_deeply(notices($t, qr/reached every cache/), ['address of alias.example.com', '15 min', 'SPF', '30 min',
        'MX', '1 hour', 'names that do not exist yet (SOA)', '1 hour', 'no MTA-STS (negative)', '1 hour', 'no TLS-RPT (negative)', '1 hour',
        'NS', '2 hours', 'address of mx1.example.com', '2 hours', 'DMARC', '2 hours'], 'senders notice by the TTL of the zone');
$t->tmux('set', '-g', 'set-clipboard', 'on');
$t->keys('1', 'g', 'Y');
ok($t->until_true(sub { $t->tmux('list-buffers') }), 'something was copied');
is($t->tmux('show-buffer') =~ s/\n\z//r, 'example.com. 3600 IN MX 10 mx1.example.com.', 'Y copies the line of the zone');
for my $ending (qw(zone json)) {
    $t->keys(':')->type("export $folder/out.$ending")->keys('Enter');
    ok($t->until_true(sub { -s "$folder/out.$ending" }), "exported: $ending");
}
my $exported = slurp("$folder/out.zone");
is_deeply([sort grep { !/^;/ } split /\n/, $exported], [sort
        'example.com. 7200 IN SOA ns1.example.com. hostmaster.example.com. 1 3600 900 604800 3600',
        'example.com. 7200 IN NS ns1.example.com.', "ns1.example.com. 86400 IN A $server", 'example.com. 3600 IN MX 10 mx1.example.com.', 'example.com. 3600 IN MX 20 alias.example.com.',
        "$spf \"v=spf1 ip4:192.0.2.0/24 ?all\"", 'example.com. 7200 IN A 192.0.2.80',
        '_dmarc.example.com. 7200 IN TXT "v=DMARC1; p=none; rua=d@example.com"',
        'mx1.example.com. 7200 IN A 192.0.2.1', 'mx2.example.com. 900 IN A 198.51.100.2',
        'alias.example.com. 7200 IN CNAME mx2.example.com.'], 'the export is the zone') or diag $exported;
$t->keys(':')->type('whatif remove mx alias')->keys('Enter');
ok($t->wait_for(qr/what if: 1 edit/), 'an edit');
$t->keys(':')->type("whatif save $folder/edits.zone")->keys('Enter');
ok($t->until_true(sub { -s "$folder/edits.zone" }), 'saved');
my $saved = slurp("$folder/edits.zone");
like($saved, qr/^example\.com\.\s+3600\s+IN\s+MX\s+10\s+mx1\.example\.com\.$/m, 'what is saved has the TTL of the zone');
unlike($saved, qr/^[^;\s]+\s+(?:[1-9]|[1-3]\d|40)\s+IN\s/m, 'all of it') or diag $saved;
$t->keys('Q');
$t->close;
$t = Tmux->new("$mxtrail --no-config --no-history \@$cache example.com", width => 120, height => 36);
ok($t->wait_for(qr/mx-cname/), 'the cache alone');
is_deeply([sort grep { !/^at least \d+ s$/ } @{ notices($t, qr/only a cache was queried/) }], ['DMARC', 'MX', 'NS', 'SPF', 'address of alias.example.com',
        'address of mx1.example.com', 'names that do not exist yet (SOA)', 'no MTA-STS (negative)', 'no TLS-RPT (negative)'], 'says "at least"');
$t->keys('Q');
$t->close;
done_testing;
