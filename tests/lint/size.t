#!/usr/bin/perl
# No file over 600 lines, no function over 100, half of the functions within 15; no room over 45
# files or 4,500 lines of code.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use House;
use Test::More;

my ($file_limit, $function_limit, $median_limit) = (600, 100, 15);
my ($room_files, $room_lines) = (45, 4500);

plan skip_all => 'universal-ctags is missing (./configure --install-deps=test)'
    unless have('ctags') && run('ctags', '--version') =~ /Universal/;

sub long_files {
    my ($root) = @_;
    my @faults;
    for my $path (sources($root, qr/\.(?:[ch]|sh|t|pm)$|\/(?:run|draw|dist)$/, qw(src tests screenshots))) {
        my $lines = () = slurp("$root/$path") =~ /\n/g;
        push @faults, "$path: $lines lines" if $lines > $file_limit;
    }
    return @faults;
}

# Rooms so full that something in them wants a room of its own.
sub full_rooms {
    my ($root) = @_;
    my (%files, %lines);
    for my $path (sources($root, qr/\.[ch]$/, 'src')) {
        my ($room) = $path =~ m{^(src/.+)/};
        my $lines = () = slurp("$root/$path") =~ /\n/g;
        $files{$room}++;
        $lines{$room} += $lines;
    }
    return map { "$_: $files{$_} files, $lines{$_} lines" }
        grep { $files{$_} > $room_files || $lines{$_} > $room_lines } sort keys %files;
}

# [lines, name] of every function of the C files under the folders.
sub functions {
    my ($root, @folders) = @_;
    my @paths = sources($root, qr/\.[ch]$/, @folders) or return;
    my $tags = run('ctags', '--languages=C', '--kinds-C=f', '--fields=+ne', '-f', '-',
        map { "$root/$_" } @paths);
    return map { /^(\S+)\t\Q$root\E\/(\S+).*\tline:(\d+).*\tend:(\d+)/
            ? [$4 - $3 + 1, "$2:$3: $1"] : () } split /\n/, $tags;
}

sub long_functions {
    my ($root) = @_;
    return map { "$_->[1]: $_->[0] lines" } grep { $_->[0] > $function_limit } functions($root, 'src', 'tests');
}

sub median {
    my @sorted = sort { $a <=> $b } @_;
    return @sorted ? $sorted[$#sorted / 2] : 0;
}

my $long = "int f(void)\n{\n" . "    ;\n" x 98 . "}\n";
my $longer = "int g(void)\n{\n" . "    ;\n" x 99 . "}\n";
my $planted = planted('src/mail/a.c' => $long, 'src/mail/b.c' => $longer,
    'src/mail/c.h' => "/* */\n" x 600, 'src/mail/d.h' => "/* */\n" x 601);
catches('a file of 601 lines is seen', [long_files($planted)], qr{^src/mail/d\.h: 601});
catches('a function of 102 lines is seen',
    [long_functions($planted)], qr{b\.c:1: g: 102}, qr{a\.c:1: f: 101});
my $full = planted(map({ ("src/mail/m$_.h" => "/* */\n") } 1 .. 45), map({ ("src/policy/p$_.h" => "/* */\n") } 1 .. 46),
    map { ("src/dns/d$_.h" => "/* */\n" x 451) } 1 .. 10);
catches('a full room is seen', [full_rooms($full)], qr{^src/policy: 46 files}, qr{^src/dns: 10 files, 4510 lines});
is(median(3, 1, 2, 10), 2, 'the median is the middle one');

clean("no file has more than $file_limit lines", long_files(root));
clean("no room has more than $room_files files or $room_lines lines", full_rooms(root));
clean("no function has more than $function_limit lines", long_functions(root));
my @lengths = map { $_->[0] } functions(root, 'src');
my $median = median(@lengths);
cmp_ok($median, '<=', $median_limit, 'the median function is short');
note(scalar(@lengths), " functions, median $median lines");
done_testing();
