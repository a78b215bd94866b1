#!/usr/bin/perl
# The profile sendmail against Sendmail where TLSA records decide: with DANE, and as it is without.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Cases;
use Compare;
use DaneWorld;
use Mta;
use Test::More;

my $sendmail = '/usr/libexec/sendmail/sendmail';
plan skip_all => needs_dane() . ' is missing' if needs_dane();
enter('sendmail', $sendmail);
add_users(qw(smmta smmsp));
listen_stages();
my @cells = start_dane();
my $log = log_system();
my $base = '/run/sendmail';

sub configure {
    my ($way, @lines) = @_;
    mkdir "$root$_" for $base, "$base/$way";
    spew("$root$base/aliases", '');
    spew("$root$base/mc", join "\n", 'divert(0)dnl', "OSTYPE(`linux')", "define(`QUEUE_DIR', `$base/$way')",
        "define(`STATUS_FILE', `$base/status')", "define(`confPID_FILE', `$base/pid')", "define(`ALIAS_FILE', `$base/aliases')",
        "define(`confQUEUE_LA', `1000')", "define(`confDEAD_LETTER_DROP', `$base/dead')", "define(`confLOG_LEVEL', `14')", @lines,
        "MAILER(`local')", "MAILER(`smtp')", '');
    spew("$root$base/cf.$way", output(inside('sh', '-c', "cd /usr/share/sendmail/cf/cf && m4 -D_CF_DIR_=/usr/share/sendmail/cf/ ../m4/cf.m4 $base/mc")));
    return "$base/cf.$way";
}

# What the log says of one message: where it went, and whether over TLS.
sub deliver {
    my ($cf, $domain) = @_;
    my $before = length slurp($log);
    output(inside('sh', '-c', 'printf "Subject: x\n\nx\n" | exec "$0" "$@"', $sendmail, '-C', $cf, '-odi', '-oeq', '-f', "root\@$me", "x\@$domain"));
    my ($verdict, $relay, $tls) = ('defer', '', '');
    my $text = '';
    wait_for("the message to $domain", 20, sub { ($text = substr slurp($log), $before) =~ /to=<?x\@\Q$domain\E>?, .* stat=/ });
    my ($said) = $text =~ /.*to=<?x\@\Q$domain\E>?, .*? (relay=.*stat=.*|stat=.*)/s;
    $verdict = $said =~ /stat=Sent/ ? 'deliver' : $said =~ /stat=(?:Deferred|queued)/ ? 'defer' : 'bounce';
    if ($verdict eq 'deliver') {
        (my $host, $relay) = $said =~ /relay=(\S+?)\.? \[([0-9.]+)\]/;
        $tls = $text =~ /STARTTLS=client, relay=\Q$host\E\.?, version=/ ? 'tls' : 'clear';
    }
    return ($verdict, $relay, $tls);
}

my %ways = (dane => [[], "define(`confDANE', `true')"], without => [['DANE=no']]);
for my $way (qw(dane without)) {
    my ($settings, @lines) = @{ $ways{$way} };
    my $cf = configure($way, @lines);
    for my $cell (grep { $way eq 'dane' || $_->{name} !~ /^failed/ } @cells) {
        my $said = dane_simulated('sendmail', $cell, $way eq 'dane' ? 'DANE=yes' : ())->{simulation}{outcome}[0];
        my %address;
        @address{qw(a b)} = map { s/=.*//r } split /,/, $cell->{down};
        my ($relay) = ($said->{exchange} // '') =~ /^(\w)/ ? $address{$1} : '';
        my $tls = $said->{verdict} eq 'deliver' ? $said->{tls} =~ s/^re-//r : '';
        is join(' ', deliver($cf, "$cell->{name}.sig")), join(' ', $said->{verdict}, $relay, $tls), "$cell->{name} $way";
    }
}
done_testing();
