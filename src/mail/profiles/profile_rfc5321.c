#include "base/message.h"
#include "mail/order/order.h"
#include "mail/profiles/profiles.h"
#include "mail/profiles/tls_rows.h"
#include "mail/sender/rules.h"

enum { RECOGNISE, PREFER, LOCAL, SERVICE, USE_DANE, MTA_STS, STS_CACHE, STS_ID, STS_FETCH };

static const struct setting settings[] = {
    [RECOGNISE] = {.name = "recognise",
                   .type = SETTING_CHOICE,
                   .initial = "both",
                   .choices = "both name address",
                   .text = N_("how the sender recognises itself among the MX hosts")},
    [PREFER] = {.name = "prefer",
                .type = SETTING_CHOICE,
                .initial = "ipv6",
                .choices = "ipv6 ipv4",
                .text = N_("which addresses of one host are tried first")},
    [LOCAL] = {.name = "delivers_locally",
               .type = SETTING_SWITCH,
               .initial = "no",
               .text = N_("is the sender the final destination for this domain, when it is the "
                          "most preferred MX host")},
    [SERVICE] = {.name = "srv_service",
                 .type = SETTING_NAME,
                 .initial = "",
                 .text =
                     N_("look for SRV records of this service (smtp) before MX; empty: MX only")},
    [USE_DANE] = {.name = "dane",
                  .type = SETTING_SWITCH,
                  .initial = "yes",
                  .text = N_("keep to the TLSA records of the hosts (RFC 7672)")},
    [MTA_STS] = {.name = "mta_sts",
                 .type = SETTING_SWITCH,
                 .initial = "yes",
                 .text = N_("keep to the domain's MTA-STS policy (RFC 8461)")},
    STS_CACHE_SETTINGS(STS_CACHE, STS_ID, STS_FETCH),
};

static const struct rule rules[ROUTE_RULES] = {
    [RULE_LOOKUP] = {N_("the MX records are looked up"), "RFC 5321 5.1"},
    [RULE_ALIAS] = {N_("the lookup starts again there"), "RFC 5321 5.1"},
    [RULE_IMPLICIT] = {N_("no MX: the domain itself is the only MX host, with preference 0"),
                       "RFC 5321 5.1"},
    [RULE_SORT] = {N_("sorted by preference, lowest first"), "RFC 5321 5.1"},
    [RULE_SELF] = {N_("this is the sender itself"), "RFC 5321 5.1"},
    [RULE_NOT_BETTER] = {N_("mail may only move to a more preferred host; otherwise it could loop"),
                         "RFC 5321 5.1"},
    [RULE_DOT] = {N_("the root is a null MX only when alone with preference 0; next to others it "
                     "is ignored"),
                  "RFC 7505 3"},
    [RULE_LITERAL] = {N_("an MX host must be a name, not an address"),
                      "RFC 5321 5.1, RFC 1035 3.3.9"},
    [RULE_DUPLICATE] = {N_("listed before"), "RFC 5321 5.1"},
    [RULE_NO_ADDRESS] = {N_("it cannot be used"), "RFC 5321 5.1"},
    [RULE_FAILED] = {N_("it cannot be used now"), "RFC 5321 5.1"},
    [RULE_HOST_ALIAS] = {N_("an MX host must not be an alias; followed anyway"),
                         "RFC 2181 10.3, RFC 5321 5.1"},
    [RULE_EQUALS] = {N_("hosts of equal preference are tried in random order"), "RFC 5321 5.1"},
    [RULE_ADDRESSES] = {N_("addresses of one host in the order received, IPv6 first"),
                        "RFC 5321 5.1, 5.2"},
    [RULE_SRV] = {N_("by SRV records"), "RFC 2782"},
    [RULE_SRV_EQUALS] = {N_("targets of one priority are chosen by weight"), "RFC 2782"},
    [RULE_ACCEPTED] = {N_("the delivery is complete"), "RFC 5321 5.1"},
    [RULE_EXHAUSTED] = {N_("every address failed; the message is deferred"), "RFC 5321 4.5.4.1"},
    [RULE_SELF_MET] = {N_("the sender connects to itself: the message loops"), "RFC 5321 6.3"},
};

#define RFC "RFC 5321 5.1"

static const struct decision decisions[ROUTE_ENDS] = {
    [END_NXDOMAIN] = {VERDICT_BOUNCE, "5.1.2", N_("the domain does not exist"), RFC},
    [END_ALIAS] = {VERDICT_DEFER, "4.4.3",
                   N_("the domain's aliases come to no end: a resolver gives no answer"), RFC},
    [END_MX_TEMPORARY] =
        {VERDICT_DEFER, "4.4.3",
         N_("the MX lookup failed: the message is queued and the lookup made again"), RFC},
    [END_NULL_MX] = {VERDICT_BOUNCE, "5.1.10",
                     N_("a null MX: the domain does not accept mail (reply code 556)"),
                     "RFC 7505 3, 4.2"},
    [END_LITERAL] = {VERDICT_BOUNCE, "5.4.4", N_("an MX host is no name"), RFC},
    [END_IMPLICIT_MISSING] = {VERDICT_BOUNCE, "5.4.4", N_("neither an MX host nor an address"),
                              RFC},
    [END_IMPLICIT_FAILED] = {VERDICT_DEFER, "4.4.3",
                             N_("no MX, and the lookup of the domain's address failed"), RFC},
    [END_HOSTS_MISSING] =
        {VERDICT_BOUNCE, "5.4.4",
         N_("MX records are present but none is usable: an error; the domain's own "
            "address is not used instead"),
         RFC},
    [END_HOSTS_FAILED] = {VERDICT_DEFER, "4.4.3", N_("the lookups of all MX hosts failed"), RFC},
    [END_HOSTS_MIXED] = {VERDICT_DEFER, "4.4.3",
                         N_("no MX host is usable, but some lookups may succeed later"), RFC},
    [END_SELF_BEST] = {VERDICT_BOUNCE, "5.4.6",
                       N_("the sender is the most preferred MX host, but not the final "
                          "destination: no host is left to try"),
                       RFC},
    [END_SELF_IMPLICIT] = {VERDICT_BOUNCE, "5.4.6",
                           N_("the domain's own address is the sender: no host is left to try"),
                           RFC},
    [END_SELF_MISSING] =
        {VERDICT_BOUNCE, "5.4.4",
         N_("the more preferred MX hosts have no address, and no other may be tried"), RFC},
    [END_SELF_FAILED] =
        {VERDICT_DEFER, "4.4.3",
         N_("the more preferred MX hosts could not be looked up, and no other may be tried"), RFC},
    [END_SRV_NOT_OFFERED] = {VERDICT_BOUNCE, "5.1.10", N_("the service is not offered here"),
                             "RFC 2782"},
    [END_SRV_FAILED] = {VERDICT_DEFER, "4.4.3", N_("the SRV lookup failed"), "RFC 2782"},
    [END_SRV_MISSING] = {VERDICT_BOUNCE, "5.4.4", N_("no SRV records"), "RFC 2782"},
};

#define NEXT N_("the next address is tried")

static const struct consequence consequences[STAGE_COUNT] = {
    [STAGE_REFUSED] = NEXT_IS_TRIED(VERDICT_DEFER, "4.4.1", NEXT, RFC),
    [STAGE_TIMEOUT] = NEXT_IS_TRIED(VERDICT_DEFER, "4.4.1", NEXT, RFC),
    [STAGE_GREETING4] = NEXT_IS_TRIED(VERDICT_DEFER, "4.3.2", NEXT, RFC),
    [STAGE_GREETING5] = NEXT_IS_TRIED(VERDICT_BOUNCE, "5.3.2", NEXT, RFC),
    [STAGE_EHLO4] = NEXT_IS_TRIED(VERDICT_DEFER, "4.3.2", NEXT, RFC),
    [STAGE_EHLO5] = NEXT_IS_TRIED(VERDICT_BOUNCE, "5.3.2", NEXT, RFC),
    [STAGE_MAIL4] = {.session = true, .ending = {VERDICT_DEFER, "4.3.0"}, .rule = {NEXT, RFC}},
    [STAGE_RCPT4] = {.session = true, .ending = {VERDICT_DEFER, "4.2.1"}, .rule = {NEXT, RFC}},
    [STAGE_RCPT5] = NO_OTHER_IS_TRIED(
        VERDICT_BOUNCE, "5.1.1",
        N_("the recipient is rejected permanently: no other host is tried"), "RFC 5321 4.2.1"),
    [STAGE_DATA4] = {.session = true, .ending = {VERDICT_DEFER, "4.3.0"}, .rule = {NEXT, RFC}},
};

static int64_t pause(unsigned round, int64_t age)
{
    (void)age;
    return round <= 2 ? 1800 : 10800;
}

static const struct retry_schedule retry = {
    .pause = pause,
    .lifetime = 5 * 86400,
    .rule = {N_("again after 30 minutes, later every 2 to 3 hours, for 4 to 5 days"),
             "RFC 5321 4.5.4.1"},
};

static unsigned self_means(const struct sender *sender)
{
    static const unsigned means[] = {SELF_BY_NAME | SELF_BY_CANONICAL | SELF_BY_ADDRESS,
                                     SELF_BY_NAME, SELF_BY_ADDRESS};

    return means[sender->settings.numbers[RECOGNISE]];
}

static enum address_order addresses_by(const struct settings *values)
{
    return values->numbers[PREFER] ? ADDRESSES_IPV4_FIRST : ADDRESSES_IPV6_FIRST;
}

static struct decision decide(const struct settings *values, enum route_end end)
{
    static const struct decision local = {VERDICT_LOCAL, "",
                                          N_("the sender is the most preferred MX host and the "
                                             "final destination: it delivers the message itself"),
                                          RFC};

    if (values->numbers[LOCAL] && (end == END_SELF_BEST || end == END_SELF_IMPLICIT))
        return local;
    return decisions[end];
}

static const char *srv_service(const struct settings *values)
{
    return values->texts[SERVICE];
}

static bool srv_falls_back(const struct settings *values, enum outcome outcome)
{
    (void)values;
    return !outcome_is_temporary(outcome);
}

const struct profile profile_rfc5321 = {
    .name = "rfc5321",
    .title = "RFC 5321",
    .versions = "",
    .summary = N_("The rules as written: preference first, equals in random order by host, every "
                  "address tried."),
    .settings = settings,
    .setting_count = sizeof settings / sizeof *settings,
    .flags = PROFILE_SOFT_WINS,
    .null_mx = NULL_MX_ALONE,
    .dot = HOST_IGNORED,
    .literal = LITERAL_UNUSABLE,
    .duplicates = DUPLICATES_KEPT,
    .order = &order_hosts,
    .srv_order = &order_srv_plain,
    .rules = rules,
    .decisions = decisions,
    .consequences = consequences,
    .self_met = {VERDICT_LOOP, "5.4.6"},
    .retry = &retry,
    .tls = tls_rfc5321,
    .sts = STS_RFC8461,
    .self_means = self_means,
    .addresses_by = addresses_by,
    .decide = decide,
    .srv_service = srv_service,
    .srv_falls_back = srv_falls_back,
};
