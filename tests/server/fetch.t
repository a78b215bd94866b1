#!/usr/bin/perl
# --fetch-policy: the MTA-STS policy over HTTPS (RFC 8461 3.3), from servers of every kind in a
# network of their own, and never from an address that name servers are not queried at.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin, "$FindBin::Bin/../terminal";
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use IO::Select;
use IO::Socket::IP;
use JSON::XS;
use Scripted;
use Servers;
use Test::More;
use Tmux;

plan skip_all => 'openssl is missing: ./configure --install-deps=test' unless have('openssl');

my $policy = "version: STSv1\r\nmode: enforce\r\nmx: mx.good.test\r\nmax_age: 86400\r\n";
my $plain = "HTTP/1.0 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n";
# Domain, address of its policy host, what that serves (undef: it listens and says nothing; '': it
# does not listen), and why nothing came; undef: the policy did.
my @cases = (
    ['good.test',   '5.6.7.1', "$plain$policy"],
    ['six.test',    '2a00:1::2', "$plain$policy"],
    ['moved.test',  '5.6.7.3', "HTTP/1.0 302 Found\r\nLocation: https://mta-sts.good.test/\r\n\r\n",
        'the server redirects, which senders do not follow'],
    ['none.test',   '5.6.7.4', "HTTP/1.0 404 Not Found\r\nContent-Type: text/plain\r\n\r\n$policy",
        'the server has no such page'],
    ['html.test',   '5.6.7.5', "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n$policy",
        'the page is not text/plain, which senders want'],
    ['long.test',   '5.6.7.6', $plain . $policy . ('x: ' . 'y' x 97 . "\r\n") x 700, 'it is too long'],
    ['other.test',  '5.6.7.7', "$plain$policy", qr/SSL: no alternative certificate subject name matches/],
    ['silent.test', '5.6.7.9', undef, qr/timed out/],
    ['closed.test', '5.6.7.10', '', qr/connect/],
);
my %address = (map({ $_->[0] => $_->[1] } @cases), 'inside.test' => '10.9.8.7');
in_namespace('9.8.7.6', values %address);
my $mxtrail = $ENV{MXTRAIL} || program('mxtrail');
my $folder = tempdir(CLEANUP => 1);

my $authority = authority();
my %listens;
for (@cases, ['inside.test', $address{'inside.test'}, undef]) {
    my ($domain, $address, $answer) = @$_;
    if (!defined $answer) {
        $listens{$domain} = IO::Socket::IP->new(LocalHost => $address, LocalPort => 443, Listen => 5) or die "$domain: $!";
    } elsif ($answer ne '') {
        make_path("$folder/$domain/.well-known");
        certify("$folder/$domain/cert", 'DNS:mta-sts.' . ($domain eq 'other.test' ? 'good.test' : $domain));
        open my $file, '>', "$folder/$domain/.well-known/mta-sts.txt" or die $!;
        print $file $answer;
        close $file or die $!;
        start_https($address, "$folder/$domain");
    }
}
scripted(sub {
    my ($name, $type) = @_;
    my ($front, $domain) = $name =~ /^(?:(_mta-sts|mta-sts|mx)\.)?(\w+\.test)$/ or return { rcode => 3 };
    my $address = $front && $front eq 'mta-sts' ? $address{$domain} : '5.6.7.8';
    my $six = $address =~ /:/;
    my %reply = (soa => $domain);
    $reply{records} = !$front && $type eq 'MX' ? [['MX', pack('n', 10) . name("mx.$domain")]]
        : !$front && $type eq 'SOA' ? [['SOA', Scripted::soa($domain)]]
        : $front && $front eq '_mta-sts' && $type eq 'TXT' ? [['TXT', pack('C/a*', 'v=STSv1; id=1;')]]
        : $front && $type eq ($six ? 'AAAA' : 'A')
        ? [[$type, Socket::inet_pton($six ? Socket::AF_INET6() : Socket::AF_INET(), $address)]] : [];
    return \%reply;
}, 53, '9.8.7.6');
$ENV{SSL_CERT_FILE} = $authority;

sub facts_of {
    my ($output, $status) = run_program($mxtrail, '--json', '@9.8.7.6', @_);
    return (decode_json($output)->{policy}{mta_sts}, said(), $status);
}

for (@cases) {
    my ($domain, undef, undef, $why) = @$_;
    my ($sts, $said, $status) = facts_of('--fetch-policy', '--time-limit=3', $domain);
    is($status, 0, "$domain: it is a report all the same");
    if (!defined $why) {
        is($sts->{policy}{mode}, 'enforce', "$domain: the policy came");
        is($said, '', "$domain: and nothing is said");
        next;
    }
    is($sts->{policy}, undef, "$domain: no policy");
    like($said, ref $why ? $why : qr/^mxtrail: \Q$domain\E: the MTA-STS policy was not fetched: \Q$why\E$/, "$domain: why");
}
is((facts_of('good.test'))[0]{policy}, undef, 'without the option nothing is fetched');

my ($sts, $said) = facts_of('--fetch-policy', 'inside.test');
like($said, qr/^mxtrail: inside\.test: no policy is fetched: the addresses of its policy host are not connected to/,
    'an address inside is not connected to, and that is said');
ok(!IO::Select->new($listens{'inside.test'})->can_read(0), 'nobody came');
facts_of('--fetch-policy', '--ask-private', '--time-limit=1', 'inside.test');
ok(IO::Select->new($listens{'inside.test'})->can_read(0), 'somebody did when the option says so');

delete local $ENV{SSL_CERT_FILE};
like((facts_of('--fetch-policy', 'good.test'))[1], qr/SSL certificate problem/, 'an authority that nobody knows is not trusted');
$ENV{SSL_CERT_FILE} = $authority;

# What was fetched is in the recording, and is the policy when it is played.
my @recorded = facts_of('--fetch-policy', "--record=$folder/recording", 'good.test');
my ($output) = run_program($mxtrail, '--json', "--replay=$folder/recording", 'good.test');
is_deeply(decode_json($output)->{policy}{mta_sts}, $recorded[0], 'a recording plays it');

SKIP: {
    skip 'tmux is missing', 5 if !Tmux::have();
    my $t = Tmux->new("$mxtrail --no-history --no-config \@9.8.7.6 good.test", width => 220, height => 50,
        env => { SSL_CERT_FILE => $authority });
    ok($t->wait_for(qr{ (\d+)/\1 .*MTA-STS.*found}s), 'the screen has not fetched it');
    $t->keys(':')->type('fetch policy')->keys('Enter');
    ok($t->wait_for(qr/the MTA-STS policy of good\.test is here: mode enforce/), ':fetch policy says what came');
    $t->keys('J');
    ok($t->wait_for(qr/MTA-STS.*mode enforce: senders/), 'and the journey knows it');
    $t->keys('q');
    $t->keys('o')->type('none.test')->keys('Enter');
    ok($t->wait_for(qr{none\.test.* (\d+)/\1 .*MTA-STS}s), 'another name');
    $t->keys(':')->type('fetch policy')->keys('Enter');
    ok($t->wait_for(qr/was not fetched: the server has no such page/), 'a failure is said there, too');
    $t->close;
}
done_testing();
