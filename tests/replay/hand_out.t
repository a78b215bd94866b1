#!/usr/bin/perl
# What a lesson leaves behind: the hand-out, the asciicast of a recording, the presenter's page, and
# copies to start from.
use strict;
use warnings;
use utf8;
use FindBin;
use lib $FindBin::Bin;
use Encode qw(decode_utf8);
use JSON::XS;
use Mxtrail;
use Test::More;

sub slurp {
    my ($path) = @_;
    open my $in, '<:raw', $path or return '';
    local $/;
    return scalar <$in>;
}

# ---- on paper ----

my $page = slurp("$ENV{srcdir}/help/lessons/first-choice.txt");
for my $form ('text', 'md') {
    my ($status, $out, $err) = mxtrail('--demo=3', "--print=$form");
    is($status, 0, "$form: printed");
    my ($before, $answers) = $out =~ /\A(.*)^(?:## )?Answers$(.*)\z/ms;
    like($before, qr/^(?:# )?Lesson 3: First choice, then the next$/m, "$form: the title");
    like($before, qr/^    example\.com\. .*MX 10 mx1\.example\.com\.$/m, "$form: records");
    unlike($before, qr/SOA|IN NS/, "$form: no SOA or NS");
    my @steps = $page =~ /^## (.*)$/mg;
    is_deeply([$before =~ /^(?:## )?\d+\. (.*)$/mg], \@steps, "$form: its steps, these and no others");
    like($before, qr/Keys: `?Enter`?, `?Space`?/, "$form: keys");
    like($before, qr/mx1\.example\.com 192\.0\.2\.1 accepted/, "$form: what the window shows");
    unlike($out, qr/Collect votes/, "$form: no note");
    unlike($before, qr/Only the order matters/, "$form: no answer before the answers");
    like($answers, qr/^1\. \*{0,2}1 mx1\./m, "$form: the right choice");
}
my (undef, $all) = mxtrail('--demo=all', '--print');
my @titles = $all =~ /^Lesson (\d+): /mg;
my @numbers = (mxtrail('--demo=list'))[1] =~ /^\S+ +(\d+) /mg;
is_deeply(\@titles, \@numbers, 'all of them, in order');
is(scalar(() = $all =~ /\f/g), @numbers - 1, 'a form feed between two');
is((mxtrail('--print'))[0], 2, 'a hand-out of nothing');
is((mxtrail('--demo=3', '--print=pdf'))[0], 2, 'in no other form');

# ---- as a film ----

my $fresh = file('fresh.rec', '') . '.new';
mxtrail('--demo', 'first-choice', '--report', '--record', $fresh);
my @lines = split /(?<=\n)/, slurp($fresh);
my $recording = file('film.rec', join '', $lines[0], "0 resize 80 24\n", "5 submit :lessons first-choice\n",
    (map { s/^\d+/9/r } grep { /^\d+ repl(?:y|ies) / } @lines),
    map({ (1000 * $_) . " key Space\n" } 1 .. 8), "9000 resize 100 30\n");
my $cast = file('cast', '') . '.cast';
is((mxtrail('--replay', $recording, '--cast', $cast))[0], 0, 'a cast is written');
is((mxtrail('--replay', $recording, '--cast', $cast))[0], 4, 'and not over another');
my ($head, @events) = map { decode_json($_) } split /\n/, slurp($cast);
is_deeply([@$head{qw(version width height)}], [2, 80, 24], 'version and size');
like($head->{title}, qr/lesson 3 First choice/, 'what it is about');
is_deeply([map { $_->[2] } grep { $_->[1] eq 'm' } @events],
    ['3.1 Every host is up', '3.2 mx1 is down'], 'a marker for each step');
is_deeply([map { $_->[2] } grep { $_->[1] eq 'r' } @events], ['100x30'], 'the new size');
is(scalar(grep { $_->[1] eq 'i' } @events), 0, 'no key is written');
my $again = file('again', '') . '.cast';
mxtrail('--replay', $recording, '--cast', $again);
is(slurp($again), slurp($cast), 'the same recording, the same bytes');

# A terminal that knows what a cast uses: where to write, what to write, and to clear all.
my (@rows, $x, $y);
for my $event (grep { $_->[1] eq 'o' } @events) {
    for my $part ($event->[2] =~ /(\e\[[?\d;]*[A-Za-z]|[^\e])/g) {
        if ($part =~ /^\e\[(\d+);(\d+)H/) { ($y, $x) = ($1 - 1, $2 - 1) }
        elsif ($part =~ /^\e\[2J/) { @rows = () }
        elsif ($part !~ /^\e/) { $rows[$y][$x++] = $part }
    }
}
my $film = join '', map { my $row = $_; join('', map { $_ // ' ' } @{ $row // [] }) =~ s/ +$//r . "\n" } @rows;
is($film, decode_utf8((mxtrail('--replay', $recording, '--dump'))[1]), 'its last cells are the screen');

# ---- beside the stage ----

my (undef, $notes) = mxtrail('--notes', $recording);
$notes = decode_utf8($notes);
like($notes, qr/Lesson 3 +First choice, then the next +step 2 of 6/, 'where one is');
like($notes, qr/^ NOW +mx1 is down/m, 'what is said');
like($notes, qr/^ ASK +Which host is tried next\?$/m, 'what is asked');
like($notes, qr/^ ANSWER +mx2 or mx3/m, 'the answer');
like($notes, qr/^ NEXT +3 Ten thousand messages: mx1 stays down\./m, 'what comes next, with its question');
like($notes, qr/^ STATE +0 of 0 right   down mx1   sender rfc5321   seed 1   screen 100x30\n +film\.rec$/m, 'how things stand');
unlike($notes, qr/ $/m, 'no line ends with a blank');
is((mxtrail('--notes', '/nowhere.rec'))[0], 4, 'a recording that is not there');

# ---- to start from ----

my $folder = file('copies', '') . '.d';
mkdir $folder or die $!;
is((mxtrail('--export-lesson', 'ties', $folder))[0], 0, 'a lesson is copied');
is(slurp("$folder/ties.txt"), slurp("$ENV{srcdir}/help/lessons/ties.txt"), 'as it is');
is((mxtrail('--export-lesson', 'ties', $folder))[0], 4, 'and not over another');
is((mxtrail('--export-lesson', 'nonsense', $folder))[0], 2, 'there is no such lesson');
my ($status, $said) = mxtrail('--check-lesson', $folder);
is($status, 0, 'the copy holds');
like($said, qr/\A(?:ties\.\d+ ok\n)+\z/, 'step by step, and nothing else');
open my $out, '>>', "$folder/ties.txt" or die $!;
print $out "\n## Wrong\n\ndo: :dwon mx1\nexpect: step=x\n";
close $out;
my (undef, undef, $faults) = mxtrail('--check-lesson', $folder);
like($faults, qr/^ties\.txt:\d+: do: no command ":dwon"; did you mean :down\?$/m, 'a wrong command, by its line');
like($faults, qr/^ties\.txt:\d+: expect: step=x: must be a number or "all"$/m, 'a wrong condition too');
is((mxtrail('--check-lesson', $folder))[0], 2, 'and the status says so');
unlink "$folder/ties.txt";
open $out, '>', "$folder/ties.txt" or die $!;
print $out "# Mine\n\n## One\n\ndo: Enter\nexpect: window=srv\n";
close $out;
my $zone = slurp("$folder/ties.zone") =~ s/^; try:.*\n//gmr;
open $out, '>', "$folder/ties.zone" or die $!;
print $out $zone;
close $out;
open $out, '>', "$folder/broken.zone" or die $!;
print $out "; lesson: forty Our own\n; name: a..b\n; start: --nonsense\n";
close $out;
(undef, undef, $faults) = mxtrail('--check-lesson', $folder);
like($faults, qr/^ties\.txt:6: not reached: window=srv \(is simulate\)$/m, 'what was not reached, and what is');
like($faults, qr/^broken\.zone:1: lesson: "forty" is not a number from 1 to 999$/m, 'a number that is none');
like($faults, qr/^broken\.zone:2: name: /m, 'a name that is none');
like($faults, qr/^broken\.zone:3: start: --nonsense/m, 'an option that is none');
done_testing();
