#!/usr/bin/perl
# The program in a language that is made up (src/po.awk): every letter of a message has an accent, so
# a word in plain letters is data, or no message. Reports of all lessons and cases, every window, and
# what is said to wrong commands are read for such words; what is data is listed here.
use strict;
use warnings;
use utf8;
use Encode qw(decode encode);
use FindBin;
use lib $FindBin::Bin;
use Mxtrail;
use Test::More;

binmode Test::More->builder->$_, ':encoding(UTF-8)' for qw(output failure_output todo_output);
my $program = ($ENV{builddir} || '.') . '/tests/replay/mxtrail-xx';
$ENV{MXTRAIL} = $program;

# Words of protocols and of other programs, names of programs and of their settings, keys, and what is typed.
my %data = map { $_ => 1 } qw(
    all mx ip mailto rua ruf pass fail softfail neutral none permerror temperror mailfrom helo quarantine reject
    rsa ed email pct enforce testing postmaster hostmaster dns-query
    Enter Esc Space Tab Backspace Up Down Left Right Home End PgUp PgDn BackTab ms min
    mxtrail dig drill nslookup exim openssl swaks posttls-finger curl exim-config conf retry starttls servername connect
    ldap kdc gc pdc dc guid pwd udp tcp alias domzone forzone dz fz krb ms domzones
    Postfix Exim Sendmail OpenSMTPD Courier Naive notqmail Debian MIT SSSD Samba Heimdal OpenLDAP Outlook Windows RFC
    postfix exim sendmail opensmtpd qmail courier naive nominal windows samba sssd mit heimdal openldap outlook sip
    Active Directory FreeIPA Microsoft Mimecast SendGrid Google MS-ADTS libc libldns
    recognise prefer dane self relayhost try both first backup tls clear no-verify freeze yes no any works same old empty may
    delivers local sts service cache id fetch save undo what-if mail address exchanger internet nameserver preference
    add remove srv weight set get a mono projector high-contrast okabe-light okabe-dark default theme on off smtp sip
    getmxrr makeconnection addr dmarc FallbackMX TLSFallbacktoClear
    nope zz none nonsense nothere sort-of unknown text pdf
);

# Ids of findings, and names that the program itself asks for.
$data{ s{.*/|\.txt$}{}gr } = 1 for glob root . '/help/findings/*.txt';
$data{$_} = 1 for map { split /[^A-Za-z-]+/ } Mxtrail::slurp(root . '/src/mail/clients/services.c') =~ /"([a-z._-]+)"/g;
$data{$_} = 1 for map { split /[^A-Za-z-]+/ } Mxtrail::slurp(root . '/help/operators.ini') =~ /^\[(.*)\]/mg;

# The words of an output that are none of these, nor of the domain; each with the line it is on.
sub plain_words {
    my ($output, $of) = @_;
    my %known = (%data, map { $_ => 1 } split /[^A-Za-z-]+/, $of);
    my %found;
    for my $line (split /\n/, decode('UTF-8', $output)) {
        for my $word (split ' ', $line) {
            next if $word =~ m{[._\@:/=<>\\"]\S|^[-+]|[0-9]|…|~|\w{20}};
            $word =~ s/^[^A-Za-z]+|[^A-Za-z]+$//g;
            next if $word !~ /^[A-Za-z'-]{2,}$/ || $word !~ /[a-z]/ || $known{$word};
            $found{$word} //= $line;
        }
    }
    return map { "$_: $found{$_}" } sort keys %found;
}

is_deeply([plain_words(encode("UTF-8", "  ñáɱé  example.com 2 words 33%  SPF mx, oddly"), "example")],
    ['oddly:   ñáɱé  example.com 2 words 33%  SPF mx, oddly', 'words:   ñáɱé  example.com 2 words 33%  SPF mx, oddly'], 'plain words are seen');

# ---- reports ----

my @domains = Mxtrail::domains();
my @reports = (
    ['--simulate=100', '--matrix', '--diagram', '--round-robin', '--compare', 'srv', '--down', '*=rcpt4', '--spf-ip', '192.0.2.1', '--names', 'www,ftp'],
    ['--simulate=100', '--profile', 'exim', '--compare', 'postfix,exim', '--down', '*', '--trace', '--as-if-signed', '--srv', '_ldap._tcp'],
    ['--profile', 'naive', '--whatif', 'add mx 15 mx9', '--diff', 'example.org', '--client', 'sip', '-t', 'CAA'],
);
while (my ($name, $zone) = splice @domains, 0, 2) {
    my @found;
    for my $options (@reports) {
        my ($status, $out, $err) = mxtrail('--lang', 'xx', '--zone', $zone, '--report', @$options, $name);
        push @found, plain_words($out . $err, Mxtrail::slurp($zone));
    }
    is(join("\n", @found), '', $zone =~ s{.*/}{}r . ': reports');
}

# ---- screens ----

# Keys and commands; the lists of lessons and the pages of help are not messages.
my @views = (
    [], ['key 5', 'key z', 'key *'], ['key 3', 'key *'], ['key 4', 'key z'], ['key 6', 'key z'], ['key 6', 'key Enter'], ['key Enter', 'key Space', 'key Space'],
    ['key Enter', 'key u'], ['key Enter', 'submit :down *', 'key G'], ['key Enter', 'key d', 'key P'], ['key Enter', 'key t'], ['submit :as mx2'],
    map({ ["submit :profile $_", 'key Enter', 'key G'], ["submit :profile $_", 'submit :settings'] } qw(rfc5321 postfix exim sendmail opensmtpd qmail courier naive)),
    map({ [/^(?:key|submit)/ ? $_ : "submit :$_"] } 'compare postfix exim', 'compare srv', 'key M', 'key F', 'diagram loop', 'diagram outage',
        'key J', 'key L', 'key O', 'timeline mx1@0h-6h', 'key A', 'key R', 'diff example.org', 'names www,ftp', 'key K',
        map({ "client $_" } qw(windows samba sssd mit sip outlook caldav)), 'dkim foo', 'spf', 'spf 192.0.2.1', 'spf 192.0.2.1 a@example.org mx.example.org',
        'fetch policy', 'query CAA', 'key v', 'nslookup', 'key V', 'key W', 'key w', 'resolvers 192.0.2.53', 'resolver 192.0.2.53', 'key T', 'key f', 'key s', 'key t', 'key y', 'key Y', 'key e', 'key c',
        'export /nonexistent/x.txt', 'export x.pdf', 'record /nonexistent/x', 'key o', 'nonsense', 'as nothere', 'profile nope', 'set x=y', 'lesson 999', 'theme none', 'pane 77',
        'spf x', 'timeline zz@q', 'query ZZ', 'srv zz', 'family 5', 'add mx a b', 'client zz', 'rotates nope', 'run', 'whatif undo', 'key >', 'key m', 'key n', 'key r', 'key x', 'key q'),
    ['submit :add mx 15 mx9', 'submit :whatif'], ['submit :remove mx1', 'key M'], ['key Enter', 'key +'], ['submit :timeline mx1@0h-6h', 'key P'],
    ['key 2', 'key v'], map({ ["key $_", 'key c'] } 2 .. 6), ['key 2', 'key Enter'], ['key 3', 'key Enter'], ['key 4', 'key Enter', 'key 3'], ['key :'], ['key :', 'key Tab'], ['key /'],
);

sub replies_of {
    my ($name, $zone) = @_;
    my $path = file('answers', '');
    my @servers = map { ('--zone', $_) } glob $zone =~ s/\.zone$/\@*.zone/r;
    mxtrail('--zone', $zone, @servers, '--report', '--matrix', '--force', '--record', $path, $name);
    my ($head, @replies) = split /(?<=\n)/, Mxtrail::slurp($path);
    @replies = grep { /^\d+ repl/ } @replies;
    s/^\d+ repl\w+/1 replies/ for @replies;
    $replies[-1] =~ s/replies/reply/;
    return ($head, join '', @replies);
}

my $actions = Mxtrail::slurp(root . '/src/app/events/actions.h');
for (['journey', qr//, [160, 70]], ['journey', qr/key (?:z|c|M|J|L|O|A|v|T|Enter)|client|compare|diagram|settings/, [80, 24]], ['which-dc', qr/key [4K]|client|srv/, [160, 70]], ['mta-sts', qr/key [56]/, [160, 70]],
    ['split-servers', qr/key [5A]/, [160, 70]]) {
    my ($lesson, $of, $size) = @$_;
    my ($width, $height) = @$size;
    my $zone = root . "/help/lessons/$lesson.zone";
    my ($name) = Mxtrail::slurp($zone) =~ /^; name: (\S+)/m;
    my ($head, $replies) = replies_of($name, $zone);
    my (@found, @torn);
    for my $view (grep { "@$_" =~ $of } @views) {
        my $at = 2;
        my $recording = file('view.rec', join '', $head, "0 resize $width $height\n1 submit $name\n", $replies x 3, map { $at++ . " $_\n" } 'tick', @$view);
        my ($status, $screen, $err) = mxtrail('--lang', 'xx', '--replay', $recording, '--dump');
        my $typed = "@$view" =~ /^key :/ ? $actions : "@$view" =~ /nslookup/ ? 'Server Address Answer Authority Additional' : '';
        push @found, map { "[@$view] $_" } plain_words($screen . $err, Mxtrail::slurp($zone) . "$typed answers view");
        my @lines = split /\n/, decode('UTF-8', $screen);
        push @torn, map { "[@$view]: $_" } grep { length > $width || /^[│├┌└]/ && length != $width } @lines;
        push @torn, "[@$view]: " . @lines . ' lines' if @lines != $height;
    }
    is(join("\n", @found), '', "$lesson ${width}x$height: screens");
    is(join("\n", @torn), '', "$lesson ${width}x$height: every line fits, and every frame is closed");
}
done_testing();
