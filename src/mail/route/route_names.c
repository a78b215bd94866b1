#include "dns/name.h"
#include "mail/route/route_draft.h"

#include <string.h>

/* A label must not begin or end with these. */
static bool is_edge(const struct name_rule *rule, uint8_t octet)
{
    return octet == '-' || (octet == '/' && rule->marks);
}

static bool is_letter_or_digit(uint8_t octet)
{
    return (octet >= 'a' && octet <= 'z') || (octet >= '0' && octet <= '9');
}

/* RFC 5891 4.2.3.1: hyphens in these places are kept for what is encoded. */
static bool is_reserved(const uint8_t *octets, size_t length)
{
    return length >= 4 && memcmp(octets + 2, "--", 2) == 0 && memcmp(octets, "xn", 2) != 0;
}

static bool label_is_allowed(const struct name_rule *rule, const uint8_t *octets, size_t length)
{
    if (rule->edges && (is_edge(rule, octets[0]) || is_edge(rule, octets[length - 1])))
        return false;
    if (rule->reserved && is_reserved(octets, length))
        return false;
    for (size_t i = 0; rule->marks && i < length; i++)
        if (!is_letter_or_digit(octets[i]) && (!octets[i] || !strchr(rule->marks, octets[i])))
            return false;
    return true;
}

static bool is_digits(const uint8_t *octets, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (octets[i] < '0' || octets[i] > '9')
            return false;
    return true;
}

bool draft_name_is_allowed(const struct name_rule *rule, const char *name)
{
    uint8_t wire[NAME_WIRE];
    bool numeric = true;

    if (!name_to_wire(name, wire))
        return false;
    if (rule->front && wire[0] && wire[1] == '-')
        return false;
    for (const uint8_t *label = wire; *label; label += *label + 1) {
        if (!label_is_allowed(rule, label + 1, *label))
            return false;
        numeric = numeric && is_digits(label + 1, *label);
    }
    return !(rule->digits && numeric);
}

static bool has_octet(const char *name, bool dots)
{
    uint8_t wire[NAME_WIRE];

    if (!name_to_wire(name, wire))
        return false;
    for (const uint8_t *label = wire; *label; label += *label + 1)
        for (unsigned i = 1; i <= *label; i++)
            if (label[i] > 127 || (dots && label[i] == '.'))
                return true;
    return false;
}

bool draft_name_is_foreign(const char *name)
{
    return has_octet(name, false);
}

bool draft_name_is_found(const struct name_rule *rule, const char *name)
{
    return draft_name_is_allowed(rule, name) && !(rule->ascii && has_octet(name, true));
}

/* One part of a number in the way of inet_aton: octal with a 0 in front. Moves *text behind it. */
static bool read_part(const char **text, uint64_t *part)
{
    unsigned base = **text == '0' ? 8 : 10;
    const char *start = *text;

    for (*part = 0; **text >= '0' && **text < (char)('0' + base) && *part < 1ull << 32; ++*text)
        *part = *part * base + (unsigned)(**text - '0');
    return *text > start && *part < 1ull << 32;
}

/* One to four parts; the last has all octets that are left: "10.2.3" is 10.2.0.3. */
bool draft_number(const char *name, struct address *address)
{
    uint64_t part, value = 0;
    unsigned parts = 0;

    do {
        if (parts == 4 || !read_part(&name, &part) || *name++ != '.')
            return false;
        parts++;
        if (*name && part > 255)
            return false;
        value |= *name ? part << (32 - 8 * parts) : part;
    } while (*name);
    if (part >= 1ull << (8 * (5 - parts)))
        return false;
    *address = (struct address){.family = 4};
    for (unsigned i = 0; i < 4; i++)
        address->bytes[i] = (uint8_t)(value >> (24 - 8 * i));
    return true;
}
