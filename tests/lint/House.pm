package House;

# What the lints share. Each lint is a function from the root of a source tree to the list of
# what is wrong there; it is run on the project, and on a planted tree to show that it can fail.
use strict;
use warnings;
use Exporter 'import';
use File::Basename qw(dirname);
use File::Find ();
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use FindBin;
use Test::More;

our @EXPORT = qw(root rooms sources slurp planted clean catches have run);

# The source tree under test.
sub root { return $ENV{srcdir} || "$FindBin::Bin/../.." }

# The rows of src/rooms, from the ground up: {room, doors => [...], below => [...]}.
sub rooms {
    my ($root) = @_;
    my @rows;
    for (split /\n/, slurp("$root/src/rooms")) {
        s/#.*//;
        my ($room, @words) = split or next;
        my ($doors, $below) = map { [grep { $_ ne '-' } split ' '] } /^\S+\s+(.*?\S)\s{2,}(\S.*)$/;
        push @rows, { room => $room, doors => $doors || [], below => $below || [] };
    }
    return @rows;
}

# The files below the folders whose names match, as paths relative to the root, sorted.
sub sources {
    my ($root, $pattern, @folders) = @_;
    my @found;
    for my $folder (grep { -d "$root/$_" } @folders) {
        File::Find::find({ no_chdir => 1, wanted => sub {
            $File::Find::prune = 1 if m{/(\.git|asan|fuzz-build)$};
            push @found, substr($_, length("$root/")) if -f && /$pattern/;
        } }, "$root/$folder");
    }
    return sort grep { $_ ne 'src/config.h' } @found;
}

sub slurp {
    my ($path) = @_;
    open my $file, '<', $path or die "$path: $!";
    local $/ = undef;
    return scalar <$file>;
}

# A tree with the files given, path => text.
sub planted {
    my (%files) = @_;
    my $root = tempdir(CLEANUP => 1);
    while (my ($path, $text) = each %files) {
        make_path(dirname("$root/$path"));
        open my $file, '>', "$root/$path" or die "$path: $!";
        print $file $text;
        close $file;
    }
    return $root;
}

# The project has nothing of the kind.
sub clean {
    my ($name, @faults) = @_;
    ok(!@faults, $name) or diag(join "\n", @faults);
    return;
}

# The lint finds what was planted: every pattern has its fault, and there are no others.
sub catches {
    my ($name, $faults, @patterns) = @_;
    my @rest = @$faults;
    for my $pattern (@patterns) {
        my ($hit) = grep { $rest[$_] =~ $pattern } 0 .. $#rest;
        return ok(0, "$name: missed $pattern") || diag(@$faults) unless defined $hit;
        splice @rest, $hit, 1;
    }
    return ok(!@rest, $name) || diag("more than planted: @rest");
}

sub have {
    my ($program) = @_;
    return scalar grep { -x "$_/$program" } split /:/, $ENV{PATH};
}

# The output of a command, its errors with it.
sub run {
    my (@command) = @_;
    open my $pipe, '-|', @command or die "$command[0]: $!";
    local $/ = undef;
    my $output = <$pipe>;
    close $pipe;
    return defined $output ? $output : '';
}

1;
