#include "unit/worlds/domain_grammar.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A rule: its alternatives stand between bars, a number and "*" in front make one so many times as
 * likely, and <name> is another rule. <1-254> is a number out of that range. Too deep, the first
 * alternative is taken, so that one ends. */
static const struct rule {
    const char *name, *alternatives;
} rules[] = {
    {"zone", "$ORIGIN example.com.\n$TTL 3600\n@ IN SOA ns1 hostmaster <soa>\n<ns><hosts><mx><spf>"
             "<dmarc><dkim><transport><srv><names><elsewhere>"},
    {"soa", "9*1 7200 900 1209600 300|1 1 1 1 1"},
    {"ttl", "6*|60|300|86400"},

    /* hosts: each has addresses, is an alias, or is not there */
    {"ns", "6*@ NS ns1\n@ NS ns2\nns1 A 198.51.100.53\nns2 A 203.0.113.53\n|"
           "@ NS ns1\n@ NS ns2\nns1 CNAME ns2\nns2 A 203.0.113.53\n|"
           "@ NS ns1\n@ NS mx1\n@ NS ns.gone.example.net.\nns1 A <v4>\n|"
           "@ NS ns1.example.com\n@ NS ns2\nns1 A 198.51.100.53\nns2 A 203.0.113.53\n"},
    {"hosts", "mx1 <host>mx2 <host><mail><more>"},
    {"more", "|www <host>|www CNAME @\n|@ A <v4>\n|@ A <v4>\n@ AAAA <v6>\nsmtp <host>|"
             "mx3 <host>mx4 <host>"},
    {"mail", "3*mail <host>||mail CNAME mx1\n|mail.example.com <host>"},
    {"host", "A <v4>\n|8*A <v4>\n|3*AAAA <v6>\n|A <v4>\n AAAA <v6>\n|A <v4>\n A <v4>\n|"
             "CNAME <target>\n|TXT nothing\n|A <odd>\n"},
    {"v4", "192.0.2.<1-9>|198.51.100.<1-9>|203.0.113.<1-9>"},
    {"v6", "2001:db8:1::<1-9>|2001:db8:2::<1-9>"},
    {"odd", "10.0.0.<1-9>|127.0.0.1|192.168.1.<1-9>|100.64.0.1"},
    {"target", "mx2|gone|mx.provider.example.net.|loop|mx.gone.example.net.|web"},
    {"in", "mx1|4*mx1|3*mx2|2*mail|mx3|www|gone|smtp"},

    /* MX */
    {"mx", "8*<mxs>|@ MX 0 .\n|@ MX 0 .\n<mxs>|@ MX 10 .\n||<mxs><mxs>|<many>"},
    {"mxs", "<mxr>|4*<mxr><mxr>|<mxr><mxr><mxr>"},
    {"mxr", "@ <ttl> MX <pref> <exchange>\n"},
    {"pref", "10|10|20|0|5"},
    {"exchange", "9*<in>|mx.provider.example.net.|mail.example.com|mx1.example.com|[192.0.2.5].|"
                 "192.0.2.7.|192.0.2.8|localhost.|mx_1|in|out.gone.example.net.|@|"
                 "mx1.example.com.example.com."},
    {"many",
     "@ MX 10 mx1\n@ MX 10 mx2\n@ MX 20 a1\n@ MX 20 a2\n@ MX 20 a3\n@ MX 20 a4\n@ MX 20 a5\n"
     "@ MX 20 a6\n@ MX 20 a7\n@ MX 20 a8\n@ MX 30 a9\na1 <host>a2 <host>a3 <host>a4 <host>"
     "a5 <host>a6 <host>a7 <host>a8 <host>a9 <host>"},

    /* SPF */
    {"spf", "7*@ <ttl> TXT \"<spftext>\"\n|2*|@ TXT \"<spftext>\"\n@ TXT \"<spftext>\"\n|"
            "@ TXT \"other=1\"\n@ TXT \"<spftext>\"\n|@ TXT \"<slip>\"\n@ TXT \"x\"\n|"
            "@ TXT \"v=spf1<terms>\" \" <term> <all>\"\n|@ TXT v=spf1 mx -all\n|"
            "@ TXT \"v=spf1 mx\" \"<all>\"\n"},
    {"spftext",
     "v=spf1 -all|9*v=spf1<terms> <all>|2*v=spf1<terms>|2*v=spf1<terms> redirect=<record>|"
     "v=spf1<terms> <all><terms>|v=spf1<terms> redirect=<record> <all>|"
     "v=spf1  <term>  <all> exp=why.example.com|<slip>|v=spf1 v=spf1<terms> <all>|"
     "v=spf1 a:mx1 <all>|v=spf1<ten><terms> <all>|V=SPF1<terms> <all>"},
    {"slip",
     "v=spf1; mx; -all|\\\"v=spf1<terms> <all>\\\"| v=spf1 mx -all|spf1 mx -all|v=spf1,mx,-all|"
     "v=spf2 mx -all|v=spf1:mx -all|v= spf1 mx -all|v=spf1mx -all"},
    {"all", "4*-all|4*~all|?all|+all|all|"},
    {"terms", "4* <term>|3* <term> <term>| <term> <term> <term>|"},
    {"term",
     "4*mx|2*a|a:<host.name>|ip4:<v4>|ip4:192.0.2.0/24|ip6:2001:db8:1::/48|4*include:<record>|"
     "mx:<host.name>|ptr|exists:%{i}.x.example.com|?mx|-ip4:<v4>|~a:<host.name>|ip4:10.0.0.0/8|"
     "ip4:0.0.0.0/0|a:gone.example.com|include:gone.example.net|exists:gone.example.com|<bad>"},
    {"bad",
     "include=<record>|a:192.0.2.4|ip4:mx1.example.com|ip4:192.0.2.1/33|foo|ip:192.0.2.1|"
     "include:|mx:|-al|ip4:2001:db8:1::1|ip6:192.0.2.3|include: _spf.example.com|ipv4:192.0.2.9|"
     "ip4=192.0.2.1|all.|mx,a|redirect:_spf.example.com|modifier=x|"
     "ip4 :192.0.2.1|~ mx|a: mx1.example.com"},
    {"ten",
     " a:mx1.example.com a:mx2.example.com a:mx1.example.com a:mx2.example.com a:mx1.example.com"
     " a:mx2.example.com a:mx1.example.com a:mx2.example.com a:mx1.example.com"},
    {"host.name", "mx1.example.com|mx2.example.com|mail.example.com.|example.com|www.example.com|"
                  "mx.provider.example.net"},
    {"record", "_spf.example.com|_spf.example.com|spf.provider.example.net|spf.open.example.net|"
               "_spf2.example.com|example.com|spf.alias.example.com|spf.gone.example.net"},

    /* DMARC */
    {"dmarc", "7*<dmarc.owner> <ttl> TXT \"<dmarctext>\"\n|2*|_dmarc CNAME <dmarc.target>\n|"
              "_dmarc TXT \"<dmarctext>\"\n_dmarc TXT \"<dmarctext>\"\n|"
              "_dmarc TXT \"<dmarctext>\"\n_dmarc.sub TXT \"<dmarctext>\"\n|"
              "_dmarc TXT \"<dmarctext>\"\n_dmarc CNAME <dmarc.target>\n|@ TXT \"<dmarctext>\"\n|"
              "_dmarc TXT \"v=DMARC1; \" \"p=none\"\n|_dmarc TXT v=DMARC1; p=none\n"},
    {"dmarc.owner", "_dmarc|9*_dmarc|_dmarc.example.com|_DMARC|dmarc"},
    {"dmarc.target", "_dmarc.provider.example.net.|_dmarc.gone.example.net.|d|_dmarc.gone"},
    {"dmarctext",
     "v=DMARC1; p=<policy>|6*v=DMARC1; p=<policy><tags>|2*v=DMARC1;p=<policy>;rua=<rua>|"
     "v=dmarc1; p=<policy><tags>|DMARC1; p=<policy>|v=DMARC1<tags>|v=DMARC1 p=<policy>|"
     "v=DMARC1, p=<policy>|\\\"v=DMARC1; p=<policy>\\\"|v=DMARC1\\; p=<policy><tags>|"
     " v=DMARC1; p=<policy>|v=DMARC1; P=<policy><tags>|v=DMARC1; p=<policy>; p=<policy>|"
     "v=DMARC1; <tags> ; p=<policy>;|v=DMARC1; p <policy>|v=DMARC1; p=<policy>;; <tags>|"
     "v=DMARC1; p:<policy>|v=DMARC1; <policy>|v=DMARC1; p=<policy>; rua=mailto: d@example.com|"
     "p=<policy>; v=DMARC1|v=DMARC1; n=\\195\\169\\\"x\\\\y; p=<policy>"},
    {"policy", "none|none|quarantine|reject|reject|NONE|rejected|quarantined|monitor|"},
    {"tags", "|; rua=<rua>|; sp=<policy>|; np=<policy>; rua=<rua>|; rua=<rua>; ruf=<rua>; fo=1|"
             "; pct=<1-99>; adkim=s|; sp=none; rua=<rua>|; t=y; psd=n|; aspf=x; rua=<rua>"},
    {"rua",
     "mailto:d@example.com|mailto:d@example.com|d@example.com|mailto:r@collector.example.net|"
     "mailto:r@none.example.net|mailto:\\\"a b\\\"@example.com,mailto:c@example.com!10m|mailto:d"},

    /* DKIM */
    {"dkim", "|2*<key>|<key><key>|*._domainkey TXT \"<keytext>\"\n"},
    {"key",
     "<selector>._domainkey TXT \"<keytext>\"\n|<selector>._domainkey CNAME <key.target>\n|"
     "<selector>._domainkey TXT \"v=DKIM1; k=rsa; p=\"\n<selector>._domainkey TXT \"<base64>\"\n|"
     "<selector>._domainkey TXT \"v=DKIM1; k=ed25519; \" \"p=<base64>\"\n"},
    {"key.target", "k.provider.example.net.|k.gone.example.net."},
    {"selector", "s1|default|google|selector1"},
    {"keytext",
     "v=DKIM1; k=ed25519; p=<base64>|v=DKIM1; k=rsa; p=<rsa>|v=DKIM1; t=y; k=ed25519; p=<base64>|"
     "v=DKIM1\\; k=ed25519\\; p=<base64>|v=DKIM1; p=|v=DKIM1 k=ed25519 p=<base64>|k=rsa|"
     "v=DKIM1; k=ed25519; p=\\\"<base64>\\\"|v=dkim1; k=ed25519; p=<base64>|"
     "v=DKIM1; k=ed25519; t=y:s; n=a; p=<base64>"},
    {"base64", "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="},
    {"rsa",
     "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFC"
     "jxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhi"
     "tdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB"},

    /* the way from host to host */
    {"transport", "4*|<sts>|<sts><rpt>|<rpt>|<tlsa>|<sts><tlsa>"},
    {"sts", "_mta-sts TXT \"v=STSv1; id=1\"\n<sts.host>|_mta-sts TXT \"<sts.text>\"\n<sts.host>|"
            "_mta-sts TXT \"v=STSv1; id=1\"\n_mta-sts TXT \"v=STSv1; id=2\"\n|_mta-sts CNAME "
            "m.example.net.\n"},
    {"sts.text",
     "v=STSv1; id=2026-01-01|v=STSv1|v=STSv1; id=|v=STSv1;id=1;|v=stsv1; id=1|v=STSv1; id=1; x"},
    {"sts.host", "mta-sts <host>|mta-sts CNAME <target>\n|"},
    {"rpt", "_smtp._tls TXT \"v=TLSRPTv1; rua=<rua>\"\n|_smtp._tls TXT \"v=TLSRPTv1\"\n|"
            "_smtp._tls CNAME t.example.net.\n|_smtp._tls TXT \"v=TLSRPTv1; rua=\"\n"},
    {"tlsa", "_25._tcp.mx1 TLSA 3 1 1 <digest>\n|_25._tcp.mx2 TLSA 1 1 1 <digest>\n|"
             "_25._tcp.mx1 CNAME t.gone.example.net.\n_25._tcp.mx2 TLSA 3 1 1 <digest>\n"},
    {"digest", "0d6fce3c0a7e5f0f4c1f4f7d0d6fce3c0a7e5f0f4c1f4f7d0d6fce3c0a7e5f0f"},
    {"srv", "4*|_imaps._tcp SRV 0 <0-2> 993 <in>\n_imaps._tcp SRV 0 <0-2> 993 mx2\n|"
            "_submission._tcp SRV 0 0 587 .\n|_ldap._tcp SRV 0 0 0 <in>\n_ldap._tcp SRV 0 0 389 "
            "mx1.example.com\n"},

    /* names below, wildcards, chains */
    {"names",
     "3*|* MX 10 mx1\n|* A <v4>\n|* TXT \"<spftext>\"\n|* CNAME www\n|sub <host>sub MX 10 mx1\n|"
     "sub TXT \"<spftext>\"\n|sub CNAME mail\n|c1 CNAME c2\nc2 CNAME c3\nc3 CNAME c4\nc4 CNAME "
     "mx1\n"},
    {"elsewhere",
     "loop CNAME loop2\nloop2 CNAME loop\nweb A 192.0.2.80\n_spf TXT \"<included>\"\n"
     "_spf2 TXT \"v=spf1<terms> <all>\"\nspf.alias CNAME spf.provider.example.net.\n"
     "d TXT \"<dmarctext>\"\nmx.provider.example.net. A 203.0.113.25\n"
     "spf.provider.example.net. TXT \"v=spf1 ip4:203.0.113.25 <all>\"\n"
     "spf.open.example.net. TXT \"v=spf1 +all\"\n_dmarc.provider.example.net. TXT \"<dmarctext>\"\n"
     "k.provider.example.net. TXT \"<keytext>\"\n"
     "example.com._report._dmarc.collector.example.net. TXT \"v=DMARC1\"\n<reverse>"},
    {"included", "v=spf1 ip4:192.0.2.0/28 <all>|v=spf1 ip4:192.0.2.1 ?all|v=spf1 "
                 "+all|v=spf1<terms> <all>|<slip>"},
    {"reverse",
     "|1.2.0.192.in-addr.arpa. PTR mx1.example.com.\n2.2.0.192.in-addr.arpa. PTR "
     "mx2.example.com.\n|"
     "1.2.0.192.in-addr.arpa. PTR other.example.net.\nother.example.net. A 192.0.2.99\n"},
};

enum { DEPTH_MAX = 12 };

struct dice dice_seeded(uint64_t seed)
{
    struct dice dice = {.bytes = NULL};

    random_init(&dice.random, seed);
    return dice;
}

struct dice dice_of(const uint8_t *bytes, size_t length)
{
    struct dice dice = dice_seeded(length);

    dice.bytes = bytes;
    dice.length = length;
    return dice;
}

static size_t roll(struct dice *dice, size_t bound)
{
    if (!dice->bytes)
        return (size_t)random_below(&dice->random, bound);
    return dice->at < dice->length ? dice->bytes[dice->at++] % bound : 0;
}

static const char *find_rule(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (strlen(rules[i].name) == length && memcmp(rules[i].name, name, length) == 0)
            return rules[i].alternatives;
    return NULL;
}

/* The weight in front of an alternative; moves the cursor behind it. */
static size_t weight_of(const char **alternative)
{
    if ((*alternative)[0] < '1' || (*alternative)[0] > '9' || (*alternative)[1] != '*')
        return 1;
    *alternative += 2;
    return (size_t)((*alternative)[-2] - '0');
}

static const char *next_alternative(const char *alternative)
{
    const char *bar = strchr(alternative, '|');

    return bar ? bar + 1 : NULL;
}

static const char *choose(struct dice *dice, const char *alternatives, bool first)
{
    const char *alternative = alternatives;
    size_t sum = 0, at;

    for (const char *next = alternatives; next; next = next_alternative(next))
        sum += weight_of(&next);
    at = first ? 0 : roll(dice, sum);
    for (;;) {
        const char *text = alternative;
        size_t weight = weight_of(&text);

        if (at < weight)
            return text;
        at -= weight;
        alternative = next_alternative(alternative);
    }
}

static void expand(struct dice *dice, const char *alternatives, size_t depth, struct text *out);

/* <0-9>, or the name of a rule. Returns what stands behind it. */
static const char *expand_reference(struct dice *dice, const char *name, size_t depth,
                                    struct text *out)
{
    const char *end = strchr(name, '>');
    const char *alternatives = find_rule(name, (size_t)(end - name));
    char *rest;

    if (alternatives) {
        expand(dice, alternatives, depth + 1, out);
    } else {
        size_t low = strtoul(name, &rest, 10);
        size_t high = strtoul(rest + 1, &rest, 10);

        assert(rest == end);
        text_format(out, "%zu", low + roll(dice, high - low + 1));
    }
    return end + 1;
}

static void expand(struct dice *dice, const char *alternatives, size_t depth, struct text *out)
{
    const char *cursor = choose(dice, alternatives, depth > DEPTH_MAX);

    while (*cursor && *cursor != '|') {
        if (*cursor == '<')
            cursor = expand_reference(dice, cursor + 1, depth, out);
        else
            text_add_char(out, *cursor++);
    }
}

/* Strings are cut where they get too long for one (RFC 1035 3.3), never inside an escape. */
static void split_strings(const char *from, struct text *zone)
{
    enum { STRING_MOST = 255 };
    size_t octets = 0;
    bool quoted = false;

    while (*from) {
        size_t length = *from != '\\' ? 1 : from[1] >= '0' && from[1] <= '9' ? 4 : 2;

        if (*from == '"')
            quoted = !quoted, octets = 0;
        else if (quoted && octets++ == STRING_MOST)
            text_add(zone, "\" \""), octets = 1;
        text_add_bytes(zone, from, length);
        from += length;
    }
}

void domain_print(struct dice *dice, struct text *zone)
{
    struct text expanded = {0};

    expand(dice, rules[0].alternatives, 0, &expanded);
    split_strings(text_get(&expanded), zone);
    text_clear(&expanded);
}

const char *domain_subject(struct dice *dice)
{
    static const char *const subjects[] = {"www.example.com.", "sub.example.com.",
                                           "nobody.example.com.", "c1.example.com."};
    size_t at = roll(dice, 8 * (sizeof subjects / sizeof subjects[0]));

    return at < sizeof subjects / sizeof subjects[0] ? subjects[at] : "example.com.";
}
