#include "policy/spf/spf_slip.h"

#include "base/message.h"
#include "base/text.h"
#include "dns/name.h"
#include "dns/octets.h"

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

    if (text.length > 0 && text.bytes[0] && strchr("+-~?", text.bytes[0])) {
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
    if (length >= sizeof text || length == 0)
        return 0;
    memcpy(text, value.bytes, length);
    text[length] = '\0';
    return strlen(text) == length && address_parse(text, &address) ? address.family : 0;
}

static bool is_host(struct octets value)
{
    char text[NAME_TEXT], name[NAME_TEXT];

    if (value.length == 0 || value.length >= sizeof text)
        return false;
    memcpy(text, value.bytes, value.length);
    text[value.length] = '\0';
    return strlen(text) == value.length && strchr(text, '.') &&
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

/* "include=x" is a modifier that receivers ignore; "redirect:x" is nothing at all. */
static bool has_wrong_sign(const struct parts *parts, struct spf_slip *slip)
{
    static const char *const mechanisms[] = {"include", "a", "mx", "ptr", "exists", "ip4", "ip6"};
    static const char *const modifiers[] = {"redirect", "exp"};
    bool mechanism = is_one_of(parts->name, mechanisms, sizeof mechanisms / sizeof mechanisms[0]);
    bool modifier = is_one_of(parts->name, modifiers, sizeof modifiers / sizeof modifiers[0]);

    if (parts->value.length == 0 || !((mechanism && parts->sign == '=') ||
                                      (modifier && parts->sign == ':' && !*parts->qualifier)))
        return false;
    slip->why = arena_format(parts->arena, tr("%s is written with \"%c\""),
                             shown(parts, parts->name), mechanism ? ':' : '=');
    slip->instead =
        arena_format(parts->arena, "%s%s%c%s", parts->qualifier, shown(parts, parts->name),
                     mechanism ? ':' : '=', shown(parts, parts->value));
    return true;
}

/* "mx:" and "a:" without a name */
static bool lacks_name(const struct parts *parts, struct spf_slip *slip)
{
    static const char *const names[] = {"a", "mx"};

    if (parts->sign != ':' || parts->value.length > 0 ||
        !is_one_of(parts->name, names, sizeof names / sizeof names[0]))
        return false;
    slip->why = tr("behind the colon a name is missing");
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
    slip->why = tr("this is nearly \"all\"");
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

/* "mx,a" and "mx;" */
static bool has_separator(struct arena *arena, struct octets text, struct spf_slip *slip)
{
    char *instead = arena_dup_bytes(arena, text.bytes, text.length);
    size_t length = 0;
    bool found = false;

    for (size_t i = 0; i < text.length; i++) {
        bool separates = text.bytes[i] == ',' || text.bytes[i] == ';';

        found |= separates;
        if (!separates)
            instead[length++] = (char)text.bytes[i];
        else if (length > 0 && instead[length - 1] != ' ')
            instead[length++] = ' ';
    }
    while (length > 0 && instead[length - 1] == ' ')
        length--;
    instead[length] = '\0';
    slip->why = tr("terms are separated by blanks");
    slip->instead = octets_shown(arena, octets_of(instead));
    return found;
}

bool spf_slip_of(struct arena *arena, const struct spf_term *term, struct spf_slip *slip)
{
    struct parts parts = parts_of(arena, term->text);

    if (term->kind != SPF_FAULTY && term->kind != SPF_UNKNOWN_MODIFIER)
        return false;
    return is_address(&parts, slip) || is_bare_address6(&parts, term->text, slip) ||
           is_name_for_address(&parts, slip) || has_wrong_sign(&parts, slip) ||
           lacks_name(&parts, slip) || is_nearly_all(&parts, slip) || is_version(&parts, slip) ||
           (term->kind == SPF_FAULTY && has_separator(arena, term->text, slip));
}

/* ---- the whole text ---- */

static struct octets octets_in(struct arena *arena, const struct text *text)
{
    return (struct octets){(const uint8_t *)arena_dup_bytes(arena, text_get(text), text->length),
                           text->length};
}

static bool is_readable(struct arena *arena, struct octets text)
{
    return spf_record_is(text) && !spf_record_parse(arena, text)->error;
}

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

/* Is a blank at this place in the middle of a term: beside ":" or behind a qualifier? */
static bool is_misplaced(struct octets text, size_t at)
{
    uint8_t before = at > 0 ? text.bytes[at - 1] : 0;
    uint8_t behind = at + 1 < text.length ? text.bytes[at + 1] : 0;

    return before == ':' || behind == ':' || before == '/' || behind == '/' ||
           (at > 1 && text.bytes[at - 2] == ' ' && before && strchr("-~?+", before));
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
    if (text.length > 0 && text.bytes[text.length - 1] == '\\' &&
        is_readable(arena, octets_part(text, 0, text.length - 1)))
        return (struct spf_text_slip){tr("a backslash is at its end"),
                                      octets_part(text, 0, text.length - 1)};
    return (struct spf_text_slip){0};
}
