#!/usr/bin/perl
# The profile courier against Courier's own MX tool, testmxlookup: the list of addresses and the kind
# of error. Its dice are seeded with the time in seconds, so a library loaded before it takes the place of
# srand and seeds anew each time.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Cases;
use Compare;
use Mta;
use Test::More;

my $tool = '/usr/bin/testmxlookup';
enter('courier', $tool);
add_users('courier');
my ($version) = output(inside('gzip', '-dc', '/usr/share/doc/courier-base/changelog.Debian.gz')) =~ /\(([\d.]+)/;
$version //= 'of unknown version';
my $compiler = $ENV{CC} // 'cc';
my $seeds = spew("$root/run/seed.c", "#include <stdlib.h>\n"
    . "void srand(unsigned seed) { (void)seed; }\n"
    . "__attribute__((constructor)) static void seed(void) { srandom((unsigned)atol(getenv(\"SEED\"))); }\n");
output('sh', '-c', "$compiler -shared -fPIC -o $root/run/seed.so $seeds");
plan skip_all => "$compiler makes no shared library" unless -f "$root/run/seed.so";

sub look_up {
    my ($domain, $seed) = @_;
    my $said = output(inside('env', "SEED=$seed", 'LD_PRELOAD=/run/seed.so', $tool, $domain));
    my ($own) = $said =~ /Priority: (-?\d+), .*\[ LOCAL \]/;
    my @tries;
    while ($said =~ /^Relay: .* Priority: (-?\d+), Address: (?:::ffff:)?([0-9a-f.:]+)/mg) {
        push @tries, $2 if !defined $own || $1 < $own;
    }
    @tries = () if $said =~ /\[ ERROR \]/;
    return { tries => \@tries, verdict => @tries || $said =~ /soft error/ ? 'defer' : 'bounce' };
}

# What a server answers is no matter here, nor does this tool know the addresses of its interfaces.
my @cases = grep { !$_->{srv} && ($ENV{ROUNDS} || !served($_)) && $_->{zone} !~ /CNAME me\.| A \Q$own\E$| localhost\./m } cases();
my @seed = map { int rand 2**31 } 1 .. 1000;
known(map { $_ => 'version 1.0 uses the other exchanges' } qw(null-mixed null-mixed-worse)) if $version =~ /^1\.0/;
for my $case (@cases) {
    my $count = how_often($case, 1000, 100);
    my @found = map { my ($verdict, @tries) = split / /; { verdict => $verdict, tries => \@tries } }
        in_parallel(2, $count, sub {
            my $found = look_up($case->{domain}, $seed[$_[0]]);
            return "$found->{verdict} @{ $found->{tries} }";
        });
    my $aspects = ['verdict', 'tries', $count > 1 ? 'first choice' : (), 'order'];
    compare($case->{name}, $case, simulate('courier', { %$case, dead => 1 }), $aspects, @found);
}
print_table("Courier, testmxlookup $version");
done_testing();
