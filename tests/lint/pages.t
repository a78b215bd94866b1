#!/usr/bin/perl
# Help pages keep their format, and every finding, profile and overlay that asks for one has it.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use House;
use Test::More;

sub pages {
    my ($root) = @_;
    return sources($root, qr/\.txt$/, 'help');
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
            push @faults, "$path:$number: indented by fewer than four" if $line =~ /^ {1,3}\S/;
            push @faults, "$path:$number: a second empty line" if "$before$line" eq '';
            push @faults, "$path:$number: no such heading"
                if $line =~ /^#/ && $line !~ ($number == 1 ? qr/^# \S/ : qr/^## \S/);
            $before = $line;
        }
    }
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

# {"mx-cname", SEVERITY_ERROR, ...} in the tables of src/policy/findings, and profile_NAME.c that defines a
# struct profile.
sub missing_pages {
    my ($root) = @_;
    my @wanted;
    for my $path (sources($root, qr/\.[ch]$/, 'src/policy/findings', 'src/mail/profiles')) {
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
catches('missing pages on types are seen', [missing_records($planted)], qr/type hip/);
catches('missing pages are seen', [missing_pages($planted)], qr{findings/mx-new}, qr{profiles/new});

clean('help pages keep their format', format_faults(root));
clean('pages of findings tell what to do', finding_faults(root));
clean('every finding and profile has its page', missing_pages(root));
clean('every type of record that is decoded has its page', missing_records(root));
done_testing();
