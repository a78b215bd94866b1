/* Exim: the transport's hosts_require_tls, hosts_avoid_tls, hosts_try_dane, hosts_require_dane,
 * tls_verify_hosts, tls_tempfail_tryclear. */
#include "base/message.h"
#include "mail/profiles/tls_rows.h"

#define SMTP        "Exim 4.96-4.98, smtp.c"
#define FAILS(text) TLS_DEFERS("", text, SMTP)

static const struct consequence clear = TLS_IN_CLEAR(SMTP), over = TLS_OVER(SMTP);
static const struct consequence reclear = TLS_IN_CLEAR_AGAIN(SMTP);
static const struct consequence missing =
    FAILS(N_("TLS is required, but not available (-38): the next entry is tried"));
static const struct consequence refused =
    FAILS(N_("STARTTLS is refused for now: the next entry is tried"));
static const struct consequence handshake =
    FAILS(N_("no TLS session was established (-37): the next entry is tried"));
static const struct consequence unverified =
    FAILS(N_("the certificate is not verified (-37): the next entry is tried"));
static const struct consequence unmatched =
    FAILS(N_("no TLSA record matches (-37): the next entry is tried"));
static const struct consequence avoided = FAILS(
    N_("no TLS is used here (hosts_avoid_tls), but it is required (-38): the next entry is tried"));
static const struct consequence failed =
    TLS_LEAVES_OUT("", N_("the TLSA lookup failed (-36): the next entry is tried"), SMTP);
static const struct consequence without = {
    .way = TLS_SKIP,
    .stops = true,
    .ending = {VERDICT_BOUNCE, ""},
    .rule = {
        N_("DANE is required, but there is no TLSA record: bounced at once (hosts_require_dane)"),
        SMTP}};
static const struct consequence insecure = {
    .way = TLS_SKIP,
    .stops = true,
    .ending = {VERDICT_BOUNCE, ""},
    .rule = {N_("DANE is required, but the lookup is not secured by DNSSEC: bounced at once "
                "(hosts_require_dane)"),
             SMTP}};

static tls_row never = {&clear, &clear, &clear, &clear, &clear, &clear, &clear, &clear};
static tls_row usual = {&clear, &clear, &clear, &reclear, &reclear, &over, &over, &over};
static tls_row no_tryclear = {&clear,     &refused, &clear, &handshake,
                              &handshake, &over,    &over,  &over};
static tls_row verified = {&clear, &clear, &clear, &reclear, &reclear, &reclear, &reclear, &over};
static tls_row verified_no_tryclear = {&clear,     &refused,    &clear,      &handshake,
                                       &handshake, &unverified, &unverified, &over};
static tls_row required = {&missing,   &missing, &missing, &handshake,
                           &handshake, &over,    &over,    &over};
static tls_row both = {&missing,   &missing,    &missing,    &handshake,
                       &handshake, &unverified, &unverified, &over};
static tls_row dane_key = {&missing,   &missing, &missing, &handshake,
                           &handshake, &over,    &over,    &unmatched};
/* GnuTLS compares no name here. */
static tls_row dane_issuer = {&missing,   &missing,   &missing, &handshake,
                              &handshake, &unmatched, &over,    &unmatched};

/* Where TLS is required and not used. */
static const struct consequence *by_avoiding(const struct tls_case *tls)
{
    return tls->stage == STAGE_ACCEPTS || tls->stage >= STAGE_NO_STARTTLS ? &avoided : NULL;
}

static const struct consequence *by_settings(const struct tls_case *tls)
{
    bool verify = settings_number(tls->settings, "tls_verify_hosts");
    bool tryclear = settings_number(tls->settings, "tls_tempfail_tryclear");

    if (settings_number(tls->settings, "hosts_avoid_tls"))
        return settings_number(tls->settings, "hosts_require_tls") ? by_avoiding(tls)
                                                                   : tls_row_at(never, tls->stage);
    if (settings_number(tls->settings, "hosts_require_tls"))
        return tls_row_at(verify ? both : required, tls->stage);
    if (verify)
        return tls_row_at(tryclear ? verified : verified_no_tryclear, tls->stage);
    return tls_row_at(tryclear ? usual : no_tryclear, tls->stage);
}

const struct consequence *tls_exim(const struct tls_case *tls)
{
    bool require = settings_number(tls->settings, "hosts_require_dane");
    bool dane = require || settings_number(tls->settings, "hosts_try_dane");

    if (require && !tls->security->mx_secure)
        return &insecure;
    if (!dane || !tls->security->mx_secure)
        return by_settings(tls);
    if (settings_number(tls->settings, "hosts_avoid_tls") && tls->host->tlsa >= TLSA_KEY)
        return by_avoiding(tls);
    switch (tls->host->tlsa) {
    case TLSA_FAILED:
        return &failed;
    case TLSA_KEY:
        return tls_row_at(dane_key, tls->stage);
    case TLSA_ISSUER:
        return tls_row_at(dane_issuer, tls->stage);
    case TLSA_PKIX:
    case TLSA_UNUSABLE:
        return tls_row_at(required, tls->stage);
    case TLSA_NONE:
        break;
    }
    return require ? &without : by_settings(tls);
}
