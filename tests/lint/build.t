#!/usr/bin/perl
# configure, its rules and the embedding do what README and packagers rely on.
use strict;
use warnings;
use Cwd qw(abs_path getcwd);
use FindBin;
use lib $FindBin::Bin;
use House;
use Test::More;

my $root = abs_path(root);

# The sources may be configured themselves; a copy of what configure needs is not.
my @needed = qw(configure Makefile.in src/dependencies.sh src/rules.awk src/rooms src/embed.sh src/po.awk);
my $sources = planted(map { $_ => slurp("$root/$_") } @needed);

# Runs configure in a folder of its own: (exit status, what it said, the folder).
sub configure {
    my (@arguments) = @_;
    my $folder = planted('.keep' => '');
    my $here = getcwd();
    chdir $folder or die $!;
    my $said = run('sh', '-c', '"$@" 2>&1', 'sh', 'sh', "$sources/configure", @arguments);
    my $status = $? >> 8;
    chdir $here or die $!;
    return ($status, $said, $folder);
}

# A compiler that has everything but what the pattern names.
sub compiler_without {
    my ($pattern) = @_;
    my ($real) = split ' ', $ENV{CC} || 'cc';
    my $bin = planted(cc => "#!/bin/sh\ncase \"\$*\" in *$pattern*) echo \"no $pattern\" >&2; exit 1 ;; esac\nexec $real \"\$@\"\n");
    chmod 0755, "$bin/cc" or die $!;
    return "$bin/cc";
}

{
    my ($status, $said, $folder) = configure('--prefix=/opt/mx', '--mandir=${prefix}/manual',
        '--sysconfdir=/etc', '--libexecdir=/x', '--build=x86_64-linux-gnu', '--enable-nothing',
        '--without-anything', '--disable-silent-rules', 'CFLAGS=-O1', 'ODD=1');
    is($status, 0, 'configure takes the options of packagers') or diag($said);
    like($said, qr/note: no such choice here: $_$/m, "$_ is noted and passed over")
        for '--enable-nothing', '--without-anything';
    like($said, qr/note: not used here: ODD=1$/m, 'a variable it does not know is noted');
    my $config = slurp("$folder/src/config.h");
    like($config, qr{^#define DATADIR "/opt/mx/share/mxtrail"$}m, 'folders are expanded in config.h');
    unlike($config, qr{/etc}, 'folders of no use are taken');
    my $makefile = slurp("$folder/Makefile");
    like($makefile, qr/^CFLAGS = -O1$/m, 'CFLAGS are the ones given');
    like($makefile, qr/^mandir = \$\{prefix\}\/manual$/m, 'folders stay variables in the Makefile');
    like($makefile, qr/^Q = $/m, 'commands are shown when asked for');
    like(slurp("$folder/config.log"), qr/^\+ .*conftest/m, 'config.log has the probes');
    like(slurp("$folder/config.status"), qr/'--prefix=\/opt\/mx'.*'CFLAGS=-O1'/, 'config.status has the arguments');
    ok(!-e "$folder/conftest.c", 'nothing else is left behind');
}
{
    my ($status, $said) = configure('CC=' . compiler_without('-lldns'));
    is($status, 1, 'a missing library ends configure');
    like($said, qr/^configure: missing: ldns\b/m, 'and is named');
    like($said, qr/--install-deps/, 'with the way to get it');
    unlike($said, qr/^ready/m, 'and nothing else is written');
}
{
    my ($status, $said) = configure('--enable-nothing', '--disable-option-checking', '--without-anything');
    is($status, 0, '--disable-option-checking') or diag($said);
    unlike($said, qr/note:/, 'is silent about what is not known');
}
{
    my ($status, $said) = configure('--enable-static', 'CC=' . compiler_without('-static'));
    is($status, 1, 'without static libraries there is no static program');
    my @named = $said =~ /^  (\w+): \S/mg;
    is_deeply(\@named, [qw(ncursesw ldns libedit libuv openssl libidn2 jansson inih)], 'and all that are missing are named');
}
is((configure('--prefx=/usr'))[0], 2, 'a mistyped option is refused');
is((configure('--srcdir=/'))[0], 2, 'a folder without the sources is refused');

# Rules: a floor's test links with the floors below, no others.
{
    my $list = planted(rooms => "base * -\nmail * base\nmail/route * base\nsurvey * mail base\nmain - survey mail base\n", list => join "\n", 'src/base/a.c', 'src/mail/b.c', 'src/mail/route/c.c', 'src/survey/c.c', 'src/main/main.c',
        'tests/unit/mail/test_b.c', 'tests/unit/mail/zones.c', 'tests/bench/d.c', 'themes/x.ini', '');
    my $rules = run('awk', '-f', "$root/src/rules.awk", "$list/rooms", "$list/list");
    like($rules, qr{^ARCHIVES_mail = src/mail/libmail\.a src/base/libbase\.a$}m, 'mail stands on base');
    like($rules, qr{^src/mail/libmail\.a: src/mail/b\.o src/mail/route/c\.o config\.sources$}m, 'a room goes into the archive of its floor');
    like($rules, qr{^ARCHIVES_all = src/survey/libsurvey\.a src/mail/libmail\.a src/base/libbase\.a$}m, 'the highest floor comes first');
    like($rules, qr{^tests/unit/mail/test_b: tests/unit/mail/test_b\.o tests/unit/mail/zones\.o \$\(ARCHIVES_mail\)$}m,
        'a test links its helpers and its floor');
    like($rules, qr{^UNIT_TESTS = +tests/unit/mail/test_b$}m, 'a helper is no test');
    like($rules, qr{^BENCH_PROGRAMS = +tests/bench/d$}m, 'a benchmark is built apart');
    like($rules, qr{^EMBEDDED = +\$\(srcdir\)/themes/x\.ini$}m, 'what is embedded is not compiled');
    like($rules, qr{^mxtrail: +src/main/main\.o \$\(ARCHIVES_all\)$}m, 'the program links everything');
}

# Embedding: every byte, sorted as strcmp sorts.
{
    my $tree = planted('src/embed.sh' => slurp("$root/src/embed.sh"), 'help/b.txt' => "\0\xff\"\\\n",
        'help/a/z.txt' => '', 'themes/t.ini' => 'x', 'help/README' => 'no', 'help/.hidden' => 'no', 'README' => "r\n", 'help/xx/README' => 'rr', 'help/lessons/README' => 'no',
        'help/page.1.in' => 'no', 'src/po.awk' => slurp("$root/src/po.awk"),
        'src/po/xx.po' => qq{msgid ""\nmsgstr "head"\n\n# remark\nmsgctxt "key"\nmsgid "a \\"b\\""\nmsgstr ""\n"c"\n" d"\n}
            . qq{\n#, fuzzy\nmsgid "e"\nmsgstr "f"\n\nmsgid "g"\nmsgstr ""\n\nmsgid "h"\nmsgid_plural "hs"\nmsgstr[0] "i"\n});
    my $c = run('sh', "$tree/src/embed.sh");
    is_deeply([$c =~ /^\t\{"([^"]+)", bytes/mg], [qw(help/README.txt help/a/z.txt help/b.txt help/xx/README.txt themes/t.ini)], 'the files, in order, and each README as a page');
    like($c, qr/bytes_2\[\] = \{\n0,255,34,92,10,\n0\};/, 'all bytes, and a NUL behind');
    like($c, qr/\{"help\/b\.txt", bytes_2, 5\}/, 'the length without it');
    like($c, qr/embedded_count = 5;/, 'the count');
    $c = run('sh', "$tree/src/embed.sh", '--messages');
    my ($messages) = $c =~ /messages_xx\[\] = \{\n(.*?)\};/s;
    is($messages, qq{\t{"key", "a \\"b\\"", "c" " d"},\n\t{"", "h", "i"},\n}, 'what is translated, and nothing else');
    like($c, qr/\{"xx", messages_xx, 2\}/, 'as a catalogue');
    $c = run('sh', "$tree/src/embed.sh", '--messages', 'yy');
    ($messages) = $c =~ /messages_yy\[\] = \{\n(.*?)\};/s;
    is($messages, qq{\t{"key", "a \\"b\\"", "á \\"ƀ\\""},\n\t{"", "g", "ğ"},\n\t{"", "h", "ħš"},\n},
        'a made-up language has every message but the fuzzy one, with accents');
}
done_testing();
