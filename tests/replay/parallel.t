#!/usr/bin/perl
# The recipes of help/batch.txt: GNU parallel with several processes, gone on with after a stop, and
# over ssh to this machine; each gives the lines that one process gives.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use File::Temp qw(tempdir);
use IO::Socket::IP;
use Mxtrail;
use Test::More;

sub have { my ($command) = @_; return grep { -x "$_/$command" } split(/:/, $ENV{PATH}), '/usr/sbin' }

plan skip_all => 'GNU parallel is missing: ./configure --install-deps=test'
    unless have('parallel') && `parallel --version 2>/dev/null` =~ /\AGNU parallel/;
my $mxtrail = $ENV{MXTRAIL} || ($ENV{builddir} // '.') . '/mxtrail';
my $zone = "$FindBin::Bin/../../help/lessons/first-choice.zone";
my $folder = tempdir(CLEANUP => 1);
$ENV{HOME} = $folder;
my $command = "$mxtrail --zone $zone --summary --batch";

sub write_file {
    my ($name, $text) = @_;
    open my $out, '>', "$folder/$name" or die "$folder/$name: $!";
    print $out $text;
    close $out or die "$folder/$name: $!";
}

sub sorted { my ($text) = @_; return [sort split /\n/, $text] }
sub lines { my ($line) = @_; my $output = `cd $folder && $line`; return ($output, $?) }

write_file('names.txt', join '', map { "$_\n" } 'example.com', map { "n$_.example.com" } 1 .. 39);
my $expected = sorted((lines("$command names.txt"))[0]);
is(@$expected, 40, 'one process answers every name');

my ($output, $status) = lines("parallel --will-cite --pipe -N7 -j2 $command - <names.txt");
is($status, 0, 'two processes end well');
is_deeply(sorted($output), $expected, 'and write the same lines');

# A run that was stopped after the first file, and one that had written half of a file.
lines('split -n l/4 names.txt part.');
my $jobs = "parallel --will-cite --joblog log --resume -j2 $command {} --resume {}.json '>>' {}.json :::";
is((lines("$jobs part.aa"))[1], 0, 'the first file');
my ($half) = lines("head -n4 part.ab | $command -");
write_file('part.ab.json', $half . '{"mxtrail":1,"inp');
is((lines("$jobs part.a? 2>/dev/null"))[1], 0, 'gone on with');
($output) = lines(q(cat part.a?.json | grep '^{.*}$'));
is_deeply(sorted($output), $expected, 'every name has one line');
my ($log) = lines('cat log');
is(scalar(() = $log =~ /part\.aa/g) / 3, 1, 'the file that was done was not done again') or diag $log;

# ssh to this machine, with a server of this test's own.
SKIP: {
    my ($sshd) = grep { -x } map { "$_/sshd" } '/usr/sbin', split /:/, $ENV{PATH};
    skip 'ssh, an ssh server or rsync is missing', 2 unless $sshd && have('ssh') && have('ssh-keygen') && have('rsync');
    system("ssh-keygen -q -t ed25519 -N '' -f $folder/host && ssh-keygen -q -t ed25519 -N '' -f $folder/user") and die;
    rename "$folder/user.pub", "$folder/keys" or die $!;
    my $port = IO::Socket::IP->new(LocalHost => '127.0.0.1', Listen => 1)->sockport;
    write_file('sshd.conf', "Port $port\nListenAddress 127.0.0.1\nHostKey $folder/host\nPidFile $folder/sshd.pid\n"
        . "AuthorizedKeysFile $folder/keys\nStrictModes no\nUsePAM no\nPermitRootLogin yes\nPasswordAuthentication no\n");
    write_file('ssh.conf', "Port $port\nIdentityFile $folder/user\nStrictHostKeyChecking no\nUserKnownHostsFile /dev/null\nLogLevel ERROR\n");
    my ($said) = lines("$sshd -f $folder/sshd.conf 2>&1");
    skip "the ssh server does not start here: $said", 2 if $said ne '' || !wait_for_ssh($port);
    my $over = "parallel --will-cite -j2 --ssh 'ssh -F $folder/ssh.conf' --sshlogin 127.0.0.1 --wd $folder/far"
        . " --transferfile {} --return {}.json --cleanup $command {} '>' {}.json ::: part.aa part.ab part.ac part.ad";
    lines('rm -f part.a?.json; mkdir far');
    is((lines("$over 2>&1"))[1], 0, 'over ssh') or diag((lines("$over 2>&1"))[0]);
    ($output) = lines('cat part.a?.json');
    is_deeply(sorted($output), $expected, 'and the same lines come back');
    kill 'TERM', (lines("cat $folder/sshd.pid"))[0] =~ /^(\d+)/;
}

sub wait_for_ssh {
    my ($port) = @_;
    for (1 .. 200) {
        return 1 if IO::Socket::IP->new(PeerHost => '127.0.0.1', PeerPort => $port);
        select undef, undef, undef, 0.05;
    }
    return 0;
}
done_testing();
