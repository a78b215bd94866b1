#!/usr/bin/perl
# The law of src/rooms: who may include whom and by which doors, and on which floor a library's
# header may be seen.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use House;
use Test::More;

# System header => the floors that may see it.
my @private = (
    [qr{^(?:curses|ncurses|panel|term|histedit)\.h$|^ncursesw?/|^editline/}, qw(term)],
    [qr{^(?:pty|util|libutil|termios)\.h$},                                  qw(term)],
    [qr{^ldns/|^idn2\.h$},                                                   qw(dns)],
    [qr{^uv\.h$},                                                            qw(net main)],
    [qr{^sys/socket\.h$|^netdb\.h$},                               qw(net main)],
    [qr{^(?:curl|openssl)/},                                                  qw(net)],
    [qr{^jansson\.h$},                                                       qw(report)],
    [qr{^ini\.h$},                                                           qw(app view)],
    [qr{^uthash\.h$},                                                        qw(base)],
);

sub floor_of { return $_[0] =~ m{^([^/]+)} ? $1 : '' }

# The room of a file is its folder below src/.
sub room_of { return $_[0] =~ m{^src/(.+)/} ? $1 : '' }

# What is wrong with a system header in a room.
sub wrong_library {
    my ($room, $header) = @_;
    for my $rule (@private) {
        my ($pattern, @allowed) = @$rule;
        return "<$header> belongs to @allowed"
            if $header =~ $pattern && !grep { $_ eq floor_of($room) } @allowed;
    }
    return;
}

# What is wrong with a header of ours in a room: the other room is not below, or it is no door.
sub wrong_header {
    my ($rooms, $room, $header) = @_;
    my ($to, $module) = $header =~ m{^([a-z]+(?:/[a-z]+)?)/([a-z0-9_]+)\.h$} or return "\"$header\" is not \"room/module.h\"";
    return if $to eq $room;
    return "\"$header\" is not below $room" unless grep { $_ eq $to || $_ eq floor_of($to) } @{ $rooms->{$room}{below} };
    my @doors = $rooms->{$to} ? @{ $rooms->{$to}{doors} } : ();
    return "\"$header\" is no door of $to" unless grep { $_ eq '*' || $_ eq $module } @doors;
    return;
}

sub wrong_includes {
    my ($root) = @_;
    my %rooms = map { $_->{room} => $_ } rooms($root);
    my @faults;
    for my $path (sources($root, qr/\.[ch]$/, 'src')) {
        my $room = room_of($path);
        push @faults, "$path: no such room" and next unless $rooms{$room};
        my $line = 0;
        for (split /\n/, slurp("$root/$path")) {
            $line++;
            my ($mark, $header) = /^\s*#\s*include\s*([<"])([^>"]+)[>"]/ or next;
            next if $header eq 'config.h';
            my $why = $mark eq '<' ? wrong_library($room, $header) : wrong_header(\%rooms, $room, $header);
            push @faults, "$path:$line: $why" if $why;
        }
    }
    return @faults;
}

# A row names only rooms above it in the table (so no circle can be written down), no room twice,
# and doors that exist.
sub wrong_rows {
    my ($root) = @_;
    my (%above, %seen, @faults);
    for my $row (rooms($root)) {
        my $room = $row->{room};
        push @faults, "$room: twice" if $seen{$room}++;
        push @faults, map { "$room: $_ is not above it in the table" } grep { !$above{$_} } @{ $row->{below} };
        push @faults, map { "$room: no door $_" } grep { $_ ne '*' && !-f "$root/src/$room/$_.h" } @{ $row->{doors} };
        $above{$_} = 1 for $room, floor_of($room);
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
    'src/rooms'              => <<'END',
# room       doors    may include
base         *        -
dns          *        base
net          server   dns base
net/live     -        net dns base
mail/route   route    dns base
mail/order   order    mail/route dns base
view/canvas  canvas   base
term         -        view base   # the floor below by its doors
main         -        term net mail dns base
END
    'src/dns/name.h'         => '',
    'src/net/server.h'       => '',
    'src/mail/order/order.h' => '',
    'src/view/canvas/canvas.h' => '',
    'src/mail/route/route.c' => "#include \"mail/route/route.h\"\n#include \"mail/order/order.h\"\n#include <ldns/ldns.h>\n",
    'src/mail/route/route.h' => "#include \"dns/name.h\"\n#include \"config.h\"\n#include <stddef.h>\n",
    'src/mail/order/keys.c'  => "#include \"mail/route/route.h\"\n#include \"mail/route/draft.h\"\n",
    'src/net/live/udp.c'     => "#include <stdlib.h>\n#include \"mail/route/route.h\"\n#include <uv.h>\n#include \"udp.h\"\n",
    'src/net/live/udp.h'     => '',
    'src/term/screen.c'      => "#include <curses.h>\n#include \"view/canvas/canvas.h\"\n#include \"view/canvas/cell.h\"\n",
    'src/attic/x.c'          => '',
    'src/main/main.c'        => "#include \"net/live/udp.h\"\n#include <curses.h>\n",
);
catches('wrong includes are seen', [wrong_includes($planted)],
    qr{route\.c:2: "mail/order/order\.h" is not below mail/route}, qr{route\.c:3: <ldns/ldns\.h> belongs to dns},
    qr{keys\.c:2: "mail/route/draft\.h" is no door of mail/route},
    qr{udp\.c:2: "mail/route/route\.h" is not below net/live}, qr{udp\.c:4: "udp\.h" is not "room/module\.h"},
    qr{screen\.c:3: "view/canvas/cell\.h" is no door of view/canvas}, qr{attic/x\.c: no such room},
    qr{main\.c:1: "net/live/udp\.h" is no door of net/live}, qr{main\.c:2: <curses\.h>});
catches('an own header that is not first is seen', [own_header_late($planted)], qr{net/live/udp\.c});
catches('a whole table has no fault', [wrong_rows($planted)]);

my $odd = planted('src/rooms' => <<'END', 'src/dns/name.h' => '', 'src/mail/route/route.h' => '');
base  *     -
dns   name  mail base
mail  path  dns base
mail  *     base
END
catches('a row that climbs, a room twice and a door that is none are seen', [wrong_rows($odd)],
    qr{^dns: mail is not above}, qr{^mail: no door path}, qr{^mail: twice});

clean('the rooms stand in one order', wrong_rows(root));
clean('every include goes down', wrong_includes(root));
clean('every file includes its own header first', own_header_late(root));
done_testing();
