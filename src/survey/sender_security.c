#include "survey/sender_security.h"

#include "dns/name.h"

#include <string.h>

static bool has_usage(const struct dane_exchange *exchange, bool usable, unsigned least,
                      unsigned most)
{
    for (size_t i = 0; i < exchange->count; i++) {
        const struct dane_tlsa *tlsa = exchange->records + i;
        unsigned usage = tlsa->record->tlsa.usage;
        if (tlsa->usable == usable && usage >= least && usage <= most)
            return true;
    }
    return false;
}

static enum tlsa_state usable_state(const struct dane_exchange *exchange)
{
    return has_usage(exchange, true, 3, 3) ? TLSA_KEY : TLSA_ISSUER;
}

static enum tlsa_state tlsa_of(const struct dane_exchange *exchange, bool as_if_signed)
{
    switch (exchange->state) {
    case DANE_USABLE:
    case DANE_MX_INSECURE:
        return usable_state(exchange);
    case DANE_ONCE_SIGNED:
        return as_if_signed ? usable_state(exchange) : TLSA_NONE;
    case DANE_UNUSABLE:
        if (exchange->reply && reply_from_zone(exchange->reply) && !as_if_signed)
            return TLSA_NONE;
        return has_usage(exchange, false, 0, 1) ? TLSA_PKIX : TLSA_UNUSABLE;
    case DANE_UNKNOWN:
        return TLSA_FAILED;
    case DANE_PENDING:
    case DANE_ABSENT:
    case DANE_INSECURE:
    case DANE_UNSIGNED:
        break;
    }
    return TLSA_NONE;
}

/* Are the records at the name the exchange is an alias of, and not at its own? */
static bool is_at_alias(const struct dane_exchange *exchange)
{
    char own[NAME_TEXT];

    return exchange->base && name_join("_25._tcp", exchange->exchange, own) == STATUS_OK &&
           strcmp(own, exchange->base) != 0;
}

static bool is_mx_secure(const struct reply *mx, bool as_if_signed)
{
    return mx && (reply_from_zone(mx) ? as_if_signed : mx->ad);
}

static void fill_policy(struct security *security, const struct mta_sts *mta_sts)
{
    static const enum sts_mode modes[] = {[STS_POLICY_NONE] = STS_NONE,
                                          [STS_POLICY_TESTING] = STS_TESTING,
                                          [STS_POLICY_ENFORCE] = STS_ENFORCE};
    const struct sts_policy *policy = mta_sts->policy;

    if (!policy || policy->fault || mta_sts->state != POLICY_FOUND)
        return;
    security->sts = modes[policy->mode];
    security->sts_max_age = policy->max_age;
    for (size_t i = 0; i < policy->mx_count; i++)
        security_add_pattern(security, policy->mx[i].pattern);
}

void sender_security_fill(struct security *security, const struct setup *setup, bool as_if_signed)
{
    security_clear(security);
    if (!setup)
        return;
    security->mx_secure = is_mx_secure(setup->exchanges->mx, as_if_signed);
    for (size_t i = 0; i < setup->dane->count; i++) {
        const struct dane_exchange *exchange = setup->dane->exchanges + i;
        security_add_host(security, exchange->exchange, tlsa_of(exchange, as_if_signed),
                          is_at_alias(exchange));
    }
    fill_policy(security, setup->mta_sts);
}
