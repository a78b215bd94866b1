#include "base/message.h"
#include "mail/order/order.h"
#include "mail/profiles/profiles.h"
#include "mail/profiles/tls_rows.h"
#include "mail/sender/rules.h"

#define COURIER "Courier 1.4"
#define MXLIST  COURIER ", rfc1035mxlist.c"
#define REPLY   COURIER ", rfc1035reply.c"
#define ESMTP   COURIER ", libesmtp.C"

enum {
    PREFER_IPV6,
    USE_STARTTLS,
    VERIFY_DOMAIN,
    VERIFY_PEER,
    SECURITY,
    MTA_STS,
    STS_CACHE,
    STS_ID,
    STS_FETCH,
    WHICH_TRY
};

static const struct setting settings[] = {
    [PREFER_IPV6] = {.name = "ESMTP_PREFER_IPV6_MX",
                     .type = SETTING_SWITCH,
                     .initial = "no",
                     .text = N_("IPv6 addresses of a host before its IPv4 ones")},
    [USE_STARTTLS] = {.name = "ESMTP_USE_STARTTLS",
                      .type = SETTING_SWITCH,
                      .initial = "yes",
                      .text = N_("use TLS where it is offered")},
    [VERIFY_DOMAIN] = {.name = "ESMTP_TLS_VERIFY_DOMAIN",
                       .type = SETTING_SWITCH,
                       .initial = "no",
                       .text = N_("the certificate has to be of the host's name")},
    [VERIFY_PEER] = {.name = "TLS_VERIFYPEER",
                     .type = SETTING_CHOICE,
                     .initial = "NONE",
                     .choices = "NONE PEER",
                     .text = N_("the certificate has to be valid")},
    [SECURITY] = {.name = "SECURITY",
                  .type = SETTING_CHOICE,
                  .initial = "none",
                  .choices = "none REQUIRED STARTTLS",
                  .text = N_("what esmtproutes requires of the host")},
    [MTA_STS] = {.name = "mta_sts",
                 .type = SETTING_SWITCH,
                 .initial = "yes",
                 .text = N_("keep to the domain's MTA-STS policy")},
    STS_CACHE_SETTINGS(STS_CACHE, STS_ID, STS_FETCH),
    [WHICH_TRY] = {.name = "try",
                   .type = SETTING_CHOICE,
                   .initial = "first",
                   .choices = "first later",
                   .text = N_("later: hosts that failed in TLS are remembered")},
};

static const struct rule rules[ROUTE_RULES] = {
    [RULE_LOOKUP] = {N_("the MX records are looked up"), MXLIST},
    [RULE_ALIAS] = {N_("followed"), MXLIST},
    [RULE_IMPLICIT] = {N_("no MX: the domain's own addresses"), MXLIST},
    [RULE_SORT] = {N_("inserted by preference, each before hosts of equal preference"), MXLIST},
    [RULE_SELF] = {N_("its name is among the locals, or its address is the sender's own"), ESMTP},
    [RULE_NOT_BETTER] = {N_("the list ends at the sender's own preference"), ESMTP},
    [RULE_DOT] = {N_("one \".\" among the records means that the domain accepts no mail"), MXLIST},
    [RULE_LITERAL] = {N_("an IP address instead of a name fails the whole domain"), MXLIST},
    [RULE_NAME] =
        {N_("a name beyond ASCII is looked up as another one; a label that begins or ends with a "
            "hyphen or has two as its third and fourth "
            "letter, or more than 10 aliases in a row, fail the whole domain"),
         REPLY},
    [RULE_DUPLICATE] = {N_("listed before"), MXLIST},
    [RULE_NO_ADDRESS] = {N_("skipped, as long as another host is good"), MXLIST},
    [RULE_FAILED] = {N_("skipped, as long as another host is good"), MXLIST},
    [RULE_HOST_ALIAS] = {N_("followed"), MXLIST},
    [RULE_EQUALS] = {N_("n swaps with any position, which is not a uniform shuffle, then reversed"),
                     REPLY},
    [RULE_ADDRESSES] = {N_("shuffled in the same uneven way, IPv4 first (ESMTP_PREFER_IPV6_MX)"),
                        REPLY},
    [RULE_ACCEPTED] = {N_("the delivery is complete"), ESMTP},
    [RULE_EXHAUSTED] = {N_("no host could be spoken to"), ESMTP},
    [RULE_SELF_MET] = {N_("the sender is connected to itself"), ESMTP},
};

static const struct decision decisions[ROUTE_ENDS] = {
    [END_NXDOMAIN] = {VERDICT_BOUNCE, "5.1.2", N_("no such domain"), ESMTP},
    [END_ALIAS] = {VERDICT_BOUNCE, "5.1.2", N_("the domain has more than 10 aliases in a row"),
                   MXLIST},
    [END_NAME] = {VERDICT_BOUNCE, "5.4.4",
                  N_("the domain's DNS violates RFC 1035: a name is no host name"), ESMTP},
    [END_MX_TEMPORARY] = {VERDICT_DEFER, "4.4.3", N_("DNS lookup failed"), ESMTP},
    [END_NULL_MX] = {VERDICT_BOUNCE, "5.1.10", N_("domain does not receive mail"), ESMTP},
    [END_LITERAL] = {VERDICT_BOUNCE, "5.4.4",
                     N_("the domain's DNS violates RFC 1035: an MX host is an address"), ESMTP},
    [END_IMPLICIT_MISSING] = {VERDICT_BOUNCE, "5.1.2", N_("no such domain"), ESMTP},
    [END_IMPLICIT_FAILED] = {VERDICT_DEFER, "4.4.3", N_("DNS lookup failed"), ESMTP},
    [END_HOSTS_MISSING] = {VERDICT_BOUNCE, "5.1.2", N_("no MX host has an address"), MXLIST},
    [END_HOSTS_FAILED] = {VERDICT_DEFER, "4.4.3", N_("DNS lookup failed"), MXLIST},
    [END_HOSTS_MIXED] = {VERDICT_BOUNCE, "5.1.2",
                         N_("no MX host has an address; the missing one decides"), MXLIST},
    [END_SELF_BEST] = {VERDICT_BOUNCE, "5.4.6", N_("mail loops back to myself (MX problem)"),
                       ESMTP},
    [END_SELF_IMPLICIT] = {VERDICT_BOUNCE, "5.4.6", N_("mail loops back to myself (MX problem)"),
                           ESMTP},
    [END_SELF_MISSING] = {VERDICT_BOUNCE, "5.4.6", N_("mail loops back to myself (MX problem)"),
                          ESMTP},
    [END_SELF_FAILED] = {VERDICT_BOUNCE, "5.4.6",
                         N_("mail loops back to myself (MX problem), even after a failed lookup"),
                         ESMTP},
};

#define NEXT    N_("the next address is tried")
#define ANSWERS N_("the first host that answers decides: no other is tried")
#define DECIDES N_("past EHLO the first host decides: no other is tried")

static const struct consequence consequences[STAGE_COUNT] = {
    [STAGE_REFUSED] = NEXT_IS_TRIED(VERDICT_DEFER, "4.4.1", NEXT, ESMTP),
    [STAGE_TIMEOUT] = NEXT_IS_TRIED(VERDICT_DEFER, "4.4.1", NEXT, ESMTP),
    [STAGE_GREETING4] = {.stops = true,
                         .ending = {VERDICT_DEFER, "4.3.2"},
                         .rule = {ANSWERS, ESMTP}},
    [STAGE_GREETING5] = {.stops = true,
                         .ending = {VERDICT_BOUNCE, "5.3.2"},
                         .rule = {ANSWERS, ESMTP}},
    [STAGE_EHLO4] = {.stops = true, .ending = {VERDICT_DEFER, "4.3.0"}, .rule = {ANSWERS, ESMTP}},
    [STAGE_EHLO5] = {.stops = true, .ending = {VERDICT_BOUNCE, "5.3.0"}, .rule = {ANSWERS, ESMTP}},
    [STAGE_MAIL4] = NO_OTHER_IS_TRIED(VERDICT_DEFER, "4.3.0", DECIDES, ESMTP),
    [STAGE_RCPT4] = NO_OTHER_IS_TRIED(VERDICT_DEFER, "4.2.0", DECIDES, ESMTP),
    [STAGE_RCPT5] = NO_OTHER_IS_TRIED(VERDICT_BOUNCE, "5.1.1", DECIDES, ESMTP),
    [STAGE_DATA4] = NO_OTHER_IS_TRIED(VERDICT_DEFER, "4.3.0", DECIDES, ESMTP),
};

/* Three times after 5 minutes, then 15 minutes, doubling up to 4 hours. */
static int64_t pause(unsigned round, int64_t age)
{
    int64_t wait = 900;

    (void)age;
    if (round <= 3)
        return 300;
    for (; round > 6 && wait < 14400; round -= 3)
        wait *= 2;
    return wait < 14400 ? wait : 14400;
}

static const struct retry_schedule retry = {
    .pause = pause,
    .lifetime = 7 * 86400,
    .warning = 4 * 3600,
    .rule = {N_("by the queue's schedule, from 5 minutes up to 4 hours, for 7 days"),
             COURIER ", retryalpha to retrymaxdelta"},
};

static unsigned self_means(const struct sender *sender)
{
    (void)sender;
    return SELF_BY_NAME | SELF_BY_LOCALHOST | SELF_BY_ADDRESS;
}

static enum address_order addresses_by(const struct settings *values)
{
    return values->numbers[PREFER_IPV6] ? ADDRESSES_IPV6_FIRST : ADDRESSES_IPV4_FIRST;
}

const struct profile profile_courier = {
    .name = "courier",
    .title = "Courier",
    .versions = "1.4",
    .summary =
        N_("An uneven shuffle turned round, IPv4 first; strict with broken records; the first "
           "host past EHLO decides."),
    .settings = settings,
    .setting_count = sizeof settings / sizeof *settings,
    .flags =
        PROFILE_NXDOMAIN_ASKS_ADDRESSES | PROFILE_NUMBER_IS_ADDRESS | PROFILE_ALIAS_LIMIT_AT_HOSTS,
    .null_mx = NULL_MX_ANYWHERE,
    .dot = HOST_UNUSABLE,
    .literal = LITERAL_REFUSES,
    .names = {.edges = true, .reserved = true, .ascii = true, .aliases = true, .condemns = true},
    .alias_limit = 10,
    .duplicates = DUPLICATES_KEPT,
    .order = &order_biased,
    .rules = rules,
    .decisions = decisions,
    .consequences = consequences,
    .self_met = {VERDICT_LOOP, "5.4.6"},
    .retry = &retry,
    .tls = tls_courier,
    .sts = STS_LATE,
    .self_means = self_means,
    .addresses_by = addresses_by,
};
