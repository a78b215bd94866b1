#!/usr/bin/perl
# Help pages keep their format, findings and profiles have theirs, lessons are whole and use
# documentation names and addresses only, no operator claims what another one has.
use strict;
use warnings;
use FindBin;
use Test::More;

my $root = $ENV{srcdir} || "$FindBin::Bin/../..";

sub read_file {
    my ($path) = @_;
    open my $file, '<', $path or die "$path: $!";
    local $/ = undef;
    my $text = <$file>;
    close $file;
    return $text;
}

sub base_name {
    my ($path) = @_;
    return $path =~ m{([^/]+)\.\w+$} ? $1 : die $path;
}

sub page_faults {
    my ($text) = @_;
    my @faults;
    my ($number, $blank) = (0, 0);
    push @faults, 'does not begin with "# Title"' unless $text =~ /\A# \S/;
    push @faults, 'does not end with one line end' unless $text =~ /[^\n]\n\z/;
    for my $line (split /\n/, $text) {
        $number++;
        push @faults, "$number: over 76 columns" if length $line > 76;
        push @faults, "$number: not printable ASCII" if $line =~ /[^ -~]/;
        push @faults, "$number: blank at the end" if $line =~ / $/;
        push @faults, "$number: indented by fewer than 4" if $line =~ /^ {1,3}\S/;
        push @faults, "$number: two empty lines" if $blank && $line eq '';
        push @faults, "$number: heading of another kind" if $line =~ /^#/ && $line !~ /^##? \S/;
        push @faults, "$number: a second title" if $number > 1 && $line =~ /^# /;
        $blank = $line eq '';
    }
    return @faults;
}

sub headings {
    my ($path) = @_;
    return join ', ', read_file($path) =~ /^## (.+)$/mg;
}

my @pages = sort(glob("$root/help/*.txt"), glob("$root/help/*/*.txt"));
ok(@pages > 100, 'help pages are there');
my @faults;
for my $path (@pages) {
    push @faults, map { "$path: $_" } page_faults(read_file($path));
}
is(join("\n", @faults), '', 'every page keeps the format');

my @unlike = grep { !/Reference$/ || !/^What senders do, What to change, / }
    map { headings($_) } glob "$root/help/findings/*.txt";
is("@unlike", '', 'finding pages: what senders do, what to change, reference');
my @misnamed = grep { read_file($_) !~ /^# \Q@{[base_name($_)]}\E: / } glob "$root/help/findings/*.txt";
is("@misnamed", '', 'finding pages bear their id');

my %finding_ids = map { $_ => 1 } map { read_file($_) =~ /^\s*(?:\w+\()?\{?"((?:mx|cname|a|ns|soa|srv|spf|dmarc|dkim|mta-sts|tls-rpt|dane|ptr|dnssec)-[a-z0-9-]+)",/mg }
    glob "$root/src/mail/finding*.c";
SKIP: {
    skip 'no table of findings', 1 unless %finding_ids;
    my @without = grep { !-f "$root/help/findings/$_.txt" } sort keys %finding_ids;
    is("@without", '', 'every finding has a page');
}

my @profiles = map { /profile_(\w+)\.c$/ } glob "$root/src/mail/profile_*.c";
my @unexplained = grep { !-f "$root/help/profiles/$_.txt" }
    grep { /^(rfc5321|postfix|exim|sendmail|opensmtpd|qmail|courier|naive)$/ } @profiles;
is("@unexplained", '', 'every profile has a page');

my %special = map { $_ => 1 } qw(loopback);

sub foreign_words {
    my ($zone) = @_;
    $zone =~ s/;.*$//mg;
    $zone =~ s/"[^"]*"/""/g;
    my @bad;
    for my $address ($zone =~ /\bA\s+(\d+\.\d+\.\d+\.\d+)/g) {
        push @bad, $address unless $address =~ /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\./;
    }
    for my $address ($zone =~ /\bAAAA\s+(\S+)/g) {
        push @bad, $address unless $address =~ /^2001:db8:/;
    }
    for my $name ($zone =~ /(\S+[a-z])\.(?=\s)/g) {
        push @bad, $name unless $name =~ /(?:^|\.)(?:example\.(?:com|net|org)|in-addr\.arpa|ip6\.arpa)$/;
    }
    return @bad;
}

my (%numbers, $mapping);
$mapping = read_file("$root/help/lessons/README");
for my $path (sort glob "$root/help/lessons/*.zone") {
    my ($id, $zone) = (base_name($path), read_file($path));
    my $directives = $zone =~ /\A; lesson: (\d+) (\S.*)\n; name: (\S+)\n((?:; try: -.*\n)*)[^;]/;
    ok($directives, "$id: directives");
    my ($number, $title) = ($1 // 0, $2 // '');
    ok(!$numbers{$number}++, "$id: a number of its own");
    (my $page = $path) =~ s/zone$/txt/;
    ok(-f $page, "$id: narration");
    is((read_file($page) =~ /\A# (.*)/)[0], $title, "$id: page and lesson have one title");
    like(headings($page), qr/^(?:What a lesson cannot show, )?Try it, What you see.*Why.*Question$/, "$id: headings");
    is(scalar(() = $zone =~ /\bSOA\b/g), 1, "$id: one SOA");
    unlike($zone, qr/^\$(?!ORIGIN|TTL)/m, "$id: no other directive");
    is(join(' ', foreign_words($zone)), '', "$id: documentation names and addresses only") unless $special{$id};
    like($mapping, qr/\b\Q$id\E\b/, "$id: in the list of what is taught");
SKIP: {
        skip 'ldns-read-zone is not installed', 1 if system('command -v ldns-read-zone >/dev/null 2>&1');
        is(system("ldns-read-zone '$path' >/dev/null 2>&1"), 0, "$id: a master file");
    }
}

my %keys = map { $_ => 1 } qw(kind url mx spf ns dkim);
my %kinds = map { $_ => 1 } qw(mailbox filter sender hosting);
my (%owner, $operator, @wrong);
for (split /\n/, read_file("$root/help/operators.ini")) {
    next if /^(?:;|$)/;
    if (/^\[(.+)\]$/) { $operator = $1; next }
    my ($key, $value) = /^(\w+) = (\S.*)$/ or die "operators.ini: $_";
    push @wrong, "$operator: $key" unless $keys{$key};
    push @wrong, "$operator: kind $value" if $key eq 'kind' && !$kinds{$value};
    push @wrong, "$operator: line too long" if length > 190;
    next unless $key =~ /^(?:mx|spf|ns)$/;
    for my $pattern (split ' ', $value) {
        push @wrong, "$pattern: $operator and $owner{$key}{$pattern}" if $owner{$key}{$pattern};
        push @wrong, "$pattern: not a name" unless $pattern =~ /^(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9-]+)+$/;
        $owner{$key}{$pattern} = $operator;
    }
}
is(join("\n", @wrong), '', 'operators: known keys, each pattern once');
done_testing();
