#!/usr/bin/perl
# Names and shapes of the house: no typedef of a struct, snake_case, none of the words that say
# nothing. What is exported begins with its module, its room, or a thing that its floor defines; no
# two files have one name, no two headers one enumerator, and no static function or local struct has the
# name of an exported one.
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

# File names, of which an archive keeps one each.
sub file_twice {
    my ($root) = @_;
    my %paths;
    push @{ $paths{ m{([^/]+)$} ? $1 : $_ } }, $_ for sources($root, qr/\.[ch]$/, 'src');
    return map { "$_: @{ $paths{$_} }" } grep { @{ $paths{$_} } > 1 } sort keys %paths;
}

# What the source says: the functions it exports and those it keeps, structs and enums, actions.
sub shapes {
    my ($root) = @_;
    my %shapes = (exported => {}, static => {}, things => {}, headers => {}, actions => {});
    for my $path (sources($root, qr/\.[ch]$/, 'src')) {
        my ($room, $module, $kind) = $path =~ m{^src/(.+)/([^/]+)\.([ch])$} or next;
        my $code = code_of(slurp("$root/$path"));
        push @{ $shapes{things}{$2} }, { room => $room, path => $path, enum => $1 eq 'enum' }
            while $code =~ /^(struct|enum) (\w+)(?= \{|;)(?! \{\};)/mg;
        $shapes{headers}{$room}{$module} = 1 if $kind eq 'h';
        if ($kind eq 'h') {
            while ($code =~ /^action_(?:number_)?function ([\w,\s]+);/mg) {
                $shapes{actions}{$_} = 1 for split /,\s*/, $1;
            }
            next;
        }
        while ($code =~ /^(static )?+(?:inline |_Noreturn )?[A-Za-z][\w ]*?[ *](\w+)\([^;{]*\)\n\{/mg) {
            push @{ $shapes{ $1 ? 'static' : 'exported' }{$2} }, { room => $room, module => $module, path => $path };
        }
    }
    return %shapes;
}

# A word whatever its number: "profiles" and "profile".
sub stem { return $_[0] =~ s/s$//r }

# Does an exported name begin with a word of its module, its room or floor, or a thing of its floor?
sub begins_well {
    my ($name, $at, $shapes) = @_;
    my ($floor) = $at->{room} =~ m{^([a-z]+)};
    my @words = (split(/_/, $at->{module}), split m{/}, $at->{room});
    return 1 if grep { stem($name =~ s/_.*//r) eq stem($_) } @words;
    my @things = grep { grep { $_->{room} =~ /^$floor\b/ } @{ $shapes->{things}{$_} } } keys %{ $shapes->{things} };
    push @things, map { keys %{ $shapes->{headers}{$_} } } grep { /^$floor\b/ } keys %{ $shapes->{headers} };
    return scalar grep { $name =~ /^\Q$_\Es?_/ || $name =~ /^\Q${\ stem($_)}\E_/ } @things;
}

# Functions that draw are named after what they draw, those of an action after it; malloc.c has the
# names of the C library, and tr() and its like in message.c are as short as in every program.
sub wrong_prefix {
    my ($root) = @_;
    my %shapes = shapes($root);
    my @faults;
    for my $name (sort keys %{ $shapes{exported} }) {
        next if $name =~ /_draw$/ || $name eq 'main' || $shapes{actions}{$name};
        for my $at (@{ $shapes{exported}{$name} }) {
            push @faults, "$at->{path}: $name" unless $at->{module} eq 'malloc' || $name =~ /^tr(?:_in|_plural)?$/ || begins_well($name, $at, \%shapes);
        }
    }
    return @faults;
}

# An enumerator of two headers: no file could include both.
sub enumerators_twice {
    my ($root) = @_;
    my %headers;
    for my $path (sources($root, qr/\.h$/, 'src')) {
        my $code = code_of(slurp("$root/$path"));
        while ($code =~ /^enum(?: \w+)? \{([^}]*)\}/mg) {
            my $body = $1;
            push @{ $headers{$1} }, $path while $body =~ /(?:^|,)\s*([A-Z]\w*)/g;
        }
    }
    return map { "$_: @{ $headers{$_} }" } grep { @{ $headers{$_} } > 1 } sort keys %headers;
}

# A static function that is called as an exported one elsewhere, a struct that is two.
sub namesakes {
    my ($root) = @_;
    my %shapes = shapes($root);
    my @faults = map { my $name = $_; map { "$_->{path}: $name" } @{ $shapes{static}{$name} } }
        grep { $shapes{exported}{$_} } sort keys %{ $shapes{static} };
    my %defined;
    for my $path (sources($root, qr/\.[ch]$/, 'src')) {
        my $code = code_of(slurp("$root/$path"));
        push @{ $defined{"$1 $2"} }, $path while $code =~ /^(struct|enum) (\w+) \{/mg;
    }
    push @faults, map { "$_: @{ $defined{$_} }" }
        grep { @{ $defined{$_} } > 1 && grep { /\.h$/ } @{ $defined{$_} } } sort keys %defined;
    return @faults;
}

my $named = planted(
    'src/mail/route/route.c'  => "int route_build(void)\n{\n}\n\nint plan_walk(void)\n{\n}\n\nint walk_plan(void)\n{\n}\n",
    'src/mail/order/order.h'  => "struct plan {\n};\n",
    'src/mail/order/walk.c'   => "static int route_build(void)\n{\n}\n\nint walk_draw(void)\n{\n}\n",
    'src/mail/order/step.h'   => "enum step {\n    STEP_ONE, /* STEP_TWO */\n    STEP_LAST = 4,\n};\n",
    'src/policy/spf/term.h'   => "enum { STEP_LAST, STEP_TWO };\n",
    'src/policy/spf/walk.c'   => "struct plan {\n};\n\nint odd_draw(void)\n{\n}\n\nint odd(int a,\n        int b)\n{\n}\n",
);
catches('two files of one name are seen', [file_twice($named)], qr{^walk\.c: src/mail/order/walk\.c src/policy});
catches('an exported name that belongs elsewhere is seen', [wrong_prefix($named)],
    qr{route\.c: walk_plan$}, qr{spf/walk\.c: odd$});
catches('namesakes are seen', [namesakes($named)], qr{order/walk\.c: route_build}, qr{^struct plan: });
catches('an enumerator of two headers is seen', [enumerators_twice($named)], qr{^STEP_LAST: src/mail/order/step\.h src/policy/spf/term\.h$});
clean('no two files have one name', file_twice(root));
clean('what is exported says where it is from', wrong_prefix(root));
clean('one name is one thing', namesakes(root));
clean('and so is an enumerator', enumerators_twice(root));
done_testing();
