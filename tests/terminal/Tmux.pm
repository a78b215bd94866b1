package Tmux;

# A program in a terminal of its own (a tmux server that no other test sees): keys go in, the screen
# comes out, and what the program did to the terminal can be told. Nothing here waits for a time;
# wait_for() looks until it sees what it wants, 20 s at most (more under valgrind).
use strict;
use warnings;
use File::Temp qw(tempdir);
use Time::HiRes qw(sleep time);

my $patience = ($ENV{VALGRIND} // '') eq 'yes' ? 200 : 20;
my $settings = tempdir(CLEANUP => 1);
my $main = $$;
binmode STDERR, ':encoding(UTF-8)';
my $count = 0;
my %open;

$SIG{$_} = sub { exit 1 } for qw(INT TERM HUP);
END {
    if ($$ == $main) {
        my $status = $?;
        $_->close for values %open;
        $? = $status;
    }
}

sub have { return scalar grep { -x "$_/tmux" } split /:/, $ENV{PATH} }

# new(command, width => 80, height => 24, type => TERM, env => {NAME => value or undef},
# before => shell commands): the command is a line for the shell. Its modes before and after, its
# exit status and its standard error are kept in files beside. Settings are kept for this test alone.
sub new {
    my ($class, $command, %how) = @_;
    my $folder = tempdir(CLEANUP => 1);
    my $self = bless { folder => $folder, socket => "$folder/socket" }, $class;
    my %env = (TERM => $how{type} // 'tmux-256color', XDG_CONFIG_HOME => $settings, %{ $how{env} // {} });
    my $set = join '', map { defined $env{$_} ? "$_='$env{$_}'; export $_\n" : "unset $_\n" } sort keys %env;
    my $before = $how{before} // '';

    $self->spew(
        'run', <<"END"
stty -g >$folder/modes-before
unset TMUX TMUX_PANE
$set$before
sh -c 'echo \$\$ >$folder/pid; exec "\$@"' - $command 2>$folder/errors
echo \$? >$folder/status
stty -g >$folder/modes-after
echo >$folder/ended
exec cat
END
    );
    $self->spew('conf', "set -g default-terminal tmux-256color\nset -g status off\nset -g escape-time 0\n"
          . "set -g remain-on-exit on\n");
    $open{ ++$count } = $self;
    $self->{number} = $count;
    $self->tmux('new-session', '-d', '-x', $how{width} // 80, '-y', $how{height} // 24, "sh $folder/run");
    return $self;
}

sub tmux {
    my ($self, @arguments) = @_;
    local $ENV{TERM} = 'xterm-256color';
    local $ENV{TMUX};
    local $ENV{TMUX_PANE};
    delete @ENV{qw(TMUX TMUX_PANE)};
    open my $pipe, '-|', 'sh', '-c', 'exec "$@" 2>/dev/null', '-', 'tmux', '-u', '-S', $self->{socket}, '-f', "$self->{folder}/conf", @arguments
        or die "tmux: $!";
    binmode $pipe, ':encoding(UTF-8)';
    local $/ = undef;
    my $output = <$pipe>;
    close $pipe or $self->{gone} = 1;
    return $output // '';
}

sub spew {
    my ($self, $name, $text) = @_;
    open my $file, '>', "$self->{folder}/$name" or die "$self->{folder}/$name: $!";
    print $file $text;
    close $file or die "$self->{folder}/$name: $!";
    return "$self->{folder}/$name";
}

sub slurp {
    my ($self, $name) = @_;
    open my $file, '<:encoding(UTF-8)', "$self->{folder}/$name" or return '';
    local $/ = undef;
    return (<$file> // '') =~ s/\n+\z//r;
}

# The screen as text; with colours when asked.
sub screen { my ($self) = @_; return $self->tmux('capture-pane', '-p') }
sub coloured_screen { my ($self) = @_; return $self->tmux('capture-pane', '-p', '-e') }

# What tmux knows: alternate_on, cursor_x, cursor_flag, mouse_any_flag, pane_title, pane_width, ...
sub flag {
    my ($self, $name) = @_;
    my $value = $self->tmux('display-message', '-p', "#{$name}");
    chomp $value;
    return $value;
}

# Keys by tmux's names: 'Enter', 'C-c', 'M-x', 'a'.
sub keys { my ($self, @keys) = @_; $self->tmux('send-keys', '--', @keys); return $self }

# Text as it is.
sub type { my ($self, $text) = @_; $self->tmux('send-keys', '-l', '--', $text); return $self }

# Text through the clipboard, bracketed where the program asked for it.
sub paste {
    my ($self, $text) = @_;
    my $file = $self->spew('pasted', $text);
    $self->tmux('load-buffer', $file);
    $self->tmux('paste-buffer', '-p');
    return $self;
}

sub resize {
    my ($self, $width, $height) = @_;
    $self->tmux('resize-window', '-x', $width, '-y', $height);
    return $self;
}

sub pid { my ($self) = @_; $self->until_true(sub { $self->slurp('pid') }); return $self->slurp('pid') }
sub signal { my ($self, $name) = @_; return kill $name => $self->pid }

# The state letter of the process: R, S, T (stopped), Z; '' when there is none.
sub state {
    my ($self) = @_;
    my $state = qx(ps -o stat= -p @{[$self->pid]});
    return substr $state =~ s/^\s+//r, 0, 1;
}

# Looks until the function gives something true, and returns that; '' when it never does.
sub until_true {
    my ($self, $function) = @_;
    my $end = time + $patience;
    while (1) {
        my $found = $function->();
        return $found if $found;
        return '' if time > $end || $self->{gone};
        sleep 0.02;
    }
}

# Until the screen matches; returns the screen, or '' (and says what was there).
sub wait_for {
    my ($self, $pattern) = @_;
    my $screen = '';
    my $ended = 0;
    my $found = $self->until_true(sub {
        $ended = $self->ended;
        $screen = $self->screen;
        return $ended || $screen =~ $pattern;
    });
    return $screen if $found && $screen =~ $pattern;
    print STDERR map { "# $_\n" } "in vain for $pattern" . ($ended ? ', and it ended' : '') . '; the screen:',
        split /\n/, $screen;
    return '';
}

# Until the program ended; its exit status as the shell tells it, undef when it does not end.
sub wait_for_end {
    my ($self) = @_;
    return $self->until_true(sub { $self->ended }) ? $self->slurp('status') : undef;
}

# After the end: '' when the terminal is as it was, else what is not.
sub damage {
    my ($self) = @_;
    my @damage;
    push @damage, 'modes' if $self->slurp('modes-before') ne $self->slurp('modes-after');
    push @damage, 'alternate screen' if $self->flag('alternate_on');
    push @damage, 'mouse' if $self->flag('mouse_any_flag') || $self->flag('mouse_sgr_flag');
    push @damage, 'cursor hidden' if !$self->flag('cursor_flag');
    push @damage, 'keypad' if $self->flag('keypad_flag') || $self->flag('keypad_cursor_flag');
    return join ', ', @damage;
}

sub ended { my ($self) = @_; return -e "$self->{folder}/ended" }
sub errors { my ($self) = @_; return $self->slurp('errors') }

sub close {
    my ($self) = @_;
    return if !delete $open{ $self->{number} };
    $self->tmux('kill-server') if -e $self->{socket};
    return;
}

1;
