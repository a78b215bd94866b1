#!/usr/bin/perl
# --completion: what a shell offers where.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use Test::More;

my %script = map { $_ => file("completion.$_", report('--completion', $_)) } qw(bash zsh fish);

# What bash offers for the last of the words.
sub offered {
    my (@words) = @_;
    my $list = join ' ', map { "'$_'" } @words;
    my ($status, $out, $err) = shell("bash -c '. $script{bash}; compopt() { :; }; COMP_WORDS=('\"$list\"'); COMP_CWORD=$#words; _mxtrail; printf \"%s\\n\" \"\${COMPREPLY[\@]}\"'");
    is($err, '', 'bash says nothing');
    return [sort split /\n/, $out];
}

SKIP: {
    skip 'bash is missing', 1 unless grep { -x "$_/bash" } split /:/, $ENV{PATH};
    my $help = report('--help');
    my @options = map { "--$_" } $help =~ /^(?:  -\w, |      )--([a-z0-9-]+)/mg;
    is_deeply(offered('mxtrail', '-'), [sort @options], 'every option, and nothing else');
    is_deeply(offered('mxtrail', '--zo'), ['--zone'], 'those that begin so');
    is_deeply(offered('mxtrail', '--theme', 'okabe'), ['okabe-dark', 'okabe-light'], 'themes');
    is_deeply(offered('mxtrail', '--theme', '=', 'okabe-d'), ['okabe-dark'], 'also behind "="');
    is_deeply(offered('mxtrail', '--theme', '='), [sort map { m{([^/]+)\.ini$} } glob root . '/themes/*.ini'], 'all of them');
    is_deeply(offered('mxtrail', '--demo', 'null'), [sort grep { /^null/ } map { (split)[0] } split /\n/, report('--demo=list')], 'lessons');
    is_deeply(offered('mxtrail', '--profile', 'postf'), ['postfix'], 'profiles');
    is_deeply(offered('mxtrail', '--compare', 'exim,send'), ['exim,sendmail'], 'the last of a list');
    is_deeply(offered('mxtrail', '--ignore', 'mx-null-'), [sort grep { /^mx-null-/ } map { m{([^/]+)\.txt$} } glob root . '/help/findings/*.txt'], 'findings');
    is_deeply(offered('mxtrail', '--family', ''), ['4', '6', 'any'], 'words of an option');
    is_deeply(offered('mxtrail', 'example'), [], 'nothing for a name');
}
# Values that may be left out, and those that may not though they begin with a bracket.
my ($zsh) = report('--completion', 'zsh');
like($zsh, qr/'\*--demo=-\[/, 'zsh: the lesson may be left out');
like($zsh, qr/'\*--zone=\[/, 'zsh: the zone may not');
for my $shell (qw(zsh fish)) {
  SKIP: {
        skip "$shell is missing", 1 unless grep { -x "$_/$shell" } split /:/, $ENV{PATH};
        is(join(' ', shell("$shell -n '$script{$shell}'")), '0  ', "$shell reads it");
    }
}
my ($status, $out, $err) = mxtrail('--completion', 'tcsh');
is("$status$out$err", "2mxtrail: --completion tcsh: known are bash, zsh and fish\n", 'another shell is an error');
done_testing();
