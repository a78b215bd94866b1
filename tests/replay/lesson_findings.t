#!/usr/bin/perl
# A lesson is quiet: of each name that its page looks at, exactly the findings that are taught; and
# the page names them, and no others.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use Test::More;

# lesson or lesson and name below example.com => the findings, whole, in their order
my %taught = (
    lookup => '',
    order => '', 'order plain' => '',
    'first-choice' => 'mx-outside-domain',
    ties => '',
    'many-addresses' => 'mx-v4-only',
    filter => 'mx-outside-domain mx-bypasses-filter',
    additional => 'mx-outside-domain',
    secondary => 'mx-outside-domain',
    primary => '',
    alias => 'mx-cname mx-cname', 'alias right' => '',
    wildcard => 'mx-wildcard', 'wildcard host' => 'mx-implicit',
    'every-name' => '', 'every-name sub1' => '', 'every-name sub2' => 'mx-implicit', 'every-name sub3' => 'mx-single',
    'other-network' => 'mx-same-network mx-v4-only', 'other-network better' => '',
    'service-names' => '',
    srv => '',
    'from-the-root' => '',
    'which-dc' => 'ad-stale-dc ad-rodc-only-site',
    weights => 'srv-not-offered',
    'srv-mail' => 'mx-outside-domain',
    journey => 'srv-not-offered',
    implicit => 'mx-implicit', 'implicit broken' => 'mx-dangling', 'implicit silent' => 'mx-null', 'implicit empty' => 'mx-none a-none',
    'round-robin' => '',
    outage => '',
    provider => 'mx-outside-domain',
    'beside-alias' => 'cname-and-other-data', 'beside-alias shop' => 'cname-and-other-data mx-implicit', 'beside-alias docs' => '',
    'null-mx' => 'mx-null', 'null-mx www' => 'mx-null',
    'null-mixed' => 'mx-null-mixed', 'null-mixed tenth' => 'mx-null-preference', 'null-mixed clean' => 'mx-null',
    literal => 'mx-literal', 'literal nodot' => 'mx-literal', 'literal right' => '',
    dangling => 'mx-dangling', 'dangling all' => 'mx-dangling', 'dangling nodot' => 'mx-dangling', 'dangling bare' => 'mx-dangling',
    loopback => 'mx-private-address mx-private-address mx-loopback', 'loopback local' => 'mx-localhost',
    'spf-budget' => 'spf-lookups', 'spf-budget flat' => '', 'spf-budget voids' => 'spf-voids', 'spf-budget loop' => 'spf-loop',
    'split-servers' => 'ns-lame mx-differs-between-servers soa-serial-differs txt-differs-between-servers',
    'mta-sts' => 'mta-sts-mismatch mx-outside-domain', 'mta-sts twice' => 'mta-sts-syntax mx-outside-domain', 'mta-sts noid' => 'mta-sts-syntax mx-outside-domain',
);

my @lessons = map { /^(\S+)/ } split /\n/, report('--demo=list');
my %looked_at = map { /^(\S+)/ => 1 } keys %taught;
is_deeply([sort @lessons], [sort keys %looked_at], 'each lesson is looked at');

# The ids of findings that a page names.
sub named {
    my ($lesson) = @_;
    my %ids = map { m{([^/]+)\.txt$} => 1 } glob root . '/help/findings/*.txt';
    open my $in, '<', root . "/help/lessons/$lesson.txt" or die "$lesson: $!";
    local $/;
    return sort { $a cmp $b } keys %{ { map { $_ => 1 } grep { $ids{$_} } <$in> =~ /[a-z0-9]+(?:-[a-z0-9]+)+/g } };
}

for my $lesson (@lessons) {
    my %ids = map { $_ => 1 } map { split / / } @taught{ grep { /^\Q$lesson\E(?: |$)/ } keys %taught };
    is_deeply([named($lesson)], [sort keys %ids], "$lesson: the page names its findings and no others");
}

for my $place (sort keys %taught) {
    my ($lesson, $name) = split / /, $place;
    my $facts = json("--demo=$lesson", $name ? "$name.example.com" : ());
    is(join(' ', map { $_->{id} } @{ $facts->{findings} }), $taught{$place}, "$place: its findings and no others");
    my @refused = map { "$_->{qname} $_->{qtype}" } grep { $_->{status} eq 'refused' && $_->{server} !~ /\@/ } @{ $facts->{queries} };
    is("@refused", '', "$place: what is not in the lesson does not exist");
}
done_testing();
