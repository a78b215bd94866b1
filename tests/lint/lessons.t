#!/usr/bin/perl
# A lesson is a master file with directives and a page of narration, uses documentation names and
# addresses only, and stands in the list of what is taught where.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use House;
use Test::More;

# It is about addresses that cannot be reached.
my %other_addresses = ('help/lessons/loopback.zone' => 1);

sub zones {
    my ($root) = @_;
    return grep { !/\@/ } sources($root, qr/\.zone$/, 'help/lessons');
}

# NAME@ADDRESS.zone: what one server of the lesson answers.
sub server_zones {
    my ($root) = @_;
    return grep { /\@/ } sources($root, qr/\.zone$/, 'help/lessons');
}

sub strange_words {
    my ($zone) = @_;
    $zone =~ s/"[^"]*"/""/g;
    $zone =~ s/;.*$//mg;
    my $ours = qr/(?:^|\.)(?:example\.(?:com|net|org)|in-addr\.arpa|ip6\.arpa)$|^com$/;
    return (
        (grep { !/^(?:192\.0\.2|198\.51\.100|203\.0\.113)\./ } $zone =~ /\bA\s+(\d+(?:\.\d+){3})/g),
        (grep { !/^2001:db8:/ } $zone =~ /\bAAAA\s+(\S+)/g),
        (grep { !/$ours/ } $zone =~ /(\S*[a-z])\.(?=\s)/g));
}

sub record_faults {
    my ($root, $path) = @_;
    my $zone = slurp("$root/$path");
    my @faults;
    my $starts = () = $zone =~ /\bSOA\b/g;
    push @faults, "$path: $starts SOA records" if $starts != 1;
    push @faults, "$path: \$$1" while $zone =~ /^\$(?!ORIGIN|TTL)(\w+)/mg;
    push @faults, map { "$path: $_ is somebody's" } strange_words($zone)
        unless $other_addresses{$path};
    return @faults;
}

sub server_faults {
    my ($root) = @_;
    my @faults;
    for my $path (server_zones($root)) {
        my ($lesson, $address) = $path =~ /^(.*)\@(.*)\.zone$/;
        my $zone = -f "$root/$lesson.zone" ? slurp("$root/$lesson.zone") : undef;
        if (!defined $zone) { push @faults, "$path: of no lesson" }
        elsif ($zone !~ /\bA(?:AAA)?\s+\Q$address\E\s/) { push @faults, "$path: no server there" }
        push @faults, record_faults($root, $path);
    }
    return @faults;
}

sub zone_faults {
    my ($root) = @_;
    my (@faults, %taken);
    for my $path (zones($root)) {
        my $zone = slurp("$root/$path");
        my ($number) = $zone =~ /\A; lesson: (\d+) \S.*\n; name: \S+\n(?:; (?:try|start): -.*\n)*[^;]/;
        push @faults, "$path: directives" unless $number;
        push @faults, "$path: number $number is taken" if $number && $taken{$number}++;
        push @faults, record_faults($root, $path);
    }
    return @faults;
}

sub narration_faults {
    my ($root) = @_;
    my @faults;
    my $list = slurp("$root/help/lessons/README");
    for my $path (zones($root)) {
        my ($id) = $path =~ m{([^/]+)\.zone$};
        push @faults, "$path: not in README" unless $list =~ /[ ]\Q$id\E\b/;
        (my $page = "$root/$path") =~ s/zone$/txt/;
        if (!-f $page) { push @faults, "$path: no narration"; next }
        my $title = slurp("$root/$path") =~ /^; lesson: \d+ (.*)/ ? $1 : '';
        my $text = slurp($page);
        push @faults, "$path: two titles" unless $text =~ /\A# \Q$title\E\n/;
        next if $text =~ /^(?:do|ask(?: first| next| verdict)?|answer|expect|note): /m;
        for my $heading ('Try it', 'What you see', 'Why', 'Question') {
            push @faults, "$path: no \"$heading\"" unless $text =~ /^## \Q$heading\E$/m;
        }
    }
    return @faults;
}

sub unreadable {
    my ($root) = @_;
    return grep { system("ldns-read-zone '$root/$_' >/dev/null 2>&1") != 0 } zones($root), server_zones($root);
}

my $good = "; lesson: 1 One\n; name: example.com\n; try: --as a\n\$ORIGIN example.com.\n\$TTL 60\n"
    . "\@ IN SOA ns1 hm 1 2 3 4 5\n\@ IN NS ns1\nns1 IN A 192.0.2.1\n";
my $page = join "\n\n", '# One', map { "## $_" } 'Try it', 'What you see', 'Why', 'Question';
my $planted = planted('help/lessons/README' => "    L1 one  one\n",
    'help/lessons/one.zone' => $good, 'help/lessons/one.txt' => $page,
    'help/lessons/two.zone' => "${good}b IN A 8.8.8.8\nc IN AAAA 2620::1\nd IN MX 1 mx.test.\n\$INCLUDE x\n",
    'help/lessons/two.txt' => "# Two\n\n## Why\n",
    'help/lessons/one@192.0.2.9.zone' => $good, 'help/lessons/none@192.0.2.1.zone' => "${good}b A 8.8.8.8\n",
    'help/lessons/three.zone' => "; name: example.com\n");
catches('faults of zones are seen', [zone_faults($planted)], qr/three.*directives/, qr/three: 0 SOA|three.*: 0 SOA/,
    qr/two.*is taken/, qr/two.*\$INCLUDE/, qr/two.*8\.8\.8\.8/, qr/two.*2620/, qr/two.*mx\.test/);
catches('faults of zones of servers are seen', [server_faults($planted)], qr/one\@.*no server there/,
    qr/none\@.*of no lesson/, qr/none\@.*8\.8\.8\.8/);
catches('faults of narrations are seen', [narration_faults($planted)], qr/two.*not in README/,
    qr/two.*two titles/, qr/two.*Try/, qr/two.*see/, qr/two.*Question/, qr/three.*not in/, qr/three.*no narration/);

my @zones = zones(root);
cmp_ok(scalar @zones, '>=', 23, 'lessons are there');
clean('zones of lessons', zone_faults(root));
clean('zones of servers', server_faults(root));
clean('narrations of lessons', narration_faults(root));
SKIP: {
    skip 'ldns-read-zone is missing', 2 unless have('ldns-read-zone');
    catches('a broken zone is seen', [unreadable($planted)], qr/two/);
    clean('zones of lessons can be read', unreadable(root));
}
# The facts of the table are seen: their steps say what must stand on the screen.
sub fact_faults {
    my ($root) = @_;
    my (@faults, %taught);
    my $seen = qr/^expect: \S/m;
    for (slurp("$root/help/lessons/README") =~ /^    (L\d+ .*)/mg) {
        my ($fact, $id, $first, $last) = /^(\S+) .*  (\S+) (\d+)(?:-(\d+))?$/;
        if (!$fact || !-f "$root/help/lessons/$id.txt") { push @faults, "$_: no lesson and steps"; next }
        my (undef, @steps) = split /^## /m, slurp("$root/help/lessons/$id.txt");
        push @faults, map { "$fact: $id.$_ shows nothing" } grep { ($steps[$_ - 1] // '') !~ $seen } $first .. $last // $first;
        $taught{$fact}++;
    }
    return @faults, map { "$_ is taught nowhere" } grep { !$taught{$_} } map { "L$_" } 1 .. 23;
}
my $facts = planted('help/lessons/README' => join('', map { "    L$_ x  one 1\n" } 1 .. 20) . "    L21 x  one 1-2\n    L22 x  two 1\n",
    'help/lessons/one.txt' => "# One\n\n## A\n\nexpect: window=as\n\n## B\n\nask: x\n");
catches('facts that nothing shows are seen', [fact_faults($facts)], qr/L21: one\.2/, qr/L22 x.*no lesson/, qr/L22 is/, qr/L23 is/);
clean('facts of the table', fact_faults(root));

my @steps = grep { slurp(root . "/$_") =~ /^expect: /m } sources(root, qr/\.txt$/, 'help/lessons');
cmp_ok(scalar @steps, '>=', 2, 'lessons with steps are there');
SKIP: {
    skip 'the program is not built', 1 unless $ENV{MXTRAIL} && -x $ENV{MXTRAIL};
    my $said = `'$ENV{MXTRAIL}' --check-lesson all 2>&1 >/dev/null`;
    is($said, '', 'every step of every lesson holds, at three sizes');
}
done_testing();
