#!/usr/bin/perl
# DNS over TLS (RFC 7858) and over HTTPS (RFC 8484): a real resolver that speaks both, and servers
# of every other kind. Nothing is ever asked in plain instead.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin, "$FindBin::Bin/../terminal";
use File::Temp qw(tempdir);
use IO::Socket::IP;
use JSON::XS;
use Servers;
use Test::More;
use Tmux;

plan skip_all => 'openssl is missing: ./configure --install-deps=test' unless have('openssl');

my $folder = tempdir(CLEANUP => 1);
my $mxtrail = $ENV{MXTRAIL} || program('mxtrail');
my @trust = ('--ca', authority());
my $good = certify("$folder/good", 'DNS:dns.example.test,IP:127.0.0.1');

# Asks for one name; its outcome, how it came, and why not.
sub outcome {
    my ($server, $name, @options) = @_;
    my $reply = reply_to(ask(@trust, @options, "\@$server", "$name.test/A"), "$name.test.");
    return ($reply->{outcome}, $reply->{transport}, $reply->{why}, $reply);
}

# ---- servers that misbehave, each row: label, outcome, why ----

my ($port, undef, $log) = start_rogue_tls($good);
my $rogue = "tls://127.0.0.1#$port";
for (
    ['good',   'answered',         qr/^-$/],
    ['drip',   'answered',         qr/^-$/],
    ['one',    'answered',         qr/^-$/],
    ['twice',  'answered',         qr/^-$/],
    ['plain',  'answered',         qr/^-$/],
    ['padded', 'answered',         qr/^-$/],
    ['silent', 'timeout',          qr/^no answer from \Q$rogue\E within 2(?:\.\d+)? s$/, '--timeout', 1000, '--tries', 2],
    ['close',  'connection_reset', qr/^\Q$rogue\E closed the connection before the reply was whole$/],
    ['half',   'connection_reset', qr/^\Q$rogue\E closed the connection before the reply was whole$/],
    ['noise',  'malformed',        qr/^\Q$rogue\E: it sends what answers no query$/],
    ['other',  'no_match',         qr/^every response was to some other query$/],
    ['cut',    'malformed',        qr/cut off \(TC\)/],
) {
    my ($label, $outcome, $why, @options) = @$_;
    my @got = outcome($rogue, $label, @options);
    is($got[0], $outcome, "$label: outcome");
    like($got[2], $why, "$label: why");
    is($got[1], $outcome eq 'answered' || $label eq 'cut' ? 'tls' : 'none', "$label: how it came");
}

# ---- one session for all ----

sub happened { return map { (split)[0] } grep { /^(?:connection|query)/ } split /\n/, slurp($log) }
my $before = () = happened();
my $together = ask(@trust, "\@$rogue", (map { "good$_.test/A" } 1 .. 100), 'behind.test/A', 'good.test/A');
is(scalar(grep { $_->{outcome} eq 'answered' } replies($together)), 102, 'all are answered');
my @since = (happened())[$before .. (() = happened()) - 1];
is(scalar(grep { $_ eq 'connection' } @since), 1, 'over one connection');
is(scalar(grep { $_ eq 'query' } @since), 102, 'each was sent once');
like($together, qr/^good1?0?\.test.*^behind\.test/ms, 'and an answer may overtake another (RFC 7766 7)');

# A server that closes after each answer gets all the same.
$together = ask(@trust, "\@$rogue", map { "one$_.test/A" } 1 .. 20);
is(scalar(grep { $_->{outcome} eq 'answered' } replies($together)), 20, 'one answer a connection will do');

# Nor does each handshake begin anew: all but the first are shortened by the ticket of the one before.
my ($tickets, undef, $handshakes) = start_rogue_tls($good);
ask(@trust, "\@tls://127.0.0.1#$tickets", map { "one$_.test/A" } 1 .. 5);
is(join(' ', slurp($handshakes) =~ /^(connection|resumed)$/mg), 'connection' . ' connection resumed' x 4, 'the session is resumed (RFC 8446 2.2)');

# Over HTTPS a server that closes is called again, too.
SKIP: {
    my ($web) = start_rogue_tls($good, 'web');
    my @got = outcome("https://127.0.0.1:$web", 'good');
    skip('libcurl is missing', 3) if ($got[2] // '') =~ /libcurl is not installed/;
    is($got[0], 'answered', 'HTTPS: one query');
    my @replies = replies(ask(@trust, "\@https://127.0.0.1:$web", map { "one$_.test/A" } 1 .. 5));
    is(scalar(grep { $_->{outcome} eq 'answered' } @replies), 5, 'one answer a connection will do');
    my %outcomes = map { ($_->{name} => $_->{outcome}) }
        replies(ask(@trust, "\@https://127.0.0.1:$web", map { "$_.test/A" } qw(good1 good2 close1 good3 half1 good4)));
    is_deeply(\%outcomes, { 'close1.test.' => 'connection_reset', 'half1.test.' => 'connection_reset',
            map { ("good$_.test." => 'answered') } 1 .. 4 }, 'what it closes for fails alone');
}

# A query for which the server closes the connection fails alone, wherever it stands.
for ([map({ "good$_" } 1 .. 10), 'close', map { "good$_" } 11 .. 20], [map({ "close$_" } 1 .. 3), map { "good$_" } 1 .. 9],
    ['close1', 'good1', 'close2', 'good2', 'close3', 'good3']) {
    my @names = @$_;
    my $replies = ask(@trust, "\@$rogue", map { "$_.test/A" } @names);
    my %got = map { ($_->{name} => $_->{outcome}) } replies($replies);
    is_deeply(\%got, { map { ("$_.test." => /^close/ ? 'connection_reset' : 'answered') } @names }, "closing: @names");
}
$before = () = happened();
my %closed = map { ($_->{outcome} => 1) } replies(ask(@trust, "\@$rogue", map { "close$_.test/A" } 1 .. 40));
is_deeply([keys %closed], ['connection_reset'], 'a server that closes for each query');
cmp_ok(scalar(grep { $_ eq 'connection' } (happened())[$before .. (() = happened()) - 1]), '<=', 20, 'is not called for each');

# The length of a query does not tell its name (RFC 8467 4.1).
my %octets = map { $_ => 1 } slurp($log) =~ /^query (?!plain)\S+ (\d+)$/mg;
is_deeply([sort keys %octets], ['128'], 'queries have 128 octets');
ask(@trust, "\@$rogue", join('.', 'good', ('x' x 60) x 3) . '.test/A');
like(slurp($log), qr/^query good 256$/m, 'or 256');

# ---- servers that are not what they should be ----

my $expired = certify("$folder/expired", 'DNS:dns.example.test,IP:127.0.0.1', -1);
my $other = certify("$folder/other", 'DNS:other.test');
for (
    [$good,    '',                 'answered'],
    [$good,    '/dns.example.test', 'answered'],
    [$good,    '/other.test',      'untrusted', 'its certificate is for other names'],
    [$other,   '/other.test',      'answered'],
    [$other,   '',                 'untrusted', 'its certificate is not for this address'],
    [$expired, '',                 'untrusted', 'its certificate has expired'],
) {
    my ($certificate, $name, $outcome, $why) = @$_;
    my ($at) = start_rogue_tls($certificate);
    my @got = outcome("tls://127.0.0.1#$at$name", 'good');
    my $what = $certificate =~ s{.*/}{}r . $name;
    is($got[0], $outcome, "$what: outcome");
    is($got[2], $why ? "tls://127.0.0.1#$at$name: $why" : '-', "$what: why");
}
my ($stranger) = start_rogue_tls($good);
my $reply = reply_to(ask("\@tls://127.0.0.1#$stranger", 'good.test/A'), 'good.test.');
is($reply->{why}, "tls://127.0.0.1#$stranger: no authority that is trusted here signed its certificate",
    'an authority that the system does not know is not trusted');
is($reply->{outcome}, 'untrusted', 'so nothing is known');
$reply = reply_to(ask('--ca', "$folder/nowhere", "\@tls://127.0.0.1#$stranger", 'good.test/A'), 'good.test.');
is($reply->{why}, "tls://127.0.0.1#$stranger: the file of trusted certificates cannot be read", 'nor is a file that is none');

# A file of certificates that is none is told before anything is asked.
for (['nowhere', 'No such file or directory'], [spew('nothing', "no certificate\n"), 'there is no certificate in it (PEM)'],
    ['/', 'Is a directory']) {
    my ($file, $why) = @$_;
    my ($output, $status) = run_program($mxtrail, '--report', '--no-config', '--ca', $file, "\@tls://127.0.0.1#$stranger", 'good.test');
    is($status >> 8, 4, "--ca $file: status");
    is($output . said(), "mxtrail: --ca $file: $why\n", 'and why, and nothing else');
}

# Against: how it is meant to fail, and how many connections that may take for three questions.
for (
    ['mute',  'timeout', 'no answer from %s; the TLS handshake was not finished', 1],
    ['plain', 'no_tls',  '%s: it does not answer as TLS should', 1],
    ['drop',  'no_tls',  '%s: it closed the connection during the TLS handshake', 1],
    ['slow',  'answered', '-', 1],
) {
    my ($how, $outcome, $why, $connections) = @$_;
    my ($at, undef, $said) = start_rogue_tls($good, $how);
    my @limits = $how eq 'mute' ? ('--timeout', 1500, '--tries', 2) : ();
    my @got = replies(ask(@trust, @limits, "\@tls://127.0.0.1#$at", map { "good$_.test/A" } 1 .. 3));
    is_deeply([map { $_->{outcome} } @got], [($outcome) x 3], "$how: outcomes");
    is($got[0]{why} =~ s/ within 3(?:\.\d+)? s;/;/r, $why =~ s/%s/tls:\/\/127.0.0.1#$at/r, "$how: why");
    is(() = slurp($said) =~ /^connection$/mg, $connections, "$how: connections");
}
my $closed = free_port();
my @got = outcome("tls://127.0.0.1#$closed", 'good');
is("@got[0, 2]", "connection_refused tls://127.0.0.1#$closed: connection refused", 'nobody listens');
@got = outcome("https://127.0.0.1:$closed", 'good');
is("@got[0, 2]", "connection_refused https://127.0.0.1:$closed/dns-query: connection refused", 'nor with HTTPS');

# ---- a resolver that speaks all of them ----

SKIP: {
    skip 'unbound is missing: ./configure --install-deps=test', 1 unless have('unbound');
    my %at = start_encrypted($good, 'example.test. MX 10 mx.example.test.', 'mx.example.test. A 192.0.2.2');
    my %server = (plain => "127.0.0.1#$at{plain}", tls => "tls://127.0.0.1#$at{tls}/dns.example.test",
        https => "https://dns.example.test:$at{https}/dns-query\@127.0.0.1");
    my %json;
    for my $how (sort keys %server) {
        my ($output, $status) = run_program($mxtrail, '--json', '--no-config', @trust, "\@$server{$how}", 'example.test');
        is($status, 0, "$how: it works") or diag(said());
        is(said(), '', "$how: without a word");
        $json{$how} = decode_json($output);
        is($json{$how}{source}{server}, $server{$how}, "$how: the server is named");
        my %ways = map { ("$_->{transport} $_->{server}" => 1) } @{ $json{$how}{queries} };
        is_deeply([keys %ways], [($how eq 'plain' ? 'udp' : $how) . " $server{$how}"], "$how: every query went so");
    }
    for my $how (qw(tls https)) {
        my ($differs, $status) = run_program($mxtrail, '--report', '--check', '--no-config', @trust, "\@$server{plain}",
            "--diff=\@$server{$how}", 'example.test');
        like($differs, qr/^  0 lines differ, [1-9]/m, "$how: and the answers are those of plain DNS");
    }

    # Wherever a server is named: in a line of a batch, in a list, in the configuration.
    my $batch = spew('names', "example.test \@$server{tls}\nmx.example.test \@$server{https}\n");
    my ($lines) = run_program($mxtrail, '--ordered', "--batch=$batch", '--no-config', @trust, "\@127.0.0.1#$at{plain}");
    my @asked = map { my $object = decode_json($_); my %servers = map { ($_->{server} => 1) } @{ $object->{queries} };
        join ' ', sort keys %servers } split /\n/, $lines;
    is_deeply(\@asked, [@server{qw(tls https)}], 'lines of a batch may name one each');
    my $config = spew('config', "[dns]\nca = " . authority() . "\n");
    my ($listed) = run_program($mxtrail, '--json', "--config=$config", "\@$server{plain}",
        '--resolvers', join(',', map { $server{$_} } qw(tls https plain)), 'example.test');
    my $resolvers = decode_json($listed)->{resolvers};
    is_deeply([map { "$_->{server} $_->{state} @{ $_->{records} }" } @{ $resolvers->{rows}[0]{answers} }],
        [map { "$server{$_} same 10 mx.example.test." } qw(tls https plain)], 'as a list of resolvers may');
    my ($nothing, $refused) = run_program($mxtrail, '--json', "\@$server{plain}", "\@$server{tls}", 'example.test');
    is($refused >> 8, 2, 'plain and encrypted servers are not mixed');
    is(said(), "mxtrail: \@server: encrypted and plain name servers cannot be combined\n", 'and that is said');

    # Thousands of queries at a time, over one connection.
    my @many = map { "n$_.example.test" } 1 .. 60;
    for my $how (qw(tls https)) {
        my ($summary) = run_program($mxtrail, '--batch=' . spew('many', join "\n", @many), '--summary', '--no-config', @trust, "\@$server{$how}");
        my %status = map { my $object = decode_json($_); ($object->{name} => $object->{status}) } split /\n/, $summary;
        is_deeply(\%status, { map { ("$_." => 'nxdomain') } @many }, "$how: a batch") or diag(said());
    }

    # What was recorded plays without a network and says the same.
    my $recording = "$folder/recording";
    my ($live) = run_program($mxtrail, '--json', '--no-config', @trust, "--record=$recording", "\@$server{plain}",
        "--resolvers=$server{tls}", 'example.test');
    my ($played) = run_program($mxtrail, '--json', '--no-config', "--replay=$recording", 'example.test');
    is_deeply(decode_json($played)->{resolvers}{rows}[0]{answers}[0]{records}, ['10 mx.example.test.'], 'a recording knows who answered');

    # On the screen.
  SKIP: {
        skip 'tmux is missing', 4 if !Tmux::have();
        my $t = Tmux->new("$mxtrail --no-history --no-config @trust \@$server{plain} example.test", width => 120, height => 36);
        ok($t->wait_for(qr/127\.0\.0\.1#$at{plain}.*1st.*mx\.example\.test/s), 'a page by plain DNS');
        $t->keys(':')->type("resolver $server{tls}")->keys('Enter');
        ok($t->wait_for(qr/\Q$server{tls}\E   \d+\/.*1st.*mx\.example\.test/s), ':resolver takes an encrypted one');
        $t->keys('c');
        ok($t->wait_for(qr/kdig \@127\.0\.0\.1 -p $at{tls} \+tls \+tls-ca \+tls-hostname=dns\.example\.test/), 'c has the command for it');
        $t->keys('q', ':')->type('resolver tls://dns.example.test/other')->keys('Enter');
        ok($t->wait_for(qr/a name after the slash belongs to an address/), 'what cannot be is refused');
        $t->close;
    }
    is((outcome("https://dns.example.test:$at{https}/nothing\@127.0.0.1", 'good'))[2],
        "https://dns.example.test:$at{https}/nothing\@127.0.0.1: the web server answers with status 404", 'another path');
    @got = outcome("https://other.test:$at{https}/dns-query\@127.0.0.1", 'good');
    is($got[0], 'untrusted', 'another name');
    like($got[2], qr/name matches target host name 'other\.test'/, 'and why');
    $reply = reply_to(ask("\@$server{https}", 'good.test/A'), 'good.test.');
    is($reply->{why}, "$server{https}: no authority that is trusted here signed its certificate", 'another authority');
    like(ask(@trust, "\@tls://127.0.0.1#$at{plain}", '--timeout', 500, '--tries', 1, 'good.test/A'), qr/ timeout none /,
        'a plain server is not spoken to in plain');
}

# ---- another server that speaks them ----

SKIP: {
    for my $server ('unbound', 'dnsdist') {
        skip "$server is not installed", 1 unless have($server);
    }
    my %behind = start_encrypted($good, 'example.test. MX 10 mx.example.test.', 'mx.example.test. A 192.0.2.2',
        map { "txt.example.test. TXT \"" . ("$_" x 200) . '"' } 0 .. 9);
    my %at = start_dnsdist($good, $behind{plain});
    my %server = (plain => "127.0.0.1#$at{plain}", tls => "tls://127.0.0.1#$at{tls}/dns.example.test",
        https => "https://dns.example.test:$at{https}/dns-query\@127.0.0.1");
    my %facts;
    for my $how (sort keys %server) {
        my ($output, $status) = run_program($mxtrail, '--json', '--no-config', @trust, "\@$server{$how}", 'example.test');
        is($status . said(), '0', "dnsdist, $how: without a word");
        my $json = decode_json($output);
        my %ways = map { ("$_->{transport} $_->{server}" => 1) } @{ $json->{queries} };
        is_deeply([keys %ways], [($how eq 'plain' ? 'udp' : $how) . " $server{$how}"], "dnsdist, $how: every query went so");
        delete $_->{server} for @{ $json->{findings} };
        $facts{$how} = [map { $json->{$_} } qw(mx mx_status a ns srv policy findings)];
    }
    for my $how (qw(tls https)) {
        is_deeply($facts{$how}, $facts{plain}, "dnsdist, $how: the answers are those of plain DNS");
        my $long = reply_to(ask(@trust, "\@$server{$how}", 'txt.example.test/TXT'), 'txt.example.test.');
        is("@$long{qw(outcome transport records)}", "answered $how 10", "dnsdist, $how: a long answer");
        my ($summary) = run_program($mxtrail, '--batch=' . spew('several', join "\n", map { "n$_.example.test" } 1 .. 60), '--summary',
            '--no-config', @trust, "\@$server{$how}");
        my %status = map { my $object = decode_json($_); ($object->{name} => $object->{status}) } split /\n/, $summary;
        is_deeply(\%status, { map { ("n$_.example.test." => 'nxdomain') } 1 .. 60 }, "dnsdist, $how: a batch") or diag(said());
    }
    @got = outcome("https://dns.example.test:$at{https}/nothing\@127.0.0.1", 'good');
    is("@got[0, 2]", "malformed https://dns.example.test:$at{https}/nothing\@127.0.0.1: the web server answers with status 404", 'dnsdist: another path');
}
done_testing();
