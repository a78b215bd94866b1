#include "dns/zone/zone_params.h"

#include "base/message.h"
#include "dns/type.h"
#include "dns/zone/zone_field.h"

#include <string.h>

enum { FIRST_PARAM = 2 };

static size_t key_length(const char *token)
{
    return strcspn(token, "=");
}

/* The value of key=value, quotes off; "" when there is none. */
static const char *value_of(const struct zone_rdata *rdata, size_t i)
{
    const char *token = rdata->tokens[i].text;
    size_t length = key_length(token);

    if (token[length] == '=' && token[length + 1] == '\0' && i + 1 < rdata->count &&
        rdata->tokens[i + 1].glued)
        return rdata->tokens[i + 1].text;
    return token + length + (token[length] == '=');
}

/* Is the token the quoted value of the one before? */
static bool is_value(const struct zone_rdata *rdata, size_t i)
{
    return rdata->tokens[i].quoted && rdata->tokens[i].glued;
}

/* The token of a key among those from `from` on; the count when there is none. */
static size_t find(const struct zone_rdata *rdata, const char *key, size_t length, size_t from)
{
    while (from < rdata->count &&
           (is_value(rdata, from) || key_length(rdata->tokens[from].text) != length ||
            strncmp(rdata->tokens[from].text, key, length) != 0))
        from++;
    return from;
}

static bool is_key(const char *text, size_t length, const char *key)
{
    return strlen(key) == length && strncmp(text, key, length) == 0;
}

/* Does the list have that key once more? */
static bool is_listed(const char *keys, const char *key, size_t length)
{
    for (; *keys != '\0'; keys += *keys == ',') {
        size_t other = strcspn(keys, ",");
        if (other == length && strncmp(keys, key, length) == 0)
            return true;
        keys += other;
    }
    return false;
}

/* RFC 9460 8: every key named is there, once, and "mandatory" is not among them. */
static bool has_mandatory(const struct zone_rdata *rdata, const char *keys)
{
    for (;;) {
        size_t length = strcspn(keys, ",");
        if (is_key(keys, length, "mandatory") || is_listed(keys + length, keys, length) ||
            find(rdata, keys, length, FIRST_PARAM) == rdata->count)
            return false;
        if (keys[length] == '\0')
            return true;
        keys += length + 1;
    }
}

/* Keys that say nothing without a value. */
static bool wants_value(const char *token, size_t length)
{
    static const char *const keys[] = {"alpn", "ipv4hint", "ipv6hint", "dohpath", "key7"};

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (is_key(token, length, keys[i]))
            return true;
    return false;
}

bool zone_params_check(const struct zone_rdata *rdata, char reason[ZONE_REASON], size_t *at)
{
    uint32_t port;

    if (rdata->type != TYPE_SVCB && rdata->type != TYPE_HTTPS)
        return true;
    for (*at = FIRST_PARAM; *at < rdata->count; ++*at) {
        const char *token = rdata->tokens[*at].text;
        size_t length = key_length(token);
        if (is_value(rdata, *at))
            continue;
        if (find(rdata, token, length, *at + 1) < rdata->count)
            return zone_field_fail(reason, tr("a parameter that is given twice"), token);
        if (token[length] == '\0' && wants_value(token, length))
            return zone_field_fail(reason, tr("a parameter without its value"), token);
        if (is_key(token, length, "port") &&
            !zone_field_number(value_of(rdata, *at), UINT16_MAX, &port))
            return zone_field_fail(reason, tr("not a port"), token);
        if (is_key(token, length, "mandatory") && !has_mandatory(rdata, value_of(rdata, *at)))
            return zone_field_fail(
                reason, tr("a mandatory parameter is missing, or is where none can be"), token);
    }
    return true;
}
