#!/usr/bin/perl
# Help pages keep their format, and every finding, profile and overlay that asks for one has it.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Digest::MD5 qw(md5_hex);
use House;
use Test::More;

# Those in English: a folder of two letters below help/ has translations.
sub pages {
    my ($root) = @_;
    return grep { !m{^help/[a-z]{2}/} } sources($root, qr/\.txt$/, 'help');
}

sub translations {
    my ($root) = @_;
    return grep { m{^help/[a-z]{2}/} } sources($root, qr/\.txt$/, 'help');
}

# A line of two blanks goes on with the word of a lesson's step above it.
sub goes_on {
    my ($text, $number) = @_;
    my @lines = (split /\n/, $text)[0 .. $number - 1];
    pop @lines while @lines && $lines[-1] =~ /^  \S/;
    return @lines && $lines[-1] =~ /^(?:do|ask(?: first| next| verdict)?|answer|expect|note): /;
}

sub format_faults {
    my ($root) = @_;
    my @faults;
    for my $path (pages($root)) {
        my $text = slurp("$root/$path");
        push @faults, "$path: does not begin with a title" unless $text =~ /\A# \S/;
        push @faults, "$path: does not end with one line end" unless $text =~ /[^\n]\n\z/;
        my ($number, $before) = (0, '-');
        for my $line (split /\n/, $text) {
            $number++;
            push @faults, "$path:$number: over 76 columns" if length $line > 76;
            push @faults, "$path:$number: not printable ASCII" if $line =~ /[^ -~]/;
            push @faults, "$path:$number: blank at the end" if $line =~ / $/;
            push @faults, "$path:$number: indented by fewer than four"
                if $line =~ /^ {1,3}\S/ && !goes_on($text, $number);
            push @faults, "$path:$number: a second empty line" if "$before$line" eq '';
            push @faults, "$path:$number: no such heading"
                if $line =~ /^#/ && $line !~ ($number == 1 ? qr/^# \S/ : qr/^## \S/);
            $before = $line;
        }
    }
    return @faults;
}

# The lines that stay as they are in every language: records, commands, addresses on the web, what is
# said to a server.
sub kept_lines {
    my ($text) = @_;
    return join "\n", map { m{(https://\S+)} ? $1 : /^( +mxtrail(?: \S+)*)/ ? $1 : s/\s+$//r } grep { !/^ +[|] / } grep { /^ {4}/ && m{ IN (?:[A-Z]+|TXT.*) \S|^ +mxtrail |https://|"v=} } split /\n/, $text;
}

# What a lesson does, asks and expects, the right choice among them, without what is said: the same in
# every language.
sub skeleton {
    my ($text) = @_;
    my @words = $text =~ /^((?:do|ask(?: \w+)?|answer|expect|note): .*\n(?:  \S.*\n)*)/mg;
    return join "\n", map {
        my ($word) = /^([^:]+):/;
        my $body = s/screen\s+"[^"]*"//gr;
        join ' ', $word, $word eq 'do' ? split ' ', $body : $word eq 'expect' ? $body =~ /\S+=\S+/g : /^  ([-+]) /mg
    } @words;
}

# Octets of UTF-8 as columns of a terminal.
sub columns {
    my ($text) = @_;
    utf8::decode($text);
    my $wide = () = $text =~ /[\x{1100}-\x{115f}\x{2e80}-\x{a4cf}\x{ac00}-\x{d7a3}\x{f900}-\x{faff}\x{fe30}-\x{fe6f}\x{ff00}-\x{ff60}\x{ffe0}-\x{ffe6}]/g;
    return length($text) + $wide;
}

# src/po/pages: the page in English that each translation was made from, by its checksum.
sub made_from {
    my ($root) = @_;
    my %sums = map { /^(\w+) (\S+)$/ ? ($2 => $1) : () } split /\n/, slurp("$root/src/po/pages");
    return \%sums;
}

sub translation_faults {
    my ($root) = @_;
    my ($sums, @faults) = (made_from($root));
    for my $path (translations($root)) {
        my ($text, $english) = (slurp("$root/$path"), $path =~ s{^help/..}{help}r);
        my $decoded = $text;
        push @faults, "$path: not UTF-8" unless utf8::decode($decoded);
        push @faults, "$path: there is no $english" and next unless -f "$root/$english";
        my $original = slurp("$root/$english");
        push @faults, "$path: other headings than $english"
            if (() = $text =~ /^## /mg) != (() = $original =~ /^## /mg);
        push @faults, "$path: other records or commands than $english"
            if kept_lines($text) ne kept_lines($original);
        push @faults, "$path: another lesson than $english: does, asks or expects something else"
            if skeleton($text) ne skeleton($original);
        push @faults, "$path: \"$1\" goes on with no word above it (two blanks in front)"
            if $text =~ /^(?:ask(?: \w+)?|answer|note): .*\n(?:  .*\n)*(?!(?:do|ask(?: \w+)?|answer|expect|note): |#)(\S.*)/m;
        push @faults, "$path: $english has changed since (perl src/po/translated $path when it is as new)"
            if ($sums->{$path} // '') ne md5_hex($original);
        my $number = 0;
        for my $line (split /\n/, $text) {
            $number++;
            push @faults, "$path:$number: over 76 columns" if columns($line) > 76;
            push @faults, "$path:$number: blank at the end" if $line =~ / $/;
        }
        push @faults, "$path: a preference is neither high nor low (the words may be quoted)" if $text =~ /(?<!「)優先度が(?:高|低)い/;
    }
    push @faults, map { "src/po/pages: there is no $_" } grep { !-f "$root/$_" } sort keys %$sums;
    return @faults;
}

sub headings {
    my ($text) = @_;
    return join ', ', $text =~ /^## (.+)$/mg;
}

sub finding_faults {
    my ($root) = @_;
    my @faults;
    for my $path (grep { m{^help/findings/} } pages($root)) {
        my ($id) = $path =~ m{([^/]+)\.txt$};
        my $text = slurp("$root/$path");
        push @faults, "$path: does not begin with its id" unless $text =~ /\A# \Q$id\E: /;
        push @faults, "$path: other headings"
            unless headings($text) eq 'What senders do, What to change, Reference';
        my ($lesson) = $text =~ /Lesson: ([\w-]+)/;
        push @faults, "$path: no lesson $lesson"
            if $lesson && !-f "$root/help/lessons/$lesson.zone";
    }
    return @faults;
}

# The rows of the tables of findings: id => [severity, reference, lesson].
sub finding_table {
    my ($root) = @_;
    my %table;
    for my $path (sources($root, qr/\.c$/, 'src/policy/findings', 'src/policy/zone', 'src/policy/services')) {
        my $text = slurp("$root/$path");
        $table{$1} = [lc $2, $3, $4]
            while $text =~ /\{"([a-z0-9-]+)",\s*SEVERITY_(\w+),\s*(?:"[^"]*"\s*)+,\s*"([^"]*)",\s*"([^"]*)",\s*"[^"]+",/g;
    }
    return \%table;
}

# "RFC 2181 10.3, RFC 5321 5.1 and 5.2" as {'RFC 2181' => [10.3], 'RFC 5321' => [5.1, 5.2]}.
sub sections {
    my ($text) = @_;
    my %sections;
    while ($text =~ /(RFC \d+)((?:(?!RFC \d).)*)/gs) {
        push @{ $sections{$1} }, $2 =~ /\d+(?:\.\d+)*/g;
    }
    return \%sections;
}

# What was said once and is said by a later one now.
my %superseded = (821 => 5321, 2821 => 5321, 822 => 5322, 2822 => 5322, 974 => 5321, 2671 => 6891, 2672 => 6672,
    4408 => 7208, 7489 => 9989, 9091 => 9989, 8624 => 9904, 7001 => 8601, 7601 => 8601, 3490 => 5891);

sub reference_faults {
    my ($where, $text) = @_;
    return map { "$where: RFC $_ is superseded by RFC $superseded{$_}" }
        grep { $superseded{$_} } $text =~ /RFC (\d+)/g;
}

# Does the page say what the row of the table says?
sub page_faults {
    my ($path, $reference, $row) = @_;
    my ($severity, $wanted, $lesson) = @$row;
    my $said = sections($reference =~ s/\bSeverity:.*//sr);
    my $asked = sections($wanted);
    my @faults = reference_faults("the table, $path", $wanted);
    for my $rfc (sort keys %$asked) {
        my %has = map { $_ => 1 } @{ $said->{$rfc} || [] };
        push @faults, "$path: does not refer to $rfc, the table does" unless $said->{$rfc};
        push @faults, map { "$path: does not refer to $rfc $_, the table does" }
            grep { $said->{$rfc} && !$has{$_} } @{ $asked->{$rfc} };
    }
    my ($stated) = $reference =~ /\bSeverity: (\w+)/;
    push @faults, "$path: severity " . ($stated // 'none') . ", in the table $severity"
        if ($stated // '') ne $severity;
    my ($taught) = $reference =~ /\bLesson:\s([\w-]+)/;
    push @faults, "$path: lesson " . ($taught // 'none') . ", in the table " . ($lesson || 'none')
        if ($taught // '') ne $lesson;
    return @faults;
}

sub table_faults {
    my ($root) = @_;
    my $table = finding_table($root);
    my @faults;
    for my $path (grep { m{^help/findings/} } pages($root)) {
        my ($id) = $path =~ m{([^/]+)\.txt$};
        my ($reference) = slurp("$root/$path") =~ /^## Reference\n\n(.*)/ms or next;
        push @faults, reference_faults($path, $reference);
        push @faults, $table->{$id} ? page_faults($path, $reference, $table->{$id})
            : "$path: no finding of that id in the tables";
    }
    return @faults;
}

# {"mx-cname", SEVERITY_ERROR, ...} in the tables of src/policy/findings, and profile_NAME.c that defines a
# struct profile.
sub missing_pages {
    my ($root) = @_;
    my @wanted;
    for my $path (sources($root, qr/\.[ch]$/, 'src/policy/findings', 'src/policy/zone', 'src/policy/services', 'src/mail/profiles')) {
        my $text = slurp("$root/$path");
        push @wanted, "findings/$1" while $text =~ /[({]\s*"([a-z]+(?:-[a-z0-9]+)+)",\s*SEVERITY_/g;
        push @wanted, "profiles/$1"
            if $text =~ /^const struct profile /m && $path =~ m{/profile_(\w+)\.c$};
    }
    return map { "no help/$_.txt" } grep { !-f "$root/help/$_.txt" } @wanted;
}

# The types that src/dns/rdata.c decodes: {TYPE_MX, decode_mx, print_mx}. One that is written as a
# text has its page among the others.
sub missing_records {
    my ($root) = @_;
    my @types = slurp("$root/src/dns/rdata.c") =~ /\{TYPE_([A-Z0-9]+), decode_/g;
    return map { "no page on records of the type $_" }
        grep { !-f "$root/help/records/$_.txt" && !-f "$root/help/$_.txt" } map { lc } @types;
}

my $planted = planted(
    'src/dns/rdata.c' => "    {TYPE_SPF, decode_txt, print_txt}, {TYPE_HIP, decode_hip, NULL},\n",
    'help/spf.txt' => "# SPF\n\nText.\n",
    'help/good.txt' => "# Good\n\nText.\n\n## More\n\n    kept\n",
    'help/bad.txt' => "Bad\n\n\n  Text. \nn\xc3\xa4h\n" . 'x' x 77 . "\n### Deep\n\n",
    'help/findings/mx-odd.txt' => "# odd\n\n## What senders do\n\n## Reference\n\nLesson: none\n",
    'src/policy/findings/finding_table.c' => "    {\"mx-odd\", SEVERITY_ERROR,\n    {\"mx-new\", SEVERITY_NOTICE,\n",
    'src/mail/profiles/profile_new.c' => "const struct profile profile_new = {\n",
    'src/mail/profiles/profile_rules.c' => "int x;\n");
catches('faults of format are seen', [format_faults($planted)], qr/bad.*title/, qr/bad.*one line end/,
    qr/bad\.txt:3: a second/, qr/:4: blank/, qr/:4: indented/, qr/:5: not print/, qr/:6: over/, qr/:7: no such/);
catches('faults of finding pages are seen', [finding_faults($planted)],
    qr/begin with its id/, qr/other headings/, qr/no lesson none/);
my $tables = planted(
    'src/policy/findings/findings_x.c' => "    {\"mx-a\", SEVERITY_ERROR, \"one \"\n \"two\", \"RFC 5321 5.1\",\n"
        . "      \"alias\", \"mx\",\n     test_a},\n    {\"mx-b\", SEVERITY_NOTICE, \"b\", \"RFC 8624 3.1\", \"\", \"mx\", test_b},\n"
        . "    {\"mx-good\", SEVERITY_OK, \"g\", \"RFC 1034 3.6, RFC 2181 5\", \"alias\", \"mx\", test_g},\n",
    'help/findings/mx-a.txt' => "# mx-a: a\n\n## Reference\n\nRFC 5321 5.2, RFC 1034 5.1. Severity: warning\n",
    'help/findings/mx-b.txt' => "# mx-b: b\n\n## Reference\n\nRFC 7489 3.1. Lesson: alias\n",
    'help/findings/mx-c.txt' => "# mx-c: c\n\n## Reference\n\nRFC 5321. Severity: error\n",
    'help/findings/mx-good.txt' =>
        "# mx-good: g\n\n## Reference\n\nRFC 2181 5, RFC 1034 3.6 and 4. Severity: ok. Lesson:\nalias\n");
catches('pages that do not say what the tables say are seen', [table_faults($tables)],
    qr/mx-a.*RFC 5321 5\.1/, qr/mx-a.*severity warning, in the table error/, qr/mx-a.*lesson none, in the table alias/,
    qr/mx-b\.txt: RFC 7489 is superseded/, qr/mx-b.*RFC 8624 is superseded/, qr/mx-b.*does not refer to RFC 8624/,
    qr/mx-b.*severity none/, qr/mx-b.*lesson alias, in the table none/, qr/mx-c.*no finding of that id/);
my $translated = planted(
    'src/po/pages' => "0123 help/ja/good.txt\n0123 help/ja/gone.txt\n",
    'help/good.txt' => "# Good\n\n## More\n\n    a. 60 IN MX 10 b.\n    mxtrail --demo\n",
    'help/lessons/l.txt' => "# L\n\n## S\n\nask: Q\n  r?\n  - a\n  + b\nanswer: A\n  b.\ndo: End\nexpect: step=all\n  screen \"x\"\n",
    'help/ja/lessons/l.txt' => "# L\n\n## S\n\nask: Q?\n  + a\n  - b\nanswer: A\nb.\ndo: End\nexpect: screen \"y\"\n  step=all\n",
    'help/ja/good.txt' => "# \xe8\x89\xaf\n\n    a. 60 IN MX 20 b.\n    mxtrail --demo\n" . "\xe8\x89\xaf" x 39
        . "\nx \n\xe5\x84\xaa\xe5\x85\x88\xe5\xba\xa6\xe3\x81\x8c\xe9\xab\x98\xe3\x81\x84\n",
    'help/ja/alone.txt' => "# \xff\n");
catches('translations that fall behind are seen', [translation_faults($translated)], qr/good\.txt: other headings/,
    qr/good\.txt: other records/, qr/good\.txt: .*has changed since/, qr/good\.txt:5: over 76/, qr/good\.txt:6: blank/,
    qr/good\.txt: a preference is neither/, qr/alone\.txt: not UTF-8/, qr/l\.txt: another lesson/, qr/l\.txt: "b\." goes on/,
    qr/l\.txt: .*has changed/, qr/alone\.txt: there is no help\/alone/,
    qr/there is no help\/ja\/gone/);
catches('missing pages on types are seen', [missing_records($planted)], qr/type hip/);
catches('missing pages are seen', [missing_pages($planted)], qr{findings/mx-new}, qr{profiles/new});

clean('help pages keep their format', format_faults(root));
clean('pages of findings tell what to do', finding_faults(root));
clean('pages of findings and their tables agree', table_faults(root));
cmp_ok(scalar keys %{ finding_table(root) }, '>', 80, 'and the tables are read');
clean('translations say what the pages in English say', translation_faults(root));
clean('every finding and profile has its page', missing_pages(root));
clean('every type of record that is decoded has its page', missing_records(root));
done_testing();
