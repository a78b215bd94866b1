#!/usr/bin/perl
# No memory left, at the k-th allocation for many k, whichever library asks for it: the program
# says so in one sentence, its status is 70, and the terminal is as it was.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../terminal";
use File::Temp qw(tempdir);
use Test::More;
use Tmux;

my $builddir = $ENV{builddir} // '.';
my $mxtrail = "$builddir/mxtrail";
my $zone = "$FindBin::Bin/../../help/lessons/order.zone";
my $sentence = "mxtrail: memory: none left\n";
BAIL_OUT("$mxtrail is not there") if !-x $mxtrail;

sub slurp { open my $file, '<', $_[0] or return ''; local $/ = undef; return <$file> // '' }

plan skip_all => 'valgrind has an allocator of its own' if ($ENV{VALGRIND} // '') eq 'yes';
plan skip_all => 'the sanitizers have an allocator of their own' if ($ENV{COMPILE} // '') =~ /-fsanitize=/;
plan skip_all => 'libraries cannot be helped on this system'
    if slurp("$builddir/src/config.h") !~ /^#define HAVE_RTLD_NEXT/m;

my $folder = tempdir(CLEANUP => 1);
my $failing = "$folder/failing_malloc.so";
my $compiler = $ENV{CC} || 'cc';
plan skip_all => 'no shared library can be made here'
    if system("$compiler -std=c11 -D_DEFAULT_SOURCE -shared -fPIC -o $failing $FindBin::Bin/failing_malloc.c 2>$folder/errors");

# The status and what is said on standard error when memory ends at the k-th allocation (0: never).
sub run {
    my ($k, @arguments) = @_;
    my $pid = fork // die "fork: $!";
    if ($pid == 0) {
        open STDOUT, '>', "$folder/output";
        open STDERR, '>', "$folder/errors";
        exec 'env', "LD_PRELOAD=$failing", "FAIL_FROM=$k", "COUNT_TO=$folder/count", $mxtrail, @arguments;
    }
    waitpid $pid, 0;
    return ($? & 127 ? "signal $?" : $? >> 8, slurp("$folder/errors"));
}

# The first ones, and others at equal distances up to that share of all.
sub places {
    my ($how_many, $first, $share) = @_;
    my $all = slurp("$folder/count") * $share;
    return (1 .. $first, map { $first + 1 + int(($all - $first - 1) * $_ / $how_many) } 0 .. $how_many);
}

for my $arguments (['--report', '--demo=order'], ['--json', '--simulate', '--demo=spf-budget'], ['--help']) {
    subtest "@$arguments" => sub {
        is((run(0, @$arguments))[0], 0, 'runs with memory');
        my @wrong;
        for my $k (places(50, 10, 1)) {
            my ($status, $said) = run($k, @$arguments);
            push @wrong, "allocation $k: status $status, $said" if $status ne '70' || $said ne $sentence;
        }
        is_deeply(\@wrong, [], 'and ends cleanly without');
    };
}

subtest 'a batch' => sub {
    open my $out, '>', "$folder/names" or die $!;
    print $out map { "n$_.example.com\n" } 1 .. 40;
    close $out;
    my @arguments = ('--zone', $zone, '--batch', "$folder/names");
    is((run(0, @arguments))[0], 0, 'runs with memory');
    my @whole = split /^/, slurp("$folder/output");
    is(scalar @whole, 40, 'to its end');
    my ($wrong, $most) = ('', 0);
    for my $k (places(30, 3, 1)) {
        my ($status, $said) = run($k, @arguments);
        my @lines = split /^/, slurp("$folder/output");
        $wrong .= "allocation $k: status $status, $said\n" if $status ne '70' || $said ne $sentence;
        $wrong .= "allocation $k: not the first lines, each whole\n" if join('', @lines) ne join('', @whole[0 .. $#lines]);
        $most = @lines if @lines > $most;
    }
    is($wrong, '', 'ends cleanly without, and what was finished is out');
    cmp_ok($most, '>', 30, 'up to nearly all of it');
};

sub screen {
    my ($k) = @_;
    my $terminal = Tmux->new("env LD_PRELOAD=$failing FAIL_FROM=$k COUNT_TO=$folder/count $mxtrail --no-history --zone $zone example.com",
        width => 100, height => 30);
    my $shows = sub {
        my ($what) = @_;
        $terminal->until_true(sub { $terminal->ended || $terminal->screen =~ $what });
        return $terminal;
    };
    $shows->(qr/1st +5 /)->keys('Enter');
    $shows->(qr/Delivery to/)->keys('3', 'Q');
    return $terminal;
}

subtest 'the screen' => sub {
    plan skip_all => 'tmux is missing' if !Tmux::have();
    my $whole = screen(0);
    is($whole->wait_for_end, 0, 'runs with memory');
    $whole->close;
    for my $k (places(10, 1, 0.95)) {
        my $terminal = screen($k);
        is_deeply([$terminal->wait_for_end, $terminal->errors . "\n", $terminal->damage], [70, $sentence, ''],
            "allocation $k: status, sentence and terminal are right");
        $terminal->close;
    }
};

done_testing();
