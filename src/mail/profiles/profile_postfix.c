#include "base/message.h"
#include "mail/order/order.h"
#include "mail/profiles/profiles.h"
#include "mail/profiles/tls_rows.h"
#include "mail/sender/rules.h"

#define POSTFIX "Postfix 3.7-3.12"
#define ADDR    POSTFIX ", smtp_addr.c"
#define CONNECT POSTFIX ", smtp_connect.c"
#define DNS     POSTFIX ", dns_lookup.c"

enum {
    PREFERENCE,
    BALANCE,
    ADDRESS_LIMIT,
    SESSION_LIMIT,
    RANDOMIZE,
    SRV,
    SRV_FALLBACK,
    SRV_IGNORE,
    MX_IGNORE,
    DEFER_MISSING,
    SKIP_5XX,
    BEST_TRANSPORT,
    FALLBACK_RELAY,
    TLS_LEVEL,
    INSECURE_MX,
    MTA_STS,
    STS_PATTERNS,
    STS_CACHE,
    STS_ID,
    STS_FETCH,
    WHICH_TRY,
    RELAYHOST
};

static const struct setting settings[] = {
    [PREFERENCE] = {.name = "smtp_address_preference",
                    .type = SETTING_CHOICE,
                    .initial = "any",
                    .choices = "any ipv6 ipv4",
                    .text = N_("which family goes first among addresses of one preference")},
    [BALANCE] = {.name = "smtp_balance_inet_protocols",
                 .type = SETTING_SWITCH,
                 .initial = "yes",
                 .text = N_("keep addresses of both families within the address limit")},
    [ADDRESS_LIMIT] = {.name = "smtp_mx_address_limit",
                       .type = SETTING_NUMBER,
                       .initial = "5",
                       .maximum = 1000,
                       .text = N_("addresses tried in one delivery; 0 for all")},
    [SESSION_LIMIT] = {.name = "smtp_mx_session_limit",
                       .type = SETTING_NUMBER,
                       .initial = "2",
                       .maximum = 1000,
                       .text = N_("sessions past EHLO made in one delivery; 0 for all")},
    [RANDOMIZE] = {.name = "smtp_randomize_addresses",
                   .type = SETTING_SWITCH,
                   .initial = "yes",
                   .text = N_("shuffle the addresses of one preference")},
    [SRV] = {.name = "use_srv_lookup",
             .type = SETTING_NAME,
             .initial = "",
             .text = N_("look for SRV records of this service instead of MX (3.8 and later)")},
    [SRV_FALLBACK] = {.name = "allow_srv_lookup_fallback",
                      .type = SETTING_SWITCH,
                      .initial = "no",
                      .text = N_("without SRV records, go on with MX")},
    [SRV_IGNORE] = {.name = "ignore_srv_lookup_error",
                    .type = SETTING_SWITCH,
                    .initial = "no",
                    .text = N_("when the SRV lookup fails, go on with MX")},
    [MX_IGNORE] = {.name = "ignore_mx_lookup_error",
                   .type = SETTING_SWITCH,
                   .initial = "no",
                   .text = N_("when the MX lookup fails, look up the domain's own address")},
    [DEFER_MISSING] = {.name = "smtp_defer_if_no_mx_address_found",
                       .type = SETTING_SWITCH,
                       .initial = "no",
                       .text = N_("queue instead of bouncing when no MX host has an address")},
    [SKIP_5XX] = {.name = "smtp_skip_5xx_greeting",
                  .type = SETTING_SWITCH,
                  .initial = "yes",
                  .text = N_("a 5xx greeting means only: try the next")},
    [BEST_TRANSPORT] = {.name = "best_mx_transport",
                        .type = SETTING_TEXT,
                        .initial = "",
                        .text = N_(
                            "what delivers when the sender is the most preferred MX host (local)")},
    [FALLBACK_RELAY] = {.name = "smtp_fallback_relay",
                        .type = SETTING_TEXT,
                        .initial = "",
                        .text =
                            N_("relays tried when the domain's own hosts failed; [name]: no MX")},
    [TLS_LEVEL] = {.name = "smtp_tls_security_level",
                   .type = SETTING_CHOICE,
                   .initial = "none",
                   .choices = "none may encrypt dane dane-only verify secure",
                   .text = N_("how much a host has to do in TLS")},
    [INSECURE_MX] = {.name = "smtp_tls_dane_insecure_mx_policy",
                     .type = SETTING_CHOICE,
                     .initial = "dane",
                     .choices = "dane encrypt may",
                     .text =
                         N_("the level dane where the MX records are not signed, but the host is")},
    [MTA_STS] = {.name = "mta_sts",
                 .type = SETTING_SWITCH,
                 .initial = "no",
                 .text = N_("a policy server tells the MTA-STS policy (smtp_tls_policy_maps)")},
    [STS_PATTERNS] = {.name = "smtp_tls_enforce_sts_mx_patterns",
                      .type = SETTING_SWITCH,
                      .initial = "yes",
                      .text =
                          N_("only hosts that the MTA-STS policy lists (from 3.10.5 on); no: any "
                             "host with a certificate of a name that it lists")},
    STS_CACHE_SETTINGS(STS_CACHE, STS_ID, STS_FETCH),
    [WHICH_TRY] = {.name = "try",
                   .type = SETTING_CHOICE,
                   .initial = "first",
                   .choices = "first later",
                   .text = N_("a later try may go on in clear where TLS fails at the level may")},
    [RELAYHOST] = {.name = "relayhost",
                   .type = SETTING_TEXT,
                   .initial = "",
                   .text =
                       N_("all mail goes to this relay, whatever the domain's MX; [name]: no MX")},
};

static const struct rule rules[ROUTE_RULES] = {
    [RULE_LOOKUP] = {N_("the MX records are looked up"), ADDR ", smtp_domain_addr"},
    [RULE_ALIAS] = {N_("followed, as far as the answer has it; at most 10 answers"), DNS},
    [RULE_IMPLICIT] = {N_("no MX: the domain's own addresses are used, even when the name does not "
                          "exist as far as MX goes"),
                       ADDR ", smtp_host_addr"},
    [RULE_SORT] = {N_("sorted by preference"), ADDR},
    [RULE_SELF] = {N_("one of its addresses is the sender's own"), ADDR ", smtp_find_self"},
    [RULE_NOT_BETTER] = {N_("this preference and every worse one are cut off"),
                         ADDR ", smtp_truncate_self"},
    [RULE_DOT] = {N_("one \".\" among the records refuses the whole domain"), DNS ", DNS_NULLMX"},
    [RULE_LITERAL] = {N_("an address instead of a name is accepted as it is"), ADDR},
    [RULE_NAME] =
        {N_("such a record is left out: letters, digits, underscores, and hyphens inside a "
            "label"),
         DNS ", valid_rr_name"},
    [RULE_DUPLICATE] = {N_("listed before"), ADDR},
    [RULE_NO_ADDRESS] = {N_("skipped as long as another MX host has one"), ADDR ", smtp_addr_list"},
    [RULE_FAILED] = {N_("skipped as long as another MX host has an address"),
                     ADDR ", smtp_addr_list"},
    [RULE_HOST_ALIAS] = {N_("followed; the alias is shown"), DNS},
    [RULE_EQUALS] = {N_("all addresses of all hosts of one preference go into one pot "
                        "(smtp_randomize_addresses)"),
                     ADDR ", dns_rr_shuffle"},
    [RULE_ADDRESSES] = {N_("they need not follow each other: hosts of one preference are mixed"),
                        ADDR ", dns_rr_shuffle"},
    [RULE_SRV] = {N_("by SRV records (use_srv_lookup)"), ADDR ", smtp_service_addr"},
    [RULE_SRV_EQUALS] = {N_("targets of one priority are drawn by weight"), POSTFIX ", dns_rr.c"},
    [RULE_ACCEPTED] = {N_("the delivery is complete"), CONNECT},
    [RULE_LIMIT] = {N_("smtp_mx_address_limit addresses were tried"), CONNECT},
    [RULE_SESSIONS] = {N_("smtp_mx_session_limit sessions were made"), CONNECT},
    [RULE_EXHAUSTED] = {N_("no address is left"), CONNECT},
    [RULE_SELF_MET] = {N_("the sender is connected to itself"), CONNECT},
    [RULE_RELAYHOST] = {N_("all mail goes to this relay, so the domain's MX records do not matter "
                           "(relayhost)"),
                        CONNECT},
    [RULE_FALLBACK] = {N_("a fallback relay, tried after all others (smtp_fallback_relay)"),
                       CONNECT},
};

static const struct decision decisions[ROUTE_ENDS] = {
    [END_NXDOMAIN] = {VERDICT_BOUNCE, "5.4.4", N_("the name does not exist"), ADDR},
    [END_ALIAS] = {VERDICT_BOUNCE, "5.4.4", N_("the domain's aliases come to no end"), DNS},
    [END_NAME] = {VERDICT_BOUNCE, "5.4.4", N_("the domain is an alias of what is no host name"),
                  DNS ", valid_rr_name"},
    [END_MX_TEMPORARY] = {VERDICT_DEFER, "4.4.3",
                          N_("the MX lookup failed (ignore_mx_lookup_error)"), ADDR},
    [END_NULL_MX] = {VERDICT_BOUNCE, "5.1.0", N_("the domain does not accept mail (null MX)"),
                     DNS ", DNS_NULLMX"},
    [END_LITERAL] = {VERDICT_BOUNCE, "5.4.4", N_("an MX host is no name"), ADDR},
    [END_IMPLICIT_MISSING] = {VERDICT_BOUNCE, "5.4.4", N_("host or domain name not found"),
                              ADDR ", smtp_host_addr"},
    [END_IMPLICIT_FAILED] = {VERDICT_DEFER, "4.4.3", N_("no MX, and the address lookup failed"),
                             ADDR ", smtp_host_addr"},
    [END_HOSTS_MISSING] = {VERDICT_BOUNCE, "5.4.4",
                           N_("no MX host has an address (smtp_defer_if_no_mx_address_found)"),
                           ADDR ", smtp_addr_list"},
    [END_HOSTS_FAILED] = {VERDICT_DEFER, "4.4.3", N_("no MX host could be looked up"),
                          ADDR ", smtp_addr_list"},
    [END_HOSTS_MIXED] = {VERDICT_DEFER, "4.4.3",
                         N_("no MX host has an address, and a failed lookup beats a missing name"),
                         ADDR ", smtp_addr_list"},
    [END_HOSTS_MIXED_LAST] = {VERDICT_DEFER, "4.4.4",
                              N_("the last MX host has no address, and a lookup before it failed"),
                              ADDR ", smtp_addr_list"},
    [END_SELF_BEST] = {VERDICT_BOUNCE, "5.4.6", N_("mail loops back to myself (best_mx_transport)"),
                       ADDR ", smtp_truncate_self"},
    [END_SELF_IMPLICIT] = {VERDICT_BOUNCE, "5.4.6",
                           N_("mail loops back to myself: the domain's address is the sender's"),
                           ADDR ", smtp_host_addr"},
    [END_SELF_MISSING] =
        {VERDICT_DEFER, "4.4.4",
         N_("unable to find primary relay: more preferred MX hosts have no address"), ADDR},
    [END_SELF_FAILED] =
        {VERDICT_DEFER, "4.4.4",
         N_("unable to find primary relay: more preferred MX hosts could not be looked up"), ADDR},
    [END_SRV_NOT_OFFERED] = {VERDICT_BOUNCE, "5.1.0",
                             N_("the service is not offered (SRV target is "
                                "the root)"),
                             ADDR ", smtp_service_addr"},
    [END_SRV_FAILED] = {VERDICT_DEFER, "4.4.3",
                        N_("the SRV lookup failed (ignore_srv_lookup_error)"),
                        ADDR ", smtp_service_addr"},
    [END_SRV_MISSING] = {VERDICT_BOUNCE, "5.4.4",
                         N_("no SRV records, and MX is not looked up (allow_srv_lookup_fallback)"),
                         ADDR ", smtp_service_addr"},
};

#define NEXT    N_("the next address is tried")
#define COUNTS  N_("a session that counts (smtp_mx_session_limit); the next address is tried")
#define TURNED  N_("a permanent error in the greeting: bounced, no other host is tried")
#define PROTO   POSTFIX ", smtp_proto.c"
#define TROUBLE POSTFIX ", smtp_trouble.c"

static const struct consequence consequences[STAGE_COUNT] = {
    [STAGE_REFUSED] = NEXT_IS_TRIED(VERDICT_DEFER, "4.4.1", NEXT, CONNECT),
    [STAGE_TIMEOUT] = NEXT_IS_TRIED(VERDICT_DEFER, "4.4.1", NEXT, CONNECT),
    [STAGE_GREETING4] = NEXT_IS_TRIED(VERDICT_DEFER, "4.3.2", NEXT, PROTO),
    [STAGE_GREETING5] = NEXT_IS_TRIED(
        VERDICT_DEFER, "4.3.2",
        N_("taken for a temporary one (smtp_skip_5xx_greeting): the next address is tried"), PROTO),
    [STAGE_EHLO4] = NEXT_IS_TRIED(VERDICT_DEFER, "4.3.0", NEXT, PROTO),
    [STAGE_EHLO5] =
        {.stops = true,
         .ending = {VERDICT_BOUNCE, "5.3.0"},
         .rule = {N_("a permanent error to HELO as well: bounced, no other host is tried"),
                  TROUBLE}},
    [STAGE_MAIL4] = {.session = true,
                     .ending = {VERDICT_DEFER, "4.3.0"},
                     .rule = {COUNTS, CONNECT}},
    [STAGE_RCPT4] = {.session = true,
                     .ending = {VERDICT_DEFER, "4.2.0"},
                     .rule = {COUNTS, CONNECT}},
    [STAGE_RCPT5] = NO_OTHER_IS_TRIED(
        VERDICT_BOUNCE, "5.1.1", N_("a permanent error: bounced, no other host is tried"), TROUBLE),
    [STAGE_DATA4] = {.session = true,
                     .ending = {VERDICT_DEFER, "4.3.0"},
                     .rule = {COUNTS, CONNECT}},
};

static const struct consequence *consequence(const struct settings *values, enum stage stage)
{
    static const struct consequence unskipped = {
        .stops = true, .ending = {VERDICT_BOUNCE, "5.3.2"}, .rule = {TURNED, TROUBLE}};

    if (stage == STAGE_GREETING5 && !values->numbers[SKIP_5XX])
        return &unskipped;
    return consequences + stage;
}

/* Doubling from 5 minutes to 4000 s (minimal_backoff_time, maximal_backoff_time). */
static int64_t pause(unsigned round, int64_t age)
{
    int64_t wait = 300;

    (void)age;
    for (; round > 1 && wait < 4000; round--)
        wait *= 2;
    return wait < 4000 ? wait : 4000;
}

static const struct retry_schedule retry = {
    .pause = pause,
    .lifetime = 5 * 86400,
    .rule = {N_("after 5 minutes, doubling up to 4000 s, for 5 days; the whole destination waits"),
             POSTFIX ", qmgr_active.c"},
    .backlog = 300,
};

static const struct round_end relay_lost = {{VERDICT_DEFER, "4.3.5"},
                                            {N_("the last fallback relay is missing or the sender "
                                                "itself: a server configuration problem, so "
                                                "the message is kept (smtp_fallback_relay)"),
                                             CONNECT}};
static const struct round_end relay_failed = {
    {VERDICT_DEFER, "4.4.3"},
    {N_("the lookup of the last fallback relay failed (smtp_fallback_relay)"), CONNECT}};

static const struct fallback fallback = {.setting = "smtp_fallback_relay",
                                         .separators = " ,",
                                         .by_mx = true,
                                         .unrouted = true,
                                         .lost = &relay_lost,
                                         .failed = &relay_failed};

static unsigned self_means(const struct sender *sender)
{
    (void)sender;
    return SELF_BY_ADDRESS;
}

static struct limits limits(const struct settings *values)
{
    return (struct limits){.addresses = (unsigned)values->numbers[ADDRESS_LIMIT],
                           .sessions = (unsigned)values->numbers[SESSION_LIMIT]};
}

static struct decision decide(const struct settings *values, enum route_end end)
{
    static const struct decision deferred = {
        VERDICT_DEFER, "4.4.4", N_("no MX host has an address (smtp_defer_if_no_mx_address_found)"),
        ADDR ", smtp_addr_list"};
    static const struct decision local = {
        VERDICT_LOCAL, "",
        N_("the sender is the most preferred MX host: best_mx_transport delivers"), CONNECT};

    if (end == END_HOSTS_MISSING && values->numbers[DEFER_MISSING])
        return deferred;
    if ((end == END_SELF_BEST || end == END_SELF_IMPLICIT) && *values->texts[BEST_TRANSPORT])
        return local;
    return decisions[end];
}

static const char *next_hop(const struct settings *values)
{
    return values->texts[RELAYHOST];
}

static bool ignores_mx_failure(const struct settings *values)
{
    return values->numbers[MX_IGNORE];
}

static const char *srv_service(const struct settings *values)
{
    return values->texts[SRV];
}

static bool srv_falls_back(const struct settings *values, enum outcome outcome)
{
    return values->numbers[outcome_is_temporary(outcome) ? SRV_IGNORE : SRV_FALLBACK];
}

const struct profile profile_postfix = {
    .name = "postfix",
    .title = "Postfix",
    .versions = "3.7-3.12",
    .summary =
        N_("Shuffles addresses, not hosts; at most 5 addresses and 2 sessions; knows itself by "
           "address only."),
    .settings = settings,
    .setting_count = sizeof settings / sizeof *settings,
    .flags = PROFILE_NXDOMAIN_ASKS_ADDRESSES | PROFILE_SELF_ON_PORT_25 | PROFILE_LAST_LOOKUP_TELLS |
             PROFILE_SRV_DOT_FALLS_BACK,
    .null_mx = NULL_MX_ANYWHERE,
    .dot = HOST_UNUSABLE,
    .literal = LITERAL_CONNECTS,
    .duplicates = DUPLICATES_KEPT,
    .addresses = ADDRESSES_IPV4_FIRST,
    .names = {.marks = "-_", .edges = true, .digits = true, .aliases = true, .leaves_out = true},
    .order = &order_pot,
    .srv_order = &order_srv_postfix,
    .rules = rules,
    .decisions = decisions,
    .consequences = consequences,
    .self_met = {VERDICT_BOUNCE, "5.4.6"},
    .retry = &retry,
    .tls = tls_postfix,
    .sts = STS_RFC8461,
    .fallback = &fallback,
    .self_means = self_means,
    .next_hop = next_hop,
    .limits = limits,
    .consequence = consequence,
    .ignores_mx_failure = ignores_mx_failure,
    .decide = decide,
    .srv_service = srv_service,
    .srv_falls_back = srv_falls_back,
};
