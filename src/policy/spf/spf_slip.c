#include "policy/spf/spf_slip.h"

#include "base/message.h"
#include "base/text.h"
#include "dns/formats/octets.h"
#include "dns/name.h"

#include <stdio.h>
#include <string.h>

/* A term, cut into qualifier, name, sign (":" or "=") and value. */
struct parts {
    struct arena *arena;
    const char *qualifier; /* "", "-", ... */
    struct octets name, value;
    char sign; /* 0 without one */
};

static size_t name_length(struct octets text)
{
    size_t length = 0;

    while (length < text.length && text.bytes[length] != ':' && text.bytes[length] != '=')
        length++;
    return length;
}

static struct parts parts_of(struct arena *arena, struct octets text)
{
    struct parts parts = {.arena = arena, .qualifier = ""};
    size_t length;

    if (text.bytes[0] && strchr("+-~?", text.bytes[0])) {
        parts.qualifier = arena_dup_bytes(arena, text.bytes, 1);
        text = octets_part(text, 1, text.length);
    }
    length = name_length(text);
    parts.name = octets_part(text, 0, length);
    parts.sign = length < text.length ? (char)text.bytes[length] : '\0';
    parts.value = octets_part(text, length + 1, text.length);
    return parts;
}

static bool is_one_of(struct octets name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (octets_equal(name, names[i]))
            return true;
    return false;
}

static struct octets octets_in(struct arena *arena, const struct text *text)
{
    return (struct octets){(const uint8_t *)arena_dup_bytes(arena, text_get(text), text->length),
                           text->length};
}

static const char *shown(const struct parts *parts, struct octets octets)
{
    return octets_shown(parts->arena, octets);
}

/* ---- addresses and names ---- */

/* The family of an address with or without a prefix length; 0 when it is none. */
static unsigned family_of(struct octets value)
{
    char text[ADDRESS_TEXT];
    struct address address;
    size_t length = 0;

    while (length < value.length && value.bytes[length] != '/')
        length++;
    if (length >= sizeof text)
        return 0;
    memcpy(text, value.bytes, length);
    text[length] = '\0';
    return strlen(text) == length && address_parse(text, &address) ? address.family : 0;
}

static bool is_host(struct octets value)
{
    char text[NAME_TEXT], name[NAME_TEXT];

    if (value.length >= sizeof text)
        return false;
    memcpy(text, value.bytes, value.length);
    text[value.length] = '\0';
    return strlen(text) == value.length && strchr(text, '.') &&
           strspn(text, "0123456789./-*") < value.length &&
           name_canonical(text, name, NULL) == STATUS_OK && name_is_host(name);
}

/* "a:192.0.2.1", "ip:192.0.2.1", "ip6:192.0.2.1", "192.0.2.1" */
static bool is_address(const struct parts *parts, struct spf_slip *slip)
{
    static const char *const names[] = {"a",   "mx",  "ip",      "ipv4", "ipv6",
                                        "ip4", "ip6", "include", "ptr"};
    bool bare = parts->sign != ':' && parts->sign != '=';
    struct octets value = bare ? parts->name : parts->value;
    unsigned family = family_of(value);

    if (family == 0 || (!bare && !is_one_of(parts->name, names, sizeof names / sizeof names[0])))
        return false;
    slip->why =
        arena_format(parts->arena, tr("an IPv%u address is written with ip%u:"), family, family);
    slip->instead =
        arena_format(parts->arena, "%sip%u:%s", parts->qualifier, family, shown(parts, value));
    return true;
}

/* A bare IPv6 address has colons: "2001:db8::1" */
static bool is_bare_address6(const struct parts *parts, struct octets text, struct spf_slip *slip)
{
    if (*parts->qualifier)
        text = octets_part(text, 1, text.length);
    if (family_of(text) != 6)
        return false;
    slip->why = tr("an IPv6 address is written with ip6:");
    slip->instead = arena_format(parts->arena, "%sip6:%s", parts->qualifier, shown(parts, text));
    return true;
}

/* "ip4:mail.example.com" */
static bool is_name_for_address(const struct parts *parts, struct spf_slip *slip)
{
    static const char *const names[] = {"ip", "ip4", "ip6", "ipv4", "ipv6"};

    if (!is_one_of(parts->name, names, sizeof names / sizeof names[0]) || !is_host(parts->value))
        return false;
    slip->why = tr("the name of a host is written with a:");
    slip->instead =
        arena_format(parts->arena, "%sa:%s", parts->qualifier, shown(parts, parts->value));
    return true;
}

/* ---- signs ---- */

/* The sign between a name and its value; 0 for a name that nothing has. */
static char sign_of(struct octets name)
{
    static const char *const mechanisms[] = {"include", "a", "mx", "ptr", "exists", "ip4", "ip6"};
    static const char *const modifiers[] = {"redirect", "exp"};

    if (is_one_of(name, mechanisms, sizeof mechanisms / sizeof mechanisms[0]))
        return ':';
    return is_one_of(name, modifiers, sizeof modifiers / sizeof modifiers[0]) ? '=' : '\0';
}

/* "include=x" is a modifier that receivers ignore; "redirect:x" is nothing at all. */
static bool has_wrong_sign(const struct parts *parts, struct spf_slip *slip)
{
    char sign = sign_of(parts->name);

    if (parts->value.length == 0 || !sign || parts->sign == sign)
        return false;
    slip->why = arena_format(parts->arena, tr("%s is written with \"%c\""),
                             shown(parts, parts->name), sign);
    slip->instead = arena_format(parts->arena, "%s%s%c%s", parts->qualifier,
                                 shown(parts, parts->name), sign, shown(parts, parts->value));
    return true;
}

/* "mx:" and "a:" without a name */
static bool lacks_name(const struct parts *parts, struct spf_slip *slip)
{
    static const char *const names[] = {"a", "mx"};

    if (parts->sign != ':' || parts->value.length > 0 ||
        !is_one_of(parts->name, names, sizeof names / sizeof names[0]))
        return false;
    slip->why = tr("a name is missing after the colon");
    slip->instead = arena_format(parts->arena, "%s%s", parts->qualifier, shown(parts, parts->name));
    return true;
}

/* ---- "all", the version, and what follows a term ---- */

/* "-al", "-all.", "-a11", "--all", "-all:" */
static bool is_nearly_all(const struct parts *parts, struct spf_slip *slip)
{
    static const char *const names[] = {"al",   "alll", "a11",  "al1", "aall",
                                        "all.", "-all", "~all", "al."};

    if (parts->value.length > 0 ||
        (!is_one_of(parts->name, names, sizeof names / sizeof names[0]) &&
         !(octets_equal(parts->name, "all") && parts->sign)))
        return false;
    slip->why = tr("this resembles \"all\"");
    slip->instead = arena_format(parts->arena, "%sall", *parts->qualifier ? parts->qualifier : "?");
    return *parts->qualifier != '\0';
}

static bool is_version(const struct parts *parts, struct spf_slip *slip)
{
    if (!octets_equal(parts->name, "v") || parts->sign != '=' || !octets_begin(parts->value, "spf"))
        return false;
    slip->why = tr("the version is written once");
    slip->instead = "";
    return true;
}

static bool is_separator(uint8_t octet)
{
    return octet == ',' || octet == ';' || octet == '\t' || octet == '\\';
}

/* A word of several: an address says of which family it is. */
static void add_word(struct text *out, struct octets word)
{
    unsigned family = family_of(word);

    if (word.length == 0)
        return;
    text_add(out, out->length > 0 ? " " : "");
    if (family != 0)
        text_format(out, "ip%u:", family);
    text_add_bytes(out, word.bytes, word.length);
}

/* "mx,a", "mx;" and "ip4:192.0.2.1,192.0.2.2" */
static bool has_separator(struct arena *arena, struct octets text, struct spf_slip *slip)
{
    struct text out = {0};
    size_t begin = 0;
    bool found = false;

    for (size_t i = 0; i <= text.length; i++) {
        if (i < text.length && !is_separator(text.bytes[i]))
            continue;
        found |= i < text.length;
        add_word(&out, octets_part(text, begin, i - begin));
        begin = i + 1;
    }
    slip->why = tr("terms are separated by blanks");
    slip->instead = octets_shown(arena, octets_in(arena, &out));
    text_clear(&out);
    return found;
}

/* ---- characters that look like others ---- */

static size_t begins_with_one_of(struct octets text, const char *const *marks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (octets_begin(text, marks[i]))
            return strlen(marks[i]);
    return 0;
}

/* "\u2013all": a dash that a word processor made of the hyphen. */
static bool has_dash(struct arena *arena, struct octets text, struct spf_slip *slip)
{
    static const char *const dashes[] = {"\xe2\x80\x90", "\xe2\x80\x91", "\xe2\x80\x92",
                                         "\xe2\x80\x93", "\xe2\x80\x94", "\xe2\x80\x95",
                                         "\xe2\x88\x92", "\xef\xbc\x8d"};
    size_t length = begins_with_one_of(text, dashes, sizeof dashes / sizeof dashes[0]);

    slip->why = tr("there is a dash instead of a hyphen (\"-\")");
    slip->instead =
        arena_format(arena, "-%s", octets_shown(arena, octets_part(text, length, text.length)));
    return length > 0;
}

/* \"include:x\" */
static bool has_quotes(struct arena *arena, struct octets text, struct spf_slip *slip)
{
    static const char *const quotes[] = {
        "\"", "'", "`", "\xe2\x80\x9c", "\xe2\x80\x9d", "\xe2\x80\x98", "\xe2\x80\x99"};
    struct text out = {0};
    bool found = false;

    for (size_t i = 0; i < text.length;) {
        size_t length = begins_with_one_of(octets_part(text, i, text.length), quotes,
                                           sizeof quotes / sizeof quotes[0]);

        found |= length > 0;
        if (length == 0)
            text_add_char(&out, (char)text.bytes[i]);
        i += length > 0 ? length : 1;
    }
    slip->why = tr("a quotation mark is part of the term");
    slip->instead = octets_shown(arena, octets_in(arena, &out));
    text_clear(&out);
    return found;
}

/* ---- names of terms ---- */

/* The same, but for at most one character more, less, or other, or for two in the other order. */
static bool is_nearly(struct octets name, const char *word)
{
    size_t length = strlen(word), front = 0, back = 0;
    size_t shorter = name.length < length ? name.length : length;

    while (front < shorter && (name.bytes[front] | 0x20) == (uint8_t)word[front])
        front++;
    while (back < shorter - front &&
           (name.bytes[name.length - 1 - back] | 0x20) == (uint8_t)word[length - 1 - back])
        back++;
    if (name.length == length && front + back + 2 == length)
        return (name.bytes[front] | 0x20) == (uint8_t)word[front + 1] &&
               (name.bytes[front + 1] | 0x20) == (uint8_t)word[front];
    return name.length <= length + 1 && length <= name.length + 1 &&
           front + back + 1 >= (name.length > length ? name.length : length);
}

/* "includes:x", "inlcude:x", "redirekt=x", "host:x" */
static bool is_misspelt(const struct parts *parts, struct spf_slip *slip)
{
    static const char *const words[] = {"include", "exists", "redirect"};
    const char *word = NULL;

    if (parts->value.length == 0)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof words[0] && !word; i++)
        word = is_nearly(parts->name, words[i]) ? words[i] : NULL;
    if (octets_equal(parts->name, "host") || octets_equal(parts->name, "hostname"))
        word = is_host(parts->value) ? "a" : NULL;
    if (!word || (*parts->qualifier && strcmp(word, "redirect") == 0))
        return false;
    slip->why = arena_format(parts->arena, tr("\"%s\" is meant"), word);
    slip->instead =
        arena_format(parts->arena, "%s%s%c%s", parts->qualifier, word,
                     strcmp(word, "redirect") == 0 ? '=' : ':', shown(parts, parts->value));
    return true;
}

/* "mx1.example.com" and "_spf.example.com" with nothing in front */
static bool is_bare_name(const struct parts *parts, struct spf_slip *slip)
{
    bool marked = octets_begin(parts->name, "_");
    struct octets host = octets_part(parts->name, marked, parts->name.length);

    if (parts->sign || !is_host(host))
        return false;
    slip->why = tr("what the name is for is missing");
    slip->instead = arena_format(parts->arena, "%s%s:%s", parts->qualifier,
                                 marked ? "include" : "a", shown(parts, parts->name));
    return true;
}

/* ---- terms that can be read, and are not what was meant ---- */

/* "ip4:192.0.2.1-all", "include:example.net-all": no top-level domain ends so. */
static bool runs_into_all(struct arena *arena, struct octets text, struct spf_slip *slip)
{
    size_t front = text.length > 4 ? text.length - 4 : 0;
    struct octets first = octets_part(text, 0, front), last = octets_part(text, front, text.length);

    if (!strchr("+-~?", last.bytes[0]) || !octets_equal(octets_part(last, 1, last.length), "all") ||
        !(memchr(first.bytes, ':', first.length) || octets_equal(first, "mx") ||
          octets_equal(first, "ptr")))
        return false;
    slip->why =
        arena_format(arena, tr("a blank is missing before \"%s\""), octets_shown(arena, last));
    slip->instead =
        arena_format(arena, "%s %s", octets_shown(arena, first), octets_shown(arena, last));
    return true;
}

/* "include:https://example.net/": the name of a web page is not one of a domain. */
static bool has_scheme(const struct parts *parts, struct spf_slip *slip)
{
    static const char *const schemes[] = {"http://", "https://"};
    struct octets value = parts->value;
    char sign = sign_of(parts->name);
    size_t end;

    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (octets_begin(value, schemes[i]))
            value = octets_part(value, strlen(schemes[i]), value.length);
    if (value.length == parts->value.length || value.length == 0 || !sign)
        return false;
    for (end = 0; end < value.length && value.bytes[end] != '/'; end++)
        continue;
    slip->why = tr("a domain name has no scheme before it");
    slip->instead =
        arena_format(parts->arena, "%s%s%c%s", parts->qualifier, shown(parts, parts->name), sign,
                     shown(parts, octets_part(value, 0, end)));
    return true;
}

/* ---- lengths ---- */

/* "ip4:192.0.2.0/255.255.255.0", "ip4:192.0.2.*" */
static bool has_mask(const struct parts *parts, struct spf_slip *slip)
{
    char text[ADDRESS_TEXT];
    struct address mask;
    struct octets value = parts->value;
    const uint8_t *slash = value.length ? memchr(value.bytes, '/', value.length) : NULL;
    size_t at = slash ? (size_t)(slash - value.bytes) : 0, bits = 0;

    if (!octets_equal(parts->name, "ip4"))
        return false;
    if (value.length > 2 && !slash && memcmp(value.bytes + value.length - 2, ".*", 2) == 0) {
        snprintf(text, sizeof text, "%.*s.0", (int)value.length - 2, (const char *)value.bytes);
        slip->why = tr("a network is written with its length in bits");
        slip->instead = arena_format(parts->arena, "%sip4:%s/24", parts->qualifier, text);
        return address_parse(text, &mask) && mask.family == 4;
    }
    if (!slash)
        return false;
    snprintf(text, sizeof text, "%.*s", (int)(value.length - at - 1), (const char *)slash + 1);
    if (!address_parse(text, &mask) || mask.family != 4 ||
        family_of(octets_part(value, 0, at)) != 4)
        return false;
    while (bits < 32 && (mask.bytes[bits / 8] & (0x80u >> bits % 8)))
        bits++;
    for (size_t i = bits; i < 32; i++)
        if (mask.bytes[i / 8] & (0x80u >> i % 8))
            return false;
    slip->why = tr("the length of a network is a number of bits");
    slip->instead = arena_format(parts->arena, "%sip4:%s/%zu", parts->qualifier,
                                 shown(parts, octets_part(value, 0, at)), bits);
    return true;
}

static bool find_slip(struct arena *arena, const struct spf_term *term, struct spf_slip *slip)
{
    struct parts parts = parts_of(arena, term->text);

    if (term->kind == SPF_FAULTY &&
        (has_separator(arena, term->text, slip) || has_quotes(arena, term->text, slip) ||
         has_dash(arena, term->text, slip)))
        return true;
    if (runs_into_all(arena, term->text, slip) || has_scheme(&parts, slip))
        return true;
    if (term->kind != SPF_FAULTY && term->kind != SPF_UNKNOWN_MODIFIER)
        return false;
    return has_mask(&parts, slip) || is_address(&parts, slip) ||
           is_bare_address6(&parts, term->text, slip) || is_name_for_address(&parts, slip) ||
           has_wrong_sign(&parts, slip) || lacks_name(&parts, slip) ||
           is_nearly_all(&parts, slip) || is_version(&parts, slip) || is_misspelt(&parts, slip) ||
           (term->kind == SPF_FAULTY && is_bare_name(&parts, slip));
}

static bool is_readable(struct arena *arena, struct octets text)
{
    return spf_record_is(text) && !spf_record_parse(arena, text)->error;
}

/* What no term may have would come out escaped: then nobody can say what was meant. Nor where the
 * next fault would come of it; but what receivers ignore is better known. */
bool spf_slip_of(struct arena *arena, const struct spf_term *term, struct spf_slip *slip)
{
    return find_slip(arena, term, slip) && !strchr(slip->instead, '\\') &&
           (term->kind == SPF_UNKNOWN_MODIFIER ||
            is_readable(arena, octets_of(arena_format(arena, "v=spf1 %s", slip->instead))));
}

/* ---- the whole text ---- */

static struct octets joined_by_blanks(struct arena *arena, const struct record *record)
{
    struct text text = {0};
    struct octets joined;

    for (size_t i = 0; i < record->txt.count; i++) {
        text_add(&text, i > 0 ? " " : "");
        text_add_bytes(&text, record->txt.strings[i].bytes, record->txt.strings[i].length);
    }
    joined = octets_in(arena, &text);
    text_clear(&text);
    return joined;
}

/* Is a blank at this place, behind the version, in the middle of a term: beside ":" or behind a
 * qualifier? */
static bool is_misplaced(struct octets text, size_t at)
{
    uint8_t before = text.bytes[at - 1];
    uint8_t behind = at + 1 < text.length ? text.bytes[at + 1] : 0;

    return before == ':' || behind == ':' || before == '/' || behind == '/' ||
           (text.bytes[at - 2] == ' ' && strchr("-~?+", before));
}

static struct octets without_misplaced(struct arena *arena, struct octets text)
{
    struct text out = {0};
    struct octets octets;

    for (size_t i = 0; i < text.length; i++)
        if (text.bytes[i] != ' ' || !is_misplaced(text, i))
            text_add_char(&out, (char)text.bytes[i]);
    octets = octets_in(arena, &out);
    text_clear(&out);
    return octets;
}

struct spf_text_slip spf_text_slip_of(struct arena *arena, const struct record *record)
{
    struct octets text = record->txt.joined;

    if (record->txt.count > 1 && is_readable(arena, joined_by_blanks(arena, record)))
        return (struct spf_text_slip){tr("a blank is missing between its strings"),
                                      joined_by_blanks(arena, record)};
    if (is_readable(arena, without_misplaced(arena, text)))
        return (struct spf_text_slip){tr("a blank is in the middle of a term"),
                                      without_misplaced(arena, text)};
    if (text.bytes[text.length - 1] == '\\' &&
        is_readable(arena, octets_part(text, 0, text.length - 1)))
        return (struct spf_text_slip){tr("a backslash is at its end"),
                                      octets_part(text, 0, text.length - 1)};
    return (struct spf_text_slip){0};
}
