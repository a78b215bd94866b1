#include "base/message.h"
#include "mail/order/order.h"
#include "mail/profiles/profiles.h"
#include "mail/sender/rules.h"

#define QMAIL  "notqmail 1.09"
#define DNS    QMAIL ", dns.c, dns_mxip"
#define REMOTE QMAIL ", qmail-remote.c"

enum { LONG_BITS };

static const struct setting settings[] = {
    [LONG_BITS] = {.name = "long_bits",
                   .type = SETTING_CHOICE,
                   .initial = "64",
                   .choices = "64 32",
                   .text = N_("with 64-bit longs the random draw among equals never fires")},
};

static const struct rule rules[ROUTE_RULES] = {
    [RULE_LOOKUP] = {N_("the MX records are looked up"), DNS},
    [RULE_ALIAS] = {N_("followed"), DNS},
    [RULE_IMPLICIT] = {N_("no MX: the domain's own IPv4 address"), DNS},
    [RULE_SORT] = {N_("the lowest remaining preference is chosen repeatedly"), DNS},
    [RULE_SELF] = {N_("one of its addresses is on an interface of the sender"), QMAIL ", ipme.c"},
    [RULE_NOT_BETTER] = {N_("only addresses of a lower preference than the sender's own are tried"),
                         REMOTE},
    [RULE_DOT] = {N_("the root is a host like any other, one without address"), DNS},
    [RULE_LITERAL] = {N_("an address instead of a name is accepted, with preference 0"), DNS},
    [RULE_DUPLICATE] = {N_("listed before"), DNS},
    [RULE_NO_ADDRESS] = {N_("skipped"), DNS},
    [RULE_FAILED] = {N_("skipped; it matters only if nothing is left"), DNS},
    [RULE_HOST_ALIAS] = {N_("followed"), DNS},
    [RULE_EQUALS] = {N_("the first listed of the lowest preference is taken, the last record moves "
                        "into its place"),
                     DNS},
    [RULE_ADDRESSES] = {N_("IPv4 only, in the order received"), DNS},
    [RULE_ACCEPTED] = {N_("the delivery is complete"), REMOTE},
    [RULE_EXHAUSTED] = {N_("no address could be connected to"), REMOTE},
    [RULE_SELF_MET] = {N_("the sender is connected to itself"), REMOTE},
};

static const struct decision decisions[ROUTE_ENDS] = {
    [END_NXDOMAIN] = {VERDICT_BOUNCE, "5.1.2", N_("no host of that name"), REMOTE},
    [END_ALIAS] = {VERDICT_BOUNCE, "5.1.2", N_("the domain's aliases come to no end"), REMOTE},
    [END_MX_TEMPORARY] = {VERDICT_DEFER, "4.4.3", N_("CNAME or MX lookup failed temporarily"),
                          REMOTE},
    [END_NULL_MX] = {VERDICT_BOUNCE, "5.4.4", N_("no MX host or IP address"), REMOTE},
    [END_LITERAL] = {VERDICT_BOUNCE, "5.4.4", N_("an MX host is no name"), REMOTE},
    [END_IMPLICIT_MISSING] = {VERDICT_BOUNCE, "5.1.2", N_("no host of that name"), REMOTE},
    [END_IMPLICIT_FAILED] = {VERDICT_DEFER, "4.4.3", N_("the address lookup failed"), REMOTE},
    [END_HOSTS_MISSING] = {VERDICT_BOUNCE, "5.4.4", N_("no MX host or IP address"), REMOTE},
    [END_HOSTS_FAILED] = {VERDICT_DEFER, "4.4.3", N_("no MX host could be looked up"), REMOTE},
    [END_HOSTS_MIXED] = {VERDICT_DEFER, "4.4.3", N_("no MX host is left, and one lookup failed"),
                         REMOTE},
    [END_SELF_BEST] =
        {VERDICT_BOUNCE, "5.4.6",
         N_("the sender is the best-preference MX host, but not set up to accept the mail"),
         REMOTE},
    [END_SELF_IMPLICIT] = {VERDICT_BOUNCE, "5.4.6", N_("the domain's address is the sender's own"),
                           REMOTE},
    [END_SELF_MISSING] =
        {VERDICT_BOUNCE, "5.4.6",
         N_("the sender is the most preferred MX host that resolves: bounced as a loop"), REMOTE},
    [END_SELF_FAILED] =
        {VERDICT_BOUNCE, "5.4.6",
         N_("the sender is the most preferred MX host that resolves: bounced as a loop, even "
            "after a failed lookup"),
         REMOTE},
};

#define NEXT    N_("the next address is tried")
#define DECIDES N_("the first connection that opens decides: no other is tried")

static const struct consequence consequences[STAGE_COUNT] = {
    [STAGE_REFUSED] = NEXT_IS_TRIED(VERDICT_DEFER, "4.4.1", NEXT, REMOTE),
    [STAGE_TIMEOUT] = NEXT_IS_TRIED(
        VERDICT_DEFER, "4.4.1",
        N_("remembered for an hour or two (tcpto); the next address is tried"), QMAIL ", tcpto.c"),
    [STAGE_GREETING4] = NO_OTHER_IS_TRIED(VERDICT_DEFER, "4.4.2", DECIDES, REMOTE),
    [STAGE_GREETING5] = NO_OTHER_IS_TRIED(VERDICT_DEFER, "4.4.2", DECIDES, REMOTE),
    [STAGE_EHLO4] = NO_OTHER_IS_TRIED(VERDICT_DEFER, "4.4.2", DECIDES, REMOTE),
    [STAGE_EHLO5] = NO_OTHER_IS_TRIED(VERDICT_DEFER, "4.4.2", DECIDES, REMOTE),
    [STAGE_MAIL4] = NO_OTHER_IS_TRIED(VERDICT_DEFER, "4.3.0", DECIDES, REMOTE),
    [STAGE_RCPT4] = NO_OTHER_IS_TRIED(VERDICT_DEFER, "4.2.0", DECIDES, REMOTE),
    [STAGE_RCPT5] = NO_OTHER_IS_TRIED(VERDICT_BOUNCE, "5.1.1", DECIDES, REMOTE),
    [STAGE_DATA4] = NO_OTHER_IS_TRIED(VERDICT_DEFER, "4.3.0", DECIDES, REMOTE),
};

/* Tries are due 400 s * n^2 after the message came: 400 s, 1600 s, 3600 s, ... */
static int64_t pause(unsigned round, int64_t age)
{
    int64_t due = (int64_t)round * round * 400;

    return due > age ? due - age : 400;
}

/* tcpto: an address that timed out at least twice in a row is passed over for 64 to 97 minutes,
 * depending on the number of the process; any other end of a connection wipes that out. */
static int64_t hold(enum stage stage, unsigned failures, int64_t age, unsigned chance)
{
    (void)age;
    if (stage != STAGE_TIMEOUT)
        return HOLD_FORGETS;
    return failures < 2 ? 0 : (60 + (int64_t)chance) * 64;
}

static const char *passed(struct arena *arena, const char *time)
{
    return arena_format(arena, tr("skipped by tcpto for %s"), time);
}

static const struct retry_schedule retry = {
    .pause = pause,
    .lifetime = 7 * 86400,
    .rule = {N_("400 s times the square of the number of attempts after it arrived, for 7 days; "
                "addresses that timed out twice are skipped for an hour or two"),
             QMAIL ", qmail-send.c, tcpto.c"},
    .hold = hold,
    .noted = N_("noted in tcpto"),
    .passed = passed,
    .held = {N_("every address timed out recently: none is tried"), QMAIL ", tcpto.c"},
};

static unsigned self_means(const struct sender *sender)
{
    (void)sender;
    return SELF_BY_ADDRESS | SELF_BY_UNSPECIFIED;
}

static const struct order *order_by(const struct settings *values)
{
    return values->numbers[LONG_BITS] ? &order_hosts : &order_holes;
}

const struct profile profile_qmail = {
    .name = "qmail",
    .title = "qmail",
    .versions = "notqmail 1.09",
    .summary =
        N_("IPv4 only, equals in a fixed order on 64-bit machines; the first connection that "
           "opens decides."),
    .settings = settings,
    .setting_count = sizeof settings / sizeof *settings,
    .flags = PROFILE_IPV4_ONLY | PROFILE_NXDOMAIN_ASKS_ADDRESSES | PROFILE_LITERAL_IS_ZERO,
    .null_mx = NULL_MX_UNKNOWN,
    .dot = HOST_UNUSABLE,
    .literal = LITERAL_CONNECTS,
    .duplicates = DUPLICATES_KEPT,
    .order = &order_holes,
    .rules = rules,
    .decisions = decisions,
    .consequences = consequences,
    .self_met = {VERDICT_LOOP, "5.4.6"},
    .retry = &retry,
    .self_means = self_means,
    .order_by = order_by,
};
