#include "base/message.h"
#include "mail/order/order.h"
#include "mail/profiles/profiles.h"
#include "mail/profiles/tls_rows.h"
#include "mail/sender/rules.h"

#define SENDMAIL "Sendmail 8.18"
#define DOMAIN   SENDMAIL ", domain.c, getmxrr"
#define DELIVER  SENDMAIL ", deliver.c"
#define DAEMON   SENDMAIL ", daemon.c, makeconnection"

enum { FALLBACK_MX, TO_CLEAR, USE_DANE, TLS_SRV, MTA_STS, STS_CACHE, STS_ID, STS_FETCH };

static const struct setting settings[] = {
    [FALLBACK_MX] = {.name = "FallbackMX",
                     .type = SETTING_TEXT,
                     .initial = "",
                     .text = N_("relay appended to every list of MX hosts; [name]: no MX")},
    [TO_CLEAR] = {.name = "TLSFallbacktoClear",
                  .type = SETTING_SWITCH,
                  .initial = "no",
                  .text = N_("go on in clear where the TLS handshake fails")},
    [USE_DANE] = {.name = "DANE",
                  .type = SETTING_SWITCH,
                  .initial = "no",
                  .text = N_("keep to TLSA records where there are any")},
    [TLS_SRV] = {.name = "TLS_Srv",
                 .type = SETTING_CHOICE,
                 .initial = "none",
                 .choices = "none ENCR:112 PERM+ENCR:112 VERIFY:112",
                 .text = N_("what the access database requires of hosts")},
    [MTA_STS] = {.name = "mta_sts",
                 .type = SETTING_SWITCH,
                 .initial = "no",
                 .text = N_("FEATURE(sts) with a map that tells the MTA-STS policy")},
    STS_CACHE_SETTINGS(STS_CACHE, STS_ID, STS_FETCH),
};

static const struct rule rules[ROUTE_RULES] = {
    [RULE_LOOKUP] = {N_("the MX records are looked up"), DOMAIN},
    [RULE_ALIAS] = {N_("the recipient's domain is rewritten to where the alias leads (nocanonify)"),
                    SENDMAIL ", sendmail.cf, $[ $]"},
    [RULE_IMPLICIT] = {N_("no MX: the domain itself"), DOMAIN},
    [RULE_SORT] = {N_("sorted by preference"), DOMAIN},
    [RULE_SELF] = {N_("its name is one of the sender's (class w)"), DOMAIN},
    [RULE_NOT_BETTER] = {N_("cut off together with the sender's own name"), DOMAIN},
    [RULE_DOT] = {N_("next to others or with another preference, the root is only an unknown host"),
                  DOMAIN},
    [RULE_LITERAL] = {N_("an address instead of a name is accepted as it is, and so is a number"),
                      DAEMON},
    [RULE_NAME] = {N_("the C library takes it for no host name: skipped"),
                   DAEMON ", glibc res_hnok"},
    [RULE_DUPLICATE] = {N_("listed twice: what failed before MAIL is remembered, not tried again"),
                        DELIVER},
    [RULE_NO_ADDRESS] = {N_("skipped, the next host is tried"), DAEMON},
    [RULE_FAILED] = {N_("skipped, the next host is tried"), DAEMON},
    [RULE_HOST_ALIAS] = {N_("followed; the alias is shown"), DAEMON},
    [RULE_EQUALS] = {N_("hosts of equal preference in random order"), DOMAIN ", mxrand"},
    [RULE_ADDRESSES] = {N_("all IPv6 in the order received, then all IPv4"), DAEMON},
    [RULE_ACCEPTED] = {N_("the delivery is complete"), DELIVER},
    [RULE_EXHAUSTED] = {N_("every host was tried"), DELIVER},
    [RULE_SELF_MET] =
        {N_("553 5.3.5 mail loops back to me (MX problem?): noticed only at EHLO, since "
            "addresses are never compared"),
         SENDMAIL ", usersmtp.c"},
    [RULE_FALLBACK] = {N_("appended to the list, tried last (FallbackMX)"), DOMAIN},
};

static const struct decision decisions[ROUTE_ENDS] = {
    [END_NXDOMAIN] = {VERDICT_BOUNCE, "5.1.2",
                      N_("host unknown: the domain does not exist, nor does "
                         "a canonical name of it"),
                      DOMAIN},
    [END_ALIAS] = {VERDICT_BOUNCE, "5.1.2", N_("host unknown: the domain's aliases come to no end"),
                   DOMAIN},
    [END_MX_TEMPORARY] = {VERDICT_DEFER, "4.4.3", N_("the MX lookup failed: name server failure"),
                          DOMAIN},
    [END_NULL_MX] = {VERDICT_BOUNCE, "5.1.10", N_("the domain does not accept mail (null MX)"),
                     DOMAIN},
    [END_LITERAL] = {VERDICT_BOUNCE, "5.1.2", N_("an MX host is no name"), DOMAIN},
    [END_IMPLICIT_MISSING] = {VERDICT_BOUNCE, "5.1.2", N_("host unknown"), DAEMON},
    [END_IMPLICIT_FAILED] = {VERDICT_DEFER, "4.4.3", N_("no MX, and the address lookup failed"),
                             DAEMON},
    [END_HOSTS_MISSING] = {VERDICT_BOUNCE, "5.1.2", N_("host unknown: no MX host has an address"),
                           DAEMON},
    [END_HOSTS_FAILED] = {VERDICT_DEFER, "4.4.3", N_("no MX host could be looked up"), DAEMON},
    [END_HOSTS_MIXED] = {VERDICT_DEFER, "4.4.3",
                         N_("one failed lookup makes the whole result temporary"), DELIVER},
    [END_HOSTS_MIXED_LAST] =
        {VERDICT_DEFER, "5.1.2",
         N_("kept for the lookup that failed, with the code of the host unknown "
            "after it"),
         DELIVER},
    [END_SELF_BEST] = {VERDICT_BOUNCE, "5.3.5",
                       N_("MX list for the domain points back to the sender"), DOMAIN},
    [END_SELF_IMPLICIT] = {VERDICT_BOUNCE, "5.3.5", N_("the domain is the sender"), DOMAIN},
    [END_SELF_MISSING] = {VERDICT_BOUNCE, "5.1.2",
                          N_("host unknown: the more preferred MX hosts have no address"), DAEMON},
    [END_SELF_FAILED] = {VERDICT_DEFER, "4.4.3",
                         N_("the more preferred MX hosts could not be looked up"), DAEMON},
};

#define NEXT  N_("the next address or host is tried, without a limit")
#define LEAVE N_("the next host is tried, without a limit; no other address of this one")
#define LAST                                                                                       \
    N_("a permanent error: the next host is tried, without a limit, but no "                       \
       "other address of this one; bounced if it was the last")

static const struct consequence consequences[STAGE_COUNT] = {
    [STAGE_REFUSED] = NEXT_IS_TRIED(VERDICT_DEFER, "4.4.1", NEXT, DELIVER),
    [STAGE_TIMEOUT] = NEXT_IS_TRIED(VERDICT_DEFER, "4.4.1", NEXT, DELIVER),
    [STAGE_GREETING4] = {.leaves_host = true,
                         .ending = {VERDICT_DEFER, "4.5.0"},
                         .recalled = {VERDICT_DEFER, "4.0.0"},
                         .rule = {LEAVE, DELIVER}},
    [STAGE_GREETING5] = {.leaves_host = true,
                         .ending = {VERDICT_BOUNCE, "5.5.0"},
                         .recalled = {VERDICT_BOUNCE, "5.0.0"},
                         .rule = {LAST, DELIVER}},
    [STAGE_EHLO4] = {.leaves_host = true,
                     .ending = {VERDICT_DEFER, "4.5.0"},
                     .recalled = {VERDICT_DEFER, "4.0.0"},
                     .rule = {LEAVE, DELIVER}},
    [STAGE_EHLO5] = {.leaves_host = true,
                     .ending = {VERDICT_BOUNCE, "5.5.0"},
                     .recalled = {VERDICT_BOUNCE, "5.0.0"},
                     .rule = {LAST, DELIVER}},
    [STAGE_MAIL4] = {.leaves_host = true,
                     .session = true,
                     .ending = {VERDICT_DEFER, "4.3.0"},
                     .rule = {LEAVE, DELIVER}},
    [STAGE_RCPT4] =
        {.leaves_host = true,
         .session = true,
         .lasts = true,
         .ending = {VERDICT_DEFER, "4.2.0"},
         .rule = {N_("deferred, and so marked until another takes the recipient: the next host is "
                     "tried, without a limit; no other address of this one"),
                  DELIVER}},
    [STAGE_RCPT5] =
        NO_OTHER_IS_TRIED(VERDICT_BOUNCE, "5.1.1", N_("user unknown: bounced"), DELIVER),
    [STAGE_DATA4] = {.leaves_host = true,
                     .session = true,
                     .lifts = true,
                     .ending = {VERDICT_DEFER, "4.0.0"},
                     .rule = {LEAVE, DELIVER}},
};

static int64_t pause(unsigned round, int64_t age)
{
    (void)round;
    (void)age;
    return 3600;
}

/* Host status lasts as long as the process: one queue run. */
static int64_t hold(enum stage stage, unsigned failures, int64_t age, unsigned chance)
{
    (void)failures;
    (void)age;
    (void)chance;
    return stage < STAGE_MAIL4 ? 0 : HOLD_FORGETS;
}

static const struct retry_schedule retry = {
    .pause = pause,
    .lifetime = 5 * 86400,
    .warning = 4 * 3600,
    .rule = {N_("at every queue run (each hour here), for 5 days; a warning after 4 hours"),
             SENDMAIL ", Timeout.queuereturn"},
    .hold = hold,
    .noted = N_("for the rest of this queue run it counts as down"),
};

static const struct fallback fallback = {.setting = "FallbackMX",
                                         .separators = " ,",
                                         .by_mx = true,
                                         .unrouted = true,
                                         .null_mx_binds = true,
                                         .appended = true};

static unsigned self_means(const struct sender *sender)
{
    (void)sender;
    return SELF_BY_NAME | SELF_BY_LOCALHOST;
}

const struct profile profile_sendmail = {
    .name = "sendmail",
    .title = "Sendmail",
    .versions = "8.18",
    .summary = N_("Shuffles hosts, tries every one of them, and knows itself by name only."),
    .settings = settings,
    .setting_count = sizeof settings / sizeof *settings,
    .flags = PROFILE_LAST_LOOKUP_TELLS | PROFILE_UNUSABLE_LISTED | PROFILE_NUMBER_IS_ADDRESS |
             PROFILE_POLICY_GOES_ALONG,
    .null_mx = NULL_MX_ALONE,
    .dot = HOST_UNUSABLE,
    .literal = LITERAL_CONNECTS,
    .names = {.marks = "-_", .front = true},
    .duplicates = DUPLICATES_REMEMBERED,
    .addresses = ADDRESSES_IPV6_FIRST,
    .order = &order_hosts,
    .rules = rules,
    .decisions = decisions,
    .consequences = consequences,
    .self_met = {VERDICT_BOUNCE, "5.3.5"},
    .retry = &retry,
    .tls = tls_sendmail,
    .sts = STS_RFC8461,
    .fallback = &fallback,
    .self_means = self_means,
};
