#!/usr/bin/perl
# The recipes of src/README, done as they say in a copy of the tree: a lesson, a help page, a theme, a
# record type, an SRV service, a sender profile, a finding with its cure, an operator, an action, an
# option, a role, a pane, a message and a language are added, the copy is built once, and the program
# has them all. The language is made up: every letter has an accent and words are a third longer, so
# that what is not translated, or does not fit, is seen.
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
system("cd '$build' && tar cf - Makefile Makefile.in config* README src help themes tests/lint tests/unit/worlds | (cd '$copy' && tar xpf -)") == 0
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
    IN MX  10 mx1.recipe-mail.test.
    IN DLV 12345 8 1 00112233445566778899AABBCCDDEEFF00112233
ns1 IN A   192.0.2.53
ns2 IN A   192.0.2.54
_recipe._tcp IN SRV 0 0 4711 ns1
mx1.recipe-mail.test. IN A 192.0.2.1
END
put('help/lessons/recipe.txt', "The recipe\n\nA lesson made of two files.\n");

# A help page: a file.
put('help/recipe.txt', "# A recipe's page\n\nFound by its name.\n");

# A theme: a file.
put('themes/recipe.ini', slurp("$copy/themes/mono.ini"));

# A record type: its number, its name, its fields.
edit('src/dns/type.h', qr/    TYPE_CAA = 257,\n/, "    TYPE_CAA = 257,\n    TYPE_DLV = 32769,\n");
edit('src/dns/type.c', qr/\{257, "CAA"\},/, '{257, "CAA"}, {32769, "DLV"},');
edit('src/dns/rdata.c', qr/    \{TYPE_CAA, "1sx"\},\n/, qq(    {TYPE_CAA, "1sx"},\n    {TYPE_DLV, "211x"},\n));

# An SRV service: a line in a table.
edit('src/mail/clients/services.c', qr/services\[\] = \{\n/, <<'END');
services[] = {
    {"_recipe._tcp", N_("service of a recipe"), "src/README", SERVICE_OTHER, TYPE_SRV},
END

# An operator: a section.
put('help/operators.ini', slurp("$copy/help/operators.ini") . "\n[Recipe Mail]\nkind = mailbox\nmx = recipe-mail.test\n");

# A sender profile: a file, and a line in mail/profiles/profiles.h.
my $naive = slurp("$copy/src/mail/profiles/profile_naive.c");
$naive =~ s/profile_naive/profile_recipe/g;
$naive =~ s/\.name = "naive"/.name = "recipe"/;
put('src/mail/profiles/profile_recipe.c', $naive);
edit('src/mail/profiles/profiles.h', qr/( +)profile\(naive\)/, "\$1profile(naive) profile(recipe)");
edit('src/mail/profiles/profiles.h', qr/\$1profile\(naive\)/, '    profile(naive)');

# A finding: a row in the table of the file it belongs to, its test, and its page.
edit('src/policy/zone/findings_ns.c', qr/const struct finding_kind findings_ns\[\] = \{/, <<'END' . <<'END');
static void test_recipe(struct finding_list *list)
{
    if (server_count(list) == 1)
        finding_add(list, SEVERITY_NOTICE, finding_zone(list), TYPE_NS, NULL, tr("Found by a recipe."));
}

END
const struct finding_kind findings_ns[] = {
    {"ns-recipe", SEVERITY_NOTICE, N_("a recipe"), "", "", "ns", test_recipe},
END
put('help/findings/ns-recipe.txt', "# Found by a recipe\n\nA finding with its page.\n");

# A cure: a row, and what makes it.
edit('src/survey/cures/cure_hosts.c', qr/const struct cure_maker cure_makers_hosts\[\] = \{\n/, <<'END');
static void cure_ns_recipe(struct cure *cure)
{
    const struct record *record = cure->setup->authority->ns->records[0];

    cure_add(cure, record->owner, TYPE_NS, record->ttl, "ns2.%s", record->owner);
}

const struct cure_maker cure_makers_hosts[] = {
    {"ns-recipe", cure_ns_recipe},
END

# An action: a row, a line for dispatch, a function. An option: a row and a case.
edit('src/app/events/actions.h', qr/    ACTION\(HELP, /, <<'END' . '    ACTION(HELP, ');
    ACTION(RECIPE, "recipe", "", CONTEXT_ALL, "", 0, "recipe", "Say that a recipe was followed")   \
END
edit('src/app/dispatch.c', qr/    \[ACTION_THEME\]/, "    [ACTION_RECIPE] = {.function = program_recipe},\n    [ACTION_THEME]");
edit('src/app/actions/perform.h', qr/program_show_all, /, 'program_show_all, program_recipe, ');
put('src/app/actions/program.c', slurp("$copy/src/app/actions/program.c") . <<'END');

void program_recipe(struct ui *ui, const char *argument, struct effects *effects)
{
    (void)argument;
    (void)effects;
    ui_say(ui, ROLE_NOTICE, "%s", tr("a recipe was followed"));
}
END
edit('src/app/settings/option_table.h', qr/    OPTION\(CHECK, /, <<'END' . '    OPTION(CHECK, ');
    OPTION(RECIPE, "recipe", 0, "", "JSON, as a recipe has it")                                   \
END
edit('src/app/settings/options.c', qr/    case OPTION_JSON:\n/, "    case OPTION_RECIPE:\n    case OPTION_JSON:\n");

# A role: a row, and a line in every theme.
edit('src/sheet/role.h', qr/    ROLE\(DIM, "dim"\)/, qq(    ROLE(RECIPE, "recipe") \\\n    ROLE(DIM, "dim")));
for my $theme (glob "$copy/themes/*.ini") {
    my ($path) = $theme =~ m{(themes/.*)};
    put($path, slurp($theme) . "recipe = default" . ($path =~ /recipe/ ? ' bold underline' : '') . "\n");
}

# A pane: a file, and a line in view/panes/page.h.
put('src/view/panes/pane_recipe.c', <<'END');
#include "view/panes/pane.h"

static void recipe_rows(const struct scene *scene, const struct page *page, struct arena *arena,
                        struct rows *rows)
{
    (void)scene;
    (void)page;
    rows_add(rows, arena)->words = "a row by a recipe";
    rows_add(rows, arena)->words = "one below it";
}

static void recipe_draw(const struct scene *scene, const struct row *row, struct canvas *canvas,
                        struct area line, bool focused)
{
    (void)scene;
    (void)focused;
    canvas_put(canvas, line, 0, 0, ROLE_RECIPE, row->words);
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

# A message: what is said new is put into the catalogues.
run('sh', '-c', "cd '$copy' && make messages 2>&1");
is(scalar(() = slurp("$copy/src/po/ja.po") =~ /^msgid "(?:Found by a recipe\.|a recipe|service of a recipe|a recipe was followed)"\nmsgstr ""$/mg), 4,
    'and have the new messages, untranslated');
edit('src/po/ja.po', qr/msgid "a recipe was followed"\nmsgstr ""/, qq(msgid "a recipe was followed"\nmsgstr "手順どおりです"));

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

my $log = run('sh', '-c', "cd '$copy' && make CFLAGS='-O0 -U_FORTIFY_SOURCE' mxtrail 2>&1");
ok($? == 0, 'the copy is built') or do { diag(join "\n", (split /\n/, $log)[-15 .. -1]); done_testing(); exit };

delete $ENV{MXTRAIL};
my $mxtrail = "$copy/mxtrail";
like(run($mxtrail, '--demo=list'), qr/recipe\b.*The recipe/, 'the lesson is listed');
my $report = run($mxtrail, '--demo=recipe', '--report', '--profile', 'recipe');
like($report, qr/^recipe\.example: answered/m, 'and answers for its name');
like($report, qr/^Decision of a sender \(Naive/m, 'by the rules of the new profile');
like(run($mxtrail, '--demo=recipe', '--report', '--matrix'), qr/^  recipe +delivered/m, 'which stands among the others');
like($report, qr/^  notice +ns-recipe, recipe\.example\n +Found by a recipe\.$/m, 'the finding is found');
like($report, qr/^ +recipe\.example\. +3600 +IN +NS +ns2\.recipe\.example\.$/m, 'and its cure published');
like($report, qr/^  _recipe\._tcp\b.*service of a recipe/m, 'the service is asked for, and has its word');
like($report, qr/Recipe Mail/, 'the operator is named');
like(run($mxtrail, '--demo=recipe', '--report', 'recipe.example', 'DLV'), qr/^  DLV \(1h\) 12345 8 1 00112233445566778899aabbccddeeff00112233$/m,
    'the record type is asked for, and printed');
like(run($mxtrail, '--help'), qr/^ +--recipe +JSON, as a recipe has it$/m, 'the option is in the help');
like(run($mxtrail, '--demo=recipe', '--recipe'), qr/^\{/, 'and does what it says');
my ($recording) = glob "$source/tests/replay/screens/*.rec";
my ($last) = slurp($recording) =~ /^(\d+) .*\n\z/m;

# The screen, or the cast, at the end of the recording and of more events.
sub played {
    my ($events, @options) = @_;
    put('keys.rec', slurp($recording) . join '', map { "$last $_\n" } @$events);
    return run('sh', '-c', q{"$0" "$@" 2>&1}, $mxtrail, '--replay', "$copy/keys.rec", @options);
}
my @pane = ('resize 40 12', 'key Esc', 'key Esc', 'key 7', 'key z');
like(played(\@pane, '--dump', '--theme', 'recipe'), qr/a row by a recipe/, 'the pane has its row, and the theme is one');
like(played(\@pane, '--dump', '--theme', 'none'), qr/no such theme/, 'as another is none');
my @said = ('resize 80 24', 'key Esc', 'key Esc', 'key :', 'submit recipe');
like(played(\@said, '--dump'), qr/a recipe was followed/, 'the action is done by its name');
like(played(\@said, '--dump', '--lang', 'ja'), qr/手順どおりです/, 'and what it says is translated');
like(played([@said, 'key :', 'submit help recipe'], '--dump'), qr/Found by its name\./, 'the help page is opened');
like(played([@said, 'key :', 'submit help ns-recipe'], '--dump'), qr/A finding with its page\./, 'and that of the finding');
my $cast = "$copy/pane.cast";
played(\@pane, '--theme', 'recipe', '--cast', $cast);
like(slurp($cast), qr/\\u001b\[[0-9;]*1;4m[^\\]*one below it/, 'the role is drawn as the theme says');
like(run('sh', '-c', "cd '$copy' && make manual 2>&1 && grep -c -e recipe help/mxtrail.1*"), qr/[1-9]\n\z/, 'the manual page has action and option');

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
