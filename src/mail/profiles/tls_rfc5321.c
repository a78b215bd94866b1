/* RFC 3207, RFC 7672, RFC 8461: TLS where it is offered; DANE; MTA-STS for hosts without DANE. */
#include "base/message.h"
#include "mail/profiles/tls_rows.h"

static const struct consequence clear = TLS_IN_CLEAR("RFC 3207 4"), over = TLS_OVER("RFC 3207 4.1");
static const struct consequence handshake =
    TLS_DEFERS("4.7.5", N_("TLS was not established: the next address is tried"), "RFC 3207 4.1");
static const struct consequence dropped =
    TLS_DEFERS("4.4.2", N_("the connection is lost: the next address is tried"), "RFC 3207 4.1");
static const struct consequence missing =
    TLS_DEFERS("4.7.4", N_("TLS is required here: the next address is tried"), "RFC 7672 2.2");
static const struct consequence refused =
    TLS_DEFERS("4.7.0", N_("TLS is required here: the next address is tried"), "RFC 7672 2.2");
static const struct consequence unmatched = TLS_DEFERS(
    "4.7.5", N_("its TLSA records do not match the certificate: the next address is tried"),
    "RFC 7672 2.2, 3.2");
static const struct consequence untrusted = TLS_DEFERS(
    "4.7.5",
    N_("the MTA-STS policy requires a valid certificate for its name: the next address is tried"),
    "RFC 8461 4.2");
static const struct consequence unknown = TLS_LEAVES_OUT(
    "4.7.5", N_("its TLSA records could not be looked up: it is left out"), "RFC 7672 2.1.2");
static const struct consequence unlisted = TLS_LEAVES_OUT(
    "4.7.5", N_("the MTA-STS policy does not list it: it is left out"), "RFC 8461 4.1, 5");

static tls_row opportunistic = {&clear, &clear, &clear, &handshake, &dropped, &over, &over, &over};
static tls_row required = {&missing, &refused, &refused, &handshake, &dropped, &over, &over, &over};
static tls_row dane_key = {&missing, &refused, &refused, &handshake,
                           &dropped, &over,    &over,    &unmatched};
static tls_row dane_issuer = {&missing, &refused,   &refused,   &handshake,
                              &dropped, &unmatched, &unmatched, &unmatched};
static tls_row sts = {&missing, &refused,   &refused,   &handshake,
                      &dropped, &untrusted, &untrusted, &over};

static const struct consequence *by_policy(const struct tls_case *tls)
{
    if (!tls_is_under_policy(tls))
        return tls_row_at(opportunistic, tls->stage);
    if (!security_sts_lists(tls->security, tls->exchange, false))
        return &unlisted;
    return tls_row_at(sts, tls->stage);
}

const struct consequence *tls_rfc5321(const struct tls_case *tls)
{
    bool dane = settings_number(tls->settings, "dane") && tls->security->mx_secure;

    switch (dane ? tls->host->tlsa : TLSA_NONE) {
    case TLSA_FAILED:
        return &unknown;
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
    return by_policy(tls);
}
