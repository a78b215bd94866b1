#!/usr/bin/perl
# Every message of the sources is in every catalogue, translated, and takes the same arguments; what
# must fit into columns fits; rooms whose words are messages have no others.
use strict;
use warnings;
use Encode qw(decode);
use FindBin;
use lib $FindBin::Bin;
use House;
use Messages;
use Test::More;

# Rooms that are done: what is said there is said by a message. Lines that say nothing to people
# (record syntax, commands for other programs, names) are in src/po/exceptions.
my @done = qw(app base dns mail main net policy report sheet survey term view);

# Columns by context.
my %room = (key => 12, tab => 6, state => 16, title => 16, severity => 8);

sub key { my ($entry) = @_; return ($entry->{context} // '') . "\0$entry->{id}" }

# What is missing in a catalogue: a list of its own, for it may be long.
sub missing {
    my ($root, $path) = @_;
    my %there = map { key($_) => $_ } catalogue("$root/$path");
    my %seen;
    return map { "$_->{where}: not in $path: $_->{id}" }
        grep { !$seen{ key($_) }++ && !($there{ key($_) } && ($there{ key($_) }{text} // '') ne '') } messages($root);
}

sub catalogue_faults {
    my ($root, $path) = @_;
    my %said = map { key($_) => $_ } messages($root);
    my (@faults, %seen);
    for my $entry (catalogue("$root/$path")) {
        my $at = "$path:" . ($entry->{line} // '?');
        my $id = $entry->{id} // '';
        push @faults, "$at: obsolete: $id" and next if $entry->{obsolete} || !$said{ key($entry) };
        push @faults, "$at: twice: $id" if $seen{ key($entry) }++;
        push @faults, "$at: fuzzy: $id" if $entry->{fuzzy};
        my $text = $entry->{text} // '';
        next if $text eq '';
        push @faults, "$at: other arguments: $text" unless conversions($text) eq conversions($entry->{plural} // $id);
        push @faults, "$at: blanks at the ends: $text" if $text =~ /^ | $/ && $id !~ /^ | $/;
        push @faults, "$at: not UTF-8" unless eval { decode('UTF-8', my $copy = $text, Encode::FB_CROAK); 1 };
    }
    return @faults;
}

sub id_faults {
    my ($root) = @_;
    my @faults;
    for my $message (messages($root)) {
        push @faults, "$message->{where}: a line end or blanks at the ends: $message->{id}"
            if $message->{id} =~ /\\n|^ | $/;
        push @faults, "$message->{where}: positions are for catalogues: $message->{id}" if $message->{id} =~ /%\d\$/;
    }
    return @faults;
}

sub cells {
    my ($text) = @_;
    my $wide = () = decode('UTF-8', $text) =~ /[\x{1100}-\x{115f}\x{2e80}-\x{a4cf}\x{ac00}-\x{d7a3}\x{f900}-\x{faff}\x{fe30}-\x{fe6f}\x{ff00}-\x{ff60}\x{ffe0}-\x{ffe6}]/g;
    return length(decode('UTF-8', $text)) + $wide;
}

sub width_faults {
    my ($root, @paths) = @_;
    my @faults;
    my @entries = (map({ [$_->{where}, $_->{context}, $_->{id}] } messages($root)),
        map { my $path = $_; map { ["$path:" . ($_->{line} // '?'), $_->{context} // '', $_->{text} // ''] } catalogue("$root/$path") } @paths);
    for (@entries) {
        my ($where, $context, $text) = @$_;
        push @faults, "$where: over $room{$context} columns: $text" if $room{$context} && cells($text) > $room{$context};
    }
    return @faults;
}

sub exceptions {
    my ($root) = @_;
    my $path = "$root/src/po/exceptions";
    return map { s/^\s+|\s+$//gr } grep { !/^#|^\s*$/ } -f $path ? split /\n/, slurp($path) : ();
}

sub unmarked {
    my ($root, @rooms) = @_;
    my @patterns = exceptions($root);
    return map { "$_->[0]: no message: $_->[1]" }
        grep { my $string = $_->[1]; !grep { $string =~ /$_/ } @patterns } @rooms ? literals($root, map { "src/$_" } @rooms) : ();
}

my $planted = planted(
    'src/po/keywords' => "tr 1\ntr_in +1 2\ntr_plural 1 /2\nN_ 1\nKEY +key 2\n",
    'src/po/exceptions' => "# kept\n^dig \n",
    'src/app/a.c' => <<'END', 'src/app/a.h' => "    KEY(A, \"a label that is long\") \\\n    KEY(B, \"b\")\n",
/* tr("not in a remark") */
void a(void)
{
    say(tr(found ? "one %s" : "two "
           "%zu parts"), "left alone", "dig +short", x);
    say(tr_plural("%zu name", "%zu names", n), tr_in("row", "back"), tr(call("within a call")), tr("%2$s ab"));
    say(tr("three\n"));
}
END
    'src/po/xx.po' => <<'END');
msgid ""
msgstr "head"

msgid "one %s"
msgstr "eins %zu"

#, fuzzy
msgid "two %zu parts"
msgstr "zwei %zu"

msgid "%zu name"
msgid_plural "%zu names"
msgstr[0] "%zu Namen"

msgctxt "key"
msgid "b"
msgstr "a very long key"

msgid "gone"
msgstr "weg"
END
is_deeply([map { "$_->{context}|$_->{id}" . ($_->{plural} // '') } messages($planted)],
    ['|one %s', '|two %zu parts', '|%zu name%zu names', 'row|back', '|%2$s ab', '|three\n', 'key|a label that is long', 'key|b'],
    'messages are found, and nothing else');
catches('what is missing is seen', [missing($planted, 'src/po/xx.po')],
    qr/a\.c:6: .*back/, qr/ab$/, qr/three/, qr/a\.h:1: .*long/);
catches('faults of catalogues are seen', [catalogue_faults($planted, 'src/po/xx.po')],
    qr/xx\.po:4: other arguments/, qr/fuzzy/, qr/obsolete: gone/);
catches('faults of ids are seen', [id_faults($planted)], qr/positions/, qr/line end/);
catches('what does not fit is seen', [width_faults($planted, 'src/po/xx.po')], qr/a\.h:1: over 12/, qr/xx\.po:\d+: over 12/);
catches('what is no message is seen', [unmarked($planted, 'app')], qr/a\.c:5: .*left alone/, qr/a\.c:6: .*within a call/);
is(conversions('%2$zu of %1$s, %%'), 's zu', 'positions are put in order');
is(conversions('%*s %.*s %u'), '*s *s u', 'stars count');

my @catalogues = map { s{^\Q${\ root}\E/}{}r } glob root . '/src/po/*.po';
for my $path (@catalogues) {
    clean("$path agrees with the sources", catalogue_faults(root, $path));
    my @missing = missing(root, $path);
    cmp_ok(scalar @missing, '==', 0, "$path has every message") or diag(join "\n", @missing);
}
clean('messages', id_faults(root));
clean('messages fit', width_faults(root, @catalogues));
clean('rooms that are done have no other words', unmarked(root, @done));
done_testing();
