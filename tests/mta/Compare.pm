package Compare;

# What a real server did, against what mxtrail says it would do.
#
# One delivery is { tries => [addresses in order], verdict => "bounce", code => "5.4.6" }; a code of
# undef is not compared. Where chance is at work many deliveries are compared by chi-square: first
# choices, whole orders, numbers of tries, verdicts. A run makes some hundred such tests, so only
# p < 1e-5 counts as a difference. Everything else must be equal.
use strict;
use warnings;
use Cases;
use Exporter 'import';
use JSON::XS;
use Mta;
use Test::More;

our @EXPORT = qw(simulate compare print_table known);

my $least = 1e-5;
my $draws = 200_000;
my @numbers = qw(0.0.0.1 0.0.0.99 0.0.117.48 0.0.48.57 10.2.0.3); # exchanges that are numbers, to Sendmail
my (@table, %known);

# Differences that are understood: case => why. They are shown, and do not fail.
sub known { %known = (%known, @_); return }

sub short { my ($name) = @_; $name =~ s/\.$//; return $name }

# mxtrail's answer for the case, asked from the same name server.
sub simulate {
    my ($profile, $case, @settings) = @_;
    my $down = join ',', (map { "$_=refused" } $own, $relay, $treated, @numbers, '127.0.0.1', '::1'),
        map { "$_->[0]=$_->[1]" } grep { $_->[1] ne 'accepts' } addresses_of($case);
    $down = '*' if $case->{dead};
    my $text = output($ENV{MXTRAIL} // './mxtrail', '@127.0.0.1', '--json', '--profile', $profile,
        ($case->{draws} ? "--simulate=$draws" : '--simulate=100'), '--as', $me, '--down', $down,
        (map { /^--/ ? split / / : ('--set', $_) } @settings), "x\@$case->{domain}");
    my ($line) = $text =~ /^(\{.*\})$/m;
    my $said = $line && eval { decode_json($line) };
    BAIL_OUT("mxtrail said: $text") unless $said && $said->{simulation};
    return $said;
}

# The upper tail of the chi-square distribution: the regularised incomplete gamma function Q(k/2, x/2)
# by its series or its continued fraction.
sub log_gamma {
    my ($x) = @_;
    my @c = (76.18009172947146, -86.50532032941677, 24.01409824083091, -1.231739572450155,
        0.1208650973866179e-2, -0.5395239384953e-5);
    my $sum = 1.000000000190015;
    $sum += $c[$_] / ($x + 1 + $_) for 0 .. $#c;
    return ($x + 0.5) * log($x + 5.5) - ($x + 5.5) + log(2.5066282746310005 * $sum / $x);
}

sub tail {
    my ($freedom, $square) = @_;
    return 1 if $freedom < 1 || $square <= 0;
    my ($a, $x) = ($freedom / 2, $square / 2);
    my $scale = exp(-$x + $a * log($x) - log_gamma($a));
    if ($x < $a + 1) {
        my ($sum, $term, $n) = (1 / $a, 1 / $a, $a);
        for (1 .. 1000) {
            $term *= $x / ++$n;
            $sum += $term;
        }
        return 1 - $sum * $scale;
    }
    my $b = $x + 1 - $a;
    my ($c, $d) = (1e300, 1 / $b);
    my $h = $d;
    for my $i (1 .. 1000) {
        my $an = -$i * ($i - $a);
        $b += 2;
        $d = 1 / ($an * $d + $b || 1e-300);
        $c = $b + $an / $c || 1e-300;
        $h *= $d * $c;
    }
    return $scale * $h;
}

# Two samples of kinds: p, and the kinds after rare ones were pooled. A kind only one side knows
# where it cannot be rare gives p = 0.
sub chi_square {
    my ($ours, $theirs) = @_;
    my ($m, $n) = (0, 0);
    $m += $_ for values %$ours;
    $n += $_ for values %$theirs;
    my (%pooled, $square);
    for my $kind (keys %{ { %$ours, %$theirs } }) {
        my ($a, $b) = ($ours->{$kind} // 0, $theirs->{$kind} // 0);
        return (0, 0) if $a == 0 && $b > 2 && $kind ne 'other';
        my $bin = $a * $n / $m < 5 ? 'rare' : $kind;
        $pooled{$bin}[0] += $a;
        $pooled{$bin}[1] += $b;
    }
    for my $bin (values %pooled) {
        my ($a, $b) = @$bin;
        $square += ($a * sqrt($n / $m) - $b * sqrt($m / $n))**2 / ($a + $b) if $a + $b;
    }
    return (tail(keys(%pooled) - 1, $square), scalar keys %pooled);
}

sub code_of { my ($delivery) = @_; return join ' ', grep { length } @$delivery{qw(verdict code)} }

# How often mxtrail saw each kind, by what is compared.
sub expectation {
    my ($simulation) = @_;
    my (%first, %order, %tries, %verdict);
    my $n = $simulation->{deliveries};
    for (@{ $simulation->{first} }) {
        my $share = $_->{expected} // $_->{count} / $n;
        $first{ $_->{address} } += $share * $draws if $share > 0;
    }
    my $rest = $n;
    for (@{ $simulation->{orders} }) {
        $order{ join ' ', map { $_->{address} } @{ $_->{tries} } } += $_->{count};
        $rest -= $_->{count};
    }
    $order{other} = $rest if $rest > 0;
    # Where an address stands twice, orders not listed look like listed ones: none are compared.
    %order = (other => $n) if $rest > 0 && keys(%order) <= @{ $simulation->{orders} };
    $tries{ $_->{count} } += $_->{deliveries} for @{ $simulation->{tries} };
    $verdict{ code_of($_) } += $_->{count} for @{ $simulation->{outcome} };
    return { 'first choice' => \%first, order => \%order, tries => \%tries, verdict => \%verdict };
}

sub reality {
    my ($ours, @deliveries) = @_;
    my (%first, %order, %tries, %verdict);
    for (@deliveries) {
        my @tries = @{ $_->{tries} };
        $first{ $tries[0] }++ if @tries;
        my $order = join ' ', @tries;
        $order = 'other' if $ours->{order}{other} && !$ours->{order}{$order};
        $order{$order}++;
        $tries{ scalar @tries }++;
        $verdict{ code_of($_) }++ if $_->{verdict};
    }
    return { 'first choice' => \%first, order => \%order, tries => \%tries, verdict => \%verdict };
}

sub brief {
    my ($counts) = @_;
    my $sum = 0;
    $sum += $_ for values %$counts;
    my @kinds = sort { $counts->{$b} <=> $counts->{$a} || $a cmp $b } keys %$counts;
    splice @kinds, 12 if @kinds > 12;
    return join ', ', map { @kinds == 1 ? "\"$_\"" : sprintf '"%s" %.3f', $_, $counts->{$_} / $sum } @kinds;
}

# Compares the aspects named ("verdict", "tries", "order", "first choice") of one case.
sub compare {
    my ($title, $case, $said, $aspects, @deliveries) = @_;
    my $ours = expectation($said->{simulation});
    if (!grep { defined $_->{code} } @deliveries) {
        my %plain;
        while (my ($verdict, $count) = each %{ $ours->{verdict} }) { $plain{ (split ' ', $verdict)[0] } += $count }
        $ours->{verdict} = \%plain;
    }
    my $theirs = reality($ours, @deliveries);
    my $n = @deliveries;
    my (@shown, @faults);
    for my $aspect (@$aspects) {
        my ($a, $b) = ($ours->{$aspect}, $theirs->{$aspect});
        my $word;
        if (keys %$a == 1 && keys %$b == 1 && (keys %$a)[0] eq (keys %$b)[0]) {
            $word = 'equal';
        }
        elsif (keys %$a == 0 && keys %$b == 0) { next }
        elsif ($aspect eq 'order' && ($a->{other} // 0) > $draws / 5) { next } # too many to list
        elsif ($n > 1 && keys %$b && keys %$a) {
            my ($p, $bins) = chi_square($a, $b);
            $word = $bins > 1 ? sprintf 'p=%.3f', $p : 'in range';
            $word = 'DIFFERENT' if $p < $least;
        }
        else { $word = 'DIFFERENT' }
        push @shown, "$aspect $word";
        push @faults, "$aspect: server  " . brief($b) . "\n    mxtrail " . brief($a) if $word eq 'DIFFERENT';
    }
    push @table, [$title, $n, join(', ', @shown), brief($theirs->{verdict})];
    local $main::TODO = $known{ $case->{name} };
    ok(!@faults && $n, "$title: n = $n, " . join ', ', @shown) or diag(join "\n  ", "$title:", @faults);
    return;
}

sub print_table {
    my ($title) = @_;
    diag('');
    diag($title);
    diag(sprintf '%-24s %5s  %-28s %s', 'domain', 'n', 'verdict of the server', 'compared with mxtrail');
    diag(sprintf '%-24s %5d  %-28s %s', @$_[0, 1, 3, 2]) for @table;
    return;
}

1;
