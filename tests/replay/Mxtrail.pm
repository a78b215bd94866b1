# Runs the program and takes what it writes.
package Mxtrail;
use strict;
use warnings;
use Exporter 'import';
use File::Temp qw(tempdir);
use JSON::XS;
use Test::More;

our @EXPORT = qw(mxtrail shell report json conversation file scratch root example);

my $folder;

sub root { return $ENV{srcdir} || '.' }

# A folder of this test, gone when it ends.
sub scratch { return $folder //= tempdir(CLEANUP => 1) }

# Writes a file into it; its path.
sub file {
    my ($name, $text) = @_;
    my $path = scratch . "/$name";
    open my $out, '>:raw', $path or die "$path: $!";
    print $out $text;
    close $out or die "$path: $!";
    return $path;
}

sub slurp {
    my ($path) = @_;
    open my $in, '<:raw', $path or die "$path: $!";
    local $/;
    return scalar <$in>;
}

# Exit status, standard output, standard error of a shell command; $M in it is the program. The
# standard input is empty unless the command says otherwise.
sub shell {
    my ($command) = @_;
    my ($out, $err) = (scratch . '/stdout', scratch . '/stderr');
    local $ENV{M} = $ENV{MXTRAIL} || './mxtrail';
    my $status = system 'sh', '-c', "{ $command\n} >'$out' 2>'$err' </dev/null";
    die "the command was killed by signal " . ($status & 127) . ": $command\n" if $status & 127;
    return ($status >> 8, slurp($out), slurp($err));
}

sub quoted { return map { (my $word = $_) =~ s/'/'\\''/g; "'$word'" } @_ }

sub mxtrail { return shell('"$M" ' . join(' ', quoted(@_))) }

# Starts it to be spoken to: what it is told, what it says, and its process.
sub conversation {
    my @arguments = @_;
    pipe my $in_read, my $in_write or die "pipe: $!";
    pipe my $out_read, my $out_write or die "pipe: $!";
    my $child = fork // die "fork: $!";
    if (!$child) {
        open STDIN, '<&', $in_read or die;
        open STDOUT, '>&', $out_write or die;
        close $_ for $in_write, $out_read;
        exec $ENV{MXTRAIL} || './mxtrail', @arguments or die;
    }
    close $_ for $in_read, $out_write;
    return ($in_write, $out_read, $child);
}

# Standard output alone; dies when the program does not end with status 0.
sub report {
    my ($status, $out, $err) = mxtrail(@_);
    die "mxtrail @_: status $status, $err" if $status;
    return $out;
}

# The objects of --json, decoded.
sub json {
    my @objects = map { decode_json($_) } split /\n/, report('--json', @_);
    return wantarray ? @objects : $objects[0];
}

# A zone of example.com; the text follows its SOA and NS.
sub example {
    my ($name, $text) = @_;
    return file($name, <<'END' . $text);
$ORIGIN example.com.
$TTL 3600
@ SOA ns1 hostmaster 1 7200 900 1209600 300
@ NS ns1
@ NS ns2
ns1 A 192.0.2.53
ns2 A 198.51.100.53
END
}

# Name and zone of each lesson and case, in one list. They say in their head what is looked up, unless
# it is example.com.
sub domains {
    return map { (slurp($_) =~ /^; name: (\S+)/m ? $1 : 'example.com', $_) }
        grep { !/\@/ } glob(root . '/help/lessons/*.zone'), glob(root . '/tests/replay/cases/*.zone');
}

# The same of the worlds that the unit tests of policies make for themselves.
sub unit_domains {
    my @files;
    for my $program (grep { -x } glob(($ENV{builddir} || '.') . '/tests/unit/policy/test_{findings*,dmarc,dkim,transport,setup}')) {
        next if $program =~ /\.[cdo]$/;
        my ($name) = $program =~ m{([^/]+)$};
        mkdir(my $folder = scratch . "/$name") or die "$name: $!";
        local $ENV{ZONES_TO} = $folder;
        my ($status) = shell($program);
        die "$name failed" if $status;
        push @files, glob("$folder/*.zone");
    }
    return map { ('example.com', $_) } @files;
}

# Runs tests/replay/PROGRAM, for the name "PROGRAM.which", and holds what it prints to the file of that
# name in tests/replay/whole/; TOLD=write writes that anew.
sub compare_whole {
    my ($name, @arguments) = @_;
    my ($program) = $name =~ /^(\w+)/;
    my $path = root . "/tests/replay/whole/$name";
    my ($status, $got) = shell(join ' ', quoted(($ENV{builddir} || '.') . "/tests/replay/$program", @arguments));
    my $file = file('got', $got);
    is($status, 0, "$name: all can be judged");
    system('cp', $file, $path) if ($ENV{TOLD} || '') eq 'write';
    my ($differs, $differences) = shell('diff -U 2 ' . join ' ', quoted($path, $file));
    is($differs, 0, "$name: all of it, and nothing else") or diag(substr $differences, 0, 3000);
    return;
}

1;
