#!/usr/bin/perl
# Premade answers of ldns-testns: messages no sound server would send.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Servers;
use Test::More;

plan skip_all => 'ldns-testns is missing (./configure --install-deps=test)' unless have('ldns-testns');

sub entry {
    my ($name, $header, $answer, $match) = @_;
    $match //= 'qname qtype';
    return "ENTRY_BEGIN\nMATCH opcode $match\nREPLY QR $header\nADJUST copy_id\n"
        . "SECTION QUESTION\n$name IN A\nSECTION ANSWER\n$answer\nENTRY_END\n";
}

my $chain = join "\n", map { "link$_.test. 60 IN CNAME link" . ($_ + 1) . '.test.' } 0 .. 19;
my ($port) = start_testns(join '',
    entry('good.test.', 'AA NOERROR', 'good.test. 60 IN A 192.0.2.1'),
    entry('extra.test.', 'AA NOERROR',
        "extra.test. 60 IN A 192.0.2.1\nvictim.test. 60 IN A 192.0.2.66"),
    entry('stray.test.', 'AA NOERROR', 'victim.test. 60 IN A 192.0.2.66'),
    entry('loop.test.', 'AA NOERROR',
        "loop.test. 60 IN CNAME pool.test.\npool.test. 60 IN CNAME loop.test."),
    entry('link0.test.', 'AA NOERROR', $chain),
    entry('broken.test.', 'AA SERVFAIL', 'broken.test. 60 IN A 192.0.2.66'),
    entry('gone.test.', 'AA NXDOMAIN', 'gone.test. 60 IN A 192.0.2.66'),
    entry('notauth.test.', 'NOTAUTH', ''),
    entry('stream.test.', 'AA NOERROR', 'stream.test. 60 IN A 192.0.2.1', 'TCP qname qtype'),
    entry('stream.test.', 'AA TC NOERROR', 'stream.test. 60 IN A 192.0.2.66', 'UDP qname qtype'),
);
my $output = ask("\@127.0.0.1#$port", map { "$_.test/A" }
    qw(good extra stray loop link0 broken gone notauth stream));

# name, outcome, records of the answer, transport, why
for (
    ['good', 'answered', 1, 'udp'],
    ['extra', 'answered', 1, 'udp'],
    ['stray', 'nodata', 0, 'udp'],
    ['loop', 'nodata', 0, 'udp', qr/form a loop/],
    ['link0', 'nodata', 0, 'udp', qr/16/],
    ['broken', 'servfail', 0, 'udp', qr/SERVFAIL/],
    ['gone', 'nxdomain', 0, 'udp'],
    ['notauth', 'servfail', 0, 'udp', qr/NOTAUTH/],
    ['stream', 'answered', 1, 'tcp'],
) {
    my ($name, $outcome, $records, $transport, $why) = @$_;
    my $reply = reply_to($output, "$name.test.");
    is($reply->{outcome}, $outcome, "$name: outcome");
    is($reply->{records}, $records, "$name: records that answer the question");
    is($reply->{transport}, $transport, "$name: transport");
    like($reply->{why}, $why, "$name: why") if $why;
}

done_testing();
