#!/usr/bin/perl
# What if the records were others: the same answers as if they stood in the zone file, for every
# sender, whichever was chosen.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::XS;
use Mxtrail;
use Test::More;

my $zone = "mx1 A 192.0.2.1\nmx2 A 192.0.2.2\nmx9 AAAA 2001:db8::9\nalias CNAME mx2\n"
    . "_x._tcp SRV 0 6 389 mx1\n\@ MX 10 mx1\n\@ MX 20 mx2\n";
my $plain = example('plain.zone', $zone);
my $canonical = JSON::XS->new->canonical;
my @profiles = qw(rfc5321 postfix exim sendmail opensmtpd qmail courier naive);

sub part {
    my ($name, @arguments) = @_;
    return $canonical->encode(json(@arguments, 'example.com')->{$name});
}

for my $case (
    ['add mx 3 mx9', "\@ MX 3 mx9\n"],
    ['add mx 10 mx2', "\@ MX 10 mx2\n"],
    ['add mx 5 alias', "\@ MX 5 alias\n"],
    ['add a mx9 192.0.2.9', "mx9 A 192.0.2.9\n"],
) {
    my ($edit, $lines) = @$case;
    my $edited = example('edited.zone', $zone . $lines);
    my $matrix = part('matrix', '--zone', $edited, '--matrix');
    for my $profile (@profiles) {
        is part('matrix', '--zone', $plain, '--matrix', '--profile', $profile, '--whatif', $edit), $matrix,
            "$edit: the matrix of $profile is that of the edited file";
    }
    is part('comparison', '--zone', $plain, '--compare', 'qmail,postfix', '--profile', 'naive', '--whatif', $edit),
        part('comparison', '--zone', $edited, '--compare', 'qmail,postfix'), "$edit: a comparison as well";
}

# What one would publish once, before and after; a second record of an exchange is a row of its own.
sub rows {
    my ($edit) = @_;
    my ($status, $out, $err) = mxtrail('--json', '--zone', $plain, '--whatif', $edit, 'example.com');
    my @rows = map {
        my $row = $_;
        join ' ', $row->{exchange} =~ s/\..*//r, map { $_ ? $_->{preference} : '-' } @$row{qw(before after)}
    } @{ decode_json($out)->{whatif}{rows} };
    return (join(', ', @rows), $err);
}
for my $case (
    ['add mx 5 mx1', 'mx1 - 5, mx1 10 10, mx2 20 20', qr/^$/],
    ['preference mx1 30', 'mx2 20 20, mx1 10 30', qr/^$/],
    ['remove mx mx2', 'mx1 10 10, mx2 20 -', qr/^$/],
    ['add mx 10 mx1', 'mx1 10 10, mx2 20 20', qr/there is such a record already.*RFC 2181 5/],
    ['add a mx1 192.0.2.1', 'mx1 10 10, mx2 20 20', qr/there is such a record already.*RFC 2181 5/],
    ['add srv _x._tcp 0 6 389 mx1', 'mx1 10 10, mx2 20 20', qr/there is such a record already.*RFC 2181 5/],
) {
    my ($edit, $rows, $said) = @$case;
    my ($got, $err) = rows($edit);
    is $got, $rows, "$edit: the rows";
    like $err, $said, "$edit: what is said";
}
done_testing;
