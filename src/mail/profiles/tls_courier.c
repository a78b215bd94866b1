/* Courier: esmtp client with its memory of hosts that failed in TLS, by name, and MTA-STS built in.
 */
#include "base/message.h"
#include "mail/profiles/tls_rows.h"

#define ESMTP "Courier 1.4.1, libesmtp.C"
#define STS   "Courier 1.4.1, comsts.c"
#define FAILS(text)                                                                                \
    {                                                                                              \
        .way = TLS_FAILS, .memory = TLS_NOTED, .ending = {VERDICT_DEFER, ""}, .rule = {            \
            text,                                                                                  \
            ESMTP                                                                                  \
        }                                                                                          \
    }

static const struct consequence clear = TLS_IN_CLEAR(ESMTP), over = TLS_OVER(ESMTP);
static const struct consequence remembered = {
    .way = TLS_CLEAR,
    .memory = TLS_KNOWN,
    .rule = {N_("it failed in TLS before, so STARTTLS is not tried: the message goes in clear"),
             ESMTP}};
static const struct consequence fails =
    FAILS(N_("the host is remembered as one that fails in TLS: the next address is tried"));
static const struct consequence handshake =
    FAILS(N_("TLS fails, and is required: the next address is tried"));
static const struct consequence missing = {
    .way = TLS_FAILS,
    .ending = {VERDICT_BOUNCE, ""},
    .rule = {N_("TLS is required, but not offered: the next address is tried; bounced if it was "
                "the last"),
             ESMTP}};
static const struct consequence missing_known = {
    .way = TLS_FAILS,
    .memory = TLS_KNOWN,
    .ending = {VERDICT_BOUNCE, ""},
    .rule = {N_("TLS is required, and it failed here before, so it counts as not offered: the next "
                "address is tried; bounced if it was the last"),
             ESMTP}};
static const struct consequence impossible = {
    .way = TLS_FAILS,
    .stops = true,
    .ending = {VERDICT_BOUNCE, ""},
    .rule = {N_("unable to set the minimum security level: only another Courier can "
                "(/SECURITY=STARTTLS)"),
             ESMTP}};
static const struct consequence unsts = {
    .way = TLS_FAILS,
    .ending = {VERDICT_DEFER, ""},
    .rule = {
        N_("the MTA-STS policy requires TLS and a valid certificate: the next address is tried"),
        STS}};
static const struct consequence unlisted = {
    .way = TLS_SKIP,
    .unseen = true,
    .ending = {VERDICT_BOUNCE, ""},
    .rule = {N_("the MTA-STS policy does not list it: left out; bounced when none is left"), STS}};

static tls_row never = {&clear, &clear, &clear, &clear, &clear, &clear, &clear, &clear};
static tls_row usual = {&clear, &fails, &fails, &fails, &fails, &over, &over, &over};
static tls_row peer = {&clear, &fails, &fails, &fails, &fails, &fails, &over, &over};
static tls_row verified = {&clear, &fails, &fails, &fails, &fails, &fails, &fails, &over};
static tls_row required = {&missing,   &handshake, &handshake, &handshake,
                           &handshake, &over,      &over,      &over};
static tls_row sts = {&unsts, &unsts, &unsts, &unsts, &unsts, &unsts, &unsts, &over};

enum security_option { SECURITY_NONE, SECURITY_REQUIRED, SECURITY_STARTTLS };

static const struct consequence *by_verification(const struct tls_case *tls)
{
    bool checks = settings_number(tls->settings, "TLS_VERIFYPEER");
    bool names = checks && settings_number(tls->settings, "ESMTP_TLS_VERIFY_DOMAIN");

    return names    ? tls_row_at(verified, tls->stage)
           : checks ? tls_row_at(peer, tls->stage)
                    : tls_row_at(usual, tls->stage);
}

static const struct consequence *by_settings(const struct tls_case *tls)
{
    switch ((enum security_option)settings_number(tls->settings, "SECURITY")) {
    case SECURITY_REQUIRED:
        return tls_row_at(required, tls->stage);
    case SECURITY_STARTTLS:
        if (tls->stage == STAGE_ACCEPTS || tls->stage >= STAGE_NO_STARTTLS)
            return &impossible;
        return NULL;
    case SECURITY_NONE:
        break;
    }
    if (!settings_number(tls->settings, "ESMTP_USE_STARTTLS"))
        return tls_row_at(never, tls->stage);
    return by_verification(tls);
}

/* Of a host that failed before: STARTTLS is as good as not offered. */
static const struct consequence *as_known(const struct tls_case *tls)
{
    if (tls->stage != STAGE_ACCEPTS && tls->stage < STAGE_NO_STARTTLS)
        return NULL;
    if (settings_number(tls->settings, "SECURITY") == SECURITY_REQUIRED)
        return &missing_known;
    return tls->stage == STAGE_ACCEPTS || stage_is_tls(tls->stage) ? &remembered : NULL;
}

const struct consequence *tls_courier(const struct tls_case *tls)
{
    const struct consequence *usually;

    if (tls_is_under_policy(tls))
        return security_sts_lists(tls->security, tls->exchange, true) ? tls_row_at(sts, tls->stage)
                                                                      : &unlisted;
    usually = by_settings(tls);
    if (tls->known ||
        (usually && usually->memory == TLS_NOTED && settings_number(tls->settings, "try")))
        return as_known(tls);
    return usually;
}
