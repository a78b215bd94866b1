/* The rules about TLS, one file for each server: tables from what a host does, at one level of
 * insistence, to what follows. */
#ifndef MAIL_PROFILES_TLS_ROWS_H
#define MAIL_PROFILES_TLS_ROWS_H

#include "base/message.h"
#include "mail/sender/rules.h"

/* What follows at STAGE_NO_STARTTLS, _STARTTLS4, _STARTTLS5, _TLS, _TLS_DROP, _EXPIRED, _BADNAME,
 * _TLSA. */
typedef const struct consequence *const tls_row[TLS_STAGES];

/* The row's entry for the stage; NULL at stages before and behind TLS. */
static inline const struct consequence *tls_row_at(tls_row row, enum stage stage)
{
    return stage_is_tls(stage) ? row[stage - STAGE_NO_STARTTLS] : NULL;
}

/* Has the domain an MTA-STS policy to be enforced, and does the sender keep to it now? */
static inline bool tls_is_under_policy(const struct tls_case *tls)
{
    return tls->security->sts == STS_ENFORCE && settings_number(tls->settings, "mta_sts") &&
           sts_view(tls->settings).applies;
}

/* Ways in which a message is taken all the same. */
#define TLS_IN_CLEAR(where)                                                                        \
    {                                                                                              \
        .way = TLS_CLEAR, .rule = {                                                                \
            N_("the message goes in clear on the same connection"),                                \
            where                                                                                  \
        }                                                                                          \
    }
#define TLS_IN_CLEAR_AGAIN(where)                                                                  \
    {                                                                                              \
        .way = TLS_RECLEAR, .rule = {                                                              \
            N_("a new connection to the same address: the message goes in clear"),                 \
            where                                                                                  \
        }                                                                                          \
    }
#define TLS_OVER(where)                                                                            \
    {                                                                                              \
        .way = TLS_USED, .rule = {                                                                 \
            N_("the message goes over TLS; the certificate does not matter"),                      \
            where                                                                                  \
        }                                                                                          \
    }

/* It fails in TLS, or is left out beforehand; the message is deferred when it was the last. */
#define TLS_DEFERS(code, text, where)                                                              \
    {                                                                                              \
        .way = TLS_FAILS, .ending = {VERDICT_DEFER, code}, .rule = { text, where }                 \
    }
#define TLS_LEAVES_OUT(code, text, where)                                                          \
    {                                                                                              \
        .way = TLS_SKIP, .ending = {VERDICT_DEFER, code}, .rule = { text, where }                  \
    }

/* Each NULL where TLS does not come in. */
const struct consequence *tls_rfc5321(const struct tls_case *tls);
const struct consequence *tls_postfix(const struct tls_case *tls);
const struct consequence *tls_exim(const struct tls_case *tls);
const struct consequence *tls_sendmail(const struct tls_case *tls);
const struct consequence *tls_opensmtpd(const struct tls_case *tls);
const struct consequence *tls_courier(const struct tls_case *tls);

#endif
