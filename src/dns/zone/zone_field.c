#include "dns/zone/zone_field.h"

#include "base/message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool zone_field_fail(char reason[ZONE_REASON], const char *what, const char *token)
{
    snprintf(reason, ZONE_REASON, "%s: \"%.80s%s\"", what, token, strlen(token) > 80 ? "..." : "");
    return false;
}

bool zone_field_incomplete(char reason[ZONE_REASON])
{
    snprintf(reason, ZONE_REASON, tr("the record is incomplete"));
    return false;
}

bool zone_field_number(const char *token, uint32_t most, uint32_t *number)
{
    unsigned long long value;
    size_t digits = strspn(token, "0123456789");

    if (digits == 0 || digits > 10 || token[digits] != '\0')
        return false;
    value = strtoull(token, NULL, 10);
    if (value > most)
        return false;
    *number = (uint32_t)value;
    return true;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The octets of hexadecimal digits that any number of tokens from *at on hold together. */
bool zone_rdata_hex(const struct zone_rdata *rdata, struct text *out, char reason[ZONE_REASON],
                    size_t *at)
{
    size_t digits = 0;
    int octet = 0;

    for (; *at < rdata->count; ++*at)
        for (const char *digit = rdata->tokens[*at].text; *digit != '\0'; digit++) {
            int value = hex_value(*digit);
            if (value < 0)
                return zone_field_fail(reason, tr("not hexadecimal"), rdata->tokens[*at].text);
            octet = (octet << 4 | value) & 0xff;
            if (++digits % 2 == 0)
                text_add_char(out, (char)(uint8_t)octet);
        }
    if (digits % 2 == 0)
        return true;
    --*at;
    return zone_field_fail(reason, tr("an odd number of hexadecimal digits"),
                           rdata->tokens[*at].text);
}
