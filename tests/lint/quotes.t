#!/usr/bin/perl
# What a lesson quotes is true: a record stands in its zone; an address, a share, a code or a time
# stands in the zone, or in a "screen" condition of the same step, which --check-lesson compares
# with the screen. Where neither can be, it is an exception below.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use House;
use Test::More;

# What is said without being on the screen of the step: a rule, an arithmetic, a way out.
my %exceptions = map { $_ => 1 } (
);

my $type = qr/(?:A|AAAA|MX|NS|SOA|TXT|SRV|CNAME|PTR|TLSA)/;

# Steps of a page: { title, text (said and answered), screen (what the conditions name) }.
sub steps {
    my ($page) = @_;
    my ($intro, @parts) = split /^## /m, $page;
    my @steps;
    for my $part (@parts) {
        my ($title, $body) = $part =~ /\A([^\n]*)\n(.*)\z/s;
        my @screen = $body =~ /screen "([^"]*)"/g;
        $body =~ s/^(?:do|expect|note): .*\n(?:  .*\n)*//mg;
        push @steps, { title => $title, text => $body, screen => join("\n", @screen) };
    }
    unshift @steps, { title => '', text => $intro, screen => '' };
    return @steps;
}

# Shares, enhanced codes, times after midnight, addresses; sections of RFCs are none of these.
sub quotes {
    my ($text) = @_;
    $text =~ s/RFC\s+\d+(?:\s+(?:and\s+)?\d+(?:\.\d+)*,?)*//g;
    $text =~ s/^    .*$//mg;
    return ($text =~ /(?<![\d.])(\d+(?:\.\d+)?)\s?%/g, $text =~ /(?<![\d.])([245]\.\d{1,2}\.\d{1,2})(?![\d.])/g,
        $text =~ /(\+\d+h\d\d)/g, $text =~ /(?<![\d.\/])(\d+(?:\.\d+){3})(?![\d\/])/g,
        $text =~ /\b((?:2001:db8|fd00):[0-9a-f:]+)/g);
}

# The records of the zone in one form: owner, type, data with blanks as one, names absolute.
sub records {
    my ($path) = @_;
    my %records;
    for my $line (split /\n/, `ldns-read-zone -0 '$path' 2>/dev/null`) {
        my ($owner, undef, undef, $name, $data) = split ' ', $line, 5;
        $records{ lc "$owner $name " . ($data =~ s/\s+/ /gr) } = 1;
    }
    return \%records;
}

# A record as a page has it: an absolute owner, perhaps a TTL and a class, data, perhaps a remark.
sub quoted_record {
    my ($line) = @_;
    my ($owner, $name, $data) = $line =~ /^    (\S+\.)\s+(?:\d+\s+)?(?:IN\s+)?($type)\s+(.+)$/ or return;
    return lc "$owner $name " . ($data =~ s/\s+/ /gr);
}

sub is_there {
    my ($quoted, $records) = @_;
    return scalar grep { $quoted =~ /^\Q$_\E(?: |$)/ } keys %$records;
}

sub page_faults {
    my ($id, $page, $zone, $records) = @_;
    my @faults;
    for my $record (grep { $_ } map { quoted_record($_) } split /\n/, $page) {
        push @faults, "$id: the zone has no \"$record\"" unless is_there($record, $records) || $exceptions{"$id: $record"};
    }
    for my $step (steps($page)) {
        for my $quote (quotes($step->{text})) {
            next if $zone =~ /(?<![\d.:])\Q$quote\E(?![\d.:])/ || $step->{screen} =~ /(?<![\d.:])\Q$quote\E(?:\.0+)?(?![\d:])/;
            push @faults, "$id, $step->{title}: \"$quote\" stands nowhere" unless $exceptions{"$id: $quote"};
        }
    }
    return @faults;
}

my %planted = ('a. mx 10 b.' => 1);
catches('what is not so is seen',
    [page_faults('x', "# X\n\n    a.  MX 10 b.\n    a.  MX 20 c.   no such name\n\n## One\n\nBy RFC 5321 5.1, 4.2.2 it is 192.0.2.1, 33.3% and 5.1.10 at +7h00.\n\n"
            . "answer: 50% or 2001:db8::1.\nexpect: screen \"(50.0)\" screen \"50 %\"\n", '192.0.2.2', \%planted)],
    qr/no "a\. mx 20 c\./, qr/"192\.0\.2\.1"/, qr/"33\.3"/, qr/"5\.1\.10"/, qr/"\+7h00"/, qr/"2001:db8::1"/);

SKIP: {
    skip 'ldns-read-zone is missing', 1 unless have('ldns-read-zone');
    my (@faults, %used);
    for my $path (grep { !/\@/ } sources(root, qr/\.zone$/, 'help/lessons')) {
        my ($id) = $path =~ m{([^/]+)\.zone$};
        push @faults, page_faults($id, slurp(root . "/help/lessons/$id.txt"), slurp(root . "/$path"), records(root . "/$path"));
    }
    clean('what the lessons quote', @faults);
}
done_testing();
