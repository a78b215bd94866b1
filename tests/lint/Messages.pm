package Messages;

# The messages of the program as they stand in the sources, and as catalogues have them.
use strict;
use warnings;
use Exporter 'import';
use FindBin;
use lib $FindBin::Bin;
use House;

our @EXPORT = qw(keywords messages literals catalogue conversions);

my $literal = qr/"(?:[^"\\]|\\.)*"/s;

# name => [[context, number, plural], ...] of src/po/keywords.
sub keywords {
    my ($root) = @_;
    my %keywords;
    for (split /\n/, slurp("$root/src/po/keywords")) {
        s/#.*//;
        my ($name, @words) = split or next;
        my ($context, @rows) = ('');
        for my $word (@words) {
            if ($word =~ /^\+(.+)/) { $context = $1 }
            elsif ($word =~ m{^/(\d+)}) { $rows[-1][2] = $1 }
            else { push @rows, [$context, $word]; $context = '' }
        }
        $keywords{$name} = \@rows;
    }
    return \%keywords;
}

# The text with comments and preprocessor line ends blanked, all positions kept.
sub bare {
    my ($text) = @_;
    $text =~ s{($literal)|('(?:[^'\\]|\\.)')|(/\*.*?\*/|//[^\n]*)}{
        defined $3 ? $3 =~ s/[^\n]/ /gr : defined $1 ? $1 : "'" . 'x' x (length($2) - 2) . "'"}gse;
    $text =~ s/\\\n/ \n/g;
    return $text;
}

# Adjacent literals as one string, as PO writes it.
sub joined {
    my ($run) = @_;
    return join '', map { substr $_, 1, -1 } $run =~ /$literal/g;
}

# The arguments of a call that opens at $from (behind its parenthesis): [text, position] each.
sub arguments {
    my ($text, $from) = @_;
    my (@arguments, $depth, $start) = ();
    ($depth, $start) = (0, $from);
    pos($text) = $from;
    while ($text =~ /\G(?:($literal)|([(\[{])|([)\]}])|(,)|([^"(){}\[\],]+))/gc) {
        if (defined $2) { $depth++ }
        elsif (defined $3) {
            next if $depth--;
            push @arguments, [substr($text, $start, pos($text) - 1 - $start), $start];
            last;
        }
        elsif (defined $4 && !$depth) {
            push @arguments, [substr($text, $start, pos($text) - 1 - $start), $start];
            $start = pos $text;
        }
    }
    return @arguments;
}

# The literals of an argument that are not those of a call within it: [string, position] each.
sub own_literals {
    my ($argument, $at) = @_;
    my ($depth, @found) = (0);
    my @calls;
    while ($argument =~ /\G(?:((?:$literal\s*)+)|(\w+\s*\()|(\()|(\))|(.))/gsc) {
        if (defined $1 && !grep { $_ } @calls) {
            push @found, [joined($1), $at + $-[1]];
        }
        elsif (defined $2) { push @calls, 1 }
        elsif (defined $3) { push @calls, 0 }
        elsif (defined $4) { pop @calls }
    }
    return @found;
}

sub line_of { my ($text, $at) = @_; return 1 + (substr($text, 0, $at) =~ tr/\n//) }

# Every message of the sources: {id, context, plural, where}, in order.
sub messages {
    my ($root) = @_;
    my $keywords = keywords($root);
    my $names = join '|', map { quotemeta } sort keys %$keywords;
    my @messages;
    for my $path (sources($root, qr/\.[ch]$/, 'src')) {
        my $text = bare(slurp("$root/$path"));
        my $add = sub {
            my ($id, $at, %more) = @_;
            push @messages, { id => $id, context => '', where => "$path:" . line_of($text, $at), %more }
                if ($more{context} || $id =~ s{%[-+ #0-9.*]*(?:hh?|ll?|[zjt])?[a-z]}{}gir =~ /\S/) && $id =~ /[a-z]/i;
        };
        while ($text =~ /\b($names)\s*\(/g) {
            my ($rows, @arguments) = ($keywords->{$1}, arguments($text, $+[0]));
            for my $row (@$rows) {
                my ($context, $number, $plural) = @$row;
                my $argument = $arguments[$number - 1] or next;
                $context = $context =~ /^\d+$/ ? joined($arguments[$context - 1][0]) : $context;
                $add->($_->[0], $_->[1], context => $context, plural => $plural ? joined($arguments[$plural - 1][0]) : undef)
                    for own_literals(@$argument);
            }
        }
        # the titles in the tables of findings
        $add->(joined($2), $-[2]) while $text =~ /\{"([a-z0-9-]+)",\s*SEVERITY_\w+,\s*((?:$literal\s*)+),/g;
    }
    return @messages;
}

# What is only said when the program is broken.
sub blank_literals {
    my ($code) = @_;
    return $code =~ s/$literal/'x' x length $&/ger;
}

# Literals with a blank between letters that are no messages: [path:line, string] each.

sub literals {
    my ($root, @folders) = @_;
    my %known = map { $_->{id} => 1, defined $_->{plural} ? ($_->{plural} => 1) : () } messages($root);
    my @found;
    for my $path (sources($root, qr/\.[ch]$/, @folders)) {
        my $text = bare(slurp("$root/$path"));
        $text =~ s{\b(?:_Static_|static_)?assert\((?:[^;"]|$literal)*;}{blank_literals($&)}ge;
        while ($text =~ /((?:$literal\s*)+)/g) {
            my ($string, $at) = (joined($1), $-[1]);
            (my $words = $string) =~ s/%[-0-9.*]*[a-z]+//g;
            push @found, ["$path:" . line_of($text, $at), $string] if $words =~ /[A-Za-z]{2}.* .*|.* .*[a-z]{2}/ && !$known{$string};
        }
    }
    return @found;
}

# The entries of a PO file: {context, id, plural, text, fuzzy, line}; the head is not one.
sub catalogue {
    my ($path) = @_;
    my (@entries, $entry, $part, $number);
    for my $line (split /\n/, slurp($path)) {
        $number++;
        if ($line =~ /^#, .*fuzzy/) { push @entries, $entry = { fuzzy => 1 }; undef $part }
        elsif ($line =~ /^#~/) { push @entries, { obsolete => 1, id => $line, line => $number }; undef $entry }
        elsif ($line =~ /^\s*$/) { undef $entry }
        elsif ($line =~ /^(msgctxt|msgid|msgid_plural|msgstr)(?:\[0\])? "(.*)"$/) {
            push @entries, $entry = {} unless $entry && !($1 eq 'msgid' && exists $entry->{id});
            $entry->{line} //= $number;
            $part = { msgctxt => 'context', msgid => 'id', msgid_plural => 'plural', msgstr => 'text' }->{$1};
            $entry->{$part} = $2;
        }
        elsif ($line =~ /^"(.*)"$/ && $part) { $entry->{$part} .= $1 }
        elsif ($line !~ /^#/) { push @entries, { obsolete => 1, id => "no line of a catalogue: $line", line => $number } }
    }
    return grep { !exists $_->{id} || $_->{id} ne '' } @entries;
}

# The conversions of a format in the order of their arguments: "%2$s of %1$zu" is "zu s".
sub conversions {
    my ($format) = @_;
    my (@found, $next);
    while ($format =~ /%(?:(\d+)\$)?[-+ #0]*(\*|\d+)?(?:\.(\*|\d+)?)?(hh?|ll?|[zjt])?([a-zA-Z%])/g) {
        my ($place, $stars, $type) = ($1, join('', grep { defined && $_ eq '*' } $2, $3), ($4 // '') . $5);
        $found[defined $place ? $place - 1 : $next++] = "$stars$type" if $type ne '%';
    }
    return join ' ', map { $_ // '?' } @found;
}

1;
