#include "mail/sender/security.h"

#include "base/array.h"
#include "base/memory.h"
#include "dns/name.h"

#include <stdlib.h>
#include <string.h>

void security_clear(struct security *security)
{
    for (size_t i = 0; i < security->host_count; i++)
        free(security->hosts[i].exchange);
    for (size_t i = 0; i < security->pattern_count; i++)
        free(security->patterns[i]);
    free(security->hosts);
    free(security->patterns);
    memset(security, 0, sizeof *security);
}

void security_add_host(struct security *security, const char *exchange, enum tlsa_state tlsa,
                       bool at_alias)
{
    struct host_security host = {memory_dup(exchange), tlsa, at_alias};

    ARRAY_PUSH(security->hosts, security->host_count, security->host_capacity, host);
}

void security_add_pattern(struct security *security, const char *pattern)
{
    ARRAY_PUSH(security->patterns, security->pattern_count, security->pattern_capacity,
               memory_dup(pattern));
}

void security_copy(struct security *to, const struct security *from)
{
    *to = (struct security){
        .mx_secure = from->mx_secure, .sts = from->sts, .sts_max_age = from->sts_max_age};
    for (size_t i = 0; i < from->host_count; i++)
        security_add_host(to, from->hosts[i].exchange, from->hosts[i].tlsa,
                          from->hosts[i].at_alias);
    for (size_t i = 0; i < from->pattern_count; i++)
        security_add_pattern(to, from->patterns[i]);
}

const struct host_security *security_of(const struct security *security, const char *exchange)
{
    static const struct host_security nothing = {0};

    for (size_t i = 0; i < security->host_count; i++)
        if (strcmp(security->hosts[i].exchange, exchange) == 0)
            return security->hosts + i;
    return &nothing;
}

static bool matches(const char *pattern, const char *exchange, bool any_depth)
{
    if (any_depth && strncmp(pattern, "*.", 2) == 0)
        return name_is_within(exchange, pattern + 2) && strcmp(exchange, pattern + 2) != 0;
    return name_fits(pattern, exchange);
}

bool security_sts_lists(const struct security *security, const char *exchange, bool any_depth)
{
    for (size_t i = 0; i < security->pattern_count; i++)
        if (matches(security->patterns[i], exchange, any_depth))
            return true;
    return false;
}
