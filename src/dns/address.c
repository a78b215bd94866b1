#include "dns/address.h"

#include "base/message.h"

#include <arpa/inet.h>
#include <string.h>

bool address_parse(const char *text, struct address *address)
{
    struct address parsed = {0};

    if (inet_pton(AF_INET, text, parsed.bytes) == 1)
        parsed.family = 4;
    else if (inet_pton(AF_INET6, text, parsed.bytes) == 1)
        parsed.family = 6;
    else
        return false;
    *address = parsed;
    return true;
}

static unsigned group(const struct address *address, int index)
{
    return (unsigned)address->bytes[2 * index] << 8 | address->bytes[2 * index + 1];
}

/* The longest run of two or more zero groups, the first of equals (RFC 5952 4.2). */
static int longest_zero_run(const struct address *address, int groups, int *length)
{
    int best = -1;

    *length = 1;
    for (int start = 0; start < groups; start++) {
        int end = start;
        while (end < groups && group(address, end) == 0)
            end++;
        if (end - start > *length) {
            *length = end - start;
            best = start;
        }
    }
    return best;
}

/* The octet in decimal and a dot; returns the place behind. Addresses are printed too often for
 * printf. */
static char *put_octet(char *out, unsigned octet)
{
    if (octet >= 100)
        *out++ = (char)('0' + octet / 100);
    if (octet >= 10)
        *out++ = (char)('0' + octet / 10 % 10);
    *out++ = (char)('0' + octet % 10);
    *out++ = '.';
    return out;
}

static void text_v4(const uint8_t *bytes, char *out)
{
    for (int i = 0; i < 4; i++)
        out = put_octet(out, bytes[i]);
    out[-1] = '\0';
}

/* Hexadecimal without zeros in front; returns the place behind. */
static char *put_group(char *out, unsigned number)
{
    static const char digits[] = "0123456789abcdef";

    for (int shift = 12; shift >= 0; shift -= 4)
        if (number >> shift || shift == 0)
            *out++ = digits[number >> shift & 15];
    return out;
}

static void text_v6(const struct address *address, char *out)
{
    bool mapped = address_kind(address) == ADDRESS_MAPPED;
    int groups = mapped ? 6 : 8, length, run = longest_zero_run(address, groups, &length);

    for (int i = 0; i < groups; i += i == run ? length : 1) {
        if (i > 0 || i == run)
            *out++ = ':';
        if (i != run)
            out = put_group(out, group(address, i));
        else if (i + length == groups)
            *out++ = ':';
    }
    *out = mapped ? ':' : '\0';
    if (mapped)
        text_v4(address->bytes + 12, out + 1);
}

const char *address_text(const struct address *address, char out[ADDRESS_TEXT])
{
    out[0] = '\0';
    if (address->family == 4)
        text_v4(address->bytes, out);
    else if (address->family == 6)
        text_v6(address, out);
    return out;
}

int address_compare(const struct address *a, const struct address *b)
{
    if (a->family != b->family)
        return a->family < b->family ? -1 : 1;
    return memcmp(a->bytes, b->bytes, sizeof a->bytes);
}

bool address_equal(const struct address *a, const struct address *b)
{
    return address_compare(a, b) == 0;
}

bool address_is_among(const struct address *address, const struct address *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (address_equal(address, &list[i]))
            return true;
    return false;
}

const char *address_reverse(const struct address *address, char out[ADDRESS_REVERSE_TEXT])
{
    static const char digits[] = "0123456789abcdef";
    char *end = out;

    for (int i = address->family == 4 ? 3 : -1; i >= 0; i--)
        end = put_octet(end, address->bytes[i]);
    for (int i = address->family == 6 ? 15 : -1; i >= 0; i--) {
        *end++ = digits[address->bytes[i] & 15u];
        *end++ = '.';
        *end++ = digits[address->bytes[i] >> 4u];
        *end++ = '.';
    }
    strcpy(end, address->family == 4 ? "in-addr.arpa." : address->family == 6 ? "ip6.arpa." : "");
    return out;
}

bool address_in_prefix(const struct address *address, const struct address *prefix, unsigned bits)
{
    unsigned whole = bits / 8, rest = bits % 8, width = address->family == 4 ? 32 : 128;

    if (address->family != prefix->family || address->family == 0 || bits > width)
        return false;
    if (memcmp(address->bytes, prefix->bytes, whole) != 0)
        return false;
    return rest == 0 || (address->bytes[whole] ^ prefix->bytes[whole]) >> (8 - rest) == 0;
}

struct block {
    uint8_t family, bits;
    uint8_t bytes[16];
    enum address_kind kind;
};

/* IANA special-purpose address registries; the first block that holds an address counts, so narrow
 * ones stand before wide ones. */
static const struct block blocks[] = {
    {4, 32, {0}, ADDRESS_UNSPECIFIED},
    {4, 8, {0}, ADDRESS_THIS_NETWORK},
    {4, 8, {10}, ADDRESS_PRIVATE},
    {4, 10, {100, 64}, ADDRESS_CGNAT},
    {4, 8, {127}, ADDRESS_LOOPBACK},
    {4, 16, {169, 254}, ADDRESS_LINK_LOCAL},
    {4, 12, {172, 16}, ADDRESS_PRIVATE},
    {4, 32, {192, 0, 0, 9}, ADDRESS_GLOBAL},  /* port control anycast, RFC 7723 */
    {4, 32, {192, 0, 0, 10}, ADDRESS_GLOBAL}, /* TURN anycast, RFC 8155 */
    {4, 24, {192, 0, 0}, ADDRESS_RESERVED},
    {4, 24, {192, 0, 2}, ADDRESS_DOCUMENTATION},
    {4, 24, {192, 88, 99}, ADDRESS_6TO4},
    {4, 16, {192, 168}, ADDRESS_PRIVATE},
    {4, 15, {198, 18}, ADDRESS_BENCHMARK},
    {4, 24, {198, 51, 100}, ADDRESS_DOCUMENTATION},
    {4, 24, {203, 0, 113}, ADDRESS_DOCUMENTATION},
    {4, 4, {224}, ADDRESS_MULTICAST},
    {4, 4, {240}, ADDRESS_RESERVED},
    {6, 128, {0}, ADDRESS_UNSPECIFIED},
    {6, 128, {[15] = 1}, ADDRESS_LOOPBACK},
    {6, 96, {[10] = 0xff, 0xff}, ADDRESS_MAPPED},
    {6, 96, {0x00, 0x64, 0xff, 0x9b}, ADDRESS_GLOBAL}, /* NAT64, RFC 6052 */
    {6, 32, {0x20, 0x01}, ADDRESS_TEREDO},
    {6, 48, {0x20, 0x01, 0x00, 0x02}, ADDRESS_BENCHMARK},
    {6, 32, {0x20, 0x01, 0x0d, 0xb8}, ADDRESS_DOCUMENTATION},
    {6, 28, {0x20, 0x01, 0x00, 0x10}, ADDRESS_RESERVED}, /* ORCHID, RFC 4843 */
    {6, 28, {0x20, 0x01, 0x00, 0x20}, ADDRESS_RESERVED}, /* ORCHIDv2, RFC 7343 */
    {6, 16, {0x20, 0x02}, ADDRESS_6TO4},
    {6, 20, {0x3f, 0xff}, ADDRESS_DOCUMENTATION},
    {6, 3, {0x20}, ADDRESS_GLOBAL},
    {6, 7, {0xfc}, ADDRESS_PRIVATE},
    {6, 10, {0xfe, 0x80}, ADDRESS_LINK_LOCAL},
    {6, 8, {0xff}, ADDRESS_MULTICAST},
    {6, 0, {0}, ADDRESS_RESERVED},
};

enum address_kind address_kind(const struct address *address)
{
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        struct address prefix = {.family = blocks[i].family};
        memcpy(prefix.bytes, blocks[i].bytes, sizeof prefix.bytes);
        if (address_in_prefix(address, &prefix, blocks[i].bits))
            return blocks[i].kind;
    }
    return ADDRESS_GLOBAL;
}

const char *address_kind_text(enum address_kind kind)
{
    static const char *const texts[] = {
        [ADDRESS_GLOBAL] = "",
        [ADDRESS_UNSPECIFIED] = N_("unspecified address (RFC 6890)"),
        [ADDRESS_THIS_NETWORK] = N_("address of \"this network\" (RFC 791)"),
        [ADDRESS_PRIVATE] = N_("private address (RFC 1918, RFC 4193)"),
        [ADDRESS_LOOPBACK] = N_("loopback address (RFC 1122, RFC 4291)"),
        [ADDRESS_LINK_LOCAL] = N_("link-local address (RFC 3927, RFC 4291)"),
        [ADDRESS_CGNAT] = N_("carrier-grade NAT address (RFC 6598)"),
        [ADDRESS_DOCUMENTATION] = N_("documentation address (RFC 5737, RFC 3849, RFC 9637)"),
        [ADDRESS_BENCHMARK] = N_("benchmarking address (RFC 2544, RFC 5180)"),
        [ADDRESS_6TO4] = N_("6to4 address (RFC 3056, RFC 7526)"),
        [ADDRESS_TEREDO] = N_("Teredo address (RFC 4380)"),
        [ADDRESS_MAPPED] = N_("IPv4-mapped IPv6 address (RFC 4291)"),
        [ADDRESS_MULTICAST] = N_("multicast address (RFC 5771, RFC 4291)"),
        [ADDRESS_RESERVED] = N_("reserved address (RFC 6890)"),
    };

    return tr(texts[kind]);
}

/* Can there be a host at such an address to send to? Not at documentation, benchmark, unspecified,
 * multicast and reserved ones. */
static bool kind_is_reachable(enum address_kind kind)
{
    switch (kind) {
    case ADDRESS_UNSPECIFIED:
    case ADDRESS_THIS_NETWORK:
    case ADDRESS_DOCUMENTATION:
    case ADDRESS_BENCHMARK:
    case ADDRESS_MULTICAST:
    case ADDRESS_RESERVED:
        return false;
    default:
        return true;
    }
}

/* Where an IPv4 address stands within addresses of these prefixes. */
static const struct {
    struct address prefix;
    unsigned bits, offset;
} embeddings[] = {
    {{6, {[10] = 0xff, 0xff}}, 96, 12},
    {{6, {0x00, 0x64, 0xff, 0x9b}}, 96, 12},
    {{6, {0x20, 0x02}}, 16, 2},
};

enum address_kind address_inner_kind(const struct address *address)
{
    for (size_t i = 0; i < sizeof embeddings / sizeof *embeddings; i++)
        if (address_in_prefix(address, &embeddings[i].prefix, embeddings[i].bits)) {
            struct address inner = {.family = 4};
            memcpy(inner.bytes, address->bytes + embeddings[i].offset, 4);
            return address_kind(&inner);
        }
    return address_kind(address);
}

static bool is_inside(enum address_kind kind)
{
    return kind == ADDRESS_PRIVATE || kind == ADDRESS_LOOPBACK || kind == ADDRESS_LINK_LOCAL ||
           kind == ADDRESS_CGNAT;
}

bool server_reach_has(enum server_reach reach, const struct address *server)
{
    enum address_kind own = address_kind(server), inner = address_inner_kind(server);
    bool host = kind_is_reachable(own) && kind_is_reachable(inner);

    switch (reach) {
    case REACH_ALL:
        return true;
    case REACH_PRIVATE:
        return host || inner == ADDRESS_DOCUMENTATION || inner == ADDRESS_BENCHMARK;
    case REACH_DOCUMENTATION:
        return (host && !is_inside(inner) && own != ADDRESS_MAPPED) ||
               inner == ADDRESS_DOCUMENTATION;
    case REACH_HOSTS:
        return host && !is_inside(inner) && own != ADDRESS_MAPPED;
    default:
        return false;
    }
}

enum server_reach server_reach_within(enum server_reach reach, const struct address *answered_from)
{
    enum address_kind kind = address_inner_kind(answered_from);

    if (reach != REACH_HOSTS)
        return reach;
    return is_inside(kind)                 ? REACH_PRIVATE
           : kind == ADDRESS_DOCUMENTATION ? REACH_DOCUMENTATION
                                           : reach;
}
