#!/usr/bin/perl
# Names and shapes of the house: no typedef of a struct, snake_case, exported functions carry
# their module's prefix, and none of the words that say nothing.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use House;
use Test::More;

my $empty_words = qr/\b\w*(?:manager|handler2|_util|util_|utils)\w*\b/;

# The text without comments, strings and characters; the lines stay where they are.
sub code_of {
    my ($text) = @_;
    $text =~ s{(/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')}
              {my $gone = $1; $gone =~ s/[^\n]//g; $gone}gse;
    return $text;
}

sub wrong_words {
    my ($root) = @_;
    my @faults;
    for my $path (sources($root, qr/\.[ch]$/, 'src', 'tests')) {
        my $line = 0;
        for (split /\n/, code_of(slurp("$root/$path"))) {
            $line++;
            push @faults, "$path:$line: $1" if /($empty_words)/;
            push @faults, "$path:$line: typedef struct" if /\btypedef\s+(?:struct|union|enum)\b/;
            push @faults, "$path:$line: $1 is not snake_case" if /^[a-z][\w *]*\b([a-z]+[A-Z]\w*)\(/;
        }
    }
    return @faults;
}

my $planted = planted(
    'src/mail/a.h' => "typedef struct a a;\nvoid route_manager(void);\nvoid routeBuild(void);\n",
    'src/mail/b.h' => "/* typedef struct: a manager */\nstruct b *b_new(const char *s);\n",
);
catches('typedefs, empty words and camel case are seen', [wrong_words($planted)],
    qr/a\.h:1: typedef/, qr/a\.h:2: route_manager/, qr/a\.h:3: routeBuild/);
clean('names say what they mean', wrong_words(root));
done_testing();
