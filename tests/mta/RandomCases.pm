package RandomCases;

# Domains nobody thought of: each a throw of dice that puts together one to eighteen exchanges out of
# everything that is or goes wrong in practice. They are written as those of Cases.pm, which says how.
use strict;
use warnings;
use Exporter 'import';

our @EXPORT = qw(random_cases random_settings);

my @dead = qw(greeting4 greeting5 ehlo4 ehlo5 mail4 rcpt4 rcpt5 data4);
my ($number, $next, $host, $mood); # of the case; its next address and host; how its servers fare

sub pick { my (@of) = @_; return $of[rand @of] }

# One of the keys, each as likely as its number says.
sub weighted {
    my (%weights) = @_;
    my $sum = 0;
    $sum += $_ for values %weights;
    my $at = rand $sum;
    for my $key (sort keys %weights) {
        $at -= $weights{$key};
        return $key if $at < 0;
    }
    return (sort keys %weights)[0];
}

sub stage {
    return '' if $mood eq 'dead';
    return weighted(refused => 1, accepts => 1) eq 'accepts' ? 'accepts/' : '' if $mood eq 'half';
    return pick(@dead) . '/' if $mood eq 'stages';
    return weighted(refused => 4, accepts => 2, dead => 4) =~ /(accepts)|(dead)/ ? ($1 // pick(@dead)) . '/' : '';
}

# Address records of a host that is there: all of one stage, or each of its own.
sub addresses {
    my ($name) = @_;
    my %families = (4 => weighted(0 => 2, 1 => 10, 2 => 4, 3 => 2, 6 => 1), 6 => weighted(0 => 12, 1 => 5, 2 => 2, 4 => 1));
    $families{4} = 1 unless $families{4} + $families{6};
    my $common = rand() < 0.7 ? stage() : undef;
    my $text = '';
    for my $type (map { ('A') x $families{4}, ('AAAA') x $families{6} } 1) {
        $text .= "$name $type " . ($common // stage()) . ++$next . "\n";
    }
    return $text;
}

# `count` sets of settings: of the names in the table one to four, each with one of its values.
sub random_settings {
    my ($count, %values) = @_;
    my @names = sort keys %values;
    my @sets;
    for (1 .. $count) {
        my %chosen = map { my $name = pick(@names); $name => pick(@{ $values{$name} }) } 1 .. weighted(1 => 3, 2 => 4, 3 => 2, 4 => 1);
        push @sets, [map { "$_=$chosen{$_}" } sort keys %chosen];
    }
    return @sets;
}

# A label that is odd in one way or another, and no other's.
sub odd_label {
    my $h = 'h' . ++$host;
    return pick("-$h", "$h-", "x.-$h", "x.$h-", "bad!$h", 'u\\@' . $h, "a/$h", "a+$h", "_$h", "${h}_", "a_$h", "$h--x",
        uc $h, ucfirst $h, $h . 'x' x (63 - length $h), 9000 + $host, "0$host.7", "\\228$h", "a\\.$h");
}

# What an MX record may point to: name, records.
my %targets = (
    plain => sub { my $h = 'h' . ++$host; return ($h, addresses($h)) },
    alias => sub { my $h = 'h' . ++$host; return ("al$h", "al$h CNAME $h\n" . addresses($h)) },
    chain => sub { my $h = 'h' . ++$host; return ("al$h", "al$h CNAME bl$h\nbl$h CNAME $h\n" . addresses($h)) },
    missing => sub { return ('gone' . ++$host . "-$number.nowhere.test.", '') },
    bare => sub { my $h = 'h' . ++$host; return ($h, "$h TXT x\n") },
    failing => sub { return ('h' . ++$host . "-$number.broken.test.", '') },
    dangling => sub { my $h = 'h' . ++$host; return ("al$h", "al$h CNAME gone$h-$number.nowhere.test.\n") },
    odd => sub { my $name = odd_label(); return ($name, addresses($name)) },
    oddalias => sub { my $name = odd_label(); return ("al$host", "al$host CNAME $name\n" . addresses($name)) },
    number => sub { return (pick(1, 99, 30000) . '.', '') },
    dot => sub { return ('.', '') },
    literal => sub { return ('#' . ++$next, '') },
    localhost => sub { return ('localhost.', '') },
    myself => sub { return ('me.test.', '') },
    treated => sub { return ('treated.test.', '') },
    myalias => sub { my $h = 'h' . ++$host; return ("al$h", "al$h CNAME me.test.\n") },
    myaddress => sub { my $h = 'h' . ++$host; return ($h, "$h A me\n" . (rand() < 0.3 ? addresses($h) : '')) },
);
my %likely = (plain => 100, alias => 6, chain => 3, missing => 7, bare => 3, failing => 7, dangling => 3,
    odd => 4, oddalias => 1, number => 0.5, dot => 1, literal => 1, localhost => 0.5, myself => 2, treated => 1, myalias => 1, myaddress => 2);
my %troubled = (%likely, plain => 10);

# The MX records of the owner, with the hosts they name.
sub exchanges {
    my ($owner) = @_;
    my $count = weighted(1 => 3, 2 => 4, 3 => 4, 4 => 3, 6 => 3, 8 => 1, 12 => 1, 18 => 0.5);
    my @preferences = map { int rand 60 } 1 .. pick(1, 1, 2, 2, 3, $count);
    my %kinds = rand() < 0.3 ? %troubled : rand() < 0.4 ? (plain => 1) : %likely;
    my ($text, %seen, @names) = ('');
    for (1 .. $count) {
        my ($name, $records) = @names && rand() < 0.06 ? (pick(@names), '') : $targets{ weighted(%kinds) }->();
        my $preference = $name eq '.' && rand() < 0.5 ? 0 : pick(@preferences);
        next if $seen{"$name $preference"}++;
        $text .= "$owner MX $preference $name\n" . ($seen{$name}++ ? '' : $records);
        push @names, $name unless $name =~ /^[.#]|^\d+\.$/;
        if ($records =~ /^(h\d+) ((?:A|AAAA) \S+)$/m && $2 !~ / me$/ && rand() < 0.08) { # shared with another host
            my ($address, $other) = ($2, 'h' . ++$host);
            $text .= "$owner MX " . pick(@preferences) . " $other\n$other $address\n";
        }
    }
    return $text;
}

sub zone {
    my %shapes = (
        mx => sub { return exchanges('*') },
        alias => sub { return "* CNAME there\n" . exchanges('there') },
        implicit => sub { return addresses('*') },
        aliasimplicit => sub { return "* CNAME there\n" . addresses('there') },
        both => sub { return addresses('*') . exchanges('*') },
        null => sub { return '* MX ' . pick(0, 7) . " .\n" . (rand() < 0.5 ? addresses('*') : '') },
        nothing => sub { return "* TXT x\n" },
        nowhere => sub { return "a A 1\n" },
        aliasnowhere => sub { return "* CNAME gone-$number.nowhere.test.\n" },
        aliasastray => sub { return "* CNAME h-$number.broken.test.\n" },
        selfimplicit => sub { return "* A me\n" . (rand() < 0.5 ? addresses('*') : '') },
    );
    my %often = (mx => 120, alias => 6, implicit => 8, aliasimplicit => 3, both => 5, null => 3, nothing => 1, nowhere => 1,
        aliasnowhere => 1, aliasastray => 1, selfimplicit => 2);
    return $shapes{ weighted(%often) }->();
}

# As many cases as asked for, the same ones for the same seed.
sub random_cases {
    my ($count, $seed) = @_;
    srand $seed;
    my @cases;
    for (1 .. $count) {
        ($number, $next, $host) = ($_, 0, 0);
        $mood = weighted(dead => 5, half => 2, stages => 1, mixed => 4);
        push @cases, { name => "r$number", draws => 1, zone => zone() };
    }
    return @cases;
}

1;
