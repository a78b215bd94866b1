#include "base/message.h"
#include "mail/order/order.h"
#include "mail/profiles/profiles.h"
#include "mail/profiles/tls_rows.h"
#include "mail/sender/rules.h"

#define OPENSMTPD "OpenSMTPD 7.6"
#define DNS       OPENSMTPD ", dns.c"
#define MTA       OPENSMTPD ", mta.c"
#define ROUTE     OPENSMTPD ", mta.c, mta_find_route"

enum { BACKUP, BACKUP_MX, TLS, NO_VERIFY };

static const struct setting settings[] = {
    [BACKUP] = {.name = "backup",
                .type = SETTING_SWITCH,
                .initial = "no",
                .text =
                    N_("relay backup: skip MX hosts that are not more preferred than the sender")},
    [BACKUP_MX] = {.name = "backup_mx",
                   .type = SETTING_NAME,
                   .initial = "",
                   .text =
                       N_("relay backup mx NAME: the sender's name among the MX hosts, if not its "
                          "host name")},
    [TLS] = {.name = "tls",
             .type = SETTING_SWITCH,
             .initial = "no",
             .text = N_("relay tls: leave hosts without TLS or a valid certificate")},
    [NO_VERIFY] = {.name = "no-verify",
                   .type = SETTING_SWITCH,
                   .initial = "no",
                   .text = N_("relay tls no-verify: any certificate will do")},
};

static const struct rule rules[ROUTE_RULES] = {
    [RULE_LOOKUP] = {N_("the MX records are looked up"), DNS},
    [RULE_ALIAS] = {N_("followed"), DNS},
    [RULE_IMPLICIT] = {N_("no MX: the domain itself"), DNS},
    [RULE_SORT] = {N_("inserted by preference, each after hosts of equal preference"), MTA},
    [RULE_SELF] = {N_("this is the backup's own name (relay backup)"), ROUTE},
    [RULE_NOT_BETTER] = {N_("a backup relays only to more preferred MX hosts (relay backup)"),
                         ROUTE},
    [RULE_DOT] = {N_("the root with preference 0, and localhost, are left out"), DNS},
    [RULE_LITERAL] = {N_("an address instead of a name is accepted as it is"), DNS},
    [RULE_NAME] = {N_("libasr does not look it up"), OPENSMTPD ", getaddrinfo_async.c"},
    [RULE_DUPLICATE] = {N_("listed before"), DNS},
    [RULE_NO_ADDRESS] = {N_("skipped"), DNS},
    [RULE_FAILED] = {N_("skipped"), DNS},
    [RULE_HOST_ALIAS] = {N_("followed"), DNS},
    [RULE_EQUALS] = {N_("no randomness: equals are tried as their address lookups finish, the "
                        "first listed, then the last, and so on back"),
                     DNS},
    [RULE_ADDRESSES] = {N_("IPv6 first, in the order received"), DNS},
    [RULE_ACCEPTED] = {N_("the delivery is complete"), MTA},
    [RULE_EXHAUSTED] = {N_("an address that failed is enabled again after 15 s and tried before "
                           "those not reached yet: the round begins again, without a deferral"),
                        ROUTE},
    [RULE_SELF_MET] = {N_("the sender is connected to itself, and accepts its own message again"),
                       OPENSMTPD},
};

static const struct decision decisions[ROUTE_ENDS] = {
    [END_NXDOMAIN] = {VERDICT_BOUNCE, "5.1.2", N_("the domain does not exist"), DNS},
    [END_ALIAS] = {VERDICT_DEFER, "4.4.3", N_("the domain's aliases come to no end"), DNS},
    [END_MX_TEMPORARY] = {VERDICT_DEFER, "4.4.3", N_("temporary failure in the MX lookup"), DNS},
    [END_NULL_MX] = {VERDICT_BOUNCE, "5.1.10", N_("domain does not accept mail"), DNS},
    [END_LITERAL] = {VERDICT_BOUNCE, "5.1.2", N_("an MX host is no name"), DNS},
    [END_IMPLICIT_MISSING] = {VERDICT_DEFER, "4.4.4",
                              N_("no MX found: nothing resolves, yet the message stays queued"),
                              DNS},
    [END_IMPLICIT_FAILED] = {VERDICT_DEFER, "4.4.3", N_("the address lookup failed"), DNS},
    [END_HOSTS_MISSING] = {VERDICT_DEFER, "4.4.4",
                           N_("no MX found: no MX host resolves, yet the message stays queued for "
                              "days"),
                           DNS},
    [END_HOSTS_FAILED] = {VERDICT_DEFER, "4.4.3", N_("no MX host could be looked up"), DNS},
    [END_HOSTS_MIXED] = {VERDICT_DEFER, "4.4.3", N_("no MX host could be looked up"), DNS},
    [END_SELF_BEST] =
        {VERDICT_DEFER, "4.4.4",
         N_("no valid route: the backup is the most preferred MX host itself (relay backup)"),
         ROUTE},
    [END_SELF_IMPLICIT] = {VERDICT_DEFER, "4.4.4",
                           N_("no valid route: the domain is the backup itself (relay backup)"),
                           ROUTE},
    [END_SELF_MISSING] = {VERDICT_DEFER, "4.4.4",
                          N_("no valid route: more preferred MX hosts do not resolve"), ROUTE},
    [END_SELF_FAILED] = {VERDICT_DEFER, "4.4.4",
                         N_("no valid route: more preferred MX hosts do not resolve"), ROUTE},
};

#define NEXT N_("this address is disabled for 15 s, the next is tried 2 s later")
#define ENDS N_("past EHLO the first host decides: no other is tried")

static const struct consequence consequences[STAGE_COUNT] = {
    [STAGE_REFUSED] = NEXT_IS_TRIED(VERDICT_DEFER, "4.4.1", NEXT, ROUTE),
    [STAGE_TIMEOUT] =
        NEXT_IS_TRIED(VERDICT_DEFER, "4.4.1",
                      N_("waited for, with at most two more of its preference in parallel; then "
                         "this address is disabled for 15 s, the next is tried 2 s later"),
                      ROUTE),
    [STAGE_GREETING4] = NEXT_IS_TRIED(VERDICT_DEFER, "4.3.2", NEXT, ROUTE),
    [STAGE_GREETING5] = NEXT_IS_TRIED(VERDICT_DEFER, "4.3.2", NEXT, ROUTE),
    [STAGE_EHLO4] = NEXT_IS_TRIED(VERDICT_DEFER, "4.3.0", NEXT, ROUTE),
    [STAGE_EHLO5] = NEXT_IS_TRIED(VERDICT_DEFER, "4.3.0", NEXT, ROUTE),
    [STAGE_MAIL4] = NO_OTHER_IS_TRIED(VERDICT_DEFER, "4.3.0", ENDS, MTA),
    [STAGE_RCPT4] = NO_OTHER_IS_TRIED(VERDICT_DEFER, "4.2.0", ENDS, MTA),
    [STAGE_RCPT5] = NO_OTHER_IS_TRIED(VERDICT_BOUNCE, "5.1.1", ENDS, MTA),
    [STAGE_DATA4] = NO_OTHER_IS_TRIED(VERDICT_DEFER, "4.3.0", ENDS, MTA),
};

/* Tries are due 400 s * n^2 after the message came. */
static int64_t pause(unsigned round, int64_t age)
{
    int64_t due = (int64_t)round * round * 400;

    return due > age ? due - age : 400;
}

/* 15 s times the square of the penalty, which falls again as soon as the time is over: one message
 * never meets more than 1. */
static int64_t hold(enum stage stage, unsigned failures, int64_t age, unsigned chance)
{
    (void)failures;
    (void)age;
    (void)chance;
    return stage < STAGE_MAIL4 ? 15 : HOLD_FORGETS;
}

static const char *passed(struct arena *arena, const char *time)
{
    return arena_format(arena, tr("disabled for %s"), time);
}

static const struct retry_schedule retry = {
    .pause = pause,
    .lifetime = 4 * 86400,
    .warning = 4 * 3600,
    .rule = {N_("400 s times the square of the number of attempts after it arrived, for 4 days; an "
                "address that failed is disabled for 15 s times the square of its failures, at "
                "most an hour"),
             OPENSMTPD ", scheduler_ramqueue.c"},
    .hold = hold,
    .passed = passed,
    .held = {N_("every address is disabled for now"), ROUTE},
};

static bool is_backup(const struct settings *values)
{
    return values->numbers[BACKUP] || *values->texts[BACKUP_MX];
}

static unsigned self_means(const struct sender *sender)
{
    return is_backup(&sender->settings) ? SELF_BY_NAME : 0;
}

static const char *self_name(const struct sender *sender)
{
    const char *name = sender->settings.texts[BACKUP_MX];

    return *name ? name : sender->as;
}

const struct profile profile_opensmtpd = {
    .name = "opensmtpd",
    .title = "OpenSMTPD",
    .versions = "7.6",
    .summary = N_("No randomness of its own; an address that failed is tried again after 15 s; "
                  "does not recognise itself unless told."),
    .settings = settings,
    .setting_count = sizeof settings / sizeof *settings,
    .flags = PROFILE_LOST_ALIAS_ASKS_ADDRESSES,
    .null_mx = NULL_MX_ZERO,
    .dot = HOST_IGNORED,
    .literal = LITERAL_CONNECTS,
    .names = {.marks = "-_", .front = true},
    .duplicates = DUPLICATES_KEPT,
    .addresses = ADDRESSES_IPV6_FIRST,
    .order = &order_pool,
    .rules = rules,
    .decisions = decisions,
    .consequences = consequences,
    .self_met = {VERDICT_LOOP, "5.4.6"},
    .retry = &retry,
    .tls = tls_opensmtpd,
    .self_means = self_means,
    .self_name = self_name,
};
