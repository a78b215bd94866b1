#!/usr/bin/perl
# No two object files of an archive need each other, not by way of others either: what is needed
# from both sides stands in a file of its own below them.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use House;
use Test::More;

# The objects of one archive (or of main/), and what each needs of the others: {a.o}{b.o} = symbol.
sub needs {
    my (@lines) = @_;
    my (%defined, %used, %needs);
    for (@lines) {
        my ($object, $name, $kind) = m{([a-z0-9_]+)\.o\]?: (\S+) (\w)} or next;
        if ($kind =~ /^[A-TV-Z]$/) { $defined{$name} = $object }
        elsif ($kind eq 'U')       { $used{$object}{$name} = 1 }
    }
    for my $object (keys %used) {
        for my $name (keys %{ $used{$object} }) {
            my $other = $defined{$name};
            $needs{$object}{$other} = $name if defined $other && $other ne $object;
        }
    }
    return %needs;
}

# The groups of objects that need each other in a circle (Tarjan's strongly connected components).
sub circles {
    my (%needs) = @_;
    my (%number, %low, %open, @stack, @circles);
    my $visit;
    $visit = sub {
        my ($object) = @_;
        $number{$object} = $low{$object} = 1 + keys %number;
        push @stack, $object;
        $open{$object} = 1;
        for my $other (sort keys %{ $needs{$object} }) {
            $visit->($other) unless $number{$other};
            $low{$object} = $low{$other} if $open{$other} && $low{$other} < $low{$object};
        }
        return if $low{$object} != $number{$object};
        my ($at) = grep { $stack[$_] eq $object } 0 .. $#stack;
        my @circle = splice @stack, $at;
        delete @open{@circle};
        push @circles, join ' ', sort @circle if @circle > 1;
    };
    for (sort keys %needs) { $visit->($_) unless $number{$_} }
    return @circles;
}

# What is needed through the table of actions alone: from a name typed to the function it stands for.
sub without_table {
    my (%needs) = @_;
    delete $needs{dispatch};
    return %needs;
}

plan skip_all => 'nm is missing (binutils)' unless have('nm');

my @pair = ('lib.a[a.o]: a_one T 0 10', 'lib.a[a.o]: b_two U', 'lib.a[b.o]: b_two T 0 10', 'lib.a[b.o]: c_three U',
    'lib.a[c.o]: c_three D 0 8', 'lib.a[c.o]: a_one U', 'lib.a[c.o]: malloc U', 'lib.a[d.o]: d_four T 0 10',
    'lib.a[d.o]: a_one U');
is_deeply([circles(needs(@pair))], ['a b c'], 'three files that need each other are seen, and who uses them is not');
is_deeply([circles(needs(@pair[0 .. 4, 7, 8]))], [], 'one way down is no circle');
is_deeply([circles(needs('src/main/a.o: a_one T 0 1', 'src/main/a.o: b_two U', 'src/main/b.o: b_two D 0 1', 'src/main/b.o: a_one U'))],
    ['a b'], 'objects that are in no archive are looked at as well');
is_deeply([circles(without_table(needs('l[dispatch.o]: action_functions D 0 8', 'l[dispatch.o]: typed_submit U',
                'l[typed.o]: typed_submit T 0 1', 'l[typed.o]: action_functions U')))],
    [], 'the table of actions is the one way back up');

# Lines of a master file bring lines: $INCLUDE and $GENERATE are read like what stands around them.
my %accepted = ('zone_directive zone_generate zone_read' => 1);

my $build = $ENV{builddir} || '.';
my %floors;
push @{ $floors{ $_->{room} =~ m{^([a-z]+)} ? $1 : '' } }, $_ for rooms(root);
for my $floor (sort keys %floors) {
    my @files = $floor eq 'main' ? glob("$build/src/main/*.o") : grep { -f } "$build/src/$floor/lib$floor.a";
  SKIP: {
        skip "$floor is not built", 1 unless @files;
        my %needs = needs(split /\n/, run('nm', '-A', '-P', @files));
        clean("$floor has no circle", grep { !$accepted{$_} } circles($floor eq 'app' ? without_table(%needs) : %needs));
    }
}
done_testing();
