#include "policy/spf/spf_macro.h"

#include "base/message.h"
#include "dns/formats/octets.h"

#include <string.h>

enum { PARTS_MAX = 128 };

/* ---- syntax ---- */

/* One macro-expand in braces: "%{" letter [digits] ["r"] [delimiters] "}". */
struct macro {
    char letter; /* lower case */
    bool url;    /* written upper case: escape for URLs */
    unsigned keep;
    bool reverse;
    struct octets delimiters;
};

static bool in_set(uint8_t octet, const char *set)
{
    return octet != '\0' && strchr(set, octet);
}

static bool read_transformers(struct octets inner, struct macro *macro, const char **why)
{
    size_t at = 1;
    bool digits = false;

    for (; at < inner.length && octet_is_digit(inner.bytes[at]); at++) {
        digits = true;
        if (macro->keep < 1000)
            macro->keep = macro->keep * 10 + (unsigned)(inner.bytes[at] - '0');
    }
    *why = tr("a macro keeps 0 parts");
    if (digits && macro->keep == 0)
        return false;
    if (at < inner.length && in_set(inner.bytes[at], "rR")) {
        macro->reverse = true;
        at++;
    }
    macro->delimiters = octets_part(inner, at, inner.length);
    *why = tr("a macro has something in it that is no delimiter");
    for (; at < inner.length; at++)
        if (!in_set(inner.bytes[at], ".-+,/_="))
            return false;
    return true;
}

/* Reads the macro whose "{" is text.bytes[*at]; leaves *at behind its "}". */
static bool read_macro(struct octets text, size_t *at, bool explanation, struct macro *macro,
                       const char **why)
{
    size_t begin = *at + 1, end = begin;
    uint8_t letter;

    while (end < text.length && text.bytes[end] != '}')
        end++;
    *why = tr("a macro is not closed with \"}\"");
    if (end == text.length)
        return false;
    *why = tr("there is no macro of this letter");
    if (end == begin || !octet_is_letter(letter = text.bytes[begin]))
        return false;
    *macro = (struct macro){.url = letter < 'a', .letter = (char)(letter | 0x20)};
    if (!in_set((uint8_t)macro->letter, "slodiphvcrt"))
        return false;
    *why = tr("the macros c, r and t are for explanations only");
    if (!explanation && in_set((uint8_t)macro->letter, "crt"))
        return false;
    *at = end + 1;
    return read_transformers(octets_part(text, begin, end - begin), macro, why);
}

static bool is_literal(uint8_t octet, bool explanation)
{
    return (octet >= 0x21 && octet <= 0x7e) || (explanation && octet == ' ');
}

bool spf_macro_valid(struct octets spec, bool explanation, const char **why)
{
    const char *unused;
    struct macro macro;

    if (!why)
        why = &unused;
    for (size_t at = 0; at < spec.length;) {
        uint8_t octet = spec.bytes[at++], next = at < spec.length ? spec.bytes[at] : 0;

        *why = tr("a character is not allowed here");
        if (!is_literal(octet, explanation))
            return false;
        if (octet != '%')
            continue;
        *why = tr("after \"%\" only \"{\", \"%\", \"_\" and \"-\" may follow");
        if (in_set(next, "%_-"))
            at++;
        else if (next != '{' || !read_macro(spec, &at, explanation, &macro, why))
            return false;
    }
    return true;
}

/* ---- expansion ---- */

static void add_nibbles(struct text *out, const struct address *address)
{
    static const char digits[] = "0123456789ABCDEF";

    for (size_t i = 0; i < 16; i++) {
        if (i > 0)
            text_add_char(out, '.');
        text_add_char(out, digits[address->bytes[i] >> 4]);
        text_add_char(out, '.');
        text_add_char(out, digits[address->bytes[i] & 15]);
    }
}

static void add_octets(struct text *out, struct octets octets)
{
    text_add_bytes(out, octets.bytes, octets.length);
}

/* The value of a letter, untransformed. */
static void add_value(struct text *out, char letter, const struct spf_macro_values *values)
{
    char address[ADDRESS_TEXT];

    switch (letter) {
    case 's':
        add_octets(out, values->sender);
        break;
    case 'l':
        add_octets(out, values->local_part);
        break;
    case 'o':
        add_octets(out, values->sender_domain);
        break;
    case 'd':
        add_octets(out, values->domain);
        break;
    case 'i':
        if (values->ip.family == 6)
            add_nibbles(out, &values->ip);
        else
            text_add(out, address_text(&values->ip, address));
        break;
    case 'p':
        text_add(out, values->validated ? values->validated : "unknown");
        break;
    case 'v':
        text_add(out, values->ip.family == 6 ? "ip6" : "in-addr");
        break;
    case 'h':
        add_octets(out, values->helo);
        break;
    case 'c':
        text_add(out, address_text(&values->ip, address));
        break;
    case 'r':
        text_add(out, values->receiver && *values->receiver ? values->receiver : "unknown");
        break;
    case 't':
        text_format(out, "%lld", (long long)values->now);
        break;
    }
}

static bool is_delimiter(const struct macro *macro, uint8_t octet)
{
    if (macro->delimiters.length == 0)
        return octet == '.';
    return memchr(macro->delimiters.bytes, octet, macro->delimiters.length) != NULL;
}

/* Splits into at most PARTS_MAX parts; what is beyond stays in the last one. */
static size_t split(const struct macro *macro, struct octets value, struct octets parts[PARTS_MAX])
{
    size_t count = 0, begin = 0;

    for (size_t i = 0; i < value.length; i++) {
        if (count + 1 < PARTS_MAX && is_delimiter(macro, value.bytes[i])) {
            parts[count++] = octets_part(value, begin, i - begin);
            begin = i + 1;
        }
    }
    parts[count++] = octets_part(value, begin, value.length);
    return count;
}

static void add_for_url(struct text *out, struct octets part)
{
    for (size_t i = 0; i < part.length; i++) {
        uint8_t octet = part.bytes[i];

        if (octet_is_letter(octet) || octet_is_digit(octet) || in_set(octet, "-._~"))
            text_add_char(out, (char)octet);
        else
            text_format(out, "%%%02X", octet);
    }
}

static void add_transformed(struct text *out, const struct macro *macro, struct octets value)
{
    struct octets parts[PARTS_MAX];
    size_t count = split(macro, value, parts);
    size_t kept = macro->keep > 0 && macro->keep < count ? macro->keep : count;

    for (size_t i = count - kept; i < count; i++) {
        struct octets part = parts[macro->reverse ? count - 1 - i : i];

        if (i > count - kept)
            text_add_char(out, '.');
        if (macro->url)
            add_for_url(out, part);
        else
            add_octets(out, part);
    }
}

static void add_macro(struct text *out, const struct macro *macro,
                      const struct spf_macro_values *values)
{
    struct text value = {0};

    add_value(&value, macro->letter, values);
    add_transformed(out, macro, octets_of(text_get(&value)));
    text_clear(&value);
}

void spf_macro_expand(struct octets spec, const struct spf_macro_values *values, struct text *out)
{
    const char *why;
    struct macro macro;

    for (size_t at = 0; at < spec.length;) {
        uint8_t octet = spec.bytes[at++];

        if (octet != '%' || at == spec.length) {
            text_add_char(out, (char)octet);
        } else if (spec.bytes[at] == '{') {
            if (!read_macro(spec, &at, true, &macro, &why))
                return;
            add_macro(out, &macro, values);
        } else {
            octet = spec.bytes[at++];
            text_add(out, octet == '_' ? " " : octet == '-' ? "%20" : "%");
        }
    }
}

/* ---- what a spec is made of ---- */

static bool any_macro(struct octets spec, char letter)
{
    const char *why;
    struct macro macro;

    for (size_t at = 0; at + 1 < spec.length;) {
        if (spec.bytes[at++] != '%')
            continue;
        if (spec.bytes[at] != '{')
            at++;
        else if (!read_macro(spec, &at, true, &macro, &why))
            return false;
        else if (letter == '*' ? macro.letter != 'd' : macro.letter == letter)
            return true;
    }
    return false;
}

bool spf_macro_varies(struct octets spec)
{
    return any_macro(spec, '*');
}

bool spf_macro_uses_p(struct octets spec)
{
    return any_macro(spec, 'p');
}

/* ---- names ---- */

static struct octets drop_first_label(struct octets name)
{
    size_t dot = 0;

    while (dot < name.length && name.bytes[dot] != '.')
        dot++;
    return octets_part(name, dot + 1, name.length);
}

bool spf_macro_name(struct octets spec, const struct spf_macro_values *values, char out[NAME_TEXT])
{
    struct text text = {0};
    struct octets name;
    bool good;

    spf_macro_expand(spec, values, &text);
    name = (struct octets){(const uint8_t *)text_get(&text), text.length};
    while (name.length > NAME_OCTETS_MAX &&
           !(name.length == NAME_OCTETS_MAX + 1 && name.bytes[name.length - 1] == '.'))
        name = drop_first_label(name);
    good = octets_canonical_name(name, out);
    text_clear(&text);
    return good;
}
