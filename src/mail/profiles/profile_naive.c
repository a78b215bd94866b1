#include "base/message.h"
#include "mail/order/order.h"
#include "mail/profiles/profiles.h"
#include "mail/sender/rules.h"

#define BROKEN N_("breaks RFC 5321 5.1")

static const struct rule rules[ROUTE_RULES] = {
    [RULE_LOOKUP] = {N_("the MX records are looked up"), "RFC 5321 5.1"},
    [RULE_ALIAS] = {N_("followed"), "RFC 5321 5.1"},
    [RULE_IMPLICIT] = {N_("no MX: the domain's own address"), "RFC 5321 5.1"},
    [RULE_SORT] = {N_("in the order of the answer, preference ignored"), BROKEN},
    [RULE_SELF] = {N_("this is the sender"), BROKEN},
    [RULE_NOT_BETTER] = {N_("ignored"), BROKEN},
    [RULE_DOT] = {N_("the root is taken for a host name"), N_("breaks RFC 7505 3")},
    [RULE_LITERAL] = {N_("taken for the address it spells"), BROKEN},
    [RULE_DUPLICATE] = {N_("listed before"), BROKEN},
    [RULE_NO_ADDRESS] = {N_("skipped"), BROKEN},
    [RULE_FAILED] = {N_("skipped"), BROKEN},
    [RULE_HOST_ALIAS] = {N_("followed"), "RFC 2181 10.3"},
    [RULE_EQUALS] = {N_("equals are not shuffled: all load falls on the first"), BROKEN},
    [RULE_ADDRESSES] = {N_("only the first address is ever used"), BROKEN},
    [RULE_ACCEPTED] = {N_("the delivery is complete"), "RFC 5321 5.1"},
    [RULE_EXHAUSTED] = {N_("nothing is queued: bounced at once"), N_("breaks RFC 5321 4.5.4.1")},
    [RULE_SELF_MET] = {N_("the sender delivers the message to itself, again and again"),
                       N_("breaks RFC 5321 5.1, 6.3")},
};

static const struct decision decisions[ROUTE_ENDS] = {
    [END_NXDOMAIN] = {VERDICT_BOUNCE, "5.1.2", N_("the domain does not exist"), "RFC 5321 5.1"},
    [END_ALIAS] = {VERDICT_BOUNCE, "5.4.4", N_("no host"), BROKEN},
    [END_MX_TEMPORARY] = {VERDICT_BOUNCE, "5.4.4", N_("the lookup failed: bounced at once"),
                          BROKEN},
    [END_NULL_MX] = {VERDICT_BOUNCE, "5.4.4", N_("no host"), BROKEN},
    [END_LITERAL] = {VERDICT_BOUNCE, "5.4.4", N_("no host"), BROKEN},
    [END_IMPLICIT_MISSING] = {VERDICT_BOUNCE, "5.4.4", N_("no host"), "RFC 5321 5.1"},
    [END_IMPLICIT_FAILED] = {VERDICT_BOUNCE, "5.4.4", N_("the lookup failed: bounced at once"),
                             BROKEN},
    [END_HOSTS_MISSING] = {VERDICT_BOUNCE, "5.4.4", N_("no host has an address"), "RFC 5321 5.1"},
    [END_HOSTS_FAILED] = {VERDICT_BOUNCE, "5.4.4", N_("the lookups failed: bounced at once"),
                          BROKEN},
    [END_HOSTS_MIXED] = {VERDICT_BOUNCE, "5.4.4", N_("the lookups failed: bounced at once"),
                         BROKEN},
    [END_SELF_BEST] = {VERDICT_LOOP, "", N_("loops"), BROKEN},
    [END_SELF_IMPLICIT] = {VERDICT_LOOP, "", N_("loops"), BROKEN},
    [END_SELF_MISSING] = {VERDICT_LOOP, "", N_("loops"), BROKEN},
    [END_SELF_FAILED] = {VERDICT_LOOP, "", N_("loops"), BROKEN},
};

#define NEXT     N_("the next record of the answer is taken")
#define GIVES_UP N_("any failure is treated as permanent: bounced at once")
#define QUEUE    N_("breaks RFC 5321 4.5.4.1")

static const struct consequence consequences[STAGE_COUNT] = {
    [STAGE_REFUSED] = NEXT_IS_TRIED(VERDICT_BOUNCE, "5.4.1", NEXT, BROKEN),
    [STAGE_TIMEOUT] = NEXT_IS_TRIED(VERDICT_BOUNCE, "5.4.1", NEXT, BROKEN),
    [STAGE_GREETING4] = {.stops = true,
                         .ending = {VERDICT_BOUNCE, "5.3.2"},
                         .rule = {GIVES_UP, QUEUE}},
    [STAGE_GREETING5] = {.stops = true,
                         .ending = {VERDICT_BOUNCE, "5.3.2"},
                         .rule = {GIVES_UP, QUEUE}},
    [STAGE_EHLO4] = {.stops = true, .ending = {VERDICT_BOUNCE, "5.3.0"}, .rule = {GIVES_UP, QUEUE}},
    [STAGE_EHLO5] = {.stops = true, .ending = {VERDICT_BOUNCE, "5.3.0"}, .rule = {GIVES_UP, QUEUE}},
    [STAGE_MAIL4] = NO_OTHER_IS_TRIED(VERDICT_BOUNCE, "5.3.0", GIVES_UP, QUEUE),
    [STAGE_RCPT4] = NO_OTHER_IS_TRIED(VERDICT_BOUNCE, "5.2.0", GIVES_UP, QUEUE),
    [STAGE_RCPT5] = NO_OTHER_IS_TRIED(VERDICT_BOUNCE, "5.1.1", N_("bounced"), "RFC 5321 4.2.1"),
    [STAGE_DATA4] = NO_OTHER_IS_TRIED(VERDICT_BOUNCE, "5.3.0", GIVES_UP, QUEUE),
};

static int64_t pause(unsigned round, int64_t age)
{
    (void)round;
    (void)age;
    return 86400;
}

static const struct retry_schedule retry = {
    .pause = pause,
    .lifetime = 0,
    .rule = {N_("never"), QUEUE},
};

const struct profile profile_naive = {
    .name = "naive",
    .title = "Naive",
    .versions = "",
    .summary =
        N_("The bad example: the order of the answer, first addresses only, no rule kept and "
           "nothing queued."),
    .flags = PROFILE_IGNORES_PREFERENCE | PROFILE_FIRST_ADDRESS,
    .null_mx = NULL_MX_UNKNOWN,
    .dot = HOST_UNUSABLE,
    .literal = LITERAL_CONNECTS,
    .duplicates = DUPLICATES_KEPT,
    .addresses = ADDRESSES_IPV4_FIRST,
    .order = &order_as_listed,
    .rules = rules,
    .decisions = decisions,
    .consequences = consequences,
    .self_met = {VERDICT_LOOP, "5.4.6"},
    .retry = &retry,
};
