#!/usr/bin/perl
# mail, policy, survey, sheet and view call no socket, no clock, no output, no randomness, no environment, no
# ldns and no curses: what their archives leave to the linker says so. So does that net knows no
# clock that can be set: whatever an administrator or NTP does to it, no question waits longer.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use House;
use Test::More;

my @impure = (
    [socket => qr/^(?:socket|connect|bind|listen|accept4?|send|sendto|sendmsg|recv|recvfrom|recvmsg|poll|p?select|epoll_\w+|getaddrinfo|gethostby\w+|res_\w+)$/],
    [clock  => qr/^(?:time|clock|clock_gettime|clock_getres|gettimeofday|ftime|timespec_get|nanosleep|u?sleep|alarm|setitimer|localtime(?:_r)?|tzset)$/],
    [output => qr/^(?:v?d?f?printf|puts|putchar|putc|fputs|fputc|fwrite|perror|__v?d?f?printf_chk|stdout|stderr|stdin|fopen|fdopen|freopen|open|openat|creat|read|write|writev|syslog|system|popen|fork|exec\w+)$/],
    [chance => qr/^(?:s?rand|rand_r|s?random|[dlm]rand48|getrandom|getentropy|arc4random\w*)$/],
    [environment => qr/^(?:getenv|secure_getenv|setlocale)$/],
    [ldns   => qr/^(?:ldns_|idn2_)/],
    [curses => qr/^(?:initscr|newterm|endwin|w?refresh|doupdate|w?move|w?add\w*str|w?add_wch|w?addch|wnoutrefresh|new_panel|update_panels|init_pair\w*|init_color|w?getch|w?get_wch|wattr\w*|tiget\w+|stdscr|el_\w+)$/],
    [libuv  => qr/^uv_/],
    [json   => qr/^json_/],
);

# The names an archive uses and does not define, and what is wrong with them.
sub impurities {
    my ($archive, @kinds) = @_;
    my @sought = @kinds ? grep { my $row = $_; grep { $row->[0] eq $_ } @kinds } @impure : @impure;
    my (%used, %defined);
    for (split /\n/, run('nm', '-P', $archive)) {
        my ($name, $kind) = /^(\S+) (\w)/ or next;
        $name =~ s/\@.*//;
        $kind =~ /^[Uw]$/ ? ($used{$name} = 1) : ($defined{$name} = 1);
    }
    my @faults;
    for my $name (sort grep { !$defined{$_} } keys %used) {
        push @faults, map { "$archive: $name ($_->[0])" } grep { $name =~ $_->[1] } @sought;
    }
    return @faults;
}

plan skip_all => 'nm is missing (binutils)' unless have('nm');

my $planted = planted('unit.c' => <<'END');
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
int unit(char *text);
int unit(char *text)
{
    snprintf(text, 4, "%d", socket(AF_INET, SOCK_DGRAM, 0));
    fprintf(stderr, "%s %d", text, rand());
    return (int)time(NULL);
}
END
my ($compiler) = split ' ', $ENV{CC} || 'cc';
system($compiler, '-O0', '-c', '-o', "$planted/unit.o", "$planted/unit.c") == 0 or BAIL_OUT('no compiler');
catches('a socket, a clock, output and chance are seen', [impurities("$planted/unit.o")],
    qr/: socket/, qr/: time /, qr/: fprintf/, qr/: stderr/, qr/: rand/);
catches('one kind alone is seen alone', [impurities("$planted/unit.o", 'clock')], qr/: time /);

my $build = $ENV{builddir} || '.';
for ([qw(mail)], [qw(policy)], [qw(survey)], [qw(sheet)], [qw(view)], [qw(net clock)]) {
    my ($floor, @kinds) = @$_;
    my $archive = "$build/src/$floor/lib$floor.a";
  SKIP: {
        skip "$floor has no code", 1 unless -f $archive || sources(root, qr/\.c$/, "src/$floor");
        clean(@kinds ? "$floor has no @kinds of the system" : "$floor is pure",
            -f $archive ? impurities($archive, @kinds) : "$archive is not built");
    }
}
done_testing();
