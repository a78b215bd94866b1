#include "base/message.h"
#include "mail/order/order.h"
#include "mail/profiles/profiles.h"
#include "mail/profiles/tls_rows.h"
#include "mail/sender/rules.h"

#define EXIM   "Exim 4.96-4.98"
#define HOST   EXIM ", host.c"
#define LOOKUP EXIM ", dnslookup.c"
#define SMTP   EXIM ", smtp.c"

enum {
    MAX_TRY,
    HARD_LIMIT,
    IPV4_PREFER,
    CHECK_SRV,
    SELF,
    ALLOW_IP,
    FALLBACK_HOSTS,
    REQUIRE_TLS,
    AVOID_TLS,
    TRY_DANE,
    REQUIRE_DANE,
    VERIFY_HOSTS,
    TRYCLEAR,
    LOCAL_HOSTS,
    MX_FAIL,
    FAIL_DEFER,
    REQUIRE_DNSSEC
};

enum { SENDS = 4 }; /* the choice of SELF: send */

static const struct setting settings[] = {
    [MAX_TRY] = {.name = "hosts_max_try",
                 .type = SETTING_NUMBER,
                 .initial = "5",
                 .minimum = 1,
                 .maximum = 1000,
                 .text = N_("addresses tried before only other preferences are")},
    [HARD_LIMIT] = {.name = "hosts_max_try_hardlimit",
                    .type = SETTING_NUMBER,
                    .initial = "50",
                    .minimum = 1,
                    .maximum = 1000,
                    .text = N_("addresses tried in all")},
    [IPV4_PREFER] = {.name = "ipv4_prefer",
                     .type = SETTING_SWITCH,
                     .initial = "no",
                     .text = N_("reverses the pass that moves IPv6 first")},
    [CHECK_SRV] = {.name = "check_srv",
                   .type = SETTING_NAME,
                   .initial = "",
                   .text = N_("look for SRV records of this service (smtp) before MX")},
    [SELF] = {.name = "self",
              .type = SETTING_CHOICE,
              .initial = "freeze",
              .choices = "freeze defer fail pass send",
              .text = N_("what happens when the sender is the most preferred MX host")},
    [ALLOW_IP] = {.name = "allow_mx_to_ip",
                  .type = SETTING_SWITCH,
                  .initial = "no",
                  .text = N_("accept an address instead of an MX host's name")},
    [FALLBACK_HOSTS] = {.name = "fallback_hosts",
                        .type = SETTING_TEXT,
                        .initial = "",
                        .text = N_("hosts tried when the list is used up, separated by colons")},
    [REQUIRE_TLS] = {.name = "hosts_require_tls",
                     .type = SETTING_SWITCH,
                     .initial = "no",
                     .text = N_("leave hosts that do no TLS")},
    [AVOID_TLS] = {.name = "hosts_avoid_tls",
                   .type = SETTING_SWITCH,
                   .initial = "no",
                   .text = N_("use no TLS, and leave hosts that have TLSA records")},
    [TRY_DANE] = {.name = "hosts_try_dane",
                  .type = SETTING_SWITCH,
                  .initial = "yes",
                  .text = N_("keep to TLSA records where there are any")},
    [REQUIRE_DANE] = {.name = "hosts_require_dane",
                      .type = SETTING_SWITCH,
                      .initial = "no",
                      .text = N_("bounce mail for hosts without TLSA records")},
    [VERIFY_HOSTS] = {.name = "tls_verify_hosts",
                      .type = SETTING_SWITCH,
                      .initial = "no",
                      .text = N_("a certificate has to be valid and of the host's name")},
    [TRYCLEAR] = {.name = "tls_tempfail_tryclear",
                  .type = SETTING_SWITCH,
                  .initial = "yes",
                  .text = N_("go on in clear where TLS fails")},
    [LOCAL_HOSTS] = {.name = "hosts_treat_as_local",
                     .type = SETTING_TEXT,
                     .initial = "",
                     .text = N_("names of hosts that are this one, too, separated by colons")},
    [MX_FAIL] = {.name = "mx_fail_domains",
                 .type = SETTING_SWITCH,
                 .initial = "no",
                 .text = N_("when the MX lookup fails, go on as if there were no MX record")},
    [FAIL_DEFER] = {.name = "fail_defer_domains",
                    .type = SETTING_SWITCH,
                    .initial = "no",
                    .text = N_("defer instead of bouncing where nothing is found")},
    [REQUIRE_DNSSEC] = {.name = "dnssec_require_domains",
                        .type = SETTING_SWITCH,
                        .initial = "no",
                        .text = N_("defer mail for domains that DNSSEC does not secure")},
};

static const struct rule rules[ROUTE_RULES] = {
    [RULE_LOOKUP] = {N_("the MX records are looked up"), HOST ", host_find_bydns"},
    [RULE_ALIAS] = {N_("followed; the address keeps its domain"), HOST},
    [RULE_IMPLICIT] = {N_("no MX: the domain's own addresses"), HOST},
    [RULE_SORT] = {N_("sorted by preference, equals by a random key"), HOST},
    [RULE_SELF] = {N_("one of its addresses is local"), HOST ", host_scan_for_local_hosts"},
    [RULE_NOT_BETTER] = {N_("the first local address cuts off its preference and all after it"),
                         HOST ", host_scan_for_local_hosts"},
    [RULE_DOT] =
        {N_("\".\" is a host that cannot be used; alone it means that the domain accepts no mail"),
         HOST},
    [RULE_LITERAL] = {N_("an address instead of a name is looked up as a name (allow_mx_to_ip)"),
                      HOST},
    [RULE_NAME] = {N_("not looked up, kept in the list as unusable (dns_check_names_pattern)"),
                   EXIM ", dns.c"},
    [RULE_DUPLICATE] = {N_("listed twice: only the lower preference stays"), HOST},
    [RULE_NO_ADDRESS] = {N_("kept in the list as unusable"), HOST},
    [RULE_FAILED] = {N_("kept in the list as unusable"), HOST},
    [RULE_HOST_ALIAS] = {N_("the host is renamed to where the alias leads"), HOST},
    [RULE_EQUALS] = {N_("hosts of equal preference sorted by keys random(500); one pass then moves "
                        "IPv6 addresses before the IPv4 one ahead of them"),
                     HOST},
    [RULE_ADDRESSES] = {N_("IPv6 first, each family sorted by keys random(500)"),
                        HOST ", set_address_from_dns"},
    [RULE_SRV] = {N_("by SRV records (check_srv)"), HOST},
    [RULE_SRV_EQUALS] = {N_("targets of one priority by weight, the last of the last priority left "
                            "out of the sum"),
                         HOST},
    [RULE_ACCEPTED] = {N_("the delivery is complete"), SMTP},
    [RULE_LIMIT] = {N_("hosts_max_try addresses were tried and no other preference is left"), SMTP},
    [RULE_SESSIONS] = {N_("enough sessions made"), SMTP},
    [RULE_EXHAUSTED] = {N_("the host list is at its end"), SMTP},
    [RULE_SELF_MET] = {N_("the sender is connected to itself"), SMTP},
    [RULE_FALLBACK] = {N_("a fallback host, tried after all others (fallback_hosts)"), SMTP},
};

static const struct decision decisions[ROUTE_ENDS] = {
    [END_NXDOMAIN] = {VERDICT_BOUNCE, "",
                      N_("unrouteable address: the domain does not exist; no address is looked up"),
                      LOOKUP},
    [END_ALIAS] = {VERDICT_BOUNCE, "",
                   N_("unrouteable address: the domain's aliases come to no end"), LOOKUP},
    [END_INSECURE] = {VERDICT_DEFER, "", N_("host lookup done insecurely (dnssec_require_domains)"),
                      LOOKUP},
    [END_MX_TEMPORARY] = {VERDICT_DEFER, "", N_("host lookup did not complete (mx_fail_domains)"),
                          LOOKUP},
    [END_NULL_MX] = {VERDICT_BOUNCE, "", N_("an MX or SRV record indicated no SMTP service"),
                     LOOKUP},
    [END_LITERAL] = {VERDICT_BOUNCE, "", N_("unrouteable address"), LOOKUP},
    [END_IMPLICIT_MISSING] = {VERDICT_BOUNCE, "", N_("unrouteable address: neither MX nor address"),
                              LOOKUP},
    [END_IMPLICIT_FAILED] = {VERDICT_DEFER, "", N_("host lookup did not complete"), LOOKUP},
    [END_HOSTS_MISSING] = {VERDICT_BOUNCE, "",
                           N_("all relevant MX records point to non-existent hosts "
                              "(fail_defer_domains)"),
                           LOOKUP},
    [END_HOSTS_FAILED] = {VERDICT_DEFER, "", N_("all host address lookups failed"), LOOKUP},
    [END_HOSTS_MIXED] = {VERDICT_DEFER, "",
                         N_("no host is usable, and one address lookup failed for now"), LOOKUP},
    [END_SELF_BEST] = {VERDICT_FREEZE, "",
                       N_("lowest numbered MX record points to local host (self=freeze)"), LOOKUP},
    [END_SELF_IMPLICIT] = {VERDICT_FREEZE, "",
                           N_("the domain's own address is the local host (self=freeze)"), LOOKUP},
    [END_SELF_MISSING] = {VERDICT_BOUNCE, "",
                          N_("all relevant MX records point to non-existent hosts"), LOOKUP},
    [END_SELF_FAILED] =
        {VERDICT_DEFER, "",
         N_("no more preferred host is usable, an address lookup failed for now, and no "
            "good host comes before the sender in its list"),
         LOOKUP},
    [END_SRV_NOT_OFFERED] = {VERDICT_BOUNCE, "",
                             N_("an MX or SRV record indicated no SMTP service"), LOOKUP},
    [END_SRV_FAILED] = {VERDICT_DEFER, "", N_("the SRV lookup did not complete (srv_fail_domains)"),
                        LOOKUP},
    [END_SRV_MISSING] = {VERDICT_BOUNCE, "", N_("no SRV records"), LOOKUP},
};

#define NEXT N_("the next entry of the host list is tried")
#define LAST                                                                                       \
    N_("a permanent error: the next entry of the host list is tried; bounced if it was the last")

static const struct consequence consequences[STAGE_COUNT] = {
    [STAGE_REFUSED] = NEXT_IS_TRIED(VERDICT_DEFER, "", NEXT, SMTP),
    [STAGE_TIMEOUT] = NEXT_IS_TRIED(VERDICT_DEFER, "", NEXT, SMTP),
    [STAGE_GREETING4] = NEXT_IS_TRIED(VERDICT_DEFER, "", NEXT, SMTP),
    [STAGE_GREETING5] = {.ending = {VERDICT_BOUNCE, "5.3.2"},
                         .cut = {VERDICT_DEFER, ""},
                         .rule = {LAST, SMTP}},
    [STAGE_EHLO4] = NEXT_IS_TRIED(VERDICT_DEFER, "", NEXT, SMTP),
    [STAGE_EHLO5] = {.ending = {VERDICT_BOUNCE, "5.3.0"},
                     .cut = {VERDICT_DEFER, ""},
                     .rule = {LAST, SMTP}},
    [STAGE_MAIL4] = {.session = true, .ending = {VERDICT_DEFER, ""}, .rule = {NEXT, SMTP}},
    [STAGE_RCPT4] = {.session = true, .ending = {VERDICT_DEFER, ""}, .rule = {NEXT, SMTP}},
    [STAGE_RCPT5] = NO_OTHER_IS_TRIED(VERDICT_BOUNCE, "5.1.1",
                                      N_("the recipient is rejected permanently: bounced"), SMTP),
    [STAGE_DATA4] = {.session = true, .ending = {VERDICT_DEFER, ""}, .rule = {NEXT, SMTP}},
};

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

/* Debian's rule: every 15 min for 2 h, then from 1 h on by half more up to 16 h, then every 6 h. */
static int64_t pause(unsigned round, int64_t age)
{
    int64_t wait = HOUR;

    (void)round;
    if (age < 2 * HOUR)
        return 15 * MINUTE;
    if (age >= 16 * HOUR)
        return 6 * HOUR;
    for (int64_t at = 2 * HOUR + wait; at <= age; at += wait)
        wait += wait / 2;
    return wait;
}

/* The same rule, from the first failure of each host and address. */
static int64_t hold(enum stage stage, unsigned failures, int64_t age, unsigned chance)
{
    (void)stage;
    (void)chance;
    return pause(failures, age);
}

#define RETRY EXIM ", Debian conf.d/retry/30_exim4-config"

static const char *passed(struct arena *arena, const char *time)
{
    return arena_format(arena, tr("not due again for %s"), time);
}

static const struct retry_schedule retry = {
    .pause = pause,
    .lifetime = 4 * DAY,
    .warning = DAY,
    .rule =
        {N_("every 15 min for 2 h, then from 1 h on by half more up to 16 h, every 6 h to 4 days; "
            "kept for each host and address, those not yet due are skipped"),
         RETRY},
    .hold = hold,
    .by_host = true,
    .paces = true,
    .least = 15 * MINUTE,
    .passed = passed,
    .held = {N_("retry time not reached for any host"), RETRY},
};

static const struct fallback fallback = {.setting = "fallback_hosts", .separators = " :;,"};

static unsigned self_means(const struct sender *sender)
{
    (void)sender;
    return SELF_BY_ADDRESS | SELF_BY_UNSPECIFIED;
}

static bool sends_to_self(const struct settings *values)
{
    return values->numbers[SELF] == SENDS;
}

static struct limits limits(const struct settings *values)
{
    return (struct limits){.addresses = (unsigned)values->numbers[MAX_TRY],
                           .hard = (unsigned)values->numbers[HARD_LIMIT],
                           .extends = true};
}

static enum literal_rule literal_by(const struct settings *values)
{
    return values->numbers[ALLOW_IP] ? LITERAL_CONNECTS : LITERAL_UNUSABLE;
}

static struct decision decide(const struct settings *values, enum route_end end)
{
    static const struct decision by_self[] = {
        {0},
        {VERDICT_DEFER, "", N_("lowest numbered MX record points to local host (self=defer)"),
         LOOKUP},
        {VERDICT_BOUNCE, "", N_("lowest numbered MX record points to local host (self=fail)"),
         LOOKUP},
        {VERDICT_BOUNCE, "", N_("passed on to the next router, and there is none (self=pass)"),
         LOOKUP},
    };

    static const struct decision deferred = {VERDICT_DEFER, "",
                                             N_("nothing was found (fail_defer_domains)"), LOOKUP};

    if ((end == END_SELF_BEST || end == END_SELF_IMPLICIT) && values->numbers[SELF] > 0 &&
        values->numbers[SELF] < SENDS)
        return by_self[values->numbers[SELF]];
    if (values->numbers[FAIL_DEFER] &&
        (end == END_NXDOMAIN || end == END_IMPLICIT_MISSING || end == END_HOSTS_MISSING ||
         end == END_ALIAS || end == END_NULL_MX))
        return deferred;
    return decisions[end];
}

static const char *local_names(const struct settings *values)
{
    return values->texts[LOCAL_HOSTS];
}

static bool ignores_mx_failure(const struct settings *values)
{
    return values->numbers[MX_FAIL];
}

static bool requires_dnssec(const struct settings *values)
{
    return values->numbers[REQUIRE_DNSSEC];
}

static const char *srv_service(const struct settings *values)
{
    return values->texts[CHECK_SRV];
}

static bool srv_falls_back(const struct settings *values, enum outcome outcome)
{
    (void)values;
    return !outcome_is_temporary(outcome);
}

const struct profile profile_exim = {
    .name = "exim",
    .title = "Exim",
    .versions = "4.96-4.98",
    .summary = N_("Shuffles hosts, IPv6 first inside each; 5 addresses, but always one of every "
                  "preference; freezes what loops."),
    .settings = settings,
    .setting_count = sizeof settings / sizeof *settings,
    .flags = PROFILE_SHOWS_CANONICAL | PROFILE_UNUSABLE_LISTED | PROFILE_SCANS_FOR_ITSELF,
    .null_mx = NULL_MX_ALL,
    .dot = HOST_UNUSABLE,
    .literal = LITERAL_UNUSABLE,
    .names = {.marks = "-_/", .edges = true},
    .duplicates = DUPLICATES_DROPPED,
    .addresses = ADDRESSES_IPV6_FIRST,
    .order = &order_keys,
    .srv_order = &order_srv_keys,
    .rules = rules,
    .decisions = decisions,
    .consequences = consequences,
    .self_met = {VERDICT_LOOP, ""},
    .retry = &retry,
    .tls = tls_exim,
    .fallback = &fallback,
    .self_means = self_means,
    .sends_to_self = sends_to_self,
    .local_names = local_names,
    .requires_dnssec = requires_dnssec,
    .ignores_mx_failure = ignores_mx_failure,
    .limits = limits,
    .literal_by = literal_by,
    .decide = decide,
    .srv_service = srv_service,
    .srv_falls_back = srv_falls_back,
};
