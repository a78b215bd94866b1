#!/usr/bin/perl
# The recipes of src/README, done as they say in a copy of the tree: a lesson, a theme, a sender
# profile, a finding, a pane and a language are added, the copy is built once, and the program has
# them all. The language is made up: every letter has an accent and words are a third longer, so that
# what is not translated, or does not fit, is seen.
use strict;
use warnings;
use Cwd qw(abs_path);
use Encode qw(decode encode);
use File::Temp qw(tempdir);
use FindBin;
use lib $FindBin::Bin;
use House;
use Messages;
use Test::More;

my $source = abs_path(root);
my $build = abs_path($ENV{builddir} || '.');
plan skip_all => 'built outside the source tree' unless $source eq $build && -f "$build/Makefile" && -x "$build/mxtrail";
plan skip_all => 'another program is tested' if $ENV{MXTRAIL} && abs_path($ENV{MXTRAIL}) ne "$build/mxtrail";

my $copy = tempdir(CLEANUP => 1) . '/copy';
mkdir $copy or BAIL_OUT($!);
system("cd '$build' && tar cf - Makefile Makefile.in config* README src help themes tests/lint/manual.c tests/unit/worlds | (cd '$copy' && tar xpf -)") == 0
    or BAIL_OUT('the tree cannot be copied');

sub put {
    my ($path, $text) = @_;
    open my $file, '>', "$copy/$path" or die "$path: $!";
    print $file $text;
    close $file or die "$path: $!";
    return;
}

# Another text in place of a part of a file; the part must be there.
sub edit {
    my ($path, $part, $other) = @_;
    my $text = slurp("$copy/$path");
    $text =~ s/$part/$other/ or BAIL_OUT("$path: no $part");
    return put($path, $text);
}

# A lesson: a zone and a page.
put('help/lessons/recipe.zone', <<'END');
; lesson: 99 The recipe
; name: recipe.example
$ORIGIN recipe.example.
$TTL 3600
@   IN SOA ns1 hostmaster 1 7200 900 1209600 300
    IN NS  ns1
    IN MX  10 mx1
ns1 IN A   192.0.2.53
mx1 IN A   192.0.2.1
END
put('help/lessons/recipe.txt', "The recipe\n\nA lesson made of two files.\n");

# A theme: a file.
put('themes/recipe.ini', slurp("$copy/themes/mono.ini"));

# A sender profile: a file, and a line in mail/profiles/profiles.h.
my $naive = slurp("$copy/src/mail/profiles/profile_naive.c");
$naive =~ s/profile_naive/profile_recipe/g;
$naive =~ s/\.name = "naive"/.name = "recipe"/;
put('src/mail/profiles/profile_recipe.c', $naive);
edit('src/mail/profiles/profiles.h', qr/( +)profile\(naive\)/, "\$1profile(naive) profile(recipe)");
edit('src/mail/profiles/profiles.h', qr/\$1profile\(naive\)/, '    profile(naive)');

# A finding: a row in the table of the file it belongs to, and its test.
edit('src/policy/zone/findings_ns.c', qr/const struct finding_test findings_ns\[\] = \{/, <<'END' . <<'END');
static void test_recipe(struct finding_list *list)
{
    finding_add(list, SEVERITY_NOTICE, finding_zone(list), TYPE_NS, NULL, "Found by a recipe.");
}

END
const struct finding_test findings_ns[] = {
    {{"ns-recipe", SEVERITY_NOTICE, "a recipe", "", "", "ns"}, test_recipe},
END

# A pane: a file, and a line in view/panes/page.h.
put('src/view/panes/pane_recipe.c', <<'END');
#include "view/panes/pane.h"

static void recipe_rows(const struct scene *scene, const struct page *page, struct arena *arena,
                        struct rows *rows)
{
    (void)scene;
    (void)page;
    rows_add(rows, arena)->words = "a row by a recipe";
}

static void recipe_draw(const struct scene *scene, const struct row *row, struct canvas *canvas,
                        struct area line, bool focused)
{
    (void)focused;
    pane_words(scene, row, canvas, line);
}

static void recipe_summary(const struct scene *scene, struct text *out)
{
    (void)scene;
    text_add(out, "one");
}

static void recipe_meaning(const struct scene *scene, const struct row *row, struct text *out)
{
    (void)scene;
    (void)row;
    text_add(out, "It means nothing.");
}

const struct pane_kind pane_recipe = {
    .title = "Recipe",
    .tab = "Recipe",
    .page = "help/panes/mx.txt",
    .rows = recipe_rows,
    .draw = recipe_draw,
    .summary = recipe_summary,
    .meaning = recipe_meaning,
};
END
edit('src/view/panes/page.h', qr/pane\(FINDINGS, findings\)/, 'pane(FINDINGS, findings) pane(RECIPE, recipe)');

# A language: a catalogue, and pages where there are some.
my %accents = map { my ($from, $to) = split /=/; ($from => $to) } qw(a=á e=é i=í o=ó u=ú n=ñ c=ç s=š y=ý A=Á E=É I=Í O=Ó U=Ú N=Ñ C=Ç S=Š Y=Ý);

# The letters of a text but those of conversions and escapes, and a third more of it.
sub accented {
    my ($text) = @_;
    my $letters = () = $text =~ /[a-z]/gi;
    return join('', map { /^[%\\]/ ? $_ : s/([a-zA-Z])/$accents{$1} \/\/ $1/ger }
        $text =~ /(%[-+ #0-9.*]*(?:hh?|ll?|[zjt])?[a-zA-Z%]|\\.|[^%\\]+)/g) . '~' x ($letters / 3);
}

sub po_entry {
    my ($message) = @_;
    my $text = $message->{context} =~ /^(?:key|tab|title|mark|list)$/ ? accented($message->{id}) =~ s/~//gr : accented($message->{plural} // $message->{id});
    return ($message->{context} ? qq{msgctxt "$message->{context}"\n} : '') . qq{msgid "$message->{id}"\n}
        . (defined $message->{plural} ? qq{msgid_plural "$message->{plural}"\nmsgstr[0] "$text"\n} : qq{msgstr "$text"\n});
}
my %seen;
put('src/po/xx.po', join "\n", qq{msgid ""\nmsgstr "Language: xx\\n"\n},
    map { po_entry($_) } grep { !$seen{"$_->{context}\0$_->{id}"}++ } messages($copy));
mkdir "$copy/help/$_" for 'xx', 'xx/lessons';
put('help/xx/lessons/recipe.txt', "# Thé récípé\n\nÍn anóthér lánguágé.\n");

my $log = run('sh', '-c', "cd '$copy' && make mxtrail 2>&1");
ok($? == 0, 'the copy is built') or do { diag(join "\n", (split /\n/, $log)[-15 .. -1]); done_testing(); exit };

delete $ENV{MXTRAIL};
my $mxtrail = "$copy/mxtrail";
like(run($mxtrail, '--demo=list'), qr/recipe\b.*The recipe/, 'the lesson is listed');
my $report = run($mxtrail, '--demo=recipe', '--report', '--profile', 'recipe');
like($report, qr/^recipe\.example: answered/m, 'and answers for its name');
like($report, qr/^Decision of a sender \(Naive/m, 'by the rules of the new profile');
like(run($mxtrail, '--demo=recipe', '--report', '--matrix'), qr/^  recipe +delivered/m, 'which stands among the others');
like($report, qr/^  notice +ns-recipe, recipe\.example$/m, 'the finding is found');
my ($recording) = glob "$source/tests/replay/screens/*.rec";
my ($last) = slurp($recording) =~ /^(\d+) .*\n\z/m;
put('keys.rec', slurp($recording) . join '', map { "$last $_\n" } 'resize 40 12', 'key Esc', 'key Esc', 'key 7', 'key z');
my $screen = run($mxtrail, '--replay', "$copy/keys.rec", '--dump', '--theme', 'recipe');
like($screen, qr/a row by a recipe/, 'the pane has its row, and the theme is one');
like(run('sh', '-c', "'$mxtrail' --replay '$copy/keys.rec' --dump --theme none 2>&1"), qr/no such theme/, 'as another is none');

# ---- the language, at 80x24 ----

like(run($mxtrail, '--lang', 'xx', '--demo=list'), qr/recipe +99 +Thé récípé/, 'a title is that of the page');
like(run('sh', '-c', "LANG=xx_XX.UTF-8 '$mxtrail' --help"), qr/^ +--force +lét --/m, 'the language of the locale is taken');
for my $played (sort glob "$source/tests/replay/screens/*.rec") {
    my ($name) = $played =~ m{([^/]+)\.rec$};
    put('keys.rec', slurp($played) . ((slurp($played) =~ /^(\d+) .*\n\z/m)[0] . " resize 80 24\n"));
    my @lines = split /\n/, decode('UTF-8', run($mxtrail, '--lang', 'xx', '--replay', "$copy/keys.rec", '--dump'));
    is(scalar @lines, 24, "$name: a whole screen");
    ok(!(grep { length > 80 } @lines), "$name: every line fits") or diag(join "\n", @lines);
    my @frames = grep { /^[│├┌└]/ } @lines;
    ok(!(grep { length($_) != 80 } @frames), "$name: every frame is closed") or diag(join "\n", map { encode('UTF-8', $_) } grep { length($_) != 80 } @frames);
    my @words = grep { !/^(?:[a-z0-9-]+)$/i || /~/ } split / {2,}/, $lines[-1] =~ s/^ //r;
    my @plain = grep { !/[^\x00-\x7f]/ && /[aeiounc]/ } map { s/^\S+ //r } @words;
    is("@plain", '', "$name: the key bar is in the language");
}
done_testing();
