/* Postfix: smtp_tls_security_level, DANE and what a policy server says of MTA-STS. */
#include "base/message.h"
#include "dns/name.h"
#include "mail/profiles/tls_rows.h"

#define PROTO             "Postfix 3.7-3.12, smtp_proto.c"
#define POLICY            "Postfix 3.7-3.12, smtp_tls_policy.c"
#define FAILS(code, text) TLS_DEFERS(code, text, PROTO)
#define SKIPS(code, text) TLS_LEAVES_OUT(code, text, POLICY)

static const struct consequence clear = TLS_IN_CLEAR(PROTO), over = TLS_OVER(PROTO);
static const struct consequence reclear = TLS_IN_CLEAR_AGAIN(PROTO);
static const struct consequence missing =
    FAILS("4.7.4", N_("TLS is required, but not offered: the next address is tried"));
static const struct consequence refused =
    FAILS("4.7.0", N_("TLS is required, but refused: the next address is tried"));
static const struct consequence handshake =
    FAILS("4.7.5", N_("cannot start TLS: the next address is tried"));
static const struct consequence dropped =
    FAILS("4.4.2", N_("the connection is lost: the next address is tried"));
static const struct consequence unverified =
    FAILS("4.7.5", N_("server certificate not verified: the next address is tried"));
static const struct consequence bounced = {
    .way = TLS_FAILS,
    .stops = true,
    .ending = {VERDICT_BOUNCE, "5.5.1"},
    .rule = {N_("TLS is required, and refused permanently: bounced, no other host is tried"),
             PROTO}};
static const struct consequence failed = SKIPS("4.7.5", N_("TLSA lookup error: left out"));
static const struct consequence without =
    SKIPS("4.7.5", N_("no TLSA records found (dane-only): left out"));
static const struct consequence unusable =
    SKIPS("4.7.5", N_("TLSA records unusable (dane-only): left out"));
static const struct consequence insecure =
    SKIPS("4.7.5", N_("non DNSSEC destination (dane-only): left out"));
static const struct consequence unlisted = {
    .way = TLS_SKIP,
    .unseen = true,
    .ending = {VERDICT_DEFER, "4.3.0"},
    .rule = {N_("the MTA-STS policy does not list it: left out, yet counted "
                "(smtp_tls_enforce_sts_mx_patterns)"),
             "Postfix 3.10.5-3.12, smtp_connect.c"}};

static tls_row none = {&clear, &clear, &clear, &clear, &clear, &clear, &clear, &clear};
static tls_row may = {&clear, &clear, &clear, &handshake, &dropped, &over, &over, &over};
static tls_row may_later = {&clear, &clear, &clear, &reclear, &reclear, &over, &over, &over};
static tls_row encrypt = {&missing, &refused, &bounced, &handshake, &dropped, &over, &over, &over};
static tls_row verify = {&missing, &refused,    &bounced,    &handshake,
                         &dropped, &unverified, &unverified, &over};
static tls_row dane_key = {&missing, &refused, &bounced, &handshake,
                           &dropped, &over,    &over,    &unverified};
static tls_row dane_issuer = {&missing, &refused,    &bounced,    &handshake,
                              &dropped, &unverified, &unverified, &unverified};
static tls_row never = {&missing,    &refused,    &bounced,    &handshake,
                        &unverified, &unverified, &unverified, &unverified};

enum level { NONE, MAY, ENCRYPT, DANE, DANE_ONLY, VERIFY, SECURE };
enum insecure_policy { INSECURE_DANE, INSECURE_ENCRYPT, INSECURE_MAY };

static const struct consequence *by_may(const struct tls_case *tls)
{
    return tls_row_at(settings_number(tls->settings, "try") ? may_later : may, tls->stage);
}

/* The stage with a certificate of a name that does not count, which is looked at as soon as it is
 * there. */
static enum stage as_badname(enum stage stage)
{
    bool shown = stage == STAGE_ACCEPTS || stage == STAGE_TLSA || stage == STAGE_TLS_DROP;

    return shown ? STAGE_BADNAME : stage;
}

/* The level `secure` wants a certificate of the domain or of a name below it. */
static const struct consequence *by_secure(const struct tls_case *tls)
{
    bool elsewhere = !name_is_within(tls->exchange, tls->domain);
    return tls_row_at(verify, elsewhere ? as_badname(tls->stage) : tls->stage);
}

static bool uses_records(const struct tls_case *tls)
{
    return tls->security->mx_secure ||
           settings_number(tls->settings, "smtp_tls_dane_insecure_mx_policy") == INSECURE_DANE;
}

static const struct consequence *by_dane(const struct tls_case *tls, bool only)
{
    enum tlsa_state tlsa = tls->host->tlsa;
    long policy = settings_number(tls->settings, "smtp_tls_dane_insecure_mx_policy");

    if (only && !tls->security->mx_secure)
        return &insecure;
    if (tlsa == TLSA_FAILED && (tls->security->mx_secure || policy != INSECURE_MAY))
        return &failed;
    if (tlsa == TLSA_NONE || tlsa == TLSA_FAILED)
        return only ? &without : by_may(tls);
    if (!uses_records(tls)) /* secure records of a host whose MX records are not */
        return policy == INSECURE_ENCRYPT ? tls_row_at(encrypt, tls->stage) : by_may(tls);
    if (tlsa == TLSA_KEY)
        return tls_row_at(dane_key, tls->stage);
    if (tlsa == TLSA_ISSUER)
        return tls_row_at(dane_issuer, tls->stage);
    if (!only)
        return tls_row_at(encrypt, tls->stage);
    if (tlsa == TLSA_PKIX)
        return &unusable;
    return tls->stage == STAGE_ACCEPTS ? &unverified : tls_row_at(never, tls->stage);
}

/* The policy as "secure match=...": a certificate of any name that it lists will do, at any depth
 * for a "*". A good one is of the host's own name. */
static const struct consequence *by_match(const struct tls_case *tls)
{
    bool other = !security_sts_lists(tls->security, tls->exchange, true);
    return tls_row_at(verify, other ? as_badname(tls->stage) : tls->stage);
}

static const struct consequence *by_sts(const struct tls_case *tls)
{
    if (!settings_number(tls->settings, "smtp_tls_enforce_sts_mx_patterns"))
        return by_match(tls);
    return security_sts_lists(tls->security, tls->exchange, false) ? tls_row_at(verify, tls->stage)
                                                                   : &unlisted;
}

const struct consequence *tls_postfix(const struct tls_case *tls)
{
    if (tls_is_under_policy(tls))
        return by_sts(tls);
    switch ((enum level)settings_number(tls->settings, "smtp_tls_security_level")) {
    case MAY:
        return by_may(tls);
    case ENCRYPT:
        return tls_row_at(encrypt, tls->stage);
    case DANE:
        return by_dane(tls, false);
    case DANE_ONLY:
        return by_dane(tls, true);
    case VERIFY:
        return tls_row_at(verify, tls->stage);
    case SECURE:
        return by_secure(tls);
    case NONE:
        break;
    }
    return tls_row_at(none, tls->stage);
}
