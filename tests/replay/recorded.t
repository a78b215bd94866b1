#!/usr/bin/perl
# What shaped a recording stands at its head, and a replay shows the same without any option.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use Test::More;

my $zone = example('good.zone', "\@ MX 10 mx1\n\@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n");
my @options = ('--profile', 'exim', '--down', 'mx1.example.com', '--as', 'mx2.example.com',
    '--ignore', 'mx-v4-only,spf-none', '--family', '4', '--spf-ip', '192.0.2.1', '--spf-from', 'a@example.com');

# ---- reports ----

my $recording = scratch . '/recording';
my $recorded = json('--zone', $zone, '--record', $recording, @options, 'example.com');
my $replayed = json('--replay', $recording, 'example.com');
for my $part ('route', 'policy', 'findings') {
    is_deeply($replayed->{$part}, $recorded->{$part}, "without repeating the options: the same $part");
}
is($replayed->{route}{profile}, 'exim', 'of the sender recorded');
is(json('--replay', $recording, '--profile', 'postfix', 'example.com')->{route}{profile}, 'postfix',
    'an option given now counts more');

# ---- the screen ----

my $replies = join '', map { /^# option/ ? () : $_ } lines($recording);
my ($first, $rest) = $replies =~ /\A(#.*?\n)(.*)\z/s;

sub lines { open my $in, '<', $_[0] or die; return <$in> }

sub screen {
    my ($head, @events) = @_;
    my $path = file('screen.rec', join '', $first, (map { "$_\n" } $head ? split(/\n/, $head) : ()),
        "0 resize 100 30\n0 submit example.com\n", $rest, map { "9 $_\n" } @events);
    return report('--replay', $path, '--dump', '--ascii');
}

# A report records replies only: on the screen its names are looked up in them.
{
    my $plain = scratch . '/plain';
    json('--zone', $zone, '--record', $plain, 'example.com');
    my ($head, @replies) = lines($plain);
    my $session = file('session.rec', join '', $head, "0 submit example.com\n", @replies);
    my ($title, @shown) = split /\n/, report('--replay', $plain, '--dump', '--ascii', 'example.com');
    my (undef, @expected) = split /\n/, report('--replay', $session, '--dump', '--ascii');
    like($title, qr/^ mxtrail  example\.com +replay plain +(\d+)\/\1 /, 'the name of the command line is looked up');
    is_deeply(\@shown, \@expected, 'and all shown as in a session');
    like((split /\n/, report('--replay', $plain, '--dump', '--ascii', '--matrix', 'example.com'))[2], qr/^\+- All senders compared/,
        'with what else was asked for');
}

# What came at once on the screen is told in one frame ("replies"): a report reads those, too.
{
    my $plain = scratch . '/plain';
    my ($head, @replies) = lines($plain);
    my $at_once = file('at-once.rec', join '', $head, "0 submit example.com\n", (map { s/^0 reply /0 replies /r } @replies[0 .. $#replies - 1]), $replies[-1]);
    my ($those, $these) = map { json('--replay', $_, 'example.com') } $plain, $at_once;
    delete $_->{source} for $those, $these;
    is_deeply($these, $those, 'a session of the screen, told by --json');
    is($these->{status}, 'answered', 'which was answered');
}

like(screen('', 'key Enter'), qr/Delivery to example\.com  RFC 5321 /, 'a recording without such lines is as it was');
like(screen("# option --profile=exim\n# option --down=mx1.example.com", 'key Enter'),
    qr/Delivery to example\.com  Exim.*mx1\.example\.com 192\.0\.2\.1.*refused/s, 'sender and hosts that are down');
like(screen("# setting ui.panes = 2 1 3 4 5 6"), qr/- 1 A \/ AAAA -.*- 2 MX -/, 'places of the panes');
like(screen("# setting ui.raw-ttl = yes"), qr/ 3600 *\|/, 'times as seconds');
like(screen("# setting keys.simulate = s", 'key s'), qr/Delivery to example\.com/, 'other keys');
like(screen("# setting keys.simulate = s", 'key Enter'), qr/- 1 MX -/, 'in place of those there were');
like(screen("# setting ui.lesson = order", 'key i'), qr/- 2 Only the order matters -/, 'the lesson it was started in');

# ---- the user's own configuration does not shape what others recorded ----

mkdir "$ENV{HOME}/.config";
mkdir "$ENV{HOME}/.config/mxtrail";
open my $config, '>', "$ENV{HOME}/.config/mxtrail/config" or die $!;
print $config "[ui]\npanes = 6 5 4 3 2 1\nraw-ttl = yes\n[keys]\nsimulate = F9\n";
close $config;
my $own = screen("# setting ui.raw-ttl = no\n# setting ui.panes = 1 2 3 4 5 6", 'key Enter');
like($own, qr/Delivery to example\.com/, 'keys as recorded');
unlike($own, qr/ 3600 *\|/, 'times as recorded');
unlink "$ENV{HOME}/.config/mxtrail/config";

# ---- a recording may come from anybody ----

my $written = scratch . '/written';
unlike(screen("# option --record=$written\n# option --batch=/etc/passwd\n# option --zone=/etc/passwd\n# setting ui.theme = x"),
    qr/root/, 'other options are not taken from it');
ok(!-e $written, 'and write nothing');
my $bad = file('bad.rec', $first . "# option --profile=nobody\n" . $rest);
my ($status, $out, $err) = mxtrail('--replay', $bad, '--json', 'example.com');
is("$status$out", '2', 'a value that cannot be: status 2');
like($err, qr/--profile nobody: must be one of/, 'said why');
my $words = file('words.rec', "# mxtrail recording x reply y\n" . $rest);
is(json('--replay', $words, 'example.com')->{status}, 'answered', 'a comment is no reply');

# ---- a line that is taken while it is looked at ----

for my $line (':as ', ':as mx1', ':help', ':', 'example.org', 'a b', "\xc3\xbc") {
    my $path = file('line.rec', "${first}0 resize 80 24\n5 edit 3 $line\n9 key Enter\n");
    my ($status) = mxtrail('--replay', $path, '--dump');
    is($status, 0, "a recording in which Enter is pressed on \"$line\" plays to its end");
}

# ---- a program that was ended while it recorded ----

my $session = "${first}0 resize 80 24\n0 submit example.com\n${rest}9 key Enter\n10 key Down\n12 note caf\xc3\xa9\n";
my (@wrong, %said);
for my $at (map { length($session) - $_ } 0 .. 60, map { 97 * $_ } 1 .. 30) {
    my $path = file('cut.rec', substr $session, 0, $at);
    for my $form ('--json', '--dump') {
        my ($status, undef, $err) = mxtrail('--replay', $path, $form, $form eq '--json' ? 'example.com' : ());
        push @wrong, "$form of $at octets: status $status, $err"
            if $status || $err !~ /\A(?:mxtrail: \Q$path\E:\d+: the last line is torn: the recording ends before it\n)?\z/;
        $said{ $err ? 'torn' : 'whole' }++;
    }
}
is_deeply(\@wrong, [], 'a torn last line is the end of the recording, and nothing else is said');
cmp_ok($said{$_} // 0, '>', 4, "some are $_") for 'torn', 'whole';
my ($state, undef, $complaint) = mxtrail('--replay', file('end.rec', "${first}0 resize 80 24\n5 dance\n"), '--dump');
is($state, 4, 'a whole line that means nothing is a fault as before');
like($complaint, qr/end\.rec:\d+: there is no such kind of event/, 'with file and line');

# ---- a long one ----

# The memory that a replay takes does not grow with it.
sub measured { return ($ENV{builddir} || '.') . '/tests/server/measured' }
my $once = length $rest;
my $times = int(48 * 1024 * 1024 / $once);
my $long = file('long.rec', "${first}0 resize 80 24\n0 submit example.com\n");
open my $more, '>>', $long or die "$long: $!";
print $more $rest for 1 .. $times;
close $more or die "$long: $!";
for my $form ('--json', '--dump') {
    my ($status, $out, $err) = shell("exec '" . measured() . "' 0 \"\$M\" --replay '$long' $form"
        . ($form eq '--json' ? ' example.com' : ''));
    my ($kib) = $err =~ /^resident (\d+) KiB$/m;
    is($status, 0, "$form: 48 MiB of recording are replayed");
    like($out, qr/example\.com/, "$form: to what they show");
    SKIP: {
        skip 'a program made to find faults takes more memory', 1
            if $ENV{VALGRIND} || ($ENV{COMPILE} // '') =~ /-fsanitize=/;
        cmp_ok($kib, '<', 48 << 10, "$form: in less memory than they are long");
    }
    diag "$form of 48 MiB: $kib KiB" if $ENV{VERBOSE};
}

my (undef, undef, $piped) = shell("cat '$recording' | \"\$M\" --replay /dev/stdin --json example.com");
is($piped, "mxtrail: /dev/stdin: a pipe cannot be read twice\n", 'a recording that cannot be read twice is not half read');

done_testing;
