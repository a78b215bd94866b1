package SendmailWorld;

# Sendmail in its world: its configuration, and what comes of a message.
use strict;
use warnings;
use Cases;
use Exporter 'import';
use Mta;

our @EXPORT = qw($sendmail configure_sendmail deliver_sendmail);
our $sendmail = '/usr/libexec/sendmail/sendmail';

# Debian's sources of sendmail.cf, the lines in it, and a queue in a folder of its own; the file.
sub configure_sendmail {
    my ($way, @lines) = @_;
    my $base = '/run/sendmail';
    mkdir "$root$_" for $base, "$base/$way";
    spew("$root$base/aliases", '');
    spew("$root$base/mc", join "\n", 'divert(0)dnl', "OSTYPE(`linux')", "define(`QUEUE_DIR', `$base/$way')",
        "define(`STATUS_FILE', `$base/status')", "define(`confPID_FILE', `$base/pid')", "define(`ALIAS_FILE', `$base/aliases')",
        "define(`confQUEUE_LA', `1000')", # a busy machine delivers, too
        "define(`confDEAD_LETTER_DROP', `$base/dead')", "define(`confLOG_LEVEL', `14')", @lines,
        "MAILER(`local')", "MAILER(`smtp')", '');
    spew("$root$base/cf.$way", output(inside('sh', '-c', "cd /usr/share/sendmail/cf/cf && m4 -D_CF_DIR_=/usr/share/sendmail/cf/ ../m4/cf.m4 $base/mc")));
    return "$base/cf.$way";
}

# One message, and what the log says of it: { verdict, code, relay => its address, tls => tls or clear, tries }.
sub deliver_sendmail {
    my ($log, $cf, $domain) = @_;
    my $before = length slurp($log);
    my $said = output(inside('sh', '-c', 'printf "Subject: x\n\nx\n" | exec "$0" "$@"', $sendmail, '-C', $cf, '-v', '-odi', '-oeq', '-d16.1',
        '-f', "root\@$me", "x\@$domain"));
    my @tries = $said =~ /^Connecting to \[(?:IPv6:)?([0-9a-f.:]+)\]\.25/mg;
    my $text = whole_log($log, $before);
    my ($last) = reverse $text =~ /(to=<?x\@\Q$domain\E>?, .* stat=.*)/g; # one for each host, if they were left after MAIL
    die "no verdict for $domain: $text" unless $last;
    my ($relay, $address) = $last =~ /relay=(\S+?)\.? \[([0-9.]+)\], /;
    my ($code, $status) = $last =~ /dsn=([\d.]+), (?:reply=.*?, )?stat=(.*)/;
    my %did = (verdict => 'bounce', code => $code, relay => '', tls => '', tries => \@tries, log => $text);
    if ($status =~ /^Sent/) {
        my $tls = $text =~ /STARTTLS=client, relay=\Q$relay\E\.?, version=/ ? 'tls' : 'clear';
        return { %did, verdict => 'deliver', code => '', relay => $address, tls => $tls };
    }
    $did{verdict} = 'defer' if $status =~ /^(?:Deferred|queued)/;
    return \%did;
}

1;
