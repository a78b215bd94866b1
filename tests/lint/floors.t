#!/usr/bin/perl
# Who may include whom, and on which floor a library's header may be seen.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use House;
use Test::More;

# Floor => the floors it may include besides itself.
my %below = (
    base   => [],
    dns    => [qw(base)],
    mail   => [qw(dns base)],
    survey => [qw(mail dns base)],
    net    => [qw(dns base)],
    report => [qw(survey mail dns base)],
    view   => [qw(report survey mail dns base)],
    app    => [qw(view report survey mail dns base)],
    term   => [qw(base)],
    main   => [floors],
);

# The terminal knows cells and roles, keys and events, nothing of what they mean.
my $for_term = qr{^(?:view/(?:canvas|cell|role|theme|colour)|app/(?:event|key))\.h$};

# System header => the floors that may see it.
my @private = (
    [qr{^(?:curses|ncurses|panel|term|histedit)\.h$|^ncursesw?/|^editline/}, qw(term)],
    [qr{^(?:pty|util|libutil|termios)\.h$},                                  qw(term)],
    [qr{^ldns/|^idn2\.h$},                                                   qw(dns)],
    [qr{^uv\.h$},                                                            qw(net main)],
    [qr{^sys/socket\.h$|^netdb\.h$},                               qw(net main)],
    [qr{^jansson\.h$},                                                       qw(report)],
    [qr{^ini\.h$},                                                           qw(app view)],
    [qr{^uthash\.h$},                                                        qw(base)],
);

sub wrong_include {
    my ($floor, $mark, $header) = @_;
    if ($mark eq '<') {
        for my $rule (@private) {
            my ($pattern, @allowed) = @$rule;
            return "<$header> belongs to @allowed"
                if $header =~ $pattern && !grep { $_ eq $floor } @allowed;
        }
        return;
    }
    return if $header eq 'config.h' || ($floor eq 'main' && $header =~ /^main_\w+\.h$/);
    my ($from) = $header =~ m{^([a-z]+)/[a-z0-9_]+\.h$} or return "\"$header\" is not \"floor/module.h\"";
    return if $from eq $floor || grep { $_ eq $from } @{ $below{$floor} };
    return if $floor eq 'term' && $header =~ $for_term;
    return "\"$header\" is not below $floor";
}

sub wrong_includes {
    my ($root) = @_;
    my @faults;
    for my $path (sources($root, qr/\.[ch]$/, 'src')) {
        my $floor = floor_of($path);
        push @faults, "$path: no such floor" and next unless $below{$floor};
        my $line = 0;
        for (split /\n/, slurp("$root/$path")) {
            $line++;
            my ($mark, $header) = /^\s*#\s*include\s*([<"])([^>"]+)[>"]/ or next;
            my $why = wrong_include($floor, $mark, $header);
            push @faults, "$path:$line: $why" if $why;
        }
    }
    return @faults;
}

# x.c includes floor/x.h, when there is one, before anything else.
sub own_header_late {
    my ($root) = @_;
    return map {
        my ($module) = m{^src/(.+)\.c$};
        my ($first) = slurp("$root/$_") =~ /^\s*#\s*include\s*[<"]([^>"]+)/m;
        -f "$root/src/$module.h" && (!defined $first || $first ne "$module.h")
            ? "$_: its first include is not \"$module.h\"" : ();
    } sources($root, qr/\.c$/, 'src');
}

my $planted = planted(
    'src/mail/route.c'  => "#include \"mail/route.h\"\n#include \"survey/survey.h\"\n#include <ldns/ldns.h>\n",
    'src/mail/route.h'  => "#include \"dns/name.h\"\n#include \"config.h\"\n#include <stddef.h>\n",
    'src/net/udp.c'     => "#include <stdlib.h>\n#include \"mail/route.h\"\n#include <uv.h>\n#include \"udp.h\"\n",
    'src/net/udp.h'     => '',
    'src/term/screen.c' => "#include <curses.h>\n#include \"view/canvas.h\"\n#include \"view/pane.h\"\n",
    'src/attic/x.c'     => '',
    'src/main.c'        => "#include \"net/udp.h\"\n#include <curses.h>\n",
);
catches('wrong includes are seen', [wrong_includes($planted)],
    qr{route\.c:2: "survey/survey\.h" is not below mail}, qr{route\.c:3: <ldns/ldns\.h> belongs to dns},
    qr{udp\.c:2: "mail/route\.h" is not below net}, qr{udp\.c:4: "udp\.h" is not "floor/module\.h"},
    qr{screen\.c:3: "view/pane\.h" is not below term}, qr{attic/x\.c: no such floor}, qr{main\.c:2: <curses\.h>});
catches('an own header that is not first is seen', [own_header_late($planted)], qr{net/udp\.c});

clean('every include goes down', wrong_includes(root));
clean('every file includes its own header first', own_header_late(root));
done_testing();
