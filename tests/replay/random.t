#!/usr/bin/perl
# Domains that nobody thought of, of the grammar that cures.t has as well, and keys that nobody
# would press: text, JSON and screen say the same, and say it again. ROUNDS of them from SEED on; a
# sequence of events that fails is cut down to those that matter.
use strict;
use warnings;
use utf8;
use FindBin;
use lib $FindBin::Bin;
use JSON::XS;
use List::Util qw(shuffle uniq);
use Mxtrail;
use Test::More;

binmode Test::More->builder->$_, ':encoding(UTF-8)' for qw(output failure_output todo_output);
my $generator = ($ENV{builddir} || '.') . '/tests/replay/domain';
my ($rounds, $first) = ($ENV{ROUNDS} || 12, $ENV{SEED} || 1);
my $canonical = JSON::XS->new->canonical;

# The domain of a seed: its name, the lines in front of its records, and the records.
sub domain_of {
    my ($seed) = @_;
    my ($status, $text) = shell("'$generator' $seed");
    die "no domain for seed $seed" if $status;
    my ($name) = $text =~ /^; name: (\S+)/;
    my ($head, @records) = split /^(?=\@ NS )/m, $text, 2;
    return ($name, $head, [split /(?<=\n)(?! )/, join '', @records]);
}

# What a report judges, without the order in which records came.
sub judged {
    my ($facts) = @_;
    return $canonical->encode({
        findings => [sort map { "$_->{severity} $_->{id} $_->{subject}" } @{ $facts->{findings} }],
        verdicts => [map { "$_->{profile} $_->{verdict} $_->{code}" } @{ $facts->{matrix} }],
        counts => { map { ($_ => scalar @{ $facts->{$_} }) } qw(mx a aaaa ns txt srv) },
        asked => $facts->{asked},
    });
}

# Another order of the file, but that of the records of one set, which senders may go by.
sub reordered {
    my @records = @_;
    my %sets;
    for (@records) {
        my ($name, $type) = /^(\S+) +(?:\d+ +)?([A-Z]+) /;
        push @{ $sets{ ($name // '') . ' ' . ($type // '') } }, $_;
    }
    return map { my ($name, $type) = /^(\S+) +(?:\d+ +)?([A-Z]+) /; shift @{ $sets{ ($name // '') . ' ' . ($type // '') } } }
        shuffle @records;
}

sub counted {
    my ($facts) = @_;
    my %count;
    $count{ $_->{severity} }++ for @{ $facts->{findings} };
    my @words = map { $count{$_} ? "$count{$_} $_" . ($count{$_} == 1 || $_ eq 'unknown' ? '' : 's') : () }
        qw(error warning notice unknown);
    return join(', ', @words) || 'none';
}

# A recording with the answers of the zone, and what happens after them. As from a zone all that is
# asked at once is answered at once, and what is not queried yet comes again.
sub recording {
    my ($zone, $name, @events) = @_;
    my $path = file('answers', '');
    mxtrail('--zone', $zone, '--report', '--force', '--record', $path, $name);
    open my $in, '<:raw', $path or die "$path: $!";
    my ($head, @replies) = <$in>;
    my @file = grep { /^# flaw/ } @replies; # what is said of the file as a whole
    s/^\d+ repl\w+/1 replies/ for @replies = grep { /^\d+ repl/ } @replies;
    $replies[-1] =~ s/replies/reply/;
    my $at = 2;
    return file('random.rec', join '', $head, @file, "0 resize 120 200\n1 submit $name\n", (@replies) x 10,
        map { $at++ . " $_\n" } 'tick', @events);
}

# What the two plays of these events have in common; '' when nothing is wrong, else what.
sub fault_of {
    my ($zone, $name, @events) = @_;
    my $path = recording($zone, $name, @events);
    my @screens = map { [eval { mxtrail('--replay', $path, '--dump') } ] } 1, 2;
    return "a signal: $@" if !@{ $screens[0] };
    return "status $screens[0][0]: $screens[0][2]" if $screens[0][0];
    return "said: $screens[0][2]" if $screens[0][2] ne '';
    return $screens[0][1] eq $screens[1][1] ? '' : 'another screen the second time';
}

# Leaves out whatever is not needed for the fault.
sub cut_down {
    my ($zone, $name, @events) = @_;
    for (my $i = 0; $i < @events;) {
        my @fewer = @events[grep { $_ != $i } 0 .. $#events];
        fault_of($zone, $name, @fewer) ? (@events = @fewer) : $i++;
    }
    return @events;
}

# What text and screen say for an id of JSON.
my %word = (deliver => 'delivered', local => 'delivered locally', bounce => 'bounced', defer => 'deferred', freeze => 'frozen', loop => 'loop');
my @keys = (split(' ', 'Enter Space Tab BackTab Esc Up Down Left Right PgUp PgDn Home End'),
    split(//, 'hjklgGnNzsfrtyYcdpPMSxbaJLOAvVWiIXTm?,.;123456+-*=<>/'), qw(C-l C-d C-u C-p C-n F1 F3 F5 F6 M-Left));
my @commands = ('simulate', 'simulate 7', 'matrix', 'compare postfix exim', 'journey', 'ttl', 'servers', 'spf 192.0.2.1',
    'whatif add mx 1 mx1', 'whatif remove mx mx2', 'whatif undo', 'whatif', 'srv _x._tcp', 'rotate', 'names a,b',
    'dkim x', 'down mx1', 'profile qmail', 'family 6', 'timeline mx1@0h-2h', 'diff example.com', 'queries', 'message',
    'settings', 'help', 'record x', 'export x.txt', 'as mx2', 'roll 3', 'lessons', 'sort', 'zoom', 'theme mono', 'q');
my @sizes = ('120 36', '80 24', '40 10', '30 5', '200 50', '60 20');

sub random_event {
    my $what = int rand 10;
    return 'submit :' . $commands[rand @commands] if $what < 2;
    return "resize $sizes[rand @sizes]" if $what == 2;
    return 'mouse ' . (qw(press double wheel-up wheel-down))[rand 4] . ' ' . int(rand 130) . ' ' . int(rand 40) if $what == 3;
    return 'tick' if $what == 4;
    return "key $keys[rand @keys]";
}

for my $seed ($first .. $first + $rounds - 1) {
    srand $seed;
    my ($name, $head, $records) = domain_of($seed);
    my $zone = file('random.zone', join '', $head, @$records);
    my @all = ('--zone', $zone, '--matrix', $name);
    my $json = report('--json', @all);
    my $facts = decode_json($json);

    subtest "seed $seed: text, JSON and screen say the same" => sub {
        my $text = report('--report', @all);
        my @told = map { [split ' ', $_] } $text =~ /^  ((?:error|warning|notice|unknown) +[\w-]+),/mg;
        is_deeply([uniq sort map { "@$_" } @told],
            [uniq sort map { "$_->{severity} $_->{id}" } grep { $_->{severity} ne 'ok' } @{ $facts->{findings} }],
            'findings; of many alike a few are listed');
        my ($title) = map { s/(?:^|, )0 \w+//gr =~ s/^, //r } $text =~ /^Findings: (.*)$/m;
        is($title // 'none', counted($facts), 'how many of each kind');
        my %text_verdicts = map { /^  (\S+) +(\w+(?: locally)?)(?: +(\d\.\d+\.\d+))?/ ? ($1 => join ' ', $2, $3 // ()) : () }
            split /\n/, ($text =~ /^All senders compared.*?\n(.*?)\n\n/ms)[0] // '';
        my %verdicts = map { ($_->{profile} => join ' ', grep { $_ ne '' } $word{ $_->{verdict} }, $_->{code}) } @{ $facts->{matrix} };
        is_deeply([map { "$_ " . ($text_verdicts{$_} // 'none') } sort keys %verdicts], [map { "$_ $verdicts{$_}" } sort keys %verdicts],
            'verdicts of all senders');
        my (undef, $screen) = mxtrail('--replay', recording($zone, $name), '--dump');
        utf8::decode($screen);
        like($screen, qr/ 6 Findings ─+ \Q@{[counted($facts)]}\E ─/, 'the screen counts as many');
        like($screen, qr{ (\d+)/\1 }, 'and waits for nothing');
        my $asked = $screen =~ m{ (\d+)/\1 } ? $1 : 0;
        is($asked, $facts->{asked}, 'as many questions were asked');
        my (undef, $matrix) = mxtrail('--replay', recording($zone, $name, 'submit :matrix'), '--dump');
        for my $profile (sort keys %verdicts) {
            like($matrix, qr/\b\Q$profile\E +\Q$verdicts{$profile}\E/i, "$profile on the screen") or last;
        }
    };

    subtest "seed $seed: what does not matter changes nothing" => sub {
        my $shuffled = file('random.zone', join '', $head, reordered(@$records));
        is(judged(json('--zone', $shuffled, '--matrix', $name)), judged($facts), 'the order of the file');
        my $more = file('random.zone', join '', $head, @$records, "nobody-asks-for-this TXT \"x\"\n");
        is($canonical->encode(json('--zone', $more, '--matrix', $name)), $canonical->encode($facts), 'a record of its own');
        file('random.zone', join '', $head, @$records);
        is(report('--json', @all), $json, 'the second run');
        my @drawn = ('--simulate=300', '--seed', $seed, '--as', 'mx1');
        is(report('--report', @drawn, @all), report('--report', @drawn, @all), 'the same seed, to the byte');
    };

    subtest "seed $seed: what if is as in the edited file" => sub {
        plan skip_all => 'not of the domain itself' if $name ne 'example.com.';
        my ($owner) = grep { /^\@ +(?:\d+ )? *MX/ } @$records;
        my $edit = 'add mx 3 what-if.example.net.';
        my $edited = file('edited.zone', join '', $head, @$records, "\@ MX 3 what-if.example.net.\n");
        my $after = json('--zone', $edited, $name)->{route};
        my $whatif = json('--zone', $zone, '--whatif', $edit, $name)->{whatif};
        my $route = sub { [map { "$_->{preference} $_->{exchange} $_->{state}" } sort { $a->{exchange} cmp $b->{exchange} || $a->{preference} <=> $b->{preference} } @{ $_[0]{hosts} }] };
        plan skip_all => 'the edit is refused' if !$whatif || !$whatif->{after};
        is("$whatif->{after}{verdict} $whatif->{after}{code}", "$after->{verdict} $after->{code}", 'the verdict');
        is_deeply($route->($whatif->{after}), $route->($after), 'every host');
    };

    my @events = map { random_event() } 1 .. 30;
    my $fault = fault_of($zone, $name, @events);
    is($fault, '', "seed $seed: 30 random events, twice")
        or diag join "\n", 'these suffice:', cut_down($zone, $name, @events);
}
done_testing();
