#!/usr/bin/perl
# Domains as people really have them, each with a slip, and what is to be said about it. A row of the table:
#   ZONE    cases/ZONE.zone
#   name    what is looked up; example.com if not given
#   options more of the command line
#   family  the ids of findings the case is about; the whole list of these is compared
#   says    that list, each "severity id subject", in the order of the report
#   text    what one of these sentences says: id => pattern
#   cures   the records to publish, the whole text: id => line, or lines; '' where words must do
#   fixes   what is to be changed, in words: id => pattern
#   json    a sub that is given the object and says whether it is right
# A zone without a row, and a row without a zone, are faults.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use Test::More;

my %cases = (
    'null-mx' => {
        family => qr{^spf-},
        says => ['warning spf-none example.com.'],
        cures => {'spf-none' => 'example.com. 3600 IN TXT "v=spf1 -all"'},
    },
    'wildcard-outside' => {
        family => qr{^dmarc-report-},
        says => [],
        json => sub { $_[0]{policy}{dmarc}{reports}[0]{authorisation} eq 'authorised' },
    },
);

my $folder = root . '/tests/replay/cases';

sub of_family { my ($object, $family) = @_; return grep { $_->{id} =~ $family } @{ $object->{findings} } }

# Every finding of the id has this cure, or one of them fits the pattern.
sub has_text {
    my ($zone, $object, $field, $wanted) = @_;
    for my $id (sort keys %{ $wanted // {} }) {
        my @texts = map { $_->{$field} } of_family($object, qr/^\Q$id\E$/);
        my $right = $wanted->{$id};
        if (ref $right eq 'Regexp') {
            ok((grep { /$right/ } @texts) > 0, "$zone: $field of $id") or diag join "\n", @texts;
        }
        else {
            is_deeply(\@texts, [($right) x @texts], "$zone: $field of $id");
            ok(@texts > 0, "$zone: $id is there");
        }
    }
    return;
}

sub run_case {
    my ($zone, $case) = @_;
    my @command = ('--zone', "$folder/$zone.zone", @{ $case->{options} // [] }, $case->{name} // 'example.com');
    my ($object) = json(@command);
    my @findings = of_family($object, $case->{family});
    is_deeply([map { "$_->{severity} $_->{id} $_->{subject}" } @findings], $case->{says}, "$zone: these findings and no others");
    has_text($zone, $object, 'text', $case->{text});
    has_text($zone, $object, 'fix', $case->{fixes});
    has_text($zone, $object, 'publish', $case->{cures});
    ok($case->{json}->($object), "$zone: the object") if $case->{json};
    my $report = report('--report', @command);
    ok((grep { $report !~ /\b\Q$_->{id}\E\b/ } @findings) == 0, "$zone: the text report has them, too");
    return;
}

for my $zone (sort keys %cases) {
    ok(-f "$folder/$zone.zone", "$zone.zone is there") and run_case($zone, $cases{$zone});
}
for my $path (glob "$folder/*.zone") {
    my ($zone) = $path =~ m{([^/]+)\.zone$};
    ok($cases{$zone}, "$zone has a row");
}
done_testing;
