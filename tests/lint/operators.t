#!/usr/bin/perl
# The list of operators: known keys and kinds, names for patterns, and none claimed twice.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use House;
use Test::More;

my %known = map { $_ => 1 } qw(kind url mx spf ns dkim);
my %kinds = map { $_ => 1 } qw(mailbox filter sender hosting);
my $pattern = qr/^(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9-]+)+$/;

sub pattern_faults {
    my ($owners, $operator, $key, $value) = @_;
    my @faults;
    for my $name (split ' ', $value) {
        my $owner = $owners->{"$key $name"} //= $operator;
        push @faults, "$operator: $name is no name" unless $name =~ $pattern;
        push @faults, "$operator: $name is of $owner" if $owner ne $operator;
    }
    return @faults;
}

sub faults {
    my ($root) = @_;
    my ($operator, %owners, %seen, @faults) = ('');
    for my $line (split /\n/, slurp("$root/help/operators.ini")) {
        next if $line =~ /^(?:;|$)/;
        if ($line =~ /^\[(.+)\]$/) {
            $operator = $1;
            push @faults, "$operator: twice" if $seen{$operator}++;
            next;
        }
        my ($key, $value) = $line =~ /^(\w+) = (\S.*)$/;
        if (!defined $value) { push @faults, "$operator: $line"; next }
        push @faults, "$operator: key $key" unless $known{$key};
        push @faults, "$operator: kind $value" if $key eq 'kind' && !$kinds{$value};
        push @faults, "$operator: a long line" if length $line > 190;
        push @faults, pattern_faults(\%owners, $operator, $key, $value) if $key =~ /^(?:mx|spf|ns)$/;
    }
    return @faults;
}

my $planted = planted('help/operators.ini' => "; x\n[A]\nkind = mailbox\nmx = a.example b.example\n\n"
        . "[B]\nkind = friend\nmx = b.example Bad\nnote = x\nmx\n[A]\n");
catches('faults are seen', [faults($planted)], qr/kind friend/, qr/b\.example is of A/, qr/Bad is no name/,
    qr/key note/, qr/B: mx$/, qr/A: twice/);
clean('operators', faults(root));
done_testing();
