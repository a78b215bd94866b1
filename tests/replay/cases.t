#!/usr/bin/perl
# Domains as people really have them, each with a slip, and what is to be said about it. A row of the table:
#   ZONE    cases/ZONE.zone
#   name    what is looked up; example.com if not given
#   options more of the command line
#   says    all findings, each "severity id subject", in the order of the report
#   said    what is said on standard error; nothing if not given
#   text    what one of these sentences says: id => pattern
#   cures   the records to publish, the whole text: id => line, or lines; '' where words must do
#   fixes   what is to be changed, in words: id => pattern
#   json    a sub that is given the object and says whether it is right
# A zone without a row, and a row without a zone, are faults.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::XS;
use Mxtrail;
use Test::More;

my %cases = (
    'aliases-everywhere' => {
        name => 'x.test',
        says => ['error mx-cname mx.x.test.', 'error mx-dangling mx.x.test.', 'error ns-cname mx.x.test.', 'error ns-dangling mx.x.test.',
            'error srv-cname mx.x.test.', 'error srv-dangling mx.x.test.', 'warning alias-dangling _dmarc.x.test.',
            'warning ns-single x.test.', 'warning spf-none x.test.', 'warning dmarc-none x.test.', 'notice a-none x.test.',
            'notice dkim-none-found x.test.', 'notice tls-rpt-none _smtp._tls.x.test.'],
        cures => {(map { $_ => '' } qw(mx-cname mx-dangling ns-cname ns-dangling srv-cname srv-dangling)),
            'dmarc-none' => '_dmarc.gone.x.test. 3600 IN TXT "v=DMARC1; p=none"'},
        fixes => {'mx-dangling' => qr{^Publish an address record .* of gone\.x\.test }},
    },
    'beside-alias' => {
        name => 'www.example.com',
        says => ['warning spf-none www.example.com.', 'warning dmarc-none www.example.com.', 'notice mx-implicit www.example.com.',
            'notice dkim-none-found www.example.com.'],
        cures => {'spf-none' => 'web.example.com. 3600 IN TXT "v=spf1 a ~all"',
            'mx-implicit' => 'web.example.com. 3600 IN MX 10 web.example.com.',
            'dmarc-none' => '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=none; rua=mailto:dmarc@example.com"'},
    },
    'bracketed-literal' => {
        says => ['error mx-literal example.com.', 'notice a-none example.com.'],
        cures => {'mx-literal' => "example.com. 3600 IN MX 10 mail.example.com.\nmail.example.com. 3600 IN A 192.0.2.25"},
    },
    'dmarc-alias' => {
        says => ['notice zone-outside example.com.', 'notice dmarc-syntax _dmarc.example.com.', 'notice dmarc-policy-none _dmarc.example.com.',
            'notice dkim-none-found example.com.'],
        cures => {'dmarc-policy-none' => ''},
        fixes => {'dmarc-policy-none' => qr{^_dmarc\.example\.com is an alias of _dmarc\.provider\.example\.net: have the record there changed}},
    },
    'dmarc-at-apex' => {
        says => ['warning dmarc-none example.com.', 'notice mx-v4-only example.com.', 'notice a-none example.com.',
            'notice dkim-none-found example.com.'],
        text => {'dmarc-none' => qr{a DMARC record at example\.com itself, but .* at _dmarc\.example\.com only}},
        cures => {'dmarc-none' => '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=reject"'},
    },
    'dmarc-beside-alias' => {
        says => ['warning cname-and-other-data _dmarc.example.com.', 'warning spf-none example.com.', 'notice mx-v4-only example.com.',
            'notice a-none example.com.', 'notice zone-outside example.com.', 'notice dkim-none-found example.com.'],
        text => {'cname-and-other-data' => qr{is a CNAME and also has TXT records}},
        cures => {'cname-and-other-data' => ''},
    },
    'dmarc-policy-typo' => {
        says => ['error dmarc-syntax _dmarc.example.com.', 'notice dkim-none-found example.com.'],
        cures => {'dmarc-syntax' => '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=reject; rua=mailto:d@example.com"'},
    },
    'dmarc-rua-without-mailto' => {
        says => ['warning dmarc-report-uri _dmarc.example.com.', 'notice dkim-none-found example.com.'],
        cures => {'dmarc-report-uri' => '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=reject; rua=mailto:d@example.com"'},
    },
    'dmarc-sp-typo' => {
        name => 'x.test',
        says => ['error mx-none x.test.', 'error dmarc-syntax _dmarc.x.test.', 'warning ns-none x.test.', 'warning spf-none x.test.',
            'notice a-none x.test.', 'notice soa-times x.test.', 'notice dkim-none-found x.test.'],
        cures => {'dmarc-syntax' => '_dmarc.x.test. 60 IN TXT "v=DMARC1; p=reject; rua=mailto:a@x.test"'},
    },
    'dmarc-version-case' => {
        says => ['error dmarc-syntax _dmarc.example.com.', 'notice dkim-none-found example.com.'],
        text => {'dmarc-syntax' => qr{: "dmarc1" must be written DMARC1\.}},
        cures => {'dmarc-syntax' => '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=reject"'},
    },
    'escapes' => {
        name => 'x.test',
        says => ['warning ns-none x.test.', 'notice mx-single x.test.', 'notice mx-v4-only x.test.', 'notice a-none x.test.',
            'notice spf-missing-mx mx.x.test.', 'notice dmarc-syntax _dmarc.x.test.', 'notice dmarc-policy-none _dmarc.x.test.',
            'notice dkim-none-found x.test.'],
        cures => {'spf-missing-mx' => 'x.test. 3600 IN TXT "v=spf1 ip4:192.0.2.1 exists:a\\\\123b.%{d} -all"',
            'dmarc-policy-none' => '_dmarc.x.test. 3600 IN TXT "v=DMARC1; p=quarantine; rua=mailto:\\"a b\\"@x.test; n=back\\\\slash"'},
    },
    'missing-dot' => {
        says => ['error mx-dangling mail.example.com.example.com.', 'notice a-none example.com.'],
        cures => {'mx-dangling' => 'example.com. 3600 IN MX 10 mail.example.com.'},
        fixes => {'mx-dangling' => qr{^The last dot is missing: mail\.example\.com exists}},
    },
    'null-mx' => {
        says => ['warning spf-none example.com.', 'warning dmarc-none example.com.', 'notice mx-null-open example.com.',
            'notice dkim-none-found example.com.', 'ok mx-null example.com.'],
        cures => {'spf-none' => 'example.com. 3600 IN TXT "v=spf1 -all"', 'dmarc-none' => '_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=reject"',
            'mx-null-open' => qq{example.com. 3600 IN TXT "v=spf1 -all"\n_dmarc.example.com. 3600 IN TXT "v=DMARC1; p=reject"}},
    },
    'null-mx-mixed' => {
        says => ['error mx-null-mixed example.com.', 'notice mx-v4-only example.com.', 'notice a-none example.com.'],
        cures => {'mx-null-mixed' => ''},
        json => sub { (map { $_->{remove} } grep { $_->{id} eq 'mx-null-mixed' } @{ $_[0]{findings} })[0] eq 'example.com. 3600 IN MX 0 .'
            && !grep { $_->{publish} =~ /^\. /m } @{ $_[0]{findings} } },
    },
    'spf-include-equals' => {
        says => ['warning spf-slip example.com.', 'notice zone-outside example.com.', 'notice spf-missing-mx mx1.example.com.',
            'notice dkim-none-found example.com.'],
        text => {'spf-slip' => qr{^"include=_spf\.example\.net" is an unknown modifier, which receivers ignore}},
        cures => {'spf-slip' => 'example.com. 3600 IN TXT "v=spf1 include:_spf.example.net ~all"'},
    },
    'spf-include-plus-all' => {
        name => 'x.test',
        says => ['error mx-none x.test.', 'error spf-plus-all x.test.', 'warning ns-none x.test.', 'warning dmarc-none x.test.',
            'notice a-none x.test.', 'notice dkim-none-found x.test.'],
        cures => {'spf-plus-all' => 'x.test. 3600 IN TXT "v=spf1 -all"'},
        fixes => {'spf-plus-all' => qr{in the record of _spf\.x\.test: have it changed there}},
    },
    'spf-literal-quotes' => {
        says => ['warning spf-none example.com.', 'notice dkim-none-found example.com.'],
        text => {'spf-none' => qr{resembles one: a quotation mark is part of the text}},
        cures => {'spf-none' => 'example.com. 3600 IN TXT "v=spf1 mx -all"'},
    },
    'spf-mx-of-host' => {
        says => ['warning spf-slip example.com.', 'notice spf-missing-mx mx1.example.com.', 'notice dkim-none-found example.com.'],
        text => {'spf-slip' => qr{^"mx:mx1\.example\.com" finds nothing: mx1\.example\.com is a host}},
        cures => {'spf-slip' => 'example.com. 3600 IN TXT "v=spf1 a:mx1.example.com a:mx2.example.com. -all"'},
    },
    'spf-redirect-missing-mx' => {
        options => ['--spf-ip', '192.0.2.7'],
        says => ['warning dmarc-none example.com.', 'warning spf-slip example.com.', 'notice zone-outside example.com.',
            'notice spf-missing-mx mx1.example.com.', 'notice dkim-none-found example.com.'],
        cures => {'spf-slip' => 'example.com. 3600 IN TXT "v=spf1 redirect=spf.example.net"',
            'spf-missing-mx' => 'example.com. 3600 IN TXT "v=spf1 ip4:192.0.2.1 ip6:2001:db8:1::1 ip4:198.51.100.2 ip6:2001:db8:2::1 redirect=spf.example.net"'},
    },
    'spf-redirect-plus-all' => {
        says => ['error spf-plus-all example.com.', 'notice zone-outside example.com.', 'notice dkim-none-found example.com.'],
        cures => {'spf-plus-all' => ''},
        fixes => {'spf-plus-all' => qr{in the record of _spf\.provider\.example\.net: have it changed there}},
    },
    'spf-run-together' => {
        says => ['warning spf-none example.com.', 'notice dkim-none-found example.com.'],
        text => {'spf-none' => qr{its strings are joined without a blank, as happens to a text without quotation marks}},
        cures => {'spf-none' => 'example.com. 3600 IN TXT "v=spf1 mx -all"'},
    },
    'spf-semicolons' => {
        says => ['warning spf-none example.com.', 'notice dkim-none-found example.com.'],
        text => {'spf-none' => qr{its terms are separated by something other than blanks}},
        cures => {'spf-none' => 'example.com. 3600 IN TXT "v=spf1 mx -all"'},
    },
    'spf-ten-lookups' => {
        name => 'x.test',
        options => ['--spf-ip', '198.51.100.9'],
        says => ['warning ns-none x.test.', 'warning dmarc-none x.test.', 'notice mx-single x.test.', 'notice mx-v4-only x.test.',
            'notice a-none x.test.', 'notice soa-times x.test.', 'notice spf-voids x.test.', 'notice spf-missing-mx mx.x.test.',
            'notice dkim-none-found x.test.'],
        cures => {'spf-missing-mx' => 'x.test. 3600 IN TXT "v=spf1 ip4:192.0.2.1 ' . join(' ', map { "a:h$_.x.test" } 0 .. 9) . ' -all"'},
        json => sub { $_[0]{policy}{spf}{result} eq 'pass' },
    },
    'split' => {
        name => 'x.test',
        says => ['error mx-none x.test.', 'warning ns-none x.test.', 'warning spf-none x.test.', 'notice a-none x.test.',
            'notice soa-times x.test.', 'notice dmarc-syntax _dmarc.x.test.', 'notice dmarc-policy-none _dmarc.x.test.',
            'notice dkim-none-found x.test.'],
        json => sub { my ($cure) = map { $_->{publish} } grep { $_->{id} eq 'dmarc-policy-none' } @{ $_[0]{findings} };
            my @strings = $cure =~ /"([^"]*)"/g;
            @strings == 2 && join('', @strings) eq 'v=DMARC1; p=quarantine; rua=mailto:a@x.test; n=' . '\195\169' x 200 },
    },
    'policy-aliases-to-nothing' => {
        says => ['warning alias-dangling _dmarc.example.com.', 'warning alias-dangling _mta-sts.example.com.',
            'warning alias-dangling _smtp._tls.example.com.', 'warning dmarc-none example.com.', 'notice dkim-none-found example.com.'],
        text => {'alias-dangling' => qr/alias of gone\._dmarc\.example\.com, which does not exist/},
        fixes => {'alias-dangling' => qr/publish the record at gone\._dmarc\.example\.com/},
        json => sub { $_[0]{policy}{mta_sts}{alias_of} eq 'gone._sts.example.com.'
                && $_[0]{policy}{dmarc}{steps}[0]{alias_of} eq 'gone._dmarc.example.com.' },
    },
    'null-mx-beside-host' => {
        says => ['error mx-null-mixed example.com.', 'notice mx-v4-only example.com.', 'notice a-none example.com.'],
    },
    'mx-in-brackets' => {
        says => ['error mx-literal example.com.', 'notice a-none example.com.'],
        text => {'mx-literal' => qr/^The MX target \[192\.0\.2\.25\] is an IP address/},
        json => sub { !@{ $_[0]{policy}{dane} } },
    },
    'bimi-image-and-policy' => {
        says => ['warning bimi-unusable default._bimi.example.com.', 'notice dmarc-policy-none _dmarc.example.com.',
            'notice dkim-none-found example.com.'],
        text => {'bimi-unusable' => qr/l= is not an https address; no logo is shown: DMARC must be at quarantine/},
    },
    'tlsa-unsigned' => {
        says => [],
        json => sub { join(' ', map { $_->{state} } @{ $_[0]{policy}{dane} }) eq 'usable once signed usable once signed' },
    },
    'many-mx' => {
        says => ['warning dmarc-none example.com.', 'notice mx-many example.com.', 'notice mx-same-network example.com.',
            'notice a-none example.com.', 'notice zone-outside example.com.', 'notice spf-missing-mx mx0.example.com.',
            'notice dkim-none-found example.com.'],
        json => sub { !$_[0]{over_budget} && !grep { $_->{severity} eq 'unknown' } @{ $_[0]{findings} } },
    },
    'filter-bypassed' => {
        says => ['warning mx-bypasses-filter mail.example.com.', 'notice mx-outside-domain example.com.', 'notice mx-v4-only example.com.',
            'notice a-none example.com.', 'notice zone-outside example.com.'],
        text => {'mx-bypasses-filter' => qr/^mail\.example\.com \(preference 50\) bypasses the filtering service Mimecast/},
    },
    'sibling-without-secondary' => {
        options => ['--names', 'whole.example.com,short.example.com,other.example.com'],
        says => ['warning spf-none example.com.', 'warning dmarc-none example.com.', 'notice mx-v4-only example.com.',
            'notice a-none example.com.', 'notice zone-outside example.com.', 'notice dkim-none-found example.com.'],
        json => sub { join(' ', map { $_->{lacking} // '-' } @{ $_[0]{setup}{names} }) eq '- mx2.example.com. -' },
    },
    'wildcard-outside' => {
        says => ['warning spf-none example.com.', 'notice mx-v4-only example.com.', 'notice a-none example.com.',
            'notice zone-outside example.com.', 'notice dmarc-syntax _dmarc.example.com.', 'notice dmarc-policy-none _dmarc.example.com.',
            'notice dkim-none-found example.com.'],
        json => sub { $_[0]{policy}{dmarc}{reports}[0]{authorisation} eq 'authorised' },
    },
    'spf-behind-all' => {
        says => ['warning spf-after-all example.com.', 'notice dkim-none-found example.com.'],
        text => {'spf-after-all' => qr{"include:gone\.example\.com" is ignored}},
    },
    'spf-redirect-and-all' => {
        says => ['warning spf-after-all example.com.', 'warning dmarc-none example.com.', 'notice zone-outside example.com.',
            'notice spf-missing-mx mx1.example.com.', 'notice dkim-none-found example.com.'],
        text => {'spf-after-all' => qr{"redirect=spf\.example\.net" is ignored}},
    },
    'spf-private' => {
        says => ['notice spf-private example.com.', 'notice dkim-none-found example.com.'],
        text => {'spf-private' => qr{"ip4:10\.0\.0\.0/8", "ip4:192\.168\.1\.5", "ip4:127\.0\.0\.1" never match on the Internet}},
    },
    'spf-operator-networks' => {
        says => ['notice zone-outside example.com.', 'notice dkim-none-found example.com.'],
    },
    'dkim-wildcard-revoked' => {
        says => ['notice a-none example.com.', 'ok mx-null example.com.'],
        json => sub {
            my @keys = @{ $_[0]{policy}{dkim} };
            return @keys == 1 && $keys[0]{selector} eq '*' && $keys[0]{state} eq 'revoked'
                && !grep { $_->{role} eq 'selector' } @{ $_[0]{setup}{operators} };
        },
    },
    'dkim-sha1-only' => {
        says => ['error dkim-syntax s1._domainkey.example.com.'],
        text => {'dkim-syntax' => qr{RFC 8301 3\.1}},
    },
    'dkim-delegated' => {
        says => ['unknown dkim-none-found _domainkey.example.com.'],
        json => sub { @{ $_[0]{policy}{dkim} } == 1 && $_[0]{policy}{dkim}[0]{state} eq 'not_in_file' },
    },
    'dkim-own-selector' => {
        name => 'odd2024._domainkey.example.com',
        says => ['error dkim-syntax odd2024._domainkey.example.com.'],
        text => {'dkim-syntax' => qr{the key is cut off}},
    },
    'dmarc-small-letters' => {
        name => 'x.test',
        says => ['error ns-dangling ns.zz.', 'error dmarc-syntax _dmarc.x.test.', 'warning ns-single .', 'warning spf-none x.test.',
            'warning ptr-missing x.test.', 'notice mx-implicit x.test.', 'notice soa-times .', 'notice dkim-none-found x.test.'],
        text => {'dmarc-syntax' => qr{"dmarc1" must be written DMARC1}},
        json => sub { !grep { $_->{qname} =~ /_report/ } @{ $_[0]{queries} } },
    },
    'dmarc-tag-twice' => {
        name => 'x.test',
        says => ['error dmarc-syntax _dmarc.x.test.', 'warning ns-single test.', 'warning spf-none x.test.', 'notice mx-implicit x.test.',
            'notice soa-times test.', 'notice dkim-none-found x.test.'],
        text => {'dmarc-syntax' => qr{p= is in it twice}},
    },
    'sts-other-version' => {
        name => 'x.test',
        says => ['error mta-sts-policy-host mta-sts.x.test.', 'warning ns-single test.', 'warning spf-none x.test.',
            'warning dmarc-none x.test.', 'notice mx-single x.test.', 'notice mx-ttl-short x.test.', 'notice mx-v4-only x.test.',
            'notice soa-times test.', 'notice dkim-none-found x.test.', 'notice tls-rpt-none _smtp._tls.x.test.'],
        json => sub { $_[0]{policy}{mta_sts}{state} eq 'found' && $_[0]{policy}{mta_sts}{id} eq '1' },
    },
    'spf-voids-over-ipv6' => {
        name => 'x.test',
        says => ['warning ns-single test.', 'warning spf-voids x.test.', 'warning dmarc-none x.test.', 'notice mx-single x.test.',
            'notice mx-ttl-short x.test.', 'notice mx-outside-domain x.test.', 'notice mx-v4-only x.test.', 'notice a-none x.test.',
            'notice soa-times test.', 'notice dkim-none-found x.test.'],
        text => {'spf-voids' => qr{senders over IPv6, 3 lookups}},
        json => sub { @{ $_[0]{policy}{spf}{void_terms} } == 3 && $_[0]{policy}{spf}{voids_ipv4} == 0 },
    },
    'spf-idn-sender' => {
        name => 'xn--bcher-kva.test',
        options => ['--spf-ip', '192.0.2.1', '--spf-from', '<x@bücher.test>'],
        says => ['warning ns-single test.', 'warning dmarc-none xn--bcher-kva.test.', 'notice mx-single xn--bcher-kva.test.',
            'notice mx-ttl-short xn--bcher-kva.test.', 'notice mx-outside-domain xn--bcher-kva.test.',
            'notice mx-v4-only xn--bcher-kva.test.', 'notice a-none xn--bcher-kva.test.', 'notice soa-times test.',
            'notice dkim-none-found xn--bcher-kva.test.'],
        json => sub { $_[0]{policy}{spf}{check}{result} eq 'fail' && $_[0]{policy}{spf}{check}{mechanism} eq '-all' },
    },
    'spf-eleven-exchanges' => {
        name => 'x.test',
        says => ['error spf-mx-many x.test.', 'warning ns-none x.test.', 'warning dmarc-none x.test.', 'notice mx-many x.test.',
            'notice mx-ttl-short x.test.', 'notice mx-same-network x.test.', 'notice mx-v4-only x.test.', 'notice a-none x.test.',
            'notice soa-times x.test.', 'notice dkim-none-found x.test.'],
        json => sub { $_[0]{policy}{spf}{state} eq 'too many exchanges' },
    },
    'spf-seven-addresses' => {
        name => 'x.test',
        says => ['warning ns-none x.test.', 'warning dmarc-none x.test.', 'notice mx-v4-only x.test.', 'notice a-none x.test.',
            'notice soa-times x.test.', 'notice spf-missing-mx m.x.test.', 'notice dkim-none-found x.test.'],
        text => {'spf-missing-mx' => qr{fail for 198\.51\.100\.1,}},
    },
    'spf-seven-addresses-turned' => {
        name => 'x.test',
        says => ['warning ns-none x.test.', 'warning dmarc-none x.test.', 'notice mx-v4-only x.test.', 'notice a-none x.test.',
            'notice soa-times x.test.', 'notice spf-missing-mx m.x.test.', 'notice dkim-none-found x.test.'],
        text => {'spf-missing-mx' => qr{fail for 198\.51\.100\.1,}},
    },
    'axfr-output' => {
        says => ['warning ns-none example.com.', 'warning spf-none example.com.', 'warning dmarc-none example.com.',
            'notice mx-single example.com.', 'notice mx-v4-only example.com.', 'notice a-none example.com.',
            'notice dkim-none-found example.com.'],
    },
    'svcb-as-dig-prints' => {
        name => 'x.test',
        says => ['warning ns-single test.', 'warning spf-none x.test.', 'warning dmarc-none x.test.', 'notice mx-implicit x.test.',
            'notice soa-times test.', 'notice dkim-none-found x.test.'],
    },
    'whatif-twice' => {
        name => 'x.test',
        options => ['--simulate', '--profile', 'postfix', '--whatif', 'add a mx1.x.test. 192.0.2.1'],
        said => qr{there is such a record already},
        says => ['warning ns-none x.test.', 'warning spf-none x.test.', 'warning dmarc-none x.test.', 'notice mx-same-network x.test.',
            'notice mx-v4-only x.test.', 'notice a-none x.test.', 'notice dkim-none-found x.test.'],
        json => sub { join(' ', map { "$_->{exchange} $_->{expected}" } @{ $_[0]{simulation}{first} }) eq 'mx1.x.test. 0.5 mx2.x.test. 0.5' },
    },
    'whatif-matrix' => {
        name => 'x.test',
        options => ['--matrix', '--profile', 'qmail', '--whatif', 'add mx 3 mx9'],
        json => sub {
            my ($same) = json('--zone', root . '/tests/replay/cases/whatif-matrix.zone', '--matrix', '--whatif', 'add mx 3 mx9', 'x.test');
            return "@{[map { JSON::XS->new->canonical->encode($_) } @{ $_[0]{matrix} }]}" eq "@{[map { JSON::XS->new->canonical->encode($_) } @{ $same->{matrix} }]}"
                && @{ $_[0]{matrix} } == 8;
        },
        says => ['warning ns-none x.test.', 'warning spf-none x.test.', 'warning dmarc-none x.test.', 'notice mx-single x.test.',
            'notice mx-v4-only x.test.', 'notice a-none x.test.', 'notice soa-times x.test.', 'notice dkim-none-found x.test.'],
    },
    'ptr-thirteen' => {
        name => 'x.test',
        says => ['warning ns-none x.test.', 'warning spf-none x.test.', 'warning dmarc-none x.test.', 'notice mx-single x.test.',
            'notice mx-v4-only x.test.', 'notice a-none x.test.', 'notice zone-outside x.test.', 'notice soa-times x.test.',
            'notice dkim-none-found x.test.'],
        json => sub { join(' ', map { $_->{state} } @{ $_[0]{setup}{reverse} }) eq 'confirmed' },
    },
    'ptr-thirteen-turned' => {
        name => 'x.test',
        says => ['warning ns-none x.test.', 'warning spf-none x.test.', 'warning dmarc-none x.test.', 'notice mx-single x.test.',
            'notice mx-v4-only x.test.', 'notice a-none x.test.', 'notice zone-outside x.test.', 'notice soa-times x.test.',
            'notice dkim-none-found x.test.'],
        json => sub { join(' ', map { $_->{state} } @{ $_[0]{setup}{reverse} }) eq 'confirmed' },
    },
);

my $folder = root . '/tests/replay/cases';

sub of_family { my ($object, $family) = @_; return grep { $_->{id} =~ $family } @{ $object->{findings} } }

# Every finding of the id has this cure, or one of them fits the pattern.
sub has_text {
    my ($zone, $object, $field, $wanted) = @_;
    for my $id (sort keys %{ $wanted // {} }) {
        my @texts = map { $_->{$field} } of_family($object, qr/^\Q$id\E$/);
        my $right = $wanted->{$id};
        if (ref $right eq 'Regexp') {
            ok((grep { /$right/ } @texts) > 0, "$zone: $field of $id") or diag join "\n", @texts;
        }
        else {
            is_deeply(\@texts, [($right) x @texts], "$zone: $field of $id");
            ok(@texts > 0, "$zone: $id is there");
        }
    }
    return;
}

sub run_case {
    my ($zone, $case) = @_;
    my @command = ('--zone', "$folder/$zone.zone", @{ $case->{options} // [] }, $case->{name} // 'example.com');
    my ($status, $out, $err) = mxtrail('--json', @command);
    is($status, 0, "$zone: ends well");
    $case->{said} ? like($err, $case->{said}, "$zone: what is said on the side") : is($err, '', "$zone: nothing is said on the side");
    my $object = decode_json($out);
    my @findings = @{ $object->{findings} };
    is_deeply([map { "$_->{severity} $_->{id} $_->{subject}" } @findings], $case->{says}, "$zone: these findings and no others");
    has_text($zone, $object, 'text', $case->{text});
    has_text($zone, $object, 'fix', $case->{fixes});
    has_text($zone, $object, 'publish', $case->{cures});
    ok($case->{json}->($object), "$zone: the object") if $case->{json};
    my $report = report('--report', @command);
    ok((grep { $_->{severity} ne 'ok' && $report !~ /\b\Q$_->{id}\E, / } @findings) == 0, "$zone: the text report has them, too");
    return;
}

for my $zone (sort keys %cases) {
    ok(-f "$folder/$zone.zone", "$zone.zone is there") and run_case($zone, $cases{$zone});
}
for my $path (glob "$folder/*.zone") {
    my ($zone) = $path =~ m{([^/]+)\.zone$};
    ok($cases{$zone}, "$zone has a row");
}
done_testing;
