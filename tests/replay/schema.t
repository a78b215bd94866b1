#!/usr/bin/perl
# help/schema.json describes what --json prints: every lesson, case and recording holds to it, and
# it has every member that there is.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::XS;
use Mxtrail;
use Test::More;

my $text = report('--schema');
my $schema = decode_json($text);

sub slurped { open my $in, '<', $_[0] or die "$_[0]: $!"; local $/; return scalar <$in> }

is($text, slurped(root . '/help/schema.json'), '--schema prints help/schema.json');

# ---- what of JSON Schema the file uses; any other keyword is a fault of it ----

my %keywords = map { $_ => 1 } qw($schema title description $defs type properties required
    additionalProperties patternProperties items enum const if then else $ref);

sub type_of {
    my ($value) = @_;
    return 'null' unless defined $value;
    return 'boolean' if JSON::XS::is_bool($value);
    return lc ref $value eq 'hash' ? 'object' : 'array' if ref $value;
    return 'string' unless encode_json([$value]) =~ /^\[-?\d/;
    return encode_json([$value]) =~ /[.eE]/ ? 'number' : 'integer';
}

sub has_type {
    my ($value, $types) = @_;
    my $type = type_of($value);
    return grep { $_ eq $type || ($_ eq 'number' && $type eq 'integer') } ref $types ? @$types : $types;
}

# The faults of a value, as "place: what".
sub faults {
    my ($value, $rule, $place) = @_;
    my @found = map { "$place: unknown keyword $_" } grep { !$keywords{$_} } keys %$rule;
    if (my ($name) = ($rule->{'$ref'} // '') =~ m{^#/\$defs/(\w+)$}) {
        push @found, faults($value, $schema->{'$defs'}{$name} // die("no \$defs/$name"), $place);
    }
    push @found, "$place: is " . type_of($value) if $rule->{type} && !has_type($value, $rule->{type});
    push @found, "$place: " . ($value // 'null') . ' is none of the words'
        if $rule->{enum} && !grep { defined $value && $_ eq $value } @{$rule->{enum}};
    push @found, "$place: is not $rule->{const}" if defined $rule->{const} && $rule->{const} ne ($value // '');
    if ($rule->{if}) {
        my $branch = faults($value, $rule->{if}, $place) ? 'else' : 'then';
        push @found, faults($value, $rule->{$branch}, $place) if $rule->{$branch};
    }
    push @found, object_faults($value, $rule, $place) if ref $value eq 'HASH';
    if (ref $value eq 'ARRAY' && $rule->{items}) {
        push @found, faults($value->[$_], $rule->{items}, "$place\[$_]") for 0 .. $#$value;
    }
    return @found;
}

sub object_faults {
    my ($value, $rule, $place) = @_;
    my @found = map { "$place: $_ is missing" } grep { !exists $value->{$_} } @{$rule->{required} // []};
    for my $key (sort keys %$value) {
        my ($pattern) = grep { $key =~ /$_/ } keys %{$rule->{patternProperties} // {}};
        my $inner = $rule->{properties}{$key} // ($pattern ? $rule->{patternProperties}{$pattern} : $rule->{additionalProperties});
        if (ref $inner eq 'HASH') {
            push @found, faults($value->{$key}, $inner, "$place.$key");
        } elsif (defined $inner && !$inner) {
            push @found, "$place.$key: is not described";
        }
    }
    return @found;
}

# ---- everything the program prints without a network ----

my @full = ('--simulate=50', '--matrix', '--compare', 'postfix,exim', '--round-robin', '--whatif', 'add mx 15 mx9',
    '--spf-ip', '192.0.2.1', '--srv', '_submission._tcp', '--diff', 'example.org', '-t', 'CERT', '--names', 'a,b',
    '--down', 'mx1=timeout', '--trace');
my @resolvers = ('--resolvers', '192.0.2.53,203.0.113.53'); # where single servers have zones of their own
my @runs;
for my $lesson (map { /^(\S+)/ } split /\n/, report('--demo=list')) {
    push @runs, ["--demo=$lesson", @full, $lesson eq 'split-servers' ? @resolvers : ()], ["--demo=$lesson", '--as', 'mx2', '--down', 'mx1@0h-4h', '--ignore', 'spf-none'];
}
push @runs, map { ['--zone', $_, 'example.com'] } sort glob "$FindBin::Bin/cases/*.zone";
push @runs, map { ['--replay', $_, 'example.com', '--questions', '50'] } sort glob "$FindBin::Bin/screens/*.rec";
my $odd = example('odd.zone', <<'END');
@ CAA 0 issue "ca.example.net"
@ HTTPS 1 . alpn=h2
@ NAPTR 10 10 "s" "SIP+D2U" "" _sip._udp
@ TYPE999 \# 2 abcd
k._domainkey TXT "v=DKIM1; p="
END
push @runs, ['--zone', $odd, 'user@example.com', 'example.com', '-tTYPE999', 'k._domainkey.example.com', 'a..b',
    '192.0.2.1', '2.0.192.in-addr.arpa', '_sip._udp.example.com', 'nowhere.example'];
my (@lines, @silent);
for (@runs) {
    my (undef, $out) = mxtrail('--json', '--no-config', @$_);
    push @silent, "@$_" if $out eq '';
    push @lines, map { [$_] } split /\n/, $out;
}
cmp_ok(scalar @lines, '>', 100, 'there is much to look at');
is(join("\n", @silent), '', 'by every command');
my @wrong = map { my $object = decode_json($_->[0]); map { "$object->{input}$_" } faults($object, $schema, '') } @lines;
is(join("\n", @wrong[0 .. ($#wrong < 9 ? $#wrong : 9)]), '', 'all of it holds to the schema');

# ---- it has every member, and sees what is wrong ----

my %described;
sub describe {
    my ($rule) = @_;
    return unless ref $rule eq 'HASH';
    for my $key (keys %{$rule->{properties} // {}}) {
        $described{$key} = 1;
        describe($rule->{properties}{$key});
    }
    describe($_) for grep { ref $_ eq 'HASH' } values %{$rule->{'$defs'} // {}}, $rule->{items};
}
describe($schema);
my %written;
for my $file (glob root . '/src/report/json*.c') {
    my $source = slurped($file);
    $written{$1} = 1 while $source =~ /json_set(?:_name|_targets)?\(\s*[\w>-]+,\s*"(\w+)"/g;
}
cmp_ok(scalar keys %written, '>', 100, 'the source writes members');
is_deeply([grep { !$described{$_} } sort keys %written], [], 'every member that is written is described');

my $good = decode_json($lines[0][0]);
my @planted = (
    [sub { $_[0]{mx} = 'none' }, '.mx: is string'],
    [sub { $_[0]{more} = 1 }, '.more: is not described'],
    [sub { delete $_[0]{route} }, ': route is missing'],
    [sub { $_[0]{status} = 'fine' }, '.status: fine is none of the words'],
    [sub { $_[0]{queries}[0]{tries} = '1' }, '.queries[0].tries: is string'],
    [sub { $_[0]{queries}[0]{tries} = 1.5 }, '.queries[0].tries: is number'],
);
for (@planted) {
    my ($change, $said) = @$_;
    my $copy = decode_json(encode_json($good));
    $change->($copy);
    is_deeply([faults($copy, $schema, '')], [$said], "a fault is seen: $said");
}

# ---- the same by a validator that others keep ----

SKIP: {
    skip 'python3-jsonschema is missing (./configure --install-deps=test)', 1
        if system("python3 -c 'import jsonschema; jsonschema.Draft202012Validator' 2>/dev/null");
    my $objects = file('objects', join '', map { "$_->[0]\n" } @lines);
    file('schema.json', $text);
    my ($status, $out, $err) = shell("cd '" . scratch . "' && python3 - schema.json <<'END'
import json, sys
from jsonschema import Draft202012Validator as validator
schema = json.load(open(sys.argv[1]))
validator.check_schema(schema)
checked = validator(schema)
for line in open('objects'):
    for error in checked.iter_errors(json.loads(line)):
        print(list(error.absolute_path), error.message[:200])
END");
    is("$out$err", '', 'jsonschema finds the schema sound, and nothing wrong');
}

done_testing;
