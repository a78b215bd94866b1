#!/usr/bin/perl
# Every header of src/ compiles alone, twice over, and its guard is FLOOR_MODULE_H.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use House;
use Test::More;

my @compile = grep { !/^-M/ } split ' ', $ENV{COMPILE} || 'cc -std=c11 -D_XOPEN_SOURCE=700';

sub wrong_guards {
    my ($root) = @_;
    return map {
        my ($module) = m{^src/(.+)\.h$};
        (my $guard = uc $module) =~ s{\W}{_}g;
        my $text = slurp("$root/$_");
        $text =~ /^#ifndef \Q${guard}_H\E\n#define \Q${guard}_H\E$/m ? () : "$_: no guard ${guard}_H";
    } sources($root, qr/\.h$/, 'src');
}

# One compiler run for each header; what it says is the fault.
sub not_alone {
    my ($root) = @_;
    my @faults;
    my $unit = planted();
    for my $path (sources($root, qr/\.h$/, 'src')) {
        (my $header = $path) =~ s{^src/}{};
        open my $file, '>', "$unit/alone.c" or die $!;
        print $file "#include \"$header\"\n#include \"$header\"\nextern int alone;\n";
        close $file;
        open my $saved, '>&', \*STDERR or die $!;
        open STDERR, '>', "$unit/said" or die $!;
        my $failed = system(@compile, "-I$root/src", '-fsyntax-only', '-Werror', "$unit/alone.c");
        open STDERR, '>&', $saved or die $!;
        push @faults, "$path: " . slurp("$unit/said") if $failed;
    }
    return @faults;
}

my $planted = planted(
    'src/zz/good.h'  => "#ifndef ZZ_GOOD_H\n#define ZZ_GOOD_H\n#include <stddef.h>\nsize_t f(void);\n#endif\n",
    'src/zz/needy.h' => "#ifndef ZZ_NEEDY_H\n#define ZZ_NEEDY_H\nsize_t g(void);\n#endif\n",
    'src/zz/open.h'  => "struct open { int x; };\n",
);
catches('wrong guards are seen', [wrong_guards($planted)], qr/open\.h: no guard ZZ_OPEN_H/);
catches('headers that need others are seen', [not_alone($planted)], qr/needy\.h/, qr/open\.h/);

clean('every header has its guard', wrong_guards(root));
clean('every header compiles alone', not_alone(root));
done_testing();
