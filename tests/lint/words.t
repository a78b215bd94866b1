#!/usr/bin/perl
# Words that src/LANGUAGE does not use, in messages and pages of help, in both languages; and
# numbers with a made-up plural.
use strict;
use warnings;
use Encode qw(decode);
use FindBin;
use lib $FindBin::Bin;
use House;
use Messages;
use Test::More;

# What is not said, and what is said instead.
my @english = (
    [qr{\blook-ups?\b}i => "lookup"],
    [qr/\btime-outs?\b/i => 'timeout'],
    [qr/\btime-lines?\b/i => 'timeline'],
    [qr/\bin vain\b/i => 'failed'],
    [qr/\bawaited\b/i => 'waiting for'],
    [qr/\bspare (?:host|exchange|mail)/i => 'secondary, backup MX'],
    [qr/\bput off\b/i => 'deferred'],
    [qr/\bstruck out\b/i => 'ignored'],
    [qr/\bdecidedly\b/i => 'explicitly'],
    [qr/\bnobody chose\b/i => 'a random name'],
    [qr/\blead back\b/i => 'forward-confirmed'],
    [qr/\bmaster file/i => 'zone file'],
    [qr/\bexchanges\b/ => 'MX hosts'],
    [qr/\b1 (?:deliveries|lookups|records|hosts|names|queries)\b/ => 'a singular'],
    [qr/%[-.0-9]*[a-z]+ \w+%s\b/ => 'tr_plural()'],
);
my @japanese = (
    [qr/優先度が(?:高|低)/ => 'プリファレンス値が小さい、大きい'],
    [qr/エイリアス/ => '別名'],
    [qr/エクスチェンジ/ => 'MXホスト'],
    [qr/サーバ(?!ー)/ => 'サーバー'],
    [qr/(?:フィルタ(?!リング)|フォルダ|ブラウザ|アダプタ|パラメータ|プロバイダ|ヘッダ|コネクタ)(?!ー)/ => 'a long vowel at the end'],
    [qr/(?:メモリ|ライブラリ|ディレクトリ|レジストリ)ー/ => 'メモリ'],
    [qr/機械|挨拶|受信者|カンマ|記述子/ => 'マシン, グリーティング, 宛先, コンマ, ディスクリプター'],
    [qr/(?:最後|終わり)の点/ => '末尾のドット'],
    [qr/リゾルバ(?!ー)/ => 'リゾルバー'],
    [qr/セレクタ(?!ー)/ => 'セレクター'],
    [qr/ウェイト/ => '重み'],
    [qr/あなた/ => 'no subject'],
);
$_->[0] = qr/${\ decode('UTF-8', "$_->[0]") }/ for @japanese;

sub said {
    my ($where, $text, @rows) = @_;
    my @faults;
    for (@rows) {
        my ($pattern, $instead, $but) = @$_;
        while ($text =~ /($pattern)/g) {
            my $word = $1;
            next if $but && $word =~ /^$but$/;
            my $line = 1 + (substr($text, 0, $-[1]) =~ tr/\n//);
            utf8::encode($word) if utf8::is_utf8($word);
            push @faults, (ref $where ? $where->($line) : $where) . ": \"$word\": say $instead";
        }
    }
    return @faults;
}

# States of JSON, which never change.
my %state = map { $_ => 1 } 'look-up failed', 'too many look-ups', 'too many exchanges';

sub message_faults {
    my ($root) = @_;
    return map { said($_->{where}, $_->{id}, @english) } grep { !$state{ $_->{id} } } messages($root);
}

# Japanese has no blanks: a word may go on in the next line. The paragraph keeps its number of lines.
sub joined {
    my ($text) = @_;
    $text =~ s{((?:^[^\n]+\n)+)}{
        my $paragraph = $1;
        my $gone = () = $paragraph =~ s/(?<=[^\x00-\x7f])\n(?:  )?(?=[^\x00-\x7f])/\x{2028}/gr =~ /\x{2028}/g;
        $paragraph =~ s/(?<=[^\x00-\x7f])\n(?:  )?(?=[^\x00-\x7f])//g;
        $paragraph . "\n" x $gone
    }gme;
    return $text;
}

# Pages; the field of an MX record and of JSON is called exchange.
sub page_faults {
    my ($root, $folder, @rows) = @_;
    return map {
        my $path = $_;
        my $text = slurp("$root/$path");
        $text = joined(decode('UTF-8', $text)) if $folder =~ /ja$/;
        said(sub { "$path:$_[0]" }, $text, @rows);
    } grep { $folder =~ /ja$/ || !m{help/ja/|help/lessons/} } sources($root, qr/\.txt$/, $folder);
}

sub translation_faults {
    my ($root, $path) = @_;
    return map { said("$path:" . ($_->{line} // '?'), decode('UTF-8', $_->{text} // ''), @japanese) } catalogue("$root/$path");
}

my $planted = planted('src/po/keywords' => "tr 1\n",
    'src/app/a.c' => "void a(void)\n{\n    tr(\"one look-up, exchanges\");\n    tr(\"%zu record%s\"); tr(\"a lookup\");\n}\n",
    'src/po/ja.po' => "msgid \"\"\nmsgstr \"\"\n\nmsgid \"x\"\nmsgstr \"優先度が高いサーバ\"\n\nmsgid \"y\"\nmsgstr \"サーバー\"\n",
    'help/a.txt' => "# A\n\nTried in vain.\n", 'help/lessons/b.txt' => "in vain\n", 'help/ja/a.txt' => "# A\n\nエイリアス\n", 'help/ja/b.txt' => "# B\n\nanswer: フィルタ\n  リング。機\n  械\n");
catches('words of messages are seen', [message_faults($planted)], qr/a\.c:3: "look-up"/, qr/a\.c:3: "exchanges"/, qr/a\.c:4: .*tr_plural/);
catches('words of pages are seen', [page_faults($planted, 'help', @english)], qr/help\/a\.txt:3: "in vain": say failed/);
catches('words of Japanese pages are seen', [page_faults($planted, 'help/ja', @japanese)], qr/ja\/a\.txt:3: /, qr/ja\/b\.txt:3: .*マシン/);
catches('words of translations are seen', [translation_faults($planted, 'src/po/ja.po')], qr/ja\.po:4: .*プリ/, qr/ja\.po:4: .*サーバー/);

clean('messages use the words of src/LANGUAGE', message_faults(root));
clean('and so do pages', page_faults(root, 'help', @english));
clean('and Japanese pages', page_faults(root, 'help/ja', @japanese));
clean('and translations', translation_faults(root, 'src/po/ja.po'));
done_testing();
