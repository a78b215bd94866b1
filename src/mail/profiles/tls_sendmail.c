/* Sendmail: TLSFallbacktoClear, DANE, TLS_Srv of the access database, FEATURE(sts). Records and
 * names it checks after MAIL; whether there is TLS with a certificate that a policy allows, before.
 */
#include "base/message.h"
#include "mail/profiles/tls_rows.h"

#define DELIVER "Sendmail 8.18, deliver.c"
#define RULESET "Sendmail 8.18, sendmail.cf, tls_rcpt"
#define SERVER  "Sendmail 8.18, sendmail.cf, tls_server"
#define FAILS(code, text, where)                                                                   \
    {                                                                                              \
        .way = TLS_FAILS, .leaves_host = true, .ending = {VERDICT_DEFER, code}, .rule = {          \
            text,                                                                                  \
            where                                                                                  \
        }                                                                                          \
    }
#define RETURNS(text)                                                                              \
    {                                                                                              \
        .way = TLS_FAILS, .leaves_host = true, .ending = {VERDICT_BOUNCE, "5.7.0"}, .rule = {      \
            text,                                                                                  \
            RULESET                                                                                \
        }                                                                                          \
    }

static const struct consequence clear = TLS_IN_CLEAR(DELIVER), over = TLS_OVER(DELIVER);
static const struct consequence reclear = TLS_IN_CLEAR_AGAIN(DELIVER);
static const struct consequence handshake =
    FAILS("4.7.0", N_("the TLS handshake failed: the next host is tried"), DELIVER);
static const struct consequence dropped =
    FAILS("4.4.2", N_("the connection is lost: the next host is tried"), DELIVER);
static const struct consequence weak =
    FAILS("4.7.0", N_("no TLS, but TLS_Srv requires it: the next host is tried"), RULESET);
static const struct consequence weak_bounces = RETURNS(
    N_("no TLS, but TLS_Srv requires it: the next host is tried; bounced if it was the last"));
static const struct consequence handshake_bounces =
    RETURNS(N_("the TLS handshake failed, but TLS_Srv requires TLS: the next host is tried; "
               "bounced if it was the last"));
static const struct consequence unverified = FAILS(
    "4.7.0", N_("the certificate is not verified (TLS_Srv): the next host is tried"), RULESET);
static const struct consequence undane = FAILS(
    "4.0.0", N_("the DANE check failed, after MAIL was given: the next host is tried"), RULESET);
static const struct consequence unsts_missing =
    FAILS("4.7.0", N_("the MTA-STS policy requires TLS: the next host is tried"), SERVER);
static const struct consequence unsts_untrusted = FAILS(
    "4.7.0",
    N_("the MTA-STS policy requires a certificate that can be verified: the next host is tried"),
    SERVER);
static const struct consequence unsts = FAILS("4.0.0",
                                              N_("the certificate does not fit the MTA-STS policy, "
                                                 "after MAIL was given: the next host is tried"),
                                              RULESET);
static const struct consequence failed = {
    .way = TLS_SKIP,
    .leaves_host = true,
    .ending = {VERDICT_DEFER, "4.0.0"},
    .rule = {N_("the TLSA lookup failed: the next host is tried"), DELIVER}};

static tls_row usual = {&clear, &clear, &clear, &handshake, &dropped, &over, &over, &over};
static tls_row fallback = {&clear, &clear, &clear, &reclear, &dropped, &over, &over, &over};
static tls_row encrypted = {&weak, &weak, &weak, &handshake, &dropped, &over, &over, &over};
static tls_row encrypted_bounces = {&weak_bounces, &weak_bounces, &weak_bounces, &handshake_bounces,
                                    &dropped,      &over,         &over,         &over};
static tls_row verified = {&weak, &weak, &weak, &handshake, &dropped, &unverified, &over, &over};
static tls_row dane_key = {&undane, &undane, &undane, &handshake, &dropped, &over, &over, &undane};
static tls_row dane_issuer = {&undane,  &undane, &undane, &handshake,
                              &dropped, &undane, &undane, &undane};
static tls_row dane_unusable = {&undane,  &undane, &undane, &handshake,
                                &dropped, &over,   &over,   &over};
static tls_row sts = {&unsts_missing, &unsts_missing,   &unsts_missing, &handshake,
                      &dropped,       &unsts_untrusted, &unsts,         &over};
static tls_row sts_unlisted = {&unsts_missing, &unsts_missing,   &unsts_missing, &handshake,
                               &dropped,       &unsts_untrusted, &unsts,         &unsts};

enum tls_srv { TLS_SRV_NONE, TLS_SRV_ENCR, TLS_SRV_PERM_ENCR, TLS_SRV_VERIFY };

static const struct consequence *by_sts(const struct tls_case *tls)
{
    if (security_sts_lists(tls->security, tls->exchange, false))
        return tls_row_at(sts, tls->stage);
    return tls->stage == STAGE_ACCEPTS ? &unsts : tls_row_at(sts_unlisted, tls->stage);
}

static const struct consequence *by_settings(const struct tls_case *tls)
{
    switch ((enum tls_srv)settings_number(tls->settings, "TLS_Srv")) {
    case TLS_SRV_ENCR:
        return tls_row_at(encrypted, tls->stage);
    case TLS_SRV_PERM_ENCR:
        return tls_row_at(encrypted_bounces, tls->stage);
    case TLS_SRV_VERIFY:
        return tls_row_at(verified, tls->stage);
    case TLS_SRV_NONE:
        break;
    }
    return tls_row_at(settings_number(tls->settings, "TLSFallbacktoClear") ? fallback : usual,
                      tls->stage);
}

const struct consequence *tls_sendmail(const struct tls_case *tls)
{
    bool dane =
        settings_number(tls->settings, "DANE") && tls->security->mx_secure && !tls->host->at_alias;

    if (dane && tls->host->tlsa == TLSA_FAILED)
        return &failed;
    if (tls->stage >= STAGE_NO_STARTTLS && tls->stage < STAGE_TLS && tls_is_under_policy(tls))
        return &unsts_missing;
    switch (dane ? tls->host->tlsa : TLSA_NONE) {
    case TLSA_KEY:
        return tls_row_at(dane_key, tls->stage);
    case TLSA_ISSUER:
        return tls_row_at(dane_issuer, tls->stage);
    case TLSA_PKIX:
    case TLSA_UNUSABLE:
        return tls_row_at(dane_unusable, tls->stage);
    case TLSA_FAILED:
    case TLSA_NONE:
        break;
    }
    if (tls_is_under_policy(tls))
        return by_sts(tls);
    return by_settings(tls);
}
