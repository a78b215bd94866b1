/* OpenSMTPD: "relay", "relay tls", "relay tls no-verify". It asks for no TLSA records. */
#include "mail/profiles/tls_rows.h"

#define MTA         "OpenSMTPD 7.6, mta_session.c"
#define FAILS(text) TLS_DEFERS("4.4.1", text, MTA)

static const struct consequence clear = TLS_IN_CLEAR(MTA), over = TLS_OVER(MTA);
static const struct consequence reclear = TLS_IN_CLEAR_AGAIN(MTA);
static const struct consequence missing = FAILS(
    N_("TLS is required, but not available: this address is disabled for 15 s, the next is tried"));
static const struct consequence handshake = FAILS(
    N_("no TLS session was established: this address is disabled for 15 s, the next is tried"));
static const struct consequence dropped =
    FAILS(N_("the connection is lost: this address is disabled for 15 s, the next is tried"));
static const struct consequence unverified = FAILS(
    N_("the certificate is not verified: this address is disabled for 15 s, the next is tried"));

static tls_row usual = {&clear, &clear, &clear, &reclear, &dropped, &over, &over, &over};
static tls_row required = {&missing, &missing, &missing, &handshake, &dropped, &over, &over, &over};
static tls_row verified = {&missing, &missing,    &missing,    &handshake,
                           &dropped, &unverified, &unverified, &over};

const struct consequence *tls_opensmtpd(const struct tls_case *tls)
{
    if (!settings_number(tls->settings, "tls"))
        return tls_row_at(usual, tls->stage);
    return tls_row_at(settings_number(tls->settings, "no-verify") ? required : verified,
                      tls->stage);
}
